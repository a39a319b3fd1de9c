//! The list of everything that can be found, a line each.
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::document::{Facet, Publication};
use crate::text;

use super::code::{Postings, base36, encoded, listed};
use super::entries::{Entry, Found};
use super::words::{STOP_WORDS, fold};

/// What `sok/sidor.js` holds, by the names that `sok.js` knows.
#[derive(Serialize)]
pub struct Directory<'a> {
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
    pub fn of(
        publication: &'a Publication,
        pages: &'a [Found],
        entries: &'a [Entry<'a>],
        shards: &BTreeMap<String, String>,
    ) -> Directory<'a> {
        let facets = facets(pages, entries);
        let mut shared: Vec<Listed> = (0..=facets.values.len()).map(|_| Listed::default()).collect();
        let mut lines: Vec<(Vec<usize>, String)> = Vec::with_capacity(entries.len());
        let mut before = "";
        for entry in entries {
            let (folder, file) = entry.place();
            let values = (0..facets.values.len()).map(|facet| facets.of(entry, facet));
            let traits = std::iter::once(folder).chain(values);
            let traits = traits.zip(&mut shared).map(|(value, listed)| listed.place(value)).collect();
            lines.push((traits, line(entry.title, before, &file)));
            before = entry.title;
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
    for (number, entry) in (0..).zip(entries) {
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
/// others by the alphabet and their figures.
fn facets<'a>(found: &'a [Found], entries: &'a [Entry<'a>]) -> Facets<'a> {
    let mut pages: HashMap<&str, usize> = HashMap::new();
    for (place, page) in found.iter().enumerate() {
        pages.entry(page.title()).or_insert(place);
    }
    let mut facets: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut seen = HashSet::new();
    for facet in entries.iter().flat_map(|entry| entry.facets.iter()) {
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
            values.sort_by_cached_key(|value| (rank(value), text::sort_key(&text::with_long_figures(value))));
        }
        places.extend(values.iter().enumerate().map(|(place, value)| ((*name, *value), place)));
    }
    Facets { values: facets, places }
}
