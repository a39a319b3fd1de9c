//! From a catalogue and templates to the tree: documents, and the site's pages.
//!
//! Templates are Tera that yields Markdown. What they print is escaped by itself; only references, anchors and texts
//! that are already parsed pass as markup (see [`filters`]). So nothing that an author writes in a name can become
//! markup, and nothing in a text can reach outside it.

mod addresses;
mod again;
mod agreements;
mod asking;
mod composition;
mod context;
mod costs;
mod cover;
mod export;
mod facets;
mod files;
mod filters;
mod finish;
mod first;
mod front;
mod linked;
mod mistakes;
mod news;
mod object;
mod packed;
mod prices;
mod relate;
mod shared;
mod templates;
mod unused;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use tera::{Context, Tera, Value};

pub use again::{Left, Stale, compose_to_ask};
pub use composition::{Composition, Made};
pub use templates::{Templates, built_in_templates};
pub use unused::unused;

use crate::diagnostic::{Diagnostic, Place};
use crate::document::{Block, Document, Navigation, Page, Publication, Source, document_page, repeated_anchor};
use crate::draw;
use crate::editions;
use crate::markdown::{self, Lookup};
use crate::model::{DocumentMetadata, Kind, ProductNames};
use crate::resolve::asked::{Asked, Asking, Changed};
use crate::resolve::{Catalog, check_picture};
use crate::templating;
use crate::{cores, text, waiting};
use asking::AskedByTemplates;
use composition::Renderings;
use context::Values;
use finish::Numbers;
use first::{First, Rendered, Room};
use mistakes::{Mistake, told_once};
use templates::Template;

/// What a document or a page is rendered from: a template, by its place among its like, and the entity that it is rendered
/// for, by its place in the list of the template. A single page or document is rendered for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rendering {
    template: usize,
    entity: Option<usize>,
}

/// Renders every template, to be written soon. The findings are mistakes in templates.
pub fn compose<'a>(catalog: &'a Catalog, templates: &'a Templates) -> Result<Composition<'a>, Vec<Diagnostic>> {
    let composition = compose_in(catalog, templates, &Room::of_a_build(), Asking::Nobody)?;
    // Each may be asked for by many, and soon is by one.
    let names: Vec<&str> = composition.publication.drawings.names().collect();
    names.par_iter().for_each(|name| {
        composition.publication.drawings.draw(name, || composition::drawing(catalog, name));
    });
    Ok(composition)
}

/// Renders every template, to see whether it can be: nothing that comes of it is kept. The findings are mistakes in
/// templates.
pub fn compose_to_look_at<'a>(
    catalog: &'a Catalog,
    templates: &'a Templates,
) -> Result<Composition<'a>, Vec<Diagnostic>> {
    compose_in(catalog, templates, &Room::None, Asking::Nobody)
}

/// Renders every template, and keeps what comes of it where that is to be kept.
fn compose_in<'a>(
    catalog: &'a Catalog,
    templates: &'a Templates,
    room: &Room,
    asking: Asking,
) -> Result<Composition<'a>, Vec<Diagnostic>> {
    let changes = editions::changes(catalog);
    let values = Values::of(catalog, changes.as_ref(), asking);
    let titles = titles(catalog, templates, &values.lists);
    let engine = Engine::new(catalog, templates, &values, &titles)?;
    let composer = Composer::new(catalog, templates, values, titles, engine);
    let (documents, pages) = (renderings(&templates.documents, &composer), renderings(&templates.pages, &composer));
    let (first_documents, first_pages) =
        rayon::join(|| make_all(&composer, &documents, room), || make_all(&composer, &pages, room));
    let mut told = files::at_fault(
        pages.iter().zip(&first_pages).filter_map(|(rendering, page): (_, &Result<First<Page>, _>)| {
            Some((&templates.pages[rendering.template], &page.as_ref().ok()?.head))
        }),
        documents.iter().zip(&first_documents).filter_map(|(rendering, document): (_, &Result<First<Document>, _>)| {
            Some((&templates.documents[rendering.template], &document.as_ref().ok()?.head))
        }),
    );
    let mut mistakes = Vec::new();
    let of_documents = taken(first_documents, &mut mistakes);
    let of_pages = taken(first_pages, &mut mistakes);
    told.extend(told_once(mistakes));
    if !told.is_empty() {
        crate::diagnostic::sort(&mut told);
        told.dedup();
        return Err(told);
    }
    let (documents, heads_of_documents) = Renderings::of(documents, of_documents);
    let (pages, heads_of_pages) = Renderings::of(pages, of_pages);
    let publication = Publication {
        publisher: cover::publisher(&catalog.catalogue),
        documents: heads_of_documents,
        pages: heads_of_pages,
        pictures: catalog.pictures.clone(),
        prices: prices::sheet(catalog),
        changes: news::of(catalog, changes.as_ref()),
        updated: news::updated(catalog),
        synonyms: facets::glossary(catalog),
        ..Publication::default()
    };
    let told = front::parents_at_fault(&templates.pages, &pages.renderings, &publication);
    if !told.is_empty() {
        return Err(told);
    }
    let (numbers, stale, edited) = (Numbers::default(), Stale::default(), Changed::default());
    let mut composition = Composition { publication, composer, documents, pages, numbers, stale, edited };
    composition.relate();
    Ok(composition)
}

/// Makes documents or pages for the first time.
fn make_all<T: Rendered>(
    composer: &Composer<'_>,
    renderings: &[Rendering],
    room: &Room,
) -> Vec<Result<First<T>, Vec<Mistake>>> {
    // What there is one of, such as the whole catalogue, has all entities in it.
    let is_one_of_its_kind = |place: usize| renderings[place].entity.is_none();
    cores::large_first(renderings.len(), is_one_of_its_kind, |place| First::make(composer, renderings[place], room))
}

/// What could be made; what could not is told.
fn taken<T>(made: Vec<Result<T, Vec<Mistake>>>, mistakes: &mut Vec<Mistake>) -> Vec<T> {
    let mut taken = Vec::with_capacity(made.len());
    for made in made {
        match made {
            Ok(made) => taken.push(made),
            Err(found) => mistakes.extend(found),
        }
    }
    taken
}

pub struct Composer<'a> {
    catalog: &'a Catalog,
    templates: &'a Templates,
    /// Every entity as templates see them.
    values: Values,
    /// Titles of the pages that there is one of, documents among them, by path: a template can refer to them as it does
    /// to an id, which never holds `.html`.
    titles: BTreeMap<String, String>,
    engine: Engine,
    /// Whether anything of the catalogue is made up: what shows it says so.
    has_examples: bool,
}

/// What renders templates, of whatever values there are.
struct Engine {
    tera: Tera,
    asked: AskedByTemplates,
}

impl Engine {
    fn new(
        catalog: &Catalog,
        templates: &Templates,
        values: &Values,
        titles: &BTreeMap<String, String>,
    ) -> Result<Engine, Vec<Diagnostic>> {
        let all = || templates.pages.iter().chain(&templates.documents);
        let unknown = all().filter_map(|template| {
            front::unknown_list(template, &values.lists).or_else(|| front::unknown_part(template, &values.lists))
        });
        let unknown: Vec<_> =
            unknown.chain(all().filter_map(|template| front::unknown_layout(template, templates))).collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let documents = filters::Documents {
            pages: titles.keys().cloned().collect(),
            of_entities: templates.documents.iter().filter(|template| template.front.for_each.is_some()),
        };
        let mut tera = filters::tera(catalog, values.by_id(), documents);
        let sources = templates.sources.iter().map(|source| (source.key.as_str(), source.body.as_str()));
        let read = templating::read(&mut tera, &sources.collect::<Vec<_>>());
        read.map_err(|told| vec![mistakes::unreadable(templates, told)])?;
        Ok(Engine { tera, asked: AskedByTemplates::of(all(), &templates.sources, values) })
    }

    /// Lets templates see these values.
    fn show(&mut self, values: &Values) {
        for (name, value) in &values.lists {
            self.tera.global_context().insert_value(*name, value.clone());
        }
    }
}

impl<'a> Composer<'a> {
    fn new(
        catalog: &'a Catalog,
        templates: &'a Templates,
        values: Values,
        titles: BTreeMap<String, String>,
        mut engine: Engine,
    ) -> Composer<'a> {
        engine.show(&values);
        Composer { catalog, templates, values, titles, engine, has_examples: catalog.has_examples() }
    }

    /// A document, or an entity's own: that one keeps its file from edition to edition, as the entity does its page.
    fn document(&self, rendering: Rendering) -> Result<(Document, Asked), Vec<Mistake>> {
        let template = &self.templates.documents[rendering.template];
        let entity = self.entity(template, rendering);
        self.asking(template, entity, || self.document_of(template, entity))
    }

    fn document_of(&self, template: &Template, entity: Option<&Value>) -> Result<Document, Vec<Mistake>> {
        let catalogue = &self.catalog.catalogue;
        let part = entity.zip(template.front.when.as_deref()).and_then(|(entity, part)| entity.get_from_path(part));
        let mut metadata = cover::metadata(self.catalog, catalogue.documents.get(&template.name), part);
        metadata.title = document_title(self.catalog, template, entity);
        metadata.summary = metadata.summary.or_else(|| template.front.summary.clone());
        let mut context = Context::new();
        context.insert("document", &template.name);
        if let Some(entity) = entity {
            context.insert_value("entity", entity.clone());
        }
        let about = entity.and_then(id_of).map(str::to_string);
        let name = document_name(template, entity);
        let mut blocks = self.blocks(template, &context, &name)?;
        finish::document(&mut blocks, &|id| self.catalog.entry(id).is_some());
        let named = catalogue.documents.get(&template.name).into_iter().flat_map(DocumentMetadata::people);
        metadata.example =
            about.as_deref().into_iter().chain(named).any(|id| self.is_example(id)) || self.shows_example(&blocks);
        let stem = match &about {
            Some(_) => name.clone(),
            None => format!("{name}-{}", catalogue.edition.year),
        };
        Ok(Document { name, stem, metadata, about, contents: template.front.contents.unwrap_or(true), blocks })
    }

    fn is_example(&self, id: &str) -> bool {
        self.has_examples && self.catalog.entry(id).is_some_and(|entry| entry.example)
    }

    /// Whether blocks show something that is made up, be it in a figure that is drawn.
    fn shows_example(&self, blocks: &[Block]) -> bool {
        let is_shown = |name: &str| {
            let drawing = composition::drawing(self.catalog, name);
            drawing.is_some_and(|drawing| drawing.targets().any(|id| self.is_example(id)))
        };
        self.has_examples
            && (finish::shows(blocks, &|id| self.is_example(id)) || finish::drawings(blocks).into_iter().any(is_shown))
    }

    /// The entity that a template is rendered for.
    fn entity(&self, template: &Template, rendering: Rendering) -> Option<&Value> {
        entity_of(&self.values, template, rendering.entity?)
    }

    /// Makes ready what was asked for, if it was put off. Whether some of it was.
    fn make_ready(&mut self, asked: &[&Asked]) -> bool {
        let is_wanted = |number, kind| asked.iter().any(|asked| asked.asks_for_value(number, kind));
        let made = !self.values.make_put_off(self.catalog, &is_wanted).is_empty();
        // Putting thousands of names in order takes longer than a page does.
        let asks_for_names = asked.iter().any(|asked| asked.asks_for_names(Kind::Service));
        let was_put_off = (asks_for_names && self.values.renew_index(self.catalog)) || made;
        if was_put_off {
            self.engine.show(&self.values);
        }
        was_put_off
    }

    /// Gives up what templates see. Nothing can be rendered after it.
    fn give_up_values(&mut self) {
        *self.engine.tera.global_context() = Context::new();
        self.values.give_up();
    }

    /// Makes everything ready.
    fn make_all_ready(&mut self) {
        self.values.make_put_off(self.catalog, &|_, _| true);
        self.values.renew_index(self.catalog);
        self.engine.show(&self.values);
    }

    fn page(&self, rendering: Rendering) -> Result<(Page, Asked), Vec<Mistake>> {
        let template = &self.templates.pages[rendering.template];
        let entity = self.entity(template, rendering);
        self.asking(template, entity, || self.page_of(template, entity))
    }

    fn page_of(&self, template: &Template, entity: Option<&Value>) -> Result<Page, Vec<Mistake>> {
        let front = &template.front;
        let mut context = Context::new();
        let field =
            |name: &'static str| entity.and_then(|entity| entity.get_from_path(name)).and_then(|value| value.as_str());
        let id = field("id");
        if let Some(entity) = entity {
            context.insert_value("entity", entity.clone());
        }
        let shown = id.unwrap_or(&template.name);
        let mut blocks = self.blocks(template, &context, shown)?;
        finish::page(&mut blocks, &|id| self.catalog.entry(id).is_some());
        let name = id.and_then(|id| self.name(id).ok());
        let title = name.map(Cow::into_owned).or_else(|| front.title.clone());
        let example = id.is_some_and(|id| self.is_example(id)) || self.shows_example(&blocks);
        Ok(Page {
            path: filled(&template.path(), entity),
            layout: front.layout.clone(),
            title: title.unwrap_or_else(|| template.name.clone()),
            summary: field("summary").map(str::to_string).or_else(|| front.summary.clone()),
            parent: front.parent.as_ref().map(|parent| filled(parent, entity)),
            navigation: front.navigation.as_ref().map(|n| Navigation { order: n.order, label: n.label.clone() }),
            about: id.map(str::to_string),
            facets: facets::of(self.catalog, id),
            secondary: front.secondary,
            synonyms: id.map(|id| facets::synonyms(self.catalog, id)).unwrap_or_default(),
            source: id.and_then(|id| self.source(id)),
            example,
            blocks,
        })
    }

    /// The file that an entity is written in.
    fn source(&self, id: &str) -> Option<Source> {
        let path = self.catalog.source(id)?;
        let address = self.catalog.catalogue.source_address.as_ref();
        let address = address.map(|address| address.of(&text::path_encoded(path)));
        Some(Source { path: path.to_string(), address })
    }

    fn blocks(&self, template: &Template, context: &Context, of: &str) -> Result<Vec<Block>, Vec<Mistake>> {
        let room = templating::room(0, self.catalog.entry_count());
        let rendered = templating::rendered(&self.engine.tera, &template.key, context, room);
        let text = rendered.map_err(|error| vec![Mistake::unusable(self.templates, template, of, &error)])?;
        self.ask_for_references(&text);
        let parsed = markdown::parse(&text, self);
        if waiting::is_to_be_given_up() {
            waiting::let_go(parsed);
            return Err(Vec::new());
        }
        if parsed.problems.is_empty() {
            return match repeated_anchor(&parsed.blocks) {
                None => Ok(parsed.blocks),
                Some(id) => {
                    let written = self.place_of_anchor(&id);
                    Err(vec![Mistake::anchored_twice(template, of, id, written)])
                }
            };
        }
        let problems = parsed.problems.into_iter().map(|problem| {
            // The line is one of the Markdown that the template made, which is what can be looked at.
            let line =
                Place::in_text(&template.shown.as_str().into(), &text, problem.span.start, problem.span.end).source;
            let words = text.get(problem.span).unwrap_or_default();
            let written = self.templates.place_of_made(&template.key, &line, words);
            let place = written.unwrap_or_else(|| Place::file(template.shown.clone()));
            Mistake::made(place, of, problem.message, line, problem.help)
        });
        Err(problems.collect())
    }

    /// Where an author has written an anchor, the last if there are several.
    fn place_of_anchor(&self, id: &str) -> Option<Place> {
        let texts = self.catalog.texts().iter().rev().filter(|written| written.is_markdown);
        let written = texts.filter_map(|written| Some((written, markdown::anchors_written(written.text(), id).pop()?)));
        written.map(|(written, part)| self.catalog.place_in(written, &part)).next()
    }
}

impl Lookup for Composer<'_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        if let Some(entry) = self.catalog.entry(id) {
            return Ok(match entry.kind {
                Kind::GenericCapability => Cow::Owned(ProductNames::default().put_into(&entry.name)),
                _ => Cow::Borrowed(&entry.name),
            });
        }
        match self.titles.get(id) {
            Some(title) => Ok(Cow::Borrowed(title)),
            None => {
                let ids = self.catalog.entries().map(|(id, _)| id).chain(self.titles.keys().map(String::as_str));
                Err(text::did_you_mean(id, ids).map(str::to_string))
            }
        }
    }

    fn text(&self, handle: &str, about: Option<&str>) -> Option<Cow<'_, [Block]>> {
        let blocks = self.catalog.text(handle)?;
        let owner = handle.split('#').next().unwrap_or(handle);
        // Only the generic capabilities have a place for a product's name.
        if self.catalog.entry(owner).is_none_or(|entry| entry.kind != Kind::GenericGroup) {
            return Some(Cow::Borrowed(blocks));
        }
        let names = about.map(|id| context::product_names(self.catalog, id)).unwrap_or_default();
        let mut blocks = blocks.to_vec();
        finish::each_text(&mut blocks, &mut |text| *text = names.put_into(text));
        Some(Cow::Owned(blocks))
    }

    fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
        check_picture(name, &self.catalog.pictures)
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| self.catalog.entry(id).map(|entry| entry.kind);
        let chained = self.catalog.entries().filter(|(_, entry)| draw::CHAINED.contains(&entry.kind));
        draw::check(name, kind, |id| text::did_you_mean(id, chained.map(|(id, _)| id)))
    }
}

/// A path in which `{name}` stands for that field of the entity.
fn filled(path: &str, entity: Option<&Value>) -> String {
    let mut pieces = path.split('{');
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        let value = entity.and_then(|entity| entity.get_from_path(name)).and_then(|value| value.as_str());
        out.push_str(value.unwrap_or_default());
        out.push_str(rest);
    }
    out
}

/// Each of these templates with each entity that it is rendered for.
fn renderings(templates: &[Template], composer: &Composer<'_>) -> Vec<Rendering> {
    let of_one = |(at, template)| {
        let places = places(template, &composer.values.lists).into_iter();
        places.map(move |(place, _)| Rendering { template: at, entity: place })
    };
    templates.iter().enumerate().flat_map(of_one).collect()
}

/// The entities that a template is rendered for, and their places in its list; one time without any for one that names no
/// list.
fn places<'t>(
    template: &Template,
    lists: &'t BTreeMap<&'static str, Value>,
) -> Vec<(Option<usize>, Option<&'t Value>)> {
    let Some(list) = &template.front.for_each else { return vec![(None, None)] };
    let entities = lists.get(list.as_str()).and_then(|list| list.as_array()).unwrap_or_default().iter().enumerate();
    let rendered = entities.filter(|(_, entity)| is_rendered_for(template, entity));
    rendered.map(|(place, entity)| (Some(place), Some(entity))).collect()
}

/// The entity at a place in the list of a template.
fn entity_of<'v>(values: &'v Values, template: &Template, place: usize) -> Option<&'v Value> {
    values.lists.get(template.front.for_each.as_deref()?)?.as_array()?.get(place)
}

/// Whether an entity has the part that the template is about.
fn is_rendered_for(template: &Template, entity: &Value) -> bool {
    let part = template.front.when.as_deref();
    part.is_none_or(|part| entity.get_from_path(part).is_some_and(|part| !part.is_none()))
}

fn id_of(entity: &Value) -> Option<&str> {
    entity.get_from_path("id")?.as_str()
}

/// The template's name; an entity's own document stands in a folder of that name.
fn document_name(template: &Template, entity: Option<&Value>) -> String {
    match entity.and_then(id_of) {
        Some(id) => format!("{}/{id}", template.name),
        None => template.name.clone(),
    }
}

/// Titles of the documents' pages, and of the pages that are about no entity, by path.
fn titles(catalog: &Catalog, templates: &Templates, lists: &BTreeMap<&'static str, Value>) -> BTreeMap<String, String> {
    let document = |template| {
        places(template, lists).into_iter().map(move |(_, entity)| {
            (document_page(&document_name(template, entity)), document_title(catalog, template, entity))
        })
    };
    let page = |template: &Template| (template.path(), template.front.title.as_ref().unwrap_or(&template.name).clone());
    let single = templates.pages.iter().filter(|template| template.front.for_each.is_none());
    templates.documents.iter().flat_map(document).chain(single.map(page)).collect()
}

/// As `katalog.yaml` gives it, else as the template does; an entity's own document has its name too.
fn document_title(catalog: &Catalog, template: &Template, entity: Option<&Value>) -> String {
    let written = catalog.catalogue.documents.get(&template.name).map(|document| &document.title);
    let title = written.filter(|title| !title.is_empty()).or(template.front.title.as_ref());
    let title = title.unwrap_or(&template.name);
    match entity.and_then(|entity| entity.get_from_path("name")?.as_str()) {
        Some(name) => format!("{title} – {name}"),
        None => title.clone(),
    }
}
