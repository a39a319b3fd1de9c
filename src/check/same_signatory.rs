//! An SLA that one person signs for both parties.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{ServiceLevelAgreement, SignatoryRole, Signature};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(420),
    name: "same-signatory",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Ett SLA är en överenskommelse mellan verksamheten och leverantören. Verksamhetsrepresentanten undertecknar \
           för den ena parten och tjänsteägaren för den andra. Är det samma person har ingen kommit överens med någon.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          underskrifter:
            - {roll: verksamhetsrepresentant, person: bo-berg, datum: 2026-11-01}
            - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          underskrifter:
            - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
            - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
        ",
    )],
    cure: "låt någon som företräder verksamheten underteckna som verksamhetsrepresentant",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let Some(agreement) = &service.agreement else { continue };
        for (at, signature) in agreement.signatures.iter().enumerate() {
            if signs_for_both(agreement, signature) {
                let name = &catalog[&signature.person].name;
                let message = format!("SLA för ”{}” undertecknas av {name} för båda parter", service.name);
                findings.add(&service.id, &format!("sla.underskrifter.{at}.person"), message, RULE.cure);
            }
        }
    }
}

/// Whether a signature is that of the business by someone who signs as the service owner too.
pub fn signs_for_both(agreement: &ServiceLevelAgreement, signature: &Signature) -> bool {
    let is_the_other =
        |other: &Signature| other.role == SignatoryRole::ServiceOwner && other.person.id == signature.person.id;
    signature.role == SignatoryRole::BusinessRepresentative && agreement.signatures.iter().any(is_the_other)
}
