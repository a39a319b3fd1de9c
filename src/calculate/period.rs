//! Days from the first to the last on which something is there, or needed.

use crate::model::{Date, Lifecycle, Service};
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

/// How many days there are, the last among them.
pub fn count((first, last): Period) -> u32 {
    last.0.since(first.0).map_or(0, |span| span.get_days()).try_into().map_or(0, |days: u32| days + 1)
}

/// How many months there are, where the first day begins one and the last ends one.
pub fn months((first, last): Period) -> Option<u32> {
    let is_whole = first.0.day() == 1 && last.0.last_of_month() == last.0 && first <= last;
    let ordinal = |day: Date| i32::from(day.0.year()) * 12 + i32::from(day.0.month());
    is_whole.then(|| ordinal(last) - ordinal(first) + 1).and_then(|months| months.try_into().ok())
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

/// Of some days those on which something that lives so long is there; none for what is retired, which may not say since
/// when.
pub fn of_life(lifecycle: Option<&Lifecycle>, days: Period) -> Period {
    if Lifecycle::is_outside(lifecycle, days) { NEVER } else { Lifecycle::while_there(lifecycle, days) }
}

/// The days of an edition on which a service needs what it calls for: those of its SLA while it is there itself.
pub fn needed(service: &Service, (first, last): Period) -> Period {
    let agreement = service.agreement.as_ref();
    let from = agreement.and_then(|agreement| agreement.valid_from).map_or(first, |from| from.max(first));
    let to = agreement.and_then(|agreement| agreement.valid_to).unwrap_or(last);
    Lifecycle::while_there(service.lifecycle.as_ref(), (from, to))
}

/// The days of a service's SLA, where it does not say them those of the edition.
pub fn of_agreement(catalog: &Catalog, service: &Service) -> Period {
    let edition = &catalog.catalogue.edition;
    let agreement = service.agreement.as_ref();
    let from = agreement.and_then(|agreement| agreement.valid_from).unwrap_or_else(|| edition.first_day());
    (from, agreement.and_then(|agreement| agreement.valid_to).unwrap_or_else(|| edition.last_day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_whole_months_are_counted() {
        let period = |first: &str, last: &str| (Date(first.parse().unwrap()), Date(last.parse().unwrap()));
        let of = |first, last| (count(period(first, last)), months(period(first, last)));
        assert_eq!(of("2028-01-01", "2028-12-31"), (366, Some(12)));
        assert_eq!(of("2028-02-01", "2028-02-29"), (29, Some(1)));
        assert_eq!(of("2027-11-01", "2028-02-29"), (121, Some(4)));
        assert_eq!(of("2028-01-01", "2028-02-28"), (59, None));
        assert_eq!(of("2028-01-02", "2028-01-02"), (1, None));
        assert_eq!((count(NEVER), months(NEVER)), (0, None));
    }
}
