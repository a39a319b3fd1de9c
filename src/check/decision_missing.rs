//! A decided edition without its decision.

use super::{Findings, Rule, standing, texts};
use crate::diagnostic::{Code, Severity};
use crate::model::{DocumentMetadata, Status};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(185),
    name: "decision-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 1.2",
    docs: "Tjänstekatalogen och prislistan beslutas i DÖK-processen. När utgåvan är beslutad säger varje dokument \
           med vilket beslut, och ingenstans står kvar att det är ett utkast. Det gäller också en tjänstekatalog, \
           prislista eller katalog över stödjande tjänster som inte nämns under dokument, när utgåvan har något att \
           visa i den. Så länge utgåvan är ett utkast eller på remiss säger inget dokument att den är beslutad.",
    wrong: &[(
        "katalog.yaml",
        r#"
        utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
        dokument:
          # …
          tjanstekatalog:
            # …
            beslut: Inte beslutad. Utkast inför DÖK 2027.
        "#,
    )],
    right: &[(
        "katalog.yaml",
        r#"
        utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
        dokument:
          # …
          tjanstekatalog:
            # …
            beslut: RS 2026-01234, 1 december 2026
        "#,
    )],
    cure: "skriv under beslut vem som har beslutat, när, och ärendets nummer",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let how_far = match catalog.catalogue.edition.status {
        Status::Decided => None,
        Status::Draft => Some("är ett utkast"),
        Status::Referral => Some("är på remiss"),
    };
    if let Some(how_far) = how_far {
        return tell_of_drafts(catalog, how_far, findings);
    }
    for (name, document) in standing::documents(catalog) {
        match document.decision.as_deref().map(str::trim).filter(|decision| !decision.is_empty()) {
            None => {
                let message = format!("utgåvan är beslutad, men ”{}” säger inte med vilket beslut", document.title);
                findings.add("katalog", &format!("dokument.{name}.titel"), message, RULE.cure);
            }
            Some(decision) if says_undecided(decision) => {
                let message = format!("utgåvan är beslutad, men ”{}” säger att den inte är det", document.title);
                findings.add("katalog", &format!("dokument.{name}.beslut"), message, RULE.cure);
            }
            Some(_) => {}
        }
        tell_of_words_of_a_draft(name, document, findings);
    }
    for (name, title) in unnamed(catalog) {
        let message =
            format!("utgåvan är beslutad, men ”{title}” nämns inte under dokument, och säger inte med vilket beslut");
        findings.add("katalog", "utgåva.status", message, format!("lägg till {name} under dokument, med beslut"));
    }
}

/// Tells of a document of a decided edition whose title, summary or last reason calls it a draft.
fn tell_of_words_of_a_draft(name: &str, document: &DocumentMetadata, findings: &mut Findings<'_>) {
    let title = &document.title;
    let last = document.history.len().saturating_sub(1);
    let reason = document.history.last().and_then(|version| version.reason.as_deref());
    let places = [
        ("titel".to_string(), is_called_draft(title)),
        ("sammanfattning".to_string(), document.summary.as_deref().is_some_and(begins_with_draft)),
        (format!("historik.{last}.orsak"), reason.is_some_and(begins_with_draft)),
    ];
    for (key, _) in places.into_iter().filter(|(_, is_draft)| *is_draft) {
        let message = format!("utgåvan är beslutad, men ”{title}” kallas utkast eller sägs inte vara beslutad");
        let help = "ta bort det som sade så innan utgåvan beslutades";
        findings.add("katalog", &format!("dokument.{name}.{key}"), message, help);
    }
}

/// Tells of the documents of an edition that has come so far which say that it has been decided.
fn tell_of_drafts(catalog: &Catalog, how_far: &str, findings: &mut Findings<'_>) {
    for (name, document) in standing::documents(catalog) {
        if document.decision.as_deref().is_some_and(says_decided) {
            let message = format!("utgåvan {how_far}, men ”{}” säger att den är beslutad", document.title);
            let help = "skriv under beslut att utgåvan inte är beslutad än, eller ändra utgåvans status till beslutad";
            findings.add("katalog", &format!("dokument.{name}.beslut"), message, help);
        }
    }
}

/// The documents of an edition that are published without a word of them: the names of their templates, and their titles.
fn unnamed(catalog: &Catalog) -> impl Iterator<Item = (&'static str, &'static str)> {
    let documents = &catalog.catalogue.documents;
    let has_supporting = standing::supporting_services(catalog).next().is_some();
    let has_services = standing::services(catalog).next().is_some();
    let has_offerings = standing::services(catalog).any(|service| !service.offerings.is_empty())
        || standing::supporting_services(catalog).any(|service| !service.offerings.is_empty());
    let published = [
        ("tjanstekatalog", "Tjänstekatalog", has_services),
        ("prislista", "Prislista", has_offerings),
        ("katalog-stodjande-tjanster", "Katalog – stödjande tjänster", has_supporting),
    ];
    published
        .into_iter()
        .filter(|(name, _, has_something)| *has_something && !documents.contains_key(*name))
        .map(|(name, title, _)| (name, title))
}

/// What says no to a word that begins as these do, up to two words before it.
const NOT: [&str; 3] = ["inte", "ej", "icke"];
const DECIDED: [&str; 5] = ["beslut", "fastställ", "fatta", "antag", "godkän"];
/// What says that a decision is to come.
const TO_COME: [&str; 31] = [
    "beslut fattas",
    "beslutet fattas",
    "beslut tas",
    "beslutet tas",
    "beslut väntas",
    "beslutet väntas",
    "beslut kommer",
    "beslutet kommer",
    "beslut planeras",
    "beslut saknas",
    "inför beslut",
    "inväntar",
    "avvaktar",
    "väntar på",
    "i väntan på",
    "ska fattas",
    "att fattas",
    "ska fastställas",
    "att fastställas",
    "ska beslutas",
    "att beslutas",
    "beslutas",
    "obeslutad",
    "obeslutat",
    "under beredning",
    "under behandling",
    "beslut planerat",
    "beslutet planerat",
    "planerat beslut",
    "inget beslut",
    "bereds",
];
/// What says that a decision was put off or withdrawn, unless one that was taken later is told after it.
const PUT_OFF: [&str; 10] = [
    "bordlagt",
    "bordlagd",
    "bordlades",
    "återremitterad",
    "återremitterat",
    "återremitterades",
    "återremiss",
    "återkallad",
    "återkallat",
    "återkallades",
];
/// What a text is called before it is decided, where it comes before any figure that a decision could be known by.
const DRAFTS: [&str; 8] = [
    "remiss",
    "remissversion",
    "förslag",
    "beslutsförslag",
    "arbetsmaterial",
    "preliminär",
    "preliminärt",
    "preliminära",
];
/// What says no where it is all that is said.
const NO: [&str; 3] = ["nej", "ej", "inget"];
/// Words after which a draft is what was before the decision.
const EARLIER: [&str; 4] = ["ersätter", "efter", "enligt", "tidigare"];
/// Words that tell of a decision that is taken.
const TAKEN: [&str; 16] = [
    "beslutad",
    "beslutat",
    "beslutade",
    "beslutades",
    "fastställd",
    "fastställt",
    "fastställdes",
    "fastställts",
    "antagen",
    "antaget",
    "antagits",
    "antogs",
    "bifölls",
    "fattat",
    "fattades",
    "härmed",
];
/// Words that a text begins with that says that something is decided, before who did it or when.
const IS_DECIDED: [&str; 6] = ["beslutad", "beslutat", "fastställd", "fastställt", "antagen", "antaget"];
/// A later sentence of more words than this says more than that nothing is decided.
const FEW: usize = 4;

/// Whether a text begins with who has decided, or when: *Beslutad av regiondirektören 2026-12-01*.
fn says_decided(decision: &str) -> bool {
    let lower = decision.to_lowercase();
    let mut words = lower.split_whitespace();
    let is_first = words.next().is_some_and(|word| IS_DECIDED.contains(&word));
    let is_by_someone = |word: &str| word == "av" || word == "den" || word.starts_with(|c: char| c.is_ascii_digit());
    // To send it out for comment may be decided too.
    let is_of_a_draft = lower.contains("remiss") || lower.contains("utkast");
    is_first && words.next().is_some_and(is_by_someone) && !is_of_a_draft && !says_undecided(decision)
}

/// Whether a text says that nothing is decided: in its first sentence, or in a short one that says nothing else.
pub(super) fn says_undecided(decision: &str) -> bool {
    let decision = decision.to_lowercase();
    let words_of =
        |sentence| texts::words(sentence, 0..str::len(sentence)).map(|word| &sentence[word]).collect::<Vec<_>>();
    // What was put off may have been decided since.
    let is_decided_then =
        || sentences(&decision).skip(1).map(words_of).any(|words| tells_of_decision(&words) && !is_denied(&words));
    sentences(&decision).enumerate().any(|(at, sentence)| {
        let words: Vec<&str> = words_of(sentence);
        if at == 0 && is_put_off(&words) && is_decided_then() {
            return false;
        }
        let says_it = is_denied(&words) || is_put_off(&words) || is_to_come(&words) && !is_decided_as_a_case(sentence);
        if at == 0 {
            says_it || is_draft(&words) || matches!(words[..], [word] if NO.contains(&word))
        } else {
            says_it && words.len() <= FEW || words == ["utkast"]
        }
    })
}

/// Whether a title has the word for a draft.
fn is_called_draft(title: &str) -> bool {
    let title = title.to_lowercase();
    texts::words(&title, 0..title.len()).any(|word| matches!(&title[word], "utkast" | "remissutkast" | "remissversion"))
}

/// Whether a text begins with a short sentence that says that it is a draft, or not decided.
fn begins_with_draft(text: &str) -> bool {
    let text = text.to_lowercase();
    let first = sentences(&text).next().unwrap_or_default();
    let words: Vec<&str> = texts::words(first, 0..first.len()).map(|word| &first[word]).collect();
    words.len() <= FEW && (is_denied(&words) || is_draft(&words) && is_called_draft(first))
}

/// The sentences of a text: each ends before a blank and a letter.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut ends = rest.match_indices(['.', '!', '?', '\n']).map(|(at, sign)| at + sign.len());
        let begins = |at: &usize| {
            let after = &rest[*at..];
            let next = after.trim_start();
            (rest[..*at].ends_with('\n') || next.len() < after.len()) && next.starts_with(char::is_alphabetic)
        };
        let end = ends.find(begins).unwrap_or(rest.len());
        let (sentence, after) = rest.split_at(end);
        rest = after;
        (!sentence.is_empty()).then_some(sentence)
    })
}

fn is_denied(words: &[&str]) -> bool {
    let is_decided = |word: &&str| DECIDED.iter().any(|begins| word.starts_with(begins));
    words.iter().enumerate().any(|(at, word)| NOT.contains(word) && words[at + 1..].iter().take(2).any(is_decided))
}

fn is_to_come(words: &[&str]) -> bool {
    TO_COME.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let mut places = words.windows(phrase.len()).enumerate();
        places.any(|(at, part)| part == phrase && !follows_decision(&words[..at]))
    })
}

fn is_put_off(words: &[&str]) -> bool {
    let mut places = words.iter().enumerate().filter(|(_, word)| PUT_OFF.contains(word));
    places.any(|(at, _)| !follows_decision(&words[..at]) && !tells_of_decision(&words[at + 1..]))
}

fn tells_of_decision(words: &[&str]) -> bool {
    words.iter().any(|word| TAKEN.contains(word))
}

/// Whether a decision is told in the present, as minutes do, with the number of its case: *Beslutas av regiondirektören
/// den 1 december 2026, RS 2026-05522*.
fn is_decided_as_a_case(sentence: &str) -> bool {
    let is_number = |word: &str| {
        let digits = |part: &str, least: usize| part.len() >= least && part.bytes().all(|b| b.is_ascii_digit());
        word.split_once('-').is_some_and(|(year, number)| digits(year, 4) && year.len() == 4 && digits(number, 3))
    };
    let mut words = sentence.split(|c: char| c.is_whitespace() || c == ',' || c == '.').filter(|word| !word.is_empty());
    words.next() == Some("beslutas") && words.any(is_number)
}

fn is_draft(words: &[&str]) -> bool {
    let has_figure = |words: &[&str]| words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()));
    words.iter().enumerate().any(|(at, word)| {
        let before = &words[..at];
        let is_draft = word.ends_with("utkast") || DRAFTS.contains(word) && !has_figure(before);
        is_draft && !follows_decision(before) && !tells_of_decision(&words[at + 1..])
    })
}

fn follows_decision(words: &[&str]) -> bool {
    words.iter().any(|word| EARLIER.contains(word)) || tells_of_decision(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told_from_one_that_is_to_come() {
        for undecided in [
            "Inte beslutad. Utkast inför DÖK 2027.",
            "Inte beslutat än",
            "Ännu inte formellt beslutad",
            "Ej beslutat",
            "EJ FASTSTÄLLD",
            "Beslut är inte fattat",
            "Beslut har ännu inte fattats",
            "Remiss",
            "På remiss till 1 oktober",
            "Inväntar beslut",
            "Inväntar nämndens beslut",
            "Beslut fattas i december 2026",
            "Utgåvan beslutas i december 2026",
            "Ska beslutas av regionstyrelsen",
            "Detta är ett utkast.",
            "DÖK-utkast 3",
            "Remissutkast",
            "Förslag till beslut",
            "RS 2026-01234, ej beslutat",
            "RS 2026-01234, utkast",
            "RS 2026-01234. Ej beslutad än.",
            "RS 2026-01234. Utkast.",
            "Dnr. RS 2026-01234. Inte beslutad.",
            "Bordlagt 2026-12-01",
            "Ärendet bordlades 2026-12-01, RS 2026-05522",
            "Återremitterad 2026-12-01",
            "Återremitterad efter mötet 2026-12-01",
            "Under behandling hos regionstyrelsen",
            "Beslut planerat till 2027-01-15",
            "Beslutas av regiondirektören den 1 december 2026",
            "Utgåvan ska beslutas i december, RS 2026-05522",
            "Preliminärt beslut",
            "Beslutsförslag RS 2027-1",
            "Bereds",
            "Nej.",
            "Återkallat",
        ] {
            assert!(says_undecided(undecided) && !says_decided(undecided), "{undecided}");
        }
        for decided in [
            "Beslutas av regiondirektören den 1 december 2026, RS 2026-05522",
            "Bordlagt 2026-11-01, beslutat 2026-12-01, RS 2026-05522",
            "Beslutad efter återremiss 2026-12-01, RS 2026-05522",
            "RS 2026-01234, 1 december 2026",
            "RS 2026-01234, 1 december 2026. Ersätter utkastet från oktober.",
            "RS 2026-01234, 1 december 2026. Remissen besvarades av alla sjukhus.",
            "RS 2026-01234, 1 december 2026. Bilagan om molntjänster är inte fastställd av den nya nämnden.",
            "RS 2026-01234, 1 dec. 2026, ersätter utkast 2",
            "RS 2026-01234, beslutad efter remiss 1 december 2026",
            "RS 2026-01234, 1 december 2026 (förslag 1 oktober, remiss 1 november)",
            "Regionstyrelsen beslutade 1 december 2026 (RS 2026-01234) enligt förslag",
            "Beslut 7 § 12",
            "Beslutat 1 december 2026 av A. Alm, § 12",
            "Regiondirektörens beslut fattades 1 december 2026, RD 2026-7",
            "Härmed beslutas utgåva 2027, RS 2026-01234",
            "RS 2026-01234, beslutad enligt beslutsförslag 1 december 2026",
            "Återkallat 2026-11-01, beslutat på nytt 2026-12-01, RS 2026-05522",
            "Återremitterades 2026-10-01. Beslutad 2026-11-30, § 212",
            "Bordlagt 2026-10-12, fastställt 2026-11-30, § 212",
            "Förslag antaget 2026-11-30, § 212",
            "Beslutsförslag bifölls 2026-11-30, § 212",
        ] {
            assert!(!says_undecided(decided), "{decided}");
        }
        for told in ["Beslutad av regiondirektören 2026-12-01, RS 2026-05522.", "Fastställd 2026-12-01, § 12"] {
            assert!(says_decided(told), "{told}");
        }
        for other in [
            "RS 2026-01234, 1 december 2026",
            "Beslutad utgåva kommer i december",
            "Beslutad av ledningen: nej, inte beslutad",
            "Beslutad av CIO-rådet att skickas på remiss 2026-10-01",
            "Beslutad 2025-11-30 är utgåvan för 2026; denna är ett utkast",
        ] {
            assert!(!says_decided(other), "{other}");
        }
    }
}
