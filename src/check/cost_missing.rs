//! Services and products without a cost, or without anyone who pays it.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Cost;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(171),
    name: "cost-missing",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "§ 8",
    docs: "Produktansvariga och tjänsteansvariga ska ha kontroll på vad deras produkt eller tjänst kostar, vem som \
           konsumerar den och efter vilken nyckel kostnaden fördelas. Kostnaden kan komma senare: det som saknas sägs \
           i katalogen och hindrar ingenting.",
    wrong: &[("produkter/orbit-drift.yaml", "kostnad: {belopp: 300000}")],
    right: &[(
        "produkter/orbit-drift.yaml",
        "kostnad: {belopp: 300000, fördelning: [{kund: su, andel: 60}, {kund: sas, andel: 40}]}",
    )],
    cure: "ange belopp och fördelning under kostnad när de är kända",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        look(&service.id, "tjänsten", service.cost.as_ref(), findings);
    }
    for product in standing::products(catalog) {
        look(&product.id, "produkten", product.cost.as_ref(), findings);
    }
}

fn look(id: &str, what: &str, cost: Option<&Cost>, findings: &mut Findings<'_>) {
    let amount = cost.is_some_and(|cost| cost.amount.is_some());
    let shares = cost.is_some_and(|cost| !cost.shares.is_empty());
    let message = match (amount, shares) {
        (true, true) => return,
        (false, false) => format!("{what} har varken kostnad eller fördelning"),
        (false, true) => format!("{what} har en fördelning men inget belopp"),
        (true, false) => format!("{what} har en kostnad som inte är fördelad på kunder"),
    };
    findings.add_missing(id, "kostnad", message, RULE.cure);
}
