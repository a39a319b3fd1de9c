//! An edition as it was when it was frozen: what later editions are compared with.

use std::collections::BTreeMap;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::values::FrozenForm;
use super::version_numbers;

/// `utgavor/<year>-<version>.yaml`, which `katalog freeze` writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenEdition {
    /// Which facts it keeps.
    #[serde(default)]
    pub form: FrozenForm,
    /// The year that it was for.
    #[serde(rename(deserialize = "år"), deserialize_with = "super::edition::year")]
    pub year: i16,
    /// Its version.
    #[serde(deserialize_with = "super::edition::version")]
    pub version: String,
    /// How many entries and facts it was frozen with, where it says: a file that is cut off between two lines has fewer.
    #[serde(rename(deserialize = "antal"), default)]
    pub count: Option<usize>,
    /// What was said of all prices, by label.
    #[serde(rename(deserialize = "uppgifter"), default)]
    pub facts: BTreeMap<String, String>,
    /// What its documents said of themselves that is said anew for each edition, by label.
    #[serde(rename(deserialize = "förnyas"), default)]
    pub renewed: BTreeMap<String, String>,
    /// What it had.
    #[serde(rename(deserialize = "poster"))]
    pub entries: Vec<FrozenEntry>,
}

impl FrozenEdition {
    /// How many entries and facts it has.
    pub fn size(&self) -> usize {
        let of_entries: usize = self.entries.iter().map(|entry| 1 + entry.facts.len() + entry.renewed.len()).sum();
        self.facts.len() + self.renewed.len() + of_entries
    }

    /// What it had, by id.
    pub fn by_id(&self) -> FxHashMap<&str, &FrozenEntry> {
        self.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect()
    }

    /// What puts it among others, and tells it from them.
    pub fn order(&self) -> (i16, Vec<u64>) {
        (self.year, version_numbers(&self.version))
    }
}

impl fmt::Display for FrozenEdition {
    /// What it is called in a sentence: `utgåva 2026, version 1.0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "utgåva {}, version {}", self.year, self.version)
    }
}

/// A service, a product or another thing that an edition described.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenEntry {
    /// Its id.
    pub id: String,
    /// What it was, as readers call it: `IS/IT-tjänst`.
    #[serde(rename(deserialize = "slag"))]
    pub kind: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What was said of it, as readers saw it, by label.
    #[serde(rename(deserialize = "uppgifter"), default)]
    pub facts: BTreeMap<String, String>,
    /// What was signed, approved and explained of it, by label.
    #[serde(rename(deserialize = "förnyas"), default)]
    pub renewed: BTreeMap<String, String>,
}
