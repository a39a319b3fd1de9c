//! The package as a whole, over a tree with every kind of block and inline in it.
//!
//! A validator knows the schema, and [`crate::inspect`] what no validator sees. Both find nothing, nothing of the tree is
//! lost, and the same tree gives the same bytes.

mod read;
mod region;
pub mod sample;

use super::tables::Layouts;
use super::{Look, document};
use crate::diagnostic::Severity;
use crate::document::{
    Align, Block, Caption, Document, Drawing, Figure, Inline, Metadata, Number, Publication, Publisher, Reference,
    Table, Targets, plain_text,
};
use crate::inspect::word_file;
use crate::office::parts::{Parts, unzip};
use sample::{heading, paragraph, text};

/// The first document of a publication, in the built-in look.
pub fn docx(publication: &Publication) -> Vec<u8> {
    document(&Look::default(), publication, &publication.documents[0], None).unwrap()
}

/// The parts of the first document of a publication, in which there is no error.
fn written(publication: &Publication) -> Parts {
    let bytes = docx(publication);
    let errors = word_file("prov.docx", &bytes).into_iter().filter(|finding| finding.severity == Severity::Error);
    assert_eq!(errors.map(|error| error.message).collect::<Vec<_>>(), Vec::<String>::new());
    unzip(&bytes)
}

fn body(parts: &Parts) -> &str {
    std::str::from_utf8(&parts["word/document.xml"]).unwrap()
}

fn publication(blocks: Vec<Block>) -> Publication {
    let metadata = Metadata { title: String::from("Prov"), decided: true, year: 2027, ..Metadata::default() };
    let document = Document {
        name: String::from("prov"),
        stem: String::from("prov-2027"),
        metadata,
        contents: true,
        about: None,
        blocks,
    };
    Publication {
        publisher: Publisher { organisation: String::from("Region Exempel"), year: 2027, ..Publisher::default() },
        documents: vec![document],
        ..Publication::default()
    }
}

#[test]
fn every_kind_of_block_and_inline_makes_a_sound_package() {
    let publication = sample::publication();
    let bytes = docx(&publication);
    assert_eq!(word_file("prov.docx", &bytes), [], "not even a warning");
    let parts = unzip(&bytes);
    assert_eq!(parts.keys().filter(|name| name.contains("header")).count(), 2);
    assert!(parts.contains_key("word/_rels/footnotes.xml.rels"), "links in notes have their addresses beside them");
}

#[test]
fn no_word_of_the_tree_is_lost() {
    let publication = sample::publication();
    let parts = written(&publication);
    let text = read::text(&parts["word/document.xml"]) + &read::text(&parts["word/footnotes.xml"]);
    for word in sample::words() {
        assert!(text.contains(&word), "{word:?} is not in the document");
    }
}

#[test]
fn the_same_tree_gives_the_same_bytes() {
    let publication = sample::publication();
    let again = sample::publication();
    assert_eq!(docx(&publication), docx(&again));
}

#[test]
fn a_document_without_content_is_still_a_document() {
    let parts = written(&publication(Vec::new()));
    assert!(!body(&parts).contains("TOC \\o"), "nothing to list");
}

#[test]
fn text_that_xml_cannot_hold_is_dropped_and_markup_is_text() {
    let hostile = "a\u{1}b & < > \" ' | * _ [ ] \\ ]]> \u{FFFE}e\u{301}\tx\ny";
    let parts = written(&publication(vec![paragraph(hostile)]));
    assert!(read::text(&parts["word/document.xml"]).contains("ab & < > \" ' | * _ [ ] \\ ]]> e\u{301} x y"));
}

#[test]
fn a_decided_document_is_not_called_a_draft() {
    let mut publication = publication(vec![paragraph("Text")]);
    assert!(!read::text(&written(&publication)["word/header1.xml"]).contains("UTKAST"));
    publication.documents[0].metadata.decided = false;
    assert!(read::text(&written(&publication)["word/header1.xml"]).contains("UTKAST"));
    publication.documents[0].metadata.status = String::from("Remiss");
    assert!(read::text(&written(&publication)["word/header1.xml"]).contains("REMISS"));
}

#[test]
fn the_cover_says_that_data_are_made_up() {
    let mut publication = publication(vec![paragraph("Text")]);
    assert!(!body(&written(&publication)).contains("Exempeluppgifter"));
    publication.documents[0].metadata.example = true;
    assert!(body(&written(&publication)).contains(crate::write::EXAMPLE_NOTICE));
}

#[test]
fn word_counts_headings_only_where_it_counts_as_the_tree_does() {
    let blocks = vec![
        heading(1, "a", Some("1"), "Ett"),
        heading(2, "b", Some("1.1"), "Ett ett"),
        heading(1, "c", None, "Förord"),
        heading(1, "d", Some("7"), "Sju"),
    ];
    let parts = written(&publication(blocks));
    let body = body(&parts);
    let of = |id: &str| {
        let end = body.find(&format!("w:name=\"{id}\"")).unwrap();
        &body[body[..end].rfind("<w:pPr>").unwrap()..end]
    };
    assert!(!of("a").contains("w:numPr") && !of("b").contains("w:numPr"), "their styles say it");
    assert!(of("c").contains("<w:numId w:val=\"0\"/>") && of("d").contains("<w:numId w:val=\"0\"/>"));
    assert!(read::text(&parts["word/document.xml"]).contains("7\u{2002}Sju"), "a number that Word would not reach");
}

#[test]
fn appendices_have_letters_and_their_parts_too() {
    let parts = written(&sample::publication());
    let text = read::text(&parts["word/document.xml"]);
    assert!(text.contains("Bilaga A"), "in the contents table");
    assert!(!text.contains("Bilaga A\u{2002}"), "counted by Word at its heading");
    assert!(!text.contains("A.1\u{2002}"));
}

#[test]
fn a_part_in_landscape_has_a_section_of_its_own_and_takes_its_heading_along() {
    let blocks = vec![
        paragraph("Före"),
        heading(2, "bred", None, "Bred"),
        Block::Landscape(vec![sample::table(1, None)]),
        paragraph("Efter"),
    ];
    let parts = written(&publication(blocks));
    let body = body(&parts);
    // A section's end stands in its last paragraph.
    let paragraph = |words: &str| body.split("</w:p>").position(|paragraph| paragraph.contains(words)).unwrap();
    let ends: Vec<usize> = body
        .split("</w:p>")
        .enumerate()
        .filter(|(_, paragraph)| paragraph.contains("<w:sectPr>"))
        .map(|(index, _)| index)
        .collect();
    assert_eq!(ends.len(), 3, "portrait, landscape, portrait");
    assert_eq!(ends[0], paragraph("Före"));
    assert!((ends[0]..ends[1]).contains(&paragraph("w:name=\"bred\"")));
    assert!(paragraph("Efter") > ends[1]);
    assert_eq!(body.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!(body.matches("<w:titlePg/>").count(), 1, "only the first section has a cover");
}

#[test]
fn neighbours_in_landscape_share_a_section() {
    let wide = || Block::Landscape(vec![paragraph("Bred")]);
    let parts = written(&publication(vec![wide(), wide()]));
    assert_eq!(body(&parts).matches("<w:sectPr>").count(), 2, "the front matter and the rest");
}

/// Who reads *123456 7* in a narrow column reads another figure.
#[test]
fn a_table_that_is_too_wide_for_an_upright_page_lies_on_a_wide_one() {
    let of = |columns: usize, cell: &str| {
        let table = table_of(&vec![cell; columns], &[&vec!["1234567"; columns]]);
        let parts = written(&publication(vec![heading(1, "tal", None, "Tal"), table, paragraph("Efter")]));
        body(&parts).matches("w:orient=\"landscape\"").count()
    };
    assert_eq!((of(12, "Februari"), of(8, "sjukhusområde")), (1, 1));
    assert_eq!((of(8, "Mars"), of(6, "sjukhusområde")), (0, 0), "it has room");
    let table = || table_of(&["Februari"; 12], &[&["1234567"; 12]]);
    let anchor = || Block::Paragraph(vec![Inline::Anchor("här".to_string())]);
    for above in [anchor(), paragraph("Så många är de:")] {
        let parts = written(&publication(vec![heading(1, "tal", None, "Tal"), above, table()]));
        assert_eq!(body(&parts).matches("<w:sectPr>").count(), 2, "the front matter, and all of the chapter");
    }
}

#[test]
fn every_numbered_list_counts_on_its_own() {
    let list = |start| sample::list(Some(start), vec![vec![paragraph("a")], vec![paragraph("b")]]);
    let parts = written(&publication(vec![list(1), list(1), list(7)]));
    let numbering = std::str::from_utf8(&parts["word/numbering.xml"]).unwrap();
    let starts: Vec<&str> = numbering.split("<w:startOverride w:val=\"").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(starts, ["1", "1", "7"]);
}

fn table_of(header: &[&str], rows: &[&[&str]]) -> Block {
    let cells = |cells: &[&str]| cells.iter().map(|cell| vec![text(cell)]).collect();
    let rows = rows.iter().map(|row| cells(row)).collect();
    Block::Table(Table { caption: None, columns: vec![Align::Left; header.len()], header: cells(header), rows })
}

fn widths(blocks: &[Block], index: usize) -> Vec<u32> {
    let Block::Table(table) = &blocks[index] else { panic!("a table") };
    Layouts::of(blocks, 1.0).layout(table, 9072).widths.to_vec()
}

#[test]
fn a_table_fills_the_width_whatever_is_in_it() {
    let long = "ord ".repeat(4000);
    let key = "x".repeat(500);
    for cell in ["", "a", &long, &key] {
        for columns in [1, 2, 7, 20] {
            let mut row = vec!["b"; columns];
            row[0] = cell;
            let widths = widths(&[table_of(&vec!["Rubrik"; columns], &[&row])], 0);
            assert_eq!(widths.iter().sum::<u32>(), 9072, "{columns} {widths:?}");
            assert!(widths.iter().all(|&width| width >= 300), "{columns} {widths:?}");
        }
    }
}

#[test]
fn a_column_gets_the_room_that_saves_lines() {
    let text = "en text som är så lång att den behöver flera rader, hur bred dess kolumn än är ".repeat(3);
    let widths = widths(&[table_of(&["Nr", "Text", "Nr"], &[&["1", &text, "2"]])], 0);
    assert!(widths[1] > 7000, "{widths:?}");
}

/// It is one word, in which no line ends: the longest there is, in the size that tables have, and the room beside it.
#[test]
fn a_column_has_room_for_a_period() {
    let period = "30 september 2025–30 september 2028".replace(' ', "\u{a0}");
    let long = "ett avtal om stöd för databaser och lagring ".repeat(4);
    let row = [long.as_str(), "Exempelleverantör B AB", "8", "24/7", &period];
    let widths = widths(&[table_of(&["Kontrakt", "Leverantör", "Timmar", "Öppet", "Giltigt"], &[&row])], 0);
    assert!(f64::from(widths[4]) >= 16.34 * 9.5 * 20.0 + 240.0, "{widths:?}");
}

#[test]
fn the_mark_of_a_note_has_room_beside_its_word() {
    let word = "ord".repeat(8);
    let long = "långt ".repeat(90);
    let mut blocks = [table_of(&["A", "B"], &[&[&word, &long]])];
    let plain = widths(&blocks, 0)[0];
    let Block::Table(table) = &mut blocks[0] else { panic!("a table") };
    table.rows[0][0].push(Inline::Note(vec![Block::Paragraph(vec![text("Noten.")])]));
    assert!(widths(&blocks, 0)[0] >= plain + 150, "{plain}");
}

#[test]
fn tables_with_the_same_headings_have_the_same_columns() {
    let header = ["Artikel", "Pris"];
    let long = "en lång benämning på en artikel";
    let blocks = [table_of(&header, &[&["a", "1"]]), table_of(&header, &[&[long, "12 345,50 kr"]])];
    assert_eq!(widths(&blocks, 0), widths(&blocks, 1));
    assert_ne!(widths(&blocks, 0), widths(&blocks[..1], 0));
}

#[test]
fn short_tables_are_kept_whole_and_long_ones_leave_no_row_alone() {
    let kept = |text: &str, rows: usize| {
        let parts = written(&publication(vec![table_of(&["Rubrik"], &vec![&[text][..]; rows])]));
        body(&parts).split("<w:tr>").skip(2).map(|row| row.contains("<w:keepNext/>")).collect::<Vec<_>>()
    };
    assert_eq!(kept("rad", 4), [true, true, true, false]);
    let long = kept("rad", 100);
    assert_eq!(long.iter().filter(|&&kept| kept).count(), 2);
    assert!(long[0] && long[98]);
    // Two that fill half a page would leave as much of the one before empty.
    let high = "ett avrop och kontraktet bakom det ".repeat(60);
    assert_eq!(kept(&high, 3), [false; 3]);
}

#[test]
fn sections_with_many_parts_start_a_page_and_so_do_their_neighbours() {
    let section = |id: &str, parts: usize| {
        let parts = (0..parts).map(|part| heading(3, &format!("{id}-{part}"), None, "Del"));
        [heading(2, id, None, "Avsnitt")].into_iter().chain(parts).collect::<Vec<_>>()
    };
    let chapter = |id: &str, parts: [usize; 3]| {
        let sections = parts.iter().enumerate().flat_map(|(index, &parts)| section(&format!("{id}{index}"), parts));
        [heading(1, id, None, "Kapitel")].into_iter().chain(sections).collect::<Vec<_>>()
    };
    let blocks = [chapter("a", [0, 6, 1]), chapter("b", [1, 2, 3])].concat();
    let ids: Vec<&str> = super::sections::page_starts(&blocks)
        .into_iter()
        .map(|index| match &blocks[index] {
            Block::Heading(heading) => heading.id.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(ids, ["a1", "a2"]);
}

#[test]
fn what_leads_to_something_stands_on_its_page() {
    let table = || table_of(&["Rubrik"], &[&["rad"]]);
    let kept = |blocks: Vec<Block>| {
        let parts = written(&publication(blocks));
        let paragraph = body(&parts).split("</w:p>").find(|paragraph| paragraph.contains("Sökt")).unwrap().to_string();
        paragraph.contains("<w:keepNext/>")
    };
    assert!(kept(vec![paragraph("Sökt"), table()]));
    assert!(kept(vec![paragraph("Sökt:"), sample::list(None, vec![vec![paragraph("punkt")]])]));
    assert!(kept(vec![heading(2, "a", None, "A"), paragraph("Sökt"), paragraph("Mer")]));
    assert!(!kept(vec![paragraph("Sökt"), paragraph("Mer")]));
    assert!(!kept(vec![paragraph(&"Sökt ".repeat(100)), table()]));
}

#[test]
fn ids_have_names_that_word_takes_and_never_share_them() {
    let long = "mycket-langt-id-som-inte-far-plats-i-ett-bokmarke";
    let ids = ["a", "A", "å", "a-b", "a_b", "a--b", "1a", "id-a", long, &long[..44], "", "[x] & \"y\""];
    let names: std::collections::BTreeSet<String> =
        ids.iter().map(|id| super::bookmarks::name(id).to_lowercase()).collect();
    assert_eq!(names.len(), ids.len(), "{names:?}");
    for name in &names {
        assert!(name.len() <= 40 && name.starts_with(|first: char| first.is_ascii_alphabetic()), "{name}");
        assert!(name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_'), "{name}");
    }
    assert_eq!(super::bookmarks::name("orbit-operationsplanering"), "orbit_operationsplanering");
}

#[test]
fn links_lead_to_the_site_where_there_is_one_and_else_to_the_other_file() {
    let mut publication = sample::publication();
    let relationships = |publication: &Publication| {
        String::from_utf8(written(publication)["word/_rels/document.xml.rels"].clone()).unwrap()
    };
    let with_site = relationships(&publication);
    assert!(
        with_site.contains("Target=\"https://exempel.se/katalog/dokument/prislista.html#pris-orbit\""),
        "{with_site}"
    );
    assert!(with_site.contains("Target=\"https://exempel.se/katalog/tjanster/orbit.html\""), "{with_site}");
    publication.publisher.site = None;
    let without = relationships(&publication);
    assert!(without.contains("Target=\"bilagor/prislista-2027.docx\""), "{without}");
    assert!(!without.contains("tjanster/orbit.html"), "{without}");
    let parts = written(&publication);
    assert!(body(&parts).contains("w:anchor=\"pris_orbit\" w:tooltip=\"Öppnar dokumentet Prislista 2027\""));
}

#[test]
fn addresses_that_are_none_are_only_text() {
    let link = |address: &str| Block::Paragraph(vec![sample::address(address, "text")]);
    let addresses = ["javascript:alert(1)", "https://", "", "https:///x", "file:///etc/passwd", "//exempel.se"];
    let parts = written(&publication(addresses.map(link).to_vec()));
    assert!(!body(&parts).contains("w:hyperlink"));
    let parts = written(&publication(vec![link("https://exempel.se/å b|\"<c>%zz%20#d#e")]));
    let relationships = std::str::from_utf8(&parts["word/_rels/document.xml.rels"]).unwrap();
    assert!(relationships.contains("https://exempel.se/å%20b%7C%22%3Cc%3E%25zz%20#d%23e"), "{relationships}");
}

#[test]
fn a_note_within_a_note_follows_it() {
    let inner = Inline::Note(vec![paragraph("Inre not")]);
    let outer = Inline::Note(vec![Block::Paragraph(vec![text("Yttre not"), inner])]);
    let parts = written(&publication(vec![Block::Paragraph(vec![text("Text"), outer])]));
    let notes = read::text(&parts["word/footnotes.xml"]);
    assert!(notes.find("Yttre not").unwrap() < notes.find("Inre not").unwrap());
    assert_eq!(std::str::from_utf8(&parts["word/footnotes.xml"]).unwrap().matches("<w:footnote ").count(), 3);
}

#[test]
fn the_contents_table_has_every_heading_of_two_levels_and_never_an_empty_page_number() {
    let publication = sample::publication();
    let parts = written(&publication);
    let body = body(&parts);
    let contents = &body[body.find("<w:sdtContent>").unwrap()..body.find("</w:sdtContent>").unwrap()];
    let headings = super::contents::headings(&publication.documents[0].blocks);
    let entries: Vec<_> = headings.into_iter().filter(|heading| heading.level <= 2).collect();
    assert_eq!(contents.matches("PAGEREF").count(), entries.len());
    for entry in entries {
        let shown = read::text(contents.as_bytes());
        assert!(shown.contains(&read::shown(&plain_text(&entry.text))), "{entry:?}");
    }
    assert!(!contents.contains("<w:t xml:space=\"preserve\"></w:t>"));
}

#[test]
fn tables_are_listed_when_there_are_some() {
    let captioned = |number: u32| {
        let Block::Table(table) = table_of(&["Rubrik"], &[&["rad"]]) else { unreachable!() };
        let caption = Caption { id: format!("t{number}"), number, text: vec![text("Nivåer")] };
        [Block::Table(Table { caption: Some(caption), ..table }), paragraph("Text")]
    };
    let listed = |count: u32| {
        let blocks = [heading(1, "a", Some("1"), "A")].into_iter().chain((1..=count).flat_map(captioned));
        let parts = written(&publication(blocks.collect()));
        read::text(&parts["word/document.xml"]).matches(". Nivåer3\n").count()
    };
    assert_eq!([0, 1, 2, 3].map(listed), [0, 0, 2, 3]);
}

#[test]
fn a_reference_shows_number_and_page_and_word_can_work_both_out_again() {
    let reference = |id: &str, number: Option<Number>| {
        Inline::Reference(Box::new(Reference { id: id.to_owned(), name: format!("Namnet på {id}"), number }))
    };
    let section =
        |heading: &str, number: &str| Some(Number::Section { heading: heading.to_owned(), number: number.to_owned() });
    let blocks = vec![
        heading(1, "a", Some("1"), "A"),
        Block::Paragraph(vec![
            reference("b", section("b", "2")),
            reference("d", section("d", "9")),
            reference("rad", section("b", "2")),
            reference("annan", None),
        ]),
        heading(1, "b", Some("2"), "B"),
        Block::Paragraph(vec![Inline::Anchor(String::from("rad")), text("Rad")]),
        heading(1, "d", Some("9"), "D"),
    ];
    let parts = written(&publication(blocks));
    let shown = read::text(&parts["word/document.xml"]);
    let all =
        "kapitel\u{a0}2,\u{a0}s.\u{a0}4kapitel\u{a0}9,\u{a0}s.\u{a0}5kapitel\u{a0}2,\u{a0}s.\u{a0}4Namnet på annan";
    assert!(shown.contains(all), "{shown}");
    let fields = |field: &str| body(&parts).matches(field).count();
    assert_eq!((fields(" REF b \\r \\h "), fields(" REF d "), fields(" PAGEREF rad \\h ")), (2, 0, 1));
}

#[test]
fn the_bookmark_of_a_heading_bounds_its_section() {
    let blocks = vec![
        heading(1, "a", Some("1"), "A"),
        heading(2, "b", Some("1.1"), "B"),
        paragraph("I b"),
        table_of(&["Rubrik"], &[&["i b"]]),
        heading(2, "c", Some("1.2"), "C"),
        Block::Landscape(vec![paragraph("I c")]),
        heading(1, "d", Some("2"), "D"),
    ];
    let mut publication = publication(blocks);
    publication.targets = ["a", "b", "c", "d"].map(|id| (id.to_owned(), Targets::default())).into_iter().collect();
    let parts = written(&publication);
    let body = body(&parts);
    let section = |id: &str| {
        let start = body.find(&format!("w:name=\"{id}\"/>")).unwrap();
        let number = body[..start].rsplit("w:id=\"").next().unwrap().split('"').next().unwrap();
        let end = body.find(&format!("<w:bookmarkEnd w:id=\"{number}\"/>")).unwrap();
        let xml = &body[start..end];
        ["A", "B", "I b", "i b", "C", "I c", "D"]
            .into_iter()
            .filter(|word| xml.contains(&format!(">{word}<")))
            .collect()
    };
    let sections: [Vec<&str>; 4] = ["a", "b", "c", "d"].map(section);
    assert_eq!(sections[0], ["A", "B", "I b", "i b", "C", "I c"]);
    assert_eq!(sections[1], ["B", "I b", "i b"]);
    assert_eq!((&sections[2], &sections[3]), (&vec!["C", "I c"], &vec!["D"]));
}

#[test]
fn chapters_are_estimated_on_pages_that_rise() {
    let chapter = |number: usize| heading(1, &format!("k{number}"), Some(&number.to_string()), "Kapitel");
    let text = |lines: usize| vec![paragraph(&"ord ".repeat(22)); lines];
    let blocks = (1..=4).flat_map(|number| [vec![chapter(number)], text(number * 20)].concat()).collect();
    let publication = publication(blocks);
    let document = &publication.documents[0];
    let pages =
        super::pages::estimate(&Look::default(), &publication, document, &mut Layouts::of(&document.blocks, 1.0));
    let found: Vec<u32> = (1..=4).map(|number| pages.of(&format!("k{number}"))).collect();
    assert!(found[0] == 3, "after cover and contents: {found:?}");
    assert!(found.is_sorted_by(|a, b| a < b) && pages.total() > found[3], "{found:?} {}", pages.total());
}

/// LibreOffice sets 57 of them on a page: 700 points, and 12.1 a line.
#[test]
fn no_line_of_a_list_of_figures_stands_on_two_pages() {
    let first_page = |figures: usize| {
        let figure = |number| {
            Block::Figure(Figure {
                picture: String::from("figur:kedja/orbit"),
                description: String::from("Kedjan"),
                caption: Some(Caption { id: format!("figur-{number}"), number, text: vec![text("Kedjan")] }),
            })
        };
        let chapter = heading(1, "a", Some("1"), "Kapitel");
        let blocks = [chapter].into_iter().chain((1..).take(figures).map(figure)).collect();
        let publication = publication(blocks);
        let document = &publication.documents[0];
        let layouts = &mut Layouts::of(&document.blocks, 1.0);
        super::pages::estimate(&Look::default(), &publication, document, layouts).of("a")
    };
    assert_eq!(first_page(100 + 57 * 100) - first_page(100), 100);
}

#[test]
fn another_reader_of_word_files_takes_it() {
    let publication = sample::publication();
    let read = docx_rs::read_docx(&docx(&publication)).unwrap();
    assert!(read.document.children.len() > 20);
}

#[test]
fn no_item_of_a_list_is_left_alone_on_a_page() {
    let items = |count: usize| vec![vec![paragraph("punkt")]; count];
    let kept = |count: usize| {
        let parts = written(&publication(vec![sample::list(None, items(count))]));
        let items = body(&parts).split("<w:p>").filter(|paragraph| paragraph.contains("punkt"));
        items.map(|paragraph| paragraph.contains("<w:keepNext/>")).collect::<Vec<_>>()
    };
    assert_eq!(kept(1), [false]);
    assert_eq!(kept(2), [true, false]);
    assert_eq!(kept(5), [true, false, false, true, false]);
}

/// A document with a drawing of that size, twice, described in so many sentences.
fn drawn(width: i32, height: i32, sentences: usize) -> Publication {
    let figure = |number| {
        Block::Figure(Figure {
            picture: String::from("figur:kedja/orbit"),
            description: "Orbit bygger på \"Drift\" & mer. ".repeat(sentences).trim_end().to_string(),
            caption: Some(Caption { id: format!("figur-{number}"), number, text: vec![text("Kedjan")] }),
        })
    };
    let mut publication = publication(vec![heading(1, "a", Some("1"), "A"), figure(1), paragraph("mellan"), figure(2)]);
    let drawing = Drawing { width, height, ..Drawing::default() };
    publication.drawings.insert(String::from("figur:kedja/orbit"), drawing);
    publication
}

#[test]
fn a_drawing_is_a_metafile_with_an_svg_beside_once_in_the_package() {
    let parts = written(&drawn(6000, 3000, 1));
    let media: Vec<&String> = parts.keys().filter(|name| name.contains("media/")).collect();
    assert_eq!(media, ["word/media/drawing1.emf", "word/media/drawing1.svg"]);
    assert_eq!(&parts["word/media/drawing1.emf"][40..44], b" EMF");
    assert!(parts["word/media/drawing1.svg"].starts_with(b"<svg "));
    let types = String::from_utf8_lossy(&parts["[Content_Types].xml"]);
    assert!(types.contains("image/x-emf") && types.contains("image/svg+xml"));

    let body = body(&parts);
    let relationships = String::from_utf8_lossy(&parts["word/_rels/document.xml.rels"]);
    let target = |embed: &str| {
        let id = body.split(embed).nth(1).and_then(|rest| rest.split('"').next()).expect("it refers to a part");
        let row =
            relationships.split("<Relationship ").find(|row| row.contains(&format!("Id=\"{id}\""))).expect("a row");
        row.split("Target=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a target").to_string()
    };
    assert_eq!(target("<a:blip r:embed=\""), "media/drawing1.emf");
    assert_eq!(target("2016/SVG/main\" r:embed=\""), "media/drawing1.svg");
    assert_eq!(body.matches("<asvg:svgBlip ").count(), 2);
    assert!(body.contains("<wp:extent cx=\"3810000\" cy=\"1905000\"/>"), "300 × 150 points");
    assert!(body.contains("descr=\"Orbit bygger på &quot;Drift&quot; &amp; mer.\""));
}

#[test]
fn a_drawing_that_is_too_large_is_made_smaller_as_a_whole() {
    let parts = written(&drawn(18_144, 3000, 1));
    // 9 072 twentieths of a point are the width of the text: half of it, so half as high.
    let extent = body(&parts).split("<wp:extent cx=\"").nth(1).expect("an extent");
    let numbers: Vec<u64> = extent.split('"').step_by(2).take(2).filter_map(|number| number.parse().ok()).collect();
    assert_eq!(numbers, [9072 * 635, 1500 * 635]);
}

#[test]
fn a_long_description_ends_with_a_whole_sentence() {
    let parts = written(&drawn(6000, 3000, 100));
    let description = body(&parts).split("descr=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
    let description = description.replace("&quot;", "\"").replace("&amp;", "&");
    assert!(description.ends_with("& mer. Resten framgår av texten."), "{description}");
    assert!((1400..=1500).contains(&description.chars().count()), "{}", description.chars().count());
}
