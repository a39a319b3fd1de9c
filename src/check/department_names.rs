//! One department under several names.

use rustc_hash::FxHashMap;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::Department;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(103),
    name: "department-names",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, beskrivningar",
    docs: "En avdelning heter likadant överallt. Där källan använder flera namn för samma avdelning står vart och ett \
           kvar, med samma_som, och rapporteras tills källan är rättad.",
    wrong: &[("avdelningar.yaml", "- {id: ioc, namn: IOC, samma_som: infrastruktur}\n")],
    right: &[("avdelningar.yaml", "- {id: infrastruktur, namn: Infrastruktur och cybersäkerhet, förkortning: IoC}\n")],
    cure: "enas om ett namn, och använd det på alla rader",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let abbreviated = abbreviated(catalog);
    for department in &catalog.entities().departments {
        let Some(same) = &department.same_as else {
            tell_of_abbreviation(&abbreviated, department, findings);
            continue;
        };
        if same.id == department.id {
            let message = format!("”{}” anges vara samma avdelning som sig själv", department.name);
            let help = "ange den avdelning som namnet betyder, eller ta bort samma_som";
            findings.add(&department.id, "samma_som", message, help);
            continue;
        }
        let capabilities = catalog.entities().capability_groups.iter().flat_map(|group| &group.capabilities);
        let own = |id: &str| capabilities.clone().filter(|c| c.department.as_ref().is_some_and(|d| d.id == id)).count();
        let message = format!(
            "”{}” ({}) är samma avdelning som ”{}” ({})",
            department.name,
            count(own(&department.id)),
            catalog[same].name,
            count(own(&same.id))
        );
        findings.add(&department.id, "namn", message, RULE.cure);
    }
}

/// The departments by how they are abbreviated, in small letters.
fn abbreviated(catalog: &Catalog) -> FxHashMap<String, Vec<&Department>> {
    let mut found: FxHashMap<String, Vec<&Department>> = FxHashMap::default();
    for department in &catalog.entities().departments {
        if let Some(abbreviation) = &department.abbreviation {
            found.entry(abbreviation.trim().to_lowercase()).or_default().push(department);
        }
    }
    found
}

/// Tells of a department whose name is how another is abbreviated.
fn tell_of_abbreviation(
    abbreviated: &FxHashMap<String, Vec<&Department>>,
    department: &Department,
    findings: &mut Findings<'_>,
) {
    let so_called = abbreviated.get(&department.name.trim().to_lowercase());
    let other = so_called.and_then(|so_called| so_called.iter().find(|other| other.id != department.id));
    if let Some(other) = other {
        let message = format!("”{}” är förkortningen för ”{}”", department.name, other.name);
        let help = format!("skriv samma_som: {}, eller ta bort den ena", other.id);
        findings.add(&department.id, "namn", message, help);
    }
}

fn count(capabilities: usize) -> String {
    format!("{capabilities} {}", if capabilities == 1 { "förmåga" } else { "förmågor" })
}
