//! Reading a part: its elements and its text in order, under the names that Word uses, or why it cannot be read.
//!
//! A part that is read without a fault is well-formed XML. [`plain`] reads what nearly every part is made of. Where a
//! part has anything else, or anything wrong, it gives up, and [`read_text`] reads the part from its beginning with a
//! parser for the whole of XML, which says what is wrong. Both give the same pieces.

use std::borrow::Cow;
use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, Event};

use super::namespaces;

mod plain;
mod strict;

/// A piece of a part.
pub enum Node<'a> {
    /// An element begins.
    Start(&'a Tag<'a>),
    /// The element of this name and class ends.
    End(&'a str, Class),
    /// Some text; neighbouring pieces belong together.
    Text(&'a str),
}

/// What a reader takes an element for; see [`read_classed`].
pub type Class = u32;

/// An element's name and attributes, with the prefixes that Word gives them whatever the file calls them.
pub struct Tag<'a> {
    /// Such as `w:p`.
    pub name: Cow<'a, str>,
    /// 0, if nobody has said what it is.
    pub class: Class,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl Tag<'_> {
    /// An attribute by its name, such as `w:id`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }

    /// `w:val`, which most elements have as their only attribute.
    pub fn value(&self) -> Option<&str> {
        self.get("w:val")
    }

    /// Whether a switch such as `w:b` is on, which it is without a value.
    pub fn is_on(&self) -> bool {
        !self.value().is_some_and(is_off)
    }

    /// Every attribute by name and value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(key, value)| (key.as_ref(), value.as_ref()))
    }
}

/// Whether a switch's value turns it off.
pub fn is_off(value: &str) -> bool {
    matches!(value, "0" | "false" | "off")
}

/// How the reading of a part went.
#[derive(Debug, Default)]
pub struct Reading {
    /// Why it ended before the part did.
    pub fault: Option<String>,
    /// Characters that no XML may hold.
    pub illegal: BTreeSet<char>,
}

impl Reading {
    /// Why the part is not well-formed, if it is not.
    pub fn unsound(self) -> Option<String> {
        self.fault.or_else(|| self.illegal.first().map(|char| illegal_character(*char)))
    }
}

/// That a character stands where none like it may.
pub fn illegal_character(char: char) -> String {
    format!("tecknet U+{:04X} får inte stå i XML", u32::from(char))
}

/// Gives the pieces of a part to `take`, until its end or its first fault.
pub fn read(bytes: &[u8], take: impl FnMut(Node<'_>)) -> Reading {
    read_classed(bytes, |_| 0, take)
}

/// The same, with the class of each element, which `class_of` is asked for no more often than it has to be: it has to
/// give elements with the same name and attributes the same.
pub fn read_classed(bytes: &[u8], class_of: impl Fn(&Tag<'_>) -> Class, mut take: impl FnMut(Node<'_>)) -> Reading {
    let text = match decoded(bytes) {
        Ok(text) => text,
        Err(fault) => return Reading { fault: Some(fault), illegal: BTreeSet::new() },
    };
    let mut illegal = illegal_in(&text);
    let mut given = 0_usize;
    let is_read = plain::read(&text, &mut illegal, &class_of, |node| {
        given += 1;
        take(node);
    });
    if is_read {
        return Reading { fault: None, illegal };
    }
    // Something is written as few write it, or is wrong: it is read from the beginning by the reader that knows all of
    // XML, and what has been given already is not given again.
    let fault = read_text(&text, &mut illegal, &class_of, |node| match given {
        0 => take(node),
        _ => given -= 1,
    });
    Reading { fault: fault.err(), illegal }
}

/// XML 1.0, section 2.2.
fn is_legal(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r') || (char >= ' ' && !matches!(char, '\u{FFFE}' | '\u{FFFF}'))
}

/// The characters of a text that no XML may hold. Hardly any part has one, and that is quickly seen of its bytes, many
/// at a time.
fn illegal_in(text: &str) -> BTreeSet<char> {
    let is_suspect = |byte: u8| (byte < 0x20) & !matches!(byte, b'\t' | b'\n' | b'\r') | (byte == 0xEF);
    let has_suspect = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_suspect(*byte));
    match text.as_bytes().chunks(64).any(has_suspect) {
        true => text.chars().filter(|char| !is_legal(*char)).collect(),
        false => BTreeSet::new(),
    }
}

/// A part is UTF-8 or, by its first two bytes, UTF-16, and says nothing else of itself.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let (text, written) = decoded_as(bytes)?;
    match strict::encoding(&text).filter(|said| !said.eq_ignore_ascii_case(written)) {
        Some(said) => Err(format!("den säger sig vara skriven i {said}, men läses som {written}")),
        None => Ok(text),
    }
}

/// The text of a part, and what it is written in.
fn decoded_as(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), String> {
    let units = |of: fn([u8; 2]) -> u16| bytes[2..].chunks_exact(2).map(move |pair| of([pair[0], pair[1]]));
    let wide = |units: Vec<u16>| match String::from_utf16(&units) {
        Ok(text) if bytes.len().is_multiple_of(2) => Ok((Cow::Owned(text), "UTF-16")),
        _ => Err(String::from("den är inte UTF-16, som den börjar")),
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(units(u16::from_le_bytes).collect()),
        [0xFE, 0xFF, ..] => wide(units(u16::from_be_bytes).collect()),
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            let not_text = |error: std::str::Utf8Error| format!("byte {} är inte UTF-8", error.valid_up_to());
            std::str::from_utf8(bytes).map(|text| (Cow::Borrowed(text), "UTF-8")).map_err(not_text)
        }
    }
}

fn read_text(
    text: &str,
    illegal: &mut BTreeSet<char>,
    class_of: impl Fn(&Tag<'_>) -> Class,
    mut take: impl FnMut(Node<'_>),
) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut names, mut classes) = (Names::default(), Vec::new());
    let mut roots = 0;
    if text.starts_with('\u{FEFF}') {
        return Err(String::from(OUTSIDE));
    }
    loop {
        let from = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = reader.read_event().map_err(|error| explained(&error, reader.error_position()))?;
        let at = reader.buffer_position();
        let here = |fault: String| format!("byte {at}: {fault}");
        match event {
            Event::Start(start) => {
                roots += usize::from(names.depth == 0);
                if roots > 1 {
                    return Err(here(String::from("mer än ett rotelement")));
                }
                let mut tag = names.open(&start, start.name().into_inner(), illegal).map_err(here)?;
                tag.class = class_of(&tag);
                classes.push(tag.class);
                take(Node::Start(&tag));
            }
            Event::End(end) => {
                take(Node::End(&names.named(end.name().as_ref()), classes.pop().unwrap_or_default()));
                names.close();
            }
            Event::Text(piece) if piece.contains("]]>") => return Err(here(String::from("]]> står i texten"))),
            Event::Text(piece) if names.depth > 0 => take(Node::Text(&piece)),
            Event::Text(piece) if strict::is_blank(&piece) => {}
            Event::CData(piece) if names.depth > 0 => take(Node::Text(&piece)),
            Event::Text(_) | Event::CData(_) => return Err(here(String::from(OUTSIDE))),
            Event::GeneralRef(_) if names.depth == 0 => return Err(here(String::from(OUTSIDE))),
            Event::GeneralRef(reference) => resolve(&reference, illegal, &mut take).map_err(here)?,
            Event::DocType(_) => return Err(here(String::from(DTD))),
            Event::Eof if names.depth > 0 => return Err(here(String::from(UNFINISHED))),
            Event::Eof if roots == 0 => return Err(String::from(EMPTY)),
            Event::Eof => return Ok(()),
            // Comments and instructions say nothing to Word.
            Event::Comment(comment) => strict::comment(&comment).map_err(here)?,
            Event::PI(_) | Event::Decl(_) => {
                let end = usize::try_from(at).unwrap_or(text.len());
                let content = text[from..end].trim_start_matches("<?");
                strict::instruction(content.strip_suffix("?>").unwrap_or(content), from == 0).map_err(here)?;
            }
            Event::Empty(_) => {}
        }
    }
}

/// Gives what a reference such as `&amp;` stands for.
fn resolve(
    reference: &BytesRef<'_>,
    illegal: &mut BTreeSet<char>,
    mut take: impl FnMut(Node<'_>),
) -> Result<(), String> {
    match reference.resolve_char_ref() {
        Ok(Some(char)) if is_legal(char) => take(Node::Text(char.encode_utf8(&mut [0; 4]))),
        Ok(Some(char)) => _ = illegal.insert(char),
        Ok(None) => match resolve_predefined_entity(reference) {
            Some(text) => take(Node::Text(text)),
            None => return Err(format!("&{}; är inte definierad", &**reference)),
        },
        Err(_) => return Err(format!("&{}; är inget tecken", &**reference)),
    }
    Ok(())
}

/// What is wrong with a part that has text before or after its root.
const OUTSIDE: &str = "text står utanför rotelementet";

/// What is wrong with a part that ends before its elements do, that has nothing in it, and that has a DTD.
pub const UNFINISHED: &str = "element är inte avslutade";
pub const EMPTY: &str = "den är tom";
pub const DTD: &str = "en DTD, som Word inte godtar";

/// What the reader says in English about its input.
pub fn explained(error: &quick_xml::Error, at: u64) -> String {
    match error {
        quick_xml::Error::IllFormed(_) => format!("byte {at}: start- och sluttaggar går inte ihop"),
        _ => format!("byte {at}: felaktig märkning"),
    }
}

/// Namespaces and the prefixes that Word gives them; the second address is that of the format's strict form.
const NAMESPACES: [(&str, &str, &str); 12] = [
    ("w", namespaces::MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("r", namespaces::OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("wp", namespaces::PLACE, "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
    ("a", namespaces::DRAWING, "http://purl.oclc.org/ooxml/drawingml/main"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006", ""),
    ("v", "urn:schemas-microsoft-com:vml", ""),
    ("o", "urn:schemas-microsoft-com:office:office", ""),
    ("adec", "http://schemas.microsoft.com/office/drawing/2017/decorative", ""),
    ("cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", ""),
    ("dc", "http://purl.org/dc/elements/1.1/", ""),
    ("", namespaces::RELATIONSHIPS, ""),
    ("", namespaces::TYPES, ""),
];

fn usual_prefix(address: &str) -> Option<&'static str> {
    let known = |(_, usual, strict): &&(&str, &str, &str)| *usual == address || *strict == address;
    NAMESPACES.iter().find(known).map(|(prefix, ..)| *prefix)
}

/// Word's own files declare some forty; every name is looked up among them.
const MOST_BINDINGS: usize = 256;

/// What the prefixes mean at a place of the part.
#[derive(Default)]
struct Names {
    depth: usize,
    bindings: Vec<Binding>,
    /// How many of them are not as in Word's own files.
    unusual: usize,
}

struct Binding {
    depth: usize,
    prefix: String,
    usual: Option<&'static str>,
}

impl Binding {
    /// Whether names have to be translated.
    fn is_unusual(&self) -> bool {
        match self.usual {
            Some(usual) => usual != self.prefix,
            None => !self.prefix.is_empty() && NAMESPACES.iter().any(|(prefix, ..)| *prefix == self.prefix),
        }
    }
}

impl Names {
    /// Enters an element, of which this stands between the angle brackets, its name first.
    fn open<'a>(&mut self, start: &'a str, name: &'a str, illegal: &mut BTreeSet<char>) -> Result<Tag<'a>, String> {
        self.depth += 1;
        let mut attributes: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::new();
        for (key, value) in strict::attributes(&start[name.len()..])? {
            let value = unescape(value).map_err(|_| format!("ett &-tecken i attributet {key} betyder inget"))?;
            if let Cow::Owned(value) = &value {
                illegal.extend(value.chars().filter(|char| !is_legal(*char)));
            }
            self.bind(key, &value)?;
            attributes.push((Cow::Borrowed(key), value));
        }
        self.named_tag(name, attributes)
    }

    /// The tag of an element that has been entered, with its attributes and the namespaces that they declare.
    fn named_tag<'a>(
        &self,
        name: &'a str,
        mut attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    ) -> Result<Tag<'a>, String> {
        if let Some(key) = repeated(&attributes) {
            return Err(format!("attributet {key} står två gånger"));
        }
        self.require(name)?;
        for (key, value) in &attributes {
            self.require(key)?;
            if key == "mc:Ignorable" {
                value.split_whitespace().try_for_each(|prefix| self.require_prefix(prefix))?;
            }
        }
        for (key, _) in attributes.iter_mut().filter(|_| self.unusual > 0) {
            // An attribute without prefix belongs to its element, whatever the default namespace is.
            if let Cow::Borrowed(name) = *key
                && name.contains(':')
            {
                *key = self.named(name);
            }
        }
        Ok(Tag { name: self.named(name), class: 0, attributes })
    }

    /// Leaves it.
    fn close(&mut self) {
        while self.bindings.last().is_some_and(|binding| binding.depth == self.depth) {
            self.unusual -= usize::from(self.bindings.pop().is_some_and(|binding| binding.is_unusual()));
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Notes the namespace that an attribute declares, if it does.
    fn bind(&mut self, key: &str, address: &str) -> Result<(), String> {
        let Some(prefix) = key.strip_prefix("xmlns") else { return Ok(()) };
        let prefix = prefix.strip_prefix(':').unwrap_or(prefix);
        if prefix == "xmlns" || (address.is_empty() && !prefix.is_empty()) {
            return Err(format!("prefixet {prefix} får inte betyda det"));
        }
        if self.bindings.len() == MOST_BINDINGS {
            return Err(String::from("fler namnrymder än någon fil behöver"));
        }
        let binding = Binding { depth: self.depth, prefix: prefix.to_owned(), usual: usual_prefix(address) };
        self.unusual += usize::from(binding.is_unusual());
        self.bindings.push(binding);
        Ok(())
    }

    /// That this is a name, with a prefix that is declared.
    fn require(&self, name: &str) -> Result<(), String> {
        if !strict::is_name(name) {
            return Err(format!("”{name}” är inget namn på element eller attribut"));
        }
        name.split_once(':').map_or(Ok(()), |(prefix, _)| self.require_prefix(prefix))
    }

    /// A prefix that is not declared: Word refuses the file, also where it is only said that it may be ignored.
    fn require_prefix(&self, prefix: &str) -> Result<(), String> {
        let is_bound = matches!(prefix, "xml" | "xmlns") || self.bindings.iter().any(|known| known.prefix == prefix);
        if is_bound { Ok(()) } else { Err(format!("prefixet {prefix} är inte deklarerat")) }
    }

    /// A name as in Word's own files.
    fn named<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.unusual == 0 {
            return Cow::Borrowed(name);
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match self.bindings.iter().rev().find(|binding| binding.prefix == prefix) {
            Some(Binding { usual: Some(""), .. }) => Cow::Borrowed(local),
            Some(Binding { usual: Some(usual), .. }) => Cow::Owned(format!("{usual}:{local}")),
            Some(binding) if binding.is_unusual() => Cow::Owned(format!("?:{local}")),
            _ => Cow::Borrowed(name),
        }
    }
}

/// The first attribute that an element has twice.
fn repeated<'a>(attributes: &'a [(Cow<'_, str>, Cow<'_, str>)]) -> Option<&'a str> {
    let mut keys = attributes.iter().map(|(key, _)| key.as_ref());
    if attributes.len() < 16 {
        let is_repeated = |(index, key): &(usize, &str)| attributes[..*index].iter().any(|(before, _)| before == key);
        return keys.enumerate().find(is_repeated).map(|(_, key)| key);
    }
    let mut seen = BTreeSet::new();
    keys.find(|key| !seen.insert(*key))
}

#[cfg(test)]
mod tests {
    use super::super::parts::unzip;
    use super::*;
    use crate::write::word::tests::{docx, sample};

    fn names(xml: &str) -> Vec<String> {
        let mut names = Vec::new();
        let reading = read(xml.as_bytes(), |node| {
            if let Node::Start(tag) = node {
                let attributes: Vec<&str> = tag.attributes().map(|(name, _)| name).collect();
                names.push(format!("{} {}", tag.name, attributes.join(" ")));
            }
        });
        assert_eq!(reading.fault, None);
        names
    }

    #[test]
    fn a_name_is_known_whatever_its_prefix() {
        let xml = "<x:p xmlns:x='http://schemas.openxmlformats.org/wordprocessingml/2006/main' x:id='1'>\
                   <q xmlns='http://purl.oclc.org/ooxml/wordprocessingml/main'/><x:r xmlns:w='other' w:a='' x:b=''/></x:p>";
        assert_eq!(names(xml), ["w:p xmlns:x w:id", "w:q xmlns", "w:r xmlns:w ?:a w:b"]);
    }

    #[test]
    fn what_word_refuses_is_a_fault() {
        let faults = [
            ("<a>", "element är inte avslutade"),
            ("", "den är tom"),
            ("<a/><b/>", "mer än ett rotelement"),
            ("<a b='1' b='2'/>", "attributet b står två gånger"),
            ("<w:a/>", "prefixet w är inte deklarerat"),
            ("<a xmlns:mc='m' mc:Ignorable='w14'/>", "prefixet w14 är inte deklarerat"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "en DTD"),
            ("<a>&nbsp;</a>", "&nbsp; är inte definierad"),
            ("<a></b>", "byte"),
            ("<a><!-- b -- c --></a>", "två bindestreck"),
            ("<a><!-- b ---></a>", "två bindestreck"),
            ("<a b=\"<\"/>", "ett <-tecken står i attributet b"),
            ("<a b='1'c='2'/>", "felaktiga attribut"),
            ("<a b=1/>", "felaktiga attribut"),
            ("<a b/>", "felaktiga attribut"),
            ("<a>]]></a>", "]]> står i texten"),
            ("<a/>text", "text står utanför"),
            ("text<a/>", "text står utanför"),
            ("<a/>&#65;", "text står utanför"),
            ("<a/><![CDATA[ ]]>", "text står utanför"),
            ("\u{FEFF}\u{FEFF}<a/>", "text står utanför"),
            ("<1/>", "”1” är inget namn"),
            ("<a:b:c/>", "är inget namn"),
            ("<a -b='1'/>", "”-b” är inget namn"),
            ("<a xmlns:b=''/>", "prefixet b får inte"),
            (" <?xml version='1.0'?><a/>", "XML-deklaration"),
            ("<?xml?><a/>", "XML-deklaration"),
            ("<?xml version='1.0' standalone='ja'?><a/>", "XML-deklaration"),
            ("<a><?xml version='1.0'?></a>", "XML-deklaration"),
            ("<a><?1?></a>", "en felaktig instruktion"),
            ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "skriven i ISO-8859-1"),
        ];
        for (xml, words) in faults {
            let fault = read(xml.as_bytes(), |_| {}).fault;
            assert!(fault.as_ref().is_some_and(|fault| fault.contains(words)), "{xml}: {fault:?}");
        }
        assert!(read(b"<a>\xFF</a>", |_| {}).fault.is_some());
    }

    #[test]
    fn what_is_written_as_few_write_it_is_no_fault() {
        for xml in [
            "<?xml version='1.1' encoding='utf-8' standalone='no' ?>\n<!-- - -->\n<a\n b = '>' c=\"]]>\"/>\n<?b c?>",
            "<å:b.c-1 xmlns:å='d' _='e'>] ]&gt;<![CDATA[]]]]><![CDATA[><]]></å:b.c-1 >",
        ] {
            assert_eq!(read(xml.as_bytes(), |_| {}).unsound(), None, "{xml}");
        }
    }

    #[test]
    fn characters_that_are_none_are_found_in_every_form() {
        for xml in ["<a>\u{1}</a>", "<a>&#1;</a>", "<a b='&#x1;'/>"] {
            assert_eq!(read(xml.as_bytes(), |_| {}).illegal, BTreeSet::from(['\u{1}']), "{xml}");
        }
    }

    #[test]
    fn utf_16_is_read() {
        let wide: Vec<u8> = "\u{FEFF}<a>å</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut text = String::new();
        read(&wide, |node| {
            if let Node::Text(piece) = node {
                text.push_str(piece);
            }
        });
        assert_eq!(text, "å");
    }

    /// The pieces that are given, and how the reading went.
    #[derive(Debug, Default, PartialEq)]
    struct Given {
        pieces: Vec<String>,
        fault: Option<String>,
        illegal: BTreeSet<char>,
    }

    impl Given {
        fn take(&mut self, node: &Node<'_>) {
            self.pieces.push(match node {
                Node::Start(tag) => {
                    format!("{} {} {:?}", tag.name, tag.class, tag.attributes().collect::<Vec<_>>())
                }
                Node::End(name, class) => format!("/{name} {class}"),
                Node::Text(text) => format!("'{text}"),
            });
        }
    }

    fn class_of(tag: &Tag<'_>) -> Class {
        tag.name.len() as Class + 10 * tag.attributes().count() as Class
    }

    /// What is given is the same as by the reader that knows all of XML; whether the quick one gave it.
    fn is_plain(xml: &str) -> bool {
        let mut given = Given::default();
        let reading = read_classed(xml.as_bytes(), class_of, |node| given.take(&node));
        (given.fault, given.illegal) = (reading.fault, reading.illegal);
        let xml = decoded(xml.as_bytes()).unwrap();
        let mut careful = Given::default();
        let mut illegal = illegal_in(&xml);
        careful.fault = read_text(&xml, &mut illegal, class_of, |node| careful.take(&node)).err();
        careful.illegal = illegal;
        assert_eq!(given, careful, "{xml}");
        plain::read(&xml, &mut BTreeSet::new(), class_of, |_| {})
    }

    #[test]
    fn what_nearly_all_xml_is_made_of_is_read_quickly() {
        let root = "<a xmlns='m' xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>";
        for inner in [
            "",
            "text",
            "&lt;text&#x41;&amp;",
            "<b/><b/><b></b>",
            "<w:b w:val=\"&quot;1&quot;\"/><w:b w:val=\"&quot;1&quot;\"/>",
            "<b c='1' d = \"2\"\n/>",
            "<b c='>'/><b c=\">\"/><b c='>'/>",
            "<b xmlns:x='w'><x:c/></b><c xmlns='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><b/></c><b/>",
            "<?p?>å<?p >?>",
        ] {
            assert!(is_plain(&format!("<?xml version=\"1.0\"?>\n{root}{inner}</a>\n")), "{inner}");
        }
        for other in ["", "<a>", "<a/><a/>", "<a><!-- --></a>", "<a><![CDATA[b]]></a>", "<a></a >", "<a>&b;</a>", "<?>"]
        {
            assert!(!is_plain(other), "{other}");
        }
    }

    /// Whatever chance puts together is the same to both readers.
    #[test]
    fn both_readers_agree_on_whatever_is_put_together() {
        const PIECES: &[&str] = &[
            "<w:p>",
            "</w:p>",
            "<w:p>",
            "</w:p>",
            "<w:b/>",
            "<w:b w:val=\"1\"/>",
            "<w:b w:val='1' />",
            "<w:b w:val=\"a&amp;b\"/>",
            "<w:b w:val=\"&#1;\" w:a=\"&#x1F;\">",
            "<w:b w:val=\"1\" w:val=\"1\"/>",
            "<x:b/>",
            "<w:b xmlns:x=\"y\">",
            "<v xmlns:w=\"v\">",
            "</v>",
            "</w:b>",
            "<c d=\">\"/>",
            "<c d=\"/>",
            "<c d=\"\"e=\"\"/>",
            "<c =\"\"/>",
            "<c d/>",
            "<c d=e>",
            "<>",
            "</>",
            "< c/>",
            "text",
            " ",
            "åäö och en hel del till",
            "&amp;",
            "&#65;",
            "&#1;",
            "&b;",
            "&",
            ";",
            "<",
            ">",
            "\"",
            "'",
            "/",
            "=",
            "\u{1}",
            "\u{FFFE}",
            "\u{FEFF}",
            "<!-- - -->",
            "<!-- -- -->",
            "<![CDATA[<]]>",
            "]]>",
            "<c d=\"<\"/>",
            "<c d=\"]]>\"/>",
            "<1/>",
            "<c 1=\"\"/>",
            "<?xml version=\"1.0\"?>",
            "<!DOCTYPE a>",
            "<?p?>",
            "<?>",
            "<??>",
            "?>",
        ];
        let mut next = crate::testing::chance();
        let mut plain = 0;
        for _ in 0..15_000 {
            let pieces = 1 + next(9);
            let xml: String = (0..pieces).map(|_| PIECES[next(PIECES.len())]).collect();
            let main = namespaces::MAIN;
            plain += usize::from(is_plain(&xml));
            // What has a root has more of a chance.
            plain += usize::from(is_plain(&format!("<w:a xmlns:w=\"{main}\">{xml}</w:a>")));
            plain += usize::from(is_plain(&format!("<a xmlns:w=\"{main}\"><w:p>{xml}</w:p><w:p></w:p></a>")));
        }
        assert!(plain > 1_000, "{plain}");
    }

    /// A document as it is written, and with letters of it taken away, doubled, or put elsewhere.
    #[test]
    fn both_readers_agree_on_documents_with_mistakes() {
        let parts = unzip(&docx(&sample::publication()));
        for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
            assert!(is_plain(std::str::from_utf8(bytes).unwrap()), "{name}");
        }
        let document = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
        let root = document.find("<w:body>").unwrap();
        let (start, rest) = document.split_at(root);
        let some = &rest[..rest.match_indices("</w:p>").nth(5).unwrap().0];
        let letters: Vec<(usize, char)> = some.char_indices().collect();
        let mut plain = 0;
        for (at, letter) in letters.iter().step_by(3) {
            let (before, after) = (&some[..*at], &some[at + letter.len_utf8()..]);
            for changed in ["", "<", ">", "\"", "/", " ", "&", "ww"] {
                plain += usize::from(is_plain(&format!("{start}{before}{changed}{after}</w:p></w:body></w:document>")));
            }
        }
        assert!(plain > 100, "{plain}");
    }
}
