//! A document whose last version is another than the one that it says it is.

use super::{Findings, Rule, histories};
use crate::diagnostic::{Code, Severity};
use crate::model::version_numbers;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(183),
    name: "version-differs",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "Versionshistorik",
    docs: "Den sista versionen i ett dokuments historik är den som läsaren har framför sig. För katalogens egna dokument är det \
           utgåvans version, för ett styrande dokument den version som står i dess uppgifter.",
    wrong: &[(
        "katalog.yaml",
        r#"
        dokument:
          tjanstekatalog:
            # …
            historik:
              - {version: "0.9", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utkastet}
        "#,
    )],
    right: &[(
        "katalog.yaml",
        r#"
        dokument:
          tjanstekatalog:
            # …
            historik:
              - {version: "0.9", datum: 2026-10-05, utfärdare: Anna Alm, orsak: Första utkastet}
              - {version: "1.0", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}
        "#,
    )],
    cure: "lägg till den version som saknas i historiken, eller rätta versionen",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for history in histories::all(catalog) {
        // Versions that are out of order are what another rule tells: the last is the one with the highest number, of
        // those that are counted together.
        let first = history.counts().last().copied().unwrap_or_default();
        let versions = history.versions.iter().map(|(version, _)| *version).enumerate().skip(first);
        let last = versions.max_by_key(|(at, version)| (version_numbers(version), *at));
        let (Some(own), Some((at, version))) = (history.own, last) else { continue };
        if !histories::same(version, own) {
            let message = format!("”{}” har version {own}, men historiken slutar med version {version}", history.title);
            findings.add(history.id, &history.path(at, "version"), message, RULE.cure);
        }
    }
}
