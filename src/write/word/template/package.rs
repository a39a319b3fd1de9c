//! A template's package: its parts, what they are, and how they refer to each other; all of it can be added to.

use std::collections::BTreeSet;

use super::Unusable;
use super::tree::{Element, Node, Tree};
use crate::office::package::{
    Fault, Part, Relationship, TYPES, Types, key, relationships, relationships_of, repeated, resolved, source_of,
    unpack,
};
use crate::office::xml;
use crate::write::word::package::{Relationships, ending_type, relationships_part};

/// More parts than any real template has.
const MOST_PARTS: usize = 4000;
/// How much is unpacked of a template, in bytes: its pictures go into every file.
const MOST: u64 = 40 << 20;
/// How much of that is markup, which takes many times more as a tree.
const MOST_MARKUP: usize = 8 << 20;

/// What the parts with comments, and those about them, are called.
const COMMENTS: [&str; 5] = ["comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"];

/// What the main part of a document and of a template is called.
const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const TEMPLATE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";

/// A package in memory, without its list of types.
#[derive(Debug, Clone)]
pub struct Package {
    pub parts: Vec<Part>,
    types: Tree,
    /// The part that holds the text.
    pub main: String,
}

impl Package {
    /// Reads a template; the error says why it cannot be used.
    pub fn read(bytes: &[u8]) -> Result<Package, Unusable> {
        let mut parts = unpack(bytes, MOST, |_| true).map_err(|fault| no_package(&fault))?;
        if parts.len() > MOST_PARTS {
            return Err(Unusable::new("filen har fler delar än något riktigt Word-dokument", "ange en annan fil"));
        }
        if parts.iter().filter(|part| is_markup(&part.name)).map(|part| part.bytes.len()).sum::<usize>() > MOST_MARKUP {
            let message = format!("filens text och formatmallar är mer än {} MB uppackade", MOST_MARKUP >> 20);
            return Err(Unusable::new(&message, "ta bort text och formatmallar som inte behövs i den"));
        }
        let at = parts.iter().position(|part| part.name == TYPES).ok_or_else(no_word)?;
        let types = parts.remove(at);
        if let Some(fault) = xml::read(&types.bytes, |_| {}).unsound() {
            return Err(unreadable(&types, &fault));
        }
        if let Some(what) = Types::of(&types.bytes).repeated.first() {
            return Err(unreadable(&types, &format!("den säger två gånger vad {what} är")));
        }
        let types = parse(&types)?;
        for part in parts.iter().filter(|part| source_of(&part.name).is_some()) {
            let (relations, fault) = relationships(&part.bytes);
            let twice = repeated(&relations).first().map(|id| format!("relationen {id} står två gånger"));
            if let Some(fault) = fault.or(twice) {
                return Err(unreadable(part, &fault));
            }
        }
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

    /// Lets nothing refer to what people have said of the template: it is not meant for the readers of what is published.
    /// Whether there was something.
    pub fn forget_comments(&mut self) -> bool {
        let (comments, kept): (Vec<_>, Vec<_>) =
            self.relations(&self.main).into_iter().partition(|relation| COMMENTS.iter().any(|kind| relation.is(kind)));
        if comments.is_empty() {
            return false;
        }
        self.put_relations(&self.main.clone(), &kept);
        true
    }

    /// Keeps the parts of these names only.
    pub fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.parts.retain(|part| is_kept(&part.name));
        self.forget_missing();
    }

    fn main_part(&mut self) -> Result<String, Unusable> {
        let relations = self.relations("");
        let is_main = |relation: &&Relationship| relation.is("officeDocument") && !relation.external;
        let main = relations.iter().find(is_main).ok_or_else(no_word)?;
        if main.kind.starts_with("http://purl.oclc.org/") {
            return Err(Unusable::new(
                "filen är sparad som ”Strict Open XML”, som bara vissa program kan läsa",
                "öppna den i Word och spara om den som vanligt Word-dokument (.docx) eller Wordmall (.dotx)",
            ));
        }
        let name = resolved("", &main.target);
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

    /// The part that a relationship names: in whatever case, with percent signs or without.
    pub fn named(&self, name: &str) -> Option<&Part> {
        self.part(name).or_else(|| self.parts.iter().find(|part| key(&part.name) == key(name)))
    }

    /// Whether a part is XML, by its name or by what it is said to be.
    pub fn is_xml(&self, name: &str) -> bool {
        is_markup(&name.to_lowercase()) || self.type_of(name).is_some_and(|kind| kind.to_lowercase().ends_with("xml"))
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
        if let Some(relations) = self.part(&relationships_of(name)).map(|part| part.bytes.clone()) {
            self.put(&relationships_of(&copy), relations, None);
        }
        copy
    }

    /// Says what files with this ending are, unless that is said.
    pub fn set_ending(&mut self, ending: &str) {
        let Some(kind) = ending_type(ending) else { return };
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

    /// What a part is said to be.
    pub fn type_of(&self, name: &str) -> Option<String> {
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
    pub fn relations(&self, of: &str) -> Vec<Relationship> {
        self.part(&relationships_of(of)).map(|part| relationships(&part.bytes).0).unwrap_or_default()
    }

    /// Says what a part refers to.
    pub fn put_relations(&mut self, of: &str, relations: &[Relationship]) {
        let part = relationships_part(of, relations);
        self.put(&part.name, part.bytes, None);
    }

    /// Relationships of a part with numbers that it has not used.
    pub fn more_relationships(&self, of: &str) -> Relationships {
        let number = |relation: &Relationship| {
            relation.id.trim_start_matches(|char: char| !char.is_ascii_digit()).parse::<u32>().ok()
        };
        let relations = self.relations(of);
        let numbers = relations.iter().filter_map(number).filter(|number| *number < super::MOST_NUMBER);
        Relationships::after(numbers.max().and_then(|last| usize::try_from(last).ok()).unwrap_or(0))
    }

    /// Adds relationships to those that a part has.
    pub fn add_relationships(&mut self, of: &str, new: Relationships) {
        let mut known = self.relations(of);
        let before = known.len();
        known.extend(new.into_relations());
        if known.len() > before {
            self.set_ending("rels");
            self.put_relations(of, &known);
        }
    }

    /// The part of a kind that a part refers to: `styles` of the text.
    pub fn related(&self, of: &str, kind: &str) -> Option<String> {
        let relations = self.relations(of);
        let found = relations.iter().find(|relation| relation.is(kind))?;
        Some(resolved(of, &found.target)).filter(|name| self.part(name).is_some())
    }

    /// A name beside the main part that no part has yet.
    pub fn free_name(&self, wanted: &str) -> String {
        let (stem, ending) = wanted.rsplit_once('.').unwrap_or((wanted, "xml"));
        let tries = (0..).map(|number| match number {
            0 => wanted.to_owned(),
            number => format!("{stem}-katalog{number}.{ending}"),
        });
        let taken: BTreeSet<String> = self.parts.iter().map(|part| part.name.to_lowercase()).collect();
        tries.into_iter().find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_default()
    }

    /// All parts, after the list of what they are.
    pub fn into_parts(self) -> Vec<Part> {
        let types = Part::new(TYPES, self.types.to_bytes());
        std::iter::once(types).chain(self.parts).collect()
    }
}

fn no_word() -> Unusable {
    Unusable::new("filen är inget Word-dokument", "ange en fil som är sparad i Word som .docx eller .dotx")
}

fn is_markup(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn no_package(fault: &Fault) -> Unusable {
    let help = match fault {
        Fault::OldContainer => "ta bort lösenordet eller spara om den i Word som .docx eller .dotx",
        Fault::TooLarge(_) => "krympa bilderna i den",
        Fault::Repeated(_) | Fault::Ambiguous => SAVE_AGAIN,
        Fault::NoArchive | Fault::Broken(_) => "ange en fil som är sparad i Word som .docx eller .dotx",
    };
    Unusable::new(&fault.to_string(), help)
}

/// What to do about a file that is not whole.
pub const SAVE_AGAIN: &str = "öppna filen i Word, spara om den och försök igen";

/// That a part cannot be read, and why.
pub fn unreadable(part: &Part, fault: &str) -> Unusable {
    Unusable::new(&format!("delen {} i filen går inte att läsa: {fault}", part.name), SAVE_AGAIN)
}

/// A part as a tree.
fn parse(part: &Part) -> Result<Tree, Unusable> {
    Tree::parse(&part.bytes).map_err(|fault| unreadable(part, &fault))
}
