//! Which of the sources have changed since someone last looked.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::Sources;

/// A file that was written so shortly before it was looked at may be written again with the same time.
const YOUNG: Duration = Duration::from_millis(50);

/// The folders of the sources, as they were when someone last looked.
pub struct Folders {
    content: PathBuf,
    /// The same as the system names it.
    settled: Option<PathBuf>,
    others: Vec<PathBuf>,
    of_content: BTreeMap<String, Stamp>,
    of_others: BTreeMap<String, Stamp>,
}

/// What differs from when someone last looked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Files of the content that were there and may say something else, by their paths under it.
    pub edited: Vec<String>,
    /// Whether anything else differs: files that are new or gone, templates, the Word template.
    pub otherwise: bool,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: Option<SystemTime>,
    size: u64,
    is_young: bool,
}

impl Stamp {
    fn of(found: &Metadata, now: SystemTime) -> Stamp {
        let changed = found.modified().ok();
        let is_young = changed.is_none_or(|changed| now.duration_since(changed).is_ok_and(|age| age < YOUNG));
        Stamp { changed, size: found.len(), is_young }
    }

    fn may_differ(self, before: Stamp) -> bool {
        before.is_young || (self.changed, self.size) != (before.changed, before.size)
    }
}

impl Folders {
    /// Those of these sources, which nobody has looked at yet.
    pub fn new(sources: &Sources) -> Folders {
        let others = [Some(sources.templates.clone()), sources.reference.clone()].into_iter().flatten().collect();
        let (of_content, of_others) = (BTreeMap::new(), BTreeMap::new());
        let settled = sources.content.canonicalize().ok();
        Folders { content: sources.content.clone(), settled, others, of_content, of_others }
    }

    /// Looks at some files, or at every one where none is given or some cannot be known by its name.
    pub fn look_at(&mut self, paths: &[PathBuf]) -> Seen {
        let now = SystemTime::now();
        let mut edited = BTreeMap::new();
        for path in paths {
            let shown = self.settled.as_ref().and_then(|content| path.strip_prefix(content).ok());
            let Some(shown) = shown.map(|path| path.to_string_lossy().replace('\\', "/")) else { return self.look() };
            match (self.of_content.get(&shown), fs::metadata(path)) {
                (Some(before), Ok(found)) if found.is_file() => {
                    let stamp = Stamp::of(&found, now);
                    if stamp.may_differ(*before) {
                        edited.insert(shown, stamp);
                    }
                }
                // What an editor has had for a moment.
                (None, Err(error)) if error.kind() == ErrorKind::NotFound => {}
                (None, _) if shown.split('/').any(is_passed_over) => {}
                _ => return self.look(),
            }
        }
        if paths.is_empty() {
            return self.look();
        }
        let seen = Seen { edited: edited.keys().cloned().collect(), otherwise: false };
        self.of_content.extend(edited);
        seen
    }

    /// Looks at every file.
    pub fn look(&mut self) -> Seen {
        let now = SystemTime::now();
        let of_content = stamps(&self.content, "", now);
        let others = self.others.iter().flat_map(|other| stamps(other, &other.to_string_lossy(), now));
        let of_others: BTreeMap<String, Stamp> = others.collect();
        let same_names = of_content.keys().eq(self.of_content.keys());
        let differs = |(path, stamp): (&String, &Stamp)| {
            let before = self.of_content.get(path)?;
            stamp.may_differ(*before).then(|| path.clone())
        };
        let edited = of_content.iter().filter_map(differs).collect();
        let same_others = of_others.len() == self.of_others.len()
            && of_others
                .iter()
                .zip(&self.of_others)
                .all(|((path, stamp), (known, before))| path == known && !stamp.may_differ(*before));
        (self.of_content, self.of_others) = (of_content, of_others);
        Seen { edited, otherwise: !same_names || !same_others }
    }
}

/// A file, or every file in a folder and those below it.
fn stamps(path: &Path, shown: &str, now: SystemTime) -> BTreeMap<String, Stamp> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => BTreeMap::from([(shown.to_string(), Stamp::of(&found, now))]),
        Ok(_) => walk(path, shown, now).into_iter().collect(),
        Err(_) => BTreeMap::new(),
    }
}

/// Editors and systems leave such files everywhere.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

fn walk(folder: &Path, shown: &str, now: SystemTime) -> Vec<(String, Stamp)> {
    let entries: Vec<DirEntry> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    let below = entries.par_iter().flat_map_iter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_passed_over(&name) {
            return Vec::new();
        }
        let shown = if shown.is_empty() { name } else { format!("{shown}/{name}") };
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        // What the folder knows of an entry takes half the time of looking up its path.
        let found = if is_link { fs::metadata(entry.path()) } else { entry.metadata() };
        match found {
            Ok(found) if found.is_dir() => walk(&entry.path(), &shown, now),
            Ok(found) => vec![(shown, Stamp::of(&found, now))],
            Err(_) => Vec::new(),
        }
    });
    below.collect()
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    #[test]
    fn what_is_edited_is_told_from_what_comes_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        let write = |path: &str, text: &str| {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), text).unwrap();
            // Long ago, and at a time of its own.
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + text.len() as u64);
            fs::File::options().write(true).open(at(path)).unwrap().set_modified(time).unwrap();
        };
        write("content/katalog.yaml", "a");
        write("content/tjanster/orbit.yaml", "a");
        let (content, templates, reference) = (at("content"), at("templates"), Some(at("mall.docx")));
        let mut folders = Folders::new(&Sources { content, templates, reference });
        assert_eq!(folders.look(), Seen { edited: Vec::new(), otherwise: true });
        let nothing = Seen::default();
        assert_eq!(folders.look(), nothing);
        write("content/tjanster/orbit.yaml", "ab");
        write("content/tjanster/.orbit.yaml.swp", "ab");
        assert_eq!(folders.look(), Seen { edited: vec!["tjanster/orbit.yaml".into()], otherwise: false });
        for path in ["content/tjanster/nova.yaml", "templates/pages/tjanst.md", "mall.docx"] {
            write(path, "a");
            assert_eq!(folders.look(), Seen { edited: Vec::new(), otherwise: true }, "{path} is new");
            write(path, "abc");
            let edited: Vec<String> = path.strip_prefix("content/").map(str::to_string).into_iter().collect();
            assert_eq!(folders.look(), Seen { otherwise: edited.is_empty(), edited }, "{path} says something else");
            fs::remove_file(at(path)).unwrap();
            assert_eq!(folders.look(), Seen { edited: Vec::new(), otherwise: true }, "{path} is gone");
        }
        assert_eq!(folders.look(), nothing);
        // Files are known by their names, and what has another may be anything.
        let settled = at("content").canonicalize().unwrap();
        let (orbit, nova) = (settled.join("tjanster/orbit.yaml"), settled.join("tjanster/nova.yaml"));
        assert_eq!(folders.look_at(from_ref(&orbit)), nothing);
        write("content/tjanster/orbit.yaml", "abcd");
        write("content/katalog.yaml", "abcd");
        let edited = |path: &str| Seen { edited: vec![path.into()], otherwise: false };
        assert_eq!(folders.look_at(from_ref(&orbit)), edited("tjanster/orbit.yaml"));
        assert_eq!(folders.look_at(from_ref(&orbit)), nothing);
        let passing = [settled.join("tjanster/4913"), settled.join("tjanster/.orbit.swp"), settled.join("orbit.yaml~")];
        write("content/tjanster/.orbit.swp", "a");
        assert_eq!(folders.look_at(&passing), nothing);
        write("content/tjanster/nova.yaml", "a");
        assert_eq!(folders.look_at(from_ref(&nova)), Seen { edited: vec!["katalog.yaml".into()], otherwise: true });
        fs::remove_file(&nova).unwrap();
        write("content/tjanster/orbit.yaml", "abcde");
        let edited_and_gone = Seen { edited: vec!["tjanster/orbit.yaml".into()], otherwise: true };
        assert_eq!(folders.look_at(&[orbit, nova]), edited_and_gone);
        // One that was written just now may be written again within the same tick of the clock.
        fs::write(at("content/katalog.yaml"), "b").unwrap();
        assert_eq!(folders.look(), edited("katalog.yaml"));
        assert_eq!(folders.look(), edited("katalog.yaml"));
    }
}
