//! Long texts, cut where headings begin: each piece can be read as if it stood alone, by any core and in little room.

use std::ops::Range;

/// The pieces of a text, each of so many bytes at least; the whole text where something in it may reach across a heading.
pub fn of(source: &str, shortest: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    if source.len() >= 2 * shortest && !reaches_across_headings(source) {
        // A heading after an empty line ends whatever has been open before it.
        for (at, _) in source.match_indices("\n\n#").map(|(at, found)| (at + 2, found)) {
            if at - start >= shortest && is_heading(&source[at..]) {
                pieces.push(start..at);
                start = at;
            }
        }
    }
    pieces.push(start..source.len());
    pieces
}

fn is_heading(text: &str) -> bool {
    let after = text.trim_start_matches('#');
    text.len() - after.len() <= 6 && after.starts_with(' ')
}

/// Definitions of notes and links hold for the whole text, and code and HTML go on over empty lines.
fn reaches_across_headings(source: &str) -> bool {
    let goes_on = |line: &str| {
        let line = line.trim_start();
        line.starts_with('<') || line.starts_with("```") || line.starts_with("~~~")
    };
    source.contains("]:") || source.lines().any(goes_on)
}
