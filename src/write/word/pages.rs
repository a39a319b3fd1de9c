//! On which page each heading will stand: an estimate by counting lines, for the page numbers of the contents table
//! until Word has set the pages itself.

use std::collections::BTreeMap;

use super::sections::{self, Orientation};
use super::{contents, numbering, tables};
use crate::document::{Block, Cell, Document, Heading, Inline, Publication, Table, plain_text};

/// Page numbers by a heading's id, and how many pages there are.
#[derive(Debug, Default)]
pub struct Pages {
    headings: BTreeMap<String, u32>,
    total: u32,
}

impl Pages {
    /// The page that a heading stands on.
    pub fn of(&self, id: &str) -> u32 {
        self.headings.get(id).copied().unwrap_or(self.total)
    }

    /// The number of pages.
    pub fn total(&self) -> u32 {
        self.total
    }
}

/// Heights in points: a line of text, of a table, and the space between paragraphs.
const LINE: f32 = 14.8;
const TABLE_LINE: f32 = 11.9;
const ROW_PADDING: f32 = 5.0;
const SPACE: f32 = 7.0;
/// Average width of a letter, by the size of the type.
const LETTER: f32 = 0.49;
const TEXT_SIZE: f32 = 10.5;
const TABLE_SIZE: f32 = 9.5;
/// What must stand below a heading on its page.
const KEPT_WITH_HEADING: f32 = 2.0 * LINE;

/// The estimate for a document as it is.
pub fn estimate(publication: &Publication, document: &Document) -> Pages {
    let mut sheet =
        Sheet { publication, pages: Pages::default(), page: 1, orientation: Orientation::Portrait, left: 0.0 };
    sheet.new_page();
    sheet.front_matter(document);
    sheet.new_page();
    for (index, block) in document.blocks.iter().enumerate() {
        sheet.turn(sections::orientation(&document.blocks[index..]));
        sheet.block(block, sheet.width());
    }
    sheet.pages.total = sheet.page;
    sheet.pages
}

/// The page that is being filled.
struct Sheet<'a> {
    publication: &'a Publication,
    pages: Pages,
    page: u32,
    orientation: Orientation,
    /// Height that is left on the page.
    left: f32,
}

impl Sheet<'_> {
    fn width(&self) -> f32 {
        self.orientation.text_width() as f32 / 20.0
    }

    fn height(&self) -> f32 {
        self.orientation.text_height() as f32 / 20.0
    }

    fn new_page(&mut self) {
        self.page += 1;
        self.left = self.height();
    }

    fn is_new(&self) -> bool {
        self.left >= self.height()
    }

    fn turn(&mut self, orientation: Orientation) {
        if self.orientation != orientation {
            self.orientation = orientation;
            if self.is_new() { self.left = self.height() } else { self.new_page() }
        }
    }

    /// Something that is not divided.
    fn whole(&mut self, height: f32) {
        if height > self.left && !self.is_new() {
            self.new_page();
        }
        self.lines(height, 0.0);
    }

    /// Something that goes on over as many pages as it needs.
    fn lines(&mut self, height: f32, space: f32) {
        let mut height = height;
        while height > self.left {
            height -= self.left;
            self.new_page();
        }
        self.left = (self.left - height - space).max(0.0);
    }

    fn front_matter(&mut self, document: &Document) {
        let history = document.metadata.history.len();
        if history > 0 {
            self.whole(60.0 + history as f32 * 2.0 * TABLE_LINE);
        }
        let entries = contents::entries(document);
        self.whole(40.0);
        for heading in entries {
            let space = if numbering::level_index(heading) == 0 { 8.0 } else { 1.0 };
            self.lines(LINE * lines(plain_text(&heading.text).chars().count(), self.width() * 0.85, TEXT_SIZE), space);
        }
    }

    fn blocks(&mut self, blocks: &[Block], width: f32) {
        blocks.iter().for_each(|block| self.block(block, width));
    }

    fn block(&mut self, block: &Block, width: f32) {
        match block {
            Block::Heading(heading) => self.heading(heading, width),
            Block::Paragraph(inlines) => self.paragraph(inlines, width),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(item, (width - 20.0).max(100.0))),
            Block::Table(table) => self.table(table, width),
            Block::Figure(figure) => {
                let picture = self.publication.pictures.get(&figure.picture);
                let height = picture.map_or(LINE, |picture| {
                    let scale = (width / (picture.width.max(1) as f32 * 0.75)).min(1.0);
                    (picture.height as f32 * 0.75 * scale).min(self.height() * 0.8)
                });
                self.whole(height + 2.0 * LINE);
            }
            Block::Notice(_, blocks) => {
                self.whole(LINE + 3.0 * SPACE);
                self.blocks(blocks, (width - 20.0).max(100.0));
            }
            Block::Quote(blocks) => self.blocks(blocks, (width - 45.0).max(100.0)),
            Block::Landscape(blocks) => self.blocks(blocks, width),
            Block::Code(text) => self.lines(LINE * 0.8 * text.lines().count() as f32, 3.0 * SPACE),
        }
    }

    fn heading(&mut self, heading: &Heading, width: f32) {
        let (size, space) = match numbering::level_index(heading) {
            0 => (20.0, 14.0),
            1 => (15.0, 27.0),
            2 => (12.5, 21.0),
            _ => (11.0, 16.0),
        };
        let chapter = numbering::level_index(heading) == 0;
        let height = lines(letters(&heading.text), width, size) * size * 1.27;
        if (chapter || height + space + KEPT_WITH_HEADING > self.left) && !self.is_new() {
            self.new_page();
        }
        self.pages.headings.insert(heading.id.clone(), self.page);
        self.lines(height, space);
    }

    fn paragraph(&mut self, inlines: &[Inline], width: f32) {
        self.lines(LINE * lines(letters(inlines), width, TEXT_SIZE), SPACE);
    }

    fn table(&mut self, table: &Table, width: f32) {
        let widths: Vec<f32> =
            tables::widths(table, (width * 20.0) as u32).into_iter().map(|width| width as f32 / 20.0 - 9.0).collect();
        let header = if tables::has_header(table) { row_height(&table.header, &widths) } else { 0.0 };
        if table.caption.is_some() {
            self.whole(2.0 * LINE + header);
        } else {
            self.whole(header);
        }
        for row in &table.rows {
            let height = row_height(row, &widths);
            if height > self.left && !self.is_new() {
                self.new_page();
                self.left -= header;
            }
            self.lines(height, 0.0);
        }
        self.left -= 10.0_f32.min(self.left);
    }
}

fn row_height(row: &[Cell], widths: &[f32]) -> f32 {
    let tallest = row.iter().zip(widths).map(|(cell, &width)| cell_lines(cell, width)).fold(1.0, f32::max);
    tallest * TABLE_LINE + ROW_PADDING
}

fn cell_lines(cell: &[Inline], width: f32) -> f32 {
    cell.split(|inline| *inline == Inline::Break).map(|part| lines(letters(part), width, TABLE_SIZE)).sum()
}

fn letters(inlines: &[Inline]) -> usize {
    plain_text(inlines).chars().count()
}

fn lines(letters: usize, width: f32, size: f32) -> f32 {
    (letters as f32 * size * LETTER / width.max(size)).ceil().max(1.0)
}
