//! A section of a Tjänste-OLA whose calls have been changed since it was approved.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::editions::{self, renewed};
use crate::model::{FrozenEntry, Section, Service};
use crate::resolve::Catalog;
use crate::text;

/// What is kept of the edition before.
const EDITION: (&str, &str) = (
    "utgavor/2026.yaml",
    r#"
    form: 5
    år: 2026
    version: "1.0"
    antal: 3
    poster:
      - id: orbit-operationsplanering
        slag: IS/IT-tjänst
        namn: Orbit Operationsplanering
        förnyas:
          "Avrop, Drift": "servrar.guld × 1, serie"
          "Godkänt, Drift": 2025-10-01
    "#,
);

pub static RULE: Rule = Rule {
    code: Code(426),
    name: "approval-outdated",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Funktionssamordnaren godkänner avropen i sitt avsnitt av Tjänste-OLA. Ändras de godkänns avsnittet igen: \
           annars visar katalogen det som godkänt, fast den som ska leverera inte har sagt ja till det. Avropen \
           jämförs med hur de såg ut i en fryst utgåva där godkännandet har samma dag. Ett avsnitt vars avrop är som \
           de var behöver inget nytt godkännande.",
    wrong: &[
        EDITION,
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            förändring: {typ: förändrad, motivering: En server till.}
            ola:
              avrop:
                - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2025-10-01}
                - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
            ",
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
    ],
    right: &[
        EDITION,
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            förändring: {typ: förändrad, motivering: En server till.}
            ola:
              avrop:
                - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
                - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
            ",
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
    ],
    cure: "låt funktionssamordnaren godkänna avsnittet som det är nu och skriv in den nya dagen, eller ta bort godkänd \
           tills det är gjort",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let earlier = editions::before(catalog);
    for service in standing::services(catalog) {
        let kept = earlier.iter().filter_map(|(since, entries)| Some((*since, *entries.get(service.id.as_str())?)));
        let kept: Vec<_> = kept.collect();
        for (at, section) in service.sections().iter().enumerate() {
            let outdated = kept.iter().find(|(_, then)| is_outdated(service, section, then));
            let Some(((since, _), day)) = outdated.zip(section.approved) else { continue };
            let message = format!(
                "avsnittet ”{}” i Tjänste-OLA för ”{}” avropar något annat än i {since}, men är fortfarande godkänt {}",
                section.name,
                service.name,
                text::date(day)
            );
            findings.add(&service.id, &format!("ola.avsnitt.{at}.godkänd"), message, RULE.cure);
        }
    }
}

/// Whether a section's approval is from what it called for in an edition, where it calls for something else now.
fn is_outdated(service: &Service, section: &Section, then: &FrozenEntry) -> bool {
    let then = |label: String| then.renewed.get(&label);
    let is_left = section.approved.is_some_and(|day| then(renewed::approved(section)) == Some(&day.to_string()));
    is_left && then(renewed::called(section)).is_some_and(|then| *then != renewed::calls(service, section))
}
