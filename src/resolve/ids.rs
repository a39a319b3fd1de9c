//! The ids that there are, and where each is given.

use std::borrow::Cow;
use std::collections::hash_map;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::catalog::{Entries, Entry};
use super::texts::chapter_name;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::load::typed::Announced;
use crate::load::{Announcer, Declared, Finder, Marked, no_id};
use crate::model::{Entities, Entity, Kind, VisitEntity, offering_id};
use crate::text;

/// An id before the catalogue is whole.
pub struct Known<'a> {
    pub kind: Kind,
    /// The id of the entity whose file it stands in.
    pub owner: &'a str,
    place: FoundAt<'a>,
    /// Whether something of another kind has the id too: what refers to it may mean either.
    pub is_of_two_kinds: bool,
}

/// By id.
pub type KnownIds<'a> = FxHashMap<Cow<'a, str>, Known<'a>>;

/// Where an id stands, to be worked out for one that stands twice.
pub enum FoundAt<'a> {
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
pub type Found<'a> = (Vec<(Cow<'a, str>, Known<'a>)>, Vec<Diagnostic>);

/// Every id of the catalogue, once: those that files declare, and those of what stands inside entities. What has the id of
/// something of another kind is broken, and so is that: whoever refers to one would be led to the other.
pub fn known_ids<'a>(
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
        hash_map::Entry::Occupied(mut entry) => {
            let (id, first) = (entry.key(), entry.get());
            let Place { file: path, line, .. } = first.place.place(finder);
            let message = format!("id ”{id}” finns redan: {} ({path}:{line})", first.kind.one());
            let help = "ett id får finnas en gång i hela katalogen; ge den ena ett annat";
            let place = new.place.place(finder);
            diagnostics.push(Diagnostic::error(codes::REPEATED_ID, place, message).with_help(help));
            if first.kind != new.kind {
                broken.extend([first.owner, new.owner].map(str::to_string));
                entry.get_mut().is_of_two_kinds = true;
            }
        }
    };
    for declared in declared {
        let Declared { id, kind, .. } = declared;
        let new = Known { kind: *kind, owner: id, place: FoundAt::File(declared), is_of_two_kinds: false };
        add(Cow::Borrowed(id), new, diagnostics);
    }
    for (found, mistakes) in inside {
        diagnostics.extend(mistakes);
        found.into_iter().for_each(|(id, new)| add(id, new, diagnostics));
    }
    known
}

/// The ids of what stands inside entities.
pub fn ids_inside(marks: &[Marked]) -> Vec<Found<'_>> {
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
        found.push((id, Known { kind, owner: &by.id, place: FoundAt::Step(by, mark.step), is_of_two_kinds: false }));
    }
    (found, diagnostics)
}

/// Entities that have an id but could not be read.
pub fn broken_ids(declared: &[Declared], read: &Entries) -> FxHashSet<String> {
    declared.iter().map(|id| &id.id).filter(|id| !read.contains_key(*id)).cloned().collect()
}

/// Every entity and what stands inside one, by id.
pub fn index(entities: &Entities) -> Entries {
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
