//! The site and the other files as they would be published, kept up with their sources while those are written.
//!
//! One thread makes them, and answers who asks for a file. Nothing is written to any disk.

mod files;
mod folder;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::slice::from_ref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::compose::{Composition, Left, Stale, Templates, compose_to_ask, unused};
use crate::diagnostic::{self, Diagnostic, Place, codes};
use crate::reference::{self, Reference};
use crate::resolve::Catalog;
use crate::resolve::asked::Changed;
use crate::waiting::Waiting;
use crate::write::html::Layouts;
use crate::{Failure, check, load, stops};
use files::{Files, Found};
use folder::{Folders, Seen};

/// What others have to know is brought up to date when nobody has asked for anything so long.
const IDLE: Duration = Duration::from_millis(100);
/// What takes long is brought up to date when nobody has for so long.
const LONG_IDLE: Duration = Duration::from_secs(1);
/// So many pages are brought up to date at a time, so that nobody who asks meanwhile has to wait for long.
const AT_A_TIME: usize = 64;
/// How often the sources are looked at where the system does not tell of changes, or could not read them.
const AGAIN: Duration = Duration::from_secs(1);

/// What a preview is of.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The content folder.
    pub content: PathBuf,
    /// The folder of templates; the built-in ones serve where there is none.
    pub templates: PathBuf,
    /// The Word template of the Word files; else that of `katalog.yaml`, else the built-in look.
    pub reference: Option<PathBuf>,
}

/// How far a preview has come.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Counted up each time that files may have changed.
    pub version: u64,
    /// Whether there are files to show. There are none before the first time that the sources can be used.
    pub shows: bool,
    /// Whether the files are as the sources are: not so where they have mistakes that stop them from being used, and the
    /// files from before those are shown.
    pub current: bool,
    /// What is wrong with the sources.
    pub findings: Vec<Diagnostic>,
}

/// What there is at a path.
#[derive(Debug)]
pub enum Answer {
    /// A file's bytes.
    File(Vec<u8>),
    /// No file has that path.
    None,
    /// There are no files yet.
    NotYet,
    /// The file cannot be made: what is wrong with its sources, or why.
    Failed(Vec<Diagnostic>),
}

/// A preview, which ends when it is dropped.
pub struct Preview {
    messages: Sender<Message>,
    /// Whose messages have not been received.
    waiting: Waiting,
}

enum Message {
    /// The sources may have changed: these files, or any where none is named.
    Look(Vec<PathBuf>),
    /// Nobody will say when they change.
    Untold,
    /// Someone asks for the file at a path.
    Ask(String, Sender<Answer>),
}

impl Preview {
    /// Opens a preview, and tells `told` of each new state, from the preview's own thread. Fails when there is no content
    /// folder, or no thread to be had.
    pub fn open(sources: Sources, told: impl Fn(&State) + Send + 'static) -> Result<Preview, Failure> {
        if !sources.content.is_dir() {
            return Err(Failure::NoContent(sources.content));
        }
        let (messages, inbox) = channel();
        let waiting = Waiting::default();
        let inbox = Inbox { messages: inbox, waiting: waiting.clone() };
        let keep = move || keep_up(&sources, &inbox, &told);
        thread::Builder::new().spawn(keep).map_err(|_| Failure::Threads)?;
        Ok(Preview { messages, waiting })
    }

    /// Says that the sources may have changed: files whose paths are given, or any.
    pub fn look(&self, paths: Vec<PathBuf>) {
        self.send(Message::Look(paths));
    }

    /// Says that nobody will say when the sources change: they are looked at every second from now on.
    pub fn look_on(&self) {
        self.send(Message::Untold);
    }

    fn send(&self, message: Message) {
        self.waiting.add();
        let _ = self.messages.send(message);
    }

    /// The file at a path under the output folder, such as `html/index.html`; waits until it is made.
    pub fn file(&self, path: &str) -> Answer {
        let (answer, made) = channel();
        self.send(Message::Ask(path.to_string(), answer));
        made.recv().unwrap_or_else(|_| {
            let message = "förhandsvisningen har stannat av ett fel i programmet";
            let finding = Diagnostic::error(codes::TEMPLATE, Place::file(path), message);
            Answer::Failed(vec![finding.with_help("starta om katalog serve, och rapportera felet")])
        })
    }
}

/// Where messages come.
struct Inbox {
    messages: Receiver<Message>,
    waiting: Waiting,
}

impl Inbox {
    /// The next message, or why there is none: nobody holds the preview any more, or it has not come after a while.
    fn receive_within(&self, time: Duration) -> Result<Message, RecvTimeoutError> {
        self.messages.recv_timeout(time).inspect(|_| self.waiting.remove())
    }
}

/// Keeps a preview up until nobody holds it any more.
fn keep_up(sources: &Sources, inbox: &Inbox, told: &(dyn Fn(&State) + Send)) {
    let folders = Folders::new(sources);
    let (state, due, asked) = (State::default(), Due::default(), Instant::now());
    let mut keeper = Keeper {
        sources,
        inbox,
        told,
        state,
        folders,
        due,
        is_to_check: false,
        asked,
        is_untold: false,
        has_failed: false,
        looked: asked,
    };
    let mut next = keeper.first();
    while let Some(read) = next {
        next = keeper.show(read);
    }
}

struct Keeper<'a> {
    sources: &'a Sources,
    inbox: &'a Inbox,
    told: &'a (dyn Fn(&State) + Send),
    state: State,
    folders: Folders,
    due: Due,
    /// Whether the rules have not been asked of what is shown. They are when nothing is due.
    is_to_check: bool,
    /// When someone last asked for something.
    asked: Instant,
    /// Whether nobody says when the sources change.
    is_untold: bool,
    /// Whether the system could not read the sources last time, which no change of theirs mends.
    has_failed: bool,
    /// When the sources were last looked at.
    looked: Instant,
}

/// What has changed in the sources and is not shown yet, be it because of mistakes in it.
#[derive(Default)]
struct Due {
    /// Files of the content that were edited.
    edited: BTreeSet<String>,
    /// Whether anything else has changed.
    otherwise: bool,
}

impl Due {
    fn add(&mut self, seen: Seen) {
        self.edited.extend(seen.edited);
        self.otherwise |= seen.otherwise;
    }

    fn is_none(&self) -> bool {
        self.edited.is_empty() && !self.otherwise
    }
}

/// What there is to make files from.
struct Read {
    catalog: Catalog,
    templates: Templates,
    layouts: Layouts,
    reference: Reference,
    /// What of the content no template asks for.
    unused: Vec<Diagnostic>,
    /// What is told of how the content is written, which holds until a file of which it is told is read anew.
    told: Vec<Diagnostic>,
    /// What an earlier composition has left, and what has changed since.
    left: Option<(Left, Changed)>,
    /// What is shown if it turns out that this cannot be.
    before: Option<Box<Read>>,
}

/// Why something is shown no longer.
enum Next {
    /// Files of the content were edited.
    Edited,
    /// Everything has been read anew.
    Anew(Box<Read>),
    /// Nobody holds the preview any more.
    End,
}

/// What files cannot go on for.
enum Task {
    /// Something is to be made again, and then someone answered who asked for it.
    Renew(Stale, Option<(String, Sender<Answer>)>),
    /// The rules are to be asked what they find.
    Check,
    Next(Next),
}

impl Keeper<'_> {
    fn tell(&self) {
        (self.told)(&self.state);
    }

    fn find(&mut self, findings: Vec<Diagnostic>) {
        self.state.findings.extend(findings);
        diagnostic::sort(&mut self.state.findings);
        self.state.findings.dedup();
    }

    /// What can be shown first; `None` when nobody holds the preview any more.
    fn first(&mut self) -> Option<Read> {
        loop {
            self.folders.look();
            if let Some(read) = self.read() {
                return Some(read);
            }
            self.tell();
            self.wait()?;
        }
    }

    /// Waits until the sources may have changed.
    fn wait(&mut self) -> Option<()> {
        loop {
            match self.inbox.receive_within(AGAIN) {
                Ok(Message::Look(_)) => return Some(()),
                Ok(Message::Untold) => self.is_untold = true,
                Ok(Message::Ask(_, answer)) => _ = answer.send(Answer::NotYet),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.is_to_look() && (self.folders.look() != Seen::default() || self.has_failed) {
                return Some(());
            }
        }
    }

    /// Whether it is time to look at the sources though nobody has said that they may have changed.
    fn is_to_look(&mut self) -> bool {
        let is_time = (self.is_untold || self.has_failed) && self.looked.elapsed() >= AGAIN;
        if is_time {
            self.looked = Instant::now();
        }
        is_time
    }

    /// Reads everything. `None` where it cannot be shown, and the state says why.
    fn read(&mut self) -> Option<Read> {
        (self.state.current, self.is_to_check) = (false, true);
        let read = crate::read(&self.sources.content);
        // What takes long to fail is not tried all the time.
        (self.has_failed, self.looked) = (matches!(read, Err(Failure::Read(_))), Instant::now());
        let (catalog, findings) = read.unwrap_or_else(|failure| {
            let place = Place::file(self.sources.content.display().to_string());
            (None, vec![Diagnostic::error(codes::UNREADABLE, place, failure.to_string())])
        });
        // It can be seen how that looks which breaks a rule; what cannot be read is not there to see.
        let is_read = !findings.iter().any(|finding| is_of_reading(finding) && stops(from_ref(finding), false));
        let told = findings.iter().filter(|finding| is_of_reading(finding)).cloned().collect();
        self.state.findings = findings;
        let catalog = catalog.filter(|_| is_read)?;
        let templates = Templates::load(&self.sources.templates).map_err(|mistakes| self.find(mistakes)).ok()?;
        let layouts = Layouts::new(&templates.layouts, &templates.shown);
        let layouts = layouts.map_err(|mistake| self.find(vec![*mistake])).ok()?;
        let reference = reference::read(&catalog, &self.sources.content, self.sources.reference.as_deref());
        let unused = unused(&catalog, &templates);
        self.find([reference.findings.as_slice(), &unused].concat());
        (self.due, self.is_to_check) = (Due::default(), false);
        Some(Read { catalog, templates, layouts, reference, unused, told, left: None, before: None })
    }

    /// Shows what was read until there is something else to show, which is returned; `None` when nobody holds the preview
    /// any more.
    fn show(&mut self, mut read: Read) -> Option<Read> {
        let (left, before) = (read.left.take(), read.before.take());
        let is_anew = left.is_none();
        let is_edited = left.as_ref().is_some_and(|(_, changed)| !changed.is_none());
        let (left, next) = match compose(&read, left) {
            Ok(composition) => {
                drop(before);
                self.state.version += u64::from(is_anew || is_edited);
                self.is_to_check |= is_edited;
                self.serve(&read, composition)
            }
            Err(mistakes) => return self.go_back(before, mistakes),
        };
        match next {
            Next::End => None,
            Next::Edited => Some(self.edited(read, left)),
            Next::Anew(next) => {
                read.left = Some((left, Changed::default()));
                Some(Read { before: Some(Box::new(read)), ..*next })
            }
        }
    }

    /// What was shown before, when what was to be shown now cannot be.
    fn go_back(&mut self, before: Option<Box<Read>>, mistakes: Vec<Diagnostic>) -> Option<Read> {
        self.find(mistakes);
        self.state.current = false;
        self.due.otherwise = true;
        if let Some(before) = before {
            return Some(*before);
        }
        self.state.shows = false;
        self.tell();
        self.wait()?;
        self.first()
    }

    /// Takes in what was edited, or else reads everything.
    fn edited(&mut self, mut read: Read, left: Left) -> Read {
        let mut changed = Changed::default();
        let reader = |path: &str, text: Option<&str>| load::load_file(&self.sources.content, path, text);
        let mut take_in = |path: &String| match read.catalog.take_in(path, &reader) {
            Some(differs) => {
                changed.extend(&differs);
                true
            }
            None => false,
        };
        let is_taken_in = self.due.edited.iter().all(&mut take_in);
        read.left = Some((left, changed));
        if is_taken_in {
            self.due = Due::default();
            read.unused = unused(&read.catalog, &read.templates);
            self.state.findings.retain(|finding| !is_of_reading(finding) || read.told.contains(finding));
            return read;
        }
        match self.read() {
            Some(next) => Read { before: Some(Box::new(read)), ..next },
            None => read,
        }
    }

    /// Gives files of a composition to who asks for them, until there is something else to show.
    fn serve(&mut self, read: &Read, mut composition: Composition<'_>) -> (Left, Next) {
        let (_, mut mistakes) = composition.renew(&composition.soon(), None);
        self.find(mistakes.clone());
        (self.state.shows, self.state.current) = (true, self.due.is_none());
        self.tell();
        let is_shown = AtomicBool::new(true);
        let (done, checked) = channel();
        let mut is_checked = false;
        thread::scope(|scope| {
            loop {
                let is_to_check = self.is_to_check && self.due.is_none() && !is_checked;
                match self.give(&Files::of(read, &composition), is_to_check, &checked, &mistakes) {
                    Task::Next(next) => {
                        is_shown.store(false, Ordering::Relaxed);
                        return (composition.leave(), next);
                    }
                    Task::Check => {
                        let (done, is_shown) = (done.clone(), &is_shown);
                        let check = move || check_aside(&read.catalog, is_shown).map(|findings| done.send(findings));
                        // Where there is no thread just now, there may be one a moment later.
                        is_checked = thread::Builder::new().spawn_scoped(scope, check).is_ok();
                    }
                    Task::Renew(stale, asked) => {
                        let waiting = asked.is_none().then_some(&self.inbox.waiting);
                        let (differs, found) = composition.renew(&stale, waiting);
                        self.find(found.clone());
                        mistakes.extend(found);
                        if let Some((path, answer)) = asked {
                            answer_with(&Files::of(read, &composition), &path, &answer);
                        }
                        if differs {
                            self.state.version += 1;
                            self.tell();
                        }
                    }
                }
            }
        })
    }

    /// Gives files to who asks for them, until something has to be done that they cannot be given meanwhile.
    fn give(
        &mut self,
        files: &Files<'_>,
        is_to_check: bool,
        checked: &Receiver<Vec<Diagnostic>>,
        mistakes: &[Diagnostic],
    ) -> Task {
        loop {
            if self.is_to_look()
                && let Some(next) = self.look(&[])
            {
                return Task::Next(next);
            }
            match self.inbox.receive_within(IDLE) {
                Ok(message) => {
                    self.asked = Instant::now();
                    match message {
                        Message::Ask(path, answer) => match files.find(&path) {
                            Found::Answer(found) => _ = answer.send(found),
                            Found::Stale(stale) => return Task::Renew(stale, Some((path, answer))),
                        },
                        Message::Untold => self.is_untold = true,
                        Message::Look(paths) => {
                            if let Some(next) = self.look(&paths) {
                                return Task::Next(next);
                            }
                        }
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Task::Next(Next::End),
                Err(RecvTimeoutError::Timeout) if is_to_check => return Task::Check,
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(stale) = files.next_to_renew(self.asked.elapsed() > LONG_IDLE) {
                        return Task::Renew(stale, None);
                    }
                }
            }
            if let Ok(findings) = checked.try_recv() {
                self.is_to_check = false;
                self.state.findings = findings;
                self.find(files.findings().chain(mistakes).cloned().collect());
                self.tell();
            }
        }
    }

    /// Looks at the sources. What there is to show now, if that is anything else.
    fn look(&mut self, paths: &[PathBuf]) -> Option<Next> {
        let seen = self.folders.look_at(paths);
        if seen == Seen::default() && !self.has_failed {
            return None;
        }
        self.due.add(seen);
        self.due.otherwise |= self.has_failed;
        if !self.due.otherwise {
            return Some(Next::Edited);
        }
        let read = self.read();
        if read.is_none() {
            self.tell();
        }
        read.map(|read| Next::Anew(Box::new(read)))
    }
}

/// The next composition after the one that has left something, or one as if there had been none.
fn compose(read: &Read, left: Option<(Left, Changed)>) -> Result<Composition<'_>, Vec<Diagnostic>> {
    let again = left.map(|(left, mut changed)| Composition::again(&read.catalog, &read.templates, left, &mut changed));
    match again.transpose()?.flatten() {
        Some(composition) => Ok(composition),
        None => compose_to_ask(&read.catalog, &read.templates),
    }
}

/// What the rules find, on a thread beside those that make files; `None` when nobody wants to know any more.
fn check_aside(catalog: &Catalog, is_wanted: &AtomicBool) -> Option<Vec<Diagnostic>> {
    let aside = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()?;
    aside.install(|| check::check_while(catalog, &|| is_wanted.load(Ordering::Relaxed)))
}

fn answer_with(files: &Files<'_>, path: &str, answer: &Sender<Answer>) {
    let found = match files.find(path) {
        Found::Answer(found) => found,
        // It has been made again, and could not be.
        Found::Stale(_) => Answer::None,
    };
    let _ = answer.send(found);
}

/// Whether a finding is of a stage before the rules.
fn is_of_reading(finding: &Diagnostic) -> bool {
    finding.code <= codes::READ_OTHERWISE
}
