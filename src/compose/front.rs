//! What is wrong with the front matter of templates: it names what there is not.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;
use tera::value::Key;

use super::Rendering;
use super::templates::{Template, Templates};
use crate::diagnostic::{Diagnostic, codes};
use crate::document::{Page, Publication};
use crate::text;

/// A page for each entity of a list that there is not.
pub fn unknown_list(template: &Template, lists: &BTreeMap<&'static str, Value>) -> Option<Diagnostic> {
    let is_list = |name: &str| lists.get(name).is_some_and(|list| list.as_array().is_some());
    let name = template.front.for_each.as_deref().filter(|name| !is_list(name))?;
    let message = format!("det finns ingen lista som heter ”{name}” (for_each)");
    let names: Vec<&str> = lists.keys().copied().filter(|name| is_list(name)).collect();
    let help = text::did_you_mean_among(name, &names, "listor som finns");
    Some(Diagnostic::error(codes::TEMPLATE, template.place_of("for_each"), message).with_help(help))
}

/// A part that nothing in the list can have: there would be no page or document, and no word of it.
pub fn unknown_part(template: &Template, lists: &BTreeMap<&'static str, Value>) -> Option<Diagnostic> {
    let part = template.front.when.as_deref()?;
    let told = |message: String| Diagnostic::error(codes::TEMPLATE, template.place_of("when"), message);
    let Some(list) = template.front.for_each.as_deref() else {
        let message = format!("”{part}” (when) är en del av något i en lista, men mallen säger inte vilken (for_each)");
        return Some(told(message).with_help("lägg till for_each, eller ta bort when"));
    };
    let entities = lists.get(list).and_then(Value::as_array).unwrap_or_default();
    let mut found = entities.iter().map(|entity| has_part(entity, part));
    if !found.any(|found| found == Some(true)) && entities.iter().any(|entity| has_part(entity, part) == Some(false)) {
        let message = format!("inget i listan ”{list}” har en del som heter ”{part}” (when)");
        let parts = entities.iter().filter_map(Value::as_map).flat_map(|entity| entity.keys()).filter_map(Key::as_str);
        let parts: Vec<&str> = parts.collect::<BTreeSet<_>>().into_iter().collect();
        return Some(told(message).with_help(text::did_you_mean_among(part, &parts, "delar som finns")));
    }
    None
}

/// Whether something has a part, given or not. `None` where that cannot be seen, since what it is a part of is not given.
fn has_part(entity: &Value, part: &str) -> Option<bool> {
    let mut value = entity;
    for name in part.split('.') {
        if value.is_none() {
            return None;
        }
        match value.get_from_path(name) {
            Some(inner) => value = inner,
            None => return Some(false),
        }
    }
    Some(true)
}

/// A layout that there is not.
pub fn unknown_layout(template: &Template, templates: &Templates) -> Option<Diagnostic> {
    let names: Vec<&str> = templates.layouts.iter().map(|(name, _)| name.as_str()).collect();
    let name = template.front.layout.as_deref().filter(|name| !names.contains(name))?;
    let message = format!("det finns ingen layout som heter ”{name}” (layout)");
    let help = text::did_you_mean_among(name, &names, "layouter som finns");
    Some(Diagnostic::error(codes::TEMPLATE, template.place_of("layout"), message).with_help(help))
}

/// Pages that are to stand below one that there is not, or below themselves; one for each template.
pub fn parents_at_fault(templates: &[Template], pages: &[Rendering], publication: &Publication) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let fault = |(rendering, page): (&Rendering, &Page)| {
        let parent = page.parent.as_deref()?;
        let (message, help) = if publication.page(parent).is_none() {
            let near = text::did_you_mean(parent, publication.pages.iter().map(|page| page.path.as_str()));
            let help = near
                .map_or("skriv sökvägen till en sida som finns, från webbplatsens början".to_string(), |near| {
                    format!("menade du ”{near}”?")
                });
            (format!("sidan {} ska stå under {parent} (parent), som inte finns", page.path), help)
        } else if publication.pages_above(Some(parent)).iter().any(|above| above.path == page.path) {
            let help = "låt parent vara sökvägen till sidan ovanför, eller ta bort raden".to_string();
            (format!("sidan {} står under sig själv (parent)", page.path), help)
        } else {
            return None;
        };
        let place = templates[rendering.template].place_of("parent");
        let is_first = told.insert(rendering.template);
        is_first.then(|| Diagnostic::error(codes::TEMPLATE, place, message).with_help(help))
    };
    pages.iter().zip(&publication.pages).filter_map(fault).collect()
}
