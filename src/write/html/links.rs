//! Where a link leads, seen from one page.
use crate::document::{Drawing, Publication, Target, document_page};
use crate::text::path_encoded;

use super::escape;
use super::outline::Outline;

/// The page that links are written on, and what they may lead to.
pub struct Links<'a> {
    publication: &'a Publication,
    path: &'a str,
    /// The document's name, where the page is a document.
    document: Option<&'a str>,
    outline: &'a Outline<'a>,
}

impl<'a> Links<'a> {
    /// Links of a page of the site: they keep to the site where it has a page for what they name.
    pub fn from_page(publication: &'a Publication, path: &'a str, outline: &'a Outline<'a>) -> Links<'a> {
        Links { publication, path, document: None, outline }
    }

    /// Links of a document: they keep to the document where it describes what they name.
    pub fn from_document(
        publication: &'a Publication,
        path: &'a str,
        name: &'a str,
        outline: &'a Outline<'a>,
    ) -> Links<'a> {
        Links { publication, path, document: Some(name), outline }
    }

    /// The address of a target; `None` where a link would lead nowhere, or to the page that it stands on.
    pub fn href(&self, target: &Target) -> Option<String> {
        match target {
            Target::Address(address) => escape::address(address),
            Target::Id(id) => self.href_of_id(id),
        }
    }

    /// The drawing of that name.
    pub fn drawing(&self, name: &str) -> Option<&'a Drawing> {
        self.publication.drawings.get(name)
    }

    /// The address of a picture or another file of the site.
    pub fn file(&self, path: &str) -> String {
        relative(self.path, path)
    }

    fn href_of_id(&self, id: &str) -> Option<String> {
        let targets = self.publication.targets.get(id);
        let is_here = self.outline.ids.contains(id);
        if self.document.is_some() && is_here {
            return Some(fragment(id));
        }
        if let Some((path, anchor)) = targets.and_then(|targets| targets.page.as_ref()) {
            return self.href_of_place(path, anchor.as_deref());
        }
        if is_here {
            return Some(fragment(id));
        }
        let document = targets?.document.as_ref()?;
        self.href_of_place(&document_page(document), Some(id))
    }

    fn href_of_place(&self, path: &str, anchor: Option<&str>) -> Option<String> {
        let anchor = anchor.map(fragment).unwrap_or_default();
        match (path == self.path, anchor.is_empty()) {
            (true, true) => None,
            (true, false) => Some(anchor),
            (false, _) => Some(relative(self.path, path) + &anchor),
        }
    }
}

fn fragment(id: &str) -> String {
    format!("#{}", path_encoded(id))
}

/// The address of the file `to` on the page `from`, both as paths under the site's root.
pub fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let folders = &folders[..folders.len() - 1];
    let steps: Vec<&str> = to.split('/').collect();
    let shared = folders.iter().zip(&steps[..steps.len() - 1]).take_while(|(folder, step)| folder == step).count();
    "../".repeat(folders.len() - shared) + &path_encoded(&steps[shared..].join("/"))
}
