//! The list of the files that this program has written, with what they held then.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use twox_hash::{XxHash3_128, xxhash3_128};

/// Marks a folder as made by this program, and lists the files in it that are: only such a folder, or an empty one, is
/// ever replaced, and only such files are ever removed.
pub const NAME: &str = ".katalog";

/// The name of the list of a whole tree until it takes the place of the one that was begun.
pub const NEXT: &str = ".katalog.ny";

const HEAD: &str = "Filerna nedan är skrivna av katalog och ersätts vid nästa körning. Övriga filer lämnas kvar.\n";

/// The longest list in bytes: ten times that of 10 000 services. A longer one is nobody's of ours.
const LONGEST: u64 = 64_000_000;

/// What a file held when it was written: tells whether someone has changed it since.
pub type Sum = u128;

/// The sum of a file's bytes.
pub fn sum(bytes: &[u8]) -> Sum {
    XxHash3_128::oneshot(bytes)
}

/// The same of a file, of which no more than a piece is held at a time.
pub fn sum_of_file(path: &Path) -> io::Result<Sum> {
    let (mut file, mut hasher) = (File::open(path)?, xxhash3_128::Hasher::new());
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finish_128()),
            read => hasher.write(&piece[..read]),
        }
    }
}

const PIECE: usize = 1 << 18;

/// The path of a file below a folder, with `/` between folders. Not a `PathBuf`: thousands of those take long to compare.
pub type Below = OsString;

/// The files that were written, by path; without a sum where an earlier version of the program wrote the list.
#[derive(Debug, Default)]
pub struct Manifest {
    pub files: BTreeMap<Below, Option<Sum>>,
}

impl Manifest {
    /// The manifest of a folder; none where this program has not made it.
    pub fn of(folder: &Path) -> Option<Manifest> {
        let text = text(folder)?;
        let lines = text.strip_prefix(HEAD)?.lines();
        Some(Manifest { files: lines.map(entry).collect() })
    }

    /// Whether a folder has been begun by this program: a build that was broken off may have written half the head, and
    /// then nothing else.
    pub fn is_begun(folder: &Path) -> bool {
        let is_alone = || fs::read_dir(folder).is_ok_and(|entries| entries.count() == 1);
        text(folder).is_some_and(|text| text.starts_with(HEAD) || HEAD.starts_with(&text) && is_alone())
    }

    /// As it is written.
    pub fn to_text(&self) -> String {
        let lines = self.files.iter().map(|(path, sum)| line(path, *sum));
        HEAD.to_string() + &lines.collect::<String>()
    }
}

/// The line of a file. One further down says more of the same file.
pub fn line(path: &OsStr, sum: Option<Sum>) -> String {
    let path = path.to_string_lossy();
    sum.map_or_else(|| format!("{path}\n"), |sum| format!("{sum:032x} {path}\n"))
}

fn text(folder: &Path) -> Option<String> {
    let path = folder.join(NAME);
    let is_list = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() <= LONGEST);
    is_list.then(|| fs::read(path).ok()).flatten().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn entry(line: &str) -> (Below, Option<Sum>) {
    let with_sum = line.split_at_checked(32).and_then(|(sum, rest)| {
        let path = rest.strip_prefix(' ')?;
        Some((Below::from(path), Some(Sum::from_str_radix(sum, 16).ok()?)))
    });
    with_sum.unwrap_or_else(|| (Below::from(line), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_sum_of_its_bytes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for length in [0, 1, PIECE, 3 * PIECE + 7] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            fs::write(file.path(), &bytes).unwrap();
            assert_eq!(sum_of_file(file.path()).unwrap(), sum(&bytes), "{length}");
        }
    }
}
