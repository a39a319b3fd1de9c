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
        line.starts_with('<') || line.starts_with("```") || line.starts_with("~~~") || definition(rest).is_some()
    })
}

/// What may be definitions of links: where their brackets stand, and their labels.
pub fn definitions(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1));
    starts.filter_map(|start| {
        let label = definition(&source[start..]).filter(|label| !label.starts_with('^'))?;
        Some((start + source[start..].find('[')?, label))
    })
}

/// The label of the definition of a note or a link that a text begins with, be it in lists and quotes; it may go on over
/// lines but has no bracket in it, and a colon after it.
fn definition(text: &str) -> Option<&str> {
    let is_of_container = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
    let label = text.trim_start_matches(is_of_container).strip_prefix('[')?;
    let mut bytes = label.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => _ = bytes.next(),
            b'[' => return None,
            b']' => return (bytes.next()?.1 == b':').then(|| &label[..at]),
            _ => {}
        }
    }
    None
}
