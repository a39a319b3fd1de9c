//! Footnotes: a mark in the text, and the note in a part of its own.

use super::blocks::Frame;
use super::inlines::write_run;
use super::look::Look;
use super::package::Relationships;
use super::properties::{ParagraphProperties, RunProperties};
use super::sections::Orientation;
use super::template::Template;
use super::xml::Xml;
use super::{NAMESPACES, Story, Writer};
use crate::document::{Block, Inline};

/// The notes so far.
#[derive(Debug, Default)]
pub struct Notes {
    count: u32,
    /// Whether a note is being written.
    open: bool,
    /// Notes within the note that is being written. Word has none such: they follow it.
    nested: Vec<Vec<Block>>,
}

/// The run of a note's mark.
const MARK: RunProperties<'static> = RunProperties { style: Some("FootnoteReference"), ..RunProperties::PLAIN };

impl Notes {
    /// Notes after those that a template has.
    pub fn of(look: &Look) -> Notes {
        let taken = look.template.as_ref().and_then(Template::notes).map_or(0, |(_, last)| last);
        Notes { count: taken, ..Notes::default() }
    }
}

/// The part with the notes, which has to start with the lines that set notes off from the text.
pub fn story(look: &Look) -> Story {
    let relationships =
        look.template.as_ref().map_or_else(Relationships::default, |template| template.relationships(true));
    if let Some((xml, _)) = look.template.as_ref().and_then(Template::notes) {
        return Story { verbatim: xml.position(), xml, relationships, ..Story::default() };
    }
    let mut xml = Xml::part("w:footnotes", &NAMESPACES);
    for (id, kind) in [(-1, "separator"), (0, "continuationSeparator")] {
        xml.open("w:footnote", &[("w:type", &kind), ("w:id", &id)]);
        xml.open("w:p", &[]);
        write_run(&mut xml, RunProperties::PLAIN, |xml| xml.empty(&format!("w:{kind}"), &[]));
        xml.close("w:p");
        xml.close("w:footnote");
    }
    Story { xml, relationships, ..Story::default() }
}

impl Writer<'_> {
    /// A note's mark here, and the note where notes are.
    pub fn note(&mut self, blocks: &[Block]) {
        if self.notes.open {
            self.notes.nested.push(blocks.to_vec());
            return self.text("*", MARK);
        }
        self.notes.count += 1;
        let id = self.notes.count;
        write_run(&mut self.story.xml, MARK, |xml| xml.empty("w:footnoteReference", &[("w:id", &id)]));
        self.swap_stories();
        self.story.xml.open("w:footnote", &[("w:id", &id)]);
        self.note_text(blocks, |writer| {
            write_run(&mut writer.story.xml, MARK, |xml| xml.empty("w:footnoteRef", &[]));
        });
        while !self.notes.nested.is_empty() {
            let nested = self.notes.nested.remove(0);
            self.note_text(&nested, |writer| writer.text("*", MARK));
        }
        if self.story.after_table {
            self.invisible_paragraph(&Xml::default());
        }
        self.story.xml.close("w:footnote");
        self.swap_stories();
    }

    /// The blocks of a note, the first paragraph after the note's mark.
    fn note_text(&mut self, blocks: &[Block], mark: impl FnOnce(&mut Self)) {
        let frame = Frame::note(self.look.page(Orientation::Portrait));
        let (first, rest) = match blocks {
            [Block::Paragraph(inlines), rest @ ..] => (inlines.as_slice(), rest),
            other => (&[] as &[Inline], other),
        };
        self.paragraph(ParagraphProperties { style: Some(frame.style), ..Default::default() }, |writer| {
            mark(writer);
            writer.text(" ", RunProperties::PLAIN);
            writer.inlines(first, RunProperties::PLAIN);
        });
        self.blocks(rest, frame);
    }

    fn swap_stories(&mut self) {
        std::mem::swap(&mut self.story, &mut self.other_story);
        self.notes.open = !self.notes.open;
    }
}
