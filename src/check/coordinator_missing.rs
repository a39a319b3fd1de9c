//! A section of a Tjänste-OLA that no one is to approve.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(154),
    name: "coordinator-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Varje avsnitt i Tjänste-OLA har en funktionssamordnare, som godkänner det för sin funktion. Utan namn är det ingen \
           som svarar för att avsnittet håller.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avsnitt:
            - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
            - {namn: Support}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avsnitt:
            - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
            - {namn: Support, funktionssamordnare: bo-berg}
        ",
    )],
    cure: "ange avsnittets funktionssamordnare",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        for (at, section) in service.sections().iter().enumerate().filter(|(_, section)| section.coordinator.is_none())
        {
            let message =
                format!("avsnittet ”{}” i Tjänste-OLA för ”{}” saknar funktionssamordnare", section.name, service.name);
            findings.add(&service.id, &format!("ola.avsnitt.{at}.namn"), message, RULE.cure);
        }
    }
}
