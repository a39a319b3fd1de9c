//! Editions beside each other: what an edition says, kept for later, and what has changed since the one before.
//!
//! What is kept and compared is what readers see: a label and a text, such as a level's name or a price with its unit.
//! So no later version of the program has to understand how an earlier one stored it.

mod facts;
mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::model::{FrozenEdition, FrozenEntry, version_numbers};
use crate::resolve::Catalog;
use crate::text;

pub use file::{file_name, written};

/// What has changed since an earlier edition.
#[derive(Debug)]
pub struct Changes<'a> {
    /// The edition that is compared with.
    pub since: &'a FrozenEdition,
    /// Everything that this edition has of the kinds that are compared, in their order.
    pub entries: Vec<Entry>,
    /// What the earlier edition had and this has not, in Swedish order.
    pub removed: Vec<&'a FrozenEntry>,
}

/// Something that this edition has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// What it is, as readers call it.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether the earlier edition did not have it.
    pub is_new: bool,
    /// What is said of it in another way than before; nothing of what is new.
    pub differences: Vec<Difference>,
}

/// Something that two editions say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `Tjänstenivå`.
    pub label: String,
    /// What the earlier edition said; `None` where it said nothing.
    pub before: Option<String>,
    /// What this edition says; `None` where it says nothing.
    pub after: Option<String>,
}

impl fmt::Display for Difference {
    /// `Tjänstenivå: Silver → Guld`; what one of the editions does not say is `inget`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, after] = [&self.before, &self.after].map(|text| text.as_deref().unwrap_or("inget"));
        write!(f, "{}: {before} → {after}", self.label)
    }
}

/// What the edition says, for [`written`] to keep.
pub fn frozen(catalog: &Catalog) -> FrozenEdition {
    let edition = &catalog.catalogue.edition;
    let entries = facts::of(catalog).into_iter().map(|said| FrozenEntry {
        id: said.id,
        kind: said.kind,
        name: said.name,
        facts: said.facts.into_iter().collect(),
    });
    FrozenEdition { year: edition.year, version: edition.version.clone(), entries: entries.collect() }
}

/// The last edition before the one that is being written, of those that are kept in `utgavor/`.
pub fn previous(catalog: &Catalog) -> Option<&FrozenEdition> {
    let edition = &catalog.catalogue.edition;
    let own = (edition.year, version_numbers(&edition.version));
    let earlier = catalog.editions.iter().filter(|kept| kept.order() < own);
    earlier.max_by_key(|kept| kept.order())
}

/// What has changed since the last edition that is kept; `None` where none is.
pub fn changes(catalog: &Catalog) -> Option<Changes<'_>> {
    let since = previous(catalog)?;
    let before: BTreeMap<&str, &FrozenEntry> = since.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
    let said = facts::of(catalog);
    let now: BTreeSet<&str> = said.iter().map(|said| said.id.as_str()).collect();
    let mut removed: Vec<&FrozenEntry> =
        since.entries.iter().filter(|entry| !now.contains(entry.id.as_str())).collect();
    removed.sort_by(|a, b| text::compare(&a.name, &b.name));
    let entries = said.iter().map(|said| compared(said, before.get(said.id.as_str()).copied())).collect();
    Some(Changes { since, entries, removed })
}

fn compared(now: &facts::Said, before: Option<&FrozenEntry>) -> Entry {
    let entry = |is_new, differences| Entry {
        id: now.id.clone(),
        kind: now.kind.clone(),
        name: now.name.clone(),
        is_new,
        differences,
    };
    let Some(before) = before else { return entry(true, Vec::new()) };
    let mut differences = Vec::new();
    let mut add = |label: &str, before: Option<&String>, after: Option<&String>| {
        if before != after {
            let label = label.to_string();
            differences.push(Difference { label, before: before.cloned(), after: after.cloned() });
        }
    };
    add("Namn", Some(&before.name), Some(&now.name));
    for (label, after) in &now.facts {
        add(label, before.facts.get(label), Some(after));
    }
    for (label, text) in &before.facts {
        if !now.facts.iter().any(|(known, _)| known == label) {
            add(label, Some(text), None);
        }
    }
    entry(false, differences)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(facts: &[(&str, &str)]) -> FrozenEntry {
        let facts = facts.iter().map(|(label, text)| (label.to_string(), text.to_string())).collect();
        FrozenEntry { id: "a".into(), kind: "produkt".into(), name: "A".into(), facts }
    }

    fn said(facts: &[(&str, &str)]) -> facts::Said {
        let facts = facts.iter().map(|(label, text)| (label.to_string(), text.to_string())).collect();
        facts::Said { id: "a".into(), kind: "produkt".into(), name: "B".into(), facts }
    }

    #[test]
    fn what_is_new_other_and_gone_is_told_in_this_editions_order() {
        let before = entry(&[("Avdelning", "IoC"), ("Team", "Ett"), ("Kostnad", "1 kr")]);
        let now = said(&[("Team", "Två"), ("Avdelning", "IoC"), ("Område", "Drift")]);
        let entry = compared(&now, Some(&before));
        assert!(!entry.is_new);
        let told: Vec<_> = entry
            .differences
            .iter()
            .map(|d| (d.label.as_str(), d.before.as_deref().unwrap_or("-"), d.after.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(
            told,
            [("Namn", "A", "B"), ("Team", "Ett", "Två"), ("Område", "-", "Drift"), ("Kostnad", "1 kr", "-")]
        );
        assert!(compared(&now, None).is_new && compared(&now, None).differences.is_empty());
    }

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        let numbers = version_numbers;
        assert!(numbers("1.9") < numbers("1.10") && numbers("1") < numbers("1.0") && numbers("2.0") > numbers("1.10"));
    }
}
