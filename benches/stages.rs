//! What each stage takes of a catalogue that is made for it: `cargo bench --bench stages -- [SERVICES]`.
//!
//! Each stage is run five times on what the stage before has made, and its median and least times are printed. Nothing is
//! tested by the clock.

use std::hint::black_box;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use katalog::compose::{Templates, compose};
use katalog::write::html::Layouts;
use katalog::write::word::Look;
use katalog::write::{File, Format, Means, write};
use katalog::{check, inspect, load, resolve};

#[path = "../examples/generate.rs"]
#[allow(dead_code)]
mod generate;

const RUNS: usize = 5;

fn main() {
    // Cargo gives options of its own.
    let services = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let folder = tempfile::tempdir().expect("a folder for what is temporary");
    let content = folder.path().join("content");
    generate::write(&generate::catalogue(services, 1), &content).expect("the content is written");
    println!("{services} services, median and least of {RUNS} runs, {} threads", rayon::current_num_threads());
    stages(&content);
}

fn stages(content: &Path) {
    measure("load", || load::load(content));
    measure("load and resolve", || resolve::resolve(load::load(content).expect("the content is read").0));
    let (catalog, _) = resolve::resolve(load::load(content).expect("the content is read").0);
    let catalog = catalog.expect("what is made has no mistakes");
    measure("check", || check::check(&catalog));
    let templates = Templates::load(Path::new("")).expect("the built-in templates can be read");
    measure("compose", || compose(&catalog, &templates).map_err(drop));
    let composition = compose(&catalog, &templates).expect("what is made can be composed");
    let (publication, texts) = (&composition.publication, composition.texts());
    let layouts = Layouts::new(&templates.layouts, "").expect("the built-in layouts can be used");
    let look = Look::default();
    let means = Means { layouts: &layouts, assets: &templates.assets, look: &look, pages: &[] };
    let written = |format| {
        let files = Mutex::default();
        write(publication, &texts, &[format], &means, &files).expect("files can be written");
        files.into_inner().expect("no thread has failed")
    };
    for format in Format::ALL {
        measure(&format!("write {format:?}"), || written(format));
    }
    let files: Vec<File> = written(Format::Word);
    measure("inspect Word", || inspected(&files));
}

fn inspected(files: &[File]) -> usize {
    use rayon::prelude::*;
    let inspector = inspect::Inspector::of_own_files();
    files.par_iter().map(|file| inspector.word_file(&file.path, &file.bytes).len()).sum()
}

fn measure<T>(stage: &str, run: impl Fn() -> T) {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| time(&run)).collect();
    times.sort();
    println!("{stage:<20} {:>9.1} ms {:>9.1} ms", millis(times[RUNS / 2]), millis(times[0]));
}

/// What is made is dropped outside the time.
fn time<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    let made = black_box(run());
    let time = start.elapsed();
    drop(made);
    time
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
