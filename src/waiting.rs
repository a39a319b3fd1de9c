//! Work that is given up half done as soon as someone waits for something else.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many wait for who does something that nobody waits for.
#[derive(Debug, Clone, Default)]
pub struct Waiting(Arc<AtomicUsize>);

thread_local! {
    /// Those for whom the work of this thread is given up.
    static FOR_WHOM: RefCell<Option<Waiting>> = const { RefCell::new(None) };
}

impl Waiting {
    /// One more waits.
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// One less does.
    pub fn remove(&self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }

    /// Whether anyone does.
    pub fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// Does something that may give up when any of these wait. What comes of it then is nothing to use.
pub fn unless<T>(waiting: Option<&Waiting>, work: impl FnOnce() -> T) -> T {
    // A thread that waits for others may meanwhile do something else.
    let outer = FOR_WHOM.replace(waiting.cloned());
    let done = work();
    FOR_WHOM.set(outer);
    done
}

/// For whom the work of this thread is given up, to be handed to others that share in it.
pub fn for_whom() -> Option<Waiting> {
    FOR_WHOM.with_borrow(Clone::clone)
}

/// Whether the work of this thread is to be given up.
pub fn is_to_be_given_up() -> bool {
    FOR_WHOM.with_borrow(|waiting| waiting.as_ref().is_some_and(Waiting::is_any))
}

/// So much is done between two looks at whether anyone waits: some milliseconds' work.
const OF_A_PART: usize = 1_000;

/// All of these in parts, or those up to where the work is given up.
pub fn parts<T>(all: &[T]) -> impl Iterator<Item = &[T]> {
    all.chunks(OF_A_PART).take_while(|_| !is_to_be_given_up())
}

/// The same of what is changed.
pub fn parts_mut<T>(all: &mut [T]) -> impl Iterator<Item = &mut [T]> {
    all.chunks_mut(OF_A_PART).take_while(|_| !is_to_be_given_up())
}

/// Takes something apart that was made for nobody where none of those wait for that who came meanwhile.
pub fn let_go<T: Send + 'static>(what: T) {
    match for_whom() {
        Some(_) => let_go_aside(what),
        None => drop(what),
    }
}

/// Takes something apart where nobody waits for that: a tree of millions of parts takes longer than most answers.
pub fn let_go_aside<T: Send + 'static>(what: T) {
    rayon::spawn(move || drop(what));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_goes_no_further_than_its_part() {
        let waiting = Waiting::default();
        let mut all = vec![0; 2 * OF_A_PART + 1];
        assert_eq!(unless(Some(&waiting), || parts(&all).map(<[i32]>::len).sum::<usize>()), all.len());
        let done = unless(Some(&waiting), || parts_mut(&mut all).inspect(|_| waiting.add()).count());
        assert_eq!(done, 1);
        assert_eq!(unless(Some(&waiting), || parts(&all).count()), 0);
        assert_eq!(parts(&all).count(), 3);
    }

    #[test]
    fn only_what_is_done_for_nobody_is_given_up() {
        let waiting = Waiting::default();
        assert!(!unless(Some(&waiting), is_to_be_given_up));
        waiting.add();
        assert!(!is_to_be_given_up());
        let inner = || (is_to_be_given_up(), unless(None, is_to_be_given_up), is_to_be_given_up());
        assert_eq!(unless(Some(&waiting), inner), (true, false, true));
        let handed_on = unless(Some(&waiting), for_whom);
        assert!(unless(handed_on.as_ref(), is_to_be_given_up));
        waiting.remove();
        assert!(!unless(Some(&waiting), is_to_be_given_up));
    }
}
