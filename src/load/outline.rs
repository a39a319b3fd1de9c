//! Where everything in a file stands: its tree without the values, small enough to be kept for every file.

use std::ops::Range;

use super::yaml::{Node, Value};

/// The keys and positions of a file in its order, each followed by what it holds. The first is the root.
#[derive(Debug, Default)]
pub struct Outline(Vec<Step>);

/// A key or a position. Of text, since the file's is kept: bytes alone, and as few as they can be.
#[derive(Debug)]
struct Step {
    /// The key as it is written; nothing at a position of a list.
    key: Bytes,
    /// What a finding marks.
    mark: Bytes,
    /// The step after everything that this one holds.
    end: u32,
}

/// A range of a file's bytes.
#[derive(Debug, Clone, Copy)]
struct Bytes {
    start: u32,
    end: u32,
}

impl From<&Range<usize>> for Bytes {
    /// No file of content is 4 GB long; of one that is, the places are wrong and nothing else.
    fn from(span: &Range<usize>) -> Bytes {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Bytes { start: short(span.start), end: short(span.end) }
    }
}

impl Bytes {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// These bytes of a file, without quotes around them.
    fn text(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or_default().trim_matches(['"', '\''])
    }
}

impl Outline {
    /// The outline of a file's tree.
    pub fn of(root: &Node<'_>) -> Outline {
        let mut outline = Outline(Vec::new());
        outline.add(Bytes::from(&(0..0)), &first_line(root), root);
        outline
    }

    fn add(&mut self, key: Bytes, mark: &Range<usize>, node: &Node<'_>) {
        let at = self.0.len();
        self.0.push(Step { key, mark: mark.into(), end: 0 });
        match &node.value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    let mark = if matches!(value.value, Value::Scalar(_)) { &value.span } else { &key.span };
                    self.add(Bytes::from(&key.span), mark, value);
                }
            }
            Value::Sequence(items) => {
                for item in items {
                    self.add(Bytes::from(&(0..0)), &first_line(item), item);
                }
            }
            Value::Null | Value::Scalar(_) => {}
        }
        self.0[at].end = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
    }

    /// The steps that a step holds.
    fn inside(&self, step: usize) -> impl Iterator<Item = usize> {
        let end = self.0.get(step).map_or(0, |step| step.end as usize);
        let after = |at: &usize| Some(self.0.get(*at)?.end as usize);
        std::iter::successors(Some(step + 1), after).take_while(move |at| *at < end)
    }

    fn key(&self, step: usize, key: &str, source: &str) -> Option<usize> {
        self.inside(step).find(|at| self.0[*at].key.text(source) == key)
    }

    /// The items of the list that is the file, or of that under a key of it.
    pub fn items(&self, key: Option<&str>, source: &str) -> Vec<usize> {
        let list = key.map_or(Some(0), |key| self.key(0, key, source));
        list.map(|list| self.inside(list).collect()).unwrap_or_default()
    }

    /// The bytes to mark for what stands at `path` (`erbjudanden.0.priser`) in a step of the file with this source; for
    /// what encloses it where it is left out.
    pub fn find(&self, step: usize, path: &str, source: &str) -> Range<usize> {
        let at = self.follow(step, path, source).unwrap_or_else(|nearest| nearest);
        self.0.get(at).map_or(0..1, |step| step.mark.range())
    }

    /// Whether something stands at `path` in a step of the file with this source.
    pub fn has(&self, step: usize, path: &str, source: &str) -> bool {
        self.follow(step, path, source).is_ok()
    }

    /// The step at `path` in a step; the error is the last one on the way to it.
    fn follow(&self, step: usize, path: &str, source: &str) -> Result<usize, usize> {
        path.split('.').filter(|segment| !segment.is_empty()).try_fold(step, |at, segment| {
            let position = || self.inside(at).nth(segment.parse().ok()?);
            self.key(at, segment, source).or_else(position).ok_or(at)
        })
    }
}

/// The bytes to mark for a node without a key: all of it, but of a group its first key.
pub fn first_line(node: &Node<'_>) -> Range<usize> {
    match &node.value {
        Value::Mapping(entries) => entries.first().map_or(node.span.clone(), |(key, _)| key.span.clone()),
        _ => node.span.clone(),
    }
}
