//! A form of a term that is not to be used.

use rayon::prelude::*;

use super::phrases::{self, MOST_WORDS, Phrases};
use super::texts::{self, Hit, Sought, What};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::{Catalog, Written};
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(190),
    name: "forbidden-term",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "ordlistan",
    docs: "Varje term har ett namn och en stavning. Former som står under otillåtna i ordlistan ska inte användas i någon böjning, och \
           det ska inte heller riktlinjens egna felskrivningar, som ”leversansorganisation” och ”öppetid”. Ordlistans \
           otillåtna och synonymer får förstås innehålla dem, liksom kod och adresser.",
    wrong: &[("produkter/servicedesk.yaml", "beskrivning: En väg in för alla ärenden om stödande tjänster.")],
    right: &[("produkter/servicedesk.yaml", "beskrivning: En väg in för alla ärenden om stödjande tjänster.")],
    cure: "skriv termen som den står i ordlistan",
    check,
};

/// Misspellings of the guideline and the capability map, and what is meant.
const MISSPELT: [(&str, &str); 9] = [
    ("stödande", "stödjande"),
    ("leversansorganisation", "leveransorganisation"),
    ("cofinguration", "configuration"),
    ("fullfilment", "fulfilment"),
    ("öppetid", "öppettid"),
    ("avbrottsid", "avbrottstid"),
    ("priviligierad", "privilegierad"),
    ("tillhandhålla", "tillhandahålla"),
    ("säkersälla", "säkerställa"),
];

/// The forms.
pub fn sought(catalog: &Catalog) -> Sought {
    let phrases = Phrases::new(forms(catalog).map(|(form, _)| (form, ())));
    Sought { phrases, ..Sought::default() }
}

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for term in &catalog.entities().terms {
        let forms = term.forbidden.iter().map(|form| phrases::count(form)).enumerate();
        for (at, words) in forms.filter(|(_, words)| *words > MOST_WORDS) {
            let message = format!("en form som inte ska användas har {words} ord, och får ha högst {MOST_WORDS}");
            findings.add(
                &term.id,
                &format!("otillåtna.{at}"),
                message,
                "skriv de ord som skiljer den från andra texter",
            );
        }
    }
    let phrases = Phrases::new(forms(catalog));
    let suspects = findings.facts.suspects.of_having(What::Forbidden);
    for hit in suspects.flat_map_iter(|text| hits(text, &phrases)).collect::<Vec<_>>() {
        findings.add_in(hit.text, &hit.part, hit.message, hit.help);
    }
}

/// Each form, and what is to be written. A phrase of the glossary's is told before the word in it.
fn forms(catalog: &Catalog) -> impl Iterator<Item = (&str, &str)> {
    let terms = catalog.entities().terms.iter();
    terms.flat_map(|term| term.forbidden.iter().map(|form| (form.as_str(), term.name.as_str()))).chain(MISSPELT)
}

fn hits<'a>(text: &'a Written, phrases: &Phrases<&str>) -> Vec<Hit<'a>> {
    if texts::lists_others_words(text) {
        return Vec::new();
    }
    let parts = texts::prose(text).flat_map(|part| phrases.find(text.text(), part));
    let hits = parts.map(|(part, right)| {
        let found = text.text()[part.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let is_first = found.starts_with(char::is_uppercase);
        let right = if is_first { text::capitalized(right) } else { right.to_string() };
        let (message, help) = (format!("”{found}” ska inte användas"), format!("skriv ”{right}”"));
        Hit { text, part, message, help }
    });
    hits.collect()
}
