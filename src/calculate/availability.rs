//! Availability and downtime (appendices 1 and 2 of the guideline).

use rust_decimal::{Decimal, RoundingStrategy};

use super::calendar;
use crate::model::{AvailabilityLevel, Hours, OfficeHours, Percent, ServiceLevel};

const MINUTES_OF_A_YEAR: u64 = 365 * 24 * 60;

/// As many decimals tell a minute of a year.
const MOST_DECIMALS: u32 = 4;

/// Minutes of operation in a year: 365 days round the clock, or the declared office hours.
pub fn minutes_per_year(hours: Hours, office: &OfficeHours) -> u64 {
    match hours {
        Hours::Always => MINUTES_OF_A_YEAR,
        Hours::Office => minutes_per_day(office) * u64::from(office.days_per_year),
    }
}

/// Minutes as hours, to two decimals.
pub fn hours(minutes: u64) -> Decimal {
    let hours = Decimal::from(minutes) / Decimal::from(60);
    hours.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// Percent of the time of operation that remains when the level's downtime is used up, half up to two decimals
/// (appendix 2), and to more where two would promise that it is never down. `None` when there is no time of operation, or
/// less of it than of downtime.
pub fn availability(level: &AvailabilityLevel, office: &OfficeHours) -> Option<Percent> {
    percent(level, minutes_per_year(level.hours, office))
}

fn percent(level: &AvailabilityLevel, operation: u64) -> Option<Percent> {
    let down = Decimal::from(level.downtime.minutes).checked_mul(Decimal::ONE_HUNDRED)?;
    let percent = Decimal::ONE_HUNDRED - down.checked_div(Decimal::from(operation))?;
    if percent < Decimal::ZERO {
        return None;
    }
    let rounded = |decimals| percent.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let is_told = |decimals: &u32| level.downtime.minutes == 0 || rounded(*decimals) < Decimal::ONE_HUNDRED;
    let decimals = (2..MOST_DECIMALS).find(is_told).unwrap_or(MOST_DECIMALS);
    let mut rounded = rounded(decimals);
    rounded.rescale(decimals);
    Some(Percent(rounded))
}

/// The same for a real year: office hours on its weekdays that are no holidays, round the clock on its 365 or 366 days.
/// The guideline's own figure stands beside it, and is the one that is agreed.
pub fn calendar_true(level: &AvailabilityLevel, year: i16, office: &OfficeHours) -> Option<Percent> {
    percent(level, minutes_of_year(level.hours, year, office))
}

/// Minutes of operation in a real year.
pub fn minutes_of_year(hours: Hours, year: i16, office: &OfficeHours) -> u64 {
    match hours {
        Hours::Always => u64::from(calendar::days(year)) * 24 * 60,
        Hours::Office => minutes_per_day(office) * u64::from(calendar::weekdays_without_holidays(year)),
    }
}

/// The label of the commitment in the CMDB (`§ 3.2.3`), to the letter: `24/7/365 - 2 timmar, 99,91%`.
pub fn commitment_label(level: &AvailabilityLevel, office: &OfficeHours) -> String {
    let plain = |text: String| text.replace(crate::text::NO_BREAK_SPACE, " ");
    let percent =
        availability(level, office).map(|percent| format!(", {}", plain(percent.to_string()).replace(" %", "%")));
    let response = plain(level.response_time.to_string());
    format!("{} - {response}{}", level.hours.label(), percent.unwrap_or_default())
}

fn minutes_per_day(office: &OfficeHours) -> u64 {
    u64::from(office.to.minutes.saturating_sub(office.from.minutes))
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
    use crate::testing::filled;

    fn level(source: &str) -> AvailabilityLevel {
        filled(source)
    }

    #[test]
    fn the_guidelines_six_levels_come_out_as_printed() {
        let office: OfficeHours = filled("{från: '08:00', till: '16:45', dagar_per_år: 260}");
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
            let label = format!("{} - 2 timmar, {percent}%", level.hours.label());
            assert_eq!(commitment_label(&level, &office), label);
        }
    }

    #[test]
    fn what_may_be_down_is_never_said_to_be_up_all_the_time() {
        let office: OfficeHours = filled("{från: '08:00', till: '16:45', dagar_per_år: 260}");
        let of = |hours: &str, downtime: &str| {
            let level = level(&format!("{{öppettid: {hours}, åtgärdstid: 1 timme, nedtid_per_år: {downtime}}}"));
            availability(&level, &office).map(|percent| percent.to_string().replace('\u{A0}', " "))
        };
        for (downtime, percent) in [("0 minuter", "100,00 %"), ("1 minut", "99,9998 %"), ("20 minuter", "99,996 %")] {
            assert_eq!(of("dygnet-runt", downtime).as_deref(), Some(percent));
        }
        assert_eq!(of("kontorstid", "2275 timmar").as_deref(), Some("0,00 %"));
        assert_eq!(of("kontorstid", "2276 timmar"), None);
    }

    #[test]
    fn a_real_year_has_its_holidays_and_its_leap_day() {
        let office: OfficeHours = filled("{från: '08:00', till: '16:45', dagar_per_år: 260}");
        // 32 h of 8 760 and 8 784 h; 16 h of 256 and 252 days of 8.75 h.
        let figures =
            [("dygnet-runt", 32, 2027, "99,63"), ("dygnet-runt", 32, 2028, "99,64"), ("kontorstid", 16, 2027, "99,29")];
        for (hours, downtime, year, percent) in figures {
            let level =
                level(&format!("{{öppettid: {hours}, åtgärdstid: 2 timmar, nedtid_per_år: {downtime} timmar}}"));
            assert_eq!(calendar_true(&level, year, &office).unwrap().to_string(), format!("{percent}\u{A0}%"));
        }
        assert_eq!(minutes_of_year(Hours::Office, 2028, &office), 252 * 525);
    }
}
