//! Days, years, lengths of time and times of day.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeInclusive;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FromText, TextVisitor, figure};
use crate::load::typed::hook;
use crate::text;

/// The years that anything of a catalogue has a day in: what lies outside is a slip of the pen.
const DAYS: RangeInclusive<i16> = 1900..=2100;

/// A calendar day, written `2027-01-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Date(pub jiff::civil::Date);

text_value!(Date);
described!(Date: {"description": "A calendar day.", "type": "string", "format": "date"});

impl FromText for Date {
    fn from_text(text: &str) -> Result<Date, (String, String)> {
        let date = text.len() == 10 && text.is_ascii();
        let date: Option<jiff::civil::Date> = date.then(|| text.parse().ok()).flatten();
        let date = date.ok_or_else(|| {
            (format!("”{text}” är inget datum"), "skriv år-månad-dag, till exempel 2027-01-31".to_string())
        })?;
        let (first, last) = (DAYS.start(), DAYS.end());
        if !DAYS.contains(&date.year()) {
            let help =
                format!("skriv ett år från {first} till {last}; det som gäller tills vidare har ingen sista dag");
            return Err((format!("”{text}” ligger inte mellan {first} och {last}"), help));
        }
        Ok(Date(date))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The years that an edition is for.
const YEARS: RangeInclusive<i16> = 2000..=2100;

/// The year of an edition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Year(pub i16);

text_value!(Year);

impl FromText for Year {
    fn from_text(text: &str) -> Result<Year, (String, String)> {
        let year = figure(text).filter(|year| YEARS.contains(year));
        year.map(Year).ok_or_else(|| {
            let help = format!("skriv ett år från {} till {}, till exempel 2027", YEARS.start(), YEARS.end());
            (format!("”{text}” är inget år för en utgåva"), help)
        })
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number of days in a year.
#[derive(Debug, Clone, Copy, Default)]
pub struct DaysOfYear(pub u32);

text_value!(DaysOfYear);

impl FromText for DaysOfYear {
    fn from_text(text: &str) -> Result<DaysOfYear, (String, String)> {
        let days = figure(text).filter(|days| (1..=366).contains(days));
        days.map(DaysOfYear).ok_or_else(|| {
            let help = "skriv ett heltal från 1 till 366, till exempel 256".to_string();
            (format!("”{text}” är inget antal dagar på ett år"), help)
        })
    }
}

impl fmt::Display for DaysOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A length of time, kept in minutes and printed in the unit that it was written in: `2 timmar`, `1 200 minuter`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Duration {
    /// Length in minutes.
    pub minutes: u64,
    text: String,
}

text_value!(Duration);
described!(Duration: {"description": "A length of time, as ISO 8601 writes it.", "type": "string", "format": "duration"});

impl FromText for Duration {
    fn from_text(text: &str) -> Result<Duration, (String, String)> {
        let parsed = text.rsplit_once([' ', text::NO_BREAK_SPACE]).and_then(|(written, unit)| {
            let count = count(written)?;
            let minutes = match unit {
                "minut" | "minuter" => 1,
                "timme" | "timmar" => 60,
                "dag" | "dagar" | "dygn" => 24 * 60,
                _ => return None,
            };
            let text = format!("{}{}{unit}", text::number(count.into()), text::NO_BREAK_SPACE);
            Some(Duration { minutes: count.checked_mul(minutes)?, text })
        });
        parsed.ok_or_else(|| {
            (
                format!("”{text}” är ingen tid"),
                "skriv ett heltal och minuter, timmar eller dagar, till exempel ”2 timmar”".to_string(),
            )
        })
    }
}

/// A whole number, with blanks between all its thousands or none.
fn count(written: &str) -> Option<u64> {
    let written = written.replace(text::NO_BREAK_SPACE, " ");
    let count: u64 = figure(&written.replace(' ', ""))?;
    let is_grouped = || written == text::number(count.into()).replace(text::NO_BREAK_SPACE, " ");
    (!written.contains(' ') || is_grouped()).then_some(count)
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A time of day, written `08:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ClockTime {
    /// Minutes since midnight, at most 24 hours.
    pub minutes: u32,
}

text_value!(ClockTime);
described!(ClockTime: {
    "description": "A time of day, such as \"08:00\".", "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"
});

impl FromText for ClockTime {
    fn from_text(text: &str) -> Result<ClockTime, (String, String)> {
        let parsed = text.split_once(':').and_then(|(hours, minutes)| {
            let figures = hours.len() == 2 && minutes.len() == 2;
            let (hours, minutes): (u32, u32) = (figure(hours)?, figure(minutes)?);
            let minutes = (figures && minutes < 60).then(|| hours * 60 + minutes)?;
            (minutes <= 24 * 60).then_some(ClockTime { minutes })
        });
        parsed.ok_or_else(|| {
            (format!("”{text}” är inget klockslag"), "skriv till exempel ”08:00” (inom citattecken)".into())
        })
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Guaranteed;

    #[test]
    fn a_figure_is_digits() {
        assert!(ClockTime::from_text("+4:03").is_err() && ClockTime::from_text("04:+3").is_err());
        assert!(ClockTime::from_text("0881080809:48").is_err() && ClockTime::from_text("08:0000000001").is_err());
        assert!(Duration::from_text("+2 timmar").is_err() && Duration::from_text(" timmar").is_err());
        assert!(Year::from_text("+2027").is_err() && u32::from_text("+1").is_err() && u32::from_text("").is_err());
        assert_eq!((ClockTime::from_text("08:05").unwrap().minutes, u32::from_text("012")), (485, Ok(12)));
    }

    #[test]
    fn times_and_durations() {
        assert_eq!(ClockTime::from_text("16:45").unwrap().minutes, 1005);
        assert!(ClockTime::from_text("24:01").is_err() && ClockTime::from_text("8:00").is_err());
        assert_eq!(Duration::from_text("2 timmar").unwrap().minutes, 120);
        assert!(Duration::from_text("2 tim").is_err());
        for written in ["1200 minuter", "1 200 minuter", "1\u{a0}200\u{a0}minuter"] {
            let duration = Duration::from_text(written).unwrap();
            assert_eq!((duration.minutes, &*duration.to_string()), (1200, "1\u{a0}200\u{a0}minuter"), "{written}");
        }
        assert!(Duration::from_text("12 00 minuter").is_err() && Duration::from_text("2  timmar").is_err());
        assert_eq!(Guaranteed::<Duration>::from_text("inte garanterad"), Ok(Guaranteed::Not));
        assert!(Date::from_text("2027-02-30").is_err());
        for (written, holds) in
            [("1899-12-31", false), ("1900-01-01", true), ("2100-12-31", true), ("9999-12-31", false)]
        {
            assert_eq!(Date::from_text(written).is_ok(), holds, "{written}");
        }
        let years = [("2000", true), ("2027", true), ("2100", true)];
        let none = ["1000", "1999", "2101", "9998", "20000", "27", "-5", ""].map(|year| (year, false));
        for (written, holds) in years.into_iter().chain(none) {
            assert_eq!(Year::from_text(written).is_ok(), holds, "{written}");
        }
    }
}
