//! Values of one word or figure that entities hold, and how they are read from what an author writes.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::load::typed::{complaint, hook};
use crate::text;

/// A value that is written as one text.
pub trait FromText: Default {
    /// Reads the text; the error is a message and its cure.
    fn from_text(text: &str) -> Result<Self, (String, String)>;
}

/// Lets serde read a [`FromText`] and write it by its `Display`.
macro_rules! text_value {
    ($type:ty) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_newtype_struct(hook::VALUE, TextVisitor(PhantomData))
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

/// Describes the value to other programs, as it is exported to them.
macro_rules! described {
    ($type:ident: $($schema:tt)+) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($($schema)+)
            }
        }
    };
}

/// An exact decimal as text: no program may round it on the way.
const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?$";

struct TextVisitor<T>(PhantomData<T>);

impl<T: FromText> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("en text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(|(message, help)| E::custom(complaint(&message, &help)))
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Ok(T::default())
    }
}

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

/// The version of an edition or a document: `1.0`. They are put in order, and an edition's files named, by its numbers.
#[derive(Debug, Clone, Default)]
pub struct VersionNumber(pub String);

text_value!(VersionNumber);

/// The longest version, in characters.
const LONGEST_VERSION: usize = 32;

impl FromText for VersionNumber {
    fn from_text(text: &str) -> Result<VersionNumber, (String, String)> {
        let digits = || text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let is_whole = digits().count() == version_numbers(text).len();
        if digits().next().is_none() || !is_whole || text.chars().count() > LONGEST_VERSION {
            let help =
                format!("skriv ett nummer, till exempel ”1.0” (inom citattecken), på högst {LONGEST_VERSION} tecken");
            return Err((format!("”{text}” är inget versionsnummer"), help));
        }
        Ok(VersionNumber(text.to_string()))
    }
}

impl fmt::Display for VersionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A version's numbers, for versions to be put in order: `1.10` comes after `1.9`.
pub fn version_numbers(version: &str) -> Vec<u64> {
    version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

/// Which facts a frozen edition keeps. Later forms keep more, and what an edition does not keep is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrozenForm(u32);

impl FrozenForm {
    /// Of the editions that do not say it: names, levels, who answers, costs and prices.
    pub const FIRST: FrozenForm = FrozenForm(1);
    /// With the terms of each price, its offering and its remark, who pays of each cost, and VAT.
    pub const PRICE_TERMS: FrozenForm = FrozenForm(2);
    /// With what levels promise, when an SLA holds, how a service depends on its calls, and when suppliers are at work.
    pub const PROMISES: FrozenForm = FrozenForm(3);
    /// With the article that calls count, the hours and response time of each SLA, and the days of the edition.
    pub const COUNTED: FrozenForm = FrozenForm(4);
    /// Of the editions that are frozen now.
    pub const LAST: FrozenForm = FrozenForm::COUNTED;
}

impl Default for FrozenForm {
    fn default() -> FrozenForm {
        FrozenForm::FIRST
    }
}

text_value!(FrozenForm);

impl FromText for FrozenForm {
    fn from_text(text: &str) -> Result<FrozenForm, (String, String)> {
        let form = figure(text).map(FrozenForm);
        form.filter(|form| (FrozenForm::FIRST..=FrozenForm::LAST).contains(form)).ok_or_else(|| {
            let help = "hämta filen som den frystes; är den fryst av en senare version av katalog behövs den versionen";
            (
                format!("”{text}” är ingen form av frysta utgåvor som den här versionen av katalog känner"),
                help.to_string(),
            )
        })
    }
}

impl fmt::Display for FrozenForm {
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

/// How many, of what there is at least one of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count(pub u32);

text_value!(Count);

impl FromText for Count {
    fn from_text(text: &str) -> Result<Count, (String, String)> {
        figure(text).filter(|count| *count > 0).map(Count).ok_or_else(|| {
            let most = text::number(u32::MAX.into());
            let help = format!("skriv ett heltal, till exempel 3; det får vara från 1 till {most}");
            (format!("”{text}” är inget antal som får stå här"), help)
        })
    }
}

/// So many, where it is said how many.
pub(super) fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(Option::<Count>::deserialize(deserializer)?.map(|Count(count)| count))
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A length of time, kept in minutes and printed as it was written: `2 timmar`, `10 minuter`.
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
        let parsed = text.split_once([' ', '\u{A0}']).and_then(|(count, unit)| {
            let count: u64 = figure(count)?;
            let minutes = match unit {
                "minut" | "minuter" => 1,
                "timme" | "timmar" => 60,
                "dag" | "dagar" | "dygn" => 24 * 60,
                _ => return None,
            };
            count.checked_mul(minutes)
        });
        let minutes = parsed.ok_or_else(|| {
            (
                format!("”{text}” är ingen tid"),
                "skriv ett heltal och minuter, timmar eller dagar, till exempel ”2 timmar”".to_string(),
            )
        })?;
        Ok(Duration { minutes, text: text.replace(' ', "\u{A0}") })
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What a level promises, or that it promises nothing: `inte garanterad`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Guaranteed<T> {
    #[default]
    Not,
    By(T),
}

impl<T> Guaranteed<T> {
    /// The promise, where there is one.
    pub fn promise(&self) -> Option<&T> {
        match self {
            Guaranteed::Not => None,
            Guaranteed::By(value) => Some(value),
        }
    }
}

impl<T: FromText> FromText for Guaranteed<T> {
    fn from_text(text: &str) -> Result<Self, (String, String)> {
        match text {
            "inte garanterad" | "inte garanterat" => Ok(Guaranteed::Not),
            _ => T::from_text(text).map(Guaranteed::By),
        }
    }
}

impl<'de, T: FromText> Deserialize<'de> for Guaranteed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(hook::VALUE, TextVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Guaranteed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.promise().serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Guaranteed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Guaranteed{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Option<T>>::json_schema(generator)
    }
}

/// A figure of nothing but digits; the sign that Rust takes before it is no part of one.
fn figure<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl FromText for u32 {
    fn from_text(text: &str) -> Result<u32, (String, String)> {
        figure(text).ok_or_else(|| (format!("”{text}” är inget antal"), "skriv ett heltal".to_string()))
    }
}

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
pub(super) fn not_below_zero<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
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
pub(super) fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
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
        let units = ["kronor", "kr", "SEK", ":-"];
        let figure = units.into_iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end();
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
            let written = |value: Decimal| format!("{sign}{}", text::number(value).replace(text::NO_BREAK_SPACE, " "));
            let mut fine = value.abs();
            let with_decimals = written(fine);
            fine.set_scale(0).map_err(|_| NoFigure::TooLarge)?;
            let help = format!("skriv ”{with_decimals}” för tre decimaler, eller ”{}” för tusental", written(fine));
            return Err(NoFigure::Ambiguous(help));
        }
        Ok(Amount(if has_decimals { value } else { value.trunc() }))
    }
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
pub(super) fn part_of_whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Percent, D::Error> {
    PartOfWhole::deserialize(deserializer).map(|PartOfWhole(percent)| percent)
}

impl fmt::Display for PartOfWhole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An address on the web that pages lie under: whole, and without signs that an address cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WebAddress(String);

text_value!(WebAddress);

impl FromText for WebAddress {
    fn from_text(text: &str) -> Result<WebAddress, (String, String)> {
        let address = web_address(text, text)?;
        let path = address.splitn(4, '/').nth(3).unwrap_or_default().to_ascii_lowercase();
        // What is put after it would not be part of the path, or below a page.
        if address.contains(['?', '#']) || path.ends_with(".html") || path.ends_with(".htm") {
            let help = "skriv mappens adress, utan sidans namn och utan ? och #, till exempel \
                https://intranat.example/katalog/";
            return Err((format!("”{text}” är ingen adress som sidor kan ligga under"), help.to_string()));
        }
        Ok(WebAddress(address))
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address on the web of any file, with `{fil}` in place of its path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileAddress(String);

text_value!(FileAddress);

impl FileAddress {
    /// The address of the file at a path, which is given as an address holds it.
    pub fn of(&self, path: &str) -> String {
        self.0.replace("{fil}", path)
    }
}

impl FromText for FileAddress {
    fn from_text(text: &str) -> Result<FileAddress, (String, String)> {
        let address = web_address(&text.replace("{fil}", ""), text)?;
        if !address.contains("{fil}") {
            let help = "skriv {fil} där filens sökväg ska stå, till exempel https://git.example/katalog/content/{fil}";
            return Err((format!("”{text}” är samma adress för alla filer"), help.to_string()));
        }
        Ok(FileAddress(address))
    }
}

impl fmt::Display for FileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text, if `address` is one on the web: any other scheme would be a link that runs, or leads into the reader's own
/// machine.
fn web_address(address: &str, text: &str) -> Result<String, (String, String)> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let is_sign = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"\\^`{|}".contains(c);
    let host = scheme.map_or("", |scheme| &address[scheme.len()..]);
    if host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && address.chars().all(is_sign) {
        return Ok(text.to_string());
    }
    let help = "skriv den hel, till exempel https://intranat.example/katalog/, utan blanksteg";
    Err((format!("”{text}” är ingen webbadress"), help.to_string()))
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

/// What can be referred to by an id: an entity, a part of one, or one of several kinds.
pub trait Linked {
    /// Hook of a reference to it.
    const REFERENCE: &'static str;
    /// Hook of a reference that may also be a plain name.
    const MENTION: &'static str;
    /// Hook of the id of one inside another entity.
    const IDENTITY: &'static str;
}

/// Declares by what kinds a type can be referred to.
macro_rules! linked {
    ($($type:ident: $kinds:expr;)*) => {$(
        impl $crate::model::Linked for $type {
            const REFERENCE: &'static str = concat!("katalog:ref:", $kinds);
            const MENTION: &'static str = concat!("katalog:mention:", $kinds);
            const IDENTITY: &'static str = concat!("katalog:id:", $kinds);
        }
    )*};
}
pub(crate) use linked;

/// A reference by id. In a [`Catalog`](crate::resolve::Catalog) it always leads somewhere: that is where to follow it.
#[derive(Debug)]
pub struct Ref<T> {
    /// The id as written.
    pub id: String,
    to: PhantomData<fn() -> T>,
}

/// A reference, or a name as printed in a source that no entity has.
#[derive(Debug)]
pub struct Mention<T> {
    /// The id or the name as written.
    pub text: String,
    to: PhantomData<fn() -> T>,
}

/// The id of something that stands inside another entity.
#[derive(Debug)]
pub struct Identity<T> {
    /// The id as written.
    pub id: String,
    of: PhantomData<fn() -> T>,
}

macro_rules! hooked {
    ($type:ident, $field:ident, $marker:ident, $hook:ident) => {
        impl<'de, T: Linked> Deserialize<'de> for $type<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let $field = deserializer.deserialize_newtype_struct(T::$hook, StringVisitor)?;
                Ok($type { $field, $marker: PhantomData })
            }
        }

        impl<T> Serialize for $type<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.$field)
            }
        }
    };
}

hooked!(Ref, id, to, REFERENCE);
hooked!(Mention, text, to, MENTION);
hooked!(Identity, id, of, IDENTITY);

/// Describes an id by what it may belong to.
macro_rules! described_id {
    ($type:ident, $hook:ident, $begins:expr, $says:literal) => {
        impl<T: Linked> JsonSchema for $type<T> {
            fn schema_name() -> Cow<'static, str> {
                let kinds = T::$hook.strip_prefix($begins).unwrap_or_default();
                format!("{}{}", kinds.replace('|', "Or"), stringify!($type)).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let kinds = T::$hook.strip_prefix($begins).unwrap_or_default().replace('|', " or ");
                json_schema!({"description": format!($says, kinds), "type": "string"})
            }
        }
    };
}

described_id!(Ref, REFERENCE, hook::REFERENCE, "An id in the catalogue, of the kind {}.");
described_id!(Mention, MENTION, hook::MENTION, "An id in the catalogue, of the kind {}, or a name that none has.");
described_id!(Identity, IDENTITY, hook::IDENTITY, "The id of this {}, unique in the catalogue.");

struct StringVisitor;

impl Visitor<'_> for StringVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("en text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_string())
    }
}

/// The last part of an offering's name, after its service's and a full stop (`§ 3.2.3`).
#[derive(Debug, Clone, Default)]
pub struct Suffix(pub String);

impl<'de> Deserialize<'de> for Suffix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(hook::SUFFIX, StringVisitor).map(Suffix)
    }
}

impl Serialize for Suffix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

described!(Suffix: {"description": "The last part of an offering's name.", "type": "string"});

/// Markdown that an author wrote in an entity. Templates get its handle, which stands for the parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    /// As written.
    pub source: String,
    /// The id of its entity and the path of its key: `orbit-drift#beskrivning`.
    pub handle: String,
}

impl<'de> Deserialize<'de> for Markdown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Markdown;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("en text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Markdown, A::Error> {
                let source = pair.next_element()?.unwrap_or_default();
                let handle = pair.next_element()?.unwrap_or_default();
                Ok(Markdown { source, handle })
            }
        }
        deserializer.deserialize_newtype_struct(hook::MARKDOWN, Pair)
    }
}

impl Serialize for Markdown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("![[{}]]", self.handle))
    }
}

described!(Markdown: {
    "description": "CommonMark with tables, footnotes and strikethrough, as the author wrote it. References to the \
        catalogue are links, addressed as `url` is.",
    "type": "string",
    "contentMediaType": "text/markdown"
});

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Result<String, String> {
        Amount::from_text(text).map(|a| a.to_string()).map_err(|(message, help)| format!("{message}; {help}"))
    }

    #[test]
    fn a_figure_is_digits() {
        assert!(ClockTime::from_text("+4:03").is_err() && ClockTime::from_text("04:+3").is_err());
        assert!(ClockTime::from_text("0881080809:48").is_err() && ClockTime::from_text("08:0000000001").is_err());
        assert!(Duration::from_text("+2 timmar").is_err() && Duration::from_text(" timmar").is_err());
        assert!(Year::from_text("+2027").is_err() && u32::from_text("+1").is_err() && u32::from_text("").is_err());
        assert_eq!((ClockTime::from_text("08:05").unwrap().minutes, u32::from_text("012")), (485, Ok(12)));
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
        let two_readings = "skriv ”66,667” för tre decimaler, eller ”66 667” för tusental";
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
    fn only_an_address_on_the_web_is_one() {
        for good in [
            "https://x.example",
            "HTTP://10.0.0.1:8080/a%20b/",
            "https://[::1]/",
            "https://å.example/ö",
            "https://x.html",
        ] {
            assert_eq!(WebAddress::from_text(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "x.example",
            "//x.example",
            "https://",
            "https:///x",
            "https://?",
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///c:/x",
            "ftp://x",
            " https://x.example",
            "https://x.example/a b",
            "https://x\"onclick=\"y",
            "https://x.example/<b>",
            "https://x.example/{fil}",
            "https:\\\\x.example",
            "https://x.example/katalog?utgava=2027",
            "https://x.example/katalog/#start",
            "https://x.example/katalog/index.html",
            "https://x.example/Start.HTM",
            "å",
        ] {
            assert!(WebAddress::from_text(bad).is_err(), "{bad}");
        }
        let files = FileAddress::from_text("https://git.example/{fil}?plain=1").unwrap();
        assert_eq!(files.of("a/b.yaml"), "https://git.example/a/b.yaml?plain=1");
        assert_eq!(FileAddress::from_text("https://x/?fil={fil}#1").unwrap().of("a.yaml"), "https://x/?fil=a.yaml#1");
        for bad in ["{fil}", "javascript:{fil}", "https://git.example/katalog/blob/main/content"] {
            assert!(FileAddress::from_text(bad).is_err(), "{bad}");
        }
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
            "”1.234” kan läsas på två sätt; skriv ”1,234” för tre decimaler, eller ”1 234” för tusental"
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
            ("-1.000", "-1,000", "-1 000"),
            ("\u{2212}12.500", "\u{2212}12,500", "\u{2212}12 500"),
            ("012.345", "12,345", "12 345"),
            ("1234.567", "1 234,567", "1 234 567"),
            ("1 234.567", "1 234,567", "1 234 567"),
        ] {
            let told = format!("skriv ”{decimals}” för tre decimaler, eller ”{thousands}” för tusental");
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

    #[test]
    fn times_and_durations() {
        assert_eq!(ClockTime::from_text("16:45").unwrap().minutes, 1005);
        assert!(ClockTime::from_text("24:01").is_err() && ClockTime::from_text("8:00").is_err());
        assert_eq!(Duration::from_text("2 timmar").unwrap().minutes, 120);
        assert!(Duration::from_text("2 tim").is_err());
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

    #[test]
    fn a_version_has_numbers_and_counts_begin_at_one() {
        for good in ["1", "1.0", "2027:3", "1.0 rc1"] {
            assert_eq!(VersionNumber::from_text(good).unwrap().0, good);
        }
        for bad in ["", "§", "utkast", "18446744073709551616.0", &"1.".repeat(17)] {
            assert!(VersionNumber::from_text(bad).is_err(), "{bad}");
        }
        for (written, days, count) in
            [("0", false, false), ("1", true, true), ("366", true, true), ("367", false, true)]
        {
            assert_eq!(DaysOfYear::from_text(written).is_ok(), days, "{written}");
            assert_eq!(Count::from_text(written).is_ok(), count, "{written}");
        }
        assert!(Count::from_text("4294967296").is_err() && Count::from_text("två").is_err());
    }
}
