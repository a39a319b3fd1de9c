//! A capability that is consumed, and yet not provided centrally.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::CapabilityClass;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(401),
    name: "consume-not-centralised",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "IT verksamhetsförmågor, beskrivningar",
    docs: "Under de områden som heter Konsumera … ligger det som avdelningarna hämtar från någon annan. I förmågekartan är varje \
           sådan förmåga centraliserad. En annan klass betyder att den ligger i fel område, eller har fel klass.",
    wrong: &[(
        "formagor.yaml",
        "
            - id: konsumera-stod
              namn: Konsumera verksamhetsstöd
              förmågor:
                - {id: ekonomihantering, namn: Ekonomihantering, beskrivning: Sköta budget och redovisning., klass: extern, avdelning: infrastruktur}
        ",
    )],
    right: &[(
        "formagor.yaml",
        "
            - id: konsumera-stod
              namn: Konsumera verksamhetsstöd
              förmågor:
                - {id: ekonomihantering, namn: Ekonomihantering, beskrivning: Sköta budget och redovisning., klass: centraliserad, avdelning: infrastruktur}
        ",
    )],
    cure: "ändra klassen till centraliserad, eller flytta förmågan till ett annat område",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let consumed =
        |name: &str| name.split_whitespace().next().is_some_and(|verb| verb.eq_ignore_ascii_case("konsumera"));
    for group in catalog.entities().capability_groups.iter().filter(|group| consumed(&group.name)) {
        for (at, capability) in group.capabilities.iter().enumerate() {
            let Some(class) = capability.class.filter(|class| *class != CapabilityClass::Centralised) else { continue };
            let message = format!(
                "förmågan ”{}” under ”{}” är inte centraliserad: {}",
                capability.name,
                group.name,
                class.label()
            );
            findings.add(&group.id, &format!("förmågor.{at}.klass"), message, RULE.cure);
        }
    }
}
