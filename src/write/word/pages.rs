//! On which page each place of a document stands: as a program that sets pages has found, else an estimate by counting
//! lines, for the page numbers in the file until Word has set the pages itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::blocks::{item_leads, leads};
use super::bookmarks::Bookmarks;
use super::links::each_printed;
use super::look::Look;
use super::sections::{self, Orientation};
use super::tables::{self, Layouts};
use super::{bookmarks, contents, numbering, styles};
use crate::document::{
    Block, Document, Figure, Heading, Inline, List, Publication, Table, anchors, each_inline, plain_text,
};
use crate::letters::{self, Cutter, Filling, Word};

/// The page of each heading, caption and anchor by its bookmark's name, and how many pages there are.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Pages {
    places: BTreeMap<String, u32>,
    total: u32,
}

impl Pages {
    /// The pages of a document's places, of which `page` tells by bookmark.
    pub fn found(
        document: &Document,
        bookmarks: &Bookmarks<'_>,
        page: impl Fn(&str) -> Option<u32>,
        total: u32,
    ) -> Pages {
        let places = anchors(&document.blocks).into_iter();
        let of = |id: String| Some((bookmarks::name(&id), page(&bookmarks.at(&id))?));
        Pages { places: places.filter_map(of).collect(), total }
    }

    /// As text: the number of pages, then a line a place.
    pub fn to_text(&self) -> String {
        let places = self.places.iter().map(|(place, page)| format!("{place} {page}\n"));
        std::iter::once(format!("{}\n", self.total)).chain(places).collect()
    }

    /// From such a text; `None` if it is none, or names a page that there is not.
    pub fn from_text(text: &str) -> Option<Pages> {
        let mut lines = text.lines();
        let total: u32 = lines.next()?.parse().ok()?;
        let place = |line: &str| {
            let (place, page) = line.split_once(' ')?;
            Some((place.to_owned(), page.parse().ok().filter(|page| (1..=total).contains(page))?))
        };
        Some(Pages { places: lines.map(place).collect::<Option<_>>()?, total })
    }

    /// The page that the place of this id stands on.
    pub fn of(&self, id: &str) -> u32 {
        self.places.get(&bookmarks::name(id)).copied().unwrap_or(self.total)
    }

    /// The number of pages.
    pub fn total(&self) -> u32 {
        self.total
    }
}

/// Heights in points: a line of text, of a note and of code, and the space between paragraphs.
const LINE: f32 = 14.85;
const NOTE_LINE: f32 = 11.2;
const CODE_LINE: f32 = 11.5;
/// The height of a line of the contents table and of the lists, in sizes of its type.
const LISTED_LINE: f32 = 1.343;
/// The type of the lists of tables and figures.
const LISTED_SIZE: f32 = 9.0;
const SPACE: f32 = 7.0;
const TEXT_SIZE: f32 = 10.5;
const NOTE_SIZE: f32 = 9.0;
/// A caption, and the space above it.
const CAPTION: f32 = 16.7;
const ABOVE_CAPTION: f32 = 11.0;
/// The caption of a figure with the space above it and the room below the figure's line; and the space below it.
const FIGURE_CAPTION: f32 = 21.5;
const BELOW_FIGURE: f32 = 13.0;
/// Above what follows a table and brings no space of its own.
const BELOW_TABLE: f32 = 10.0;
/// Title, edition and status of a document without a cover page.
const SHORT_HEAD: f32 = 150.0;
/// What must be left below something that is kept on a page: rounding, by us and by Word.
const SLACK: f32 = 2.0;
/// The lines of a paragraph that stay together.
const TOGETHER: f32 = 2.0 * LINE;

/// The estimate for a document as it is.
pub fn estimate(look: &Look, publication: &Publication, document: &Document, layouts: &mut Layouts<'_>) -> Pages {
    let mut sheet = Sheet {
        look,
        publication,
        layouts,
        pages: Pages::default(),
        page: 1,
        orientation: Orientation::Portrait,
        left: 0.0,
        below_table: false,
        goes_on: false,
        below: 0.0,
    };
    sheet.new_page();
    if document.contents {
        sheet.front_matter(document);
        sheet.new_page();
    } else {
        sheet.goes_on = true;
        sheet.lines(SHORT_HEAD + document.metadata.facts.len() as f32 * LINE, SPACE);
    }
    let blocks = &document.blocks;
    let starts = sections::page_starts(blocks);
    for index in 0..blocks.len() {
        let orientation = sections::orientation(&blocks[index..], sheet.layouts, look);
        sheet.turn(orientation);
        if starts.contains(&index) {
            sheet.keep(sheet.height());
        }
        sheet.block_of(blocks, index, sheet.width(), SPACE);
    }
    sheet.pages.total = sheet.page;
    sheet.pages
}

/// The page that is being filled.
struct Sheet<'a, 'b> {
    look: &'a Look,
    publication: &'a Publication,
    layouts: &'a mut Layouts<'b>,
    pages: Pages,
    page: u32,
    orientation: Orientation,
    /// Height that is left on the page.
    left: f32,
    /// The last thing is a table.
    below_table: bool,
    /// Chapters start no page.
    goes_on: bool,
    /// The space below what was set last: of it and that above the next, only the larger is left.
    below: f32,
}

impl Sheet<'_, '_> {
    /// The room that text has, in a typeface as wide as that of the built-in look.
    fn width(&self) -> f32 {
        self.look.page(self.orientation).text_width() as f32 / 20.0 / self.look.width()
    }

    /// The room that text has, in lines as high as those of the built-in look.
    fn height(&self) -> f32 {
        self.look.page(self.orientation).text_height() as f32 / 20.0 / self.look.line()
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
        if height + SLACK > self.left && !self.is_new() {
            self.new_page();
        }
    }

    /// Something that goes on over as many pages as it needs, and the space below it.
    fn lines(&mut self, height: f32, space: f32) {
        let mut height = height;
        while height > self.left {
            height -= self.left;
            self.new_page();
        }
        self.left = (self.left - height - space).max(0.0);
        self.below = space;
    }

    /// Space above something, which is none at the top of a page.
    fn space(&mut self, space: f32) {
        if !self.is_new() {
            self.left = (self.left - (space - self.below).max(0.0)).max(0.0);
        }
    }

    /// Notes that a place is on this page.
    fn place(&mut self, id: &str) {
        self.pages.places.entry(bookmarks::name(id)).or_insert(self.page);
    }

    fn anchors(&mut self, text: &[Inline]) {
        for inline in text {
            match inline {
                Inline::Anchor(id) => self.place(id),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => self.anchors(inner),
                _ => {}
            }
        }
    }

    fn front_matter(&mut self, document: &Document) {
        let history = document.metadata.history.len();
        if history > 0 {
            self.lines(60.0 + history as f32 * 17.0, 28.0);
        }
        for (index, listing) in contents::listings(document).iter().enumerate() {
            self.space(if index > 0 { contents::ABOVE_LISTING as f32 / 20.0 } else { 0.0 });
            self.keep(30.0 + 2.0 * LISTED_LINE * LISTED_SIZE);
            self.lines(30.0, 0.0);
            for entry in &listing.entries {
                let (size, space) = match entry.style {
                    styles::LISTED => (LISTED_SIZE, 0.0),
                    style if style == styles::CONTENTS[0] => (TEXT_SIZE, 8.0),
                    _ => (TEXT_SIZE, 1.0),
                };
                let words = letters::words(&entry.text);
                let height = LISTED_LINE * size * letters::lines(&words, size, self.width() * 0.85);
                // Half a line has no place, however many pages of entries there are.
                if height > self.left {
                    self.new_page();
                }
                self.lines(height, space);
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], width: f32, space: f32) {
        (0..blocks.len()).for_each(|index| self.block_of(blocks, index, width, space));
    }

    /// The block there, in a column of this width, with this space between paragraphs.
    fn block_of(&mut self, blocks: &[Block], index: usize, width: f32, space: f32) {
        let block = &blocks[index];
        let is_chapter = matches!(block, Block::Heading(heading) if numbering::level_index(heading) == 0);
        let kept = if is_chapter && !self.goes_on { self.height() } else { self.kept(blocks, index, width) };
        self.keep(kept);
        let brings_space = matches!(block, Block::Heading(_) | Block::Table(Table { caption: Some(_), .. }));
        if std::mem::take(&mut self.below_table) && !brings_space {
            self.space(BELOW_TABLE);
        }
        match block {
            Block::Heading(heading) => self.heading(heading, width),
            Block::Paragraph(inlines) => self.paragraph(inlines, width, space),
            Block::List(list) => self.list(list, width, space),
            Block::Table(table) => self.table(table, width),
            Block::Figure(figure) => {
                figure.caption.iter().for_each(|caption| self.place(&caption.id));
                self.lines(self.figure_height(figure, width), BELOW_FIGURE);
            }
            Block::Notice(_, blocks) => {
                self.lines(LINE + 2.0 * SPACE, 0.0);
                self.blocks(blocks, width - 20.0, 0.0);
                self.lines(2.0 * SPACE, 0.0);
            }
            Block::Quote(blocks) => self.blocks(blocks, width - 45.0, space),
            Block::Landscape(blocks) => self.blocks(blocks, width, space),
            Block::Code(text) => self.lines(CODE_LINE * text.lines().count() as f32, 4.0 * SPACE),
        }
    }

    /// The height of what must stand on the page that the block starts on: with a heading or a paragraph that leads to
    /// something, the start of what follows.
    fn kept(&mut self, blocks: &[Block], index: usize, width: f32) -> f32 {
        let (mut kept, mut space) = (0.0, self.below);
        for (index, block) in blocks.iter().enumerate().skip(index) {
            match block {
                // What is higher than a page is not kept together, however much more of it there is.
                _ if kept > self.height() => return kept,
                Block::Heading(heading) => {
                    let (above, height, below) = heading_heights(heading, width);
                    kept += (above - space).max(0.0) + height + below;
                    space = below;
                }
                Block::Paragraph(text) if leads(blocks, index) => {
                    kept += LINE * lines(text, TEXT_SIZE, width) + SPACE;
                    space = SPACE;
                }
                Block::Table(Table { caption: Some(_), .. }) => {
                    return kept + self.start(block, width) - ABOVE_CAPTION.min(space);
                }
                other => return kept + self.start(other, width),
            }
        }
        kept
    }

    /// The height of what must stand on the page that a block starts on, by itself.
    fn start(&mut self, block: &Block, width: f32) -> f32 {
        match block {
            Block::Heading(_) => LINE,
            Block::Paragraph(text) => (LINE * lines(text, TEXT_SIZE, width)).min(TOGETHER),
            Block::Table(table) => {
                let layout = self.layout(table, width);
                let page = self.look.page(self.orientation);
                let first = || layout.rows.iter().take(layout.rows_from(0, page)).sum::<f32>();
                let whole = tables::is_kept_whole(layout.height, page);
                caption_height(table) + if whole { layout.height } else { layout.header + first() }
            }
            Block::Figure(figure) => self.figure_height(figure, width),
            Block::Landscape(blocks) => self.kept(blocks, 0, width),
            Block::List(list) => LINE * list.items.len().min(2) as f32,
            Block::Quote(_) | Block::Code(_) => LINE,
            Block::Notice(..) => TOGETHER + 2.0 * SPACE,
        }
    }

    fn list(&mut self, list: &List, width: f32, space: f32) {
        let between = if list.tight { 0.0 } else { space };
        for (index, item) in list.items.iter().enumerate() {
            if item_leads(list, index) {
                self.keep(2.0 * LINE);
            }
            self.blocks(item, width - 20.0, between);
        }
        self.lines(0.0, space - between);
    }

    fn figure_height(&self, figure: &Figure, width: f32) -> f32 {
        let picture = self.publication.pictures.get(&figure.picture);
        let picture = picture.map(|picture| (picture.width as f32 * 0.75, picture.height as f32 * 0.75));
        let drawing = self.publication.drawings.get(&figure.picture).map(|(_, drawing)| drawing);
        let drawing = drawing.map(|drawing| (drawing.width as f32 / 20.0, drawing.height as f32 / 20.0));
        let height = picture.or(drawing).map_or(LINE, |(own_width, height)| {
            let scale = (width / own_width.max(1.0)).min(1.0);
            (height * scale).min(self.height() * 0.8)
        });
        height + if figure.caption.is_some() { FIGURE_CAPTION } else { SPACE }
    }

    fn heading(&mut self, heading: &Heading, width: f32) {
        let (above, height, below) = heading_heights(heading, width);
        self.place(&heading.id);
        self.space(above);
        self.lines(height, below);
    }

    fn paragraph(&mut self, inlines: &[Inline], width: f32, space: f32) {
        self.anchors(inlines);
        self.lines(LINE * lines(inlines, TEXT_SIZE, width), space);
        for inline in inlines {
            if let Inline::Note(blocks) = inline {
                let mut words = Vec::new();
                each_inline(blocks, &mut |inline| {
                    words.extend(letters::words(&plain_text(std::slice::from_ref(inline))))
                });
                self.left -= NOTE_LINE * letters::lines(&words, NOTE_SIZE, self.width()) + 2.0;
            }
        }
    }

    fn table(&mut self, table: &Table, width: f32) {
        let layout = self.layout(table, width);
        if let Some(caption) = &table.caption {
            self.place(&caption.id);
            self.space(ABOVE_CAPTION);
            self.lines(CAPTION, 0.0);
        }
        self.lines(layout.header, 0.0);
        for (row, &height) in table.rows.iter().zip(&layout.rows) {
            if height > self.left && !self.is_new() {
                self.new_page();
                self.left -= layout.header;
            }
            row.iter().for_each(|cell| self.anchors(cell));
            self.lines(height, 0.0);
        }
        self.below_table = true;
    }

    fn layout(&mut self, table: &Table, width: f32) -> Rc<tables::Layout> {
        let room = width.max(100.0) * 20.0 * self.look.width();
        self.layouts.layout(table, room.round() as u32)
    }
}

/// The space above a heading, its height, and the space below it.
fn heading_heights(heading: &Heading, width: f32) -> (f32, f32, f32) {
    let (size, above, below) = styles::HEADING_LOOK[numbering::level_index(heading)];
    let size = size as f32 / 2.0;
    (above as f32 / 20.0, lines(&heading.text, size, width - 40.0) * size * 1.27, below as f32 / 20.0)
}

fn caption_height(table: &Table) -> f32 {
    if table.caption.is_some() { ABOVE_CAPTION + CAPTION } else { 0.0 }
}

/// How many lines a text fills.
fn lines(text: &[Inline], size: f32, room: f32) -> f32 {
    let lines = |part: &[Inline]| {
        let (mut filling, mut cutter) = (Filling::new(letters::room(size, room)), Cutter::default());
        let mut fill = |word: Word| filling.word(word.width);
        each_printed(part, &mut |piece| cutter.text(piece, &mut fill));
        cutter.end(&mut fill);
        filling.lines()
    };
    text.split(|inline| matches!(inline, Inline::Break)).map(lines).sum()
}
