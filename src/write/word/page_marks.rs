//! The header and the footer of every page but the cover.

use super::cover::{draft, edition};
use super::inlines::{write_break, write_field, write_tab, write_text};
use super::look::Look;
use super::pages::Pages;
use super::properties::{ParagraphProperties, RunProperties};
use super::sections::Orientation;
use super::xml::Xml;
use super::{NAMESPACES, sender};
use crate::document::{Document, Publisher};

/// What a reader of paper has to know.
pub const PRINTED: &str = "Utskriven version kan vara ogiltig. Verifiera innehållet.";

/// The part with the header: title, edition, and whether it is a draft.
pub fn header(look: &Look, document: &Document, orientation: Orientation) -> Vec<u8> {
    let metadata = &document.metadata;
    let mut xml = Xml::part("w:hdr", &NAMESPACES);
    write_line(&mut xml, "Header", look, orientation, |xml| {
        write_text(xml, &metadata.title, RunProperties::PLAIN);
        write_tab(xml, RunProperties::PLAIN);
        write_text(xml, &edition(metadata), RunProperties::PLAIN);
        if let Some(draft) = draft(metadata) {
            write_text(xml, " · ", RunProperties::PLAIN);
            write_text(xml, &draft, RunProperties { style: Some("Draft"), ..RunProperties::PLAIN });
        }
    });
    xml.finish("w:hdr")
}

/// The part with the footer: who publishes, which page of how many, and a word on printed copies.
pub fn footer(look: &Look, publisher: &Publisher, orientation: Orientation, pages: &Pages) -> Vec<u8> {
    let mut xml = Xml::part("w:ftr", &NAMESPACES);
    write_line(&mut xml, "Footer", look, orientation, |xml| {
        write_text(xml, &sender(publisher, " · "), RunProperties::PLAIN);
        write_tab(xml, RunProperties::PLAIN);
        write_text(xml, "Sida ", RunProperties::PLAIN);
        write_field(xml, "PAGE", "2", RunProperties::PLAIN);
        write_text(xml, " av ", RunProperties::PLAIN);
        write_field(xml, "NUMPAGES", &pages.total().to_string(), RunProperties::PLAIN);
        write_break(xml);
        write_text(xml, PRINTED, RunProperties::PLAIN);
    });
    xml.finish("w:ftr")
}

/// A paragraph whose right part stands at the right margin, also where the page is wider than the style expects.
fn write_line(xml: &mut Xml, style: &str, look: &Look, orientation: Orientation, content: impl FnOnce(&mut Xml)) {
    let tabs = look.line_tabs(style, orientation);
    xml.open("w:p", &[]);
    ParagraphProperties { style: Some(style), tabs: &tabs, ..Default::default() }.write(xml);
    content(xml);
    xml.close("w:p");
}
