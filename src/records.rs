//! What there is to know of every code that a finding can have, from wherever it is kept, in one list.

use crate::check::{self, Example};
use crate::diagnostic::{Code, Severity, codes};
use crate::inspect;

/// One code, in the words of its rule.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Stable; never used for anything else.
    pub code: Code,
    /// Stable, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs.
    pub severity: Severity,
    /// How much in an edition that is not decided.
    pub draft: Severity,
    /// What it is about.
    pub about: About,
    /// Where it is asked for: a paragraph of the guideline, or a clause of a standard.
    pub asked: Option<&'static str>,
    /// What is asked for and why, in Swedish.
    pub docs: &'static str,
    /// What breaks it; empty where there is no example.
    pub wrong: Example,
    /// The same as it should be.
    pub right: Example,
    /// What to do about it, in Swedish.
    pub cure: &'static str,
}

/// What a finding can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// How the content and its templates are written.
    Form,
    /// What the guideline asks of the content.
    Guideline,
    /// A Word file.
    Word,
    /// The region's own Word template.
    WordTemplate,
}

impl About {
    /// A word for it, stable, in kebab case.
    pub fn tag(self) -> &'static str {
        match self {
            About::Form => "content-form",
            About::Guideline => "guideline",
            About::Word => "word-file",
            About::WordTemplate => "word-template",
        }
    }
}

/// Every code, in order.
pub fn all() -> Vec<Record> {
    let of_form = codes::RECORDS.iter().map(|&codes::Record { code, name, severity, docs, cure }| {
        let about = if code < codes::WORD_TEMPLATE { About::Form } else { About::WordTemplate };
        Record { code, name, severity, draft: severity, about, asked: None, docs, wrong: &[], right: &[], cure }
    });
    let of_guideline = check::RULES.iter().map(|rule| {
        let &check::Rule { code, name, severity, draft, paragraph, docs, wrong, right, cure, .. } = *rule;
        Record {
            code,
            name,
            severity,
            draft,
            about: About::Guideline,
            asked: Some(paragraph),
            docs,
            wrong,
            right,
            cure,
        }
    });
    let of_word = inspect::RULES.iter().map(|rule| {
        let &inspect::Rule { code, name, severity, clause, docs, cure, .. } = *rule;
        let asked = Some(clause);
        Record { code, name, severity, draft: severity, about: About::Word, asked, docs, wrong: &[], right: &[], cure }
    });
    let mut records: Vec<Record> = of_form.chain(of_guideline).chain(of_word).collect();
    records.sort_by_key(|record| record.code);
    records
}

/// What there is to know of the code or the name that someone writes.
pub fn named(name: &str) -> Option<Record> {
    let name = name.trim();
    all().into_iter().find(|record| record.name == name || record.code.to_string().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_and_name_stands_once_and_is_told_of() {
        let records = all();
        assert!(records.windows(2).all(|pair| pair[0].code < pair[1].code));
        let mut names: Vec<&str> = records.iter().map(|record| record.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        for Record { code, name, docs, cure, .. } in &records {
            assert!(
                name.split('-').all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())),
                "{name}"
            );
            assert!(docs.ends_with('.') && !docs.contains("  "), "{code} {docs}");
            assert!(!cure.ends_with('.') && !cure.contains("  "), "{code} {cure}");
        }
    }
}
