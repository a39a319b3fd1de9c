//! Where files go as they are written: Word files are inspected before they are packed, and all are put in the tree that is
//! to be published, so that none of them is kept.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::diagnostic::{self, Diagnostic};
use crate::inspect::Inspector;
use crate::publish::{Error, NewTree, Output};
use crate::write::word::Part;
use crate::write::{File, Sink};
use crate::{Options, text};

/// Takes the files of a build.
pub struct Outlet<'a> {
    new: NewTree<'a>,
    /// Where it is to stand.
    shown: &'a Path,
    inspector: Inspector,
    found: Mutex<Vec<Diagnostic>>,
    failed: Mutex<Option<Error>>,
    progress: fn(&str),
    /// When it was last told how far the writing has come.
    told: Mutex<Instant>,
}

/// How often is told how far the writing has come.
const EVERY: Duration = Duration::from_secs(10);

impl<'a> Outlet<'a> {
    /// For the files of one build.
    pub fn of(output: &'a Output, options: &'a Options) -> Result<Outlet<'a>, Error> {
        Ok(Outlet {
            new: output.begin()?,
            shown: &options.output,
            inspector: Inspector::of_own_files(),
            found: Mutex::default(),
            failed: Mutex::default(),
            progress: options.progress,
            told: Mutex::new(Instant::now()),
        })
    }

    /// Tells how many files have been written, now and then.
    fn tell(&self) {
        let Ok(mut told) = self.told.try_lock() else { return };
        if told.elapsed() >= EVERY {
            *told = Instant::now();
            let count = text::number(self.new.count().into());
            (self.progress)(&format!("{count} filer är skrivna …"));
        }
    }

    /// The tree, and what is wrong with the Word files in it. Fails where a file could not be written.
    pub fn close(self) -> Result<(NewTree<'a>, Vec<Diagnostic>), Error> {
        if let Some(error) = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        diagnostic::sort(&mut found);
        Ok((self.new, found))
    }
}

impl Sink for Outlet<'_> {
    fn take(&self, file: File) {
        let failed = || self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        // Where one file could not be written, nothing is published.
        if failed().is_some() {
            return;
        }
        match self.new.put(&file) {
            Ok(()) => self.tell(),
            Err(error) => _ = failed().get_or_insert(error),
        }
    }

    fn look_at(&self, path: &str, parts: &[Part]) {
        let name = self.shown.join(path).display().to_string();
        let found = self.inspector.parts(&name, parts);
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }
}
