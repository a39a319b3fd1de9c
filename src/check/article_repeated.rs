//! An article number that two price items have, or that is empty.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{PriceItem, ServiceOffering};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(176),
    name: "article-repeated",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "prislistan",
    docs: "Ett artikelnummer är unikt i hela katalogen och följer artikeln från år till år. Har två artiklar samma nummer \
           går det inte att veta vilken som har beställts. Ett tomt nummer är inget nummer. Ändras priset under året står \
           artikeln en gång för varje pris, direkt efter varandra: det ena priset gäller till en dag, nästa från dagen \
           därpå, för samma enhet och tid.",
    wrong: &[(
        "stodjande-tjanster/servrar.yaml",
        "
         erbjudanden:
           - {suffix: Silver, servicenivå: silver, priser: [{artikel: \"2002\", benämning: Server Silver, pris: 2900, enhet: server, per: månad}]}
           - {suffix: Guld, servicenivå: guld, priser: [{artikel: \"2002\", benämning: Server Guld, pris: 4300, enhet: server, per: månad}]}",
    )],
    right: &[(
        "stodjande-tjanster/servrar.yaml",
        "
         erbjudanden:
           - suffix: Silver
             servicenivå: silver
             priser:
               - {artikel: \"2001\", benämning: Server Silver, pris: 2900, enhet: server, per: månad, giltig_till: 2027-06-30}
               - {artikel: \"2001\", benämning: Server Silver, pris: 3100, enhet: server, per: månad, giltig_från: 2027-07-01}
           - {suffix: Guld, servicenivå: guld, priser: [{artikel: \"2002\", benämning: Server Guld, pris: 4300, enhet: server, per: månad}]}",
    )],
    cure: "ge artikeln ett eget nummer",
    check,
};

/// What to do instead about two prices of one offering.
const OR_FOLLOW: &str = "ge artikeln ett eget nummer, eller, om det är priset som ändras, låt det ena priset gälla till en \
                         dag (giltig_till) och nästa rad från dagen därpå (giltig_från), för samma enhet och tid";

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let mut known: FxHashMap<&str, (&str, &str)> = FxHashMap::default();
    let mut before: Option<Priced<'_>> = None;
    for price in prices(catalog) {
        let is_next =
            |before: &Priced<'_>| before.offering.id == price.offering.id && before.item.is_followed_by(price.item);
        if before.replace(price).as_ref().is_some_and(is_next) {
            continue;
        }
        if price.item.article.is_empty() {
            let message = format!("artikeln ”{}” hos {} har inget nummer", price.item.name, price.offering.name);
            findings.add(price.service, &format!("{}.artikel", price.path()), message, RULE.cure);
            continue;
        }
        match known.entry(&price.item.article) {
            Entry::Occupied(first) => {
                let (offering, service) = *first.get();
                let file = catalog.source(service).unwrap_or_default();
                let message = format!("artikelnumret {} används redan av {} i {file}", price.item.article, offering);
                let cure = if offering == price.offering.id { OR_FOLLOW } else { RULE.cure };
                findings.add(price.service, &format!("{}.artikel", price.path()), message, cure);
            }
            Entry::Vacant(place) => drop(place.insert((&price.offering.id, price.service))),
        }
    }
}

/// A price item, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Priced<'a> {
    /// The id of its service.
    pub service: &'a str,
    /// Its offering.
    pub offering: &'a ServiceOffering,
    /// Itself.
    pub item: &'a PriceItem,
    /// The place of the offering in the service, and of the item in that.
    at: (usize, usize),
}

impl Priced<'_> {
    /// Its key path in the service.
    pub fn path(&self) -> String {
        let (offering, item) = self.at;
        format!("erbjudanden.{offering}.priser.{item}")
    }
}

/// Every price item of the catalogue.
pub(super) fn prices(catalog: &Catalog) -> impl Iterator<Item = Priced<'_>> {
    let entities = &catalog.entities();
    let services = entities.services.iter().map(|service| (service.id.as_str(), &service.offerings));
    let supporting = entities.supporting_services.iter().map(|service| (service.id.as_str(), &service.offerings));
    services.chain(supporting).flat_map(|(service, offerings)| {
        offerings.iter().enumerate().flat_map(move |(at, offering)| {
            offering.prices.iter().enumerate().map(move |(row, item)| Priced { service, offering, item, at: (at, row) })
        })
    })
}
