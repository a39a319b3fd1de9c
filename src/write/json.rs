//! JSON: the catalogue as data, for other programs.

/// The data, indented, ending in a line break.
pub fn data(data: &serde_json::Value) -> Vec<u8> {
    let mut bytes = format!("{data:#}").into_bytes();
    bytes.push(b'\n');
    bytes
}
