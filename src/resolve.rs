//! From sources to a catalogue: ids are unique, every reference leads somewhere, every text is parsed.
//!
//! [`Catalog`] can only be made here, so whoever holds one never meets a dangling reference.

pub mod asked;
mod edit;

use std::borrow::Cow;
use std::collections::hash_map;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, Range};
use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::{Block, Heading, Inline, Picture, each_anchor, plain_text, repeated_anchors, walk};
use crate::draw;
use crate::load::typed::{Announced, Mark};
use crate::load::yaml::Node;
use crate::load::{Announcer, Declared, Finder, Marked, Sources, Unread, no_id};
use crate::markdown::{self, Lookup, Parsed};
use crate::model::{
    Capability, CapabilityGroup, Catalogue, Chapter, Department, Entities, Entity, FrozenEdition, GenericCapability,
    GenericGroup, HasEntities, Kind, Kinds, Lifecycle, Mention, Ref, ServiceOffering, VisitEntity, offering_id,
};
use crate::text::{self, Candidate};

/// A name may be said to mean another, which means another, but not without end.
const MOST_OTHER_NAMES: usize = 8;
/// What stands for the id of `katalog.yaml`.
const CATALOGUE: &str = "katalog";

/// A catalogue in which everything refers to something.
#[derive(Debug)]
pub struct Catalog {
    /// What `katalog.yaml` says.
    pub catalogue: Catalogue,
    entities: Entities,
    index: Entries,
    texts: Texts,
    written: Vec<Written>,
    /// Where among them the Markdown of a handle is, once someone asks.
    handles: OnceLock<FxHashMap<String, usize>>,
    /// Pictures by file name.
    pub pictures: BTreeMap<String, Picture>,
    /// Earlier editions, as they were frozen.
    pub editions: Vec<FrozenEdition>,
    uses: FxHashMap<String, Vec<Use>>,
    left_out: LeftOut,
    finder: Finder,
}

/// What is known of the entities that were left out.
#[derive(Debug, Default)]
struct LeftOut {
    /// The ids that they refer to, or seem to mean.
    refers_to: FxHashSet<String>,
    /// Whether one of them could not be followed at all, so that it may refer to anything.
    unread: bool,
}

/// Markdown texts by handle.
type Texts = FxHashMap<String, Vec<Block>>;

/// What an id belongs to.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Whether it is made up.
    pub example: bool,
    /// The number of the entity that it is, or stands in.
    pub number: u32,
    /// Its place in its list, and within that entity where it stands in another.
    position: usize,
    inner: usize,
    /// The kind of the entity that it stands in.
    home: Kind,
}

/// A text as its author wrote it.
#[derive(Debug)]
pub struct Written {
    by: Arc<Announcer>,
    step: u32,
    /// Whether it is Markdown; names and the like are not.
    pub is_markdown: bool,
}

impl Written {
    /// The id of the entity that it stands in; `katalog` for `katalog.yaml`.
    pub fn owner(&self) -> &str {
        &self.by.id
    }

    /// What that is; of `katalog.yaml` as of a chapter.
    pub fn kind(&self) -> Kind {
        self.by.kind
    }

    /// Its key path, positions included; empty for a chapter.
    pub fn path(&self) -> String {
        self.by.path(self.step)
    }

    /// Its own key; nothing of an item of a list, and of a chapter.
    pub fn key(&self) -> &str {
        self.by.node(self.step).map_or("", Node::key)
    }

    /// The first key of its path.
    pub fn top_key(&self) -> &str {
        self.by.top_key(self.step)
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.by.text(self.step)
    }
}

/// One reference, seen from what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The id of the entity that refers.
    pub from: Arc<str>,
    /// The key that it refers by, without positions: `ola.avrop.erbjudande`.
    pub by: Arc<str>,
}

impl Catalog {
    /// The entities, by kind.
    pub fn entities(&self) -> &Entities {
        asked::everything();
        &self.entities
    }

    /// The entities of one kind.
    pub fn all<T: HasEntities>(&self) -> &[T] {
        asked::kind(T::KIND);
        T::all(&self.entities)
    }

    /// What an id belongs to.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        let entry = self.index.get(id)?;
        asked::head(entry.number);
        Some(entry)
    }

    /// The same for who goes on to what it says.
    pub(crate) fn opened(&self, id: &str) -> Option<&Entry> {
        let entry = self.index.get(id)?;
        asked::contents(entry.number);
        Some(entry)
    }

    /// Every id and what it belongs to, in no particular order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.index.iter().map(|(id, entry)| (id.as_str(), entry))
    }

    /// Whether anything is made up.
    pub fn has_examples(&self) -> bool {
        self.index.values().any(|entry| entry.example)
    }

    /// How many entities there are, those within others too.
    pub fn entry_count(&self) -> usize {
        self.index.len()
    }

    /// The text that a handle stands for.
    pub fn text(&self, handle: &str) -> Option<&[Block]> {
        self.opened(handle.split('#').next().unwrap_or(handle));
        self.texts.get(handle).map(Vec::as_slice)
    }

    /// The same as its author wrote it; chapters are kept in their entities.
    pub fn written(&self, handle: &str) -> Option<&str> {
        let handles = self.handles.get_or_init(|| handles(&self.written));
        handles.get(handle).map(|at| self.written[*at].text())
    }

    /// Every text, plain or Markdown, in the order of the files.
    pub fn texts(&self) -> &[Written] {
        &self.written
    }

    /// The place of a part of a text.
    pub fn place_in(&self, written: &Written, part: &Range<usize>) -> Place {
        place_of_part(&written.by, written.step, part)
    }

    /// What refers to an id, ordered by who refers and how.
    pub fn uses(&self, id: &str) -> &[Use] {
        self.opened(id);
        self.uses.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether something that was left out of the catalogue uses an id, or may do so: no one then knows that nothing does.
    pub fn may_be_used(&self, id: &str) -> bool {
        self.left_out.unread || self.left_out.refers_to.contains(id)
    }

    /// The path, under the content folder, of the file that an id stands in.
    pub fn source(&self, id: &str) -> Option<&str> {
        let entry = self.entry(id)?;
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

    /// Whether a key path of the entity of an id is that of a part of it, which has that id, or of something in it.
    pub fn is_in_part(&self, id: &str, path: &str, part: &str) -> bool {
        // Most paths are of no part, and many may be asked of.
        let offering = path.strip_prefix("erbjudanden.");
        let Some(rest) = offering.or_else(|| path.strip_prefix("förmågor.")) else { return false };
        let (Some(whole), Some(part)) = (self.entry(id), self.entry(part)) else { return false };
        let is_of_kind = match part.kind {
            Kind::ServiceOffering => offering.is_some(),
            Kind::Capability | Kind::GenericCapability => offering.is_none(),
            _ => false,
        };
        let at = rest.split('.').next().and_then(|at| at.parse().ok());
        is_of_kind && whole.number == part.number && at == Some(part.inner)
    }

    /// Whether an entity's file has the key, be it without a value.
    pub fn is_written(&self, id: &str, key: &str) -> bool {
        self.finder.is_written(id, key)
    }

    /// The entity of a kind that has an id.
    pub fn get<T: HasEntities>(&self, id: &str) -> Option<&T> {
        let entry = self.opened(id).filter(|entry| entry.kind == T::KIND)?;
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

    /// Whether the offering that a reference leads to is an IS/IT service's.
    pub fn is_of_service(&self, reference: &Ref<ServiceOffering>) -> bool {
        self.entry(&reference.id).is_some_and(|entry| entry.home == Kind::Service)
    }

    /// The offering that has an id.
    pub fn get_offering(&self, id: &str) -> Option<&ServiceOffering> {
        let entry = self.opened(id).filter(|entry| entry.kind == Kind::ServiceOffering)?;
        let offerings = match entry.home {
            Kind::Service => &self.entities.services[entry.position].offerings,
            _ => &self.entities.supporting_services[entry.position].offerings,
        };
        offerings.get(entry.inner)
    }

    /// Where the service of an offering is in its life, where something is said of that.
    pub fn lifecycle_of(&self, offering: &ServiceOffering) -> Option<&Lifecycle> {
        let entry = self.opened(&offering.service)?;
        match entry.home {
            Kind::Service => self.entities.services[entry.position].lifecycle.as_ref(),
            _ => self.entities.supporting_services[entry.position].lifecycle.as_ref(),
        }
    }

    /// The group and the generic capability of an id that is one.
    pub fn generic_capability(&self, id: &str) -> Option<(&GenericGroup, &GenericCapability)> {
        let entry = self.opened(id).filter(|entry| entry.kind == Kind::GenericCapability)?;
        let group = &self.entities.generic_groups[entry.position];
        Some((group, group.capabilities.get(entry.inner)?))
    }

    /// What supports a generic capability; `None` for a name that no capability has.
    pub fn supporting_capability(&self, mention: &Mention<Capability>) -> Option<&Entry> {
        self.entry(&mention.text).filter(|entry| matches!(entry.kind, Kind::Capability | Kind::CapabilityGroup))
    }

    /// The group and the capability of an id that is one of level 1.
    pub fn capability(&self, id: &str) -> Option<(&CapabilityGroup, &Capability)> {
        let entry = self.opened(id).filter(|entry| entry.kind == Kind::Capability)?;
        let group = &self.entities.capability_groups[entry.position];
        Some((group, &group.capabilities[entry.inner]))
    }
}

impl<T: HasEntities> Index<&Ref<T>> for Catalog {
    type Output = T;

    fn index(&self, reference: &Ref<T>) -> &T {
        let entry = self.opened(&reference.id).expect("references have been checked");
        &T::all(&self.entities)[entry.position]
    }
}

/// Checks the sources against each other. There is no catalogue without a whole `katalog.yaml`; what is wrong
/// elsewhere is left out of it, with everything that refers to it.
pub fn resolve(sources: Sources) -> (Option<Catalog>, Vec<Diagnostic>) {
    let Sources { catalogue, mut entities, declared, unread, marks, pictures, spoilt, editions, finder } = sources;
    let mut diagnostics = Vec::new();
    let (named, inside) = rayon::join(|| index(&entities), || ids_inside(&marks));
    let mut broken: FxHashSet<String> = broken_ids(&declared, &named);
    let known = known_ids(&declared, inside, &finder, &mut broken, &mut diagnostics);
    let suggestions = Suggestions::of(&known);

    let is_unread = !unread.is_empty() || says_nothing(&broken, &marks);
    let (dangling, unfollowed) = dangling_references(&marks, &known, &unread, &suggestions);
    broken.extend(dangling);
    diagnostics.extend(unfollowed);
    leave_out(&mut broken, &marks, &known);
    let whole = (!broken.is_empty()).then(|| {
        entities.retain(|id| !broken.contains(id));
        index(&entities)
    });
    let index = whole.as_ref().unwrap_or(&named);
    let none = Texts::default();
    let lookup = KnownLookup {
        known: &known,
        named: &named,
        unread: &unread,
        texts: &none,
        pictures: &pictures,
        spoilt: &spoilt,
        suggestions: &suggestions,
    };
    // The largest part of each is for all cores, and the rest for one.
    let ((texts, unreadable), (uses, written)) =
        rayon::join(|| parse_texts(&marks, &lookup), || (uses(&marks, index), written_texts(&marks, index)));
    diagnostics.extend(unreadable);

    crate::diagnostic::sort(&mut diagnostics);
    let Some(catalogue) = catalogue.filter(|_| !broken.contains(CATALOGUE)) else { return (None, diagnostics) };
    let refers_to = referred_to(&marks, &broken).chain(suggestions.meant()).flat_map(with_service).collect();
    let left_out = LeftOut { refers_to, unread: is_unread };
    let index = whole.unwrap_or(named);
    let handles = OnceLock::new();
    let catalog =
        Catalog { catalogue, entities, index, texts, written, handles, pictures, editions, uses, left_out, finder };
    (Some(catalog), diagnostics)
}

/// The texts of what the catalogue has.
fn written_texts(marks: &[Marked], index: &Entries) -> Vec<Written> {
    let is_there = |owner: &str| owner == CATALOGUE || index.contains_key(owner);
    marks.iter().filter(|marked| is_there(&marked.by.id)).flat_map(texts_of).collect()
}

/// The texts of one entity.
fn texts_of(Marked { by, marks }: &Marked) -> impl Iterator<Item = Written> {
    let texts = marks.iter().filter(|mark| matches!(mark.what, Announced::Markdown | Announced::Text));
    texts.map(|Mark { what, step }| Written {
        by: Arc::clone(by),
        step: *step,
        is_markdown: *what == Announced::Markdown,
    })
}

/// Where the Markdown of each handle is; chapters are kept in their entities.
fn handles(written: &[Written]) -> FxHashMap<String, usize> {
    let fields = written.iter().enumerate().filter(|(_, text)| text.is_markdown && !text.by.is_chapter());
    fields.map(|(at, text)| (format!("{}#{}", text.owner(), text.path()), at)).collect()
}

/// An id before the catalogue is whole.
struct Known<'a> {
    kind: Kind,
    /// The id of the entity whose file it stands in.
    owner: &'a str,
    place: FoundAt<'a>,
}

type KnownIds<'a> = FxHashMap<Cow<'a, str>, Known<'a>>;

/// Where an id stands, to be worked out for one that stands twice.
enum FoundAt<'a> {
    File(&'a Declared),
    Step(&'a Announcer, u32),
}

impl FoundAt<'_> {
    fn place(&self, finder: &Finder) -> Place {
        match self {
            FoundAt::File(Declared { file, span, .. }) => finder.in_file(*file, span.clone()),
            FoundAt::Step(by, step) => by.place(*step),
        }
    }
}

/// Some ids, and what is wrong with them.
type Found<'a> = (Vec<(Cow<'a, str>, Known<'a>)>, Vec<Diagnostic>);

/// Every id of the catalogue, once: those that files declare, and those of what stands inside entities. What has the id of
/// something of another kind is broken, and so is that: whoever refers to one would be led to the other.
fn known_ids<'a>(
    declared: &'a [Declared],
    inside: Vec<Found<'a>>,
    finder: &Finder,
    broken: &mut FxHashSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> KnownIds<'a> {
    // What has no id has no place in any document; an offering's is made of its suffix.
    let has_no_id = |(id, new): &&(Cow<'_, str>, Known<'_>)| new.kind != Kind::ServiceOffering && no_id(id).is_some();
    let without = inside.iter().flat_map(|(found, _)| found).filter(has_no_id);
    broken.extend(without.map(|(_, new)| new.owner.to_string()));
    let mut known = KnownIds::default();
    known.reserve(declared.len() + inside.iter().map(|(found, _)| found.len()).sum::<usize>());
    let mut add = |id: Cow<'a, str>, new: Known<'a>, diagnostics: &mut Vec<Diagnostic>| match known.entry(id) {
        hash_map::Entry::Vacant(free) => _ = free.insert(new),
        hash_map::Entry::Occupied(first) => {
            let (id, first) = (first.key(), first.get());
            let Place { file: path, line, .. } = first.place.place(finder);
            let message = format!("id ”{id}” finns redan: {} ({path}:{line})", first.kind.one());
            let help = "ett id får finnas en gång i hela katalogen; ge den ena ett annat";
            let place = new.place.place(finder);
            diagnostics.push(Diagnostic::error(codes::REPEATED_ID, place, message).with_help(help));
            if first.kind != new.kind {
                broken.extend([first.owner, new.owner].map(str::to_string));
            }
        }
    };
    for declared in declared {
        let Declared { id, kind, .. } = declared;
        let new = Known { kind: *kind, owner: id, place: FoundAt::File(declared) };
        add(Cow::Borrowed(id), new, diagnostics);
    }
    for (found, mistakes) in inside {
        diagnostics.extend(mistakes);
        found.into_iter().for_each(|(id, new)| add(id, new, diagnostics));
    }
    known
}

/// The ids of what stands inside entities.
fn ids_inside(marks: &[Marked]) -> Vec<Found<'_>> {
    marks.par_iter().map(ids_inside_one).collect()
}

/// Those of one entity.
fn ids_inside_one(Marked { by, marks }: &Marked) -> Found<'_> {
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    for mark in marks {
        let text = || by.text(mark.step);
        let (id, kind) = match mark.what {
            Announced::Identity(kind) => {
                if let Some((message, cure)) = no_id(text()) {
                    diagnostics.push(Diagnostic::error(codes::ID, by.place(mark.step), message).with_help_of(cure));
                }
                (Cow::Borrowed(text()), kind)
            }
            Announced::Suffix => {
                if !text::is_suffix(text()) {
                    let message = format!("”{}” kan inte vara ett suffix", text());
                    let help = "skriv det med bokstäver, siffror och bindestreck";
                    diagnostics.push(Diagnostic::error(codes::ID, by.place(mark.step), message).with_help(help));
                }
                (Cow::Owned(offering_id(&by.id, text())), Kind::ServiceOffering)
            }
            _ => continue,
        };
        found.push((id, Known { kind, owner: &by.id, place: FoundAt::Step(by, mark.step) }));
    }
    (found, diagnostics)
}

/// What a chapter is called: what its heading says, or else its id.
fn chapter_name(chapter: &Chapter, index: &Entries) -> String {
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
struct Named<'a>(&'a Entries);

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

/// Entities that have an id but could not be read.
fn broken_ids(declared: &[Declared], read: &Entries) -> FxHashSet<String> {
    declared.iter().map(|id| &id.id).filter(|id| !read.contains_key(*id)).cloned().collect()
}

/// What mistyped ids were meant to be. A target that is gone is missed by many, and looked for once.
struct Suggestions<'a> {
    known: &'a KnownIds<'a>,
    ids: BTreeMap<Kind, Vec<Candidate<'a>>>,
    found: Mutex<FxHashMap<String, Option<&'a str>>>,
    /// The offerings of each service, once they are asked for.
    offerings: OnceLock<FxHashMap<&'a str, Vec<&'a str>>>,
    /// The kinds of which something was meant, and nothing says what.
    unclear: Mutex<BTreeSet<Kind>>,
}

impl<'a> Suggestions<'a> {
    fn of(known: &'a KnownIds<'a>) -> Suggestions<'a> {
        let mut ids: BTreeMap<Kind, Vec<Candidate<'_>>> = BTreeMap::new();
        for (id, known) in known {
            ids.entry(known.kind).or_default().push(Candidate::new(id));
        }
        Suggestions { known, ids, found: Mutex::default(), offerings: OnceLock::new(), unclear: Mutex::default() }
    }

    /// The id that was meant, among those of some kinds.
    fn near(&self, id: &str, kinds: &[Kind]) -> Option<&'a str> {
        let asked = format!("{kinds:?} {id}");
        let found = || self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(near) = found().get(&asked) {
            return *near;
        }
        let candidates = || kinds.iter().filter_map(|kind| self.ids.get(kind)).flatten().copied();
        // A name may have been written where the id that is made of it was meant, or the id in other letters: were only
        // slips counted, ”Su” would be as near ”nu” as ”su”.
        let as_id = text::slug(id);
        // So may the file that has the id.
        let file = id.rsplit('/').next().unwrap_or(id);
        let file = [".yaml", ".yml", ".md"].iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
        let known = |id: &str| self.known.get_key_value(id).filter(|(_, known)| kinds.contains(&known.kind));
        let same = known(&as_id).or_else(|| known(file)).map(|(id, _)| &**id);
        let near = same.or_else(|| text::nearest(id, candidates()));
        let near = near.or_else(|| text::nearest(&as_id, candidates()).filter(|_| as_id != id));
        found().insert(asked, near);
        near
    }

    /// The ids of a service's offerings, in order.
    fn offerings(&self, service: &str) -> &[&'a str] {
        let all = self.offerings.get_or_init(|| {
            let mut all: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
            let offerings = self.known.iter().filter(|(_, known)| known.kind == Kind::ServiceOffering);
            for (id, known) in offerings {
                all.entry(known.owner).or_default().push(id);
            }
            all.values_mut().for_each(|offerings| offerings.sort_unstable());
            all
        });
        all.get(service).map_or(&[], Vec::as_slice)
    }

    /// Nothing is near what a key names; where it asks for one kind, anything of that may have been meant.
    fn is_unclear(&self, wanted: &[Kind]) {
        if let [kind] = wanted {
            self.unclear.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(*kind);
        }
    }

    /// Every id that some mistyped one seems, or may, have been meant for.
    fn meant(self) -> impl Iterator<Item = &'a str> {
        let found = self.found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let unclear = self.unclear.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let possible = self
            .ids
            .into_iter()
            .filter(move |(kind, _)| unclear.contains(kind))
            .flat_map(|(_, ids)| ids.into_iter().map(Candidate::text));
        found.into_values().flatten().chain(possible)
    }
}

/// Whether one of these entities announced nothing while it was read, so that no one knows what it refers to.
fn says_nothing(broken: &FxHashSet<String>, marks: &[Marked]) -> bool {
    if broken.is_empty() {
        return false;
    }
    let heard = marks.iter().filter(|marked| !marked.marks.is_empty());
    let heard: FxHashSet<&str> = heard.map(|marked| &*marked.by.id).collect();
    broken.iter().any(|id| !heard.contains(id.as_str()))
}

/// What the entities that are left out refer to.
fn referred_to<'a>(marks: &'a [Marked], broken: &FxHashSet<String>) -> impl Iterator<Item = &'a str> {
    references(marks).filter(|(by, _)| broken.contains(&*by.id)).map(|(by, mark)| by.text(mark.step))
}

/// An id, and that of its service where it is an offering's.
fn with_service(id: &str) -> impl Iterator<Item = String> + use<> {
    let service = id.split_once('.').map(|(service, _)| service.to_string());
    service.into_iter().chain([id.to_string()])
}

/// So many references of one entity that lead nowhere are told: more than any honest one has.
const MOST_DANGLING: usize = 1_000;

/// The ids of entities that have references which lead nowhere, and a report of each.
fn dangling_references(
    marks: &[Marked],
    known: &KnownIds<'_>,
    unread: &Unread,
    suggestions: &Suggestions<'_>,
) -> (FxHashSet<String>, Vec<Diagnostic>) {
    let dangling_in = |Marked { by, marks }: &Marked| {
        let mut dangles = false;
        let mut diagnostics = Vec::new();
        for mark in marks {
            if let Some(dangling) = Dangling::of(mark, by, &|id| known.get(id).map(|found| found.kind)) {
                dangles = true;
                if diagnostics.len() == MOST_DANGLING {
                    break;
                }
                diagnostics.extend(dangling.finding(unread, || by.place(mark.step), suggestions));
            }
        }
        dangles.then(|| (by.id.to_string(), diagnostics))
    };
    let found: Vec<_> = marks.par_iter().filter_map(dangling_in).collect();
    let (owners, diagnostics): (FxHashSet<_>, Vec<_>) = found.into_iter().unzip();
    (owners, diagnostics.into_iter().flatten().collect())
}

/// A reference that leads nowhere, or to what is of another kind.
struct Dangling<'a> {
    id: &'a str,
    /// The kind of what refers to it.
    by: Kind,
    wanted: Kinds,
    found: Option<Kind>,
}

impl<'a> Dangling<'a> {
    fn of(mark: &Mark, by: &'a Announcer, kind: &dyn Fn(&str) -> Option<Kind>) -> Option<Dangling<'a>> {
        let (wanted, may_be_name) = match mark.what {
            Announced::Reference(wanted) => (wanted, false),
            Announced::Mention(wanted) => (wanted, true),
            _ => return None,
        };
        let id = by.text(mark.step);
        let found = kind(id);
        if found.is_some_and(|found| wanted.has(found)) {
            return None;
        }
        // A printed name has a capital or a space; what looks like an id was meant as one.
        if may_be_name && !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return None;
        }
        Some(Dangling { id, by: by.kind, wanted, found })
    }

    /// What its author is told; nothing where it may well stand in a file that has been reported.
    fn finding(
        &self,
        unread: &Unread,
        place: impl FnOnce() -> Place,
        suggestions: &Suggestions<'_>,
    ) -> Option<Diagnostic> {
        let (Dangling { id, found, .. }, wanted) = (self, self.wanted.each().collect::<Vec<_>>());
        if found.is_none() && unread.may_have(id, &wanted) {
            return None;
        }
        let list = text::one_of(&wanted.iter().map(|kind| kind.many()).collect::<Vec<_>>());
        let message = match found {
            Some(found) => format!("”{id}” hör till {}, inte till {list}", found.many()),
            None => format!("”{id}” finns inte bland {list}"),
        };
        if found.is_none() && *id == CATALOGUE && self.by == Kind::Waiver {
            let message = format!("”{id}” är inget id som ett undantag kan gälla");
            let help = "ta bort raden: ett undantag utan den gäller katalog.yaml";
            return Some(Diagnostic::error(codes::REFERENCE, place(), message).with_help(help));
        }
        let diagnostic = Diagnostic::error(codes::REFERENCE, place(), message);
        let offerings = if wanted == [Kind::ServiceOffering] { suggestions.offerings(id) } else { &[] };
        if found.is_some() && !offerings.is_empty() {
            let help = format!("välj ett av dess erbjudanden: {}", offerings.join(", "));
            return Some(diagnostic.with_help(help));
        }
        Some(match suggestions.near(id, &wanted) {
            Some(near) => diagnostic.with_help(format!("menade du ”{near}”?")),
            None => {
                suggestions.is_unclear(&wanted);
                diagnostic
            }
        })
    }
}

/// What a text may refer to before the catalogue is whole.
#[derive(Clone, Copy)]
struct KnownLookup<'a, 'k> {
    known: &'a KnownIds<'k>,
    /// What was read, by which ids have names.
    named: &'a Entries,
    unread: &'a Unread,
    texts: &'a Texts,
    pictures: &'a BTreeMap<String, Picture>,
    spoilt: &'a BTreeSet<String>,
    suggestions: &'a Suggestions<'k>,
}

impl Lookup for KnownLookup<'_, '_> {
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
        self.texts.get(handle).map(|blocks| Cow::Borrowed(blocks.as_slice()))
    }

    fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
        // One that is there and cannot be used has been reported.
        if self.spoilt.contains(name) { Ok(()) } else { check_picture(name, self.pictures) }
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| self.known.get(id).map(|known| known.kind);
        let found = crate::draw::check(name, kind, self.known.keys().map(Cow::as_ref));
        // It may well be of something in a file that has been reported.
        let id = name.rsplit('/').next().unwrap_or(name);
        if self.unread.may_have(id, Kind::ALL) { Ok(()) } else { found }
    }
}

/// Whether there is a picture of that name, else the one that was meant: the same in other letters, or with a slip.
pub fn check_picture(name: &str, pictures: &BTreeMap<String, Picture>) -> Result<(), Option<String>> {
    if pictures.contains_key(name) {
        return Ok(());
    }
    let names = || pictures.keys().map(String::as_str);
    // All of them lie in one folder, which is not named.
    let own = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let is_same = |known: &&str| known.to_lowercase() == own;
    let is_without_ending = |known: &&str| known.to_lowercase().rsplit_once('.').is_some_and(|(stem, _)| stem == own);
    let near = names().find(is_same).or_else(|| names().find(is_without_ending));
    Err(near.or_else(|| text::did_you_mean(&own, names())).map(str::to_string))
}

/// Parses every Markdown text; chapters last, since they may put in the others.
fn parse_texts(marks: &[Marked], known: &KnownLookup<'_, '_>) -> (Texts, Vec<Diagnostic>) {
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

/// The chapters that put in other texts so many times that they are too long to be put together, and what they are told.
fn swollen_chapters<'m>(marks: &'m [Marked], known: &KnownLookup<'_, '_>) -> FxHashMap<&'m str, Diagnostic> {
    let texts = || marks.iter().flat_map(|Marked { by, marks }| marks.iter().map(move |mark| (by, mark)));
    let markdown = || texts().filter(|(_, mark)| mark.what == Announced::Markdown);
    let chapters = || markdown().filter(|(by, mark)| by.is_chapter() && by.text(mark.step).contains("![["));
    let handles = chapters().flat_map(|(by, mark)| markdown::put_in(by.text(mark.step)));
    let mut lengths: FxHashMap<&str, usize> = handles.map(|(handle, _)| (handle, 0)).collect();
    if lengths.is_empty() {
        return FxHashMap::default();
    }
    let owners: FxHashSet<&str> = lengths.keys().filter_map(|handle| handle.split('#').next()).collect();
    for (by, mark) in markdown().filter(|(by, _)| !by.is_chapter() && owners.contains(&*by.id)) {
        if let Some(length) = lengths.get_mut([&by.id, "#", &by.path(mark.step)].concat().as_str()) {
            let text = by.text(mark.step);
            *length = text.len() + names_shown(text).map(|(id, _)| length_of_name(id, known)).sum::<usize>();
        }
    }
    let written = chapters().map(|(by, mark)| by.text(mark.step).len()).sum::<usize>();
    let most = markdown::most_repeated(written + lengths.values().sum::<usize>());
    let mut all = 0;
    let mut swollen = FxHashMap::default();
    for (by, mark) in chapters() {
        let before = all;
        for (handle, span) in markdown::put_in(by.text(mark.step)) {
            all += lengths[handle];
            if all > most {
                // What it would have come to is nothing against those after it.
                all = before;
                let message = format!("”{handle}” läggs in så många gånger att texterna blir för långa");
                let help = "lägg in den en gång, och hänvisa till den med [[id]] på andra ställen";
                let place = place_of_part(by, mark.step, &span);
                swollen.insert(&*by.id, Diagnostic::error(codes::MARKDOWN, place, message).with_help(help));
                break;
            }
        }
    }
    swollen
}

/// The text of a step, by its handle, and what is wrong with it.
fn parse_text(by: &Announcer, step: u32, lookup: &impl Lookup) -> (String, Vec<Block>, Vec<Diagnostic>) {
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
    if blocks.len() > MOST_BLOCKS {
        let message =
            format!("texten har {} stycken, rubriker och annat, och får ha högst {MOST_BLOCKS}", blocks.len());
        let diagnostic = Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &(0..0)), message);
        told.push(diagnostic.with_help("dela upp den i flera kapitel"));
    }
    told.extend(drawn_at_fault(by, step, &blocks));
    if !by.is_chapter() {
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

/// The most paragraphs, headings, tables and the like that a text may have, ten times those of the largest that anyone
/// writes: each is numbered, listed and set by itself.
const MOST_BLOCKS: usize = 100_000;

/// The most figures that are drawn for a text, many times those of the longest document: each is a drawing of its own.
const MOST_DRAWN: usize = 500;

/// Figures that are drawn for a text so many times that it is too long, however short it is written.
fn drawn_at_fault(by: &Announcer, step: u32, blocks: &[Block]) -> Option<Diagnostic> {
    let mut drawn = 0;
    walk(blocks, &mut |block| {
        drawn += usize::from(matches!(block, Block::Figure(figure) if figure.picture.starts_with(draw::SCHEME)));
    });
    let message = format!("texten visar {drawn} ritade figurer, och får visa högst {MOST_DRAWN}");
    let help = "visa varje figur en gång, och hänvisa till den på andra ställen";
    let place = || place_of_part(by, step, &(0..0));
    (drawn > MOST_DRAWN).then(|| Diagnostic::error(codes::MARKDOWN, place(), message).with_help(help))
}

/// The most bytes of names that a text may show where it refers to something, if it may not show more of what it says
/// itself.
const MOST_NAMED: usize = 1 << 20;

/// Names that a text shows so many times that it is too long.
fn names_at_fault(by: &Announcer, step: u32, lookup: &impl Lookup) -> Option<Diagnostic> {
    let (id, span) = name_too_many(by.text(step), |id| length_of_name(id, lookup))?;
    let message = format!("”{id}” och annat nämns så många gånger att texten blir för lång");
    let help = "hänvisa färre gånger, eller med kortare ord, som [[id|orden]]";
    Some(Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &span), message).with_help(help))
}

/// The first id of those whose names a text shows that is too many, and where, by how long the name of each is.
fn name_too_many(source: &str, length: impl Fn(&str) -> usize) -> Option<(&str, Range<usize>)> {
    let most = MOST_NAMED.max(markdown::most_repeated(source.len()));
    let mut all = 0;
    names_shown(source).find(|(id, _)| {
        all += length(id);
        all > most
    })
}

/// The ids that a text shows the names of, and where.
fn names_shown(source: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    source.match_indices("[[").filter_map(|(at, mark)| {
        let first = at + mark.len();
        let near = &source[first..source.floor_char_boundary(first + LONGEST_REFERENCE)];
        let written = &near[..near.find("]]")?];
        let id = written.trim_start_matches('§').trim();
        (!written.contains('|')).then(|| (id, at..first + written.len() + "]]".len()))
    })
}

/// The longest that a reference may be to be looked for, in bytes.
const LONGEST_REFERENCE: usize = 600;

fn length_of_name(id: &str, lookup: &impl Lookup) -> usize {
    if lookup.has_id(id) { lookup.name(id).map_or(0, |name| name.len()) } else { 0 }
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
fn place_of_part(by: &Announcer, step: u32, part: &Range<usize>) -> Place {
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

/// Adds to `broken` everything that refers to something broken.
fn leave_out(broken: &mut FxHashSet<String>, marks: &[Marked], known: &KnownIds<'_>) {
    if broken.is_empty() {
        return;
    }
    let mut by_target: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (by, mark) in references(marks) {
        if let Some(target) = known.get(by.text(mark.step)) {
            by_target.entry(target.owner).or_default().push(&by.id);
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

/// Every reference, with the entity that refers.
fn references(marks: &[Marked]) -> impl Iterator<Item = (&Announcer, &Mark)> {
    marks.iter().flat_map(references_of)
}

/// Those of one entity.
fn references_of(Marked { by, marks }: &Marked) -> impl Iterator<Item = (&Announcer, &Mark)> {
    let refers = |mark: &&Mark| matches!(mark.what, Announced::Reference(_) | Announced::Mention(_));
    marks.iter().filter(refers).map(move |mark| (&**by, mark))
}

/// What each id belongs to.
type Entries = FxHashMap<String, Entry>;

fn index(entities: &Entities) -> Entries {
    #[derive(Default)]
    struct Indexer {
        index: Entries,
        positions: FxHashMap<Kind, usize>,
        number: u32,
    }
    impl VisitEntity for Indexer {
        fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T) {
            let next = self.positions.entry(T::KIND).or_default();
            let position = *next;
            *next += 1;
            let number = self.number;
            self.number += 1;
            let (name, example) = (entity.name().into_owned(), entity.is_example());
            let entry = Entry { kind: T::KIND, name, example, number, position, inner: 0, home: T::KIND };
            entity.parts(&mut |part| {
                let example = part.example || entity.is_example();
                let (name, inner) = (part.shown_name(), part.position);
                let entry = Entry { kind: part.kind, name, example, number, position, inner, home: T::KIND };
                self.index.insert(part.id.to_string(), entry);
            });
            self.index.insert(entity.id().to_string(), entry);
        }
    }
    let mut indexer = Indexer::default();
    entities.each(&mut indexer);
    let chapters = entities.chapters.par_iter();
    let names: Vec<String> = chapters.map(|chapter| chapter_name(chapter, &indexer.index)).collect();
    for ((position, chapter), name) in entities.chapters.iter().enumerate().zip(names) {
        let (kind, number) = (Kind::Chapter, indexer.number);
        indexer.number += 1;
        let entry = Entry { kind, name, example: false, number, position, inner: 0, home: kind };
        indexer.index.insert(chapter.id.clone(), entry);
    }
    indexer.index
}

/// What an entity uses, and by which keys. What calls for an offering uses its service too.
fn uses_by<'a>(marked: &'a Marked, index: &Entries, keys: &mut Keys) -> Vec<(&'a str, Use)> {
    let by = &marked.by;
    let mut found = Vec::new();
    // The metadata of documents is no part of the catalogue, nor is a waiver.
    if matches!(by.kind, Kind::Chapter | Kind::Waiver) || !index.contains_key(&*by.id) {
        return found;
    }
    for (by, mark) in references_of(marked) {
        let id = by.text(mark.step);
        let Some(target) = index.get(id) else { continue };
        let used = Use { from: Arc::clone(&by.id), by: keys.kept(by.keys(mark.step)) };
        if target.kind == Kind::ServiceOffering
            && let Some((service, _)) = id.split_once('.')
        {
            found.push((service, used.clone()));
        }
        found.push((id, used));
    }
    found
}

/// Keys that references stand under: there are few, and each is kept once.
#[derive(Default)]
struct Keys(FxHashSet<Arc<str>>);

impl Keys {
    fn kept(&mut self, keys: String) -> Arc<str> {
        if let Some(kept) = self.0.get(keys.as_str()) {
            return Arc::clone(kept);
        }
        let kept: Arc<str> = keys.into();
        self.0.insert(Arc::clone(&kept));
        kept
    }
}

/// Turns every reference round.
fn uses(marks: &[Marked], index: &Entries) -> FxHashMap<String, Vec<Use>> {
    let found: Vec<Vec<(&str, Use)>> =
        marks.par_iter().map_init(Keys::default, |keys, marked| uses_by(marked, index, keys)).collect();
    let mut uses: FxHashMap<&str, Vec<Use>> = FxHashMap::default();
    for (id, found) in found.into_iter().flatten() {
        uses.entry(id).or_default().push(found);
    }
    let sorted = uses.into_par_iter().map(|(id, mut list)| {
        list.sort_unstable();
        list.dedup();
        list.shrink_to_fit();
        (id.to_string(), list)
    });
    sorted.collect::<Vec<_>>().into_iter().collect()
}
