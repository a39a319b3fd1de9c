//! What stands in a box: text broken into the lines that fit.

use crate::document::{Anchor, Area, Frame, Layer, Point, Shape, Style, Words};

/// Room between a box's edge and its words.
pub const PADDING: i32 = 80;
/// A font that takes the place of the one that is measured may be so much wider, in hundredths.
const WIDER: i32 = 10;

/// A box before it has a place.
#[derive(Debug, Clone)]
pub struct Label {
    pub layer: Layer,
    pub target: Option<String>,
    /// What kind of thing it is, over its name.
    pub kind: Option<String>,
    pub name: String,
    pub details: Vec<String>,
    /// What follows the name, in brackets, where there is no room for details.
    pub brief: Option<String>,
    pub rank: Rank,
}

/// How much of a box's text there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    All,
    /// The name and what is brief.
    Brief,
    Name,
}

/// Where a box stands in its column, whatever leads to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Before the others.
    First,
    #[default]
    Usual,
    /// Words without a box, over those that come last.
    Heading,
    /// After the others.
    Last,
}

/// The lines of a box.
pub type Lines = Vec<(String, Style)>;

impl Label {
    /// A box with a name and nothing more.
    pub fn new(layer: Layer, name: impl Into<String>) -> Label {
        let name = name.into();
        Label { layer, target: None, kind: None, name, details: Vec::new(), brief: None, rank: Rank::Usual }
    }

    /// The lines of so much of it in a box of this width.
    pub fn lines(&self, width: i32, amount: Amount) -> Lines {
        let name = match (&self.brief, amount) {
            (Some(brief), Amount::Brief) => format!("{} ({brief})", self.name),
            _ => self.name.clone(),
        };
        let is_all = amount == Amount::All;
        let kind = self.kind.iter().filter(|_| is_all).map(|kind| (kind.as_str(), Style::Plain));
        let details = self.details.iter().filter(|_| is_all).map(|detail| (detail.as_str(), Style::Plain));
        let parts = kind.chain([(name.as_str(), Style::Name)]).chain(details);
        parts.flat_map(|(text, style)| broken(text, style, width - 2 * PADDING)).collect()
    }

    /// The width that the widest word needs in a box.
    pub fn width(&self) -> i32 {
        let plain = self.kind.iter().chain(&self.details).map(|text| (text, Style::Plain));
        let words = plain.chain([(&self.name, Style::Name)]);
        let widest = words.flat_map(|(text, style)| text.split(' ').map(move |word| with_reserve(style.width(word))));
        widest.max().unwrap_or_default() + 2 * PADDING
    }

    /// The box at its place, with these lines in its middle; only the lines, where it is a heading.
    pub fn shapes(&self, area: Area, lines: &Lines) -> Vec<Shape> {
        let mut y = area.top + (area.height - height_of(lines)) / 2;
        let words = lines.iter().map(|(text, style)| {
            // The letters stand on their base line at about four fifths of their line.
            let at = Point { x: area.middle().x, y: y + style.line() * 4 / 5 };
            y += style.line();
            Words { text: text.clone(), at, anchor: Anchor::Middle, style: *style }
        });
        if self.rank == Rank::Heading {
            return words.map(Shape::Words).collect();
        }
        let words = words.collect();
        vec![Shape::Frame(Frame { area, layer: self.layer, words, target: self.target.clone(), title: None })]
    }
}

/// The height of some lines.
pub fn height_of(lines: &Lines) -> i32 {
    lines.iter().map(|(_, style)| style.line()).sum()
}

/// A width, and what a wider font would need more.
pub fn with_reserve(width: i32) -> i32 {
    width + width * WIDER / 100
}

/// A text as lines of at most this width.
pub fn broken(text: &str, style: Style, room: i32) -> Lines {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(last)
                if is_within(last.chars().chain([' ']).chain(word.chars()), style, |w| with_reserve(w) <= room) =>
            {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.extend(divided(word, style, room)),
        }
    }
    lines.into_iter().map(|line| (line, style)).collect()
}

/// Whether there is room for the width of some letters, of which no more are measured than there is room for.
fn is_within(letters: impl Iterator<Item = char>, style: Style, has_room: impl Fn(i32) -> bool) -> bool {
    style.widths(letters, None).all(has_room)
}

/// At most so many lines; what is cut off is told by an ellipsis, and by the second value.
pub fn at_most(count: usize, mut lines: Lines, room: i32) -> (Lines, bool) {
    let is_cut = lines.len() > count;
    lines.truncate(count);
    if let (true, Some((last, style))) = (is_cut, lines.last_mut()) {
        while !last.is_empty() && style.width(&format!("{last}…")) > room {
            last.pop();
        }
        *last = format!("{}…", last.trim_end_matches([' ', '-']));
    }
    (lines, is_cut)
}

/// A word that is wider than its room, divided where a Swedish compound most likely has its joint.
fn divided(word: &str, style: Style, room: i32) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let (mut lines, mut rest) = (Vec::new(), &letters[..]);
    while let Some(end) = end_of_line(rest, style, room) {
        let (line, following) = rest.split_at(end);
        let hyphen = if line.ends_with(&['-']) || line.ends_with(&['/']) { "" } else { "-" };
        lines.push(line.iter().collect::<String>() + hyphen);
        rest = following;
    }
    lines.push(rest.iter().collect());
    lines
}

/// How many letters of a word the line takes that it is divided at; `None` where it is not to be divided.
fn end_of_line(letters: &[char], style: Style, room: i32) -> Option<usize> {
    if letters.len() < 6 || is_within(letters.iter().copied(), style, |width| width <= room) {
        return None;
    }
    let joint = |end: &usize| {
        let [earlier, before, after] = [letters[*end - 2], letters[*end - 1], letters[*end]];
        let is_joint = before == 's' && after != 's' && "dgklmnrt".contains(earlier);
        // A syllable does not begin with a vowel where it could with the consonant before it.
        let is_syllable = letters.len() - end >= 4 && !"aeiouyåäö".contains(after);
        (before == '-' || before == '/', is_joint, is_syllable, *end)
    };
    let with_hyphen = style.widths(letters.iter().copied(), Some('-')).take_while(|width| *width <= room).count();
    (2..letters.len() - 2).take_while(|end| *end <= with_hyphen).max_by_key(joint)
}
