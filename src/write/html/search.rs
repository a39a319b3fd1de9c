//! What the site's search reads, as scripts: a page that is opened from a file share may read nothing else.
//!
//! `sok.js` in the templates is the reader of these files, and asks for no more of them than a query needs:
//!
//! - `sok/sidor.js` is read when the field is first used: every page's title, place and facets, a line each, in the
//!   order that hits of equal worth have. It gives the first hits.
//! - `sok/ord-<x>.js` has the words of all texts that begin so, each with its pages. Where many words begin alike a file
//!   is cut in several, by one letter more.
//! - `sok/text-<n>.js` has the summaries of fifty pages, for the hits that are shown.
//!
//! The names have a word before the letters, since Windows keeps `con`, `aux` and others for itself.
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::document::{Block, Facet, Inline, Page, Publication, document_page, each_own_inline, plain_text, walk};
use crate::text;
use crate::write::File;

use super::START;

/// Words that stand everywhere and find nothing. As they are folded.
const STOP_WORDS: &str = "alla att av bade bli blir da dar de dem den denna det detta dig din du efter eller en ett fran \
     for far gor ha har hur i in inte ar kan med men mot nar nagon nagot och om pa sa samt ska som till under upp ut utan \
     vad var vara vi vid vilka vilken via at over";
/// What makes `sok/ord-<x>.js` be cut in several.
const BYTES_OF_A_SHARD: usize = 8 * 1024;
/// How many letters the name of a shard has at least and at most.
const LETTERS_OF_A_SHARD: std::ops::RangeInclusive<usize> = 1..=4;
const SUMMARIES_OF_A_FILE: usize = 50;
/// A list of more is searched as a text only.
const ROWS_OF_A_LIST: usize = 300;
/// A summary that is taken from the text ends near here.
const LETTERS_OF_A_SUMMARY: usize = 180;
const LETTERS_OF_A_SHORT_WORD: usize = 2;
/// Longer runs of letters are no words that anyone types.
const LETTERS_OF_A_WORD: usize = 40;
/// The least that counts as the tail of a compound, and as what stands before it.
const LETTERS_OF_A_TAIL: usize = 4;
const LETTERS_OF_A_HEAD: usize = 3;

/// Every file that the search reads.
pub fn files(publication: &Publication, search: &Page) -> Vec<File> {
    let entries = entries(publication, search);
    let shards = shards(&words(&entries));
    let mut files = vec![script("sidor", &format!("sidor({})", json(&Directory::of(publication, &entries, &shards))))];
    for (name, words) in &shards {
        files.push(script(&format!("ord-{name}"), &format!("ord({},{})", json(name), json(words))));
    }
    for (number, entries) in entries.chunks(SUMMARIES_OF_A_FILE).enumerate() {
        let summaries: Vec<&str> = entries.iter().map(|entry| entry.summary.as_ref()).collect();
        files.push(script(&format!("text-{number}"), &format!("text({number},{})", json(&summaries))));
    }
    files
}

fn script(name: &str, call: &str) -> File {
    File { path: format!("sok/{name}.js"), bytes: format!("katalogSok.{call}\n").into_bytes() }
}

/// As a script has it: JSON, in which two line breaks that older scripts cannot hold are escaped.
fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// What can be found: a page, a document's page, or a row of a list.
struct Entry<'a> {
    path: Cow<'a, str>,
    title: Cow<'a, str>,
    summary: Cow<'a, str>,
    facets: Vec<Facet>,
    synonyms: &'a [String],
    /// Whether others come first.
    secondary: bool,
    /// Nothing of a document: its text stands on the pages too, where it is nearer to what it is about.
    blocks: &'a [Block],
}

impl Entry<'_> {
    /// Its folder and its file there; a row's page with its sign, and a file that is called as the row is.
    fn place(&self) -> (String, String) {
        match self.path.split_once('#') {
            Some((page, id)) => (format!("{page}#"), format!("{id}.html")),
            None => {
                let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
                (folder.to_string(), file.to_string())
            }
        }
    }
}

/// In the order of the site's menu, then of the alphabet; what is about no one thing comes last.
fn entries<'a>(publication: &'a Publication, search: &Page) -> Vec<Entry<'a>> {
    let pages: HashMap<&str, &Page> = publication.pages.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut found: Vec<&Page> = publication.pages.iter().filter(|page| page.path != search.path).collect();
    found.sort_by_cached_key(|page| Place { overview: page.about.is_none(), menu: menu(page, &pages), page });
    let of_page = |page: &'a Page| Entry {
        path: Cow::Borrowed(&page.path),
        title: Cow::Borrowed(&page.title),
        summary: page.summary.as_deref().map_or_else(|| first_words(&page.blocks), Cow::Borrowed),
        facets: page.facets.clone(),
        synonyms: &page.synonyms,
        secondary: page.secondary,
        blocks: &page.blocks,
    };
    let documents = publication.documents.iter().map(|document| Entry {
        path: Cow::Owned(document_page(&document.name)),
        title: Cow::Borrowed(&document.metadata.title),
        summary: Cow::Borrowed(document.metadata.summary.as_deref().unwrap_or_default()),
        facets: vec![Facet { name: Facet::KIND, values: vec!["Dokument".to_string()] }],
        synonyms: &[],
        secondary: false,
        blocks: &[],
    });
    // What stands on a page about one thing belongs to that.
    let lists = found.iter().filter(|page| page.about.is_none());
    let rows: Vec<Entry> = lists.flat_map(|page| rows(publication, page)).collect();
    found.into_iter().map(of_page).chain(documents).chain(rows).collect()
}

/// What has a row of its own on a page, such as a term or a capability, and no other page.
fn rows<'a>(publication: &Publication, page: &'a Page) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    let is_home = |id: &str| {
        let home = publication.targets.get(id).and_then(|targets| targets.page.as_ref());
        home.is_some_and(|(path, anchor)| *path == page.path && anchor.as_deref() == Some(id))
    };
    walk(&page.blocks, &mut |block| {
        let Block::Table(table) = block else { return };
        for row in &table.rows {
            if let Some(Inline::Anchor(id)) = row.first().and_then(|cell| cell.first())
                && is_home(id)
            {
                entries.push(Entry {
                    path: Cow::Owned(format!("{}#{id}", page.path)),
                    title: Cow::Owned(plain_text(&row[0]).trim().to_string()),
                    summary: Cow::Owned(beginning_of(row.get(1).map(|cell| plain_text(cell)).unwrap_or_default())),
                    facets: vec![Facet { name: Facet::KIND, values: vec![page.title.clone()] }],
                    synonyms: &[],
                    secondary: true,
                    blocks: &[],
                });
            }
        }
    });
    // A register is no list of words: it would have to be read by everyone who searches for anything.
    if entries.len() > ROWS_OF_A_LIST { Vec::new() } else { entries }
}

/// Where a page stands among hits of equal worth.
struct Place<'a> {
    overview: bool,
    menu: i64,
    page: &'a Page,
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.overview, self.menu)
            .cmp(&(other.overview, other.menu))
            .then_with(|| text::compare(&self.page.title, &other.page.title))
            .then_with(|| self.page.path.cmp(&other.page.path))
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place<'_> {}

/// Where the menu has the page or what it lies under.
fn menu(page: &Page, pages: &HashMap<&str, &Page>) -> i64 {
    let mut page = page;
    // No longer way up than there are pages, for parents that lead round.
    for _ in 0..pages.len() {
        if let Some(navigation) = page.navigation.as_ref().filter(|_| page.path != START) {
            return navigation.order;
        }
        match page.parent.as_deref().and_then(|parent| pages.get(parent)) {
            Some(parent) => page = parent,
            None => break,
        }
    }
    i64::MAX
}

/// The beginning of a page's first paragraph.
fn first_words(blocks: &[Block]) -> Cow<'static, str> {
    let mut text = String::new();
    walk(blocks, &mut |block| {
        if let (Block::Paragraph(inlines), true) = (block, text.is_empty()) {
            text = plain_text(inlines).trim().to_string();
        }
    });
    Cow::Owned(beginning_of(text))
}

fn beginning_of(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LETTERS_OF_A_SUMMARY) {
        text.truncate(text[..end].rfind(' ').unwrap_or(end));
        text.push_str(" …");
    }
    text
}

/// What `sok/sidor.js` holds, by the names that `sok.js` knows.
#[derive(Serialize)]
struct Directory<'a> {
    /// What pages are picked out by, each with its values as a reader sees them.
    facetter: Vec<(&'a str, Vec<&'a str>)>,
    /// What many pages share: the folders, and for each facet the values that a page has, as `2.5`.
    drag: Vec<Vec<String>>,
    stopp: &'a str,
    /// The names of the shards.
    delar: String,
    synonymer: &'a [Vec<String>],
    /// The folders whose pages come after others.
    bakom: Vec<String>,
    /// Words that find pages though they do not say them, in the form of a shard.
    ord: String,
    /// A line a page: which of each list above it has, its title after what that shares with the one before, and its
    /// file's name where that is not the title's.
    sidor: String,
}

impl<'a> Directory<'a> {
    fn of(publication: &'a Publication, entries: &'a [Entry<'a>], shards: &BTreeMap<String, String>) -> Directory<'a> {
        let facets = facets(publication, entries);
        let mut shared: Vec<Listed> = (0..=facets.values.len()).map(|_| Listed::default()).collect();
        let mut lines: Vec<(Vec<usize>, String)> = Vec::with_capacity(entries.len());
        let mut before = "";
        for entry in entries {
            let (folder, file) = entry.place();
            let values = (0..facets.values.len()).map(|facet| facets.of(entry, facet));
            let traits = std::iter::once(folder).chain(values);
            let traits = traits.zip(&mut shared).map(|(value, listed)| listed.place(value)).collect();
            lines.push((traits, line(&entry.title, before, &file)));
            before = &entry.title;
        }
        let widths: Vec<usize> = shared.iter().map(|listed| base36(listed.values.len(), 1).len()).collect();
        let lines = lines.iter().map(|(traits, line)| {
            let traits: String = traits.iter().zip(&widths).map(|(place, width)| base36(*place, *width)).collect();
            traits + line
        });
        Directory {
            drag: shared.into_iter().map(|listed| listed.values).collect(),
            stopp: STOP_WORDS,
            delar: shards.keys().map(String::as_str).collect::<Vec<_>>().join(" "),
            synonymer: &publication.synonyms,
            bakom: secondary(entries),
            ord: synonyms(entries),
            sidor: lines.collect::<Vec<_>>().join("\n"),
            facetter: facets.values,
        }
    }
}

/// The folders in which every page is secondary.
fn secondary(entries: &[Entry]) -> Vec<String> {
    let mut folders: BTreeMap<String, bool> = BTreeMap::new();
    for entry in entries {
        *folders.entry(entry.place().0).or_insert(true) &= entry.secondary;
    }
    folders.into_iter().filter(|(_, secondary)| *secondary).map(|(folder, _)| folder).collect()
}

/// The pages' own synonyms.
fn synonyms(entries: &[Entry]) -> String {
    let mut words: BTreeMap<String, Postings> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        for synonym in entry.synonyms {
            for word in fold(synonym).split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
                let pages = words.entry(word.to_string()).or_default();
                if pages.last().is_none_or(|(last, _)| *last != number) {
                    pages.push((number, false));
                }
            }
        }
    }
    listed(&words.iter().map(|(word, pages)| (word.as_str(), encoded(pages))).collect::<Vec<_>>())
}

/// Title and file, as far as the reader cannot tell them from what stands before.
fn line(title: &str, before: &str, file: &str) -> String {
    let field = |text: &str| text.replace(['\t', '\n'], " ");
    let (title, before) = (field(title), field(before));
    // Letters of which both sides know how they are folded.
    let is_plain = title.chars().all(|letter| letter.is_ascii() || "åäöÅÄÖéÉüÜ–’”…".contains(letter));
    let slug = text::slug(&title);
    let same = |stem: &str| slug.bytes().zip(stem.bytes()).take_while(|(one, other)| one == other).count();
    let name = match file.strip_suffix(".html") {
        Some(stem) if is_plain && slug == stem => String::new(),
        // How many letters of the title's own name fall away, as one figure, and what comes after.
        Some(stem) if is_plain && slug.len() - same(stem) < 36 && stem.is_char_boundary(same(stem)) => {
            base36(slug.len() - same(stem), 1) + &stem[same(stem)..]
        }
        // The slash says that the name is whole.
        _ => format!("/{file}"),
    };
    // A letter beyond these is two to a script.
    let is_same = |(one, other): &(char, char)| one == other && u32::from(*one) < 0x10000;
    let shared = before.chars().zip(title.chars()).take_while(is_same).count().min(35);
    let rest: String = title.chars().skip(shared).collect();
    format!("{}{rest}\t{name}", base36(shared, 1)).trim_end_matches('\t').to_string()
}

/// Texts, each with its place in a list.
#[derive(Default)]
struct Listed {
    values: Vec<String>,
    places: HashMap<String, usize>,
}

impl Listed {
    fn place(&mut self, value: String) -> usize {
        if let Some(place) = self.places.get(&value) {
            return *place;
        }
        let place = self.values.len();
        self.values.push(value.clone());
        self.places.insert(value, place);
        place
    }
}

/// The facets of all entries with their values, and where each value stands.
struct Facets<'a> {
    values: Vec<(&'a str, Vec<&'a str>)>,
    places: HashMap<(&'a str, &'a str), usize>,
}

impl Facets<'_> {
    /// The values that an entry has of a facet, by their places.
    fn of(&self, entry: &Entry, facet: usize) -> String {
        let name = self.values[facet].0;
        let values = entry.facets.iter().filter(|facet| facet.name == name).flat_map(|facet| &facet.values);
        let places = values.filter_map(|value| self.places.get(&(name, value)));
        places.map(usize::to_string).collect::<Vec<_>>().join(".")
    }
}

/// Values that have pages of their own stand in the order of those, as levels do by rank; kinds as their pages come;
/// others by the alphabet.
fn facets<'a>(publication: &'a Publication, entries: &'a [Entry<'a>]) -> Facets<'a> {
    let mut pages: HashMap<&str, usize> = HashMap::new();
    for (place, page) in publication.pages.iter().enumerate() {
        pages.entry(&page.title).or_insert(place);
    }
    let mut facets: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut seen = HashSet::new();
    for facet in entries.iter().flat_map(|entry| &entry.facets) {
        let at = facets.iter().position(|(name, _)| *name == facet.name).unwrap_or_else(|| {
            facets.push((facet.name, Vec::new()));
            facets.len() - 1
        });
        facets[at].1.extend(facet.values.iter().map(String::as_str).filter(|value| seen.insert((facet.name, *value))));
    }
    let mut places = HashMap::new();
    for (name, values) in &mut facets {
        if *name != Facet::KIND {
            let rank = |value: &str| pages.get(value).copied().unwrap_or(usize::MAX);
            values.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| text::compare(a, b)));
        }
        places.extend(values.iter().enumerate().map(|(place, value)| ((*name, *value), place)));
    }
    Facets { values: facets, places }
}

/// A number in figures and small letters, of at least that many.
fn base36(mut number: usize, width: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < width {
        digits.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]));
        number /= 36;
    }
    digits.iter().rev().collect()
}

/// The pages of a word by their number, and whether it stands in a heading there.
type Postings = Vec<(usize, bool)>;

/// Every word of every text, folded, with its pages; a compound under its tail as well.
fn words(entries: &[Entry]) -> BTreeMap<String, Postings> {
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
fn fold(text: &str) -> String {
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

/// The words in files of bearable size, each by the letters that all its words begin with.
fn shards(words: &BTreeMap<String, Postings>) -> BTreeMap<String, String> {
    let lines: Vec<(&str, String)> = words.par_iter().map(|(word, pages)| (word.as_str(), encoded(pages))).collect();
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
const OTHER: &str = "_";

/// The first letters of a word, all of a shorter one.
fn beginning(word: &str, letters: usize) -> &str {
    let end = letters.min(word.len());
    if word.bytes().take(end).all(|letter| letter.is_ascii_alphanumeric()) { &word[..end] } else { OTHER }
}

/// `word pages,word pages`, where a word gives how many letters it shares with the one before, and then its others.
fn listed(lines: &[(&str, String)]) -> String {
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
fn encoded(pages: &[(usize, bool)]) -> String {
    let mut out = String::new();
    let mut next = 0;
    let mut at = 0;
    while let Some((number, in_heading)) = pages.get(at).copied() {
        push_number(((number + 1 - next) << 1) | usize::from(in_heading), &mut out);
        let more =
            pages[at + 1..].iter().zip(number + 1..).take_while(|(page, number)| **page == (*number, in_heading));
        let more = more.count();
        // A run of fewer is shorter page by page.
        let more = if more > 2 { more } else { 0 };
        if more > 0 {
            push_number(0, &mut out);
            push_number(more, &mut out);
        }
        next = number + more + 1;
        at += more + 1;
    }
    out
}

/// Five bits a letter, the lowest first; a letter of the second half says that there are more.
fn push_number(mut number: usize, out: &mut String) {
    const LETTERS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    while number >= 32 {
        out.push(char::from(LETTERS[32 + number % 32]));
        number /= 32;
    }
    out.push(char::from(LETTERS[number]));
}
