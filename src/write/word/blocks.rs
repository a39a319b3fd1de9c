//! Blocks: headings, paragraphs, lists, notices, quotes and code.

use super::numbering::{self, HeadingNumber, LIST_STEP};
use super::properties::{Indent, Numbering, ParagraphProperties, RunProperties};
use super::sections::Page;
use super::{Writer, styles};
use crate::document::{Block, Heading, Inline, List, Notice, plain_text};

/// What stands around a block: it gives the block's paragraphs their style and their room.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The style of a plain paragraph.
    pub style: &'static str,
    /// Distance from the left margin, and the room from there, in twentieths of a point.
    pub indent: u32,
    pub width: u32,
    /// How many lists stand around.
    pub depth: usize,
    /// Whether this is the text itself: a heading in a box or a note is none of the document's.
    pub is_page: bool,
    /// Whether a plain paragraph leads to what follows, and stands on the same page.
    pub leads: bool,
}

/// Room that is left to a paragraph however deep it is nested.
const NARROWEST: u32 = 2268;

/// Above a chapter that starts no page.
const ABOVE_CHAPTER: u32 = 360;

impl Frame {
    /// The text itself, on such pages.
    pub fn page(page: Page) -> Frame {
        Frame { style: "BodyText", indent: 0, width: page.text_width(), depth: 0, is_page: true, leads: false }
    }

    /// The text of a footnote.
    pub fn note(page: Page) -> Frame {
        Frame { style: "FootnoteText", is_page: false, ..Frame::page(page) }
    }

    /// A frame within this one, further in by so much.
    fn inner(self, style: &'static str, step: u32) -> Frame {
        let step = step.min(self.width.saturating_sub(NARROWEST));
        Frame { style, indent: self.indent + step, width: self.width - step, is_page: false, leads: false, ..self }
    }

    /// Whether no box or note stands around, so that lists and quotes have styles of their own.
    fn is_plain(self) -> bool {
        matches!(self.style, "BodyText" | "ListContinue")
    }

    /// Properties of a plain paragraph.
    fn paragraph(self) -> ParagraphProperties<'static> {
        let left = (self.indent != styles::indent(self.style)).then_some(self.indent);
        let indent = Indent { left, ..Indent::default() };
        ParagraphProperties { style: Some(self.style), keep_next: self.leads, indent, ..Default::default() }
    }
}

impl Writer<'_> {
    /// Blocks, one after another.
    pub fn blocks(&mut self, blocks: &[Block], frame: Frame) {
        for index in 0..blocks.len() {
            self.block_of(blocks, index, frame);
        }
    }

    /// The block there, of any kind.
    pub fn block_of(&mut self, blocks: &[Block], index: usize, frame: Frame) {
        let frame = Frame { leads: leads(blocks, index), ..frame };
        match &blocks[index] {
            Block::Heading(heading) if frame.is_page => self.heading(heading),
            Block::Heading(heading) => self.minor_heading(heading, frame),
            Block::Paragraph(inlines) => self.plain_paragraph(inlines, frame),
            Block::List(list) => self.list(list, frame),
            Block::Table(table) => self.table(table, frame),
            Block::Figure(figure) => self.figure(figure, frame),
            Block::Notice(kind, blocks) => self.notice(*kind, kind.label(), blocks, frame),
            Block::Quote(blocks) => self.quote(blocks, frame),
            Block::Code(text) => self.code(text, frame),
            Block::Landscape(blocks) => self.blocks(blocks, frame),
        }
    }

    /// A paragraph, with the room above it that what came before asks for.
    pub fn paragraph(&mut self, mut properties: ParagraphProperties<'_>, content: impl FnOnce(&mut Self)) {
        let story = &mut self.story;
        if std::mem::take(&mut story.page_break) {
            properties.page_break_before = true;
            properties.spacing.before.get_or_insert(0);
        }
        if std::mem::take(&mut story.after_table) && !properties.style.is_some_and(has_room_above) {
            properties.spacing.before.get_or_insert(styles::GAP);
        }
        story.xml.open("w:p", &[]);
        let section_end = properties.write(&mut story.xml);
        story.section_end = Some(section_end);
        content(self);
        self.story.xml.close("w:p");
    }

    fn plain_paragraph(&mut self, inlines: &[Inline], frame: Frame) {
        if !inlines.is_empty() {
            self.paragraph(frame.paragraph(), |writer| writer.inlines(inlines, RunProperties::PLAIN));
        }
    }

    /// A heading, which ends the sections before it and begins its own.
    fn heading(&mut self, heading: &Heading) {
        self.end_sections(numbering::level_index(heading));
        let number = self.heading_numbers.next(heading);
        self.heading_above = plain_text(&heading.text);
        let level = numbering::level_index(heading);
        let (own, starts_page) = self.look.heading(level);
        let goes_on = !self.document.contents;
        self.story.page_break |= starts_page && !goes_on;
        let mut properties =
            ParagraphProperties { style: Some(styles::HEADINGS[level]), numbering: number.numbering(), ..own };
        if goes_on && level == 0 {
            // Its style is made for the top of a page.
            (properties.no_page_break, properties.keep_next) = (true, true);
            properties.spacing.before.get_or_insert(ABOVE_CHAPTER);
        }
        if matches!(number, HeadingNumber::None | HeadingNumber::Written) {
            // Without a list, nothing stands before the text.
            properties.indent = Indent { left: Some(0), right: None, hanging: Some(0) };
        }
        let written = heading.number.as_deref().filter(|_| number == HeadingNumber::Written);
        self.paragraph(properties, |writer| {
            let section = writer.bookmarks.start_section(&mut writer.story.xml, &heading.id);
            writer.open_sections.extend(section.map(|section| (numbering::level_index(heading), section)));
            writer.heading_text(heading, written, RunProperties::PLAIN);
        });
    }

    /// A heading in a box, a note or an item, which is none of the document's.
    fn minor_heading(&mut self, heading: &Heading, frame: Frame) {
        let style = if frame.is_plain() { "MinorHeading" } else { frame.style };
        let properties = ParagraphProperties { style: Some(style), keep_next: true, ..frame.paragraph() };
        let bold = RunProperties { bold: true, ..RunProperties::PLAIN };
        self.paragraph(properties, |writer| writer.heading_text(heading, heading.number.as_deref(), bold));
    }

    fn heading_text(&mut self, heading: &Heading, number: Option<&str>, run: RunProperties<'_>) {
        let bookmark = self.bookmarks.start(&mut self.story.xml, &heading.id);
        if let Some(number) = number {
            self.text(&format!("{number}\u{2002}"), run);
        }
        self.inlines(&heading.text, run);
        self.bookmarks.end(&mut self.story.xml, bookmark);
    }

    /// Ends the bookmarks of the sections that a heading of this level ends.
    pub fn end_sections(&mut self, level: usize) {
        while let Some((_, bookmark)) = self.open_sections.pop_if(|(open, _)| *open >= level) {
            self.bookmarks.end(&mut self.story.xml, Some(bookmark));
        }
    }

    fn list(&mut self, list: &List, frame: Frame) {
        let numbering = self.lists.numbering(list.start, frame.depth);
        for (index, item) in list.items.iter().enumerate() {
            let frame = Frame { leads: item_leads(list, index), ..frame };
            self.item(item, list, numbering, frame);
        }
    }

    /// An item: its first paragraph carries the bullet or number, the rest stands below it.
    fn item(&mut self, item: &[Block], list: &List, numbering: Numbering, frame: Frame) {
        let continued = if frame.is_plain() { "ListContinue" } else { frame.style };
        let inner = Frame { depth: frame.depth + 1, ..frame.inner(continued, LIST_STEP) };
        let (first, rest) = match item {
            [Block::Paragraph(inlines), rest @ ..] => (inlines.as_slice(), rest),
            other => (&[] as &[Inline], other),
        };
        let style = match (frame.is_plain(), list.start) {
            (true, Some(_)) => "ListNumber",
            (true, None) => "ListBullet",
            (false, _) => frame.style,
        };
        let usual = LIST_STEP * (numbering.level as u32 + 1);
        let moved = inner.indent != usual;
        let properties = ParagraphProperties {
            style: Some(style),
            numbering: Some(numbering),
            indent: Indent { left: moved.then_some(inner.indent), right: None, hanging: moved.then_some(LIST_STEP) },
            contextual: (frame.is_plain() && !list.tight).then_some(false),
            keep_next: frame.leads,
            ..Default::default()
        };
        self.paragraph(properties, |writer| writer.inlines(first, RunProperties::PLAIN));
        self.blocks(rest, inner);
    }

    /// A box with a label above its text.
    pub fn notice(&mut self, kind: Notice, label: &str, blocks: &[Block], frame: Frame) {
        let inner = frame.inner(styles::notice(kind), styles::indent(styles::notice(kind)));
        let properties = ParagraphProperties { keep_next: true, ..inner.paragraph() };
        let run = RunProperties { bold: true, color: Some(styles::notice_color(kind)), ..RunProperties::PLAIN };
        self.paragraph(properties, |writer| writer.text(label, run));
        self.blocks(blocks, inner);
    }

    /// A quote; in a box it has the box's look, which an indent would tear apart.
    fn quote(&mut self, blocks: &[Block], frame: Frame) {
        let inner = if frame.is_plain() || frame.style == "Quote" {
            frame.inner("Quote", styles::indent("Quote"))
        } else {
            Frame { is_page: false, ..frame }
        };
        self.blocks(blocks, inner);
    }

    /// Verbatim text: one paragraph, so that it is one box, with its own line breaks and indents.
    fn code(&mut self, text: &str, frame: Frame) {
        let left = (frame.indent > 0).then_some(frame.indent);
        let indent = Indent { left, ..Indent::default() };
        let properties = ParagraphProperties { style: Some("Code"), indent, ..Default::default() };
        self.paragraph(properties, |writer| {
            for (index, line) in text.trim_end_matches(['\r', '\n']).lines().enumerate() {
                if index > 0 {
                    writer.line_break();
                }
                writer.text(&line.replace('\t', "    "), RunProperties::PLAIN);
            }
        });
    }
}

/// A paragraph of so few characters is a line or two, and one of so few more is no more than four.
const SHORT: usize = 160;
const MEDIUM: usize = 340;

/// Whether a paragraph leads to what follows it: to a table or, by a colon, to a list; or from a heading on, as a short
/// text does.
pub fn leads(blocks: &[Block], index: usize) -> bool {
    let Block::Paragraph(text) = &blocks[index] else { return false };
    match blocks.get(index + 1) {
        None => return false,
        Some(Block::Table(_)) if length(text) < MEDIUM => return true,
        Some(Block::List(_)) if plain_text(text).ends_with(':') => return true,
        Some(_) => {}
    }
    let is_short = |block: &Block| matches!(block, Block::Paragraph(text) if length(text) < SHORT);
    let above = blocks[..=index].iter().rev().take(3).find(|block| !is_short(block));
    matches!(above, Some(Block::Heading(_)))
}

/// How many characters a text has, without pages and marks.
pub fn length(inlines: &[Inline]) -> usize {
    let length = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.chars().count(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => length(inner),
        Inline::Link(link) => length(&link.text),
        Inline::Reference(reference) => reference.text().chars().count(),
        Inline::Break => 1,
        Inline::Note(_) | Inline::Anchor(_) => 0,
    };
    inlines.iter().map(length).sum()
}

/// Whether the item there stands on the page of the next: no item of a list is left alone on a page.
pub fn item_leads(list: &List, index: usize) -> bool {
    let left = list.items.len() - 1 - index;
    left == 1 || index == 0 && left > 0
}

/// Whether a style gives the room itself that is wanted below a table.
fn has_room_above(style: &str) -> bool {
    style.starts_with("Heading") || matches!(style, "Caption" | "Code" | "Gap")
}
