//! From sources to a catalogue: ids are unique, every reference leads somewhere, every text is parsed.
//!
//! [`Catalog`] can only be made here, so whoever holds one never meets a dangling reference.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{Index, Range};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::{Block, Picture};
use crate::load::typed::Announced;
use crate::load::{Declared, Finder, OwnedMark, Sources};
use crate::markdown::{self, Lookup, Parsed};
use crate::model::{
    Capability, CapabilityGroup, Catalogue, Department, Entities, Entity, FrozenEdition, GenericCapability,
    GenericGroup, HasEntities, Kind, Mention, Ref, ServiceOffering, VisitEntity, offering_id,
};
use crate::text;

/// A name may be said to mean another, which means another, but not without end.
const MOST_OTHER_NAMES: usize = 8;

/// A catalogue in which everything refers to something.
#[derive(Debug)]
pub struct Catalog {
    /// What `katalog.yaml` says.
    pub catalogue: Catalogue,
    /// The entities, by kind.
    pub entities: Entities,
    index: HashMap<String, Entry>,
    texts: HashMap<String, Vec<Block>>,
    written: HashMap<String, String>,
    /// Pictures by file name.
    pub pictures: BTreeMap<String, Picture>,
    /// Earlier editions, as they were frozen.
    pub editions: Vec<FrozenEdition>,
    uses: BTreeMap<String, Vec<Use>>,
    left_out: LeftOut,
    finder: Finder,
}

/// What is known of the entities that were left out.
#[derive(Debug, Default)]
struct LeftOut {
    /// The ids that they refer to.
    refers_to: HashSet<String>,
    /// Whether one of them could not be followed at all, so that it may refer to anything.
    unread: bool,
}

/// What an id belongs to.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Whether it is made up.
    pub example: bool,
    /// Its place in its list, and within that entity where it stands in another.
    position: usize,
    inner: usize,
    /// The kind of the entity that it stands in.
    home: Kind,
}

/// One reference, seen from what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The id of the entity that refers.
    pub from: String,
    /// The key that it refers by, without positions: `ola.avrop.erbjudande`.
    pub by: String,
}

impl Catalog {
    /// What an id belongs to.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.index.get(id)
    }

    /// Every id and what it belongs to, in no particular order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.index.iter().map(|(id, entry)| (id.as_str(), entry))
    }

    /// The text that a handle stands for.
    pub fn text(&self, handle: &str) -> Option<&[Block]> {
        self.texts.get(handle).map(Vec::as_slice)
    }

    /// The same as its author wrote it; chapters are kept in their entities.
    pub fn written(&self, handle: &str) -> Option<&str> {
        self.written.get(handle).map(String::as_str)
    }

    /// What refers to an id, ordered by who refers and how.
    pub fn uses(&self, id: &str) -> &[Use] {
        self.uses.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether something that was left out of the catalogue uses an id, or may do so: no one then knows that nothing does.
    pub fn may_be_used(&self, id: &str) -> bool {
        self.left_out.unread || self.left_out.refers_to.contains(id)
    }

    /// The path, under the content folder, of the file that an id stands in.
    pub fn source(&self, id: &str) -> Option<&str> {
        let entry = self.index.get(id)?;
        let owner = match entry.kind {
            Kind::Capability => &self.entities.capability_groups[entry.position].id,
            Kind::GenericCapability => &self.entities.generic_groups[entry.position].id,
            _ => id,
        };
        self.finder.source(owner)
    }

    /// The place of a value, for a finding.
    pub fn place(&self, id: &str, path: &str) -> Place {
        self.finder.place(id, path)
    }

    /// Whether an entity's file has the key, be it without a value.
    pub fn is_written(&self, id: &str, key: &str) -> bool {
        self.finder.is_written(id, key)
    }

    /// The entity of a kind that has an id.
    pub fn get<T: HasEntities>(&self, id: &str) -> Option<&T> {
        let entry = self.index.get(id).filter(|entry| entry.kind == T::KIND)?;
        T::all(&self.entities).get(entry.position)
    }

    /// The department that a name means, where a source uses more than one name.
    pub fn department(&self, named: &Ref<Department>) -> &Department {
        let mut department = &self[named];
        for _ in 0..MOST_OTHER_NAMES {
            match &department.same_as {
                Some(same) => department = &self[same],
                None => return department,
            }
        }
        &self[named]
    }

    /// The offering that a reference leads to.
    pub fn offering(&self, reference: &Ref<ServiceOffering>) -> &ServiceOffering {
        self.get_offering(&reference.id).expect("references have been checked")
    }

    /// The offering that has an id.
    pub fn get_offering(&self, id: &str) -> Option<&ServiceOffering> {
        let entry = self.index.get(id).filter(|entry| entry.kind == Kind::ServiceOffering)?;
        let offerings = match entry.home {
            Kind::Service => &self.entities.services[entry.position].offerings,
            _ => &self.entities.supporting_services[entry.position].offerings,
        };
        offerings.get(entry.inner)
    }

    /// The group and the generic capability of an id that is one.
    pub fn generic_capability(&self, id: &str) -> Option<(&GenericGroup, &GenericCapability)> {
        let entry = self.index.get(id).filter(|entry| entry.kind == Kind::GenericCapability)?;
        let group = &self.entities.generic_groups[entry.position];
        Some((group, group.capabilities.get(entry.inner)?))
    }

    /// What supports a generic capability; `None` for a name that no capability has.
    pub fn supporting_capability(&self, mention: &Mention<Capability>) -> Option<&Entry> {
        self.index.get(&mention.text).filter(|entry| matches!(entry.kind, Kind::Capability | Kind::CapabilityGroup))
    }

    /// The group and the capability of an id that is one of level 1.
    pub fn capability(&self, id: &str) -> Option<(&CapabilityGroup, &Capability)> {
        let entry = self.index.get(id).filter(|entry| entry.kind == Kind::Capability)?;
        let group = &self.entities.capability_groups[entry.position];
        Some((group, &group.capabilities[entry.inner]))
    }
}

impl<T: HasEntities> Index<&Ref<T>> for Catalog {
    type Output = T;

    fn index(&self, reference: &Ref<T>) -> &T {
        &T::all(&self.entities)[self.index[&reference.id].position]
    }
}

/// Checks the sources against each other. There is no catalogue without a whole `katalog.yaml`; what is wrong
/// elsewhere is left out of it, with everything that refers to it.
pub fn resolve(sources: Sources) -> (Option<Catalog>, Vec<Diagnostic>) {
    let Sources { catalogue, mut entities, declared, unread, marks, pictures, editions, finder } = sources;
    let mut diagnostics = Vec::new();
    let known = known_ids(&declared, &marks, &entities, &finder, &mut diagnostics);

    let mut broken: HashSet<String> = broken_ids(&declared, &entities);
    let is_unread = !unread.is_empty() || says_nothing(&broken, &marks);
    let dangling = dangling_references(&marks, &known, &unread, &finder, &mut diagnostics);
    broken.extend(dangling.owners);
    let lookup = KnownLookup { known: &known, unread: &unread, texts: &HashMap::new(), pictures: &pictures };
    let texts = parse_texts(&marks, &lookup, &finder, &mut diagnostics);

    leave_out(&mut broken, &marks, &known);
    entities.retain(|id| !broken.contains(id));
    crate::diagnostic::sort(&mut diagnostics);
    let Some(catalogue) = catalogue.filter(|_| !broken.contains("katalog")) else { return (None, diagnostics) };
    let index = index(&entities);
    let uses = uses(&marks, &index);
    let mut refers_to = referred_to(&marks, &broken);
    refers_to.extend(dangling.meant.iter().flat_map(|id| with_service(id)));
    let left_out = LeftOut { refers_to, unread: is_unread };
    let written = written_texts(marks);
    (
        Some(Catalog { catalogue, entities, index, texts, written, pictures, editions, uses, left_out, finder }),
        diagnostics,
    )
}

/// The Markdown texts of entities, by handle.
fn written_texts(marks: Vec<OwnedMark>) -> HashMap<String, String> {
    let is_field = |mark: &OwnedMark| mark.mark.what == Announced::Markdown && !mark.mark.path.is_empty();
    let fields = marks.into_iter().filter(is_field);
    fields.map(|OwnedMark { owner, mark, .. }| (format!("{owner}#{}", mark.path), mark.text)).collect()
}

/// An id before the catalogue is whole.
struct Known {
    kind: Kind,
    name: Option<String>,
    /// The id of the entity whose file it stands in.
    owner: String,
}

type KnownIds = HashMap<String, Known>;

/// Every id of the catalogue, once.
fn known_ids(
    declared: &[Declared],
    marks: &[OwnedMark],
    entities: &Entities,
    finder: &Finder,
    diagnostics: &mut Vec<Diagnostic>,
) -> KnownIds {
    let mut found: Vec<(String, Kind, &str, usize, Range<usize>)> = Vec::new();
    for id in declared {
        found.push((id.id.clone(), id.kind, &id.id, id.file, id.span.clone()));
    }
    for OwnedMark { owner, file, mark, .. } in marks {
        match mark.what {
            Announced::Identity(kinds) => {
                let kind = kinds.split('|').next().and_then(Kind::from_code_name).unwrap_or(Kind::Capability);
                found.push((mark.text.clone(), kind, owner, *file, mark.span.clone()));
            }
            Announced::Suffix => {
                let id = offering_id(owner, &mark.text);
                let plain =
                    mark.text.chars().all(|c| c.is_alphanumeric() || c == '-') && !text::slug(&mark.text).is_empty();
                if !plain {
                    let place = finder.in_file(*file, mark.span.clone());
                    let message = format!("”{}” kan inte vara ett suffix", mark.text);
                    let help = "skriv det med bokstäver, siffror och bindestreck";
                    diagnostics.push(Diagnostic::error(codes::ID, place, message).with_help(help));
                }
                found.push((id, Kind::ServiceOffering, owner, *file, mark.span.clone()));
            }
            _ => {}
        }
    }
    let mut names = Names::default();
    entities.each(&mut names);
    // Where an id stands is worked out only for one that stands twice.
    let mut known: HashMap<String, (Known, usize, Range<usize>)> = HashMap::new();
    for (id, kind, owner, file, span) in found {
        if let Some((first, first_file, first_span)) = known.get(&id) {
            let Place { file: path, line, .. } = finder.in_file(*first_file, first_span.clone());
            let message = format!("id ”{id}” har redan {} ({path}:{line})", first.kind.one());
            let help = "ett id får finnas en gång i hela katalogen; ge den ena ett annat";
            let place = finder.in_file(file, span);
            diagnostics.push(Diagnostic::error(codes::REPEATED_ID, place, message).with_help(help));
            continue;
        }
        let name = names.0.remove(&id);
        known.insert(id, (Known { kind, name, owner: owner.to_string() }, file, span));
    }
    for chapter in &entities.chapters {
        if let Some((known, ..)) = known.get_mut(&chapter.id) {
            known.name = chapter_title(&chapter.text.source);
        }
    }
    known.into_iter().map(|(id, (known, ..))| (id, known)).collect()
}

fn chapter_title(source: &str) -> Option<String> {
    let line = source.lines().find_map(|line| line.strip_prefix("# "))?;
    Some(line.split("{.").next().unwrap_or(line).trim().to_string())
}

/// Names of entities and of what stands inside them, by id.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl VisitEntity for Names {
    fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T) {
        self.0.insert(entity.id().to_string(), entity.name().into_owned());
        entity.parts(&mut |part| {
            self.0.insert(part.id.to_string(), part.shown_name());
        });
    }
}

/// Entities that have an id but could not be read.
fn broken_ids(declared: &[Declared], entities: &Entities) -> HashSet<String> {
    struct Whole(HashSet<String>);
    impl VisitEntity for Whole {
        fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T) {
            self.0.insert(entity.id().to_string());
        }
    }
    let mut whole = Whole(entities.chapters.iter().map(|chapter| chapter.id.clone()).collect());
    entities.each(&mut whole);
    declared.iter().map(|id| id.id.clone()).filter(|id| !whole.0.contains(id)).collect()
}

/// Whether one of these entities announced nothing while it was read, so that no one knows what it refers to.
fn says_nothing(broken: &HashSet<String>, marks: &[OwnedMark]) -> bool {
    if broken.is_empty() {
        return false;
    }
    let heard: HashSet<&str> = marks.iter().map(|mark| mark.owner.as_str()).collect();
    broken.iter().any(|id| !heard.contains(id.as_str()))
}

/// References that lead nowhere.
#[derive(Default)]
struct Dangling {
    /// The ids of the entities that have them.
    owners: HashSet<String>,
    /// The ids that they seem to have been meant for.
    meant: HashSet<String>,
}

/// Reports references that lead nowhere.
fn dangling_references(
    marks: &[OwnedMark],
    known: &KnownIds,
    unread: &BTreeSet<Kind>,
    finder: &Finder,
    diagnostics: &mut Vec<Diagnostic>,
) -> Dangling {
    let mut dangling = Dangling::default();
    for OwnedMark { owner, file, mark, .. } in marks {
        let (kinds, may_be_name) = match mark.what {
            Announced::Reference(kinds) => (kinds, false),
            Announced::Mention(kinds) => (kinds, true),
            _ => continue,
        };
        let wanted: Vec<Kind> = kinds.split('|').filter_map(Kind::from_code_name).collect();
        let found = known.get(&mark.text);
        if found.is_some_and(|found| wanted.contains(&found.kind)) {
            continue;
        }
        // A printed name has a capital or a space; what looks like an id was meant as one.
        if may_be_name && !mark.text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            continue;
        }
        dangling.owners.insert(owner.clone());
        // It may well stand in a file that has been reported.
        if found.is_none() && wanted.iter().any(|kind| unread.contains(kind)) {
            continue;
        }
        let list = wanted.iter().map(|kind| kind.many()).collect::<Vec<_>>().join(" eller ");
        let message = match found {
            Some(found) => format!("”{}” hör till {}, inte till {list}", mark.text, found.kind.many()),
            None => format!("”{}” finns inte bland {list}", mark.text),
        };
        let of_kind = known.iter().filter(|(_, known)| wanted.contains(&known.kind)).map(|(id, _)| id.as_str());
        let mut diagnostic = Diagnostic::error(codes::REFERENCE, finder.in_file(*file, mark.span.clone()), message);
        if let Some(near) = text::did_you_mean(&mark.text, of_kind) {
            dangling.meant.insert(near.to_string());
            diagnostic = diagnostic.with_help(format!("menade du ”{near}”?"));
        }
        diagnostics.push(diagnostic);
    }
    dangling
}

/// What a text may refer to before the catalogue is whole.
#[derive(Clone, Copy)]
struct KnownLookup<'a> {
    known: &'a KnownIds,
    unread: &'a BTreeSet<Kind>,
    texts: &'a HashMap<String, Vec<Block>>,
    pictures: &'a BTreeMap<String, Picture>,
}

impl Lookup for KnownLookup<'_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        match self.known.get_key_value(id) {
            Some((id, known)) => Ok(Cow::Borrowed(known.name.as_deref().unwrap_or(id))),
            // It may well stand in a file that has been reported.
            None if !self.unread.is_empty() => Ok(Cow::Owned(id.to_string())),
            None => Err(text::did_you_mean(id, self.known.keys().map(String::as_str)).map(str::to_string)),
        }
    }

    fn text(&self, handle: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        self.texts.get(handle).map(|blocks| Cow::Borrowed(blocks.as_slice()))
    }

    fn has_picture(&self, name: &str) -> bool {
        self.pictures.contains_key(name)
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| self.known.get(id).map(|known| known.kind);
        let found = crate::draw::check(name, kind, self.known.keys().map(String::as_str));
        // It may well be of something in a file that has been reported.
        if self.unread.is_empty() { found } else { Ok(()) }
    }
}

/// Parses every Markdown text; chapters last, since they may put in the others.
fn parse_texts(
    marks: &[OwnedMark],
    known: &KnownLookup<'_>,
    finder: &Finder,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<String, Vec<Block>> {
    let mut texts = HashMap::new();
    let is_markdown = |mark: &&OwnedMark| mark.mark.what == Announced::Markdown;
    let (chapters, fields): (Vec<_>, Vec<_>) = marks.iter().filter(is_markdown).partition(|m| m.mark.path.is_empty());
    for marks in [fields, chapters] {
        let lookup = KnownLookup { texts: &texts, ..*known };
        let parsed: Vec<Parsed> = marks.par_iter().map(|mark| markdown::parse(&mark.mark.text, &lookup)).collect();
        for (OwnedMark { owner, file, mark, .. }, parsed) in marks.into_iter().zip(parsed) {
            let raw = &finder.text(*file)[mark.span.clone()];
            for problem in parsed.problems {
                let span = in_raw(&mark.text, &problem.span, raw, mark.span.start);
                let code = if problem.is_reference { codes::REFERENCE } else { codes::MARKDOWN };
                let mut diagnostic = Diagnostic::error(code, finder.in_file(*file, span), problem.message);
                diagnostic.help = problem.help;
                diagnostics.push(diagnostic);
            }
            let mut blocks = parsed.blocks;
            // A chapter is at home at its own heading.
            if let (true, Some(Block::Heading(heading))) = (mark.path.is_empty(), blocks.first_mut())
                && heading.id.is_empty()
            {
                heading.id.clone_from(owner);
            }
            let handle = if mark.path.is_empty() { owner.clone() } else { format!("{owner}#{}", mark.path) };
            texts.insert(handle, blocks);
        }
    }
    texts
}

/// Finds a part of a Markdown text in the bytes that it was written with, which differ in indents and quotes: the
/// same words, as many times before it.
fn in_raw(text: &str, part: &Range<usize>, raw: &str, raw_start: usize) -> Range<usize> {
    let words = text.get(part.clone()).and_then(|words| words.lines().next()).unwrap_or_default().trim_end();
    let earlier = if words.is_empty() { 0 } else { text[..part.start].matches(words).count() };
    match raw.match_indices(words).nth(earlier) {
        Some((at, _)) if !words.is_empty() => raw_start + at..raw_start + at + words.len(),
        _ => raw_start..raw_start + raw.len(),
    }
}

/// Adds to `broken` everything that refers to something broken.
fn leave_out(broken: &mut HashSet<String>, marks: &[OwnedMark], known: &KnownIds) {
    let mut by_target: HashMap<&str, Vec<&str>> = HashMap::new();
    for OwnedMark { owner, mark, .. } in marks {
        if let (Announced::Reference(_) | Announced::Mention(_), Some(target)) = (mark.what, known.get(&mark.text)) {
            by_target.entry(&target.owner).or_default().push(owner);
        }
    }
    let mut waiting: Vec<String> = broken.iter().cloned().collect();
    while let Some(id) = waiting.pop() {
        for owner in by_target.remove(id.as_str()).unwrap_or_default() {
            if broken.insert(owner.to_string()) {
                waiting.push(owner.to_string());
            }
        }
    }
}

fn index(entities: &Entities) -> HashMap<String, Entry> {
    #[derive(Default)]
    struct Indexer {
        index: HashMap<String, Entry>,
        positions: HashMap<Kind, usize>,
    }
    impl VisitEntity for Indexer {
        fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T) {
            let next = self.positions.entry(T::KIND).or_default();
            let position = *next;
            *next += 1;
            let name = entity.name().into_owned();
            let entry = Entry { kind: T::KIND, name, example: entity.is_example(), position, inner: 0, home: T::KIND };
            entity.parts(&mut |part| {
                let example = part.example || entity.is_example();
                let (name, inner) = (part.shown_name(), part.position);
                let entry = Entry { kind: part.kind, name, example, position, inner, home: T::KIND };
                self.index.insert(part.id.to_string(), entry);
            });
            self.index.insert(entity.id().to_string(), entry);
        }
    }
    let mut indexer = Indexer::default();
    entities.each(&mut indexer);
    for (position, chapter) in entities.chapters.iter().enumerate() {
        let name = chapter_title(&chapter.text.source).unwrap_or_else(|| chapter.id.clone());
        let entry = Entry { kind: Kind::Chapter, name, example: false, position, inner: 0, home: Kind::Chapter };
        indexer.index.insert(chapter.id.clone(), entry);
    }
    indexer.index
}

/// What the entities that are left out refer to, offerings with their services.
fn referred_to(marks: &[OwnedMark], broken: &HashSet<String>) -> HashSet<String> {
    let refers = |mark: &&OwnedMark| matches!(mark.mark.what, Announced::Reference(_) | Announced::Mention(_));
    let theirs = marks.iter().filter(refers).filter(|mark| broken.contains(&mark.owner));
    theirs.flat_map(|mark| with_service(&mark.mark.text)).collect()
}

/// An id, and that of its service where it is an offering's.
fn with_service(id: &str) -> impl Iterator<Item = String> {
    let service = id.split_once('.').map(|(service, _)| service.to_string());
    service.into_iter().chain([id.to_string()])
}

/// Turns every reference round. What calls for an offering uses its service too.
fn uses(marks: &[OwnedMark], index: &HashMap<String, Entry>) -> BTreeMap<String, Vec<Use>> {
    let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for OwnedMark { owner, owner_kind, mark, .. } in marks {
        let refers = matches!(mark.what, Announced::Reference(_) | Announced::Mention(_));
        // The metadata of documents is no part of the catalogue, nor is a waiver.
        if !refers || matches!(owner_kind, Kind::Chapter | Kind::Waiver) || !index.contains_key(owner) {
            continue;
        }
        let Some(target) = index.get(&mark.text) else { continue };
        let by = mark.path.split('.').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".");
        let found = Use { from: owner.clone(), by };
        if target.kind == Kind::ServiceOffering
            && let Some((service, _)) = mark.text.split_once('.')
        {
            uses.entry(service.to_string()).or_default().push(found.clone());
        }
        uses.entry(mark.text.clone()).or_default().push(found);
    }
    for list in uses.values_mut() {
        list.sort();
        list.dedup();
    }
    uses
}
