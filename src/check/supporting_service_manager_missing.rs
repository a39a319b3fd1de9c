//! A supporting service that nobody answers for.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(112),
    name: "supporting-service-manager-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.2",
    docs: "Någon ansvarar för varje stödjande tjänst. Ofta är det den som är produktansvarig för produkten som \
           tjänsten bygger på.",
    wrong: &[("stodjande-tjanster/servrar.yaml", "ansvarig:")],
    right: &[("stodjande-tjanster/servrar.yaml", "ansvarig: anna-alm")],
    cure: "ange personens id under ansvarig, till exempel den som är produktansvarig",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::supporting_services(catalog).filter(|service| service.manager.is_none()) {
        let message = format!("den stödjande tjänsten ”{}” saknar ansvarig", service.name);
        findings.add_missing(&service.id, "ansvarig", message, RULE.cure);
    }
}
