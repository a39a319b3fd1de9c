//! The threads that work is shared out among: as many as there are cores, or as many as the system gives.

use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, thread};

use katalog::Failure;
use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Starts the threads. Fails with what to say where the system gives none beside the first.
pub fn start() -> Result<(), String> {
    let (give, take) = channel();
    let take = Arc::new(Mutex::new(take));
    let wanted = wanted();
    // One more than work with it: it ends at once, and leaves room for the one that puts files in place.
    let given = (0..=wanted).take_while(|_| wait_for_work(&take).is_ok()).count();
    let pool = ThreadPoolBuilder::new().num_threads(given.saturating_sub(1).max(1));
    let started = match given {
        0 => return Err(Failure::Threads.to_string()),
        1 => pool.use_current_thread().build_global(),
        _ => {
            pool.spawn_handler(|thread| give.send(thread).map_err(|_| io::ErrorKind::BrokenPipe.into())).build_global()
        }
    };
    started.map_err(|error| format!("trådarna går inte att starta: {error}"))
}

/// No more are asked for, whatever the variable says: what the threads take would be missing elsewhere.
const MOST: usize = 1_024;

/// How many threads are wanted, as the variable says that all programs of this kind read, or one for each core.
fn wanted() -> usize {
    let told = env::var("RAYON_NUM_THREADS").ok().and_then(|told| told.parse().ok()).filter(|told| *told > 0);
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    told.unwrap_or_else(cores).min(MOST)
}

/// A thread that does what it is given first, or ends when there is no more to be given.
fn wait_for_work(take: &Arc<Mutex<Receiver<ThreadBuilder>>>) -> io::Result<()> {
    let take = Arc::clone(take);
    let work = move || {
        let given = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        if let Ok(thread) = given {
            thread.run();
        }
    };
    thread::Builder::new().spawn(work).map(|_| ())
}
