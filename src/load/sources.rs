//! What was read, and where everything of it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::typed::Mark;
use super::yaml::{Node, Tree};
use crate::diagnostic::{Lines, Place};
use crate::document::Picture;
use crate::model::{Catalogue, Entities, FrozenEdition, Kind};
use crate::text;

/// The name of the file about the catalogue itself, and what stands for its id.
pub const CATALOGUE: &str = "katalog";

/// What was read, before anything is checked against anything else.
#[derive(Debug, Default)]
pub struct Sources {
    pub(crate) catalogue: Option<Catalogue>,
    pub(crate) entities: Entities,
    pub(crate) declared: Vec<Declared>,
    /// What there may be more of than is known.
    pub(crate) unread: Unread,
    pub(crate) marks: Vec<Marked>,
    pub(crate) pictures: BTreeMap<String, Picture>,
    /// Names of pictures that are there and cannot be used, which has been told.
    pub(crate) spoilt: BTreeSet<String>,
    /// Ids of entities that are there without what is wrong with them, which has been told.
    pub(crate) mistaken: BTreeSet<String>,
    /// Earlier editions, as they were frozen.
    pub(crate) editions: Vec<FrozenEdition>,
    pub(crate) finder: Finder,
}

/// What mistakes that are told keep away from the catalogue: references to it are not told too.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    /// Kinds of which there may be more than is known, because a file with them could not be followed or found.
    pub kinds: BTreeSet<Kind>,
    /// Whether the folder of pictures could not be read.
    pub pictures: bool,
    /// What is or may be meant as an id, in a file or folder that nobody reads by its name.
    ids: BTreeSet<String>,
}

impl Unread {
    /// Whether nothing is kept away.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && !self.pictures && self.ids.is_empty()
    }

    /// Takes note that there may be more of a kind than is known, and of what is part of it.
    pub fn add_kind(&mut self, kind: Kind) {
        self.kinds.extend([Some(kind), kind.part()].into_iter().flatten());
    }

    /// Whether what a reference leads to may be one of these, and of one of these kinds.
    pub fn may_have(&self, id: &str, kinds: &[Kind]) -> bool {
        let whole = id.split('.').next().unwrap_or(id);
        kinds.iter().any(|kind| self.kinds.contains(kind)) || self.ids.contains(whole)
    }

    /// Adds an id as it is written, and as it should be.
    pub fn add(&mut self, id: &str) {
        self.ids.extend([id.to_string(), text::slug(id)]);
    }
}

/// An id that a file or a list item has, also when the rest of it cannot be used.
#[derive(Debug)]
pub(crate) struct Declared {
    pub id: String,
    pub kind: Kind,
    pub file: usize,
    pub span: Range<usize>,
}

/// What an entity announced while it was read.
#[derive(Debug)]
pub(crate) struct Marked {
    pub by: Arc<Announcer>,
    pub marks: Vec<Mark>,
}

/// An entity, or what else has texts and references, and where it stands.
#[derive(Debug)]
pub(crate) struct Announcer {
    pub id: Arc<str>,
    pub kind: Kind,
    pub file: Arc<SourceFile>,
    /// Its step of the file.
    pub root: usize,
}

impl Announcer {
    /// Whether its file is one text, and not made of keys.
    pub fn is_chapter(&self) -> bool {
        self.kind == Kind::Chapter && &*self.id != CATALOGUE
    }

    /// The node of a step.
    pub fn node(&self, step: u32) -> Option<Node<'_>> {
        self.file.node(step as usize)
    }

    /// The text of a step, without blanks around it.
    pub fn text(&self, step: u32) -> &str {
        self.node(step).map_or("", Node::text)
    }

    /// The bytes of a step in the file.
    pub fn span(&self, step: u32) -> Range<usize> {
        self.node(step).map_or(0..0, Node::span)
    }

    /// Keys and positions down to a step, parted by full stops: `erbjudanden.0.servicenivå`.
    pub fn path(&self, step: u32) -> String {
        self.file.node(self.root).map(|root| root.path_to(step as usize)).unwrap_or_default()
    }

    /// The same without positions.
    pub fn keys(&self, step: u32) -> String {
        self.file.node(self.root).map(|root| root.keys_to(step as usize)).unwrap_or_default()
    }

    /// The first key on the way down to a step.
    pub fn top_key(&self, step: u32) -> &str {
        self.file.node(self.root).and_then(|root| root.holding(step as usize)).map_or("", Node::key)
    }

    /// The place of a step.
    pub fn place(&self, step: u32) -> Place {
        self.file.place(self.span(step))
    }
}

/// Where values stand, worked out when someone asks: few findings come of many values.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    /// What the paths of files begin with, as messages show them.
    pub root: String,
    pub files: Vec<Arc<SourceFile>>,
    pub origins: FxHashMap<String, Origin>,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    pub path: Arc<str>,
    text: Box<str>,
    tree: Tree,
    /// Where its lines begin, once someone asks.
    lines: OnceLock<Lines>,
}

impl SourceFile {
    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of some bytes of it.
    pub fn place(&self, span: Range<usize>) -> Place {
        let SourceFile { path, text, lines, .. } = self;
        Place::in_lines(path, text, lines.get_or_init(|| Lines::of(text)), span)
    }

    /// A step of its tree.
    pub fn node(&self, step: usize) -> Option<Node<'_>> {
        self.tree.node(&self.text, step)
    }
}

/// Which node of which file an entity was read from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    pub file: usize,
    pub step: usize,
}

impl Finder {
    /// The place of some bytes of a file.
    pub fn in_file(&self, file: usize, span: Range<usize>) -> Place {
        self.files[file].place(span)
    }

    /// The path, under the content folder, of the file that an entity stands in.
    pub fn source(&self, id: &str) -> Option<&str> {
        let path = &self.files[self.origins.get(id)?.file].path;
        path.strip_prefix(&self.root)
    }

    /// What a file under the content folder says, and its place among the files; `None` where none is kept by that path.
    pub fn file_at(&self, relative: &str) -> Option<(usize, &str)> {
        let path = |file: &SourceFile| file.path.strip_prefix(self.root.as_str()) == Some(relative);
        let at = self.files.iter().position(|file| path(file))?;
        Some((at, self.files[at].text()))
    }

    /// Every file's path under the content folder, and what it says.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let texts = self.files.iter().map(|file| (&*file.path, file.text()));
        texts.map(|(path, text)| (path.strip_prefix(self.root.as_str()).unwrap_or(path), text))
    }

    /// Whether it has one file, and that says this.
    pub fn says(&self, text: &str) -> bool {
        self.files.len() == 1 && self.files[0].text() == text
    }

    /// Whether it has one file.
    pub fn has_one_file(&self) -> bool {
        self.files.len() == 1
    }

    /// Puts the one file of another in the place of one that holds the same entities.
    pub fn put(&mut self, file: usize, other: Finder) {
        self.files.splice(file..=file, other.files);
        self.origins.extend(other.origins.into_iter().map(|(id, origin)| (id, Origin { file, step: origin.step })));
    }

    /// The place of the value at `path` (`erbjudanden.0.priser`) in an entity; of what encloses it where the value is
    /// left out. The entity `katalog` is `katalog.yaml`.
    pub fn place(&self, id: &str, path: &str) -> Place {
        let Some((file, node)) = self.node(id) else { return Place::file("content") };
        let nearest = node.map(|node| node.follow(path).unwrap_or_else(|nearest| nearest));
        file.place(nearest.map_or(0..1, Node::mark))
    }

    /// The place of a key in the group at `path` of an entity; of the group where it has no such key.
    pub fn place_of_key(&self, id: &str, path: &str, key: &str) -> Place {
        let Some((file, node)) = self.node(id) else { return Place::file("content") };
        let group = node.map(|node| node.follow(path).unwrap_or_else(|nearest| nearest));
        let found = group.map(|group| group.get(key).map_or_else(|| group.mark(), Node::key_span));
        file.place(found.unwrap_or(0..1))
    }

    /// Whether the key at `path` stands in an entity, be it without a value.
    pub fn is_written(&self, id: &str, path: &str) -> bool {
        let node = self.node(id).and_then(|(_, node)| node);
        node.is_some_and(|node| node.follow(path).is_ok())
    }

    fn node(&self, id: &str) -> Option<(&SourceFile, Option<Node<'_>>)> {
        let Origin { file, step } = self.origins.get(id).copied()?;
        let file = &self.files[file];
        Some((file, file.node(step)))
    }

    /// Keeps a file that has been read, for places to be found in; gives its number.
    pub fn add(&mut self, path: &str, text: impl Into<Box<str>>, tree: Tree) -> usize {
        let file = SourceFile { path: Arc::from(path), text: text.into(), tree, lines: OnceLock::new() };
        self.files.push(Arc::new(file));
        self.files.len() - 1
    }
}
