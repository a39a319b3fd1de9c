//! How long it takes from an edit until the preview shows it: `cargo bench --bench preview -- [SERVICES]`.
//!
//! One file at a time is edited in a catalogue that is made for it, and the time is taken until the page about it, a list
//! that it stands in, and the whole document have been given anew. Nothing is tested by the clock.

use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use katalog::preview::{Answer, Preview, Sources, State};

#[path = "../examples/generate.rs"]
#[allow(dead_code)]
mod generate;

const RUNS: usize = 9;

fn main() {
    // Cargo gives options of its own.
    let services = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let folder = tempfile::tempdir().expect("a folder for what is temporary");
    let content = folder.path().join("content");
    generate::write(&generate::catalogue(services, 1), &content).expect("the content is written");
    println!("{services} services, median and least of {RUNS} edits, {} threads", rayon::current_num_threads());
    let (told, states) = channel();
    let sources = Sources { content: content.clone(), templates: "".into(), reference: None };
    let start = Instant::now();
    let preview = Preview::open(sources, move |state| _ = told.send(state.clone())).expect("the content is there");
    wait(&states, |state| state.shows);
    println!("{:<44} {:>9.1} ms", "opened", millis(start.elapsed()));
    let text = |line: &str, run: usize| match line.strip_prefix("sammanfattning: ") {
        Some(text) => format!("sammanfattning: Ändrad {run} gånger. {text}"),
        None => line.to_string(),
    };
    let name = |line: &str, run: usize| match line.strip_prefix("namn: ") {
        Some(name) => format!("namn: {name} {run}"),
        None => line.to_string(),
    };
    let id = fs::read_dir(content.join("tjanster")).expect("services").flatten().map(|entry| entry.path()).min();
    let path = id.expect("a service");
    let id = path.file_stem().expect("an id").to_string_lossy().into_owned();
    let pages = [format!("html/tjanster/{id}.html"), "html/tjanster.html".to_string()];
    for page in &pages {
        ask(&preview, page);
    }
    measure("a text: the service's page", &preview, &states, &path, &pages[0], &text);
    measure("a text: the list of all services", &preview, &states, &path, &pages[1], &text);
    measure("a name: the service's page", &preview, &states, &path, &pages[0], &name);
}

/// Edits the file by lines, waits until that is shown, and asks for a page.
fn measure(
    what: &str,
    preview: &Preview,
    states: &Receiver<State>,
    path: &Path,
    page: &str,
    edit: &dyn Fn(&str, usize) -> String,
) {
    let before = fs::read_to_string(path).expect("the file");
    let (mut shown, mut given) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        // What the edit before it left to do is done first.
        while states.recv_timeout(Duration::from_millis(1_500)).is_ok() {}
        let text: String = before.lines().map(|line| edit(line, run) + "\n").collect();
        fs::write(path, text).expect("the edit");
        let start = Instant::now();
        preview.look(vec![path.to_path_buf()]);
        wait(states, |_| true);
        shown.push(start.elapsed());
        ask(preview, page);
        given.push(start.elapsed());
    }
    for (at, mut times) in [("told", shown), ("given", given)] {
        times.sort();
        let what = format!("{what}, {at}");
        println!("{what:<44} {:>9.1} ms {:>9.1} ms", millis(times[RUNS / 2]), millis(times[0]));
    }
}

fn ask(preview: &Preview, page: &str) {
    match preview.file(page) {
        Answer::File(_) => {}
        other => panic!("{page}: {other:?}"),
    }
}

fn wait(states: &Receiver<State>, wanted: impl Fn(&State) -> bool) {
    while !wanted(&states.recv().expect("the preview goes on")) {}
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
