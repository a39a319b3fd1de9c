//! An offering of a supporting service without a level.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(130),
    name: "level-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.2",
    docs: "Varje erbjudande av en stödjande tjänst har en fastlagd servicenivå enligt Katalog – stödjande tjänster. \
           Utan nivå går det inte att räkna på om ett SLA håller.",
    wrong: &[(
        "stodjande-tjanster/servrar.yaml",
        "
            erbjudanden:
              - {suffix: Silver}
              - {suffix: Guld, servicenivå: guld}
        ",
    )],
    right: &[(
        "stodjande-tjanster/servrar.yaml",
        "
            erbjudanden:
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
        ",
    )],
    cure: "ange servicenivå för erbjudandet",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::supporting_services(catalog) {
        for (at, offering) in service.offerings.iter().enumerate().filter(|(_, offering)| offering.level.is_none()) {
            let path = format!("erbjudanden.{at}.suffix");
            let message = format!("erbjudandet ”{}” saknar servicenivå", offering.name);
            findings.add_to_part(&service.id, &offering.id, &path, message, RULE.cure);
        }
    }
}
