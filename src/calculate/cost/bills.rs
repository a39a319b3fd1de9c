//! What every service and product costs, and who pays how much of it: worked out once for all customers.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::{Distribution, Kronor, NotShared, OfCustomer, Overview, Paid, Part, of_itself, of_service};
use super::{built_on, closure, products_sum};
use crate::calculate::exact;
use crate::model::{Percent, Product, Service};
use crate::resolve::Catalog;
use crate::resolve::asked::{self, Asked, Changed};

/// The bills of all services and products.
#[derive(Debug, Default)]
pub struct Bills {
    services: Vec<Bill>,
    products: Vec<Bill>,
    repeated: Repeated,
}

/// What is counted for more than one service, and what was asked for that.
#[derive(Debug, Default)]
struct Repeated {
    amount: Option<Decimal>,
    asked: Asked,
}

/// What a service or a product costs, and who pays it.
#[derive(Debug, PartialEq)]
struct Bill {
    id: String,
    whole: Kronor,
    /// Whether there is more to it than what is known.
    is_partly_known: bool,
    /// The shares, in the order of their customers' ids, since each customer asks for its own.
    parts: Vec<(String, Share)>,
    /// Why they have no amounts.
    not_shared: Option<NotShared>,
    /// What it is made of, where nothing is set for it.
    made_of: Option<MadeOf>,
    asked: Asked,
}

/// What a service costs by what it is made of.
#[derive(Debug, PartialEq)]
struct MadeOf {
    /// The products that it is built on.
    products: Kronor,
    /// What it calls for of other IS/IT services, by their ids.
    services: Vec<(String, Kronor)>,
}

/// A part without its customer.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Share {
    percent: Percent,
    amount: Kronor,
}

impl Bills {
    /// Of a catalogue.
    pub fn of(catalog: &Catalog) -> Bills {
        let services = catalog.all::<Service>().par_iter().map(|service| of_one_service(catalog, service));
        let products = catalog.all::<Product>().par_iter().map(|product| of_one_product(catalog, product));
        let mut bills =
            Bills { services: services.collect(), products: products.collect(), repeated: Repeated::default() };
        bills.repeated = bills.find_repeated(catalog);
        bills
    }

    /// Works out anew what may have become another where the catalogue has the same entities. The ids of the customers who
    /// pay something else, or nothing any more; `None` where neither a bill nor what is counted twice is another.
    pub fn renew(&mut self, catalog: &Catalog, changed: &Changed) -> Option<BTreeSet<String>> {
        let services = renew(&mut self.services, changed, &|at| of_one_service(catalog, &catalog.all()[at]));
        let products = renew(&mut self.products, changed, &|at| of_one_product(catalog, &catalog.all()[at]));
        let met = [services, products].into_iter().flatten().reduce(|mut all, more| {
            all.extend(more);
            all
        });
        if met.is_none() && !self.repeated.asked.is_among(changed) {
            return None;
        }
        let found = self.find_repeated(catalog);
        let is_other = found.amount != self.repeated.amount;
        self.repeated = found;
        met.or_else(|| is_other.then(BTreeSet::new))
    }

    /// What the services that nothing is set for count of the same products together, beyond what those cost, and what they
    /// call for of services whose cost is in the sum too.
    fn find_repeated(&self, catalog: &Catalog) -> Repeated {
        let made = || self.services.iter().filter_map(|bill| Some((bill, bill.made_of.as_ref()?)));
        let (amount, asked) = asked::asking(|| {
            let services = made().filter_map(|(bill, _)| catalog.get::<Service>(&bill.id));
            let products = closure(catalog, services.flat_map(|service| built_on(catalog, &service.products)));
            let (once, _) = products_sum(&products);
            let all: Kronor = made().map(|(_, made_of)| made_of.products).sum();
            let beyond = all.known().zip(once.known()).map_or(Some(Decimal::ZERO), |(all, once)| exact::sub(all, once));
            let known = self.services.iter().filter(|bill| bill.whole.known().is_some());
            let known: FxHashSet<&str> = known.map(|bill| bill.id.as_str()).collect();
            let called =
                made().flat_map(|(_, made_of)| &made_of.services).filter(|(id, _)| known.contains(id.as_str()));
            let called: Kronor = called.map(|(_, amount)| *amount).sum();
            exact::add(beyond?, called.known().unwrap_or_default())
        });
        Repeated { amount: amount.filter(|amount| *amount > Decimal::ZERO), asked }
    }

    /// What a customer pays, by its id.
    pub fn of_customer(&self, customer: &str) -> OfCustomer<'_> {
        let services = paid(&self.services, customer);
        let products = paid(&self.products, customer);
        let sum = |paid: &[Paid<'_>]| paid.iter().map(|paid| paid.part.amount).sum();
        OfCustomer { services_sum: sum(&services), products_sum: sum(&products), services, products }
    }

    /// The costs of all services together, of what is known.
    pub fn overview(&self) -> Overview {
        let established: Kronor = self.services.iter().map(|bill| bill.whole).sum();
        let distributed: Kronor = self.services.iter().map(Bill::distributed).sum();
        let undistributed = match distributed {
            Kronor::TooLarge => Kronor::TooLarge,
            _ => established.then(|all| exact::sub(all, distributed.known().unwrap_or(Decimal::ZERO))),
        };
        let is_partly_known = self.services.iter().any(|bill| bill.is_partly_known);
        Overview { established, is_partly_known, distributed, undistributed, repeated: self.repeated.amount }
    }
}

impl Bill {
    /// What customers pay of it together.
    fn distributed(&self) -> Kronor {
        match self.not_shared {
            None => self.whole,
            Some(NotShared::TooLarge) => Kronor::TooLarge,
            Some(_) => Kronor::Unknown,
        }
    }
}

fn of_one_service(catalog: &Catalog, service: &Service) -> Bill {
    asking(catalog, &service.id, || match catalog.catalogue.edition.is_without(service.lifecycle.as_ref()) {
        true => OVER,
        false => {
            let found = of_service(catalog, service);
            let is_partly_known = found.established == Kronor::Unknown || !found.is_set && found.is_partly_known;
            let called = found.calls.iter().filter(|call| catalog.get::<Service>(&call.offering.service).is_some());
            let called = called.map(|call| (call.offering.service.clone(), call.worked.charge.yearly()));
            let made_of = (!found.is_set).then(|| MadeOf { products: found.products_sum, services: called.collect() });
            WorkedOut { whole: found.established, is_partly_known, made_of, distribution: found.distribution }
        }
    })
}

fn of_one_product(catalog: &Catalog, product: &Product) -> Bill {
    asking(catalog, &product.id, || match catalog.catalogue.edition.is_without(product.lifecycle.as_ref()) {
        true => OVER,
        false => {
            let (whole, distribution) = of_itself(product);
            WorkedOut { whole, distribution, ..OVER }
        }
    })
}

/// What there is to say of a cost.
struct WorkedOut<'a> {
    whole: Kronor,
    is_partly_known: bool,
    made_of: Option<MadeOf>,
    distribution: Distribution<'a>,
}

/// Of what is over before the edition begins, or begins after it, nobody pays anything.
const OVER: WorkedOut<'static> = WorkedOut {
    whole: Kronor::Unknown,
    is_partly_known: false,
    made_of: None,
    distribution: Distribution { parts: Vec::new(), not_shared: Some(NotShared::NoShares) },
};

fn asking<'a>(catalog: &Catalog, id: &str, work_out: impl FnOnce() -> WorkedOut<'a>) -> Bill {
    let (WorkedOut { whole, is_partly_known, made_of, distribution }, asked) = asked::asking(|| {
        catalog.opened(id);
        work_out()
    });
    let not_shared = distribution.not_shared;
    let parts = distribution.parts.into_iter();
    let parts = parts.map(|Part { customer, percent, amount }| (customer.to_string(), Share { percent, amount }));
    let mut parts: Vec<(String, Share)> = parts.collect();
    parts.sort_by(|(a, _), (b, _)| a.cmp(b));
    Bill { id: id.to_string(), whole, is_partly_known, parts, not_shared, made_of, asked }
}

/// The customers on the bills that became others, before and after; `None` of none.
fn renew(bills: &mut [Bill], changed: &Changed, work_out: &dyn Fn(usize) -> Bill) -> Option<BTreeSet<String>> {
    let mut met = None;
    for (at, bill) in bills.iter_mut().enumerate().filter(|(_, bill)| bill.asked.is_among(changed)) {
        let before = std::mem::replace(bill, work_out(at));
        if *bill != before {
            let customers = before.parts.iter().chain(&bill.parts).map(|(customer, _)| customer.clone());
            met.get_or_insert_with(BTreeSet::new).extend(customers);
        }
    }
    met
}

/// What a customer pays of each that it pays of.
fn paid<'b>(bills: &'b [Bill], customer: &str) -> Vec<Paid<'b>> {
    let of_bill = |bill: &'b Bill| {
        let first = bill.parts.partition_point(|(payer, _)| payer.as_str() < customer);
        let parts = bill.parts[first..].iter().take_while(|(payer, _)| payer == customer);
        parts.map(|(customer, Share { percent, amount })| Paid {
            id: &bill.id,
            whole: bill.whole,
            is_partly_known: bill.is_partly_known,
            part: Part { customer, percent: *percent, amount: *amount },
        })
    };
    bills.iter().flat_map(of_bill).collect()
}
