//! A call on something of which nothing is promised, in series or where it is to take over.

use super::{Findings, Rule, levels};
use crate::calculate::proof::{Promise, Shortfall};
use crate::diagnostic::{Code, Severity};
use crate::model::Service;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(163),
    name: "level-not-guaranteed",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2, bilaga 1",
    docs: "Ett avrop i serie måste ha en nivå som garanterar både återställsetid och antal avbrott. Annars går det inte att visa att SLA håller. Nivån Järn är till för teknik som ingen längre stödjer, och garanterar inget av dem. Av samma skäl räknas den inte som något som tar över.",
    wrong: &[
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Järn, servicenivå: jarn}
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
            ",
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            sla:
              # …
              nivå: kontorstid-8h
            ola:
              # …
              avrop:
                - {erbjudande: servrar.jarn, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
            ",
        ),
    ],
    right: &[
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Järn, servicenivå: jarn}
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
            ",
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            sla:
              # …
              nivå: kontorstid-8h
            ola:
              # …
              avrop:
                - {erbjudande: servrar.silver, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
            ",
        ),
    ],
    cure: "avropa en nivå som garanterar tider, eller ange att tjänsten klarar sig utan",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let concerns = |shortfall: &Shortfall| matches!(shortfall, Shortfall::NotGuaranteed { .. });
    levels::each_shortfall(findings.facts, concerns, RULE.cure, &mut |service, proof, shortfall, help| {
        let Shortfall::NotGuaranteed { call } = shortfall else { return };
        let link = &proof.links[call];
        // That a supporting service's offering has no level is a finding of its own, and that something is not there.
        if link.is_absent() {
            return;
        }
        let has_level = matches!(link.promise, Promise::Level(_));
        if has_level || catalog.get::<Service>(&link.offering.service).is_some() {
            findings.add(&service.id, &levels::call_path(call), levels::message(catalog, proof, shortfall), help);
        }
    });
}
