//! A call on a service that is not there for as long as the SLA holds.

use rustc_hash::FxHashMap;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Date, Lifecycle, LifecycleStatus, Service};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(155),
    name: "call-not-in-edition",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Tjänste-OLA bygger på innevarande års Katalog – stödjande tjänster. Det som avropas ska finnas under hela den tid som \
           SLA gäller: en tjänst som är avvecklad, slutar tidigare eller börjar senare håller inte löftet uppe.",
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
    cure: "avropa ett erbjudande som finns hela tiden, eller ändra tiden för SLA",
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
        let calls = service.calls().iter();
        for (at, call) in calls.enumerate() {
            let service_of = call.offering.id.split_once('.').map_or("", |(service, _)| service);
            let Some((called, lifecycle)) = known.get(service_of).filter(|_| service_of != service.id) else {
                continue;
            };
            let offering = catalog.offering(&call.offering);
            if let Some(why) = absence(lifecycle, needed(catalog, service)) {
                let message = format!("”{}” avropar ”{}”, men ”{called}” {why}", service.name, offering.name);
                findings.add(&service.id, &format!("ola.avrop.{at}.erbjudande"), message, RULE.cure);
            }
        }
    }
}

/// Why something is not there from the first to the last of the days on which it is needed.
pub(super) fn absence(lifecycle: &Lifecycle, (first, last): (Date, Date)) -> Option<String> {
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
    let ends = lifecycle
        .to
        .filter(|end| *end < last)
        .map(|end| format!("upphör {}, före {}", text::date(end), text::date(last)));
    let begins = || {
        let begin = lifecycle.from.filter(|begin| *begin > first)?;
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
    standing::while_there((first, last), service.lifecycle.as_ref())
}
