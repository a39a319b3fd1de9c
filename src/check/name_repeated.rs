//! Two entities with one name.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{Department, Entity, Kind};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(138),
    name: "name-repeated",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.4",
    docs: "Det ska finnas en (1) källa till information om organisationens produkter och tjänster. Två av samma slag \
           med samma namn går inte att skilja åt, och är ofta samma sak som har skrivits in två gånger. Det gäller \
           också en IS/IT-tjänst och en stödjande tjänst.",
    wrong: &[(
        "processer.yaml",
        "
        - {id: operationsplanering, namn: Planera operation}
        - {id: operera, namn: Planera operation}
        ",
    )],
    right: &[(
        "processer.yaml",
        "
        - {id: operationsplanering, namn: Planera operation}
        - {id: operera, namn: Genomföra operation}
        ",
    )],
    cure: "ge den ena ett annat namn, eller ta bort den om det är samma sak",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let entities = &catalog.entities();
    let mut services = Names::new(catalog, "namn");
    services.each(&entities.services, findings);
    services.each(&entities.supporting_services, findings);
    Names::new(catalog, "namn").each(&entities.products, findings);
    Names::new(catalog, "namn").each(&entities.contracts, findings);
    Names::new(catalog, "namn").each(&entities.service_levels, findings);
    // Their names are worked out.
    Names::new(catalog, "åtgärdstid").each(&entities.availability_levels, findings);
    Names::new(catalog, "namn").each(&entities.applications, findings);
    Names::new(catalog, "namn").each(&entities.processes, findings);
    Names::new(catalog, "namn").each(&entities.customers, findings);
    Names::new(catalog, "namn").each(&entities.roles, findings);
    // One department under several names is told by another rule.
    let is_itself = |department: &&Department| department.same_as.is_none();
    Names::new(catalog, "namn").each(entities.departments.iter().filter(is_itself), findings);
    Names::new(catalog, "term").each(&entities.terms, findings);
    Names::new(catalog, "titel").each(&entities.governing_documents, findings);
    Names::new(catalog, "namn").each(&entities.cloud_characteristics, findings);
    Names::new(catalog, "namn").each(&entities.cloud_types, findings);
    Names::new(catalog, "namn").each(&entities.deployment_models, findings);
}

/// The names that have been met, in lower case, with the id of who has each.
struct Names<'c> {
    catalog: &'c Catalog,
    key: &'static str,
    met: FxHashMap<String, &'c str>,
}

impl<'c> Names<'c> {
    fn new(catalog: &'c Catalog, key: &'static str) -> Names<'c> {
        Names { catalog, key, met: FxHashMap::default() }
    }

    fn each<T: Entity + 'c>(&mut self, all: impl IntoIterator<Item = &'c T>, findings: &mut Findings<'_>) {
        for entity in all {
            let name = entity.name();
            let folded = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let first = match self.met.entry(folded) {
                Entry::Occupied(first) => *first.get(),
                Entry::Vacant(place) => {
                    place.insert(entity.id());
                    continue;
                }
            };
            let kind = self.catalog.entry(first).map_or(T::KIND, |entry| entry.kind);
            let message = format!("”{name}” är redan namnet på {} {first}", definite(kind));
            findings.add(entity.id(), self.key, message, RULE.cure);
        }
    }
}

/// What one of a kind is called, in the definite form.
fn definite(kind: Kind) -> &'static str {
    match kind {
        Kind::Service => "IS/IT-tjänsten",
        Kind::SupportingService => "den stödjande tjänsten",
        Kind::Product => "produkten",
        Kind::UnderpinningContract => "kontraktet",
        Kind::ServiceLevel => "servicenivån",
        Kind::AvailabilityLevel => "tjänstenivån",
        Kind::Application => "applikationen",
        Kind::BusinessProcess => "processen",
        Kind::Customer => "kunden",
        Kind::Role => "rollen",
        Kind::Department => "avdelningen",
        Kind::GlossaryTerm => "termen",
        Kind::GoverningDocument => "dokumentet",
        Kind::CloudCharacteristic => "egenskapen",
        Kind::CloudServiceType => "typen",
        Kind::DeploymentModel => "modellen",
        _ => "posten",
    }
}
