//! A catalogue that does not say where its users turn, or when.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(197),
    name: "servicedesk-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 5",
    docs: "Servicedesk är användarnas enda kontaktpunkt: alla incidenter anmäls dit. Katalogen säger därför vart man vänder sig \
           och när det är öppet, minst under kontorstid.",
    wrong: &[("katalog.yaml", "servicedesk: {namn: Servicedesk}")],
    right: &[("katalog.yaml", "servicedesk: {namn: Servicedesk, öppettid: dygnet-runt}")],
    cure: "ange servicedesk med namn och öppettid i katalog.yaml",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    match &catalog.catalogue.service_desk {
        None => {
            let path = if catalog.is_written("katalog", "servicedesk") { "servicedesk" } else { "enhet" };
            let message = "katalogen säger inte vart användarna vänder sig: servicedesk saknas";
            findings.add("katalog", path, message, RULE.cure);
        }
        Some(desk) if desk.hours.is_none() => {
            let message = format!("”{}” saknar öppettid", desk.name);
            findings.add("katalog", "servicedesk.namn", message, "ange öppettid: kontorstid eller dygnet-runt");
        }
        Some(_) => {}
    }
}
