//! A service that rests on no product.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(115),
    name: "product-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.2, § 2.3",
    docs: "En tjänst är ett sammanhållande skal: alla resurser och förmågor ligger i produkterna. Därför bygger varje \
           IS/IT-tjänst och varje stödjande tjänst på minst en produkt.",
    wrong: &[(
        "stodjande-tjanster/lagring.yaml",
        "
            namn: Lagring
            klass: leverans
            sammanfattning: Hanterad lagring.
            ansvarig: anna-alm
            produkter: []
            stödjer: [orbit-operationsplanering]
            beställning: {portal: true, cmdb: automatisk}
            erbjudanden: [{suffix: Guld, servicenivå: guld}]
        ",
    )],
    right: &[(
        "stodjande-tjanster/lagring.yaml",
        "
            namn: Lagring
            klass: leverans
            sammanfattning: Hanterad lagring.
            ansvarig: anna-alm
            produkter: [hosting-server]
            stödjer: [orbit-operationsplanering]
            beställning: {portal: true, cmdb: automatisk}
            erbjudanden: [{suffix: Guld, servicenivå: guld}]
        ",
    )],
    cure: "ange minst en produkt under produkter",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog).filter(|service| service.products.is_empty()) {
        let message = format!("IS/IT-tjänsten ”{}” bygger inte på någon produkt", service.name);
        findings.add_missing(&service.id, "produkter", message, RULE.cure);
    }
    for service in standing::supporting_services(catalog).filter(|service| service.products.is_empty()) {
        let message = format!("den stödjande tjänsten ”{}” bygger inte på någon produkt", service.name);
        findings.add_missing(&service.id, "produkter", message, RULE.cure);
    }
}
