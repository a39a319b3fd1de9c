//! A capability that does not say what is done.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::Markdown;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(403),
    name: "capability-without-description",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, beskrivningar",
    docs: "Varje förmåga på nivå 1, och varje generisk förmåga, beskrivs med en eller två meningar. Namnet ensamt räcker inte för \
           att se var den ena slutar och nästa börjar.",
    wrong: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, klass: extern, avdelning: infrastruktur}
        ",
    )],
    right: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Sköta plattformen för servrar., klass: extern, avdelning: infrastruktur}
        ",
    )],
    cure: "lägg till beskrivning: vad som görs, och för vem",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let mut ask = |id: &str, at: usize, name: &str, description: Option<&Markdown>| {
        if description.is_none_or(|text| text.source.trim().is_empty()) {
            let key = format!("förmågor.{at}.beskrivning");
            let path = if catalog.is_written(id, &key) { key } else { format!("förmågor.{at}.namn") };
            findings.add(id, &path, format!("förmågan ”{name}” saknar beskrivning"), RULE.cure);
        }
    };
    for group in &catalog.entities().capability_groups {
        for (at, capability) in group.capabilities.iter().enumerate() {
            ask(&group.id, at, &capability.name, capability.description.as_ref());
        }
    }
    for group in &catalog.entities().generic_groups {
        for (at, capability) in group.capabilities.iter().enumerate() {
            ask(&group.id, at, &capability.name, capability.description.as_ref());
        }
    }
}
