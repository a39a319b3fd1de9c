//! Waivers, as the rules meet them.

use std::collections::BTreeMap;

use super::{Findings, Rule};
use crate::diagnostic::Code;
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

/// The waiver of a rule that is for what stands at a key path of an entity. One for a service is for its offerings too, and
/// one for a part of an entity is for what stands in that part.
pub fn of_place<'a>(
    catalog: &Catalog,
    waivers: &BTreeMap<u16, Vec<InForce<'a>>>,
    rule: Code,
    (id, path): (&str, &str),
) -> Option<&'a str> {
    let owner = id.split_once('.').map(|(service, _)| service);
    let is_for = |waiver: &&InForce<'_>| {
        let subject = waiver.subject;
        subject == id || Some(subject) == owner || catalog.is_in_part(id, path, subject)
    };
    waivers.get(&rule.0)?.iter().find(is_for).map(|waiver| waiver.id)
}

/// Whether what breaks a rule at a key path of an entity is told: it is not where the rule is off, or has a waiver for it.
pub fn is_told(catalog: &Catalog, waivers: &BTreeMap<u16, Vec<InForce<'_>>>, rule: &Rule, place: (&str, &str)) -> bool {
    rule.weight(catalog).is_some() && of_place(catalog, waivers, rule.code, place).is_none()
}

impl Findings<'_> {
    /// Whether what breaks another rule at a key path of an entity is told by that one, so that nothing else has to be said
    /// of it.
    pub(super) fn is_told_by(&self, rule: &Rule, id: &str, path: &str) -> bool {
        is_told(self.catalog, self.waivers, rule, (id, path))
    }
}
