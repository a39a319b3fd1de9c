//! The repository's own content is published whole, and to the same bytes every time.

use crate::door::{Files, OWN, files, katalog_with, repository, text};

#[test]
fn the_same_content_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let build = |threads: &str, more: &[(&str, &str)]| {
        let variables = [&[("RAYON_NUM_THREADS", threads)], more].concat();
        let run = katalog_with(&repository(), &["build", "--output", output.to_str().unwrap()], &variables);
        assert_eq!(run.code, 0, "{}", run.stderr);
        files(&output)
    };
    assert_same("once more, by one thread", &build("1", &[]), &OWN);
    let before: Vec<_> = times(&output);
    let elsewhere = [("LC_ALL", "tr_TR.UTF-8"), ("LANG", "C"), ("TZ", "Pacific/Auckland")];
    assert_same("into the same folder, by eight threads, elsewhere", &build("8", &elsewhere), &OWN);
    assert_eq!(times(&output), before, "files that are as they were are not written again");
}

/// The same files with the same bytes.
pub fn assert_same(what: &str, found: &Files, wanted: &Files) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(wanted), "{what}");
    let differing: Vec<&String> =
        found.iter().filter(|(path, bytes)| wanted[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differing.is_empty(), "{what}: {differing:?}");
}

fn times(folder: &std::path::Path) -> Vec<(String, std::time::SystemTime)> {
    let time = |path: &String| std::fs::metadata(folder.join(path)).unwrap().modified().unwrap();
    files(folder).keys().filter(|path| path.contains('/')).map(|path| (path.clone(), time(path))).collect()
}

/// The paths that the contract promises, as far as what writes them exists.
#[test]
fn the_promised_files_are_there() {
    let documents = ["tjanstekatalog", "prislista", "katalog-stodjande-tjanster", "formagekarta"];
    let mut wanted: Vec<String> = Vec::new();
    for document in documents {
        wanted.extend([
            format!("word/{document}-2027.docx"),
            format!("markdown/{document}-2027.md"),
            format!("html/dokument/{document}.html"),
        ]);
    }
    let pages = ["index", "tjanster", "stodjande-tjanster", "produkter", "nivaer", "formagor", "ordlista"];
    wanted.extend(pages.map(|page| format!("html/{page}.html")));
    for (folder, place) in
        [("tjanster", "tjanster"), ("stodjande-tjanster", "stodjande-tjanster"), ("produkter", "produkter")]
    {
        let sources = files(&repository().join("content").join(folder));
        assert!(sources.len() >= 8, "{folder}");
        wanted.extend(sources.keys().map(|name| format!("html/{place}/{}.html", name.trim_end_matches(".yaml"))));
    }
    wanted.extend(["excel/prislista-2027.xlsx".into(), "json/katalog-2027.json".into()]);
    let missing: Vec<&String> = wanted.iter().filter(|path| !OWN.contains_key(*path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(OWN.keys().all(|path| path.is_ascii()), "file names are ASCII");
}

/// What is worked out is told where the rules are.
#[test]
fn the_price_list_says_how_steps_are_counted() {
    let list = text(&OWN, "markdown/prislista-2027.md");
    assert!(
        list.contains("Om priset avser ett block räknas stegen i block. Om en volym ingår räknas stegen på det som")
    );
}
