//! A decided edition without its decision.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Status;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(185),
    name: "decision-missing",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 1.2",
    docs: "Tjänstekatalogen och prislistan beslutas i DÖK-processen. När utgåvan är beslutad säger varje dokument med vilket \
           beslut, och ingenstans står kvar att det är ett utkast.",
    wrong: &[(
        "katalog.yaml",
        r#"
        utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
        dokument:
          tjanstekatalog:
            # …
            beslut: Inte beslutad. Utkast inför DÖK 2027.
        "#,
    )],
    right: &[(
        "katalog.yaml",
        r#"
        utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
        dokument:
          tjanstekatalog:
            # …
            beslut: RS 2026-01234, 1 december 2026
        "#,
    )],
    cure: "skriv under beslut vem som har beslutat, när, och ärendets nummer",
    check,
};

/// What a decision does not say once it is made.
const UNDECIDED: [&str; 5] = ["inte beslutad", "ej beslutad", "inte fastställ", "ej fastställ", "utkast"];

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    if catalog.catalogue.edition.status != Status::Decided {
        return;
    }
    for (name, document) in standing::documents(catalog) {
        match document.decision.as_deref().map(str::trim).filter(|decision| !decision.is_empty()) {
            None => {
                let message = format!("utgåvan är beslutad, men ”{}” säger inte med vilket beslut", document.title);
                findings.add("katalog", &format!("dokument.{name}.titel"), message, RULE.cure);
            }
            Some(decision) if says_undecided(decision) => {
                let message = format!("utgåvan är beslutad, men ”{}” säger att den inte är det", document.title);
                findings.add("katalog", &format!("dokument.{name}.beslut"), message, RULE.cure);
            }
            Some(_) => {}
        }
    }
}

fn says_undecided(decision: &str) -> bool {
    let decision = decision.to_lowercase();
    UNDECIDED.iter().any(|words| decision.contains(words))
}
