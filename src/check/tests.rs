//! Each rule's examples, laid over a catalogue that breaks no rule.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

const FAULTLESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/fixtures/felfri/content");

/// The files of the catalogue that breaks no rule, by path.
fn faultless() -> BTreeMap<String, String> {
    fn collect(folder: &Path, under: &str, files: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            let name = format!("{under}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => collect(&entry.path(), &format!("{name}/"), files),
                false => drop(files.insert(name, std::fs::read_to_string(entry.path()).expect("text"))),
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(Path::new(FAULTLESS), "", &mut files);
    files
}

/// The parts of a file that an example can take the place of: keys, or the entries of a list by their ids; and for a text
/// the whole.
fn parts(path: &str, text: &str) -> Vec<(String, String)> {
    if path.ends_with(".md") {
        return vec![(String::new(), text.to_string())];
    }
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match part_name(line) {
            Some(name) => parts.push((name, format!("{line}\n"))),
            None if parts.is_empty() => {}
            None => parts.last_mut().expect("there is one").1.push_str(&format!("{line}\n")),
        }
    }
    parts
}

fn part_name(line: &str) -> Option<String> {
    if let Some(entry) = line.strip_prefix("- ") {
        let id = entry.split_once("id:").expect("each entry begins with its id").1;
        return Some(id.trim().split([',', '}', ' ']).next().unwrap_or_default().to_string());
    }
    let begins = line.starts_with(|c: char| !c.is_whitespace() && c != '#');
    begins.then(|| line.split(':').next().unwrap_or_default().to_string())
}

/// What `check` finds when the example takes the place of what the files say, with the lines that are the example's.
fn found(example: &[(&str, &str)]) -> (Vec<Diagnostic>, BTreeMap<String, Vec<String>>) {
    let mut files = faultless();
    let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in example {
        let text = unindented(text);
        let mut whole = parts(path, files.get(*path).map_or("", String::as_str));
        for (name, part) in parts(path, &text) {
            match whole.iter_mut().find(|(known, _)| *known == name) {
                Some((_, old)) => *old = part,
                None => whole.push((name, part)),
            }
        }
        files.insert(path.to_string(), whole.into_iter().map(|(_, part)| part).collect());
        written.entry(path.to_string()).or_default().extend(text.lines().map(str::to_string));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in &files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let (_, mut findings) = crate::examine(folder.path()).expect("there is content");
    for finding in &mut findings {
        let path = Path::new(&*finding.place.file).strip_prefix(folder.path()).expect("a path in it");
        finding.place.file = path.to_string_lossy().replace('\\', "/").into();
    }
    (findings, written)
}

fn told(findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| finding.to_string()).collect()
}

#[test]
fn the_faultless_catalogue_breaks_no_rule() {
    let (findings, _) = found(&[]);
    assert!(findings.is_empty(), "{}", told(&findings));
}

#[test]
fn what_is_wrong_breaks_its_rule_there_and_no_other() {
    for rule in RULES {
        let (findings, written) = found(rule.wrong);
        let name = rule.name;
        assert!(!findings.is_empty(), "{name}: nothing is found");
        for finding in &findings {
            assert_eq!(finding.code, rule.code, "{name}:\n{}", told(&findings));
            let lines = written.get(&*finding.place.file);
            let there = lines.is_some_and(|lines| lines.contains(&finding.place.source));
            assert!(there, "{name} is found at a line that the example has not:\n{finding}");
        }
    }
}

#[test]
fn what_is_right_breaks_no_rule() {
    for rule in RULES {
        let (findings, _) = found(rule.right);
        assert!(findings.is_empty(), "{}:\n{}", rule.name, told(&findings));
        assert!(!rule.right.is_empty(), "{} shows nothing that is right", rule.name);
    }
}

#[test]
fn codes_and_names_are_unique_and_in_order() {
    assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn a_record_says_all_that_is_printed_of_its_rule() {
    for rule in RULES {
        let name = rule.name;
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{name}");
        assert!(rule.docs.ends_with('.') && !rule.paragraph.is_empty(), "{name}");
        assert!(!rule.cure.ends_with('.') && rule.cure.starts_with(char::is_lowercase), "{name}");
        assert!(rule.draft >= rule.severity, "{name} weighs more before the edition is decided than after");
    }
}

#[test]
fn the_catalogue_says_what_a_finding_weighs() {
    let weighed = |rules: &str| {
        let days = r#"kontorstid: {från: "08:00", till: "16:45", dagar_per_år: 260}"#;
        let (findings, _) = found(&[("katalog.yaml", days), ("katalog.yaml", rules)]);
        findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(weighed("regler: {}"), [Severity::Info]);
    assert_eq!(weighed("regler: {K105: fel}"), [Severity::Error]);
    assert_eq!(weighed("regler: {holidays-not-deducted: varning}"), [Severity::Warning]);
    assert!(weighed("regler: {K105: av}").is_empty());
}

#[test]
fn what_is_missing_weighs_more_once_the_edition_is_decided() {
    let status = |status: &str| {
        let (_folder, mut catalog) = crate::testing::catalog_of(&[]);
        catalog.catalogue.edition.status = if status == "beslutad" { Status::Decided } else { Status::Referral };
        RULES.iter().map(|rule| rule.weight(&catalog)).collect::<Vec<_>>()
    };
    assert_eq!(status("beslutad"), RULES.iter().map(|rule| Some(rule.severity)).collect::<Vec<_>>());
    assert_eq!(status("remiss"), RULES.iter().map(|rule| Some(rule.draft)).collect::<Vec<_>>());
}
