//! Availability and downtime (appendices 1 and 2 of the guideline).

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{AvailabilityLevel, Hours, OfficeHours, Percent, ServiceLevel};

const MINUTES_OF_A_YEAR: u64 = 365 * 24 * 60;

/// Minutes of operation in a year: 365 days round the clock, or the declared office hours.
pub fn minutes_per_year(hours: Hours, office: &OfficeHours) -> u64 {
    match hours {
        Hours::Always => MINUTES_OF_A_YEAR,
        Hours::Office => {
            let day = office.to.minutes.saturating_sub(office.from.minutes);
            u64::from(day) * u64::from(office.days_per_year)
        }
    }
}

/// Percent of the time of operation that remains when the level's downtime is used up, half up to two decimals
/// (appendix 2). `None` when there is no time of operation.
pub fn availability(level: &AvailabilityLevel, office: &OfficeHours) -> Option<Percent> {
    let operation = minutes_per_year(level.hours, office);
    let down = Decimal::from(level.downtime.minutes).checked_mul(Decimal::ONE_HUNDRED)?;
    let percent = Decimal::ONE_HUNDRED - down.checked_div(Decimal::from(operation))?;
    let mut rounded = percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(2);
    Some(Percent(rounded))
}

/// Minutes that a level may be down in a year at worst: its restore time as many times as it may fail. `None` for a
/// level that promises either nothing.
pub fn worst_case_minutes(level: &ServiceLevel) -> Option<u64> {
    let restore = level.restore_time.promise()?.minutes;
    restore.checked_mul(u64::from(*level.outages.promise()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{typed, yaml};

    fn level(source: &str) -> AvailabilityLevel {
        typed::fill(&yaml::parse(source).0.unwrap(), "x").value.unwrap()
    }

    #[test]
    fn the_guidelines_six_levels_come_out_as_printed() {
        let office: OfficeHours =
            typed::fill(&yaml::parse("{från: '08:00', till: '16:45', dagar_per_år: 260}").0.unwrap(), "x")
                .value
                .unwrap();
        let printed = [
            ("dygnet-runt", 8, "99,91"),
            ("dygnet-runt", 16, "99,82"),
            ("dygnet-runt", 32, "99,63"),
            ("kontorstid", 8, "99,65"),
            ("kontorstid", 16, "99,30"),
            ("kontorstid", 32, "98,59"),
        ];
        for (hours, downtime, percent) in printed {
            let level =
                level(&format!("{{öppettid: {hours}, åtgärdstid: 2 timmar, nedtid_per_år: {downtime} timmar}}"));
            assert_eq!(availability(&level, &office).unwrap().to_string(), format!("{percent}\u{A0}%"));
        }
    }
}
