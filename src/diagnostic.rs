//! What an author is told: a place, what is wrong there, and what to do about it.

mod cause;
pub mod codes;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use cause::Cause;
pub(crate) use cause::is_systems;

use crate::text::{shown, shown_in_line, with_short_quotes, without_users};

/// How much a finding weighs. An error stops a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The content cannot be published.
    Error,
    /// Published, but someone should look at it; an error under `--strict`.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word that stands in a diagnostic.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "fel",
            Severity::Warning => "varning",
            Severity::Info => "info",
        }
    }
}

/// A stable number, printed as `K101`. Codes are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "K{:03}", self.0)
    }
}

/// A place in a source file, with the line itself so that it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path as the user gave it, with `/` between folders.
    pub file: Arc<str>,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// How many characters of the line are meant; at least 1.
    pub length: usize,
    /// The source line, without its line break, and with stars for who logs in at an address. Empty where the file has
    /// none to show.
    pub source: String,
}

/// The longest line that is shown with a finding, in bytes.
const LONGEST_SHOWN: usize = 4_000;

impl Place {
    /// The beginning of a file as a whole, for what concerns no line of it.
    pub fn file(path: impl Into<Arc<str>>) -> Place {
        Place { file: path.into(), line: 1, column: 1, length: 1, source: String::new() }
    }

    /// The place of the bytes `start..end` in `text`; the mark never runs past its line.
    pub fn in_text(path: &Arc<str>, text: &str, start: usize, end: usize) -> Place {
        Place::in_lines(path, text, &Lines::of(text), start..end)
    }

    /// The same in a text of which it is known where each line begins.
    pub(crate) fn in_lines(path: &Arc<str>, text: &str, lines: &Lines, span: Range<usize>) -> Place {
        let start = text.floor_char_boundary(span.start);
        let line_start = lines.start_of_line(text, start);
        // No further than is marked or shown: a line may be the whole text.
        let far = span.end.max(line_start + LONGEST_SHOWN + "\r\n".len()).min(text.len());
        let line_end = text.as_bytes()[start..far].iter().position(|byte| *byte == b'\n').map_or(far, |at| start + at);
        let line_end = text.floor_char_boundary(line_end);
        let marked_end = text.floor_char_boundary(span.end).clamp(start, line_end);
        let source = text[line_start..line_end].trim_end_matches('\r');
        Place {
            file: Arc::clone(path),
            line: lines.line_of(text, start),
            column: 1 + lines.characters(text, start) - lines.characters(text, line_start),
            length: text[start..marked_end].chars().count().max(1),
            // A mark is not found in a line of many screens, and a thousand copies of it fill the memory.
            source: if source.len() > LONGEST_SHOWN { String::new() } else { without_users(source) },
        }
    }
}

/// What there is to know of a text for places in it to be found, however long or many its lines are.
#[derive(Debug)]
pub(crate) struct Lines(Vec<Before>);

/// What comes before a block of bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    /// How many characters begin there.
    characters: usize,
    /// How many lines end there.
    lines: usize,
    /// Where the line begins that the block begins in.
    start: usize,
}

impl Lines {
    /// Bytes of a block.
    const BLOCK: usize = 1_024;

    pub fn of(text: &str) -> Lines {
        let blocks = text.as_bytes().chunks(Lines::BLOCK).enumerate().scan(Before::default(), |before, (at, block)| {
            let here = *before;
            before.characters += characters(block);
            before.lines += line_ends(block);
            if let Some(last) = block.iter().rposition(|byte| *byte == b'\n') {
                before.start = at * Lines::BLOCK + last + 1;
            }
            Some(here)
        });
        Lines(blocks.collect())
    }

    /// The number of the line that a byte stands in, from 1.
    pub fn line_of(&self, text: &str, at: usize) -> usize {
        let (before, bytes) = self.block_of(text, at);
        1 + before.lines + line_ends(bytes)
    }

    /// Where that line begins.
    fn start_of_line(&self, text: &str, at: usize) -> usize {
        let (before, bytes) = self.block_of(text, at);
        bytes.iter().rposition(|byte| *byte == b'\n').map_or(before.start, |last| at - bytes.len() + last + 1)
    }

    /// How many characters begin before a byte.
    fn characters(&self, text: &str, at: usize) -> usize {
        let (before, bytes) = self.block_of(text, at);
        before.characters + characters(bytes)
    }

    /// What comes before the block that a byte stands in, and the bytes from where it begins to that one.
    fn block_of<'t>(&self, text: &'t str, at: usize) -> (Before, &'t [u8]) {
        let block = (at / Lines::BLOCK).min(self.0.len().saturating_sub(1));
        let before = self.0.get(block).copied().unwrap_or_default();
        (before, &text.as_bytes()[(block * Lines::BLOCK).min(at)..at])
    }
}

/// How many lines end in some bytes of a text.
fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// How many characters begin in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is about; stable.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding; what it quotes is no longer than anyone reads, and shows nobody who logs in at an address.
    pub fn new(code: Code, severity: Severity, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, severity, place, message: told(message), help: None }
    }

    /// An error at a place, with the cure of its code.
    pub fn error(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, place, message).with_help_of(codes::cure(code).map(str::to_string))
    }

    /// The same with a cure of its own.
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(told(help));
        self
    }

    /// The same with a cure of its own, where there is one.
    pub fn with_help_of(self, help: Option<String>) -> Diagnostic {
        match help {
            Some(help) => self.with_help(help),
            None => self,
        }
    }
}

/// What is said in a finding, as anyone may read it.
fn told(text: impl Into<String>) -> String {
    without_users(&with_short_quotes(text.into()))
}

/// As the terminal shows it: one line to click on, the source line with a mark, and the cure. No text in it makes a line.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line, column, length, source } = &self.place;
        let file = shown_in_line(file);
        writeln!(
            f,
            "{file}:{line}:{column}: {}[{}]: {}",
            self.severity.label(),
            self.code,
            shown_in_line(&self.message)
        )?;
        if !source.is_empty() {
            let gutter = line.to_string().len();
            let shown = shown(source);
            // Tabs in the margin keep the mark under its word.
            let margin: String = source.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            writeln!(f, "{:gutter$} |", "")?;
            writeln!(f, "{line} | {shown}")?;
            writeln!(f, "{:gutter$} | {margin}{}", "", "^".repeat(*length))?;
        }
        if let Some(help) = &self.help {
            writeln!(f, "  help: {}", shown_in_line(help))?;
        }
        Ok(())
    }
}

/// How many findings there are of each weight, as the last line of a run says it.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let warnings_word = if warnings == 1 { "varning" } else { "varningar" };
    let notes_word = if notes == 1 { "upplysning" } else { "upplysningar" };
    format!("{errors} fel, {warnings} {warnings_word}, {notes} {notes_word}")
}

/// The order in which findings are shown: by file, place, and code.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    fn key(d: &Diagnostic) -> (&str, usize, usize, Code, &str) {
        (&d.place.file, d.place.line, d.place.column, d.code, &d.message)
    }
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_stays_on_its_line() {
        let path = Arc::from("a.yaml");
        let text = "ett: 1\nåäö: två\ntre: 3\n";
        let start = text.find("två").unwrap();
        let place = Place::in_text(&path, text, start, text.len());
        assert_eq!((place.line, place.column, place.length), (2, 6, 3));
        assert_eq!(place.source, "åäö: två");
        let lines = format!("{}\nx{}y", "å".repeat(1_500), "ö".repeat(700));
        let place = Place::in_text(&path, &lines, lines.len() - 1, lines.len());
        assert_eq!((place.line, place.column, place.length), (2, 702, 1));
        let long = "å".repeat(LONGEST_SHOWN);
        let place = Place::in_text(&path, &long, 4, 6);
        assert_eq!((place.column, place.source.as_str()), (3, ""));
        let shown = format!("{}\r\n", "b".repeat(LONGEST_SHOWN));
        let place = Place::in_text(&path, &shown, 1, 9_999);
        assert_eq!((place.length, place.source.len()), (LONGEST_SHOWN, LONGEST_SHOWN));
        let place = Place::in_text(&path, "", 0, 1);
        assert_eq!((place.line, place.column, place.length, place.source.as_str()), (1, 1, 1, ""));
        // Each byte of a text of lines of every length, across blocks.
        let many: String = (0..90).map(|letters| "å".repeat(letters) + "\n").collect();
        for (at, c) in many.char_indices() {
            let before = &many[..at];
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            let place = Place::in_text(&path, &many, at, at + c.len_utf8());
            let line = (1 + before.matches('\n').count(), 1 + many[line_start..at].chars().count());
            assert_eq!((place.line, place.column), line);
            assert_eq!(place.source, many[line_start..].lines().next().unwrap());
        }
    }

    #[test]
    fn no_text_of_a_diagnostic_makes_a_line() {
        let forged = "x\na.yaml:1:1: fel[K999]: påhittat\r\u{1b}[31m\u{202e}";
        let shown = Diagnostic::error(codes::REFERENCE, Place::file(forged), forged).with_help(forged).to_string();
        let told = "x a.yaml:1:1: fel[K999]: påhittat\u{fffd}\u{fffd}[31m\u{fffd}";
        assert_eq!(shown, format!("{told}:1:1: fel[K010]: {told}\n  help: {told}\n"));
    }

    #[test]
    fn one_finding_of_a_weight_is_told_in_the_singular() {
        let of = |severity| Diagnostic::new(codes::REFERENCE, severity, Place::file("a.yaml"), "fel");
        let one = [of(Severity::Error), of(Severity::Warning), of(Severity::Info)];
        assert_eq!(summary(&one), "1 fel, 1 varning, 1 upplysning");
        assert_eq!(summary(&[]), "0 fel, 0 varningar, 0 upplysningar");
    }

    #[test]
    fn a_diagnostic_shows_line_mark_and_cure() {
        let path = Arc::from("tjanster/orbit.yaml");
        let place = Place::in_text(&path, "namn: Orbit\nägare: ingen\n", 20, 25);
        let shown =
            Diagnostic::error(codes::REFERENCE, place, "ingen person heter så").with_help("lägg till den").to_string();
        insta::assert_snapshot!(shown, @"
        tjanster/orbit.yaml:2:8: fel[K010]: ingen person heter så
          |
        2 | ägare: ingen
          |        ^^^^^
          help: lägg till den
        ");
    }
}
