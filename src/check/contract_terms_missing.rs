//! A contract beneath an SLA that does not say its hours or its response time.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Service;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(422),
    name: "contract-terms-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt anger de mål som behövs för att nå tjänstenivåerna i SLA. Utan åtgärdstid går det \
           inte att se om leverantören hinner, och utan öppettid inte om kontraktet räcker för ett SLA dygnet runt. \
           Kontrakt bakom avrop som är redundanta eller inte kritiska räknas inte.",
    wrong: &[("kontrakt/leverantorsstod.yaml", "åtgärdstid:")],
    right: &[("kontrakt/leverantorsstod.yaml", "åtgärdstid: 2 timmar")],
    cure: "ange vad leverantören har lovat i kontraktet, eller skriv ett undantag om det bara gäller varor eller licenser",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for (contract, services) in &findings.facts.underpinned {
        let services: Vec<&Service> = services.iter().map(|(service, _)| *service).collect();
        let is_always = |service: &&Service| standing::promises_all_hours(catalog, service);
        let always: Vec<&Service> = services.iter().copied().filter(is_always).collect();
        // Any hours cover those of the office.
        let hours = contract.hours.is_none() && !always.is_empty();
        let response = contract.response_time.is_none();
        let of = if response { &services } else { &always };
        let missing = [("öppettid", hours), ("åtgärdstid", response)];
        let missing: Vec<&str> =
            missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(key, _)| key).collect();
        if let [first, ..] = missing[..] {
            let names: Vec<&str> = of.iter().map(|service| service.name.as_str()).collect();
            let (missing, names) = (text::listed(&missing), standing::some(&names));
            let message = format!("kontraktet ”{}” saknar {missing}, men SLA för {names} vilar på det", contract.name);
            findings.add_missing(&contract.id, first, message, RULE.cure);
        }
    }
}
