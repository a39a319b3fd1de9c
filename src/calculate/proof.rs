//! Whether the calls of a Tjänste-OLA make the SLA hold: the proof of its availability (`§ 3.2`, appendices 1 and 2).
//!
//! Of each call in series the hours must cover those of the SLA, and the restore time must not be longer than the SLA's
//! response time. Their worst cases of a year, added up, must stay within the downtime that the SLA allows. A call is
//! one technical service, however many of it are called for, and so are calls for several articles of one offering, such as
//! a server and its memory. What is declared redundant or not critical is not counted.
//!
//! Of two calls of which one is for what takes the other's place in the year, without a gap, the longest worst case
//! counts.
//!
//! What is redundant must be able to take over, at all of the SLA's hours: of what takes over for each other at least
//! two must be open then, on a level that promises something, and all where they are one each of several services. How
//! often they are down is not asked.
//!
//! What is there on none of the days that the SLA holds promises nothing, and what is never there at one time does not take
//! over for each other.
//!
//! A level's outages are those that a service has by experience, whatever their cause (appendix 1), so what a called
//! service rests on in turn is not added again. It must be able to carry the promise: what is enclosed that of the level
//! above, for which whoever encloses it answers (`§ 3.1`), and what only supports that of the SLA itself.

mod cure;
pub mod words;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::availability::worst_case_minutes;
use super::foundation::{self, Nested};
use super::period::{self, Period};
use crate::model::{
    AvailabilityLevel, Call, Date, Dependency, Environment, Guaranteed, Hours, Lifecycle, Product, Service,
    ServiceLevel, ServiceOffering, SupportingClass, SupportingService,
};
use crate::resolve::Catalog;
use crate::resolve::asked::{self, Asked};
pub use cure::{Change, Cure};

/// The proof of one service.
#[derive(Debug)]
pub struct Proof<'a> {
    /// What the SLA promises.
    pub level: Option<&'a AvailabilityLevel>,
    /// Every call, in the order of the Tjänste-OLA.
    pub links: Vec<Link<'a>>,
    /// What the calls in series and the service's own products rest on, that no call is made for.
    pub carriers: Vec<Carrier<'a>>,
    /// Minutes that the service may be down in a year at worst, by the calls in series that promise anything.
    pub worst_case: u64,
    /// What comes of it.
    pub verdict: Verdict,
    /// Why it fails.
    pub shortfalls: Vec<Shortfall>,
    /// The redundant calls that cannot take over though they are needed for that, by their places.
    pub cannot_take_over: BTreeSet<usize>,
    /// The redundant calls beside which nothing is called for that could take over, by their places.
    pub alone: BTreeSet<usize>,
}

/// What comes of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The calls carry the level.
    Holds,
    /// They do not.
    Fails,
    /// There is no SLA to prove.
    NoAgreement,
    /// There is no call in series, so that nothing proves the level.
    NothingInSeries,
}

/// One reason why a proof fails; calls and carriers by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// The call's level promises no restore time or no number of outages, or it has no level.
    NotGuaranteed { call: usize },
    /// The call's hours do not cover those of the SLA. A redundant call is short of this, or of the former, where it is
    /// needed to take over.
    Hours { call: usize },
    /// The call's restore time is longer than the SLA's response time.
    Restore { call: usize },
    /// The worst cases add up to more than the downtime that the SLA allows.
    Downtime,
    /// Something that is rested on cannot carry what rests on it.
    Nested { carrier: usize },
}

/// A call in the chain.
#[derive(Debug)]
pub struct Link<'a> {
    /// The call.
    pub call: &'a Call,
    /// What is called for.
    pub offering: &'a ServiceOffering,
    /// What is promised of that.
    pub promise: Promise<'a>,
    /// The place of an earlier call for the same technical service, of which this one is for another article.
    pub part_of: Option<usize>,
    /// The place of a call of which the worst case is counted instead, since one takes the other's place in the year.
    pub instead: Option<usize>,
}

/// What is promised of something that is called for.
#[derive(Debug, Clone, Copy)]
pub enum Promise<'a> {
    /// The level of a supporting service's offering.
    Level(&'a ServiceLevel),
    /// The SLA of another IS/IT service, for its production.
    Agreement(&'a AvailabilityLevel),
    /// The SLA of the service itself or of one that rests on it, which proves nothing.
    Circular,
    /// Nothing, as it is there on none of the days that the SLA holds.
    Absent,
    /// Nothing.
    Nothing,
}

/// A supporting service that is rested on without a call.
#[derive(Debug)]
pub struct Carrier<'a> {
    /// The service, and what it was found by.
    pub nested: Nested<'a>,
    /// The call that rests on it; `None` for the service's own products.
    pub call: Option<usize>,
    /// What it has to carry.
    pub need: Need<'a>,
    /// The lowest of its offerings that carries that, or what its best one lacks.
    pub carries: Result<&'a ServiceOffering, Lack>,
}

/// What has to be carried.
#[derive(Debug, Clone, Copy)]
pub enum Need<'a> {
    /// The level of what encloses it.
    Level(&'a ServiceLevel),
    /// The level of an SLA.
    Agreement(&'a AvailabilityLevel),
}

/// Why an offering does not carry something; the first that is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Its worst case of a year is too long.
    WorstCase,
    /// Its restore time is too long.
    Restore,
    /// Its hours do not cover.
    Hours,
    /// It promises nothing.
    NotGuaranteed,
}

impl Link<'_> {
    /// How the service depends on it; in series where nothing else is said.
    pub fn dependency(&self) -> Dependency {
        self.call.dependency()
    }

    /// Whether it counts in the proof.
    pub fn counts(&self) -> bool {
        self.call.is_in_series() && self.part_of.is_none()
    }

    /// Whether its worst case is added to the others'.
    pub fn is_added(&self) -> bool {
        self.counts() && self.instead.is_none()
    }

    /// Whether it is never there while the SLA holds.
    pub fn is_absent(&self) -> bool {
        matches!(self.promise, Promise::Absent)
    }

    /// Whether it can take over at these hours.
    fn takes_over(&self, hours: Hours) -> bool {
        self.promise.is_guaranteed() && self.promise.hours().is_some_and(|open| covers(open, hours))
    }
}

impl<'a> Promise<'a> {
    /// What is promised of an offering.
    pub fn of(catalog: &'a Catalog, offering: &'a ServiceOffering) -> Promise<'a> {
        if let Some(service) = catalog.get::<Service>(&offering.service) {
            let in_production = offering.environment == Some(Environment::Production);
            return match &service.agreement {
                Some(agreement) if in_production => Promise::Agreement(&catalog[&agreement.level]),
                _ => Promise::Nothing,
            };
        }
        offering.level.as_ref().map_or(Promise::Nothing, |level| Promise::Level(&catalog[level]))
    }

    /// The id of the level that is promised.
    pub fn id(self) -> Option<&'a str> {
        match self {
            Promise::Level(level) => Some(&level.id),
            Promise::Agreement(level) => Some(&level.id),
            Promise::Circular | Promise::Absent | Promise::Nothing => None,
        }
    }

    /// When it holds.
    pub fn hours(self) -> Option<Hours> {
        match self {
            Promise::Level(level) => Some(level.hours),
            Promise::Agreement(level) => Some(level.hours),
            Promise::Circular | Promise::Absent | Promise::Nothing => None,
        }
    }

    /// Minutes to restore after a fault.
    pub fn restore(self) -> Option<u64> {
        match self {
            Promise::Level(level) => level.restore_time.promise().map(|time| time.minutes),
            Promise::Agreement(level) => Some(level.response_time.minutes),
            Promise::Circular | Promise::Absent | Promise::Nothing => None,
        }
    }

    /// Outages in a year.
    pub fn outages(self) -> Option<u32> {
        match self {
            Promise::Level(ServiceLevel { outages: Guaranteed::By(count), .. }) => Some(*count),
            _ => None,
        }
    }

    /// Minutes down in a year at worst.
    pub fn worst_case(self) -> Option<u64> {
        match self {
            Promise::Level(level) => worst_case_minutes(level),
            Promise::Agreement(level) => Some(level.downtime.minutes),
            Promise::Circular | Promise::Absent | Promise::Nothing => None,
        }
    }

    /// Whether it promises both a restore time and a number of outages.
    fn is_guaranteed(self) -> bool {
        self.restore().is_some() && self.worst_case().is_some()
    }

    /// Why it does not carry something, if it does not.
    pub fn lacks(self, need: Need<'_>) -> Option<Lack> {
        let (Some(hours), Some(restore), Some(worst)) = (self.hours(), self.restore(), self.worst_case()) else {
            return Some(Lack::NotGuaranteed);
        };
        let (needed_hours, needed_restore, needed_worst) = need.terms()?;
        let lacks = [
            (!covers(hours, needed_hours), Lack::Hours),
            (restore > needed_restore, Lack::Restore),
            (worst > needed_worst, Lack::WorstCase),
        ];
        lacks.into_iter().find_map(|(lacks, what)| lacks.then_some(what))
    }
}

impl Need<'_> {
    /// Hours, minutes to restore, and minutes down in a year; `None` of a level that promises nothing to carry.
    fn terms(self) -> Option<(Hours, u64, u64)> {
        match self {
            Need::Level(level) => {
                Some((level.hours, level.restore_time.promise()?.minutes, worst_case_minutes(level)?))
            }
            Need::Agreement(level) => Some((level.hours, level.response_time.minutes, level.downtime.minutes)),
        }
    }

    /// How much has to be carried: hours first, then the time that it may be down in a year.
    pub fn height(&self) -> (bool, Reverse<u64>) {
        let (hours, down) = match self {
            Need::Level(level) => (level.hours, worst_case_minutes(level).unwrap_or(u64::MAX)),
            Need::Agreement(level) => (level.hours, level.downtime.minutes),
        };
        (hours == Hours::Always, Reverse(down))
    }
}

/// Whether something open at these hours is open at those.
pub fn covers(hours: Hours, needed: Hours) -> bool {
    hours == Hours::Always || needed == Hours::Office
}

/// The redundant calls that take over for each other, by their places: those of one service where more than one of it
/// is called for; and those of one section that are each for one of a service.
pub fn redundant_groups(catalog: &Catalog, calls: &[Call]) -> Vec<Vec<usize>> {
    let mut by_service: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, call) in calls.iter().enumerate().filter(|(_, call)| call.dependency == Some(Dependency::Redundant)) {
        by_service.entry(&catalog.offering(&call.offering).service).or_default().push(at);
    }
    let mut groups = Vec::new();
    let mut ones: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for group in by_service.into_values() {
        match is_alone(catalog, calls, &group) {
            true => ones.entry(calls[group[0]].section.as_deref()).or_default().extend(group),
            false => groups.push(group),
        }
    }
    groups.extend(ones.into_values());
    groups
}

/// Whether redundant calls come to no more than one thing at a time, so that nothing takes over.
pub fn is_alone(catalog: &Catalog, calls: &[Call], places: &[usize]) -> bool {
    at_once(catalog, calls, places) < 2
}

/// How many things calls are for at one time, at most. What takes the place of another in the year is not there beside it.
fn at_once(catalog: &Catalog, calls: &[Call], places: &[usize]) -> u64 {
    let mut of_services: FxHashMap<&str, u64> = FxHashMap::default();
    for at in things(catalog, calls, places) {
        let quantity = u64::from(calls[at].quantity.unwrap_or(1));
        *of_services.entry(&catalog.offering(&calls[at].offering).service).or_default() += quantity;
    }
    let replaced = places.iter().filter_map(|at| {
        let offering = catalog.offering(&calls[*at].offering);
        let replacement = catalog.lifecycle_of(offering)?.replaced_by.as_ref()?;
        of_services.contains_key(replacement.id.as_str()).then_some(offering.service.as_str())
    });
    let replaced: FxHashSet<&str> = replaced.collect();
    // Each day that some come, and the day after which they go.
    let mut steps: Vec<(Date, bool, u64)> = Vec::new();
    for (service, quantity) in of_services.into_iter().filter(|(service, _)| !replaced.contains(service)) {
        let (comes, goes) = Lifecycle::while_there(catalog.lifecycle_of_service(service), period::ALWAYS);
        steps.extend([(comes, false, quantity), (goes, true, quantity)]);
    }
    steps.sort_unstable();
    let (mut there, mut most) = (0u64, 0);
    for (_, goes, quantity) in steps {
        there = if goes { there.saturating_sub(quantity) } else { there.saturating_add(quantity) };
        most = most.max(there);
    }
    most
}

/// Of calls those that are each for a thing of its own: others are for further articles of an offering, such as the memory
/// of a server, and of what is called for of an offering it is the first article of its price list that is the thing.
pub fn things(catalog: &Catalog, calls: &[Call], places: &[usize]) -> Vec<usize> {
    let mut thing_of: FxHashMap<&str, FxHashMap<&str, usize>> = FxHashMap::default();
    let mut place = |at: usize| {
        let offering = catalog.offering(&calls[at].offering);
        let article = calls[at].article.as_deref();
        let thing = article.and_then(|article| {
            thing_of.entry(&offering.id).or_insert_with(|| things_of(offering)).get(article).copied()
        });
        (at, offering.id.as_str(), thing.unwrap_or(0))
    };
    let places: Vec<(usize, &str, usize)> = places.iter().map(|at| place(*at)).collect();
    let mut firsts: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, offering, thing) in &places {
        firsts.entry(offering).and_modify(|first| *first = (*thing).min(*first)).or_insert(*thing);
    }
    places.into_iter().filter(|(_, offering, thing)| firsts.get(offering) == Some(thing)).map(|(at, ..)| at).collect()
}

/// For each article of an offering's price list the place of the first that is a thing as it is: another size has its unit.
fn things_of(offering: &ServiceOffering) -> FxHashMap<&str, usize> {
    let mut of_units: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of_articles = FxHashMap::default();
    for (at, item) in offering.prices.iter().enumerate() {
        let first = item.unit.as_deref().map_or(at, |unit| *of_units.entry(unit).or_insert(at));
        // Of two with one number the first is meant.
        of_articles.entry(item.article.as_str()).or_insert(first);
    }
    of_articles
}

/// Whether calls are for more than one service.
pub fn are_mixed(catalog: &Catalog, calls: &[Call], places: &[usize]) -> bool {
    let mut services = places.iter().map(|at| catalog.offering(&calls[*at].offering).service.as_str());
    services.next().is_some_and(|first| services.any(|service| service != first))
}

/// A supporting service that promises more than what its products enclose can carry (`§ 3.1`).
#[derive(Debug)]
pub struct Overpromise<'a> {
    /// The product that encloses.
    pub above: &'a Product,
    /// What it encloses.
    pub service: &'a SupportingService,
    /// What is promised above.
    pub offering: &'a ServiceOffering,
    /// The level of that.
    pub level: &'a ServiceLevel,
    /// What the best offering of the enclosed service lacks.
    pub lack: Lack,
}

/// The enclosed technical services that cannot carry the highest level that any technical service above them is offered
/// at, be it called for or not. What encloses them must carry that of what is above it in its turn, so it is enough to
/// look as far as the next service. Only what is there in the edition is asked.
pub fn overpromises(catalog: &Catalog) -> Vec<Overpromise<'_>> {
    let is_there = |service: &&SupportingService| {
        service.class == SupportingClass::Technical && !catalog.catalogue.edition.is_without(service.lifecycle.as_ref())
    };
    let services = catalog.all::<SupportingService>().iter().filter(is_there);
    let mut promised: Vec<_> = services.filter_map(|service| Some((service, highest(catalog, service)?))).collect();
    promised.sort_by_key(|(_, (level, _))| Reverse(Need::Level(level).height()));
    // Each product is asked of the highest level only, which comes first.
    let mut known = FxHashSet::default();
    let mut found = Vec::new();
    for (service, (level, offering)) in promised {
        let mut next: Vec<&Product> = service.products.iter().map(|product| &catalog[product]).collect();
        while let Some(above) = next.pop() {
            if catalog.catalogue.edition.is_without(above.lifecycle.as_ref()) || !known.insert(above.id.as_str()) {
                continue;
            }
            next.extend(above.contains.iter().filter_map(|inner| catalog.get::<Product>(&inner.id)));
            let inner = above.contains.iter().filter_map(|inner| catalog.get::<SupportingService>(&inner.id));
            // That an offering or its level is missing is a finding of its own.
            let is_whole = |inner: &&SupportingService| {
                !inner.offerings.is_empty() && inner.offerings.iter().all(|offering| offering.level.is_some())
            };
            let inner = inner.filter(is_there).filter(is_whole);
            for inner in inner.filter(|inner| inner.id != service.id) {
                if let Err(lack) = carries(catalog, inner, Need::Level(level)) {
                    found.push(Overpromise { above, service: inner, offering, level, lack });
                }
            }
        }
    }
    found
}

/// The highest level that promises something among those of a service, and its offering.
fn highest<'a>(
    catalog: &'a Catalog,
    service: &'a SupportingService,
) -> Option<(&'a ServiceLevel, &'a ServiceOffering)> {
    let offered = service.offerings.iter().filter_map(|offering| Some((&catalog[offering.level.as_ref()?], offering)));
    let promising = offered.filter(|(level, _)| Need::Level(level).terms().is_some());
    promising.max_by_key(|(level, _)| Need::Level(level).height())
}

/// Proves services; what it has found within a supporting service it need not look for again.
pub struct Prover<'a> {
    catalog: &'a Catalog,
    /// With what was asked for it, since whoever takes what has been found depends on that too.
    within: FxHashMap<&'a str, OnceLock<(Vec<Nested<'a>>, Asked)>>,
}

impl<'a> Prover<'a> {
    /// For the services of a catalogue.
    pub fn new(catalog: &'a Catalog) -> Prover<'a> {
        let services = catalog.all::<SupportingService>().iter();
        Prover { catalog, within: services.map(|service| (service.id.as_str(), OnceLock::new())).collect() }
    }

    /// The proof of a service as it is.
    pub fn prove(&self, service: &'a Service) -> Proof<'a> {
        let level = service.agreement.as_ref().map(|agreement| &self.catalog[&agreement.level]);
        self.prove_at(service, level)
    }

    /// The proof that a service could be promised at a level.
    fn prove_at(&self, service: &'a Service, level: Option<&'a AvailabilityLevel>) -> Proof<'a> {
        let links = self.links(service);
        let carriers = level.map(|level| self.carriers(service, &links, level)).unwrap_or_default();
        let counted = links.iter().filter(|link| link.is_added());
        let worst_case = counted.filter_map(|link| link.promise.worst_case()).fold(0, u64::saturating_add);
        let groups = redundant_groups(self.catalog, service.calls());
        let cannot_take_over = level.map(|level| cannot_take_over(self.catalog, service, &links, &groups, level.hours));
        let cannot_take_over = cannot_take_over.unwrap_or_default();
        let alone = groups.into_iter().filter(|group| is_alone(self.catalog, service.calls(), group));
        let alone = alone.flatten().collect();
        let shortfalls = level.map(|level| shortfalls(&links, &cannot_take_over, &carriers, worst_case, level));
        let shortfalls = shortfalls.unwrap_or_default();
        let verdict = match level {
            None => Verdict::NoAgreement,
            Some(_) if !shortfalls.is_empty() => Verdict::Fails,
            Some(_) if !links.iter().any(Link::counts) => Verdict::NothingInSeries,
            Some(_) => Verdict::Holds,
        };
        Proof { level, links, carriers, worst_case, verdict, shortfalls, cannot_take_over, alone }
    }

    fn links(&self, service: &'a Service) -> Vec<Link<'a>> {
        let edition = &self.catalog.catalogue.edition;
        let days = period::needed(service, (edition.first_day(), edition.last_day()));
        let link = |call: &'a Call| {
            let offering = self.catalog.offering(&call.offering);
            let is_asked = call.dependency() != Dependency::NonCritical;
            let promise = match is_asked && is_absent(self.catalog.lifecycle_of(offering), days) {
                true => Promise::Absent,
                false => Promise::of(self.catalog, offering),
            };
            Link { call, offering, promise, part_of: None, instead: None }
        };
        let mut links: Vec<Link<'_>> = service.calls().iter().map(link).collect();
        if links.iter().any(|link| link.counts() && matches!(link.promise, Promise::Agreement(_))) {
            let resting = resting_on(self.catalog, service);
            let is_round = |link: &&mut Link<'_>| link.counts() && resting.contains(link.offering.service.as_str());
            links.iter_mut().filter(is_round).for_each(|link| link.promise = Promise::Circular);
        }
        find_parts(&mut links);
        find_replacements(self.catalog, &mut links);
        links
    }

    /// What is rested on without a call, and whether it carries what rests on it; each once for each level.
    fn carriers(&self, service: &'a Service, links: &[Link<'a>], level: &'a AvailabilityLevel) -> Vec<Carrier<'a>> {
        let called: BTreeSet<&str> = links.iter().map(|link| link.offering.service.as_str()).collect();
        let mut seen = BTreeSet::new();
        let mut carriers = Vec::new();
        let own = foundation::within_products(self.catalog, &service.products);
        let own = own.into_iter().map(|nested| (nested, None, Need::Agreement(level)));
        let mut found: Vec<(Nested<'_>, Option<usize>, Need<'_>)> = own.collect();
        for (at, link) in links.iter().enumerate().filter(|(_, link)| link.counts()) {
            let Promise::Level(above) = link.promise else { continue };
            let need = |nested: &Nested<'_>| if nested.enclosed { Need::Level(above) } else { Need::Agreement(level) };
            found.extend(self.within(&link.offering.service).iter().map(|nested| (*nested, Some(at), need(nested))));
        }
        for (nested, call, need) in found {
            let key = match need {
                Need::Level(level) => Some(level.id.as_str()),
                // How the service depends on what it calls for itself is told by the call.
                Need::Agreement(_) if called.contains(nested.service.id.as_str()) => continue,
                Need::Agreement(_) => None,
            };
            // People at work are no link of the technical chain; appendix 1 has levels for technical services.
            let technical = nested.service.class == SupportingClass::Technical;
            if technical && need.terms().is_some() && seen.insert((nested.service.id.as_str(), key)) {
                let carries = carries(self.catalog, nested.service, need);
                carriers.push(Carrier { nested, call, need, carries });
            }
        }
        carriers
    }

    fn within(&self, service: &str) -> &[Nested<'a>] {
        let look = || {
            let service = self.catalog.get::<SupportingService>(service);
            service.map(|service| foundation::within_service(self.catalog, service)).unwrap_or_default()
        };
        let Some(within) = self.within.get(service) else { return &[] };
        let (within, asked) = within.get_or_init(|| asked::asking(look));
        asked::again(asked);
        within
    }
}

/// Whether something that lives so long is there on none of these days, where there are any.
fn is_absent(lifecycle: Option<&Lifecycle>, days: Period) -> bool {
    period::is_some(days) && !period::is_some(period::of_life(lifecycle, days))
}

/// So many services may rest on one another in a ring for that to be seen. No honest catalogue has one of more than some.
const LONGEST_RING: usize = 1_000;

/// The ids of a service and of those that rest on it, by calls in series of one to the other.
fn resting_on<'a>(catalog: &'a Catalog, service: &'a Service) -> FxHashSet<&'a str> {
    let mut found = FxHashSet::from_iter([service.id.as_str()]);
    let mut next = vec![service.id.as_str()];
    while let Some(id) = next.pop() {
        for caller in foundation::callers(catalog, id) {
            let Some(caller) = catalog.get::<Service>(caller) else { continue };
            let calls = |call: &Call| call.is_in_series() && catalog.offering(&call.offering).service == id;
            if found.len() < LONGEST_RING && !found.contains(caller.id.as_str()) && caller.calls().iter().any(calls) {
                found.insert(&caller.id);
                next.push(&caller.id);
            }
        }
    }
    found
}

/// Finds the calls that are for other articles of what an earlier one is for: the n-th call in series for one article of an
/// offering is for its n-th technical service.
fn find_parts(links: &mut [Link<'_>]) {
    let mut services: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut calls: FxHashMap<(&str, Option<&str>), usize> = FxHashMap::default();
    for (at, link) in links.iter_mut().enumerate().filter(|(_, link)| link.counts()) {
        let first = link.offering.prices.first().map(|item| item.article.as_str());
        let article = link.call.article.as_deref().or(first);
        let nth = calls.entry((&link.offering.id, article)).or_default();
        let services = services.entry(&link.offering.id).or_default();
        match services.get(*nth) {
            Some(service) => link.part_of = Some(*service),
            None => services.push(at),
        }
        *nth += 1;
    }
}

/// Finds the calls in series of which one takes the place of the other during the edition, without a gap: never more
/// than one of them can be down, so the longest of their worst cases is counted. The n-th call for what is replaced is
/// followed by the n-th for what replaces it.
fn find_replacements(catalog: &Catalog, links: &mut [Link<'_>]) {
    let life = |link: &Link<'_>| catalog.lifecycle_of(link.offering);
    let is_replaced = |link: &&Link<'_>| life(link).is_some_and(|life| life.replaced_by.is_some());
    if !links.iter().any(|link| link.counts() && is_replaced(&link)) {
        return;
    }
    let counted = || links.iter().enumerate().filter(|(_, link)| link.counts());
    let mut later: FxHashMap<&str, VecDeque<usize>> = FxHashMap::default();
    counted().for_each(|(at, link)| later.entry(&link.offering.service).or_default().push_back(at));
    let first_day = catalog.catalogue.edition.first_day();
    let mut next: FxHashMap<usize, usize> = FxHashMap::default();
    for (at, link) in counted() {
        let Some((life, replacement)) = life(link).and_then(|life| Some((life, life.replaced_by.as_ref()?))) else {
            continue;
        };
        let Some(places) = later.get_mut(replacement.id.as_str()) else { continue };
        // What is there from the first day is down beside the other.
        let follows = |place: usize| {
            let begins = catalog.lifecycle_of(links[place].offering).filter(|next| next.from > Some(first_day));
            begins.is_some_and(|next| life.is_followed_by(&replacement.id, Some(next)))
        };
        if places.front().is_some_and(|place| follows(*place)) {
            next.extend(places.pop_front().map(|place| (at, place)));
        }
    }
    let later: FxHashSet<usize> = next.values().copied().collect();
    let mut firsts: Vec<usize> = next.keys().copied().filter(|at| !later.contains(at)).collect();
    firsts.sort_unstable();
    for first in firsts {
        let chain: Vec<usize> = std::iter::successors(Some(first), |at| next.get(at).copied()).collect();
        let longest = chain.iter().copied().max_by_key(|at| (links[*at].promise.worst_case(), Reverse(*at)));
        for at in chain.into_iter().filter(|at| Some(*at) != longest) {
            links[at].instead = longest;
        }
    }
}

/// The lowest offering of a supporting service that carries something, else what the best one lacks.
fn carries<'a>(
    catalog: &'a Catalog,
    service: &'a SupportingService,
    need: Need<'_>,
) -> Result<&'a ServiceOffering, Lack> {
    let mut least = Lack::NotGuaranteed;
    let mut carrying: Option<(usize, &ServiceOffering)> = None;
    for offering in &service.offerings {
        match Promise::of(catalog, offering).lacks(need) {
            Some(lack) => least = least.min(lack),
            None => {
                let rank = rank(catalog, offering);
                if carrying.is_none_or(|(lowest, _)| rank < lowest) {
                    carrying = Some((rank, offering));
                }
            }
        }
    }
    carrying.map(|(_, offering)| offering).ok_or(least)
}

/// The place of an offering's level among all, the lowest first; after them all without one.
fn rank(catalog: &Catalog, offering: &ServiceOffering) -> usize {
    let levels = catalog.all::<ServiceLevel>();
    let at = |id: &str| levels.iter().position(|level| level.id == id);
    offering.level.as_ref().and_then(|level| at(&level.id)).unwrap_or(levels.len())
}

/// The redundant calls that cannot take over at these hours: where fewer than two of those that are to can, and of
/// several services that take over for each other each one, since no other of it does.
fn cannot_take_over(
    catalog: &Catalog,
    service: &Service,
    links: &[Link<'_>],
    groups: &[Vec<usize>],
    hours: Hours,
) -> BTreeSet<usize> {
    let calls = service.calls();
    let is_told = |group: &&Vec<usize>| {
        let open: Vec<usize> = group.iter().copied().filter(|at| links[*at].takes_over(hours)).collect();
        are_mixed(catalog, calls, group) || is_alone(catalog, calls, &open)
    };
    groups.iter().filter(is_told).flatten().copied().filter(|at| !links[*at].takes_over(hours)).collect()
}

fn shortfalls(
    links: &[Link<'_>],
    cannot_take_over: &BTreeSet<usize>,
    carriers: &[Carrier<'_>],
    worst_case: u64,
    level: &AvailabilityLevel,
) -> Vec<Shortfall> {
    let mut found = Vec::new();
    // What is called for before or after another is not missed where that is there.
    let is_missed = |link: &Link<'_>| link.counts() && !(link.is_absent() && link.instead.is_some());
    let matters = |(call, link): &(usize, &Link<'_>)| is_missed(link) || cannot_take_over.contains(call);
    for (call, link) in links.iter().enumerate().filter(matters) {
        let promise = link.promise;
        if !promise.is_guaranteed() {
            found.push(Shortfall::NotGuaranteed { call });
        }
        if promise.hours().is_some_and(|hours| !covers(hours, level.hours)) {
            found.push(Shortfall::Hours { call });
        }
        if link.counts() && promise.restore().is_some_and(|restore| restore > level.response_time.minutes) {
            found.push(Shortfall::Restore { call });
        }
    }
    if worst_case > level.downtime.minutes {
        found.push(Shortfall::Downtime);
    }
    let failing = carriers.iter().enumerate().filter(|(_, carrier)| carrier.carries.is_err());
    found.extend(failing.map(|(carrier, _)| Shortfall::Nested { carrier }));
    found
}

#[cfg(test)]
mod tests;
