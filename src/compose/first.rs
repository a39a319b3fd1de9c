//! What is learned of a document or a page when it is made for the first time.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::finish;
use super::packed::Packed;
use crate::document::{Block, Document, Number, Page, each_anchor, walk};
use crate::draw;
use crate::resolve::Catalog;
use crate::resolve::asked::Asked;

/// Blocks are packed plain until they take so many bytes together, those of some 1 800 services: compressing takes
/// longer, and pays where there is much more of them.
const MOST_PLAIN: usize = 100_000_000;

/// Whether blocks are kept, and how.
pub enum Room {
    /// None are, since they may never be asked for: each is made again when it is.
    None,
    /// All are.
    All {
        /// How many more bytes stay plain.
        plain: AtomicUsize,
    },
}

impl Room {
    /// For what is to be written soon.
    pub fn of_a_build() -> Room {
        Room::All { plain: AtomicUsize::new(MOST_PLAIN) }
    }

    /// Keeps blocks, where any are.
    fn keep(&self, blocks: &[Block]) -> Option<Packed> {
        let Room::All { plain } = self else { return None };
        // What there is no room for takes none: a large piece must not keep out all that come after it.
        let take = |size| {
            let without = |left: usize| left.checked_sub(size);
            plain.fetch_update(Ordering::Relaxed, Ordering::Relaxed, without).is_ok()
        };
        Some(Packed::of(blocks, &take))
    }
}

/// A document or a page that has been made for the first time.
pub struct First<T> {
    /// It, without its blocks.
    pub head: T,
    pub known: Known,
    /// What was asked of the catalogue for it.
    pub asked: Asked,
    /// Its blocks, where they are kept.
    pub kept: Option<Packed>,
}

impl First<Document> {
    pub fn of_document((mut document, asked): (Document, Asked), catalog: &Catalog, room: &Room) -> First<Document> {
        let mut known = Known::of(&document.blocks, catalog);
        known.numbers = finish::numbers(&document.blocks);
        known.numbers.retain(|id, _| catalog.entry(id).is_some());
        let blocks = std::mem::take(&mut document.blocks);
        let kept = room.keep(&blocks);
        First { head: document, known, asked, kept }
    }
}

impl First<Page> {
    pub fn of_page((mut page, asked): (Page, Asked), catalog: &Catalog, room: &Room) -> First<Page> {
        let known = Known::of(&page.blocks, catalog);
        let blocks = std::mem::take(&mut page.blocks);
        let kept = room.keep(&blocks);
        First { head: page, known, asked, kept }
    }
}

/// What the others have to know of it.
#[derive(Default, PartialEq)]
pub struct Known {
    /// The ids that it has a place for. Headings that no reference can name need no place in the register.
    pub anchors: BTreeSet<String>,
    /// The id of its first heading: a page about one thing begins with that.
    pub first_heading: Option<String>,
    /// The names of the figures in it that are drawn.
    pub drawings: BTreeSet<String>,
    /// Of a document, the numbers by which readers find its places.
    pub numbers: FxHashMap<String, Number>,
}

impl Known {
    fn of(blocks: &[Block], catalog: &Catalog) -> Known {
        let mut anchors = BTreeSet::new();
        each_anchor(blocks, &mut |id| {
            if catalog.entry(id).is_some() {
                anchors.insert(id.to_string());
            }
        });
        let first_heading = blocks.iter().find_map(|block| match block {
            Block::Heading(heading) => Some(heading.id.clone()),
            _ => None,
        });
        let mut drawings = BTreeSet::new();
        walk(blocks, &mut |block| {
            if let Block::Figure(figure) = block
                && figure.picture.starts_with(draw::SCHEME)
            {
                drawings.insert(figure.picture.clone());
            }
        });
        Known { anchors, first_heading, drawings, numbers: FxHashMap::default() }
    }
}
