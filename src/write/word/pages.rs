//! On which page each heading will stand: an estimate by counting lines, for the page numbers of the contents table
//! until Word has set the pages itself.

use std::collections::BTreeMap;

use super::sections::{self, Orientation};
use super::tables::{self, Layouts};
use super::{contents, letters, numbering};
use crate::document::{Block, Document, Figure, Heading, Inline, List, Publication, Table, plain_text};

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

/// Heights in points: a line of text, of a note, and the space between paragraphs.
const LINE: f32 = 14.8;
const NOTE_LINE: f32 = 12.0;
const SPACE: f32 = 7.0;
const TEXT_SIZE: f32 = 10.5;
/// What must stand below a heading on its page.
const KEPT_WITH_HEADING: f32 = 2.0 * LINE;

/// The estimate for a document as it is.
pub fn estimate(publication: &Publication, document: &Document, layouts: &mut Layouts<'_>) -> Pages {
    let orientation = Orientation::Portrait;
    let mut sheet = Sheet { publication, layouts, pages: Pages::default(), page: 1, orientation, left: 0.0 };
    sheet.new_page();
    sheet.front_matter(document);
    sheet.new_page();
    for (index, block) in document.blocks.iter().enumerate() {
        sheet.turn(sections::orientation(&document.blocks[index..]));
        if sections::starts_page(&document.blocks, index) {
            sheet.keep(sheet.height());
        }
        sheet.block(block, sheet.width(), SPACE);
    }
    sheet.pages.total = sheet.page;
    sheet.pages
}

/// The page that is being filled.
struct Sheet<'a, 'b> {
    publication: &'a Publication,
    layouts: &'a mut Layouts<'b>,
    pages: Pages,
    page: u32,
    orientation: Orientation,
    /// Height that is left on the page.
    left: f32,
}

impl Sheet<'_, '_> {
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
        if self.orientation == orientation {
            return;
        }
        let was_new = self.is_new();
        self.orientation = orientation;
        if was_new {
            self.left = self.height();
        } else {
            self.new_page();
        }
    }

    /// Goes on to the next page unless this one has so much room.
    fn keep(&mut self, height: f32) {
        if height > self.left && !self.is_new() {
            self.new_page();
        }
    }

    /// Something that is not divided.
    fn whole(&mut self, height: f32) {
        self.keep(height);
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
            self.whole(60.0 + history as f32 * 30.0);
        }
        let entries = contents::entries(document);
        self.whole(40.0);
        for heading in entries {
            let space = if numbering::level_index(heading) == 0 { 8.0 } else { 1.0 };
            self.lines(LINE * lines(&heading.text, TEXT_SIZE, self.width() * 0.85), space);
        }
    }

    fn blocks(&mut self, blocks: &[Block], width: f32, space: f32) {
        blocks.iter().for_each(|block| self.block(block, width, space));
    }

    /// A block in a column of this width, with this space between paragraphs.
    fn block(&mut self, block: &Block, width: f32, space: f32) {
        match block {
            Block::Heading(heading) => self.heading(heading, width),
            Block::Paragraph(inlines) => self.paragraph(inlines, width, space),
            Block::List(list) => self.list(list, width, space),
            Block::Table(table) => self.table(table, width),
            Block::Figure(figure) => self.figure(figure, width),
            Block::Notice(_, blocks) => {
                self.keep(2.0 * LINE + 2.0 * SPACE);
                self.lines(LINE + 2.0 * SPACE, 0.0);
                self.blocks(blocks, width - 20.0, 0.0);
                self.lines(2.0 * SPACE, 0.0);
            }
            Block::Quote(blocks) => self.blocks(blocks, width - 45.0, space),
            Block::Landscape(blocks) => self.blocks(blocks, width, space),
            Block::Code(text) => self.lines(LINE * 0.8 * text.lines().count() as f32, 4.0 * SPACE),
        }
    }

    fn list(&mut self, list: &List, width: f32, space: f32) {
        let between = if list.tight { 0.0 } else { space };
        list.items.iter().for_each(|item| self.blocks(item, width - 20.0, between));
        self.lines(0.0, space - between);
    }

    fn figure(&mut self, figure: &Figure, width: f32) {
        let picture = self.publication.pictures.get(&figure.picture);
        let height = picture.map_or(LINE, |picture| {
            let scale = (width / (picture.width.max(1) as f32 * 0.75)).min(1.0);
            (picture.height as f32 * 0.75 * scale).min(self.height() * 0.8)
        });
        self.whole(height + 2.0 * LINE + 2.0 * SPACE);
    }

    fn heading(&mut self, heading: &Heading, width: f32) {
        let (size, space) = match numbering::level_index(heading) {
            0 => (20.0, 14.0),
            1 => (15.0, 27.0),
            2 => (12.5, 21.0),
            _ => (11.0, 16.0),
        };
        let chapter = numbering::level_index(heading) == 0;
        let height = lines(&heading.text, size, width - 40.0) * size * 1.27;
        self.keep(if chapter { self.height() } else { height + space + KEPT_WITH_HEADING });
        self.pages.headings.insert(heading.id.clone(), self.page);
        self.lines(height, space);
    }

    fn paragraph(&mut self, inlines: &[Inline], width: f32, space: f32) {
        let lines = lines(inlines, TEXT_SIZE, width);
        let notes = inlines.iter().filter(|inline| matches!(inline, Inline::Note(_))).count();
        self.lines(LINE * lines, space + NOTE_LINE * notes as f32);
    }

    fn table(&mut self, table: &Table, width: f32) {
        let layout = self.layouts.layout(table, (width.max(100.0) * 20.0) as u32);
        let header = tables::header_height(table, &layout);
        let caption = if table.caption.is_some() { 2.0 * LINE } else { 0.0 };
        let height = tables::height(table, &layout);
        if tables::is_kept_whole(height, self.orientation) {
            self.whole(caption + height);
        } else {
            let first = table.rows.iter().take(2).map(|row| layout.height(row)).sum::<f32>();
            self.keep(caption + header + first);
            self.lines(caption + header, 0.0);
            for row in &table.rows {
                let height = layout.height(row);
                if height > self.left && !self.is_new() {
                    self.new_page();
                    self.left -= header;
                }
                self.lines(height, 0.0);
            }
        }
        self.lines(0.0, 10.0);
    }
}

/// How many lines a text fills.
fn lines(text: &[Inline], size: f32, room: f32) -> f32 {
    letters::lines(letters::width(&plain_text(text)), size, room)
}
