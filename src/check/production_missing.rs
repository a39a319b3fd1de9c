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
    for service in
        standing::services(catalog).filter(|service| service.agreement.is_some() && lacks_production(service))
    {
        let message = format!("”{}” har SLA men inget erbjudande i produktion", service.name);
        findings.add_missing(&service.id, "erbjudanden", message, RULE.cure);
    }
}

/// Other rules tell where there are no offerings, or one does not say which environment it is.
fn lacks_production(service: &Service) -> bool {
    let is_other = |environment: Option<Environment>| environment.is_some_and(|it| it != Environment::Production);
    !service.offerings.is_empty() && service.offerings.iter().all(|offering| is_other(offering.environment))
}
