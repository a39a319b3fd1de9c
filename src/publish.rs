//! Files to the output folder, all or nothing: a new tree is built beside the old one and takes its place in one step.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::write::File;

/// Marks a folder as made by this program, and lists the files in it that are: only such a folder, or an empty one, is
/// ever replaced, and only such files are ever removed.
const MANIFEST: &str = ".katalog";

const MANIFEST_HEAD: &str =
    "Filerna nedan är skrivna av katalog och ersätts vid nästa körning. Övriga filer lämnas kvar.";

/// Why nothing was published. The earlier output stands.
#[derive(Debug)]
pub enum Error {
    /// The folder holds something that this program has not made.
    NotOurs(PathBuf),
    /// The folder is, holds or lies in one that is read from.
    Overlaps(PathBuf, PathBuf),
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
            Error::Overlaps(output, input) => write!(
                f,
                "utdata kan inte skrivas till {}, som ligger i, omfattar eller är {}; ange en annan mapp med --output",
                output.display(),
                input.display()
            ),
            Error::Io(path, error) => write!(f, "{} går inte att skriva: {error}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

/// Puts the files in `output` in the place of those that an earlier run put there. Top folders of which no file is
/// given, such as formats that were not asked for, stay as they were, and so does what someone else has put there.
/// `inputs` are folders that are read from.
pub fn publish(files: &[File], output: &Path, inputs: &[&Path]) -> Result<(), Error> {
    refuse_overlap(output, inputs)?;
    refuse_foreign(output)?;
    let (parent, name) = parent_and_name(output);
    let new = parent.join(format!(".{name}.ny"));
    remove_if_there(&new)?;
    let result = build(files, output, &new).and_then(|()| swap(&new, output));
    // What could not be finished is of no use; what was there before has not been touched.
    if result.is_err() {
        let _ = fs::remove_dir_all(&new);
    }
    result
}

fn parent_and_name(output: &Path) -> (PathBuf, String) {
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = output.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy().into_owned());
    (parent.to_path_buf(), name)
}

fn refuse_overlap(output: &Path, inputs: &[&Path]) -> Result<(), Error> {
    let output_path = absolute(output);
    for input in inputs {
        let input_path = absolute(input);
        if output_path.starts_with(&input_path) || input_path.starts_with(&output_path) {
            return Err(Error::Overlaps(output.to_path_buf(), input.to_path_buf()));
        }
    }
    Ok(())
}

/// The path without links, as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let existing = path.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    match existing {
        Some((ancestor, real)) => real.join(path.strip_prefix(ancestor).unwrap_or(Path::new(""))),
        None => path,
    }
}

fn refuse_foreign(output: &Path) -> Result<(), Error> {
    let at = |error| Error::Io(output.to_path_buf(), error);
    if fs::symlink_metadata(output).is_err() {
        return Ok(());
    }
    let is_folder = fs::symlink_metadata(output).map_err(at)?.is_dir();
    if !is_folder {
        return Err(Error::NotOurs(output.to_path_buf()));
    }
    let empty = fs::read_dir(output).map_err(at)?.next().is_none();
    if empty || output.join(MANIFEST).is_file() { Ok(()) } else { Err(Error::NotOurs(output.to_path_buf())) }
}

/// Writes the new tree. A file that is as it was is linked from the old one, which is quicker and keeps its time.
fn build(files: &[File], old: &Path, new: &Path) -> Result<(), Error> {
    create_folder(new)?;
    let ours_before = manifest(old);
    let mut ours: BTreeSet<String> = BTreeSet::new();
    let mut tops = BTreeSet::new();
    let mut folders = BTreeSet::new();
    for file in files {
        tops.insert(top(&file.path));
        let before = old.join(&file.path);
        if !ours_before.contains(&file.path) && before.exists() {
            return Err(Error::NotOurs(before));
        }
        let same = fs::read(&before).is_ok_and(|bytes| bytes == file.bytes);
        let target = new.join(&file.path);
        let folder = target.parent().unwrap_or(new).to_path_buf();
        if !folders.contains(&folder) {
            create_folder(&folder)?;
            folders.insert(folder);
        }
        if !(same && fs::hard_link(&before, &target).is_ok()) {
            fs::write(&target, &file.bytes).map_err(|error| Error::Io(target, error))?;
        }
        ours.insert(file.path.clone());
    }
    for path in files_below(old, "")? {
        let is_ours = ours_before.contains(&path);
        let stale = is_ours && tops.contains(top(&path));
        if stale || ours.contains(&path) || path == MANIFEST {
            continue;
        }
        keep(&old.join(&path), &new.join(&path))?;
        if is_ours {
            ours.insert(path);
        }
    }
    let list: String = ours.iter().map(|path| format!("{path}\n")).collect();
    let manifest = new.join(MANIFEST);
    fs::write(&manifest, format!("{MANIFEST_HEAD}\n{list}")).map_err(|error| Error::Io(manifest, error))
}

/// The files that an earlier run wrote; none where there was no such run.
fn manifest(output: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(output.join(MANIFEST)).unwrap_or_default();
    text.lines().skip(1).map(str::to_string).collect()
}

fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// Every file below a folder, by its path under it; none where there is no such folder.
fn files_below(root: &Path, below: &str) -> Result<Vec<String>, Error> {
    let folder = if below.is_empty() { root.to_path_buf() } else { root.join(below) };
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::Io(folder.clone(), error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        let kind = entry.file_type().map_err(|error| Error::Io(entry.path(), error))?;
        if kind.is_dir() {
            files.extend(files_below(root, &path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// Takes a file over from the old tree to the new.
fn keep(from: &Path, to: &Path) -> Result<(), Error> {
    create_folder(to.parent().unwrap_or(to))?;
    if fs::hard_link(from, to).is_err() {
        fs::copy(from, to).map_err(|error| Error::Io(to.to_path_buf(), error))?;
    }
    Ok(())
}

fn create_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::Io(path.to_path_buf(), error))
}

fn remove_if_there(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::Io(path.to_path_buf(), error)),
        _ => Ok(()),
    }
}

/// Lets the new tree and the old one change places, and removes the old.
fn swap(new: &Path, output: &Path) -> Result<(), Error> {
    let at = |error| Error::Io(output.to_path_buf(), error);
    if !output.exists() {
        return fs::rename(new, output).map_err(at);
    }
    exchange(new, output).map_err(at)?;
    remove_if_there(new)
}

#[cfg(target_os = "linux")]
fn exchange(new: &Path, output: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, output, RenameFlags::EXCHANGE) {
        // Some file systems cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => exchange_in_steps(new, output),
        result => result.map_err(io::Error::from),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, output: &Path) -> io::Result<()> {
    exchange_in_steps(new, output)
}

/// Two renames, with the old tree beside for a moment; it is put back if the new one cannot take its place.
fn exchange_in_steps(new: &Path, output: &Path) -> io::Result<()> {
    let (parent, name) = parent_and_name(output);
    let aside = parent.join(format!(".{name}.gammal"));
    fs::rename(output, &aside)?;
    if let Err(error) = fs::rename(new, output) {
        fs::rename(&aside, output)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), bytes: text.into() }
    }

    #[test]
    fn what_is_not_ours_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        fs::create_dir(&output).unwrap();
        fs::write(output.join("brev.txt"), "viktigt").unwrap();
        let result = publish(&[file("html/a.html", "a")], &output, &[]);
        assert!(matches!(result, Err(Error::NotOurs(_))));
        assert_eq!(fs::read_to_string(output.join("brev.txt")).unwrap(), "viktigt");
    }

    #[test]
    fn input_is_no_output() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir(&content).unwrap();
        for output in [content.clone(), content.join("ut"), folder.path().to_path_buf()] {
            assert!(matches!(publish(&[], &output, &[&content]), Err(Error::Overlaps(..))), "{output:?}");
        }
    }

    #[test]
    fn a_new_edition_takes_the_place_of_the_old_and_other_formats_stay() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        publish(&[file("html/a.html", "1"), file("html/b.html", "1"), file("word/a.docx", "1")], &output, &[]).unwrap();
        publish(&[file("html/a.html", "2")], &output, &[]).unwrap();
        assert_eq!(fs::read_to_string(output.join("html/a.html")).unwrap(), "2");
        assert!(!output.join("html/b.html").exists());
        assert!(output.join("word/a.docx").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_someone_else_puts_in_the_output_stays() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        publish(&[file("html/a.html", "1"), file("html/b.html", "1")], &output, &[]).unwrap();
        fs::write(output.join("brev.txt"), "viktigt").unwrap();
        fs::write(output.join("html/egen.html"), "min").unwrap();
        publish(&[file("html/a.html", "2")], &output, &[]).unwrap();
        assert_eq!(fs::read_to_string(output.join("brev.txt")).unwrap(), "viktigt");
        assert_eq!(fs::read_to_string(output.join("html/egen.html")).unwrap(), "min");
        assert!(!output.join("html/b.html").exists());
        // A page of that name would take the place of someone's file.
        let result = publish(&[file("html/egen.html", "vår")], &output, &[]);
        assert!(matches!(result, Err(Error::NotOurs(path)) if path.ends_with("html/egen.html")));
        assert_eq!(fs::read_to_string(output.join("html/egen.html")).unwrap(), "min");
    }

    #[test]
    fn a_build_that_cannot_be_finished_leaves_the_old_output() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        publish(&[file("html/a.html", "1")], &output, &[]).unwrap();
        // A file cannot be a folder too.
        let result = publish(&[file("html/a", "2"), file("html/a/b", "2")], &output, &[]);
        assert!(matches!(result, Err(Error::Io(..))));
        assert_eq!(fs::read_to_string(output.join("html/a.html")).unwrap(), "1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
