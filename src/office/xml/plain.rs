//! The quick way to read a part: what nearly all XML consists of is taken as it comes, and a tag that stands there again
//! and again is read once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::escape::unescape;
use quick_xml::events::BytesRef;

use super::{Class, Names, Node, Tag, is_legal, resolve, strict};

/// Gives the pieces of a text to `take`, and returns whether that was all of it. Stops before whatever is not plain (a
/// comment, a DTD, an end tag with white space) and before every fault, which is then told by [`super::read_text`].
/// What has been given until then is what that gives first.
pub fn read(
    text: &str,
    illegal: &mut BTreeSet<char>,
    class_of: impl Fn(&Tag<'_>) -> Class,
    take: impl FnMut(Node<'_>),
) -> bool {
    // It may stand in no text, and nearly no text has it.
    if text.contains("]]>") {
        return false;
    }
    let reader = Plain { text, at: 0, names: Names::default(), root: None, open: Vec::new(), tags: Tags::default() };
    reader.read(illegal, class_of, take).is_some()
}

struct Plain<'a> {
    text: &'a str,
    /// The byte that is read next.
    at: usize,
    names: Names,
    /// How many namespaces the root declares, once it has begun.
    root: Option<usize>,
    /// The elements that are open, by name as it is written, with their classes.
    open: Vec<(&'a str, Class)>,
    tags: Tags<'a>,
}

impl<'a> Plain<'a> {
    /// `None` where it has to be read in the other way.
    fn read(
        mut self,
        illegal: &mut BTreeSet<char>,
        class_of: impl Fn(&Tag<'_>) -> Class,
        mut take: impl FnMut(Node<'_>),
    ) -> Option<()> {
        let bytes = self.text.as_bytes();
        while let Some(first) = bytes.get(self.at) {
            match (first, bytes.get(self.at + 1)) {
                (b'<', Some(b'/')) => self.end(&mut take)?,
                (b'<', Some(b'?')) => self.instruction()?,
                (b'<', Some(b'!')) => return None,
                (b'<', _) => self.start(illegal, &class_of, &mut take)?,
                (b'&', _) => self.reference(illegal, &mut take)?,
                _ => self.piece(&mut take)?,
            }
        }
        (self.open.is_empty() && self.root.is_some()).then_some(())
    }

    fn start(
        &mut self,
        illegal: &mut BTreeSet<char>,
        class_of: impl Fn(&Tag<'_>) -> Class,
        take: &mut impl FnMut(Node<'_>),
    ) -> Option<()> {
        if self.open.is_empty() && self.root.is_some() {
            return None;
        }
        let (end, hash) = closing(self.text.as_bytes(), self.at)?;
        let raw = &self.text.as_bytes()[self.at..=end];
        // What a tag means hangs on the namespaces, so that only those with the root's are known again.
        let is_usual = self.root == Some(self.names.bindings.len());
        let known = if is_usual { self.tags.find(hash, raw) } else { None };
        let own;
        let parsed = match known {
            Some(index) => {
                self.names.depth += 1;
                &self.tags.parsed[index]
            }
            None => {
                let parsed = self.parse(end, illegal, class_of)?;
                let is_usual =
                    is_usual && self.root == Some(self.names.bindings.len()) && parsed.raw.len() == raw.len();
                if is_usual {
                    let index = self.tags.keep(hash, parsed);
                    &self.tags.parsed[index]
                } else {
                    own = parsed;
                    &own
                }
            }
        };
        self.at += parsed.raw.len();
        self.root.get_or_insert(self.names.bindings.len());
        take(Node::Start(&parsed.tag));
        if parsed.is_empty {
            take(Node::End(&parsed.tag.name, parsed.tag.class));
            self.names.close();
        } else {
            self.open.push((parsed.name, parsed.tag.class));
        }
        Some(())
    }

    /// Reads the tag that begins here, whose first `>` is there.
    fn parse(
        &mut self,
        end: usize,
        illegal: &mut BTreeSet<char>,
        class_of: impl Fn(&Tag<'_>) -> Class,
    ) -> Option<Parsed<'a>> {
        let (name, rest, is_empty) = split(&self.text[self.at + 1..end]);
        let usual = attributes(rest).filter(|_| name.bytes().all(is_usual));
        let (raw, name, is_empty, mut tag) = match usual {
            Some(attributes) => {
                self.names.depth += 1;
                attributes.iter().try_for_each(|(key, value)| self.names.bind(key, value)).ok()?;
                (&self.text[self.at..=end], name, is_empty, self.names.named_tag(name, attributes).ok()?)
            }
            None => {
                let rest = &self.text[self.at..];
                let raw = &rest[..=length(rest.as_bytes())?];
                let (name, rest, is_empty) = split(&raw[1..raw.len() - 1]);
                let content = &raw[1..=name.len() + rest.len()];
                (raw, name, is_empty, self.names.open(content, name, illegal).ok()?)
            }
        };
        tag.class = class_of(&tag);
        Some(Parsed { raw: raw.as_bytes(), name, is_empty, tag })
    }

    fn end(&mut self, take: &mut impl FnMut(Node<'_>)) -> Option<()> {
        let (name, class) = self.open.pop()?;
        let rest = self.text.as_bytes()[self.at + 2..].strip_prefix(name.as_bytes())?;
        if rest.first() != Some(&b'>') {
            return None;
        }
        take(Node::End(&self.names.named(name), class));
        self.names.close();
        self.at += name.len() + 3;
        Some(())
    }

    /// Text up to the next tag or reference.
    fn piece(&mut self, take: &mut impl FnMut(Node<'_>)) -> Option<()> {
        let end = ending(self.text.as_bytes(), self.at);
        let piece = &self.text[self.at..end];
        match self.open.is_empty() {
            true if !strict::is_blank(piece) => return None,
            true => {}
            false => take(Node::Text(piece)),
        }
        self.at = end;
        Some(())
    }

    fn reference(&mut self, illegal: &mut BTreeSet<char>, take: &mut impl FnMut(Node<'_>)) -> Option<()> {
        if self.open.is_empty() {
            return None;
        }
        let rest = &self.text[self.at + 1..];
        let name = &rest[..rest.find([';', '&', '<']).filter(|end| rest[*end..].starts_with(';'))?];
        resolve(&BytesRef::new(name), illegal, take).ok()?;
        self.at += name.len() + 2;
        Some(())
    }

    /// An instruction, such as that XML begins with, says nothing to Word.
    fn instruction(&mut self) -> Option<()> {
        let end = self.text[self.at + 1..].find("?>").filter(|end| *end > 0)?;
        strict::instruction(&self.text[self.at + 2..self.at + 1 + end], self.at == 0).ok()?;
        self.at += end + 3;
        Some(())
    }
}

/// What stands between a tag's angle brackets: its name, the rest, and whether the element has no content.
fn split(content: &str) -> (&str, &str, bool) {
    let (content, is_empty) = content.strip_suffix('/').map_or((content, false), |content| (content, true));
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let (name, rest) = content.split_at(content.bytes().position(|byte| is_blank(&byte)).unwrap_or(content.len()));
    (name, rest, is_empty)
}

/// Whether this stands in names as nearly all are.
fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.')
}

/// The attributes of a tag in which one blank stands before each, and the values between `"`. `None` where it is written
/// in another way, or means what no XML may hold.
fn attributes(mut rest: &str) -> Option<Vec<(Cow<'_, str>, Cow<'_, str>)>> {
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let from = rest.strip_prefix(' ')?;
        let key = &from[..from.bytes().position(|byte| !is_usual(byte))?];
        let quoted = from[key.len()..].strip_prefix("=\"").filter(|_| !key.is_empty())?;
        let value = &quoted[..quoted.bytes().position(|byte| byte == b'"')?];
        rest = &quoted[value.len() + 1..];
        let value = match value.bytes().any(|byte| matches!(byte, b'&' | b'<')) {
            true if value.contains('<') => return None,
            true => Cow::Owned(unescape(value).ok()?.into_owned()),
            false => Cow::Borrowed(value),
        };
        if matches!(&value, Cow::Owned(value) if !value.chars().all(is_legal)) {
            return None;
        }
        attributes.push((Cow::Borrowed(key), value));
    }
    Some(attributes)
}

/// How long the tag is that this begins with, without its `>`; angle brackets within quotation marks do not end it.
fn length(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    bytes.iter().position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(*byte);
            false
        }
        (Some(open), byte) => {
            quote = quote.filter(|_| open != *byte);
            false
        }
        _ => false,
    })
}

/// A tag that has been read.
struct Parsed<'a> {
    /// All of it.
    raw: &'a [u8],
    /// Its name as it is written.
    name: &'a str,
    /// Whether it is an element without content.
    is_empty: bool,
    tag: Tag<'a>,
}

/// Tags that have been read, by a hash of what they are written as. There are two places for each hash: what has not
/// been asked for the longest makes room, so that any number of tags that stand only once takes no more memory.
struct Tags<'a> {
    places: Vec<[u16; 2]>,
    parsed: Vec<Parsed<'a>>,
}

/// So many bits of a hash are looked at.
const BITS: u32 = 10;

impl Default for Tags<'_> {
    fn default() -> Self {
        Tags { places: vec![[0; 2]; 1 << BITS], parsed: Vec::new() }
    }
}

impl<'a> Tags<'a> {
    fn find(&mut self, hash: u64, raw: &[u8]) -> Option<usize> {
        let [first, second] = &mut self.places[(hash >> (u64::BITS - BITS)) as usize];
        let is_it = |place: u16| place > 0 && self.parsed[usize::from(place) - 1].raw == raw;
        if !is_it(*first) {
            if !is_it(*second) {
                return None;
            }
            std::mem::swap(first, second);
        }
        Some(usize::from(*first) - 1)
    }

    fn keep(&mut self, hash: u64, parsed: Parsed<'a>) -> usize {
        let [first, second] = &mut self.places[(hash >> (u64::BITS - BITS)) as usize];
        std::mem::swap(first, second);
        if *first > 0 {
            self.parsed[usize::from(*first) - 1] = parsed;
        } else {
            self.parsed.push(parsed);
            // There are no more than two places for each hash.
            *first = self.parsed.len() as u16;
        }
        usize::from(*first) - 1
    }
}

/// Where the first `>` is from here on, and a hash of what stands before it.
fn closing(bytes: &[u8], from: usize) -> Option<(usize, u64)> {
    let (mut at, mut hash) = (from, 0_u64);
    let mixed = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    while let Some(word) = word(bytes, at) {
        if let Some(index) = first(equal(word, b'>')) {
            return Some((at + index, mixed(hash, word & !(u64::MAX << (8 * index)))));
        }
        hash = mixed(hash, word);
        at += 8;
    }
    bytes[at..].iter().position(|byte| *byte == b'>').map(|index| (at + index, hash))
}

/// Where the next tag or reference begins from here on, or the text ends.
fn ending(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = word(bytes, at) {
        if let Some(index) = first(equal(word, b'<') | equal(word, b'&')) {
            return at + index;
        }
        at += 8;
    }
    at + bytes[at..].iter().position(|byte| matches!(byte, b'<' | b'&')).unwrap_or(bytes.len() - at)
}

/// Eight bytes in one number, the first of them lowest.
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The highest bit of each byte that is this one; up to the first of them, there is no other bit.
fn equal(word: u64, byte: u8) -> u64 {
    const LOWEST: u64 = u64::from_ne_bytes([0x01; 8]);
    let differing = word ^ (LOWEST * u64::from(byte));
    differing.wrapping_sub(LOWEST) & !differing & (LOWEST << 7)
}

/// Which byte the first bit is in.
fn first(bits: u64) -> Option<usize> {
    (bits != 0).then(|| bits.trailing_zeros() as usize / 8)
}
