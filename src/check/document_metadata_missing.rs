//! A document that does not say who answers for it, or says that it is another.

use std::collections::BTreeMap;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::DocumentMetadata;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(184),
    name: "document-metadata-missing",
    severity: Severity::Warning,
    draft: Severity::Info,
    paragraph: "Information om handlingen",
    docs: "Varje dokument säger vad det är för handling, vilka det gäller för, vem som ansvarar för innehållet, vem som har \
           godkänt det och vilket dokument-id det har, som inget annat dokument har. Annars går det inte att veta om en \
           utskrift gäller, eller vem som kan svara på det.",
    wrong: &[(
        "katalog.yaml",
        "
        dokument:
          tjanstekatalog:
            titel: Tjänstekatalog
            handlingstyp: Katalog
            innehållsansvar: anna-alm
        ",
    )],
    right: &[(
        "katalog.yaml",
        "
        dokument:
          tjanstekatalog:
            titel: Tjänstekatalog
            handlingstyp: Katalog
            gäller_för: Förvaltningar och bolag
            innehållsansvar: anna-alm
            godkänd_av: bo-berg
            dokument_id: RS-2027-1
        ",
    )],
    cure: "lägg till det som saknas under dokument i katalog.yaml",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let mut by_id: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, document) in standing::documents(catalog) {
        let missing = missing(document);
        if !missing.is_empty() {
            let message = format!("dokumentet ”{}” saknar {}", document.title, text::listed(&missing));
            findings.add("katalog", &format!("dokument.{name}.titel"), message, RULE.cure);
        }
        let id = document.document_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        if let Some(other) = id.and_then(|id| by_id.insert(id, &document.title)) {
            let message = format!("dokumentet ”{}” har samma dokument_id som ”{other}”", document.title);
            let help = "ge varje dokument ett eget dokument_id";
            findings.add("katalog", &format!("dokument.{name}.dokument_id"), message, help);
        }
    }
}

/// The keys that say nothing.
fn missing(document: &DocumentMetadata) -> Vec<&'static str> {
    let is_empty = |text: &Option<String>| text.as_ref().is_none_or(String::is_empty);
    let keys = [
        ("handlingstyp", is_empty(&document.kind)),
        ("gäller_för", is_empty(&document.applies_to)),
        ("innehållsansvar", document.responsible.is_none()),
        ("godkänd_av", document.approved_by.is_none()),
        ("dokument_id", is_empty(&document.document_id)),
    ];
    keys.into_iter().filter(|(_, missing)| *missing).map(|(key, _)| key).collect()
}
