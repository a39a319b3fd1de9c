//! Sections: which pages lie in landscape, and where a section ends.

use std::collections::BTreeSet;

use super::Writer;
use super::blocks::{leads, length};
use super::cover::draft;
use super::look::Look;
use super::properties::{ParagraphProperties, SectionProperties, Spacing};
use super::tables::Layouts;
use super::xml::Xml;
use crate::document::{Block, Heading};

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    #[default]
    Portrait,
    Landscape,
}

/// The short and the long side of A4, the margins of 25 mm, and the distance of header and footer from the edge of the
/// paper, in twentieths of a point.
const SHORT: u32 = 11906;
const LONG: u32 = 16838;
const MARGIN: u32 = 1417;
const HEADER: u32 = 680;
/// Room that text has on the strangest page.
const NARROWEST: u32 = 2835;

/// A page: its paper, its margins, and the distance of header and footer from the edge, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub width: u32,
    pub height: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
    pub left: u32,
    pub header: u32,
    pub footer: u32,
}

impl Page {
    /// A page of the built-in look.
    pub fn built_in(orientation: Orientation) -> Page {
        let (width, height) = match orientation {
            Orientation::Portrait => (SHORT, LONG),
            Orientation::Landscape => (LONG, SHORT),
        };
        Page { width, height, top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN, header: HEADER, footer: HEADER }
    }

    /// Width of the text between the margins.
    pub fn text_width(self) -> u32 {
        self.width.saturating_sub(self.left + self.right).max(NARROWEST)
    }

    /// Height of the text between the margins.
    pub fn text_height(self) -> u32 {
        self.height.saturating_sub(self.top + self.bottom).max(NARROWEST)
    }
}

impl Orientation {
    /// The name of the part with the header or the footer of such pages.
    pub fn page_mark(self, kind: &str) -> &'static str {
        match (kind, self) {
            ("header", Orientation::Portrait) => "header1.xml",
            ("header", Orientation::Landscape) => "header2.xml",
            (_, Orientation::Portrait) => "footer1.xml",
            (_, Orientation::Landscape) => "footer2.xml",
        }
    }
}

/// The sections so far.
#[derive(Debug, Default)]
pub struct Sections {
    current: Orientation,
    /// Whether a section has been written.
    begun: bool,
    /// The headers and footers of ours that sections refer to.
    marks: Vec<(&'static str, Orientation)>,
}

impl Sections {
    /// How the pages lie that are being written.
    pub fn orientation(&self) -> Orientation {
        self.current
    }

    /// The headers and footers of ours that the document has.
    pub fn marks(&self) -> Vec<(&'static str, Orientation)> {
        self.marks.clone()
    }
}

/// How the page lies that the first of these blocks stands on. A heading stands on the page of what it heads, and a table
/// that is too wide for an upright page on a wide one, with what leads to it.
pub fn orientation(blocks: &[Block], layouts: &mut Layouts<'_>, look: &Look) -> Orientation {
    let mut is_too_wide = |table| layouts.is_too_wide(table, look.page(Orientation::Portrait).text_width());
    match blocks {
        [Block::Landscape(_), ..] => Orientation::Landscape,
        [Block::Table(table), ..] if is_too_wide(table) => Orientation::Landscape,
        [Block::Paragraph(_), Block::Table(table), ..] if leads(blocks, 0) && is_too_wide(table) => {
            Orientation::Landscape
        }
        // An anchor takes no room.
        [Block::Paragraph(text), rest @ ..] if !rest.is_empty() && length(text) == 0 => {
            orientation(rest, layouts, look)
        }
        [Block::Heading(heading), rest @ ..] if heads(heading, rest) => orientation(rest, layouts, look),
        _ => Orientation::Portrait,
    }
}

/// Whether a heading has something under it, rather than the next heading of its kind.
fn heads(heading: &Heading, rest: &[Block]) -> bool {
    let next = match rest.first() {
        Some(Block::Landscape(blocks)) => blocks.first(),
        other => other,
    };
    match next {
        Some(Block::Heading(next)) => next.level > heading.level,
        Some(_) => true,
        None => false,
    }
}

/// A section with so many parts of its own is read by itself, such as the description of a service.
const PARTS: usize = 5;

/// The blocks that start a page although they open no chapter: the sections of a chapter in which one is read by itself.
/// The first of them stands below the chapter's heading.
pub fn page_starts(blocks: &[Block]) -> BTreeSet<usize> {
    let mut starts = BTreeSet::new();
    let (mut sections, mut parts, mut read_alone) = (Vec::new(), 0, false);
    for (index, level) in blocks.iter().map(level).chain([Some(1)]).enumerate() {
        match level {
            Some(1) => {
                if std::mem::take(&mut read_alone) {
                    starts.extend(sections.iter().skip(1));
                }
                sections.clear();
                parts = 0;
            }
            Some(2) => {
                sections.push(index);
                parts = 0;
            }
            Some(3) => parts += 1,
            _ => {}
        }
        read_alone |= parts >= PARTS;
    }
    starts
}

fn level(block: &Block) -> Option<u8> {
    match block {
        Block::Heading(heading) => Some(heading.level),
        _ => None,
    }
}

impl Writer<'_> {
    /// Goes on with pages that lie in this way; a new section if they lay otherwise.
    pub fn enter_section(&mut self, orientation: Orientation) {
        if self.sections.current == orientation {
            return;
        }
        let end = self.section_properties();
        match self.story.section_end {
            Some(position) => self.story.xml.insert(position, &end),
            None => self.invisible_paragraph(&end),
        }
        self.sections.current = orientation;
        self.story.section_end = None;
        self.story.after_table = false;
        self.story.page_break = false;
    }

    /// Ends the last section, and with it the document.
    pub fn end_document(&mut self) {
        self.end_sections(0);
        if let Some(template) = &self.look.template {
            let (end, ends_in_table) = template.end(&self.publication.publisher, &self.document.metadata);
            if !end.is_empty() {
                self.enter_section(Orientation::Portrait);
            }
            if self.story.after_table {
                self.invisible_paragraph(&Xml::default());
            }
            self.story.translate(template);
            self.story.xml.raw(&end);
            self.story.after_table = ends_in_table;
        }
        if self.story.after_table {
            self.invisible_paragraph(&Xml::default());
        }
        let end = self.section_properties();
        let position = self.story.xml.position();
        self.story.xml.insert(position, &end);
        self.story.xml.close("w:body");
    }

    /// A paragraph of no height, where Word needs one and a reader does not; `end` is a section's, or empty.
    pub fn invisible_paragraph(&mut self, end: &Xml) {
        let spacing = Spacing { line: Some(20), exact: true, ..Spacing::default() };
        let xml = &mut self.story.xml;
        xml.open("w:p", &[]);
        let position = ParagraphProperties { style: Some("Gap"), spacing, ..Default::default() }.write(xml);
        xml.insert(position, end);
        xml.close("w:p");
        self.story.section_end = None;
        self.story.after_table = false;
    }

    fn section_properties(&mut self) -> Xml {
        let orientation = self.sections.current;
        // The cover is the first page of the first section.
        let has_cover = self.document.contents || self.look.template.as_ref().is_some_and(|t| t.has_cover());
        let cover = !std::mem::replace(&mut self.sections.begun, true) && has_cover;
        let mut xml = Xml::default();
        match &self.look.template {
            Some(template) => {
                let draft = draft(&self.document.metadata).is_some();
                let own = |kind| self.mark(kind, orientation);
                xml.raw(&template.section(orientation, cover, draft, own));
            }
            None => SectionProperties {
                header: &self.mark("header", orientation),
                footer: &self.mark("footer", orientation),
                page: self.look.page(orientation),
                landscape: orientation == Orientation::Landscape,
                cover,
            }
            .write(&mut xml),
        }
        xml
    }

    /// The relationship of a header or footer of ours.
    fn mark(&mut self, kind: &'static str, orientation: Orientation) -> String {
        if !self.sections.marks.contains(&(kind, orientation)) {
            self.sections.marks.push((kind, orientation));
        }
        self.story.relationships.part(kind, orientation.page_mark(kind))
    }
}
