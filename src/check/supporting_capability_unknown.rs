//! A generic capability names a supporting capability that is not in the map.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(101),
    name: "supporting-capability-unknown",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, generiska förmågor",
    docs: "De primära stödjande förmågorna ska finnas i förmågekartan. Ett namn som ingen förmåga har får stå kvar som \
           det är tryckt, men då vet ingen vilken förmåga som menas.",
    wrong: &[(
        "generiska-formagor.yaml",
        r#"
            - id: monitor-and-improve
              namn: Monitor and Improve
              förmågor:
                - {id: analysera, namn: "Analysera {produkt}", beskrivning: Se hur tekniken mår., primära_stödjande: [Hantera servrar]}
        "#,
    )],
    right: &[(
        "generiska-formagor.yaml",
        r#"
            - id: monitor-and-improve
              namn: Monitor and Improve
              förmågor:
                - {id: analysera, namn: "Analysera {produkt}", beskrivning: Se hur tekniken mår., primära_stödjande: [hantera-serverplattform]}
        "#,
    )],
    cure: "byt till id för en förmåga i kartan, eller lägg till förmågan där",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let names = catalog.entities().capability_groups.iter().flat_map(|group| {
        let inner = group.capabilities.iter().map(|capability| (capability.name.as_str(), capability.id.id.as_str()));
        inner.chain([(group.name.as_str(), group.id.as_str())])
    });
    let names: Vec<(&str, &str)> = names.collect();
    for group in &catalog.entities().generic_groups {
        for (at, capability) in group.capabilities.iter().enumerate() {
            for (mention_at, mention) in capability.supported_by.iter().enumerate() {
                if catalog.supporting_capability(mention).is_some() {
                    continue;
                }
                let near = text::did_you_mean(&mention.text, names.iter().map(|(name, _)| *name));
                let id = near.and_then(|near| names.iter().find(|(name, _)| *name == near)).map(|(_, id)| *id);
                let is_its_name = near.is_some_and(|near| near.to_lowercase() == mention.text.trim().to_lowercase());
                let help = match (near, id) {
                    (Some(_), Some(id)) if is_its_name => format!("skriv förmågans id: {id}"),
                    (Some(near), Some(id)) => format!("är det ”{near}” som menas? Skriv då {id}"),
                    _ => RULE.cure.to_string(),
                };
                let message = match is_its_name {
                    true => format!("”{}” är en förmågas namn, och här ska dess id stå", mention.text),
                    false => format!("förmågekartan har ingen förmåga som heter ”{}”", mention.text),
                };
                findings.add(&group.id, &format!("förmågor.{at}.primära_stödjande.{mention_at}"), message, help);
            }
        }
    }
}
