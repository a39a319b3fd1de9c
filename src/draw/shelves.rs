//! A map as bands of tiles, one below the other: in a band the groups stand side by side where they fit, each with its
//! tiles in columns.
//!
//! How many columns a band has, and how many of them a group has, is what makes it lowest; few of each are tried.

use super::WIDEST;
use super::labels::{self, Lines};
use crate::document::{Anchor, Area, Drawing, Frame, Layer, Line, Point, Shape, Style, Words};

/// A layer of the map.
#[derive(Debug)]
pub struct Band {
    pub layer: Layer,
    pub heading: String,
    /// What the second part of its tiles means.
    pub meaning: String,
    pub groups: Vec<Group>,
}

/// Tiles that belong together.
#[derive(Debug)]
pub struct Group {
    /// Empty where the band has no other.
    pub heading: String,
    pub tiles: Vec<Tile>,
}

#[derive(Debug)]
pub struct Tile {
    pub name: String,
    pub note: Option<String>,
    pub target: Option<String>,
}

/// Room at the edge for half a line.
const MARGIN: i32 = 20;
/// Room between bands, and between a row of groups and the headings of the next.
const BETWEEN: i32 = 100;
/// Room between a band's edge and what is in it, and below its heading.
const PADDING: i32 = 80;
const BELOW_HEADING: i32 = 40;
/// Room between the line under a group's heading and its tiles, and between the heading and its tiles.
const ABOVE_TILES: i32 = 22;
const BELOW_GROUP: i32 = 46;
/// Room between a name and a note on the same line.
const BESIDE: i32 = 100;
/// No name fills more lines than this, no note and no heading.
const NAME_LINES: usize = 3;
const NOTE_LINES: usize = 2;
const HEADING_LINES: usize = 2;

/// How closely a map is set.
#[derive(Debug)]
pub struct Setting {
    name: Style,
    note: Style,
    /// Room between tiles.
    gap: i32,
    /// Room between a tile's edge and its words, sideways and above.
    inset: (i32, i32),
}

pub const OPEN: Setting = Setting { name: Style::Name, note: Style::Plain, gap: 60, inset: (70, 40) };
pub const CLOSE: Setting = Setting { name: Style::FineName, note: Style::Fine, gap: 40, inset: (60, 25) };
pub const DENSE: Setting = Setting { name: Style::FineName, note: Style::Fine, gap: 32, inset: (60, 12) };

/// How the tiles of a band are set.
#[derive(Debug, Clone, Copy)]
struct Form<'a> {
    setting: &'a Setting,
    columns: usize,
    /// Whether each note stands beside its name, or below.
    is_beside: bool,
}

/// What is tried; of those that are as low, the first is taken.
const FORMS: [(usize, bool); 7] = [(4, false), (3, false), (5, false), (4, true), (3, true), (2, true), (5, true)];

impl Form<'_> {
    /// Width of so many columns.
    fn width(self, columns: usize) -> i32 {
        let (count, gap) = (self.columns as i32, self.setting.gap);
        let tile = (WIDEST - 2 * MARGIN - 2 * PADDING - gap * (count - 1)) / count;
        tile * columns as i32 + gap * (columns as i32 - 1)
    }

    fn left(self, column: usize) -> i32 {
        MARGIN + PADDING + (self.width(1) + self.setting.gap) * column as i32
    }

    fn heading(self, group: &Group, columns: usize) -> Lines {
        let room = self.width(columns);
        labels::at_most(HEADING_LINES, labels::broken(&group.heading, self.setting.name, room), room).0
    }
}

/// The drawing, without its description.
pub fn draw(bands: &[Band], setting: &Setting) -> Drawing {
    let mut shapes = Vec::new();
    let mut top = MARGIN;
    for band in bands.iter().filter(|band| !band.groups.is_empty()) {
        let forms = FORMS.iter().map(|(columns, is_beside)| Form { setting, columns: *columns, is_beside: *is_beside });
        let set = forms.filter_map(|form| Set::of(band, form)).min_by_key(Set::height);
        top = set.map_or(top, |set| set.shapes(band, top, &mut shapes)) + BETWEEN;
    }
    Drawing { width: WIDEST, height: (top - BETWEEN).max(MARGIN) + MARGIN, description: String::new(), shapes }
}

/// The words of a tile.
struct Text {
    name: Lines,
    note: Lines,
    is_beside: bool,
    is_cut: bool,
}

impl Text {
    /// `None` where the note has no room beside the name and should stand there.
    fn of(tile: &Tile, form: Form) -> Option<Text> {
        let Form { setting, .. } = form;
        let room = form.width(1) - 2 * setting.inset.0;
        let note = tile.note.as_deref().unwrap_or_default();
        let (note, is_note_cut) = labels::at_most(NOTE_LINES, labels::broken(note, setting.note, room), room);
        let is_beside = form.is_beside && !note.is_empty();
        let beside = note.iter().map(|(text, style)| labels::with_reserve(style.width(text)) + BESIDE).max();
        let name_room = if is_beside { room - beside.unwrap_or_default() } else { room };
        let lines = labels::broken(&tile.name, setting.name, name_room);
        let is_whole = lines.iter().all(|(line, style)| style.width(line) <= name_room && !line.ends_with('-'));
        let (name, is_cut) = labels::at_most(NAME_LINES, lines, name_room);
        if is_beside && (note.len() > 1 || is_cut || !is_whole) {
            return None;
        }
        Some(Text { name, note, is_beside, is_cut: is_cut || is_note_cut })
    }

    fn height(&self, setting: &Setting) -> i32 {
        let (name, note) = (labels::height_of(&self.name), labels::height_of(&self.note));
        2 * setting.inset.1 + if self.is_beside { name.max(note) } else { name + note }
    }

    fn frame(&self, layer: Layer, tile: &Tile, area: Area, setting: &Setting) -> Shape {
        let inset = setting.inset;
        let (left, mut y) = (area.left + inset.0, area.top + inset.1);
        let mut words = Vec::new();
        let mut line = |text: &str, style: Style, y: i32, x: i32, anchor: Anchor| {
            let at = Point { x, y: y + style.line() * 4 / 5 };
            words.push(Words { text: text.to_string(), at, anchor, style });
        };
        for (text, style) in &self.name {
            line(text, *style, y, left, Anchor::Start);
            y += style.line();
        }
        for (text, style) in &self.note {
            if self.is_beside {
                // On the base line of the name's first line.
                let above = area.top + inset.1 + (setting.name.line() - style.line()) * 4 / 5;
                line(text, *style, above, area.right() - inset.0, Anchor::End);
            } else {
                line(text, *style, y, left, Anchor::Start);
                y += style.line();
            }
        }
        let full = tile.note.as_ref().map_or(tile.name.clone(), |note| format!("{}, {note}", tile.name));
        let title = self.is_cut.then_some(full);
        Shape::Frame(Frame { area, layer, words, target: tile.target.clone(), title })
    }
}

/// Some groups side by side.
struct Shelf {
    /// Each group, the column that it begins at, and how many it has.
    groups: Vec<(usize, usize, usize)>,
    heading: i32,
    /// The height of each row of tiles, and the room between two.
    rows: Vec<i32>,
    gap: i32,
}

impl Shelf {
    fn height(&self) -> i32 {
        self.heading + self.rows.iter().map(|row| row + self.gap).sum::<i32>() - self.gap
    }
}

/// A band in one of the forms.
struct Set<'a> {
    form: Form<'a>,
    texts: Vec<Vec<Text>>,
    /// Each line, and how far down it begins.
    heading: Vec<(String, Style, Anchor, i32)>,
    heading_height: i32,
    shelves: Vec<Shelf>,
}

impl<'a> Set<'a> {
    fn of(band: &Band, form: Form<'a>) -> Option<Set<'a>> {
        let texts = band.groups.iter().map(|group| group.tiles.iter().map(|tile| Text::of(tile, form)).collect());
        let texts = texts.collect::<Option<Vec<Vec<Text>>>>()?;
        let most = texts.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let arrangements = (1..=most).map(|rows| shelves(band, form, &texts, rows));
        let shelves = arrangements.min_by_key(|shelves| stacked(shelves)).unwrap_or_default();
        let (heading, heading_height) = heading(band, form.width(form.columns));
        Some(Set { form, texts, heading, heading_height, shelves })
    }

    fn height(&self) -> i32 {
        2 * PADDING + self.heading_height + stacked(&self.shelves)
    }

    /// Puts the band down at `top`; where it ends.
    fn shapes(&self, band: &Band, top: i32, shapes: &mut Vec<Shape>) -> i32 {
        let area = Area { left: MARGIN, top, width: WIDEST - 2 * MARGIN, height: self.height() };
        shapes.push(Shape::Frame(Frame { area, layer: Layer::Record, words: Vec::new(), target: None, title: None }));
        for (text, style, anchor, below) in &self.heading {
            let x = if *anchor == Anchor::End { area.right() - PADDING } else { area.left + PADDING };
            shapes.push(words(text, *style, Point { x, y: top + PADDING + below }, *anchor));
        }
        let mut y = top + PADDING + self.heading_height;
        for shelf in &self.shelves {
            self.shelf(band, shelf, y, shapes);
            y += shelf.height() + BETWEEN;
        }
        area.bottom()
    }

    fn shelf(&self, band: &Band, shelf: &Shelf, top: i32, shapes: &mut Vec<Shape>) {
        let tops: Vec<i32> = shelf
            .rows
            .iter()
            .scan(top + shelf.heading, |top, height| Some(std::mem::replace(top, *top + height + shelf.gap)))
            .collect();
        for (group, first, columns) in &shelf.groups {
            let mut y = top;
            for (text, style) in self.form.heading(&band.groups[*group], *columns) {
                shapes.push(words(&text, style, Point { x: self.form.left(*first), y }, Anchor::Start));
                y += style.line();
            }
            if y > top {
                shapes.push(rule(self.form.left(*first), self.form.width(*columns), top + shelf.heading));
            }
            for (at, (tile, text)) in band.groups[*group].tiles.iter().zip(&self.texts[*group]).enumerate() {
                let (row, column) = (at / columns, first + at % columns);
                let left = self.form.left(column);
                let area = Area { left, top: tops[row], width: self.form.width(1), height: shelf.rows[row] };
                shapes.push(text.frame(band.layer, tile, area, self.form.setting));
            }
        }
    }
}

/// A line under the heading of a group, as wide as its tiles, so that it is seen which they are.
fn rule(left: i32, width: i32, tiles: i32) -> Shape {
    let y = tiles - ABOVE_TILES;
    Shape::Line(Line { points: vec![Point { x: left, y }, Point { x: left + width, y }], arrow: false })
}

/// A line of text whose top is at a point.
fn words(text: &str, style: Style, top: Point, anchor: Anchor) -> Shape {
    let at = Point { x: top.x, y: top.y + style.line() * 4 / 5 };
    Shape::Words(Words { text: text.to_string(), at, anchor, style })
}

/// The lines over a band and their height: what the notes mean stands to the right where it has room, else below.
fn heading(band: &Band, room: i32) -> (Vec<(String, Style, Anchor, i32)>, i32) {
    let wide = |text: &str, style: Style| labels::with_reserve(style.width(text));
    let is_beside = wide(&band.heading, Style::Heading) + wide(&band.meaning, Style::Plain) + BESIDE <= room;
    let mut lines = vec![(band.heading.clone(), Style::Heading, Anchor::Start, 0)];
    let mut below = Style::Heading.line();
    if is_beside {
        let lower = (Style::Heading.line() - Style::Plain.line()) * 4 / 5;
        lines.push((band.meaning.clone(), Style::Plain, Anchor::End, lower));
    } else {
        for (text, style) in labels::broken(&band.meaning, Style::Plain, room) {
            lines.push((text, style, Anchor::Start, below));
            below += style.line();
        }
    }
    (lines, below + BELOW_HEADING)
}

/// The height of shelves and of the room between them.
fn stacked(shelves: &[Shelf]) -> i32 {
    shelves.iter().map(|shelf| shelf.height() + BETWEEN).sum::<i32>() - BETWEEN
}

/// Groups on shelves, in their order, none with more rows than `rows` where its shelf has room for it.
fn shelves(band: &Band, form: Form, texts: &[Vec<Text>], rows: usize) -> Vec<Shelf> {
    let mut shelves: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut left = 0;
    for (group, texts) in texts.iter().enumerate() {
        let columns = texts.len().div_ceil(rows).clamp(1, form.columns);
        match shelves.last_mut() {
            Some(shelf) if columns <= left => shelf.push((group, columns)),
            _ => {
                shelves.push(vec![(group, columns)]);
                left = form.columns;
            }
        }
        left -= columns;
    }
    shelves.into_iter().map(|groups| shelf(band, form, texts, groups)).collect()
}

/// A shelf of some groups, each with its columns; those that are left go to who has most rows.
fn shelf(band: &Band, form: Form, texts: &[Vec<Text>], mut groups: Vec<(usize, usize)>) -> Shelf {
    let rows = |(group, columns): (usize, usize)| texts[group].len().div_ceil(columns);
    for _ in groups.iter().map(|(_, columns)| columns).sum::<usize>()..form.columns {
        let highest = groups.iter_mut().rev().max_by_key(|group| rows(**group));
        if let Some((_, columns)) = highest.filter(|group| rows(**group) > 1) {
            *columns += 1;
        }
    }
    let count = groups.iter().map(|group| rows(*group)).max().unwrap_or_default();
    let mut heights = vec![0; count];
    let mut heading = 0;
    let mut placed = Vec::new();
    let mut first = 0;
    for (group, columns) in groups {
        for (at, text) in texts[group].iter().enumerate() {
            heights[at / columns] = text.height(form.setting).max(heights[at / columns]);
        }
        heading = heading.max(labels::height_of(&form.heading(&band.groups[group], columns)));
        placed.push((group, first, columns));
        first += columns;
    }
    let heading = if heading > 0 { heading + BELOW_GROUP } else { 0 };
    Shelf { groups: placed, heading, rows: heights, gap: form.setting.gap }
}
