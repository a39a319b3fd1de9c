//! The tree as HTML: one small function for each kind of node.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use crate::document::{
    Align, Block, Caption, Cell, Document, Drawing, Figure, Heading, Inline, List, Notice, Page, Picture, Table,
    Target, plain_text,
};

use super::escape::push_escaped;
use super::links::Links;
use super::{START, picture_path};
use crate::write::svg;

/// Tables of this many columns become cards on a narrow screen. Fewer fit there as they are, more would make cards
/// that nobody compares: those are scrolled sideways.
const COLUMNS_OF_CARDS: std::ops::RangeInclusive<usize> = 3..=7;
/// What the first column of questions and answers is called. Such a table of two says as much without its headings; of
/// any other of two a row becomes a card too, since *produktion* says little without *Miljö*.
const QUESTIONS: [&str; 5] = ["Aspekt", "Del", "Fråga", "Lager", "Uppgift"];
/// Such a table of the site's own pages is worth sorting and filtering from this many rows on: `tabell.js` does that.
const ROWS_OF_A_LIST: usize = 8;

/// Bytes that a block of a long document takes, and a drawing beside that, and seldom more: to move what is written to a
/// larger room takes time, and the memory of both.
const ROOM_OF_A_BLOCK: usize = 512;
const ROOM_OF_A_DRAWING: usize = 20 * 1024;

/// A page's heading, and what follows it.
///
/// A page has one `<h1>`: its first block, else its title. Any further heading of the first level is an `<h2>`.
pub fn page(page: &Page, links: &Links, pictures: &BTreeMap<String, Picture>) -> (String, String) {
    let mut writer = Writer { lists: true, ..Writer::new(links, pictures) };
    let rest = match page.blocks.split_first() {
        Some((Block::Heading(heading), rest)) if heading.level == 1 => {
            writer.heading_element(heading, 1);
            rest
        }
        _ => {
            writer.wrapped("h1", |writer| writer.text(&page.title));
            &page.blocks
        }
    };
    let heading = std::mem::replace(&mut writer.out, room_for(rest, pictures));
    if page.path == START {
        writer.parts(rest);
    } else {
        writer.blocks(rest);
    }
    writer.notes();
    (heading, writer.out)
}

/// A document's text, below the `<h1>` that its title is.
pub fn document(document: &Document, links: &Links, pictures: &BTreeMap<String, Picture>) -> String {
    let mut writer = Writer { out: room_for(&document.blocks, pictures), ..Writer::new(links, pictures) };
    writer.blocks(&document.blocks);
    writer.notes();
    writer.out
}

fn room_for(blocks: &[Block], pictures: &BTreeMap<String, Picture>) -> String {
    let is_drawing = |block: &&Block| matches!(block, Block::Figure(figure) if !pictures.contains_key(&figure.picture));
    let drawings = blocks.iter().filter(is_drawing).count();
    String::with_capacity(blocks.len() * ROOM_OF_A_BLOCK + drawings * ROOM_OF_A_DRAWING)
}

struct Writer<'a> {
    out: String,
    links: &'a Links<'a>,
    pictures: &'a BTreeMap<String, Picture>,
    /// The levels, in the tree, of the headings that the text stands under, the `<h1>` not counted. A template that
    /// serves documents and pages may leave a level out; on the page none is.
    open: Vec<u8>,
    /// Ids that already stand on the page: a second element with the same id gets none.
    ids: FxHashSet<&'a str>,
    /// The footnotes met so far, in the order of their marks.
    notes: Vec<&'a [Block]>,
    /// How many drawings there are so far.
    drawings: usize,
    /// Whether a link is open, in which no other can stand.
    in_link: bool,
    /// Whether long tables can be sorted and filtered; in a document's text they keep the document's order.
    lists: bool,
}

impl<'a> Writer<'a> {
    fn new(links: &'a Links<'a>, pictures: &'a BTreeMap<String, Picture>) -> Writer<'a> {
        Writer {
            out: String::new(),
            links,
            pictures,
            open: Vec::new(),
            ids: FxHashSet::default(),
            notes: Vec::new(),
            drawings: 0,
            in_link: false,
            lists: false,
        }
    }

    /// The start page: what stands under each of its headings is an element, for the parts to stand side by side.
    fn parts(&mut self, blocks: &'a [Block]) {
        let is_heading = |block: &Block| matches!(block, Block::Heading(heading) if heading.level <= 2);
        for part in blocks.chunk_by(|_, next| !is_heading(next)) {
            if part.first().is_some_and(is_heading) {
                self.raw("<section class=\"del\">\n");
                self.blocks(part);
                self.raw("</section>\n");
            } else {
                self.blocks(part);
            }
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(text) => self.wrapped("p", |writer| writer.inlines(text)),
            Block::List(list) => self.list(list),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Notice(notice, blocks) => self.notice(*notice, blocks),
            Block::Quote(blocks) => self.wrapped("blockquote", |writer| writer.blocks(blocks)),
            Block::Code(text) => self.code_block(text),
            Block::Landscape(blocks) => self.landscape(blocks),
        }
    }

    fn heading(&mut self, heading: &'a Heading) {
        while self.open.pop_if(|level| *level >= heading.level).is_some() {}
        self.open.push(heading.level);
        self.heading_element(heading, (self.open.len() + 1).min(6));
    }

    fn heading_element(&mut self, heading: &'a Heading, level: usize) {
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"][level - 1];
        self.raw("<");
        self.raw(name);
        self.id(&heading.id);
        self.raw(">");
        if let Some(number) = &heading.number {
            self.number(number);
        }
        self.inlines(&heading.text);
        self.end(name);
        self.raw("\n");
    }

    fn list(&mut self, list: &'a List) {
        let element = if list.start.is_some() { "ol" } else { "ul" };
        self.raw("<");
        self.raw(element);
        if let Some(start) = list.start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        self.raw(">\n");
        for item in &list.items {
            self.wrapped("li", |writer| writer.list_item(item, list.tight));
        }
        self.end(element);
        self.raw("\n");
    }

    fn list_item(&mut self, blocks: &'a [Block], tight: bool) {
        match blocks {
            [Block::Paragraph(text), rest @ ..] if tight && !rest.iter().any(is_paragraph) => {
                self.inlines(text);
                if !rest.is_empty() {
                    self.raw("\n");
                }
                self.blocks(rest);
            }
            _ => self.blocks(blocks),
        }
    }

    /// A table that can be scrolled sideways by keyboard too. It is a group and no region: the landmarks of a page
    /// should be few and tell apart, and many tables have the same columns.
    fn table(&mut self, table: &'a Table) {
        let columns = table.columns.len();
        let name = name_column(table);
        self.raw("<div class=\"tabell");
        self.classes_of(table, name);
        self.raw("\"");
        if columns >= *COLUMNS_OF_CARDS.start() {
            let description = table.description();
            self.raw(" role=\"group\" tabindex=\"0\"");
            self.attribute("aria-label", if description.trim().is_empty() { "Tabell" } else { &description });
        }
        self.raw(">\n<table>\n");
        if let Some(caption) = &table.caption {
            self.caption("caption", "Tabell", caption);
        }
        if !table.header.iter().all(is_blank) {
            self.table_header(table);
        }
        self.raw("<tbody>\n");
        let labels = labels(table, name);
        for row in &table.rows {
            self.wrapped("tr", |writer| writer.table_row(table, row, name, &labels));
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    /// What the style sheet and `tabell.js` need to know of a table.
    fn classes_of(&mut self, table: &Table, name: usize) {
        let columns = table.columns.len();
        if columns == 2 {
            self.raw(" par");
        }
        if table.header.first().is_some_and(is_blank) {
            self.raw(" rader");
        }
        if is_cards(table) {
            self.raw(" kort");
            if name == 1 {
                self.raw(" namn-2");
            }
            let is_list = self.lists && COLUMNS_OF_CARDS.contains(&columns);
            if is_list && table.rows.len() >= ROWS_OF_A_LIST && !table.header.iter().all(is_blank) {
                self.raw(" lista");
            }
        }
    }

    fn table_header(&mut self, table: &'a Table) {
        self.raw("<thead>\n<tr>");
        for (at, cell) in table.header.iter().enumerate() {
            // A heading that says nothing is none.
            let element = if is_blank(cell) { "td" } else { "th scope=\"col\"" };
            self.cell(element, table, at, None, cell);
        }
        self.raw("</tr>\n</thead>\n");
    }

    /// The cell that a row is known by is its heading: who goes down a column by ear hears whose cells these are.
    fn table_row(&mut self, table: &'a Table, row: &'a [Cell], name: usize, labels: &[String]) {
        for (at, cell) in row.iter().enumerate() {
            let is_heading = at == name && row.len() > 1 && !is_blank(cell) && !is_dash(cell);
            let element = if is_heading { "th scope=\"row\"" } else { "td" };
            self.cell(element, table, at, labels.get(at).map(String::as_str), cell);
        }
    }

    fn cell(&mut self, element: &str, table: &Table, at: usize, label: Option<&str>, cell: &'a [Inline]) {
        self.raw("<");
        self.raw(element);
        // A dash keeps its column's place in a table; a card does without the cell, and so without its label.
        let is_nothing = at > 0 && is_dash(cell);
        self.raw(match (table.columns.get(at).copied().unwrap_or_default(), is_nothing) {
            (Align::Left, false) => "",
            (Align::Left, true) => " class=\"tomt\"",
            (Align::Center, false) => " class=\"mitt\"",
            (Align::Center, true) => " class=\"mitt tomt\"",
            (Align::Right, false) if is_of_short_lines(cell) => " class=\"hoger rader-hela\"",
            (Align::Right, false) => " class=\"hoger\"",
            (Align::Right, true) => " class=\"hoger tomt\"",
        });
        if let (Some(label), false) = (label, is_nothing) {
            self.raw(label);
        }
        self.raw(">");
        self.inlines(cell);
        self.end(&element[..2]);
    }

    fn caption(&mut self, element: &str, label: &str, caption: &'a Caption) {
        self.raw("<");
        self.raw(element);
        self.id(&caption.id);
        self.raw(">");
        if caption.number > 0 {
            self.number(&format!("{label} {}.", caption.number));
        }
        self.inlines(&caption.text);
        self.end(element);
        self.raw("\n");
    }

    fn figure(&mut self, figure: &'a Figure) {
        self.raw("<figure>\n");
        match (self.pictures.get(&figure.picture), self.links.drawing(&figure.picture)) {
            (Some(picture), _) => self.picture(figure, picture),
            (None, Some(drawing)) => self.drawing(figure, drawing),
            (None, None) => self.wrapped("p", |writer| writer.text(&figure.description)),
        }
        if let Some(caption) = &figure.caption {
            self.caption("figcaption", "Figur", caption);
        }
        self.raw("</figure>\n");
    }

    fn picture(&mut self, figure: &Figure, picture: &Picture) {
        self.raw("<img");
        self.attribute("src", &self.links.file(&picture_path(&figure.picture)));
        self.attribute("alt", &figure.description);
        self.attribute("width", &picture.width.to_string());
        self.attribute("height", &picture.height.to_string());
        self.raw(">\n");
    }

    /// A drawing that can be scrolled sideways where it would else be too small to read.
    fn drawing(&mut self, figure: &Figure, drawing: &Drawing) {
        self.drawings += 1;
        let title = match &figure.caption {
            Some(caption) => plain_text(&caption.text),
            None => "Figur".to_string(),
        };
        self.raw("<div class=\"figur\" role=\"group\" tabindex=\"0\"");
        self.attribute("aria-label", &title);
        self.raw(">\n");
        let links = self.links;
        let href = |id: &str| {
            let mut href = String::new();
            links.push_href_of_id(id, &mut href).then_some(href)
        };
        // What its author says that it shows comes before what it says itself.
        let description = if figure.description.is_empty() { &drawing.description } else { &figure.description };
        self.raw(&svg::element(drawing, self.drawings, (&title, description), &href));
        self.raw("</div>\n");
    }

    fn notice(&mut self, notice: Notice, blocks: &'a [Block]) {
        let class = match notice {
            Notice::Remark => "observera",
            Notice::Tip => "tips",
            Notice::Important => "viktigt",
            Notice::Warning => "varning",
        };
        let label = notice.label();
        self.put(format_args!("<aside class=\"notis {class}\" role=\"note\">\n<p class=\"etikett\">{label}</p>\n"));
        self.blocks(blocks);
        self.raw("</aside>\n");
    }

    fn code_block(&mut self, text: &str) {
        self.raw("<pre><code>");
        self.text(text);
        self.raw("</code></pre>\n");
    }

    fn landscape(&mut self, blocks: &'a [Block]) {
        self.raw("<div class=\"liggande\">\n");
        self.blocks(blocks);
        self.raw("</div>\n");
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Emphasis(inner) => self.phrase("em", inner),
            Inline::Strong(inner) => self.phrase("strong", inner),
            Inline::Strikeout(inner) => self.phrase("s", inner),
            Inline::Code(text) => {
                self.raw("<code>");
                self.text(text);
                self.raw("</code>");
            }
            Inline::Link(link) => {
                let end = match link.target {
                    Target::Address(_) => "\" rel=\"noopener\">",
                    Target::Id(_) => "\">",
                };
                let href = |links: &Links, out: &mut String| links.push_href(&link.target, out);
                self.link(href, end, |writer| writer.inlines(&link.text));
            }
            Inline::Reference(reference) => {
                let href = |links: &Links, out: &mut String| links.push_href_of_id(&reference.id, out);
                self.link(href, "\">", |writer| writer.text(&reference.text()));
            }
            Inline::Anchor(id) => self.anchor(id),
            Inline::Note(blocks) => self.note_mark(blocks),
            Inline::Break => self.raw("<br>"),
        }
    }

    fn phrase(&mut self, element: &str, inlines: &'a [Inline]) {
        self.start(element);
        self.inlines(inlines);
        self.end(element);
    }

    /// A text that leads to what `href` writes, or no more than the text where that writes nothing.
    fn link(&mut self, href: impl FnOnce(&Links, &mut String) -> bool, end_of_tag: &str, text: impl FnOnce(&mut Self)) {
        let before = self.out.len();
        self.raw("<a href=\"");
        if self.in_link || !href(self.links, &mut self.out) {
            self.out.truncate(before);
            return text(self);
        }
        self.raw(end_of_tag);
        self.in_link = true;
        text(self);
        self.in_link = false;
        self.raw("</a>");
    }

    fn anchor(&mut self, id: &'a str) {
        self.raw("<span");
        self.id(id);
        self.raw("></span>");
    }

    fn note_mark(&mut self, blocks: &'a [Block]) {
        self.notes.push(blocks);
        let number = self.notes.len();
        if self.in_link {
            self.put(format_args!("<sup class=\"fotnot\" id=\"_not-{number}\">{number}</sup>"));
        } else {
            self.put(format_args!(
                "<sup class=\"fotnot\"><a id=\"_not-{number}\" href=\"#_fot-{number}\" aria-label=\"Fotnot {number}\">\
                 {number}</a></sup>"
            ));
        }
    }

    /// The footnotes' texts; one that has notes of its own makes the list longer while it is written.
    fn notes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.raw("<section class=\"fotnoter\" aria-label=\"Fotnoter\">\n<ol>\n");
        let mut number = 0;
        while let Some(&blocks) = self.notes.get(number) {
            number += 1;
            self.note(number, blocks);
        }
        self.raw("</ol>\n</section>\n");
    }

    fn note(&mut self, number: usize, blocks: &'a [Block]) {
        self.put(format_args!("<li id=\"_fot-{number}\">"));
        let (last, before) = match blocks.split_last() {
            Some((Block::Paragraph(text), before)) => (text.as_slice(), before),
            _ => (&[][..], blocks),
        };
        self.blocks(before);
        self.raw("<p>");
        self.inlines(last);
        self.put(format_args!(
            " <a class=\"tillbaka\" href=\"#_not-{number}\" aria-label=\"Tillbaka till fotnot {number} i texten\">\
             \u{21a9}\u{fe0e}</a></p></li>\n"
        ));
    }

    /// A block's element without attributes.
    fn wrapped(&mut self, element: &str, write: impl FnOnce(&mut Self)) {
        self.start(element);
        write(self);
        self.end(element);
        self.raw("\n");
    }

    fn start(&mut self, element: &str) {
        self.raw("<");
        self.raw(element);
        self.raw(">");
    }

    fn end(&mut self, element: &str) {
        self.raw("</");
        self.raw(element);
        self.raw(">");
    }

    fn number(&mut self, number: &str) {
        self.raw("<span class=\"nummer\">");
        self.text(number);
        self.raw("</span> ");
    }

    fn id(&mut self, id: &'a str) {
        if !id.is_empty() && self.ids.insert(id) {
            self.attribute("id", id);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        push_attribute(name, value, &mut self.out);
    }

    fn text(&mut self, text: &str) {
        push_escaped(text, &mut self.out);
    }

    fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn put(&mut self, html: std::fmt::Arguments) {
        let _ = self.out.write_fmt(html);
    }
}

fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(value, out);
    out.push('"');
}

/// What a card calls each of its lines, as an attribute: its column's heading. The line that names the card needs none.
fn labels(table: &Table, name: usize) -> Vec<String> {
    if !is_cards(table) {
        return Vec::new();
    }
    let is_name = |at: usize| at == name && table.rows.iter().all(|row| !row.get(at).is_some_and(is_code));
    let label = |(at, cell): (usize, &Cell)| {
        let mut label = String::new();
        let heading = plain_text(cell);
        let heading = heading.trim();
        if !heading.is_empty() && !is_name(at) {
            push_attribute("data-label", heading, &mut label);
        }
        label
    };
    table.header.iter().enumerate().map(label).collect()
}

/// Whether each row becomes a card on a narrow screen.
fn is_cards(table: &Table) -> bool {
    match table.header.as_slice() {
        [first, second] => {
            let says_nothing = is_blank(first) && is_blank(second);
            !says_nothing && !QUESTIONS.contains(&plain_text(first).trim())
        }
        _ => COLUMNS_OF_CARDS.contains(&table.columns.len()),
    }
}

/// The column that a row is known by: the first, or the second where the first is a code for what the second leads to.
fn name_column(table: &Table) -> usize {
    let leads_on = |cell: &Cell| cell.iter().any(|inline| matches!(inline, Inline::Link(_) | Inline::Reference(_)));
    let is_coded =
        |row: &Vec<Cell>| matches!(row.as_slice(), [first, second, ..] if is_code(first) && leads_on(second));
    usize::from(!table.rows.is_empty() && table.rows.iter().all(is_coded))
}

/// Whether a cell is a number such as `1001` or `2000B`.
fn is_code(cell: &Cell) -> bool {
    // Nearly every cell is told by how it begins.
    if let Some(Inline::Text(text)) = cell.first()
        && text.starts_with(|letter: char| !letter.is_ascii_digit())
    {
        return false;
    }
    let text = plain_text(cell);
    text.starts_with(|letter: char| letter.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// Whether a cell says no more than that there is nothing.
fn is_dash(cell: &[Inline]) -> bool {
    match cell {
        [] => false,
        [Inline::Text(text)] => text.trim() == "–",
        [Inline::Link(link)] => is_dash(&link.text),
        [Inline::Strong(inner) | Inline::Emphasis(inner)] => is_dash(inner),
        _ => plain_text(cell).trim() == "–",
    }
}

/// Whether a cell is lines of its own that are short, such as the steps of a price: they are not broken, where a browser
/// would break at the dash of *10 001–100 000*.
fn is_of_short_lines(cell: &[Inline]) -> bool {
    const LONGEST: usize = 32;
    cell.contains(&Inline::Break)
        && cell.iter().all(|inline| match inline {
            Inline::Text(text) => text.chars().count() <= LONGEST,
            inline => *inline == Inline::Break,
        })
}

fn is_paragraph(block: &Block) -> bool {
    matches!(block, Block::Paragraph(_))
}

fn is_blank(cell: &Cell) -> bool {
    cell.iter().all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()))
}
