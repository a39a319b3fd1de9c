//! A word that is written both with a hyphen and without.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::phrases::{self, Phrases};
use super::texts::{self, Hit};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::{Catalog, Written};

pub static RULE: Rule = Rule {
    code: Code(191),
    name: "mixed-hyphens",
    severity: Severity::Warning,
    draft: Severity::Info,
    paragraph: "bilaga 4",
    docs: "Ett ord stavas på ett sätt i hela katalogen: den som söker på ”användarutbildning” hittar inte \
           ”användar-utbildning”. Det ovanligare av de två skrivsätten rapporteras. En term ur ordlistan skrivs med sitt \
           bindestreck eller tankstreck: IS/IT-tjänst, inte IS/IT tjänst.",
    wrong: &[("produkter/servicedesk.yaml", "beskrivning: Tar emot alla ärenden om server-plattformen.")],
    right: &[("produkter/servicedesk.yaml", "beskrivning: Tar emot alla ärenden om serverplattformen.")],
    cure: "skriv ordet på ett sätt överallt, helst som i ordlistan",
    check,
};

/// Signs that look like a hyphen: a search for the term does not find it with one of them.
const LIKE_HYPHENS: [char; 5] = ['\u{2010}', '\u{2011}', '\u{2012}', '–', '\u{2212}'];

/// Terms that are the model's own, in a glossary or not.
const TERMS: [&str; 2] = ["IS/IT-tjänst", "Tjänste-OLA"];

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let variants = variants(catalog);
    let phrases = Phrases::new(variants.iter().map(|(variant, term)| (variant.as_str(), term.as_str())));
    let mixed = mixed(catalog);
    let hits = texts::search(catalog, |text| {
        if texts::lists_others_words(text) {
            return Vec::new();
        }
        let mut hits = variants_in(text, &phrases);
        if !mixed.is_empty() {
            hits.extend(mixed_in(text, &mixed));
        }
        hits
    });
    for hit in hits {
        findings.add_in(hit.text, &hit.part, hit.message, hit.help);
    }
}

/// Other ways to write the terms that have a hyphen or a dash, and the terms. What the glossary forbids is left to the
/// rule about that.
fn variants(catalog: &Catalog) -> Vec<(String, String)> {
    let terms = &catalog.entities.terms;
    let names = terms.iter().map(|term| term.name.as_str()).chain(TERMS);
    let mut variants = BTreeMap::new();
    for name in names {
        let other = [name.replace(" – ", " - "), name.replace('-', " "), name.replace('-', "")];
        let alike = LIKE_HYPHENS.map(|sign| name.replace('-', &sign.to_string()));
        for variant in other.into_iter().chain(alike).filter(|variant| variant != name) {
            variants.entry(variant.to_lowercase()).or_insert(name.to_string());
        }
    }
    for form in terms.iter().flat_map(|term| &term.forbidden) {
        variants.remove(&form.to_lowercase());
    }
    variants.into_iter().collect()
}

fn variants_in<'a>(text: &'a Written, phrases: &Phrases<&str>) -> Vec<Hit<'a>> {
    let parts = texts::prose(text).flat_map(|part| phrases.find(text.text(), part));
    let hits = parts.map(|(part, term)| {
        let found = text.text()[part.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let message = format!("termen skrivs ”{term}”, inte ”{found}”");
        Hit { text, part, message, help: format!("skriv ”{term}”") }
    });
    hits.collect()
}

/// A word that is written in two ways.
#[derive(Default)]
struct Spellings {
    /// How often with a hyphen, and an example.
    hyphenated: (usize, String),
    /// How often without, and an example.
    joined: (usize, String),
}

impl Spellings {
    /// Whether it is the form without a hyphen that is the odd one.
    fn joined_is_odd(&self) -> bool {
        self.joined.0 < self.hyphenated.0
    }
}

/// The words that are written in two ways, by their stem without hyphens.
fn mixed(catalog: &Catalog) -> HashMap<String, Spellings> {
    let mut mixed: HashMap<String, Spellings> = HashMap::new();
    let hyphenated = |text| match text_has_hyphen(text) {
        true => in_words(text, |word| word.contains('-').then(|| word.to_string())),
        false => Vec::new(),
    };
    for compound in texts::search(catalog, hyphenated) {
        let spellings = mixed.entry(phrases::stem(&compound.replace('-', ""))).or_default();
        count(&mut spellings.hyphenated, compound);
    }
    let beginnings = Beginnings::of(mixed.keys());
    let joined = texts::search(catalog, |text| {
        in_words(text, |word| {
            let may_be = !word.contains('-') && beginnings.may_have(word);
            may_be.then(|| (phrases::stem(word), word)).filter(|(stem, _)| mixed.contains_key(stem))
        })
    });
    let joined: Vec<(String, String)> = joined.into_iter().map(|(stem, word)| (stem, word.to_string())).collect();
    for (stem, word) in joined {
        if let Some(spellings) = mixed.get_mut(&stem) {
            count(&mut spellings.joined, word);
        }
    }
    mixed.retain(|_, spellings| spellings.joined.0 > 0);
    mixed
}

fn text_has_hyphen(text: &Written) -> bool {
    text.text().contains('-')
}

fn count((times, example): &mut (usize, String), word: String) {
    *times += 1;
    if example.is_empty() {
        *example = word;
    }
}

fn mixed_in<'a>(text: &'a Written, mixed: &HashMap<String, Spellings>) -> Vec<Hit<'a>> {
    let source = text.text();
    let parts = texts::prose(text).flat_map(|part| compounds(source, part));
    let hits = parts.filter_map(|part| {
        let word = &source[part.clone()];
        let spellings = mixed.get(&phrases::stem(&word.replace('-', "")))?;
        let is_odd = word.contains('-') != spellings.joined_is_odd();
        let (times, other) = if spellings.joined_is_odd() { &spellings.hyphenated } else { &spellings.joined };
        let message = match times {
            1 => format!("”{word}” skrivs ”{other}” på ett annat ställe"),
            _ => format!("”{word}” skrivs ”{other}” på {times} andra ställen"),
        };
        is_odd.then(|| Hit { text, part, message, help: RULE.cure.to_string() })
    });
    hits.collect()
}

/// What `look` makes of each word of a text, compounds with hyphens whole.
fn in_words<'a, T>(text: &'a Written, look: impl Fn(&'a str) -> Option<T>) -> Vec<T> {
    if texts::lists_others_words(text) {
        return Vec::new();
    }
    let source = text.text();
    let words = texts::prose(text).flat_map(|part| compounds(source, part));
    words.filter_map(|word| look(&source[word])).collect()
}

/// The words of a part of a text, those that a hyphen joins as one. What has figures in it is no such word.
fn compounds(source: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut words = texts::words(source, part).peekable();
    let whole = std::iter::from_fn(move || {
        let mut word = words.next()?;
        while let Some(next) = words.next_if(|next| &source[word.end..next.start] == "-") {
            word.end = next.end;
        }
        Some(word)
    });
    whole.filter(|word| source[word.clone()].chars().all(|c| c.is_alphabetic() || c == '-'))
}

/// What the words that are looked for begin with: a filter that most others do not pass.
struct Beginnings(Vec<bool>);

impl Beginnings {
    fn of<'w>(words: impl Iterator<Item = &'w String>) -> Beginnings {
        let mut known = vec![false; 1 << 16];
        for word in words {
            known[Beginnings::hash(word)] = true;
        }
        Beginnings(known)
    }

    fn may_have(&self, word: &str) -> bool {
        self.0[Beginnings::hash(word)]
    }

    /// Of the first five bytes, whatever their case: stems are no shorter.
    fn hash(word: &str) -> usize {
        let bytes = word.bytes().take(5).map(|byte| usize::from(byte | 0x20));
        bytes.fold(0, |hash, byte| (hash * 31 + byte) & 0xFFFF)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    fn found(chapter: &str) -> Vec<String> {
        let terms = "- {id: tjanst, term: IS/IT-tjänst}\n- {id: katalogen, term: Katalog – stödjande tjänster}\n";
        let (_folder, catalog) = catalog_of(&[("texter/kapitel.md", chapter), ("ordlista.yaml", terms)]);
        let findings = crate::check::check(&catalog).into_iter().filter(|finding| finding.code == RULE.code);
        findings.map(|finding| finding.message).collect()
    }

    #[test]
    fn the_rarer_way_is_the_odd_one() {
        let told = found("# A\n\nAnvändar-utbildning, användarutbildningar, data-hall, data-hallen och datahall.\n");
        let wanted = [
            "”Användar-utbildning” skrivs ”användarutbildningar” på ett annat ställe (bilaga 4)",
            "”datahall” skrivs ”data-hall” på 2 andra ställen (bilaga 4)",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn terms_keep_their_hyphens_and_dashes() {
        let told = found("# A\n\nEn IS/IT tjänst med Tjänste OLA ur Katalog - stödjande tjänster.\n");
        assert_eq!(told.len(), 3, "{told:?}");
        let told = found(
            "# A\n\nIS/IT-tjänster, Tjänste-OLA, Katalog – stödjande tjänster, hård- och mjukvara, [[tjanst]], e-post.\n",
        );
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn what_only_looks_like_a_hyphen_is_none() {
        let told = found("# A\n\nEn IS/IT\u{2011}tjänst, IS/IT–tjänster och Tjänste\u{2010}OLA; läs sidorna 3–4.\n");
        let wanted = [
            "termen skrivs ”IS/IT-tjänst”, inte ”IS/IT\u{2011}tjänst” (bilaga 4)",
            "termen skrivs ”IS/IT-tjänst”, inte ”IS/IT–tjänster” (bilaga 4)",
            "termen skrivs ”Tjänste-OLA”, inte ”Tjänste\u{2010}OLA” (bilaga 4)",
        ];
        assert_eq!(told, wanted);
    }
}
