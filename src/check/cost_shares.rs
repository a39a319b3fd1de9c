//! Shares of a cost that do not make 100.

use super::{Findings, Rule};
use crate::calculate::cost::shares;
use crate::diagnostic::{Code, Severity};
use crate::model::Cost;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(170),
    name: "cost-shares",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 8",
    docs: "En fördelningsnyckel säger hur stor andel av kostnaden varje kund bär. Andelarna är tillsammans precis 100 \
           procent, annars blir någon del av kostnaden obetald eller betald två gånger.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 1250000, fördelning: [{kund: su, andel: 60}, {kund: sas, andel: 39.5}]}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 1250000, fördelning: [{kund: su, andel: 60.5}, {kund: sas, andel: 39.5}]}",
    )],
    cure: "ändra andelarna så att de tillsammans är 100",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for (id, cost) in costs(catalog) {
        let percents: Vec<_> = cost.shares.iter().map(|share| share.percent.0).collect();
        let total = shares::total(&percents);
        if percents.is_empty() || total == Some(rust_decimal::Decimal::ONE_HUNDRED) {
            continue;
        }
        let told = match total {
            Some(total) => format!("tillsammans {}, inte 100\u{A0}%", text::percent(total.normalize(), 0)),
            None => "för stora för att läggas ihop".into(),
        };
        let message = format!("andelarna i fördelningen är {told}");
        findings.add(id, "kostnad.fördelning", message, RULE.cure);
    }
}

/// The costs of services and products, with the ids of what costs them.
pub(super) fn costs(catalog: &Catalog) -> impl Iterator<Item = (&str, &Cost)> {
    let services = catalog.entities().services.iter().map(|service| (service.id.as_str(), service.cost.as_ref()));
    let products = catalog.entities().products.iter().map(|product| (product.id.as_str(), product.cost.as_ref()));
    services.chain(products).filter_map(|(id, cost)| Some((id, cost?)))
}
