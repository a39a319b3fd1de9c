//! Words and phrases that are looked for in texts, in any case and with Swedish inflections.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::texts;

/// Endings of Swedish nouns, adjectives and verbs.
const ENDINGS: [&str; 32] = [
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "ades", "ande", "ens", "ets", "ars", "ers", "ors", "nas", "ade",
    "en", "et", "ar", "er", "or", "na", "ns", "as", "es", "rs", "s", "n", "t", "a", "e", "r", "d",
];

/// Phrases, each with what is known of it.
pub struct Phrases<T> {
    phrases: Vec<(Phrase, T)>,
    /// The places of the phrases by the first two bytes of their first words.
    by_beginning: FxHashMap<usize, Vec<usize>>,
    /// Whether there are any: for most words this is all that is asked.
    beginnings: Vec<bool>,
}

/// Words in small letters, and what stands between them with each run of spaces as one.
struct Phrase {
    words: Vec<String>,
    between: Vec<String>,
}

impl<T> Phrases<T> {
    /// These phrases; where two begin at one place the first that fits is found.
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, T)>) -> Phrases<T> {
        let phrases = phrases.into_iter().filter_map(|(text, known)| Some((Phrase::new(text)?, known)));
        let phrases: Vec<_> = phrases.collect();
        let mut by_beginning: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let mut beginnings = vec![false; BEGINNINGS];
        for (at, (phrase, _)) in phrases.iter().enumerate() {
            let begins = beginning(&phrase.words[0]);
            beginnings[begins] = true;
            by_beginning.entry(begins).or_default().push(at);
        }
        Phrases { phrases, by_beginning, beginnings }
    }

    /// What the words may begin with that a phrase begins with, as [`beginning`] tells it.
    pub fn beginnings(&self) -> impl Iterator<Item = usize> {
        self.by_beginning.keys().copied()
    }

    /// Where the phrases stand in a part of a text, and which they are; no two of them overlap.
    pub fn find<'s>(&'s self, source: &'s str, part: Range<usize>) -> impl Iterator<Item = (Range<usize>, &'s T)> + 's {
        let mut passed = 0;
        texts::words(source, part.clone()).filter_map(move |word| {
            if word.start < passed {
                return None;
            }
            let (end, known) = self.first(source, &word, part.end)?;
            passed = end;
            Some((word.start..end, known))
        })
    }

    /// The first phrase that begins with a word of a text and ends before a byte of it: where it does, and which it is.
    pub fn first(&self, source: &str, word: &Range<usize>, end: usize) -> Option<(usize, &T)> {
        let begins = beginning(&source[word.clone()]);
        if !self.beginnings[begins] {
            return None;
        }
        let alike = self.by_beginning.get(&begins)?.iter().map(|at| &self.phrases[*at]);
        alike.into_iter().find_map(|(phrase, known)| Some((phrase.end(source, word, end)?, known)))
    }
}

impl Phrase {
    /// `None` of a text without words.
    fn new(text: &str) -> Option<Phrase> {
        let found: Vec<Range<usize>> = texts::words(text, 0..text.len()).collect();
        let words: Vec<String> = found.iter().map(|word| text[word.clone()].to_lowercase()).collect();
        let between = found.windows(2).map(|pair| collapsed(&text[pair[0].end..pair[1].start])).collect();
        (!words.is_empty()).then_some(Phrase { words, between })
    }

    /// Where the phrase ends, if it begins with this word of a text and ends before a byte of it.
    fn end(&self, source: &str, first: &Range<usize>, before: usize) -> Option<usize> {
        if !is_inflected(&source[first.clone()], &self.words[0]) {
            return None;
        }
        let mut end = first.end;
        let mut found = texts::words(source, end..before);
        for (wanted, between) in self.words[1..].iter().zip(&self.between) {
            let word = found.next()?;
            if !is_between(between, &source[end..word.start]) || !is_inflected(&source[word.clone()], wanted) {
                return None;
            }
            end = word.end;
        }
        Some(end)
    }
}

/// The same with each run of spaces as one.
fn collapsed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

/// Whether a text stands between two words as it is wanted. A hyphen first in a line begins an item of a list.
fn is_between(wanted: &str, text: &str) -> bool {
    collapsed(text) == wanted && (wanted == " " || !text.contains('\n'))
}

/// Whether a word is another, in small letters, with or without an ending.
fn is_inflected(word: &str, of: &str) -> bool {
    if !may_begin(word, of) {
        return false;
    }
    let word = word.to_lowercase();
    word.strip_prefix(of).is_some_and(|ending| ending.is_empty() || ENDINGS.contains(&ending))
}

/// A word without its endings, in small letters; five letters of it are always left.
pub fn stem(word: &str) -> String {
    let mut word = word.to_lowercase();
    let without = |word: &str| {
        let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(*ending));
        stems.into_iter().find(|stem| stem.chars().count() >= 5).map(str::len)
    };
    // What is left of one form may be another: `säkerheten`, `säkerhet`.
    while let Some(length) = without(&word) {
        word.truncate(length);
    }
    word
}

/// Whether a word may begin with another, in small letters. Almost none does, which its bytes tell without a look into the
/// tables of case: up to the first letter that is not Latin, a capital differs by one bit.
fn may_begin(word: &str, with: &str) -> bool {
    let mut pairs = word.bytes().zip(with.bytes()).take_while(|(letter, _)| *letter <= 0xC3);
    pairs.all(|(letter, wanted)| letter | 0x20 == wanted | 0x20)
}

/// How many beginnings [`beginning`] tells apart.
pub const BEGINNINGS: usize = 1 << 16;

/// The first two bytes of a word, whatever its case.
pub fn beginning(word: &str) -> usize {
    let bytes = word.as_bytes();
    let fold = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(byte | 0x20));
    fold(0) << 8 | fold(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&'static str], source: &str) -> Vec<String> {
        let phrases = Phrases::new(phrases.iter().map(|phrase| (*phrase, ())));
        phrases.find(source, 0..source.len()).map(|(part, ())| source[part].to_string()).collect()
    }

    #[test]
    fn phrases_are_found_whole_in_any_case_and_inflected() {
        let phrases = ["stödande tjänst", "IS/IT tjänst", "återställningstid", "Öppetid"];
        let source = "Stödande\n  tjänster och is/it tjänsten, ÅTERSTÄLLNINGSTIDENS mål; öppetider.";
        let wanted = ["Stödande\n  tjänster", "is/it tjänsten", "ÅTERSTÄLLNINGSTIDENS", "öppetider"];
        assert_eq!(found(&phrases, source), wanted);
        let other = "understödande tjänst, stödande, tjänst, IS/IT-tjänst, återställningstidslinje, stödande: tjänst";
        assert!(found(&phrases, other).is_empty());
    }

    #[test]
    fn a_hyphen_between_spaces_is_no_item_of_a_list() {
        assert_eq!(found(&["katalog - stödjande"], "Katalog  - stödjande").len(), 1);
        assert!(found(&["katalog - stödjande"], "Katalog\n- stödjande\nkatalog – stödjande").is_empty());
    }

    #[test]
    fn a_stem_has_lost_its_ending() {
        assert_eq!(stem("Användarutbildningarna"), "användarutbildning");
        assert_eq!(stem("säkerheten"), stem("Säkerhet"));
        assert_eq!(stem("olja"), "olja");
    }
}
