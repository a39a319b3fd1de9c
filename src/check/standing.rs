//! What the rules ask of: that which has not ended, in the time of the edition, and whether something is said of it.

use crate::model::{
    Change, Date, DocumentMetadata, Hours, Lifecycle, LifecycleStatus, Markdown, Product, Service, SupportingService,
};
use crate::resolve::Catalog;
use crate::text;

/// The documents that there is one of for each service.
const AGREEMENTS: [&str; 2] = ["sla", "ola"];

/// So many are named where something concerns many.
const MOST_NAMED: usize = 4;

/// The IS/IT services that have not ended.
pub fn services(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    catalog.entities().services.iter().filter(|service| !has_ended(service.lifecycle.as_ref()))
}

/// The IS/IT services whose Tjänste-OLA is due: what is planned may wait with both agreements, but not with the one that
/// its SLA rests on.
pub fn services_due_operational(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    services(catalog)
        .filter(|service| service.agreement.is_some() || !Lifecycle::is(&service.lifecycle, LifecycleStatus::Planned))
}

/// The supporting services that have not ended.
pub fn supporting_services(catalog: &Catalog) -> impl Iterator<Item = &SupportingService> {
    catalog.entities().supporting_services.iter().filter(|service| !has_ended(service.lifecycle.as_ref()))
}

/// A service of either kind, and what it says of its change.
pub struct Declared<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub change: Option<&'a Change>,
    pub lifecycle: Option<&'a Lifecycle>,
}

/// What the services that have not ended say of their changes, the supporting ones after the others.
pub fn declared(catalog: &Catalog) -> impl Iterator<Item = Declared<'_>> {
    let services = services(catalog).map(|service| Declared {
        id: &service.id,
        name: &service.name,
        change: service.change.as_ref(),
        lifecycle: service.lifecycle.as_ref(),
    });
    let supporting = supporting_services(catalog).map(|service| Declared {
        id: &service.id,
        name: &service.name,
        change: service.change.as_ref(),
        lifecycle: service.lifecycle.as_ref(),
    });
    services.chain(supporting)
}

/// The products that have not ended.
pub fn products(catalog: &Catalog) -> impl Iterator<Item = &Product> {
    catalog.entities().products.iter().filter(|product| !has_ended(product.lifecycle.as_ref()))
}

/// Whether something has ended.
pub fn has_ended(lifecycle: Option<&Lifecycle>) -> bool {
    lifecycle.is_some_and(|lifecycle| lifecycle.status == LifecycleStatus::Retired)
}

/// Whether a service's SLA promises that it is open around the clock.
pub fn promises_all_hours(catalog: &Catalog, service: &Service) -> bool {
    service.agreement.as_ref().is_some_and(|agreement| catalog[&agreement.level].hours == Hours::Always)
}

/// The first and last day of the edition: as it says, unless that is wrong in a way that other rules tell, else of its
/// year.
pub fn edition_days(catalog: &Catalog) -> (Date, Date) {
    let edition = &catalog.catalogue.edition;
    let (first, last) = edition.days();
    if first <= last && first.0.year() == edition.year { (first, last) } else { edition.year_days() }
}

/// The name of the service, supporting service or product of an id, and its life where something is said of that.
pub fn lifecycle_of<'c>(catalog: &'c Catalog, id: &str) -> Option<(&'c str, &'c Lifecycle)> {
    let service = catalog.get::<Service>(id).map(|service| (&service.name, &service.lifecycle));
    let supporting = || catalog.get::<SupportingService>(id).map(|service| (&service.name, &service.lifecycle));
    let product = || catalog.get::<Product>(id).map(|product| (&product.name, &product.lifecycle));
    let (name, lifecycle) = service.or_else(supporting).or_else(product)?;
    Some((name, lifecycle.as_ref()?))
}

/// The documents that are decided with the edition, by name. Agreements are decided by those who sign them.
pub fn documents(catalog: &Catalog) -> impl Iterator<Item = (&String, &DocumentMetadata)> {
    catalog.catalogue.documents.iter().filter(|(name, _)| !AGREEMENTS.contains(&name.as_str()))
}

/// Whether a text says anything.
pub fn says(text: &Option<Markdown>) -> bool {
    text.as_ref().is_some_and(|text| !text.source.trim().is_empty())
}

/// Names in a sentence, a few of them where they are many.
pub fn some(names: &[&str]) -> String {
    match names.len().checked_sub(MOST_NAMED) {
        None | Some(0 | 1) => text::listed(names),
        Some(more) => format!("{} och {more} andra", names[..MOST_NAMED].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_told_by_a_few() {
        assert_eq!(some(&["a", "b"]), "a och b");
        assert_eq!(some(&["a", "b", "c", "d", "e"]), "a, b, c, d och e");
        assert_eq!(some(&["a", "b", "c", "d", "e", "f"]), "a, b, c, d och 2 andra");
    }
}
