//! A contract that does not hold for as long as the SLA that it underpins.

use super::{Findings, Rule, standing};
use crate::calculate::period::{self, Period};
use crate::diagnostic::{Code, Severity};
use crate::model::{Date, Service, UnderpinningContract};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(141),
    name: "contract-period",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2.1",
    docs: "Ett stödjande kontrakt behövs för att nå tjänstenivåerna i ett eller flera SLA. Det ska därför gälla under \
           hela den tid som de SLA gäller som vilar på det, så länge det som behöver kontraktet finns. Kontrakt bakom \
           avrop som är redundanta eller inte kritiska räknas inte.",
    wrong: &[("kontrakt/leverantorsstod.yaml", "giltig_till: 2027-06-30")],
    right: &[("kontrakt/leverantorsstod.yaml", "giltig_till: 2028-12-31")],
    cure: "förläng eller ersätt kontraktet, eller låt SLA gälla kortare",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // Period that are the wrong way round are what another rule tells.
    let in_order = |contract: &UnderpinningContract| match (contract.valid_from, contract.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    // An SLA that has nothing in common with the edition is told as that.
    let edition = standing::edition_days(catalog);
    let is_of_edition =
        |service: &Service| period::is_some(period::common(period::of_agreement(catalog, service), edition));
    for (contract, services) in findings.facts.underpinned.iter().filter(|(contract, _)| in_order(contract)) {
        let of_edition: Vec<(&Service, Period)> =
            services.iter().filter(|(service, _)| is_of_edition(service)).copied().collect();
        begins_late(contract, &of_edition, findings);
        ends_early(contract, &of_edition, findings);
    }
}

fn begins_late(contract: &UnderpinningContract, services: &[(&Service, Period)], findings: &mut Findings<'_>) {
    let Some(begins) = contract.valid_from else { return };
    let earlier = services.iter().map(|(service, (first, _))| (*service, *first)).filter(|(_, day)| *day < begins);
    let earlier: Vec<(&Service, Date)> = earlier.collect();
    if let Some(first) = earlier.iter().map(|(_, day)| *day).min() {
        let begins = text::date(begins);
        let message = message(contract, &format!("från {begins}"), &earlier, &format!("från {}", text::date(first)));
        findings.add(&contract.id, "giltig_från", message, RULE.cure);
    }
}

fn ends_early(contract: &UnderpinningContract, services: &[(&Service, Period)], findings: &mut Findings<'_>) {
    let Some(ends) = contract.valid_to else { return };
    let later = services.iter().map(|(service, (_, last))| (*service, *last)).filter(|(_, day)| *day > ends);
    let later: Vec<(&Service, Date)> = later.collect();
    if let Some(last) = later.iter().map(|(_, day)| *day).max() {
        let message =
            message(contract, &format!("till {}", text::date(ends)), &later, &format!("till {}", text::date(last)));
        findings.add(&contract.id, "giltig_till", message, RULE.cure);
    }
}

fn message(contract: &UnderpinningContract, holds: &str, services: &[(&Service, Date)], needed: &str) -> String {
    let names: Vec<&str> = services.iter().map(|(service, _)| service.name.as_str()).collect();
    let names = standing::some(&names);
    format!("kontraktet ”{}” gäller {holds}, men SLA för {names} behöver det {needed}", contract.name)
}
