//! Something that is built on a product, or encloses something, that is not there for as long as it is needed.

use super::call_not_in_edition::{Called, Replacements, absence};
use super::{Findings, Rule, standing};
use crate::calculate::period;
use crate::diagnostic::{Code, Severity};
use crate::model::{Date, Lifecycle};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(413),
    name: "part-not-in-edition",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.1",
    docs: "En tjänst bygger på produkter, och en produkt omsluter andra. Det som något bygger på eller omsluter ska finnas under \
           hela den tid som det behövs: en IS/IT-tjänst under den tid som SLA gäller, annat under utgåvan. Det som är \
           avvecklat, slutar tidigare eller börjar senare bär inget. Anges också det som det ersätts av (ersätts_av), \
           från senast dagen efter, är de tillsammans där hela tiden.",
    wrong: &[
        ("produkter/orbit-drift.yaml", "livscykel: {status: under-avveckling, till: 2027-06-30}"),
        ("tjanster/orbit-operationsplanering.yaml", "produkter: [orbit-drift]"),
    ],
    right: &[("produkter/orbit-drift.yaml", "livscykel: {status: under-avveckling, till: 2027-12-31}")],
    cure: "ange något som finns hela tiden, ange också det som ersätter det (ersätts_av), eller rätta livscykeln",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let edition = standing::edition_days(catalog);
    for service in standing::services(catalog) {
        let products = service.products.iter().map(|product| product.id.as_str());
        ask(catalog, (&service.id, &service.name, "produkter"), products, period::needed(service, edition), findings);
    }
    for service in standing::supporting_services(catalog) {
        let products = service.products.iter().map(|product| product.id.as_str());
        let days = Lifecycle::while_there(service.lifecycle.as_ref(), edition);
        ask(catalog, (&service.id, &service.name, "produkter"), products, days, findings);
    }
    for product in standing::products(catalog) {
        let enclosed = product.contains.iter().map(|enclosed| enclosed.id.as_str());
        let days = Lifecycle::while_there(product.lifecycle.as_ref(), edition);
        ask(catalog, (&product.id, &product.name, "innehåller"), enclosed, days, findings);
    }
}

/// Tells of the parts of something, under a key of its own, that are not there on all of some days.
fn ask<'c>(
    catalog: &'c Catalog,
    (id, name, key): (&str, &str, &str),
    parts: impl Iterator<Item = &'c str>,
    days: (Date, Date),
    findings: &mut Findings<'_>,
) {
    let parts: Vec<Called<'_>> = parts.map(|part| Called::part(catalog, part)).collect();
    let replacements = Replacements::among(&parts);
    for (at, part) in parts.iter().enumerate() {
        let Some((part_name, lifecycle)) = part.known else { continue };
        let there = replacements.there_with(part);
        if let Some(why) = absence(lifecycle, there, days, || part.is_disorder_told(findings)) {
            let relation = if key == "produkter" { "bygger på" } else { "innehåller" };
            let message = format!("”{name}” {relation} ”{part_name}”, som {why}");
            findings.add(id, &format!("{key}.{at}"), message, RULE.cure);
        }
    }
}
