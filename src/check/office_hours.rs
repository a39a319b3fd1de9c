//! Office hours that are shorter than the guideline's.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::ClockTime;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(198),
    name: "office-hours",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "bilaga 2",
    docs: "Kontorstid är 08:00–16:45 på helgfri vardag, och minst då är Servicedesk bemannad. Med kortare kontorstid stämmer \
           varken tjänstenivåernas tillgänglighet eller löftet om support.",
    wrong: &[("katalog.yaml", r#"kontorstid: {från: "08:30", till: "16:45", dagar_per_år: 256}"#)],
    right: &[("katalog.yaml", r#"kontorstid: {från: "07:30", till: "17:00", dagar_per_år: 256}"#)],
    cure: "ange minst 08:00–16:45",
    check,
};

const OPENS: ClockTime = ClockTime { minutes: 8 * 60 };
const CLOSES: ClockTime = ClockTime { minutes: 16 * 60 + 45 };

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let office = &catalog.catalogue.office_hours;
    let (from, to) = (office.from, office.to);
    if to <= from {
        findings.add("katalog", "kontorstid.till", format!("kontorstiden slutar {to}, men börjar {from}"), RULE.cure);
        return;
    }
    if from > OPENS {
        findings.add("katalog", "kontorstid.från", format!("kontorstiden börjar {from}, efter {OPENS}"), RULE.cure);
    }
    if to < CLOSES {
        findings.add("katalog", "kontorstid.till", format!("kontorstiden slutar {to}, före {CLOSES}"), RULE.cure);
    }
}
