//! What a cover says of a document, and of who publishes it.

use tera::Value;

use crate::document::{APPROVED, Metadata, Publisher, Revision, TO_BE_APPROVED};
use crate::model::{Catalogue, Date, DocumentMetadata, FromText, Person, Ref, Status};
use crate::resolve::Catalog;
use crate::text;

/// Who publishes the catalogue.
pub fn publisher(catalogue: &Catalogue) -> Publisher {
    let desk = catalogue.service_desk.as_ref().map(|desk| {
        let ways = [&desk.phone, &desk.email, &desk.web].into_iter().flatten().cloned();
        std::iter::once(desk.name.clone()).chain(ways).collect::<Vec<_>>().join(", ")
    });
    Publisher {
        organisation: catalogue.organisation.clone(),
        unit: catalogue.unit.clone(),
        site: catalogue.site.as_ref().map(|site| format!("{}/", site.to_string().trim_end_matches('/'))),
        contact: desk,
        year: catalogue.edition.year,
    }
}

/// What a cover says. `part` is what the document is of an entity: a draft until that is decided, and valid as long.
pub fn metadata(catalog: &Catalog, written: Option<&DocumentMetadata>, part: Option<&Value>) -> Metadata {
    let edition = &catalog.catalogue.edition;
    let mut metadata = Metadata {
        status: edition.status.label().to_string(),
        decided: edition.status == Status::Decided,
        version: edition.version.clone(),
        year: edition.year,
        valid_from: edition.valid_from,
        valid_to: edition.valid_to,
        ..Metadata::default()
    };
    if let Some((part, decided)) = part.and_then(|part| Some((part, part.get_from_path("decided")?.as_bool()?))) {
        let text = |key| part.get_from_path(key).and_then(|value: &Value| value.as_str());
        let day = |key| text(key).and_then(|day| Date::from_text(day).ok());
        metadata.decided = decided;
        metadata.status = text("status_text").unwrap_or_default().to_string();
        (metadata.valid_from, metadata.valid_to) = (day("valid_from"), day("valid_to"));
    }
    let (valid_from, valid_to) = (metadata.valid_from, metadata.valid_to);
    let is_decided = metadata.decided;
    let mut fact = |label: &str, value: Option<String>| {
        metadata.facts.extend(value.map(|value| (label.to_string(), value)));
    };
    let person = |reference: &Ref<Person>| Some(catalog[reference].name.clone());
    if let Some(written) = written {
        fact("Handlingstyp", written.kind.clone());
        fact("Gäller för", written.applies_to.clone());
        fact("Innehållsansvar", written.responsible.as_ref().and_then(person));
        let approved = if is_decided { APPROVED } else { TO_BE_APPROVED };
        fact(approved, written.approved_by.as_ref().and_then(person));
        fact("Dokument-ID", written.document_id.clone());
    }
    fact("Version", Some(edition.version.clone()));
    fact("Giltig från", valid_from.map(text::date));
    fact("Giltig till", valid_to.map(text::date));
    if let Some(written) = written {
        fact("Beslut", written.decision.clone());
        metadata.title = written.title.clone();
        metadata.summary = written.summary.clone();
        metadata.history = written
            .history
            .iter()
            .map(|version| Revision {
                version: version.version.clone(),
                date: version.date,
                issuer: version.issuer.clone().unwrap_or_default(),
                reason: version.reason.clone().unwrap_or_default(),
            })
            .collect();
    }
    metadata
}

impl Status {
    /// As a cover says it.
    pub fn label(self) -> &'static str {
        match self {
            Status::Draft => "Utkast",
            Status::Referral => "Remiss",
            Status::Decided => "Beslutad",
        }
    }
}
