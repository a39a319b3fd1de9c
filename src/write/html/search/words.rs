//! The words of every text, folded, and of compounds their tails.
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{Block, Inline, each_own_inline, walk};
use crate::text::NO_BREAK_SPACE;

use super::code::Postings;
use super::entries::Entry;

/// Words that stand everywhere and find nothing. As they are folded.
pub const STOP_WORDS: &str = "alla att av bade bli blir da dar de dem den denna det detta dig din du efter eller en ett fran \
     for far gor ha har hur i in inte ar kan med men mot nar nagon nagot och om pa sa samt ska som till under upp ut utan \
     vad var vara vi vid vilka vilken via at over";
static STOP: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
const LETTERS_OF_A_SHORT_WORD: usize = 2;
/// Longer runs of letters are no words that anyone types.
const LETTERS_OF_A_WORD: usize = 40;
/// The least that counts as the tail of a compound, and as what stands before it.
const LETTERS_OF_A_TAIL: usize = 4;
const LETTERS_OF_A_HEAD: usize = 3;

/// The words of a page below its title: each once, folded, with spaces between.
pub struct Words {
    in_headings: String,
    /// Those that stand in no heading.
    in_texts: String,
}

impl Words {
    pub fn of(blocks: &[Block]) -> Words {
        let mut texts = Texts::default();
        texts.add(blocks);
        let mut known = FxHashSet::default();
        let in_headings = unknown(&texts.in_headings, &mut known);
        let in_texts = unknown(&texts.in_texts, &mut known);
        Words { in_headings, in_texts }
    }

    /// Each word, and whether it stands in a heading.
    fn each(&self) -> impl Iterator<Item = (&str, bool)> {
        let words = |words| str::split_terminator(words, ' ');
        words(&self.in_headings).map(|word| (word, true)).chain(words(&self.in_texts).map(|word| (word, false)))
    }
}

/// The words of a folded text that someone may search for and that are not known yet, which they are from now on.
fn unknown<'t>(text: &'t str, known: &mut FxHashSet<&'t str>) -> String {
    let mut out = String::new();
    let mut add = |word: &'t str| {
        if word.len() >= LETTERS_OF_A_SHORT_WORD && known.insert(word) && is_typed(word) {
            out.push_str(word);
            out.push(' ');
        }
    };
    // Nearly all letters are ASCII once they are folded.
    let (mut from, mut is_ascii) = (0, true);
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        if !byte.is_ascii() {
            is_ascii = false;
        } else if !byte.is_ascii_alphanumeric() {
            let run = &text[from..at];
            match is_ascii {
                true => add(run),
                false => run.split(|letter: char| !letter.is_alphanumeric()).for_each(&mut add),
            }
            (from, is_ascii) = (at + 1, true);
        }
    }
    out.shrink_to_fit();
    out
}

fn is_typed(word: &str) -> bool {
    (LETTERS_OF_A_SHORT_WORD..=LETTERS_OF_A_WORD).contains(&word.chars().count()) && !STOP.contains(word)
}

/// Every word of every text, folded, with its pages; a compound under its tail as well.
pub fn words<'a>(entries: &[Entry<'a>]) -> Vec<(&'a str, Postings)> {
    let mut words: FxHashMap<&str, Postings> = FxHashMap::default();
    for (number, entry) in (0..).zip(entries) {
        for (word, in_heading) in entry.words.into_iter().flat_map(Words::each) {
            words.entry(word).or_default().push((number, in_heading));
        }
    }
    let mut tails: Vec<(&str, &str)> = words.keys().filter_map(|word| Some((tail(word, &words)?, *word))).collect();
    // Compounds come together at their tail, in an order that no hash decides.
    tails.sort_unstable();
    let tails: Vec<(&str, Postings)> = tails
        .chunk_by(|(one, _), (next, _)| one == next)
        .map(|compounds| {
            let mut pages: Vec<u32> =
                compounds.iter().flat_map(|(_, word)| words[word].iter().map(|(number, _)| *number)).collect();
            pages.sort_unstable();
            pages.dedup();
            (compounds[0].0, pages.into_iter().map(|number| (number, false)).collect())
        })
        .collect();
    for (tail, more) in tails {
        let own = words.entry(tail).or_default();
        own.extend(more);
        // In a heading before in the text, so that the latter is what falls away.
        own.sort_unstable_by_key(|(number, in_heading)| (*number, !in_heading));
        own.dedup_by_key(|(number, _)| *number);
    }
    let mut words: Vec<(&str, Postings)> = words.into_iter().collect();
    words.sort_unstable_by_key(|(word, _)| *word);
    words
}

/// The last word of a compound: one of the words itself, after what best is one too. The longest.
fn tail<'a>(word: &'a str, words: &FxHashMap<&str, Postings>) -> Option<&'a str> {
    let longest = word.len().checked_sub(LETTERS_OF_A_TAIL)?;
    let splits = || {
        let at = (LETTERS_OF_A_HEAD..=longest).filter(|at| word.is_char_boundary(*at));
        at.map(|at| word.split_at(at)).filter(|(_, tail)| words.contains_key(*tail) && is_word(tail))
    };
    let is_known =
        |head: &str| words.contains_key(head) || head.strip_suffix('s').is_some_and(|h| words.contains_key(h));
    let known = splits().find(|(head, _)| is_known(head));
    known.or_else(|| splits().find(|(_, tail)| tail.len() > LETTERS_OF_A_TAIL)).map(|(_, tail)| tail)
}

fn is_word(text: &str) -> bool {
    text.bytes().any(|letter| !letter.is_ascii_digit())
}

/// The folded texts of a page, with spaces between.
#[derive(Default)]
struct Texts {
    in_headings: String,
    in_texts: String,
}

impl Texts {
    fn add(&mut self, blocks: &[Block]) {
        walk(blocks, &mut |block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            // The title is found without this.
            Block::Heading(heading) if heading.level > 1 => push_line(&heading.text, &mut self.in_headings),
            Block::Heading(_) => {}
            Block::Paragraph(text) => push_line(text, &mut self.in_texts),
            Block::Table(table) => {
                table.caption.iter().for_each(|caption| push_line(&caption.text, &mut self.in_texts));
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| push_line(cell, &mut self.in_texts));
            }
            Block::Figure(figure) => {
                figure.caption.iter().for_each(|caption| push_line(&caption.text, &mut self.in_texts));
            }
            Block::Code(text) => {
                push_folded(text, &mut self.in_texts);
                self.in_texts.push(' ');
            }
            Block::List(_) | Block::Notice(..) | Block::Quote(_) | Block::Landscape(_) => {}
        }
        each_own_inline(block, &mut |inline| {
            if let Inline::Note(blocks) = inline {
                self.add(blocks);
            }
        });
    }
}

/// The folded letters of some inlines, as [`plain_text`](crate::document::plain_text) has them.
fn push_line(inlines: &[Inline], out: &mut String) {
    push_inlines(inlines, out);
    out.push(' ');
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => push_folded(text, out),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => push_inlines(inner, out),
            Inline::Link(link) => push_inlines(&link.text, out),
            Inline::Reference(reference) => push_folded(&reference.text(), out),
            Inline::Break => out.push(' '),
            Inline::Note(_) | Inline::Anchor(_) => {}
        }
    }
}

/// Small letters without their marks, as `vik` in `sok.js` makes them: what is typed as `a` finds `å`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_folded(text, &mut out);
    out
}

/// Whether three digits come next, and no fourth.
fn begins_with_thousand(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 3
}

fn push_folded(text: &str, out: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    let mut rest = text;
    loop {
        // Most of a text needs no more than small letters.
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let from = out.len();
        out.push_str(&rest[..ascii]);
        out[from..].make_ascii_lowercase();
        let Some(letter) = rest[ascii..].chars().next() else { return };
        rest = &rest[ascii + letter.len_utf8()..];
        match letter {
            // What parts the thousands of a figure, which is one word.
            NO_BREAK_SPACE if out.ends_with(|c: char| c.is_ascii_digit()) && begins_with_thousand(rest) => {}
            'å' | 'ä' | 'Å' | 'Ä' => out.push('a'),
            'ö' | 'Ö' | 'ø' | 'Ø' => out.push('o'),
            'é' | 'É' => out.push('e'),
            'æ' | 'Æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            _ => out.extend(
                letter
                    .nfd()
                    .filter(|part| !unicode_normalization::char::is_combining_mark(*part))
                    .flat_map(char::to_lowercase),
            ),
        }
    }
}
