//! Catalogues of any size, made by `examples/generate.rs`.

use std::fs;

use serde_json::{Value, json};

use crate::door::{Files, Workspace, files, katalog, text};

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

/// What is published of a catalogue with so many products more, each of which encloses the next and needs a contract.
fn with_chain(products: usize) -> Files {
    let mut workspace = Workspace::of("liten").draft();
    for at in 0..products {
        let next = if at + 1 < products { format!("innehåller: [led-{}]\n", at + 1) } else { String::new() };
        let text = format!("namn: Led {at}\n{next}kontrakt: [avtal-{at}]\nkostnad: {{belopp: 1000}}\n");
        workspace = workspace.with(&format!("content/produkter/led-{at}.yaml"), text);
        workspace = workspace.with(&format!("content/kontrakt/avtal-{at}.yaml"), format!("namn: Avtal {at}\n"));
    }
    let run = workspace.run(&["build", "--format", "html,json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    workspace.output()
}

#[test]
fn a_long_chain_of_products_lists_the_nearest_and_says_how_many_more_there_are() {
    let (short, long, longer) = (with_chain(100), with_chain(250), with_chain(500));
    let page = |files: &Files, at: usize| text(files, &format!("html/produkter/led-{at}.html")).to_owned();
    let data = |files: &Files, at: usize| {
        let data: Value = serde_json::from_slice(&files["json/katalog-2027.json"]).unwrap();
        let is_asked_for = |product: &&Value| product["id"] == format!("led-{at}");
        data["products"].as_array().unwrap().iter().find(is_asked_for).unwrap().clone()
    };
    let more = "längre ned i kedjan";
    assert!(!page(&short, 0).contains(more) && page(&short, 0).contains("Led 99<"));
    assert_eq!(data(&short, 0)["rests_on"].get("more_products"), None);

    let first = page(&long, 0);
    assert!(first.contains("Led 100<") && !first.contains("Led 101<"));
    // The contract of each product that is listed, and of the product itself.
    assert_eq!(first.matches("och 149 till längre ned i kedjan").count(), 1, "products");
    assert_eq!(first.matches("och 150 till längre ned i kedjan").count(), 1, "contracts");
    assert!(first.contains("<td>149 till längre ned i kedjan</td>") && first.contains("149\u{a0}000"));
    assert!(page(&long, 100).contains("Led 200<") && !page(&long, 150).contains(more), "the rest is told where it is");
    let (first, cost) = (&data(&long, 0)["rests_on"], &data(&long, 0)["cost_derivation"]);
    assert_eq!((first["products"].as_array().unwrap().len(), &first["more_products"]), (100, &json!(149)));
    assert_eq!((first["contracts"].as_array().unwrap().len(), &first["more_contracts"]), (100, &json!(150)));
    assert_eq!(
        (&cost["more_enclosed"], &cost["more_amount"], &cost["total"]),
        (&json!(149), &json!("149000"), &json!("250000"))
    );

    let size = |files: &Files| files.values().map(Vec::len).sum::<usize>();
    // Were each told of all below it, it would be four times as much.
    assert!(size(&longer) < size(&long) * 5 / 2, "{} and {} bytes", size(&long), size(&longer));
}

#[test]
fn the_same_seed_makes_the_same_catalogue() {
    assert!(generate::catalogue(100, 1) == generate::catalogue(100, 1));
    assert!(generate::catalogue(100, 1) != generate::catalogue(100, 2));
}
