// A large catalogue: the real one, and more of each kind, put together of its own texts under names of their own.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FIRST = ['Al', 'Bel', 'Cor', 'Dia', 'El', 'Fen', 'Gal', 'Hel', 'Ing', 'Kar', 'Lun', 'Mer', 'Nor', 'Oda', 'Pro', 'Sol', 'Tor', 'Vin'];
const MIDDLE = ['a', 'e', 'i', 'o', 'ba', 'da', 'fi', 'go', 'la', 'mi', 'na', 'pe', 'ri', 'sa', 'ti', 'vo'];
const LAST = ['ra', 'nova', 'lis', 'don', 'mex', 'tus', 'vy', 'kon', 'sta'];
const NOUNS = ['Journalstöd', 'Läkemedelslista', 'Operationsplanering', 'Bokning', 'Remisshantering', 'Bildarkiv', 'Provsvar',
  'Lönehantering', 'Schemaläggning', 'Ärendehantering', 'Avvikelser', 'Diktering', 'Fakturering', 'Kvalitetsregister',
  'Vårdplatser', 'Patientöversikt', 'Egenmonitorering', 'Transportbeställning', 'Utbildningsportal', 'Integrationsplattform',
  'Driftplattform', 'Databasplattform', 'Loggranskning', 'Behörigheter', 'Videobesök', 'Kostbeställning', 'Fastighetsdrift'];
/** Keys whose texts change places between the files of a kind. */
const TEXTS = ['sammanfattning', 'målgrupp', 'övriga_skäl', 'användarstöd', 'användarutbildning', 'stöd_utanför_kontorstid',
  'beställning', 'leveranstid', 'tillval', 'team', 'kundens_ansvar', 'ingår', 'tjänsteområde', 'avdelning', 'produktområde'];
const UNITS = ['användare', 'server', 'GB', 'timme', 'dator', 'anknytning', 'sida', 'miljö', 'flöde', 'kluster', 'besök', 'licens'];
const KINDS = [['tjanster', 0.55], ['stodjande-tjanster', 0.25], ['produkter', 0.2]];

/** Copies a content folder to another place, and adds so many entities to it. */
export function multiply(content, target, number) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(content, target, { recursive: true });
  const next = chance();
  for (const [kind, share] of KINDS) {
    const models = readdirSync(join(content, kind)).sort().map((file) => readFileSync(join(content, kind, file), 'utf8'));
    const texts = new Map(TEXTS.map((key) => [key, models.map((model) => lineOf(model, key)).filter(Boolean)]));
    for (let made = 0; made < Math.round(number * share); made += 1) {
      const pick = (list) => list[next(list.length)];
      const word = `${pick(FIRST)}${pick(MIDDLE)}${made % 3 === 0 ? pick(MIDDLE) : ''}${pick(LAST)}`;
      const name = `${word} ${pick(NOUNS)}${made % 4 === 0 ? ` & ${pick(NOUNS).toLowerCase()}` : ''}`;
      let text = pick(models).replace(/^namn: .*$/m, `namn: ${name}`).replace(/\{artikel: "\d+"/g, () => `{artikel: "${100000 + next(899999)}"`)
        .replace(/enhet: [^,}\n]+/g, () => `enhet: ${pick(UNITS)}`);
      for (const [key, lines] of texts) {
        const own = lineOf(text, key);
        if (own) text = text.replace(own, () => pick(lines));
      }
      writeFileSync(join(target, kind, `${slug(name)}-${made}.yaml`), text);
    }
  }
}

const lineOf = (text, key) => text.match(new RegExp(`^${key}: [^|{\\n]+$`, 'm'))?.[0];

const slug = (name) => name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-');

/** Numbers that look like chance, and are the same in every run. */
function chance() {
  let state = 20270101;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
