//! Markdown to the tree: what authors write in texts, and what templates make.
//!
//! Everything that the tree has no node for is a [`Problem`], never dropped. Beside CommonMark with tables, footnotes
//! and strikethrough there are:
//!
//! - `[[id]]` and `[[id|text]]`: a reference to something of the catalogue, shown by its name or the text;
//! - `[[§id]]`: the same by number where the document has one: `avsnitt 4.2`, in Word with its page;
//! - `![[handle]]`: another text put in here, as a block of its own or within a line; `![[handle|product]]` the same
//!   about a product, whose name is put in for `{produkt}`;
//! - `![[#id]]`: an anchor, the place that references to the id lead to;
//! - a paragraph that begins `Tabell:` before a table: its caption, with `{#id}` last for an anchor of its own;
//! - `![description](picture.png "caption")` as a paragraph of its own: a figure; its caption is Markdown as a table's is;
//! - `![](figur:kedja/id "caption")`: a figure that is drawn from the data and says itself what it shows;
//! - `{.bilaga}`, `{.onumrerad}` and `{.liggande}` after a heading: an appendix, no number, a part in landscape.

mod figures;
mod flat;
mod inlines;
mod nesting;
mod pieces;
mod portable;
mod quick;
mod slips;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag,
    TagEnd,
};
use rayon::prelude::*;

use crate::document::{Align, Block, Caption, Cell, Heading, Inline, List, Notice, Table};
use crate::text;
use crate::waiting::{self, Waiting};
use flat::{embed, embed_below};

pub use flat::letters;
pub use portable::{Own, portable};

/// What the texts can refer to.
pub trait Lookup: Sync {
    /// The name of what has the id, or what the id should have been.
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>>;

    /// The text that a handle stands for; about the product of that id, where one is given.
    fn text(&self, handle: &str, about: Option<&str>) -> Option<Cow<'_, [Block]>>;

    /// Whether something has the id.
    fn has_id(&self, id: &str) -> bool {
        self.name(id).is_ok()
    }

    /// Whether there is a picture of that name, else what the name should have been.
    fn check_picture(&self, name: &str) -> Result<(), Option<String>>;

    /// Whether a figure of that name can be drawn, else what the name should have been.
    fn check_figure(&self, name: &str) -> Result<(), Option<String>>;
}

/// Something in a Markdown text that no document can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the Markdown text.
    pub span: Range<usize>,
    /// Whether it is a reference that leads nowhere.
    pub is_reference: bool,
    pub message: String,
    pub help: Option<String>,
}

/// A text and what is wrong with it.
#[derive(Debug, Default)]
pub struct Parsed {
    pub blocks: Vec<Block>,
    pub problems: Vec<Problem>,
    /// What seem to be its headings' own numbers, until it is known whether they are.
    own_numbers: Vec<slips::OwnNumber>,
}

/// Parses a text.
pub fn parse(source: &str, lookup: &dyn Lookup) -> Parsed {
    // One hyphen is a dash by itself, and no list of a point without words.
    let is_dash = source.trim() == "-";
    if is_dash || is_plain_line(source) {
        let source = if is_dash { "-" } else { source };
        let text = text::figures_kept_together(source).unwrap_or_else(|| source.to_string());
        let line = Block::Paragraph(vec![Inline::Text(text)]);
        return Parsed { blocks: vec![line], ..Parsed::default() };
    }
    parse_markup(source, lookup)
}

/// Whether a text is one line in which no character can be markup, as most are in a catalogue.
fn is_plain_line(source: &str) -> bool {
    let is_markup = |byte| {
        matches!(byte, b'\n' | b'\r' | b'\t' | b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'{' | b'}')
            || matches!(byte, b'&' | b'|' | b'~' | b'#' | b'!' | b'^' | b'$' | b'@')
    };
    source.starts_with(char::is_alphabetic)
        && !source.starts_with(TABLE)
        && !source.ends_with(char::is_whitespace)
        // No byte is left out, so that many are looked at at once.
        && !source.bytes().fold(false, |found, byte| found | is_markup(byte))
        && text::is_all_plain(source)
}

/// A text is read in pieces of this many bytes or more, where it can be: what the parser needs for one of them stays in
/// memory that is near.
const SHORTEST_PIECE: usize = 6 << 10;

fn parse_markup(source: &str, lookup: &dyn Lookup) -> Parsed {
    if let Some(span) = nesting::beyond_measure(source) {
        return Parsed { problems: vec![too_deep(first_line(&span))], ..Parsed::default() };
    }
    let mut parsed = read_whole(source, lookup);
    parsed.blocks = gather_landscape(parsed.blocks);
    if !parsed.own_numbers.is_empty() {
        slips::tell_own_numbers(source, &mut parsed);
    }
    slips::tell_caption_of_none(source, &mut parsed);
    parsed
}

fn too_deep(span: Range<usize>) -> Problem {
    let (message, help) = ("texten är nästlad för djupt".to_string(), Some("gör den plattare".to_string()));
    Problem { span, is_reference: false, message, help }
}

/// Reads the pieces of a text, by all cores; none any more when it is to be given up.
fn read_pieces(source: &str, pieces: &[Range<usize>], lookup: &dyn Lookup) -> Parsed {
    let waiting = waiting::for_whom();
    let read = |piece: &Range<usize>| match waiting.as_ref().is_some_and(Waiting::is_any) {
        true => Parsed::default(),
        false => read(&source[piece.clone()], lookup),
    };
    let read: Vec<Parsed> = pieces.par_iter().map(read).collect();
    let mut whole = Parsed::default();
    whole.blocks.reserve_exact(read.iter().map(|piece| piece.blocks.len()).sum());
    for (Parsed { blocks, problems, own_numbers }, piece) in read.into_iter().zip(pieces) {
        whole.blocks.extend(blocks);
        whole.own_numbers.extend(own_numbers.into_iter().map(|number| number.moved_on(piece.start)));
        whole.problems.extend(problems.into_iter().map(|problem| {
            let span = problem.span.start + piece.start..problem.span.end + piece.start;
            Problem { span, ..problem }
        }));
    }
    whole.problems.truncate(MOST_PROBLEMS);
    whole
}

/// Reads a text, but for the parts in landscape.
fn read_whole(source: &str, lookup: &dyn Lookup) -> Parsed {
    match pieces::of(source, SHORTEST_PIECE).as_deref() {
        None => read_carefully(source, lookup),
        Some([_]) => read(source, lookup),
        Some(pieces) => read_pieces(source, pieces, lookup),
    }
}

/// Reads a text, or a piece of one, in which nothing reaches across a heading.
fn read(source: &str, lookup: &dyn Lookup) -> Parsed {
    quick::read(source, lookup).unwrap_or_else(|| read_carefully(source, lookup))
}

/// Whether there is a bracket and a caret in a text, looked for by the caret, which is the rarer.
fn may_have_notes(source: &str) -> bool {
    source.match_indices('^').any(|(at, _)| source[..at].ends_with('['))
}

/// Reads a text by the parser, whatever there is in it.
fn read_carefully(source: &str, lookup: &dyn Lookup) -> Parsed {
    let mut reader = Reader::new(source, lookup);
    if may_have_notes(source) {
        reader.read_notes();
    }
    let blocks = reader.blocks();
    let notes = std::mem::take(&mut reader.notes);
    for (label, note) in notes {
        if !note.used {
            reader.problem(
                note.span,
                format!("fotnoten ”{label}” används inte"),
                "hänvisa till den, eller ta bort den",
            );
        }
    }
    reader.tell_unused_definitions();
    let mut parsed = reader.parsed;
    parsed.problems.sort_by_key(|problem| problem.span.start);
    parsed.blocks = blocks;
    parsed
}

/// How many bytes a text of that length may show again of what it has shown: each is kept, and written, as many times.
pub const fn most_repeated(length: usize) -> usize {
    (64 << 10) + 8 * length
}

/// The longest that a handle may be to be looked for, in bytes.
const LONGEST_HANDLE: usize = 600;

/// What a text may put in: the handle of each, and where.
pub fn put_in(source: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    source.match_indices("![[").filter_map(|(at, mark)| {
        let first = at + mark.len();
        let near = &source[first..source.floor_char_boundary(first + LONGEST_HANDLE)];
        let written = &near[..near.find("]]")?];
        let handle = written.split('|').next().unwrap_or(written).trim_end_matches('\\');
        (!handle.starts_with('#')).then(|| (handle, at..first + written.len() + "]]".len()))
    })
}

/// What stands in braces after a heading is no longer than this, in bytes.
const LONGEST_BRACES: usize = 200;

/// Where a text sets an anchor of that name, as it is written.
pub fn anchors_written(source: &str, id: &str) -> Vec<Range<usize>> {
    let is_set = |at: usize| {
        let (before, after) = (&source[..at], &source[at + 1 + id.len()..]);
        // However long the line is, what stands in braces is short.
        let near = &before[before.floor_char_boundary(at.saturating_sub(LONGEST_BRACES))..];
        let line = near.rsplit('\n').next().unwrap_or_default();
        let is_of_heading = line.rsplit_once('{').is_some_and(|(_, begun)| !begun.contains('}'));
        let is_ended = after.starts_with(|c: char| c.is_whitespace() || matches!(c, '}' | ']' | '|' | '\\'));
        is_ended && (before.ends_with("![[") || is_of_heading)
    };
    let found = source.match_indices('#').map(|(at, _)| at).filter(|at| source[at + 1..].starts_with(id));
    found.filter(|at| is_set(*at)).map(|at| at..at + 1 + id.len()).collect()
}

/// Where a text is read as HTML, which [`parse`] refuses; worked out when someone asks.
#[derive(Default)]
pub struct Html(OnceCell<Vec<Range<usize>>>);

impl Html {
    /// Whether the text is read as HTML at a byte of it. It is the same text every time.
    pub fn holds(&self, source: &str, at: usize) -> bool {
        let spans = self.0.get_or_init(|| {
            // What is not parsed is refused as a whole.
            if nesting::beyond_measure(source).is_some() {
                return Vec::new();
            }
            let events = Parser::new_ext(source, options()).into_offset_iter();
            let html = events.filter(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
            html.map(|(_, span)| span).collect()
        });
        is_within(spans, at)
    }
}

/// The Markdown that is read.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
}

/// Texts nested deeper than any author means; a bound for those who write to break things.
const MOST_DEPTH: usize = 32;
/// More mistakes than anyone reads at once; the rest are found when these are mended.
const MOST_PROBLEMS: usize = 100;
/// The most columns that a table of a Word file can have.
const MOST_COLUMNS: usize = 63;

struct Reader<'e, 's> {
    source: &'s str,
    /// The text before it.
    before: &'s str,
    events: Events<'s>,
    depth: usize,
    /// What a block stands in, where that is not the text itself.
    host: Option<&'static str>,
    /// Whether a note is read, in which nothing is numbered.
    in_note: bool,
    lookup: &'e dyn Lookup,
    notes: HashMap<String, Note>,
    /// Where the definitions of addresses begin that a link or a picture has been led by.
    led_by: HashSet<usize>,
    /// Where two stars were shown last.
    lone_stars: Option<usize>,
    /// Where a star or two tildes were shown last, that may begin something.
    lone_mark: Option<usize>,
    /// How many bytes of notes have been shown again; no more are once they are too many.
    repeated: usize,
    /// The inlines of all that is open, the innermost last: what ends takes its own, in as much room as they need.
    open: Vec<Inline>,
    /// Where those of the innermost begin.
    first: usize,
    /// The letters that have been read since the last of them.
    letters: String,
    parsed: Parsed,
}

/// The events of a text as they come.
#[derive(Default)]
struct Events<'s> {
    /// What makes them, where there are any.
    parser: Option<OffsetIter<'s>>,
    /// The one that comes next.
    next: Option<Spanned<'s>>,
    /// Those after it that have been looked at.
    ahead: VecDeque<Spanned<'s>>,
}

type Spanned<'s> = (Event<'s>, Range<usize>);

impl<'s> Events<'s> {
    fn new(source: &'s str) -> Events<'s> {
        let mut parser = Parser::new_ext(source, options()).into_offset_iter();
        let next = parser.next();
        Events { parser: Some(parser), next, ahead: VecDeque::new() }
    }

    fn read_on(&mut self) -> Option<Spanned<'s>> {
        self.parser.as_mut()?.next()
    }

    fn take(&mut self) -> Option<Spanned<'s>> {
        let following = self.ahead.pop_front().or_else(|| self.read_on());
        std::mem::replace(&mut self.next, following)
    }

    /// The event that comes so long after the next.
    fn after(&mut self, steps: usize) -> Option<&Event<'s>> {
        while self.ahead.len() < steps {
            let read = self.read_on()?;
            self.ahead.push_back(read);
        }
        self.ahead.get(steps - 1).map(|(event, _)| event)
    }
}

struct Note {
    blocks: Vec<Block>,
    span: Range<usize>,
    /// How many bytes it is written with.
    length: usize,
    used: bool,
}

/// What a run of inlines is put into, which decides how an embedded text is set.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Paragraph,
    Cell,
}

impl<'e, 's> Reader<'e, 's> {
    fn new(source: &'s str, lookup: &'e dyn Lookup) -> Reader<'e, 's> {
        Reader { source, events: Events::new(source), ..Reader::of_nothing(lookup) }
    }

    /// One that has nothing to read yet.
    fn of_nothing(lookup: &'e dyn Lookup) -> Reader<'e, 's> {
        Reader {
            source: "",
            before: "",
            events: Events::default(),
            depth: 0,
            host: None,
            in_note: false,
            lookup,
            notes: HashMap::new(),
            led_by: HashSet::new(),
            lone_stars: None,
            lone_mark: None,
            repeated: 0,
            open: Vec::new(),
            first: 0,
            letters: String::new(),
            parsed: Parsed::default(),
        }
    }

    /// Reads a text that others come before and after.
    fn read_on(&mut self, before: &'s str, source: &'s str, blocks: &mut Vec<Block>) {
        self.source = source;
        self.before = before;
        self.events = Events::new(source);
        (self.lone_stars, self.lone_mark) = (None, None);
        self.read_blocks(blocks);
    }

    fn problem(&mut self, span: Range<usize>, message: impl Into<String>, help: &str) {
        let help = Some(help.to_string());
        self.push_problem(Problem { span, is_reference: false, message: message.into(), help });
    }

    fn push_problem(&mut self, mut problem: Problem) {
        // No more than a line is marked, which may end within a letter.
        problem.span.end = self.source.floor_char_boundary(problem.span.end);
        if self.parsed.problems.len() < MOST_PROBLEMS {
            self.parsed.problems.push(problem);
        }
    }

    fn peek(&self) -> Option<&Event<'s>> {
        self.events.next.as_ref().map(|(event, _)| event)
    }

    /// Passes the next event.
    fn pass(&mut self) {
        self.events.take();
    }

    /// Footnotes may stand after their marks, so they are read first.
    fn read_notes(&mut self) {
        while let Some((event, span)) = self.events.take() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                self.in_note = true;
                let blocks = self.blocks_of("en fotnot");
                self.in_note = false;
                if self.notes.contains_key(&*label) {
                    let message = format!("fotnoten ”{label}” står två gånger");
                    self.problem(first_line(&span), message, "ge den ena ett annat namn, eller ta bort den");
                    continue;
                }
                let note = Note { blocks, span: first_line(&span), length: span.len(), used: false };
                self.notes.insert(label.to_string(), note);
            }
        }
        // Blocks within notes are read again as part of nothing: their problems count once.
        self.events = Events::new(self.source);
    }

    /// A link or a picture is led by the definition of that label, if it has any.
    fn is_led_by(&mut self, label: &str) {
        let parser = self.events.parser.as_ref();
        let definition = parser.and_then(|parser| parser.reference_definitions().get(label));
        self.led_by.extend(definition.map(|definition| definition.span.start));
    }

    /// Blocks up to the end of what encloses them, which is passed.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.read_blocks(&mut blocks);
        // Texts are kept in great numbers, and most are a block or two.
        blocks.shrink_to_fit();
        blocks
    }

    /// The same of what stands in such a thing.
    fn blocks_of(&mut self, host: &'static str) -> Vec<Block> {
        let before = self.host.replace(host);
        let blocks = self.blocks();
        self.host = before;
        blocks
    }

    /// The same, put after those that come before them.
    fn read_blocks(&mut self, blocks: &mut Vec<Block>) {
        while let Some((event, span)) = &self.events.next {
            match event {
                Event::End(_) => {
                    self.pass();
                    break;
                }
                Event::Start(Tag::FootnoteDefinition(_)) => self.skip(),
                Event::Start(_) if self.depth >= MOST_DEPTH => {
                    let problem = too_deep(first_line(span));
                    self.push_problem(problem);
                    self.skip();
                }
                Event::Start(tag) if starts_block(tag) => {
                    if let Some((Event::Start(tag), span)) = self.events.take() {
                        self.depth += 1;
                        self.block(tag, span, blocks);
                        self.depth -= 1;
                    }
                }
                Event::Rule => {
                    self.problem(
                        span.clone(),
                        "en linje (---) visas inte i dokumenten",
                        "ta bort den, eller sätt en rubrik",
                    );
                    self.pass();
                }
                // A tight list's items hold their inlines directly.
                _ => {
                    let inlines = self.inlines(Within::Paragraph);
                    if !inlines.is_empty() {
                        blocks.push(Block::Paragraph(inlines));
                    }
                }
            }
        }
    }

    fn block(&mut self, tag: Tag<'s>, span: Range<usize>, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => {
                self.check_paragraph(&span);
                self.paragraph(blocks);
            }
            Tag::Heading { level, id, classes, attrs } => {
                let heading = self.heading(level, id.as_deref(), &classes, &span);
                self.check_braces(&attrs, &heading, &span);
                let landscape = classes.iter().any(|class| &**class == "liggande");
                // An empty landscape marks where one begins; see `gather_landscape`.
                if landscape {
                    blocks.push(Block::Landscape(Vec::new()));
                }
                blocks.push(Block::Heading(heading));
            }
            Tag::BlockQuote(kind) => {
                self.check_quote(&span);
                let inner = self.blocks_of(if kind.is_none() { "ett citat" } else { "en ruta" });
                blocks.push(match kind {
                    None => Block::Quote(inner),
                    Some(BlockQuoteKind::Note) => Block::Notice(Notice::Remark, inner),
                    Some(BlockQuoteKind::Tip) => Block::Notice(Notice::Tip, inner),
                    Some(BlockQuoteKind::Important) => Block::Notice(Notice::Important, inner),
                    Some(BlockQuoteKind::Warning | BlockQuoteKind::Caution) => Block::Notice(Notice::Warning, inner),
                });
            }
            Tag::CodeBlock(kind) => {
                let (mut text, mut end) = (String::new(), None);
                while let Some((Event::Text(part), span)) = self.events.take() {
                    text.push_str(&part);
                    end = Some(span.end);
                }
                match &kind {
                    CodeBlockKind::Fenced(info) if !is_language(info) => {
                        let message = format!("”{info}” visas inte: det står efter det som inleder ett kodblock");
                        self.problem(first_line(&span), message, "skriv det på en egen rad");
                    }
                    CodeBlockKind::Fenced(_) => self.check_fence(&span, end),
                    CodeBlockKind::Indented => {}
                }
                blocks.push(Block::Code(text.trim_end_matches('\n').to_string()));
            }
            Tag::List(start) => blocks.push(Block::List(self.list(start))),
            Tag::Table(alignments) => {
                let before = self.source[..span.start].trim_end();
                let caption = take_caption(blocks, if before.is_empty() { self.before } else { before });
                if self.in_note && caption.is_some() {
                    let message = "en tabell i en fotnot kan inte ha en tabelltext, eftersom den inte numreras";
                    self.problem(first_line(&span), message, "sätt tabellen i texten, eller ta bort ”Tabell: …”");
                }
                blocks.push(Block::Table(self.table(&alignments, caption)));
            }
            Tag::HtmlBlock => {
                let message = "HTML kan inte visas i dokumenten";
                let help = slips::cure_of_html(self.source.get(span.clone()).unwrap_or_default());
                self.problem(first_line(&span), message, help);
                self.skip_rest();
            }
            // `starts_block` lets no other through.
            _ => self.blocks().clear(),
        }
    }

    /// A paragraph; one with only an embedded text is that text, one with only a picture is a figure.
    fn paragraph(&mut self, blocks: &mut Vec<Block>) {
        if matches!(self.peek(), Some(Event::Start(Tag::Image { .. })))
            && self.is_alone()
            && let Some((Event::Start(Tag::Image { link_type, dest_url, title, id }), span)) = self.events.take()
        {
            if !matches!(link_type, LinkType::WikiLink { .. }) {
                self.is_led_by(&id);
                let description = self.inlines(Within::Cell);
                self.pass();
                let figure = self.figure(&dest_url, &title, &description, &span);
                blocks.extend(figure.map(Block::Figure));
            } else if let Some(anchor) = dest_url.strip_prefix('#') {
                self.check_anchor(link_type, &span);
                blocks.push(Block::Paragraph(vec![Inline::Anchor(anchor.to_string())]));
                self.skip_rest();
            } else {
                let about = self.inlines(Within::Cell);
                self.pass();
                let embedded = self.embedded(&dest_url, &about, &span).into_owned();
                match self.host {
                    None => embed(&dest_url, embedded, blocks),
                    Some(_) => embed_below(embedded, self.in_note, blocks),
                }
            }
            self.pass();
            return;
        }
        let inlines = self.inlines(Within::Paragraph);
        self.pass();
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    /// Whether the picture that begins here is all of its paragraph.
    fn is_alone(&mut self) -> bool {
        let mut at = 1;
        while !matches!(self.events.after(at), Some(Event::End(TagEnd::Image)) | None) {
            at += 1;
        }
        matches!(self.events.after(at + 1), Some(Event::End(TagEnd::Paragraph)))
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, classes: &[CowStr], span: &Range<usize>) -> Heading {
        let text = self.inlines(Within::Paragraph);
        self.pass();
        let mut heading = Heading {
            level: level as u8,
            id: id.unwrap_or_default().to_string(),
            number: Some(String::new()),
            appendix: false,
            text,
        };
        for class in classes {
            match &**class {
                "bilaga" => heading.appendix = true,
                "onumrerad" => heading.number = None,
                "liggande" => {}
                other => {
                    let message = format!("”.{other}” är inget som en rubrik kan vara");
                    self.problem(first_line(span), message, "välj ett av: .bilaga, .onumrerad, .liggande");
                }
            }
        }
        if let Some(host) = self.host {
            let help = "sätt rubriken i texten, eller gör den till fet text: **…**";
            self.problem(first_line(span), format!("en rubrik kan inte stå i {host}"), help);
        }
        if heading.number.is_some() && heading.id.is_empty() && self.host.is_none() {
            self.note_own_number(span);
        }
        if heading.text.is_empty() {
            self.problem(first_line(span), "rubriken är tom", "skriv en rubrik, eller ta bort raden");
        }
        heading
    }

    fn list(&mut self, start: Option<u64>) -> List {
        let mut list = List { start, tight: true, items: Vec::new() };
        while let Some((Event::Start(Tag::Item), span)) = self.events.take() {
            self.check_number(start, list.items.len(), &span);
            self.check_points(&span);
            if matches!(self.peek(), Some(Event::Start(Tag::Paragraph))) {
                list.tight = false;
            }
            let item = self.blocks_of(LIST);
            if item.is_empty() {
                self.problem(first_line(&span), "punkten är tom", "skriv något, eller ta bort den");
            }
            list.items.push(item);
        }
        list
    }

    fn table(&mut self, alignments: &[Alignment], caption: Option<Caption>) -> Table {
        let columns = alignments.iter().map(|alignment| match alignment {
            Alignment::Right => Align::Right,
            Alignment::Center => Align::Center,
            Alignment::Left | Alignment::None => Align::Left,
        });
        let mut table = Table { caption, columns: columns.collect(), header: Vec::new(), rows: Vec::new() };
        let count = table.columns.len();
        while let Some((event, span)) = self.events.take() {
            match event {
                Event::Start(Tag::TableHead) => {
                    if count > MOST_COLUMNS {
                        let message = format!("tabellen har {count} kolumner, men Word klarar högst {MOST_COLUMNS}");
                        self.problem(first_line(&span), message, "dela upp den, eller låt kolumnerna vara rader");
                    }
                    table.header = self.cells(count);
                }
                Event::Start(Tag::TableRow) => {
                    self.check_row(&span, count);
                    table.rows.push(self.cells(count));
                }
                _ => break,
            }
        }
        table
    }

    fn cells(&mut self, count: usize) -> Vec<Cell> {
        let mut cells = Vec::with_capacity(count);
        while let Some((Event::Start(Tag::TableCell), _)) = self.events.take() {
            cells.push(self.inlines(Within::Cell));
            self.pass();
        }
        cells
    }
}

fn starts_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Table(_)
    )
}

/// Whether what stands after the fence of code names a language, and so is for programs: one word, as `SQL` or `c++`.
fn is_language(info: &str) -> bool {
    info.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'#' | b'_' | b'.'))
}

fn is_line_break(html: &str) -> bool {
    matches!(html.to_ascii_lowercase().as_str(), "<br>" | "<br/>" | "<br />")
}

/// Whether a place is within one of spans that stand one after the other.
fn is_within(spans: &[Range<usize>], at: usize) -> bool {
    let before = spans.partition_point(|span| span.start <= at);
    spans[..before].last().is_some_and(|span| span.contains(&at))
}

/// Marks no more than a line of what is wrong.
fn first_line(span: &Range<usize>) -> Range<usize> {
    span.start..span.end.min(span.start + 80)
}

/// What items stand in.
const LIST: &str = "en lista";

/// What a table's caption begins with.
const TABLE: &str = "Tabell:";

/// The caption that the last block is, if it is one and stands in that source, and not in a text that is put in there. What
/// a template has printed has a backslash before each sign, and is text there, too.
fn take_caption(blocks: &mut Vec<Block>, before: &str) -> Option<Caption> {
    let Some(Block::Paragraph(inlines)) = blocks.last_mut() else { return None };
    let Some(Inline::Text(first)) = inlines.first_mut() else { return None };
    let written = before.trim_end();
    let paragraph = written.rfind("\n\n").map_or(written, |at| &written[at..]);
    if !paragraph.contains(TABLE) {
        return None;
    }
    *first = first.strip_prefix(TABLE)?.trim_start().to_string();
    let Some(Block::Paragraph(mut text)) = blocks.pop() else { return None };
    let mut id = String::new();
    if let Some(Inline::Text(last)) = text.last_mut()
        && !written.ends_with("\\}")
        && let Some((before, anchor)) = last.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"))
    {
        id = anchor.to_string();
        *last = before.trim_end().to_string();
    }
    Some(Caption { id, number: 0, text })
}

/// Puts what follows a heading marked `.liggande` into its landscape part, up to the next heading as high.
fn gather_landscape(blocks: Vec<Block>) -> Vec<Block> {
    // Nearly every text is upright.
    if !blocks.iter().any(|block| matches!(block, Block::Landscape(_))) {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::new();
    let mut open: Option<(u8, Vec<Block>)> = None;
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let starts = matches!(&block, Block::Landscape(inner) if inner.is_empty());
        let level = match (&block, blocks.peek()) {
            (Block::Landscape(_), Some(Block::Heading(heading))) if starts => Some(heading.level),
            (Block::Heading(heading), _) => Some(heading.level),
            _ => None,
        };
        if let (Some(level), Some((open_level, _))) = (level, &open)
            && level <= *open_level
        {
            out.extend(open.take().map(|(_, inner)| Block::Landscape(inner)));
        }
        if starts {
            let (_, inner) = open.get_or_insert((level.unwrap_or(1), Vec::new()));
            inner.extend(blocks.next());
            continue;
        }
        match &mut open {
            Some((_, inner)) => inner.push(block),
            None => out.push(block),
        }
    }
    out.extend(open.map(|(_, inner)| Block::Landscape(inner)));
    out
}

#[cfg(test)]
mod tests;
