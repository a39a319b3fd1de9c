// Catalogues of hostile texts in a real browser: nothing runs, nothing asks to, no request leaves, and no element is there that
// the catalogue without them lacks; with the pages' own policy, and with it taken away.
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { check, finish } from './report.mjs';
import { filesUnder, kinds, serve } from './site.mjs';

const [kept, browserPath, vectorsPath] = process.argv.slice(2);
const vectors = JSON.parse(readFileSync(vectorsPath, 'utf8'));
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** Elements that load or run something, which no page has. */
const FOREIGN = 'iframe, frame, object, embed, applet, portal, base, audio, video, source, form[action*=":"], meta[http-equiv="refresh" i], style';
const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/i;

/** The same pages without their policy: what holds then is held by what they are made of. */
async function withoutPolicy(site) {
  const bare = `${site}-utan-policy`;
  await cp(site, bare, { recursive: true });
  let taken = 0;
  for (const path of (await filesUnder(bare)).filter((file) => file.endsWith('.html'))) {
    const page = await readFile(join(bare, path), 'utf8');
    if (POLICY.test(page)) taken += 1;
    await writeFile(join(bare, path), page.replace(POLICY, ''));
  }
  check('policy', `${bare} had one`, taken > 20 ? [] : [`${taken} pages had a policy`]);
  return bare;
}

/** What a page holds that it should not. */
const found = (page) =>
  page.evaluate((foreign) => {
    const faults = [];
    const name = (element) => element.outerHTML.slice(0, 200);
    for (const element of document.querySelectorAll(foreign)) faults.push(`element: ${name(element)}`);
    for (const script of document.scripts) {
      const isData = script.type === 'application/ld+json';
      if (!isData && !script.getAttribute('src')?.match(/^[\w./-]+$/)) faults.push(`script: ${name(script)}`);
    }
    for (const element of document.querySelectorAll('*')) {
      for (const { name: key, value } of element.attributes) {
        if (key.startsWith('on')) faults.push(`handler: ${name(element)}`);
        if (!['href', 'src', 'action', 'xlink:href', 'formaction', 'poster', 'data', 'srcset', 'ping'].includes(key)) continue;
        // As the browser itself reads the address.
        const protocol = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI).protocol : 'http:';
        if (!['http:', 'https:', 'mailto:', 'tel:'].includes(protocol)) faults.push(`address: ${name(element)}`);
      }
    }
    if (globalThis.hasRun) faults.push(`it has run: ${globalThis.hasRun}`);
    return faults;
  }, FOREIGN);

async function look(folder, choose) {
  const { root, close } = await serve(folder);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'msgbox']) {
      globalThis[name] = (...words) => {
        globalThis.hasRun = `${name}(${words})`;
      };
    }
  });
  const queue = choose((await filesUnder(folder)).filter((file) => file.endsWith('.html')));
  const next = async () => {
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const page = await context.newPage();
      const faults = [];
      page.on('dialog', (dialog) => {
        faults.push(`dialog: ${dialog.message()}`);
        dialog.dismiss();
      });
      page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()}`);
      });
      page.on('popup', (popup) => faults.push(`window: ${popup.url()}`));
      page.on('request', (request) => {
        if (![root, 'data:'].some((start) => request.url().startsWith(start))) faults.push(`request: ${request.url()}`);
      });
      await page.goto(root + path, { waitUntil: 'load' });
      const search = page.locator('input[type="search"]').first();
      if (path === 'sok.html') {
        // The words of a query, and of what it finds, are shown on the page.
        for (const vector of vectors.filter((vector) => !/[\r\n]/.test(vector)).filter((_, at) => at % 8 === 0)) {
          await search.fill(vector);
          await page.waitForTimeout(40);
        }
        await search.fill('script alert');
        await page.waitForTimeout(400);
      }
      await page.mouse.move(600, 400);
      await page.keyboard.press('Tab');
      faults.push(...(await found(page)));
      if (page.url().split(/[?#]/)[0] !== root + path) faults.push(`it has gone to ${page.url()}`);
      check('nothing runs', `${folder}/${path}`, faults);
      await page.close();
    }
  };
  await Promise.all(Array.from({ length: 4 }, next));
  await context.close();
  close();
}

/** A page that runs what it holds, to see that all of this would be seen. */
async function isSeen() {
  const page = await browser.newPage();
  await page.setContent('<a href="java&#9;script:alert(1)">x</a><img src=x onerror="globalThis.hasRun=1"><iframe></iframe>');
  await page.waitForFunction(() => globalThis.hasRun);
  const kinds = new Set((await found(page)).map((fault) => fault.split(':')[0]));
  check('the eye', 'sees what runs', ['address', 'handler', 'element', 'it has run'].filter((kind) => !kinds.has(kind)));
  await page.close();
}

await isSeen();
const catalogues = (await readdir(kept)).filter((name) => !name.includes('.')).sort();
check('catalogues', kept, catalogues.length > 0 ? [] : ['there are none']);
for (const name of catalogues) {
  const site = join(kept, name, 'html');
  await look(site, kinds);
  await look(await withoutPolicy(site), (pages) => pages);
}
await browser.close();
finish('hostile');
