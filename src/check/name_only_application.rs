//! An IS/IT service with the bare name of an application.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(123),
    name: "name-only-application",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 2.3.3",
    docs: "En IS/IT-tjänst får inte heta som applikationen rätt och slätt, och tecken eller siffror beskriver ingenting. Då går de inte att skilja åt när ett fel \
           anmäls och ska lokaliseras.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "namn: Orbit")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "namn: Orbit Operationsplanering")],
    cure: "lägg till ord som beskriver vad tjänsten ger verksamheten",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let applications = &findings.facts.applications;
    for service in standing::services(catalog).filter(|service| applications.has(&service.name)) {
        let message = format!("IS/IT-tjänsten ”{}” heter som en applikation, utan ord som beskriver den", service.name);
        findings.add(&service.id, "namn", message, RULE.cure);
    }
}
