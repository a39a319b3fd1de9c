//! serde fills entities from a tree of nodes, and every mistake of a file is found in one run.
//!
//! serde gives up at the first error. So [`fill`] tries again: it writes down the error, sets a patch over the node
//! that caused it (the key is skipped or read as what it was meant to be, the value replaced by an empty one) and lets
//! serde go on to the next, until the entity is whole or nothing new is found. A file without mistakes is read once.
//!
//! The types of [`crate::model`] announce ids, references and Markdown by the name of a newtype (see [`hook`]). What is
//! announced is written down with its place, which is how a new entity gets its references checked for free.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};

use super::advice;
use super::limits;
use super::yaml::{self, Node, Nodes, Value};
use crate::diagnostic::{Code, codes};
use crate::model::{Entity, Kind, Kinds};
use crate::text;

/// Names by which a type tells this deserializer what it holds.
pub mod hook {
    /// A value that is parsed from its text; an empty one is made from a unit.
    pub const VALUE: &str = "katalog:value";
    /// Markdown; filled from its text and its handle.
    pub const MARKDOWN: &str = "katalog:markdown";
    /// What makes an offering's id, after its service's.
    pub const SUFFIX: &str = "katalog:suffix";
    /// Begins the name of an id; the kind follows.
    pub const IDENTITY: &str = "katalog:id:";
    /// Begins the name of a reference; the kinds that it may lead to follow, parted by `|`.
    pub const REFERENCE: &str = "katalog:ref:";
    /// Like a reference, but a name that nothing has may stand in its place.
    pub const MENTION: &str = "katalog:mention:";
}

/// What a type announced on the way, and by which step of the file. A catalogue has millions of them.
#[derive(Debug, Clone)]
pub struct Mark {
    pub what: Announced,
    pub step: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// The id of something inside the entity, of that kind.
    Identity(Kind),
    Suffix,
    /// A reference to something of one of these kinds.
    Reference(Kinds),
    Mention(Kinds),
    Markdown,
    /// A plain text.
    Text,
}

/// Something wrong with a value.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: Code,
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

/// What came of a node.
#[derive(Debug)]
pub struct Filled<T> {
    /// There when nothing is wrong but the names of keys, since what has one key too many says all that it has to; and for
    /// kinds that others only name ([`Kind::is_only_named`]), when what is wrong may be left out.
    pub value: Option<T>,
    pub problems: Vec<Problem>,
    /// What may well be wrong with its values, of which it is made all the same.
    pub doubts: Vec<yaml::Problem>,
    pub marks: Vec<Mark>,
}

/// More mistakes than anyone reads at once; the rest are found when these are mended.
const MOST_PROBLEMS: usize = 100;

/// Fills a `T` from `node`; `owner` is the id of the entity that the node describes.
pub fn fill<T: DeserializeOwned>(node: Node<'_>, owner: &str) -> Filled<T> {
    fill_whole(None, node, owner, false)
}

/// The same of an entity, passing over one of its keys.
pub fn fill_entity<T: Entity + DeserializeOwned>(key: Option<Node<'_>>, node: Node<'_>, owner: &str) -> Filled<T> {
    fill_whole(key, node, owner, T::KIND.is_only_named())
}

/// The same; `is_only_named` where it is whole without what is wrong and may be left out.
fn fill_whole<T: DeserializeOwned>(
    key: Option<Node<'_>>,
    node: Node<'_>,
    owner: &str,
    is_only_named: bool,
) -> Filled<T> {
    let mut context = Context {
        root: node,
        owner,
        patches: Patches::default(),
        marks: RefCell::default(),
        doubts: RefCell::default(),
        left_out: Cell::new(0),
        emptied: RefCell::default(),
    };
    context.patches.skipped_keys.extend(key.map(Node::at));
    let (mut problems, mut tries) = (Vec::new(), 0);
    // Whether nothing is wrong with it but names of keys, and values that are left out, if they may be.
    let mut is_whole = true;
    loop {
        *context.marks.borrow_mut() = Vec::with_capacity(node.steps());
        context.doubts.borrow_mut().clear();
        context.left_out.set(0);
        let outcome = T::deserialize(NodeDeserializer { node, context: &context });
        let error = match outcome {
            // What is read anew once, however many texts are empty.
            Ok(_) if context.patches.leave_out(&mut context.emptied.borrow_mut()) => continue,
            Ok(value) => {
                let may_be_left_out = context.left_out.get() == context.patches.empty_values.len();
                let value = Some(value).filter(|_| is_whole && may_be_left_out);
                let mut marks = context.marks.take();
                marks.shrink_to_fit();
                return Filled { value, problems, doubts: context.doubts.take(), marks };
            }
            Err(error) => error,
        };
        // What was meant by a key is a guess, which its value shows to be wrong.
        let refuted = error.0.span.as_ref().filter(|_| !error.0.is_harmless());
        if let Some(key) = refuted.and_then(|span| context.patches.renamed_around(span)) {
            context.patches.give_up(key);
            is_whole = false;
            continue;
        }
        let is_value = matches!(error.0.patch, Some(Patch::EmptyValue(_))) && error.0.code == codes::VALUE;
        is_whole &= is_only_named && is_value || error.0.is_harmless();
        let patched = error.0.patch.is_some_and(|patch| context.patches.set(patch));
        if let (Some(meant), Some(Patch::SkipKey(key))) = (error.0.meant, error.0.patch) {
            context.patches.meant_keys.insert(key, meant);
        }
        let is_reported = error.0.is_reported;
        let problem = error.into_problem(node);
        // A value that a comma has cut off is one mistake, whichever part of it is met.
        if !is_reported && !problems.contains(&problem) {
            problems.push(problem);
        }
        tries += 1;
        if !patched || tries == MOST_PROBLEMS {
            return Filled { value: None, problems, doubts: context.doubts.take(), marks: context.marks.take() };
        }
    }
}

struct Context<'a> {
    /// The node that is filled from, and the id of what it describes.
    root: Node<'a>,
    owner: &'a str,
    patches: Patches,
    marks: RefCell<Vec<Mark>>,
    doubts: RefCell<Vec<yaml::Problem>>,
    /// How many values with a mistake are left out, where they may be.
    left_out: Cell<usize>,
    /// Texts of which only the quotes or the `|` are left.
    emptied: RefCell<Vec<usize>>,
}

impl Context<'_> {
    fn mark(&self, what: Announced, node: Node<'_>) {
        // No file of content has as many steps.
        let step = u32::try_from(node.at()).unwrap_or(u32::MAX);
        self.marks.borrow_mut().push(Mark { what, step });
    }

    /// Keeps in mind what may well be wrong with a value.
    fn doubt(&self, node: Node<'_>, message: String, help: &str) {
        let kind = yaml::ProblemKind::Doubtful;
        self.doubts.borrow_mut().push(yaml::Problem { span: node.span(), kind, message, help: Some(help.to_string()) });
    }

    /// The handle of the Markdown text of a node.
    fn handle(&self, node: Node<'_>) -> String {
        [self.owner, "#", &self.root.path_to(node.at())].concat()
    }
}

/// Where serde is to be led past a mistake that has been reported. Nodes are told apart by their step.
#[derive(Default)]
struct Patches {
    skipped_keys: HashSet<usize>,
    empty_values: HashSet<usize>,
    added_keys: HashMap<usize, Vec<&'static str>>,
    /// What keys that are skipped were meant to be.
    meant_keys: HashMap<usize, &'static str>,
    /// What keys are read as, with the spans of their entries.
    renamed_keys: HashMap<usize, (&'static str, Span)>,
    /// Texts that are as if they were not there, where they may be left out.
    emptied: HashSet<usize>,
}

/// From one byte of a file to another.
type Span = (usize, usize);

#[derive(Debug, Clone, Copy)]
enum Patch {
    SkipKey(usize),
    /// The key that it is read as, and the span of its entry.
    RenameKey(usize, &'static str, Span),
    EmptyValue(usize),
    AddKey(usize, &'static str),
}

impl Patches {
    /// Whether the patch is new; the same one twice would find the same error for ever.
    fn set(&mut self, patch: Patch) -> bool {
        match patch {
            Patch::SkipKey(key) => self.skipped_keys.insert(key),
            Patch::RenameKey(key, meant, entry) => self.renamed_keys.insert(key, (meant, entry)).is_none(),
            Patch::EmptyValue(node) => self.empty_values.insert(node),
            Patch::AddKey(node, name) => {
                let added = self.added_keys.entry(node).or_default();
                let new = !added.contains(&name);
                added.push(name);
                new
            }
        }
    }

    /// The innermost key that is read as another, in the entry of which something stands.
    fn renamed_around(&self, span: &Range<usize>) -> Option<usize> {
        let is_around = |(_, (_, (start, end))): &(&usize, &(&str, Span))| (*start..=*end).contains(&span.start);
        let around = self.renamed_keys.iter().filter(is_around);
        around.max_by_key(|(_, (_, (start, _)))| *start).map(|(key, _)| *key)
    }

    /// Leaves texts out, where they may be, and returns whether any of them is new.
    fn leave_out(&mut self, texts: &mut Vec<usize>) -> bool {
        let before = self.emptied.len();
        self.emptied.extend(texts.drain(..));
        self.emptied.len() > before
    }

    /// Skips a key after all.
    fn give_up(&mut self, key: usize) {
        let (meant, _) = self.renamed_keys.remove(&key).expect("it was renamed");
        self.skipped_keys.insert(key);
        self.meant_keys.insert(key, meant);
    }
}

/// serde's error, before and after its place is known. Boxed, since every step of serde's hands it on.
#[derive(Debug)]
struct Error(Box<Fault>);

#[derive(Debug)]
struct Fault {
    code: Code,
    message: String,
    help: Option<String>,
    missing: Option<&'static str>,
    /// The key that an unknown one was meant to be.
    meant: Option<&'static str>,
    /// Whether what an unknown key says is missing elsewhere: it belongs there, or is more than a word.
    is_missed: bool,
    /// Whether it comes of a mistake that has been reported.
    is_reported: bool,
    span: Option<Range<usize>>,
    patch: Option<Patch>,
}

impl Error {
    fn new(code: Code, message: impl Into<String>) -> Error {
        Error(Box::new(Fault {
            code,
            message: message.into(),
            help: None,
            missing: None,
            meant: None,
            is_missed: false,
            is_reported: false,
            span: None,
            patch: None,
        }))
    }

    fn help(mut self, help: impl Into<String>) -> Error {
        self.0.help = Some(help.into());
        self
    }

    /// Says of an unknown key of this node why the type of that name has none, where there is a reason.
    fn with_advice(self, entity: &str, node: Node<'_>) -> Error {
        let Some(Patch::SkipKey(at) | Patch::RenameKey(at, ..)) = self.0.patch else { return self };
        let unknown = node.inside().find(|inner| self.0.code == codes::UNKNOWN_KEY && inner.at() == at);
        match unknown.and_then(|inner| advice::on(entity, inner.key())) {
            Some(advice) => self.of_missed(at, advice),
            None => self,
        }
    }

    /// Says where the value of this key belongs.
    fn of_missed(mut self, key: usize, advice: impl Into<String>) -> Error {
        self.0.is_missed = true;
        self.0.patch = Some(Patch::SkipKey(key));
        self.help(advice)
    }

    /// Gives the error its place, unless it has one from further in.
    fn at(mut self, span: Range<usize>, patch: Patch) -> Error {
        self.0.span.get_or_insert(span);
        self.0.patch.get_or_insert(patch);
        self
    }

    /// What is wrong with how a value is written, at its own place.
    fn of_slip(slip: yaml::Problem) -> Error {
        Error::of_slip_in(slip, None)
    }

    /// The same of what may be meant as a field.
    fn of_slip_in(slip: yaml::Problem, meant: Option<&'static str>) -> Error {
        let mut error = Error::new(slip.kind.code().0, slip.message);
        (error.0.help, error.0.span, error.0.meant) = (slip.help, Some(slip.span), meant);
        error
    }

    /// Says of a value that a comma has cut off what it is as a whole.
    fn of_value(self, node: Node<'_>) -> Error {
        let may_be_cut = self.0.span.is_none() && node.is_plain();
        let slip = may_be_cut.then(|| yaml::in_value(node.source(), node.span())).flatten();
        slip.map_or(self, Error::of_slip)
    }

    /// Says of an unknown key what it is instead, where nobody meant to write one.
    fn of_key(self, entry: Node<'_>, within: Node<'_>, fields: &'static [&'static str]) -> Error {
        let (source, key) = (entry.source(), entry.key_span());
        if self.0.code != codes::UNKNOWN_KEY || self.0.span.is_some() {
            return self;
        }
        let field = |name: &str| fields.iter().find(|field| **field == name).copied();
        if let Some(slip) = yaml::strange_blank(source, key.start) {
            return Error::of_slip_in(slip, field(entry.key().trim()));
        }
        if !entry.is_null() {
            return self;
        }
        let without_blank = yaml::without_blank(source, key.clone());
        if let Some((slip, meant)) = without_blank.and_then(|(name, slip)| Some((slip, field(name)?))) {
            return Error::of_slip_in(slip, Some(meant));
        }
        // A field that is given elsewhere is a word of the text before it.
        let without_colon = yaml::without_colon(source, key.clone(), fields);
        if let Some((meant, slip)) = without_colon.filter(|(meant, _)| within.get(meant).is_none()) {
            return Error::of_slip_in(slip, Some(meant));
        }
        let cut = || yaml::cut_text(source, key.clone(), fields).filter(|_| self.0.meant.is_none());
        yaml::in_key(source, key.clone()).or_else(cut).map_or(self, Error::of_slip)
    }

    /// That an unknown key is read as the one that it was meant to be, which the mapping has not.
    fn meant_instead(mut self, entry: Node<'_>, within: Node<'_>, patches: &Patches) -> Error {
        if self.0.code != codes::UNKNOWN_KEY || self.0.span.is_some() {
            return self;
        }
        let is_taken = |meant: &str| {
            let is_it = |inner: Node<'_>| patches.renamed_keys.get(&inner.at()).is_some_and(|(name, _)| *name == meant);
            within.get(meant).is_some() || within.inside().any(is_it)
        };
        let meant = self.0.meant.filter(|meant| !is_taken(meant));
        match (meant, entry.value()) {
            // What lists hold is asked for by the names of their keys.
            (Some(meant), Value::Scalar(_) | Value::Mapping(_)) => {
                let entry_span = (entry.key_span().start, entry.span().end);
                self.0.patch = Some(Patch::RenameKey(entry.at(), meant, entry_span));
            }
            (Some(_), _) | (None, Value::Sequence(_) | Value::Mapping(_)) => self.0.is_missed = true,
            (None, Value::Null | Value::Scalar(_)) => {}
        }
        self
    }

    fn into_problem(self, root: Node<'_>) -> Problem {
        let Fault { code, message, help, span, .. } = *self.0;
        Problem { code, span: span.unwrap_or_else(|| root.span()), message, help }
    }
}

impl Fault {
    /// Whether nothing is missing for its sake: a key that nobody knows, of which nobody can tell what else it should be,
    /// or that is read as what it was meant to be.
    fn is_harmless(&self) -> bool {
        let is_skipped = matches!(self.patch, Some(Patch::SkipKey(_) | Patch::RenameKey(..)));
        self.code == codes::UNKNOWN_KEY && is_skipped && !self.is_missed
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

/// Parts a message from its cure where only one text can be handed on through serde.
const CURE: char = '\u{0}';

/// The text of an error with a cure, for [`de::Error::custom`].
pub fn complaint(message: &str, help: &str) -> String {
    format!("{message}{CURE}{help}")
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Error {
        let text = message.to_string();
        match text.split_once(CURE) {
            Some((message, help)) => Error::new(codes::VALUE, message).help(help),
            None => Error::new(codes::VALUE, text),
        }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Error {
        let mut error = Error::new(codes::UNKNOWN_KEY, format!("nyckeln ”{field}” finns inte här"));
        if let Some(help) = advice::where_it_is_said(field, expected) {
            error.0.is_missed = true;
            return error.help(help);
        }
        let in_swedish = advice::in_swedish(field).filter(|key| expected.contains(key));
        let meant = in_swedish.or_else(|| text::did_you_mean(field, expected.iter().copied()));
        let meant = meant.or_else(|| advice::other_name(field, expected));
        error.0.meant = meant;
        match meant {
            Some(key) => error.help(format!("menade du ”{key}”?")),
            None if field == "id" => error.help("filens namn är id; ta bort raden"),
            None => error.help(format!("nycklar som finns här: {}", expected.join(", "))),
        }
    }

    fn missing_field(field: &'static str) -> Error {
        let mut error = Error::new(codes::MISSING_KEY, format!("nyckeln ”{field}” saknas"));
        error.0.missing = Some(field);
        error.help(format!("lägg till en rad ”{field}: …”"))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Error {
        let error = Error::new(codes::VALUE, format!("värdet ”{variant}” finns inte"));
        error.help(text::did_you_mean_among(variant, expected, "välj ett av"))
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct NodeDeserializer<'a> {
    node: Node<'a>,
    context: &'a Context<'a>,
}

impl<'a> NodeDeserializer<'a> {
    fn is_patched(&self) -> bool {
        let empty = &self.context.patches.empty_values;
        !empty.is_empty() && empty.contains(&self.node.at())
    }

    /// Whether it is what something is called.
    fn is_name(&self) -> bool {
        matches!(self.node.key(), "namn" | "benämning" | "term" | "titel")
    }

    /// Tells of it where it is empty, and is what something is called or why something is let pass. A frozen edition has what
    /// it was frozen with, and a document without a title of its own has its template's.
    fn has_to_say(&self, text: &str) -> Result<(), Error> {
        if text.contains(|c: char| !c.is_whitespace()) || self.context.owner.is_empty() {
            return Ok(());
        }
        let is_catalogues = self.context.owner == "katalog";
        let key = self.node.key();
        if is_catalogues && key == "titel" {
            return Ok(());
        }
        let help = match key {
            "skäl" => "skriv varför undantaget behövs: det visas i bilagan om undantag",
            "organisation" | "enhet" if is_catalogues => "skriv vad den heter: varje dokument börjar med det",
            _ if self.is_name() => "skriv vad det heter: det visas i rubriker, tabeller och hänvisningar",
            _ => return Ok(()),
        };
        Err(Error::new(codes::VALUE, format!("”{key}” är tomt")).help(help))
    }

    /// Tells of what something is called where it has lines: headings, cells and fields are of one. A frozen edition has what
    /// it was frozen with.
    fn is_in_one_line(&self, text: &str) -> Result<(), Error> {
        if !text.contains(['\n', '\r']) || self.context.owner.is_empty() {
            return Ok(());
        }
        let key = self.node.key();
        if !self.is_name() && !matches!(key, "organisation" | "enhet" | "förkortning" | "tjänsteområde") {
            return Ok(());
        }
        let error = Error::new(codes::VALUE, format!("”{key}” är mer än en rad, men visas där bara en får plats"));
        Err(error.help("skriv det på en rad, utan \\n och \\r; förklaringar hör till beskrivningen"))
    }

    /// Whether it is a text of which only the quotes or the `|` are left, as has been found.
    fn is_emptied(&self) -> bool {
        let emptied = &self.context.patches.emptied;
        !emptied.is_empty() && emptied.contains(&self.node.at())
    }

    /// Notes that a text is empty: where it may be left out it is as if it were. A frozen edition has what it was frozen
    /// with, and an article's number that is not there is not the first article's.
    fn note_if_empty(&self, text: &str) {
        if text.trim().is_empty() && !self.context.owner.is_empty() && self.node.key() != "artikel" {
            self.context.emptied.borrow_mut().push(self.node.at());
        }
    }

    /// Whether it says something in sentences, which may well be a quotation.
    fn is_text(&self) -> bool {
        matches!(self.node.key(), "sammanfattning" | EXAMPLE_TEXT | "kommentar" | "orsak" | "källa")
    }

    fn wrong(&self, expected: &str) -> Error {
        let found = match self.node.value() {
            Value::Null => "värdet saknas",
            Value::Scalar(_) => "här står en text",
            Value::Sequence(_) => "här står en lista",
            Value::Mapping(_) => "här står en grupp av nycklar",
        };
        Error::new(codes::VALUE, format!("{found}, men det ska vara {expected}"))
    }

    /// Its text, between no quotes but YAML's own.
    fn scalar(&self, expected: &str) -> Result<&'a str, Error> {
        let text = self.text(expected)?;
        let is_plain = self.node.is_plain() && !self.is_text();
        let slip = is_plain.then(|| yaml::in_quotes(self.node.source(), self.node.span())).flatten();
        slip.map_or(Ok(text), |slip| Err(Error::of_slip(slip)))
    }

    /// Its text in Markdown, which may well have a list in it.
    fn markdown(&self) -> Result<&'a str, Error> {
        self.text("en text").map_err(|error| {
            let (source, start) = (self.node.source(), self.node.span().start);
            if !matches!(self.node.value(), Value::Sequence(_)) || !source[start..].starts_with('-') {
                return error;
            }
            let column = |at: usize| at - source[..at].rfind('\n').map_or(0, |end| end + 1);
            // As far out as the key it would end the text.
            let is_as_far_out = column(start) == column(self.node.key_span().start);
            let further = if is_as_far_out { ", och dra in listan två blanksteg" } else { "" };
            let key = self.node.key();
            error.help(format!(
                "skriv ”{key}: |”, med listan kvar på raderna under{further}: då är den en del av texten"
            ))
        })
    }

    /// Its text, whatever it says.
    fn text(&self, expected: &str) -> Result<&'a str, Error> {
        match self.node.value() {
            Value::Scalar(text) => match limits::too_large_a_text(text) {
                None => Ok(text),
                Some((message, help)) => Err(Error::new(codes::VALUE, message).help(help)),
            },
            _ if self.node.key().is_empty() => Err(self
                .wrong(expected)
                .help("skriv ett enda värde här; en lista har ett par hakparenteser: [ett, två]")),
            _ => Err(self.wrong(expected).help("skriv ett enda värde efter kolon, på samma rad som nyckeln")),
        }
    }

    /// Runs `read`, with an empty value in the place of one that has been reported, and gives an error its place.
    fn read<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        read: impl FnOnce(Self, V) -> Result<V::Value, Error>,
        empty: impl FnOnce(Empty, V) -> Result<V::Value, Error>,
    ) -> Result<V::Value, Error> {
        let result = if self.is_patched() { empty(Empty, visitor) } else { read(self, visitor) };
        result.map_err(|error| error.of_value(self.node).at(self.node.span(), Patch::EmptyValue(self.node.at())))
    }

    /// Reads a mapping, of these keys where that is known.
    fn mapping<'de, V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        let read = |this: Self, visitor: V| match this.node.value() {
            Value::Mapping(entries) => visitor.visit_map(Entries::new(this.node, entries, fields, this.context)),
            _ if fields.is_empty() => {
                Err(this.wrong("en grupp av nycklar").help("skriv ”nyckel: värde”, en på varje rad"))
            }
            _ => {
                let help =
                    format!("skriv ”nyckel: värde”, en på varje rad; nycklar som finns här: {}", fields.join(", "));
                Err(this.wrong("en grupp av nycklar").help(help))
            }
        };
        self.read(visitor, read, |empty, visitor| de::Deserializer::deserialize_map(empty, visitor))
    }
}

macro_rules! figures {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.read(visitor, |this, visitor| {
                let text = this.scalar("ett heltal")?.trim();
                // The sign that Rust takes before a figure is no part of one.
                let value: Option<$type> = (!text.starts_with('+')).then(|| text.parse().ok()).flatten();
                let value = value.ok_or_else(|| {
                    let [least, most] = [<$type>::MIN, <$type>::MAX].map(|bound| text::number(bound.into()));
                    let help = format!("skriv ett heltal, till exempel 3; det får vara från {least} till {most}");
                    Error::new(codes::VALUE, format!("”{text}” är inget heltal som får stå här")).help(help)
                })?;
                visitor.$visit(value)
            }, |empty, visitor| empty.$method(visitor))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for NodeDeserializer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value() {
            Value::Null => visitor.visit_unit(),
            Value::Scalar(_) => self.deserialize_string(visitor),
            Value::Sequence(_) => self.deserialize_seq(visitor),
            Value::Mapping(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let read = |this: Self, visitor: V| match this.scalar("true eller false")? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            other => Err(Error::new(codes::VALUE, format!("”{other}” är varken true eller false"))
                .help("skriv true för ja och false för nej")),
        };
        self.read(visitor, read, |empty, visitor| empty.deserialize_bool(visitor))
    }

    figures! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.read(
            visitor,
            |this, visitor| {
                let text = this.scalar("en text")?.trim();
                if let Some((message, help)) = limits::too_long(text).filter(|_| this.is_name()) {
                    return Err(Error::new(codes::VALUE, message).help(help));
                }
                this.has_to_say(text)?;
                this.is_in_one_line(text)?;
                this.note_if_empty(text);
                this.context.mark(Announced::Text, this.node);
                if text::named_user(text).is_some() {
                    let (message, help) = text::NAMES_USER;
                    return Err(Error::new(codes::VALUE, message).help(help));
                }
                // A frozen edition has what it was frozen with.
                if !this.context.owner.is_empty() {
                    this.context.doubts.borrow_mut().extend(yaml::markup_in(this.node, text));
                }
                visitor.visit_str(text)
            },
            |empty, visitor| empty.deserialize_string(visitor),
        )
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // A key without a value is a value that is still to come, the same as no key.
        if self.is_patched() {
            self.context.left_out.set(self.context.left_out.get() + 1);
            return visitor.visit_none();
        }
        let is_to_come = self.node.is_null() || self.is_emptied();
        if is_to_come { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let read = |this: Self, visitor: V| match this.node.value() {
            Value::Sequence(items) => visitor.visit_seq(Items::new(items, this.context)),
            Value::Null => visitor.visit_seq(Items::new(this.node.inside(), this.context)),
            _ => Err(this
                .wrong("en lista")
                .help("skriv värdena inom hakparenteser, [ett, två], eller ett på varje rad efter ”- ”")),
        };
        self.read(visitor, read, |empty, visitor| empty.deserialize_seq(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.mapping(&[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.is_patched() {
            return Empty.deserialize_struct(name, fields, visitor);
        }
        let result = self.mapping(fields, visitor).map_err(|error| error.with_advice(name, self.node));
        result.map_err(|mut error| match (error.0.missing, self.node.value()) {
            // The visitor has no place for a key that is not there: it is this mapping's, at its first key.
            (Some(field), Value::Mapping(_))
                if error.0.patch.is_none_or(|p| matches!(p, Patch::EmptyValue(at) if at == self.node.at())) =>
            {
                error.0.span = Some(self.node.first_line());
                if self.node.source()[self.node.span().start..].starts_with('{') {
                    error.0.help = Some(format!("lägg till ”{field}: …” inom klamrarna"));
                }
                error.0.patch = Some(Patch::AddKey(self.node.at(), field));
                error.0.missing = None;
                let meant = &self.context.patches.meant_keys;
                error.0.is_reported = self.node.inside().any(|inner| meant.get(&inner.at()) == Some(&field));
                error
            }
            _ => error,
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.read(
            visitor,
            |this, visitor| {
                let Value::Scalar(_) = this.node.value() else {
                    return Err(this.wrong(&format!("ett av: {}", variants.join(", "))));
                };
                let text = this.scalar("en text")?;
                visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(text))
            },
            |empty, visitor| empty.deserialize_enum(name, variants, visitor),
        )
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        let Some(what) = announced(name) else {
            return match name {
                hook::VALUE => self.read(
                    visitor,
                    |this, visitor| visitor.visit_str(this.scalar("en text")?.trim()),
                    |_, visitor| visitor.visit_unit(),
                ),
                _ => visitor.visit_newtype_struct(self),
            };
        };
        let read = |this: Self, visitor: V| {
            // A text may well be a quotation.
            let text = if what == Announced::Markdown { this.markdown()? } else { this.scalar("en text")? };
            this.has_to_say(text)?;
            if what == Announced::Markdown {
                this.note_if_empty(text);
            }
            this.context.mark(what, this.node);
            match what {
                Announced::Markdown => {
                    let pair = [text.to_string(), this.context.handle(this.node)];
                    visitor.visit_seq(de::value::SeqDeserializer::new(pair.into_iter()))
                }
                _ => visitor.visit_str(text.trim()),
            }
        };
        self.read(visitor, read, |empty, visitor| empty.deserialize_newtype_struct(name, visitor))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// What a newtype's name announces, if anything is to be written down.
fn announced(name: &'static str) -> Option<Announced> {
    if name == hook::MARKDOWN {
        Some(Announced::Markdown)
    } else if name == hook::SUFFIX {
        Some(Announced::Suffix)
    } else if let Some(kind) = name.strip_prefix(hook::IDENTITY) {
        Kinds::from_code_names(kind).each().next().map(Announced::Identity)
    } else if let Some(kinds) = name.strip_prefix(hook::REFERENCE) {
        Some(Announced::Reference(Kinds::from_code_names(kinds)))
    } else {
        name.strip_prefix(hook::MENTION).map(|kinds| Announced::Mention(Kinds::from_code_names(kinds)))
    }
}

struct Items<'a> {
    items: Nodes<'a>,
    /// The texts of the list so far.
    met: HashSet<&'a str>,
    context: &'a Context<'a>,
}

impl<'a> Items<'a> {
    fn new(items: Nodes<'a>, context: &'a Context<'a>) -> Self {
        Items { items, met: HashSet::new(), context }
    }

    /// Tells of a text that says nothing, or stands in the list already: no list of an author's has one twice on purpose.
    fn doubt(&mut self, node: Node<'a>) {
        // What is frozen, and what is said of a template, is nobody's to mend here.
        let Value::Scalar(text) = node.value() else { return };
        let text = text.trim();
        if self.context.owner.is_empty() {
            return;
        }
        let is_text = || self.context.marks.borrow().last().is_some_and(|mark| mark.what == Announced::Text);
        if text.is_empty() && is_text() {
            self.context.doubt(
                node,
                "värdet i listan är tomt".to_string(),
                "skriv det som ska stå där, eller ta bort det",
            );
        } else if !text.is_empty() && !self.met.insert(text) {
            self.context.doubt(
                node,
                format!("”{text}” står redan i listan"),
                "ta bort det ena, eller skriv det som var menat",
            );
        }
    }
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.items.next() else { return Ok(None) };
        let deserializer = NodeDeserializer { node, context: self.context };
        let value = seed.deserialize(deserializer)?;
        self.doubt(node);
        Ok(Some(value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.clone().count())
    }
}

const EXAMPLE: &str = "exempel";
const EXAMPLE_TEXT: &str = "exempel_text";

struct Entries<'a> {
    node: Node<'a>,
    entries: Nodes<'a>,
    /// The keys that are looked for, where that is known.
    fields: &'static [&'static str],
    added: std::slice::Iter<'a, &'static str>,
    value: Option<Node<'a>>,
    context: &'a Context<'a>,
}

impl<'a> Entries<'a> {
    fn new(node: Node<'a>, entries: Nodes<'a>, fields: &'static [&'static str], context: &'a Context<'a>) -> Self {
        let added = context.patches.added_keys.get(&node.at()).map_or(&[][..], Vec::as_slice);
        Entries { node, entries, fields, added: added.iter(), value: None, context }
    }

    /// The key of an entry. An example of a term is a text, and that the term itself is one a yes or no: both may be
    /// written as `exempel`.
    fn key(&self, entry: Node<'a>) -> &'a str {
        let is_text = || matches!(entry.value(), Value::Scalar(text) if !matches!(text, "" | "true" | "false"));
        let is_both = || self.node.follow(EXAMPLE_TEXT).is_ok();
        if entry.key() == EXAMPLE && self.fields.contains(&EXAMPLE_TEXT) && is_text() && !is_both() {
            return EXAMPLE_TEXT;
        }
        let renamed = &self.context.patches.renamed_keys;
        let meant = if renamed.is_empty() { None } else { renamed.get(&entry.at()) };
        meant.map_or(entry.key(), |(meant, _)| meant)
    }

    fn next_entry(&mut self) -> Option<Node<'a>> {
        let skipped = &self.context.patches.skipped_keys;
        self.entries.find(|entry| skipped.is_empty() || !skipped.contains(&entry.at()))
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.value = self.next_entry();
        if let Some(entry) = self.value {
            let deserializer = IntoDeserializer::<Error>::into_deserializer(self.key(entry));
            let result = seed.deserialize(deserializer).map(Some);
            return result.map_err(|error| {
                let error = error.of_key(entry, self.node, self.fields);
                let error = error.meant_instead(entry, self.node, &self.context.patches);
                error.at(entry.key_span(), Patch::SkipKey(entry.at()))
            });
        }
        let Some(name) = self.added.next() else { return Ok(None) };
        seed.deserialize(IntoDeserializer::<Error>::into_deserializer(*name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(node) = self.value.take() else { return seed.deserialize(Empty) };
        if node.is_put_together() {
            let is_missing = |key: &str| self.fields.contains(&key) && self.node.get(key).is_none();
            self.context.doubts.borrow_mut().extend(yaml::swallowed(node, is_missing));
        }
        let deserializer = NodeDeserializer { node, context: self.context };
        seed.deserialize(deserializer)
    }
}

/// Stands for a value that has been reported: empty, and of whatever form serde asks for.
#[derive(Clone, Copy)]
struct Empty;

impl<'de> de::Deserializer<'de> for Empty {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(0)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(de::value::SeqDeserializer::new(std::iter::empty::<()>()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(de::value::MapDeserializer::new(std::iter::empty::<((), ())>()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(EmptyFields { fields: fields.iter() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(variants[0]))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match announced(name) {
            Some(Announced::Markdown) => {
                visitor.visit_seq(de::value::SeqDeserializer::new([String::new(), String::new()].into_iter()))
            }
            Some(_) => visitor.visit_str(""),
            None if name == hook::VALUE => visitor.visit_unit(),
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct EmptyFields {
    fields: std::slice::Iter<'static, &'static str>,
}

impl<'de> de::MapAccess<'de> for EmptyFields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(field) = self.fields.next() else { return Ok(None) };
        seed.deserialize(IntoDeserializer::<Error>::into_deserializer(*field)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Empty)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::yaml;
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only filling them is tested")]
    struct Thing {
        #[serde(rename = "namn")]
        name: String,
        #[serde(rename = "antal")]
        count: Option<u32>,
        #[serde(rename = "färg", default)]
        colors: Vec<Color>,
        #[serde(rename = "del")]
        part: Option<Part>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Color {
        Blå,
        Röd,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only filling them is tested")]
    struct Part {
        sort: String,
        vikt: u8,
    }

    fn problems(source: &str) -> String {
        let (tree, problems) = yaml::parse(source);
        assert_eq!(problems, []);
        let filled = fill::<Thing>(tree.root(source).unwrap(), "thing");
        assert_eq!(filled.value.is_some(), filled.problems.is_empty());
        let lines = filled.problems.iter().map(|p| {
            format!("{} {:?}: {} ({})", p.code, &source[p.span.clone()], p.message, p.help.as_deref().unwrap_or("-"))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_thing_without_mistakes_is_filled() {
        assert_eq!(problems("namn: a\nantal: 3\nfärg: [blå]\ndel: {sort: x, vikt: 1}\n"), "");
        assert_eq!(problems("namn: 1.50\nantal:\nfärg:\n"), "");
    }

    #[test]
    fn every_mistake_is_found_in_one_run() {
        let source = "antal: många\nfärg: [blå, röd, grön, blåå]\ndel: {vikt: 300, sortt: x}\nextra: {a: [1]}\n";
        insta::assert_snapshot!(problems(source), @r#"
        K007 "många": ”många” är inget heltal som får stå här (skriv ett heltal, till exempel 3; det får vara från 0 till 4 294 967 295)
        K007 "grön": värdet ”grön” finns inte (välj ett av: blå, röd)
        K007 "blåå": värdet ”blåå” finns inte (menade du ”blå”?)
        K007 "300": ”300” är inget heltal som får stå här (skriv ett heltal, till exempel 3; det får vara från 0 till 255)
        K004 "sortt": nyckeln ”sortt” finns inte här (menade du ”sort”?)
        K004 "extra": nyckeln ”extra” finns inte här (nycklar som finns här: namn, antal, färg, del)
        K006 "antal": nyckeln ”namn” saknas (lägg till en rad ”namn: …”)
        "#);
    }

    /// A key that is as far in as the text above it is told, where it may be one and is not given elsewhere.
    #[test]
    fn a_key_in_a_text_is_told() {
        let doubts = |source: &str| {
            let (tree, _) = yaml::parse(source);
            let filled = fill::<Thing>(tree.root(source).unwrap(), "thing");
            // A name has one line, which is told too.
            let keys = filled.doubts.into_iter().filter(|doubt| doubt.message.contains("börjar som nyckeln"));
            keys.map(|doubt| source[doubt.span].to_string()).collect::<Vec<_>>()
        };
        assert_eq!(doubts("namn: |\n  En text.\n  antal: 3\n  del: x\n"), ["antal: 3", "del: x"]);
        assert_eq!(doubts("namn: >\n  Text\n\n  - a\n  antal: 3\n"), ["antal: 3"]);
        assert_eq!(doubts("namn: a\ndel:\n  sort: |\n    Text.\n    vikt: 3\n"), ["vikt: 3"]);
        for source in [
            "namn: |\n  En text.\n  antal: 3\nantal: 4\n",
            "namn: |\n  En text om\n  antal: så många\n",
            "namn: |\n  En text.\n\n    antal: 3\n",
            "namn: |\n  Så här:\n\n  ```\n  antal: 3\n  ```\n",
            "namn: |\n  En text.\n  Antal: 3\n  antalet: 3\n  antal:3\n",
            "namn: |\n  En text.\n  sort: x\n",
        ] {
            assert_eq!(doubts(source), [""; 0], "{source:?}");
        }
    }

    #[test]
    fn a_value_of_the_wrong_form_is_told_apart() {
        insta::assert_snapshot!(problems("namn: [a]\nfärg: blå\ndel: x\n"), @r#"
        K007 "[a]": här står en lista, men det ska vara en text (skriv ett enda värde efter kolon, på samma rad som nyckeln)
        K007 "blå": här står en text, men det ska vara en lista (skriv värdena inom hakparenteser, [ett, två], eller ett på varje rad efter ”- ”)
        K007 "x": här står en text, men det ska vara en grupp av nycklar (skriv ”nyckel: värde”, en på varje rad; nycklar som finns här: sort, vikt)
        "#);
    }
}
