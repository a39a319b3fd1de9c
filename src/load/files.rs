//! Files under the content folder, and which entities they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use super::typed::{self, Announced, Filled, Mark};
use super::yaml::{self, Node, ProblemKind, Tree, Value};
use super::{limits, photo};
use crate::diagnostic::{Cause, Code, Diagnostic, Lines, Place, Severity, codes, is_systems};
use crate::document::{Picture, PictureKind};
use crate::model::{Catalogue, Chapter, Entities, Entity, FrozenEdition, FrozenForm, Kind, LoadKind, Markdown, PLACES};
use crate::{paths, text};

/// What was read, before anything is checked against anything else.
#[derive(Debug, Default)]
pub struct Sources {
    pub(crate) catalogue: Option<Catalogue>,
    pub(crate) entities: Entities,
    pub(crate) declared: Vec<Declared>,
    /// What there may be more of than is known.
    pub(crate) unread: Unread,
    pub(crate) marks: Vec<Marked>,
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// Names of pictures that are there and cannot be used, which has been told.
    pub(crate) spoilt: BTreeSet<String>,
    /// Earlier editions, as they were frozen.
    pub(crate) editions: Vec<FrozenEdition>,
    pub(crate) finder: Finder,
}

/// What mistakes that are told keep away from the catalogue: references to it are not told too.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    /// Kinds of which there may be more than is known, because a file with them could not be followed or found.
    pub kinds: BTreeSet<Kind>,
    /// What is or may be meant as an id, in a file or folder that nobody reads by its name.
    ids: BTreeSet<String>,
}

impl Unread {
    /// Whether nothing is kept away.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.ids.is_empty()
    }

    /// Whether what a reference leads to may be one of these, and of one of these kinds.
    pub fn may_have(&self, id: &str, kinds: &[Kind]) -> bool {
        let whole = id.split('.').next().unwrap_or(id);
        kinds.iter().any(|kind| self.kinds.contains(kind)) || self.ids.contains(whole)
    }

    /// Adds an id as it is written, and as it should be.
    fn add(&mut self, id: &str) {
        self.ids.extend([id.to_string(), text::slug(id)]);
    }
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
pub(crate) struct Marked {
    pub by: Arc<Announcer>,
    pub marks: Vec<Mark>,
}

/// An entity, or what else has texts and references, and where it stands.
#[derive(Debug)]
pub(crate) struct Announcer {
    pub id: Arc<str>,
    pub kind: Kind,
    pub file: Arc<SourceFile>,
    /// Its step of the file.
    pub root: usize,
}

impl Announcer {
    /// Whether its file is one text, and not made of keys.
    pub fn is_chapter(&self) -> bool {
        self.kind == Kind::Chapter && &*self.id != CATALOGUE
    }

    /// The node of a step.
    pub fn node(&self, step: u32) -> Option<Node<'_>> {
        self.file.node(step as usize)
    }

    /// The text of a step, without blanks around it.
    pub fn text(&self, step: u32) -> &str {
        self.node(step).map_or("", Node::text)
    }

    /// The bytes of a step in the file.
    pub fn span(&self, step: u32) -> Range<usize> {
        self.node(step).map_or(0..0, Node::span)
    }

    /// Keys and positions down to a step, parted by full stops: `erbjudanden.0.servicenivå`.
    pub fn path(&self, step: u32) -> String {
        self.file.node(self.root).map(|root| root.path_to(step as usize)).unwrap_or_default()
    }

    /// The same without positions.
    pub fn keys(&self, step: u32) -> String {
        self.file.node(self.root).map(|root| root.keys_to(step as usize)).unwrap_or_default()
    }

    /// The first key on the way down to a step.
    pub fn top_key(&self, step: u32) -> &str {
        self.file.node(self.root).and_then(|root| root.holding(step as usize)).map_or("", Node::key)
    }

    /// The place of a step.
    pub fn place(&self, step: u32) -> Place {
        self.file.place(self.span(step))
    }
}

/// Where values stand, worked out when someone asks: few findings come of many values.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    /// What the paths of files begin with, as messages show them.
    root: String,
    files: Vec<Arc<SourceFile>>,
    origins: FxHashMap<String, Origin>,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    path: Arc<str>,
    text: Box<str>,
    tree: Tree,
    /// Where its lines begin, once someone asks.
    lines: OnceLock<Lines>,
}

impl SourceFile {
    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of some bytes of it.
    pub fn place(&self, span: Range<usize>) -> Place {
        let SourceFile { path, text, lines, .. } = self;
        Place::in_lines(path, text, lines.get_or_init(|| Lines::of(text)), span)
    }

    /// A step of its tree.
    pub fn node(&self, step: usize) -> Option<Node<'_>> {
        self.tree.node(&self.text, step)
    }
}

/// Which node of which file an entity was read from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    file: usize,
    step: usize,
}

impl Finder {
    /// The place of some bytes of a file.
    pub fn in_file(&self, file: usize, span: Range<usize>) -> Place {
        self.files[file].place(span)
    }

    /// The path, under the content folder, of the file that an entity stands in.
    pub fn source(&self, id: &str) -> Option<&str> {
        let path = &self.files[self.origins.get(id)?.file].path;
        path.strip_prefix(&self.root)
    }

    /// What a file under the content folder says, and its place among the files; `None` where none is kept by that path.
    pub fn file_at(&self, relative: &str) -> Option<(usize, &str)> {
        let path = |file: &SourceFile| file.path.strip_prefix(self.root.as_str()) == Some(relative);
        let at = self.files.iter().position(|file| path(file))?;
        Some((at, self.files[at].text()))
    }

    /// Every file's path under the content folder, and what it says.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let texts = self.files.iter().map(|file| (&*file.path, file.text()));
        texts.map(|(path, text)| (path.strip_prefix(self.root.as_str()).unwrap_or(path), text))
    }

    /// Whether it has one file, and that says this.
    pub fn says(&self, text: &str) -> bool {
        self.files.len() == 1 && self.files[0].text() == text
    }

    /// Whether it has one file.
    pub fn has_one_file(&self) -> bool {
        self.files.len() == 1
    }

    /// Puts the one file of another in the place of one that holds the same entities.
    pub fn put(&mut self, file: usize, other: Finder) {
        self.files.splice(file..=file, other.files);
        self.origins.extend(other.origins.into_iter().map(|(id, origin)| (id, Origin { file, step: origin.step })));
    }

    /// The place of the value at `path` (`erbjudanden.0.priser`) in an entity; of what encloses it where the value is
    /// left out. The entity `katalog` is `katalog.yaml`.
    pub fn place(&self, id: &str, path: &str) -> Place {
        let Some((file, node)) = self.node(id) else { return Place::file("content") };
        let nearest = node.map(|node| node.follow(path).unwrap_or_else(|nearest| nearest));
        file.place(nearest.map_or(0..1, Node::mark))
    }

    /// Whether the key at `path` stands in an entity, be it without a value.
    pub fn is_written(&self, id: &str, path: &str) -> bool {
        let node = self.node(id).and_then(|(_, node)| node);
        node.is_some_and(|node| node.follow(path).is_ok())
    }

    fn node(&self, id: &str) -> Option<(&SourceFile, Option<Node<'_>>)> {
        let Origin { file, step } = self.origins.get(id).copied()?;
        let file = &self.files[file];
        Some((file, file.node(step)))
    }

    fn add(&mut self, path: &str, text: impl Into<Box<str>>, tree: Tree) -> usize {
        let file = SourceFile { path: Arc::from(path), text: text.into(), tree, lines: OnceLock::new() };
        self.files.push(Arc::new(file));
        self.files.len() - 1
    }
}

/// A folder to read, by the path that messages show. Nothing outside it can be read by way of it: neither `..` nor a link
/// leads out.
pub(crate) struct Folder {
    root: io::Result<Dir>,
    shown: String,
    /// Why the system could not read something, which is no mistake of an author's.
    fault: OnceLock<String>,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: &Path) -> Folder {
        let shown = root.to_string_lossy().replace('\\', "/");
        let root = Dir::open_ambient_dir(root, cap_std::ambient_authority());
        Folder { root, shown: shown.trim_end_matches('/').to_string(), fault: OnceLock::new() }
    }

    fn root(&self) -> io::Result<&Dir> {
        // As the system said it, so that it is not taken for a way out.
        let again = |error: &io::Error| match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(error.kind(), error.to_string()),
        };
        self.root.as_ref().map_err(again)
    }

    /// A path under the folder as messages show it.
    pub fn shown(&self, relative: &str) -> String {
        if self.shown == "." { relative.to_string() } else { format!("{}/{relative}", self.shown) }
    }

    /// The names in a folder below, in order; none where there is no such folder.
    pub fn names(&self, relative: &str) -> io::Result<Vec<(String, bool)>> {
        let root = self.root()?;
        let below = Path::new(relative);
        let entries = if relative.is_empty() {
            root.entries()?
        } else {
            match root.metadata(below) {
                Ok(found) if !found.is_dir() => return Ok(Vec::new()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                _ => root.read_dir(below)?,
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Editors and systems leave files of their own everywhere; they are nobody's content.
            let is_of_system = OF_SYSTEMS.iter().any(|own| name.eq_ignore_ascii_case(own));
            if !name.starts_with('.') && !name.ends_with('~') && !is_of_system {
                // The folder says what each name is; only a link has to be followed.
                let is_folder = match entry.file_type() {
                    Ok(kind) if !kind.is_symlink() => kind.is_dir(),
                    // Where it leads out, its name has to do.
                    _ => root.metadata(below.join(&name)).map_or(!name.contains('.'), |found| found.is_dir()),
                };
                names.push((name, is_folder));
            }
        }
        names.sort();
        Ok(names)
    }

    /// Whether there is anything by that name.
    fn has(&self, relative: &str) -> bool {
        self.root().is_ok_and(|root| root.symlink_metadata(relative).is_ok())
    }

    /// Whether there is a file, or something that would be one if it did not lead out.
    pub fn has_file(&self, relative: &str) -> bool {
        match self.root().and_then(|root| root.metadata(relative)) {
            Ok(found) => found.is_file(),
            Err(error) => {
                self.note(&error);
                leads_out(&error)
            }
        }
    }

    /// Keeps in mind that it was the system that failed, where it was.
    fn note(&self, error: &io::Error) {
        if is_systems(error) {
            self.fault.get_or_init(|| format!("{} går inte att läsa: {}", self.shown, Cause(error)));
        }
    }

    /// A file, opened, and how many bytes it has. What is no file, such as a pipe, is not waited for.
    pub fn open(&self, relative: &str) -> io::Result<(File, u64)> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(target_os = "linux")]
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        ordinary(self.root()?.open_with(relative, &options)?.into_std())
    }

    /// Why something cannot be read, as an author is told.
    pub fn cause(&self, error: &io::Error) -> String {
        self.note(error);
        match error.kind() {
            _ if leads_out(error) => format!("sökvägen leder ut ur mappen {}", self.shown),
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => "det är ingen fil".to_string(),
            _ => Cause(error).to_string(),
        }
    }

    /// The same of what was looked for by a name, which may not be how the folder has it.
    fn cause_of(&self, relative: &str, error: &io::Error) -> String {
        match error.kind() {
            io::ErrorKind::NotFound if relative.contains('\u{FFFD}') => {
                "namnet är inte skrivet i UTF-8; ge den ett annat namn".to_string()
            }
            _ => self.cause(error),
        }
    }

    /// The text of a file, without a byte order mark; the error is a finding.
    pub fn read(&self, relative: &str) -> Result<String, Box<Diagnostic>> {
        let unreadable =
            |message: String| Diagnostic::error(codes::UNREADABLE, Place::file(self.shown(relative)), message);
        let failed = |error| unreadable(format!("filen går inte att läsa: {}", self.cause_of(relative, &error)));
        let (file, size) = self.open(relative).map_err(failed)?;
        if let Some((message, cure)) = limits::too_large(relative, size) {
            return Err(Box::new(unreadable(message).with_help(cure)));
        }
        let bytes = read_all(file, size).map_err(failed)?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let text = String::from_utf8_lossy(error.as_bytes());
            let shown = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
            let at = error.utf8_error().valid_up_to() - (text.len() - shown.len());
            let place = Place::in_text(&self.shown(relative).into(), shown, at, at + 1);
            let message = "filen är inte sparad som UTF-8: tecknet här går inte att läsa";
            Diagnostic::error(codes::UNREADABLE, place, message).with_help("spara den om med teckenkodningen UTF-8")
        })?;
        if let Some((message, cure)) = limits::too_many_lines(&text) {
            return Err(Box::new(unreadable(message).with_help(cure)));
        }
        // Composed before anything is looked for in it, so that places hold.
        let text = text.strip_prefix('\u{FEFF}').map(str::to_string).unwrap_or(text);
        Ok(text::composed(text).into_owned())
    }
}

/// The bytes of a file of which is known how many they are: it is not asked again, and not for more.
pub(crate) fn read_all(file: File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// With what the lines begin between which Git puts the two versions of what it could not merge.
const UNMERGED: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// Where a text has two versions of a part of it; those that it only shows, as code, are its own.
fn unmerged(text: &str) -> Option<usize> {
    let (mut met, mut first, mut is_code) = (0, 0, false);
    // Few texts have the first of them anywhere.
    let from = text.find(UNMERGED[0]).map(|at| text[..at].rfind('\n').map_or(0, |end| end + 1))?;
    is_code ^= text[..from].lines().filter(|line| line.starts_with("```") || line.starts_with("~~~")).count() % 2 == 1;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        let is_whole = met != 1 || line.trim_end() == UNMERGED[1];
        if !is_code && line.starts_with(UNMERGED[met]) && is_whole {
            first = if met == 0 { at } else { first };
            met += 1;
        }
        if met == UNMERGED.len() {
            return Some(first);
        }
        at += line.len();
    }
    None
}

/// Whether a picture has been written to its end, which programs that show it do not ask.
fn has_end(kind: PictureKind, bytes: &[u8]) -> bool {
    let last = |mark: [u8; 2]| bytes.windows(2).rposition(|pair| pair == mark);
    match kind {
        PictureKind::Png => {
            // After the signature each chunk is its length, its name, so much, and a sum.
            let mut rest = bytes.get(8..).unwrap_or_default();
            while let Some((head, after)) = rest.split_first_chunk::<8>() {
                let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
                let Some(next) = length.checked_add(4).and_then(|all| after.get(all..)) else { return false };
                if head.ends_with(b"IEND") {
                    return true;
                }
                rest = next;
            }
            false
        }
        // A smaller picture in it has an end of its own, before the first of its own lines.
        PictureKind::Jpeg => last([0xFF, 0xD9]) > last([0xFF, 0xDA]),
    }
}

/// The bytes of a file that a command names, which may lie anywhere. The error says why they are not read, and what to do
/// about it.
pub fn named(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error| format!("filen går inte att läsa: {}", Cause(&error));
    let (file, size) = open(path).map_err(failed)?;
    match limits::too_large("", size) {
        Some((message, _)) => Err(format!("{message}; dela upp den")),
        None => read_all(file, size).map_err(failed),
    }
}

/// The bytes of a Word file that a command names, to be inspected; the error says why they are not read.
pub fn word_file(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => format!("filen {} finns inte", path.display()),
        _ => format!("filen {} går inte att läsa: {}", path.display(), Cause(&error)),
    };
    let (file, size) = open(path).map_err(failed)?;
    if size > limits::LARGEST_WORD_FILE {
        let most = limits::LARGEST_WORD_FILE >> 20;
        return Err(format!("filen {} är större än {most} MB; krympa bilderna i den", path.display()));
    }
    read_all(file, size).map_err(failed)
}

/// A file that a command names, opened, and how many bytes it has. What is no file is not waited for.
pub(crate) fn open(path: &Path) -> io::Result<(File, u64)> {
    let mut options = File::options();
    options.read(true);
    #[cfg(target_os = "linux")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    ordinary(options.open(path)?)
}

/// A file and how many bytes it has, if it is one: a pipe may never come to its end, and a device has none.
fn ordinary(file: File) -> io::Result<(File, u64)> {
    let found = file.metadata()?;
    match found.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false if !found.is_file() => Err(io::ErrorKind::InvalidInput.into()),
        false => Ok((file, found.len())),
    }
}

/// Whether it is the way out of the folder that was refused, which no system call says of itself.
fn leads_out(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

/// Reads every file of the content folder. Mistakes are findings, and hide nothing but what they spoil. Fails with why the
/// system cannot read something, which is no mistake of an author's.
pub fn load(content: &Path) -> Result<(Sources, Vec<Diagnostic>), String> {
    let mut loader = Loader::of(content, None);
    let names = match loader.folder.names("") {
        Ok(names) => names,
        Err(error) => {
            let place = Place::file(loader.folder.shown.as_str());
            let message = format!("innehållsmappen går inte att läsa: {}", loader.folder.cause(&error));
            let help = "ange mappen med --content, eller gå till mappen ovanför den";
            loader.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
            return loader.done();
        }
    };
    loader.catalogue();
    loader.check_names(&names);
    loader.sources.entities = Entities::load_with(&mut loader);
    loader.pass_over_copies();
    loader.chapters();
    loader.pictures();
    loader.editions();
    crate::diagnostic::sort(&mut loader.diagnostics);
    // A file that holds several lists is read once for each of them.
    loader.diagnostics.dedup();
    loader.done()
}

/// Reads one file of the content folder as [`load`] would among all others; `text` is what it says, if it is not to be
/// read from the disk. Nothing comes of what is no file of entities or chapters.
pub(crate) fn load_file(content: &Path, relative: &str, text: Option<&str>) -> (Sources, Vec<Diagnostic>) {
    let only = Only { relative: relative.to_string(), text: text.map(str::to_string) };
    let mut loader = Loader::of(content, Some(only));
    loader.sources.entities = Entities::load_with(&mut loader);
    loader.chapters();
    (loader.sources, loader.diagnostics)
}

struct Loader {
    folder: Folder,
    /// The one file that is read, if not all are.
    only: Option<Only>,
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    /// How many mistakes have been found in what each file has.
    told: BTreeMap<usize, usize>,
    /// What files are called that others, which nobody reads, were meant to be.
    meant: BTreeSet<&'static str>,
}

/// A file by itself.
struct Only {
    relative: String,
    /// What it says, if that is known.
    text: Option<String>,
}

/// What Windows leaves in folders that someone looks at.
const OF_SYSTEMS: [&str; 2] = ["Thumbs.db", "desktop.ini"];

const CATALOGUE: &str = "katalog";
const CHAPTERS: &str = "texter";
const PICTURES: &str = "bilder";
/// The folder of frozen editions.
pub const EDITIONS: &str = "utgavor";

/// One file of a folder, read as the entity that it holds.
struct ReadFile<T> {
    text: Box<str>,
    tree: Tree,
    problems: Vec<yaml::Problem>,
    filled: Option<Filled<T>>,
}

/// An entity of a list, before it is filled.
struct Item<'t> {
    id: &'t str,
    /// Where its id stands.
    key: Node<'t>,
    node: Node<'t>,
}

impl Loader {
    fn of(content: &Path, only: Option<Only>) -> Loader {
        let folder = Folder::new(content);
        let mut sources = Sources::default();
        sources.finder.root = folder.shown("");
        Loader { folder, only, sources, diagnostics: Vec::new(), told: BTreeMap::new(), meant: BTreeSet::new() }
    }

    /// Nothing under the content folder is passed over in silence.
    fn check_names(&mut self, names: &[(String, bool)]) {
        let mut known: Vec<&'static str> = PLACES.iter().map(|at| at.split('#').next().unwrap_or(at)).collect();
        known.extend([CATALOGUE, CHAPTERS, PICTURES, EDITIONS]);
        known.dedup();
        for (name, is_folder) in names {
            let stem = if *is_folder { Some(name.as_str()) } else { yaml_stem(name) };
            let is_template = self.word_template_in() == Some(name.as_str());
            let no_place = if *is_folder { &[CATALOGUE][..] } else { &[CHAPTERS, PICTURES, EDITIONS] };
            if stem.is_some_and(|stem| known.contains(&stem) && !no_place.contains(&stem)) {
                self.check_place(name, *is_folder, names);
                continue;
            }
            if name.eq_ignore_ascii_case("readme.md") || is_template {
                continue;
            }
            let place = Place::file(self.folder.shown(name));
            if let Some(stem) = stem.filter(|stem| known.contains(stem)) {
                let (is, should) = if *is_folder { ("en mapp", "en fil") } else { ("en fil", "en mapp") };
                let message = format!("”{stem}” ska vara {should}, men här är det {is}, som ingen läser");
                let help = if *is_folder { "skriv uppgifterna i filen" } else { "lägg uppgifterna i filer i mappen" };
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
                continue;
            }
            self.keep_away(name, *is_folder);
            if let Some((message, help)) = mistaken(name, *is_folder, &known) {
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
                continue;
            }
            let message = format!("”{name}” hör inte till något slag av innehåll");
            let slug = text::slug(stem.unwrap_or(name));
            self.meant.extend(text::did_you_mean(&slug, known.iter().copied()).filter(|_| !is_folder));
            let help = text::did_you_mean_among(&slug, &known, "namn som finns");
            self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
        }
    }

    /// Keeps in mind which ids something may have that nobody reads by its name: a file's, or those of the files in a folder.
    fn keep_away(&mut self, relative: &str, is_folder: bool) {
        let inside = if is_folder { self.folder.names(relative).unwrap_or_default() } else { Vec::new() };
        let by_itself = (!is_folder).then_some(relative);
        for path in inside.iter().map(|(name, _)| name.as_str()).chain(by_itself) {
            let name = path.rsplit('/').next().unwrap_or(path);
            self.sources.unread.add(name.split('.').next().unwrap_or(name));
        }
    }

    /// A file that has its like beside it, and what a folder of lists holds that is none of them, are read by nobody.
    fn check_place(&mut self, name: &str, is_folder: bool, names: &[(String, bool)]) {
        if let Some(stem) = name.strip_suffix(".yml").filter(|_| !is_folder) {
            let like = format!("{stem}.yaml");
            if names.iter().any(|(name, is_folder)| *name == like && !is_folder) {
                let message = format!("bredvid ligger {like}, som läses i stället för den här filen");
                let place = Place::file(self.folder.shown(name));
                let help = "för över det som saknas till den ena, och ta bort den andra";
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
            }
        }
        let lists: Vec<&str> = lists_in(name).collect();
        if is_folder && !lists.is_empty() {
            for (inner, _) in self.names(name).iter().filter(|(inner, _)| !lists.contains(&inner.as_str())) {
                let message = format!("”{inner}” hör inte till något slag av innehåll");
                let help = format!("mappar som finns här: {}", lists.join(", "));
                let place = Place::file(self.folder.shown(&format!("{name}/{inner}")));
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
            }
        }
    }

    /// A file with the id of one of another kind, and keys that its own has not, is that one's copy: that its id is there
    /// already is told, and not also each of its keys.
    fn pass_over_copies(&mut self) {
        let strange = self.diagnostics.iter().filter(|told| told.code == codes::UNKNOWN_KEY);
        let strange: BTreeSet<Arc<str>> = strange.map(|told| Arc::clone(&told.place.file)).collect();
        if strange.is_empty() {
            return;
        }
        let mut first: FxHashMap<&str, &Declared> = FxHashMap::default();
        let mut copies = BTreeSet::new();
        for declared in self.sources.declared.iter().filter(|declared| declared.span.is_empty()) {
            let other = *first.entry(&declared.id).or_insert(declared);
            if other.kind != declared.kind {
                let paths = [other, declared].map(|declared| &self.sources.finder.files[declared.file].path);
                let mut of_other_keys = paths.into_iter().filter(|path| strange.contains(*path));
                // Where both have some, each has mistakes of its own.
                copies.extend(of_other_keys.next().filter(|_| of_other_keys.next().is_none()).cloned());
            }
        }
        let is_of_kind = |code: Code| [codes::UNKNOWN_KEY, codes::MISSING_KEY, codes::VALUE].contains(&code);
        self.diagnostics.retain(|told| !(is_of_kind(told.code) && copies.contains(&told.place.file)));
    }

    /// A key beside the lists of a file is read by nobody.
    fn check_keys(&mut self, file: usize, root: Node<'_>, stem: &str) {
        let lists: Vec<&str> = lists_in(stem).collect();
        let Value::Mapping(nodes) = root.value() else { return };
        for node in nodes.filter(|node| !lists.contains(&node.key())) {
            let message = format!("nyckeln ”{}” finns inte här", node.key());
            let help = text::did_you_mean_among(node.key(), &lists, "nycklar som finns här");
            let place = self.sources.finder.in_file(file, node.key_span());
            self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_KEY, place, message).with_help(help));
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
            let is_there = self.folder.has("katalog.yaml");
            let message = match is_there {
                true => "det är ingen fil; den säger vems katalogen är och vilken utgåva",
                false => "filen saknas; den säger vems katalogen är och vilken utgåva",
            };
            let help = "lägg till filen med nycklarna organisation, enhet, utgåva och kontorstid";
            self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
            return;
        };
        let Some((file, source)) = self.parse_with_keys(&file) else { return };
        let Some(node) = source.node(0) else { return };
        let filled = typed::fill::<Catalogue>(node, CATALOGUE);
        let origin = Origin { file, step: 0 };
        self.sources.finder.origins.insert(CATALOGUE.into(), origin);
        self.report(file, filled.problems, filled.doubts);
        self.keep_marks(CATALOGUE, Kind::Chapter, origin, filled.marks);
        self.sources.catalogue = filled.value;
    }

    fn chapters(&mut self) {
        for (name, is_folder) in self.names(CHAPTERS) {
            let relative = format!("{CHAPTERS}/{name}");
            let Some(id) = name.strip_suffix(".md").filter(|_| !is_folder) else {
                let place = Place::file(self.folder.shown(&relative));
                self.diagnostics.push(only(place, &name, is_folder, "Markdown-filer", ".md"));
                continue;
            };
            let Some(text) = self.read(&relative) else {
                self.sources.unread.kinds.insert(Kind::Chapter);
                continue;
            };
            let file = self.sources.finder.add(&self.folder.shown(&relative), text.as_str(), Tree::of_text(text.len()));
            for (at, c) in text::forbidden(&text).take(limits::MOST_PROBLEMS) {
                let problem = yaml::forbidden_character(c, at..at + c.len_utf8());
                self.report_yaml(file, problem);
            }
            if !self.declare(id, Kind::Chapter, file, 0..0) {
                continue;
            }
            let mark = Mark { what: Announced::Markdown, step: 0 };
            self.keep_marks(id, Kind::Chapter, Origin { file, step: 0 }, vec![mark]);
            let text = Markdown { source: text, handle: id.to_string() };
            self.sources.entities.chapters.push(Chapter { id: id.to_string(), text });
        }
    }

    fn editions(&mut self) {
        let mut known = BTreeMap::new();
        for (name, is_folder) in self.names(EDITIONS) {
            let relative = format!("{EDITIONS}/{name}");
            if is_folder || yaml_stem(&name).is_none() {
                let place = Place::file(self.folder.shown(&relative));
                self.diagnostics.push(only(place, &name, is_folder, "YAML-filer", ".yaml"));
                continue;
            }
            let Some((file, source)) = self.parse_with_keys(&relative) else { continue };
            let Some(node) = source.node(0) else { continue };
            let filled = typed::fill::<FrozenEdition>(node, "");
            self.report(file, filled.problems, filled.doubts);
            let Some(edition) = filled.value else { continue };
            if let Some(other) = known.insert(edition.order(), relative) {
                let (year, version) = (edition.year, &edition.version);
                let message = format!("utgåva {year}, version {version}, är fryst två gånger: också i {other}");
                let help = "ta bort den ena filen, eller rätta år och version i den som är en annan utgåva";
                let place = self.sources.finder.in_file(file, node.get("version").unwrap_or(node).span());
                self.diagnostics.push(Diagnostic::error(codes::REPEATED_ID, place, message).with_help(help));
            }
            self.report_repeated(file, node, &edition);
            let held = text::number(edition.size().into());
            let lost = match edition.count {
                Some(count) if count != edition.size() => {
                    let all = text::number(count.into());
                    Some(format!("utgåvan har {held} poster och uppgifter, men frystes med {all}"))
                }
                None if edition.form >= FrozenForm::PROMISES => {
                    Some("utgåvan säger inte hur många poster och uppgifter den frystes med (antal)".into())
                }
                _ => None,
            };
            if let Some(message) = lost {
                let help = "filen är avbruten, eller ändrad för hand; hämta den som den frystes";
                let place = self.sources.finder.in_file(file, node.get("antal").unwrap_or(node).span());
                self.diagnostics.push(Diagnostic::error(codes::VALUE, place, message).with_help(help));
            }
            self.sources.editions.push(edition);
        }
    }

    /// Tells of what a frozen edition has twice: only one of the two would be compared.
    fn report_repeated(&mut self, file: usize, node: Node<'_>, edition: &FrozenEdition) {
        let mut met = BTreeSet::new();
        let entries = node.get("poster").into_iter().flat_map(Node::inside).zip(&edition.entries);
        let repeated = entries.filter(|(_, entry)| !met.insert(entry.id.as_str()));
        for (node, entry) in repeated.take(limits::MOST_PROBLEMS) {
            let message = format!("posten ”{}” står två gånger i utgåvan", entry.id);
            let help = "hämta filen som den frystes, eller ta bort den post som inte hör dit";
            let place = self.sources.finder.in_file(file, node.get("id").unwrap_or(node).span());
            self.diagnostics.push(Diagnostic::error(codes::REPEATED_ID, place, message).with_help(help));
        }
    }

    fn pictures(&mut self) {
        let mut met = BTreeSet::new();
        for (name, is_folder) in self.names(PICTURES) {
            let relative = format!("{PICTURES}/{name}");
            if is_folder {
                let place = Place::file(self.folder.shown(&relative));
                self.diagnostics.push(only(place, &name, is_folder, "bilder", ".png, .jpg eller .jpeg"));
                continue;
            }
            if !met.insert(name.to_lowercase()) {
                let place = Place::file(self.folder.shown(&relative));
                let message = "en annan bild har samma namn, så när som på stora och små bokstäver";
                let help = "ge den ena ett annat namn: på många diskar är det samma fil";
                self.diagnostics.push(Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help));
                continue;
            }
            let (message, help) = match self.picture(&relative, &name) {
                Ok(picture) if picture.kind == PictureKind::Jpeg && photo::is_turned(&picture.bytes) => {
                    let message = "fotot ligger inte rätt: kameran har bara antecknat hur det ska vridas, vilket inte \
                        alla program följer";
                    (
                        message.to_string(),
                        "öppna fotot i ett bildprogram, vrid det rätt och spara det på nytt".to_string(),
                    )
                }
                Ok(picture) => {
                    self.sources.pictures.insert(name, picture);
                    continue;
                }
                Err(message) => {
                    let help = format!(
                        "spara bilden som PNG (.png) eller JPEG (.jpg), högst {} MB, med ett namn av a–z, siffror, \
                         bindestreck och understreck",
                        limits::LARGEST_PICTURE / 1_000_000
                    );
                    (message, help)
                }
            };
            let place = Place::file(self.folder.shown(&relative));
            self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
            self.sources.spoilt.insert(name);
        }
    }

    fn picture(&self, relative: &str, name: &str) -> Result<Picture, String> {
        // The name becomes part of addresses.
        if let Some(why) = paths::fault(&format!("html/bilder/{name}")) {
            return Err(format!("”{name}” kan inte vara namnet på en bild: {why}"));
        }
        // A browser takes a file for what its name says.
        let named = match name.to_ascii_lowercase().rsplit_once('.') {
            Some((_, "png")) => PictureKind::Png,
            Some((_, "jpg" | "jpeg")) => PictureKind::Jpeg,
            _ => return Err(format!("namnet ”{name}” slutar inte på .png, .jpg eller .jpeg")),
        };
        let unreadable = |error| format!("bilden går inte att läsa: {}", self.folder.cause(&error));
        let (file, size) = self.folder.open(relative).map_err(unreadable)?;
        if size > limits::LARGEST_PICTURE {
            return Err(format!("bilden är större än {} MB", limits::LARGEST_PICTURE / 1_000_000));
        }
        let bytes = read_all(file, size).map_err(unreadable)?;
        let kind = match imagesize::image_type(&bytes) {
            Ok(imagesize::ImageType::Png) => PictureKind::Png,
            Ok(imagesize::ImageType::Jpeg) => PictureKind::Jpeg,
            _ => return Err("bilden är varken PNG eller JPEG".to_string()),
        };
        if kind != named {
            return Err("bilden är av ett annat slag än namnet säger".to_string());
        }
        let size = imagesize::blob_size(&bytes)
            .map_err(|_| "bilden är avbruten: hur stor den är går inte att läsa".to_string())?;
        if !has_end(kind, &bytes) {
            return Err("bilden är avbruten: dess slut saknas".to_string());
        }
        if size.width.saturating_mul(size.height) > limits::MOST_PIXELS {
            let most = limits::MOST_PIXELS / 1_000_000;
            return Err(format!(
                "bilden är {} × {} bildpunkter, och får vara högst {most} miljoner",
                size.width, size.height
            ));
        }
        let pixels = |side: usize| {
            let side = u32::try_from(side).ok().filter(|side| (1..=limits::LONGEST_SIDE).contains(side));
            side.ok_or_else(|| format!("bilden är {} × {} bildpunkter", size.width, size.height))
        };
        Ok(Picture { kind, width: pixels(size.width)?, height: pixels(size.height)?, bytes })
    }

    fn names(&mut self, relative: &str) -> Vec<(String, bool)> {
        if let Some(only) = &self.only {
            let name = only.relative.strip_prefix(relative).and_then(|rest| rest.strip_prefix('/'));
            return name.filter(|name| !name.contains('/')).map(|name| (name.to_string(), false)).into_iter().collect();
        }
        self.folder.names(relative).unwrap_or_else(|error| {
            let place = Place::file(self.folder.shown(relative));
            let message = format!("mappen går inte att läsa: {}", self.folder.cause(&error));
            let help = "kontrollera att du får läsa mappen";
            self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
            Vec::new()
        })
    }

    fn find_yaml(&self, stem: &str) -> Option<String> {
        let names = [format!("{stem}.yaml"), format!("{stem}.yml")];
        names.into_iter().find(|name| match &self.only {
            Some(only) => only.relative == *name,
            None => self.folder.has_file(name),
        })
    }

    /// What was read, unless the system failed.
    fn done(self) -> Result<(Sources, Vec<Diagnostic>), String> {
        self.folder.fault.into_inner().map_or(Ok((self.sources, self.diagnostics)), Err)
    }

    fn read(&mut self, relative: &str) -> Option<String> {
        self.text_of(relative).map_err(|diagnostic| self.diagnostics.push(*diagnostic)).ok()
    }

    fn text_of(&self, relative: &str) -> Result<String, Box<Diagnostic>> {
        let known = self.only.as_ref().and_then(|only| only.text.clone());
        let text = known.map_or_else(|| self.folder.read(relative), Ok)?;
        let Some(at) = unmerged(&text) else { return Ok(text) };
        let place = Place::in_text(&self.folder.shown(relative).into(), &text, at, at + UNMERGED[0].len());
        let message = "här börjar två versioner av filen som Git inte har kunnat slå ihop";
        let help = "behåll det som gäller, och ta bort raderna som börjar med <<<<<<<, ======= och >>>>>>>";
        Err(Box::new(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help)))
    }

    /// Reads one file as YAML; its place among the files, unless it cannot be read.
    fn parse(&mut self, relative: &str) -> Option<(usize, Arc<SourceFile>)> {
        self.parse_by(relative, yaml::parse_content)
    }

    /// The same of a file that is one group of keys.
    fn parse_with_keys(&mut self, relative: &str) -> Option<(usize, Arc<SourceFile>)> {
        self.parse_by(relative, with_keys)
    }

    fn parse_by(
        &mut self,
        relative: &str,
        parse: fn(&str) -> (Tree, Vec<yaml::Problem>),
    ) -> Option<(usize, Arc<SourceFile>)> {
        let text = self.read(relative)?;
        let (tree, problems) = parse(&text);
        let file = self.sources.finder.add(&self.folder.shown(relative), text, tree);
        for problem in problems.into_iter().take(limits::MOST_PROBLEMS) {
            self.report_yaml(file, problem);
        }
        Some((file, Arc::clone(&self.sources.finder.files[file])))
    }

    fn report_yaml(&mut self, file: usize, problem: yaml::Problem) {
        let (code, severity) = problem.kind.code();
        let place = self.sources.finder.in_file(file, problem.span);
        self.diagnostics.push(Diagnostic::new(code, severity, place, problem.message).with_help_of(problem.help));
    }

    fn report(&mut self, file: usize, problems: Vec<typed::Problem>, doubts: Vec<yaml::Problem>) {
        for doubt in doubts {
            if self.has_room(file) {
                self.report_yaml(file, doubt);
            }
        }
        for problem in problems {
            if !self.has_room(file) {
                return;
            }
            let place = self.sources.finder.in_file(file, problem.span);
            self.diagnostics.push(Diagnostic::error(problem.code, place, problem.message).with_help_of(problem.help));
        }
    }

    /// Whether one more mistake of a file is told.
    fn has_room(&mut self, file: usize) -> bool {
        let told = self.told.entry(file).or_default();
        *told += 1;
        *told <= limits::MOST_IN_FILE
    }

    fn keep_marks(&mut self, id: &str, kind: Kind, origin: Origin, marks: Vec<Mark>) {
        let file = Arc::clone(&self.sources.finder.files[origin.file]);
        let by = Arc::new(Announcer { id: id.into(), kind, file, root: origin.step });
        self.sources.marks.push(Marked { by, marks });
    }

    /// Takes note of an id; false when it has not the form of one.
    fn declare(&mut self, id: &str, kind: Kind, file: usize, span: Range<usize>) -> bool {
        if let Some((message, cure)) = no_id(id) {
            let place = self.sources.finder.in_file(file, span);
            self.diagnostics.push(Diagnostic::error(codes::ID, place, message).with_help_of(cure));
            self.sources.unread.add(id);
            return false;
        }
        self.sources.declared.push(Declared { id: id.to_string(), kind, file, span });
        true
    }

    /// The entities of a folder, one a file.
    fn folder<T: Entity + DeserializeOwned + Send>(&mut self, folder: &str) -> Vec<T> {
        let mut files = Vec::new();
        let names = self.names(folder);
        for (name, is_folder) in &names {
            let path = format!("{folder}/{name}");
            match yaml_stem(name).filter(|_| !is_folder) {
                Some(stem) => files.push((path, stem.to_string())),
                None if PLACES.iter().any(|at| at.replace('#', "/") == path) => {}
                None => {
                    let place = Place::file(self.folder.shown(&path));
                    self.diagnostics.push(only(place, name, *is_folder, "YAML-filer", ".yaml"));
                    self.keep_away(&path, *is_folder);
                    files.extend(self.misplaced(&path, name, *is_folder, &names));
                }
            }
        }
        let read: Vec<_> = files.par_iter().map(|(path, id)| read_file::<T>(self.text_of(path)?, id)).collect();
        let mut entities = Vec::with_capacity(read.len());
        for ((path, id), read) in files.into_iter().zip(read) {
            let ReadFile { text, tree, problems, filled } = match read {
                Ok(read) => read,
                Err(diagnostic) => {
                    self.diagnostics.push(*diagnostic);
                    self.sources.unread.kinds.extend([Some(T::KIND), T::KIND.part()].into_iter().flatten());
                    continue;
                }
            };
            let file = self.sources.finder.add(&self.folder.shown(&path), text, tree);
            if !is_followed(&problems) {
                self.sources.unread.kinds.extend(T::KIND.part());
            }
            for problem in problems.into_iter().take(limits::MOST_PROBLEMS) {
                self.report_yaml(file, problem);
            }
            // A file that cannot be read still counts as its id, so that it spoils no reference to it.
            if !self.declare(&id, T::KIND, file, 0..0) {
                continue;
            }
            entities.extend(filled.and_then(|filled| self.keep(&id, Origin { file, step: 0 }, filled)));
        }
        entities
    }

    /// The files, with their ids, of something in a folder that is no file of entities and looks like one, or like a folder of
    /// such. They are read as if they stood right, so that what refers to what they hold is not told too; what is beside them
    /// in the folder, in order, goes before.
    fn misplaced(
        &mut self,
        path: &str,
        name: &str,
        is_folder: bool,
        beside: &[(String, bool)],
    ) -> Vec<(String, String)> {
        let inside = if is_folder { self.names(path) } else { Vec::new() };
        let inside = inside
            .iter()
            .filter(|(_, is_folder)| !is_folder)
            .map(|(name, _)| (format!("{path}/{name}"), name.as_str()));
        let by_itself = (!is_folder).then(|| (path.to_string(), name));
        let stems = inside.chain(by_itself).filter_map(|(path, name)| Some((path, meant_stem(name)?)));
        let is_there = |like: &str| beside.binary_search_by(|(name, _)| name.as_str().cmp(like)).is_ok();
        let is_taken = |id: &str| [".yaml", ".yml"].iter().any(|ending| is_there(&format!("{id}{ending}")));
        stems.filter(|(_, id)| no_id(id).is_none() && !is_taken(id)).collect()
    }

    /// The entities of a file with a list, or with several under keys.
    fn list<T: Entity + DeserializeOwned + Send>(&mut self, stem: &str, key: Option<&str>) -> Vec<T> {
        let Some(relative) = self.find_yaml(stem) else { return Vec::new() };
        let found = self.diagnostics.len();
        let read = self.parse(&relative);
        let root = read.as_ref().and_then(|(file, source)| Some((*file, source.node(0)?)));
        let Some((file, root)) = root else {
            if self.diagnostics.len() > found {
                self.sources.unread.kinds.extend([Some(T::KIND), T::KIND.part()].into_iter().flatten());
            } else if let Some((file, _)) = read {
                self.report_empty(file, T::KIND, stem);
            }
            return Vec::new();
        };
        if root.is_null() {
            self.report_empty(file, T::KIND, stem);
        }
        if key.is_some() {
            self.check_keys(file, root, stem);
        }
        let items = self.list_items(file, root, key, T::KIND);
        let filled: Vec<_> = items.par_iter().map(|item| fill::<T>(Some(item.key), item.node, item.id)).collect();
        let kept = items.iter().zip(filled).filter_map(|(item, filled)| {
            let origin = Origin { file, step: item.node.at() };
            self.keep(item.id, origin, filled)
        });
        kept.collect()
    }

    /// Tells of a file that should have a list, and has nothing: it may have been emptied by mistake.
    fn report_empty(&mut self, file: usize, kind: Kind, stem: &str) {
        let lists: Vec<&str> = lists_in(stem).collect();
        let message = match lists.is_empty() {
            true => format!("filen är tom, men här ska stå en lista med {}", kind.many()),
            false => format!("filen är tom, men här ska stå listor under {}", lists.join(", ")),
        };
        let place = self.sources.finder.in_file(file, 0..0);
        let help = "hämta tillbaka det som stod i filen, eller ta bort den; en lista som ska vara tom skrivs []";
        let finding = Diagnostic::new(codes::VALUE, Severity::Warning, place, message);
        self.diagnostics.push(finding.with_help(help));
    }

    /// The items of the list in a file, or of that under a key, which have ids.
    fn list_items<'t>(&mut self, file: usize, root: Node<'t>, key: Option<&str>, kind: Kind) -> Vec<Item<'t>> {
        let Some(node) = key.map_or(Some(root), |key| root.get(key)) else { return Vec::new() };
        let Value::Sequence(nodes) = node.value() else {
            if !node.is_null() {
                let place = self.sources.finder.in_file(file, node.first_line());
                let message = format!("här ska stå en lista med {}", kind.many());
                let help = "börja varje post med ”- id: …”";
                self.diagnostics.push(Diagnostic::error(codes::VALUE, place, message).with_help(help));
            }
            return Vec::new();
        };
        let items = nodes.filter_map(|node| {
            let key = node.get("id").filter(|key| matches!(key.value(), Value::Scalar(_)));
            match key {
                Some(key) => {
                    let id = key.text();
                    self.declare(id, kind, file, key.span()).then_some(Item { id, key, node })
                }
                None if !self.has_room(file) => None,
                None => {
                    let place = self.sources.finder.in_file(file, node.first_line());
                    let message = format!("{} i listan saknar id", kind.one());
                    let help = "lägg till en rad ”id: …” först i posten";
                    self.diagnostics.push(Diagnostic::error(codes::MISSING_KEY, place, message).with_help(help));
                    None
                }
            }
        });
        items.collect()
    }

    /// Takes what came of an entity's node; the entity, unless something is wrong with it.
    fn keep<T: Entity>(&mut self, id: &str, origin: Origin, filled: Filled<T>) -> Option<T> {
        self.sources.finder.origins.entry(id.to_string()).or_insert(origin);
        self.report(origin.file, filled.problems, filled.doubts);
        self.keep_marks(id, T::KIND, origin, filled.marks);
        filled.value
    }
}

impl LoadKind for Loader {
    fn load<T: Entity + DeserializeOwned + Send>(&mut self, at: &'static str) -> Vec<T> {
        let (stem, key) = at.split_once('#').map_or((at, None), |(stem, key)| (stem, Some(key)));
        if self.meant.contains(stem) {
            self.sources.unread.kinds.extend([Some(T::KIND), T::KIND.part()].into_iter().flatten());
        }
        let mut entities = self.list(stem, key);
        entities.extend(self.folder::<T>(&at.replace('#', "/")));
        entities
    }
}

/// Follows the text of a file with one entity to its end, so that its tree lives no longer than that.
fn read_file<T: Entity + DeserializeOwned>(text: String, id: &str) -> Result<ReadFile<T>, Box<Diagnostic>> {
    let text = text.into_boxed_str();
    let (tree, problems) = with_keys(&text);
    let filled = tree.root(&text).map(|node| fill(None, node, id));
    Ok(ReadFile { text, tree, problems, filled })
}

/// The tree of a file that is one group of keys: an empty file is one without keys, which then are reported as missing.
fn with_keys(text: &str) -> (Tree, Vec<yaml::Problem>) {
    let (mut tree, problems) = yaml::parse_content(text);
    if is_followed(&problems) && tree.root(text).is_none_or(Node::is_null) {
        tree = Tree::without_keys();
    }
    (tree, problems)
}

/// The entity of that id which the node describes, without the key that says the id.
fn fill<T: Entity + DeserializeOwned>(key: Option<Node<'_>>, node: Node<'_>, id: &str) -> Filled<T> {
    let mut filled = typed::fill_without::<T>(key, node, id);
    if let Some(entity) = &mut filled.value {
        entity.set_id(id);
    }
    filled
}

/// What is said of something that is none of the files which a folder is for.
fn only(place: Place, name: &str, is_folder: bool, files: &str, ending: &str) -> Diagnostic {
    let message = match is_folder {
        true => format!("”{name}” är en mapp, men här får bara {files} ligga ({ending})"),
        false => format!("här får bara {files} ligga ({ending})"),
    };
    let help = match is_folder {
        true => "flytta filerna i mappen hit, och ta bort den".to_string(),
        false => format!("ge filen ändelsen {ending} om den hör hit, eller flytta den ut ur mappen"),
    };
    Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help)
}

/// What is said of a folder that is named as a file, or a file that is named as a folder, if it is that.
fn mistaken(name: &str, is_folder: bool, known: &[&str]) -> Option<(String, String)> {
    let stem = if is_folder { yaml_stem(name)? } else { name };
    if !known.contains(&stem) {
        return None;
    }
    Some(match (is_folder, stem) {
        (true, CATALOGUE) => (
            format!("”{name}” är en mapp, men ska vara en fil"),
            "skriv uppgifterna i en fil med det namnet".to_string(),
        ),
        (true, _) => (
            format!("”{name}” är en mapp, men heter som en fil, och ingen läser den"),
            format!("kalla mappen ”{stem}”, eller gör en fil av den"),
        ),
        (false, CATALOGUE) => {
            (format!("”{name}” saknar sin ändelse, och ingen läser den"), format!("kalla filen {name}.yaml"))
        }
        (false, _) => (
            format!("”{name}” ska vara en mapp, men är ingen, och ingen läser den"),
            "lägg uppgifterna i filer i en mapp med det namnet".to_string(),
        ),
    })
}

/// Whether the structure of a file with these problems could be followed.
fn is_followed(problems: &[yaml::Problem]) -> bool {
    !problems.iter().any(|problem| problem.kind == ProblemKind::Syntax)
}

/// The lists that a file or folder of that name holds, if it holds several.
fn lists_in(stem: &str) -> impl Iterator<Item = &'static str> {
    let stem = yaml_stem(stem).unwrap_or(stem).to_string();
    PLACES.iter().filter_map(move |at| at.split_once('#').filter(|(of, _)| *of == stem).map(|(_, list)| list))
}

/// The name without its ending, of a file whose ending was meant to say that it is YAML: `.YAML`, `.yaml.txt`.
fn meant_stem(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".txt").unwrap_or(&name);
    yaml_stem(name).map(str::to_string)
}

fn yaml_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// Why a text is no id, and what to do about it.
pub(crate) fn no_id(text: &str) -> Option<(String, Option<String>)> {
    if !is_id(text) {
        let message =
            format!("”{text}” kan inte vara ett id: det skrivs med a–z, siffror och bindestreck, högst 64 tecken");
        let slug = text::slug(text);
        return Some((message, is_id(&slug).then(|| format!("byt till ”{slug}”"))));
    }
    let message = format!("”{text}” kan inte vara ett id: Windows tillåter inga filer med det namnet");
    paths::is_device(text).then(|| (message, Some(format!("lägg till ett ord, som i ”{text}-drift”"))))
}

/// Lower-case ASCII letters, digits and single hyphens between them.
fn is_id(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 64 && text.split('-').all(word)
}
