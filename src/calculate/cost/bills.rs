//! What every service and product costs, and who pays how much of it: worked out once for all customers.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Distribution, OfCustomer, Overview, Paid, Part, of_itself, of_service, sum};
use crate::calculate::exact;
use crate::model::{Percent, Product, Service};
use crate::resolve::Catalog;
use crate::resolve::asked::{self, Asked, Changed};

/// The bills of all services and products.
#[derive(Debug, Default)]
pub struct Bills {
    services: Vec<Bill>,
    products: Vec<Bill>,
}

/// What a service or a product costs, and who pays it.
#[derive(Debug, PartialEq)]
struct Bill {
    id: String,
    whole: Option<Decimal>,
    /// The shares, by customer.
    parts: Vec<(String, Share)>,
    /// Whether they have amounts.
    is_shared_out: bool,
    asked: Asked,
}

/// A part without its customer.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Share {
    percent: Percent,
    amount: Option<Decimal>,
}

impl Bills {
    /// Of a catalogue.
    pub fn of(catalog: &Catalog) -> Bills {
        let services = catalog.all::<Service>().par_iter().map(|service| of_one_service(catalog, service));
        let products = catalog.all::<Product>().par_iter().map(|product| of_one_product(catalog, product));
        Bills { services: services.collect(), products: products.collect() }
    }

    /// Works out anew what may have become another where the catalogue has the same entities. The ids of the customers who
    /// pay something else, or nothing any more; `None` where no bill is another.
    pub fn renew(&mut self, catalog: &Catalog, changed: &Changed) -> Option<BTreeSet<String>> {
        let services = renew(&mut self.services, changed, &|at| of_one_service(catalog, &catalog.all()[at]));
        let products = renew(&mut self.products, changed, &|at| of_one_product(catalog, &catalog.all()[at]));
        [services, products].into_iter().flatten().reduce(|mut all, more| {
            all.extend(more);
            all
        })
    }

    /// What a customer pays, by its id.
    pub fn of_customer(&self, customer: &str) -> OfCustomer<'_> {
        let services = paid(&self.services, customer);
        let products = paid(&self.products, customer);
        let known = |paid: &[Paid<'_>]| sum(paid.iter().filter_map(|paid| paid.part.amount));
        OfCustomer { services_sum: known(&services), products_sum: known(&products), services, products }
    }

    /// The costs of all services together, of what is known.
    pub fn overview(&self) -> Overview {
        let established = sum(self.services.iter().filter_map(|bill| bill.whole));
        let distributed = sum(self.services.iter().filter(|bill| bill.is_shared_out).filter_map(|bill| bill.whole));
        let undistributed =
            established.and_then(|established| exact::sub(established, distributed.unwrap_or(Decimal::ZERO)));
        Overview { established, distributed, undistributed }
    }
}

fn of_one_service(catalog: &Catalog, service: &Service) -> Bill {
    asking(catalog, &service.id, || {
        let found = of_service(catalog, service);
        (found.established, found.distribution)
    })
}

fn of_one_product(catalog: &Catalog, product: &Product) -> Bill {
    asking(catalog, &product.id, || of_itself(product))
}

fn asking<'a>(catalog: &Catalog, id: &str, work_out: impl FnOnce() -> (Option<Decimal>, Distribution<'a>)) -> Bill {
    let ((whole, distribution), asked) = asked::asking(|| {
        catalog.opened(id);
        work_out()
    });
    let is_shared_out = distribution.not_shared.is_none();
    let parts = distribution.parts.into_iter();
    let parts = parts.map(|Part { customer, percent, amount }| (customer.to_string(), Share { percent, amount }));
    Bill { id: id.to_string(), whole, parts: parts.collect(), is_shared_out, asked }
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
        let parts = bill.parts.iter().filter(|(payer, _)| payer == customer);
        parts.map(|(customer, Share { percent, amount })| Paid {
            id: &bill.id,
            whole: bill.whole,
            part: Part { customer, percent: *percent, amount: *amount },
        })
    };
    bills.iter().flat_map(of_bill).collect()
}
