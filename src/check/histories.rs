//! Versions of documents, as the rules meet them.

use std::borrow::Cow;

use crate::calculate::period;
use crate::model::{Date, version_numbers};
use crate::resolve::Catalog;

/// In days.
const HALF_A_YEAR: u32 = 182;

/// A document and its versions, oldest first.
pub struct History<'a> {
    /// The id that its findings stand at.
    pub id: &'a str,
    /// What comes before `historik` in its key path.
    path: Cow<'a, str>,
    /// Its title.
    pub title: &'a str,
    /// The version that it says it is.
    pub own: Option<&'a str>,
    /// Each version and its day.
    pub versions: Vec<(&'a str, Option<Date>)>,
    /// Whether its versions are those of editions, which may be counted anew for each year.
    is_of_editions: bool,
}

impl History<'_> {
    /// Key path of something that is said of a version.
    pub fn path(&self, at: usize, key: &str) -> String {
        format!("{}historik.{at}.{key}", self.path)
    }

    /// Where the versions are counted from the beginning, in order: at the first, and where that of an edition is no
    /// higher than the one before, and half a year after it or from a later year than the first of its count. That year is not the year of the
    /// one before: what was decided in November may be corrected in June, before the next begins in October.
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0];
        let mut first_day = self.versions.first().and_then(|(_, day)| *day);
        for (at, pair) in self.versions.windows(2).enumerate().filter(|_| self.is_of_editions) {
            let [(before, day_before), (version, day)] = pair else { continue };
            // What was decided in January is followed by the next in the same year.
            let is_long_after = day_before.zip(*day).is_some_and(|days| period::count(days) > HALF_A_YEAR);
            let is_of_later_year = first_day.zip(*day).is_some_and(|(first, day)| first.0.year() < day.0.year());
            let is_later = is_of_later_year || is_long_after;
            if is_later && version_numbers(version) <= version_numbers(before) {
                counts.push(at + 1);
                first_day = *day;
            }
            first_day = first_day.or(*day);
        }
        counts
    }
}

/// The histories of the catalogue's own documents, whose version is the edition's, and of those that govern it.
pub fn all(catalog: &Catalog) -> Vec<History<'_>> {
    let edition = catalog.catalogue.edition.version.as_str();
    let own = catalog.catalogue.documents.iter().map(|(name, document)| History {
        id: "katalog",
        path: Cow::Owned(format!("dokument.{name}.")),
        title: &document.title,
        own: Some(edition),
        versions: document.history.iter().map(|version| (version.version.as_str(), version.date)).collect(),
        is_of_editions: true,
    });
    let governing = catalog.entities().governing_documents.iter().map(|document| History {
        id: &document.id,
        path: Cow::Borrowed(""),
        title: &document.name,
        own: document.version.as_deref(),
        versions: document.history.iter().map(|issue| (issue.version.as_str(), issue.date)).collect(),
        is_of_editions: false,
    });
    own.chain(governing).collect()
}

/// Whether two versions are the same.
pub fn same(a: &str, b: &str) -> bool {
    let (known, other) = (version_numbers(a), version_numbers(b));
    if known.is_empty() || other.is_empty() { a == b } else { known == other }
}
