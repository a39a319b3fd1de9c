//! The catalogue as a CMDB keeps it (`§ 3.2.3`–`§ 3.2.5`): tables to import there, and how they differ from what it has.
//!
//! Nothing here knows a certain CMDB: a [`mapping`] gives its names, and the built-in one those of ServiceNow's CSDM.

pub mod compare;
pub mod mapping;
mod rows;

use serde_json::{Map, Value as Json, json};

pub use mapping::Mapping;

use crate::resolve::Catalog;
use crate::write::File;

/// A table of the catalogue's own, before any mapping.
#[derive(Debug)]
pub struct Table {
    /// Its name: `service-offerings`.
    pub name: &'static str,
    /// What it is called in Swedish, of many.
    pub many: &'static str,
    /// Its table in ServiceNow.
    pub there: &'static str,
    /// Its fields, and what each is called in ServiceNow.
    pub fields: &'static [(&'static str, &'static str)],
    /// The fields that tell a row from the others where it has no id.
    pub known_by: &'static [&'static str],
    /// Makes its rows: a value for each field.
    rows: fn(&Catalog) -> Vec<Vec<String>>,
}

const BUSINESS: &[(&str, &str)] = &[
    ("correlation_id", "correlation_id"),
    ("name", "name"),
    ("short_description", "short_description"),
    ("owned_by", "owned_by"),
    ("managed_by", "managed_by"),
    ("service_classification", "service_classification"),
    ("life_cycle_stage", "life_cycle_stage"),
    ("life_cycle_stage_status", "life_cycle_stage_status"),
    ("start_date", "start_date"),
    ("end_date", "end_date"),
];

/// Every table, each after those that it refers to.
pub static TABLES: &[Table] = &[
    Table {
        name: "business-services",
        many: "IS/IT-tjänster",
        there: "cmdb_ci_service_business",
        fields: BUSINESS,
        known_by: &["name"],
        rows: rows::business_services,
    },
    Table {
        name: "service-offerings",
        many: "erbjudanden av IS/IT-tjänster",
        there: "service_offering",
        fields: &[
            ("correlation_id", "correlation_id"),
            ("name", "name"),
            ("parent", "parent"),
            ("parent_correlation_id", "u_parent_correlation_id"),
            ("short_description", "short_description"),
            ("environment", "environment"),
            ("is_production", "u_production"),
            ("owned_by", "owned_by"),
            ("service_classification", "service_classification"),
            ("life_cycle_stage", "life_cycle_stage"),
            ("life_cycle_stage_status", "life_cycle_stage_status"),
        ],
        known_by: &["name"],
        rows: rows::service_offerings,
    },
    Table {
        name: "sla-definitions",
        many: "SLA-definitioner",
        there: "contract_sla",
        fields: &[
            ("correlation_id", "correlation_id"),
            ("name", "name"),
            ("type", "type"),
            ("duration", "duration"),
            ("duration_seconds", "u_duration_seconds"),
            ("schedule", "schedule"),
        ],
        known_by: &["name"],
        rows: rows::sla_definitions,
    },
    Table {
        name: "service-commitments",
        many: "åtaganden",
        there: "service_commitment",
        fields: &[
            ("correlation_id", "correlation_id"),
            ("name", "name"),
            ("type", "type"),
            ("percentage_available", "percentage_available"),
            ("schedule", "schedule"),
            ("sla_definition", "sla"),
        ],
        known_by: &["name"],
        rows: rows::service_commitments,
    },
    Table {
        name: "offering-commitments",
        many: "åtaganden på erbjudanden",
        there: "service_offering_commitment",
        fields: &[
            ("correlation_id", "correlation_id"),
            ("service_offering", "service_offering"),
            ("service_offering_correlation_id", "u_service_offering_correlation_id"),
            ("service_commitment", "service_commitment"),
            ("service_commitment_correlation_id", "u_service_commitment_correlation_id"),
            ("start_date", "start_date"),
            ("end_date", "end_date"),
        ],
        known_by: &["service_offering", "service_commitment"],
        rows: rows::offering_commitments,
    },
    Table {
        name: "technical-services",
        many: "stödjande tjänster",
        there: "cmdb_ci_service_technical",
        fields: BUSINESS,
        known_by: &["name"],
        rows: rows::technical_services,
    },
    Table {
        name: "technical-service-offerings",
        many: "erbjudanden av stödjande tjänster",
        there: "service_offering",
        fields: &[
            ("correlation_id", "correlation_id"),
            ("name", "name"),
            ("parent", "parent"),
            ("parent_correlation_id", "u_parent_correlation_id"),
            ("short_description", "short_description"),
            ("service_level", "u_service_level"),
            ("owned_by", "owned_by"),
            ("service_classification", "service_classification"),
            ("life_cycle_stage", "life_cycle_stage"),
            ("life_cycle_stage_status", "life_cycle_stage_status"),
        ],
        known_by: &["name"],
        rows: rows::technical_service_offerings,
    },
    Table {
        name: "business-applications",
        many: "applikationer",
        there: "cmdb_ci_business_app",
        fields: &[("correlation_id", "correlation_id"), ("name", "name")],
        known_by: &["name"],
        rows: rows::business_applications,
    },
    Table {
        name: "relations",
        many: "relationer",
        there: "cmdb_rel_ci",
        fields: &[
            ("correlation_id", "correlation_id"),
            ("parent", "parent"),
            ("parent_correlation_id", "u_parent_correlation_id"),
            ("child", "child"),
            ("child_correlation_id", "u_child_correlation_id"),
            ("type", "type"),
        ],
        known_by: &["parent", "child"],
        rows: rows::relations,
    },
];

/// A table under the names that the CMDB has for it.
#[derive(Debug)]
pub struct Mapped {
    /// The table that it is.
    pub table: &'static Table,
    /// The table's name there.
    pub there: String,
    /// The columns' names there, each with the field that it is.
    pub columns: Vec<(&'static str, String)>,
    /// A value for each column.
    pub rows: Vec<Vec<String>>,
}

/// The tables of a catalogue that the mapping wants, under its names.
pub fn tables(catalog: &Catalog, mapping: &Mapping) -> Vec<Mapped> {
    let wanted = TABLES.iter().filter_map(|table| Some((table, mapping.tables.get(table.name)?)));
    let mapped = wanted.map(|(table, names)| {
        let fields = table.fields.iter().enumerate();
        let kept: Vec<(usize, &'static str, String)> =
            fields.filter_map(|(at, (field, _))| Some((at, *field, names.columns.get(*field)?.clone()))).collect();
        let rows = (table.rows)(catalog).into_iter();
        let rows = rows.map(|row| kept.iter().map(|(at, ..)| row.get(*at).cloned().unwrap_or_default()).collect());
        Mapped {
            table,
            there: names.there.clone(),
            rows: rows.collect(),
            columns: kept.iter().map(|(_, field, column)| (*field, column.clone())).collect(),
        }
    });
    mapped.collect()
}

/// The tables that hold what SLAs promise.
const OF_AGREEMENTS: [&str; 3] = ["sla-definitions", "service-commitments", "offering-commitments"];

/// The names of the services whose SLA is not in force, where the tables would say what it promises (`§ 3.2.3`).
pub fn without_commitment<'c, 't>(catalog: &'c Catalog, tables: impl IntoIterator<Item = &'t Mapped>) -> Vec<&'c str> {
    let is_told = tables.into_iter().any(|mapped| OF_AGREEMENTS.contains(&mapped.table.name));
    let services = is_told.then(|| rows::not_in_force(catalog)).into_iter().flatten();
    services.map(|service| service.name.as_str()).collect()
}

/// The tables as files to import: a CSV file each, and all of them as JSON.
pub fn files(catalog: &Catalog, tables: &[Mapped]) -> Vec<File> {
    let csv = tables
        .iter()
        .map(|mapped| File { path: format!("csv/{}.csv", mapped.table.name), bytes: csv(mapped).into_bytes() });
    let json = File { path: "json/cmdb.json".into(), bytes: json(catalog, tables).into_bytes() };
    csv.chain([json]).collect()
}

/// Whether one of [`files`] has that path, and nothing that a build writes.
pub fn is_exported(path: &str) -> bool {
    path.starts_with("csv/") || path == "json/cmdb.json"
}

/// UTF-8 with commas, after RFC 4180. Values are what they are: a name may begin as a formula does, and still has to be
/// that name there; [`like_formulas`] tells of them.
fn csv(mapped: &Mapped) -> String {
    let line = |values: &mut dyn Iterator<Item = &str>| {
        let quoted = values.map(|value| match value.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", value.replace('"', "\"\"")),
            false => value.to_string(),
        });
        format!("{}\r\n", quoted.collect::<Vec<_>>().join(","))
    };
    let head = line(&mut mapped.columns.iter().map(|(_, column)| column.as_str()));
    let rows = mapped.rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
    std::iter::once(head).chain(rows).collect()
}

fn json(catalog: &Catalog, tables: &[Mapped]) -> String {
    let tables = tables.iter().map(|mapped| {
        let rows = mapped.rows.iter().map(|row| {
            let columns = mapped.columns.iter().zip(row);
            Json::Object(columns.map(|((_, column), value)| (column.clone(), json!(value))).collect::<Map<_, _>>())
        });
        json!({"name": mapped.table.name, "table": mapped.there, "rows": rows.collect::<Vec<_>>()})
    });
    let edition = &catalog.catalogue.edition;
    let all = json!({
        "format": 1,
        "edition": {"year": edition.year, "version": edition.version},
        "tables": tables.collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

/// The columns and values that a spreadsheet would take for formulas, with the table that each stands in.
pub fn like_formulas(tables: &[Mapped]) -> Vec<(&'static str, &str)> {
    let is_figure = |value: &str| value.parse::<rust_decimal::Decimal>().is_ok();
    let is_formula = |value: &str| value.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let cells = tables.iter().flat_map(|mapped| {
        let columns = mapped.columns.iter().map(|(_, column)| column);
        columns.chain(mapped.rows.iter().flatten()).map(|cell| (mapped.table.name, cell.as_str()))
    });
    cells.filter(|(_, value)| is_formula(value) && !is_figure(value)).collect()
}
