//! An IS/IT service that nobody answers for.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(111),
    name: "service-manager-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.3",
    docs: "Till varje IS/IT-tjänst finns en utpekad tjänsteansvarig, en roll och en individ. Hen ser till att \
           leveransen når de nivåer som SLA lovar. Det kan vara samma person som är produktansvarig.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "tjänsteansvarig:")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "tjänsteansvarig: anna-alm")],
    cure: "utse en tjänsteansvarig, och ange personens id under tjänsteansvarig",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| service.manager.is_none()) {
        let message = format!("IS/IT-tjänsten ”{}” saknar tjänsteansvarig", service.name);
        findings.add_missing(&service.id, "tjänsteansvarig", message, RULE.cure);
    }
}
