//! How a table of the catalogue differs from an export of the same table from the CMDB.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::Mapped;
use super::mapping::ID;
use crate::text;

/// A file exported from the CMDB.
#[derive(Debug)]
pub struct Export {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// How the CMDB differs.
#[derive(Debug, Default)]
pub struct Differences {
    /// The rows that are not there, by name.
    pub missing: Vec<String>,
    /// The rows that only are there.
    pub extra: Vec<String>,
    /// The rows that say something else there.
    pub different: Vec<Different>,
    /// How many rows say the same.
    pub same: usize,
    /// The fields that the export has no column for, which nothing is said of.
    pub not_compared: Vec<String>,
}

/// A row that says something else there.
#[derive(Debug)]
pub struct Different {
    /// Its name.
    pub name: String,
    /// The fields that differ.
    pub fields: Vec<Field>,
}

/// A field whose values differ.
#[derive(Debug)]
pub struct Field {
    /// What it is called there.
    pub column: String,
    /// Its value in the catalogue.
    pub here: String,
    /// Its value in the CMDB.
    pub there: String,
}

impl Export {
    /// Reads CSV with commas, semicolons or tabs, whichever its first line has most of. The error says what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Export, String> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| {
            "filen är inte sparad som UTF-8; exportera den på nytt med teckenkodningen UTF-8".to_string()
        })?;
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
        let broken = |error: csv::Error| format!("filen går inte att läsa som CSV ({error}); exportera den på nytt");
        let columns = reader.headers().map_err(broken)?.iter().map(|column| column.trim().to_string()).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let row: Vec<String> = record.map_err(broken)?.iter().map(|value| value.trim().to_string()).collect();
            if row.iter().any(|value| !value.is_empty()) {
                rows.push(row);
            }
        }
        Ok(Export { columns, rows })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.to_lowercase() == name.to_lowercase())
    }

    /// How many of a table's columns the export has.
    fn likeness(&self, mapped: &Mapped) -> usize {
        mapped.columns.iter().filter(|(_, column)| self.column(column).is_some()).count()
    }

    /// The tables that the export may be of: that of a name, or those of the table in the CMDB that is named or that it
    /// has most columns of.
    pub fn tables<'t>(&self, tables: &'t [Mapped], name: Option<&str>) -> Vec<&'t Mapped> {
        if let Some(own) = tables.iter().find(|mapped| Some(mapped.table.name) == name) {
            return vec![own];
        }
        let most = tables.iter().map(|mapped| self.likeness(mapped)).max().filter(|most| *most > 0);
        let alike = tables.iter().filter(|mapped| Some(self.likeness(mapped)) == most);
        let there: BTreeSet<&str> = match name {
            Some(name) => [name].into(),
            None => alike.map(|mapped| mapped.there.as_str()).collect(),
        };
        let held: Vec<&Mapped> = tables.iter().filter(|mapped| there.contains(mapped.there.as_str())).collect();
        let of_its_classes: Vec<&Mapped> = held.iter().copied().filter(|mapped| self.has_class_of(mapped)).collect();
        if of_its_classes.is_empty() { held } else { of_its_classes }
    }

    /// Whether the export has rows of a table's class, where several are kept in one table there.
    fn has_class_of(&self, mapped: &Mapped) -> bool {
        let Some(here) = mapped.columns.iter().position(|(field, _)| *field == "service_classification") else {
            return false;
        };
        let Some(there) = self.column(&mapped.columns[here].1) else { return false };
        let class = mapped.rows.first().map(|row| folded(&row[here]));
        self.rows.iter().any(|row| row.get(there).map(|value| folded(value)) == class)
    }
}

fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: char| head.matches(mark).count();
    // Of equals the comma, which comes last.
    [('\t', b'\t'), (';', b';'), (',', b',')]
        .into_iter()
        .max_by_key(|(mark, _)| count(*mark))
        .map_or(b',', |(_, byte)| byte)
}

/// How the export differs from the tables that it holds. The error says why they cannot be compared.
pub fn compare(tables: &[&Mapped], export: &Export) -> Result<Differences, String> {
    let mut seen = BTreeSet::new();
    let mut differences = Differences::default();
    for mapped in tables {
        compare_table(mapped, export, &mut seen, &mut differences)?;
    }
    let extra = export.rows.iter().enumerate().filter(|(at, _)| !seen.contains(at));
    let name = |row: &Vec<String>| tables.iter().map(|mapped| shown(mapped, export, row)).find(|name| !name.is_empty());
    differences.extra = extra.map(|(at, row)| name(row).unwrap_or_else(|| format!("rad {}", at + 2))).collect();
    Ok(differences)
}

fn compare_table(
    mapped: &Mapped,
    export: &Export,
    seen: &mut BTreeSet<usize>,
    differences: &mut Differences,
) -> Result<(), String> {
    let columns: Vec<(usize, Option<usize>)> =
        mapped.columns.iter().enumerate().map(|(at, (_, column))| (at, export.column(column))).collect();
    let place = |field: &str| mapped.columns.iter().position(|(known, _)| *known == field);
    let pair = |field: &str| place(field).and_then(|at| Some((at, columns[at].1?)));
    let id = pair(ID);
    let names: Option<Vec<(usize, usize)>> = mapped.table.known_by.iter().map(|field| pair(field)).collect();
    if id.is_none() && names.is_none() {
        return Err(format!(
            "filen har ingen kolumn att känna igen raderna på; {} behöver {}",
            mapped.there,
            known_columns(mapped)
        ));
    }
    let by_id = id.map(|(_, there)| index(export, &[there])).unwrap_or_default();
    let by_name = names.as_ref().map(|names| index(export, &names.iter().map(|(_, there)| *there).collect::<Vec<_>>()));
    let by_name = by_name.unwrap_or_default();
    let key = |row: &[String], at: &[usize]| at.iter().map(|at| folded(&row[*at])).collect::<Vec<_>>();
    let mut unmatched = Vec::new();
    let mut pairs = Vec::new();
    // Ids first: a row with an id of its own is no other's by its name.
    for row in &mapped.rows {
        let found = id.and_then(|(here, _)| by_id.get(&key(row, &[here])));
        match found.filter(|at| seen.insert(**at)) {
            Some(at) => pairs.push((row, *at)),
            None => unmatched.push(row),
        }
    }
    for row in unmatched {
        let here: Option<Vec<usize>> = names.as_ref().map(|names| names.iter().map(|(here, _)| *here).collect());
        let found = here.and_then(|here| by_name.get(&key(row, &here)).copied());
        match found.filter(|at| seen.insert(*at)) {
            Some(at) => pairs.push((row, at)),
            None => differences.missing.push(own_name(mapped, row)),
        }
    }
    for (row, at) in pairs {
        let there = &export.rows[at];
        let differing = columns.iter().filter_map(|(here, column)| {
            let there = there.get((*column)?).map_or("", String::as_str);
            let here_value = row[*here].as_str();
            let field = || Field {
                column: mapped.columns[*here].1.clone(),
                here: here_value.to_string(),
                there: there.to_string(),
            };
            (!alike(here_value, there)).then(field)
        });
        let fields: Vec<Field> = differing.collect();
        match fields.is_empty() {
            true => differences.same += 1,
            false => differences.different.push(Different { name: own_name(mapped, row), fields }),
        }
    }
    let lacking = columns.iter().filter(|(_, there)| there.is_none()).map(|(here, _)| &mapped.columns[*here].1);
    for column in lacking {
        if !differences.not_compared.contains(column) {
            differences.not_compared.push(column.clone());
        }
    }
    Ok(())
}

/// The rows of an export by the values of some columns, the first of equals; rows without a value are not there.
fn index(export: &Export, columns: &[usize]) -> BTreeMap<Vec<String>, usize> {
    let mut index = BTreeMap::new();
    for (at, row) in export.rows.iter().enumerate() {
        let key: Vec<String> =
            columns.iter().map(|column| folded(row.get(*column).map_or("", |value| value))).collect();
        if key.iter().all(|value| !value.is_empty()) {
            index.entry(key).or_insert(at);
        }
    }
    index
}

fn known_columns(mapped: &Mapped) -> String {
    let wanted =
        |field: &str| mapped.columns.iter().find(|(known, _)| *known == field).map(|(_, column)| column.as_str());
    let id = wanted(ID).into_iter().map(str::to_string);
    let names: Vec<&str> = mapped.table.known_by.iter().filter_map(|field| wanted(field)).collect();
    let names = [text::listed(&names)].into_iter().filter(|names| !names.is_empty());
    id.chain(names).collect::<Vec<_>>().join(" eller ")
}

/// What a row of the catalogue is called.
fn own_name(mapped: &Mapped, row: &[String]) -> String {
    let values = mapped.columns.iter().zip(row);
    let names: Vec<&str> = values
        .filter(|((field, _), value)| mapped.table.known_by.contains(field) && !value.is_empty())
        .map(|(_, value)| value.as_str())
        .collect();
    if names.is_empty() { row.first().cloned().unwrap_or_default() } else { names.join(" – ") }
}

/// What a row of the export is called.
fn shown(mapped: &Mapped, export: &Export, row: &[String]) -> String {
    let value = |column: &str| export.column(column).and_then(|at| row.get(at)).filter(|value| !value.is_empty());
    let of_fields = |fields: &[&str]| -> Vec<String> {
        let columns = mapped.columns.iter().filter(|(field, _)| fields.contains(field));
        columns.filter_map(|(_, column)| value(column).cloned()).collect()
    };
    let names = of_fields(mapped.table.known_by);
    if names.is_empty() { of_fields(&[ID]).join("") } else { names.join(" – ") }
}

/// A key without what people do not see.
fn folded(value: &str) -> String {
    let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
    text::composed(words).to_lowercase()
}

/// Whether two values say the same: a CMDB writes figures, days and truth in ways of its own.
fn alike(here: &str, there: &str) -> bool {
    let spaced = |value: &str| text::composed(value.split_whitespace().collect::<Vec<_>>().join(" "));
    let (here, there) = (spaced(here), spaced(there));
    let day = |value: &str| value.strip_suffix(" 00:00:00").unwrap_or(value).to_string();
    let figure = |value: &str| value.trim_end_matches(['%', ' ']).replace(',', ".").parse::<Decimal>().ok();
    let is_truth = ["true", "false"].contains(&here.as_ref());
    here == there
        || day(&here) == day(&there)
        || is_truth && here == there.to_lowercase()
        || figure(&here).is_some_and(|here| Some(here) == figure(&there))
}
