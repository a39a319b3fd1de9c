//! Texts that are written to break something, in every value of every file: each is refused where it stands, or comes out
//! as nothing but text.
//!
//! The complete fixture has every key that the model knows, so a key that is added is put to these tests by itself.
//! With `KATALOG_KEEP=DIR` what is published is kept there for a browser to open, as the acceptance run does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use granit_parser::{Event, Parser, ScalarStyle};
use rayon::prelude::*;
use serde_json::Value;

use crate::door::{COMPLETE, Files, Workspace, copy, files, text};
use crate::read::html::{Token, tokens};
use crate::read::word;

/// Texts that run, lead, load or calculate something wherever one of them is taken for what it looks like.
static VECTORS: LazyLock<Vec<String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("hostile/vectors.json")).unwrap());

/// What no text may hold: controls, marks that turn the text, what cannot be seen, and what is no character.
const FORBIDDEN: [char; 65] = [
    '\0',
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\u{B}',
    '\u{C}',
    '\u{1B}',
    '\u{1F}',
    '\u{7F}',
    '\u{80}',
    '\u{85}',
    '\u{9F}',
    '\u{AD}',
    '\u{34F}',
    '\u{61C}',
    '\u{115F}',
    '\u{1160}',
    '\u{17B4}',
    '\u{180B}',
    '\u{180E}',
    '\u{200B}',
    '\u{200C}',
    '\u{200D}',
    '\u{200E}',
    '\u{200F}',
    '\u{2028}',
    '\u{2029}',
    '\u{202A}',
    '\u{202B}',
    '\u{202C}',
    '\u{202D}',
    '\u{202E}',
    '\u{2060}',
    '\u{2061}',
    '\u{2064}',
    '\u{2065}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206A}',
    '\u{206F}',
    '\u{2800}',
    '\u{3164}',
    '\u{FDD0}',
    '\u{FDEF}',
    '\u{FE0F}',
    '\u{FEFF}',
    '\u{FFA0}',
    '\u{FFF0}',
    '\u{FFF9}',
    '\u{1D173}',
    '\u{FFFA}',
    '\u{FFFB}',
    '\u{FFFE}',
    '\u{FFFF}',
    '\u{1FFFE}',
    '\u{1FFFF}',
    '\u{E0001}',
    '\u{E0020}',
    '\u{E0041}',
    '\u{E007F}',
    '\u{E0100}',
    '\u{10FFFE}',
    '\u{10FFFF}',
];

/// A value of a file.
struct Slot {
    file: String,
    /// The last key before it.
    key: String,
    span: Range<usize>,
    value: String,
}

/// The content of a fixture, and every value in its YAML files.
struct Field {
    files: BTreeMap<String, String>,
    slots: Vec<Slot>,
}

/// Where a value stands in a file that has been written anew.
struct Planted {
    slot: usize,
    span: Range<usize>,
}

impl Field {
    fn of(fixture: &str) -> Field {
        let workspace = Workspace::of(fixture);
        let is_yaml = |(path, bytes): (String, Vec<u8>)| {
            path.ends_with(".yaml").then(|| (format!("content/{path}"), String::from_utf8(bytes).unwrap()))
        };
        let files: BTreeMap<String, String> =
            files(&workspace.path().join("content")).into_iter().filter_map(is_yaml).collect();
        let slots = files.iter().flat_map(|(file, source)| slots(file, source)).collect();
        Field { files, slots }
    }

    /// Writes every file with other texts in the place of values; `None` leaves a value as it is. A text is given as YAML.
    fn plant(&self, folder: &Path, text: impl Fn(usize) -> Option<String>) -> BTreeMap<String, (String, Vec<Planted>)> {
        let mut written = BTreeMap::new();
        for (file, source) in &self.files {
            let (mut out, mut planted, mut copied) = (String::new(), Vec::new(), 0);
            for (at, slot) in self.slots.iter().enumerate().filter(|(_, slot)| slot.file == *file) {
                let Some(text) = text(at) else { continue };
                out.push_str(&source[copied..slot.span.start]);
                planted.push(Planted { slot: at, span: out.len()..out.len() + text.len() });
                out.push_str(&text);
                copied = slot.span.end;
            }
            out.push_str(&source[copied..]);
            fs::write(folder.join(file), &out).unwrap();
            written.insert(file.clone(), (out, planted));
        }
        written
    }
}

/// The values of a file, which are no keys.
fn slots(file: &str, source: &str) -> Vec<Slot> {
    let mut slots = Vec::new();
    // Whether a key is next, for each mapping that is open; nothing for a list.
    let mut open: Vec<Option<bool>> = Vec::new();
    let mut key = String::new();
    for event in Parser::new_from_str(source) {
        let (event, span) = event.unwrap();
        if matches!(event, Event::SequenceEnd | Event::MappingEnd) {
            open.pop();
            continue;
        }
        let opened = match &event {
            Event::SequenceStart(..) => Some(None),
            Event::MappingStart(..) => Some(Some(true)),
            Event::Scalar(..) => None,
            _ => continue,
        };
        let is_key = open.last().copied().flatten() == Some(true);
        if let Some(Some(key_is_next)) = open.last_mut() {
            *key_is_next = !*key_is_next;
        }
        open.extend(opened);
        let Event::Scalar(value, style, ..) = event else { continue };
        if is_key {
            key = value.into_owned();
        } else {
            let mut span = span.byte_range().unwrap();
            if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
                // The mark of a text on its own lines belongs to it.
                span.start = source[..span.start].rfind(['|', '>']).unwrap();
                span.end = span.start + source[span.clone()].trim_end().len();
            }
            slots.push(Slot { file: file.to_string(), key: key.clone(), span, value: value.into_owned() });
        }
    }
    slots
}

/// A text as YAML writes any text.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A finding: its severity, code, file, and line and column.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    severity: String,
    code: String,
    file: String,
    line: usize,
    column: usize,
    message: String,
}

fn findings(workspace: &Workspace) -> Vec<Finding> {
    let run = workspace.run(&["check", "--format", "json"]);
    assert!(run.code < 2, "{}", run.stderr);
    let read = |line: &str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| finding[key].as_str().unwrap().to_string();
        let figure = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        Finding {
            severity: text("severity"),
            code: text("code"),
            file: text("file"),
            line: figure("line"),
            column: figure("column"),
            message: text("message"),
        }
    };
    run.stdout.lines().map(read).collect()
}

/// Line and column of a byte.
fn place(source: &str, at: usize) -> (usize, usize) {
    let before = &source[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (1 + before.matches('\n').count(), 1 + before[line_start..].chars().count())
}

/// The byte at a line and column.
fn byte(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let before = source[start..].chars().take(column - 1);
    start + before.map(char::len_utf8).sum::<usize>()
}

#[test]
fn a_character_that_no_text_may_hold_is_refused_at_its_place_in_every_value() {
    let field = Field::of("fullstandig");
    assert!(field.slots.len() > 450, "{} values are found", field.slots.len());
    (0..2 * TURNS).into_par_iter().for_each(|turn| {
        let workspace = Workspace::of("fullstandig");
        let (turn, named) = (turn / 2, turn % 2 == 1);
        // What the reader of YAML stops at, it stops at before anything else of the file is read.
        let held = |c: &char| named || !matches!(c, '\u{FFFE}' | '\u{FFFF}');
        let forbidden: Vec<char> = FORBIDDEN.into_iter().filter(held).collect();
        let hidden = |slot: usize| forbidden[(slot + turn * (forbidden.len() / TURNS)) % forbidden.len()];
        let written = field.plant(workspace.path(), |slot| {
            let c = hidden(slot);
            let hidden = if named { format!("\\U{:08X}", u32::from(c)) } else { c.to_string() };
            let value = quoted(&field.slots[slot].value);
            Some(format!("{}{hidden}\"", value.strip_suffix('"').unwrap()))
        });
        let mut wanted = BTreeSet::new();
        for (file, (source, planted)) in &written {
            for Planted { slot, span } in planted {
                let c = hidden(*slot);
                // What is only named is marked with the whole value.
                let at = if named { span.start } else { span.end - 1 - c.len_utf8() };
                let (line, column) = place(source, at);
                wanted.insert((file.clone(), line, column, u32::from(c)));
            }
        }
        let found = findings(&workspace).into_iter().filter(|finding| finding.code == "K003");
        let code = |message: &str| {
            let (_, rest) = message.split_once("(U+").unwrap();
            u32::from_str_radix(rest.trim_end_matches(')'), 16).unwrap()
        };
        let found: BTreeSet<_> =
            found.map(|finding| (finding.file, finding.line, finding.column, code(&finding.message))).collect();
        let missing: Vec<_> = wanted.difference(&found).take(3).collect();
        assert!(missing.is_empty(), "not found: {missing:X?}");
        let more: Vec<_> = found.difference(&wanted).take(3).collect();
        assert!(more.is_empty(), "found where there is none: {more:X?}");
    });
}

/// What ends the reading of a file is an error at its place: half of a pair of surrogates, which is no character in any
/// form, and what YAML forbids.
#[test]
fn what_cannot_be_read_is_refused_at_its_place() {
    let field = Field::of("fullstandig");
    let texts = [
        "\"a\\uD800\"",
        "\"\\uDFFFb\"",
        "\"\\uDC00\\uD800\"",
        "\"\\U0000D800\"",
        "\"\\U00110000\"",
        "\"a\u{FFFE}\"",
        "\"a\u{FFFF}\"",
    ];
    texts.par_iter().enumerate().for_each(|(turn, text)| {
        let workspace = Workspace::of("fullstandig");
        // One of each file, another each time.
        let mut chosen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, slot) in field.slots.iter().enumerate() {
            chosen.entry(&slot.file).or_default().push(at);
        }
        let chosen: BTreeSet<usize> = chosen.into_values().map(|slots| slots[7 * turn % slots.len()]).collect();
        let written = field.plant(workspace.path(), |at| chosen.contains(&at).then(|| text.to_string()));
        let found = findings(&workspace);
        for (file, (source, planted)) in &written {
            for Planted { span, .. } in planted {
                let (line, column) = place(source, span.start);
                let is_there = |finding: &Finding| {
                    let within = (column..=column + text.len()).contains(&finding.column);
                    finding.file == *file && finding.severity == "fel" && finding.line == line && within
                };
                assert!(found.iter().any(is_there), "{text:?} in {file}:{line}:{column}");
            }
        }
    });
}

/// What comes of a catalogue with so many of its values replaced as it takes without an error.
struct Taken {
    workspace: Workspace,
    /// The slots that hold another text.
    slots: BTreeSet<usize>,
}

/// Replaces every value, and puts back those that are refused, each by a finding at its place.
fn taken(field: &Field, workspace: Workspace, text: impl Fn(usize) -> String) -> Taken {
    // What has another name to be referred to by is another thing, and what refers to it would be wrong instead.
    let is_name = |at: &usize| ["id", "artikel"].contains(&field.slots[*at].key.as_str());
    let mut slots: BTreeSet<usize> = (0..field.slots.len()).filter(|at| !is_name(at)).collect();
    for _ in 0..20 {
        let written = field.plant(workspace.path(), |at| slots.contains(&at).then(|| quoted(&text(at))));
        let errors: Vec<Finding> =
            findings(&workspace).into_iter().filter(|finding| finding.severity == "fel").collect();
        if errors.is_empty() {
            return Taken { workspace, slots };
        }
        let (before, mut refused) = (slots.len(), BTreeSet::new());
        // What a value is wrong for may be told at the key or the item around it: then one of those after it goes.
        for nearest in [false, true] {
            for error in errors.iter().filter(|_| slots.len() == before) {
                let Some((source, planted)) = written.get(&error.file) else { continue };
                let at = byte(source, error.line, error.column);
                let is_hit = |planted: &&Planted| {
                    if nearest { planted.span.start >= at } else { planted.span.contains(&at) }
                };
                refused.extend(planted.iter().find(is_hit).map(|planted| planted.slot));
            }
            slots.retain(|slot| !refused.contains(slot));
        }
        assert!(slots.len() < before, "nothing is left to put back: {:?}", errors.first());
    }
    panic!("there is no end to the errors");
}

/// Elements and attributes that the pages have without any of these texts.
static KNOWN: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(|| {
    let pages = COMPLETE.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.flat_map(|(_, page)| attributes(std::str::from_utf8(page).unwrap())).collect()
});

/// Every element of a page with each of its attributes, and with none.
fn attributes(page: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for token in tokens(page) {
        let Token::Start(element, attributes) = token else { continue };
        found.extend(attributes.into_keys().map(|attribute| (element.clone(), attribute)));
        found.insert((element, String::new()));
    }
    found
}

/// Every file of a publication is what its ending says, and holds nothing that runs.
pub fn assert_whole(files: &Files) {
    for (path, bytes) in files {
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" => assert_page(path, text(files, path)),
            "docx" | "xlsx" => {
                for (part, bytes) in word::unzip(bytes) {
                    if part.ends_with(".xml") || part.ends_with(".rels") {
                        assert_xml(&format!("{path}: {part}"), &bytes);
                    }
                }
            }
            "xml" | "svg" => assert_xml(path, bytes),
            "json" => drop(serde_json::from_slice::<Value>(bytes).unwrap_or_else(|error| panic!("{path}: {error}"))),
            "csv" => assert_table(path, bytes),
            "md" => assert_markdown(path, text(files, path)),
            _ => {}
        }
    }
}

fn assert_page(path: &str, page: &str) {
    assert_text(path, page);
    let strange: Vec<_> = attributes(page).difference(&KNOWN).cloned().collect();
    assert!(strange.is_empty(), "{path} has {strange:?}");
    for token in tokens(page) {
        let Token::Start(element, attributes) = token else { continue };
        for (attribute, value) in attributes {
            if ["href", "src", "action"].contains(&attribute.as_str()) {
                assert!(leads_well(&value), "{path}: <{element} {attribute}={value:?}>");
            }
        }
    }
}

/// Whether an address leads to a page, as a browser reads it.
fn leads_well(address: &str) -> bool {
    let read: String = address.chars().filter(|c| !c.is_control() && *c != ' ').collect();
    let scheme = read.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
    match scheme {
        Some((scheme, _)) => ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()),
        None => !read.starts_with("//") && !read.starts_with("\\\\") && !read.starts_with("/\\"),
    }
}

fn assert_xml(path: &str, bytes: &[u8]) {
    for node in word::nodes(path, bytes) {
        match node {
            word::Node::Start(name, attributes) => {
                attributes.values().for_each(|value| assert_text(path, value));
                assert_ne!(name, "f", "{path} has a formula");
                if let Some(target) = attributes.get("Target").filter(|_| attributes.contains_key("TargetMode")) {
                    assert!(leads_well(target), "{path} leads to {target}");
                }
            }
            word::Node::Text(text) => assert_text(path, &text),
            word::Node::End(_) => {}
        }
    }
}

/// Rows of as many cells.
fn assert_table(path: &str, bytes: &[u8]) {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
    for row in reader.records() {
        let row = row.unwrap_or_else(|error| panic!("{path}: {error}"));
        row.iter().for_each(|cell| assert_text(path, cell));
    }
}

/// No HTML but what the documents have themselves: anchors and line breaks.
fn assert_markdown(path: &str, markdown: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    assert_text(path, markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = html.trim();
                let is_anchor = html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
                let is_anchor = is_anchor.is_some_and(|id| !id.contains(['"', '<', '>']));
                assert!(is_anchor || ["</a>", "<br>"].contains(&html), "{path}: {html}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(leads_well(&dest_url), "{path} leads to {dest_url}");
            }
            _ => {}
        }
    }
}

/// A text that any reader takes: nothing that no text may hold.
fn assert_text(path: &str, text: &str) {
    if let Some(c) = text.chars().find(|c| FORBIDDEN.contains(c)) {
        panic!("{path} holds U+{:04X}", u32::from(c));
    }
}

/// Keeps what is published for another program to look at, where one has asked for it.
fn keep(name: &str, workspace: &Workspace) {
    if let Some(folder) = std::env::var_os("KATALOG_KEEP") {
        copy(&workspace.path().join("output"), &Path::new(&folder).join(name));
    }
}

/// What a catalogue publishes and exports.
fn published(workspace: &Workspace) -> Files {
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let export = workspace.run(&["export", "cmdb"]);
    assert_eq!(export.code, 0, "{}", export.stderr);
    let mut published = workspace.output();
    published
        .extend(files(&workspace.path().join("cmdb")).into_iter().map(|(path, bytes)| (format!("cmdb/{path}"), bytes)));
    published
}

/// Turns through which every text stands in some values, and every value holds some texts.
const TURNS: usize = 3;

#[test]
fn a_hostile_text_in_any_value_is_refused_or_nothing_but_text() {
    let field = Field::of("fullstandig");
    (0..TURNS).into_par_iter().for_each(|turn| {
        let vector = |at: usize| &VECTORS[(at + turn * (VECTORS.len() / TURNS)) % VECTORS.len()];
        // The figure keeps names apart.
        let taken = taken(&field, Workspace::of("fullstandig"), |at| format!("{} {at}", vector(at)));
        assert!(taken.slots.len() > 150, "{} values are other texts", taken.slots.len());
        let published = published(&taken.workspace);
        keep(&format!("falt-{turn}"), &taken.workspace);
        assert_whole(&published);
    });
}
