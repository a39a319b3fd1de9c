//! `katalog freeze`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use katalog::diagnostic::Cause;
use katalog::editions;
use katalog::load::EDITIONS;
use katalog::model::Status;

use super::{COULD_NOT_RUN, DONE, catalog_even_rewritten, say};

/// Frys utgåvan: spara vad den säger i utgavor/, för nästa utgåva att jämföras med.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog freeze [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
}

/// What to do about an edition that is frozen already.
const HIGHER: &str = "  höj versionen i katalog.yaml, eller ta bort filen om utgåvan ska frysas på nytt";

/// Keeps the edition in a file of its own; the contract's exit code. A file that is there is never written over.
pub fn run(arguments: &Arguments) -> u8 {
    let catalog = match catalog_even_rewritten(&arguments.content, "freeze", "Utgåvan är inte fryst") {
        Ok(catalog) => catalog,
        Err(code) => return code,
    };
    let frozen = editions::frozen(&catalog);
    let folder = arguments.content.join(EDITIONS);
    let path = folder.join(editions::file_name(&frozen));
    // Its file may have got another name since. Frozen once more, the edition could not be compared with any more.
    if !path.exists() && editions::own(&catalog).is_some() {
        let (year, version, folder) = (frozen.year, &frozen.version, folder.display());
        say(&format!("katalog freeze skrev inget: utgåva {year}, version {version}, är redan fryst i {folder}"));
        say(HIGHER);
        return COULD_NOT_RUN;
    }
    match keep(&folder, &path, &editions::written(&frozen)) {
        Ok(forced) => {
            say(&format!("Utgåva {}, version {}, är fryst i {}", frozen.year, frozen.version, path.display()));
            if let Err(error) = forced {
                say(&format!(
                    "  filen är hel, men kanske inte säkert sparad än: {} går inte att skriva till disken: {}; \
                     se efter att den finns kvar om datorn har stannat",
                    folder.display(),
                    Cause(&error)
                ));
                return COULD_NOT_RUN;
            }
            if catalog.catalogue.edition.status != Status::Decided {
                say("  utgåvan är inte beslutad än; ta bort filen och frys på nytt om något ändras före beslutet");
            }
            DONE
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            say(&format!("katalog freeze skrev inget: {} finns redan", path.display()));
            say(HIGHER);
            COULD_NOT_RUN
        }
        Err(error) => {
            say(&format!("katalog freeze kunde inte skriva {}: {}", path.display(), Cause(&error)));
            COULD_NOT_RUN
        }
    }
}

/// What the name of a file begins and ends with while it is written.
const BESIDE: (&str, &str) = (".katalog-", ".ny");

/// Writes beside and then gives the file its name, so that half a file never has it. It is forced to the disk: nobody can
/// make it again once the content has changed. The result of a file that is written is whether its name could be forced.
fn keep(folder: &Path, path: &Path, text: &str) -> io::Result<io::Result<()>> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // What has the folder's name and is none, as a link that leads nowhere, is not the edition that is there already.
    fs::create_dir_all(folder).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
        _ => error,
    })?;
    clear_up(folder, text);
    let mut beside = tempfile::Builder::new();
    beside.prefix(BESIDE.0).suffix(BESIDE.1);
    // As anyone's new file, and not for its owner only.
    #[cfg(unix)]
    beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = beside.tempfile_in(folder)?;
    // Where the file system has no locks, nobody takes it away either.
    let _ = beside.as_file().try_lock();
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(force_names(folder))
}

/// Forces the names in a folder to the disk, where the file system does that by the folder.
fn force_names(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    fs::File::open(folder)?.sync_all().or_else(|error| match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => Ok(()),
        _ => Err(error),
    })
}

/// Removes what a run that was killed has left of the same text: nothing is lost with it, and nobody is writing it.
fn clear_up(folder: &Path, text: &str) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_left = |name: &str| name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1);
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_left)) {
        let path = entry.path();
        let is_file = entry.file_type().is_ok_and(|found| found.is_file());
        let Some(file) = is_file.then(|| fs::File::open(&path).ok()).flatten() else { continue };
        // An empty one may be that of a run that has just begun, which holds it a moment later.
        let is_begun = |held: &[u8]| text.as_bytes().starts_with(held) && (!held.is_empty() || is_old(&file));
        if file.try_lock().is_ok() && fs::read(&path).is_ok_and(|held| is_begun(&held)) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether nobody has written to a file for a minute.
fn is_old(file: &fs::File) -> bool {
    let changed = file.metadata().and_then(|found| found.modified());
    changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age > Duration::from_secs(60)))
}
