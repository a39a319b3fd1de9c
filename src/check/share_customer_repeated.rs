//! A customer who has more than one share of the same cost.

use rustc_hash::FxHashSet;

use super::cost_shares::costs;
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(172),
    name: "share-customer-repeated",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 8",
    docs: "Varje kund står en gång i en fördelningsnyckel. Står samma kund två gånger är det oftast en annan kund som var \
           menad, och den får då ingen andel.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 1250000, fördelning: [{kund: su, andel: 60}, {kund: su, andel: 40}]}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 1250000, fördelning: [{kund: su, andel: 100}]}",
    )],
    cure: "lägg ihop andelarna, eller rätta den ena kunden",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for (id, cost) in costs(catalog) {
        let mut known = FxHashSet::default();
        for (at, share) in cost.shares.iter().enumerate() {
            if !known.insert(&share.customer.id) {
                let name = &catalog[&share.customer].name;
                let message = format!("{name} står mer än en gång i fördelningen");
                findings.add(id, &format!("kostnad.fördelning.{at}.kund"), message, RULE.cure);
            }
        }
    }
}
