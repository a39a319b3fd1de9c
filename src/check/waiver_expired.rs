//! A waiver that has ended.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(490),
    name: "waiver-expired",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "undantag",
    docs: "Ett undantag gäller för en tid. Ett undantag som har gått ut när utgåvan börjar gälla döljer inte längre något: \
           det som regeln finner rapporteras igen.",
    wrong: &[(
        "undantag.yaml",
        "
            - id: hosting-utan-brons
              regel: K132
              gäller: hosting-server
              skäl: Plattformen levereras bara dygnet runt.
              beslutat_av: anna-alm
              giltig_till: 2026-06-30
        ",
    )],
    right: &[
        (
            "undantag.yaml",
            "
            - id: hosting-utan-brons
              regel: K132
              gäller: hosting-server
              skäl: Plattformen levereras bara dygnet runt.
              beslutat_av: anna-alm
              giltig_till: 2027-12-31
        ",
        ),
        (
            "stodjande-tjanster/servrar.yaml",
            "
            erbjudanden:
              - {suffix: Guld, servicenivå: guld}
        ",
        ),
    ],
    cure: "ta bort undantaget, eller låt den som beslutar förlänga det",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let edition = &catalog.catalogue.edition;
    for waiver in catalog.entities().waivers.iter().filter(|waiver| waiver.has_expired(edition)) {
        let end = text::date(waiver.valid_to);
        let begins = text::date(edition.first_day());
        let message = format!("undantaget gällde till {end}, men utgåvan börjar {begins}");
        findings.add(&waiver.id, "giltig_till", message, RULE.cure);
    }
}
