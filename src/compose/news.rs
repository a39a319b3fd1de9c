//! What there is to tell those who follow the catalogue.

use crate::document::Change;
use crate::editions::{Changes, Difference};
use crate::model::Date;
use crate::resolve::Catalog;

/// What is new, changed and gone since the edition before, and then every version of the documents, newest first.
pub fn of(catalog: &Catalog, changes: Option<&Changes>) -> Vec<Change> {
    let mut news = Vec::new();
    let edition = &catalog.catalogue.edition;
    // A correction tells of the same thing anew.
    let mark = |what: &str| format!("{}-{}-{what}", edition.year, edition.version);
    if let Some(changes) = changes {
        let since = format!("utgåva {}, version {}", changes.since.year, changes.since.version);
        if !changes.all_prices.is_empty() {
            let text = told(&changes.all_prices);
            let title = "Alla tjänster och priser: ändrade villkor".to_string();
            news.push(Change { about: None, mark: mark("priser/alla"), title, text, day: None });
        }
        for entry in changes.entries.iter().filter(|entry| entry.is_other()) {
            let text = match entry.is_new {
                true => format!("Fanns inte i {since}."),
                false => told(&entry.differences),
            };
            let what = if entry.is_new { "ny" } else { "ändrad" };
            let title = format!("{} ({}): {what}", entry.name, entry.kind);
            news.push(Change { about: Some(entry.id.clone()), mark: mark(&entry.id), title, text, day: None });
        }
        for entry in &changes.removed {
            let title = format!("{} ({}): finns inte längre", entry.name, entry.kind);
            let text = format!("Fanns i {since}.");
            news.push(Change { about: None, mark: mark(&entry.id), title, text, day: None });
        }
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

fn told(differences: &[Difference]) -> String {
    differences.iter().map(|difference| format!("{difference}.")).collect::<Vec<_>>().join(" ")
}

/// The last day that a document's version is from, else the edition's first.
pub fn updated(catalog: &Catalog) -> Option<Date> {
    let histories = catalog.catalogue.documents.values().flat_map(|document| &document.history);
    let days = histories.filter_map(|version| version.date);
    days.max_by_key(|day| day.0).or(catalog.catalogue.edition.valid_from)
}
