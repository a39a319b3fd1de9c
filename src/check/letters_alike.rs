//! A letter that only looks like the one that is meant.

use std::ops::Range;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::ServiceOffering;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(199),
    name: "letters-alike",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "katalogen",
    docs: "Kyrilliskt а och latinskt a ser likadana ut, men är olika tecken. Ett ord som blandar dem går inte att söka \
           efter, och ett namn som gör det kan tas för ett annat. Detsamma gäller bokstäver som är hopskrivna till \
           ett enda tecken, som ﬁ och ﬀ i text ur en PDF-fil. De följer ofta med när text kopieras. Ett ord på ryska \
           eller grekiska har bara sina egna bokstäver och rapporteras inte.",
    wrong: &[("produkter/servicedesk.yaml", "beskrivning: Tar emot alla ärenden om sеrvrar.")],
    right: &[("produkter/servicedesk.yaml", "beskrivning: Tar emot alla ärenden om servrar.")],
    cure: "skriv om ordet på tangentbordet",
    check,
};

/// Letters of other alphabets, each after the Latin one that it looks like.
const ALIKE: &str = "aаAАΑbЬBВΒcсϲCСϹdԁeеEЕΕgɡhһHНΗiіιIІΙΙjјJЈkκKКΚlӏMМΜNΝoоοOОΟpрρPРΡqԛsѕSЅTТΤuυvνwԝxхχXХΧyуYУΥZΖ";

/// A letter that is not what it looks like.
#[derive(Debug, PartialEq, Eq)]
struct Odd {
    letter: char,
    /// The Latin letters to write.
    meant: String,
}

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let hits = catalog.texts().par_iter().flat_map_iter(|text| {
        let words = if may_have(text.text()) { words(text.text()) } else { Vec::new() };
        words.into_iter().filter_map(move |word| Some((text, found(&text.text()[word.clone()])?, word)))
    });
    for (text, odd, word) in hits.collect::<Vec<_>>() {
        let (message, cure) = told(&text.text()[word.clone()], &odd);
        findings.add_in(text, &word, message, cure);
    }
    let entities = catalog.entities();
    for service in &entities.services {
        in_suffixes(&service.id, &service.offerings, findings);
    }
    for service in &entities.supporting_services {
        in_suffixes(&service.id, &service.offerings, findings);
    }
}

/// The same in what is no text, but a part of a name.
fn in_suffixes(service: &str, offerings: &[ServiceOffering], findings: &mut Findings<'_>) {
    for (at, offering) in offerings.iter().enumerate() {
        let suffix = &offering.suffix.0;
        if let Some((odd, word)) =
            words(suffix).into_iter().find_map(|word| Some((found(&suffix[word.clone()])?, word)))
        {
            let path = format!("erbjudanden.{at}.suffix");
            let (message, cure) = told(&suffix[word], &odd);
            findings.add_to_part(service, &offering.id, &path, message, cure);
        }
    }
}

/// What is wrong with a word, and what to do about it.
fn told(word: &str, Odd { letter, meant }: &Odd) -> (String, String) {
    let code = u32::from(*letter);
    if meant.len() > 1 {
        let message = format!("”{word}” har ett enda tecken för bokstäverna {meant} (U+{code:04X})");
        return (message, format!("skriv bokstäverna var för sig: ”{meant}”"));
    }
    (format!("”{word}” har ett tecken som bara liknar {meant} (U+{code:04X})"), RULE.cure.to_string())
}

/// Whether a text has a byte that letters of other alphabets begin with; most have none. No byte is left out, so that many
/// are looked at at once.
fn may_have(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | matches!(byte, 0xC9 | 0xCE..=0xD4 | 0xEF..))
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

/// The first letter of a word that only looks like one of the others, or like several.
fn found(word: &str) -> Option<Odd> {
    let is_latin = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '\u{C0}'..='\u{24F}');
    let styled = word.chars().find_map(|letter| Some(Odd { letter, meant: plain(letter)? }));
    let is_mixed = word.chars().any(is_latin) || is_number_with_a_letter(word);
    let mixed = || word.chars().find_map(|letter| Some(Odd { letter, meant: alike(letter)?.to_string() }));
    styled.or_else(|| is_mixed.then(mixed).flatten())
}

/// Whether a word is figures around one Cyrillic letter, as the number of an article: a Greek one may be a sign, as in χ2.
fn is_number_with_a_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let is_cyrillic = letters.next().is_some_and(|letter| matches!(letter, '\u{400}'..='\u{4FF}'));
    is_cyrillic && letters.next().is_none() && word.chars().any(|c| c.is_ascii_digit())
}

/// The Latin letter that one of another alphabet looks like.
fn alike(letter: char) -> Option<char> {
    let before = &ALIKE[..ALIKE.find(letter).filter(|_| !letter.is_ascii())?];
    before.chars().rev().find(char::is_ascii)
}

/// The plain letters that one in a style of its own stands for, such as one of full width or a ligature.
fn plain(letter: char) -> Option<String> {
    let is_styled = matches!(letter, '\u{FB00}'..='\u{FB06}' | '\u{FF21}'..='\u{FF5A}' | '\u{1D400}'..='\u{1D7FF}');
    let plain: String = is_styled.then(|| letter.nfkc().collect())?;
    plain.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_mixes_alphabets_has_an_odd_letter() {
        for (word, letter, meant) in [
            ("sеrvrar", 'е', "e"),
            ("Οrbit", 'Ο', "O"),
            ("Ｏrbit", 'Ｏ', "O"),
            ("𝐎𝐫𝐛𝐢𝐭", '𝐎', "O"),
            ("åtgärdеn", 'е', "e"),
            ("19А11", 'А', "A"),
            ("ofﬁcial", 'ﬁ', "fi"),
            ("eﬃcient", 'ﬃ', "ffi"),
            ("ﬅad", 'ﬅ', "st"),
        ] {
            assert_eq!(found(word), Some(Odd { letter, meant: meant.to_string() }));
            assert!(may_have(word), "{word}");
        }
    }

    #[test]
    fn whole_words_of_other_alphabets_and_units_have_none() {
        for word in ["servrar", "Ångström", "Россия", "αβγ", "μg", "kΩ", "שלום", "TNFα", "Łódź", "χ2", "1911"]
        {
            assert_eq!(found(word), None, "{word}");
        }
    }
}
