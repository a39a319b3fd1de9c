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
    docs: "Principen är att stödjande tjänster beställs i Service Portalen (Tekniska katalogen), och att CMDB \
           uppdateras automatiskt av beställningen.",
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

const NEITHER: &str = "säger inte om den går att beställa i Service Portalen, eller hur CMDB uppdateras";

/// What is so, or what is not said, and what to do about it.
fn missing(service: &SupportingService) -> Option<(&'static str, &'static str)> {
    let Some(ordering) = &service.ordering else {
        let help = "ange beställning, till exempel {portal: true, cmdb: automatisk}";
        return Some((NEITHER, help));
    };
    let Some(portal) = ordering.portal else {
        let help = "lägg till portal: true, eller portal: false om den beställs på annat sätt";
        return Some(match ordering.cmdb {
            None => (NEITHER, "lägg till portal och cmdb, till exempel {portal: true, cmdb: automatisk}"),
            Some(CmdbUpdate::Automatic) => ("säger inte om den går att beställa i Service Portalen", help),
            Some(CmdbUpdate::Manual) => {
                ("säger inte om den går att beställa i Service Portalen, och uppdaterar inte CMDB automatiskt", help)
            }
        });
    };
    match (portal, ordering.cmdb) {
        (true, Some(CmdbUpdate::Automatic)) => None,
        (true, None) => {
            let help = "lägg till cmdb: automatisk, eller cmdb: manuell om beställningen inte uppdaterar CMDB";
            Some(("säger inte hur CMDB uppdateras", help))
        }
        (true, Some(_)) => {
            let help = "låt beställningen uppdatera CMDB, eller skriv ett undantag som säger varför det inte går";
            Some(("uppdaterar inte CMDB automatiskt", help))
        }
        (false, Some(CmdbUpdate::Automatic)) => Some(("går inte att beställa i Service Portalen", RULE.cure)),
        (false, None) => {
            Some(("går inte att beställa i Service Portalen, och säger inte hur CMDB uppdateras", RULE.cure))
        }
        (false, Some(_)) => {
            Some(("går inte att beställa i Service Portalen, och uppdaterar inte CMDB automatiskt", RULE.cure))
        }
    }
}
