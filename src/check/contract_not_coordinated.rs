//! A contract that the catalogue's unit does not coordinate.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{Department, Ref};
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

/// So many contracts are no mistake of one.
const SEVERAL: usize = 3;

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let unit = catalog.catalogue.unit.as_str();
    if let Some(message) = all_by_another(catalog, unit, findings) {
        findings.add("katalog", "enhet", message, "rätta enhet, eller samordnare i kontrakten");
        return;
    }
    for contract in &catalog.entities().contracts {
        match &contract.coordinator {
            None => {
                let message = format!("kontraktet ”{}” saknar samordnare", contract.name);
                findings.add_missing(&contract.id, "samordnare", message, help(unit));
            }
            Some(named) if !coordinates(catalog, named, unit) => {
                let other = &catalog[named].name;
                let message = format!("kontraktet ”{}” samordnas av {other}, inte av {unit}", contract.name);
                findings.add(&contract.id, "samordnare", message, help(unit));
            }
            Some(_) => {}
        }
    }
}

/// Where several contracts are all coordinated by one and the same department, it is the unit that is another.
fn all_by_another(catalog: &Catalog, unit: &str, findings: &mut Findings<'_>) -> Option<String> {
    let contracts = &catalog.entities().contracts;
    let mut named = contracts.iter().map(|contract| contract.coordinator.as_ref());
    let first = named.next()??;
    let is_same = named.all(|other| other.is_some_and(|other| other.id == first.id));
    if contracts.len() < SEVERAL || !is_same || coordinates(catalog, first, unit) {
        return None;
    }
    // Some may be meant to be.
    if contracts.iter().any(|contract| findings.is_waived(&contract.id, "samordnare")) {
        return None;
    }
    let (other, many) = (&catalog[first].name, contracts.len());
    Some(format!("katalogen är till för {unit}, men alla {many} kontrakt samordnas av {other}"))
}

fn coordinates(catalog: &Catalog, named: &Ref<Department>, unit: &str) -> bool {
    is_unit(&catalog[named], unit) || is_unit(catalog.department(named), unit)
}

fn is_unit(department: &Department, unit: &str) -> bool {
    let is_it = |name: &str| name.trim().to_lowercase() == unit.trim().to_lowercase();
    is_it(&department.name) || department.abbreviation.as_deref().is_some_and(is_it)
}

fn help(unit: &str) -> String {
    format!("{}: {unit}", RULE.cure)
}
