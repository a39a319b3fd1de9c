//! An SLA that no call in series proves.

use super::levels::Unproven;
use super::{Findings, Rule};
use crate::calculate::proof::Verdict;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(166),
    name: "proof-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "I Tjänste-OLA avropas de stödjande tjänster som behövs för att tjänsten ska hålla vad SLA lovar. Om inget avrop är i serie finns det inget som tjänsten står stilla utan, och därför inget som visar att tjänstenivån håller.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: redundant, avsnitt: Drift}
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
    cure: "ange samband: serie för det som tjänsten inte fungerar utan",
    check,
};

fn check(_: &Catalog, findings: &mut Findings<'_>) {
    for Unproven { service, proof, .. } in &findings.facts.unproven {
        // That a Tjänste-OLA is missing or calls for nothing is no matter of levels.
        if proof.verdict == Verdict::NothingInSeries && !proof.links.is_empty() {
            let message = "inget avrop är i serie, så inget visar att tjänstenivån i SLA håller";
            findings.add(&service.id, "ola.avrop", message, RULE.cure);
        }
    }
}
