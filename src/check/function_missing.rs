//! An IS/IT service whose function is not described.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(121),
    name: "function-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "När en IS/IT-tjänst kartläggs beskrivs både dess funktion och dess garanti. Funktionen är det som tjänsten \
           gör för dem som använder den.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "beskrivning:")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "beskrivning: Visar vilka operationer som är planerade, i vilken sal och med vilket team.",
    )],
    cure: "beskriv under beskrivning vad tjänsten gör för dem som använder den",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| !standing::says(&service.description)) {
        let message = format!("IS/IT-tjänsten ”{}” saknar en beskrivning av sin funktion", service.name);
        findings.add_missing(&service.id, "beskrivning", message, RULE.cure);
    }
}
