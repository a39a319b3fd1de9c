//! What is learned of a document or a page when it is made for the first time.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashMap;

use super::mistakes::Mistake;
use super::packed::Packed;
use super::{Composer, Rendering, finish};
use crate::document::{Block, Document, Number, Page, each_anchor};
use crate::resolve::Catalog;
use crate::resolve::asked::Asked;
use crate::waiting;

/// Blocks are packed plain until they take so many bytes together, those of some 1 800 services: compressing takes
/// longer, and pays where there is much more of them.
const MOST_PLAIN: usize = 100_000_000;

/// Whether blocks are kept, and how.
pub enum Room {
    /// None are, since they may never be asked for: each is made again when it is.
    None,
    /// All are, as they are: few are made, and each is asked for at once, and seldom again.
    Whole,
    /// All are, as bytes.
    Packed {
        /// How many more bytes stay plain.
        plain: AtomicUsize,
    },
}

/// The blocks of a document or a page, until they are asked for.
pub enum Kept {
    /// As they are, for who asks first: a copy of ten thousand rows takes as long as to write them.
    Whole(Mutex<Option<Vec<Block>>>),
    Packed(Packed),
}

impl Kept {
    /// The blocks; `None` where someone has been given them.
    pub fn blocks(&self) -> Option<Vec<Block>> {
        match self {
            Kept::Whole(blocks) => blocks.lock().expect("nobody stops while they have it").take(),
            Kept::Packed(packed) => Some(packed.blocks()),
        }
    }
}

impl Room {
    /// For what is to be written soon.
    pub fn of_a_build() -> Room {
        Room::Packed { plain: AtomicUsize::new(MOST_PLAIN) }
    }

    /// Keeps blocks, where any are.
    fn keep(&self, blocks: Vec<Block>) -> Option<Kept> {
        let plain = match self {
            Room::None => {
                waiting::let_go(blocks);
                return None;
            }
            Room::Whole => return Some(Kept::Whole(Mutex::new(Some(blocks)))),
            Room::Packed { plain } => plain,
        };
        // What there is no room for takes none: a large piece must not keep out all that come after it.
        let take = |size| {
            let without = |left: usize| left.checked_sub(size);
            plain.fetch_update(Ordering::Relaxed, Ordering::Relaxed, without).is_ok()
        };
        Some(Kept::Packed(Packed::of(&blocks, &take)))
    }
}

/// What templates are rendered to: documents and pages.
pub trait Rendered: Clone + Send + Sync {
    /// Renders one, and tells what it asked of the catalogue. Fails with mistakes in templates.
    fn rendered(composer: &Composer<'_>, rendering: Rendering) -> Result<(Self, Asked), Vec<Mistake>>;

    /// Its blocks.
    fn blocks(&mut self) -> &mut Vec<Block>;

    /// The numbers by which readers find the places of its blocks.
    fn numbers(blocks: &[Block]) -> FxHashMap<String, Number>;
}

impl Rendered for Document {
    fn rendered(composer: &Composer<'_>, rendering: Rendering) -> Result<(Document, Asked), Vec<Mistake>> {
        composer.document(rendering)
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        &mut self.blocks
    }

    fn numbers(blocks: &[Block]) -> FxHashMap<String, Number> {
        finish::numbers(blocks)
    }
}

impl Rendered for Page {
    fn rendered(composer: &Composer<'_>, rendering: Rendering) -> Result<(Page, Asked), Vec<Mistake>> {
        composer.page(rendering)
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        &mut self.blocks
    }

    fn numbers(_: &[Block]) -> FxHashMap<String, Number> {
        FxHashMap::default()
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
    pub kept: Option<Kept>,
}

impl<T: Rendered> First<T> {
    /// Makes it. Fails with mistakes in templates.
    pub fn make(composer: &Composer<'_>, rendering: Rendering, room: &Room) -> Result<First<T>, Vec<Mistake>> {
        let (mut head, asked) = T::rendered(composer, rendering)?;
        let blocks = std::mem::take(head.blocks());
        let mut known = Known::of(&blocks, composer.catalog);
        known.numbers = T::numbers(&blocks);
        known.numbers.retain(|id, _| composer.catalog.entry(id).is_some());
        if waiting::is_to_be_given_up() {
            waiting::let_go((blocks, known));
            return Err(Vec::new());
        }
        Ok(First { head, known, asked, kept: room.keep(blocks) })
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
        let mut drawings = BTreeSet::new();
        for part in waiting::parts(blocks) {
            each_anchor(part, &mut |id| {
                if catalog.entry(id).is_some() {
                    anchors.insert(id.to_string());
                }
            });
            drawings.extend(finish::drawings(part).into_iter().map(str::to_string));
        }
        let first_heading = blocks.iter().find_map(|block| match block {
            Block::Heading(heading) => Some(heading.id.clone()),
            _ => None,
        });
        Known { anchors, first_heading, drawings, numbers: FxHashMap::default() }
    }
}
