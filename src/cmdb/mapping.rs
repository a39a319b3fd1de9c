//! What tables and fields are called in a region's own CMDB.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::{TABLES, Table};
use crate::diagnostic::{Code, Diagnostic, Place, codes};
use crate::load::yaml::{self, Node, Value};
use crate::text;

/// The field by which rows there are known first of all.
pub const ID: &str = "correlation_id";

/// The largest file in bytes: fifty times all that there is to name.
pub const LARGEST: usize = 500_000;

/// So many mistakes are told.
const MOST_MISTAKES: usize = 100;

const SEE_MAPPING: &str = "katalog export cmdb --print-mapping visar hur filen ser ut";

/// The tables that are exchanged, by the names that [`TABLES`] gives them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What each is called there; one that is left out is not exchanged.
    pub tables: BTreeMap<&'static str, Names>,
}

/// What a table and its fields are called.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The table.
    pub there: String,
    /// The fields; one that is left out is not exchanged.
    pub columns: BTreeMap<&'static str, String>,
}

/// The names of ServiceNow's CSDM.
pub fn built_in() -> Mapping {
    let names = |table: &'static Table| Names {
        there: table.there.into(),
        columns: table.fields.iter().map(|(field, column)| (*field, column.to_string())).collect(),
    };
    Mapping { tables: TABLES.iter().map(|table| (table.name, names(table))).collect() }
}

/// The built-in mapping as a file to edit.
pub fn written() -> String {
    let mut out =
        "# Vad tabellerna och fälten heter i CMDB. Ändra namnen till höger. Det som tas bort lämnas inte ut.\n\
                   # Varje tabell behöver correlation_id, eller namnen, för att raderna ska gå att känna igen.\n"
            .to_string();
    for table in TABLES {
        let _ = write!(out, "\n# {}\n{}:\n  tabell: {}\n  fält:\n", table.many, table.name, table.there);
        for (field, column) in table.fields {
            let _ = writeln!(out, "    {field}: {column}");
        }
    }
    out
}

/// Reads a mapping; `file` is its path as the user gave it.
pub fn read(file: &str, source: &str) -> Result<Mapping, Vec<Diagnostic>> {
    let (tree, problems) = yaml::parse(source);
    let mut reader = Reader { file: Arc::from(file), source, mistakes: Vec::new() };
    for problem in problems {
        let (code, _) = problem.kind.code();
        reader.mistake(code, &problem.span, problem.message, problem.help.unwrap_or_default());
    }
    let mapping = tree.root(source).map(|root| reader.mapping(root)).unwrap_or_default();
    if mapping.tables.is_empty() && reader.mistakes.is_empty() {
        reader.mistake(codes::VALUE, &(0..0), "filen nämner ingen tabell".into(), SEE_MAPPING.into());
    }
    if reader.mistakes.is_empty() { Ok(mapping) } else { Err(reader.mistakes) }
}

struct Reader<'a> {
    file: Arc<str>,
    source: &'a str,
    mistakes: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn mapping(&mut self, root: Node) -> Mapping {
        let mut mapping = Mapping::default();
        for (name, span, node) in self.entries(root) {
            let table = TABLES.iter().find(|table| table.name == name);
            match table {
                Some(table) => drop(mapping.tables.insert(table.name, self.names(table, &span, node))),
                None => self.unknown(
                    &span,
                    &format!("det finns ingen tabell ”{name}”"),
                    &name,
                    TABLES.iter().map(|t| t.name),
                ),
            }
        }
        mapping
    }

    fn names(&mut self, table: &'static Table, key: &Range<usize>, node: Node) -> Names {
        let (mut names, mut is_named) = (Names::default(), false);
        for (name, span, value) in self.entries(node) {
            match name.as_str() {
                "tabell" => {
                    let help = format!("skriv vad tabellen heter i CMDB, som {}", table.there);
                    (names.there, is_named) = (self.name(value, &help), true);
                }
                "fält" => names.columns = self.columns(table, value),
                _ => {
                    self.unknown(&span, &format!("nyckeln ”{name}” finns inte"), &name, ["tabell", "fält"].into_iter())
                }
            }
        }
        if !is_named {
            let help = format!("lägg till tabell: {}", table.there);
            self.mistake(codes::MISSING_KEY, key, format!("{} har inget namn på sin tabell", table.name), help);
        }
        let is_known = table.known_by.iter().all(|field| names.columns.contains_key(field));
        if !names.columns.contains_key(ID) && !is_known {
            let known_by = text::listed(table.known_by);
            let message = format!("{} har varken correlation_id eller {known_by} bland sina fält", table.name);
            self.mistake(codes::MISSING_KEY, key, message, "lägg till correlation_id under fält".into());
        }
        names
    }

    fn columns(&mut self, table: &'static Table, node: Node) -> BTreeMap<&'static str, String> {
        let mut columns: BTreeMap<&'static str, String> = BTreeMap::new();
        for (name, span, value) in self.entries(node) {
            let Some((field, _)) = table.fields.iter().find(|(field, _)| *field == name) else {
                let message = format!("{} har inget fält ”{name}”", table.name);
                self.unknown(&span, &message, &name, table.fields.iter().map(|(field, _)| *field));
                continue;
            };
            let column = self.name(value, "skriv vad det heter i CMDB, eller ta bort raden");
            // In an export they are looked for in whatever case.
            if columns.values().any(|known| known.to_lowercase() == column.to_lowercase()) {
                let message = format!("två fält skulle heta ”{column}”");
                self.mistake(codes::VALUE, &value.span(), message, "ge fälten olika namn".into());
            }
            columns.insert(field, column);
        }
        columns
    }

    /// The keys of a mapping with their places, which is a mistake to lack.
    fn entries<'t>(&mut self, node: Node<'t>) -> Vec<(String, Range<usize>, Node<'t>)> {
        let Value::Mapping(entries) = node.value() else {
            self.mistake(codes::VALUE, &node.span(), "här ska det stå nycklar med värden".into(), SEE_MAPPING.into());
            return Vec::new();
        };
        entries.map(|entry| (entry.key().to_string(), entry.key_span(), entry)).collect()
    }

    fn name(&mut self, node: Node, help: &str) -> String {
        match node.text() {
            name if !name.is_empty() => name.to_string(),
            _ => {
                self.mistake(codes::VALUE, &node.span(), "här ska det stå ett namn".into(), help.into());
                String::new()
            }
        }
    }

    fn unknown(&mut self, span: &Range<usize>, message: &str, name: &str, known: impl Iterator<Item = &'static str>) {
        let known: Vec<&str> = known.collect();
        let help = match text::did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("menade du {near}?"),
            None => format!("det som finns är {}", text::listed(&known)),
        };
        self.mistake(codes::UNKNOWN_KEY, span, message.into(), help);
    }

    fn mistake(&mut self, code: Code, span: &Range<usize>, message: String, help: String) {
        if self.mistakes.len() == MOST_MISTAKES {
            return;
        }
        let place = Place::in_text(&self.file, self.source, span.start, span.end);
        self.mistakes.push(Diagnostic::error(code, place, message).with_help(help));
    }
}
