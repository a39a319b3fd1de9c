//! Calls of a Tjänste-OLA that belong to no section, or a section that has none.

use std::collections::BTreeSet;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{OperationalLevelAgreement, Service};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(153),
    name: "section-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Tjänste-OLA har ett avsnitt för varje funktion som levererar, och varje avrop hör till ett av dem. Ett avrop utan \
           avsnitt har ingen funktionssamordnare som godkänner det, och den som har godkänt ett avsnitt utan avrop har inte \
           godkänt något.",
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
        let Some(first) = loose.first() else {
            empty_sections(service, agreement, findings);
            continue;
        };
        let name = |at: &usize| {
            let offering = &agreement.calls[*at].offering;
            format!("”{}”", catalog.offering(offering).name)
        };
        let names: Vec<String> = loose.iter().map(name).collect();
        let message = format!("Tjänste-OLA för ”{}” har avrop utan avsnitt: {}", service.name, text::listed(&names));
        findings.add(&service.id, &format!("ola.avrop.{first}.erbjudande"), message, RULE.cure);
    }
}

/// Tells of what is approved without a call. Where a call is in a section that there is not, either may be misspelt, which
/// another rule tells.
fn empty_sections(service: &Service, agreement: &OperationalLevelAgreement, findings: &mut Findings<'_>) {
    let called: BTreeSet<&str> = agreement.calls.iter().filter_map(|call| call.section.as_deref()).collect();
    let known: BTreeSet<&str> = agreement.sections.iter().map(|section| section.name.as_str()).collect();
    if !called.is_subset(&known) {
        return;
    }
    let sections = agreement.sections.iter().enumerate();
    for (at, section) in sections.filter(|(_, section)| !called.contains(section.name.as_str())) {
        if section.approved.is_some() {
            let message = format!(
                "avsnittet ”{}” i Tjänste-OLA för ”{}” är godkänt, men har inget avrop",
                section.name, service.name
            );
            let help = "lägg till det som avropas i avsnittet, eller ta bort avsnittet";
            findings.add(&service.id, &format!("ola.avsnitt.{at}.namn"), message, help);
        }
    }
}

/// The positions of the calls without a section.
fn loose_calls(agreement: &OperationalLevelAgreement) -> Vec<usize> {
    let calls = agreement.calls.iter().enumerate();
    calls.filter(|(_, call)| call.section.as_ref().is_none_or(String::is_empty)).map(|(at, _)| at).collect()
}
