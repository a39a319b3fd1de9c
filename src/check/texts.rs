//! What authors have written, as the rules about words read it: without code, addresses and ids.
//!
//! Most texts have nothing that any of these rules looks for. All of them are read once, for all of these rules, and each
//! rule then looks into the texts that may have something for it.

use std::ops::Range;

use rayon::prelude::*;

use super::phrases::{self, Phrases};
use super::{forbidden_term, mixed_hyphens, placeholder_left, unfinished_text};
use crate::model::Kind;
use crate::resolve::{Catalog, Written};

/// Something found in a text.
pub struct Hit<'a> {
    /// The text.
    pub text: &'a Written,
    /// Bytes of it.
    pub part: Range<usize>,
    /// What is wrong there.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Keys whose values are no words of the author's.
const TECHNICAL: [&str; 10] =
    ["artikel", "dokument_id", "e_post", "källadress", "regel", "telefon", "version", "webb", "webbadress", "wordmall"];

/// Signs that are drawn as a hyphen and are none, the one among them at which Word breaks no line.
pub const HYPHENS: [char; 6] = ['\u{2010}', '\u{2011}', '\u{2012}', '\u{2212}', '\u{FE63}', '\u{FF0D}'];

/// What is looked for in all texts at once.
#[derive(Clone, Copy)]
pub enum What {
    /// Forms that are not to be used.
    Forbidden,
    /// Variants of terms.
    Variants,
    /// Words with hyphens.
    Hyphens,
    /// Places to fill in.
    Placeholders,
    /// What says that a text is not written yet.
    Unfinished,
}

/// What a rule looks for in texts. Where a text has none of it the rule finds nothing there.
pub struct Sought {
    /// Phrases.
    pub phrases: Phrases<()>,
    /// What words begin with.
    pub beginnings: &'static [&'static str],
    /// Signs that are no letters, of ASCII.
    pub signs: &'static [u8],
    /// Whether a text is to be looked into whatever words and signs it has.
    pub always: fn(&Written) -> bool,
}

impl Default for Sought {
    fn default() -> Sought {
        Sought { phrases: Phrases::new([]), beginnings: &[], signs: &[], always: |_| false }
    }
}

/// The texts that the rules about words have to look into, in the order of the files, with a bit for each thing that they
/// may have.
pub struct Suspects<'a>(Vec<(&'a Written, u8)>);

impl<'a> Suspects<'a> {
    /// Those of a catalogue.
    pub fn of(catalog: &'a Catalog) -> Suspects<'a> {
        let sieve = Sieve::of(vec![
            (What::Forbidden, forbidden_term::sought(catalog)),
            (What::Variants, mixed_hyphens::sought(catalog)),
            (What::Hyphens, Sought { signs: b"-", ..Sought::default() }),
            (What::Placeholders, placeholder_left::sought()),
            (What::Unfinished, unfinished_text::sought()),
        ]);
        let texts = catalog.texts().par_iter().map(|text| (text, sieve.found_in(text)));
        Suspects(texts.filter(|(text, found)| *found != 0 && is_prose(text)).collect())
    }

    /// Those that may have something.
    pub fn of_having(&self, what: What) -> impl ParallelIterator<Item = &'a Written> {
        let bit = 1 << what as u8;
        self.0.par_iter().filter(move |(_, found)| found & bit != 0).map(|(text, _)| *text)
    }
}

/// All that the rules about words look for.
struct Sieve {
    sought: Vec<(u8, Sought)>,
    /// What begins as words do, a bit for each.
    beginnings: Vec<u8>,
    /// What has a sign.
    signs: [u8; 256],
}

impl Sieve {
    fn of(sought: Vec<(What, Sought)>) -> Sieve {
        let sought: Vec<(u8, Sought)> = sought.into_iter().map(|(what, sought)| (1 << what as u8, sought)).collect();
        let (mut beginnings, mut signs) = (vec![0; phrases::BEGINNINGS], [0; 256]);
        for (bit, sought) in &sought {
            let words = sought.beginnings.iter().map(|beginning| phrases::beginning(beginning));
            sought.phrases.beginnings().chain(words).for_each(|beginning| beginnings[beginning] |= bit);
            sought.signs.iter().for_each(|sign| signs[usize::from(*sign)] |= bit);
        }
        Sieve { sought, beginnings, signs }
    }

    /// What may be found in a text, a bit for each.
    fn found_in(&self, text: &Written) -> u8 {
        let source = text.text();
        let mut found = self.those(u8::MAX, |sought| (sought.always)(text));
        for part in prose(text) {
            let mut passed = part.start;
            for word in words(source, part.clone()) {
                found |= self.signs_in(&source[passed..word.start]);
                passed = word.end;
                let may_begin = self.beginnings[phrases::beginning(&source[word.clone()])] & !found;
                if may_begin != 0 {
                    found |= self.those(may_begin, |sought| sought.begins_with(source, &word, part.end));
                }
            }
            found |= self.signs_in(&source[passed..part.end]);
        }
        found
    }

    fn signs_in(&self, between: &str) -> u8 {
        between.bytes().fold(0, |found, sign| found | self.signs[usize::from(sign)])
    }

    /// Which of some are true, a bit for each.
    fn those(&self, asked: u8, is_true: impl Fn(&Sought) -> bool) -> u8 {
        let asked = self.sought.iter().filter(|(bit, _)| asked & bit != 0);
        asked.filter(|(_, sought)| is_true(sought)).fold(0, |found, (bit, _)| found | bit)
    }
}

impl Sought {
    /// Whether something that is looked for begins with a word.
    fn begins_with(&self, source: &str, word: &Range<usize>, end: usize) -> bool {
        let begins = |beginning: &&str| {
            let first = source.as_bytes()[word.clone()].get(..beginning.len());
            first.is_some_and(|first| first.eq_ignore_ascii_case(beginning.as_bytes()))
        };
        self.beginnings.iter().any(begins) || self.phrases.first(source, word, end).is_some()
    }
}

/// Whether a text is made of words that are the author's own choice.
pub fn is_prose(text: &Written) -> bool {
    !TECHNICAL.contains(&text.key()) && text.top_key() != "wordformat"
}

/// Whether a text is an id, an address or a number, which is no prose.
pub fn is_technical(text: &Written) -> bool {
    TECHNICAL.contains(&text.key()) && text.top_key() != "wordformat"
}

/// Whether a text lists words that others use: what is searched for, or what is not to be written.
pub fn lists_others_words(text: &Written) -> bool {
    let key = text.top_key();
    key == "synonymer" || text.kind() == Kind::GlossaryTerm && key == "otillåtna"
}

/// The parts of a text that are read as words.
pub fn prose(text: &Written) -> impl Iterator<Item = Range<usize>> + '_ {
    let (source, is_markdown) = (text.text(), text.is_markdown);
    let mut start = 0;
    // Most texts have nothing to pass over.
    let mut at = if may_pass_over(source, is_markdown) { 0 } else { source.len() };
    let parts = std::iter::from_fn(move || {
        while let Some(mark) = next_mark(source, at) {
            at = mark;
            match passed_over(source, at, is_markdown) {
                Some(end) => {
                    let part = start..at;
                    (start, at) = (end, end);
                    return Some(part);
                }
                // What a backslash stands before has no meaning of its own.
                None if is_markdown && source.as_bytes()[at] == b'\\' => at += 2,
                None => at += 1,
            }
        }
        let rest = start..source.len();
        start = source.len();
        (!rest.is_empty()).then_some(rest)
    });
    parts.filter(|part| !part.is_empty())
}

/// Whether there may be something in a text that [`passed_over`] passes over; no step of it is left out, so that it is
/// done for many bytes at a time.
fn may_pass_over(source: &str, is_markdown: bool) -> bool {
    let mark = |byte: u8| matches!(byte, b'`' | b'[' | b']' | b'{');
    source.bytes().fold(false, |found, byte| found | (byte == b':') | (is_markdown & mark(byte)))
}

/// The next byte that something may begin with which [`passed_over`] passes over, or a backslash.
fn next_mark(source: &str, at: usize) -> Option<usize> {
    let is_mark = |byte: &u8| matches!(byte, b'h' | b'`' | b'[' | b']' | b'{' | b'\\');
    Some(at + source.as_bytes().get(at..)?.iter().position(is_mark)?)
}

/// The longest that is read as an id, in bytes: what is never closed is not looked for in the whole text, time and again.
const LONGEST_ID: usize = 1_000;

/// The first bytes of a text, so many at most.
pub fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Where what begins at a byte ends, if it is no prose: code, an address, an id.
fn passed_over(source: &str, at: usize, is_markdown: bool) -> Option<usize> {
    let bytes = source.as_bytes();
    let next = bytes.get(at + 1).copied();
    match bytes[at] {
        b'h' if source[at..].starts_with("http://") || source[at..].starts_with("https://") => {
            let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '”' | '"');
            Some(source[at..].find(ends).map_or(source.len(), |length| at + length))
        }
        b'`' if is_markdown => Some(code_end(source, at)),
        b'[' if is_markdown && next == Some(b'[') => {
            let inner = beginning(&source[at + 2..], LONGEST_ID);
            let bar = inner.find('|').map(|length| length + 1);
            let close = inner.find("]]").map(|length| length + 2);
            Some(at + 2 + bar.into_iter().chain(close).min().unwrap_or(0))
        }
        b']' if is_markdown && next == Some(b'(') => {
            let inner = &source[at + 2..];
            let length = inner.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(inner.len());
            Some(at + 2 + length)
        }
        b'{' if is_markdown && matches!(next, Some(b'#' | b'.')) => {
            Some(beginning(&source[at..], LONGEST_ID).find('}').map_or(at + 1, |length| at + length + 1))
        }
        _ => None,
    }
}

/// The longest that is read as code within a line, in bytes.
const LONGEST_CODE: usize = 2_000;

/// Where code ends that begins with backticks; right after them where it never does.
fn code_end(source: &str, at: usize) -> usize {
    let run = |from: usize| source[from..].bytes().take_while(|byte| *byte == b'`').count();
    let ticks = run(at);
    let mut from = at + ticks;
    if ticks >= 3
        && let Some(before) = before_fence(source, at)
        && let Some(end) = fence_end(source, from, ticks, before)
    {
        return end;
    }
    let paragraph = first_paragraph(beginning(&source[at..], LONGEST_CODE));
    let end = at + paragraph.len();
    while let Some(length) = source.get(from..end).and_then(|rest| rest.find('`')) {
        let found = run(from + length);
        from += length + found;
        if found == ticks {
            return from;
        }
    }
    at + ticks
}

/// The most that stands before a fence in its line, in bytes.
const MOST_BEFORE: usize = 100;

/// What stands before a fence in its line, where that is nothing but what lists, quotes and notes have there.
fn before_fence(source: &str, at: usize) -> Option<&str> {
    let near = &source[source.floor_char_boundary(at.saturating_sub(MOST_BEFORE))..at];
    let before = match near.rfind('\n') {
        Some(end) => &near[end + 1..],
        None if near.len() == at => near,
        None => return None,
    };
    let is_of_container = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
    let is_note = before.starts_with("[^") && before.trim_end().ends_with("]:");
    (is_note || before.chars().all(is_of_container)).then_some(before)
}

/// Where a block of code ends that so many backticks open, after those that close it, or with what it stands in. `None` where
/// a backtick comes in the same line, so that it is none.
fn fence_end(source: &str, from: usize, ticks: usize, before: &str) -> Option<usize> {
    let is_within = |line: &str| match before.trim() {
        "" => true,
        before if before.contains('>') => line.trim_start().starts_with('>'),
        _ => line.trim().is_empty() || line.starts_with([' ', '\t']),
    };
    let mut lines = source[from..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.contains('`') {
        return None;
    }
    let mut at = from + first.len();
    for line in lines.take_while(|line| is_within(line)) {
        let rest = line.trim_start_matches([' ', '\t', '>']);
        let found = rest.bytes().take_while(|byte| *byte == b'`').count();
        if found >= ticks {
            return Some(at + line.len() - rest.len() + found);
        }
        at += line.len();
    }
    Some(at)
}

/// A text up to its first empty line.
fn first_paragraph(text: &str) -> &str {
    let is_empty = |at: &usize| text[at + 1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
    text.match_indices('\n').map(|(at, _)| at).find(is_empty).map_or(text, |end| &text[..end])
}

/// The words of a part of a text: runs of letters and digits.
pub fn words(source: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let source = &source[..part.end];
    let mut at = part.start;
    std::iter::from_fn(move || {
        let start = skip(source, at, false);
        let end = skip(source, start, true);
        at = end;
        (start < end).then_some(start..end)
    })
}

/// The same, with those as one that a hyphen joins.
pub fn compounds(source: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let source = &source[..part.end];
    let mut at = part.start;
    std::iter::from_fn(move || {
        let start = skip(source, at, false);
        at = skip(source, start, true);
        while source.as_bytes().get(at) == Some(&b'-') {
            let end = skip(source, at + 1, true);
            if end == at + 1 {
                break;
            }
            at = end;
        }
        (start < at).then_some(start..at)
    })
}

/// Whether a hyphen makes a word a part of another, as in `TODO-lista`.
pub fn is_compound(source: &str, word: &Range<usize>) -> bool {
    let after = source[word.end..].strip_prefix('-').and_then(|rest| rest.chars().next());
    let before = source[..word.start].strip_suffix('-').and_then(|rest| rest.chars().next_back());
    after.or(before).is_some_and(char::is_alphanumeric)
}

/// Whether nothing but quotation marks stands around a part of a text, so that it tells what is seen or written elsewhere.
pub fn is_quoted(source: &str, part: &Range<usize>) -> bool {
    let is_mark = |c: char| matches!(c, '”' | '“' | '"' | '»' | '«' | '’' | '\'');
    source[..part.start].ends_with(is_mark) && source[part.end..].starts_with(is_mark)
}

/// The end of the run of characters from a byte on that are of a word, or that are not. Most need no look into the
/// tables of letters.
fn skip(source: &str, mut at: usize, of_word: bool) -> usize {
    let bytes = source.as_bytes();
    let wanted = Some(&Some(of_word));
    loop {
        while bytes.get(at).map(|byte| &OF_WORD[usize::from(*byte)]) == wanted {
            at += 1;
        }
        let (is_of_word, length) = match bytes.get(at) {
            // À to ÿ, å, ä and ö among them: all letters but the signs of multiplication and division.
            Some(0xC3) => (!matches!(bytes.get(at + 1), Some(0x97 | 0xB7)), 2),
            Some(0x80..) => source[at..].chars().next().map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8())),
            _ => return at,
        };
        if is_of_word != of_word {
            return at;
        }
        at += length;
    }
}

/// Whether a byte is a character of a word, or another; nothing of what is no character by itself.
static OF_WORD: [Option<bool>; 256] = {
    let mut of_word = [None; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        of_word[byte as usize] = Some(byte.is_ascii_alphanumeric());
        byte += 1;
    }
    of_word
};

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::testing::catalog_of;

    /// What `look` makes of a chapter of this text.
    pub fn in_chapter<T>(source: &str, look: impl Fn(&Catalog, &Written) -> T) -> T {
        let (_folder, catalog) = catalog_of(&[
            ("texter/kapitel.md", source),
            ("ordlista.yaml", "- {id: sla, term: SLA}\n- {id: tjanst, term: IS/IT-tjänst, otillåtna: [ittjänst]}\n"),
        ]);
        let text = catalog.texts().iter().find(|text| text.owner() == "kapitel").expect("the chapter");
        look(&catalog, text)
    }

    #[test]
    fn a_text_is_looked_into_for_what_it_may_have() {
        for (source, what) in [
            ("Om ITTJÄNSTEN.", What::Forbidden),
            ("Öppetider.", What::Forbidden),
            ("En IS/IT  tjänst.", What::Variants),
            ("Ett e-tjänstekort.", What::Hyphens),
            ("Till XXXX.", What::Placeholders),
            ("Lorem\nipsum.", What::Placeholders),
            ("Till {förvaltning}", What::Placeholders),
            ("Att\nfylla i: namn.", What::Unfinished),
            ("todo", What::Unfinished),
            ("Hur???", What::Unfinished),
        ] {
            let looked_into = |what: What| {
                in_chapter(source, |catalog, chapter| {
                    let suspects: Vec<&Written> = Suspects::of(catalog).of_having(what).collect();
                    suspects.into_iter().any(|text| std::ptr::eq(text, chapter))
                })
            };
            assert!(looked_into(what), "{source}");
            let others = [What::Forbidden, What::Variants, What::Hyphens, What::Placeholders, What::Unfinished];
            assert_eq!(others.into_iter().filter(|what| looked_into(*what)).count(), 1, "{source}");
        }
    }

    #[test]
    fn what_is_never_closed_is_not_looked_for_to_the_end() {
        let source = "[[".repeat(10) + &"å".repeat(LONGEST_ID) + "|]]}";
        assert_eq!(passed_over(&source, 0, true), Some(2));
        assert_eq!(passed_over(&format!("{{#{source}"), 0, true), Some(1));
        assert_eq!(passed_over(&format!("`{}`", "a".repeat(LONGEST_CODE)), 0, true), Some(1));
        assert_eq!(beginning("åä", 3), "å");
        assert_eq!(beginning("åä", 9), "åä");
    }

    #[test]
    fn a_block_of_code_ends_with_what_it_stands_in() {
        for (source, seen) in [
            ("```ping``` ett.\n\ntvå", "ett två"),
            ("> ```\n> a\n> ```\n\ntvå", "två"),
            ("- ```\n  a\n  ```\n\ntvå", "två"),
            ("1. ```\n   a\n\n   b\n   ```\n\ntvå", "1 två"),
            ("+ ```\n  a\n  ```\ntvå", "två"),
            ("ett[^1]\n\n[^1]: ```\n    a\n    ```\n\ntvå", "ett 1 1 två"),
            ("```\na\n\nb\n```", ""),
        ] {
            let found = in_chapter(source, |_, text| {
                let words = prose(text).flat_map(|part| words(text.text(), part));
                words.map(|word| text.text()[word].to_string()).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(found, seen, "{source:?}");
        }
    }

    #[test]
    fn code_addresses_and_ids_are_passed_over() {
        let source = "# Ett `två` {#tre}\n\nFyra [[sla|fem]] [[sla]] [sex](https://sju.example/x) \\[åtta\\] https://nio.example\n\n\
            ```\ntio\n\nelva ` \n```\n\nelva `` `tolv` `` tretton ` fjorton\n\nfemton ` sexton\n\n> ```\n> sjutton\n> ```\n\n\
            arton\n \nnitton\n\n- ~ tjugo\n\n````\n```\nslut\n````\n";
        let found = in_chapter(source, |_, text| {
            let words = prose(text).flat_map(|part| words(text.text(), part));
            words.map(|word| text.text()[word].to_string()).collect::<Vec<_>>()
        });
        assert_eq!(
            found,
            [
                "Ett", "Fyra", "fem", "sex", "åtta", "elva", "tretton", "fjorton", "femton", "sexton", "arton",
                "nitton", "tjugo"
            ]
        );
    }
}
