//! The commands, one module each.

mod build;
mod check;
mod diff;
mod explain;
mod export;
mod freeze;
mod report;
mod serve;
mod threads;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, Parser, Subcommand};
use katalog::check::EDITION_REWRITTEN;
use katalog::diagnostic::{self, Cause, Code, Diagnostic};
use katalog::resolve::Catalog;
use katalog::text::{did_you_mean, shown_in_line, with_short_quotes};

/// Done; there may be warnings.
const DONE: u8 = 0;
/// The content has errors.
const CONTENT_HAS_ERRORS: u8 = 1;
/// It could not run.
const COULD_NOT_RUN: u8 = 2;

/// Publicerar en tjänstekatalog som Word, HTML och Markdown från strukturerade källfiler.
#[derive(Parser)]
#[command(
    name = "katalog",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    help_template = HELP,
    override_usage = "katalog <KOMMANDO>",
    subcommand_help_heading = "Kommandon",
    subcommand_value_name = "KOMMANDO",
    next_help_heading = "Val"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Visa hjälpen.
    #[arg(short, long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Visa programmets version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// How help is laid out; the library's own headings are English.
const HELP: &str = "{about-with-newline}\nAnvändning: {usage}\n\n{all-args}";

#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Freeze(freeze::Arguments),
    Diff(diff::Arguments),
    Export(export::Arguments),
    Explain(explain::Arguments),
    Serve(serve::Arguments),
    #[command(flatten)]
    ToCome(ToCome),
}

/// Commands whose names are settled, and which do not exist yet.
#[derive(Subcommand)]
enum ToCome {
    /// (Kommer) Lägg upp en ny katalog.
    #[command(override_usage = "katalog init")]
    Init(Anything),
    /// (Kommer) Lägg till en tjänst, produkt eller annan post.
    #[command(override_usage = "katalog new")]
    New(Anything),
    /// (Kommer) Hämta in data från Word och Excel.
    #[command(override_usage = "katalog import")]
    Import(Anything),
    /// (Kommer) Skriv scheman för redigeraren.
    #[command(override_usage = "katalog schema")]
    Schema(Anything),
}

/// Whatever a command to come is given: what is wrong is that there is no such command yet.
#[derive(Args)]
#[command(help_template = HELP, next_help_heading = "Val")]
struct Anything {
    #[arg(hide = true, allow_hyphen_values = true)]
    _given: Vec<OsString>,
}

impl ToCome {
    fn name(&self) -> &'static str {
        match self {
            ToCome::Init(_) => "init",
            ToCome::New(_) => "new",
            ToCome::Import(_) => "import",
            ToCome::Schema(_) => "schema",
        }
    }
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    #[cfg(unix)]
    outlive_large_files();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(refuse(&error)),
    };
    if let Err(why) = threads::start() {
        say(&format!("katalog kunde inte köras: {why}"));
        return ExitCode::from(COULD_NOT_RUN);
    }
    let code = match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Freeze(arguments) => freeze::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::ToCome(command) => {
            say(&format!("katalog {} finns inte än", command.name()));
            COULD_NOT_RUN
        }
    };
    ExitCode::from(code)
}

/// Lets a file that is larger than is allowed be an error that names it: the signal for it would end the program.
#[cfg(unix)]
fn outlive_large_files() {
    let _ = signal_hook::flag::register(signal_hook::consts::signal::SIGXFSZ, Arc::default());
}

/// Says what is wrong with the arguments; help and version are asked for, and nothing wrong.
fn refuse(error: &clap::Error) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return printed(error.print());
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return COULD_NOT_RUN;
    }
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.replace("...", " …"),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let (argument, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("kommandot ”{}” finns inte", told(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument if !argument.starts_with('-') => format!("kommandot tar inte emot ”{argument}”"),
        ErrorKind::UnknownArgument => format!("valet ”{argument}” finns inte"),
        ErrorKind::InvalidValue if value.is_empty() => format!("valet {argument} saknar sitt värde"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("värdet ”{value}” kan inte ges till {argument}")
        }
        ErrorKind::MissingRequiredArgument => format!("det saknas {argument}"),
        ErrorKind::ArgumentConflict => match told(ContextKind::PriorArg) {
            prior if prior == argument => format!("valet {argument} är angivet mer än en gång"),
            prior => format!("{argument} kan inte anges tillsammans med {prior}"),
        },
        ErrorKind::TooManyValues => format!("valet {argument} tar inget värde, men har fått ”{value}”"),
        ErrorKind::InvalidUtf8 => "ett argument är inte skrivet i UTF-8".to_string(),
        _ => "argumenten går inte att förstå".to_string(),
    };
    say(&format!("katalog: {message}"));
    let suggestions = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let mut near: Vec<String> = suggestions.into_iter().map(told).filter(|text| !text.is_empty()).collect();
    if let (true, Some(ContextValue::Strings(values))) = (near.is_empty(), error.get(ContextKind::ValidValue)) {
        near.extend(did_you_mean(&value, values.iter().map(String::as_str)).map(str::to_string));
    }
    if matches!(&*told(ContextKind::InvalidSubcommand), "help" | "hjälp") {
        near = vec!["--help".to_string()];
    }
    if error.kind() == ErrorKind::UnknownArgument && !argument.starts_with('-') {
        say("  mappen med innehållet anges med --content");
    } else if !near.is_empty() {
        say(&format!("  menade du {}?", near.join(" ")));
    } else if !told(ContextKind::ValidValue).is_empty() {
        say(&format!("  värden som finns: {}", told(ContextKind::ValidValue)));
    } else if error.kind() == ErrorKind::ValueValidation {
        // The only value that is no word of ours and no path.
        say(&format!("  ange ett tal från 0 till {}", u16::MAX));
    }
    say("  katalog --help visar vad som finns");
    COULD_NOT_RUN
}

/// The folder of templates. The one that is looked for need not be there; one that is named has to be.
fn templates_folder(named: Option<&Path>) -> Result<PathBuf, String> {
    match named {
        Some(folder) if !folder.exists() => Err(format!(
            "mallmappen {} finns inte; rätta --templates, eller utelämna det för att använda de inbyggda mallarna",
            folder.display()
        )),
        named => Ok(named.unwrap_or(Path::new("templates")).to_path_buf()),
    }
}

/// Prints a line to standard error, whatever breaks of lines a name or a path in it has.
fn say(line: &str) {
    say_lines(&shown_in_line(&with_short_quotes(line.to_string())));
}

/// Prints lines to standard error that nothing in them has forged. A reader that has gone away is no reason to fail.
fn say_lines(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints to standard output, for other programs to read; the contract's exit code.
fn out(text: &str) -> u8 {
    printed(io::stdout().write_all(text.as_bytes()))
}

/// The contract's exit code of what went to standard output, after telling why if it could not. A reader that has gone
/// away has read what it wanted.
fn printed(written: io::Result<()>) -> u8 {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(&format!("utskriften går inte att skriva: {}", Cause(&error)));
            COULD_NOT_RUN
        }
        _ => DONE,
    }
}

/// The catalogue of a content folder for a command that needs it whole, else the contract's exit code after telling why:
/// `undone` says what has not been done.
fn catalog_without_errors(content: &Path, command: &str, undone: &str) -> Result<Catalog, u8> {
    catalog_stopped_by(content, command, undone, |_| true)
}

/// The same for a command that is asked for where the edition has been rewritten, to show it or to say what to do.
fn catalog_even_rewritten(content: &Path, command: &str, undone: &str) -> Result<Catalog, u8> {
    catalog_stopped_by(content, command, undone, |code| code != EDITION_REWRITTEN)
}

/// The same, where errors of some codes stop the command.
fn catalog_stopped_by(content: &Path, command: &str, undone: &str, is_told: fn(Code) -> bool) -> Result<Catalog, u8> {
    let (catalog, mut findings) = katalog::examine(content).map_err(|failure| {
        say(&format!("katalog {command} kunde inte köras: {failure}"));
        COULD_NOT_RUN
    })?;
    findings.retain(|finding| is_told(finding.code));
    let is_asked = catalog.is_some();
    catalog.filter(|_| !katalog::stops(&findings, false)).ok_or_else(|| {
        print_findings(&findings);
        if !is_asked {
            say(UNASKED);
        }
        say(&format!("{undone}: innehållet har fel."));
        CONTENT_HAS_ERRORS
    })
}

/// What is told beside the findings where there is no catalogue: that they are few does not mean that little is wrong.
const UNASKED: &str = "Riktlinjens regler är inte prövade än. De prövas när felen i katalog.yaml, eller i det som den \
                       hänvisar till, är rättade.";

/// Prints findings and their sum to standard error; the contract's exit code of that. Where they cannot be written nothing
/// can be said of it, and a reader that has gone away has read what it wanted.
fn print_findings(findings: &[Diagnostic]) -> u8 {
    told(write_findings(findings))
}

/// Prints warnings of what has been done to standard error; the contract's exit code of that, as of findings.
fn print_warnings(warnings: &[String]) -> u8 {
    let line = |warning: &String| shown_in_line(&with_short_quotes(format!("varning: {warning}"))) + "\n";
    told(io::stderr().write_all(warnings.iter().map(line).collect::<String>().as_bytes()))
}

fn told(written: io::Result<()>) -> u8 {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => COULD_NOT_RUN,
        _ => DONE,
    }
}

fn write_findings(findings: &[Diagnostic]) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    // Not put together first: of a hundred thousand findings that would take tens of megabytes.
    let mut out = BufWriter::new(io::stderr().lock());
    for finding in findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{}", diagnostic::summary(findings))?;
    out.flush()
}
