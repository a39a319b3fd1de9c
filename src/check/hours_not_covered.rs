//! A call whose hours do not cover those of the SLA, in series or where it is to take over.

use super::{Findings, Rule, levels};
use crate::calculate::proof::Shortfall;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(160),
    name: "hours-not-covered",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2, bilaga 1 och 2",
    docs: "Det som avropas i serie ska vara öppet minst lika länge som IS/IT-tjänsten: utan det står tjänsten \
           stilla. Ett SLA för dygnet runt kan därför inte säkras av en servicenivå för kontorstid. Det som är \
           redundant måste kunna ta över: av det som tar över för varandra måste minst två vara öppna så länge. Är \
           det flera tjänster som tar över för varandra, en av varje, gäller det alla.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.silver, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    cure: "avropa en nivå med längre öppettid, eller kom överens om en tjänstenivå för kontorstid",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let concerns = |shortfall: &Shortfall| matches!(shortfall, Shortfall::Hours { .. });
    levels::each_shortfall(findings.facts, concerns, RULE.cure, &mut |service, proof, shortfall, help| {
        if let Shortfall::Hours { call } = shortfall {
            findings.add(&service.id, &levels::call_path(call), levels::message(catalog, proof, shortfall), help);
        }
    });
}
