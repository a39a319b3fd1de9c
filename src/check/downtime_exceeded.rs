//! Calls in series whose worst cases add up to more than the SLA allows.

use super::{Findings, Rule, levels};
use crate::calculate::proof::{Shortfall, words};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(162),
    name: "downtime-exceeded",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2, bilaga 1 och 2",
    docs: "I värsta fall är varje avrop i serie nere så många gånger om året som nivån tillåter, och så länge varje \
           gång som det tar att återställa. Tillsammans får de inte vara nere längre än SLA tillåter. Tre tjänster på \
           nivån Guld är nere 12 timmar, och kan inte bära 8.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          nivå: dygnet-runt-2h
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, samband: serie, kommentar: Applikation, avsnitt: Drift}
            - {erbjudande: servrar.guld, samband: serie, kommentar: Databas, avsnitt: Drift}
            - {erbjudande: servrar.guld, samband: serie, kommentar: Inloggning, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          nivå: dygnet-runt-2h
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, samband: serie, kommentar: Applikation, avsnitt: Drift}
            - {erbjudande: servrar.guld, samband: serie, kommentar: Databas, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    cure: "höj nivån på något avrop, ha färre i serie, eller kom överens om en lägre tjänstenivå",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let concerns = |shortfall: &Shortfall| matches!(shortfall, Shortfall::Downtime);
    levels::each_shortfall(findings.facts, concerns, RULE.cure, &mut |service, proof, shortfall, help| {
        let message = levels::sentence(&levels::message(catalog, proof, shortfall));
        let sum = words::sum(proof).map(|sum| format!(": {sum}")).unwrap_or_default();
        findings.add(&service.id, "sla.nivå", format!("{message}{sum}"), help);
    });
}
