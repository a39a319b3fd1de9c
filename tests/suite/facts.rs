//! What pages and documents say of things is what the content says of them.

use crate::door::{COMPLETE, OWN, text};
use crate::read::html;

/// The items of the list below a heading of a page; nothing where it has no such heading.
fn listed(page: &str, heading: &str) -> Vec<String> {
    let Some((_, below)) = page.split_once(&format!(">{heading}</h2>")) else { return Vec::new() };
    let list = below.split("</ul>").next().unwrap();
    list.split("<li>")
        .skip(1)
        .map(|item| html::visible(item.split("</li>").next().unwrap()).trim().to_string())
        .collect()
}

#[test]
fn what_supports_a_thing_or_is_replaced_by_it_does_not_use_it() {
    let page = text(&COMPLETE, "html/produkter/produkt-y.html");
    assert_eq!(listed(page, "Används av"), ["Produkt X (innehåller)"]);
    assert_eq!(listed(page, "Stöds av"), ["Servrar"]);
    assert_eq!(listed(page, "Ersätter"), ["Produkt X"]);
    let page = text(&OWN, "html/produkter/databasplattform.html");
    assert_eq!(listed(page, "Används av"), ["Databaser (bygger på)"]);
    assert_eq!(listed(page, "Stöds av"), ["Lagring (block & fil)", "Servrar"]);
    let page = text(&COMPLETE, "html/tjanster/orbit-planering.html");
    assert_eq!((listed(page, "Används av"), listed(page, "Stöds av")), (vec![], vec!["Servrar".to_string()]));
    for words in ["(stödjer)", "(ersätts av)"] {
        for (path, bytes) in COMPLETE.iter().chain(OWN.iter()).filter(|(path, _)| path.ends_with(".html")) {
            assert!(!std::str::from_utf8(bytes).unwrap().contains(words), "{path}: {words}");
        }
    }
}
