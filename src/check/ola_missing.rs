//! An IS/IT service without a Tjänste-OLA.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(118),
    name: "ola-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "SLA och Tjänste-OLA upprättas tillsammans, så att inget led fattas i kedjan av överenskommelser. I \
           Tjänste-OLA avropas de stödjande tjänster som behövs för att SLA ska hålla. En planerad tjänst får vänta \
           med sitt Tjänste-OLA, men inte om den har ett SLA.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "ola:")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            ola:
              avrop:
                - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
        ",
    )],
    cure: "upprätta ett Tjänste-OLA, och skriv in det under ola",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let due = standing::services_due_operational(catalog);
    for service in due.filter(|service| service.operational_agreement.is_none()) {
        let message = format!("IS/IT-tjänsten ”{}” saknar Tjänste-OLA", service.name);
        findings.add_missing(&service.id, "ola", message, RULE.cure);
    }
}
