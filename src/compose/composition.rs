//! What composing gives: the publication, and its documents and pages one at a time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::addresses::Addresses;
use super::finish::{self, Numbers};
use super::first::First;
use super::linked::Linked;
use super::{Composer, Rendering, export};
use crate::document::{Block, Data, Document, Drawing, Page, Publication, Texts};

/// A publication, and what makes its documents and pages.
///
/// Every document and page is made once to learn what the others have to know of it, and again when it is written: so a
/// catalogue of any size takes the room of a few of them. What there is room for is kept from the first time.
pub struct Composition<'a> {
    /// Without the blocks of its documents and pages.
    pub publication: Publication,
    composer: Composer<'a>,
    documents: Vec<Rendering<'a>>,
    pages: Vec<Rendering<'a>>,
    kept_documents: Vec<Option<Document>>,
    kept_pages: Vec<Option<Page>>,
    numbers: Numbers,
}

impl<'a> Composition<'a> {
    /// Of what was made the first time: its head goes into the publication, and all of it is kept where there was room.
    pub(super) fn of(
        composer: Composer<'a>,
        (documents, pages): (Vec<Rendering<'a>>, Vec<Rendering<'a>>),
        (first_documents, first_pages): (Vec<First<Document>>, Vec<First<Page>>),
        mut publication: Publication,
        numbers: Numbers,
    ) -> Composition<'a> {
        let (mut kept_documents, mut kept_pages) = (Vec::new(), Vec::new());
        for First { head, kept, .. } in first_documents {
            publication.documents.push(head);
            kept_documents.push(kept);
        }
        for First { head, kept, .. } in first_pages {
            publication.pages.push(head);
            kept_pages.push(kept);
        }
        let all = Finisher { numbers: &numbers, drawings: &publication.drawings };
        kept_documents.par_iter_mut().flatten().for_each(|document| all.document(document));
        kept_pages.par_iter_mut().flatten().for_each(|page| all.page(page));
        Composition { publication, composer, documents, pages, kept_documents, kept_pages, numbers }
    }

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

    fn finisher(&self) -> Finisher<'_> {
        Finisher { numbers: &self.numbers, drawings: &self.publication.drawings }
    }
}

/// Puts into a document or a page what is known once all have been made.
struct Finisher<'a> {
    numbers: &'a Numbers,
    drawings: &'a BTreeMap<String, Drawing>,
}

impl Finisher<'_> {
    fn document(&self, document: &mut Document) {
        self.numbers.refer(&mut document.blocks);
        self.describe_drawings(&mut document.blocks);
    }

    fn page(&self, page: &mut Page) {
        self.describe_drawings(&mut page.blocks);
    }

    /// What each drawing shows in words is put in where the author has not written it.
    fn describe_drawings(&self, blocks: &mut [Block]) {
        finish::each_figure(blocks, &mut |figure| {
            let drawing = self.drawings.get(&figure.picture);
            if let (true, Some(drawing)) = (figure.description.is_empty(), drawing) {
                figure.description.clone_from(&drawing.description);
            }
        });
    }
}

/// Makes the documents and pages of a composition.
pub struct Made<'c, 'a> {
    composition: &'c Composition<'a>,
    linked: Linked<'c>,
    addresses: Addresses<'c>,
}

impl Texts for Made<'_, '_> {
    fn document(&self, place: usize) -> Cow<'_, Document> {
        let composition = self.composition;
        if let Some(kept) = &composition.kept_documents[place] {
            return Cow::Borrowed(kept);
        }
        let made = composition.composer.document(&composition.documents[place]);
        let mut document = made.expect("what could be made once can be made again");
        composition.finisher().document(&mut document);
        Cow::Owned(document)
    }

    fn page(&self, place: usize) -> Cow<'_, Page> {
        let composition = self.composition;
        if let Some(kept) = &composition.kept_pages[place] {
            return Cow::Borrowed(kept);
        }
        let made = composition.composer.page(&composition.pages[place]);
        let mut page = made.expect("what could be made once can be made again");
        composition.finisher().page(&mut page);
        Cow::Owned(page)
    }

    fn linked_data_of_document(&self, place: usize) -> Option<serde_json::Value> {
        Some(self.linked.document(&self.composition.publication.documents[place]))
    }

    fn linked_data_of_page(&self, place: usize) -> Option<serde_json::Value> {
        Some(self.linked.page(&self.composition.publication.pages[place]))
    }

    fn data(&self) -> Data<'_> {
        let Composition { composer, publication, .. } = self.composition;
        export::data(composer.catalog, &composer.lists, &publication.documents, &self.addresses)
    }

    fn data_schema(&self) -> serde_json::Value {
        export::schema()
    }
}
