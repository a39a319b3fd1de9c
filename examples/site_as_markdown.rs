//! Every page of a catalogue's site as Markdown, for other programs to make a site of: `site_as_markdown CONTENT DIR`.
//!
//! Used to compare them with this one, by the same pages: see `benches/compare.sh`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use katalog::compose::{Templates, compose};
use katalog::document::{Document, Metadata, Page, Publication, Texts, document_page};
use katalog::write::markdown;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [content, target] = &arguments[..] else {
        eprintln!("usage: site_as_markdown CONTENT DIR");
        return ExitCode::from(2);
    };
    match write(Path::new(content), Path::new(target)) {
        Ok(pages) => {
            println!("{pages} pages in {target}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the pages and documents of the site, by the paths that they have there. Returns how many.
fn write(content: &Path, target: &Path) -> Result<usize, String> {
    let (catalog, _) = katalog::examine(content).map_err(|failure| failure.to_string())?;
    let catalog = catalog.ok_or("katalog.yaml cannot be used")?;
    let templates = Templates::load(Path::new("")).map_err(|mistakes| format!("{mistakes:?}"))?;
    let composition = compose(&catalog, &templates).map_err(|mistakes| format!("{mistakes:?}"))?;
    let (publication, texts) = (&composition.publication, composition.texts());
    for place in 0..publication.documents.len() {
        let document = texts.document(place);
        write_page(publication, &document, &document_page(&document.name), target)?;
    }
    for place in 0..publication.pages.len() {
        let page = texts.page(place);
        let path = page.path.clone();
        write_page(publication, &as_document(page), &path, target)?;
    }
    Ok(publication.documents.len() + publication.pages.len())
}

fn as_document(page: Page) -> Document {
    let metadata = Metadata { title: page.title, summary: page.summary, ..Metadata::default() };
    Document { name: page.path.clone(), stem: page.path, metadata, blocks: page.blocks, ..Document::default() }
}

fn write_page(publication: &Publication, document: &Document, path: &str, target: &Path) -> Result<(), String> {
    let path = target.join(path).with_extension("md");
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(target)).map_err(named)?;
    fs::write(&path, markdown::document(publication, document, true)).map_err(named)
}
