//! Findings as other programs read them: editors and pipelines.

use clap::ValueEnum;
use katalog::diagnostic::{Diagnostic, Severity};
use katalog::{check, inspect, text};
use serde_json::{Value, json};

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// För ögat, på standard error.
    Text,
    /// En rad JSON för varje fynd, på standard output.
    Json,
    /// SARIF 2.1.0, på standard output.
    Sarif,
    /// GitHubs kommandon för anmärkningar, på standard output.
    Github,
}

/// The findings in a format for programs; `None` for the one that is for the eye.
pub fn report(findings: &[Diagnostic], format: ReportFormat) -> Option<String> {
    match format {
        ReportFormat::Text => None,
        ReportFormat::Json => Some(findings.iter().map(|finding| format!("{}\n", json_line(finding))).collect()),
        ReportFormat::Sarif => Some(format!("{:#}\n", sarif(findings))),
        ReportFormat::Github => Some(findings.iter().map(github).collect()),
    }
}

fn json_line(finding: &Diagnostic) -> Value {
    let place = &finding.place;
    json!({
        "code": finding.code.to_string(),
        "severity": finding.severity.label(),
        "file": &*place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": finding.message,
        "help": finding.help,
    })
}

fn sarif(findings: &[Diagnostic]) -> Value {
    let of_content = check::RULES.iter().map(|rule| (rule.code, rule.name, rule.docs));
    let of_word = inspect::RULES.iter().map(|rule| (rule.code, rule.name, rule.docs));
    let rules = of_content
        .chain(of_word)
        .map(|(code, name, docs)| json!({"id": code.to_string(), "name": name, "shortDescription": {"text": docs}}));
    let results = findings.iter().map(|finding| {
        let place = &finding.place;
        let help = finding.help.as_ref().map(|help| format!(" – {help}")).unwrap_or_default();
        json!({
            "ruleId": finding.code.to_string(),
            "level": level(finding.severity, "note"),
            "message": {"text": format!("{}{help}", finding.message)},
            "locations": [{"physicalLocation": {
                "artifactLocation": {"uri": text::path_encoded(&place.file)},
                "region": {
                    "startLine": place.line,
                    "startColumn": place.column,
                    "endColumn": place.column + place.length,
                },
            }}],
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "katalog",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn github(finding: &Diagnostic) -> String {
    let place = &finding.place;
    let help = finding.help.as_ref().map(|help| format!(" – {help}")).unwrap_or_default();
    format!(
        "::{} file={},line={},col={},endColumn={},title={}::{}\n",
        level(finding.severity, "notice"),
        property(&place.file),
        place.line,
        place.column,
        place.column + place.length,
        finding.code,
        message(&format!("{}{help}", finding.message)),
    )
}

/// What both formats call a weight, but for the least.
fn level(severity: Severity, least: &'static str) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => least,
    }
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
