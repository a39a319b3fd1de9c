//! Calls for an article that the offering does not have.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(175),
    name: "article-unknown",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 3.2.2",
    docs: "Ett avrop räknas på erbjudandets första artikel, eller på den som avropet anger med sitt artikelnummer. \
           Artikeln är en av erbjudandets.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, artikel: "2001", samband: serie, avsnitt: Drift}
        "#,
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, artikel: "2002", samband: serie, avsnitt: Drift}
        "#,
    )],
    cure: "ange en av erbjudandets artiklar, eller ta bort artikel så att den första räknas",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in &catalog.entities().services {
        let calls = service.operational_agreement.iter().flat_map(|operational| &operational.calls);
        for (at, call) in calls.enumerate() {
            let Some(article) = &call.article else { continue };
            let offering = catalog.offering(&call.offering);
            if offering.prices.iter().any(|item| item.article == *article) {
                continue;
            }
            let message = format!("{} har ingen artikel {article}", offering.name);
            let known: Vec<&str> = offering.prices.iter().map(|item| item.article.as_str()).collect();
            let help = match known.is_empty() {
                true => "ta bort artikel; erbjudandet har inga priser".to_string(),
                false => format!("artiklarna är {}; utan artikel räknas den första", text::listed(&known)),
            };
            findings.add(&service.id, &format!("ola.avrop.{at}.artikel"), message, help);
        }
    }
}
