//! Calls for an article that the offering does not have.

use super::{Findings, Rule};
use crate::calculate::cost::Articles;
use crate::diagnostic::{Code, Severity};
use crate::model::ServiceOffering;
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
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        "#,
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, artikel: "2002", samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        "#,
    )],
    cure: "ange en av erbjudandets artiklar, eller ta bort artikel så att den första räknas",
    check,
};

/// More articles than anyone looks through for the one that was meant.
const MOST_TOLD: usize = 20;

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in &catalog.entities().services {
        let articles = Articles::of(catalog, service.calls());
        for (at, call) in service.calls().iter().enumerate() {
            let Some(article) = &call.article else { continue };
            let offering = catalog.offering(&call.offering);
            if articles.counted_by(call, offering).is_some() {
                continue;
            }
            let message = match article.trim() {
                "" => format!("avropet av {} har en tom artikel", offering.name),
                article => format!("{} har ingen artikel {article}", offering.name),
            };
            let help = match known_articles(offering) {
                None => "ta bort artikel; erbjudandet har inga priser".to_string(),
                Some(known) => format!("artiklarna är {known}; utan artikel räknas den första"),
            };
            findings.add(&service.id, &format!("ola.avrop.{at}.artikel"), message, help);
        }
    }
}

/// An offering's articles in a sentence; `None` where it has none.
fn known_articles(offering: &ServiceOffering) -> Option<String> {
    let mut articles = offering.articles().map(|prices| prices[0].article.as_str());
    let told: Vec<&str> = articles.by_ref().take(MOST_TOLD).collect();
    match articles.count() {
        0 => (!told.is_empty()).then(|| text::listed(&told)),
        more => Some(format!("{} och {more} till", told.join(", "))),
    }
}
