//! Packages in tests: taken apart, changed and put together again.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::package::{MOST, unpack};

/// The parts of a package by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

pub fn unzip(bytes: &[u8]) -> Parts {
    unpack(bytes, MOST, |_| true).unwrap().into_iter().map(|part| (part.name, part.bytes)).collect()
}

pub fn zip(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Puts other words in the place of words of a part, which must be there, so many times.
pub fn replace(parts: &mut Parts, part: &str, words: &str, by: &str, times: usize) {
    let text = std::str::from_utf8(&parts[part]).unwrap();
    assert!(text.contains(words), "{part} has no {words}");
    let text = text.replacen(words, by, times);
    parts.insert(part.to_owned(), text.into_bytes());
}
