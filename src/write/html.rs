//! The site: a page for each page of the publication, and each document as one long page.
//!
//! What stands inside `<main>` is written from the tree by [`body`]; what stands around it comes from the layouts
//! `page.html` and `document.html`, which Tera fills in with the values of [`Frame`].
mod body;
pub(super) mod escape;
mod feed;
mod lean;
mod links;
mod outline;
mod search;
mod sitemap;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value as Json;
use tera::{Context, Tera, Value};

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::{self, Document, Heading, Metadata, Page, Publication, document_page};
use crate::model::Date;
use crate::templating::{self, Told};
use crate::text;
use crate::write::{EXAMPLE_NOTICE, File, Format, Unwritten};

use links::Links;
use outline::Outline;
pub use search::Found;

/// The page that a site opens with, and that its head links to.
const START: &str = "index.html";
const PAGE: &str = "page.html";
const DOCUMENT: &str = "document.html";
/// The layout of the page that searches; a site without one has no search.
const SEARCH: &str = "sok.html";
/// The page that leads everywhere without a search.
const INDEX: &str = "a-o.html";

/// The folder of the content's pictures.
const PICTURES: &str = "bilder";
/// The folder of the style sheet and what else pages need.
const RESOURCES: &str = "resurser";

/// On a page of the site, contents are worth their space from this many headings on.
const HEADINGS_OF_A_LONG_PAGE: usize = 3;
/// Deepest level of the tree that a page's contents list.
const CONTENTS_DEPTH: u8 = 3;
/// Longer contents than this are left without their deepest level.
const ENTRIES_OF_LONG_CONTENTS: usize = 80;

/// What stands for a page's body while its layout is filled in: no text has such characters.
const BODY: &str = "\u{1}body\u{1}";

/// Statements of layouts that leave what stands between them as it is.
const STATEMENTS: [&str; 10] =
    ["if", "elif", "else", "endif", "for", "endfor", "block", "endblock", "extends", "include"];

/// The layouts that surround what is written from the tree.
pub struct Layouts {
    tera: Tera,
    /// Whether they do no more with the body than to put it somewhere.
    only_put_body: bool,
    /// Their folder, as messages show it.
    folder: String,
    /// What each says, by its name.
    sources: BTreeMap<String, String>,
}

impl Layouts {
    /// Reads layouts from (name, text); they lie in `html/` of a folder as messages show it. The error is the fault, at its
    /// place in its layout.
    pub fn new(files: &[(String, String)], folder: &str) -> Result<Layouts, Box<Diagnostic>> {
        let mut tera = Tera::new();
        tera.set_escape_fn(|text, out| out.write_all(escape::escaped(text).as_bytes()));
        let only_put_body = files.iter().all(|(_, text)| only_puts_body(text));
        let sources = files.iter().cloned().collect();
        let mut layouts = Layouts { tera, only_put_body, folder: format!("{folder}/html"), sources };
        let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let read = templating::read(&mut layouts.tera, &files.collect::<Vec<_>>());
        read.map_err(|told| layouts.fault(told, "", "layouten går inte att läsa"))?;
        for name in [PAGE, DOCUMENT] {
            if !layouts.tera.contains_template(name) {
                let fault = Diagnostic::error(codes::TEMPLATE, layouts.beginning(name), "layouten saknas");
                return Err(Box::new(fault.with_help("lägg till filen")));
            }
        }
        Ok(layouts)
    }

    /// A page with that body. The body may be most of what a build has in memory, so it is not copied where the layouts
    /// only put it somewhere.
    fn render(&self, layout: &str, path: &str, mut context: Context, body: String) -> Result<File, Unwritten> {
        context.insert("body", if self.only_put_body { BODY } else { &body });
        let page =
            templating::rendered(&self.tera, layout, &context, templating::room(body.len(), 0)).map_err(|error| {
                Unwritten::Layout(self.fault(
                    templating::told(&error),
                    layout,
                    &format!("{path} kan inte skrivas med layouten {layout}"),
                ))
            })?;
        let page = if self.only_put_body { put_body(page, body) } else { page };
        Ok(File { path: path.to_string(), bytes: page.into_bytes() })
    }

    /// What is wrong with a layout, at the line and column that are named, else at the beginning of `layout`.
    fn fault(&self, told: Told, layout: &str, what: &str) -> Box<Diagnostic> {
        let Told { at, reason, help } = told;
        let place = at.iter().find_map(|at| self.place(at)).unwrap_or_else(|| self.beginning(layout));
        Box::new(Diagnostic::error(codes::TEMPLATE, place, format!("{what}: {reason}")).with_help(help))
    }

    /// The place that is named as `page.html:3:7`.
    fn place(&self, named: &str) -> Option<Place> {
        let mut parts = named.rsplitn(3, ':');
        let (column, line, name) = (parts.next()?.parse().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
        let source = self.sources.get(name)?.lines().nth(line.checked_sub(1)?).unwrap_or_default().to_string();
        Some(Place { line, column, source, ..self.beginning(name) })
    }

    fn beginning(&self, layout: &str) -> Place {
        Place::file(format!("{}/{layout}", self.folder).trim_end_matches('/'))
    }
}

/// The page with its body where that is to stand.
fn put_body(page: String, mut body: String) -> String {
    match page.split_once(BODY) {
        Some((before, after)) if !after.contains(BODY) => {
            body.reserve_exact(before.len() + after.len());
            body.insert_str(0, before);
            body.push_str(after);
            body
        }
        _ => page.replace(BODY, &body),
    }
}

/// Whether a layout does no more with the body than to put it somewhere.
fn only_puts_body(layout: &str) -> bool {
    let mut tags = layout.split('{').filter_map(|rest| match rest.strip_prefix('%') {
        Some(rest) => rest.split_once("%}").map(|(tag, _)| (tag, true)),
        None => rest.split_once("}}").map(|(tag, _)| (tag, false)),
    });
    tags.all(|(tag, is_statement)| {
        let mut words = tag.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        // What stands between other statements may be changed by them.
        let takes_nothing = match words.clone().next() {
            Some("set" | "set_global") => tag.contains('='),
            Some(word) => STATEMENTS.contains(&word),
            None => false,
        };
        let names_body = words.any(|word| matches!(word, "body" | "__tera_context"));
        let puts_body = || tag.split_whitespace().collect::<String>().trim_matches('-') == "body|safe";
        if is_statement { takes_nothing && !names_body } else { !names_body || puts_body() }
    })
}

fn picture_path(name: &str) -> String {
    format!("{PICTURES}/{name}")
}

fn resource_path(name: &str) -> String {
    format!("{RESOURCES}/{name}")
}

/// Whether a path, in small letters, is one that the site writes itself, or would be in the place of its folders.
pub fn is_own_path(path: &str) -> bool {
    path.split('/').next() == Some(search::FOLDER)
        || [RESOURCES, PICTURES, feed::PATH].contains(&path)
        || sitemap::is_path(path)
}

/// A site, whose pages and documents are written one by one, with paths under its root; then comes the rest of its files.
pub struct Site<'a> {
    publication: &'a Publication,
    layouts: &'a Layouts,
    files: &'a [(String, Vec<u8>)],
    formats: &'a [Format],
    /// The pages that the navigation shows, in its order.
    navigation: Vec<(&'a Page, &'a str)>,
    title: Option<&'a str>,
    /// The page that searches.
    search: Option<&'a Page>,
    /// The documents that are about no one thing, as the foot of every page lists them.
    documents: Vec<&'a Document>,
    publisher: Value,
    assets: Value,
}

/// What a layout can ask for, whichever the page, beside `body`: the page without its heading, as HTML.
#[derive(Serialize)]
struct Frame<'a> {
    path: &'a str,
    /// From this page to the site's root: nothing, or `../` once a folder.
    root: String,
    /// The start page's title.
    site_title: Option<&'a str>,
    /// Whether this is the start page.
    is_start: bool,
    /// Address of the page that searches, where there is one.
    search: Option<String>,
    /// Address of the list of everything by letter, where there is one.
    index: Option<String>,
    /// The page's address where the site has one.
    canonical: Option<String>,
    /// The feed of changes, where there is one.
    feed: Option<String>,
    title: &'a str,
    summary: Option<&'a str>,
    edition: Edition<'a>,
    navigation: Vec<Entry<'a>>,
    /// From the start page to the page above this one.
    breadcrumbs: Vec<Crumb<'a>>,
    /// Every document, to read and to download.
    documents: Vec<Listed<'a>>,
    /// Those of them that describe what the page is about.
    found_in: Vec<Listed<'a>>,
    /// The file that the page's facts are kept in.
    source: Option<SourceFile<'a>>,
    /// The whole catalogue as data, where that is written.
    data: Option<String>,
    /// What the page says of itself to a machine, as JSON-LD.
    linked_data: Option<String>,
    /// What a page that shows made-up data says of itself; nothing on other pages.
    example: Option<&'static str>,
    /// The page's heading, as HTML; a document's is its title, for the layout to set.
    heading: Option<String>,
    /// A list of links to the page's headings, as HTML.
    contents: Option<String>,
}

#[derive(Serialize)]
struct SourceFile<'a> {
    path: &'a str,
    href: Option<String>,
}

#[derive(Serialize)]
struct Publisher<'a> {
    organisation: &'a str,
    unit: &'a str,
    contact: Option<&'a str>,
}

#[derive(Serialize)]
struct Edition<'a> {
    year: i16,
    version: Option<&'a str>,
    status: Option<&'a str>,
    decided: bool,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    /// From the first to the last of them, where there are both.
    period: Option<String>,
}

#[derive(Serialize)]
struct Day {
    /// As a machine reads it.
    iso: String,
    text: String,
}

#[derive(Serialize)]
struct Entry<'a> {
    href: String,
    label: &'a str,
    /// Value of `aria-current`: `page` for the page itself, `true` for the part of the site that it lies in.
    current: Option<&'static str>,
}

#[derive(Serialize)]
struct Crumb<'a> {
    href: String,
    label: &'a str,
}

/// A document in a list of them.
#[derive(Serialize)]
struct Listed<'a> {
    /// The template's name, such as `prislista`.
    name: &'a str,
    href: String,
    title: &'a str,
    summary: Option<&'a str>,
    /// Whether the page is this document.
    current: bool,
    downloads: Vec<Download>,
}

/// What the layout of a document can ask for besides.
#[derive(Serialize)]
struct Cover<'a> {
    facts: Vec<Fact<'a>>,
    history: Vec<Revision<'a>>,
    history_labels: [&'static str; 4],
    downloads: Vec<Download>,
}

#[derive(Serialize)]
struct Fact<'a> {
    label: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Revision<'a> {
    version: &'a str,
    date: Option<Day>,
    issuer: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Download {
    href: String,
    label: &'static str,
}

impl<'a> Site<'a> {
    /// The site of a publication. `formats` are those that its documents are also written as, for it to lead to their
    /// files.
    pub fn new(
        publication: &'a Publication,
        layouts: &'a Layouts,
        files: &'a [(String, Vec<u8>)],
        formats: &'a [Format],
    ) -> Site<'a> {
        let mut entries: Vec<_> =
            publication.pages.iter().filter_map(|page| page.navigation.as_ref().map(|entry| (page, entry))).collect();
        entries.sort_by_key(|(_, entry)| entry.order);
        let publisher = Publisher {
            organisation: &publication.publisher.organisation,
            unit: &publication.publisher.unit,
            contact: publication.publisher.contact.as_deref(),
        };
        let assets: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        Site {
            publication,
            layouts,
            files,
            formats,
            title: publication.page(START).map(|start| start.title.as_str()),
            search: publication.pages.iter().find(|page| page.layout.as_deref() == Some(SEARCH)),
            navigation: entries.into_iter().map(|(page, entry)| (page, entry.label.as_str())).collect(),
            // A document in a folder is one of many of its kind, and belongs to something that has a page.
            documents: publication.documents.iter().filter(|document| !document.name.contains('/')).collect(),
            publisher: Value::from_serializable(&publisher),
            assets: Value::from_serializable(&assets),
        }
    }

    /// A page. The error says what is wrong with its layout.
    pub fn page(&self, page: &Page, linked_data: Option<Json>) -> Result<File, Unwritten> {
        let outline = Outline::of(&page.blocks);
        let links = Links::from_page(self.publication, &page.path, &outline);
        let (heading, body) = body::page(page, &links, &self.publication.pictures);
        let listed: Vec<&Heading> =
            outline.headings.iter().filter(|heading| (2..=CONTENTS_DEPTH).contains(&heading.level)).copied().collect();
        let contents = (listed.len() >= HEADINGS_OF_A_LONG_PAGE).then(|| outline::contents(&listed));

        let ancestors = self.ancestors(page.parent.as_deref());
        let frame = Frame {
            title: &page.title,
            summary: page.summary.as_deref(),
            edition: self.edition(),
            example: page.example.then_some(EXAMPLE_NOTICE),
            found_in: self.found_in(page),
            linked_data: linked_data.map(|data| self.script_data(data)),
            source: page.source.as_ref().map(|source| SourceFile {
                path: &source.path,
                href: source.address.as_deref().and_then(text::address),
            }),
            heading: Some(heading),
            contents,
            ..self.frame(&page.path, &ancestors)
        };
        self.layouts.render(page.layout.as_deref().unwrap_or(PAGE), &page.path, self.context(&frame)?, body)
    }

    /// A document as one long page. The error says what is wrong with its layout.
    pub fn document(&self, document: &Document, linked_data: Option<Json>) -> Result<File, Unwritten> {
        let path = document_page(&document.name);
        let metadata = &document.metadata;
        let outline = Outline::of(&document.blocks);
        let links = Links::from_document(self.publication, &path, &document.name, &outline);
        let mut listed: Vec<&Heading> =
            outline.headings.iter().filter(|heading| heading.level <= CONTENTS_DEPTH).copied().collect();
        if !document.contents {
            listed.clear();
        }
        if listed.len() > ENTRIES_OF_LONG_CONTENTS {
            listed.retain(|heading| heading.level < CONTENTS_DEPTH);
        }

        // Below the page of what it is about, if that is one thing.
        let home = document.about.as_deref().and_then(|id| self.publication.targets.get(id)?.page.as_ref());
        let ancestors = self.ancestors(Some(home.map_or(START, |(path, _)| path)));
        let frame = Frame {
            title: &metadata.title,
            summary: metadata.summary.as_deref(),
            edition: Edition::of(metadata),
            example: metadata.example.then_some(EXAMPLE_NOTICE),
            contents: (!listed.is_empty()).then(|| outline::contents(&listed)),
            linked_data: linked_data.map(|data| self.script_data(data)),
            ..self.frame(&path, &ancestors)
        };
        let mut context = self.context(&frame)?;
        context.insert("document", &Cover::of(metadata, self.downloads(document, &path)));
        let body = body::document(document, &links, &self.publication.pictures);
        self.layouts.render(DOCUMENT, &path, context, body)
    }

    /// What the search needs to know of a page, where the site has one.
    pub fn found(&self, page: &Page) -> Option<Found> {
        self.search.map(|_| Found::of_page(self.publication, page))
    }

    /// A picture, a style sheet or what else lies ready, by its path.
    pub fn own_file(&self, path: &str) -> Option<File> {
        let (folder, name) = path.split_once('/')?;
        let bytes = match folder {
            PICTURES => self.publication.pictures.get(name)?.bytes.clone(),
            RESOURCES => {
                let (name, bytes) = self.files.iter().find(|(known, _)| known == name)?;
                lean::lean(name, bytes).into_owned()
            }
            _ => return None,
        };
        Some(File { path: path.to_string(), bytes })
    }

    /// What is no page: `sitemap.xml`, `bilder/`, `resurser/`, what the search reads, and the feed. `found` is what was
    /// found of the pages, in their order. Fails when two files are to have one path.
    pub fn rest(&self, found: &[Found]) -> Result<Vec<File>, Unwritten> {
        let publication = self.publication;
        let mut paths: Vec<String> = publication.pages.iter().map(|page| page.path.clone()).collect();
        paths.extend(publication.documents.iter().map(|document| document_page(&document.name)));
        let mut files = Vec::new();
        if let Some(address) = &publication.publisher.site {
            let mut pages: Vec<String> = paths.iter().filter_map(|path| self.address(path)).collect();
            pages.sort();
            files.extend(sitemap::files(address, &pages));
        }
        let pictures = publication.pictures.keys().map(|name| picture_path(name));
        let resources = self.files.iter().map(|(name, _)| resource_path(name));
        files.extend(pictures.chain(resources).filter_map(|path| self.own_file(&path)));
        if let Some(search) = self.search {
            files.extend(search::files(publication, &search.path, found));
        }
        if let Some(feed) = feed::feed(publication) {
            files.push(File { path: feed::PATH.to_string(), bytes: feed.into_bytes() });
        }
        let mut met = BTreeSet::new();
        match paths.iter().chain(files.iter().map(|file| &file.path)).find(|path| !met.insert(*path)) {
            Some(path) => Err(format!("två sidor vill heta {path}").into()),
            None => Ok(files),
        }
    }

    /// What follows from where a page lies.
    fn frame<'b>(&self, path: &'b str, ancestors: &[&'b Page]) -> Frame<'b>
    where
        'a: 'b,
    {
        let current = |page: &Page| {
            if page.path == path {
                Some("page")
            } else {
                ancestors.iter().any(|ancestor| ancestor.path == page.path && page.path != START).then_some("true")
            }
        };
        Frame {
            path,
            root: "../".repeat(path.matches('/').count()),
            site_title: self.title,
            is_start: path == START,
            search: self.search.map(|page| links::relative(path, &page.path)),
            index: self.publication.page(INDEX).map(|page| links::relative(path, &page.path)),
            canonical: self.address(path),
            feed: (self.publication.publisher.site.is_some() && self.publication.updated.is_some())
                .then(|| links::relative(path, feed::PATH)),
            title: "",
            summary: None,
            edition: self.edition(),
            navigation: (self.navigation.iter())
                .map(|(page, label)| Entry { href: links::relative(path, &page.path), label, current: current(page) })
                .collect(),
            breadcrumbs: (ancestors.iter())
                .map(|page| {
                    // As the menu calls it: the start page's title is often a document's too.
                    let label = page.navigation.as_ref().map_or(&page.title, |entry| &entry.label);
                    Crumb { href: links::relative(path, &page.path), label }
                })
                .collect(),
            documents: self.documents.iter().map(|document| self.listed(document, path)).collect(),
            found_in: Vec::new(),
            source: None,
            data: self
                .formats
                .contains(&Format::Json)
                .then(|| links::relative(path, &format!("../json/katalog-{}.json", self.publication.publisher.year))),
            linked_data: None,
            example: None,
            heading: None,
            contents: None,
        }
    }

    /// The documents that describe what a page is about.
    fn found_in(&self, page: &Page) -> Vec<Listed<'a>> {
        let targets = page.about.as_deref().and_then(|about| self.publication.targets.get(about));
        let named = targets.map_or(&[][..], |targets| &targets.documents);
        let named = named.iter().filter_map(|name| self.publication.place_of(name));
        let about = page.about.as_deref().map_or(&[][..], |about| self.publication.places_about(about));
        let places: BTreeSet<usize> = named.chain(about.iter().copied()).collect();
        let documents = places.into_iter().map(|place| &self.publication.documents[place]);
        documents.map(|document| self.listed(document, &page.path)).collect()
    }

    /// Where a page is published, if the site has an address.
    fn address(&self, path: &str) -> Option<String> {
        self.publication.publisher.site.as_ref().map(|site| format!("{site}{}", text::path_encoded(path)))
    }

    /// What a page says to a machine, as it stands in the page.
    fn script_data(&self, mut data: Json) -> String {
        // What is not written is not to be had.
        let nodes = data.get_mut("@graph").and_then(Json::as_array_mut);
        if let (Some(nodes), false) = (nodes, self.formats.contains(&Format::Json)) {
            nodes.retain(|node| node["@type"] != "Dataset");
        }
        escape::script_data(&data)
    }

    fn listed(&self, document: &'a Document, path: &str) -> Listed<'a> {
        let target = document_page(&document.name);
        Listed {
            name: &document.name,
            href: links::relative(path, &target),
            title: &document.metadata.title,
            summary: document.metadata.summary.as_deref(),
            current: path == target,
            downloads: self.downloads(document, path),
        }
    }

    /// The files of a document, which lie beside the site.
    fn downloads(&self, document: &Document, path: &str) -> Vec<Download> {
        let is_price_list = document.stem == self.publication.prices.stem;
        let files = [
            (Format::Word, true, "word", "docx", "Word"),
            (Format::Excel, is_price_list, "excel", "xlsx", "Excel"),
            (Format::Markdown, true, "markdown", "md", "Markdown"),
        ];
        let files = files.into_iter().filter(|(format, has_file, ..)| *has_file && self.formats.contains(format));
        files
            .map(|(_, _, folder, ending, label)| Download {
                href: links::relative(path, &format!("../{folder}/{}.{ending}", document.stem)),
                label,
            })
            .collect()
    }

    fn context(&self, frame: &Frame) -> Result<Context, String> {
        let mut context = Context::from_serialize(frame).map_err(|error| error.to_string())?;
        context.insert_value("publisher", self.publisher.clone());
        context.insert_value("assets", self.assets.clone());
        Ok(context)
    }

    /// The pages above one whose parent is `parent`, from the top down.
    fn ancestors(&self, parent: Option<&str>) -> Vec<&'a Page> {
        let mut ancestors = self.publication.pages_above(parent);
        ancestors.reverse();
        ancestors
    }

    /// The edition that the whole site is of: all documents of a publication are of one edition.
    fn edition(&self) -> Edition<'a> {
        match self.publication.documents.iter().find(|document| document.about.is_none()) {
            Some(document) => Edition { year: self.publication.publisher.year, ..Edition::of(&document.metadata) },
            None => Edition {
                year: self.publication.publisher.year,
                version: None,
                status: None,
                decided: true,
                valid_from: None,
                valid_to: None,
                period: None,
            },
        }
    }
}

impl<'a> Edition<'a> {
    fn of(metadata: &'a Metadata) -> Edition<'a> {
        Edition {
            year: metadata.year,
            version: Some(&metadata.version),
            status: Some(&metadata.status),
            decided: metadata.decided,
            valid_from: metadata.valid_from.map(day),
            valid_to: metadata.valid_to.map(day),
            period: metadata.valid_from.zip(metadata.valid_to).map(|(from, to)| text::period(from, to)),
        }
    }
}

impl<'a> Cover<'a> {
    fn of(metadata: &'a Metadata, downloads: Vec<Download>) -> Cover<'a> {
        Cover {
            facts: metadata.facts.iter().map(|(label, value)| Fact { label, value }).collect(),
            history: (metadata.history.iter())
                .map(|revision| Revision {
                    version: &revision.version,
                    date: revision.date.map(day),
                    issuer: &revision.issuer,
                    reason: &revision.reason,
                })
                .collect(),
            history_labels: document::Revision::LABELS,
            downloads,
        }
    }
}

fn day(date: Date) -> Day {
    Day { iso: date.0.to_string(), text: text::date(date) }
}
