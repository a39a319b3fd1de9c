//! A promise round the clock without anyone to call at night.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Hours;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(129),
    name: "out-of-hours-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 5",
    docs: "Servicedesk är bemannad på kontorstid. Utanför den hanteras allvarliga driftstörningar enligt \
           överenskommelse. Ett SLA dygnet runt behöver därför säga vad som är överenskommet. Är Servicedesk bemannad dygnet \
           runt svarar den även då.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "stöd_utanför_kontorstid:")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "stöd_utanför_kontorstid: Stopp anmäls till Servicedesk dygnet runt.",
    )],
    cure: "skriv under stöd_utanför_kontorstid hur ett stopp anmäls och vem som åtgärdar det",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let desk = catalog.catalogue.service_desk.as_ref();
    if desk.is_some_and(|desk| desk.hours == Some(Hours::Always)) {
        return;
    }
    for service in standing::services(catalog).filter(|service| !standing::says(&service.out_of_hours_support)) {
        if standing::promises_all_hours(catalog, service) {
            let message = format!("”{}” har SLA dygnet runt, men inget sägs om stöd utanför kontorstid", service.name);
            findings.add_missing(&service.id, "stöd_utanför_kontorstid", message, RULE.cure);
        }
    }
}
