//! What something rests on: the chain from a service by way of supporting services and products to contracts (`§ 3.2.2`),
//! and the same chain from its other end.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use super::period::{self, Period};
use crate::model::{
    Lifecycle, LifecycleStatus, Product, Ref, Service, SupportingClass, SupportingService, UnderpinningContract,
};
use crate::resolve::Catalog;

/// The key by which a Tjänste-OLA calls for an offering.
const CALL: &str = "ola.avrop.erbjudande";

/// So much of what something rests on is told of it. In a chain of products each rests on all that are below it, and a list
/// of all of them with each would grow with the square of the chain.
const MOST_TOLD: usize = 100;

/// All that something rests on, nearest first, each once.
#[derive(Debug, Default)]
pub struct Foundation<'a> {
    /// What its Tjänste-OLA calls for, by the ids of the services that offer it; what supports that; or what its
    /// products enclose.
    pub services: Vec<&'a str>,
    /// The products, and all that they enclose.
    pub products: Vec<&'a Product>,
    /// The contracts that the products need.
    pub contracts: Vec<&'a UnderpinningContract>,
    /// How many of each it rests on by no other product than itself.
    pub direct: Direct,
}

/// How many of a foundation are the first.
#[derive(Debug, Default, Clone, Copy)]
pub struct Direct {
    /// Of its services.
    pub services: usize,
    /// Of its products.
    pub products: usize,
    /// Of its contracts.
    pub contracts: usize,
}

/// What is told of a list that has the nearest first, of which so many are direct, and how many are left out: only what is
/// further down, and that is told by those that are nearer.
pub fn nearest<T>(found: &[T], direct: usize) -> (&[T], usize) {
    let told = found.len().min(direct.max(MOST_TOLD));
    (&found[..told], found.len() - told)
}

/// What the service, supporting service or product of that id rests on; nothing for any other id.
pub fn of<'a>(catalog: &'a Catalog, id: &str) -> Foundation<'a> {
    let mut found = Finder::new(catalog);
    if let Some(service) = catalog.get::<Service>(id) {
        found.products(&service.products);
        for call in service.calls() {
            found.service(&catalog.offering(&call.offering).service);
        }
        let supporters = supporters(catalog, service);
        found.supporters = supporters.into_iter().map(|(_, supporter)| supporter.id.as_str()).collect();
    } else if let Some(service) = catalog.get::<SupportingService>(id) {
        found.products(&service.products);
    } else if let Some(product) = catalog.get::<Product>(id) {
        found.known_products.insert(product);
        found.inside(product);
    }
    found.finish()
}

/// The products given, what they enclose in turn and what that needs: each product after those that it was reached from.
/// An IS/IT service that is called for answers for its own calls by its own SLA, so they are not followed.
pub fn beneath<'a>(catalog: &'a Catalog, products: impl Iterator<Item = &'a Product>) -> Foundation<'a> {
    let mut found = Finder::new(catalog);
    products.for_each(|product| found.product(product));
    found.finish()
}

/// The contracts that products need, and what they enclose in turn, each with the days on which it is needed: of those
/// given with the product the ones on which that is there, and the product whose contract it is.
pub fn needed_contracts<'a>(
    catalog: &'a Catalog,
    products: impl Iterator<Item = (&'a Product, Period)>,
) -> Vec<(&'a UnderpinningContract, Period)> {
    let mut by_days: BTreeMap<Period, Vec<&Product>> = BTreeMap::new();
    for (product, days) in products {
        let days = Lifecycle::while_there(product.lifecycle.as_ref(), days);
        by_days.entry(days).or_default().push(product);
    }
    let mut needed: Vec<(&UnderpinningContract, Period)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (days, products) in by_days {
        for product in beneath(catalog, products.into_iter()).products {
            let days = Lifecycle::while_there(product.lifecycle.as_ref(), days);
            for contract in &product.contracts {
                let place = *places.entry(&contract.id).or_insert(needed.len());
                match needed.get_mut(place) {
                    Some((_, known)) => *known = period::together(*known, days),
                    None => needed.push((&catalog[contract], days)),
                }
            }
        }
    }
    needed
}

/// A supporting service that something rests on without calling for it.
#[derive(Debug, Clone, Copy)]
pub struct Nested<'a> {
    /// The service.
    pub service: &'a SupportingService,
    /// The id of the product that encloses it, or of the product or service that it says it supports.
    pub above: &'a str,
    /// Whether it is enclosed, step by step: whoever encloses it answers for its warranty (`§ 3.1`).
    pub enclosed: bool,
}

/// The supporting services within a supporting service that are there in the edition: those that its products enclose,
/// and those that say that they support it or one of its products, and so on. Those that are enclosed come first, the
/// nearest first, each once.
pub fn within_service<'a>(catalog: &'a Catalog, service: &'a SupportingService) -> Vec<Nested<'a>> {
    let mut inside = Inside::new(catalog);
    // What encloses or supports itself rests on nothing else for that.
    inside.known.insert(&service.id);
    inside.look(&[&service.id], true);
    inside.look(&[&service.id], false);
    inside.found
}

/// The supporting services that products enclose, and those within them. What says that it supports an IS/IT service's
/// own product is the affair of its Tjänste-OLA, which calls for it or does without.
pub fn within_products<'a>(catalog: &'a Catalog, products: &'a [Ref<Product>]) -> Vec<Nested<'a>> {
    let mut inside = Inside::new(catalog);
    let products: Vec<&str> = products.iter().map(|product| product.id.as_str()).collect();
    inside.look(&products, true);
    let enclosed: Vec<&str> = inside.found.iter().map(|nested| nested.service.id.as_str()).collect();
    inside.look(&enclosed, false);
    inside.found
}

/// The key by which a supporting service says what it supports.
const SUPPORTS: &str = "stödjer";

/// The technical services that an IS/IT service rests on since they say that they support what is called for, or what
/// is enclosed; each with the place of the call, none for the service's own products. What it calls for itself is none
/// of them: how it depends on that is said by the call.
pub fn supporters<'a>(catalog: &'a Catalog, service: &'a Service) -> Vec<(Option<usize>, &'a SupportingService)> {
    let of_calls = service.calls().iter().map(|call| supporters_of(catalog, &catalog.offering(&call.offering).service));
    supporters_by_call(catalog, service, of_calls)
}

/// The supporters of an IS/IT service, from those of each of its calls.
fn supporters_by_call<'a>(
    catalog: &'a Catalog,
    service: &'a Service,
    of_calls: impl Iterator<Item = impl IntoIterator<Item = &'a SupportingService>>,
) -> Vec<(Option<usize>, &'a SupportingService)> {
    let own = supporters_among(within_products(catalog, &service.products)).into_iter().map(|found| (None, found));
    let of_calls = of_calls.enumerate().flat_map(|(at, found)| found.into_iter().map(move |found| (Some(at), found)));
    let mut found: Vec<_> = own.chain(of_calls).collect();
    if !found.is_empty() {
        let called = service.calls().iter().map(|call| catalog.offering(&call.offering).service.as_str());
        let called: FxHashSet<&str> = called.collect();
        found.retain(|(_, supporter)| !called.contains(supporter.id.as_str()));
    }
    found
}

/// The technical services that say that they support a supporting service, or what is within it.
fn supporters_of<'a>(catalog: &'a Catalog, service: &str) -> Vec<&'a SupportingService> {
    let service = catalog.get::<SupportingService>(service);
    supporters_among(service.map(|service| within_service(catalog, service)).unwrap_or_default())
}

/// What one that supports encloses in turn is found by way of its products. People at work are no link of the chain.
fn supporters_among(within: Vec<Nested<'_>>) -> Vec<&SupportingService> {
    let supports = |nested: &Nested<'_>| {
        let mut supported = nested.service.supports.iter();
        let is_technical = nested.service.class == SupportingClass::Technical;
        !nested.enclosed && is_technical && supported.any(|target| target.id == nested.above)
    };
    within.into_iter().filter(supports).map(|nested| nested.service).collect()
}

struct Inside<'a> {
    catalog: &'a Catalog,
    /// The ids of the services that have been found.
    known: FxHashSet<&'a str>,
    found: Vec<Nested<'a>>,
}

impl<'a> Inside<'a> {
    fn new(catalog: &'a Catalog) -> Inside<'a> {
        Inside { catalog, known: FxHashSet::default(), found: Vec::new() }
    }

    /// Looks for what is enclosed, or for what supports as well. Each thing is looked into once, however they lead to
    /// each other. What is not there in the edition carries nothing, and leads to nothing.
    fn look(&mut self, from: &[&'a str], enclosed: bool) {
        let catalog = self.catalog;
        let mut open: VecDeque<&str> = from.iter().copied().collect();
        let mut looked_into = FxHashSet::default();
        while let Some(id) = open.pop_front() {
            if !looked_into.insert(id) {
                continue;
            }
            if let Some(service) = catalog.get::<SupportingService>(id) {
                if is_absent(catalog, service.lifecycle.as_ref()) {
                    continue;
                }
                open.extend(service.products.iter().map(|product| product.id.as_str()));
            } else if let Some(product) = catalog.get::<Product>(id) {
                if is_absent(catalog, product.lifecycle.as_ref()) {
                    continue;
                }
                open.extend(product.contains.iter().map(|inner| inner.id.as_str()));
                product.contains.iter().for_each(|inner| self.nested(&inner.id, id, enclosed));
            }
            let uses = if enclosed { &[] } else { catalog.uses(id) };
            for used in uses.iter().filter(|used| &*used.by == SUPPORTS) {
                open.push_back(&used.from);
                self.nested(&used.from, id, false);
            }
        }
    }

    fn nested(&mut self, id: &'a str, above: &'a str, enclosed: bool) {
        if let Some(service) = self.catalog.get::<SupportingService>(id)
            && !is_absent(self.catalog, service.lifecycle.as_ref())
            && self.known.insert(id)
        {
            self.found.push(Nested { service, above, enclosed });
        }
    }
}

/// Whether something that lives so long is there on no day of the edition.
fn is_absent(catalog: &Catalog, lifecycle: Option<&Lifecycle>) -> bool {
    catalog.catalogue.edition.is_without(lifecycle)
}

/// The products that a product encloses: those that it names, and those that an enclosed supporting service rests on.
pub fn enclosed_products<'a>(catalog: &'a Catalog, product: &'a Product) -> impl Iterator<Item = &'a Product> {
    product.contains.iter().flat_map(|enclosed| {
        let service = catalog.get::<SupportingService>(&enclosed.id);
        let rests_on = service.into_iter().flat_map(|service| &service.products).map(|product| &catalog[product]);
        catalog.get::<Product>(&enclosed.id).into_iter().chain(rests_on)
    })
}

/// Every contract that SLAs rest on, with the services whose SLAs they are, and the days of each on which it is needed: the
/// contracts of all that a service is down without, be it its own products, what its Tjänste-OLA calls for in series, or
/// what supports that, while that is there.
pub fn underpinned(catalog: &Catalog) -> Vec<(&UnderpinningContract, Vec<(&Service, Period)>)> {
    let mut of_product: FxHashMap<&str, Vec<(&str, Period)>> = FxHashMap::default();
    let mut by_contract: FxHashMap<&str, Vec<(&Service, Period)>> = FxHashMap::default();
    let mut of_supporting: FxHashMap<&str, Vec<&SupportingService>> = FxHashMap::default();
    let mut contracts: FxHashMap<&str, Period> = FxHashMap::default();
    let has_ended = |service: &&Service| Lifecycle::is(&service.lifecycle, LifecycleStatus::Retired);
    let services = catalog.all::<Service>().iter().filter(|service| !has_ended(service));
    for service in services.filter(|service| service.agreement.is_some()) {
        let of_calls = service.calls().iter().map(|call| match call.is_in_series() {
            true => {
                let called = catalog.offering(&call.offering).service.as_str();
                of_supporting.entry(called).or_insert_with(|| supporters_of(catalog, called)).clone()
            }
            false => Vec::new(),
        });
        let supporters = supporters_by_call(catalog, service, of_calls);
        let period = period::of_agreement(catalog, service);
        let supporting = supporters.iter().flat_map(|(call, supporter)| {
            let days = Lifecycle::while_there(supporter.lifecycle.as_ref(), days_of(catalog, service, *call, period));
            supporter.products.iter().map(move |product| (product, days))
        });
        for (product, days) in essential_products(catalog, service, period).chain(supporting) {
            let of_product = of_product.entry(&product.id).or_insert_with(|| {
                let needed = needed_contracts(catalog, std::iter::once((&catalog[product], period::ALWAYS)));
                needed.into_iter().map(|(contract, days)| (contract.id.as_str(), days)).collect()
            });
            let needed = of_product.iter().map(|(contract, there)| (*contract, period::common(*there, days)));
            for (contract, days) in needed.filter(|(_, days)| period::is_some(*days)) {
                contracts.entry(contract).and_modify(|known| *known = period::together(*known, days)).or_insert(days);
            }
        }
        contracts.drain().for_each(|(contract, days)| by_contract.entry(contract).or_default().push((service, days)));
    }
    let contracts = catalog.all::<UnderpinningContract>().iter();
    contracts.filter_map(|contract| Some((contract, by_contract.remove(contract.id.as_str())?))).collect()
}

/// The products that a service is built on, and those behind what it calls for in series, each with the days of a period
/// on which that is there.
fn essential_products<'a>(
    catalog: &'a Catalog,
    service: &'a Service,
    period: Period,
) -> impl Iterator<Item = (&'a Ref<Product>, Period)> {
    let calls = service.calls().iter().enumerate();
    let in_series = calls.filter(|(_, call)| call.is_in_series());
    let called = in_series.flat_map(move |(at, call)| {
        let days = days_of(catalog, service, Some(at), period);
        products_of(catalog, &catalog.offering(&call.offering).service).iter().map(move |product| (product, days))
    });
    service.products.iter().map(move |product| (product, period)).chain(called)
}

/// The days of a period on which what a call is for is there; all of them without a call.
pub fn days_of(catalog: &Catalog, service: &Service, call: Option<usize>, period: Period) -> Period {
    let call = call.and_then(|at| service.calls().get(at));
    let lifecycle = call.and_then(|call| catalog.lifecycle_of(catalog.offering(&call.offering)));
    Lifecycle::while_there(lifecycle, period)
}

fn products_of<'a>(catalog: &'a Catalog, service: &str) -> &'a [Ref<Product>] {
    match catalog.get::<SupportingService>(service) {
        Some(service) => &service.products,
        None => catalog.get::<Service>(service).map_or(&[], |service| &service.products),
    }
}

/// The ids of what calls for a service by its Tjänste-OLA.
pub fn callers<'a>(catalog: &'a Catalog, service: &str) -> impl Iterator<Item = &'a str> {
    catalog.uses(service).iter().filter(|used| &*used.by == CALL).map(|used| &*used.from)
}

/// How many IS/IT services call for a supporting service, or are said to be supported by it.
pub fn supported(catalog: &Catalog, service: &SupportingService) -> usize {
    let said = service.supports.iter().map(|target| target.id.as_str());
    count_of_services(catalog, callers(catalog, &service.id).chain(said).collect())
}

/// How many IS/IT services rest on a product: they are built on it, on one that encloses it, or call for a service that
/// is.
pub fn resting(catalog: &Catalog, product: &str) -> usize {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut next = vec![product];
    while let Some(id) = next.pop() {
        let uses = catalog.uses(id).iter();
        let rests = uses.filter(|used| matches!(&*used.by, "produkter" | "innehåller" | CALL));
        for used in rests {
            if reached.insert(&used.from) {
                next.push(&used.from);
            }
        }
    }
    count_of_services(catalog, reached)
}

fn count_of_services(catalog: &Catalog, ids: BTreeSet<&str>) -> usize {
    ids.into_iter().filter(|id| catalog.get::<Service>(id).is_some()).count()
}

struct Finder<'a> {
    catalog: &'a Catalog,
    foundation: Foundation<'a>,
    /// The ids of services that it rests on too, after those that are direct.
    supporters: Vec<&'a str>,
    known_services: FxHashSet<&'a str>,
    // There may be very many of these, and where one is kept is faster to look for than its id.
    known_products: FxHashSet<*const Product>,
    known_contracts: FxHashSet<*const UnderpinningContract>,
}

impl<'a> Finder<'a> {
    fn new(catalog: &'a Catalog) -> Finder<'a> {
        Finder {
            catalog,
            foundation: Foundation::default(),
            supporters: Vec::new(),
            known_services: FxHashSet::default(),
            known_products: FxHashSet::default(),
            known_contracts: FxHashSet::default(),
        }
    }

    fn products(&mut self, products: &'a [Ref<Product>]) {
        for product in products {
            self.product(&self.catalog[product]);
        }
    }

    fn product(&mut self, product: &'a Product) {
        if self.known_products.insert(product) {
            self.foundation.products.push(product);
        }
    }

    fn service(&mut self, id: &'a str) {
        if !self.known_services.insert(id) {
            return;
        }
        self.foundation.services.push(id);
        if let Some(service) = self.catalog.get::<SupportingService>(id) {
            self.products(&service.products);
        } else if let Some(service) = self.catalog.get::<Service>(id) {
            self.products(&service.products);
        }
    }

    /// What a product encloses, and the contracts that it needs.
    fn inside(&mut self, product: &'a Product) {
        for contract in product.contracts.iter().map(|contract| &self.catalog[contract]) {
            if self.known_contracts.insert(contract) {
                self.foundation.contracts.push(contract);
            }
        }
        for enclosed in &product.contains {
            match self.catalog.get::<Product>(&enclosed.id) {
                Some(product) => self.product(product),
                None => self.service(&enclosed.id),
            }
        }
    }

    /// Each product is looked into once, however they enclose each other.
    fn finish(mut self) -> Foundation<'a> {
        let Foundation { services, products, contracts, .. } = &self.foundation;
        self.foundation.direct =
            Direct { services: services.len(), products: products.len(), contracts: contracts.len() };
        for supporter in std::mem::take(&mut self.supporters) {
            self.service(supporter);
        }
        let mut at = 0;
        while let Some(product) = self.foundation.products.get(at).copied() {
            at += 1;
            self.inside(product);
        }
        self.foundation
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    /// The services, products and contracts that each id rests on, in a catalogue of these files.
    fn rested_on(files: &[(&str, &str)], id: &str) -> [Vec<String>; 3] {
        let (_folder, catalog) = catalog_of(files);
        let found = of(&catalog, id);
        [
            found.services.iter().map(|id| id.to_string()).collect(),
            found.products.iter().map(|product| product.id.clone()).collect(),
            found.contracts.iter().map(|contract| contract.id.clone()).collect(),
        ]
    }

    #[test]
    fn a_service_rests_on_all_that_its_products_and_calls_lead_to_nearest_first_each_once() {
        let files = [
            (
                "tjanster/a.yaml",
                "namn: A\nprodukter: [ytter]\nola: {avrop: [{erbjudande: drift.guld}, {erbjudande: drift.guld}]}\n",
            ),
            (
                "stodjande-tjanster/drift.yaml",
                "namn: Drift\nklass: teknisk\nprodukter: [server, ytter]\nerbjudanden: [{suffix: Guld}]\n",
            ),
            ("produkter/ytter.yaml", "namn: Ytter\ninnehåller: [inre]\n"),
            ("produkter/inre.yaml", "namn: Inre\nkontrakt: [licens]\n"),
            ("produkter/server.yaml", "namn: Server\nkontrakt: [hall, licens]\n"),
            ("produkter/annan.yaml", "namn: Annan\nkontrakt: [hall]\n"),
            ("kontrakt/licens.yaml", "namn: Licens\n"),
            ("kontrakt/hall.yaml", "namn: Hall\n"),
        ];
        let wanted = [vec!["drift"], vec!["ytter", "server", "inre"], vec!["hall", "licens"]];
        assert_eq!(rested_on(&files, "a"), wanted);
        let wanted = [vec![], vec!["server", "ytter", "inre"], vec!["hall", "licens"]];
        assert_eq!(rested_on(&files, "drift"), wanted);
        // The licence is reached only by way of what the product encloses.
        assert_eq!(rested_on(&files, "ytter"), [vec![], vec!["inre"], vec!["licens"]]);
        assert_eq!(rested_on(&files, "licens"), [const { Vec::<String>::new() }; 3]);
    }

    #[test]
    fn what_is_left_out_of_a_deep_chain_is_only_what_is_further_down() {
        let chain: Vec<usize> = (0..250).collect();
        assert_eq!(nearest(&chain, 1), (&chain[..100], 150));
        assert_eq!(nearest(&chain, 120), (&chain[..120], 130));
        assert_eq!(nearest(&chain[..100], 1), (&chain[..100], 0));
    }

    #[test]
    fn contracts_underpin_the_slas_of_what_is_down_without_them() {
        let sla = "sla: {nivå: hel}\nprodukter: [egen]\n";
        let calls = "ola: {avrop: [{erbjudande: drift.a}, {erbjudande: stod.a, samband: ej-kritisk}]}\n";
        let drift = "klass: teknisk\nprodukter: [server]\nerbjudanden: [{suffix: a}]\n";
        let (_folder, catalog) = catalog_of(&[
            (
                "tjanstenivaer.yaml",
                "- {id: hel, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}\n",
            ),
            ("tjanster/ett.yaml", &format!("namn: Ett\n{sla}{calls}")),
            ("tjanster/tva.yaml", &format!("namn: Två\n{sla}")),
            ("tjanster/tre.yaml", &format!("namn: Tre\n{sla}livscykel: {{status: avvecklad}}\n")),
            ("tjanster/fyra.yaml", "namn: Fyra\nprodukter: [egen]\n"),
            ("stodjande-tjanster/drift.yaml", &format!("namn: Drift\n{drift}")),
            ("stodjande-tjanster/stod.yaml", &format!("namn: Stöd\n{}", drift.replace("server", "desk"))),
            ("produkter/egen.yaml", "namn: Egen\nkontrakt: [licens]\n"),
            ("produkter/server.yaml", "namn: Server\ninnehåller: [hall]\n"),
            ("produkter/hall.yaml", "namn: Hall\nkontrakt: [el, licens]\n"),
            ("produkter/desk.yaml", "namn: Desk\nkontrakt: [telefon]\n"),
            ("kontrakt/el.yaml", "namn: El\n"),
            ("kontrakt/licens.yaml", "namn: Licens\n"),
            ("kontrakt/telefon.yaml", "namn: Telefon\n"),
        ]);
        let found: Vec<(&str, Vec<&str>)> = underpinned(&catalog)
            .into_iter()
            .map(|(contract, services)| (contract.id.as_str(), services.iter().map(|(it, _)| it.id.as_str()).collect()))
            .collect();
        assert_eq!(found, [("el", vec!["ett"]), ("licens", vec!["ett", "tva"])]);
    }

    #[test]
    fn an_enclosed_supporting_service_brings_what_it_is_built_on() {
        let files = [
            ("produkter/svit.yaml", "namn: Svit\ninnehåller: [drift]\n"),
            ("stodjande-tjanster/drift.yaml", "namn: Drift\nklass: teknisk\nprodukter: [server]\n"),
            ("produkter/server.yaml", "namn: Server\nkontrakt: [hall]\n"),
            ("kontrakt/hall.yaml", "namn: Hall\n"),
        ];
        assert_eq!(rested_on(&files, "svit"), [vec!["drift"], vec!["server"], vec!["hall"]]);
    }

    #[test]
    fn products_that_enclose_each_other_are_looked_into_once_and_do_not_rest_on_themselves() {
        let files = [
            ("produkter/ett.yaml", "namn: Ett\ninnehåller: [tva]\nkontrakt: [k]\n"),
            ("produkter/tva.yaml", "namn: Två\ninnehåller: [ett, tva]\nkontrakt: [k]\n"),
            ("kontrakt/k.yaml", "namn: K\n"),
        ];
        assert_eq!(rested_on(&files, "ett"), [vec![], vec!["tva"], vec!["k"]]);
    }
}
