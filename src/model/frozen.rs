//! An edition as it was when it was frozen: what later editions are compared with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `utgavor/<year>-<version>.yaml`, which `katalog freeze` writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenEdition {
    /// The year that it was for.
    #[serde(rename(deserialize = "år"))]
    pub year: i16,
    /// Its version.
    pub version: String,
    /// What it had.
    #[serde(rename(deserialize = "poster"))]
    pub entries: Vec<FrozenEntry>,
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
}
