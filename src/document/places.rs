//! Where documents and pages stand in a publication, by what they are asked for.

use std::collections::HashMap;

use super::{Document, Page, Publication};

/// Made when it is first asked for: the names, paths and subjects of documents and pages stay as they are.
#[derive(Debug, Default)]
pub(crate) struct Places {
    documents: HashMap<String, usize>,
    documents_about: HashMap<String, Vec<usize>>,
    pages: HashMap<String, usize>,
    pages_below: HashMap<String, Vec<usize>>,
}

impl Places {
    fn of(documents: &[Document], pages: &[Page]) -> Places {
        let mut places = Places::default();
        for (place, document) in documents.iter().enumerate() {
            places.documents.entry(document.name.clone()).or_insert(place);
            if let Some(about) = &document.about {
                places.documents_about.entry(about.clone()).or_default().push(place);
            }
        }
        for (place, page) in pages.iter().enumerate() {
            places.pages.entry(page.path.clone()).or_insert(place);
            if let Some(parent) = &page.parent {
                places.pages_below.entry(parent.clone()).or_default().push(place);
            }
        }
        places
    }
}

impl Publication {
    /// Where the document of that name stands among the documents.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.places().documents.get(name).copied()
    }

    /// Where the documents that are about one thing stand, by its id.
    pub fn places_about(&self, id: &str) -> &[usize] {
        self.places().documents_about.get(id).map_or(&[], Vec::as_slice)
    }

    /// Where the page of that path stands among the pages.
    pub fn place_of_page(&self, path: &str) -> Option<usize> {
        self.places().pages.get(path).copied()
    }

    /// The page of that path.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(self.place_of_page(path)?)
    }

    /// The pages right below a page, by its path.
    pub fn pages_below(&self, path: &str) -> impl Iterator<Item = &Page> {
        let places = self.places().pages_below.get(path).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.pages.get(*place))
    }

    /// The pages above one whose parent is `parent`, the nearest first; each once, for parents that lead round.
    pub fn pages_above(&self, parent: Option<&str>) -> Vec<&Page> {
        let mut above: Vec<&Page> = Vec::new();
        let mut next = parent.and_then(|path| self.page(path));
        while let Some(page) = next.filter(|page| !above.iter().any(|known| known.path == page.path)) {
            above.push(page);
            next = page.parent.as_deref().and_then(|path| self.page(path));
        }
        above
    }

    /// Lets what is asked for next be looked for among documents and pages that have other names, paths or subjects.
    pub fn forget_places(&mut self) {
        self.places.take();
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(&self.documents, &self.pages))
    }
}
