/*
 * Keeps a page up with its sources while they are written, and tells what is wrong with them. `katalog serve` puts this
 * in every page that it sends; what is published has none of it.
 *
 * - What has changed of a page is swapped in place, so that the reader stays where they were. Where it cannot be told
 *   what to swap, such as in a table that the page's own script has sorted, the page is loaded anew.
 * - Texts reach the page as text, never as markup, and styles as a sheet of a shadow tree: pages allow no others.
 */
'use strict';
(() => {
  const own = document.currentScript;
  const page = location.href.split('#')[0];
  /** How long what has changed is marked (ms), and how long the server may be away before it is asked for again. */
  const MARKED = 2000;
  const AWAY = 2000;
  /** Characters of a long line that are shown on either side of what is wrong. */
  const AROUND = 80;

  /* The page */

  /** What runs or remembers, and cannot be changed under its feet: the page is loaded anew. */
  const ALIVE = '.lista, form, script';
  /** What a script has put in the page, and its source does not have. */
  const ADDED = '.reglage, .urval, .gomd, script, katalog-visning';
  /** What a page is read with. */
  const RESOURCES = 'link[rel=stylesheet], script[src], img[src]';

  /** The page as it last came, before its scripts changed it. */
  let known = null;
  let looking = Promise.resolve();

  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  const read = (address, method) => fetch(address, { cache: 'no-cache', method });

  async function asSent() {
    const response = await read(page, 'GET');
    const content = new DOMParser().parseFromString(await response.text(), 'text/html');
    const files = [...content.querySelectorAll(RESOURCES)].map((element) => element.src || element.href);
    const near = files.filter((file) => new URL(file).origin === location.origin);
    const tags = await Promise.all(near.map(async (file) => (await read(file, 'HEAD')).headers.get('ETag')));
    return { tag: response.headers.get('ETag'), content, files: [...files, ...tags].join('\n') };
  }

  /** Looks whether the page has changed, and has it show what it says now. */
  async function look() {
    const next = await asSent();
    const isKnown = next.tag === (known?.tag ?? own.dataset.etag) && next.files === (known?.files ?? next.files);
    if (!isKnown && !(known && next.files === known.files && swapAll(next.content))) location.reload();
    known = next;
  }

  function swapAll(content) {
    const focused = document.activeElement;
    const changed = [];
    const isDone = swap(document.body, known.content.body, content.body, changed);
    document.title = content.title;
    changed.forEach(mark);
    // What had the focus has come back as another element.
    if (!focused.isConnected && focused.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
    return isDone;
  }

  /** Swaps what differs between two readings of an element. False where the page is not as the first one was. */
  function swap(live, before, after, changed) {
    if (before.isEqualNode(after)) return true;
    const [shown, old, next] = [live, before, after].map(partsOf);
    const isAsRead = shown.length === old.length && shown.every((part, at) => part.nodeName === old[at].nodeName);
    if (!isAsRead || before.matches(ALIVE)) return false;
    const start = same(old, next, (parts, at) => parts[at]);
    const rest = [old.slice(start), next.slice(start)];
    const end = same(...rest, (parts, at) => parts[parts.length - 1 - at]);
    const [from, to] = rest.map((parts) => parts.slice(0, parts.length - end));
    const place = shown.slice(start, start + from.length);
    const put = (place, from, to) => replace(place, from, to, live, shown[start - 1], changed);
    if (from.length !== to.length) return put(place, from, to);
    return from.every((part, at) =>
      isFrame(part, to[at]) ? swap(place[at], part, to[at], changed) : put([place[at]], [part], [to[at]]),
    );
  }

  /** What an element holds, but for what scripts have added and what nobody sees. */
  function partsOf(element) {
    const isSeen = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '';
    return [...element.childNodes].filter((node) => (isElement(node) ? !node.matches(ADDED) : isSeen(node)));
  }

  /** How many parts are the same, counted from one end. */
  function same(one, other, part) {
    let count = 0;
    while (count < Math.min(one.length, other.length) && part(one, count).isEqualNode(part(other, count))) count += 1;
    return count;
  }

  /** Whether two parts are the same but for what is in them, and hold only elements. */
  function isFrame(one, other) {
    const isWhole = (part) => isElement(part) && partsOf(part).every(isElement);
    return isWhole(one) && isWhole(other) && one.cloneNode(false).isEqualNode(other.cloneNode(false));
  }

  /** Puts parts in the place of others, after one that stays. */
  function replace(place, from, to, parent, before, changed) {
    const isAlive = (part) => isElement(part) && (part.matches(ALIVE) || part.querySelector(ALIVE));
    if ([...from, ...to].some(isAlive)) return false;
    const made = to.map((part) => document.importNode(part, true));
    if (place.length > 0) place[0].before(...made);
    else if (before) before.after(...made);
    else parent.prepend(...made);
    place.forEach((part) => part.remove());
    changed.push(...made);
    return true;
  }

  /** Marks what has changed for a moment, without motion where that is asked for. */
  function mark(part) {
    const element = isElement(part) ? part : part.parentElement;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const seen = { outline: '3px solid #d9730d', outlineOffset: '4px' };
    const last = isStill ? seen : { ...seen, outlineColor: 'transparent' };
    element.animate([seen, last], { duration: MARKED, easing: 'ease-in' });
  }

  /* The bar */

  const SHEET = `
    :host { all: initial; --yta: #ffffff; --yta-dov: #eef3f4; --text: #17262b; --dov: #4a5d64; --linje: #7b8f96;
      --fel: #a3200d; --varning: #7a4a00; --markering: #ffdcc9; --fokus: #b3470a; }
    @media (prefers-color-scheme: dark) {
      :host { --yta: #1b2a30; --yta-dov: #263840; --text: #e4ecee; --dov: #a6b8be; --linje: #71868e;
        --fel: #ff9d8c; --varning: #ecca6a; --markering: #7a2a12; --fokus: #ffb27a; }
    }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    aside { position: fixed; right: 0.5rem; bottom: 0.5rem; z-index: 2147483647; max-width: calc(100vw - 1rem);
      display: flex; flex-direction: column-reverse; align-items: flex-end; gap: 0.5rem; color: var(--text);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    .rad { display: flex; align-items: center; gap: 0.5rem; max-width: 100%; padding: 0.25rem 0.75rem;
      border: 1px solid var(--linje); border-radius: 1.25rem; background: var(--yta); font-size: 0.875rem;
      box-shadow: 0 2px 8px rgb(0 0 0 / 25%); }
    .namn { font-weight: 600; } .lage.fel { color: var(--fel); font-weight: 600; }
    button { margin-right: -0.5rem; min-height: 1.75rem; padding: 0 0.75rem; border: 1px solid var(--linje);
      border-radius: 1rem; background: var(--yta-dov); color: inherit; font: inherit; cursor: pointer; }
    :focus-visible { outline: 3px solid var(--fokus); outline-offset: 2px; } [hidden] { display: none !important; }
    .fynd { width: min(40rem, 100vw - 1rem); max-height: min(55vh, 36rem); overflow: auto; padding: 0.25rem 1rem;
      border: 1px solid var(--linje); border-radius: 0.5rem; background: var(--yta); font-size: 0.9375rem;
      box-shadow: 0 4px 16px rgb(0 0 0 / 30%); overflow-wrap: anywhere; }
    ol { margin: 0; padding: 0; list-style: none; } li { padding: 0.75rem 0; } p { margin: 0.25rem 0; }
    li + li { border-top: 1px solid var(--linje); } .plats, .fler { color: var(--dov); font-size: 0.875rem; }
    .vikt { font-weight: 700; } .fel .vikt { color: var(--fel); } .varning .vikt { color: var(--varning); }
    .sagt { white-space: pre-wrap; }
    code, pre { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 0.8125rem; }
    pre { margin: 0.5rem 0; padding: 0.375rem 0.625rem; border-radius: 0.25rem; background: var(--yta-dov);
      white-space: pre-wrap; }
    mark { background: var(--markering); color: var(--text); text-decoration: underline 2px var(--fel); }
    @media (max-width: 30rem) {
      .namn { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    }`;
  /** The page's end can be scrolled clear of the bar. */
  const ROOM = '@media screen { body { padding-bottom: 3.5rem; } }';

  const LABELS = { fel: 'Fel', varning: 'Varning', info: 'Upplysning' };
  const WEIGHTS = Object.keys(LABELS);
  const styles = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  };

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  const host = make('katalog-visning');
  const root = host.attachShadow({ mode: 'open' });
  const status = make('span', { className: 'lage', role: 'status' });
  const button = make('button', { type: 'button', ariaExpanded: 'false', hidden: true }, 'Fynd');
  const panel = make('div', { className: 'fynd', id: 'fynd', role: 'region', ariaLabel: 'Fynd', tabIndex: 0, hidden: true });
  const name = make('span', { className: 'namn' }, 'Förhandsvisning');
  button.setAttribute('aria-controls', panel.id);
  root.adoptedStyleSheets = [styles(SHEET)];
  root.append(make('aside', { ariaLabel: name.textContent }, make('div', { className: 'rad' }, name, status, button), panel));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles(ROOM)];
  document.body.append(host);

  function say(text, isWrong) {
    // Said again only when it is something else: it is read aloud.
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle('fel', isWrong);
  }

  const counted = (count, one, many) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]);
  function summary({ errors, warnings, notes }) {
    const parts = [...counted(errors, 'fel', 'fel'), ...counted(warnings, 'varning', 'varningar')];
    // What is only worth knowing is told of when there is nothing else.
    return parts.join(', ') || counted(notes, 'upplysning', 'upplysningar')[0] || 'inga fynd';
  }

  function tell(state) {
    const { current, shows, errors, warnings, notes } = state;
    const isWrong = !current && errors > 0;
    const old = shows ? 'sidan visas som den var' : 'det finns inget att visa än';
    if (isWrong) say(`Innehållet har fel; ${old}`, true);
    else say(current ? summary(state) : 'Läser innehållet …', false);
    button.hidden = errors + warnings + notes === 0;
    // It opens by itself once for each time that something goes wrong, whatever page is then gone to; where there is
    // nothing to show, the page itself lists what is wrong.
    if (isWrong && shows && !sessionStorage.katalogVisning) {
      sessionStorage.katalogVisning = 'öppnad';
      toggle(true);
    } else if (!isWrong && sessionStorage.katalogVisning) {
      sessionStorage.removeItem('katalogVisning');
      toggle(false);
    } else toggle(!panel.hidden && !button.hidden);
  }

  function toggle(isOpen) {
    panel.hidden = !isOpen;
    button.ariaExpanded = String(isOpen);
    // A server that has gone away tells of nothing; the bar says so.
    if (isOpen) list().catch(() => {});
  }

  async function list() {
    const { findings, total } = await (await fetch('/_visning/fynd')).json();
    // The file that this page is written in, as its foot tells.
    const terms = [...document.querySelectorAll('.om-sidan dt')];
    const source = terms.find((term) => term.textContent === 'Källfil')?.nextElementSibling?.textContent;
    const isOwn = ({ file }) => source !== undefined && (file === source || file.endsWith(`/${source}`));
    const order = (finding) => 2 * WEIGHTS.indexOf(finding.severity) + (isOwn(finding) ? 0 : 1);
    const items = findings.sort((one, other) => order(one) - order(other)).map((finding) => item(finding, isOwn(finding)));
    const more = make('p', { className: 'fler', hidden: total === items.length }, `De ${items.length} första av ${total} fynd.`);
    panel.replaceChildren(make('ol', {}, ...items), more);
  }

  function item({ code, severity, file, line, column, length, message, help, source }, isOwn) {
    const place = [make('code', {}, `${file}:${line}:${column}`), ` ${code}`, ...(isOwn ? [' · den här sidans fil'] : [])];
    return make(
      'li',
      { className: severity },
      make('p', { className: 'sagt' }, make('span', { className: 'vikt' }, LABELS[severity]), `: ${message}`),
      make('p', { className: 'plats' }, ...place),
      ...(source ? [excerpt(Array.from(source), column - 1, length)] : []),
      ...(help ? [make('p', { className: 'sagt' }, help)] : []),
    );
  }

  /** A line with what is wrong marked, and of a long one what is around that. Places are counted in whole characters. */
  function excerpt(line, at, length) {
    const end = Math.min(at + length, at + 3 * AROUND);
    const [before, marked, after] = [line.slice(0, at), line.slice(at, end), line.slice(end)].map((part) => part.join(''));
    const first = before.length > AROUND ? `…${before.slice(-AROUND)}` : before.trimStart();
    const last = after.length > AROUND ? `${after.slice(0, AROUND)}…` : after;
    return make('pre', {}, make('code', {}, first, ...(marked ? [make('mark', {}, marked)] : []), last));
  }

  button.addEventListener('click', () => toggle(panel.hidden));
  document.addEventListener('keydown', (event) => {
    // A field has a use of its own for the key.
    const isTaken = event.defaultPrevented || event.target.closest('input, select, textarea');
    if (event.key !== 'Escape' || panel.hidden || isTaken) return;
    if (root.activeElement) button.focus();
    toggle(false);
  });

  /* The server */

  let [events, version] = [null, null];

  function hear({ data }) {
    const state = JSON.parse(data);
    tell(state);
    // While there is nothing to show, the page tells why not, which may be something else now.
    if (state.version === version && state.shows) return;
    version = state.version;
    // One look at a time; what fails is looked for again when the server is back.
    looking = looking.then(look).catch(() => {});
  }

  function lost() {
    say('Förhandsvisningen är avslutad', false);
    version = null;
    if (events?.readyState === EventSource.CLOSED) setTimeout(connect, AWAY);
  }

  /** Only pages that are seen listen: a browser lets a server have few connections, however many pages are open. */
  function connect() {
    events?.close();
    events = null;
    // The server that is met again may be another, which counts its own versions.
    version = null;
    if (document.hidden) return;
    events = new EventSource('/_visning/handelser');
    events.addEventListener('message', hear);
    events.addEventListener('error', lost);
  }

  document.addEventListener('visibilitychange', connect);
  connect();
})();
