//! Files under the content folder, and which entities they hold.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::typed::{self, Announced, Mark};
use super::yaml::{self, Node, ProblemKind, Value};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::{Picture, PictureKind};
use crate::model::{Catalogue, Chapter, Entities, Entity, FrozenEdition, Kind, LoadKind, Markdown, PLACES};
use crate::text;

/// What was read, before anything is checked against anything else.
#[derive(Debug, Default)]
pub struct Sources {
    pub(crate) catalogue: Option<Catalogue>,
    pub(crate) entities: Entities,
    pub(crate) declared: Vec<Declared>,
    /// Kinds of which there may be more than is known, because a file with them could not be followed.
    pub(crate) unread: BTreeSet<Kind>,
    pub(crate) marks: Vec<OwnedMark>,
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// Earlier editions, as they were frozen.
    pub(crate) editions: Vec<FrozenEdition>,
    pub(crate) finder: Finder,
}

/// An id that a file or a list item has, also when the rest of it cannot be used.
#[derive(Debug)]
pub(crate) struct Declared {
    pub id: String,
    pub kind: Kind,
    pub file: usize,
    pub span: Range<usize>,
}

/// What an entity announced while it was read.
#[derive(Debug)]
pub(crate) struct OwnedMark {
    pub owner: String,
    pub owner_kind: Kind,
    pub file: usize,
    pub mark: Mark,
}

/// Where values stand, worked out when someone asks: few findings come of many values.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    /// What the paths of files begin with, as messages show them.
    root: String,
    files: Vec<SourceFile>,
    origins: HashMap<String, Origin>,
    trees: Mutex<HashMap<usize, Arc<Option<Node>>>>,
}

#[derive(Debug)]
struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
}

/// Which node of which file an entity was read from.
#[derive(Debug, Clone)]
struct Origin {
    file: usize,
    path: Vec<String>,
}

impl Finder {
    /// The place of some bytes of a file.
    pub fn in_file(&self, file: usize, span: Range<usize>) -> Place {
        let SourceFile { path, text } = &self.files[file];
        Place::in_text(path, text, span.start, span.end)
    }

    /// The text of a file.
    pub fn text(&self, file: usize) -> &str {
        &self.files[file].text
    }

    /// The path, under the content folder, of the file that an entity stands in.
    pub fn source(&self, id: &str) -> Option<&str> {
        let path = &self.files[self.origins.get(id)?.file].path;
        path.strip_prefix(&self.root)
    }

    /// The place of the value at `path` (`erbjudanden.0.priser`) in an entity; of what encloses it where the value is
    /// left out. The entity `katalog` is `katalog.yaml`.
    pub fn place(&self, id: &str, path: &str) -> Place {
        let Some(origin) = self.origins.get(id) else { return Place::file("content") };
        let tree = self.tree(origin.file);
        let Some(root) = tree.as_ref() else { return self.in_file(origin.file, 0..1) };
        let mut node = root;
        let mut span = first_line(root);
        for segment in segments(origin, path) {
            let Some((next, next_span)) = step(node, segment) else { break };
            (node, span) = (next, next_span);
        }
        self.in_file(origin.file, span)
    }

    /// Whether the key at `path` stands in an entity, be it without a value.
    pub fn is_written(&self, id: &str, path: &str) -> bool {
        let Some(origin) = self.origins.get(id) else { return false };
        let tree = self.tree(origin.file);
        let root = tree.as_ref().as_ref();
        let found = root.and_then(|root| {
            segments(origin, path).try_fold(root, |node, segment| step(node, segment).map(|(next, _)| next))
        });
        found.is_some()
    }

    fn tree(&self, file: usize) -> Arc<Option<Node>> {
        let mut trees = self.trees.lock().expect("no one panics while holding the trees");
        Arc::clone(trees.entry(file).or_insert_with(|| Arc::new(yaml::parse(&self.files[file].text).0)))
    }

    fn add(&mut self, path: &str, text: String) -> usize {
        self.files.push(SourceFile { path: Arc::from(path), text: Arc::from(text) });
        self.files.len() - 1
    }
}

/// The steps from the root of an entity's file to the value at `path` in it.
fn segments<'a>(origin: &'a Origin, path: &'a str) -> impl Iterator<Item = &'a str> {
    origin.path.iter().map(String::as_str).chain(path.split('.').filter(|segment| !segment.is_empty()))
}

/// The value under a key or at a position, and the bytes to mark for it.
fn step<'n>(node: &'n Node, segment: &str) -> Option<(&'n Node, Range<usize>)> {
    match &node.value {
        Value::Mapping(entries) => {
            let (key, value) = entries.iter().find(|(key, _)| key.text == segment)?;
            let span = if matches!(value.value, Value::Scalar(_)) { value.span.clone() } else { key.span.clone() };
            Some((value, span))
        }
        Value::Sequence(items) => {
            let item = items.get(segment.parse::<usize>().ok()?)?;
            Some((item, first_line(item)))
        }
        Value::Null | Value::Scalar(_) => None,
    }
}

fn first_line(node: &Node) -> Range<usize> {
    match &node.value {
        Value::Mapping(entries) => entries.first().map_or(node.span.clone(), |(key, _)| key.span.clone()),
        _ => node.span.clone(),
    }
}

/// A folder of files that were read, by the path that messages show.
pub(crate) struct Folder {
    root: PathBuf,
    shown: String,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: &Path) -> Folder {
        let shown = root.to_string_lossy().replace('\\', "/");
        Folder { root: root.to_path_buf(), shown: shown.trim_end_matches('/').to_string() }
    }

    /// A path under the folder as messages show it.
    pub fn shown(&self, relative: &str) -> String {
        if self.shown == "." { relative.to_string() } else { format!("{}/{relative}", self.shown) }
    }

    /// The names in a folder below, in order; none where there is no such folder.
    pub fn names(&self, relative: &str) -> std::io::Result<Vec<(String, bool)>> {
        let path = if relative.is_empty() { self.root.clone() } else { self.root.join(relative) };
        if !relative.is_empty() && !path.is_dir() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Editors and systems leave hidden files everywhere; they are nobody's content.
            if !name.starts_with('.') && !name.ends_with('~') {
                names.push((name, entry.path().is_dir()));
            }
        }
        names.sort();
        Ok(names)
    }

    /// The text of a file, without a byte order mark; the error is a finding.
    pub fn read(&self, relative: &str) -> Result<String, Box<Diagnostic>> {
        let unreadable =
            |message: String| Diagnostic::error(codes::UNREADABLE, Place::file(self.shown(relative)), message);
        let bytes = fs::read(self.root.join(relative))
            .map_err(|error| unreadable(format!("filen går inte att läsa: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
            unreadable(format!("filen är inte sparad som UTF-8 (rad {line})"))
                .with_help("spara den om med teckenkodningen UTF-8")
        })?;
        // Composed before anything is looked for in it, so that places hold.
        Ok(text::composed(text.strip_prefix('\u{FEFF}').map(str::to_string).unwrap_or(text)))
    }
}

/// Reads every file of the content folder. Mistakes are findings, and hide nothing but what they spoil.
pub fn load(content: &Path) -> (Sources, Vec<Diagnostic>) {
    let folder = Folder::new(content);
    let mut loader = Loader { folder, sources: Sources::default(), diagnostics: Vec::new() };
    loader.sources.finder.root = loader.folder.shown("");
    let names = match loader.folder.names("") {
        Ok(names) => names,
        Err(error) => {
            let place = Place::file(loader.folder.shown.as_str());
            let message = format!("innehållsmappen går inte att läsa: {error}");
            let help = "ange mappen med --content, eller gå till mappen ovanför den";
            loader.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
            return (loader.sources, loader.diagnostics);
        }
    };
    loader.catalogue();
    loader.check_names(&names);
    loader.sources.entities = Entities::load_with(&mut loader);
    loader.chapters();
    loader.pictures();
    loader.editions();
    crate::diagnostic::sort(&mut loader.diagnostics);
    // A file that holds several lists is read once for each of them.
    loader.diagnostics.dedup();
    (loader.sources, loader.diagnostics)
}

struct Loader {
    folder: Folder,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

const CATALOGUE: &str = "katalog";
const CHAPTERS: &str = "texter";
const PICTURES: &str = "bilder";
/// The folder of frozen editions.
pub const EDITIONS: &str = "utgavor";

/// One entity's node, on its way to become an entity.
struct Item {
    file: usize,
    id: String,
    path: Vec<String>,
    node: Node,
}

impl Loader {
    /// Nothing under the content folder is passed over in silence.
    fn check_names(&mut self, names: &[(String, bool)]) {
        let known =
            PLACES.iter().map(|at| at.split('#').next().unwrap_or(at)).chain([CATALOGUE, CHAPTERS, PICTURES, EDITIONS]);
        let known: Vec<&str> = known.collect();
        for (name, is_folder) in names {
            let stem = if *is_folder { Some(name.as_str()) } else { yaml_stem(name) };
            let is_template = self.word_template_in() == Some(name.as_str());
            if stem.is_some_and(|stem| known.contains(&stem)) || name.eq_ignore_ascii_case("readme.md") || is_template {
                continue;
            }
            let message = format!("”{name}” hör inte till något slag av innehåll");
            let near = text::did_you_mean(&text::slug(stem.unwrap_or(name)), known.iter().copied());
            let help = match near {
                Some(near) => format!("menade du ”{near}”?"),
                None => format!("namn som finns: {}", known.join(", ")),
            };
            let place = Place::file(self.folder.shown(name));
            self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
        }
    }

    /// The file or folder that holds the Word template which `katalog.yaml` names.
    fn word_template_in(&self) -> Option<&str> {
        let template = self.sources.catalogue.as_ref()?.word_template.as_deref()?;
        template.trim_start_matches("./").split('/').next()
    }

    fn catalogue(&mut self) {
        let Some(file) = self.find_yaml(CATALOGUE) else {
            let place = Place::file(self.folder.shown("katalog.yaml"));
            let message = "filen saknas; den säger vems katalogen är och vilken utgåva";
            let help = "lägg till filen med nycklarna organisation, enhet, utgåva och kontorstid";
            self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
            return;
        };
        let (file, Some(node)) = self.parse(&file) else { return };
        let filled = typed::fill::<Catalogue>(&node, CATALOGUE);
        self.sources.finder.origins.insert(CATALOGUE.into(), Origin { file, path: Vec::new() });
        self.report(file, filled.problems);
        self.keep_marks(CATALOGUE, Kind::Chapter, file, filled.marks);
        self.sources.catalogue = filled.value;
    }

    fn chapters(&mut self) {
        for (name, is_folder) in self.names(CHAPTERS) {
            let relative = format!("{CHAPTERS}/{name}");
            let Some(id) = name.strip_suffix(".md").filter(|_| !is_folder) else {
                let place = Place::file(self.folder.shown(&relative));
                let message = "här får bara Markdown-filer ligga (.md)";
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message));
                continue;
            };
            let Some(text) = self.read(&relative) else {
                self.sources.unread.insert(Kind::Chapter);
                continue;
            };
            let file = self.sources.finder.add(&self.folder.shown(&relative), text);
            let text = self.sources.finder.text(file).to_string();
            for (at, c) in text.char_indices().filter(|(_, c)| text::is_forbidden(*c)) {
                let problem = yaml::forbidden_character(c, at..at + c.len_utf8());
                self.report_yaml(file, problem);
            }
            if !self.declare(id, Kind::Chapter, file, 0..0) {
                continue;
            }
            let span = 0..text.len();
            let mark = Mark { what: Announced::Markdown, text: text.clone(), path: String::new(), span };
            self.keep_marks(id, Kind::Chapter, file, vec![mark]);
            let text = Markdown { source: text, handle: id.to_string() };
            self.sources.entities.chapters.push(Chapter { id: id.to_string(), text });
        }
    }

    fn editions(&mut self) {
        for (name, is_folder) in self.names(EDITIONS) {
            let relative = format!("{EDITIONS}/{name}");
            if is_folder || yaml_stem(&name).is_none() {
                let place = Place::file(self.folder.shown(&relative));
                let message = "här får bara YAML-filer ligga (.yaml)";
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message));
                continue;
            }
            let (file, Some(node)) = self.parse(&relative) else { continue };
            let filled = typed::fill::<FrozenEdition>(&node, "");
            self.report(file, filled.problems);
            self.sources.editions.extend(filled.value);
        }
    }

    fn pictures(&mut self) {
        for (name, _) in self.names(PICTURES) {
            let relative = format!("{PICTURES}/{name}");
            match self.picture(&relative, &name) {
                Ok(picture) => {
                    self.sources.pictures.insert(name, picture);
                }
                Err(message) => {
                    let place = Place::file(self.folder.shown(&relative));
                    let help =
                        "spara bilden som PNG eller JPEG, med ett namn av a–z, siffror, bindestreck och understreck";
                    self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
                }
            }
        }
    }

    fn picture(&self, relative: &str, name: &str) -> Result<Picture, String> {
        // The name becomes part of addresses, which are ASCII.
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) {
            return Err(format!("”{name}” kan inte vara namnet på en bild"));
        }
        let bytes =
            fs::read(self.folder.root.join(relative)).map_err(|error| format!("bilden går inte att läsa: {error}"))?;
        let kind = match imagesize::image_type(&bytes) {
            Ok(imagesize::ImageType::Png) => PictureKind::Png,
            Ok(imagesize::ImageType::Jpeg) => PictureKind::Jpeg,
            _ => return Err("bilden är varken PNG eller JPEG".to_string()),
        };
        let size =
            imagesize::blob_size(&bytes).map_err(|error| format!("bildens storlek går inte att läsa: {error}"))?;
        let pixels = |side: usize| u32::try_from(side).map_err(|_| "bilden är för stor".to_string());
        Ok(Picture { kind, width: pixels(size.width)?, height: pixels(size.height)?, bytes })
    }

    fn names(&mut self, relative: &str) -> Vec<(String, bool)> {
        self.folder.names(relative).unwrap_or_else(|error| {
            let place = Place::file(self.folder.shown(relative));
            let message = format!("mappen går inte att läsa: {error}");
            self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message));
            Vec::new()
        })
    }

    fn find_yaml(&self, stem: &str) -> Option<String> {
        let names = [format!("{stem}.yaml"), format!("{stem}.yml")];
        names.into_iter().find(|name| self.folder.root.join(name).is_file())
    }

    fn read(&mut self, relative: &str) -> Option<String> {
        self.folder.read(relative).map_err(|diagnostic| self.diagnostics.push(*diagnostic)).ok()
    }

    /// Reads one file as YAML; its place among the files, and its tree unless it has none.
    fn parse(&mut self, relative: &str) -> (usize, Option<Node>) {
        let Some(text) = self.read(relative) else { return (0, None) };
        let (node, problems) = yaml::parse(&text);
        let file = self.sources.finder.add(&self.folder.shown(relative), text);
        for problem in problems {
            self.report_yaml(file, problem);
        }
        (file, node)
    }

    fn report_yaml(&mut self, file: usize, problem: yaml::Problem) {
        let code = match problem.kind {
            ProblemKind::Syntax => codes::SYNTAX,
            ProblemKind::Character => codes::CHARACTER,
            ProblemKind::RepeatedKey => codes::REPEATED_KEY,
        };
        let place = self.sources.finder.in_file(file, problem.span);
        let mut diagnostic = Diagnostic::error(code, place, problem.message);
        diagnostic.help = problem.help;
        self.diagnostics.push(diagnostic);
    }

    fn report(&mut self, file: usize, problems: Vec<typed::Problem>) {
        for problem in problems {
            let place = self.sources.finder.in_file(file, problem.span);
            let mut diagnostic = Diagnostic::error(problem.code, place, problem.message);
            diagnostic.help = problem.help;
            self.diagnostics.push(diagnostic);
        }
    }

    fn keep_marks(&mut self, owner: &str, owner_kind: Kind, file: usize, marks: Vec<Mark>) {
        let marks = marks.into_iter().map(|mark| OwnedMark { owner: owner.to_string(), owner_kind, file, mark });
        self.sources.marks.extend(marks);
    }

    /// Takes note of an id; false when it has not the form of one.
    fn declare(&mut self, id: &str, kind: Kind, file: usize, span: Range<usize>) -> bool {
        if !is_id(id) {
            let place = self.sources.finder.in_file(file, span);
            let message =
                format!("”{id}” kan inte vara ett id: det skrivs med a–z, siffror och bindestreck, högst 64 tecken");
            let slug = text::slug(id);
            let mut diagnostic = Diagnostic::error(codes::ID, place, message);
            if !slug.is_empty() {
                diagnostic = diagnostic.with_help(format!("byt till ”{slug}”"));
            }
            self.diagnostics.push(diagnostic);
            return false;
        }
        if is_device(id) {
            let place = self.sources.finder.in_file(file, span);
            let message = format!("”{id}” kan inte vara ett id: Windows tillåter inga filer med det namnet");
            let diagnostic = Diagnostic::error(codes::ID, place, message);
            self.diagnostics.push(diagnostic.with_help(format!("lägg till ett ord, som i ”{id}-drift”")));
            return false;
        }
        self.sources.declared.push(Declared { id: id.to_string(), kind, file, span });
        true
    }

    /// The items of a folder, one a file.
    fn folder_items(&mut self, folder: &str, kind: Kind) -> Vec<Item> {
        let mut files = Vec::new();
        for (name, is_folder) in self.names(folder) {
            match yaml_stem(&name).filter(|_| !is_folder) {
                Some(stem) => files.push((format!("{folder}/{name}"), stem.to_string())),
                None if PLACES.iter().any(|at| at.replace('#', "/") == format!("{folder}/{name}")) => {}
                None => {
                    let place = Place::file(self.folder.shown(&format!("{folder}/{name}")));
                    let message = "här får bara YAML-filer ligga (.yaml)";
                    self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message));
                }
            }
        }
        let read: Vec<_> = files
            .into_par_iter()
            .map(|(path, id)| {
                let parsed = self.folder.read(&path).map(|text| (yaml::parse(&text), text));
                (path, id, parsed)
            })
            .collect();
        let mut items = Vec::new();
        for (path, id, parsed) in read {
            let ((node, problems), text) = match parsed {
                Ok(parsed) => parsed,
                Err(diagnostic) => {
                    self.diagnostics.push(*diagnostic);
                    self.sources.unread.extend([Some(kind), kind.part()].into_iter().flatten());
                    continue;
                }
            };
            let file = self.sources.finder.add(&self.folder.shown(&path), text);
            let followed = !problems.iter().any(|problem| problem.kind == ProblemKind::Syntax);
            for problem in problems {
                self.report_yaml(file, problem);
            }
            if !followed {
                self.sources.unread.extend(kind.part());
            }
            // A file that cannot be read still counts as its id, so that it spoils no reference to it.
            if !self.declare(&id, kind, file, 0..0) {
                continue;
            }
            // An empty file is an entity without keys, which then are reported as missing.
            let empty = followed.then(|| Node { span: 0..0, value: Value::Mapping(Vec::new()) });
            let Some(node) = node.filter(|node| !matches!(node.value, Value::Null)).or(empty) else { continue };
            items.push(Item { file, id, path: Vec::new(), node });
        }
        items
    }

    /// The items of a file with a list, or with several under keys.
    fn list_items(&mut self, stem: &str, key: Option<&str>, kind: Kind) -> Vec<Item> {
        let Some(relative) = self.find_yaml(stem) else { return Vec::new() };
        let found = self.diagnostics.len();
        let (file, Some(root)) = self.parse(&relative) else {
            if self.diagnostics.len() > found {
                self.sources.unread.extend([Some(kind), kind.part()].into_iter().flatten());
            }
            return Vec::new();
        };
        let mut path = Vec::new();
        let node = match key {
            None => root,
            Some(key) => {
                path.push(key.to_string());
                match take_key(root, key) {
                    Some(node) => node,
                    None => return Vec::new(),
                }
            }
        };
        let span = first_line(&node);
        let Value::Sequence(nodes) = node.value else {
            if !matches!(node.value, Value::Null) {
                let place = self.sources.finder.in_file(file, span);
                let message = format!("här ska stå en lista med {}", kind.many());
                let help = "börja varje post med ”- id: …”";
                self.diagnostics.push(Diagnostic::error(codes::VALUE, place, message).with_help(help));
            }
            return Vec::new();
        };
        let items = nodes.into_iter().enumerate().filter_map(|(position, mut node)| {
            let at = first_line(&node);
            let id = take_id(&mut node);
            match id {
                Some((id, span)) => self.declare(&id, kind, file, span).then(|| {
                    let path = path.iter().cloned().chain([position.to_string()]).collect();
                    Item { file, id, path, node }
                }),
                None => {
                    let place = self.sources.finder.in_file(file, at);
                    let message = format!("{} i listan saknar id", kind.one());
                    let help = "lägg till en rad ”id: …” först i posten";
                    self.diagnostics.push(Diagnostic::error(codes::MISSING_KEY, place, message).with_help(help));
                    None
                }
            }
        });
        items.collect()
    }
}

impl LoadKind for Loader {
    fn load<T: Entity + DeserializeOwned + Send>(&mut self, at: &'static str) -> Vec<T> {
        let (stem, key) = at.split_once('#').map_or((at, None), |(stem, key)| (stem, Some(key)));
        let mut items = self.list_items(stem, key, T::KIND);
        items.extend(self.folder_items(&at.replace('#', "/"), T::KIND));
        let filled: Vec<_> = items
            .into_par_iter()
            .map(|item| {
                let filled = typed::fill::<T>(&item.node, &item.id);
                (item.file, item.id, item.path, filled)
            })
            .collect();
        let mut entities = Vec::new();
        for (file, id, path, filled) in filled {
            self.sources.finder.origins.entry(id.clone()).or_insert(Origin { file, path });
            self.report(file, filled.problems);
            self.keep_marks(&id, T::KIND, file, filled.marks);
            entities.extend(filled.value.map(|mut entity| {
                entity.set_id(&id);
                entity
            }));
        }
        entities
    }
}

fn yaml_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// What Windows keeps for itself, whatever comes after a dot: no file share takes a page of that name.
fn is_device(text: &str) -> bool {
    let has_number = |name| text.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    matches!(text, "con" | "prn" | "aux" | "nul") || has_number("com") || has_number("lpt")
}

/// Lower-case ASCII letters, digits and single hyphens between them.
fn is_id(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 64 && text.split('-').all(word)
}

fn take_key(node: Node, key: &str) -> Option<Node> {
    let Value::Mapping(entries) = node.value else { return None };
    entries.into_iter().find(|(entry, _)| entry.text == key).map(|(_, node)| node)
}

fn take_id(node: &mut Node) -> Option<(String, Range<usize>)> {
    let Value::Mapping(entries) = &mut node.value else { return None };
    let at = entries.iter().position(|(key, _)| key.text == "id")?;
    match entries.remove(at).1 {
        Node { value: Value::Scalar(id), span } => Some((id.trim().to_string(), span)),
        _ => None,
    }
}
