//! A product that nothing rests on.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(147),
    name: "product-unused",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "§ 3.1",
    docs: "Tjänsterna består av produkter, och en överliggande produkt omsluter de underliggande. En produkt som \
           ingen tjänst bygger på och ingen annan produkt innehåller bidrar inte till något i katalogen.",
    wrong: &[(
        "produkter/molnlagring.yaml",
        "
            namn: Molnlagring
            produktansvarig: anna-alm
            avdelning: infrastruktur
            team: Lagring
            beskrivning: Lagring i molnet.
            kostnad: {belopp: 40000, fördelning: [{kund: su, andel: 100}]}
        ",
    )],
    right: &[
        (
            "produkter/molnlagring.yaml",
            "
            namn: Molnlagring
            produktansvarig: anna-alm
            avdelning: infrastruktur
            team: Lagring
            beskrivning: Lagring i molnet.
            kostnad: {belopp: 40000, fördelning: [{kund: su, andel: 100}]}
        ",
        ),
        ("produkter/orbit-drift.yaml", "innehåller: [molnlagring]"),
    ],
    cure: "ange produkten under produkter i de tjänster som bygger på den, eller under innehåller i den produkt som omsluter den",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // What a service rests on that does not say it, as another rule tells, may be any product.
    let mut services = standing::services(catalog).map(|service| &service.products);
    let mut supporting = standing::supporting_services(catalog).map(|service| &service.products);
    if services.any(Vec::is_empty) || supporting.any(Vec::is_empty) {
        return;
    }
    for product in standing::products(catalog) {
        let carries = catalog.uses(&product.id).iter().any(|used| matches!(&*used.by, "produkter" | "innehåller"));
        if !carries && !catalog.may_be_used(&product.id) {
            let message =
                format!("ingen tjänst bygger på produkten ”{}”, och ingen produkt innehåller den", product.name);
            findings.add(&product.id, "namn", message, RULE.cure);
        }
    }
}
