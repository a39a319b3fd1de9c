//! How large a file may be: beyond any catalogue's need, and within what a machine reads in a moment.

use std::fs;
use std::path::Path;

/// The largest file of YAML in bytes: some 20 000 services in one.
const LARGEST: u64 = 64_000_000;
/// The largest chapter in bytes: a thousand pages.
const LARGEST_CHAPTER: u64 = 4_000_000;
/// More mistakes in the characters and keys of a file than anyone reads at once.
pub const MOST_PROBLEMS: usize = 1_000;

/// Why a file is not read at all, and what to do about it.
pub fn too_large(path: &Path) -> Option<(String, &'static str)> {
    let is_chapter = path.extension().is_some_and(|ending| ending == "md");
    let (most, cure) = if is_chapter {
        (LARGEST_CHAPTER, "dela upp den i flera kapitel")
    } else {
        (LARGEST, "dela upp den, till exempel med en fil för varje post")
    };
    // A file that is not there is told of by whoever reads it.
    let bytes = fs::metadata(path).ok()?.len();
    (bytes > most).then(|| (format!("filen är större än {} MB", most / 1_000_000), cure))
}
