//! Texts that YAML takes for comments, and their authors did not mean as such.
//!
//! Nothing is wrong with such a file as YAML: what is left of the value is published. So it is told by how a comment is
//! written, with a blank after its `#`, and by what is left.

use super::lines::line_start;
use super::tree::{Node, Tree};
use super::{Problem, ProblemKind, problem};

/// A problem for each comment that looks like the rest of a value, or leaves a key without one.
pub fn taken(source: &str, tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut from = 0;
    while let Some(at) = source[from..].find('#').map(|found| from + found) {
        from = at + 1;
        let is_apart = source[..at].bytes().next_back().is_none_or(|byte| byte.is_ascii_whitespace());
        if !is_apart || tree.is_in_text(at) {
            continue;
        }
        // Whatever else stands on the line is of the same comment.
        from = source[at..].find('\n').map_or(source.len(), |end| at + end);
        problems.extend(judged(source, tree, at, source[at..from].trim_end()));
    }
    problems
}

/// What is wrong with a comment that begins there, if anything is.
fn judged(source: &str, tree: &Tree, at: usize, comment: &str) -> Option<Problem> {
    let line = line_start(source, at);
    let before = source[line..at].trim();
    if before.is_empty() || before == "---" {
        return None;
    }
    let empty = tree.before(source, at).filter(|node| is_left_empty(source, *node, at));
    let is_word = comment[1..].starts_with(char::is_alphanumeric);
    let (message, help) = match empty {
        Some(node) => (
            format!("nyckeln ”{}” blir tom, eftersom ”{comment}” läses som en kommentar", node.key()),
            "sätt värdet inom citattecken; är det en kommentar, skriv den på en egen rad ovanför",
        ),
        None if is_word => (
            format!("”{comment}” läses som en kommentar, och kommer inte med i värdet"),
            "sätt hela värdet inom citattecken; är det en kommentar, skriv ett blanksteg efter #",
        ),
        None => return None,
    };
    Some(problem(at..at + comment.len(), ProblemKind::Otherwise, message, Some(help.to_string())))
}

/// Whether a key has no value, and a comment at that byte where it would stand.
fn is_left_empty(source: &str, node: Node<'_>, at: usize) -> bool {
    let between = source.get(node.key_span().end..at).unwrap_or_default();
    node.is_null() && !node.key().is_empty() && between.trim() == ":"
}
