//! Services that are set to cost less than what they are made of.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::thousands_as_decimals::{self, is_doubtful};
use super::{Findings, Rule};
use crate::calculate::cost;
use crate::diagnostic::{Code, Severity};
use crate::model::Service;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(174),
    name: "cost-below-underlying",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "§ 3.1",
    docs: "En IS/IT-tjänst bär kostnaden för sina produkter och för det som avropas i Tjänste-OLA. Är beloppet lägre än \
           summan av dem betalar någon annan mellanskillnaden, eller så är något räknat två gånger. Hur summan räknas \
           fram står på tjänstens sida. Det som inte finns under utgåvans tid kostar inget i den.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 400000, fördelning: [{kund: su, andel: 60}, {kund: sas, andel: 40}]}",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kostnad: {belopp: 410000, fördelning: [{kund: su, andel: 60}, {kund: sas, andel: 40}]}",
    )],
    cure: "höj beloppet, eller se efter om en produkt är räknad både för sig och genom ett avrop",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let is_there = |service: &&Service| !catalog.catalogue.edition.is_without(service.lifecycle.as_ref());
    // Of an amount that may be thousands it is not known how low it is, which is told.
    let is_doubted = |service: &Service| {
        service.cost.as_ref().and_then(|cost| cost.amount).is_some_and(|amount| is_doubtful(amount.0))
            && findings.is_told_by(&thousands_as_decimals::RULE, &service.id, "kostnad.belopp")
    };
    let too_low = catalog.entities().services.par_iter().filter(is_there).filter_map(|service| {
        if is_doubted(service) {
            return None;
        }
        let (rest, underlying) = cost::beyond_underlying(catalog, service)?;
        (rest < Decimal::ZERO).then(|| (service, rest.abs(), underlying))
    });
    let too_low: Vec<_> = too_low.collect();
    for (service, missing, underlying) in too_low {
        let (missing, underlying) = (text::kronor(missing), text::kronor(underlying));
        let message = format!("tjänsten kostar {missing} mindre än det underliggande, som kostar {underlying}");
        findings.add(&service.id, "kostnad.belopp", message, RULE.cure);
    }
}
