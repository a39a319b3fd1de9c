//! What the rules on levels have in common: the proof of each service, and what would make it hold.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::facts::Facts;
use super::standing;
use crate::calculate::proof::{Promise, Proof, Prover, Shortfall, Verdict, words};
use crate::model::Service;
use crate::resolve::Catalog;

/// A service whose SLA is not proved to hold.
pub struct Unproven<'a> {
    /// The service.
    pub service: &'a Service,
    /// How the proof fails, or that nothing is in series.
    pub proof: Proof<'a>,
    /// A sentence on what would make it hold, where that can be told.
    cure: Option<String>,
}

/// The services of a catalogue whose SLA is not proved to hold, of those that have not ended. Nothing is proved of a
/// level that contradicts itself, nor by one.
pub fn unproven<'a>(catalog: &'a Catalog, contradictory: &FxHashSet<&str>) -> Vec<Unproven<'a>> {
    let prover = Prover::new(catalog);
    let services: Vec<&Service> = standing::services(catalog).collect();
    let unproven = services.into_par_iter().filter_map(|service| {
        let proof = prover.prove(service);
        let called = proof.links.iter().filter_map(|link| match link.promise {
            Promise::Agreement(level) => Some(level),
            _ => None,
        });
        if proof.level.into_iter().chain(called).any(|level| contradictory.contains(level.id.as_str())) {
            return None;
        }
        let cure = match proof.verdict {
            Verdict::Fails => prover.cure(service, &proof).map(|cure| sentence(&words::cure(catalog, &proof, &cure))),
            Verdict::NothingInSeries => None,
            Verdict::Holds | Verdict::NoAgreement => return None,
        };
        Some(Unproven { service, proof, cure })
    });
    unproven.collect()
}

/// Shows every reason why a proof fails, with its service, and a sentence on what would make it hold: where that cannot
/// be told, what the rule that asks says of all.
pub fn each_shortfall<'f, 'a>(
    facts: &'f Facts<'a>,
    concerns: fn(&Shortfall) -> bool,
    of_all: &'f str,
    tell: &mut dyn FnMut(&'a Service, &'f Proof<'a>, Shortfall, &'f str),
) {
    for Unproven { service, proof, cure } in &facts.unproven {
        for shortfall in proof.shortfalls.iter().copied().filter(concerns) {
            tell(service, proof, shortfall, cure.as_deref().unwrap_or(of_all));
        }
    }
}

/// A reason as the message of a finding.
pub fn message(catalog: &Catalog, proof: &Proof<'_>, shortfall: Shortfall) -> String {
    without_stop(&words::shortfall(catalog, proof, shortfall))
}

/// A sentence as the message of a finding, which has no full stop.
pub fn without_stop(sentence: &str) -> String {
    sentence.trim_end_matches('.').to_string()
}

/// The key path of a call's offering.
pub fn call_path(call: usize) -> String {
    format!("ola.avrop.{call}.erbjudande")
}

/// Sentences as findings have them: they begin with a small letter, and end without a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
