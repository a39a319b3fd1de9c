//! Offerings of services, and what they cost.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Amount, Date, Markdown, Price, Ref, ServiceLevel, Suffix};

/// A tjänsteerbjudande: what can be ordered of a service, at a fixed level (`§ 2.2`, `§ 2.3`, `§ 3.2.3`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceOffering {
    /// `<service id>.<suffix>`, the suffix in lower case and without accents.
    #[serde(skip_deserializing)]
    pub id: String,
    /// `<service name>.<suffix>`.
    #[serde(skip_deserializing)]
    pub name: String,
    /// The id of its service.
    #[serde(skip_deserializing)]
    pub service: String,
    /// What tells it from the service's other offerings: a customer, an environment or a level.
    pub suffix: Suffix,
    /// Which environment an IS/IT service's offering is.
    #[serde(rename(deserialize = "miljö"))]
    pub environment: Option<Environment>,
    /// Level of a supporting service's offering (appendix 1).
    #[serde(rename(deserialize = "servicenivå"))]
    pub level: Option<Ref<ServiceLevel>>,
    /// What is special about it.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// What it costs.
    #[serde(rename(deserialize = "priser"), default)]
    pub prices: Vec<PriceItem>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// What an offering of an IS/IT service is for; commitments are made in production (appendix 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum Environment {
    /// Work.
    #[serde(rename = "produktion")]
    Production,
    /// Trying out.
    #[serde(rename = "test")]
    Test,
    /// Building.
    #[serde(rename = "utveckling")]
    Development,
    /// Learning.
    #[serde(rename = "utbildning")]
    Training,
}

impl Environment {
    /// As it is written.
    pub fn label(self) -> &'static str {
        match self {
            Environment::Production => "produktion",
            Environment::Test => "test",
            Environment::Development => "utveckling",
            Environment::Training => "utbildning",
        }
    }
}

impl ServiceOffering {
    /// Completes what is not written in the offering itself.
    pub(super) fn belong_to(&mut self, service_id: &str, service_name: &str) {
        self.id = offering_id(service_id, &self.suffix.0);
        self.name = offering_name(service_name, &self.suffix.0);
        self.service = service_id.to_string();
    }

    /// Whether it is made up, or a price of it.
    pub fn is_example(&self) -> bool {
        self.example || self.prices.iter().any(|item| item.example)
    }

    /// Its articles, each with its prices one after the other: an article whose price changes in the year has one for each
    /// part of it.
    pub fn articles(&self) -> impl Iterator<Item = &[PriceItem]> {
        self.prices.chunk_by(PriceItem::is_followed_by)
    }
}

impl PriceItem {
    /// Whether another is the next price of the same article: it holds from the day after this one's last, for as much.
    pub fn is_followed_by(&self, next: &PriceItem) -> bool {
        let day_after = || self.valid_to.and_then(|to| to.0.tomorrow().ok()).map(Date);
        let is_for_as_much = || (&self.unit, self.block, self.period) == (&next.unit, next.block, next.period);
        !self.article.is_empty()
            && self.article == next.article
            && next.valid_from.is_some_and(|from| Some(from) == day_after())
            && is_for_as_much()
    }

    /// Whether its unit is its own period: what is counted is hours then, and all of those of the year.
    pub fn is_by_time(&self) -> bool {
        let is_unit = |period: Period| self.unit.as_deref().is_some_and(|unit| period.is_unit(unit));
        self.period.is_some_and(|period| period != Period::Once && is_unit(period))
    }
}

/// The name of a service's offering.
pub fn offering_name(service_name: &str, suffix: &str) -> String {
    format!("{service_name}.{suffix}")
}

/// The id of a service's offering.
pub fn offering_id(service_id: &str, suffix: &str) -> String {
    format!("{service_id}.{}", crate::text::slug(suffix))
}

/// A row of the price list.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PriceItem {
    /// Article number, kept as text.
    #[serde(rename(deserialize = "artikel"))]
    pub article: String,
    /// What is bought.
    #[serde(rename(deserialize = "benämning"))]
    pub name: String,
    /// Price of one `unit`, unless there are steps.
    #[serde(rename(deserialize = "pris"))]
    pub price: Option<Price>,
    /// What the price is for one of, such as a server or a user.
    #[serde(rename(deserialize = "enhet"))]
    pub unit: Option<String>,
    /// For how long the price is paid.
    #[serde(rename(deserialize = "per"))]
    pub period: Option<Period>,
    /// How many units the price is for; one where it is left out.
    #[serde(deserialize_with = "super::values::at_least_one", default)]
    pub block: Option<u32>,
    /// How and when it is invoiced.
    #[serde(rename(deserialize = "fakturering"))]
    pub invoicing: Option<String>,
    /// Paid beside the price, whatever the volume.
    #[serde(rename(deserialize = "grundavgift"))]
    pub base_fee: Option<Amount>,
    /// How many units the base fee covers.
    #[serde(rename(deserialize = "ingående_volym"), deserialize_with = "super::values::not_below_zero", default)]
    pub included_volume: Option<Amount>,
    /// Prices by volume, lowest volume first.
    #[serde(rename(deserialize = "trappa"), default)]
    pub steps: Vec<PriceStep>,
    /// First day of the price, if not the edition's or its service's.
    #[serde(rename(deserialize = "giltig_från"))]
    pub valid_from: Option<Date>,
    /// Last day of the price, if not the edition's or its service's.
    #[serde(rename(deserialize = "giltig_till"))]
    pub valid_to: Option<Date>,
    /// A remark below the table.
    #[serde(rename(deserialize = "fotnot"))]
    pub note: Option<Markdown>,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
    /// Where the facts come from, such as a paragraph of the guideline.
    #[serde(rename(deserialize = "källa"))]
    pub source: Option<String>,
}

/// A step of a price by volume.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PriceStep {
    /// Up to and with this volume; no end where it is left out.
    #[serde(rename(deserialize = "till"), deserialize_with = "super::values::at_least_one", default)]
    pub to: Option<u32>,
    /// Price of one unit in the step.
    #[serde(rename(deserialize = "pris"))]
    pub price: Price,
}

/// For how long a price is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum Period {
    /// Paid once.
    #[serde(rename = "engång")]
    Once,
    /// An hour.
    #[serde(rename = "timme")]
    Hour,
    /// A day.
    #[serde(rename = "dag")]
    Day,
    /// A month.
    #[serde(rename = "månad")]
    Month,
    /// Three months.
    #[serde(rename = "kvartal")]
    Quarter,
    /// Four months.
    #[serde(rename = "tertial")]
    Tertial,
    /// A year.
    #[serde(rename = "år")]
    Year,
}

impl Period {
    /// As it is written.
    pub fn label(self) -> &'static str {
        match self {
            Period::Once => "engång",
            Period::Hour => "timme",
            Period::Day => "dag",
            Period::Month => "månad",
            Period::Quarter => "kvartal",
            Period::Tertial => "tertial",
            Period::Year => "år",
        }
    }

    /// Whether a unit is this time itself, as an author may write it: `timme`, `Timmar`.
    fn is_unit(self, unit: &str) -> bool {
        let many = match self {
            Period::Hour => "timmar",
            Period::Day => "dagar",
            Period::Month => "månader",
            Period::Once | Period::Quarter | Period::Tertial | Period::Year => self.label(),
        };
        let unit = unit.trim().to_lowercase();
        unit == self.label() || unit == many
    }
}
