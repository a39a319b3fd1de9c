//! A call on a service that is not there for as long as the SLA holds.

use rustc_hash::FxHashMap;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Call, Date, Dependency, Lifecycle, LifecycleStatus, Service};
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
        for (at, (call, called)) in service.calls().iter().zip(&calls).enumerate() {
            let Some((name, lifecycle)) = called.known.filter(|_| called.service != service.id) else {
                continue;
            };
            let offering = catalog.offering(&call.offering);
            let there = replacements.there_with(called);
            if let Some(why) = absence(lifecycle, there, needed(catalog, service)) {
                let message = format!("”{}” avropar ”{}”, men ”{name}” {why}", service.name, offering.name);
                let help = cure(catalog, called, &calls);
                findings.add(&service.id, &format!("ola.avrop.{at}.erbjudande"), message, &help);
            }
        }
    }
}

/// What a call is for.
#[derive(Clone, Copy)]
struct Called<'c> {
    service: &'c str,
    dependency: Dependency,
    /// Its name and its life, where something is said of that.
    known: Option<(&'c str, &'c Lifecycle)>,
}

impl<'c> Called<'c> {
    fn of(call: &'c Call, known: &FxHashMap<&'c str, (&'c str, &'c Lifecycle)>) -> Called<'c> {
        let service = call.offering.id.split_once('.').map_or("", |(service, _)| service);
        let dependency = call.dependency.unwrap_or(Dependency::Series);
        Called { service, dependency, known: known.get(service).copied() }
    }
}

/// What to do: of what has ended, and of what is called for beside what it replaces or is replaced by and still is not there
/// all the time with it, why.
fn cure(catalog: &Catalog, called: &Called<'_>, calls: &[Called<'_>]) -> String {
    let name = |id: &str| catalog.entry(id).map_or_else(|| id.to_string(), |entry| entry.name.to_string());
    if standing::has_ended(called.known.map(|(_, life)| life)) {
        return match called.replacement() {
            Some(replacement) => format!("avropa ”{}” i stället, som ersätter den", name(replacement)),
            None => RULE.cure.to_string(),
        };
    }
    let replaced = |old: &Called<'_>, new: &Called<'_>| old.replacement() == Some(new.service);
    let pairs = calls.iter().filter_map(|other| match (replaced(called, other), replaced(other, called)) {
        (true, _) => Some((called, other)),
        (_, true) => Some((other, called)),
        _ => None,
    });
    let pairs: Vec<(&Called<'_>, &Called<'_>)> = pairs.collect();
    let alike = pairs.iter().find(|(old, new)| old.dependency == new.dependency);
    // Another call for the same may be what the other follows, or is followed by.
    let is_taken = |other: &Called<'_>| {
        calls.iter().any(|call| call.service == called.service && call.dependency == other.dependency)
    };
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

/// Of the calls of a service those that take each other's place without a gap, and that it depends on in the same way.
struct Replacements<'c> {
    next: FxHashMap<(&'c str, Dependency), Called<'c>>,
    before: FxHashMap<(&'c str, Dependency), Called<'c>>,
}

impl<'c> Replacements<'c> {
    fn among(calls: &[Called<'c>]) -> Replacements<'c> {
        let mut found = Replacements { next: FxHashMap::default(), before: FxHashMap::default() };
        let of = |call: &Called<'c>| (call.service, call.dependency);
        let replaced: Vec<&Called<'_>> = calls.iter().filter(|call| call.replacement().is_some()).collect();
        if replaced.is_empty() {
            return found;
        }
        let by_service: FxHashMap<_, _> = calls.iter().map(|call| (of(call), *call)).collect();
        for call in replaced {
            let next = call.replacement().and_then(|id| by_service.get(&(id, call.dependency)));
            if let Some(next) = next.filter(|next| call.is_followed_by(next)) {
                found.next.insert(of(call), *next);
                found.before.insert(of(next), *call);
            }
        }
        found
    }

    /// From and until when something is there that is called for, with what takes its place and what it takes the place
    /// of.
    fn there_with(&self, call: &Called<'c>) -> (Option<Date>, Option<Date>) {
        let first = self.last(&self.before, call).known.and_then(|(_, life)| life.from);
        let last = self.last(&self.next, call).known.and_then(|(_, life)| life.to);
        (first, last)
    }

    fn last(&self, of: &FxHashMap<(&'c str, Dependency), Called<'c>>, call: &Called<'c>) -> Called<'c> {
        let step = |call: &Called<'c>| of.get(&(call.service, call.dependency)).copied();
        // Lives that are the wrong way round may lead back.
        std::iter::successors(Some(*call), step).take(of.len() + 1).last().unwrap_or(*call)
    }
}

impl<'c> Called<'c> {
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
) -> Option<String> {
    if standing::has_ended(Some(lifecycle)) {
        return Some("är avvecklad".to_string());
    }
    if lifecycle.status == LifecycleStatus::Planned && lifecycle.from.is_none() {
        return Some("är planerad, utan första dag (från)".to_string());
    }
    // An SLA that is in force on no day of the edition is what another rule tells.
    if first > last {
        return None;
    }
    let ends = to.filter(|end| *end < last).map(|end| format!("upphör {}, före {}", text::date(end), text::date(last)));
    let begins = || {
        let begin = from.filter(|begin| *begin > first)?;
        Some(format!("börjar {}, efter {}", text::date(begin), text::date(first)))
    };
    ends.or_else(begins)
}

/// The first and last day on which a service needs what it calls for.
pub(super) fn needed(catalog: &Catalog, service: &Service) -> (Date, Date) {
    let (first_day, last_day) = standing::edition_days(catalog);
    let agreement = service.agreement.as_ref();
    let first = agreement.and_then(|agreement| agreement.valid_from).map_or(first_day, |from| from.max(first_day));
    let last = agreement.and_then(|agreement| agreement.valid_to).unwrap_or(last_day);
    Lifecycle::while_there(service.lifecycle.as_ref(), (first, last))
}
