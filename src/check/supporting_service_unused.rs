//! A supporting service that supports nothing.

use std::collections::BTreeSet;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Service, SupportingService};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(131),
    name: "supporting-service-unused",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.2",
    docs: "En stödjande tjänst stödjer en produkt, en IS/IT-tjänst eller en annan stödjande tjänst. Den avropas i ett \
           Tjänste-OLA, omsluts av en produkt eller anger själv vad den stödjer. Det som är avvecklat, \
           tjänsten själv och de produkter som den bygger på räknas inte.",
    wrong: &[(
        "stodjande-tjanster/lagring.yaml",
        "
            namn: Lagring
            klass: leverans
            sammanfattning: Hanterad lagring.
            ansvarig: anna-alm
            produkter: [hosting-server]
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
    cure: "ange under stödjer vad tjänsten är till för, eller avveckla den",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let (with_calls, without): (Vec<&Service>, Vec<&Service>) =
        standing::services(catalog).partition(|it| !it.calls().is_empty());
    // Another rule tells of those without calls. What they will call for, if not all, is near the products they have.
    if with_calls.is_empty() && !without.is_empty() {
        return;
    }
    let near: BTreeSet<&str> = without.iter().flat_map(|service| &service.products).map(|it| it.id.as_str()).collect();
    for service in standing::supporting_services(catalog).filter(|service| !is_used(catalog, service)) {
        if !service.products.iter().any(|product| near.contains(product.id.as_str())) {
            let message = format!("den stödjande tjänsten ”{}” stödjer ingenting", service.name);
            findings.add_missing(&service.id, "stödjer", message, RULE.cure);
        }
    }
}

/// Whether anything else, that has not ended, uses it or is what it says it supports.
fn is_used(catalog: &Catalog, service: &SupportingService) -> bool {
    let may_use = |id: &str| {
        id != service.id
            && !standing::lifecycle_of(catalog, id).is_some_and(|(_, life)| standing::has_ended(Some(life)))
    };
    let used = catalog
        .uses(&service.id)
        .iter()
        .any(|used| matches!(&*used.by, "ola.avrop.erbjudande" | "innehåller") && may_use(&used.from));
    // What it is made of is no one whom it is for.
    let is_own = |id: &str| service.products.iter().any(|product| product.id == id);
    let mut supported = service.supports.iter().filter(|target| !is_own(&target.id));
    used || supported.any(|target| may_use(&target.id)) || catalog.may_be_used(&service.id)
}
