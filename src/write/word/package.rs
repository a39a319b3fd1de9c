//! The package: its parts, what they are, how they refer to each other, and the zip file around them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use rustc_hash::FxHashMap;

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
    known: FxHashMap<Relationship, usize>,
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

/// A file that is larger than Word reads: a part or all of it has four gigabytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("filen blir större än 4 GB, som är det mesta Word kan läsa; dela upp katalogen")
    }
}

/// The zip file of these parts, in this order.
pub fn zip(parts: &[Part], packer: &Packer) -> Result<Vec<u8>, TooLarge> {
    let packed = packer.packed(parts);
    let mut zip = Zip::default();
    zip.bytes.reserve(packed.iter().map(|packed| packed.bytes.len() + ENTRY).sum());
    packed.iter().zip(parts).try_for_each(|(packed, part)| zip.add(&part.name, packed))?;
    zip.finish()
}

/// Packs parts, and keeps what the files of a build have in common, such as the styles: an agreement has more of them
/// than of its own.
#[derive(Debug, Default)]
pub struct Packer {
    /// By the part's name.
    common: Mutex<HashMap<String, Vec<Kept>>>,
    /// Those that are not at work: making one takes longer than packing a small part.
    compressors: Mutex<Vec<Compressors>>,
}

/// A part as it stands in a zip file.
#[derive(Debug)]
struct Packed {
    check_sum: u32,
    /// How long it is unpacked.
    length: usize,
    bytes: Vec<u8>,
}

/// A part that has been packed, to be known again.
#[derive(Debug)]
struct Kept {
    bytes: Vec<u8>,
    packed: Arc<Packed>,
}

/// What packs the parts that only one document has, and what packs those that many have.
#[derive(Debug)]
struct Compressors {
    own: Compress,
    common: Compress,
}

/// How hard parts are packed, of 9. What many files have is packed once, and what each has of its own is most of the
/// work: files are a tenth larger than if all were packed with the usual 6, in three quarters of the time.
const OWN: u32 = 3;
const COMMON: u32 = 9;
/// So many parts that differ are kept for each name: a footer differs by the number of pages.
const MOST_KEPT: usize = 16;

impl Packer {
    fn packed(&self, parts: &[Part]) -> Vec<Arc<Packed>> {
        let free = lock(&self.compressors).pop();
        let mut compressors = free.unwrap_or_else(|| {
            let [own, common] = [OWN, COMMON].map(|level| Compress::new(Compression::new(level), false));
            Compressors { own, common }
        });
        let packed = parts.iter().map(|part| self.part(part, &mut compressors)).collect();
        lock(&self.compressors).push(compressors);
        packed
    }

    fn part(&self, part: &Part, compressors: &mut Compressors) -> Arc<Packed> {
        if OWN_PARTS.iter().any(|start| part.name.starts_with(start)) {
            return Arc::new(Packed::of(&part.bytes, &mut compressors.own));
        }
        let find = |known: &[Kept]| {
            known.iter().find(|known| known.bytes == part.bytes).map(|known| Arc::clone(&known.packed))
        };
        let known = lock(&self.common).get(&part.name).and_then(|known| find(known));
        known.unwrap_or_else(|| {
            let packed = Arc::new(Packed::of(&part.bytes, &mut compressors.common));
            let mut common = lock(&self.common);
            let known = common.entry(part.name.clone()).or_default();
            if known.len() < MOST_KEPT && find(known).is_none() {
                known.push(Kept { bytes: part.bytes.clone(), packed: Arc::clone(&packed) });
            }
            packed
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How the names of parts begin that say what only their document does.
const OWN_PARTS: [&str; 5] =
    ["word/document", "word/_rels/document", "word/header", "word/media/drawing", "docProps/core"];

impl Packed {
    fn of(bytes: &[u8], compressor: &mut Compress) -> Packed {
        let mut check_sum = Crc::new();
        check_sum.update(bytes);
        compressor.reset();
        let mut packed = Vec::with_capacity(bytes.len() / 8 + 256);
        loop {
            let rest = &bytes[compressor.total_in() as usize..];
            let status = compressor.compress_vec(rest, &mut packed, FlushCompress::Finish);
            match status.expect("what is packed in one go is packed in order") {
                Status::StreamEnd => break,
                Status::Ok | Status::BufError => packed.reserve(packed.capacity()),
            }
        }
        Packed { check_sum: check_sum.sum(), length: bytes.len(), bytes: packed }
    }
}

/// What a zip file has beside a part's bytes is about as long as this.
const ENTRY: usize = 150;

/// A zip file that grows at its end.
#[derive(Debug, Default)]
struct Zip {
    bytes: Vec<u8>,
    /// What stands at the end of the file: the list of its parts.
    directory: Vec<u8>,
    count: usize,
}

impl Zip {
    /// Puts a part last.
    fn add(&mut self, name: &str, packed: &Packed) -> Result<(), TooLarge> {
        let start = number(self.bytes.len())?;
        // Version 2.0 is enough to unpack; the bit says that the name is not only ASCII; and packed by deflating. The
        // date is fixed, the first that there is: the same content gives the same bytes.
        let (version, bits, method, time, date) = (20_u16, u16::from(!name.is_ascii()) << 11, 8_u16, 0_u16, 0x21_u16);
        let mut entry: Vec<u8> = [version, bits, method, time, date].into_iter().flat_map(u16::to_le_bytes).collect();
        let sizes = [packed.check_sum, number(packed.bytes.len())?, number(packed.length)?];
        entry.extend(sizes.into_iter().flat_map(u32::to_le_bytes));
        entry.extend(u16::try_from(name.len()).expect("a part's name is short").to_le_bytes());
        // Nothing more is said of it.
        entry.extend([0; 2]);
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&entry);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&packed.bytes);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(version.to_le_bytes());
        self.directory.extend(&entry);
        // No remark, the first disk, and no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(start.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
        Ok(())
    }

    /// The file.
    fn finish(mut self) -> Result<Vec<u8>, TooLarge> {
        let start = number(self.bytes.len())?;
        self.bytes.extend(&self.directory);
        let end = self.bytes.len() as u64;
        let length = number(self.directory.len())?;
        // Where two bytes are too few for the number of parts, a longer end stands before the usual one.
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        if count == u16::MAX {
            self.bytes.extend(b"PK\x06\x06");
            self.bytes.extend(44_u64.to_le_bytes());
            self.bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            let numbers = [self.count as u64, self.count as u64, u64::from(length), u64::from(start)];
            self.bytes.extend(numbers.into_iter().flat_map(u64::to_le_bytes));
            self.bytes.extend(b"PK\x06\x07\0\0\0\0");
            self.bytes.extend(end.to_le_bytes());
            self.bytes.extend(1_u32.to_le_bytes());
        }
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend([count, count].into_iter().flat_map(u16::to_le_bytes));
        self.bytes.extend([length, start].into_iter().flat_map(u32::to_le_bytes));
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }
}

/// A length or a place in the file.
fn number(number: usize) -> Result<u32, TooLarge> {
    u32::try_from(number).map_err(|_| TooLarge)
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
    use crate::office::package::{MOST, unpack};

    fn names_and_bytes(parts: &[Part]) -> Vec<(&str, &[u8])> {
        parts.iter().map(|part| (part.name.as_str(), part.bytes.as_slice())).collect()
    }

    #[test]
    fn a_part_that_comes_again_is_packed_as_it_was_the_first_time() {
        let files = ["a", "a", "b", "a", "a"].map(|style| {
            vec![
                Part::new("word/styles.xml", style.repeat(5_000).into_bytes()),
                Part::new("word/document.xml", b"<w:document/>".to_vec()),
            ]
        });
        let packer = Packer::default();
        for parts in &files {
            let file = zip(parts, &packer).unwrap();
            assert_eq!(file, zip(parts, &Packer::default()).unwrap());
            let unpacked = unpack(&file, MOST, |_| true).expect("it is a zip file");
            assert_eq!(names_and_bytes(&unpacked), names_and_bytes(parts));
        }
        let common = lock(&packer.common);
        assert_eq!(common["word/styles.xml"].len(), 2, "what is common is kept");
        assert!(!common.contains_key("word/document.xml"), "what is a document's own is not");
    }

    #[test]
    fn any_parts_come_out_as_they_went_in() {
        let noise: Vec<u8> = (0..300_000_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let parts = [
            Part::new("tom.xml", Vec::new()),
            Part::new("word/media/räksmörgås.png", noise),
            Part::new("word/document.xml", "<w:p/>".repeat(100_000).into_bytes()),
        ];
        let unpacked = unpack(&zip(&parts, &Packer::default()).unwrap(), MOST, |_| true).expect("it is a zip file");
        assert_eq!(names_and_bytes(&unpacked), names_and_bytes(&parts));
    }

    #[test]
    fn there_may_be_more_parts_than_two_bytes_count() {
        let packed = Packed::of(b"a", &mut Compress::new(Compression::new(OWN), false));
        for count in [65_534, 65_535, 65_536, 70_000] {
            let mut zip = Zip::default();
            (0..count).for_each(|index| zip.add(&format!("{index}.xml"), &packed).unwrap());
            let unpacked = unpack(&zip.finish().unwrap(), MOST, |_| true).expect("it is a zip file");
            assert_eq!(unpacked.len(), count);
            assert!(unpacked.iter().all(|part| part.bytes == b"a"));
        }
    }

    #[test]
    fn what_word_cannot_read_is_not_packed() {
        let most = Packed { check_sum: 0, length: u32::MAX as usize, bytes: Vec::new() };
        assert_eq!(Zip::default().add("word/document.xml", &most), Ok(()));
        let more = Packed { length: most.length + 1, ..most };
        assert_eq!(Zip::default().add("word/document.xml", &more), Err(TooLarge));
    }
}
