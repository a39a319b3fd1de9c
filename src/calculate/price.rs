//! Prices by volume.

use crate::model::{Price, PriceItem};

/// A step of a price: the volumes that it is for, and its price. The last may have no end.
#[derive(Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// First volume.
    pub from: u32,
    /// Last volume.
    pub to: Option<u32>,
    /// Price of one unit.
    pub price: &'a Price,
}

/// The steps of a price item: each begins after the one before it, the first at 1.
pub fn steps(item: &PriceItem) -> Vec<Step<'_>> {
    let mut from = 1u32;
    let steps = item.steps.iter().map(|step| {
        let found = Step { from, to: step.to, price: &step.price };
        from = step.to.map_or(from, |to| to.saturating_add(1));
        found
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{typed, yaml};

    #[test]
    fn a_step_begins_after_the_one_before() {
        let source =
            "{artikel: '1', benämning: A, trappa: [{till: 100, pris: 3}, {till: 500, pris: 2}, {pris: ingår}]}";
        let item: PriceItem = typed::fill(&yaml::parse(source).0.unwrap(), "x").value.unwrap();
        let ranges: Vec<_> = steps(&item).iter().map(|step| (step.from, step.to)).collect();
        assert_eq!(ranges, [(1, Some(100)), (101, Some(500)), (501, None)]);
        assert_eq!(steps(&item)[2].price, &Price::Included);
    }
}
