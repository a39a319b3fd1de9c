//! A contract that does not say with whom, what it is to achieve, or who does what.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::UnderpinningContract;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(145),
    name: "contract-incomplete",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt är ett kontrakt med en tredje part. Det anger de mål och det ansvar som behövs för \
           att nå tjänstenivåerna i SLA. Katalogen säger därför vem leverantören är, vad som är målet och vad \
           leverantören ansvarar för.",
    wrong: &[(
        "kontrakt/leverantorsstod.yaml",
        "
            leverantör: Exempelleverantören AB
            mål:
        ",
    )],
    right: &[(
        "kontrakt/leverantorsstod.yaml",
        "
            leverantör: Exempelleverantören AB
            mål: Fel som stoppar planeringen avhjälps inom åtgärdstiden.
        ",
    )],
    cure: "fyll i leverantör, mål och ansvar för kontraktet",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for contract in &catalog.entities().contracts {
        let missing = missing(contract);
        if let [first, ..] = missing[..] {
            let message = format!("kontraktet ”{}” saknar {}", contract.name, text::listed(&missing));
            findings.add_missing(&contract.id, first, message, RULE.cure);
        }
    }
}

/// The keys of what is missing.
fn missing(contract: &UnderpinningContract) -> Vec<&'static str> {
    let has_supplier = contract.supplier.as_ref().is_some_and(|supplier| !supplier.trim().is_empty());
    let parts = [
        ("leverantör", has_supplier),
        ("mål", standing::says(&contract.goals)),
        ("ansvar", standing::says(&contract.duties)),
    ];
    parts.into_iter().filter(|(_, said)| !said).map(|(key, _)| key).collect()
}
