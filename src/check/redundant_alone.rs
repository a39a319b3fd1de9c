//! A redundant call with nothing that takes over.

use super::{Findings, Rule, levels};
use crate::diagnostic::{Code, Severity};
use crate::model::{Call, Dependency};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(165),
    name: "redundant-alone",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Ett avrop som är redundant räknas inte när tjänstenivån prövas, eftersom något annat tar över. Då måste det finnas något som gör det: mer än ett av samma erbjudande, eller ett redundant avrop till av samma stödjande tjänst.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 1, samband: redundant, avsnitt: Drift}
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: redundant, avsnitt: Drift}
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
        ",
    )],
    cure: "avropa fler, eller ange avropet i serie",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in &catalog.entities().services {
        let calls = service.calls();
        let offered_by = |call: &Call| catalog.offering(&call.offering).service.as_str();
        let is_redundant = |call: &Call| call.dependency == Some(Dependency::Redundant);
        for (at, call) in calls.iter().enumerate().filter(|(_, call)| is_redundant(call)) {
            let takes_over = |(other, candidate): (usize, &Call)| {
                other != at && is_redundant(candidate) && offered_by(candidate) == offered_by(call)
            };
            if call.quantity.unwrap_or(1) <= 1 && !calls.iter().enumerate().any(takes_over) {
                let name = &catalog.offering(&call.offering).name;
                let message = format!("{name} är redundant, men bara en är avropad, så inget tar över");
                findings.add(&service.id, &levels::call_path(at), message, RULE.cure);
            }
        }
    }
}
