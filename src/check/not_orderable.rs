//! A supporting service that cannot be ordered in the portal, or of which the CMDB does not learn by itself.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{CmdbUpdate, SupportingService};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(133),
    name: "not-orderable",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "§ 2.2",
    docs: "Principen är att stödjande tjänster beställs i Service Portalen (Tekniska katalogen), och att CMDB \
           uppdateras automatiskt av beställningen.",
    wrong: &[("stodjande-tjanster/servrar.yaml", "beställning: {portal: false, cmdb: manuell}")],
    right: &[("stodjande-tjanster/servrar.yaml", "beställning: {portal: true, cmdb: automatisk}")],
    cure: "lägg upp tjänsten i Service Portalen, eller skriv ett undantag som säger varför det inte går",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::supporting_services(catalog) {
        let missing = missing(service);
        if !missing.is_empty() {
            let message = format!("”{}” {}", service.name, text::listed(&missing));
            findings.add_missing(&service.id, "beställning", message, RULE.cure);
        }
    }
}

fn missing(service: &SupportingService) -> Vec<&'static str> {
    let ordering = service.ordering.as_ref();
    let portal = ordering.is_some_and(|ordering| ordering.portal);
    let automatic = ordering.is_some_and(|ordering| ordering.cmdb == Some(CmdbUpdate::Automatic));
    let said = [("går inte att beställa i Service Portalen", portal), ("uppdaterar inte CMDB automatiskt", automatic)];
    said.into_iter().filter(|(_, is_so)| !is_so).map(|(missing, _)| missing).collect()
}
