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

/// So many names deep the sources are read: in a folder of a kind there may be one that should not be there, with files.
/// What lies further down is nobody's.
const DEEPEST: usize = 3;

/// The folders of the sources, as they were when someone last looked.
pub struct Folders {
    content: PathBuf,
    /// The same as the system names it.
    settled: Option<PathBuf>,
    others: Vec<PathBuf>,
    of_content: BTreeMap<String, Stamp>,
    /// Files of the content that links lead to, as the system names them, with the paths by which they are read.
    linked: BTreeMap<PathBuf, Vec<String>>,
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

/// What a path is of the sources.
enum Named {
    /// These files of the content: the one of this path, and those that are links to it. None where nobody reads it.
    Edited(Vec<String>),
    /// Another source than those, which may say something else.
    Other,
    /// What takes a look at every file.
    Unknown,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: Option<SystemTime>,
    size: u64,
    /// What a file that takes another's place has of its own, whatever its size and time.
    own: (u64, i64, i64),
    is_young: bool,
    way: Way,
}

/// How a file is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By no link.
    Straight,
    /// By a link, be it one to a folder that it is in.
    Link,
    /// It is a link that nobody follows.
    Refused,
}

impl Stamp {
    fn of(found: &Metadata, way: Way, now: SystemTime) -> Stamp {
        let changed = found.modified().ok();
        let is_young = changed.is_none_or(|changed| now.duration_since(changed).is_ok_and(|age| age < YOUNG));
        Stamp { changed, size: found.len(), own: own(found), is_young, way }
    }

    fn may_differ(self, before: Stamp) -> bool {
        before.is_young || (self.changed, self.size, self.own) != (before.changed, before.size, before.own)
    }
}

/// The file's number, and when the system last noted anything of it, which nobody sets.
#[cfg(unix)]
fn own(found: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), found.ctime(), found.ctime_nsec())
}

/// Nothing, where the system tells of none such.
#[cfg(not(unix))]
fn own(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

impl Folders {
    /// Those of these sources, which nobody has looked at yet.
    pub fn new(sources: &Sources) -> Folders {
        let others = [Some(sources.templates.clone()), sources.reference.clone()].into_iter().flatten().collect();
        let (of_content, of_others, linked) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let settled = sources.content.canonicalize().ok();
        Folders { content: sources.content.clone(), settled, others, of_content, of_others, linked }
    }

    /// Looks at some files, or at every one where none is given or some cannot be known by its name. A file that is given is
    /// taken for edited: it may have been written with as many letters as it had, and the time that it had.
    pub fn look_at(&mut self, paths: &[PathBuf]) -> Seen {
        let named: Vec<Named> = paths.iter().map(|path| self.named(path)).collect();
        let is_known = !named.is_empty() && named.iter().all(|one| matches!(one, Named::Edited(_)));
        let mut seen = if is_known { Seen::default() } else { self.look() };
        seen.otherwise |= named.iter().any(|one| matches!(one, Named::Other));
        let edited = named.into_iter().flat_map(|one| if let Named::Edited(paths) = one { paths } else { Vec::new() });
        seen.edited.extend(edited);
        seen.edited.sort();
        seen.edited.dedup();
        let now = SystemTime::now();
        for path in &seen.edited {
            let known = self.of_content.get_mut(path).filter(|known| known.way != Way::Refused);
            if let (Some(known), Ok(found)) = (known, fs::metadata(self.content.join(path))) {
                *known = Stamp::of(&found, known.way, now);
            }
        }
        seen
    }

    /// What a path is of the sources.
    fn named(&self, path: &Path) -> Named {
        let is_file = fs::metadata(path).map(|found| found.is_file());
        let shown = self.settled.as_ref().and_then(|content| path.strip_prefix(content).ok());
        let Some(shown) = shown.map(|path| path.to_string_lossy().replace('\\', "/")) else {
            let is_passed_over = path.file_name().is_none_or(|name| is_passed_over(&name.to_string_lossy()));
            return if matches!(is_file, Ok(true)) && !is_passed_over { Named::Other } else { Named::Unknown };
        };
        let mut edited = self.linked.get(path).cloned().unwrap_or_default();
        match (self.of_content.get(&shown), is_file) {
            // It may lead to another file now.
            (Some(known), _) if known.way != Way::Straight || path.is_symlink() => Named::Other,
            (Some(_), Ok(true)) => {
                edited.push(shown);
                Named::Edited(edited)
            }
            (None, Ok(true)) if !edited.is_empty() => Named::Edited(edited),
            // A folder, which may have been moved away with all that is in it: that is told of it alone.
            (None, _) if !edited.is_empty() || self.has_below(path, &shown) => Named::Unknown,
            // What an editor has had for a moment.
            (None, Err(error)) if error.kind() == ErrorKind::NotFound => Named::Edited(edited),
            (None, _) if shown.split('/').any(is_passed_over) => Named::Edited(edited),
            _ => Named::Unknown,
        }
    }

    /// Whether files lay below a path, by their own names or by what links lead to, when someone last looked.
    fn has_below(&self, path: &Path, shown: &str) -> bool {
        let below = if shown.is_empty() { String::new() } else { format!("{shown}/") };
        let is_below = |(first, _): (&String, &Stamp)| first.starts_with(&below);
        self.of_content.range(below.clone()..).next().is_some_and(is_below)
            || self.linked.keys().any(|target| target.starts_with(path))
    }

    /// Looks at every file.
    pub fn look(&mut self) -> Seen {
        let now = SystemTime::now();
        // It may be a link that leads elsewhere now.
        self.settled = self.content.canonicalize().ok();
        let of_content = stamps(&self.content, "", now);
        let others = self.others.iter().flat_map(|other| stamps(other, &other.to_string_lossy(), now));
        let of_others: BTreeMap<String, Stamp> = others.collect();
        let is_same_name = |((path, stamp), (known, before)): ((&String, &Stamp), (&String, &Stamp))| {
            path == known && (stamp.way == Way::Refused) == (before.way == Way::Refused)
        };
        let same_names =
            of_content.len() == self.of_content.len() && of_content.iter().zip(&self.of_content).all(is_same_name);
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
        self.linked = self.linked();
        Seen { edited, otherwise: !same_names || !same_others }
    }

    fn linked(&self) -> BTreeMap<PathBuf, Vec<String>> {
        let mut linked: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
        for (path, _) in self.of_content.iter().filter(|(_, stamp)| stamp.way == Way::Link) {
            if let Ok(target) = self.content.join(path).canonicalize() {
                linked.entry(target).or_default().push(path.clone());
            }
        }
        linked
    }
}

/// A file, or every file in a folder and those below it.
fn stamps(path: &Path, shown: &str, now: SystemTime) -> BTreeMap<String, Stamp> {
    // As the system names it, so that it can be told what a link in it leads to.
    let Ok(root) = path.canonicalize() else { return BTreeMap::new() };
    match fs::metadata(&root) {
        Ok(found) if found.is_file() => BTreeMap::from([(shown.to_string(), Stamp::of(&found, Way::Straight, now))]),
        Ok(_) => walk(&root, &root, shown, Way::Straight, now, DEEPEST).into_iter().collect(),
        Err(_) => BTreeMap::new(),
    }
}

/// Editors and systems leave such files everywhere.
fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

/// Every file in a folder that lies in `root` or is it, and in those below it as far as there are levels `left`. A folder
/// below them is one thing: it is told of when something comes in it or goes.
fn walk(root: &Path, folder: &Path, shown: &str, way: Way, now: SystemTime, left: usize) -> Vec<(String, Stamp)> {
    let entries: Vec<DirEntry> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    let below = entries.par_iter().flat_map_iter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_passed_over(&name) {
            return Vec::new();
        }
        let shown = if shown.is_empty() { name } else { format!("{shown}/{name}") };
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let (found, way) = match is_link {
            false => (entry.metadata(), way),
            true => match followed(root, entry, way) {
                Some(found) => (Ok(found), Way::Link),
                None => (entry.metadata(), Way::Refused),
            },
        };
        match found {
            Ok(found) if found.is_dir() && left > 1 => walk(root, &entry.path(), &shown, way, now, left - 1),
            Ok(found) => vec![(shown, Stamp::of(&found, way, now))],
            Err(_) => Vec::new(),
        }
    });
    below.collect()
}

/// What a link leads to. None where it leads nowhere, out of `root` or to a folder that it is in, nor to any folder where
/// a link has led to it: the sources are read no deeper than that, and there is no end to links that lead round.
fn followed(root: &Path, link: &DirEntry, way: Way) -> Option<Metadata> {
    let target = link.path().canonicalize().ok().filter(|target| target.starts_with(root))?;
    let found = fs::metadata(&target).ok()?;
    let is_for_good = found.is_dir() && (way == Way::Link || link.path().starts_with(&target));
    (!is_for_good).then_some(found)
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
        let edited = |path: &str| Seen { edited: vec![path.into()], otherwise: false };
        // It is read anew whatever its length and time.
        assert_eq!(folders.look_at(from_ref(&orbit)), edited("tjanster/orbit.yaml"));
        write("content/tjanster/orbit.yaml", "abcd");
        write("content/katalog.yaml", "abcd");
        assert_eq!(folders.look_at(from_ref(&orbit)), edited("tjanster/orbit.yaml"));
        let passing = [settled.join("tjanster/4913"), settled.join("tjanster/.orbit.swp"), settled.join("orbit.yaml~")];
        write("content/tjanster/.orbit.swp", "a");
        assert_eq!(folders.look_at(&passing), nothing);
        write("content/tjanster/nova.yaml", "a");
        assert_eq!(folders.look_at(from_ref(&nova)), Seen { edited: vec!["katalog.yaml".into()], otherwise: true });
        fs::remove_file(&nova).unwrap();
        write("content/tjanster/orbit.yaml", "abcde");
        let edited_and_gone = Seen { edited: vec!["tjanster/orbit.yaml".into()], otherwise: true };
        assert_eq!(folders.look_at(&[orbit, nova]), edited_and_gone);
        write("templates/pages/tjanst.md", "a");
        assert_eq!(folders.look(), Seen { edited: Vec::new(), otherwise: true });
        let template = at("templates").canonicalize().unwrap().join("pages/tjanst.md");
        assert_eq!(folders.look_at(from_ref(&template)), Seen { edited: Vec::new(), otherwise: true });
        // A folder that is moved away is told of by its own name, and what else is edited meanwhile is seen with it.
        write("content/tjanster-av-annat-slag/nova.yaml", "a");
        folders.look();
        fs::rename(at("content/tjanster"), at("tjanster")).unwrap();
        write("content/katalog.yaml", "abcde");
        let (kind, catalogue) = (settled.join("tjanster"), settled.join("katalog.yaml"));
        let with_it = Seen { edited: vec!["katalog.yaml".into()], otherwise: true };
        assert_eq!(folders.look_at(&[catalogue, kind.clone()]), with_it);
        assert_eq!(folders.look_at(from_ref(&kind)), nothing);
        // One that was written just now may be written again within the same tick of the clock.
        fs::write(at("content/katalog.yaml"), "b").unwrap();
        assert_eq!(folders.look(), edited("katalog.yaml"));
        assert_eq!(folders.look(), edited("katalog.yaml"));
    }

    #[test]
    fn folders_are_looked_in_no_deeper_than_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let (content, templates) = (folder.path().join("content"), folder.path().join("templates"));
        // As far down as every system has room for.
        let below: PathBuf = std::iter::repeat_n("d", 60).collect();
        fs::create_dir_all(content.join(&below)).unwrap();
        fs::write(content.join("d/d/x.yaml"), "a").unwrap();
        fs::write(content.join(below).join("x.yaml"), "a").unwrap();
        let mut folders = Folders::new(&Sources { content: content.clone(), templates, reference: None });
        folders.look();
        assert_eq!(folders.of_content.keys().collect::<Vec<_>>(), ["d/d/d", "d/d/x.yaml"]);
        fs::write(content.join("d/d/d/y.yaml"), "a").unwrap();
        assert_eq!(folders.look().edited.first().map(String::as_str), Some("d/d/d"));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_or_round_are_not_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        for path in ["content/texter", "content/bilder", "content/delade", "utanför", "templates/pages"] {
            fs::create_dir_all(at(path)).unwrap();
        }
        for path in ["content/delade/x.md", "utanför/y.md", "templates/pages/z.md"] {
            fs::write(at(path), "a").unwrap();
        }
        let links = [
            ("content/bilder/delade", "../delade"),
            ("content/bilder/delade-igen", "../delade"),
            ("content/delade/bilder", "../bilder"),
            ("content/delade/ingenstans", ".borta"),
            ("content/texter/a", "."),
            ("content/texter/b", ".."),
            ("content/texter/ut", "/"),
            ("content/texter/ut.md", "../../utanför/y.md"),
            ("templates/pages/ut", "/"),
            ("templates/pages/runt", "../pages"),
        ];
        for (path, target) in links {
            symlink(target, at(path)).unwrap();
        }
        let (content, templates) = (at("content"), at("templates"));
        let mut folders = Folders::new(&Sources { content, templates, reference: None });
        folders.look();
        let names = |way: Way| -> Vec<&str> {
            let of_way = folders.of_content.iter().filter(|(_, stamp)| stamp.way == way);
            of_way.map(|(path, _)| path.as_str()).collect()
        };
        assert_eq!(names(Way::Straight), ["delade/x.md"]);
        assert_eq!(names(Way::Link), ["bilder/delade-igen/x.md", "bilder/delade/x.md"]);
        let refused = [
            "bilder/delade-igen/bilder",
            "bilder/delade-igen/ingenstans",
            "bilder/delade/bilder",
            "bilder/delade/ingenstans",
            "delade/bilder/delade",
            "delade/bilder/delade-igen",
            "delade/ingenstans",
            "texter/a",
            "texter/b",
            "texter/ut",
            "texter/ut.md",
        ];
        assert_eq!(names(Way::Refused), refused);
        assert_eq!(folders.of_others.len(), 3);
        // What is outside may change. That such a link is gone, or leads somewhere, is seen.
        fs::write(at("utanför/y.md"), "ab").unwrap();
        std::thread::sleep(YOUNG);
        folders.look();
        assert_eq!(folders.look(), Seen::default());
        fs::write(at("content/delade/.borta"), "a").unwrap();
        assert!(folders.look().otherwise);
        let gone = at("content").canonicalize().unwrap().join("texter/ut");
        fs::remove_file(&gone).unwrap();
        assert!(folders.look_at(from_ref(&gone)).otherwise);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_edited_by_both_names() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        for path in ["tjanster", "delade"] {
            fs::create_dir_all(content.join(path)).unwrap();
        }
        for path in ["tjanster/.orbit", "tjanster/nova.yaml", "delade/x.md"] {
            fs::write(content.join(path), "a").unwrap();
        }
        symlink(".orbit", content.join("tjanster/orbit.yaml")).unwrap();
        symlink("orbit.yaml", content.join("tjanster/terra.yaml")).unwrap();
        symlink("nova.yaml", content.join("tjanster/luna.yaml")).unwrap();
        symlink("delade", content.join("texter")).unwrap();
        let (templates, reference) = (folder.path().join("templates"), None);
        let mut folders = Folders::new(&Sources { content: content.clone(), templates, reference });
        folders.look();
        let settled = content.canonicalize().unwrap();
        let mut edited = |path: &str| {
            let seen = folders.look_at(&[settled.join(path)]);
            assert!(!seen.otherwise, "{path}");
            seen.edited
        };
        assert_eq!(edited("tjanster/.orbit"), ["tjanster/orbit.yaml", "tjanster/terra.yaml"]);
        assert_eq!(edited("tjanster/nova.yaml"), ["tjanster/luna.yaml", "tjanster/nova.yaml"]);
        assert_eq!(edited("delade/x.md"), ["delade/x.md", "texter/x.md"]);
        let link = settled.join("tjanster/orbit.yaml");
        fs::remove_file(&link).unwrap();
        symlink("nova.yaml", &link).unwrap();
        assert!(folders.look_at(from_ref(&link)).otherwise, "it leads to another file");
        let nova = settled.join("tjanster/nova.yaml");
        fs::rename(&nova, settled.join("tjanster/.nova")).unwrap();
        symlink(".nova", &nova).unwrap();
        assert!(folders.look_at(from_ref(&nova)).otherwise, "it has become a link");
        let both = ["tjanster/luna.yaml", "tjanster/nova.yaml", "tjanster/orbit.yaml", "tjanster/terra.yaml"];
        assert_eq!(folders.look_at(&[settled.join("tjanster/.nova")]).edited, both);
        fs::remove_file(settled.join("tjanster/.nova")).unwrap();
        assert!(folders.look_at(&[settled.join("tjanster/.nova")]).otherwise, "it leads nowhere");
        fs::rename(settled.join("delade"), settled.join(".delade")).unwrap();
        fs::remove_file(settled.join("texter")).unwrap();
        symlink(".delade", settled.join("texter")).unwrap();
        folders.look();
        fs::rename(settled.join(".delade"), folder.path().join("delade")).unwrap();
        assert!(folders.look_at(&[settled.join(".delade")]).otherwise, "the folder that a link leads to is moved away");
    }
}
