//! Terms, the shapes of clouds, and the documents that govern the catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Markdown};

/// A term of the guideline's appendices.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GlossaryTerm {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// The term.
    #[serde(rename(deserialize = "term"))]
    pub name: String,
    /// What it means.
    #[serde(rename(deserialize = "förklaring"))]
    pub definition: Option<Markdown>,
    /// An example.
    #[serde(rename(deserialize = "exempel_text"))]
    pub example_text: Option<String>,
    /// Where the definition comes from.
    #[serde(rename(deserialize = "kommentar"))]
    pub comment: Option<String>,
    /// Other words for it.
    #[serde(rename(deserialize = "synonymer"), default)]
    pub synonyms: Vec<String>,
    /// Forms that are not to be used.
    #[serde(rename(deserialize = "otillåtna"), default)]
    pub forbidden: Vec<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// One of the five properties of a cloud service (appendix 3).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CloudCharacteristic {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What it means.
    #[serde(rename(deserialize = "förklaring"))]
    pub definition: Option<Markdown>,
    /// An example.
    #[serde(rename(deserialize = "exempel_text"))]
    pub example_text: Option<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// One of the three types of cloud services (appendix 3).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CloudServiceType {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Its abbreviation.
    #[serde(rename(deserialize = "förkortning"))]
    pub abbreviation: Option<String>,
    /// What it means.
    #[serde(rename(deserialize = "förklaring"))]
    pub definition: Option<Markdown>,
    /// An example.
    #[serde(rename(deserialize = "exempel_text"))]
    pub example_text: Option<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// One of the four deployment models of clouds (appendix 3).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DeploymentModel {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What it means.
    #[serde(rename(deserialize = "förklaring"))]
    pub definition: Option<Markdown>,
    /// An example.
    #[serde(rename(deserialize = "exempel_text"))]
    pub example_text: Option<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A document that the catalogue follows, with its metadata.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GoverningDocument {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its title.
    #[serde(rename(deserialize = "titel"))]
    pub name: String,
    /// What kind of record it is.
    #[serde(rename(deserialize = "handlingstyp"))]
    pub kind: Option<String>,
    /// For whom it holds.
    #[serde(rename(deserialize = "gäller_för"))]
    pub applies_to: Option<String>,
    /// Who answers for its content.
    #[serde(rename(deserialize = "innehållsansvar"))]
    pub responsible: Option<String>,
    /// Who approved it.
    #[serde(rename(deserialize = "godkänd_av"))]
    pub approved_by: Option<String>,
    /// Its id in the archive.
    #[serde(rename(deserialize = "dokument_id"))]
    pub document_id: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// First day.
    #[serde(rename(deserialize = "giltig_från"))]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(rename(deserialize = "giltig_till"))]
    pub valid_to: Option<Date>,
    /// What it says.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Its versions, oldest first.
    #[serde(rename(deserialize = "historik"), default)]
    pub history: Vec<Issue>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A version of a governing document.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Its number.
    #[serde(deserialize_with = "super::edition::version")]
    pub version: String,
    /// Its day.
    #[serde(rename(deserialize = "datum"))]
    pub date: Option<Date>,
    /// Who issued it.
    #[serde(rename(deserialize = "utfärdare"))]
    pub issuer: Option<String>,
    /// What the document was called.
    #[serde(rename(deserialize = "dokumentnamn"))]
    pub document: Option<String>,
    /// Why.
    #[serde(rename(deserialize = "orsak"))]
    pub reason: Option<String>,
}
