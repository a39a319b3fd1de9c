//! The words of every text, folded, and of compounds their tails.
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::document::{Block, Inline, each_own_inline, plain_text, walk};

use super::code::Postings;
use super::entries::Entry;

/// Words that stand everywhere and find nothing. As they are folded.
pub const STOP_WORDS: &str = "alla att av bade bli blir da dar de dem den denna det detta dig din du efter eller en ett fran \
     for far gor ha har hur i in inte ar kan med men mot nar nagon nagot och om pa sa samt ska som till under upp ut utan \
     vad var vara vi vid vilka vilken via at over";
const LETTERS_OF_A_SHORT_WORD: usize = 2;
/// Longer runs of letters are no words that anyone types.
const LETTERS_OF_A_WORD: usize = 40;
/// The least that counts as the tail of a compound, and as what stands before it.
const LETTERS_OF_A_TAIL: usize = 4;
const LETTERS_OF_A_HEAD: usize = 3;

/// Every word of every text, folded, with its pages; a compound under its tail as well.
pub fn words(entries: &[Entry]) -> BTreeMap<String, Postings> {
    let stop: HashSet<&str> = STOP_WORDS.split_whitespace().collect();
    let of_entries: Vec<BTreeMap<String, bool>> =
        entries.par_iter().map(|entry| words_of(entry.blocks, &stop)).collect();
    let mut words: HashMap<String, Postings> = HashMap::new();
    for (number, found) in of_entries.into_iter().enumerate() {
        for (word, in_heading) in found {
            words.entry(word).or_default().push((number, in_heading));
        }
    }
    let mut tails: Vec<(&str, &str)> = words.keys().filter_map(|word| Some((tail(word, &words)?, &**word))).collect();
    // Compounds come together at their tail, in an order that no hash decides.
    tails.sort_unstable();
    let tails: Vec<(String, Postings)> = tails
        .chunk_by(|(one, _), (next, _)| one == next)
        .map(|compounds| {
            let mut pages: Vec<usize> =
                compounds.iter().flat_map(|(_, word)| words[*word].iter().map(|(number, _)| *number)).collect();
            pages.sort_unstable();
            pages.dedup();
            (compounds[0].0.to_string(), pages.into_iter().map(|number| (number, false)).collect())
        })
        .collect();
    for (tail, more) in tails {
        let own = words.entry(tail).or_default();
        own.extend(more);
        // In a heading before in the text, so that the latter is what falls away.
        own.sort_unstable_by_key(|(number, in_heading)| (*number, !in_heading));
        own.dedup_by_key(|(number, _)| *number);
    }
    words.into_iter().collect()
}

/// The last word of a compound: one of the words itself, after what best is one too. The longest.
fn tail<'a>(word: &'a str, words: &HashMap<String, Postings>) -> Option<&'a str> {
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

/// The words of a page below its title, and whether they stand in a heading.
fn words_of(blocks: &[Block], stop: &HashSet<&str>) -> BTreeMap<String, bool> {
    let mut words = BTreeMap::new();
    add_words(blocks, stop, &mut words);
    words
}

fn add_words(blocks: &[Block], stop: &HashSet<&str>, words: &mut BTreeMap<String, bool>) {
    walk(blocks, &mut |block| {
        let mut add = |text: &str, in_heading: bool| {
            for word in fold(text).split(|letter: char| !letter.is_alphanumeric()) {
                let letters = word.chars().count();
                if (LETTERS_OF_A_SHORT_WORD..=LETTERS_OF_A_WORD).contains(&letters) && !stop.contains(word) {
                    match words.get_mut(word) {
                        Some(known) => *known |= in_heading,
                        None => _ = words.insert(word.to_string(), in_heading),
                    }
                }
            }
        };
        match block {
            // The title is found without this.
            Block::Heading(heading) if heading.level > 1 => add(&plain_text(&heading.text), true),
            Block::Heading(_) => {}
            Block::Paragraph(text) => add(&plain_text(text), false),
            Block::Table(table) => {
                table.caption.iter().for_each(|caption| add(&plain_text(&caption.text), false));
                let cells = table.header.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| add(&plain_text(cell), false));
            }
            Block::Figure(figure) => figure.caption.iter().for_each(|caption| add(&plain_text(&caption.text), false)),
            Block::Code(text) => add(text, false),
            Block::List(_) | Block::Notice(..) | Block::Quote(_) | Block::Landscape(_) => {}
        }
        let mut notes = Vec::new();
        each_own_inline(block, &mut |inline| {
            if let Inline::Note(blocks) = inline {
                notes.push(blocks);
            }
        });
        notes.into_iter().for_each(|blocks| add_words(blocks, stop, words));
    });
}

/// Small letters without their marks, as `vik` in `sok.js` makes them: what is typed as `a` finds `å`.
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' '..='~' => out.push(letter.to_ascii_lowercase()),
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
    out
}
