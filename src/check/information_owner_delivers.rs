//! Information that is owned by someone who answers for the delivery.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Person, Ref, Service};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(421),
    name: "information-owner-delivers",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Grundprincipen är att informationsägarskapet följer det ordinarie verksamhetsansvaret. Den som ansvarar för \
           att tjänsten eller dess produkter levereras äger därför inte informationen i den. Är det leverantörens egen \
           verksamhet som tjänsten stödjer, skriv ett undantag som säger det.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "informationsklassning: {konfidentialitet: 3, riktighet: 3, tillgänglighet: 3, informationsägare: bo-berg}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "informationsklassning: {konfidentialitet: 3, riktighet: 3, tillgänglighet: 3, informationsägare: cecilia-carlsson}",
    )],
    cure: "ange den som ansvarar för verksamheten som informationen hör till",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let Some(owner) = service.information_owner() else { continue };
        let duties = duties(catalog, service, &owner.id);
        if !duties.is_empty() {
            let (name, duties) = (&catalog[owner].name, text::listed(&duties));
            let message = format!("informationen i ”{}” ägs av {name}, som är {duties}", service.name);
            findings.add(&service.id, "informationsklassning.informationsägare", message, RULE.cure);
        }
    }
}

/// What a person answers for in the delivery of a service.
pub fn duties(catalog: &Catalog, service: &Service, person: &str) -> Vec<&'static str> {
    let is_it = |named: &Option<Ref<Person>>| named.as_ref().is_some_and(|named| named.id == person);
    let makes = service.products.iter().any(|product| is_it(&catalog[product].manager));
    let held = [
        ("tjänsteägare", is_it(&service.owner)),
        ("tjänsteansvarig", is_it(&service.manager)),
        ("produktansvarig för det som den bygger på", makes),
    ];
    held.into_iter().filter(|(_, is_so)| *is_so).map(|(duty, _)| duty).collect()
}
