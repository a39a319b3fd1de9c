//! A product that nobody answers for.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(110),
    name: "product-manager-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.1",
    docs: "Till varje produkt finns en utpekad produktansvarig, en roll och en individ. Hen tar ansvar för produkten \
           i alla dess delar, även avtalen med underleverantörer.",
    wrong: &[(
        "produkter/orbit-drift.yaml",
        "
            namn: Orbit-drift
            produktansvarig:
        ",
    )],
    right: &[(
        "produkter/orbit-drift.yaml",
        "
            namn: Orbit-drift
            produktansvarig: anna-alm
        ",
    )],
    cure: "utse en produktansvarig, och ange personens id under produktansvarig",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for product in standing::products(catalog).filter(|product| product.manager.is_none()) {
        let message = format!("produkten ”{}” saknar produktansvarig", product.name);
        findings.add_missing(&product.id, "produktansvarig", message, RULE.cure);
    }
}
