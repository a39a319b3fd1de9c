//! The one way in: a content folder, a command line, and what came of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

/// Files by path, with `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a run of the program ended with.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stderr: String,
    /// What other programs read; empty unless they are asked for.
    pub stdout: String,
}

/// Runs the program in a folder.
pub fn katalog(folder: &Path, arguments: &[&str]) -> Run {
    katalog_with(folder, arguments, &[])
}

/// Runs the program in a folder with more variables around it.
pub fn katalog_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let output = command(folder, arguments).envs(variables.iter().copied()).output().expect("the program starts");
    // Only what was asked for goes to standard output.
    let asks =
        arguments.iter().any(|argument| ["json", "sarif", "github", "diff", "explain", "export"].contains(argument));
    assert!(output.stdout.is_empty() || asks, "what the program says goes to standard error");
    let code = output.status.code().expect("the program is not killed");
    let text = |bytes| String::from_utf8(bytes).expect("the program speaks UTF-8");
    Run { code, stderr: text(output.stderr), stdout: text(output.stdout) }
}

/// The program in a folder, to be started.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_katalog"));
    // What is published must not hang on what else is on the machine: there is no LibreOffice unless a test brings one.
    command.args(arguments).current_dir(folder).env("PATH", "");
    command
}

impl Run {
    /// The first line of each finding, but for those of the guideline's rules: they have examples of their own.
    pub fn findings(&self) -> Vec<&str> {
        let is_finding = |line: &&str| ["fel[K", "varning[K", "info[K"].iter().any(|mark| line.contains(mark));
        let is_rules = |line: &str| line.contains("[K1") || line.contains("[K4");
        self.stderr.lines().filter(|line| is_finding(line) && !is_rules(line)).collect()
    }

    /// The findings' codes, as `K010`.
    pub fn codes(&self) -> Vec<&str> {
        self.findings().into_iter().filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0)).collect()
    }
}

/// A folder of its own with `content/`, perhaps `templates/`, and later `output/`.
pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// A copy of a fixture, to be changed.
    pub fn of(fixture: &str) -> Workspace {
        let workspace = Workspace { folder: tempfile::tempdir().unwrap() };
        copy(&suite().join("fixtures").join(fixture), workspace.path());
        workspace
    }

    /// A folder with nothing in it.
    pub fn empty() -> Workspace {
        Workspace { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The workspace with a file in the place of another, or new.
    pub fn with(self, path: &str, bytes: impl AsRef<[u8]>) -> Workspace {
        let target = self.path().join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
        self
    }

    /// The workspace with some words of a file replaced, which must be there.
    pub fn replacing(self, path: &str, words: &str, by: &str) -> Workspace {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(words), "{path} has no {words:?}");
        let text = text.replace(words, by);
        self.with(path, text)
    }

    /// The workspace with an edition that is still being written, in which much may be missing.
    pub fn draft(self) -> Workspace {
        self.replacing("content/katalog.yaml", "status: beslutad", "status: utkast")
    }

    pub fn without(self, path: &str) -> Workspace {
        fs::remove_file(self.path().join(path)).unwrap();
        self
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        katalog(self.path(), arguments)
    }

    /// What is published, after a build that has to succeed.
    pub fn published(&self) -> Files {
        let run = self.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        self.output()
    }

    /// What lies in `output/`.
    pub fn output(&self) -> Files {
        files(&self.path().join("output"))
    }
}

/// What the small fixture publishes.
pub static SMALL: LazyLock<Files> = LazyLock::new(|| Workspace::of("liten").published());

/// What the complete fixture publishes.
pub static COMPLETE: LazyLock<Files> = LazyLock::new(|| Workspace::of("fullstandig").published());

/// What the repository's own content publishes.
pub static OWN: LazyLock<Files> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let run = katalog(&repository(), &["build", "--output", output.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    files(&output)
});

/// Everything that is published in these tests without being made for one of them, by name.
pub fn every_publication() -> [(&'static str, &'static Files); 4] {
    [("liten", &SMALL), ("fullstandig", &COMPLETE), ("content", &OWN), ("hostile", &crate::names::PUBLISHED)]
}

/// The repository's root.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of these tests.
pub fn suite() -> PathBuf {
    repository().join("tests/suite")
}

/// The files under a folder; none where there is no folder.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// Copies a folder's files.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// A file of a publication as text.
pub fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is not published"));
    std::str::from_utf8(bytes).unwrap()
}
