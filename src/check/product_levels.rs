//! A product whose technical services lack the level for office hours, or the one round the clock.

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Hours, ServiceLevel, SupportingClass, SupportingService};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(132),
    name: "product-levels",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.2",
    docs: "Principen är att alla produkter har definierat olika servicenivåer för sina tekniska tjänster: Brons eller \
           Silver för kontorstid, och Guld för 24/7/365. Då syns det till vilka nivåer produkten levererar. Heter \
           nivåerna något annat avgör deras öppettid.",
    wrong: &[
        ("produkter/hosting-server.yaml", "namn: Hosting (server)"),
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Guld, servicenivå: guld}
        ",
        ),
    ],
    right: &[
        ("produkter/hosting-server.yaml", "namn: Hosting (server)"),
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Silver, servicenivå: silver}
              - {suffix: Guld, servicenivå: guld}
        ",
        ),
    ],
    cure: "lägg till ett erbjudande på nivån, eller skriv ett undantag som säger varför nivån inte behövs",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let all = &catalog.entities().service_levels;
    let asked = [asked(all, &["brons", "silver"], Hours::Office), asked(all, &["guld"], Hours::Always)];
    let technical = technical_services(catalog);
    for product in standing::products(catalog) {
        let Some(services) = technical.get(product.id.as_str()) else { continue };
        // What cannot be read may well have the level.
        let Some(offered) = offered(services).filter(|_| !catalog.may_be_used(&product.id)) else { continue };
        let is_offered = |levels: &&Vec<&ServiceLevel>| levels.iter().any(|level| offered.contains(level.id.as_str()));
        let missing = asked.iter().filter(|levels| !levels.is_empty() && !is_offered(levels));
        let missing: Vec<String> = missing.map(|levels| either(levels)).collect();
        if !missing.is_empty() {
            let names: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
            let missing = text::listed(&missing);
            let message = format!("produkten ”{}” har ingen teknisk tjänst på nivån {missing}", product.name);
            let help = format!("{}; produktens tekniska tjänster: {}", RULE.cure, standing::some(&names));
            findings.add(&product.id, "namn", message, help);
        }
    }
}

/// The levels of which a product is to have one: those of the guideline's names, else those of the hours that assure
/// something.
fn asked<'c>(all: &'c [ServiceLevel], names: &[&str], hours: Hours) -> Vec<&'c ServiceLevel> {
    let is_named =
        |level: &&ServiceLevel| names.iter().any(|name| level.id == *name || text::slug(&level.name) == *name);
    let named: Vec<&ServiceLevel> = all.iter().filter(is_named).collect();
    let assures = |level: &&ServiceLevel| level.hours == hours && level.restore_time.promise().is_some();
    if named.is_empty() { all.iter().filter(assures).collect() } else { named }
}

fn technical_services(catalog: &Catalog) -> BTreeMap<&str, Vec<&SupportingService>> {
    let mut by_product: BTreeMap<&str, Vec<&SupportingService>> = BTreeMap::new();
    // What begins after the edition is no level that the product delivers to in it.
    let is_there = |service: &&SupportingService| !catalog.catalogue.edition.is_without(service.lifecycle.as_ref());
    for service in standing::supporting_services(catalog).filter(is_there) {
        for product in service.products.iter().filter(|_| service.class == SupportingClass::Technical) {
            by_product.entry(&product.id).or_default().push(service);
        }
    }
    by_product
}

/// The ids of the levels that services are offered at; `None` where a level or an offering is missing, which other rules
/// tell.
fn offered<'c>(services: &[&'c SupportingService]) -> Option<BTreeSet<&'c str>> {
    let mut levels = BTreeSet::new();
    for service in services {
        if service.offerings.is_empty() {
            return None;
        }
        for offering in &service.offerings {
            levels.insert(offering.level.as_ref()?.id.as_str());
        }
    }
    Some(levels)
}

fn either(levels: &[&ServiceLevel]) -> String {
    levels.iter().map(|level| level.name.as_str()).collect::<Vec<_>>().join(" eller ")
}
