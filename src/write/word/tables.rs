//! Tables, and the captions of tables and figures.

use std::collections::BTreeMap;

use super::blocks::Frame;
use super::inlines::write_field;
use super::links::printed_text;
use super::properties::{
    ParagraphProperties, RunProperties, TableProperties, write_cell_properties, write_row_properties,
};
use super::sections::Page;
use super::{Writer, styles};
use crate::document::{Align, Block, Caption, Cell, Inline, Table, plain_text, walk};
use crate::letters;

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
/// What a column is at least, and at most, made to hold on one line, in sizes of its type.
const NARROWEST_WORD: f32 = 1.5;
const WIDEST_WORD: f32 = 13.0;
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
        if has_header(table) {
            let look = RowLook { header: true, small: layout.small, keep_next: true };
            self.row(&table.header, table, &layout.widths, look);
        }
        let page = self.look.page(self.sections.orientation());
        let whole = is_kept_whole(height(table, &layout), page);
        for (index, row) in table.rows.iter().enumerate() {
            // A short table is not divided, and of a long one no row is left alone on a page.
            let left = table.rows.len() - 1 - index;
            let keep_next = left > 0 && (whole || index == 0 || left == 1);
            let look = RowLook { header: false, small: layout.small, keep_next };
            self.row(row, table, &layout.widths, look);
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

    fn row(&mut self, row: &[Cell], table: &Table, widths: &[u32], look: RowLook) {
        self.story.xml.open("w:tr", &[]);
        write_row_properties(&mut self.story.xml, look.header);
        for (index, &width) in widths.iter().enumerate() {
            let align = table.columns.get(index).copied().unwrap_or_default();
            self.cell(row.get(index).map_or(&[], Vec::as_slice), width, align, look);
        }
        self.story.xml.close("w:tr");
    }

    fn cell(&mut self, cell: &[Inline], width: u32, align: Align, look: RowLook) {
        self.story.xml.open("w:tc", &[]);
        write_cell_properties(&mut self.story.xml, width, look.header);
        let properties = ParagraphProperties {
            style: Some(look.style()),
            keep_next: look.keep_next,
            align: match align {
                Align::Left => None,
                Align::Center => Some("center"),
                Align::Right => Some("right"),
            },
            ..Default::default()
        };
        self.paragraph(properties, |writer| writer.inlines(cell, RunProperties::PLAIN));
        self.story.xml.close("w:tc");
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
}

/// A header without a word in it would be an empty band.
fn has_header(table: &Table) -> bool {
    table.header.iter().any(|cell| !cell.is_empty())
}

/// The height of a table without its caption, in points.
pub fn height(table: &Table, layout: &Layout) -> f32 {
    header_height(table, layout) + table.rows.iter().map(|row| layout.height(row)).sum::<f32>() + BORDERS
}

/// Whether a table of this height is not divided.
pub fn is_kept_whole(height: f32, page: Page) -> bool {
    height < WHOLE * page.text_height() as f32 / 20.0
}

/// The height of the row that stands above each part of a table.
pub fn header_height(table: &Table, layout: &Layout) -> f32 {
    if has_header(table) { layout.height_of(&table.header, true) } else { 0.0 }
}

/// How a table is set.
#[derive(Debug, Clone)]
pub struct Layout {
    /// One a column; no columns, no table.
    pub widths: Vec<u32>,
    /// Whether the type is small, so that more fits in.
    pub small: bool,
    /// How wide the typeface is.
    wide: f32,
}

impl Layout {
    /// The height of a row, in points.
    pub fn height(&self, row: &[Cell]) -> f32 {
        self.height_of(row, false)
    }

    fn height_of(&self, row: &[Cell], is_header: bool) -> f32 {
        let size = if self.small { SMALL_SIZE } else { SIZE };
        let lines = |(cell, width): (&Cell, &u32)| lines(&words(cell, is_header, self.wide), size, *width);
        row.iter().zip(&self.widths).map(lines).fold(1.0, f32::max) * size * LINE + ROW_PADDING
    }
}

/// The layouts of a document's tables. Tables with the same headings have the same columns: a reader who goes from one
/// to the next finds each thing at its place.
#[derive(Debug)]
pub struct Layouts<'a> {
    /// How wide the typeface is, against that of the built-in look.
    wide: f32,
    alike: BTreeMap<String, Vec<&'a Table>>,
    known: BTreeMap<(String, u32), Layout>,
}

impl<'a> Layouts<'a> {
    /// Of the tables in these blocks, in a typeface that is so wide against that of the built-in look.
    pub fn of(blocks: &'a [Block], wide: f32) -> Layouts<'a> {
        let mut layouts = Layouts { wide, alike: BTreeMap::new(), known: BTreeMap::new() };
        walk(blocks, &mut |block| {
            if let Block::Table(table) = block {
                layouts.alike.entry(headings(table)).or_default().push(table);
            }
        });
        layouts
    }

    /// The layout of a table in this much room.
    pub fn layout(&mut self, table: &Table, room: u32) -> Layout {
        let key = (headings(table), room);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let layout = match self.alike.get(&key.0) {
            Some(tables) => layout(tables, room, self.wide),
            None => layout(&[table], room, self.wide),
        };
        self.known.insert(key, layout.clone());
        layout
    }
}

/// The headings of a table's columns, and how many cells its rows have.
fn headings(table: &Table) -> String {
    let headings = table.header.iter().map(|cell| plain_text(cell)).collect::<Vec<_>>().join("\t");
    format!("{}\t{headings}", columns(table))
}

/// Every cell of every row has a column, also in a table that is not as regular as it should be.
fn columns(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).chain([table.header.len(), table.columns.len()]).max().unwrap_or(0)
}

/// The widths of the columns of tables that are alike, which add up to the room there is, and whether the text has to
/// be small for that.
///
/// Each column has what its longest word needs. The rest goes, a little at a time, to where it saves most lines, and
/// what saves none is shared by how long the texts are.
fn layout(tables: &[&Table], room: u32, wide: f32) -> Layout {
    let count = tables.iter().map(|table| columns(table)).max().unwrap_or(0);
    let columns: Vec<Column> = (0..count).map(|index| Column::of(tables, index, wide)).collect();
    let normal = needed(&columns, f32::INFINITY, SIZE);
    let small = normal.iter().sum::<u32>() > room || (room as usize) < NARROW * count;
    let mut widths = if small { needed_at_most(&columns, room) } else { normal };
    let step = room.saturating_sub(widths.iter().sum()) / STEPS as u32;
    let size = if small { SMALL_SIZE } else { SIZE };
    let heights = |(column, width): (&Column, &u32)| -> Vec<Vec<f32>> {
        (0..=STEPS as u32).map(|steps| column.heights(size, width + steps * step)).collect()
    };
    let heights: Vec<Vec<Vec<f32>>> = columns.iter().zip(&widths).map(heights).collect();
    let heights = without_constant(heights);
    let mut given = vec![0; count];
    let mut left = STEPS;
    while let Some((column, steps)) = best(&heights, &given, left) {
        given[column] += steps;
        left -= steps;
    }
    for (width, steps) in widths.iter_mut().zip(given) {
        *width += steps as u32 * step;
    }
    share(&mut widths, &columns, size, room);
    Layout { widths, small, wide }
}

/// The heights of those rows that more width makes lower; which column gets it makes no difference to the others, and
/// they are most.
fn without_constant(mut heights: Vec<Vec<Vec<f32>>>) -> Vec<Vec<Vec<f32>>> {
    let rows = heights.first().map_or(0, |column| column[0].len());
    let varies = |row: usize| heights.iter().any(|column| column.iter().any(|cells| cells[row] != column[0][row]));
    let keep: Vec<bool> = (0..rows).map(varies).collect();
    for cells in heights.iter_mut().flatten() {
        let mut kept = keep.iter();
        cells.retain(|_| kept.next() == Some(&true));
    }
    heights
}

/// The column that makes the rows lower by most for each step of width, and how many steps it takes. `heights` has the
/// height of each column's cells for each number of steps.
fn best(heights: &[Vec<Vec<f32>>], given: &[usize], left: usize) -> Option<(usize, usize)> {
    let mut best = (0.0, None);
    for (column, heights_of) in heights.iter().enumerate() {
        let others = |row: usize| {
            let others = (0..heights.len()).filter(|&other| other != column);
            others.map(|other| heights[other][given[other]][row]).fold(0.0, f32::max)
        };
        let others: Vec<f32> = (0..heights_of[0].len()).map(others).collect();
        let cost = |steps: usize| -> f32 { heights_of[steps].iter().zip(&others).map(row_cost).sum() };
        let now = cost(given[column]);
        for steps in 1..=left {
            let gain = (now - cost(given[column] + steps)) / steps as f32;
            if gain > best.0 {
                best = (gain, Some((column, steps)));
            }
        }
    }
    best.1
}

/// What a row costs by the height of a cell and of the highest of the others: one high row is worse than many low ones.
/// The cell counts a little even where another is higher, which may become lower next.
fn row_cost((cell, others): (&f32, &f32)) -> f32 {
    cell.max(*others).powi(2) + 0.1 * cell.powi(2)
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
struct Column {
    /// What must stand on one line.
    word: f32,
    /// The longest line, were there room for it.
    longest: f32,
    /// Each row's cell.
    cells: Vec<Words>,
    /// How long the longest line of each is.
    lengths: Vec<f32>,
}

impl Column {
    fn of(tables: &[&Table], index: usize, wide: f32) -> Column {
        let mut column =
            Column { word: NARROWEST_WORD, longest: NARROWEST_WORD, cells: Vec::new(), lengths: Vec::new() };
        let empty = Cell::new();
        for table in tables {
            let rows = table.rows.iter().map(|row| (row, false));
            // The headings count for more: they stand there again on each page.
            for (row, is_header) in [(&table.header, true); 4].into_iter().chain(rows) {
                let cell = row.get(index).unwrap_or(&empty);
                let words = words(cell, is_header, wide);
                let boldness = boldness(cell, is_header) * wide;
                column.word = column.word.max(letters::widest_word(&printed_text(cell)) * boldness);
                let length = words.iter().map(|line| line.iter().sum()).fold(0.0, f32::max);
                column.longest = column.longest.max(length);
                column.lengths.push(length);
                column.cells.push(words);
            }
        }
        // A very wide word is an address or a key, and may be broken.
        column.word = column.word.min(WIDEST_WORD);
        column
    }

    /// How many lines the cells have in a column of this width.
    fn heights(&self, size: f32, width: u32) -> Vec<f32> {
        let room = letters::room(size, text_room(width));
        // Most cells need no second line, and their words need not be gone through for each width.
        let height = |(words, length): (&Words, &f32)| match *length <= room {
            true => words.len() as f32,
            false => lines(words, size, width),
        };
        self.cells.iter().zip(&self.lengths).map(height).collect()
    }
}

/// The widths of the words of each of a cell's lines, as its author broke it.
type Words = Vec<Vec<f32>>;

fn words(cell: &Cell, is_header: bool, wide: f32) -> Words {
    let boldness = boldness(cell, is_header) * wide;
    let line = |line: &[Inline]| letters::words(&printed_text(line)).into_iter().map(|word| word * boldness).collect();
    cell.split(|inline| *inline == Inline::Break).map(line).collect()
}

/// How much wider than plain text a cell's is.
fn boldness(cell: &Cell, is_header: bool) -> f32 {
    let is_bold = is_header || cell.iter().any(|inline| matches!(inline, Inline::Strong(_)));
    if is_bold { BOLD } else { 1.0 }
}

/// How many lines a cell fills in a column of this width.
fn lines(words: &Words, size: f32, width: u32) -> f32 {
    let room = text_room(width);
    words.iter().map(|line| letters::lines(line, size, room)).sum()
}

/// The room that the text of a cell has, in points.
fn text_room(width: u32) -> f32 {
    width.saturating_sub(PADDING) as f32 / 20.0
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
