//! Amounts, percentages and prices: exact decimals.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FromText, TextVisitor};
use crate::load::typed::hook;
use crate::text;

/// An exact decimal as text: no program may round it on the way.
const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?$";

/// An exact decimal, read from the text and never through a binary fraction: `12 345,50`, `4300`, `125.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Amount(pub Decimal);

text_value!(Amount);
described!(Amount: {
    "description": "An exact decimal as text, such as \"125.50\".", "type": "string", "pattern": DECIMAL
});

/// No amount, price or volume of a region is as large: what is worked out of smaller ones has room to be exact.
const MOST_AMOUNT: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);
/// Nor as fine.
const MOST_DECIMALS: u32 = 6;

impl FromText for Amount {
    fn from_text(text: &str) -> Result<Amount, (String, String)> {
        let found = Amount::of_any_size(text).and_then(|amount| match amount.0 {
            value if value.abs() >= MOST_AMOUNT => Err(NoFigure::TooLarge),
            value if value.normalize().scale() > MOST_DECIMALS => Err(NoFigure::TooFine),
            _ => Ok(amount),
        });
        found.map_err(|fault| match fault {
            NoFigure::Form => {
                let help = match Amount::meant(text) {
                    Some(figure) => format!("skriv ”{figure}” (inom citattecken)"),
                    None => "skriv siffror med decimalkomma, till exempel ”12 345,50” (inom citattecken)".to_string(),
                };
                (format!("”{text}” är inget belopp"), help)
            }
            NoFigure::Ambiguous(help) => (format!("”{text}” kan läsas på två sätt"), help),
            NoFigure::TooLarge => {
                let help = "skriv ett belopp under 1 000 000 000 000 (tusen miljarder)";
                (format!("beloppet ”{text}” är för stort"), help.into())
            }
            NoFigure::TooFine => {
                let help = format!("skriv högst {MOST_DECIMALS} decimaler");
                (format!("beloppet ”{text}” har för många decimaler"), help)
            }
        })
    }
}

/// How much there is of something: nothing, or some.
#[derive(Debug, Clone, Copy, Default)]
pub struct Volume(pub Amount);

text_value!(Volume);

impl FromText for Volume {
    fn from_text(text: &str) -> Result<Volume, (String, String)> {
        let volume = Amount::from_text(text)?;
        if volume.0 < Decimal::ZERO {
            let help = "skriv den volym som ingår, till exempel 50, eller ta bort raden om ingen ingår";
            return Err((format!("”{text}” är ingen volym, eftersom den är under 0"), help.to_string()));
        }
        Ok(Volume(volume))
    }
}

/// So much, where it is said how much.
pub fn not_below_zero<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
    Ok(Option::<Volume>::deserialize(deserializer)?.map(|Volume(volume)| volume))
}

impl fmt::Display for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The currency of every amount.
#[derive(Debug, Clone, Copy, Default)]
pub struct Currency;

text_value!(Currency);

impl Currency {
    /// Its code.
    pub const CODE: &'static str = "SEK";
}

impl FromText for Currency {
    fn from_text(text: &str) -> Result<Currency, (String, String)> {
        (text == Currency::CODE).then_some(Currency).ok_or_else(|| {
            let help = "skriv SEK och ange beloppen i svenska kronor, eller ta bort raden".to_string();
            (format!("”{text}” är inte katalogens valuta, eftersom alla belopp är i kronor"), help)
        })
    }
}

/// The currency's code, where it is said.
pub fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Currency>::deserialize(deserializer)?.map(|currency| currency.to_string()))
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Currency::CODE)
    }
}

/// What may part the thousands of a figure: blanks that are broken and that are not, narrow ones too.
const BETWEEN_THOUSANDS: [char; 4] = [' ', '\u{A0}', '\u{202F}', '\u{2009}'];

/// What stands before a figure below nothing: a hyphen, or the sign itself.
const SIGNS: [char; 2] = ['-', '\u{2212}'];

/// Why a text is no decimal that can be worked with.
#[derive(Debug)]
enum NoFigure {
    /// It is none.
    Form,
    /// It may be two, which these words tell apart.
    Ambiguous(String),
    TooLarge,
    /// It has too many decimals.
    TooFine,
}

impl Amount {
    /// How a figure is written that has other marks between its thousands, or the currency after it: `1.234,50 kr`. None
    /// where it is no figure, or may be two.
    pub fn meant(text: &str) -> Option<String> {
        let figure = without_currency(text);
        let marks = [',', '.'];
        // What has nothing before its mark, or 0, has no thousands.
        let is_below_one = |whole: &str| whole.trim_start_matches(SIGNS).trim_start_matches('0').is_empty();
        let written = match figure.rsplit_once(marks) {
            Some((whole, last)) if last.len() == 3 && !whole.contains(marks) && !is_below_one(whole) => return None,
            Some((whole, decimals)) if whole.trim_start_matches(SIGNS).is_empty() => format!("{whole}0,{decimals}"),
            // The same mark twice is one between thousands, unless what follows the second can be no thousand.
            Some((whole, last)) if last.len() == 3 && whole.contains(&figure[whole.len()..=whole.len()]) => {
                figure.replace(marks, " ")
            }
            Some((whole, decimals)) => format!("{},{decimals}", whole.replace(marks, " ")),
            None => figure.to_string(),
        };
        let written = grouped_anew(&written).unwrap_or(written);
        Amount::of_any_size(&written).is_ok().then_some(written)
    }

    /// How each of what may be meant by a figure with three digits after its comma is written without doubt: with
    /// decimals, and with a blank between its thousands. None where there is nothing to doubt.
    pub fn meant_both_ways(text: &str) -> Option<(String, String)> {
        let amount = Amount::of_any_size(without_currency(text)).ok()?;
        (amount.0.scale() == 3 && amount.0.abs() >= Decimal::ONE).then(|| amount.both_ways())
    }

    /// The same of an amount with three decimals. Where the last of them is 0 two are enough, which nobody takes for
    /// thousands.
    pub fn both_ways(self) -> (String, String) {
        let written = |value| text::number(value).replace(text::NO_BREAK_SPACE, " ").replace('\u{2212}', "-");
        let Amount(mut decimals) = self;
        let thousands = Decimal::from_i128_with_scale(decimals.mantissa(), 0);
        if decimals.normalize().scale() < 3 {
            decimals.rescale(2);
        }
        (written(decimals), written(thousands))
    }

    /// An exact decimal as an author writes it, however large or fine.
    fn of_any_size(text: &str) -> Result<Amount, NoFigure> {
        let (sign, unsigned) = match text.strip_prefix(SIGNS) {
            Some(rest) => ("-", rest),
            None => ("", text),
        };
        let (whole, decimals) = match unsigned.split_once([',', '.']) {
            Some((whole, decimals)) => (whole, decimals),
            None => (unsigned, ""),
        };
        let has_decimals = unsigned.len() > whole.len();
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !digits(decimals) || (has_decimals && decimals.is_empty()) {
            return Err(NoFigure::Form);
        }
        let groups: Vec<&str> = whole.split(BETWEEN_THOUSANDS).collect();
        let grouped = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        if groups[0].is_empty() || !grouped || !groups.iter().all(|group| digits(group)) {
            return Err(NoFigure::Form);
        }
        // Nobody groups the thousands of nothing: ”0 125” is as likely a decimal comma that is left out.
        if groups.len() > 1 && groups[0].starts_with('0') {
            let help = "skriv utan nollor före, till exempel ”125”, eller med decimalkomma, till exempel ”0,125”";
            return Err(NoFigure::Ambiguous(help.to_string()));
        }
        let plain = format!("{sign}{}.{}", groups.concat(), if has_decimals { decimals } else { "0" });
        // It has the form of a figure: nothing but its size is wrong.
        let is_large = Decimal::from_str_exact(&groups.concat()).map_or(true, |whole| whole >= MOST_AMOUNT);
        let value = Decimal::from_str_exact(&plain);
        let value = value.map_err(|_| if is_large { NoFigure::TooLarge } else { NoFigure::TooFine })?;
        // A full stop before three digits may be a thousands mark or a decimal one: nobody should have to guess.
        if unsigned.contains('.') && decimals.len() == 3 && value.abs() >= Decimal::ONE {
            let sign = &text[..text.len() - unsigned.len()];
            let (with_decimals, thousands) = Amount(value.abs()).both_ways();
            let help = format!("skriv ”{sign}{thousands}” om det är tusental, annars ”{sign}{with_decimals}”");
            return Err(NoFigure::Ambiguous(help));
        }
        Ok(Amount(if has_decimals { value } else { value.trunc() }))
    }
}

/// A figure without the currency after it.
fn without_currency(text: &str) -> &str {
    let units = ["kronor", "kr", "SEK", ":-"];
    units.into_iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end()
}

/// A figure with a blank before its last thousands only, as `1000 000`, with one before all of them.
fn grouped_anew(figure: &str) -> Option<String> {
    let (whole, decimals) = figure.split_at(figure.find(',').unwrap_or(figure.len()));
    let (first, rest) = whole.split_once(BETWEEN_THOUSANDS)?;
    let is_figure = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    if first.len() <= 3 || !is_figure(first) || !rest.split(BETWEEN_THOUSANDS).all(|group| group.len() == 3) {
        return None;
    }
    let digits: Decimal = whole.replace(BETWEEN_THOUSANDS, "").parse().ok()?;
    Some(text::number(digits).replace(text::NO_BREAK_SPACE, " ") + decimals)
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A percentage such as `99,91 %`, with the decimals that it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Percent(pub Decimal);

text_value!(Percent);
described!(Percent: {
    "description": "Percent as an exact decimal: \"99.91\" is 99,91 %.", "type": "string", "pattern": DECIMAL
});

impl FromText for Percent {
    fn from_text(text: &str) -> Result<Percent, (String, String)> {
        let figure = text.strip_suffix('%').unwrap_or(text).trim_end_matches(BETWEEN_THOUSANDS);
        let wrong = |fault| match fault {
            NoFigure::TooFine => {
                (format!("procentsatsen ”{text}” har för många decimaler"), "skriv färre decimaler".to_string())
            }
            NoFigure::Ambiguous(help) => (format!("”{text}” kan läsas på två sätt"), help),
            NoFigure::Form | NoFigure::TooLarge => {
                (format!("”{text}” är ingen procentsats"), "skriv till exempel ”99,91 %”".to_string())
            }
        };
        Amount::of_any_size(figure).map(|Amount(value)| Percent(value)).map_err(wrong)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::percent(self.0, self.0.scale()))
    }
}

/// How much of a whole: no less than nothing, and no more than all.
#[derive(Debug, Clone, Copy, Default)]
pub struct PartOfWhole(pub Percent);

text_value!(PartOfWhole);

impl FromText for PartOfWhole {
    fn from_text(text: &str) -> Result<PartOfWhole, (String, String)> {
        let percent = Percent::from_text(text)?;
        if percent.0 < Decimal::ZERO || percent.0 > Decimal::ONE_HUNDRED {
            let help = "skriv en andel över 0 och högst 100, till exempel 33,33".to_string();
            return Err((format!("”{text}” är ingen andel av något"), help));
        }
        Ok(PartOfWhole(percent))
    }
}

/// How much of a whole, as a percentage.
pub fn part_of_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Percent, D::Error> {
    PartOfWhole::deserialize(deserializer).map(|PartOfWhole(percent)| percent)
}

impl fmt::Display for PartOfWhole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a price item costs: an amount, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// Kronor; 0 is a price.
    Amount(Amount),
    Included,
    OnRequest,
    AtCost,
    Discontinued,
    NotApplicable,
}

text_value!(Price);
described!(Price: {
    "description": "An exact decimal as text, or the word that stands in its place.",
    "anyOf": [{"type": "string", "pattern": DECIMAL}, {"enum": Price::WORDS.map(|(word, _)| word)}]
});

impl Price {
    const WORDS: [(&'static str, Price); 5] = [
        ("ingår", Price::Included),
        ("enligt offert", Price::OnRequest),
        ("självkostnad", Price::AtCost),
        ("utgår", Price::Discontinued),
        ("ej tillämpligt", Price::NotApplicable),
    ];

    /// The amount, where the price is one.
    pub fn amount(&self) -> Option<Decimal> {
        match self {
            Price::Amount(Amount(value)) => Some(*value),
            _ => None,
        }
    }
}

impl Default for Price {
    fn default() -> Price {
        Price::Amount(Amount::default())
    }
}

impl FromText for Price {
    fn from_text(text: &str) -> Result<Price, (String, String)> {
        if let Some((_, price)) = Price::WORDS.iter().find(|(word, _)| *word == text) {
            return Ok(*price);
        }
        if text.starts_with(|c: char| c.is_alphabetic()) {
            let words = Price::WORDS.map(|(word, _)| word);
            let help = text::did_you_mean_among(text, &words, "skriv ett belopp eller ett av");
            return Err((format!("”{text}” är inget pris"), help));
        }
        Amount::from_text(text).map(Price::Amount)
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Price::Amount(amount) => amount.fmt(f),
            other => f.write_str(Price::WORDS.iter().find(|(_, price)| price == other).map_or("", |(word, _)| word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Result<String, String> {
        Amount::from_text(text).map(|a| a.to_string()).map_err(|(message, help)| format!("{message}; {help}"))
    }

    #[test]
    fn an_amount_has_room_to_be_worked_with() {
        assert_eq!(amount("999 999 999 999,999999").as_deref(), Ok("999999999999.999999"));
        assert_eq!(amount("1,00000000").as_deref(), Ok("1.00000000"));
        let large =
            "beloppet ”-1000000000000” är för stort; skriv ett belopp under 1 000 000 000 000 (tusen miljarder)";
        assert_eq!(amount("-1000000000000").unwrap_err(), large);
        let fine = "beloppet ”0,0000001” har för många decimaler; skriv högst 6 decimaler";
        assert_eq!(amount("0,0000001").unwrap_err(), fine);
        assert!(amount("79228162514264337593543950335").unwrap_err().contains("för stort"));
        assert!(amount(&"9".repeat(100_000)).unwrap_err().contains("för stort"));
        // What has no room for its decimals is not large.
        for fine in [format!("1,{}", "3".repeat(40)), format!("0,{}1", "0".repeat(28))] {
            assert!(amount(&fine).unwrap_err().contains("har för många decimaler"), "{fine}");
            assert!(Percent::from_text(&fine).unwrap_err().0.contains("har för många decimaler"), "{fine}");
        }
        let two_readings = "skriv ”66 667” om det är tusental, annars ”66,667”";
        assert_eq!(
            Percent::from_text("66.667").unwrap_err(),
            ("”66.667” kan läsas på två sätt".into(), two_readings.into())
        );
        for (written, holds) in
            [("0", true), ("100 %", true), ("100,01", false), ("-50", false), ("\u{2212}0,01", false)]
        {
            assert_eq!(PartOfWhole::from_text(written).is_ok(), holds, "{written}");
        }
        assert_eq!(Percent::from_text("33,33333333333 %").unwrap().to_string(), "33,33333333333\u{A0}%");
    }

    #[test]
    fn amounts_are_exact() {
        for (written, read) in [
            ("4300", "4300"),
            ("125,50", "125.50"),
            ("125.5", "125.5"),
            ("12 345,50", "12345.50"),
            ("1\u{A0}234\u{202F}567", "1234567"),
            ("1\u{2009}000,50", "1000.50"),
            ("-3", "-3"),
            ("\u{2212}3,25", "-3.25"),
            ("0", "0"),
            ("0,1", "0.1"),
        ] {
            assert_eq!(amount(written).as_deref(), Ok(read), "{written}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for written in
            ["", "kr", "1,234.50", "1.234", "1.234,50", "12 34", "1,", ",5", "1 2345", "--1", "1e3", "1 234 kr"]
        {
            assert!(amount(written).is_err(), "{written}");
        }
        assert_eq!(
            amount("1.234").unwrap_err(),
            "”1.234” kan läsas på två sätt; skriv ”1 234” om det är tusental, annars ”1,234”"
        );
        for written in ["0 125", "00 125", "000 000", "-0 001", "012 345", "0 125,50"] {
            assert!(
                amount(written).unwrap_err().contains("kan läsas på två sätt; skriv utan nollor före"),
                "{written}"
            );
        }
        assert!(amount("1 23.456").unwrap_err().contains("är inget belopp"));
    }

    /// Nobody who does as is said publishes another amount than was written.
    #[test]
    fn either_reading_of_a_full_stop_is_an_amount_with_its_sign() {
        for (written, decimals, thousands) in [
            ("-1.000", "-1,00", "-1 000"),
            ("\u{2212}12.500", "\u{2212}12,50", "\u{2212}12 500"),
            ("1.850", "1,85", "1 850"),
            ("012.345", "12,345", "12 345"),
            ("1234.567", "1 234,567", "1 234 567"),
            ("1 234.567", "1 234,567", "1 234 567"),
        ] {
            let told = format!("skriv ”{thousands}” om det är tusental, annars ”{decimals}”");
            assert_eq!(amount(written).unwrap_err(), format!("”{written}” kan läsas på två sätt; {told}"));
            assert!(amount(decimals).is_ok() && amount(thousands).is_ok(), "{written}");
        }
        for (written, read) in [("0.125", "0.125"), ("-0.125", "-0.125"), ("000.000", "0.000"), ("0.001", "0.001")] {
            assert_eq!(amount(written).as_deref(), Ok(read), "{written}");
        }
    }

    /// Whoever does as is said is not told of it again.
    #[test]
    fn what_is_meant_by_a_figure_with_other_marks_is_an_amount() {
        for (written, meant) in [
            ("1.234,50", Some("1 234,50")),
            ("1,234.50", Some("1 234,50")),
            ("-1,250,50", Some("-1 250,50")),
            ("1.250.500", Some("1 250 500")),
            ("1.250.500,00", Some("1 250 500,00")),
            ("1 234 kr", Some("1 234")),
            ("99,50 kr", Some("99,50")),
            ("1000 000", Some("1 000 000")),
            ("12500 000 000,50 kr", Some("12 500 000 000,50")),
            ("1000 00", None),
            (".001", Some("0,001")),
            ("-.5", Some("-0,5")),
            ("-0.125 kr", Some("-0,125")),
            ("0.125.000", None),
            ("1.234 kr", None),
            ("1.25,50", None),
            ("12 34", None),
            ("kr", None),
            ("", None),
            ("å", None),
        ] {
            assert_eq!(Amount::meant(written).as_deref(), meant, "{written}");
            assert!(meant.is_none_or(|meant| amount(meant).is_ok()), "{written}");
        }
        let told = "”1.234,50” är inget belopp; skriv ”1 234,50” (inom citattecken)";
        assert_eq!(amount("1.234,50").unwrap_err(), told);
    }

    #[test]
    fn prices_are_amounts_or_words() {
        assert_eq!(Price::from_text("ingår"), Ok(Price::Included));
        assert_eq!(Price::from_text("0").unwrap().amount(), Some(Decimal::ZERO));
        assert_eq!(Price::from_text("enligt ofert").unwrap_err().1, "menade du ”enligt offert”?");
    }
}
