//! Templates: those that are built in, and those of a folder beside the content, which take their place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::asking::meet;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::load::{Folder, typed, yaml};
use crate::{paths, text};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Every template of a build.
#[derive(Debug, Default)]
pub struct Templates {
    /// The documents, in their order.
    pub(super) documents: Vec<Template>,
    /// The site's pages.
    pub(super) pages: Vec<Template>,
    /// Every Markdown template.
    pub(super) sources: Vec<Source>,
    /// The site's page layouts, by file name.
    pub layouts: Vec<(String, String)>,
    /// The site's style sheet and other files, by file name.
    pub assets: Vec<(String, Vec<u8>)>,
    /// The folder, as messages show it.
    pub shown: String,
    /// Whether any template or layout is none of those that are built in.
    has_own: bool,
}

/// The text of a template.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path under the folder.
    pub key: String,
    /// The text after the front matter.
    pub body: String,
    /// How many lines the front matter takes.
    pub lines_before: usize,
}

/// A template that makes a document or pages of its own.
#[derive(Debug)]
pub(super) struct Template {
    /// The file's stem.
    pub name: String,
    /// Its path under the folder.
    pub key: String,
    /// Its path as messages show it.
    pub shown: String,
    /// Whether it is none of those that are built in.
    pub is_own: bool,
    pub front: FrontMatter,
    /// The text of that.
    head: String,
}

/// What stands between `---` at a template's beginning.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FrontMatter {
    /// Position among the documents.
    pub order: i64,
    /// Title, unless `katalog.yaml` or the entity gives one.
    pub title: Option<String>,
    pub summary: Option<String>,
    /// The list whose entities each get a page, or a document of their own.
    pub for_each: Option<String>,
    /// The part of an entity that the document is, such as its `agreement`: without one there is no document. Whether it
    /// is decided, and for what time it is valid, goes before what holds of the edition.
    pub when: Option<String>,
    /// Whether a document has a cover page and lists of its contents, unless that is said not to be: it is short.
    pub contents: Option<bool>,
    /// Path of the page; `{id}` is the entity's, as `{name}` is any other text that it has.
    pub path: Option<String>,
    /// The layout around the page, a file in `html/`, unless it is the common one.
    pub layout: Option<String>,
    /// Path of the page above, which may name the entity's texts too.
    pub parent: Option<String>,
    pub navigation: Option<NavigationEntry>,
    /// Whether a search shows other pages before its pages.
    pub secondary: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NavigationEntry {
    pub order: i64,
    pub label: String,
}

impl Template {
    /// The path of its page, or of each of its pages.
    pub fn path(&self) -> String {
        self.front.path.clone().unwrap_or_else(|| format!("{}.html", self.name))
    }

    /// A path of one's own is for pages, and ends as a browser takes one for a page.
    fn check_path(&self, is_document: bool) -> Result<(), Vec<Diagnostic>> {
        let Some(path) = &self.front.path else { return Ok(()) };
        let (message, help) = if is_document {
            (
                "path gäller sidor, och ett dokument heter som sin mall".to_string(),
                "ta bort raden, eller byt mallens namn",
            )
        } else if !path.ends_with(".html") {
            (format!("sökvägen ”{path}” (path) är ingen sida"), "låt den sluta på .html")
        } else {
            return Ok(());
        };
        Err(vec![Diagnostic::error(codes::TEMPLATE, self.place_of("path"), message).with_help(help)])
    }

    /// The place of what its front matter says under a key; its beginning where the key is not written on a line of its own.
    pub fn place_of(&self, key: &str) -> Place {
        let mut start = 0;
        for line in self.head.split_inclusive('\n') {
            if let Some(value) = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')) {
                let at = start + line.len() - value.trim_start().len();
                let mut place = Place::in_text(&self.shown.as_str().into(), &self.head, at, at + value.trim().len());
                // It begins on the file's second line.
                place.line += 1;
                return place;
            }
            start += line.len();
        }
        Place::file(self.shown.clone())
    }
}

/// The templates that the program carries, by path.
pub fn built_in_templates() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(&BUILT_IN, &mut files);
    files
}

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec());
    }
    for dir in dir.dirs() {
        collect(dir, files);
    }
}

/// Why a file of `html/` cannot be published beside those that there are.
fn file_at_fault(name: &str, files: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    let alike = |other: &&str| *other != name && other.to_lowercase() == name.to_lowercase();
    let alike = files.keys().filter_map(|key| key.strip_prefix("html/")).find(alike);
    let alike = alike.map(|other| format!("det skiljer sig bara i stora och små bokstäver från ”{other}”"));
    paths::fault(&format!("html/resurser/{name}")).map(|why| why.to_string()).or(alike)
}

const FOLDERS: [&str; 4] = ["documents", "sections", "pages", "html"];

impl Templates {
    /// The built-in templates, with those of `folder`, where there is one, in their place and beside them.
    pub fn load(folder: &Path) -> Result<Templates, Vec<Diagnostic>> {
        let mut files = built_in_templates();
        let mut has_own = false;
        let on_disk = Folder::new(folder);
        let mut diagnostics = Vec::new();
        if folder.exists() && !folder.is_dir() {
            let place = Place::file(on_disk.shown("").trim_end_matches('/'));
            let help = "ange mappen med --templates";
            diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, "mallarna är ingen mapp").with_help(help));
        }
        if folder.is_dir() {
            diagnostics
                .extend(on_disk.names("").into_iter().flatten().filter_map(|name| out_of_place(&on_disk, &name)));
            for kind in FOLDERS {
                let names = on_disk.names(kind).unwrap_or_else(|error| {
                    let place = Place::file(on_disk.shown(kind));
                    let message = format!("mappen går inte att läsa: {}", on_disk.cause(&error));
                    let help = "kontrollera att du får läsa mappen";
                    diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
                    Vec::new()
                });
                for (name, is_folder) in names {
                    let name = format!("{kind}/{name}");
                    if let Some(help) = unread(kind, &name, is_folder) {
                        let message = format!("”{name}” hör inte till mallarna, och läses inte");
                        let place = Place::file(on_disk.shown(&name));
                        diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
                        continue;
                    }
                    if let Some(why) = name.strip_prefix("html/").and_then(|name| file_at_fault(name, &files)) {
                        let message = format!("”{name}” kan inte stå bland webbplatsens filer: {why}");
                        let place = Place::file(on_disk.shown(&name));
                        let help = "byt filens namn, till exempel till små bokstäver, siffror och bindestreck";
                        diagnostics.push(Diagnostic::error(codes::TEMPLATE, place, message).with_help(help));
                        continue;
                    }
                    match on_disk.read(&name) {
                        Ok(text) => {
                            // Nothing is filled in where a style or a program of the pages is of one's own.
                            let is_template = name.ends_with(".md") || name.ends_with(".html");
                            has_own |=
                                is_template && files.get(&name).is_none_or(|built_in| built_in != text.as_bytes());
                            files.insert(name, text.into_bytes());
                        }
                        Err(diagnostic) => diagnostics.push(*diagnostic),
                    }
                }
            }
        }
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        Ok(Templates { has_own, ..Templates::from_files(files, &on_disk)? })
    }

    /// Whether any template or layout is none of those that are built in.
    pub fn has_own(&self) -> bool {
        self.has_own
    }

    /// Whether any layout is none of those that are built in.
    pub fn has_own_layouts(&self) -> bool {
        let is_built_in = |(name, text): &(String, String)| {
            BUILT_IN.get_file(format!("html/{name}")).is_some_and(|file| file.contents() == text.as_bytes())
        };
        !self.layouts.iter().all(is_built_in)
    }

    fn from_files(files: BTreeMap<String, Vec<u8>>, folder: &Folder) -> Result<Templates, Vec<Diagnostic>> {
        let mut templates =
            Templates { shown: folder.shown("").trim_end_matches('/').to_string(), ..Templates::default() };
        let mut diagnostics = Vec::new();
        for (key, bytes) in files {
            if let Some(name) = key.strip_prefix("html/") {
                match String::from_utf8(bytes) {
                    Ok(text) if name.ends_with(".html") => templates.layouts.push((name.to_string(), text)),
                    Ok(text) => templates.assets.push((name.to_string(), text.into_bytes())),
                    Err(error) => templates.assets.push((name.to_string(), error.into_bytes())),
                }
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match templates.add(&key, text, folder) {
                Ok(()) => {}
                Err(found) => diagnostics.extend(found),
            }
        }
        templates.documents.sort_by(|a, b| (a.front.order, &a.name).cmp(&(b.front.order, &b.name)));
        if diagnostics.is_empty() { Ok(templates) } else { Err(diagnostics) }
    }

    fn add(&mut self, key: &str, text: String, folder: &Folder) -> Result<(), Vec<Diagnostic>> {
        let (kind, file) = key.split_once('/').unwrap_or(("", key));
        let Some(name) = file.strip_suffix(".md") else { return Ok(()) };
        // As editors on Windows end lines, and those of old.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let hidden = hidden_characters(&text, &folder.shown(key));
        if !hidden.is_empty() {
            return Err(hidden);
        }
        let (front, body) = split_front_matter(&text);
        if kind == "documents" || kind == "pages" {
            let shown = folder.shown(key);
            if front.is_none() && text.starts_with("---\n") {
                let message = "det som sägs om mallen mellan --- och --- har inget slut";
                let diagnostic =
                    Diagnostic::error(codes::TEMPLATE, Place::in_text(&shown.as_str().into(), &text, 0, 3), message);
                return Err(vec![diagnostic.with_help("avsluta det med en rad som bara är ---")]);
            }
            let head = front.unwrap_or_default().to_string();
            let front = front_matter(&head, &shown)?;
            let is_own = BUILT_IN.get_file(key).is_none_or(|file| file.contents() != text.as_bytes());
            let template = Template { name: name.to_string(), key: key.to_string(), shown, is_own, front, head };
            template.check_path(kind == "documents")?;
            if kind == "documents" { self.documents.push(template) } else { self.pages.push(template) }
        }
        let lines_before = text[..text.len() - body.len()].matches('\n').count();
        self.sources.push(Source { key: key.to_string(), body: body.to_string(), lines_before });
        Ok(())
    }

    /// Where a template, or one that it includes, has a line that it made, or else the words in that which are wrong; `None`
    /// unless there is one such place.
    pub(super) fn place_of_made(&self, key: &str, line: &str, words: &str) -> Option<Place> {
        let bodies = self.sources.iter().map(|source| (source.key.as_str(), source.body.as_str())).collect();
        let mut met = BTreeSet::new();
        meet(key, &bodies, &mut met);
        let words = words.lines().next().unwrap_or_default().trim_matches(['[', ']', '!', '#', '§', ' ']);
        let only = |text: &str| {
            let sources = self.sources.iter().filter(|source| met.contains(source.key.as_str()));
            let mut found = sources.flat_map(|source| source.body.match_indices(text).map(move |(at, _)| (source, at)));
            let first = found.next().filter(|_| text.chars().count() > 2)?;
            found.next().is_none().then_some(first)
        };
        let (source, at, length) = match (only(line.trim()), line.trim().find(words)) {
            (Some((source, start)), Some(within)) => (source, start + within, words.len()),
            (Some((source, start)), None) => (source, start, line.trim().len()),
            (None, _) => only(words).map(|(source, at)| (source, at, words.len()))?,
        };
        let mut place = Place::in_text(&format!("{}/{}", self.shown, source.key).into(), &source.body, at, at + length);
        place.line += source.lines_before;
        Some(place)
    }

    /// The place that tera calls `sections/service.md:3:7`.
    pub(super) fn place(&self, named: &str) -> Option<Place> {
        let mut parts = named.rsplitn(3, ':');
        let (column, line, key) = (parts.next()?.parse().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
        let source = self.sources.iter().find(|source| source.key == key)?;
        Some(Place {
            file: format!("{}/{key}", self.shown).into(),
            line: line + source.lines_before,
            column,
            length: 1,
            source: source.body.lines().nth(line.checked_sub(1)?).unwrap_or_default().to_string(),
        })
    }
}

/// What is said of a folder or a template at the top of the templates that nobody would read. Other files, such as a Word
/// template, are none of theirs.
fn out_of_place(folder: &Folder, (name, is_folder): &(String, bool)) -> Option<Diagnostic> {
    let is_template =
        [".md", ".html"].iter().any(|ending| name.ends_with(ending)) && !name.eq_ignore_ascii_case("readme.md");
    let is_named_as_folder = FOLDERS.contains(&name.as_str());
    if is_named_as_folder && *is_folder || !is_folder && !is_template && !is_named_as_folder {
        return None;
    }
    if is_named_as_folder {
        let message = format!("”{name}” ska vara en mapp, men är ingen");
        let place = Place::file(folder.shown(name));
        return Some(
            Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help("ta bort filen, eller byt dess namn"),
        );
    }
    let message = format!("”{name}” hör inte till mallarna, och läses inte");
    let help = text::did_you_mean_among(name, &FOLDERS, "mappar som finns");
    Some(Diagnostic::error(codes::UNKNOWN_FILE, Place::file(folder.shown(name)), message).with_help(help))
}

/// What to do about something in a folder of templates that nobody would read; `None` for what is read.
fn unread(kind: &str, name: &str, is_folder: bool) -> Option<String> {
    if is_folder {
        return Some(format!("flytta det som ligger där till {kind}/, och ta bort mappen"));
    }
    let is_read = kind == "html" || name.ends_with(".md");
    (!is_read).then(|| "ge mallen ändelsen .md, eller flytta filen till någon annanstans".to_string())
}

/// As many characters that no text may hold as anyone mends at once.
const MOST_HIDDEN: usize = 100;

/// The characters of a template that no text may hold, as documents would.
fn hidden_characters(text: &str, shown: &str) -> Vec<Diagnostic> {
    let path = shown.into();
    let hidden = text::forbidden(text).take(MOST_HIDDEN);
    let told = hidden.map(|(at, c)| {
        let problem = yaml::forbidden_character(c, at..at + c.len_utf8());
        let place = Place::in_text(&path, text, at, at + c.len_utf8());
        Diagnostic::error(codes::TEMPLATE, place, problem.message).with_help_of(problem.help)
    });
    told.collect()
}

fn split_front_matter(text: &str) -> (Option<&str>, &str) {
    let found = text.strip_prefix("---\n").and_then(|rest| match rest.strip_prefix("---\n") {
        Some(body) => Some(("", body)),
        None => rest.split_once("\n---\n").or_else(|| Some((rest.strip_suffix("\n---")?, ""))),
    });
    match found {
        Some((front, body)) => (Some(front), body),
        None => (None, text),
    }
}

fn front_matter(front: &str, shown: &str) -> Result<FrontMatter, Vec<Diagnostic>> {
    let (tree, problems) = yaml::parse(front);
    let path = shown.into();
    // The front matter begins on the file's second line.
    let place = |span: std::ops::Range<usize>| {
        let mut place = Place::in_text(&path, front, span.start, span.end);
        place.line += 1;
        place
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    for problem in problems {
        found.push(Diagnostic::error(codes::TEMPLATE, place(problem.span), problem.message).with_help_of(problem.help));
    }
    let filled = tree.root(front).map(|node| typed::fill::<FrontMatter>(node, ""));
    let Some(filled) = filled else {
        return if found.is_empty() { Ok(FrontMatter::default()) } else { Err(found) };
    };
    for problem in filled.problems {
        found.push(Diagnostic::error(codes::TEMPLATE, place(problem.span), problem.message).with_help_of(problem.help));
    }
    filled.value.filter(|_| found.is_empty()).ok_or(found)
}
