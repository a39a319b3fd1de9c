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
mod export;
mod facets;
mod filters;
mod finish;
mod first;
mod linked;
mod news;
mod object;
mod packed;
mod prices;
mod relate;
mod shared;
mod templates;
mod unused;

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use tera::value::Key;
use tera::{Context, Tera, Value};

pub use again::{Left, Stale, compose_to_ask};
pub use composition::{Composition, Made};
pub use templates::{Templates, built_in_templates};
pub use unused::unused;

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::{
    Block, Document, Metadata, Navigation, Page, Publication, Publisher, Revision, Source, document_page,
    repeated_anchor,
};
use crate::draw;
use crate::editions;
use crate::markdown::{self, Lookup};
use crate::model::{Catalogue, Date, DocumentMetadata, FromText, Kind, Person, ProductNames, Ref, Status};
use crate::resolve::asked::{Asked, Asking, Changed};
use crate::resolve::{Catalog, check_picture};
use crate::templating::{self, Told};
use crate::write::html;
use crate::{cores, paths, text, waiting};
use asking::AskedByTemplates;
use composition::Renderings;
use context::Values;
use finish::Numbers;
use first::{First, Rendered, Room};
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
    let mut diagnostics = paths_at_fault(
        pages.iter().zip(&first_pages).filter_map(|(rendering, page): (_, &Result<First<Page>, _>)| {
            Some((&templates.pages[rendering.template], &page.as_ref().ok()?.head))
        }),
        documents.iter().zip(&first_documents).filter_map(|(rendering, document): (_, &Result<First<Document>, _>)| {
            Some((&templates.documents[rendering.template], &document.as_ref().ok()?.head))
        }),
    );
    let of_documents = taken(first_documents, &mut diagnostics);
    let of_pages = taken(first_pages, &mut diagnostics);
    if !diagnostics.is_empty() {
        crate::diagnostic::sort(&mut diagnostics);
        diagnostics.dedup();
        return Err(told_once(diagnostics));
    }
    let (documents, heads_of_documents) = Renderings::of(documents, of_documents);
    let (pages, heads_of_pages) = Renderings::of(pages, of_pages);
    let publication = Publication {
        publisher: publisher(&catalog.catalogue),
        documents: heads_of_documents,
        pages: heads_of_pages,
        pictures: catalog.pictures.clone(),
        prices: prices::sheet(catalog),
        changes: news::of(catalog, changes.as_ref()),
        updated: news::updated(catalog),
        synonyms: facets::glossary(catalog),
        ..Publication::default()
    };
    let mistakes = parents_at_fault(&templates.pages, &pages.renderings, &publication);
    if !mistakes.is_empty() {
        return Err(mistakes);
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
) -> Vec<Result<First<T>, Vec<Diagnostic>>> {
    // What there is one of, such as the whole catalogue, has all entities in it.
    let is_one_of_its_kind = |place: usize| renderings[place].entity.is_none();
    cores::large_first(renderings.len(), is_one_of_its_kind, |place| First::make(composer, renderings[place], room))
}

/// What could be made; what could not is told.
fn taken<T>(made: Vec<Result<T, Vec<Diagnostic>>>, diagnostics: &mut Vec<Diagnostic>) -> Vec<T> {
    let mut taken = Vec::with_capacity(made.len());
    for made in made {
        match made {
            Ok(made) => taken.push(made),
            Err(found) => diagnostics.extend(found),
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
            unknown_list(template, &values.lists).or_else(|| unknown_part(template, &values.lists))
        });
        let unknown: Vec<_> = unknown.chain(all().filter_map(|template| unknown_layout(template, templates))).collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let documents = filters::Documents {
            pages: titles.keys().cloned().collect(),
            of_entities: templates.documents.iter().filter(|template| template.front.for_each.is_some()),
        };
        let mut tera = filters::tera(catalog, values.by_id(), documents);
        let sources = templates.sources.iter().map(|source| (source.key.as_str(), source.body.as_str()));
        tera.add_raw_templates(sources)
            .map_err(|error| vec![template_error(templates, &templates.shown, &error, None)])?;
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
    fn document(&self, rendering: Rendering) -> Result<(Document, Asked), Vec<Diagnostic>> {
        let template = &self.templates.documents[rendering.template];
        let entity = self.entity(template, rendering);
        self.asking(template, entity, || self.document_of(template, entity))
    }

    fn document_of(&self, template: &Template, entity: Option<&Value>) -> Result<Document, Vec<Diagnostic>> {
        let catalogue = &self.catalog.catalogue;
        let part = entity.zip(template.front.when.as_deref()).and_then(|(entity, part)| entity.get_from_path(part));
        let mut metadata = metadata(self.catalog, catalogue.documents.get(&template.name), part);
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

    fn page(&self, rendering: Rendering) -> Result<(Page, Asked), Vec<Diagnostic>> {
        let template = &self.templates.pages[rendering.template];
        let entity = self.entity(template, rendering);
        self.asking(template, entity, || self.page_of(template, entity))
    }

    fn page_of(&self, template: &Template, entity: Option<&Value>) -> Result<Page, Vec<Diagnostic>> {
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

    /// That two places have an anchor, told where an author has written it, or else of the template.
    fn anchored_twice(&self, id: &str, template: &Template, shown: &str) -> Diagnostic {
        let message = format!("”{shown}” har två ankare för ”{id}”; en hänvisning kan bara leda till ett");
        let texts = self.catalog.texts().iter().rev().filter(|written| written.is_markdown);
        let written = texts.filter_map(|written| Some((written, markdown::anchors_written(written.text(), id).pop()?)));
        match written.map(|(written, part)| self.catalog.place_in(written, &part)).next() {
            Some(place) => Diagnostic::error(codes::MARKDOWN, place, message)
                .with_help("ge det här ankaret ett annat namn, eller ta bort det"),
            None => Diagnostic::error(codes::TEMPLATE, Place::file(template.shown.clone()), message)
                .with_help("sätt | id eller | anchor på den ena platsen, och | link på den andra"),
        }
    }

    fn blocks(&self, template: &Template, context: &Context, shown: &str) -> Result<Vec<Block>, Vec<Diagnostic>> {
        let room = templating::room(0, self.catalog.entry_count());
        let rendered = templating::rendered(&self.engine.tera, &template.key, context, room);
        let text =
            rendered.map_err(|error| vec![template_error(self.templates, &template.shown, &error, Some(shown))])?;
        self.ask_for_references(&text);
        let parsed = markdown::parse(&text, self);
        if waiting::is_to_be_given_up() {
            waiting::let_go(parsed);
            return Err(Vec::new());
        }
        if parsed.problems.is_empty() {
            return match repeated_anchor(&parsed.blocks) {
                None => Ok(parsed.blocks),
                Some(id) => Err(vec![self.anchored_twice(&id, template, shown)]),
            };
        }
        let problems = parsed.problems.into_iter().map(|problem| {
            // The line is one of the Markdown that the template made, which is what can be looked at.
            let made =
                Place::in_text(&template.shown.as_str().into(), &text, problem.span.start, problem.span.end).source;
            let words = text.get(problem.span).unwrap_or_default();
            let written = self.templates.place_of_made(&template.key, &made, words);
            let place = written.unwrap_or_else(|| Place::file(template.shown.clone()));
            let message = format!("{}{MADE_OF}{shown}{WRONG}{made}", problem.message);
            Diagnostic::error(codes::TEMPLATE, place, message).with_help_of(problem.help)
        });
        Err(problems.collect())
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
        draw::check(name, kind, self.catalog.entries().map(|(id, _)| id))
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

/// A page for each entity of a list that there is not.
fn unknown_list(template: &Template, lists: &BTreeMap<&'static str, Value>) -> Option<Diagnostic> {
    let is_list = |name: &str| lists.get(name).is_some_and(|list| list.as_array().is_some());
    let name = template.front.for_each.as_deref().filter(|name| !is_list(name))?;
    let message = format!("det finns ingen lista som heter ”{name}” (for_each)");
    let names: Vec<&str> = lists.keys().copied().filter(|name| is_list(name)).collect();
    let help = text::did_you_mean_among(name, &names, "listor som finns");
    Some(Diagnostic::error(codes::TEMPLATE, template.place_of("for_each"), message).with_help(help))
}

/// A part that nothing in the list can have: there would be no page or document, and no word of it.
fn unknown_part(template: &Template, lists: &BTreeMap<&'static str, Value>) -> Option<Diagnostic> {
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
fn unknown_layout(template: &Template, templates: &Templates) -> Option<Diagnostic> {
    let names: Vec<&str> = templates.layouts.iter().map(|(name, _)| name.as_str()).collect();
    let name = template.front.layout.as_deref().filter(|name| !names.contains(name))?;
    let message = format!("det finns ingen layout som heter ”{name}” (layout)");
    let help = text::did_you_mean_among(name, &names, "layouter som finns");
    Some(Diagnostic::error(codes::TEMPLATE, template.place_of("layout"), message).with_help(help))
}

/// Pages that are to stand below one that there is not, or below themselves; one for each template.
fn parents_at_fault(templates: &[Template], pages: &[Rendering], publication: &Publication) -> Vec<Diagnostic> {
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

/// What stands between what a template was filled in for and what is wrong with it.
const WRONG: &str = "”: ";
/// What stands between what is wrong with what a template makes and what it was filled in for.
const MADE_OF: &str = " – i det som mallen gör av ”";

/// A mistake in a template once, for the first of all that it was filled in for.
fn told_once(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut once: Vec<(Diagnostic, BTreeSet<String>)> = Vec::new();
    let mut known: BTreeMap<(String, usize, usize, String), usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        let (wrong, of, _) = parts(&diagnostic.message);
        let (of, place) = (of.to_string(), &diagnostic.place);
        // What came of it is no other mistake.
        match known.entry((place.file.to_string(), place.line, place.column, wrong.to_string())) {
            Entry::Occupied(first) => _ = once[*first.get()].1.insert(of),
            Entry::Vacant(first) => {
                first.insert(once.len());
                once.push((diagnostic, BTreeSet::from([of])));
            }
        }
    }
    let with_others = |(diagnostic, of): (Diagnostic, BTreeSet<String>)| {
        let end = parts(&diagnostic.message).2;
        match of.len() {
            1 => diagnostic,
            count => {
                let (before, after) = diagnostic.message.split_at(end);
                let message = format!("{before}” och {} till{}", count - 1, after.trim_start_matches('”'));
                Diagnostic { message, ..diagnostic }
            }
        }
    };
    once.into_iter().map(with_others).collect()
}

/// What is wrong, what the template was filled in for, and where the name of that ends in the message.
fn parts(message: &str) -> (&str, &str, usize) {
    let (wrong, start) = match message.rfind(MADE_OF) {
        Some(at) => (&message[..at], at + MADE_OF.len()),
        None => {
            let wrong = message.split_once(WRONG).map_or(message, |(_, wrong)| wrong);
            (wrong, message.find('”').map_or(0, |at| at + '”'.len_utf8()))
        }
    };
    let end = message[start..].find(WRONG).map_or(start, |length| start + length);
    (wrong, &message[start..end], end)
}

/// A mistake in a template, at the line and column that tera names; `shown` is what was being rendered.
fn template_error(templates: &Templates, otherwise: &str, error: &tera::Error, shown: Option<&str>) -> Diagnostic {
    let Told { at, reason, help } = templating::told(error);
    let place = at.iter().find_map(|at| templates.place(at)).unwrap_or_else(|| Place::file(otherwise));
    let message = match shown {
        Some(shown) => format!("mallen går inte att använda för ”{shown}{WRONG}{reason}"),
        None => format!("mallen går inte att läsa: {reason}"),
    };
    Diagnostic::error(codes::TEMPLATE, place, message).with_help(help)
}

fn publisher(catalogue: &Catalogue) -> Publisher {
    let desk = catalogue.service_desk.as_ref().map(|desk| {
        let ways = [&desk.phone, &desk.email, &desk.web].into_iter().flatten().cloned();
        std::iter::once(desk.name.clone()).chain(ways).collect::<Vec<_>>().join(", ")
    });
    Publisher {
        organisation: catalogue.organisation.clone(),
        unit: catalogue.unit.clone(),
        site: catalogue.site.as_ref().map(|site| format!("{}/", site.to_string().trim_end_matches('/'))),
        contact: desk,
        year: catalogue.edition.year,
    }
}

/// What a cover says. `part` is what the document is of an entity: a draft until that is decided, and valid as long.
fn metadata(catalog: &Catalog, written: Option<&DocumentMetadata>, part: Option<&Value>) -> Metadata {
    let edition = &catalog.catalogue.edition;
    let mut metadata = Metadata {
        status: edition.status.label().to_string(),
        decided: edition.status == Status::Decided,
        version: edition.version.clone(),
        year: edition.year,
        valid_from: edition.valid_from,
        valid_to: edition.valid_to,
        ..Metadata::default()
    };
    if let Some((part, decided)) = part.and_then(|part| Some((part, part.get_from_path("decided")?.as_bool()?))) {
        let text = |key| part.get_from_path(key).and_then(|value: &Value| value.as_str());
        let day = |key| text(key).and_then(|day| Date::from_text(day).ok());
        metadata.decided = decided;
        metadata.status = text("status_text").unwrap_or_default().to_string();
        (metadata.valid_from, metadata.valid_to) = (day("valid_from"), day("valid_to"));
    }
    let (valid_from, valid_to) = (metadata.valid_from, metadata.valid_to);
    let mut fact = |label: &str, value: Option<String>| {
        metadata.facts.extend(value.map(|value| (label.to_string(), value)));
    };
    let person = |reference: &Ref<Person>| Some(catalog[reference].name.clone());
    if let Some(written) = written {
        fact("Handlingstyp", written.kind.clone());
        fact("Gäller för", written.applies_to.clone());
        fact("Innehållsansvar", written.responsible.as_ref().and_then(person));
        fact("Godkänd av", written.approved_by.as_ref().and_then(person));
        fact("Dokument-ID", written.document_id.clone());
    }
    fact("Version", Some(edition.version.clone()));
    fact("Giltig från", valid_from.map(text::date));
    fact("Giltig till", valid_to.map(text::date));
    if let Some(written) = written {
        fact("Beslut", written.decision.clone());
        metadata.title = written.title.clone();
        metadata.summary = written.summary.clone();
        metadata.history = written
            .history
            .iter()
            .map(|version| Revision {
                version: version.version.clone(),
                date: version.date,
                issuer: version.issuer.clone().unwrap_or_default(),
                reason: version.reason.clone().unwrap_or_default(),
            })
            .collect();
    }
    metadata
}

impl Status {
    /// As a cover says it.
    pub fn label(self) -> &'static str {
        match self {
            Status::Draft => "Utkast",
            Status::Referral => "Remiss",
            Status::Decided => "Beslutad",
        }
    }
}

/// What makes a file that is published.
#[derive(Clone, Copy)]
struct Maker<'t> {
    template: &'t Template,
    of_document: bool,
}

impl Maker<'_> {
    /// What messages call it.
    fn name(self) -> Cow<'static, str> {
        match self.template.is_own {
            true => self.template.shown.clone().into(),
            false => format!("den inbyggda {}", self.template.key).into(),
        }
    }

    /// What to do where its file cannot be, or not beside another's.
    fn help(self, of_another: bool) -> String {
        let which = if of_another { "den ena" } else { "mallen" };
        let path = if self.of_document { "" } else { "en annan sökväg (path) eller " };
        format!("ge {which} {path}ett annat namn")
    }
}

/// What is wrong with the files that templates make, each told of the template.
#[derive(Default)]
struct ToldOfFiles(Vec<Diagnostic>);

impl ToldOfFiles {
    fn add(&mut self, by: Maker<'_>, message: String, help: &str) {
        self.0.push(Diagnostic::error(codes::TEMPLATE, by.template.place_of("path"), message).with_help(help));
    }

    fn has(&self, by: Maker<'_>) -> bool {
        self.0.iter().any(|told| *told.place.file == *by.template.shown)
    }
}

/// Paths that some disk cannot have, or that several files would have on some disk, each at what makes the file.
fn paths_at_fault<'d>(
    pages: impl Iterator<Item = (&'d Template, &'d Page)>,
    documents: impl Iterator<Item = (&'d Template, &'d Document)> + Clone,
) -> Vec<Diagnostic> {
    let maker = |template: &'d Template, of_document| Maker { template, of_document };
    // The longest folder and the longest ending that a document's file has.
    let stems = documents.clone().map(|(by, document)| (maker(by, true), format!("markdown/{}.docx", document.stem)));
    let sites = documents.map(|(by, document)| (maker(by, true), document_page(&document.name)));
    let sites = sites.chain(pages.map(|(by, page)| (maker(by, false), page.path.clone())));
    let of_site = sites.map(|(by, path)| (by, format!("html/{path}")));
    let mut seen: BTreeMap<String, Maker<'_>> = BTreeMap::new();
    let mut folders: BTreeMap<String, (String, Maker<'_>)> = BTreeMap::new();
    let mut told = ToldOfFiles::default();
    let mut met = BTreeSet::new();
    for (by, path) in stems.chain(of_site) {
        // All files of a document are called as its template is: what is wrong with one name is wrong with all.
        if by.of_document && told.has(by) {
            continue;
        }
        let word = path.strip_prefix("markdown/").map(|file| format!("word/{file}"));
        let (what, shown) = match &word {
            Some(word) => ("filen", word.as_str()),
            None => ("sidan", path.strip_prefix("html/").unwrap_or(&path)),
        };
        if let Some(why) = paths::fault(&path) {
            told.add(by, format!("filen {shown} kan inte skrivas: {why}"), &by.help(false));
            continue;
        }
        if html::is_own_path(&shown.to_lowercase()) {
            let message = format!("filen {shown} kan inte skrivas: webbplatsen har egna filer där");
            told.add(by, message, &by.help(false));
            continue;
        }
        for folder in path.match_indices('/').map(|(end, _)| &path[..end]) {
            let (first, _) = folders.entry(folder.to_lowercase()).or_insert_with(|| (folder.to_string(), by));
            if first != folder {
                let message = format!("mappen för {shown} skiljer sig bara i stora och små bokstäver från en annan");
                told.add(by, message, "skriv mappen på ett sätt överallt");
            }
        }
        match seen.entry(path.to_lowercase()) {
            Entry::Vacant(place) => drop(place.insert(by)),
            Entry::Occupied(first) if std::ptr::eq(first.get().template, by.template) => {
                let help = "låt sökvägen (path) ha med {id}, så att varje sida får sin egen";
                told.add(by, format!("mallen skriver {what} {shown} mer än en gång"), help);
            }
            Entry::Occupied(first) => {
                // One's own is what can be mended, and for each entity they may meet again.
                let (by, first) = if by.template.is_own { (by, *first.get()) } else { (*first.get(), by) };
                if met.insert((&by.template.shown, &first.template.shown)) {
                    let message = format!("två mallar skriver {what} {shown}: också {}", first.name());
                    told.add(by, message, &by.help(true));
                }
            }
        }
    }
    for (folder, (_, within)) in &folders {
        if let Some(by) = seen.get(folder) {
            let shown = folder.strip_prefix("html/").unwrap_or(folder);
            let message = format!("filen {shown} kan inte skrivas: den är en mapp för {}", within.name());
            told.add(*by, message, &by.help(true));
        }
    }
    told.0
}
