//! What is wrong with a Word file that no validator sees, and what keeps a reader with assistive technology out.
//!
//! A file is read once, part by part and in one pass over each; what the rules need to know of it is noted on the way
//! ([`story`]), and no part is kept as a tree. Whoever notes something says which elements it wants to be told of
//! ([`mod@elements`]): of a text's many thousands, most concern nobody. Each rule is a record and a function over these
//! notes, in a file with those that concern the same thing. Any file is taken, also one that Word, LibreOffice or nobody
//! in his right mind wrote.
//!
//! # How much a finding weighs
//!
//! An error is what makes Word repair or refuse a file, what leads a reader nowhere or misleads him, and what fails
//! EN 301 549 outright whoever judges it: no title, no language, a picture without words. Accessibility that takes
//! judgement (whether a link's text is clear in its context, whether a table needs a header row) is a warning, and so
//! is what someone's template brings along in its headers and footers: a region has to be able to publish before its
//! template is mended.

mod bookmarks;
mod color;
mod contrast;
mod elements;
mod fields;
mod headings;
mod links;
mod lists;
mod notes;
mod package;
mod parts;
mod pictures;
mod properties;
mod story;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::office::package::{MOST as MOST_BYTES, Part, key, unpack};
use crate::office::xml::{self, Node, Tag};
use elements::{Elements, elements, refers};
use package::Contents;
use story::{Kind, Spot, Story};

/// What there is to know of a rule, for the terminal and the handbook alike.
#[derive(Debug)]
pub struct Rule {
    /// Stable; never used for another rule.
    pub code: Code,
    /// Stable, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs.
    pub severity: Severity,
    /// Where it is asked for: a clause of EN 301 549, or a part of the format's standard.
    pub clause: &'static str,
    /// What is asked for and why, in Swedish.
    pub docs: &'static str,
    /// What to do about it, in Swedish.
    pub cure: &'static str,
    /// Looks for what breaks the rule.
    check: fn(&File, &mut Findings<'_>),
}

/// Every rule, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &parts::UNREADABLE,
    &parts::MISSING,
    &parts::MALFORMED,
    &parts::CHARACTER,
    &parts::DANGLING,
    &parts::UNTYPED,
    &parts::MISTAKEN,
    &bookmarks::REPEATED,
    &bookmarks::UNPAIRED,
    &bookmarks::LONG,
    &bookmarks::MALFORMED,
    &bookmarks::NUMBER,
    &links::DEAD,
    &links::EMPTY,
    &links::VAGUE,
    &links::ADDRESS,
    &fields::DEAD,
    &fields::UNBALANCED,
    &fields::EMPTY,
    &fields::DIRTY,
    &tables::GRID,
    &tables::ENDING,
    &tables::TOUCHING,
    &tables::HEADER,
    &tables::MERGED,
    &tables::WORDLESS,
    &tables::WIDE,
    &pictures::WORDLESS,
    &pictures::WORDLESS_IN_MARGIN,
    &pictures::NUMBER,
    &headings::SKIPPED,
    &headings::NONE,
    &headings::EMPTY,
    &headings::SPACING,
    &styles::UNDEFINED,
    &styles::UNRELATED,
    &lists::UNDEFINED,
    &notes::MISSING,
    &notes::UNUSED,
    &properties::TITLE,
    &properties::LANGUAGE,
    &properties::AUTHOR,
    &contrast::POOR,
];

/// So many findings of a rule are told for a file, and how many more there are.
const MOST: usize = 20;

/// What is wrong with a Word file; `name` is its path as messages show it. Never fails: that a file is no Word file is
/// a finding too.
pub fn word_file(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    Inspector::of(MOST_BYTES).word_file(name, bytes)
}

/// Inspects many files, and reads once what they have in common: files of one build have the same styles and lists, and
/// most of their other parts.
pub struct Inspector {
    /// How much of a file is unpacked, in bytes.
    most: u64,
    elements: &'static Elements,
    styles: Last<styles::Styles>,
    lists: Last<lists::Lists>,
    /// Parts without text, by name.
    parts: Mutex<BTreeMap<String, Arc<Last<parts::Reading>>>>,
}

impl Inspector {
    /// For files that we have written ourselves, which are as large as the catalogue makes them.
    pub fn of_own_files() -> Inspector {
        Inspector::of(u64::MAX - 1)
    }

    fn of(most: u64) -> Inspector {
        Inspector {
            most,
            elements: elements(),
            styles: Last::default(),
            lists: Last::default(),
            parts: Mutex::default(),
        }
    }

    /// The same as the function [`word_file`].
    pub fn word_file(&self, name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
        let parts = unpack(bytes, self.most, package::is_xml).map_err(|fault| fault.to_string());
        // The parts make room before anything is said of them.
        let file = parts.and_then(|parts| File::read(&parts, self));
        diagnose(name, file)
    }

    /// What is wrong with a file of these parts, which have not been packed. It is what [`Inspector::word_file`] finds
    /// in the packed file, however large it is.
    pub fn parts(&self, name: &str, parts: &[Part]) -> Vec<Diagnostic> {
        diagnose(name, File::read(parts, self))
    }

    /// What was found out about a part without text while it was read.
    fn reading(&self, part: &str, bytes: &[u8]) -> Arc<parts::Reading> {
        let last = {
            let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(parts.entry(part.to_owned()).or_default())
        };
        last.of(bytes, || {
            let mut noted = parts::Noted::default();
            let reading = xml::read(bytes, |node| {
                if let Node::Start(tag) = node {
                    noted.begin(tag);
                    noted.take(tag);
                }
            });
            parts::Reading::new(part, reading, noted)
        })
    }
}

/// What the rules say of a file, or why it is none.
fn diagnose(name: &str, file: Result<File, String>) -> Vec<Diagnostic> {
    let name: Arc<str> = Arc::from(name);
    let mut diagnostics = Vec::new();
    match file {
        Ok(file) => {
            // What would be said of parts that could not be read to their ends is a guess.
            let rules = if file.is_whole() { RULES } else { parts::RULES };
            for rule in rules {
                Findings::of(rule, &name, &mut diagnostics).run(&file);
            }
        }
        Err(reason) => Findings::of(&parts::UNREADABLE, &name, &mut diagnostics).add(At::File, reason),
    }
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// What was made last, and of which bytes: it is made anew of others.
struct Last<T>(Mutex<Option<(Vec<u8>, Arc<T>)>>);

impl<T> Default for Last<T> {
    fn default() -> Last<T> {
        Last(Mutex::new(None))
    }
}

impl<T> Last<T> {
    fn of(&self, bytes: &[u8], make: impl FnOnce() -> T) -> Arc<T> {
        // What is kept is whole whatever became of who kept it.
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .and_then(|(of, made)| (of == bytes).then(|| Arc::clone(made)));
        known.unwrap_or_else(|| {
            let made = Arc::new(make());
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((bytes.to_vec(), Arc::clone(&made)));
            made
        })
    }
}

/// What is known of a file.
#[derive(Default)]
struct File {
    package: package::Package,
    /// The part that the text stands in.
    main: String,
    styles: Arc<styles::Styles>,
    lists: Arc<lists::Lists>,
    properties: properties::Properties,
    /// The text, and what stands beside it: notes, headers, footers, comments.
    stories: Vec<Story>,
    /// What was found out about each part while it was read.
    readings: Vec<Arc<parts::Reading>>,
    /// Every place that a link can lead to, once one has been asked for.
    targets: OnceCell<HashSet<String>>,
}

impl File {
    /// Reads a file's parts. Fails with what it is instead.
    fn read(parts: &[Part], inspector: &Inspector) -> Result<File, String> {
        let contents = Contents::of(parts).map_err(|fault| fault.to_string())?;
        let package = &contents.package;
        let main = package.related("", "officeDocument").next().map(String::from);
        let main = main.filter(|main| package.has(main)).ok_or("filen är ett zip-arkiv men inget Word-dokument")?;
        let properties = properties::Properties::of(&contents, &main);
        let styles = inspector
            .styles
            .of(&joined(&contents, &main, &["styles", "theme", "settings"]), || styles::Styles::of(&contents, &main));
        let lists = inspector
            .lists
            .of(&joined(&contents, &main, &["numbering", "styles"]), || lists::Lists::of(&contents, &main));
        let Contents { package, parts } = contents;
        let mut file = File { styles, lists, properties, main, package, ..File::default() };
        file.read_parts(parts, inspector);
        Ok(file)
    }

    fn read_parts(&mut self, parts: BTreeMap<&str, &[u8]>, inspector: &Inspector) {
        let kinds = self.stories_by_part();
        for (part, bytes) in parts {
            let Some(kind) = kinds.get(&key(part)) else {
                self.readings.push(inspector.reading(part, bytes));
                continue;
            };
            let mut story = Story::new(part, *kind, inspector.elements);
            let mut noted = parts::Noted::default();
            let class_of = |tag: &Tag<'_>| inspector.elements.class_of(tag);
            let reading = xml::read_classed(bytes, class_of, |node| {
                if let Node::Start(tag) = node {
                    noted.begin(tag);
                    if refers(tag.class) {
                        noted.take(tag);
                    }
                }
                story.take(&node, &self.styles);
            });
            self.readings.push(Arc::new(parts::Reading::new(part, reading, noted)));
            self.stories.push(story);
        }
        // The text comes first.
        self.stories.sort_by_key(|story| story.kind);
    }

    /// What each part with text is.
    fn stories_by_part(&self) -> HashMap<String, Kind> {
        let beside = Kind::BESIDE.into_iter().flat_map(|(relationship, kind)| {
            self.package.related(&self.main, relationship).map(move |part| (key(part), kind))
        });
        beside.chain([(key(&self.main), Kind::Document)]).collect()
    }

    /// Whether every part could be read to its end.
    fn is_whole(&self) -> bool {
        self.readings.iter().all(|reading| reading.fault.is_none()) && !self.stories.is_empty()
    }

    /// The text itself.
    fn document(&self) -> Option<&Story> {
        self.stories.first().filter(|story| story.kind == Kind::Document)
    }

    /// Whether documents are made from it: it has no title or author of its own.
    fn is_template(&self) -> bool {
        self.package.types.kind(&self.main).is_some_and(|kind| kind.contains("template"))
    }
}

/// The bytes of the parts that a part refers to as these kinds, with the length of each, one after the other.
fn joined(contents: &Contents<'_>, main: &str, kinds: &[&str]) -> Vec<u8> {
    let mut joined = Vec::new();
    for kind in kinds {
        let bytes = contents.package.related(main, kind).next().map(|part| contents.bytes(part));
        joined.extend(bytes.map_or(0, |bytes| bytes.len() + 1).to_le_bytes());
        joined.extend_from_slice(bytes.unwrap_or_default());
    }
    joined
}

/// Where something is.
#[derive(Clone, Copy)]
enum At<'a> {
    /// In the file as a whole.
    File,
    /// In a part as a whole.
    Part(&'a str),
    /// At a paragraph.
    Spot(&'a Story, Spot),
}

impl At<'_> {
    /// The paragraph's number in the text; 1 for what stands beside it or concerns the whole.
    fn line(self) -> usize {
        match self {
            At::Spot(story, spot) if story.kind == Kind::Document => spot.paragraph.max(1),
            _ => 1,
        }
    }

    /// The same in words.
    fn words(self) -> String {
        match self {
            At::File => String::new(),
            At::Part(part) => format!(", i {part}"),
            At::Spot(story, spot) if story.kind == Kind::Document => match story.headings.above(spot) {
                Some(heading) => format!(", under rubriken ”{}”", shortened(heading)),
                None => String::new(),
            },
            At::Spot(story, spot) => {
                format!(", i {} ({}, stycke {})", story.kind.label(), story.part, spot.paragraph.max(1))
            }
        }
    }
}

/// A text that is short enough to be quoted.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", start.trim_end())
}

/// Takes what a rule finds in a file.
struct Findings<'a> {
    rule: &'static Rule,
    name: &'a Arc<str>,
    found: usize,
    /// The line of what was told last.
    line: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    fn of(rule: &'static Rule, name: &'a Arc<str>, diagnostics: &'a mut Vec<Diagnostic>) -> Findings<'a> {
        Findings { rule, name, found: 0, line: 1, diagnostics }
    }

    fn run(mut self, file: &File) {
        (self.rule.check)(file, &mut self);
        if let Some(more) = self.found.checked_sub(MOST).filter(|more| *more > 0) {
            let label = if more == 1 { "ställe" } else { "ställen" };
            self.push(self.line, &format!("samma sak gäller {more} {label} till i filen"));
        }
    }

    /// Something breaks the rule there.
    fn add(&mut self, at: At<'_>, message: impl AsRef<str>) {
        self.found += 1;
        if self.found <= MOST {
            self.line = self.line.max(at.line());
            self.push(at.line(), &format!("{}{}", message.as_ref(), at.words()));
        }
    }

    fn push(&mut self, line: usize, message: &str) {
        let place = Place { line, ..Place::file(Arc::clone(self.name)) };
        let message = format!("{message} ({})", self.rule.clause);
        let finding = Diagnostic::new(self.rule.code, self.rule.severity, place, message);
        self.diagnostics.push(finding.with_help(self.rule.cure));
    }
}
