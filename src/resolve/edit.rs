//! A catalogue in which one file has been edited, without everything being resolved again.
//!
//! An edit is taken in if it leaves alone which ids there are, and where. What something is called may change: the texts
//! that show its name are then read again. Any other edit, and any with a mistake in it, is for
//! [`resolve`](super::resolve) to tell of.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::asked::Changed;
use super::catalog::{Catalog, Entries, Entry, LeftOut, Use};
use super::references::{Dangling, Keys, uses_by};
use super::texts::{chapter_name, check_picture, parse_text, texts_of};
use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::draw;
use crate::load::typed::{Announced, Mark};
use crate::load::{Announcer, EDITIONS, Marked, Sources};
use crate::markdown::{self, Lookup};
use crate::model::{Entities, Entity, Kind, VisitEntity};
use crate::text;

/// Reads a file under the content folder by itself: as it stands there, or as if it said something.
pub(crate) type Reader<'a> = dyn Fn(&str, Option<&str>) -> (Sources, Vec<Diagnostic>) + Sync + 'a;

/// Texts by handle, each with the id of the entity that it stands in.
type Texts = Vec<(String, (String, Vec<Block>))>;

impl Catalog {
    /// Takes in a file under the content folder as it stands there now. What has changed; `None` where it cannot be taken
    /// in, and the catalogue is as it was.
    pub(crate) fn take_in(&mut self, relative: &str, read: &Reader<'_>) -> Option<Changed> {
        let (file, text) = self.finder.file_at(relative)?;
        let (now, mistakes) = read(relative, None);
        if mistakes.is_empty() && now.finder.says(text) {
            return Some(Changed::default());
        }
        let (before, told) = read(relative, Some(text));
        if !told.is_empty() {
            // What was told of the file as it was may hold no longer.
            return None;
        }
        let LeftOut { refers_to, unread, mistaken } = &self.left_out;
        let is_whole = refers_to.is_empty() && !unread && mistaken.is_empty();
        if !is_whole || !mistakes.is_empty() || !self.has_the_same(&before, &now) || self.dangles(&now) {
            return None;
        }
        let edited: BTreeSet<&str> = edited(&before, &now);
        let renamed = self.renamed(&now);
        let is_mentioning = |by: &Announcer, mark: &Mark| is_mentioned(by.text(mark.step), &renamed);
        let is_edited = |by: &Announcer| edited.contains(&*by.id);
        let mut texts = self.parsed(&now, &renamed, &|by, mark| is_edited(by) || is_mentioning(by, mark))?;
        for mentions in self.mentions(file, &renamed, read)? {
            texts.extend(self.parsed(&mentions, &renamed, &is_mentioning)?);
        }
        let edited_texts = texts.iter().map(|(owner, _)| owner.as_str());
        if edited.iter().copied().chain(edited_texts).any(|id| self.is_copied(id)) {
            return None;
        }
        let mut changed = Changed::default();
        for id in edited.into_iter().chain(texts.iter().map(|(owner, _)| owner.as_str())) {
            let Some(entry) = self.index.get(id) else { continue };
            changed.add(entry.number, entry.home);
        }
        self.put_uses(&before, &now, &mut changed);
        self.put_texts(&before, &now, texts);
        self.put_names(renamed, &mut changed);
        self.put_examples(&now.entities, &mut changed);
        let index = &self.index;
        self.entities.put(now.entities, |id| index.get(id).map(|entry| entry.position));
        self.finder.put(file, now.finder);
        Some(changed)
    }

    /// Whether the file declares what it did, and all of it is in the catalogue.
    fn has_the_same(&self, before: &Sources, now: &Sources) -> bool {
        let ids = |sources: &Sources| -> Vec<(String, Kind)> {
            let declared = sources.declared.iter().map(|declared| (declared.id.clone(), declared.kind));
            declared.chain(names(&sources.entities, &self.index).into_iter().map(|(id, _, home)| (id, home))).collect()
        };
        let (before, now_ids) = (ids(before), ids(now));
        now.finder.has_one_file() && before == now_ids && now_ids.iter().all(|(id, _)| self.index.contains_key(id))
    }

    /// Whether some reference leads nowhere.
    fn dangles(&self, now: &Sources) -> bool {
        let kind = |id: &str| self.index.get(id).map(|entry| entry.kind);
        let dangles = |Marked { by, marks }: &Marked| marks.iter().any(|mark| Dangling::of(mark, by, &kind).is_some());
        now.marks.iter().any(dangles)
    }

    /// Whether a chapter has put in a text of an entity: it has a copy.
    fn is_copied(&self, id: &str) -> bool {
        let handles = format!("[[{id}#");
        self.entities.chapters.iter().any(|chapter| chapter.text.source.contains(&handles))
    }

    /// The new names by id.
    fn renamed(&self, now: &Sources) -> FxHashMap<String, String> {
        let names = names(&now.entities, &self.index).into_iter();
        let other = names.filter(|(id, name, _)| self.index.get(id).is_some_and(|entry| entry.name != *name));
        other.map(|(id, name, _)| (id, name)).collect()
    }

    /// The other files with texts that show one of these names; `None` where one cannot be read by itself.
    fn mentions(&self, but: usize, renamed: &FxHashMap<String, String>, read: &Reader<'_>) -> Option<Vec<Sources>> {
        if renamed.is_empty() {
            return Some(Vec::new());
        }
        let mentions = self.finder.texts().enumerate().filter(|(file, _)| *file != but).collect::<Vec<_>>();
        let mentions = mentions.into_par_iter().filter(|(_, (_, text))| is_mentioned(text, renamed));
        let sources = mentions.map(|(_, (relative, text))| {
            let (sources, _) = read(relative, Some(text));
            // What an earlier edition was called it is called still.
            (sources.finder.has_one_file() || relative.starts_with(EDITIONS)).then_some(sources)
        });
        sources.collect()
    }

    /// The Markdown texts that are wanted; `None` where there is a mistake in one.
    fn parsed(
        &self,
        now: &Sources,
        renamed: &FxHashMap<String, String>,
        is_wanted: &dyn Fn(&Announcer, &Mark) -> bool,
    ) -> Option<Texts> {
        let mut texts = Texts::new();
        for Marked { by, marks } in &now.marks {
            let lookup = InCatalog { catalog: self, renamed, is_chapter: by.is_chapter() };
            for mark in marks.iter().filter(|mark| mark.what == Announced::Markdown && is_wanted(by, mark)) {
                // How much all chapters put in is looked at together.
                let put_in = markdown::put_in(by.text(mark.step)).filter_map(|(handle, _)| self.written(handle));
                if put_in.map(str::len).sum::<usize>() > markdown::most_repeated(0) {
                    return None;
                }
                let (handle, text, mistakes) = parse_text(by, mark.step, &lookup);
                if !mistakes.is_empty() {
                    return None;
                }
                texts.push((by.id.to_string(), (handle, text)));
            }
        }
        Some(texts)
    }

    /// What the file no longer uses, and what it uses now.
    fn put_uses(&mut self, before: &Sources, now: &Sources, changed: &mut Changed) {
        let mut keys = Keys::default();
        let mut uses = |sources: &Sources| {
            let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
            for (id, used) in sources.marks.iter().flat_map(|marked| uses_by(marked, &self.index, &mut keys)) {
                uses.entry(id.to_string()).or_default().push(used);
            }
            uses
        };
        let (before, mut now) = (uses(before), uses(now));
        let ids: BTreeSet<String> = before.keys().chain(now.keys()).cloned().collect();
        for id in ids {
            // What thousands use is used as it was, most of the time.
            if before.get(&id) == now.get(&id) {
                continue;
            }
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

    fn put_texts(&mut self, before: &Sources, now: &Sources, texts: Texts) {
        let put: BTreeSet<&str> = texts.iter().map(|(_, (handle, _))| handle.as_str()).collect();
        let handles = |sources: &Sources| -> BTreeSet<String> {
            let texts = sources.marks.iter().flat_map(texts_of).filter(|written| written.is_markdown);
            texts.map(|written| format!("{}#{}", written.owner(), written.path())).collect()
        };
        for gone in handles(before).difference(&handles(now)).filter(|handle| !put.contains(handle.as_str())) {
            self.texts.remove(gone);
        }
        self.texts.extend(texts.into_iter().map(|(_, text)| text));
        for marked in &now.marks {
            let is_its = |written: &super::Written| written.owner() == &*marked.by.id;
            let first = self.written.iter().position(is_its).unwrap_or(self.written.len());
            let count = self.written[first..].iter().take_while(|written| is_its(written)).count();
            self.written.splice(first..first + count, texts_of(marked));
        }
        self.handles.take();
    }

    fn put_names(&mut self, renamed: FxHashMap<String, String>, changed: &mut Changed) {
        for (id, name) in renamed {
            if let Some(entry) = self.index.get_mut(&id) {
                entry.name = name;
                changed.add_name(entry.number, entry.home);
            }
        }
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
fn names(entities: &Entities, index: &Entries) -> Vec<(String, String, Kind)> {
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
        names.0.push((chapter.id.clone(), chapter_name(chapter, index), Kind::Chapter));
    }
    names.0
}

/// The ids of the entities of a file that say something else than before.
fn edited<'a>(before: &'a Sources, now: &'a Sources) -> BTreeSet<&'a str> {
    let said = |sources: &'a Sources| -> BTreeMap<&'a str, &'a str> {
        let said = |by: &'a Announcer| {
            let span = by.file.node(by.root).map_or(0..0, |node| node.span());
            by.file.text().get(span).unwrap_or_default()
        };
        sources.marks.iter().map(|marked| (&*marked.by.id, said(&marked.by))).collect()
    };
    let before = said(before);
    said(now).into_iter().filter(|(id, text)| before.get(id) != Some(text)).map(|(id, _)| id).collect()
}

/// Whether a text may refer to one of these ids.
fn is_mentioned(text: &str, renamed: &FxHashMap<String, String>) -> bool {
    text.split("[[").skip(1).any(|reference| {
        let id = reference.trim_start_matches([' ', '§']);
        renamed.keys().any(|renamed| id.starts_with(renamed.as_str()))
    })
}

/// What a text may refer to in a whole catalogue.
struct InCatalog<'a> {
    catalog: &'a Catalog,
    renamed: &'a FxHashMap<String, String>,
    /// Only chapters put in the texts of others.
    is_chapter: bool,
}

impl Lookup for InCatalog<'_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        let name = self.renamed.get(id).or_else(|| self.catalog.index.get(id).map(|entry| &entry.name));
        name.map(|name| Cow::Borrowed(name.as_str())).ok_or(None)
    }

    fn text(&self, handle: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        // A chapter's handle is its id.
        let is_for_chapters = self.is_chapter && handle.contains('#');
        self.catalog.texts.get(handle).filter(|_| is_for_chapters).map(|blocks| Cow::Borrowed(blocks.as_slice()))
    }

    fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
        check_picture(name, &self.catalog.pictures)
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| self.catalog.index.get(id).map(|entry| entry.kind);
        let chained = self.catalog.index.iter().filter(|(_, entry)| draw::CHAINED.contains(&entry.kind));
        draw::check(name, kind, |id| text::did_you_mean(id, chained.map(|(id, _)| id.as_str())))
    }
}
