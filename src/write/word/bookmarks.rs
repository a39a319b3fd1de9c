//! Bookmarks: the places in a document that its links lead to.

use rustc_hash::FxHashSet;

use super::contents;
use super::xml::Xml;
use crate::document::{Block, Figure, Inline, Table, each_inline, walk};

/// The beginning of a hidden name; no id's name begins so.
const HIDDEN: &str = "_";
/// Word's limit.
const LONGEST_NAME: usize = 40;

/// The bookmark name of an id: the same in every document, so that one document can link into another.
///
/// An id of the catalogue only changes its hyphens. Any other has a hash of the whole of it at its end, after two
/// underscores, which the ids of the catalogue cannot have: two ids never share a name.
pub fn name(id: &str) -> String {
    if is_plain(id) {
        return id.replace('-', "_");
    }
    let underscored = id.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '_' });
    let kept: String = underscored.take(LONGEST_NAME - "id___12345678".len()).collect();
    format!("id_{kept}__{:08x}", hash(id))
}

/// The name of a bookmark that stands where `id` is and ends there; Word keeps names with this beginning out of sight.
fn hidden_name(id: &str) -> String {
    let name = name(id);
    if name.len() < LONGEST_NAME { format!("{HIDDEN}{name}") } else { format!("{HIDDEN}id__{:08x}", hash(id)) }
}

fn is_plain(id: &str) -> bool {
    id.len() <= LONGEST_NAME
        && id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !id.contains("--")
}

/// FNV-1a, folded to 32 bits: short, and the same on every machine and in every version.
fn hash(text: &str) -> u32 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

/// The bookmarks of one document.
#[derive(Debug, Default)]
pub struct Bookmarks<'a> {
    /// Every id that the document has a place for, known before the first of them is written.
    places: FxHashSet<&'a str>,
    /// The ids whose section has a bookmark from its heading to its end, so that a remark in the text can be led back
    /// to its source. Links have one of their own on the heading: LibreOffice drops those that end after a table.
    sections: FxHashSet<&'a str>,
    /// Names that are written. An id that stands twice has its bookmark at the first place.
    written: FxHashSet<String>,
    next: u32,
}

impl<'a> Bookmarks<'a> {
    /// The places of a document's blocks. `is_entity` tells which of them are at home there by their own section.
    pub fn of(blocks: &'a [Block], is_entity: impl Fn(&str) -> bool) -> Bookmarks<'a> {
        let ids = contents::headings(blocks).into_iter().map(|heading| heading.id.as_str());
        Bookmarks {
            places: anchors(blocks),
            sections: ids.filter(|id| is_entity(id)).collect(),
            ..Bookmarks::default()
        }
    }

    /// The name of the bookmark that links in this document lead to.
    pub fn at(&self, id: &str) -> String {
        if self.sections.contains(id) { hidden_name(id) } else { name(id) }
    }

    /// Whether a link to `id` finds a place.
    pub fn has(&self, id: &str) -> bool {
        self.places.contains(id)
    }

    /// Starts the bookmark of the place `id`, unless there is one; the number is for [`Bookmarks::end`].
    pub fn start(&mut self, xml: &mut Xml, id: &str) -> Option<u32> {
        self.start_named(xml, id, self.at(id))
    }

    /// Starts the bookmark of the section `id`, if it has one.
    pub fn start_section(&mut self, xml: &mut Xml, id: &str) -> Option<u32> {
        if self.sections.contains(id) { self.start_named(xml, id, name(id)) } else { None }
    }

    fn start_named(&mut self, xml: &mut Xml, id: &str, name: String) -> Option<u32> {
        if id.is_empty() || self.written.contains(&name) {
            return None;
        }
        let number = self.next;
        self.next += 1;
        xml.empty("w:bookmarkStart", &[("w:id", &number), ("w:name", &name)]);
        self.written.insert(name);
        Some(number)
    }

    /// Ends a bookmark that was started.
    pub fn end(&self, xml: &mut Xml, number: Option<u32>) {
        if let Some(number) = number {
            xml.empty("w:bookmarkEnd", &[("w:id", &number)]);
        }
    }
}

/// The anchors of headings, captions and places in the text.
fn anchors(blocks: &[Block]) -> FxHashSet<&str> {
    let mut ids = FxHashSet::default();
    walk(blocks, &mut |block| match block {
        Block::Heading(heading) => _ = ids.insert(heading.id.as_str()),
        Block::Table(Table { caption: Some(caption), .. }) | Block::Figure(Figure { caption: Some(caption), .. }) => {
            ids.insert(caption.id.as_str());
        }
        _ => {}
    });
    each_inline(blocks, &mut |inline| {
        if let Inline::Anchor(id) = inline {
            ids.insert(id.as_str());
        }
    });
    ids
}
