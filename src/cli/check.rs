//! `katalog check`

use std::path::PathBuf;

use clap::Args;

use super::{CONTENT_HAS_ERRORS, DONE, print_findings};

/// Kontrollera innehållet utan att skriva något.
#[derive(Args)]
pub struct Arguments {
    /// Mappen med innehållet.
    #[arg(long, value_name = "MAPP", default_value = "content")]
    content: PathBuf,
    /// Låt en varning räknas som ett fel.
    #[arg(long)]
    strict: bool,
}

/// Checks; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    let (_, findings) = katalog::examine(&arguments.content);
    print_findings(&findings);
    if katalog::stops(&findings, arguments.strict) {
        return CONTENT_HAS_ERRORS;
    }
    if findings.is_empty() {
        eprintln!("Inga fel.");
    }
    DONE
}
