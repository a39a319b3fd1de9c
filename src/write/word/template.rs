//! A region's own Word template: everything of it lives on in the documents, and only what a document needs of its own
//! is put in.
//!
//! What is not changed stays as it is in the file, byte for byte. What is changed is read as a [`tree`] that writes
//! again what it has read. Our styles are found among the template's by name ([`styles`]), our lists stand after its
//! ([`lists`]), pages are its pages ([`pages`]), and what it leaves to be filled in is filled in ([`controls`]).
//! What leads out of the file stays out ([`outside`]).

mod assemble;
mod colors;
mod controls;
mod kept;
mod lists;
mod names;
mod outside;
mod package;
mod pages;
mod read;
mod settings;
mod styles;
mod tree;
mod typefaces;
mod wide;

use std::collections::BTreeMap;

pub use self::assemble::Written;
use self::controls::{Facts, fill};
use self::lists::Numbering;
use self::package::Package;
use self::styles::Styles;
pub use self::styles::unknown as unknown_formats;
use self::tree::{Element, Node, Tree};
use super::package::Relationships;
use super::properties::{Indent, ParagraphProperties, Tab};
use super::sections::{Orientation, Page};
use super::styles as own_styles;
use super::xml::Xml;
use crate::diagnostic::{Code, Severity, codes};
use crate::document::{Metadata, Publisher};

/// Ours are numbered after the template's, of which those from here on are none that a program gives; there is room for
/// ours before and after them.
const MOST_NUMBER: u32 = 1_000_000_000;

/// Why a template cannot be used, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    pub message: String,
    pub help: String,
}

impl Unusable {
    fn new(message: &str, help: &str) -> Unusable {
        Unusable { message: message.to_owned(), help: help.to_owned() }
    }
}

/// Something to be told about a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    pub help: String,
    /// What it is about of `wordformat`.
    pub format: Option<StyleName>,
}

/// A side of a line of `wordformat`, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StyleName {
    /// The key, which names a style of ours.
    Ours(String),
    /// The template's style that the key is given.
    Theirs(String),
}

impl Remark {
    fn new(code: Code, severity: Severity, message: impl Into<String>, help: impl Into<String>) -> Remark {
        Remark { code, severity, message: message.into(), help: help.into(), format: None }
    }

    /// A mistake in what `wordformat` says.
    fn on_format(format: StyleName, message: String, help: String) -> Remark {
        Remark { format: Some(format), ..Remark::new(codes::WORD_FORMAT, Severity::Error, message, help) }
    }
}

/// A template that has been read and made ready for any number of documents.
#[derive(Debug)]
pub struct Template {
    /// Its parts, those already changed that are the same in every document.
    package: Package,
    styles: Styles,
    numbering: Option<Numbering>,
    sections: pages::Sections,
    /// What a heading's paragraph says beside its style, and whether it starts a page, by level.
    headings: Vec<(ParagraphProperties<'static>, bool)>,
    /// Of the template's styles for entries of the contents: where their text starts, and whether they have a tab for
    /// the page.
    entries: BTreeMap<String, (u32, bool)>,
    /// How wide its text is, and how high a line of it, against those of the built-in look.
    width: f32,
    line: f32,
    /// So many levels of headings are counted by the template's own list.
    counted: usize,
    /// The text's part up to its body.
    opening: String,
    /// What stands before and after our text.
    before: Vec<Node>,
    after: Vec<Node>,
    /// What stands before is a cover, to which ours would be a second.
    has_cover: bool,
    /// What follows the cover starts a page without being told.
    cover_ends_page: bool,
    /// The notes' part up to its end, and the greatest number of a note in it.
    notes: Option<(String, u32)>,
    /// Headers and footers, and whether it is a header.
    marks: Vec<(String, Tree, bool)>,
    /// Those made for turned pages, and what each is made of.
    turned: Vec<(String, String)>,
    core: Option<(String, Tree)>,
    custom: Option<(String, Tree)>,
}

impl Template {
    /// The page that text stands on which lies in this way.
    pub fn page(&self, orientation: Orientation) -> Page {
        self.sections.page(orientation)
    }

    /// The text's part up to where our text goes.
    pub fn start(&self, publisher: &Publisher, metadata: &Metadata) -> Xml {
        let mut before = Element::new("w:body");
        before.children = self.before.clone();
        fill(&mut before, Facts { publisher, metadata });
        let mut text = self.opening.clone();
        text.push_str("<w:body>");
        before.write_content(&mut text);
        Xml::started(text)
    }

    /// What follows our text, and whether that ends in a table.
    pub fn end(&self, publisher: &Publisher, metadata: &Metadata) -> (String, bool) {
        let mut after = Element::new("w:body");
        after.children = self.after.clone();
        fill(&mut after, Facts { publisher, metadata });
        let mut text = String::new();
        after.write_content(&mut text);
        (text, after.elements().last().is_some_and(|last| last.name() == "w:tbl"))
    }

    /// Whether the template's cover shows what is called so.
    pub fn shows(&self, name: &str) -> bool {
        let shows = |element: &Element| controls::shows(element, name);
        self.before.iter().any(|node| matches!(node, Node::Element(element) if element.any(shows)))
    }

    /// Whether the template has a cover of its own.
    pub fn has_cover(&self) -> bool {
        self.has_cover
    }

    /// Whether what follows the cover has to be told to start a page.
    pub fn needs_page_break(&self) -> bool {
        !self.cover_ends_page
    }

    /// Relationships of the text's part, or of the notes', with numbers that the template has not used.
    pub fn relationships(&self, notes: bool) -> Relationships {
        let of = if notes { self.notes_name() } else { self.package.main.clone() };
        self.package.more_relationships(&of)
    }

    /// The notes' part up to its end, and the greatest number of a note in it; `None` where it is ours.
    pub fn notes(&self) -> Option<(Xml, u32)> {
        self.notes.as_ref().map(|(opening, last)| (Xml::started(opening.clone()), *last))
    }

    fn notes_name(&self) -> String {
        let main = &self.package.main;
        self.package.related(main, "footnotes").unwrap_or_else(|| self.beside("footnotes.xml"))
    }

    /// `w:sectPr` of a section. A header or footer that the template lacks is made by `own`, which gives its number.
    pub fn section(
        &self,
        orientation: Orientation,
        first: bool,
        draft: bool,
        mut own: impl FnMut(&'static str) -> String,
    ) -> String {
        let mut references = Vec::new();
        let (header, footer) = (self.sections.has("w:headerReference"), self.sections.has("w:footerReference"));
        for (kind, missing) in [("header", !header && (!footer || draft)), ("footer", !header && !footer)] {
            if missing {
                let tag = format!("w:{kind}Reference w:type=\"default\" r:id=\"{}\"", own(kind));
                references.push(Element::new(&tag));
            }
        }
        self.sections.properties(orientation, first, &references)
    }

    /// Puts the template's names of styles, numbers of lists and colours in the place of ours.
    pub fn translate(&self, xml: &str) -> String {
        let first_list = self.numbering.as_ref().map_or(0, |numbering| numbering.first_list);
        let known = ["pStyle", "rStyle", "tblStyle", "numId", "color"].map(|name| format!("<w:{name} w:val=\""));
        let mut out = String::with_capacity(xml.len() + xml.len() / 16);
        let mut rest = xml;
        while let Some(at) = rest.find("<w:") {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let start = known.iter().find(|start| from.starts_with(start.as_str()));
            let value = start.and_then(|start| Some((start.as_str(), from[start.len()..].split_once('"')?)));
            let Some((start, (value, after))) = value else {
                out.push_str(&from[..3]);
                rest = &from[3..];
                continue;
            };
            out.push_str(start);
            match start {
                "<w:numId w:val=\"" => out.push_str(&moved(value, first_list)),
                "<w:color w:val=\"" => out.push_str(self.styles.palette.of_template(value)),
                _ => out.push_str(self.styles.ids.get(value).map_or(value, String::as_str)),
            }
            out.push('"');
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The lists' part, and what is added to our numbers of definitions and of lists; `None` where the part is ours.
    pub fn numbering(&self) -> Option<&Numbering> {
        self.numbering.as_ref()
    }

    /// How many levels of headings the template counts itself as the tree does.
    pub fn counted_levels(&self) -> usize {
        self.counted
    }

    /// Whether headings of the front matter would be counted, as styles are that rest on those of chapters.
    pub fn counts_front_headings(&self) -> bool {
        self.styles.list("FrontHeading").is_some() || self.styles.list("TOCHeading").is_some()
    }

    /// Where the tab stops of a style of ours stand.
    pub fn tabs(&self, style: &str) -> Vec<u32> {
        self.styles.tabs(style).into_iter().map(|stop| stop.position).collect()
    }

    /// Headers and footers made for turned pages, and the template's that each is made of.
    pub fn turned(&self) -> &[(String, String)] {
        &self.turned
    }

    /// How wide the template's text is, against that of the built-in look.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// How high a line of the template's text is, against that of the built-in look.
    pub fn line(&self) -> f32 {
        self.line
    }

    /// The room for the number of a heading on this level, where the built-in look has so much.
    pub fn number_width(&self, level: usize, built_in: u32) -> u32 {
        let Some((own, _, _)) = own_styles::HEADING_LOOK.get(level) else { return built_in };
        let size = self.styles.size(own_styles::HEADINGS[level]).unwrap_or(*own);
        let scale = (size as f32 / *own as f32 * self.width).max(1.0);
        (built_in as f32 * scale) as u32
    }

    /// What a heading's paragraph has to say that its style in the template does not, and whether it has to start a page.
    pub fn heading(&self, level: usize) -> (ParagraphProperties<'static>, bool) {
        self.headings.get(level).copied().unwrap_or_default()
    }

    /// Tabs and indent of an entry of the contents whose number is so wide, as Word itself writes them to each entry.
    pub fn contents_entry(&self, style: &str, number: u32) -> Option<(Vec<Tab>, Indent)> {
        let (text, has_page_tab) = *self.entries.get(style)?;
        let mut tabs = Vec::new();
        if number > 0 {
            tabs.push(Tab { kind: "left", dotted: false, position: text + number });
        }
        if !has_page_tab {
            tabs.push(Tab { kind: "right", dotted: true, position: self.page(Orientation::Portrait).text_width() });
        }
        let hanging = Indent { left: Some(text + number), right: None, hanging: Some(number) };
        Some((tabs, if number > 0 { hanging } else { Indent::default() }))
    }
}

/// The number of a list of ours among the template's; list 0 is none, also there.
fn moved(list: &str, first: u32) -> String {
    let number: u32 = list.parse().unwrap_or(0);
    if number == 0 { String::from("0") } else { (number + first).to_string() }
}
