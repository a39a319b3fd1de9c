//! Every drawing: no box over another, all within the sheet, lines from box to box and through none.

use std::path::Path;

use super::columns::{Chart, Column, Edge};
use super::labels::{self, Label};
use super::*;
use crate::document::{Area, Frame, Layer, Point, Shape, Style};
use crate::testing::catalog_of;
use crate::write::svg;

/// The catalogue of a folder under the repository.
fn catalog(content: &str) -> Catalog {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(content);
    crate::examine(&folder).expect("the folder is there").0.expect("it is whole")
}

fn label(name: &str) -> Label {
    Label { details: vec!["Guld, 4 st".to_string()], ..Label::new(Layer::Supporting, name) }
}

/// Columns of so many boxes, where each box leads to some of the next column by a fixed rule.
fn chart(counts: &[usize], leads: impl Fn(usize, usize) -> bool) -> Chart {
    let column = |(at, count): (usize, &usize)| Column {
        heading: format!("Kolumn {at}"),
        boxes: (0..*count).map(|box_at| label(&format!("Ruta {at}.{box_at} med namn"))).collect(),
        ..Column::default()
    };
    let columns: Vec<Column> = counts.iter().enumerate().map(column).collect();
    let pairs = counts.windows(2).enumerate().flat_map(|(at, pair)| {
        let (from, to) = (pair[0], pair[1]);
        (0..from).flat_map(move |a| (0..to).map(move |b| (at, a, b)))
    });
    let edges = pairs.filter(|(_, a, b)| leads(*a, *b)).map(|(at, a, b)| Edge { from: (at, a), to: (at + 1, b) });
    Chart { edges: edges.collect(), columns }
}

fn is_inside(point: Point, area: Area) -> bool {
    area.left < point.x && point.x < area.right() && area.top < point.y && point.y < area.bottom()
}

fn touches(point: Point, area: Area) -> bool {
    let is_within = (area.left..=area.right()).contains(&point.x) && (area.top..=area.bottom()).contains(&point.y);
    is_within && !is_inside(point, area)
}

/// Whether an area lies in another.
fn is_within(inner: Area, outer: Area) -> bool {
    outer.left < inner.left && inner.right() < outer.right() && outer.top < inner.top && inner.bottom() < outer.bottom()
}

/// What is wrong with a drawing's places.
fn faults(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    // What stands on a band without words is not over it, but in it.
    let (bands, boxes): (Vec<&Frame>, Vec<&Frame>) =
        drawing.frames().partition(|frame| frame.words.is_empty() && frame.layer == Layer::Record);
    let areas: Vec<Area> = boxes.iter().map(|frame| frame.area).collect();
    if !bands.is_empty() && !areas.iter().all(|area| bands.iter().any(|band| is_within(*area, band.area))) {
        faults.push("a box is in no band".to_string());
    }
    for (at, area) in areas.iter().enumerate() {
        if area.left < 0 || area.top < 0 || area.right() > drawing.width || area.bottom() > drawing.height {
            faults.push(format!("{area:?} is outside"));
        }
        let apart = |other: &Area| {
            area.right() < other.left
                || other.right() < area.left
                || area.bottom() < other.top
                || other.bottom() < area.top
        };
        if !areas[..at].iter().all(apart) {
            faults.push(format!("{area:?} lies over another"));
        }
    }
    for line in drawing.lines() {
        let ends = [line.points[0], line.points[line.points.len() - 1]];
        // What has no head is a rule, and leads to nothing.
        if line.arrow && !ends.iter().all(|end| areas.iter().any(|area| touches(*end, *area))) {
            faults.push(format!("{line:?} is loose"));
        }
        for pair in line.points.windows(2) {
            let part = |step: i32| Point {
                x: pair[0].x + (pair[1].x - pair[0].x) * step / 200,
                y: pair[0].y + (pair[1].y - pair[0].y) * step / 200,
            };
            if (0..=200).any(|step| areas.iter().any(|area| is_inside(part(step), *area))) {
                faults.push(format!("{line:?} goes through a box"));
            }
        }
    }
    for frame in drawing.frames() {
        for words in &frame.words {
            let width = words.style.width(&words.text);
            let (left, right) = (words.left(), words.left() + width);
            if left < frame.area.left || right > frame.area.right() {
                faults.push(format!("”{}” reaches out of its box", words.text));
            }
            if width > frame.area.width || words.at.y > frame.area.bottom() || words.at.y < frame.area.top {
                faults.push(format!("”{}” is wider than its box", words.text));
            }
        }
    }
    for pair in boxes.iter().flat_map(|frame| frame.words.windows(2)) {
        let [one, other] = pair else { continue };
        if one.at.y.abs_diff(other.at.y) < 50 && one.left() + one.style.width(&one.text) >= other.left() {
            faults.push(format!("”{}” runs into ”{}”", one.text, other.text));
        }
    }
    if drawing.width > WIDEST || drawing.height > HIGHEST {
        faults.push(format!("{} × {} is more than a page", drawing.width, drawing.height));
    }
    faults
}

#[test]
fn every_figure_of_both_catalogues_is_in_order() {
    for content in ["content", "tests/suite/fixtures/fullstandig/content", "tests/suite/fixtures/liten/content"] {
        let catalog = catalog(content);
        let services = catalog.entities().services.iter().map(|service| &service.id);
        let supporting = catalog.entities().supporting_services.iter().map(|service| &service.id);
        let chains = services.chain(supporting).map(|id| format!("kedja/{id}"));
        for name in chains.chain(names().map(str::to_string)) {
            let drawing = draw(&catalog, &name).expect("there is one");
            assert_eq!(faults(&drawing), [""; 0], "{content}: {name}");
            assert!(drawing.frames().count() > 0 && drawing.description.ends_with('.'), "{name}");
            assert_eq!(draw(&catalog, &name), Some(drawing), "{name} is the same again");
        }
    }
}

#[test]
fn the_description_says_what_every_box_says() {
    let catalog = catalog("content");
    for name in ["kedja/orbit-operationsplanering", "kedja/servrar", "begreppsmodell", "specifik-modell"] {
        let drawing = draw(&catalog, name).expect("there is one");
        let description = drawing.description.to_lowercase();
        for frame in drawing.frames() {
            let bold = frame.words.iter().filter(|words| words.style == Style::Name).map(|words| words.text.as_str());
            let shown = bold.collect::<Vec<_>>().join(" ").to_lowercase();
            assert!(description.contains(&shown), "{name}: ”{shown}” in: {}", drawing.description);
        }
    }
}

#[test]
fn a_chain_tells_its_relations_in_words() {
    let catalog = catalog("tests/suite/fixtures/liten/content");
    let service = &catalog.entities().services[0];
    let drawing = draw(&catalog, &format!("kedja/{}", service.id)).expect("there is one");
    let said = "Kedjan bakom IS/IT-tjänsten Orbit Planering. Tjänsten regleras av SLA på nivån 24/7/365 – 2 timmar. SLA säkras \
        av Tjänste-OLA, som avropar Servrar (Guld, 2 × server). Tjänsten bygger på Orbit-drift. Servrar bygger på \
        Orbit-drift. Orbit-drift kräver kontraktet Stöd för Orbit med Leverantören AB.";
    assert_eq!(drawing.description.replace('\u{a0}', " "), said);
}

#[test]
fn a_supporting_service_that_a_product_encloses_is_in_the_chain_with_what_it_rests_on() {
    let files = [
        ("tjanster/a.yaml", "namn: A\nprodukter: [svit]\nola: {avrop: []}\n"),
        ("produkter/svit.yaml", "namn: Svit\ninnehåller: [lager]\n"),
        ("stodjande-tjanster/lager.yaml", "namn: Lager\nklass: teknisk\nprodukter: [disk]\n"),
        ("produkter/disk.yaml", "namn: Disk\nkontrakt: [hall]\n"),
        ("kontrakt/hall.yaml", "namn: Hallavtal\n"),
    ];
    let (_folder, catalog) = catalog_of(&files);
    let drawing = draw(&catalog, "kedja/a").unwrap();
    let said = "Svit omsluter Lager. Lager bygger på Disk. Disk kräver kontraktet Hallavtal.";
    assert!(drawing.description.ends_with(said), "{}", drawing.description);
    let targets: Vec<&str> = drawing.frames().filter_map(|frame| frame.target.as_deref()).collect();
    assert!(["lager", "disk", "hall"].iter().all(|id| targets.contains(id)), "{targets:?}");
    assert_eq!(faults(&drawing), [""; 0]);
}

#[test]
fn lines_join_the_boxes_that_belong_together() {
    let drawing = chart(&[3, 3], |a, b| a == 2 - b).draw();
    let name = |point: Point| {
        let frame = drawing.frames().find(|frame| touches(point, frame.area)).expect("a box");
        frame
            .words
            .iter()
            .filter(|words| words.style == Style::Name)
            .map(|words| words.text.as_str())
            .collect::<String>()
    };
    let mut joined: Vec<(String, String)> =
        drawing.lines().map(|line| (name(line.points[0]), name(line.points[line.points.len() - 1]))).collect();
    joined.sort();
    let pair = |a: u8, b: u8| (format!("Ruta 0.{a} med namn"), format!("Ruta 1.{b} med namn"));
    assert_eq!(joined, [pair(0, 2), pair(1, 1), pair(2, 0)]);
    // The order follows the lines, so that none of them cross.
    assert!(drawing.lines().all(|line| line.points[0].y == line.points[1].y));
}

#[test]
fn charts_of_any_size_are_in_order() {
    let rules: [fn(usize, usize) -> bool; 3] = [|a, b| a % 7 == b % 7, |a, b| a / 2 == b, |_, b| b == 0];
    for counts in [&[1, 60, 40, 20][..], &[1, 30, 12, 6], &[40, 1, 3], &[1, 1], &[1], &[0, 2, 0, 2], &[0, 0]] {
        for rule in rules {
            let drawing = chart(counts, rule).draw();
            assert_eq!(faults(&drawing), [""; 0], "{counts:?}");
        }
    }
    let names =
        |drawing: &Drawing| drawing.frames().flat_map(|f| f.words.iter().map(|w| w.text.clone())).collect::<Vec<_>>();
    let all = names(&chart(&[1, 30], |_, _| true).draw());
    assert!(all.iter().any(|text| text.contains("1.29")) && !all.iter().any(|text| text.contains("till")), "{all:?}");
    let cut = names(&chart(&[1, 60], |_, _| true).draw());
    assert!(cut.last().is_some_and(|text| text.starts_with("… och ") && text.ends_with(" till")), "{cut:?}");
}

/// A catalogue of two products that enclose each other, and a service without SLA that is built on one of them.
fn odd_catalog() -> (tempfile::TempDir, Catalog) {
    catalog_of(&[
        ("produkter/ett.yaml", "namn: Ett\ninnehåller: [tva]\n"),
        ("produkter/tva.yaml", "namn: Två\ninnehåller: [ett]\n"),
        ("tjanster/bara.yaml", "namn: Bara Tjänst\nprodukter: [ett]\n"),
        ("tjanster/tom.yaml", "namn: Tom Tjänst\nerbjudanden: [{suffix: Alla}]\n"),
        ("tjanster/lik.yaml", "namn: Lik Tjänst\nola: {avrop: [{erbjudande: tom.alla}]}\n"),
        ("stodjande-tjanster/ensam.yaml", "namn: Ensam\nklass: teknisk\n"),
    ])
}

#[test]
fn what_is_missing_is_said_and_cycles_end() {
    let (_folder, catalog) = odd_catalog();
    let described = |name: &str| {
        let drawing = draw(&catalog, name).expect("there is one");
        assert_eq!(faults(&drawing), [""; 0], "{name}");
        drawing.description
    };
    let bare = "Kedjan bakom IS/IT-tjänsten Bara Tjänst. Tjänsten har inget SLA. Den har inget Tjänste-OLA. Tjänsten bygger på \
        Ett. Ett omsluter Två. Två omsluter Ett.";
    assert_eq!(described("kedja/bara"), bare);
    let empty = "Kedjan bakom IS/IT-tjänsten Tom Tjänst. Tjänsten har inget SLA. Den har inget Tjänste-OLA.";
    assert_eq!(described("kedja/tom"), empty);
    let alike =
        "Kedjan bakom IS/IT-tjänsten Lik Tjänst. Tjänsten har inget SLA. Tjänste-OLA avropar Tom Tjänst (Alla).";
    assert_eq!(described("kedja/lik"), alike);
    let alone = "Kedjan kring den stödjande tjänsten Ensam. Ingen IS/IT-tjänst avropar den.";
    assert_eq!(described("kedja/ensam"), alone);
    assert_eq!(draw(&catalog, "kedja/ett"), None);
}

#[test]
fn a_name_that_is_near_is_suggested() {
    let kind = |id: &str| match id {
        "orbit-drift" => Some(Kind::Product),
        "orbit-planering" => Some(Kind::Service),
        _ => None,
    };
    let check = |name: &str| check(name, kind, |id| text::did_you_mean(id, ["orbit-planering"]));
    assert_eq!(check("begreppsmodell"), Ok(()));
    assert_eq!(check("kedja/orbit-planering"), Ok(()));
    assert_eq!(check("begrepsmodell"), Err(Some("begreppsmodell".to_string())));
    assert!(MAPS.iter().all(|(name, _)| check(name) == Ok(())));
    assert_eq!(check("tjänstekarta"), Err(Some("tjanstekarta".to_string())));
    assert_eq!(check("kedja/orbit-planerin"), Err(Some("kedja/orbit-planering".to_string())));
    // A product has no chain of its own.
    assert_eq!(check("kedja/orbit-drift").err().flatten(), None);
}

#[test]
fn words_are_broken_to_fit() {
    let lines =
        |text, room| labels::broken(text, Style::Name, room).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("Hosting (server)", 2000), ["Hosting (server)"]);
    assert_eq!(lines("Applikationsdrift (vård)", 1500), ["Applikationsdrift", "(vård)"]);
    assert_eq!(lines("Behörighetsadministration", 1500), ["Behörighets-", "administration"]);
    assert_eq!(lines("Koncernkontoret", 1000), ["Koncernkon-", "toret"]);
    assert_eq!(lines("Användarnära", 1000), ["Användar-", "nära"]);
    // A space that is not to be broken at holds.
    assert_eq!(lines("högst 4\u{a0}st", 500), ["högst", "4\u{a0}st"]);
    assert_eq!(lines("", 500), [""; 0]);
}

#[test]
fn an_arrow_head_lies_on_its_line() {
    let line = crate::document::Line { points: vec![Point { x: 0, y: 0 }, Point { x: 400, y: 0 }], arrow: true };
    let [tip, left, right] = line.head().expect("one");
    assert_eq!((tip, left.x, left.y + right.y), (Point { x: 400, y: 0 }, right.x, 0));
    assert!(left.x < tip.x && left.y != right.y);
    assert_eq!(crate::document::Line { points: vec![Point { x: 1, y: 1 }; 2], arrow: true }.head(), None);
}

#[test]
fn lines_show_their_relations_names_beside_no_box() {
    let catalog = catalog("content");
    for name in models::names() {
        let drawing = draw(&catalog, name).expect("there is one");
        let words: Vec<_> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Words(words) => Some(words),
                _ => None,
            })
            .collect();
        for words in &words {
            let (left, right) = (words.left(), words.left() + words.style.width(&words.text));
            assert!(left >= 0 && right <= drawing.width, "{name}: {words:?}");
            let covers = |area: Area| {
                left < area.right()
                    && area.left < right
                    && words.at.y > area.top
                    && words.at.y - words.style.size() * 7 / 10 < area.bottom()
            };
            assert!(!drawing.frames().any(|frame| covers(frame.area)), "{name}: {words:?}");
        }
        assert!(words.len() >= 13, "{name}");
    }
}

/// The boxes as they read, with what they lead to.
fn tiles(drawing: &Drawing) -> Vec<(String, Option<String>)> {
    let boxes = drawing.frames().filter(|frame| !frame.words.is_empty());
    let read = |frame: &Frame| frame.words.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" ");
    boxes.map(|frame| (read(frame).replace('\u{a0}', " "), frame.target.clone())).collect()
}

#[test]
fn the_map_shows_all_of_the_catalogue_on_one_sheet() {
    let catalog = catalog("content");
    let drawing = draw(&catalog, "tjanstekarta").expect("there is one");
    let entities = catalog.entities();
    let services = entities.services.iter().map(|service| &service.id);
    let supporting = entities.supporting_services.iter().map(|service| &service.id);
    let products = entities.products.iter().map(|product| &product.id);
    let mut all: Vec<&String> = services.chain(supporting).chain(products).collect();
    let mut shown: Vec<&String> = drawing.frames().filter_map(|frame| frame.target.as_ref()).collect();
    all.sort();
    shown.sort();
    assert_eq!(shown, all);
    for id in all {
        let name = &catalog.entry(id).expect("it is there").name;
        assert!(drawing.description.contains(name), "”{name}” in: {}", drawing.description);
    }
    let svg =
        svg::element(&drawing, 1, ("Karta", &drawing.description), &|id| Some(format!("stodjande-tjanster/{id}.html")));
    assert!(svg.len() < 30_000, "{} bytes", svg.len());
}

#[test]
fn tiles_stand_so_far_apart_that_each_can_be_hit() {
    let drawing = draw(&catalog("content"), "tjanstekarta").expect("there is one");
    // The least width of a fine drawing: 55 rem of 17 pixels.
    let pixels = |length: i32| f64::from(length) * 55.0 * 17.0 / f64::from(drawing.width);
    let middles: Vec<Point> = drawing.frames().filter(|f| f.target.is_some()).map(|f| f.area.middle()).collect();
    for (at, one) in middles.iter().enumerate() {
        for other in &middles[..at] {
            let apart = pixels((one.y - other.y).abs().max((one.x - other.x).abs()));
            assert!(apart >= 24.0, "{apart} pixels between {one:?} and {other:?}");
        }
    }
}

#[test]
fn a_tile_tells_the_level_and_how_much_rests_on_it() {
    let (_folder, catalog) = catalog_of(&[
        (
            "servicenivaer.yaml",
            "- {id: jarn, namn: Järn, öppettid: kontorstid, servicefönster: x, återställsetid: 2 timmar, avbrott_per_år: 4}\n\
            - {id: guld, namn: Guld, öppettid: kontorstid, servicefönster: x, återställsetid: 2 timmar, avbrott_per_år: 2}\n",
        ),
        ("tjanstenivaer.yaml", "- {id: dygn, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}\n"),
        ("avdelningar.yaml", "- {id: ett, namn: Ett, samma_som: tva}\n- {id: tva, namn: Två}\n"),
        (
            "stodjande-tjanster.yaml",
            "- {id: servrar, namn: Servrar, klass: teknisk, produkter: [hosting], erbjudanden: [\
            {suffix: A, servicenivå: guld}, {suffix: B, servicenivå: jarn}]}\n\
            - {id: stod, namn: Stöd, klass: leverans, stödjer: [beta, drift]}\n",
        ),
        (
            "produkter.yaml",
            "- {id: hosting, namn: Hosting, avdelning: ett}\n- {id: drift, namn: Drift, innehåller: [hosting], avdelning: tva}\n\
            - {id: ovrig, namn: Övrig}\n",
        ),
        (
            "tjanster.yaml",
            "- {id: alfa, namn: Alfa, tjänsteområde: Vård, sla: {nivå: dygn}, ola: {avrop: [{erbjudande: servrar.a}]}}\n\
            - {id: beta, namn: Beta, produkter: [drift]}\n",
        ),
    ]);
    let drawing = draw(&catalog, "tjanstekarta").expect("there is one");
    assert_eq!(faults(&drawing), [""; 0]);
    let shown: Vec<String> = tiles(&drawing).into_iter().map(|(text, _)| text).collect();
    let tiles = [
        "Alfa 24/7/365 – 2 timmar",
        "Beta utan SLA",
        "Servrar Järn–Guld, 1 tjänst",
        "Stöd 1 tjänst",
        // Two names of one department are one group; the service that calls for a service on a product rests on it too.
        "Drift 1 tjänst",
        "Hosting 2 tjänster",
        "Övrig ingen tjänst",
    ];
    assert_eq!(shown, tiles);
    let said = "Karta över hela katalogen: 2 IS/IT-tjänster, 2 stödjande tjänster och 3 produkter. IS/IT-tjänster (2), med \
        tjänstenivån i SLA. Vård (1): Alfa (24/7/365 – 2 timmar). Utan tjänsteområde (1): Beta (utan SLA).";
    assert!(drawing.description.replace('\u{a0}', " ").starts_with(said), "{}", drawing.description);
}

/// A catalogue of so many services in so many areas, with names of any length.
fn large_catalog(count: usize, areas: usize, name: &str) -> (tempfile::TempDir, Catalog) {
    let list = |line: &dyn Fn(usize) -> String, count: usize| (0..count).map(|at| line(at) + "\n").collect::<String>();
    let services = |at| {
        format!("- {{id: t{at}, namn: {name} {at}, tjänsteområde: Område {}, produkter: [p{}]}}", at % areas, at % 300)
    };
    let supporting = |at| format!("- {{id: s{at}, namn: Stöd {name} {at}, klass: teknisk, produkter: [p{at}]}}");
    let products = |at: usize| format!("- {{id: p{at}, namn: Produkt {name} {at}, innehåller: [p{}]}}", (at + 1) % 300);
    catalog_of(&[
        ("tjanster.yaml", &list(&services, count)),
        ("stodjande-tjanster.yaml", &list(&supporting, 300)),
        ("produkter.yaml", &list(&products, 300)),
    ])
}

#[test]
fn the_map_of_a_large_catalogue_is_no_larger_and_says_what_is_left_out() {
    let long = "Mycketlångasammansatta ord ".repeat(12);
    for (count, areas, name) in
        [(2000, 10, "Tjänst"), (2000, 1, "Tjänst"), (2000, 700, "Tjänst"), (400, 40, long.trim())]
    {
        let (_folder, catalog) = large_catalog(count, areas, name);
        let drawing = draw(&catalog, "tjanstekarta").expect("there is one");
        assert_eq!(faults(&drawing), [""; 0], "{count} in {areas}");
        assert!(drawing.shapes.len() <= 120, "{} shapes of {count} in {areas}", drawing.shapes.len());
        let svg = svg::element(&drawing, 1, ("Karta", &drawing.description), &|id| Some(format!("tjanster/{id}.html")));
        // A name of 300 letters is shown in part, and told in full.
        assert!(svg.len() < if name.len() < 50 { 27_000 } else { 60_000 }, "{} bytes of {count} in {areas}", svg.len());
        assert!(drawing.description.contains("300 stödjande tjänster"), "{}", drawing.description);
        let rests = tiles(&drawing).into_iter().filter(|(text, _)| text.starts_with("… och ")).collect::<Vec<_>>();
        assert!(rests.iter().any(|(_, target)| target.as_deref() == Some("tjanster.html")), "{rests:?}");
        assert!(rests.iter().any(|(_, target)| target.as_deref() == Some("produkter.html")), "{rests:?}");
    }
}

#[test]
fn what_is_left_out_and_what_is_shown_are_all() {
    let (_folder, catalog) = large_catalog(2000, 700, "Tjänst");
    let drawing = draw(&catalog, "tjanstekarta").expect("there is one");
    let of_services = drawing.frames().filter(|frame| frame.layer == Layer::Service);
    let mut shown = 0;
    let mut left: usize = 0;
    for frame in of_services {
        let text =
            frame.words.iter().map(|words| words.text.as_str()).collect::<Vec<_>>().join(" ").replace('\u{a0}', "");
        let numbers: Vec<usize> = text.split(' ').filter_map(|word| word.parse().ok()).collect();
        match text.strip_prefix("… och ") {
            // Of several numbers the last counts the services.
            Some(_) => left += numbers.last().expect("it counts"),
            None => shown += 1,
        }
    }
    assert!(shown > 5, "{shown}");
    assert_eq!(shown + left, 2000);
}

#[test]
fn a_name_that_is_cut_is_told_in_full() {
    let long = "Ord ".repeat(60);
    let (_folder, catalog) = catalog_of(&[("produkter/en.yaml", &format!("namn: {}\n", long.trim()))]);
    let drawing = draw(&catalog, "tjanstekarta").expect("there is one");
    let frame = drawing.frames().find(|frame| frame.target.is_some()).expect("a tile");
    assert!(frame.words.iter().any(|words| words.text.ends_with('…')), "{frame:?}");
    assert_eq!(frame.title.as_deref(), Some(format!("{}, ingen tjänst", long.trim()).as_str()));
}

/// A catalogue of these lists of departments and of capabilities.
fn capabilities(departments: &str, capabilities: &str) -> (tempfile::TempDir, Catalog) {
    let group = format!("- id: grupp\n  namn: Grupp\n  förmågor:\n{capabilities}");
    catalog_of(&[("avdelningar.yaml", departments), ("formagor.yaml", &group)])
}

#[test]
fn a_heat_map_counts_each_capability_once() {
    let (_folder, catalog) = capabilities(
        "- {id: ioc, namn: IOC, samma_som: infra}\n- {id: infra, namn: Infra}\n- {id: at, namn: Användarnära}\n",
        "    - {id: a, namn: A, klass: extern, avdelning: ioc}\n    - {id: b, namn: B, klass: extern, avdelning: infra}\n    \
         - {id: c, namn: C, klass: intern, avdelning: at}\n    - {id: d, namn: D}\n",
    );
    let drawing = draw(&catalog, "formagekarta").expect("there is one");
    assert_eq!(faults(&drawing), [""; 0]);
    let said = "Förmågor efter avdelning och klass, sammanlagt 4. Användarnära: 1 intern. Infra (även skrivet IOC): 2 externa. \
        Utan avdelning: 1 utan klass.";
    assert_eq!(drawing.description, said);
    let infra = || Some("infra".to_string());
    let row: Vec<_> = tiles(&drawing).into_iter().skip_while(|(text, _)| !text.starts_with("Infra")).take(4).collect();
    // What is nothing leads nowhere.
    let shown = [("Infra även skrivet IOC", infra()), ("2", infra()), ("0", None), ("0", None)];
    assert_eq!(row, shown.map(|(text, target)| (text.to_string(), target)));
    let cell = drawing.frames().find(|frame| frame.title.as_deref() == Some("Infra, Extern: 2")).expect("the cell");
    assert_eq!(cell.layer, Layer::Heat4);
    let areas = draw(&catalog, "formageomraden").expect("there is one");
    let said = "Förmågor efter område och avdelning, sammanlagt 4. Grupp: 1 hos Användarnära, 2 hos Infra och 1 utan avdelning.";
    assert_eq!(areas.description, said);
}

#[test]
fn departments_that_are_the_same_in_a_circle_stand_for_themselves() {
    let (_folder, catalog) = capabilities(
        "- {id: a, namn: A, samma_som: b}\n- {id: b, namn: B, samma_som: a}\n",
        "    - {id: x, namn: X, klass: extern, avdelning: a}\n    - {id: y, namn: Y, klass: extern, avdelning: b}\n",
    );
    let drawing = draw(&catalog, "formagekarta").expect("there is one");
    assert!(drawing.description.ends_with("A: 1 extern. B: 1 extern."), "{}", drawing.description);
}

#[test]
fn a_heat_map_of_many_departments_counts_the_last_together() {
    let departments: String = (0..60).map(|at| format!("- {{id: d{at}, namn: Avdelning {at}}}\n")).collect();
    let line = |at: usize| format!("    - {{id: f{at}, namn: F, klass: intern, avdelning: d{}}}\n", at % 60);
    let (_folder, catalog) = capabilities(&departments, &(0..90).map(line).collect::<String>());
    for name in ["formagekarta", "formageomraden"] {
        let drawing = draw(&catalog, name).expect("there is one");
        assert_eq!(faults(&drawing), [""; 0], "{name}");
        assert!(drawing.description.contains("sammanlagt 90"), "{}", drawing.description);
        assert!(drawing.words().any(|words| words.text == "90"), "{name}: {}", drawing.description);
    }
    let drawing = draw(&catalog, "formagekarta").expect("there is one");
    assert!(drawing.description.ends_with("… och 43 avdelningar till: 56 interna."), "{}", drawing.description);
}

#[test]
fn maps_of_nothing_say_so() {
    let (_folder, catalog) = catalog_of(&[]);
    let described = |name: &str| draw(&catalog, name).expect("there is one").description;
    assert_eq!(described("formagekarta"), "Katalogen har inga förmågor.");
    let said = "Karta över hela katalogen: 0 IS/IT-tjänster, 0 stödjande tjänster och 0 produkter.";
    assert_eq!(described("tjanstekarta"), said);
}
