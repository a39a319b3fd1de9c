//! Findings as other programs read them: editors and pipelines.

mod place;
mod sarif;

use clap::ValueEnum;
use katalog::diagnostic::{Diagnostic, Severity};
use katalog::text::shown_in_line;
use serde_json::{Value, json};

use place::Root;

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

/// The findings in a format for programs, or why they cannot be known; `None` for the format that is for the eye.
pub fn report(found: Result<&[Diagnostic], &str>, format: ReportFormat) -> Option<String> {
    match (format, found) {
        (ReportFormat::Text, _) => None,
        (ReportFormat::Json, Ok(findings)) => Some(findings.iter().map(json_line).collect()),
        (ReportFormat::Json, Err(failure)) => Some(format!("{}\n", escaped(&json!({"failure": failure}).to_string()))),
        (ReportFormat::Sarif, found) => {
            Some(format!("{}\n", escaped(&format!("{:#}", sarif::log(found, &Root::find())))))
        }
        (ReportFormat::Github, Ok(findings)) => {
            let root = Root::find();
            Some(findings.iter().map(|finding| github(finding, &root)).collect())
        }
        (ReportFormat::Github, Err(failure)) => Some(format!("::error title=katalog::{}\n", message(failure))),
    }
}

fn json_line(finding: &Diagnostic) -> String {
    let place = &finding.place;
    let line: Value = json!({
        "code": finding.code.to_string(),
        "severity": finding.severity.label(),
        "file": &*place.file,
        "line": place.line,
        "column": place.column,
        "length": place.length,
        "message": finding.message,
        "help": finding.help,
    });
    format!("{}\n", escaped(&line.to_string()))
}

/// JSON without characters that a terminal takes for orders. The writer leaves those above 126 as they are, and none of
/// them stands anywhere but in a text.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

fn github(finding: &Diagnostic, root: &Root) -> String {
    let place = &finding.place;
    format!(
        "::{} file={},line={},col={},endColumn={},title={}::{}\n",
        level(finding.severity, "notice"),
        property(&root.path(&place.file).unwrap_or_else(|| root.absolute(&place.file))),
        place.line,
        place.column,
        place.column + place.length,
        finding.code,
        message(&told(finding)),
    )
}

/// The message with its cure, where there is room for one text.
fn told(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{} – {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// What both formats call a weight, but for the least.
fn level(severity: Severity, least: &'static str) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => least,
    }
}

/// A text in one line of a log, in which it is no command.
fn message(text: &str) -> String {
    shown_in_line(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
