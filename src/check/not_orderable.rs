//! A supporting service that cannot be ordered in the portal, or of which the CMDB does not learn by itself.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{CmdbUpdate, SupportingService};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(133),
    name: "not-orderable",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "§ 2.2",
    docs: "Principen är att stödjande tjänster ska kunna beställas i Service Portalen (Tekniska katalogen), och att \
           CMDB uppdateras automatiskt av beställningen.",
    wrong: &[("stodjande-tjanster/servrar.yaml", "beställning: {portal: false, cmdb: manuell}")],
    right: &[("stodjande-tjanster/servrar.yaml", "beställning: {portal: true, cmdb: automatisk}")],
    cure: "lägg upp tjänsten i Service Portalen, eller skriv ett undantag som säger varför det inte går",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::supporting_services(catalog) {
        if let Some((missing, help)) = missing(service) {
            findings.add_missing(&service.id, "beställning", format!("”{}” {missing}", service.name), help);
        }
    }
}

/// What is so, or what is not said, and what to do about it.
fn missing(service: &SupportingService) -> Option<(String, &'static str)> {
    let ordering = service.ordering.as_ref();
    let portal = ordering.and_then(|ordering| ordering.portal);
    let cmdb = ordering.and_then(|ordering| ordering.cmdb);
    let of_portal = match portal {
        Some(true) => None,
        Some(false) => Some("går inte att beställa i Service Portalen"),
        None => Some("säger inte om den går att beställa i Service Portalen"),
    };
    let of_cmdb = match cmdb {
        Some(CmdbUpdate::Automatic) => None,
        Some(CmdbUpdate::Manual) => Some("uppdaterar inte CMDB automatiskt"),
        None if portal.is_none() => Some("hur CMDB uppdateras"),
        None => Some("säger inte hur CMDB uppdateras"),
    };
    let between = if portal.is_none() && cmdb.is_none() { ", eller " } else { ", och " };
    let said: Vec<&str> = of_portal.into_iter().chain(of_cmdb).collect();
    let help = match (portal, cmdb) {
        (None, None) if ordering.is_none() => "ange beställning, till exempel {portal: true, cmdb: automatisk}",
        (None, None) => "lägg till portal och cmdb, till exempel {portal: true, cmdb: automatisk}",
        (None, Some(_)) => "lägg till portal: true, eller portal: false om den beställs på annat sätt",
        (Some(false), _) => RULE.cure,
        (Some(true), None) => "lägg till cmdb: automatisk, eller cmdb: manuell om beställningen inte uppdaterar CMDB",
        (Some(true), Some(_)) => {
            "låt beställningen uppdatera CMDB, eller skriv ett undantag som säger varför det inte går"
        }
    };
    (!said.is_empty()).then(|| (said.join(between), help))
}
