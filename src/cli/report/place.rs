//! Which file of a repository a finding is about, whatever folder the program was run in.

use std::path::{Component, PathBuf};

/// The folder that paths are told from: the repository that the program is run in, or else the folder itself.
pub struct Root {
    current: PathBuf,
    root: PathBuf,
}

impl Root {
    /// The one around the folder that the program is run in.
    pub fn find() -> Root {
        let current = std::env::current_dir().unwrap_or_default();
        // In a work tree of its own, `.git` is a file.
        let root = current.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&current).to_path_buf();
        Root { current, root }
    }

    /// A file's path from the root, with `/` between folders; `None` for a file that lies elsewhere.
    pub fn path(&self, file: &str) -> Option<String> {
        let path = self.whole(file);
        // Where the folder that the program is run in is gone, it holds nothing, and no whole path lies in it.
        let inside = path.strip_prefix(&self.root).ok().filter(|inside| !inside.has_root())?;
        let names: Vec<_> = inside.components().map(|name| name.as_os_str().to_string_lossy()).collect();
        Some(names.join("/"))
    }

    /// A file's whole path, with `/` between folders.
    pub fn absolute(&self, file: &str) -> String {
        self.whole(file).to_string_lossy().replace('\\', "/")
    }

    /// `..` goes up as it is written: a repository knows its files by their names, not by where links lead.
    fn whole(&self, file: &str) -> PathBuf {
        let mut path = PathBuf::new();
        for component in self.current.join(file).components() {
            match component {
                Component::ParentDir => {
                    path.pop();
                }
                Component::CurDir => {}
                other => path.push(other),
            }
        }
        path
    }
}
