//! Whatever is edited, the preview comes to show what a build would publish.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use super::*;
use crate::testing::chance;
use crate::write::{self, File, Format, Means};

/// What there is to read; `None` where there are mistakes in it.
fn read(content: &Path) -> Option<Read> {
    let (catalog, findings) = crate::read(content).unwrap();
    let templates = Templates::load(Path::new("")).unwrap();
    let layouts = Layouts::new(&templates.layouts, "").unwrap();
    let is_read = !findings.iter().any(|finding| is_of_reading(finding) && stops(from_ref(finding), false));
    let reference = Reference::default();
    catalog.filter(|_| is_read).map(|catalog| Read {
        catalog,
        templates,
        layouts,
        reference,
        unused: Vec::new(),
        told: Vec::new(),
        left: None,
        before: None,
    })
}

/// Paths of every page and document, and of what is made of all of them; Word files have the trees of the others.
fn paths(composition: &Composition<'_>) -> Vec<String> {
    let publication = &composition.publication;
    let pages = publication.pages.iter().map(|page| format!("html/{}", page.path));
    let documents = publication.documents.iter().flat_map(|document| {
        [format!("html/dokument/{}.html", document.name), format!("markdown/{}.md", document.stem)]
    });
    let year = publication.publisher.year;
    let prices = format!("excel/{}.xlsx", publication.prices.stem);
    let others = ["html/sok/sidor.js".into(), "html/andringar.xml".into(), format!("json/katalog-{year}.json"), prices];
    pages.chain(documents).chain(others).collect()
}

/// The file at each path, and nothing where there is none.
fn files(read: &Read, composition: &Composition<'_>, paths: &[String]) -> BTreeMap<String, Vec<u8>> {
    let files = Files::of(read, composition);
    let file = |path: &String| match files.find(path) {
        Found::Answer(Answer::File(bytes)) => (path.clone(), bytes),
        Found::Answer(Answer::None) => (path.clone(), Vec::new()),
        Found::Answer(other) => panic!("{path}: {other:?}"),
        Found::Stale(_) => panic!("{path} is stale"),
    };
    paths.iter().map(file).collect()
}

/// Where a fresh reading shows anything else than a composition that was kept up, and what.
fn difference(read: &Read, composition: &Composition<'_>, fresh: &Read) -> Option<String> {
    let anew = compose_to_ask(&fresh.catalog, &fresh.templates).unwrap();
    let paths = paths(&anew);
    let (kept, anew) = (files(read, composition, &paths), files(fresh, &anew, &paths));
    let path = paths.into_iter().find(|path| kept[path] != anew[path])?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().map(str::to_string).collect::<Vec<_>>();
    let (kept, anew) = (text(&kept[&path]), text(&anew[&path]));
    let line = kept.iter().zip(&anew).find(|(kept, anew)| kept != anew);
    Some(format!("{path}: {line:?}"))
}

/// A line of a YAML file in another way: its figures are others, it has the value that its key has elsewhere, it is gone,
/// or its text goes on.
fn edited(text: &str, values: &BTreeMap<String, Vec<String>>, below: &mut impl FnMut(usize) -> usize) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    let at = below(lines.len());
    let line = lines[at].clone();
    match below(5) {
        0 => {
            lines[at] =
                line.chars().map(|c| if c.is_ascii_digit() { char::from(b'0' + below(10) as u8) } else { c }).collect()
        }
        1 => _ = lines.remove(at),
        2 if !line.contains(": ") => lines[at] = format!("{line} Mer om [[tillganglighet]]."),
        _ => {
            if let Some((key, _)) = line.split_once(": ")
                && let Some(values) = values.get(key.trim_start_matches([' ', '-']))
            {
                lines[at] = format!("{key}: {}", values[below(values.len())]);
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The files of a folder that can be edited, and the values that each key has in them.
fn sources(content: &Path) -> (Vec<String>, BTreeMap<String, Vec<String>>) {
    let folders = ["", "tjanster", "stodjande-tjanster", "produkter", "kontrakt", "texter"];
    let names = folders.iter().flat_map(|folder| {
        let entries = fs::read_dir(content.join(folder)).unwrap().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.path().is_file());
        files.map(move |entry| {
            format!("{folder}/{}", entry.file_name().to_string_lossy()).trim_start_matches('/').to_string()
        })
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in &names {
        for (key, value) in
            fs::read_to_string(content.join(name)).unwrap().lines().filter_map(|line| line.split_once(": "))
        {
            values.entry(key.trim_start_matches([' ', '-']).to_string()).or_default().push(value.to_string());
        }
    }
    (names, values)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { _ = fs::copy(entry.path(), to).unwrap() }
    }
}

/// Edits a content folder so many times, and compares what is kept up with what is read anew. How many edits were taken in.
fn edit_and_compare(content: &Path, edits: usize, compare: usize) -> usize {
    let mut below = chance();
    let (names, values) = sources(content);
    let mut now = read(content).unwrap();
    let mut taken_in = 0;
    let mut left = compose_to_ask(&now.catalog, &now.templates).unwrap().leave();
    let mut told = Vec::new();
    for edit in 0..edits {
        let name = &names[below(names.len())];
        let path = content.join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, edited(&text, &values, &mut below)).unwrap();
        let changed = now.catalog.take_in(name, &|path, text| load::load_file(content, path, text));
        let Some(mut changed) = changed else {
            // A mistake, or more than an edit.
            match read(content) {
                Some(fresh) => {
                    now = fresh;
                    left = compose_to_ask(&now.catalog, &now.templates).unwrap().leave();
                }
                None => fs::write(&path, text).unwrap(),
            }
            continue;
        };
        taken_in += 1;
        told.push(name.clone());
        let composition = Composition::again(&now.catalog, &now.templates, left, &mut changed).unwrap();
        let mut composition = match composition {
            Some(composition) => composition,
            None => compose_to_ask(&now.catalog, &now.templates).unwrap(),
        };
        if edit % compare == 0 {
            while let Some(stale) = Files::of(&now, &composition).next_to_renew(true) {
                let before = composition.stale().clone();
                let (_, mistakes) = while_none_wait(below(3_000), |waiting| composition.renew(&stale, Some(waiting)));
                assert_eq!(mistakes, []);
                // It was given up, half done or just begun.
                if *composition.stale() == before {
                    let (_, mistakes) = composition.renew(&stale, None);
                    assert_eq!(mistakes, []);
                }
            }
            let fresh = read(content).expect("what was taken in can be read");
            assert_eq!(difference(&now, &composition, &fresh), None, "after {told:?}");
            assert_eq!(check::check(&now.catalog), check::check(&fresh.catalog), "after {told:?}");
            told.clear();
        }
        left = composition.leave();
    }
    taken_in
}

/// Does some work that someone waits for to be given up after so many microseconds.
fn while_none_wait<T>(micros: usize, work: impl FnOnce(&Waiting) -> T) -> T {
    let waiting = Waiting::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_micros(micros as u64));
            waiting.add();
        });
        work(&waiting)
    })
}

#[test]
fn what_is_given_up_is_as_stale_as_it_was() {
    let workspace = tempfile::tempdir().unwrap();
    let content = workspace.path().join("content");
    copy(Path::new("content"), &content);
    let mut read = read(&content).unwrap();
    let left = compose_to_ask(&read.catalog, &read.templates).unwrap().leave();
    let name = "tjanster/orbit-operationsplanering.yaml";
    let text = fs::read_to_string(content.join(name)).unwrap();
    fs::write(content.join(name), text.replacen("sammanfattning: ", "sammanfattning: Ny ", 1)).unwrap();
    let mut changed = read.catalog.take_in(name, &|path, text| load::load_file(&content, path, text)).unwrap();
    let composition = Composition::again(&read.catalog, &read.templates, left, &mut changed).unwrap();
    let mut composition = composition.unwrap();
    let stale = composition.stale().clone();
    assert!(!stale.documents.is_empty() && stale.pages.len() > 1);
    let waiting = Waiting::default();
    waiting.add();
    assert_eq!(composition.renew(&stale, Some(&waiting)), (false, Vec::new()));
    assert_eq!(*composition.stale(), stale);
    waiting.remove();
    assert_eq!(composition.renew(&stale, Some(&waiting)).1, []);
    assert!(composition.stale().is_none());
}

#[test]
fn what_is_kept_up_is_as_if_it_were_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy(Path::new("content"), &content);
    let edits = if std::env::var_os("KATALOG_LONG").is_some() { 2_000 } else { 60 };
    let taken_in = edit_and_compare(&content, edits, 5);
    assert!(taken_in > edits / 5, "{taken_in} of {edits} edits were taken in");
}

#[test]
fn what_is_shown_is_what_is_published() {
    let content = Path::new("tests/suite/fixtures/fullstandig/content");
    let read = read(content).unwrap();
    let composition = crate::compose::compose(&read.catalog, &read.templates).unwrap();
    let look = &read.reference.look;
    let means = Means { layouts: &read.layouts, assets: &read.templates.assets, look, pages: &[] };
    let published = Mutex::<Vec<File>>::default();
    write::data(&composition.publication, &composition.texts(), &Format::ALL, &published);
    write::write(&composition.publication, &composition.texts(), &Format::ALL, &means, &published).unwrap();
    let asked = compose_to_ask(&read.catalog, &read.templates).unwrap();
    let files = Files::of(&read, &asked);
    for File { path, bytes } in published.into_inner().unwrap() {
        let Found::Answer(Answer::File(shown)) = files.find(&path) else { panic!("{path} is not there") };
        assert!(shown == bytes, "{path} is shown in another way than it is published");
    }
}

/// Also when a file is written twice within the same second, and has as many letters as it had.
#[test]
fn what_nobody_tells_of_is_seen_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    copy(Path::new("tests/suite/fixtures/liten/content"), &content);
    let path = content.join("tjanster/orbit-planering.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let preview = Preview::open(Sources { content, templates: PathBuf::new(), reference: None }, |_| {}).unwrap();
    preview.look_on();
    let shows = |name: &str| match preview.file("html/tjanster/orbit-planering.html") {
        Answer::File(bytes) => String::from_utf8_lossy(&bytes).contains(&format!(">{name}</h1>")),
        _ => false,
    };
    for name in ["Orbit Tio", "Orbit Nio", "Orbit Sex"] {
        fs::write(&path, text.replace("Orbit Planering", name)).unwrap();
        let latest = Instant::now() + Duration::from_secs(30);
        while !shows(name) {
            assert!(Instant::now() < latest, "{name} is not shown");
            thread::sleep(Duration::from_millis(5));
        }
    }
}
