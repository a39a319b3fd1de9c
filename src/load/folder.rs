//! A folder that files are read in, and none outside it; and files that someone names.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt};

use super::limits;
use crate::diagnostic::{Cause, Diagnostic, Place, codes, is_systems};
use crate::document::PictureKind;
use crate::text;

/// What Windows leaves in folders that someone looks at.
const OF_SYSTEMS: [&str; 2] = ["Thumbs.db", "desktop.ini"];

/// A folder to read, by the path that messages show. Nothing outside it can be read by way of it: neither `..` nor a link
/// leads out.
pub(crate) struct Folder {
    root: io::Result<Dir>,
    pub shown: String,
    /// Why the system could not read something, which is no mistake of an author's.
    pub fault: OnceLock<String>,
}

impl Folder {
    /// The folder at `root`.
    pub fn new(root: &Path) -> Folder {
        let shown = root.to_string_lossy().replace('\\', "/");
        let root = Dir::open_ambient_dir(root, cap_std::ambient_authority());
        Folder { root, shown: shown.trim_end_matches('/').to_string(), fault: OnceLock::new() }
    }

    fn root(&self) -> io::Result<&Dir> {
        // As the system said it, so that it is not taken for a way out.
        let again = |error: &io::Error| match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(error.kind(), error.to_string()),
        };
        self.root.as_ref().map_err(again)
    }

    /// A path under the folder as messages show it.
    pub fn shown(&self, relative: &str) -> String {
        if self.shown == "." { relative.to_string() } else { format!("{}/{relative}", self.shown) }
    }

    /// The names in a folder below, in order; none where there is no such folder.
    pub fn names(&self, relative: &str) -> io::Result<Vec<(String, bool)>> {
        let root = self.root()?;
        let below = Path::new(relative);
        let entries = if relative.is_empty() {
            root.entries()?
        } else {
            match root.metadata(below) {
                Ok(found) if !found.is_dir() => return Ok(Vec::new()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
                _ => root.read_dir(below)?,
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Editors and systems leave files of their own everywhere; they are nobody's content.
            let is_of_system = OF_SYSTEMS.iter().any(|own| name.eq_ignore_ascii_case(own));
            if !name.starts_with('.') && !name.ends_with('~') && !is_of_system {
                // The folder says what each name is; only a link has to be followed.
                let is_folder = match entry.file_type() {
                    Ok(kind) if !kind.is_symlink() => kind.is_dir(),
                    // Where it leads out, its name has to do.
                    _ => root.metadata(below.join(&name)).map_or(!name.contains('.'), |found| found.is_dir()),
                };
                names.push((name, is_folder));
            }
        }
        names.sort();
        Ok(names)
    }

    /// Whether there is anything by that name.
    pub fn has(&self, relative: &str) -> bool {
        self.root().is_ok_and(|root| root.symlink_metadata(relative).is_ok())
    }

    /// Whether there is a file, or something that would be one if it did not lead out.
    pub fn has_file(&self, relative: &str) -> bool {
        match self.root().and_then(|root| root.metadata(relative)) {
            Ok(found) => found.is_file(),
            Err(error) => {
                self.note(&error);
                leads_out(&error)
            }
        }
    }

    /// Keeps in mind that it was the system that failed, where it was.
    fn note(&self, error: &io::Error) {
        if is_systems(error) {
            self.fault.get_or_init(|| format!("{} går inte att läsa: {}", self.shown, Cause(error)));
        }
    }

    /// A file, opened, and how many bytes it has. What is no file, such as a pipe, is not waited for.
    pub fn open(&self, relative: &str) -> io::Result<(File, u64)> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(target_os = "linux")]
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        ordinary(self.root()?.open_with(relative, &options)?.into_std())
    }

    /// Why something cannot be read, as an author is told.
    pub fn cause(&self, error: &io::Error) -> String {
        self.note(error);
        match error.kind() {
            _ if leads_out(error) => format!("sökvägen leder ut ur mappen {}", self.shown),
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => "det är ingen fil".to_string(),
            _ => Cause(error).to_string(),
        }
    }

    /// The same of what was looked for by a name, which may not be how the folder has it.
    fn cause_of(&self, relative: &str, error: &io::Error) -> String {
        match error.kind() {
            io::ErrorKind::NotFound if relative.contains('\u{FFFD}') => {
                "namnet är inte skrivet i UTF-8; ge den ett annat namn".to_string()
            }
            _ => self.cause(error),
        }
    }

    /// The bytes of a file, unless it is too large, for which what is told is given. One that is being written is read
    /// again when that may be done.
    fn bytes(&self, relative: &str) -> io::Result<Result<Vec<u8>, (String, &'static str)>> {
        let mut tries = 0;
        loop {
            let (file, size) = self.open(relative)?;
            if let Some(told) = limits::too_large(relative, size) {
                return Ok(Err(told));
            }
            let is_emptied = size == 0 && is_young(&file);
            tries += 1;
            match read_all(file, size) {
                Ok(bytes) if !is_emptied || tries > MOST_TRIES => return Ok(Ok(bytes)),
                Err(error) if error.kind() != io::ErrorKind::ResourceBusy || tries > MOST_TRIES => return Err(error),
                _ => thread::sleep(WHILE_WRITTEN),
            }
        }
    }

    /// The text of a file, without a byte order mark; the error is a finding.
    pub fn read(&self, relative: &str) -> Result<String, Box<Diagnostic>> {
        let unreadable =
            |message: String| Diagnostic::error(codes::UNREADABLE, Place::file(self.shown(relative)), message);
        let failed = |error| unreadable(format!("filen går inte att läsa: {}", self.cause_of(relative, &error)));
        let bytes = self.bytes(relative).map_err(failed)?;
        let bytes = bytes.map_err(|(message, cure)| Box::new(unreadable(message).with_help(cure)))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let text = with_line_feeds(String::from_utf8_lossy(error.as_bytes()).into_owned());
            let shown = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
            let at = error.utf8_error().valid_up_to() - (text.len() - shown.len());
            let place = Place::in_text(&self.shown(relative).into(), shown, at, at + 1);
            let message = "filen är inte sparad som UTF-8: tecknet här går inte att läsa";
            Diagnostic::error(codes::UNREADABLE, place, message).with_help("spara den om med teckenkodningen UTF-8")
        })?;
        let text = with_line_feeds(text);
        if let Some((message, cure)) = limits::too_many_lines(&text) {
            return Err(Box::new(unreadable(message).with_help(cure)));
        }
        // Composed before anything is looked for in it, so that places hold.
        let text = text.strip_prefix('\u{FEFF}').map(str::to_string).unwrap_or(text);
        Ok(text::composed(text).into_owned())
    }
}

/// The same text with a line feed in the place of each carriage return that has none after it. It ends a line in YAML and
/// Markdown as well, and whoever looks for lines has one sign less to look for.
fn with_line_feeds(text: String) -> String {
    if !text.contains('\r') {
        return text;
    }
    let mut bytes = text.into_bytes();
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
    String::from_utf8(bytes).expect("a sign of ASCII stands for another")
}

/// The bytes of a file of which is known how many they are: not more is read. Fails where someone has written in it
/// meanwhile, and what was read is of neither version.
pub(crate) fn read_all(file: File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    let before = file.metadata()?.modified().ok();
    (&file).take(size).read_to_end(&mut bytes)?;
    let after = file.metadata()?;
    let is_whole = bytes.len() as u64 == size && after.len() == size && after.modified().ok() == before;
    is_whole.then_some(bytes).ok_or_else(|| io::Error::new(io::ErrorKind::ResourceBusy, "written while it is read"))
}

/// How often a file that is being written is read again, and after what time.
const MOST_TRIES: u32 = 10;
const WHILE_WRITTEN: Duration = Duration::from_millis(20);

/// Whether a file was written just now: who saves a file in its place empties it first.
fn is_young(file: &File) -> bool {
    let changed = file.metadata().and_then(|found| found.modified());
    changed.is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age < WHILE_WRITTEN * MOST_TRIES))
}

/// With what the lines begin between which Git puts the two versions of what it could not merge.
pub const UNMERGED: [&str; 3] = ["<<<<<<< ", "=======", ">>>>>>> "];

/// Where a text has two versions of a part of it; those that it only shows, as code, are its own.
pub fn unmerged(text: &str) -> Option<usize> {
    let (mut met, mut first, mut is_code) = (0, 0, false);
    // Few texts have the first of them anywhere.
    let from = text.find(UNMERGED[0]).map(|at| text[..at].rfind('\n').map_or(0, |end| end + 1))?;
    is_code ^= text[..from].lines().filter(|line| line.starts_with("```") || line.starts_with("~~~")).count() % 2 == 1;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        let is_whole = met != 1 || line.trim_end() == UNMERGED[1];
        if !is_code && line.starts_with(UNMERGED[met]) && is_whole {
            first = if met == 0 { at } else { first };
            met += 1;
        }
        if met == UNMERGED.len() {
            return Some(first);
        }
        at += line.len();
    }
    None
}

/// Whether a picture has been written to its end, which programs that show it do not ask.
pub fn has_end(kind: PictureKind, bytes: &[u8]) -> bool {
    let last = |mark: [u8; 2]| bytes.windows(2).rposition(|pair| pair == mark);
    match kind {
        PictureKind::Png => {
            // After the signature each chunk is its length, its name, so much, and a sum.
            let mut rest = bytes.get(8..).unwrap_or_default();
            while let Some((head, after)) = rest.split_first_chunk::<8>() {
                let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
                let Some(next) = length.checked_add(4).and_then(|all| after.get(all..)) else { return false };
                if head.ends_with(b"IEND") {
                    return true;
                }
                rest = next;
            }
            false
        }
        // A smaller picture in it has an end of its own, before the first of its own lines.
        PictureKind::Jpeg => last([0xFF, 0xD9]) > last([0xFF, 0xDA]),
    }
}

/// The bytes of a file that a command names, which may lie anywhere. The error says why they are not read, and what to do
/// about it.
pub fn named(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error| format!("filen går inte att läsa: {}", Cause(&error));
    let (file, size) = open(path).map_err(failed)?;
    match limits::too_large("", size) {
        Some((message, _)) => Err(format!("{message}; dela upp den")),
        None => read_all(file, size).map_err(failed),
    }
}

/// The bytes of a Word file that a command names, to be inspected; the error says why they are not read.
pub fn word_file(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => format!("filen {} finns inte", path.display()),
        _ => format!("filen {} går inte att läsa: {}", path.display(), Cause(&error)),
    };
    let (file, size) = open(path).map_err(failed)?;
    if size > limits::LARGEST_WORD_FILE {
        let most = limits::LARGEST_WORD_FILE >> 20;
        return Err(format!("filen {} är större än {most} MB; krympa bilderna i den", path.display()));
    }
    read_all(file, size).map_err(failed)
}

/// A file that a command names, opened, and how many bytes it has. What is no file is not waited for.
pub(crate) fn open(path: &Path) -> io::Result<(File, u64)> {
    let mut options = File::options();
    options.read(true);
    #[cfg(target_os = "linux")]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    ordinary(options.open(path)?)
}

/// A file and how many bytes it has, if it is one: a pipe may never come to its end, and a device has none.
fn ordinary(file: File) -> io::Result<(File, u64)> {
    let found = file.metadata()?;
    match found.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false if !found.is_file() => Err(io::ErrorKind::InvalidInput.into()),
        false => Ok((file, found.len())),
    }
}

/// Whether it is the way out of the folder that was refused, which no system call says of itself.
fn leads_out(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    /// In a file that ends its lines so, and in one that has another's line in it.
    #[test]
    fn a_carriage_return_by_itself_ends_a_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "# Å\r\rEtt.\r\n\nTvå.\r\r\n- a\r").unwrap();
        let read = Folder::new(folder.path()).read("a.md");
        assert_eq!(read.ok().as_deref(), Some("# Å\n\nEtt.\r\n\nTvå.\n\r\n- a\n"));
        fs::write(folder.path().join("b.yaml"), b"- id: a\r  namn: \xE5\r").unwrap();
        let unreadable = Folder::new(folder.path()).read("b.yaml").unwrap_err();
        assert_eq!((unreadable.place.line, unreadable.place.column), (2, 9));
    }

    #[test]
    fn what_is_written_while_it_is_read_is_not_taken_for_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "# Hela\n").unwrap();
        let (file, size) = open(&path).unwrap();
        fs::write(&path, "# Halva").unwrap();
        assert_eq!(read_all(file, size + 1).unwrap_err().kind(), io::ErrorKind::ResourceBusy, "it is shorter");
        let (file, size) = open(&path).unwrap();
        assert_eq!(read_all(file, size).unwrap(), b"# Halva");
        // Who saves it has emptied it, and goes on.
        let mut saved = File::create(&path).unwrap();
        let writing = thread::spawn(move || saved.write_all("# Hela igen\n".as_bytes()).unwrap());
        let read = Folder::new(folder.path()).read("a.md");
        writing.join().unwrap();
        assert_eq!(read.ok().as_deref(), Some("# Hela igen\n"));
        fs::write(&path, "").unwrap();
        assert_eq!(Folder::new(folder.path()).read("a.md").ok().as_deref(), Some(""), "it is empty");
    }
}
