//! `katalog freeze`

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use katalog::editions;
use katalog::load::EDITIONS;
use katalog::model::Status;

use super::{COULD_NOT_RUN, DONE, catalog_without_errors, say};

/// Frys utgåvan: spara vad den säger i utgavor/, för nästa utgåva att jämföras med.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog freeze [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
}

/// Keeps the edition in a file of its own; the contract's exit code. A file that is there is never written over.
pub fn run(arguments: &Arguments) -> u8 {
    let catalog = match catalog_without_errors(&arguments.content, "freeze", "Utgåvan är inte fryst") {
        Ok(catalog) => catalog,
        Err(code) => return code,
    };
    let frozen = editions::frozen(&catalog);
    let folder = arguments.content.join(EDITIONS);
    let path = folder.join(editions::file_name(&frozen));
    match keep(&folder, &path, &editions::written(&frozen)) {
        Ok(()) => {
            say(&format!("Utgåva {}, version {}, är fryst i {}", frozen.year, frozen.version, path.display()));
            if catalog.catalogue.edition.status != Status::Decided {
                say("  utgåvan är inte beslutad än; ta bort filen och frys på nytt om något ändras före beslutet");
            }
            DONE
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            say(&format!("katalog freeze skrev inget: {} finns redan", path.display()));
            say("  höj versionen i katalog.yaml, eller ta bort filen om utgåvan ska frysas på nytt");
            COULD_NOT_RUN
        }
        Err(error) => {
            say(&format!("katalog freeze kunde inte skriva {}: {error}", path.display()));
            COULD_NOT_RUN
        }
    }
}

/// Writes beside and then gives the file its name, so that half a file never has it.
fn keep(folder: &Path, path: &Path, text: &str) -> io::Result<()> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    std::fs::create_dir_all(folder)?;
    let beside = path.with_extension("yaml~");
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}
