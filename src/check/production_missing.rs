//! An SLA without an offering in production that it holds for.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Environment, Service};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(137),
    name: "production-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2.3",
    docs: "SLA gäller i produktionsmiljön, och i CMDB kopplas åtagandet till erbjudandet där. En tjänst som har SLA \
           behöver därför ett erbjudande vars miljö är produktion.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: test, miljö: test}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: VGR, miljö: produktion}
              - {suffix: test, miljö: test}
        ",
    )],
    cure: "lägg till ett erbjudande för produktion, eller rätta miljön",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| lacks_production(service)) {
        let message = format!("”{}” har SLA men inget erbjudande i produktion", service.name);
        match service.offerings.iter().position(|offering| offering.environment.is_none()) {
            Some(at) => {
                let message = format!("{message}: ”{}” säger inte vilken miljö det är", service.offerings[at].name);
                let help = "skriv miljö: produktion på det erbjudande som SLA gäller";
                findings.add(&service.id, &format!("erbjudanden.{at}.suffix"), message, help);
            }
            None => findings.add_missing(&service.id, "erbjudanden", message, RULE.cure),
        }
    }
}

/// Whether a service has an SLA, and no offering that says it is the production that this holds for. Another rule tells where
/// there are no offerings.
pub(super) fn lacks_production(service: &Service) -> bool {
    let is_other = |environment: Option<Environment>| environment != Some(Environment::Production);
    let none_is = service.offerings.iter().all(|offering| is_other(offering.environment));
    service.agreement.is_some() && !service.offerings.is_empty() && none_is
}
