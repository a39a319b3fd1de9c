//! Everything that can be followed leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::door::{Files, Workspace, every_publication, suite, text};
use crate::read::{html, markdown, word};

#[test]
fn links_of_the_site_lead_to_pages_and_places_on_them() {
    for (publication, files) in every_publication() {
        let broken = broken_on_site(files);
        assert!(broken.is_empty(), "{publication}: {broken:#?}");
    }
}

/// What is wrong with the links and ids of `html/`.
fn broken_on_site(files: &Files) -> Vec<String> {
    let mut broken = Vec::new();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(&str, String)> = Vec::new();
    for path in files.keys().filter(|path| path.ends_with(".html")) {
        let page = ids.entry(path).or_default();
        for token in html::tokens(text(files, path)) {
            let html::Token::Start(name, attributes) = token else { continue };
            if let Some(id) = attributes.get("id")
                && !page.insert(id.clone())
            {
                broken.push(format!("{path}: id {id} stands twice"));
            }
            let targets =
                ["href", "src", "aria-labelledby"].iter().filter_map(|key| Some((*key, attributes.get(*key)?)));
            for (key, target) in targets {
                // The canonical address is the only one that names the site itself.
                let is_canonical = name == "link" && attributes.get("rel").is_some_and(|rel| rel == "canonical");
                if !is_canonical {
                    links.push((path, if key == "aria-labelledby" { format!("#{target}") } else { target.clone() }));
                }
            }
        }
    }
    for (path, link) in links {
        if is_outside(&link) {
            continue;
        }
        let (file, place) = link.split_once('#').map_or((link.as_str(), None), |(file, place)| (file, Some(place)));
        let file = if file.is_empty() { path.to_string() } else { beside(path, file) };
        let found = files.contains_key(&file)
            && place.is_none_or(|place| ids.get(&*file).is_some_and(|ids| ids.contains(place)));
        if !found {
            broken.push(format!("{path}: {link}"));
        }
    }
    broken
}

#[test]
fn links_of_markdown_files_lead_to_files_and_anchors() {
    for (publication, files) in every_publication() {
        let broken = broken_in_markdown(files);
        assert!(broken.is_empty(), "{publication}: {broken:#?}");
    }
}

/// What leads to a page of the site is its words where there is no site; pictures are there with and without it.
#[test]
fn markdown_files_lead_nowhere_else_where_they_are_all_there_is() {
    let path = "content/tjanster/orbit-planering.yaml";
    let text_with_both =
        "Bygger på [[orbit-drift]] och sköts av [[redaktoren]].\n\n  ![En skiss](skiss.png \"Modellen\")\n\n  Den";
    let skiss = std::fs::read(suite().join("fixtures/fullstandig/content/bilder/skiss.png")).unwrap();
    let workspace = Workspace::of("liten").with("content/bilder/skiss.png", &skiss).replacing(
        path,
        "Bygger på [[orbit-drift]] och",
        text_with_both,
    );
    for (formats, link) in [("markdown", "sköts av Redaktören."), ("markdown,html", "sköts av [Redaktören](../html/")]
    {
        let run = workspace.run(&["build", "--format", formats]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let files = workspace.output();
        assert_eq!(broken_in_markdown(&files), [""; 0], "{formats}");
        assert_eq!(files["markdown/bilder/skiss.png"], skiss);
        let document = text(&files, "markdown/tjanstekatalog-2027.md");
        assert!(document.contains("![En skiss](bilder/skiss.png)") && document.contains(link), "{document}");
    }
}

/// A picture's caption, and what an author says that a drawn figure shows, are there in every format.
#[test]
fn what_is_said_of_pictures_is_said_everywhere() {
    let skiss = std::fs::read(suite().join("fixtures/fullstandig/content/bilder/skiss.png")).unwrap();
    let pictures = "Bygger på Orbit.\n\n  ![En skiss](skiss.png \"Text ett\")\n\n  \
                    ![Vad den visar](figur:kedja/orbit-planering \"Text två\")\n\n  Den";
    let workspace = Workspace::of("liten").with("content/bilder/skiss.png", &skiss).replacing(
        "content/tjanster/orbit-planering.yaml",
        "Bygger på [[orbit-drift]] och",
        pictures,
    );
    let files = workspace.published();
    for path in [
        "html/tjanster/orbit-planering.html",
        "html/dokument/tjanstekatalog.html",
        "markdown/tjanstekatalog-2027.md",
        "json/katalog-2027.json",
    ] {
        for said in ["En skiss", "Text ett", "Vad den visar", "Text två"] {
            assert!(text(&files, path).contains(said), "{said} in {path}");
        }
    }
}

/// What is wrong with the links and anchors of `markdown/`.
fn broken_in_markdown(files: &Files) -> Vec<String> {
    let mut broken = Vec::new();
    let paths = files.keys().filter(|path| path.starts_with("markdown/") && path.ends_with(".md"));
    let anchors: BTreeMap<&str, Vec<String>> =
        paths.map(|path| (path.as_str(), markdown::anchors(text(files, path)))).collect();
    for (path, ids) in &anchors {
        let mut seen = BTreeSet::new();
        broken.extend(ids.iter().filter(|id| !seen.insert(*id)).map(|id| format!("{path}: anchor {id} stands twice")));
        for link in markdown::destinations(text(files, path)).into_iter().filter(|link| !is_outside(link)) {
            let (file, place) = link.split_once('#').map_or((link.as_str(), None), |(file, place)| (file, Some(place)));
            let file = if file.is_empty() { path.to_string() } else { beside(path, file) };
            let place_found = match (place, anchors.get(&*file)) {
                (None, _) => true,
                (Some(place), Some(anchors)) => anchors.iter().any(|anchor| anchor == place),
                (Some(place), None) => {
                    files.contains_key(&file) && text(files, &file).contains(&format!(" id=\"{place}\""))
                }
            };
            if !files.contains_key(&file) || !place_found {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    broken
}

#[test]
fn links_and_fields_of_word_files_lead_to_bookmarks() {
    for (publication, files) in every_publication() {
        let mut broken = Vec::new();
        let packages: BTreeMap<&str, Files> = files
            .iter()
            .filter(|(path, _)| path.starts_with("word/"))
            .map(|(path, bytes)| (path.as_str(), word::unzip(bytes)))
            .collect();
        let bookmarks: BTreeMap<&str, BTreeSet<String>> =
            packages.iter().map(|(path, parts)| (*path, bookmarks(parts))).collect();
        for (path, parts) in &packages {
            for part in ["word/document.xml", "word/footnotes.xml"] {
                let nodes = word::nodes(part, &parts[part]);
                let addresses = relationships(parts, part);
                for node in &nodes {
                    let word::Node::Start(name, attributes) = node else { continue };
                    if name != "w:hyperlink" {
                        continue;
                    }
                    let anchor = attributes.get("w:anchor");
                    let home = match attributes.get("r:id").map(|id| &addresses[id]) {
                        None => path.to_string(),
                        Some(address) if is_outside(address) => continue,
                        Some(address) => beside(path, address),
                    };
                    let found =
                        bookmarks.get(&*home).is_some_and(|names| anchor.is_none_or(|anchor| names.contains(anchor)));
                    if !found {
                        broken.push(format!("{path}: {home} {anchor:?}"));
                    }
                }
                for instruction in word::instructions(&nodes) {
                    let mut words = instruction.split_whitespace();
                    if let (Some("REF" | "PAGEREF" | "NOTEREF"), Some(name)) = (words.next(), words.next())
                        && !bookmarks[path].contains(name)
                    {
                        broken.push(format!("{path}: field {instruction}"));
                    }
                }
            }
        }
        assert!(broken.is_empty(), "{publication}: {broken:#?}");
    }
}

fn bookmarks(parts: &Files) -> BTreeSet<String> {
    let names = ["word/document.xml", "word/footnotes.xml"]
        .map(|part| word::all(&word::nodes(part, &parts[part]), "w:bookmarkStart", "w:name"));
    names.into_iter().flatten().collect()
}

/// The addresses of a part's relationships.
fn relationships(parts: &Files, part: &str) -> BTreeMap<String, String> {
    let name = part.replace("word/", "word/_rels/") + ".rels";
    let Some(bytes) = parts.get(&name) else { return BTreeMap::new() };
    let nodes = word::nodes(&name, bytes);
    word::all(&nodes, "Relationship", "Id").into_iter().zip(word::all(&nodes, "Relationship", "Target")).collect()
}

fn is_outside(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme))
}

/// The path that an address means, seen from a file.
fn beside(file: &str, address: &str) -> String {
    let mut folders: Vec<&str> = file.split('/').collect();
    folders.pop();
    for step in address.split('/') {
        match step {
            "." => {}
            ".." => assert!(folders.pop().is_some(), "{address} leaves the output"),
            name => folders.push(name),
        }
    }
    folders.join("/")
}

/// A reference leads to the document that describes a thing, and not to one that only has a heading of its name.
#[test]
fn references_lead_to_what_describes_a_thing() {
    let workspace = Workspace::of("fullstandig");
    let files = workspace.published();
    let catalogue = text(&files, "markdown/tjanstekatalog-2027.md");
    assert!(catalogue.contains("[Servrar](katalog-stodjande-tjanster-2027.md#servrar)"));
    assert!(!catalogue.contains("prislista-2027.md#servrar"));
    let prices = text(&files, "markdown/prislista-2027.md");
    assert!(prices.contains("[Orbit Planering](tjanstekatalog-2027.md#orbit-planering)"));
}

/// A reference to a chapter leads to its heading, whatever that says.
#[test]
fn references_lead_to_chapters_by_their_file_name() {
    let workspace = Workspace::of("fullstandig").replacing(
        "content/texter/tjanstemodellen.md",
        "# Tjänstemodellen",
        "# Hur allt hänger ihop",
    );
    let files = workspace.published();
    assert!(text(&files, "markdown/tjanstekatalog-2027.md").contains("[Hur allt hänger ihop](#tjanstemodellen)"));
    assert!(
        text(&files, "html/dokument/tjanstekatalog.html")
            .contains("<a href=\"#tjanstemodellen\">Hur allt hänger ihop</a>")
    );
}

/// A chapter is called what its heading says, without the marks that it is written with, and keeps its own place.
#[test]
fn a_chapter_is_called_what_its_heading_says() {
    let path = "content/texter/tjanstemodellen.md";
    for (heading, name) in [
        ("Modellen *och* [[guld]] {#modell}\n===", "Modellen och Guld"),
        ("```\n# Inget\n```\n\n# Modellen #", "Modellen"),
        ("# Modellen[^m] & `kod` {.liggande}\n\n[^m]: Not.", "Modellen & kod"),
    ] {
        let files = Workspace::of("fullstandig").replacing(path, "# Tjänstemodellen {.onumrerad}", heading).published();
        let document = text(&files, "markdown/tjanstekatalog-2027.md");
        assert!(document.contains(&format!("[{name}](#tjanstemodellen)")), "{heading}");
        assert!(document.contains("<a id=\"tjanstemodellen\"></a>"), "{heading}");
        assert_eq!(document.contains("<a id=\"modell\"></a>"), heading.contains("{#modell}"), "{heading}");
        let broken = broken_on_site(&files);
        assert!(broken.is_empty(), "{heading}: {broken:#?}");
    }
}

#[test]
fn a_service_without_sla_still_shows_what_its_ola_calls() {
    let draft = Workspace::of("liten").draft();
    let path = "content/tjanster/orbit-planering.yaml";
    let service = std::fs::read_to_string(draft.path().join(path)).unwrap();
    let agreement = service.split("sla:\n").nth(1).and_then(|rest| rest.split("ola:").next()).unwrap();
    let files = draft.replacing(path, &format!("sla:\n{agreement}"), "").published();
    let document = text(&files, "markdown/tjanstekatalog-2027.md");
    assert!(document.contains("Tjänsten har ett Tjänste-OLA men inget SLA än."));
    assert!(document.contains("| [Servrar.Guld]("), "the call is listed");
}

/// The service desk is where incidents of supporting services are reported too (`§ 5`), and what is not known of
/// ordering is said not to be.
#[test]
fn a_supporting_service_says_where_to_turn_and_what_is_known_of_ordering() {
    let ordering = "beställning: {portal: true, cmdb: automatisk}\n";
    let with = |by: &str| {
        let workspace = Workspace::of("felfri").replacing("content/stodjande-tjanster/servrar.yaml", ordering, by);
        let files = workspace.published();
        let document = text(&files, "markdown/katalog-stodjande-tjanster-2027.md").to_string();
        (html::visible(text(&files, "html/stodjande-tjanster/servrar.html")), document)
    };
    let (page, document) = with("");
    assert!(page.contains("Vart vänder jag mig?") && page.contains("Servicedesk svarar på frågor"), "{page}");
    for shown in [page, document] {
        assert!(shown.contains("Ingen uppgift om Service Portalen och CMDB"), "{shown}");
    }
    let (page, _) = with("beställning: {portal: true}\n");
    assert!(page.contains("i Service Portalen (Tekniska katalogen), ingen uppgift om CMDB"), "{page}");
}
