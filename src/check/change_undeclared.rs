//! A service that says of itself another change than the one since the edition before.

use super::standing::{self, Declared};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::editions::{self, Entry};
use crate::model::{Change, ChangeKind};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(188),
    name: "change-undeclared",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 8",
    docs: "Den som beslutar ska se vilka tjänster som är nya eller förändrade sedan den förra utgåvan. Det som en \
           tjänst säger under förändring jämförs därför med förra årets utgåva, om den är fryst: nivå och vad den \
           lovar, priser med sina villkor, kostnad och fördelning, avrop, ansvariga, processer, informationsklassning, \
           beställning och livscykel. Ny är en tjänst i den första utgåva under vars tid den finns, oavsett när den \
           först beskrevs.",
    wrong: &[
        (
            "utgavor/2026.yaml",
            r#"
            år: 2026
            version: "1.0"
            poster: []
            "#,
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: oförändrad}"),
    ],
    right: &[
        (
            "utgavor/2026.yaml",
            r#"
            år: 2026
            version: "1.0"
            poster: []
            "#,
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: ny, motivering: Ersätter planering på papper.}"),
    ],
    cure: "ange under förändring det som stämmer, med motivering, eller rätta det som har ändrats av misstag",
    check,
};

/// So many differences are named; the others are counted by `katalog diff`.
const MOST_NAMED: usize = 3;

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let Some(changes) = editions::changes_since_year_before(catalog) else { return };
    let entries = changes.by_id();
    let since = changes.since.to_string();
    let edition = &catalog.catalogue.edition;
    // What begins after the edition changes nothing in it, whatever it says.
    for Declared { id, name, change, .. } in
        standing::declared(catalog).filter(|declared| !edition.is_without(declared.lifecycle))
    {
        let Some(entry) = entries.get(id) else { continue };
        if let Some(fact) = undeclared(entry, change, &since) {
            let path = if change.is_some() { "förändring.typ" } else { "namn" };
            findings.add(id, path, format!("”{name}” {}, men {fact}", said(change)), RULE.cure);
        }
    }
}

/// What has happened in fact, where it is another thing than what is said.
fn undeclared(entry: &Entry, change: Option<&Change>, since: &str) -> Option<String> {
    let kind = change.map(|change| change.kind);
    if entry.is_new {
        return (kind != Some(ChangeKind::New)).then(|| format!("fanns inte i {since}"));
    }
    // What has changed in texts is not frozen, so that more may be declared than is found.
    if kind == Some(ChangeKind::New) {
        return Some(format!("fanns i {since}"));
    }
    let is_silent = matches!(kind, None | Some(ChangeKind::Unchanged));
    (is_silent && !entry.differences.is_empty()).then(|| format!("har ändrats sedan {since} ({})", differences(entry)))
}

fn differences(entry: &Entry) -> String {
    some_of(&entry.differences.iter().map(|difference| difference.label.clone()).collect::<Vec<_>>())
}

/// What differs, of which the first are named and the others counted.
pub(super) fn some_of(all: &[String]) -> String {
    let (named, more) = all.split_at(all.len().min(MOST_NAMED));
    match more.len() {
        0 => named.join("; "),
        more => format!("{}; {more} till", named.join("; ")),
    }
}

fn said(change: Option<&Change>) -> &'static str {
    match change.map(|change| change.kind) {
        Some(ChangeKind::New) => "sägs vara ny",
        Some(ChangeKind::Changed) => "sägs vara förändrad",
        Some(ChangeKind::Unchanged) => "sägs vara oförändrad",
        Some(ChangeKind::Ending) => "sägs avvecklas",
        None => "säger inget under förändring",
    }
}
