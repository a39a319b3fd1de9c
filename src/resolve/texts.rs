//! Texts as they are read, and what is wrong with them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::catalog::{CATALOGUE, Entries, Texts, Written};
use super::ids::KnownIds;
use super::references::Suggestions;
use super::repeated::{drawn_at_fault, name_too_many, names_at_fault, swollen_chapters};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::{Block, Heading, Inline, Picture, each_anchor, plain_text, repeated_anchors, walk};
use crate::draw;
use crate::load::typed::{Announced, Mark};
use crate::load::yaml::Node;
use crate::load::{Announcer, Marked, Unread};
use crate::markdown::{self, Lookup, Parsed};
use crate::model::{Chapter, Kind};
use crate::text::{self, Words};

/// The texts of what the catalogue has.
pub fn written_texts(marks: &[Marked], index: &Entries) -> Vec<Written> {
    let is_there = |owner: &str| owner == CATALOGUE || index.contains_key(owner);
    marks.iter().filter(|marked| is_there(&marked.by.id)).flat_map(texts_of).collect()
}

/// The texts of one entity.
pub fn texts_of(Marked { by, marks }: &Marked) -> impl Iterator<Item = Written> {
    let texts = marks.iter().filter(|mark| matches!(mark.what, Announced::Markdown | Announced::Text));
    texts.map(|Mark { what, step }| Written {
        by: Arc::clone(by),
        step: *step,
        is_markdown: *what == Announced::Markdown,
    })
}

/// Where the Markdown of each handle is; chapters are kept in their entities.
pub fn handles(written: &[Written]) -> FxHashMap<String, usize> {
    let fields = written.iter().enumerate().filter(|(_, text)| text.is_markdown && !text.by.is_chapter());
    fields.map(|(at, text)| (format!("{}#{}", text.owner(), text.path()), at)).collect()
}

/// What a chapter is called: what its heading says, or else its id.
pub fn chapter_name(chapter: &Chapter, index: &Entries) -> String {
    let source = &chapter.text.source;
    // One that is too long is told later, and has no name till then.
    let length = |id: &str| index.get(id).map_or(0, |entry| entry.name.len());
    if name_too_many(source, length).is_some() {
        return chapter.id.clone();
    }
    let mut blocks = markdown::parse(source, &Named(index)).blocks;
    named_by_heading(own_heading(&mut blocks), &chapter.id)
}

fn named_by_heading(heading: Option<&mut Heading>, id: &str) -> String {
    let name = heading.map(|heading| plain_text(&heading.text)).unwrap_or_default();
    if name.trim().is_empty() { id.to_string() } else { name.trim().to_string() }
}

/// The heading that a chapter is at home at: the one that it begins with, or its first of level 1.
fn own_heading(blocks: &mut [Block]) -> Option<&mut Heading> {
    blocks.iter_mut().enumerate().find_map(|(at, block)| {
        let first = match block {
            Block::Landscape(inner) => inner.first_mut()?,
            block => block,
        };
        match first {
            Block::Heading(heading) if at == 0 || heading.level == 1 => Some(heading),
            _ => None,
        }
    })
}

/// What the heading of a chapter may show before the chapters have names.
pub struct Named<'a>(pub &'a Entries);

impl Lookup for Named<'_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        let entry = self.0.get(id).filter(|entry| entry.kind != Kind::Chapter);
        Ok(entry.map_or_else(|| Cow::Owned(id.to_string()), |entry| Cow::Borrowed(entry.name.as_str())))
    }

    fn text(&self, _: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        Some(Cow::Borrowed(&[]))
    }

    fn check_picture(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }

    fn check_figure(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }
}

/// What a text may refer to before the catalogue is whole.
#[derive(Clone, Copy)]
pub struct KnownLookup<'a, 'k, 'p> {
    pub known: &'a KnownIds<'k>,
    /// What was read, by which ids have names.
    pub named: &'a Entries,
    pub unread: &'a Unread,
    pub texts: &'a Texts,
    pub pictures: &'a PictureNames<'p>,
    pub spoilt: &'a BTreeSet<String>,
    pub suggestions: &'a Suggestions<'k>,
}

impl Lookup for KnownLookup<'_, '_, '_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        match self.known.get_key_value(id) {
            Some((id, _)) => Ok(Cow::Borrowed(self.named.get(&**id).map_or(id, |entry| &entry.name))),
            // It may well stand in a file that has been reported.
            None if self.unread.may_have(id, Kind::ALL) => Ok(Cow::Owned(id.to_string())),
            None => Err(self.suggestions.near(id, Kind::ALL).map(str::to_string)),
        }
    }

    fn has_id(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    fn text(&self, handle: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        let id = handle.split('#').next().unwrap_or(handle);
        // Of what may well stand in a file that has been reported nothing is shown.
        let is_unread = || !self.known.contains_key(id) && self.unread.may_have(id, Kind::ALL);
        let known = self.texts.get(handle).map(|blocks| Cow::Borrowed(blocks.as_slice()));
        known.or_else(|| is_unread().then_some(Cow::Borrowed(&[])))
    }

    fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
        // One that is there and cannot be used has been reported.
        if self.spoilt.contains(name) || self.unread.pictures { Ok(()) } else { self.pictures.check(name) }
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| self.known.get(id).map(|known| known.kind);
        let found = draw::check(name, kind, |id| self.suggestions.near(id, &draw::CHAINED));
        // It may well be of something in a file that has been reported.
        let id = name.rsplit('/').next().unwrap_or(name);
        if self.unread.may_have(id, Kind::ALL) { Ok(()) } else { found }
    }
}

/// Whether there is a picture of that name, else the one that was meant: the same in other letters, or with a slip.
pub fn check_picture(name: &str, pictures: &BTreeMap<String, Picture>) -> Result<(), Option<String>> {
    PictureNames::of(pictures).check(name)
}

/// The names of the pictures, for many texts to look for theirs among.
pub struct PictureNames<'a> {
    pictures: &'a BTreeMap<String, Picture>,
    /// What a wrong name is looked for among, once there is one.
    meant: OnceLock<MeantPictures<'a>>,
}

struct MeantPictures<'a> {
    /// By the name in small letters.
    same: FxHashMap<String, &'a str>,
    /// The same without its ending.
    without_ending: FxHashMap<String, &'a str>,
    words: Words<'a>,
}

impl<'a> PictureNames<'a> {
    /// Of these pictures.
    pub fn of(pictures: &'a BTreeMap<String, Picture>) -> PictureNames<'a> {
        PictureNames { pictures, meant: OnceLock::new() }
    }

    fn check(&self, name: &str) -> Result<(), Option<String>> {
        if self.pictures.contains_key(name) {
            return Ok(());
        }
        let meant = self.meant.get_or_init(|| MeantPictures::of(self.pictures.keys().map(String::as_str)));
        // All of them lie in one folder, which is not named.
        let own = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
        let near = meant.same.get(&own).or_else(|| meant.without_ending.get(&own)).copied();
        Err(near.or_else(|| text::nearest(&own, &[&meant.words])).map(str::to_string))
    }
}

impl<'a> MeantPictures<'a> {
    fn of(names: impl Iterator<Item = &'a str> + Clone) -> MeantPictures<'a> {
        let (mut same, mut without_ending) = (FxHashMap::default(), FxHashMap::default());
        for name in names.clone() {
            let lower = name.to_lowercase();
            if let Some((stem, _)) = lower.rsplit_once('.') {
                without_ending.entry(stem.to_string()).or_insert(name);
            }
            same.entry(lower).or_insert(name);
        }
        MeantPictures { same, without_ending, words: Words::of(names) }
    }
}

/// Parses every Markdown text; chapters last, since they may put in the others.
pub fn parse_texts(marks: &[Marked], known: &KnownLookup<'_, '_, '_>) -> (Texts, Vec<Diagnostic>) {
    let mut texts = Texts::default();
    let mut diagnostics = Vec::new();
    let swollen = swollen_chapters(marks, known);
    diagnostics.extend(swollen.values().cloned());
    for chapters in [false, true] {
        let lookup = KnownLookup { texts: &texts, ..*known };
        let parse = |Marked { by, marks }: &Marked| {
            let is_due = |mark: &&Mark| mark.what == Announced::Markdown && by.is_chapter() == chapters;
            let due = marks.iter().filter(|mark| is_due(mark) && !(chapters && swollen.contains_key(&*by.id)));
            due.map(|mark| parse_text(by, mark.step, &lookup)).collect::<Vec<_>>()
        };
        let parsed: Vec<_> = marks.par_iter().map(parse).collect();
        texts.reserve(parsed.iter().map(Vec::len).sum());
        for (handle, text, mistakes) in parsed.into_iter().flatten() {
            texts.insert(handle, text);
            diagnostics.extend(mistakes);
        }
    }
    texts.extend(swollen.into_keys().map(|chapter| (chapter.to_string(), Vec::new())));
    (texts, diagnostics)
}

/// The text of a step, by its handle, and what is wrong with it.
pub fn parse_text(by: &Announcer, step: u32, lookup: &impl Lookup) -> (String, Vec<Block>, Vec<Diagnostic>) {
    let handle = || if by.is_chapter() { by.id.to_string() } else { [&by.id, "#", &by.path(step)].concat() };
    if let Some(fault) = names_at_fault(by, step, lookup) {
        return (handle(), Vec::new(), vec![fault]);
    }
    let Parsed { mut blocks, problems, .. } = markdown::parse(by.text(step), lookup);
    let told = problems.into_iter().map(|problem| {
        let code = if problem.is_reference { codes::REFERENCE } else { codes::MARKDOWN };
        let diagnostic = Diagnostic::error(code, place_of_part(by, step, &problem.span), problem.message);
        diagnostic.with_help_of(problem.help)
    });
    let mut told: Vec<Diagnostic> = told.collect();
    told.extend(user_named(by, step).filter(|user| told.iter().all(|diagnostic| diagnostic.message != user.message)));
    if blocks.len() > MOST_BLOCKS {
        let message =
            format!("texten har {} stycken, rubriker och annat, och får ha högst {MOST_BLOCKS}", blocks.len());
        let diagnostic = Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &(0..0)), message);
        told.push(diagnostic.with_help("dela upp den i flera kapitel"));
    }
    told.extend(drawn_at_fault(by, step, &blocks));
    if !by.is_chapter() {
        if told.is_empty() && blocks.iter().all(is_blank) {
            let message = "texten visar ingenting";
            let diagnostic =
                Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &(0..by.text(step).len())), message);
            told.push(diagnostic.with_help("skriv det som ska stå där, eller ta bort nyckeln"));
        }
        told.extend(picture_in_cell(by, step, &blocks));
        if may_have_anchors(by.text(step)) {
            told.extend(anchors_at_fault(by, step, &blocks, lookup));
        }
        return (handle(), blocks, told);
    }
    if let Some(heading) = own_heading(&mut blocks) {
        let own = std::mem::replace(&mut heading.id, by.id.to_string());
        if !own.is_empty() && own != *by.id {
            heading.text.insert(0, Inline::Anchor(own));
        }
    }
    told.extend(anchors_at_fault(by, step, &blocks, lookup));
    told.extend(name_at_fault(by, step, &mut blocks, lookup));
    (handle(), blocks, told)
}

/// An address that says who logs in, be it a link or not: it is published as it is written.
fn user_named(by: &Announcer, step: u32) -> Option<Diagnostic> {
    let span = text::named_user(by.text(step))?;
    let (message, help) = text::NAMES_USER;
    Some(Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &span), message).with_help(help))
}

/// A picture in a text that stands in a table's cell, where there is room for its words only.
fn picture_in_cell(by: &Announcer, step: u32, blocks: &[Block]) -> Option<Diagnostic> {
    let mut has_picture = false;
    walk(blocks, &mut |block| has_picture |= matches!(block, Block::Figure(_)));
    if !has_picture {
        return None;
    }
    let keys = by.keys(step);
    let key = keys.rsplit('.').next().unwrap_or_default();
    let is_in_cell = match key {
        "beskrivning" => keys.starts_with("erbjudanden."),
        "förklaring" => by.kind != Kind::GlossaryTerm,
        _ => !matches!(&*keys, "sla.omfattning" | "förändring.motivering"),
    };
    let message = format!("bilden visas inte: ”{key}” står i en cell i en tabell, där bara text får plats");
    let text = by.text(step);
    let start = text.find("![").unwrap_or(0);
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let diagnostic = || Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &(start..end)), message);
    is_in_cell.then(|| diagnostic().with_help("sätt den i en beskrivning, eller i en text under texter/"))
}

/// Whether a block is of blanks and line breaks only, as `&nbsp;<br>` is.
fn is_blank(block: &Block) -> bool {
    let is_blank = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        inline => *inline == Inline::Break,
    };
    matches!(block, Block::Paragraph(inlines) if inlines.iter().all(is_blank))
}

/// The most paragraphs, headings, tables and the like that a text may have, ten times those of the largest that anyone
/// writes: each is numbered, listed and set by itself.
const MOST_BLOCKS: usize = 100_000;

/// A chapter's heading that says something else than what the chapter is called: chapters have their names before they
/// are put together.
fn name_at_fault(by: &Announcer, step: u32, blocks: &mut [Block], lookup: &impl Lookup) -> Option<Diagnostic> {
    let name = named_by_heading(own_heading(blocks), &by.id);
    lookup.name(&by.id).ok().filter(|called| *called != name)?;
    let message = "kapitlet heter som rubriken, som därför varken kan visa ett kapitels namn eller lägga in en text";
    let help = "skriv orden i rubriken; hänvisa till ett kapitel med egna ord, som [[id|orden]]";
    let place = place_of_part(by, step, &(0..by.text(step).len()));
    Some(Diagnostic::error(codes::MARKDOWN, place, message).with_help(help))
}

/// Whether a text can have anchors of its own, as few have.
fn may_have_anchors(text: &str) -> bool {
    text.contains('{') || text.contains("![[#")
}

/// More anchors at fault in a text than anyone reads at once.
const MOST_ANCHORS: usize = 100;

/// Anchors that a text sets twice, and those of a key's text that are some entity's place: a reference leads to one.
fn anchors_at_fault(by: &Announcer, step: u32, blocks: &[Block], lookup: &impl Lookup) -> Vec<Diagnostic> {
    let told = |id: &str, message: String, help: &str| {
        // The second of those that are written; a chapter's own, and one that is put in, are not.
        let written = markdown::anchors_written(by.text(step), id).into_iter().take(2).next_back().unwrap_or(0..0);
        Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &written), message).with_help(help)
    };
    let mut found = Vec::new();
    for id in repeated_anchors(blocks).into_iter().take(MOST_ANCHORS) {
        let message = format!("ankaret ”{id}” står två gånger i texten; en hänvisning kan bara leda till ett");
        found.push(told(id, message, "ge det ena ett annat namn, eller ta bort det"));
    }
    let mut met = BTreeSet::new();
    each_anchor(blocks, &mut |id| {
        if !id.is_empty() && !text::is_anchor(id) && found.len() < MOST_ANCHORS && met.insert(id) {
            let message = format!("”{id}” kan inte vara ett ankare");
            let help = "skriv det med bokstäver, siffror, bindestreck, punkt och understreck, med en bokstav eller siffra först";
            found.push(told(id, message, help));
        }
        if !by.is_chapter() && found.len() < MOST_ANCHORS && lookup.has_id(id) && met.insert(id) {
            let message = format!("ankaret ”{id}” är ett id i katalogen, som hänvisningar redan leder till");
            found.push(told(id, message, "ge ankaret ett annat namn, eller ta bort det"));
        }
    });
    found
}

/// The place of a part of a step's text.
pub fn place_of_part(by: &Announcer, step: u32, part: &Range<usize>) -> Place {
    let (text, span) = (by.text(step), by.span(step));
    // Where a text stands in the file as it is, nothing is to be looked for.
    if let (Some(start), Some(words)) = (by.node(step).and_then(Node::text_start), first_words(text, part)) {
        let start = start + part.start;
        return by.file.place(start..start + words.len());
    }
    let raw = by.file.text().get(span.clone()).unwrap_or_default();
    by.file.place(in_raw(text, part, raw, span.start))
}

/// The words of a part of a text that stand on its first line; `None` where there are none.
fn first_words<'t>(text: &'t str, part: &Range<usize>) -> Option<&'t str> {
    let words = text.get(part.clone())?.lines().next()?.trim_end();
    (!words.is_empty()).then_some(words)
}

/// Finds a part of a Markdown text in the bytes that it was written with, which differ in indents and quotes: the
/// same words, as many times before it.
fn in_raw(text: &str, part: &Range<usize>, raw: &str, raw_start: usize) -> Range<usize> {
    let found = first_words(text, part).and_then(|words| {
        let earlier = text[..part.start].matches(words).count();
        let (at, _) = raw.match_indices(words).nth(earlier)?;
        Some(raw_start + at..raw_start + at + words.len())
    });
    found.unwrap_or(raw_start..raw_start + raw.len())
}
