//! A price or an SLA of a service for days on which the service is not there.

use super::dates_in_order::{self, LAST_DAY};
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Date, Lifecycle, Service, ServiceLevelAgreement, ServiceOffering, SupportingService};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(414),
    name: "outside-life",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "katalogen",
    docs: "Ett pris och ett SLA lovar något för de dagar som de gäller. Den tjänst som är avvecklad när utgåvan \
           börjar, eller börjar när den är slut, har därför varken priser eller SLA i den, och den som börjar eller \
           upphör under året har dem för sin egen tid. Ett pris utan datum gäller så länge tjänsten finns.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        livscykel: {status: aktiv, från: 2027-09-01}
        sla:
          # …
          giltig_från: 2027-01-01
          giltig_till: 2027-12-31
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        livscykel: {status: aktiv, från: 2027-09-01}
        sla:
          # …
          giltig_från: 2027-09-01
          giltig_till: 2027-12-31
        ",
    )],
    cure: "rätta datumet, eller livscykeln",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let entities = catalog.entities();
    for service in &entities.services {
        Promised::by_service(service).ask(catalog, service.lifecycle.as_ref(), findings);
    }
    for service in &entities.supporting_services {
        Promised::by_supporting(service).ask(catalog, service.lifecycle.as_ref(), findings);
    }
}

/// What a service, supporting or not, promises.
pub struct Promised<'c> {
    id: &'c str,
    name: &'c str,
    offerings: &'c [ServiceOffering],
    agreement: Option<&'c ServiceLevelAgreement>,
}

impl<'c> Promised<'c> {
    /// Of an IS/IT service.
    pub fn by_service(service: &'c Service) -> Promised<'c> {
        let agreement = service.agreement.as_ref();
        Promised { id: &service.id, name: &service.name, offerings: &service.offerings, agreement }
    }

    /// Of a supporting service.
    pub fn by_supporting(service: &'c SupportingService) -> Promised<'c> {
        Promised { id: &service.id, name: &service.name, offerings: &service.offerings, agreement: None }
    }

    /// What of it holds on some of these days, in words.
    pub fn held_in(&self, (first, last): (Date, Date)) -> Option<&'static str> {
        let holds = |from: Option<Date>, to: Option<Date>| {
            from.is_none_or(|from| from <= last) && to.is_none_or(|to| to >= first)
        };
        let mut prices = self.offerings.iter().flat_map(|offering| &offering.prices);
        let has_prices = prices.any(|item| holds(item.valid_from, item.valid_to));
        let has_agreement = self.agreement.is_some_and(|agreement| holds(agreement.valid_from, agreement.valid_to));
        match (has_prices, has_agreement) {
            (false, false) => None,
            (true, false) => Some("priser"),
            (false, true) => Some("SLA"),
            (true, true) => Some("priser och SLA"),
        }
    }

    fn ask(&self, catalog: &Catalog, lifecycle: Option<&Lifecycle>, findings: &mut Findings<'_>) {
        // Of days in disorder either may be the wrong one, which is told.
        let is_disorder_told = |findings: &Findings<'_>| findings.is_told_by(&dates_in_order::RULE, self.id, LAST_DAY);
        let Some(lifecycle) = lifecycle.filter(|life| !(life.is_in_disorder() && is_disorder_told(findings))) else {
            return;
        };
        let edition = standing::edition_days(catalog);
        if Lifecycle::is_outside(Some(lifecycle), edition) {
            return self.of_one_that_is_absent(lifecycle, edition, findings);
        }
        if let Some(agreement) = self.agreement {
            let of = format!("SLA för ”{}”", self.name);
            tell_outside(lifecycle, edition, (agreement.valid_from, agreement.valid_to), |key, when| {
                findings.add(self.id, &format!("sla.{key}"), format!("{of} {when}"), RULE.cure);
            });
        }
        for (at, offering) in self.offerings.iter().enumerate() {
            for (row, item) in offering.prices.iter().enumerate() {
                tell_outside(lifecycle, edition, (item.valid_from, item.valid_to), |key, when| {
                    let path = format!("erbjudanden.{at}.priser.{row}.{key}");
                    let of = format!("priset för artikel {} ({})", item.article, item.name);
                    findings.add(self.id, &path, format!("{of} {when}"), RULE.cure);
                });
            }
        }
    }

    /// Of one that is not there on any day of the edition, whatever holds in that is too much.
    fn of_one_that_is_absent(&self, lifecycle: &Lifecycle, edition: (Date, Date), findings: &mut Findings<'_>) {
        let Some(has) = self.held_in(edition) else { return };
        let (key, why) = match lifecycle.from.filter(|from| *from > edition.1) {
            Some(begins) => ("från", format!("börjar {}, när utgåvan är slut", text::date(begins))),
            None => ("status", "är avvecklad när utgåvan börjar".to_string()),
        };
        let help = format!("ta bort {has}, eller rätta livscykeln");
        findings.add(
            self.id,
            &format!("livscykel.{key}"),
            format!("”{}” {why}, men har {has} i den", self.name),
            &help,
        );
    }
}

/// Tells of the days that something holds for which its service is not there. Those outside the edition are another's.
fn tell_outside(
    lifecycle: &Lifecycle,
    (first, last): (Date, Date),
    (from, to): (Option<Date>, Option<Date>),
    mut tell: impl FnMut(&str, String),
) {
    let (from, to) = (from.map(|day| ("från", day)), to.map(|day| ("till", day)));
    let begins = lifecycle.from.filter(|begins| *begins > first && *begins <= last);
    let too_early = |begins: Date| [from, to].into_iter().flatten().find(|(_, day)| *day < begins);
    if let Some((begins, (word, day))) = begins.and_then(|begins| Some((begins, too_early(begins)?))) {
        let when = format!("gäller {word} {}, men tjänsten börjar {}", text::date(day), text::date(begins));
        tell(&format!("giltig_{word}"), when);
    }
    let ends = lifecycle.to.filter(|ends| *ends >= first && *ends < last);
    let too_late = |ends: Date| [to, from].into_iter().flatten().find(|(_, day)| *day > ends);
    if let Some((ends, (word, day))) = ends.and_then(|ends| Some((ends, too_late(ends)?))) {
        let when = format!("gäller {word} {}, men tjänsten upphör {}", text::date(day), text::date(ends));
        tell(&format!("giltig_{word}"), when);
    }
}
