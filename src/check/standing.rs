//! What the rules ask of: that which has not ended, and whether something is said of it.

use crate::model::{Lifecycle, LifecycleStatus, Markdown, Product, Service, SupportingService};
use crate::resolve::Catalog;
use crate::text;

/// So many are named where something concerns many.
const MOST_NAMED: usize = 4;

/// The IS/IT services that have not ended.
pub fn services(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    catalog.entities.services.iter().filter(|service| !has_ended(&service.lifecycle))
}

/// The IS/IT services that are delivered, be it for a while yet.
pub fn delivered_services(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    services(catalog).filter(|service| !Lifecycle::is(&service.lifecycle, LifecycleStatus::Planned))
}

/// The supporting services that have not ended.
pub fn supporting_services(catalog: &Catalog) -> impl Iterator<Item = &SupportingService> {
    catalog.entities.supporting_services.iter().filter(|service| !has_ended(&service.lifecycle))
}

/// The products that have not ended.
pub fn products(catalog: &Catalog) -> impl Iterator<Item = &Product> {
    catalog.entities.products.iter().filter(|product| !has_ended(&product.lifecycle))
}

fn has_ended(lifecycle: &Option<Lifecycle>) -> bool {
    Lifecycle::is(lifecycle, LifecycleStatus::Retired)
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
