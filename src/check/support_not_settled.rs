//! User support or training of which nothing is agreed.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Service;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(128),
    name: "support-not-settled",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "§ 6, § 7",
    docs: "Leveransorganisationen ansvarar för användarstöd och användarutbildning efter överenskommelse. Skriv vad \
           som är överenskommet, eller att det inte ingår, så att ingen behöver gissa.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            användarstöd: Servicedesk under kontorstid.
            användarutbildning:
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            användarstöd: Servicedesk under kontorstid.
            användarutbildning: Ingår inte.
        ",
    )],
    cure: "skriv vad som är överenskommet, eller ”Ingår inte.”",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let missing = missing(service);
        if let [first, ..] = missing[..] {
            let message = format!("det står inte vad som gäller för {} i ”{}”", text::listed(&missing), service.name);
            findings.add_missing(&service.id, first, message, RULE.cure);
        }
    }
}

/// The keys of what is neither agreed nor said to be excluded.
fn missing(service: &Service) -> Vec<&'static str> {
    let excludes = |words: &[&str]| {
        let excluded = service.excluded.as_ref().map(|text| text.source.to_lowercase()).unwrap_or_default();
        words.iter().any(|word| excluded.contains(word))
    };
    let open = |said: bool, words: &[&str]| !said && !excludes(words);
    let support = open(standing::says(&service.user_support), &["användarstöd", "support"]);
    let training = open(standing::says(&service.training), &["utbildning"]);
    let named = [("användarstöd", support), ("användarutbildning", training)];
    named.into_iter().filter(|(_, open)| *open).map(|(key, _)| key).collect()
}
