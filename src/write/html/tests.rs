//! One handmade site that holds every node and hostile text, and what must be true of each of its pages.
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::document::*;
use crate::model::Date;
use crate::text::path_encoded;
use crate::write::{File, Format, Unwritten};

use super::{Layouts, Site, links};

const LAYOUTS: [(&str, &str); 3] = [
    ("base.html", include_str!("../../../templates/html/base.html")),
    ("page.html", include_str!("../../../templates/html/page.html")),
    ("document.html", include_str!("../../../templates/html/document.html")),
];
const ASSETS: [(&str, &[u8]); 3] = [
    ("katalog.css", include_bytes!("../../../templates/html/katalog.css")),
    ("tabell.js", include_bytes!("../../../templates/html/tabell.js")),
    ("ikon.svg", include_bytes!("../../../templates/html/ikon.svg")),
];

/// Every letter that means something in HTML or Markdown, and some that are hard to carry.
const HOSTILE: &str = "& < > \" ' | * [ ] \\ </script><b onclick=\"x()\"> a\u{30a} 🚑 مرحبا \u{1}\u{fffe}slut";
const HOSTILE_ESCAPED: &str = "&amp; &lt; &gt; &quot; &#39; | * [ ] \\ &lt;/script&gt;&lt;b onclick=&quot;x()&quot;&gt; \
     a\u{30a} 🚑 مرحبا slut";

fn layouts() -> Layouts {
    let files = LAYOUTS.map(|(name, text)| (name.to_string(), text.to_string()));
    Layouts::new(&files, "templates").expect("the built-in layouts are sound")
}

/// Every file of a site, as `write` gives them one by one.
fn site(
    publication: &Publication,
    layouts: &Layouts,
    assets: &[(String, Vec<u8>)],
    formats: &[Format],
) -> Result<Vec<File>, Unwritten> {
    let site = Site::new(publication, layouts, assets, formats);
    let pages = publication.pages.iter().map(|page| site.page(page, None));
    let documents = publication.documents.iter().map(|document| site.document(document, None));
    let mut files = pages.chain(documents).collect::<Result<Vec<File>, Unwritten>>()?;
    let found: Vec<_> = publication.pages.iter().filter_map(|page| site.found(page)).collect();
    files.extend(site.rest(&found)?);
    Ok(files)
}

fn written(publication: &Publication) -> Vec<File> {
    let assets = ASSETS.map(|(name, bytes)| (name.to_string(), bytes.to_vec()));
    site(publication, &layouts(), &assets, &Format::ALL).expect("the site can be written")
}

fn html(files: &[File], path: &str) -> String {
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is not written"));
    String::from_utf8(file.bytes.clone()).expect("pages are UTF-8")
}

/// Only what a page's body says of some blocks, on a page of the site without heading or contents.
fn body(blocks: Vec<Block>) -> String {
    let mut publication = example();
    publication.pages.push(Page { blocks, ..page("prov/sida.html", "Prov", Some("index.html"), vec![]) });
    let html = html(&written(&publication), "prov/sida.html");
    let start = html.find("<div class=\"text\">\n").expect("a page has a body") + "<div class=\"text\">\n".len();
    let end = html.find("</main>").expect("a page has a main part");
    html[start..end].trim_end().trim_end_matches("</div>").trim_end().trim_end_matches("</div>").to_string()
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_string())
}

fn paragraph(letters: &str) -> Block {
    Block::Paragraph(vec![text(letters)])
}

fn link(target: Target, letters: &str) -> Inline {
    Inline::Link(Box::new(Link { target, text: vec![text(letters)] }))
}

fn to(id: &str, letters: &str) -> Inline {
    link(Target::Id(id.to_string()), letters)
}

fn to_address(address: &str, letters: &str) -> Inline {
    link(Target::Address(address.to_string()), letters)
}

fn heading(level: u8, id: &str, number: Option<&str>, letters: &str) -> Block {
    Block::Heading(Heading {
        level,
        id: id.to_string(),
        number: number.map(str::to_string),
        appendix: number.is_some_and(|number| number.starts_with("Bilaga")),
        text: vec![text(letters)],
    })
}

fn caption(id: &str, number: u32, letters: &str) -> Option<Caption> {
    Some(Caption { id: id.to_string(), number, text: vec![text(letters)] })
}

fn cells(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|cell| if cell.is_empty() { vec![] } else { vec![text(cell)] }).collect()
}

fn table(caption: Option<Caption>, header: &[&str], rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        caption,
        columns: vec![Align::Left; header.len()],
        header: cells(header),
        rows: rows.iter().map(|row| cells(row)).collect(),
    })
}

fn page(path: &str, title: &str, parent: Option<&str>, blocks: Vec<Block>) -> Page {
    Page {
        path: path.to_string(),
        title: title.to_string(),
        parent: parent.map(str::to_string),
        blocks,
        ..Page::default()
    }
}

fn in_navigation(order: i64, label: &str, page: Page) -> Page {
    Page { navigation: Some(Navigation { order, label: label.to_string() }), ..page }
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Some(Date(jiff::civil::date(year, month, day)))
}

fn targets(documents: &[&str], page: Option<(&str, Option<&str>)>) -> Targets {
    Targets {
        document: documents.first().map(|name| name.to_string()),
        documents: documents.iter().map(|name| name.to_string()).collect(),
        page: page.map(|(path, anchor)| (path.to_string(), anchor.map(str::to_string))),
    }
}

/// A site with every node, nested pages, two documents and a navigation.
fn example() -> Publication {
    let service = "tjanster/orbit.html";
    let mut publication = Publication {
        publisher: Publisher {
            organisation: "Västra Götalandsregionen".to_string(),
            unit: "Koncernstab digitalisering".to_string(),
            site: Some("https://intranat.example/katalog/".to_string()),
            contact: Some("Servicedesk, 010-000 00 00".to_string()),
            year: 2027,
        },
        documents: vec![catalogue(), agreement()],
        pages: vec![start(), services(), orbit(), levels(), hostile()],
        ..Publication::default()
    };
    publication.targets.extend([
        ("orbit".to_string(), targets(&["tjanstekatalog", "sla/orbit"], Some((service, None)))),
        ("orbit.vgr".to_string(), targets(&["tjanstekatalog"], Some((service, Some("orbit.vgr"))))),
        ("guld".to_string(), targets(&[], Some(("nivaer.html", Some("guld"))))),
        ("ansvar".to_string(), targets(&["tjanstekatalog"], None)),
        ("parter".to_string(), targets(&["sla/orbit"], None)),
    ]);
    let bytes = include_bytes!("picture.png").to_vec();
    let picture = Picture { kind: PictureKind::Png, bytes, width: 320, height: 160 };
    publication.pictures.insert("Så här.png".to_string(), picture);
    publication
}

fn start() -> Page {
    let ways = [
        ("orbit", "Jag behöver hjälp med något"),
        ("guld", "Vad betyder nivåerna?"),
        ("ansvar", "Vem svarar för vad?"),
    ];
    let items = ways.iter().map(|(id, letters)| vec![Block::Paragraph(vec![to(id, letters)])]).collect();
    let blocks = vec![
        heading(1, "start", None, "Tjänstekatalog"),
        paragraph("Här finns regionens IS/IT-tjänster: vad de lovar, vad de kostar och vem som svarar för dem."),
        Block::List(List { start: None, tight: true, items }),
    ];
    let page = page("index.html", "Tjänstekatalog", None, blocks);
    in_navigation(0, "Start", Page { summary: Some("Regionens IS/IT-tjänster.".to_string()), ..page })
}

fn services() -> Page {
    let rows: Vec<Vec<Cell>> = [("Orbit Operationsplanering", "125,50"), ("Provsvar", "enligt offert")]
        .map(|(name, price)| {
            vec![vec![to("orbit", name)], vec![text("Vårdstöd")], vec![to("guld", "Guld")], vec![text(price)]]
        })
        .to_vec();
    let mut columns = vec![Align::Left; 3];
    columns.push(Align::Right);
    let table = Table {
        caption: caption("alla", 0, "Tjänster i bokstavsordning"),
        columns,
        header: cells(&["Tjänst", "Tjänsteområde", "Nivå", "Pris, kronor"]),
        rows,
    };
    let blocks = vec![heading(1, "tjanster", None, "Tjänster"), Block::Table(table)];
    in_navigation(1, "Tjänster", page("tjanster.html", "Tjänster", Some("index.html"), blocks))
}

fn orbit() -> Page {
    let notes = vec![
        text("Tiden räknas"),
        Inline::Note(vec![Block::Paragraph(vec![
            text("Från att ärendet är registrerat."),
            Inline::Note(vec![paragraph("En not i en not.")]),
        ])]),
        text(" från anmälan. Se "),
        to("orbit", "tjänsten själv"),
        text(", "),
        to("orbit.vgr", "erbjudandet"),
        text(", "),
        to("ansvar", "ansvar"),
        text(" och "),
        Inline::Link(Box::new(Link {
            target: Target::Address("https://sv.wikipedia.org/wiki/[IT]?a=1&b=2 3%".to_string()),
            text: vec![text("en källa"), Inline::Note(vec![paragraph("En not i en länk.")]), to("guld", " (inre)")],
        })),
        text("."),
    ];
    let blocks = vec![
        heading(1, "orbit", None, "Orbit Operationsplanering"),
        paragraph("Planering och uppföljning av operationer, från anmälan till uppvakning."),
        heading(2, "orbit-niva", None, "Servicenivå"),
        Block::Paragraph(notes),
        Block::Notice(Notice::Important, vec![paragraph("Vid avbrott gäller reservrutinen på kliniken.")]),
        heading(2, "orbit-priser", None, "Priser"),
        heading(3, "orbit.vgr", None, "Orbit Operationsplanering.VGR"),
        table(
            None,
            &["Artikel", "Benämning", "Pris, kronor", "Enhet", "Per", "Fakturering"],
            &[
                &["1001", "Användare", "125,50", "användare", "månad", "tertialsvis"],
                &["1002", "Verksamhetskritisk driftmiljö med hög tillgänglighet", "4 300,00", "server", "månad", ""],
            ],
        ),
        heading(2, "orbit-ansvar", None, "Vem svarar för tjänsten"),
        table(None, &["", ""], &[&["Tjänsteägare", "Eva Exempel"], &["Tjänsteansvarig", "Adam Exempel"]]),
        Block::Code("namn: Orbit\n  <applikation>: orbit".to_string()),
    ];
    let page = page("tjanster/orbit.html", "Orbit Operationsplanering", Some("tjanster.html"), blocks);
    Page { example: true, ..page }
}

fn levels() -> Page {
    let row =
        vec![vec![Inline::Anchor("guld".to_string()), text("Guld")], vec![text("Dygnet runt")], vec![text("2 timmar")]];
    let blocks = vec![
        heading(1, "nivaer", None, "Servicenivåer"),
        Block::Table(Table {
            caption: None,
            columns: vec![Align::Left; 3],
            header: cells(&["Nivå", "Öppettid", "Återställs inom"]),
            rows: vec![row],
        }),
        Block::Paragraph(vec![to("orbit", "Orbit"), text(" har nivån "), to("guld", "Guld"), text(".")]),
    ];
    in_navigation(2, "Nivåer", page("nivaer.html", "Servicenivåer", Some("index.html"), blocks))
}

/// A page where everything that holds text holds [`HOSTILE`].
fn hostile() -> Page {
    let hostile = || vec![text(HOSTILE)];
    let blocks = vec![
        Block::Heading(Heading { level: 1, id: "fel".to_string(), number: None, appendix: false, text: hostile() }),
        Block::Heading(Heading { level: 1, id: "fel".to_string(), number: None, appendix: false, text: hostile() }),
        Block::Table(Table {
            caption: caption("fel-tabell", 0, HOSTILE),
            columns: vec![Align::Center; 4],
            header: vec![hostile(), hostile(), vec![text("ett"), Inline::Break, text("två")], hostile()],
            rows: vec![vec![
                hostile(),
                vec![Inline::Strong(hostile())],
                vec![Inline::Emphasis(hostile())],
                vec![Inline::Strikeout(hostile()), Inline::Break, Inline::Code(HOSTILE.to_string())],
            ]],
        }),
        Block::Figure(Figure {
            picture: "Så här.png".to_string(),
            description: HOSTILE.to_string(),
            caption: caption("fel-figur", 0, HOSTILE),
        }),
        Block::Code(HOSTILE.to_string()),
        Block::Paragraph(vec![
            to_address("javascript:alert(1)", HOSTILE),
            to_address("mailto:it@example.org", "post"),
            to("finns-ej", HOSTILE),
        ]),
    ];
    let page = page("fel/under/sida.html", HOSTILE, Some("index.html"), blocks);
    in_navigation(3, HOSTILE, Page { summary: Some(HOSTILE.to_string()), ..page })
}

fn catalogue() -> Document {
    let mut blocks = vec![
        heading(1, "inledning", Some("1"), "Inledning"),
        paragraph("Katalogen beskriver de tjänster som förvaltningar och bolag kan använda under 2027."),
        Block::Notice(Notice::Remark, vec![paragraph("Beloppen är exklusive moms.")]),
        Block::Notice(Notice::Tip, vec![paragraph("Sök på webben, där finns alltid den senaste utgåvan.")]),
        heading(2, "ansvar", Some("1.1"), "Ansvar"),
        Block::List(List {
            start: Some(3),
            tight: false,
            items: vec![
                vec![paragraph("Tjänsteägaren beslutar."), paragraph("Ett andra stycke.")],
                vec![
                    paragraph("Tjänsteansvarig förvaltar."),
                    Block::List(List { start: None, tight: true, items: vec![vec![paragraph("varje månad")]] }),
                ],
            ],
        }),
        Block::Quote(vec![paragraph("En tjänst är ett sätt att möjliggöra samskapande av värde.")]),
        heading(1, "tjanster", Some("2"), "Tjänster"),
        heading(2, "orbit", Some("2.1"), "Orbit Operationsplanering"),
        Block::Paragraph(vec![
            text("Se "),
            to("ansvar", "ansvar"),
            text(", "),
            to("guld", "nivån Guld"),
            text(" och "),
            to("parter", "parterna"),
            text("."),
            Inline::Note(vec![paragraph("Gäller från den 1 januari.")]),
        ]),
        heading(3, "orbit.vgr", Some("2.1.1"), "Orbit Operationsplanering.VGR"),
        table(
            caption("tabell-priser", 3, "Priser"),
            &["Artikel", "Benämning", "Pris"],
            &[&["1001", "Användare", "125,50"], &["1002", "Server", "4 300,00"]],
        ),
        Block::Figure(Figure {
            picture: "Så här.png".to_string(),
            description: "En karta över tjänster.".to_string(),
            caption: caption("figur-karta", 1, "Tjänstekarta"),
        }),
    ];
    let wide: Vec<&str> =
        vec!["Nivå", "Brons", "Silver", "Guld", "Platina", "Öppettid", "Servicefönster", "Avbrott per år"];
    blocks.push(Block::Landscape(vec![
        heading(1, "bilaga", Some("Bilaga A"), "Alla nivåer"),
        table(caption("tabell-nivaer", 4, "Nivåer"), &wide, &[wide.as_slice()]),
        Block::Notice(Notice::Warning, vec![paragraph("Kontrollera nivån innan du beställer.")]),
    ]));
    Document {
        about: None,
        contents: true,
        name: "tjanstekatalog".to_string(),
        stem: "tjanstekatalog-2027".to_string(),
        metadata: Metadata {
            title: "Tjänstekatalog 2027".to_string(),
            summary: Some("IS/IT-tjänster som förvaltningar och bolag kan använda under 2027.".to_string()),
            status: "Utkast".to_string(),
            decided: false,
            version: "1.0".to_string(),
            year: 2027,
            valid_from: day(2027, 1, 1),
            valid_to: day(2027, 12, 31),
            facts: vec![
                ("Handlingstyp".to_string(), "Katalog".to_string()),
                ("Gäller för".to_string(), "Västra Götalandsregionens förvaltningar och bolag".to_string()),
            ],
            history: vec![Revision {
                version: "0.9".to_string(),
                date: day(2026, 10, 5),
                issuer: "Processledare Tjänstekatalog".to_string(),
                reason: HOSTILE.to_string(),
            }],
            example: true,
        },
        blocks,
    }
}

fn agreement() -> Document {
    let blocks = vec![
        heading(1, "parter", None, "Parter"),
        heading(1, "orbit", None, "Orbit"),
        Block::Paragraph(vec![to("ansvar", "Ansvar"), text(" och "), to("orbit.vgr", "erbjudandet"), text(".")]),
        Block::Figure(Figure {
            picture: "Så här.png".to_string(),
            description: "Ännu en karta.".to_string(),
            caption: None,
        }),
    ];
    let metadata = Metadata { title: "SLA Orbit".to_string(), year: 2027, decided: true, ..catalogue().metadata };
    Document {
        name: "sla/orbit".to_string(),
        stem: "sla/orbit".to_string(),
        metadata,
        contents: true,
        about: None,
        blocks,
    }
}

/// The values of an attribute on a page, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    html.split(opening.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

/// The file that an address on a page names, as a percent-encoded path under the site's root.
fn resolved(from: &str, address: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in address.split('/') {
        match step {
            ".." if steps.is_empty() => return address.to_string(),
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn pages(files: &[File]) -> impl Iterator<Item = (&str, String)> {
    files.iter().filter(|file| file.path.ends_with(".html")).map(|file| (file.path.as_str(), html(files, &file.path)))
}

#[test]
fn two_runs_give_the_same_bytes() {
    let (first, second) = (written(&example()), written(&example()));
    assert_eq!(first.len(), second.len());
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one.path, other.path);
        assert!(one.bytes == other.bytes, "{} differs between two runs", one.path);
    }
}

#[test]
fn every_file_stands_where_links_expect_it() {
    let files = written(&example());
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "index.html",
            "tjanster.html",
            "tjanster/orbit.html",
            "nivaer.html",
            "fel/under/sida.html",
            "dokument/tjanstekatalog.html",
            "dokument/sla/orbit.html",
            "sitemap.xml",
            "bilder/Så här.png",
            "resurser/katalog.css",
            "resurser/tabell.js",
            "resurser/ikon.svg",
        ]
    );
}

#[test]
fn every_link_leads_to_a_file_and_an_anchor_of_the_site() {
    let files = written(&example());
    let mut dead = Vec::new();
    for (path, page) in pages(&files) {
        for href in values(&page, "href").into_iter().chain(values(&page, "src")) {
            if href.contains(':') {
                continue;
            }
            let (address, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = if address.is_empty() { path.to_string() } else { resolved(path, address) };
            if ["../word/", "../markdown/", "../json/"].iter().any(|folder| target.contains(folder)) {
                continue;
            }
            let exists = files.iter().any(|file| path_encoded(&file.path) == target);
            if !exists || !anchor.is_empty() && !values(&html(&files, &target), "id").contains(&anchor) {
                dead.push(format!("{path}: {href}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn ids_are_unique_and_a_page_has_one_h1() {
    for (path, page) in pages(&written(&example())) {
        let ids = values(&page, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: {ids:?}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}

#[test]
fn a_drawing_is_part_of_its_page_with_links_to_what_it_shows() {
    let frame = |target: &str| {
        let area = Area { left: 0, top: 0, width: 400, height: 200 };
        let target = Some(target.to_string());
        Shape::Frame(Frame { area, layer: Layer::Service, words: Vec::new(), target, title: None })
    };
    let drawing = Drawing {
        width: 400,
        height: 200,
        description: "Orbit på nivån <Guld>.".to_string(),
        shapes: vec![frame("orbit"), frame("guld"), frame("finns-inte")],
    };
    let figure = || {
        Block::Figure(Figure {
            picture: "figur:kedja/orbit".to_string(),
            description: drawing.description.clone(),
            caption: Some(Caption { id: String::new(), number: 0, text: vec![text("Kedjan & mer")] }),
        })
    };
    let mut publication = example();
    publication.pages.push(page("rit/ning.html", "Ritning", None, vec![figure(), figure()]));
    publication.drawings.insert("figur:kedja/orbit".to_string(), drawing.clone());
    let files = written(&publication);
    let page = html(&files, "rit/ning.html");
    assert_eq!(page.matches("<a href=\"../tjanster/orbit.html\" class=\"tjanst\"><rect").count(), 2);
    assert_eq!(page.matches("<a href=\"../nivaer.html#guld\" class=\"tjanst\"><rect").count(), 2);
    assert_eq!(page.matches("<g class=\"tjanst\"><rect").count(), 2, "no link where there is nothing to lead to");
    assert!(page.contains("<div class=\"figur\" role=\"group\" tabindex=\"0\" aria-label=\"Kedjan &amp; mer\">"));
    assert!(page.contains("<desc id=\"_figur-2-text\">Orbit på nivån &lt;Guld&gt;.</desc>"));
    let ids = values(&page, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "ids are unique");
    assert!(!files.iter().any(|file| file.path.contains("figur")), "the page needs no other file");
}

#[test]
fn hostile_text_is_text_wherever_it_stands() {
    let files = written(&example());
    let page = html(&files, "fel/under/sida.html");
    assert!(page.matches(HOSTILE_ESCAPED).count() >= 15, "{page}");
    for (path, page) in pages(&files) {
        assert!(!page.contains("<b ") && !page.contains("</script><"), "{path}");
        assert!(!page.contains(['\u{1}', '\u{fffe}']), "{path}");
    }
}

#[test]
fn linked_data_is_data_that_nothing_in_it_can_end() {
    let publication = example();
    let name = format!("{HOSTILE}<!--<script>\u{2028}\u{2029}");
    let data = serde_json::json!({"@graph": [{"name": name}]});
    let layouts = layouts();
    let site = Site::new(&publication, &layouts, &[], &Format::ALL);
    let page = site.page(&publication.pages[0], Some(data)).expect("the page can be written");
    let page = String::from_utf8(page.bytes).expect("pages are UTF-8");
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (block, rest) = rest.split_once("</script>").unwrap();
    assert!(!block.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{fffe}']), "{block}");
    assert!(!rest.contains("<script>"));
    let read: serde_json::Value = serde_json::from_str(block).unwrap();
    assert_eq!(read["@graph"][0]["name"], name.replace('\u{fffe}', ""));
}

#[test]
fn pages_satisfy_their_own_content_security_policy() {
    for (path, page) in pages(&written(&example())) {
        assert!(page.contains("default-src 'none'; style-src 'self' file:"), "{path}");
        for inline in ["<style", " style="] {
            assert!(!page.contains(inline), "{path} has {inline}");
        }
        for script in page.split("<script").skip(1) {
            let own = script.strip_prefix(" src=\"").and_then(|rest| rest.split_once("\" defer></script>"));
            assert!(
                own.is_some_and(|(address, _)| !address.contains(['"', ':'])),
                "{path} has a script of another kind"
            );
        }
        for tag in page.split('<').filter_map(|part| part.split('>').next()) {
            let names: String = tag.split('"').step_by(2).collect();
            assert!(!names.contains(" on"), "{path} has <{tag}>");
        }
    }
}

#[test]
fn a_page_of_the_site_links_to_the_site_first() {
    let page = html(&written(&example()), "tjanster/orbit.html");
    assert!(page.contains("Se tjänsten själv, "), "a page does not link to itself");
    assert!(page.contains("<a href=\"#orbit.vgr\">erbjudandet</a>"));
    assert!(page.contains("<a href=\"../dokument/tjanstekatalog.html#ansvar\">ansvar</a>"));
}

#[test]
fn a_document_links_to_itself_first() {
    let files = written(&example());
    let page = html(&files, "dokument/tjanstekatalog.html");
    assert!(page.contains("<a href=\"#ansvar\">ansvar</a>"));
    assert!(page.contains("<a href=\"../nivaer.html#guld\">nivån Guld</a>"));
    assert!(page.contains("<a href=\"sla/orbit.html#parter\">parterna</a>"));
    let page = html(&files, "dokument/sla/orbit.html");
    assert!(page.contains("<a href=\"../tjanstekatalog.html#ansvar\">Ansvar</a>"));
    assert!(page.contains("<a href=\"../../tjanster/orbit.html#orbit.vgr\">erbjudandet</a>"));
    assert!(page.contains(
        "<img src=\"../../bilder/S%C3%A5%20h%C3%A4r.png\" alt=\"Ännu en karta.\" width=\"320\" height=\"160\""
    ));
}

#[test]
fn addresses_outside_are_cleaned_and_others_are_no_links() {
    let files = written(&example());
    let page = html(&files, "tjanster/orbit.html");
    let href = "href=\"https://sv.wikipedia.org/wiki/%5BIT%5D?a=1&amp;b=2%203%25\" rel=\"noopener\"";
    assert!(page.contains(href), "{page}");
    let page = html(&files, "fel/under/sida.html");
    assert!(page.contains("<a href=\"mailto:it@example.org\" rel=\"noopener\">post</a>"));
    assert!(!page.contains("javascript"));
}

#[test]
fn relative_addresses_climb_no_higher_than_they_must() {
    for (from, to, address) in [
        ("index.html", "index.html", "index.html"),
        ("index.html", "tjanster/orbit.html", "tjanster/orbit.html"),
        ("tjanster/orbit.html", "tjanster/x2.html", "x2.html"),
        ("tjanster/orbit.html", "index.html", "../index.html"),
        ("a/b/c.html", "a/d/e.html", "../d/e.html"),
        ("a/b.html", "a", "../a"),
        ("sla/orbit.html", "../word/sla/orbit.docx", "../../word/sla/orbit.docx"),
        ("index.html", "a:b/c?d#e.html", "a%3Ab/c%3Fd%23e.html"),
    ] {
        assert_eq!(links::relative(from, to), address, "from {from} to {to}");
    }
}

#[test]
fn navigation_and_breadcrumbs_say_where_a_page_is() {
    let files = written(&example());
    let page = html(&files, "tjanster/orbit.html");
    assert!(page.contains(
        "<li><a href=\"../index.html\">Start</a></li>\n<li><a href=\"../tjanster.html\" aria-current=\"true\">"
    ));
    assert!(page.contains(
        "<li><a href=\"../tjanster.html\">Tjänster</a></li>\n<li aria-current=\"page\">Orbit Operationsplanering</li>"
    ));
    let page = html(&files, "index.html");
    assert!(page.contains("<a href=\"index.html\" aria-current=\"page\">Start</a>"));
    assert!(!page.contains("brodsmulor"));
    assert!(page.contains("Utgåva 2027, version 1.0, <span class=\"status utkast\">Utkast</span>"));
}

#[test]
fn a_document_shows_what_it_is() {
    let page = html(&written(&example()), "dokument/tjanstekatalog.html");
    for part in [
        "<title>Tjänstekatalog 2027 – Tjänstekatalog – Västra Götalandsregionen</title>",
        "<link rel=\"canonical\" href=\"https://intranat.example/katalog/dokument/tjanstekatalog.html\">",
        "<h1>Tjänstekatalog 2027</h1>",
        "<p class=\"etikett\">Exempeluppgifter</p>",
        "<a href=\"../../word/tjanstekatalog-2027.docx\">",
        "<a href=\"../../markdown/tjanstekatalog-2027.md\">",
        "<div><dt>Status</dt><dd>Utkast</dd></div>",
        "<td data-label=\"Datum\"><time datetime=\"2026-10-05\">5\u{a0}oktober 2026</time></td>",
        "Gäller från <time datetime=\"2027-01-01\">1\u{a0}januari 2027</time> till ",
        "<h2 id=\"inledning\"><span class=\"nummer\">1</span> Inledning</h2>",
        "<h4 id=\"orbit.vgr\"><span class=\"nummer\">2.1.1</span> Orbit Operationsplanering.VGR</h4>",
        "<caption id=\"tabell-priser\"><span class=\"nummer\">Tabell 3.</span> Priser</caption>",
        "<figcaption id=\"figur-karta\"><span class=\"nummer\">Figur 1.</span> Tjänstekarta</figcaption>",
        "<li><a href=\"#bilaga\"><span class=\"nummer\">Bilaga A</span> Alla nivåer</a></li>",
        "Utskriven version kan vara ogiltig. Verifiera innehållet.",
    ] {
        assert!(page.contains(part), "{part} is missing");
    }
}

#[test]
fn no_heading_level_is_left_out_on_a_page() {
    let blocks = vec![
        heading(3, "garanti", None, "Garanti"),
        heading(4, "sakerhet", None, "Säkerhet"),
        heading(2, "priser", None, "Priser"),
    ];
    insta::assert_snapshot!(body(blocks), @r##"
    <h2 id="garanti">Garanti</h2>
    <h3 id="sakerhet">Säkerhet</h3>
    <h2 id="priser">Priser</h2>
    "##);
}

#[test]
fn the_start_pages_parts_are_elements_and_it_leads_to_every_document() {
    let mut publication = example();
    let start = publication.pages.iter_mut().find(|page| page.path == "index.html").expect("there is a start page");
    start.blocks = vec![
        heading(1, "start", None, "Start"),
        paragraph("Välkommen."),
        heading(2, "hjalp", None, "Hjälp"),
        heading(3, "mer", None, "Mer"),
        heading(2, "pris", None, "Pris"),
    ];
    let page = html(&written(&publication), "index.html");
    assert_eq!(page.matches("<section class=\"del\">").count(), 2);
    let text = &page[page.find("<div class=\"text\">").expect("a page has a body")..];
    assert!(text.find("Välkommen.") < text.find("<section"));
    for part in [
        "<a class=\"titel\" href=\"dokument/tjanstekatalog.html\">Tjänstekatalog 2027</a>",
        "<a href=\"../word/tjanstekatalog-2027.docx\" aria-label=\"Tjänstekatalog 2027 som Word\">Word</a>",
        "<a href=\"../json/katalog-2027.json\">",
    ] {
        assert!(page.contains(part), "{part} is missing");
    }
    assert!(!page.contains("SLA Orbit"), "a document in a folder belongs to a page");
}

#[test]
fn files_that_are_not_written_are_not_offered() {
    let files = site(&example(), &layouts(), &[], &[Format::Html, Format::Markdown]).expect("the site can be written");
    let page = html(&files, "dokument/tjanstekatalog.html");
    assert!(page.contains("../markdown/") && !page.contains("../word/"));
    assert!(!html(&files, "index.html").contains("../json/"));
}

#[test]
fn lists() {
    let item = |letters: &str| vec![paragraph(letters)];
    let nested = Block::List(List { start: Some(1), tight: true, items: vec![item("c")] });
    let list = |start, tight| List { start, tight, items: vec![item("a"), vec![paragraph("b"), nested.clone()]] };
    insta::assert_snapshot!(body(vec![Block::List(list(None, true)), Block::List(list(Some(7), false))]), @r##"
    <ul>
    <li>a</li>
    <li>b
    <ol>
    <li>c</li>
    </ol>
    </li>
    </ul>
    <ol start="7">
    <li><p>a</p>
    </li>
    <li><p>b</p>
    <ol>
    <li>c</li>
    </ol>
    </li>
    </ol>
    "##);
}

#[test]
fn tables() {
    let facts = table(None, &["", ""], &[&["Ägare", "Eva"]]);
    let matrix = table(caption("m", 0, "Matris"), &["", "IoC", "Vård"], &[&["Extern", "1", ""]]);
    insta::assert_snapshot!(body(vec![facts, matrix]), @r##"
    <div class="tabell par rader">
    <table>
    <tbody>
    <tr><th scope="row">Ägare</th><td>Eva</td></tr>
    </tbody>
    </table>
    </div>
    <div class="tabell rader kort" role="group" tabindex="0" aria-label="Matris">
    <table>
    <caption id="m">Matris</caption>
    <thead>
    <tr><td></td><th scope="col">IoC</th><th scope="col">Vård</th></tr>
    </thead>
    <tbody>
    <tr><th scope="row">Extern</th><td data-label="IoC">1</td><td data-label="Vård"></td></tr>
    </tbody>
    </table>
    </div>
    "##);
}

#[test]
fn a_card_is_headed_by_what_its_row_is_about() {
    let offering = || vec![link(Target::Id("orbit".to_string()), "Orbit.VGR")];
    let mut prices = table(None, &["Artikel", "Erbjudande", "Pris"], &[&["1001", "", "–"], &["2000B", "", "9 kr"]]);
    if let Block::Table(table) = &mut prices {
        for row in &mut table.rows {
            row[1] = offering();
        }
    }
    // A version is a code too, but its date leads nowhere: it stays at the head, and says what it is.
    let versions = table(None, &["Version", "Datum", "Orsak"], &[&["1.0", "5 maj 2026", "Ny"]]);
    let terms = table(None, &["Term", "Förklaring", "Källa"], &[&["Garanti", "Nytta", "ITIL"]]);
    // Of two columns too, unless they are questions and answers.
    let offers = table(None, &["Erbjudande", "Miljö"], &[&["Orbit.VGR", "produktion"]]);
    let facts = table(None, &["Uppgift", "Om tjänsten"], &[&["Livscykel", "Aktiv"]]);
    let html = body(vec![prices, versions, terms, offers, facts]);
    let cells: Vec<&str> = html.lines().filter(|line| line.contains("<td") || line.contains("kort")).collect();
    insta::assert_snapshot!(cells.join("\n"), @r##"
    <div class="tabell kort namn-2" role="group" tabindex="0" aria-label="Artikel, Erbjudande, Pris">
    <tr><td data-label="Artikel">1001</td><th scope="row"><a href="../tjanster/orbit.html">Orbit.VGR</a></th><td class="tomt">–</td></tr>
    <tr><td data-label="Artikel">2000B</td><th scope="row"><a href="../tjanster/orbit.html">Orbit.VGR</a></th><td data-label="Pris">9 kr</td></tr>
    <div class="tabell kort" role="group" tabindex="0" aria-label="Version, Datum, Orsak">
    <tr><th scope="row" data-label="Version">1.0</th><td data-label="Datum">5 maj 2026</td><td data-label="Orsak">Ny</td></tr>
    <div class="tabell kort" role="group" tabindex="0" aria-label="Term, Förklaring, Källa">
    <tr><th scope="row">Garanti</th><td data-label="Förklaring">Nytta</td><td data-label="Källa">ITIL</td></tr>
    <div class="tabell par kort">
    <tr><th scope="row">Orbit.VGR</th><td data-label="Miljö">produktion</td></tr>
    <tr><th scope="row">Livscykel</th><td>Aktiv</td></tr>
    "##);
}

#[test]
fn steps_of_a_price_are_kept_on_their_lines() {
    let cell = |lines: [&str; 2]| vec![text(lines[0]), Inline::Break, text(lines[1])];
    let rows = [
        vec![text("0,28 kr")],
        cell(["10 001–100 000: 0,21 kr", "från 100 001: 0,17 kr"]),
        cell(["10 kr", "Det som är längre än ett pris får brytas."]),
    ];
    let prices = Table {
        caption: None,
        columns: vec![Align::Right],
        header: cells(&["Pris"]),
        rows: rows.into_iter().map(|cell| vec![cell]).collect(),
    };
    let html = body(vec![Block::Table(prices)]);
    let classes: Vec<&str> = html.split("<td class=\"").skip(1).map(|cell| &cell[..cell.find('"').unwrap()]).collect();
    assert_eq!(classes, ["hoger", "hoger rader-hela", "hoger"]);
}

#[test]
fn long_tables_of_the_sites_own_pages_can_be_sorted() {
    let rows = |count: usize, columns: usize| {
        let row = ["a"; 8];
        table(None, &["A", "B", "C", "D", "E", "F", "G", "H"][..columns], &vec![&row[..columns]; count])
    };
    for (count, columns, is_list) in
        [(8, 3, true), (8, 7, true), (7, 3, false), (8, 2, false), (8, 8, false), (0, 3, false)]
    {
        assert_eq!(body(vec![rows(count, columns)]).contains("lista"), is_list, "{count} rows, {columns} columns");
    }
    let mut publication = example();
    publication.documents[0].blocks.push(rows(8, 3));
    let document = html(&written(&publication), "dokument/tjanstekatalog.html");
    assert!(!document.contains("lista\""), "a document keeps its order");
}

#[test]
fn footnotes() {
    let note = vec![text("Ja"), Inline::Note(vec![paragraph("En."), Block::Code("två".to_string())])];
    let other = vec![text("Nej"), Inline::Note(vec![Block::Paragraph(vec![Inline::Emphasis(vec![text("tre")])])])];
    insta::assert_snapshot!(body(vec![Block::Paragraph(note), Block::Paragraph(other)]), @r##"
    <p>Ja<sup class="fotnot"><a id="_not-1" href="#_fot-1" aria-label="Fotnot 1">1</a></sup></p>
    <p>Nej<sup class="fotnot"><a id="_not-2" href="#_fot-2" aria-label="Fotnot 2">2</a></sup></p>
    <section class="fotnoter" aria-label="Fotnoter">
    <ol>
    <li id="_fot-1"><p>En.</p>
    <pre><code>två</code></pre>
    <p> <a class="tillbaka" href="#_not-1" aria-label="Tillbaka till fotnot 1 i texten">↩︎</a></p></li>
    <li id="_fot-2"><p><em>tre</em> <a class="tillbaka" href="#_not-2" aria-label="Tillbaka till fotnot 2 i texten">↩︎</a></p></li>
    </ol>
    </section>
    "##);
}

#[test]
fn notices_and_wide_parts() {
    let notice = Block::Notice(Notice::Warning, vec![paragraph("Se upp.")]);
    insta::assert_snapshot!(body(vec![Block::Landscape(vec![notice]), Block::Quote(vec![paragraph("Sagt.")])]), @r##"
    <div class="liggande">
    <aside class="notis varning" role="note">
    <p class="etikett">Varning</p>
    <p>Se upp.</p>
    </aside>
    </div>
    <blockquote><p>Sagt.</p>
    </blockquote>
    "##);
}

#[test]
fn faults_in_layouts_are_told() {
    let told = |fault: &Diagnostic| {
        (format!("{}:{}:{}", fault.place.file, fault.place.line, fault.place.column), fault.message.clone())
    };
    let of = |text: &str| told(&Layouts::new(&[("page.html".to_string(), text.to_string())], "mallar").err().unwrap());
    let (place, message) = of("ett\n{% if x %}");
    assert!(place.starts_with("mallar/html/page.html:2:"), "{place}");
    assert_eq!(message, "layouten går inte att läsa: den följer inte mallspråket Tera (Tera: Unexpected end of input)");
    assert_eq!(of("ok"), ("mallar/html/document.html:1:1".to_string(), "layouten saknas".to_string()));

    let files = ["page.html", "document.html"].map(|name| (name.to_string(), "{{ saknas }}".to_string()));
    let layouts = Layouts::new(&files, "mallar").expect("an unknown variable shows first when a page is written");
    let fault = site(&example(), &layouts, &[], &[]).expect_err("a layout asks for what there is not");
    let Unwritten::Layout(fault) = fault else { panic!("{fault:?}") };
    let (place, message) = told(&fault);
    assert_eq!(place, "mallar/html/page.html:1:4");
    assert!(
        message
            .starts_with("index.html kan inte skrivas med layouten page.html: något som den frågar efter finns inte"),
        "{message}"
    );
}

#[test]
fn a_layout_may_do_with_the_body_what_it_likes() {
    let text = |text: &str| Block::Paragraph(vec![Inline::Text(text.to_string())]);
    let pages = vec![page("prov.html", "Prov \u{1}body\u{1}", None, vec![text("ett"), text("två")])];
    let publication = Publication { pages, ..Publication::default() };
    let of = |layout: &str| {
        let files = ["page.html", "document.html"].map(|name| (name.to_string(), layout.to_string()));
        let layouts = Layouts::new(&files, "mallar").expect("the layout is sound");
        html(&site(&publication, &layouts, &[], &[]).expect("the site can be written"), "prov.html")
    };
    let body = of("{{ body | safe }}");
    assert!(body.contains("<p>ett</p>") && body.contains("<p>två</p>"), "{body}");
    assert_eq!(of("<body>{{ title }}\n{{- body|safe -}}\n</body>"), format!("<body>Prov body{body}</body>"));
    assert_eq!(of("{{ body | safe }}|{{ body | safe }}"), format!("{body}|{body}"));
    assert_eq!(of("{% if body %}{{ body | length }}{% endif %}"), body.chars().count().to_string());
    assert_eq!(of("{# body #}{{ body | upper | safe }}"), body.to_uppercase());
    assert_eq!(of("{% set text = body %}{{ text | safe }}"), body);
    let replaced = "{% filter replace(from=\"e\", to=\"i\") | safe %}{{ body | safe }}{% endfilter %}";
    assert_eq!(of(replaced), body.replace('e', "i"));
    assert_eq!(of("{% set text %}{{ body | safe }}{% endset %}{{ text | length }}"), body.chars().count().to_string());
    assert!(layouts().only_put_body);
}

#[test]
fn a_site_may_lack_everything_that_can_be_lacking() {
    let pages = vec![page("prov.html", "Prov", Some("index.html"), vec![])];
    let publication = Publication { pages, ..Publication::default() };
    let page = html(&written(&publication), "prov.html");
    assert!(page.contains("<h1>Prov</h1>"));
    for part in ["<nav", "rel=\"canonical\"", "name=\"description\"", ", version", "Frågor"] {
        assert!(!page.contains(part), "{part} is there");
    }
}

#[test]
fn two_pages_of_one_name_are_told() {
    let mut publication = example();
    publication.pages.push(page("dokument/tjanstekatalog.html", "Samma", None, vec![]));
    let fault = site(&publication, &layouts(), &[], &[]).expect_err("two pages have one path");
    let Unwritten::Other(fault) = fault else { panic!("{fault:?}") };
    assert_eq!(fault, "två sidor vill heta dokument/tjanstekatalog.html");
}
