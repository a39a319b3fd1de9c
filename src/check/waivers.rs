//! Waivers, as the rules meet them.

use std::collections::BTreeMap;

use super::{Findings, Rule};
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

impl Findings<'_> {
    /// Whether what breaks another rule at a key path of an entity is told by that one, so that nothing else has to be said
    /// of it: it is not where the rule is off, or has a waiver for it.
    pub(super) fn is_told_by(&self, rule: &Rule, id: &str, path: &str) -> bool {
        rule.weight(self.catalog).is_some() && self.waiver_of(rule.code, id, path).is_none()
    }
}
