//! A file of YAML, as an entity and as a list: any bytes end in findings that have a place in them.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;

const CATALOGUE: &str = "organisation: A\nenhet: B\nutgåva: {år: 2027, version: \"1\", status: utkast}\n\
    kontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 260}\n";

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    fs::write(folder.path().join("katalog.yaml"), CATALOGUE).unwrap();
    fs::create_dir(folder.path().join("tjanster")).unwrap();
    fs::write(folder.path().join("tjanster/en.yaml"), bytes).unwrap();
    fs::write(folder.path().join("ordlista.yaml"), bytes).unwrap();
    let (_, findings) = katalog::examine(folder.path()).unwrap();
    let lines = 2 + bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    for finding in findings {
        assert!(finding.place.line <= lines.max(CATALOGUE.lines().count() + 1) && finding.place.column > 0);
        let shown = finding.to_string();
        // U+FFFD stands for what is not shown.
        let is_hidden = |c: char| !matches!(c, '\n' | '\t' | '\u{FFFD}') && katalog::text::is_forbidden(c);
        assert!(!shown.contains(is_hidden), "{shown:?}");
    }
});
