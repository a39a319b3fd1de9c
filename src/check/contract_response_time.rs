//! A contract that restores later than the SLA that it underpins.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Duration, Service};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(143),
    name: "contract-response-time",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt behövs för att nå tjänstenivåerna i ett eller flera SLA. Leverantörens åtgärdstid \
           ska rymmas i den åtgärdstid som SLA har som riktvärde. Kontrakt bakom avrop som är redundanta eller inte \
           kritiska räknas inte.",
    wrong: &[("kontrakt/leverantorsstod.yaml", "åtgärdstid: 8 timmar")],
    right: &[("kontrakt/leverantorsstod.yaml", "åtgärdstid: 2 timmar")],
    cure: "förhandla om en kortare åtgärdstid, eller sänk nivån i SLA",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for (contract, services) in &findings.facts.underpinned {
        let Some(time) = &contract.response_time else { continue };
        let promised = services.iter().filter_map(|(service, _)| Some((*service, promised(catalog, service)?)));
        let sooner: Vec<(&Service, &Duration)> = promised.filter(|(_, it)| it.minutes < time.minutes).collect();
        if let Some((_, soonest)) = sooner.iter().min_by_key(|(_, promised)| promised.minutes) {
            let names: Vec<&str> = sooner.iter().map(|(service, _)| service.name.as_str()).collect();
            let (name, names) = (&contract.name, standing::some(&names));
            let message = format!("kontraktet ”{name}” har åtgärdstiden {time}, men SLA för {names} {soonest}");
            findings.add(&contract.id, "åtgärdstid", message, RULE.cure);
        }
    }
}

fn promised<'c>(catalog: &'c Catalog, service: &Service) -> Option<&'c Duration> {
    service.agreement.as_ref().map(|agreement| &catalog[&agreement.level].response_time)
}
