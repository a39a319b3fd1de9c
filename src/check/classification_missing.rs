//! An IS/IT service whose information is not classified.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::InformationClassification;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(125),
    name: "classification-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Informationsklassningen visar hur allvarliga följderna blir om skyddet brister, för konfidentialitet, \
           riktighet och tillgänglighet var för sig. Den är underlaget för att välja rätt säkerhetsåtgärder.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "informationsklassning: {konfidentialitet: 3, informationsägare: cecilia-carlsson}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "informationsklassning: {konfidentialitet: 3, riktighet: 3, tillgänglighet: 3, informationsägare: cecilia-carlsson}",
    )],
    cure: "be informationsägaren klassa informationen, och skriv in resultatet under informationsklassning",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let missing = service.classification.as_ref().map(missing);
        let said = match &missing {
            None => "informationsklassning".to_string(),
            Some(missing) if missing.is_empty() => continue,
            Some(missing) => format!("{} i informationsklassningen", text::listed(missing)),
        };
        let message = format!("IS/IT-tjänsten ”{}” saknar {said}", service.name);
        // At one of them that is written without a value, else at the group.
        let keys = missing.iter().flatten().map(|key| format!("informationsklassning.{key}"));
        let path = keys.into_iter().find(|key| catalog.is_written(&service.id, key));
        findings.add_missing(&service.id, path.as_deref().unwrap_or("informationsklassning"), message, RULE.cure);
    }
}

fn missing(classification: &InformationClassification) -> Vec<&'static str> {
    let InformationClassification { confidentiality, integrity, availability, owner: _ } = classification;
    let named = [("konfidentialitet", confidentiality), ("riktighet", integrity), ("tillgänglighet", availability)];
    named.into_iter().filter(|(_, level)| level.is_none()).map(|(name, _)| name).collect()
}
