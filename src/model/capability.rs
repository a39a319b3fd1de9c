//! Capabilities: what the organisation does, whoever does it and however.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Department, Identity, Markdown, Mention, Ref};

/// A förmåga of level 0 and its capabilities of level 1.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CapabilityGroup {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What it is.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Its capabilities of level 1.
    #[serde(rename(deserialize = "förmågor"), default)]
    pub capabilities: Vec<Capability>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A förmåga of level 1.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Its id.
    pub id: Identity<Capability>,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What is done.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Whom it serves.
    #[serde(rename(deserialize = "klass"))]
    pub class: Option<CapabilityClass>,
    /// The department that provides it.
    #[serde(rename(deserialize = "avdelning"))]
    pub department: Option<Ref<Department>>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// Whom a capability serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum CapabilityClass {
    /// Others than the department.
    #[serde(rename = "extern")]
    External,
    /// Both.
    #[serde(rename = "extern-intern")]
    ExternalInternal,
    /// The department itself.
    #[serde(rename = "intern")]
    Internal,
    /// Provided centrally for all.
    #[serde(rename = "centraliserad")]
    Centralised,
}

impl CapabilityClass {
    /// As the capability map prints it.
    pub fn label(self) -> &'static str {
        match self {
            CapabilityClass::External => "Extern förmåga",
            CapabilityClass::ExternalInternal => "Extern / Intern förmåga",
            CapabilityClass::Internal => "Intern förmåga",
            CapabilityClass::Centralised => "Centraliserad förmåga",
        }
    }
}

/// A group of generic capabilities, which every product has (”DevOps”-förmågor).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GenericGroup {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Its capabilities.
    #[serde(rename(deserialize = "förmågor"), default)]
    pub capabilities: Vec<GenericCapability>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A generic capability; `{produkt}` and `{produkten}` stand for the product's name.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GenericCapability {
    /// Its id.
    pub id: Identity<GenericCapability>,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What is done.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// The capabilities that support it first of all.
    #[serde(rename(deserialize = "primära_stödjande"), default)]
    pub supported_by: Vec<Mention<Capability>>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}
