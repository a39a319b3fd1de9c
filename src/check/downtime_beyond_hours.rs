//! A level that may be down for longer than it is open, or for less than it takes to mend one fault.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::waivers::{self, InForce};
use super::{Findings, Rule};
use crate::calculate::availability;
use crate::diagnostic::{Code, Severity};
use crate::model::{AvailabilityLevel, OfficeHours};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(411),
    name: "downtime-beyond-hours",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "bilaga 2",
    docs: "Nedtiden är den del av öppettiden då tjänsten får vara nere. Den kan inte vara längre än hela årets öppettid: då \
           lovar nivån ingenting, och tillgängligheten blir mindre än noll. Den är inte heller kortare än åtgärdstiden: då \
           bryts löftet av ett enda fel som åtgärdas i tid.",
    wrong: &[(
        "tjanstenivaer.yaml",
        "- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 9000 timmar}",
    )],
    right: &[(
        "tjanstenivaer.yaml",
        "- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}",
    )],
    cure: "ange den nedtid som nivån tillåter under ett år",
    check,
};

/// Where it is told.
const DOWNTIME: &str = "nedtid_per_år";

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let office = &catalog.catalogue.office_hours;
    for level in &catalog.entities().availability_levels {
        if is_longer_than_open(level, office) {
            let open = text::duration(availability::minutes_per_year(level.hours, office));
            let message = format!("nedtiden är {}, men öppettiden bara {open} på ett år", level.downtime);
            findings.add(&level.id, DOWNTIME, message, RULE.cure);
        }
        if is_shorter_than_a_fault(level) {
            let (downtime, response) = (&level.downtime, &level.response_time);
            let message = format!("nedtiden är {downtime} på ett år, men ett enda fel får ta {response} att åtgärda");
            findings.add(&level.id, DOWNTIME, message, "ange en längre nedtid, eller en kortare åtgärdstid");
        }
    }
}

fn is_longer_than_open(level: &AvailabilityLevel, office: &OfficeHours) -> bool {
    level.downtime.minutes > availability::minutes_per_year(level.hours, office)
}

fn is_shorter_than_a_fault(level: &AvailabilityLevel) -> bool {
    level.downtime.minutes < level.response_time.minutes
}

/// The ids of the levels that are told: nobody knows what they promise, so nothing else is told of that. One that has a
/// waiver, as all have where the rule is off, is taken at its word.
pub fn told<'a>(catalog: &'a Catalog, waivers: &BTreeMap<u16, Vec<InForce<'_>>>) -> FxHashSet<&'a str> {
    let office = &catalog.catalogue.office_hours;
    let levels = catalog.entities().availability_levels.iter();
    let is_told = |level: &&AvailabilityLevel| {
        (is_longer_than_open(level, office) || is_shorter_than_a_fault(level))
            && waivers::is_told(catalog, waivers, &RULE, (&level.id, DOWNTIME))
    };
    levels.filter(is_told).map(|level| level.id.as_str()).collect()
}
