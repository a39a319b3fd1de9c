//! What the rules look at: nothing is asked of what has been retired, and the time is the edition's.

use crate::model::{Date, Lifecycle, LifecycleStatus, Service, SupportingService};
use crate::resolve::Catalog;

/// The IS/IT services that are not retired.
pub fn services(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    catalog.entities.services.iter().filter(|service| !is_retired(service.lifecycle.as_ref()))
}

/// The supporting services that are not retired.
pub fn supporting_services(catalog: &Catalog) -> impl Iterator<Item = &SupportingService> {
    catalog.entities.supporting_services.iter().filter(|service| !is_retired(service.lifecycle.as_ref()))
}

/// Whether something has ended.
pub fn is_retired(lifecycle: Option<&Lifecycle>) -> bool {
    lifecycle.is_some_and(|lifecycle| lifecycle.status == LifecycleStatus::Retired)
}

/// The first and last day of the edition: as it says, unless that is wrong in a way that other rules tell, else of its
/// year.
pub fn edition_days(catalog: &Catalog) -> (Date, Date) {
    let edition = &catalog.catalogue.edition;
    let (first, last) = (edition.first_day(), edition.last_day());
    if first <= last && first.0.year() == edition.year { (first, last) } else { edition.year_days() }
}
