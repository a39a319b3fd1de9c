//! A rule that is named, and does not exist.

use super::{Findings, RULES, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(492),
    name: "rule-unknown",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "undantag",
    docs: "Under regler i katalog.yaml och i ett undantag anges en regel med sin kod eller sitt namn. En felskriven regel \
           ändrar ingenting, och det märks inte förrän någon undrar varför.",
    wrong: &[("katalog.yaml", "regler: {K999: av}\n")],
    right: &[("katalog.yaml", "regler: {K105: av}\n")],
    cure: "katalog explain visar alla regler",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for name in catalog.catalogue.rules.keys() {
        report("katalog", &format!("regler.{name}"), name, findings);
    }
    for waiver in &catalog.entities().waivers {
        report(&waiver.id, "regel", &waiver.rule, findings);
    }
}

fn report(id: &str, path: &str, name: &str, findings: &mut Findings<'_>) {
    if Rule::named(name).is_some() {
        return;
    }
    let help = match text::did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => format!("menade du {near}?"),
        None => RULE.cure.to_string(),
    };
    findings.add(id, path, format!("det finns ingen regel som heter ”{name}”"), help);
}
