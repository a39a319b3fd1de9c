//! A contract for office hours under an SLA round the clock.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Hours, Service, UnderpinningContract};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(142),
    name: "contract-hours",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt behövs för att nå tjänstenivåerna i ett eller flera SLA. Vilar ett SLA dygnet runt \
           på kontraktet ska leverantören arbeta dygnet runt. Kontrakt bakom avrop som är redundanta eller inte \
           kritiska räknas inte.",
    wrong: &[("kontrakt/leverantorsstod.yaml", "öppettid: kontorstid")],
    right: &[("kontrakt/leverantorsstod.yaml", "öppettid: dygnet-runt")],
    cure: "utöka kontraktet till dygnet runt, eller sänk nivån i SLA",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let is_always = |service: &&Service| standing::promises_all_hours(catalog, service);
    let for_office_hours = |contract: &UnderpinningContract| contract.hours == Some(Hours::Office);
    for (contract, services) in findings.facts.underpinned.iter().filter(|(contract, _)| for_office_hours(contract)) {
        let names: Vec<&str> =
            services.iter().map(|(service, _)| *service).filter(is_always).map(|it| it.name.as_str()).collect();
        if !names.is_empty() {
            let names = standing::some(&names);
            let message = format!("kontraktet ”{}” gäller kontorstid, men SLA för {names} dygnet runt", contract.name);
            findings.add(&contract.id, "öppettid", message, RULE.cure);
        }
    }
}
