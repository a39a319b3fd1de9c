//! What the files of the search hold, and how much of them a reader needs.
use std::collections::BTreeMap;

use crate::document::*;

use super::code::{OTHER, Postings, encoded};
use super::entries::ROWS_OF_A_LIST;
use super::*;

const READER: &str = include_str!("../../../../templates/html/sok.js");
/// Swedish as catalogues have it.
const TEXTS: [&str; 4] = [
    include_str!("../../../../content/texter/ekonomi.md"),
    include_str!("../../../../content/texter/om-servicenivaer.md"),
    include_str!("../../../../content/texter/support-och-utbildning.md"),
    include_str!("../../../../content/texter/tjanstemodellen.md"),
];

fn text(letters: &str) -> Vec<Inline> {
    vec![Inline::Text(letters.to_string())]
}

fn heading(level: u8, letters: &str) -> Block {
    Block::Heading(Heading { level, id: String::new(), number: None, appendix: false, text: text(letters) })
}

fn page(path: &str, title: &str, blocks: Vec<Block>) -> Page {
    let facets = vec![Facet { name: Facet::KIND, values: vec!["IS/IT-tjänst".to_string()] }];
    let about = Some(path.to_string());
    Page { path: path.to_string(), title: title.to_string(), about, facets, blocks, ..Page::default() }
}

fn search_page() -> Page {
    Page { layout: Some("sok.html".to_string()), ..page("sok.html", "Sök", vec![]) }
}

fn document(name: &str, title: &str, about: Option<&str>) -> Document {
    Document {
        name: name.to_string(),
        stem: String::new(),
        metadata: Metadata { title: title.to_string(), ..Metadata::default() },
        contents: true,
        about: about.map(str::to_string),
        blocks: vec![Block::Paragraph(text("ordrik"))],
    }
}

fn written(publication: &Publication) -> BTreeMap<String, String> {
    let found: Vec<Found> = publication.pages.iter().map(|page| Found::of_page(publication, page)).collect();
    let files = files(publication, &search_page().path, &found).into_iter();
    files.map(|file| (file.path, String::from_utf8(file.bytes).expect("scripts are UTF-8"))).collect()
}

fn directory(files: &BTreeMap<String, String>) -> serde_json::Value {
    let script = &files["sok/sidor.js"];
    let json = script.strip_prefix("katalogSok.sidor(").and_then(|script| script.strip_suffix(")\n"));
    serde_json::from_str(json.expect("a call")).expect("JSON")
}

/// The words of all shards with their pages, as `sok.js` reads them.
fn index(files: &BTreeMap<String, String>) -> BTreeMap<String, Postings> {
    let mut words = BTreeMap::new();
    for script in files.iter().filter(|(path, _)| path.starts_with("sok/ord-")).map(|(_, script)| script) {
        let json =
            script.strip_prefix("katalogSok.ord(").and_then(|script| script.strip_suffix(")\n")).expect("a call");
        let (name, data): (String, String) = serde_json::from_str(&format!("[{json}]")).expect("JSON");
        let mut before = String::new();
        for entry in data.split_terminator(',') {
            let (word, pages) = entry.split_once(' ').expect("a word and its pages");
            let shared = usize::from_str_radix(&word[..1], 36).expect("a figure");
            before = before.chars().take(shared).chain(word[1..].chars()).collect();
            assert!(name == OTHER || before.starts_with(&name), "{before} stands in {name}");
            assert!(words.insert(before.clone(), decoded(pages)).is_none(), "{before} stands twice");
        }
    }
    words
}

fn decoded(code: &str) -> Postings {
    let mut letters = code.bytes().map(|letter| {
        let all = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
        all.iter().position(|known| *known == letter).unwrap() as u32
    });
    let mut numbers = Vec::new();
    while letters.len() > 0 {
        let (mut number, mut unit) = (0, 1);
        for digit in letters.by_ref() {
            number += (digit % 32) * unit;
            unit *= 32;
            if digit < 32 {
                break;
            }
        }
        numbers.push(number);
    }
    let (mut pages, mut next, mut numbers): (Postings, _, _) = (vec![], 0, numbers.into_iter());
    while let Some(step) = numbers.next() {
        if step == 0 {
            let kind = pages.last().expect("a run follows a page").1;
            pages.extend((next..next + numbers.next().expect("a length")).map(|page| (page, kind)));
        } else {
            pages.push((next + step / 2 - 1, step % 2 == 1));
        }
        next = pages.last().expect("a page").0 + 1;
    }
    pages
}

#[test]
fn page_numbers_come_back_as_they_went() {
    for pages in [
        vec![(0, false)],
        vec![(0, true), (1, false), (40_000, true)],
        (0..500).map(|number| (number, false)).collect(),
        (3..7).map(|number| (number, true)).chain((7..30).map(|number| (number, false))).chain([(99, false)]).collect(),
    ] {
        assert_eq!(decoded(&encoded(&pages)), pages);
    }
    assert!(encoded(&(0..2000).map(|number| (number, false)).collect::<Vec<_>>()).len() < 8, "a run is short");
}

#[test]
fn words_are_found_where_they_stand() {
    let note = Inline::Note(vec![Block::Paragraph(text("Fotnotens förbehåll"))]);
    let table = Table {
        caption: None,
        columns: vec![Align::Left],
        header: vec![text("Återställsetid")],
        rows: vec![vec![text("Artikel 2003")]],
    };
    let blocks = vec![
        heading(1, "Orbit"),
        heading(2, "Öppettider"),
        Block::List(List {
            start: None,
            tight: true,
            items: vec![vec![Block::Paragraph(text("Öppettider och Servrar"))]],
        }),
        Block::Table(table),
        Block::Paragraph(vec![note, Inline::Strong(text("A"))]),
        Block::Paragraph(text("12\u{A0}345,50 och 8\u{A0}GB, 1\u{A0}2345")),
    ];
    let publication = Publication {
        pages: vec![page("a.html", "Orbit", blocks), page("b.html", "Vidare", vec![Block::Paragraph(text("Servrar"))])],
        ..Publication::default()
    };
    let words = index(&written(&publication));
    let expected: BTreeMap<String, Postings> = [
        ("12345", vec![(0, false)]),
        ("2003", vec![(0, false)]),
        ("2345", vec![(0, false)]),
        ("50", vec![(0, false)]),
        ("artikel", vec![(0, false)]),
        ("aterstallsetid", vec![(0, false)]),
        ("forbehall", vec![(0, false)]),
        ("gb", vec![(0, false)]),
        ("fotnotens", vec![(0, false)]),
        ("oppettider", vec![(0, true)]),
        ("servrar", vec![(0, false), (1, false)]),
    ]
    .into_iter()
    .map(|(word, pages)| (word.to_string(), pages))
    .collect();
    assert_eq!(words, expected, "folded, in headings where they stand there too, no title and no small words");
}

#[test]
fn a_compound_is_found_by_its_tail() {
    let texts = ["journalstöd", "stöd", "journal", "driftsplattform", "drift", "plattform", "form", "understöd"];
    let pages = texts.map(|word| page(&format!("{word}.html"), word, vec![Block::Paragraph(text(word))]));
    let words = index(&written(&Publication { pages: pages.into(), ..Publication::default() }));
    // Pages stand in the order of the alphabet: drift, driftsplattform, form, journal, journalstöd, …
    let pages = |word: &str| words[word].iter().map(|(page, _)| *page).collect::<Vec<_>>();
    assert_eq!(pages("stod"), [4, 6], "not under what is no word before it and only four letters");
    assert_eq!(pages("plattform"), [1, 5]);
    assert_eq!(pages("form"), [2], "not under so short a tail without a word before it, as that of plattform");
    assert_eq!(pages("journal"), [3]);
}

#[test]
fn hits_of_equal_worth_stand_in_the_order_of_the_menu_and_of_the_alphabet() {
    let list = |path: &str, order: i64| Page {
        about: None,
        navigation: Some(Navigation { order, label: path.to_string() }),
        parent: Some("index.html".to_string()),
        ..page(path, path, vec![])
    };
    let under =
        |parent: &str, path: &str, title: &str| Page { parent: Some(parent.to_string()), ..page(path, title, vec![]) };
    let publication = Publication {
        pages: vec![
            list("produkter.html", 5),
            list("tjanster.html", 2),
            under("produkter.html", "produkter/a.html", "Arkiv"),
            under("tjanster.html", "tjanster/o.html", "Översikten"),
            under("tjanster.html", "tjanster/z.html", "Zeta"),
            under("nowhere.html", "lost.html", "Borta"),
            search_page(),
        ],
        documents: vec![document("prislista", "Prislista", None), document("zeta", "Avtal om Zeta", Some("zeta"))],
        ..Publication::default()
    };
    let files = written(&publication);
    let directory = directory(&files);
    let lines: Vec<&str> = directory["sidor"].as_str().expect("text").lines().collect();
    let rest: Vec<&str> = lines.iter().map(|line| &line[3..]).collect();
    assert_eq!(
        rest,
        ["Zeta\t3", "Översikten\t9", "Arkiv\t4", "Borta\t5lost", "tjanster.html\t5", "produkter.html\t5", "Prislista"]
    );
    assert!(!files.values().any(|script| script.contains("ordrik")), "a document's text is not found");
    assert!(!files.values().any(|script| script.contains("Avtal")), "an agreement is found by its service");
}

#[test]
fn values_stand_in_the_order_of_their_pages_or_the_alphabet() {
    let facets = |levels: &[&str], areas: &[&str]| {
        let values = |values: &[&str]| values.iter().map(|value| value.to_string()).collect();
        vec![
            Facet { name: Facet::KIND, values: values(&["IS/IT-tjänst"]) },
            Facet { name: "Nivå", values: values(levels) },
            Facet { name: "Område", values: values(areas) },
        ]
    };
    let publication = Publication {
        pages: vec![
            Page {
                facets: facets(&["Guld", "Brons"], &["Ägare", "Åtkomst", "1\u{a0}000 per år", "8 GB", "12 tum"]),
                ..page("a.html", "A", vec![])
            },
            page("brons.html", "Brons", vec![]),
            page("guld.html", "Guld", vec![]),
        ],
        ..Publication::default()
    };
    let facets = directory(&written(&publication))["facetter"].clone();
    assert_eq!(facets[1], serde_json::json!(["Nivå", ["Brons", "Guld"]]));
    assert_eq!(facets[2], serde_json::json!(["Område", ["8 GB", "12 tum", "1\u{a0}000 per år", "Åtkomst", "Ägare"]]));
}

#[test]
fn hostile_titles_and_words_are_data() {
    let hostile = "\u{2028}</script>\"'`${x}\\ \t\n|~ a\u{30a} 🚑 مرحبا \u{1}";
    let blocks = vec![Block::Paragraph(text(&format!("{hostile} constructor __proto__ con {}", "ö".repeat(5000))))];
    let mut odd = page("mapp/…/fil.txt", hostile, blocks);
    odd.synonyms = vec![hostile.to_string()];
    let publication =
        Publication { pages: vec![odd], synonyms: vec![vec![hostile.to_string()]], ..Publication::default() };
    let files = written(&publication);
    let lines = directory(&files)["sidor"].as_str().expect("text").lines().count();
    assert_eq!(lines, 1, "a title is one line");
    index(&files);
    assert!(files.values().all(|script| !script.contains(['\u{2028}', '\t'])));
    assert!(
        files
            .keys()
            .all(|path| path.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"/-_.".contains(&b)))
    );
}

/// As large a catalogue as the site is made for.
fn large(pages: usize) -> Publication {
    let sentences: Vec<&str> =
        TEXTS.iter().flat_map(|text| text.split(['.', '\n'])).map(str::trim).filter(|s| s.len() > 30).collect();
    let (first, middle) = (
        ["Al", "Bel", "Cor", "Dia", "Fen", "Hel", "Kar", "Lun", "Mer", "Nor", "Pro", "Vin"],
        ["a", "eba", "ido", "ola", "umi"],
    );
    let nouns = [
        "Journalstöd",
        "Läkemedelslista",
        "Operationsplanering",
        "Remisshantering",
        "Bildarkiv",
        "Lönehantering",
        "Schema",
        "Fakturering",
        "Kvalitetsregister",
        "Driftplattform",
        "Databasplattform",
        "Behörigheter",
        "Videobesök",
    ];
    let kinds = ["IS/IT-tjänst", "Stödjande tjänst", "Produkt"];
    let mut state = 2027_u32;
    let mut chance = move |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let pages = (0..pages).map(|number| {
        let name = format!(
            "{}{}{}",
            first[chance(first.len())],
            middle[chance(middle.len())],
            ["ra", "nova", "tus", "vy"][chance(4)]
        );
        let title = format!("{name} {}", nouns[chance(nouns.len())]);
        let mut blocks = vec![heading(1, &title), heading(2, "Vad som ingår")];
        blocks.extend((0..15).map(|_| Block::Paragraph(text(sentences[chance(sentences.len())]))));
        blocks.push(Block::Paragraph(text(&format!("Artikel {} {name}", 10_000 + number))));
        let mut values = |name, prefix: &str, of: usize| Facet {
            name,
            values: vec![format!("{prefix} {}", chance(of)), format!("{prefix} {}", chance(of))],
        };
        let facets = vec![
            Facet { name: Facet::KIND, values: vec![kinds[number % 3].to_string()] },
            values("Nivå", "Nivå", 11),
            values("Område", "Område", 12),
            values("Avdelning", "Avdelning", 10),
            values("Prisenhet", "enhet", 40),
        ];
        Page { facets, ..page(&format!("tjanster/{}-{number}.html", crate::text::slug(&title)), &title, blocks) }
    });
    Publication { pages: pages.collect(), ..Publication::default() }
}

#[test]
fn a_search_of_two_thousand_pages_needs_at_most_150_kilobytes() {
    let files = written(&large(2000));
    let titles = READER.len() + files["sok/sidor.js"].len();
    // Two words, by what their forms have in common.
    for query in [["journal", "tjanst"], ["serv", "plattform"], ["lakemedelslist", "anvandar"], ["kontor", "tillgang"]]
    {
        let shards: usize = files
            .iter()
            .filter_map(|(path, script)| Some((path.strip_prefix("sok/ord-")?.strip_suffix(".js")?, script)))
            .filter(|(name, _)| query.iter().any(|word| word.starts_with(name) || name.starts_with(word)))
            .map(|(_, script)| script.len())
            .sum();
        assert!(shards > 0);
        assert!(titles + shards <= 150_000, "{query:?}: {titles} bytes for the titles and {shards} for the words");
    }
    let largest = files.values().filter(|script| !script.starts_with("katalogSok.sidor")).map(String::len).max();
    assert!(largest <= Some(16_000), "{largest:?}");
}

#[test]
fn the_same_pages_give_the_same_files() {
    assert!(written(&large(300)) == written(&large(300)));
}

#[test]
fn rows_of_lists_are_found_unless_there_are_too_many() {
    let list = |number: usize| {
        let row = |id: usize| {
            vec![vec![Inline::Anchor(format!("term-{id}")), Inline::Strong(text("Term"))], text("Förklaring")]
        };
        let rows = (0..number).map(row).collect();
        let table =
            Table { caption: None, columns: vec![Align::Left; 2], header: vec![text("Term"), text("Vad")], rows };
        let home = |id: usize| {
            let id = format!("term-{id}");
            let page = Some(("ordlista.html".to_string(), Some(id.clone())));
            (id, Targets { page, ..Targets::default() })
        };
        let list = Page { about: None, ..page("ordlista.html", "Ordlista", vec![Block::Table(table)]) };
        Publication { pages: vec![list], targets: (0..number).map(home).collect(), ..Publication::default() }
    };
    let files = written(&list(2));
    let directory = directory(&files);
    assert_eq!(directory["drag"][0], serde_json::json!(["", "ordlista.html#"]));
    assert_eq!(directory["sidor"], "000Ordlista\n110Term\t0-0\n114\t0-1");
    assert!(files["sok/text-0.js"].contains("Förklaring"));
    let many = written(&list(ROWS_OF_A_LIST + 1));
    assert!(!many["sok/sidor.js"].contains("ordlista.html#"));
}
