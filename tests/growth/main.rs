//! What a catalogue takes grows as the catalogue does. Counted, not timed: how often memory is asked for and how much of
//! it, which any work on services, references or pages shows. A test program of its own, since it counts all that goes on
//! in it.
//!
//! `KATALOG_LONG=1 cargo test --release --test growth` counts at 1 000, 4 000 and 16 000 services.

use std::alloc::System;
use std::path::Path;

use katalog::Options;
use katalog::paginate::Pagination;
use katalog::write::Format;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[path = "../../examples/generate.rs"]
#[allow(dead_code)]
mod generate;

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How often memory is asked for, and how much of it together.
#[derive(Debug, Clone, Copy)]
struct Count {
    times: usize,
    bytes: usize,
}

fn count(work: impl FnOnce()) -> Count {
    let region = Region::new(MEMORY);
    work();
    let change = region.change();
    Count { times: change.allocations + change.reallocations, bytes: change.bytes_allocated }
}

/// Counts what is done with three catalogues, each four times as large as the one before.
fn assert_grows_as_the_catalogue(what: &str, smallest: usize, work: impl Fn(&Path)) {
    let is_long = std::env::var_os("KATALOG_LONG").is_some();
    let smallest = if is_long { 1_000 } else { smallest };
    let counts = [1, 4, 16].map(|times| {
        let folder = tempfile::tempdir().unwrap();
        generate::write(&generate::catalogue(smallest * times, 1), &folder.path().join("content")).unwrap();
        count(|| work(folder.path()))
    });
    for pair in counts.windows(2) {
        let [before, after] = pair else { continue };
        println!("{what}: {before:?}, {after:?}");
        // Were anything done for each pair of services, it would soon be sixteen times as much.
        assert!(after.times < before.times * 9 / 2, "{what}: {counts:?}");
        assert!(after.bytes < before.bytes * 5, "{what}: {counts:?}");
    }
}

fn build(folder: &Path, formats: &[Format]) {
    let options = Options {
        content: folder.join("content"),
        templates: folder.join("templates"),
        output: folder.join("output"),
        reference: None,
        formats: formats.to_vec(),
        pagination: Pagination::Estimate,
        progress: |_| {},
        strict: false,
    };
    let (outcome, findings) = katalog::build(&options).unwrap();
    assert!(matches!(outcome, katalog::Outcome::Published { .. }), "{findings:?}");
}

/// One test, since two would count each other.
#[test]
fn what_a_catalogue_takes_grows_as_the_catalogue_does() {
    assert_grows_as_the_catalogue("check", 250, |folder| {
        katalog::examine(&folder.join("content")).unwrap();
    });
    let light = [Format::Html, Format::Markdown, Format::Excel, Format::Json];
    assert_grows_as_the_catalogue("site, Markdown and data", 13, |folder| build(folder, &light));
    assert_grows_as_the_catalogue("Word", 13, |folder| build(folder, &[Format::Word]));
}
