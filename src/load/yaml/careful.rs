//! The whole of YAML, by a parser that says what is wrong.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span};

use super::tree::{Form, Tree};
use super::{Problem, ProblemKind, forbidden_character, problem, slips, syntax};
use crate::diagnostic::Lines;
use crate::text;

/// What is known of a source's characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// All of them are plain: only what is escaped needs another look.
    Plain,
    /// None is known to be plain.
    Unknown,
    /// The same, and the file has others in their place: no text of the file is to be used.
    Replaced,
}

/// Reads a source that the parser can read to its end, which has these problems already.
pub fn read(source: &str, texts: Texts, problems: Vec<Problem>) -> (Tree, Vec<Problem>) {
    let (open, tree, lines) = (Vec::new(), Tree::default(), OnceCell::new());
    let mut builder = Builder { source, texts, problems, open, tree, lines };
    for event in Parser::new_from_str(source) {
        match event {
            Ok((event, span)) => {
                if let Err(problem) = builder.event(event, &span) {
                    builder.problems.push(problem);
                    return (Tree::default(), builder.problems);
                }
            }
            Err(error) => {
                let mut at = error.marker().byte_offset().unwrap_or(0);
                if matches!(error.kind(), ErrorKind::TabInPlainScalar) {
                    // The text before the tab began where it should; it is the tab that is wrong.
                    at += source[at..].find('\t').unwrap_or(0);
                }
                let (message, help) = match in_swedish(error.kind()) {
                    Some((message, help)) => (message.to_string(), help),
                    None => (
                        format!("raden följer inte reglerna för YAML (läsaren säger ”{}”)", error.info()),
                        "kontrollera indrag, kolon, citattecken och parenteser här, eller sätt hela värdet inom citattecken",
                    ),
                };
                builder.problems.push(problem(at..at + 1, ProblemKind::Syntax, message, Some(help.to_string())));
                return (Tree::default(), builder.problems);
            }
        }
    }
    builder.tree.fit();
    (builder.tree, builder.problems)
}

struct Builder<'s> {
    source: &'s str,
    texts: Texts,
    problems: Vec<Problem>,
    open: Vec<Open<'s>>,
    tree: Tree,
    /// Where its lines begin, once a key is repeated.
    lines: OnceCell<Lines>,
}

/// A collection whose end has not been reached.
struct Open<'s> {
    at: usize,
    in_block: bool,
    /// Of a mapping only.
    keys: Option<Keys<'s>>,
}

/// The keys of a mapping so far.
#[derive(Default)]
struct Keys<'s> {
    first: HashMap<Cow<'s, str>, usize>,
    next: Option<Key<'s>>,
}

struct Key<'s> {
    span: Range<usize>,
    text: Cow<'s, str>,
    /// The step of the value, which is to be taken away when it is whole: the key is repeated.
    repeated: Option<usize>,
}

impl<'s> Builder<'s> {
    fn event(&mut self, event: Event<'s>, span: &Span) -> Result<(), Problem> {
        let span = span.byte_range().unwrap_or(0..0);
        if event.anchor_id().is_some() {
            return Err(self.anchor(span.start));
        }
        match event {
            Event::Scalar(value, style, _, tag) => {
                if tag.is_some() {
                    return Err(syntax(span, "taggar (!…) används inte i katalogen", "ta bort taggen"));
                }
                // What is escaped or folded does not stand in the source as it is.
                let value = if self.texts == Texts::Plain && matches!(value, Cow::Borrowed(_)) {
                    value
                } else {
                    self.check_characters(&value, &span);
                    text::composed(value)
                };
                self.scalar(value, style, span);
                Ok(())
            }
            Event::SequenceStart(_, _, tag) | Event::MappingStart(_, _, tag) if tag.is_some() => {
                Err(syntax(span, "taggar (!…) används inte i katalogen", "ta bort taggen"))
            }
            Event::SequenceStart(..) => self.open(Form::Sequence, span),
            Event::MappingStart(..) => self.open(Form::Mapping, span),
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(span.end);
                Ok(())
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                Err(syntax(span, "alias (*…) används inte i katalogen", "skriv ut värdet"))
            }
            Event::DocumentStart(..) if self.tree.len() > 0 => {
                Err(syntax(span, "filen innehåller mer än ett YAML-dokument", "dela den vid ”---”"))
            }
            // The rest marks where the stream and its document begin and end.
            _ => Ok(()),
        }
    }

    /// What is wrong with the anchor of what begins there. A name that begins a text is lost from it.
    fn anchor(&self, before: usize) -> Problem {
        let at = self.source[..before].rfind('&').unwrap_or(before);
        let name = self.source[at..].split(char::is_whitespace).next().unwrap_or_default();
        let help = "sätt en text som börjar med & inom citattecken";
        syntax(at..at + name.len().max(1), "ankare (&…) används inte i katalogen", help)
    }

    fn scalar(&mut self, text: Cow<'s, str>, style: ScalarStyle, span: Range<usize>) {
        if self.is_key_next() {
            self.key(text, span);
            return;
        }
        let key = self.begin_value();
        let span = self.told(span, style, &text, &key);
        let form = self.form(&text, style, &span);
        match form {
            Form::Own => self.tree.add_own(key, span, text),
            form => _ = self.tree.add(key, span, form),
        }
        self.end_value();
    }

    /// The bytes of a value without the blanks and the line breaks after it; of one that is left out, where its key ends.
    fn told(&self, span: Range<usize>, style: ScalarStyle, text: &str, key: &Range<usize>) -> Range<usize> {
        match style {
            ScalarStyle::Plain if text.is_empty() && key.end > 0 => key.end..key.end,
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let written = self.source.get(span.clone()).unwrap_or_default();
                span.start..span.start + written.trim_end().len()
            }
            _ => span,
        }
    }

    /// How the text of a value can be found again.
    fn form(&self, text: &str, style: ScalarStyle, span: &Range<usize>) -> Form {
        let in_file = |range: Range<usize>| {
            self.texts != Texts::Replaced && self.source.get(range).is_some_and(|written| written == text)
        };
        match style {
            ScalarStyle::Plain if matches!(text, "" | "~" | "null") => Form::Null,
            ScalarStyle::Plain if in_file(span.clone()) => Form::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted
                if in_file(span.start + 1..span.end.saturating_sub(1)) =>
            {
                Form::Quoted
            }
            _ => Form::Own,
        }
    }

    fn is_key_next(&self) -> bool {
        self.open.last().and_then(|open| open.keys.as_ref()).is_some_and(|keys| keys.next.is_none())
    }

    fn key(&mut self, text: Cow<'s, str>, span: Range<usize>) {
        let Some(keys) = self.open.last_mut().and_then(|open| open.keys.as_mut()) else { return };
        let first = keys.first.get(&text).copied();
        if let Some(slip) = first.and_then(|_| slips::in_key(self.source, span.clone())) {
            // The one number has as many decimals as the other: no key is meant to be there.
            self.problems.push(slip);
        } else if let Some(first) = first {
            let line = self.lines.get_or_init(|| Lines::of(self.source)).line_of(first);
            let message = format!("nyckeln ”{text}” står redan på rad {line}");
            let help = Some("behåll den ena".to_string());
            self.problems.push(problem(span.clone(), ProblemKind::RepeatedKey, message, help));
        } else {
            keys.first.insert(text.clone(), span.start);
        }
        keys.next = Some(Key { span, text, repeated: first.map(|_| self.tree.len()) });
    }

    /// The key of the value that comes next; nothing of an item of a list, and of the root.
    fn begin_value(&mut self) -> Range<usize> {
        let keys = self.open.last().and_then(|open| open.keys.as_ref());
        let Some(Key { span, text, .. }) = keys.and_then(|keys| keys.next.as_ref()) else { return 0..0 };
        let is_in_file = self.texts != Texts::Replaced && self.source.get(span.clone()).is_some_and(|key| key == text);
        if !is_in_file {
            self.tree.own_key(text.clone());
        }
        span.clone()
    }

    fn end_value(&mut self) {
        let Some(keys) = self.open.last_mut().and_then(|open| open.keys.as_mut()) else { return };
        if let Some(at) = keys.next.take().and_then(|key| key.repeated) {
            self.tree.take_away(at);
        }
    }

    fn open(&mut self, form: Form, span: Range<usize>) -> Result<(), Problem> {
        if self.is_key_next() {
            return Err(syntax(span, "en nyckel måste vara en text", "kontrollera klamrar och indrag"));
        }
        let key = self.begin_value();
        // A bracket is a byte of its own; of what is told apart by indents there is nothing to see where it begins.
        let in_block = span.is_empty();
        let start = if in_block && form == Form::Sequence { self.first_dash(span.start) } else { span.start };
        let at = self.tree.add(key, start..start, form);
        let keys = (form == Form::Mapping).then(Keys::default);
        self.open.push(Open { at, in_block, keys });
        Ok(())
    }

    /// Where a list begins of which the parser says where it, or its first item, does.
    fn first_dash(&self, at: usize) -> usize {
        let is_dash =
            self.source[at..].strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n']));
        if is_dash { at } else { self.source[..at].rfind('-').unwrap_or(at) }
    }

    fn close(&mut self, end: usize) {
        let Some(Open { at, in_block, .. }) = self.open.pop() else { return };
        // What is told apart by indents ends where the last of it does, not where the next thing begins.
        self.tree.close(at, (!in_block).then_some(end));
        self.end_value();
    }

    fn check_characters(&mut self, value: &str, span: &Range<usize>) {
        let Some(bad) = value.chars().find(|c| text::is_forbidden(*c)) else { return };
        // An escape such as "\x07" has no such character in the file: then the whole value is marked.
        let raw = self.source.get(span.clone()).unwrap_or_default();
        let at = raw.find(bad).map_or(span.clone(), |at| span.start + at..span.start + at + bad.len_utf8());
        self.problems.push(forbidden_character(bad, at));
    }
}

/// What the parser's commoner complaints mean to an author.
fn in_swedish(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    use ErrorKind::*;
    Some(match kind {
        TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabAtBlockScalarStart | TabInPlainScalar => {
            ("raden är indragen med tabb", "dra in med blanksteg")
        }
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar | InvalidQuotedScalarIndent => (
            "ett citattecken saknar sitt slut",
            "avsluta texten med samma citattecken, eller skriv texten efter ”|” på egna rader",
        ),
        InvalidTrailingDoubleQuotedScalar | InvalidTrailingSingleQuotedScalar => {
            ("det står text efter citattecknets slut", "sätt hela värdet inom citattecken")
        }
        UnclosedFlowCollection { .. } | UnexpectedEofFlowMapping | UnexpectedEofFlowSequence => {
            ("en parentes [ eller { saknar sitt slut", "avsluta den med ] eller }")
        }
        MismatchedFlowCollectionEnd { .. } | MisplacedFlowCollectionEnd => {
            ("en parentes avslutas som inte är öppen", "kontrollera paren [ ] och { }")
        }
        ExpectedFlowMappingSeparator | ExpectedFlowSequenceSeparator => {
            ("ett komma saknas mellan två värden", "sätt komma mellan dem; sätt värden med komma inom citattecken")
        }
        ExpectedBlockMappingKey
        | SimpleKeyExpected
        | InvalidSimpleKey
        | InvalidIndentation
        | MappingValueNotAllowed
        | MappingKeyNotAllowed
        | InvalidColonPlacement
        | InvalidMappingValueWhitespace
        | BlockSequenceEntryNotAllowed
        | InvalidBlockEntryWhitespace
        | ExpectedBlockSequenceEntry => (
            "raden passar inte i sitt sammanhang",
            "kontrollera indraget, att nyckeln följs av kolon och blanksteg, och att värden med kolon står inom citattecken",
        ),
        UnknownAnchor => ("alias (*…) används inte i katalogen", "sätt en text som börjar med * inom citattecken"),
        UnknownQuotedScalarEscape | InvalidQuotedScalarHexEscape | InvalidLowSurrogateHexEscape => (
            "ett omvänt snedstreck följs av något som inte är ett tecken",
            "skriv \\\\ för ett omvänt snedstreck, eller använd enkla citattecken",
        ),
        RecursionLimitExceeded => ("filen är nästlad för djupt", "dela upp den"),
        _ => return None,
    })
}
