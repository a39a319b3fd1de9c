//! Tables, and the captions of tables and figures.

use super::blocks::Frame;
use super::inlines::write_field;
use super::properties::{
    ParagraphProperties, RunProperties, TableProperties, write_cell_properties, write_row_properties,
};
use super::{Writer, letters, styles};
use crate::document::{Align, Caption, Cell, Table, plain_text};

/// A column that is narrower than this on average has its text set smaller.
const NARROW: u32 = 1500;
/// The type of tables.
pub const SIZE: f32 = 9.5;
/// The smaller type of tables with many columns.
pub const SMALL_SIZE: f32 = 8.5;
/// The room beside the text of a cell, with a little to spare.
const PADDING: u32 = 200;
/// How much wider bold text is.
const BOLD: f32 = 1.04;
/// What a column is at least, and at most, made to hold on one line, in sizes of its type.
const NARROWEST_WORD: f32 = 1.5;
const WIDEST_WORD: f32 = 13.0;

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
        let Layout { widths, small } = layout(table, frame.width);
        if widths.is_empty() {
            return;
        }
        self.open_table(table, &widths, frame);
        if has_header(table) {
            self.row(&table.header, table, &widths, RowLook { header: true, small });
        }
        for row in &table.rows {
            self.row(row, table, &widths, RowLook { header: false, small });
        }
        self.story.xml.close("w:tbl");
        self.story.section_end = None;
        self.story.after_table = true;
    }

    fn open_table(&mut self, table: &Table, widths: &[u32], frame: Frame) {
        let headings = table.header.iter().map(|cell| plain_text(cell)).collect::<Vec<_>>().join(", ");
        let columns = if has_header(table) { format!("Kolumner: {headings}") } else { String::new() };
        let xml = &mut self.story.xml;
        xml.open("w:tbl", &[]);
        TableProperties {
            style: styles::TABLE,
            width: widths.iter().sum(),
            indent: frame.indent,
            has_header: has_header(table),
            caption: &table.description(),
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
            let align = table.columns.get(index).map_or(Align::Left, |column| column.align);
            self.cell(row.get(index).map_or(&[], Vec::as_slice), width, align, look);
        }
        self.story.xml.close("w:tr");
    }

    fn cell(&mut self, cell: &[crate::document::Inline], width: u32, align: Align, look: RowLook) {
        self.story.xml.open("w:tc", &[]);
        write_cell_properties(&mut self.story.xml, width, look.header);
        let properties = ParagraphProperties {
            style: Some(look.style()),
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

/// How a table is set.
pub struct Layout {
    /// One a column; no columns, no table.
    pub widths: Vec<u32>,
    /// Whether the type is small, so that more fits in.
    pub small: bool,
}

#[derive(Clone, Copy)]
struct RowLook {
    header: bool,
    small: bool,
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
pub fn has_header(table: &Table) -> bool {
    table.header.iter().any(|cell| !cell.is_empty())
}

/// The widths of a table's columns, which add up to the room there is, and whether its text has to be small for that.
///
/// Each column has the share that it asks for, unless its longest word does not fit: then it takes from those with
/// room to spare. Every cell of every row has a column, also in a table that is not as regular as it should be.
pub fn layout(table: &Table, room: u32) -> Layout {
    let count = table.rows.iter().map(Vec::len).chain([table.header.len(), table.columns.len()]).max().unwrap_or(0);
    if count == 0 {
        return Layout { widths: Vec::new(), small: false };
    }
    let words = widest_words(table, count);
    let normal = needed(&words, f32::INFINITY, SIZE);
    let small = normal.iter().sum::<u32>() > room || room / (count as u32) < NARROW;
    let needed = if small { needed_at_most(&words, room) } else { normal };
    Layout { widths: fit(&wanted(table, count, room), &needed, room), small }
}

/// The widest word of each column, in sizes of its type.
fn widest_words(table: &Table, count: usize) -> Vec<f32> {
    let mut widest = vec![NARROWEST_WORD; count];
    for (index, cell) in table.header.iter().enumerate() {
        widest[index] = (letters::widest_word(&plain_text(cell)) * BOLD).max(widest[index]);
    }
    for row in &table.rows {
        for (index, cell) in row.iter().enumerate() {
            widest[index] = letters::widest_word(&plain_text(cell)).max(widest[index]);
        }
    }
    // A very wide word is an address or a key, and may be broken.
    widest.into_iter().map(|word| word.min(WIDEST_WORD)).collect()
}

/// The widths that columns with such words need, when words wider than `widest` are broken.
fn needed(words: &[f32], widest: f32, size: f32) -> Vec<u32> {
    words.iter().map(|word| (word.min(widest) * size * 20.0).ceil() as u32 + PADDING).collect()
}

/// What the columns need in small type. Where that is too much, the widest words are broken first.
fn needed_at_most(words: &[f32], room: u32) -> Vec<u32> {
    let steps = (1..=4 * WIDEST_WORD as u32).rev().map(|quarters| quarters as f32 / 4.0);
    let mut tries = steps.map(|widest| needed(words, widest, SMALL_SIZE));
    let fitting = tries.find(|needed| needed.iter().sum::<u32>() <= room);
    fitting.unwrap_or_else(|| vec![room / words.len() as u32; words.len()])
}

/// The widths that the columns ask for.
fn wanted(table: &Table, count: usize, room: u32) -> Vec<f64> {
    let share = |index: usize| match table.columns.get(index) {
        Some(column) if column.width.is_finite() && column.width > 0.0 => f64::from(column.width),
        _ => 1.0 / count as f64,
    };
    let total: f64 = (0..count).map(share).sum();
    (0..count).map(|index| f64::from(room) * share(index) / total).collect()
}

/// What the columns want, but at least what they need, which all of them together have room for.
fn fit(wanted: &[f64], needed: &[u32], room: u32) -> Vec<u32> {
    let pairs = || wanted.iter().zip(needed.iter().map(|&needed| f64::from(needed)));
    let missing: f64 = pairs().map(|(wanted, needed)| (needed - wanted).max(0.0)).sum();
    let spare: f64 = pairs().map(|(wanted, needed)| (wanted - needed).max(0.0)).sum();
    let left = if spare > 0.0 { 1.0 - missing / spare } else { 0.0 };
    let width = |(wanted, needed): (&f64, f64)| needed + (wanted - needed).max(0.0) * left;
    let mut widths: Vec<u32> = pairs().map(|pair| width(pair) as u32).collect();
    // Rounding leaves a few twentieths of a point.
    let rest = room.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}
