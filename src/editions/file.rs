//! The file that keeps an edition.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::FrozenEdition;
use crate::text;

/// What the file opens with.
const HEAD: &str =
    "# En fryst utgåva, skriven av katalog freeze. Senare utgåvor jämförs med den; ändra den inte för hand.\n";

/// So many letters may a key of YAML have, its quotes among them.
const LONGEST_KEY: usize = 1_024;

/// Name of an edition's file under `utgavor/`.
pub fn file_name(edition: &FrozenEdition) -> String {
    format!("{}-{}.yaml", edition.year, text::slug(&edition.version))
}

/// An edition as YAML, a line for each thing that it says.
pub fn written(edition: &FrozenEdition) -> String {
    let mut out = HEAD.to_string();
    let _ = writeln!(out, "form: {}\når: {}\nversion: {}", edition.form, edition.year, quoted(&edition.version));
    if let Some(count) = edition.count {
        let _ = writeln!(out, "antal: {count}");
    }
    push_facts("uppgifter", &edition.facts, "", &mut out);
    push_facts("förnyas", &edition.renewed, "", &mut out);
    out.push_str("poster:\n");
    for entry in &edition.entries {
        let _ = writeln!(
            out,
            "  - id: {}\n    slag: {}\n    namn: {}",
            quoted(&entry.id),
            quoted(&entry.kind),
            quoted(&entry.name)
        );
        push_facts("uppgifter", &entry.facts, "    ", &mut out);
        push_facts("förnyas", &entry.renewed, "    ", &mut out);
    }
    out
}

/// What is kept by a key of something that stands so far in.
fn push_facts(key: &str, facts: &BTreeMap<String, String>, by: &str, out: &mut String) {
    if !facts.is_empty() {
        let _ = writeln!(out, "{by}{key}:");
    }
    for (label, text) in facts {
        let (label, text) = (quoted(label), quoted(text));
        // A key of more letters is none, unless it is said to be one.
        let _ = match label.chars().count() <= LONGEST_KEY {
            true => writeln!(out, "{by}  {label}: {text}"),
            false => writeln!(out, "{by}  ? {label}\n{by}  : {text}"),
        };
    }
}

/// A text as YAML reads it back to the letter.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{typed, yaml};
    use crate::model::{FrozenEntry, FrozenForm};

    #[test]
    fn what_is_written_is_read_back() {
        let facts = [("Pris, artikel 1: \"A\" # \\", "12,50\u{a0}kr – ja"), ("rad", "ett\ntvå\r\t'tre'"), ("tom", "")];
        let long = [1_021, 1_022, 1_023, 3_000].map(|length| "å".repeat(length));
        let facts = facts.into_iter().chain(long.iter().map(|label| (label.as_str(), "lång")));
        let facts = facts.map(|(label, text)| (label.to_string(), text.to_string())).collect();
        let renewed: BTreeMap<_, _> = [("Motivering".to_string(), "ett\n\"två\"".to_string())].into();
        let (id, kind, name) = ("a-1".into(), "IS/IT-tjänst".into(), "- A: {b}".into());
        let entry = FrozenEntry { id, kind, name, facts, renewed: renewed.clone() };
        let (id, kind, name) = ("b".into(), "produkt".into(), "null".into());
        let bare = FrozenEntry { id, kind, name, facts: BTreeMap::new(), renewed: BTreeMap::new() };
        let facts = [("Moms".to_string(), "exklusive".to_string())].into();
        let form = FrozenForm::LAST;
        let (year, version, count) = (2026, "1.10".into(), Some(12));
        let edition = FrozenEdition { form, year, version, count, facts, renewed, entries: vec![entry, bare] };
        assert_eq!(edition.size(), 12);
        let kept = written(&edition);
        let (tree, problems) = yaml::parse(&kept);
        assert!(problems.is_empty());
        let read = typed::fill::<FrozenEdition>(tree.root(&kept).unwrap(), "");
        assert!(read.problems.is_empty());
        assert_eq!(read.value.unwrap(), edition);
    }
}
