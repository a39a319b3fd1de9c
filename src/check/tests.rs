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

/// What stands in a mapping of an example for the keys that are as they were.
const THE_REST: &str = "# …";

/// A file with an example laid over it: the example's keys, or the entries of a list by their ids, take the place of the
/// file's; of a text, the whole.
fn laid_over(path: &str, was: &str, example: &str) -> String {
    if path.ends_with(".md") { example.to_string() } else { keys_over(was, example, true) }
}

/// The keys of a mapping laid over those that it had; of these the others stay only where the rest is as it was.
fn keys_over(was: &str, example: &str, rest_stays: bool) -> String {
    let known = parts(was);
    let mut whole = if rest_stays { known.clone() } else { Vec::new() };
    for (name, part) in parts(example) {
        let before = known.iter().find(|(known, _)| *known == name);
        let part = before.map_or_else(|| part.clone(), |(_, before)| part_over(before, &part));
        match whole.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = part,
            None => whole.push((name, part)),
        }
    }
    whole.into_iter().map(|(_, part)| part).collect()
}

/// A key with its value, laid over what it was where anything in it is as it was.
fn part_over(was: &str, part: &str) -> String {
    match (part.split_once('\n'), was.split_once('\n')) {
        (Some((key, inner)), Some((_, inner_was))) if inner.contains(THE_REST) => {
            let margin = margin(inner);
            let rest_stays = inner.lines().any(|line| line.get(margin..) == Some(THE_REST));
            format!("{key}\n{}", keys_over(inner_was, inner, rest_stays))
        }
        _ => part.to_string(),
    }
}

/// The keys of a mapping, or the entries of a list by their ids, each with its lines.
fn parts(text: &str) -> Vec<(String, String)> {
    let margin = margin(text);
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match part_name(line.get(margin..).unwrap_or_default()) {
            Some(name) => parts.push((name, format!("{line}\n"))),
            None if parts.is_empty() => {}
            None => parts.last_mut().expect("there is one").1.push_str(&format!("{line}\n")),
        }
    }
    parts
}

fn margin(text: &str) -> usize {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0)
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
        let whole = laid_over(path, files.get(*path).map_or("", String::as_str), &text);
        files.insert(path.to_string(), whole);
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
fn what_is_told_fits_the_one_thing_that_is_wrong() {
    for (path, example, wanted) in [
        (
            "tjanster/orbit-operationsplanering.yaml",
            "livscykel: {status: aktiv, ersätts_av: orbit-operationsplanering}",
            "”Orbit Operationsplanering” ersätts av sig själv (§ 1.3)",
        ),
        (
            "servicenivaer.yaml",
            "- {id: platina, namn: Platina, öppettid: dygnet-runt, återställsetid: 1 minut, avbrott_per_år: 1, \
             kommentar: 99 %}",
            "men 1 minuts avbrott på ett år ger",
        ),
        ("produkter/servicedesk.yaml", "beskrivning: Priviligierad åtkomst.", "skriv ”Privilegierad”"),
        ("produkter/servicedesk.yaml", "beskrivning: En priviligierad åtkomst.", "skriv ”privilegierad”"),
    ] {
        let told = told(&found(&[(path, example)]).0);
        assert!(told.contains(wanted), "{told}");
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
    assert!(weighed("regler: {k105: av}").is_empty());
    assert_eq!(weighed("regler: {\" K105\": varning}"), [Severity::Warning]);
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
