//! The agreements of a service as templates see them: how far they have come, the proof, and the chain to the contracts.

use rustc_hash::FxHashMap;
use tera::Value;

use super::object::{Object, left_out, object};
use super::shared::Rows;
use crate::calculate::cost::Articles;
use crate::calculate::proof::{Carrier, Link, Promise, Prover, Shortfall, Verdict, covers, words};
use crate::calculate::{foundation, proof, traceability};
use crate::model::{
    Call, Environment, OperationalLevelAgreement, Section, Service, ServiceLevelAgreement, ServiceOffering,
};
use crate::resolve::Catalog;
use crate::text::{NO_BREAK_SPACE, capitalized, duration};

/// Adds to a service what is worked out of its agreements.
pub fn add<'a>(map: &mut Object, catalog: &'a Catalog, prover: &Prover<'a>, rows: &Rows<'a>, service: &Service) {
    // The catalogue's own, whose references live as long as it does.
    let Some(service) = catalog.get::<Service>(&service.id) else { return };
    if let Some(agreement) = &service.agreement {
        map.change("agreement", |map| add_to_agreement(map, agreement, service));
    }
    if let Some(operational) = &service.operational_agreement {
        map.change("operational_agreement", |map| add_to_operational(map, catalog, operational, service));
    }
    map.set("proof", proof(catalog, prover, rows, service));
    map.set("trace", trace(catalog, service));
}

fn add_to_agreement(map: &mut Object, agreement: &ServiceLevelAgreement, service: &Service) {
    add_status(map, agreement.is_signed(), "Undertecknat");
    let is_in_production = |offering: &&ServiceOffering| offering.environment == Some(Environment::Production);
    let covers = service.offerings.iter().filter(is_in_production).map(|offering| offering.id.as_str());
    map.set("covers", covers.collect::<Vec<_>>());
}

fn add_to_operational(map: &mut Object, catalog: &Catalog, operational: &OperationalLevelAgreement, service: &Service) {
    // What is in no section nobody has approved.
    let sections = traceability::by_name(&operational.sections);
    let is_in_section = |call: &Call| traceability::section_of(&sections, call).is_some();
    add_status(map, operational.is_approved() && operational.calls.iter().all(is_in_section), "Godkänt");
    // It is made together with the SLA, and for its time.
    let agreement = service.agreement.as_ref();
    map.set("valid_from", agreement.and_then(|agreement| agreement.valid_from));
    map.set("valid_to", agreement.and_then(|agreement| agreement.valid_to));
    let articles = Articles::of(catalog, &operational.calls);
    let calls = map.get("calls").and_then(Value::as_array).unwrap_or_default();
    let calls = operational.calls.iter().zip(calls);
    let calls: Vec<Value> = calls.map(|(call, shown)| with_counted(shown.clone(), catalog, &articles, call)).collect();
    map.set("call_groups", call_groups(operational, &sections, &calls));
    map.set("calls", calls);
}

/// A call with what it counts: a quantity says nothing without its unit, and an offering may have articles with others.
fn with_counted(shown: Value, catalog: &Catalog, articles: &Articles<'_>, call: &Call) -> Value {
    let offering = catalog.offering(&call.offering);
    let item = articles.counted_by(call, offering);
    let is_told = call.article.is_some() || offering.articles().nth(1).is_some();
    let article = match (item, &call.article) {
        (Some(item), _) => Some(format!("Artikel {}: {}", item.article, item.name)),
        (None, named) => named.as_ref().map(|article| format!("Artikel {article}")),
    };
    let mut shown = Object::from_value(shown);
    shown.set("article_text", article.filter(|_| is_told));
    shown.set("unit", item.and_then(|item| item.unit.as_deref()));
    shown.set("level", Promise::of(catalog, offering).id());
    shown.into()
}

fn add_status(map: &mut Object, decided: bool, word: &str) {
    map.set("decided", decided);
    map.set("status_text", if decided { word } else { "Utkast" });
}

/// The calls by section, as they are approved; those in no section come last, so that none is lost.
fn call_groups(
    operational: &OperationalLevelAgreement,
    by_name: &FxHashMap<&str, &Section>,
    calls: &[Value],
) -> Vec<Value> {
    let mut within: FxHashMap<Option<*const Section>, Vec<&Value>> = FxHashMap::default();
    for (call, shown) in operational.calls.iter().zip(calls) {
        let section = traceability::section_of(by_name, call);
        within.entry(section.map(std::ptr::from_ref)).or_default().push(shown);
    }
    let mut of = |wanted: Option<&Section>| within.remove(&wanted.map(std::ptr::from_ref)).unwrap_or_default();
    let loose = of(None);
    let loose = (!loose.is_empty()).then(|| object! {"name": Value::none(), "calls": loose});
    let sections = operational.sections.iter().map(|section| {
        object! {
            "name": section.name,
            "coordinator": section.coordinator,
            "approved": section.approved,
            "calls": of(Some(section)),
        }
    });
    sections.chain(loose).collect()
}

fn proof<'a>(catalog: &'a Catalog, prover: &Prover<'a>, rows: &Rows<'a>, service: &'a Service) -> Value {
    let proof = prover.prove(service);
    let cure = prover.cure(service, &proof).map(|cure| words::cure(catalog, &proof, &cure));
    let sum = words::sum(&proof);
    let verdict = match proof.verdict {
        Verdict::Holds => "holds",
        Verdict::Fails => "fails",
        Verdict::NoAgreement | Verdict::NothingInSeries => "open",
    };
    let is_nested = |shortfall: &&Shortfall| matches!(shortfall, Shortfall::Nested { .. });
    let of_calls = proof.shortfalls.iter().take_while(|shortfall| !is_nested(shortfall));
    let (of_calls, nested) = proof.shortfalls.split_at(of_calls.count());
    let (nested, more_failures) = foundation::nearest(nested, 0);
    let level = proof.level.map(|level| level.id.as_str());
    let calls = proof.links.iter().enumerate().map(|(at, link)| {
        let shows_nothing = matches!(link.promise, Promise::Circular | Promise::Absent);
        let note = words::uncounted(&proof, at);
        let of = (link.offering.id.as_str(), level, note, shows_nothing);
        rows.calls.value(of, || call(&proof, link, note))
    });
    let (carriers, more_carriers) = foundation::nearest(&proof.carriers, 0);
    object! {
        "verdict": verdict,
        "verdict_text": words::verdict(&proof),
        "worst_case": sum.is_some().then(|| format!("{}{NO_BREAK_SPACE}minuter", proof.worst_case)),
        "sum_text": sum,
        "calls": calls.collect::<Vec<_>>(),
        "carriers": carriers.iter().map(|found| carrier(&proof, found)).collect::<Vec<_>>(),
        "more_carriers": left_out(more_carriers),
        "failures": words::reasons(catalog, &proof, of_calls.iter().chain(nested)),
        "more_failures": left_out(more_failures),
        "cure_text": cure,
    }
}

fn call(proof: &proof::Proof<'_>, link: &Link<'_>, note: Option<&str>) -> Value {
    let promise = link.promise;
    let level = proof.level;
    let hours_cover = promise.hours().zip(level).map(|(hours, level)| covers(hours, level.hours));
    let in_time = promise.restore().zip(level).map(|(restore, level)| restore <= level.response_time.minutes);
    object! {
        "offering": link.offering.id,
        "level": promise.id(),
        "level_text": words::promise(promise),
        "dependency_text": link.dependency().label(),
        "counts": link.is_added(),
        "compared": link.counts(),
        "hours_text": promise.hours().map(words::hours),
        "hours_cover": hours_cover,
        "restore_text": promise.restore().map(duration),
        "restored_in_time": in_time,
        "worst_case_text": words::worst_case(promise),
        "note": note.map(capitalized),
    }
}

fn carrier(proof: &proof::Proof<'_>, carrier: &Carrier<'_>) -> Value {
    object! {
        "service": carrier.nested.service.id,
        "above": carrier.nested.above,
        "enclosed": carrier.nested.enclosed,
        "need_text": capitalized(&words::need(proof, carrier)),
        "offering": carrier.carries.ok().map(|offering| &offering.id),
        "lack_text": carrier.carries.err().map(words::lack),
    }
}

fn trace(catalog: &Catalog, service: &Service) -> Value {
    let trace = traceability::trace(catalog, service);
    let row = |row: &traceability::Row<'_>| {
        let (contracts, more_contracts) = foundation::nearest(&row.contracts, 0);
        object! {
            "offering": row.call.map(|call| &call.offering.id),
            "section": row.section.map(|section| &section.name),
            "contracts": contracts.iter().map(|(contract, _)| contract.id.as_str()).collect::<Vec<_>>(),
            "more_contracts": left_out(more_contracts),
        }
    };
    let of_agreements = trace.holes.iter().take_while(|hole| !hole.is_of_contract());
    let (of_agreements, of_contracts) = trace.holes.split_at(of_agreements.count());
    let (of_contracts, more_holes) = foundation::nearest(of_contracts, 0);
    let holes = of_agreements.iter().chain(of_contracts);
    let holes = holes.map(|hole| traceability::told(catalog, service, *hole));
    object! {
        "rows": trace.rows.iter().map(row).collect::<Vec<_>>(),
        "holes": holes.collect::<Vec<_>>(),
        "more_holes": left_out(more_holes),
    }
}
