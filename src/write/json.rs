//! JSON: the catalogue as data for other programs, and the schema of that.

use rayon::prelude::*;
use serde_json::Value;

use crate::document::{Data, DataPart};

/// A file of one value, indented, ending in a line break.
pub fn file(value: &Value) -> Vec<u8> {
    let mut bytes = format!("{value:#}").into_bytes();
    bytes.push(b'\n');
    bytes
}

/// The same of data whose parts are made one by one.
pub fn data(data: &Data<'_>) -> Vec<u8> {
    let parts: Vec<String> =
        data.iter().map(|(name, part)| format!("  {}: {}", Value::from(name.as_str()), text(part))).collect();
    if parts.is_empty() { b"{}\n".to_vec() } else { format!("{{\n{}\n}}\n", parts.join(",\n")).into_bytes() }
}

fn text(part: &DataPart<'_>) -> String {
    match part {
        DataPart::Value(value) => indented(value, "  "),
        DataPart::List(0, _) => String::from("[]"),
        DataPart::List(length, at) => {
            let items: Vec<String> =
                (0..*length).into_par_iter().map(|place| format!("    {}", indented(&at(place), "    "))).collect();
            format!("[\n{}\n  ]", items.join(",\n"))
        }
    }
}

/// A value whose lines but the first begin further in. No text in JSON has a line break of its own.
fn indented(value: &Value, by: &str) -> String {
    format!("{value:#}").replace('\n', &format!("\n{by}"))
}
