//! How a table of the catalogue differs from an export of the same table from the CMDB.

use std::collections::BTreeSet;

use csv::StringRecord;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Mapped;
use super::mapping::ID;
use crate::text;

/// The longest line of an export in bytes: a hundred times that of a table with all its columns and long texts. Each value of
/// a row takes memory however short it is.
const LONGEST_LINE: usize = 1_000_000;

/// A file exported from the CMDB. Its rows are read each time that they are asked for: millions of short ones take many
/// times the room of their text.
#[derive(Debug)]
pub struct Export {
    /// The place of each column, by its name in small letters; of two that have the same, the first.
    columns: FxHashMap<String, usize>,
    /// Those of the columns that have the same name as another which says something else, by that name, with the first row
    /// where it does.
    contradicted: FxHashMap<String, usize>,
    text: String,
}

/// How the CMDB differs.
#[derive(Debug, Default)]
pub struct Differences {
    /// The rows that are not there, by name.
    pub missing: Vec<String>,
    /// The rows that only are there.
    pub extra: Extra,
    /// The rows that are there already.
    pub repeated: Extra,
    /// The rows that say something else there.
    pub different: Vec<Different>,
    /// How many rows say the same.
    pub same: usize,
    /// The fields that the export has no column for, which nothing is said of.
    pub not_compared: Vec<String>,
}

/// Rows that are to go from there.
#[derive(Debug, Default)]
pub struct Extra {
    /// The first ten thousand, by name.
    pub names: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl Extra {
    fn add(&mut self, name: impl FnOnce() -> String) {
        if self.names.len() < MOST_EXTRA {
            self.names.push(name());
        } else {
            self.more += 1;
        }
    }
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
    pub fn read(bytes: Vec<u8>) -> Result<Export, String> {
        let text = String::from_utf8(bytes).map_err(|_| {
            "filen är inte sparad som UTF-8; exportera den på nytt med teckenkodningen UTF-8".to_string()
        })?;
        let end = if text.contains('\n') { '\n' } else { '\r' };
        if let Some(line) = text.split(end).position(|line| line.len() > LONGEST_LINE) {
            let line = line + 1;
            return Err(format!("rad {line} är längre än 1 MB; exportera bara de kolumner som ska jämföras"));
        }
        let broken = |error: csv::Error| format!("filen går inte att läsa som CSV ({error}); exportera den på nytt");
        let mut reader = reader(&text);
        let (mut columns, mut again) = (FxHashMap::default(), Vec::new());
        for (at, column) in reader.headers().map_err(broken)?.iter().enumerate() {
            let first = *columns.entry(column.to_lowercase()).or_insert(at);
            if first < at {
                again.push((column.to_lowercase(), first, at));
            }
        }
        let mut contradicted = FxHashMap::default();
        let wanted = reader.headers().map_err(broken)?.len();
        let (mut record, mut row, mut last) = (StringRecord::new(), 1, 0);
        while reader.read_record(&mut record).map_err(broken)? {
            row += 1;
            last = record.position().map_or(last, |position| position.byte() as usize);
            if let Some(count) = columns_at_fault(&record, wanted) {
                let columns = if count == 1 { "kolumn" } else { "kolumner" };
                return Err(format!("rad {row} har {count} {columns}, och rubriken {wanted}{NOT_WHOLE}"));
            }
            for (column, _, _) in again.iter().filter(|(_, first, at)| record.get(*first) != record.get(*at)) {
                contradicted.entry(column.clone()).or_insert(row);
            }
        }
        let (delimiter, rows) = delimited(&text);
        if ends_in_quotes(&rows[last..], delimiter) {
            return Err(format!("rad {row} har ett citattecken utan slut{NOT_WHOLE}"));
        }
        Ok(Export { columns, contradicted, text })
    }

    /// The rows that say anything, with their places among all, as a spreadsheet counts them.
    fn rows(&self) -> impl Iterator<Item = (usize, StringRecord)> {
        let records = reader(&self.text).into_records().map_while(Result::ok);
        records.enumerate().filter(|(_, row)| row.iter().any(|value| !value.is_empty()))
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(&name.to_lowercase()).copied()
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
        self.rows().any(|(_, row)| row.get(there).map(folded) == class)
    }
}

/// What is said of a row that cannot be as it was exported.
const NOT_WHOLE: &str = ": filen är avklippt, eller ett citattecken saknas; exportera den på nytt";

/// How many columns a row has, where the header has others; one that says nothing may have any.
fn columns_at_fault(row: &StringRecord, wanted: usize) -> Option<usize> {
    (row.len() != wanted && row.iter().any(|value| !value.is_empty())).then_some(row.len())
}

/// Whether what is quoted in the last row has no end.
fn ends_in_quotes(row: &str, delimiter: u8) -> bool {
    let (mut is_quoted, mut begins) = (false, true);
    let mut bytes = row.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let is_first = std::mem::replace(&mut begins, byte == delimiter || byte == b'\n' || byte == b'\r');
        if byte != b'"' {
            continue;
        }
        match is_quoted {
            false => is_quoted = is_first,
            // Two are one of the value's own.
            true => is_quoted = bytes.next_if_eq(&b'"').is_some(),
        }
    }
    is_quoted
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Reads its header and its rows, each value without the spaces around it.
fn reader(text: &str) -> csv::Reader<&[u8]> {
    let (delimiter, text) = delimited(text);
    let mut of = csv::ReaderBuilder::new();
    of.delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes())
}

/// What parts the columns, and the text that it does.
fn delimited(text: &str) -> (u8, &str) {
    let text = without_mark(text);
    named_delimiter(text).unwrap_or_else(|| (delimiter(text), text))
}

/// What parts the columns where the first line says it, as spreadsheets write it (`sep=;`), and what comes after that line.
fn named_delimiter(text: &str) -> Option<(u8, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let [delimiter] = line.trim_end().strip_prefix("sep=")?.as_bytes() else { return None };
    Some((*delimiter, rest))
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

/// More rows that only are there than anyone reads.
const MOST_EXTRA: usize = 10_000;

/// How the export differs from the tables that it holds. The error says why they cannot be compared.
pub fn compare(tables: &[&Mapped], export: &Export) -> Result<Differences, String> {
    let mut seen = BTreeSet::new();
    let mut differences = Differences::default();
    let mut own = Vec::new();
    for mapped in tables {
        own.push(compare_table(mapped, export, &mut seen, &mut differences)?);
    }
    let name =
        |row: &StringRecord| tables.iter().map(|mapped| shown(mapped, export, row)).find(|name| !name.is_empty());
    for (at, row) in export.rows().filter(|(at, _)| !seen.contains(at)) {
        let is_repeated = own.iter().any(|own| own.has(&row));
        let rows = if is_repeated { &mut differences.repeated } else { &mut differences.extra };
        rows.add(|| name(&row).unwrap_or_else(|| format!("rad {}", at + 2)));
    }
    Ok(differences)
}

/// What the rows of one of our tables are known by there, with the first row that has it.
struct Own {
    /// The place of the column with our ids there, and what was found by it.
    by_id: Option<(usize, Found)>,
    /// The places of the columns with what else a row is known by, and what was found by them.
    by_name: Option<(Vec<usize>, Found)>,
}

/// Rows by the values of some columns.
type Found = FxHashMap<Vec<String>, Option<usize>>;

impl Own {
    /// Whether a row is one of ours, by its id or by its name: whoever reads the list sees the name.
    fn has(&self, row: &StringRecord) -> bool {
        let is_known = |at: &[usize], found: &Found| {
            let key = key_of(row, at);
            key.iter().all(|value| !value.is_empty()) && found.contains_key(&key)
        };
        self.by_id.as_ref().is_some_and(|(at, found)| is_known(&[*at], found))
            || self.by_name.as_ref().is_some_and(|(at, found)| is_known(at, found))
    }
}

fn compare_table(
    mapped: &Mapped,
    export: &Export,
    seen: &mut BTreeSet<usize>,
    differences: &mut Differences,
) -> Result<Own, String> {
    let columns: Vec<(usize, Option<usize>)> =
        mapped.columns.iter().enumerate().map(|(at, (_, column))| (at, export.column(column))).collect();
    let contradicted =
        |(_, column): &(_, String)| Some((column.clone(), export.contradicted.get(&column.to_lowercase())?));
    if let Some((column, row)) = mapped.columns.iter().find_map(contradicted) {
        return Err(format!(
            "kolumnen {column} finns två gånger i filen, och säger olika saker på rad {row}; exportera den på nytt med \
             kolumnen en gång"
        ));
    }
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
    let key = |row: &[String], at: &[usize]| at.iter().map(|at| folded(&row[*at])).collect::<Vec<_>>();
    let found = |pairs: &[(usize, usize)]| {
        let (here, there): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        find(export, &there, mapped.rows.iter().map(|row| key(row, &here)))
    };
    let by_id = id.map(|id| found(&[id])).unwrap_or_default();
    let by_name = names.as_deref().map(found).unwrap_or_default();
    let mut unmatched = Vec::new();
    let mut pairs = Vec::new();
    // Ids first: a row with an id of its own is no other's by its name.
    for row in &mapped.rows {
        let found = id.and_then(|(here, _)| *by_id.get(&key(row, &[here]))?);
        match found.filter(|at| seen.insert(*at)) {
            Some(at) => pairs.push((row, at)),
            None => unmatched.push(row),
        }
    }
    for row in unmatched {
        let here: Option<Vec<usize>> = names.as_ref().map(|names| names.iter().map(|(here, _)| *here).collect());
        let found = here.and_then(|here| *by_name.get(&key(row, &here))?);
        match found.filter(|at| seen.insert(*at)) {
            Some(at) => pairs.push((row, at)),
            None => differences.missing.push(own_name(mapped, row)),
        }
    }
    let wanted: FxHashSet<usize> = pairs.iter().map(|(_, at)| *at).collect();
    let rows: FxHashMap<usize, StringRecord> = export.rows().filter(|(at, _)| wanted.contains(at)).collect();
    for (row, at) in pairs {
        let there = &rows[&at];
        let differing = columns.iter().filter_map(|(here, column)| {
            let there = there.get((*column)?).unwrap_or_default();
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
    let there = |pairs: Vec<(usize, usize)>| pairs.into_iter().map(|(_, there)| there).collect();
    Ok(Own { by_id: id.map(|(_, there)| (there, by_id)), by_name: names.map(|pairs| (there(pairs), by_name)) })
}

/// The first row of an export with each of some keys, where there is one: a key is the values of some columns, and one with
/// a value left out is nobody's.
fn find(export: &Export, columns: &[usize], keys: impl Iterator<Item = Vec<String>>) -> Found {
    let mut found: Found = keys.map(|key| (key, None)).collect();
    for (at, row) in export.rows() {
        let key = key_of(&row, columns);
        if key.iter().all(|value| !value.is_empty())
            && let Some(first @ None) = found.get_mut(&key)
        {
            *first = Some(at);
        }
    }
    found
}

/// The values of some columns of a row, as rows are known by them.
fn key_of(row: &StringRecord, columns: &[usize]) -> Vec<String> {
    columns.iter().map(|column| folded(row.get(*column).unwrap_or_default())).collect()
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
fn shown(mapped: &Mapped, export: &Export, row: &StringRecord) -> String {
    let value = |column: &str| export.column(column).and_then(|at| row.get(at)).filter(|value| !value.is_empty());
    let of_fields = |fields: &[&str]| -> Vec<String> {
        let columns = mapped.columns.iter().filter(|(field, _)| fields.contains(field));
        columns.filter_map(|(_, column)| value(column).map(str::to_string)).collect()
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
