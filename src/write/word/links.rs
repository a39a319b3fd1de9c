//! Links: where they lead from a Word file, and how the file says so.

use super::inlines::write_field;
use super::properties::RunProperties;
use super::xml::Attribute;
use super::{Writer, bookmarks};
use crate::document::{Inline, Link, Location, Number, Reference, Target, document_page, section_word};
use crate::text;

/// What stands between a number and its page, on the same line.
const PAGE: &str = ",\u{a0}s.\u{a0}";
/// As wide as the mark of a note, whose figures are small.
const MARK: &str = "00";

/// Shows the letters of some inlines to `visit` as they are printed, piece by piece, to see how much room they need:
/// references have a page, and notes a mark.
pub fn each_printed(inlines: &[Inline], visit: &mut impl FnMut(&str)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => visit(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => each_printed(inner, visit),
            Inline::Link(link) => each_printed(&link.text, visit),
            Inline::Reference(reference) => each_of_reference(reference, visit),
            Inline::Break => visit(" "),
            Inline::Note(_) => visit(MARK),
            Inline::Anchor(_) => {}
        }
    }
}

fn each_of_reference(reference: &Reference, visit: &mut impl FnMut(&str)) {
    match &reference.number {
        Some(Number::Section { number, .. }) => {
            [section_word(number), number, PAGE, "000"].into_iter().for_each(visit);
        }
        Some(Number::Caption(label)) => [label, PAGE, "000"].into_iter().for_each(visit),
        Some(Number::Elsewhere(text)) => visit(text),
        None => visit(&reference.name),
    }
}

/// Where a link of a Word file leads.
enum Destination {
    /// A bookmark in the same file.
    Bookmark(String),
    /// An address, perhaps a bookmark there, and what the reader is told of it beforehand.
    Address { address: String, bookmark: Option<String>, hint: Option<String> },
}

impl Writer<'_> {
    /// A link; only its text where it leads nowhere, or stands in another link.
    pub fn link(&mut self, link: &Link, run: RunProperties<'_>) {
        let style = "Hyperlink";
        let destination = if run.style == Some(style) { None } else { self.destination(&link.target) };
        let Some(destination) = destination else {
            return self.inlines(&link.text, run);
        };
        self.open_link(destination);
        self.inlines(&link.text, RunProperties { style: Some(style), ..run });
        self.story.xml.close("w:hyperlink");
    }

    /// A reference by number and page, which Word works out again; a link by name where the document lacks the place.
    pub fn reference(&mut self, reference: &Reference, run: RunProperties<'_>) {
        match &reference.number {
            Some(Number::Section { heading, number }) => {
                self.text(section_word(number), run);
                self.section_number(heading, number, run);
            }
            Some(Number::Caption(label)) => {
                let bookmark = self.bookmarks.at(&reference.id);
                write_field(&mut self.story.xml, &format!("REF {bookmark} \\h"), label, run);
            }
            Some(Number::Elsewhere(_)) | None => {
                let text = vec![Inline::Text(reference.text())];
                return self.link(&Link { target: Target::Id(reference.id.clone()), text }, run);
            }
        }
        self.text(PAGE, run);
        let page = self.pages.of(&reference.id).to_string();
        write_field(&mut self.story.xml, &format!("PAGEREF {} \\h", self.bookmarks.at(&reference.id)), &page, run);
    }

    /// The number of a heading: a field, unless Word does not count to it.
    fn section_number(&mut self, heading: &str, number: &str, run: RunProperties<'_>) {
        if self.written_numbers.contains(heading) {
            return self.text(number, run);
        }
        write_field(&mut self.story.xml, &format!("REF {} \\r \\h", self.bookmarks.at(heading)), number, run);
    }

    fn open_link(&mut self, destination: Destination) {
        match destination {
            Destination::Bookmark(name) => {
                self.story.xml.open("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)]);
            }
            Destination::Address { address, bookmark, hint } => {
                let id = self.story.relationships.address(address);
                let mut attributes: Vec<Attribute<'_>> = vec![("r:id", &id)];
                if let Some(bookmark) = &bookmark {
                    attributes.push(("w:anchor", bookmark));
                }
                if let Some(hint) = &hint {
                    attributes.push(("w:tooltip", hint));
                }
                attributes.push(("w:history", &1));
                self.story.xml.open("w:hyperlink", &attributes);
            }
        }
    }

    fn destination(&self, target: &Target) -> Option<Destination> {
        match target {
            Target::Address(address) => outside(address),
            Target::Id(id) => match self.publication.locate(&self.document.name, id)? {
                Location::Here(id) => self.bookmarks.has(id).then(|| Destination::Bookmark(self.bookmarks.at(id))),
                Location::Document { name, anchor } => self.other_document(name, anchor),
                Location::Page { path, anchor } => self.page(path, anchor),
            },
        }
    }

    /// A place in another document: on the site where there is one, else in that document's Word file.
    fn other_document(&self, name: &str, id: &str) -> Option<Destination> {
        if let Some(site) = &self.publication.publisher.site {
            let page = self.publication.targets.get(id).and_then(|targets| targets.page.as_ref());
            return match page {
                Some((path, anchor)) => self.page(path, anchor.as_deref()),
                None => outside(&format!("{site}{}#{id}", document_page(name))),
            };
        }
        let other = self.publication.document(name)?;
        Some(Destination::Address {
            address: text::address_encoded(&format!("{}.docx", relative(&self.document.stem, &other.stem))),
            bookmark: Some(bookmarks::name(id)),
            hint: Some(format!("Öppnar dokumentet {}", other.metadata.title)),
        })
    }

    fn page(&self, path: &str, anchor: Option<&str>) -> Option<Destination> {
        let Some(site) = &self.publication.publisher.site else { return self.document_at(path) };
        match anchor {
            Some(anchor) => outside(&format!("{site}{path}#{anchor}")),
            None => outside(&format!("{site}{path}")),
        }
    }

    /// The Word file of the document that is the site's page of this path.
    fn document_at(&self, path: &str) -> Option<Destination> {
        let other = self.publication.document_at(path)?;
        let address = text::address_encoded(&format!("{}.docx", relative(&self.document.stem, &other.stem)));
        let hint = Some(format!("Öppnar dokumentet {}", other.metadata.title));
        Some(Destination::Address { address, bookmark: None, hint })
    }
}

/// An address outside, or `None` if it is none: a relationship to something else makes a file that Word repairs.
fn outside(address: &str) -> Option<Destination> {
    text::address(address).map(|address| Destination::Address { address, bookmark: None, hint: None })
}

/// The path to one file from the folder of another.
fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    let mut to: Vec<&str> = to.split('/').collect();
    while from.len() > 1 && to.len() > 1 && from[0] == to[0] {
        from.remove(0);
        to.remove(0);
    }
    "../".repeat(from.len() - 1) + &to.join("/")
}
