//! Where output may be put: never in the place of something that this program has not made.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Error;
use super::manifest::Manifest;

/// Where a folder is, without links, `.` and `..`, as far as it exists.
pub fn resolved(path: &Path) -> PathBuf {
    let path = absolute(path);
    // The last part is not followed: a link in the place of the output is someone's.
    let (above, name) = match (path.parent(), path.file_name()) {
        (Some(above), Some(name)) => (above, name),
        _ => return followed(&path),
    };
    followed(above).join(name)
}

fn followed(path: &Path) -> PathBuf {
    let existing = path.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    let Some((ancestor, mut real)) = existing else { return path.to_path_buf() };
    for part in path.strip_prefix(ancestor).unwrap_or(Path::new("")).components() {
        match part {
            Component::ParentDir => _ = real.pop(),
            part => real.push(part),
        }
    }
    real
}

/// Refuses a folder that can be nobody's output, or that is read from, or has a file that is. `shown` is how it was given.
pub fn refuse_unfit(output: &Path, shown: &Path, inputs: &[&Path]) -> Result<(), Error> {
    let unfit = |why| Err(Error::Unfit(shown.to_path_buf(), why));
    if output.is_relative() {
        return unfit("är angiven från en mapp som inte finns längre");
    }
    for input in inputs {
        let place = followed(&absolute(input));
        // Of a file that the next run writes over, each run would make something else.
        if place.is_file() && is_within(&place, output) {
            return Err(Error::Holds(shown.to_path_buf(), input.to_path_buf()));
        }
        if is_within(output, &place) || is_within(&place, output) {
            return Err(Error::Overlaps(shown.to_path_buf(), input.to_path_buf()));
        }
    }
    if output.file_name().is_none() {
        return unfit("är filsystemets rot");
    }
    // Two builders at work there would take each other's folders for someone's, or for what was left.
    if let Some(other) = output.ancestors().skip(1).find(|above| Manifest::of(above).is_some()) {
        return Err(Error::Within(shown.to_path_buf(), other.to_path_buf()));
    }
    if is_named_as_left(output) {
        return unfit("heter som det som en avbruten körning lämnar bredvid sina utdata (.….ny, .….gammal, .….lås)");
    }
    if env::home_dir().is_some_and(|home| is_within(&followed(&home), output)) {
        return unfit("är eller omfattar din hemmapp");
    }
    if env::current_dir().is_ok_and(|here| is_within(&followed(&here), output)) {
        return unfit("är eller omfattar mappen som kommandot körs i");
    }
    if is_mounted(output) {
        return unfit("är en monteringspunkt, som inte kan bytas ut i ett steg");
    }
    Ok(())
}

/// Whether another build would take a folder of that name for what it has left itself.
fn is_named_as_left(output: &Path) -> bool {
    let name = output.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let of = |ending: &str| name.strip_prefix('.')?.strip_suffix(ending).map(|of| !of.is_empty());
    // Some disks part a letter from its ring.
    [".ny", ".gammal", ".lås", ".la\u{30a}s"].into_iter().any(|ending| of(ending) == Some(true))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Refuses what is there and not this program's: a file, a link, or a folder that it has not made.
pub fn refuse_foreign(output: &Path, shown: &Path) -> Result<(), Error> {
    let not_ours = || Err(Error::NotOurs(shown.to_path_buf()));
    let Ok(found) = fs::symlink_metadata(output) else { return Ok(()) };
    if !found.is_dir() {
        return not_ours();
    }
    let mut entries = fs::read_dir(output).map_err(|error| Error::Io(shown.to_path_buf(), error))?;
    if entries.next().is_none() || Manifest::of(output).is_some() { Ok(()) } else { not_ours() }
}

/// Whether a path is another or lies below it. Letters that differ in case only are the same: on some disks they are.
fn is_within(inner: &Path, outer: &Path) -> bool {
    inner.ancestors().any(|above| is_same(above, outer))
}

fn is_same(one: &Path, other: &Path) -> bool {
    let folded = |path: &Path| path.to_string_lossy().to_lowercase();
    folded(one) == folded(other) || is_same_file(one, other)
}

/// What tells a file or folder from every other, by whatever way it is reached; nothing where the system does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(Option<(u64, u64)>);

impl Identity {
    #[cfg(unix)]
    pub fn of(path: &Path) -> Identity {
        use std::os::unix::fs::MetadataExt;
        Identity(fs::symlink_metadata(path).ok().map(|found| (found.dev(), found.ino())))
    }

    #[cfg(not(unix))]
    pub fn of(_: &Path) -> Identity {
        Identity(None)
    }
}

/// Whether two paths lead to one file or folder, by whatever way.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let one = Identity::of(one);
    one != Identity(None) && one == Identity::of(other)
}

/// Whether two files hold the same, or two links lead to the same.
pub fn holds_same(one: &Path, other: &Path) -> bool {
    let found = |path: &Path| fs::symlink_metadata(path).ok();
    let (Some(here), Some(there)) = (found(one), found(other)) else { return false };
    let is_same = |one: Option<Vec<u8>>, other| one.is_some() && one == other;
    if here.is_symlink() && there.is_symlink() {
        return fs::read_link(one).is_ok_and(|one| fs::read_link(other).is_ok_and(|other| one == other));
    }
    here.is_file() && there.is_file() && here.len() == there.len() && is_same(fs::read(one).ok(), fs::read(other).ok())
}

/// Refuses a folder in which something is mounted: that is someone's own disk or folder, and would be emptied with the rest.
pub fn refuse_mounted(folder: &Path) -> Result<(), Error> {
    mounted_in(folder).map_or(Ok(()), |mount| Err(Error::Mounted(mount)))
}

/// What is mounted in a folder. A folder of the same disk can be mounted there too, which the system's list tells; where
/// that cannot be read, as without `/proc`, everything in the folder is asked.
fn mounted_in(folder: &Path) -> Option<PathBuf> {
    #[cfg(target_os = "linux")]
    if let Ok(mounts) = system_mounts() {
        return mounts.into_iter().find(|mount| mount != folder && mount.starts_with(folder));
    }
    found_mounted_in(folder)
}

fn found_mounted_in(folder: &Path) -> Option<PathBuf> {
    let mut below = fs::read_dir(folder).into_iter().flatten().flatten();
    below.find_map(|entry| {
        let (path, is_folder) = (entry.path(), entry.file_type().is_ok_and(|found| found.is_dir()));
        if is_mount_root(&path) || is_folder && begins_another_disk(&path) {
            return Some(path);
        }
        is_folder.then(|| found_mounted_in(&path)).flatten()
    })
}

/// Where something is mounted, as the system lists it.
#[cfg(target_os = "linux")]
fn system_mounts() -> std::io::Result<Vec<PathBuf>> {
    let list = fs::read("/proc/self/mountinfo")?;
    let places = list.split(|byte| *byte == b'\n').filter_map(|line| line.split(|byte| *byte == b' ').nth(4));
    Ok(places.map(unescaped).collect())
}

/// A path of the system's list, in which a blank is `\040`.
#[cfg(target_os = "linux")]
fn unescaped(path: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::new();
    let mut rest = path;
    while let [first, after @ ..] = rest {
        let code = after.get(..3).and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 8).ok());
        let escaped = code.filter(|_| *first == b'\\');
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[3..] } else { after };
    }
    std::ffi::OsString::from_vec(bytes).into()
}

/// Whether a path is where something is mounted.
fn is_mounted(path: &Path) -> bool {
    #[cfg(target_os = "linux")]
    if system_mounts().is_ok_and(|mounts| mounts.iter().any(|mount| mount == path)) {
        return true;
    }
    is_mount_root(path) || begins_another_disk(path)
}

/// Whether something is mounted there, be it of the same disk, as far as the system says it of the path itself.
#[cfg(target_os = "linux")]
fn is_mount_root(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_root(_: &Path) -> bool {
    false
}

/// Whether another file system begins there.
#[cfg(unix)]
fn begins_another_disk(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::symlink_metadata(path).ok().map(|found| found.dev());
    let above = path.parent().and_then(device);
    device(path).is_some_and(|here| above.is_some_and(|above| above != here))
}

#[cfg(not(unix))]
fn begins_another_disk(_: &Path) -> bool {
    false
}
