//! Every drawing: no box over another, all within the sheet, lines from box to box and through none.

use std::path::Path;

use super::chain::listed;
use super::columns::{Chart, Column, Edge};
use super::labels::{self, Label};
use super::*;
use crate::document::{Area, Layer, Point, Shape, Style};

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

/// What is wrong with a drawing's places.
fn faults(drawing: &Drawing) -> Vec<String> {
    let mut faults = Vec::new();
    let areas: Vec<Area> = drawing.frames().map(|frame| frame.area).collect();
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
        if !ends.iter().all(|end| areas.iter().any(|area| touches(*end, *area))) {
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
            if width > frame.area.width || words.at.y > frame.area.bottom() || words.at.y < frame.area.top {
                faults.push(format!("”{}” is wider than its box", words.text));
            }
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
        let services = catalog.entities.services.iter().map(|service| &service.id);
        let supporting = catalog.entities.supporting_services.iter().map(|service| &service.id);
        let chains = services.chain(supporting).map(|id| format!("kedja/{id}"));
        for name in chains.chain(models::names().map(str::to_string)) {
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
    let service = &catalog.entities.services[0];
    let drawing = draw(&catalog, &format!("kedja/{}", service.id)).expect("there is one");
    let said = "Kedjan bakom IS/IT-tjänsten Orbit Planering. Tjänsten regleras av SLA på nivån 24/7/365 – 2 timmar. SLA säkras \
        av Tjänste-OLA, som avropar Servrar (Guld, 2 st). Tjänsten bygger på Orbit-drift. Servrar bygger på Orbit-drift. \
        Orbit-drift kräver kontraktet Stöd för Orbit med Leverantören AB.";
    assert_eq!(drawing.description.replace('\u{a0}', " "), said);
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
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        (
            "katalog.yaml",
            "organisation: O\nenhet: E\nutgåva: {år: 2027, version: \"1\", status: utkast}\n\
            kontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 260}\n",
        ),
        ("produkter/ett.yaml", "namn: Ett\ninnehåller: [tva]\n"),
        ("produkter/tva.yaml", "namn: Två\ninnehåller: [ett]\n"),
        ("tjanster/bara.yaml", "namn: Bara Tjänst\nprodukter: [ett]\n"),
        ("tjanster/tom.yaml", "namn: Tom Tjänst\nerbjudanden: [{suffix: Alla}]\n"),
        ("tjanster/lik.yaml", "namn: Lik Tjänst\nola: {avrop: [{erbjudande: tom.alla}]}\n"),
        ("stodjande-tjanster/ensam.yaml", "namn: Ensam\nklass: teknisk\n"),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let (catalog, findings) = crate::examine(folder.path()).expect("there");
    let catalog = catalog.unwrap_or_else(|| panic!("{findings:?}"));
    (folder, catalog)
}

#[test]
fn what_is_missing_is_said_and_cycles_end() {
    let (_folder, catalog) = odd_catalog();
    let described = |name: &str| {
        let drawing = draw(&catalog, name).expect("there is one");
        assert_eq!(faults(&drawing), [""; 0], "{name}");
        drawing.description
    };
    let bare = "Kedjan bakom IS/IT-tjänsten Bara Tjänst. Tjänsten har inget SLA. Den har ingen Tjänste-OLA. Tjänsten bygger på \
        Ett. Ett omsluter Två. Två omsluter Ett.";
    assert_eq!(described("kedja/bara"), bare);
    let empty = "Kedjan bakom IS/IT-tjänsten Tom Tjänst. Tjänsten har inget SLA. Den har ingen Tjänste-OLA.";
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
    let check = |name: &str| check(name, kind, ["orbit-drift", "orbit-planering"].into_iter());
    assert_eq!(check("begreppsmodell"), Ok(()));
    assert_eq!(check("kedja/orbit-planering"), Ok(()));
    assert_eq!(check("begrepsmodell"), Err(Some("begreppsmodell".to_string())));
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
    // A space that is not to be broken at holds.
    assert_eq!(lines("högst 4\u{a0}st", 500), ["högst", "4\u{a0}st"]);
    assert_eq!(lines("", 500), [""; 0]);
}

#[test]
fn names_are_listed_in_swedish() {
    assert_eq!(listed(&["a"; 0]), "");
    assert_eq!(listed(&["a"]), "a");
    assert_eq!(listed(&["a", "b", "c"]), "a, b och c");
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
