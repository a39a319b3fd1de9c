//! An offering of an IS/IT service that does not say which environment it is.

use super::production_missing::lacks_production;
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(135),
    name: "environment-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.3",
    docs: "En IS/IT-tjänst har erbjudanden för flera miljöer, och SLA gäller i produktionsmiljön. Varje erbjudande \
           säger därför vilken miljö det är: produktion, test, utveckling eller utbildning.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: VGR, miljö: produktion}
              - {suffix: test}
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
    cure: "ange miljö för erbjudandet: produktion, test, utveckling eller utbildning",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // Of an SLA that has no production another rule tells.
    for service in standing::services(catalog).filter(|service| !lacks_production(service)) {
        let offerings = service.offerings.iter().enumerate();
        for (at, offering) in offerings.filter(|(_, offering)| offering.environment.is_none()) {
            let path = format!("erbjudanden.{at}.suffix");
            let message = format!("erbjudandet ”{}” saknar miljö", offering.name);
            findings.add_to_part(&service.id, &offering.id, &path, message, RULE.cure);
        }
    }
}
