/*
 * The site's search. It asks no server: what it reads are scripts below `sok/`, which the build makes beside the pages,
 * since a page that is opened from a file share may read nothing else. `src/write/html/search.rs` says what is in them.
 *
 * - The field of a page's head shows the best hits below itself; `sok.html` shows all of them, with filters.
 * - Words are compared folded (å, ä as a, ö as o, small letters) and by their Swedish stem, which is found here and
 *   only for what is typed and what begins as it does.
 * - Texts reach the page as text, never as markup.
 */
(function () {
  'use strict';

  var HITS_IN_PANEL = 8;
  var HITS_AT_A_TIME = 20;
  var LONGEST_QUERY = 200;
  var MOST_WORDS = 8;
  /** A file of summaries has this many pages. */
  var SUMMARIES_OF_A_FILE = 50;
  /** How long someone must rest before more is read for a word (ms), and before what they have is told aloud. */
  var REST = 120;
  var QUIET = 700;

  /** What a word is worth by where a page has it. */
  var WORTH = { start: 100, title: 80, synonym: 70, part: 60, heading: 30, text: 10 };
  var WHOLE_WORD = 5;
  var WHOLE_TITLE = 30;
  /** More than all else: a page comes first whose title is typed in full, if that is more than one word. */
  var SAME_TITLE = 1000;
  /** What is left of a word's worth where another word of the same meaning stands for it. */
  var SAME_MEANING = 0.8;
  /** And on a page of what stands behind others, such as a person, or in a row of a list: those come after. */
  var BEHIND = 0.6;
  /** The same where another page has the word in its title: a person's title may have the name of a service in it. */
  var BEHIND_TITLE = 0.1;
  /** What it adds that a title has a sign of the query, such as the `e` of `e-post`, where the query has it. */
  var SIGN = 5;

  /* Words */

  var MARKS = /\p{M}/gu;
  /** A figure is one word, however its thousands are parted. */
  var WORDS = /\d{1,3}(?:[ \u00a0]\d{3})+(?!\p{N})|[\p{L}\p{N}]+/gu;

  /** Small letters without their marks, as `fold` in the build makes them. */
  function fold(text) {
    return text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/ø/g, 'o').replace(/æ/g, 'ae').replace(/ß/g, 'ss');
  }

  function wordsOf(text) {
    return (fold(text).match(WORDS) || []).map(whole);
  }

  /** A figure without what parts its thousands. */
  function whole(word) {
    return word.replace(/[ \u00a0]/g, '');
  }

  /** The figures that it may be instead, where someone has typed several: those of one sign are no words. */
  function figuresOf(word) {
    var figures = word.split(/[ \u00a0]/);
    return figures.length > 1 && figures[0].length > 1 ? [figures] : [];
  }

  /** Endings of nouns, longest first: an ending falls away where enough is left for a word. */
  var ENDINGS = ['arna', 'erna', 'orna', 'aren', 'are', 'ar', 'er', 'or', 'en', 'et', 'an', 'el', 'na', 'a', 'e'];
  var ONLY_LOOKS_INFLECTED = new Set(['data', 'handel', 'internet', 'licens', 'media', 'schema', 'tema']);

  /**
   * What the forms of a folded Swedish word have in common: `server`, `servrar` and `servrarnas` give `serv`. It is no
   * word of the language. One ending after the other falls away until none is left, so that a form and what it is
   * made from meet on the way.
   */
  function stem(word) {
    for (var shorter = withoutEnding(word); shorter !== word; shorter = withoutEnding(word)) word = shorter;
    if (ONLY_LOOKS_INFLECTED.has(word)) return word;
    // nyckel, nyckl-ar; fönster, fönstr-en; öppen, öpp-na: the e that falls out has left its consonant behind.
    if (word.length > 3 && /[^aeiouylrn][lrn]$/.test(word)) return word.slice(0, -1);
    // rum, rumm-et; man, mann-en.
    return /(mm|nn)$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
  }

  function withoutEnding(word) {
    if (ONLY_LOOKS_INFLECTED.has(word)) return word;
    if (word.length > 4 && /[^s]s$/.test(word) && !/(an|el)s$/.test(word)) return word.slice(0, -1);
    if (word.length > 5 && /(e[rl]|or)n$/.test(word)) return word.slice(0, -1);
    for (var at = 0; at < ENDINGS.length; at += 1) {
      var ending = ENDINGS[at];
      var left = word.length - ending.length;
      // dator, processor: what does something, and no plural of data or process. händelse: its e is all that falls.
      if (ending === 'or' && /[ts]or$/.test(word)) continue;
      if (ending === 'el' && !/[^aeiouyl]el$/.test(word)) continue;
      if (left >= 3 && word.endsWith(ending) && /[aeiouy]/.test(word.slice(0, left))) return word.slice(0, left);
    }
    return word;
  }

  /** How many letters must be put in, taken away, changed or swapped; more than `most` is not counted on. */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    var before = [];
    var last = [];
    for (var column = 0; column <= other.length; column += 1) last.push(column);
    for (var row = 1; row <= one.length; row += 1) {
      var now = [row];
      for (column = 1; column <= other.length; column += 1) {
        var same = one[row - 1] === other[column - 1];
        var least = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
          least = Math.min(least, before[column - 2] + 1);
        }
        now.push(least);
      }
      if (Math.min.apply(null, now) > most) return most + 1;
      before = last;
      last = now;
    }
    return last[other.length];
  }

  /* What is read */

  var root = '';
  /** The pages and their titles, once `sok/sidor.js` is read. */
  var pages = null;
  /** Words of texts by the name of their file, once that is read. */
  var shards = new Map();
  var summaries = new Map();
  /** Files that are asked for, with what is to be done when they are here, or will not come. */
  var asked = new Map();

  function read(name, then) {
    var waiting = asked.get(name);
    if (waiting) {
      if (waiting.done) then();
      else waiting.push(then);
      return;
    }
    waiting = [then];
    asked.set(name, waiting);
    var script = document.createElement('script');
    script.onload = script.onerror = function () {
      waiting.done = true;
      waiting.splice(0).forEach(function (next) {
        next();
      });
    };
    script.src = root + 'sok/' + name + '.js';
    document.head.append(script);
  }

  /** What the files call. */
  globalThis.katalogSok = {
    sidor: function (data) {
      pages = directory(data);
      found.clear();
    },
    ord: function (name, data) {
      shards.set(name, data);
      found.clear();
    },
    text: function (number, data) {
      summaries.set(number, data);
    },
    // For tests.
    stam: stem,
    vik: fold,
  };

  function directory(data) {
    var widths = data.drag.map(function (list) {
      return list.length.toString(36).length;
    });
    var values = data.drag.slice(1).map(function (list) {
      return list.map(function (places) {
        return places === '' ? [] : places.split('.').map(Number);
      });
    });
    var made = {
      facets: data.facetter,
      stop: new Set(data.stopp.split(' ')),
      shards: data.delar === '' ? [] : data.delar.split(' '),
      titles: [],
      paths: [],
      isBehind: [],
      values: [],
      /** Titles as they are searched, folded, each after a space. */
      folded: [],
      synonyms: [],
      /** Pages by the words of their titles and by those of their synonyms. */
      words: new Map(),
      synonymWords: new Map(),
      /** Words by their stem. */
      stems: new Map(),
      meanings: data.synonymer.map(function (group) {
        return group.map(wordsOf).filter(function (words) {
          return words.length > 0;
        });
      }),
    };
    var lines = data.sidor === '' ? [] : data.sidor.split('\n');
    lines.forEach(function (line, page) {
      var at = 0;
      var traits = widths.map(function (width) {
        at += width;
        return parseInt(line.slice(at - width, at), 36);
      });
      var fields = line.slice(at + 1).split('\t');
      var title = (page > 0 ? made.titles[page - 1].slice(0, parseInt(line[at], 36)) : '') + fields[0];
      made.titles.push(title);
      made.paths.push(path(data.drag[0][traits[0]], fields[1] || '', title));
      made.isBehind.push(data.bakom.includes(data.drag[0][traits[0]]));
      made.values.push(values.map(function (sets, facet) {
        return sets[traits[facet + 1]];
      }));
      made.folded.push(' ' + wordsOf(title).join(' '));
      enter(made.words, made.folded[page].slice(1).split(' '), page);
    });
    unpack(data.ord).forEach(function (entry) {
      eachPage(entry.pages, function (page) {
        enter(made.synonymWords, [entry.word], page);
      });
    });
    [made.words, made.synonymWords].forEach(function (words) {
      words.forEach(function (_, word) {
        enter(made.stems, [stem(word)], word);
      });
    });
    return made;
  }

  function enter(map, keys, value) {
    keys.forEach(function (key) {
      var values = map.get(key);
      if (!values) map.set(key, [value]);
      else if (values[values.length - 1] !== value) values.push(value);
    });
  }

  function path(folder, name, title) {
    // A row of a list stands as a file would in its page.
    if (folder.endsWith('#')) return folder + path('', name, title).replace(/\.html$/, '');
    var start = folder === '' ? '' : folder + '/';
    if (name.startsWith('/')) return start + name.slice(1);
    var own = fold(title).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
    if (name !== '') own = own.slice(0, Math.max(0, own.length - parseInt(name[0], 36))) + name.slice(1);
    return start + own + '.html';
  }

  function address(page) {
    return root + pages.paths[page].split(/([/#])/).map(function (part) {
      return part === '/' || part === '#' ? part : encodeURIComponent(part);
    }).join('');
  }

  /** The files of texts that a word may stand in: whatever has its stem begins so. */
  function shardsOf(word) {
    var start = stem(word);
    if (!isTelling(word)) return [];
    if (word.length < 3) {
      return pages.shards.filter(function (name) {
        return word.startsWith(name);
      });
    }
    return pages.shards.filter(function (name) {
      return name === '_' ? /[^a-z0-9]/.test(word) : start.startsWith(name) || name.startsWith(start);
    });
  }

  /** The words of a file with their pages, which are made of its text once it is looked in. */
  function wordsIn(name) {
    var words = shards.get(name);
    if (typeof words === 'string') shards.set(name, words = unpack(words));
    return words || [];
  }

  function unpack(data) {
    var before = '';
    return data.split(',').filter(Boolean).map(function (entry) {
      var gap = entry.indexOf(' ');
      before = before.slice(0, parseInt(entry[0], 36)) + entry.slice(1, gap);
      return { word: before, stem: null, pages: entry.slice(gap + 1) };
    });
  }

  var DIGITS = new Map(Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_').map(function (digit, value) {
    return [digit, value];
  }));

  /** Shows each page of a word to `visit`, and whether the word stands in a heading there. */
  function eachPage(code, visit) {
    var at = 0;
    function number() {
      var value = 0;
      for (var unit = 1; at < code.length; unit *= 32) {
        var digit = DIGITS.get(code[at]);
        at += 1;
        value += (digit % 32) * unit;
        if (digit < 32) break;
      }
      return value;
    }
    var next = 0;
    var inHeading = false;
    while (at < code.length) {
      var step = number();
      if (step === 0) {
        for (var more = number(); more > 0; more -= 1) visit(next++, inHeading);
      } else {
        inHeading = step % 2 === 1;
        next += Math.floor(step / 2);
        visit(next - 1, inHeading);
      }
    }
  }

  /* What is found */

  /** Worth by page of words that were looked for, until something more is read. */
  var found = new Map();

  function pagesWith(word) {
    var known = found.get(word);
    if (known) return known;
    var worth = new Map();
    function add(page, points) {
      if ((worth.get(page) || 0) < points) worth.set(page, points);
    }
    inTitles(word, add);
    inTexts(word, add);
    if (found.size > 200) found.clear();
    found.set(word, worth);
    return worth;
  }

  function inTitles(word, add) {
    pages.folded.forEach(function (title, page) {
      var at = title.indexOf(word);
      if (at < 0) return;
      var atStart = title.indexOf(' ' + word);
      if (atStart < 0) {
        if (word.length > 2) add(page, WORTH.part);
        return;
      }
      var after = title[atStart + word.length + 1];
      var isWhole = after === undefined || after === ' ' ? WHOLE_WORD : 0;
      var isAll = isWhole && title.length === word.length + 1 ? WHOLE_TITLE : 0;
      add(page, (atStart === 0 ? WORTH.start : WORTH.title) + isWhole + isAll);
    });
    (pages.stems.get(stem(word)) || []).forEach(function (kin) {
      (pages.words.get(kin) || []).forEach(function (page) {
        var isFirst = pages.folded[page].startsWith(' ' + kin);
        var isAll = pages.folded[page].length === kin.length + 1 ? WHOLE_TITLE : 0;
        add(page, (isFirst ? WORTH.start : WORTH.title) + WHOLE_WORD + isAll);
      });
      // SU as a whole is a customer, and no title that has begun: support.
      var points = kin === word ? WORTH.start + 1 : WORTH.synonym + WHOLE_WORD;
      (pages.synonymWords.get(kin) || []).forEach(function (page) {
        add(page, points);
      });
    });
    pages.synonymWords.forEach(function (of, other) {
      if (other.startsWith(word)) {
        of.forEach(function (page) {
          add(page, WORTH.synonym);
        });
      }
    });
  }

  function inTexts(word, add) {
    var own = stem(word);
    shardsOf(word).forEach(function (name) {
      wordsIn(name).forEach(function (entry) {
        var begins = word.length > 2 ? entry.word.startsWith(word) : entry.word === word;
        // A word with the same stem begins with it.
        if (!begins && !entry.word.startsWith(own)) return;
        entry.stem = entry.stem || stem(entry.word);
        var isWhole = entry.word === word || entry.stem === own;
        if (!begins && !isWhole) return;
        eachPage(entry.pages, function (page, inHeading) {
          add(page, (inHeading ? WORTH.heading : WORTH.text) + (isWhole ? WHOLE_WORD : 0));
        });
      });
    });
  }

  /** A query as what is meant by it: each part has the ways to say it, and each way its words. The first is as typed. */
  function meanings(query) {
    var typed = (fold(query.slice(0, LONGEST_QUERY)).match(WORDS) || []).slice(0, MOST_WORDS);
    var telling = typed.filter(function (word) {
      return !pages.stop.has(word);
    });
    // Someone who has typed nothing but small words means them.
    if (telling.length > 0) typed = telling;
    var words = typed.map(whole);
    var parts = [];
    for (var at = 0; at < words.length; ) {
      var taken = sameMeaning(words, at);
      parts.push(taken.ways.concat(figuresOf(typed[at])));
      at += taken.length;
    }
    return parts;
  }

  function sameMeaning(words, at) {
    var length = 1;
    var ways = [];
    pages.meanings.forEach(function (group) {
      group.forEach(function (way) {
        if (way.length < length || !says(way, words, at)) return;
        if (way.length > length) ways = [];
        length = way.length;
        ways = ways.concat(group);
      });
    });
    return { length: length, ways: [words.slice(at, at + length)].concat(ways) };
  }

  function says(way, words, at) {
    return at + way.length <= words.length && way.every(function (word, step) {
      return word === words[at + step] || stem(word) === stem(words[at + step]);
    });
  }

  /**
   * Whether a word is more than one sign. Texts are not searched for those, so nothing is asked of a page but the other
   * words, such as `post` of `e-post` and `24` and `365` of `24/7/365`.
   */
  function isTelling(word) {
    return word.length > 1;
  }

  /** The pages that have a part of a query, and what that is worth. */
  function pagesOf(ways) {
    var worth = new Map();
    ways.forEach(function (way, at) {
      var words = way.some(isTelling) ? way.filter(isTelling) : way;
      var all = pagesWith(words[0]);
      words.slice(1).forEach(function (word) {
        var more = pagesWith(word);
        var both = new Map();
        all.forEach(function (points, page) {
          if (more.has(page)) both.set(page, points + more.get(page));
        });
        all = both;
      });
      all.forEach(function (points, page) {
        var weighed = at === 0 ? points : (points / words.length) * SAME_MEANING;
        if ((worth.get(page) || 0) < weighed) worth.set(page, weighed);
      });
    });
    return worth;
  }

  /** What it adds that a title has a sign which stands alone in the query, right before or after the same word. */
  function worthOfSigns(words, page) {
    var title = pages.folded[page] + ' ';
    return words.reduce(function (points, word, at) {
      if (at === 0 || (isTelling(word) && isTelling(words[at - 1]))) return points;
      var both = ' ' + words[at - 1] + ' ' + word;
      return points + (title.includes(both + ' ') ? SIGN + WHOLE_WORD : title.includes(both) ? SIGN : 0);
    }, 0);
  }

  /** Every page for no query; else the best first, and whether they have all words. */
  function search(query) {
    var parts = meanings(query);
    if (parts.length === 0) {
      return { isAll: true, words: [], hits: query.trim() === '' ? pages.titles.map(function (_, page) { return page; }) : [] };
    }
    var telling = parts.filter(function (ways) {
      return ways[0].some(isTelling);
    });
    if (telling.length === 0) telling = parts;
    var hits = new Map();
    telling.map(pagesOf).forEach(function (worth) {
      var isTitle = Array.from(worth).some(function (found) {
        return found[1] >= WORTH.synonym && !pages.isBehind[found[0]];
      });
      worth.forEach(function (points, page) {
        if (pages.isBehind[page]) points *= isTitle && points < WORTH.start ? BEHIND_TITLE : BEHIND;
        var hit = hits.get(page);
        if (hit) {
          hit.parts += 1;
          hit.points += points;
        } else {
          hits.set(page, { page: page, parts: 1, points: points });
        }
      });
    });
    var most = 0;
    hits.forEach(function (hit) {
      most = Math.max(most, hit.parts);
    });
    var best = Array.from(hits.values()).filter(function (hit) {
      return hit.parts === most;
    });
    var typed = parts.flatMap(function (ways) {
      return ways[0];
    });
    var words = wordsOf(query);
    var title = words.length > 1 ? ' ' + words.join(' ') : null;
    best.forEach(function (hit) {
      hit.points += worthOfSigns(typed, hit.page) + (pages.folded[hit.page] === title ? SAME_TITLE : 0);
    });
    best.sort(function (one, other) {
      return other.points - one.points || one.page - other.page;
    });
    return {
      isAll: most === telling.length,
      words: parts.flat(2),
      hits: best.map(function (hit) {
        return hit.page;
      }),
    };
  }

  /** The query with near words of titles in the place of those that no page has; nothing where none is near. */
  function didYouMean(query) {
    var isOther = false;
    var better = wordsOf(query.slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS).map(function (word) {
      if (pages.stop.has(word) || pagesWith(word).size > 0) return word;
      var nearest = null;
      var least = word.length < 6 ? 1 : 2;
      if (word.length < 4 || word.length > 40) return '';
      pages.words.forEach(function (_, other) {
        var far = distance(word, other, least);
        if (far < least || (far === least && nearest === null)) {
          least = far;
          nearest = other;
        }
      });
      if (nearest === null) return '';
      isOther = true;
      return asWritten(nearest);
    });
    return isOther ? better.filter(Boolean).join(' ') : null;
  }

  /** A folded word as a title has it. */
  function asWritten(word) {
    var page = (pages.words.get(word) || [])[0];
    var written = page === undefined ? [] : pages.titles[page].match(WORDS) || [];
    return (written.find(function (candidate) { return fold(candidate) === word; }) || word).toLowerCase();
  }

  /** What a query needs beside the titles and is not here. */
  function missingFor(query) {
    var names = new Set(meanings(query).flat(2).flatMap(shardsOf));
    return Array.from(names).filter(function (name) {
      var waiting = asked.get('ord-' + name);
      return !waiting || !waiting.done;
    });
  }

  /** Reads that, and calls `then` when it is here, unless it already is. */
  function readFor(query, then) {
    var missing = missingFor(query);
    var left = missing.length;
    missing.forEach(function (name) {
      read('ord-' + name, function () {
        left -= 1;
        if (left === 0) then();
      });
    });
  }

  /* What is shown */

  function part(name) {
    return document.querySelector('[data-sok="' + name + '"]');
  }

  function element(name, text, className) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** A count as figures are written, with a space between thousands. */
  function written(number) {
    return String(number).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0');
  }

  function count(number) {
    return number === 0 ? 'Inga träffar' : number === 1 ? '1 träff' : written(number) + ' träffar';
  }

  /** Told aloud when someone rests, not at every letter. */
  var telling = 0;
  function tell(text, now) {
    clearTimeout(telling);
    telling = setTimeout(function () {
      part('status').textContent = text;
    }, now ? 0 : QUIET);
  }

  /** The same of how many hits a query has, which nobody knows until the texts that it needs are here. */
  function tellHits(query, text, now) {
    if (missingFor(query).length === 0) tell(text, now);
    else clearTimeout(telling);
  }

  function kindOf(page) {
    var values = pages.values[page][0] || [];
    return values.length > 0 ? pages.facets[0][1][values[0]] : '';
  }

  /** The same query on the page of the search. */
  function searchAddress(form, query) {
    return form.dataset.sida + (query.trim() === '' ? '' : '#q=' + encodeURIComponent(query.trim()));
  }

  /** The field in a page's head, with the best hits below it. */
  function head(form, field, panel) {
    var list = part('traffar');
    var all = part('alla');
    var resting = 0;

    function show() {
      var query = field.value;
      var isAsked = pages !== null && query.trim() !== '';
      if (pages === null && (asked.get('sidor') || {}).done && query.trim() !== '') {
        fail();
        return;
      }
      all.href = searchAddress(form, query);
      if (!isAsked) {
        close();
        tell('', true);
        return;
      }
      var result = search(query);
      list.replaceChildren.apply(list, result.hits.slice(0, HITS_IN_PANEL).map(function (page) {
        var entry = element('li');
        var link = element('a');
        link.href = address(page);
        link.append(element('span', pages.titles[page], 'titel'), element('span', kindOf(page), 'slag'));
        entry.append(link);
        return entry;
      }));
      var none = result.hits.length === 0;
      list.hidden = none;
      all.textContent = none ? 'Inga träffar – se förslag på söksidan' : result.isAll
        ? 'Visa alla träffar (' + result.hits.length + ')'
        : 'Visa alla träffar på något av orden (' + result.hits.length + ')';
      panel.hidden = false;
      tellHits(query, count(result.hits.length) + (result.isAll || none ? '' : ' på något av orden'));
    }

    /** The titles did not come: that is told, with a way that needs none. */
    function fail() {
      var index = without && without.querySelector('a');
      list.hidden = true;
      all.href = index ? index.href : form.dataset.sida;
      all.textContent = 'Sökningen kunde inte läsas in' + (index ? ' – se ' + index.textContent : '');
      panel.hidden = false;
      tell('Sökningen kunde inte läsas in');
    }

    function close() {
      panel.hidden = true;
    }

    function typed() {
      show();
      clearTimeout(resting);
      resting = setTimeout(function () {
        if (pages) readFor(field.value, function () {
          if (!panel.hidden) show();
        });
      }, REST);
    }

    function links() {
      return Array.from(panel.querySelectorAll('a')).filter(function (link) {
        return link.offsetParent !== null;
      });
    }

    field.addEventListener('focus', function () {
      if (pages) return;
      read('sidor', function () {
        if (field.value && document.activeElement === field) typed();
      });
    });
    field.addEventListener('input', typed);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      location.href = searchAddress(form, field.value);
    });
    form.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && !panel.hidden) {
        event.preventDefault();
        close();
        field.focus();
        return;
      }
      var step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || panel.hidden || event.altKey || event.ctrlKey || event.metaKey) return;
      var stops = [field].concat(links());
      var at = stops.indexOf(document.activeElement);
      if (at < 0) return;
      event.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    });
    form.addEventListener('focusout', function (event) {
      if (!event.relatedTarget || !form.contains(event.relatedTarget)) close();
    });
    // A press on the panel's edge is no reason to close it.
    panel.addEventListener('mousedown', function (event) {
      if (!event.target.closest('a')) event.preventDefault();
    });
  }

  /** The page of the search: query and filters stand in its address. */
  function page(form, field) {
    var state = { query: '', picked: new Map() };
    var shown = HITS_AT_A_TIME;
    var boxes = [];
    var resting = 0;
    var inAddress = location.hash;

    function readState() {
      var parameters = new URLSearchParams(location.hash.slice(1));
      state.query = (parameters.get('q') || '').slice(0, LONGEST_QUERY);
      boxes.forEach(function (box) {
        box.input.checked = parameters.getAll(box.facet).includes(box.value);
      });
      if (field.value.trim() !== state.query) field.value = state.query;
      picked();
    }

    function picked() {
      state.picked = new Map();
      boxes.forEach(function (box) {
        if (box.input.checked) enter(state.picked, [box.at], box.place);
      });
    }

    function writeState(isStep) {
      var parameters = new URLSearchParams();
      if (state.query.trim() !== '') parameters.set('q', state.query.trim());
      boxes.forEach(function (box) {
        if (box.input.checked) parameters.append(box.facet, box.value);
      });
      var hash = '#' + parameters.toString();
      if (isWritten(hash)) return;
      inAddress = hash;
      // By address, not by `history`, which some browsers forbid to pages from a file share.
      if (isStep) location.hash = hash;
      else location.replace(hash);
    }

    function isWritten(hash) {
      return (hash || '#') === (inAddress || '#');
    }

    function hasAll(number, but) {
      var values = pages.values[number];
      var has = true;
      state.picked.forEach(function (places, at) {
        has = has && (at === but || places.some(function (place) {
          return values[at].includes(place);
        }));
      });
      return has;
    }

    function makeFilters() {
      pages.facets.forEach(function (facet, at) {
        var group = element('fieldset');
        group.append(element('legend', facet[0]));
        var inside = element('div', '', 'sok-varden');
        facet[1].forEach(function (value, place) {
          var label = element('label');
          var input = element('input');
          input.type = 'checkbox';
          var number = element('span', '', 'antal');
          label.append(input, ' ', element('span', value), ' ', number);
          inside.append(label);
          boxes.push({ at: at, place: place, facet: facet[0], value: value, input: input, label: label, number: number });
        });
        group.append(inside);
        part('val').append(group);
      });
      part('filter').open = matchMedia('(min-width: 48rem)').matches;
    }

    /** How many hits each value would leave, beside what is picked of other facets. */
    function countFilters(hits) {
      var counts = pages.facets.map(function (facet, at) {
        var values = new Array(facet[1].length).fill(0);
        hits.forEach(function (hit) {
          if (hasAll(hit, at)) pages.values[hit][at].forEach(function (place) {
            values[place] += 1;
          });
        });
        return values;
      });
      boxes.forEach(function (box) {
        var number = counts[box.at][box.place];
        box.number.textContent = '(' + written(number) + ')';
        box.label.hidden = number === 0 && !box.input.checked && document.activeElement !== box.input;
      });
      document.querySelectorAll('.sok-filter fieldset').forEach(function (group) {
        group.hidden = group.querySelector('label:not([hidden])') === null;
      });
      part('filter').hidden = document.querySelector('.sok-filter fieldset:not([hidden])') === null;
      part('rensa').hidden = state.picked.size === 0;
    }

    function show(isFinal) {
      if (!pages) return;
      var result = search(state.query);
      var hits = result.hits.filter(function (hit) {
        return hasAll(hit, -1);
      });
      countFilters(result.hits);
      var list = part('traffar');
      list.replaceChildren.apply(list, hits.slice(0, shown).map(function (hit) {
        return entry(hit, result.words);
      }));
      part('fler').hidden = hits.length <= shown;
      part('inga').hidden = hits.length > 0;
      var some = result.isAll || hits.length === 0 ? '' : '. Ingen sida har alla orden; här är de som har flest av dem';
      var hidden = result.hits.length > 0 && hits.length === 0 ? ' med de filter som är valda' : '';
      part('antal').textContent = count(hits.length) + hidden + some + '.';
      tellHits(state.query, part('antal').textContent, isFinal);
      suggest(result);
      readSummaries(hits.slice(0, shown), result.words);
    }

    function entry(hit, words) {
      var item = element('li');
      item.dataset.sida = hit;
      var heading = element('h3');
      var link = element('a');
      link.href = address(hit);
      mark(link, pages.titles[hit], words);
      heading.append(link);
      var facts = element('p', '', 'fakta');
      pages.values[hit].forEach(function (places, at) {
        // Units of price tell what to pick, not what it is.
        if (places.length > 0 && at < 4) {
          facts.append(element('span', places.map(function (place) {
            return pages.facets[at][1][place];
          }).join(', ')), ' ');
        }
      });
      item.append(heading, facts, summary(hit, words));
      return item;
    }

    function summary(hit, words) {
      var texts = summaries.get(Math.floor(hit / SUMMARIES_OF_A_FILE)) || [];
      var made = element('p', '', 'sammanfattning');
      mark(made, texts[hit % SUMMARIES_OF_A_FILE] || '', words);
      return made;
    }

    function readSummaries(hits, words) {
      new Set(hits.map(function (hit) {
        return Math.floor(hit / SUMMARIES_OF_A_FILE);
      })).forEach(function (number) {
        if (summaries.has(number)) return;
        read('text-' + number, function () {
          document.querySelectorAll('.traffar > li').forEach(function (item) {
            var hit = Number(item.dataset.sida);
            if (Math.floor(hit / SUMMARIES_OF_A_FILE) === number) item.querySelector('.sammanfattning').replaceWith(summary(hit, words));
          });
        });
      });
    }

    function suggest(result) {
      var place = part('menade');
      var better = result.hits.length > 0 && result.isAll ? null : didYouMean(state.query);
      place.hidden = better === null;
      place.replaceChildren();
      if (better === null) return;
      var link = element('a', better);
      link.href = '#' + new URLSearchParams({ q: better });
      place.append('Menade du ', link, '?');
    }

    function change(isStep) {
      shown = HITS_AT_A_TIME;
      state.query = field.value.slice(0, LONGEST_QUERY);
      if (!pages) return;
      picked();
      if (isStep) writeState(true);
      show(isStep);
      clearTimeout(resting);
      resting = setTimeout(rested, isStep ? 0 : REST);
    }

    function rested() {
      writeState(false);
      more();
    }

    /** Looks in the texts too, when they are here. */
    function more() {
      readFor(state.query, function () {
        show(false);
      });
    }

    part('sida').hidden = false;
    field.addEventListener('input', function () {
      change(false);
    });
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      change(true);
    });
    part('filter').addEventListener('change', function () {
      change(true);
    });
    part('rensa').addEventListener('click', function () {
      boxes.forEach(function (box) {
        box.input.checked = false;
      });
      change(true);
      field.focus();
    });
    part('fler').addEventListener('click', function () {
      var first = shown;
      shown += HITS_AT_A_TIME;
      show(true);
      var link = part('traffar').children[first];
      if (link) link.querySelector('a').focus();
    });
    addEventListener('hashchange', function () {
      if (isWritten(location.hash) || !pages) return;
      inAddress = location.hash;
      shown = HITS_AT_A_TIME;
      readState();
      show(true);
      more();
    });
    read('sidor', function () {
      if (!pages) {
        part('sida').hidden = true;
        part('utan').hidden = false;
        return;
      }
      makeFilters();
      // What someone has typed while this was on its way.
      if (field.value) change(false);
      else {
        readState();
        show(true);
        more();
      }
    });
  }

  /** A text whose words that were looked for are marked. */
  function mark(place, text, words) {
    var last = 0;
    Array.from(text.matchAll(WORDS)).forEach(function (match) {
      var folded = whole(fold(match[0]));
      var isHit = words.some(function (word) {
        return folded === word || (word.length > 2 && folded.includes(word)) || stem(folded) === stem(word);
      });
      if (!isHit) return;
      place.append(text.slice(last, match.index), element('mark', match[0]));
      last = match.index + match[0].length;
    });
    place.append(text.slice(last));
  }

  /* Start */

  var form = part('formular');
  if (form === null) return;
  root = form.dataset.rot;
  var input = form.querySelector('input');
  var panel = part('panel');
  form.hidden = false;
  var without = part('utan');
  if (without) without.hidden = true;
  if (panel) head(form, input, panel);
  else page(form, input);
})();
