//! Office hours that are counted on days that are public holidays.

use super::{Findings, Rule};
use crate::calculate::calendar;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(105),
    name: "holidays-not-deducted",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "bilaga 2",
    docs: "Kontorstid gäller helgfria vardagar. Riktlinjens siffror för kontorstid går bara att räkna fram med 260 \
           dagar om året, alltså utan avdrag för helgdagar. En katalog kan behålla dem. Skillnaden mot utgåvans år \
           rapporteras.",
    wrong: &[("katalog.yaml", r#"kontorstid: {från: "08:00", till: "16:45", dagar_per_år: 260}"#)],
    right: &[("katalog.yaml", r#"kontorstid: {från: "08:00", till: "16:45", dagar_per_år: 256}"#)],
    cure: "behåll 260 så länge riktlinjens tabell gäller: med helgdagarna avdragna blir tillgängligheten på kontorstid \
           någon hundradel lägre",
    check,
};

/// The days of a year that the guideline's table is worked out with.
const OF_GUIDELINE: u32 = 260;

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let catalogue = &catalog.catalogue;
    let declared = catalogue.office_hours.days_per_year;
    let working = calendar::weekdays_without_holidays(catalogue.edition.year);
    if declared != working {
        let message = format!(
            "kontorstiden räknas på {declared} dagar, men {} har {working} helgfria vardagar",
            catalogue.edition.year
        );
        let help = match declared {
            OF_GUIDELINE => RULE.cure.to_string(),
            _ => format!("skriv {working}, eller {OF_GUIDELINE} för att räkna så som riktlinjens tabell är räknad"),
        };
        findings.add("katalog", "kontorstid.dagar_per_år", message, help);
    }
}
