//! A call in a section that the Tjänste-OLA does not have.

use rustc_hash::FxHashSet;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text::{self, Words};

pub static RULE: Rule = Rule {
    code: Code(152),
    name: "section-unknown",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 3.2",
    docs: "Varje avrop hör till ett avsnitt i Tjänste-OLA, och avsnittet godkänns av sin funktionssamordnare. Ett avrop i ett \
           avsnitt som inte finns godkänns av ingen.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Suport}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avrop:
            - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}
            - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
        ",
    )],
    cure: "skriv avsnittets namn som det står under avsnitt, eller lägg till avsnittet där",
    check,
};

/// Of so many calls of a service it is looked for which section may have been meant.
const MOST_SUGGESTED: usize = 100;

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let Some(agreement) = &service.operational_agreement else { continue };
        let names: FxHashSet<&str> = agreement.sections.iter().map(|section| section.name.as_str()).collect();
        // Where there are no sections at all, that is what another rule tells.
        if names.is_empty() {
            continue;
        }
        let known = Words::of(names.iter().copied());
        let unknown =
            agreement.calls.iter().enumerate().filter_map(|(at, call)| {
                Some((at, call.section.as_deref().filter(|section| !names.contains(section))?))
            });
        for (told, (at, section)) in unknown.enumerate() {
            let message = format!("Tjänste-OLA för ”{}” har inget avsnitt som heter ”{section}”", service.name);
            let near = || text::nearest(section, &[&known]);
            let help = match (told < MOST_SUGGESTED).then(near).flatten() {
                Some(near) => format!("menade du ”{near}”?"),
                None => RULE.cure.to_string(),
            };
            findings.add(&service.id, &format!("ola.avrop.{at}.avsnitt"), message, help);
        }
    }
}
