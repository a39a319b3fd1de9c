//! What authors have written, as the rules about words read it: without code, addresses and ids.

use std::ops::Range;

use rayon::prelude::*;

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

/// What `find` finds in each text, in the order of the files.
pub fn search<'a, T: Send>(catalog: &'a Catalog, find: impl Fn(&'a Written) -> Vec<T> + Send + Sync) -> Vec<T> {
    catalog.texts().par_iter().filter(|text| parts(text).is_some()).flat_map_iter(find).collect()
}

/// Whether a text is made of words that are the author's own choice.
fn is_prose(text: &Written) -> bool {
    let key = text.path.rsplit('.').next().unwrap_or_default();
    !TECHNICAL.contains(&key) && !text.path.starts_with("wordformat.")
}

/// Whether a text lists words that others use: what is searched for, or what is not to be written.
pub fn lists_others_words(text: &Written) -> bool {
    let key = text.path.split('.').next().unwrap_or_default();
    key == "synonymer" || text.kind == Kind::GlossaryTerm && key == "otillåtna"
}

/// The parts of a text that are read as words.
pub fn prose(text: &Written) -> impl Iterator<Item = Range<usize>> + '_ {
    parts(text).unwrap_or_default().iter().cloned()
}

/// The same; `None` of a text without words that are the author's own choice.
fn parts(text: &Written) -> Option<&[Range<usize>]> {
    text.prose(|text| is_prose(text).then(|| find_parts(text)))
}

fn find_parts(text: &Written) -> Vec<Range<usize>> {
    let source = text.text.as_str();
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < source.len() {
        match passed_over(source, at, text.is_markdown) {
            Some(end) => {
                parts.push(start..at);
                (start, at) = (end, end);
            }
            // What a backslash stands before has no meaning of its own.
            None if text.is_markdown && source.as_bytes()[at] == b'\\' => at += 2,
            None => at += 1,
        }
    }
    parts.push(start.min(source.len())..source.len());
    parts.retain(|part| !part.is_empty());
    parts
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
            let inner = near(&source[at + 2..]);
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
            Some(near(&source[at..]).find('}').map_or(at + 1, |length| at + length + 1))
        }
        _ => None,
    }
}

/// As much of a text as an id can take: what has no end is not looked for to the end of the text, once for each beginning.
fn near(text: &str) -> &str {
    const LONGEST: usize = 1_000;
    let end = (0..=LONGEST.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// Where code ends that begins with backticks; right after them where it never does.
fn code_end(source: &str, at: usize) -> usize {
    let run = |from: usize| source[from..].bytes().take_while(|byte| *byte == b'`').count();
    let ticks = run(at);
    let mut from = at + ticks;
    while let Some(length) = source[from..].find('`') {
        let found = run(from + length);
        from += length + found;
        if found == ticks {
            return from;
        }
    }
    at + ticks
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

/// The end of the run of characters from a byte on that are of a word, or that are not. Most need no look into the
/// tables of letters.
fn skip(source: &str, mut at: usize, of_word: bool) -> usize {
    while let Some(byte) = source.as_bytes().get(at).copied() {
        let (is_of_word, length) = match byte {
            ..0x80 => (byte.is_ascii_alphanumeric(), 1),
            // À to ÿ, å, ä and ö among them: all letters but the signs of multiplication and division.
            0xC3 => (!matches!(source.as_bytes().get(at + 1), Some(0x97 | 0xB7)), 2),
            _ => source[at..].chars().next().map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8())),
        };
        if is_of_word != of_word {
            break;
        }
        at += length;
    }
    at
}

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
        let text = catalog.texts().iter().find(|text| text.owner == "kapitel").expect("the chapter");
        look(&catalog, text)
    }

    #[test]
    fn code_addresses_and_ids_are_passed_over() {
        let source = "# Ett `två` {#tre}\n\nFyra [[sla|fem]] [[sla]] [sex](https://sju.example/x) \\[åtta\\] https://nio.example\n\n\
            ```\ntio\n```\n\nelva `` `tolv` `` tretton ` fjorton\n";
        let found = in_chapter(source, |_, text| {
            let words = prose(text).flat_map(|part| words(&text.text, part));
            words.map(|word| text.text[word].to_string()).collect::<Vec<_>>()
        });
        assert_eq!(found, ["Ett", "Fyra", "fem", "sex", "åtta", "elva", "tretton", "fjorton"]);
    }
}
