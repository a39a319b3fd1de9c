//! A governing document that does not hold for the whole edition.

use super::{Findings, Rule, standing};
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
           utgåvans slut behöver förlängas eller ersättas, och ett som börjar gälla senare än utgåvan är inte det som \
           gäller från början.",
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
    let (first, last) = standing::edition_days(catalog);
    for document in &catalog.entities().governing_documents {
        let name = &document.name;
        if let Some(begins) = document.valid_from.filter(|begins| *begins > first) {
            let (begins, first) = (text::date(begins), text::date(first));
            let message = format!("”{name}” gäller från {begins}, men utgåvan från {first}");
            let help = "ange det dokument som gäller när utgåvan börjar, eller rätta datumet";
            findings.add(&document.id, "giltig_från", message, help);
        }
        if let Some(ends) = document.valid_to.filter(|ends| *ends < last) {
            let (ends, last) = (text::date(ends), text::date(last));
            let message = format!("”{name}” gäller till {ends}, men utgåvan till {last}");
            findings.add(&document.id, "giltig_till", message, RULE.cure);
        }
    }
}
