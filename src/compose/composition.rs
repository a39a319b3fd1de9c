//! What composing gives: the publication, and its documents and pages one at a time.

use super::addresses::Addresses;
use super::again::Stale;
use super::finish::{self, Numbers};
use super::first::{First, Kept, Known, Rendered};
use super::linked::Linked;
use super::mistakes::told_once;
use super::{Composer, Rendering, export};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Data, Document, Drawing, Page, Publication, Texts};
use crate::draw;
use crate::resolve::Catalog;
use crate::resolve::asked::{Asked, Changed};

/// A publication, and what makes its documents and pages.
///
/// Every document and page is made once to learn what the others have to know of it, and wanted again when it is written.
/// In between its blocks are [`Kept`] packed, so that a catalogue of any size takes the room of a few of them; or not at
/// all, where it may never be wanted again.
pub struct Composition<'a> {
    /// Without the blocks of its documents and pages.
    pub publication: Publication,
    pub(super) composer: Composer<'a>,
    pub(super) documents: Renderings,
    pub(super) pages: Renderings,
    pub(super) numbers: Numbers,
    pub(super) stale: Stale,
    /// What was edited since the composition before.
    pub(super) edited: Changed,
}

/// What documents or pages are made from, and what is known of each.
pub(super) struct Renderings {
    pub renderings: Vec<Rendering>,
    pub known: Vec<(Known, Asked)>,
    /// Their blocks, where they are kept.
    pub kept: Vec<Option<Kept>>,
}

impl Renderings {
    /// Of what has been made for the first time, whose heads are given back.
    pub fn of<T>(renderings: Vec<Rendering>, firsts: Vec<First<T>>) -> (Renderings, Vec<T>) {
        let mut of_these = Renderings { renderings, known: Vec::new(), kept: Vec::new() };
        let mut heads = Vec::with_capacity(firsts.len());
        for First { head, known, asked, kept } in firsts {
            heads.push(head);
            of_these.known.push((known, asked));
            of_these.kept.push(kept);
        }
        (of_these, heads)
    }
}

impl<'a> Composition<'a> {
    /// The documents and pages, one at a time.
    pub fn texts(&self) -> Made<'_, 'a> {
        let publication = &self.publication;
        let root = publication.publisher.site.clone().unwrap_or_default();
        Made {
            composition: self,
            linked: Linked::of(self.composer.catalog, publication),
            addresses: Addresses { root, targets: &publication.targets },
        }
    }

    /// The document at that place of the publication's, whole. The findings are mistakes in templates.
    pub fn document(&self, place: usize) -> Result<Document, Vec<Diagnostic>> {
        let mut document = self.made(&self.documents, &self.publication.documents, place)?;
        self.numbers.refer(&mut document.blocks);
        self.draw(&mut document.blocks);
        Ok(document)
    }

    /// The page at that place of the publication's, whole. The findings are mistakes in templates.
    pub fn page(&self, place: usize) -> Result<Page, Vec<Diagnostic>> {
        let mut page = self.made(&self.pages, &self.publication.pages, place)?;
        self.draw(&mut page.blocks);
        Ok(page)
    }

    /// One of these with its blocks, as it was made, or made again.
    fn made<T: Rendered>(&self, of: &Renderings, heads: &[T], place: usize) -> Result<T, Vec<Diagnostic>> {
        let Some(blocks) = of.kept[place].as_ref().and_then(Kept::blocks) else {
            let rendered = T::rendered(&self.composer, of.renderings[place]).map_err(told_once)?;
            return Ok(rendered.0);
        };
        let mut made = heads[place].clone();
        *made.blocks() = blocks;
        Ok(made)
    }

    /// Draws what is to be drawn. What it shows in words is put in where the author has not written it.
    fn draw(&self, blocks: &mut [Block]) {
        finish::each_figure(blocks, &mut |figure| {
            if let (true, Some(drawing)) = (figure.description.is_empty(), self.drawing(&figure.picture)) {
                figure.description.clone_from(&drawing.description);
            }
        });
    }

    /// Gives up what templates see, which is most of what a build has in memory: everything that is to be written is kept,
    /// and its data has been written.
    pub fn give_up_values(&mut self) {
        self.composer.give_up_values();
    }

    /// The drawing of that name; `None` where nothing shows one, or it cannot be drawn.
    pub fn drawing(&self, name: &str) -> Option<&Drawing> {
        self.publication.drawings.draw(name, || drawing(self.composer.catalog, name))
    }
}

/// The figure of that name, drawn.
pub(super) fn drawing(catalog: &Catalog, name: &str) -> Option<Drawing> {
    draw::draw(catalog, name.strip_prefix(draw::SCHEME)?)
}

/// Makes the documents and pages of a composition.
pub struct Made<'c, 'a> {
    composition: &'c Composition<'a>,
    linked: Linked<'c>,
    addresses: Addresses<'c>,
}

impl Texts for Made<'_, '_> {
    fn document(&self, place: usize) -> Document {
        self.composition.document(place).expect("what could be made once can be made again")
    }

    fn page(&self, place: usize) -> Page {
        self.composition.page(place).expect("what could be made once can be made again")
    }

    fn linked_data_of_document(&self, place: usize) -> Option<serde_json::Value> {
        Some(self.linked.document(&self.composition.publication.documents[place]))
    }

    fn linked_data_of_page(&self, place: usize) -> Option<serde_json::Value> {
        Some(self.linked.page(&self.composition.publication.pages[place]))
    }

    fn data(&self) -> Data<'_> {
        let Composition { composer, publication, .. } = self.composition;
        export::data(composer.catalog, &composer.values.lists, &publication.documents, &self.addresses)
    }

    fn data_schema(&self) -> serde_json::Value {
        export::schema()
    }
}
