//! The product: where all resources and capabilities lie.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Capability, Cost, Department, Enclosed, Lifecycle, Markdown, Person, Ref, UnderpinningContract};

/// A produkt: a configuration of resources that offers value (`§ 2.1`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Its name in the definite form, for texts about it.
    #[serde(rename(deserialize = "bestämd_form"))]
    pub definite: Option<String>,
    /// Answers for it end to end (`§ 2.1`).
    #[serde(rename(deserialize = "produktansvarig"))]
    pub manager: Option<Ref<Person>>,
    /// The product area that it belongs to.
    #[serde(rename(deserialize = "produktområde"))]
    pub area: Option<String>,
    /// The department that provides it.
    #[serde(rename(deserialize = "avdelning"))]
    pub department: Option<Ref<Department>>,
    /// The team that builds and runs it.
    pub team: Option<String>,
    /// System team or platform team (`§ 2.2`).
    #[serde(rename(deserialize = "teamtyp"))]
    pub team_kind: Option<TeamKind>,
    /// One sentence.
    #[serde(rename(deserialize = "sammanfattning"))]
    pub summary: Option<String>,
    /// What it is.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Products and supporting services that it encloses: answers for, and pays for (`§ 3.1`).
    #[serde(rename(deserialize = "innehåller"), default)]
    pub contains: Vec<Ref<Enclosed>>,
    /// The capabilities that it realises.
    #[serde(rename(deserialize = "förmågor"), default)]
    pub capabilities: Vec<Ref<Capability>>,
    /// Contracts with third parties that it needs (`§ 3.2.1`).
    #[serde(rename(deserialize = "kontrakt"), default)]
    pub contracts: Vec<Ref<UnderpinningContract>>,
    /// What it costs, and how that is shared (`§ 8`).
    #[serde(rename(deserialize = "kostnad"))]
    pub cost: Option<Cost>,
    /// Where it is in its life.
    #[serde(rename(deserialize = "livscykel"))]
    pub lifecycle: Option<Lifecycle>,
    /// Other words that people search for it by.
    #[serde(rename(deserialize = "synonymer"), default)]
    pub synonyms: Vec<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// The two kinds of self-sufficient teams (`§ 2.2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum TeamKind {
    /// Builds a system on what platform teams offer.
    #[serde(rename = "systemteam")]
    System,
    /// Offers a platform to the others.
    #[serde(rename = "plattformsteam")]
    Platform,
}

impl TeamKind {
    /// As it is written.
    pub fn label(self) -> &'static str {
        match self {
            TeamKind::System => "systemteam",
            TeamKind::Platform => "plattformsteam",
        }
    }
}

impl Product {
    /// Its names, for texts about it.
    pub fn names(&self) -> ProductNames {
        let definite = self.definite.clone().unwrap_or_else(|| self.name.clone());
        ProductNames { bare: self.name.clone(), definite }
    }
}

/// A product's name, bare and definite, for the texts of the generic capabilities.
#[derive(Debug, Clone)]
pub struct ProductNames {
    /// `{produkt}`
    pub bare: String,
    /// `{produkten}`
    pub definite: String,
}

impl Default for ProductNames {
    /// The capability map's own words, where no product is meant.
    fn default() -> ProductNames {
        ProductNames { bare: "IT system".into(), definite: "IT systemet".into() }
    }
}

impl ProductNames {
    /// The text with the names in the place of `{produkt}` and `{produkten}`.
    pub fn put_into(&self, text: &str) -> String {
        text.replace("{produkten}", &self.definite).replace("{produkt}", &self.bare)
    }
}
