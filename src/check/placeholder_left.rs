//! A place in a template that nothing has been put into.

use std::ops::Range;

use rayon::prelude::*;

use super::phrases::Phrases;
use super::texts::{self, Hit, Sought, What};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::markdown::Html;
use crate::model::Kind;
use crate::resolve::{Catalog, Written};
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(192),
    name: "placeholder-left",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.3.3; generiska förmågor",
    docs: "Mallar har platser att fylla i: <namn>, [fyll i], {produkt}, xxx, lorem ipsum. I en färdig text finns ingen av dem \
           kvar. I de generiska förmågorna står {produkt} och {produkten}, och aldrig ”IT system”, där varje produkts namn \
           sätts in. Det som ska stå så, som namnet på ett fält, skrivs inom citattecken, ”[namn]”, eller som kod.",
    wrong: &[("produkter/servicedesk.yaml", "beskrivning: En väg in för alla ärenden om {produkt} och [fyll i].")],
    right: &[(
        "generiska-formagor.yaml",
        r#"
            - id: monitor-and-improve
              namn: Monitor and Improve
              förmågor:
                - {id: analysera, namn: "Analysera {produkt}", beskrivning: "Se hur {produkten} mår.", primära_stödjande: [hantera-serverplattform]}
        "#,
    )],
    cure: "skriv det som ska stå där, eller ta bort det; är det menat så, sätt det inom citattecken (”…”)",
    check,
};

/// How the words between brackets begin that an author was to replace.
const BRACKETED: [&str; 15] = [
    "fyll i",
    "ange ",
    "infoga",
    "lägg till",
    "skriv ",
    "beskriv ",
    "ditt ",
    "namn",
    "datum",
    "text",
    "…",
    "...",
    "telefon",
    "benämning",
    "ort,",
];
/// What stands in a generic capability for the name of each product.
const GENERIC: [(&str, ()); 2] = [("IT system", ()), ("IT-system", ())];
/// What two crosses stand before that stand for a figure; before a month they stand for a day.
const COUNTED: [&str; 8] = ["kr", "tkr", "mnkr", "kronor", "procent", "timmar", "minuter", "dagar"];
/// How a text begins that only fills its place.
const DUMMY: &str = "lorem ipsum";
/// The longest that stands between the signs of a place to fill in.
const MOST_LETTERS: usize = 60;

/// The signs that such places begin with, and what else stands in them.
pub fn sought() -> Sought {
    let always = |text: &Written| is_generic(text) || is_form_alone(text.text());
    Sought { phrases: Phrases::new([(DUMMY, ())]), beginnings: &["xx", "nn"], signs: b"<[{", always }
}

fn check(_: &Catalog, findings: &mut Findings<'_>) {
    let (generic, dummy) = (Phrases::new(GENERIC), Phrases::new([(DUMMY, ())]));
    let suspects = findings.facts.suspects.of_having(What::Placeholders);
    for hit in suspects.flat_map_iter(|text| hits(text, &generic, &dummy)).collect::<Vec<_>>() {
        findings.add_in(hit.text, &hit.part, hit.message, hit.help);
    }
}

fn hits<'a>(text: &'a Written, generic: &Phrases<()>, dummy: &Phrases<()>) -> Vec<Hit<'a>> {
    let source = text.text();
    let is_generic = is_generic(text);
    let html = Html::default();
    let mut hits = Vec::new();
    for part in texts::prose(text) {
        let signs = source[part.clone()].match_indices(['<', '[', '{']).map(|(at, _)| part.start + at);
        hits.extend(
            signs
                .filter_map(|at| place(text, at, part.end, &html))
                .filter(|found| !texts::is_quoted(source, found))
                .filter(|found| !is_generic || !matches!(&source[found.clone()], "{produkt}" | "{produkten}")),
        );
        hits.extend(dummy.find(source, part.clone()).map(|(found, ())| found));
        hits.extend(texts::words(source, part.clone()).filter(|word| stands_for_another(source, word)));
        if is_generic {
            hits.extend(generic.find(source, part).map(|(found, ())| found));
        }
    }
    if is_form_alone(source) {
        hits.push(0..source.len());
    }
    hits.sort_by_key(|found| found.start);
    hits.into_iter().map(|found| told(text, found, is_generic)).collect()
}

fn told(text: &Written, part: Range<usize>, is_generic: bool) -> Hit<'_> {
    let found = &text.text()[part.clone()];
    let help = match found {
        _ if is_generic && is_product(found) => "skriv utan blanksteg innanför klamrarna: {produkt} eller {produkten}",
        _ if is_generic && found.starts_with(['I', 'i']) => "skriv {produkt}, eller {produkten} i bestämd form",
        _ => RULE.cure,
    };
    let help = help.to_string();
    Hit { text, message: format!("”{found}” står kvar där något annat ska stå"), part, help }
}

/// Whether a text is of a generic capability.
fn is_generic(text: &Written) -> bool {
    text.kind() == Kind::GenericGroup && text.top_key() == "förmågor"
}

/// Whether a text stands for the name of someone, or for a day, and says nothing else.
fn is_form_alone(text: &str) -> bool {
    matches!(text, "N.N." | "N N" | "ÅÅÅÅ-MM-DD" | "åååå-mm-dd" | "YYYY-MM-DD")
}

/// Whether the name of the product is to stand here.
fn is_product(found: &str) -> bool {
    let inner = found.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.is_some_and(|inner| matches!(inner.trim(), "produkt" | "produkten"))
}

/// Whether a word stands for a name or a figure: nothing but three crosses or more, two before what is counted, or the
/// initials of nobody.
fn stands_for_another(source: &str, word: &Range<usize>) -> bool {
    let text = &source[word.clone()];
    if texts::is_quoted(source, word) {
        return false;
    }
    if text == "NN" {
        return !texts::is_compound(source, word);
    }
    let is_crosses = text.len() >= 2 && text.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    is_crosses && (text.len() >= 3 && !is_of_a_form(source, word) || is_counted(&source[word.end..]))
}

/// Whether crosses are a part of how something is written: `ÅÅÅÅMMDD-XXXX`, `XXX 000`.
fn is_of_a_form(source: &str, word: &Range<usize>) -> bool {
    let before = source[..word.start].strip_suffix('-').unwrap_or_default();
    let letters = before.chars().rev().take_while(|c| c.is_alphanumeric());
    let is_day = !before.is_empty() && letters.clone().count() >= 4 && letters.clone().all(|c| "ÅYMDåymd".contains(c));
    let after = source[word.end..].trim_start_matches([' ', '-', '\u{a0}']);
    let digits = after.len() - after.trim_start_matches('0').len();
    is_day || digits > 1 && !after[digits..].starts_with(char::is_alphanumeric)
}

/// Whether what follows is what is counted in money, time or parts.
fn is_counted(after: &str) -> bool {
    let after = after.strip_prefix([' ', '\u{a0}']).unwrap_or(after);
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    after.starts_with('%') || COUNTED.contains(&word.as_str()) || text::MONTHS.contains(&word.as_str())
}

/// The place to fill in that begins at a sign, if one does.
fn place(text: &Written, at: usize, end: usize, html: &Html) -> Option<Range<usize>> {
    let source = text.text();
    let before = source[..at].chars().next_back();
    // An author who puts a backslash before a sign wants the sign itself to be seen.
    if text.is_markdown && before == Some('\\') {
        return None;
    }
    let sign = source.as_bytes()[at];
    let close = match sign {
        b'<' => '>',
        b'[' => ']',
        _ => '}',
    };
    let inner = texts::beginning(&source[at + 1..end], 4 * MOST_LETTERS + 1);
    let inner = &inner[..inner.find(close)?];
    let whole = at..at + 1 + inner.len() + 1;
    let is_short = !inner.contains('\n') && inner.chars().count() <= MOST_LETTERS;
    let is_place = is_short
        && match sign {
            b'<' => is_words(inner) && !(text.is_markdown && html.holds(source, at)),
            b'[' => {
                !matches!(before, Some('[' | '!'))
                    && is_bracketed(inner)
                    && !source[whole.end..].starts_with(['(', '['])
            }
            _ => is_words(inner) && inner.len() > 1 && (inner.trim() == inner || is_product(&source[whole.clone()])),
        };
    is_place.then_some(whole)
}

/// Whether this names something to put in: letters, with spaces, hyphens and underscores between.
fn is_words(inner: &str) -> bool {
    let inner = inner.trim();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/');
    inner.starts_with(char::is_alphabetic) && inner.chars().all(is_plain)
}

fn is_bracketed(inner: &str) -> bool {
    let lower = inner.trim().to_lowercase();
    BRACKETED.iter().any(|beginning| lower.starts_with(beginning) || lower == beginning.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::texts::tests::in_chapter;

    fn found(source: &str) -> Vec<String> {
        in_chapter(source, |_, text| {
            let (generic, dummy) = (Phrases::new(GENERIC), Phrases::new([(DUMMY, ())]));
            hits(text, &generic, &dummy).into_iter().map(|hit| text.text()[hit.part].to_string()).collect()
        })
    }

    #[test]
    fn places_to_fill_in_are_found() {
        let source = "# A\n\n<åtgärd> och [fyll i här], {förvaltning}. XXX och Lorem Ipsum dolor. Kostar xx kr, xx %, \
            kontakta NN. Om { produkten }. Den xx december, [ort, datum], \
            [telefonnummer].\n";
        let first = ["<åtgärd>", "[fyll i här]", "{förvaltning}", "XXX", "Lorem Ipsum"];
        assert_eq!(
            found(source),
            [&first[..], &["xx", "xx", "NN", "{ produkten }", "xx", "[ort, datum]", "[telefonnummer]"]].concat()
        );
    }

    #[test]
    fn what_is_shown_as_it_is_no_place_to_fill_in() {
        let source = "# A {#a}\n\n*\\<Applikationsnamn> \\<beskrivande ord>* `<namn>` `{produkt}` [namn](https://a.example) 1 < 2 > 0\n\n\
            [1] [[sla|namn]] sida xx och ”IT system”.[^n]\n\n[^n]: Not.\n\nSkrivs ÅÅÅÅMMDD-XXXX eller XXX 000. Fältet \
            ”[namn]” visar ”XXX”, ”NN” eller NN-koden. { a, b } och { x }.\n";
        assert!(found(source).is_empty(), "{:?}", found(source));
    }
}
