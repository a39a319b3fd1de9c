//! What services and products cost a year, why, and who pays how much of it (`§ 3.1`, `§ 3.2.2`, `§ 8`).
//!
//! Every figure is exact until it is shared out, which is done in whole öre. What is not known, or too large to be worked
//! out, is told as that ([`Kronor`]): nothing is guessed, nothing fails, and what is too large is left out of no sum.

mod bills;
pub mod charge;
mod kronor;
pub mod shares;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

pub use bills::Bills;
use charge::PartOfYear;
pub use charge::{Charge, Worked};
pub use kronor::Kronor;
pub use shares::{Distribution, NotShared, Part};

use super::period::{self, Period};
use super::{exact, foundation, price};
use crate::model::{self, Call, Cost, Date, PriceItem, Product, Ref, Service, ServiceOffering, SupportingService};
use crate::resolve::Catalog;
use crate::text;

/// A product's cost with all that it encloses.
#[derive(Debug)]
pub struct OfProduct<'a> {
    /// What is set for the product itself.
    pub own: Option<Decimal>,
    /// The same in whole öre, which is what is shared out.
    pub established: Kronor,
    /// The products that it encloses, each once however many enclose it.
    pub enclosed: Vec<&'a Product>,
    /// So many of these are told one by one; see [`foundation::nearest`].
    pub nearest: usize,
    /// What is known of the others together.
    pub further_sum: Kronor,
    /// Those of all of these that no cost is set for.
    pub missing: Vec<&'a Product>,
    /// The sum of what is known.
    pub total: Kronor,
    /// Who pays how much of its own cost.
    pub distribution: Distribution<'a>,
}

/// Why a service costs what it costs.
#[derive(Debug)]
pub struct OfService<'a> {
    /// The products that it is built on with what they enclose, each once.
    pub products: Vec<&'a Product>,
    /// So many of these are told one by one; see [`foundation::nearest`].
    pub nearest: usize,
    /// What is known of the others together.
    pub further_sum: Kronor,
    /// Those of all of these that no cost is set for.
    pub missing: Vec<&'a Product>,
    /// The sum of the products.
    pub products_sum: Kronor,
    /// What its Tjänste-OLA calls for.
    pub calls: Vec<OfCall<'a>>,
    /// The sum of the calls a year.
    pub calls_sum: Kronor,
    /// The products and the calls, of what is known.
    pub underlying: Kronor,
    /// Whether that is not all: a product or a call is of a cost that nobody has said.
    pub is_partly_known: bool,
    /// What is paid once, beside the year's cost.
    pub once: Kronor,
    /// What is set for the service; else the underlying cost. In whole öre.
    pub established: Kronor,
    /// Whether it is set for the service.
    pub is_set: bool,
    /// What is set beyond the underlying cost, or where that is more, below zero.
    pub rest: Kronor,
    /// Who pays how much of it.
    pub distribution: Distribution<'a>,
}

/// What a call costs.
#[derive(Debug)]
pub struct OfCall<'a> {
    /// The call.
    pub call: &'a Call,
    /// What it calls for.
    pub offering: &'a ServiceOffering,
    /// The article whose units it counts.
    pub item: Option<&'a PriceItem>,
    /// The offering's other articles, which a call says no quantity of.
    pub not_counted: Vec<&'a PriceItem>,
    /// What it costs, and how that is worked out.
    pub worked: Worked,
    /// Products counted for the service itself that the price pays for too; told with the first call for an offering.
    pub also_product: Vec<&'a Product>,
    /// So many more than these, further down in the chain.
    pub also_more: usize,
}

/// One customer's part of a service's or product's cost.
#[derive(Debug)]
pub struct Paid<'a> {
    /// The id of the service or product.
    pub id: &'a str,
    /// The whole.
    pub whole: Kronor,
    /// Whether there is more to it than what is known.
    pub is_partly_known: bool,
    /// Its share of that.
    pub part: Part<'a>,
}

/// What a customer pays a year.
#[derive(Debug)]
pub struct OfCustomer<'a> {
    /// For each service.
    pub services: Vec<Paid<'a>>,
    /// All of them, of what is known.
    pub services_sum: Kronor,
    /// For each product, which services' costs may hold.
    pub products: Vec<Paid<'a>>,
    /// All of them, of what is known.
    pub products_sum: Kronor,
}

/// The services' costs together.
#[derive(Debug)]
pub struct Overview {
    /// What is established.
    pub established: Kronor,
    /// Whether there is a service that costs more than what is known, or nobody knows what.
    pub is_partly_known: bool,
    /// What is shared out among customers.
    pub distributed: Kronor,
    /// What is not.
    pub undistributed: Kronor,
    /// How much of the whole is counted more than once, at least: where nothing is set for services, a product that several
    /// are built on is counted for each, and what one calls for of another for both.
    pub repeated: Option<Decimal>,
}

/// What a product costs with all that it encloses.
pub fn of_product<'a>(catalog: &'a Catalog, product: &'a Product) -> OfProduct<'a> {
    let own = amount(product.cost.as_ref());
    let (established, distribution) = of_itself(product);
    let mut all = closure(catalog, [product]);
    let (total, missing) = products_sum(&all);
    all.remove(0);
    let direct = enclosed(catalog, product).count();
    let (nearest, _) = foundation::nearest(&all, direct);
    let (further_sum, _) = products_sum(&all[nearest.len()..]);
    OfProduct { own, established, nearest: nearest.len(), further_sum, enclosed: all, missing, total, distribution }
}

/// What is set for a product itself, in whole öre, and who pays it.
fn of_itself(product: &Product) -> (Kronor, Distribution<'_>) {
    let established = Kronor::from(amount(product.cost.as_ref())).then(shares::in_ore);
    (established, shares::distribution(product.cost.as_ref(), established))
}

/// What a service costs, and why.
pub fn of_service<'a>(catalog: &'a Catalog, service: &'a Service) -> OfService<'a> {
    let products = closure(catalog, built_on(catalog, &service.products));
    let (nearest, _) = foundation::nearest(&products, built_on(catalog, &service.products).count());
    let nearest = nearest.len();
    let (further_sum, _) = products_sum(&products[nearest..]);
    let (products_sum, missing) = products_sum(&products);
    let articles = Articles::of(catalog, service.calls());
    let time = Time::of(catalog, service);
    let mut calls: Vec<OfCall<'_>> =
        service.calls().iter().map(|call| of_call(catalog, time, call, &articles)).collect();
    add_not_counted(&mut calls);
    add_counted_twice(catalog, &mut calls, &products);
    let charges = || calls.iter().map(|call| call.worked.charge);
    let calls_sum = charges().map(Charge::yearly).sum();
    let once = charges().map(Charge::once).sum();
    let is_partly_known = !missing.is_empty() || charges().any(|charge| charge == Charge::Unknown);
    let Totals { underlying, established, rest, is_set } = Totals::of(service, products_sum, calls_sum);
    let distribution = shares::distribution(service.cost.as_ref(), established);

    OfService {
        products,
        nearest,
        further_sum,
        missing,
        products_sum,
        calls,
        calls_sum,
        underlying,
        is_partly_known,
        once,
        established,
        is_set,
        rest,
        distribution,
    }
}

/// What is set for a service, and what it is made of.
struct Totals {
    underlying: Kronor,
    established: Kronor,
    rest: Kronor,
    is_set: bool,
}

impl Totals {
    fn of(service: &Service, products: Kronor, calls: Kronor) -> Totals {
        let underlying = [products, calls].into_iter().sum();
        let set = amount(service.cost.as_ref());
        let established = set.map_or(underlying, Kronor::Known).then(shares::in_ore);
        let beyond = |underlying| established.known().and_then(|established| exact::sub(established, underlying));
        let rest = if set.is_some() { underlying.then(beyond) } else { Kronor::Unknown };
        Totals { underlying, established, rest, is_set: set.is_some() }
    }
}

/// How much more, or below zero less, is set for a service than what it is made of costs, and that; as [`of_service`] has
/// them, without the reasons. `None` where either is not known.
pub fn beyond_underlying(catalog: &Catalog, service: &Service) -> Option<(Decimal, Decimal)> {
    // Most of the work is in vain for a service that nothing is set for.
    amount(service.cost.as_ref())?;
    let (products, _) = products_sum(&closure(catalog, built_on(catalog, &service.products)));
    let costs = CallCosts::of(catalog, service);
    let charges = service.calls().iter().map(|call| {
        let offering = catalog.offering(&call.offering);
        costs.charge(call, costs.articles.prices_counted_by(call, offering), offering)
    });
    let totals = Totals::of(service, products, charges.map(Charge::yearly).sum());
    totals.rest.known().zip(totals.underlying.known())
}

/// What the calls of a service cost, without the reasons: as they are, and were they for other offerings.
pub struct CallCosts<'a> {
    catalog: &'a Catalog,
    time: Time,
    articles: Articles<'a>,
}

impl<'a> CallCosts<'a> {
    /// Of a service.
    pub fn of(catalog: &'a Catalog, service: &'a Service) -> CallCosts<'a> {
        CallCosts { catalog, time: Time::of(catalog, service), articles: Articles::of(catalog, service.calls()) }
    }

    /// Kronor a year for a call, were it for another offering of the same service. `None` where there is no figure, or no
    /// telling which of the other's articles is the one that it counts.
    pub fn of_call_at(&self, call: &Call, other: &'a ServiceOffering) -> Option<Decimal> {
        let offering = self.catalog.offering(&call.offering);
        let counted = self.articles.prices_counted_by(call, offering);
        let is_same = offering.id == other.id;
        let prices = if is_same { counted } else { like(counted.first()?, call.article.is_none(), other)? };
        self.charge(call, prices, other).yearly().known()
    }

    fn charge(&self, call: &Call, prices: &[PriceItem], offering: &ServiceOffering) -> Charge {
        let part = self.time.part_with(self.catalog, offering);
        match prices {
            [] => Charge::Unknown,
            _ if part.is_some_and(PartOfYear::is_never) => Charge::NOTHING,
            _ => charge_of(prices, quantity(call), self.time.year, part),
        }
    }
}

/// The prices of the article of an offering that is what another offering's is: of the same unit, and the first where that one
/// is, else the only one or the only one of its name.
fn like<'a>(item: &PriceItem, is_first: bool, offering: &'a ServiceOffering) -> Option<&'a [PriceItem]> {
    let of_unit = || offering.articles().filter(|prices| prices[0].unit == item.unit);
    let only = |mut found: Vec<&'a [PriceItem]>| found.pop().filter(|_| found.is_empty());
    let first = offering.articles().next().filter(|first| is_first && first[0].unit == item.unit);
    first
        .or_else(|| only(of_unit().collect()))
        .or_else(|| only(of_unit().filter(|prices| prices[0].name == item.name).collect()))
}

/// The articles of the offerings that some calls name one of, each with its prices, by offering and number.
pub struct Articles<'a>(FxHashMap<(&'a str, &'a str), &'a [PriceItem]>);

impl<'a> Articles<'a> {
    /// Those that these calls may name.
    pub fn of(catalog: &'a Catalog, calls: impl IntoIterator<Item = &'a Call>) -> Articles<'a> {
        let mut offerings = FxHashSet::default();
        let mut articles = FxHashMap::default();
        for call in calls.into_iter().filter(|call| call.article.is_some()) {
            if !offerings.insert(call.offering.id.as_str()) {
                continue;
            }
            let offering = catalog.offering(&call.offering);
            for prices in offering.articles() {
                // Of two with one number the first is meant.
                articles.entry((offering.id.as_str(), prices[0].article.as_str())).or_insert(prices);
            }
        }
        Articles(articles)
    }

    /// The article whose units a call counts, with its first price.
    pub fn counted_by(&self, call: &Call, offering: &'a ServiceOffering) -> Option<&'a PriceItem> {
        self.prices_counted_by(call, offering).first()
    }

    /// The prices of that article, one after the other; none where there is no such article.
    fn prices_counted_by(&self, call: &Call, offering: &'a ServiceOffering) -> &'a [PriceItem] {
        let prices = match &call.article {
            Some(article) => self.0.get(&(offering.id.as_str(), article.as_str())).copied(),
            None => offering.articles().next(),
        };
        prices.unwrap_or_default()
    }
}

fn quantity(call: &Call) -> u32 {
    call.quantity.unwrap_or(1)
}

fn of_call<'a>(catalog: &'a Catalog, time: Time, call: &'a Call, articles: &Articles<'a>) -> OfCall<'a> {
    let offering = catalog.offering(&call.offering);
    let prices = articles.prices_counted_by(call, offering);
    let part = time.part_with(catalog, offering);
    let worked = match (prices, &call.article) {
        ([], Some(article)) => Worked::unknown(format!("erbjudandet har ingen artikel {article}")),
        ([], None) => Worked::unknown("erbjudandet har inget pris"),
        _ if part.is_some_and(PartOfYear::is_never) => charge::of(&prices[0], quantity(call)).not_there(),
        _ => worked_of(catalog, offering, prices, quantity(call), (time.year, part)),
    };
    let item = prices.first();
    OfCall { call, offering, item, not_counted: Vec::new(), worked, also_product: Vec::new(), also_more: 0 }
}

/// What a quantity of an article costs in a part of a year, and why: with each of its prices for as long as that holds.
fn worked_of(
    catalog: &Catalog,
    offering: &ServiceOffering,
    prices: &[PriceItem],
    count: u32,
    (year, part): (Period, Option<PartOfYear>),
) -> Worked {
    let worked = |(item, held): (&PriceItem, Option<PartOfYear>)| {
        let there = held.or(part);
        let note = part_of_the_edition(catalog, offering, item, there);
        let worked = charge::of(item, count);
        let worked = if held.is_some() { worked.while_it_holds(held) } else { worked.for_part(item, part) };
        worked.with_note(note)
    };
    let mut all = held(prices, year, part).into_iter().map(worked);
    let first = all.next().expect("an article has a price");
    all.fold(first, Worked::then)
}

/// The same without the words.
fn charge_of(prices: &[PriceItem], count: u32, year: Period, part: Option<PartOfYear>) -> Charge {
    let charge = |(item, held): (&PriceItem, Option<PartOfYear>)| match held {
        Some(_) => charge::figure(item, count).while_it_holds(held),
        None => charge::figure(item, count).for_part(item, part),
    };
    held(prices, year, part).into_iter().map(charge).reduce(Charge::then).unwrap_or(Charge::Unknown)
}

/// The prices of an article that hold in some of a part of the year, each with its own part; without one where it is the only
/// one, which is for all of that.
fn held(prices: &[PriceItem], year: Period, part: Option<PartOfYear>) -> Vec<(&PriceItem, Option<PartOfYear>)> {
    let there = part.map_or(year, PartOfYear::days);
    let last = prices.len() - 1;
    // What nobody has priced before the first day, and after the last, costs what it costs then.
    let holds = |at: usize, item: &PriceItem| {
        let from = item.valid_from.filter(|_| at > 0).unwrap_or(period::ALWAYS.0);
        let to = item.valid_to.filter(|_| at < last).unwrap_or(period::ALWAYS.1);
        period::common(there, (from, to))
    };
    let held = prices.iter().enumerate().map(|(at, item)| (item, holds(at, item)));
    let mut held: Vec<_> = held.filter(|(_, days)| period::is_some(*days)).collect();
    // What is ordered once has the price of its day, which nobody knows: the first is told.
    if held.len() < 2 || prices[0].period == Some(model::Period::Once) {
        held.truncate(1);
        return vec![(held.first().map_or(&prices[0], |(item, _)| item), None)];
    }
    // Hours are as many however long it is there, and all of them are paid with one price or another.
    let whole = if prices[0].is_by_time() { there } else { year };
    let (items, held): (Vec<&PriceItem>, Vec<Period>) = held.into_iter().unzip();
    let mut parts: Vec<PartOfYear> = held.into_iter().flat_map(|held| PartOfYear::of(held, whole)).collect();
    PartOfYear::alike(&mut parts);
    items.into_iter().zip(parts.into_iter().map(Some)).collect()
}

/// The year that calls are paid for, and when the service that calls is there.
#[derive(Debug, Clone, Copy)]
struct Time {
    year: Period,
    there: Period,
}

impl Time {
    /// The year ends with the edition: a correction that holds from June tells what the year costs.
    fn of(catalog: &Catalog, service: &Service) -> Time {
        let (first, Date(last)) = catalog.catalogue.edition.days();
        let begins = last.tomorrow().and_then(|after| after.checked_sub(jiff::Span::new().years(1)));
        let year = (begins.map_or(first, |begins| first.min(Date(begins))), Date(last));
        Time { year, there: period::of_life(service.lifecycle.as_ref(), year) }
    }

    /// The part of the year in which both the service and what it calls for are there, where that is not all of it: of two
    /// that take each other's place in the year each is paid for its own part.
    fn part_with(self, catalog: &Catalog, offering: &ServiceOffering) -> Option<PartOfYear> {
        let offered = period::of_life(catalog.lifecycle_of(offering), self.year);
        PartOfYear::of(period::common(self.there, offered), self.year)
    }
}

/// That a price is for a part only of the edition, or of the part of the year that is counted, when it is.
fn part_of_the_edition(
    catalog: &Catalog,
    offering: &ServiceOffering,
    item: &PriceItem,
    part: Option<PartOfYear>,
) -> Option<String> {
    let (first, last) = part.map_or_else(|| catalog.catalogue.edition.days(), PartOfYear::days);
    let days = price::days(catalog, offering, item);
    let from = days.from.filter(|from| *from > first);
    let to = days.to.filter(|to| *to < last);
    let from = from.map(|from| format!(" från {}", text::date(from)));
    let to = to.map(|to| format!(" till {}", text::date(to)));
    let when: String = from.into_iter().chain(to).collect();
    let whole = if part.is_some() { "tiden" } else { "året" };
    (!when.is_empty()).then(|| format!("priset gäller{when} men är räknat för hela {whole}"))
}

/// Adds to the first call for each offering what is not counted of it: its articles that no call counts, but for those that
/// hold before or after the one that the call counts for the whole year.
fn add_not_counted(calls: &mut [OfCall<'_>]) {
    let counted: FxHashSet<*const PriceItem> =
        calls.iter().filter_map(|call| call.item).map(std::ptr::from_ref).collect();
    let mut told = FxHashSet::default();
    for call in calls.iter_mut().filter(|call| told.insert(call.offering.id.as_str())) {
        let others = call.offering.articles().flat_map(<[PriceItem]>::first);
        let others = others.filter(|item| !counted.contains(&std::ptr::from_ref(*item)));
        let is_beside =
            |other: &&PriceItem| call.item.is_none_or(|item| !is_before(item, other) && !is_before(other, item));
        call.not_counted = others.filter(is_beside).collect();
    }
}

/// Whether a price ends before another begins.
fn is_before(first: &PriceItem, other: &PriceItem) -> bool {
    first.valid_to.zip(other.valid_from).is_some_and(|(to, from)| to < from)
}

/// Adds to the first call that something is paid for of each offering which products, of those that are counted for the
/// service itself, the offering's service is built on too.
fn add_counted_twice<'a>(catalog: &'a Catalog, calls: &mut [OfCall<'a>], counted: &[&'a Product]) {
    let has_cost = |product: &&&Product| amount(product.cost.as_ref()).is_some();
    let counted: FxHashSet<*const Product> =
        counted.iter().filter(has_cost).map(|product| std::ptr::from_ref(*product)).collect();
    if counted.is_empty() {
        return;
    }
    let is_paid = |call: &OfCall| matches!(call.worked.charge, Charge::Yearly(amount) if !amount.is_zero());
    let mut told = FxHashSet::default();
    for call in calls.iter_mut().filter(|call| is_paid(call)).filter(|call| told.insert(call.offering.id.as_str())) {
        let service = call.offering.service.as_str();
        let supporting = catalog.get::<SupportingService>(service).map(|service| &service.products);
        let behind = supporting.or_else(|| catalog.get::<Service>(service).map(|service| &service.products));
        let mut behind = closure(catalog, behind.into_iter().flat_map(|products| built_on(catalog, products)));
        behind.retain(|product| counted.contains(&std::ptr::from_ref(*product)));
        let (nearest, more) = foundation::nearest(&behind, 0);
        (call.also_product, call.also_more) = (nearest.to_vec(), more);
    }
}

/// What a service is built on, of what is there in the edition: the other products cost nothing in it.
fn built_on<'a>(catalog: &'a Catalog, products: &'a [Ref<Product>]) -> impl Iterator<Item = &'a Product> {
    let products = products.iter().map(|product| &catalog[product]);
    products.filter(|product| is_there(catalog, product))
}

/// What a product encloses, of what is there in the edition.
fn enclosed<'a>(catalog: &'a Catalog, product: &'a Product) -> impl Iterator<Item = &'a Product> {
    foundation::enclosed_products(catalog, product).filter(|product| is_there(catalog, product))
}

/// Whether a product is there on some day of the edition.
fn is_there(catalog: &Catalog, product: &Product) -> bool {
    !catalog.catalogue.edition.is_without(product.lifecycle.as_ref())
}

/// These products and all that they enclose, each once.
fn closure<'a>(catalog: &'a Catalog, products: impl IntoIterator<Item = &'a Product>) -> Vec<&'a Product> {
    // Where a product is kept is faster to look for than its id.
    let mut known: FxHashSet<*const Product> = FxHashSet::default();
    let mut found: Vec<&'a Product> = products.into_iter().filter(|product| known.insert(*product)).collect();
    let mut at = 0;
    while let Some(product) = found.get(at).copied() {
        at += 1;
        found.extend(enclosed(catalog, product).filter(|product| known.insert(*product)));
    }
    found
}

/// The sum of what is set for the products, and those that nothing is set for.
fn products_sum<'a>(products: &[&'a Product]) -> (Kronor, Vec<&'a Product>) {
    let missing = products.iter().copied().filter(|product| amount(product.cost.as_ref()).is_none());
    (products.iter().map(|product| Kronor::from(amount(product.cost.as_ref()))).sum(), missing.collect())
}

fn amount(cost: Option<&Cost>) -> Option<Decimal> {
    cost?.amount.map(|amount| amount.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    const CUSTOMERS: (&str, &str) = ("kunder.yaml", "- {id: su, namn: SU}\n- {id: sas, namn: SÄS}\n");
    const SERVERS: (&str, &str) = (
        "stodjande-tjanster/servrar.yaml",
        "namn: Servrar\nklass: teknisk\nprodukter: [hosting]\nerbjudanden:\n  - suffix: Guld\n    priser:\n      \
         - {artikel: \"1\", benämning: Server, pris: 100, enhet: server, per: månad}\n      \
         - {artikel: \"2\", benämning: Minne, pris: 8, enhet: GB, block: 8, per: månad}\n      \
         - {artikel: \"3\", benämning: Flytt, pris: 500, enhet: server, per: engång}\n",
    );

    fn decimal(text: &str) -> Option<Decimal> {
        Some(text.parse().unwrap())
    }

    fn kronor(text: &str) -> Kronor {
        decimal(text).into()
    }

    fn ids<'a>(products: &[&'a Product]) -> Vec<&'a str> {
        products.iter().map(|product| product.id.as_str()).collect()
    }

    #[test]
    fn an_enclosed_product_is_counted_once_however_many_enclose_it() {
        let (_folder, catalog) = catalog_of(&[
            ("produkter/svit.yaml", "namn: Svit\ninnehåller: [a, b, stod]\nkostnad: {belopp: 1000}\n"),
            ("produkter/a.yaml", "namn: A\ninnehåller: [hall]\nkostnad: {belopp: \"200,50\"}\n"),
            ("produkter/b.yaml", "namn: B\ninnehåller: [hall, a, b]\n"),
            ("produkter/hall.yaml", "namn: Hall\nkostnad: {belopp: 30}\n"),
            ("produkter/bakom.yaml", "namn: Bakom\ninnehåller: [hall]\nkostnad: {belopp: 4}\n"),
            ("stodjande-tjanster/stod.yaml", "namn: Stöd\nklass: teknisk\nprodukter: [bakom]\n"),
        ]);
        let found = of_product(&catalog, catalog.get("svit").unwrap());
        assert_eq!(ids(&found.enclosed), ["a", "b", "bakom", "hall"]);
        assert_eq!(ids(&found.missing), ["b"]);
        assert_eq!((found.own, found.total), (decimal("1000"), kronor("1234.50")));
        let b = of_product(&catalog, catalog.get("b").unwrap());
        assert_eq!((b.own, b.total), (None, kronor("230.50")));
        assert_eq!(b.distribution.not_shared, Some(NotShared::NoShares));
    }

    #[test]
    fn the_parts_of_a_product_make_the_whole_that_is_told() {
        let (_folder, catalog) = catalog_of(&[
            CUSTOMERS,
            (
                "produkter/a.yaml",
                "namn: A\nkostnad: {belopp: \"0,015\", fördelning: [{kund: su, andel: 50}, {kund: sas, andel: 50}]}\n",
            ),
        ]);
        let found = of_product(&catalog, catalog.get("a").unwrap());
        assert_eq!((found.own, found.established), (decimal("0.015"), kronor("0.02")));
        let parts: Vec<_> = found.distribution.parts.iter().map(|part| part.amount).collect();
        assert_eq!(parts, [kronor("0.01"), kronor("0.01")]);
        let bills = Bills::of(&catalog);
        assert_eq!(bills.of_customer("su").products[0].whole, kronor("0.02"));
    }

    #[test]
    fn nobody_pays_for_what_is_over() {
        let service = |lifecycle: &str| {
            format!("namn: A\n{lifecycle}kostnad: {{belopp: 100, fördelning: [{{kund: su, andel: 100}}]}}\n")
        };
        for (lifecycle, wanted) in [
            ("", kronor("100.00")),
            ("livscykel: {status: avvecklad, till: 2027-03-31}\n", kronor("100.00")),
            ("livscykel: {status: under-avveckling, till: 2026-03-31}\n", kronor("100.00")),
            ("livscykel: {status: avvecklad, till: 2026-12-31}\n", Kronor::Unknown),
            ("livscykel: {status: avvecklad}\n", Kronor::Unknown),
        ] {
            let text = service(lifecycle);
            let (_folder, catalog) = catalog_of(&[CUSTOMERS, ("tjanster/a.yaml", &text), ("produkter/p.yaml", &text)]);
            let bills = Bills::of(&catalog);
            let su = bills.of_customer("su");
            assert_eq!((su.services_sum, su.products_sum), (wanted, wanted), "{lifecycle}");
            assert_eq!(bills.overview().established, wanted, "{lifecycle}");
        }
    }

    #[test]
    fn a_product_that_is_over_costs_nothing_in_what_is_built_on_it() {
        let (_folder, catalog) = catalog_of(&[
            (
                "produkter/gammal.yaml",
                "namn: Gammal\ninnehåller: [inre]\nlivscykel: {status: avvecklad, till: 2026-05-31}\nkostnad: {belopp: 77}\n",
            ),
            ("produkter/inre.yaml", "namn: Inre\nkostnad: {belopp: 5}\n"),
            ("produkter/svit.yaml", "namn: Svit\ninnehåller: [gammal, nytt]\nkostnad: {belopp: 1000}\n"),
            (
                "produkter/nytt.yaml",
                "namn: Nytt\nlivscykel: {status: aktiv, från: 2027-09-01}\nkostnad: {belopp: 30}\n",
            ),
            ("tjanster/a.yaml", "namn: A\nprodukter: [svit, gammal]\n"),
            ("tjanster/b.yaml", "namn: B\nprodukter: [gammal]\nkostnad: {belopp: 50}\n"),
        ]);
        let svit = of_product(&catalog, catalog.get("svit").unwrap());
        assert_eq!((ids(&svit.enclosed), svit.total), (vec!["nytt"], kronor("1030")));
        let a = of_service(&catalog, catalog.get("a").unwrap());
        assert_eq!((ids(&a.products), a.nearest, a.established), (vec!["svit", "nytt"], 2, kronor("1030")));
        let b = catalog.get("b").unwrap();
        assert_eq!((of_service(&catalog, b).underlying, beyond_underlying(&catalog, b)), (Kronor::Unknown, None));
    }

    #[test]
    fn a_service_costs_its_products_and_its_calls_and_what_is_set_beyond_them() {
        let (_folder, catalog) = catalog_of(&[
            CUSTOMERS,
            SERVERS,
            ("produkter/drift.yaml", "namn: Drift\ninnehåller: [inre]\nkostnad: {belopp: 1000}\n"),
            ("produkter/inre.yaml", "namn: Inre\nkostnad: {belopp: 50}\n"),
            ("produkter/hosting.yaml", "namn: Hosting\nkostnad: {belopp: 9999}\n"),
            (
                "tjanster/a.yaml",
                "namn: A\nprodukter: [drift, inre]\nola: {avrop: [{erbjudande: servrar.guld, antal: 4}, \
                 {erbjudande: servrar.guld, artikel: \"2\", antal: 9, samband: redundant}, \
                 {erbjudande: servrar.guld, artikel: \"3\", antal: 2, samband: ej-kritisk}, \
                 {erbjudande: servrar.guld, artikel: \"4\"}]}\n\
                 kostnad: {belopp: 6500, fördelning: [{kund: su, andel: 33.33}, {kund: sas, andel: 66.67}]}\n",
            ),
            ("tjanster/b.yaml", "namn: B\nola: {avrop: [{erbjudande: servrar.guld}]}\n"),
            ("tjanster/c.yaml", "namn: C\n"),
        ]);
        let a = of_service(&catalog, catalog.get("a").unwrap());
        assert_eq!(ids(&a.products), ["drift", "inre"]);
        // 4 × 100 × 12 and 2 blocks × 8 × 12; the move of two servers is paid once.
        let charges: Vec<Charge> = a.calls.iter().map(|call| call.worked.charge).collect();
        let amount = |amount: i64| Decimal::from(amount);
        assert_eq!(
            charges,
            [Charge::Yearly(amount(4800)), Charge::Yearly(amount(192)), Charge::Once(amount(1000)), Charge::Unknown]
        );
        assert_eq!(a.calls[3].worked.derivation, "erbjudandet har ingen artikel 4");
        assert_eq!(a.calls[0].not_counted.iter().map(|item| &*item.article).collect::<Vec<_>>(), [""; 0]);
        assert_eq!((a.products_sum, a.calls_sum, a.once), (kronor("1050"), kronor("4992"), kronor("1000")));
        assert_eq!((a.underlying, a.established, a.rest), (kronor("6042"), kronor("6500.00"), kronor("458.00")));
        assert_eq!(beyond_underlying(&catalog, catalog.get("a").unwrap()), a.rest.known().zip(a.underlying.known()));
        let parts: Vec<_> = a.distribution.parts.iter().map(|part| part.amount).collect();
        assert_eq!(parts, [kronor("2166.45"), kronor("4333.55")]);

        let b = of_service(&catalog, catalog.get("b").unwrap());
        assert_eq!((b.established, b.is_set, b.rest), (kronor("1200.00"), false, Kronor::Unknown));
        assert_eq!(beyond_underlying(&catalog, catalog.get("b").unwrap()), None);
        assert!(b.calls[0].also_product.is_empty());
        assert_eq!(b.calls[0].not_counted.iter().map(|item| &*item.article).collect::<Vec<_>>(), ["2", "3"]);
        let c = of_service(&catalog, catalog.get("c").unwrap());
        assert_eq!((c.underlying, c.established), (Kronor::Unknown, Kronor::Unknown));

        let bills = Bills::of(&catalog);
        let su = bills.of_customer("su");
        assert_eq!(su.services.iter().map(|paid| paid.id).collect::<Vec<_>>(), ["a"]);
        assert_eq!((su.services_sum, su.products_sum), (kronor("2166.45"), Kronor::Unknown));
        let all = bills.overview();
        assert_eq!((all.established, all.distributed), (kronor("7700.00"), kronor("6500.00")));
        assert_eq!(all.undistributed, kronor("1200.00"));
    }

    #[test]
    fn a_product_that_a_price_pays_for_too_is_told() {
        let (_folder, catalog) = catalog_of(&[
            SERVERS,
            ("produkter/hosting.yaml", "namn: Hosting\nkostnad: {belopp: 9999}\n"),
            ("produkter/hall.yaml", "namn: Hall\ninnehåller: [hosting]\n"),
            ("tjanster/a.yaml", "namn: A\nprodukter: [hosting]\nola: {avrop: [{erbjudande: servrar.guld}]}\n"),
            (
                "tjanster/b.yaml",
                "namn: B\nprodukter: [hall]\nerbjudanden: [{suffix: prod, priser: [{artikel: \"9\", benämning: B, pris: 5, \
                 per: år}]}]\n",
            ),
            (
                "tjanster/c.yaml",
                "namn: C\nprodukter: [hosting]\nola: {avrop: [{erbjudande: servrar.guld}, {erbjudande: servrar.guld}, \
                 {erbjudande: b.prod}]}\n",
            ),
        ]);
        let a = of_service(&catalog, catalog.get("a").unwrap());
        assert_eq!(ids(&a.calls[0].also_product), ["hosting"]);
        // Once an offering, of what is enclosed too, and of IS/IT services.
        let c = of_service(&catalog, catalog.get("c").unwrap());
        let also = c.calls.iter().map(|call| ids(&call.also_product));
        assert_eq!(also.collect::<Vec<_>>(), [vec!["hosting"], vec![], vec!["hosting"]]);
    }

    #[test]
    fn of_two_that_take_each_others_place_in_the_year_each_is_paid_for_its_part() {
        let servers = |life: &str, rest: &str| {
            format!(
                "namn: S\nklass: teknisk\nlivscykel: {{{life}}}\nerbjudanden:\n  - suffix: Guld\n    priser:\n      \
                 - {{artikel: \"1\", benämning: A, pris: 100, enhet: server, per: {rest}}}\n"
            )
        };
        let until = "status: under-avveckling, till: 2027-04-30";
        let since = "status: planerad, från: 2027-05-01";
        let calls = "ola: {avrop: [{erbjudande: gammal.guld}, {erbjudande: ny.guld}]}\n";
        let of = |old: &str, new: &str, own: &str| {
            let (_folder, catalog) = catalog_of(&[
                ("stodjande-tjanster/gammal.yaml", old),
                ("stodjande-tjanster/ny.yaml", new),
                ("tjanster/a.yaml", &format!("namn: A\n{own}{calls}kostnad: {{belopp: 2000}}\n")),
            ]);
            let service = catalog.get("a").unwrap();
            let found = of_service(&catalog, service);
            assert_eq!(beyond_underlying(&catalog, service), found.rest.known().zip(found.underlying.known()));
            found.calls.iter().map(|call| call.worked.charge.yearly()).collect::<Vec<_>>()
        };
        let monthly = (servers(until, "månad"), servers(since, "månad"));
        assert_eq!(of(&monthly.0, &monthly.1, ""), [kronor("400"), kronor("800")]);
        // What is left of a year is in whole öre where it comes out in no whole figure.
        let yearly = (servers(until, "år"), servers(since, "år"));
        assert_eq!(of(&yearly.0, &yearly.1, ""), [kronor("33.33"), kronor("66.67")]);
        // Hours are as many as they are, and what is there as long as the service itself is there all the time.
        let hourly = servers(until, "timme").replace("enhet: server", "enhet: timme");
        assert_eq!(of(&hourly, &monthly.1, ""), [kronor("100"), kronor("800")]);
        // Öre are whole, and of what is never there together with the service nothing is paid.
        let odd = |life| servers(life, "år").replace("pris: 100", "pris: \"125,55\"");
        assert_eq!(of(&odd(until), &odd(since), ""), [kronor("41.85"), kronor("83.70")]);
        let before = "livscykel: {status: under-avveckling, till: 2027-03-31}\n";
        assert_eq!(of(&monthly.0, &monthly.1, before), [kronor("300"), kronor("0")]);
        // A service that is itself there for a part of the year pays for that part of it, and never more than one that is
        // there all year.
        let own = "livscykel: {status: under-avveckling, till: 2027-04-30}\n";
        assert_eq!(of(&monthly.0, &monthly.0, own), [kronor("400"), kronor("400")]);
        let all_year = servers("status: aktiv", "månad");
        // Of what is never there nothing is paid, however it is sold.
        let hourly_before = hourly.replace("till: 2027-04-30", "till: 2026-12-31");
        let retired = |per| servers("status: avvecklad", per).replace("enhet: server", "enhet: timme");
        assert_eq!(of(&hourly_before, &retired("timme"), ""), [kronor("0"), kronor("0")]);
        let quoted = retired("år").replace("pris: 100", "pris: enligt offert");
        assert_eq!(of(&retired("engång"), &quoted, ""), [kronor("0"), kronor("0")]);
        let unpriced = "namn: S\nklass: teknisk\nlivscykel: {status: avvecklad}\nerbjudanden: [{suffix: Guld}]\n";
        assert_eq!(of(&all_year, unpriced, ""), [kronor("1200"), Kronor::Unknown]);
        let until_june = "livscykel: {status: under-avveckling, till: 2027-06-30}\n";
        assert_eq!(of(&all_year, &monthly.1, until_june), [kronor("600"), kronor("200")]);
        let since_june = "livscykel: {status: planerad, från: 2027-06-01}\n";
        assert_eq!(of(&monthly.0, &all_year, since_june), [kronor("0"), kronor("700")]);
        assert_eq!(of(&hourly, &all_year, until_june), [kronor("100"), kronor("600")]);
    }

    #[test]
    fn the_words_tell_the_part_of_the_year_in_which_who_calls_and_what_is_called_for_are_there() {
        let told = |called: &str, own: &str| {
            let servers = format!(
                "namn: S\nklass: teknisk\nlivscykel: {called}\nerbjudanden: [{{suffix: Guld, priser: [{{artikel: \"1\", \
                 benämning: A, pris: 100, enhet: server, per: månad}}]}}]\n"
            );
            let service = format!("namn: A\nlivscykel: {own}\nola: {{avrop: [{{erbjudande: s.guld}}]}}\n");
            let (_folder, catalog) =
                catalog_of(&[("stodjande-tjanster/s.yaml", &servers), ("tjanster/a.yaml", &service)]);
            let mut found = of_service(&catalog, catalog.get("a").unwrap());
            found.calls.remove(0).worked.derivation.replace('\u{a0}', " ")
        };
        let active = "{status: aktiv}";
        let until_june = "{status: under-avveckling, till: 2027-06-30}";
        let price = "1 × 100 kr × 12 månader";
        let half = format!("{price}; finns till 30 juni 2027, räknat för 6 av 12 månader");
        assert_eq!(told(active, until_june), half);
        assert_eq!(told(until_june, active), half);
        assert_eq!(told("{status: under-avveckling, till: 2027-08-31}", until_june), half);
        let three = "; finns från 1 april 2027 till 30 juni 2027, räknat för 3 av 12 månader";
        assert_eq!(told("{status: aktiv, från: 2027-04-01}", until_june), format!("{price}{three}"));
        assert_eq!(told(active, active), price);
        let never = format!("{price}; finns inte under den tiden och räknas inte");
        assert_eq!(told("{status: avvecklad, till: 2026-12-31}", active), never);
        assert_eq!(told("{status: planerad, från: 2027-07-01}", until_june), never);
    }

    #[test]
    fn a_price_that_comes_after_the_one_that_is_counted_is_not_told_as_paid_beside_it() {
        let (_folder, catalog) = catalog_of(&[
            (
                "stodjande-tjanster/servrar.yaml",
                "namn: Servrar\nklass: teknisk\nerbjudanden:\n  - suffix: Guld\n    priser:\n      \
                 - {artikel: \"1\", benämning: A, pris: 100, per: månad, giltig_till: 2027-06-30}\n      \
                 - {artikel: \"2\", benämning: A, pris: 150, per: månad, giltig_från: 2027-07-01}\n      \
                 - {artikel: \"3\", benämning: B, pris: 5, per: månad, giltig_från: 2027-06-01}\n",
            ),
            ("tjanster/a.yaml", "namn: A\nola: {avrop: [{erbjudande: servrar.guld}]}\n"),
        ]);
        let a = of_service(&catalog, catalog.get("a").unwrap());
        assert_eq!(a.calls[0].not_counted.iter().map(|item| &*item.article).collect::<Vec<_>>(), ["3"]);
    }

    #[test]
    fn a_price_that_changes_in_the_year_is_paid_while_it_holds() {
        let of = |prices: &str, life: &str, own: &str| {
            let servers = format!(
                "namn: S\nklass: teknisk\n{life}erbjudanden:\n  - suffix: Guld\n    priser:\n      - {}\n",
                prices.replace('|', "\n      - ")
            );
            let (_folder, catalog) = catalog_of(&[
                ("stodjande-tjanster/servrar.yaml", &servers),
                (
                    "tjanster/a.yaml",
                    &format!(
                        "namn: A\n{own}ola: {{avrop: [{{erbjudande: servrar.guld, antal: 2}}]}}\nkostnad: {{belopp: 9}}\n"
                    ),
                ),
            ]);
            let service = catalog.get("a").unwrap();
            let mut found = of_service(&catalog, service);
            assert_eq!(beyond_underlying(&catalog, service), found.rest.known().zip(found.underlying.known()));
            let OfCall { worked, not_counted, .. } = found.calls.remove(0);
            assert!(not_counted.is_empty());
            (worked.charge, worked.derivation.replace('\u{a0}', " "))
        };
        let yearly = |amount| Charge::Yearly(decimal(amount).unwrap());
        let price = |pris: &str, per: &str, days: &str| {
            format!("{{artikel: \"1\", benämning: A, pris: {pris}, enhet: server, per: {per}, {days}}}")
        };
        let (until, since) = ("giltig_till: 2027-06-30", "giltig_från: 2027-07-01");
        let two = |per| format!("{}|{}", price("100", per, until), price("150", per, since));
        let told = "2 × 100 kr × 12 månader; gäller till 30 juni 2027, räknat för 6 av 12 månader; sedan 2 × 150 kr × \
                    12 månader; gäller från 1 juli 2027, räknat för 6 av 12 månader";
        assert_eq!(of(&two("månad"), "", ""), (yearly("3000.00"), told.to_string()));
        // Hours are of the whole year, and so some of them are paid with each price.
        let hours = two("timme").replace("enhet: server", "enhet: timme");
        assert_eq!(of(&hours, "", "").0, yearly("250.00"));
        // Where only one of them holds, it is as if the other were not there.
        let from_august = "livscykel: {status: planerad, från: 2027-08-01}\n";
        let told = "2 × 150 kr × 12 månader; finns från 1 augusti 2027, räknat för 5 av 12 månader";
        assert_eq!(of(&two("månad"), "", from_august), (yearly("1500.00"), told.to_string()));
        // A supporting service that is over costs nothing more, with whatever price.
        let until_september = "livscykel: {status: under-avveckling, till: 2027-09-30}\n";
        assert_eq!(of(&two("månad"), until_september, "").0, yearly("2100.00"));
        assert_eq!(of(&hours, until_september, "").0, yearly("233.33"));
        // What is paid once has the price that holds first, and a word for one part is no figure for the whole.
        assert_eq!(of(&two("engång"), "", "").0, Charge::Once(decimal("200").unwrap()));
        let word = format!("{}|{}", price("100", "månad", until), price("enligt offert", "månad", since));
        assert_eq!(of(&word, "", ""), (Charge::Unknown, "priset är ”enligt offert”".to_string()));
        // Days that are not whole months, and three prices.
        let three = [("100", "giltig_till: 2027-01-10"), ("200", "giltig_från: 2027-01-11, giltig_till: 2027-01-20")];
        let three = three.map(|(pris, days)| price(pris, "år", days)).join("|");
        let three = format!("{three}|{}", price("300", "år", "giltig_från: 2027-01-21"));
        // A part of whole months beside one that is not: 200 × 10/365 + 400 × 21/365 + 600 × 334/365.
        let mixed = [("100", "giltig_till: 2027-01-10"), ("200", "giltig_från: 2027-01-11, giltig_till: 2027-01-31")];
        let mixed = mixed.map(|(pris, days)| price(pris, "år", days)).join("|");
        let mixed = format!("{mixed}|{}", price("300", "år", "giltig_från: 2027-02-01"));
        assert_eq!(of(&mixed, "", "").0, yearly("577.53"));
        // 200 × 10/365 + 400 × 10/365 + 600 × 345/365 = 5.48 + 10.96 + 567.12
        assert_eq!(of(&three, "", "").0, yearly("583.56"));
    }

    #[test]
    fn an_underlying_cost_above_what_is_set_is_below_zero_and_keys_that_do_not_make_100_share_nothing() {
        let (_folder, catalog) = catalog_of(&[
            CUSTOMERS,
            ("produkter/drift.yaml", "namn: Drift\nkostnad: {belopp: 700, fördelning: [{kund: su, andel: 100}]}\n"),
            (
                "tjanster/a.yaml",
                "namn: A\nprodukter: [drift]\nkostnad: {belopp: 500, fördelning: [{kund: su, andel: 60}, \
                 {kund: sas, andel: 39.99}]}\n",
            ),
            ("tjanster/b.yaml", "namn: B\nkostnad: {fördelning: [{kund: su, andel: 100}]}\n"),
        ]);
        let a = of_service(&catalog, catalog.get("a").unwrap());
        assert_eq!(a.rest, kronor("-200.00"));
        assert_eq!(beyond_underlying(&catalog, catalog.get("a").unwrap()), a.rest.known().zip(decimal("700")));
        assert_eq!(a.distribution.not_shared, Some(NotShared::Sum(decimal("99.99"))));
        assert!(a.distribution.parts.iter().all(|part| part.amount == Kronor::Unknown));
        let b = of_service(&catalog, catalog.get("b").unwrap());
        assert_eq!(b.distribution.not_shared, Some(NotShared::NoCost));
        let bills = Bills::of(&catalog);
        let su = bills.of_customer("su");
        assert_eq!((su.services_sum, su.products_sum), (Kronor::Unknown, kronor("700.00")));
    }

    #[test]
    fn what_is_too_large_is_left_out_of_no_sum() {
        let too_large = "antal: 4294967295";
        let (_folder, catalog) = catalog_of(&[
            CUSTOMERS,
            (
                "stodjande-tjanster/servrar.yaml",
                "namn: Servrar\nklass: teknisk\nerbjudanden:\n  - suffix: Guld\n    priser:\n      \
                 - {artikel: \"1\", benämning: Server, pris: \"999999999999,999999\", enhet: server, per: timme}\n",
            ),
            ("produkter/drift.yaml", "namn: Drift\nkostnad: {belopp: 1000}\n"),
            (
                "tjanster/a.yaml",
                &format!(
                    "namn: A\nprodukter: [drift]\nola: {{avrop: [{{erbjudande: servrar.guld}}, \
                     {{erbjudande: servrar.guld, {too_large}}}]}}\nkostnad: {{fördelning: [{{kund: su, andel: 100}}]}}\n"
                ),
            ),
            (
                "tjanster/b.yaml",
                &format!(
                    "namn: B\nola: {{avrop: [{{erbjudande: servrar.guld, {too_large}}}]}}\n\
                     kostnad: {{belopp: 500, fördelning: [{{kund: su, andel: 40}}, {{kund: sas, andel: 60}}]}}\n"
                ),
            ),
        ]);
        let a = of_service(&catalog, catalog.get("a").unwrap());
        assert_eq!(a.calls[1].worked.charge, Charge::TooLarge { once: false });
        assert_eq!((a.products_sum, a.calls_sum), (kronor("1000"), Kronor::TooLarge));
        assert_eq!((a.underlying, a.established), (Kronor::TooLarge, Kronor::TooLarge));
        assert_eq!((a.rest, a.once), (Kronor::Unknown, Kronor::Unknown));
        assert_eq!(a.distribution.not_shared, Some(NotShared::TooLarge));
        // What is set is known all the same, and shared out.
        let b = of_service(&catalog, catalog.get("b").unwrap());
        assert_eq!((b.underlying, b.established, b.rest), (Kronor::TooLarge, kronor("500.00"), Kronor::TooLarge));
        assert_eq!(beyond_underlying(&catalog, catalog.get("b").unwrap()), None);

        let bills = Bills::of(&catalog);
        assert_eq!(bills.of_customer("su").services_sum, Kronor::TooLarge);
        assert_eq!(bills.of_customer("sas").services_sum, kronor("300.00"));
        let all = bills.overview();
        assert_eq!((all.established, all.distributed), (Kronor::TooLarge, Kronor::TooLarge));
        assert_eq!(all.undistributed, Kronor::TooLarge);
    }
}
