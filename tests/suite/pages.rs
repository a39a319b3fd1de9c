//! Page numbers in Word files: from LibreOffice where it is, and never missing.

use std::fs;

use crate::door::{Run, Workspace};
use crate::read::word;

const NOT_FOUND: &str = "Sidnumren i Word är uppskattade (LibreOffice finns inte på datorn).";

#[test]
fn without_libreoffice_the_numbers_are_estimated_and_the_build_says_so() {
    let workspace = Workspace::of("liten");
    let run = workspace.run(&["build"]);
    assert!(run.code == 0 && run.stderr.contains(NOT_FOUND), "{}", run.stderr);
    let run = workspace.run(&["build", "--paginate=estimate"]);
    assert!(run.stderr.contains("Sidnumren i Word är uppskattade (enligt --paginate=estimate)."), "{}", run.stderr);
    let run = workspace.run(&["build", "--format", "html"]);
    assert!(!run.stderr.contains("Sidnumren"), "nothing is said of what is not written: {}", run.stderr);
}

#[test]
fn who_must_have_libreoffice_gets_nothing_without_it() {
    let workspace = Workspace::of("liten");
    let before = workspace.published();
    let workspace = workspace.replacing("content/produkter/orbit-drift.yaml", "Orbit-drift", "Orbitdriften");
    let run = workspace.run(&["build", "--paginate"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("LibreOffice finns inte på datorn"), "{}", run.stderr);
    assert_eq!(before, workspace.output());
}

#[cfg(unix)]
#[test]
fn a_libreoffice_that_fails_is_told_of() {
    let workspace = Workspace::of("liten");
    let run = run_with(&workspace, "exit 3", &["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("(LibreOffice kunde inte räkna fram dem: det slutade med"), "{}", run.stderr);
    let run = run_with(&workspace, "true", &["build"]);
    assert!(run.stderr.contains("(LibreOffice kunde inte räkna fram dem: det skrev ingen PDF-fil)"), "{}", run.stderr);
    assert_eq!(run_with(&workspace, "exit 3", &["build", "--paginate"]).code, 2);
}

#[cfg(unix)]
#[test]
fn numbers_come_from_libreoffice_and_are_asked_for_once() {
    let workspace = Workspace::of("liten");
    fs::write(workspace.path().join("set.pdf"), set_pages(16)).unwrap();
    let set =
        "for file in \"$@\"; do case $file in *.docx) cp set.pdf \"${file%.docx}.pdf\";; esac; done; echo x >>asked";
    let asked = || fs::read_to_string(workspace.path().join("asked")).unwrap().lines().count();
    let run = run_with(&workspace, set, &["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("Sidnumren i Word räknas fram med LibreOffice …"), "{}", run.stderr);
    assert!(run.stderr.contains("Sidnumren i Word är framräknade med LibreOffice."), "{}", run.stderr);
    let output = workspace.output();
    let parts = word::unzip(&output["word/tjanstekatalog-2027.docx"]);
    let document = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
    let (_, entry) = document.split_once(" PAGEREF _orbit_planering ").unwrap();
    let shown = entry.split_once("<w:t>").unwrap().1;
    assert!(shown.starts_with("7<"), "{}", &shown[..20]);
    let before = asked();
    assert!(before >= 2, "what moves by the numbers themselves is set again");
    assert_eq!(run_with(&workspace, set, &["build"]).code, 0);
    assert_eq!((asked(), workspace.output()), (before, output));
    let workspace = workspace.replacing("content/produkter/orbit-drift.yaml", "Orbit-drift", "Orbitdriften");
    assert_eq!(run_with(&workspace, set, &["build"]).code, 0);
    assert!(fs::read_to_string(workspace.path().join("asked")).unwrap().lines().count() > before);
}

#[cfg(unix)]
#[test]
fn a_document_without_headings_is_no_hindrance() {
    let workspace =
        Workspace::of("liten").with("templates/documents/brev.md", b"---\ntitle: Brev\norder: 9\n---\nBara text.\n");
    // It has no bookmark, so its pages name none.
    fs::write(workspace.path().join("set.pdf"), set_pages(16)).unwrap();
    fs::write(workspace.path().join("tyst.pdf"), set_pages(16).replace("/Dests 3 0 R", "")).unwrap();
    // The letter is the fifth document, and settled after the first round.
    let copy = |others: &str| {
        format!(
            "for file in \"$@\"; do case $file in */4.docx) cp tyst.pdf \"${{file%.docx}}.pdf\";; \
             *.docx) cp {others} \"${{file%.docx}}.pdf\";; esac; done"
        )
    };
    let run = run_with(&workspace, &copy("set.pdf"), &["build", "--paginate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let workspace = workspace.replacing("content/produkter/orbit-drift.yaml", "Orbit-drift", "Orbitdriften");
    let run = run_with(&workspace, &copy("tyst.pdf"), &["build"]);
    assert!(run.stderr.contains("dess PDF-fil säger inte var bokmärkena är"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn numbers_may_come_to_rest_in_the_last_round() {
    let workspace = Workspace::of("liten");
    (1..=4).for_each(|round| fs::write(workspace.path().join(format!("{round}.pdf")), set_pages(10 + round)).unwrap());
    // The numbers move four times, and the fifth time are those that the file has.
    let set = "echo x >>asked; round=$(wc -l <asked); [ $round -lt 5 ] || round=4; \
        for file in \"$@\"; do case $file in *.docx) cp $round.pdf \"${file%.docx}.pdf\";; esac; done";
    let run = run_with(&workspace, set, &["build", "--paginate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(fs::read_to_string(workspace.path().join("asked")).unwrap().lines().count(), 5);
}

#[cfg(unix)]
#[test]
fn nobody_sets_the_pages_of_a_document_that_tells_of_none() {
    let workspace = Workspace::of("liten");
    fs::write(workspace.path().join("set.pdf"), set_pages(16)).unwrap();
    let set = "for file in \"$@\"; do case $file in *.docx) echo ${file##*/} >>set; cp set.pdf \"${file%.docx}.pdf\";; esac; done";
    let run = run_with(&workspace, set, &["build", "--paginate"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(workspace.path().join("output/word/sla/orbit-planering.docx").is_file());
    let set = fs::read_to_string(workspace.path().join("set")).unwrap();
    let files: std::collections::BTreeSet<&str> = set.lines().collect();
    assert_eq!(files, ["0.docx", "1.docx", "2.docx", "3.docx"].into(), "the four with contents, and no agreement");
}

/// A PDF file of seven pages, on one of which the service begins: object 10 is the first page.
#[cfg(unix)]
fn set_pages(service: usize) -> String {
    let kids: String = (10..17).map(|number| format!("{number} 0 R ")).collect();
    let page = |number| format!("{number} 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>\nendobj\n");
    let pages: String = (10..17).map(page).collect();
    format!(
        "%PDF-1.6\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Dests 3 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[{kids}]/Count 7>>\nendobj\n\
         3 0 obj\n<</5Forbit5Fplanering[{service} 0 R/XYZ 1 2 0]>>\nendobj\n\
         {pages}trailer\n<</Size 17/Root 1 0 R>>\n%%EOF\n"
    )
}

/// Runs with this for LibreOffice, and nothing found before.
#[cfg(unix)]
fn run_with(workspace: &Workspace, script: &str, arguments: &[&str]) -> Run {
    use std::os::unix::fs::PermissionsExt;
    let folder = workspace.path().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("soffice");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let cache = workspace.path().join("cache");
    let variables = [("PATH", path.as_str()), ("XDG_CACHE_HOME", cache.to_str().unwrap())];
    crate::door::katalog_with(workspace.path(), arguments, &variables)
}
