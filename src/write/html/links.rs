//! Where a link leads, seen from one page.
use crate::document::{Drawing, Publication, Target, document_page};
use crate::text::{self, push_path_encoded};

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

    /// Writes the address of a target as an attribute has it. Whether there is one: nothing is written where a link
    /// would lead nowhere, or to the page that it stands on.
    pub fn push_href(&self, target: &Target, out: &mut String) -> bool {
        match target {
            Target::Address(address) => {
                let address = text::address(address);
                address.iter().for_each(|address| escape::push_escaped(address, out));
                address.is_some()
            }
            Target::Id(id) => self.push_href_of_id(id, out),
        }
    }

    /// The drawing of that name.
    pub fn drawing(&self, name: &str) -> Option<&'a Drawing> {
        self.publication.drawings.get(name).map(|(_, drawing)| drawing)
    }

    /// The address of a picture or another file of the site.
    pub fn file(&self, path: &str) -> String {
        relative(self.path, path)
    }

    /// The same for something of the catalogue.
    pub fn push_href_of_id(&self, id: &str, out: &mut String) -> bool {
        let is_here = self.outline.ids.contains(id);
        if self.document.is_some() && is_here {
            push_fragment(id, out);
            return true;
        }
        let targets = self.publication.targets.get(id);
        if let Some((path, anchor)) = targets.and_then(|targets| targets.page.as_ref()) {
            return self.push_href_of_place(path, anchor.as_deref(), out);
        }
        if is_here {
            push_fragment(id, out);
            return true;
        }
        match targets.and_then(|targets| targets.document.as_ref()) {
            Some(document) => self.push_href_of_place(&document_page(document), Some(id), out),
            None => false,
        }
    }

    fn push_href_of_place(&self, path: &str, anchor: Option<&str>, out: &mut String) -> bool {
        let is_here = path == self.path;
        if !is_here {
            push_relative(self.path, path, out);
        }
        if let Some(anchor) = anchor {
            push_fragment(anchor, out);
        }
        !is_here || anchor.is_some()
    }
}

fn push_fragment(id: &str, out: &mut String) {
    out.push('#');
    push_path_encoded(id, out);
}

/// The address of the file `to` on the page `from`, both as paths under the site's root.
pub fn relative(from: &str, to: &str) -> String {
    let mut out = String::with_capacity(to.len() + 6);
    push_relative(from, to, &mut out);
    out
}

fn push_relative(from: &str, to: &str, out: &mut String) {
    // Both lie in the folders that they begin with alike.
    let alike = from.bytes().zip(to.bytes()).take_while(|(one, other)| one == other).count();
    let inner = from.as_bytes()[..alike].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    for _ in from.bytes().skip(inner).filter(|byte| *byte == b'/') {
        out.push_str("../");
    }
    push_path_encoded(&to[inner..], out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_from_any_folder() {
        for (from, to, wanted) in [
            ("index.html", "tjanster.html", "tjanster.html"),
            ("index.html", "tjanster/a.html", "tjanster/a.html"),
            ("tjanster/a.html", "tjanster/b.html", "b.html"),
            ("tjanster/a.html", "index.html", "../index.html"),
            ("dokument/sla/a.html", "dokument/ola/b c.html", "../ola/b%20c.html"),
            ("dokument/sla/a.html", "dokument.html", "../../dokument.html"),
            ("a/b.html", "../word/å.docx", "../../word/%C3%A5.docx"),
            ("tjanster/ö.html", "tjanster/ä.html", "%C3%A4.html"),
            ("tjanster.html", "tjanster/a.html", "tjanster/a.html"),
            ("tjanster/a/b.html", "tjanster/a.html", "../a.html"),
            ("tjanster/a.html", "tjanster/a.html", "a.html"),
        ] {
            assert_eq!(relative(from, to), wanted, "{from} {to}");
        }
    }
}
