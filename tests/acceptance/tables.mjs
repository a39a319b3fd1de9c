// The long tables of the site: sorted, filtered, kept in the address, copied, with headings that stay, as cards.
import { readFileSync } from 'node:fs';
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
const isList = (page) => /class="tabell[^"]* lista"/.test(readFileSync(join(site, page), 'utf8'));
const lists = pages.filter(isList);

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

const { root, close } = await serve(site);
const files = `${pathToFileURL(site)}/`;
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A page in a context of its own; what it complains of is among its faults. */
async function visit(url, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  await page.goto(url);
  return { context, page, faults };
}

/** Does something with a page, and counts one check of it. */
async function looking(group, name, url, options, look) {
  const { context, page, faults } = await visit(url, options);
  const expect = (isTrue, fault) => isTrue || faults.push(fault);
  try {
    await look(page, expect, context);
  } catch (error) {
    faults.push(error.message.split('\n')[0]);
  }
  check(group, name, faults);
  await context.close();
}

/** The rows that are shown of the n-th long table, each as its cells' texts. */
const shown = (page, at = 0) =>
  page.evaluate((at) => {
    const body = document.querySelectorAll('.lista > table')[at].tBodies[0];
    const text = (cell) => {
      const copy = cell.cloneNode(true);
      copy.querySelectorAll('br').forEach((line) => line.replaceWith('; '));
      return copy.textContent.replace(/\s+/g, ' ').trim();
    };
    return [...body.rows].filter((row) => row.checkVisibility()).map((row) => [...row.cells].map(text));
  }, at);

const headings = (page, at = 0) =>
  page.evaluate((at) => [...document.querySelectorAll('.lista > table')[at].tHead.rows[0].cells].map((cell) => cell.textContent.trim()), at);

const status = (page, at = 0) => page.locator('.reglage [role="status"]').nth(at).textContent();
const fold = (text) => text.toLowerCase().replace(/[åä]/g, 'a').replace(/ö/g, 'o').replace(/é/g, 'e');
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The columns of figures. */
const AMOUNTS = /^(Antal|Pris|Andel|Underliggande|Övrigt|Kundens del|Kronor per år|.*kostnad per år)$/i;

/** The place in the order, worked out another way than the page does it: words come after all. */
function rank(column, text) {
  if (text === '–' || text === '') return null;
  if (!AMOUNTS.test(column)) return text;
  const amount = text.split('; ')[0].replace(/^.*: /, '').match(/^(−?)([\d ]+)(?:,(\d+))?(?: (?:kr|%))?$/);
  return amount ? Number(`${amount[1] && '-'}${amount[2].replaceAll(' ', '')}.${amount[3] ?? 0}`) : null;
}

/** How many rows at the end of the first long table are sums, or null where a sum stands elsewhere. */
const sums = (page) =>
  page.evaluate(() => {
    const rows = [...document.querySelector('.lista > table').tBodies[0].rows];
    const isSum = (row) => row.cells[0].innerHTML.startsWith('<strong>') && row.cells[0].innerHTML.endsWith('</strong>');
    const first = rows.findIndex(isSum);
    return first < 0 ? 0 : rows.slice(first).every(isSum) ? rows.length - first : null;
  });

/** 1 000 as 1000. */
const whole = (text) => text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, '');

function isInOrder(column, texts, isFalling) {
  const ranks = texts.map((text) => rank(column, text));
  const first = ranks.indexOf(null);
  const said = first < 0 ? ranks : ranks.slice(0, first);
  if (first >= 0 && ranks.slice(first).some((value) => value !== null)) return false;
  const places = (value) => (typeof value === 'number' ? value : null);
  return said.every((value, at) => {
    if (at === 0) return true;
    const [low, high] = isFalling ? [value, said[at - 1]] : [said[at - 1], value];
    return places(low) !== null ? low <= high : whole(low).localeCompare(whole(high), 'sv', { numeric: true }) <= 0;
  });
}

async function sorting(base, kind) {
  for (const path of lists) {
    await looking(`sorts ${kind}`, path, base + path, {}, async (page, expect) => {
      const before = await shown(page);
      const names = await headings(page);
      const counted = before.length - ((await sums(page)) ?? 0);
      expect((await status(page)) === `${counted} ${counted === 1 ? 'rad' : 'rader'}`, `told of ${counted} rows and their sums: ${await status(page)}`);
      for (const [at, name] of names.entries()) {
        const head = page.locator('.lista').first().locator('thead th').nth(at);
        const order = async () => {
          const below = await sums(page);
          expect(below !== null, `${name}: a sum does not stay below what it sums up`);
          return (await shown(page)).slice(0, below ? -below : undefined).map((row) => row[at]);
        };
        await head.getByRole('button').click();
        expect(isInOrder(name, await order(), false), `${name} does not rise: ${(await order()).slice(0, 12)}`);
        expect((await head.getAttribute('aria-sort')) === 'ascending', `${name} is not said to rise`);
        await head.getByRole('button').click();
        expect(isInOrder(name, await order(), true), `${name} does not fall: ${(await order()).slice(0, 12)}`);
        expect((await head.getAttribute('aria-sort')) === 'descending', `${name} is not said to fall`);
        expect((await page.locator('.lista').first().locator('[aria-sort]').count()) === 1, `${name} is not alone in being sorted`);
        await head.getByRole('button').click();
        expect(same(await shown(page), before), `the page's own order does not come back after ${name}`);
      }
    });
  }
}

async function filtering(base, kind) {
  await looking(`filters ${kind}`, 'by words', `${base}prislista.html`, {}, async (page, expect) => {
    const all = await shown(page);
    /** Each word at the beginning of one if it is short or a figure, with its marks if it has any, in either way of figures. */
    const fits = (row, words) => {
      const said = `${row.join('\n')}\n${whole(row.join('\n'))}`.toLowerCase();
      return whole(words.toLowerCase()).split(' ').every((word) => {
        const begins = /^(\d|\p{L}{1,3}$)/u.test(word) ? '(?<![\\p{L}\\p{N}])' : '';
        return new RegExp(begins + word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'u').test(fold(word) === word ? fold(said) : said);
      });
    };
    const found = async (words) => {
      await page.getByLabel('Filtrera', { exact: true }).fill(words);
      return (await shown(page)).length;
    };
    expect((await found('2350')) === 1 && (await found('2 350')) === 1, 'an amount is not found however it is written');
    expect((await found('12345,50')) === 1 && (await found('50001')) > 0, 'an amount with öre, or of a step, is not found');
    expect((await found('per år')) > 0 && (await found('per år')) < 20, `”per år” shows ${await found('per år')} rows`);
    for (const words of ['server', 'MANAD anvandare', 'månad Användare', 'finns inte alls', '<b>&"\'\\', '%', '[(*+', '\u{1f691}']) {
      await page.getByLabel('Filtrera', { exact: true }).fill(words);
      const fitting = all.filter((row) => fits(row, words));
      expect(same(await shown(page), fitting), `”${words}” shows ${(await shown(page)).length}, not ${fitting.length}`);
      if (fitting.length < all.length) {
        expect((await status(page)) === `Visar ${fitting.length} av ${all.length} rader`, `told: ${await status(page)}`);
      }
      // The address must bear any text, and give it back.
      await page.waitForTimeout(350);
      const told = await page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get('filter'));
      expect(told === words, `the address says ${told} for ${words}`);
    }
    expect((await page.locator('main b').count()) === 0, 'a text became markup');
    await page.getByRole('button', { name: 'Rensa' }).click();
    expect((await shown(page)).length === all.length && !page.url().includes('#'), 'Rensa does not clear');
    expect(!(await page.getByRole('button', { name: 'Rensa' }).isVisible()), 'there is nothing left to clear');
  });
  await looking(`filters ${kind}`, 'by choice', `${base}prislista.html`, {}, async (page, expect) => {
    const all = await shown(page);
    const column = (await headings(page)).indexOf('Nivå');
    await page.getByRole('combobox', { name: 'Nivå', exact: true }).selectOption('Guld');
    const gold = all.filter((row) => row[column] === 'Guld');
    expect(gold.length > 1 && same(await shown(page), gold), 'the choice does not show its rows');
    await page.getByRole('combobox', { name: 'Slag', exact: true }).selectOption('IS/IT-tjänst');
    expect((await shown(page)).length === 0, 'two choices do not both hold');
  });
  await looking(`filters ${kind}`, 'no choice of figures', `${base}tjanster/melior-journalstod.html`, {}, async (page, expect) => {
    const offered = await page.locator('.reglage select').evaluateAll((lists) => lists.map((list) => list.labels[0].firstChild.textContent));
    expect(offered.includes('Samband') && !offered.some((name) => /^(Antal|Pris)$/.test(name)), `offered are ${offered}`);
  });
  await looking(`filters ${kind}`, 'a list of links', `${base}stodjande-tjanster.html`, {}, async (page, expect) => {
    const all = await shown(page);
    const column = (await headings(page)).indexOf('Nivåer');
    await page.getByRole('combobox', { name: 'Nivåer', exact: true }).selectOption('Silver');
    const silver = all.filter((row) => row[column].split(', ').includes('Silver'));
    expect(silver.length > 1 && same(await shown(page), silver), 'one of several links does not choose its row');
  });
}

async function address(base, kind) {
  await looking(`address ${kind}`, 'restored, shared, taken back', `${base}prislista.html`, {}, async (page, expect, context) => {
    const all = await shown(page);
    await page.getByRole('combobox', { name: 'Nivå', exact: true }).selectOption('Guld');
    await page.getByRole('button', { name: 'Pris', exact: true }).click();
    await page.getByRole('button', { name: 'Pris', exact: true }).click();
    await page.getByLabel('Filtrera', { exact: true }).fill('server & 100 % å+ä');
    await page.getByLabel('Filtrera', { exact: true }).fill('månad');
    await page.waitForTimeout(350);
    const here = await shown(page);
    expect(/#.*sortera=Pris,fallande/.test(page.url()), `the address is ${page.url()}`);
    const other = await context.newPage();
    await other.goto(page.url());
    expect(here.length > 1 && same(await shown(other), here), 'another tab shows other rows');
    expect((await other.getByRole('combobox', { name: 'Nivå', exact: true }).inputValue()) === 'Guld', 'another tab does not show the choice');
    await page.goBack();
    expect((await page.locator('[aria-sort="ascending"]').count()) === 1, 'Back does not take the falling order back');
    await page.goBack();
    expect((await page.locator('[aria-sort]').count()) === 0, 'Back does not take the order back');
    await page.goBack();
    expect(same(await shown(page), all), 'Back does not take the choice back');
    await page.goForward();
    expect((await shown(page)).length < all.length, 'Forward does not choose again');
  });
  await looking(`address ${kind}`, 'nonsense', `${base}prislista.html#sortera=Finns inte,uppåt&Nivå=%E0%A4%A&filter=%&x=y`, {}, async (page, expect) => {
    expect((await page.locator('.reglage').count()) === 1, 'the table is left as it was');
    await page.getByRole('button', { name: 'Pris', exact: true }).click();
    expect(page.url().includes('x=y'), 'what is not the table’s is dropped');
  });
  await looking(`address ${kind}`, 'two tables', `${base}ordlista.html#2.filter=tjänst&sortera=Term,fallande`, {}, async (page, expect) => {
    expect(/^Visar \d+ av/.test(await status(page, 1)) && !/^Visar/.test(await status(page, 0)), 'the second is not the one filtered');
    expect(isInOrder('Term', (await shown(page)).map((row) => row[0]), true), 'the first is not sorted');
  });
  await looking(`address ${kind}`, 'an anchor to a hidden row', `${base}ordlista.html#filter=finns inte`, {}, async (page, expect) => {
    expect((await shown(page)).length === 0, 'the filter is not used');
    const id = await page.evaluate(placeInRow, 0);
    await page.evaluate((id) => (location.hash = id), id);
    await page.waitForTimeout(100);
    expect(await page.evaluate((id) => document.getElementById(id).closest('tr').checkVisibility(), id), 'the row stays hidden');
  });
}

/** Makes a place to lead to of a row's first cell, as lists have whose rows have no page of their own. */
const placeInRow = (at) => {
  document.querySelectorAll('.lista tbody tr')[at].cells[0].id = 'en-plats';
  return 'en-plats';
};

async function copying() {
  const expected = (names, rows) =>
    [names, ...rows].map((cells) => `${cells.map((cell) => (/[;"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')}\r\n`).join('');
  const permissions = ['clipboard-read', 'clipboard-write'];
  await looking('CSV', 'the clipboard', `${root}prislista.html#Nivå=Guld&sortera=Pris,fallande`, { permissions }, async (page, expect) => {
    const rows = await shown(page);
    await page.getByRole('button', { name: 'Kopiera som CSV' }).click();
    await page.waitForTimeout(100);
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text.replaceAll('\r\n', '\n') === expected(await headings(page), rows).replaceAll('\r\n', '\n'), `copied: ${text.slice(0, 200)}`);
    expect((await status(page)) === `${rows.length} rader kopierade`, `told: ${await status(page)}`);
  });
  await looking('CSV', 'without a clipboard, cells that would be formulas', `${root}prislista.html`, {}, async (page, expect) => {
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => {
        globalThis.copied = document.activeElement.value;
        return true;
      };
    });
    await page.getByRole('button', { name: 'Kopiera som CSV' }).click();
    await page.waitForTimeout(50);
    const text = await page.evaluate(() => globalThis.copied);
    // A field gives its lines back without the carriage returns.
    const wanted = expected(await headings(page), await shown(page)).replaceAll('\r\n', '\n');
    expect(text === wanted, `copied: ${text?.slice(0, 200)}`);
    expect((await page.locator('textarea').count()) === 0, 'the field is left behind');
    expect((await page.evaluate(() => document.activeElement.textContent)) === 'Kopiera som CSV', 'the focus is lost');
  });
  // A page as the catalogue could be one day.
  const hostile = ['=1+1', '+46', '-5 grader', '@SUM(A1)', 'a;b', 'säg "hej"', '<b>fet</b>', 'rad'];
  const context = await browser.newContext({ viewport: WIDE });
  const page = await context.newPage();
  await page.route('**/prislista.html', async (route) => {
    const html = readFileSync(join(site, 'prislista.html'), 'utf8');
    const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const rows = hostile.map((text) => `<tr>${`<td>${escaped(text)}</td>`.repeat(7)}</tr>`).join('');
    await route.fulfill({ contentType: 'text/html', body: html.replace(/<tbody>.*<\/tbody>/s, `<tbody>${rows}</tbody>`) });
  });
  await page.goto(`${root}prislista.html`);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => (globalThis.copied = text) } });
  });
  await page.getByRole('button', { name: 'Kopiera som CSV' }).click();
  const lines = (await page.evaluate(() => globalThis.copied)).split('\r\n').slice(1, -1).map((line) => line.slice(0, line.length / 7));
  const wanted = ["'=1+1", "'+46", "'-5 grader", "'@SUM(A1)", '"a;b"', '"säg ""hej"""', '<b>fet</b>', 'rad'];
  check('CSV', 'hostile cells', same(lines, wanted) ? [] : [JSON.stringify(lines)]);
  await context.close();
}

async function keyboard() {
  await looking('keyboard', 'sort and filter', `${root}prislista.html`, {}, async (page, expect) => {
    await page.getByLabel('Filtrera', { exact: true }).focus();
    await page.keyboard.type('server');
    expect(/^Visar/.test(await status(page)), 'typing does not filter');
    for (let steps = 0; steps < 20; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement.textContent.trim())) === 'Pris') break;
    }
    await page.keyboard.press('Enter');
    expect((await page.locator('th[aria-sort="ascending"]').textContent()) === 'Pris', 'Enter does not sort');
    await page.keyboard.press('Space');
    expect((await page.locator('th[aria-sort="descending"]').textContent()) === 'Pris', 'Space does not sort');
  });
  await looking('keyboard', 'cards have no hidden stops', `${root}prislista.html`, { viewport: NARROW }, async (page, expect) => {
    await page.waitForTimeout(100);
    const stops = await page.locator('.sortera').evaluateAll((buttons) => buttons.filter((button) => button.tabIndex >= 0).length);
    expect(stops === 0, `${stops} headings out of sight can be stepped to`);
    await page.getByRole('combobox', { name: 'Sortera efter', exact: true }).selectOption('Pris,fallande');
    const column = (await headings(page)).indexOf('Pris');
    expect(isInOrder('Pris', (await shown(page)).map((row) => row[column]), true), 'the list of orders does not sort');
  });
}

async function headingsStay() {
  for (const path of lists) {
    await looking('headings stay', path, root + path, {}, async (page, expect) => {
      await page.waitForTimeout(100);
      const last = page.locator('.lista').first().locator('tbody tr').last();
      await last.evaluate((row) => scrollTo(0, scrollY + row.getBoundingClientRect().top - 200));
      const head = await page.locator('.lista thead').first().evaluate((head) => head.getBoundingClientRect().top);
      expect(head >= -1 && head < 200, `the heading is at ${head}`);
    });
  }
  await looking('headings stay', 'a place is not hidden below them', `${root}ordlista.html`, {}, async (page, expect) => {
    await page.waitForTimeout(100);
    const id = await page.evaluate(placeInRow, 5);
    await page.evaluate((id) => (location.hash = id), id);
    await page.waitForTimeout(100);
    const [row, head] = await page.evaluate((id) => {
      const place = document.getElementById(id);
      return [place.getBoundingClientRect().top, place.closest('table').tHead.getBoundingClientRect().bottom];
    }, id);
    expect(row >= head - 1, `the place is at ${row}, the heading ends at ${head}`);
  });
}

/** No page is scrolled sideways, whatever the width; a table that is says so. */
async function widths() {
  for (const width of [1280, 1024, 800, 400, 320]) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const path of kinds(pages)) {
      await page.goto(root + path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(`fits ${width} px`, path, wide > 0 ? [`${wide} px too wide`] : []);
    }
    await context.close();
  }
  await looking('scrolls sideways', 'prislista.html at 800 px', `${root}prislista.html`, { viewport: { width: 800, height: 800 } }, async (page, expect) => {
    const table = page.locator('.lista');
    expect(await table.evaluate((box) => box.scrollWidth > box.clientWidth), 'it fits: choose another page for this check');
    expect(/gradient/.test(await table.evaluate((box) => getComputedStyle(box).backgroundImage)), 'no shade says that there is more');
    await page.waitForTimeout(100);
    const said = await table.evaluate((box) => getComputedStyle(box, '::before').content);
    expect(said.includes('Rulla i sidled'), 'no words say that there is more');
    const caption = await table.locator('caption').evaluate((caption) => caption.getBoundingClientRect().right - innerWidth);
    expect(caption <= 0, `the caption goes on for ${caption} px beyond the screen`);
  });
}

async function cards() {
  await looking('cards', 'prislista.html', `${root}prislista.html`, { viewport: NARROW }, async (page, expect) => {
    const row = page.locator('.lista tbody tr').first();
    await row.scrollIntoViewIfNeeded();
    const boxes = await row.locator('th, td').evaluateAll((cells) =>
      cells.map((cell) => ({ text: cell.textContent, top: cell.getBoundingClientRect().top, label: getComputedStyle(cell, '::before').content })),
    );
    const head = boxes.reduce((one, other) => (other.top < one.top ? other : one));
    expect(head === boxes[1] && head.label === 'none', `headed by ${head.text}`);
    expect(boxes[0].label.includes('Artikel') && boxes[5].label.includes('Pris'), 'the lines have no labels');
  });
  for (const viewport of [WIDE, NARROW]) {
    await looking('without JavaScript', `prislista.html ${viewport.width}`, `${root}prislista.html`, { viewport, javaScriptEnabled: false }, async (page, expect) => {
      const rows = (readFileSync(join(site, 'prislista.html'), 'utf8').match(/<tr>/g) ?? []).length - 1;
      expect((await page.locator('.lista tbody tr').count()) === rows, 'rows are missing');
      expect(await page.locator('.lista tbody tr').last().isVisible(), 'the last row is hidden');
      expect((await page.locator('.reglage, .sortera').count()) === 0, 'there are controls that do nothing');
      const gap = await page.locator('.lista').evaluate((box) => parseFloat(getComputedStyle(box).marginTop));
      expect(gap === 0, 'a place is kept for controls that never come');
    });
  }
}

async function access() {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [WIDE, NARROW]) {
      const url = `${root}prislista.html#filter=server&sortera=Pris,fallande`;
      await looking(`axe with filters ${colorScheme}`, `${viewport.width}`, url, { colorScheme, viewport }, async (page, expect) => {
        await page.evaluate(axe);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        for (const violation of found.violations) expect(false, `${violation.id}: ${violation.nodes[0].html.slice(0, 160)}`);
      });
    }
  }
  await looking('semantics', 'names and roles', `${root}prislista.html`, {}, async (page, expect) => {
    expect((await page.getByRole('group', { name: 'Sortera och filtrera: Priser i utgåvan' }).count()) === 1, 'the controls have no name');
    expect((await page.locator('.reglage').getByRole('status').count()) === 1, 'nothing tells how many rows there are');
    expect((await page.getByRole('columnheader', { name: 'Pris', exact: true }).count()) === 1, 'a heading is none any more');
    const small = await page.locator('.reglage :is(input, select, button), .sortera').evaluateAll((controls) =>
      controls.filter((control) => control.checkVisibility() && control.getBoundingClientRect().height < 24).map((control) => control.textContent),
    );
    expect(small.length === 0, `smaller than 24 px: ${small}`);
  });
  await looking('on paper', 'what is shown is printed', `${root}prislista.html#Nivå=Guld`, {}, async (page, expect) => {
    await page.emulateMedia({ media: 'print' });
    expect(!(await page.locator('.reglage').isVisible()), 'the controls are printed');
    const count = (await shown(page)).length;
    expect(count > 1 && (await page.locator('tr[hidden]').first().isHidden()), 'rows that are filtered away are printed');
    const told = await page.locator('.urval').innerText();
    expect(new RegExp(`^Urval: ${count} av \\d+ rader; Nivå: Guld$`).test(told), `paper says ”${told}” of what is left out`);
    expect(!(await page.locator('.om-sidan').isVisible()), 'what can be fetched is printed');
    await page.emulateMedia({ media: 'screen' });
    expect(!(await page.locator('.urval').isVisible()), 'the screen says it twice');
    await page.getByRole('button', { name: 'Rensa' }).click();
    await page.emulateMedia({ media: 'print' });
    expect(!(await page.locator('.urval').isVisible()), 'paper says that something is left out of the whole list');
  });
}

check('lists', 'the site has long tables', lists.length >= 5 ? [] : [`only ${lists}`]);
check('lists', 'documents keep their order', lists.filter((page) => page.startsWith('dokument/')));
for (const [base, kind] of [[root, 'from a server'], [files, 'from a file share']]) {
  await sorting(base, kind);
  await filtering(base, kind);
  await address(base, kind);
}
for (const step of [copying, keyboard, headingsStay, widths, cards, access]) await step();
await browser.close();
close();
finish('tables');
