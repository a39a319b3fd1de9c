//! A life whose stage does not go with its dates.

use super::outside_life::{self, Promised};
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Change, ChangeKind, Date, Lifecycle, LifecycleStatus};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(189),
    name: "lifecycle-incomplete",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 1.3",
    docs: "Livscykeln säger om något går att räkna med under utgåvan. Det som är under avveckling har en sista dag, det som är \
           aktivt har inte redan upphört, det som är avvecklat har upphört innan utgåvan börjar, det som är planerat har inte \
           redan börjat och har en första dag när dess SLA är undertecknat, och det som ersätter något annat är inte själv \
           avvecklat, upphör inte före det, och ersätts inte i sin tur av det.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "livscykel: {status: under-avveckling}")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "livscykel: {status: under-avveckling, till: 2027-12-31}")],
    cure: "rätta livscykelns status, eller dess datum",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let entities = &catalog.entities();
    let edition = standing::edition_days(catalog);
    let is_told_of = |promised: Promised<'_>, id: &str, findings: &Findings<'_>| {
        promised.held_in(edition).is_some() && findings.is_told_by(&outside_life::RULE, id, "livscykel.från")
    };
    for service in &entities.services {
        let lifecycle = service.lifecycle.as_ref();
        let is_undated = |life: &Lifecycle| life.status == LifecycleStatus::Planned && life.from.is_none();
        if lifecycle.is_some_and(is_undated) && service.agreement.as_ref().is_some_and(|sla| sla.is_signed()) {
            let message =
                format!("”{}” är planerad och har undertecknat SLA, men ingen första dag (från)", service.name);
            let help = "skriv från vilken dag tjänsten finns, eller rätta livscykelns status";
            findings.add(&service.id, "livscykel.status", message, help);
        }
        let is_promised = is_told_of(Promised::by_service(service), &service.id, findings);
        let change = (service.change.as_ref(), is_promised);
        ask(catalog, (&service.id, &service.name), service.lifecycle.as_ref(), change, findings);
    }
    for service in &entities.supporting_services {
        let is_promised = is_told_of(Promised::by_supporting(service), &service.id, findings);
        let change = (service.change.as_ref(), is_promised);
        ask(catalog, (&service.id, &service.name), service.lifecycle.as_ref(), change, findings);
    }
    for product in &entities.products {
        ask(catalog, (&product.id, &product.name), product.lifecycle.as_ref(), (None, false), findings);
    }
}

/// Asks of the life of something, by what it says of its change and whether it is told that it is not there for its prices or its SLA.
fn ask(
    catalog: &Catalog,
    (id, name): (&str, &str),
    lifecycle: Option<&Lifecycle>,
    (change, is_promised): (Option<&Change>, bool),
    findings: &mut Findings<'_>,
) {
    let Some(lifecycle) = lifecycle else { return };
    if let Some((key, wrong)) = stage(catalog, lifecycle, change, is_promised) {
        findings.add(id, &format!("livscykel.{key}"), format!("”{name}” {wrong}"), RULE.cure);
    }
    let Some(successor) = &lifecycle.replaced_by else { return };
    if let Some(wrong) = wrong_successor(catalog, id, lifecycle, &successor.id) {
        let message = format!("”{name}” ersätts av {wrong}");
        findings.add(id, "livscykel.ersätts_av", message, "ange det som kommer i stället, eller ta bort ersätts_av");
    }
}

/// What takes the place of something and cannot, and why.
fn wrong_successor(catalog: &Catalog, id: &str, lifecycle: &Lifecycle, successor: &str) -> Option<String> {
    if successor == id {
        return Some("sig själv".to_string());
    }
    let (name, life) = standing::lifecycle_of(catalog, successor)?;
    if standing::has_ended(Some(life)) {
        return Some(format!("”{name}”, som är avvecklad"));
    }
    if is_replaced_in_turn(catalog, id, successor) {
        return Some(format!("”{name}”, som i sin tur ersätts av den"));
    }
    let (ends, own) = life.to.zip(lifecycle.to).filter(|(ends, own)| ends < own)?;
    Some(format!("”{name}”, som upphör {}, före {}", text::date(ends), text::date(own)))
}

/// The longest that is followed of what replaces what.
const MOST_SUCCESSORS: usize = 100;

/// Whether what takes the place of something is replaced by that in the end. Of such a ring the first by its id is told.
fn is_replaced_in_turn(catalog: &Catalog, id: &str, successor: &str) -> bool {
    let next = |id: &str| Some(standing::lifecycle_of(catalog, id)?.1.replaced_by.as_ref()?.id.as_str());
    let mut ring = std::iter::successors(Some(successor), |at| next(at)).take(MOST_SUCCESSORS);
    ring.by_ref().take_while(|at| *at >= id).any(|at| at == id)
}

/// What of a life does not go together, and the key that says so.
fn stage(
    catalog: &Catalog,
    lifecycle: &Lifecycle,
    change: Option<&Change>,
    is_promised: bool,
) -> Option<(&'static str, String)> {
    let (first, last) = standing::edition_days(catalog);
    let status = lifecycle.status;
    let label = status.label().to_lowercase();
    if status == LifecycleStatus::Retired {
        let end = lifecycle.to.filter(|end| *end >= first)?;
        return Some(("till", format!("är {label}, men upphör först {}, när utgåvan har börjat", text::date(end))));
    }
    if let Some(from) = lifecycle.from.filter(|from| status == LifecycleStatus::Planned && *from < first) {
        let begins = text::date(first);
        return Some(("från", format!("är {label}, men började {}, innan utgåvan börjar {begins}", text::date(from))));
    }
    if status == LifecycleStatus::Retiring && lifecycle.to.is_none() {
        return Some(("status", format!("är {label}, men har ingen sista dag (till)")));
    }
    if let Some(end) = lifecycle.to.filter(|end| *end < first) {
        let begins = text::date(first);
        return Some(("till", format!("är {label}, men upphörde {}, innan utgåvan börjar {begins}", text::date(end))));
    }
    // Of what has prices or an SLA, another rule tells that it is not there for them.
    let is_late = |from: &Date| *from > last && status == LifecycleStatus::Active && !is_promised;
    if let Some(from) = lifecycle.from.filter(is_late) {
        return Some(("från", format!("är {label}, men börjar {}, när utgåvan är slut", text::date(from))));
    }
    let ends = change.is_some_and(|change| change.kind == ChangeKind::Ending);
    (ends && status != LifecycleStatus::Retiring)
        .then(|| ("status", format!("avvecklas, men livscykeln säger {label}")))
}
