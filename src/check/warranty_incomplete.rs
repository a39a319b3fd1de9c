//! A warranty that lacks one of its four aspects.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Service;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(120),
    name: "warranty-incomplete",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 1.4, § 3.1",
    docs: "IS/IT-tjänsten ger verksamheten funktion och garanti. Garantin har fyra aspekter, och varje tjänst \
           beskriver alla fyra: säkerhet, kapacitet, tillgänglighet och kontinuitet.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            garanti:
              säkerhet: Inloggning med e-tjänstekort.
              tillgänglighet: Dygnet runt.
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            garanti:
              säkerhet: Inloggning med e-tjänstekort.
              kapacitet: 1 400 samtidiga användare.
              tillgänglighet: Dygnet runt.
              kontinuitet: Nästa dygns program skrivs ut och kan användas som reservrutin.
        ",
    )],
    cure: "beskriv det som saknas under garanti",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let missing = missing(service);
        if !missing.is_empty() {
            let message = format!("garantin för ”{}” saknar {}", service.name, text::listed(&missing));
            // At one of them that is written without a text, else at the group.
            let keys = missing.iter().map(|key| format!("garanti.{key}"));
            let path = keys.into_iter().find(|key| catalog.is_written(&service.id, key));
            findings.add_missing(&service.id, path.as_deref().unwrap_or("garanti"), message, RULE.cure);
        }
    }
}

fn missing(service: &Service) -> Vec<&'static str> {
    let said = service.warranty.as_ref().map(|warranty| {
        [&warranty.security, &warranty.capacity, &warranty.availability, &warranty.continuity].map(standing::says)
    });
    let names = ["säkerhet", "kapacitet", "tillgänglighet", "kontinuitet"];
    names.into_iter().zip(said.unwrap_or_default()).filter(|(_, said)| !said).map(|(name, _)| name).collect()
}
