//! A capability that a supporting service offers, and no product of it has.

use super::{Findings, Rule, standing};
use crate::calculate::foundation;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(424),
    name: "capability-not-in-product",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.1",
    docs: "Principen är att alla resurser och förmågor som en tjänst behöver ligger i produkten; tjänsten är bara ett \
           sammanhållande skal. En förmåga som en stödjande tjänst erbjuder finns därför hos någon av de produkter som \
           den bygger på, eller hos något som de innehåller. Den som har ett förmågeområde har områdets förmågor.",
    wrong: &[
        ("stodjande-tjanster/servrar.yaml", "förmågor: [hantera-serverplattform]"),
        ("produkter/hosting-server.yaml", "förmågor: []"),
    ],
    right: &[
        ("stodjande-tjanster/servrar.yaml", "förmågor: [hantera-serverplattform]"),
        ("produkter/hosting-server.yaml", "förmågor: [hantera-serverplattform]"),
    ],
    cure: "lägg till förmågan hos produkten, eller ta bort den från tjänsten",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::supporting_services(catalog) {
        // Where there is no product, that is what is told.
        if service.capabilities.is_empty() || service.products.is_empty() {
            continue;
        }
        let products = service.products.iter().map(|product| &catalog[product]);
        let products = foundation::beneath(catalog, products).products;
        let held = products.iter().flat_map(|product| &product.capabilities);
        let is_there = |id: &str| held.clone().any(|capability| is_of(catalog, id, &capability.id));
        for (at, capability) in service.capabilities.iter().enumerate().filter(|(_, it)| !is_there(&it.id)) {
            let (service_name, name) = (&service.name, catalog.entry(&capability.id).map_or("", |entry| &entry.name));
            let message = format!("”{service_name}” erbjuder förmågan ”{name}”, som ingen av dess produkter har");
            findings.add(&service.id, &format!("förmågor.{at}"), message, RULE.cure);
        }
    }
}

/// Whether two capabilities are one, or one is of the area that the other is.
fn is_of(catalog: &Catalog, one: &str, other: &str) -> bool {
    let area = |id: &str| catalog.capability(id).map(|(area, _)| area.id.as_str());
    one == other || area(one) == Some(other) || area(other) == Some(one)
}
