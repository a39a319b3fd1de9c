//! A service without offerings.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(116),
    name: "offering-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.1",
    docs: "En IS/IT-tjänst och en stödjande tjänst har minst ett tjänsteerbjudande. Det är erbjudandet som kunden \
           beställer, och det har en nivå och ett pris.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "erbjudanden: []")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: VGR, miljö: produktion}
        ",
    )],
    cure: "lägg till minst ett erbjudande under erbjudanden, med suffix",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| service.offerings.is_empty()) {
        let message = format!("IS/IT-tjänsten ”{}” har inget tjänsteerbjudande", service.name);
        findings.add_missing(&service.id, "erbjudanden", message, RULE.cure);
    }
    for service in standing::supporting_services(catalog).filter(|service| service.offerings.is_empty()) {
        let message = format!("den stödjande tjänsten ”{}” har inget tjänsteerbjudande", service.name);
        findings.add_missing(&service.id, "erbjudanden", message, RULE.cure);
    }
}
