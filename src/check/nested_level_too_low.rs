//! A supporting service that cannot carry what rests on it.

use std::collections::BTreeMap;

use super::{Findings, Rule, levels};
use crate::calculate::proof::{self, Carrier, Need, Shortfall, words};
use crate::diagnostic::{Code, Severity};
use crate::model::{Product, SupportingService};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(164),
    name: "nested-level-too-low",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.1, bilaga 1",
    docs: "Den produkt som omsluter något svarar för dess garanti. Det som omsluts räknas därför inte en gång till, \
           men minst ett av dess erbjudanden måste bära nivån ovanför, vare sig den har avropats eller inte. Det som \
           stödjer utan att omslutas måste bära tjänstenivån i SLA.",
    wrong: &[
        ("produkter/hosting-server.yaml", "innehåller: [lagring]"),
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
              - {suffix: Platina, servicenivå: platina}
            ",
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            ola:
              # …
              avrop:
                - {erbjudande: servrar.platina, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
            ",
        ),
        (
            "stodjande-tjanster/lagring.yaml",
            "
            namn: Lagring
            klass: teknisk
            sammanfattning: Hanterad lagring.
            beskrivning: Lagring med spegling mellan hallar.
            ansvarig: anna-alm
            produkter: [servicedesk]
            beställning: {portal: true, cmdb: automatisk}
            erbjudanden:
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
            ",
        ),
    ],
    right: &[
        ("produkter/hosting-server.yaml", "innehåller: [lagring]"),
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
              - {suffix: Platina, servicenivå: platina}
            ",
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            ola:
              # …
              avrop:
                - {erbjudande: servrar.platina, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
            ",
        ),
        (
            "stodjande-tjanster/lagring.yaml",
            "
            namn: Lagring
            klass: teknisk
            sammanfattning: Hanterad lagring.
            beskrivning: Lagring med spegling mellan hallar.
            ansvarig: anna-alm
            produkter: [servicedesk]
            beställning: {portal: true, cmdb: automatisk}
            erbjudanden:
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
              - {suffix: Platina, servicenivå: platina}
            ",
        ),
    ],
    cure: "ge den inre tjänsten ett erbjudande som räcker, eller erbjud en lägre nivå ovanför",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let concerns = |shortfall: &Shortfall| matches!(shortfall, Shortfall::Nested { .. });
    // Much may rest on it, at several levels; to tell of the highest that it cannot carry is enough.
    let mut told = BTreeMap::new();
    levels::each_shortfall(findings.facts, concerns, RULE.cure, &mut |_, proof, shortfall, help| {
        let Shortfall::Nested { carrier } = shortfall else { return };
        let Carrier { nested, need, .. } = &proof.carriers[carrier];
        let message = levels::message(catalog, proof, shortfall);
        let place = place(catalog, nested.above, nested.service);
        highest(&mut told, place, (need.height(), message, help));
    });
    // What no SLA rests on yet must hold what it says all the same.
    for found in proof::overpromises(catalog) {
        let place = place(catalog, &found.above.id, found.service);
        let message = levels::without_stop(&words::overpromise(&found));
        highest(&mut told, place, (Need::Level(found.level).height(), message, RULE.cure));
    }
    for ((id, path), (_, message, help)) in told {
        findings.add(id, &path, message, help);
    }
}

/// Keeps what is told of a place, if nothing of a level as high is.
fn highest<P: Ord, H: Ord, M, C>(told: &mut BTreeMap<P, (H, M, C)>, place: P, finding: (H, M, C)) {
    if told.get(&place).is_none_or(|(known, ..)| *known < finding.0) {
        told.insert(place, finding);
    }
}

/// Where it is said that one is in the other: at the product that encloses it, or at what it says it supports.
fn place<'a>(catalog: &Catalog, above: &'a str, service: &'a SupportingService) -> (&'a str, String) {
    let product = catalog.get::<Product>(above);
    let enclosed = product.and_then(|product| product.contains.iter().position(|inner| inner.id == service.id));
    let supports = || service.supports.iter().position(|target| target.id == above);
    match (enclosed, supports()) {
        (Some(at), _) => (above, format!("innehåller.{at}")),
        (None, Some(at)) => (&service.id, format!("stödjer.{at}")),
        (None, None) => (&service.id, "erbjudanden".to_string()),
    }
}
