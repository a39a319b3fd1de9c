//! Markdown as a Git host shows it: GitHub's dialect, with an anchor where something can be linked to.

use crate::document::{
    Align, Block, Caption, Document, Figure, Heading, Inline, List, Location, Notice, Publication, Table, Target,
};
use crate::text;

/// A document as Markdown.
pub fn document(publication: &Publication, document: &Document) -> String {
    let mut writer = Writer { publication, document, out: String::new(), notes: Vec::new() };
    writer.front();
    writer.contents();
    writer.blocks(&document.blocks, "");
    writer.notes();
    let mut text = writer.out;
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Where a drawing lies beside the documents that show it.
pub fn drawing_path(name: &str) -> String {
    let name = name.strip_prefix(crate::draw::SCHEME).unwrap_or(name);
    format!("figurer/{}.svg", name.replace('/', "-"))
}

struct Writer<'a> {
    publication: &'a Publication,
    document: &'a Document,
    out: String,
    notes: Vec<&'a [Block]>,
}

/// What inlines are written into: a table's cell is one line, and a bar would end it.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Text,
    Cell,
}

impl<'a> Writer<'a> {
    fn front(&mut self) {
        let metadata = &self.document.metadata;
        let publisher = &self.publication.publisher;
        self.paragraph(&format!("# {}", escape_heading_end(&escape(&metadata.title, Within::Text))), "");
        let who = format!("{} – {}", publisher.organisation, publisher.unit);
        let plain = |text: &str| escape_line_start(&escape(text, Within::Text));
        let edition = format!("{} {}, version {} – {}", "Utgåva", metadata.year, metadata.version, metadata.status);
        self.paragraph(&format!("{}  \n{}", plain(&who), plain(&edition)), "");
        if let Some(summary) = &metadata.summary {
            self.paragraph(&plain(summary), "");
        }
        if metadata.example {
            let text = format!("> [!IMPORTANT]\n> {}", escape(super::EXAMPLE_NOTICE, Within::Text));
            self.paragraph(&text, "");
        }
        let cell = |text: &str| escape(text, Within::Cell);
        if !metadata.facts.is_empty() {
            let rows: Vec<String> = metadata
                .facts
                .iter()
                .map(|(label, value)| format!("| {} | {} |\n", cell(label), cell(value)))
                .collect();
            self.paragraph(&format!("| Om dokumentet | |\n|---|---|\n{}", rows.concat()), "");
        }
        if !metadata.history.is_empty() {
            let rows: Vec<String> = metadata
                .history
                .iter()
                .map(|revision| {
                    let date = revision.date.map(|date| date.to_string()).unwrap_or_default();
                    let cells = [&revision.version, &date, &revision.issuer, &revision.reason].map(|text| cell(text));
                    format!("| {} |\n", cells.join(" | "))
                })
                .collect();
            let head = "| Version | Datum | Utfärdare | Orsak |\n|---|---|---|---|\n";
            self.paragraph(&format!("**Versionshistorik**\n\n{head}{}", rows.concat()), "");
        }
    }

    /// A list of the chapters and their parts, with links.
    fn contents(&mut self) {
        let mut lines = String::new();
        let document = self.document;
        if !document.contents {
            return;
        }
        each_heading(&document.blocks, &mut |heading| {
            if heading.level <= 2 {
                let indent = "  ".repeat(usize::from(heading.level - 1));
                let text = self.heading_text(heading);
                lines.push_str(&format!("{indent}- [{text}](#{})\n", heading.id));
            }
        });
        if !lines.is_empty() {
            self.paragraph("## Innehåll", "");
            self.paragraph(&lines, "");
        }
    }

    fn heading_text(&mut self, heading: &'a Heading) -> String {
        let text = crate::document::plain_text(&heading.text);
        let number = heading.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        format!("{number}{}", escape(&text, Within::Text))
    }

    fn blocks(&mut self, blocks: &'a [Block], indent: &str) {
        let mut other_mark = false;
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &blocks[before]);
            match (before, block) {
                // Two lists in a row are read as one, unless their marks differ.
                (Some(Block::List(before)), Block::List(list)) if before.start.is_some() == list.start.is_some() => {
                    other_mark = !other_mark;
                    self.list(list, indent, other_mark);
                }
                _ => {
                    other_mark = false;
                    self.block(block, indent);
                }
            }
        }
    }

    fn block(&mut self, block: &'a Block, indent: &str) {
        match block {
            Block::Heading(heading) => self.heading(heading, indent),
            Block::Paragraph(inlines) => {
                let text = self.inlines(inlines, Within::Text);
                self.paragraph(&escape_line_starts(&text), indent);
            }
            Block::List(list) => self.list(list, indent, false),
            Block::Table(table) => self.table(table, indent),
            Block::Figure(figure) => self.figure(figure, indent),
            Block::Notice(notice, inner) => {
                self.paragraph(&format!("> [!{}]", alert(*notice)), indent);
                // The mark and its text are one quote, without a blank line between.
                self.take_back_blank_line(indent);
                self.quoted(inner, indent);
            }
            Block::Quote(inner) => self.quoted(inner, indent),
            Block::Code(text) => {
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                self.paragraph(&format!("{fence}\n{text}\n{fence}"), indent);
            }
            Block::Landscape(inner) => self.blocks(inner, indent),
        }
    }

    /// Blocks behind a mark on every line; what comes after must not be read as part of them.
    fn quoted(&mut self, inner: &'a [Block], indent: &str) {
        self.blocks(inner, &format!("{indent}> "));
        let inside = format!("{indent}>");
        if self.take_back_blank_line(&inside) {
            self.out.push_str(indent.trim_end());
            self.out.push('\n');
        }
    }

    /// Takes back the blank line that was written last within an indent, if one was.
    fn take_back_blank_line(&mut self, indent: &str) -> bool {
        let blank = format!("\n{}\n", indent.trim_end());
        let found = self.out.ends_with(&blank);
        if found {
            self.out.truncate(self.out.len() - blank.len() + 1);
        }
        found
    }

    fn heading(&mut self, heading: &'a Heading, indent: &str) {
        let marks = "#".repeat(usize::from(heading.level + 1).min(6));
        let number = heading.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
        let text = escape_heading_end(&self.inlines(&heading.text, Within::Text));
        self.paragraph(&format!("{marks} <a id=\"{}\"></a>{number}{text}", heading.id), indent);
    }

    fn list(&mut self, list: &'a List, indent: &str, other_mark: bool) {
        for (at, item) in list.items.iter().enumerate() {
            let mark = match (list.start, other_mark) {
                (Some(start), false) => format!("{}. ", start + at as u64),
                (Some(start), true) => format!("{}) ", start + at as u64),
                (None, false) => "- ".to_string(),
                (None, true) => "* ".to_string(),
            };
            let inside = format!("{indent}{}", " ".repeat(mark.len()));
            let from = self.out.len();
            self.item(item, &inside, list.tight);
            // The item's first line carries the mark in the place of its indent.
            let first = from + indent.len();
            if self.out.len() >= first + mark.len() {
                self.out.replace_range(first..first + mark.len(), &mark);
            }
            if list.tight {
                self.take_back_blank_line(&inside);
            }
        }
        if list.tight {
            self.out.push_str(indent.trim_end());
            self.out.push('\n');
        }
    }

    /// An item. In a tight list no blank line stands before a list within it, where that can do without one.
    fn item(&mut self, item: &'a [Block], indent: &str, tight: bool) {
        match item {
            [Block::Paragraph(_), Block::List(List { start: None | Some(1), .. }), ..] if tight => {
                let (first, rest) = item.split_at(1);
                self.blocks(first, indent);
                self.take_back_blank_line(indent);
                self.blocks(rest, indent);
            }
            _ => self.blocks(item, indent),
        }
    }

    fn table(&mut self, table: &'a Table, indent: &str) {
        self.caption(table.caption.as_ref(), "Tabell", indent);
        let mut text = self.row(&table.header);
        for column in &table.columns {
            text.push_str(match column {
                Align::Left => "|---",
                Align::Center => "|:-:",
                Align::Right => "|--:",
            });
        }
        text.push_str("|\n");
        for row in &table.rows {
            text.push_str(&self.row(row));
        }
        self.paragraph(&text, indent);
    }

    fn row(&mut self, cells: &'a [Vec<Inline>]) -> String {
        let mut line = String::new();
        for cell in cells {
            line.push_str("| ");
            line.push_str(&self.inlines(cell, Within::Cell));
            line.push(' ');
        }
        line.push_str("|\n");
        line
    }

    fn caption(&mut self, caption: Option<&'a Caption>, word: &str, indent: &str) {
        let Some(caption) = caption else { return };
        let text = self.inlines(&caption.text, Within::Text);
        self.paragraph(&format!("<a id=\"{}\"></a>**{word} {}.** {text}", caption.id, caption.number), indent);
    }

    fn figure(&mut self, figure: &'a Figure, indent: &str) {
        let description = escape(&figure.description, Within::Text);
        let address = match self.publication.drawings.contains_key(&figure.picture) {
            true => format!("{}{}", self.root(), drawing_path(&figure.picture)),
            false => format!("{}../html/bilder/{}", self.root(), figure.picture),
        };
        self.paragraph(&format!("![{description}]({address})"), indent);
        self.caption(figure.caption.as_ref(), "Figur", indent);
    }

    fn inlines(&mut self, inlines: &'a [Inline], within: Within) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text, within)),
                Inline::Emphasis(inner) => out.push_str(&wrap("*", &self.inlines(inner, within))),
                Inline::Strong(inner) => out.push_str(&wrap("**", &self.inlines(inner, within))),
                Inline::Strikeout(inner) => out.push_str(&wrap("~~", &self.inlines(inner, within))),
                Inline::Code(code) => out.push_str(&code_span(code, within)),
                Inline::Link(link) => {
                    let text = self.inlines(&link.text, within);
                    out.push_str(&self.link(&link.target, text));
                }
                Inline::Reference(reference) => {
                    let text = escape(&reference.text(), within);
                    out.push_str(&self.link(&Target::Id(reference.id.clone()), text));
                }
                Inline::Anchor(id) => out.push_str(&format!("<a id=\"{id}\"></a>")),
                Inline::Note(blocks) => {
                    self.notes.push(blocks);
                    out.push_str(&format!("[^{}]", self.notes.len()));
                }
                Inline::Break => out.push_str(if within == Within::Cell { "<br>" } else { "  \n" }),
            }
        }
        out
    }

    /// The way from the document's folder to that of all Markdown files.
    fn root(&self) -> String {
        "../".repeat(self.document.stem.matches('/').count())
    }

    fn link(&self, target: &Target, text: String) -> String {
        match self.address(target) {
            Some(address) => format!("[{text}]({address})"),
            None => text,
        }
    }

    fn address(&self, target: &Target) -> Option<String> {
        let id = match target {
            Target::Address(address) => {
                return Some(address.replace(' ', "%20").replace('(', "%28").replace(')', "%29"));
            }
            Target::Id(id) => id,
        };
        Some(match self.publication.locate(&self.document.name, id)? {
            Location::Here(anchor) => format!("#{anchor}"),
            Location::Document { name, anchor } => {
                let stem = &self.publication.document(name)?.stem;
                format!("{}{stem}.md#{anchor}", self.root())
            }
            Location::Page { path, anchor } => {
                let site = || format!("{}../html/", self.root());
                let root = self.publication.publisher.site.clone().unwrap_or_else(site);
                let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
                format!("{root}{path}{anchor}")
            }
        })
    }

    fn notes(&mut self) {
        let mut at = 0;
        // A note may hold a note, which then comes after it.
        while let Some(blocks) = self.notes.get(at).copied() {
            at += 1;
            let from = self.out.len();
            self.blocks(blocks, "    ");
            self.out.replace_range(from..from + 4.min(self.out.len() - from), &format!("[^{at}]: "));
        }
    }

    /// Writes some lines, each after the indent, and a blank line after them.
    fn paragraph(&mut self, text: &str, indent: &str) {
        for line in text.trim_end_matches('\n').split('\n') {
            self.out.push_str(if line.is_empty() { indent.trim_end() } else { indent });
            self.out.push_str(line);
            self.out.push('\n');
        }
        self.out.push_str(indent.trim_end());
        self.out.push('\n');
    }
}

fn each_heading<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Heading)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => visit(heading),
            Block::Landscape(inner) => each_heading(inner, visit),
            Block::Paragraph(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Figure(_)
            | Block::Notice(..)
            | Block::Quote(_)
            | Block::Code(_) => {}
        }
    }
}

fn alert(notice: Notice) -> &'static str {
    match notice {
        Notice::Remark => "NOTE",
        Notice::Tip => "TIP",
        Notice::Important => "IMPORTANT",
        Notice::Warning => "WARNING",
    }
}

/// Marks stand against letters, not spaces.
fn wrap(mark: &str, inner: &str) -> String {
    let trimmed = inner.trim();
    if trimmed.is_empty() {
        return inner.to_string();
    }
    let (before, after) = inner.split_once(trimmed).unwrap_or(("", ""));
    format!("{before}{mark}{trimmed}{mark}{after}")
}

fn code_span(code: &str, within: Within) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    let code = if within == Within::Cell { code.replace('|', "\\|") } else { code.to_string() };
    format!("{fence}{space}{code}{space}{fence}")
}

/// A text whose signs are signs and no markup.
fn escape(text: &str, within: Within) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after == '#' || after.is_ascii_alphabetic(),
            '|' => within == Within::Cell,
            '!' => after == '[',
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(if text::is_forbidden(c) || matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
        before = c;
    }
    out
}

/// Keeps a paragraph's lines from being read as headings, lists, lines or parts of a table.
fn escape_line_starts(text: &str) -> String {
    text.split('\n').map(escape_line_start).collect::<Vec<_>>().join("\n")
}

fn escape_line_start(text: &str) -> String {
    let marked = text.starts_with(['#', '+', '-', '=', '|', ':']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text[digits..].chars().next() {
        _ if marked => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_string(),
    }
}

/// Keeps the last sign of a heading from being read as the end of its marks.
fn escape_heading_end(text: &str) -> String {
    match text.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => text.to_string(),
    }
}
