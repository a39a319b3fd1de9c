//! A call on a service that is not there for as long as the SLA holds.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::dates_in_order::{self, LAST_DAY};
use super::{Findings, Rule, standing};
use crate::calculate::period;
use crate::diagnostic::{Code, Severity};
use crate::model::{Call, Date, Dependency, Lifecycle, LifecycleStatus};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(155),
    name: "call-not-in-edition",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Tjänste-OLA bygger på innevarande års Katalog – stödjande tjänster. Det som avropas ska finnas under hela den \
           tid som SLA gäller: en tjänst som är avvecklad, slutar tidigare eller börjar senare kan inte bära löftet. \
           Avropas också det som den ersätts av (ersätts_av), från senast dagen efter, är de tillsammans där hela tiden.",
    wrong: &[
        ("stodjande-tjanster/servrar.yaml", "livscykel: {status: under-avveckling, till: 2027-06-30}"),
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
        ola:
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
          avsnitt:
            - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
            - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
        ",
        ),
    ],
    right: &[("stodjande-tjanster/servrar.yaml", "livscykel: {status: under-avveckling, till: 2027-12-31}")],
    cure: "avropa ett erbjudande som finns hela tiden, avropa också det som ersätter det (ersätts_av), eller ändra tiden \
           för SLA",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // That an IS/IT service is called at all is what another rule tells.
    let entities = catalog.entities();
    let supporting =
        entities.supporting_services.iter().map(|service| (&service.id, &service.name, &service.lifecycle));
    let services = entities.services.iter().map(|service| (&service.id, &service.name, &service.lifecycle));
    let known = supporting.chain(services).filter_map(|(id, name, lifecycle)| {
        let lifecycle = lifecycle.as_ref()?;
        Some((id.as_str(), (name.as_str(), lifecycle)))
    });
    let known: FxHashMap<&str, (&str, &Lifecycle)> = known.collect();
    for service in standing::services(catalog) {
        let calls: Vec<Called<'_>> = service.calls().iter().map(|call| Called::of(call, &known)).collect();
        let replacements = Replacements::among(&calls);
        let beside = OnceCell::new();
        for (at, (call, called)) in service.calls().iter().zip(&calls).enumerate() {
            let Some((name, lifecycle)) = called.known.filter(|_| called.service != service.id) else {
                continue;
            };
            let offering = catalog.offering(&call.offering);
            let there = replacements.there_with(called);
            let needed = period::needed(service, standing::edition_days(catalog));
            if let Some(why) = absence(lifecycle, there, needed, || called.is_disorder_told(findings)) {
                let message = format!("”{}” avropar ”{}”, men ”{name}” {why}", service.name, offering.name);
                let help = cure(catalog, called, beside.get_or_init(|| Beside::of(&calls)));
                findings.add(&service.id, &format!("ola.avrop.{at}.erbjudande"), message, &help);
            }
        }
    }
}

/// What a call is for, or what something is built on.
#[derive(Clone, Copy)]
pub(super) struct Called<'c> {
    service: &'c str,
    dependency: Dependency,
    /// Its name and its life, where something is said of that.
    pub(super) known: Option<(&'c str, &'c Lifecycle)>,
}

impl<'c> Called<'c> {
    fn of(call: &'c Call, known: &FxHashMap<&'c str, (&'c str, &'c Lifecycle)>) -> Called<'c> {
        let service = call.offering.id.split_once('.').map_or("", |(service, _)| service);
        Called { service, dependency: call.dependency(), known: known.get(service).copied() }
    }

    /// Whether it is told where it stands that its days are in disorder.
    pub(super) fn is_disorder_told(&self, findings: &Findings<'_>) -> bool {
        findings.is_told_by(&dates_in_order::RULE, self.service, LAST_DAY)
    }

    /// What something is built on or encloses, which nothing can be without.
    pub(super) fn part(catalog: &'c Catalog, id: &'c str) -> Called<'c> {
        Called { service: id, dependency: Dependency::Series, known: standing::lifecycle_of(catalog, id) }
    }
}

/// What to do: of what has ended, and of what is called for beside what it replaces or is replaced by and still is not there
/// all the time with it, why.
fn cure(catalog: &Catalog, called: &Called<'_>, beside: &Beside<'_>) -> String {
    let name = |id: &str| catalog.entry(id).map_or_else(|| id.to_string(), |entry| entry.name.to_string());
    if standing::has_ended(called.known.map(|(_, life)| life)) {
        return match called.replacement() {
            Some(replacement) => format!("avropa ”{}” i stället, som ersätter den", name(replacement)),
            None => RULE.cure.to_string(),
        };
    }
    let replaced = |old: &Called<'_>, new: &Called<'_>| old.replacement() == Some(new.service);
    let pairs = beside.linked_to(called).map(|other| match replaced(called, other) {
        true => (called, other),
        false => (other, called),
    });
    let pairs: Vec<(&Called<'_>, &Called<'_>)> = pairs.collect();
    let alike = pairs.iter().find(|(old, new)| old.dependency == new.dependency);
    // Another call for the same may be what the other follows, or is followed by.
    let is_taken = |other: &Called<'_>| beside.known.contains(&(called.service, other.dependency));
    let unlike = pairs.iter().find(|(old, new)| !is_taken(if replaced(called, new) { new } else { old }));
    let Some((old, new)) = alike.or(unlike) else { return RULE.cure.to_string() };
    let (of_old, of_new) = (name(old.service), name(new.service));
    if alike.is_none() {
        return format!("ange samma samband för ”{of_old}” som för ”{of_new}”, som ersätter den");
    }
    let ends = old.known.and_then(|(_, life)| life.to);
    let begins = new.known.and_then(|(_, life)| life.from);
    let are_apart = |(Date(ends), Date(begins)): &(Date, Date)| ends.tomorrow().is_ok_and(|next| next < *begins);
    match ends.zip(begins).filter(are_apart) {
        Some((ends, begins)) => format!(
            "låt ”{of_new}” börja senast dagen efter att ”{of_old}” upphör: mellan {} och {} finns ingen av dem",
            text::date(ends),
            text::date(begins)
        ),
        None => RULE.cure.to_string(),
    }
}

/// The calls of a service, as one of them looks for what it replaces or is replaced by.
struct Beside<'c> {
    calls: &'c [Called<'c>],
    /// Which calls are for each service, and which for what it replaces.
    linked: FxHashMap<&'c str, Vec<usize>>,
    known: FxHashSet<(&'c str, Dependency)>,
}

impl<'c> Beside<'c> {
    fn of(calls: &'c [Called<'c>]) -> Beside<'c> {
        let mut linked: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, call) in calls.iter().enumerate() {
            linked.entry(call.service).or_default().push(at);
            call.replacement().into_iter().for_each(|next| linked.entry(next).or_default().push(at));
        }
        Beside { calls, linked, known: calls.iter().map(|call| (call.service, call.dependency)).collect() }
    }

    /// The calls for what replaces something, and for what it replaces, in order.
    fn linked_to(&self, called: &Called<'_>) -> impl Iterator<Item = &Called<'c>> {
        let of = |service: &str| self.linked.get(service).map_or(&[][..], Vec::as_slice);
        let next = called.replacement();
        let after = next.into_iter().flat_map(of).filter(move |at| Some(self.calls[**at].service) == next);
        let before = of(called.service).iter();
        let before = before.filter(|at| self.calls[**at].replacement() == Some(called.service));
        let mut found: Vec<usize> = after.chain(before).copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.calls[at])
    }
}

/// Of a service's calls, those for a service that it depends on in one way.
type Way<'c> = (&'c str, Dependency);

/// Of the calls of a service those that take each other's place without a gap, and that it depends on in the same way: of
/// each the last that follows it, and the first that it follows.
pub(super) struct Replacements<'c> {
    last: FxHashMap<Way<'c>, Called<'c>>,
    first: FxHashMap<Way<'c>, Called<'c>>,
}

impl<'c> Replacements<'c> {
    pub(super) fn among(calls: &[Called<'c>]) -> Replacements<'c> {
        let (mut after, mut before) = (FxHashMap::default(), FxHashMap::default());
        let replaced: Vec<&Called<'_>> = calls.iter().filter(|call| call.replacement().is_some()).collect();
        if !replaced.is_empty() {
            let by_service: FxHashMap<Way<'_>, Called<'_>> = calls.iter().map(|call| (call.way(), *call)).collect();
            for call in replaced {
                let next = call.replacement().and_then(|id| by_service.get(&(id, call.dependency)));
                if let Some(next) = next.filter(|next| call.is_followed_by(next)) {
                    after.insert(call.way(), *next);
                    before.insert(next.way(), *call);
                }
            }
        }
        Replacements { last: ends(&after), first: ends(&before) }
    }

    /// From and until when something is there that is called for, with what takes its place and what it takes the place
    /// of.
    pub(super) fn there_with(&self, call: &Called<'c>) -> (Option<Date>, Option<Date>) {
        let life = |call: &Called<'c>| call.known.map(|(_, life)| life);
        let first = life(self.first.get(&call.way()).unwrap_or(call)).and_then(|life| life.from);
        let last = life(self.last.get(&call.way()).unwrap_or(call)).and_then(|life| life.to);
        (first, last)
    }
}

/// Where the steps lead to in the end. Lives that are the wrong way round may lead back, and end anywhere then.
fn ends<'c>(steps: &FxHashMap<Way<'c>, Called<'c>>) -> FxHashMap<Way<'c>, Called<'c>> {
    let mut ends: FxHashMap<Way<'_>, Called<'_>> = FxHashMap::default();
    for (from, to) in steps {
        let (mut path, mut end) = (vec![*from], *to);
        loop {
            if let Some(known) = ends.get(&end.way()) {
                end = *known;
                break;
            }
            let Some(next) = steps.get(&end.way()).filter(|_| path.len() <= steps.len()) else { break };
            path.push(end.way());
            end = *next;
        }
        path.into_iter().for_each(|way| _ = ends.insert(way, end));
    }
    ends
}

impl<'c> Called<'c> {
    fn way(&self) -> Way<'c> {
        (self.service, self.dependency)
    }

    fn replacement(&self) -> Option<&'c str> {
        self.known.and_then(|(_, life)| life.replaced_by.as_ref()).map(|replacement| replacement.id.as_str())
    }

    fn is_followed_by(&self, next: &Called<'c>) -> bool {
        let life = |call: &Called<'c>| call.known.map(|(_, life)| life);
        let after = life(next);
        let ended = standing::has_ended(life(self)) || standing::has_ended(after);
        !ended && life(self).is_some_and(|life| life.is_followed_by(next.service, after))
    }
}

/// Why something that is there from and until some day, itself or with what takes its place, is not there from the
/// first to the last of the days on which it is needed.
pub(super) fn absence(
    lifecycle: &Lifecycle,
    (from, to): (Option<Date>, Option<Date>),
    (first, last): (Date, Date),
    is_disorder_told: impl FnOnce() -> bool,
) -> Option<String> {
    if standing::has_ended(Some(lifecycle)) {
        return Some("är avvecklad".to_string());
    }
    if lifecycle.status == LifecycleStatus::Planned && lifecycle.from.is_none() {
        return Some("är planerad, utan första dag (från)".to_string());
    }
    // An SLA that is in force on no day of the edition is what another rule tells, and so are days in disorder.
    if first > last || lifecycle.is_in_disorder() && is_disorder_told() {
        return None;
    }
    let ends = to.filter(|end| *end < last).map(|end| format!("upphör {}, före {}", text::date(end), text::date(last)));
    let begins = || {
        let begin = from.filter(|begin| *begin > first)?;
        Some(format!("börjar {}, efter {}", text::date(begin), text::date(first)))
    };
    ends.or_else(begins)
}
