//! Long texts, cut where headings begin: each piece can be read as if it stood alone, by any core and in little room.

use std::ops::Range;

/// The pieces of a text, each of so many bytes at least; `None` where something in it may reach across a heading.
pub fn of(source: &str, shortest: usize) -> Option<Vec<Range<usize>>> {
    if reaches_across_headings(source) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    if source.len() / 2 >= shortest {
        // A heading after an empty line ends whatever has been open before it.
        for (at, _) in source.match_indices("\n\n#").map(|(at, found)| (at + 2, found)) {
            if at - start >= shortest && is_heading(&source[at..]) {
                pieces.push(start..at);
                start = at;
            }
        }
    }
    pieces.push(start..source.len());
    Some(pieces)
}

fn is_heading(text: &str) -> bool {
    let after = text.trim_start_matches('#');
    text.len() - after.len() <= 6 && after.starts_with(' ')
}

/// Definitions of notes and links hold for the whole text, and code and HTML go on over empty lines.
fn reaches_across_headings(source: &str) -> bool {
    let mut start = 0;
    source.split_inclusive('\n').any(|line| {
        let rest = &source[start..];
        start += line.len();
        // So most lines begin.
        if matches!(line.as_bytes()[0], b'A'..=b'Z' | b'a'..=b'z' | b'|' | b'#' | b'!' | b'\\' | b'\n') {
            return false;
        }
        let line = line.trim_start();
        line.starts_with('<') || line.starts_with("```") || line.starts_with("~~~") || begins_definition(rest)
    })
}

/// Whether a text begins with the definition of a note or a link, be it in lists and quotes: a label, which may go on over
/// lines but has no bracket in it, and a colon.
fn begins_definition(text: &str) -> bool {
    let is_of_container = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
    let Some(label) = text.trim_start_matches(is_of_container).strip_prefix('[') else { return false };
    let mut bytes = label.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => _ = bytes.next(),
            b'[' => return false,
            b']' => return bytes.next() == Some(b':'),
            _ => {}
        }
    }
    false
}
