//! A contract that the catalogue's unit does not coordinate.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::Department;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(140),
    name: "contract-not-coordinated",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Alla driftuppdrag med extern leverantör koordineras av koncernstab digitalisering, alltså den enhet som \
           katalogen är till för. Leverantören är underleverantör till den.",
    wrong: &[("kontrakt/leverantorsstod.yaml", "samordnare: infrastruktur")],
    right: &[("kontrakt/leverantorsstod.yaml", "samordnare: koncernstab-digitalisering")],
    cure: "ange under samordnare den avdelning som är katalogens enhet",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let unit = catalog.catalogue.unit.as_str();
    for contract in &catalog.entities().contracts {
        match &contract.coordinator {
            None => {
                let message = format!("kontraktet ”{}” saknar samordnare", contract.name);
                findings.add_missing(&contract.id, "samordnare", message, help(unit));
            }
            Some(named) if !is_unit(&catalog[named], unit) && !is_unit(catalog.department(named), unit) => {
                let other = &catalog[named].name;
                let message = format!("kontraktet ”{}” samordnas av {other}, inte av {unit}", contract.name);
                findings.add(&contract.id, "samordnare", message, help(unit));
            }
            Some(_) => {}
        }
    }
}

fn is_unit(department: &Department, unit: &str) -> bool {
    let is_it = |name: &str| name.trim().to_lowercase() == unit.trim().to_lowercase();
    is_it(&department.name) || department.abbreviation.as_deref().is_some_and(is_it)
}

fn help(unit: &str) -> String {
    format!("{}: {unit}", RULE.cure)
}
