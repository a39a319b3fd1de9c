//! A chain as columns of boxes, from left to right: which box stands where, and the lines between them.
//!
//! Boxes are ordered by the mean of their neighbours' places (the barycentre), so that few lines cross, and stand as
//! near the middle of their neighbours as the others let them. Lines go through the channels between the columns, where
//! no box is.

use super::labels::{self, Amount, Label, Lines, Rank};
use super::{HIGHEST, WIDEST};
use crate::document::{Anchor, Area, Drawing, Layer, Line, Point, Shape, Style, Words};

/// Columns and what leads from one to another.
#[derive(Debug, Default)]
pub struct Chart {
    pub columns: Vec<Column>,
    /// Each from a box to a box of a column further right.
    pub edges: Vec<Edge>,
}

#[derive(Debug, Default, Clone)]
pub struct Column {
    pub heading: String,
    /// How the column is related to the one before.
    pub relation: String,
    pub boxes: Vec<Label>,
    /// How many more there are: far more than any figure has room for.
    pub more: usize,
    /// What leads from each box to the one below, in a column that is itself a chain; it is never reordered.
    pub links: Vec<&'static str>,
}

/// From a box to a box; each by its column and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: (usize, usize),
    pub to: (usize, usize),
}

/// Room between columns, for the lines.
const CHANNEL: i32 = 440;
/// A column needs no more than this, however few there are.
const WIDEST_COLUMN: i32 = 2700;
/// Room at the edge for half a line.
const MARGIN: i32 = 20;
/// Room above the boxes for a line that passes over a column.
const LANE: i32 = 220;
/// Room between the boxes of a chain in a column, for the arrow and its meaning.
const LINK: i32 = 400;
/// Room between headings and boxes.
const BELOW_HEADINGS: i32 = 120;
/// How often the order is improved.
const SWEEPS: usize = 4;

/// How closely a column is set: the first of these that is no higher than a page.
struct Setting {
    amount: Amount,
    between: i32,
    padding: i32,
}

const SETTINGS: [Setting; 4] = [
    Setting { amount: Amount::All, between: 110, padding: 55 },
    Setting { amount: Amount::All, between: 70, padding: 35 },
    Setting { amount: Amount::Brief, between: 60, padding: 30 },
    Setting { amount: Amount::Name, between: 60, padding: 30 },
];

impl Chart {
    /// The drawing, without its description.
    pub fn draw(mut self) -> Drawing {
        self.drop_empty();
        self.order();
        let widths = self.widths();
        let lefts: Vec<i32> =
            widths.iter().scan(MARGIN, |left, width| Some(std::mem::replace(left, *left + width + CHANNEL))).collect();
        let (mut shapes, below) = self.headings(&lefts, &widths);
        let lane = if self.passes_over() { LANE } else { 0 };
        let sets: Vec<Set> = (0..self.columns.len())
            .map(|at| {
                let room = HIGHEST - below - MARGIN - if at > 0 { lane } else { 0 };
                self.set(at, widths[at], room)
            })
            .collect();
        let tops = self.tops(&sets, below, lane);
        let areas: Vec<Vec<Area>> = sets
            .iter()
            .enumerate()
            .map(|(at, set)| {
                let tops = tops[at].iter().zip(&set.heights);
                tops.map(|(top, height)| Area { left: lefts[at], top: *top, width: widths[at], height: *height })
                    .collect()
            })
            .collect();
        self.lines(&areas, below, &mut shapes);
        for (at, set) in sets.iter().enumerate() {
            let boxes = self.columns[at].boxes.iter().zip(&set.lines).zip(&areas[at]);
            shapes.extend(boxes.flat_map(|((label, lines), area)| label.shapes(*area, lines)));
        }
        let right = lefts.last().zip(widths.last()).map_or(0, |(left, width)| left + width);
        let bottom = areas.iter().flatten().map(|area| area.bottom()).max().unwrap_or(below);
        Drawing { width: right + MARGIN, height: bottom + MARGIN, description: String::new(), shapes }
    }

    fn drop_empty(&mut self) {
        let mut places = Vec::new();
        let mut kept = 0;
        for column in &self.columns {
            places.push(kept);
            kept += usize::from(!column.boxes.is_empty());
        }
        self.columns.retain(|column| !column.boxes.is_empty());
        for edge in &mut self.edges {
            edge.from.0 = places[edge.from.0];
            edge.to.0 = places[edge.to.0];
        }
    }

    /// Puts the boxes of each column in the order of their neighbours, now to the left and now to the right.
    fn order(&mut self) {
        self.edges.sort();
        self.edges.dedup();
        let count = self.columns.len();
        for sweep in 0..SWEEPS {
            for at in 0..count {
                let at = if sweep % 2 == 0 { at } else { count - 1 - at };
                if self.columns[at].links.is_empty() {
                    self.order_column(at, sweep % 2 == 0);
                }
            }
        }
    }

    fn order_column(&mut self, at: usize, by_left: bool) {
        let count = self.columns[at].boxes.len();
        let mut sums = vec![(0.0, 0u32); count];
        for edge in &self.edges {
            let (own, other) = if by_left { (edge.to, edge.from) } else { (edge.from, edge.to) };
            // What passes over a column says nothing of the order of lines in the channels.
            if own.0 == at && own.0.abs_diff(other.0) == 1 {
                sums[own.1].0 += other.1 as f64;
                sums[own.1].1 += 1;
            }
        }
        let mean = |(sum, count): (f64, u32), old: usize| if count == 0 { old as f64 } else { sum / f64::from(count) };
        let mut order: Vec<usize> = (0..count).collect();
        let ranks: Vec<Rank> = self.columns[at].boxes.iter().map(|label| label.rank).collect();
        order.sort_by(|a, b| {
            let by_mean = || mean(sums[*a], *a).total_cmp(&mean(sums[*b], *b));
            ranks[*a].cmp(&ranks[*b]).then_with(by_mean).then(a.cmp(b))
        });
        let mut places = vec![0; count];
        order.iter().enumerate().for_each(|(new, old)| places[*old] = new);
        let mut boxes: Vec<Option<Label>> = std::mem::take(&mut self.columns[at].boxes).into_iter().map(Some).collect();
        self.columns[at].boxes = order.iter().filter_map(|old| boxes[*old].take()).collect();
        for edge in &mut self.edges {
            for end in [&mut edge.from, &mut edge.to] {
                if end.0 == at {
                    end.1 = places[end.1];
                }
            }
        }
    }

    /// What each column needs for its words, and its share of what is left; all of them share what is wanting.
    fn widths(&self) -> Vec<i32> {
        let count = self.columns.len() as i32;
        let total = WIDEST - 2 * MARGIN - CHANNEL * (count - 1).max(0);
        let needed = |column: &Column| {
            let boxes = column.boxes.iter().map(Label::width).max().unwrap_or_default();
            boxes.max(column.heading.split(' ').map(|word| Style::Heading.width(word)).max().unwrap_or_default())
        };
        let mut widths: Vec<i32> = self.columns.iter().map(|column| needed(column).min(WIDEST_COLUMN)).collect();
        // The narrowest grow first, the widest give first.
        loop {
            let left = total - widths.iter().sum::<i32>();
            let at = match left {
                0 => break,
                1.. => (0..widths.len()).filter(|at| widths[*at] < WIDEST_COLUMN).min_by_key(|at| widths[*at]),
                _ => (0..widths.len()).max_by_key(|at| widths[*at]),
            };
            let Some(at) = at else { break };
            widths[at] += left.clamp(-20, 20);
        }
        widths
    }

    /// The headings, and where the boxes begin.
    fn headings(&self, lefts: &[i32], widths: &[i32]) -> (Vec<Shape>, i32) {
        let mut shapes = Vec::new();
        let mut below = 0;
        for (at, column) in self.columns.iter().enumerate() {
            let mut lines = labels::broken(&column.heading, Style::Heading, widths[at]);
            lines.extend(labels::broken(&column.relation, Style::Plain, widths[at]));
            let mut y = MARGIN;
            for (text, style) in &lines {
                let at = Point { x: lefts[at] + widths[at] / 2, y: y + style.line() * 4 / 5 };
                y += style.line();
                shapes.push(Shape::Words(Words { text: text.clone(), at, anchor: Anchor::Middle, style: *style }));
            }
            below = below.max(y + BELOW_HEADINGS);
        }
        (shapes, below)
    }

    fn passes_over(&self) -> bool {
        self.edges.iter().any(|edge| edge.to.0 > edge.from.0 + 1)
    }

    /// Sets a column as openly as its room lets it; what has no room even when set close is counted in a last box.
    fn set(&mut self, at: usize, width: i32, room: i32) -> Set {
        let settings = if self.columns[at].more > 0 { &[] } else { &SETTINGS[..] };
        for setting in settings {
            let set = Set::of(&self.columns[at], width, setting);
            if set.height() <= room {
                return set;
            }
        }
        let closest = &SETTINGS[SETTINGS.len() - 1];
        let mut kept = self.columns[at].boxes.len();
        let heights = Set::of(&self.columns[at], width, closest).heights;
        // One line is enough for the last box.
        let last = Style::Name.line() * 2 + 2 * closest.padding;
        while kept > 0 && heights[..kept].iter().map(|height| height + closest.between).sum::<i32>() + last > room {
            kept -= 1;
        }
        self.cut(at, kept);
        Set::of(&self.columns[at], width, closest)
    }

    /// Keeps the first boxes of a column; the others are one box.
    fn cut(&mut self, at: usize, kept: usize) {
        let Column { boxes, more, .. } = &mut self.columns[at];
        let layer = boxes.first().map_or(Layer::Record, |label| label.layer);
        let rest = format!("… och {} till", boxes.len() - kept + *more);
        let rest = Label { rank: Rank::Last, ..Label::new(layer, rest) };
        boxes.truncate(kept);
        boxes.push(rest);
        for edge in &mut self.edges {
            for end in [&mut edge.from, &mut edge.to] {
                if end.0 == at {
                    end.1 = end.1.min(kept);
                }
            }
        }
        self.edges.sort();
        self.edges.dedup();
    }

    /// Where each box begins: the highest column is set first, and the others beside it.
    fn tops(&self, sets: &[Set], below: i32, lane: i32) -> Vec<Vec<i32>> {
        let start = |at: usize| below + if at > 0 { lane } else { 0 };
        let end = (0..sets.len()).map(|at| start(at) + sets[at].height()).max().unwrap_or(below);
        let first = (0..sets.len()).max_by_key(|at| (start(*at) + sets[*at].height(), *at)).unwrap_or_default();
        let mut tops: Vec<Vec<i32>> = sets.iter().enumerate().map(|(at, set)| set.packed(start(at))).collect();
        let order = (first + 1..sets.len()).chain((0..first).rev());
        for at in order {
            if !self.columns[at].links.is_empty() {
                continue;
            }
            let beside = if at > first { at - 1 } else { at + 1 };
            let wanted: Vec<Option<i32>> = (0..sets[at].heights.len())
                .map(|own| {
                    let middles = self
                        .neighbours(at, own, beside)
                        .map(|other| tops[beside][other] + sets[beside].heights[other] / 2);
                    let (sum, count) = middles.fold((0, 0), |(sum, count), middle| (sum + middle, count + 1));
                    (count > 0).then(|| sum / count - sets[at].heights[own] / 2)
                })
                .collect();
            tops[at] = sets[at].near(&wanted, start(at), end);
        }
        tops
    }

    fn neighbours(&self, at: usize, own: usize, beside: usize) -> impl Iterator<Item = usize> {
        self.edges.iter().filter_map(move |edge| match (edge.from, edge.to) {
            (from, to) if from == (at, own) && to.0 == beside => Some(to.1),
            (from, to) if to == (at, own) && from.0 == beside => Some(from.1),
            _ => None,
        })
    }

    fn lines(&self, areas: &[Vec<Area>], below: i32, shapes: &mut Vec<Shape>) {
        for (column, areas) in self.columns.iter().zip(areas) {
            for (pair, meaning) in areas.windows(2).zip(&column.links) {
                link(pair[0], pair[1], meaning, shapes);
            }
        }
        for at in 0..areas.len().saturating_sub(1) {
            let edges: Vec<&Edge> = self.edges.iter().filter(|edge| edge.from.0 == at && edge.to.0 == at + 1).collect();
            let same = |end: fn(&Edge) -> usize| edges.windows(2).all(|pair| end(pair[0]) == end(pair[1]));
            let is_fan = same(|edge| edge.from.1) || same(|edge| edge.to.1);
            for edge in edges {
                let (from, to) = (areas[at][edge.from.1], areas[at + 1][edge.to.1]);
                let (start, tip) =
                    (Point { x: from.right(), y: from.middle().y }, Point { x: to.left, y: to.middle().y });
                let turn = (start.x + tip.x) / 2;
                let turns = [Point { x: turn, y: start.y }, Point { x: turn, y: tip.y }];
                let between = if is_fan && start.y != tip.y { &turns[..] } else { &[] };
                let points = std::iter::once(start).chain(between.iter().copied()).chain([tip]).collect();
                shapes.push(Shape::Line(Line { points, arrow: true }));
            }
        }
        for edge in self.edges.iter().filter(|edge| edge.to.0 > edge.from.0 + 1) {
            let (from, to) = (areas[edge.from.0][edge.from.1], areas[edge.to.0][edge.to.1]);
            let lane = below + LANE / 2;
            let turn = to.left - CHANNEL * 3 / 10;
            let port = to.top + to.height / 4;
            let points = [(from.right(), lane), (turn, lane), (turn, port), (to.left, port)];
            let points = points.map(|(x, y)| Point { x, y }).to_vec();
            shapes.push(Shape::Line(Line { points, arrow: true }));
        }
    }
}

/// An arrow down from a box to the next, with its meaning beside.
fn link(from: Area, to: Area, meaning: &str, shapes: &mut Vec<Shape>) {
    let x = from.middle().x;
    let points = vec![Point { x, y: from.bottom() }, Point { x, y: to.top }];
    shapes.push(Shape::Line(Line { points, arrow: true }));
    let at = Point { x: x + 90, y: (from.bottom() + to.top) / 2 + Style::Plain.size() / 4 };
    shapes.push(Shape::Words(Words { text: meaning.to_string(), at, anchor: Anchor::Start, style: Style::Plain }));
}

/// The lines and the heights of a column's boxes.
struct Set {
    lines: Vec<Lines>,
    heights: Vec<i32>,
    between: i32,
}

impl Set {
    fn of(column: &Column, width: i32, setting: &Setting) -> Set {
        let lines: Vec<Lines> = column.boxes.iter().map(|label| label.lines(width, setting.amount)).collect();
        let heights = lines.iter().map(|lines| labels::height_of(lines) + 2 * setting.padding).collect();
        let between = if column.links.is_empty() { setting.between } else { LINK };
        Set { lines, heights, between }
    }

    fn height(&self) -> i32 {
        let between = self.between * (self.heights.len() as i32 - 1).max(0);
        self.heights.iter().sum::<i32>() + between
    }

    /// The boxes one below the other.
    fn packed(&self, start: i32) -> Vec<i32> {
        let tops =
            self.heights.iter().scan(start, |top, height| Some(std::mem::replace(top, *top + height + self.between)));
        tops.collect()
    }

    /// Each as near as it can be to where it is wanted, in this order and between start and end: boxes that want the same
    /// place stand around it together, and one that is wanted nowhere follows the one above.
    fn near(&self, wanted: &[Option<i32>], start: i32, end: i32) -> Vec<i32> {
        let packed = self.packed(0);
        // Where the column would begin for each box to be where it is wanted.
        let mut begin =
            wanted.iter().zip(&packed).find_map(|(wanted, offset)| Some((*wanted)? - offset)).unwrap_or(start);
        let begins = wanted.iter().zip(&packed).map(|(wanted, offset)| {
            begin = wanted.map_or(begin, |wanted| wanted - offset);
            i64::from(begin)
        });
        // Groups of boxes that touch: how many, and the sum of where the first of them is wanted.
        let mut groups: Vec<(i64, i64)> = Vec::new();
        for begin in begins {
            let mut group = (1, begin);
            while let Some(last) = groups.pop_if(|last| last.1 * group.0 >= group.1 * last.0) {
                group = (last.0 + group.0, last.1 + group.1);
            }
            groups.push(group);
        }
        let latest = i64::from((end - self.height()).max(start));
        let starts = groups.iter().flat_map(|(count, sum)| {
            let start = (sum / count).clamp(i64::from(start), latest) as i32;
            (0..*count).map(move |_| start)
        });
        starts.zip(&packed).map(|(start, offset)| start + offset).collect()
    }
}
