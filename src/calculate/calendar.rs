//! The Swedish working year.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Days in a year.
pub fn days(year: i16) -> u32 {
    date(year, 1, 1).days_in_year().unsigned_abs().into()
}

/// Weekdays from Monday to Friday in a year that are no public holidays (lagen om allmänna helgdagar).
pub fn weekdays_without_holidays(year: i16) -> u32 {
    let holidays = public_holidays(year);
    let mut day = date(year, 1, 1);
    let mut count = 0;
    while day.year() == year {
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(&day) {
            count += 1;
        }
        day = day.saturating_add(1.day());
    }
    count
}

/// The public holidays of a year; Sundays are not listed for being Sundays.
fn public_holidays(year: i16) -> Vec<Date> {
    let easter = easter_sunday(year);
    let saturday_from = |month, day| {
        let from = date(year, month, day);
        (0..7).map(|n| from.saturating_add(n.days())).find(|day| day.weekday() == Weekday::Saturday).unwrap_or(from)
    };
    vec![
        date(year, 1, 1),
        date(year, 1, 6),
        easter.saturating_sub(2.days()),
        easter,
        easter.saturating_add(1.day()),
        date(year, 5, 1),
        easter.saturating_add(39.days()),
        easter.saturating_add(49.days()),
        date(year, 6, 6),
        saturday_from(6, 20),
        saturday_from(10, 31),
        date(year, 12, 25),
        date(year, 12, 26),
    ]
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let (month, day) = (n / 31, n % 31 + 1);
    date(year, i8::try_from(month).unwrap_or(4), i8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_on_known_days() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn working_years_of_the_decade() {
        let counts = (2024..=2029).map(weekdays_without_holidays).collect::<Vec<_>>();
        assert_eq!(counts, [254, 252, 254, 256, 252, 253]);
    }
}
