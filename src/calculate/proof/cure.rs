//! What would make a proof hold: the cheapest change of levels, or the best level that the calls carry as they are.

use std::cmp::Reverse;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{Lack, Link, Need, Promise, Proof, Prover, Shortfall, Verdict, carries, rank};
use crate::calculate::cost::CallCosts;
use crate::calculate::exact;
use crate::model::{AvailabilityLevel, Hours, Service, ServiceOffering, SupportingClass, SupportingService};

/// More choices than any service has to weigh: where there are more, no cure is told.
const MOST_CHOICES: usize = 1_000_000;

/// What would make a failing proof hold.
#[derive(Debug)]
pub struct Cure<'a> {
    /// The cheapest change of levels that does; `None` where none is enough.
    pub change: Option<Change<'a>>,
    /// The calls of which no offering of the same service is good enough, by their places.
    pub hopeless: Vec<usize>,
    /// The best level that the calls carry as they are.
    pub level: Option<&'a AvailabilityLevel>,
}

/// A change of levels.
#[derive(Debug)]
pub struct Change<'a> {
    /// The place of each call that changes, and what it would call for.
    pub calls: Vec<(usize, &'a ServiceOffering)>,
    /// What it costs more a year, where every offering that could be chosen has a price; less than nothing where it is
    /// cheaper.
    pub extra: Option<Decimal>,
    /// Minutes that the service may be down in a year at worst after it.
    pub worst_case: u64,
}

/// What a choice costs: kronor, then how many calls change, then by how many steps of rank.
type Price = (Decimal, usize, usize);

/// One offering that a call could be for.
struct Candidate<'a> {
    offering: &'a ServiceOffering,
    worst_case: u64,
    /// More than today, where both have a price.
    extra: Option<Decimal>,
    changed: usize,
    steps: usize,
}

/// The choices for the calls so far that no other choice beats in both worst case and price.
struct Choice {
    worst_case: u64,
    price: Price,
    /// The place of the choice for the calls before, and of the candidate for this one.
    from: usize,
    candidate: usize,
}

impl<'a> Prover<'a> {
    /// What would make the proof of a service hold; `None` for one that does not fail, that has too many choices, that has
    /// calls that take each other's place, of which a choice would have to be made together, or ones that are not there, or
    /// redundant ones beside which nothing takes over, which no level mends.
    pub fn cure(&self, service: &'a Service, proof: &Proof<'a>) -> Option<Cure<'a>> {
        let level = proof.level.filter(|_| proof.verdict == Verdict::Fails)?;
        if !proof.alone.is_empty() || proof.links.iter().any(|link| link.instead.is_some()) {
            return None;
        }
        let matters = |(at, link): &(usize, &Link<'a>)| link.counts() || proof.cannot_take_over.contains(at);
        let counted = || proof.links.iter().enumerate().filter(matters);
        if counted().any(|(_, link)| link.is_absent()) {
            return None;
        }
        if counted().map(|(_, link)| self.offerings(link).len()).sum::<usize>() > MOST_CHOICES {
            return None;
        }
        let costs = CallCosts::of(self.catalog, service);
        let services = services(proof);
        let calls: Vec<(usize, Vec<Candidate<'_>>)> =
            counted().map(|(at, _)| (at, self.candidates(&services[&at], &costs, level))).collect();
        let hopeless = calls.iter().filter(|(_, candidates)| candidates.is_empty()).map(|(at, _)| *at).collect();
        // Where nothing is in series, no level of what is called for shows anything.
        let incurable = !proof.links.iter().any(Link::counts)
            || proof.shortfalls.iter().any(|shortfall| is_beyond_calls(proof, *shortfall));
        let change = if incurable { None } else { cheapest(&calls, &fronts(&calls, level.downtime.minutes)?) };
        Some(Cure { change, hopeless, level: self.carried_level(service) })
    }

    /// What a call could be for.
    fn offerings(&self, link: &Link<'a>) -> &'a [ServiceOffering] {
        match self.catalog.get::<SupportingService>(&link.offering.service) {
            Some(service) => &service.offerings,
            // The SLA of another service is not ours to change.
            None => std::slice::from_ref(link.offering),
        }
    }

    /// The offerings of the called service that are each good enough for the level; these calls are all for one technical
    /// service, and change together.
    fn candidates(
        &self,
        calls: &[&Link<'a>],
        costs: &CallCosts<'a>,
        level: &'a AvailabilityLevel,
    ) -> Vec<Candidate<'a>> {
        let catalog = self.catalog;
        let link = calls[0];
        let price = |offering| {
            calls.iter().try_fold(Decimal::ZERO, |sum, link| exact::add(sum, costs.of_call_at(link.call, offering)?))
        };
        let today = rank(catalog, link.offering);
        let now = price(link.offering);
        let candidate = |offering: &'a ServiceOffering| {
            let promise = Promise::of(catalog, offering);
            let takes_over = !link.counts();
            let carried = match promise.lacks(Need::Agreement(level)) {
                None | Some(Lack::WorstCase) => takes_over || self.is_carried(&link.offering.service, promise),
                Some(Lack::Restore) => takes_over,
                Some(Lack::Hours | Lack::NotGuaranteed) => false,
            };
            let is_same = offering.id == link.offering.id;
            carried.then(|| Candidate {
                offering,
                worst_case: if takes_over { 0 } else { promise.worst_case().unwrap_or(u64::MAX) },
                extra: if is_same {
                    Some(Decimal::ZERO)
                } else {
                    price(offering).zip(now).and_then(|(b, a)| exact::sub(b, a))
                },
                changed: usize::from(!is_same),
                steps: rank(catalog, offering).abs_diff(today),
            })
        };
        self.offerings(link).iter().filter_map(candidate).collect()
    }

    /// Whether all that a called service rests on carries this level of it.
    fn is_carried(&self, service: &str, promise: Promise<'a>) -> bool {
        let catalog = self.catalog;
        let Promise::Level(above) = promise else { return true };
        self.within(service).iter().filter(|nested| nested.service.class == SupportingClass::Technical).all(|nested| {
            // What only supports is as it is, whatever level is chosen.
            !nested.enclosed || carries(catalog, nested.service, Need::Level(above)).is_ok()
        })
    }

    /// The best of the catalogue's levels that the service's calls carry as they are: the longest hours, then the least
    /// downtime, then the shortest response time.
    fn carried_level(&self, service: &'a Service) -> Option<&'a AvailabilityLevel> {
        let mut levels: Vec<&AvailabilityLevel> = self.catalog.all::<AvailabilityLevel>().iter().collect();
        levels.sort_by_key(|level| {
            (Reverse(level.hours == Hours::Always), level.downtime.minutes, level.response_time.minutes)
        });
        levels.into_iter().find(|level| self.prove_at(service, Some(level)).verdict == Verdict::Holds)
    }
}

/// The calls that are for each technical service, by the place of the first.
fn services<'p, 'a>(proof: &'p Proof<'a>) -> FxHashMap<usize, Vec<&'p Link<'a>>> {
    let mut services: FxHashMap<usize, Vec<&Link<'_>>> = FxHashMap::default();
    for (at, link) in proof.links.iter().enumerate() {
        services.entry(link.part_of.unwrap_or(at)).or_default().push(link);
    }
    services
}

/// Whether no choice of levels for the calls changes this.
fn is_beyond_calls(proof: &Proof<'_>, shortfall: Shortfall) -> bool {
    match shortfall {
        Shortfall::Nested { carrier } => {
            let carrier = &proof.carriers[carrier];
            carrier.call.is_none() || matches!(carrier.need, Need::Agreement(_))
        }
        _ => false,
    }
}

/// The choices for the calls that worst cases of no more than is allowed together leave, for the first call, the first two,
/// and so on. Of them only those are kept that are cheaper than all with a shorter worst case: by kronor where every
/// candidate has a price, else by how little is changed. So the work grows with the minutes allowed, and not with the
/// number of choices that there are; `None` where it would grow too large all the same.
fn fronts(calls: &[(usize, Vec<Candidate<'_>>)], allowed: u64) -> Option<Vec<Vec<Choice>>> {
    let priced = most_extra(calls).is_some();
    let mut fronts: Vec<Vec<Choice>> =
        vec![vec![Choice { worst_case: 0, price: (Decimal::ZERO, 0, 0), from: 0, candidate: 0 }]];
    let mut weighed = 0;
    for (_, candidates) in calls {
        let before = fronts.last()?;
        weighed += before.len() * candidates.len();
        if weighed > MOST_CHOICES {
            return None;
        }
        let mut choices = Vec::new();
        for (from, choice) in before.iter().enumerate() {
            for (at, candidate) in candidates.iter().enumerate() {
                let worst_case = choice.worst_case.saturating_add(candidate.worst_case);
                if worst_case > allowed {
                    continue;
                }
                let extra = candidate.extra.filter(|_| priced).unwrap_or_default();
                let (kronor, changed, steps) = choice.price;
                let price = (exact::add(kronor, extra)?, changed + candidate.changed, steps + candidate.steps);
                choices.push(Choice { worst_case, price, from, candidate: at });
            }
        }
        choices.sort_by_key(|choice| (choice.worst_case, choice.price));
        let mut best: Option<Price> = None;
        choices.retain(|choice| {
            let keep = best.is_none_or(|best| choice.price < best);
            best = if keep { Some(choice.price) } else { best };
            keep
        });
        fronts.push(choices);
    }
    Some(fronts)
}

/// The cheapest choice of a candidate for each call; `None` where no choice is enough.
fn cheapest<'a>(calls: &[(usize, Vec<Candidate<'a>>)], fronts: &[Vec<Choice>]) -> Option<Change<'a>> {
    // The last of a front is its cheapest.
    let last = fronts.last()?;
    let mut place = last.len().checked_sub(1)?;
    let (worst_case, price) = (last[place].worst_case, last[place].price);
    let mut changes = Vec::new();
    for ((at, candidates), front) in calls.iter().zip(&fronts[1..]).rev() {
        let choice = &front[place];
        let candidate = &candidates[choice.candidate];
        if candidate.changed > 0 {
            changes.push((*at, candidate.offering));
        }
        place = choice.from;
    }
    changes.reverse();
    let priced = most_extra(calls).is_some();
    Some(Change { calls: changes, extra: priced.then_some(price.0), worst_case })
}

/// The most kronor that a choice of candidates could differ by. `None` where a candidate has no price, or the kronor no
/// room.
fn most_extra(calls: &[(usize, Vec<Candidate<'_>>)]) -> Option<Decimal> {
    let of_call = |candidates: &[Candidate<'_>]| {
        candidates.iter().try_fold(Decimal::ZERO, |most, candidate| Some(most.max(candidate.extra?.abs())))
    };
    calls.iter().try_fold(Decimal::ZERO, |sum, (_, candidates)| exact::add(sum, of_call(candidates)?))
}
