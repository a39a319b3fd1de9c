//! What documents and pages have to know of each other: where every id is found, and by which number.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::composition::Composition;
use super::finish::Numbers;
use super::first::Known;
use crate::document::{Document, Drawings, Page, Targets};
use crate::resolve::asked::Asked;

impl Composition<'_> {
    /// Puts into the publication what is known of its documents and pages together.
    pub(super) fn relate(&mut self) {
        self.number();
        let Composition { publication, composer, documents, pages, .. } = self;
        publication.targets =
            targets(publication.documents.iter().zip(&documents.known), publication.pages.iter().zip(&pages.known));
        for path in composer.titles.keys() {
            let target = Targets { page: Some((path.clone(), None)), ..Targets::default() };
            publication.targets.insert(path.clone(), target);
        }
        let of = |known: &[(Known, Asked)]| -> BTreeSet<String> {
            known.iter().flat_map(|(known, _)| known.drawings.iter().cloned()).collect()
        };
        publication.drawings_of_documents = of(&documents.known);
        publication.drawings = Drawings::of(&of(&pages.known) | &publication.drawings_of_documents);
    }

    /// Tells by which numbers readers find the places of other documents.
    pub(super) fn number(&mut self) {
        self.numbers = Numbers::default();
        for (document, (known, _)) in self.publication.documents.iter().zip(&self.documents.known) {
            self.numbers.add(&document.metadata.title, &known.numbers);
        }
    }
}

/// Where every id is found. A document describes what it has a heading or an anchor for; a page that is rendered for
/// an entity is that entity's, and any other page is the home of the anchors that no page is.
fn targets<'a>(
    documents: impl Iterator<Item = (&'a Document, &'a (Known, Asked))>,
    pages: impl Iterator<Item = (&'a Page, &'a (Known, Asked))>,
) -> FxHashMap<String, Targets> {
    let mut targets: FxHashMap<String, Targets> = FxHashMap::default();
    for (document, (known, _)) in documents {
        for id in &known.anchors {
            let target = targets.entry(id.clone()).or_default();
            target.document.get_or_insert_with(|| document.name.clone());
            target.documents.push(document.name.clone());
        }
    }
    for (page, (known, _)) in pages {
        for id in &known.anchors {
            let is_own = known.first_heading.as_ref() == Some(id);
            let target = targets.entry(id.clone()).or_default();
            match &target.page {
                Some((_, None)) => {}
                Some(_) if !is_own => {}
                _ => target.page = Some((page.path.clone(), (!is_own).then(|| id.clone()))),
            }
        }
    }
    targets
}
