//! What the rules on levels have in common: the proof of each service, and what would make it hold.

use crate::calculate::proof::{Proof, Prover, Shortfall, words};
use crate::model::Service;
use crate::resolve::Catalog;

/// Shows every reason why a proof fails, with its service, and a sentence on what would make it hold.
pub fn each_shortfall<'a>(
    catalog: &'a Catalog,
    concerns: fn(&Shortfall) -> bool,
    tell: &mut dyn FnMut(&'a Service, &Proof<'a>, Shortfall, String),
) {
    let mut prover = Prover::new(catalog);
    for service in &catalog.entities.services {
        let proof = prover.prove(service);
        let shortfalls: Vec<Shortfall> = proof.shortfalls.iter().copied().filter(concerns).collect();
        if shortfalls.is_empty() {
            continue;
        }
        let cure = prover.cure(service, &proof).map(|cure| sentence(&words::cure(&proof, &cure)));
        for shortfall in shortfalls {
            tell(service, &proof, shortfall, cure.clone().unwrap_or_default());
        }
    }
}

/// A reason as the message of a finding.
pub fn message(catalog: &Catalog, proof: &Proof<'_>, shortfall: Shortfall) -> String {
    words::shortfall(catalog, proof, shortfall).trim_end_matches('.').to_string()
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
