//! An SLA that one person signs for both parties.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::SignatoryRole;
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
        let of = |role| agreement.signatures.iter().filter(move |signature| signature.role == role);
        for (at, signature) in agreement.signatures.iter().enumerate() {
            let is_both = signature.role == SignatoryRole::BusinessRepresentative
                && of(SignatoryRole::ServiceOwner).any(|owner| owner.person.id == signature.person.id);
            if is_both {
                let name = &catalog[&signature.person].name;
                let message = format!("SLA för ”{}” undertecknas av {name} för båda parter", service.name);
                findings.add(&service.id, &format!("sla.underskrifter.{at}.person"), message, RULE.cure);
            }
        }
    }
}
