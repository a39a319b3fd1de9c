//! Lists and numbered headings: their definitions, and which of them a paragraph belongs to.

use std::collections::BTreeSet;

use super::NAMESPACES;
use super::look::Look;
use super::properties::{Indent, Numbering, ParagraphProperties};
use super::styles;
use super::template::Template;
use super::xml::Xml;
use crate::document::Heading;

/// Word's lists have nine levels; what is nested deeper stands on the ninth.
const LEVELS: usize = 9;
/// How far each level of a list is indented from the one above.
pub const LIST_STEP: u32 = 397;

/// The list that no paragraph is counted in.
pub const NO_LIST: u32 = 0;
/// The list of the chapters' numbers.
pub const CHAPTERS: u32 = 1;
const APPENDICES: u32 = 2;
const BULLETS: u32 = 3;
/// The first list that a numbered list in the text gets.
const FIRST_NUMBERED: u32 = 4;

/// The lists that a document uses beside its headings'.
#[derive(Debug, Default)]
pub struct Lists {
    /// Level and first number of each numbered list: every one counts on its own.
    numbered: Vec<(usize, i32)>,
}

impl Lists {
    /// Which list the items of a list at this depth are counted in.
    pub fn numbering(&mut self, start: Option<u64>, depth: usize) -> Numbering {
        let level = depth.min(LEVELS - 1);
        let Some(start) = start else {
            return Numbering { list: BULLETS, level };
        };
        // The format's whole numbers have 32 bits.
        self.numbered.push((level, i32::try_from(start).unwrap_or(i32::MAX)));
        Numbering { list: FIRST_NUMBERED - 1 + self.numbered.len() as u32, level }
    }

    /// The part that defines all lists: ours, or a template's with ours after its own.
    pub fn part(&self, look: &Look) -> Vec<u8> {
        let Some(given) = look.template.as_ref().and_then(Template::numbering) else {
            let mut xml = Xml::part("w:numbering", &NAMESPACES);
            write_definitions(&mut xml, look, 0);
            self.write_lists(&mut xml, 0, 0);
            return xml.finish("w:numbering");
        };
        let (mut definitions, mut lists) = (Xml::default(), Xml::default());
        write_definitions(&mut definitions, look, given.first_definition);
        self.write_lists(&mut lists, given.first_list, given.first_definition);
        given.part(definitions.as_str(), lists.as_str())
    }

    /// The lists, with what is added to their numbers and to those of their definitions.
    fn write_lists(&self, xml: &mut Xml, lists: u32, definitions: u32) {
        for list in [CHAPTERS, APPENDICES, BULLETS] {
            write_list(xml, lists + list, definitions + list, None);
        }
        for (index, &restart) in self.numbered.iter().enumerate() {
            let list = FIRST_NUMBERED + index as u32;
            write_list(xml, lists + list, definitions + FIRST_NUMBERED, Some(restart));
        }
    }
}

/// The definitions, with what is added to their numbers.
fn write_definitions(xml: &mut Xml, look: &Look, first: u32) {
    define(xml, first + CHAPTERS, |xml, level| write_heading_level(xml, look, level, false));
    define(xml, first + APPENDICES, |xml, level| write_heading_level(xml, look, level, true));
    define(xml, first + BULLETS, write_bullet_level);
    define(xml, first + FIRST_NUMBERED, write_number_level);
}

fn define(xml: &mut Xml, id: u32, write_level: impl Fn(&mut Xml, usize)) {
    xml.open("w:abstractNum", &[("w:abstractNumId", &id)]);
    xml.value("w:multiLevelType", &"multilevel");
    for level in 0..LEVELS {
        xml.open("w:lvl", &[("w:ilvl", &level)]);
        write_level(xml, level);
        xml.close("w:lvl");
    }
    xml.close("w:abstractNum");
}

fn write_list(xml: &mut Xml, list: u32, definition: u32, restart: Option<(usize, i32)>) {
    xml.open("w:num", &[("w:numId", &list)]);
    xml.value("w:abstractNumId", &definition);
    if let Some((level, start)) = restart {
        xml.open("w:lvlOverride", &[("w:ilvl", &level)]);
        xml.value("w:startOverride", &start);
        xml.close("w:lvlOverride");
    }
    xml.close("w:num");
}

/// The content of `w:lvl`, in the format's order.
fn write_level(xml: &mut Xml, format: &str, style: Option<&str>, text: &str, indent: Indent) {
    xml.value("w:start", &1);
    xml.value("w:numFmt", &format);
    if let Some(style) = style {
        xml.value("w:pStyle", &style);
    }
    xml.value("w:suff", &"tab");
    xml.value("w:lvlText", &text);
    xml.value("w:lvlJc", &"left");
    ParagraphProperties { indent, ..Default::default() }.write(xml);
}

fn write_heading_level(xml: &mut Xml, look: &Look, level: usize, appendix: bool) {
    let format = if appendix && level == 0 { "upperLetter" } else { "decimal" };
    let numbers = (1..=level + 1).map(|level| format!("%{level}")).collect::<Vec<_>>().join(".");
    let text = if appendix && level == 0 { String::from("Bilaga %1") } else { numbers };
    let width = match (appendix, level) {
        (true, 0) => 1814,
        (_, 0 | 1) => 737,
        (_, 2) => 851,
        (_, _) => 1134,
    };
    let width = look.template.as_ref().map_or(width, |template| template.number_width(level, width));
    // Only the chapters' list is that of the styles: a style can have one list, and a template's have theirs.
    let style = (!appendix && look.template.is_none()).then(|| styles::HEADINGS.get(level).copied()).flatten();
    let indent = Indent { left: Some(width), hanging: Some(width), right: None };
    write_level(xml, format, style, &text, indent);
}

fn write_bullet_level(xml: &mut Xml, level: usize) {
    let bullet = ["\u{2022}", "\u{2013}"][level % 2];
    write_level(xml, "bullet", None, bullet, list_indent(level));
}

fn write_number_level(xml: &mut Xml, level: usize) {
    let format = ["decimal", "lowerLetter", "lowerRoman"][level % 3];
    write_level(xml, format, None, &format!("%{}.", level + 1), list_indent(level));
}

fn list_indent(level: usize) -> Indent {
    Indent { left: Some(LIST_STEP * (level as u32 + 1)), hanging: Some(LIST_STEP), right: None }
}

/// How a heading gets its number on the page.
#[derive(Debug, PartialEq, Eq)]
pub enum HeadingNumber {
    /// It has none.
    None,
    /// Word counts it, as its style says.
    Counted,
    /// Word counts it on this level, which its style does not say.
    Chapter(usize),
    /// Word counts it among the appendices, on this level.
    Appendix(usize),
    /// It is written as text, because Word would count to another number.
    Written,
}

impl HeadingNumber {
    /// What the heading's paragraph says of it, beside its style.
    pub fn numbering(&self) -> Option<Numbering> {
        match self {
            HeadingNumber::Counted => None,
            HeadingNumber::Chapter(level) => Some(Numbering { list: CHAPTERS, level: *level }),
            HeadingNumber::Appendix(level) => Some(Numbering { list: APPENDICES, level: *level }),
            HeadingNumber::None | HeadingNumber::Written => Some(Numbering { list: NO_LIST, level: 0 }),
        }
    }
}

/// The headings whose number is text in this look, by id: a field would not find it.
pub fn written<'a>(look: &Look, headings: impl Iterator<Item = &'a Heading>) -> BTreeSet<String> {
    let mut numbers = HeadingNumbers::of(look);
    let written = headings.filter(|heading| numbers.next(heading) == HeadingNumber::Written);
    written.map(|heading| heading.id.clone()).collect()
}

/// Counts headings as Word does, to know where its count is the tree's.
#[derive(Debug, Default)]
pub struct HeadingNumbers {
    chapters: [u32; 6],
    appendices: [u32; 6],
    /// Level of the heading that opened the appendix we are in.
    appendix: Option<usize>,
    counting: Counting,
}

/// Who counts chapters and their sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Counting {
    /// The styles' own list.
    #[default]
    Styles,
    /// A template's own list, on so many levels.
    Template(usize),
    /// A list of ours that the template's styles do not know.
    Added,
}

impl HeadingNumbers {
    /// Of a document with this look.
    pub fn of(look: &Look) -> HeadingNumbers {
        let counting = look.template.as_ref().map_or(Counting::Styles, |template| match template.counted_levels() {
            0 => Counting::Added,
            levels => Counting::Template(levels),
        });
        HeadingNumbers { counting, ..HeadingNumbers::default() }
    }

    /// How the next heading of the document gets its number.
    pub fn next(&mut self, heading: &Heading) -> HeadingNumber {
        let level = level_index(heading);
        if heading.appendix {
            self.appendix = Some(level);
        } else if self.appendix.is_some_and(|opened| level <= opened) {
            self.appendix = None;
        }
        let Some(number) = &heading.number else {
            return HeadingNumber::None;
        };
        match self.appendix {
            None if matches!(self.counting, Counting::Template(levels) if level >= levels) => None,
            None => count(&mut self.chapters, level, number, chapter_number).map(|()| match self.counting {
                Counting::Added => HeadingNumber::Chapter(level),
                Counting::Styles | Counting::Template(_) => HeadingNumber::Counted,
            }),
            Some(opened) => count(&mut self.appendices, level - opened, number, appendix_number)
                .map(|()| HeadingNumber::Appendix(level - opened)),
        }
        .unwrap_or(HeadingNumber::Written)
    }
}

/// Counts one heading on, if that gives the number which the heading has.
fn count(counters: &mut [u32; 6], level: usize, number: &str, show: fn(&[u32]) -> String) -> Option<()> {
    let mut counted = *counters;
    counted[level] += 1;
    counted[level + 1..].fill(0);
    if counted[..level].contains(&0) || show(&counted[..=level]) != number {
        return None;
    }
    *counters = counted;
    Some(())
}

fn chapter_number(counters: &[u32]) -> String {
    counters.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

fn appendix_number(counters: &[u32]) -> String {
    let (first, rest) = (counters[0], &counters[1..]);
    // Past Z, Word goes on with AA, BB.
    let letter = char::from(b'A' + ((first - 1) % 26) as u8).to_string().repeat(first.div_ceil(26) as usize);
    if rest.is_empty() { format!("Bilaga {letter}") } else { format!("{letter}.{}", chapter_number(rest)) }
}

/// The heading's level from 0 to 5: Word's styles for headings that we use.
pub fn level_index(heading: &Heading) -> usize {
    usize::from(heading.level.clamp(1, 6)) - 1
}
