//! The chain behind a service: what is promised, and all that the promise rests on.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Chart, Column, Edge};
use super::labels::{Label, Rank};
use crate::calculate::cost::Articles;
use crate::calculate::{foundation, price};
use crate::document::{Drawing, Layer};
use crate::model::{Call, Dependency, Entity, Kind, Product, Ref, Service, SupportingService, UnderpinningContract};
use crate::resolve::Catalog;
use crate::text::{NO_BREAK_SPACE, listed, number};

/// The columns of a chart, by their places.
const FIRST: usize = 0;
const SUPPORTING: usize = 1;
const PRODUCTS: usize = 2;
const CONTRACTS: usize = 3;

/// The chain of the IS/IT service or the supporting service of that id.
pub fn draw(catalog: &Catalog, id: &str) -> Option<Drawing> {
    if let Some(service) = catalog.get::<Service>(id) {
        return Some(of_service(catalog, service));
    }
    catalog.get::<SupportingService>(id).map(|service| of_supporting(catalog, service))
}

/// What is drawn of a chain, and what is said of it.
struct Chain<'a> {
    catalog: &'a Catalog,
    chart: Chart,
    sentences: Vec<String>,
    /// Each service of the second column, by id and name, and what it is built on.
    supporting: Vec<(&'a str, &'a str, &'a [Ref<Product>])>,
    products: Vec<&'a Product>,
}

fn of_service<'a>(catalog: &'a Catalog, service: &'a Service) -> Drawing {
    let mut chain = Chain::new(catalog);
    chain.sentences.push(format!("Kedjan bakom IS/IT-tjänsten {}.", service.name));
    chain.agreements(service);
    chain.calls(service);
    chain.rest(&service.products);
    let direct: Vec<&str> = service.products.iter().map(|product| product.id.as_str()).collect();
    for (at, product) in chain.products.iter().enumerate() {
        if direct.contains(&product.id.as_str()) {
            chain.chart.edges.push(Edge { from: (FIRST, 0), to: (PRODUCTS, at) });
        }
    }
    chain.finish()
}

fn of_supporting<'a>(catalog: &'a Catalog, service: &'a SupportingService) -> Drawing {
    let mut chain = Chain::new(catalog);
    chain.sentences.push(format!("Kedjan kring den stödjande tjänsten {}.", service.name));
    chain.callers(service);
    chain.supporting.push((&service.id, &service.name, &service.products));
    let levels = service.offerings.iter().filter_map(|offering| offering.level.as_ref());
    let levels: Vec<String> = levels.map(|level| catalog[level].name.clone()).collect();
    let details = if levels.is_empty() { Vec::new() } else { vec![unique(levels).join(", ")] };
    let column = &mut chain.chart.columns[SUPPORTING];
    column.heading = "Stödjande tjänst".to_string();
    column.relation = "och dess erbjudanden".to_string();
    column.boxes.push(label(Layer::Supporting, &service.id, &service.name, details));
    chain.chart.columns[PRODUCTS].relation = "som den bygger på".to_string();
    chain.rest(&[]);
    chain.finish()
}

impl<'a> Chain<'a> {
    fn new(catalog: &'a Catalog) -> Chain<'a> {
        let column = |heading: &str, relation: &str| Column {
            heading: heading.to_string(),
            relation: relation.to_string(),
            ..Column::default()
        };
        let columns = vec![
            column("Överenskommelser", "om tjänsten"),
            column("Stödjande tjänster", "som Tjänste-OLA avropar"),
            column("Produkter", "som de bygger på"),
            column("Kontrakt", "som produkterna kräver"),
        ];
        Chain {
            catalog,
            chart: Chart { columns, edges: Vec::new() },
            sentences: Vec::new(),
            supporting: Vec::new(),
            products: Vec::new(),
        }
    }

    /// The service itself, its SLA and its Tjänste-OLA, one below the other.
    fn agreements(&mut self, service: &Service) {
        let first = &mut self.chart.columns[FIRST];
        let mut service_box = label(Layer::Service, &service.id, &service.name, Vec::new());
        service_box.kind = Some("IS/IT-tjänst".to_string());
        first.boxes.push(service_box);
        match &service.agreement {
            Some(agreement) => {
                let level = &self.catalog[&agreement.level];
                let mut sla = label(Layer::Agreement, &level.id, &level.name(), Vec::new());
                sla.kind = Some("SLA".to_string());
                first.boxes.push(sla);
                first.links.push("regleras av");
                self.sentences.push(format!("Tjänsten regleras av SLA på nivån {}.", level.name()));
            }
            None => self.sentences.push("Tjänsten har inget SLA.".to_string()),
        }
        let Some(operational) = &service.operational_agreement else {
            self.sentences.push("Den har inget Tjänste-OLA.".to_string());
            return;
        };
        let count = operational.calls.len();
        let calls = format!("{count}{NO_BREAK_SPACE}avrop");
        let ola = Label { details: vec![calls], ..Label::new(Layer::Agreement, "Tjänste-OLA") };
        first.boxes.push(ola);
        first.links.push(if service.agreement.is_some() { "säkras av" } else { "regleras av" });
    }

    /// The supporting services that the Tjänste-OLA calls for, each with its offerings.
    fn calls(&mut self, service: &'a Service) {
        if service.operational_agreement.is_none() {
            return;
        }
        let last = self.chart.columns[FIRST].boxes.len() - 1;
        let articles = Articles::of(self.catalog, service.calls());
        let mut said = Vec::new();
        for (id, calls) in called(self.catalog, service) {
            let Some((layer, name, products)) = self.callable(id) else { continue };
            let details: Vec<String> = calls.iter().map(|call| self.call_text(call, &articles)).collect();
            said.push(format!("{name} ({})", details.join("; ")));
            let kind = (layer == Layer::Service).then(|| Kind::Service.one().to_string());
            let brief = Some(self.suffixes(&calls));
            self.chart.columns[SUPPORTING].boxes.push(Label { brief, kind, ..label(layer, id, name, details) });
            self.chart.edges.push(Edge { from: (FIRST, last), to: (SUPPORTING, self.supporting.len()) });
            self.supporting.push((id, name, products));
        }
        self.sentences.push(match said.is_empty() {
            true => "Tjänste-OLA avropar inga stödjande tjänster.".to_string(),
            false if service.agreement.is_none() => format!("Tjänste-OLA avropar {}.", listed(&said)),
            false => format!("SLA säkras av Tjänste-OLA, som avropar {}.", listed(&said)),
        });
    }

    /// What is called for: most often a supporting service, but an IS/IT service has offerings too.
    fn callable(&self, id: &str) -> Option<(Layer, &'a str, &'a [Ref<Product>])> {
        if let Some(service) = self.catalog.get::<SupportingService>(id) {
            return Some((Layer::Supporting, &service.name, &service.products));
        }
        self.catalog
            .get::<Service>(id)
            .map(|service| (Layer::Service, service.name.as_str(), service.products.as_slice()))
    }

    /// `Guld, 900 TB, redundant`: the offering, and what is not as usual.
    fn call_text(&self, call: &Call, articles: &Articles<'a>) -> String {
        let offering = self.catalog.offering(&call.offering);
        let unit = articles.counted_by(call, offering).and_then(|item| item.unit.as_deref());
        let count = call.quantity.filter(|count| *count != 1).map(|count| price::quantity(count, unit));
        let dependency = match call.dependency {
            None | Some(Dependency::Series) => None,
            Some(Dependency::Redundant) => Some("redundant".to_string()),
            Some(Dependency::NonCritical) => Some(format!("ej{NO_BREAK_SPACE}kritisk")),
        };
        std::iter::once(offering.suffix.0.clone()).chain(count).chain(dependency).collect::<Vec<_>>().join(", ")
    }

    /// The offerings of some calls, each once.
    fn suffixes(&self, calls: &[&Call]) -> String {
        let suffixes = calls.iter().map(|call| self.catalog.offering(&call.offering).suffix.0.clone());
        unique(suffixes.collect()).join(", ")
    }

    /// What calls for a supporting service, and what else it supports.
    fn callers(&mut self, service: &SupportingService) {
        let first = &mut self.chart.columns[FIRST];
        first.heading = "IS/IT-tjänster".to_string();
        first.relation = "som avropar tjänsten".to_string();
        let callers = foundation::callers(self.catalog, &service.id);
        let callers: Vec<&Service> = callers.filter_map(|id| self.catalog.get(id)).collect();
        let supported = service.supports.iter().filter(|target| !callers.iter().any(|c| c.id == target.id));
        let supported: Vec<(Kind, &str, &str)> = supported
            .filter_map(|target| self.catalog.entry(&target.id).map(|e| (e.kind, target.id.as_str(), e.name.as_str())))
            .collect();
        if !supported.is_empty() {
            first.heading = "Det som stöds".to_string();
            first.relation = "av den stödjande tjänsten".to_string();
        }
        for caller in &callers {
            let is_for_it = |call: &&Call| self.catalog.offering(&call.offering).service == service.id;
            let calls: Vec<&Call> = caller.calls().iter().filter(is_for_it).collect();
            let details = vec![self.suffixes(&calls)];
            self.chart.columns[FIRST].boxes.push(label(Layer::Service, &caller.id, &caller.name, details));
        }
        for (kind, id, name) in &supported {
            let mut label = label(layer(*kind), id, name, Vec::new());
            label.kind = Some(kind.one().to_string());
            self.chart.columns[FIRST].boxes.push(label);
        }
        let count = self.chart.columns[FIRST].boxes.len();
        self.chart.edges.extend((0..count).map(|at| Edge { from: (FIRST, at), to: (SUPPORTING, 0) }));
        let names: Vec<&str> = callers.iter().map(|caller| caller.name.as_str()).collect();
        self.sentences.push(match names.is_empty() {
            true => "Ingen IS/IT-tjänst avropar den.".to_string(),
            false => format!("Den avropas av {}.", listed(&names)),
        });
        if !supported.is_empty() {
            let names: Vec<&str> = supported.iter().map(|(_, _, name)| *name).collect();
            self.sentences.push(format!("Den stödjer {}.", listed(&names)));
        }
    }

    /// The products, with all that they enclose, and the contracts.
    fn rest(&mut self, direct: &[Ref<Product>]) {
        let own = direct.iter().map(|product| &self.catalog[product]);
        let of_supporting = self.supporting.iter().flat_map(|(.., products)| *products);
        let mut products: Vec<&'a Product> = Vec::new();
        for product in of_supporting.map(|product| &self.catalog[product]).chain(own) {
            if !products.iter().any(|known| known.id == product.id) {
                products.push(product);
            }
        }
        let outer = products.len();
        let below = foundation::beneath(self.catalog, products.into_iter());
        let names: Vec<&str> = direct.iter().map(|product| self.catalog[product].name.as_str()).collect();
        if !names.is_empty() {
            self.sentences.push(format!("Tjänsten bygger på {}.", listed(&names)));
        }
        let (products, more_products) = foundation::nearest(&below.products, outer);
        self.products = products.to_vec();
        let called: BTreeSet<&str> = self.supporting.iter().map(|(called, ..)| *called).collect();
        let enclosed = below.services.into_iter().filter(|id| !called.contains(id));
        let enclosed: Vec<&SupportingService> = enclosed.filter_map(|id| self.catalog.get(id)).collect();
        let (enclosed, more_enclosed) = foundation::nearest(&enclosed, 0);
        self.foundations();
        self.product_boxes(direct, outer);
        self.enclosed(enclosed, outer);
        self.chart.columns[PRODUCTS].more = more_products + more_enclosed;
        self.further(more_products, "produkt", "produkter");
        self.further(more_enclosed, "stödjande tjänst", "stödjande tjänster");
        let (contracts, more_contracts) = foundation::nearest(&below.contracts, 0);
        self.contracts(contracts);
        self.chart.columns[CONTRACTS].more = more_contracts;
        self.further(more_contracts, "kontrakt", "kontrakt");
    }

    /// Says how many more there are than are told of.
    fn further(&mut self, more: usize, one: &str, many: &str) {
        if more > 0 {
            let what = if more == 1 { one } else { many };
            self.sentences
                .push(format!("Längre ned i kedjan finns {}{NO_BREAK_SPACE}{what} till.", number(more.into())));
        }
    }

    /// What the supporting services rest on.
    fn foundations(&mut self) {
        let place: BTreeMap<&str, usize> =
            self.products.iter().enumerate().map(|(at, product)| (product.id.as_str(), at)).collect();
        for (from, (_, name, products)) in self.supporting.iter().enumerate() {
            let at = products.iter().filter_map(|product| place.get(product.id.as_str()));
            self.chart.edges.extend(at.map(|at| Edge { from: (SUPPORTING, from), to: (PRODUCTS, *at) }));
            let names: Vec<&str> = products.iter().map(|p| self.catalog[p].name.as_str()).collect();
            if !names.is_empty() {
                self.sentences.push(format!("{name} bygger på {}.", listed(&names)));
            }
        }
    }

    /// A box for each product: those that the service itself is built on come first, those that are only enclosed last.
    fn product_boxes(&mut self, direct: &[Ref<Product>], outer: usize) {
        for (at, product) in self.products.iter().enumerate() {
            let enclosed = product.contains.iter().filter_map(|enclosed| self.catalog.entry(&enclosed.id));
            let names: Vec<&str> = enclosed.map(|entry| entry.name.as_str()).collect();
            if !names.is_empty() {
                self.sentences.push(format!("{} omsluter {}.", product.name, listed(&names)));
            }
            let mut label = label(Layer::Product, &product.id, &product.name, Vec::new());
            label.rank = match at {
                _ if direct.iter().any(|direct| direct.id == product.id) => Rank::First,
                _ if at < outer => Rank::Usual,
                _ => Rank::Last,
            };
            self.chart.columns[PRODUCTS].boxes.push(label);
        }
    }

    /// What the products enclose stands below a heading of its own, supporting services last.
    fn enclosed(&mut self, services: &[&'a SupportingService], outer: usize) {
        for service in services {
            let mut label = label(Layer::Supporting, &service.id, &service.name, Vec::new());
            label.kind = Some(Kind::SupportingService.one().to_string());
            label.rank = Rank::Last;
            self.chart.columns[PRODUCTS].boxes.push(label);
            let names: Vec<&str> = service.products.iter().map(|p| self.catalog[p].name.as_str()).collect();
            if !names.is_empty() {
                self.sentences.push(format!("{} bygger på {}.", service.name, listed(&names)));
            }
        }
        if outer < self.products.len() || !services.is_empty() {
            let heading = if services.is_empty() { "Omslutna produkter" } else { "Omslutna produkter och tjänster" };
            let heading = Label { rank: Rank::Heading, ..Label::new(Layer::Product, heading) };
            self.chart.columns[PRODUCTS].boxes.push(heading);
        }
    }

    fn contracts(&mut self, contracts: &[&UnderpinningContract]) {
        let place: BTreeMap<&str, usize> =
            contracts.iter().enumerate().map(|(at, contract)| (contract.id.as_str(), at)).collect();
        let mut needs: Vec<Vec<&str>> = vec![Vec::new(); contracts.len()];
        for (from, product) in self.products.iter().enumerate() {
            let needed: BTreeSet<usize> =
                product.contracts.iter().filter_map(|contract| place.get(contract.id.as_str()).copied()).collect();
            for at in needed {
                needs[at].push(&product.name);
                self.chart.edges.push(Edge { from: (PRODUCTS, from), to: (CONTRACTS, at) });
            }
        }
        for (contract, names) in contracts.iter().zip(needs) {
            let details = contract.supplier.iter().cloned().collect();
            self.chart.columns[CONTRACTS].boxes.push(label(Layer::Contract, &contract.id, &contract.name, details));
            let supplier = contract.supplier.as_ref().map(|name| format!(" med {name}")).unwrap_or_default();
            let (told, more) = foundation::nearest(&names, 0);
            let names = match more {
                0 => listed(told),
                _ => format!("{}{NO_BREAK_SPACE}produkter", number(names.len().into())),
            };
            self.sentences.push(format!("{names} kräver kontraktet {}{supplier}.", contract.name));
        }
    }

    fn finish(self) -> Drawing {
        Drawing { description: self.sentences.join(" "), ..self.chart.draw() }
    }
}

/// What a service calls for, by the id of the service that offers it, in the order of the first calls.
fn called<'a>(catalog: &'a Catalog, service: &'a Service) -> Vec<(&'a str, Vec<&'a Call>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut called: Vec<(&str, Vec<&Call>)> = Vec::new();
    for call in service.calls() {
        let id = catalog.offering(&call.offering).service.as_str();
        let at = *places.entry(id).or_insert(called.len());
        if at == called.len() {
            called.push((id, Vec::new()));
        }
        called[at].1.push(call);
    }
    called
}

fn label(layer: Layer, id: &str, name: &str, details: Vec<String>) -> Label {
    Label { target: Some(id.to_string()), details, ..Label::new(layer, name) }
}

fn layer(kind: Kind) -> Layer {
    match kind {
        Kind::Service => Layer::Service,
        Kind::SupportingService => Layer::Supporting,
        Kind::Product => Layer::Product,
        _ => Layer::Record,
    }
}

/// Each once, as they come.
fn unique(names: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).collect()
}
