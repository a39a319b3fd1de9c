//! JSON: the catalogue as data for other programs, and the schema of that.

/// A file of data, indented, ending in a line break.
pub fn file(data: &serde_json::Value) -> Vec<u8> {
    let mut bytes = format!("{data:#}").into_bytes();
    bytes.push(b'\n');
    bytes
}
