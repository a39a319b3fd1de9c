//! What is learned of a document or a page when it is made for the first time.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::finish;
use crate::document::{Block, Document, Number, Page, each_anchor, each_inline, walk};
use crate::draw;
use crate::resolve::Catalog;
use crate::resolve::asked::Asked;

/// Documents and pages are kept from the first time until their blocks have so many inlines together: some 100 bytes each.
const MOST_INLINES: usize = 3_000_000;

/// How much is kept.
pub struct Room {
    most: usize,
    taken: AtomicUsize,
}

impl Room {
    /// For what is to be written soon.
    pub fn of_a_build() -> Room {
        Room { most: MOST_INLINES, taken: AtomicUsize::new(0) }
    }

    /// For what may never be asked for.
    pub fn none() -> Room {
        Room { most: 0, taken: AtomicUsize::new(0) }
    }

    /// Whether there is room for blocks, which is then taken.
    fn take(&self, blocks: &[Block]) -> bool {
        let mut inlines = 0;
        each_inline(blocks, &mut |_| inlines += 1);
        // What there is no room for takes none: the largest document must not keep out all that come after it.
        let with_these = |taken: usize| Some(taken + inlines).filter(|taken| *taken <= self.most);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, with_these).is_ok()
    }
}

/// A document or a page that has been made for the first time.
pub struct First<T> {
    /// It, without its blocks.
    pub head: T,
    pub known: Known,
    /// What was asked of the catalogue for it.
    pub asked: Asked,
    /// All of it, where there is room.
    pub kept: Option<T>,
}

impl First<Document> {
    pub fn of_document((mut document, asked): (Document, Asked), catalog: &Catalog, room: &Room) -> First<Document> {
        let mut known = Known::of(&document.blocks, catalog);
        known.numbers = finish::numbers(&document.blocks);
        known.numbers.retain(|id, _| catalog.entry(id).is_some());
        let blocks = std::mem::take(&mut document.blocks);
        let kept = room.take(&blocks).then(|| Document { blocks, ..document.clone() });
        First { head: document, known, asked, kept }
    }
}

impl First<Page> {
    pub fn of_page((mut page, asked): (Page, Asked), catalog: &Catalog, room: &Room) -> First<Page> {
        let known = Known::of(&page.blocks, catalog);
        let blocks = std::mem::take(&mut page.blocks);
        let kept = room.take(&blocks).then(|| Page { blocks, ..page.clone() });
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
