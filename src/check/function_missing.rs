//! A service that does not say what it does.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(121),
    name: "function-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2, bilaga 4",
    docs: "När en IS/IT-tjänst kartläggs beskrivs både dess funktion och dess garanti. Funktionen är det som tjänsten \
           gör för dem som använder den. En stödjande tjänst har åtminstone en sammanfattning: Katalog – stödjande tjänster \
           visar tjänsterna med beskrivningar, så att den som avropar vet vad det är.",
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
    for service in standing::supporting_services(catalog).filter(|service| !standing::says(&service.description)) {
        if service.summary.as_ref().is_none_or(|summary| summary.trim().is_empty()) {
            let message =
                format!("den stödjande tjänsten ”{}” har varken beskrivning eller sammanfattning", service.name);
            let help = "skriv under sammanfattning eller beskrivning vad tjänsten gör, och för vem";
            findings.add_missing(&service.id, "beskrivning", message, help);
        }
    }
}
