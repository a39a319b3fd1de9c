//! A name that is a text.

use super::phrases::{self, MOST_WORDS};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(148),
    name: "name-too-long",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "katalogen",
    docs: "Ett namn ska vara kort och beskrivande. Det står i rubriker, sidhuvuden, tabeller och menyer, och i andra \
           systems fält, där ett långt namn bryts, klipps av eller inte får plats. Högst 150 tecken.",
    wrong: &[(
        "processer.yaml",
        "- {id: operera, namn: Genomföra operation efter bedömning på mottagning och inskrivning på avdelning med \
         efterföljande vård på uppvakningsavdelning och uppföljning i primärvården inom en månad}",
    )],
    right: &[("processer.yaml", "- {id: operera, namn: Genomföra operation}")],
    cure: "korta namnet, och skriv resten i beskrivningen",
    check,
};

/// In characters.
const LONGEST: usize = 150;
/// Keys of names.
const NAMES: [&str; 4] = ["namn", "benämning", "term", "titel"];

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // Other ways to write a term are looked for in all texts.
    for term in &catalog.entities().terms {
        let words = phrases::count(&term.name);
        // One with too many characters is told below.
        if words > MOST_WORDS && term.name.chars().count() <= LONGEST {
            let message = format!("termen har {words} ord, och får ha högst {MOST_WORDS}");
            findings.add(&term.id, "term", message, RULE.cure);
        }
    }
    for text in catalog.texts().iter().filter(|text| text.text().len() > LONGEST && NAMES.contains(&text.key())) {
        let length = text.text().chars().count();
        if length > LONGEST {
            let message = format!("namnet är {length} tecken långt, och får vara högst {LONGEST}");
            findings.add_in(text, &(0..text.text().len()), message, RULE.cure);
        }
    }
}
