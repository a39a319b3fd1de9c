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
    let forms: Vec<(String, &str)> = forms(catalog).collect();
    let phrases = Phrases::new(forms.iter().map(|(form, _)| (form.as_str(), ())));
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
    let forms: Vec<(String, &str)> = forms(catalog).collect();
    let phrases = Phrases::new(forms.iter().map(|(form, right)| (form.as_str(), *right)));
    let suspects = findings.facts.suspects.of_having(What::Forbidden);
    for hit in suspects.flat_map_iter(|text| hits(text, &phrases)).collect::<Vec<_>>() {
        findings.add_in(hit.text, &hit.part, hit.message, hit.help);
    }
}

/// Each form, and what is to be written. A phrase of the glossary's is told before the word in it.
fn forms(catalog: &Catalog) -> impl Iterator<Item = (String, &str)> {
    let terms = catalog.entities().terms.iter();
    let forms = terms.flat_map(|term| term.forbidden.iter().map(|form| (form.as_str(), term.name.as_str())));
    forms.chain(MISSPELT).flat_map(|(form, right)| spellings(form, right).map(move |form| (form, right)))
}

/// A form, and the same with each sign that is drawn as a hyphen in place of its hyphens, but what is to be written.
fn spellings<'f>(form: &'f str, right: &'f str) -> impl Iterator<Item = String> + 'f {
    let is_hyphen = |c: char| c == '-' || texts::HYPHENS.contains(&c);
    let signs = ['-'].into_iter().chain(texts::HYPHENS).filter(move |_| form.contains(is_hyphen));
    let other = signs.map(move |sign| form.replace(is_hyphen, &sign.to_string()));
    let other = other.filter(move |other| other != form && other.to_lowercase() != right.to_lowercase());
    [form.to_string()].into_iter().chain(other)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    #[test]
    fn a_hyphen_is_one_in_whatever_way_it_is_written() {
        let terms = "- {id: post, term: E-post, otillåtna: [xq-post, e\u{2011}post, \"yx\u{2011}post\"]}\n";
        let chapter = "# A\n\nxq-post xq\u{2011}posten xq\u{2010}post xq\u{2212}post yx-post yx\u{2011}post \
                       e\u{2011}post\n\n\
                       e-post, xq–post, xq post, xqpost, xq\n\u{2011} post\n";
        let (_folder, catalog) = catalog_of(&[("texter/kapitel.md", chapter), ("ordlista.yaml", terms)]);
        let findings = crate::check::check(&catalog).into_iter().filter(|finding| finding.code == RULE.code);
        let found: Vec<String> = findings.map(|finding| finding.message).collect();
        assert_eq!(found.len(), 7, "{found:?}");
        assert!(found[1].starts_with("”xq\u{2011}posten” ska inte användas"), "{found:?}");
    }
}
