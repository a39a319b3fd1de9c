// The site's search in a real browser: what it finds and shows, how it is used, and what it costs to read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { chromium } from 'playwright-core';
import { multiply } from './many.mjs';
import { check, finish } from './report.mjs';
import { serve } from './site.mjs';

const [output, browserPath, katalog, content, work] = process.argv.slice(2);
const site = join(output, 'html');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

/** Forms of one word, which have one stem. */
const SAME = `server servrar servern servrarna servrarnas serverns|nyckel nycklar nyckeln nycklarna|fönster fönstren fönstret
  fönstrens|tjänst tjänsterna tjänsten tjänster tjänstens|journal journaler journalens journalen|användare användarna användaren
  användarnas|licens licenser licensen licenserna|databas databaser databasen|plattform plattformar plattformen|applikation
  applikationernas applikationer|bild bilder bilden|avtal avtalen avtalet|dator datorer datorn datorerna|skrivare skrivarna
  skrivaren|skola skolor skolan skolorna|möte möten mötet mötena|ärende ärenden ärendet|område områden området|titel titlar
  titeln|regel regler regeln|nummer numret|register registret|rum rummet rummen|program programmet programmen|process processer
  processen|patient patienter patientens|remiss remisser remissen|faktura fakturor fakturan|säkerhetskopia säkerhetskopior
  säkerhetskopian|provsvar provsvaren provsvaret|behörighet behörigheter behörigheten|utskrift utskrifter|filter filtret
  filtren|kluster klustren|system systemet systemen|monitor monitorer|leverans leveranser leveransen|kund kunder kunden
  kundens|händelse händelser händelsen|nät nätet näten|telefon telefoner telefonen|brevlåda brevlådor brevlådan|router routrar
  routern|lön löner lönen|kabel kablar kabeln|läkare läkarna läkaren|öppen öppna|modell modeller modellen|ägare ägaren ägarna`;
/** Words that look alike and are not the same. */
const OTHER = `test testamente|kort korttid|data dator|internet intern|process processor|person personal|telefon telefoni|server
  service|konto kontor|modell modem|hand handel|kontor kontroll|säker säkerhet|bild bildning|drift driftstopp|plan planering|avtal
  avdelning|kund kunskap|nät natt|system systematisk|journal journalist|tid tidning|rum ram|moln mål|produkt produktion|lic licens`;
/** Queries that mean the same, and the page that is to come first. */
const FOUND = [
  [['servrar', 'server', 'servern', 'servrarna', 'SERVRAR'], 'Servrar'],
  [['databaser', 'databas', 'databasernas'], 'Databaser'],
  [['säkerhetskopia', 'sakerhetskopia', 'säkerhetskopior', 'sakerhetskopian', 'backup'], 'Säkerhetskopia & återläsning'],
  [['journalstöd', 'journalstod', 'journalstödet', 'melior', 'journalsystem', 'patientjournalen'], 'Melior Journalstöd'],
  [['operationsplanering', 'operationsplaneringen', 'orbit operation'], 'Orbit Operationsplanering'],
  [['helpdesk', 'SPOC', 'service desk', 'felanmälan'], 'Servicedesk & ärendehantering'],
  [['mejl', 'epost', 'e-post kalender', 'kalendrar'], 'E-post & kalender'],
  [['wifi', 'nätverksanslutning', 'natverksanslutningar'], 'Nätverksanslutning (LAN/WLAN)'],
  [['röntgen', 'rontgen', 'PACS'], 'Bildora Bilddiagnostik (radiologi)'],
  [['SU', 'su'], 'Sahlgrenska Universitetssjukhuset'],
  // What the glossary says is not to be written is what people write.
  [['återställningstid', 'aterstallningstiden'], 'Återställsetid'],
  [['pålitlighet', 'palitlighet'], 'Pålitlighet'],
  [['UC', 'underpinning contract', 'stödjande kontrakt', 'stodjande kontrakten'], 'Stödjande kontrakt'],
  [['SLA', 'service level agreement'], 'Service Level Agreement (SLA)'],
  [['guld'], 'Guld'],
  [['e-post', 'e post'], 'E-post & kalender'],
  [['e-arkiv'], 'Arkivum Journalarkiv – läsåtkomst'],
  [['e-tjänstekort'], 'Identitetsbevis (e-tjänstekort)'],
  [['24/7/365 – 2 timmar'], '24/7/365 – 2\u{a0}timmar'],
  [['kontorstid 2 timmar'], 'Kontorstid – 2\u{a0}timmar'],
];
/** Queries with a sign that stands alone, and a page that says all of it in its text: the sign hides nothing. */
const SIGNS = [
  ['e-post', 'Användartjänst Avancerad'],
  ['e-tjänstekort', 'Melior Journalstöd'],
  ['24/7', 'Melior Journalstöd'],
  ['24/7/365 – 2 timmar', 'Melior Journalstöd'],
];
const HOSTILE = ['<script>alert(1)</script>', '"\'><img src=x onerror=alert(1)>', '.*+?^${}()|[]\\', '%00%ff', '__proto__', 'constructor',
  'toString hasOwnProperty', '../../etc', '👩‍⚕️ 😀', 'a'.repeat(5000), 'och eller', '   ', '&q=x#y'];

const { root, close } = await serve(site);
const files = `${pathToFileURL(site)}/`;
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

async function open(options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
  return { context, page, faults };
}

/** Whether something comes to hold within some seconds. */
async function holds(page, test, argument) {
  return page.waitForFunction(test, argument, { timeout: 4000, polling: 50 }).then(() => true, () => false);
}

const titles = (page) => page.locator('.traffar h3').allInnerTexts();

/** The hits of a query, once the texts are searched too. */
async function hits(page, base, state) {
  await page.goto('about:blank');
  await page.goto(`${base}sok.html${state}`);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(150);
  return titles(page);
}

function stems() {
  const context = { document: { querySelector: () => null } };
  context.globalThis = context;
  vm.runInNewContext(readFileSync(join(site, 'resurser/sok.js'), 'utf8'), context);
  const stem = (word) => context.katalogSok.stam(context.katalogSok.vik(word));
  const groups = (text) => text.split('|').map((group) => group.trim().split(/\s+/));
  for (const [word, ...forms] of groups(SAME)) {
    for (const form of forms) check('one stem', `${word}, ${form}`, stem(word) === stem(form) ? [] : [`${stem(word)}, ${stem(form)}`]);
  }
  for (const [one, other] of groups(OTHER)) check('two stems', `${one}, ${other}`, stem(one) !== stem(other) ? [] : [stem(one)]);
}

async function finds(base, name) {
  const { context, page, faults } = await open();
  for (const [queries, title] of FOUND) {
    for (const query of queries) {
      const found = await hits(page, base, `#q=${encodeURIComponent(query)}`);
      check(`finds (${name})`, query, found[0] === title ? [] : [`”${found.slice(0, 3).join('”, ”')}” instead of ”${title}”`]);
    }
  }
  for (const [query, title] of SIGNS) {
    const found = await hits(page, base, `#q=${encodeURIComponent(query)}`);
    check(`finds (${name})`, `${query} in texts`, found.includes(title) ? [] : [`no ”${title}” among ”${found.join('”, ”')}”`]);
  }
  const [first, second] = await hits(page, base, '#q=journaler');
  const isService = first === 'Ambulo Prehospital journal' && !second.startsWith('Tjänsteansvarig');
  check(`finds (${name})`, 'services before who answers for them', isService ? [] : [`”${first}”, ”${second}”`]);
  check(`finds (${name})`, 'a word within a word', (await hits(page, base, '#q=plattform')).some((title) => /\Splattform/i.test(title)) ? [] : ['nothing']);
  check(`finds (${name})`, 'an article', (await hits(page, base, '#q=2003')).includes('Servrar') ? [] : ['not its service']);
  const found = [];
  for (const amount of ['3%20900', '3%C2%A0900', '3900', '3%20900kr']) found.push((await hits(page, base, `#q=${amount}`)).join('|'));
  const alike = found.every((titles) => titles === found[0]) && found[0].includes('Orbit Operationsplanering');
  check(`finds (${name})`, 'an amount', alike && !(await page.locator('[data-sok=antal]').innerText()).includes('Ingen sida') ? [] : found);
  check(`finds (${name})`, 'two figures', (await hits(page, base, '#q=24%20365')).length > 0 ? [] : ['nothing']);
  await hits(page, base, '#q=melior+zzzzqqqq');
  check(`finds (${name})`, 'not all words', (await page.locator('[data-sok=antal]').innerText()).includes('Ingen sida har alla orden') ? [] : ['it does not say so']);
  await hits(page, base, '#q=jurnalstod');
  check(`finds (${name})`, 'a mistake', (await page.locator('[data-sok=menade]').innerText()).includes('journalstöd') ? [] : ['no suggestion']);
  await page.locator('[data-sok=menade] a').click();
  check(`finds (${name})`, 'the suggestion', (await holds(page, () => document.querySelector('.traffar h3')?.textContent === 'Melior Journalstöd')) ? [] : ['not found']);
  await hits(page, base, '#q=zzzzqqqq');
  const help = await page.locator('[data-sok=inga]').innerText();
  check(`finds (${name})`, 'nothing', help.includes('A till Ö') && help.includes('Servicedesk') ? [] : [help]);
  for (const query of HOSTILE) {
    await hits(page, base, `#q=${encodeURIComponent(query)}`);
    check(`hostile (${name})`, query.slice(0, 40), (await page.locator('main img, main script').count()) === 0 ? faults.splice(0) : ['markup']);
  }
  check(`finds (${name})`, 'quiet', faults);
  await context.close();
}

async function filters(base, name) {
  const { context, page, faults } = await open();
  for (const facet of ['Slag', 'Nivå', 'Område', 'Avdelning', 'Prisenhet']) {
    await hits(page, base, '');
    const group = page.locator('fieldset', { has: page.locator('legend', { hasText: facet }) });
    const label = group.locator('label:visible').first();
    const count = Number((await label.locator('.antal').innerText()).replace(/\D/g, ''));
    await label.locator('input').check();
    await page.waitForTimeout(50);
    const shown = Number.parseInt(await page.locator('[data-sok=antal]').innerText(), 10);
    const missing = new URL(page.url()).hash.includes(encodeURIComponent(facet)) ? [] : [page.url()];
    check(`filter (${name})`, facet, count > 0 && shown === count ? missing : [`${shown} hits, ${count} counted`]);
    const before = await titles(page);
    await page.goBack();
    const isFree = await holds(page, () => document.querySelectorAll('.sok-filter input:checked').length === 0);
    await page.goForward();
    const again = await holds(page, (first) => document.querySelector('.traffar h3')?.textContent === first && document.querySelectorAll('.sok-filter input:checked').length === 1, before[0]);
    check(`filter (${name})`, `${facet}: back and forth`, isFree && again ? [] : [`free ${isFree}, again ${again}`]);
  }
  const found = await hits(page, base, '#q=journal&Slag=Produkt');
  check(`filter (${name})`, 'of an address', found.length > 0 && (await page.locator('.fakta span:first-child').allInnerTexts()).every((kind) => kind === 'Produkt') ? [] : found);
  const link = page.locator('.traffar a').first();
  const title = await link.innerText();
  await link.click();
  check(`filter (${name})`, 'the hit opens', (await page.locator('h1').innerText()) === title ? [] : [page.url()]);
  await page.goBack();
  check(`filter (${name})`, 'back to the hits', (await holds(page, (first) => document.querySelector('.traffar h3')?.textContent === first, title)) ? [] : [page.url()]);
  await page.locator('[data-sok=rensa]').click();
  await page.locator('#_sok').fill('');
  await page.waitForTimeout(300);
  const all = (await titles(page)).length;
  await page.locator('[data-sok=fler]').click();
  check(`filter (${name})`, 'more', all === 20 && (await titles(page)).length === 40 ? [] : [`${all}`]);
  check(`filter (${name})`, 'quiet', faults);
  await context.close();
}

async function byKeyboard(base, name) {
  const { context, page, faults } = await open();
  await page.goto(`${base}tjanster.html`);
  await page.locator('#_sok').focus();
  await page.keyboard.type('databas', { delay: 10 });
  if (!(await holds(page, () => document.querySelectorAll('.sok-panel li a').length > 2))) faults.push('no panel');
  if (!(await holds(page, () => /träff/.test(document.querySelector('[role=status]').textContent)))) faults.push('nothing is told');
  const focused = () => page.evaluate(() => document.activeElement.closest('li') ? [...document.querySelectorAll('.sok-panel li a')].indexOf(document.activeElement) : document.activeElement.id);
  const walk = [];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
    await page.keyboard.press(key);
    walk.push(await focused());
  }
  if (walk.join() !== '0,1,0,_sok') faults.push(`the arrows lead ${walk}`);
  await page.keyboard.press('ArrowDown');
  if (!(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none'))) faults.push('no mark on a hit');
  await page.keyboard.press('Escape');
  if ((await focused()) !== '_sok' || (await page.locator('.sok-panel').isVisible())) faults.push('Escape does not lead back');
  if ((await page.locator('#_sok').inputValue()) !== 'databas') faults.push('Escape empties the field');
  await page.keyboard.type('e');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  if ((await focused()) !== 0) faults.push('Tab does not lead to the hits');
  for (let step = 0; step < 10 && (await page.locator('.sok-panel').isVisible()); step += 1) await page.keyboard.press('Tab');
  if (await page.locator('.sok-panel').isVisible()) faults.push('the panel stays open');
  await page.locator('#_sok').focus();
  await page.keyboard.press('Enter');
  if (!(await holds(page, () => document.querySelector('.traffar h3')?.textContent === 'Databaser'))) faults.push(`Enter leads to ${page.url()}`);
  check(`by keyboard (${name})`, 'field, hits and page', faults);
  await context.close();
}

/** What is told aloud is the number that is shown when the texts are here, and no other before it. */
async function told(base, name) {
  const { context, page, faults } = await open();
  // The words come late, as over a slow network.
  await page.route('**/sok/ord-*.js', async (route) => {
    await new Promise((late) => setTimeout(late, 1000));
    await route.continue();
  });
  await page.addInitScript(() => {
    globalThis.told = [];
    const noted = () => {
      const said = document.querySelector('[role=status]')?.textContent;
      if (said && said !== globalThis.told.at(-1)) globalThis.told.push(said);
    };
    new MutationObserver(noted).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await page.goto(`${base}sok.html#q=databas`);
  await page.waitForTimeout(3000);
  const shown = await page.locator('[data-sok=antal]').innerText();
  const all = await page.evaluate(() => globalThis.told);
  if (all.join() !== shown) faults.push(`told ”${all.join('”, ”')}”, shown ”${shown}”`);
  check(`told (${name})`, 'one number', faults);
  await context.close();
}

async function withoutScript() {
  const { context, page } = await open({ javaScriptEnabled: false });
  await page.goto(`${root}tjanster.html`);
  const link = page.locator('.sidhuvud').getByText('Tjänster A–Ö');
  const faults = (await page.locator('.sidhuvud form').isVisible()) ? ['a field that does nothing'] : [];
  await link.click();
  if (!page.url().endsWith('a-o.html')) faults.push(page.url());
  await page.goto(`${root}sok.html`);
  if (!(await page.locator('main').innerText()).includes('behöver JavaScript')) faults.push('it does not say what it needs');
  if (await page.locator('#_sok').isVisible()) faults.push('a field on the page of the search');
  check('without JavaScript', 'the index stands in its place', faults);
  await context.close();
}

/** What is said when the titles cannot be read, such as while a site is being copied. */
async function withoutTitles() {
  const { context, page } = await open();
  await page.route('**/sok/sidor.js', (route) => route.fulfill({ status: 404 }));
  await page.goto(`${root}index.html`);
  await page.locator('#_sok').pressSequentially('server');
  const told = page.locator('.sok-panel a:visible');
  const isTold = await holds(page, () => document.querySelector('.sok-panel').checkVisibility());
  const faults = isTold ? [] : ['nothing is said'];
  if (isTold && !(await told.innerText()).startsWith('Sökningen kunde inte läsas in')) faults.push(await told.innerText());
  if (isTold && !(await told.getAttribute('href')).endsWith('a-o.html')) faults.push(await told.getAttribute('href'));
  check('without titles', 'the panel leads to the index', faults);
  await context.close();
}

async function looks() {
  for (const viewport of [WIDE, NARROW]) {
    for (const colorScheme of ['light', 'dark']) {
      const { context, page } = await open({ viewport, colorScheme });
      const look = async (name) => {
        await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => (details.open = true)));
        await page.evaluate(axe);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        const faults = found.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} – ${node.html.slice(0, 160)}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) faults.push(`${wide} px too wide`);
        check(`axe ${colorScheme} ${viewport.width}`, name, faults);
      };
      await hits(page, root, '#q=journal');
      await look('hits');
      await hits(page, root, '#q=jurnalstod');
      await look('no hits');
      for (const path of ['index.html', 'tjanster.html']) {
        await page.goto(root + path);
        await page.locator('#_sok').fill('journal');
        await holds(page, () => document.querySelectorAll('.sok-panel li').length > 0);
        await look(`panel on ${path}`);
      }
      await context.close();
    }
  }
}

/** A catalogue of 2 000 pages: how much is read before the first hit, and how long a letter takes. */
async function manyPages() {
  const folder = join(work, 'many');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  multiply(content, join(folder, 'content'), 1900);
  execFileSync(katalog, ['build', '--content', join(folder, 'content'), '--format', 'html', '--output', join(folder, 'output')], { stdio: 'ignore' });
  const served = await serve(join(folder, 'output', 'html'));
  const { context, page, faults } = await open();
  await page.goto(`${served.root}tjanster/melior-journalstod.html`);
  let bytes = (await (await page.request.get(`${served.root}resurser/sok.js`)).body()).length;
  const reading = [];
  page.on('response', (response) => reading.push(response.body().then((body) => { bytes += body.length; })));
  await page.locator('#_sok').focus();
  await page.keyboard.type('journal databas', { delay: 30 });
  await holds(page, () => document.querySelectorAll('.sok-panel li').length > 0);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
  await Promise.all(reading);
  console.log(`     ${bytes} bytes for the hits of two words in 2 000 pages`);
  check('2 000 pages', 'at most 150 kB', bytes <= 150_000 ? faults : [`${bytes} bytes`]);
  const times = await page.evaluate(async () => {
    const field = document.querySelector('#_sok');
    const taken = [];
    for (const query of ['driftplattform', 'operationsplaneringar', 'servrarna']) {
      field.value = '';
      for (const letter of query) {
        field.value += letter;
        const start = performance.now();
        field.dispatchEvent(new Event('input', { bubbles: true }));
        taken.push(performance.now() - start);
        await new Promise((rest) => setTimeout(rest, 150));
      }
    }
    return taken.sort((one, other) => one - other);
  });
  const median = times[Math.floor(times.length / 2)];
  console.log(`     a letter takes ${median.toFixed(1)} ms, at most ${times.at(-1).toFixed(1)} ms`);
  check('2 000 pages', 'a letter takes at most 16 ms', median <= 16 ? [] : [`${median} ms`]);
  await context.close();
  served.close();
}

stems();
for (const [base, name] of [[root, 'http'], [files, 'file']]) {
  await finds(base, name);
  await filters(base, name);
  await byKeyboard(base, name);
  await told(base, name);
}
await withoutScript();
await withoutTitles();
await looks();
await manyPages();
await browser.close();
close();
finish('search');
