//! YAML as a tree in which every node knows where it stands.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span};

use crate::text;

/// A node and the bytes of the file that it was read from.
#[derive(Debug)]
pub struct Node<'s> {
    pub span: Range<usize>,
    pub value: Value<'s>,
}

/// A value; its texts are those of the file wherever they stand in it as they are.
#[derive(Debug)]
pub enum Value<'s> {
    /// Nothing, `~` or `null`.
    Null,
    Scalar(Cow<'s, str>),
    Sequence(Vec<Node<'s>>),
    /// In the order of the file; keys that are repeated have been reported and left out.
    Mapping(Vec<(Key<'s>, Node<'s>)>),
}

#[derive(Debug)]
pub struct Key<'s> {
    pub span: Range<usize>,
    pub text: Cow<'s, str>,
}

impl Node<'_> {
    /// The same without a hold on the file's text.
    fn into_owned(self) -> Node<'static> {
        let value = match self.value {
            Value::Null => Value::Null,
            Value::Scalar(text) => Value::Scalar(text.into_owned().into()),
            Value::Sequence(items) => Value::Sequence(items.into_iter().map(Node::into_owned).collect()),
            Value::Mapping(entries) => {
                let owned = |(Key { span, text }, node): (Key<'_>, Node<'_>)| {
                    (Key { span, text: text.into_owned().into() }, node.into_owned())
                };
                Value::Mapping(entries.into_iter().map(owned).collect())
            }
        };
        Node { span: self.span, value }
    }
}

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
}

/// Reads one document. `None` stands for a file that is empty or whose structure could not be followed; what could
/// still be read of a file with a forbidden character or a repeated key comes with its problems.
pub fn parse(source: &str) -> (Option<Node<'_>>, Vec<Problem>) {
    if source.chars().all(text::is_plain) {
        return parse_characters(source, true, Vec::new());
    }
    match without_controls(source) {
        (Cow::Borrowed(source), problems) => parse_characters(source, false, problems),
        (Cow::Owned(source), problems) => {
            let (root, problems) = parse_characters(&source, false, problems);
            (root.map(Node::into_owned), problems)
        }
    }
}

/// The same of a source that the parser can read to its end. Where all of it is plain, nothing that stands in it needs
/// another look.
fn parse_characters(source: &str, plain: bool, problems: Vec<Problem>) -> (Option<Node<'_>>, Vec<Problem>) {
    let mut builder = Builder { source, plain, problems, open: Vec::new(), root: None };
    for event in Parser::new_from_str(source) {
        match event {
            Ok((event, span)) => {
                if let Err(problem) = builder.event(event, &span) {
                    builder.problems.push(problem);
                    return (None, builder.problems);
                }
            }
            Err(error) => {
                let mut at = error.marker().byte_offset().unwrap_or(0);
                if matches!(error.kind(), ErrorKind::TabInPlainScalar) {
                    // The text before the tab began where it should; it is the tab that is wrong.
                    at += source[at..].find('\t').unwrap_or(0);
                }
                let (message, help) = in_swedish(error.kind());
                let message =
                    message.map_or_else(|| format!("filen följer inte YAML ({})", error.info()), str::to_string);
                builder.problems.push(problem(at..at + 1, ProblemKind::Syntax, message, help));
                return (None, builder.problems);
            }
        }
    }
    (builder.root, builder.problems)
}

/// The source with blanks in the place of characters at which the parser would give up, and a problem for each.
fn without_controls(source: &str) -> (Cow<'_, str>, Vec<Problem>) {
    let is_control = |c: char| c.is_control() && text::is_forbidden(c);
    if !source.contains(is_control) {
        return (Cow::Borrowed(source), Vec::new());
    }
    let found = source.char_indices().filter(|(_, c)| is_control(*c));
    let problems = found.map(|(at, c)| forbidden_character(c, at..at + c.len_utf8())).collect();
    // As many bytes, so that places hold.
    let blank = |c: char| if is_control(c) { " ".repeat(c.len_utf8()) } else { c.to_string() };
    (Cow::Owned(source.chars().map(blank).collect()), problems)
}

struct Builder<'s> {
    source: &'s str,
    plain: bool,
    problems: Vec<Problem>,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
}

/// A collection whose end has not been reached.
enum Open<'s> {
    Sequence { start: usize, items: Vec<Node<'s>> },
    Mapping { start: usize, entries: Vec<(Key<'s>, Node<'s>)>, key: Option<Key<'s>> },
}

impl<'s> Builder<'s> {
    fn event(&mut self, event: Event<'s>, span: &Span) -> Result<(), Problem> {
        let span = span.byte_range().unwrap_or(0..0);
        match event {
            Event::Scalar(value, style, _, tag) => {
                if tag.is_some() {
                    return Err(syntax(span, "taggar (!…) används inte i katalogen", "ta bort taggen"));
                }
                // What is escaped or folded does not stand in the source as it is.
                let value = if self.plain && matches!(value, Cow::Borrowed(_)) {
                    value
                } else {
                    self.check_characters(&value, &span);
                    text::composed(value)
                };
                self.scalar(value, style == ScalarStyle::Plain, span)
            }
            Event::SequenceStart(_, _, tag) | Event::MappingStart(_, _, tag) if tag.is_some() => {
                Err(syntax(span, "taggar (!…) används inte i katalogen", "ta bort taggen"))
            }
            Event::SequenceStart(..) => self.open(Open::Sequence { start: span.start, items: Vec::new() }, span),
            Event::MappingStart(..) => {
                self.open(Open::Mapping { start: span.start, entries: Vec::new(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                Err(syntax(span, "alias (*…) används inte i katalogen", "skriv ut värdet"))
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(syntax(span, "filen innehåller mer än ett YAML-dokument", "dela den vid ”---”"))
            }
            // The rest marks where the stream and its document begin and end.
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, text: Cow<'s, str>, plain: bool, span: Range<usize>) -> Result<(), Problem> {
        if let Some(Open::Mapping { key: key @ None, .. }) = self.open.last_mut() {
            *key = Some(Key { span, text });
            return Ok(());
        }
        let null = plain && matches!(&*text, "" | "~" | "null");
        let value = if null { Value::Null } else { Value::Scalar(text) };
        self.place(Node { span, value })
    }

    fn open(&mut self, open: Open<'s>, span: Range<usize>) -> Result<(), Problem> {
        if let Some(Open::Mapping { key: None, .. }) = self.open.last() {
            return Err(syntax(span, "en nyckel måste vara en text", "kontrollera klamrar och indrag"));
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Problem> {
        let node = match self.open.pop().expect("the parser pairs starts and ends") {
            Open::Sequence { start, items } => Node { span: start..end, value: Value::Sequence(items) },
            Open::Mapping { start, entries, .. } => Node { span: start..end, value: Value::Mapping(entries) },
        };
        self.place(node)
    }

    fn place(&mut self, node: Node<'s>) -> Result<(), Problem> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => {
                let key = key.take().expect("a value comes after its key");
                if let Some((first, _)) = entries.iter().find(|(earlier, _)| earlier.text == key.text) {
                    let line = 1 + self.source[..first.span.start].matches('\n').count();
                    let message = format!("nyckeln ”{}” står redan på rad {line}", key.text);
                    let help = Some("behåll den ena".to_string());
                    self.problems.push(problem(key.span, ProblemKind::RepeatedKey, message, help));
                } else {
                    entries.push((key, node));
                }
            }
        }
        Ok(())
    }

    fn check_characters(&mut self, value: &str, span: &Range<usize>) {
        let Some(bad) = value.chars().find(|c| text::is_forbidden(*c)) else { return };
        // An escape such as "\x07" has no such character in the file: then the whole value is marked.
        let raw = self.source.get(span.clone()).unwrap_or_default();
        let at = raw.find(bad).map_or(span.clone(), |at| span.start + at..span.start + at + bad.len_utf8());
        self.problems.push(forbidden_character(bad, at));
    }
}

/// The problem of a character that no text may hold.
pub fn forbidden_character(c: char, span: Range<usize>) -> Problem {
    let what = if text::is_bidi_control(c) {
        "ett tecken som vänder skrivriktningen"
    } else if c.is_control() {
        "ett styrtecken"
    } else {
        "ett osynligt tecken"
    };
    let message = format!("texten innehåller {what} (U+{:04X})", u32::from(c));
    problem(span, ProblemKind::Character, message, Some("ta bort tecknet; skriv om ordet om det inte syns".into()))
}

fn problem(span: Range<usize>, kind: ProblemKind, message: String, help: Option<String>) -> Problem {
    Problem { span, kind, message, help }
}

fn syntax(span: Range<usize>, message: &str, help: &str) -> Problem {
    problem(span, ProblemKind::Syntax, message.to_string(), Some(help.to_string()))
}

/// What the parser's commoner complaints mean to an author.
fn in_swedish(kind: &ErrorKind) -> (Option<&'static str>, Option<String>) {
    use ErrorKind::*;
    let (message, help) = match kind {
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
        _ => return (None, None),
    };
    (Some(message), Some(help.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(source: &str) -> Vec<String> {
        parse(source).1.into_iter().map(|p| format!("{:?} {}", p.span, p.message)).collect()
    }

    #[test]
    fn nodes_know_their_bytes() {
        let (root, problems) = parse("namn: Åsa\nlista: [1.50, ~]\n");
        assert_eq!(problems, []);
        let Some(Node { value: Value::Mapping(entries), .. }) = root else { panic!() };
        assert_eq!(entries[0].0.text, "namn");
        assert_eq!(entries[0].1.span, 6..10);
        let Value::Sequence(items) = &entries[1].1.value else { panic!() };
        assert!(matches!(&items[0].value, Value::Scalar(text) if text == "1.50"));
        assert!(matches!(items[1].value, Value::Null));
    }

    #[test]
    fn repeated_keys_and_forbidden_characters_do_not_hide_each_other() {
        assert_eq!(
            problems("a: 1\na: 2\nb: \"x\\x07\"\nc: ett\u{202E}två\n"),
            [
                "5..6 nyckeln ”a” står redan på rad 1",
                "13..20 texten innehåller ett styrtecken (U+0007)",
                "27..30 texten innehåller ett tecken som vänder skrivriktningen (U+202E)",
            ]
        );
    }

    #[test]
    fn decomposed_letters_are_composed() {
        let (root, _) = parse("na\u{308}mn: A\u{30A}\n");
        let Some(Node { value: Value::Mapping(entries), .. }) = root else { panic!() };
        assert_eq!(entries[0].0.text, "nämn");
        assert!(matches!(&entries[0].1.value, Value::Scalar(text) if text == "Å"));
    }

    #[test]
    fn structure_that_cannot_be_followed_is_said_in_swedish() {
        assert_eq!(problems("a: [1, 2\n"), ["3..4 en parentes [ eller { saknar sitt slut"]);
        assert_eq!(problems("a: *b\n"), ["3..4 alias (*…) används inte i katalogen"]);
        assert_eq!(problems("a: !!str b\n"), ["9..10 taggar (!…) används inte i katalogen"]);
        assert!(problems(&"[".repeat(100_000))[0].contains("nästlad"));
    }
}
