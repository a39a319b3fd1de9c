// The preview in a real browser: pages follow their files, the bar and its panel tell what is wrong, and neither is in the way.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { check, finish } from './report.mjs';

const [katalog, content, browserPath, work] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = join(work, 'serve');
const service = join(folder, 'content/tjanster/melior-journalstod.yaml');
const PAGE = 'html/tjanster/melior-journalstod.html';
const SUMMARY = 'Patientjournal för sjukhusens vårdavdelningar och mottagningar.';
/** A debug build makes everything anew within some seconds. */
const PATIENCE = 30_000;

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(content, join(folder, 'content'), { recursive: true });
const whole = readFileSync(service, 'utf8');
const { stop, root } = await start('0');
let end = stop;
// The system may tell of the last copied file a while later, and the first page would be loaded anew under the test's hands.
await new Promise((done) => setTimeout(done, 2000));
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** Starts the program, and knows its address once it tells of it. */
function start(port) {
  const child = spawn(katalog, ['serve', '--port', port], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise((done) => child.once('exit', done));
  const stop = () => (child.kill(), gone);
  process.once('exit', stop);
  return new Promise((ready, fail) => {
    let told = '';
    child.stderr.on('data', (data) => {
      told += data;
      const [, root] = /Förhandsvisning: (\S+)/.exec(told) ?? [];
      if (root) ready({ stop, root });
    });
    gone.then(() => fail(new Error(`it ended: ${told}`)));
  });
}

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  await page.goto(root + path);
  await bar(page, /varning/);
  return { context, page, faults };
}

const status = (page) => page.getByRole('status').filter({ visible: true }).last();
const button = (page) => page.getByRole('button', { name: 'Fynd' });
const panel = (page) => page.getByRole('region', { name: 'Fynd' });

/** Whether something comes to hold. */
async function holds(page, test, argument) {
  return page.waitForFunction(test, argument, { timeout: PATIENCE, polling: 50 }).then(() => true, () => false);
}

/** Waits for the bar to say something. */
async function bar(page, words) {
  const said = status(page).filter({ hasText: words });
  return said.waitFor({ timeout: PATIENCE }).then(() => [], async () => [`the bar says ”${await status(page).innerText()}”`]);
}

const shows = (page, text) => holds(page, (text) => document.querySelector('main').innerText.includes(text), text);

function save(text) {
  writeFileSync(service, text);
}

/** As editors do that never leave half a file. */
function saveBeside(text) {
  writeFileSync(`${service}~`, text);
  renameSync(`${service}~`, service);
}

/** Whether the page is still the one that was opened, and as it was left. */
async function isLeftAlone(page, scrolled) {
  const faults = [];
  const now = await page.evaluate(() => ({ mark: globalThis.mark, y: scrollY, open: document.querySelector('main details')?.open }));
  if (now.mark !== 'kept') faults.push('it was loaded anew');
  if (Math.abs(now.y - scrolled) > 2) faults.push(`scrolled from ${scrolled} to ${now.y}`);
  if (now.open === false) faults.push('what was folded out is folded in');
  return faults;
}

async function follows() {
  const { context, page, faults } = await open(PAGE);
  await page.waitForTimeout(1000);
  const scrolled = await page.evaluate(() => {
    globalThis.mark = 'kept';
    globalThis.changed = new Set();
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...how) {
      globalThis.changed.add(this.localName);
      return animate.apply(this, how);
    };
    document.querySelectorAll('main details').forEach((details) => (details.open = true));
    scrollTo(0, 500);
    return scrollY;
  });
  for (const [how, write, words] of [['written in place', save, 'Ny text ett.'], ['put in place', saveBeside, 'Ny text två.']]) {
    write(whole.replace(SUMMARY, words));
    const seen = (await shows(page, words)) ? [] : ['the text does not come'];
    check('follows', `a file that is ${how}`, [...seen, ...(await isLeftAlone(page, scrolled))]);
  }
  const changed = await page.evaluate(() => [...globalThis.changed]);
  check('follows', 'what has changed is marked, and no more', changed.every((name) => ['p', 'strong'].includes(name)) ? [] : changed);
  save(whole.replace('  - Två uppgraderingar per år\n', '  - Två uppgraderingar per år\n  - En rad till\n'));
  const added = (await shows(page, 'En rad till')) && (await shows(page, SUMMARY)) ? [] : ['the line does not come'];
  check('follows', 'a line that is added', [...added, ...(await isLeftAlone(page, scrolled))]);
  save(whole);
  const gone = (await holds(page, () => !document.querySelector('main').innerText.includes('En rad till'))) ? [] : ['it stays'];
  check('follows', 'a line that is taken away', [...gone, ...(await isLeftAlone(page, scrolled))]);
  check('follows', 'quiet', faults);
  await context.close();
}

/** A list that its own script has sorted is not patched: the page is loaded anew, at the same place. */
async function loadsAnew() {
  const { context, page, faults } = await open('html/tjanster.html');
  await page.evaluate(() => {
    globalThis.mark = 'kept';
    scrollTo(0, 300);
  });
  save(whole.replace('namn: Melior Journalstöd', 'namn: Melior Journalstöd Nio'));
  const seen = (await shows(page, 'Melior Journalstöd Nio')) ? [] : ['the name does not come'];
  if (await page.evaluate(() => globalThis.mark === 'kept')) seen.push('it was not loaded anew');
  if (!(await holds(page, () => Math.abs(scrollY - 300) <= 2))) seen.push('scrolled');
  if ((await page.locator('.reglage').count()) === 0) seen.push('the list cannot be sorted');
  save(whole);
  if (!(await holds(page, () => !document.body.innerText.includes('Journalstöd Nio')))) seen.push('the name stays');
  check('follows', 'a list', [...seen, ...faults]);
  await context.close();
}

async function mistakes() {
  const { context, page, faults } = await open(PAGE);
  await page.evaluate(() => {
    globalThis.mark = 'kept';
    document.querySelectorAll('main details').forEach((details) => (details.open = true));
  });
  save(whole.replace('[[labona-provsvar-remiss]]', '[[<img src=x onerror=alert(1)>]]'));
  check('mistakes', 'the bar tells', await bar(page, 'Innehållet har fel; sidan visas som den var'));
  const first = panel(page).locator('li').first();
  await first.waitFor({ timeout: PATIENCE });
  const text = await first.innerText();
  const told = text.startsWith('Fel:') && text.includes('content/tjanster/melior-journalstod.yaml:8:') ? [] : [text];
  if (!text.includes('den här sidans fil')) told.push('it is not told to be of this page');
  if (!(await first.locator('mark').innerText()).includes('<img')) told.push('what is wrong is not marked');
  if ((await panel(page).locator('img').count()) > 0) told.push('markup');
  check('mistakes', 'the panel opens with the finding', told);
  check('mistakes', 'the page stays', (await shows(page, SUMMARY)) ? await isLeftAlone(page, 0) : ['it has gone']);

  await page.keyboard.press('Escape');
  check('mistakes', 'Escape closes', (await panel(page).isVisible()) ? ['it is open'] : []);
  await page.reload();
  await bar(page, 'Innehållet har fel');
  check('mistakes', 'it does not open again by itself', (await panel(page).isVisible()) ? ['it is open'] : []);
  save(whole);
  check('mistakes', 'the bar tells when they are mended', await bar(page, /^\d+ varning/));
  check('mistakes', 'quiet', faults);
  await context.close();
}

async function byKeyboard() {
  const { context, page, faults } = await open(PAGE);
  const isFocused = (locator) => locator.evaluate((element) => element.getRootNode().activeElement === element);
  await page.locator('.sidfot a').last().focus();
  await page.keyboard.press('Tab');
  if (!(await isFocused(button(page)))) faults.push('Tab does not lead to the button');
  if (!(await button(page).evaluate((element) => getComputedStyle(element).outlineStyle !== 'none'))) faults.push('no mark on the button');
  await page.keyboard.press('Enter');
  await panel(page).locator('li').first().waitFor({ timeout: PATIENCE });
  if ((await button(page).getAttribute('aria-expanded')) !== 'true') faults.push('it is not told to be open');
  await page.keyboard.press('Tab');
  if (!(await isFocused(panel(page)))) faults.push('Tab does not lead to the panel');
  await page.keyboard.press('End');
  const isScrolled = await holds(page, () => document.querySelector('katalog-visning').shadowRoot.querySelector('.fynd').scrollTop > 0);
  if (!isScrolled) faults.push('the panel is not scrolled');
  await page.keyboard.press('Escape');
  if (await panel(page).isVisible()) faults.push('Escape does not close');
  if (!(await isFocused(button(page)))) faults.push('Escape does not lead back');
  if ((await button(page).getAttribute('aria-expanded')) !== 'false') faults.push('it is not told to be closed');
  check('by keyboard', 'button and panel', faults);
  await context.close();
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} – ${node.html.slice(0, 160)}`));
}

async function looks() {
  for (const wrong of [false, true]) {
    for (const viewport of [WIDE, NARROW]) {
      for (const colorScheme of ['light', 'dark']) {
        save(whole);
        const { context, page } = await open(PAGE, { viewport, colorScheme });
        if (wrong) {
          save(whole.replace('[[labona-provsvar-remiss]]', '[[labona]]').replace('[[platina]]', '[[platin]]'));
          await bar(page, 'Innehållet har fel');
        }
        const name = `${colorScheme} ${viewport.width}${wrong ? ' with mistakes' : ''}`;
        const row = await page.locator('katalog-visning .rad').boundingBox();
        check('looks', `bar ${name}`, await violations(page));
        if (!wrong) await button(page).click();
        await panel(page).locator('li').first().waitFor({ timeout: PATIENCE });
        const faults = await violations(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) faults.push(`${wide} px too wide`);
        if (!wrong && (row.width > 240 || row.height > 48) && viewport === NARROW) faults.push(`the bar takes ${row.width} × ${row.height} px`);
        const box = await panel(page).boundingBox();
        if (box.x < 0 || box.y < 0 || box.x + box.width > viewport.width) faults.push('the panel does not fit');
        check('looks', `panel ${name}`, faults);
        if (process.env.ACCEPTANCE_PICTURES) await page.screenshot({ path: join(process.env.ACCEPTANCE_PICTURES, `${name}.png`) });
        await page.emulateMedia({ media: 'print' });
        check('looks', `paper ${name}`, (await page.locator('katalog-visning .rad').isVisible()) ? ['the bar is printed'] : []);
        await context.close();
      }
    }
  }
  save(whole);
}

/** An address without a page, and what stands there once there is one. */
async function comes() {
  const { context, page } = await open('html/tjanster/melior-kopia.html');
  const heading = () => page.locator('h1').innerText();
  check('comes', 'no page', (await heading()) === 'Sidan finns inte' ? await violations(page) : [await heading()]);
  const copy = join(folder, 'content/tjanster/melior-kopia.yaml');
  writeFileSync(copy, whole.replace('namn: Melior Journalstöd', 'namn: Melior Kopia'));
  const seen = await holds(page, () => document.querySelector('h1')?.textContent === 'Melior Kopia');
  check('comes', 'its page', seen ? [] : [await heading()]);
  rmSync(copy);
  const gone = await holds(page, () => document.querySelector('h1')?.textContent === 'Sidan finns inte');
  check('comes', 'and goes', gone ? [] : [await heading()]);
  await context.close();
}

/** The server goes away, and comes back: first with mistakes that leave nothing to show, then with another text. */
async function restarts() {
  const { context, page } = await open(PAGE);
  await end();
  check('restarts', 'the bar tells', await bar(page, 'Förhandsvisningen är avslutad'));
  const lists = (word) => holds(page, (word) => document.querySelector('main ol')?.innerText.includes(word), word);
  save(whole.replace('[[platina]]', '[[platt]]'));
  ({ stop: end } = await start(new URL(root).port));
  const told = [...((await lists('platt')) ? [] : ['it does not tell why']), ...(await bar(page, 'det finns inget att visa än'))];
  save(whole.replace('[[platina]]', '[[platta]]'));
  if (!(await lists('platta'))) told.push('it does not tell why now');
  check('restarts', 'nothing to show', [...told, ...(await violations(page))]);
  save(whole.replace(SUMMARY, 'Skrivet under tiden.'));
  check('restarts', 'the page comes back', (await shows(page, 'Skrivet under tiden.')) ? await bar(page, /varning/) : ['it does not']);
  await context.close();
}

for (const step of [follows, loadsAnew, mistakes, byKeyboard, looks, comes, restarts]) {
  const began = Date.now();
  await step();
  save(whole);
  console.log(`     ${step.name}: ${Math.round((Date.now() - began) / 1000)} s`);
}
await browser.close();
await end();
finish('serve');
