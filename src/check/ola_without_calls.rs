//! A Tjänste-OLA that calls for nothing.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(119),
    name: "ola-without-calls",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Det är i Tjänste-OLA som tjänstemodelleringen sker: där avropas de stödjande tjänster som IS/IT-tjänsten \
           behöver. Ett Tjänste-OLA utan avrop säkrar inget SLA. En planerad tjänst får vänta med avropen tills den \
           har ett SLA.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop: []
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
    cure: "avropa de erbjudanden som tjänsten behöver, under ola och avrop",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services_due_operational(catalog) {
        if service.operational_agreement.as_ref().is_some_and(|operational| operational.calls.is_empty()) {
            let path = if catalog.is_written(&service.id, "ola.avrop") { "ola.avrop" } else { "ola" };
            let message = format!("Tjänste-OLA för ”{}” avropar ingenting", service.name);
            findings.add(&service.id, path, message, RULE.cure);
        }
    }
}
