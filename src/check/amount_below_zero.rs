//! A price or a cost below zero.

use super::article_repeated::{Priced, prices};
use super::cost_shares::costs;
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{Amount, Price};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(179),
    name: "amount-below-zero",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 8",
    docs: "Ett pris, en avgift eller en kostnad under noll betalas till kunden. Oftast är minustecknet ett skrivfel. Ett \
           avdrag som är menat får en motivering i undantag.yaml.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        erbjudanden:
          - suffix: VGR
            miljö: produktion
            priser:
              - {artikel: "1001", benämning: Användare, pris: "-125,50", enhet: användare, per: månad}
        "#,
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        r#"
        erbjudanden:
          - suffix: VGR
            miljö: produktion
            priser:
              - {artikel: "1001", benämning: Användare, pris: "125,50", enhet: användare, per: månad}
        "#,
    )],
    cure: "ta bort minustecknet, eller motivera avdraget i undantag.yaml",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for price in prices(catalog) {
        for (key, amount) in amounts(&price) {
            let article = &price.item.article;
            let message = format!("artikel {article} har ett belopp under noll: {}", text::kronor(amount.0));
            findings.add(price.service, &format!("{}.{key}", price.path()), message, RULE.cure);
        }
    }
    for (id, cost) in costs(catalog) {
        if let Some(amount) = cost.amount.filter(is_below_zero) {
            let message = format!("kostnaden är under noll: {}", text::kronor(amount.0));
            findings.add(id, "kostnad.belopp", message, RULE.cure);
        }
    }
}

/// The amounts of a row that are below zero, with their keys in it.
fn amounts(price: &Priced<'_>) -> Vec<(String, Amount)> {
    let of = |price| if let Price::Amount(amount) = price { Some(amount) } else { None };
    let item = price.item;
    let own = [("pris", item.price.and_then(of)), ("grundavgift", item.base_fee)];
    let own = own.into_iter().map(|(key, amount)| (key.to_string(), amount));
    let steps = item.steps.iter().enumerate().map(|(at, step)| (format!("trappa.{at}.pris"), of(step.price)));
    let all = own.chain(steps).filter_map(|(key, amount)| Some((key, amount?)));
    all.filter(|(_, amount)| is_below_zero(amount)).collect()
}

fn is_below_zero(amount: &Amount) -> bool {
    amount.0 < rust_decimal::Decimal::ZERO
}
