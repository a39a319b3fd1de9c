//! An offering whose suffix repeats or contradicts something.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{Customer, Environment, ServiceLevel, ServiceOffering};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(134),
    name: "offering-name",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 3.2.3",
    docs: "Ett erbjudande heter som sin tjänst, en punkt och ett suffix som säger vad som skiljer det från de andra: \
           en kund, en miljö eller en nivå. Suffixet upprepar inte tjänstens namn, och motsäger inte erbjudandets \
           miljö eller servicenivå. Det gäller också dess delar, med bindestreck mellan: SU-test.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: VGR, miljö: produktion}
              - {suffix: test, miljö: utveckling}
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            erbjudanden:
              - {suffix: VGR, miljö: produktion}
              - {suffix: test, miljö: test}
        ",
    )],
    cure: "byt suffix, eller rätta det som suffixet motsäger",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let customers = customers(catalog);
    for service in &catalog.entities().services {
        offerings(catalog, &customers, (&service.id, &service.name), &service.offerings, false, findings);
    }
    for service in &catalog.entities().supporting_services {
        offerings(catalog, &customers, (&service.id, &service.name), &service.offerings, true, findings);
    }
}

/// What the guideline's own suffix, for all of the region, is written as in ids.
const REGION: &str = "vgr";

/// What customers are called in suffixes.
fn customers(catalog: &Catalog) -> FxHashSet<String> {
    let customers = catalog.all::<Customer>().iter();
    let names =
        customers.flat_map(|customer| [Some(&customer.id), Some(&customer.name), customer.abbreviation.as_ref()]);
    names.flatten().map(|name| text::slug(name)).chain([REGION.to_string()]).collect()
}

fn offerings(
    catalog: &Catalog,
    customers: &FxHashSet<String>,
    (id, name): (&str, &str),
    offerings: &[ServiceOffering],
    has_levels: bool,
    findings: &mut Findings<'_>,
) {
    let slug = LazyCell::new(|| text::slug(name));
    for (at, offering) in offerings.iter().enumerate() {
        // What can be no suffix at all is told when it is read.
        if !text::is_suffix(&offering.suffix.0) {
            continue;
        }
        let suffix = offering.id.split_once('.').map_or("", |(_, suffix)| suffix);
        let repeated =
            (may_repeat(suffix, name) && repeats(suffix, &slug)).then(|| format!("upprepar tjänstens namn, ”{name}”"));
        let level = || if has_levels { other_level(catalog, suffix, offering) } else { None };
        let wrong = repeated.or_else(|| other_environment(customers, suffix, offering)).or_else(level);
        if let Some(wrong) = wrong {
            let message = format!("suffixet ”{}” {wrong}", offering.suffix.0);
            findings.add_to_part(id, &offering.id, &format!("erbjudanden.{at}.suffix"), message, RULE.cure);
        }
    }
}

/// Whether a suffix is the service's name, or begins with it.
fn repeats(suffix: &str, service: &str) -> bool {
    let letters = |slug| str::bytes(slug).filter(|byte| *byte != b'-');
    let goes_on = suffix.strip_prefix(service).is_some_and(|rest| rest.starts_with('-'));
    goes_on || letters(suffix).eq(letters(service))
}

/// Whether a suffix begins with the first letter of a name, where that is told without more ado.
fn may_repeat(suffix: &str, name: &str) -> bool {
    let first = name.chars().next().filter(char::is_ascii_alphanumeric);
    first.is_none_or(|first| suffix.starts_with(first.to_ascii_lowercase()))
}

/// A suffix says an environment by itself, or beside the customer that it is for: `Covid-test` may be what is done.
fn other_environment(customers: &FxHashSet<String>, suffix: &str, offering: &ServiceOffering) -> Option<String> {
    let environment = offering.environment?;
    let ways = [suffix.split_once('-'), suffix.rsplit_once('-').map(|(customer, said)| (said, customer))];
    let beside_customer = ways.into_iter().flatten().filter(|(_, customer)| customers.contains(*customer));
    let said = beside_customer.filter_map(|(part, _)| environment_of(part, false));
    let said: Vec<Environment> = environment_of(suffix, true).into_iter().chain(said).collect();
    let other = *said.first().filter(|_| !said.contains(&environment))?;
    Some(format!("säger {}, men erbjudandets miljö är {}", other.label(), environment.label()))
}

/// The environment that a part of a suffix names, or the whole of one. Development and training in full are what units work
/// with as well: `forskning-utveckling` is a customer.
fn environment_of(part: &str, is_whole: bool) -> Option<Environment> {
    match part {
        "prod" | "produktion" => Some(Environment::Production),
        "test" | "testmiljo" | "acceptanstest" | "systemtest" | "integrationstest" => Some(Environment::Test),
        "utv" => Some(Environment::Development),
        "utb" => Some(Environment::Training),
        "utveckling" if is_whole => Some(Environment::Development),
        "utbildning" if is_whole => Some(Environment::Training),
        _ => None,
    }
}

fn other_level(catalog: &Catalog, suffix: &str, offering: &ServiceOffering) -> Option<String> {
    let level = &catalog[offering.level.as_ref()?];
    let has_part = |part: &str| !part.is_empty() && format!("-{suffix}-").contains(&format!("-{part}-"));
    let is_said = |level: &ServiceLevel| has_part(&level.id) || has_part(&text::slug(&level.name));
    // A level may be called what another is, and more.
    if is_said(level) {
        return None;
    }
    let said = catalog.entities().service_levels.iter().find(|other| is_said(other))?;
    Some(format!("säger {}, men erbjudandets servicenivå är {}", said.name, level.name))
}
