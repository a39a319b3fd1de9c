//! Catalogues and chance for tests.

use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::diagnostic::codes;
use crate::load::{typed, yaml};
use crate::resolve::Catalog;

/// The time of a processor that this thread has taken, whatever else the machine does.
#[cfg(target_os = "linux")]
pub fn processor_time() -> std::time::Duration {
    rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime).try_into().expect("not before the thread")
}

/// The time that has gone by.
#[cfg(not(target_os = "linux"))]
pub fn processor_time() -> std::time::Duration {
    static BEGAN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed()
}

/// A catalogue of these files, in a folder that is there as long as it is kept.
pub fn catalog_of(files: &[(&str, &str)]) -> (TempDir, Catalog) {
    let folder = tempfile::tempdir().expect("a folder");
    let edition = (
        "katalog.yaml",
        "organisation: O\nenhet: E\nutgåva: {år: 2027, version: \"1\", status: utkast}\n\
        kontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 260}\n",
    );
    for (path, text) in [&edition].into_iter().chain(files) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let (catalog, findings) = crate::examine(folder.path()).expect("there");
    // Rules may find something to say of it, but all of it is read.
    assert!(findings.iter().all(|finding| finding.code.0 > codes::READ_OTHERWISE.0), "{findings:?}");
    (folder, catalog.expect("it is whole"))
}

/// What a text in YAML describes.
pub fn filled<T: DeserializeOwned>(source: &str) -> T {
    let (tree, problems) = yaml::parse(source);
    assert_eq!(problems, []);
    let filled = typed::fill(tree.root(source).expect("not empty"), "x");
    assert_eq!(filled.problems, []);
    filled.value.expect("nothing is wrong")
}

/// Numbers below the one that is given, the same in every run.
pub fn chance() -> impl FnMut(usize) -> usize {
    let mut state = 1u64;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}
