//! How figures, amounts, dates and lengths of time are written.

use rust_decimal::Decimal;

use crate::model::Date;

/// The space that a line is never broken at: in figures and before units.
pub const NO_BREAK_SPACE: char = '\u{A0}';

const MINUS: char = '\u{2212}';

/// The months, as they are written in dates.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// What a figure is told in, as authors write it.
#[rustfmt::skip]
const UNITS: [&str; 38] = [
    "%", "‰", "procent", "kr", "kronor", "krona", "öre", "tkr", "mnkr", "mdkr", "SEK", "kB", "MB", "GB", "TB", "PB",
    "kbit/s", "Mbit/s", "Gbit/s", "ms", "s", "min", "tim", "h", "sekunder", "minuter", "timmar", "dygn", "dagar", "veckor",
    "månader", "år", "st", "W", "kW", "kWh", "°C", "m",
];

/// What is told by its number.
const NUMBERED: [&str; 6] = ["artikel", "avsnitt", "bilaga", "figur", "kapitel", "tabell"];

/// A figure with grouped thousands and a decimal comma, as many decimals as it has: `−12 345,5`.
pub fn number(value: Decimal) -> String {
    let digits = value.abs().to_string();
    let (whole, decimals) = digits.split_once('.').map_or((digits.as_str(), None), |(w, d)| (w, Some(d)));
    let mut out = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        out.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(NO_BREAK_SPACE);
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push(',');
        out.push_str(decimals);
    }
    out
}

/// An amount of kronor: `4 300 kr`, `12 345,50 kr`. Öre are shown where there are any, and then always two.
pub fn kronor(value: Decimal) -> String {
    let value = value.normalize();
    let mut shown = if value.scale() == 0 { number(value) } else { number(with_scale(value, 2)) };
    shown.push(NO_BREAK_SPACE);
    shown.push_str("kr");
    shown
}

/// A percentage of that many decimals: `99,91 %`.
pub fn percent(value: Decimal, decimals: u32) -> String {
    format!("{}{NO_BREAK_SPACE}%", number(with_scale(value, decimals)))
}

/// At least that many decimals; more where the value has them.
fn with_scale(mut value: Decimal, decimals: u32) -> Decimal {
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    value
}

/// A length of time in hours and minutes: `4 timmar och 20 minuter`, `10 minuter`.
pub fn duration(minutes: u64) -> String {
    let of = |count: u64, one: &str, many: &str| {
        format!("{}{NO_BREAK_SPACE}{}", number(count.into()), if count == 1 { one } else { many })
    };
    match (minutes / 60, minutes % 60) {
        (hours @ 1.., 0) => of(hours, "timme", "timmar"),
        (0, minutes) => of(minutes, "minut", "minuter"),
        (hours, minutes) => format!("{} och {}", of(hours, "timme", "timmar"), of(minutes, "minut", "minuter")),
    }
}

/// `4 april 2026`.
pub fn date(date: Date) -> String {
    let mut shown = day_and_month(date);
    shown.push(' ');
    shown.push_str(&date.0.year().to_string());
    shown
}

/// The day that is written so.
pub fn date_of(text: &str) -> Option<Date> {
    let [day, month, year] = text.split_whitespace().collect::<Vec<_>>().try_into().ok()?;
    let month = (1..).zip(MONTHS).find_map(|(number, name)| (name == month).then_some(number))?;
    jiff::civil::Date::new(year.parse().ok()?, month, day.parse().ok()?).ok().map(Date)
}

/// From one day to another, with the year once where it is the same: `1 januari–31 december 2027`; of one day that.
pub fn period(from: Date, to: Date) -> String {
    if from == to {
        return date(from);
    }
    let mut shown = if from.0.year() == to.0.year() { day_and_month(from) } else { date(from) };
    shown.push('–');
    shown.push_str(&date(to));
    shown
}

fn day_and_month(Date(day): Date) -> String {
    // Room for a year too, which most are shown with.
    let mut shown = String::with_capacity("12\u{a0}september 2027".len());
    shown.push_str(&day.day().to_string());
    shown.push(NO_BREAK_SPACE);
    shown.push_str(MONTHS[usize::from(day.month().unsigned_abs()) - 1]);
    shown
}

/// Lets no line end within a figure or a date, or between a figure and its unit or what it is the number of: `5 000 kronor`,
/// `230 GB`, `4 april 2026`, `bilaga 4`. Nor does a line begin with a dash: `Kontorstid – 2 timmar`. `None` where the text has
/// none of these.
pub fn figures_kept_together(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // Most texts have neither figures nor dashes; no byte is left out, so that many are looked at at once.
    if !bytes.iter().fold(false, |any, one| any | one.is_ascii_digit() | (*one == FIRST_OF_DASH)) {
        return None;
    }
    let mut together = String::new();
    let mut copied = 0;
    // Of a figure and the space after it, or of a space and what it stands before: a figure, or the first byte of a dash.
    let is_near = |one: u8, next: u8| {
        (one.is_ascii_digit() & (next == b' ')) | ((one == b' ') & (next.is_ascii_digit() | (next == FIRST_OF_DASH)))
    };
    let mut start = 0;
    while start + 1 < bytes.len() {
        let end = (start + SPAN).min(bytes.len() - 1);
        // All of a span, without a branch for each: so the processor takes many at once.
        let pairs = bytes[start..end].iter().zip(&bytes[start + 1..=end]);
        let has_any = pairs.fold(false, |any, (one, next)| any | is_near(*one, *next));
        for at in (start..end).filter(|at| has_any && is_near(bytes[*at], bytes[*at + 1])) {
            let space = if bytes[at] == b' ' { at } else { at + 1 };
            // What stands on both sides of one space is met twice.
            if space >= copied && belong_together(&text[..space], &text[space + 1..]) {
                together.push_str(&text[copied..space]);
                together.push(NO_BREAK_SPACE);
                copied = space + 1;
            }
        }
        start = end;
    }
    (copied > 0).then(|| together + &text[copied..])
}

/// So many bytes are looked at together.
const SPAN: usize = 32;
const FIRST_OF_DASH: u8 = "–".as_bytes()[0];

/// Whether no line may end between what stands before a space and what comes after it.
fn belong_together(before: &str, after: &str) -> bool {
    if let Some(rest) = after.strip_prefix('–') {
        return rest.is_empty() || rest.starts_with(' ');
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if !before.ends_with(|c: char| c.is_ascii_digit()) {
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        return match digits(after) {
            0 => false,
            4 if MONTHS.contains(&word) => true,
            _ => NUMBERED.iter().any(|numbered| word.eq_ignore_ascii_case(numbered)),
        };
    }
    if digits(after) == 3 {
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit());
        return before.len() - start.len() <= 3 && !start.ends_with(|c: char| c.is_alphanumeric());
    }
    let word =
        after.split(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '‰' | '°' | '/')).next().unwrap_or_default();
    UNITS.contains(&word) || MONTHS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FromText;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_has_its_year_once() {
        let day = |text| Date::from_text(text).unwrap();
        for (from, to, told) in [
            ("2027-01-01", "2027-12-31", "1\u{a0}januari–31\u{a0}december 2027"),
            ("2026-10-01", "2027-09-30", "1\u{a0}oktober 2026–30\u{a0}september 2027"),
            ("2027-12-31", "2027-12-31", "31\u{a0}december 2027"),
        ] {
            assert_eq!(period(day(from), day(to)), told);
        }
    }

    #[test]
    fn a_day_is_read_as_it_is_written() {
        for day in ["2027-01-01", "2028-02-29", "2026-12-31"].map(|text| Date::from_text(text).unwrap()) {
            assert_eq!(date_of(&date(day)), Some(day));
        }
        assert_eq!(date_of("1 maj 2027"), Date::from_text("2027-05-01").ok());
        for none in ["", "maj 2027", "31 april 2027", "1 maj 2027 eller så", "2027-05-01", "1 may 2027"] {
            assert_eq!(date_of(none), None, "{none}");
        }
    }

    #[test]
    fn a_figure_and_its_unit_stay_on_one_line() {
        let together = |text: &str| figures_kept_together(text).map(|text| text.replace(NO_BREAK_SPACE, "_"));
        for (text, wanted) in [
            ("högst 5 000 kronor och 1 234 567,50 kr.", "högst 5_000_kronor och 1_234_567,50_kr."),
            ("230 GB, 95 % (4 april 2026)", "230_GB, 95_% (4_april_2026)"),
            ("10–20 st; 1 Gbit/s", "10–20_st; 1_Gbit/s"),
            ("24/7/365 – 2 timmar", "24/7/365_– 2_timmar"),
            ("Kontorstid – 16 timmar", "Kontorstid_– 16_timmar"),
            ("Guld –", "Guld_–"),
            ("från 4 april 2026, maj 2027", "från 4_april_2026, maj_2027"),
            ("Artikel 2003, se bilaga 4 och kapitel 3.1", "Artikel_2003, se bilaga_4 och kapitel_3.1"),
        ] {
            assert_eq!(together(text).as_deref(), Some(wanted));
        }
        for text in [
            "",
            "5 ",
            "ISO 9001 2015",
            "år 2026 100 personer",
            "B12 345",
            "2 0000",
            "5 krusbär",
            "nivå 3 gäller",
            "– a",
            "a –b",
            "maj 12 personer",
            "artikelns 4",
            "en artikel om 4",
            " 2027",
        ] {
            assert_eq!(together(text), None, "{text:?}");
        }
        // Wherever in a long text it stands.
        for before in (0..3 * SPAN).map(|letters| "å".repeat(letters / 2) + &"x".repeat(letters % 2)) {
            assert_eq!(together(&format!("{before} 5 000 kr, 3")), Some(format!("{before} 5_000_kr, 3")));
        }
    }

    #[test]
    fn a_length_of_time_is_told_in_hours_and_minutes() {
        let told = [0, 1, 10, 60, 61, 480, 260, 72_000].map(|minutes| duration(minutes).replace(NO_BREAK_SPACE, " "));
        let wanted = [
            "0 minuter",
            "1 minut",
            "10 minuter",
            "1 timme",
            "1 timme och 1 minut",
            "8 timmar",
            "4 timmar och 20 minuter",
            "1 200 timmar",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn figures_are_swedish() {
        assert_eq!(number(decimal("12345.5")), "12\u{A0}345,5");
        assert_eq!(number(decimal("-1234567")), "\u{2212}1\u{A0}234\u{A0}567");
        assert_eq!(number(decimal("-0")), "0");
        assert_eq!(kronor(decimal("12345.50")), "12\u{A0}345,50\u{A0}kr");
        assert_eq!(kronor(decimal("4300.00")), "4\u{A0}300\u{A0}kr");
        assert_eq!(kronor(decimal("0.125")), "0,125\u{A0}kr");
        assert_eq!(percent(decimal("99.3"), 2), "99,30\u{A0}%");
    }
}
