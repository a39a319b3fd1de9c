//! An availability that is printed but does not follow from its level.

use super::{Findings, Rule};
use crate::calculate::availability;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(104),
    name: "availability-differs",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "bilaga 2",
    docs: "Beräknad tillgänglighet är den andel av öppettiden som återstår när hela den tillåtna nedtiden är \
           förbrukad, avrundad till två decimaler. Öppettiden är 8 760 timmar dygnet runt, och annars kontorstidens \
           timmar.",
    wrong: &[(
        "tjanstenivaer.yaml",
        r#"- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar, tillgänglighet: "99,95 %"}"#,
    )],
    right: &[(
        "tjanstenivaer.yaml",
        r#"- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar, tillgänglighet: "99,91 %"}"#,
    )],
    cure: "rätta siffran, eller ta bort den: katalogen räknar ut den",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let office = &catalog.catalogue.office_hours;
    for level in &catalog.entities().availability_levels {
        let (Some(printed), Some(computed)) = (level.printed, availability::availability(level, office)) else {
            continue;
        };
        if printed.0 != computed.0 && !findings.facts.contradictory.contains(level.id.as_str()) {
            let hours = text::number(availability::hours(availability::minutes_per_year(level.hours, office)));
            let message = format!("tillgängligheten är {computed}, inte {printed}");
            let help = format!("nedtiden är {} av {hours} timmar; rätta siffran eller ta bort den", level.downtime);
            findings.add(&level.id, "tillgänglighet", message, help);
        }
    }
}
