//! The files of a composition, each made when someone asks for it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{AT_A_TIME, Answer, Read};
use crate::compose::{Composition, Made, Stale};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::document::Texts;
use crate::waiting;
use crate::write::html::Site;
use crate::write::{Format, Unwritten, excel, json, markdown, svg, word};

/// The files of a composition.
pub struct Files<'a> {
    read: &'a Read,
    composition: &'a Composition<'a>,
    texts: Made<'a, 'a>,
    site: Site<'a>,
    /// What of the site is no page, and takes all of them to make.
    rest: OnceCell<Rest>,
}

/// Files by path, or what is wrong with what they are made of.
type Rest = Result<BTreeMap<String, Vec<u8>>, Vec<Diagnostic>>;

/// What comes of asking for a file.
pub enum Found {
    /// The answer.
    Answer(Answer),
    /// What has to be made again before it can be given.
    Stale(Stale),
}

/// Every format: all files are there to be asked for.
const FORMATS: &[Format] = &Format::ALL;

impl<'a> Files<'a> {
    /// Those of a composition of what was read.
    pub fn of(read: &'a Read, composition: &'a Composition<'a>) -> Files<'a> {
        let publication = &composition.publication;
        Files {
            read,
            composition,
            texts: composition.texts(),
            site: Site::new(publication, &read.layouts, &read.templates.assets, FORMATS),
            rest: OnceCell::new(),
        }
    }

    /// What is said of what the files are made from, but of what the content says.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.read.told.iter().chain(&self.read.reference.findings).chain(&self.read.unused)
    }

    /// Some of what has to be made again, whether anyone asks for it or not: what takes little time first, and what takes
    /// long if that is wanted.
    pub fn next_to_renew(&self, takes_long: bool) -> Option<Stale> {
        let Stale { documents, pages, rest } = self.composition.stale();
        let pages = pages.iter().take(AT_A_TIME).copied().collect();
        let documents = documents.iter().take(1).copied().collect();
        let next = [
            Stale { pages, ..Stale::default() },
            Stale { rest: *rest, ..Stale::default() },
            Stale { documents, ..Stale::default() },
        ];
        next.into_iter().take(if takes_long { 3 } else { 2 }).find(|stale| !stale.is_none())
    }

    /// The file at a path under the output folder.
    pub fn find(&self, path: &str) -> Found {
        let (folder, name) = path.split_once('/').unwrap_or((path, ""));
        match folder {
            "html" => self.of_site(name),
            "word" => self.document(name.strip_suffix(".docx"), |document| {
                let parts = word::parts(&self.read.reference.look, &self.composition.publication, document, None);
                word::pack(&self.read.reference.look, &parts).map_err(|too_large| too_large.to_string().into())
            }),
            "markdown" => self.of_markdown(name),
            "excel" => self.of_excel(name),
            "json" => self.of_json(name),
            _ => Found::Answer(Answer::None),
        }
    }

    fn of_site(&self, path: &str) -> Found {
        let publication = &self.composition.publication;
        if let Some(place) = publication.place_of_page(path) {
            if self.composition.stale().pages.contains(&place) {
                return Found::Stale(Stale { pages: [place].into(), ..Stale::default() });
            }
            return made(self.composition.page(place), |page| {
                self.site.page(page, self.texts.linked_data_of_page(place)).map(|file| file.bytes)
            });
        }
        let name = path.strip_prefix("dokument/").and_then(|path| path.strip_suffix(".html"));
        if let Some(place) = name.and_then(|name| publication.place_of(name)) {
            return self.document_at(place, |document| {
                self.site.document(document, self.texts.linked_data_of_document(place)).map(|file| file.bytes)
            });
        }
        match self.site.own_file(path) {
            Some(file) => Found::Answer(Answer::File(file.bytes)),
            None => self.of_rest(path),
        }
    }

    /// What the search, feeds and site maps are made of all pages.
    fn of_rest(&self, path: &str) -> Found {
        if !self.composition.stale().is_none() {
            return Found::Stale(self.composition.stale().clone());
        }
        let rest = self.rest.get_or_init(|| {
            let pages = (0..self.composition.publication.pages.len()).into_par_iter();
            let (site, composition) = (&self.site, self.composition);
            let found = pages.map(|place| Ok(site.found(&composition.page(place)?)));
            let found: Vec<_> = found.collect::<Result<_, Vec<Diagnostic>>>()?;
            let rest = self.site.rest(&found.into_iter().flatten().collect::<Vec<_>>());
            let rest = rest.map_err(|unwritten| vec![failure(unwritten)])?;
            Ok(rest.into_iter().map(|file| (file.path, file.bytes)).collect())
        });
        Found::Answer(match rest {
            Ok(files) => files.get(path).cloned().map_or(Answer::None, Answer::File),
            Err(findings) => Answer::Failed(findings.clone()),
        })
    }

    fn of_markdown(&self, name: &str) -> Found {
        let publication = &self.composition.publication;
        if name.ends_with(".md") {
            return self.document(name.strip_suffix(".md"), |document| {
                Ok(markdown::document(publication, document, true).into_bytes())
            });
        }
        let picture = publication.pictures.iter().find(|(picture, _)| markdown::picture_path(picture) == name);
        if let Some((_, picture)) = picture {
            return Found::Answer(Answer::File(picture.bytes.clone()));
        }
        let drawing = publication.drawings_of_documents.iter().find(|drawing| markdown::drawing_path(drawing) == name);
        let drawing = drawing.and_then(|drawing| self.composition.drawing(drawing));
        Found::Answer(drawing.map_or(Answer::None, |drawing| Answer::File(svg::file(drawing).into_bytes())))
    }

    fn of_excel(&self, name: &str) -> Found {
        if self.composition.stale().rest {
            return Found::Stale(Stale { rest: true, ..Stale::default() });
        }
        let prices = &self.composition.publication.prices;
        if name.strip_suffix(".xlsx") != Some(&prices.stem) {
            return Found::Answer(Answer::None);
        }
        Found::Answer(answer(excel::workbook(prices).map_err(Unwritten::Other)))
    }

    fn of_json(&self, name: &str) -> Found {
        if self.composition.stale().rest {
            return Found::Stale(Stale { rest: true, ..Stale::default() });
        }
        let year = self.composition.publication.publisher.year;
        Found::Answer(match name {
            "katalog.schema.json" => Answer::File(json::file(&self.texts.data_schema())),
            _ if name == format!("katalog-{year}.json") => Answer::File(json::data(&self.texts.data())),
            _ => Answer::None,
        })
    }

    fn document(
        &self,
        stem: Option<&str>,
        write: impl FnOnce(&crate::document::Document) -> Result<Vec<u8>, Unwritten>,
    ) -> Found {
        // The stem of a document that there is one of ends in the year.
        let publication = &self.composition.publication;
        let name = |stem: &str| stem.strip_suffix(&format!("-{}", publication.publisher.year)).map(str::to_string);
        let place = stem.and_then(|stem| {
            let places = [Some(stem.to_string()), name(stem)].into_iter().flatten();
            let mut places = places.filter_map(|name| publication.place_of(&name));
            places.find(|place| publication.documents[*place].stem == stem)
        });
        match place {
            Some(place) => self.document_at(place, write),
            None => Found::Answer(Answer::None),
        }
    }

    fn document_at(
        &self,
        place: usize,
        write: impl FnOnce(&crate::document::Document) -> Result<Vec<u8>, Unwritten>,
    ) -> Found {
        if self.composition.stale().documents.contains(&place) {
            return Found::Stale(Stale { documents: [place].into(), ..Stale::default() });
        }
        made(self.composition.document(place), |document| write(document))
    }
}

fn made<T: Send + 'static>(
    made: Result<T, Vec<Diagnostic>>,
    write: impl FnOnce(&T) -> Result<Vec<u8>, Unwritten>,
) -> Found {
    Found::Answer(match made {
        Ok(made) => {
            let answer = answer(write(&made));
            waiting::let_go_aside(made);
            answer
        }
        Err(findings) => Answer::Failed(findings),
    })
}

fn answer(written: Result<Vec<u8>, Unwritten>) -> Answer {
    written.map_or_else(|unwritten| Answer::Failed(vec![failure(unwritten)]), Answer::File)
}

fn failure(unwritten: Unwritten) -> Diagnostic {
    match unwritten {
        Unwritten::Layout(mistake) => *mistake,
        Unwritten::Other(why) => Diagnostic::error(codes::TEMPLATE, Place::file("templates"), why),
    }
}
