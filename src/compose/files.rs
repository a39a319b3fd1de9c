//! The files that templates make, and what is wrong with their paths.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::templates::Template;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::{Document, Page, document_page};
use crate::paths;
use crate::write::html;

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
pub fn at_fault<'d>(
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
