//! A file's keys and values in the order of the file, small enough to be kept for every file: texts are those of the
//! file wherever they stand in it as they are, and a place is as many bytes as it can be.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// So many of what a step holds are walked through for one of them; of more it is known where each is.
const NEAR: usize = 64;

/// Room for most paths, in bytes.
const LONG_PATH: usize = 48;

/// The steps of a file, each followed by what it holds; the first is the root.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tree {
    steps: Vec<Step>,
    /// Texts that do not stand in the file as they are, by step.
    own: Vec<(u32, Box<str>)>,
    /// The same of keys.
    own_keys: Vec<(u32, Box<str>)>,
    /// Where the value ends that was finished last.
    ended: u32,
    /// What each step holds that holds many, once someone asks.
    many: OnceLock<FxHashMap<u32, Box<[u32]>>>,
}

/// A value, with its key where it has one.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    /// Nothing at a position of a list, and of the root.
    key: Bytes,
    span: Bytes,
    /// The step after everything that this one holds.
    end: u32,
    form: Form,
}

/// What a step holds, and where its text is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing, `~` or `null`.
    Null,
    /// A text as it stands in the file.
    Plain,
    /// A text as it stands in the file, between quotes.
    Quoted,
    /// A text that was put together: escaped, folded or indented in the file.
    Own,
    Sequence,
    Mapping,
}

/// A range of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bytes {
    start: u32,
    end: u32,
}

impl Bytes {
    const NONE: Bytes = Bytes { start: 0, end: 0 };

    fn holds(self, at: usize) -> bool {
        self.range().contains(&at)
    }

    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Bytes {
    fn from(span: Range<usize>) -> Bytes {
        Bytes { start: short(span.start), end: short(span.end) }
    }
}

/// No file of content is 4 GB long; of one that is, the places are wrong and nothing else.
fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How a tree is put together, in the order of the file.
impl Tree {
    /// A tree of one text, which is the whole of a file that long.
    pub fn of_text(length: usize) -> Tree {
        let mut tree = Tree::default();
        tree.add(0..0, 0..length, Form::Plain);
        tree
    }

    /// A tree of no keys.
    pub fn without_keys() -> Tree {
        let mut tree = Tree::default();
        tree.add(0..0, 0..0, Form::Mapping);
        tree
    }

    /// An empty tree with room for so many steps.
    pub fn with_room(steps: usize) -> Tree {
        Tree { steps: Vec::with_capacity(steps), ..Tree::default() }
    }

    /// Gives back the room that was not needed.
    pub fn fit(&mut self) {
        self.steps.shrink_to_fit();
    }

    /// Adds a value that holds no others, or that is to hold what is added until it is closed.
    pub fn add(&mut self, key: Range<usize>, span: Range<usize>, form: Form) -> usize {
        let at = self.steps.len();
        self.ended = short(span.end);
        self.steps.push(Step { key: key.into(), span: span.into(), end: short(at + 1), form });
        at
    }

    /// Adds a text that does not stand in the file as it is.
    pub fn add_own(&mut self, key: Range<usize>, span: Range<usize>, text: impl Into<Box<str>>) {
        let at = self.add(key, span, Form::Own);
        self.own.push((short(at), text.into()));
    }

    /// Says what the key of the next step is, where it does not stand in the file as it is.
    pub fn own_key(&mut self, text: impl Into<Box<str>>) {
        self.own_keys.push((short(self.steps.len()), text.into()));
    }

    /// Ends a step which holds everything that was added after it: at that byte, or where what it holds ends.
    pub fn close(&mut self, at: usize, end: Option<usize>) {
        self.ended = end.map_or(self.ended, short);
        self.steps[at].end = short(self.steps.len());
        self.steps[at].span.end = self.ended;
    }

    /// Takes away a step and everything that was added after it.
    pub fn take_away(&mut self, at: usize) {
        self.steps.truncate(at);
        for own in [&mut self.own, &mut self.own_keys] {
            own.truncate(own.partition_point(|(step, _)| (*step as usize) < at));
        }
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }
}

/// How a tree is read.
impl Tree {
    /// The root of the tree of this text; `None` of an empty file, and of one whose structure could not be followed.
    pub fn root<'t>(&'t self, source: &'t str) -> Option<Node<'t>> {
        self.node(source, 0)
    }

    /// A step of the tree of this text.
    pub fn node<'t>(&'t self, source: &'t str, at: usize) -> Option<Node<'t>> {
        (at < self.steps.len()).then_some(Node { tree: self, source, at })
    }

    /// The last step that begins at a byte or before it, with its key where it has one.
    pub fn before<'t>(&'t self, source: &'t str, at: usize) -> Option<Node<'t>> {
        let begin = |step: &Step| if step.key == Bytes::NONE { step.span.start } else { step.key.start };
        let steps = self.steps.partition_point(|step| begin(step) as usize <= at);
        self.node(source, steps.checked_sub(1)?)
    }

    /// Whether a byte is part of a key or of a text, which may have quotes.
    pub fn is_in_text(&self, at: usize) -> bool {
        let Some(Node { at: step, .. }) = self.before("", at) else { return false };
        let Step { key, span, form, .. } = self.steps[step];
        key.holds(at) || span.holds(at) && matches!(form, Form::Plain | Form::Quoted | Form::Own)
    }

    /// The steps that a step holds which holds many.
    fn many(&self, at: usize) -> &[u32] {
        let many = self.many.get_or_init(|| self.all_many());
        many.get(&short(at)).map_or(&[], |held| held)
    }

    fn all_many(&self) -> FxHashMap<u32, Box<[u32]>> {
        let mut many = FxHashMap::default();
        let mut open: Vec<(u32, Vec<u32>)> = Vec::new();
        let mut keep = |(at, held): (u32, Vec<u32>)| {
            if held.len() > NEAR {
                many.insert(at, held.into_boxed_slice());
            }
        };
        for at in 0..short(self.steps.len()) {
            while let Some(ended) = open.pop_if(|(above, _)| self.steps[*above as usize].end <= at) {
                keep(ended);
            }
            if let Some((_, held)) = open.last_mut() {
                held.push(at);
            }
            open.push((at, Vec::new()));
        }
        open.into_iter().for_each(keep);
        many
    }

    fn own(texts: &[(u32, Box<str>)], at: usize) -> &str {
        let found = texts.binary_search_by_key(&short(at), |(step, _)| *step);
        found.map_or("", |found| &texts[found].1)
    }
}

/// A step of a tree, seen with its file.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    source: &'t str,
    at: usize,
}

/// A value.
#[derive(Debug, Clone)]
pub enum Value<'t> {
    Null,
    Scalar(&'t str),
    Sequence(Nodes<'t>),
    /// In the order of the file; keys that are repeated have been reported and left out.
    Mapping(Nodes<'t>),
}

impl<'t> Node<'t> {
    /// Which step it is.
    pub fn at(self) -> usize {
        self.at
    }

    fn step(self) -> &'t Step {
        &self.tree.steps[self.at]
    }

    /// The bytes of the file that the value was read from.
    pub fn span(self) -> Range<usize> {
        self.step().span.range()
    }

    /// The bytes of the key.
    pub fn key_span(self) -> Range<usize> {
        self.step().key.range()
    }

    /// The key; nothing at a position of a list.
    pub fn key(self) -> &'t str {
        if self.has_own_key() {
            return Tree::own(&self.tree.own_keys, self.at);
        }
        self.source.get(self.step().key.range()).unwrap_or_default()
    }

    fn has_own_key(self) -> bool {
        let keys = &self.tree.own_keys;
        !keys.is_empty() && keys.binary_search_by_key(&short(self.at), |(step, _)| *step).is_ok()
    }

    /// The value.
    pub fn value(self) -> Value<'t> {
        let step = self.step();
        match step.form {
            Form::Null => Value::Null,
            Form::Plain => Value::Scalar(self.source.get(step.span.range()).unwrap_or_default()),
            Form::Quoted => {
                let inside = step.span.start as usize + 1..(step.span.end as usize).saturating_sub(1);
                Value::Scalar(self.source.get(inside).unwrap_or_default())
            }
            Form::Own => Value::Scalar(Tree::own(&self.tree.own, self.at)),
            Form::Sequence => Value::Sequence(self.inside()),
            Form::Mapping => Value::Mapping(self.inside()),
        }
    }

    /// Whether it is a text as it stands in the file, without quotes.
    pub fn is_plain(self) -> bool {
        self.step().form == Form::Plain
    }

    /// Whether it is a text that does not stand in the file as it is: escaped, folded or indented.
    pub fn is_put_together(self) -> bool {
        self.step().form == Form::Own
    }

    /// The file.
    pub fn source(self) -> &'t str {
        self.source
    }

    /// Whether there is no value.
    pub fn is_null(self) -> bool {
        self.step().form == Form::Null
    }

    /// The text, without blanks around it; empty of what is none.
    pub fn text(self) -> &'t str {
        match self.value() {
            Value::Scalar(text) => trimmed(text),
            _ => "",
        }
    }

    /// Where the text begins in the file, without blanks before it, if it stands there as it is.
    pub fn text_start(self) -> Option<usize> {
        let step = self.step();
        let before = match step.form {
            Form::Plain => 0,
            Form::Quoted => 1,
            _ => return None,
        };
        let Value::Scalar(text) = self.value() else { return None };
        Some(step.span.start as usize + before + text.len() - text.trim_start().len())
    }

    /// What it holds.
    pub fn inside(self) -> Nodes<'t> {
        Nodes { next: Node { at: self.at + 1, ..self }, end: self.step().end as usize }
    }

    /// How many steps there are of it and of what it holds.
    pub fn steps(self) -> usize {
        self.step().end as usize - self.at
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.inside().find(|node| node.key() == key)
    }

    /// Whether a step that does not stand before it is it, or inside it.
    fn holds(self, step: usize) -> bool {
        step < self.step().end as usize
    }

    /// The one of those that it holds which is a step or holds it.
    pub fn holding(self, step: usize) -> Option<Node<'t>> {
        self.held(step).map(|(_, node)| node)
    }

    /// The same with its position.
    fn held(self, step: usize) -> Option<(usize, Node<'t>)> {
        let near = self.inside().enumerate().take(NEAR).find(|(_, node)| node.holds(step));
        near.or_else(|| {
            let many = self.tree.many(self.at);
            let position = many.partition_point(|at| *at as usize <= step).checked_sub(1)?;
            let node = Node { at: many[position] as usize, ..self };
            node.holds(step).then_some((position, node))
        })
    }

    /// The one at a position of those that it holds.
    fn nth(self, position: usize) -> Option<Node<'t>> {
        if position < NEAR {
            return self.inside().nth(position);
        }
        self.tree.many(self.at).get(position).map(|at| Node { at: *at as usize, ..self })
    }

    /// The bytes to mark for it in a finding: its text, but of a group or a list its key or what comes first in it.
    pub fn mark(self) -> Range<usize> {
        let step = self.step();
        let is_group = matches!(step.form, Form::Sequence | Form::Mapping | Form::Null);
        if is_group && step.key != Bytes::NONE { step.key.range() } else { self.first_line() }
    }

    /// The bytes to mark for it without its key: all of it, but of a group its first key.
    pub fn first_line(self) -> Range<usize> {
        let first = self.inside().next().filter(|_| self.step().form == Form::Mapping);
        first.map_or_else(|| self.span(), Node::key_span)
    }

    /// The node at a path (`erbjudanden.0.priser`) below this one; the error is the last one on the way to it.
    pub fn follow(self, path: &str) -> Result<Node<'t>, Node<'t>> {
        path.split('.').filter(|segment| !segment.is_empty()).try_fold(self, |at, segment| {
            let position = || at.nth(segment.parse().ok()?);
            // What stands in a list has no key.
            let keyed = if at.step().form == Form::Sequence { None } else { at.get(segment) };
            keyed.or_else(position).ok_or(at)
        })
    }

    /// The path from this node down to a step: keys and positions, parted by full stops.
    pub fn path_to(self, step: usize) -> String {
        let mut path = String::with_capacity(LONG_PATH);
        self.each_above(step, &mut |position, node| {
            let key = node.key();
            path.push_str(if path.is_empty() { "" } else { "." });
            if node.step().key == Bytes::NONE && key.is_empty() {
                path.push_str(&position.to_string());
            } else {
                path.push_str(key);
            }
        });
        path
    }

    /// The keys on the way from this node down to a step, parted by full stops: `ola.avrop.erbjudande`.
    pub fn keys_to(self, step: usize) -> String {
        let mut keys = String::with_capacity(LONG_PATH);
        self.each_above(step, &mut |_, node| {
            let key = node.key();
            if !key.is_empty() && key.parse::<usize>().is_err() {
                let point = if keys.is_empty() { "" } else { "." };
                keys.push_str(point);
                keys.push_str(key);
            }
        });
        keys
    }

    /// Every node on the way from this one, without it, down to a step, each with its position in what holds it.
    fn each_above(self, step: usize, visit: &mut impl FnMut(usize, Node<'t>)) {
        let mut above = self;
        while above.at < step {
            let Some((position, node)) = above.held(step) else { return };
            visit(position, node);
            above = node;
        }
    }
}

/// A text without blanks around it; most have none.
fn trimmed(text: &str) -> &str {
    let is_seen = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_seen(text.as_bytes().first()) && is_seen(text.as_bytes().last()) { text } else { text.trim() }
}

/// The nodes that one holds.
#[derive(Clone)]
pub struct Nodes<'t> {
    next: Node<'t>,
    end: usize,
}

impl<'t> Iterator for Nodes<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        let node = self.next;
        if node.at >= self.end {
            return None;
        }
        self.next.at = node.step().end as usize;
        Some(node)
    }
}

impl std::fmt::Debug for Nodes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let span = self.span();
        write!(f, "{span:?} {} ", self.key())?;
        self.value().fmt(f)
    }
}
