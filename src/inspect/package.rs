//! A package as the rules see it: its parts, what each of them refers to, and what each of them is.

use std::collections::{BTreeMap, BTreeSet};

use crate::office::package::{Relationship, TYPES, key, relationships, resolved, source_of, unpack};
use crate::office::xml::{self, Node};

/// A file's parts by name, without the first slash.
#[derive(Debug, Default)]
pub struct Package {
    /// The parts that are XML.
    pub parts: BTreeMap<String, Vec<u8>>,
    /// Every part's name as a [`key`].
    names: BTreeSet<String>,
    /// What each part refers to, by the part's [`key`] and by id, with the targets' names as the package has them. The
    /// package's own references are those of the part without name.
    relationships: BTreeMap<String, BTreeMap<String, Relationship>>,
    /// Parts that `[Content_Types].xml` names.
    pub typed: BTreeMap<String, String>,
    /// Endings that it names, in lower case.
    pub endings: BTreeSet<String>,
}

impl Package {
    /// Unpacks a file of at most so many bytes. Fails with what it is instead of a package.
    pub fn open(bytes: &[u8], most: u64) -> Result<Package, String> {
        let parts = unpack(bytes, most, is_xml).map_err(|fault| fault.to_string())?;
        let names = parts.iter().map(|part| key(&part.name)).collect();
        let parts = parts.into_iter().filter(|part| is_xml(&part.name)).map(|part| (part.name, part.bytes)).collect();
        let mut package = Package { parts, names, ..Package::default() };
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
        let wanted = move |relationship: &&Relationship| relationship.is(kind) && !relationship.external;
        relationships.filter(wanted).map(|relationship| relationship.target.as_str())
    }

    fn read_relationships(&mut self) {
        for (name, bytes) in &self.parts {
            let Some(source) = source_of(name) else { continue };
            // Where it cannot be read to its end is told with the part.
            let (mut found, _) = relationships(bytes);
            for relationship in found.iter_mut().filter(|relationship| !relationship.external) {
                relationship.target = resolved(&source, &relationship.target);
            }
            let by_id = found.into_iter().map(|relationship| (relationship.id.clone(), relationship)).collect();
            self.relationships.insert(key(&source), by_id);
        }
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

fn is_xml(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}
