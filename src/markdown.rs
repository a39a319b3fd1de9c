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

use crate::document::{
    Align, Block, Caption, Cell, Figure, Heading, Inline, Link, List, Notice, Reference, Table, Target,
};
use crate::text;
use crate::waiting::{self, Waiting};

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
    if is_plain_line(source) {
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
        && !source.ends_with(char::is_whitespace)
        && !source.bytes().any(is_markup)
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

/// What stands before a figure's caption while it is read.
const FIGURE: &str = "Figur: ";

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
        self.lone_stars = None;
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
                if let CodeBlockKind::Fenced(info) = &kind
                    && !is_language(info)
                {
                    let message = format!("”{info}” visas inte: det står efter det som inleder ett kodblock");
                    self.problem(first_line(&span), message, "skriv det på en egen rad");
                }
                let mut text = String::new();
                while let Some((Event::Text(part), _)) = self.events.take() {
                    text.push_str(&part);
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
                self.problem(first_line(&span), message, "skriv det som Markdown; sätt \\ före < för att visa tecknet");
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
                    None => embed(embedded, blocks),
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

    /// The text that `handle` stands for, about what the text after the bar names.
    fn embedded(&mut self, handle: &str, about: &[Inline], span: &Range<usize>) -> Cow<'e, [Block]> {
        let handle = handle.trim_end_matches('\\');
        let about = crate::document::plain_text(about);
        // Without a bar the parser gives the handle itself as the text.
        self.text_of(handle, (about != handle).then_some(about.as_str()), span)
    }

    /// The text that `handle` stands for, about that product.
    fn text_of(&mut self, handle: &str, about: Option<&str>, span: &Range<usize>) -> Cow<'e, [Block]> {
        let lookup: &'e dyn Lookup = self.lookup;
        if let Some(blocks) = lookup.text(handle, about) {
            return blocks;
        }
        let (message, help) = match lookup.name(handle.split('#').next().unwrap_or(handle)) {
            // A text that is there may be one that cannot be put in here.
            Ok(_) => (
                format!("texten ”{handle}” går inte att lägga in här"),
                "ett kapitel kan lägga in texten i en nyckel, som ![[id#beskrivning]], men inget annat kapitel; hänvisa \
                 med [[id]] till annat",
            ),
            Err(_) => (format!("det finns ingen text ”{handle}” att lägga in"), "ange en text under texter/"),
        };
        self.problem(span.clone(), message, help);
        Cow::Borrowed(&[])
    }

    fn figure(&mut self, picture: &str, title: &str, description: &[Inline], span: &Range<usize>) -> Option<Figure> {
        let description = crate::document::plain_text(description);
        self.check_characters(title, span);
        let caption = (!title.is_empty()).then(|| self.figure_caption(title, span));
        if self.in_note && caption.is_some() {
            let message = "en bild i en fotnot kan inte ha en bildtext, eftersom den inte numreras";
            self.problem(span.clone(), message, "sätt bilden i texten, eller ta bort bildtexten");
        }
        if !self.has_figure(picture, &description, span) {
            return None;
        }
        Some(Figure { picture: picture.to_string(), description, caption })
    }

    /// What stands between a figure's quotes, read as the caption of a table is.
    fn figure_caption(&mut self, title: &str, span: &Range<usize>) -> Caption {
        let (written, is_there) = match self.source.get(span.clone()).and_then(title_as_written) {
            Some(within) => (&self.source[span.start + within.start..span.start + within.end], Some(within)),
            // One that stands by itself, for pictures that are named alike.
            None => (title, None),
        };
        // It is no list or heading, whatever it begins with, and one line.
        let line = format!("{FIGURE}{}{}", written.replace(['\r', '\n'], " "), self.definitions_for(written));
        let Parsed { mut blocks, problems, .. } = read_carefully(&line, self.lookup);
        for problem in problems {
            let own = |at: usize| at.saturating_sub(FIGURE.len());
            let within = is_there.as_ref().map(|within| {
                let start = span.start + within.start;
                start + own(problem.span.start)..start + own(problem.span.end)
            });
            self.push_problem(Problem { span: within.unwrap_or(span.clone()), ..problem });
        }
        let mut text = match blocks.first_mut() {
            Some(Block::Paragraph(inlines)) => std::mem::take(inlines),
            _ => Vec::new(),
        };
        if let Some(Inline::Text(first)) = text.first_mut() {
            *first = first.strip_prefix(FIGURE.trim_end()).unwrap_or(first).trim_start().to_string();
        }
        Caption { id: String::new(), number: 0, text }
    }

    /// The definitions of addresses that a caption may be led by, to be read with it.
    fn definitions_for(&mut self, caption: &str) -> String {
        let Some(parser) = self.events.parser.as_ref().filter(|_| caption.contains('[')) else { return String::new() };
        let caption = caption.to_lowercase();
        let is_named = |label: &str| caption.contains(&format!("[{}]", label.to_lowercase()));
        let mut lines = String::new();
        for (label, definition) in parser.reference_definitions().iter().filter(|(label, _)| is_named(label)) {
            self.led_by.insert(definition.span.start);
            lines.push_str(&format!("\n\n[{label}]: <{}>", definition.dest.replace(['<', '>', '\n'], "")));
        }
        lines
    }

    /// Whether there is something to show; reports what is missing.
    fn has_figure(&mut self, picture: &str, description: &str, span: &Range<usize>) -> bool {
        if let Some(name) = picture.strip_prefix(crate::draw::SCHEME) {
            let Err(near) = self.lookup.check_figure(name) else { return true };
            let help = match near {
                Some(near) => format!("menade du {}{near}?", crate::draw::SCHEME),
                None => crate::draw::known(),
            };
            self.problem(span.clone(), format!("det finns ingen figur ”{name}”"), &help);
            return false;
        }
        if description.is_empty() {
            self.problem(span.clone(), "bilden saknar beskrivning", "skriv vad bilden visar inom hakparenteserna");
        }
        let Err(near) = self.lookup.check_picture(picture) else { return true };
        let help = match near {
            Some(near) => format!("menade du {near}?"),
            None => "lägg den i mappen bilder/ som PNG eller JPEG".into(),
        };
        self.problem(span.clone(), format!("bilden ”{picture}” finns inte"), &help);
        false
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
            let item = self.blocks_of("en lista");
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

    /// Inlines up to the next block's start or the end of what encloses them, which is left to be passed.
    fn inlines(&mut self, within: Within) -> Vec<Inline> {
        let before = std::mem::replace(&mut self.first, self.open.len());
        while let Some(event) = self.peek() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if starts_block(tag) || matches!(tag, Tag::FootnoteDefinition(_)) => break,
                _ => {}
            }
            let Some((event, span)) = self.events.take() else { break };
            match event {
                Event::Text(text) => {
                    self.check_text(&text, &span);
                    self.letters.push_str(&text);
                }
                Event::SoftBreak => self.letters.push(' '),
                other => {
                    self.end_letters();
                    self.inline(other, span, within);
                }
            }
        }
        self.close(before)
    }

    /// Takes the inlines of the innermost, which ends; those of what encloses it begin there.
    fn close(&mut self, before: usize) -> Vec<Inline> {
        self.end_letters();
        self.trim_end();
        let first = std::mem::replace(&mut self.first, before);
        self.open.split_off(first)
    }

    /// Puts the letters that have been read after what is open.
    fn end_letters(&mut self) {
        if self.letters.is_empty() {
            return;
        }
        let together = crate::text::figures_kept_together(&self.letters);
        match self.open[self.first..].last_mut() {
            Some(Inline::Text(last)) => last.push_str(together.as_ref().unwrap_or(&self.letters)),
            _ => self.open.push(Inline::Text(together.unwrap_or_else(|| self.letters.clone()))),
        }
        self.letters.clear();
    }

    /// Takes away the spaces and breaks that end what is innermost.
    fn trim_end(&mut self) {
        while let Some(last) = self.open[self.first..].last_mut() {
            match last {
                Inline::Text(text) => {
                    text.truncate(text.trim_end_matches(' ').len());
                    if !text.is_empty() {
                        return;
                    }
                }
                Inline::Break => {}
                _ => return,
            }
            self.open.pop();
        }
    }

    /// Anything but letters.
    fn inline(&mut self, event: Event<'s>, span: Range<usize>, within: Within) {
        match event {
            Event::Code(code) => self.open.push(Inline::Code(code.to_string())),
            Event::HardBreak => self.open.push(Inline::Break),
            Event::InlineHtml(html) if is_line_break(&html) => self.open.push(Inline::Break),
            Event::InlineHtml(html) | Event::Html(html) => {
                let message = format!("HTML kan inte visas i dokumenten: {html}");
                self.problem(span, message, "skriv det som Markdown; sätt \\ före < för att visa tecknet");
            }
            Event::FootnoteReference(label) => self.note(&label, &span),
            Event::Start(tag) => self.span(tag, span, within),
            // The options above ask for none of these.
            Event::Text(_)
            | Event::SoftBreak
            | Event::Rule
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::End(_) => {
                self.problem(span, "detta kan inte visas i dokumenten", "skriv det på ett annat sätt");
            }
        }
    }

    fn note(&mut self, label: &str, span: &Range<usize>) {
        let most = most_repeated(self.source.len());
        match self.notes.get_mut(label) {
            Some(note) => {
                let was_too_much = self.repeated > most;
                self.repeated += if note.used { note.length } else { 0 };
                note.used = true;
                if self.repeated <= most {
                    self.open.push(Inline::Note(note.blocks.clone()));
                } else if !was_too_much {
                    let message = format!("fotnoten ”{label}” visas så många gånger att texten blir för lång");
                    self.problem(span.clone(), message, "hänvisa till den en gång, eller korta den");
                }
            }
            None => {
                let message = format!("fotnoten ”{label}” finns inte, eller står i en annan fotnot");
                self.problem(span.clone(), message, "skriv den på en egen rad: ”[^1]: …”");
            }
        }
    }

    fn span(&mut self, tag: Tag<'s>, span: Range<usize>, within: Within) {
        if self.depth >= MOST_DEPTH {
            self.problem(span, "texten är nästlad för djupt", "gör den plattare");
            self.skip_rest();
            return;
        }
        if matches!(tag, Tag::Emphasis | Tag::Strong) {
            self.check_stars(matches!(tag, Tag::Strong), &span);
        }
        self.depth += 1;
        let inner = self.inlines(within);
        self.pass();
        match tag {
            Tag::Emphasis => self.open.push(Inline::Emphasis(inner)),
            Tag::Strong => self.open.push(Inline::Strong(inner)),
            Tag::Strikethrough => self.open.push(Inline::Strikeout(inner)),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                let mut inner = inner;
                if let Some(Inline::Text(first)) = inner.first_mut() {
                    *first = first.trim_start().to_string();
                }
                let before = self.parsed.problems.len();
                let reference = self.reference(&dest_url, has_pothole.then_some(inner), &span);
                if self.parsed.problems.len() == before {
                    self.check_after(&span);
                }
                self.open.push(reference);
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.is_led_by(&id);
                if !title.is_empty() {
                    let message = format!("länkens titel ”{title}” visas inte i dokumenten");
                    self.problem(span.clone(), message, "skriv det i texten, och ta bort titeln");
                }
                // `<a@b.se>` is an address of mail without saying so.
                let address = match link_type {
                    LinkType::Email => Cow::Owned(format!("mailto:{dest_url}")),
                    _ => Cow::Borrowed(&*dest_url),
                };
                let link = self.link(&address, inner, &span);
                self.open.push(link);
            }
            Tag::Image { link_type: link_type @ LinkType::WikiLink { .. }, dest_url, .. } => {
                if self.check_after(&span) {
                    // What is put in there is none of what was meant.
                } else if let Some(anchor) = dest_url.strip_prefix('#') {
                    self.check_anchor(link_type, &span);
                    self.open.push(Inline::Anchor(anchor.trim_end_matches('\\').to_string()));
                } else {
                    let embedded = self.embedded(&dest_url, &inner, &span);
                    flatten(&embedded, &mut self.open);
                }
            }
            Tag::Image { .. } => {
                let help = "sätt den på en egen rad med tomma rader omkring";
                self.problem(span, "en bild kan inte stå mitt i en text", help);
            }
            other => {
                let message = format!("detta kan inte visas i dokumenten ({other:?})");
                self.problem(span, message, "skriv det på ett annat sätt");
            }
        }
        self.depth -= 1;
    }

    fn reference(&mut self, id: &str, text: Option<Vec<Inline>>, span: &Range<usize>) -> Inline {
        // In a table the bar is written `\|`, and the backslash is left at the id's end.
        let id = id.trim_end_matches('\\').trim();
        let (id, by_number) = id.strip_prefix('§').map_or((id, false), |id| (id.trim(), true));
        if by_number && text.is_some() {
            let message = "en hänvisning med § visar numret, och ingen annan text";
            self.problem(span.clone(), message, "skriv [[§…]] utan streck, eller utan § för att visa texten");
        }
        match self.lookup.name(id) {
            Ok(name) if by_number => {
                Inline::Reference(Box::new(Reference { id: id.to_string(), name: name.into_owned(), number: None }))
            }
            Ok(name) => {
                let text =
                    text.filter(|text| !text.is_empty()).unwrap_or_else(|| vec![Inline::Text(name.into_owned())]);
                Inline::Link(Box::new(Link { target: Target::Id(id.to_string()), text }))
            }
            Err(near) => {
                let message = format!("det finns inget med id ”{id}”");
                let help = near.map(|near| format!("menade du [[{near}]]?"));
                self.push_problem(Problem { span: span.clone(), is_reference: true, message, help });
                Inline::Text(id.to_string())
            }
        }
    }

    fn link(&mut self, address: &str, text: Vec<Inline>, span: &Range<usize>) -> Inline {
        let Some(leads_to) = text::address(address) else {
            let message = format!("länken ”{address}” leder inte till en webbadress eller e-postadress");
            self.problem(span.clone(), message, "skriv https://… för webben, eller [[id]] för något i katalogen");
            return Inline::Emphasis(text);
        };
        self.check_characters(address, span);
        if text.is_empty() {
            self.problem(span.clone(), "länken har ingen text", "skriv vart den leder inom hakparenteserna");
        }
        Inline::Link(Box::new(Link { target: Target::Address(leads_to), text }))
    }

    /// Passes what starts here, to its end.
    fn skip(&mut self) {
        self.pass();
        self.skip_rest();
    }

    /// Passes what has begun, to its end.
    fn skip_rest(&mut self) {
        let mut open = 1usize;
        while let Some((event, _)) = self.events.take() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }
}

/// Where a picture's title stands in what it is written with, where it does.
fn title_as_written(picture: &str) -> Option<Range<usize>> {
    let before = picture.strip_suffix(')')?.trim_end();
    let (opens, end) = match before.as_bytes().last()? {
        b')' => ('(', before.len() - 1),
        sign @ (b'"' | b'\'') => (char::from(*sign), before.len() - 1),
        _ => return None,
    };
    // A sign of its own kind has a backslash before it.
    let is_escaped = |at: usize| (before[..at].len() - before[..at].trim_end_matches('\\').len()) % 2 == 1;
    let start = before[..end].rmatch_indices(opens).map(|(at, _)| at).find(|at| !is_escaped(*at))?;
    // Lines in a quote or a list have marks of their own before them.
    Some(start + 1..end).filter(|title| !before[title.clone()].contains(['\r', '\n']))
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

/// The caption that the last block is, if it is one, after that source. What a template has printed has a backslash
/// before each sign, and is text there, too.
fn take_caption(blocks: &mut Vec<Block>, before: &str) -> Option<Caption> {
    let Some(Block::Paragraph(inlines)) = blocks.last_mut() else { return None };
    let Some(Inline::Text(first)) = inlines.first_mut() else { return None };
    let written = before.trim_end();
    let paragraph = written.rfind("\n\n").map_or(written, |at| &written[at..]);
    if paragraph.trim_start().starts_with("Tabell\\:") {
        return None;
    }
    *first = first.strip_prefix("Tabell:")?.trim_start().to_string();
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

/// Puts a text's blocks where it is embedded. Its highest heading comes right below the heading that it stands under; a
/// text that begins with a chapter's heading is a chapter, and keeps its levels.
fn embed(embedded: Vec<Block>, blocks: &mut Vec<Block>) {
    let level = |block: &Block| match block {
        Block::Heading(heading) => Some(heading.level),
        _ => None,
    };
    let chapter = embedded.first().and_then(level) == Some(1);
    let Some(highest) = embedded.iter().filter_map(level).min() else { return blocks.extend(embedded) };
    let below = match blocks.iter().rev().find_map(level) {
        Some(host) if !chapter => host + 1,
        _ => highest,
    };
    blocks.extend(embedded.into_iter().map(|block| match block {
        Block::Heading(heading) => {
            Block::Heading(Heading { level: (heading.level - highest + below).min(6), ..heading })
        }
        other => other,
    }));
}

/// Puts a text's blocks in where no heading can stand, and in a note no caption: they are lines in bold.
fn embed_below(embedded: Vec<Block>, in_note: bool, blocks: &mut Vec<Block>) {
    for mut block in embedded {
        let caption = match &mut block {
            Block::Table(Table { caption, .. }) | Block::Figure(Figure { caption, .. }) if in_note => caption.take(),
            _ => None,
        };
        blocks.extend(caption.map(|caption| Block::Paragraph(bold(caption.text))));
        match block {
            Block::Heading(heading) => blocks.push(Block::Paragraph(bold(heading.text))),
            Block::Landscape(inner) => embed_below(inner, in_note, blocks),
            other => blocks.push(other),
        }
    }
}

fn bold(text: Vec<Inline>) -> Vec<Inline> {
    vec![Inline::Strong(text)]
}

/// The letters of a text in one line, as a spreadsheet's cell holds them: its blocks and items are parted by signs, and
/// notes stand in parentheses where their marks do.
pub fn letters(blocks: &[Block]) -> String {
    let mut inlines = Vec::new();
    flatten(blocks, &mut inlines);
    let note = |note: &[Block]| format!(" ({})", letters(note));
    let mut out = String::new();
    for line in inlines.split(|inline| *inline == Inline::Break) {
        if !out.is_empty() {
            out.push_str(if out.ends_with(['.', ':', ';', '!', '?', ')']) { " " } else { "; " });
        }
        let line = crate::document::plain_text_with(line, &Reference::text, &note);
        out.push_str(line.trim_start().trim_start_matches("– "));
    }
    out
}

/// A text within a line or a cell: its blocks one after another, parted by line breaks.
fn flatten(blocks: &[Block], inlines: &mut Vec<Inline>) {
    let mut lines: Vec<Vec<Inline>> = Vec::new();
    push_lines(blocks, &mut lines);
    for (at, line) in lines.into_iter().enumerate() {
        if at > 0 {
            inlines.push(Inline::Break);
        }
        inlines.extend(line);
    }
}

/// Stands before what belongs to a point above, which a blank would not be kept for.
const BELOW: &str = "\u{2003}";

fn push_lines(blocks: &[Block], lines: &mut Vec<Vec<Inline>>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => lines.push(inlines.clone()),
            Block::Heading(heading) => lines.push(bold(heading.text.clone())),
            Block::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    let first = lines.len();
                    push_lines(item, lines);
                    let mark = match list.start {
                        Some(start) => format!("{}. ", start + at as u64),
                        None => "– ".to_string(),
                    };
                    for (below, line) in lines[first..].iter_mut().enumerate() {
                        let before = if below == 0 { mark.clone() } else { BELOW.to_string() };
                        line.insert(0, Inline::Text(before));
                    }
                }
            }
            Block::Notice(notice, inner) => {
                let first = lines.len();
                push_lines(inner, lines);
                if lines.len() == first {
                    lines.push(Vec::new());
                }
                let mut label = bold(vec![Inline::Text(format!("{}:", notice.label()))]);
                label.push(Inline::Text(" ".to_string()));
                lines[first].splice(0..0, label);
            }
            Block::Quote(inner) => {
                let first = lines.len();
                push_lines(inner, lines);
                lines[first..].iter_mut().for_each(|line| *line = vec![Inline::Emphasis(std::mem::take(line))]);
            }
            Block::Landscape(inner) => push_lines(inner, lines),
            Block::Code(text) => lines.extend(text.lines().map(|line| vec![Inline::Code(line.to_string())])),
            Block::Table(table) => {
                lines.extend(table.caption.iter().map(|caption| bold(caption.text.clone())));
                push_rows(table, lines);
            }
            Block::Figure(figure) => {
                lines.extend(figure.caption.iter().map(|caption| bold(caption.text.clone())));
                lines.push(vec![Inline::Text(figure.description.clone())]);
            }
        }
    }
}

/// A column's heading that is longer than this stands once, above the rows: what is said again at each is short.
const LONGEST_LABEL: usize = 40;

/// The rows of a table, each a line in which the columns' headings name the values.
fn push_rows(table: &Table, lines: &mut Vec<Vec<Inline>>) {
    let labels: Vec<String> = table.header.iter().map(|cell| crate::document::plain_text(cell)).collect();
    let stand_above = table.rows.is_empty() || labels.iter().any(|label| label.chars().count() > LONGEST_LABEL);
    if stand_above && labels.iter().any(|label| !label.is_empty()) {
        lines.push(joined(table.header.iter().filter(|cell| !cell.is_empty()).cloned()));
    }
    for (at, row) in table.rows.iter().enumerate() {
        let cells = row.iter().zip(&table.header).zip(&labels).filter(|((cell, _), _)| !cell.is_empty());
        let values = cells.map(|((cell, heading), label)| {
            let mut value = match (stand_above || label.is_empty(), at) {
                (true, _) => Vec::new(),
                // Notes and anchors of a heading stand once.
                (false, 0) => heading.clone(),
                (false, _) => vec![Inline::Text(label.clone())],
            };
            if !value.is_empty() {
                value.push(Inline::Text(": ".to_string()));
            }
            value.extend(cell.iter().cloned());
            value
        });
        lines.push(joined(values));
    }
}

fn joined(values: impl Iterator<Item = Vec<Inline>>) -> Vec<Inline> {
    let mut line = Vec::new();
    for value in values {
        if !line.is_empty() {
            line.push(Inline::Text(", ".to_string()));
        }
        line.extend(value);
    }
    line
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
mod tests {
    use super::*;

    pub(super) struct Names;

    impl Lookup for Names {
        fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
            match id {
                "orbit" => Ok("Orbit & Co".into()),
                _ => Err(crate::text::did_you_mean(id, ["orbit"]).map(str::to_string)),
            }
        }

        fn text(&self, handle: &str, about: Option<&str>) -> Option<Cow<'_, [Block]>> {
            static TEXT: std::sync::LazyLock<Vec<Block>> =
                std::sync::LazyLock::new(|| parse("Ett.\n\n- två\n- tre\n", &Names).blocks);
            if let Some(about) = about {
                return Some(Cow::Owned(vec![Block::Paragraph(vec![Inline::Text(format!("{handle} om {about}"))])]));
            }
            match handle {
                "orbit#beskrivning" => Some(Cow::Borrowed(TEXT.as_slice())),
                "rubriker" => Some(Cow::Owned(parse("## Två\n\nText\n\n### Tre\n", &Names).blocks)),
                "tom" => Some(Cow::Borrowed(&[])),
                _ => None,
            }
        }

        fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
            if name == "bild.png" { Ok(()) } else { Err(None) }
        }

        fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
            let kind = |id: &str| (id == "orbit").then_some(crate::model::Kind::Service);
            crate::draw::check(name, kind, ["orbit"].into_iter())
        }
    }

    pub(super) fn problems(source: &str) -> Vec<String> {
        let parsed = parse(source, &Names);
        parsed.problems.iter().map(|p| format!("{} | {}", &source[p.span.clone()], p.message)).collect()
    }

    #[test]
    fn a_plain_line_is_what_it_is_as_markup() {
        assert!(is_plain_line("Behörighet: samma dag (kl. 8–16), 10 % per år; ring ”växeln” / 010-1."));
        for sign in (' '..='~').chain("\n\t\u{A0}\u{AD}\u{300}\u{2028}åé–…”’§½€".chars()) {
            for source in [
                format!("{sign}text"),
                format!("Ord {sign} ord {sign}ord{sign} ord"),
                format!("Ord{sign}{sign}ord, 1{sign} 2."),
                format!("Text.{sign}"),
                format!("En: {sign}{sign}{sign}"),
                format!("www.x.se{sign}y http:{sign}z a{sign}b@x.se"),
            ] {
                let (line, markup) = (parse(&source, &Names), parse_markup(&source, &Names));
                assert_eq!((line.blocks, line.problems), (markup.blocks, markup.problems), "{source:?}");
            }
        }
    }

    #[test]
    fn a_text_is_the_same_in_pieces() {
        let lines = [
            "# Rubrik",
            "## Under {#under}",
            "####### Inget",
            "#Inget",
            "",
            "",
            "",
            "Text *med",
            "stark* och [[orbit]]",
            "- punkt",
            "  mer",
            "1. ett",
            "> citat",
            "> # i citat",
            "| A | B |",
            "|---|--:|",
            "| a | b |",
            "Tabell: Namn",
            "    kod",
            "# Brett {.liggande}",
            "[[fel]] &#x202E;",
            "- [[orbit]]: text",
            "[a](b) [c]: d",
            "![[orbit#beskrivning]]",
            "---",
            "# Bilaga {.bilaga}",
            "===",
            "\\",
            "<!-- a",
            "```",
            "[^1]",
            "[^1]: not",
            "[a]: https://x.se",
            "> [a\nb]: https://x.se",
            "[a\\]]: https://x.se",
            "[a]",
            "[a b]",
            "~~~",
            "  <div>",
        ];
        let mut any = crate::testing::chance();
        let mut cut = 0;
        for round in 0..20_000 {
            // What keeps a text whole comes last, and only now and then.
            let known = if round % 4 == 0 { lines.len() } else { 28 };
            let source: Vec<&str> = (0..any(30)).map(|_| lines[any(known)]).collect();
            let source = source.join("\n");
            let Some(pieces) = pieces::of(&source, 10) else { continue };
            cut += usize::from(pieces.len() > 1);
            let (whole, read) = (read_carefully(&source, &Names), read_pieces(&source, &pieces, &Names));
            assert_eq!((whole.blocks, whole.problems), (read.blocks, read.problems), "{source}");
        }
        assert!(cut > 2_000, "{cut}");
    }

    #[test]
    fn all_that_the_tree_has() {
        let source = "# Rubrik {#r .bilaga}\n\nEn *text* med **stark** `kod` [[orbit]][^a] och [[orbit|en **annan**]].\n\n\
            Tabell: Nivåer {#tab-n}\n\n| A | B |\n|---|--:|\n| ![[#rad]]x<br>y | [[orbit\\|två]] |\n\n\
            1. ett\n2. två\n   - inre\n\n> [!WARNING]\n> Se upp.\n\n![En bild](bild.png \"Text\")\n\n```\nkod\n```\n\n\
            ![[orbit#beskrivning]]\n\nI rad: ![[orbit#beskrivning]]\n\n[^a]: Not med [länk](https://x.se).\n";
        let parsed = parse(source, &Names);
        assert_eq!(parsed.problems, []);
        insta::assert_debug_snapshot!(parsed.blocks);
    }

    #[test]
    fn what_cannot_be_shown_is_a_problem() {
        assert_eq!(
            problems(
                "<b>fet</b> [x](javascript:1) ![y](data:z) [[orbitt]]\n\n<script>a</script>\n\n---\n\n[^1] [^b]\n\n[^c]: x\n"
            ),
            [
                "<b> | HTML kan inte visas i dokumenten: <b>",
                "</b> | HTML kan inte visas i dokumenten: </b>",
                "[x](javascript:1) | länken ”javascript:1” leder inte till en webbadress eller e-postadress",
                "![y](data:z) | en bild kan inte stå mitt i en text",
                "[[orbitt]] | det finns inget med id ”orbitt”",
                "<script>a</script>\n | HTML kan inte visas i dokumenten",
                "---\n | en linje (---) visas inte i dokumenten",
                "^1 | fotnoten ”1” finns inte",
                "^b | fotnoten ”b” finns inte",
                "[^c]: x\n | fotnoten ”c” används inte",
            ]
        );
    }

    #[test]
    fn an_address_of_mail_is_a_link_to_it() {
        let parsed = parse("Skriv till <a@b.se>.\n", &Names);
        assert_eq!(parsed.problems, []);
        let Block::Paragraph(inlines) = &parsed.blocks[0] else { panic!("{:?}", parsed.blocks) };
        let link = Link { target: Target::Address("mailto:a@b.se".into()), text: vec![Inline::Text("a@b.se".into())] };
        assert_eq!(inlines[1], Inline::Link(Box::new(link)));
    }

    #[test]
    fn a_figure_may_be_drawn_and_then_describes_itself() {
        let parsed = parse("![](figur:kedja/orbit \"Kedjan\")\n\n![Egna ord](figur:begreppsmodell)\n", &Names);
        assert_eq!(parsed.problems, []);
        let figures = parsed.blocks.iter().map(|block| match block {
            Block::Figure(figure) => (figure.picture.as_str(), figure.description.as_str(), figure.caption.is_some()),
            _ => panic!("{block:?}"),
        });
        let figures: Vec<_> = figures.collect();
        assert_eq!(figures, [("figur:kedja/orbit", "", true), ("figur:begreppsmodell", "Egna ord", false)]);
    }

    #[test]
    fn a_figure_that_cannot_be_drawn_is_a_problem_with_a_cure() {
        let cures = |source: &str| {
            let problems = parse(source, &Names).problems;
            problems.into_iter().map(|p| format!("{}: {}", p.message, p.help.unwrap_or_default())).collect::<Vec<_>>()
        };
        let near = cures("![](figur:kedja/orbitt)\n");
        assert_eq!(near, ["det finns ingen figur ”kedja/orbitt”: menade du figur:kedja/orbit?"]);
        let near = cures("![](figur:begrepsmodell)\n");
        assert_eq!(near, ["det finns ingen figur ”begrepsmodell”: menade du figur:begreppsmodell?"]);
        let far = cures("![](figur:xyz)\n");
        let known = "det som kan ritas är begreppsmodell, specifik-modell, tjanstekarta, formagekarta, formageomraden och \
                     kedja/ följt av en tjänsts id";
        assert_eq!(far, [format!("det finns ingen figur ”xyz”: {known}")]);
    }

    #[test]
    fn spaces_around_a_references_text_are_none_of_it() {
        let parsed = [parse("Se [[ orbit | den  här ]].\n", &Names), parse("Se [[orbit|den  här]].\n", &Names)];
        assert_eq!(parsed[0].blocks, parsed[1].blocks);
        assert_eq!(parsed[0].problems, []);
    }

    #[test]
    fn an_address_is_one_that_can_stand_in_a_link() {
        let address = |source: &str| match &parse(source, &Names).blocks[..] {
            [Block::Paragraph(inlines)] => match &inlines[..] {
                [Inline::Link(link)] => match &link.target {
                    Target::Address(address) => address.clone(),
                    Target::Id(id) => panic!("{id} is no address"),
                },
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        assert_eq!(
            address("[x](https://x.example/&#10;&#10;&lt;script/src=a&gt;&#10;`)"),
            "https://x.example/%0A%0A%3Cscript/src=a%3E%0A%60"
        );
        assert_eq!(address("<tel:+46101234567>"), "tel:+46101234567");
        for nowhere in ["[x](https://)", "[x](mailto:)", "[x](https://[evil]/)"] {
            assert!(problems(nowhere)[0].ends_with("leder inte till en webbadress eller e-postadress"), "{nowhere}");
        }
    }

    #[test]
    fn a_table_has_no_more_columns_than_word_takes() {
        let table = |columns: usize| format!("|{}\n|{}\n", "A|".repeat(columns), "---|".repeat(columns));
        assert_eq!(problems(&table(63)), [""; 0]);
        let wrong = problems(&table(64));
        assert!(wrong[0].ends_with("tabellen har 64 kolumner, men Word klarar högst 63"), "{wrong:?}");
    }

    #[test]
    fn a_landscape_part_ends_at_the_next_heading_as_high() {
        let parsed = parse("# Ett\n\n## Brett {.liggande}\n\na\n\n### Under\n\nb\n\n## Tre\n\nc\n", &Names);
        let kinds = parsed.blocks.iter().map(|block| match block {
            Block::Landscape(inner) => format!("landscape {}", inner.len()),
            Block::Heading(heading) => format!("heading {}", heading.level),
            _ => "other".to_string(),
        });
        let kinds: Vec<_> = kinds.collect();
        assert_eq!(kinds, ["heading 1", "landscape 4", "heading 2", "other"]);
    }

    #[test]
    fn a_text_in_a_cell_keeps_what_its_parts_are_called() {
        let lines = |source: &str| {
            let parsed = parse(source, &Names);
            assert_eq!(parsed.problems, []);
            let mut inlines = Vec::new();
            flatten(&parsed.blocks, &mut inlines);
            let lines = inlines.split(|inline| *inline == Inline::Break);
            lines.map(crate::document::plain_text).collect::<Vec<_>>()
        };
        let table = "Tabell: Antal miljöer\n\n| Sjukhus | Produktion | |\n|---|--:|---|\n| SU | 3 | dygnet runt |\n| SÄS | | |\n";
        assert_eq!(lines(table), ["Antal miljöer", "Sjukhus: SU, Produktion: 3, dygnet runt", "Sjukhus: SÄS"]);
        let long = format!("| {} | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n", "a".repeat(41));
        assert_eq!(lines(&long), [&format!("{}, B", "a".repeat(41)), "1, 2", "3, 4"]);
        assert_eq!(lines("| A | B |\n|---|---|\n"), ["A, B"]);
        assert_eq!(lines("| | |\n|---|---|\n| a | b |\n"), ["a, b"]);
        assert_eq!(lines("> [!WARNING]\n> Inte på natten.\n>\n> - a\n"), ["Varning: Inte på natten.", "– a"]);
        assert_eq!(lines("![En bild](bild.png \"Text\")\n"), ["Text", "En bild"]);
        let below = "- Skärmvy\n  1. Knapp\n     - Färg\n\n       > Ett citat\n- Rapport\n";
        let shown = [
            "– Skärmvy",
            "\u{2003}1. Knapp",
            "\u{2003}\u{2003}– Färg",
            "\u{2003}\u{2003}\u{2003}Ett citat",
            "– Rapport",
        ];
        assert_eq!(lines(below), shown);
    }

    #[test]
    fn notes_of_a_tables_heading_stand_once_in_a_cell() {
        let parsed = parse("| A[^a] |\n|---|\n| 1 |\n| 2 |\n\n[^a]: Not.\n", &Names);
        assert_eq!(letters(&parsed.blocks), "A (Not.): 1; A: 2");
    }

    #[test]
    fn a_text_in_one_line_parts_its_items_and_has_notes_in_parentheses() {
        let source = "Gäller inte:\n\n- jour\n- beredskap\n\nFasta ytor[^a] ingår.[^b] Annat\n\n1. inte\n2. alls\n\n\
            [^a]: Av betong.\n\n[^b]: Dock inte\n\n    - i juli\n";
        let parsed = parse(source, &Names);
        let told =
            "Gäller inte: jour; beredskap; Fasta ytor (Av betong.) ingår. (Dock inte; i juli) Annat; 1. inte; 2. alls";
        assert_eq!(letters(&parsed.blocks), told);
    }

    #[test]
    fn a_figures_caption_is_read_as_a_tables() {
        let caption = |source: &str| {
            let parsed = parse(source, &Names);
            assert_eq!(parsed.problems, [], "{source}");
            let Some(Block::Figure(Figure { caption: Some(caption), .. })) = parsed.blocks.into_iter().next() else {
                panic!("{source}")
            };
            caption.text
        };
        let link = |text: &str| {
            let text = vec![Inline::Text(text.to_string())];
            Inline::Link(Box::new(Link { target: Target::Id("orbit".into()), text }))
        };
        let text = |text: &str| Inline::Text(text.to_string());
        let address = |text: &str, to: &str| {
            let target = Target::Address(to.into());
            Inline::Link(Box::new(Link { target, text: vec![Inline::Text(text.to_string())] }))
        };
        assert_eq!(
            caption(
                "![x](bild.png \"Se [riktlinjen] och [avtal][A]\")\n\n[a]: https://a.se\n[Riktlinjen]: https://b.se\n"
            ),
            [text("Se "), address("riktlinjen", "https://b.se"), text(" och "), address("avtal", "https://a.se")]
        );
        assert_eq!(
            caption("![x](bild.png \"Nivån [[orbit]] och [[orbit|den \\\"här\\\"]]\")\n")[1..],
            [link("Orbit & Co"), text(" och "), link("den \"här\"")]
        );
        for (written, shown) in [
            ("![x](bild.png '1. *Lista* \\[\\[a]] \\' # \"b\"')", "1. Lista [[a]] ' # \"b\""),
            ("![x](bild.png (Figur: ett \\) \\\\))", "Figur: ett ) \\"),
            ("![x][b]\n\n[b]: bild.png \"Hos [[orbit]]\"", "Hos Orbit & Co"),
            ("> ![x](bild.png \"En\n> rad\")", ""),
        ] {
            if !shown.is_empty() {
                assert_eq!(crate::document::plain_text(&caption(written)), shown);
            }
            assert_eq!(parse(written, &Names).problems, []);
        }
        let wrong = problems("Text.\n\n![x](bild.png \"Åt [[orbitt]] [[orbit\")\n\n![x](borta.png \"[[fel]]\")\n");
        assert_eq!(
            wrong,
            [
                "[[orbitt]] | det finns inget med id ”orbitt”",
                "[[ | en referens [[ saknar sitt slut ]]",
                "![x](borta.png \"[[fel]]\") | bilden ”borta.png” finns inte",
                "[[fel]] | det finns inget med id ”fel”",
            ]
        );
    }

    #[test]
    fn what_has_a_number_stands_in_the_text_itself() {
        let source = "a[^1]\n\n- # A\n\n> ## B\n\n> [!NOTE]\n> - b\n>\n>   C\n>   ===\n\n[^1]: Not.\n\n    # D\n\n    \
            Tabell: E\n\n    | F |\n    |---|\n    | 1 |\n\n    ![x](bild.png \"G\")\n\n    | H |\n    |---|\n";
        let message = problems(source).into_iter().map(|problem| problem.replace('\n', "⏎")).collect::<Vec<_>>();
        assert_eq!(
            message,
            [
                "# A⏎ | en rubrik kan inte stå i en lista",
                "## B⏎ | en rubrik kan inte stå i ett citat",
                "C⏎>   ===⏎ | en rubrik kan inte stå i en lista",
                "# D⏎ | en rubrik kan inte stå i en fotnot",
                "| F |⏎    |---|⏎    | 1 |⏎ | en tabell i en fotnot kan inte ha en tabelltext, eftersom den inte numreras",
                "![x](bild.png \"G\") | en bild i en fotnot kan inte ha en bildtext, eftersom den inte numreras",
            ]
        );
    }

    #[test]
    fn what_is_put_in_below_has_its_headings_in_bold() {
        let parsed = parse("> ![[rubriker]]\n\nText\n", &Names);
        assert_eq!(parsed.problems, []);
        let Block::Quote(inner) = &parsed.blocks[0] else { panic!("{:?}", parsed.blocks) };
        let line = |text: &str| Block::Paragraph(bold(vec![Inline::Text(text.to_string())]));
        let text = Block::Paragraph(vec![Inline::Text("Text".to_string())]);
        assert_eq!(*inner, [line("Två"), text, line("Tre")]);
    }

    #[test]
    fn a_problem_is_a_part_of_its_text() {
        for letters in 0..4 {
            let source = format!("<!DOCTYPE{}{}>", "x".repeat(letters), "\u{316}🚑".repeat(50));
            let problems = parse(&source, &Names).problems;
            assert!(problems.iter().all(|problem| source.get(problem.span.clone()).is_some()), "{problems:?}");
            assert_eq!(problems.len(), 1);
        }
    }

    #[test]
    fn depth_is_bounded() {
        let parsed = parse(&"> ".repeat(100_000), &Names);
        assert!(parsed.problems[0].message.contains("nästlad"));
        let parsed = parse(&format!("{}x{}", "*a ".repeat(20_000), "*".repeat(20_000)), &Names);
        assert!(parsed.problems.len() < 3);
    }
}
