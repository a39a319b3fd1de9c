//! Markdown as a Git host shows it: GitHub's dialect, with an anchor where something can be linked to.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::document::{
    Align, Block, Caption, Document, Figure, Heading, Inline, List, Location, Notice, Publication, Revision, Table,
    Target,
};
use crate::text;
use crate::write::html::escape::escaped;

/// A document as Markdown, which leads to the site's pages where there are such.
pub fn document(publication: &Publication, document: &Document, has_site: bool) -> String {
    let mut writer =
        Writer { publication, document, has_site, out: String::new(), notes: Vec::new(), marks: Vec::new() };
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

/// Where a picture lies beside the documents that show it.
pub fn picture_path(name: &str) -> String {
    format!("bilder/{name}")
}

struct Writer<'a> {
    publication: &'a Publication,
    document: &'a Document,
    has_site: bool,
    out: String,
    notes: Vec<&'a [Block]>,
    /// The marks that what is being written stands within.
    marks: Vec<&'static str>,
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
        let plain = |text: &str| escape_line_starts(&escape(text, Within::Text)).into_owned();
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
        let contact = publisher.contact.iter().map(|contact| ("Kontakt", contact));
        let facts = metadata.facts.iter().map(|(label, value)| (label.as_str(), value)).chain(contact);
        let rows: Vec<String> =
            facts.map(|(label, value)| format!("| {} | {} |\n", cell(label), cell(value))).collect();
        if !rows.is_empty() {
            self.paragraph(&format!("| Om dokumentet | |\n|---|---|\n{}", rows.concat()), "");
        }
        if !metadata.history.is_empty() {
            let rows: Vec<String> = metadata
                .history
                .iter()
                .map(|revision| {
                    let date = revision.date.map(text::date).unwrap_or_default();
                    let cells = [&revision.version, &date, &revision.issuer, &revision.reason].map(|text| cell(text));
                    format!("| {} |\n", cells.join(" | "))
                })
                .collect();
            let head = format!("| {} |\n|---|---|---|---|\n", Revision::LABELS.join(" | "));
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
        // A heading is one line.
        let text = escape_heading_end(&self.inlines(&heading.text, Within::Text)).replace("  \n", "<br>");
        self.paragraph(&format!("{marks} <a id=\"{}\"></a>{number}{text}", escaped(&heading.id)), indent);
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
        let mut text = String::new();
        self.push_row(&table.header, &mut text);
        for column in &table.columns {
            text.push_str(match column {
                Align::Left => "|---",
                Align::Center => "|:-:",
                Align::Right => "|--:",
            });
        }
        text.push_str("|\n");
        for row in &table.rows {
            self.push_row(row, &mut text);
        }
        self.paragraph(&text, indent);
    }

    fn push_row(&mut self, cells: &'a [Vec<Inline>], out: &mut String) {
        for cell in cells {
            out.push_str("| ");
            self.push_inlines(cell, Within::Cell, out);
            out.push(' ');
        }
        out.push_str("|\n");
    }

    fn caption(&mut self, caption: Option<&'a Caption>, word: &str, indent: &str) {
        let Some(caption) = caption else { return };
        let text = self.inlines(&caption.text, Within::Text);
        let anchor = escaped(&caption.id);
        self.paragraph(&format!("<a id=\"{anchor}\"></a>**{word} {}.** {text}", caption.number), indent);
    }

    fn figure(&mut self, figure: &'a Figure, indent: &str) {
        let description = escape(&figure.description, Within::Text);
        let path = match self.publication.drawings.get(&figure.picture).is_some() {
            true => drawing_path(&figure.picture),
            false => picture_path(&figure.picture),
        };
        self.paragraph(&format!("![{description}]({}{path})", self.root()), indent);
        self.caption(figure.caption.as_ref(), "Figur", indent);
    }

    fn inlines(&mut self, inlines: &'a [Inline], within: Within) -> String {
        let mut out = String::new();
        self.push_inlines(inlines, within, &mut out);
        out
    }

    fn push_inlines(&mut self, inlines: &'a [Inline], within: Within, out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => push_escaped(text, within, out),
                Inline::Emphasis(inner) => self.push_marked("*", inner, within, out),
                Inline::Strong(inner) => self.push_marked("**", inner, within, out),
                Inline::Strikeout(inner) => self.push_marked("~~", inner, within, out),
                Inline::Code(code) => out.push_str(&code_span(code, within)),
                Inline::Link(link) => {
                    let from = out.len();
                    self.push_inlines(&link.text, within, out);
                    self.link(&link.target, from, out);
                }
                Inline::Reference(reference) => {
                    let from = out.len();
                    push_escaped(&reference.text(), within, out);
                    self.link_to(&reference.id, from, out);
                }
                Inline::Anchor(id) => {
                    let _ = write!(out, "<a id=\"{}\"></a>", escaped(id));
                }
                Inline::Note(blocks) => {
                    self.notes.push(blocks);
                    let _ = write!(out, "[^{}]", self.notes.len());
                }
                Inline::Break => out.push_str(if within == Within::Cell { "<br>" } else { "  \n" }),
            }
        }
    }

    /// Marks stand against letters, not spaces, and not within the same: twice the mark of italics is that of bold.
    fn push_marked(&mut self, mark: &'static str, inner: &'a [Inline], within: Within, out: &mut String) {
        if self.marks.contains(&mark) {
            return self.push_inlines(inner, within, out);
        }
        let from = out.len();
        self.marks.push(mark);
        self.push_inlines(inner, within, out);
        self.marks.pop();
        let written = &out[from..];
        let (before, after) = (written.len() - written.trim_start().len(), written.trim_end().len());
        if after > 0 {
            out.insert_str(from + after, mark);
            out.insert_str(from + before, mark);
        }
    }

    /// The way from the document's folder to that of all Markdown files.
    fn root(&self) -> String {
        "../".repeat(self.document.stem.matches('/').count())
    }

    /// Makes what is written from `from` on a link, where it leads somewhere.
    fn link(&self, target: &Target, from: usize, out: &mut String) {
        match target {
            Target::Address(address) => {
                let Some(address) = text::address(address) else { return };
                out.insert(from, '[');
                out.push_str("](");
                for (at, letter) in address.char_indices() {
                    match letter {
                        '(' => out.push_str("%28"),
                        ')' => out.push_str("%29"),
                        '&' if is_named_character(&address[at + 1..]) => out.push_str("&amp;"),
                        letter => out.push(letter),
                    }
                }
                out.push(')');
            }
            Target::Id(id) => self.link_to(id, from, out),
        }
    }

    /// The same for something of the catalogue.
    fn link_to(&self, id: &str, from: usize, out: &mut String) {
        let publication = self.publication;
        let end = out.len();
        out.push_str("](");
        let push_root = |out: &mut String| self.document.stem.matches('/').for_each(|_| out.push_str("../"));
        let (file, anchor) = match publication.locate(&self.document.name, id) {
            None => return out.truncate(end),
            Some(Location::Here(anchor)) => ("", Some(anchor)),
            Some(Location::Document { name, anchor }) => {
                let Some(document) = publication.document(name) else { return out.truncate(end) };
                push_root(out);
                out.push_str(&document.stem);
                (".md", Some(anchor))
            }
            Some(Location::Page { path, anchor }) => {
                let site = publication.publisher.site.as_deref();
                match (publication.document_at(path).filter(|_| site.is_none()), site) {
                    (Some(document), _) => {
                        push_root(out);
                        out.push_str(&document.stem);
                        (".md", None)
                    }
                    (None, Some(site)) => {
                        out.push_str(site);
                        (path, anchor)
                    }
                    (None, None) if !self.has_site => return out.truncate(end),
                    (None, None) => {
                        push_root(out);
                        out.push_str("../html/");
                        (path, anchor)
                    }
                }
            }
        };
        out.push_str(file);
        if let Some(anchor) = anchor {
            out.push('#');
            out.push_str(anchor);
        }
        out.push(')');
        out.insert(from, '[');
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

/// Code within a line; an empty line of code is nothing, since two marks beside each other begin a span of two.
fn code_span(code: &str, within: Within) -> String {
    if code.is_empty() {
        return String::new();
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    let code = if within == Within::Cell { code.replace('|', "\\|") } else { code.to_string() };
    format!("{fence}{space}{code}{space}{fence}")
}

/// A text whose signs are signs and no markup.
fn escape(text: &str, within: Within) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(text, within, &mut out);
    out
}

fn push_escaped(text: &str, within: Within, out: &mut String) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let before = || text[..at].chars().next_back().unwrap_or(' ');
        let after = || text[at + 1..].chars().next().unwrap_or(' ');
        let is_markup = match byte {
            b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'>' | b'~' => true,
            b'_' => !(before().is_alphanumeric() && after().is_alphanumeric()),
            b'&' => after() == '#' || after().is_ascii_alphabetic(),
            b'|' => within == Within::Cell,
            b'!' => after() == '[',
            // The rest of ASCII, of letters of several bytes, and those that are one accent from ASCII.
            b' '..=b'~' | 0x80..=0xBF | 0xC3..=0xCC => false,
            _ => {
                let letter = text[at..].chars().next().unwrap_or_default();
                if text::is_forbidden(letter) || matches!(letter, '\n' | '\r' | '\t') {
                    out.push_str(&text[written..at]);
                    out.push(' ');
                    written = at + letter.len_utf8();
                }
                false
            }
        };
        if is_markup {
            out.push_str(&text[written..at]);
            out.push('\\');
            written = at;
        }
    }
    out.push_str(&text[written..]);
}

/// Keeps a paragraph's lines from being read as headings, lists, lines or parts of a table.
fn escape_line_starts(text: &str) -> Cow<'_, str> {
    if text.split('\n').all(|line| markup_of_start(line).is_none()) {
        return Cow::Borrowed(text);
    }
    let escaped = text.split('\n').map(|line| match markup_of_start(line) {
        Some(at) => Cow::Owned(format!("{}\\{}", &line[..at], &line[at..])),
        None => Cow::Borrowed(line),
    });
    Cow::Owned(escaped.collect::<Vec<_>>().join("\n"))
}

/// Where the sign stands that makes a line's beginning markup.
fn markup_of_start(line: &str) -> Option<usize> {
    if line.starts_with(['#', '+', '-', '=', '|', ':']) {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && line[digits..].starts_with(['.', ')'])).then_some(digits)
}

/// Whether what stands after an `&` in an address makes it be read as the name of a character, such as `lt;`.
fn is_named_character(after: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    after.split_once(';').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(is_of_name))
}

/// Keeps the last sign of a heading from being read as the end of its marks.
fn escape_heading_end(text: &str) -> String {
    match text.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_no_markup_and_what_cannot_be_seen_is_a_space() {
        assert_eq!(
            escape("a_b _c_ *d* [e] <f> g|h i!j ![k] & &amp; &#1;", Within::Text),
            "a_b \\_c\\_ \\*d\\* \\[e\\] \\<f\\> g|h i!j \\!\\[k\\] & \\&amp; \\&#1;"
        );
        assert_eq!(
            escape("å|å_ö_\u{a0}–\u{ad}\u{200b}x\n\u{61c}日\u{fffe}", Within::Cell),
            "å\\|å_ö\\_\u{a0}–  x  日 "
        );
        for letter in '\u{80}'..='\u{10FFFF}' {
            let wanted = if text::is_forbidden(letter) { ' ' } else { letter };
            assert_eq!(escape(&String::from(letter), Within::Text), String::from(wanted), "{letter:?}");
        }
    }

    #[test]
    fn an_anchor_does_not_end_the_attribute_that_it_stands_in() {
        let id = || "x\"onclick=1".to_string();
        let heading = Heading { level: 1, id: id(), number: None, appendix: false, text: vec![Inline::Anchor(id())] };
        let caption = Some(Caption { id: id(), number: 1, text: Vec::new() });
        let table = Table { caption, columns: vec![Align::Left], header: vec![Vec::new()], rows: Vec::new() };
        let written = Document { blocks: vec![Block::Heading(heading), Block::Table(table)], ..Document::default() };
        let written = document(&Publication::default(), &written, true);
        assert_eq!(written.matches("<a id=\"x&quot;onclick=1\"></a>").count(), 3, "{written}");
    }

    #[test]
    fn an_empty_line_of_code_in_a_cell_is_empty() {
        let lines = ["ett", "", "två"].map(|line| Inline::Code(line.to_string()));
        let cell = lines.into_iter().flat_map(|code| [code, Inline::Break]).collect();
        let table = Table { caption: None, columns: vec![Align::Left], header: vec![cell], rows: Vec::new() };
        let blocks = vec![Block::Table(table)];
        let written = document(&Publication::default(), &Document { blocks, ..Document::default() }, false);
        assert!(written.contains("| `ett`<br><br>`två`<br> |"), "{written}");
    }

    #[test]
    fn italics_within_italics_are_not_bold() {
        let text = || vec![Inline::Text("a".to_string())];
        let within = |mark: fn(Vec<Inline>) -> Inline, other: fn(Vec<Inline>) -> Inline| {
            let and = Inline::Text(" och ".to_string());
            let blocks = vec![Block::Paragraph(vec![mark(vec![other(vec![mark(text())])]), and, mark(text())])];
            let written = document(&Publication::default(), &Document { blocks, ..Document::default() }, false);
            written.lines().last().unwrap_or_default().to_string()
        };
        assert_eq!(within(Inline::Emphasis, Inline::Emphasis), "*a* och *a*");
        assert_eq!(within(Inline::Strong, Inline::Emphasis), "***a*** och **a**");
        assert_eq!(within(Inline::Strikeout, Inline::Strong), "~~**a**~~ och ~~a~~");
    }

    #[test]
    fn the_beginning_of_a_line_is_no_markup() {
        let escaped = escape_line_starts("# a\n12. b\n1) c\nd\n- e\n1.5\n.\n");
        assert_eq!(escaped, "\\# a\n12\\. b\n1\\) c\nd\n\\- e\n1\\.5\n.\n");
        assert_eq!(escape_line_starts("a\n2027 b"), "a\n2027 b");
    }
}
