//! Levels: of supporting services, and of SLAs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Duration, Guaranteed, Percent};

/// A servicenivå, from Järn to Platina (appendix 1); their order in the file is their rank, lowest first.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevel {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// When availability and support are assured.
    #[serde(rename(deserialize = "öppettid"))]
    pub hours: Hours,
    /// When maintenance is done.
    #[serde(rename(deserialize = "servicefönster"))]
    pub service_window: Option<String>,
    /// From report to restored, for faults that occur often.
    #[serde(rename(deserialize = "återställsetid"))]
    pub restore_time: Guaranteed<Duration>,
    /// Unplanned outages a year.
    #[serde(rename(deserialize = "avbrott_per_år"))]
    pub outages: Guaranteed<u32>,
    /// A remark.
    #[serde(rename(deserialize = "kommentar"))]
    pub comment: Option<String>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A tjänstenivå that an SLA promises (appendix 2).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AvailabilityLevel {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// When the service is to be available.
    #[serde(rename(deserialize = "öppettid"))]
    pub hours: Hours,
    /// Guide value for restoring after an incident.
    #[serde(rename(deserialize = "åtgärdstid"))]
    pub response_time: Duration,
    /// Most downtime in a year.
    #[serde(rename(deserialize = "nedtid_per_år"))]
    pub downtime: Duration,
    /// The availability as printed; must equal the computed one.
    #[serde(rename(deserialize = "tillgänglighet"))]
    pub printed: Option<Percent>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// When something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum Hours {
    /// 24/7/365.
    #[serde(rename = "dygnet-runt")]
    Always,
    /// Office hours, as the catalogue defines them.
    #[serde(rename = "kontorstid")]
    Office,
}
