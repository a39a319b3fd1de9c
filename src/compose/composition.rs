//! What composing gives: the publication, and its documents and pages one at a time.

use super::addresses::Addresses;
use super::again::Stale;
use super::finish::{self, Numbers};
use super::first::{First, Known};
use super::linked::Linked;
use super::packed::Packed;
use super::{Composer, Rendering, export};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Data, Document, Drawing, Drawings, Page, Publication, Texts};
use crate::draw;
use crate::resolve::Catalog;
use crate::resolve::asked::{Asked, Changed};

/// A publication, and what makes its documents and pages.
///
/// Every document and page is made once to learn what the others have to know of it, and wanted again when it is written.
/// In between its blocks are kept [`Packed`], so that a catalogue of any size takes the room of a few of them; or not at
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
    pub kept: Vec<Option<Packed>>,
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
        let mut document = match &self.documents.kept[place] {
            Some(kept) => Document { blocks: kept.blocks(), ..self.publication.documents[place].clone() },
            None => self.composer.document(self.documents.renderings[place])?.0,
        };
        self.finisher().document(&mut document);
        Ok(document)
    }

    /// The page at that place of the publication's, whole. The findings are mistakes in templates.
    pub fn page(&self, place: usize) -> Result<Page, Vec<Diagnostic>> {
        let mut page = match &self.pages.kept[place] {
            Some(kept) => Page { blocks: kept.blocks(), ..self.publication.pages[place].clone() },
            None => self.composer.page(self.pages.renderings[place])?.0,
        };
        self.finisher().page(&mut page);
        Ok(page)
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

    fn finisher(&self) -> Finisher<'_> {
        let drawings = &self.publication.drawings;
        Finisher { numbers: &self.numbers, drawings, catalog: self.composer.catalog }
    }
}

/// Puts into a document or a page what is known once all have been made.
struct Finisher<'a> {
    numbers: &'a Numbers,
    drawings: &'a Drawings,
    catalog: &'a Catalog,
}

impl Finisher<'_> {
    fn document(&self, document: &mut Document) {
        self.numbers.refer(&mut document.blocks);
        self.draw(&mut document.blocks);
    }

    fn page(&self, page: &mut Page) {
        self.draw(&mut page.blocks);
    }

    /// Draws what is to be drawn. What it shows in words is put in where the author has not written it.
    fn draw(&self, blocks: &mut [Block]) {
        finish::each_figure(blocks, &mut |figure| {
            let drawing = self.drawings.draw(&figure.picture, || drawing(self.catalog, &figure.picture));
            if let (true, Some(drawing)) = (figure.description.is_empty(), drawing) {
                figure.description.clone_from(&drawing.description);
            }
        });
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
