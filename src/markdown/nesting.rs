//! Lists and quotes within each other without end, told before a text is parsed: at each line the parser goes through
//! all that is open.

use std::ops::Range;

/// More levels than anyone writes, and a line of fewer bytes has fewer.
const MOST_LEVELS: usize = 200;
/// The parser may go through so many levels for each byte of a text: more than one of short lines needs at that depth.
const MOST_STEPS: usize = 20;

/// The deepest line of a text with so many levels, and so many lines below them, that no author means it.
pub fn beyond_measure(source: &str) -> Option<Range<usize>> {
    if !has_long_beginning(source.as_bytes()) {
        return None;
    }
    let (mut start, mut steps) = (0, 0);
    let (mut deepest, mut at) = (0, 0..0);
    for line in source.split_inclusive('\n') {
        let levels = levels(line);
        if levels > deepest {
            (deepest, at) = (levels, start..start + line.trim_end().len());
        }
        start += line.len();
        steps += deepest;
    }
    (deepest > MOST_LEVELS && steps > MOST_STEPS * source.len()).then_some(at)
}

/// Whether there may be a line with so many levels: one byte is looked at where there would be as many of them.
fn has_long_beginning(bytes: &[u8]) -> bool {
    let is_in_one = |at: usize| {
        let behind = bytes[..at].iter().rev().take_while(|byte| is_of_beginning(**byte)).take(MOST_LEVELS).count();
        let ahead = bytes[at..].iter().take_while(|byte| is_of_beginning(**byte)).take(MOST_LEVELS).count();
        ahead > 0 && behind + ahead >= MOST_LEVELS / 2
    };
    (0..bytes.len()).skip(MOST_LEVELS / 2 - 1).step_by(MOST_LEVELS / 2).any(is_in_one)
}

/// Whether lists and quotes are begun, and gone on with, by a byte.
fn is_of_beginning(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9')
}

/// How many levels a line can at most be in: each takes a sign of quotes, or two bytes where a tab is as four.
fn levels(line: &str) -> usize {
    let beginning = line.bytes().take_while(|byte| is_of_beginning(*byte));
    let halves = beginning.map(|byte| match byte {
        b'>' => 2,
        b'\t' => 4,
        _ => 1,
    });
    halves.sum::<usize>() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_without_end_is_told_at_its_line() {
        let deep = |one: &str, below: &str| format!("å\n\n{}a\n{}", one.repeat(1_000), below.repeat(20_000));
        for text in [deep(">", ">a\n"), deep("> ", "a\n"), deep("- ", "a\n"), deep("\t", "a\n"), deep("1. ", "a\n")] {
            let line = text.find(['>', '-', '\t', '1']).unwrap()..text.find("a\n").unwrap() + 1;
            assert_eq!(beyond_measure(&text), Some(line));
        }
    }

    #[test]
    fn what_is_deep_or_long_alone_is_parsed() {
        let code =
            format!("```\n{}\n```\n\n", ">".repeat(300)) + &"En rad av vanlig text som fortsätter.\n\n".repeat(10_000);
        let list = "- a\n  - b\n    - c\n".repeat(10_000);
        let rule = format!("{}\n", "-".repeat(100_000));
        for text in [code, list, rule, ">".repeat(100_000), "a b\n".repeat(100_000)] {
            assert_eq!(beyond_measure(&text), None);
        }
    }
}
