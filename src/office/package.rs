//! A package: its parts out of the zip file, and how they refer to each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{self, Node};

/// How much is unpacked of a file, in bytes. A catalogue of 10 000 services is 47 million.
pub const MOST: u64 = 256 << 20;

/// The list of what the parts are.
pub const TYPES: &str = "[Content_Types].xml";

/// How files begin that are in Microsoft's older container: Word 97 to 2003, and everything with a password.
const OLD_CONTAINER: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// A file in the package; the first slash of its name is left out.
#[derive(Debug, Clone)]
pub struct Part {
    /// With `/` between folders.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl Part {
    /// A part by name and content.
    pub fn new(name: &str, bytes: Vec<u8>) -> Part {
        Part { name: name.to_owned(), bytes }
    }
}

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// What the part calls it.
    pub id: String,
    /// The whole address that names its type.
    pub kind: String,
    /// A part, seen from the one that refers to it, or an address.
    pub target: String,
    /// Whether it leads out of the package.
    pub external: bool,
}

impl Relationship {
    /// Whether it is of a kind by the last word of its type, such as `styles`.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// Why a file is no package.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is encrypted, or in the format of Word 97 to 2003.
    OldContainer,
    /// It is no zip file.
    NoArchive,
    /// This part cannot be unpacked.
    Broken(String),
    /// Two parts have this name.
    Repeated(String),
    /// Two parts have the same name, letter for letter.
    Ambiguous,
    /// It is more than so many bytes when it is unpacked.
    TooLarge(u64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::OldContainer => {
                f.write_str("filen är lösenordsskyddad eller sparad i Words äldre format (.doc, .dot)")
            }
            Fault::NoArchive => f.write_str("filen är inget zip-arkiv, eller är avkortad"),
            Fault::Broken(part) => write!(f, "{part} i filen går inte att packa upp"),
            Fault::Repeated(name) => write!(f, "filen har två delar som heter {name}"),
            Fault::Ambiguous => f.write_str("filen har två delar med exakt samma namn"),
            Fault::TooLarge(most) => {
                write!(f, "filen är mer än {} MB uppackad, och så stora filer läses inte", most >> 20)
            }
        }
    }
}

/// Unpacks a file of at most so many bytes. Parts that are not `wanted` come without their bytes.
pub fn unpack(bytes: &[u8], most: u64, wanted: impl Fn(&str) -> bool) -> Result<Vec<Part>, Fault> {
    if bytes.starts_with(OLD_CONTAINER) {
        return Err(Fault::OldContainer);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::NoArchive)?;
    // Of those with exactly the same name, the archive has one.
    if archive.has_duplicate_names() {
        return Err(Fault::Ambiguous);
    }
    let (mut parts, mut names, mut left) = (Vec::new(), BTreeSet::new(), most);
    for index in 0..archive.len() {
        let nameless = || Fault::Broken(format!("del {}", index + 1));
        let mut entry = archive.by_index(index).map_err(|_| nameless())?;
        let name = entry.name().map_err(|_| nameless())?.trim_start_matches('/').to_owned();
        if name.ends_with('/') {
            continue;
        }
        let mut bytes = Vec::new();
        if wanted(&name) {
            let read = entry.by_ref().take(left + 1).read_to_end(&mut bytes);
            read.map_err(|_| Fault::Broken(name.clone()))?;
            left = left.checked_sub(bytes.len() as u64).ok_or(Fault::TooLarge(most))?;
        }
        if !names.insert(key(&name)) {
            return Err(Fault::Repeated(name));
        }
        parts.push(Part { name, bytes });
    }
    Ok(parts)
}

/// The relationships in a part that holds such, and why it is not well-formed.
pub fn relationships(bytes: &[u8]) -> (Vec<Relationship>, Option<String>) {
    let mut relationships = Vec::new();
    let reading = xml::read(bytes, |node| {
        let Node::Start(tag) = node else { return };
        if let Some(id) = tag.get("Id").filter(|_| tag.name == "Relationship") {
            let text = |key: &str| tag.get(key).unwrap_or_default().to_owned();
            // What is neither is none of the format's words: it is not taken for a part.
            let external = tag.get("TargetMode").is_some_and(|mode| mode != "Internal");
            let (kind, target) = (text("Type"), text("Target"));
            relationships.push(Relationship { id: id.to_owned(), kind, target, external });
        }
    });
    (relationships, reading.unsound())
}

/// The numbers that more than one of a part's relationships has: whoever uses one gets either.
pub fn repeated(relationships: &[Relationship]) -> BTreeSet<&str> {
    let mut met = BTreeSet::new();
    let again = relationships.iter().filter(|relationship| !met.insert(relationship.id.as_str()));
    again.map(|relationship| relationship.id.as_str()).collect()
}

/// What the list of types says.
#[derive(Debug, Default)]
pub struct Types {
    /// The parts that it names, and what they are, by their [`key`].
    pub parts: BTreeMap<String, (String, String)>,
    /// What files with an ending are, by that in lower case.
    pub endings: BTreeMap<String, String>,
    /// Of what it says twice what it is.
    pub repeated: Vec<String>,
}

impl Types {
    /// Reads the list; why it is not well-formed is told with its part.
    pub fn of(bytes: &[u8]) -> Types {
        let mut types = Types::default();
        xml::read(bytes, |node| {
            let Node::Start(tag) = node else { return };
            let kind = tag.get("ContentType").unwrap_or_default();
            if let Some(name) = tag.get("PartName") {
                let part = name.trim_start_matches('/');
                if types.parts.insert(key(part), (part.to_owned(), kind.to_owned())).is_some() {
                    types.repeated.push(format!("delen {name}"));
                }
            } else if let Some(ending) = tag.get("Extension")
                && types.endings.insert(ending.to_lowercase(), kind.to_owned()).is_some()
            {
                types.repeated.push(format!("filer som slutar på .{ending}"));
            }
        });
        types
    }

    /// What a part is.
    pub fn kind(&self, part: &str) -> Option<&str> {
        let part = key(part);
        let ending = || part.rsplit('/').next()?.rsplit_once('.').map(|(_, ending)| ending);
        let named = self.parts.get(&part).map(|(_, kind)| kind);
        named.or_else(|| self.endings.get(ending()?)).map(String::as_str)
    }
}

/// The name of the part that holds a part's relationships; those of the part `""` are the package's own.
pub fn relationships_of(part: &str) -> String {
    let (folder, file) = part.split_at(part.rfind('/').map_or(0, |slash| slash + 1));
    format!("{folder}_rels/{file}.rels")
}

/// The part whose relationships stand in a part of this name.
pub fn source_of(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/')?;
    let source = file.strip_suffix(".rels")?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{source}"))
}

/// The part that a target leads to, seen from the part that refers to it; `""` where it is a place in that part.
pub fn resolved(source: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    if target.is_empty() {
        return String::new();
    }
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => _ = steps.pop(),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part's name as it is compared: in lower case and without percent signs, by which names do not differ.
pub fn key(name: &str) -> String {
    decoded(name).to_lowercase()
}

/// An address without its percent signs; hardly any has one.
fn decoded(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match code.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &tail[2..];
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::parts::{Parts, zip};
    use super::*;

    #[test]
    fn a_target_is_seen_from_its_part() {
        let cases = [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "../customXml/item1.xml", "customXml/item1.xml"),
            ("word/document.xml", "/word/media/a%20b.png", "word/media/a%20b.png"),
            ("word/document.xml", "#plats", ""),
            ("", "word/document.xml", "word/document.xml"),
            ("", "../../a%", "a%"),
        ];
        for (source, target, name) in cases {
            assert_eq!(resolved(source, target), name);
        }
        assert_eq!(key("Word/Media/a%20B%.png"), "word/media/a b%.png");
    }

    fn parts(names: &[&str]) -> Vec<u8> {
        zip(&names.iter().map(|name| ((*name).to_owned(), vec![b'a'; 1000])).collect::<Parts>())
    }

    #[test]
    fn only_what_is_wanted_is_unpacked_and_no_more_than_is_reasonable() {
        let bytes = parts(&["/a.png", "b.xml", "c/"]);
        let xml = |name: &str| name.ends_with(".xml");
        let lengths =
            |parts: Vec<Part>| parts.into_iter().map(|part| (part.name, part.bytes.len())).collect::<Vec<_>>();
        let expected = [("a.png", 0), ("b.xml", 1000)].map(|(name, length)| (name.to_owned(), length));
        assert_eq!(unpack(&bytes, 1000, xml).map(lengths), Ok(expected.to_vec()));
        assert_eq!(unpack(&bytes, 1000, |_| true).map(lengths), Err(Fault::TooLarge(1000)));
    }

    #[test]
    fn names_that_do_not_differ_are_one_name_twice() {
        assert_eq!(
            unpack(&parts(&["A.xml", "a.xml"]), MOST, |_| true).err(),
            Some(Fault::Repeated(String::from("a.xml")))
        );
    }

    #[test]
    fn one_name_for_two_parts_is_seen_though_the_archive_has_one_of_them() {
        let mut bytes = parts(&["a.xml", "b.xml"]);
        while let Some(at) = bytes.windows(5).position(|name| name == b"b.xml") {
            bytes[at] = b'a';
        }
        assert_eq!(unpack(&bytes, MOST, |_| true).err(), Some(Fault::Ambiguous));
    }

    #[test]
    fn relationships_stand_beside_their_part() {
        for (part, name) in [("", "_rels/.rels"), ("word/document.xml", "word/_rels/document.xml.rels")] {
            assert_eq!(source_of(name).as_deref(), Some(part));
            assert_eq!(relationships_of(part), name);
        }
        assert_eq!(source_of("word/document.xml"), None);
    }
}
