//! What there is to tell those who follow the catalogue.

use crate::document::Change;
use crate::editions::{Changes, Difference};
use crate::model::Date;
use crate::resolve::Catalog;

/// What is new, changed and gone since the edition of the year before, what has been corrected in the year, and then
/// every version of the documents, newest first.
pub fn of(catalog: &Catalog, changes: Option<&Changes>) -> Vec<Change> {
    let mut news = Vec::new();
    if let Some(changes) = changes {
        push_changes(catalog, changes, &mut news);
    }
    if let Some(corrections) = changes.and_then(|changes| changes.corrections.as_deref()) {
        push_changes(catalog, corrections, &mut news);
    }
    let mut versions = Vec::new();
    for (name, document) in &catalog.catalogue.documents {
        for version in &document.history {
            let title = format!("{}, version {}", document.title, version.version);
            let text = version.reason.clone().unwrap_or_else(|| title.clone());
            // Its day, and no edition: it is the same version next year, when another may have its number. No id has a slash.
            let day = version.date.map(|day| format!("{}-", day.0)).unwrap_or_default();
            let mark = format!("{day}{name}/{}", version.version);
            versions.push(Change { about: None, mark, title, text, day: version.date.as_ref().copied() });
        }
    }
    versions.sort_by_key(|version| std::cmp::Reverse(version.day.map(|day| day.0)));
    news.extend(versions);
    news
}

/// What is new, changed and gone since the year before, or corrected in the year, which tells of the same things anew.
fn push_changes(catalog: &Catalog, changes: &Changes, news: &mut Vec<Change>) {
    let edition = &catalog.catalogue.edition;
    let since = changes.since;
    // No id has a slash.
    let (marked, when) = match changes.since.year == edition.year {
        true => (format!("{}-rattelse/{}/", edition.year, edition.version), format!(" i version {}", edition.version)),
        false => (format!("{}-", edition.year), String::new()),
    };
    let mut push = |about: Option<&String>, mark: &str, title: String, text| {
        let mark = format!("{marked}{mark}");
        news.push(Change { about: about.cloned(), mark, title, text, day: None });
    };
    if !changes.all_prices.is_empty() {
        push(
            None,
            "priser/alla",
            format!("Alla tjänster och priser: ändrade villkor{when}"),
            told(&changes.all_prices),
        );
    }
    for entry in changes.entries.iter().filter(|entry| entry.is_other()) {
        let text = match entry.is_new {
            true => format!("Fanns inte i {since}."),
            false => told(&entry.differences),
        };
        let what = if entry.is_new { "ny" } else { "ändrad" };
        push(Some(&entry.id), &entry.id, format!("{} ({}): {what}{when}", entry.name, entry.kind), text);
    }
    for entry in &changes.removed {
        let title = format!("{} ({}): finns inte längre{when}", entry.name, entry.kind);
        push(None, &entry.id, title, format!("Fanns i {since}."));
    }
}

fn told(differences: &[Difference]) -> String {
    differences.iter().map(|difference| format!("{difference}.")).collect::<Vec<_>>().join(" ")
}

/// The last day that a document's version is from, else the edition's first.
pub fn updated(catalog: &Catalog) -> Option<Date> {
    let histories = catalog.catalogue.documents.values().flat_map(|document| &document.history);
    let days = histories.filter_map(|version| version.date);
    days.max_by_key(|day| day.0).or(catalog.catalogue.edition.valid_from)
}
