//! Counts in rows and columns, the higher the stronger its colour; each is written too.

use super::WIDEST;
use super::labels::{self, Lines};
use crate::document::{Anchor, Area, Drawing, Frame, Layer, Point, Shape, Style, Words};

/// Rows and columns, and how many there are of each pair.
#[derive(Debug)]
pub struct Matrix {
    /// What the rows are, and the columns.
    pub corner: String,
    /// What the colours show.
    pub legend: String,
    pub columns: Vec<Head>,
    pub rows: Vec<Head>,
    /// By row and column.
    pub counts: Vec<Vec<usize>>,
}

/// What stands before a row or over a column.
#[derive(Debug, Clone)]
pub struct Head {
    pub name: String,
    /// What else is counted there.
    pub also: Option<String>,
    pub target: Option<String>,
}

/// Room at the edge for half a line.
const MARGIN: i32 = 20;
/// Room between boxes, and between the parts of the sheet.
const GAP: i32 = 45;
const BETWEEN: i32 = 120;
/// Room between a box's edge and its words.
const INSET: i32 = 80;
/// A cell is no wider than this, and no lower.
const WIDEST_CELL: i32 = 1300;
const LOWEST: i32 = 420;
/// What names the rows has at least this room.
const NARROWEST_HEAD: i32 = 2250;
/// Room for the sums of the rows.
const SUMS: i32 = 600;
/// A name fills no more lines than this.
const LINES: usize = 3;
const HEAD_LINES: usize = 4;
/// The size of a box of the legend.
const KEY: (i32, i32) = (760, 300);

impl Matrix {
    /// The drawing, without its description.
    pub fn draw(&self) -> Drawing {
        let mut sheet = Sheet::new(self);
        sheet.heads();
        self.rows.iter().enumerate().for_each(|(at, row)| sheet.row(at, row));
        sheet.sums();
        sheet.legend();
        Drawing { width: WIDEST, height: sheet.y + MARGIN, description: String::new(), shapes: sheet.shapes }
    }

    /// The sum of a row.
    pub fn of_row(&self, row: usize) -> usize {
        self.counts[row].iter().sum()
    }

    fn of_column(&self, column: usize) -> usize {
        self.counts.iter().map(|counts| counts[column]).sum()
    }

    fn highest(&self) -> usize {
        self.counts.iter().flatten().copied().max().unwrap_or_default()
    }
}

/// How strongly a count is coloured: in equal steps up to the highest.
fn heat(count: usize, highest: usize) -> Layer {
    let last = Layer::HEAT.len() - 1;
    Layer::HEAT[(count * last).div_ceil(highest.max(1)).min(last)]
}

struct Sheet<'a> {
    matrix: &'a Matrix,
    /// Width of the heads of the rows, and of a column.
    head: i32,
    cell: i32,
    /// Where the next row begins.
    y: i32,
    shapes: Vec<Shape>,
}

impl<'a> Sheet<'a> {
    fn new(matrix: &'a Matrix) -> Sheet<'a> {
        let count = matrix.columns.len().max(1) as i32;
        let room = WIDEST - 2 * MARGIN - SUMS;
        let cell = ((room - NARROWEST_HEAD) / count).min(WIDEST_CELL);
        Sheet { matrix, head: room - cell * count, cell, y: MARGIN, shapes: Vec::new() }
    }

    /// The area of a cell of this height in the row that is set; gaps are part of the columns.
    fn cell(&self, column: usize, height: i32) -> Area {
        let left = MARGIN + self.head + self.cell * column as i32 + GAP;
        Area { left, top: self.y, width: self.cell - GAP, height }
    }

    fn words(&mut self, text: String, at: Point, anchor: Anchor, style: Style) {
        self.shapes.push(Shape::Words(Words { text, at, anchor, style }));
    }

    /// What names the columns, on the same last line.
    fn heads(&mut self) {
        let room = self.cell - GAP;
        let set = |style| self.matrix.columns.iter().map(move |column| labels::broken(&column.name, style, room));
        let is_divided = set(Style::Name).flatten().any(|(line, _)| line.ends_with('-'));
        let columns = set(if is_divided { Style::Plain } else { Style::Name });
        let columns: Vec<Lines> = columns.map(|lines| labels::at_most(HEAD_LINES, lines, room).0).collect();
        let corner = lines(&self.matrix.corner, self.head - INSET);
        let height = columns.iter().chain([&corner]).map(labels::height_of).max().unwrap_or_default();
        let bottom = self.y + height;
        for (at, lines) in columns.into_iter().enumerate() {
            self.lines(lines, bottom, self.cell(at, 0).middle().x, Anchor::Middle);
        }
        self.lines(corner, bottom, MARGIN + INSET, Anchor::Start);
        self.lines(lines("Summa", SUMS), bottom, WIDEST - MARGIN - INSET, Anchor::End);
        self.y = bottom + GAP * 2;
    }

    /// Lines whose last ends at `bottom`.
    fn lines(&mut self, lines: Lines, bottom: i32, x: i32, anchor: Anchor) {
        let mut y = bottom - labels::height_of(&lines);
        for (text, style) in lines {
            self.words(text, Point { x, y: y + style.line() * 4 / 5 }, anchor, style);
            y += style.line();
        }
    }

    fn row(&mut self, at: usize, row: &Head) {
        let room = self.head - 2 * INSET;
        let mut lines = lines(&row.name, room);
        let also = labels::broken(row.also.as_deref().unwrap_or_default(), Style::Plain, room);
        lines.extend(labels::at_most(LINES, also, room).0);
        let height = (labels::height_of(&lines) + INSET).max(LOWEST);
        let area = Area { left: MARGIN, top: self.y, width: self.head, height };
        let mut y = area.top + (height - labels::height_of(&lines)) / 2;
        let words = lines.into_iter().map(|(text, style)| {
            let at = Point { x: area.left + INSET, y: y + style.line() * 4 / 5 };
            y += style.line();
            Words { text, at, anchor: Anchor::Start, style }
        });
        let words = words.collect();
        let target = row.target.clone();
        self.shapes.push(Shape::Frame(Frame { area, layer: Layer::Record, words, target, title: None }));
        for column in 0..self.matrix.columns.len() {
            self.count(at, column, self.cell(column, height));
        }
        let base = self.y + height / 2 + Style::Name.size() / 3;
        let sum = self.matrix.of_row(at).to_string();
        self.words(sum, Point { x: WIDEST - MARGIN - INSET, y: base }, Anchor::End, Style::Name);
        self.y += height + GAP;
    }

    fn count(&mut self, row: usize, column: usize, area: Area) {
        let count = self.matrix.counts[row][column];
        let (of_row, of_column) = (&self.matrix.rows[row], &self.matrix.columns[column]);
        let layer = heat(count, self.matrix.highest());
        let title = format!("{}, {}: {count}", of_row.name, of_column.name);
        // Where there is nothing, nothing is to be followed.
        let target = of_row.target.clone().filter(|_| count > 0);
        let words = vec![number(count.to_string(), area)];
        self.shapes.push(Shape::Frame(Frame { area, layer, words, target, title: Some(title) }));
    }

    fn sums(&mut self) {
        let base = self.y + Style::Name.line();
        self.words("Summa".to_string(), Point { x: MARGIN + INSET, y: base }, Anchor::Start, Style::Name);
        let mut all = 0;
        for column in 0..self.matrix.columns.len() {
            let sum = self.matrix.of_column(column);
            all += sum;
            let x = self.cell(column, 0).middle().x;
            self.words(sum.to_string(), Point { x, y: base }, Anchor::Middle, Style::Name);
        }
        let right = Point { x: WIDEST - MARGIN - INSET, y: base };
        self.words(all.to_string(), right, Anchor::End, Style::Name);
        self.y = base + BETWEEN * 2;
    }

    /// The counts that each colour stands for.
    fn legend(&mut self) {
        let highest = self.matrix.highest();
        let steps = Layer::HEAT.into_iter().filter_map(|layer| {
            let mut counts = (0..=highest).filter(|count| heat(*count, highest) == layer);
            let first = counts.next()?;
            let last = counts.next_back().unwrap_or(first);
            Some((layer, if first == last { first.to_string() } else { format!("{first}–{last}") }))
        });
        let steps: Vec<(Layer, String)> = steps.collect();
        let base = self.y + KEY.1 / 2 + Style::Plain.size() / 3;
        self.words(self.matrix.legend.clone(), Point { x: MARGIN + INSET, y: base }, Anchor::Start, Style::Plain);
        let first = WIDEST - MARGIN - (KEY.0 + GAP) * steps.len() as i32 + GAP;
        for (at, (layer, text)) in steps.into_iter().enumerate() {
            let left = first + (KEY.0 + GAP) * at as i32;
            let area = Area { left, top: self.y, width: KEY.0, height: KEY.1 };
            let words = vec![number(text, area)];
            self.shapes.push(Shape::Frame(Frame { area, layer, words, target: None, title: None }));
        }
        self.y += KEY.1;
    }
}

/// A number in the middle of its box.
fn number(text: String, area: Area) -> Words {
    let middle = area.middle();
    let at = Point { x: middle.x, y: middle.y + Style::Name.size() / 3 };
    Words { text, at, anchor: Anchor::Middle, style: Style::Name }
}

fn lines(name: &str, room: i32) -> Lines {
    labels::at_most(LINES, labels::broken(name, Style::Name, room), room).0
}
