//! A catalogue in which one file has been edited, without everything being resolved again.
//!
//! An edit is taken in if it leaves alone what others are resolved by: which ids there are, where, and what they are
//! called. Any other, and any with a mistake in it, is for [`resolve`](super::resolve) to tell of.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rustc_hash::FxHashMap;

use super::asked::Changed;
use super::{Catalog, Dangling, Entry, Use, parse_text, texts_of, uses_by};
use crate::document::Block;
use crate::load::typed::Announced;
use crate::load::{self, Marked, Sources};
use crate::markdown::Lookup;
use crate::model::{Entities, Entity, Kind, VisitEntity};

impl Catalog {
    /// Takes in a file under the content folder as it stands there now. What has changed; `None` where it cannot be taken
    /// in, and the catalogue is as it was.
    pub(crate) fn take_in(&mut self, content: &Path, relative: &str) -> Option<Changed> {
        let (file, text) = self.finder.file_at(relative)?;
        let (before, _) = load::load_file(content, relative, Some(text));
        let (now, mistakes) = load::load_file(content, relative, None);
        let is_whole = self.left_out.refers_to.is_empty() && !self.left_out.unread;
        if mistakes.is_empty() && now.finder.says(text) {
            return Some(Changed::default());
        }
        if !is_whole || !mistakes.is_empty() || !self.has_the_same(&before, &now) || !self.is_sound(&now) {
            return None;
        }
        let texts: Vec<(String, Vec<Block>)> = self.parsed(&now)?;
        let mut changed = Changed::default();
        for entry in now.declared.iter().filter_map(|declared| self.index.get(&declared.id)) {
            changed.add(entry.number, entry.home);
        }
        self.put_uses(&before, &now, &mut changed);
        self.put_texts(&before, &now, texts);
        self.put_examples(&now.entities, &mut changed);
        let index = &self.index;
        self.entities.put(now.entities, |id| index.get(id).map(|entry| entry.position));
        self.finder.put(file, now.finder);
        Some(changed)
    }

    /// Whether the file declares what it did, all of it is in the catalogue, and it is called what it was.
    fn has_the_same(&self, before: &Sources, now: &Sources) -> bool {
        let declared = |sources: &Sources| -> Vec<(String, Kind)> {
            sources.declared.iter().map(|declared| (declared.id.clone(), declared.kind)).collect()
        };
        let names = names(&now.entities);
        let is_known = |(id, name, home): &(String, String, Kind)| {
            self.index.get(id).is_some_and(|entry| entry.name == *name && entry.home == *home)
        };
        now.finder.has_one_file()
            && declared(before) == declared(now)
            && now.declared.iter().all(|declared| self.index.contains_key(&declared.id))
            && names == self::names(&before.entities)
            && names.iter().all(is_known)
    }

    /// Whether every reference leads somewhere, and no chapter has put in a text of the file: a chapter has a copy.
    fn is_sound(&self, now: &Sources) -> bool {
        let kind = |id: &str| self.index.get(id).map(|entry| entry.kind);
        let dangles = |Marked { by, marks }: &Marked| marks.iter().any(|mark| Dangling::of(mark, by, &kind).is_some());
        let is_copied = |id: &str| {
            let handles = format!("[[{id}#");
            self.entities.chapters.iter().any(|chapter| chapter.text.source.contains(&handles))
        };
        !now.marks.iter().any(dangles) && !now.declared.iter().any(|declared| is_copied(&declared.id))
    }

    /// The Markdown texts by handle; `None` where there is a mistake in one.
    fn parsed(&self, now: &Sources) -> Option<Vec<(String, Vec<Block>)>> {
        let mut texts = Vec::new();
        for Marked { by, marks } in &now.marks {
            let lookup = InCatalog { catalog: self, is_chapter: by.is_chapter() };
            for mark in marks.iter().filter(|mark| mark.what == Announced::Markdown) {
                let (handle, text, mistakes) = parse_text(by, mark.step, &lookup);
                if !mistakes.is_empty() {
                    return None;
                }
                texts.push((handle, text));
            }
        }
        Some(texts)
    }

    /// What the file no longer uses, and what it uses now.
    fn put_uses(&mut self, before: &Sources, now: &Sources, changed: &mut Changed) {
        let uses = |sources: &Sources| {
            let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
            for (id, used) in sources.marks.iter().flat_map(|marked| uses_by(marked, &self.index)) {
                uses.entry(id.to_string()).or_default().push(used);
            }
            uses
        };
        let (before, mut now) = (uses(before), uses(now));
        let ids: BTreeSet<String> = before.keys().chain(now.keys()).cloned().collect();
        for id in ids {
            let old = before.get(&id).map_or(&[][..], Vec::as_slice);
            let list = self.uses.entry(id.clone()).or_default();
            let was = list.clone();
            list.retain(|used| !old.contains(used));
            list.extend(now.remove(&id).unwrap_or_default());
            list.sort_unstable();
            list.dedup();
            if *list != was
                && let Some(entry) = self.index.get(&id)
            {
                changed.add(entry.number, entry.home);
            }
            if list.is_empty() {
                self.uses.remove(&id);
            }
        }
    }

    fn put_texts(&mut self, before: &Sources, now: &Sources, texts: Vec<(String, Vec<Block>)>) {
        for written in before.marks.iter().flat_map(texts_of).filter(|written| written.is_markdown) {
            self.texts.remove(&format!("{}#{}", written.owner(), written.path()));
        }
        self.texts.extend(texts);
        for marked in &now.marks {
            let is_its = |written: &super::Written| written.owner() == marked.by.id;
            let first = self.written.iter().position(is_its);
            let first = first.unwrap_or(self.written.len());
            let count = self.written[first..].iter().take_while(|written| is_its(written)).count();
            self.written.splice(first..first + count, texts_of(marked));
        }
        self.handles.take();
    }

    fn put_examples(&mut self, now: &Entities, changed: &mut Changed) {
        struct Examples<'a>(&'a mut FxHashMap<String, Entry>, &'a mut Changed);
        impl VisitEntity for Examples<'_> {
            fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T) {
                let mut put = |id: &str, example| {
                    if let Some(entry) = self.0.get_mut(id).filter(|entry| entry.example != example) {
                        entry.example = example;
                        self.1.add_head(entry.number);
                    }
                };
                put(entity.id(), entity.is_example());
                entity.parts(&mut |part| put(part.id, part.example || entity.is_example()));
            }
        }
        now.each(&mut Examples(&mut self.index, changed));
    }
}

/// Every id of some entities in their order, with its name and what it stands in.
fn names(entities: &Entities) -> Vec<(String, String, Kind)> {
    struct Names(Vec<(String, String, Kind)>);
    impl VisitEntity for Names {
        fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T) {
            self.0.push((entity.id().to_string(), entity.name().into_owned(), T::KIND));
            entity.parts(&mut |part| self.0.push((part.id.to_string(), part.shown_name(), T::KIND)));
        }
    }
    let mut names = Names(Vec::new());
    entities.each(&mut names);
    for chapter in &entities.chapters {
        let name = super::chapter_title(&chapter.text.source).unwrap_or_else(|| chapter.id.clone());
        names.0.push((chapter.id.clone(), name, Kind::Chapter));
    }
    names.0
}

/// What a text may refer to in a whole catalogue.
struct InCatalog<'a> {
    catalog: &'a Catalog,
    /// Only chapters put in the texts of others.
    is_chapter: bool,
}

impl Lookup for InCatalog<'_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        self.catalog.index.get(id).map(|entry| Cow::Borrowed(entry.name.as_str())).ok_or(None)
    }

    fn text(&self, handle: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        // A chapter's handle is its id.
        let is_for_chapters = self.is_chapter && handle.contains('#');
        self.catalog.texts.get(handle).filter(|_| is_for_chapters).map(|blocks| Cow::Borrowed(blocks.as_slice()))
    }

    fn has_picture(&self, name: &str) -> bool {
        self.catalog.pictures.contains_key(name)
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| self.catalog.index.get(id).map(|entry| entry.kind);
        crate::draw::check(name, kind, self.catalog.index.keys().map(String::as_str))
    }
}
