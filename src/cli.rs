//! The commands, one module each.

mod build;
mod check;
mod report;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use katalog::diagnostic::{self, Diagnostic};

/// Done; there may be warnings.
const DONE: u8 = 0;
/// The content has errors.
const CONTENT_HAS_ERRORS: u8 = 1;
/// It could not run.
const COULD_NOT_RUN: u8 = 2;

/// Publicerar en tjänstekatalog som Word, HTML och Markdown från strukturerade källfiler.
#[derive(Parser)]
#[command(name = "katalog", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    #[command(flatten)]
    ToCome(ToCome),
}

/// Commands whose names are settled, and which do not exist yet.
#[derive(Subcommand)]
enum ToCome {
    /// (Kommer) Visa katalogen i webbläsaren medan den skrivs.
    Serve,
    /// (Kommer) Lägg upp en ny katalog.
    Init,
    /// (Kommer) Lägg till en tjänst, produkt eller annan post.
    New,
    /// (Kommer) Frys en utgåva.
    Freeze,
    /// (Kommer) Jämför två utgåvor.
    Diff,
    /// (Kommer) Lämna ut data till andra system.
    Export,
    /// (Kommer) Hämta in data från Word och Excel.
    Import,
    /// (Kommer) Skriv scheman för redigeraren.
    Schema,
    /// (Kommer) Förklara en regel.
    Explain,
}

impl ToCome {
    fn name(&self) -> &'static str {
        match self {
            ToCome::Serve => "serve",
            ToCome::Init => "init",
            ToCome::New => "new",
            ToCome::Freeze => "freeze",
            ToCome::Diff => "diff",
            ToCome::Export => "export",
            ToCome::Import => "import",
            ToCome::Schema => "schema",
            ToCome::Explain => "explain",
        }
    }
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let code = match Arguments::parse().command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::ToCome(command) => {
            say(&format!("katalog {} finns inte än", command.name()));
            COULD_NOT_RUN
        }
    };
    ExitCode::from(code)
}

/// Prints a line to standard error. A reader that has gone away is no reason to fail.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints to standard output, for other programs to read.
fn out(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints findings and their sum to standard error.
fn print_findings(findings: &[Diagnostic]) {
    findings.iter().for_each(|finding| say(&finding.to_string()));
    if !findings.is_empty() {
        say(&diagnostic::summary(findings));
    }
}
