//! Files to the output folder, all or nothing: a new tree is built beside the old one and takes its place in one step.
//!
//! What is beside the folder `output` while one builder at a time is at work:
//!
//! - `.output.lås` is held by the builder, and gone after it;
//! - `.output.ny` is the new tree, and once the two have changed places the old one, which is then removed;
//! - `.output.gammal` is the old tree where the file system cannot let two folders change places: it steps aside, the
//!   new tree is renamed, and the old one is removed. Between the two renames there is no output.
//!
//! A builder that is killed leaves some of them. The next one finds out who was where from what is there, puts an old
//! tree back that has nothing in its place, and removes the rest.
//!
//! Of what is left a file is removed only where the tree's list has it, holding what it held when it was written, or where
//! the output has the same file or one in the same folder that holds the same. A tree with any other file is refused and
//! left as it is. A new tree lists each file before it is written, and what it holds once it is. The limit of that: of the
//! one file that was being written, and of files of someone's that were brought from the old tree, it is not known what
//! they held, and such a file is removed from a tree that was never finished even if someone has changed it there. What is
//! changed between the comparison and the removal is not seen. After a power cut the list may lack files that are there:
//! then the tree is refused.
//!
//! The output is not forced to the disk: it can be made again, and after a power cut it has to be. (`katalog freeze`
//! forces what it writes.)

mod disk;
mod late;
mod lock;
mod manifest;
mod place;
mod rights;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Cause;
use crate::paths;
use crate::write::File;
use disk::Disk;
use lock::Lock;
use manifest::{Below, Manifest, Sum, line, sum, sum_of_file};
use place::Identity;

/// Why nothing was published. The earlier output stands.
#[derive(Debug)]
pub enum Error {
    /// The folder holds something that this program has not made.
    NotOurs(PathBuf),
    /// The folder is, holds or lies in one that is read from.
    Overlaps(PathBuf, PathBuf),
    /// A file that is read from lies in the folder, by its own path or a link to it.
    Holds(PathBuf, PathBuf),
    /// The folder lies in another output.
    Within(PathBuf, PathBuf),
    /// What a builder that was broken off has left, there, holds what nothing else does: this file and so many others.
    Left(PathBuf, PathBuf, usize),
    /// The folder can be nobody's output, and why.
    Unfit(PathBuf, &'static str),
    /// The folder holds what another command has written.
    Others(PathBuf),
    /// Something is mounted in the folder, there.
    Mounted(PathBuf),
    /// Something else has come in the folder's place since the builder began.
    Replaced(PathBuf),
    /// Another builder is at work on the folder.
    Busy(PathBuf),
    /// The folder that it lies in, where the new tree would be made, may not be written in.
    Above(PathBuf, PathBuf),
    /// A file cannot have the path that it is given, and why.
    Name(String, String),
    /// A file or folder could not be written.
    Io(PathBuf, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotOurs(path) => write!(
                f,
                "{} är eller innehåller något som katalog inte har skrivit, och skrivs därför inte över; \
                 ange en annan mapp med --output, eller flytta det som ligger där",
                path.display()
            ),
            Error::Left(left, file, others) => {
                let (left, file) = (left.display(), file.display());
                write!(f, "{left} är vad en avbruten körning har lämnat, och skulle tas bort, men {file} ")?;
                match others {
                    0 => write!(f, "finns bara där; flytta filen dit den hör")?,
                    1 => write!(f, "och en fil till finns bara där; flytta dem dit de hör")?,
                    others => write!(f, "och {others} filer till finns bara där; flytta dem dit de hör")?,
                }
                write!(f, ", eller ta bort {left} om inget där behövs, och kör kommandot igen")
            }
            Error::Overlaps(output, input) => write!(
                f,
                "utdata kan inte skrivas till {}, som ligger i, omfattar eller är {}; ange en annan mapp med --output",
                output.display(),
                input.display()
            ),
            Error::Holds(output, input) => write!(
                f,
                "utdata kan inte skrivas till {}, där {} ligger, som läses; kopiera filen till en mapp utanför och \
                 ange den där, eller ange en annan mapp med --output",
                output.display(),
                input.display()
            ),
            Error::Within(output, other) => write!(
                f,
                "utdata kan inte skrivas till {}, som ligger i en annan körnings utdata, {}; ange en annan mapp med --output",
                output.display(),
                other.display()
            ),
            Error::Unfit(output, why) => {
                write!(
                    f,
                    "utdata kan inte skrivas till {}, som {why}; ange en annan mapp med --output",
                    output.display()
                )
            }
            Error::Others(output) => write!(
                f,
                "{} innehåller vad ett annat av katalogs kommandon har skrivit, som skulle tas bort; \
                 ange en annan mapp med --output, eller ta bort den",
                output.display()
            ),
            Error::Mounted(path) => write!(
                f,
                "{} är en monteringspunkt, och det som finns där skulle tas bort med det som skrivs över; \
                 avmontera den, eller ange en annan mapp med --output",
                path.display()
            ),
            Error::Replaced(output) => write!(
                f,
                "{} har bytts ut mot något annat medan det nya skrevs, och är orört; kör kommandot igen om det ska dit",
                output.display()
            ),
            Error::Busy(output) => write!(
                f,
                "en annan körning av katalog skriver redan till {}; vänta tills den är klar",
                output.display()
            ),
            Error::Above(output, above) => write!(
                f,
                "{} går inte att skriva i: behörighet saknas; där görs det nya i ordning innan det tar platsen som {} har, så \
                 skaffa rätt att skriva i mappen, eller ange en mapp någon annanstans med --output",
                above.display(),
                output.display()
            ),
            Error::Name(path, why) => write!(f, "{path} kan inte skrivas: {why}"),
            Error::Io(path, error) => write!(f, "{} går inte att skriva: {}", path.display(), Cause(error)),
        }
    }
}

impl std::error::Error for Error {}

/// A file that someone had changed since it was written, and that is kept by another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// What was changed.
    pub file: PathBuf,
    /// Where it is now.
    pub kept: PathBuf,
}

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, kept) = (self.file.display(), self.kept.display());
        write!(f, "{file} var ändrad sedan katalog skrev den; den ändrade filen finns kvar som {kept}")
    }
}

/// Puts the files in `output` in the place of those that an earlier run put there. Top folders of which no file is
/// given, such as formats that were not asked for, stay as they were, and so does what someone else has put there.
/// `inputs` are folders and files that are read from. The result tells which files someone had changed.
pub fn publish(files: &[File], output: &Path, inputs: &[&Path]) -> Result<Vec<SetAside>, Error> {
    Output::claim(output, inputs)?.publish(files)
}

/// Puts an output back that a builder had let step aside when it was killed, where nothing has come in its place: so that
/// there is one also when nothing new is published.
pub fn put_back(output: &Path, inputs: &[&Path]) -> Result<(), Error> {
    let path = place::resolved(output);
    let is_away = !path.exists() && beside(&path, "gammal").is_dir();
    if is_away { Output::claim(output, inputs).map(drop) } else { Ok(()) }
}

/// An output folder that no other builder writes to for as long as this lives.
#[derive(Debug)]
pub struct Output {
    /// As it was given.
    shown: PathBuf,
    /// Where it is, without links.
    path: PathBuf,
    lock: Option<Lock>,
    /// Folders above it that were made for it.
    made: Vec<PathBuf>,
    disk: Disk,
}

impl Output {
    /// Takes an output folder, which need not be there yet, and clears up after a builder that was killed.
    pub fn claim(output: &Path, inputs: &[&Path]) -> Result<Output, Error> {
        Output::claim_on(Disk::default(), output, inputs)
    }

    fn claim_on(disk: Disk, output: &Path, inputs: &[&Path]) -> Result<Output, Error> {
        let path = place::resolved(output);
        place::refuse_unfit(&path, output, inputs)?;
        place::refuse_foreign(&path, output)?;
        let mut claimed = Output { shown: output.to_path_buf(), path, lock: None, made: Vec::new(), disk };
        claimed.refuse_mounted()?;
        claimed.make_above()?;
        claimed.lock = Some(Lock::take(&claimed.beside("lås"), output)?);
        claimed.clear_up().map_err(|error| claimed.shown_as_left(error))?;
        // Only now is what was there before where it was.
        place::refuse_foreign(&claimed.path, output)?;
        Ok(claimed)
    }

    /// Refuses an output with files that another command has written: of a folder that both write to, each would remove
    /// what it has not written itself.
    pub fn refuse_others(&self, is_own: impl Fn(&str) -> bool) -> Result<(), Error> {
        let written = Manifest::of(&self.path).unwrap_or_default().files;
        let is_whole = written.keys().all(|file| is_own(&file.to_string_lossy()));
        if is_whole { Ok(()) } else { Err(Error::Others(self.shown.clone())) }
    }

    /// Puts the files in place, or leaves everything as it was.
    pub fn publish(&self, files: &[File]) -> Result<Vec<SetAside>, Error> {
        let mut new = self.begin()?;
        files.iter().try_for_each(|file| new.put(file))?;
        new.finish()
    }

    /// Begins a new tree beside the old one, to which files are added one by one.
    pub fn begin(&self) -> Result<NewTree<'_>, Error> {
        self.refuse_mounted()?;
        // Before it is read: what comes in its place later is another.
        let was = Identity::of(&self.path);
        let (before, old) = (Manifest::of(&self.path).unwrap_or_default().files, Tree::of(&self.path)?);
        let mut new = NewTree {
            output: self,
            before,
            old,
            was,
            folders: BTreeSet::from([PathBuf::new()]),
            placed: Placed::default(),
            brought: BTreeMap::new(),
            list: None,
            is_done: false,
        };
        new.begin().map_err(|error| self.shown_in(error))?;
        Ok(new)
    }

    fn refuse_mounted(&self) -> Result<(), Error> {
        place::refuse_mounted(&self.path).map_err(|error| self.shown_in(error))
    }

    fn new_tree(&self) -> PathBuf {
        self.beside("ny")
    }

    fn old_tree_aside(&self) -> PathBuf {
        self.beside("gammal")
    }

    fn beside(&self, what: &str) -> PathBuf {
        beside(&self.path, what)
    }

    fn make_above(&mut self) -> Result<(), Error> {
        let above = self.path.parent().unwrap_or(Path::new(""));
        let missing: Vec<&Path> = above.ancestors().take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            match self.disk.create_folder(folder) {
                Ok(()) => self.made.push(folder.to_path_buf()),
                // A builder of another output beside it was first.
                Err(_) if folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// An error with the path as its reader knows it: that of a file of the new tree is where it will be in the output.
    fn shown_in(&self, error: Error) -> Error {
        match error {
            Error::Io(path, error) => self.shown_as_left(Error::Io(self.shown(path, &self.new_tree()), error)),
            error => self.shown_as_left(error),
        }
    }

    /// The same where no new tree is made: what a builder has left is where it is.
    fn shown_as_left(&self, error: Error) -> Error {
        match error {
            Error::NotOurs(path) => Error::NotOurs(self.shown(path, &self.path)),
            Error::Mounted(path) => Error::Mounted(self.shown(path, &self.path)),
            Error::Replaced(path) => Error::Replaced(self.shown(path, &self.path)),
            Error::Io(path, error) => Error::Io(self.shown(path, &self.path), error),
            error => error,
        }
    }

    /// A path as its reader knows it, if it lies in that folder.
    fn shown(&self, path: PathBuf, root: &Path) -> PathBuf {
        match path.strip_prefix(root) {
            Ok(below) if below.as_os_str().is_empty() => self.shown.clone(),
            Ok(below) => self.shown.join(below),
            Err(_) => path,
        }
    }

    /// Makes what a builder that was killed has left as if it had never begun, or had come to its end.
    fn clear_up(&self) -> Result<(), Error> {
        let (new, aside) = (self.new_tree(), self.old_tree_aside());
        refuse_unlike(&new, Manifest::is_begun)?;
        refuse_unlike(&aside, |folder| Manifest::of(folder).is_some())?;
        if aside.is_dir() {
            // It had stepped aside, and nothing had come in its place. An empty folder has been made by someone since.
            let is_free = !self.path.exists() || self.disk.remove_folder(&self.path).is_ok();
            if is_free { self.disk.rename(&aside, &self.path)? } else { self.remove_tree(&aside)? }
        }
        if new.is_dir() { self.remove_tree(&new) } else { Ok(()) }
    }

    /// Removes a tree that a builder has left, unless it holds anything that would be lost with it.
    fn remove_tree(&self, root: &Path) -> Result<(), Error> {
        self.remove_ours(&Tree::of(root)?, root)
    }

    fn remove_ours(&self, tree: &Tree, root: &Path) -> Result<(), Error> {
        refuse_unlike(root, Manifest::is_begun)?;
        place::refuse_mounted(root)?;
        let listed = Manifest::of(root).unwrap_or_default().files;
        let is_lost = |file: &&Below| {
            let is_as_written = listed.get(*file).is_some_and(|written| !is_changed(&root.join(file), *written));
            *file != manifest::NAME && !self.has_same(file, root) && !is_as_written && !self.has_as_much(file, root)
        };
        let mut lost = tree.files.iter().filter(is_lost);
        match lost.next() {
            Some(file) => Err(Error::Left(root.to_path_buf(), root.join(file), lost.count())),
            None => self.remove(tree, root),
        }
    }

    /// Whether a file of another tree is the output's own by a second name.
    fn has_same(&self, file: &Below, root: &Path) -> bool {
        place::is_same_file(&root.join(file), &self.path.join(file))
    }

    /// Whether the output holds what a file of another tree holds, in the same folder: one that someone has changed has
    /// another name there.
    fn has_as_much(&self, file: &Below, root: &Path) -> bool {
        let (left, here) = (root.join(file), self.path.join(file));
        let beside = here.parent().and_then(|folder| fs::read_dir(folder).ok());
        let beside = beside.into_iter().flatten().flatten().map(|entry| entry.path());
        let mut beside = beside.filter(|path| *path != here);
        place::holds_same(&left, &here) || beside.any(|path| place::holds_same(&left, &path))
    }

    /// Removes a tree of this program's; what says that it is one goes last, for whoever has to go on with it.
    fn remove(&self, tree: &Tree, root: &Path) -> Result<(), Error> {
        let Tree { files, folders, .. } = tree;
        for file in files.iter().filter(|file| *file != manifest::NAME) {
            self.disk.remove_file(&root.join(file))?;
        }
        for folder in folders.iter().rev() {
            self.disk.remove_folder(&root.join(folder))?;
        }
        if files.contains(OsStr::new(manifest::NAME)) {
            self.disk.remove_file(&root.join(manifest::NAME))?;
        }
        self.disk.remove_folder(root)
    }

    /// Lets the new tree and the old one change places, or puts back what someone has put in the old one's meanwhile.
    /// Returns where the old one is then.
    fn swap(&self, old: Identity) -> Result<Option<PathBuf>, Error> {
        let (new, aside) = (self.new_tree(), self.old_tree_aside());
        if fs::symlink_metadata(&self.path).is_err() {
            return self.disk.rename(&new, &self.path).map(|()| None);
        }
        let is_other = |left: &Path| Identity::of(left) != old;
        let replaced = || Err(Error::Replaced(self.path.clone()));
        if self.disk.exchange(&new, &self.path)? {
            if is_other(&new) {
                self.disk.exchange(&new, &self.path)?;
                return replaced();
            }
            return Ok(Some(new));
        }
        self.disk.rename(&self.path, &aside)?;
        if is_other(&aside) {
            self.disk.rename(&aside, &self.path)?;
            return replaced();
        }
        self.disk.rename(&new, &self.path).inspect_err(|_| _ = self.disk.rename(&aside, &self.path))?;
        Ok(Some(aside))
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        self.lock = None;
        // Those that have nothing in them.
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A tree that is being made, to take the old one's place. Dropped before it is finished, it is removed again: what was
/// there before has not been touched.
pub struct NewTree<'a> {
    output: &'a Output,
    /// What the program has written to the old tree.
    before: BTreeMap<Below, Option<Sum>>,
    old: Tree,
    /// The folder of the old tree, if there is one: another may come in its place.
    was: Identity,
    /// The folders of the new tree.
    folders: BTreeSet<PathBuf>,
    placed: Placed,
    /// The files of the old tree that stay, as they were when they were brought.
    brought: BTreeMap<Below, Identity>,
    list: Option<List>,
    is_done: bool,
}

/// The list of a new tree while it is made.
struct List {
    file: fs::File,
    /// What is known of the file that was listed last, now that it is written.
    known: String,
}

/// The files that a new tree has.
#[derive(Default)]
struct Placed {
    ours: Manifest,
    /// Their paths as a disk has them that does not tell capitals from small letters.
    paths: BTreeSet<String>,
    /// Those whose place in the old tree has a file that someone has changed.
    changed: Vec<Below>,
    /// The top folders that are written.
    tops: BTreeSet<Below>,
}

impl NewTree<'_> {
    fn begin(&mut self) -> Result<(), Error> {
        self.old.refuse_fixed(&self.output.path)?;
        // Nothing else of that name ever comes to an output.
        let next = OsStr::new(manifest::NEXT);
        if self.old.files.contains(next) || self.old.folders.contains(next) {
            return Err(Error::NotOurs(self.output.path.join(next)));
        }
        let new = self.output.new_tree();
        self.disk().create_folder_like(&self.output.path, &new)?;
        // What says whose it is, for whoever has to clear up after a builder that was killed.
        let path = new.join(manifest::NAME);
        self.disk().write(&path, Manifest::default().to_text().as_bytes())?;
        let file = fs::File::options().append(true).open(&path).map_err(|error| Error::Io(path, error))?;
        self.list = Some(List { file, known: String::new() });
        Ok(())
    }

    /// Lists a file that is about to be written, for whoever has to clear up after a builder that was killed.
    fn list(&mut self, path: &OsStr) -> Result<(), Error> {
        let Some(list) = &mut self.list else { return Ok(()) };
        let text = std::mem::take(&mut list.known) + &line(path, None);
        self.output.disk.append(&mut list.file, &self.output.new_tree().join(manifest::NAME), text.as_bytes())
    }

    /// Adds a file. Fails where it cannot be written, or cannot have its path.
    pub fn put(&mut self, file: &File) -> Result<(), Error> {
        self.reserve(&file.path)?;
        self.place(file).map_err(|error| self.output.shown_in(error))
    }

    /// How many files have been added.
    pub fn count(&self) -> usize {
        self.placed.paths.len()
    }

    /// Puts it in the old one's place. Top folders of which no file was added stay as they were, and so does what someone
    /// else has put in the old tree, until now. The result tells which files someone had changed.
    pub fn finish(mut self) -> Result<Vec<SetAside>, Error> {
        self.output.refuse_mounted()?;
        let old = std::mem::take(&mut self.old);
        let done = self.complete(&old).and_then(|set_aside| self.output.swap(self.was).map(|left| (set_aside, left)));
        let (set_aside, left) = done.map_err(|error| self.output.shown_in(error))?;
        self.is_done = true;
        let late = left.map(|left| self.clear(&left, &set_aside)).unwrap_or_default();
        let shown = |path: &Below| self.output.shown.join(path);
        let set_aside = set_aside.iter().map(|(file, kept)| SetAside { file: shown(file), kept: shown(kept) });
        let mut set_aside: Vec<SetAside> = set_aside.chain(late).collect();
        set_aside.sort_by(|one, other| one.file.cmp(&other.file));
        Ok(set_aside)
    }

    fn disk(&self) -> &Disk {
        &self.output.disk
    }

    /// Refuses a path that leads out, that some disk cannot have, or that some disk takes for one that there is.
    fn reserve(&mut self, path: &str) -> Result<(), Error> {
        let why = paths::fault(path).or_else(|| {
            let is_new = self.placed.paths.insert(path.to_lowercase());
            (!is_new).then(|| String::from("två filer vill ha det namnet, oavsett stora och små bokstäver"))
        });
        why.map_or(Ok(()), |why| Err(Error::Name(path.to_string(), why)))
    }

    /// Puts a file in the new tree. One that is as it was is linked from the old tree, which is quicker and keeps its time.
    fn place(&mut self, file: &File) -> Result<(), Error> {
        let (from, to) = (self.output.path.join(&file.path), self.output.new_tree().join(&file.path));
        self.list(OsStr::new(&file.path))?;
        self.create_folders(Path::new(&file.path).parent())?;
        let hides_changed = match fs::symlink_metadata(&from) {
            Err(_) => {
                self.disk().write(&to, &file.bytes)?;
                false
            }
            Ok(found) => {
                let Some(written) = self.before.get(OsStr::new(&file.path)) else { return Err(Error::NotOurs(from)) };
                // What is longer than what is written is not read to be compared with it, however long someone has made it.
                let may_be_same = found.is_file() && found.len() == file.bytes.len() as u64;
                let is_same = || fs::read(&from).is_ok_and(|held| held == file.bytes);
                if may_be_same && is_same() && self.link(&from, &to)? {
                    false
                } else {
                    self.disk().write(&to, &file.bytes)?;
                    !found.is_dir() && is_changed(&from, *written)
                }
            }
        };
        let (path, sum) = (Below::from(&file.path), sum(&file.bytes));
        if let Some(list) = &mut self.list {
            list.known = line(&path, Some(sum));
        }
        let placed = &mut self.placed;
        placed.changed.extend(hides_changed.then(|| path.clone()));
        if !placed.tops.contains(top(&path)) {
            placed.tops.insert(top(&path).to_owned());
        }
        placed.ours.files.insert(path, Some(sum));
        Ok(())
    }

    /// Brings what stays of the old tree, and writes down what is whose. Returns the files that someone has changed, with
    /// the names that they are kept by.
    fn complete(&mut self, old: &Tree) -> Result<Vec<(Below, Below)>, Error> {
        let Placed { mut ours, mut changed, tops, .. } = std::mem::take(&mut self.placed);
        let (path, new) = (&self.output.path, self.output.new_tree());
        for below in old.files.iter().filter(|below| *below != manifest::NAME) {
            let written = self.before.get(below).copied();
            if ours.files.contains_key(below) {
                continue;
            }
            if let Some(sum) = written.filter(|_| tops.contains(top(below))) {
                changed.extend(is_changed(&path.join(below), sum).then(|| below.clone()));
                continue;
            }
            if !self.bring(below, below)? {
                continue;
            }
            self.brought.insert(below.clone(), Identity::of(&new.join(below)));
            if let Some(sum) = written {
                ours.files.insert(below.clone(), sum);
            }
        }
        changed.sort();
        let mut set_aside = Vec::new();
        for (below, kept) in old.free_names(changed, &ours) {
            if self.bring(&below, &kept)? {
                set_aside.push((below, kept));
            }
        }
        // An empty folder of someone's may mean something, as it does to git.
        for folder in old.empty.iter().filter(|folder| !is_gone(&path.join(folder))) {
            self.create_folders(Some(Path::new(folder)))?;
        }
        old.without(&ours, &self.before).for_each(|folder| rights::keep_time(&path.join(folder), &new.join(folder)));
        // In one step: half a list would not say what is whose.
        self.list(OsStr::new(manifest::NEXT))?;
        self.list = None;
        self.disk().write(&new.join(manifest::NEXT), ours.to_text().as_bytes())?;
        self.disk().rename(&new.join(manifest::NEXT), &new.join(manifest::NAME))?;
        (self.placed.ours, self.placed.tops) = (ours, tops);
        Ok(set_aside)
    }

    /// Lets the new tree have a file of the old one by a name; false where it has gone since the old one was read.
    fn bring(&mut self, below: &Below, by: &Below) -> Result<bool, Error> {
        let (from, to) = (self.output.path.join(below), self.output.new_tree().join(by));
        if is_gone(&from) {
            return Ok(false);
        }
        self.list(by)?;
        self.create_folders(Path::new(by).parent())?;
        self.link(&from, &to)
    }

    /// Lets a file have a second name; false where it has gone meanwhile.
    fn link(&self, from: &Path, to: &Path) -> Result<bool, Error> {
        match self.disk().link(from, to) {
            Err(_) if is_gone(from) => Ok(false),
            linked => linked.map(|()| true),
        }
    }

    /// A folder of the new tree, and those that it lies in, but for those that there are. Who could read and write the old
    /// one, and nobody else, can the new one.
    fn create_folders(&mut self, folder: Option<&Path>) -> Result<(), Error> {
        let made = &mut self.folders;
        let missing: Vec<&Path> =
            folder.into_iter().flat_map(Path::ancestors).take_while(|folder| !made.contains(*folder)).collect();
        for folder in missing.into_iter().rev() {
            let (like, path) = (self.output.path.join(folder), self.output.new_tree().join(folder));
            // A file of someone's, or a link that leads elsewhere, which would stay by the same name.
            if self.old.files.contains(folder.as_os_str()) && !self.before.contains_key(folder.as_os_str()) {
                return Err(Error::NotOurs(like));
            }
            self.output.disk.create_folder_like(&like, &path)?;
            made.insert(folder.to_path_buf());
        }
        Ok(())
    }
}

impl Drop for NewTree<'_> {
    fn drop(&mut self) {
        self.list = None;
        if !self.is_done {
            let _ = self.output.remove_tree(&self.output.new_tree());
        }
    }
}

/// What is beside an output while a builder is at work.
fn beside(output: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(format!(".{what}"));
    output.with_file_name(name)
}

/// Whether nothing has a path any more.
fn is_gone(path: &Path) -> bool {
    let is_none = |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    fs::symlink_metadata(path).as_ref().is_err_and(is_none)
}

/// Whether someone has changed a file since it was written. One that is gone holds nothing that could be kept.
fn is_changed(path: &Path, written: Option<Sum>) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else { return !is_gone(path) };
    // Where nothing is known of what was written, nothing can be compared; what cannot be read may be anything. An empty
    // file has nothing to be kept.
    let differs = |written| found.len() > 0 && sum_of_file(path).map_or(true, |held| held != written);
    !found.is_file() || written.is_some_and(differs)
}

/// What is in a folder, by paths below it.
#[derive(Debug, Default)]
struct Tree {
    files: BTreeSet<Below>,
    /// Each before those in it.
    folders: BTreeSet<Below>,
    empty: BTreeSet<Below>,
}

impl Tree {
    /// What is in a folder; nothing where there is none.
    fn of(root: &Path) -> Result<Tree, Error> {
        let mut tree = Tree::default();
        if root.is_dir() {
            tree.read(root, OsStr::new(""))?;
        }
        Ok(tree)
    }

    fn read(&mut self, root: &Path, below: &OsStr) -> Result<(), Error> {
        let folder = root.join(below);
        let named = |error| Error::Io(folder.clone(), error);
        let mut is_empty = true;
        for entry in fs::read_dir(&folder).map_err(named)? {
            let entry = entry.map_err(named)?;
            let mut path = below.to_owned();
            if !below.is_empty() {
                path.push("/");
            }
            path.push(entry.file_name());
            is_empty = false;
            if entry.file_type().map_err(named)?.is_dir() {
                self.folders.insert(path.clone());
                self.read(root, &path)?;
            } else {
                self.files.insert(path);
            }
        }
        if is_empty && !below.is_empty() {
            self.empty.insert(below.to_owned());
        }
        Ok(())
    }

    /// Refuses what could take the new tree's place but never be removed.
    fn refuse_fixed(&self, root: &Path) -> Result<(), Error> {
        let folders = self.folders.iter().map(|folder| root.join(folder));
        for folder in folders.chain(root.is_dir().then(|| root.to_path_buf())) {
            may_write(&folder).and_then(|()| may_remove(&folder)).map_err(|error| Error::Io(folder, error))?;
        }
        for file in &self.files {
            let file = root.join(file);
            may_remove(&file).map_err(|error| Error::Io(file, error))?;
        }
        Ok(())
    }

    /// The folders in which the program has written nothing.
    fn without(&self, ours: &Manifest, before: &BTreeMap<Below, Option<Sum>>) -> impl Iterator<Item = &Below> {
        let all = ours.files.keys().chain(before.keys());
        let written: BTreeSet<PathBuf> =
            all.flat_map(|file| Path::new(file).ancestors().skip(1)).map(Path::to_path_buf).collect();
        self.folders.iter().filter(move |folder| !written.contains(Path::new(folder)))
    }

    /// A name for each file by which it can be kept beside the one that takes its place.
    fn free_names(&self, changed: Vec<Below>, ours: &Manifest) -> Vec<(Below, Below)> {
        let is_free = |path: &Below| !self.files.contains(path) && !ours.files.contains_key(path);
        let free = |path: Below| {
            let kept = (1..).map(|number| changed_name(Path::new(&path), number)).find(is_free)?;
            Some((path, kept))
        };
        changed.into_iter().filter_map(free).collect()
    }
}

/// `a.andrad.docx`, `a.andrad-2.docx`: it still opens in the same program.
fn changed_name(path: &Path, number: u32) -> Below {
    let mark = if number == 1 { String::from("andrad") } else { format!("andrad-{number}") };
    let ending = path.extension().map(|ending| format!("{mark}.{}", ending.to_string_lossy()));
    path.with_extension(ending.unwrap_or(mark)).into_os_string()
}

fn top(path: &OsStr) -> &OsStr {
    Path::new(path).components().next().map_or(path, |first| first.as_os_str())
}

#[cfg(target_os = "linux")]
fn may_write(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)?)
}

#[cfg(not(target_os = "linux"))]
fn may_write(folder: &Path) -> io::Result<()> {
    match fs::metadata(folder)?.permissions().readonly() && cfg!(unix) {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(()),
    }
}

/// Whether a file or folder has been fixed where it is (`chattr +i`, `+a`), for whoever owns it too, or lies in a folder
/// where everyone may remove their own only (`chmod +t`).
#[cfg(target_os = "linux")]
fn may_remove(path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    // A system that is too old to say it has said nothing.
    let Ok(found) = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::UID) else { return Ok(()) };
    let fixed = StatxAttributes::IMMUTABLE | StatxAttributes::APPEND;
    match found.stx_attributes.intersects(fixed) || is_kept_for_another(path, found.stx_uid) {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(()),
    }
}

/// The folder above is looked at only for what is another's: thousands of files are mostly one's own.
#[cfg(target_os = "linux")]
fn is_kept_for_another(path: &Path, owner: u32) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = rustix::process::geteuid();
    if user.is_root() || user.as_raw() == owner {
        return false;
    }
    let above = path.parent().and_then(|above| fs::symlink_metadata(above).ok());
    above.is_some_and(|above| above.mode() & 0o1000 != 0 && above.uid() != user.as_raw())
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "as where it can fail")]
fn may_remove(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Refuses something of someone's that has the name of what a builder leaves, and is not like that.
fn refuse_unlike(left: &Path, is_left: impl Fn(&Path) -> bool) -> Result<(), Error> {
    let Ok(found) = fs::symlink_metadata(left) else { return Ok(()) };
    let is_empty = || fs::read_dir(left).is_ok_and(|mut entries| entries.next().is_none());
    if found.is_dir() && (is_left(left) || is_empty()) {
        return Ok(());
    }
    Err(Error::NotOurs(left.to_path_buf()))
}
