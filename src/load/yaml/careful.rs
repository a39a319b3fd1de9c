//! The whole of YAML, by a parser that says what is wrong.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span};

use super::lines::line_start;
use super::tree::{Form, Tree};
use super::{Problem, ProblemKind, forbidden_character, limits, problem, slips, syntax};
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
    let (open, tree, read_to, plain, further, lines) = (Vec::new(), Tree::default(), 0, 0..0, None, OnceCell::new());
    let known = problems.len();
    let mut builder = Builder { source, texts, problems, open, tree, read: read_to, plain, further, lines };
    for event in Parser::new_from_str(source) {
        match event {
            Ok((event, span)) => {
                if let Err(problem) = builder.event(event, &span) {
                    builder.problems.push(problem);
                    return (Tree::default(), builder.problems);
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(source.len());
                let problem = builder.complaint(error.kind(), at);
                let rest = builder.without_colons(error.kind(), at);
                // What has been found before it is found again.
                builder.problems.truncate(if rest.is_some() { known } else { builder.problems.len() });
                builder.problems.push(problem);
                return match rest {
                    Some(rest) => read(&rest, Texts::Replaced, builder.problems),
                    None => (Tree::default(), builder.problems),
                };
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
    /// How far it has been read.
    read: usize,
    /// The last text without quotes.
    plain: Range<usize>,
    /// The `---` of a further document, before anything in it is met.
    further: Option<Range<usize>>,
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
        self.read = self.read.max(span.end);
        if self.tree.len() > limits::MOST_VALUES {
            let message = format!("filen har fler än {} värden", text::number(limits::MOST_VALUES.into()));
            return Err(syntax(span, &message, limits::DIVIDE));
        }
        if let Some(dashes) = self.further.take() {
            let help = "ta bort raden ”---” om allt hör ihop; dela annars filen där";
            return match event {
                // A --- at the end of the file begins a document of nothing.
                Event::Scalar(_, ScalarStyle::Plain, ..) if span.is_empty() => Ok(()),
                _ => Err(syntax(dashes, "filen innehåller mer än ett YAML-dokument", help)),
            };
        }
        if event.anchor_id().is_some() {
            let help = "sätt en text som börjar med & inom citattecken";
            return Err(syntax(self.property('&', span.start), "ankare (&…) används inte i katalogen", help));
        }
        match event {
            Event::Scalar(value, style, _, tag) => {
                if tag.is_some() {
                    return Err(syntax(self.property('!', span.start), TAG.0, TAG.1));
                }
                if style == ScalarStyle::Plain {
                    self.plain = span.clone();
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
                Err(syntax(self.property('!', span.start), TAG.0, TAG.1))
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
                self.further = Some(span);
                Ok(())
            }
            // The rest marks where the stream and its document begin and end.
            _ => Ok(()),
        }
    }

    /// The bytes of what begins with a sign before what stands there: an anchor or a tag, which a text may have begun with.
    fn property(&self, sign: char, before: usize) -> Range<usize> {
        let at = self.source[..before].rfind(sign).unwrap_or(before);
        let word = self.source[..at].rfind([' ', '\n']).map_or(0, |blank| blank + 1);
        let start = word + self.source[word..].find(sign).unwrap_or(at - word);
        let length = self.source[start..].find([' ', '\n']).unwrap_or(1);
        start..start + length
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
            let line = self.lines.get_or_init(|| Lines::of(self.source)).line_of(self.source, first);
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

    /// What the parser's complaint means to an author, where the mistake was made.
    fn complaint(&self, kind: &ErrorKind, at: usize) -> Problem {
        let elsewhere = match kind {
            ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
                self.quote_without_end(at).or_else(|| self.comma_after_quote(at))
            }
            ErrorKind::BlockEntryInFlowCollection => self.bracket_without_end(at),
            ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::UnexpectedCharacter { .. } => {
                self.bracket_before_key(at).or_else(|| self.colon_in_brackets(at)).or_else(|| self.semicolon(at))
            }
            ErrorKind::MappingValueNotAllowed if self.plain.end == at => {
                let elsewhere = self.quotes_around_colon().or_else(|| self.line_without_colon(kind, at));
                elsewhere.or_else(|| self.colon_in_sentence(kind, at)).or_else(|| self.second_key(at))
            }
            ErrorKind::MissingAnchorOrAliasName => self.bullet(at),
            ErrorKind::MappingValueNotAllowed
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::ExpectedDocumentStart => self.line_without_colon(kind, at),
            _ => None,
        };
        let before = || {
            let elsewhere = self.comment_in_brackets(at).or_else(|| strange_indent(self.source, at));
            elsewhere.or_else(|| first_line_too_far_in(self.source, at))
        };
        long_key(self.source, at).or_else(before).or(elsewhere).unwrap_or_else(|| {
            let (message, help) = in_swedish(kind);
            // The text before a tab began where it should, and so did the | above it; it is the tab that is wrong.
            let is_tab = matches!(kind, ErrorKind::TabInPlainScalar | ErrorKind::TabAtBlockScalarStart);
            let at = at + if is_tab { self.source[at..].find('\t').unwrap_or(0) } else { 0 };
            // Of one that begins its line the parser tells what comes after it.
            let line = line_start(self.source, at);
            let before = &self.source[line..at];
            let at = before.find('\t').filter(|_| before.trim().is_empty()).map_or(at, |tab| line + tab);
            syntax(at..at + 1, &message, help)
        })
    }

    /// The source without the colons in a sentence that is whole on its line, so that the rest of the file is read. It has as
    /// many bytes, so that places hold. `None` where the key's value may be no text, or there have been many.
    fn without_colons(&self, kind: &ErrorKind, at: usize) -> Option<String> {
        let is_of_value = *kind == ErrorKind::MappingValueNotAllowed && self.plain.end == at;
        if !is_of_value || self.problems.len() >= MOST_COLONS || self.open.iter().any(|open| !open.in_block) {
            return None;
        }
        let line = line_start(self.source, at);
        let end = at + self.source[at..].find('\n').unwrap_or(self.source.len() - at);
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
        let below = self.source[end..].lines().find(|line| !line.trim().is_empty());
        let is_whole = below.is_none_or(|below| indent(below) <= indent(&self.source[line..end]));
        let is_of_text = first_key(&self.source[line..end]).is_some_and(|key| TEXTS.contains(&key));
        if !is_whole || self.plain.start <= line || !is_of_text {
            return None;
        }
        let written = self.value_on_line();
        // What is no sentence may be meant as something else.
        written.split_whitespace().nth(2)?;
        let end = self.plain.start + written.len();
        let value = self.source[at..end].replace(": ", "  ");
        let value = value.strip_suffix(':').map(|value| format!("{value} ")).unwrap_or(value);
        (value != self.source[at..end]).then(|| [&self.source[..at], &value, &self.source[end..]].concat())
    }

    /// What stands on the line from where the last text began, without a comment.
    fn value_on_line(&self) -> &'s str {
        let line = self.source[self.plain.start..].lines().next().unwrap_or_default();
        line.find(" #").map_or(line, |comment| &line[..comment]).trim_end()
    }

    /// The sentence with a colon and a blank in it.
    fn colon_in_sentence(&self, kind: &ErrorKind, at: usize) -> Option<Problem> {
        self.without_colons(kind, at)?;
        let help =
            "sätt hela värdet inom citattecken, eller skriv | efter nyckelns kolon och texten på raden under, indragen";
        Some(colon_in(self.value_on_line(), self.plain.start, help))
    }

    /// The key that follows another on its line, without braces around them.
    fn second_key(&self, at: usize) -> Option<Problem> {
        let line = line_start(self.source, at);
        let is_in_block = self.open.iter().all(|open| open.in_block);
        if !is_in_block || self.plain.start <= line || !begins_with_key(&self.source[line..at]) {
            return None;
        }
        let before = self.source[self.plain.start..at].rsplit(',').next()?;
        let key = before.trim_start();
        let is_part = |c: char| c.is_lowercase() || c == '_';
        if key.is_empty() || !key.chars().all(is_part) {
            return None;
        }
        let message = format!("”{key}:” läses som en nyckel till på samma rad, vilket kräver klamrar");
        let help = "sätt nycklarna inom klamrar med komma emellan, {en: …, två: …}, eller skriv dem på egna rader; är det \
                    en text, sätt hela värdet inom citattecken";
        Some(syntax(at - key.len()..at, &message, help))
    }

    /// The quote that opened a text which has taken keys from the lines below it, before other text follows its end.
    fn quote_without_end(&self, at: usize) -> Option<Problem> {
        let open = opening_quote(self.source, self.read, at)?;
        let mut below = self.source[open..at].lines().skip(1);
        if !below.any(begins_with_key) {
            return None;
        }
        let message = format!(
            "citattecknet som öppnas här stängs först på rad {}",
            Lines::of(self.source).line_of(self.source, at)
        );
        Some(syntax(open..open + 1, &message, "avsluta texten med samma citattecken där den slutar"))
    }

    /// The value with a colon that stands between quotes which are none of YAML's.
    fn quotes_around_colon(&self) -> Option<Problem> {
        let line = self.source[self.plain.start..].lines().next()?.trim_end();
        let problem = slips::in_quotes(self.source, self.plain.start..self.plain.start + line.len())?;
        // Nothing of the file is read beyond it, so that no key of it is told as missing.
        Some(Problem { kind: ProblemKind::Syntax, ..problem })
    }

    /// The point of a list that is written with a star.
    fn bullet(&self, at: usize) -> Option<Problem> {
        let is_point = self.source[at..].starts_with("* ") && is_first_in_line(self.source, at);
        let help = "skriv ”- ” i stället för ”* ”; är det text, sätt hela värdet inom citattecken";
        is_point.then(|| syntax(at..at + 1, "en punkt i en lista börjar med bindestreck, inte med *", help))
    }

    /// The line that has a key and no `: `, be it that it was read as one text with a correct line below it.
    fn line_without_colon(&self, kind: &ErrorKind, at: usize) -> Option<Problem> {
        let start = match kind {
            ErrorKind::SimpleKeyExpected if self.open.iter().all(|open| open.in_block) => at,
            _ => self.plain.start,
        };
        let line = line_start(self.source, at);
        if start != at {
            // The line below has a key as far in; what is read as one text with it ends at its colon, and else a comment has
            // ended the text before it.
            let below = line + self.source[line..].find(|c| c != ' ')?;
            let between = self.source.get(start..line)?;
            let is_one = *kind == ErrorKind::MappingValueNotAllowed && self.plain.end == at;
            let is_parted = below == at && between.lines().skip(1).any(|line| line.trim_start().starts_with('#'));
            let begin = line_start(self.source, start);
            if !(is_one || is_parted) || below - line != start - begin || !begins_with_key(&self.source[below..]) {
                return None;
            }
        }
        if !is_first_in_line(self.source, start) {
            return None;
        }
        let line = self.source[start..].lines().next()?.trim_end();
        let (message, help) = without_colon(line)?;
        Some(syntax(start..start + line.len(), &message, &help))
    }

    /// The comment that has taken the end of a bracket, or what follows a value in it.
    fn comment_in_brackets(&self, at: usize) -> Option<Problem> {
        let start = self.open_bracket(at).or_else(|| self.source[at..].starts_with(['[', '{']).then_some(at))?;
        let end = start.max(at) + self.source[start.max(at)..].find('\n').unwrap_or(self.source.len() - start.max(at));
        let mut from = start;
        while let Some(found) = self.source.get(from..end)?.find(['#', '"', '\'']) {
            let sign = from + found;
            let before = &self.source[..sign];
            from = sign + 1;
            if !self.source[sign..].starts_with('#') {
                if before.trim_end_matches(' ').ends_with([':', '[', '{', ',', '\n']) {
                    from = after_quoted(self.source, sign)?;
                }
                continue;
            }
            let comment = self.source[sign..].lines().next()?.trim_end();
            let is_apart = before.ends_with([' ', '\t']) && !is_first_in_line(self.source, sign);
            let is_word = comment[1..].starts_with(char::is_alphanumeric);
            // One that has brackets of its own takes none.
            let takes = comment.matches([']', '}']).count() > comment.matches(['[', '{']).count();
            if is_apart && (takes || is_word && comment.contains(',')) {
                let message = format!("”{comment}” läses som en kommentar, och kommer inte med i värdet");
                let help = "sätt hela värdet inom citattecken; är det en kommentar, skriv den på en egen rad ovanför";
                return Some(syntax(sign..sign + comment.len(), &message, help));
            }
            from = sign + comment.len();
        }
        None
    }

    /// What follows a text between quotes in brackets, and is the next value or key there.
    fn comma_after_quote(&self, at: usize) -> Option<Problem> {
        let open = opening_quote(self.source, self.read, at)?;
        let is_within = self.open.iter().any(|open| !open.in_block)
            || self.source.get(self.read..open).is_some_and(|before| before.contains(['[', '{']));
        let rest = &self.source[at..];
        if is_within && rest.starts_with(';') {
            return Some(no_semicolon(at));
        }
        let is_next = rest.starts_with(['"', '\'']) || first_key(rest.lines().next()?).is_some();
        let help = "sätt ett komma efter citattecknet som avslutar texten";
        (is_within && is_next).then(|| syntax(at..at + 1, "ett komma saknas mellan två värden", help))
    }

    /// The value within brackets that has a colon and a blank in it.
    fn colon_in_brackets(&self, at: usize) -> Option<Problem> {
        let before = self.source.get(self.plain.clone()).filter(|text| !text.contains('\n'))?;
        if self.plain.end != at || !self.source[at..].starts_with(": ") {
            return None;
        }
        if let Some(sign) = before.find("; ") {
            return Some(no_semicolon(self.plain.start + sign));
        }
        let length = self.source[at..].find([',', '}', ']', '\n', '"', '\''])?;
        let value = self.source[self.plain.start..at + length].trim_end();
        let help =
            format!("sätt hela värdet inom citattecken: \"{value}\"; är det två värden, sätt ett komma mellan dem");
        Some(colon_in(value, self.plain.start, &help))
    }

    /// What parts values within brackets as a comma should.
    fn semicolon(&self, at: usize) -> Option<Problem> {
        self.source[at..].starts_with(';').then(|| no_semicolon(at))
    }

    /// The bracket that is still open where a list goes on below it.
    fn bracket_without_end(&self, at: usize) -> Option<Problem> {
        let start = self.open_bracket(at)?;
        let is_below = self.source[start..at].contains('\n');
        let line = Lines::of(self.source).line_of(self.source, at);
        is_below.then(|| self.not_ended(start, &format!("på rad {line} börjar en ny post")))
    }

    /// The bracket that nothing ends, where the next key of what holds it stands on a line below.
    fn bracket_before_key(&self, at: usize) -> Option<Problem> {
        let start = self.open_bracket(at)?;
        let line = line_start(self.source, start);
        let before = &self.source[line..start];
        let indent = before.len() - before.trim_start_matches([' ', '-']).len();
        // A bracket that begins its line is itself what may not stand as far out as a key.
        let most = if indent == before.len() { indent.checked_sub(1)? } else { indent };
        let until = at + self.source.get(at..)?.find('\n').unwrap_or(self.source.len() - at);
        let is_out = |line: &&str| line.len() - line.trim_start_matches(' ').len() <= most;
        let mut below = self.source[start..until].lines().enumerate().skip(1).filter(|(_, line)| is_out(line));
        let (lines, key) = below.find_map(|(lines, line)| Some((lines, first_key(line)?)))?;
        if is_ended(&self.source[start..]) {
            return None;
        }
        let line = Lines::of(self.source).line_of(self.source, start) + lines;
        Some(self.not_ended(start, &format!("på rad {line} börjar nyckeln ”{key}”")))
    }

    /// Where the innermost bracket stands that is open at a byte.
    fn open_bracket(&self, at: usize) -> Option<usize> {
        // A pair in a list has no bracket of its own.
        let open = self.open.iter().rev().find(|open| !open.in_block);
        match open.and_then(|open| self.tree.node(self.source, open.at)) {
            Some(node) => Some(node.span().start),
            // The parser reads on from a bracket before it tells of it.
            None => Some(self.read + self.source.get(self.read..at)?.find(['[', '{'])?),
        }
    }

    fn not_ended(&self, start: usize, but: &str) -> Problem {
        let (bracket, end) = if self.source[start..].starts_with('{') { ('{', '}') } else { ('[', ']') };
        let message = format!("parentesen {bracket} som öppnas här är inte avslutad, men {but}");
        syntax(start..start + 1, &message, &format!("avsluta den med {end} där den slutar"))
    }

    fn check_characters(&mut self, value: &str, span: &Range<usize>) {
        let Some((_, bad)) = text::forbidden(value).next() else { return };
        // An escape such as "\x07" has no such character in the file: then the whole value is marked.
        let raw = self.source.get(span.clone()).unwrap_or_default();
        let at = text::forbidden(raw)
            .find(|(_, c)| *c == bad)
            .map_or(span.clone(), |(at, _)| span.start + at..span.start + at + bad.len_utf8());
        self.problems.push(forbidden_character(bad, at));
    }
}

/// So many values with colons are passed over to read the rest of a file, which each time is read from its beginning.
const MOST_COLONS: usize = 20;

/// Keys whose values are sentences wherever they stand, and are neither names nor ids, figures or dates.
const TEXTS: &[&str] = &[
    "ansvar",
    "användarstöd",
    "användarutbildning",
    "beskrivning",
    "exempel_text",
    "fotnot",
    "förklaring",
    "ingår",
    "ingår_ej",
    "kapacitet",
    "kommentar",
    "kontinuitet",
    "kundens_ansvar",
    "källa",
    "leveranstid",
    "motivering",
    "mål",
    "målgrupp",
    "omfattning",
    "orsak",
    "sammanfattning",
    "skäl",
    "stöd_utanför_kontorstid",
    "säkerhet",
    "tillval",
    "övriga_skäl",
];

/// The longest key in characters, which is YAML's rule.
const LONGEST_KEY: usize = 1_024;

/// The key that is too long to be one, of which the parser tells where it begins or at its colon.
fn long_key(source: &str, at: usize) -> Option<Problem> {
    let rest = source.get(at..)?;
    let key = if rest.starts_with(':') {
        let line = line_start(source, at);
        let plain = || source[line..at].rfind(['{', '[', ',']).map_or(line, |sign| line + sign + 1);
        opening_quote(source, line, at).unwrap_or_else(plain)..at
    } else if rest.starts_with(['"', '\'']) {
        at..after_quoted(source, at)?
    } else {
        at..at + rest.find([':', '\n'])?
    };
    let is_key = source[key.end..].trim_start_matches(' ').starts_with(':');
    if !is_key || source[key.clone()].trim().chars().count() <= LONGEST_KEY {
        return None;
    }
    let message =
        format!("nyckeln är längre än {} tecken, vilket YAML inte tillåter", text::number(LONGEST_KEY.into()));
    let help = "korta den; är det ingen nyckel utan en text, dra in raden eller sätt hela texten inom citattecken";
    let start = key.end - source[key].trim_start().len();
    Some(syntax(start..start + 1, &message, help))
}

/// What is said of a value in which there is a colon with a blank after it.
fn colon_in(value: &str, start: usize, help: &str) -> Problem {
    let message = format!("”{value}” har ett kolon med blanksteg i sig, och går inte att läsa som ett värde");
    syntax(start..start + value.len(), &message, help)
}

/// What is said of a semicolon that should be a comma.
fn no_semicolon(at: usize) -> Problem {
    let help = "skriv komma i stället; hör semikolonet till ett värde, sätt hela värdet inom citattecken";
    syntax(at..at + 1, "värden inom [ ] och { } skiljs åt med komma, inte med semikolon", help)
}

/// The blank of another kind with which a line is indented, that of a byte or the one above it, which YAML takes for a
/// part of its text.
fn strange_indent(source: &str, at: usize) -> Option<Problem> {
    let line = line_start(source, at);
    let above = source[..line].trim_end().rfind('\n').map_or(0, |end| end + 1);
    let problem = [above, line].into_iter().find_map(|start| slips::strange_blank(source, start))?;
    // Nothing of the file is read beyond it.
    Some(Problem { kind: ProblemKind::Syntax, ..problem })
}

/// The blanks before the first line of a file, where a byte begins a line with a key that has none.
fn first_line_too_far_in(source: &str, at: usize) -> Option<Problem> {
    let mut start = 0;
    let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#') && line.trim() != "---";
    let first = source.split_inclusive('\n').find(|line| {
        is_said(line) || {
            start += line.len();
            false
        }
    })?;
    let blanks = first.len() - first.trim_start_matches(' ').len();
    let line = line_start(source, at);
    let own = &source[line..];
    let is_out = line > start && !own.starts_with([' ', '\t']) && begins_with_key(own.lines().next()?);
    if blanks == 0 || !is_out || !begins_with_key(first) {
        return None;
    }
    let between = &source[start + first.len()..line];
    if !between.lines().all(|line| line.trim().is_empty() || line.starts_with([' ', '#'])) {
        return None;
    }
    let key = first_key(first)?;
    let help = format!("ta bort blankstegen före ”{key}”");
    Some(syntax(start..start + blanks, "filens första rad är indragen, men inte de som hör ihop med den", &help))
}

/// Where the text between quotes begins that ends at that byte, or blanks before it; looked for from a byte outside of texts.
fn opening_quote(source: &str, from: usize, end: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let open = at + source.get(at..end)?.find(['"', '\''])?;
        let is_first = open == 0 || source[..open].ends_with([' ', '\n', '[', '{', ',']);
        at = if is_first { after_quoted(source, open)? } else { open + 1 };
        if is_first && at <= end && source[at..end].trim().is_empty() {
            return Some(open);
        }
    }
}

/// Where what follows the text between quotes begins that opens at a byte.
fn after_quoted(source: &str, open: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let quote = bytes[open];
    let mut at = open + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte != quote => at += 1,
            _ if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            _ => return Some(at + 1),
        }
    }
}

/// Whether nothing but blanks and the dashes of a list stands before a byte on its line.
fn is_first_in_line(source: &str, at: usize) -> bool {
    let line = line_start(source, at);
    source[line..at].trim_start_matches([' ', '-']).is_empty()
}

/// What is wrong with a line where a key is looked for and no `: ` follows one, and what to do about it; nothing of one that
/// begins as no key does.
fn without_colon(line: &str) -> Option<(String, String)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let (key, rest) = line.split_at(line.find(|c| !is_part(c)).unwrap_or(line.len()));
    if key.is_empty() {
        return None;
    }
    let after = rest.strip_prefix(':').filter(|after| !after.starts_with("//")).and_then(|after| after.chars().next());
    let message = match after {
        Some(blank) if blank.is_whitespace() => {
            let number = u32::from(blank);
            format!("kolonet efter ”{key}” följs inte av ett vanligt blanksteg utan av ett annat (U+{number:04X})")
        }
        Some(_) => format!("kolonet efter ”{key}” följs inte av ett blanksteg"),
        None if rest.trim_start().starts_with([':', '=', '：', '﹕']) && !rest.starts_with(':') => {
            format!("”{key}” följs inte av kolon och blanksteg")
        }
        None => {
            let message = "raden saknar kolon och blanksteg efter en nyckel".to_string();
            let help = "skriv den som ”nyckel: värde”; dra in den om den hör till värdet ovanför, och börja den \
                        med # om den är en kommentar";
            return Some((message, help.to_string()));
        }
    };
    Some((message, format!("skriv ”{key}: …”, med kolon direkt efter nyckeln och sedan ett vanligt blanksteg")))
}

/// Whether a line says `key:`, in a list or not.
fn begins_with_key(line: &str) -> bool {
    first_key(line).is_some()
}

/// The key with which a line begins, in a list or not.
fn first_key(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches("- ").trim_start_matches('{');
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let is_followed = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\n']);
    let (key, rest) = line.split_once(':')?;
    (!key.is_empty() && key.chars().all(is_part) && is_followed(rest)).then_some(key)
}

/// Whether the bracket with which a text begins comes to an end, be it one of another kind.
fn is_ended(text: &str) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            return true;
        }
    }
    false
}

/// What the parser's complaint means to an author, and what to do about it.
fn in_swedish(kind: &ErrorKind) -> (Cow<'static, str>, &'static str) {
    let (message, help) = match kind {
        ErrorKind::UnexpectedCharacter { character } => return unexpected(*character),
        kind => told(kind).unwrap_or((
            "raden följer inte reglerna för YAML",
            "kontrollera indrag, kolon, citattecken och parenteser här, eller sätt hela värdet inom citattecken",
        )),
    };
    (message.into(), help)
}

/// A character that no value begins with, or that no text holds.
fn unexpected(character: char) -> (Cow<'static, str>, &'static str) {
    if character.is_ascii_punctuation() {
        let message = format!("ett värde utan citattecken kan inte börja med {character}");
        return (message.into(), "sätt hela värdet inom citattecken");
    }
    let message = format!("ett tecken som YAML inte tillåter (U+{:04X})", u32::from(character));
    (message.into(), "ta bort tecknet; skriv om ordet om det inte syns")
}

fn told(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    use ErrorKind::*;
    Some(match kind {
        TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabAtBlockScalarStart | TabInPlainScalar => {
            ("raden är indragen med tabb", "dra in med blanksteg")
        }
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar | InvalidQuotedScalarIndent => (
            "ett citattecken saknar sitt slut",
            "avsluta texten med samma citattecken, eller skriv texten efter ”|” på egna rader",
        ),
        InvalidTrailingDoubleQuotedScalar => (
            "det står text efter citattecknets slut",
            "sätt hela värdet inom enkla citattecken ('…'), eller skriv ett citattecken inne i det som \\\"",
        ),
        InvalidTrailingSingleQuotedScalar => (
            "det står text efter citattecknets slut",
            "sätt hela värdet inom dubbla citattecken (\"…\"), eller skriv en apostrof inne i det två gånger ('')",
        ),
        UnclosedFlowCollection { .. } | UnexpectedEofFlowMapping | UnexpectedEofFlowSequence => {
            ("en parentes [ eller { saknar sitt slut", "avsluta den med ] eller }")
        }
        MismatchedFlowCollectionEnd { .. } | MisplacedFlowCollectionEnd => {
            ("en parentes avslutas som inte är öppen", "kontrollera paren [ ] och { }")
        }
        ExpectedFlowMappingSeparator | ExpectedFlowSequenceSeparator => {
            ("ett komma saknas mellan två värden", "sätt komma mellan dem; sätt värden med komma inom citattecken")
        }
        BlockEntryInFlowCollection | PlainScalarStartsWithDashFlowIndicator => (
            "ett bindestreck kan inte stå för sig självt inom [ ] eller { }",
            "skilj värdena åt med komma; sätt ett värde som börjar med bindestreck inom citattecken",
        ),
        FlowMappingValueAdjacentCollection => {
            ("kolon följs inte av ett blanksteg", "sätt ett blanksteg mellan kolon och parentes")
        }
        ExpectedBlockMappingKey
        | SimpleKeyExpected
        | InvalidSimpleKey
        | InvalidIndentation
        | InvalidFlowScalarIndent
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
        ExpectedNodeContent
        | UnexpectedEof
        | UnexpectedEofImplicitFlowMapping
        | UnexpectedEofBlockSequence
        | UnexpectedEofBlockMapping => (
            "här saknas ett värde",
            "skriv värdet, eller ta bort skiljetecknet; sätt ett värde som börjar med skiljetecken inom citattecken",
        ),
        InvalidBlockScalarHeader | ZeroBlockScalarIndent => (
            "efter > eller | kan inget mer stå på raden",
            "sätt ett värde som börjar med > eller | inom citattecken, eller skriv texten på raderna under, indragen",
        ),
        InvalidBlockScalarIndent => {
            ("en tom rad före texten är mer indragen än den", "ta bort blankstegen på raden, eller hela raden")
        }
        CommentInterceptedScalar => (
            "en kommentar (#) står mitt i ett värde på flera rader",
            "flytta kommentaren till raden ovanför nyckeln, eller sätt hela värdet inom citattecken",
        ),
        CommentNotSeparated => (
            "# står direkt efter ett värdes slut",
            "sätt ett blanksteg före en kommentar; är det text, sätt hela värdet inom samma citattecken",
        ),
        InvalidDocumentEnd => (
            "”...” avslutar filen, och inget kan stå efter det på raden",
            "sätt ett värde som börjar så inom citattecken, eller ta bort raden",
        ),
        ExpectedDocumentStart => (
            "här står mer efter det som filen består av",
            "dra in raden lika långt som de andra som den hör till, eller ta bort det som står före den",
        ),
        DuplicateVersionDirective
        | UnsupportedYamlMajorVersion
        | DuplicateTagDirective
        | MissingDocumentEndBeforeDirective
        | InvalidDirectiveTerminator
        | DirectiveDisallowed
        | MissingYamlVersionSeparator
        | MissingDirectiveName
        | InvalidDirectiveName
        | DirectiveByteLimitExceeded { .. }
        | TooManyReservedDirectiveParams { .. }
        | YamlVersionTooLong
        | MissingYamlVersion
        | InvalidTagDirectiveTerminator
        | ExpectedTagDirectiveBang => {
            ("en rad som börjar med % är ett direktiv till YAML, och går inte att läsa", "ta bort raden")
        }
        ExpectedTagBang
        | UndeclaredTagHandle
        | InvalidGlobalTagCharacter
        | InvalidTagTerminator
        | MissingTagUri
        | UnclosedVerbatimTag
        | InvalidTagEscape
        | InvalidTagUtf8LeadingByte
        | InvalidTagUtf8TrailingByte
        | InvalidTagUtf8 => TAG,
        MissingAnchorOrAliasName => {
            ("ett värde utan citattecken kan inte börja med & eller *", "sätt hela värdet inom citattecken")
        }
        UnknownAnchor => ("alias (*…) används inte i katalogen", "sätt en text som börjar med * inom citattecken"),
        BomInsideDocument => (
            "mitt i filen står ett osynligt tecken (U+FEFF), som bara kan stå först",
            "ta bort tecknet; skriv om ordet om det inte syns",
        ),
        UnknownQuotedScalarEscape
        | InvalidQuotedScalarHexEscape
        | InvalidLowSurrogateHexEscape
        | InvalidLowSurrogate
        | MissingLowSurrogate
        | UnpairedLowSurrogate
        | InvalidUnicodeEscape => (
            "ett omvänt snedstreck följs av något som inte är ett tecken",
            "skriv \\\\ för ett omvänt snedstreck, eller använd enkla citattecken",
        ),
        RecursionLimitExceeded => ("filen är nästlad för djupt", "dela upp den"),
        _ => return None,
    })
}

/// What is said of a tag.
const TAG: (&str, &str) =
    ("taggar (!…) används inte i katalogen", "sätt en text som börjar med ! inom citattecken, eller ta bort taggen");
