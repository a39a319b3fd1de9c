//! The tree that every writer reads: documents and pages of blocks and inlines.
//!
//! Composing makes it, writing turns it into Word, HTML and Markdown. It knows nothing of services or levels:
//! what a writer cannot show has no node here, so nothing can be lost between the formats.

mod drawing;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

pub use drawing::{Anchor, Area, Drawing, Drawings, Frame, Layer, Line, Point, Shape, Style, Words};

use crate::model::Date;
use places::Places;

/// Everything that one build publishes, but for the texts of a large catalogue: those are had from [`Texts`].
#[derive(Debug, Default)]
pub struct Publication {
    /// The organisation and its unit, as they stand on covers and in page heads.
    pub publisher: Publisher,
    /// The documents, in the order of their templates' `order`. Their blocks may be left out.
    pub documents: Vec<Document>,
    /// The pages that only the site has: one for each service, product, level, … and the lists. Their blocks may be left
    /// out.
    pub pages: Vec<Page>,
    /// Where each id that can be linked to is at home.
    pub targets: FxHashMap<String, Targets>,
    /// Pictures by the name that a [`Figure`] gives.
    pub pictures: BTreeMap<String, Picture>,
    /// What is drawn from the data, by the name that a [`Figure`] gives.
    pub drawings: Drawings,
    /// Names of those that the documents show.
    pub drawings_of_documents: BTreeSet<String>,
    /// The price list as rows for a spreadsheet.
    pub prices: Sheet,
    /// What is new since the edition before, and the versions of the documents.
    pub changes: Vec<Change>,
    /// The last day on which something of the edition was issued.
    pub updated: Option<Date>,
    /// Words that mean the same, for a search: each list is of at least two.
    pub synonyms: Vec<Vec<String>>,
    /// Where each stands.
    pub(crate) places: OnceLock<Places>,
}

/// The documents and pages of a publication with their texts, made one at a time: all of them at once take more room than
/// a computer may have.
pub trait Texts: Sync {
    /// The document at that place of [`Publication::documents`].
    fn document(&self, place: usize) -> Document;

    /// The page at that place of [`Publication::pages`].
    fn page(&self, place: usize) -> Page;

    /// What a document's page on the site says of itself to a machine, as JSON-LD.
    fn linked_data_of_document(&self, place: usize) -> Option<serde_json::Value>;

    /// The same of a page.
    fn linked_data_of_page(&self, place: usize) -> Option<serde_json::Value>;

    /// The catalogue as data, for other programs.
    fn data(&self) -> Data<'_>;

    /// What the data holds, as JSON Schema.
    fn data_schema(&self) -> serde_json::Value;
}

/// The parts of an object, by name.
pub type Data<'a> = BTreeMap<String, DataPart<'a>>;

/// A part of the catalogue as data.
pub enum DataPart<'a> {
    Value(serde_json::Value),
    /// A list of so many, each made when it is asked for by its place.
    List(usize, Box<dyn Fn(usize) -> serde_json::Value + Sync + 'a>),
}

/// Rows for a spreadsheet, where an amount is a number and a date a date.
#[derive(Debug, Default)]
pub struct Sheet {
    /// File name without its ending, such as `prislista-2027`.
    pub stem: String,
    pub title: String,
    /// What there is to know before reading it, a line each.
    pub remarks: Vec<String>,
    pub columns: Vec<String>,
    /// Each row has one value a column.
    pub rows: Vec<Vec<Value>>,
}

/// What a spreadsheet's cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    /// Kronor.
    Amount(rust_decimal::Decimal),
    /// A figure without unit.
    Number(rust_decimal::Decimal),
    Date(Date),
}

/// Who publishes, and where.
#[derive(Debug, Default, Clone)]
pub struct Publisher {
    pub organisation: String,
    pub unit: String,
    /// Address of the published site, ending in `/`, where there is one.
    pub site: Option<String>,
    /// Where a reader turns with questions and faults (`§ 5`).
    pub contact: Option<String>,
    /// The edition's year; part of every document's file name.
    pub year: i16,
}

/// One published document: Word, HTML and Markdown are written from it alone.
#[derive(Debug, Default, Clone)]
pub struct Document {
    /// The template's name, such as `tjanstekatalog`, with the id of what it is about where that has a document of its
    /// own: `sla/orbit`. [`document_page`] is the site's page.
    pub name: String,
    /// File name without its ending, such as `tjanstekatalog-2027`.
    pub stem: String,
    pub metadata: Metadata,
    /// The id of what the document is all about, where that is one thing.
    pub about: Option<String>,
    /// Whether it has a cover page and lists of its contents; a short one begins on its first page.
    pub contents: bool,
    pub blocks: Vec<Block>,
}

/// What a cover calls who has approved a document, and who will where it is a draft.
pub const APPROVED: &str = "Godkänd av";
pub const TO_BE_APPROVED: &str = "Ska godkännas av";

/// What a cover and a file's properties say of a document.
#[derive(Debug, Default, Clone)]
pub struct Metadata {
    pub title: String,
    pub summary: Option<String>,
    /// What the edition's status is called on the cover: `Utkast`, `Remiss` or `Beslutad`.
    pub status: String,
    /// Whether the edition is decided; a draft says what it is in every page's head.
    pub decided: bool,
    pub version: String,
    pub year: i16,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// Label and value in the order that the cover shows them: Handlingstyp, Gäller för, …
    pub facts: Vec<(String, String)>,
    /// Version history, oldest first; empty where the document has none.
    pub history: Vec<Revision>,
    /// Whether the document shows made-up data, which it then says on its first page.
    pub example: bool,
}

/// One row of a document's version history.
#[derive(Debug, Default, Clone)]
pub struct Revision {
    pub version: String,
    pub date: Option<Date>,
    pub issuer: String,
    pub reason: String,
}

impl Revision {
    /// What the parts of a row are called, in every format: the words of the guideline's own history.
    pub const LABELS: [&str; 4] = ["Version", "Datum", "Utfärdare", "Förändringsorsak"];
}

/// One page of the site that is no document.
#[derive(Debug, Default, Clone)]
pub struct Page {
    /// Path under the site's root, such as `tjanster/orbit-operationsplanering.html`.
    pub path: String,
    /// File name of the layout around it, unless it is the common one.
    pub layout: Option<String>,
    pub title: String,
    /// One sentence for search results and link previews.
    pub summary: Option<String>,
    /// Path of the page above this one, for the breadcrumbs; `None` on the start page.
    pub parent: Option<String>,
    /// Position in the site's navigation, for pages that stand there.
    pub navigation: Option<Navigation>,
    /// The id of what the page is all about, where that is one thing.
    pub about: Option<String>,
    /// What a reader can pick the page out by, with the values that it has.
    pub facets: Vec<Facet>,
    /// Whether the page is about what stands behind other pages, such as a person: a search shows those first.
    pub secondary: bool,
    /// Words that find the page though it does not say them.
    pub synonyms: Vec<String>,
    /// The file that its facts are kept in.
    pub source: Option<Source>,
    pub example: bool,
    pub blocks: Vec<Block>,
}

/// One piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of what has changed, where it is in the catalogue.
    pub about: Option<String>,
    /// What tells it from all others, of this edition and of others, wherever it stands among them.
    pub mark: String,
    pub title: String,
    /// What has changed, in a sentence or more.
    pub text: String,
    /// When, unless with the edition.
    pub day: Option<Date>,
}

/// One way to pick pages out, such as by level, and the values that a page has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What it is called: `Nivå`.
    pub name: &'static str,
    /// At least one.
    pub values: Vec<String>,
}

impl Facet {
    /// The facet that every page has: what kind of thing it is about.
    pub const KIND: &str = "Slag";
}

/// A file of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path under the content folder.
    pub path: String,
    /// Where it can be read, if anywhere.
    pub address: Option<String>,
}

/// A page's entry in the site's navigation.
#[derive(Debug, Clone)]
pub struct Navigation {
    pub order: i64,
    pub label: String,
}

/// Where an id is found.
#[derive(Debug, Default, Clone)]
pub struct Targets {
    /// Name of the document that describes it: the first whose heading or anchor carries the id.
    pub document: Option<String>,
    /// Every document that has an anchor for it.
    pub documents: Vec<String>,
    /// The site's page for it, and the anchor there unless the page is all about it.
    pub page: Option<(String, Option<String>)>,
}

/// A picture's bytes as they stand in the content folder.
#[derive(Debug, Clone)]
pub struct Picture {
    pub kind: PictureKind,
    pub bytes: Vec<u8>,
    /// Size in pixels.
    pub width: u32,
    pub height: u32,
}

/// The picture formats that Word and browsers both show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    Png,
    Jpeg,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    Heading(Heading),
    Paragraph(Vec<Inline>),
    List(List),
    Table(Table),
    Figure(Figure),
    /// A boxed notice with its kind, such as a remark or a warning.
    Notice(Notice, Vec<Block>),
    Quote(Vec<Block>),
    /// Verbatim text, such as an example of a source file.
    Code(String),
    /// A part that is set on pages in landscape where there are pages; the blocks between two headings or more.
    Landscape(Vec<Block>),
}

/// A heading; also the definition of the place that its `id` names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 is a chapter.
    pub level: u8,
    /// Anchor, unique in its document or page. Always set once composed.
    pub id: String,
    /// `2.3`, or `Bilaga A`; `None` for a heading without number.
    pub number: Option<String>,
    /// Whether the heading opens an appendix, which is lettered instead of numbered. Sub-headings follow theirs.
    pub appendix: bool,
    pub text: Vec<Inline>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// First number of a numbered list; `None` for bullets.
    pub start: Option<u64>,
    /// A list without blank lines between its items: their single paragraphs are set close.
    pub tight: bool,
    pub items: Vec<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub caption: Option<Caption>,
    /// How each column's text stands.
    pub columns: Vec<Align>,
    /// One cell a column.
    pub header: Vec<Cell>,
    /// Each row has one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// `Tabell 3` or `Figur 1` and its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Caption {
    /// Anchor, unique in its document.
    pub id: String,
    /// Counted from 1 through a document, tables and figures apart. 0 until numbered; on a site's page captions have no number.
    pub number: u32,
    pub text: Vec<Inline>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// A table's cell: inlines, in which a hard break starts a new line.
pub type Cell = Vec<Inline>;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Key in [`Publication::pictures`], or in [`Publication::drawings`].
    pub picture: String,
    /// What the picture shows, for those who cannot see it; a drawing says it itself.
    pub description: String,
    pub caption: Option<Caption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    Remark,
    Tip,
    Important,
    Warning,
}

/// A catalogue has millions of them: what is larger than a text stands in a box of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Inline {
    Text(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikeout(Vec<Inline>),
    Code(String),
    Link(Box<Link>),
    /// A place by its number, as print needs it.
    Reference(Box<Reference>),
    /// The place that an id names, where that is no heading or caption: a row of a table, a term in a list.
    Anchor(String),
    /// A footnote, at the place of its mark.
    Note(Vec<Block>),
    /// A line break that the author asked for.
    Break,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub target: Target,
    /// What the reader sees; never empty once composed.
    pub text: Vec<Inline>,
}

/// A reference that names its place by number: `avsnitt 4.2`, in Word with the page as well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// What it leads to, by id.
    pub id: String,
    /// The name of that; stands where there are no numbers: on the site's pages and between documents.
    pub name: String,
    /// Set once composed, where a document has the place.
    pub number: Option<Number>,
}

/// The number that a reader finds a place by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Number {
    /// Of a heading, or of the heading that the place stands under.
    Section {
        /// The heading's id.
        heading: String,
        /// `4.2`, or `Bilaga A`.
        number: String,
    },
    /// Of a table or a figure: `Tabell 3`.
    Caption(String),
    /// In another document: `Tjänstekatalog, kapitel 4`.
    Elsewhere(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Target {
    /// Something of the catalogue, by id; see [`Publication::targets`].
    Id(String),
    /// An address outside, `https:`, `http:` or `mailto:`.
    Address(String),
}

impl Table {
    /// The table's name for those who cannot see it: its caption, else its column headings.
    pub fn description(&self) -> String {
        match &self.caption {
            Some(caption) => plain_text(&caption.text),
            None => self.header.iter().map(|cell| plain_text(cell)).collect::<Vec<_>>().join(", "),
        }
    }
}

impl Reference {
    /// What the reader sees, without the page.
    pub fn text(&self) -> String {
        match &self.number {
            Some(number) => number.text(),
            None => self.name.clone(),
        }
    }
}

impl Number {
    /// With the word that belongs to it: `kapitel 4`, `avsnitt 4.2`, `Bilaga A`, `Tabell 3`.
    pub fn text(&self) -> String {
        match self {
            Number::Section { number, .. } => format!("{}{number}", section_word(number)),
            Number::Caption(text) | Number::Elsewhere(text) => text.clone(),
        }
    }
}

/// Path under the site's root of the page that a whole document is.
pub fn document_page(name: &str) -> String {
    format!("dokument/{name}.html")
}

/// The word before a section's number, with its space; an appendix brings its own.
pub fn section_word(number: &str) -> &'static str {
    if number.contains('.') {
        "avsnitt\u{a0}"
    } else if number.starts_with(|first: char| first.is_ascii_digit()) {
        "kapitel\u{a0}"
    } else {
        ""
    }
}

impl Caption {
    /// `Tabell 3`, where `kind` is the word; nothing where it has no number.
    pub fn label(&self, kind: &str) -> Option<String> {
        (self.number > 0).then(|| format!("{kind}\u{a0}{}", self.number))
    }
}

impl Notice {
    /// The word that opens the notice.
    pub fn label(self) -> &'static str {
        match self {
            Notice::Remark => "Observera",
            Notice::Tip => "Tips",
            Notice::Important => "Viktigt",
            Notice::Warning => "Varning",
        }
    }
}

/// The letters of some inlines, without markup, notes or anchors; a break is a space.
pub fn plain_text(inlines: &[Inline]) -> String {
    plain_text_with(inlines, &Reference::text, &|_| String::new())
}

/// The same, with what references by number show, and what stands for a note.
pub fn plain_text_with(
    inlines: &[Inline],
    shown: &dyn Fn(&Reference) -> String,
    note: &dyn Fn(&[Block]) -> String,
) -> String {
    let mut text = String::new();
    push_plain_text(inlines, shown, note, &mut text);
    text
}

fn push_plain_text(
    inlines: &[Inline],
    shown: &dyn Fn(&Reference) -> String,
    note: &dyn Fn(&[Block]) -> String,
    out: &mut String,
) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => {
                push_plain_text(inner, shown, note, out)
            }
            Inline::Link(link) => push_plain_text(&link.text, shown, note, out),
            Inline::Reference(reference) => out.push_str(&shown(reference)),
            Inline::Break => out.push(' '),
            Inline::Note(blocks) => out.push_str(&note(blocks)),
            Inline::Anchor(_) => {}
        }
    }
}

/// Shows every block to `visit`, the inner ones after what they stand in.
pub fn walk<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::List(list) => list.items.iter().for_each(|item| walk(item, visit)),
            Block::Notice(_, inner) | Block::Quote(inner) | Block::Landscape(inner) => walk(inner, visit),
            Block::Heading(_) | Block::Paragraph(_) | Block::Table(_) | Block::Figure(_) | Block::Code(_) => {}
        }
    }
}

/// Shows every inline to `visit`, those in notes and links too.
pub fn each_inline<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    walk(blocks, &mut |block| each_own_inline(block, visit));
}

/// Shows the inlines of one block to `visit`, without those of the blocks that stand in it.
pub fn each_own_inline<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Inline)) {
    match block {
        Block::Heading(heading) => inlines(&heading.text, visit),
        Block::Paragraph(text) => inlines(text, visit),
        Block::Table(table) => {
            if let Some(caption) = &table.caption {
                inlines(&caption.text, visit);
            }
            std::iter::once(&table.header).chain(&table.rows).flatten().for_each(|cell| inlines(cell, visit));
        }
        Block::Figure(figure) => {
            if let Some(caption) = &figure.caption {
                inlines(&caption.text, visit);
            }
        }
        Block::List(_) | Block::Notice(..) | Block::Quote(_) | Block::Landscape(_) | Block::Code(_) => {}
    }
}

fn inlines<'a>(text: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in text {
        visit(inline);
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => inlines(inner, visit),
            Inline::Link(link) => inlines(&link.text, visit),
            Inline::Note(blocks) => each_inline(blocks, visit),
            Inline::Text(_) | Inline::Code(_) | Inline::Reference(_) | Inline::Anchor(_) | Inline::Break => {}
        }
    }
}

/// Every anchor of some blocks: of headings, captions and places in the text.
pub fn anchors(blocks: &[Block]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    each_anchor(blocks, &mut |id| {
        ids.insert(id.to_string());
    });
    ids
}

/// An anchor that two places of some blocks carry, so that a link to it would lead to the wrong one.
pub fn repeated_anchor(blocks: &[Block]) -> Option<String> {
    repeated_anchors(blocks).into_iter().next().map(str::to_string)
}

/// Every such anchor, once, in the order that they come again.
pub fn repeated_anchors(blocks: &[Block]) -> Vec<&str> {
    let (mut seen, mut again, mut repeated) = (FxHashSet::default(), FxHashSet::default(), Vec::new());
    each_anchor(blocks, &mut |id| {
        // What has no anchor yet is given one of its own.
        if !id.is_empty() && !seen.insert(id) && again.insert(id) {
            repeated.push(id);
        }
    });
    repeated
}

/// Shows every anchor of some blocks to `visit`: that of a heading or a caption, then those of places in its text.
pub fn each_anchor<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a str)) {
    walk(blocks, &mut |block| {
        match block {
            Block::Heading(heading) => visit(&heading.id),
            Block::Table(Table { caption: Some(caption), .. })
            | Block::Figure(Figure { caption: Some(caption), .. }) => visit(&caption.id),
            _ => {}
        }
        each_own_inline(block, &mut |inline| {
            if let Inline::Anchor(id) = inline {
                visit(id);
            }
        });
    });
}

/// Where a link leads, seen from one document.
#[derive(Debug, PartialEq, Eq)]
pub enum Location<'a> {
    /// An anchor in the same document.
    Here(&'a str),
    /// An anchor in another document, by that document's name.
    Document { name: &'a str, anchor: &'a str },
    /// A page of the site, and perhaps an anchor on it.
    Page { path: &'a str, anchor: Option<&'a str> },
}

impl Publication {
    /// Where `id` is to be found by a reader of `document`; `None` when no document or page shows it.
    pub fn locate<'a>(&'a self, document: &str, id: &'a str) -> Option<Location<'a>> {
        let targets = self.targets.get(id)?;
        if targets.documents.iter().any(|name| name == document) {
            return Some(Location::Here(id));
        }
        if let Some(name) = &targets.document {
            return Some(Location::Document { name, anchor: id });
        }
        let (path, anchor) = targets.page.as_ref()?;
        Some(Location::Page { path, anchor: anchor.as_deref() })
    }

    /// The document that is the site's page of this path.
    pub fn document_at(&self, path: &str) -> Option<&Document> {
        self.document(path.strip_prefix("dokument/")?.strip_suffix(".html")?)
    }

    /// The document of that name.
    pub fn document(&self, name: &str) -> Option<&Document> {
        self.documents.get(self.place_of(name)?)
    }
}
