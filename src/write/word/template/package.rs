//! Someone else's package: its parts, what they are, and how they refer to each other.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::Unusable;
use super::tree::{Element, Node, Tree};
use crate::write::word::package::{Part, RELATIONSHIPS, Relationships};
use crate::write::word::xml::{Attribute, Xml};

/// What a template may hold: more than any real one has, and less than fills a machine's memory.
const MOST_PARTS: usize = 4000;
const MOST_BYTES: u64 = 256 << 20;

/// What the main part of a document and of a template is called.
const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const TEMPLATE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
/// How files begin that are in Microsoft's older container: Word 97 to 2003, and everything with a password.
const OLD_CONTAINER: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// A package in memory, without its list of types.
#[derive(Debug, Clone)]
pub struct Package {
    pub parts: Vec<Part>,
    types: Tree,
    /// The part that holds the text.
    pub main: String,
}

/// One relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub id: String,
    /// The whole address that names the kind.
    pub kind: String,
    pub target: String,
    pub external: bool,
}

impl Package {
    /// Reads a template; the error says why it cannot be used.
    pub fn read(bytes: &[u8]) -> Result<Package, Unusable> {
        if bytes.starts_with(OLD_CONTAINER) {
            return Err(Unusable::new(
                "filen är krypterad eller i Words äldre format (.doc, .dot)",
                "ta bort lösenordet eller spara om den i Word som .docx eller .dotx",
            ));
        }
        let mut parts = unzip(bytes)?;
        let at = parts.iter().position(|part| part.name == "[Content_Types].xml").ok_or_else(no_word)?;
        let types = parse(&parts.remove(at))?;
        let mut package = Package { parts, types, main: String::new() };
        package.forget_missing();
        package.main = package.main_part()?;
        Ok(package)
    }

    /// Takes parts off the list of types that the file does not have: some programs forget to, and Word does not mind.
    fn forget_missing(&mut self) {
        let parts = &self.parts;
        let is_there = |name: &str| parts.iter().any(|part| part.name.eq_ignore_ascii_case(name));
        self.types.root.children.retain(|node| match node {
            Node::Element(element) if element.local_name() == "Override" => {
                element.attribute("PartName").is_some_and(|name| is_there(name.trim_start_matches('/')))
            }
            _ => true,
        });
    }

    fn main_part(&mut self) -> Result<String, Unusable> {
        let relations = self.relations("")?;
        let of_kind = |relation: &&Relation| relation.kind.ends_with("/officeDocument");
        let main = relations.iter().find(of_kind).ok_or_else(no_word)?;
        if main.kind.starts_with("http://purl.oclc.org/") {
            return Err(Unusable::new(
                "filen är sparad som ”Strict Open XML”, som bara vissa program kan läsa",
                "öppna den i Word och spara om den som vanligt Word-dokument (.docx) eller Word-mall (.dotx)",
            ));
        }
        let name = resolve("", &main.target);
        let kind = self.type_of(&name).unwrap_or_default();
        if kind.contains("macroEnabled") || self.parts.iter().any(|part| part.name.ends_with("vbaProject.bin")) {
            return Err(Unusable::new(
                "filen innehåller makron, som inte får följa med i publicerade dokument",
                "spara om den i Word utan makron, som .docx eller .dotx",
            ));
        }
        if kind != DOCUMENT && kind != TEMPLATE {
            return Err(no_word());
        }
        self.set_type(&name, DOCUMENT);
        Ok(name)
    }

    /// The bytes of a part.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name))
    }

    /// A part as a tree; `None` where there is none.
    pub fn tree(&self, name: &str) -> Result<Option<Tree>, Unusable> {
        self.part(name).map(parse).transpose()
    }

    /// Puts bytes in the place of a part, or after all parts, with what it is where its name's ending does not tell.
    pub fn put(&mut self, name: &str, bytes: Vec<u8>, kind: Option<&str>) {
        match self.parts.iter_mut().find(|part| part.name.eq_ignore_ascii_case(name)) {
            Some(part) => part.bytes = bytes,
            None => {
                self.parts.push(Part::new(name, bytes));
                if let Some(kind) = kind {
                    self.set_type(name, kind);
                }
            }
        }
    }

    /// Puts in a part like another one, with what that one refers to, and returns its name.
    pub fn copy(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let copy = self.free_name(name);
        let kind = self.type_of(name);
        self.put(&copy, bytes, kind.as_deref());
        if let Some(relations) = self.part(&relations_of(name)).map(|part| part.bytes.clone()) {
            self.put(&relations_of(&copy), relations, None);
        }
        copy
    }

    /// Says what files with this ending are, unless that is said.
    pub fn set_ending(&mut self, ending: &str, kind: &str) {
        let known = |element: &Element| {
            element.local_name() == "Default"
                && element.attribute("Extension").is_some_and(|known| known.eq_ignore_ascii_case(ending))
        };
        if !self.types.root.elements().any(known) {
            let tag = format!("Default Extension=\"{ending}\" ContentType=\"{kind}\"");
            self.types.root.children.insert(0, Node::Element(Element::new(&tag)));
        }
    }

    fn set_type(&mut self, name: &str, kind: &str) {
        let name = format!("/{name}");
        let same = |element: &&mut Element| {
            element.local_name() == "Override"
                && element.attribute("PartName").is_some_and(|known| known.eq_ignore_ascii_case(&name))
        };
        if let Some(element) = self.types.root.elements_mut().find(same) {
            if element.attribute("ContentType").as_deref() != Some(kind) {
                element.set("ContentType", kind);
            }
            return;
        }
        let tag = format!("Override PartName=\"{name}\" ContentType=\"{kind}\"");
        self.types.root.children.push(Node::Element(Element::new(&tag)));
    }

    fn type_of(&self, name: &str) -> Option<String> {
        let name = format!("/{name}");
        let ending = name.rsplit('.').next().unwrap_or_default();
        let with = |kind: &str, key: &str, value: &str| {
            let found = self.types.root.elements().find(|element| {
                element.local_name() == kind
                    && element.attribute(key).is_some_and(|known| known.eq_ignore_ascii_case(value))
            });
            found.and_then(|element| element.attribute("ContentType"))
        };
        with("Override", "PartName", &name).or_else(|| with("Default", "Extension", ending))
    }

    /// What a part refers to; the name `""` is the package itself.
    pub fn relations(&self, of: &str) -> Result<Vec<Relation>, Unusable> {
        let Some(tree) = self.tree(&relations_of(of))? else { return Ok(Vec::new()) };
        let read = |element: &Element| {
            Some(Relation {
                id: element.attribute("Id")?,
                kind: element.attribute("Type")?,
                target: element.attribute("Target")?,
                external: element.attribute("TargetMode").as_deref() == Some("External"),
            })
        };
        Ok(tree.root.elements().filter_map(read).collect())
    }

    /// Relationships of a part with numbers that it has not used.
    pub fn more_relationships(&self, of: &str) -> Relationships {
        let number = |relation: &Relation| {
            relation.id.trim_start_matches(|char: char| !char.is_ascii_digit()).parse::<u32>().ok()
        };
        let relations = self.relations(of).unwrap_or_default();
        let numbers = relations.iter().filter_map(number).filter(|number| *number < super::MOST_NUMBER);
        Relationships::after(numbers.max().and_then(|last| usize::try_from(last).ok()).unwrap_or(0))
    }

    /// Adds relationships to those that a part has.
    pub fn add_relationships(&mut self, of: &str, new: Relationships) {
        let mut known = self.relations(of).unwrap_or_default();
        let before = known.len();
        known.extend(new.relations().map(|(id, kind, target, external)| Relation { id, kind, target, external }));
        if known.len() == before {
            return;
        }
        let mut xml = Xml::part("Relationships", &[("xmlns", &RELATIONSHIPS)]);
        for Relation { id, kind, target, external } in &known {
            let mut attributes: Vec<Attribute<'_>> = vec![("Id", id), ("Type", kind), ("Target", target)];
            if *external {
                attributes.push(("TargetMode", &"External"));
            }
            xml.empty("Relationship", &attributes);
        }
        let kind = "application/vnd.openxmlformats-package.relationships+xml";
        self.set_ending("rels", kind);
        self.put(&relations_of(of), xml.finish("Relationships"), None);
    }

    /// The part of a kind that a part refers to: `styles` of the text.
    pub fn related(&self, of: &str, kind: &str) -> Option<String> {
        let relations = self.relations(of).ok()?;
        let found = relations.iter().find(|relation| relation.kind.rsplit('/').next() == Some(kind))?;
        Some(resolve(of, &found.target)).filter(|name| self.part(name).is_some())
    }

    /// A name beside the main part that no part has yet.
    pub fn free_name(&self, wanted: &str) -> String {
        let (stem, ending) = wanted.rsplit_once('.').unwrap_or((wanted, "xml"));
        let tries = (0..).map(|number| match number {
            0 => wanted.to_owned(),
            number => format!("{stem}-katalog{number}.{ending}"),
        });
        let taken: BTreeMap<String, ()> = self.parts.iter().map(|part| (part.name.to_lowercase(), ())).collect();
        tries.into_iter().find(|name| !taken.contains_key(&name.to_lowercase())).unwrap_or_default()
    }

    /// All parts, after the list of what they are.
    pub fn into_parts(self) -> Vec<Part> {
        let types = Part::new("[Content_Types].xml", self.types.to_bytes());
        std::iter::once(types).chain(self.parts).collect()
    }
}

fn no_word() -> Unusable {
    Unusable::new("filen är inget Word-dokument", "ange en fil som är sparad i Word som .docx eller .dotx")
}

/// A part as a tree.
fn parse(part: &Part) -> Result<Tree, Unusable> {
    Tree::parse(&part.bytes).map_err(|error| {
        Unusable::new(
            &format!("delen {} i filen går inte att läsa: {error}", part.name),
            "öppna filen i Word, spara om den och försök igen",
        )
    })
}

fn unzip(bytes: &[u8]) -> Result<Vec<Part>, Unusable> {
    let broken = |error: &dyn std::fmt::Display| {
        Unusable::new(
            &format!("filen går inte att packa upp ({error})"),
            "ange en fil som är sparad i Word som .docx eller .dotx",
        )
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(Unusable::new("filen har fler delar än något riktigt Word-dokument", "ange en annan fil"));
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|error| broken(&error))?.replace('\\', "/");
        let name = name.trim_start_matches('/').to_owned();
        let mut bytes = Vec::new();
        file.take(left + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            Unusable::new("filen är större uppackad än vad som ryms (256 MB)", "krympa bilderna i den")
        })?;
        if parts.iter().any(|part| part.name.eq_ignore_ascii_case(&name)) {
            return Err(Unusable::new(
                &format!("filen har två delar som heter {name}"),
                "öppna filen i Word, spara om den och försök igen",
            ));
        }
        parts.push(Part { name, bytes });
    }
    Ok(parts)
}

/// The part that holds the relationships of a part.
pub fn relations_of(name: &str) -> String {
    let (folder, file) =
        name.rsplit_once('/').map_or((String::new(), name), |(folder, file)| (format!("{folder}/"), file));
    format!("{folder}_rels/{file}.rels")
}

/// The part that a relationship leads to, seen from the part that has it.
pub fn resolve(of: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = of.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}
