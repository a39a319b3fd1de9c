//! Where files go as they are written: Word files are inspected before they are packed, and all are put in the tree that is
//! to be published, so that none of them is kept.
//!
//! One thread puts them there: threads that make files in one folder wait for each other.

use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::{self, Cause, Diagnostic};
use crate::inspect::Inspector;
use crate::publish::{Error, NewTree, Output};
use crate::write::word::Part;
use crate::write::{File, Sink, Unwritten};
use crate::{Failure, Options, text};

/// So many files may wait to be put in the tree.
const MOST_WAITING: usize = 512;
/// How often is told how far the writing has come.
const EVERY: Duration = Duration::from_secs(10);

/// Why a tree is not filled.
pub enum Unfilled {
    /// A mistake in a layout.
    Layout(Box<Diagnostic>),
    /// A file cannot be made or put there.
    Failure(Failure),
}

/// Lets `write` give files to a new tree. Returns the tree, and what is wrong with the Word files in it. Fails where a
/// file cannot be made or put there.
pub fn fill<'a>(
    output: &'a Output,
    options: &Options,
    write: impl FnOnce(&dyn Sink) -> Result<(), Unwritten>,
) -> Result<(NewTree<'a>, Vec<Diagnostic>), Unfilled> {
    let publish = |error| Unfilled::Failure(Failure::Publish(error));
    let mut new = output.begin().map_err(publish)?;
    let (files, waiting) = sync_channel(MOST_WAITING);
    let outlet =
        Outlet { files, shown: &options.output, inspector: Inspector::of_own_files(), found: Mutex::default() };
    let (written, put, mut found) = thread::scope(|scope| {
        let put = || put_all(&mut new, waiting, options.progress);
        let putting = thread::Builder::new().spawn_scoped(scope, put).map_err(no_thread)?;
        let written = write(&outlet);
        let Outlet { files, found, .. } = outlet;
        // That no more come ends the other thread.
        drop(files);
        Ok((written, putting.join(), found.into_inner().unwrap_or_else(PoisonError::into_inner)))
    })?;
    put.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map_err(publish)?;
    written.map_err(|unwritten| match unwritten {
        Unwritten::Layout(mistake) => Unfilled::Layout(mistake),
        Unwritten::Other(why) => Unfilled::Failure(Failure::Write(why)),
    })?;
    diagnostic::sort(&mut found);
    Ok((new, found))
}

fn no_thread(error: io::Error) -> Unfilled {
    let why = format!("systemet ger programmet ingen tråd att skriva filer med: {}", Cause(&error));
    Unfilled::Failure(Failure::Write(why))
}

/// Takes the files of a build.
struct Outlet<'a> {
    files: SyncSender<File>,
    /// Where they are to stand.
    shown: &'a Path,
    inspector: Inspector,
    found: Mutex<Vec<Diagnostic>>,
}

impl Sink for Outlet<'_> {
    fn take(&self, file: File) {
        // Nobody waits for files any more where one could not be put.
        let _ = self.files.send(file);
    }

    fn look_at(&self, path: &str, parts: &[Part]) {
        let name = self.shown.join(path).display().to_string();
        let found = self.inspector.parts(&name, parts);
        self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }
}

/// Puts files in the tree as they come, and tells now and then how many. Where one cannot be put, nothing is published,
/// and no more are taken.
fn put_all(new: &mut NewTree<'_>, files: Receiver<File>, progress: fn(&str)) -> Result<(), Error> {
    let mut told = Instant::now();
    for file in files {
        new.put(&file)?;
        if told.elapsed() >= EVERY {
            told = Instant::now();
            progress(&format!("{} filer är skrivna …", text::number(new.count().into())));
        }
    }
    Ok(())
}
