//! Figures from the data: the models of the guideline, the chain behind each service, and maps of the whole catalogue.
//!
//! Composing asks for a drawing by the name that a text or a template gives: `begreppsmodell`, `specifik-modell`,
//! `tjanstekarta`, `formagekarta`, `formageomraden`, or `kedja/` and the id of an IS/IT service or a supporting service.
//! The layers of a figure are given by what is drawn; all that is worked out is the order within them and the places, in
//! few sweeps and whole numbers.

mod chain;
mod columns;
mod grid;
mod heat;
mod labels;
mod landscape;
mod matrix;
mod models;
mod shelves;
#[cfg(test)]
mod tests;

use crate::document::Drawing;
use crate::model::Kind;
use crate::resolve::Catalog;
use crate::text;

/// What a figure's address begins with when it is drawn.
pub const SCHEME: &str = "figur:";

/// What stands before the id of a service in the name of its chain.
const CHAIN: &str = "kedja/";

/// Draws a figure of the whole catalogue.
type Draw = fn(&Catalog) -> Drawing;

/// The maps, by name.
const MAPS: [(&str, Draw); 3] =
    [("tjanstekarta", landscape::draw), ("formagekarta", heat::by_class), ("formageomraden", heat::by_group)];

/// Width of a page's text: no drawing is wider. 16 cm.
const WIDEST: i32 = 9070;
/// Most of a page's height: no drawing is higher. 19 cm.
const HIGHEST: i32 = 10_800;

/// What has a chain that can be drawn.
pub const CHAINED: [Kind; 2] = [Kind::Service, Kind::SupportingService];

/// Whether a figure of that name can be drawn, else what the name should have been. `kind` tells what an id belongs to,
/// and `near` which id of what has a chain was meant.
pub fn check<'a>(
    name: &str,
    kind: impl Fn(&str) -> Option<Kind>,
    near: impl FnOnce(&str) -> Option<&'a str>,
) -> Result<(), Option<String>> {
    let has_chain = |id: &str| kind(id).is_some_and(|kind| CHAINED.contains(&kind));
    if names().any(|known| known == name) || name.strip_prefix(CHAIN).is_some_and(has_chain) {
        return Ok(());
    }
    let near = match name.strip_prefix(CHAIN) {
        Some(id) => near(id).map(|id| format!("{CHAIN}{id}")),
        None => text::did_you_mean(name, names().chain([CHAIN])).map(str::to_string),
    };
    Err(near)
}

/// Draws the figure of that name; `None` where there is none.
pub fn draw(catalog: &Catalog, name: &str) -> Option<Drawing> {
    match name.strip_prefix(CHAIN) {
        Some(id) => chain::draw(catalog, id),
        None => match MAPS.iter().find(|(known, _)| *known == name) {
            Some((_, draw)) => Some(draw(catalog)),
            None => models::find(name).map(|model| models::draw(catalog, model)),
        },
    }
}

/// What can be drawn, as who has asked for something else is told.
pub fn known() -> String {
    let chains = format!("{CHAIN} följt av en tjänsts id");
    let mut all: Vec<&str> = names().collect();
    all.push(&chains);
    format!("det som kan ritas är {}", text::listed(&all))
}

/// The names of all figures but the chains.
fn names() -> impl Iterator<Item = &'static str> {
    models::names().chain(MAPS.iter().map(|(name, _)| *name))
}
