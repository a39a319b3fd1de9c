//! One pass over a part with text: what each group of rules needs to know of it is noted by its own collector.

use super::bookmarks::Bookmarks;
use super::contrast::Contrasts;
use super::fields::Fields;
use super::headings::Headings;
use super::links::Links;
use super::lists::ListUses;
use super::notes::Notes;
use super::pictures::Pictures;
use super::styles::{StyleUses, Styles};
use super::tables::Tables;
use crate::office::xml::{Node, Tag};

/// What a part's text is, in the order that findings are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Document,
    Footnotes,
    Endnotes,
    Header,
    Footer,
    Comments,
}

impl Kind {
    /// What stands beside the text, by the name of the relationship.
    pub const BESIDE: [(&'static str, Kind); 5] = [
        ("footnotes", Kind::Footnotes),
        ("endnotes", Kind::Endnotes),
        ("header", Kind::Header),
        ("footer", Kind::Footer),
        ("comments", Kind::Comments),
    ];

    /// As a message says it after ”i”.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Document => "dokumentet",
            Kind::Footnotes => "fotnoterna",
            Kind::Endnotes => "slutnoterna",
            Kind::Header => "sidhuvudet",
            Kind::Footer => "sidfoten",
            Kind::Comments => "kommentarerna",
        }
    }

    /// Whether it stands in the margin of pages, where assistive technology does not read.
    pub fn is_margin(self) -> bool {
        matches!(self, Kind::Header | Kind::Footer)
    }
}

/// A place in a story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Counted from 1, through tables and text boxes; 0 before the first.
    pub paragraph: usize,
    /// How many headings stand above.
    pub headings: usize,
}

/// Where a piece of a story is.
pub struct Context<'a> {
    pub spot: Spot,
    /// The elements around.
    pub path: &'a Path,
    pub styles: &'a Styles,
}

/// Notes what it needs of a story's pieces.
pub trait Collect {
    /// An element begins; it is not yet part of the path.
    fn start(&mut self, _tag: &Tag<'_>, _context: &Context<'_>) {}
    /// The element of this name has ended, and is no longer part of the path.
    fn end(&mut self, _name: &str, _context: &Context<'_>) {}
    /// Text that a reader sees.
    fn text(&mut self, _text: &str, _context: &Context<'_>) {}
}

/// A part with text, and what is known of it.
pub struct Story {
    pub part: String,
    pub kind: Kind,
    pub bookmarks: Bookmarks,
    pub links: Links,
    pub fields: Fields,
    pub tables: Tables,
    pub pictures: Pictures,
    pub headings: Headings,
    pub styles: StyleUses,
    pub lists: ListUses,
    pub notes: Notes,
    pub contrasts: Contrasts,
    path: Path,
    /// How many paragraphs have begun, and which of them are open.
    paragraphs: usize,
    open: Vec<usize>,
    /// How many elements are open of what is not looked at.
    skipped: usize,
    /// For each choice between forms of the same thing, whether one has been read.
    choices: Vec<bool>,
}

/// What tracked changes keep of how something looked before.
const FORMER: [&str; 8] = [
    "w:rPrChange",
    "w:pPrChange",
    "w:tblPrChange",
    "w:tblPrExChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:tblGridChange",
    "w:sectPrChange",
];

impl Story {
    pub fn new(part: &str, kind: Kind) -> Story {
        Story {
            part: part.to_owned(),
            kind,
            bookmarks: Bookmarks::default(),
            links: Links::default(),
            fields: Fields::default(),
            tables: Tables::default(),
            pictures: Pictures::default(),
            headings: Headings::default(),
            styles: StyleUses::default(),
            lists: ListUses::default(),
            notes: Notes::default(),
            contrasts: Contrasts::default(),
            path: Path::default(),
            paragraphs: 0,
            open: Vec::new(),
            skipped: 0,
            choices: Vec::new(),
        }
    }

    /// Takes the next piece of the part.
    pub fn take(&mut self, node: &Node<'_>, styles: &Styles) {
        match node {
            Node::Start(_) if self.skipped > 0 => self.skipped += 1,
            Node::End(..) if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            Node::Start(tag) if self.is_skipped(tag) => self.skipped = 1,
            Node::Start(tag) => self.start(tag, styles),
            Node::End(name, _) => self.end(name, styles),
            Node::Text(text) if matches!(self.path.up(0), "w:t" | "w:instrText") => {
                let is_seen = self.path.up(0) == "w:t";
                self.each(styles, |collector, context| {
                    if is_seen {
                        collector.text(text, context);
                    }
                });
                if !is_seen {
                    self.fields.instruct(text);
                }
            }
            Node::Text(_) => {}
        }
    }

    /// Of several forms of the same thing one is looked at, and of two looks the present one.
    fn is_skipped(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name.as_ref() {
            "mc:Choice" | "mc:Fallback" => {
                self.choices.last_mut().is_some_and(|is_read| std::mem::replace(is_read, true))
            }
            name => FORMER.contains(&name),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, styles: &Styles) {
        match tag.name.as_ref() {
            "w:p" => {
                self.paragraphs += 1;
                self.open.push(self.paragraphs);
            }
            "mc:AlternateContent" => self.choices.push(false),
            _ => {}
        }
        self.each(styles, |collector, context| collector.start(tag, context));
        self.path.push(&tag.name);
    }

    fn end(&mut self, name: &str, styles: &Styles) {
        self.path.pop();
        self.each(styles, |collector, context| collector.end(name, context));
        match name {
            "w:p" => _ = self.open.pop(),
            "mc:AlternateContent" => _ = self.choices.pop(),
            _ => {}
        }
    }

    fn each(&mut self, styles: &Styles, mut give: impl FnMut(&mut dyn Collect, &Context<'_>)) {
        // Outside a paragraph the next one is meant: a table begins with its first cell.
        let paragraph = self.open.last().copied().unwrap_or(self.paragraphs + 1);
        let spot = Spot { paragraph, headings: self.headings.count() };
        let context = Context { spot, path: &self.path, styles };
        let collectors: [&mut dyn Collect; 10] = [
            &mut self.bookmarks,
            &mut self.links,
            &mut self.fields,
            &mut self.tables,
            &mut self.pictures,
            &mut self.headings,
            &mut self.styles,
            &mut self.lists,
            &mut self.notes,
            &mut self.contrasts,
        ];
        collectors.into_iter().for_each(|collector| give(collector, &context));
    }
}

/// The names of the elements around a place.
#[derive(Debug, Default)]
pub struct Path {
    names: String,
    starts: Vec<usize>,
}

impl Path {
    pub fn push(&mut self, name: &str) {
        self.starts.push(self.names.len());
        self.names.push_str(name);
    }

    pub fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.names.truncate(start);
        }
    }

    /// The name so many steps out; the innermost is 0 steps out. Empty beyond the root.
    pub fn up(&self, steps: usize) -> &str {
        let Some(index) = self.starts.len().checked_sub(steps + 1) else { return "" };
        let end = self.starts.get(index + 1).copied().unwrap_or(self.names.len());
        &self.names[self.starts[index]..end]
    }
}
