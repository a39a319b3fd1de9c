//! The folder that LibreOffice works in: the documents, their pages and a profile. What is left of one whose program was
//! killed is removed by the next.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::{env, io};

use tempfile::TempDir;

use crate::text::percent_encoded;

/// What the name of such a folder begins with.
const PREFIX: &str = "katalog-sidor-";
/// The file in it that is held by the program whose folder it is.
const LOCK: &str = "lås";

/// A folder of our own, until this is dropped.
pub struct Workplace {
    folder: TempDir,
    _lock: File,
}

impl Workplace {
    /// A new one among the files that no program keeps.
    pub fn new() -> io::Result<Workplace> {
        Workplace::within(&env::temp_dir())
    }

    fn within(place: &Path) -> io::Result<Workplace> {
        loop {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(place)?;
            let lock = File::create_new(folder.path().join(LOCK))?;
            // Just now another may have taken it for one that was left.
            let is_taken = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
            if !is_taken && folder.path().join(LOCK).is_file() {
                clear_up(place, folder.path());
                return Ok(Workplace { folder, _lock: lock });
            }
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What tells LibreOffice to have its profile there, and not where it may be in use: then it would hand the work over
    /// and end at once.
    pub fn profile(&self) -> String {
        profile(self.path())
    }
}

fn profile(folder: &Path) -> String {
    format!("-env:UserInstallation={}", file_address(&folder.join("profil")))
}

/// Removes those that nobody holds and that are the user's who has `own`. One without the file has just been made.
fn clear_up(place: &Path, own: &Path) {
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    let is_named = |name: &str| name.starts_with(PREFIX);
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_named)) {
        let folder: PathBuf = entry.path();
        let is_folder = entry.file_type().is_ok_and(|found| found.is_dir());
        if !is_folder || !is_of_same_user(&folder, own) {
            continue;
        }
        if File::open(folder.join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok()) {
            #[cfg(target_os = "linux")]
            stop_those_in(&folder);
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

#[cfg(unix)]
fn is_of_same_user(folder: &Path, own: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = |folder: &Path| fs::symlink_metadata(folder).ok().map(|found| found.uid());
    user(folder).is_some_and(|found| user(own) == Some(found))
}

#[cfg(not(unix))]
fn is_of_same_user(_: &Path, _: &Path) -> bool {
    true
}

/// Stops a LibreOffice that goes on in a folder whose program was killed: it is told by the name of its profile.
#[cfg(target_os = "linux")]
fn stop_those_in(folder: &Path) {
    use rustix::process::{Pid, Signal, kill_process};
    let profile = profile(folder);
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let number = process.file_name().to_str().and_then(|name| name.parse().ok()).and_then(Pid::from_raw);
        let told = fs::read(process.path().join("cmdline")).unwrap_or_default();
        if let Some(number) = number.filter(|_| told.split(|byte| *byte == 0).any(|part| part == profile.as_bytes())) {
            let _ = kill_process(number, Signal::KILL);
        }
    }
}

/// A path as an address; what is no plain sign is given by its bytes.
fn file_address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let encoded = percent_encoded(&path, "/-_.~:");
    if encoded.starts_with('/') { format!("file://{encoded}") } else { format!("file:///{encoded}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_has_left_is_cleared_up() {
        let place = tempfile::tempdir().unwrap();
        let make = |name: &str| {
            fs::create_dir_all(place.path().join(name).join("profil")).unwrap();
            fs::write(place.path().join(name).join("0.docx"), "").unwrap();
        };
        let hold = |name: &str| {
            make(name);
            File::create_new(place.path().join(name).join(LOCK)).unwrap()
        };
        drop(hold("katalog-sidor-lämnad"));
        let at_work = hold("katalog-sidor-annans");
        at_work.try_lock().unwrap();
        make("katalog-sidor-nyss");
        drop(hold("egen"));
        let own = Workplace::within(place.path()).unwrap();
        assert!(own.path().is_dir());
        let names = || {
            let names = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
            names.sort();
            names
        };
        let own_name = own.path().file_name().unwrap().to_str().unwrap().to_string();
        let mut wanted = vec!["egen".to_string(), "katalog-sidor-annans".into(), "katalog-sidor-nyss".into(), own_name];
        wanted.sort();
        assert_eq!(names(), wanted);
        drop(own);
        assert_eq!(names().len(), 3);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_goes_on_after_its_program_was_killed_is_stopped() {
        use std::os::unix::process::ExitStatusExt;
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("katalog-sidor-å");
        fs::create_dir(&folder).unwrap();
        File::create_new(folder.join(LOCK)).unwrap();
        let sleep = |profile: &str| {
            let mut command = std::process::Command::new("/bin/sh");
            command.args(["-c", "read never", "sh", profile]).stdin(std::process::Stdio::piped()).spawn().unwrap()
        };
        let (mut left, mut other) = (sleep(&profile(&folder)), sleep(&profile(&place.path().join("annan"))));
        let _own = Workplace::within(place.path()).unwrap();
        assert_eq!(left.wait().unwrap().signal(), Some(9));
        assert!(other.try_wait().unwrap().is_none());
        other.kill().unwrap();
        other.wait().unwrap();
    }

    #[test]
    fn a_profile_has_an_address() {
        assert_eq!(file_address(Path::new("/tmp/å b/profil")), "file:///tmp/%C3%A5%20b/profil");
    }
}
