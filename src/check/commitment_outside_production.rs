//! An offering of an IS/IT service that promises something beside the SLA.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Environment;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(136),
    name: "commitment-outside-production",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.3, bilaga 2",
    docs: "Det som verksamheten får löfte om står i SLA, och gäller produktionsmiljön. En servicenivå hör till de \
           stödjande tjänsterna. På ett erbjudande av en IS/IT-tjänst ser den ut som ett löfte vid sidan av SLA, och \
           i en testmiljö som ett löfte som ingen har gett.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: VGR, miljö: produktion}
              - {suffix: test, miljö: test, servicenivå: silver}
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
    cure: "ta bort servicenivå; nivån i produktion står i SLA",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        for (at, offering) in service.offerings.iter().enumerate() {
            let Some(level) = &offering.level else { continue };
            let why = match offering.environment {
                Some(Environment::Production) | None => "vid sidan av SLA",
                Some(_) => "utanför produktionsmiljön",
            };
            let path = format!("erbjudanden.{at}.servicenivå");
            let message = format!("”{}” lovar servicenivån {} {why}", offering.name, catalog[level].name);
            findings.add_to_part(&service.id, &offering.id, &path, message, RULE.cure);
        }
    }
}
