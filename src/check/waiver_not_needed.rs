//! A waiver of something that no rule finds.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(491),
    name: "waiver-not-needed",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "undantag",
    docs: "Ett undantag ska dölja något som regeln annars finner. Är felet rättat, eller regeln avstängd, ska undantaget bort, \
           så att bilagan bara visar de undantag som betyder något.",
    wrong: &[(
        "undantag.yaml",
        "
            - id: hosting-i-ring
              regel: K107
              gäller: hosting-server
              skäl: Delas upp under året.
              beslutat_av: anna-alm
              giltig_till: 2027-12-31
        ",
    )],
    right: &[
        ("katalog.yaml", r#"kontorstid: {från: "08:00", till: "16:45", dagar_per_år: 260}"#),
        (
            "undantag.yaml",
            "
            - id: riktlinjens-dagar
              regel: K105
              skäl: Riktlinjens tabell räknar med 260 dagar.
              beslutat_av: anna-alm
              giltig_till: 2027-12-31
        ",
        ),
    ],
    cure: "ta bort undantaget",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for waiver in &catalog.entities().waivers {
        let Some(rule) = Rule::named(&waiver.rule) else { continue };
        if !waiver.has_expired(&catalog.catalogue.edition) && !findings.silenced.contains(waiver.id.as_str()) {
            let message = format!("undantaget från {} ({}) döljer ingenting", rule.code, rule.name);
            findings.add(&waiver.id, "regel", message, RULE.cure);
        }
    }
}
