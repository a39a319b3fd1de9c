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

/// An IS/IT service with an SLA that is built on a product.
fn built_on(product: &str) -> String {
    format!(
        "namn: Orbit Kedja\nprodukter: [{product}]\nsla: {{nivå: dygnet-runt-2h, giltig_från: 2027-01-01, \
         giltig_till: 2027-12-31}}\nola: {{avrop: []}}\n"
    )
}

/// The data of something, by its list and its id.
fn data(files: &Files, list: &str, id: &str) -> Value {
    let data: Value = serde_json::from_slice(&files["json/katalog-2027.json"]).unwrap();
    data[list].as_array().unwrap().iter().find(|entity| entity["id"] == id).unwrap().clone()
}

/// What is published of a catalogue with so many products more, each of which encloses the next and needs a contract, and
/// a service on the first.
fn with_chain(products: usize) -> Files {
    let mut workspace = Workspace::of("liten").draft();
    for at in 0..products {
        let next = if at + 1 < products { format!("innehåller: [led-{}]\n", at + 1) } else { String::new() };
        let text = format!("namn: Led {at}\n{next}kontrakt: [avtal-{at}]\nkostnad: {{belopp: 1000}}\n");
        workspace = workspace.with(&format!("content/produkter/led-{at}.yaml"), text);
        workspace = workspace.with(&format!("content/kontrakt/avtal-{at}.yaml"), format!("namn: Avtal {at}\n"));
    }
    // Its own price pays for the chain, and so does who is built on it and calls for it.
    let prices = "erbjudanden: [{suffix: Guld, priser: [{artikel: \"77\", benämning: Kedja, pris: 5, per: år}]}]\n";
    let twice = built_on("led-0").replace("Orbit Kedja", "Orbit Dubbel");
    let twice = twice.replace("avrop: []", "avrop: [{erbjudande: orbit-kedja.guld}]");
    let workspace = workspace.with("content/tjanster/orbit-dubbel.yaml", twice);
    published(workspace.with("content/tjanster/orbit-kedja.yaml", built_on("led-0") + prices))
}

fn published(workspace: Workspace) -> Files {
    let run = workspace.run(&["build", "--format", "html,json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    workspace.output()
}

#[test]
fn a_long_chain_of_products_lists_the_nearest_and_says_how_many_more_there_are() {
    let (short, long, longer) = (with_chain(100), with_chain(250), with_chain(500));
    let page = |files: &Files, at: usize| text(files, &format!("html/produkter/led-{at}.html")).to_owned();
    let data = |files: &Files, at: usize| data(files, "products", &format!("led-{at}"));
    let more = "längre ned i kedjan";
    assert!(!page(&short, 0).contains(more) && page(&short, 0).contains("Led 99<"));
    assert_eq!(data(&short, 0)["rests_on"].get("more_products"), None);

    let first = page(&long, 0);
    assert!(first.contains("Led 100<") && !first.contains("Led 101<"));
    // The contract of each product that is listed, and of the product itself.
    assert_eq!(first.matches("och 149 till längre ned i kedjan").count(), 1, "products");
    assert_eq!(first.matches("och 150 till längre ned i kedjan").count(), 1, "contracts");
    assert!(first.contains(">149 till längre ned i kedjan</th>") && first.contains("149\u{a0}000"));
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
fn a_service_on_a_long_chain_costs_all_of_it_and_tells_the_nearest() {
    let files = with_chain(250);
    let page = text(&files, "html/tjanster/orbit-kedja.html");
    assert_eq!(page.matches("och 150 till längre ned i kedjan").count(), 2, "products and contracts");
    assert!(page.contains(">150 till längre ned i kedjan</th>") && page.contains("150\u{a0}000"));
    assert!(page.contains("Längre ned i kedjan finns 150\u{a0}produkter till."), "the figure's words");
    let service = data(&files, "services", "orbit-kedja");
    let cost = &service["cost_derivation"];
    assert_eq!((cost["products"].as_array().unwrap().len(), &cost["more_products"]), (100, &json!(150)));
    assert_eq!((&cost["more_products_amount"], &cost["products_total"]), (&json!("150000"), &json!("250000")));

    let call = &data(&files, "services", "orbit-dubbel")["cost_derivation"]["calls"][0];
    assert_eq!((call["also_product"].as_array().unwrap().len(), &call["more_also_products"]), (100, &json!(150)));
    let page = text(&files, "html/tjanster/orbit-dubbel.html");
    assert!(page.contains("betalar också för en produkt") && page.contains("Led 99</a> och 150 till."), "{page}");
}

#[test]
fn of_very_many_contracts_a_service_tells_the_nearest_and_its_product_all() {
    let all = (0..250).map(|at| format!("avtal-{at}")).collect::<Vec<_>>().join(", ");
    let mut workspace = Workspace::of("liten").draft();
    for at in 0..250 {
        let contract = format!(
            "namn: Avtal {at}\nleverantör: L\nåtgärdstid: 1 timme\ngiltig_från: 2027-02-01\ngiltig_till: 2027-12-31\n"
        );
        workspace = workspace.with(&format!("content/kontrakt/avtal-{at}.yaml"), contract);
    }
    workspace = workspace
        .with("content/produkter/stor.yaml", format!("namn: Stor\nkontrakt: [{all}]\n"))
        .with("content/tjanster/orbit-kedja.yaml", built_on("stor"));
    let files = published(workspace);
    let page = |path: &str| text(&files, path).to_owned();
    let product = page("html/produkter/stor.html");
    assert!((0..250).all(|at| product.contains(&format!(">Avtal {at}<"))), "a product tells its own");

    let service = page("html/tjanster/orbit-kedja.html");
    assert!(service.contains("och 150 till längre ned i kedjan"));
    assert!(service.contains("Längre ned i kedjan finns 150\u{a0}kontrakt till.") && service.contains("till</text>"));
    let sla = page("html/dokument/sla/orbit-kedja.html");
    assert!(sla.contains(">Avtal 99<") && !sla.contains(">Avtal 100<") && sla.contains(">150 till, hos produkterna i"));
    let operational = page("html/dokument/ola/orbit-kedja.html");
    assert!(operational.contains("och 150 till<") && operational.contains("<li>Kontraktet Avtal 49 "));
    // Each begins late and says nothing of its hours.
    assert!(operational.contains("<li>400 hål till i kontrakten.</li>"));
    let chain = page("html/sparbarhet.html");
    assert!(chain.contains("och 150 till<") && chain.contains("<li>400 hål till i kontrakten</li>"));
    let trace = &data(&files, "services", "orbit-kedja")["trace"];
    let count = |list: &Value| list.as_array().unwrap().len();
    let own = &trace["rows"][0];
    assert_eq!((count(&own["contracts"]), &own["more_contracts"]), (100, &json!(150)));
    assert_eq!(&trace["more_holes"], &json!(400));
    assert!(chain.contains(&format!(">{}</td>", count(&trace["holes"]) + 400)), "all of them are counted");
}

#[test]
fn the_same_seed_makes_the_same_catalogue() {
    assert!(generate::catalogue(100, 1) == generate::catalogue(100, 1));
    assert!(generate::catalogue(100, 1) != generate::catalogue(100, 2));
}
