//! `katalog build`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use katalog::paginate::Pagination;
use katalog::write::Format;
use katalog::{Options, Outcome};

use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN, DONE, UNASKED, print_findings, print_warnings, say, templates_folder};

/// Publicera katalogen: webbplats, Word, Markdown, Excel och JSON.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog build [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
    /// Mappen med mallar [templates]; de inbyggda används för det som inte finns där.
    #[arg(long, value_name = "MAPP")]
    templates: Option<PathBuf>,
    /// Mappen som resultatet skrivs till [output].
    #[arg(long, value_name = "MAPP", default_value = "output", hide_default_value = true)]
    output: PathBuf,
    /// Format att skriva, med komma mellan: html, word, markdown, excel, json; alla om inget anges.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', hide_possible_values = true)]
    format: Vec<FormatName>,
    /// Wordmall (.docx eller .dotx) vars formatmallar, sidor, sidhuvud, sidfot och försättssida Word-filerna får; går
    /// före wordmall i katalog.yaml. Utan mall används det inbyggda utseendet.
    #[arg(long, value_name = "FIL")]
    reference: Option<PathBuf>,
    /// Vem som räknar fram sidnumren i Word [auto]: auto (LibreOffice om det finns), libreoffice eller estimate
    /// (uppskattning); utan värde libreoffice.
    #[arg(
        long,
        value_name = "VEM",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_value = "auto",
        default_missing_value = "libreoffice",
        hide_default_value = true,
        hide_possible_values = true
    )]
    paginate: PaginationName,
    /// Låt en varning stoppa som ett fel.
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Html,
    Word,
    Markdown,
    Excel,
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Format {
        match name {
            FormatName::Html => Format::Html,
            FormatName::Word => Format::Word,
            FormatName::Markdown => Format::Markdown,
            FormatName::Excel => Format::Excel,
            FormatName::Json => Format::Json,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum PaginationName {
    Auto,
    Libreoffice,
    Estimate,
}

impl From<PaginationName> for Pagination {
    fn from(name: PaginationName) -> Pagination {
        match name {
            PaginationName::Auto => Pagination::Automatic,
            PaginationName::Libreoffice => Pagination::LibreOffice,
            PaginationName::Estimate => Pagination::Estimate,
        }
    }
}

/// Builds; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    let mut formats: Vec<Format> = arguments.format.iter().copied().map(Format::from).collect();
    formats.sort();
    formats.dedup();
    if formats.is_empty() {
        formats = Format::ALL.to_vec();
    }
    let could_not_run = |failure: String| {
        say(&format!("katalog build kunde inte köras: {failure}"));
        COULD_NOT_RUN
    };
    let templates = match templates_folder(arguments.templates.as_deref()) {
        Ok(templates) => templates,
        Err(failure) => return could_not_run(failure),
    };
    let options = Options {
        content: arguments.content.clone(),
        templates,
        output: arguments.output.clone(),
        reference: arguments.reference.clone(),
        formats,
        pagination: arguments.paginate.into(),
        progress: say,
        strict: arguments.strict,
    };
    match katalog::build(&options) {
        Ok((outcome, findings)) => {
            let mut printed = print_findings(&findings);
            if matches!(outcome, Outcome::Unasked) {
                say(UNASKED);
            }
            let code = match outcome {
                Outcome::Published { files, pages, set_aside } => {
                    let set_aside: Vec<String> = set_aside.iter().map(ToString::to_string).collect();
                    printed = printed.max(print_warnings(&set_aside));
                    if let Some(source) = pages {
                        say(&source.to_string());
                    }
                    let word = if files == 1 { "fil" } else { "filer" };
                    say(&format!("{files} {word} i {}", arguments.output.display()));
                    DONE
                }
                Outcome::Refused | Outcome::Unasked => {
                    say(&format!("Inget är skrivet; {} är som den var.", arguments.output.display()));
                    CONTENT_HAS_ERRORS
                }
            };
            // What nobody could read is not as if there were nothing to tell.
            if printed == DONE { code } else { printed }
        }
        Err(failure) => could_not_run(failure.to_string()),
    }
}
