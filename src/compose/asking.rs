//! What a document or a page asks of the catalogue by way of its template, so that it is known when it has to be made again.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use tera::Value;

use super::context::{Values, list_name};
use super::templates::{Source, Template};
use super::{Composer, id_of};
use crate::model::Kind;
use crate::resolve::asked::{self, Asked, Asking};

/// What each template asks for, whatever it is rendered for: the lists that it names, and those that what it includes does.
pub struct AskedByTemplates(FxHashMap<String, Asked>);

impl AskedByTemplates {
    /// Of these templates, where the lists are those of these values.
    pub fn of<'t>(
        templates: impl Iterator<Item = &'t Template>,
        sources: &[Source],
        values: &Values,
    ) -> AskedByTemplates {
        let bodies = sources.iter().map(|source| (source.key.as_str(), source.body.as_str())).collect();
        let asked = |template: &Template| {
            let mut met = BTreeSet::new();
            meet(&template.key, &bodies, &mut met);
            let words: BTreeSet<&str> = met.iter().flat_map(|key| words(bodies[key])).collect();
            let names = values.lists.keys().filter(|name| words.contains(**name));
            let ((), asked) = asked::asking(|| names.for_each(|name| ask_for_list(name)));
            (template.key.clone(), asked)
        };
        AskedByTemplates(templates.map(asked).collect())
    }
}

/// A template, and every one that it includes.
pub(super) fn meet<'s>(key: &str, bodies: &FxHashMap<&'s str, &'s str>, met: &mut BTreeSet<&'s str>) {
    let mut next = vec![key];
    while let Some(key) = next.pop() {
        if let Some((key, body)) = bodies.get_key_value(key)
            && met.insert(key)
        {
            // An included template is named in quotes.
            next.extend(body.split(['"', '\'', '`']).filter(|text| bodies.contains_key(text)));
        }
    }
}

/// The words of a template, but for the fields of something.
fn words(body: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = body.split(move |c: char| !is_part(c)).filter(|word| !word.is_empty());
    words.filter(|word| {
        let at = word.as_ptr() as usize - body.as_ptr() as usize;
        !body[..at].ends_with('.')
    })
}

fn ask_for_list(name: &str) {
    match name {
        // It says what `katalog.yaml` does.
        "catalogue" => {}
        "service_index" => [Kind::Service, Kind::SupportingService].into_iter().for_each(asked::names),
        // Every bill may be another.
        "costs" => [Kind::Service, Kind::Product, Kind::SupportingService].into_iter().for_each(asked::list),
        "capabilities" => asked::list(Kind::CapabilityGroup),
        "generic_capabilities" => asked::list(Kind::GenericGroup),
        _ => match Kind::ALL.iter().find(|kind| list_name(**kind) == name) {
            Some(kind) => asked::list(*kind),
            None => asked::everything(),
        },
    }
}

impl Composer<'_> {
    /// Makes what is rendered, and tells what it asked of the catalogue.
    pub(super) fn asking<T, E>(
        &self,
        template: &Template,
        entity: Option<&Value>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<(T, Asked), E> {
        let (made, asked) = self.values.asking.of(|| {
            if let Some(entry) = entity.and_then(id_of).and_then(|id| self.catalog.entry(id)) {
                asked::value(entry.number);
            }
            if let Some(asked) = self.engine.asked.0.get(&template.key) {
                asked::again(asked);
            }
            make()
        });
        Ok((made?, asked))
    }

    /// Asks for what a text that a template made refers to and puts in. Long texts are read by several threads, none of
    /// which would write that down.
    pub(super) fn ask_for_references(&self, text: &str) {
        if self.values.asking == Asking::Nobody {
            return;
        }
        let mut before = "";
        for reference in text.split("[[") {
            let is_put_in = before.ends_with('!');
            before = reference;
            let reference = reference.split("]]").next().unwrap_or(reference);
            let ids = reference.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.'));
            let entries = ids.filter_map(|id| self.catalog.entry(id));
            if is_put_in {
                entries.for_each(|entry| asked::contents(entry.number));
            } else {
                entries.for_each(drop);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_that_name_each_other_without_end_are_met() {
        let names: Vec<String> = (0..50_000).map(|at| format!("a{at}")).collect();
        let bodies: Vec<String> = (0..50_000).map(|at| format!("\"a{}\"", at + 1)).collect();
        let bodies = names.iter().zip(&bodies).map(|(name, body)| (name.as_str(), body.as_str())).collect();
        let mut met = BTreeSet::new();
        meet("a0", &bodies, &mut met);
        assert_eq!(met.len(), names.len());
    }
}
