//! The YAML that nearly every file is made of, read at once: mappings and lists by their indents or in brackets, plain
//! texts, texts between quotes on one line, and texts after `|`. What is anything else, or may be wrong, is left to the
//! [`careful`](super::careful) reader.

use std::ops::Range;

use super::limits;
use super::tree::{Form, Tree};

/// More levels than any entity has.
const DEEPEST: usize = 32;
/// A mapping with more keys is left to the careful reader, which looks a key up among the others by a hash.
const MOST_KEYS: usize = 200;
/// How many bytes of a file come on a step, about.
const BYTES_OF_A_STEP: usize = 20;

/// The tree of a source of plain characters; `None` where that takes more care.
pub fn read(source: &str) -> Option<Tree> {
    if source.as_bytes().contains(&b'\t') || source.as_bytes().contains(&b'\r') {
        return None;
    }
    let tree = Tree::with_room(source.len() / BYTES_OF_A_STEP);
    let mut reader = Reader { source, bytes: source.as_bytes(), at: 0, line: 0, depth: 0, keys: Vec::new(), tree };
    reader.document()?;
    reader.tree.fit();
    Some(reader.tree)
}

struct Reader<'s> {
    source: &'s str,
    bytes: &'s [u8],
    /// The byte that comes next.
    at: usize,
    /// Where its line begins.
    line: usize,
    depth: usize,
    /// The keys of the mappings that are being read, one after the other.
    keys: Vec<&'s str>,
    tree: Tree,
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Option<()> {
        self.next_line();
        self.group(0, 0..0)?;
        // Whatever is left has an indent that fits nowhere.
        (self.at == self.bytes.len()).then_some(())
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The byte after that.
    fn second(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn skip_blanks(&mut self) {
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Goes to the first byte that says something, from the beginning of a line; to the end where there is none.
    fn next_line(&mut self) {
        loop {
            self.line = self.at;
            self.skip_blanks();
            match self.byte() {
                Some(b'\n' | b'#') => self.at = (self.end_of_line() + 1).min(self.bytes.len()),
                _ => return,
            }
        }
    }

    fn end_of_line(&self) -> usize {
        self.bytes[self.at..].iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |end| self.at + end)
    }

    /// Goes to what comes after the rest of a line, which may hold a comment and nothing else.
    fn end_line(&mut self) -> Option<()> {
        let start = self.at;
        self.skip_blanks();
        let is_apart = self.at > start || self.bytes[start - 1] == b' ';
        match self.byte() {
            None | Some(b'\n') => {}
            Some(b'#') if is_apart => {}
            _ => return None,
        }
        self.at = (self.end_of_line() + 1).min(self.bytes.len());
        self.next_line();
        Some(())
    }

    /// Whether a list's next item begins here.
    fn is_item(&self) -> bool {
        self.byte() == Some(b'-') && matches!(self.second(), None | Some(b' ' | b'\n'))
    }

    /// A list or a mapping that begins here, at the beginning of a line but for that indent.
    fn group(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        if self.byte().is_none() || self.column() != indent {
            return None;
        }
        if self.is_item() { self.list(indent, key) } else { self.mapping(indent, key) }
    }

    fn go_deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(())
    }

    /// Whether another value may come.
    fn has_room(&self) -> Option<()> {
        (self.tree.len() < limits::MOST_VALUES).then_some(())
    }

    fn list(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        self.go_deeper()?;
        let list = self.tree.add(key, self.at..self.at, Form::Sequence);
        while self.byte().is_some() && self.column() == indent && self.is_item() {
            self.has_room()?;
            self.at += 1;
            self.skip_blanks();
            if self.is_item() {
                return None;
            }
            match self.byte() {
                None | Some(b'\n') => self.item_below(indent)?,
                Some(b'#') => return None,
                _ if self.key_end().is_some() => self.mapping(self.column(), 0..0)?,
                _ => self.value(indent, 0..0)?,
            }
        }
        self.tree.close(list, None);
        self.depth -= 1;
        self.is_outside(indent)
    }

    /// An item that does not begin on the line of its hyphen. One that is left out has no place of its own.
    fn item_below(&mut self, indent: usize) -> Option<()> {
        self.end_line()?;
        (self.byte().is_some() && self.column() > indent).then_some(())?;
        self.group(self.column(), 0..0)
    }

    fn mapping(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        self.go_deeper()?;
        let mapping = self.tree.add(key, self.at..self.at, Form::Mapping);
        let before = self.keys.len();
        while self.byte().is_some() && self.column() == indent && !self.is_item() {
            self.has_room()?;
            let end = self.key_end()?;
            let key = self.at..end;
            self.remember(key.clone(), before)?;
            self.at = end + 1;
            self.skip_blanks();
            match self.byte() {
                None | Some(b'\n' | b'#') => self.value_below_key(indent, key)?,
                _ => self.value(indent, key)?,
            }
        }
        self.keys.truncate(before);
        self.tree.close(mapping, None);
        self.depth -= 1;
        self.is_outside(indent)
    }

    /// What comes after a group of that indent has less of it, unless it is the next key after a list.
    fn is_outside(&self, indent: usize) -> Option<()> {
        (self.byte().is_none() || self.column() <= indent).then_some(())
    }

    /// Where the key ends that begins here and is followed by a value; `None` where none does that is easily told.
    fn key_end(&self) -> Option<usize> {
        let is_first = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
        let is_next = |byte: u8| is_first(byte) || matches!(byte, b' ' | b'-' | b'.' | b'/');
        is_first(self.byte()?).then_some(())?;
        let length = self.bytes[self.at..].iter().position(|byte| !is_next(*byte))?;
        let end = self.at + length;
        let is_key = self.bytes[end] == b':'
            && self.bytes[end - 1] != b' '
            && matches!(self.bytes.get(end + 1), None | Some(b' ' | b'\n'));
        is_key.then_some(end)
    }

    /// Takes note of a key, unless the mapping has it, or many.
    fn remember(&mut self, key: Range<usize>, first: usize) -> Option<()> {
        let key = &self.source[key];
        let others = &self.keys[first..];
        if others.len() >= MOST_KEYS || others.contains(&key) {
            return None;
        }
        self.keys.push(key);
        Some(())
    }

    /// The value of a key at the end of a line: below it, as a list also with the same indent, or nothing.
    fn value_below_key(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        let end = key.end;
        self.end_line()?;
        if self.byte().is_some() && self.column() == indent && self.is_item() {
            return self.list(indent, key);
        }
        self.value_here(indent, key, end)
    }

    /// The group that begins here, if it is further in than that; else there is no value, which would stand at `before`.
    fn value_here(&mut self, indent: usize, key: Range<usize>, before: usize) -> Option<()> {
        if self.byte().is_some() && self.column() > indent {
            return self.group(self.column(), key);
        }
        self.tree.add(key, before..before, Form::Null);
        Some(())
    }

    /// A value that begins on this line, which belongs to something of that indent.
    fn value(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        match self.byte()? {
            b'|' => self.lines(indent, key),
            b'"' | b'\'' => {
                self.quoted(key)?;
                self.end_line()
            }
            b'[' | b'{' => {
                self.brackets(indent, key)?;
                self.end_line()
            }
            _ => self.plain(indent, key),
        }
    }

    /// A text between quotes, on one line and with nothing in it that is escaped.
    fn quoted(&mut self, key: Range<usize>) -> Option<()> {
        let (start, quote) = (self.at, self.bytes[self.at]);
        let is_special = |byte: &u8| *byte == quote || *byte == b'\n' || *byte == b'\\' && quote == b'"';
        let end = start + 1 + self.bytes[start + 1..].iter().position(is_special)?;
        if self.bytes[end] != quote || self.bytes.get(end + 1) == Some(&quote) {
            return None;
        }
        self.at = end + 1;
        self.tree.add(key, start..self.at, Form::Quoted);
        Some(())
    }

    /// Whether a text without quotes may begin with what comes next.
    fn begins_plain(&self) -> bool {
        match self.byte() {
            Some(b'-') => self.second().is_some_and(|byte| byte.is_ascii_alphanumeric()),
            Some(byte) => !byte.is_ascii_punctuation() || matches!(byte, b'(' | b'/' | b'+' | b'.' | b'_' | b'$'),
            None => false,
        }
    }

    /// A text without quotes, which goes on over the lines below that are further in.
    fn plain(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        if !self.begins_plain() {
            return None;
        }
        let start = self.at;
        let (end, is_over) = self.plain_line()?;
        self.at = end;
        let first = start..end;
        if is_over {
            self.add_plain(key, first);
            return self.end_line();
        }
        self.end_line()?;
        if self.byte().is_none() || self.column() <= indent {
            self.add_plain(key, first);
            return Some(());
        }
        self.folded(indent, key, first)
    }

    fn add_plain(&mut self, key: Range<usize>, span: Range<usize>) {
        let form = if &self.source[span.clone()] == "null" { Form::Null } else { Form::Plain };
        self.tree.add(key, span, form);
    }

    /// Where the text on this line ends, and whether a comment ends it.
    fn plain_line(&self) -> Option<(usize, bool)> {
        let line = &self.bytes[self.at..self.end_of_line()];
        let mut end = line.len();
        let mut is_over = false;
        for (at, byte) in line.iter().enumerate() {
            match byte {
                b':' if matches!(line.get(at + 1), None | Some(b' ')) => return None,
                b'#' if at > 0 && line[at - 1] == b' ' => {
                    (end, is_over) = (at, true);
                    break;
                }
                _ => {}
            }
        }
        let text = self.source[self.at..self.at + end].trim_end_matches(' ');
        Some((self.at + text.len(), is_over))
    }

    /// The rest of a plain text that begins with `first`: its lines become one, and an empty one a line break.
    fn folded(&mut self, indent: usize, key: Range<usize>, first: Range<usize>) -> Option<()> {
        let mut text = self.source[first.clone()].to_string();
        let mut end = first.end;
        loop {
            let between = &self.source[end..self.at];
            // A comment between the lines would end the text.
            if between.contains('#') {
                return None;
            }
            let breaks = between.matches('\n').count();
            match breaks {
                1 => text.push(' '),
                breaks => text.push_str(&"\n".repeat(breaks - 1)),
            }
            let start = self.at;
            let (line_end, is_over) = self.plain_line()?;
            text.push_str(&self.source[start..line_end]);
            (self.at, end) = (line_end, line_end);
            self.end_line()?;
            if is_over && self.byte().is_some() && self.column() > indent {
                return None;
            }
            if is_over || self.byte().is_none() || self.column() <= indent {
                break;
            }
        }
        self.tree.add_own(key, first.start..end, text);
        Some(())
    }

    /// A text after `|`: the lines below that are further in, without their indent.
    fn lines(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        self.at += 1;
        let keeps_break = self.byte() != Some(b'-');
        if !keeps_break {
            self.at += 1;
        }
        self.skip_blanks();
        if self.byte() != Some(b'\n') {
            return None;
        }
        self.at += 1;
        let own_indent = self.indent_of_lines()?;
        if own_indent <= indent {
            return None;
        }
        let mut text = String::new();
        let (mut start, mut end) = (None, self.at);
        while self.at < self.bytes.len() {
            let line_end = self.end_of_line();
            let line = &self.source[self.at..line_end];
            let blanks = line.len() - line.trim_start_matches(' ').len();
            if blanks < own_indent && blanks < line.len() {
                break;
            }
            text.push_str(line.get(own_indent..).unwrap_or_default());
            if blanks < line.len() {
                start = start.or(Some(self.at + own_indent));
                end = self.at + line.trim_end().len();
            }
            self.at = (line_end + 1).min(self.bytes.len());
            if line_end == self.bytes.len() {
                // Without a line break at its end a file is rare, and what that means is not told here.
                return None;
            }
            text.push('\n');
        }
        text.truncate(text.trim_end_matches('\n').len());
        // A last line of blanks alone is text that cannot be seen.
        if text.rsplit('\n').next().is_none_or(|last| last.trim_start_matches(' ').is_empty()) {
            return None;
        }
        if keeps_break {
            text.push('\n');
        }
        self.tree.add_own(key, start?..end, text);
        self.next_line();
        Some(())
    }

    /// The indent of the first line below that is not empty.
    fn indent_of_lines(&self) -> Option<usize> {
        let mut lines = self.source[self.at..].split('\n');
        lines.find_map(|line| {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            match line.len() {
                0 => None,
                // Blanks before the first line may be wrong, or text.
                length if length == blanks => Some(0),
                _ => Some(blanks),
            }
        })
    }

    /// A list or a mapping in brackets, which belongs to something of that indent.
    fn brackets(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        self.go_deeper()?;
        let is_list = self.bytes[self.at] == b'[';
        let (form, close) = if is_list { (Form::Sequence, b']') } else { (Form::Mapping, b'}') };
        let group = self.tree.add(key, self.at..self.at, form);
        let before = self.keys.len();
        self.at += 1;
        loop {
            self.has_room()?;
            self.skip_in_brackets(indent)?;
            if self.byte()? == close {
                break;
            }
            let key = if is_list { 0..0 } else { self.key_in_brackets(indent, before)? };
            self.value_in_brackets(indent, key)?;
            self.skip_in_brackets(indent)?;
            match self.byte()? {
                b',' => self.at += 1,
                byte if byte == close => break,
                _ => return None,
            }
        }
        self.at += 1;
        self.keys.truncate(before);
        self.tree.close(group, Some(self.at));
        self.depth -= 1;
        Some(())
    }

    /// Goes over blanks, and over line breaks unless what comes after them is less far in; only a bracket may be as far.
    fn skip_in_brackets(&mut self, indent: usize) -> Option<()> {
        self.skip_blanks();
        let mut is_below = false;
        while self.byte() == Some(b'\n') {
            self.at += 1;
            self.line = self.at;
            self.skip_blanks();
            is_below = true;
        }
        let byte = self.byte()?;
        let is_inside = self.column() > indent || self.column() == indent && matches!(byte, b']' | b'}');
        (byte != b'#' && (!is_below || is_inside)).then_some(())
    }

    fn key_in_brackets(&mut self, indent: usize, first: usize) -> Option<Range<usize>> {
        let end = self.key_end()?;
        let key = self.at..end;
        self.remember(key.clone(), first)?;
        self.at = end + 1;
        self.skip_in_brackets(indent)?;
        Some(key)
    }

    fn value_in_brackets(&mut self, indent: usize, key: Range<usize>) -> Option<()> {
        match self.byte()? {
            b'[' | b'{' => self.brackets(indent, key),
            b'"' | b'\'' => self.quoted(key),
            _ if self.begins_plain() => {
                let span = self.plain_in_brackets()?;
                self.add_plain(key, span);
                Some(())
            }
            _ => None,
        }
    }

    /// A text without quotes in brackets, on one line; what comes after it is for the brackets to judge.
    fn plain_in_brackets(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        // The rest of the line may be as long as the file, and hold any number of texts.
        let rest = &self.bytes[start..];
        let mut may_have_mark = false;
        let ends = |byte: &u8| {
            may_have_mark |= matches!(byte, b':' | b'#');
            matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'\n')
        };
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let text = self.source[start..start + length].trim_end_matches(' ');
        // Of a key, or of a remark.
        let is_mark = |pair: &[u8]| matches!(pair, b": " | b" #");
        if may_have_mark && (text.ends_with(':') || text.as_bytes().windows(2).any(is_mark)) {
            return None;
        }
        self.at = start + text.len();
        Some(start..self.at)
    }
}
