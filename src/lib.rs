//! katalog: a service catalogue as Word, HTML and Markdown from structured source files.
//!
//! # How it is built
//!
//! Data flows one way, through stages that each know the type before them and the type after them:
//!
//! ```text
//! content/ ──load──▶ Sources ──resolve──▶ Catalog ──check──▶ findings
//!   utgavor/                                ├─editions─▶ changes
//!                                           │           │
//! templates/ ───────────────────────────────┴──compose──┴─▶ Publication ──write──▶ files ──inspect, publish──▶ output/
//!                                       documents and pages of Block / Inline,     word · html · markdown
//!                                       drawings, prices, data and its schema      excel · json
//! ```
//!
//! Up to the Catalog everything is there at once. From there on documents and pages go one by one: composing learns of
//! each what the others have to know of it (the Publication), and keeps it packed until it is to be written
//! ([`document::Texts`]); each file is inspected and put in the new tree as soon as it is written ([`write::Sink`]).
//!
//! A [`preview`] takes an edit into the Catalog where it can ([`resolve`]), and composes again only what asked the
//! catalogue for what is changed ([`resolve::asked`]); of each page it makes what someone asks for.
//!
//! [`build`] is that picture in code; Word files are set in the region's own template, and their pages are numbered by
//! whoever sets them, where there are such. The modules, in reading order:
//!
//! - [`model`]: the entities, one struct each, with the Swedish keys of their files;
//! - [`load`]: YAML to entities, every mistake of a file at its place; the stage that reads the content;
//! - [`resolve`]: unique ids, references that lead somewhere, parsed texts; makes the [`resolve::Catalog`];
//! - [`calculate`]: every figure that is worked out;
//! - [`editions`]: an edition kept in `content/utgavor/`, and compared with the next;
//! - [`check`]: the guideline as rules, one file each;
//! - [`cmdb`]: the catalogue as a CMDB keeps it, and how the two differ;
//! - [`compose`]: templates to the tree, by way of [`markdown`] and [`draw`], and from the catalogue what no template
//!   makes: the data for other programs with its JSON Schema, what pages say to machines, and what they are found by;
//! - `templating`: what the template engine makes and says;
//! - [`document`]: the tree;
//! - `office`: Word files as anyone may have written them, read for a template and for an inspection;
//! - `reference`: the region's own Word template, which Word files are set in;
//! - [`mod@write`]: the tree to files, one module a format; the site has search, feed and site map beside its pages;
//! - [`mod@paginate`]: the page numbers of Word files, from LibreOffice where it is;
//! - [`inspect`]: what is wrong with a Word file, ours before it is published or anyone's;
//! - [`preview`]: the files as they would be published, made when someone asks for one, while the sources are edited;
//! - `outlet`: files from the writers to the inspection and to the tree that is to be published, as they come;
//! - [`mod@publish`]: files to the output folder, all or nothing, by the names that `paths` lets them have;
//! - [`explain`]: every rule in words, from the records of [`check`] and [`inspect`];
//! - [`records`]: what there is to know of every code that a finding can have;
//! - [`diagnostic`], [`text`], [`letters`] and `color`: what an author is told, how Swedish is written, how wide it is,
//!   and which colours can be read; `cores`: how work is shared out among the cores; and `waiting`: what the preview gives up
//!   when someone waits for something else.
//!
//! # What always holds
//!
//! - A stage calls no earlier stage. Before and after resolving are different types, so later code cannot meet a
//!   dangling reference.
//! - No figure is worked out in a template or a rule: both ask [`calculate`].
//! - Entities are plain data. Places are found when a finding needs one, from the key's path.
//! - Mistakes in content are values, and are collected: an author sees all of them in one run. What is broken, and what
//!   refers to it, is left out of the catalogue that the rules see; what only has a key too many is there, and no rule
//!   asks for what it lacks. [`build`] composes only without errors,
//!   and publishes only Word files in which [`inspect`] finds none but what their template brings.
//! - Nothing is dropped in silence: a file of no kind, a key that no entity has, a chapter that no template asks for,
//!   Markdown that the tree has no node for are findings.
//! - Text that is not markup is escaped at one place per format. Raw HTML in content never reaches a page.
//! - Same input, same bytes: sorted reads, ordered maps, no clock; rayon maps and collects in order, and files are written
//!   in any order, each to a path of its own.

pub mod calculate;
pub mod check;
pub mod cmdb;
mod color;
pub mod compose;
mod cores;
pub mod diagnostic;
pub mod document;
pub mod draw;
pub mod editions;
pub mod explain;
pub mod inspect;
pub mod letters;
pub mod load;
pub mod markdown;
pub mod model;
mod office;
mod outlet;
pub mod paginate;
mod paths;
pub mod preview;
pub mod publish;
pub mod records;
mod reference;
pub mod resolve;
mod templating;
#[cfg(test)]
mod testing;
pub mod text;
mod waiting;
pub mod write;

use std::path::{Path, PathBuf};

use compose::Templates;
use diagnostic::{Diagnostic, Severity};
use paginate::Pagination;
use publish::Output;
use reference::Reference;
use resolve::Catalog;
use write::{Format, Means, Sink, Unwritten};

/// Where a build reads and writes, and what it writes.
#[derive(Debug, Clone)]
pub struct Options {
    /// The content folder.
    pub content: PathBuf,
    /// The folder of templates; the built-in ones serve where there is none.
    pub templates: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// The Word template of the Word files; else that of `katalog.yaml`, else the built-in look.
    pub reference: Option<PathBuf>,
    /// What to write.
    pub formats: Vec<Format>,
    /// Who sets the pages of Word files, to number them.
    pub pagination: Pagination,
    /// Told what is being done when it takes a while.
    pub progress: fn(&str),
    /// Whether a warning stops the build as an error does.
    pub strict: bool,
}

/// How a build went.
#[derive(Debug)]
pub enum Outcome {
    /// Everything is published.
    Published {
        /// How many files.
        files: usize,
        /// Where the page numbers of Word files are from; `None` without Word files.
        pages: Option<paginate::Source>,
        /// What someone had changed in the output.
        set_aside: Vec<publish::SetAside>,
    },
    /// The content, a template or what would come of them has errors; the earlier output stands.
    Refused,
    /// The same of `katalog.yaml`, or of what it refers to, so that no rule of the guideline has been asked.
    Unasked,
}

/// Why a build could not run. The earlier output stands.
#[derive(Debug)]
pub enum Failure {
    /// There is no content folder where it was looked for.
    NoContent(PathBuf),
    /// The system cannot read the content: what and why.
    Read(String),
    /// The system gives no more threads.
    Threads,
    /// A file cannot be made: what it is and why.
    Write(String),
    /// LibreOffice was to set the pages, and cannot.
    Pages(String),
    /// The files could not be put in place.
    Publish(publish::Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::NoContent(path) if path.exists() => write!(
                f,
                "{} är ingen mapp; ange innehållsmappen med --content, eller gå till mappen som innehåller den",
                path.display()
            ),
            Failure::NoContent(path) => write!(
                f,
                "innehållsmappen {} finns inte; ange den med --content, eller gå till mappen som innehåller den",
                path.display()
            ),
            Failure::Read(message) | Failure::Write(message) => f.write_str(message),
            Failure::Threads => f.write_str(
                "systemet låter inte programmet starta någon tråd till; höj gränsen för hur många processer användaren får \
                 ha (ulimit -u), eller avsluta några",
            ),
            Failure::Pages(message) => {
                write!(f, "sidnumren går inte att räkna fram: {message}; utan --paginate uppskattas de")
            }
            Failure::Publish(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

/// Publishes the catalogue, and returns its findings. Fails when there is nothing to read or no way to write.
pub fn build(options: &Options) -> Result<(Outcome, Vec<Diagnostic>), Failure> {
    let folders = [options.content.as_path(), options.templates.as_path()];
    let inputs: Vec<&Path> = folders.into_iter().chain(options.reference.as_deref()).collect();
    publish::put_back(&options.output, &inputs).map_err(Failure::Publish)?;
    let (catalog, mut findings) = read(&options.content)?;
    let mut reference = match &catalog {
        Some(catalog) if options.formats.contains(&Format::Word) => {
            reference::read(catalog, &options.content, options.reference.as_deref())
        }
        _ => Reference::default(),
    };
    findings.append(&mut reference.findings);
    diagnostic::sort(&mut findings);
    let Some(catalog) = catalog else { return Ok((Outcome::Unasked, findings)) };
    if stops(&findings, options.strict) {
        return Ok((Outcome::Refused, findings));
    }
    // From here on, so that no build that read an older content comes after this one.
    let output = Output::claim(&options.output, &inputs).map_err(Failure::Publish)?;
    output.refuse_others(|path| !cmdb::is_exported(path)).map_err(Failure::Publish)?;
    let refused = |mut findings: Vec<Diagnostic>, mistakes| {
        findings.extend(mistakes);
        Ok((Outcome::Refused, findings))
    };
    let templates = match Templates::load(&options.templates) {
        Ok(templates) => templates,
        Err(mistakes) => return refused(findings, mistakes),
    };
    findings.extend(compose::unused(&catalog, &templates));
    diagnostic::sort(&mut findings);
    if stops(&findings, options.strict) {
        return Ok((Outcome::Refused, findings));
    }
    let mut composition = match compose::compose(&catalog, &templates) {
        Ok(composition) => composition,
        Err(mistakes) => return refused(findings, mistakes),
    };
    let layouts = match write::html::Layouts::new(&templates.layouts, &templates.shown) {
        Ok(layouts) => layouts,
        Err(mistake) => return refused(findings, vec![*mistake]),
    };
    let numbers = if options.formats.contains(&Format::Word) {
        let (publication, texts) = (&composition.publication, composition.texts());
        let numbers = paginate::paginate(&reference.look, publication, &texts, options.pagination, options.progress);
        Some(numbers.map_err(Failure::Pages)?)
    } else {
        None
    };
    let pages = numbers.as_ref().map_or(&[][..], |numbers| &numbers.pages);
    let means = Means { layouts: &layouts, assets: &templates.assets, look: &reference.look, pages };
    let write = |sink: &dyn Sink| {
        write::data(&composition.publication, &composition.texts(), &options.formats, sink);
        composition.give_up_values();
        write::write(&composition.publication, &composition.texts(), &options.formats, &means, sink)
    };
    let (new, inspected) = match outlet::fill(&output, options, write) {
        Ok(filled) => filled,
        Err(outlet::Unfilled::Layout(mistake)) => return refused(findings, vec![*mistake]),
        Err(outlet::Unfilled::Failure(failure)) => return Err(failure),
    };
    findings.extend(reference.told_apart(inspected));
    if stops(&findings, options.strict) {
        return Ok((Outcome::Refused, findings));
    }
    let files = new.count();
    let set_aside = new.finish().map_err(Failure::Publish)?;
    let pages = numbers.map(|numbers| numbers.source);
    // Who builds has no more to do: to take everything apart first would be a twentieth of the time.
    std::mem::forget(composition);
    std::mem::forget((templates, catalog));
    Ok((Outcome::Published { files, pages, set_aside }, findings))
}

/// Loads, resolves and checks a content folder, and the Word template that it names. There is no catalogue where
/// `katalog.yaml`, or what it refers to, cannot be used, and no rule of the guideline has been asked then. Fails
/// when there is no such folder.
pub fn examine(content: &Path) -> Result<(Option<Catalog>, Vec<Diagnostic>), Failure> {
    let (catalog, mut findings) = read(content)?;
    if let Some(catalog) = &catalog {
        findings.extend(reference::read(catalog, content, None).findings);
        diagnostic::sort(&mut findings);
    }
    Ok((catalog, findings))
}

/// The same, and why the templates cannot be read. Of content without errors also what no template asks for, and what
/// goes wrong when it is put in templates that are not built in.
pub fn examine_with(content: &Path, templates: &Path) -> Result<(Option<Catalog>, Vec<Diagnostic>), Failure> {
    let (catalog, mut findings) = examine(content)?;
    let is_sound = !stops(&findings, false);
    match (Templates::load(templates), catalog.as_ref().filter(|_| is_sound)) {
        (Err(mistakes), _) => findings.extend(mistakes),
        (Ok(templates), Some(catalog)) => {
            findings.extend(compose::unused(catalog, &templates));
            findings.extend(mistakes_of_own(catalog, &templates)?);
        }
        (Ok(_), None) => {}
    }
    diagnostic::sort(&mut findings);
    Ok((catalog, findings))
}

/// What goes wrong when templates make what a build would write. The built-in ones are known to be sound: to compose takes
/// many times as long as to check.
fn mistakes_of_own(catalog: &Catalog, templates: &Templates) -> Result<Vec<Diagnostic>, Failure> {
    if !templates.has_own() {
        return Ok(Vec::new());
    }
    let layouts = write::html::Layouts::new(&templates.layouts, &templates.shown).map_err(|mistake| vec![*mistake]);
    let (layouts, composition) = match (layouts, compose::compose_to_look_at(catalog, templates)) {
        (Ok(layouts), Ok(composition)) => (layouts, composition),
        (layouts, composed) => return Ok([layouts.err(), composed.err()].into_iter().flatten().flatten().collect()),
    };
    if !templates.has_own_layouts() {
        return Ok(Vec::new());
    }
    let look = Reference::default().look;
    let means = Means { layouts: &layouts, assets: &templates.assets, look: &look, pages: &[] };
    match write::write(&composition.publication, &composition.texts(), &[Format::Html], &means, &write::Nowhere) {
        Err(Unwritten::Layout(mistake)) => Ok(vec![*mistake]),
        Err(Unwritten::Other(why)) => Err(Failure::Write(why)),
        Ok(()) => Ok(Vec::new()),
    }
}

/// Loads, resolves and checks a content folder.
fn read(content: &Path) -> Result<(Option<Catalog>, Vec<Diagnostic>), Failure> {
    if !content.is_dir() {
        return Err(Failure::NoContent(content.to_path_buf()));
    }
    let (sources, mut findings) = load::load(content).map_err(Failure::Read)?;
    let (catalog, unresolved) = resolve::resolve(sources);
    findings.extend(unresolved);
    if let Some(catalog) = &catalog {
        findings.extend(check::check(catalog));
    }
    diagnostic::sort(&mut findings);
    Ok((catalog, findings))
}

/// Whether the findings keep a catalogue from being published.
pub fn stops(findings: &[Diagnostic], strict: bool) -> bool {
    findings.iter().any(|finding| match finding.severity {
        Severity::Error => true,
        Severity::Warning => strict,
        Severity::Info => false,
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fmt::Write;
    use std::fs;
    use std::time::Duration;

    use crate::testing::processor_time;

    /// So many services, half of them in files of their own and half in one list, with three mistakes each.
    fn content(services: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut list = String::new();
        fs::create_dir(folder.path().join("tjanster")).unwrap();
        for at in 0..services {
            let keys = [
                format!("namn: Tjänst {at}"),
                format!("produkter: [borta-{}]", at % 10),
                "okänd: x".to_string(),
                "beskrivning: Se [[borta]].".to_string(),
            ];
            if at % 2 == 0 {
                fs::write(folder.path().join(format!("tjanster/tjanst-{at}.yaml")), keys.join("\n")).unwrap();
            } else {
                writeln!(list, "- id: tjanst-{at}\n  {}", keys.join("\n  ")).unwrap();
            }
        }
        fs::write(folder.path().join("tjanster.yaml"), list).unwrap();
        let catalogue = "organisation: A\nenhet: B\nutgåva: {år: 2027, version: \"1\", status: utkast}\n\
            kontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 256}\n";
        fs::write(folder.path().join("katalog.yaml"), catalogue).unwrap();
        folder
    }

    /// What examining takes of one core, whatever else the machine does; the least of some runs.
    fn work(services: usize) -> Duration {
        let content = content(services);
        let examine = || {
            let before = processor_time();
            let (_, findings) = super::examine(content.path()).unwrap();
            // The rules find more, which is as much for each.
            let mistakes = findings.iter().filter(|finding| finding.code <= super::diagnostic::codes::TEMPLATE);
            assert_eq!(mistakes.count(), 3 * services);
            processor_time() - before
        };
        let one_core = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        (0..3).map(|_| one_core.install(examine)).min().unwrap()
    }

    #[test]
    fn the_work_grows_as_the_catalogue_does() {
        let (small, large) = (work(150), work(2_400));
        // Sixteen times as much is sixteen times the work; were each finding looked for among all, it would be 60.
        assert!(large < small * 32, "{small:?} for 150 services, {large:?} for 2 400");
    }
}
