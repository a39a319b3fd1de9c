// The site in a real browser: from a web server, from a file share, without JavaScript, by keyboard, on paper.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { check, finish } from './report.mjs';
import { filesUnder, kinds, serve } from './site.mjs';

const [output, browserPath] = process.argv.slice(2);
const site = join(output, 'html');
const pages = (await filesUnder(site)).filter((file) => file.endsWith('.html'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
/** Texts that tell nobody where a link leads. */
const EMPTY_WORDS = ['här', 'klicka här', 'läs mer', 'mer', 'länk', 'hämta', 'visa', 'se mer'];

const { root, close } = await serve(site);
const files = `${pathToFileURL(site)}/`;
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A page whose every complaint and request is noted. */
async function open(context) {
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left before its icon has come has not failed.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`request failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const own = [root, files, 'data:'].some((start) => request.url().startsWith(start));
    if (!own) faults.push(`request outside: ${request.url()}`);
  });
  return { page, faults };
}

async function violations(page) {
  // Evaluated by the browser's debugger, which the page's own policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} – ${node.html.slice(0, 160)}`),
  );
}

/** What a reader of the page could follow, and where it could be led to. */
const linksOf = (page) =>
  page.evaluate(() => ({
    links: [...document.querySelectorAll('[href], [src]')].map((element) => ({
      // A link in a drawing gives its address as written.
      url: new URL(element.getAttribute('href') ?? element.getAttribute('src'), document.baseURI).href,
      name: element.tagName.toUpperCase() === 'A' ? (element.getAttribute('aria-label') ?? element.textContent).trim() : null,
    })),
    ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
  }));

const isStyled = (page) =>
  page.evaluate(() => getComputedStyle(document.querySelector('.sidhuvud')).backgroundColor !== 'rgba(0, 0, 0, 0)');

const overflow = (page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

/** Looks at some pages, a few at a time. */
async function each(paths, look) {
  const queue = [...paths];
  const next = async () => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) await look(path);
  };
  await Promise.all(Array.from({ length: 3 }, next));
}

async function everyPage() {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light' });
  const seen = new Map();
  await each(pages, async (path) => {
    const { page, faults } = await open(context);
    await page.goto(root + path, { waitUntil: 'load' });
    if (!(await isStyled(page))) faults.push('the style sheet is not used');
    check('quiet', path, faults);
    check('axe light 1280', path, await violations(page));
    seen.set(path, await linksOf(page));
    await page.setViewportSize(NARROW);
    const wide = await overflow(page);
    check('fits 320 px', path, wide > 0 ? [`${wide} px too wide`] : []);
    await page.close();
  });
  await context.close();
  checkLinks(seen);
}

function checkLinks(seen) {
  const reached = new Set(['index.html']);
  const queue = ['index.html'];
  const leads = new Map();
  for (const [path, { links }] of seen) {
    const dead = [];
    const nameless = [];
    const own = new Set();
    for (const { url, name } of links) {
      if (name !== null && (name === '' || EMPTY_WORDS.includes(name.toLowerCase()))) nameless.push(`”${name}” → ${url}`);
      const parsed = new URL(url);
      if (parsed.origin !== new URL(root).origin) continue;
      // Documents lie beside the site: `../word` from its root.
      const base = new URL(root);
      const file = decodeURIComponent(parsed.pathname);
      const inside = file.startsWith(base.pathname);
      const place = inside ? join(site, file.slice(base.pathname.length)) : join(output, file.slice('/intranat/'.length));
      if (!existsSync(place)) dead.push(`${url}: no such file`);
      if (!inside) continue;
      const target = file.slice(base.pathname.length);
      own.add(target);
      const anchor = decodeURIComponent(parsed.hash.slice(1));
      if (anchor && !(seen.get(target)?.ids ?? []).includes(anchor)) dead.push(`${url}: no such place`);
    }
    leads.set(path, own);
    check('links lead somewhere', path, dead);
    check('links say where', path, nameless);
  }
  while (queue.length > 0) {
    for (const target of leads.get(queue.pop()) ?? []) {
      if (!reached.has(target)) {
        reached.add(target);
        queue.push(target);
      }
    }
  }
  check('links', 'every page is reached from the start page', pages.filter((path) => !reached.has(path)));
}

/** Every kind of page, in the looks that the walk through all pages did not have. */
async function otherLooks() {
  for (const [colorScheme, viewport] of [['dark', WIDE], ['light', NARROW], ['dark', NARROW]]) {
    const context = await browser.newContext({ viewport, colorScheme });
    await each(kinds(pages), async (path) => {
      const { page } = await open(context);
      await page.goto(root + path);
      // What can be folded out is looked at too.
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      check(`axe ${colorScheme} ${viewport.width}`, path, await violations(page));
      await page.close();
    });
    await context.close();
  }
}

async function fromFileShare() {
  const context = await browser.newContext({ viewport: WIDE });
  await each(kinds(pages), async (path) => {
    const { page, faults } = await open(context);
    await page.goto(files + path);
    if (!(await isStyled(page))) faults.push('the style sheet is not used');
    check('from a file share', path, faults);
    await page.close();
  });
  const { page, faults } = await open(context);
  await page.goto(`${files}index.html`);
  await page.locator('.meny a').nth(1).click();
  await page.locator('main tbody a').first().click();
  const heading = await page.locator('h1').innerText();
  if (!(await page.title()).startsWith(heading)) faults.push(`”${heading}” is not the page’s title`);
  await page.locator('.brodsmulor a').first().click();
  if (!page.url().endsWith('/index.html')) faults.push(`the breadcrumbs lead to ${page.url()}`);
  check('from a file share', 'start, list, service and back', faults);
  await context.close();
}

async function withoutScript() {
  for (const viewport of [WIDE, NARROW]) {
    const context = await browser.newContext({ viewport, javaScriptEnabled: false });
    await each(kinds(pages), async (path) => {
      const { page, faults } = await open(context);
      await page.goto(root + path);
      if (!(await page.locator('h1').isVisible())) faults.push('no heading');
      const entry = page.locator('.meny a').first();
      if (!(await entry.isVisible())) await page.locator('.meny summary').click();
      if (!(await entry.isVisible())) faults.push('the menu does not open');
      check(`without JavaScript ${viewport.width}`, path, faults);
      await page.close();
    });
    await context.close();
  }
}

const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    return {
      text: element.textContent.trim().slice(0, 40),
      class: element.className,
      inNavigation: element.closest('.meny') !== null,
      inMain: element.closest('main') !== null,
      inFoot: element.closest('.sidfot') !== null,
      isMarked: getComputedStyle(element).outlineStyle !== 'none',
      isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
  });

async function byKeyboard(path, viewport) {
  const context = await browser.newContext({ viewport });
  const { page, faults } = await open(context);
  await page.goto(root + path);
  await page.keyboard.press('Tab');
  const first = await focused(page);
  if (first.class !== 'hoppa' || !first.isSeen) faults.push(`the skip link is not first: ${JSON.stringify(first)}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const skipped = await focused(page);
  if (!skipped.inMain && !skipped.inFoot) faults.push(`the skip link does not lead past the menu: ${JSON.stringify(skipped)}`);

  await page.goto(root + path);
  const met = { inNavigation: 0, inMain: 0, inFoot: 0 };
  let opened = false;
  for (let step = 0; step < 400 && met.inFoot === 0; step += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (!at.isMarked) faults.push(`no mark on ”${at.text}”`);
    if (!at.isSeen) faults.push(`out of sight: ”${at.text}”`);
    if (at.inNavigation && at.text === 'Meny' && !opened) {
      opened = true;
      await page.keyboard.press('Enter');
    }
    for (const part of Object.keys(met)) if (at[part]) met[part] += 1;
  }
  if (met.inNavigation < 3) faults.push('the menu is not reached');
  if (met.inMain < 1) faults.push('the text is not reached');
  if (met.inFoot < 1) faults.push('the foot is not reached');
  check(`by keyboard ${viewport.width}`, path, faults);
  await context.close();
}

async function onPaper(path) {
  const context = await browser.newContext({ viewport: WIDE });
  const { page, faults } = await open(context);
  await page.goto(root + path);
  // The darkest of a map, with figures in it.
  const heat = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--varme-4'));
  const light = await heat();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  if ((await heat()) !== light) faults.push('the dark colours of the screen are printed');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  if (!(await page.getByText('Utskriven version kan vara ogiltig').first().isVisible())) faults.push('no notice on paper');
  if (await page.locator('.meny').isVisible()) faults.push('the menu is printed');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  if (pdf.length < 10_000) faults.push('the print is empty');
  check('on paper', path, faults);
  await context.close();
}

/** How a document is parted on sheets of paper: what they begin and end with. */
async function onSheets() {
  const context = await browser.newContext({ viewport: WIDE });
  const { page } = await open(context);
  const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
  const sheets = async () => {
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await page.pdf({ preferCSSPageSize: true }) }).toString();
    return text.split('\f').map((sheet) => sheet.split('\n').map(squeezed).filter(Boolean)).filter((sheet) => sheet.length > 1);
  };
  await page.goto(`${root}dokument/prislista.html`);
  const prices = await sheets();
  const texts = (selector) => page.evaluate((selector) => [...document.querySelectorAll(selector)].map((element) => element.innerText), selector);
  const chapters = (await texts('.text h2')).map(squeezed);
  check('on sheets', 'a chapter begins one', chapters.filter((chapter) => prices.every((sheet) => sheet[0] !== chapter)));
  // Below the contents; the last line is the foot's.
  const leadsOn = new Set((await texts('.text :is(h2, h3), .text p:has(+ .tabell), .text thead tr')).map(squeezed));
  check('on sheets', 'none ends with what leads on to a table', prices.slice(prices.findIndex((sheet) => sheet[0] === chapters[0])).map((sheet) => sheet.at(-2)).filter((line) => leadsOn.has(line)));
  for (const path of pages.filter((path) => /^dokument\/(sla|ola)\//.test(path)).slice(0, 2)) {
    await page.goto(root + path);
    const [first] = await sheets();
    const chapter = squeezed((await texts('.text h2'))[0]);
    check('on sheets', `${path} goes on without a break`, first.includes(chapter) ? [] : [`${chapter} begins a sheet`]);
  }
  await context.close();
}

const service = pages.find((page) => page.startsWith('tjanster/'));
const began = Date.now();
const steps = [
  ['every page', everyPage],
  ['other looks', otherLooks],
  ['file share', fromFileShare],
  ['without JavaScript', withoutScript],
  ['keyboard', async () => {
    for (const path of ['index.html', service, 'nivaer.html']) {
      for (const viewport of [WIDE, NARROW]) await byKeyboard(path, viewport);
    }
  }],
  ['paper', async () => {
    for (const path of ['index.html', service, 'dokument/prislista.html']) await onPaper(path);
    await onSheets();
  }],
];
for (const [name, step] of steps) {
  const start = Date.now();
  await step();
  console.log(`     ${name}: ${Math.round((Date.now() - start) / 1000)} s`);
}
await browser.close();
close();
finish('browser');
