//! Tables, and the captions of tables and figures.

use super::blocks::Frame;
use super::inlines::write_field;
use super::properties::{
    ParagraphProperties, RunProperties, TableProperties, write_cell_properties, write_row_properties,
};
use super::{Writer, styles};
use crate::document::{Align, Caption, Cell, Table, plain_text};

/// A column that is narrower than this on average has its text set smaller.
const NARROW: u32 = 1500;
/// No column is narrower, whatever share of the width it asks for.
const NARROWEST: u32 = 400;

impl Writer<'_> {
    pub fn table(&mut self, table: &Table, frame: Frame) {
        if let Some(caption) = &table.caption {
            let properties = ParagraphProperties { keep_next: true, ..Default::default() };
            self.caption("Tabell", caption, properties);
        } else if self.story.after_table || self.story.page_break {
            // Two tables without a paragraph between them would be one; and only a paragraph can start a page.
            self.paragraph(ParagraphProperties { style: Some("Gap"), ..Default::default() }, |_| {});
        }
        let widths = widths(table, frame.width);
        if widths.is_empty() {
            return;
        }
        self.open_table(table, &widths, frame);
        let small = frame.width / (widths.len() as u32) < NARROW;
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

/// The widths of a table's columns, which add up to the room there is. Every cell of every row has a column,
/// also in a table that is not as regular as it should be.
pub fn widths(table: &Table, room: u32) -> Vec<u32> {
    let count = table.rows.iter().map(Vec::len).chain([table.header.len(), table.columns.len()]).max().unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let share = |index: usize| match table.columns.get(index) {
        Some(column) if column.width.is_finite() && column.width > 0.0 => f64::from(column.width),
        _ => 1.0 / count as f64,
    };
    let total: f64 = (0..count).map(share).sum();
    let narrowest = NARROWEST.min(room / count as u32);
    let free = f64::from(room - narrowest * count as u32);
    let mut widths: Vec<u32> = (0..count).map(|index| narrowest + (free * share(index) / total) as u32).collect();
    let rest = room - widths.iter().sum::<u32>();
    widths[count - 1] += rest;
    widths
}
