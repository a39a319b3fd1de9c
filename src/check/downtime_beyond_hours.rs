//! A level that may be down for longer than it is open, or for less than it takes to mend one fault.

use super::{Findings, Rule};
use crate::calculate::availability;
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(411),
    name: "downtime-beyond-hours",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "bilaga 2",
    docs: "Nedtiden är den del av öppettiden då tjänsten får vara nere. Den kan inte vara längre än hela årets öppettid: då \
           lovar nivån ingenting, och tillgängligheten blir mindre än noll. Den är inte heller kortare än åtgärdstiden: då \
           bryts löftet av ett enda fel som åtgärdas i tid.",
    wrong: &[(
        "tjanstenivaer.yaml",
        "- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 9000 timmar}",
    )],
    right: &[(
        "tjanstenivaer.yaml",
        "- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}",
    )],
    cure: "ange den nedtid som nivån tillåter under ett år",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let office = &catalog.catalogue.office_hours;
    for level in &catalog.entities().availability_levels {
        let open = availability::minutes_per_year(level.hours, office);
        if level.downtime.minutes > open {
            let message =
                format!("nedtiden är {}, men öppettiden bara {} på ett år", level.downtime, text::duration(open));
            findings.add(&level.id, "nedtid_per_år", message, RULE.cure);
        }
        if level.downtime.minutes < level.response_time.minutes {
            let (downtime, response) = (&level.downtime, &level.response_time);
            let message = format!("nedtiden är {downtime} på ett år, men ett enda fel får ta {response} att åtgärda");
            findings.add(&level.id, "nedtid_per_år", message, "ange en längre nedtid, eller en kortare åtgärdstid");
        }
    }
}
