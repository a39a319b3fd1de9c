//! LibreOffice: where it is, and what it says of the pages of a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use hayro_syntax::Pdf;
use hayro_syntax::object::dict::Dict;
use hayro_syntax::object::{Array, ObjectIdentifier};

use super::workplace::Workplace;
use crate::diagnostic::Cause;

/// LibreOffice on this machine.
pub struct Office {
    program: PathBuf,
}

/// What it is called where programs are looked for.
const NAMES: [&str; 3] = ["soffice", "libreoffice", "soffice.exe"];
/// Where it is when it is not there.
const PLACES: [&str; 3] = [
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
    "/opt/libreoffice/program/soffice",
];
/// Makes every bookmark a destination in the PDF file.
const FILTER: &str = r#"pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}"#;

impl Office {
    /// Looks for it along the search path, and where it is usually put.
    pub fn find() -> Option<Office> {
        let path = env::var_os("PATH").unwrap_or_default();
        let along = env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
        let program = along.chain(PLACES.map(PathBuf::from)).find(|candidate| candidate.is_file())?;
        Some(Office { program })
    }

    /// What tells this LibreOffice from another, or from itself before an update.
    pub fn identity(&self) -> String {
        let program = fs::canonicalize(&self.program).unwrap_or_else(|_| self.program.clone());
        let folder = program.parent().unwrap_or(Path::new(""));
        // The file that says which version it is; the program itself is often a script that never changes.
        let version =
            ["versionrc", "bootstraprc", "version.ini"].iter().find_map(|name| fs::read(folder.join(name)).ok());
        format!("{} {:?}", program.display(), version.map(|bytes| super::known::key(&bytes)))
    }

    /// Sets the pages of Word files. Fails when it cannot be run, takes longer than it may, or writes no pages.
    pub fn set<'a>(&self, files: impl Iterator<Item = &'a [u8]>, longest: Duration) -> Result<Vec<Set>, String> {
        let folder = Workplace::new().map_err(|error| format!("ingen plats för arbetsfiler: {}", Cause(&error)))?;
        let mut names = Vec::new();
        for (index, bytes) in files.enumerate() {
            let name = folder.path().join(format!("{index}.docx"));
            fs::write(&name, bytes)
                .map_err(|error| format!("{} går inte att skriva: {}", name.display(), Cause(&error)))?;
            names.push(name);
        }
        self.run(&folder, &names, longest)?;
        names.iter().map(|name| Set::read(&name.with_extension("pdf"))).collect()
    }

    fn run(&self, folder: &Workplace, files: &[PathBuf], longest: Duration) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        command.arg(folder.profile()).args(["--headless", "--norestore", "--convert-to", FILTER, "--outdir"]);
        command.arg(folder.path()).args(files);
        // Its own temporary files too are gone with the folder, however it ends.
        command.env("TMPDIR", folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command
            .spawn()
            .map_err(|error| format!("{} går inte att köra: {}", self.program.display(), Cause(&error)))?;
        wait(&mut child, longest)
    }
}

fn wait(child: &mut Child, longest: Duration) -> Result<(), String> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                let code = status.code().map_or_else(|| "en signal".to_string(), |code| format!("felkod {code}"));
                return Err(format!("det slutade med {code}"));
            }
            Ok(None) if start.elapsed() < longest => thread::sleep(Duration::from_millis(20)),
            Ok(None) => {
                stop(child);
                return Err(format!("det blev inte klart på {} sekunder", longest.as_secs()));
            }
            // It has ended, and nothing is kept of how: what it has written tells.
            Err(error) if is_forgotten(&error) => return Ok(()),
            Err(error) => return Err(Cause(&error).to_string()),
        }
    }
}

/// Whether the system keeps nothing of a program that has ended, as where whoever started us ignores the ends of programs.
fn is_forgotten(error: &io::Error) -> bool {
    cfg!(unix) && error.raw_os_error() == Some(NO_CHILD)
}

/// ECHILD, as every Unix numbers it.
const NO_CHILD: i32 = 10;

/// Stops it, and what it has started: its program is a script that starts the real one, which would go on. They are no
/// process group of their own, because who breaks off a build breaks off what it has started too.
fn stop(child: &mut Child) {
    #[cfg(target_os = "linux")]
    i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw).into_iter().for_each(stop_started_by);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(target_os = "linux")]
fn stop_started_by(parent: rustix::process::Pid) {
    let number = parent.as_raw_nonzero();
    let started = fs::read_to_string(format!("/proc/{number}/task/{number}/children")).unwrap_or_default();
    for pid in started.split_whitespace().filter_map(|pid| rustix::process::Pid::from_raw(pid.parse().ok()?)) {
        stop_started_by(pid);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
}

/// The pages of a file that has been set.
#[derive(Debug)]
pub struct Set {
    /// The page of each destination, by the name that LibreOffice gave it.
    destinations: HashMap<String, u32>,
    total: u32,
}

impl Set {
    /// How many pages there are.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// Whether it says of no bookmark where it is: an old LibreOffice, or a file without bookmarks.
    pub fn is_silent(&self) -> bool {
        self.destinations.is_empty()
    }

    /// The page that a bookmark begins on.
    pub fn page(&self, bookmark: &str) -> Option<u32> {
        self.destinations.get(&destination(bookmark)).copied()
    }

    fn read(path: &Path) -> Result<Set, String> {
        let bytes = fs::read(path).map_err(|_| String::from("det skrev ingen PDF-fil"))?;
        Set::of(bytes).ok_or_else(|| String::from("dess PDF-fil går inte att läsa"))
    }

    /// Reads the pages and the named destinations of a PDF file.
    fn of(bytes: Vec<u8>) -> Option<Set> {
        let pdf = Pdf::new(bytes).ok()?;
        let pages: HashMap<ObjectIdentifier, u32> =
            pdf.pages().iter().zip(1..).filter_map(|(page, number)| Some((page.raw().obj_id()?, number))).collect();
        let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
        let named: Dict<'_> = root.get("Dests").unwrap_or_default();
        let page = |name: &str| -> Option<u32> {
            let first = named.get::<Array<'_>>(name)?.raw_iter().next()?.as_obj_ref()?;
            pages.get(&first.into()).copied()
        };
        let destinations =
            named.keys().filter_map(|name| Some((name.as_str().to_owned(), page(name.as_str())?))).collect();
        let total = u32::try_from(pages.len()).ok().filter(|&total| total > 0)?;
        Some(Set { destinations, total })
    }
}

/// The name that LibreOffice gives the destination of a bookmark: what is no letter and no figure is its code.
fn destination(bookmark: &str) -> String {
    bookmark
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("{:02X}", u32::from(c)) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_bookmark_is_read_from_a_pdf_file() {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R/Dests 5 0 R>>",
            "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>",
            "<</orbit5Fplanering[4 0 R/XYZ 1 2 0]/5Fsla[3 0 R/XYZ 1 2 0]/trasig[9 0 R/XYZ 1 2 0]>>",
        ];
        let set = Set::of(pdf(&objects)).unwrap();
        assert_eq!((set.total(), set.page("orbit_planering"), set.page("_sla")), (2, Some(2), Some(1)));
        assert_eq!((set.page("sla"), set.page("trasig")), (None, None));
        assert!(Set::of(pdf(&objects[..4])).unwrap().is_silent(), "a file without bookmarks has pages too");
        assert!(Set::of(b"ingen PDF".to_vec()).is_none());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_takes_too_long_is_stopped_with_all_that_it_started() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (program, alive) = (folder.path().join("soffice"), folder.path().join("alive"));
        let real = format!("while true; do echo x >>{}; sleep 0.02; done", alive.display());
        fs::write(&program, format!("#!/bin/sh\nsh -c '{real}'\ntrue\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let files = [b"".as_slice()];
        let told = Office { program }.set(files.into_iter(), Duration::from_secs(1)).unwrap_err();
        assert_eq!(told, "det blev inte klart på 1 sekunder");
        let size = || fs::metadata(&alive).unwrap().len();
        let before = size();
        thread::sleep(Duration::from_millis(300));
        assert_eq!(size(), before);
    }

    #[cfg(unix)]
    #[test]
    fn what_it_leaves_lies_in_the_folder_that_is_removed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (program, told) = (folder.path().join("soffice"), folder.path().join("told"));
        fs::write(&program, format!("#!/bin/sh\nprintf %s \"$TMPDIR\" >{}\nexit 3\n", told.display())).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let files = [b"".as_slice()];
        let failed = Office { program }.set(files.into_iter(), Duration::from_secs(60)).unwrap_err();
        assert_eq!(failed, "det slutade med felkod 3");
        let told = PathBuf::from(fs::read_to_string(told).unwrap());
        assert!(told.file_name().unwrap().to_str().unwrap().starts_with("katalog-sidor-"), "{told:?}");
        assert!(!told.exists());
    }

    fn pdf(objects: &[&str]) -> Vec<u8> {
        let mut out = String::from("%PDF-1.6\n");
        let mut places = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            places.push(out.len());
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
        }
        let table = out.len();
        out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
        places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
        out.push_str(&format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
        out.into_bytes()
    }
}
