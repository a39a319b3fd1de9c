//! What a quantity of an article costs a year, by the rules that the price list tells (`texter/om-prislistan.md`).

use rust_decimal::{Decimal, RoundingStrategy};

use super::Kronor;
use crate::calculate::period::{self, Period as Days};
use crate::calculate::{exact, price};
use crate::model::{Period, Price, PriceItem};
use crate::text::{self, NO_BREAK_SPACE};

const TOO_LARGE: &str = "beloppet är för stort för att räknas fram";

/// What a quantity of an article costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Kronor a year.
    Yearly(Decimal),
    /// Kronor, paid once and not again the next year.
    Once(Decimal),
    /// There is no figure.
    Unknown,
    /// There is no room to work the figure out.
    TooLarge {
        /// Whether it is paid once, and else every year.
        once: bool,
    },
}

/// A charge, and how it comes about in words: `4 × 4 300 kr × 12 månader`, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// The figure.
    pub charge: Charge,
    /// How it is worked out, or why it is not.
    pub derivation: String,
}

impl Worked {
    /// No figure, and why.
    pub fn unknown(why: impl Into<String>) -> Worked {
        Worked { charge: Charge::Unknown, derivation: why.into() }
    }

    /// Nothing, since it is never there: however it is sold, and whether its price is a figure.
    pub(super) fn not_there(self) -> Worked {
        let derivation = format!("{}; finns inte under den tiden och räknas inte", self.derivation);
        Worked { charge: Charge::NOTHING, derivation }
    }

    /// The same for a part of the year, where it is paid for as time goes.
    pub(super) fn for_part(self, item: &PriceItem, part: Option<PartOfYear>) -> Worked {
        let charge = self.charge.for_part(item, part);
        self.become_that(charge, part, "finns")
    }

    /// The same with a price that holds for a part of the year only.
    pub(super) fn while_it_holds(self, part: Option<PartOfYear>) -> Worked {
        let charge = self.charge.while_it_holds(part);
        self.become_that(charge, part, "gäller")
    }

    fn become_that(mut self, charge: Charge, part: Option<PartOfYear>, verb: &str) -> Worked {
        if let (Some(part), true) = (part, charge != self.charge) {
            self.derivation = format!("{}; {}", self.derivation, part.words(verb));
        }
        Worked { charge, ..self }
    }

    /// What it costs with this price, and then with the next.
    pub(super) fn then(self, next: Worked) -> Worked {
        let charge = self.charge.then(next.charge);
        // What has no figure says why, and nothing of the others.
        let derivation = match (self.charge, next.charge) {
            (Charge::Yearly(_), Charge::Yearly(_)) => format!("{}; sedan {}", self.derivation, next.derivation),
            (Charge::Yearly(_), _) => next.derivation,
            _ => self.derivation,
        };
        Worked { charge, derivation }
    }

    /// The same with a remark, where there is a figure to remark on.
    pub(super) fn with_note(mut self, note: Option<String>) -> Worked {
        if let (Some(note), Charge::Yearly(_)) = (note, self.charge) {
            self.derivation = format!("{}; {note}", self.derivation);
        }
        self
    }
}

/// The part of a year in which something is there: months, where all begin and end with one, else days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOfYear {
    there: Days,
    whole: Days,
    /// Whether it is counted in days, as all parts of a year are when one of them is.
    in_days: bool,
}

impl PartOfYear {
    /// Of the days of a year those on which something is there; `None` where that is all of them.
    pub(super) fn of(there: Days, whole: Days) -> Option<PartOfYear> {
        let in_days = period::months(there).zip(period::months(whole)).is_none();
        (there != whole).then_some(PartOfYear { there, whole, in_days })
    }

    /// Counts all of these in days if one of them is: a month is no twelfth of a year's days.
    pub(super) fn alike(parts: &mut [PartOfYear]) {
        let in_days = parts.iter().any(|part| part.in_days);
        parts.iter_mut().for_each(|part| part.in_days = in_days);
    }

    /// The days on which it is there.
    pub(super) fn days(self) -> Days {
        self.there
    }

    /// Whether that is none.
    pub(super) fn is_never(self) -> bool {
        !period::is_some(self.there)
    }

    /// How many of how many, and of what.
    fn shares(self) -> (u32, u32, &'static str) {
        match period::months(self.there).zip(period::months(self.whole)).filter(|_| !self.in_days) {
            Some((there, whole)) => (there, whole, "månader"),
            None => (period::count(self.there), period::count(self.whole), "dagar"),
        }
    }

    /// `finns till 30 juni 2027, räknat för 6 av 12 månader`.
    fn words(self, verb: &str) -> String {
        let (count, all, unit) = self.shares();
        let from = (self.there.0 != self.whole.0).then(|| format!(" från {}", text::date(self.there.0)));
        let to = (self.there.1 != self.whole.1).then(|| format!(" till {}", text::date(self.there.1)));
        let when: String = from.into_iter().chain(to).collect();
        let (count, all) = (text::number(count.into()), text::number(all.into()));
        format!("{verb}{when}, räknat för {count} av {all}{NO_BREAK_SPACE}{unit}")
    }

    /// The part of a year's amount, in whole öre. `None` where there is no room.
    fn amount(self, yearly: Decimal) -> Option<Decimal> {
        let (count, all, _) = self.shares();
        let part = exact::mul(yearly, count.into())?.checked_div(all.into())?;
        Some(part.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }
}

impl Charge {
    /// What is paid for what is not there.
    pub(super) const NOTHING: Charge = Charge::Yearly(Decimal::ZERO);

    /// The same for a part of the year. What is sold by the hour is paid for by its hours, however long it is there.
    pub(super) fn for_part(self, item: &PriceItem, part: Option<PartOfYear>) -> Charge {
        if item.is_by_time() { self } else { self.while_it_holds(part) }
    }

    /// The same with a price that holds for a part of the year only.
    pub(super) fn while_it_holds(self, part: Option<PartOfYear>) -> Charge {
        match (self, part) {
            (Charge::Yearly(yearly), Some(part)) => {
                part.amount(yearly).map_or(Charge::TooLarge { once: false }, Charge::Yearly)
            }
            _ => self,
        }
    }

    /// What it comes to with one price and then with the next: no figure where either has none.
    pub(super) fn then(self, next: Charge) -> Charge {
        match (self, next) {
            (Charge::Yearly(amount), Charge::Yearly(more)) => {
                exact::add(amount, more).map_or(Charge::TooLarge { once: false }, Charge::Yearly)
            }
            (Charge::Yearly(_), _) => next,
            _ => self,
        }
    }

    /// What it comes to a year.
    pub fn yearly(self) -> Kronor {
        match self {
            Charge::Yearly(amount) => Kronor::Known(amount),
            Charge::TooLarge { once: false } => Kronor::TooLarge,
            Charge::Once(_) | Charge::TooLarge { once: true } | Charge::Unknown => Kronor::Unknown,
        }
    }

    /// What of it is paid once.
    pub fn once(self) -> Kronor {
        match self {
            Charge::Once(amount) => Kronor::Known(amount),
            Charge::TooLarge { once: true } => Kronor::TooLarge,
            Charge::Yearly(_) | Charge::TooLarge { once: false } | Charge::Unknown => Kronor::Unknown,
        }
    }
}

/// What that many units of an article cost a year, and how that comes about.
pub fn of(item: &PriceItem, quantity: u32) -> Worked {
    work(item, quantity, Words(Some(Vec::new())))
}

/// The same without the words, for those who ask of thousands.
pub fn figure(item: &PriceItem, quantity: u32) -> Charge {
    work(item, quantity, Words(None)).charge
}

fn work(item: &PriceItem, quantity: u32, words: Words) -> Worked {
    // What is included costs nothing, for however long.
    if item.steps.is_empty() && item.base_fee.is_none() && item.price == Some(Price::Included) {
        return Worked { charge: Charge::Yearly(Decimal::ZERO), derivation: Price::Included.to_string() };
    }
    let counted = Counted::of(item, quantity, words.clone());
    let worked = for_one_period(item, &counted, words).and_then(|told| a_year(item, told));
    match worked {
        Ok((charge, told)) => {
            let words = [told].into_iter().chain(counted.notes.0.unwrap_or_default());
            Worked { charge, derivation: words.collect::<Vec<_>>().join("; ") }
        }
        Err(NoFigure::Unknown(why)) => Worked::unknown(why),
        Err(NoFigure::TooLarge) => {
            let once = item.period == Some(Period::Once);
            Worked { charge: Charge::TooLarge { once }, derivation: TOO_LARGE.into() }
        }
    }
}

/// Why there is no figure.
enum NoFigure {
    /// There is nothing to work it out from, as these words say.
    Unknown(String),
    /// It has no room.
    TooLarge,
}

impl NoFigure {
    fn unknown(why: impl Into<String>) -> NoFigure {
        NoFigure::Unknown(why.into())
    }
}

/// What is told of a figure; `None` where only the figure is asked for.
#[derive(Clone)]
struct Words(Option<Vec<String>>);

impl Words {
    fn add(&mut self, word: impl FnOnce() -> String) {
        if let Some(words) = &mut self.0 {
            words.push(word());
        }
    }
}

/// How much of an article is paid for.
struct Counted {
    /// Units, or blocks of them, beyond the volume that is included.
    units: Decimal,
    /// Whether the price is for the whole offering, whatever the volume.
    is_fixed: bool,
    /// What there is to say of the count.
    notes: Words,
}

impl Counted {
    fn of(item: &PriceItem, quantity: u32, notes: Words) -> Counted {
        let mut counted = Counted { units: quantity.into(), is_fixed: false, notes };
        let told = |count: Decimal| price::of_unit(count, item);
        if let Some(included) = item.included_volume {
            let paid = counted.units.checked_sub(included.0).unwrap_or_default().max(Decimal::ZERO);
            counted.notes.add(|| format!("{}, varav {} ingår", told(quantity.into()), text::number(included.0)));
            counted.units = paid;
        }
        // A block of one is told with its unit as the unit alone, and else as a block, which is whole.
        let is_by_block = |block: u32| block > 1 || item.unit.is_none() && !counted.units.is_integer();
        if let Some(block) = item.block.filter(|block| is_by_block(*block)) {
            let units = counted.units;
            counted.notes.add(|| format!("{} i block om {}", told(units), text::number(block.into())));
            counted.units = counted.units.checked_div(block.into()).unwrap_or_default().ceil();
        }
        let is_volume = item.unit.is_some() || !item.steps.is_empty() || item.included_volume.is_some();
        counted.is_fixed = !is_volume && item.block.is_none();
        if counted.is_fixed && quantity != 1 {
            counted.notes.add(|| "fast pris, oavsett antal".into());
        }
        counted
    }
}

/// A price for its own period.
struct Told {
    amount: Decimal,
    terms: Words,
}

/// Base fee and volume. The error says why there is no figure.
fn for_one_period(item: &PriceItem, counted: &Counted, terms: Words) -> Result<Told, NoFigure> {
    let mut told = Told { amount: Decimal::ZERO, terms };
    if let Some(fee) = item.base_fee {
        told.add(fee.0, || text::kronor(fee.0))?;
        // What the base fee covers is paid, whatever more would cost.
        if counted.units.is_zero() {
            return Ok(told);
        }
    }
    if !item.steps.is_empty() {
        add_steps(&mut told, item, counted.units)?;
    } else {
        let each = amount(item.price.as_ref())?;
        if counted.is_fixed {
            told.add(each, || text::kronor(each))?;
        } else {
            told.add_units(counted.units, each)?;
        }
    }
    Ok(told)
}

/// Each part of a volume at the price of the step that it lies within.
fn add_steps(told: &mut Told, item: &PriceItem, units: Decimal) -> Result<(), NoFigure> {
    let mut below = Decimal::ZERO;
    for step in &item.steps {
        let upper = step.to.map_or(units, |to| units.min(to.into()));
        if upper > below {
            told.add_units(upper - below, amount(Some(&step.price))?)?;
            below = upper;
        }
    }
    if below < units { Err(NoFigure::unknown("antalet är större än trappans sista steg")) } else { Ok(()) }
}

impl Told {
    fn add(&mut self, amount: Decimal, term: impl FnOnce() -> String) -> Result<(), NoFigure> {
        self.amount = exact::add(self.amount, amount).ok_or(NoFigure::TooLarge)?;
        self.terms.add(term);
        Ok(())
    }

    /// What `tell` makes of the terms, of which there are so many.
    fn words(&self, tell: impl FnOnce(String, usize) -> String) -> String {
        let told = |terms: &Vec<String>| match terms.is_empty() {
            true => tell(text::kronor(Decimal::ZERO), 0),
            false => tell(terms.join(" + "), terms.len()),
        };
        self.terms.0.as_ref().map(told).unwrap_or_default()
    }

    fn add_units(&mut self, units: Decimal, each: Decimal) -> Result<(), NoFigure> {
        let amount = exact::mul(units, each).ok_or(NoFigure::TooLarge)?;
        self.add(amount, || format!("{} × {}", text::number(units), text::kronor(each)))
    }
}

fn amount(price: Option<&Price>) -> Result<Decimal, NoFigure> {
    match price {
        Some(Price::Amount(amount)) => Ok(amount.0),
        Some(Price::Included) => Ok(Decimal::ZERO),
        Some(word) => Err(NoFigure::Unknown(format!("priset är ”{word}”"))),
        None => Err(NoFigure::unknown("artikeln har inget pris")),
    }
}

/// What a price for its own period comes to in a year.
fn a_year(item: &PriceItem, told: Told) -> Result<(Charge, String), NoFigure> {
    let period = item.period.ok_or_else(|| NoFigure::unknown("det framgår inte vilken tid priset avser"))?;
    let (times, unit): (u32, &str) = match period {
        Period::Once => return Ok((Charge::Once(told.amount), told.words(|terms, _| format!("{terms}, engång")))),
        // Of what is sold by the hour the quantity is hours already.
        _ if item.is_by_time() => {
            let words = told.words(|terms, _| format!("{terms}; antalet är för hela året"));
            return Ok((Charge::Yearly(told.amount), words));
        }
        Period::Hour => (8_760, "timmar"),
        Period::Day => (365, "dagar"),
        Period::Month => (12, "månader"),
        Period::Quarter => (4, "kvartal"),
        Period::Tertial => (3, "tertial"),
        Period::Year => return Ok((Charge::Yearly(told.amount), told.words(|terms, _| terms))),
    };
    let amount = exact::mul(told.amount, times.into()).ok_or(NoFigure::TooLarge)?;
    let words = told.words(|terms, count| {
        let terms = if count > 1 { format!("({terms})") } else { terms };
        let running = if period == Period::Hour { ", i gång hela året" } else { "" };
        format!("{terms} × {}{NO_BREAK_SPACE}{unit}{running}", text::number(times.into()))
    });
    Ok((Charge::Yearly(amount), words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Amount;
    use crate::testing::filled;

    /// What a quantity of an article comes to, and how.
    fn worked(rest: &str, quantity: u32) -> (Charge, String) {
        let source = format!("{{artikel: '1', benämning: A, {rest}}}");
        let item: PriceItem = filled(&source);
        let Worked { charge, derivation } = of(&item, quantity);
        assert_eq!(figure(&item, quantity), charge, "without the words");
        (charge, derivation.replace('\u{a0}', " "))
    }

    fn yearly(kronor: &str) -> Charge {
        Charge::Yearly(kronor.parse().unwrap())
    }

    #[track_caller]
    fn assert_worked(rest: &str, quantity: u32, charge: Charge, derivation: &str) {
        assert_eq!(worked(rest, quantity), (charge, derivation.to_string()));
    }

    #[test]
    fn a_unit_and_its_period_make_a_year() {
        assert_worked("pris: 4300, enhet: server, per: månad", 4, yearly("206400"), "4 × 4 300 kr × 12 månader");
        assert_worked("pris: '125,50', enhet: a, per: månad", 40, yearly("60240.00"), "40 × 125,50 kr × 12 månader");
        assert_worked("pris: 100, enhet: a, per: kvartal", 2, yearly("800"), "2 × 100 kr × 4 kvartal");
        assert_worked("pris: 100, enhet: a, per: tertial", 2, yearly("600"), "2 × 100 kr × 3 tertial");
        assert_worked("pris: 100, enhet: a, per: år", 2, yearly("200"), "2 × 100 kr");
        assert_worked("pris: 10, enhet: sal, per: dag", 2, yearly("7300"), "2 × 10 kr × 365 dagar");
        let told = "1 × 1,34 kr × 8 760 timmar, i gång hela året";
        assert_worked("pris: '1,34', enhet: maskin, per: timme", 1, yearly("11738.40"), told);
        assert_worked(
            "pris: 920, enhet: timme, per: timme",
            10,
            yearly("9200"),
            "10 × 920 kr; antalet är för hela året",
        );
        for unit in ["timmar", "Timme", "TIMMAR"] {
            let told = "40 × 900 kr; antalet är för hela året";
            assert_worked(&format!("pris: 900, enhet: {unit}, per: timme"), 40, yearly("36000"), told);
        }
        assert_worked("pris: 9, enhet: dagar, per: dag", 4, yearly("36"), "4 × 9 kr; antalet är för hela året");
        assert_worked("pris: 9, enhet: månader, per: månad", 4, yearly("36"), "4 × 9 kr; antalet är för hela året");
        assert_worked(
            "pris: 9, enhet: dagar, per: timme",
            1,
            yearly("78840"),
            "1 × 9 kr × 8 760 timmar, i gång hela året",
        );
        let once = Charge::Once("13600".parse().unwrap());
        assert_worked("pris: 6800, enhet: program, per: engång", 2, once, "2 × 6 800 kr, engång");
        assert_worked("pris: 0, enhet: a, per: månad", 3, yearly("0"), "3 × 0 kr × 12 månader");
    }

    #[test]
    fn a_price_without_a_unit_is_fixed() {
        assert_worked("pris: 12000, per: år", 1, yearly("12000"), "12 000 kr");
        assert_worked("pris: 1000, per: månad", 3, yearly("12000"), "1 000 kr × 12 månader; fast pris, oavsett antal");
    }

    #[test]
    fn a_begun_block_is_whole() {
        let block = "pris: 900, enhet: GB, block: 100, per: månad";
        assert_worked(block, 230, yearly("32400"), "3 × 900 kr × 12 månader; 230 GB i block om 100");
        assert_worked(block, 300, yearly("32400"), "3 × 900 kr × 12 månader; 300 GB i block om 100");
        assert_worked(block, 1, yearly("10800"), "1 × 900 kr × 12 månader; 1 GB i block om 100");
        let of_a_noun = "pris: 10, per: år, enhet: server, ingående_volym: 2";
        assert_worked(of_a_noun, 6, yearly("40"), "4 × 10 kr; 6 × server, varav 2 ingår");
        // The unit of a block is written for many of it.
        let of_a_block = "pris: 10, per: år, enhet: fakturor, ingående_volym: 200, block: 100";
        let told = "4 × 10 kr; 600 fakturor, varav 200 ingår; 400 fakturor i block om 100";
        assert_worked(of_a_block, 600, yearly("40"), told);
        // What the price list tells as a block is whole, and what it tells as a unit is not.
        let of_one = "pris: 10, per: år, block: 1, ingående_volym: '0,5'";
        assert_worked(of_one, 3, yearly("30"), "3 × 10 kr; 3, varav 0,5 ingår; 2,5 i block om 1");
        assert_worked(&format!("{of_one}, enhet: a"), 3, yearly("25.0"), "2,5 × 10 kr; 3 a, varav 0,5 ingår");
        assert_worked("pris: 10, per: år, block: 1", 3, yearly("30"), "3 × 10 kr");
    }

    #[test]
    fn a_base_fee_is_paid_whatever_the_volume_and_covers_what_is_included() {
        let fee = "pris: 80, enhet: a, per: månad, grundavgift: 5000, ingående_volym: 50";
        let told = "(5 000 kr + 15 × 80 kr) × 12 månader; 65 a, varav 50 ingår";
        assert_worked(fee, 65, yearly("74400"), told);
        assert_worked(fee, 40, yearly("60000"), "5 000 kr × 12 månader; 40 a, varav 50 ingår");
        let plain = "pris: 80, enhet: a, per: år, grundavgift: 100";
        assert_worked(plain, 2, yearly("260"), "100 kr + 2 × 80 kr");
        let free = "pris: 2, enhet: a, per: år, ingående_volym: 5";
        assert_worked(free, 3, yearly("0"), "0 × 2 kr; 3 a, varav 5 ingår");
    }

    #[test]
    fn each_part_of_a_volume_has_the_price_of_its_step() {
        let steps =
            "enhet: sms, per: månad, trappa: [{till: 5000, pris: '0,42'}, {till: 50000, pris: '0,36'}, {pris: '0,29'}]";
        assert_worked(steps, 5000, yearly("25200.00"), "5 000 × 0,42 kr × 12 månader");
        // 5 000 × 0.42 = 2 100, 45 000 × 0.36 = 16 200, 10 000 × 0.29 = 2 900: 21 200 a month.
        let told = "(5 000 × 0,42 kr + 45 000 × 0,36 kr + 10 000 × 0,29 kr) × 12 månader";
        assert_worked(steps, 60_000, yearly("254400.00"), told);
        let closed = "enhet: a, per: år, trappa: [{till: 10, pris: 5}]";
        assert_worked(closed, 11, Charge::Unknown, "antalet är större än trappans sista steg");
        // Steps out of order count nothing twice.
        let disordered = "enhet: a, per: år, trappa: [{till: 10, pris: 5}, {till: 5, pris: 4}, {pris: 3}, {pris: 2}]";
        assert_worked(disordered, 12, yearly("56"), "10 × 5 kr + 2 × 3 kr");
        let blocks = "enhet: m, block: 1000, per: år, trappa: [{till: 2, pris: 3}, {pris: 2}]";
        assert_worked(blocks, 2500, yearly("8"), "2 × 3 kr + 1 × 2 kr; 2 500 m i block om 1 000");
    }

    #[test]
    fn steps_are_of_what_is_paid_beyond_an_included_volume() {
        let steps = "enhet: a, per: år, ingående_volym: 5, trappa: [{till: 10, pris: 3}, {pris: 2}]";
        assert_worked(steps, 17, yearly("34"), "10 × 3 kr + 2 × 2 kr; 17 a, varav 5 ingår");
    }

    #[test]
    fn a_word_in_the_place_of_a_price_is_no_figure_unless_it_is_included() {
        assert_worked("pris: ingår", 4, yearly("0"), "ingår");
        assert_worked("pris: enligt offert, per: år", 1, Charge::Unknown, "priset är ”enligt offert”");
        assert_worked("pris: självkostnad, enhet: kWh, per: kvartal", 1, Charge::Unknown, "priset är ”självkostnad”");
        assert_worked("per: år", 1, Charge::Unknown, "artikeln har inget pris");
        assert_worked("pris: 5, enhet: a", 1, Charge::Unknown, "det framgår inte vilken tid priset avser");
        let fee = "pris: enligt offert, enhet: a, per: år, grundavgift: 100, ingående_volym: 2";
        assert_worked(fee, 2, yearly("100"), "100 kr; 2 a, varav 2 ingår");
        assert_worked(fee, 3, Charge::Unknown, "priset är ”enligt offert”");
    }

    #[test]
    fn a_figure_without_room_is_no_figure() {
        let worked = |quantity| {
            let source = "{artikel: '1', benämning: A, enhet: a, per: kvartal}";
            let mut item: PriceItem = filled(source);
            // No author can write such a price.
            item.price = Some(Price::Amount(Amount("7922816251426433759354395033".parse().unwrap())));
            let Worked { charge, derivation } = of(&item, quantity);
            (charge, derivation.replace(NO_BREAK_SPACE, " "))
        };
        let told = "2 × 7 922 816 251 426 433 759 354 395 033 kr × 4 kvartal";
        assert_eq!(worked(2), (yearly("63382530011411470074835160264"), told.to_string()));
        let yearly_too_large = (Charge::TooLarge { once: false }, TOO_LARGE.to_string());
        assert_eq!(worked(3), yearly_too_large);
        assert_eq!(worked(11), yearly_too_large);
        let steps = "enhet: a, ingående_volym: '0,123456', trappa: [{pris: '999999999999,999999'}]";
        let once = Charge::TooLarge { once: true };
        assert_worked(&format!("{steps}, per: engång"), u32::MAX, once, TOO_LARGE);
        assert_worked("pris: 1, enhet: a, block: 1, per: år", 1, yearly("1"), "1 × 1 kr");
    }
}
