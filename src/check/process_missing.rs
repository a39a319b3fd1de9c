//! An IS/IT service that supports no business process.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(114),
    name: "process-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.3",
    docs: "En IS/IT-tjänst stödjer minst en process i verksamheten. Det som inte stödjer någon process är ingen \
           IS/IT-tjänst.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "processer: []")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "processer: [operationsplanering]")],
    cure: "ange minst en process ur processer.yaml; finns det ingen är detta inte en IS/IT-tjänst",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| service.processes.is_empty()) {
        let message = format!("IS/IT-tjänsten ”{}” stödjer ingen process", service.name);
        findings.add_missing(&service.id, "processer", message, RULE.cure);
    }
}
