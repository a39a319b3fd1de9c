//! The guideline as rules: each is a record and a function in a file of its own.

mod availability_differs;
mod capability_incomplete;
mod department_names;
mod enclosure_cycle;
mod governing_document_expired;
mod holidays_not_deducted;
mod supporting_capability_unknown;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::resolve::Catalog;

/// What there is to know of a rule, for the terminal and the handbook alike.
#[derive(Debug)]
pub struct Rule {
    /// Stable; never used for another rule.
    pub code: Code,
    /// Stable, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs.
    pub severity: Severity,
    /// Where the guideline says so: `§ 3.1`, or the source's name.
    pub paragraph: &'static str,
    /// What is asked for and why, in Swedish.
    pub docs: &'static str,
    /// Looks for what breaks the rule.
    check: fn(&Catalog, &mut Findings<'_>),
}

/// Every rule, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &supporting_capability_unknown::RULE,
    &capability_incomplete::RULE,
    &department_names::RULE,
    &availability_differs::RULE,
    &holidays_not_deducted::RULE,
    &governing_document_expired::RULE,
    &enclosure_cycle::RULE,
];

/// Asks every rule.
pub fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let ask = |rule: &&'static Rule| {
        let mut diagnostics = Vec::new();
        (rule.check)(catalog, &mut Findings { rule, diagnostics: &mut diagnostics });
        diagnostics
    };
    let mut diagnostics: Vec<Diagnostic> = RULES.par_iter().flat_map_iter(ask).collect();
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// Takes what a rule finds.
pub struct Findings<'a> {
    rule: &'static Rule,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Something breaks the rule; `help` says what to do about it.
    fn add(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        let message = format!("{} ({})", message.into(), self.rule.paragraph);
        let (code, severity) = (self.rule.code, self.rule.severity);
        self.diagnostics.push(Diagnostic { code, severity, place, message, help: Some(help.into()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        assert!(RULES.iter().all(|rule| !rule.docs.is_empty() && !rule.paragraph.is_empty()));
    }
}
