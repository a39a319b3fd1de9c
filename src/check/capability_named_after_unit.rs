//! A capability with the name of something else.

use std::collections::HashMap;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::Department;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(402),
    name: "capability-named-after-unit",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, vad – förmågor",
    docs: "En förmåga säger vad organisationen gör, inte hur det går till (process) eller vem som gör det (organisation). Processer, \
           avdelningar och produkter ändras ofta, och kopieras därför inte in i förmågekartan. Det gäller även de \
           generiska förmågorna.",
    wrong: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Tillhandahålla plattform för hanterade servrar., klass: extern, avdelning: infrastruktur}
                - {id: hosting, namn: Hosting (server), beskrivning: Sköta servrar., klass: extern, avdelning: infrastruktur}
        ",
    )],
    right: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Tillhandahålla plattform för hanterade servrar., klass: extern, avdelning: infrastruktur}
                - {id: hantera-lagring, namn: Hantera lagring, beskrivning: Tillhandahålla lagring., klass: extern, avdelning: infrastruktur}
        ",
    )],
    cure: "skriv vad som görs, med ett verb först: Hantera …, Leverera …, Utföra …",
    check,
};

/// An abbreviation with fewer letters may be a word as well: *IT*.
const LETTERS_OF_AN_ABBREVIATION: usize = 3;

/// A single word with fewer letters, as *Drift*, may be said of what is done, unless it ends as units' names do.
const LETTERS_OF_A_NAME: usize = 15;
const ENDINGS: [&str; 5] = ["avdelningen", "enheten", "förvaltningen", "kontoret", "staben"];

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let units = units(catalog);
    let departments = written(catalog);
    let mut ask = |id: &str, path: &str, name: &str| {
        if let Some(unit) = units.get(&folded(name)) {
            findings.add(id, path, format!("förmågan ”{name}” heter likadant som {unit}"), RULE.cure);
            return;
        }
        let one_spaced = one_spaced(name);
        if let Some((department, _)) = departments.iter().find(|(_, written)| has_within(&one_spaced, written)) {
            findings.add(id, path, format!("förmågan ”{name}” nämner avdelningen ”{department}”"), RULE.cure);
        }
    };
    for group in &catalog.entities().capability_groups {
        ask(&group.id, "namn", &group.name);
        for (at, capability) in group.capabilities.iter().enumerate() {
            ask(&group.id, &format!("förmågor.{at}.namn"), &capability.name);
        }
    }
    for group in &catalog.entities().generic_groups {
        ask(&group.id, "namn", &group.name);
        for (at, capability) in group.capabilities.iter().enumerate() {
            ask(&group.id, &format!("förmågor.{at}.namn"), &capability.name);
        }
    }
}

/// What there is of departments, processes and products, by name.
fn units(catalog: &Catalog) -> HashMap<String, &'static str> {
    let entities = &catalog.entities();
    let products = entities.products.iter().map(|product| (&product.name, "en produkt"));
    let processes = entities.processes.iter().map(|process| (&process.name, "en process"));
    let departments = entities.departments.iter().map(|department| (&department.name, "en avdelning"));
    let short = entities.departments.iter().filter_map(|department| department.abbreviation.as_ref());
    let all = products.chain(processes).chain(departments).chain(short.map(|short| (short, "en avdelning")));
    all.map(|(name, what)| (folded(name), what)).collect()
}

/// The words of a name, however they are parted and whatever their case; *C#* is another than *C++*.
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '+'))
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    words.join(" ")
}

/// The departments, each with how it is written in a name that goes on: as it is called, or abbreviated.
fn written(catalog: &Catalog) -> Vec<(&str, String)> {
    let named = |department: &Department| {
        let short = department.abbreviation.as_deref().map(one_spaced);
        let short = short.filter(|short| short.chars().count() >= LETTERS_OF_AN_ABBREVIATION);
        let name = Some(one_spaced(&department.name)).filter(|name| is_of_a_unit(name));
        // In small letters it is a word of the language.
        let is_a_name = |written: &String| written.contains(' ') || written.chars().any(char::is_uppercase);
        [name, short].into_iter().flatten().filter(is_a_name)
    };
    let departments = catalog.entities().departments.iter();
    departments.flat_map(|of| named(of).map(|written| (of.name.as_str(), written))).collect()
}

/// Whether a name that something else goes on from can be nothing but a unit's: it is several words, an abbreviation, or
/// a long word.
fn is_of_a_unit(name: &str) -> bool {
    let letters = name.chars().count();
    let is_abbreviation = name.chars().all(char::is_uppercase) && letters >= LETTERS_OF_AN_ABBREVIATION;
    let is_long = letters >= LETTERS_OF_A_NAME || ENDINGS.iter().any(|ending| name.ends_with(ending));
    name.contains(' ') || is_abbreviation || is_long
}

fn one_spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a name says that of a department, as this is written, perhaps in the genitive: in small letters it may well
/// say what is done, and so may a single word that the name begins with.
fn has_within(name: &str, department: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || c == '-';
    let is_word = !department.contains(' ') && !department.chars().skip(1).any(char::is_uppercase);
    name.match_indices(department).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + department.len()..]);
        let ends = |after: &str| !after.starts_with(goes_on);
        let begins = if before.is_empty() { !is_word } else { !before.ends_with(goes_on) };
        begins && (ends(after) || after.strip_prefix('s').is_some_and(ends))
    })
}
