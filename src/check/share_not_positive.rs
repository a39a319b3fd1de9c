//! A share of nothing.

use super::cost_shares::costs;
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(173),
    name: "share-not-positive",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 8",
    docs: "En andel är större än 0 och högst 100 procent. Den som inte bär något av kostnaden står inte i \
           fördelningsnyckeln. Ett tal under 0 eller över 100 är ingen andel, och går inte att läsa (K007).",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 1250000, fördelning: [{kund: su, andel: 100}, {kund: sas, andel: 0}]}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 1250000, fördelning: [{kund: su, andel: 100}]}",
    )],
    cure: "ange en andel över 0 och högst 100, eller ta bort raden",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for (id, cost) in costs(catalog) {
        for (at, share) in cost.shares.iter().enumerate() {
            // What is below zero or above 100 is no share, and is not read as one.
            if share.percent.0.is_zero() {
                let message = format!("andelen {} kan ingen kund bära", share.percent);
                findings.add(id, &format!("kostnad.fördelning.{at}.andel"), message, RULE.cure);
            }
        }
    }
}
