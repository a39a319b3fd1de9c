//! What an offering costs a year, where its prices say so.

use rust_decimal::Decimal;

use crate::model::{Period, Price, PriceItem, ServiceOffering};

/// What so many of an offering cost a year: what is paid over and over, of the items whose price does not depend on a
/// volume that nobody has given. `None` where no such item has an amount, or a price is a word that hides one.
pub fn yearly_price(offering: &ServiceOffering, quantity: u32) -> Option<Decimal> {
    let recurring = offering.prices.iter().filter(|item| item.period != Some(Period::Once) && item.steps.is_empty());
    let mut sum = None;
    for item in recurring {
        let price = match item.price? {
            Price::Included | Price::NotApplicable => continue,
            Price::OnRequest | Price::AtCost | Price::Discontinued => return None,
            Price::Amount(_) => price_of(item, quantity)?,
        };
        sum = Some(sum.unwrap_or(Decimal::ZERO).checked_add(price)?);
    }
    sum
}

fn price_of(item: &PriceItem, quantity: u32) -> Option<Decimal> {
    let blocks = quantity.div_ceil(item.block.unwrap_or(1).max(1));
    let once = item.price?.amount()?.checked_mul(Decimal::from(blocks))?;
    let fee = item.base_fee.map_or(Decimal::ZERO, |fee| fee.0);
    once.checked_add(fee)?.checked_mul(Decimal::from(times_a_year(item.period?)?))
}

/// How often a price is paid in a year; `None` for what is sold by the hour or the day, as much as is used.
fn times_a_year(period: Period) -> Option<u32> {
    match period {
        Period::Month => Some(12),
        Period::Quarter => Some(4),
        Period::Tertial => Some(3),
        Period::Year => Some(1),
        Period::Once | Period::Hour | Period::Day => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{typed, yaml};

    fn of(prices: &str, quantity: u32) -> Option<String> {
        let source = format!("{{suffix: Guld, priser: [{prices}]}}");
        let offering = typed::fill(&yaml::parse(&source).0.unwrap(), "x").value.unwrap();
        yearly_price(&offering, quantity).map(|price| price.normalize().to_string())
    }

    #[test]
    fn a_year_has_as_many_prices_as_periods() {
        let item = |rest: &str| format!("{{artikel: '1', benämning: A, {rest}}}");
        assert_eq!(of(&item("pris: '5 120,50', per: månad"), 2).as_deref(), Some("122892"));
        assert_eq!(of(&item("pris: 100, block: 100, per: kvartal, grundavgift: 10"), 250).as_deref(), Some("1240"));
        let more = format!("{}, {}", item("pris: 100, per: år"), item("pris: 48000, per: engång"));
        assert_eq!(of(&more, 1).as_deref(), Some("100"), "what is paid once is not paid each year");
        for unknown in ["pris: enligt offert, per: månad", "pris: 12, per: timme", "pris: 12"] {
            assert_eq!(of(&item(unknown), 1), None, "{unknown}");
        }
        assert_eq!(of("", 1), None);
    }
}
