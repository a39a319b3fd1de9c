//! A rule that is named, and does not exist or has its weight already.

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
           eller få undantag, inte det som gäller hur filer är skrivna. Under regler står varje regel en gång: av två rader, \
           en med koden och en med namnet, gäller bara den ena.",
    wrong: &[("katalog.yaml", "regler: {K999: av}\n")],
    right: &[("katalog.yaml", "regler: {K105: av}\n")],
    cure: "rätta koden eller namnet; katalog explain visar alla regler",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for name in catalog.catalogue.rules.keys() {
        if let Some((message, help)) = unknown(name, "stängas av eller vägas om") {
            findings.add_at_key("katalog", "regler", name, message, help);
        }
    }
    for (name, rule) in repeated(catalog) {
        let message = format!("regeln {} ({}) står två gånger under regler", rule.code, rule.name);
        let help = "låt den rad stå som ska gälla, och ta bort den andra";
        findings.add_at_key("katalog", "regler", name, message, help);
    }
    for waiver in &catalog.entities().waivers {
        if let Some((message, help)) = unknown(&waiver.rule, "få undantag") {
            findings.add(&waiver.id, "regel", message, help);
        }
    }
}

/// The names of rules that have got their weight on a line before.
fn repeated(catalog: &Catalog) -> Vec<(&str, &'static Rule)> {
    let names = catalog.catalogue.rules.keys();
    let mut named: Vec<_> = names.filter_map(|name| Some((name.as_str(), Rule::named(name)?))).collect();
    named.sort_by_cached_key(|(name, rule)| {
        let place = catalog.place_of_key("katalog", "regler", name);
        (rule.code, place.line, place.column)
    });
    named.windows(2).filter(|pair| pair[0].1.code == pair[1].1.code).map(|pair| pair[1]).collect()
}

/// What is wrong with a name that no rule has, and what to do about it; of a finding that rests on no rule of the
/// guideline, that it cannot be what is `wanted`.
fn unknown(name: &str, wanted: &str) -> Option<(String, String)> {
    if Rule::named(name).is_some() {
        return None;
    }
    if let Some(record) = records::named(name) {
        let about = match record.about {
            About::Word => "Word-filer",
            About::WordTemplate => "regionens Wordmall",
            About::Form | About::Guideline => "hur filerna är skrivna",
        };
        let code = record.code;
        let message = format!("{code} är ingen av riktlinjens regler utan gäller {about}, och kan inte {wanted}");
        return Some((
            message,
            format!("ta bort raden, och rätta det som {code} hittar; katalog explain {code} säger hur"),
        ));
    }
    let help = match text::did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => format!("menade du {near}?"),
        None => RULE.cure.to_string(),
    };
    Some((format!("det finns ingen regel som heter ”{name}”"), help))
}
