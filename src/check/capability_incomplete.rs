//! A capability without class or department.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(102),
    name: "capability-incomplete",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, beskrivningar",
    docs: "Varje förmåga på nivå 1 har en klass (extern, intern, extern och intern, centraliserad) och en avdelning som \
           tillhandahåller den. Utan dem syns förmågan inte i någon avdelnings ansvar.",
    wrong: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Sköta plattformen., klass: extern}
        ",
    )],
    right: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Sköta plattformen., klass: extern, avdelning: infrastruktur}
        ",
    )],
    cure: "fråga den som förvaltar förmågekartan, och lägg till det som saknas",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for group in &catalog.entities().capability_groups {
        for (at, capability) in group.capabilities.iter().enumerate() {
            let missing = match (capability.class.is_none(), capability.department.is_none()) {
                (true, true) => "klass och avdelning",
                (true, false) => "klass",
                (false, true) => "avdelning",
                (false, false) => continue,
            };
            let message = format!("förmågan ”{}” saknar {missing}", capability.name);
            findings.add(&group.id, &format!("förmågor.{at}.namn"), message, RULE.cure);
        }
    }
}
