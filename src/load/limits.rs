//! How large a file may be: beyond any catalogue's need, and within what a machine reads in a moment.

use crate::text;

/// The largest file of YAML in bytes: some 20 000 services in one.
pub const LARGEST: u64 = 64_000_000;
/// The most values that one file of YAML may have, keys not counted: twice those of 20 000 services. Each takes memory however
/// short it is.
pub const MOST_VALUES: usize = 3_000_000;
/// The most lines of a file: twice those of an honest one of that size. Each takes time however short it is.
const MOST_LINES: usize = 4_000_000;
/// The largest chapter in bytes: five hundred pages.
const LARGEST_CHAPTER: u64 = 2_000_000;
/// The largest text of a key in bytes: more than two hundred pages. Of short lines it is read in a hundred times the room.
const LARGEST_TEXT: usize = 1_000_000;
/// The largest picture in bytes. It goes into every Word file that shows it.
pub const LARGEST_PICTURE: u64 = 20_000_000;
/// The largest Word file that is inspected, in bytes: as much as is unpacked of one.
pub const LARGEST_WORD_FILE: u64 = 256 << 20;
/// The longest side of a picture in pixels, which JPEG can have no longer.
pub const LONGEST_SIDE: u32 = 65_535;
/// The most pixels that a picture may have: each takes its reader three or four bytes of memory.
pub const MOST_PIXELS: usize = 100_000_000;
/// More mistakes in the characters and keys of a file than anyone reads at once.
pub const MOST_PROBLEMS: usize = 1_000;
/// More mistakes in all that a file has than there are entries in any honest one.
pub const MOST_IN_FILE: usize = 100_000;

/// The longest name in characters: three times what is a finding of its own, since some names are still to be shortened.
const LONGEST_NAME: usize = 500;

/// What to do about a file of too much.
pub const DIVIDE: &str = "dela upp den, till exempel med en fil för varje post";

/// Why a text is not a name at all, and what to do about it.
pub fn too_long(text: &str) -> Option<(String, &'static str)> {
    if text.len() <= LONGEST_NAME {
        return None;
    }
    let length = text.chars().count();
    let message = format!("namnet är {length} tecken långt, och får vara högst {LONGEST_NAME}");
    (length > LONGEST_NAME).then_some((message, "korta namnet, och skriv resten i beskrivningen"))
}

/// Why the text of a file is not read as such, and what to do about it.
pub fn too_many_lines(text: &str) -> Option<(String, &'static str)> {
    let lines = || text.bytes().filter(|byte| *byte == b'\n').count();
    (text.len() > MOST_LINES && lines() > MOST_LINES)
        .then(|| (format!("filen har fler än {} rader", text::number(MOST_LINES.into())), DIVIDE))
}

/// Why a text of a key is not read, and what to do about it.
pub fn too_large_a_text(text: &str) -> Option<(String, &'static str)> {
    let message = || format!("texten är större än {} MB", LARGEST_TEXT / 1_000_000);
    (text.len() > LARGEST_TEXT).then(|| (message(), "korta den, eller gör kapitel av den under texter/"))
}

/// Why a file of that path, with so many bytes, is not read at all, and what to do about it.
pub fn too_large(path: &str, bytes: u64) -> Option<(String, &'static str)> {
    let (most, cure) =
        if path.ends_with(".md") { (LARGEST_CHAPTER, "dela upp den i flera kapitel") } else { (LARGEST, DIVIDE) };
    (bytes > most).then(|| (format!("filen är större än {} MB", most / 1_000_000), cure))
}
