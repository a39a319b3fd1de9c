//! The IS/IT service: what a business process rests on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Amount, Application, BusinessProcess, Call, CloudServiceType, Customer, Date, DeploymentModel, Markdown,
    OperationalLevelAgreement, Percent, Person, Product, Ref, Section, ServiceLevelAgreement, ServiceOffering,
};

/// An IS/IT-tjänst: supports a business process, rests on products, and has one SLA (`§ 2.3`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// `<application> <describing words>` (`§ 2.3.3`).
    #[serde(rename(deserialize = "namn"))]
    pub name: String,
    /// The application that its users know it by.
    #[serde(rename(deserialize = "applikation"))]
    pub application: Option<Ref<Application>>,
    /// The service area that it belongs to.
    #[serde(rename(deserialize = "tjänsteområde"))]
    pub area: Option<String>,
    /// One sentence.
    #[serde(rename(deserialize = "sammanfattning"))]
    pub summary: Option<String>,
    /// What it does: its functionality.
    #[serde(rename(deserialize = "beskrivning"))]
    pub description: Option<Markdown>,
    /// Who it is for.
    #[serde(rename(deserialize = "målgrupp"))]
    pub audience: Option<Markdown>,
    /// The business processes that it supports.
    #[serde(rename(deserialize = "processer"), default)]
    pub processes: Vec<Ref<BusinessProcess>>,
    /// The products that it rests on.
    #[serde(rename(deserialize = "produkter"), default)]
    pub products: Vec<Ref<Product>>,
    /// Why it was made a service (`§ 2.3.2`).
    #[serde(rename(deserialize = "kriterier"), default)]
    pub criteria: Vec<Criterion>,
    /// Reasons that are no listed criterion; the guideline does not rule them out.
    #[serde(rename(deserialize = "övriga_skäl"))]
    pub other_reasons: Option<Markdown>,
    /// The four aspects of its warranty (`§ 1.4`, `§ 3.1`).
    #[serde(rename(deserialize = "garanti"))]
    pub warranty: Option<Warranty>,
    /// How its information is classified (`§ 3.2`).
    #[serde(rename(deserialize = "informationsklassning"))]
    pub classification: Option<InformationClassification>,
    /// Answers for it end to end (`§ 2.3`).
    #[serde(rename(deserialize = "tjänsteansvarig"))]
    pub manager: Option<Ref<Person>>,
    /// Signs the SLA for the provider (`§ 3.2`).
    #[serde(rename(deserialize = "tjänsteägare"))]
    pub owner: Option<Ref<Person>>,
    /// Decides which services there are (`§ 2.3`).
    #[serde(rename(deserialize = "tjänsteområdesansvarig"))]
    pub area_manager: Option<Ref<Person>>,
    /// What is included.
    #[serde(rename(deserialize = "ingår"))]
    pub included: Option<Markdown>,
    /// What is not.
    #[serde(rename(deserialize = "ingår_ej"))]
    pub excluded: Option<Markdown>,
    /// What can be added.
    #[serde(rename(deserialize = "tillval"))]
    pub options: Option<Markdown>,
    /// What the customer sees to.
    #[serde(rename(deserialize = "kundens_ansvar"))]
    pub customer_duties: Option<Markdown>,
    /// Help with how the application is used (`§ 6`).
    #[serde(rename(deserialize = "användarstöd"))]
    pub user_support: Option<Markdown>,
    /// Training (`§ 7`).
    #[serde(rename(deserialize = "användarutbildning"))]
    pub training: Option<Markdown>,
    /// What is agreed for serious disturbances outside office hours (`§ 5`).
    #[serde(rename(deserialize = "stöd_utanför_kontorstid"))]
    pub out_of_hours_support: Option<Markdown>,
    /// How it is ordered.
    #[serde(rename(deserialize = "beställning"))]
    pub ordering: Option<Markdown>,
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
    /// Its one SLA (`§ 3.2`).
    #[serde(rename(deserialize = "sla"))]
    pub agreement: Option<ServiceLevelAgreement>,
    /// Its Tjänste-OLA (`§ 3.2`).
    #[serde(rename(deserialize = "ola"))]
    pub operational_agreement: Option<OperationalLevelAgreement>,
    /// What it costs, and how that is shared (`§ 8`).
    #[serde(rename(deserialize = "kostnad"))]
    pub cost: Option<Cost>,
    /// Its offerings, at least one (`§ 3.1`).
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

impl Service {
    /// What its Tjänste-OLA calls for; nothing, where it has none.
    pub fn calls(&self) -> &[Call] {
        self.operational_agreement.as_ref().map_or(&[], |operational| &operational.calls)
    }

    /// The sections of its Tjänste-OLA; none, where it has none.
    pub fn sections(&self) -> &[Section] {
        self.operational_agreement.as_ref().map_or(&[], |operational| &operational.sections)
    }

    /// Who owns the information in it, where that is said.
    pub fn information_owner(&self) -> Option<&Ref<Person>> {
        self.classification.as_ref()?.owner.as_ref()
    }
}

/// What a service assures beside what it does (`§ 1.4`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Warranty {
    /// Security.
    #[serde(rename(deserialize = "säkerhet"))]
    pub security: Option<Markdown>,
    /// Capacity.
    #[serde(rename(deserialize = "kapacitet"))]
    pub capacity: Option<Markdown>,
    /// Availability.
    #[serde(rename(deserialize = "tillgänglighet"))]
    pub availability: Option<Markdown>,
    /// Continuity.
    #[serde(rename(deserialize = "kontinuitet"))]
    pub continuity: Option<Markdown>,
}

/// The outcome of classifying the information (`§ 3.2`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct InformationClassification {
    /// Level of confidentiality.
    #[serde(rename(deserialize = "konfidentialitet"))]
    pub confidentiality: Option<u8>,
    /// Level of integrity.
    #[serde(rename(deserialize = "riktighet"))]
    pub integrity: Option<u8>,
    /// Level of availability.
    #[serde(rename(deserialize = "tillgänglighet"))]
    pub availability: Option<u8>,
    /// Owns the information and answers for its classification.
    #[serde(rename(deserialize = "informationsägare"))]
    pub owner: Option<Ref<Person>>,
}

/// How much of a service lies in a cloud, and in which (appendix 3).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cloud {
    /// Software, platform or infrastructure as a service.
    #[serde(rename(deserialize = "typ"))]
    pub kind: Option<Ref<CloudServiceType>>,
    /// Private, hybrid, public or partner cloud.
    #[serde(rename(deserialize = "modell"))]
    pub model: Option<Ref<DeploymentModel>>,
}

/// Where something is in its life.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// Now.
    pub status: LifecycleStatus,
    /// Since or from when.
    #[serde(rename(deserialize = "från"))]
    pub from: Option<Date>,
    /// Until when.
    #[serde(rename(deserialize = "till"))]
    pub to: Option<Date>,
    /// What takes its place.
    #[serde(rename(deserialize = "ersätts_av"))]
    pub replaced_by: Option<Ref<super::Replacement>>,
}

impl Lifecycle {
    /// Whether it is at this stage.
    pub fn is(lifecycle: &Option<Lifecycle>, status: LifecycleStatus) -> bool {
        lifecycle.as_ref().is_some_and(|lifecycle| lifecycle.status == status)
    }

    /// Whether its last day comes before its first: either may be the wrong one.
    pub fn is_in_disorder(&self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| to < from)
    }

    /// Whether it is there on none of these days: retired before the first, or to begin after the last.
    pub fn is_outside(lifecycle: Option<&Lifecycle>, (first, last): (Date, Date)) -> bool {
        lifecycle.is_some_and(|lifecycle| {
            let is_over = lifecycle.status == LifecycleStatus::Retired && lifecycle.to.is_none_or(|end| end < first);
            is_over || lifecycle.from.is_some_and(|begins| begins > last)
        })
    }

    /// Of some days those on which something that lives so long is there, by its own days; where there is none, the last is
    /// before the first.
    pub fn while_there(lifecycle: Option<&Lifecycle>, (first, last): (Date, Date)) -> (Date, Date) {
        let begins = lifecycle.and_then(|lifecycle| lifecycle.from);
        let ends = lifecycle.and_then(|lifecycle| lifecycle.to);
        (begins.map_or(first, |begins| begins.max(first)), ends.map_or(last, |ends| ends.min(last)))
    }

    /// Whether what has that id, and lives so long, is said to take its place, and does so without a gap. What does not say
    /// from when it is there has been there all along, unless it is planned.
    pub fn is_followed_by(&self, id: &str, next: Option<&Lifecycle>) -> bool {
        let is_next = self.replaced_by.as_ref().is_some_and(|replacement| replacement.id == id);
        let Some(ends) = self.to.filter(|_| is_next) else { return false };
        match next.and_then(|next| next.from) {
            Some(begins) => ends.0.tomorrow().is_ok_and(|day| begins.0 <= day),
            None => next.is_none_or(|next| next.status != LifecycleStatus::Planned),
        }
    }
}

/// The stages of a life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum LifecycleStatus {
    /// Decided but not yet delivered.
    #[serde(rename = "planerad")]
    Planned,
    /// Delivered.
    #[serde(rename = "aktiv")]
    Active,
    /// Delivered, but to end.
    #[serde(rename = "under-avveckling")]
    Retiring,
    /// Ended.
    #[serde(rename = "avvecklad")]
    Retired,
}

impl LifecycleStatus {
    /// As a reader is told it.
    pub fn label(self) -> &'static str {
        match self {
            LifecycleStatus::Planned => "Planerad",
            LifecycleStatus::Active => "Aktiv",
            LifecycleStatus::Retiring => "Under avveckling",
            LifecycleStatus::Retired => "Avvecklad",
        }
    }
}

/// What an edition changes in something, for the decision (`§ 8`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// New, changed, unchanged or ending.
    #[serde(rename(deserialize = "typ"))]
    pub kind: ChangeKind,
    /// Why.
    #[serde(rename(deserialize = "motivering"))]
    pub reason: Option<Markdown>,
}

/// How something differs from the edition before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum ChangeKind {
    /// Was not there.
    #[serde(rename = "ny")]
    New,
    /// Was there in another form.
    #[serde(rename = "förändrad")]
    Changed,
    /// Is as it was.
    #[serde(rename = "oförändrad")]
    Unchanged,
    /// Will not be there.
    #[serde(rename = "avvecklas")]
    Ending,
}

/// What something costs a year, and how that is shared among its consumers (`§ 8`).
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Kronor in the edition's year, excluding VAT: of what is there for a part of it, what that part costs.
    #[serde(rename(deserialize = "belopp"))]
    pub amount: Option<Amount>,
    /// Who pays how much of it.
    #[serde(rename(deserialize = "fördelning"), default)]
    pub shares: Vec<Share>,
}

/// One customer's share of a cost.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Who pays.
    #[serde(rename(deserialize = "kund"))]
    pub customer: Ref<Customer>,
    /// Percent of the whole; all shares make 100.
    #[serde(rename(deserialize = "andel"), deserialize_with = "super::values::part_of_whole")]
    pub percent: Percent,
}

/// A reason for making a service of some IT support (`§ 2.3.2`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
pub enum Criterion {
    #[serde(rename = "informationsklassificering")]
    Classification,
    #[serde(rename = "verksamhetskritisk-process")]
    CriticalProcess,
    #[serde(rename = "höga-tillgänglighetskrav")]
    HighAvailability,
    #[serde(rename = "ackrediterad-verksamhet")]
    AccreditedBusiness,
    #[serde(rename = "verksamhetens-inrådan")]
    BusinessAdvice,
    #[serde(rename = "ekonomiska-värden")]
    EconomicValue,
    #[serde(rename = "komplexitet")]
    Complexity,
    #[serde(rename = "ansvarsfördelning")]
    Responsibilities,
    #[serde(rename = "risker")]
    Risks,
    #[serde(rename = "ordning-och-reda")]
    Order,
    #[serde(rename = "uppföljning-och-förbättringar")]
    FollowUp,
    #[serde(rename = "omfattning")]
    Extent,
}

impl Criterion {
    /// As the guideline lists it.
    pub fn label(self) -> &'static str {
        match self {
            Criterion::Classification => "Informationsklassificering",
            Criterion::CriticalProcess => "Stöd för verksamhetskritisk process",
            Criterion::HighAvailability => "Höga tillgänglighetskrav från verksamheten",
            Criterion::AccreditedBusiness => "Ackrediterad verksamhet",
            Criterion::BusinessAdvice => "På verksamhetens inrådan",
            Criterion::EconomicValue => "Ekonomiska värden",
            Criterion::Complexity => "Komplexitet",
            Criterion::Responsibilities => "Ansvarsfördelning önskas tydliggjord",
            Criterion::Risks => "Risker",
            Criterion::Order => "En önskan om ordning och reda",
            Criterion::FollowUp => "Möjlighet till uppföljning och förbättringar",
            Criterion::Extent => "Omfattningen – används av många användare",
        }
    }
}
