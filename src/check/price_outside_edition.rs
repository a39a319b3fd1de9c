//! A price that holds on no day of the edition.

use super::article_repeated::prices;
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Date, Lifecycle, PriceItem};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(181),
    name: "price-outside-edition",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "prislistan",
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
    let days = standing::edition_days(catalog);
    for price in prices(catalog) {
        if let Some((key, message)) = outside(days, price.item) {
            // A price for a time when its service is not there is what another rule would tell.
            let lifecycle = standing::lifecycle_of(catalog, price.service).map(|(_, lifecycle)| lifecycle);
            let is_absent = Lifecycle::is_outside(lifecycle, days);
            let help = if is_absent { "ta bort raden; tjänsten finns inte i utgåvan" } else { RULE.cure };
            findings.add(price.service, &format!("{}.{key}", price.path()), message, help);
        }
    }
}

/// The date that keeps a price out of the edition; dates that are turned round are what another rule tells.
fn outside((first, last): (Date, Date), item: &PriceItem) -> Option<(&'static str, String)> {
    if item.valid_from.zip(item.valid_to).is_some_and(|(from, to)| to < from) {
        return None;
    }
    let article = || format!("priset för artikel {} ({})", item.article, item.name);
    if let Some(to) = item.valid_to.filter(|to| *to < first) {
        return Some((
            "giltig_till",
            format!("{} gällde till {}, men utgåvan börjar {}", article(), text::date(to), text::date(first)),
        ));
    }
    let from = item.valid_from.filter(|from| *from > last)?;
    Some((
        "giltig_från",
        format!("{} gäller från {}, men utgåvan slutar {}", article(), text::date(from), text::date(last)),
    ))
}
