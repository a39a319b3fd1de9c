/*
 * Long tables can be sorted, filtered and copied, and the address keeps what is chosen. Without this file they are
 * whole, in the order of the page. The writer marks them with the class `lista`; see `classes_of` in `body.rs`.
 *
 * The address: #sortera=Pris,fallande&filter=server&Nivå=Guld, where the second table of a page says `2.sortera` and so
 * on. Only what stands after # is changed, so it works from a file share too. Without = it is an ordinary anchor.
 */
'use strict';
(() => {
  const order = new Intl.Collator('sv', { numeric: true });
  const MONTHS = 'januari februari mars april maj juni juli augusti september oktober november december'.split(' ');
  /** A column offers its values to choose from if there are this many at most, none longer than this. */
  const MOST_CHOICES = 12;
  const LONGEST_CHOICE = 40;

  /** Elements are made with properties and children; no text is ever read as markup. */
  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  /** What a cell says, on one line and without the marks of its notes. */
  function textOf(cell) {
    let said = cell;
    if (cell.querySelector('br, p, li, .fotnot')) {
      said = cell.cloneNode(true);
      said.querySelectorAll('.fotnot').forEach((mark) => mark.remove());
      // No comma, which would run together with that of an amount: 1,85 kr; 50 001–200 000: 1,40 kr.
      said.querySelectorAll('br, p + p, li + li').forEach((line) => line.before('; '));
    }
    return said.textContent.replace(/\s+/g, ' ').trim();
  }

  /** A count as figures are written, with a space between thousands. */
  const written = (count) => String(count).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0');

  const isNothing = (text) => text === '' || text === '–';

  /** 1 000 as 1000, for figures within words to be compared whole. */
  const whole = (text) =>
    text.replace(/\d+(?: \d{3})+(?!\d)/g, (figure) => (/^\d{1,3} /.test(figure) ? figure.replaceAll(' ', '') : figure));

  /** For comparing as people search: Hälso is halso, and a dash the hyphen that keyboards have. */
  const lower = (text) => text.normalize('NFKC').replace(/[\u2010-\u2014\u2212]/g, '-').toLocaleLowerCase('sv');
  const folded = (text) => lower(text).normalize('NFKD').replace(/\p{M}/gu, '');

  /**
   * Whether a text has a word. A figure and a short word begin one there, so that ”per” is not found in ”expert”; a longer
   * word is found within a compound too.
   */
  function has(text, word) {
    const isBeginning = /^\p{N}/u.test(word) || /^\p{L}{1,3}$/u.test(word);
    let at = text.indexOf(word);
    while (isBeginning && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) at = text.indexOf(word, at + 1);
    return at >= 0;
  }

  /** What is found in a row's texts: each figure is found however its thousands are parted, and ”år” is no ”ar”. */
  function finderOf(texts) {
    const said = texts.join('\n');
    const all = lower(`${said}\n${whole(said)}`);
    const without = folded(all);
    return (word) => has(word === folded(word) ? without : all, word);
  }

  /** 5 oktober 2026 or 2026-10-05 as 20261005. */
  function dateOf(text) {
    const [, day, month, year] = /^(\d{1,2}) (\p{L}+) (\d{4})$/u.exec(text) ?? [];
    if (MONTHS.includes(month)) return (year * 100 + MONTHS.indexOf(month) + 1) * 100 + Number(day);
    return /^\d{4}-\d\d-\d\d$/.test(text) ? Number(text.replaceAll('-', '')) : null;
  }

  /** 12 345,50 kr, or the first amount of 0–100: 12,50 kr, 101–: 10 kr. No amount: 24/7/365, 10–20 st, 4 × 4 300 kr. */
  function amountOf(text) {
    if (text.includes('×')) return null;
    const [, amount, unit] = /^(?:[^:]*\d[^:]*: )?([-−]?\d[\d ]*(?:,\d+)?)(?! ?[\d,./:–-]) ?([^\s,;]*)/.exec(text) ?? [];
    return amount && { value: Number(amount.replaceAll(' ', '').replace('−', '-').replace(',', '.')), unit };
  }

  /**
   * What a column is sorted by: dates, amounts of one unit, or texts. Null comes last in both directions: a dash, and
   * words such as ”ingår” among amounts.
   */
  function keysOf(texts) {
    const said = texts.filter((text) => !isNothing(text)).length;
    const dates = texts.map(dateOf);
    if (dates.filter(Number).length === said) return dates;
    const amounts = texts.map(amountOf);
    const found = amounts.filter(Boolean);
    if (found.length * 2 >= said && found.every(({ unit }) => unit === found[0].unit)) {
      return amounts.map((amount) => amount?.value ?? null);
    }
    return texts.map((text) => (isNothing(text) ? null : whole(text)));
  }

  function compare(a, b, isFalling) {
    if (a === null || b === null) return (a === null) - (b === null);
    const rising = typeof a === 'number' ? a - b : order.compare(a, b);
    return isFalling ? -rising : rising;
  }

  /** The values of a column that rows can be chosen by: few, short, and so that they repeat. A list of links is many. */
  function choicesOf(rows, at) {
    // Figures are compared, and not chosen.
    if (rows[0].row.cells[at]?.classList.contains('hoger')) return null;
    const found = new Set();
    const values = [];
    for (const { row } of rows) {
      const cell = row.cells[at] ?? make('td');
      const links = cell.querySelectorAll('a');
      const own = (links.length > 1 ? [...links] : [cell]).map(textOf).filter((text) => !isNothing(text));
      own.forEach((text) => found.add(text));
      // A register of tens of thousands is not read to its end for what its first rows tell.
      if (found.size > MOST_CHOICES) return null;
      values.push(own);
    }
    const choices = [...found].sort((one, other) => order.compare(whole(one), whole(other)));
    const areFew = choices.length >= 2 && choices.length * 1.3 <= values.flat().length;
    return areFew && choices.every((choice) => choice.length <= LONGEST_CHOICE) ? { values, choices } : null;
  }

  /** A line of CSV. What a spreadsheet would take for a formula is made text. */
  const csvLine = (texts) =>
    texts
      // A tab or a line's end would begin another cell.
      .map((text) => text.replace(/[\t\r\n]+/g, ' '))
      .map((text) => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text))
      .map((text) => (/[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
      .join(';');

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // An intranet without https has no such clipboard.
      const focused = document.activeElement;
      const area = make('textarea', { value: text, className: 'gomd' });
      document.body.append(area);
      area.select();
      const isCopied = document.execCommand('copy');
      area.remove();
      focused.focus();
      return isCopied;
    }
  }

  /** A row with what its cells say, which is read once it is asked for: a page need not wait for that to be shown. */
  function rowOf(row, at) {
    let texts;
    return {
      at,
      row,
      isSum: false,
      get texts() {
        return (texts ??= [...row.cells].map(textOf));
      },
    };
  }

  /** Sums stay below what they sum up: the last rows, if they and no others begin in bold. */
  function markSums(rows) {
    const isBold = ({ row }) => row.cells[0]?.childNodes.length === 1 && row.cells[0].firstChild.nodeName === 'STRONG';
    const first = rows.findLastIndex((row) => !isBold(row)) + 1;
    if (!rows.slice(0, first).some(isBold)) rows.slice(first || rows.length).forEach((row) => (row.isSum = true));
  }

  /** A table with its controls. It reads its state from the address's parameters, and writes it to them. */
  function enhance(wrapper, prefix, changed) {
    const table = wrapper.querySelector('table');
    const body = table.tBodies[0];
    const rows = [...body.rows].map(rowOf);
    markSums(rows);
    const isCounted = (row) => !row.isSum;
    const count = rows.filter(isCounted).length;
    /** The rows in the order that the page has now. */
    let ordered = rows;
    const columns = [...table.tHead.rows[0].cells].map((head, at) => ({
      head,
      name: textOf(head),
      at,
      choices: choicesOf(rows, at),
    }));
    let sorting = null;
    let shown = rows;
    let typing;

    const filter = make('input', { type: 'search', autocomplete: 'off', spellcheck: false });
    const field = (name, control) => make('label', {}, name, control);
    const select = (options) => make('select', {}, ...options.map(([value, text]) => make('option', { value }, text)));
    const named = columns.filter(({ name }) => name !== '');
    const sorter = select([
      ['', 'Sidans ordning'],
      ...named.flatMap(({ name }) => ['stigande', 'fallande'].map((way) => [`${name},${way}`, `${name}, ${way}`])),
    ]);
    const choosers = named
      .filter(({ choices }) => choices)
      .map((column) => {
        const { choices, values } = column.choices;
        const control = select([['', 'Alla'], ...choices.map((choice) => [choice, choice])]);
        return { name: column.name, values, control };
      });
    const clear = make('button', { type: 'button', hidden: true }, 'Rensa');
    const csv = make('button', { type: 'button' }, 'Kopiera som CSV');
    const status = make('p', {});
    status.setAttribute('role', 'status');
    /** What paper says of rows that are left out, where the controls are not printed. */
    const selection = make('p', { className: 'urval' });

    function show() {
      const words = whole(lower(filter.value).replace(/\s+/g, ' ')).split(' ').filter(Boolean);
      const fits = (row) =>
        words.every((row.finds ??= finderOf(row.texts))) &&
        choosers.every(({ values, control }) => control.value === '' || values[row.at].includes(control.value));
      const sorted = [...rows];
      if (sorting) {
        const { column } = sorting;
        const keys = (column.keys ??= keysOf(rows.map(({ texts }) => texts[column.at] ?? '')));
        sorted.sort((a, b) => a.isSum - b.isSum || (!a.isSum && compare(keys[a.at], keys[b.at], sorting.isFalling)));
      }
      shown = sorted.filter(fits);
      const isShown = new Set(shown);
      for (const row of rows) if (row.row.hidden === isShown.has(row)) row.row.hidden = !isShown.has(row);
      if (sorted.some((row, at) => row !== ordered[at])) arrange(sorted);
      for (const { head } of columns) head.removeAttribute('aria-sort');
      if (sorting) sorting.column.head.setAttribute('aria-sort', sorting.isFalling ? 'descending' : 'ascending');
      sorter.value = sorting ? sortingText() : '';
      clear.hidden = !sorting && [filter, ...choosers.map(({ control }) => control)].every(({ value }) => value === '');
      const countShown = shown.filter(isCounted).length;
      const all = count === 1 ? '1 rad' : `${written(count)} rader`;
      const ofAll = `${written(countShown)} av ${all}`;
      status.textContent = countShown === count ? all : `Visar ${ofAll}`;
      const picked = choosers.map(({ name, control }) => [name, control.value]);
      const by = [['Filter', filter.value.trim()], ...picked].filter(([, value]) => value !== '');
      selection.textContent = `Urval: ${[ofAll, ...by.map(([name, value]) => `${name}: ${value}`)].join('; ')}`;
      selection.hidden = countShown === count;
    }

    /** Rows that are moved one by one in a page are styled anew one by one, which takes minutes of 30 000. */
    function arrange(sorted) {
      const focused = body.contains(document.activeElement) ? document.activeElement : null;
      const place = document.createComment('');
      body.replaceWith(place);
      body.append(...sorted.map(({ row }) => row));
      place.replaceWith(body);
      focused?.focus({ preventScroll: true });
      ordered = sorted;
    }

    const sortingText = () => `${sorting.column.name},${sorting.isFalling ? 'fallande' : 'stigande'}`;

    function sort(text) {
      const comma = text.lastIndexOf(',');
      const column = named.find(({ name }) => name === text.slice(0, comma));
      sorting = column ? { column, isFalling: text.slice(comma + 1) === 'fallande' } : null;
    }

    function chosen() {
      clearTimeout(typing);
      show();
      changed(true);
    }

    for (const column of named) {
      // A heading with a link in it cannot be a button.
      if (column.head.querySelector('a')) continue;
      column.button = make('button', { type: 'button', className: 'sortera' }, ...column.head.childNodes);
      column.head.append(column.button);
      column.button.addEventListener('click', () => {
        const isSame = sorting?.column === column;
        sorting = isSame && sorting.isFalling ? null : { column, isFalling: isSame };
        chosen();
      });
    }
    filter.addEventListener('input', () => {
      show();
      // Browsers allow only so many changes of the address a second.
      clearTimeout(typing);
      typing = setTimeout(changed, 300, false);
    });
    sorter.addEventListener('change', () => {
      sort(sorter.value);
      chosen();
    });
    choosers.forEach(({ control }) => control.addEventListener('change', chosen));
    clear.addEventListener('click', () => {
      state.read(new URLSearchParams());
      changed(true);
      filter.focus();
    });
    csv.addEventListener('click', async () => {
      const lines = [columns.map(({ name }) => name), ...shown.map(({ texts }) => texts)].map(csvLine);
      const isCopied = await copy(`${lines.join('\r\n')}\r\n`);
      const copied = shown.length === 1 ? '1 rad kopierad' : `${written(shown.length)} rader kopierade`;
      status.textContent = isCopied ? copied : 'Webbläsaren tillät inte kopieringen.';
    });

    const controls = make('div', { className: 'reglage' }, field('Filtrera', filter));
    controls.setAttribute('role', 'group');
    controls.setAttribute('aria-label', `Sortera och filtrera: ${wrapper.getAttribute('aria-label')}`);
    controls.append(...choosers.map(({ name, control }) => field(name, control)), field('Sortera efter', sorter));
    sorter.parentElement.className = 'bara-kort';
    controls.append(csv, clear, status);
    wrapper.before(controls, selection);
    wrapper.classList.add('klar');

    const state = {
      read(parameters) {
        const value = (key) => parameters.get(prefix + key) ?? '';
        clearTimeout(typing);
        filter.value = value('filter');
        sort(value('sortera'));
        for (const { name, control } of choosers) {
          control.value = value(name);
          // A value that is no longer offered chooses nothing.
          if (control.selectedIndex < 0) control.value = '';
        }
        show();
      },
      write(parameters) {
        const set = (key, value) => (value ? parameters.set(prefix + key, value) : parameters.delete(prefix + key));
        set('sortera', sorting && sortingText());
        set('filter', filter.value);
        for (const { name, control } of choosers) set(name, control.value);
      },
      /** Headings that a narrow screen hides cannot be stepped to: the cards have a list to choose from. */
      headings(areHidden) {
        for (const { button } of columns) if (button) button.tabIndex = areHidden ? -1 : 0;
      },
      body,
    };
    return state;
  }

  const parametersOf = (hash) => new URLSearchParams(hash.includes('=') ? hash.slice(1) : '');

  const lists = new Map();
  [...document.querySelectorAll('.lista')].forEach((wrapper, at) => {
    lists.set(wrapper, enhance(wrapper, at === 0 ? '' : `${at + 1}.`, keep));
  });

  /** The address says what is chosen. A choice can be taken back with Back; letters as they are typed cannot. */
  function keep(isChoice) {
    const parameters = parametersOf(location.hash);
    for (const list of lists.values()) list.write(parameters);
    const text = parameters.toString().replaceAll('+', '%20').replaceAll('%2C', ',');
    const address = location.href.split('#')[0] + (text && `#${text}`);
    history[isChoice ? 'pushState' : 'replaceState'](null, '', address);
  }

  function restore() {
    const target = document.querySelector(':target');
    const isAnchor = location.hash.length > 1 && !location.hash.includes('=');
    for (const list of lists.values()) {
      // An anchor leaves the tables as they are, unless it leads to a row that is filtered away.
      if (!isAnchor || (target && list.body.contains(target) && target.closest('[hidden]'))) {
        list.read(parametersOf(location.hash));
      }
    }
    if (isAnchor) target?.scrollIntoView();
  }
  for (const list of lists.values()) list.read(parametersOf(location.hash));
  window.addEventListener('hashchange', restore);

  /**
   * Headings stay in view while a table that fits is scrolled past. One that is scrolled sideways is a box of its own,
   * which they cannot leave.
   */
  const watch = new ResizeObserver((entries) => {
    const found = entries.map(({ target }) => ({
      target,
      isFitting: target.querySelector('table').offsetWidth <= target.clientWidth,
      isCards: getComputedStyle(target.querySelector('thead')).position === 'absolute',
    }));
    for (const { target, isFitting, isCards } of found) {
      target.classList.toggle('ryms', isFitting && !isCards);
      target.classList.toggle('rullas', !isFitting);
      lists.get(target)?.headings(isCards);
    }
  });
  for (const head of document.querySelectorAll('.tabell thead')) watch.observe(head.closest('.tabell'));
})();
