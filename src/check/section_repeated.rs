//! A section of a Tjänste-OLA that has the name of an earlier one.

use rustc_hash::FxHashSet;

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(167),
    name: "section-repeated",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Funktionssamordnarna godkänner var sitt avsnitt i Tjänste-OLA, och ett avrop hör till det avsnitt vars namn \
           det anger. Heter två avsnitt likadant hör avropen till det första av dem, och den som godkänner det andra \
           godkänner ingenting.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avsnitt:
            - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
            - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
            - {namn: Drift, funktionssamordnare: bo-berg, godkänd: 2026-10-03}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        ola:
          # …
          avsnitt:
            - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
            - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
        ",
    )],
    cure: "slå ihop avsnitten, eller ge det andra ett eget namn och ange det i de avrop som hör dit",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let mut known = FxHashSet::default();
        for (at, section) in
            service.sections().iter().enumerate().filter(|(_, section)| !known.insert(section.name.as_str()))
        {
            let message =
                format!("Tjänste-OLA för ”{}” har mer än ett avsnitt som heter ”{}”", service.name, section.name);
            findings.add(&service.id, &format!("ola.avsnitt.{at}.namn"), message, RULE.cure);
        }
    }
}
