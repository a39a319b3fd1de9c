//! Word: one .docx file of one document of the tree.
//!
//! The file is written straight from the tree, piece by piece in the order of the pages; nothing of it is kept as a
//! tree of its own. What the format is strict about stands at one place each: the order of properties in
//! [`properties`], the filter for text in [`xml`], the parts and what refers to them in [`package`].
//!
//! The modules, in reading order:
//!
//! - [`xml`] and [`properties`]: how anything is written;
//! - [`look`]: what documents look like, built in ([`styles`], [`theme`], [`numbering`]) or by the region's [`template`];
//! - [`cover`] and [`contents`]: what stands before the text;
//! - [`blocks`], [`tables`], [`figures`] ([`emf`] is a drawing's file), [`inlines`] and [`notes`]: the text;
//! - [`bookmarks`] and [`links`]: the places in it, and what leads to them;
//! - [`sections`] and [`page_marks`]: how its pages lie, and their headers and footers;
//! - [`mod@pages`]: the page that each place stands on;
//! - [`settings`] and [`package`]: what the file says of itself, and the file.

mod blocks;
mod bookmarks;
mod contents;
mod cover;
mod emf;
mod figures;
mod inlines;
mod links;
mod look;
mod notes;
mod numbering;
mod package;
mod page_marks;
mod pages;
mod properties;
mod sections;
mod settings;
mod styles;
mod tables;
mod template;
#[cfg(test)]
pub mod tests;
mod theme;
mod xml;

use std::collections::BTreeSet;

use crate::document::{Block, Document, Heading, Inline, Metadata, Number, Publication, Publisher, each_inline};
use crate::office::namespaces;
use bookmarks::Bookmarks;
pub use look::Look;
use numbering::{HeadingNumbers, Lists};
use package::Relationships;
pub use package::{Part, TooLarge};
pub use pages::Pages;
use sections::Orientation;
use tables::Layouts;
pub use template::{Remark, StyleName, Unusable, unknown_formats};
use template::{Template, Written};
use xml::Xml;

/// The language of every document.
const LANGUAGE: &str = "sv-SE";

/// The namespaces that the parts of a document use.
const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:w", namespaces::MAIN),
    ("xmlns:r", namespaces::OFFICE),
    ("xmlns:wp", namespaces::PLACE),
    ("xmlns:a", namespaces::DRAWING),
    ("xmlns:pic", namespaces::PICTURE),
];

/// A page of text is about so much XML. What is set aside and not needed is never touched.
const PAGE: usize = 20 << 10;
/// More room is not taken before it is needed: pages may have next to nothing on them.
const MOST_ROOM: usize = 32 << 20;

/// The bytes of a document's .docx file, with these page numbers or else an estimate; the same tree and numbers give
/// the same bytes.
pub fn document(
    look: &Look,
    publication: &Publication,
    document: &Document,
    pages: Option<&Pages>,
) -> Result<Vec<u8>, TooLarge> {
    pack(look, &parts(look, publication, document, pages))
}

/// The parts of that file, for who wants to look at them before they are packed.
pub fn parts(look: &Look, publication: &Publication, document: &Document, pages: Option<&Pages>) -> Vec<Part> {
    let mut writer = Writer::new(look, publication, document, pages);
    writer.cover();
    writer.history();
    writer.listings();
    writer.body(&document.blocks);
    writer.into_parts()
}

/// The parts of a document that has next to nothing of its own: what is wrong with it, its template brings to every
/// document.
pub fn bare(look: &Look) -> Vec<Part> {
    let word = || String::from("Rubrik");
    let text = || vec![Inline::Text(word())];
    let heading = Heading { level: 1, id: String::from("rubrik"), number: None, appendix: false, text: text() };
    let publisher = Publisher { organisation: word(), ..Publisher::default() };
    let publication = Publication { publisher, ..Publication::default() };
    let metadata = Metadata { title: word(), status: word(), decided: true, version: word(), ..Metadata::default() };
    let blocks = vec![Block::Heading(heading), Block::Paragraph(text())];
    parts(look, &publication, &Document { metadata, blocks, ..Document::default() }, None)
}

/// The bytes of the file that has these parts.
pub fn pack(look: &Look, parts: &[Part]) -> Result<Vec<u8>, TooLarge> {
    package::zip(parts, &look.packer)
}

/// The page numbers of a document, estimated.
pub fn estimate(look: &Look, publication: &Publication, document: &Document) -> Pages {
    pages::estimate(look, publication, document, &mut Layouts::of(&document.blocks, look.width()))
}

/// Whether a document tells on which page some place stands, in its contents or by a reference.
pub fn shows_pages(document: &Document) -> bool {
    let mut refers = false;
    each_inline(&document.blocks, &mut |inline| {
        if let Inline::Reference(reference) = inline {
            refers |= matches!(reference.number, Some(Number::Section { .. } | Number::Caption(_)));
        }
    });
    document.contents || refers
}

/// The page numbers of a document that someone has set the pages of: `page` tells the page of a bookmark.
pub fn pages(publication: &Publication, document: &Document, page: impl Fn(&str) -> Option<u32>, total: u32) -> Pages {
    Pages::found(document, &bookmarks_of(publication, document), page, total)
}

fn bookmarks_of<'a>(publication: &Publication, document: &'a Document) -> Bookmarks<'a> {
    Bookmarks::of(&document.blocks, |id| publication.targets.contains_key(id))
}

/// What is known while a document is written.
struct Writer<'a> {
    look: &'a Look,
    publication: &'a Publication,
    document: &'a Document,
    /// What is being written to: the body, or for a while the footnotes.
    story: Story,
    /// The footnotes while the body is written, and the body while a footnote is.
    other_story: Story,
    notes: notes::Notes,
    bookmarks: Bookmarks<'a>,
    heading_numbers: HeadingNumbers,
    /// Headings whose number is written as text, by id.
    written_numbers: BTreeSet<String>,
    lists: Lists,
    /// Level and bookmark of each heading whose section goes on.
    open_sections: Vec<(usize, u32)>,
    layouts: Layouts<'a>,
    /// The heading that the text is under, which names what has no name of its own.
    heading_above: String,
    figures: figures::Figures<'a>,
    sections: sections::Sections,
    pages: Pages,
}

/// A part with text that flows: its XML so far, what it refers to, and what the next paragraph has to know.
#[derive(Default)]
struct Story {
    xml: Xml,
    relationships: Relationships,
    /// So much at its beginning is a template's own, and is left as it is.
    verbatim: usize,
    /// Where a section's end can be put into the last paragraph; `None` when the last thing is no paragraph.
    section_end: Option<usize>,
    /// The last thing is a table: Word needs a paragraph before another one, and a reader some room.
    after_table: bool,
    /// The next thing starts a page.
    page_break: bool,
}

impl Story {
    /// The text's part up to where our text goes, with room for so many pages of it.
    fn of_text(look: &Look, publication: &Publication, document: &Document, pages: u32) -> Story {
        let room = (pages as usize * PAGE).min(MOST_ROOM);
        if let Some(template) = &look.template {
            let mut xml = template.start(&publication.publisher, &document.metadata);
            xml.reserve(room);
            let relationships = template.relationships(false);
            return Story { verbatim: xml.position(), xml, relationships, ..Story::default() };
        }
        let mut xml = Xml::part("w:document", &NAMESPACES);
        xml.reserve(room);
        xml.open("w:body", &[]);
        Story { xml, ..Story::default() }
    }

    /// Puts a template's names of styles and lists in the place of ours.
    fn translate(&mut self, template: &Template) {
        self.xml.rewrite(self.verbatim, |xml| template.translate(xml));
        self.verbatim = self.xml.position();
    }
}

impl<'a> Writer<'a> {
    fn new(look: &'a Look, publication: &'a Publication, document: &'a Document, pages: Option<&Pages>) -> Writer<'a> {
        let mut layouts = Layouts::of(&document.blocks, look.width());
        let estimate = |layouts: &mut Layouts<'a>| pages::estimate(look, publication, document, layouts);
        let pages = pages.cloned().unwrap_or_else(|| estimate(&mut layouts));
        Writer {
            look,
            publication,
            document,
            story: Story::of_text(look, publication, document, pages.total()),
            other_story: notes::story(look),
            notes: notes::Notes::of(look),
            bookmarks: bookmarks_of(publication, document),
            heading_numbers: HeadingNumbers::of(look),
            written_numbers: numbering::written(look, contents::headings(&document.blocks).into_iter()),
            lists: Lists::default(),
            open_sections: Vec::new(),
            layouts,
            heading_above: String::new(),
            figures: figures::Figures::default(),
            sections: sections::Sections::default(),
            pages,
        }
    }

    /// The text of the document, each part of it in the section that it needs.
    fn body(&mut self, blocks: &[Block]) {
        // Chapters start a page by their style; a document may start with something else.
        self.story.page_break |= self.document.contents;
        let starts = sections::page_starts(blocks);
        for index in 0..blocks.len() {
            let orientation = sections::orientation(&blocks[index..], &mut self.layouts, self.look);
            self.enter_section(orientation);
            self.story.page_break |= starts.contains(&index);
            self.block_of(blocks, index, blocks::Frame::page(self.look.page(orientation)));
        }
        self.end_document();
    }

    /// The parts of the package with the list of what they are, in the order that they stand in the file.
    fn into_parts(self) -> Vec<Part> {
        match &self.look.template {
            Some(template) => self.into_template(template),
            None => package::with_types(self.into_own_parts()),
        }
    }

    /// A template's parts, with the document in them.
    fn into_template(mut self, template: &Template) -> Vec<Part> {
        let mut parts = self.page_marks();
        for part in &mut parts {
            part.bytes = template.translate(&String::from_utf8_lossy(&part.bytes)).into_bytes();
        }
        self.other_story.translate(template);
        parts.extend(self.figures.into_parts());
        template.package(Written {
            publisher: &self.publication.publisher,
            metadata: &self.document.metadata,
            draft: cover::draft(&self.document.metadata),
            numbering: self.lists.part(self.look),
            text: self.story.xml.finish("w:document"),
            relationships: self.story.relationships,
            notes: self.other_story.xml.finish("w:footnotes"),
            note_relationships: self.other_story.relationships,
            parts,
        })
    }

    /// The headers and footers of ours that sections refer to.
    fn page_marks(&self) -> Vec<Part> {
        let mark = |(kind, orientation): (&str, Orientation)| {
            let bytes = match kind {
                "header" => page_marks::header(self.look, self.document, orientation),
                _ => page_marks::footer(self.look, &self.publication.publisher, orientation, &self.pages),
            };
            Part::new(&format!("word/{}", orientation.page_mark(kind)), bytes)
        };
        self.sections.marks().into_iter().map(mark).collect()
    }

    fn into_own_parts(mut self) -> Vec<Part> {
        let Document { metadata, .. } = self.document;
        let publisher = &self.publication.publisher;
        let [styles, settings, fonts, theme] = self.look.own_parts().clone();
        let mut parts = vec![
            Part::new("docProps/core.xml", settings::core_properties(publisher, metadata)),
            Part::new("docProps/app.xml", settings::extended_properties(publisher)),
            styles,
            Part::new("word/numbering.xml", self.lists.part(self.look)),
            settings,
            fonts,
            theme,
        ];
        parts.extend(self.page_marks());
        parts.extend(self.figures.into_parts());
        let references = [
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("theme", "theme/theme1.xml"),
            ("footnotes", "footnotes.xml"),
        ];
        for (kind, target) in references {
            self.story.relationships.part(kind, target);
        }
        let notes = self.other_story;
        parts.extend(package::package_relationships());
        parts.push(Part::new("word/document.xml", self.story.xml.finish("w:document")));
        parts.extend(self.story.relationships.into_part("word/document.xml"));
        parts.push(Part::new("word/footnotes.xml", notes.xml.finish("w:footnotes")));
        parts.extend(notes.relationships.into_part("word/footnotes.xml"));
        parts
    }
}

/// Who publishes: the organisation, and its unit where it has one.
fn sender(publisher: &Publisher, between: &str) -> String {
    let names = [publisher.organisation.as_str(), publisher.unit.as_str()];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(between)
}
