//! Information that nobody owns.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(126),
    name: "information-owner-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Alla informationstillgångar har en informationsägare. Hen ansvarar för att informationen klassas, och för \
           att säkerhetsåtgärderna införs och följs.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "informationsklassning: {konfidentialitet: 3, riktighet: 3, tillgänglighet: 3}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "informationsklassning: {konfidentialitet: 3, riktighet: 3, tillgänglighet: 3, informationsägare: cecilia-carlsson}",
    )],
    cure: "ange personens id under informationsklassning och informationsägare",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        // Where the whole classification is missing, that is what is told.
        if service.classification.as_ref().is_some_and(|classification| classification.owner.is_none()) {
            let message = format!("informationen i ”{}” saknar informationsägare", service.name);
            findings.add(&service.id, "informationsklassning", message, RULE.cure);
        }
    }
}
