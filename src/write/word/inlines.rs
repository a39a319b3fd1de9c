//! Inlines: text and its markup, links, anchors, marks of notes, and fields.

use super::Writer;
use super::properties::{Font, RunProperties};
use super::xml::Xml;
use crate::document::Inline;

impl Writer<'_> {
    /// Inlines, one after another, in the look of `run`.
    pub fn inlines(&mut self, inlines: &[Inline], run: RunProperties<'_>) {
        for inline in inlines {
            self.inline(inline, run);
        }
    }

    fn inline(&mut self, inline: &Inline, run: RunProperties<'_>) {
        match inline {
            Inline::Text(text) => self.text(text, run),
            Inline::Emphasis(inner) => self.inlines(inner, RunProperties { italic: true, ..run }),
            Inline::Strong(inner) => self.inlines(inner, RunProperties { bold: true, ..run }),
            Inline::Strikeout(inner) => self.inlines(inner, RunProperties { strike: true, ..run }),
            Inline::Code(text) => self.text(text, code(run)),
            Inline::Link(link) => self.link(link, run),
            Inline::Reference(reference) => self.reference(reference, run),
            Inline::Anchor(id) => self.anchor(id),
            Inline::Note(blocks) => self.note(blocks),
            Inline::Break => self.line_break(),
        }
    }

    /// A run of text.
    pub fn text(&mut self, text: &str, run: RunProperties<'_>) {
        write_text(&mut self.story.xml, text, run);
    }

    /// A new line in the same paragraph.
    pub fn line_break(&mut self) {
        write_break(&mut self.story.xml);
    }

    fn anchor(&mut self, id: &str) {
        let bookmark = self.bookmarks.start(&mut self.story.xml, id);
        self.bookmarks.end(&mut self.story.xml, bookmark);
    }
}

/// Code has a style of its own, unless it is in a link, which has one already.
fn code(run: RunProperties<'_>) -> RunProperties<'_> {
    match run.style {
        Some(_) => RunProperties { font: Some(Font::Code), no_proof: true, ..run },
        None => RunProperties { style: Some("CodeText"), ..run },
    }
}

/// A run of text, in any part.
pub fn write_text(xml: &mut Xml, text: &str, run: RunProperties<'_>) {
    if text.is_empty() {
        return;
    }
    // Most of a document is this.
    xml.raw("<w:r>");
    run.write(xml);
    xml.raw(if is_bounded_by_blanks(text) { "<w:t xml:space=\"preserve\">" } else { "<w:t>" });
    xml.content(text);
    xml.raw("</w:t></w:r>");
}

/// Whether a text begins or ends with white space, which Word leaves out unless it is told not to. Few do, and to say it
/// of all would be a tenth of a file.
fn is_bounded_by_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    [bytes.first(), bytes.last()].into_iter().flatten().any(u8::is_ascii_whitespace)
}

/// A new line in the same paragraph, in any part.
pub fn write_break(xml: &mut Xml) {
    write_run(xml, RunProperties::PLAIN, |xml| xml.empty("w:br", &[]));
}

/// A tab, in any part.
pub fn write_tab(xml: &mut Xml, run: RunProperties<'_>) {
    write_run(xml, run, |xml| xml.empty("w:tab", &[]));
}

/// A field and the result that stands there until Word works it out again. Its marks are runs of their own:
/// otherwise LibreOffice shows the instruction as text.
pub fn write_field(xml: &mut Xml, instruction: &str, result: &str, run: RunProperties<'_>) {
    start_field(xml, instruction, run);
    write_text(xml, result, run);
    end_field(xml, run);
}

/// The start of a field, up to its result.
pub fn start_field(xml: &mut Xml, instruction: &str, run: RunProperties<'_>) {
    write_field_mark(xml, "begin", run);
    write_run(xml, run, |xml| xml.text("w:instrText", &[("xml:space", &"preserve")], &format!(" {instruction} ")));
    write_field_mark(xml, "separate", run);
}

/// The end of a field.
pub fn end_field(xml: &mut Xml, run: RunProperties<'_>) {
    write_field_mark(xml, "end", run);
}

fn write_field_mark(xml: &mut Xml, kind: &str, run: RunProperties<'_>) {
    write_run(xml, run, |xml| xml.empty("w:fldChar", &[("w:fldCharType", &kind)]));
}

/// A run with any content.
pub fn write_run(xml: &mut Xml, run: RunProperties<'_>, content: impl FnOnce(&mut Xml)) {
    xml.open("w:r", &[]);
    run.write(xml);
    content(xml);
    xml.close("w:r");
}
