//! Who there is: departments, roles, people, customers; and what the business has.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Markdown, Ref};

/// An avdelning, by a name that some source gives it.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// As printed.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Its abbreviation.
    #[serde(rename(deserialize = "förkortning"))]
    pub abbreviation: Option<String>,
    /// The department that this name means, where a source uses more than one name.
    #[serde(rename(deserialize = "samma_som"))]
    pub same_as: Option<Ref<Department>>,
    /// What it does.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A role of the product and service model.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What it answers for.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// Someone, or a placeholder for someone, who holds roles.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Name, or the role that stands in for it.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// The roles held.
    #[serde(rename(deserialize = "roller"), default)]
    pub roles: Vec<Ref<Role>>,
    /// Where.
    #[serde(rename(deserialize = "avdelning"))]
    pub department: Option<Ref<Department>>,
    /// Address.
    #[serde(rename(deserialize = "e_post"))]
    pub email: Option<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A kund: an administration or company that consumes services (`§ 8`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Its abbreviation.
    #[serde(rename(deserialize = "förkortning"))]
    pub abbreviation: Option<String>,
    /// Administration, company or other.
    #[serde(rename(deserialize = "typ"))]
    pub kind: Option<CustomerKind>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// The kinds of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum CustomerKind {
    /// Part of the region.
    #[serde(rename = "förvaltning")]
    Administration,
    /// Owned by the region.
    #[serde(rename = "bolag")]
    Company,
    /// Any other.
    #[serde(rename = "övrig")]
    Other,
}

/// An applikation, as its users know it (`§ 2.3.3`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What it is.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A verksamhetsprocess that services support (`§ 3.1`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessProcess {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// What is done.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}
