//! One pass over a part with text: what each group of rules needs to know of it is noted by its own collector.

use std::ops::Deref;

use super::bookmarks::Bookmarks;
use super::contrast::Contrasts;
use super::elements::{Element, Elements, Path, Role};
use super::fields::Fields;
use super::headings::Headings;
use super::links::Links;
use super::lists::ListUses;
use super::notes::Notes;
use super::pictures::Pictures;
use super::styles::{Named, StyleUses, Styles};
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
    /// The style that an element names which is there to name one.
    pub style: Named,
    pub styles: &'a Styles,
}

/// What a collector is told of.
#[derive(Default)]
pub struct Wants {
    /// The elements whose beginnings it is told of.
    pub starts: &'static [&'static [&'static str]],
    /// The elements whose ends it is told of.
    pub ends: &'static [&'static [&'static str]],
    /// Whether it is told the text that a reader sees.
    pub text: bool,
}

/// Notes what it needs of a story's pieces, and is told of no others.
pub trait Collect {
    fn wants(&self) -> Wants;
    /// An element begins; it is not yet part of the path.
    fn start(&mut self, _tag: &Tag<'_>, _context: &Context<'_>) {}
    /// The element of this name has ended, and is no longer part of the path.
    fn end(&mut self, _name: &str, _context: &Context<'_>) {}
    /// Text that a reader sees.
    fn text(&mut self, _text: &str, _context: &Context<'_>) {}
}

/// What the collectors of a story want, in the order that they are told.
pub fn wants() -> Vec<Wants> {
    let mut collectors = Collectors::default();
    (0..COLLECTORS).map(|index| collectors.get(index).wants()).collect()
}

/// A part with text, and what is known of it.
pub struct Story {
    pub part: String,
    pub kind: Kind,
    pub collected: Collectors,
    elements: &'static Elements,
    path: Path,
    /// How many paragraphs have begun, and which of them are open.
    paragraphs: usize,
    open: Vec<usize>,
    /// How many elements are open of what is not looked at.
    skipped: usize,
    /// For each choice between forms of the same thing, whether one has been read.
    choices: Vec<bool>,
}

/// What the rules need to know of a story.
#[derive(Default)]
pub struct Collectors {
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
}

const COLLECTORS: u32 = 10;

impl Collectors {
    /// One of them, in the order that they are told.
    fn get(&mut self, index: u32) -> &mut dyn Collect {
        match index {
            0 => &mut self.bookmarks,
            1 => &mut self.links,
            2 => &mut self.fields,
            3 => &mut self.tables,
            4 => &mut self.pictures,
            5 => &mut self.headings,
            6 => &mut self.styles,
            7 => &mut self.lists,
            8 => &mut self.notes,
            _ => &mut self.contrasts,
        }
    }
}

/// What is known of a story is what its collectors have noted.
impl Deref for Story {
    type Target = Collectors;

    fn deref(&self) -> &Collectors {
        &self.collected
    }
}

impl Story {
    pub fn new(part: &str, kind: Kind, elements: &'static Elements) -> Story {
        Story {
            part: part.to_owned(),
            kind,
            collected: Collectors::default(),
            elements,
            path: Path::of(elements),
            paragraphs: 0,
            open: Vec::new(),
            skipped: 0,
            choices: Vec::new(),
        }
    }

    /// Takes the next piece of the part, whose elements have the classes of [`Elements`].
    pub fn take(&mut self, node: &Node<'_>, styles: &Styles) {
        match node {
            Node::Start(_) if self.skipped > 0 => self.skipped += 1,
            Node::End(..) if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            Node::Start(tag) => {
                let element = self.elements.get(tag.class);
                if self.is_skipped(element) {
                    self.skipped = 1;
                } else {
                    self.start(tag, element, styles);
                }
            }
            Node::End(name, class) => self.end(name, self.elements.get(*class), styles),
            Node::Text(text) => match self.path.role() {
                Role::Text => {
                    let listeners = self.elements.listeners;
                    self.each(listeners, Named::Not, styles, |collector, context| collector.text(text, context));
                }
                Role::Instruction => self.collected.fields.instruct(text),
                _ => {}
            },
        }
    }

    /// Of several forms of the same thing one is looked at, and of two looks the present one.
    fn is_skipped(&mut self, element: &Element) -> bool {
        match element.role {
            Role::Form => self.choices.last_mut().is_some_and(|is_read| std::mem::replace(is_read, true)),
            role => role == Role::Former,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, element: &Element, styles: &Styles) {
        let mut style = Named::Not;
        match element.role {
            Role::Paragraph => {
                self.paragraphs += 1;
                self.open.push(self.paragraphs);
            }
            Role::Choice => self.choices.push(false),
            Role::Style => style = styles.named(tag.value()),
            _ => {}
        }
        self.each(element.starts, style, styles, |collector, context| collector.start(tag, context));
        self.path.push(tag.class);
    }

    fn end(&mut self, name: &str, element: &Element, styles: &Styles) {
        self.path.pop();
        self.each(element.ends, Named::Not, styles, |collector, context| collector.end(name, context));
        match element.role {
            Role::Paragraph => _ = self.open.pop(),
            Role::Choice => _ = self.choices.pop(),
            _ => {}
        }
    }

    /// Gives something to those collectors whose bits are set.
    fn each(
        &mut self,
        mut told: u16,
        style: Named,
        styles: &Styles,
        mut give: impl FnMut(&mut dyn Collect, &Context<'_>),
    ) {
        if told == 0 {
            return;
        }
        // Outside a paragraph the next one is meant: a table begins with its first cell.
        let paragraph = self.open.last().copied().unwrap_or(self.paragraphs + 1);
        let spot = Spot { paragraph, headings: self.collected.headings.count() };
        let context = Context { spot, path: &self.path, style, styles };
        while told != 0 {
            give(self.collected.get(told.trailing_zeros()), &context);
            told &= told - 1;
        }
    }
}
