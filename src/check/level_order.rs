//! A service level that promises less than the one below it.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{Guaranteed, Hours, ServiceLevel};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(196),
    name: "level-order",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "bilaga 1",
    docs: "Servicenivåernas ordning i filen är deras rang, lägst först. En högre nivå lovar minst lika mycket som den under: lika \
           lång öppettid eller längre, lika kort återställsetid eller kortare, lika få avbrott eller färre.",
    wrong: &[(
        "servicenivaer.yaml",
        "- {id: silver, namn: Silver, öppettid: kontorstid, återställsetid: 16 timmar, avbrott_per_år: 3}",
    )],
    right: &[(
        "servicenivaer.yaml",
        "- {id: silver, namn: Silver, öppettid: kontorstid, återställsetid: 2 timmar, avbrott_per_år: 3}",
    )],
    cure: "sätt nivåerna i rangordning, lägst först, eller rätta siffran",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for pair in catalog.entities().service_levels.windows(2) {
        let [lower, higher] = pair else { continue };
        // Files in a folder stand in the order of their names, which says nothing of rank.
        if catalog.source(&lower.id) != catalog.source(&higher.id) {
            continue;
        }
        if let Some((key, what)) = promises_less(higher, lower) {
            let message = format!("nivån ”{}” står över ”{}”, men har {what}", higher.name, lower.name);
            findings.add(&higher.id, key, message, RULE.cure);
        }
    }
}

/// What a level promises less of than another, and the key that says so.
fn promises_less(higher: &ServiceLevel, lower: &ServiceLevel) -> Option<(&'static str, &'static str)> {
    if higher.hours == Hours::Office && lower.hours == Hours::Always {
        return Some(("öppettid", "kortare öppettid"));
    }
    let minutes = |level: &ServiceLevel| level.restore_time.promise().map(|time| time.minutes);
    if is_weaker(minutes(higher), minutes(lower)) {
        return Some(("återställsetid", "längre återställsetid"));
    }
    let outages = |level: &ServiceLevel| Guaranteed::promise(&level.outages).copied().map(u64::from);
    is_weaker(outages(higher), outages(lower)).then_some(("avbrott_per_år", "fler avbrott"))
}

/// Whether a most that is promised is more than another; to promise nothing is the weakest.
fn is_weaker(promise: Option<u64>, other: Option<u64>) -> bool {
    other.is_some_and(|other| promise.is_none_or(|promise| promise > other))
}
