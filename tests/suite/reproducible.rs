//! The same content gives the same bytes, wherever, whenever and by however many threads it is built.

use std::path::Path;
use std::process::Command;

use crate::door::{self, Files, OWN, SMALL, Workspace, repository};
use crate::own_content::assert_same;

/// What is around a build.
struct Surroundings {
    variables: &'static [(&'static str, &'static str)],
    mask: &'static str,
}

const SURROUNDINGS: [Surroundings; 6] = [
    Surroundings { variables: &[("TZ", "Pacific/Kiritimati"), ("RAYON_NUM_THREADS", "1")], mask: "077" },
    Surroundings {
        variables: &[("TZ", "America/St_Johns"), ("RAYON_NUM_THREADS", "8"), ("SOURCE_DATE_EPOCH", "1")],
        mask: "000",
    },
    Surroundings { variables: &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")], mask: "022" },
    Surroundings { variables: &[("LANG", "C"), ("LC_ALL", "C"), ("LANGUAGE", "de")], mask: "027" },
    Surroundings {
        variables: &[("SOURCE_DATE_EPOCH", "4102444800"), ("TERM", "dumb"), ("COLUMNS", "20")],
        mask: "002",
    },
    Surroundings { variables: &[("USER", "någon"), ("HOSTNAME", "annan"), ("TMPDIR", "/borta")], mask: "022" },
];

/// What the content of a folder is published as, in these surroundings and nothing else around.
#[cfg(unix)]
fn published(folder: &Path, arguments: &str, around: &Surroundings) -> Files {
    let script = format!("umask {}; exec \"$1\" build --paginate=estimate {arguments}", around.mask);
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &script, "sh", env!("CARGO_BIN_EXE_katalog")]).current_dir(folder);
    shell.env_clear().envs(around.variables.iter().copied());
    let output = shell.output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    door::files(&folder.join("output"))
}

#[cfg(unix)]
#[test]
fn nothing_around_a_build_changes_a_byte() {
    for (number, around) in SURROUNDINGS.iter().enumerate() {
        let workspace = Workspace::of("liten");
        assert_same(&format!("surroundings {number}"), &published(workspace.path(), "", around), &SMALL);
        // On top of an output that is there as well.
        assert_same("again", &published(workspace.path(), "", &SURROUNDINGS[0]), &SMALL);
    }
}

#[cfg(unix)]
#[test]
fn nor_does_it_for_a_copy_of_the_repositorys_own_content() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("en annan plats, långt bort");
    for name in ["content", "templates"] {
        door::copy(&repository().join(name), &place.join(name));
    }
    assert_same("from a copy, by one thread", &published(&place, "", &SURROUNDINGS[0]), &OWN);
    let below = place.join("under");
    std::fs::create_dir(&below).unwrap();
    std::fs::create_dir(below.join("utan mallar")).unwrap();
    let arguments = "--content ../content --templates 'utan mallar'";
    let built_in = published(&below, arguments, &SURROUNDINGS[1]);
    assert_same("with the built-in templates, by another way and eight threads", &built_in, &OWN);
}
