//! Styles: what they make of a text, and that those that are named exist.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::color::{Color, Palette, highlight};
use super::elements::{Path, elements};
use super::package::Contents;
use super::story::{Collect, Context, Spot, Wants};
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{self, Node, Tag};

pub static UNDEFINED: Rule = Rule {
    code: Code(271),
    name: "word-style-undefined",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.7",
    docs: "En formatmall som texten använder ska finnas i filen. Annars blir en rubrik brödtext, och faller ur \
           innehållsförteckningen.",
    cure: "lägg till formatmallen i filen eller mallen, eller använd en som finns",
    check: undefined,
};

pub static UNRELATED: Rule = Rule {
    code: Code(272),
    name: "word-style-unrelated",
    severity: Severity::Warning,
    clause: "ECMA-376, del 1, 17.7",
    docs: "En formatmall som bygger på en annan, följs av en annan eller hör ihop med en annan eller med en lista ska \
           nämna en som finns.",
    cure: "välj en formatmall som finns under Baserat på och Format för nästa stycke",
    check: unrelated,
};

/// So many styles may build on each other; Word takes fewer.
const DEEPEST: usize = 50;

/// What a style, or a text itself, says of how the text looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Format {
    pub color: Option<Color>,
    /// In half points.
    pub size: Option<u32>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    /// Behind the letters, and behind the whole paragraph.
    pub ground: Option<Color>,
    pub paragraph_ground: Option<Color>,
    /// The heading's level, counted from 0; 9 is none.
    pub outline: Option<u8>,
}

impl Format {
    /// The properties that are taken.
    pub const ELEMENTS: [&str; 7] = ["w:color", "w:sz", "w:b", "w:vanish", "w:highlight", "w:shd", "w:outlineLvl"];

    /// Nothing is said.
    const NONE: Format = Format {
        color: None,
        size: None,
        bold: None,
        hidden: None,
        ground: None,
        paragraph_ground: None,
        outline: None,
    };

    /// Takes a property of letters (in `w:rPr`) or of a paragraph (in `w:pPr`).
    pub fn take(&mut self, tag: &Tag<'_>, parent: &str, palette: &Palette) {
        match (parent, tag.name.as_ref()) {
            ("w:rPr", "w:color") => self.color = palette.color(tag, "w:val", "w:themeColor"),
            ("w:rPr", "w:sz") => self.size = tag.value().and_then(|value| value.parse().ok()),
            ("w:rPr", "w:b") => self.bold = Some(tag.is_on()),
            ("w:rPr", "w:vanish") => self.hidden = Some(tag.is_on()),
            // The marker pen lies on top of the ground.
            ("w:rPr", "w:highlight") => self.ground = tag.value().and_then(highlight).or(self.ground),
            ("w:rPr", "w:shd") => self.ground = self.ground.or(palette.ground(tag)),
            ("w:pPr", "w:shd") => self.paragraph_ground = palette.ground(tag),
            ("w:pPr", "w:outlineLvl") => self.outline = tag.value().and_then(|value| value.parse().ok()),
            _ => {}
        }
    }

    /// This, and where it says nothing what the other says.
    pub fn or(self, other: Format) -> Format {
        Format {
            color: self.color.or(other.color),
            size: self.size.or(other.size),
            bold: self.bold.or(other.bold),
            hidden: self.hidden.or(other.hidden),
            ground: self.ground.or(other.ground),
            paragraph_ground: self.paragraph_ground.or(other.paragraph_ground),
            outline: self.outline.or(other.outline),
        }
    }
}

/// What a style of tables says of one of their parts.
#[derive(Debug, Clone, Copy, Default)]
pub struct CellFormat {
    pub text: Format,
    pub ground: Option<Color>,
}

impl CellFormat {
    /// This, and where it says nothing what the other says.
    pub fn or(self, other: CellFormat) -> CellFormat {
        CellFormat { text: self.text.or(other.text), ground: self.ground.or(other.ground) }
    }
}

/// A style as a text names it.
#[derive(Debug, Clone, Copy, Default)]
pub enum Named {
    /// It names none.
    #[default]
    Not,
    /// By its place among the styles.
    Known(usize),
    /// The file has no such style.
    Unknown,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub struct Styles {
    styles: Vec<Style>,
    /// Where each is, by id.
    places: HashMap<String, usize>,
    /// What holds where no style says anything.
    pub defaults: Format,
    /// The language of text of which nothing else is said.
    pub language: Option<String>,
    pub palette: Palette,
    default_paragraph: Option<String>,
    /// The same among the styles.
    usual: Named,
}

#[derive(Debug, Default)]
struct Style {
    id: String,
    name: String,
    based_on: Option<String>,
    /// `w:next` and `w:link`.
    others: Vec<String>,
    format: Format,
    /// The parts of a table by name, with `wholeTable` for the rest.
    cells: BTreeMap<String, CellFormat>,
    has_lines: bool,
    /// The level that it gives to headings, counted from 1.
    level: Option<u8>,
}

impl Styles {
    pub fn of(contents: &Contents<'_>, main: &str) -> Styles {
        let mut reader = Reader {
            styles: Styles { palette: Palette::of(contents, main), ..Styles::default() },
            ..Reader::default()
        };
        if let Some(part) = contents.package.related(main, "styles").next() {
            xml::read_classed(contents.bytes(part), |tag| elements().class_of(tag), |node| reader.take(&node));
        }
        let mut styles = reader.styles;
        styles.resolve();
        styles
    }

    /// Adds a style, in the place of an earlier one of the same id.
    fn add(&mut self, style: Style) {
        match self.places.get(&style.id) {
            Some(place) => self.styles[*place] = style,
            None => {
                self.places.insert(style.id.clone(), self.styles.len());
                self.styles.push(style);
            }
        }
    }

    /// Adds to each style what it takes over from those that it builds on.
    fn resolve(&mut self) {
        let resolved: Vec<(Format, BTreeMap<String, CellFormat>, bool)> = self
            .styles
            .iter()
            .map(|style| {
                let chain = || self.chain(style);
                let format = chain().fold(Format::default(), |format, style| format.or(style.format));
                let mut cells: BTreeMap<String, CellFormat> = BTreeMap::new();
                for (part, cell) in chain().flat_map(|style| &style.cells) {
                    let known = cells.entry(part.clone()).or_default();
                    *known = known.or(*cell);
                }
                (format, cells, chain().any(|style| style.has_lines))
            })
            .collect();
        for (style, (format, cells, has_lines)) in self.styles.iter_mut().zip(resolved) {
            (style.format, style.cells, style.has_lines) = (format, cells, has_lines);
        }
        let levels: Vec<Option<u8>> = self.styles.iter().map(|style| self.level_of(style)).collect();
        for (style, level) in self.styles.iter_mut().zip(levels) {
            style.level = level;
        }
        self.usual = self.named(self.default_paragraph.as_deref());
    }

    /// A style, and what it builds on.
    fn chain<'s>(&'s self, style: &'s Style) -> impl Iterator<Item = &'s Style> {
        let next = |style: &&Style| style.based_on.as_ref().and_then(|id| self.get(id));
        std::iter::successors(Some(style), next).take(DEEPEST)
    }

    /// Its name tells the level where nothing else does.
    fn level_of(&self, style: &Style) -> Option<u8> {
        if let Some(level) = style.format.outline {
            return (level < 9).then_some(level + 1);
        }
        self.chain(style).find_map(|style| {
            let level = style.name.to_lowercase().strip_prefix("heading ")?.parse().ok()?;
            (1..=9).contains(&level).then_some(level)
        })
    }

    fn get(&self, id: &str) -> Option<&Style> {
        self.places.get(id).map(|place| &self.styles[*place])
    }

    fn style(&self, named: Named) -> Option<&Style> {
        match named {
            Named::Known(place) => self.styles.get(place),
            Named::Not | Named::Unknown => None,
        }
    }

    /// Finds a style by its id.
    pub fn named(&self, id: Option<&str>) -> Named {
        let Some(id) = id else { return Named::Not };
        self.places.get(id).map_or(Named::Unknown, |place| Named::Known(*place))
    }

    /// The style of a paragraph: without one, that of ordinary paragraphs.
    fn of_paragraph(&self, named: Named) -> Option<&Style> {
        self.style(if let Named::Not = named { self.usual } else { named })
    }

    /// What a style says; without one, what the style of ordinary paragraphs says.
    pub fn paragraph(&self, named: Named) -> &Format {
        self.of_paragraph(named).map_or(&Format::NONE, |style| &style.format)
    }

    /// What a style says.
    pub fn character(&self, named: Named) -> &Format {
        self.style(named).map_or(&Format::NONE, |style| &style.format)
    }

    /// What a style of tables says of a part of them.
    pub fn cell(&self, named: Named, part: &str) -> Option<CellFormat> {
        self.style(named).and_then(|style| style.cells.get(part)).copied()
    }

    /// The level that a paragraph's style gives to headings, counted from 1.
    pub fn level(&self, named: Named) -> Option<u8> {
        self.of_paragraph(named).and_then(|style| style.level)
    }

    /// Whether a style of tables makes them look like tables.
    pub fn draws_tables(&self, id: &str) -> bool {
        self.get(id).is_some_and(|style| style.has_lines || style.cells.values().any(|cell| cell.ground.is_some()))
    }

    /// What a style is called; its id, where it has no name.
    pub fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.get(id).map_or(id, Style::label)
    }

    /// What a style is called that gives letters a colour.
    pub fn coloring(&self, named: Named) -> Option<&str> {
        self.style(named).filter(|style| style.format.color.is_some()).map(Style::label)
    }

    /// Whether there is such a style.
    pub fn has(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }
}

impl Style {
    /// Its name, or its id where it has none.
    fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }
}

/// Reads the part with the styles.
#[derive(Default)]
struct Reader {
    styles: Styles,
    path: Path,
    id: Option<String>,
    style: Style,
    part: String,
}

impl Reader {
    fn take(&mut self, node: &Node<'_>) {
        match node {
            Node::Start(tag) => {
                self.start(tag);
                self.path.push(tag.class);
            }
            Node::End(name, _) => {
                self.path.pop();
                match *name {
                    "w:style" => {
                        let style = std::mem::take(&mut self.style);
                        if let Some(id) = self.id.take() {
                            self.styles.add(Style { id, ..style });
                        }
                    }
                    "w:tblStylePr" => self.part = String::from(WHOLE),
                    _ => {}
                }
            }
            Node::Text(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let parent = self.path.up(0);
        match (parent, tag.name.as_ref()) {
            (_, "w:style") => self.begin(tag),
            ("w:rPr", "w:lang") if self.is_default() => {
                self.styles.language = self.styles.language.take().or(tag.value().map(String::from));
            }
            ("w:style", "w:name") => self.style.name = tag.value().unwrap_or_default().to_owned(),
            ("w:style", "w:basedOn") => self.style.based_on = tag.value().map(String::from),
            ("w:style", "w:next" | "w:link") => self.style.others.extend(tag.value().map(String::from)),
            (_, "w:tblStylePr") => self.part = tag.get("w:type").unwrap_or_default().to_owned(),
            ("w:tblPr" | "w:tcPr", "w:tblBorders" | "w:tcBorders") => self.style.has_lines = true,
            ("w:tcPr" | "w:tblPr", "w:shd") => {
                let ground = self.styles.palette.ground(tag);
                self.cell().ground = ground;
            }
            ("w:rPr" | "w:pPr", _) => self.format(tag),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        self.id = tag.get("w:styleId").map(String::from);
        self.part = String::from(WHOLE);
        let is_default = tag.get("w:default").is_some_and(|value| !xml::is_off(value));
        if is_default && tag.get("w:type") == Some("paragraph") {
            self.styles.default_paragraph.clone_from(&self.id);
        }
    }

    /// Whether what is said holds for every text.
    fn is_default(&self) -> bool {
        self.path.up(1) == "w:rPrDefault" || (self.id.is_some() && self.id == self.styles.default_paragraph)
    }

    fn format(&mut self, tag: &Tag<'_>) {
        let parent = self.path.up(0);
        let palette = std::mem::take(&mut self.styles.palette);
        match (&self.id, self.part.as_str()) {
            (None, _) => self.styles.defaults.take(tag, parent, &palette),
            (Some(_), WHOLE) => {
                self.style.format.take(tag, parent, &palette);
                self.cell().text.take(tag, parent, &palette);
            }
            (Some(_), _) => self.cell().text.take(tag, parent, &palette),
        }
        self.styles.palette = palette;
    }

    fn cell(&mut self) -> &mut CellFormat {
        self.style.cells.entry(self.part.clone()).or_default()
    }
}

/// The part of a table that is all of it.
pub const WHOLE: &str = "wholeTable";

/// The styles that a story uses and the file does not have: where each is used first.
#[derive(Default)]
pub struct StyleUses(BTreeMap<String, Spot>);

impl Collect for StyleUses {
    fn wants(&self) -> Wants {
        Wants { starts: &[&["w:pStyle", "w:rStyle", "w:tblStyle"]], ..Wants::default() }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        if let (Named::Unknown, Some(id)) = (context.style, tag.value())
            && !self.0.contains_key(id)
        {
            self.0.insert(id.to_owned(), context.spot);
        }
    }
}

fn undefined(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        for (id, spot) in &story.styles.0 {
            findings.add(At::Spot(story, *spot), format!("formatmallen med id ”{id}” används men finns inte"));
        }
    }
}

fn unrelated(file: &File, findings: &mut Findings<'_>) {
    let mut styles: Vec<&Style> = file.styles.styles.iter().collect();
    styles.sort_by_key(|style| &style.id);
    for style in styles {
        let named: HashSet<&String> = style.based_on.iter().chain(&style.others).collect();
        let mut missing: Vec<&String> = named.into_iter().filter(|named| !file.styles.has(named)).collect();
        missing.sort();
        for other in missing {
            let name = style.label();
            findings
                .add(At::File, format!("formatmallen ”{name}” nämner formatmallen med id ”{other}”, som inte finns"));
        }
    }
    for id in file.lists.styles.iter().filter(|id| !file.styles.has(id)) {
        findings.add(At::File, format!("en lista nämner formatmallen med id ”{id}”, som inte finns"));
    }
}
