//! JSON: the catalogue as data for other programs, and the schema of that.

use rayon::prelude::*;
use serde_json::Value;

use crate::document::{Data, DataPart};

/// A file of one value, indented, ending in a line break.
pub fn file(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    push(value, "", &mut bytes);
    bytes.push(b'\n');
    bytes
}

/// The same of data whose parts are made one by one.
pub fn data(data: &Data<'_>) -> Vec<u8> {
    let mut bytes = b"{".to_vec();
    for (place, (name, part)) in data.iter().enumerate() {
        bytes.extend_from_slice(if place == 0 { b"\n  " } else { b",\n  " });
        push(&Value::from(name.as_str()), "", &mut bytes);
        bytes.extend_from_slice(b": ");
        push_part(part, &mut bytes);
    }
    bytes.extend_from_slice(if data.is_empty() { b"}\n" } else { b"\n}\n" });
    bytes
}

fn push_part(part: &DataPart<'_>, out: &mut Vec<u8>) {
    /// So many are made and written at a time, by each core.
    const ITEMS: usize = 64;
    let (length, at) = match part {
        DataPart::Value(value) => return push(value, "  ", out),
        DataPart::List(0, _) => return out.extend_from_slice(b"[]"),
        DataPart::List(length, at) => (*length, at),
    };
    let some = |first: usize| {
        let mut bytes = Vec::new();
        for place in first..length.min(first + ITEMS) {
            bytes.extend_from_slice(if place == 0 { b"\n    " } else { b",\n    " });
            push(&at(place), "    ", &mut bytes);
        }
        bytes
    };
    out.push(b'[');
    let written: Vec<Vec<u8>> = (0..length.div_ceil(ITEMS)).into_par_iter().map(|chunk| some(chunk * ITEMS)).collect();
    written.iter().for_each(|bytes| out.extend_from_slice(bytes));
    out.extend_from_slice(b"\n  ]");
}

/// A value whose lines but the first begin so far in. No text in JSON has a line break of its own.
fn push(value: &Value, by: &str, out: &mut Vec<u8>) {
    // Nothing that is in memory is no JSON.
    let bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if number > 0 {
            out.push(b'\n');
            out.extend_from_slice(by.as_bytes());
        }
        out.extend_from_slice(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_are_written_as_if_they_were_one_value() {
        let item = |at: usize| json!({"id": at, "text": "två\nrader ”å” \u{2028}", "none": [], "inner": [{"a": null}, [1, 2.5]]});
        for length in [0, 1, 130] {
            let parts = Data::from([
                ("lista \"å\"".to_string(), DataPart::List(length, Box::new(item))),
                ("värde".to_string(), DataPart::Value(json!({"a": {"b": [true]}}))),
            ]);
            let items: Vec<Value> = (0..length).map(item).collect();
            let whole = json!({"lista \"å\"": items, "värde": {"a": {"b": [true]}}});
            assert_eq!(String::from_utf8(data(&parts)).unwrap(), format!("{whole:#}\n"));
            assert_eq!(String::from_utf8(file(&whole)).unwrap(), format!("{whole:#}\n"));
        }
        assert_eq!(data(&Data::new()), b"{}\n");
    }
}
