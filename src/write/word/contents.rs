//! The contents table and the lists of tables and figures: fields that Word can fill again, filled with what the
//! document has.

use super::inlines::{end_field, start_field, write_field, write_tab, write_text};
use super::numbering::level_index;
use super::properties::{Indent, ParagraphProperties, RunProperties, Spacing, Tab};
use super::{Writer, styles};
use crate::document::{Block, Caption, Document, Figure, Heading, Table, plain_text, walk};

/// The headings of a document's text, in order. They stand in the text and in its parts in landscape; one within a box
/// or a note is none of the document's.
pub fn headings(blocks: &[Block]) -> Vec<&Heading> {
    let mut headings = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => headings.push(heading),
            Block::Landscape(inner) => headings.extend(self::headings(inner)),
            _ => {}
        }
    }
    headings
}

/// A list before the text: what it is called, how Word fills it again, and what stands in it.
pub struct Listing<'a> {
    pub title: &'static str,
    instruction: &'static str,
    pub entries: Vec<Entry<'a>>,
}

/// A line of a listing.
pub struct Entry<'a> {
    /// The place that it leads to.
    pub id: &'a str,
    pub style: &'static str,
    /// Number before a tab, in the contents table.
    number: Option<&'a str>,
    pub text: String,
    /// The heading that opens an appendix, whose number is wide.
    appendix: bool,
}

/// With fewer captions than this, a list of them helps nobody.
const FEWEST: usize = 2;

/// The lists of a document: contents, tables and figures, those that there is reason for.
pub fn listings(document: &Document) -> Vec<Listing<'_>> {
    if !document.contents {
        return Vec::new();
    }
    let listing = |title, instruction, entries| Listing { title, instruction, entries };
    let contents = headings(&document.blocks).into_iter().filter_map(of_heading).collect();
    let (tables, figures) = captions(&document.blocks);
    let mut listings = vec![listing("Innehåll", "TOC \\o \"1-2\" \\h \\z \\u", contents)];
    for (title, instruction, kind, captions) in [
        ("Tabeller", "TOC \\h \\z \\c \"Tabell\"", "Tabell", tables),
        ("Figurer", "TOC \\h \\z \\c \"Figur\"", "Figur", figures),
    ] {
        if captions.len() >= FEWEST {
            let entries = captions.into_iter().filter_map(|caption| of_caption(caption, kind)).collect();
            listings.push(listing(title, instruction, entries));
        }
    }
    listings.retain(|listing| !listing.entries.is_empty());
    listings
}

fn of_heading(heading: &Heading) -> Option<Entry<'_>> {
    Some(Entry {
        id: &heading.id,
        style: styles::CONTENTS.get(level_index(heading))?,
        number: heading.number.as_deref(),
        text: plain_text(&heading.text),
        appendix: heading.appendix && level_index(heading) == 0,
    })
}

fn of_caption<'a>(caption: &'a Caption, kind: &str) -> Option<Entry<'a>> {
    let text = format!("{}. {}", caption.label(kind)?, plain_text(&caption.text));
    Some(Entry { id: &caption.id, style: styles::LISTED, number: None, text, appendix: false })
}

/// The captions of tables and of figures.
fn captions(blocks: &[Block]) -> (Vec<&Caption>, Vec<&Caption>) {
    let (mut tables, mut figures) = (Vec::new(), Vec::new());
    walk(blocks, &mut |block| match block {
        Block::Table(Table { caption, .. }) => tables.extend(caption),
        Block::Figure(Figure { caption, .. }) => figures.extend(caption),
        _ => {}
    });
    (tables, figures)
}

/// Position in the text of an appendix's title, which is further in than a chapter's.
const APPENDIX_INDENT: u32 = 1134;
/// Above a list that follows something else.
pub const ABOVE_LISTING: u32 = 560;

/// The room for a number, where a template's style does not give it.
const NUMBER_WIDTH: u32 = 624;

/// The text of entries: spelling is checked where the headings stand.
const ENTRY: RunProperties<'static> = RunProperties { no_proof: true, ..RunProperties::PLAIN };

impl Writer<'_> {
    /// The contents table and the lists of tables and figures; nothing of what the document has none of.
    pub fn listings(&mut self) {
        let document = self.document;
        for (index, listing) in listings(document).iter().enumerate() {
            if index == 0 {
                self.open_contents();
            }
            self.listing(listing, index > 0);
            if index == 0 {
                self.story.xml.close("w:sdtContent");
                self.story.xml.close("w:sdt");
                // The end of a section must not stand in the contents table, where Word would throw it out with the
                // entries.
                self.story.section_end = None;
            }
        }
    }

    fn open_contents(&mut self) {
        let xml = &mut self.story.xml;
        xml.open("w:sdt", &[]);
        xml.open("w:sdtPr", &[]);
        xml.open("w:docPartObj", &[]);
        xml.value("w:docPartGallery", &"Table of Contents");
        xml.empty("w:docPartUnique", &[]);
        xml.close("w:docPartObj");
        xml.close("w:sdtPr");
        xml.open("w:sdtContent", &[]);
    }

    fn listing(&mut self, listing: &Listing<'_>, follows: bool) {
        // Below the version history or another list, on the same page, a list keeps its distance.
        let before = (follows || self.story.after_table).then_some(ABOVE_LISTING);
        let spacing = Spacing { before, ..Default::default() };
        let numbering = self.look.front_heading();
        let heading = ParagraphProperties { style: Some("TOCHeading"), numbering, spacing, ..Default::default() };
        self.paragraph(heading, |writer| writer.text(listing.title, RunProperties::PLAIN));
        let last = listing.entries.len() - 1;
        for (index, entry) in listing.entries.iter().enumerate() {
            self.entry(entry, (index == 0).then_some(listing.instruction), index == last);
        }
    }

    /// One entry; the first holds the start of the field and the last its end.
    fn entry(&mut self, entry: &Entry<'_>, start: Option<&str>, last: bool) {
        let (tabs, indent) = self.entry_layout(entry);
        let properties = ParagraphProperties { style: Some(entry.style), tabs: &tabs, indent, ..Default::default() };
        self.paragraph(properties, |writer| {
            if let Some(instruction) = start {
                start_field(&mut writer.story.xml, instruction, ENTRY);
            }
            writer.entry_text(entry);
            if last {
                end_field(&mut writer.story.xml, ENTRY);
            }
        });
    }

    /// Tabs and indent that an entry has beside those of its style.
    fn entry_layout(&self, entry: &Entry<'_>) -> (Vec<Tab>, Indent) {
        let number_width = match entry {
            Entry { style: styles::LISTED, .. } => 0,
            Entry { appendix: true, .. } => APPENDIX_INDENT,
            _ => NUMBER_WIDTH,
        };
        match self.look.contents_entry(entry.style, number_width) {
            Some(of_template) => of_template,
            None if entry.appendix => (
                vec![Tab { kind: "left", dotted: false, position: APPENDIX_INDENT }],
                Indent { left: Some(APPENDIX_INDENT), right: None, hanging: Some(APPENDIX_INDENT) },
            ),
            None => (Vec::new(), Indent::default()),
        }
    }

    /// Number, text and page, as a link where there is something to lead to.
    fn entry_text(&mut self, entry: &Entry<'_>) {
        let page = self.pages.of(entry.id).to_string();
        let bookmark = self.bookmarks.at(entry.id);
        let linked = self.bookmarks.has(entry.id);
        let xml = &mut self.story.xml;
        if linked {
            xml.open("w:hyperlink", &[("w:anchor", &bookmark), ("w:history", &1)]);
        }
        if let Some(number) = entry.number {
            write_text(xml, number, ENTRY);
            write_tab(xml, ENTRY);
        }
        write_text(xml, &entry.text, ENTRY);
        write_tab(xml, ENTRY);
        if linked {
            write_field(xml, &format!("PAGEREF {bookmark} \\h"), &page, ENTRY);
            xml.close("w:hyperlink");
        } else {
            write_text(xml, &page, ENTRY);
        }
    }
}
