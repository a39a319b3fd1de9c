//! Where readers outside of the publication find a thing: the address of its page on the site.

use rustc_hash::FxHashMap;

use crate::document::{Targets, document_page};
use crate::text::path_encoded;

/// Addresses below one root.
pub struct Addresses<'a> {
    /// What stands before a path under the site's root: the site's own address, or the way up to it.
    pub root: String,
    pub targets: &'a FxHashMap<String, Targets>,
}

impl Addresses<'_> {
    /// The page about something, or the place on a page or in a document where it is described.
    pub fn of(&self, id: &str) -> Option<String> {
        let targets = self.targets.get(id)?;
        match (&targets.page, &targets.document) {
            (Some((path, anchor)), _) => Some(self.of_place(path, anchor.as_deref())),
            (None, Some(document)) => Some(self.of_place(&document_page(document), Some(id))),
            (None, None) => None,
        }
    }

    /// Each document that describes something, at its place there.
    pub fn in_documents(&self, id: &str) -> Vec<String> {
        let documents = self.targets.get(id).map_or(&[][..], |targets| &targets.documents);
        documents.iter().map(|name| self.of_place(&document_page(name), Some(id))).collect()
    }

    /// A file of the site.
    pub fn of_path(&self, path: &str) -> String {
        format!("{}{}", self.root, path_encoded(path))
    }

    fn of_place(&self, path: &str, anchor: Option<&str>) -> String {
        let anchor = anchor.map(|anchor| format!("#{}", path_encoded(anchor)));
        self.of_path(path) + &anchor.unwrap_or_default()
    }
}
