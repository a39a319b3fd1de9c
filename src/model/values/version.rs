//! The versions of an edition, and the forms in which one is kept.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FromText, TextVisitor, figure};
use crate::load::typed::hook;

/// The version of an edition or a document: `1.0`. They are put in order, and an edition's files named, by its numbers.
#[derive(Debug, Clone, Default)]
pub struct VersionNumber(pub String);

text_value!(VersionNumber);

/// The longest version, in characters.
const LONGEST_VERSION: usize = 32;

impl FromText for VersionNumber {
    fn from_text(text: &str) -> Result<VersionNumber, (String, String)> {
        let digits = || text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let is_whole = digits().all(|digits| digits.parse::<u64>().is_ok());
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

/// A version's numbers, for versions to be put in order: `1.10` comes after `1.9`, and `1`, `1.0` and `1.00` are the
/// same. None of a version that is no number.
pub fn version_numbers(version: &str) -> Vec<u64> {
    let parts = version.split(|c: char| !c.is_ascii_digit());
    let mut numbers: Vec<u64> = parts.filter_map(|part| part.parse().ok()).collect();
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    numbers
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
    /// With what information is classified as, what is supported, how something is ordered and what cloud and team it is of,
    /// and the hours of the service desk; and with what is signed, approved, decided and explained anew for each edition.
    pub const AGREED: FrozenForm = FrozenForm(5);
    /// Of the editions that are frozen now.
    pub const LAST: FrozenForm = FrozenForm::AGREED;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_numbers() {
        for good in ["1", "1.0", "2027:3", "1.0 rc1"] {
            assert_eq!(VersionNumber::from_text(good).unwrap().0, good);
        }
        for bad in ["", "§", "utkast", "18446744073709551616.0", &"1.".repeat(17)] {
            assert!(VersionNumber::from_text(bad).is_err(), "{bad}");
        }
    }
}
