//! A call in series that is restored later than the SLA promises.

use super::{Findings, Rule, levels};
use crate::calculate::proof::Shortfall;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(161),
    name: "restore-time-exceeds",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2, bilaga 1 och 2",
    docs: "Det som avropas i serie ska återställas inom den tid som SLA har som riktvärde för att åtgärda ett fel, \
           eftersom tjänsten står stilla så länge.",
    wrong: &[
        ("kontrakt/leverantorsstod.yaml", "åtgärdstid: 1 timme"),
        (
            "tjanstenivaer.yaml",
            "- {id: dygnet-runt-1h, öppettid: dygnet-runt, åtgärdstid: 1 timme, nedtid_per_år: 8 timmar}",
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            sla:
              # …
              nivå: dygnet-runt-1h
            ola:
              # …
              avrop:
                - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
            ",
        ),
    ],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          nivå: dygnet-runt-2h
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    cure: "avropa en nivå med kortare återställsetid, eller kom överens om en längre åtgärdstid",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let concerns = |shortfall: &Shortfall| matches!(shortfall, Shortfall::Restore { .. });
    levels::each_shortfall(findings.facts, concerns, RULE.cure, &mut |service, proof, shortfall, help| {
        if let Shortfall::Restore { call } = shortfall {
            findings.add(&service.id, &levels::call_path(call), levels::message(catalog, proof, shortfall), help);
        }
    });
}
