//! A cost shared out in whole öre, so that the parts always make the whole (largest remainder).

use std::cmp::Reverse;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Kronor;
use crate::calculate::exact;
use crate::model::{Cost, Percent};

/// How a cost is shared among customers.
#[derive(Debug)]
pub struct Distribution<'a> {
    /// Every share, as its author wrote them.
    pub parts: Vec<Part<'a>>,
    /// Why the parts have no amounts.
    pub not_shared: Option<NotShared>,
}

/// One share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// The id of the customer who pays it.
    pub customer: &'a str,
    /// How much of the whole.
    pub percent: Percent,
    /// In kronor and whole öre.
    pub amount: Kronor,
}

/// Why a cost is not shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotShared {
    /// Nobody is said to pay.
    NoShares,
    /// It is not known.
    NoCost,
    /// The shares do not make 100.
    Sum(Option<Decimal>),
    /// The figures are too large.
    TooLarge,
}

/// How a cost is shared, `whole` being what is to be shared, in whole öre.
pub fn distribution(cost: Option<&Cost>, whole: Kronor) -> Distribution<'_> {
    let shares = cost.map_or(&[][..], |cost| &cost.shares);
    let percents: Vec<Decimal> = shares.iter().map(|share| share.percent.0).collect();
    let total = total(&percents);
    let amounts = match (whole, total) {
        _ if shares.is_empty() => Err(NotShared::NoShares),
        (_, total) if total != Some(Decimal::ONE_HUNDRED) => Err(NotShared::Sum(total)),
        (Kronor::Unknown, _) => Err(NotShared::NoCost),
        (Kronor::TooLarge, _) => Err(NotShared::TooLarge),
        (Kronor::Known(whole), _) => share_out(whole, &percents).ok_or(NotShared::TooLarge),
    };
    let amount = |at: usize| match &amounts {
        Ok(amounts) => amounts.get(at).copied().into(),
        Err(NotShared::TooLarge) => Kronor::TooLarge,
        Err(_) => Kronor::Unknown,
    };
    let parts = shares.iter().enumerate().map(|(at, share)| Part {
        customer: &share.customer.id,
        percent: share.percent,
        amount: amount(at),
    });
    Distribution { parts: parts.collect(), not_shared: amounts.as_ref().err().copied() }
}

/// What the shares make together.
pub fn total(percents: &[Decimal]) -> Option<Decimal> {
    percents.iter().try_fold(Decimal::ZERO, |total, percent| exact::add(total, *percent))
}

/// Kronor in whole öre, half up.
pub fn in_ore(amount: Decimal) -> Option<Decimal> {
    let rounded = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    // Larger amounts than this have no room for öre.
    let ore = rounded.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(Decimal::from_i128_with_scale(ore.trunc().try_into().ok()?, 2))
}

/// The parts of a whole that the shares make, which are 100 together: each is rounded down to öre, and the öre that are
/// left go one each to those that lost most by it, the first of equals first.
pub fn share_out(whole: Decimal, percents: &[Decimal]) -> Option<Vec<Decimal>> {
    let ore = i128::try_from(whole.checked_mul(Decimal::ONE_HUNDRED)?).ok()?;
    let scale = percents.iter().map(|percent| percent.normalize().scale()).max().unwrap_or(0);
    let weight = |percent: &Decimal| {
        let percent = percent.normalize();
        percent.mantissa().checked_mul(10i128.checked_pow(scale - percent.scale())?)
    };
    let weights = percents.iter().map(weight).collect::<Option<Vec<i128>>>()?;
    let all = 10i128.checked_pow(scale)?.checked_mul(100)?;
    // Taking the whole apart first keeps the products within their type for any amount.
    let (times, over) = (ore.abs() / all, ore.abs() % all);
    let mut parts = Vec::new();
    for weight in weights {
        let rest = over.checked_mul(weight)?;
        let part = times.checked_mul(weight)?.checked_add(rest.div_euclid(all))?;
        parts.push((part, rest.rem_euclid(all)));
    }
    let shared = parts.iter().try_fold(0i128, |sum, (part, _)| sum.checked_add(*part))?;
    let left = usize::try_from(ore.abs() - shared).ok()?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| Reverse(parts[*at].1));
    for at in order.into_iter().take(left) {
        parts[at].0 += 1;
    }
    let sign = ore.signum();
    parts.into_iter().map(|(part, _)| Decimal::try_from_i128_with_scale(sign * part, 2).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn shared(whole: &str, percents: &[&str]) -> Vec<String> {
        let parts = share_out(whole.parse().unwrap(), &decimals(percents)).unwrap();
        parts.iter().map(Decimal::to_string).collect()
    }

    fn shared_sum(whole: &str, percents: &[Decimal]) -> Option<Decimal> {
        share_out(whole.parse().unwrap(), percents).map(|parts| parts.into_iter().sum())
    }

    #[test]
    fn an_ore_that_is_left_goes_to_who_lost_most_and_then_to_the_first() {
        assert_eq!(shared("100.00", &["33.33", "33.33", "33.34"]), ["33.33", "33.33", "33.34"]);
        // 3.3333, 3.3333 and 3.3334: one öre is left, and the third lost most.
        assert_eq!(shared("10.00", &["33.33", "33.33", "33.34"]), ["3.33", "3.33", "3.34"]);
        // 0.005 and 0.005: equals.
        assert_eq!(shared("0.01", &["50", "50"]), ["0.01", "0.00"]);
        // 0.0075, 0.0125 and 0.0300: the whole öre are 0, 1 and 3; one is left for 0.75 rather than 0.25.
        assert_eq!(shared("0.05", &["15", "25", "60"]), ["0.01", "0.01", "0.03"]);
        assert_eq!(shared("0", &["40", "60"]), ["0.00", "0.00"]);
        assert_eq!(shared("-10.00", &["33.33", "33.33", "33.34"]), ["-3.33", "-3.33", "-3.34"]);
        assert_eq!(shared("11250000", &["44", "16", "14", "14", "12"])[0], "4950000.00");
    }

    #[test]
    fn the_parts_make_the_whole_for_any_keys_and_amounts() {
        // A plain generator, so that every run tries the same.
        let mut state = 7u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..20_000u32 {
            let scale = u32::try_from(next(7)).unwrap();
            let mut left = 100 * 10u64.pow(scale);
            let mut percents = Vec::new();
            for _ in 0..next(12) {
                let part = next(left + 1);
                left -= part;
                percents.push(Decimal::from_i128_with_scale(part.into(), scale));
            }
            percents.push(Decimal::from_i128_with_scale(left.into(), scale));
            let magnitude = 10u64.pow(round % 16);
            let whole = Decimal::from_i128_with_scale(next(magnitude.max(2)).into(), 2);
            let parts = share_out(whole, &percents).unwrap();
            let sum: Decimal = parts.iter().copied().sum();
            assert_eq!(sum, whole, "{percents:?}");
            for (part, percent) in parts.iter().zip(&percents) {
                let exact = whole * percent / Decimal::ONE_HUNDRED;
                assert!((*part - exact).abs() < Decimal::new(1, 2), "{part} of {whole} at {percent}");
                assert_eq!(part.scale(), 2);
            }
        }
    }

    #[test]
    fn figures_without_room_for_ore_are_not_worked_out() {
        assert_eq!(share_out(Decimal::MAX, &decimals(&["50", "50"])), None);
        assert_eq!(in_ore(Decimal::MAX), None);
        let large = in_ore("790000000000000000000000000".parse().unwrap()).unwrap();
        let parts = share_out(large, &decimals(&["33.333333333333", "66.666666666667"])).unwrap();
        assert_eq!(parts[0] + parts[1], large);
        let fine = decimals(&["33.33333333333333333333333333", "66.66666666666666666666666667"]);
        assert_eq!(shared_sum("1000.00", &fine), "1000.00".parse().ok());
        assert_eq!(shared_sum("100000000000000000000.00", &fine), None);
        assert_eq!(in_ore("100.125".parse().unwrap()), Some("100.13".parse().unwrap()));
    }
}
