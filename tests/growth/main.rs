//! What a catalogue takes grows as the catalogue does. Counted, not timed: how often memory is asked for and how much of
//! it, which any work on services, references or pages shows. A test program of its own, since it counts all that goes on
//! in it.
//!
//! `KATALOG_LONG=1 cargo test --release --test growth` counts at 1 000, 4 000 and 16 000 services.

use std::alloc::System;
use std::fs;
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

/// So many services on so many products that each enclose the next, and so many contracts that every product needs.
struct Entangled {
    services: usize,
    products: usize,
    contracts: usize,
}

impl Entangled {
    fn write(&self, content: &Path) {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/liten/content");
        copy(&fixture, content);
        let write = |path: String, text: String| fs::write(content.join(path), text).unwrap();
        let catalogue = fs::read_to_string(content.join("katalog.yaml")).unwrap();
        // What is decided has to be whole, and these say no more than they need.
        write("katalog.yaml".into(), catalogue.replace("status: beslutad", "status: utkast"));
        let (services, products, contracts) = (self.services, self.products, self.contracts);
        let listed = (0..contracts).map(|at| format!("avtal-{at}")).collect::<Vec<_>>().join(", ");
        for at in 0..contracts {
            write(format!("kontrakt/avtal-{at}.yaml"), format!("namn: Avtal {at}\n"));
        }
        for at in 0..products {
            let next = if at + 1 < products { format!("innehåller: [led-{}]\n", at + 1) } else { String::new() };
            let text = format!("namn: Led {at}\n{next}kontrakt: [{listed}]\nkostnad: {{belopp: 1}}\n");
            write(format!("produkter/led-{at}.yaml"), text);
        }
        for at in 0..services {
            let text = format!(
                "namn: Kedja {at}\nprodukter: [led-{}]\nsla: {{nivå: dygnet-runt-2h}}\nola: {{avrop: []}}\n",
                at % products
            );
            write(format!("tjanster/kedja-{at}.yaml"), text);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => _ = fs::copy(entry.path(), target).unwrap(),
        }
    }
}

/// Counts what is published of these two, of which the second has four times as many references as the first.
fn assert_grows_as_the_references(what: &str, small: &Entangled, large: &Entangled) {
    let [before, after] = [small, large].map(|entangled| {
        let folder = tempfile::tempdir().unwrap();
        entangled.write(&folder.path().join("content"));
        count(|| build(folder.path(), &[Format::Html, Format::Json]))
    });
    println!("{what}: {before:?}, {after:?}");
    assert!(after.times < before.times * 5, "{what}: {before:?}, {after:?}");
    assert!(after.bytes < before.bytes * 5, "{what}: {before:?}, {after:?}");
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
    let chain = |length: usize| Entangled { services: length, products: length, contracts: 0 };
    assert_grows_as_the_references("services on a chain of products", &chain(150), &chain(600));
    let contracts = |times: usize| Entangled { services: 40 * times, products: 1, contracts: 150 * times };
    assert_grows_as_the_references("services on a product with many contracts", &contracts(1), &contracts(4));
}
