//! An SLA that a party has not signed, in a decided edition.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{ServiceLevelAgreement, SignatoryRole, Status};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(150),
    name: "sla-unsigned",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 3.2",
    docs: "Verksamhetsrepresentanten och tjänsteägaren undertecknar tjänstens SLA. När utgåvan är beslutad ska båda ha gjort \
           det, med datum: annars visar katalogen ett löfte som ingen har kommit överens om.",
    wrong: &[
        (
            "katalog.yaml",
            r#"utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}"#,
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            sla:
              # …
              underskrifter:
                - {roll: tjänsteägare, person: bo-berg}
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
            sla:
              # …
              underskrifter:
                - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
                - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
            ",
        ),
    ],
    cure: "låt båda parter underteckna, och skriv in datum för var och en",
    check,
};

const PARTIES: [SignatoryRole; 2] = [SignatoryRole::BusinessRepresentative, SignatoryRole::ServiceOwner];

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    if catalog.catalogue.edition.status != Status::Decided {
        return;
    }
    for service in standing::services(catalog) {
        let Some(agreement) = &service.agreement else { continue };
        let absent = absent_parties(agreement);
        if !absent.is_empty() {
            let message = format!("SLA för ”{}” saknar underskrift av {}", service.name, text::listed(&absent));
            findings.add(&service.id, "sla.underskrifter", message, RULE.cure);
        }
        for (at, party) in undated(agreement) {
            let message = format!("SLA för ”{}” är inte undertecknat av {party}: datum saknas", service.name);
            findings.add(
                &service.id,
                &format!("sla.underskrifter.{at}.roll"),
                message,
                "skriv in datum för underskriften",
            );
        }
    }
}

/// The parties that have no row.
fn absent_parties(agreement: &ServiceLevelAgreement) -> Vec<&'static str> {
    let has_row = |party: &SignatoryRole| agreement.signatures.iter().any(|signature| signature.role == *party);
    PARTIES.into_iter().filter(|party| !has_row(party)).map(definite).collect()
}

/// The rows without a date, with their parties.
fn undated(agreement: &ServiceLevelAgreement) -> impl Iterator<Item = (usize, &'static str)> {
    let rows = agreement.signatures.iter().enumerate();
    rows.filter(|(_, signature)| signature.date.is_none()).map(|(at, signature)| (at, definite(signature.role)))
}

/// A party, as it is told of in a sentence.
pub(super) fn definite(party: SignatoryRole) -> &'static str {
    match party {
        SignatoryRole::BusinessRepresentative => "verksamhetsrepresentanten",
        SignatoryRole::ServiceOwner => "tjänsteägaren",
    }
}
