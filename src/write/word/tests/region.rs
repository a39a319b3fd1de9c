//! Documents in a region's own template: everything of it lives on, and what is added is sound.
//!
//! `region_template/` is a template as a Swedish Word saves it, unpacked: localised ids, a cover with content controls,
//! a logo in its headers, headings that it counts itself, a protected form with a template of its own on a server.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};

use super::super::template::{Remark, StyleName, Unusable};
use super::{Look, document, docx, drawn, publication, read, sample};
use crate::diagnostic::codes::RECORDS;
use crate::diagnostic::{Severity, codes};
use crate::document::{Block, Metadata, Publication, Revision};
use crate::inspect::word_file;
use crate::office::namespaces;
use crate::office::package::relationships_of;
use crate::office::parts::{Parts, replace, unzip, zip};

static REGION: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/write/word/tests/region_template");

/// The region's template, by parts.
fn region() -> Parts {
    fn collect(folder: &Dir<'_>, parts: &mut Parts) {
        for file in folder.files() {
            let name = file.path().to_str().unwrap().replace('\\', "/");
            parts.insert(name, file.contents().to_vec());
        }
        folder.dirs().for_each(|folder| collect(folder, parts));
    }
    let mut parts = Parts::new();
    collect(&REGION, &mut parts);
    parts
}

/// A template with nothing in it that it could do without, by parts.
fn minimal() -> Parts {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let (types, relationships) = (namespaces::TYPES, namespaces::RELATIONSHIPS);
    let (office, main) = (namespaces::OFFICE, namespaces::MAIN);
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{types}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/word/document.xml\" ContentType=\"{word}.document.main+xml\"/>\
                 <Override PartName=\"/word/styles.xml\" ContentType=\"{word}.styles+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"/word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"rId1\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("word/document.xml", format!("<w:document xmlns:w=\"{main}\"><w:body><w:p/></w:body></w:document>")),
        (
            "word/styles.xml",
            format!(
                "<w:styles xmlns:w=\"{main}\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
                 <w:name w:val=\"Normal\"/></w:style></w:styles>"
            ),
        ),
    ];
    parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// A template with some words of a part replaced, which must be there.
fn replacing(mut parts: Parts, part: &str, words: &str, by: &str) -> Parts {
    replace(&mut parts, part, words, by, usize::MAX);
    parts
}

fn look(template: &Parts) -> (Look, Vec<Remark>) {
    Look::of(&zip(template), &BTreeMap::new()).unwrap()
}

/// The first document in a template, after the inspection found no error.
fn written(template: &Parts, publication: &Publication) -> Parts {
    let bytes = document(&look(template).0, publication, &publication.documents[0], None).unwrap();
    let parts = unzip(&bytes);
    assert_eq!(faults(&parts), Vec::<String>::new());
    parts
}

/// The errors that an inspection finds.
fn faults(parts: &Parts) -> Vec<String> {
    let findings = word_file("prov.docx", &zip(parts)).into_iter();
    findings.filter(|finding| finding.severity == Severity::Error).map(|finding| finding.message).collect()
}

/// The sample with every fact that a cover can show.
fn with_facts(decided: bool) -> Publication {
    let mut publication = sample::publication();
    let facts = [
        ("Handlingstyp", "Katalog"),
        ("Innehållsansvar", "Ada Exempel"),
        ("Dokument-ID", "RE 2027-15"),
        ("Beslut", "Inte beslutad"),
    ];
    publication.documents[0].metadata = Metadata {
        title: String::from("Tjänster & priser"),
        summary: Some(String::from("Vad som finns att köpa.")),
        status: String::from(if decided { "Beslutad" } else { "Utkast" }),
        decided,
        version: String::from("1.2"),
        year: 2027,
        facts: facts.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec(),
        history: vec![Revision { version: String::from("1.2"), ..Revision::default() }],
        ..Metadata::default()
    };
    publication
}

fn text<'p>(parts: &'p Parts, name: &str) -> &'p str {
    std::str::from_utf8(&parts[name]).unwrap()
}

#[test]
fn what_needs_no_change_is_the_templates_byte_for_byte() {
    let template = region();
    let parts = written(&template, &with_facts(true));
    let changed: BTreeSet<&str> = template
        .iter()
        .filter(|(name, bytes)| parts.get(*name) != Some(bytes))
        .map(|(name, _)| name.as_str())
        .collect();
    let expected = [
        "[Content_Types].xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/settings.xml.rels",
        "word/document.xml",
        "word/footnotes.xml",
        // It shows the document's title.
        "word/header1.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    ];
    assert_eq!(changed, BTreeSet::from(expected));
    let added = parts.keys().filter(|name| !template.contains_key(*name));
    let ours = ["media/picture", "footnotes.xml.rels", "header1-katalog", "footer1-katalog"];
    let unknown: Vec<&String> = added.filter(|name| !ours.iter().any(|ours| name.contains(ours))).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_template_becomes_a_document() {
    let parts = written(&region(), &with_facts(true));
    let types = text(&parts, "[Content_Types].xml");
    assert!(types.contains("wordprocessingml.document.main+xml") && !types.contains("template.main"));
}

#[test]
fn every_style_of_the_template_stands_as_it_stood() {
    let template = region();
    let parts = written(&template, &with_facts(true));
    let styles = |parts: &Parts| -> Vec<String> {
        text(parts, "word/styles.xml")
            .split("<w:style ")
            .skip(1)
            .map(|style| style.trim_end_matches("</w:styles>").to_owned())
            .collect()
    };
    let (before, after) = (styles(&template), styles(&parts));
    assert_eq!(after[..before.len()], before);
    assert!(after.len() > before.len());
    assert!(
        text(&parts, "word/styles.xml").contains("<w:lang w:val=\"sv-SE\" w:eastAsia=\"en-US\" w:bidi=\"ar-SA\"/>")
    );
}

#[test]
fn styles_are_found_by_name_and_what_is_added_has_ids_of_its_own() {
    let parts = written(&region(), &with_facts(true));
    let body = text(&parts, "word/document.xml");
    for id in ["Rubrik1", "Brdtext", "Innehll1", "Beskrivning", "Punktlista", "Hyperlnk", "Fotnotsreferens"] {
        assert!(body.contains(&format!("Style w:val=\"{id}\"")), "{id}");
    }
    for ours in ["Heading1", "BodyText", "TOC1", "Caption", "Hyperlink"] {
        assert!(!body.contains(&format!("Style w:val=\"{ours}\"")), "{ours}");
    }
    // The template has a style with this id for something else.
    assert!(body.contains("<w:pStyle w:val=\"CodeKatalog0\"/>") && !body.contains("<w:pStyle w:val=\"Code\"/>"));
    let styles = text(&parts, "word/styles.xml");
    let table = &styles[styles.find("w:styleId=\"KatalogTabell\"").unwrap()..];
    let table = &table[..table.find("</w:style>").unwrap()];
    assert!(table.contains("<w:basedOn w:val=\"Normaltabell\"/>"), "{table}");
    assert!(
        table.contains("w:color=\"006298\"") && !table.contains(super::super::styles::ACCENT),
        "the theme's colours"
    );
}

#[test]
fn headings_that_the_template_counts_are_counted_by_its_list() {
    let blocks = vec![
        super::heading(1, "a", Some("1"), "Ett"),
        super::heading(2, "b", Some("1.1"), "Ett ett"),
        super::heading(3, "c", Some("1.1.1"), "Ett ett ett"),
        super::heading(4, "d", Some("1.1.1.1"), "Fyra"),
        super::heading(5, "e", Some("1.1.1.1.1"), "Fem"),
    ];
    let parts = written(&region(), &publication(blocks));
    let body = text(&parts, "word/document.xml");
    let of = |id: &str| {
        let end = body.find(&format!("w:name=\"{id}\"")).unwrap();
        &body[body[..end].rfind("<w:p>").unwrap()..end]
    };
    for id in ["a", "b", "c", "d"] {
        assert!(!of(id).contains("w:numPr"), "{}", of(id));
    }
    assert!(of("e").contains("<w:numId w:val=\"0\"/>"), "a level that the template does not count");
    assert!(read::text(&parts["word/document.xml"]).contains("1.1.1.1.1\u{2002}Fem"));
}

#[test]
fn headings_that_the_template_counts_otherwise_are_counted_by_a_list_of_ours() {
    let with_dots =
        replacing(region(), "word/numbering.xml", "w:lvlText w:val=\"%1\"", "w:lvlText w:val=\"Kapitel %1\"");
    for template in [with_dots, minimal()] {
        let blocks = vec![super::heading(1, "a", Some("1"), "Ett"), super::heading(2, "b", Some("1.1"), "Ett ett")];
        let parts = written(&template, &publication(blocks));
        let body = text(&parts, "word/document.xml");
        let heading = &body[..body.find("w:name=\"b\"").unwrap()];
        let heading = &heading[heading.rfind("<w:p>").unwrap()..];
        let list = heading.split("<w:ilvl w:val=\"1\"/><w:numId w:val=\"").nth(1).unwrap().split('"').next().unwrap();
        let numbering = text(&parts, "word/numbering.xml");
        let definition =
            numbering.split(&format!("<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"")).nth(1).unwrap();
        let definition = definition.split('"').next().unwrap();
        let levels = numbering.split(&format!("<w:abstractNum w:abstractNumId=\"{definition}\">")).nth(1).unwrap();
        assert!(levels.split("</w:abstractNum>").next().unwrap().contains("<w:lvlText w:val=\"%1.%2\"/>"));
        assert!(numbering.rfind("<w:abstractNum ").unwrap() < numbering.find("<w:num ").unwrap());
    }
}

#[test]
fn pages_headers_and_footers_are_the_templates_also_in_landscape() {
    let blocks =
        vec![super::paragraph("Före"), Block::Landscape(vec![super::paragraph("Bred")]), super::paragraph("Efter")];
    let parts = written(&region(), &publication(blocks));
    let body = text(&parts, "word/document.xml");
    let sections: Vec<&str> =
        body.split("<w:sectPr").skip(1).map(|rest| rest.split("</w:sectPr>").next().unwrap()).collect();
    assert_eq!(sections.len(), 3);
    for section in &sections {
        assert!(section.contains("first\" r:id=\"rId15") && section.contains("first\" r:id=\"rId17"), "{section}");
        assert!(section.contains("w:top=\"2268\" w:right=\"1701\"") && section.contains("<w:docGrid"), "{section}");
    }
    for upright in [sections[0], sections[2]] {
        assert!(upright.contains("default\" r:id=\"rId14") && upright.contains("default\" r:id=\"rId16"), "{upright}");
    }
    let titled: Vec<bool> = sections.iter().map(|section| section.contains("<w:titlePg/>")).collect();
    assert_eq!(titled, [true, false, false], "only the cover is a first page");
    assert!(sections[1].contains("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""));
    assert!(!parts.contains_key("word/header3.xml") && !parts.contains_key("word/footer3.xml"), "none of ours");
}

#[test]
fn what_stands_at_the_right_margin_stands_there_on_turned_pages_too() {
    let blocks = || vec![Block::Landscape(vec![super::paragraph("Bred")])];
    let parts = written(&region(), &publication(blocks()));
    let relations = text(&parts, "word/_rels/document.xml.rels");
    let body = text(&parts, "word/document.xml");
    let wide = body.rsplit("<w:sectPr").next().unwrap();
    for (kind, part, from, to) in [
        ("header", "header1-katalog1.xml", 4536, "center\" w:pos=\"6718"),
        ("footer", "footer1-katalog1.xml", 8504, "right\" w:pos=\"13436"),
    ] {
        let relation = relations.split("<Relationship ").find(|relation| relation.contains(part)).unwrap();
        let id = relation.split('"').nth(1).unwrap();
        assert!(wide.contains(&format!("<w:{kind}Reference w:type=\"default\" r:id=\"{id}\"/>")), "{wide}");
        let xml = text(&parts, &format!("word/{part}"));
        assert!(xml.contains(&format!("<w:tab w:val=\"clear\" w:pos=\"{from}\"/><w:tab w:val=\"{to}\"/>")), "{xml}");
    }
    assert_eq!(parts["word/_rels/header1-katalog1.xml.rels"], parts["word/_rels/header1.xml.rels"], "the logo");
    // A template with pages in landscape says itself what stands on them.
    let own = "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/></w:sectPr></w:pPr></w:p>\
        <w:sectPr w:rsidR";
    let template = replacing(region(), "word/document.xml", "<w:sectPr w:rsidR", own);
    assert!(!written(&template, &publication(blocks())).contains_key("word/header1-katalog1.xml"));
}

#[test]
fn tables_fill_the_width_of_the_templates_text() {
    let parts = written(&region(), &publication(vec![sample::table(1, None)]));
    let body = text(&parts, "word/document.xml");
    let table = &body[body.rfind("<w:tblGrid>").unwrap()..];
    let columns = table[..table.find("</w:tblGrid>").unwrap()].split("w:w=\"").skip(1);
    let width: u32 = columns.map(|rest| rest.split('"').next().unwrap().parse::<u32>().unwrap()).sum();
    assert_eq!(width, 11906 - 2 * 1701);
}

#[test]
fn page_numbers_in_the_contents_stand_at_the_templates_margin() {
    let section = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"2000\" w:bottom=\"1417\" \
        w:left=\"2000\" w:header=\"700\" w:footer=\"700\" w:gutter=\"0\"/></w:sectPr></w:body>";
    let template = replacing(minimal(), "word/document.xml", "</w:body>", section);
    let parts = written(&template, &sample::publication());
    let styles = text(&parts, "word/styles.xml");
    for style in ["TOC1", "TOC2", "Footer"] {
        let style = styles.split(&format!("w:styleId=\"{style}\"")).nth(1).unwrap();
        let style = &style[..style.find("</w:style>").unwrap()];
        assert!(style.contains("<w:tab w:val=\"right\"") && style.contains("w:pos=\"7906\"/>"), "{style}");
    }
    // A style of the template's own says where only if it has a tab for it.
    let body = written(&region(), &sample::publication());
    let body = text(&body, "word/document.xml");
    let entry = |style: &str| {
        let entry = body.split(&format!("<w:pStyle w:val=\"{style}\"/>")).nth(1).unwrap();
        entry[..entry.find("</w:pPr>").unwrap()].contains("<w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8504\"/>")
    };
    assert!(!entry("Innehll1") && entry("Innehll2"));
}

#[test]
fn a_template_without_headers_gets_ours() {
    let parts = written(&minimal(), &with_facts(false));
    assert!(read::text(&parts["word/header1.xml"]).contains("UTKAST"));
    assert!(read::text(&parts["word/footer1.xml"]).contains("Sida"));
    assert!(text(&parts, "[Content_Types].xml").contains("/word/header1.xml"));
}

#[test]
fn a_template_with_a_footer_alone_gets_a_header_for_a_draft_only() {
    let header = |kind: &str, id: &str| format!("<w:headerReference w:type=\"{kind}\" r:id=\"{id}\"/>");
    let template = replacing(region(), "word/document.xml", &header("default", "rId14"), "");
    let template = replacing(template, "word/document.xml", &header("first", "rId15"), "");
    let ours = |decided| {
        let parts = written(&template, &with_facts(decided));
        let relations = text(&parts, "word/_rels/document.xml.rels").to_owned();
        let is_ours = |part: &&str| part.starts_with("header1-katalog") && parts.contains_key(&format!("word/{part}"));
        let targets = relations.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        targets.filter(is_ours).map(|part| read::text(&parts[&format!("word/{part}")])).collect::<Vec<_>>()
    };
    let draft = ours(false);
    assert!(draft.len() == 1 && draft[0].contains("UTKAST"), "{draft:?}");
    assert_eq!(ours(true), Vec::<String>::new());
}

#[test]
fn a_template_without_settings_gets_ours() {
    let parts = written(&minimal(), &with_facts(true));
    assert!(text(&parts, "word/settings.xml").contains("w:val=\"15\""));
    assert!(text(&parts, "[Content_Types].xml").contains("settings+xml"));
}

#[test]
fn the_cover_is_filled_in_and_the_sample_text_is_gone() {
    let parts = written(&region(), &with_facts(true));
    let body = text(&parts, "word/document.xml");
    let shown = read::text(&parts["word/document.xml"]);
    let cover = &shown[..shown.find("Om dokumentet").unwrap()];
    let filled = [
        "Katalog",
        "Tjänster & priser",
        "Vad som finns att köpa.",
        "2027",
        "1.2",
        "Beslutad",
        "Ada Exempel",
        "RE 2027-15",
    ];
    for value in filled {
        assert_eq!(cover.lines().filter(|line| *line == value).count(), 1, "{value:?} in {cover:?}");
    }
    for gone in ["Fyll i", "Klicka här", "[Dokumentets titel]", "Så använder du mallen", "Ersätt den här texten"] {
        assert!(!shown.contains(gone), "{gone}");
    }
    assert!(!body.contains("w:showingPlcHdr") && !body.contains("Platshllartext"));
    assert!(body.contains("ns0:title[1]"), "the title stays bound to the file's title");
    assert!(!body.contains("OmslagUppgift") && !body.contains("CoverPublisher"), "no second cover");
    // What the template has no place for is told after its cover.
    let rest = &shown[shown.find("Om dokumentet").unwrap()..];
    assert!(rest.contains("Inte beslutad") && !rest[..rest.find("Versionshistorik").unwrap()].contains("Ada Exempel"));
}

#[test]
fn the_cover_ends_where_the_templates_text_starts() {
    let page_break = "<w:p><w:pPr><w:pStyle w:val=\"Omslagstext\"/></w:pPr><w:r><w:br w:type=\"page\"/></w:r></w:p>";
    let section = "<w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId15\"/>\
        <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgNumType w:start=\"0\"/></w:sectPr></w:pPr></w:p>";
    let address = "<w:p><w:r><w:t>Box 1</w:t></w:r></w:p>";
    let heading = "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>Anvisning</w:t></w:r></w:p>";
    let starts = |by: &str| {
        let template = replacing(region(), "word/document.xml", page_break, by);
        let parts = written(&template, &with_facts(true));
        let body = text(&parts, "word/document.xml");
        assert_eq!(read::text(body.as_bytes()).contains("Box 1"), by.contains("Box 1"));
        assert!(
            !body.contains("Anvisning") && !body.contains("w:pgNumType w:start"),
            "pages are counted from the cover"
        );
        let first = &body[..body.find("Om dokumentet").unwrap()];
        first[first.rfind("<w:p>").unwrap()..].contains("<w:pageBreakBefore/>")
    };
    assert!(!starts(page_break), "the break is there already");
    assert!(!starts(&format!("{address}{section}")), "a section starts a page");
    assert!(starts(&format!("{address}{heading}")));
    assert!(starts(""));
}

#[test]
fn a_cover_of_words_gallery_is_kept_whole() {
    let control = "<w:sdt><w:sdtPr><w:alias w:val=\"Company\"/><w:showingPlcHdr/><w:dataBinding w:xpath=\"/ns0:Properties[1]/ns0:Company[1]\"/>\
        </w:sdtPr><w:sdtContent><w:p><w:r><w:t>[Company]</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    let gallery = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Cover Pages\"/></w:docPartObj></w:sdtPr><w:sdtContent>\
         <w:p><w:r><w:t>Omslag</w:t></w:r></w:p>{control}<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p></w:sdtContent></w:sdt>"
    );
    let template = replacing(minimal(), "word/document.xml", "<w:p/>", &gallery);
    let parts = written(&template, &with_facts(true));
    let shown = read::text(&parts["word/document.xml"]);
    assert!(shown.starts_with("Omslag\nRegion Exempel & Co\n\nTjänster & priser\n"), "{shown}");
    assert!(
        text(&parts, "word/document.xml").contains("docPartGallery w:val=\"Cover Pages\"")
            && !shown.contains("[Company]")
    );
    assert!(
        !text(&parts, "word/document.xml").contains("ns0:Company"),
        "Word would take the name from the template again"
    );
}

#[test]
fn a_template_can_say_where_the_text_goes() {
    let place = "<w:sdt><w:sdtPr><w:tag w:val=\"Innehåll\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Texten</w:t></w:r></w:p>\
        </w:sdtContent></w:sdt><w:p><w:r><w:t>Baksidan</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr>";
    let heading = "<w:p><w:pPr><w:pStyle w:val=\"Rubrik1\"/></w:pPr>";
    let template = replacing(region(), "word/document.xml", heading, place);
    let parts = written(&template, &publication(vec![super::paragraph("Vår text")]));
    let shown = read::text(&parts["word/document.xml"]);
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} in {shown}"));
    assert!(at("Utgåva") < at("Vår text") && at("Vår text") < at("Baksidan") && at("Baksidan") < at("Så använder du"));
    assert!(!shown.contains("Texten"));
}

#[test]
fn a_draft_is_called_so_in_every_header_and_nothing_else_is() {
    let (draft, decided) = (written(&region(), &with_facts(false)), written(&region(), &with_facts(true)));
    for header in ["word/header1.xml", "word/header2.xml"] {
        assert!(read::text(&draft[header]).trim_end().ends_with("UTKAST"), "{header}");
        assert!(!read::text(&decided[header]).contains("UTKAST"), "{header}");
        assert!(text(&draft, header).contains("r:embed=\"rId1\""), "the logo is there");
    }
    assert_eq!(draft["word/footer1.xml"], region()["word/footer1.xml"]);
    assert_eq!(decided["word/header2.xml"], region()["word/header2.xml"]);
}

#[test]
fn fields_in_headers_show_the_documents_properties() {
    let parts = written(&region(), &with_facts(true));
    assert_eq!(read::text(&parts["word/header1.xml"]).trim_end(), "Tjänster & priser");
}

#[test]
fn properties_are_set_and_those_of_the_template_stay() {
    let parts = written(&region(), &with_facts(true));
    let core = text(&parts, "docProps/core.xml");
    for element in [
        "<dc:title>Tjänster &amp; priser</dc:title>",
        "<dc:subject>Styrande dokument</dc:subject>",
        "<cp:keywords>region; mall</cp:keywords>",
        "<cp:category>Rapport</cp:category>",
        ">sv-SE</dc:language>",
        ">Beslutad</cp:contentStatus>",
        ">1.2</cp:version>",
    ] {
        assert!(core.contains(element), "{element} in {core}");
    }
    let custom = text(&parts, "docProps/custom.xml");
    assert!(custom.contains("<vt:lpwstr>RE 2027-15</vt:lpwstr>") && custom.contains("<vt:lpwstr>4.1</vt:lpwstr>"));
}

#[test]
fn what_is_said_of_the_template_is_not_published() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let relation = format!("<Relationship Id=\"rId77\" Type=\"{office}\" Target=\"comments.xml\"/></Relationships>");
    let mark = "<w:commentRangeStart w:id=\"3\"/><w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>\
        <w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r>";
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
    let listed = format!("<Override PartName=\"/word/comments.xml\" ContentType=\"{kind}\"/></Types>");
    let template = replacing(region(), "word/_rels/document.xml.rels", "</Relationships>", &relation);
    let template = replacing(template, "word/document.xml", "<w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>", mark);
    let mut template = replacing(template, "[Content_Types].xml", "</Types>", &listed);
    let comments = format!(
        "<w:comments xmlns:w=\"{}\"><w:comment w:id=\"3\" w:author=\"A\"><w:p><w:r><w:t>Internt</w:t></w:r></w:p>\
         </w:comment></w:comments>",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    );
    template.insert("word/comments.xml".to_owned(), comments.into_bytes());
    let (_, remarks) = look(&template);
    assert!(remarks.iter().any(|remark| remark.message.contains("kommentarer")));
    let parts = written(&template, &with_facts(true));
    assert!(!parts.contains_key("word/comments.xml"));
    for part in ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"] {
        assert!(!text(&parts, part).contains("omment"), "{part}");
    }
    assert!(!look(&region()).1.iter().any(|remark| remark.message.contains("kommentarer")));
}

#[test]
fn what_makes_word_ask_or_look_elsewhere_does_not_come_along() {
    let (_, remarks) = look(&region());
    let parts = written(&region(), &with_facts(true));
    let settings = text(&parts, "word/settings.xml");
    for gone in ["updateFields", "attachedTemplate", "documentProtection"] {
        assert!(!settings.contains(gone), "{gone}");
    }
    assert!(!text(&parts, "word/_rels/settings.xml.rels").contains("server"));
    assert!(settings.contains("<w:zoom w:percent=\"120\"/><w:defaultTabStop w:val=\"1304\"/>"), "the rest stays");
    assert!(
        settings.contains("<w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/><w14:docId"),
        "in the format's order"
    );
    assert!(remarks.iter().any(|remark| remark.message.contains("skyddad")));
}

/// A template with a relationship more in a part's, which are made if there are none.
fn relating(mut parts: Parts, part: &str, id: &str, kind: &str, target: &str) -> Parts {
    let relations = relationships_of(part);
    let none = || format!("<Relationships xmlns=\"{}\"></Relationships>", namespaces::RELATIONSHIPS).into_bytes();
    parts.entry(relations.clone()).or_insert_with(none);
    let relation =
        format!("<Relationship Id=\"{id}\" Type=\"{}/{kind}\" {target}/></Relationships>", namespaces::OFFICE);
    replacing(parts, &relations, "</Relationships>", &relation)
}

fn external(target: &str) -> String {
    format!("Target=\"{target}\" TargetMode=\"External\"")
}

const SHARE: &str = r"file:///\\server\delad";

/// A template with more at the end of its footer.
fn with_footer(parts: Parts, xml: &str) -> Parts {
    replacing(parts, "word/footer1.xml", "</w:ftr>", &format!("{xml}</w:ftr>"))
}

fn run(content: &str) -> String {
    format!("<w:p><w:r>{content}</w:r></w:p>")
}

/// A field as Word writes it, its instruction in two runs.
fn field(instruction: &str) -> String {
    let (start, end) = instruction.split_at(3);
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let text = |text: &str| format!("<w:r><w:instrText>{}</w:instrText></w:r>", text.replace('"', "&quot;"));
    format!(
        "<w:p>{}{}{}{}<w:r><w:t>9</w:t></w:r>{}</w:p>",
        mark("begin"),
        text(start),
        text(end),
        mark("separate"),
        mark("end")
    )
}

#[test]
fn nothing_comes_along_that_leads_out_of_the_file_and_is_not_used() {
    let kinds = ["attachedTemplate", "image", "oleObject", "frame", "subDocument", "hyperlink", "styles", "okänd"];
    let owners = [
        "",
        "word/document.xml",
        "word/settings.xml",
        "word/footer1.xml",
        "word/styles.xml",
        "word/glossary/document.xml",
    ];
    let mut template = region();
    for owner in owners {
        for (at, kind) in kinds.iter().enumerate() {
            template = relating(template, owner, &format!("rId9{at}"), kind, &external(SHARE));
        }
    }
    template =
        relating(template, "word/document.xml", "rId98", "keyMapCustomizations", "Target=\"customizations.xml\"");
    template = relating(template, "", "rId98", "extensibility", "Target=\"customUI/customUI.xml\"");
    template = relating(template, "", "rId99", "digital-signature/origin", "Target=\"_xmlsignatures/origin.sigs\"");
    template = relating(template, "word/document.xml", "rId99", "package", "Target=\"embeddings/bok.xlsx\"");
    for (part, bytes) in [
        ("word/customizations.xml", "<a/>"),
        ("customUI/customUI.xml", "<a/>"),
        ("word/embeddings/bok.xlsx", "bok"),
        ("word/glömd.xml", "<a/>"),
        ("_xmlsignatures/origin.sigs", ""),
    ] {
        template.insert(part.to_owned(), bytes.as_bytes().to_vec());
    }
    let parts = written(&template, &with_facts(true));
    for (name, bytes) in &parts {
        assert!(!String::from_utf8_lossy(bytes).contains(r"\\server\delad"), "{name}");
        let is_of_template = !["custom/", "customUI", "customizations", "embeddings", "glömd", "signatures"]
            .iter()
            .any(|part| name.contains(part));
        assert!(is_of_template, "{name}");
    }
}

#[test]
fn what_the_documents_links_would_begin_with_is_left_behind() {
    let of = |root: &str, inner: &str| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/";
        format!("<Properties xmlns=\"{kind}{root}\" xmlns:vt=\"{kind}docPropsVTypes\">{inner}</Properties>")
            .into_bytes()
    };
    let base = "file://exempel.example/delad/";
    let mut template = region();
    let own = format!("<Company>Region</Company><HyperlinkBase>{base}</HyperlinkBase>");
    template.insert(String::from("docProps/app.xml"), of("extended-properties", &own));
    let named = |name: &str, pid: u32, value: &str| {
        let set = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
        format!("<property fmtid=\"{set}\" pid=\"{pid}\" name=\"{name}\"><vt:lpwstr>{value}</vt:lpwstr></property>")
    };
    let own = format!("{}{}", named("_PID_LINKBASE", 2, base), named("Avdelning", 3, "IT"));
    template.insert(String::from("docProps/custom.xml"), of("custom-properties", &own));
    for (kind, part) in [("extended-properties", "docProps/app.xml"), ("custom-properties", "docProps/custom.xml")] {
        let relations = text(&template, "_rels/.rels");
        if !relations.contains(part) {
            template = relating(template, "", &format!("rId7{}", part.len()), kind, &format!("Target=\"{part}\""));
        }
    }
    let parts = written(&template, &with_facts(true));
    for (name, bytes) in &parts {
        assert!(!String::from_utf8_lossy(bytes).contains(base), "{name}");
    }
    assert!(text(&parts, "docProps/app.xml").contains("<Company>Region</Company>"));
    assert!(text(&parts, "docProps/custom.xml").contains("Avdelning"));
}

#[test]
fn links_of_headers_and_footers_to_the_web_come_along() {
    let link = |id: &str| format!("<w:p><w:hyperlink r:id=\"{id}\"><w:r><w:t>Länk</w:t></w:r></w:hyperlink></w:p>");
    let mut template = region();
    let addresses = ["https://exempel.example/", "HTTP://exempel.example/", "mailto:a@exempel.example", "tel:+4610"];
    for (at, address) in addresses.iter().enumerate() {
        let id = format!("rId{}", 20 + at);
        template = relating(template, "word/footer1.xml", &id, "hyperlink", &external(address));
        template = with_footer(template, &link(&id));
    }
    let field = field(r#"HYPERLINK "https://exempel.example/" \o "Till" \t "_blank""#);
    let template = with_footer(template, &format!("{field}{}", self::field(r#"HYPERLINK \l "_top""#)));
    let parts = written(&template, &with_facts(true));
    assert_eq!(parts["word/footer1.xml"], template["word/footer1.xml"]);
    let relations = text(&parts, "word/_rels/footer1.xml.rels");
    assert!(addresses.iter().all(|address| relations.contains(address)), "{relations}");
}

#[test]
fn what_only_the_sample_text_refers_to_goes_with_it() {
    let object = "<w:p><w:r><w:object><o:OLEObject xmlns:o=\"urn:schemas-microsoft-com:office:office\" r:id=\"rId51\"/></w:object></w:r>\
        <w:hyperlink r:id=\"rId52\"/><w:r><w:drawing r:embed=\"rId53\"/></w:r></w:p><w:sectPr w:rsidR";
    let template = replacing(region(), "word/document.xml", "<w:sectPr w:rsidR", object);
    let template = relating(template, "word/document.xml", "rId51", "oleObject", "Target=\"embeddings/o.bin\"");
    let template = relating(template, "word/document.xml", "rId52", "hyperlink", &external(SHARE));
    let mut template = relating(template, "word/document.xml", "rId53", "image", "Target=\"media/prov.png\"");
    template.insert(String::from("word/embeddings/o.bin"), b"o".to_vec());
    template.insert(String::from("word/media/prov.png"), b"p".to_vec());
    let parts = written(&template, &with_facts(true));
    assert!(!parts.contains_key("word/embeddings/o.bin") && !parts.contains_key("word/media/prov.png"));
    let relations = text(&parts, "word/_rels/document.xml.rels");
    assert!(!relations.contains("rId51") && !relations.contains("server"), "{relations}");
}

#[test]
fn what_would_fetch_or_run_something_is_refused_with_its_part() {
    let refused = |template: &Parts, words: &[&str]| {
        let Unusable { message, help } = Look::of(&zip(template), &BTreeMap::new()).unwrap_err();
        assert!(words.iter().all(|word| message.contains(word)) && !help.is_empty(), "{words:?} in {message}");
    };
    let footer = "word/footer1.xml";
    for (kind, xml, what) in [
        (
            "image",
            "<w:pict><v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\" r:id=\"rId20\"/></w:pict>",
            "en bild",
        ),
        (
            "image",
            "<w:drawing><blip xmlns:q=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" q:link=\"rId20\"/></w:drawing>",
            "en bild",
        ),
        ("oleObject", "<w:object r:id=\"rId20\"/>", "ett objekt"),
        ("subDocument", "<w:subDoc r:id=\"rId20\"/>", "ett underdokument"),
        ("frame", "<w:sourceFileName r:id=\"rId20\"/>", "en ram"),
        ("hyperlink", "<w:hyperlink r:id=\"rId20\"/>", "en länk"),
        ("audio", "<w:movie r:id=\"rId20\"/>", "något som inte ligger i filen"),
    ] {
        let template = with_footer(relating(region(), footer, "rId20", kind, &external(SHARE)), &run(xml));
        refused(&template, &["word/footer1.xml har ", what, SHARE]);
    }
    // A picture on the web by the kind of a link.
    let address = external("https://exempel.example/");
    let template = relating(region(), footer, "rId20", "hyperlink", &address);
    refused(&with_footer(template, &run("<w:drawing r:link=\"rId20\"/>")), &["word/footer1.xml har en länk"]);
    for (kind, what) in [("oleObject", "objekt"), ("package", "objekt"), ("control", "ActiveX"), ("aFChunk", "infogas")]
    {
        let mut template = relating(region(), footer, "rId20", kind, "Target=\"inne.bin\"");
        template.insert(String::from("word/inne.bin"), b"o".to_vec());
        refused(&with_footer(template, &run("<w:object r:id=\"rId20\"/>")), &["word/footer1.xml har ", what]);
    }
    // What is said to be in the file, and is not.
    let picture = run("<w:drawing r:embed=\"rId20\"/>");
    for address in ["http://exempel.example/a.png", "//exempel.example/a.png", SHARE] {
        let template = relating(region(), footer, "rId20", "image", &format!("Target=\"{address}\""));
        refused(&with_footer(template, &picture), &["word/footer1.xml har en bild som inte ligger i filen", address]);
    }
    // What is no picture, and what is no part of a text.
    let mut template = relating(region(), footer, "rId20", "image", "Target=\"media/bild.png\"");
    template.insert(String::from("word/media/bild.png"), b"MZ\x90\0".to_vec());
    refused(&with_footer(template, &picture), &["word/media/bild.png har en bild som inte går att läsa som en bild"]);
    for start in [&b"%!PS-Adobe-3.0 EPSF-3.0\n"[..], b"\xC5\xD0\xD3\xC6\x1E\0\0\0"] {
        let mut template = relating(region(), footer, "rId20", "image", "Target=\"media/bild.eps\"");
        template.insert(String::from("word/media/bild.eps"), start.to_vec());
        refused(&with_footer(template, &picture), &["word/media/bild.eps har en bild i EPS, som är ett program"]);
    }
    let mut template = relating(region(), footer, "rId20", "okänd", "Target=\"a.exe\"");
    template.insert(String::from("word/a.exe"), b"MZ\x90\0".to_vec());
    let types = "<Default Extension=\"exe\" ContentType=\"application/x-msdownload\"/></Types>";
    let template = replacing(template, "[Content_Types].xml", "</Types>", types);
    refused(&template, &["word/a.exe har något som varken är text, bild eller typsnitt (application/x-msdownload)"]);
    let svg = |inner: &str| format!("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"{inner}</svg>");
    for (inner, what) in [
        ("><script>alert(1)</script>", "en bild med ett program i sig"),
        (" onload=\"alert(1)\">", "en bild med ett program i sig"),
        ("><foreignObject/>", "en bild med ett program i sig"),
        ("><image href=\"https://exempel.example/a.png\"/>", "en bild med något som inte ligger i filen"),
        ("><style>@import 'a.css'</style>", "en bild med något som inte ligger i filen"),
        ("><style>a { b: URL( 'https://exempel.example/a' ) }</style>", "en bild med något som inte ligger i filen"),
        ("><style>a { b: u<![CDATA[r]]>l(//exempel.example/a) }</style>", "en bild med något som inte ligger i filen"),
        ("><style>a { b: u\\72l(//exempel.example/a) }</style>", "en bild med något som inte ligger i filen"),
        ("><path fill=\"url(https://exempel.example/a#b)\"/>", "en bild med något som inte ligger i filen"),
        ("><path filter=\"blur(1px) url(//exempel.example/a#b)\"/>", "en bild med något som inte ligger i filen"),
        ("><path fill=\"\\75rl(//exempel.example/a)\"/>", "en bild med något som inte ligger i filen"),
        ("><set attributeName=\"xlink:href\" to=\"a\"/>", "en bild med något som inte ligger i filen"),
        (
            "><set attributeName=\"filter\" to=\"url(//exempel.example/a#b)\"/>",
            "en bild med något som inte ligger i filen",
        ),
        ("><animate values=\"none;url(//exempel.example/a#b)\"/>", "en bild med något som inte ligger i filen"),
        ("><g mask-image=\"image-set('//exempel.example/a' 1x)\"/>", "en bild med något som inte ligger i filen"),
        ("><style>a { b: -webkit-image-set('a' 1x) }</style>", "en bild med något som inte ligger i filen"),
        ("><style>a {}<g/>@import 'a.css';</style>", "en bild med något som inte ligger i filen"),
        (
            "><g xml:base=\"https://exempel.example/a\"><use href=\"#a\"/></g>",
            "en bild med något som inte ligger i filen",
        ),
        (
            "><h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" srcset=\"//exempel.example/a\"/>",
            "en bild med något annat",
        ),
        ("><w:meta xmlns:w=\"http://www.w3.org/1999/xhtml\" http-equiv=\"refresh\"/>", "en bild med något annat"),
        ("><video xmlns=\"http://www.w3.org/1999/xhtml\" poster=\"//exempel.example/a\"/>", "en bild med något annat"),
        ("><?xml-stylesheet href=\"https://exempel.example/a.css\"?>", "en bild med en stilmall som inte"),
        ("><b></a>", "en bild som inte går att läsa"),
    ] {
        for file in ["bild.svg", "bild.png"] {
            let target = format!("Target=\"media/{file}\"");
            let mut template = relating(region(), footer, "rId20", "image", &target);
            template.insert(format!("word/media/{file}"), svg(inner).into_bytes());
            refused(&with_footer(template, &picture), &[&format!("word/media/{file} har {what}")]);
        }
    }
    let in_utf_16: Vec<u8> = svg("><script/>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, what) in [
        ([b"\xFF\xFE".to_vec(), in_utf_16].concat(), "en bild med ett program i sig"),
        (b"<html><body>Hej</body></html>".to_vec(), "en bild som inte går att läsa"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>".to_vec(), "en bild som inte går att läsa"),
    ] {
        let mut template = relating(region(), footer, "rId20", "image", "Target=\"media/bild.png\"");
        template.insert(String::from("word/media/bild.png"), bytes);
        refused(&with_footer(template, &picture), &[&format!("word/media/bild.png har {what}")]);
    }
    let harmless = "><defs><path id=\"a\"/></defs><use href=\"#a\"/><image href=\"data:image/png;base64,AA==\"/>\
        <style>@namespace svg url(http://www.w3.org/2000/svg); @font-face { src: url(\"data:font/woff;base64,AA==\") }\
        a { fill: url(\n#a); font-family: '\\'Arial\\''; content: '\\2022' } .\\31 a {}</style><path style=\"fill: url('#a')\"/>\
        <metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
        <cc:Work xmlns:cc=\"http://creativecommons.org/ns#\" rdf:about=\"\"><cc:license rdf:resource=\"http://a.example/\"/>\
        <dc:title xmlns:dc=\"http://purl.org/dc/elements/1.1/\">A</dc:title></cc:Work></rdf:RDF></metadata>\
        <s:namedview xmlns:s=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:x=\"http://svgjs.com/svgjs\" x:a=\"b\"/>\
        <animate to=\"url(#a)\"/>\
        <g fill=\"url(#a)\" data-from=\"C:\\bilder\\a.png\" aria-label=\"som url(x)\"/>";
    let doctype =
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    let with_doctype = format!("{doctype}{}", svg(harmless).trim_start_matches("<?xml version=\"1.0\"?>"));
    let of_visio = "><v:page xmlns:v=\"http://schemas.microsoft.com/visio/2003/SVGExtensions/\"/>";
    for harmless in [with_doctype, svg(of_visio)] {
        let mut template = relating(region(), footer, "rId20", "image", "Target=\"media/bild.svg\"");
        template.insert(String::from("word/media/bild.svg"), harmless.into_bytes());
        let look = Look::of(&zip(&with_footer(template, &picture)), &BTreeMap::new());
        assert!(look.is_ok(), "{:?}", look.err().map(|unusable| unusable.message));
    }
    let mut template = relating(region(), "word/document.xml", "rId20", "vbaProject", "Target=\"inne.bin\"");
    template.insert(String::from("word/inne.bin"), b"o".to_vec());
    refused(&template, &["word/document.xml har makron"]);
}

/// Some programs say of a typeface only that it is bytes; of anything else that is too little.
#[test]
fn a_typeface_is_known_by_what_refers_to_it() {
    let of = |kind: &str| {
        let mut template = relating(region(), "word/fontTable.xml", "rId20", kind, "Target=\"fonts/a.odttf\"");
        template.insert(String::from("word/fonts/a.odttf"), b"\x12\x34".to_vec());
        let types = "<Default Extension=\"odttf\" ContentType=\"application/octet-stream\"/></Types>";
        Look::of(&zip(&replacing(template, "[Content_Types].xml", "</Types>", types)), &BTreeMap::new())
    };
    assert!(of("font").is_ok());
    assert!(
        of("okänd").unwrap_err().message.contains("varken är text, bild eller typsnitt (application/octet-stream)")
    );
}

#[test]
fn settings_that_ask_for_something_never_come_along_whatever_they_are_called() {
    let merge = "<w:mailMerge><w:query w:val=\"SELECT * FROM a\"/></w:mailMerge>";
    let for_some = format!(
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <mc:Choice Requires=\"w\">{merge}</mc:Choice></mc:AlternateContent>"
    );
    for setting in [merge, &for_some] {
        let template = replacing(region(), "word/settings.xml", "<w:compat>", &format!("{setting}<w:compat>"));
        let parts = written(&template, &sample::publication());
        assert!(!text(&parts, "word/settings.xml").contains("SELECT"), "{setting}");
    }
    let other = merge.replace("w:mailMerge>", "z:mailMerge>");
    let other = other.replacen("<z:mailMerge>", &format!("<z:mailMerge xmlns:z=\"{}\">", namespaces::MAIN), 1);
    let template = replacing(region(), "word/settings.xml", "<w:compat>", &format!("{other}<w:compat>"));
    let error = Look::of(&zip(&template), &BTreeMap::new()).unwrap_err();
    let error = format!("{error:?}");
    assert!(error.contains("word/settings.xml") && error.contains("något annat än w:"), "{error}");
}

#[test]
fn fields_that_fetch_something_are_refused_wherever_they_are_kept() {
    let share = r"\\server\delad";
    let instructions = [
        r"DDEAUTO c:\\windows\\system32\\cmd.exe",
        "dde excel bok",
        "INCLUDETEXT \"a.docx\"",
        "INCLUDEPICTURE \"https://exempel.example/a.png\" \\d",
        r"LINK Excel.Sheet.12 a.xlsx",
        "DATABASE \\d a",
        r"RD a.docx",
        r#"PRINT \p page "showpage""#,
        r"HYPERLINK \\server\delad",
        r#"HYPERLINK \l "a" "file:///c:/a.docx""#,
    ];
    let fault = |template: &Parts| Look::of(&zip(template), &BTreeMap::new()).err().map(|unusable| unusable.message);
    for instruction in instructions {
        let message = fault(&with_footer(region(), &field(instruction))).unwrap_or_default();
        assert!(message.contains("word/footer1.xml har "), "{instruction}: {message}");
        let simple = format!("<w:p><w:fldSimple w:instr=\" {} \"/></w:p>", instruction.replace('"', "&quot;"));
        assert!(fault(&with_footer(region(), &simple)).is_some(), "{instruction}");
        // In the sample text it does not come along.
        let template =
            replacing(region(), "word/document.xml", "<w:sectPr w:rsidR", &format!("{simple}<w:sectPr w:rsidR"));
        assert_eq!(fault(&template), None, "{instruction}");
        let place = "<w:sdt><w:sdtPr><w:tag w:val=\"innehåll\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>";
        let template = replacing(minimal(), "word/document.xml", "<w:p/>", &format!("{simple}{place}"));
        assert!(fault(&template).unwrap_or_default().contains("word/document.xml har "), "{instruction}");
    }
    let inner = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>IF 1 = 1 </w:instrText></w:r>{}\
        <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        field("DDEAUTO a b").replace("<w:p>", "").replace("</w:p>", "")
    );
    assert!(fault(&with_footer(region(), &format!("<w:p>{inner}</w:p>"))).is_some_and(|text| text.contains("DDEAUTO")));
    let within = |before: &str, field_of: &str| {
        let field = field(field_of).replace("<w:p>", "").replace("</w:p>", "");
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
        let code = format!("<w:r><w:instrText>{before}</w:instrText></w:r>");
        format!("<w:p>{begin}{code}{field}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>")
    };
    for name in [" ", "INCLUDE"] {
        let message = fault(&with_footer(region(), &within(name, "QUOTE PICTURE"))).unwrap_or_default();
        assert!(message.contains("word/footer1.xml har ett fält vars namn kommer ur ett annat fält"), "{message}");
    }
    assert_eq!(fault(&with_footer(region(), &within("= 1 + ", "NUMPAGES"))), None);
    let unfinished = run("<w:fldChar w:fldCharType=\"begin\"/><w:instrText>DDEAUTO a</w:instrText>");
    assert!(fault(&with_footer(region(), &unfinished)).is_some());
    let older = format!("<v:imagedata xmlns:v=\"urn:schemas-microsoft-com:vml\" src=\"{share}\"/>");
    assert!(fault(&with_footer(region(), &run(&older))).is_some_and(|text| text.contains(share)));
    let many: String = (0..20).map(|at| field(&format!("HYPERLINK fil{at}.docx"))).collect();
    assert!(fault(&with_footer(region(), &many)).unwrap_or_default().ends_with("; och 12 till"));
}

#[test]
fn notes_stand_after_the_templates_separators_without_its_samples() {
    let note = crate::document::Inline::Note(vec![super::paragraph("Vår not")]);
    let parts = written(&region(), &publication(vec![Block::Paragraph(vec![super::text("Text"), note])]));
    let notes = read::text(&parts["word/footnotes.xml"]);
    assert!(notes.contains("Vår not") && !notes.contains("Mallens egen not"));
    assert_eq!(text(&parts, "word/footnotes.xml").matches("w:type=").count(), 2);
}

#[test]
fn the_same_template_gives_the_same_bytes() {
    let publication = with_facts(false);
    let bytes = || document(&look(&region()).0, &publication, &publication.documents[0], None);
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_document_of_ours_is_a_template_too() {
    let publication = with_facts(false);
    let first = docx(&publication);
    let (look, remarks) = Look::of(&first, &BTreeMap::new()).unwrap();
    assert!(remarks.iter().all(|remark| remark.severity == Severity::Info), "it has all styles: {remarks:?}");
    let parts = unzip(&document(&look, &publication, &publication.documents[0], None).unwrap());
    assert_eq!(faults(&parts), Vec::<String>::new());
    assert_eq!(parts["word/theme/theme1.xml"], unzip(&first)["word/theme/theme1.xml"]);
}

#[test]
fn every_word_of_the_tree_is_there_in_any_template() {
    let publication = sample::publication();
    for template in [region(), minimal()] {
        let parts = written(&template, &publication);
        let text = read::text(&parts["word/document.xml"]) + &read::text(&parts["word/footnotes.xml"]);
        for word in sample::words() {
            assert!(text.contains(&word), "{word:?} is not in the document");
        }
    }
}

#[test]
fn a_template_without_styles_gets_all_of_ours() {
    let mut template = minimal();
    template.remove("word/styles.xml");
    let none = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
    template.insert(String::from("word/_rels/document.xml.rels"), none.as_bytes().to_vec());
    let template = replacing(
        template,
        "[Content_Types].xml",
        "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
        "",
    );
    let parts = written(&template, &with_facts(true));
    assert!(text(&parts, "word/styles.xml").contains("<w:name w:val=\"heading 1\"/>"));
}

#[test]
fn a_part_that_is_listed_and_not_there_is_no_part() {
    let listed = "<Override PartName=\"/word/borta.xml\" ContentType=\"application/xml\"/></Types>";
    let template = replacing(minimal(), "[Content_Types].xml", "</Types>", listed);
    let parts = written(&template, &with_facts(true));
    assert!(!text(&parts, "[Content_Types].xml").contains("borta"));
}

#[test]
fn numbers_and_sizes_beyond_all_bounds_do_no_harm() {
    let huge = "<Relationship Id=\"rId4294967295\" Type=\"http://exempel.example/typ\" Target=\"theme/theme1.xml\"/></Relationships>";
    let template = replacing(region(), "word/_rels/document.xml.rels", "</Relationships>", huge);
    let list = "<w:num w:numId=\"4294967295\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let template = replacing(template, "word/numbering.xml", "</w:numbering>", list);
    let template = replacing(template, "word/document.xml", "w:w=\"11906\"", "w:w=\"99999999999\"");
    let parts = written(&template, &sample::publication());
    assert!(!text(&parts, "word/document.xml").contains("<w:pgSz w:w=\"4294967295\""));
    let widths = text(&parts, "word/document.xml").split("<w:tcW w:w=\"").skip(1);
    let widths = widths.map(|rest| rest.split('"').next().unwrap().parse::<u32>().unwrap());
    assert!(widths.max().is_some_and(|widest| widest <= 31_680));
}

#[test]
fn a_page_without_a_size_that_word_knows_is_told_and_has_another() {
    for side in ["abc", "99999999999999999999", "0", "NaN"] {
        let template = replacing(region(), "word/document.xml", "w:w=\"11906\"", &format!("w:w=\"{side}\""));
        let (_, remarks) = look(&template);
        assert!(remarks.iter().any(|remark| remark.message.contains("mått")), "{side}: {remarks:?}");
        let parts = written(&template, &sample::publication());
        assert!(!text(&parts, "word/document.xml").contains(side) || side == "0", "{side}");
        assert!(!text(&parts, "word/document.xml").contains("<w:pgSz w:w=\"0\""), "{side}");
    }
}

#[test]
fn margins_that_leave_no_room_are_told_and_replaced() {
    for (from, to) in
        [("w:left=\"1701\"", "w:left=\"16000\""), ("w:w=\"11906\" w:h=\"16838\"", "w:w=\"2835\" w:h=\"2835\"")]
    {
        let template = replacing(region(), "word/document.xml", from, to);
        let (_, remarks) = look(&template);
        assert!(remarks.iter().any(|remark| remark.message.contains("ingen plats för text")), "{to}: {remarks:?}");
        let document = written(&template, &sample::publication());
        assert!(!text(&document, "word/document.xml").contains(to), "{to}");
    }
    assert!(!look(&region()).1.iter().any(|remark| remark.message.contains("ingen plats för text")));
}

#[test]
fn missing_styles_are_told_in_one_finding_a_weight() {
    let told = |template: &Parts| {
        look(template).1.into_iter().map(|remark| (remark.severity, remark.message)).collect::<Vec<_>>()
    };
    let lacking = told(&minimal());
    let warnings: Vec<&String> =
        lacking.iter().filter(|(severity, _)| *severity == Severity::Warning).map(|(_, text)| text).collect();
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].contains("Brödtext, Rubrik 1, Rubrik 2"), "{warnings:?}");
    let explained = RECORDS.iter().find(|record| record.code == codes::WORD_STYLE_MISSING).unwrap().docs;
    let (_, names) = warnings[0].split_once(": ").unwrap();
    assert!(names.split(", ").all(|name| explained.contains(name)), "{names}");
    assert!(lacking.iter().any(|(severity, text)| *severity == Severity::Info && text.contains("Katalogtabell")));
    assert!(told(&region()).iter().all(|(severity, _)| *severity == Severity::Info));
}

#[test]
fn pictures_are_said_to_be_what_they_are() {
    let parts = written(&minimal(), &drawn(6000, 3000, 1));
    let types = text(&parts, "[Content_Types].xml");
    for (ending, kind) in [("emf", "image/x-emf"), ("svg", "image/svg+xml")] {
        assert!(types.contains(&format!("Extension=\"{ending}\" ContentType=\"{kind}\"")), "{types}");
    }
}

fn formats(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect()
}

#[test]
fn an_author_can_name_the_templates_style_for_one_of_ours() {
    let names = formats(&[("katalogtabell", "Region Tabell"), ("Brödtext", "Omslagstext")]);
    let (look, _) = Look::of(&zip(&region()), &names).unwrap();
    let publication = with_facts(true);
    let parts = unzip(&document(&look, &publication, &publication.documents[0], None).unwrap());
    let body = text(&parts, "word/document.xml");
    assert!(body.contains("<w:tblStyle w:val=\"RegionTabell\"/>") && !body.contains("<w:pStyle w:val=\"Brdtext\"/>"));
    assert!(!text(&parts, "word/styles.xml").contains("Katalogtabell"));
}

#[test]
fn a_name_that_no_style_has_is_told_with_what_was_meant() {
    let remarks = |pairs: &[(&str, &str)]| Look::of(&zip(&region()), &formats(pairs)).unwrap().1;
    let told = |pairs: &[(&str, &str)]| {
        let remarks = remarks(pairs);
        let error = remarks.into_iter().find(|remark| remark.severity == Severity::Error).unwrap();
        (error.format.unwrap(), error.message, error.help)
    };
    let (key, message, help) = told(&[("Katalogtabel", "Region Tabell")]);
    assert_eq!(key, StyleName::Ours("Katalogtabel".into()));
    assert_eq!(help, "menade du ”Katalogtabell”?", "{message}");
    let (key, message, help) = told(&[("Katalogtabell", "Region Tabel")]);
    assert_eq!(key, StyleName::Theirs("Katalogtabell".into()));
    assert_eq!(message, "Wordmallen har ingen formatmall ”Region Tabel” för tabeller");
    assert_eq!(help, "menade du ”Region Tabell”?");
    // No style is called nothing, though most have no other name than their own.
    let (key, message, _) = told(&[("heading 1", " ")]);
    assert_eq!(key, StyleName::Theirs("heading 1".into()));
    assert_eq!(message, "”heading 1” har ingen av Wordmallens formatmallar efter sig");
}

#[test]
fn what_is_no_usable_template_is_refused_with_a_cure() {
    let refused = |bytes: &[u8]| {
        let Unusable { message, help } = Look::of(bytes, &BTreeMap::new()).unwrap_err();
        assert!(!help.is_empty(), "{message}");
        message
    };
    let of_parts = |part: &str, words: &str, by: &str| refused(&zip(&replacing(minimal(), part, words, by)));
    assert!(refused(b"hej").contains("zip-arkiv"));
    assert!(refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]).contains("lösenordsskyddad"));
    assert!(refused(&zip(&Parts::from([(String::from("a.txt"), Vec::new())]))).contains("inget Word-dokument"));
    let (types, document) = ("[Content_Types].xml", "word/document.xml");
    assert!(
        of_parts(types, "wordprocessingml.document.main", "spreadsheetml.sheet.main").contains("inget Word-dokument")
    );
    assert!(of_parts(types, ".document.main+xml", ".document.macroEnabled.main+xml").contains("makron"));
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument";
    let usual = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    assert!(of_parts("_rels/.rels", usual, strict).contains("Strict"));
    assert!(of_parts(document, "w:document", "x:document").contains("namnrymder"));
    assert!(of_parts(document, "<w:document", "<!DOCTYPE a><w:document").contains("DTD"));
    assert!(of_parts(document, "</w:body>", "").contains("går inte ihop"));
    assert!(of_parts("word/_rels/document.xml.rels", "</Relationships>", "").contains("element är inte avslutade"));
    let deep = format!("{}{}", "<w:sdt>".repeat(300), "</w:sdt>".repeat(300));
    assert!(of_parts(document, "<w:p/>", &deep).contains("nivåer"));
}
