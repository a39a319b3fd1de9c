//! Words and numbers in few letters, and the files that words are divided into.
use std::collections::BTreeMap;

use rayon::prelude::*;

/// What makes `sok/ord-<x>.js` be cut in several.
const BYTES_OF_A_SHARD: usize = 8 * 1024;
/// How many letters the name of a shard has at least and at most.
const LETTERS_OF_A_SHARD: std::ops::RangeInclusive<usize> = 1..=4;

/// The pages of a word by their number, and whether it stands in a heading there.
pub type Postings = Vec<(u32, bool)>;

/// The words, which stand in order, in files of bearable size, each by the letters that all its words begin with.
pub fn shards(words: &[(&str, Postings)]) -> BTreeMap<String, String> {
    let lines: Vec<(&str, String)> = words.par_iter().map(|(word, pages)| (*word, encoded(pages))).collect();
    let mut shards = BTreeMap::new();
    cut(&lines, *LETTERS_OF_A_SHARD.start(), &mut shards);
    shards
}

fn cut(lines: &[(&str, String)], letters: usize, shards: &mut BTreeMap<String, String>) {
    for lines in lines.chunk_by(|(one, _), (next, _)| beginning(one, letters) == beginning(next, letters)) {
        let name = beginning(lines[0].0, letters);
        let size: usize = lines.iter().map(|(word, pages)| word.len() + pages.len()).sum();
        if size <= BYTES_OF_A_SHARD || letters == *LETTERS_OF_A_SHARD.end() || name == OTHER {
            shards.entry(name.to_string()).or_default().push_str(&listed(lines));
        } else {
            cut(lines, letters + 1, shards);
        }
    }
}

/// The shard of what begins with other letters than a file's name should have.
pub const OTHER: &str = "_";

/// The first letters of a word, all of a shorter one.
fn beginning(word: &str, letters: usize) -> &str {
    let end = letters.min(word.len());
    if word.bytes().take(end).all(|letter| letter.is_ascii_alphanumeric()) { &word[..end] } else { OTHER }
}

/// `word pages,word pages`, where a word gives how many letters it shares with the one before, and then its others.
pub fn listed(lines: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut before = "";
    for (word, pages) in lines {
        let shared = before.chars().zip(word.chars()).take_while(|(one, other)| one == other).count().min(35);
        let rest: String = word.chars().skip(shared).collect();
        out.push_str(&format!("{}{rest} {pages},", base36(shared, 1)));
        before = word;
    }
    out
}

/// Page numbers as steps from the one before, doubled, and odd in headings. A step of nothing is followed by how many
/// pages come at once after the last, of its kind.
pub fn encoded(pages: &[(u32, bool)]) -> String {
    let mut out = String::new();
    let mut next = 0;
    let mut at = 0;
    while let Some((number, in_heading)) = pages.get(at).copied() {
        push_number(((number + 1 - next) << 1) | u32::from(in_heading), &mut out);
        let more =
            pages[at + 1..].iter().zip(number + 1..).take_while(|(page, number)| **page == (*number, in_heading));
        let more = more.count();
        // A run of fewer is shorter page by page.
        let more = if more > 2 { more } else { 0 };
        if more > 0 {
            push_number(0, &mut out);
            push_number(more as u32, &mut out);
        }
        next = number + more as u32 + 1;
        at += more + 1;
    }
    out
}

/// Five bits a letter, the lowest first; a letter of the second half says that there are more.
fn push_number(mut number: u32, out: &mut String) {
    const LETTERS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    while number >= 32 {
        out.push(char::from(LETTERS[32 + number as usize % 32]));
        number /= 32;
    }
    out.push(char::from(LETTERS[number as usize]));
}

/// A number in figures and small letters, of at least that many.
pub fn base36(mut number: usize, width: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < width {
        digits.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]));
        number /= 36;
    }
    digits.iter().rev().collect()
}
