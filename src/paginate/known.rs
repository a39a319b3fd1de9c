//! Page numbers that have been found before, by the bytes of the file that they were found for.
//!
//! They are kept among the user's files that any program may throw away. What cannot be read there is found again, and
//! what cannot be written is found again next time: neither is worth a word.

use std::path::PathBuf;
use std::{env, fs};

use super::office::Office;
use crate::load;
use crate::write::word::Pages;

/// How many files' numbers are kept.
const MOST: usize = 200;

/// The numbers that one LibreOffice has found.
pub struct Known {
    /// Where they are kept; `None` where there is no such place.
    folder: Option<PathBuf>,
}

impl Known {
    /// What this LibreOffice has found.
    pub fn of(office: &Office) -> Known {
        let own = |folder: PathBuf| folder.join("katalog").join("sidor").join(key(office.identity().as_bytes()));
        Known { folder: folder().map(own) }
    }

    /// The numbers of the file with this key.
    pub fn get(&self, key: &str) -> Option<Pages> {
        let bytes = load::named(&self.folder.as_ref()?.join(key)).ok()?;
        Pages::from_text(str::from_utf8(&bytes).ok()?)
    }

    /// Keeps the numbers of the file with this key.
    pub fn put(&self, key: &str, pages: &Pages) {
        let Some(folder) = &self.folder else { return };
        let file = folder.join(key);
        if self.get(key).is_some() || fs::create_dir_all(folder).is_err() {
            return;
        }
        self.make_room();
        // Renamed into place: two builds at a time, or one that is broken off, leave no half a file.
        let beside = folder.join(format!("{key}.{}", std::process::id()));
        if fs::write(&beside, pages.to_text()).is_err() || fs::rename(&beside, &file).is_err() {
            let _ = fs::remove_file(beside);
        }
    }

    /// Removes the oldest until there is room for one more.
    fn make_room(&self) {
        let Some(entries) = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok()) else { return };
        let age = |entry: fs::DirEntry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()));
        let mut files: Vec<_> = entries.flatten().filter_map(age).collect();
        files.sort();
        let surplus = (files.len() + 1).saturating_sub(MOST);
        files.drain(..surplus).for_each(|(_, file)| {
            let _ = fs::remove_file(file);
        });
    }
}

/// Where a user's programs keep what they can make again.
fn folder() -> Option<PathBuf> {
    let of = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || of("HOME").map(|home| home.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }));
    of("XDG_CACHE_HOME").or_else(|| of("LOCALAPPDATA")).or_else(home)
}

/// A file by its bytes: FNV-1a of 128 bits, and its length.
pub fn key(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    format!("{hash:032x}-{}", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_again_and_the_oldest_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let known = Known { folder: Some(folder.path().join("sidor")) };
        let pages = Pages::from_text("7\norbit 3\n").unwrap();
        assert_eq!(known.get("a"), None);
        known.put("a", &pages);
        assert_eq!(known.get("a"), Some(pages.clone()));
        for damaged in ["inga sidor", "1\norbit 4294967295\n", "7\norbit 0\n", "7\norbit\n"] {
            fs::write(folder.path().join("sidor/b"), damaged).unwrap();
            assert_eq!(known.get("b"), None, "what is damaged is found again: {damaged:?}");
        }
        known.put("b", &pages);
        assert_eq!(known.get("b"), Some(pages.clone()), "and kept in its place");
        (0..MOST + 5).for_each(|number| known.put(&format!("k{number:03}"), &pages));
        let kept = fs::read_dir(folder.path().join("sidor")).unwrap().count();
        assert_eq!(kept, MOST);
        assert_eq!(known.get(&format!("k{:03}", MOST + 4)), Some(pages));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let known = Known { folder: Some(folder.path().to_path_buf()) };
        rustix::fs::mkfifoat(rustix::fs::CWD, folder.path().join("a"), rustix::fs::Mode::RUSR).unwrap();
        assert_eq!(known.get("a"), None);
        let pages = Pages::from_text("7\norbit 3\n").unwrap();
        known.put("a", &pages);
        assert_eq!(known.get("a"), Some(pages));
    }

    #[test]
    fn a_key_is_that_of_the_bytes() {
        assert_eq!(key(b""), "6c62272e07bb014262b821756295c58d-0");
        assert_ne!(key(b"ab"), key(b"ba"));
    }
}
