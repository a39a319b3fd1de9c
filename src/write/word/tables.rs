//! Tables, and the captions of tables and figures.

use std::cell::LazyCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::blocks::Frame;
use super::inlines::write_field;
use super::links::each_printed;
use super::properties::{
    ParagraphProperties, RunProperties, TableProperties, write_cell_properties, write_row_properties,
};
use super::sections::Page;
use super::xml::Xml;
use super::{Writer, styles};
use crate::document::{Align, Block, Caption, Cell, Inline, Table, plain_text, walk};
use crate::letters::{self, Cutter, Filling, Word};

/// A column that is narrower than this on average has its text set smaller.
const NARROW: usize = 1500;
/// The type of tables.
const SIZE: f32 = 9.5;
/// The smaller type of tables with many columns.
const SMALL_SIZE: f32 = 8.5;
/// The room beside the text of a cell, with a little to spare.
const PADDING: u32 = 240;
/// The height of a line in sizes of its type, and the room above and below the text of a row, in points.
const LINE: f32 = 1.25;
const ROW_PADDING: f32 = 5.0;
/// What the lines above and below a table and its header add to that.
const BORDERS: f32 = 1.5;
/// How much wider bold text is.
const BOLD: f32 = 1.05;
/// What a column is at least, and at most, made to hold on one line, in sizes of its type: the widest is a period, as
/// *30 september 2025–30 september 2028*.
const NARROWEST_WORD: f32 = 1.5;
const WIDEST_WORD: f32 = 16.5;
/// A word that must not be broken for its table to be read, such as a figure of nine digits, or *sjukhuset*.
const WHOLE_WORD: f32 = 6.0;
/// With fewer columns, such words always have room.
const FEWEST_TOO_WIDE: usize = 7;
/// How finely the room is shared out that words do not need.
const STEPS: usize = 40;
/// How much of a page a table may fill and still be kept on one.
const WHOLE: f32 = 0.4;

impl Writer<'_> {
    /// A table below its caption.
    pub fn table(&mut self, table: &Table, frame: Frame) {
        if let Some(caption) = &table.caption {
            let properties = ParagraphProperties { keep_next: true, ..Default::default() };
            self.caption("Tabell", caption, properties);
        } else if self.story.after_table || self.story.page_break {
            // Two tables without a paragraph between them would be one; and only a paragraph can start a page.
            self.paragraph(ParagraphProperties { style: Some("Gap"), ..Default::default() }, |_| {});
        }
        let layout = self.layouts.layout(table, frame.width);
        if layout.widths.is_empty() {
            return;
        }
        self.open_table(table, &layout.widths, frame);
        let opening = |header, keep_next| {
            RowLook { header, small: layout.small, keep_next }.opening(&layout.widths, &table.columns)
        };
        if has_header(table) {
            self.row(&table.header, &opening(true, true));
        }
        let (kept, other) = (LazyCell::new(|| opening(false, true)), LazyCell::new(|| opening(false, false)));
        let page = self.look.page(self.sections.orientation());
        let whole = is_kept_whole(layout.height, page);
        for (index, row) in table.rows.iter().enumerate() {
            // A short table is not divided, and of a long one no row is left alone on a page, unless two fill much of one.
            let left = table.rows.len() - 1 - index;
            let is_edge = index == 0 || left == 1;
            let keep_next = left > 0 && (whole || is_edge && layout.rows_from(index, page) == 2);
            self.row(row, if keep_next { &kept } else { &other });
        }
        self.story.xml.close("w:tbl");
        self.story.section_end = None;
        self.story.after_table = true;
    }

    fn open_table(&mut self, table: &Table, widths: &[u32], frame: Frame) {
        let headings = table.header.iter().map(|cell| plain_text(cell)).collect::<Vec<_>>().join(", ");
        let columns = if has_header(table) { format!("Kolumner: {headings}") } else { String::new() };
        let caption = match table.caption {
            None if !self.heading_above.is_empty() => self.heading_above.clone(),
            _ => table.description(),
        };
        let xml = &mut self.story.xml;
        xml.open("w:tbl", &[]);
        TableProperties {
            style: styles::TABLE,
            width: widths.iter().sum(),
            indent: frame.indent,
            has_header: has_header(table),
            caption: &caption,
            description: &columns,
        }
        .write(xml);
        xml.open("w:tblGrid", &[]);
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", width)]);
        }
        xml.close("w:tblGrid");
    }

    fn row(&mut self, row: &[Cell], opening: &Opening) {
        self.story.xml.raw(&opening.row);
        for (index, opening) in opening.cells.iter().enumerate() {
            self.story.xml.raw(opening);
            self.inlines(row.get(index).map_or(&[], Vec::as_slice), RunProperties::PLAIN);
            self.story.xml.raw("</w:p></w:tc>");
        }
        self.story.xml.close("w:tr");
    }

    /// `Tabell 3. Text`, with a number that Word can count again and that cross-references can point at.
    pub fn caption(&mut self, kind: &str, caption: &Caption, properties: ParagraphProperties<'_>) {
        let properties = ParagraphProperties { style: Some("Caption"), ..properties };
        let run = RunProperties::PLAIN;
        self.paragraph(properties, |writer| {
            let bookmark = writer.bookmarks.start(&mut writer.story.xml, &caption.id);
            if caption.number > 0 {
                writer.text(&format!("{kind}\u{a0}"), run);
                let number = caption.number.to_string();
                write_field(&mut writer.story.xml, &format!("SEQ {kind} \\* ARABIC"), &number, run);
            }
            writer.bookmarks.end(&mut writer.story.xml, bookmark);
            if caption.number > 0 && !caption.text.is_empty() {
                writer.text(". ", run);
            }
            writer.inlines(&caption.text, run);
        });
    }
}

#[derive(Clone, Copy)]
struct RowLook {
    header: bool,
    small: bool,
    /// Whether the next row stands on the same page.
    keep_next: bool,
}

impl RowLook {
    fn style(self) -> &'static str {
        match (self.header, self.small) {
            (true, false) => "TableHeading",
            (true, true) => "TableHeadingSmall",
            (false, false) => "TableText",
            (false, true) => "TableTextSmall",
        }
    }

    fn opening(self, widths: &[u32], aligns: &[Align]) -> Opening {
        let mut row = Xml::default();
        row.open("w:tr", &[]);
        write_row_properties(&mut row, self.header);
        let cell = |(index, width): (usize, &u32)| {
            let align = aligns.get(index).copied().unwrap_or_default();
            self.cell_opening(*width, align).into_text()
        };
        Opening { row: row.into_text(), cells: widths.iter().enumerate().map(cell).collect() }
    }

    fn cell_opening(self, width: u32, align: Align) -> Xml {
        let mut xml = Xml::default();
        xml.open("w:tc", &[]);
        write_cell_properties(&mut xml, width, self.header);
        xml.open("w:p", &[]);
        let properties = ParagraphProperties {
            style: Some(self.style()),
            keep_next: self.keep_next,
            align: match align {
                Align::Left => None,
                Align::Center => Some("center"),
                Align::Right => Some("right"),
            },
            ..Default::default()
        };
        properties.write(&mut xml);
        xml
    }
}

/// How a row begins, and the cell and the paragraph of each column: the same in thousands of rows.
struct Opening {
    row: String,
    cells: Vec<String>,
}

/// A header without a word in it would be an empty band.
fn has_header(table: &Table) -> bool {
    table.header.iter().any(|cell| !cell.is_empty())
}

/// Whether a table of this height is not divided.
pub fn is_kept_whole(height: f32, page: Page) -> bool {
    height < WHOLE * page.text_height() as f32 / 20.0
}

/// How a table is set, and how high that makes it, in points.
#[derive(Debug)]
pub struct Layout {
    /// One a column; no columns, no table.
    pub widths: Rc<[u32]>,
    /// Whether the type is small, so that more fits in.
    pub small: bool,
    /// Of the table without its caption.
    pub height: f32,
    /// Of the row that stands above each part of the table.
    pub header: f32,
    /// Of each other row.
    pub rows: Vec<f32>,
}

impl Layout {
    /// How many rows stand on one page where the one of this index is the first of them: two, or one where both would fill
    /// much of the page.
    pub fn rows_from(&self, index: usize, page: Page) -> usize {
        let height = self.rows.iter().skip(index).take(2).sum();
        if is_kept_whole(height, page) { 2 } else { 1 }
    }
}

/// The layouts of a document's tables. Tables with the same headings have the same columns: a reader who goes from one
/// to the next finds each thing at its place.
#[derive(Debug)]
pub struct Layouts<'a> {
    /// How wide the typeface is, against that of the built-in look.
    wide: f32,
    /// The words of each table, and which are alike, by where the table is: it stays there as long as the document.
    tables: FxHashMap<*const Table, (usize, Words)>,
    alike: Vec<Vec<&'a Table>>,
    /// By which are alike, and the room.
    columns: FxHashMap<(usize, u32), Columns>,
    /// By the same, whether they need more room.
    too_wide: FxHashMap<(usize, u32), bool>,
    known: FxHashMap<(*const Table, u32), Rc<Layout>>,
}

impl<'a> Layouts<'a> {
    /// Of the tables in these blocks, in a typeface that is so wide against that of the built-in look.
    pub fn of(blocks: &'a [Block], wide: f32) -> Layouts<'a> {
        let mut layouts = Layouts {
            wide,
            tables: FxHashMap::default(),
            alike: Vec::new(),
            columns: FxHashMap::default(),
            too_wide: FxHashMap::default(),
            known: FxHashMap::default(),
        };
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        walk(blocks, &mut |block| {
            if let Block::Table(table) = block {
                let next = layouts.alike.len();
                let number = *numbers.entry(headings(table)).or_insert(next);
                if number == next {
                    layouts.alike.push(Vec::new());
                }
                layouts.alike[number].push(table);
                layouts.tables.insert(table, (number, Words::of(table, wide)));
            }
        });
        layouts
    }

    /// Whether a table, or one of those like it, has so many columns that its words and figures would be broken in this
    /// much room.
    pub fn is_too_wide(&mut self, table: &Table, room: u32) -> bool {
        let Some((number, words)) = self.tables.get(&std::ptr::from_ref(table)) else { return false };
        if words.columns < FEWEST_TOO_WIDE {
            return false;
        }
        let alike = || words_of(&self.alike[*number], &self.tables);
        *self
            .too_wide
            .entry((*number, room))
            .or_insert_with(|| needed(&Column::all(&alike()), WHOLE_WORD, SMALL_SIZE).iter().sum::<u32>() > room)
    }

    /// The layout of a table in this much room.
    pub fn layout(&mut self, table: &Table, room: u32) -> Rc<Layout> {
        let key = (std::ptr::from_ref(table), room);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let Some((number, words)) = self.tables.get(&key.0) else {
            // In a note; it may be somewhere else the next time.
            let words = Words::of(table, self.wide);
            return Rc::new(words.layout(table, &columns(&[&words], room)));
        };
        let alike = || words_of(&self.alike[*number], &self.tables);
        let columns = self.columns.entry((*number, room)).or_insert_with(|| columns(&alike(), room));
        let layout = Rc::new(words.layout(table, columns));
        self.known.insert(key, Rc::clone(&layout));
        layout
    }
}

/// The words of these tables.
fn words_of<'w>(tables: &[&Table], known: &'w FxHashMap<*const Table, (usize, Words)>) -> Vec<&'w Words> {
    tables.iter().map(|table| &known[&std::ptr::from_ref(*table)].1).collect()
}

/// The headings of a table's columns, and how many cells its rows have.
fn headings(table: &Table) -> String {
    let headings = table.header.iter().map(|cell| plain_text(cell)).collect::<Vec<_>>().join("\t");
    format!("{}\t{headings}", cells_of_row(table))
}

/// Every cell of every row has a column, also in a table that is not as regular as it should be.
fn cells_of_row(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).chain([table.header.len(), table.columns.len()]).max().unwrap_or(0)
}

/// How wide everything in a table is, in sizes of its type: each cell is gone through once, however many widths are
/// tried for its column.
#[derive(Debug)]
struct Words {
    columns: usize,
    /// The cells of the header, then those of each row, one a column.
    cells: Vec<Measured>,
    /// The lines of all cells, as their authors broke them: the first word of each, and how long it is.
    lines: Vec<(usize, f32)>,
    words: Vec<f32>,
}

/// How wide a cell is.
#[derive(Debug, Clone, Copy)]
struct Measured {
    /// Its first line, and the one after its last.
    lines: (usize, usize),
    /// The widest word, and the longest line.
    word: f32,
    longest: f32,
}

impl Words {
    fn of(table: &Table, wide: f32) -> Words {
        let columns = cells_of_row(table);
        let mut words = Words { columns, cells: Vec::new(), lines: Vec::new(), words: Vec::new() };
        for (row, is_header) in std::iter::once((&table.header, true)).chain(table.rows.iter().map(|row| (row, false)))
        {
            for index in 0..columns {
                let cell = row.get(index).map_or(&[][..], Vec::as_slice);
                words.add(cell, boldness(cell, is_header) * wide);
            }
        }
        words
    }

    fn add(&mut self, cell: &[Inline], boldness: f32) {
        let first = self.lines.len();
        let (mut widest, mut longest) = (0.0_f32, 0.0_f32);
        for line in cell.split(|inline| matches!(inline, Inline::Break)) {
            let start = self.words.len();
            let mut cutter = Cutter::default();
            let mut push = |word: Word| {
                self.words.push(word.width * boldness);
                widest = widest.max(word.bare);
            };
            each_printed(line, &mut |piece| cutter.text(piece, &mut push));
            cutter.end(&mut push);
            let length = self.words[start..].iter().sum();
            longest = longest.max(length);
            self.lines.push((start, length));
        }
        self.cells.push(Measured { lines: (first, self.lines.len()), word: widest * boldness, longest });
    }

    /// The cells of the header.
    fn header(&self) -> &[Measured] {
        self.cells.get(..self.columns).unwrap_or_default()
    }

    /// The cells of each row but the header.
    fn rows(&self) -> impl Iterator<Item = &[Measured]> {
        self.cells.get(self.columns..).unwrap_or_default().chunks_exact(self.columns.max(1))
    }

    /// The header as often as it counts, since it stands there again on each page, and the other rows.
    fn weighted_rows(&self) -> impl Iterator<Item = &[Measured]> {
        [self.header(); 4].into_iter().chain(self.rows())
    }

    /// How many lines a cell fills in this much room.
    fn height(&self, cell: Measured, room: f32) -> f32 {
        if cell.longest <= room {
            return (cell.lines.1 - cell.lines.0) as f32;
        }
        (cell.lines.0..cell.lines.1).map(|line| self.fill(line, room).lines()).sum()
    }

    /// How many lines a cell fills in each of these rooms, of which each is larger than that before.
    fn heights(&self, cell: Measured, rooms: &Heights) -> Heights {
        let mut heights = [0.0; STEPS + 1];
        for line in cell.lines.0..cell.lines.1 {
            let mut filling: Option<Filling> = None;
            for (height, &room) in heights.iter_mut().zip(rooms) {
                if self.lines[line].1 <= room {
                    *height += 1.0;
                    continue;
                }
                // Most steps move no word, and the words need not be gone through for them.
                let filling = match filling.take() {
                    Some(before) if before.holds_in(room) => filling.insert(before),
                    _ => filling.insert(self.fill(line, room)),
                };
                *height += filling.lines();
            }
        }
        heights
    }

    /// The lines that one of the lines needs in this much room.
    fn fill(&self, line: usize, room: f32) -> Filling {
        let end = self.lines.get(line + 1).map_or(self.words.len(), |(next, _)| *next);
        let mut filling = Filling::new(room);
        self.words[self.lines[line].0..end].iter().for_each(|word| filling.word(*word));
        filling
    }

    /// How a table with these words is set in columns that are so wide.
    fn layout(&self, table: &Table, columns: &Columns) -> Layout {
        let size = if columns.small { SMALL_SIZE } else { SIZE };
        let rooms: Vec<f32> = columns.widths.iter().map(|width| text_room(*width, size)).collect();
        let height = |row: &[Measured]| {
            let heights = row.iter().zip(&rooms).map(|(cell, room)| self.height(*cell, *room));
            heights.fold(1.0, f32::max) * size * LINE + ROW_PADDING
        };
        let header = if has_header(table) { height(self.header()) } else { 0.0 };
        let rows: Vec<f32> = self.rows().map(height).collect();
        let height = header + rows.iter().sum::<f32>() + BORDERS;
        Layout { widths: Rc::clone(&columns.widths), small: columns.small, height, header, rows }
    }
}

/// How wide the columns of tables that are alike are, and whether the text has to be small for that.
#[derive(Debug)]
struct Columns {
    widths: Rc<[u32]>,
    small: bool,
}

/// How high something is at each number of steps of width.
type Heights = [f32; STEPS + 1];

/// The widths of the columns of tables that are alike, which add up to the room there is.
///
/// Each column has what its longest word needs. The rest goes, a little at a time, to where it saves most lines, and
/// what saves none is shared by how long the texts are.
fn columns(tables: &[&Words], room: u32) -> Columns {
    let columns = Column::all(tables);
    let normal = needed(&columns, f32::INFINITY, SIZE);
    let small = normal.iter().sum::<u32>() > room || (room as usize) < NARROW * columns.len();
    let mut widths = if small { needed_at_most(&columns, room) } else { normal };
    let step = room.saturating_sub(widths.iter().sum()) / STEPS as u32;
    let size = if small { SMALL_SIZE } else { SIZE };
    let heights = heights(tables, &widths, step, size);
    let mut given = vec![0; columns.len()];
    let mut left = STEPS;
    let varies = |column: usize| heights.iter().skip(column).step_by(columns.len()).any(does_vary);
    let varies: Vec<bool> = (0..columns.len()).map(varies).collect();
    while let Some((column, steps)) = best(&heights, &varies, &given, left) {
        given[column] += steps;
        left -= steps;
    }
    for (width, steps) in widths.iter_mut().zip(given) {
        *width += steps as u32 * step;
    }
    share(&mut widths, &columns, size, room);
    Columns { widths: widths.into(), small }
}

/// The heights of the cells of those rows that more width makes lower, one after another; which column gets it makes no
/// difference to the others, and they are most.
fn heights(tables: &[&Words], widths: &[u32], step: u32, size: f32) -> Vec<Heights> {
    if step == 0 {
        return Vec::new();
    }
    let room = |width: u32| std::array::from_fn(|steps| text_room(width + steps as u32 * step, size));
    let rooms: Vec<Heights> = widths.iter().map(|width| room(*width)).collect();
    let mut kept = Vec::new();
    for (words, row) in tables.iter().flat_map(|words| words.weighted_rows().map(move |row| (words, row))) {
        if row.iter().zip(&rooms).all(|(cell, rooms)| cell.longest <= rooms[0]) {
            continue;
        }
        let start = kept.len();
        kept.extend(row.iter().zip(&rooms).map(|(cell, rooms)| words.heights(*cell, rooms)));
        if !kept[start..].iter().any(does_vary) {
            kept.truncate(start);
        }
    }
    kept
}

/// Whether more width makes a cell lower.
fn does_vary(heights: &Heights) -> bool {
    heights.iter().any(|height| *height != heights[0])
}

/// The column that makes the rows lower by most for each step of width, and how many steps it takes. `heights` has the
/// heights of each row's cells, one after another; a column in which none of them `varies` gains nothing.
fn best(heights: &[Heights], varies: &[bool], given: &[usize], left: usize) -> Option<(usize, usize)> {
    if left == 0 {
        return None;
    }
    let mut best = (0.0, None);
    for column in (0..given.len()).filter(|column| varies[*column]) {
        let mut costs = [0.0; STEPS + 1];
        for row in heights.chunks_exact(given.len()) {
            let mut others = 0.0_f32;
            for (other, (heights, given)) in row.iter().zip(given).enumerate() {
                others = if other == column { others } else { others.max(heights[*given]) };
            }
            // All steps together, which a processor does several of at once.
            costs.iter_mut().zip(&row[column]).for_each(|(cost, cell)| *cost += row_cost(*cell, others));
        }
        let now = costs[given[column]];
        for steps in 1..=left {
            let gain = (now - costs[given[column] + steps]) / steps as f32;
            if gain > best.0 {
                best = (gain, Some((column, steps)));
            }
        }
    }
    best.1
}

/// What a row costs by the height of a cell and of the highest of the others: one high row is worse than many low ones.
/// The cell counts a little even where another is higher, which may become lower next.
fn row_cost(cell: f32, others: f32) -> f32 {
    let highest = if cell > others { cell } else { others };
    highest * highest + 0.1 * (cell * cell)
}

/// Shares what is left of the room by how long the columns' texts are.
fn share(widths: &mut [u32], columns: &[Column], size: f32, room: u32) {
    let left = room.saturating_sub(widths.iter().sum());
    let wishes: Vec<f32> = columns.iter().map(|column| column.longest * size * 20.0 + PADDING as f32).collect();
    let sum: f32 = wishes.iter().sum();
    for (width, wish) in widths.iter_mut().zip(wishes) {
        *width += (left as f32 * wish / sum) as u32;
    }
    // Rounding leaves a few twentieths of a point.
    let rest = room.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
}

/// What is in a column, in sizes of its type.
#[derive(Clone, Copy)]
struct Column {
    /// What must stand on one line.
    word: f32,
    /// The longest line, were there room for it.
    longest: f32,
}

impl Column {
    /// The columns that these tables have.
    fn all(tables: &[&Words]) -> Vec<Column> {
        let count = tables.iter().map(|words| words.columns).max().unwrap_or(0);
        let mut columns = vec![Column { word: NARROWEST_WORD, longest: NARROWEST_WORD }; count];
        for row in tables.iter().flat_map(|words| words.weighted_rows()) {
            for (column, cell) in columns.iter_mut().zip(row) {
                column.word = column.word.max(cell.word);
                column.longest = column.longest.max(cell.longest);
            }
        }
        // A very wide word is an address or a key, and may be broken.
        columns.iter_mut().for_each(|column| column.word = column.word.min(WIDEST_WORD));
        columns
    }
}

/// How much wider than plain text a cell's is.
fn boldness(cell: &[Inline], is_header: bool) -> f32 {
    let is_bold = is_header || cell.iter().any(|inline| matches!(inline, Inline::Strong(_)));
    if is_bold { BOLD } else { 1.0 }
}

/// The room that the text of a cell has in a column of this width, in sizes of its type.
fn text_room(width: u32, size: f32) -> f32 {
    letters::room(size, width.saturating_sub(PADDING) as f32 / 20.0)
}

/// The widths that columns need, when words wider than `widest` are broken.
fn needed(columns: &[Column], widest: f32, size: f32) -> Vec<u32> {
    columns.iter().map(|column| (column.word.min(widest) * size * 20.0).ceil() as u32 + PADDING).collect()
}

/// What the columns need in small type. Where that is too much, the widest words are broken first.
fn needed_at_most(columns: &[Column], room: u32) -> Vec<u32> {
    let steps = (1..=4 * WIDEST_WORD as u32).rev().map(|quarters| quarters as f32 / 4.0);
    let mut tries = steps.map(|widest| needed(columns, widest, SMALL_SIZE));
    let fitting = tries.find(|needed| needed.iter().sum::<u32>() <= room);
    fitting.unwrap_or_else(|| vec![room / columns.len().max(1) as u32; columns.len()])
}
