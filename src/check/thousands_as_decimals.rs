//! A price, a cost or a volume with thousands that have been written as decimals.

use rust_decimal::Decimal;

use super::amount_below_zero::amounts;
use super::article_repeated::prices;
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::Amount;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(410),
    name: "thousands-as-decimals",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "prislistan",
    docs: "Ett belopp med tre decimaler, av vilka den sista är en nolla, läses som det står: 12,500 är tolv kronor och \
           femtio öre. Den som skriver så har oftast menat 12 500, med komma mellan tusentalen som på \
           engelska. Det gäller också den volym som ingår i en grundavgift.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        erbjudanden:
          - suffix: VGR
            miljö: produktion
            priser:
              - {artikel: "1001", benämning: Användare, pris: "12,500", enhet: användare, per: månad}
        "#,
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        erbjudanden:
          - suffix: VGR
            miljö: produktion
            priser:
              - {artikel: "1001", benämning: Användare, pris: "12 500", enhet: användare, per: månad}
        "#,
    )],
    cure: "skriv tusental med mellanslag, och kronor och ören med två decimaler",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for (id, key, amount) in amounts(catalog, is_doubtful) {
        let message = format!("beloppet läses som {}", text::kronor(amount));
        findings.add(id, &key, message, cure(amount));
    }
    let volumes = prices(catalog).filter_map(|price| Some((price.item.included_volume?.0, price)));
    for (volume, price) in volumes.filter(|(volume, _)| is_doubtful(*volume)) {
        let message = format!("volymen läses som {}", text::number(volume.normalize()));
        findings.add(price.service, &format!("{}.ingående_volym", price.path()), message, cure(volume));
    }
}

/// Whether at most three figures have three decimals after them, where fewer tell the same.
pub(super) fn is_doubtful(amount: Decimal) -> bool {
    let could_be_group = (Decimal::ONE..Decimal::ONE_THOUSAND).contains(&amount.abs());
    could_be_group && amount.scale() == 3 && amount.normalize().scale() < 3
}

/// How each of what may be meant is written without doubt.
fn cure(amount: Decimal) -> String {
    let (decimals, thousands) = Amount(amount).both_ways();
    format!("skriv ”{thousands}” om det är tusental, annars ”{decimals}”")
}
