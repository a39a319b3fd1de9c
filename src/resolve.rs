//! From sources to a catalogue: ids are unique, every reference leads somewhere, every text is parsed.
//!
//! [`Catalog`] can only be made here, so whoever holds one never meets a dangling reference.

pub mod asked;
mod catalog;
mod edit;
mod ids;
mod references;
mod repeated;
mod texts;

pub use catalog::{Catalog, Entry, Use, Written};
pub use texts::check_picture;

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::diagnostic::Diagnostic;
use crate::load::Sources;

use catalog::{CATALOGUE, LeftOut, Texts};
use ids::{broken_ids, ids_inside, index, known_ids};
use references::{Suggestions, dangling_references, leave_out, referred_to, says_nothing, uses, with_service};
use texts::{KnownLookup, PictureNames, parse_texts, written_texts};

/// Checks the sources against each other. There is no catalogue without a whole `katalog.yaml`; what is wrong
/// elsewhere is left out of it, with everything that refers to it.
pub fn resolve(sources: Sources) -> (Option<Catalog>, Vec<Diagnostic>) {
    let Sources { catalogue, mut entities, declared, unread, marks, pictures, spoilt, mistaken, editions, finder } =
        sources;
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
        pictures: &PictureNames::of(&pictures),
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
    let left_out = LeftOut { refers_to, unread: is_unread, mistaken };
    let index = whole.unwrap_or(named);
    let handles = OnceLock::new();
    let catalog =
        Catalog { catalogue, entities, index, texts, written, handles, pictures, editions, uses, left_out, finder };
    (Some(catalog), diagnostics)
}
