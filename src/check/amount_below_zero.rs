//! A price or a cost below zero.

use rust_decimal::Decimal;

use super::article_repeated::prices;
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
    paragraph: "prislistan",
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
    for (id, key, amount) in amounts(catalog, |amount| amount < Decimal::ZERO) {
        let message = format!("beloppet är under noll: {}", text::kronor(amount));
        findings.add(id, &key, message, RULE.cure);
    }
}

/// The prices, fees and costs of the catalogue that are of a kind, with whose they are and where they stand there.
pub(super) fn amounts(
    catalog: &Catalog,
    is_of_kind: fn(Decimal) -> bool,
) -> impl Iterator<Item = (&str, String, Decimal)> {
    let of_kind = move |amount: Option<Amount>| amount.map(|amount| amount.0).filter(|amount| is_of_kind(*amount));
    let of_price = move |price| if let Price::Amount(amount) = price { of_kind(Some(amount)) } else { None };
    let of_prices = prices(catalog).flat_map(move |price| {
        let item = price.item;
        let own = [("pris", item.price.and_then(of_price)), ("grundavgift", of_kind(item.base_fee))];
        let own = own.into_iter().filter_map(|(key, amount)| Some((key.to_string(), amount?)));
        let steps = item.steps.iter().enumerate();
        let steps = steps.filter_map(move |(at, step)| Some((format!("trappa.{at}.pris"), of_price(step.price)?)));
        own.chain(steps).map(move |(key, amount)| (price.service, format!("{}.{key}", price.path()), amount))
    });
    let of_costs =
        costs(catalog).filter_map(move |(id, cost)| Some((id, "kostnad.belopp".to_string(), of_kind(cost.amount)?)));
    of_prices.chain(of_costs)
}
