//! Who may read and write what comes in the place of something: those who could before, and nobody else at any time.

use std::fs;
use std::io;
use std::path::Path;

/// A new folder with the rights of the folder whose place it is to take, if there is one.
#[cfg(unix)]
pub fn create_folder_like(like: &Path, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if !fs::symlink_metadata(like).is_ok_and(|found| found.is_dir()) {
        return fs::create_dir(path);
    }
    fs::DirBuilder::new().mode(0o700).create(path)?;
    give(like, path)
}

#[cfg(not(unix))]
pub fn create_folder_like(_: &Path, path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// A copy of a file, with its rights and its time.
pub fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    // A pipe would be waited for.
    let found = fs::symlink_metadata(from)?;
    if !found.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to)?;
    io::copy(&mut fs::File::open(from)?, &mut file)?;
    #[cfg(unix)]
    give(from, to)?;
    let _ = found.modified().and_then(|time| file.set_modified(time));
    Ok(())
}

/// Gives a folder the time of another.
pub fn keep_time(from: &Path, to: &Path) {
    let time = fs::metadata(from).and_then(|found| found.modified());
    let _ = time.and_then(|time| fs::File::open(to)?.set_modified(time));
}

/// Gives what only its owner may read the rights of something else, and the owner and the group where that is permitted.
/// What only another group could read, ours may not.
#[cfg(unix)]
fn give(like: &Path, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let (before, now) = (fs::metadata(like)?, fs::metadata(path)?);
    let _ = before.uid() == now.uid() || chown(path, Some(before.uid()), None).is_ok();
    let has_group = before.gid() == now.gid() || chown(path, None, Some(before.gid())).is_ok();
    let mode = before.mode() & 0o7777;
    let mode = if has_group && give_lists(like, path) { mode } else { for_everyone(mode) };
    if fs::metadata(path)?.mode() & 0o7777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// A mode for another group: beside the owner everyone may what everyone could.
#[cfg(unix)]
fn for_everyone(mode: u32) -> u32 {
    let everyone = (mode >> 3) & mode & 0o7;
    (mode & 0o5700) | (everyone << 3) | everyone
}

/// Gives the lists of others who may read and write; false where that is not possible. What has none gets none: a new
/// folder may have that of the folder that it lies in.
#[cfg(target_os = "linux")]
fn give_lists(like: &Path, path: &Path) -> bool {
    use rustix::fs::{XattrFlags, getxattr, removexattr, setxattr};
    let mut list = vec![0; 65_536];
    ["system.posix_acl_access", "system.posix_acl_default"].into_iter().all(|name| {
        match getxattr(like, name, &mut list[..]) {
            Ok(length) => setxattr(path, name, &list[..length], XattrFlags::empty()).is_ok(),
            Err(_) => {
                let _ = removexattr(path, name);
                true
            }
        }
    })
}

#[cfg(all(unix, not(target_os = "linux")))]
fn give_lists(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn another_group_may_no_more_than_everyone_could() {
        let modes = [(0o755, 0o755), (0o2770, 0o700), (0o750, 0o700), (0o700, 0o700), (0o604, 0o600), (0o1775, 0o1755)];
        for (before, after) in modes {
            assert_eq!(for_everyone(before), after, "{before:o}");
        }
    }
}
