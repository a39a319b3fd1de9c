//! What is told of a preview's state: in the terminal, to the page's script, and as data.

use katalog::diagnostic::{self, Diagnostic, Severity};
use katalog::preview::State;
use katalog::text::{shown, shown_in_line};
use serde_json::{Value, json};

/// How many findings the panel of a page lists at most.
const MOST_FINDINGS: usize = 200;

/// The findings that keep a state from being shown.
pub fn errors(state: &State) -> Vec<&Diagnostic> {
    state.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// A state in one line of the terminal.
pub fn line(state: &State) -> String {
    let what = match (state.current, state.shows) {
        (true, _) => "visad",
        (false, true) => "visas som den var",
        (false, false) => "inget att visa än",
    };
    format!("{what} · {}", diagnostic::summary(&state.findings))
}

/// A state as the page's script reads it.
pub fn event(state: &State) -> String {
    let count = |severity| state.findings.iter().filter(|finding| finding.severity == severity).count();
    let told = json!({
        "version": state.version,
        "shows": state.shows,
        "current": state.current,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Info),
        "summary": diagnostic::summary(&state.findings),
    });
    told.to_string()
}

/// The findings as data, those that weigh most first, and how many there are.
pub fn findings(state: &State) -> String {
    let mut findings: Vec<&Diagnostic> = state.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    let listed: Vec<Value> = findings.iter().take(MOST_FINDINGS).map(|finding| data(finding)).collect();
    json!({"version": state.version, "total": findings.len(), "findings": listed}).to_string()
}

/// A finding whose texts hold nothing that would turn or hide others where they are shown.
fn data(finding: &Diagnostic) -> Value {
    let place = &finding.place;
    json!({
        "code": finding.code.to_string(),
        "severity": finding.severity.label(),
        "file": shown_in_line(&place.file),
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": shown_in_line(&finding.message),
        "help": finding.help.as_deref().map(shown_in_line),
        "source": shown(&place.source),
    })
}
