// Lighthouse gives 100 for performance, accessibility, best practices and search engines, and no page is heavy.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { Audit } from 'lighthouse/core/audits/audit.js';
import { chromium } from 'playwright-core';
import { check, finish } from './report.mjs';
import { asSent, filesUnder, serve } from './site.mjs';

const [output, browserPath] = process.argv.slice(2);
const site = join(output, 'html');
const pages = (await filesUnder(site)).filter((file) => file.endsWith('.html'));

/** What a reader's first page costs with all that it loads, as a web server sends it; the search index comes later. */
const PAGE_AS_SENT = 60_000;
/** A whole document is as long as it is: with costs, traceability and waivers the tjänstekatalog has 103 pages of paper. */
const DOCUMENT_AS_SENT = 110_000;
/** The same before compression, which a reader's computer has to take in. Whole documents are not held to it. */
const PAGE_IN_FULL = 140_000;

/** How often performance is measured, and its best taken: a busy machine only ever makes a page slower. */
const TRIES = 5;
/** Lighthouse's own curve for what blocks a phone: these milliseconds give 0.9 and 0.5. */
const BLOCKING = { p10: 200, median: 600 };
/** What of a task blocks: the milliseconds after these. */
const SHORT_TASK = 50;

/** Files that a page loads by itself. */
function loadedBy(html) {
  const tags = [...html.matchAll(/<(?:script|img|link)\b[^>]*>/g)].map(([tag]) => tag);
  const used = tags.filter((tag) => !tag.startsWith('<link') || /rel="(?:stylesheet|icon)"/.test(tag));
  return used.flatMap((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? []).filter((url) => !url.startsWith('data:'));
}

async function weights() {
  const rows = [];
  for (const page of pages) {
    const html = await readFile(join(site, page));
    let [sent, full] = [asSent(page, html).length, html.length];
    for (const url of new Set(loadedBy(html.toString()))) {
      const name = decodeURIComponent(new URL(url, `http://site/${page}`).pathname.slice(1));
      const bytes = await readFile(join(site, name));
      sent += asSent(name, bytes).length;
      full += bytes.length;
    }
    rows.push({ page, sent, full });
    const isDocument = page.startsWith('dokument/');
    const most = isDocument ? DOCUMENT_AS_SENT : PAGE_AS_SENT;
    check(`at most ${most} bytes as sent`, page, sent > most ? [`${sent} bytes`] : []);
    if (!isDocument) check(`at most ${PAGE_IN_FULL} bytes in full`, page, full > PAGE_IN_FULL ? [`${full} bytes`] : []);
  }
  rows.sort((a, b) => b.sent - a.sent);
  for (const { page, sent, full } of rows.slice(0, 6)) console.log(`     ${sent} bytes as sent, ${full} in full: ${page}`);
}

/** What keeps a category from 100. */
const faultsOf = (result, category) =>
  category.auditRefs
    .map(({ id, weight }) => ({ weight, audit: result.audits[id] }))
    .filter(({ weight, audit }) => weight > 0 && audit.score !== null && audit.score < 1)
    .map(({ audit }) => `${audit.id}: ${audit.displayValue || audit.title}`);

/** Milliseconds for which the page blocks by tasks of its own, without the browser's and those of Lighthouse's measuring. */
const blockedByPage = (lhr, root) =>
  lhr.audits['long-tasks'].details.items
    .filter(({ url }) => url.startsWith(root))
    .reduce((sum, { duration }) => sum + duration - SHORT_TASK, 0);

/** A category's score of 100, if what blocks is given a score. */
function withBlocking(category, audits, score) {
  const parts = category.auditRefs
    .map(({ id, weight }) => ({ weight, score: id === 'total-blocking-time' ? score : audits[id].score }))
    .filter(({ weight, score }) => weight > 0 && score !== null);
  const sum = (of) => parts.reduce((total, part) => total + of(part), 0);
  return Math.round((100 * sum((part) => part.weight * part.score)) / sum(({ weight }) => weight));
}

async function scores(root, port, page) {
  const best = new Map();
  const keep = (id, found) => found.score > (best.get(id)?.score ?? -1) && best.set(id, found);
  const look = async (flags) => (await lighthouse(root + page, { port, logLevel: 'silent', ...flags })).lhr;
  /** The least that the page blocks, and the least that it does without its style and its programs: its text alone. */
  let [own, bare] = [Infinity, Infinity];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const onlyCategories = ['performance'];
    const lhr = await look(tries === 0 ? {} : { onlyCategories });
    for (const category of Object.values(lhr.categories)) {
      keep(category.id, { score: Math.round((category.score ?? 0) * 100), faults: faultsOf(lhr, category) });
    }
    if (best.get('performance').score === 100) break;
    // How long a text takes to lay out says how fast this machine is, and not what the page does: on a busy one a page of
    // a single line gets 93. So what blocks is compared with the same page, without all that we add to it, in turn.
    bare = Math.min(bare, blockedByPage(await look({ onlyCategories, blockedUrlPatterns: ['*/resurser/*'] }), root));
    own = Math.min(own, blockedByPage(lhr, root));
    const added = Math.max(0, own - bare);
    const score = withBlocking(lhr.categories.performance, lhr.audits, Audit.computeLogNormalScore(BLOCKING, added));
    const faults = [...faultsOf(lhr, lhr.categories.performance), `blocks ${own} ms, its text alone ${bare} ms`];
    keep('performance', { score, faults });
    if (score === 100) break;
  }
  for (const [name, { score, faults }] of best) {
    check('Lighthouse', `${name} of ${page}`, score === 100 ? [] : [`${score}`, ...faults]);
  }
  const blocked = Number.isFinite(own) ? ` (blocks ${Math.round(own)} ms, its text alone ${Math.round(bare)} ms)` : '';
  console.log(`     ${page}: ${[...best].map(([name, { score }]) => `${name} ${score}`).join(', ')}${blocked}`);
}

await weights();
const { root, close } = await serve(site);
const port = 9200 + (process.pid % 700);
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`],
});
const service = pages.find((page) => page.startsWith('tjanster/'));
// As on a slow phone, which is the harder of Lighthouse's two looks: the other would take another minute.
for (const page of ['index.html', service, 'prislista.html']) await scores(root, port, page);
await browser.close();
close();
finish('lighthouse');
