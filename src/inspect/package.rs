//! A package as the rules see it: its parts, what each of them refers to, and what each of them is.

use std::collections::{BTreeMap, BTreeSet};

use crate::office::package::{
    Fault, Part, Relationship, TYPES, Types, key, relationships, repeated, resolved, source_of,
};

/// What a file's parts are, and how they hang together.
#[derive(Debug, Default)]
pub struct Package {
    /// Every part's name as a [`key`].
    names: BTreeSet<String>,
    /// What each part refers to, by the part's [`key`] and by id, with the targets' names as the package has them. The
    /// package's own references are those of the part without name.
    relationships: BTreeMap<String, BTreeMap<String, Relationship>>,
    /// The numbers that more than one relationship has, with the parts that hold them.
    pub repeated: Vec<(String, String)>,
    /// What `[Content_Types].xml` says.
    pub types: Types,
}

/// A package and what stands in it, while it is read.
pub struct Contents<'p> {
    pub package: Package,
    /// The parts that are XML, by name without the first slash.
    pub parts: BTreeMap<&'p str, &'p [u8]>,
}

impl<'p> Contents<'p> {
    /// Fails with what is wrong with a package of these parts.
    pub fn of(parts: &'p [Part]) -> Result<Contents<'p>, Fault> {
        let mut contents = Contents { package: Package::default(), parts: BTreeMap::new() };
        for Part { name, bytes } in parts {
            let name = name.trim_start_matches('/');
            if !contents.package.names.insert(key(name)) {
                return Err(Fault::Repeated(name.to_owned()));
            }
            if is_xml(name) {
                contents.parts.insert(name, bytes);
            }
        }
        contents.read_relationships();
        contents.package.types = Types::of(contents.bytes(TYPES));
        Ok(contents)
    }

    /// The bytes of an XML part; empty where there is none.
    pub fn bytes(&self, name: &str) -> &'p [u8] {
        let exact = self.parts.get(name);
        let alike = || self.parts.iter().find(|(known, _)| key(known) == key(name)).map(|(_, bytes)| bytes);
        exact.or_else(alike).copied().unwrap_or_default()
    }

    fn read_relationships(&mut self) {
        for (name, bytes) in &self.parts {
            let Some(source) = source_of(name) else { continue };
            // Where it cannot be read to its end is told with the part.
            let (mut found, _) = relationships(bytes);
            let ids = repeated(&found).into_iter().map(|id| ((*name).to_owned(), id.to_owned()));
            self.package.repeated.extend(ids);
            for relationship in found.iter_mut().filter(|relationship| !relationship.external) {
                relationship.target = resolved(&source, &relationship.target);
            }
            let by_id = found.into_iter().map(|relationship| (relationship.id.clone(), relationship)).collect();
            self.package.relationships.insert(key(&source), by_id);
        }
    }
}

impl Package {
    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(&key(name))
    }

    /// Every part's name as a [`key`].
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
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
}

/// Whether a part is XML, by its name.
pub fn is_xml(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}
