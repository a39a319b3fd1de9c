//! From the tree to files: one module a format. A writer knows the tree, and nothing of services.

pub mod excel;
pub mod html;
pub mod json;
pub mod markdown;
pub mod svg;
pub mod word;

use rayon::prelude::*;

use crate::document::{Block, Document, Publication, walk};

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

/// Writes a publication in each of the formats. The error says what cannot be written, such as a broken page layout.
pub fn write(publication: &Publication, formats: &[Format], means: &Means<'_>) -> Result<Vec<File>, String> {
    let Means { layouts, assets, look, pages } = *means;
    let mut files = Vec::new();
    for format in formats {
        match format {
            Format::Html => {
                let site = html::site(publication, layouts, assets, formats)?;
                files.extend(site.into_iter().map(|file| File { path: format!("html/{}", file.path), ..file }));
            }
            Format::Word => {
                let write = |index: usize, document: &_| word::document(look, publication, document, pages.get(index));
                files.extend(documents(publication, "word", "docx", write));
            }
            Format::Markdown => {
                let write = |_, document: &_| markdown::document(publication, document).into_bytes();
                files.extend(documents(publication, "markdown", "md", write));
                files.extend(drawings(publication));
            }
            Format::Excel => {
                let path = format!("excel/{}.xlsx", publication.prices.stem);
                files.push(File { path, bytes: excel::workbook(&publication.prices)? });
            }
            Format::Json => {
                let path = format!("json/katalog-{}.json", publication.publisher.year);
                files.push(File { path, bytes: json::file(&publication.data) });
                // Without the year, for a program to find it at the same address in every edition.
                let path = "json/katalog.schema.json".to_string();
                files.push(File { path, bytes: json::file(&publication.data_schema) });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A file for each drawing that a Markdown document shows.
fn drawings(publication: &Publication) -> Vec<File> {
    let mut shown = std::collections::BTreeSet::new();
    for document in &publication.documents {
        walk(&document.blocks, &mut |block| {
            if let Block::Figure(figure) = block {
                shown.insert(figure.picture.as_str());
            }
        });
    }
    let shown: Vec<_> = publication.drawings.iter().filter(|(name, _)| shown.contains(name.as_str())).collect();
    let write = |(name, drawing): (&String, _)| File {
        path: format!("markdown/{}", markdown::drawing_path(name)),
        bytes: svg::file(drawing).into_bytes(),
    };
    shown.into_par_iter().map(write).collect()
}

/// A file for each document, in its own folder.
fn documents(
    publication: &Publication,
    folder: &str,
    ending: &str,
    write: impl Fn(usize, &Document) -> Vec<u8> + Sync,
) -> Vec<File> {
    let write = |(index, document): (usize, &Document)| File {
        path: format!("{folder}/{}.{ending}", document.stem),
        bytes: write(index, document),
    };
    publication.documents.par_iter().enumerate().map(write).collect()
}
