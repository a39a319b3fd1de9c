//! What was asked of a catalogue while something was made of it: when none of that has changed, it need not be made again.
//!
//! It is written down by the thread that makes it: what other threads are asked to help with has to be asked for beside.

use std::cell::RefCell;

use rustc_hash::FxHashSet;

use crate::model::Kind;

thread_local! {
    static ASKED: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// What was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    of_entries: OfEntries,
    /// Whether everything was looked through.
    everything: bool,
}

/// What differs between a catalogue and the one before it, which has the same entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed(OfEntries);

/// Entities by their [number](super::Entry::number).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct OfEntries {
    /// Those whose [`Entry`](super::Entry) it is about: what they are and are called, and not what they say.
    heads: FxHashSet<u32>,
    /// Those that it is about what they say, or what is said of them.
    contents: FxHashSet<u32>,
    /// The kinds that it is about what all of them say, or any.
    kinds: FxHashSet<Kind>,
    /// The kinds that it is about what all of them are called, or any.
    named: FxHashSet<Kind>,
    /// Those that it is about what templates see of them, with what is worked out.
    values: FxHashSet<u32>,
    /// The kinds that it is about what templates see of all of them, or any.
    lists: FxHashSet<Kind>,
}

impl OfEntries {
    fn extend(&mut self, other: &OfEntries) {
        self.heads.extend(&other.heads);
        self.contents.extend(&other.contents);
        self.kinds.extend(&other.kinds);
        self.named.extend(&other.named);
        self.values.extend(&other.values);
        self.lists.extend(&other.lists);
    }

    fn meets(&self, other: &OfEntries) -> bool {
        !self.kinds.is_disjoint(&other.kinds)
            || !self.named.is_disjoint(&other.named)
            || !self.values.is_disjoint(&other.values)
            || !self.lists.is_disjoint(&other.lists)
            || !self.contents.is_disjoint(&other.contents)
            || !self.heads.is_disjoint(&other.heads)
    }
}

impl Asked {
    /// Whether some of it has changed.
    pub fn is_among(&self, changed: &Changed) -> bool {
        if self.everything { !changed.is_none() } else { self.of_entries.meets(&changed.0) }
    }
}

impl Asked {
    /// Whether it was asked what templates see of an entity of a kind, by its number.
    pub fn asks_for_value(&self, number: u32, kind: Kind) -> bool {
        let OfEntries { values, lists, .. } = &self.of_entries;
        self.everything || lists.contains(&kind) || values.contains(&number)
    }

    /// Whether all of a kind were asked what they are called.
    pub fn asks_for_names(&self, kind: Kind) -> bool {
        self.of_entries.named.contains(&kind)
    }
}

impl Changed {
    /// Adds an entity of a kind that says something else, or of which something else is said.
    pub fn add(&mut self, number: u32, kind: Kind) {
        self.0.contents.insert(number);
        self.0.kinds.insert(kind);
    }

    /// Adds one whose entry is another.
    pub fn add_head(&mut self, number: u32) {
        self.0.heads.insert(number);
    }

    /// Adds one of a kind of which templates see something else.
    pub fn add_value(&mut self, number: u32, kind: Kind) {
        self.0.values.insert(number);
        self.0.lists.insert(kind);
    }

    /// Adds one of a kind that is called something else.
    pub fn add_name(&mut self, number: u32, kind: Kind) {
        self.0.heads.insert(number);
        self.0.named.insert(kind);
    }

    /// Adds what else differs.
    pub fn extend(&mut self, other: &Changed) {
        self.0.extend(&other.0);
    }

    /// Whether nothing differs.
    pub fn is_none(&self) -> bool {
        *self == Changed::default()
    }

    /// Whether some entity of a kind says something else.
    pub fn has(&self, kind: Kind) -> bool {
        self.0.kinds.contains(&kind)
    }

    /// Whether templates see something else of some entity of a kind.
    pub fn has_listed(&self, kind: Kind) -> bool {
        self.0.lists.contains(&kind)
    }

    /// Whether some entity of a kind is called something else.
    pub fn has_named(&self, kind: Kind) -> bool {
        self.0.named.contains(&kind)
    }

    /// Whether an entity says something else.
    pub fn has_entry(&self, number: u32) -> bool {
        self.0.contents.contains(&number)
    }
}

/// Makes something, and tells what it asked of the catalogue.
pub fn asking<T>(make: impl FnOnce() -> T) -> (T, Asked) {
    // A thread that waits for others may meanwhile make something else.
    let outer = ASKED.replace(Some(Asked::default()));
    let made = make();
    let asked = ASKED.replace(outer).unwrap_or_default();
    (made, asked)
}

/// Who wants to know what is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Asking {
    /// Nobody: what is made is not kept up.
    #[default]
    Nobody,
    /// Someone, who will ask what has to be made again.
    Someone,
}

impl Asking {
    /// Makes something, and tells what it asked of the catalogue to who wants to know.
    pub fn of<T>(self, make: impl FnOnce() -> T) -> (T, Asked) {
        match self {
            Asking::Nobody => (make(), Asked::default()),
            Asking::Someone => asking(make),
        }
    }
}

/// Writes down again what had been asked for something that is kept.
pub fn again(asked: &Asked) {
    write_down(|outer| {
        outer.of_entries.extend(&asked.of_entries);
        outer.everything |= asked.everything;
    });
}

/// Writes down that it was asked what an entity is or is called, by its number.
pub fn head(number: u32) {
    write_down(|asked| _ = asked.of_entries.heads.insert(number));
}

/// Writes down that it was asked what an entity says, or what is said of it.
pub fn contents(number: u32) {
    write_down(|asked| _ = asked.of_entries.contents.insert(number));
}

/// Writes down that it was asked what templates see of an entity, by its number.
pub fn value(number: u32) {
    write_down(|asked| _ = asked.of_entries.values.insert(number));
}

/// Writes down that it was asked what templates see of all of a kind.
pub fn list(kind: Kind) {
    write_down(|asked| _ = asked.of_entries.lists.insert(kind));
}

/// Writes down that all of a kind were asked what they say.
pub fn kind(kind: Kind) {
    write_down(|asked| _ = asked.of_entries.kinds.insert(kind));
}

/// Writes down that all of a kind were asked what they are called.
pub fn names(kind: Kind) {
    write_down(|asked| _ = asked.of_entries.named.insert(kind));
}

/// Writes down that all were asked everything.
pub fn everything() {
    write_down(|asked| asked.everything = true);
}

fn write_down(what: impl FnOnce(&mut Asked)) {
    ASKED.with_borrow_mut(|asked| asked.as_mut().map(what));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(number: u32, kind: Kind) -> Changed {
        let mut changed = Changed::default();
        changed.add(number, kind);
        changed
    }

    #[test]
    fn what_was_asked_is_told_from_what_was_not() {
        let mut head_of_1 = Changed::default();
        head_of_1.add_head(1);
        for (ask, met) in [
            (contents as fn(u32), [true, false, false]),
            (head, [false, false, true]),
            (|_| kind(Kind::Service), [true, true, false]),
            (|_| kind(Kind::Product), [false, false, false]),
            (|_| everything(), [true, true, true]),
        ] {
            let ((), asked) = asking(|| ask(1));
            let changes = [&changed(1, Kind::Service), &changed(2, Kind::Service), &head_of_1];
            assert_eq!(changes.map(|changed| asked.is_among(changed)), met);
            assert!(!asked.is_among(&Changed::default()));
            let ((), again) = asking(|| again(&asked));
            assert_eq!(again, asked);
        }
    }

    #[test]
    fn what_is_made_meanwhile_asks_for_itself() {
        let ((_, inner), outer) = asking(|| {
            contents(1);
            let inner = asking(|| contents(2));
            contents(3);
            inner
        });
        let asked = |numbers: &[u32]| asking(|| numbers.iter().for_each(|number| contents(*number))).1;
        assert_eq!((inner, outer), (asked(&[2]), asked(&[1, 3])));
        contents(4);
    }
}
