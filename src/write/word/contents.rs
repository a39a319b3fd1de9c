//! The contents table: a field that Word can fill again, filled with an entry for each heading of the first two levels.

use super::inlines::{end_field, start_field, write_field, write_tab, write_text};
use super::numbering::level_index;
use super::properties::{Indent, ParagraphProperties, RunProperties, Spacing, Tab};
use super::{Writer, bookmarks, styles};
use crate::document::{Block, Document, Heading, plain_text};

/// The headings that the contents table has entries for.
pub fn entries(document: &Document) -> Vec<&Heading> {
    let mut entries = Vec::new();
    collect(&document.blocks, &mut entries);
    entries
}

/// Headings stand in the text and in its parts in landscape; one within a box or a note is none of the document's.
fn collect<'a>(blocks: &'a [Block], entries: &mut Vec<&'a Heading>) {
    for block in blocks {
        match block {
            Block::Heading(heading) if level_index(heading) < styles::CONTENTS.len() => entries.push(heading),
            Block::Landscape(blocks) => collect(blocks, entries),
            _ => {}
        }
    }
}

/// Position in the text of an appendix's title, which is further in than a chapter's.
const APPENDIX_INDENT: u32 = 1134;

/// The room for a number, where a template's style does not give it.
const NUMBER_WIDTH: u32 = 624;

/// The text of entries: spelling is checked where the headings stand.
const ENTRY: RunProperties<'static> = RunProperties { no_proof: true, ..RunProperties::PLAIN };

impl Writer<'_> {
    /// The contents table, unless the document has no headings.
    pub fn contents(&mut self) {
        let document = self.document;
        let entries = entries(document);
        let Some(last) = entries.len().checked_sub(1) else {
            return;
        };
        // Below the version history, on the same page, the contents keep their distance.
        let spacing = Spacing { before: self.story.after_table.then_some(560), ..Default::default() };
        self.open_contents();
        let numbering = self.look.front_heading();
        let heading = ParagraphProperties { style: Some("TOCHeading"), numbering, spacing, ..Default::default() };
        self.paragraph(heading, |writer| {
            writer.text("Innehåll", RunProperties::PLAIN);
        });
        for (index, heading) in entries.into_iter().enumerate() {
            self.entry(heading, index == 0, index == last);
        }
        self.story.xml.close("w:sdtContent");
        self.story.xml.close("w:sdt");
        // The end of a section must not stand in the contents table, where Word would throw it out with the entries.
        self.story.section_end = None;
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

    /// One entry; the first holds the start of the field and the last its end.
    fn entry(&mut self, heading: &Heading, first: bool, last: bool) {
        let page = self.pages.of(&heading.id).to_string();
        let appendix_tabs = [Tab { kind: "left", dotted: false, position: APPENDIX_INDENT }];
        let mut properties =
            ParagraphProperties { style: Some(styles::CONTENTS[level_index(heading)]), ..Default::default() };
        let number_width = if heading.appendix { APPENDIX_INDENT } else { NUMBER_WIDTH };
        let own = self.look.contents_entry(styles::CONTENTS[level_index(heading)], number_width);
        if let Some((tabs, indent)) = &own {
            (properties.tabs, properties.indent) = (tabs, *indent);
        } else if heading.appendix {
            let indent = Some(APPENDIX_INDENT);
            properties.tabs = &appendix_tabs;
            properties.indent = Indent { left: indent, right: None, hanging: indent };
        }
        self.paragraph(properties, |writer| {
            let xml = &mut writer.story.xml;
            if first {
                start_field(xml, "TOC \\o \"1-2\" \\h \\z \\u", ENTRY);
            }
            let bookmark = bookmarks::name(&heading.id);
            let linked = writer.bookmarks.has(&heading.id);
            if linked {
                xml.open("w:hyperlink", &[("w:anchor", &bookmark), ("w:history", &1)]);
            }
            if let Some(number) = &heading.number {
                write_text(xml, number, ENTRY);
                write_tab(xml, ENTRY);
            }
            write_text(xml, &plain_text(&heading.text), ENTRY);
            write_tab(xml, ENTRY);
            if linked {
                write_field(xml, &format!("PAGEREF {bookmark} \\h"), &page, ENTRY);
                xml.close("w:hyperlink");
            } else {
                write_text(xml, &page, ENTRY);
            }
            if last {
                end_field(xml, ENTRY);
            }
        });
    }
}
