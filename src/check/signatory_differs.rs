//! An SLA that is signed for the provider by another than the service owner.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::SignatoryRole;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(158),
    name: "signatory-differs",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Det är tjänsteägaren som undertecknar SLA för leverantören. Står en annan person vid underskriften än under \
           tjänsteägare är en av uppgifterna gammal eller fel.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        tjänsteägare: bo-berg
        sla:
          # …
          underskrifter:
            - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
            - {roll: tjänsteägare, person: anna-alm, datum: 2026-11-02}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        tjänsteägare: bo-berg
        sla:
          # …
          underskrifter:
            - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
            - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
        ",
    )],
    cure: "rätta tjänsteägare, eller låt den nya tjänsteägaren underteckna",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let (Some(agreement), Some(owner)) = (&service.agreement, &service.owner) else { continue };
        for (at, signature) in agreement.signatures.iter().enumerate() {
            if signature.role != SignatoryRole::ServiceOwner || signature.person.id == owner.id {
                continue;
            }
            let (signed, owner) = (&catalog[&signature.person].name, &catalog[owner].name);
            let message = format!(
                "SLA för ”{}” undertecknas av {signed} som tjänsteägare, men tjänsteägare är {owner}",
                service.name
            );
            findings.add(&service.id, &format!("sla.underskrifter.{at}.person"), message, RULE.cure);
        }
    }
}
