//! Catalogues of any size, made by `examples/generate.rs`.

use std::fs;

use crate::door::{files, katalog};

#[path = "../../examples/generate.rs"]
#[allow(dead_code)]
mod generate;

#[test]
fn a_made_catalogue_has_no_mistakes_and_as_many_services_as_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    // More than a district, so that there is another one.
    for services in [generate::smallest(), 540] {
        let content = folder.path().join(services.to_string());
        generate::write(&generate::catalogue(services, 1), &content).unwrap();
        let run = katalog(folder.path(), &["check", "--content", &services.to_string()]);
        assert_eq!((run.code, run.codes()), (0, Vec::new()), "{}", run.stderr);
        assert_eq!(fs::read_dir(content.join("tjanster")).unwrap().count(), services);
    }
}

#[test]
fn what_is_published_grows_as_the_catalogue_does() {
    let published = |services: usize| {
        let folder = tempfile::tempdir().unwrap();
        generate::write(&generate::catalogue(services, 1), &folder.path().join("content")).unwrap();
        let run = katalog(folder.path(), &["build", "--format", "html"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let files = files(&folder.path().join("output"));
        (files.len(), files.values().map(Vec::len).sum::<usize>())
    };
    let (small, large) = (published(13), published(52));
    // Four times as many services: were each told of all the others, it would be sixteen times as much.
    assert!(large.0 < small.0 * 4, "{small:?} and {large:?} files and bytes");
    assert!(large.1 < small.1 * 9 / 2, "{small:?} and {large:?} files and bytes");
}

#[test]
fn the_same_seed_makes_the_same_catalogue() {
    assert!(generate::catalogue(100, 1) == generate::catalogue(100, 1));
    assert!(generate::catalogue(100, 1) != generate::catalogue(100, 2));
}
