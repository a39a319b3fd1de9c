//! What something rests on: the chain from a service by way of supporting services and products to contracts (`§ 3.2.2`).

use std::collections::BTreeSet;

use crate::model::{Product, Ref, Service, SupportingService, UnderpinningContract};
use crate::resolve::Catalog;

/// All that something rests on, nearest first, each once.
#[derive(Debug, Default)]
pub struct Foundation<'a> {
    /// What its Tjänste-OLA calls for, by the ids of the services that offer it; or what its products enclose.
    pub services: Vec<&'a str>,
    /// The products, and all that they enclose.
    pub products: Vec<&'a Product>,
    /// The contracts that the products need.
    pub contracts: Vec<&'a UnderpinningContract>,
}

/// What the service, supporting service or product of that id rests on; nothing for any other id.
pub fn of<'a>(catalog: &'a Catalog, id: &str) -> Foundation<'a> {
    let mut found = Finder { catalog, foundation: Foundation::default(), known: BTreeSet::new() };
    if let Some(service) = catalog.get::<Service>(id) {
        found.products(&service.products);
        for call in service.operational_agreement.iter().flat_map(|operational| &operational.calls) {
            found.service(&catalog.offering(&call.offering).service);
        }
    } else if let Some(service) = catalog.get::<SupportingService>(id) {
        found.products(&service.products);
    } else if let Some(product) = catalog.get::<Product>(id) {
        found.known.insert(&product.id);
        found.inside(product);
    }
    found.finish()
}

struct Finder<'a> {
    catalog: &'a Catalog,
    foundation: Foundation<'a>,
    known: BTreeSet<&'a str>,
}

impl<'a> Finder<'a> {
    fn products(&mut self, products: &'a [Ref<Product>]) {
        for product in products {
            self.product(&self.catalog[product]);
        }
    }

    fn product(&mut self, product: &'a Product) {
        if self.known.insert(&product.id) {
            self.foundation.products.push(product);
        }
    }

    fn service(&mut self, id: &'a str) {
        if !self.known.insert(id) {
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
            if self.known.insert(&contract.id) {
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
        let mut at = 0;
        while let Some(product) = self.foundation.products.get(at).copied() {
            at += 1;
            self.inside(product);
        }
        self.foundation
    }
}
