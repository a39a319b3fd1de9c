//! `katalog diff`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use katalog::cmdb::compare::{self, Differences, Export};
use katalog::cmdb::{self, Mapped};
use katalog::editions::{self, Changes, Difference};
use katalog::load::{self, EDITIONS};
use katalog::resolve::Catalog;
use katalog::text::{self, listed, shown_in_line};

use super::{COULD_NOT_RUN, catalog_even_rewritten, catalog_without_errors, out, say};

/// Visa vad som har ändrats sedan förra årets utgåva och sedan förra versionen, eller vad som skiljer sig i CMDB.
#[derive(Args)]
#[command(help_template = super::HELP, override_usage = "katalog diff [VAL]", next_help_heading = "Val")]
pub struct Arguments {
    /// Mappen med innehållet [content].
    #[arg(long, value_name = "MAPP", default_value = "content", hide_default_value = true)]
    content: PathBuf,
    /// Jämför i stället med en tabell som är exporterad från CMDB som CSV.
    #[arg(long, value_name = "FIL")]
    cmdb: Option<PathBuf>,
    /// Vilken tabell det är, när det inte framgår av kolumnerna.
    #[arg(long, alias = "tabell", value_name = "TABELL", requires = "cmdb")]
    table: Option<String>,
    /// Fil med vad tabeller och fält heter i er CMDB; annars namnen i ServiceNow.
    #[arg(long, value_name = "FIL", requires = "cmdb")]
    mapping: Option<PathBuf>,
}

/// Prints the changes; the contract's exit code.
pub fn run(arguments: &Arguments) -> u8 {
    if let Some(file) = &arguments.cmdb {
        return with_cmdb(arguments, file);
    }
    let catalog = match catalog_even_rewritten(&arguments.content, "diff", "Utgåvorna är inte jämförda") {
        Ok(catalog) => catalog,
        Err(code) => return code,
    };
    let text = match (editions::rewritten(&catalog), editions::changes(&catalog)) {
        (None, None) => return without_earlier(&catalog, &arguments.content),
        (Some(rewritten), None) => told_of_rewritten(&rewritten),
        (None, Some(changes)) => told(&changes),
        (Some(rewritten), Some(changes)) => format!("{}\n{}", told_of_rewritten(&rewritten), told(&changes)),
    };
    out(&text)
}

/// Says that there is nothing to compare with; the contract's exit code.
fn without_earlier(catalog: &Catalog, content: &Path) -> u8 {
    if let Some(own) = editions::own(catalog) {
        let version = shown_in_line(&own.version);
        return out(&format!("Utgåva {}, version {version}, säger det som den sade när den frystes.\n", own.year));
    }
    let folder = content.join(EDITIONS);
    say(&format!("katalog diff kunde inte köras: ingen tidigare utgåva är fryst i {}", folder.display()));
    say("  kör katalog freeze när en utgåva är beslutad, innan nästa börjar skrivas");
    COULD_NOT_RUN
}

/// The changes since the edition of the year before, and those since the version before, as lines of text.
fn told(changes: &Changes) -> String {
    let (year, version) = (changes.since.year, shown_in_line(&changes.since.version));
    let told_of_year = lines(&format!("Ändringar sedan utgåva {year}, version {version}"), changes);
    match &changes.corrections {
        Some(corrections) => format!("{told_of_year}\n{}", told(corrections)),
        None => told_of_year,
    }
}

/// What an edition says in another way than when it was frozen.
fn told_of_rewritten(changes: &Changes) -> String {
    let (year, version) = (changes.since.year, shown_in_line(&changes.since.version));
    lines(&format!("Ändringar i utgåva {year}, version {version}, sedan den frystes"), changes)
}

fn lines(head: &str, changes: &Changes) -> String {
    let mut out = format!("{head}\n");
    if !changes.all_prices.is_empty() {
        out.push_str("\n~ Alla tjänster och priser\n");
        push_differences(&changes.all_prices, &mut out);
    }
    for entry in changes.entries.iter().filter(|entry| entry.is_new) {
        let _ = writeln!(out, "\n+ {} ({}): ny", shown_in_line(&entry.name), entry.kind);
    }
    for entry in &changes.removed {
        let _ = writeln!(out, "\n- {} ({}): borttagen", shown_in_line(&entry.name), shown_in_line(&entry.kind));
    }
    for entry in changes.entries.iter().filter(|entry| !entry.differences.is_empty()) {
        let _ = writeln!(out, "\n~ {} ({})", shown_in_line(&entry.name), entry.kind);
        push_differences(&entry.differences, &mut out);
    }
    let same = changes.entries.iter().filter(|entry| !entry.is_other()).count();
    let told = if same == 1 { "post är som den var" } else { "poster är som de var" };
    let _ = writeln!(out, "\n{same} {told}.");
    out
}

fn push_differences(differences: &[Difference], out: &mut String) {
    for difference in differences {
        let _ = writeln!(out, "    {}", shown_in_line(&difference.to_string()));
    }
}

/// Prints how an export from the CMDB differs; the contract's exit code.
fn with_cmdb(arguments: &Arguments, file: &Path) -> u8 {
    let mapping = match super::export::mapping_of(arguments.mapping.as_deref()) {
        Ok(mapping) => mapping,
        Err(code) => return code,
    };
    let catalog = match catalog_without_errors(&arguments.content, "diff", "CMDB är inte jämförd") {
        Ok(catalog) => catalog,
        Err(code) => return code,
    };
    let tables = cmdb::tables(&catalog, &mapping);
    match compared(&tables, file, arguments.table.as_deref()) {
        Ok((text, held)) => {
            super::export::say_what_is_not_committed(&cmdb::without_commitment(&catalog, held));
            out(&text)
        }
        Err(why) => {
            say(&format!("katalog diff kunde inte köras: {}: {why}", file.display()));
            COULD_NOT_RUN
        }
    }
}

/// The differences as lines of text, and the tables that they are of. The error says why there is nothing to compare.
fn compared<'t>(tables: &'t [Mapped], file: &Path, named: Option<&str>) -> Result<(String, Vec<&'t Mapped>), String> {
    let bytes = load::named(file)?;
    let export = Export::read(bytes)?;
    // A file that we have written has its table's name.
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let has_table = |name: &str| tables.iter().any(|mapped| mapped.table.name == name || mapped.there == name);
    let name = named.or(Some(stem.as_str()).filter(|stem| has_table(stem)));
    let known: Vec<&str> = tables.iter().map(|mapped| mapped.table.name).collect();
    if let Some(unknown) = named.filter(|name| !has_table(name)) {
        let help = text::did_you_mean_among(unknown, &known, "tabeller som finns");
        return Err(format!("det finns ingen tabell ”{unknown}” (--table); {help}"));
    }
    let held = export.tables(tables, name);
    let there: BTreeSet<&str> = held.iter().map(|mapped| mapped.there.as_str()).collect();
    if there.len() != 1 {
        return Err(format!("det framgår inte vilken tabell det är; ange --table med ett av {}", listed(&known)));
    }
    let differences = compare::compare(&held, &export)?;
    let many: Vec<&str> = held.iter().map(|mapped| mapped.table.many).collect();
    Ok((told_of_cmdb(&differences, &many), held))
}

fn told_of_cmdb(differences: &Differences, many: &[&str]) -> String {
    let mut out = format!("CMDB jämfört med katalogen: {}\n", listed(many));
    for (mark, names, more, what) in [
        ("+", &differences.missing, 0, "saknas i CMDB"),
        ("-", &differences.extra.names, differences.extra.more, "finns bara i CMDB"),
        ("-", &differences.repeated.names, differences.repeated.more, "finns mer än en gång i CMDB"),
    ] {
        for name in names {
            let _ = write!(out, "\n{mark} {}: {what}", shown_in_line(name));
        }
        out.push_str(if names.is_empty() { "" } else { "\n" });
        if more > 0 {
            let rows = if more == 1 { "rad" } else { "rader" };
            let _ = writeln!(out, "{mark} och {} {rows} till {what}", text::number(more.into()));
        }
    }
    for different in &differences.different {
        let _ = writeln!(out, "\n~ {}", shown_in_line(&different.name));
        for field in &different.fields {
            let shown = |value: &str| if value.is_empty() { "inget".to_string() } else { shown_in_line(value) };
            let (here, there) = (shown(&field.here), shown(&field.there));
            let _ = writeln!(out, "    {}: {here} i katalogen, {there} i CMDB", shown_in_line(&field.column));
        }
    }
    let told = if differences.same == 1 { "rad är densamma" } else { "rader är desamma" };
    let _ = writeln!(out, "\n{} {told} i CMDB.", differences.same);
    let columns = shown_in_line(&listed(&differences.not_compared));
    let _ = match differences.not_compared.len() {
        0 => Ok(()),
        1 => writeln!(out, "Filen saknar kolumnen {columns}, som inte är jämförd."),
        _ => writeln!(out, "Filen saknar kolumnerna {columns}, som inte är jämförda."),
    };
    out
}
