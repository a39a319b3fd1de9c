//! A contract that no product needs.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(144),
    name: "contract-unused",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt finns för att en produkt behöver det, och produktansvarig har kontroll och styrning \
           på det. Ett kontrakt som ingen produkt anger har ingen som styr det.",
    wrong: &[(
        "kontrakt/licens.yaml",
        "
            namn: Licens för operativsystem
            leverantör: Exempelleverantören AB
            mål: Rättningar kommer varje månad.
            ansvar: Rättningar av programmet.
            samordnare: koncernstab-digitalisering
            öppettid: dygnet-runt
            åtgärdstid: 2 timmar
            giltig_till: 2028-12-31
        ",
    )],
    right: &[
        (
            "kontrakt/licens.yaml",
            "
            namn: Licens för operativsystem
            leverantör: Exempelleverantören AB
            mål: Rättningar kommer varje månad.
            ansvar: Rättningar av programmet.
            samordnare: koncernstab-digitalisering
            öppettid: dygnet-runt
            åtgärdstid: 2 timmar
            giltig_till: 2028-12-31
        ",
        ),
        ("produkter/hosting-server.yaml", "kontrakt: [licens]"),
    ],
    cure: "ange kontraktet under kontrakt i den produkt som behöver det, eller ta bort det",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for contract in &catalog.entities().contracts {
        let is_needed = catalog.uses(&contract.id).iter().any(|used| &*used.by == "kontrakt");
        if !is_needed && !catalog.may_be_used(&contract.id) {
            let message = format!("ingen produkt anger kontraktet ”{}”", contract.name);
            findings.add(&contract.id, "namn", message, RULE.cure);
        }
    }
}
