//! Word files are sound: for a reader that is not ours, and in what makes them usable.

use std::collections::BTreeSet;
use std::fs;

use crate::door::{Workspace, every_publication, katalog};
use crate::read::word::{Node, all, nodes, unzip};

/// Each Word file of each publication: where it stands, and its bytes.
fn files() -> impl Iterator<Item = (String, &'static [u8])> {
    every_publication().into_iter().flat_map(|(publication, files)| {
        let word = files.iter().filter(|(path, _)| path.ends_with(".docx"));
        word.map(move |(path, bytes)| (format!("{publication}: {path}"), bytes.as_slice()))
    })
}

#[test]
fn another_reader_opens_every_file() {
    let mut count = 0;
    for (name, bytes) in files() {
        let read = docx_rs::read_docx(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(read.document.children.len() > 10, "{name}");
        count += 1;
    }
    // Four documents of each publication, and the agreements of its services.
    assert_eq!(count, 16 + 34);
}

#[test]
fn every_part_is_well_formed_and_of_a_known_type() {
    for (name, bytes) in files() {
        let parts = unzip(bytes);
        let types = nodes(&name, &parts["[Content_Types].xml"]);
        let named: BTreeSet<String> = all(&types, "Override", "PartName").into_iter().collect();
        let endings: BTreeSet<String> = all(&types, "Default", "Extension").into_iter().collect();
        for (part, bytes) in &parts {
            let ending = part.rsplit('.').next().unwrap();
            if matches!(ending, "xml" | "rels") {
                nodes(&format!("{name}: {part}"), bytes);
            }
            let typed = named.contains(&format!("/{part}")) || endings.contains(ending);
            assert!(typed || part == "[Content_Types].xml", "{name}: {part} has no type");
        }
    }
}

#[test]
fn every_file_has_its_title_and_language() {
    for (name, bytes) in files() {
        let parts = unzip(bytes);
        let core = nodes(&name, &parts["docProps/core.xml"]);
        let title = core.iter().position(|node| matches!(node, Node::Start(name, _) if name == "dc:title")).unwrap();
        assert!(matches!(&core[title + 1], Node::Text(text) if !text.is_empty()), "{name}");
        let styles = nodes(&name, &parts["word/styles.xml"]);
        assert_eq!(all(&styles, "w:lang", "w:val").first().map(String::as_str), Some("sv-SE"), "{name}");
        assert!(
            all(&nodes(&name, &parts["word/document.xml"]), "w:lang", "w:val").is_empty(),
            "{name}: no other language"
        );
    }
}

#[test]
fn every_table_with_headings_repeats_them() {
    for (name, bytes) in files() {
        let body = nodes(&name, &unzip(bytes)["word/document.xml"]);
        let mut tables = 0;
        for table in body.split(|node| matches!(node, Node::Start(name, _) if name == "w:tbl")).skip(1) {
            let count = |element: &str| {
                table.iter().filter(|node| matches!(node, Node::Start(name, _) if name == element)).count()
            };
            assert_eq!(count("w:tblHeader"), 1, "{name}: table {tables}");
            // No row is torn apart at a page's end.
            assert_eq!(count("w:cantSplit"), count("w:tr"), "{name}: table {tables}");
            tables += 1;
        }
        assert!(tables > 0, "{name}");
    }
}

#[test]
fn bookmarks_are_paired_and_unique() {
    for (name, bytes) in files() {
        let parts = unzip(bytes);
        let both = ["word/document.xml", "word/footnotes.xml"].map(|part| nodes(part, &parts[part]));
        let of = |element: &str, attribute: &str| {
            both.iter().flat_map(|nodes| all(nodes, element, attribute)).collect::<Vec<_>>()
        };
        let (starts, ends, names) =
            (of("w:bookmarkStart", "w:id"), of("w:bookmarkEnd", "w:id"), of("w:bookmarkStart", "w:name"));
        let unique = |values: &[String]| values.iter().map(|value| value.to_lowercase()).collect::<BTreeSet<_>>();
        assert_eq!(unique(&starts).len(), starts.len(), "{name}: numbers of bookmarks");
        assert_eq!(unique(&names).len(), names.len(), "{name}: names of bookmarks");
        assert_eq!((unique(&starts), starts.len()), (unique(&ends), ends.len()), "{name}: starts and ends");
        assert!(names.iter().all(|name| name.len() <= 40), "{name}: longer names are cut off");
    }
}

#[test]
fn every_heading_of_two_levels_stands_in_the_contents() {
    for (name, bytes) in files() {
        let body = nodes(&name, &unzip(bytes)["word/document.xml"]);
        let styles = all(&body, "w:pStyle", "w:val");
        let count = |prefix: &str| {
            styles.iter().filter(|style| (1..=2).any(|level| **style == format!("{prefix}{level}"))).count()
        };
        assert!(count("Heading") > 0, "{name}");
        // An agreement is short, and has no contents.
        let is_agreement = name.contains("/sla/") || name.contains("/ola/");
        assert_eq!(count("TOC"), if is_agreement { 0 } else { count("Heading") }, "{name}");
    }
}

#[test]
fn nothing_is_found_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = vec![String::from("check"), String::from("--strict"), String::from("--word")];
    for (index, (name, bytes)) in files().enumerate() {
        let path = format!("{index}-{}", name.replace(['/', ':', ' '], "-"));
        fs::write(folder.path().join(&path), bytes).unwrap();
        arguments.push(path);
    }
    let run = katalog(folder.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((run.code, run.stderr.as_str()), (0, "Inga fel.\n"));
}

#[test]
fn a_file_with_an_error_is_not_published() {
    // A description that nobody sees passes for one in Markdown.
    let workspace = Workspace::of("fullstandig");
    let before = workspace.published();
    let workspace = workspace.replacing("content/texter/om-tillganglighet.md", "![En skiss av modellen]", "![&nbsp;]");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let finding = run.findings().into_iter().find(|line| line.contains("fel[K251]")).expect("the finding");
    assert!(finding.starts_with("output/word/tjanstekatalog-2027.docx:"), "{finding}");
    assert!(finding.contains("har ingen alternativtext, under rubriken ”"), "{finding}");
    assert!(run.stderr.ends_with("Inget är skrivet; output är som den var.\n"), "{}", run.stderr);
    assert_eq!(workspace.output(), before);
    // Nothing is said of files that are not asked for.
    assert_eq!(workspace.run(&["build", "--format", "markdown"]).code, 0);
}
