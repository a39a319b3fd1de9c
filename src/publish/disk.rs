//! Every change to the disk that publishing makes, in one place: so that a test can let any of them fail.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Error;
use super::rights;

/// Makes changes to the disk, and names the file when one fails.
#[derive(Debug, Default)]
pub struct Disk {
    #[cfg(test)]
    pub faults: super::tests::Faults,
}

impl Disk {
    /// Before each change: a test may let it fail.
    #[cfg(test)]
    fn change(&self) -> io::Result<()> {
        self.faults.change()
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "a test may let it fail")]
    fn change(&self) -> io::Result<()> {
        Ok(())
    }

    /// A new folder, which must not be there.
    pub fn create_folder(&self, path: &Path) -> Result<(), Error> {
        named(path, self.change().and_then(|()| fs::create_dir(path)))
    }

    /// A new folder, which must not be there, with the rights of the one whose place it is to take.
    pub fn create_folder_like(&self, like: &Path, path: &Path) -> Result<(), Error> {
        named(path, self.change().and_then(|()| rights::create_folder_like(like, path)))
    }

    /// A new file, which must not be there: what has that name may be the old tree's file too.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        named(path, fs::File::create_new(path).and_then(|mut file| self.fill(&mut file, bytes)))
    }

    /// More bytes for a file of the new tree's own, which is open.
    pub fn append(&self, file: &mut fs::File, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        named(path, self.fill(file, bytes))
    }

    fn fill(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
        // A disk that is full takes the beginning.
        self.change().inspect_err(|_| _ = file.write_all(&bytes[..bytes.len() / 2]))?;
        file.write_all(bytes)
    }

    /// The same file by another name; a copy where the file system has no links.
    pub fn link(&self, from: &Path, to: &Path) -> Result<(), Error> {
        if self.change().and_then(|()| fs::hard_link(from, to)).is_ok() {
            return Ok(());
        }
        named(to, self.change().and_then(|()| copy(from, to)))
    }

    /// Another name for a file or folder.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        named(to, self.change().and_then(|()| fs::rename(from, to)))
    }

    /// Lets two folders change names in one step; false where the file system cannot.
    pub fn exchange(&self, one: &Path, other: &Path) -> Result<bool, Error> {
        #[cfg(test)]
        if self.faults.cannot_exchange {
            return Ok(false);
        }
        named(other, self.change().and_then(|()| exchange(one, other)))
    }

    pub fn remove_file(&self, path: &Path) -> Result<(), Error> {
        named(path, self.change().and_then(|()| fs::remove_file(path)))
    }

    /// Removes a folder, which must be empty.
    pub fn remove_folder(&self, path: &Path) -> Result<(), Error> {
        named(path, self.change().and_then(|()| fs::remove_dir(path)))
    }
}

fn named<T>(path: &Path, result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|error| Error::Io(path.to_path_buf(), error))
}

/// A copy of a file; a link stays a link.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if fs::symlink_metadata(from)?.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    rights::copy_file(from, to)
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Some file systems cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "as where it can fail")]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
