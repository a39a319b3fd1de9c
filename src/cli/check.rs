//! `katalog check`

use std::path::PathBuf;

use clap::Args;

use super::report::{ReportFormat, report};
use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN, DONE, out, print_findings, say};

/// Kontrollera innehållet utan att skriva något.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog check [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
    /// Hur fynden skrivs ut [text]: text på standard error; json, sarif eller github på standard output.
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    format: ReportFormat,
    /// Låt en varning räknas som ett fel.
    #[arg(long)]
    strict: bool,
}

/// Checks; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    let findings = match katalog::examine(&arguments.content) {
        Ok((_, findings)) => findings,
        Err(failure) => {
            say(&format!("katalog check kunde inte köras: {failure}"));
            return COULD_NOT_RUN;
        }
    };
    match report(&findings, arguments.format) {
        Some(text) => out(&text),
        None => print_findings(&findings),
    }
    if katalog::stops(&findings, arguments.strict) {
        return CONTENT_HAS_ERRORS;
    }
    if findings.is_empty() && arguments.format == ReportFormat::Text {
        say("Inga fel.");
    }
    DONE
}
