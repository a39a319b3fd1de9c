//! What is signed, approved, decided and explained anew for each edition, as it is kept beside what readers compare.
//!
//! None of it is told as a change: rules look for what is left from an earlier edition. Things are kept by their ids,
//! which stay when names do not.

use std::collections::BTreeMap;

use super::calls::{ARTICLE, TIMES};
use crate::model::{
    Call, Change, ChangeKind, Date, DocumentMetadata, Hours, Section, Service, ServiceLevelAgreement, SignatoryRole,
    SupportingService,
};
use crate::resolve::Catalog;

/// What the kind of a service's change is kept by.
const CHANGE: &str = "Förändring";
/// What the reason of a service's change is kept by.
const REASON: &str = "Motivering";
/// What stands between the days of several who have signed for one party.
pub const BETWEEN_DAYS: &str = ", ";

/// What is kept of a service, with its agreements.
pub fn of_entity(catalog: &Catalog, id: &str) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    if let Some(service) = catalog.get::<SupportingService>(id) {
        kept.extend(service.change.as_ref().into_iter().flat_map(change));
    }
    let Some(service) = catalog.get::<Service>(id) else { return kept };
    kept.extend(service.change.as_ref().into_iter().flat_map(change));
    if let Some(agreement) = &service.agreement {
        kept.extend(agreed(catalog, agreement).map(|(what, text)| (of_agreement(what), text)));
        for signature in &agreement.signatures {
            let Some(day) = signature.date else { continue };
            let days: &mut String = kept.entry(signed_by(signature.role)).or_default();
            *days = if days.is_empty() { day.to_string() } else { format!("{days}{BETWEEN_DAYS}{day}") };
        }
    }
    for section in service.sections() {
        let Some(day) = section.approved else { continue };
        kept.entry(approved(section)).or_insert_with(|| day.to_string());
        kept.entry(called(section)).or_insert_with(|| calls(service, section));
    }
    kept
}

/// What is kept of the catalogue's own documents.
pub fn of_edition(catalog: &Catalog) -> BTreeMap<String, String> {
    let of_document = |(name, document): (&String, &DocumentMetadata)| {
        let own = OfDocument::ALL.map(|what| Some((what.label(name), what.said(document)?)));
        own.into_iter().flatten()
    };
    catalog.catalogue.documents.iter().flat_map(of_document).collect()
}

/// What a service says of its change, by label: the same as then where both are.
pub fn change(change: &Change) -> [(String, String); 2] {
    let kind = match change.kind {
        ChangeKind::New => "ny",
        ChangeKind::Changed => "förändrad",
        ChangeKind::Unchanged => "oförändrad",
        ChangeKind::Ending => "avvecklas",
    };
    let reason = change.reason.as_ref().map_or("", |reason| reason.source.trim());
    [(CHANGE.into(), kind.into()), (REASON.into(), reason.into())]
}

/// What the parties of an SLA agree on, each with what it is called.
pub fn agreed(catalog: &Catalog, agreement: &ServiceLevelAgreement) -> [(&'static str, String); 6] {
    let level = &catalog[&agreement.level];
    let office = &catalog.catalogue.office_hours;
    let hours = match level.hours {
        Hours::Always => level.hours.label().to_string(),
        Hours::Office => format!("{} {}–{}", level.hours.label(), office.from, office.to),
    };
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("nivå", agreement.level.id.clone()),
        ("öppettid", hours),
        ("åtgärdstid", level.response_time.minutes.to_string()),
        ("högsta nedtid", level.downtime.minutes.to_string()),
        ("första dag", day(agreement.valid_from)),
        ("sista dag", day(agreement.valid_to)),
    ]
}

/// What that of an SLA is kept by.
pub fn of_agreement(what: &str) -> String {
    format!("SLA, {what}")
}

/// What the days are kept by on which a party has signed.
pub fn signed_by(role: SignatoryRole) -> String {
    let party = match role {
        SignatoryRole::BusinessRepresentative => "verksamhetsrepresentant",
        SignatoryRole::ServiceOwner => "tjänsteägare",
    };
    format!("Undertecknat, {party}")
}

/// What the day is kept by on which a section was approved.
pub fn approved(section: &Section) -> String {
    format!("Godkänt, {}", section.name)
}

/// What the calls of a section are kept by.
pub fn called(section: &Section) -> String {
    format!("Avrop, {}", section.name)
}

/// The calls of a section, in an order that does not depend on how they stand.
pub fn calls(service: &Service, section: &Section) -> String {
    let told = |call: &Call| {
        let article = call.article.as_ref().map(|article| format!("{ARTICLE}{article}")).unwrap_or_default();
        let (count, dependency) = (call.quantity.unwrap_or(1), call.dependency().label());
        format!("{}{article}{TIMES}{count}, {dependency}", call.offering.id)
    };
    let own = service.calls().iter().filter(|call| call.section.as_ref() == Some(&section.name));
    let mut calls: Vec<String> = own.map(told).collect();
    calls.sort_unstable();
    calls.join("; ")
}

/// What a document says that is its edition's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfDocument {
    /// The decision.
    Decision,
    /// Its id in the archive.
    Id,
    /// The last of its versions, with its day.
    Version,
}

impl OfDocument {
    /// All of it.
    pub const ALL: [OfDocument; 3] = [OfDocument::Decision, OfDocument::Id, OfDocument::Version];

    /// What it is kept by, of the document whose template has the name.
    pub fn label(self, name: &str) -> String {
        let what = match self {
            OfDocument::Decision => "Beslut",
            OfDocument::Id => "Dokument-id",
            OfDocument::Version => "Version",
        };
        format!("{what}, {name}")
    }

    /// What a document says; a version without a day may be any year's.
    pub fn said(self, document: &DocumentMetadata) -> Option<String> {
        let text = match self {
            OfDocument::Decision => document.decision.clone()?,
            OfDocument::Id => document.document_id.clone()?,
            OfDocument::Version => {
                let last = document.history.last()?;
                format!("{}, {}", last.version, last.date?)
            }
        };
        Some(text.trim().to_string()).filter(|text| !text.is_empty())
    }
}
