//! The underpinning contract: what a third party has promised.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Department, Duration, Hours, Markdown, Ref};

/// A stödjande kontrakt with a third party, coordinated by the koncernstab (`§ 3.2.1`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct UnderpinningContract {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// The third party.
    #[serde(rename(deserialize = "leverantör"))]
    pub supplier: Option<String>,
    /// What it covers.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// What it is to achieve.
    #[serde(rename(deserialize = "mål"))]
    pub goals: Option<Markdown>,
    /// What the supplier answers for.
    #[serde(rename(deserialize = "ansvar"))]
    pub duties: Option<Markdown>,
    /// Who coordinates it (`§ 3.2.1`).
    #[serde(rename(deserialize = "samordnare"))]
    pub coordinator: Option<Ref<Department>>,
    /// When the supplier is at work.
    #[serde(rename(deserialize = "öppettid"))]
    pub hours: Option<Hours>,
    /// How soon the supplier restores.
    #[serde(rename(deserialize = "åtgärdstid"))]
    pub response_time: Option<Duration>,
    /// First day.
    #[serde(rename(deserialize = "giltig_från"))]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(rename(deserialize = "giltig_till"))]
    pub valid_to: Option<Date>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}
