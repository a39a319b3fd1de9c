//! A model as boxes in rows and columns that are given, and the relations between them as straight lines with names.

use super::labels::{self, Amount, Label, Lines, PADDING};
use crate::document::{Anchor, Area, Drawing, Line, Point, Shape, Style, Words};

/// A box, where it stands, and its words.
#[derive(Debug)]
pub struct Cell {
    pub label: Label,
    /// Left and right edge.
    pub sides: (i32, i32),
    /// First and last row.
    pub rows: (usize, usize),
}

/// A named line from a box to another beside, over or under it; by their places.
#[derive(Debug)]
pub struct Relation {
    pub from: usize,
    pub to: usize,
    pub name: &'static str,
}

/// Room between rows, for the names of the lines.
const BETWEEN: i32 = 420;
/// Room at the edge for half a line.
const MARGIN: i32 = 20;

/// The drawing, without its description.
pub fn draw(cells: &[Cell], relations: &[Relation]) -> Drawing {
    let lines: Vec<Lines> =
        cells.iter().map(|cell| cell.label.lines(cell.sides.1 - cell.sides.0, Amount::All)).collect();
    let areas = areas(cells, &lines);
    let mut shapes: Vec<Shape> = Vec::new();
    for relation in relations {
        shapes.extend(related(&areas, relation));
    }
    let frames = cells.iter().zip(&areas).zip(&lines);
    shapes.extend(frames.flat_map(|((cell, area), lines)| cell.label.shapes(*area, lines)));
    let width = areas.iter().map(|area| area.right()).max().unwrap_or_default() + MARGIN;
    let height = areas.iter().map(|area| area.bottom()).max().unwrap_or_default() + MARGIN;
    Drawing { width, height, description: String::new(), shapes }
}

/// Where the boxes stand: a row is as high as the highest box that stands in it alone.
fn areas(cells: &[Cell], lines: &[Lines]) -> Vec<Area> {
    let count = cells.iter().map(|cell| cell.rows.1 + 1).max().unwrap_or_default();
    let mut heights = vec![0; count];
    for (cell, lines) in cells.iter().zip(lines).filter(|(cell, _)| cell.rows.0 == cell.rows.1) {
        let row = &mut heights[cell.rows.0];
        *row = (*row).max(labels::height_of(lines) + 2 * PADDING);
    }
    let tops: Vec<i32> =
        heights.iter().scan(MARGIN, |top, height| Some(std::mem::replace(top, *top + height + BETWEEN))).collect();
    let area = |cell: &Cell| {
        let (top, bottom) = (tops[cell.rows.0], tops[cell.rows.1] + heights[cell.rows.1]);
        Area { left: MARGIN + cell.sides.0, top, width: cell.sides.1 - cell.sides.0, height: bottom - top }
    };
    cells.iter().map(area).collect()
}

/// The line of a relation and its name: level between boxes side by side, else upright.
fn related(areas: &[Area], relation: &Relation) -> Vec<Shape> {
    let (from, to) = (areas[relation.from], areas[relation.to]);
    let (top, bottom) = (from.top.max(to.top), from.bottom().min(to.bottom()));
    if top < bottom {
        return level(from, to, (top + bottom) / 2, relation.name);
    }
    upright(from, to, free(areas, from, to), relation.name)
}

fn level(from: Area, to: Area, y: i32, name: &str) -> Vec<Shape> {
    let (start, tip) = if from.left < to.left { (from.right(), to.left) } else { (from.left, to.right()) };
    let room = (tip - start).abs();
    let lines = labels::broken(name, Style::Plain, room - 60);
    let line = Line { points: vec![Point { x: start, y }, Point { x: tip, y }], arrow: true };
    let mut base = y - 60 - Style::Plain.line() * (lines.len() as i32 - 1);
    let mut shapes = vec![Shape::Line(line)];
    for (text, style) in lines {
        let at = Point { x: (start + tip) / 2, y: base };
        base += style.line();
        shapes.push(Shape::Words(Words { text, at, anchor: Anchor::Middle, style }));
    }
    shapes
}

fn upright(from: Area, to: Area, x: i32, name: &str) -> Vec<Shape> {
    let is_down = from.top < to.top;
    let (start, tip) = if is_down { (from.bottom(), to.top) } else { (from.top, to.bottom()) };
    let line = Line { points: vec![Point { x, y: start }, Point { x, y: tip }], arrow: true };
    // The name stands beside the line where it leaves the upper box, between two rows.
    let upper = if is_down { start } else { tip };
    let at = Point { x: x + 80, y: upper + BETWEEN / 2 + Style::Plain.size() / 4 };
    let words = Words { text: name.to_string(), at, anchor: Anchor::Start, style: Style::Plain };
    vec![Shape::Line(line), Shape::Words(words)]
}

/// The middle of the widest part that two boxes share from side to side and that no box between them covers.
fn free(areas: &[Area], from: Area, to: Area) -> i32 {
    let (upper, lower) = if from.top < to.top { (from, to) } else { (to, from) };
    let mut parts = vec![(from.left.max(to.left), from.right().min(to.right()))];
    for area in areas.iter().filter(|area| area.top >= upper.bottom() && area.bottom() <= lower.top) {
        let around = |(left, right): (i32, i32)| [(left, right.min(area.left)), (left.max(area.right()), right)];
        parts = parts.into_iter().flat_map(around).filter(|(left, right)| left < right).collect();
    }
    let widest = parts.into_iter().max_by_key(|(left, right)| right - left);
    widest.map_or(from.middle().x, |(left, right)| (left + right) / 2)
}
