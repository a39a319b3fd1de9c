//! The edition: what `katalog.yaml` says of the catalogue as a whole.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::values::{Currency, DaysOfYear, FileAddress, VersionNumber, WebAddress, Year};
use super::{ClockTime, Date, Hours, Lifecycle, Person, Ref};

/// `katalog.yaml`.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The organisation that publishes.
    pub organisation: String,
    /// Its unit.
    #[serde(rename(deserialize = "enhet"))]
    pub unit: String,
    /// Year, version and status.
    #[serde(rename(deserialize = "utgåva"))]
    pub edition: Edition,
    /// Currency of every amount: SEK, Swedish kronor.
    #[serde(rename(deserialize = "valuta"), deserialize_with = "super::values::currency", default)]
    pub currency: Option<String>,
    /// Whether amounts include VAT.
    #[serde(rename(deserialize = "moms"))]
    pub vat: Option<VatRule>,
    /// Where the site is published.
    #[serde(rename(deserialize = "webbadress"))]
    #[schemars(with = "Option<String>")]
    pub site: Option<WebAddress>,
    /// Where the content's files can be read, `{fil}` in place of a file's path under the content folder.
    #[serde(rename(deserialize = "källadress"), skip_serializing)]
    #[schemars(with = "Option<String>")]
    pub source_address: Option<FileAddress>,
    /// The Word template of the Word files: a path that starts in the content folder.
    #[serde(rename(deserialize = "wordmall"), skip_serializing)]
    pub word_template: Option<String>,
    /// The template's style for a style of the documents, by its name: `Katalogtabell: VGR Tabell`.
    #[serde(rename(deserialize = "wordformat"), skip_serializing, default)]
    pub word_styles: BTreeMap<String, String>,
    /// What office hours are.
    #[serde(rename(deserialize = "kontorstid"))]
    pub office_hours: OfficeHours,
    /// Where users turn (`§ 5`).
    #[serde(rename(deserialize = "servicedesk"))]
    pub service_desk: Option<ServiceDesk>,
    /// How much a rule's findings weigh here, by the rule's code or name.
    #[serde(rename(deserialize = "regler"), skip_serializing, default)]
    pub rules: BTreeMap<String, RuleWeight>,
    /// Metadata of each published document, by its template's name.
    #[serde(rename(deserialize = "dokument"), default)]
    pub documents: BTreeMap<String, DocumentMetadata>,
}

impl Catalogue {
    /// The code of every amount's currency, whether it is said or not.
    pub fn currency_code(&self) -> &str {
        self.currency.as_deref().unwrap_or(Currency::CODE)
    }

    /// Whether amounts include VAT: they do not, unless that is said.
    pub fn vat_rule(&self) -> VatRule {
        self.vat.unwrap_or(VatRule::Excluding)
    }
}

/// How much a rule's findings weigh in a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum RuleWeight {
    /// They stop a build.
    #[serde(rename = "fel")]
    Error,
    /// Someone should look at them.
    #[serde(rename = "varning")]
    Warning,
    /// Worth knowing.
    #[serde(rename = "info")]
    Info,
    /// They are not told.
    #[serde(rename = "av")]
    Off,
}

/// A DÖK year's edition of the catalogue.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The year that it is for, of four digits.
    #[serde(rename(deserialize = "år"), deserialize_with = "year")]
    pub year: i16,
    /// Its version.
    #[serde(deserialize_with = "version")]
    pub version: String,
    /// How far it has come.
    pub status: Status,
    /// First day.
    #[serde(rename(deserialize = "giltig_från"))]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(rename(deserialize = "giltig_till"))]
    pub valid_to: Option<Date>,
}

/// The year of an edition.
pub(super) fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i16, D::Error> {
    Year::deserialize(deserializer).map(|Year(year)| year)
}

/// The version of an edition or a document.
pub(super) fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    VersionNumber::deserialize(deserializer).map(|VersionNumber(version)| version)
}

impl Edition {
    /// The day that it begins to hold: as it says, else the first of its year.
    pub fn first_day(&self) -> Date {
        self.valid_from.unwrap_or_else(|| self.day(1, 1))
    }

    /// The last day that it holds: as it says, else the last of its year.
    pub fn last_day(&self) -> Date {
        self.valid_to.unwrap_or_else(|| self.day(12, 31))
    }

    /// The first and the last day that it holds.
    pub fn days(&self) -> (Date, Date) {
        (self.first_day(), self.last_day())
    }

    /// Whether something that lives so long is there on none of its days.
    pub fn is_without(&self, lifecycle: Option<&Lifecycle>) -> bool {
        Lifecycle::is_outside(lifecycle, self.days())
    }

    /// The first and last day of its year, whatever it says.
    pub fn year_days(&self) -> (Date, Date) {
        (self.day(1, 1), self.day(12, 31))
    }

    fn day(&self, month: i8, day: i8) -> Date {
        Date(jiff::civil::date(self.year, month, day))
    }
}

/// How far an edition has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum Status {
    /// Being written.
    #[serde(rename = "utkast")]
    Draft,
    /// Out for comments.
    #[serde(rename = "remiss")]
    Referral,
    /// Decided.
    #[serde(rename = "beslutad")]
    Decided,
}

/// Whether amounts include VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum VatRule {
    /// They do not.
    #[serde(rename = "exklusive")]
    Excluding,
    /// They do.
    #[serde(rename = "inklusive")]
    Including,
}

impl VatRule {
    /// As it is written.
    pub fn label(self) -> &'static str {
        match self {
            VatRule::Excluding => "exklusive",
            VatRule::Including => "inklusive",
        }
    }
}

/// Office hours, and the days a year that figures are computed by (appendix 2).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// Opening.
    #[serde(rename(deserialize = "från"))]
    pub from: ClockTime,
    /// Closing.
    #[serde(rename(deserialize = "till"))]
    pub to: ClockTime,
    /// Days a year.
    #[serde(rename(deserialize = "dagar_per_år"), deserialize_with = "days_of_year")]
    pub days_per_year: u32,
}

fn days_of_year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    DaysOfYear::deserialize(deserializer).map(|DaysOfYear(days)| days)
}

/// The single point of contact (`§ 5`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceDesk {
    /// Its name.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// When it is open.
    #[serde(rename(deserialize = "öppettid"))]
    pub hours: Option<Hours>,
    /// Its number.
    #[serde(rename(deserialize = "telefon"))]
    pub phone: Option<String>,
    /// Its address.
    #[serde(rename(deserialize = "e_post"))]
    pub email: Option<String>,
    /// Its page.
    #[serde(rename(deserialize = "webb"))]
    pub web: Option<String>,
}

/// What a document's cover says of it.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentMetadata {
    /// Its title.
    #[serde(rename(deserialize = "titel"))]
    pub title: String,
    /// One or two sentences.
    #[serde(rename(deserialize = "sammanfattning"))]
    pub summary: Option<String>,
    /// What kind of record it is.
    #[serde(rename(deserialize = "handlingstyp"))]
    pub kind: Option<String>,
    /// For whom it holds.
    #[serde(rename(deserialize = "gäller_för"))]
    pub applies_to: Option<String>,
    /// Who answers for its content.
    #[serde(rename(deserialize = "innehållsansvar"))]
    pub responsible: Option<Ref<Person>>,
    /// Who approves it.
    #[serde(rename(deserialize = "godkänd_av"))]
    pub approved_by: Option<Ref<Person>>,
    /// Its id in the archive.
    #[serde(rename(deserialize = "dokument_id"))]
    pub document_id: Option<String>,
    /// The decision.
    #[serde(rename(deserialize = "beslut"))]
    pub decision: Option<String>,
    /// Its versions, oldest first.
    #[serde(rename(deserialize = "historik"), default)]
    pub history: Vec<Version>,
}

impl DocumentMetadata {
    /// The ids of those that it names.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        [&self.responsible, &self.approved_by].into_iter().flatten().map(|person| person.id.as_str())
    }
}

/// A version of a document.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Its number.
    #[serde(deserialize_with = "version")]
    pub version: String,
    /// Its day.
    #[serde(rename(deserialize = "datum"))]
    pub date: Option<Date>,
    /// Who issued it.
    #[serde(rename(deserialize = "utfärdare"))]
    pub issuer: Option<String>,
    /// Why.
    #[serde(rename(deserialize = "orsak"))]
    pub reason: Option<String>,
}
