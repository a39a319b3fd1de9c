//! SARIF 2.1.0: what editors, code hosts and those who gather findings read.

use std::collections::HashMap;

use katalog::diagnostic::{Code, Diagnostic, Place, Severity};
use katalog::records::{self, About, Record};
use katalog::text;
use serde_json::{Value, json};

use super::place::Root;
use super::{level, told};

/// What paths are told from, as SARIF's readers call it.
const ROOT: &str = "%SRCROOT%";

/// The log of one run: its findings, or why they cannot be known.
pub fn log(found: Result<&[Diagnostic], &str>, root: &Root) -> Value {
    let records = records::all();
    let rules: Vec<Value> = records.iter().map(rule).collect();
    let mut fingerprints = Fingerprints::default();
    let result = |finding: &Diagnostic| {
        let fingerprint = fingerprints.of(finding, root);
        result(finding, &records, fingerprint, root)
    };
    let results: Vec<Value> = found.unwrap_or_default().iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "katalog",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "sv-SE",
                "rules": rules,
            }},
            "language": "sv-SE",
            "invocations": [invocation(found.err())],
            "originalUriBaseIds": {ROOT: {"description": {
                "text": "Mappen med versionshanteringen, eller annars den som katalog kördes i.",
            }}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn invocation(failure: Option<&str>) -> Value {
    match failure {
        None => json!({"executionSuccessful": true}),
        Some(failure) => json!({
            "executionSuccessful": false,
            "toolExecutionNotifications": [{
                "level": "error",
                "message": {"text": format!("katalog check kunde inte köras: {failure}.")},
            }],
        }),
    }
}

fn rule(record: &Record) -> Value {
    let Record { code, name, severity, about, asked, docs, cure, .. } = record;
    let help = format!("{docs}\n\n{}.", text::capitalized(cure));
    let asked_by = asked.map(|asked| format!(" ({asked})")).unwrap_or_default();
    let mut properties = json!({
        "tags": [about.tag()],
        "precision": "very-high",
        "problem.severity": match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "recommendation",
        },
    });
    if let (About::Guideline, Some(paragraph)) = (about, asked) {
        properties["paragraph"] = json!(paragraph);
    }
    json!({
        "id": code.to_string(),
        "name": name,
        "shortDescription": {"text": first_sentence(docs)},
        "fullDescription": {"text": docs},
        "help": {
            "text": help,
            "markdown": format!("**{code} {name}**{}\n\n{}", as_markdown(&asked_by), as_markdown(&help)),
        },
        "defaultConfiguration": {"level": level(*severity, "note")},
        "properties": properties,
    })
}

/// A full stop ends a sentence where a capital follows: `t.ex.` and `SLA.` within one do not.
fn first_sentence(docs: &str) -> &str {
    let mut stops = docs.match_indices(". ").map(|(at, _)| at + 1);
    stops.find(|at| docs[*at..].trim_start().starts_with(char::is_uppercase)).map_or(docs, |at| &docs[..at])
}

/// Text in which nothing is markup.
fn as_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|~&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn result(finding: &Diagnostic, records: &[Record], fingerprint: String, root: &Root) -> Value {
    let index = |code: Code| records.binary_search_by_key(&code, |record| record.code).ok();
    let mut result = json!({
        "ruleId": finding.code.to_string(),
        "level": level(finding.severity, "note"),
        "message": {"text": told(finding)},
        "locations": [{"physicalLocation": location(&finding.place, root)}],
        "partialFingerprints": {"katalog/v1": fingerprint},
    });
    if let Some(index) = index(finding.code) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(help) = &finding.help {
        result["properties"] = json!({"help": help});
    }
    result
}

fn location(place: &Place, root: &Root) -> Value {
    let file = match root.path(&place.file) {
        Some(path) => json!({"uri": text::path_encoded(&path), "uriBaseId": ROOT}),
        None => {
            let absolute = text::path_encoded(&root.absolute(&place.file));
            json!({"uri": format!("file:///{}", absolute.trim_start_matches('/'))})
        }
    };
    // What a file as a whole has wrong stands nowhere in it.
    if place.source.is_empty() {
        return json!({"artifactLocation": file, "region": {"startLine": place.line}});
    }
    json!({
        "artifactLocation": file,
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.line,
            "endColumn": place.column + place.length,
            "snippet": {"text": marked(place)},
        },
        "contextRegion": {"startLine": place.line, "endLine": place.line, "snippet": {"text": place.source}},
    })
}

/// The part of the line that is meant.
fn marked(place: &Place) -> String {
    place.source.chars().skip(place.column - 1).take(place.length).collect()
}

/// What tells a finding from all others, and stays the same while lines are added above it: what it is about, and which
/// of those that are alike it is.
#[derive(Default)]
struct Fingerprints {
    alike: HashMap<String, usize>,
}

impl Fingerprints {
    fn of(&mut self, finding: &Diagnostic, root: &Root) -> String {
        let Diagnostic { code, place, message, .. } = finding;
        let file = root.path(&place.file).unwrap_or_else(|| place.file.to_string());
        // A message may name a line, which moves.
        let what =
            if place.source.is_empty() { message.replace(|c: char| c.is_ascii_digit(), "") } else { marked(place) };
        let about = [&*code.to_string(), &file, place.source.trim(), &what].join("\0");
        let hash = hash(&about);
        let alike = self.alike.entry(about).or_default();
        *alike += 1;
        format!("{hash:016x}:{alike}")
    }
}

/// FNV-1a, which is the same everywhere and for ever.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}
