//! What pages say of themselves to machines: JSON-LD that needs no network, and leads to what is published.

use serde_json::Value;

use crate::door::{COMPLETE, Files, OWN, Workspace, every_publication, text};
use crate::read::html;

fn pages(files: &Files) -> impl Iterator<Item = (&str, Value)> {
    let pages = files.keys().filter(|path| path.ends_with(".html"));
    pages.map(|path| (path.as_str(), html::linked_data(text(files, path))))
}

/// Every `@id`, with the page that it is to be read from.
fn ids<'d>(data: &'d Value, found: &mut Vec<&'d str>) {
    match data {
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Object(map) => {
            found.extend(map.get("@id").and_then(Value::as_str));
            map.iter().filter(|(key, _)| *key != "@context").for_each(|(_, value)| ids(value, found));
        }
        _ => {}
    }
}

/// The file that an address leads to from a page.
fn file(page: &str, address: &str) -> String {
    let path = address.split('#').next().unwrap();
    if let Some(path) = path.strip_prefix("https://katalog.example/2027/") {
        return format!("html/{path}");
    }
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for step in path.split('/') {
        match step {
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[test]
fn every_page_has_linked_data_that_leads_to_what_is_published() {
    for (publication, files) in every_publication() {
        for (page, data) in pages(files) {
            let mut found = Vec::new();
            ids(&data["@graph"], &mut found);
            assert_eq!(file(page, found[0]), page, "{publication}: the page itself comes first");
            assert!(found.len() >= 3, "{publication}: {page}");
            for id in found {
                let file = file(page, id);
                assert!(files.contains_key(&file), "{publication}: {page} leads to {id}, {file}");
            }
            assert!(data["@context"].is_object(), "no context is to be fetched");
        }
    }
}

#[test]
fn linked_data_is_small() {
    let sizes = pages(&OWN).map(|(path, data)| (data.to_string().len(), path)).collect::<Vec<_>>();
    let (largest, path) = sizes.iter().max().unwrap();
    let mean = sizes.iter().map(|(size, _)| size).sum::<usize>() / sizes.len();
    assert!(*largest < 5000 && mean < 2000, "{path} has {largest} bytes, and the mean is {mean}");
}

#[test]
fn names_are_what_was_written() {
    for (at, name) in crate::names::marked().enumerate() {
        let page = format!("html/tjanster/fientlig-{at}.html");
        let data = html::linked_data(text(&crate::names::PUBLISHED, &page));
        for node in [&data["@graph"][0], &data["@graph"][1]] {
            assert_eq!(node["name"], crate::names::seen(&name), "{page}");
        }
    }
}

#[test]
fn what_is_not_published_is_not_to_be_had() {
    let workspace = Workspace::of("liten");
    let dataset = |arguments: &[&str]| {
        let run = workspace.run(arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let files = workspace.output();
        let data = html::linked_data(text(&files, "html/index.html"));
        let nodes = data["@graph"].as_array().unwrap().clone();
        nodes.into_iter().find(|node| node["@type"] == "Dataset")
    };
    let data = dataset(&["build"]).unwrap();
    assert_eq!(data["distribution"]["contentUrl"]["@id"], "../json/katalog-2027.json");
    assert_eq!(dataset(&["build", "--format", "html", "--output", "output"]), None);
}

#[test]
fn a_service_is_told_in_the_words_of_both_vocabularies() {
    let data = html::linked_data(text(&COMPLETE, "html/tjanster/orbit-planering.html"));
    insta::assert_snapshot!(format!("{:#}", data["@graph"][1]), @r#"
    {
      "@id": "https://katalog.example/2027/tjanster/orbit-planering.html#orbit-planering",
      "@type": [
        "GovernmentService",
        "cpsv:PublicService"
      ],
      "alternateName": "Operationsplaneraren",
      "audience": {
        "@type": "Audience",
        "audienceType": "Planerare & kirurger."
      },
      "cv:hasCompetentAuthority": {
        "@id": "https://katalog.example/2027/index.html#organisation"
      },
      "dct:description": "Planering av operationer.",
      "dct:identifier": "orbit-planering",
      "dct:requires": [
        {
          "@id": "https://katalog.example/2027/stodjande-tjanster/servrar.html#servrar"
        }
      ],
      "dct:title": "Orbit Planering",
      "description": "Planering av operationer.",
      "hoursAvailable": {
        "@type": "OpeningHoursSpecification",
        "closes": "23:59",
        "dayOfWeek": [
          "Monday",
          "Tuesday",
          "Wednesday",
          "Thursday",
          "Friday",
          "Saturday",
          "Sunday"
        ],
        "opens": "00:00",
        "validFrom": "2027-01-01",
        "validThrough": "2027-12-31"
      },
      "identifier": "orbit-planering",
      "isRelatedTo": [
        {
          "@id": "https://katalog.example/2027/produkter/produkt-x.html#produkt-x"
        }
      ],
      "name": "Orbit Planering",
      "offers": {
        "@type": "Offer",
        "name": "Orbit Planering.VGR – Användare",
        "priceSpecification": {
          "@type": "UnitPriceSpecification",
          "billingDuration": "P1M",
          "price": "125.5",
          "priceCurrency": "SEK",
          "unitText": "användare",
          "valueAddedTaxIncluded": true
        },
        "sku": "1001"
      },
      "provider": {
        "@id": "https://katalog.example/2027/index.html#organisation"
      },
      "serviceType": "Vårdområdet",
      "termsOfService": {
        "@id": "https://katalog.example/2027/nivaer/dygnet-runt-2h.html"
      }
    }
    "#);
}

#[test]
fn the_site_map_lists_every_page_where_the_site_has_an_address() {
    let map = text(&COMPLETE, "html/sitemap.xml");
    let listed: Vec<String> =
        map.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0.to_string()).collect();
    let mut wanted: Vec<String> = COMPLETE
        .keys()
        .filter_map(|path| path.strip_prefix("html/").filter(|path| path.ends_with(".html")))
        .map(|path| format!("https://katalog.example/2027/{path}"))
        .collect();
    wanted.sort();
    assert_eq!(listed, wanted);
    for page in COMPLETE.keys().filter(|path| path.ends_with(".html")) {
        let canonical = text(&COMPLETE, page).split("rel=\"canonical\" href=\"").nth(1).unwrap();
        assert!(listed.iter().any(|address| address == canonical.split('"').next().unwrap()), "{page}");
    }
    assert!(!OWN.contains_key("html/sitemap.xml"), "addresses are not made up");
}
