//! A governing document that does not hold for the whole edition.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(106),
    name: "governing-document-expired",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 1.6",
    docs: "Det som katalogen följer ska gälla under hela utgåvan. Ett styrande dokument vars giltighet går ut före \
           utgåvans slut behöver förlängas eller ersättas.",
    wrong: &[(
        "styrande-dokument.yaml",
        "- {id: riktlinjen, titel: Produkt och tjänstemodell 2.0, giltig_till: 2026-06-30}\n",
    )],
    right: &[(
        "styrande-dokument.yaml",
        "- {id: riktlinjen, titel: Produkt och tjänstemodell 2.0, giltig_till: 2027-12-31}\n",
    )],
    cure: "förnya dokumentet, eller ange det som har ersatt det",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let Some(edition_end) = catalog.catalogue.edition.valid_to else { return };
    for document in &catalog.entities().governing_documents {
        let Some(end) = document.valid_to.filter(|end| *end < edition_end) else { continue };
        let message = format!(
            "”{}” gäller till {}, men utgåvan till {}",
            document.name,
            text::date(end),
            text::date(edition_end)
        );
        findings.add(&document.id, "giltig_till", message, RULE.cure);
    }
}
