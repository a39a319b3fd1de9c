//! The catalogue: what there is, what it says, and what uses it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, Range};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::asked;
use super::texts::{handles, place_of_part};
use crate::diagnostic::Place;
use crate::document::{Block, Picture};
use crate::load::yaml::Node;
use crate::load::{Announcer, Finder};
use crate::model::{
    Capability, CapabilityGroup, Catalogue, Department, Entities, FrozenEdition, GenericCapability, GenericGroup,
    HasEntities, Kind, Lifecycle, Mention, Ref, ServiceOffering,
};

/// A name may be said to mean another, which means another, but not without end.
pub(super) const MOST_OTHER_NAMES: usize = 8;

/// What stands for the id of `katalog.yaml`.
pub(super) const CATALOGUE: &str = "katalog";

/// A catalogue in which everything refers to something.
#[derive(Debug)]
pub struct Catalog {
    /// What `katalog.yaml` says.
    pub catalogue: Catalogue,
    pub(super) entities: Entities,
    pub(super) index: Entries,
    pub(super) texts: Texts,
    pub(super) written: Vec<Written>,
    /// Where among them the Markdown of a handle is, once someone asks.
    pub(super) handles: OnceLock<FxHashMap<String, usize>>,
    /// Pictures by file name.
    pub pictures: BTreeMap<String, Picture>,
    /// Earlier editions, as they were frozen.
    pub editions: Vec<FrozenEdition>,
    pub(super) uses: FxHashMap<String, Vec<Use>>,
    pub(super) left_out: LeftOut,
    pub(super) finder: Finder,
}

/// What is known of the entities that were left out.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// The ids that they refer to, or seem to mean.
    pub(super) refers_to: FxHashSet<String>,
    /// Whether one of them could not be followed at all, so that it may refer to anything.
    pub(super) unread: bool,
    /// The ids of those that are there, without what is wrong with them.
    pub(super) mistaken: BTreeSet<String>,
}

/// Markdown texts by handle.
pub(super) type Texts = FxHashMap<String, Vec<Block>>;

/// What each id belongs to.
pub(super) type Entries = FxHashMap<String, Entry>;

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
    pub(super) position: usize,
    pub(super) inner: usize,
    /// The kind of the entity that it stands in.
    pub(super) home: Kind,
}

/// A text as its author wrote it.
#[derive(Debug)]
pub struct Written {
    pub(super) by: Arc<Announcer>,
    pub(super) step: u32,
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

    /// Whether an entity is there without what is wrong with it, so that what it lacks may come of that.
    pub fn is_mistaken(&self, id: &str) -> bool {
        self.left_out.mistaken.contains(id)
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

    /// The place of a key that someone has chosen, in the group at a path.
    pub fn place_of_key(&self, id: &str, path: &str, key: &str) -> Place {
        self.finder.place_of_key(id, path, key)
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
        self.lifecycle_of_service(&offering.service)
    }

    /// The same of the service of that id, or the supporting service.
    pub fn lifecycle_of_service(&self, id: &str) -> Option<&Lifecycle> {
        let entry = self.opened(id)?;
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
