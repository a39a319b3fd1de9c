//! The next composition of a catalogue in which something has been edited: only what asked for that is made again.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use tera::Value;

use super::composition::{Composition, Renderings};
use super::context::{Values, list_name};
use super::finish::Numbers;
use super::first::{First, Rendered, Room};
use super::mistakes::{Mistake, told_once};
use super::templates::{Template, Templates};
use super::{
    Composer, Engine, Rendering, compose_in, document_name, document_title, entity_of, facets, filled, is_rendered_for,
    news, prices,
};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Page, Publication, document_page};
use crate::editions;
use crate::model::Kind;
use crate::resolve::Catalog;
use crate::resolve::asked::{Asking, Changed};
use crate::waiting::{Waiting, unless};

/// What a composition leaves to the next of the same entities.
pub struct Left {
    values: Values,
    titles: BTreeMap<String, String>,
    engine: Engine,
    publication: Publication,
    numbers: Numbers,
    documents: Renderings,
    pages: Renderings,
    stale: Stale,
}

/// What comes of making again what stands at a place.
type MadeAgain<T> = (usize, Result<First<T>, Vec<Mistake>>);

/// What has to be made again for the others to know what they have to know of it, by places among the publication's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stale {
    /// The documents.
    pub documents: BTreeSet<usize>,
    /// The pages.
    pub pages: BTreeSet<usize>,
    /// What is told of all: the numbers of places in other documents, the price list, the news, and what words mean.
    pub rest: bool,
}

impl Stale {
    /// Whether nothing has to be made again.
    pub fn is_none(&self) -> bool {
        *self == Stale::default()
    }
}

/// Renders every template, of which nothing is kept but what the others have to know: what is asked for is made then. The
/// findings are mistakes in templates.
pub fn compose_to_ask<'a>(catalog: &'a Catalog, templates: &'a Templates) -> Result<Composition<'a>, Vec<Diagnostic>> {
    compose_in(catalog, templates, &Room::None, Asking::Someone)
}

impl<'a> Composition<'a> {
    /// What holds for the next.
    pub fn leave(self) -> Left {
        let Composition { publication, composer, documents, pages, numbers, stale, .. } = self;
        let Composer { values, titles, engine, .. } = composer;
        Left { values, titles, engine, publication, numbers, documents, pages, stale }
    }

    /// The next composition after the one that `left`, where `changed` is what differs in the catalogue; it is told of
    /// what follows. `None` where it has to be composed as if there had been none, since there are more or fewer
    /// documents or pages. The findings are mistakes in templates.
    pub fn again(
        catalog: &'a Catalog,
        templates: &'a Templates,
        left: Left,
        changed: &mut Changed,
    ) -> Result<Option<Composition<'a>>, Vec<Diagnostic>> {
        let Left { mut values, mut titles, mut engine, mut publication, numbers, mut documents, mut pages, mut stale } =
            left;
        let edited = changed.clone();
        documents.kept.fill_with(|| None);
        pages.kept.fill_with(|| None);
        let soon = lists_of_heads(templates);
        let is_wanted_soon = |kind| soon.contains(list_name(kind));
        let made = values.renew(catalog, editions::changes(catalog).as_ref(), &is_wanted_soon, changed);
        retitle(&mut titles, catalog, templates, &values, &made);
        if changed.has(Kind::Product) {
            // It knows the products' names.
            engine = Engine::new(catalog, templates, &values, &titles)?;
        }
        let composer = Composer::new(catalog, templates, values, titles, engine);
        let named = |document: &Document, template: &Template, entity: &Value| {
            document.name == document_name(template, Some(entity))
        };
        let at = |page: &Page, template: &Template, entity: &Value| page.path == filled(&template.path(), Some(entity));
        if !documents.are_of(&composer, &templates.documents, &made, &publication.documents, named)
            || !pages.are_of(&composer, &templates.pages, &made, &publication.pages, at)
        {
            return Ok(None);
        }
        stale.documents.extend(documents.that_asked(changed));
        stale.pages.extend(pages.that_asked(changed));
        stale.rest |= !changed.is_none();
        publication.drawings.forget();
        Ok(Some(Composition { publication, composer, documents, pages, numbers, stale, edited }))
    }

    /// What has to be made again.
    pub fn stale(&self) -> &Stale {
        &self.stale
    }

    /// What of that is about what was edited itself.
    pub fn soon(&self) -> Stale {
        let about = |id: &Option<String>| {
            let entry = id.as_ref().and_then(|id| self.composer.catalog.entry(id));
            entry.is_some_and(|entry| self.edited.has_entry(entry.number))
        };
        let documents = self.stale.documents.iter().copied();
        let documents = documents.filter(|place| about(&self.publication.documents[*place].about));
        let pages = self.stale.pages.iter().copied().filter(|place| about(&self.publication.pages[*place].about));
        Stale { documents: documents.collect(), pages: pages.collect(), rest: false }
    }

    /// Makes again some of what is stale. Whether others now have to know something else. The findings are mistakes in
    /// templates, and what has them stays as it was known. Where nobody asks for it, it is given up as soon as any of
    /// these wait, and all of it is as stale as it was.
    pub fn renew(&mut self, wanted: &Stale, waiting: Option<&Waiting>) -> (bool, Vec<Diagnostic>) {
        let Composition { publication, composer, documents, pages, stale, .. } = self;
        let asked_before = wanted.documents.iter().map(|place| &documents.known[*place].1);
        let asked_before = asked_before.chain(wanted.pages.iter().map(|place| &pages.known[*place].1));
        composer.make_ready(&asked_before.collect::<Vec<_>>());
        let room = if waiting.is_none() { Room::Whole } else { Room::None };
        let (of_documents, of_pages) = loop {
            let made = (
                make(composer, documents, &wanted.documents, &room, waiting),
                make(composer, pages, &wanted.pages, &room, waiting),
            );
            if waiting.is_some_and(Waiting::is_any) {
                return (false, Vec::new());
            }
            // It may ask for something else than before, which was put off.
            let asked = made.0.iter().filter_map(|(_, made)| Some(&made.as_ref().ok()?.asked));
            let asked = asked.chain(made.1.iter().filter_map(|(_, made)| Some(&made.as_ref().ok()?.asked)));
            if !composer.make_ready(&asked.collect::<Vec<_>>()) {
                break made;
            }
        };
        let parents = |pages: &[Page]| -> Vec<Option<String>> {
            wanted.pages.iter().map(|place| pages[*place].parent.clone()).collect()
        };
        let before = parents(&publication.pages);
        let mut mistakes = Vec::new();
        let differs = documents.put(of_documents, &mut publication.documents, &mut mistakes)
            | pages.put(of_pages, &mut publication.pages, &mut mistakes);
        if parents(&publication.pages) != before {
            publication.forget_places();
        }
        wanted.documents.iter().for_each(|place| _ = stale.documents.remove(place));
        wanted.pages.iter().for_each(|place| _ = stale.pages.remove(place));
        if wanted.rest {
            self.renew_rest();
        }
        if differs {
            self.relate();
        }
        (differs, told_once(mistakes))
    }

    fn renew_rest(&mut self) {
        self.composer.make_all_ready();
        let catalog = self.composer.catalog;
        let changes = editions::changes(catalog);
        self.number();
        self.publication.prices = prices::sheet(catalog);
        self.publication.changes = news::of(catalog, changes.as_ref());
        self.publication.updated = news::updated(catalog);
        self.publication.synonyms = facets::glossary(catalog);
        self.stale.rest = false;
    }
}

/// Makes documents or pages again.
fn make<T: Rendered>(
    composer: &Composer<'_>,
    of: &Renderings,
    wanted: &BTreeSet<usize>,
    room: &Room,
    waiting: Option<&Waiting>,
) -> Vec<MadeAgain<T>> {
    let make = |place: &usize| (*place, unless(waiting, || First::make(composer, of.renderings[*place], room)));
    wanted.par_iter().map(make).collect()
}

/// The lists whose values are needed to know which documents and pages there are, and what these are called.
fn lists_of_heads(templates: &Templates) -> BTreeSet<&str> {
    let documents = templates.documents.iter();
    let is_known_by_id =
        |template: &Template| template.front.when.is_none() && !template.path().replace("{id}", "").contains('{');
    let pages = templates.pages.iter().filter(|template| !is_known_by_id(template));
    documents.chain(pages).filter_map(|template| template.front.for_each.as_deref()).collect()
}

/// Gives the documents of what was made anew the titles that they have now.
fn retitle(
    titles: &mut BTreeMap<String, String>,
    catalog: &Catalog,
    templates: &Templates,
    values: &Values,
    made: &[(&'static str, usize)],
) {
    for (template, (_, place)) in templates.documents.iter().flat_map(|template| {
        let list = template.front.for_each.as_deref();
        made.iter().filter(move |(name, _)| list == Some(name)).map(move |made| (template, made))
    }) {
        let entity = entity_of(values, template, *place);
        if let Some(title) = titles.get_mut(&document_page(&document_name(template, entity))) {
            *title = document_title(catalog, template, entity);
        }
    }
}

impl Renderings {
    /// Puts what was made in its places. Whether the others have to know anything else of it than before.
    fn put<T>(&mut self, made: Vec<MadeAgain<T>>, heads: &mut [T], mistakes: &mut Vec<Mistake>) -> bool {
        let mut differs = false;
        for (place, made) in made {
            match made {
                Ok(first) => {
                    differs |= self.known[place].0 != first.known;
                    heads[place] = first.head;
                    self.known[place] = (first.known, first.asked);
                    self.kept[place] = first.kept;
                }
                Err(found) => mistakes.extend(found),
            }
        }
        differs
    }

    /// Whether there is one for each entity that was made anew and that there should be one for, and for no other, and `is`
    /// says of each that it has the name or path that it had.
    fn are_of<T>(
        &self,
        composer: &Composer<'_>,
        templates: &[Template],
        made: &[(&'static str, usize)],
        heads: &[T],
        is: impl Fn(&T, &Template, &Value) -> bool,
    ) -> bool {
        templates.iter().enumerate().all(|(at, template)| {
            let list = template.front.for_each.as_deref();
            made.iter().filter(|(name, _)| list == Some(name)).all(|(_, place)| {
                let rendering = Rendering { template: at, entity: Some(*place) };
                let Some(entity) = composer.entity(template, rendering) else { return false };
                match self.renderings.binary_search(&rendering) {
                    Ok(found) => is_rendered_for(template, entity) && is(&heads[found], template, entity),
                    Err(_) => !is_rendered_for(template, entity),
                }
            })
        })
    }

    /// The places of those that asked for something that has changed.
    fn that_asked(&self, changed: &Changed) -> Vec<usize> {
        let asked = self.known.par_iter().enumerate().filter(|(_, (_, asked))| asked.is_among(changed));
        asked.map(|(place, _)| place).collect()
    }
}
