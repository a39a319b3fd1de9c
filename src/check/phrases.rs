//! Words and phrases that are looked for in texts, in any case and with Swedish inflections.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::texts;

/// Endings of Swedish nouns, adjectives and verbs.
const ENDINGS: [&str; 32] = [
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "ades", "ande", "ens", "ets", "ars", "ers", "ors", "nas", "ade",
    "en", "et", "ar", "er", "or", "na", "ns", "as", "es", "rs", "s", "n", "t", "a", "e", "r", "d",
];

/// The most words of a phrase; of one with more nothing is looked for, and its author is told.
pub const MOST_WORDS: usize = 30;
/// Of more words than this, those that a word may be a form of are looked up.
const FEW: usize = 16;

/// Phrases, each with what is known of it. Those that begin alike share their first words, however many there are.
pub struct Phrases<T> {
    known: Vec<T>,
    steps: Vec<Step>,
    /// Steps by the one before them, what stands between the two, and their word.
    by_word: FxHashMap<(Option<usize>, String, String), usize>,
    /// First steps by the first two bytes of their words.
    by_beginning: FxHashMap<usize, Vec<usize>>,
    /// Whether there are any: for most words this is all that is asked.
    beginnings: Vec<bool>,
}

/// A word of phrases, in small letters.
struct Step {
    word: String,
    /// What stands before it, with each run of spaces as one.
    between: String,
    next: Vec<usize>,
    /// The first of the phrases that end with it.
    phrase: Option<usize>,
}

impl<T> Phrases<T> {
    /// These phrases; where two begin at one place the first that fits is found.
    pub fn new<'p>(phrases: impl IntoIterator<Item = (&'p str, T)>) -> Phrases<T> {
        let (by_word, by_beginning) = (FxHashMap::default(), FxHashMap::default());
        let beginnings = vec![false; BEGINNINGS];
        let mut all = Phrases { known: Vec::new(), steps: Vec::new(), by_word, by_beginning, beginnings };
        phrases.into_iter().for_each(|(text, known)| all.add(text, known));
        all
    }

    fn add(&mut self, text: &str, known: T) {
        let words: Vec<Range<usize>> = texts::words(text, 0..text.len()).take(MOST_WORDS + 1).collect();
        if words.len() > MOST_WORDS {
            return;
        }
        let (mut before, mut end) = (None, 0);
        for word in words {
            let between = if before.is_some() { collapsed(&text[end..word.start]) } else { String::new() };
            before = Some(self.step(before, between, text[word.clone()].to_lowercase()));
            end = word.end;
        }
        if let Some(last) = before {
            self.steps[last].phrase.get_or_insert(self.known.len());
            self.known.push(known);
        }
    }

    /// The step with a word after another step, which is made where there is none.
    fn step(&mut self, before: Option<usize>, between: String, word: String) -> usize {
        let key = (before, between, word);
        if let Some(at) = self.by_word.get(&key) {
            return *at;
        }
        let at = self.steps.len();
        let (_, between, word) = key.clone();
        match before {
            Some(before) => self.steps[before].next.push(at),
            None => {
                let begins = beginning(&word);
                self.beginnings[begins] = true;
                self.by_beginning.entry(begins).or_default().push(at);
            }
        }
        self.steps.push(Step { word, between, next: Vec::new(), phrase: None });
        self.by_word.insert(key, at);
        at
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
        let mut following = texts::words(source, word.end..end);
        let mut passed = word.end;
        let mut reached = self.matching(None, self.by_beginning.get(&begins)?, "", &source[word.clone()]);
        let mut found: Option<(usize, usize)> = None;
        while !reached.is_empty() {
            let ended = reached.iter().filter_map(|at| Some((self.steps[*at].phrase?, passed)));
            found = ended.chain(found).min_by_key(|(phrase, _)| *phrase);
            // At its end a text may have blanks without end, and few phrases go on.
            if reached.iter().all(|at| self.steps[*at].next.is_empty()) {
                break;
            }
            let Some(word) = following.next() else { break };
            let between = &source[passed..word.start];
            reached = reached.into_iter().flat_map(|at| self.after(at, between, &source[word.clone()])).collect();
            passed = word.end;
        }
        found.map(|(phrase, end)| (end, &self.known[phrase]))
    }

    /// The steps after one that a word, and what stands before it, are a form of.
    fn after(&self, at: usize, between: &str, word: &str) -> Vec<usize> {
        let collapsed = collapsed(between);
        // A hyphen first in a line begins an item of a list.
        if collapsed != " " && between.contains('\n') {
            return Vec::new();
        }
        self.matching(Some(at), &self.steps[at].next, &collapsed, word)
    }

    /// Those of the steps after one that a word is a form of, after what stands between.
    fn matching(&self, before: Option<usize>, steps: &[usize], between: &str, word: &str) -> Vec<usize> {
        if steps.len() > FEW {
            let of = |word: String| self.by_word.get(&(before, between.to_string(), word)).copied();
            return bare_forms(word).filter_map(of).collect();
        }
        let is_form = |step: &Step| step.between == between && is_inflected(word, &step.word);
        steps.iter().copied().filter(|at| is_form(&self.steps[*at])).collect()
    }
}

/// How many words a text has.
pub fn count(text: &str) -> usize {
    texts::words(text, 0..text.len()).count()
}

/// What a word may be a form of: itself in small letters, and that without an ending.
fn bare_forms(word: &str) -> impl Iterator<Item = String> {
    let word = word.to_lowercase();
    let bare = ENDINGS.iter().filter_map(|ending| Some((word.strip_suffix(ending)?, ending)));
    let bare = bare.filter(|(bare, ending)| !bare.is_empty() && takes(bare, ending)).map(|(bare, _)| bare);
    let bare: Vec<String> = bare.map(str::to_string).collect();
    [word].into_iter().chain(bare)
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

/// Whether a word is another, in small letters, with or without an ending.
fn is_inflected(word: &str, of: &str) -> bool {
    if !may_begin(word, of) {
        return false;
    }
    let word = word.to_lowercase();
    word.strip_prefix(of).is_some_and(|ending| ending.is_empty() || ENDINGS.contains(&ending) && takes(of, ending))
}

/// Whether a word may have an ending: an e alone is one of participles and superlatives (`avslutade`, `viktigaste`), and of
/// no noun. So *kunde* is no form of *kund*.
fn takes(word: &str, ending: &str) -> bool {
    ending != "e" || word.ends_with("ad") || word.ends_with("ast")
}

/// A word without its endings, in small letters; five letters of it are always left.
pub fn stem(word: &str) -> String {
    let mut word = word.to_lowercase();
    let without = |word: &str| {
        let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(*ending));
        stems.into_iter().find(|stem| stem.chars().nth(4).is_some()).map(str::len)
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
    fn an_e_alone_is_no_ending_of_a_noun() {
        let few = ["kund", "utkontrakterad", "användare"];
        let many: Vec<String> = (0..100).map(|at| format!("ord{at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).chain(few).collect();
        let source = "Vi kunde se kundens utkontrakterade system hos användaren.";
        for phrases in [&few[..], &many] {
            let all = Phrases::new(phrases.iter().map(|phrase| (*phrase, ())));
            let found: Vec<&str> = all.find(source, 0..source.len()).map(|(part, ())| &source[part]).collect();
            assert_eq!(found, ["kundens", "utkontrakterade", "användaren"]);
        }
    }

    #[test]
    fn a_hyphen_between_spaces_is_no_item_of_a_list() {
        assert_eq!(found(&["katalog - stödjande"], "Katalog  - stödjande").len(), 1);
        assert!(found(&["katalog - stödjande"], "Katalog\n- stödjande\nkatalog – stödjande").is_empty());
    }

    #[test]
    fn the_first_phrase_that_fits_is_found_among_many() {
        let many: Vec<String> = (0..100).map(|at| format!("ord {at} slut")).collect();
        let first = ["ord 7", "ord 8 slut nu", "ord"];
        let phrases = many.iter().map(String::as_str).chain(first);
        let phrases = Phrases::new(phrases.enumerate().map(|(at, phrase)| (phrase, at)));
        let source = "ord 7 slutet, ord 7, ordet 8 slut nu, ord 200, ord\n- 7";
        let found: Vec<_> = phrases.find(source, 0..source.len()).map(|(part, at)| (&source[part], *at)).collect();
        let wanted = [("ord 7 slutet", 7), ("ord 7", 100), ("ordet 8 slut", 8), ("ord", 102), ("ord", 102)];
        assert_eq!(found, wanted);
        let longest = "a ".repeat(MOST_WORDS);
        assert_eq!(Phrases::new([(longest.as_str(), ())]).find(&longest, 0..longest.len()).count(), 1);
        let longer = format!("{longest}a");
        assert_eq!(Phrases::new([(longer.as_str(), ())]).find(&longer, 0..longer.len()).count(), 0);
        assert_eq!(count(&longer), MOST_WORDS + 1);
    }

    #[test]
    fn a_stem_has_lost_its_ending() {
        assert_eq!(stem("Användarutbildningarna"), "användarutbildning");
        assert_eq!(stem("säkerheten"), stem("Säkerhet"));
        assert_eq!(stem("olja"), "olja");
    }
}
