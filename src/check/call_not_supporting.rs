//! A call on the offering of an IS/IT service.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(156),
    name: "call-not-supporting",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "I Tjänste-OLA avropas stödjande tjänster, med en servicenivå ur Katalog – stödjande tjänster. En IS/IT-tjänst är till \
           för verksamheten och har ingen servicenivå att räkna med, och ingen tjänst kan avropa sig själv.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: orbit-operationsplanering.vgr, antal: 1, samband: ej-kritisk, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
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
    cure: "avropa den stödjande tjänst som båda bygger på",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let calls = service.calls().iter();
        for (at, call) in calls.enumerate() {
            if !catalog.is_of_service(&call.offering) {
                continue;
            }
            let offering = catalog.offering(&call.offering);
            let (message, help) = match offering.service == service.id {
                true => {
                    (format!("”{}” avropar sitt eget erbjudande ”{}”", service.name, offering.name), "ta bort avropet")
                }
                false => {
                    let message =
                        format!("”{}” avropar ”{}”, som hör till en IS/IT-tjänst", service.name, offering.name);
                    (message, RULE.cure)
                }
            };
            findings.add(&service.id, &format!("ola.avrop.{at}.erbjudande"), message, help);
        }
    }
}
