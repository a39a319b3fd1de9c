//! The package: its parts, what they are, how they refer to each other, and the zip file around them.

use std::collections::HashMap;
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::{Attribute, Xml};
use crate::office::namespaces::{self, OFFICE, RELATIONSHIPS};
pub use crate::office::package::Part;
use crate::office::package::{self as read, TYPES, relationships_of};

/// Start of the content types of WordprocessingML.
pub const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What one part refers to: other parts, and addresses outside.
#[derive(Debug, Default)]
pub struct Relationships {
    new: Vec<Relationship>,
    /// Where each of them stands among the new: a document refers to its parts and addresses thousands of times.
    known: HashMap<Relationship, usize>,
    /// The greatest number that is taken already.
    taken: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Relationship {
    kind: &'static str,
    target: String,
    external: bool,
}

impl Relationships {
    /// Relationships of a part that has some, with numbers up to this one.
    pub fn after(taken: usize) -> Relationships {
        Relationships { taken, ..Relationships::default() }
    }

    /// The new relationships, as they are written.
    pub fn into_relations(self) -> impl Iterator<Item = read::Relationship> {
        self.new.into_iter().zip(self.taken + 1..).map(|(relationship, number)| read::Relationship {
            id: format!("rId{number}"),
            kind: relationship.kind(),
            target: relationship.target,
            external: relationship.external,
        })
    }

    /// Gives a target another name.
    pub fn rename(&mut self, target: &str, name: &str) {
        self.new.iter_mut().filter(|relationship| relationship.target == target).for_each(|relationship| {
            relationship.target = name.to_owned();
        });
        self.known = self.new.iter().cloned().zip(0..).collect();
    }

    /// The id of a relationship to a part beside this one, made if it is new.
    pub fn part(&mut self, kind: &'static str, target: &str) -> String {
        self.id(Relationship { kind, target: target.to_owned(), external: false })
    }

    /// The id of a relationship to an address outside the package, made if it is new.
    pub fn address(&mut self, target: String) -> String {
        self.id(Relationship { kind: "hyperlink", target, external: true })
    }

    fn id(&mut self, wanted: Relationship) -> String {
        let next = self.new.len();
        let index = *self.known.entry(wanted).or_insert_with_key(|wanted| {
            self.new.push(wanted.clone());
            next
        });
        format!("rId{}", self.taken + index + 1)
    }

    /// The part that holds these relationships of the part called `of`, or nothing where there are none.
    pub fn into_part(self, of: &str) -> Option<Part> {
        if self.new.is_empty() {
            return None;
        }
        Some(relationships_part(of, &self.into_relations().collect::<Vec<_>>()))
    }
}

/// The part that holds all relationships of the part called `of`.
pub fn relationships_part(of: &str, relationships: &[read::Relationship]) -> Part {
    let mut xml = Xml::part("Relationships", &[("xmlns", RELATIONSHIPS)]);
    for read::Relationship { id, kind, target, external } in relationships {
        let mut attributes: Vec<Attribute<'_>> = vec![("Id", id), ("Type", kind), ("Target", target)];
        if *external {
            attributes.push(("TargetMode", &"External"));
        }
        xml.empty("Relationship", &attributes);
    }
    Part { name: relationships_of(of), bytes: xml.finish("Relationships") }
}

impl Relationship {
    /// The address that names the kind.
    fn kind(&self) -> String {
        match self.kind {
            "core-properties" => format!("{RELATIONSHIPS}/metadata/core-properties"),
            other => format!("{OFFICE}/{other}"),
        }
    }
}

/// The relationships of the package itself.
pub fn package_relationships() -> Option<Part> {
    let mut relationships = Relationships::default();
    relationships.part("officeDocument", "word/document.xml");
    relationships.part("core-properties", "docProps/core.xml");
    relationships.part("extended-properties", "docProps/app.xml");
    relationships.into_part("")
}

/// The list of what each of these parts is, and the parts.
pub fn with_types(parts: Vec<Part>) -> Vec<Part> {
    std::iter::once(content_types(&parts)).chain(parts).collect()
}

/// The zip file of these parts, in this order. Those that another file has had just so are taken as they were packed
/// for that one.
pub fn zip(parts: &[Part], packed: &Packed) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        match packed.of(part).and_then(|packed| ZipArchive::new(Cursor::new(packed)).ok()) {
            Some(mut packed) => {
                let part = packed.by_index_raw(0).expect("there is one part");
                zip.raw_copy_file(part).expect("parts have different names");
            }
            None => add(&mut zip, part),
        }
    }
    zip.finish().expect("memory takes all bytes").into_inner()
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, part: &Part) {
    // A fixed date: the same content gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    zip.start_file(part.name.as_str(), options).expect("parts have different names");
    zip.write_all(&part.bytes).expect("memory takes all bytes");
}

/// The parts that the files of a build have in common, such as the styles, as they are packed: an agreement has more of
/// them than of its own.
#[derive(Debug, Default)]
pub struct Packed(Mutex<HashMap<String, Seen>>);

/// What was packed last under a name, and a zip file of it alone once it has come twice.
#[derive(Debug)]
struct Seen {
    bytes: Vec<u8>,
    zip: Option<Arc<[u8]>>,
}

impl Packed {
    fn of(&self, part: &Part) -> Option<Arc<[u8]>> {
        if is_own(&part.name) {
            return None;
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match seen.get_mut(&part.name) {
            Some(seen) if seen.bytes == part.bytes => Some(Arc::clone(seen.zip.get_or_insert_with(|| {
                let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
                add(&mut zip, part);
                Arc::from(zip.finish().expect("memory takes all bytes").into_inner())
            }))),
            _ => {
                seen.insert(part.name.clone(), Seen { bytes: part.bytes.clone(), zip: None });
                None
            }
        }
    }
}

/// Whether a part says what only its document does.
fn is_own(name: &str) -> bool {
    name.ends_with(".rels") || matches!(name, "word/document.xml" | "word/footnotes.xml" | "docProps/core.xml")
}

/// What files with these endings are.
const ENDINGS: [(&str, &str); 6] = [
    ("emf", "image/x-emf"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("svg", "image/svg+xml"),
    ("xml", "application/xml"),
];

/// What files with this ending are, of those that we write.
pub fn ending_type(ending: &str) -> Option<&'static str> {
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

fn content_types(parts: &[Part]) -> Part {
    let mut xml = Xml::part("Types", &[("xmlns", namespaces::TYPES)]);
    for (extension, content_type) in ENDINGS {
        xml.empty("Default", &[("Extension", &extension), ("ContentType", &content_type)]);
    }
    for part in parts {
        if let Some(content_type) = content_type(&part.name) {
            let name = format!("/{}", part.name);
            xml.empty("Override", &[("PartName", &name), ("ContentType", &content_type)]);
        }
    }
    Part::new(TYPES, xml.finish("Types"))
}

/// What a part is, where its name's ending does not tell.
pub fn content_type(name: &str) -> Option<String> {
    let of_word = |kind: &str| Some(format!("{WORD}.{kind}+xml"));
    match name {
        "word/document.xml" => of_word("document.main"),
        "word/theme/theme1.xml" => Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned()),
        "docProps/core.xml" => Some("application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        "docProps/app.xml" => Some("application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
        _ => {
            let kind = name.strip_prefix("word/")?.strip_suffix(".xml")?;
            of_word(kind.trim_end_matches(|char: char| char.is_ascii_digit()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_comes_again_is_packed_as_it_was_the_first_time() {
        let files = ["a", "a", "b", "a", "a"].map(|style| {
            vec![
                Part::new("word/styles.xml", style.repeat(5_000).into_bytes()),
                Part::new("word/document.xml", b"<w:document/>".to_vec()),
            ]
        });
        let packed = Packed::default();
        for parts in &files {
            assert_eq!(zip(parts, &packed), zip(parts, &Packed::default()));
        }
        assert!(packed.of(&files[4][0]).is_some(), "what has come twice is kept");
        assert!(packed.of(&files[4][1]).is_none(), "what is a document's own is not");
    }
}
