//! References: where each leads, and what is told of one that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::catalog::{CATALOGUE, Entries, Use};
use super::ids::KnownIds;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::load::typed::{Announced, Mark};
use crate::load::{Announcer, Marked, Unread};
use crate::model::{Kind, Kinds};
use crate::text::{self, Words};

/// What mistyped ids were meant to be. A target that is gone is missed by many, and looked for once.
pub struct Suggestions<'a> {
    known: &'a KnownIds<'a>,
    ids: BTreeMap<Kind, Ids<'a>>,
    found: Mutex<FxHashMap<String, Option<&'a str>>>,
    /// The offerings of each service, once they are asked for.
    offerings: OnceLock<FxHashMap<&'a str, Vec<&'a str>>>,
    /// The kinds of which something was meant, and nothing says what.
    unclear: Mutex<BTreeSet<Kind>>,
}

/// The ids of a kind, which are put in order once something is looked for among them.
#[derive(Default)]
struct Ids<'a> {
    all: Vec<&'a str>,
    words: OnceLock<Words<'a>>,
}

impl<'a> Ids<'a> {
    fn words(&self) -> &Words<'a> {
        self.words.get_or_init(|| Words::of(self.all.iter().copied()))
    }
}

impl<'a> Suggestions<'a> {
    /// Among these ids.
    pub fn of(known: &'a KnownIds<'a>) -> Suggestions<'a> {
        let mut ids: BTreeMap<Kind, Ids<'_>> = BTreeMap::new();
        for (id, known) in known {
            ids.entry(known.kind).or_default().all.push(id);
        }
        Suggestions { known, ids, found: Mutex::default(), offerings: OnceLock::new(), unclear: Mutex::default() }
    }

    /// The id that was meant, among those of some kinds.
    pub fn near(&self, id: &str, kinds: &[Kind]) -> Option<&'a str> {
        let asked = format!("{kinds:?} {id}");
        let found = || self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(near) = found().get(&asked) {
            return *near;
        }
        let candidates: Vec<&Words<'a>> = kinds.iter().filter_map(|kind| self.ids.get(kind)).map(Ids::words).collect();
        // A name may have been written where the id that is made of it was meant, or the id in other letters: were only
        // slips counted, ”Su” would be as near ”nu” as ”su”.
        let as_id = text::slug(id);
        // So may the file that has the id.
        let file = id.rsplit('/').next().unwrap_or(id);
        let file = [".yaml", ".yml", ".md"].iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
        let known = |id: &str| self.known.get_key_value(id).filter(|(_, known)| kinds.contains(&known.kind));
        let same = known(&as_id).or_else(|| known(file)).map(|(id, _)| &**id);
        let near = same.or_else(|| text::nearest(id, &candidates));
        let near = near.or_else(|| if as_id == id { None } else { text::nearest(&as_id, &candidates) });
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
    pub fn meant(self) -> impl Iterator<Item = &'a str> {
        let found = self.found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let unclear = self.unclear.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let possible =
            self.ids.into_iter().filter(move |(kind, _)| unclear.contains(kind)).flat_map(|(_, ids)| ids.all);
        found.into_values().flatten().chain(possible)
    }
}

/// Whether one of these entities announced nothing while it was read, so that no one knows what it refers to.
pub fn says_nothing(broken: &FxHashSet<String>, marks: &[Marked]) -> bool {
    if broken.is_empty() {
        return false;
    }
    let heard = marks.iter().filter(|marked| !marked.marks.is_empty());
    let heard: FxHashSet<&str> = heard.map(|marked| &*marked.by.id).collect();
    broken.iter().any(|id| !heard.contains(id.as_str()))
}

/// What the entities that are left out refer to.
pub fn referred_to<'a>(marks: &'a [Marked], broken: &FxHashSet<String>) -> impl Iterator<Item = &'a str> {
    references(marks).filter(|(by, _)| broken.contains(&*by.id)).map(|(by, mark)| by.text(mark.step))
}

/// An id, and that of its service where it is an offering's.
pub fn with_service(id: &str) -> impl Iterator<Item = String> + use<> {
    let service = id.split_once('.').map(|(service, _)| service.to_string());
    service.into_iter().chain([id.to_string()])
}

/// So many references of one entity that lead nowhere are told: more than any honest one has.
const MOST_DANGLING: usize = 1_000;

/// The ids of entities that have references which lead nowhere, and a report of each.
pub fn dangling_references(
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
                // That two kinds have one id is told where it stands.
                if known.get(dangling.id).is_some_and(|found| found.is_of_two_kinds) {
                    continue;
                }
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
pub struct Dangling<'a> {
    id: &'a str,
    /// The kind of what refers to it.
    by: Kind,
    wanted: Kinds,
    found: Option<Kind>,
}

impl<'a> Dangling<'a> {
    /// Of a reference or a mention, if nothing has its id or what has it is of another kind.
    pub fn of(mark: &Mark, by: &'a Announcer, kind: &dyn Fn(&str) -> Option<Kind>) -> Option<Dangling<'a>> {
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

/// Adds to `broken` everything that refers to something broken.
pub fn leave_out(broken: &mut FxHashSet<String>, marks: &[Marked], known: &KnownIds<'_>) {
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
pub fn references(marks: &[Marked]) -> impl Iterator<Item = (&Announcer, &Mark)> {
    marks.iter().flat_map(references_of)
}

/// Those of one entity.
fn references_of(Marked { by, marks }: &Marked) -> impl Iterator<Item = (&Announcer, &Mark)> {
    let refers = |mark: &&Mark| matches!(mark.what, Announced::Reference(_) | Announced::Mention(_));
    marks.iter().filter(refers).map(move |mark| (&**by, mark))
}

/// What an entity uses, and by which keys. What calls for an offering uses its service too.
pub fn uses_by<'a>(marked: &'a Marked, index: &Entries, keys: &mut Keys) -> Vec<(&'a str, Use)> {
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
pub struct Keys(pub FxHashSet<Arc<str>>);

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
pub fn uses(marks: &[Marked], index: &Entries) -> FxHashMap<String, Vec<Use>> {
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
