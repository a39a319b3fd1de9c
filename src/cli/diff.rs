//! `katalog diff`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use katalog::editions::{self, Changes};
use katalog::load::EDITIONS;

use super::{COULD_NOT_RUN, DONE, catalog_without_errors, out, say};

/// Visa vad som har ändrats sedan den senast frysta utgåvan.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog diff [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
}

/// Prints the changes; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    let catalog = match catalog_without_errors(&arguments.content, "diff", "Utgåvorna är inte jämförda") {
        Ok(catalog) => catalog,
        Err(code) => return code,
    };
    match editions::changes(&catalog) {
        Some(changes) => {
            out(&told(&changes));
            DONE
        }
        None => {
            let folder = arguments.content.join(EDITIONS);
            say(&format!("katalog diff kunde inte köras: ingen tidigare utgåva är fryst i {}", folder.display()));
            say("  kör katalog freeze när en utgåva är beslutad, innan nästa börjar skrivas");
            COULD_NOT_RUN
        }
    }
}

/// The changes as lines of text.
fn told(changes: &Changes) -> String {
    let mut out = format!("Ändringar sedan utgåva {}, version {}\n", changes.since.year, changes.since.version);
    for entry in changes.entries.iter().filter(|entry| entry.is_new) {
        let _ = writeln!(out, "\n+ {} ({}): ny", entry.name, entry.kind);
    }
    for entry in &changes.removed {
        let _ = writeln!(out, "\n- {} ({}): borttagen", entry.name, entry.kind);
    }
    for entry in changes.entries.iter().filter(|entry| !entry.differences.is_empty()) {
        let _ = writeln!(out, "\n~ {} ({})", entry.name, entry.kind);
        for difference in &entry.differences {
            let _ = writeln!(out, "    {difference}");
        }
    }
    let same = changes.entries.iter().filter(|entry| !entry.is_new && entry.differences.is_empty()).count();
    let _ = writeln!(out, "\n{same} är som de var.");
    out
}
