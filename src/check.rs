//! The guideline as rules: each is a record and a function in a file of its own.
//!
//! A rule finds; what a finding weighs, and whether it is waived, is settled here, from `katalog.yaml` and `undantag`.

mod amount_below_zero;
mod approval_outdated;
mod article_repeated;
mod article_unknown;
mod availability_differs;
mod call_not_in_edition;
mod call_not_supporting;
mod capability_incomplete;
mod capability_named_after_unit;
mod capability_near_duplicate;
mod capability_not_in_product;
mod capability_without_description;
mod change_repeated;
mod change_undeclared;
mod change_without_reason;
mod classification_missing;
mod cloud_incomplete;
mod commitment_outside_production;
mod consume_not_centralised;
mod contract_dates_missing;
mod contract_hours;
mod contract_incomplete;
mod contract_not_coordinated;
mod contract_period;
mod contract_response_time;
mod contract_terms_missing;
mod contract_unused;
mod coordinator_missing;
mod cost_below_underlying;
mod cost_missing;
mod cost_shares;
mod criteria_missing;
mod dates_in_order;
mod decision_missing;
mod department_names;
mod document_metadata_missing;
mod document_not_renewed;
mod downtime_beyond_hours;
mod downtime_exceeded;
mod edition_period;
mod edition_rewritten;
mod enclosure_cycle;
mod environment_missing;
mod facts;
mod forbidden_term;
mod function_missing;
mod governing_document_expired;
mod histories;
mod history_out_of_order;
mod holidays_not_deducted;
mod hours_not_covered;
mod information_owner_delivers;
mod information_owner_missing;
mod letters_alike;
mod level_comment_differs;
mod level_missing;
mod level_not_guaranteed;
mod level_order;
mod levels;
mod lifecycle_incomplete;
mod mixed_hyphens;
mod name_only_application;
mod name_repeated;
mod name_too_long;
mod name_without_application;
mod names;
mod nested_level_too_low;
mod not_a_service;
mod not_orderable;
mod offering_missing;
mod offering_name;
mod office_hours;
mod ola_missing;
mod ola_without_calls;
mod out_of_hours_missing;
mod outside_life;
mod part_not_in_edition;
mod phrases;
mod placeholder_left;
mod price_missing;
mod price_outside_edition;
mod process_missing;
mod product_levels;
mod product_manager_missing;
mod product_missing;
mod product_unused;
mod production_missing;
mod proof_missing;
mod redundant_alone;
mod restore_time_exceeds;
mod role_not_held;
mod rule_unknown;
mod same_signatory;
mod section_missing;
mod section_repeated;
mod section_unapproved;
mod section_unknown;
mod service_manager_missing;
mod service_owner_missing;
mod servicedesk_missing;
mod share_customer_repeated;
mod share_not_positive;
mod signatory_differs;
mod signature_outdated;
mod sla_covers_part;
mod sla_missing;
mod sla_not_in_force;
mod sla_unsigned;
mod standing;
mod steps_disordered;
mod support_not_settled;
mod supporting_capability_unknown;
mod supporting_service_manager_missing;
mod supporting_service_unused;
mod texts;
mod thousands_as_decimals;
mod unfinished_text;
mod version_differs;
mod waiver_expired;
mod waiver_not_needed;
mod waivers;
mod warranty_incomplete;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use facts::Facts;

pub use edition_rewritten::CODE as EDITION_REWRITTEN;

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::model::{RuleWeight, Status};
use crate::resolve::{Catalog, Written};

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
    /// Where the guideline says so: `§ 3.1`, or the source's name; `katalogen` of what no source says.
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

/// Parts of files under the content folder: each path, and the keys or entries that it tells of, which may be indented. In
/// a mapping `# …` stands for its other keys.
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
        RULES.iter().find(|rule| rule.is_named(name)).copied()
    }

    fn is_named(&self, name: &str) -> bool {
        let name = name.trim();
        self.name == name || self.code.to_string().eq_ignore_ascii_case(name)
    }

    /// How much a finding weighs in this catalogue; `None` where it is not to be told.
    pub fn weight(&self, catalog: &Catalog) -> Option<Severity> {
        match catalog.catalogue.rules.iter().find(|(name, _)| self.is_named(name)) {
            Some((_, RuleWeight::Error)) => Some(Severity::Error),
            Some((_, RuleWeight::Warning)) => Some(Severity::Warning),
            Some((_, RuleWeight::Info)) => Some(Severity::Info),
            Some((_, RuleWeight::Off)) => None,
            None if catalog.catalogue.edition.status == Status::Decided => Some(self.severity),
            None => Some(self.draft),
        }
    }
}

/// Every rule, in the order of their codes.
pub static RULES: &[&Rule] = &[
    // What the guideline's own texts say of themselves.
    &supporting_capability_unknown::RULE,
    &capability_incomplete::RULE,
    &department_names::RULE,
    &availability_differs::RULE,
    &holidays_not_deducted::RULE,
    &governing_document_expired::RULE,
    &enclosure_cycle::RULE,
    // What an IS/IT service, and who answers for it, has to be (K110–K129).
    &product_manager_missing::RULE,
    &service_manager_missing::RULE,
    &supporting_service_manager_missing::RULE,
    &service_owner_missing::RULE,
    &process_missing::RULE,
    &product_missing::RULE,
    &offering_missing::RULE,
    &sla_missing::RULE,
    &ola_missing::RULE,
    &ola_without_calls::RULE,
    &warranty_incomplete::RULE,
    &function_missing::RULE,
    &name_without_application::RULE,
    &name_only_application::RULE,
    &criteria_missing::RULE,
    &classification_missing::RULE,
    &information_owner_missing::RULE,
    &not_a_service::RULE,
    &support_not_settled::RULE,
    &out_of_hours_missing::RULE,
    // Supporting services, offerings, products and contracts (K130–K149).
    &level_missing::RULE,
    &supporting_service_unused::RULE,
    &product_levels::RULE,
    &not_orderable::RULE,
    &offering_name::RULE,
    &environment_missing::RULE,
    &commitment_outside_production::RULE,
    &production_missing::RULE,
    &name_repeated::RULE,
    &cloud_incomplete::RULE,
    &contract_not_coordinated::RULE,
    &contract_period::RULE,
    &contract_hours::RULE,
    &contract_response_time::RULE,
    &contract_unused::RULE,
    &contract_incomplete::RULE,
    &contract_dates_missing::RULE,
    &product_unused::RULE,
    &name_too_long::RULE,
    // Agreements, and who has signed them (K150–K159).
    &sla_unsigned::RULE,
    &section_unapproved::RULE,
    &section_unknown::RULE,
    &section_missing::RULE,
    &coordinator_missing::RULE,
    &call_not_in_edition::RULE,
    &call_not_supporting::RULE,
    &sla_not_in_force::RULE,
    &signatory_differs::RULE,
    &sla_covers_part::RULE,
    // Whether the levels hold (K160–K166).
    &hours_not_covered::RULE,
    &restore_time_exceeds::RULE,
    &downtime_exceeded::RULE,
    &level_not_guaranteed::RULE,
    &nested_level_too_low::RULE,
    &redundant_alone::RULE,
    &proof_missing::RULE,
    // Agreements once more (K167).
    &section_repeated::RULE,
    // Cost and prices (K170–K179).
    &cost_shares::RULE,
    &cost_missing::RULE,
    &share_customer_repeated::RULE,
    &share_not_positive::RULE,
    &cost_below_underlying::RULE,
    &article_unknown::RULE,
    &article_repeated::RULE,
    &price_missing::RULE,
    &steps_disordered::RULE,
    &amount_below_zero::RULE,
    // The edition, its dates and documents (K180–K189).
    &dates_in_order::RULE,
    &price_outside_edition::RULE,
    &history_out_of_order::RULE,
    &version_differs::RULE,
    &document_metadata_missing::RULE,
    &decision_missing::RULE,
    &edition_period::RULE,
    &change_without_reason::RULE,
    &change_undeclared::RULE,
    &lifecycle_incomplete::RULE,
    // Words and texts (K190–K199).
    &forbidden_term::RULE,
    &mixed_hyphens::RULE,
    &placeholder_left::RULE,
    &unfinished_text::RULE,
    &level_comment_differs::RULE,
    &level_order::RULE,
    &servicedesk_missing::RULE,
    &office_hours::RULE,
    &letters_alike::RULE,
    // Clouds and capabilities (K400–K409).
    &capability_near_duplicate::RULE,
    &consume_not_centralised::RULE,
    &capability_named_after_unit::RULE,
    &capability_without_description::RULE,
    // More of prices, levels and editions (K410–K419).
    &thousands_as_decimals::RULE,
    &downtime_beyond_hours::RULE,
    &edition_rewritten::RULE,
    &part_not_in_edition::RULE,
    &outside_life::RULE,
    &document_not_renewed::RULE,
    &change_repeated::RULE,
    // More of agreements, contracts and who answers for what (K420–K429).
    &same_signatory::RULE,
    &information_owner_delivers::RULE,
    &contract_terms_missing::RULE,
    &role_not_held::RULE,
    &capability_not_in_product::RULE,
    &signature_outdated::RULE,
    &approval_outdated::RULE,
    // What is said of the rules themselves (K490–K499).
    &waiver_expired::RULE,
    &waiver_not_needed::RULE,
    &rule_unknown::RULE,
];

/// The first code of the rules that look at what the others have found.
const ABOUT_RULES: Code = Code(490);

/// Asks every rule.
pub fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    check_while(catalog, &|| true).unwrap_or_default()
}

/// Asks every rule as long as someone wants to know; `None` where that ended before.
pub fn check_while(catalog: &Catalog, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
    let waivers = waivers::by_rule(catalog);
    let facts = Facts::of(catalog, &waivers);
    let ask = |rule: &'static Rule, silenced| {
        let Some(severity) = rule.weight(catalog) else { return (silenced, Vec::new()) };
        let (facts, waivers, diagnostics) = (&facts, &waivers, Vec::new());
        let in_texts = FxHashMap::default();
        let mut findings = Findings { rule, severity, catalog, facts, waivers, silenced, in_texts, diagnostics };
        (rule.check)(catalog, &mut findings);
        findings.tell_of_the_rest();
        (findings.silenced, findings.diagnostics)
    };
    // What is said of the rules themselves rests on what the others found.
    let (content, themselves) = RULES.split_at(RULES.partition_point(|rule| rule.code < ABOUT_RULES));
    let ask_first = |rule: &&'static Rule| is_wanted().then(|| ask(rule, BTreeSet::new()));
    let asked: Option<Vec<_>> = content.par_iter().map(ask_first).collect();
    let (mut silenced, mut diagnostics) = (BTreeSet::new(), Vec::new());
    for (waivers, found) in asked? {
        silenced.extend(waivers);
        diagnostics.extend(found);
    }
    for rule in themselves {
        let (waivers, found) = ask(rule, silenced);
        silenced = waivers;
        diagnostics.extend(found);
    }
    crate::diagnostic::sort(&mut diagnostics);
    Some(diagnostics)
}

/// Takes what a rule finds.
pub struct Findings<'a> {
    rule: &'static Rule,
    severity: Severity,
    catalog: &'a Catalog,
    /// What other rules ask for too.
    facts: &'a Facts<'a>,
    waivers: &'a BTreeMap<u16, Vec<waivers::InForce<'a>>>,
    /// The ids of the waivers that have silenced something.
    silenced: BTreeSet<&'a str>,
    /// How much has been found in each text, by where that is kept, and the place of the first that is not told.
    in_texts: FxHashMap<usize, (usize, Option<Place>)>,
    diagnostics: Vec<Diagnostic>,
}

/// More findings of one rule in one text than anyone reads at once; how many more there are is told in a last one.
const MOST_IN_A_TEXT: usize = 100;

impl Findings<'_> {
    /// Something breaks the rule at a key path of the entity of this id (`katalog` for `katalog.yaml`); `help` says what
    /// to do about it.
    fn add(&mut self, id: &str, path: &str, message: impl Into<String>, help: impl Into<String>) {
        // What an entity with a mistake lacks may come of that.
        if !self.is_waived(id, path) && !self.catalog.is_mistaken(id) {
            self.push(self.catalog.place(id, path), message.into(), help.into());
        }
    }

    /// The same at a key that someone has chosen, in the group at a path, when it is the key that breaks the rule.
    fn add_at_key(&mut self, id: &str, path: &str, key: &str, message: impl Into<String>, help: impl Into<String>) {
        if !self.is_waived(id, path) {
            self.push(self.catalog.place_of_key(id, path, key), message.into(), help.into());
        }
    }

    /// The same at a part of a text.
    fn add_in(&mut self, text: &Written, part: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if self.is_waived(text.owner(), "") {
            return;
        }
        let (found, untold) = self.in_texts.entry(std::ptr::from_ref(text).addr()).or_default();
        *found += 1;
        if *found > MOST_IN_A_TEXT {
            untold.get_or_insert_with(|| self.catalog.place_in(text, part));
            return;
        }
        self.push(self.catalog.place_in(text, part), message.into(), help.into());
    }

    /// Says of each text in which more was found than is told how much more there is.
    fn tell_of_the_rest(&mut self) {
        for (found, untold) in std::mem::take(&mut self.in_texts).into_values() {
            if let Some(place) = untold {
                let more = found - MOST_IN_A_TEXT;
                self.push(
                    place,
                    format!("här, och längre fram i texten, finns {more} till"),
                    self.rule.cure.to_string(),
                );
            }
        }
    }

    /// The same where something is missing: at its key, if that is written without a value, else at the entity's name.
    fn add_missing(&mut self, id: &str, key: &str, message: impl Into<String>, help: impl Into<String>) {
        let path = if self.catalog.is_written(id, key) { key } else { "namn" };
        self.add(id, path, message, help);
    }

    /// Something breaks the rule at a key path of an entity, in a part of it that has an id of its own.
    fn add_to_part(&mut self, id: &str, part: &str, path: &str, message: impl Into<String>, help: impl Into<String>) {
        if !self.is_waived(part, "") && !self.catalog.is_mistaken(id) {
            self.push(self.catalog.place(id, path), message.into(), help.into());
        }
    }

    fn push(&mut self, place: Place, message: String, help: String) {
        let (code, severity) = (self.rule.code, self.severity);
        let message = format!("{message} ({})", self.rule.paragraph);
        self.diagnostics.push(Diagnostic::new(code, severity, place, message).with_help(help));
    }

    fn is_waived(&mut self, id: &str, path: &str) -> bool {
        let Some(waiver) = waivers::of_place(self.catalog, self.waivers, self.rule.code, (id, path)) else {
            return false;
        };
        self.silenced.insert(waiver);
        true
    }
}

#[cfg(test)]
mod tests;
