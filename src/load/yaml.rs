//! YAML as a tree in which every node knows where it stands.
//!
//! [`quick`] reads what nearly every file is made of: keys and lists by their indents, texts in one or more lines. Where
//! a file has anything else, or anything wrong, it gives up, and [`careful`] reads the file from its beginning with a
//! parser for the whole of YAML, which says what is wrong. Both give the same tree.

mod careful;
mod comments;
mod lines;
mod quick;
mod slips;
#[cfg(test)]
mod tests;
mod tree;

use std::borrow::Cow;
use std::ops::Range;

use super::limits;
use crate::diagnostic::{Code, Severity, codes};
use crate::text;

pub use lines::{markup_in, swallowed};
pub use slips::{cut_text, in_key, in_quotes, in_value, strange_blank, without_blank, without_colon};
pub use tree::{Node, Nodes, Tree, Value};

/// Something wrong with the file as YAML.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    pub span: Range<usize>,
    pub kind: ProblemKind,
    pub message: String,
    pub help: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum ProblemKind {
    Syntax,
    Character,
    RepeatedKey,
    /// A value that YAML reads as something else.
    Value,
    /// A value that can be read, and is hardly meant.
    Doubtful,
    /// A text that is taken for a comment, or of which lines are not read as what they look like.
    Otherwise,
}

impl ProblemKind {
    /// The code of its finding, and how much that weighs.
    pub fn code(self) -> (Code, Severity) {
        match self {
            ProblemKind::Syntax => (codes::SYNTAX, Severity::Error),
            ProblemKind::Character => (codes::CHARACTER, Severity::Error),
            ProblemKind::RepeatedKey => (codes::REPEATED_KEY, Severity::Error),
            ProblemKind::Value => (codes::VALUE, Severity::Error),
            ProblemKind::Doubtful => (codes::VALUE, Severity::Warning),
            ProblemKind::Otherwise => (codes::READ_OTHERWISE, Severity::Warning),
        }
    }
}

/// Reads one document. The tree has no root where the file is empty or its structure could not be followed; what could
/// still be read of a file with a forbidden character or a repeated key comes with its problems.
pub fn parse(source: &str) -> (Tree, Vec<Problem>) {
    if text::is_all_plain(source) {
        return match quick::read(source) {
            Some(tree) => (tree, Vec::new()),
            None => careful::read(source, careful::Texts::Plain, Vec::new()),
        };
    }
    match without_controls(source) {
        (Cow::Borrowed(source), problems) => careful::read(source, careful::Texts::Unknown, problems),
        (Cow::Owned(source), problems) => careful::read(&source, careful::Texts::Replaced, problems),
    }
}

/// The same of a file of content, where it is told too what is taken for a comment, and which lines become one.
pub fn parse_content(source: &str) -> (Tree, Vec<Problem>) {
    let (tree, mut problems) = parse(source);
    // What has been left out is not in the tree, and may have held the comment.
    if problems.iter().all(|problem| problem.kind == ProblemKind::Character) {
        problems.extend(comments::taken(source, &tree));
        problems.extend(lines::joined(source, &tree));
    }
    (tree, problems)
}

/// The source with blanks in the place of characters at which the parser would give up, and a problem for each.
fn without_controls(source: &str) -> (Cow<'_, str>, Vec<Problem>) {
    let is_control = |c: char| c.is_control() && text::is_forbidden(c);
    if !source.contains(is_control) {
        return (Cow::Borrowed(source), Vec::new());
    }
    let found = source.char_indices().filter(|(_, c)| is_control(*c)).take(limits::MOST_PROBLEMS);
    let problems = found.map(|(at, c)| forbidden_character(c, at..at + c.len_utf8())).collect();
    // As many bytes, so that places hold.
    let mut blanked = String::with_capacity(source.len());
    for c in source.chars() {
        match is_control(c) {
            true => blanked.extend(std::iter::repeat_n(' ', c.len_utf8())),
            false => blanked.push(c),
        }
    }
    (Cow::Owned(blanked), problems)
}

/// The problem of a character that no text may hold.
pub fn forbidden_character(c: char, span: Range<usize>) -> Problem {
    let message = format!("texten innehåller {} (U+{:04X})", text::kind_of_forbidden(c), u32::from(c));
    let help = match c {
        _ if text::is_private(c) => {
            "skriv tecknet som ska synas; är det en punkt i en lista från Word, börja raden med - och ett blanksteg"
        }
        _ if text::is_stand_in(c) => "skriv det som skulle stå där, eller ta bort tecknet",
        _ => "ta bort tecknet; skriv om ordet om det inte syns",
    };
    problem(span, ProblemKind::Character, message, Some(help.into()))
}

fn problem(span: Range<usize>, kind: ProblemKind, message: String, help: Option<String>) -> Problem {
    Problem { span, kind, message, help }
}

fn syntax(span: Range<usize>, message: &str, help: &str) -> Problem {
    problem(span, ProblemKind::Syntax, message.to_string(), Some(help.to_string()))
}
