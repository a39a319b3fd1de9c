//! A capability that a supporting service offers, and no product of it has.

use rustc_hash::FxHashSet;

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
        let mut held = FxHashSet::default();
        for capability in products.iter().flat_map(|product| &product.capabilities) {
            held.extend(
                [Held::Named(&capability.id)].into_iter().chain(area(catalog, &capability.id).map(Held::Within)),
            );
        }
        // It is itself named, or its area is, or it is the area of one that is.
        let is_there = |id: &str| {
            held.contains(&Held::Named(id))
                || held.contains(&Held::Within(id))
                || area(catalog, id).is_some_and(|area| held.contains(&Held::Named(area)))
        };
        for (at, capability) in service.capabilities.iter().enumerate().filter(|(_, it)| !is_there(&it.id)) {
            let (service_name, name) = (&service.name, catalog.entry(&capability.id).map_or("", |entry| &entry.name));
            let message = format!("”{service_name}” erbjuder förmågan ”{name}”, som ingen av dess produkter har");
            findings.add(&service.id, &format!("förmågor.{at}"), message, RULE.cure);
        }
    }
}

/// What a product has: a capability or an area that it names, and the area that one of those is of.
#[derive(PartialEq, Eq, Hash)]
enum Held<'c> {
    Named(&'c str),
    Within(&'c str),
}

fn area<'c>(catalog: &'c Catalog, capability: &str) -> Option<&'c str> {
    catalog.capability(capability).map(|(area, _)| area.id.as_str())
}
