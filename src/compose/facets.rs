//! What a reader can pick a page out by when searching: its kind, level, area, department and price units.

use std::collections::BTreeSet;

use crate::document::Facet;
use crate::model::{
    Customer, Department, Entity, GlossaryTerm, Kind, Product, Ref, Service, ServiceOffering, SupportingService,
};
use crate::resolve::Catalog;
use crate::text;

/// The kind of a page that is about nothing in particular, such as a list.
const OVERVIEW: &str = "Översikt";

/// The facets of the page about an id, in the order that a reader sees them; `None` is a page about no one thing.
pub fn of(catalog: &Catalog, id: Option<&str>) -> Vec<Facet> {
    let entry = id.and_then(|id| Some((id, catalog.entry(id)?)));
    let kind = entry.map_or(OVERVIEW.to_string(), |(_, entry)| text::capitalized(entry.kind.one()));
    let mut found = Found { catalog, levels: vec![], areas: vec![], departments: vec![], units: BTreeSet::new() };
    if let Some((id, entry)) = entry {
        found.entity(id, entry.kind);
    }
    let facets = [
        (Facet::KIND, vec![kind]),
        ("Nivå", found.levels),
        ("Område", found.areas),
        ("Avdelning", found.departments),
        ("Prisenhet", found.units.into_iter().collect()),
    ];
    facets.into_iter().filter(|(_, values)| !values.is_empty()).map(|(name, values)| Facet { name, values }).collect()
}

/// Other words that people search for an id's page by. Those that are not to be written are searched for all the more.
pub fn synonyms(catalog: &Catalog, id: &str) -> Vec<String> {
    let service = catalog.get::<Service>(id).map(|service| service.synonyms.clone());
    let supporting = || catalog.get::<SupportingService>(id).map(|service| service.synonyms.clone());
    let product = || catalog.get::<Product>(id).map(|product| product.synonyms.clone());
    let term =
        || catalog.get::<GlossaryTerm>(id).map(|term| term.synonyms.iter().chain(&term.forbidden).cloned().collect());
    let customer = || catalog.get::<Customer>(id).map(|customer| customer.abbreviation.iter().cloned().collect());
    let department =
        || catalog.get::<Department>(id).map(|department| department.abbreviation.iter().cloned().collect());
    let others = || customer().or_else(department).unwrap_or_default();
    service.or_else(supporting).or_else(product).or_else(term).unwrap_or_else(others)
}

/// The glossary's terms that have synonyms, each with them.
pub fn glossary(catalog: &Catalog) -> Vec<Vec<String>> {
    let terms = catalog.all::<GlossaryTerm>().iter().filter(|term| !term.synonyms.is_empty());
    terms.map(|term| std::iter::once(&term.name).chain(&term.synonyms).cloned().collect()).collect()
}

struct Found<'a> {
    catalog: &'a Catalog,
    levels: Vec<String>,
    areas: Vec<String>,
    departments: Vec<String>,
    units: BTreeSet<String>,
}

impl Found<'_> {
    fn entity(&mut self, id: &str, kind: Kind) {
        let catalog = self.catalog;
        match kind {
            Kind::Service => {
                let Some(service) = catalog.get::<Service>(id) else { return };
                if let Some(agreement) = &service.agreement {
                    self.level(catalog[&agreement.level].name().into_owned());
                }
                self.products(&service.products);
                // Its own area and no product's.
                self.areas = service.area.iter().cloned().collect();
                self.offerings(&service.offerings);
            }
            Kind::SupportingService => {
                let Some(service) = catalog.get::<SupportingService>(id) else { return };
                self.products(&service.products);
                self.offerings(&service.offerings);
            }
            Kind::Product => {
                if let Some(product) = catalog.get::<Product>(id) {
                    self.product(product);
                }
            }
            Kind::Capability => {
                let capability = catalog.capability(id).map(|(_, capability)| capability);
                self.department(capability.and_then(|capability| capability.department.as_ref()));
            }
            _ => {}
        }
    }

    fn products(&mut self, products: &[Ref<Product>]) {
        for product in products {
            self.product(&self.catalog[product]);
        }
    }

    fn product(&mut self, product: &Product) {
        add(&mut self.areas, product.area.as_deref());
        self.department(product.department.as_ref());
    }

    /// By the name that other names of it refer to: a reader picks a department, not a spelling.
    fn department(&mut self, department: Option<&Ref<Department>>) {
        add(&mut self.departments, department.map(|department| self.catalog.department(department).name.as_str()));
    }

    fn offerings(&mut self, offerings: &[ServiceOffering]) {
        for offering in offerings {
            if let Some(level) = &offering.level {
                self.level(self.catalog[level].name.clone());
            }
            self.units.extend(offering.prices.iter().filter_map(|item| item.unit.clone()));
        }
    }

    fn level(&mut self, name: String) {
        add(&mut self.levels, Some(&name));
    }
}

fn add(values: &mut Vec<String>, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !values.iter().any(|known| known == value)) {
        values.push(value.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    #[test]
    fn a_department_has_one_name_however_many_lead_to_it() {
        let departments = "- {id: ioc, namn: IOC, samma_som: ioc-2}\n- {id: ioc-2, namn: IoC, samma_som: drift}\n\
                           - {id: drift, namn: Drift}\n";
        let product = "namn: Server\navdelning: ioc\n";
        let (_folder, catalog) = catalog_of(&[("avdelningar.yaml", departments), ("produkter/server.yaml", product)]);
        let facets = of(&catalog, Some("server"));
        let department = facets.iter().find(|facet| facet.name == "Avdelning");
        assert_eq!(department.map(|facet| &facet.values), Some(&vec!["Drift".to_string()]));
    }
}
