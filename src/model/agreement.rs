//! The agreements of a service: with the business, and among the functions that deliver it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AvailabilityLevel, Date, Markdown, Person, Ref, ServiceOffering};

/// The SLA: what the business is promised, signed by both parties (`§ 3.2`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevelAgreement {
    /// The level promised, for production (appendix 2).
    #[serde(rename(deserialize = "nivå"))]
    pub level: Ref<AvailabilityLevel>,
    /// What the agreement covers.
    #[serde(rename(deserialize = "omfattning"))]
    pub scope: Option<Markdown>,
    /// First day.
    #[serde(rename(deserialize = "giltig_från"))]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(rename(deserialize = "giltig_till"))]
    pub valid_to: Option<Date>,
    /// By the business and the service owner.
    #[serde(rename(deserialize = "underskrifter"), default)]
    pub signatures: Vec<Signature>,
}

impl ServiceLevelAgreement {
    /// Whether a party has signed, on a day that is given.
    pub fn is_signed_by(&self, role: SignatoryRole) -> bool {
        let mut own = self.signatures.iter().filter(|signature| signature.role == role).peekable();
        own.peek().is_some() && own.all(|signature| signature.date.is_some())
    }

    /// Whether both parties have signed.
    pub fn is_signed(&self) -> bool {
        self.is_signed_by(SignatoryRole::BusinessRepresentative) && self.is_signed_by(SignatoryRole::ServiceOwner)
    }
}

/// One party's signature.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Which party.
    #[serde(rename(deserialize = "roll"))]
    pub role: SignatoryRole,
    /// Who signs.
    pub person: Ref<Person>,
    /// When it was signed; not yet, where it is left out.
    #[serde(rename(deserialize = "datum"))]
    pub date: Option<Date>,
}

/// The parties of an SLA (`§ 3.2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum SignatoryRole {
    /// For the business.
    #[serde(rename = "verksamhetsrepresentant")]
    BusinessRepresentative,
    /// For the provider.
    #[serde(rename = "tjänsteägare")]
    ServiceOwner,
}

/// The Tjänste-OLA: calls on the supporting offerings that make the SLA hold (`§ 3.2`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OperationalLevelAgreement {
    /// What is called for.
    #[serde(rename(deserialize = "avrop"), default)]
    pub calls: Vec<Call>,
    /// One for each function, approved by its coordinator.
    #[serde(rename(deserialize = "avsnitt"), default)]
    pub sections: Vec<Section>,
}

impl OperationalLevelAgreement {
    /// Whether there are sections, and each has a coordinator who has approved it.
    pub fn is_approved(&self) -> bool {
        let approved = |section: &Section| section.coordinator.is_some() && section.approved.is_some();
        !self.sections.is_empty() && self.sections.iter().all(approved)
    }
}

/// One call on a supporting offering.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// What is called for, at its level.
    #[serde(rename(deserialize = "erbjudande"))]
    pub offering: Ref<ServiceOffering>,
    /// How many; one where it is left out.
    #[serde(rename(deserialize = "antal"), deserialize_with = "super::values::at_least_one", default)]
    pub quantity: Option<u32>,
    /// The article whose units are counted; the offering's first where it is left out.
    #[serde(rename(deserialize = "artikel"))]
    pub article: Option<String>,
    /// How the service depends on it; in series where it is left out.
    #[serde(rename(deserialize = "samband"))]
    pub dependency: Option<Dependency>,
    /// Name of the section that it belongs to.
    #[serde(rename(deserialize = "avsnitt"))]
    pub section: Option<String>,
    /// A remark.
    #[serde(rename(deserialize = "kommentar"))]
    pub comment: Option<String>,
}

impl Call {
    /// How the service depends on what it calls for, which is in series where nothing else is said.
    pub fn dependency(&self) -> Dependency {
        self.dependency.unwrap_or(Dependency::Series)
    }

    /// Whether the service is down when what it calls for is, which is so where nothing else is said.
    pub fn is_in_series(&self) -> bool {
        self.dependency() == Dependency::Series
    }
}

/// How a service depends on what it calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema, Serialize)]
pub enum Dependency {
    /// Down when it is down.
    #[serde(rename = "serie")]
    Series,
    /// Something else takes over.
    #[serde(rename = "redundant")]
    Redundant,
    /// Goes on without it.
    #[serde(rename = "ej-kritisk")]
    NonCritical,
}

impl Dependency {
    /// As readers are told of it.
    pub fn label(self) -> &'static str {
        match self {
            Dependency::Series => "serie",
            Dependency::Redundant => "redundant",
            Dependency::NonCritical => "ej kritisk",
        }
    }
}

/// One function's part of an OLA.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Name of the section.
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// Approves the section.
    #[serde(rename(deserialize = "funktionssamordnare"))]
    pub coordinator: Option<Ref<Person>>,
    /// When; not yet, where it is left out.
    #[serde(rename(deserialize = "godkänd"))]
    pub approved: Option<Date>,
}
