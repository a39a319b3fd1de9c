//! Prices: their steps by volume, and how they are told.

use std::fmt;

use rust_decimal::Decimal;

use crate::model::{Date, Lifecycle, Period, Price, PriceItem, ServiceOffering};
use crate::resolve::Catalog;
use crate::text::{self, NO_BREAK_SPACE};

/// A step of a price: the volumes that it is for, and its price. The last may have no end.
#[derive(Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// First volume, which may be one beyond what an author can write.
    pub from: u64,
    /// Last volume.
    pub to: Option<u32>,
    /// Price of one unit.
    pub price: &'a Price,
}

impl Step<'_> {
    /// The volumes in words: `1–100`, `1` where it is one, `från 501`.
    pub fn volumes(&self) -> String {
        let count = |volume: u64| text::number(volume.into());
        match self.to {
            Some(to) if u64::from(to) == self.from => count(self.from),
            Some(to) => format!("{}–{}", count(self.from), count(to.into())),
            None => format!("från{NO_BREAK_SPACE}{}", count(self.from)),
        }
    }
}

/// The steps of a price item: each begins after the one before it, the first at 1.
pub fn steps(item: &PriceItem) -> Vec<Step<'_>> {
    let mut from = 1;
    let steps = item.steps.iter().map(|step| {
        let found = Step { from, to: step.to, price: &step.price };
        from = step.to.map_or(from, |to| u64::from(to) + 1);
        found
    });
    steps.collect()
}

/// The price column of a price list: an amount, the word in an amount's place, or a line for each step.
pub fn lines(item: &PriceItem) -> Vec<String> {
    if !item.steps.is_empty() {
        let steps = steps(item);
        return steps
            .iter()
            .map(|step| format!("{}:{NO_BREAK_SPACE}{}", step.volumes(), amount_text(step.price)))
            .collect();
    }
    vec![item.price.as_ref().map_or("–".to_string(), amount_text)]
}

fn amount_text(price: &Price) -> String {
    match price.amount() {
        Some(amount) => text::kronor(amount),
        None => price.to_string(),
    }
}

/// What a price is for: `per server och månad`, `per 100 GB och månad`, `engång`; `None` where it is not said.
pub fn unit(item: &PriceItem) -> Option<String> {
    let time = item.period.filter(|_| item.is_by_time());
    let unit = match (item.block, &item.unit) {
        // The author has written the unit for so many of it: 100 fakturor.
        (Some(block), Some(unit)) if block != 1 => Some(format!("per {}", as_written(block.into(), unit))),
        // Without a unit and a block, the price is for the whole, whatever the number.
        (Some(block), None) => Some(format!("per block om {}", text::number(block.into()))),
        // What is sold by the hour is for one of them.
        (_, Some(unit)) => Some(format!("per {}", time.map(Period::label).unwrap_or(unit))),
        (None, None) => None,
    };
    match (unit, item.period) {
        (Some(unit), Some(Period::Once)) => Some(format!("{unit}, engång")),
        // And not told twice to be.
        (Some(unit), Some(_)) if item.is_by_time() => Some(unit),
        (Some(unit), Some(period)) => Some(format!("{unit} och {}", period.label())),
        (None, Some(Period::Once)) => Some(Period::Once.label().to_string()),
        (None, Some(period)) => Some(format!("per {}", period.label())),
        (unit, None) => unit,
    }
}

/// So many of a unit: `900 TB`, `4 × server`, and `4 st` where the unit is not said.
pub fn quantity(count: u32, unit: Option<&str>) -> String {
    counted(count.into(), unit.unwrap_or("st"))
}

/// So many of an article's unit: as it is written for a block, which is for many, and else as [`quantity`] tells it.
pub fn of_unit(count: Decimal, item: &PriceItem) -> String {
    match (&item.unit, item.block) {
        (Some(unit), Some(2..)) => as_written(count, unit),
        (Some(unit), _) => counted(count, unit),
        (None, _) => text::number(count),
    }
}

fn as_written(count: Decimal, unit: &str) -> String {
    format!("{}{NO_BREAK_SPACE}{unit}", text::number(count))
}

/// The same as [`quantity`] of a count with decimals.
fn counted(count: Decimal, unit: &str) -> String {
    let count = text::number(count);
    // A noun would have to be in the plural after a figure, and nobody has said how it is.
    let is_sign = unit.chars().count() <= 2 || unit.chars().any(char::is_uppercase);
    let times = if is_sign { String::new() } else { format!("×{NO_BREAK_SPACE}") };
    format!("{count}{NO_BREAK_SPACE}{times}{unit}")
}

/// What is said of a price that holds on no day of the edition.
pub const NOT_IN_EDITION: &str = "gäller inte under utgåvans tid";

/// The days that a price holds, where they are others than the edition's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
    /// Whether it holds on none, as its service is there on no day of the edition.
    pub is_none: bool,
}

/// The days that an offering's price holds: those that it says, else as long as its service is there.
pub fn days(catalog: &Catalog, offering: &ServiceOffering, item: &PriceItem) -> Days {
    let (first, last) = catalog.catalogue.edition.days();
    let lifecycle = catalog.lifecycle_of(offering);
    let own = own_days(item);
    if Lifecycle::is_outside(lifecycle, (first, last)) {
        return Days { is_none: own.from.is_none() && own.to.is_none(), ..own };
    }
    // Beside a day of the price's own, only where it begins before it ends.
    let begins = lifecycle.and_then(|lifecycle| lifecycle.from).filter(|begins| *begins > first);
    let begins = begins.filter(|begins| own.to.is_none_or(|to| *begins <= to));
    let ends = lifecycle.and_then(|lifecycle| lifecycle.to).filter(|ends| (first..last).contains(ends));
    let ends = ends.filter(|ends| own.from.is_none_or(|from| from <= *ends));
    Days { from: own.from.or(begins), to: own.to.or(ends), is_none: false }
}

fn own_days(item: &PriceItem) -> Days {
    Days { from: item.valid_from, to: item.valid_to, is_none: false }
}

/// What is told beside a price: base fee, included volume and invoicing, and the days that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    words: Vec<String>,
    /// The days that are told.
    pub days: Days,
}

impl Terms {
    fn of(item: &PriceItem, days: Days) -> Terms {
        let mut words = Vec::new();
        if let Some(fee) = item.base_fee {
            words.push(format!("grundavgift {}", text::kronor(fee.0)));
        }
        if let Some(volume) = item.included_volume {
            let volume = volume.0.normalize();
            let told = item.unit.as_ref().map_or_else(|| text::number(volume), |unit| as_written(volume, unit));
            words.push(format!("ingående volym {told}"));
        }
        if let Some(invoicing) = &item.invoicing {
            words.push(format!("fakturering: {invoicing}"));
        }
        Terms { words, days }
    }

    /// In a sentence's midst: `grundavgift 200 kr; från 1 juli 2027`. Nothing where there are none.
    pub fn listed(&self) -> String {
        let from = self.days.from.map(|from| format!("från {}", text::date(from)));
        let to = self.days.to.map(|to| format!("till {}", text::date(to)));
        let none = self.days.is_none.then(|| NOT_IN_EDITION.to_string());
        self.words.iter().cloned().chain(from).chain(to).chain(none).collect::<Vec<_>>().join("; ")
    }

    /// The same with other days.
    pub fn with_days(&self, from: Option<Date>, to: Option<Date>) -> Terms {
        Terms { words: self.words.clone(), days: Days { from, to, ..self.days } }
    }
}

impl fmt::Display for Terms {
    /// Nothing where there are none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::capitalized(&self.listed()))
    }
}

/// What a price list tells beside an offering's price.
pub fn terms(catalog: &Catalog, offering: &ServiceOffering, item: &PriceItem) -> String {
    Terms::of(item, days(catalog, offering, item)).to_string()
}

/// The same as it is written, whatever becomes of the service.
pub fn own_terms(item: &PriceItem) -> Terms {
    Terms::of(item, own_days(item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::filled;

    #[test]
    fn a_step_begins_after_the_one_before() {
        let source =
            "{artikel: '1', benämning: A, trappa: [{till: 100, pris: 3}, {till: 500, pris: 2}, {pris: ingår}]}";
        let item: PriceItem = filled(source);
        let ranges: Vec<_> = steps(&item).iter().map(|step| (step.from, step.to)).collect();
        assert_eq!(ranges, [(1, Some(100)), (101, Some(500)), (501, None)]);
        assert_eq!(steps(&item)[2].price, &Price::Included);
        let largest: PriceItem =
            filled("{artikel: '1', benämning: A, trappa: [{till: 4294967295, pris: 3}, {pris: 2}]}");
        assert_eq!(lines(&largest)[1].replace('\u{a0}', " "), "från 4 294 967 296: 2 kr");
        let single: PriceItem =
            filled("{artikel: '1', benämning: A, trappa: [{till: 1, pris: 5}, {till: 2, pris: 4}]}");
        assert_eq!(lines(&single), ["1:\u{a0}5\u{a0}kr", "2:\u{a0}4\u{a0}kr"]);
    }

    #[test]
    fn an_included_volume_has_no_decimals_that_say_nothing() {
        let told = |volume: &str| {
            let source = format!("{{artikel: '1', benämning: A, pris: 1, enhet: GB, ingående_volym: '{volume}'}}");
            own_terms(&filled(&source)).to_string().replace('\u{a0}', " ")
        };
        assert_eq!(told("636,9900"), "Ingående volym 636,99 GB");
        assert_eq!(told("1000,00"), "Ingående volym 1 000 GB");
        let source = "{artikel: '1', benämning: A, pris: 1, enhet: namnutrymme, ingående_volym: 2}";
        assert_eq!(own_terms(&filled(source)).to_string().replace('\u{a0}', " "), "Ingående volym 2 namnutrymme");
    }

    #[test]
    fn a_quantity_is_told_with_its_unit() {
        let told = |count, unit| quantity(count, unit).replace('\u{a0}', " ");
        assert_eq!(told(900, Some("TB")), "900 TB");
        assert_eq!(told(1500, Some("kWh")), "1 500 kWh");
        assert_eq!(told(4, Some("server")), "4 × server");
        assert_eq!(told(4, Some("st")), "4 st");
        assert_eq!(told(4, Some("kg")), "4 kg");
        assert_eq!(told(4, None), "4 st");
    }

    #[test]
    fn a_unit_is_told_with_its_block_and_period() {
        let told = |rest: &str| {
            let source = format!("{{artikel: '1', benämning: A, pris: 1{rest}}}");
            let item: PriceItem = filled(&source);
            unit(&item).unwrap_or_default().replace('\u{a0}', " ")
        };
        assert_eq!(told(", enhet: server, per: månad"), "per server och månad");
        assert_eq!(told(", enhet: GB, block: 100, per: månad"), "per 100 GB och månad");
        assert_eq!(told(", enhet: timme, per: timme"), "per timme");
        assert_eq!(told(", enhet: Timmar, per: timme"), "per timme");
        assert_eq!(told(", enhet: timme, block: 10, per: timme"), "per 10 timme");
        assert_eq!(told(", enhet: timmar, block: 10, per: timme"), "per 10 timmar");
        assert_eq!(told(", enhet: timmar, per: månad"), "per timmar och månad");
        assert_eq!(told(", block: 1, per: månad"), "per block om 1 och månad");
        assert_eq!(told(", enhet: kort, per: engång"), "per kort, engång");
        assert_eq!(told(", block: 100, per: månad"), "per block om 100 och månad");
        assert_eq!(told(", per: år"), "per år");
        assert_eq!(told(", per: engång"), "engång");
        assert_eq!(told(""), "");
    }
}
