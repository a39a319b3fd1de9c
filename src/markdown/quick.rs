//! The Markdown that most of a text is, read at once: headings, paragraphs of one line and tables that stand between
//! empty lines, of words, references, texts that are put in, line breaks, and words in bold or italics. What is anything
//! else, or may be, is left to the parser, together with what stands beside it.

use std::ops::Range;

use super::flat::{embed, flatten};
use super::slips::is_between_figures;
use super::{Lookup, MOST_COLUMNS, Parsed, Reader, may_have_notes, take_caption};
use crate::document::{Align, Block, Cell, Heading, Inline, Table};
use crate::text;

/// The place of what may be wrong. Nobody is told of it: a text with anything wrong in it is read again by the parser.
const NOWHERE: Range<usize> = 0..0;

/// Reads a text in which nothing reaches across a heading; `None` where it has notes, or something in it is wrong.
pub fn read(source: &str, lookup: &dyn Lookup) -> Option<Parsed> {
    if may_have_notes(source) {
        return None;
    }
    let mut quick = Quick::new(source, lookup);
    quick.text()?;
    // Texts are kept in great numbers, and most are a block or two.
    quick.blocks.shrink_to_fit();
    Some(Parsed { blocks: quick.blocks, ..quick.reader.parsed })
}

/// A text that is being read.
struct Quick<'e, 's> {
    source: &'s str,
    bytes: &'s [u8],
    /// The byte that comes next.
    at: usize,
    /// The end of what is being read.
    stop: usize,
    /// Whether a table is being read, where a bar ends a cell.
    in_table: bool,
    blocks: Vec<Block>,
    /// Where that begins which has been left to the parser.
    left: Option<usize>,
    /// Takes what has been read, and reads what is left to the parser.
    reader: Reader<'e, 's>,
}

/// What ends a run of inlines.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Line,
    /// The bar after a table's cell.
    Bar,
    /// The brackets after a reference's text.
    Brackets,
    /// As many stars as it begins with.
    Stars(usize),
}

impl<'e, 's> Quick<'e, 's> {
    fn new(source: &'s str, lookup: &'e dyn Lookup) -> Quick<'e, 's> {
        Quick {
            source,
            bytes: source.as_bytes(),
            at: 0,
            stop: source.len(),
            in_table: false,
            blocks: Vec::new(),
            left: None,
            reader: Reader::of_nothing(lookup),
        }
    }

    /// Reads chunk after chunk, which empty lines part.
    fn text(&mut self) -> Option<()> {
        while let Some(byte) = self.byte() {
            if byte == b'\n' {
                self.at += 1;
                continue;
            }
            let start = self.at;
            if !self.begins_anew() || !self.has_read_chunk()? {
                self.left.get_or_insert(start);
                self.at = self.source[start..].find("\n\n").map_or(self.stop, |end| start + end);
            }
        }
        self.read_left()
    }

    /// Whether a chunk ends whatever has been open before it, as a list or a quote, and begins a paragraph, a heading or a
    /// table.
    fn begins_anew(&self) -> bool {
        let next = self.bytes.get(self.at + 1).copied().unwrap_or_default();
        match self.bytes[self.at] {
            b'|' | b'#' | b'\\' => true,
            b'*' => next == b'*' || next.is_ascii_alphanumeric(),
            b'[' => next == b'[',
            // A picture is left to the parser, with what may be meant as its caption.
            b'!' => self.bytes[self.at..].starts_with(b"![["),
            byte => byte.is_ascii_alphabetic() || byte >= 0x80,
        }
    }

    /// Reads a chunk that begins anew; goes back to its beginning where that takes the parser. `None` if anything is wrong.
    fn has_read_chunk(&mut self) -> Option<bool> {
        self.read_left()?;
        let start = self.at;
        let is_read = self.chunk().is_some();
        if !is_read {
            self.at = start;
            self.stop = self.source.len();
            self.reader.first = 0;
            self.reader.open.clear();
            self.reader.letters.clear();
        }
        self.reader.parsed.problems.is_empty().then_some(is_read)
    }

    /// Reads what has been left to the parser.
    fn read_left(&mut self) -> Option<()> {
        if let Some(start) = self.left.take() {
            self.reader.read_on(&self.source[..start], &self.source[start..self.at], &mut self.blocks);
        }
        // Nor has a number of a heading's own its place.
        let Parsed { problems, own_numbers, .. } = &self.reader.parsed;
        (problems.is_empty() && own_numbers.is_empty()).then_some(())
    }

    fn chunk(&mut self) -> Option<()> {
        let first = self.byte()?;
        self.in_table = first == b'|';
        match first {
            b'|' => self.table(),
            b'#' => self.heading(),
            _ => self.paragraph(),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes[..self.stop].get(self.at).copied()
    }

    /// Goes over these bytes, if they come next.
    fn take(&mut self, next: &[u8]) -> Option<()> {
        self.bytes[self.at..self.stop].starts_with(next).then(|| self.at += next.len())
    }

    /// Goes over bytes of that kind.
    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) -> &'s str {
        let start = self.at;
        let rest = &self.bytes[start..self.stop];
        self.at += rest.iter().position(|byte| !is_skipped(*byte)).unwrap_or(rest.len());
        &self.source[start..self.at]
    }

    fn words(&mut self) -> &'s str {
        self.skip(|byte| WORDS[usize::from(byte)])
    }

    /// Whether the line and the chunk end here.
    fn is_over(&self) -> bool {
        self.at == self.source.len()
            || self.bytes[self.at] == b'\n' && matches!(self.bytes.get(self.at + 1), None | Some(b'\n'))
    }

    fn heading(&mut self) -> Option<()> {
        let level = self.skip(|byte| byte == b'#').len();
        self.take(b" ").filter(|()| level <= 6)?;
        // A number of the author's own is told.
        if self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let rest = &self.source[self.at..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let (text, id) = text_and_id(line)?;
        let end = self.at + line.len();
        self.stop = self.at + text.len();
        let text = self.line()?;
        (self.at, self.stop) = (end, self.source.len());
        if !self.is_over() || text.is_empty() {
            return None;
        }
        let (level, id) = (level as u8, id.to_string());
        self.blocks.push(Block::Heading(Heading { level, id, number: Some(String::new()), appendix: false, text }));
        Some(())
    }

    /// A paragraph; one with only an embedded text is that text.
    fn paragraph(&mut self) -> Option<()> {
        let start = self.at;
        // It may be meant as the caption of the picture that comes next.
        if self.bytes[start..self.stop].starts_with(b"Figur") {
            return None;
        }
        if self.take(b"![[").is_some() {
            let (handle, about) = self.handle()?;
            if self.is_over() {
                match handle.strip_prefix('#') {
                    Some(anchor) => self.blocks.push(Block::Paragraph(vec![Inline::Anchor(anchor.to_string())])),
                    None => embed(handle, self.reader.text_of(handle, about, &NOWHERE).into_owned(), &mut self.blocks),
                }
                return Some(());
            }
            self.at = start;
        }
        let inlines = self.line()?;
        if !self.is_over() {
            return None;
        }
        if !inlines.is_empty() {
            self.blocks.push(Block::Paragraph(inlines));
        }
        Some(())
    }

    /// The inlines of a line. Spaces at its end may break it.
    fn line(&mut self) -> Option<Vec<Inline>> {
        let inlines = self.inlines(End::Line)?;
        (self.bytes[self.at - 1] != b' ').then_some(inlines)
    }

    fn table(&mut self) -> Option<()> {
        let before = &self.source[..self.at];
        let header = self.row(0)?;
        self.take(b"\n")?;
        let columns = self.columns()?;
        let count = columns.len();
        if count == 0 || header.len() != count || count > MOST_COLUMNS {
            return None;
        }
        let mut rows = Vec::new();
        while !self.is_over() {
            self.take(b"\n")?;
            rows.push(self.row(count).filter(|row| row.len() == count)?);
        }
        let caption = take_caption(&mut self.blocks, before);
        self.blocks.push(Block::Table(Table { caption, columns, header, rows }));
        Some(())
    }

    /// The line below a table's header, which says how its columns are set.
    fn columns(&mut self) -> Option<Vec<Align>> {
        self.take(b"|")?;
        let mut columns = Vec::new();
        while !matches!(self.byte(), None | Some(b'\n')) {
            self.skip(|byte| byte == b' ');
            let is_left = self.take(b":").is_some();
            self.take(b"-")?;
            self.skip(|byte| byte == b'-');
            let is_right = self.take(b":").is_some();
            self.skip(|byte| byte == b' ');
            self.take(b"|")?;
            columns.push(match (is_left, is_right) {
                (true, true) => Align::Center,
                (false, true) => Align::Right,
                _ => Align::Left,
            });
        }
        Some(columns)
    }

    /// The cells of a row, of which there are about so many. Each has a bar after it.
    fn row(&mut self, room: usize) -> Option<Vec<Cell>> {
        self.take(b"|")?;
        let mut cells = Vec::with_capacity(room);
        while !matches!(self.byte(), None | Some(b'\n')) {
            self.skip(|byte| byte == b' ');
            cells.push(self.inlines(End::Bar)?);
            self.take(b"|")?;
        }
        Some(cells)
    }

    /// Inlines up to what ends them, which is left to be passed.
    fn inlines(&mut self, end: End) -> Option<Vec<Inline>> {
        let words = self.words();
        if self.is_at(end) {
            let words = words.trim_end_matches(' ');
            let text = || text::figures_kept_together(words).unwrap_or_else(|| words.to_string());
            return Some(if words.is_empty() { Vec::new() } else { vec![Inline::Text(text())] });
        }
        let before = std::mem::replace(&mut self.reader.first, self.reader.open.len());
        self.reader.letters.push_str(words);
        while !self.is_at(end) {
            self.inline(end)?;
            let words = self.words();
            self.reader.letters.push_str(words);
        }
        Some(self.reader.close(before))
    }

    fn is_at(&self, end: End) -> bool {
        match end {
            End::Line => matches!(self.byte(), None | Some(b'\n')),
            End::Bar => self.byte() == Some(b'|'),
            End::Brackets => self.bytes[self.at..self.stop].starts_with(b"]]"),
            End::Stars(count) => self.stars() == count && self.can_close(),
        }
    }

    /// What is not a word; in a reference's text only escaped signs are read here.
    fn inline(&mut self, within: End) -> Option<()> {
        match self.byte()? {
            b'\\' => self.escaped(),
            _ if within == End::Brackets => None,
            b'[' => self.reference(),
            b'!' if self.bytes.get(self.at + 1) == Some(&b'[') => self.put_in(),
            b'!' => self.sign(),
            // The name of a sign would follow it.
            b'&' if self.bytes.get(self.at + 1) == Some(&b' ') => self.sign(),
            b'|' if within == End::Line => self.sign(),
            b'<' => self.line_break(),
            b'*' if !matches!(within, End::Stars(_)) => self.marked(),
            _ => None,
        }
    }

    /// A sign that stands for itself.
    fn sign(&mut self) -> Option<()> {
        self.reader.letters.push(char::from(self.bytes[self.at]));
        self.at += 1;
        Some(())
    }

    /// A sign after a backslash. Some are left to the parser: one that may end code, and a backslash before a bar.
    fn escaped(&mut self) -> Option<()> {
        self.at += 1;
        let sign = self.byte().filter(|byte| byte.is_ascii_punctuation() && *byte != b'`')?;
        if sign == b'\\' && self.bytes.get(self.at + 1) == Some(&b'|') {
            return None;
        }
        self.sign()
    }

    fn line_break(&mut self) -> Option<()> {
        self.take(b"<br>").or_else(|| self.take(b"<br/>")).or_else(|| self.take(b"<br />"))?;
        self.reader.end_letters();
        self.reader.open.push(Inline::Break);
        Some(())
    }

    /// Words in bold or italics.
    fn marked(&mut self) -> Option<()> {
        let stars = self.stars();
        let first = self.source[self.at + stars..self.stop].chars().next()?;
        if stars > 2 || !is_letter(first) || is_between_figures(self.source, self.at) {
            return None;
        }
        self.reader.end_letters();
        self.at += stars;
        let inner = self.inlines(End::Stars(stars))?;
        self.at += stars;
        self.reader.open.push(if stars == 1 { Inline::Emphasis(inner) } else { Inline::Strong(inner) });
        Some(())
    }

    /// How many stars come next.
    fn stars(&self) -> usize {
        self.bytes[self.at..self.stop].iter().take_while(|byte| **byte == b'*').count()
    }

    /// Whether stars after words can end them: they stand after a letter, or at a word's end.
    fn can_close(&self) -> bool {
        let before = self.source[..self.at].chars().next_back().unwrap_or(' ');
        let after = self.bytes[..self.stop].get(self.at + self.stars());
        if is_between_figures(self.source, self.at) {
            return false;
        }
        is_letter(before) || !before.is_whitespace() && matches!(after, None | Some(b' ' | b'\n'))
    }

    fn reference(&mut self) -> Option<()> {
        self.take(b"[[")?;
        self.reader.end_letters();
        let id = self.id()?;
        let mut text = None;
        if self.has_bar() {
            self.source[self.at..self.stop].chars().next().filter(|first| is_letter(*first))?;
            text = Some(self.inlines(End::Brackets)?);
        }
        self.end_of_reference()?;
        let reference = self.reader.reference(id, text, &NOWHERE);
        self.reader.open.push(reference);
        Some(())
    }

    /// What comes right after it may be an address that it was meant to have.
    fn end_of_reference(&mut self) -> Option<()> {
        self.take(b"]]")?;
        (self.bytes[..self.stop].get(self.at) != Some(&b'(')).then_some(())
    }

    /// A text or an anchor that is put in here.
    fn put_in(&mut self) -> Option<()> {
        self.take(b"![[")?;
        self.reader.end_letters();
        let (handle, about) = self.handle()?;
        match handle.strip_prefix('#') {
            Some(anchor) => self.reader.open.push(Inline::Anchor(anchor.to_string())),
            None => flatten(&self.reader.text_of(handle, about, &NOWHERE), &mut self.reader.open),
        }
        Some(())
    }

    /// The handle of a text that is put in, and the id of what it is about, up to the brackets' end.
    fn handle(&mut self) -> Option<(&'s str, Option<&'s str>)> {
        let handle = self.id()?;
        let mut about = None;
        if self.has_bar() {
            about = Some(self.id()?);
        }
        self.end_of_reference()?;
        // An anchor is about nothing, and what is about itself or looks like italics is rare.
        about.is_none_or(|about| !handle.starts_with('#') && about != handle && !about.contains('_')).then_some(())?;
        Some((handle, about))
    }

    fn id(&mut self) -> Option<&'s str> {
        let is_of_id =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'#' | b'/') || byte >= 0x80;
        Some(self.skip(is_of_id)).filter(|id| !id.is_empty())
    }

    /// Goes over a bar before a text, which is escaped where it would end a table's cell.
    fn has_bar(&mut self) -> bool {
        self.take(b"\\|").is_some() || !self.in_table && self.take(b"|").is_some()
    }
}

/// A heading's text, and the id in braces after it. What else there may be in braces, and signs that may belong to the
/// heading's own, are left to the parser.
fn text_and_id(line: &str) -> Option<(&str, &str)> {
    let (text, id) = match line.strip_suffix('}') {
        Some(line) => line.split_once(" {#")?,
        None => (line, ""),
    };
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let is_simple = !text.is_empty() && !text.starts_with(' ') && !text.contains(['#', '{', '}']);
    (is_simple && id.chars().all(is_of_id)).then_some((text, id))
}

/// The bytes that are nothing but themselves within a line.
static WORDS: [bool; 256] = {
    let mut words = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        let is_sign = matches!(byte as u8, b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'&' | b'~' | b'!' | b'|');
        words[byte] = !is_sign && !(byte as u8).is_ascii_control();
        byte += 1;
    }
    words
};

/// A letter or figure that no one takes for a sign.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'À'..='ÿ') && !matches!(c, '×' | '÷')
}

#[cfg(test)]
mod tests {
    use super::super::tests::Names;
    use super::super::{pieces, read_carefully, read_whole};
    use super::*;

    /// Whether a text is read without the parser; what is read is the same as by it.
    fn is_read_alone(source: &str) -> bool {
        let careful = read_carefully(source, &Names);
        let is_of_pieces = pieces::of(source, source.len()).is_some();
        let Some(read) = is_of_pieces.then(|| read(source, &Names)).flatten() else { return false };
        assert_eq!(read.blocks, careful.blocks, "{source}");
        assert_eq!(read.problems, careful.problems, "{source}");
        let mut quick = Quick::new(source, &Names);
        quick.text();
        quick.reader.source.is_empty()
    }

    #[test]
    fn what_is_simple_is_read_without_the_parser() {
        for source in [
            "Ett ord, 1 \\* 2 (eller så) & [[orbit]]!\n",
            "Se [[orbit|den där]] och [[orbit\\|den \\* där]].",
            "**Fet.** Och *lutad* a**b**c.\n\n**Fet [[orbit]]**",
            "![[orbit#beskrivning]]\n\n![[#här]]\n\nI ![[orbit#beskrivning\\|orbit]]\n",
            "# Ett {#ett}\n\n## Två \\& tre\n\n![[orbit#beskrivning]]\n\n\n# Sist",
            "Tabell: Namn {#t}\n\n| A | |\n|---|:-:|\n| a\\|b<br>![[#c]]c | [[orbit\\|c]] |\n|||\n\nText",
        ] {
            assert!(is_read_alone(source), "{source}");
        }
        for source in [
            "Text `kod`",
            "Text  \nmer",
            "| A |\n|---|\n| a | b |",
            "| A |\n|---|\n| [[orbit|b]] |",
            "| A |\n|---|\n| a",
            "- punkt",
            "Text ~~a~~ &amp; <b>",
            "[a](https://x.se)",
        ] {
            assert!(!is_read_alone(source), "{source}");
        }
    }

    #[test]
    fn chunks_are_read_as_by_the_parser() {
        let chunks = [
            "# Rubrik",
            "## Under {#under}",
            "### Annex {.bilaga}",
            "# Brett {.liggande}",
            "#  Långt bort  {#a-b}",
            "## Slut ##",
            "####### Inget",
            "Text",
            "Text *med* ord",
            "Tabell: Namn {#t}",
            "Tabell: Namn",
            "![[orbit#beskrivning]]",
            "![[rubriker]]",
            "![[tom]]",
            "![[orbit#beskrivning\\|orbit]]",
            "![[#ankare]]",
            "![[orbit#beskrivning]] mer",
            "| A | B |\n|---|--:|\n| a | [[orbit]] |",
            "| A |\n|:-:|\n| **a** |\n| ![[orbit#beskrivning]] |",
            "| A |\n|---|",
            "| A |\n| - |\nslut",
            "| A |\n| - |\n- slut",
            "|\n|",
            "| A |",
            "| A | B |\n|---|\n| a |",
            "- punkt",
            "- punkt\n- två",
            "-",
            "*\n",
            "* stjärna",
            "1. ett",
            "- a\n  - b",
            "- a\n\n  mer",
            "> citat",
            "> - a",
            "> [!NOTE]\n> b",
            ">",
            "    kod",
            "  indrag",
            "   ",
            "\t",
            "Rubrik\n===",
            "Rubrik\n---",
            "===",
            "---",
            "Rad  \nrad",
            "Rad\\\nrad",
            "Text\n| A |\n|---|",
            "Text\n- a",
            "[a](https://x.se)",
            "<b>",
            "[[fel]]",
        ];
        let mut any = crate::testing::chance();
        let mut alone = 0;
        for round in 0..20_000 {
            let known = if round % 3 == 0 { chunks.len() } else { 20 + round % 30 };
            let mut source = String::new();
            for _ in 0..any(7) {
                source.push_str(chunks[any(known)]);
                source.push_str(&"\n".repeat([2, 2, 2, 2, 3, 1][any(6)]));
            }
            alone += usize::from(is_read_alone(&source));
        }
        assert!(alone > 2_000, "{alone}");
    }

    /// What lines are made of, parted by dots.
    const PARTS: &str = concat!(
        r"a·ord·å·1· · · ·.·,·(·)·:·-·=·^·$·{·}·{#a}·#·”·–·…·×·Ⓐ·!·& ·\*·\_·\(·\|·\[·\]·\\·\!·\<·\&",
        r"·**·*·**fet**·*lut*·**fet.**·[[orbit]]·[[orbit]]·[[orbit\|text]]·[[§orbit]]·![[#a]]·![[tom]]",
        r"·![[orbit#beskrivning]]·![[orbit#beskrivning\|orbit]]·<br>·<br/>·<br />",
    );

    /// What only the parser reads, and what is wrong.
    const HARD: &str = concat!(
        r"|·[[orbit|text]]·[[orbit|*a*]]·[[orbit\|\*a]]·[[orbit|a\*b]]·[[orbit|a\]]·[[orbit|a b ]]·[[·]]·[·]",
        r"·![[·_·__·~·~~·`·\`·\·&·&amp;·<·<b>·[a](https://x.se)·![a](bild.png)·[[fel]]·***·  ·[[orbit|]]·[[ orbit ]]",
        r"·[[orbit\]]·[[#a\|b]]·![[#a\|b]]·[[orbit|a|b]]·![[orbit#beskrivning|orbit#beskrivning]]",
        r"·![[orbit#beskrivning|_a_]]·![[orbit#beskrivning|_a\_]]·<https://x.se>·[[[orbit]]·[[orbit]]]·[[orbit](a)",
        r"·[[orbit|a]]b]]·[[a_b_c]]",
    );

    #[test]
    fn inlines_are_read_as_by_the_parser() {
        let unseen = ["\u{A0}", "\u{301}", "\u{2028}", "\t", "\u{B}", "\0", "\n", "\r", "\r\n"];
        let mut parts: Vec<&str> = PARTS.split('·').collect();
        let simple = parts.len();
        parts.extend(HARD.split('·').chain(unseen));
        let mut any = crate::testing::chance();
        let mut alone = 0;
        for round in 0..40_000 {
            let known = if any(3) == 0 { parts.len() } else { simple };
            let mut text = || (0..1 + any(7)).map(|_| parts[any(known)]).collect::<String>();
            let source = match round % 8 {
                0 => text(),
                1 => format!("Text {}", text()),
                2 => format!("# A{} {{#b}}\n", text()),
                3 => format!("## {}\n\n{}", text(), text()),
                4 => format!("Tabell: {}\n\n| A |\n|---|\n|{}|\n| b |", text(), text()),
                5 => format!("|{}|B|\n|---|---|\n| a |{} |\n", text(), text()),
                6 => format!("A{}\n\nB\n\n*{}*", text(), text()),
                _ => format!("| {} |\n|---|\n| {} |\n| **a{}** |", text(), text(), text()),
            };
            alone += usize::from(is_read_alone(&source));
            // Whatever is wrong is told as by the parser.
            let (read, careful) = (read_whole(&source, &Names), read_carefully(&source, &Names));
            assert_eq!((read.blocks, read.problems), (careful.blocks, careful.problems), "{source}");
        }
        assert!(alone > 8_000, "{alone}");
    }
}
