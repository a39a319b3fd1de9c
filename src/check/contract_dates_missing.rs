//! A contract that does not say how long it holds.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(146),
    name: "contract-dates-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt ska gälla lika länge som de SLA som vilar på det. Utan slutdatum går det inte att \
           se när kontraktet behöver förlängas.",
    wrong: &[("kontrakt/leverantorsstod.yaml", "giltig_till:")],
    right: &[("kontrakt/leverantorsstod.yaml", "giltig_till: 2028-12-31")],
    cure: "ange giltig_till; löper kontraktet tills vidare, ange den dag då det tidigast kan upphöra",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for contract in catalog.entities().contracts.iter().filter(|contract| contract.valid_to.is_none()) {
        let message = format!("kontraktet ”{}” saknar slutdatum", contract.name);
        findings.add_missing(&contract.id, "giltig_till", message, RULE.cure);
    }
}
