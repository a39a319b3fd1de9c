//! From the tree to files: one module a format. A writer knows the tree, and nothing of services.

pub mod excel;
pub mod html;
pub mod json;
pub mod markdown;
pub mod svg;
pub mod word;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::cores;
use crate::diagnostic::Diagnostic;
use crate::document::{Publication, Texts};

/// What a document that shows made-up data says of itself.
pub const EXAMPLE_NOTICE: &str = "Detta är ett exempel. Uppgifter som ingen källa anger, bland annat priser, personer \
    och de flesta tjänster, är påhittade och får inte användas som beslutsunderlag.";

/// A file to publish: its path under the output folder and its bytes.
#[derive(Debug)]
pub struct File {
    /// With `/` between folders.
    pub path: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// What documents are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `html/`: the site.
    Html,
    /// `word/`: a file a document.
    Word,
    /// `markdown/`: a file a document.
    Markdown,
    /// `excel/`: the price list.
    Excel,
    /// `json/`: the catalogue as data, and its schema.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 5] = [Format::Html, Format::Word, Format::Markdown, Format::Excel, Format::Json];
}

/// What files are made with, beside what they say.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// The site's page layouts.
    pub layouts: &'a html::Layouts,
    /// The site's style sheet and other files, by file name.
    pub assets: &'a [(String, Vec<u8>)],
    /// What Word files look like.
    pub look: &'a word::Look,
    /// The page numbers of each document's Word file; none where they are to be estimated.
    pub pages: &'a [word::Pages],
}

/// Why a file cannot be written.
#[derive(Debug)]
pub enum Unwritten {
    /// A mistake in a page layout, which its author can mend.
    Layout(Box<Diagnostic>),
    /// Anything else, in words.
    Other(String),
}

impl From<String> for Unwritten {
    fn from(why: String) -> Unwritten {
        Unwritten::Other(why)
    }
}

/// Takes files as they are written, in any order and from several threads at a time.
pub trait Sink: Sync {
    /// A file, whose path no other has.
    fn take(&self, file: File);

    /// The parts of a Word file, for who wants to look at them: its bytes are taken as any other file's.
    fn look_at(&self, _path: &str, _parts: &[word::Part]) {}
}

/// Keeps them.
impl Sink for Mutex<Vec<File>> {
    fn take(&self, file: File) {
        self.lock().unwrap_or_else(PoisonError::into_inner).push(file);
    }
}

/// Lets go of them: it is only to be known whether they can be made.
pub struct Nowhere;

impl Sink for Nowhere {
    fn take(&self, _: File) {}
}

/// Writes the catalogue as data, where that is one of the formats.
pub fn data(publication: &Publication, texts: &dyn Texts, formats: &[Format], sink: &dyn Sink) {
    if formats.contains(&Format::Json) {
        let year = publication.publisher.year;
        sink.take(File { path: format!("json/katalog-{year}.json"), bytes: json::data(&texts.data()) });
        // Without the year, for a program to find it at the same address in every edition.
        let schema = json::file(&texts.data_schema());
        sink.take(File { path: "json/katalog.schema.json".to_string(), bytes: schema });
    }
}

/// Writes a publication in each of the formats but [`data`], a document or page at a time. The error says what cannot be
/// written, such as a broken page layout; then some files have been given to the sink, and some have not.
pub fn write(
    publication: &Publication,
    texts: &dyn Texts,
    formats: &[Format],
    means: &Means<'_>,
    sink: &dyn Sink,
) -> Result<(), Unwritten> {
    let site = html::Site::new(publication, means.layouts, means.assets, formats);
    let writer = Writer { publication, texts, formats, means, site, sink };
    // What only one core can do, of the largest documents and of the site, is done beside all that is left.
    let others = || writer.rest_of_site(&writer.pages()?).and(writer.others());
    let (documents, others) = rayon::join(|| writer.documents(), others);
    others.and(documents)
}

struct Writer<'a> {
    publication: &'a Publication,
    texts: &'a dyn Texts,
    formats: &'a [Format],
    means: &'a Means<'a>,
    site: html::Site<'a>,
    sink: &'a dyn Sink,
}

impl Writer<'_> {
    fn writes(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// Every document, in each of the formats.
    fn documents(&self) -> Result<(), Unwritten> {
        if !self.formats.iter().any(|format| matches!(format, Format::Html | Format::Word | Format::Markdown)) {
            return Ok(());
        }
        let documents = &self.publication.documents;
        let is_one_of_its_kind = |place: usize| documents[place].about.is_none();
        // All are written before any fault is picked out, so that the first at fault is told of whatever the threads do.
        let written = cores::large_first(documents.len(), is_one_of_its_kind, |place| self.document(place));
        written.into_iter().collect()
    }

    fn document(&self, place: usize) -> Result<(), Unwritten> {
        let document = &self.texts.document(place);
        let word = || {
            if self.writes(Format::Word) {
                let Means { look, pages, .. } = *self.means;
                let path = format!("word/{}.docx", document.stem);
                let parts = word::parts(look, self.publication, document, pages.get(place));
                let (bytes, ()) = rayon::join(|| word::pack(look, &parts), || self.sink.look_at(&path, &parts));
                let bytes = bytes.map_err(|too_large| format!("{path} går inte att skriva: {too_large}"))?;
                self.take(path, bytes);
            }
            Ok(())
        };
        let others = || {
            if self.writes(Format::Markdown) {
                let bytes = markdown::document(self.publication, document, self.writes(Format::Html)).into_bytes();
                self.take(format!("markdown/{}.md", document.stem), bytes);
            }
            if self.writes(Format::Html) {
                self.take_of_site(self.site.document(document, self.texts.linked_data_of_document(place))?);
            }
            Ok(())
        };
        let (word, others) = rayon::join(word, others);
        word.and(others)
    }

    /// The site's pages but for documents. Returns what is found by them.
    fn pages(&self) -> Result<Vec<html::Found>, Unwritten> {
        if !self.writes(Format::Html) {
            return Ok(Vec::new());
        }
        let page = |place: usize| {
            let page = &self.texts.page(place);
            self.take_of_site(self.site.page(page, self.texts.linked_data_of_page(place))?);
            Ok(self.site.found(page))
        };
        let found: Vec<Result<Option<html::Found>, Unwritten>> =
            (0..self.publication.pages.len()).into_par_iter().map(page).collect();
        found.into_iter().filter_map(Result::transpose).collect()
    }

    /// What the site has beside its pages.
    fn rest_of_site(&self, found: &[html::Found]) -> Result<(), Unwritten> {
        if self.writes(Format::Html) {
            self.site.rest(found)?.into_iter().for_each(|file| self.take_of_site(file));
        }
        Ok(())
    }

    /// What is written of the publication as a whole.
    fn others(&self) -> Result<(), Unwritten> {
        let Publication { pictures, drawings, drawings_of_documents, prices, .. } = self.publication;
        if self.writes(Format::Markdown) {
            drawings_of_documents.par_iter().filter_map(|name| drawings.get(name)).for_each(|(name, drawing)| {
                self.take(format!("markdown/{}", markdown::drawing_path(name)), svg::file(drawing).into_bytes());
            });
            // Its own, for the folder to be whole wherever it is put.
            pictures.iter().for_each(|(name, picture)| {
                self.take(format!("markdown/{}", markdown::picture_path(name)), picture.bytes.clone());
            });
        }
        if self.writes(Format::Excel) {
            self.take(format!("excel/{}.xlsx", prices.stem), excel::workbook(prices)?);
        }
        Ok(())
    }

    fn take(&self, path: String, bytes: Vec<u8>) {
        self.sink.take(File { path, bytes });
    }

    fn take_of_site(&self, file: File) {
        self.take(format!("html/{}", file.path), file.bytes);
    }
}
