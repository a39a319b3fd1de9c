//! JSON against a JSON Schema: the keywords that ours uses, and no others.

use std::collections::BTreeSet;

use serde_json::Value;

/// What a schema finds in data.
#[derive(Debug, Default)]
pub struct Reading {
    /// Where and how the data breaks the schema.
    pub faults: Vec<String>,
    /// The properties that the data has a value of, as `PriceItem.unit`; those of the root without a name before.
    pub used: BTreeSet<String>,
}

/// Reads data by a schema.
pub fn read(data: &Value, schema: &Value) -> Reading {
    let mut reading = Reading::default();
    check(data, schema, schema, "", "", &mut reading);
    reading
}

/// Every property of a schema, by the same names as those that are used.
pub fn properties(schema: &Value) -> BTreeSet<String> {
    let of = |name: &str, definition: &Value| {
        let keys = definition["properties"].as_object().into_iter().flatten();
        keys.map(|(key, _)| format!("{name}.{key}")).collect::<Vec<_>>()
    };
    let definitions = schema["$defs"].as_object().into_iter().flatten();
    let all = definitions.flat_map(|(name, definition)| of(name, definition));
    all.chain(of("", schema)).collect()
}

fn check(data: &Value, schema: &Value, root: &Value, name: &str, path: &str, reading: &mut Reading) {
    let mut fault = |what: String| reading.faults.push(format!("{path}: {what}"));
    let keywords = schema.as_object().unwrap_or_else(|| panic!("{path}: no schema: {schema}"));
    for (keyword, wanted) in keywords {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "contentMediaType" | "properties" => {}
            "type" => {
                if !is_of_type(data, wanted.as_str().expect("one type")) {
                    fault(format!("{data} is no {wanted}"));
                }
            }
            "const" => {
                if data != wanted {
                    fault(format!("{data} is not {wanted}"));
                }
            }
            "enum" => {
                if !wanted.as_array().unwrap().contains(data) {
                    fault(format!("{data} is none of {wanted}"));
                }
            }
            "minimum" | "maximum" => {
                let (found, limit) = (data.as_i64().unwrap_or_default(), wanted.as_i64().unwrap());
                if (keyword == "minimum" && found < limit) || (keyword == "maximum" && found > limit) {
                    fault(format!("{found} is beyond {limit}"));
                }
            }
            "pattern" | "format" => {
                if !matches(data.as_str().unwrap_or_default(), wanted.as_str().unwrap()) {
                    fault(format!("{data} is not written as {wanted}"));
                }
            }
            "required" => {
                for key in wanted.as_array().unwrap() {
                    if data.get(key.as_str().unwrap()).is_none() {
                        fault(format!("{key} is missing"));
                    }
                }
            }
            "additionalProperties" | "$ref" | "items" | "anyOf" | "oneOf" => {}
            other => panic!("{path}: the keyword {other} is not known here"),
        }
    }
    inner(data, schema, root, name, path, reading);
}

/// What stands in a value, and what else is said of it.
fn inner(data: &Value, schema: &Value, root: &Value, name: &str, path: &str, reading: &mut Reading) {
    if let Some(reference) = schema.get("$ref") {
        let name = reference.as_str().unwrap().strip_prefix("#/$defs/").expect("a reference within the schema");
        let definition = root["$defs"].get(name).unwrap_or_else(|| panic!("{name} is not defined"));
        check(data, definition, root, name, path, reading);
    }
    if let Some(choices) = schema.get("anyOf").or(schema.get("oneOf")) {
        let fits = |choice: &&Value| {
            let mut reading = Reading::default();
            check(data, choice, root, name, path, &mut reading);
            reading.faults.is_empty()
        };
        let count = choices.as_array().unwrap().iter().filter(fits).count();
        if count == 0 || (schema.get("oneOf").is_some() && count > 1) {
            reading.faults.push(format!("{path}: {data} is {count} of what it may be"));
        }
    }
    if let (Some(items), Some(list)) = (schema.get("items"), data.as_array()) {
        for (at, item) in list.iter().enumerate() {
            check(item, items, root, name, &format!("{path}/{at}"), reading);
        }
    }
    for (key, value) in data.as_object().into_iter().flatten() {
        let path = format!("{path}/{key}");
        match (schema.get("properties").and_then(|known| known.get(key)), schema.get("additionalProperties")) {
            (Some(known), _) => {
                let given = match value {
                    Value::Null | Value::Bool(false) => false,
                    Value::Array(items) => !items.is_empty(),
                    Value::String(text) => !text.is_empty(),
                    Value::Bool(true) | Value::Number(_) | Value::Object(_) => true,
                };
                if given {
                    reading.used.insert(format!("{name}.{key}"));
                }
                check(value, known, root, name, &path, reading);
            }
            (None, Some(Value::Bool(false))) => reading.faults.push(format!("{path}: the schema has no such key")),
            (None, Some(other)) => check(value, other, root, name, &path, reading),
            (None, None) => {}
        }
    }
}

fn is_of_type(data: &Value, kind: &str) -> bool {
    match kind {
        "object" => data.is_object(),
        "array" => data.is_array(),
        "string" => data.is_string(),
        "boolean" => data.is_boolean(),
        "integer" => data.is_i64() || data.is_u64(),
        "number" => data.is_number(),
        other => panic!("the type {other} is not known here"),
    }
}

/// Whether a text is written as a pattern or a format says, of those that the schema has.
fn matches(text: &str, wanted: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match wanted {
        r"^-?[0-9]+(\.[0-9]+)?$" => {
            let text = text.strip_prefix('-').unwrap_or(text);
            let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
            digits(whole) && digits(decimals)
        }
        "^[0-2][0-9]:[0-5][0-9]$" => text.len() == 5 && text.split(':').all(digits),
        "date" => text.len() == 10 && text.split('-').count() == 3 && text.split('-').all(digits),
        "duration" => text.strip_prefix("PT").is_some_and(|rest| {
            let parts = rest.split_inclusive(['H', 'M']).collect::<Vec<_>>();
            !parts.is_empty() && parts.iter().all(|part| digits(&part[..part.len() - 1]))
        }),
        other => panic!("the pattern {other} is not known here"),
    }
}
