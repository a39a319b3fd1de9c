//! An IS/IT service whose name does not begin with its application's.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(122),
    name: "name-without-application",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.3.3",
    docs: "En IS/IT-tjänst heter som applikationen som verksamheten arbetar i, följt av beskrivande ord: ”Melior \
           Journalstöd”, ”Orbit Operationsplanering”. Då känner både användare och Servicedesk igen den.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "namn: Operationsplanering")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "namn: Orbit Operationsplanering")],
    cure: "börja namnet med applikationens namn, och låt beskrivande ord följa",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let applications = &findings.facts.applications;
    for service in standing::services(catalog) {
        let name = service.name.as_str();
        let message = match &service.application {
            Some(own) if !applications.describes(name, Some(&catalog[own].name)) => {
                format!("namnet ”{name}” är inte applikationen ”{}” följd av beskrivande ord", catalog[own].name)
            }
            None if !applications.is_empty() && !applications.describes(name, None) => {
                format!("namnet ”{name}” börjar inte med någon applikations namn")
            }
            _ => continue,
        };
        // Other rules tell of these.
        if applications.has(name) || !applications.what_is_no_service(name).is_empty() {
            continue;
        }
        findings.add(&service.id, "namn", message, RULE.cure);
    }
}
