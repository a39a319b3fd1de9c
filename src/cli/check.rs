//! `katalog check`

use std::path::{Path, PathBuf};

use clap::Args;
use katalog::diagnostic::Diagnostic;
use katalog::load;
use rayon::prelude::*;

use super::report::{ReportFormat, report};
use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN, DONE, UNASKED, out, print_findings, say, templates_folder};

/// Kontrollera innehållet, eller Word-filer, utan att skriva något.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog check [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true, conflicts_with = "word")]
    content: PathBuf,
    /// Mappen med mallar [templates]; de inbyggda används för det som inte finns där.
    #[arg(long, value_name = "MAPP")]
    templates: Option<PathBuf>,
    /// En eller flera Word-filer att kontrollera i stället för innehållet: att de är hela, att länkarna leder rätt och
    /// att de är tillgängliga.
    #[arg(long, value_name = "FIL", num_args = 1..)]
    word: Vec<PathBuf>,
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
    let found = findings(arguments);
    let to_report = found.as_ref().map(|(findings, _)| findings.as_slice());
    let report = report(to_report.map_err(String::as_str), arguments.format);
    let printed = report.as_deref().map_or(DONE, out);
    let (findings, is_asked) = match found {
        Ok(found) => found,
        Err(failure) => {
            say(&format!("katalog check kunde inte köras: {failure}"));
            return COULD_NOT_RUN;
        }
    };
    let printed = if report.is_none() { print_findings(&findings) } else { printed };
    if !is_asked && arguments.format == ReportFormat::Text {
        say(UNASKED);
    }
    if printed != DONE {
        return printed;
    }
    if katalog::stops(&findings, arguments.strict) {
        return CONTENT_HAS_ERRORS;
    }
    if findings.is_empty() && arguments.format == ReportFormat::Text {
        say("Inga fel.");
    }
    DONE
}

/// What is wrong with the content, or with the Word files that are named, and whether all that is asked of it has been.
/// Fails with why it cannot be known.
fn findings(arguments: &Arguments) -> Result<(Vec<Diagnostic>, bool), String> {
    if arguments.word.is_empty() {
        let templates = templates_folder(arguments.templates.as_deref())?;
        let (catalog, findings) =
            katalog::examine_with(&arguments.content, &templates).map_err(|failure| failure.to_string())?;
        let is_asked = catalog.is_some();
        // The program ends soon: to take the catalogue apart first would be a tenth of its time.
        std::mem::forget(catalog);
        return Ok((findings, is_asked));
    }
    let found: Result<Vec<_>, String> = arguments.word.par_iter().map(|path| inspect(path)).collect();
    Ok((found?.concat(), true))
}

fn inspect(path: &Path) -> Result<Vec<Diagnostic>, String> {
    let bytes = load::word_file(path)?;
    Ok(katalog::inspect::word_file(&path.display().to_string(), &bytes))
}
