//! Every rule fires on a file that breaks it and on nothing else in it, and none on what is right.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::elements::Elements;
use super::{Inspector, RULES, word_file};
use crate::diagnostic::Diagnostic;
use crate::office::namespaces;
use crate::office::package::Part;
use crate::office::parts::{Parts, replace, unzip, zip};
use crate::write::word::tests::{docx, sample};

/// A file with every kind of block and inline, in which there is nothing to find.
fn sound() -> Parts {
    static SOUND: LazyLock<Parts> = LazyLock::new(|| unzip(&docx(&sample::publication())));
    SOUND.clone()
}

fn inspect(parts: &Parts) -> Vec<Diagnostic> {
    word_file("prov.docx", &zip(parts))
}

const DOCUMENT: &str = "word/document.xml";

/// Puts something in front of the text.
fn insert(parts: &mut Parts, xml: &str) {
    replace(parts, DOCUMENT, "<w:body>", &format!("<w:body>{xml}"), 1);
}

fn text(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn paragraph(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn insert_paragraph(parts: &mut Parts, content: &str) {
    insert(parts, &paragraph(&format!("{content}{}", text("text"))));
}

/// A field with what it shows; nothing, where that is empty.
fn field(instruction: &str, shown: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = format!("<w:r><w:instrText>{instruction}</w:instrText></w:r>");
    [mark("begin"), instruction, mark("separate"), text(shown), mark("end")].concat()
}

/// A table of two columns between paragraphs. Each row is its properties and its cells.
fn table(properties: &str, rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    format!("<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>")
}

const CELL: &str = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>";
const ROW: &str = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>";
const HEADER: &str = "<w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>";
const DRESSED: &str = "<w:tblBorders/><w:tblDescription w:val=\"Vad den visar\"/>";

fn insert_table(parts: &mut Parts, properties: &str, rows: &[&str]) {
    insert(parts, &(table(properties, rows) + &paragraph(&text("efter"))));
}

/// A drawing of nothing, with what its properties say of it.
fn drawing(properties: &str) -> String {
    format!("<w:r><w:drawing><wp:inline><wp:docPr {properties}/></wp:inline></w:drawing></w:r>")
}

fn link(target: &str, content: &str) -> String {
    format!("<w:hyperlink {target}>{content}</w:hyperlink>")
}

const HERE: &str = "w:anchor=\"inledning\"";

/// A rule by its code, and what breaks it.
type Mutation = (u16, fn(&mut Parts));

const MUTATIONS: &[Mutation] = &[
    (201, |parts| _ = parts.remove("_rels/.rels")),
    (202, |parts| _ = parts.remove("word/fontTable.xml")),
    (202, |parts| replace(parts, "[Content_Types].xml", "</Types>", OTHER_PART, 1)),
    (203, |parts| replace(parts, DOCUMENT, "</w:body>", "", 1)),
    (203, |parts| insert(parts, "<w14:p/>")),
    (203, |parts| replace(parts, "word/styles.xml", "?>", "?><!DOCTYPE w>", 1)),
    (204, |parts| insert_paragraph(parts, &text("\u{1}"))),
    (204, |parts| insert_paragraph(parts, &text("&#x1F;"))),
    (205, |parts| insert_paragraph(parts, &link("r:id=\"rId999\"", &text("en sida")))),
    (206, |parts| _ = parts.insert(String::from("word/media/okänd.bin"), Vec::new())),
    (205, |parts| replace(parts, RELATIONS, "</Relationships>", AGAIN, 1)),
    (206, |parts| replace(parts, TYPES, "</Types>", STYLES_AGAIN, 1)),
    (206, |parts| replace(parts, TYPES, "</Types>", "<Default Extension=\"XML\" ContentType=\"a/b\"/></Types>", 1)),
    (207, |parts| replace(parts, TYPES, "document.main+xml", "annat+xml", 1)),
    (207, |parts| replace(parts, TYPES, "wordprocessingml.header+xml", "wordprocessingml.footer+xml", 1)),
    (207, |parts| replace(parts, "word/fontTable.xml", "w:fonts", "w:html", usize::MAX)),
    (207, |parts| {
        replace(parts, "word/header1.xml", "w:hdr", "w:ftr", usize::MAX);
    }),
    (207, |parts| {
        let main = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        replace(parts, TYPES, main, "vnd.ms-word.document.macroEnabled.main+xml", 1);
    }),
    (207, |parts| {
        replace(parts, TYPES, "</Types>", "<Default Extension=\"bin\" ContentType=\"a/b\"/></Types>", 1);
        parts.insert(String::from("word/vbaProject.bin"), Vec::new());
    }),
    (211, |parts| insert_paragraph(parts, &bookmark("9001", "Inledning"))),
    (212, |parts| insert_paragraph(parts, "<w:bookmarkStart w:id=\"9001\" w:name=\"utan_slut\"/>")),
    (212, |parts| insert_paragraph(parts, "<w:bookmarkEnd w:id=\"9001\"/>")),
    (213, |parts| insert_paragraph(parts, &bookmark("9001", &"a".repeat(41)))),
    (213, |parts| insert_paragraph(parts, &bookmark("9001", ""))),
    (214, |parts| insert_paragraph(parts, &bookmark("9001", "a-b"))),
    (215, |parts| insert_paragraph(parts, &(bookmark("9001", "a1") + &bookmark("9001", "a2")))),
    (215, |parts| {
        let within = format!("<w:bookmarkStart w:id=\"9001\" w:name=\"a1\"/>{}", bookmark("9001", "a2"));
        insert_paragraph(parts, &format!("{within}<w:bookmarkEnd w:id=\"9001\"/>"));
    }),
    (221, |parts| insert_paragraph(parts, &link("w:anchor=\"borta\"", &text("en sida")))),
    (221, |parts| insert_paragraph(parts, &link("", &text("en sida")))),
    (221, |parts| insert_paragraph(parts, &field("hyperlink \\l \"borta\"", "en sida"))),
    (222, |parts| insert_paragraph(parts, &link(HERE, ""))),
    (223, |parts| insert_paragraph(parts, &link(HERE, &(text("Läs ") + &text("mer!"))))),
    (223, |parts| insert_paragraph(parts, &link(HERE, &text("Läs vidare")))),
    (224, |parts| insert_paragraph(parts, &link(HERE, &text("https://exempel.se/a/b")))),
    (224, |parts| insert_paragraph(parts, &link(HERE, &text("www.exempel.se/a")))),
    (231, |parts| insert_paragraph(parts, &field("PAGEREF borta \\h", "4"))),
    (231, |parts| {
        let field = format!("<w:fldSimple w:instr=\" REF borta \">{}</w:fldSimple>", text("4.2"));
        insert_paragraph(parts, &field);
    }),
    (232, |parts| insert_paragraph(parts, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>")),
    (232, |parts| insert_paragraph(parts, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")),
    (232, |parts| insert_paragraph(parts, "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>")),
    (233, |parts| insert_paragraph(parts, &field("REF inledning \\h", ""))),
    (233, |parts| insert_paragraph(parts, &field("SEQ Tabell", " "))),
    (233, |parts| insert_paragraph(parts, "<w:fldSimple w:instr=\"TOC \\o\"/>")),
    (234, |parts| replace(parts, "word/settings.xml", "<w:compat>", "<w:updateFields/><w:compat>", 1)),
    (234, |parts| {
        let field = format!("<w:fldSimple w:instr=\"PAGE\" w:dirty=\"true\">{}</w:fldSimple>", text("4"));
        insert_paragraph(parts, &field);
    }),
    (241, |parts| replace(parts, DOCUMENT, "</w:tr>", &format!("{CELL}</w:tr>"), 1)),
    (241, |parts| insert_table(parts, DRESSED, &[HEADER, CELL])),
    (242, |parts| insert_table(parts, DRESSED, &[HEADER, &format!("{CELL}<w:tc></w:tc>")])),
    (242, |parts| {
        let inner = table("", &[ROW]);
        insert_table(parts, DRESSED, &[HEADER, &format!("{CELL}<w:tc>{inner}</w:tc>")]);
    }),
    (242, |parts| replace(parts, "word/header1.xml", "</w:hdr>", &format!("{}</w:hdr>", table("", &[ROW])), 1)),
    (243, |parts| insert(parts, &(table("", &[ROW]) + &table("", &[ROW]) + &paragraph(&text("efter"))))),
    (244, |parts| replace(parts, DOCUMENT, "<w:tblHeader/>", "", 1)),
    (244, |parts| insert_table(parts, DRESSED, &[ROW, HEADER])),
    (245, |parts| {
        let wide = "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p/></w:tc>";
        insert_table(parts, DRESSED, &[HEADER, wide]);
    }),
    (245, |parts| {
        let below = format!("{CELL}<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>");
        insert_table(parts, DRESSED, &[HEADER, &below]);
    }),
    (246, |parts| insert_table(parts, "<w:tblStyle w:val=\"KatalogTabell\"/>", &[HEADER, ROW])),
    (246, |parts| insert_table(parts, "<w:tblBorders/><w:tblCaption w:val=\" \"/>", &[HEADER, ROW])),
    (247, |parts| {
        let columns = "<w:gridCol/>".repeat(64);
        let row = format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>", CELL.repeat(64));
        let table = format!("<w:tbl><w:tblPr>{DRESSED}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{row}{row}</w:tbl>");
        insert(parts, &(table + &paragraph(&text("efter"))));
    }),
    (251, |parts| insert_paragraph(parts, &drawing("id=\"9001\" name=\"Bild\" descr=\" \""))),
    (251, |parts| insert_paragraph(parts, &drawing("id=\"9001\" name=\"Bild\" title=\"bild.png\""))),
    (251, |parts| insert_paragraph(parts, &older_picture(""))),
    (252, |parts| {
        let logo = paragraph(&drawing("id=\"1\" name=\"Logotyp\""));
        replace(parts, "word/header1.xml", "</w:hdr>", &format!("{logo}</w:hdr>"), 1);
    }),
    (253, |parts| insert_paragraph(parts, &drawing("id=\"1\" name=\"Bild\" descr=\"Vad den visar\""))),
    (261, |parts| insert(parts, &heading(2, &text("Först")))),
    (261, |parts| insert(parts, &(heading(1, &text("Först")) + &heading(3, &text("Sedan"))))),
    (262, |parts| {
        replace(parts, "word/styles.xml", "w:outlineLvl", "w:textAlignment", usize::MAX);
        replace(parts, "word/styles.xml", "w:val=\"heading ", "w:val=\"avsnitt ", usize::MAX);
    }),
    (263, |parts| insert(parts, &heading(1, ""))),
    (264, |parts| insert(parts, "<w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>")),
    (271, |parts| insert_paragraph(parts, "<w:pPr><w:pStyle w:val=\"Borta\"/></w:pPr>")),
    (271, |parts| insert_table(parts, &format!("<w:tblStyle w:val=\"Borta\"/>{DRESSED}"), &[HEADER, ROW])),
    (272, |parts| replace(parts, "word/styles.xml", "<w:next w:val=\"BodyText\"/>", "<w:next w:val=\"Borta\"/>", 1)),
    (273, |parts| insert_paragraph(parts, "<w:pPr><w:numPr><w:numId w:val=\"999\"/></w:numPr></w:pPr>")),
    (281, |parts| insert_paragraph(parts, "<w:r><w:footnoteReference w:id=\"999\"/></w:r>")),
    (281, |parts| insert_paragraph(parts, "<w:r><w:commentReference w:id=\"1\"/></w:r>")),
    (282, |parts| {
        let note = format!("<w:footnote w:id=\"999\">{}</w:footnote></w:footnotes>", paragraph(&text("not")));
        replace(parts, "word/footnotes.xml", "</w:footnotes>", &note, 1);
    }),
    (291, |parts| replace(parts, "docProps/core.xml", "dc:title", "dc:subject", usize::MAX)),
    (292, |parts| {
        replace(parts, "word/styles.xml", "<w:lang ", "<w:kern ", usize::MAX);
        replace(parts, "word/settings.xml", "<w:themeFontLang ", "<w:listSeparator ", usize::MAX);
    }),
    (293, |parts| replace(parts, "docProps/core.xml", "dc:creator", "dc:subject", usize::MAX)),
    (295, |parts| insert_paragraph(parts, &colored("<w:color w:val=\"777777\"/>"))),
    (295, |parts| insert_paragraph(parts, &colored("<w:highlight w:val=\"yellow\"/><w:color w:val=\"FFFFFF\"/>"))),
    (295, |parts| replace(parts, "word/styles.xml", "w:val=\"0B5A82\"", "w:val=\"4AA3D0\"", 1)),
];

const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";
const AGAIN: &str = "<Relationship Id=\"rId1\" Type=\"a/b\" Target=\"a\" TargetMode=\"External\"/></Relationships>";
const STYLES_AGAIN: &str = "<Override PartName=\"/Word/styles.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
const OTHER_PART: &str = "<Override PartName=\"/word/borta.xml\" ContentType=\"application/xml\"/></Types>";

fn bookmark(id: &str, name: &str) -> String {
    format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"{id}\"/>")
}

fn heading(level: u8, content: &str) -> String {
    paragraph(&format!("<w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr>{content}"))
}

fn colored(properties: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>svårläst</w:t></w:r>")
}

/// A picture in the language of Word 2003.
fn older_picture(attributes: &str) -> String {
    format!(
        "<w:r><w:pict xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
         <v:shape {attributes}><v:imagedata o:title=\"bild\"/></v:shape></w:pict></w:r>"
    )
}

fn codes(findings: &[Diagnostic]) -> BTreeSet<u16> {
    findings.iter().map(|finding| finding.code.0).collect()
}

#[test]
fn the_sample_is_sound() {
    assert_eq!(inspect(&sound()), []);
}

#[test]
fn a_part_that_is_not_there_is_named_as_the_list_of_types_names_it() {
    let mut parts = sound();
    replace(&mut parts, TYPES, "</Types>", &OTHER_PART.replace("borta.xml", "Borta%20Del.xml"), 1);
    let messages: Vec<String> = inspect(&parts).into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["[Content_Types].xml nämner word/Borta%20Del.xml, som saknas (ECMA-376, del 2)"]);
}

#[test]
fn a_part_that_is_referred_to_and_listed_is_missing_once() {
    let mut parts = sound();
    parts.remove("word/fontTable.xml");
    let found = inspect(&parts);
    assert!(found.len() == 1 && found[0].message.contains("till word/fontTable.xml, som saknas"), "{found:#?}");
}

#[test]
fn a_first_heading_of_another_level_has_a_cure() {
    let mut parts = sound();
    insert(&mut parts, &heading(2, &text("Först")));
    let found = inspect(&parts);
    let [first] = found.as_slice() else { panic!("{found:#?}") };
    assert!(first.message.contains("är dokumentets första rubrik"), "{first}");
    assert!(first.help.as_ref().is_some_and(|help| help.contains("nivå 1 om den är den första")), "{first}");
}

#[test]
fn every_rule_fires_on_what_breaks_it_and_no_other_does() {
    for (index, (code, mutate)) in MUTATIONS.iter().enumerate() {
        let mut parts = sound();
        mutate(&mut parts);
        let findings = inspect(&parts);
        assert_eq!(codes(&findings), BTreeSet::from([*code]), "mutation {index} for K{code}: {findings:#?}");
    }
}

/// What is found in a file's parts is what is found in the file, and it is the same when every collector is told of
/// everything and not only of what it wants.
#[test]
fn the_same_is_found_in_parts_and_by_being_told_all() {
    let of_all: &Elements = Box::leak(Box::new(Elements::all_to_all()));
    let told_all = Inspector { elements: of_all, ..Inspector::of_own_files() };
    let mutations = MUTATIONS.iter().map(|(_, mutate)| *mutate).chain([(|_| {}) as fn(&mut Parts)]);
    for (index, mutate) in mutations.enumerate() {
        let mut parts = sound();
        mutate(&mut parts);
        let found = inspect(&parts);
        let parts: Vec<Part> = parts.into_iter().map(|(name, bytes)| Part { name, bytes }).collect();
        assert_eq!(Inspector::of_own_files().parts("prov.docx", &parts), found, "mutation {index}");
        assert_eq!(told_all.parts("prov.docx", &parts), found, "mutation {index}");
    }
}

#[test]
fn parts_of_one_name_are_told_as_in_the_packed_file() {
    let mut parts = sound();
    parts.insert(String::from("Word/Document.xml"), Vec::new());
    let found = inspect(&parts);
    let parts: Vec<Part> = parts.into_iter().map(|(name, bytes)| Part { name, bytes }).collect();
    assert_eq!(codes(&found), BTreeSet::from([201]));
    assert_eq!(Inspector::of_own_files().parts("prov.docx", &parts), found);
}

#[test]
fn every_rule_has_a_mutation() {
    let mutated: BTreeSet<u16> = MUTATIONS.iter().map(|(code, _)| *code).collect();
    let rules: BTreeSet<u16> = RULES.iter().map(|rule| rule.code.0).collect();
    assert_eq!(mutated, rules);
}

#[test]
fn codes_and_names_are_unique_and_in_order() {
    assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    assert!(RULES.iter().all(|rule| [rule.docs, rule.clause, rule.cure].iter().all(|words| !words.is_empty())));
}

/// What looks like a mistake, and is none.
#[test]
fn what_is_right_is_not_taken_for_wrong() {
    let white_on_dark = "<w:tcPr><w:shd w:val=\"clear\" w:fill=\"1F3864\"/></w:tcPr><w:p>";
    let dark_cell = format!("<w:tc>{white_on_dark}{}</w:p></w:tc>", colored("<w:color w:val=\"FFFFFF\"/>"));
    let both_forms = format!(
        "<w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <mc:Choice Requires=\"wps\">{0}</mc:Choice><mc:Fallback>{0}{0}</mc:Fallback></mc:AlternateContent></w:r>",
        drawing("id=\"9001\" name=\"Form\" descr=\"Vad den visar\"")
    );
    let decorative = "<w:r><w:drawing><wp:inline><wp:docPr id=\"9002\" name=\"Linje\"><a:extLst><a:ext>\
        <adec:decorative xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/>\
        </a:ext></a:extLst></wp:docPr></wp:inline></w:drawing></w:r>";
    let text_box = format!(
        "<w:r><w:drawing><wp:anchor><wp:docPr id=\"9003\" name=\"Ruta\"/><w:txbxContent>{}</w:txbxContent>\
         </wp:anchor></w:drawing></w:r>",
        paragraph(&colored("<w:color w:val=\"FFFFFF\"/>"))
    );
    let list_of_tables = [
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\h \\z \\c \"Tabell\" </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
        &link("w:anchor=\"tabell_1\"", &(text("Tabell 1") + &field("PAGEREF tabell_1 \\h", "4"))),
        "</w:p><w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
    ]
    .concat();
    let right = [
        // A section's bookmark starts in its heading and ends between paragraphs.
        heading(1, &format!("<w:bookmarkStart w:id=\"9001\" w:name=\"tjanst\"/>{}", text("Tjänst")))
            + &paragraph(&text("text"))
            + "<w:bookmarkEnd w:id=\"9001\"/>",
        paragraph(&(field(" REF inledning \\r \\h ", "4.2") + &field(" pageref INLEDNING \\h ", "31"))),
        list_of_tables,
        paragraph(&(link("w:anchor=\"_top\"", &text("till början")) + &link(HERE, &text("exempel.se")))),
        paragraph(
            &(link(HERE, &text("Läs mer om tjänsten")) + &field("PAGE", "") + &field("SEQ Bilaga \\r 0 \\h", "")),
        ),
        paragraph(&link(HERE, &drawing("id=\"9004\" name=\"Knapp\" descr=\"Till början\""))),
        paragraph(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>XE \"ord\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        ),
        paragraph(&(bookmark("9001", "_Om_tjänsten-A/B") + &text("text"))),
        table("<w:tblpPr/>", &[ROW]) + &table("", &[ROW]) + &paragraph(&text("efter")),
        // A column, a row, a page's arrangement, and headings in the first column instead.
        table(DRESSED, &[ROW]) + &paragraph(&text("efter")),
        table("", &[ROW, ROW]) + &paragraph(&text("efter")),
        table(&format!("<w:tblLook w:val=\"0080\"/>{DRESSED}"), &[ROW, ROW]) + &paragraph(&text("efter")),
        table(DRESSED, &[HEADER, &format!("<w:trPr><w:gridAfter w:val=\"1\"/></w:trPr>{CELL}")])
            + &paragraph(&text("efter")),
        table(DRESSED, &[HEADER, &format!("{CELL}{dark_cell}")]) + &paragraph(&text("efter")),
        paragraph(&both_forms),
        paragraph(decorative),
        paragraph(&text_box),
        paragraph(&older_picture("alt=\"Vad den visar\"")),
        paragraph(&colored("<w:color w:val=\"777777\"/><w:sz w:val=\"36\"/>")),
        paragraph(&colored("<w:color w:val=\"auto\"/><w:shd w:val=\"clear\" w:fill=\"000000\"/>")),
        paragraph(&colored("<w:vanish/><w:color w:val=\"FFFFFF\"/>")),
        paragraph(&colored("<w:rPrChange w:id=\"1\"><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr></w:rPrChange>")),
        String::from("<w:p/>") + &paragraph(&text("efter")),
        String::from("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p/>") + &paragraph(&text("efter")),
        paragraph("<w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>text</w:t></w:r>"),
    ];
    for xml in right {
        let mut parts = sound();
        insert(&mut parts, &xml);
        assert_eq!(inspect(&parts), [], "{xml}");
    }
}

#[test]
fn a_template_needs_no_title_and_no_author() {
    let mut parts = sound();
    replace(&mut parts, "[Content_Types].xml", "document.main+xml", "template.main+xml", 1);
    let address = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let core = format!("<a:coreProperties xmlns:a=\"{address}\"/>");
    parts.insert(String::from("docProps/core.xml"), core.into_bytes());
    assert_eq!(inspect(&parts), []);
}

#[test]
fn a_finding_says_where_it_is() {
    let mut parts = sound();
    let dead = link("w:anchor=\"borta\"", &text("ett ställe"));
    let paragraphs = heading(1, &text("Om länkar")) + &paragraph(&dead);
    insert(&mut parts, &paragraphs);
    replace(&mut parts, "word/header1.xml", "</w:hdr>", &format!("{}</w:hdr>", paragraph(&dead)), 1);
    let shown: Vec<String> = inspect(&parts).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.concat(), @"
    prov.docx:1:1: fel[K221]: länken ”ett ställe” leder till bokmärket ”borta”, som inte finns, i sidhuvudet (word/header1.xml, stycke 2) (ECMA-376, del 1, 17.16.22)
      help: rätta bokmärkets namn, eller ta bort länken
    prov.docx:2:1: fel[K221]: länken ”ett ställe” leder till bokmärket ”borta”, som inte finns, under rubriken ”Om länkar” (ECMA-376, del 1, 17.16.22)
      help: rätta bokmärkets namn, eller ta bort länken
    ");
}

#[test]
fn many_findings_of_a_rule_are_counted() {
    let mut parts = sound();
    insert(&mut parts, &paragraph(&link(HERE, &text("här"))).repeat(50));
    let findings = inspect(&parts);
    assert_eq!(findings.len(), 21);
    assert!(findings.iter().any(|finding| finding.message.starts_with("samma sak gäller 30 ställen till i filen")));
}

#[test]
fn poor_contrast_is_told_by_style_and_in_the_theme_s_colours() {
    let mut parts = sound();
    let styles = String::from_utf8(parts["word/styles.xml"].clone()).unwrap();
    let (before, caption) = styles.split_at(styles.find("w:styleId=\"Caption\"").unwrap());
    let light = "<w:color w:val=\"000000\" w:themeColor=\"background2\" w:themeShade=\"BF\"/>";
    let caption = caption.replacen("<w:color w:val=\"12455C\"/>", light, 1);
    parts.insert(String::from("word/styles.xml"), (before.to_owned() + &caption).into_bytes());
    insert(&mut parts, &paragraph(&format!("<w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr>{}", text("Svår att läsa"))));
    let messages: Vec<String> = inspect(&parts).into_iter().map(|finding| finding.message).collect();
    insta::assert_snapshot!(messages.join("\n"), @"texten ”Svår att läsa” (och 12 till) har genom formatmallen ”caption” färgen 96BED2 på FFFFFF: kontrasten är 1,9:1 men ska vara minst 4,5:1 (EN 301 549, 10.1.4.3)");
}

/// Whatever it is: no panic, and a word about it.
#[test]
fn what_is_no_word_file_is_said_to_be_none() {
    let text_file = zip(&Parts::from([(String::from("a.txt"), Vec::new())]));
    let cases: [(&[u8], &str); 5] = [
        (b"", "inget zip-arkiv"),
        (b"%PDF-1.7", "inget zip-arkiv"),
        (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "lösenordsskyddad"),
        (&text_file, "inget Word-dokument"),
        (&text_file[20..], "zip"),
    ];
    for (bytes, words) in cases {
        let findings = word_file("prov.docx", bytes);
        assert!(findings.len() == 1 && findings[0].message.contains(words), "{findings:?}");
    }
}

#[test]
fn a_damaged_file_never_stops_the_program() {
    let parts = sound();
    for part in [DOCUMENT, "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"] {
        let bytes = &parts[part];
        for step in 1..5 {
            let at = bytes.len() * step / 5;
            let mut damaged = parts.clone();
            damaged.insert(part.to_owned(), bytes[..at].to_vec());
            assert!(!inspect(&damaged).is_empty(), "{part} cut at {at}");
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x1F;
            damaged.insert(part.to_owned(), flipped);
            inspect(&damaged);
        }
    }
    let whole = zip(&parts);
    for step in 1..12 {
        let mut flipped = whole.clone();
        let at = whole.len() * step / 12;
        flipped[at] ^= 0xFF;
        word_file("prov.docx", &flipped);
        word_file("prov.docx", &whole[..at]);
    }
}

/// Another program's file: other prefixes, UTF-16, an absolute target, a style that is called something else.
#[test]
fn a_file_of_another_program_is_understood() {
    let main = namespaces::MAIN;
    let wide = |xml: String| {
        xml.encode_utf16().fold(vec![0xFF, 0xFE], |mut bytes, unit| {
            bytes.extend(unit.to_le_bytes());
            bytes
        })
    };
    let relationship = |id: &str, kind: &str, target: &str| {
        let office = namespaces::OFFICE;
        format!("<p:Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relationships = |inner: String| {
        let package = namespaces::RELATIONSHIPS;
        format!("<p:Relationships xmlns:p=\"{package}\">{inner}</p:Relationships>").into_bytes()
    };
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"r\"/><Default Extension=\"xml\" ContentType=\"{word}.document.main+xml\"/>\
         <Override PartName=\"/Format.xml\" ContentType=\"{word}.styles+xml\"/></Types>"
    );
    let styles = format!(
        "<ns0:styles xmlns:ns0=\"{main}\"><ns0:docDefaults><ns0:rPrDefault><ns0:rPr><ns0:lang ns0:val=\"sv-SE\"/></ns0:rPr>\
         </ns0:rPrDefault></ns0:docDefaults><ns0:style ns0:type=\"paragraph\" ns0:styleId=\"Bas\"><ns0:name ns0:val=\"heading 2\"/>\
         </ns0:style><ns0:style ns0:type=\"paragraph\" ns0:styleId=\"Avsnitt\"><ns0:name ns0:val=\"Avsnitt\"/>\
         <ns0:basedOn ns0:val=\"Bas\"/></ns0:style></ns0:styles>"
    );
    let text = format!(
        "<document xmlns=\"{main}\" xmlns:n=\"{main}\"><body><p><pPr><pStyle n:val=\"Avsnitt\"/></pPr><r><t>Rubrik</t></r></p>\
         <p><hyperlink n:anchor=\"borta\"><r><t>Vart då?</t></r></hyperlink></p></body></document>"
    );
    let parts = Parts::from([
        (String::from("[Content_Types].xml"), types.as_bytes().to_vec()),
        (String::from("_rels/.rels"), relationships(relationship("a", "officeDocument", "/text/Main.xml"))),
        (String::from("text/_rels/main.xml.rels"), relationships(relationship("b", "styles", "../format.xml"))),
        (String::from("text/main.xml"), wide(text)),
        (String::from("format.xml"), styles.into_bytes()),
    ]);
    let findings = inspect(&parts);
    // A dead link, a first heading of level 2, no title, no author.
    assert_eq!(codes(&findings), BTreeSet::from([221, 261, 291, 293]), "{findings:#?}");
}

#[test]
fn what_files_have_in_common_is_read_anew_where_they_differ() {
    let mut broken = sound();
    replace(&mut broken, "word/styles.xml", "w:styleId=\"Caption\"", "w:styleId=\"Annat\"", 1);
    let inspector = Inspector::of_own_files();
    for parts in [sound(), sound(), broken.clone(), broken, sound()] {
        let bytes = zip(&parts);
        assert_eq!(inspector.word_file("prov.docx", &bytes), word_file("prov.docx", &bytes));
    }
}

#[test]
fn only_files_of_others_have_a_largest_size() {
    let bytes = zip(&sound());
    assert_eq!(Inspector::of(1_000).word_file("prov.docx", &bytes).len(), 1);
    assert_eq!(Inspector::of_own_files().word_file("prov.docx", &bytes), []);
}
