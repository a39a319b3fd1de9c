use std::cell::Cell;
use std::sync::Mutex;

use super::*;

/// Which of the changes to the disk fail.
#[derive(Debug, Default)]
pub struct Faults {
    /// How many succeed before; all without a number.
    before: Mutex<Cell<Option<usize>>>,
    /// Whether all fail from then on, as when the program is killed, or only one.
    pub is_end: bool,
    pub cannot_exchange: bool,
}

impl Faults {
    fn at(number: usize, is_end: bool, cannot_exchange: bool) -> Faults {
        Faults { before: Mutex::new(Cell::new(Some(number))), is_end, cannot_exchange }
    }

    pub fn change(&self) -> io::Result<()> {
        let before = self.before.lock().unwrap();
        match before.get() {
            None => Ok(()),
            Some(0) => {
                if !self.is_end {
                    before.set(None);
                }
                Err(io::ErrorKind::StorageFull.into())
            }
            Some(left) => {
                before.set(Some(left - 1));
                Ok(())
            }
        }
    }

    fn is_past(&self) -> bool {
        self.before.lock().unwrap().get().is_none_or(|left| left == 0)
    }
}

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), bytes: text.into() }
}

/// A folder to publish in.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("output")
    }

    fn publish(&self, files: &[File]) -> Result<Vec<SetAside>, Error> {
        publish(files, &self.output(), &[])
    }

    fn publish_with(&self, faults: Faults, files: &[File]) -> (Result<Vec<SetAside>, Error>, bool) {
        match Output::claim_on(Disk { faults }, &self.output(), &[]) {
            Ok(output) => (output.publish(files), output.disk.faults.is_past()),
            Err(error) => (Err(error), true),
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.0.path().join(path)).ok()
    }

    /// What the output holds, but for the list of files.
    fn held(&self) -> BTreeMap<PathBuf, String> {
        let output = self.output();
        let files = Tree::of(&output).unwrap().files.into_iter().filter(|path| *path != manifest::NAME);
        files.map(|path| (PathBuf::from(&path), fs::read_to_string(output.join(path)).unwrap())).collect()
    }

    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn old() -> [File; 4] {
    [file("html/a.html", "1"), file("html/b.html", "1"), file("html/under/c.html", "1"), file("word/a.docx", "1")]
}

fn new() -> [File; 3] {
    [file("html/a.html", "2"), file("html/d/e.html", "2"), file("html/under/c.html", "1")]
}

fn holds(place: &Place) -> (BTreeMap<PathBuf, String>, BTreeMap<PathBuf, String>) {
    let of = |files: &[(&str, &str)]| {
        let mut files: BTreeMap<_, _> =
            files.iter().map(|(path, text)| (PathBuf::from(path), text.to_string())).collect();
        files.insert("brev.txt".into(), "viktigt".into());
        files
    };
    let before = of(&[("html/a.html", "1"), ("html/b.html", "1"), ("html/under/c.html", "1"), ("word/a.docx", "1")]);
    let after = of(&[("html/a.html", "2"), ("html/d/e.html", "2"), ("html/under/c.html", "1"), ("word/a.docx", "1")]);
    place.publish(&old()).unwrap();
    place.write("output/brev.txt", "viktigt");
    (before, after)
}

/// The n-th change fails, for every n; and the program ends there, for every n.
#[test]
fn whatever_fails_the_output_is_the_old_one_or_the_new_one() {
    for (is_end, cannot_exchange) in [(false, false), (true, false), (false, true), (true, true)] {
        let mut number = 0;
        loop {
            let place = Place::new();
            let (before, after) = holds(&place);
            let (result, is_past) = place.publish_with(Faults::at(number, is_end, cannot_exchange), &new());
            let case = format!("change {number}, {is_end} {cannot_exchange}, {result:?}");
            match &result {
                Err(Error::Io(path, _)) => assert!(path.starts_with(place.0.path()), "{case}"),
                Err(_) => panic!("{case}"),
                Ok(_) => {}
            }
            // Between two renames there is none; the next build puts it back.
            let is_between = is_end && cannot_exchange && !place.output().exists();
            let wanted = if result.is_ok() { &after } else { &before };
            assert!(is_between || place.held() == *wanted, "{case}: {:?}", place.held());
            if is_between {
                let _ = Output::claim(&place.output(), &[]).unwrap();
                assert_eq!(place.held(), before, "{case}");
            }
            // What was left is cleared up, and nobody notices that it was there.
            place.publish(&new()).unwrap();
            assert_eq!((place.held(), place.beside()), (after, vec!["output".into()]), "{case}");
            if result.is_ok() && !is_past {
                assert!(number > 10, "it makes more changes than that");
                break;
            }
            number += 1;
        }
    }
}

#[test]
fn one_builder_at_a_time() {
    let place = Place::new();
    let first = Output::claim(&place.output(), &[]).unwrap();
    let second = place.publish(&old());
    assert!(matches!(second, Err(Error::Busy(_))), "{second:?}");
    // Another folder is nobody's concern.
    publish(&old(), &place.0.path().join("annan"), &[]).unwrap();
    first.publish(&new()).unwrap();
    drop(first);
    assert_eq!(place.beside(), ["annan", "output"]);
    // A lock that nobody holds is one that a killed builder has left.
    place.write(".output.lås", "");
    place.publish(&old()).unwrap();
    assert_eq!(place.beside(), ["annan", "output"]);
}

#[test]
fn what_is_not_ours_is_never_replaced() {
    let place = Place::new();
    place.write("output/brev.txt", "viktigt");
    assert!(matches!(place.publish(&old()), Err(Error::NotOurs(_))));
    // A file of that name makes it no output.
    place.write("output/.katalog", "mina inställningar");
    assert!(matches!(place.publish(&old()), Err(Error::NotOurs(_))));
    assert_eq!(place.read("output/brev.txt").as_deref(), Some("viktigt"));
    assert_eq!(place.beside(), ["output"]);
}

#[test]
fn what_is_not_ours_beside_the_output_is_never_removed() {
    for name in [".output.ny", ".output.gammal", ".output.lås"] {
        for text in ["/brev.txt", ""] {
            let place = Place::new();
            place.publish(&old()).unwrap();
            place.write(&format!("{name}{text}"), "viktigt");
            assert!(matches!(place.publish(&new()), Err(Error::NotOurs(_))), "{name}{text}");
            assert_eq!(place.read(&format!("{name}{text}")).as_deref(), Some("viktigt"));
            assert_eq!(place.read("output/html/a.html").as_deref(), Some("1"));
        }
    }
}

/// What a builder has left, with something of someone's in it, is refused by its own name and left as it is.
fn is_refused(place: &Place, name: &str, path: &str, text: &str) {
    let left = place.0.path().join(name);
    let before = Tree::of(&left).unwrap().files;
    let result = place.publish(&new());
    let is_named = match &result {
        // What has no list is nobody's that is known.
        Err(Error::NotOurs(folder)) => folder.ends_with(name),
        Err(Error::Left(folder, file, 0)) => folder.ends_with(name) && *file == folder.join(path),
        _ => false,
    };
    assert!(is_named, "{name}/{path}: {result:?}");
    assert_eq!(Tree::of(&left).unwrap().files, before, "{name}/{path}");
    assert_eq!(place.read(&format!("{name}/{path}")).as_deref(), Some(text), "{name}/{path}");
    assert_eq!(place.read("output/html/a.html").as_deref(), Some("1"));
}

#[test]
fn what_a_builder_has_left_is_not_removed_with_what_is_someones() {
    for name in [".output.ny", ".output.gammal"] {
        // Beside a list that is empty, or begun.
        for list in ["", "Filerna"] {
            let place = Place::new();
            place.publish(&old()).unwrap();
            place.write(&format!("{name}/.katalog"), list);
            place.write(&format!("{name}/html/brev.txt"), "viktigt");
            is_refused(&place, name, "html/brev.txt", "viktigt");
        }
        // Beside a whole list, or changed since it was listed.
        for path in ["brev.txt", "html/brev.txt", "html/b.html"] {
            let place = Place::new();
            place.publish(&new()).unwrap();
            place.publish(&old()).unwrap();
            publish(&old(), &place.0.path().join("annan"), &[]).unwrap();
            fs::rename(place.0.path().join("annan"), place.0.path().join(name)).unwrap();
            place.write(&format!("{name}/{path}"), "viktigt");
            is_refused(&place, name, path, "viktigt");
            // Nothing is lost of what the output holds too.
            place.write(&format!("output/{path}"), "viktigt");
            place.publish(&new()).unwrap();
            assert_eq!(place.beside(), ["output"]);
        }
    }
}

#[test]
fn what_someone_puts_in_a_new_tree_that_was_never_finished_stays() {
    for path in ["brev.txt", "html/brev.txt", "html/a.html"] {
        let place = Place::new();
        place.publish(&old()).unwrap();
        let output = Output::claim(&place.output(), &[]).unwrap();
        let mut tree = output.begin().unwrap();
        new().iter().for_each(|file| tree.put(file).unwrap());
        place.write(&format!(".output.ny/{path}"), "viktigt");
        drop(tree);
        drop(output);
        is_refused(&place, ".output.ny", path, "viktigt");
    }
}

/// Killed while it clears up: what someone has taken away in the output since stands only in what is left.
#[test]
fn what_stands_only_in_what_is_left_is_named() {
    let place = Place::new();
    let left = |others: &[&str]| {
        place.publish(&old()).unwrap();
        publish(&old(), &place.0.path().join("annan"), &[]).unwrap();
        fs::rename(place.0.path().join("annan"), place.0.path().join(".output.ny")).unwrap();
        others.iter().for_each(|path| place.write(&format!(".output.ny/{path}"), "viktigt"));
        place.publish(&new()).unwrap_err().to_string()
    };
    let folder = place.0.path().join(".output.ny").display().to_string();
    let begin = format!("{folder} är vad en avbruten körning har lämnat, och skulle tas bort, men {folder}/brev.txt ");
    let end = format!(", eller ta bort {folder} om inget där behövs, och kör kommandot igen");
    assert_eq!(left(&["brev.txt"]), format!("{begin}finns bara där; flytta filen dit den hör{end}"));
    fs::remove_dir_all(&folder).unwrap();
    let told = left(&["brev.txt", "html/c.txt", "html/d.txt"]);
    assert_eq!(told, format!("{begin}och 2 filer till finns bara där; flytta dem dit de hör{end}"));
}

#[test]
fn a_name_that_a_builder_gives_what_it_leaves_is_no_output() {
    let place = Place::new();
    for name in [".output.ny", ".output.gammal", ".output.lås", ".Output.NY"] {
        let result = publish(&old(), &place.0.path().join(name), &[]);
        assert!(matches!(result, Err(Error::Unfit(..))), "{name}: {result:?}");
    }
    for name in ["output.ny", ".ny", ".output"] {
        publish(&old(), &place.0.path().join(name), &[]).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_link_or_a_file_is_no_output() {
    let place = Place::new();
    fs::create_dir(place.0.path().join("annan")).unwrap();
    std::os::unix::fs::symlink("annan", place.output()).unwrap();
    assert!(matches!(place.publish(&old()), Err(Error::NotOurs(_))));
    // The way there may have links.
    publish(&old(), &place.output().join("ut"), &[]).unwrap();
    assert_eq!(place.read("annan/ut/html/a.html").as_deref(), Some("1"));
    place.write("fil", "viktigt");
    assert!(matches!(publish(&old(), &place.0.path().join("fil"), &[]), Err(Error::NotOurs(_))));
    assert_eq!(place.read("fil").as_deref(), Some("viktigt"));
}

#[test]
fn input_is_no_output() {
    let place = Place::new();
    let content = place.0.path().join("content");
    fs::create_dir(&content).unwrap();
    let above = place.0.path();
    let outputs = [
        content.clone(),
        content.join("ut"),
        above.to_path_buf(),
        above.join("CONTENT"),
        above.join("Content/ut"),
        above.join("content/../content"),
        above.join("borta/../content/x"),
        above.join("content/."),
    ];
    for output in outputs {
        assert!(matches!(publish(&[], &output, &[&content]), Err(Error::Overlaps(..))), "{output:?}");
    }
    assert_eq!(place.beside(), ["content"]);
}

#[test]
fn a_list_of_any_length_is_not_read() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    let list = fs::File::options().append(true).open(place.output().join(manifest::NAME)).unwrap();
    // Nothing is written: the disk need not have the room.
    list.set_len(1 << 40).unwrap();
    assert!(matches!(place.publish(&new()), Err(Error::NotOurs(..))));
}

#[test]
fn what_lies_in_another_output_is_no_output() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    let held = place.held();
    for below in ["egen", "html/egen", "nya/egen", "html/../egen"] {
        let output = place.output().join(below);
        assert!(matches!(publish(&new(), &output, &[]), Err(Error::Within(..))), "{below}");
    }
    assert_eq!((place.held(), place.beside()), (held, vec!["output".to_string()]));
}

#[test]
fn neither_the_root_nor_home_nor_here_is_output() {
    let home = std::env::home_dir().unwrap();
    let here = std::env::current_dir().unwrap();
    let places = [Path::new("/"), Path::new("."), &home, home.parent().unwrap(), &here, here.parent().unwrap()];
    for output in places {
        assert!(matches!(publish(&old(), output, &[]), Err(Error::Unfit(..))), "{output:?}");
    }
    if cfg!(target_os = "linux") {
        assert!(matches!(publish(&old(), Path::new("/proc"), &[]), Err(Error::Unfit(..) | Error::NotOurs(..))));
    }
}

#[test]
fn a_new_edition_takes_the_place_of_the_old_and_other_formats_stay() {
    let place = Place::new();
    let (_, after) = holds(&place);
    place.publish(&new()).unwrap();
    assert_eq!(place.held(), after);
    assert_eq!(place.beside(), ["output"]);
}

#[test]
fn what_someone_else_puts_in_the_output_stays() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    place.write("output/html/egen.html", "min");
    fs::create_dir_all(place.output().join(".git/refs/tags")).unwrap();
    place.publish(&new()).unwrap();
    assert_eq!(place.read("output/html/egen.html").as_deref(), Some("min"));
    assert!(place.output().join(".git/refs/tags").is_dir());
    assert!(!place.output().join("html/b.html").exists());
    // A page of that name would take the place of someone's file.
    let result = place.publish(&[file("html/egen.html", "vår")]);
    assert!(matches!(result, Err(Error::NotOurs(path)) if path == place.output().join("html/egen.html")));
    assert_eq!(place.read("output/html/egen.html").as_deref(), Some("min"));
}

#[test]
fn what_is_in_the_way_of_what_is_written_is_told_at_once() {
    let refused = |way: &str, put: &dyn Fn(&Place)| {
        let place = Place::new();
        place.publish(&old()).unwrap();
        put(&place);
        let output = Output::claim(&place.output(), &[]).unwrap();
        let at_once = output.begin().and_then(|mut tree| tree.put(&file("html/a.html", "2")));
        assert!(matches!(&at_once, Err(Error::NotOurs(path)) if path.ends_with(way)), "{way}: {at_once:?}");
        drop(output);
        assert_eq!(place.beside().iter().filter(|name| name.starts_with('.')).count(), 0);
    };
    refused("output/html", &|place| {
        fs::remove_dir_all(place.output().join("html")).unwrap();
        place.write("output/html", "min");
    });
    #[cfg(unix)]
    refused("output/html", &|place| {
        fs::rename(place.output().join("html"), place.0.path().join("webb")).unwrap();
        std::os::unix::fs::symlink("../webb", place.output().join("html")).unwrap();
    });
    refused("output/.katalog.ny", &|place| place.write("output/.katalog.ny", "min"));
}

#[test]
fn what_someone_has_changed_in_the_output_is_kept() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    // One that is written anew, one that is gone in the new edition, and one of a format that is not asked for.
    for path in ["html/a.html", "html/b.html", "word/a.docx"] {
        place.write(&format!("output/{path}"), "rättat för hand");
    }
    let told: Vec<String> = place.publish(&new()).unwrap().iter().map(ToString::to_string).collect();
    let shown = place.output().display().to_string();
    let line = |name: &str| {
        format!(
            "{shown}/html/{name}.html var ändrad sedan katalog skrev den; \
             den ändrade filen finns kvar som {shown}/html/{name}.andrad.html"
        )
    };
    assert_eq!(told, [line("a"), line("b")]);
    assert_eq!(place.read("output/html/a.html").as_deref(), Some("2"));
    for path in ["html/a.andrad.html", "html/b.andrad.html", "word/a.docx"] {
        assert_eq!(place.read(&format!("output/{path}")).as_deref(), Some("rättat för hand"), "{path}");
    }
    assert!(!place.output().join("html/b.html").exists());
    // It is told once, and is someone's file from then on; the next one has another name.
    assert_eq!(place.publish(&new()).unwrap(), []);
    place.write("output/html/a.html", "igen");
    place.publish(&new()).unwrap();
    assert_eq!(place.read("output/html/a.andrad-2.html").as_deref(), Some("igen"));
    place.publish(&old()).unwrap();
    assert_eq!(place.read("output/word/a.andrad.docx").as_deref(), Some("rättat för hand"));
}

/// As editors save: beside, and then in the place of what was there.
fn save(place: &Place, path: &str, text: &str) {
    place.write(".sparas", text);
    let folder = place.output().join(path).parent().unwrap().to_path_buf();
    if folder.is_file() {
        fs::remove_file(&folder).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    fs::rename(place.0.path().join(".sparas"), place.output().join(path)).unwrap();
}

/// Someone saves files while a build is at work, before or after it has looked at what is there.
fn save_meanwhile(cannot_exchange: bool, is_after: bool) {
    let place = Place::new();
    place.publish(&old()).unwrap();
    place.write("output/egen.txt", "1");
    place.write("output/egen/brev.txt", "1");
    place.write("output/html/under/c.html", "rättat för hand");
    let faults = Faults { cannot_exchange, ..Faults::default() };
    let output = Output::claim_on(Disk { faults }, &place.output(), &[]).unwrap();
    let mut tree = output.begin().unwrap();
    new().iter().for_each(|file| tree.put(file).unwrap());
    // Someone's own, of a format that is not asked for, and new.
    let own = ["egen.txt", "egen/brev.txt", "word/a.docx", "html/ny.html", "egen/ny/brev.txt"];
    // Written anew, changed already, gone in the new edition, and in the way of a new one.
    let ours = ["html/a.html", "html/under/c.html", "html/b.html", "html/d/e.html"];
    let save_all = || {
        own.iter().for_each(|path| save(&place, path, "2"));
        ours.iter().for_each(|path| save(&place, path, "rättat igen"));
    };
    let told = if is_after {
        let set_aside = tree.complete(&Tree::of(&place.output()).unwrap()).unwrap();
        assert_eq!(set_aside.len(), 1);
        save_all();
        let left = output.swap(tree.was).unwrap().unwrap();
        tree.is_done = true;
        let told = tree.clear(&left, &set_aside);
        drop(tree);
        assert_eq!(place.read("output/html/under/c.andrad.html").as_deref(), Some("rättat för hand"));
        told
    } else {
        save_all();
        tree.finish().unwrap()
    };
    drop(output);
    own.iter().for_each(|path| assert_eq!(place.read(&format!("output/{path}")).as_deref(), Some("2"), "{path}"));
    let files: BTreeSet<PathBuf> = told.iter().map(|told| told.file.clone()).collect();
    assert_eq!(files, ours.map(|path| place.output().join(path)).into());
    for told in &told {
        assert_eq!(fs::read_to_string(&told.kept).unwrap(), "rättat igen", "{told}");
    }
    for (path, text) in [("a", "2"), ("d/e", "2"), ("under/c", "1")] {
        assert_eq!(place.read(&format!("output/html/{path}.html")).as_deref(), Some(text), "{path}");
    }
    assert!(!place.output().join("html/b.html").exists());
    assert_eq!(place.beside(), ["output"]);
    assert_eq!(place.publish(&new()).unwrap(), []);
}

#[test]
fn what_someone_changes_while_a_build_is_at_work_is_kept() {
    for (cannot_exchange, is_after) in [(false, false), (false, true), (true, false), (true, true)] {
        save_meanwhile(cannot_exchange, is_after);
    }
}

/// As an editor's lock file, or what someone clears up, in the time between the first file and the last.
#[test]
fn what_goes_away_while_a_build_is_at_work_is_gone() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    place.write("output/~$islista.docx", "jag");
    place.write("output/egen/brev.txt", "viktigt");
    place.write("output/html/a.html", "rättat för hand");
    fs::create_dir(place.output().join("tom")).unwrap();
    let output = Output::claim(&place.output(), &[]).unwrap();
    let mut tree = output.begin().unwrap();
    new().iter().for_each(|file| tree.put(file).unwrap());
    // Someone's, one that is written anew, one that is not any more, and one of a format that is not asked for.
    for path in ["~$islista.docx", "html/a.html", "html/b.html", "word/a.docx"] {
        fs::remove_file(place.output().join(path)).unwrap();
    }
    fs::remove_dir(place.output().join("tom")).unwrap();
    fs::rename(place.output().join("egen"), place.output().join("egen2")).unwrap();
    assert_eq!(tree.finish().unwrap(), []);
    drop(output);
    let held =
        [("egen2/brev.txt", "viktigt"), ("html/a.html", "2"), ("html/d/e.html", "2"), ("html/under/c.html", "1")];
    assert_eq!(place.held(), held.map(|(path, text)| (path.into(), text.into())).into());
    assert!(["tom", "egen"].iter().all(|gone| !place.output().join(gone).exists()));
    assert_eq!(place.beside(), ["output"]);
    // Nothing is listed that is not there.
    assert!(!place.read("output/.katalog").unwrap().contains("word/a.docx"));
}

#[test]
fn what_cannot_be_taken_home_is_told_where_it_is() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    place.write("output/egen.txt", "1");
    let output = Output::claim(&place.output(), &[]).unwrap();
    let mut tree = output.begin().unwrap();
    new().iter().for_each(|file| tree.put(file).unwrap());
    let set_aside = tree.complete(&Tree::of(&place.output()).unwrap()).unwrap();
    // A folder of someone's is where the new one has a file.
    save(&place, "html/a.html/brev.txt", "viktigt");
    let left = output.swap(tree.was).unwrap().unwrap();
    tree.is_done = true;
    let told = tree.clear(&left, &set_aside);
    let kept = place.0.path().join(".output.ny/html/a.html/brev.txt");
    assert_eq!(told, [SetAside { file: place.output().join("html/a.html/brev.txt"), kept: kept.clone() }]);
    assert_eq!(fs::read_to_string(kept).unwrap(), "viktigt");
}

/// The old edition is moved to an archive, and something of someone's comes in its place, while a build is at work.
#[cfg(unix)]
#[test]
fn what_has_come_in_the_outputs_place_is_left_as_it_is() {
    use std::os::unix::fs::symlink;
    let put = |what: &str, place: &Place| match what {
        "a link to the archive" => symlink("arkiv", place.output()).unwrap(),
        "a link to another folder" => {
            place.write("eget/brev.txt", "viktigt");
            symlink("eget", place.output()).unwrap();
        }
        "a link that leads nowhere" => symlink("borta", place.output()).unwrap(),
        "a folder" => place.write("output/brev.txt", "viktigt"),
        _ => place.write("output", "viktigt"),
    };
    let all = ["a link to the archive", "a link to another folder", "a link that leads nowhere", "a folder", "a file"];
    for what in all {
        for cannot_exchange in [false, true] {
            let place = Place::new();
            place.publish(&old()).unwrap();
            let faults = Faults { cannot_exchange, ..Faults::default() };
            let output = Output::claim_on(Disk { faults }, &place.output(), &[]).unwrap();
            let mut tree = output.begin().unwrap();
            // Nothing of the old tree has to be removed or kept when it is finished.
            old().iter().for_each(|file| tree.put(file).unwrap());
            fs::rename(place.output(), place.0.path().join("arkiv")).unwrap();
            put(what, &place);
            let (before, found) = (place.beside(), fs::symlink_metadata(place.output()).unwrap());
            let error = tree.finish().unwrap_err();
            drop(output);
            assert!(matches!(error, Error::Replaced(_) | Error::Io(..) | Error::NotOurs(_)), "{what}: {error}");
            let left: Vec<String> = before.into_iter().filter(|name| !name.starts_with('.')).collect();
            assert_eq!(place.beside(), left, "{what}: nothing is left beside");
            assert_eq!(fs::symlink_metadata(place.output()).unwrap().file_type(), found.file_type(), "{what}");
            for file in old() {
                assert_eq!(place.read(&format!("arkiv/{}", file.path)).unwrap().as_bytes(), file.bytes, "{what}");
            }
            for own in ["eget/brev.txt", "output/brev.txt", "output"] {
                assert!(place.read(own).is_none_or(|held| held == "viktigt"), "{what}: {own}");
            }
            let is_own =
                [("a folder", "output/brev.txt"), ("a file", "output"), ("a link to another folder", "eget/brev.txt")];
            for (_, own) in is_own.iter().filter(|(of, _)| *of == what) {
                assert_eq!(place.read(own).as_deref(), Some("viktigt"), "{what}");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn who_could_read_and_write_a_folder_can_so_afterwards() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    for cannot_exchange in [false, true] {
        let place = Place::new();
        place.publish(&old()).unwrap();
        place.write("output/privat/brev.txt", "viktigt");
        fs::create_dir_all(place.output().join("privat/tom")).unwrap();
        let modes =
            [("", 0o2770), ("html", 0o750), ("privat", 0o700), ("privat/tom", 0o751), ("privat/brev.txt", 0o604)];
        for (path, mode) in modes {
            fs::set_permissions(place.output().join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
        // Whoever may, gives it to someone else.
        let _ = chown(place.output().join("privat"), Some(1234), Some(4321));
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        for path in ["privat/brev.txt", "privat/tom", "privat"] {
            fs::File::open(place.output().join(path)).unwrap().set_modified(long_ago).unwrap();
        }
        let rights = |folder: &str| {
            let found = |path| fs::metadata(place.0.path().join(folder).join(path)).unwrap();
            let of = |found: fs::Metadata| (found.mode() & 0o7777, found.uid(), found.gid());
            let times = ["privat", "privat/tom", "privat/brev.txt"].map(|path| found(path).modified().unwrap());
            (modes.map(|(path, _)| of(found(path))), times)
        };
        let before = rights("output");
        let faults = Faults { cannot_exchange, ..Faults::default() };
        let output = Output::claim_on(Disk { faults }, &place.output(), &[]).unwrap();
        let mut tree = output.begin().unwrap();
        let mode = |path: &str| fs::metadata(place.0.path().join(path)).unwrap().mode() & 0o7777;
        assert_eq!(mode(".output.ny"), 0o2770);
        new().iter().for_each(|file| tree.put(file).unwrap());
        tree.finish().unwrap();
        assert_eq!(rights("output"), before);
        assert_eq!(mode("output/html/d") & 0o700, 0o700);
    }
}

#[cfg(unix)]
#[test]
fn a_copy_has_the_rights_and_the_time_of_the_file() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = Place::new();
    place.write("brev.txt", "viktigt");
    let [from, to] = ["brev.txt", "kopia.txt"].map(|name| place.0.path().join(name));
    fs::set_permissions(&from, fs::Permissions::from_mode(0o604)).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::open(&from).unwrap().set_modified(long_ago).unwrap();
    rights::copy_file(&from, &to).unwrap();
    let found = fs::metadata(&to).unwrap();
    assert_eq!((found.mode() & 0o7777, found.modified().unwrap()), (0o604, long_ago));
    assert_eq!(place.read("kopia.txt").as_deref(), Some("viktigt"));
}

#[test]
fn the_list_of_an_earlier_version_is_understood() {
    let place = Place::new();
    place.publish(&old()).unwrap();
    let list = place.read("output/.katalog").unwrap();
    let without_sums: String = list
        .lines()
        .map(|line| {
            format!("{}\n", line.rsplit_once(' ').filter(|(sum, _)| sum.len() == 32).map_or(line, |(_, path)| path))
        })
        .collect();
    assert_ne!(list, without_sums);
    place.write("output/.katalog", &without_sums);
    assert_eq!(place.publish(&new()).unwrap(), []);
    assert_eq!(place.read("output/html/a.html").as_deref(), Some("2"));
    assert!(!place.output().join("html/b.html").exists());
}

#[test]
fn no_file_is_written_by_a_path_that_leads_elsewhere() {
    let place = Place::new();
    for path in ["../brev.txt", "/tmp/brev.txt", "html/../../brev.txt", ".katalog", "html/con.html", "C:\\brev.txt"] {
        assert!(matches!(place.publish(&[file(path, "x")]), Err(Error::Name(..))), "{path}");
    }
    let twice = place.publish(&[file("html/a.html", "x"), file("html/A.html", "x")]);
    assert!(matches!(twice, Err(Error::Name(..))));
    assert_eq!(place.beside(), [""; 0]);
}

#[test]
fn builders_beside_each_other_may_make_the_folder_above_at_the_same_time() {
    for _ in 0..50 {
        let place = Place::new();
        let start = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (start, output) = (&start, place.0.path().join(format!("nya/mappar/{number}")));
                scope.spawn(move || {
                    start.wait();
                    publish(&new(), &output, &[]).unwrap();
                });
            }
        });
    }
}

#[test]
fn folders_that_were_made_for_nothing_are_gone() {
    let place = Place::new();
    let output = place.0.path().join("a/b/output");
    assert!(publish(&[file("html/a", "2"), file("html/a/b", "2")], &output, &[]).is_err());
    assert_eq!(place.beside(), [""; 0]);
    publish(&old(), &output, &[]).unwrap();
    assert!(output.is_dir());
}
