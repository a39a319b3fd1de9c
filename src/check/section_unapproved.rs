//! A section of a Tjänste-OLA that its coordinator has not approved, in a decided edition.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Status;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(151),
    name: "section-unapproved",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 3.2",
    docs: "Funktionssamordnarna godkänner var sitt avsnitt i Tjänste-OLA. När utgåvan är beslutad ska varje avsnitt vara \
           godkänt, för det är godkännandena som säkrar att SLA går att hålla.",
    wrong: &[
        (
            "katalog.yaml",
            r#"utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}"#,
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            ola:
              # …
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
                - {namn: Support, funktionssamordnare: anna-alm}
            ",
        ),
    ],
    right: &[
        (
            "katalog.yaml",
            r#"utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}"#,
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            ola:
              # …
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
                - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
            ",
        ),
    ],
    cure: "låt funktionssamordnaren godkänna avsnittet, och skriv in datum under godkänd",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    if catalog.catalogue.edition.status != Status::Decided {
        return;
    }
    for service in standing::services(catalog) {
        for (at, section) in service.sections().iter().enumerate().filter(|(_, section)| section.approved.is_none()) {
            let message = format!("avsnittet ”{}” i Tjänste-OLA för ”{}” är inte godkänt", section.name, service.name);
            findings.add(&service.id, &format!("ola.avsnitt.{at}.namn"), message, RULE.cure);
        }
    }
}
