//! An IS/IT service that by its name is none.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(127),
    name: "not-a-service",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.3.1",
    docs: "Support, helpdesk, användarstöd, beredskap, jour, processer och beställningar är inga egna IS/IT-tjänster, \
           utan ingår i en som är överenskommen. Projekt, vidareutveckling och nyutveckling är det inte heller; \
           resultatet kan bli en tjänst. Regeln ser bara till namnet.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "namn: Orbit Support")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "namn: Orbit Operationsplanering")],
    cure: "lägg det i den IS/IT-tjänst som det hör till, eller ge tjänsten ett namn som säger vad den gör",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let applications = &findings.facts.applications;
    for service in standing::services(catalog) {
        let found = applications.what_is_no_service(&service.name);
        if !found.is_empty() {
            let what = text::listed(&found);
            let message = format!("enligt namnet är ”{}” bara {what}, och det är ingen IS/IT-tjänst", service.name);
            findings.add(&service.id, "namn", message, RULE.cure);
        }
    }
}
