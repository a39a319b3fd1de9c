//! A capability with the name of something else.

use std::collections::HashMap;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(402),
    name: "capability-named-after-unit",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, vad – förmågor",
    docs: "En förmåga säger vad organisationen gör, inte hur det går till (process) eller vem som gör det (organisation). Processer, \
           avdelningar och produkter ändras ofta, och kopieras därför inte in i förmågekartan.",
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

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let units = units(catalog);
    let departments = catalog.entities().departments.iter().map(|department| department.name.as_str());
    let departments: Vec<&str> = departments.filter(|name| name.contains(' ')).collect();
    let mut ask = |id: &str, path: &str, name: &str| {
        if let Some(unit) = units.get(name.trim().to_lowercase().as_str()) {
            findings.add(id, path, format!("förmågan ”{name}” heter likadant som {unit}"), RULE.cure);
        } else if let Some(department) = departments.iter().find(|department| has_within(name, department)) {
            findings.add(id, path, format!("förmågan ”{name}” nämner avdelningen ”{department}”"), RULE.cure);
        }
    };
    for group in &catalog.entities().capability_groups {
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
    all.map(|(name, what)| (name.trim().to_lowercase(), what)).collect()
}

/// Whether a name goes on with that of a department, as this is written: of several words, which one in small letters may
/// well say what is done.
fn has_within(name: &str, department: &str) -> bool {
    name.match_indices(department).any(|(at, _)| {
        let after = &name[at + department.len()..];
        name[..at].ends_with(' ') && !after.starts_with(|c: char| c.is_alphanumeric() || c == '-')
    })
}
