//! A rule that is named, and does not exist.

use super::{Findings, RULES, Rule};
use crate::diagnostic::{Code, Severity};
use crate::records::{self, About};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(492),
    name: "rule-unknown",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "undantag",
    docs: "Under regler i katalog.yaml och i ett undantag anges en regel med sin kod eller sitt namn. En felskriven regel \
           ändrar ingenting, och det märks inte förrän någon undrar varför. Bara riktlinjens regler kan stängas av, vägas om \
           eller få undantag, inte det som gäller hur filer är skrivna.",
    wrong: &[("katalog.yaml", "regler: {K999: av}\n")],
    right: &[("katalog.yaml", "regler: {K105: av}\n")],
    cure: "rätta koden eller namnet; katalog explain visar alla regler",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for name in catalog.catalogue.rules.keys() {
        report("katalog", &format!("regler.{name}"), name, "stängas av eller vägas om", findings);
    }
    for waiver in &catalog.entities().waivers {
        report(&waiver.id, "regel", &waiver.rule, "få undantag", findings);
    }
}

/// Tells of a name that no rule has; of a finding that rests on no rule of the guideline, that it cannot be what is `wanted`.
fn report(id: &str, path: &str, name: &str, wanted: &str, findings: &mut Findings<'_>) {
    if Rule::named(name).is_some() {
        return;
    }
    if let Some(record) = records::named(name) {
        let about = match record.about {
            About::Word => "Word-filer",
            About::WordTemplate => "regionens Wordmall",
            About::Form | About::Guideline => "hur filerna är skrivna",
        };
        let code = record.code;
        let message = format!("{code} är ingen av riktlinjens regler utan gäller {about}, och kan inte {wanted}");
        let help = format!("ta bort raden, och rätta det som {code} hittar; katalog explain {code} säger hur");
        findings.add(id, path, message, help);
        return;
    }
    let help = match text::did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => format!("menade du {near}?"),
        None => RULE.cure.to_string(),
    };
    findings.add(id, path, format!("det finns ingen regel som heter ”{name}”"), help);
}
