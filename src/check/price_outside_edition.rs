//! A price that holds on no day of the edition.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{PriceItem, ServiceOffering};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(181),
    name: "price-outside-edition",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 8",
    docs: "Prislistan hör till utgåvan. Ett pris som slutade gälla innan utgåvan börjar, eller börjar gälla när den är slut, är \
           inget pris i den.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        erbjudanden:
          - suffix: VGR
            miljö: produktion
            priser:
              - {artikel: "1001", benämning: Användare, pris: "125,50", enhet: användare, per: månad, giltig_till: 2026-12-31}
        "#,
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        erbjudanden:
          - suffix: VGR
            miljö: produktion
            priser:
              - {artikel: "1001", benämning: Användare, pris: "125,50", enhet: användare, per: månad, giltig_till: 2027-06-30}
              - {artikel: "1003", benämning: Användare från juli, pris: "128,00", enhet: användare, per: månad, giltig_från: 2027-07-01}
        "#,
    )],
    cure: "ange priset för utgåvans tid, eller ta bort raden",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in &catalog.entities.services {
        prices(catalog, &service.id, &service.offerings, findings);
    }
    for service in &catalog.entities.supporting_services {
        prices(catalog, &service.id, &service.offerings, findings);
    }
}

fn prices(catalog: &Catalog, id: &str, offerings: &[ServiceOffering], findings: &mut Findings<'_>) {
    for (at, offering) in offerings.iter().enumerate() {
        for (item_at, item) in offering.prices.iter().enumerate() {
            if let Some((key, message)) = outside(catalog, item) {
                findings.add(id, &format!("erbjudanden.{at}.priser.{item_at}.{key}"), message, RULE.cure);
            }
        }
    }
}

/// The date that keeps a price out of the edition; dates that are turned round are what another rule tells.
fn outside(catalog: &Catalog, item: &PriceItem) -> Option<(&'static str, String)> {
    let (first, last) = standing::edition_days(catalog);
    if item.valid_from.zip(item.valid_to).is_some_and(|(from, to)| to < from) {
        return None;
    }
    let article = format!("priset för artikel {} ({})", item.article, item.name);
    if let Some(to) = item.valid_to.filter(|to| *to < first) {
        return Some((
            "giltig_till",
            format!("{article} gällde till {}, men utgåvan börjar {}", text::date(to), text::date(first)),
        ));
    }
    let from = item.valid_from.filter(|from| *from > last)?;
    Some((
        "giltig_från",
        format!("{article} gäller från {}, men utgåvan slutar {}", text::date(from), text::date(last)),
    ))
}
