//! An IS/IT service that nobody can sign for.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(113),
    name: "service-owner-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Tjänsteägaren undertecknar SLA för koncernstab digitalisering, tillsammans med verksamhetsrepresentanten. \
           Utan tjänsteägare finns det ingen som kan lova verksamheten något.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "tjänsteägare:")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "tjänsteägare: bo-berg")],
    cure: "utse en tjänsteägare, och ange personens id under tjänsteägare",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| service.owner.is_none()) {
        let message = format!("IS/IT-tjänsten ”{}” saknar tjänsteägare", service.name);
        findings.add_missing(&service.id, "tjänsteägare", message, RULE.cure);
    }
}
