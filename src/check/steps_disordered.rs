//! Steps of a price that do not follow each other.

use super::article_repeated::{Priced, prices};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(178),
    name: "steps-disordered",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "prislistan",
    docs: "Stegen i en trappa börjar med den minsta volymen, och varje steg slutar vid en större volym än det före. Bara \
           det sista steget kan vara utan slut. Annars har någon volym två priser. Priserna står i stegen: ett pris bredvid \
           trappan visas inte i prislistan, och räknas inte.",
    wrong: &[(
        "stodjande-tjanster/servicedesk-arenden.yaml",
        "
         erbjudanden:
           - suffix: Silver
             servicenivå: silver
             priser:
               - artikel: \"2101\"
                 benämning: Ärende
                 enhet: ärende
                 per: månad
                 trappa:
                   - {till: 500, pris: 250}
                   - {till: 100, pris: 310}
                   - {pris: 200}",
    )],
    right: &[(
        "stodjande-tjanster/servicedesk-arenden.yaml",
        "
         erbjudanden:
           - suffix: Silver
             servicenivå: silver
             priser:
               - artikel: \"2101\"
                 benämning: Ärende
                 enhet: ärende
                 per: månad
                 trappa:
                   - {till: 100, pris: 310}
                   - {till: 500, pris: 250}
                   - {pris: 200}",
    )],
    cure: "ordna stegen efter värdet på ”till”, med det som inte har något slut sist",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for price in prices(catalog) {
        let Priced { service, item, .. } = price;
        if item.price.is_some() && !item.steps.is_empty() {
            let message = format!("artikel {} har både ett pris och en trappa", item.article);
            let help = "ta bort det ena; priset för en volym står i trappans steg";
            findings.add(service, &format!("{}.pris", price.path()), message, help);
        }
        // Volumes are counted from 1.
        let mut before = Some(0);
        for (at, step) in item.steps.iter().enumerate() {
            let step_path = || format!("{}.trappa.{at}", price.path());
            match (before, step.to) {
                (None, _) => {
                    let message = format!("steget i artikel {} kommer efter ett steg utan slut", item.article);
                    findings.add(service, &step_path(), message, RULE.cure);
                    break;
                }
                (Some(last), Some(to)) if to <= last => {
                    let message = format!("steget i artikel {} slutar vid {to}, men börjar efter {last}", item.article);
                    findings.add(service, &format!("{}.till", step_path()), message, RULE.cure);
                }
                (_, to) => before = to,
            }
        }
    }
}
