//! A word that is written both with a hyphen and without.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::phrases::{self, Phrases};
use super::texts::{self, Hit, Sought, Suspects, What};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::{Catalog, Written};

pub static RULE: Rule = Rule {
    code: Code(191),
    name: "mixed-hyphens",
    severity: Severity::Warning,
    draft: Severity::Info,
    paragraph: "katalogen",
    docs: "Ett ord stavas på ett sätt i hela katalogen: den som söker på ”användarutbildning” hittar inte \
           ”användar-utbildning”. Det ovanligare av de två skrivsätten rapporteras. En term ur ordlistan skrivs med sitt \
           bindestreck eller tankstreck: IS/IT-tjänst, inte IS/IT tjänst.",
    wrong: &[("produkter/servicedesk.yaml", "beskrivning: Tar emot alla ärenden om server-plattformen.")],
    right: &[("produkter/servicedesk.yaml", "beskrivning: Tar emot alla ärenden om serverplattformen.")],
    cure: "skriv ordet på ett sätt överallt, helst som i ordlistan",
    check,
};

/// Terms that are the model's own, in a glossary or not.
const TERMS: [&str; 2] = ["IS/IT-tjänst", "Tjänste-OLA"];

/// Variants of terms.
pub fn sought(catalog: &Catalog) -> Sought {
    let variants = variants(catalog);
    let phrases = Phrases::new(variants.iter().map(|(variant, _)| (variant.as_str(), ())));
    Sought { phrases, ..Sought::default() }
}

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let variants = variants(catalog);
    let phrases = Phrases::new(variants.iter().map(|(variant, term)| (variant.as_str(), term.as_str())));
    let suspects = &findings.facts.suspects;
    let variants = suspects.of_having(What::Variants).filter(|text| !texts::lists_others_words(text));
    let variants: Vec<Hit<'_>> = variants.flat_map_iter(|text| variants_in(text, &phrases)).collect();
    let spellings = spellings(catalog, suspects);
    // What is a variant of a term is told as that.
    let mut told: FxHashMap<usize, Vec<Range<usize>>> = FxHashMap::default();
    for hit in &variants {
        told.entry(std::ptr::from_ref(hit.text).addr()).or_default().push(hit.part.clone());
    }
    let is_told = |hit: &Hit<'_>| {
        let told = told.get(&std::ptr::from_ref(hit.text).addr());
        told.is_some_and(|told| told.iter().any(|part| part.start < hit.part.end && hit.part.start < part.end))
    };
    let odd = spellings.iter().flat_map(Spellings::odd).filter(|hit| !is_told(hit));
    for hit in variants.into_iter().chain(odd) {
        findings.add_in(hit.text, &hit.part, hit.message, hit.help);
    }
}

/// Other ways to write the terms that have a hyphen or a dash, and the terms. What the glossary forbids is left to the
/// rule about that.
fn variants(catalog: &Catalog) -> Vec<(String, String)> {
    let terms = &catalog.entities().terms;
    let names = terms.iter().map(|term| term.name.as_str()).chain(TERMS);
    let mut variants = BTreeMap::new();
    for name in names {
        let dashes = [" - ", " — ", "-", "–", "—"].map(|sign| name.replace(" – ", sign));
        let other = dashes.into_iter().chain([name.replace('-', " "), name.replace('-', "")]);
        // A search for the term does not find it with one of them.
        let alike = texts::HYPHENS.into_iter().chain(['–']).map(|sign| name.replace('-', &sign.to_string()));
        for variant in other.chain(alike).filter(|variant| variant != name) {
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

/// A word at its place.
struct Occurrence<'a> {
    text: &'a Written,
    part: Range<usize>,
}

impl<'a> Occurrence<'a> {
    fn word(&self) -> &'a str {
        &self.text.text()[self.part.clone()]
    }
}

/// Where a word is written, in two ways.
#[derive(Default)]
struct Spellings<'a> {
    hyphenated: Vec<Occurrence<'a>>,
    joined: Vec<Occurrence<'a>>,
}

impl<'a> Spellings<'a> {
    /// Where it is written in the rarer of the two ways; nowhere, if there is but one.
    fn odd(&self) -> impl Iterator<Item = Hit<'a>> {
        let (odd, usual) = match self.joined.len() < self.hyphenated.len() {
            true => (&self.joined, &self.hyphenated),
            false => (&self.hyphenated, &self.joined),
        };
        let other = usual.first().map(Occurrence::word);
        odd.iter().zip(other.into_iter().cycle()).map(|(Occurrence { text, part }, other)| {
            let word = &text.text()[part.clone()];
            let message = match usual.len() {
                1 => format!("”{word}” skrivs ”{other}” på ett annat ställe"),
                times => format!("”{word}” skrivs ”{other}” på {times} andra ställen"),
            };
            Hit { text, part: part.clone(), message, help: RULE.cure.to_string() }
        })
    }
}

/// How the words are written that have a hyphen somewhere.
fn spellings<'a>(catalog: &'a Catalog, suspects: &Suspects<'a>) -> Vec<Spellings<'a>> {
    let mut spellings: Vec<Spellings<'a>> = Vec::new();
    // The stem of a word is found once, however often it is written.
    let mut by_stem: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_word: FxHashMap<&str, usize> = FxHashMap::default();
    for found in occurrences(suspects.of_having(What::Hyphens), |word| word.contains('-')) {
        let at = by_word.entry(found.word()).or_insert_with_key(|word| {
            let next = by_stem.len();
            *by_stem.entry(phrases::stem(&word.replace('-', ""))).or_insert(next)
        });
        spellings.resize_with(by_stem.len(), Spellings::default);
        spellings[*at].hyphenated.push(found);
    }
    let beginnings = Beginnings::of(by_stem.keys());
    let joined = occurrences(catalog.texts().par_iter(), |word| beginnings.may_have(word) && !word.contains('-'));
    let mut by_word: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for found in joined {
        let at = by_word.entry(found.word()).or_insert_with_key(|word| by_stem.get(&phrases::stem(word)).copied());
        if let Some(at) = *at {
            spellings[at].joined.push(found);
        }
    }
    spellings
}

/// Where in the texts the words are, compounds with hyphens whole, that are wanted. What has figures in it is no such
/// word.
fn occurrences<'a>(
    texts: impl ParallelIterator<Item = &'a Written>,
    is_wanted: impl Fn(&str) -> bool + Sync + Send,
) -> Vec<Occurrence<'a>> {
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '-');
    let in_text = |text: &'a Written| {
        let source = text.text();
        let words = texts::prose(text).flat_map(|part| texts::compounds(source, part));
        let wanted = words.filter(|part| is_wanted(&source[part.clone()]) && is_word(&source[part.clone()]));
        let found: Vec<Occurrence<'a>> = wanted.map(|part| Occurrence { text, part }).collect();
        // Few texts have any, so that it is asked of few what they are.
        let counts = !found.is_empty() && texts::is_prose(text) && !texts::lists_others_words(text);
        if counts { found } else { Vec::new() }
    };
    texts.flat_map_iter(in_text).collect()
}

/// What stems begin with, and where they end: a filter that few words pass that begin with none of them.
struct Beginnings(Vec<u8>);

/// A stem goes on after these bytes.
const GOES_ON: u8 = 1;
/// A stem ends with these bytes.
const ENDS: u8 = 2;

impl Beginnings {
    fn of<'s>(stems: impl Iterator<Item = &'s String> + Clone) -> Beginnings {
        let bytes: usize = stems.clone().map(String::len).sum();
        let mut known = vec![0; (bytes * 8).next_power_of_two()];
        let last = known.len() - 1;
        for stem in stems {
            let mut hash = 0;
            for byte in stem.bytes() {
                known[hash & last] |= GOES_ON;
                hash = Beginnings::next(hash, byte);
            }
            known[hash & last] |= ENDS;
        }
        Beginnings(known)
    }

    /// Whether a word may begin with one of the stems, whatever its case.
    fn may_have(&self, word: &str) -> bool {
        let last = self.0.len() - 1;
        let mut hash = 0;
        for byte in word.bytes() {
            match self.0[hash & last] {
                known if known & ENDS != 0 => return true,
                0 => return false,
                // Beyond Latin letters case is not one bit, and not worth more than this.
                _ if byte > 0xC3 => return true,
                _ => hash = Beginnings::next(hash, byte),
            }
        }
        self.0[hash & last] & ENDS != 0
    }

    /// By Fowler, Noll and Vo.
    fn next(hash: usize, byte: u8) -> usize {
        (hash ^ usize::from(byte | 0x20)).wrapping_mul(0x0100_0193)
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
    fn a_word_passes_that_may_begin_with_a_stem() {
        let stems = ["serverplattform", "åäöskydd", "epost"].map(String::from);
        let beginnings = Beginnings::of(stems.iter());
        // Of letters that are not Latin nothing is told.
        for word in ["serverplattform", "SERVERPLATTFORMENS", "Åäöskyddet", "epost", "δοκιμή"] {
            assert!(beginnings.may_have(word), "{word}");
        }
        for word in ["server", "servern", "serverrum", "epos", "åäö", ""] {
            assert!(!beginnings.may_have(word), "{word}");
        }
    }

    #[test]
    fn the_rarer_way_is_the_odd_one() {
        let told = found("# A\n\nAnvändar-utbildning, användarutbildningar, data-hall, data-hallen och datahall.\n");
        let wanted = [
            "”Användar-utbildning” skrivs ”användarutbildningar” på ett annat ställe (katalogen)",
            "”datahall” skrivs ”data-hall” på 2 andra ställen (katalogen)",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn terms_keep_their_hyphens_and_dashes() {
        let told = found("# A\n\nEn IS/IT tjänst med Tjänste OLA ur Katalog - stödjande tjänster.\n");
        assert_eq!(told.len(), 3, "{told:?}");
        let told = found("# A\n\nTjänsteOLA, IS/ITtjänst, Tjänste-OLA, Tjänste-OLA, IT-tjänst, IT-tjänst.\n");
        assert_eq!(told.len(), 2, "{told:?}");
        for sign in [" — ", "-", "–", "—"] {
            let told = found(&format!("# A\n\nUr Katalog{sign}stödjande tjänster.\n"));
            assert_eq!(told.len(), 1, "{told:?}");
        }
        let told = found(
            "# A\n\nIS/IT-tjänster, Tjänste-OLA, Katalog – stödjande tjänster, hård- och mjukvara, [[tjanst]], e-post.\n",
        );
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn what_only_looks_like_a_hyphen_is_none() {
        let told = found("# A\n\nEn IS/IT\u{2011}tjänst, IS/IT–tjänster och Tjänste\u{2010}OLA; läs sidorna 3–4.\n");
        let wanted = [
            "termen skrivs ”IS/IT-tjänst”, inte ”IS/IT\u{2011}tjänst” (katalogen)",
            "termen skrivs ”IS/IT-tjänst”, inte ”IS/IT–tjänster” (katalogen)",
            "termen skrivs ”Tjänste-OLA”, inte ”Tjänste\u{2010}OLA” (katalogen)",
        ];
        assert_eq!(told, wanted);
    }
}
