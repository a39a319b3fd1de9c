//! What each table of a CMDB holds of a catalogue: what is in force, in the order of the catalogue.

use std::collections::BTreeMap;

use crate::calculate::availability;
use crate::model::{
    AvailabilityLevel, Date, Environment, Hours, Lifecycle, LifecycleStatus, Person, Ref, Service,
    ServiceLevelAgreement, ServiceOffering, SupportingService,
};
use crate::resolve::Catalog;

/// How a relation reads from either end, after ServiceNow's own type.
const DEPENDS: &str = "Depends on::Used by";
const BUSINESS_CLASS: &str = "Business Service";
const TECHNICAL_CLASS: &str = "Technical Service";

type Row = Vec<String>;

pub fn business_services(catalog: &Catalog) -> Vec<Row> {
    let rows = services(catalog).map(|service| {
        let who = [name_of(catalog, service.owner.as_ref()), name_of(catalog, service.manager.as_ref())];
        let [owner, manager] = who;
        let own = [service.id.clone(), service.name.clone(), plain(service.summary.as_ref()), owner, manager];
        let rest = [BUSINESS_CLASS.to_string()].into_iter().chain(stage(service.lifecycle.as_ref()));
        own.into_iter().chain(rest).chain(dates(service.lifecycle.as_ref())).collect()
    });
    rows.collect()
}

pub fn technical_services(catalog: &Catalog) -> Vec<Row> {
    let rows = supporting(catalog).map(|service| {
        let manager = name_of(catalog, service.manager.as_ref());
        let own = [service.id.clone(), service.name.clone(), plain(service.summary.as_ref()), manager.clone(), manager];
        let rest = [TECHNICAL_CLASS.to_string()].into_iter().chain(stage(service.lifecycle.as_ref()));
        own.into_iter().chain(rest).chain(dates(service.lifecycle.as_ref())).collect()
    });
    rows.collect()
}

pub fn service_offerings(catalog: &Catalog) -> Vec<Row> {
    let rows = services(catalog).flat_map(|service| {
        service.offerings.iter().map(|offering| {
            let environment = offering.environment.map_or("", |environment| match environment {
                Environment::Production => "Production",
                Environment::Test => "Test",
                Environment::Development => "Development",
                Environment::Training => "Training",
            });
            let own = [
                offering.id.clone(),
                offering.name.clone(),
                service.name.clone(),
                service.id.clone(),
                plain(service.summary.as_ref()),
                environment.to_string(),
                is_production(offering).to_string(),
                name_of(catalog, service.owner.as_ref()),
                BUSINESS_CLASS.to_string(),
            ];
            own.into_iter().chain(stage(service.lifecycle.as_ref())).collect()
        })
    });
    rows.collect()
}

pub fn technical_service_offerings(catalog: &Catalog) -> Vec<Row> {
    let rows = supporting(catalog).flat_map(|service| {
        service.offerings.iter().map(|offering| {
            let level = offering.level.as_ref().map(|level| catalog[level].name.clone()).unwrap_or_default();
            let own = [
                offering.id.clone(),
                offering.name.clone(),
                service.name.clone(),
                service.id.clone(),
                plain(service.summary.as_ref()),
                level,
                name_of(catalog, service.manager.as_ref()),
                TECHNICAL_CLASS.to_string(),
            ];
            own.into_iter().chain(stage(service.lifecycle.as_ref())).collect()
        })
    });
    rows.collect()
}

/// One for each level that an SLA in force promises.
pub fn service_commitments(catalog: &Catalog) -> Vec<Row> {
    let rows = commitments(catalog).into_iter().map(|(label, level)| {
        let office = &catalog.catalogue.office_hours;
        let percent = availability::availability(level, office).map(|percent| percent.0.to_string());
        let definition = definition_name(level);
        vec![
            level.id.clone(),
            label,
            "SLA".into(),
            percent.unwrap_or_default(),
            schedule(catalog, level.hours),
            definition,
        ]
    });
    rows.collect()
}

/// What starts, pauses and stops the clock: one for each time to act within.
pub fn sla_definitions(catalog: &Catalog) -> Vec<Row> {
    // Of levels that share it the first has its name here, whichever of them are promised in this edition.
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for level in catalog.all::<AvailabilityLevel>() {
        first.entry(definition_name(level)).or_insert(&level.id);
    }
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (_, level) in commitments(catalog) {
        let minutes = level.response_time.minutes;
        let duration = format!("{} {:02}:{:02}:00", minutes / 1440, minutes % 1440 / 60, minutes % 60);
        let name = definition_name(level);
        let row = vec![
            format!("sla-{}", first[&name]),
            name.clone(),
            "SLA".into(),
            duration,
            minutes.saturating_mul(60).to_string(),
            schedule(catalog, level.hours),
        ];
        rows.entry(name).or_insert(row);
    }
    rows.into_values().collect()
}

/// Commitments are made in production, by SLAs in force (`§ 3.2.3`).
pub fn offering_commitments(catalog: &Catalog) -> Vec<Row> {
    let known = commitments(catalog);
    let mut rows = Vec::new();
    for service in services(catalog) {
        let Some(agreement) = agreement_in_force(catalog, service) else { continue };
        let label = label(catalog, &catalog[&agreement.level]);
        let Some((_, level)) = known.iter().find(|(known, _)| *known == label) else { continue };
        for offering in service.offerings.iter().filter(|offering| is_production(offering)) {
            rows.push(vec![
                format!("{}:{}", offering.id, level.id),
                offering.name.clone(),
                offering.id.clone(),
                label.clone(),
                level.id.clone(),
                date(agreement.valid_from),
                date(agreement.valid_to),
            ]);
        }
    }
    rows
}

pub fn business_applications(catalog: &Catalog) -> Vec<Row> {
    let applications = catalog.entities().applications.iter();
    applications.map(|application| vec![application.id.clone(), application.name.clone()]).collect()
}

/// A service depends on its application, and its offerings in production on what its Tjänste-OLA calls for.
pub fn relations(catalog: &Catalog) -> Vec<Row> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut add = |parent: (&str, &str), child: (&str, &str)| {
        let id = format!("{}:{}", parent.0, child.0);
        let (parent, child) = ([parent.1, parent.0], [child.1, child.0]);
        let row = [&id].map(|id| id.as_str()).into_iter().chain(parent).chain(child).chain([DEPENDS]);
        rows.insert(id.clone(), row.map(str::to_string).collect());
    };
    for service in services(catalog) {
        if let Some(application) = service.application.as_ref().map(|application| &catalog[application]) {
            add((&service.id, &service.name), (&application.id, &application.name));
        }
        let calls = service.calls().iter();
        for called in calls.map(|call| catalog.offering(&call.offering)).filter(|called| in_force(catalog, called)) {
            for offering in service.offerings.iter().filter(|offering| is_production(offering)) {
                add((&offering.id, &offering.name), (&called.id, &called.name));
            }
        }
    }
    rows.into_values().collect()
}

/// The services with an SLA that is not in force, of which nothing is committed.
pub fn not_in_force(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    services(catalog).filter(|service| service.agreement.is_some() && agreement_in_force(catalog, service).is_none())
}

/// A service's SLA, if both parties have signed it and it holds on any day of the edition.
fn agreement_in_force<'c>(catalog: &Catalog, service: &'c Service) -> Option<&'c ServiceLevelAgreement> {
    let (first, last) = catalog.catalogue.edition.days();
    let agreement = service.agreement.as_ref()?;
    let is_in_time =
        agreement.valid_from.is_none_or(|from| from <= last) && agreement.valid_to.is_none_or(|to| to >= first);
    (is_in_time && agreement.is_signed()).then_some(agreement)
}

/// The commitments that SLAs in force promise, each label once: `24/7/365 - 2 timmar, 99,91%` (`§ 3.2.3`).
fn commitments(catalog: &Catalog) -> Vec<(String, &AvailabilityLevel)> {
    let promised: Vec<&str> = services(catalog)
        .filter_map(|service| agreement_in_force(catalog, service))
        .map(|agreement| agreement.level.id.as_str())
        .collect();
    let mut found: Vec<(String, &AvailabilityLevel)> = Vec::new();
    for level in catalog.entities().availability_levels.iter().filter(|level| promised.contains(&level.id.as_str())) {
        let label = label(catalog, level);
        if !found.iter().any(|(known, _)| *known == label) {
            found.push((label, level));
        }
    }
    found
}

fn label(catalog: &Catalog, level: &AvailabilityLevel) -> String {
    availability::commitment_label(level, &catalog.catalogue.office_hours)
}

fn definition_name(level: &AvailabilityLevel) -> String {
    format!("{} - {}", level.hours.label(), level.response_time).replace('\u{A0}', " ")
}

fn schedule(catalog: &Catalog, hours: Hours) -> String {
    let office = &catalog.catalogue.office_hours;
    match hours {
        Hours::Always => "24x7".into(),
        Hours::Office => format!("Kontorstid {}-{}", office.from, office.to),
    }
}

fn services(catalog: &Catalog) -> impl Iterator<Item = &Service> {
    catalog.entities().services.iter().filter(|service| !is_retired(service.lifecycle.as_ref()))
}

fn supporting(catalog: &Catalog) -> impl Iterator<Item = &SupportingService> {
    catalog.entities().supporting_services.iter().filter(|service| !is_retired(service.lifecycle.as_ref()))
}

fn in_force(catalog: &Catalog, offering: &ServiceOffering) -> bool {
    let service = catalog.get::<Service>(&offering.service).map(|service| &service.lifecycle);
    let lifecycle = service.or_else(|| Some(&catalog.get::<SupportingService>(&offering.service)?.lifecycle));
    lifecycle.is_some_and(|lifecycle| !is_retired(lifecycle.as_ref()))
}

fn is_retired(lifecycle: Option<&Lifecycle>) -> bool {
    lifecycle.is_some_and(|lifecycle| lifecycle.status == LifecycleStatus::Retired)
}

fn is_production(offering: &ServiceOffering) -> bool {
    offering.environment == Some(Environment::Production)
}

/// Stage and status of a life, in CSDM's words; what does not say otherwise is in use.
fn stage(lifecycle: Option<&Lifecycle>) -> [String; 2] {
    let words = match lifecycle.map(|lifecycle| lifecycle.status) {
        Some(LifecycleStatus::Planned) => ["Design", "Build"],
        Some(LifecycleStatus::Retired) => ["End of Life", "Retired"],
        Some(LifecycleStatus::Active | LifecycleStatus::Retiring) | None => ["Operational", "In Use"],
    };
    words.map(str::to_string)
}

fn dates(lifecycle: Option<&Lifecycle>) -> [String; 2] {
    [date(lifecycle.and_then(|lifecycle| lifecycle.from)), date(lifecycle.and_then(|lifecycle| lifecycle.to))]
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn name_of(catalog: &Catalog, person: Option<&Ref<Person>>) -> String {
    person.map(|person| catalog[person].name.clone()).unwrap_or_default()
}

fn plain(text: Option<&String>) -> String {
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}
