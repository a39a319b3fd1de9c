//! Price items that say no price.

use super::article_repeated::prices;
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(177),
    name: "price-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "prislistan",
    docs: "En artikel har ett pris, en trappa, eller ett av orden som står i stället för ett belopp. 0 är ett pris; att \
           lämna priset tomt säger ingenting till den som ska beställa.",
    wrong: &[(
        "stodjande-tjanster/servicedesk-arenden.yaml",
        "
         erbjudanden:
           - {suffix: Silver, servicenivå: silver, priser: [{artikel: \"2101\", benämning: Ärende, enhet: ärende, per: månad}]}",
    )],
    right: &[(
        "stodjande-tjanster/servicedesk-arenden.yaml",
        "
         erbjudanden:
           - {suffix: Silver, servicenivå: silver, priser: [{artikel: \"2101\", benämning: Ärende, pris: enligt offert}]}",
    )],
    cure: "ange pris eller trappa, eller ett av orden ingår, enligt offert, självkostnad, utgår och ej tillämpligt",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for price in prices(catalog) {
        if price.item.price.is_none() && price.item.steps.is_empty() {
            let message = format!("artikeln {} har inget pris", price.item.article);
            findings.add(price.service, &price.path(), message, RULE.cure);
        }
    }
}
