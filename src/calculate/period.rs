//! Days from the first to the last on which something is there, or needed.

use crate::model::{Date, Service};
use crate::resolve::Catalog;

/// The first and the last day; of none, the last is before the first.
pub type Period = (Date, Date);

/// All days.
pub const ALWAYS: Period = (Date(jiff::civil::Date::MIN), Date(jiff::civil::Date::MAX));
/// No day.
pub const NEVER: Period = (Date(jiff::civil::Date::MAX), Date(jiff::civil::Date::MIN));

/// Whether there is any day.
pub fn is_some((first, last): Period) -> bool {
    first <= last
}

/// The days that are in both.
pub fn common((first, last): Period, (begins, ends): Period) -> Period {
    (first.max(begins), last.min(ends))
}

/// From the first day of either to the last.
pub fn together(some: Period, others: Period) -> Period {
    match (is_some(some), is_some(others)) {
        (false, _) => others,
        (true, false) => some,
        (true, true) => (some.0.min(others.0), some.1.max(others.1)),
    }
}

/// The days of a service's SLA, where it does not say them those of the edition.
pub fn of_agreement(catalog: &Catalog, service: &Service) -> Period {
    let edition = &catalog.catalogue.edition;
    let agreement = service.agreement.as_ref();
    let from = agreement.and_then(|agreement| agreement.valid_from).unwrap_or_else(|| edition.first_day());
    (from, agreement.and_then(|agreement| agreement.valid_to).unwrap_or_else(|| edition.last_day()))
}
