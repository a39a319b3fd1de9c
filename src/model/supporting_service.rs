//! The supporting service: what products and services rest on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Capability, Change, Cloud, Lifecycle, Markdown, Person, Product, Ref, ServiceOffering, Supported};

/// A stödjande tjänst: to an internal customer, at levels of the Katalog – stödjande tjänster (`§ 2.2`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SupportingService {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Technical or delivery.
    #[serde(rename(deserialize = "klass"))]
    pub class: SupportingClass,
    /// One sentence.
    #[serde(rename(deserialize = "sammanfattning"))]
    pub summary: Option<String>,
    /// What it does.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Answers for it; often the product's manager (`§ 2.2`).
    #[serde(rename(deserialize = "ansvarig"))]
    pub manager: Option<Ref<Person>>,
    /// The products that it rests on.
    #[serde(rename(deserialize = "produkter"), default)]
    pub products: Vec<Ref<Product>>,
    /// What it supports, beside what calls for it.
    #[serde(rename(deserialize = "stödjer"), default)]
    pub supports: Vec<Ref<Supported>>,
    /// The capabilities that it offers.
    #[serde(rename(deserialize = "förmågor"), default)]
    pub capabilities: Vec<Ref<Capability>>,
    /// How it is ordered (`§ 2.2`).
    #[serde(rename(deserialize = "beställning"))]
    pub ordering: Option<Ordering>,
    /// What is included.
    #[serde(rename(deserialize = "ingår"))]
    pub included: Option<Markdown>,
    /// What is not.
    #[serde(rename(deserialize = "ingår_ej"))]
    pub excluded: Option<Markdown>,
    /// What the customer sees to.
    #[serde(rename(deserialize = "kundens_ansvar"))]
    pub customer_duties: Option<Markdown>,
    /// How long delivery takes.
    #[serde(rename(deserialize = "leveranstid"))]
    pub lead_time: Option<Markdown>,
    /// How much of it lies in a cloud (`§ 4`).
    #[serde(rename(deserialize = "moln"))]
    pub cloud: Option<Cloud>,
    /// Where it is in its life.
    #[serde(rename(deserialize = "livscykel"))]
    pub lifecycle: Option<Lifecycle>,
    /// What the edition changes, and why (`§ 8`).
    #[serde(rename(deserialize = "förändring"))]
    pub change: Option<Change>,
    /// Its offerings, each at a level; at least one (`§ 3.1`).
    #[serde(rename(deserialize = "erbjudanden"), default)]
    pub offerings: Vec<ServiceOffering>,
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

/// The two classes of supporting services (`§ 2.2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum SupportingClass {
    /// A technical service.
    #[serde(rename = "teknisk")]
    Technical,
    /// A delivery service.
    #[serde(rename = "leverans")]
    Delivery,
}

/// How a supporting service is ordered (`§ 2.2`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Ordering {
    /// In the service portal.
    pub portal: Option<bool>,
    /// How the CMDB learns of it.
    pub cmdb: Option<CmdbUpdate>,
    /// What else there is to know.
    pub text: Option<Markdown>,
}

/// How the CMDB is updated when something is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum CmdbUpdate {
    /// By the order itself.
    #[serde(rename = "automatisk")]
    Automatic,
    /// By someone.
    #[serde(rename = "manuell")]
    Manual,
}

impl CmdbUpdate {
    /// As it is written.
    pub fn label(self) -> &'static str {
        match self {
            CmdbUpdate::Automatic => "automatisk",
            CmdbUpdate::Manual => "manuell",
        }
    }
}
