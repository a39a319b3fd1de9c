//! The region's own Word template: which file it is, and what its author is told of it.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Place, Severity, codes};
use crate::inspect;
use crate::resolve::Catalog;
use crate::write::word::{Look, Remark, Unusable};

/// The largest file that is read: a template is some hundred kilobytes, with its pictures perhaps some megabytes.
const LARGEST: u64 = 64 << 20;

/// What Word files are set in, and what there is to say of it.
#[derive(Default)]
pub struct Reference {
    pub look: Look,
    /// What its author is told.
    pub findings: Vec<Diagnostic>,
    /// The template's file, by its name in messages.
    file: Option<(String, Vec<u8>)>,
}

/// The template that `given` names, or else `katalog.yaml` by a path that starts in the content folder. Without either,
/// or with one that cannot be used, the built-in look, and the findings say why.
pub fn read(catalog: &Catalog, content: &Path, given: Option<&Path>) -> Reference {
    let named = catalog.catalogue.word_template.as_ref();
    let (path, place) = match (given, named) {
        (Some(path), _) => (path.to_path_buf(), Place::file(shown(path))),
        (None, Some(path)) => (content.join(path), catalog.place("katalog", "wordmall")),
        (None, None) => return Reference::default(),
    };
    let formats = &catalog.catalogue.word_styles;
    match bytes(&path).and_then(|bytes| Ok((Look::of(&bytes, formats)?, bytes))) {
        Ok(((look, remarks), bytes)) => Reference {
            look,
            findings: remarks.into_iter().map(|remark| told(remark, &place, catalog)).collect(),
            file: Some((shown(&path), bytes)),
        },
        Err(Unusable { message, help }) => {
            let message = format!("Wordmallen {} går inte att använda: {message}", path.display());
            let finding = Diagnostic::error(codes::WORD_TEMPLATE, place, message).with_help(help);
            Reference { findings: vec![finding], ..Reference::default() }
        }
    }
}

impl Reference {
    /// Tells what is wrong in files and was wrong in their template, once and of the template. It is the template's
    /// owner's to mend, and keeps nothing from being published.
    pub fn told_apart(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        match &self.file {
            Some((name, bytes)) if !found.is_empty() => told_apart(found, &inspect::word_file(name, bytes)),
            _ => found,
        }
    }
}

fn told_apart(found: Vec<Diagnostic>, faults: &[Diagnostic]) -> Vec<Diagnostic> {
    let (brought, mut rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|finding| faults.iter().any(|fault| is_same(fault, finding)));
    let comes_along = |fault: &&Diagnostic| brought.iter().any(|finding| is_same(fault, finding));
    let of_template =
        |fault: &Diagnostic| Diagnostic { severity: fault.severity.max(Severity::Warning), ..fault.clone() };
    rest.extend(faults.iter().filter(comes_along).map(of_template));
    rest
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code && one.message == other.message
}

fn bytes(path: &Path) -> Result<Vec<u8>, Unusable> {
    let unusable = |message: String, help: &str| Unusable { message, help: help.to_owned() };
    let size = fs::metadata(path).map(|file| file.len()).map_err(|error| missing(path, &error))?;
    if size > LARGEST {
        return Err(unusable(format!("filen är större än {} MB", LARGEST >> 20), "krympa bilderna i den"));
    }
    fs::read(path).map_err(|error| missing(path, &error))
}

fn missing(path: &Path, error: &std::io::Error) -> Unusable {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => String::from("filen finns inte"),
        _ if path.is_dir() => String::from("det är en mapp"),
        _ => format!("filen går inte att läsa ({error})"),
    };
    let help =
        "ange en fil som är sparad i Word som .docx eller .dotx; en sökväg i katalog.yaml utgår från innehållsmappen";
    Unusable { message, help: help.to_owned() }
}

fn told(remark: Remark, place: &Place, catalog: &Catalog) -> Diagnostic {
    let place = match &remark.format {
        Some(key) => catalog.place("katalog", &format!("wordformat.{key}")),
        None => place.clone(),
    };
    Diagnostic { code: remark.code, severity: remark.severity, place, message: remark.message, help: Some(remark.help) }
}
