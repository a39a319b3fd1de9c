//! `katalog export`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use katalog::cmdb::{self, Mapping, mapping};
use katalog::load;
use katalog::publish::Output;
use katalog::text::listed;

use super::{CONTENT_HAS_ERRORS, COULD_NOT_RUN, catalog_without_errors, out, print_findings, print_warnings, say};

/// Lämna ut data till andra system.
#[derive(Args)]
#[command(
    help_template = super::HELP,
    override_usage = "katalog export <SYSTEM> [VAL]",
    subcommand_help_heading = "System",
    subcommand_value_name = "SYSTEM",
    disable_help_subcommand = true,
    next_help_heading = "Val"
)]
pub struct Arguments {
    #[command(subcommand)]
    system: System,
}

#[derive(Subcommand)]
enum System {
    Cmdb(CmdbArguments),
}

/// Skriv tabeller att importera i CMDB, som CSV och JSON.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog export cmdb [VAL]", next_help_heading = "Val")]
struct CmdbArguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
    /// Mappen att skriva till [cmdb].
    #[arg(long, value_name = "MAPP", default_value = "cmdb", hide_default_value = true)]
    output: PathBuf,
    /// Fil med vad tabeller och fält heter i er CMDB; annars namnen i ServiceNow.
    #[arg(long, value_name = "FIL")]
    mapping: Option<PathBuf>,
    /// Skriv ut den inbyggda filen med namn, att ändra i, och gör inget annat.
    #[arg(long)]
    print_mapping: bool,
}

/// Writes what another system wants; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    match &arguments.system {
        System::Cmdb(arguments) => cmdb(arguments),
    }
}

fn cmdb(arguments: &CmdbArguments) -> u8 {
    if arguments.print_mapping {
        return out(&mapping::written());
    }
    let mapping = match mapping_of(arguments.mapping.as_deref()) {
        Ok(mapping) => mapping,
        Err(code) => return code,
    };
    let catalog = match catalog_without_errors(&arguments.content, "export", "Inget är utlämnat") {
        Ok(catalog) => catalog,
        Err(code) => return code,
    };
    let tables = cmdb::tables(&catalog, &mapping);
    let files = cmdb::files(&catalog, &tables);
    let publish = || {
        let inputs: Vec<&Path> =
            [arguments.content.as_path()].into_iter().chain(arguments.mapping.as_deref()).collect();
        let output = Output::claim(&arguments.output, &inputs)?;
        output.refuse_others(cmdb::is_exported)?;
        output.publish(&files)
    };
    let mut warnings: Vec<String> = match publish() {
        Ok(set_aside) => set_aside.iter().map(ToString::to_string).collect(),
        Err(error) => {
            say(&format!("katalog export kunde inte köras: {error}"));
            return COULD_NOT_RUN;
        }
    };
    warnings.extend(
        cmdb::like_formulas(&tables).into_iter().map(|(table, value)| {
            format!("”{value}” i {table} läses som en formel om filen öppnas i ett kalkylprogram")
        }),
    );
    let printed = print_warnings(&warnings);
    say_what_is_not_committed(&cmdb::without_commitment(&catalog, &tables));
    let rows: usize = tables.iter().map(|mapped| mapped.rows.len()).sum();
    let word = if rows == 1 { "rad" } else { "rader" };
    let of_tables = if tables.len() == 1 { "tabell" } else { "tabeller" };
    say(&format!("{rows} {word} i {} {of_tables} i {}", tables.len(), arguments.output.display()));
    printed
}

/// So many services are named.
const MOST_NAMED: usize = 4;

/// Says of which services no commitment is in the tables.
pub fn say_what_is_not_committed(services: &[&str]) {
    let named = match services.len() {
        0 => return,
        1..=MOST_NAMED => listed(&services.iter().map(|name| format!("”{name}”")).collect::<Vec<_>>()),
        many => format!("{many} IS/IT-tjänster"),
    };
    say(&format!(
        "info: åtaganden för {named} är inte med, eftersom SLA inte gäller under utgåvans tid eller inte är undertecknat \
         av båda parter"
    ));
}

/// The mapping of a file, or the built-in one; else the contract's exit code after telling why.
pub fn mapping_of(file: Option<&Path>) -> Result<Mapping, u8> {
    let Some(file) = file else { return Ok(mapping::built_in()) };
    let shown = file.display().to_string();
    let bytes = load::named(file).map_err(|why| {
        say(&format!("{shown}: {why}"));
        COULD_NOT_RUN
    })?;
    if bytes.len() > mapping::LARGEST {
        let most = mapping::LARGEST / 1_000;
        say(&format!(
            "{shown}: filen är större än {most} kB; katalog export cmdb --print-mapping visar hur en sådan ser ut"
        ));
        return Err(COULD_NOT_RUN);
    }
    let source = String::from_utf8(bytes).map_err(|_| {
        say(&format!("{shown}: filen är inte sparad som UTF-8; spara den om med teckenkodningen UTF-8"));
        COULD_NOT_RUN
    })?;
    mapping::read(&shown, &source).map_err(|mistakes| {
        print_findings(&mistakes);
        CONTENT_HAS_ERRORS
    })
}
