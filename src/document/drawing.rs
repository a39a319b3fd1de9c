//! A figure that is drawn from the data: boxes, lines and words at their places on a sheet.
//!
//! Every length is in twentieths of a point, as whole numbers: the same data gives the same drawing to the last byte. A
//! writer only has to put the shapes down.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Drawings by name, each of them drawn when it is first needed.
#[derive(Debug, Default)]
pub struct Drawings(BTreeMap<String, OnceLock<Drawing>>);

impl Drawings {
    /// Those of these names, which are yet to be drawn.
    pub fn of(names: impl IntoIterator<Item = String>) -> Drawings {
        Drawings(names.into_iter().map(|name| (name, OnceLock::new())).collect())
    }

    /// Adds one that is drawn.
    pub fn insert(&mut self, name: String, drawing: Drawing) {
        self.0.insert(name, drawing.into());
    }

    /// The name as it is kept, and the drawing, which has been drawn.
    pub fn get(&self, name: &str) -> Option<(&str, &Drawing)> {
        let (name, drawing) = self.0.get_key_value(name)?;
        Some((name, drawing.get()?))
    }

    /// The one of that name, drawn by `draw` the first time. Nothing of a name that is none, or that nothing can be drawn
    /// for.
    pub fn draw(&self, name: &str, draw: impl FnOnce() -> Option<Drawing>) -> Option<&Drawing> {
        let drawing = self.0.get(name)?;
        if drawing.get().is_none() {
            // Another thread may have drawn it meanwhile, and the same.
            let _ = drawing.set(draw()?);
        }
        drawing.get()
    }

    /// Lets each be drawn again.
    pub fn forget(&mut self) {
        self.0.values_mut().for_each(|drawing| _ = drawing.take());
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// A figure, drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    /// Everything that the drawing says, in words.
    pub description: String,
    /// In the order that they are put down.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// The ids of what its boxes stand for.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Frame(frame) => frame.target.as_deref(),
            Shape::Line(_) | Shape::Words(_) => None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    Frame(Frame),
    Line(Line),
    /// Words outside every box: a heading, or what a line means.
    Words(Words),
}

/// A box with rounded corners and words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub area: Area,
    pub layer: Layer,
    pub words: Vec<Words>,
    /// What the box stands for, by id, where a reader can go on to it.
    pub target: Option<String>,
    /// What its words mean in full, where they are too few to be understood by themselves.
    pub title: Option<String>,
}

/// A rectangle; down is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// A line through two points or more, with an arrow head at its end or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub points: Vec<Point>,
    pub arrow: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// One line of text on its base line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub at: Point,
    pub anchor: Anchor,
    pub style: Style,
}

/// Which part of a line of text stands at its point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Over a column of boxes.
    Heading,
    /// What a box stands for.
    Name,
    /// All else.
    Plain,
    /// As `Name` and `Plain`, on a sheet with much on it.
    FineName,
    Fine,
}

/// The layer of the model that a box belongs to, or how much it counts among others: its words say so too, and its colour
/// is never alone to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    Business,
    Service,
    Agreement,
    Supporting,
    Product,
    Contract,
    Record,
    /// Nothing.
    Heat0,
    Heat1,
    Heat2,
    Heat3,
    /// The most.
    Heat4,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Layer; 12] = [
        Layer::Business,
        Layer::Service,
        Layer::Agreement,
        Layer::Supporting,
        Layer::Product,
        Layer::Contract,
        Layer::Record,
        Layer::Heat0,
        Layer::Heat1,
        Layer::Heat2,
        Layer::Heat3,
        Layer::Heat4,
    ];
    /// From nothing to the most.
    pub const HEAT: [Layer; 5] = [Layer::Heat0, Layer::Heat1, Layer::Heat2, Layer::Heat3, Layer::Heat4];
}

impl Style {
    /// Size of the type.
    pub const fn size(self) -> i32 {
        match self {
            Style::Heading => 180,
            Style::Name => 170,
            Style::Plain => 160,
            Style::FineName => 150,
            Style::Fine => 140,
        }
    }

    /// From one base line to the next.
    pub const fn line(self) -> i32 {
        self.size() * 6 / 5
    }

    pub const fn is_bold(self) -> bool {
        !matches!(self, Style::Plain | Style::Fine)
    }

    /// What a letter's width in sizes of its type is to be multiplied with; bold letters are a little wider.
    pub fn scale(self) -> f32 {
        self.size() as f32 * if self.is_bold() { 1.05 } else { 1.0 }
    }

    /// How wide a text is.
    pub fn width(self, text: &str) -> i32 {
        (crate::letters::width(text) * self.scale()).ceil() as i32
    }

    /// How wide the first of some letters is, the first two, and so on; each with a sign after it, where one is given.
    pub fn widths(self, letters: impl Iterator<Item = char>, sign: Option<char>) -> impl Iterator<Item = i32> {
        crate::letters::widths(letters, sign).map(move |width| (width * self.scale()).ceil() as i32)
    }
}

impl Area {
    pub fn right(self) -> i32 {
        self.left + self.width
    }

    pub fn bottom(self) -> i32 {
        self.top + self.height
    }

    /// The middle.
    pub fn middle(self) -> Point {
        Point { x: self.left + self.width / 2, y: self.top + self.height / 2 }
    }
}

impl Words {
    /// Where the text starts.
    pub fn left(&self) -> i32 {
        let width = self.style.width(&self.text);
        match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - width / 2,
            Anchor::End => self.at.x - width,
        }
    }
}

/// Length and half the width of an arrow head.
const HEAD: (f64, f64) = (110.0, 45.0);

impl Line {
    /// The corners of the arrow head, its tip first; `None` without one, or where the line has no direction.
    pub fn head(&self) -> Option<[Point; 3]> {
        let [.., from, tip] = self.points.as_slice() else { return None };
        let (dx, dy) = (f64::from(tip.x - from.x), f64::from(tip.y - from.y));
        let length = (dx * dx + dy * dy).sqrt();
        if !self.arrow || length < 1.0 {
            return None;
        }
        let (dx, dy) = (dx / length, dy / length);
        let corner = |side: f64| Point {
            x: tip.x - (dx * HEAD.0 + dy * HEAD.1 * side).round() as i32,
            y: tip.y - (dy * HEAD.0 - dx * HEAD.1 * side).round() as i32,
        };
        Some([*tip, corner(1.0), corner(-1.0)])
    }
}

impl Drawing {
    /// The boxes.
    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Frame(frame) => Some(frame),
            Shape::Line(_) | Shape::Words(_) => None,
        })
    }

    /// The words, in boxes and outside.
    pub fn words(&self) -> impl Iterator<Item = &Words> {
        self.shapes.iter().flat_map(|shape| match shape {
            Shape::Frame(frame) => frame.words.as_slice(),
            Shape::Words(words) => std::slice::from_ref(words),
            Shape::Line(_) => &[],
        })
    }

    /// The lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Line(line) => Some(line),
            Shape::Frame(_) | Shape::Words(_) => None,
        })
    }
}
