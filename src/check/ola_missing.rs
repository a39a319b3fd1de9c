//! An IS/IT service without a Tjänste-OLA.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Lifecycle, LifecycleStatus, Service};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(118),
    name: "ola-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "SLA och Tjänste-OLA upprättas tillsammans, så att inget led fattas i kedjan av överenskommelser. I \
           Tjänste-OLA avropas de stödjande tjänster som behövs för att SLA ska hålla. En planerad tjänst får vänta \
           med sitt Tjänste-OLA.",
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
    // What is planned may wait with both agreements, but not with the one that the other rests on.
    let is_due = |service: &&Service| {
        service.agreement.is_some() || !Lifecycle::is(&service.lifecycle, LifecycleStatus::Planned)
    };
    let without = standing::services(catalog).filter(|service| service.operational_agreement.is_none());
    for service in without.filter(is_due) {
        let message = format!("IS/IT-tjänsten ”{}” saknar Tjänste-OLA", service.name);
        findings.add_missing(&service.id, "ola", message, RULE.cure);
    }
}
