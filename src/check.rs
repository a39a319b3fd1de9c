//! The guideline as rules: each is a record and a function in a file of its own.
//!
//! A rule finds; what a finding weighs, and whether it is waived, is settled here, from `katalog.yaml` and `undantag`.

mod levels;
mod waivers;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::model::{RuleWeight, Status};
use crate::resolve::Catalog;

/// What there is to know of a rule, for the terminal and the handbook alike.
#[derive(Debug)]
pub struct Rule {
    /// Stable; never used for another rule.
    pub code: Code,
    /// Stable, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs in a decided edition, unless `katalog.yaml` says otherwise.
    pub severity: Severity,
    /// The same while the edition is still being written, when much is missing that will come.
    pub draft: Severity,
    /// Where the guideline says so: `§ 3.1`, or the source's name.
    pub paragraph: &'static str,
    /// What is asked for and why, in Swedish.
    pub docs: &'static str,
    /// What breaks the rule, and nothing else of a catalogue that breaks none.
    pub wrong: Example,
    /// The same as it should be.
    pub right: Example,
    /// What to do about a finding, in Swedish.
    pub cure: &'static str,
    /// Looks for what breaks the rule.
    check: fn(&Catalog, &mut Findings<'_>),
}

/// Parts of files under the content folder: each path, and the keys or entries that it tells of, which may be indented.
pub type Example = &'static [(&'static str, &'static str)];

/// The text of an example's file, as it would stand there.
pub fn unindented(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let margin = lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    lines().map(|line| format!("{}\n", &line[margin..])).collect()
}

impl Rule {
    /// The rule with a code (`K123`) or a name.
    pub fn named(name: &str) -> Option<&'static Rule> {
        let name = name.trim();
        RULES.iter().find(|rule| rule.name == name || rule.code.to_string().eq_ignore_ascii_case(name)).copied()
    }

    /// How much a finding weighs in this catalogue; `None` where it is not to be told.
    pub fn weight(&self, catalog: &Catalog) -> Option<Severity> {
        let set = &catalog.catalogue.rules;
        match set.get(&self.code.to_string()).or_else(|| set.get(self.name)) {
            Some(RuleWeight::Error) => Some(Severity::Error),
            Some(RuleWeight::Warning) => Some(Severity::Warning),
            Some(RuleWeight::Info) => Some(Severity::Info),
            Some(RuleWeight::Off) => None,
            None if catalog.catalogue.edition.status == Status::Decided => Some(self.severity),
            None => Some(self.draft),
        }
    }
}

/// Declares the rules, each a file with the record and its function.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule, in the order of their codes.
        pub static RULES: &[&Rule] = &[$(&$module::RULE,)*];
    };
}

rules! {
    // What the guideline's own texts say of themselves.
    supporting_capability_unknown
    capability_incomplete
    department_names
    availability_differs
    holidays_not_deducted
    governing_document_expired
    enclosure_cycle

    // What an IS/IT service, and who answers for it, has to be (K110–K129).

    // Supporting services, offerings, products and contracts (K130–K149).

    // Agreements, and who has signed them (K150–K159).

    // Whether the levels hold (K160–K169).
    hours_not_covered
    restore_time_exceeds
    downtime_exceeded
    level_not_guaranteed
    nested_level_too_low
    redundant_alone
    proof_missing

    // Cost and prices (K170–K179).
    cost_shares
    cost_missing
    share_customer_repeated
    share_not_positive
    cost_below_underlying
    article_unknown
    article_repeated
    price_missing
    steps_disordered

    // The edition, its dates and documents (K180–K189).

    // Words and texts (K190–K199).

    // Clouds and capabilities (K400–K409).

    // What is said of the rules themselves (K490–K499).
    waiver_expired
    waiver_not_needed
    rule_unknown
}

/// Asks every rule.
pub fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let waivers = waivers::by_rule(catalog);
    let mut silenced = BTreeSet::new();
    let mut diagnostics = Vec::new();
    // Those that look at what the others found have the highest codes.
    for rule in RULES {
        let Some(severity) = rule.weight(catalog) else { continue };
        let mut findings = Findings { rule, severity, catalog, waivers: &waivers, silenced, diagnostics };
        (rule.check)(catalog, &mut findings);
        (silenced, diagnostics) = (findings.silenced, findings.diagnostics);
    }
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// Takes what a rule finds.
pub struct Findings<'a> {
    rule: &'static Rule,
    severity: Severity,
    catalog: &'a Catalog,
    waivers: &'a BTreeMap<u16, Vec<waivers::InForce<'a>>>,
    /// The ids of the waivers that have silenced something.
    silenced: BTreeSet<&'a str>,
    diagnostics: Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Something breaks the rule at a key path of the entity of this id (`katalog` for `katalog.yaml`); `help` says what
    /// to do about it.
    fn add(&mut self, id: &str, path: &str, message: impl Into<String>, help: impl Into<String>) {
        if !self.is_waived(id) {
            self.push(self.catalog.place(id, path), message.into(), help.into());
        }
    }

    fn push(&mut self, place: Place, message: String, help: String) {
        let (code, severity) = (self.rule.code, self.severity);
        let message = format!("{message} ({})", self.rule.paragraph);
        self.diagnostics.push(Diagnostic { code, severity, place, message, help: Some(help) });
    }

    /// A waiver for a service is one for its offerings too.
    fn is_waived(&mut self, id: &str) -> bool {
        let owner = id.split_once('.').map(|(service, _)| service);
        let waivers = self.waivers.get(&self.rule.code.0).map_or(&[][..], Vec::as_slice);
        let Some(waiver) = waivers.iter().find(|waiver| waiver.subject == id || Some(waiver.subject) == owner) else {
            return false;
        };
        self.silenced.insert(waiver.id);
        true
    }
}

#[cfg(test)]
mod tests;
