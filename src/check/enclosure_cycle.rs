//! Products that enclose each other in a ring.

use std::collections::HashMap;

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::{Product, SupportingService};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(107),
    name: "enclosure-cycle",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "§ 3.1",
    docs: "En överliggande produkt omsluter de underliggande, när det gäller ansvar, kostnad och garanti. Därför kan en \
           produkt inte, ens genom andra, innehålla sig själv.",
    wrong: &[
        ("produkter/orbit-drift.yaml", "innehåller: [hosting-server]"),
        ("produkter/hosting-server.yaml", "innehåller: [orbit-drift]"),
    ],
    right: &[("produkter/orbit-drift.yaml", "innehåller: [hosting-server]\n")],
    cure: "bryt ringen på ett ställe",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let mut states = HashMap::new();
    for product in &catalog.entities.products {
        let mut chain = Vec::new();
        follow(catalog, &product.id, &mut states, &mut chain, findings);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Open,
    Done,
}

/// Follows what `id` encloses; the chain is what leads to it. Its depth is bounded by the number of products, so it
/// keeps a stack of its own.
fn follow<'c>(
    catalog: &'c Catalog,
    id: &'c str,
    states: &mut HashMap<&'c str, State>,
    chain: &mut Vec<(&'c str, usize)>,
    findings: &mut Findings<'_>,
) {
    if states.contains_key(id) {
        return;
    }
    states.insert(id, State::Open);
    chain.push((id, 0));
    while let Some((at, next)) = chain.last_mut() {
        let at = *at;
        let enclosed = encloses(catalog, at);
        let Some(inner) = enclosed.get(*next).copied() else {
            states.insert(at, State::Done);
            chain.pop();
            continue;
        };
        let position = *next;
        *next += 1;
        match states.get(inner) {
            None => {
                states.insert(inner, State::Open);
                chain.push((inner, 0));
            }
            Some(State::Open) => {
                let from = chain.iter().position(|(open, _)| *open == inner).unwrap_or(0);
                let names = chain[from..].iter().map(|(open, _)| *open).chain([inner]);
                let ring = names.collect::<Vec<_>>().join(" → ");
                findings.add(
                    at,
                    &format!("{}.{position}", key(catalog, at)),
                    format!("produkterna omsluter varandra: {ring}"),
                    RULE.cure,
                );
            }
            Some(State::Done) => {}
        }
    }
}

/// The key under which what is enclosed stands.
fn key(catalog: &Catalog, id: &str) -> &'static str {
    if catalog.get::<Product>(id).is_some() { "innehåller" } else { "produkter" }
}

/// What a product encloses; a supporting service in it brings the products that it rests on.
fn encloses<'c>(catalog: &'c Catalog, id: &str) -> Vec<&'c str> {
    if let Some(service) = catalog.get::<SupportingService>(id) {
        return service.products.iter().map(|product| product.id.as_str()).collect();
    }
    let product = catalog.get::<Product>(id);
    product.map(|product| product.contains.iter().map(|inner| inner.id.as_str()).collect()).unwrap_or_default()
}
