//! Waivers, as the rules meet them.

use std::collections::BTreeMap;

use super::Rule;
use crate::resolve::Catalog;

/// A waiver that holds when the edition begins.
pub struct InForce<'a> {
    /// Its own id.
    pub id: &'a str,
    /// The id of what it is for.
    pub subject: &'a str,
}

/// What stands for the catalogue itself.
const CATALOGUE: &str = "katalog";

/// The waivers in force, by the code of their rule.
pub fn by_rule(catalog: &Catalog) -> BTreeMap<u16, Vec<InForce<'_>>> {
    let mut waivers: BTreeMap<u16, Vec<InForce>> = BTreeMap::new();
    let edition = &catalog.catalogue.edition;
    for waiver in catalog.entities().waivers.iter().filter(|waiver| !waiver.has_expired(edition)) {
        if let Some(rule) = Rule::named(&waiver.rule) {
            let subject = waiver.subject.as_ref().map_or(CATALOGUE, |subject| subject.id.as_str());
            waivers.entry(rule.code.0).or_default().push(InForce { id: &waiver.id, subject });
        }
    }
    waivers
}
