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
//!
//! [`entries`] says what can be found, [`words`] by which words, [`directory`] and [`code`] how it is written down.
mod code;
mod directory;
mod entries;
#[cfg(test)]
mod tests;
mod words;

use serde::Serialize;

use crate::document::Publication;
use crate::write::File;

use directory::Directory;

pub use entries::Found;

/// The folder of these files.
pub const FOLDER: &str = "sok";
const SUMMARIES_OF_A_FILE: usize = 50;

/// Every file that the search reads, of what has been found of all pages in their order; `search` is the path of the page
/// that searches. Of the publication it takes what the documents say of themselves, and the synonyms.
pub fn files(publication: &Publication, search: &str, found: &[Found]) -> Vec<File> {
    let entries = entries::entries(publication, search, found);
    let shards = code::shards(&words::words(&entries));
    let directory = Directory::of(publication, found, &entries, &shards);
    let mut files = vec![script("sidor", &format!("sidor({})", json(&directory)))];
    for (name, words) in &shards {
        files.push(script(&format!("ord-{name}"), &format!("ord({},{})", json(name), json(words))));
    }
    for (number, entries) in entries.chunks(SUMMARIES_OF_A_FILE).enumerate() {
        let summaries: Vec<&str> = entries.iter().map(|entry| entry.summary).collect();
        files.push(script(&format!("text-{number}"), &format!("text({number},{})", json(&summaries))));
    }
    files
}

fn script(name: &str, call: &str) -> File {
    File { path: format!("{FOLDER}/{name}.js"), bytes: format!("katalogSok.{call}\n").into_bytes() }
}

/// As a script has it: JSON, in which two line breaks that older scripts cannot hold are escaped.
fn json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
