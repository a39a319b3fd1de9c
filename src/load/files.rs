//! Files under the content folder, and which entities they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use super::folder::{Folder, UNMERGED, has_end, read_all, unmerged};
use super::names::{lists_in, meant_stem, mistaken, no_id, only, yaml_stem};
use super::sources::{Announcer, CATALOGUE, Declared, Marked, Origin, SourceFile, Sources};
use super::typed::{self, Announced, Filled, Mark};
use super::yaml::{self, Node, ProblemKind, Tree, Value};
use super::{limits, photo};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, codes};
use crate::document::{Picture, PictureKind};
use crate::model::{Catalogue, Chapter, Entities, Entity, FrozenEdition, FrozenForm, Kind, LoadKind, Markdown, PLACES};
use crate::{paths, text};

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
            let inside = self.names(name).unwrap_or_default();
            for (inner, _) in inside.iter().filter(|(inner, _)| !lists.contains(&inner.as_str())) {
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
        self.note_mistaken(CATALOGUE, &filled);
        self.report(file, filled.problems, filled.doubts);
        self.keep_marks(CATALOGUE, Kind::Chapter, origin, filled.marks);
        self.sources.catalogue = filled.value;
    }

    fn chapters(&mut self) {
        let Some(names) = self.names(CHAPTERS) else {
            self.sources.unread.add_kind(Kind::Chapter);
            return;
        };
        for (name, is_folder) in names {
            let relative = format!("{CHAPTERS}/{name}");
            let Some(id) = name.strip_suffix(".md").filter(|_| !is_folder) else {
                let place = Place::file(self.folder.shown(&relative));
                self.diagnostics.push(only(place, &name, is_folder, "Markdown-filer", ".md"));
                continue;
            };
            let Some(text) = self.read(&relative) else {
                self.sources.unread.add_kind(Kind::Chapter);
                continue;
            };
            let file = self.sources.finder.add(&self.folder.shown(&relative), text.as_str(), Tree::of_text(text.len()));
            for (at, c) in text::forbidden(&text).take(limits::MOST_PROBLEMS) {
                let problem = yaml::forbidden_character(c, at..at + c.len_utf8());
                self.report_yaml(file, problem);
            }
            if text.trim().is_empty() {
                // Nothing else tells of it: what refers to the chapter finds it, without a name.
                let place = self.sources.finder.in_file(file, 0..0);
                let message = "filen är tom, men här ska stå ett kapitel med rubrik och text";
                let help = "skriv kapitlet, hämta tillbaka det som stod i filen, eller ta bort den";
                self.diagnostics.push(Diagnostic::error(codes::VALUE, place, message).with_help(help));
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
        let mut are_whole = true;
        for (name, is_folder) in self.names(EDITIONS).unwrap_or_default() {
            let relative = format!("{EDITIONS}/{name}");
            if is_folder || yaml_stem(&name).is_none() {
                let place = Place::file(self.folder.shown(&relative));
                self.diagnostics.push(only(place, &name, is_folder, "YAML-filer", ".yaml"));
                continue;
            }
            let parsed = self.parse_with_keys(&relative);
            let root = parsed.as_ref().and_then(|(file, source)| Some((*file, source.node(0)?)));
            let filled = root.map(|(file, node)| {
                let filled = typed::fill::<FrozenEdition>(node, "");
                self.report(file, filled.problems, filled.doubts);
                (file, node, filled.value)
            });
            let Some((file, node, Some(edition))) = filled else {
                are_whole = false;
                continue;
            };
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
                are_whole = false;
            }
            self.sources.editions.push(edition);
        }
        // What is lost of one would be told as changes, of which the author has made none.
        if !are_whole {
            self.sources.editions.clear();
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
        let Some(names) = self.names(PICTURES) else {
            self.sources.unread.pictures = true;
            return;
        };
        let mut met = BTreeSet::new();
        for (name, is_folder) in names {
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

    /// What a folder holds; `None` where it cannot be read, which is told.
    fn names(&mut self, relative: &str) -> Option<Vec<(String, bool)>> {
        if let Some(only) = &self.only {
            let name = only.relative.strip_prefix(relative).and_then(|rest| rest.strip_prefix('/'));
            let name = name.filter(|name| !name.contains('/')).map(|name| (name.to_string(), false));
            return Some(name.into_iter().collect());
        }
        let told = |error| {
            let place = Place::file(self.folder.shown(relative));
            let message = format!("mappen går inte att läsa: {}", self.folder.cause(&error));
            let help = "kontrollera att du får läsa mappen";
            self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, place, message).with_help(help));
        };
        self.folder.names(relative).map_err(told).ok()
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
        let Some(names) = self.names(folder) else {
            self.sources.unread.add_kind(T::KIND);
            return Vec::new();
        };
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
                    self.sources.unread.add_kind(T::KIND);
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
        let inside = if is_folder { self.names(path).unwrap_or_default() } else { Vec::new() };
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
                self.sources.unread.add_kind(T::KIND);
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
                    let is_in_braces = node.source()[node.span().start..].starts_with('{');
                    let help = match is_in_braces {
                        true => "skriv ”id: …,” först i posten, efter {",
                        false => "lägg till en rad ”id: …” först i posten",
                    };
                    self.diagnostics.push(Diagnostic::error(codes::MISSING_KEY, place, message).with_help(help));
                    // Whoever refers to it most likely has made its id of its name.
                    let names = ["namn", "titel", "term"].into_iter().filter_map(|key| node.get(key));
                    let names = names.filter(|name| matches!(name.value(), Value::Scalar(_)));
                    names.for_each(|name| self.sources.unread.add(name.text()));
                    None
                }
            }
        });
        items.collect()
    }

    /// Takes what came of an entity's node; the entity, unless something is wrong with it.
    fn keep<T: Entity>(&mut self, id: &str, origin: Origin, filled: Filled<T>) -> Option<T> {
        self.sources.finder.origins.entry(id.to_string()).or_insert(origin);
        self.note_mistaken(id, &filled);
        self.report(origin.file, filled.problems, filled.doubts);
        self.keep_marks(id, T::KIND, origin, filled.marks);
        filled.value
    }

    /// Keeps in mind what is there without what is wrong with it.
    fn note_mistaken<T>(&mut self, id: &str, filled: &Filled<T>) {
        if filled.value.is_some() && !filled.problems.is_empty() {
            self.sources.mistaken.insert(id.to_string());
        }
    }
}

impl LoadKind for Loader {
    fn load<T: Entity + DeserializeOwned + Send>(&mut self, at: &'static str) -> Vec<T> {
        let (stem, key) = at.split_once('#').map_or((at, None), |(stem, key)| (stem, Some(key)));
        if self.meant.contains(stem) {
            self.sources.unread.add_kind(T::KIND);
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
    let mut filled = typed::fill_entity::<T>(key, node, id);
    if let Some(entity) = &mut filled.value {
        entity.set_id(id);
    }
    filled
}

/// Whether the structure of a file with these problems could be followed.
fn is_followed(problems: &[yaml::Problem]) -> bool {
    !problems.iter().any(|problem| problem.kind == ProblemKind::Syntax)
}
