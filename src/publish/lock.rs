//! One builder at a time: a file beside the output folder that the builder holds, and that the system lets go of when
//! the program ends, however it ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Error;

/// The file while it is held.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock at `path`, unless someone has it.
    pub fn take(path: &Path, output: &Path) -> Result<Lock, Error> {
        let named = |error| Error::Io(path.to_path_buf(), error);
        loop {
            // Something of someone's that happens to have the name.
            if fs::symlink_metadata(path).is_ok_and(|found| !found.is_file() || found.len() > 0) {
                return Err(Error::NotOurs(path.to_path_buf()));
            }
            let file = opened(path, output)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Error::Busy(output.to_path_buf())),
                Err(TryLockError::Error(error)) => return Err(named(error)),
            }
            // Whoever had it may have taken the file away between the two: then it holds nobody back.
            if is_at(&file, path).map_err(named)? {
                return Ok(Lock { path: path.to_path_buf(), _file: file });
            }
        }
    }
}

/// The file, made where there is none. Another user's may not be written to, but who may read it can hold it.
fn opened(path: &Path, output: &Path) -> Result<File, Error> {
    let opened = File::options().create(true).append(true).open(path);
    opened.or_else(|error| match File::open(path) {
        Ok(file) if error.kind() == ErrorKind::PermissionDenied => Ok(file),
        Err(read) if error.kind() == ErrorKind::PermissionDenied && read.kind() == ErrorKind::NotFound => {
            let above = path.parent().unwrap_or(path);
            Err(Error::Above(output.to_path_buf(), above.to_path_buf()))
        }
        _ => Err(Error::Io(path.to_path_buf(), error)),
    })
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    Ok(fs::symlink_metadata(path).is_ok_and(|there| (there.dev(), there.ino()) == (held.dev(), held.ino())))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as where it can fail")]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

impl Drop for Lock {
    /// Takes the file away while it is held; elsewhere it stays, empty, since nobody could tell it from a later one.
    fn drop(&mut self) {
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}
