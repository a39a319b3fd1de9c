//! The order that names stand in, and the letters that they stand under.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::figures::NO_BREAK_SPACE;

/// Swedish dictionary order: å, ä and ö last, w a letter of its own, é beside e.
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.compare(a, b)
}

/// A text whose figures are as long as each other, for it to be put in order by what they come to: 8 before 1 000.
pub fn with_long_figures(text: &str) -> String {
    const LONG: usize = 20;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        let first = digits(&rest[start..]);
        let mut figure = rest[start..start + first].to_string();
        rest = &rest[start + first..];
        // A blank parts thousands.
        while let Some(group) =
            rest.strip_prefix([' ', NO_BREAK_SPACE]).filter(|group| first <= 3 && digits(group) == 3)
        {
            figure.push_str(&group[..3]);
            rest = &group[3..];
        }
        out.push_str(&format!("{figure:0>LONG$}"));
    }
    out + rest
}

/// What a text's place in that order can be told by, for sorting many: the bytes of it are in the order of the texts.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * text.len());
    let Ok(()) = COLLATOR.write_sort_key_to(text, &mut key);
    key
}

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let swedish = icu_collator::CollatorPreferences::from(&icu_locale_core::locale!("sv"));
    Collator::try_new(swedish, CollatorOptions::default()).expect("the collation data of Swedish is compiled in")
});

/// A name as an index puts it in order: from its first letter or figure, as a quotation mark or a bracket is none.
pub fn index_name(name: &str) -> &str {
    name.find(char::is_alphanumeric).map_or(name, |at| &name[at..])
}

/// The heading in an index of names that begin with a letter of another alphabet: it comes after Ö.
const OTHER_LETTERS: &str = "Övriga";

/// The letter under which an index lists a name; figures and signs share `#`, and other alphabets one heading.
pub fn index_letter(name: &str) -> String {
    let Some(first) = index_name(name).chars().next().filter(|c| c.is_alphanumeric()) else { return "#".into() };
    if first.is_numeric() {
        return "#".into();
    }
    let upper: String = first.to_uppercase().collect();
    let mut letters = ('A'..='Z').chain(['Å', 'Ä', 'Ö']).map(String::from);
    if letters.clone().any(|letter| letter == upper) {
        return upper;
    }
    // Ø is an Ö to the order of names; what comes after that is no Latin letter.
    if primary(&upper, "Ö") == Ordering::Greater {
        return OTHER_LETTERS.into();
    }
    // The last letter that does not come after the name: É falls under E, Ü under Y.
    letters.rfind(|letter| primary(letter, &upper) != Ordering::Greater).unwrap_or(upper)
}

fn primary(a: &str, b: &str) -> Ordering {
    static BASE: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
        let swedish = icu_collator::CollatorPreferences::from(&icu_locale_core::locale!("sv"));
        let mut options = CollatorOptions::default();
        options.strength = Some(icu_collator::options::Strength::Primary);
        Collator::try_new(swedish, options).expect("the collation data of Swedish is compiled in")
    });
    BASE.compare(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_in_a_swedish_dictionary() {
        let mut names = ["Öron", "Zebra", "Ärende", "Ådra", "Wifi", "Vård", "Vax", "Idé", "Ide", "Idel", "Über", "Yta"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(
            names,
            ["Ide", "Idé", "Idel", "Vax", "Vård", "Wifi", "Über", "Yta", "Zebra", "Ådra", "Ärende", "Öron"]
        );
        let mut any = crate::testing::chance();
        let mut name =
            || -> String { (0..any(6)).map(|_| ['a', 'A', 'å', 'é', 'e', ' ', '-', '1', 'w'][any(9)]).collect() };
        for _ in 0..2_000 {
            let (a, b) = (name(), name());
            assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b), "{a} {b}");
        }
    }

    #[test]
    fn an_index_has_swedish_letters() {
        let letters = ["Ekg", "École", "ärende", "Åre", "webb", "Über", "3D", "örat", "”Öl”", "…"].map(index_letter);
        assert_eq!(letters, ["E", "E", "Ä", "Å", "W", "Y", "#", "Ö", "Ö", "#"]);
        let letters = ["Øre", "Ægir", "Þór", "ß", "日本 X", "Ядро", "Ωmega", "قلب"].map(index_letter);
        assert_eq!(letters, ["Ö", "Ä", "T", "S", "Övriga", "Övriga", "Övriga", "Övriga"]);
        assert_eq!(["”Citat” (a)", "-streck", "Ekg", "…"].map(index_name), ["Citat” (a)", "streck", "Ekg", "…"]);
    }
}
