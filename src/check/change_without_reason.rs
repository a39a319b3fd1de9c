//! A change that is declared without its reason.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Change, ChangeKind};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(187),
    name: "change-without-reason",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 8",
    docs: "Nya och förändrade tjänster beslutas på ett underlag. Katalogen säger därför varför en tjänst är ny, förändrad eller \
           på väg att avvecklas, så att den som beslutar och den som betalar kan förstå det.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: förändrad}")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "förändring: {typ: förändrad, motivering: Användarstödet har fått ett eget team.}",
    )],
    cure: "lägg till motivering under förändring",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        ask(&service.id, &service.name, service.change.as_ref(), findings);
    }
    for service in standing::supporting_services(catalog) {
        ask(&service.id, &service.name, service.change.as_ref(), findings);
    }
}

fn ask(id: &str, name: &str, change: Option<&Change>, findings: &mut Findings<'_>) {
    let Some(change) = change.filter(|change| change.kind != ChangeKind::Unchanged) else { return };
    if change.reason.as_ref().is_none_or(|reason| reason.source.trim().is_empty()) {
        let message = format!("”{name}” {}, men det står inte varför", told(change.kind));
        findings.add(id, "förändring.typ", message, RULE.cure);
    }
}

fn told(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "är ny",
        ChangeKind::Changed => "är förändrad",
        ChangeKind::Unchanged => "är oförändrad",
        ChangeKind::Ending => "avvecklas",
    }
}
