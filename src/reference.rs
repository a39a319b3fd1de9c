//! The region's own Word template: which file it is, and what its author is told of it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::{Cause, Diagnostic, Place, Severity, codes};
use crate::inspect::{self, Inspector};
use crate::load::{self, Folder, read_all};
use crate::paths;
use crate::resolve::Catalog;
use crate::write::word::{self, Look, Remark, StyleName, Unusable};

/// The largest file that is read: a template is some hundred kilobytes, with its pictures perhaps some megabytes.
const LARGEST: u64 = 40 << 20;

/// What Word files are set in, and what there is to say of it.
#[derive(Default)]
pub struct Reference {
    pub look: Look,
    /// What its author is told.
    pub findings: Vec<Diagnostic>,
    /// The template's file, by its name in messages.
    file: Option<(String, Vec<u8>)>,
    /// What is wrong with any document because of the template, which the findings tell.
    brought: Vec<Diagnostic>,
}

/// The template that `given` names, or else `katalog.yaml` by a path that starts in the content folder. Without either,
/// or with one that cannot be used, the built-in look, and the findings say why.
pub fn read(catalog: &Catalog, content: &Path, given: Option<&Path>) -> Reference {
    let named = catalog.catalogue.word_template.as_ref();
    let (path, place, bytes) = match (given, named) {
        (Some(path), _) => (shown(path), Place::file(shown(path)), given_bytes(path)),
        (None, Some(path)) => {
            let folder = Folder::new(content);
            (folder.shown(path), catalog.place("katalog", "wordmall"), named_bytes(&folder, path))
        }
        (None, None) => return without(catalog),
    };
    let formats = &catalog.catalogue.word_styles;
    match bytes.and_then(|bytes| Ok((Look::of(&bytes, formats)?, bytes))) {
        Ok(((look, remarks), bytes)) => {
            let (of_template, of_documents) = brought(&look, &path, &bytes);
            let mut findings: Vec<_> = remarks.into_iter().map(|remark| told(remark, &place, catalog)).collect();
            findings.extend(of_template.iter().cloned());
            findings.extend(told_of_documents(&of_documents, &path, &place));
            let brought = [of_template, of_documents].concat();
            Reference { look, findings, file: Some((path, bytes)), brought }
        }
        Err(Unusable { message, help }) => {
            let message = format!("Wordmallen {path} går inte att använda: {message}");
            let finding = Diagnostic::error(codes::WORD_TEMPLATE, place, message).with_help(help);
            Reference { findings: vec![finding], ..Reference::default() }
        }
    }
}

/// The built-in look. What `wordformat` says serves who names a template on the command line.
fn without(catalog: &Catalog) -> Reference {
    let place = catalog.place("katalog", "wordformat");
    let unknown = word::unknown_formats(&catalog.catalogue.word_styles).into_iter();
    Reference { findings: unknown.map(|remark| told(remark, &place, catalog)).collect(), ..Reference::default() }
}

impl Reference {
    /// Tells what is wrong in files and was wrong in their template, once and of the template. It is the template's
    /// owner's to mend, and keeps nothing from being published. What is told already is not told again.
    pub fn told_apart(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Some((name, bytes)) = &self.file else { return found };
        let mut found = as_in_template(&self.look, found);
        found.retain(|finding| !self.brought.iter().any(|known| is_same(known, finding)));
        if found.is_empty() {
            return found;
        }
        let (of_template, mut rest) = apart(found, &inspect::word_file(name, bytes));
        rest.extend(of_template);
        rest
    }
}

/// What is wrong with any document because of the template: what is wrong with the template itself, and the errors that
/// only the documents have, since not all of it comes along.
fn brought(look: &Look, name: &str, bytes: &[u8]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let found = as_in_template(look, Inspector::of_own_files().parts(name, &word::bare(look)));
    if found.is_empty() {
        return Default::default();
    }
    let (of_template, mut rest) = apart(found, &inspect::word_file(name, bytes));
    // What weighs less may be the bare document's own.
    rest.retain(|finding| finding.severity == Severity::Error);
    (of_template, rest)
}

/// Tells once what is wrong with the documents only. It is the template's owner's to mend, as the rest is.
fn told_of_documents(faults: &[Diagnostic], name: &str, place: &Place) -> Vec<Diagnostic> {
    let faults: BTreeSet<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    let told = |fault: &str| {
        let message = format!("Wordmallen {name} ger dokumenten ett fel som den inte har själv: {fault}");
        Diagnostic::new(codes::WORD_TEMPLATE, Severity::Warning, place.clone(), message).with_help(KEEP)
    };
    faults.into_iter().map(told).collect()
}

/// What to do about what is wrong with the documents only.
const KEEP: &str = "ta bort det ur mallen, eller låt det hänvisa till något på mallens försättssida: dess exempeltext \
                    följer inte med till dokumenten";

/// Parts those of the findings in documents that their template has, as they are told of the template, from the rest.
fn apart(found: Vec<Diagnostic>, faults: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (brought, rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|finding| faults.iter().any(|fault| is_same(fault, finding)));
    let comes_along = |fault: &&Diagnostic| brought.iter().any(|finding| is_same(fault, finding));
    let of_template =
        |fault: &Diagnostic| Diagnostic { severity: fault.severity.max(Severity::Warning), ..fault.clone() };
    (faults.iter().filter(comes_along).map(of_template).collect(), rest)
}

/// Findings in documents, in the words that they would have in the template.
fn as_in_template(look: &Look, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let named = |finding: Diagnostic| Diagnostic { message: look.as_in_template(finding.message), ..finding };
    found.into_iter().map(named).collect()
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code && one.message == other.message
}

/// The template that the command line names, which may lie anywhere.
fn given_bytes(path: &Path) -> Result<Vec<u8>, Unusable> {
    let unreadable = |error: std::io::Error| missing(None, &error);
    let (file, size) = load::open(path).map_err(unreadable)?;
    refuse_large(size)?;
    read_all(file, size).map_err(unreadable)
}

/// The template that `katalog.yaml` names, which lies in the content folder.
fn named_bytes(folder: &Folder, path: &str) -> Result<Vec<u8>, Unusable> {
    if paths::leads_out(path) {
        let message = String::from("sökvägen leder ut ur innehållsmappen");
        return Err(Unusable { message, help: HELP.to_owned() });
    }
    let unreadable = |error: std::io::Error| missing(Some(&folder.cause(&error)), &error);
    let (file, size) = folder.open(path).map_err(unreadable)?;
    refuse_large(size)?;
    read_all(file, size).map_err(unreadable)
}

fn refuse_large(size: u64) -> Result<(), Unusable> {
    if size <= LARGEST {
        return Ok(());
    }
    let message = format!("filen är större än {} MB", LARGEST >> 20);
    Err(Unusable { message, help: String::from("krympa bilderna i den") })
}

const HELP: &str =
    "ange en fil som är sparad i Word som .docx eller .dotx; en sökväg i katalog.yaml utgår från innehållsmappen";

fn missing(cause: Option<&str>, error: &std::io::Error) -> Unusable {
    let message = match (error.kind(), cause) {
        (std::io::ErrorKind::NotFound, _) => String::from("filen finns inte"),
        (_, Some(cause)) => cause.to_owned(),
        _ => format!("filen går inte att läsa: {}", Cause(error)),
    };
    Unusable { message, help: HELP.to_owned() }
}

fn told(remark: Remark, place: &Place, catalog: &Catalog) -> Diagnostic {
    let place = match &remark.format {
        Some(StyleName::Ours(key)) => catalog.place_of_key("katalog", "wordformat", key),
        Some(StyleName::Theirs(key)) => catalog.place("katalog", &format!("wordformat.{key}")),
        None => place.clone(),
    };
    Diagnostic::new(remark.code, remark.severity, place, remark.message).with_help(remark.help)
}
