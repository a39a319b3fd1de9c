//! What someone changes in the old tree while the new one is built: it is there still when the two have changed places.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::manifest::{self, Below};
use super::place::{self, Identity};
use super::{Error, NewTree, SetAside, Tree, changed_name, is_changed, is_gone, top};

impl NewTree<'_> {
    /// Removes the old tree, which has left its place, and takes home what someone has changed there since it was looked at.
    /// `set_aside` are the names by which changed files were kept before. Returns what is kept by another name.
    pub(super) fn clear(&self, left: &Path, set_aside: &[(Below, Below)]) -> Vec<SetAside> {
        // It is published: what cannot be cleared up now is cleared up by the next build.
        let Ok(mut tree) = Tree::of(left) else { return Vec::new() };
        let kept: BTreeMap<&Below, &Below> = set_aside.iter().map(|(file, kept)| (file, kept)).collect();
        let is_late = |file: &&Below| *file != manifest::NAME && self.is_late(file, kept.get(file).copied(), left);
        let late: Vec<Below> = tree.files.iter().filter(is_late).cloned().collect();
        let (mut told, mut is_whole) = (Vec::new(), true);
        for file in late {
            let kept = match self.take_home(&file, left) {
                Ok(None) => continue,
                // Whoever changed it has taken it away since.
                Err(_) if is_gone(&left.join(&file)) => continue,
                Ok(Some(kept)) => self.output.shown.join(kept),
                // It stays where it is, and so does the tree that it lies in.
                Err(_) => {
                    is_whole = false;
                    left.join(&file)
                }
            };
            told.push(SetAside { file: self.output.shown.join(&file), kept });
        }
        if is_whole {
            tree.files.retain(|file| fs::symlink_metadata(left.join(file)).is_ok());
            let _ = place::refuse_mounted(left).and_then(|()| self.output.remove(&tree, left));
        }
        told
    }

    /// Whether a file of the old tree holds what the output has not, where it should have it.
    fn is_late(&self, file: &Below, kept: Option<&Below>, left: &Path) -> bool {
        let (from, to) = (left.join(file), self.output.path.join(kept.unwrap_or(file)));
        let written = self.before.get(file).filter(|_| self.is_ours(file));
        let is_as_written = || written.is_some_and(|written| !is_changed(&from, *written));
        !place::is_same_file(&from, &to) && !is_as_written() && !place::holds_same(&from, &to)
    }

    /// Whether the program has written the file anew, or removed it.
    fn is_ours(&self, file: &Below) -> bool {
        let is_known = self.before.contains_key(file) || self.placed.ours.files.contains_key(file);
        is_known && self.placed.tops.contains(top(file))
    }

    /// Puts a file of someone's where the older one stands that was brought, or none. What would stand in the way of another
    /// has a name of its own, which is returned.
    fn take_home(&self, file: &Below, left: &Path) -> Result<Option<Below>, Error> {
        let (from, to) = (left.join(file), self.output.path.join(file));
        let stands = fs::symlink_metadata(&to).is_ok();
        self.create_above(file, left)?;
        if !self.is_ours(file) && !stands {
            return self.disk().link(&from, &to).map(|()| None);
        }
        let is_as_brought = || self.brought.get(file).is_some_and(|brought| *brought == Identity::of(&to));
        if !self.is_ours(file) && is_as_brought() {
            return self.disk().rename(&from, &to).map(|()| None);
        }
        let is_free = |kept: &Below| fs::symlink_metadata(self.output.path.join(kept)).is_err();
        let kept = (1..).map(|number| changed_name(Path::new(file), number)).find(is_free).unwrap_or_default();
        self.disk().link(&from, &self.output.path.join(&kept)).map(|()| Some(kept))
    }

    /// The folders of the output that a file lies in, but for those that there are.
    fn create_above(&self, file: &Below, left: &Path) -> Result<(), Error> {
        let above = Path::new(file).ancestors().skip(1);
        let missing: Vec<_> = above.take_while(|folder| !self.output.path.join(folder).exists()).collect();
        let create = |folder: &Path| self.disk().create_folder_like(&left.join(folder), &self.output.path.join(folder));
        missing.iter().rev().try_for_each(|folder| create(folder))
    }
}
