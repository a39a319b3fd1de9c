//! Products that enclose each other in a ring.

use rustc_hash::{FxHashMap, FxHashSet};

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
           produkt inte innehålla sig själv, inte ens genom andra.",
    wrong: &[
        ("produkter/orbit-drift.yaml", "innehåller: [hosting-server]"),
        ("produkter/hosting-server.yaml", "innehåller: [orbit-drift]"),
    ],
    right: &[("produkter/orbit-drift.yaml", "innehåller: [hosting-server]\n")],
    cure: "bryt ringen på ett ställe",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let (mut states, mut told) = (FxHashMap::default(), FxHashSet::default());
    for product in &catalog.entities().products {
        let mut chain = Vec::new();
        follow(catalog, &product.id, (&mut states, &mut told), &mut chain, findings);
    }
}

/// More products of a ring than anyone reads: the rest are told by their number.
const MOST_NAMED: usize = 8;

#[derive(Clone, Copy)]
enum State {
    /// It is being followed, as the link of this number in the chain.
    Open(usize),
    Done,
}

/// Something that is being followed, and what it encloses that has not been followed yet.
struct Link<'c> {
    id: &'c str,
    inner: std::iter::Enumerate<std::vec::IntoIter<&'c str>>,
}

impl<'c> Link<'c> {
    fn of(catalog: &'c Catalog, id: &'c str) -> Link<'c> {
        Link { id, inner: encloses(catalog, id).into_iter().enumerate() }
    }
}

/// Follows what `id` encloses; the chain is what leads to it, and of rings that have a link in common the first is told. Its
/// depth is bounded by the number of products, so it keeps a stack of its own.
fn follow<'c>(
    catalog: &'c Catalog,
    id: &'c str,
    (states, told): (&mut FxHashMap<&'c str, State>, &mut FxHashSet<(&'c str, &'c str)>),
    chain: &mut Vec<Link<'c>>,
    findings: &mut Findings<'_>,
) {
    if states.contains_key(id) {
        return;
    }
    states.insert(id, State::Open(0));
    chain.push(Link::of(catalog, id));
    while let Some(link) = chain.last_mut() {
        let at = link.id;
        let Some((position, inner)) = link.inner.next() else {
            states.insert(at, State::Done);
            chain.pop();
            continue;
        };
        match states.get(inner) {
            None => {
                states.insert(inner, State::Open(chain.len()));
                chain.push(Link::of(catalog, inner));
            }
            Some(State::Open(from)) => {
                let ring = &chain[*from..];
                let links = || {
                    let to = ring.iter().skip(1).map(|link| link.id).chain([inner]);
                    ring.iter().map(|link| link.id).zip(to)
                };
                if links().any(|link| told.contains(&link)) {
                    continue;
                }
                told.extend(links());
                let named: Vec<&str> = ring.iter().take(MOST_NAMED).map(|link| link.id).collect();
                let more = ring.len() - named.len();
                let more = if more > 0 { format!(" → {more} till") } else { String::new() };
                let ring = format!("{}{more} → {inner}", named.join(" → "));
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
