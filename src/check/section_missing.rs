//! Calls of a Tjänste-OLA that belong to no section.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::OperationalLevelAgreement;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(153),
    name: "section-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Tjänste-OLA har ett avsnitt för varje funktion som levererar, och varje avrop hör till ett av dem. Ett avrop utan \
           avsnitt har ingen funktionssamordnare som godkänner det.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    cure: "ange avsnitt för varje avrop, och lägg till det avsnitt som saknas",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let Some(agreement) = &service.operational_agreement else { continue };
        if agreement.calls.is_empty() {
            continue;
        }
        if agreement.sections.is_empty() {
            let message = format!("Tjänste-OLA för ”{}” har avrop men inget avsnitt", service.name);
            findings.add(&service.id, "ola.avrop", message, RULE.cure);
            continue;
        }
        let loose = loose_calls(agreement);
        let Some(first) = loose.first() else { continue };
        let name = |at: &usize| {
            let offering = &agreement.calls[*at].offering;
            format!("”{}”", catalog.offering(offering).name)
        };
        let names: Vec<String> = loose.iter().map(name).collect();
        let message = format!("Tjänste-OLA för ”{}” har avrop utan avsnitt: {}", service.name, text::listed(&names));
        findings.add(&service.id, &format!("ola.avrop.{first}.erbjudande"), message, RULE.cure);
    }
}

/// The positions of the calls without a section.
fn loose_calls(agreement: &OperationalLevelAgreement) -> Vec<usize> {
    let calls = agreement.calls.iter().enumerate();
    calls.filter(|(_, call)| call.section.as_ref().is_none_or(String::is_empty)).map(|(at, _)| at).collect()
}
