//! The package: its parts out of the zip file, what each of them refers to, and what each of them is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{self, Node};

/// How much is unpacked of a file, in bytes. A catalogue of 10 000 services is 47 million.
const MOST: u64 = 256 * 1024 * 1024;

/// The list of what the parts are.
pub const TYPES: &str = "[Content_Types].xml";

/// A file's parts by name, without the first slash.
#[derive(Debug, Default)]
pub struct Package {
    /// The parts that are XML.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Every part's name as a [`key`].
    names: BTreeSet<String>,
    /// What each part refers to, by the part's [`key`] and by id. The package's own references are those of
    /// the part without name.
    relationships: BTreeMap<String, BTreeMap<String, Relationship>>,
    /// Parts that `[Content_Types].xml` names.
    pub typed: BTreeMap<String, String>,
    /// Endings that it names, in lower case.
    pub endings: BTreeSet<String>,
}

/// What a part refers to.
#[derive(Debug, Clone)]
pub struct Relationship {
    /// The last word of its type, such as `styles`.
    pub kind: String,
    /// The part's name, or an address.
    pub target: String,
    /// Whether it leads out of the package.
    pub external: bool,
}

impl Package {
    /// Unpacks a file. Fails with what it is instead of a package.
    pub fn open(bytes: &[u8]) -> Result<Package, String> {
        Package::open_within(bytes, MOST)
    }

    /// Unpacks a file of at most so many bytes.
    fn open_within(bytes: &[u8], most: u64) -> Result<Package, String> {
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(String::from("filen är lösenordsskyddad eller sparad i det äldre formatet .doc"));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| String::from("filen är inget zip-arkiv, eller är avkortad"))?;
        let mut package = Package::default();
        let mut left = most;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|_| format!("del {} går inte att packa upp", index + 1))?;
            let name = entry.name().map_err(|_| format!("del {} har ett oläsligt namn", index + 1))?.into_owned();
            if name.ends_with('/') {
                continue;
            }
            let name = name.trim_start_matches('/').to_owned();
            package.names.insert(key(&name));
            if is_xml(&name) {
                let mut bytes = Vec::new();
                let read = entry.by_ref().take(left + 1).read_to_end(&mut bytes);
                read.map_err(|_| format!("{name} går inte att packa upp"))?;
                left = left.checked_sub(bytes.len() as u64).ok_or_else(|| too_much(most))?;
                package.parts.insert(name, bytes);
            }
        }
        package.read_relationships();
        package.read_types();
        Ok(package)
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(&key(name))
    }

    /// Every part's name as a [`key`].
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The bytes of an XML part; empty where there is none.
    pub fn bytes(&self, name: &str) -> &[u8] {
        let exact = self.parts.get(name);
        let alike = || self.parts.iter().find(|(known, _)| key(known) == key(name)).map(|(_, bytes)| bytes);
        exact.or_else(alike).map_or(&[], Vec::as_slice)
    }

    /// What a part refers to, by id.
    pub fn relationships_of(&self, part: &str) -> Option<&BTreeMap<String, Relationship>> {
        self.relationships.get(&key(part))
    }

    /// What every part refers to, by the part's [`key`].
    pub fn relationships(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, Relationship>)> {
        self.relationships.iter().map(|(part, relationships)| (part.as_str(), relationships))
    }

    /// The parts that a part refers to as this kind, in the order of their ids.
    pub fn related<'p>(&'p self, part: &str, kind: &'p str) -> impl Iterator<Item = &'p str> {
        let relationships = self.relationships_of(part).into_iter().flat_map(BTreeMap::values);
        let wanted = move |relationship: &&Relationship| relationship.kind == kind && !relationship.external;
        relationships.filter(wanted).map(|relationship| relationship.target.as_str())
    }

    fn read_relationships(&mut self) {
        let mut all = BTreeMap::new();
        for (name, bytes) in &self.parts {
            let Some(source) = source_of(name) else { continue };
            let mut found = BTreeMap::new();
            xml::read(bytes, |node| {
                if let Node::Start(tag) = node
                    && tag.name == "Relationship"
                    && let Some(id) = tag.get("Id")
                {
                    let external = tag.get("TargetMode") == Some("External");
                    let target = tag.get("Target").unwrap_or_default();
                    let target = if external { target.to_owned() } else { resolved(&source, target) };
                    let kind = tag.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
                    found.insert(id.to_owned(), Relationship { kind, target, external });
                }
            });
            all.insert(key(&source), found);
        }
        self.relationships = all;
    }

    fn read_types(&mut self) {
        let (mut typed, mut endings) = (BTreeMap::new(), BTreeSet::new());
        xml::read(self.bytes(TYPES), |node| {
            let Node::Start(tag) = node else { return };
            if let (Some(name), Some(kind)) = (tag.get("PartName"), tag.get("ContentType")) {
                typed.insert(name.trim_start_matches('/').to_owned(), kind.to_owned());
            }
            if let Some(ending) = tag.get("Extension") {
                endings.insert(ending.to_lowercase());
            }
        });
        (self.typed, self.endings) = (typed, endings);
    }
}

/// A part's name as it is compared: in lower case and without percent signs, by which names do not differ.
pub fn key(name: &str) -> String {
    decoded(name).to_lowercase()
}

fn too_much(most: u64) -> String {
    format!("filen är mer än {} MB uppackad, vilket är mer än någon katalog behöver", most / 1024 / 1024)
}

fn is_xml(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// The part whose relationships stand in a part of this name.
fn source_of(name: &str) -> Option<String> {
    let (folder, file) = name.rsplit_once('/')?;
    let source = file.strip_suffix(".rels")?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{source}"))
}

/// A target as a part's name: seen from the part that refers to it.
fn resolved(source: &str, target: &str) -> String {
    let target = decoded(target.split('#').next().unwrap_or_default());
    if target.is_empty() {
        return target;
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

/// An address without its percent signs.
fn decoded(address: &str) -> String {
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
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::word::{Look, document};

    #[test]
    fn a_target_is_seen_from_its_part() {
        let cases = [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "../customXml/item1.xml", "customXml/item1.xml"),
            ("word/document.xml", "/word/media/a%20b.png", "word/media/a b.png"),
            ("", "word/document.xml", "word/document.xml"),
            ("", "../../a%", "a%"),
        ];
        for (source, target, name) in cases {
            assert_eq!(resolved(source, target), name);
        }
    }

    #[test]
    fn no_more_is_unpacked_than_is_reasonable() {
        let publication = crate::write::word::tests::sample::publication();
        let bytes = document(&Look::default(), &publication, &publication.documents[0], None);
        assert!(Package::open_within(&bytes, 1024 * 1024).is_ok());
        assert!(Package::open_within(&bytes, 1024).unwrap_err().contains("uppackad"));
    }

    #[test]
    fn relationships_stand_beside_their_part() {
        assert_eq!(source_of("_rels/.rels").as_deref(), Some(""));
        assert_eq!(source_of("word/_rels/document.xml.rels").as_deref(), Some("word/document.xml"));
        assert_eq!(source_of("word/document.xml"), None);
    }
}
