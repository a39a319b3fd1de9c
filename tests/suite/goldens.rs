//! What is published, kept beside the fixtures so that every change to it is seen and read.
//!
//! Of the small fixture the files themselves: some pages, every Markdown file, and the parts of two Word files, each
//! tag that begins something of note on a line of its own. Of the complete one the Markdown files, and how pages and
//! Word files are put together.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::door::{COMPLETE, Files, SMALL, Workspace, repository, suite, text};
use crate::read::{html, word};

/// Renews the goldens in the place of comparing with them.
const UPDATE: &str = "KATALOG_UPDATE";

/// One page of each kind of template; their frames are the same, and the others are in the digest.
const PAGES: [&str; 6] =
    ["formagor", "index", "nivaer/guld", "prislista", "stodjande-tjanster/servrar", "tjanster/orbit-planering"];

#[test]
fn pages_of_the_small_catalogue() {
    let pages = PAGES.map(|page| format!("{page}.html"));
    let pages = pages.into_iter().map(|page| (page.clone(), SMALL[&format!("html/{page}")].clone()));
    compare("liten/html", &pages.collect());
}

#[test]
fn the_sites_other_files_are_the_templates() {
    for name in ["katalog.css", "tabell.js", "ikon.svg", "sok.js"] {
        let template = fs::read_to_string(repository().join("templates/html").join(name)).unwrap();
        let published = text(&SMALL, &format!("html/resurser/{name}"));
        // Without comments and indents, line for line.
        let mut lines = template.lines().map(str::trim);
        let other = published.lines().find(|line| !lines.any(|template| template == *line));
        assert_eq!(other, None, "{name}");
        assert!(published.len() * 2 > template.len(), "{name}");
    }
}

#[test]
fn markdown_of_the_small_catalogue() {
    compare("liten/markdown", &of_format(&SMALL, "markdown/"));
}

/// What other programs rely on: a change here is a change for them, and perhaps of `format`.
#[test]
fn data_of_the_small_catalogue() {
    compare("liten/json", &of_format(&SMALL, "json/"));
}

#[test]
fn word_files_of_the_small_catalogue() {
    let documents = ["tjanstekatalog", "prislista"];
    let packages = documents.map(|name| (name, word::unzip(&SMALL[&format!("word/{name}-2027.docx")])));
    let mut goldens = Files::new();
    for (name, parts) in &packages {
        for (part, bytes) in parts {
            let shared = packages.iter().all(|(_, parts)| parts.get(part) == Some(bytes));
            let folder = if shared { "gemensamt" } else { name };
            goldens.insert(format!("{folder}/{part}"), in_lines(bytes));
        }
    }
    compare("liten/word", &goldens);
}

#[test]
fn markdown_of_the_complete_catalogue() {
    compare("fullstandig/markdown", &of_format(&COMPLETE, "markdown/"));
}

#[test]
fn how_the_complete_catalogue_is_put_together() {
    let mut pages = String::new();
    for path in COMPLETE.keys().filter(|path| path.ends_with(".html")) {
        let page = text(&COMPLETE, path);
        let tokens = html::tokens(page);
        let count = |element: &str| {
            tokens.iter().filter(|token| matches!(token, html::Token::Start(name, _) if name == element)).count()
        };
        let title = html::visible(
            page.split("</title>")
                .next()
                .unwrap()
                .split("<head>")
                .last()
                .unwrap_or_default()
                .split("<title>")
                .last()
                .unwrap(),
        );
        pages.push_str(&format!(
            "{path}\n  {title}\n  länkar {}, stycken {}, betoningar {}\n",
            count("a"),
            count("p"),
            count("em") + count("strong")
        ));
        pages.push_str(&wrapped(&html::outline(page)));
    }
    let mut packages = String::new();
    for (path, bytes) in COMPLETE.iter().filter(|(path, _)| path.ends_with(".docx")) {
        let parts = word::unzip(bytes);
        let names: Vec<&str> = parts.keys().map(String::as_str).collect();
        packages.push_str(&format!("{path}\n  {}\n", names.join(" ")));
        for part in ["word/document.xml", "word/footnotes.xml"] {
            packages.push_str(&format!("  {part}\n{}", wrapped(&styles(part, &parts[part]))));
        }
    }
    let goldens = [("html.txt".to_string(), pages.into_bytes()), ("word.txt".to_string(), packages.into_bytes())];
    compare("fullstandig/digest", &goldens.into());
}

/// The styles of a part's paragraphs in order, with tables, sections, links and bookmarks between them.
fn styles(part: &str, bytes: &[u8]) -> Vec<String> {
    let mut items: Vec<(String, usize)> = Vec::new();
    let mut push = |item: String| match items.last_mut() {
        Some((last, count)) if *last == item => *count += 1,
        _ => items.push((item, 1)),
    };
    for node in word::nodes(part, bytes) {
        let word::Node::Start(name, attributes) = node else { continue };
        match name.as_str() {
            "w:pStyle" => push(attributes["w:val"].clone()),
            "w:tbl" => push("tabell:".into()),
            "w:sectPr" => push("avsnitt".into()),
            "w:drawing" => push("bild".into()),
            "w:footnoteReference" => push("fotnot".into()),
            "w:pgSz" if attributes.contains_key("w:orient") => push("liggande".into()),
            _ => {}
        }
    }
    items.into_iter().map(|(item, count)| if count == 1 { item } else { format!("{item}·{count}") }).collect()
}

/// Words in lines of a width that can be read.
fn wrapped(words: &[String]) -> String {
    let mut out = String::new();
    let mut line = String::new();
    for word in words {
        if line.len() + word.len() > 110 {
            out.push_str(&format!("    {}\n", line.trim_end()));
            line.clear();
        }
        line.push_str(word);
        line.push(' ');
    }
    if !line.is_empty() {
        out.push_str(&format!("    {}\n", line.trim_end()));
    }
    out
}

fn of_format(files: &Files, folder: &str) -> Files {
    files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(folder)?.to_string(), bytes.clone()))).collect()
}

/// XML with a line for each thing of note. Nothing is lost: the parts themselves have no line break between tags.
fn in_lines(xml: &[u8]) -> Vec<u8> {
    // A drawing, whose SVG is easier to read, is told by its records.
    if xml.get(40..44) == Some(b" EMF") {
        return records(xml).into_bytes();
    }
    let xml = std::str::from_utf8(xml).unwrap();
    // A drawing has its own lines.
    if xml.starts_with("<svg ") {
        return xml.into();
    }
    assert!(!xml.trim_start_matches(|c| c != '\n').trim_start().contains(">\n<"), "the presentation is not one to one");
    let starts = [
        "w:p",
        "w:tbl",
        "w:tr",
        "w:sectPr",
        "w:sdt",
        "w:style",
        "w:abstractNum",
        "w:num",
        "w:lvl",
        "w:footnote",
        "Override",
        "Relationship",
        "w:font",
        "w:rsids",
        "w:docDefaults",
    ];
    let mut out = xml.to_string();
    for start in starts {
        for end in [" ", ">"] {
            out = out.replace(&format!("><{start}{end}"), &format!(">\n<{start}{end}"));
        }
    }
    out.into_bytes()
}

/// A line for each record of a metafile: its number, its length and its fields; nothing is lost.
fn records(bytes: &[u8]) -> String {
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let (mut at, mut out) = (0, String::new());
    while at < bytes.len() {
        let length = number(at + 4) as usize;
        let fields: Vec<String> = (at + 8..at + length).step_by(4).map(|at| (number(at) as i32).to_string()).collect();
        out.push_str(&format!("{} {length}: {}\n", number(at), fields.join(" ")));
        at += length;
    }
    out
}

#[test]
fn the_handbooks_chapter_of_rules() {
    let chapter = katalog::explain::chapter().into_bytes();
    compare("handbok", &Files::from([("regler.md".to_string(), chapter)]));
}

/// Compares files with the goldens of a folder, byte for byte, or renews them.
fn compare(folder: &str, found: &Files) {
    let folder = suite().join("goldens").join(folder);
    if std::env::var_os(UPDATE).is_some_and(|value| value == "1") {
        return renew(&folder, found);
    }
    let wanted = crate::door::files(&folder);
    let mut differences = Vec::new();
    let paths: BTreeMap<&String, ()> = found.keys().chain(wanted.keys()).map(|path| (path, ())).collect();
    for path in paths.into_keys() {
        match (found.get(path), wanted.get(path)) {
            (Some(found), Some(wanted)) if found == wanted => {}
            (Some(found), Some(wanted)) => differences.push(format!("{path}: {}", first_difference(found, wanted))),
            (Some(_), None) => differences.push(format!("{path} is new")),
            _ => differences.push(format!("{path} is gone")),
        }
    }
    let renew = format!("read the difference, then renew with {UPDATE}=1");
    assert!(differences.is_empty(), "{}:\n{}\n{renew}", folder.display(), differences.join("\n"));
}

fn renew(folder: &Path, found: &Files) {
    let _ = fs::remove_dir_all(folder);
    for (path, bytes) in found {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

fn first_difference(found: &[u8], wanted: &[u8]) -> String {
    let (found, wanted) = (String::from_utf8_lossy(found), String::from_utf8_lossy(wanted));
    let same = found.lines().zip(wanted.lines()).take_while(|(found, wanted)| found == wanted).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").chars().take(400).collect::<String>();
    format!("line {}\n  is:  {}\n  was: {}", same + 1, line(&found), line(&wanted))
}

/// What an author writes is read by someone: the keys whose words no document and no page shows are known.
#[test]
fn what_is_written_is_shown() {
    let workspace = Workspace::of("fullstandig");
    let visible: Vec<String> = COMPLETE
        .keys()
        .filter(|path| path.ends_with(".html"))
        .map(|path| html::visible(text(&COMPLETE, path)))
        .collect();
    let mut unseen = Vec::new();
    for (path, bytes) in crate::door::files(&workspace.path().join("content")) {
        if !path.ends_with(".yaml") {
            continue;
        }
        for (key, value) in words_by_key(std::str::from_utf8(&bytes).unwrap()) {
            if !visible.iter().any(|page| page.contains(&value)) {
                unseen.push(format!("{}: {key}: {value}", path.trim_end_matches(".yaml")));
            }
        }
    }
    unseen.sort();
    unseen.dedup();
    insta::assert_snapshot!(unseen.join("\n"), @"
    formagor: källa: Kartan noll
    generiska-formagor: källa: Generiska kartan
    generiska-formagor: källa: Generiska raden
    moln: källa: Molnbilagan ett
    moln: källa: Molnbilagan tre
    moln: källa: Molnbilagan två
    stodjande-tjanster/servrar: källa: Erbjudandelistan
    stodjande-tjanster/servrar: källa: Prisbilagan
    styrande-dokument: källa: Diariet
    ");
}

/// The keys of a fixture's file with values of plain words: `nyckel: Ord med mellanrum`, on a line or within braces.
fn words_by_key(yaml: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for line in yaml.lines() {
        for piece in line.split(['{', '}', ',']) {
            let Some((key, value)) = piece.split_once(": ") else { continue };
            let key = key.trim_start_matches([' ', '-', '[']).to_string();
            let value = value.trim_matches([' ', ']', '"']);
            let is_plain = value.starts_with(char::is_uppercase) && !value.contains(['*', '[', '{', '\\']);
            if is_plain && key.starts_with(char::is_alphabetic) && !key.contains(' ') {
                found.push((key, value.to_string()));
            }
        }
    }
    found
}
