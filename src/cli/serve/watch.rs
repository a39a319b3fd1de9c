//! Notices when the sources of a preview change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use katalog::Failure;
use katalog::preview::{Preview, Sources};
use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::cli::say;

/// One saving is many events: how long it must be quiet after the last of them …
const QUIET: Duration = Duration::from_millis(15);
/// … and how long is waited for that at most.
const PATIENCE: Duration = Duration::from_millis(150);

/// Has a preview look at its sources whenever they may have changed, as long as the program runs. Fails where there is no
/// thread to be had.
pub fn start(sources: &Sources, preview: Arc<Preview>) -> Result<(), Failure> {
    let sources = sources.clone();
    let work = move || {
        let why = follow(&sources, &preview);
        preview.look_on();
        say(&format!("Systemet säger inte till om ändringar ({why}); filerna jämförs varje sekund i stället."));
    };
    thread::Builder::new().spawn(work).map(drop).map_err(|_| Failure::Threads)
}

/// Has a preview look at what the system says has changed. Returns why it does not say so, or no longer does.
fn follow(sources: &Sources, preview: &Preview) -> String {
    loop {
        let (_watcher, events) = match watching(&Roots::of(sources)) {
            Ok(watching) => watching,
            Err(why) => return why,
        };
        // What changed before anyone watched.
        preview.look(Vec::new());
        loop {
            match next_change(&events) {
                None => return String::from("ingen tråd lyssnar på det"),
                // What is watched is another folder now.
                Some(change) if change.is_of_a_root => break,
                Some(change) => preview.look(change.paths),
            }
        }
    }
}

/// Waits for a change, and for what belongs to it. None when there is nobody left to tell of one.
fn next_change(events: &Receiver<Change>) -> Option<Change> {
    let mut change = events.recv().ok()?;
    let latest = Instant::now() + PATIENCE;
    loop {
        let patience = latest.saturating_duration_since(Instant::now());
        match events.recv_timeout(QUIET.min(patience)) {
            Ok(next) => change.add(next),
            Err(_) => return Some(change),
        }
        if patience.is_zero() {
            return Some(change);
        }
    }
}

/// What is watched. A folder is also watched from outside, to be found again when it is made, replaced or renamed.
#[derive(Clone)]
struct Roots {
    folders: Vec<PathBuf>,
    reference: Option<PathBuf>,
    /// Links on the way to them, which may come to lead elsewhere.
    links: Vec<PathBuf>,
}

impl Roots {
    fn of(sources: &Sources) -> Roots {
        let given = [&sources.content, &sources.templates];
        let links = given.into_iter().chain(&sources.reference).flat_map(|path| links(path)).collect();
        let folders = given.map(|path| settled(path));
        Roots { folders: folders.to_vec(), reference: sources.reference.as_deref().map(settled), links }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        self.folders.iter().chain(&self.reference).chain(&self.links)
    }

    fn watch(&self, watcher: &mut dyn Watcher) -> notify::Result<()> {
        // Where the folder above is gone too, the first that is there: it comes again in that.
        for above in self.all().filter_map(|path| path.ancestors().skip(1).find(|above| above.is_dir())) {
            watcher.watch(above, RecursiveMode::NonRecursive)?;
        }
        for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(())
    }

    /// What an event says of the sources; nothing where it is about something else. The preview itself reads them, which
    /// must not have it look again.
    fn change(&self, event: &notify::Result<Event>) -> Option<Change> {
        let Ok(event) = event else { return Some(Change::default()) };
        let moves =
            matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_));
        // A folder above one is told of when it goes, with all that is in it, and when it comes again.
        let is_above = |path: &PathBuf| self.all().any(|root| root != path && root.starts_with(path));
        let is_root = |path: &PathBuf| self.folders.contains(path) || self.links.contains(path) || is_above(path);
        let is_of_a_root = moves && event.paths.iter().any(is_root);
        let concerns = |path: &PathBuf| self.all().any(|root| path.starts_with(root));
        // A program that writes by way of its memory is told of only when it closes the file.
        let is_read = event.kind.is_access() && event.kind != EventKind::Access(AccessKind::Close(AccessMode::Write));
        if is_read || !(event.need_rescan() || is_of_a_root || event.paths.iter().any(concerns)) {
            return None;
        }
        let is_known = !event.need_rescan() && event.paths.iter().all(concerns);
        Some(Change { is_of_a_root, paths: if is_known { event.paths.clone() } else { Vec::new() } })
    }
}

/// That something may have changed.
#[derive(Default)]
struct Change {
    /// The paths that it is about; none where it may be about any.
    paths: Vec<PathBuf>,
    /// Whether it is one of the folders itself, or a link to one: what is there now must be watched anew.
    is_of_a_root: bool,
}

impl Change {
    fn add(&mut self, next: Change) {
        self.is_of_a_root |= next.is_of_a_root;
        if self.paths.is_empty() || next.paths.is_empty() {
            self.paths.clear();
        } else {
            self.paths.extend(next.paths);
        }
    }
}

/// The path that events are about, however it is given.
fn settled(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let whole = absolute.canonicalize().ok();
    let (parent, name) = (absolute.parent().and_then(|parent| parent.canonicalize().ok()), absolute.file_name());
    whole.or_else(|| Some(parent?.join(name?))).unwrap_or(absolute)
}

/// The links on the way to a path, where events tell of them.
fn links(path: &Path) -> Vec<PathBuf> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let links = absolute.ancestors().filter(|step| step.is_symlink());
    links.filter_map(|link| Some(link.parent()?.canonicalize().ok()?.join(link.file_name()?))).collect()
}

/// Has the system watch. What it hears of comes by way of the receiver for as long as the watcher lives. Fails with why it
/// cannot.
fn watching(roots: &Roots) -> Result<(RecommendedWatcher, Receiver<Change>), String> {
    // The watcher has a thread of its own, for want of which it panics.
    let spare = thread::Builder::new().spawn(|| ()).map_err(|_| Failure::Threads.to_string())?;
    let _ = spare.join();
    let (changes, events) = channel();
    // Links are not followed when the sources are read either.
    let config = Config::default().with_follow_symlinks(false);
    let all = roots.clone();
    let hear = move |event| {
        // Whoever listens is gone when the program is about to end.
        let _ = all.change(&event).map(|change| changes.send(change));
    };
    let why = |failure: notify::Error| failure.to_string();
    let mut watcher = RecommendedWatcher::new(hear, config).map_err(why)?;
    roots.watch(&mut watcher).map_err(why)?;
    Ok((watcher, events))
}
