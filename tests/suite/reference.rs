//! The region's own Word template: named in `katalog.yaml` or on the command line, and refused with a cure.

use crate::door::{SMALL, Workspace};
use crate::read::word::unzip;

/// A Word file to take for a template: one of our own, whose main text goes at its own cover's place.
fn template() -> &'static [u8] {
    let (_, bytes) = SMALL.iter().find(|(path, _)| path.ends_with(".docx")).expect("the fixture publishes Word files");
    bytes
}

/// The small fixture with a line more in `katalog.yaml`.
fn with_key(line: &str) -> Workspace {
    Workspace::of("liten").replacing("content/katalog.yaml", "organisation:", &format!("{line}\norganisation:"))
}

#[test]
fn a_template_in_the_content_folder_serves_every_document() {
    let workspace = with_key("wordmall: mallar/region.docx").with("content/mallar/region.docx", template());
    let run = workspace.run(&["build"]);
    assert_eq!((run.code, run.codes()), (0, vec!["K305"]), "{}", run.stderr);
    let documents: Vec<_> = workspace.output().into_iter().filter(|(path, _)| path.ends_with(".docx")).collect();
    assert_eq!(documents.len(), SMALL.keys().filter(|path| path.ends_with(".docx")).count());
    for (path, bytes) in documents {
        let (parts, given) = (unzip(&bytes), unzip(template()));
        assert_eq!(parts["word/styles.xml"], given["word/styles.xml"], "{path}: the template has every style");
        docx_rs::read_docx(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

#[test]
fn a_template_that_is_not_there_is_told_at_its_line_and_nothing_is_written() {
    let workspace = with_key("wordmall: mallar/saknas.dotx");
    for command in ["build", "check"] {
        let run = workspace.run(&[command]);
        assert_eq!((run.code, run.codes()), (1, vec!["K301"]), "{command}: {}", run.stderr);
        assert!(run.findings()[0].starts_with("content/katalog.yaml:1:11: fel[K301]: Wordmallen "), "{}", run.stderr);
    }
    assert!(workspace.output().is_empty());
}

#[test]
fn the_command_line_goes_before_the_file() {
    let workspace = with_key("wordmall: saknas.dotx").with("egen.docx", template());
    let run = workspace.run(&["build", "--reference", "egen.docx"]);
    assert_eq!((run.code, run.codes()), (0, vec!["K305"]), "{}", run.stderr);
    let run = workspace.run(&["build", "--reference", "content/katalog.yaml"]);
    assert_eq!((run.code, run.codes()), (1, vec!["K301"]), "{}", run.stderr);
    assert!(run.stderr.contains("help: ange en fil som är sparad i Word"), "{}", run.stderr);
}

#[test]
fn a_template_is_not_asked_for_where_no_word_file_is_written() {
    let run = with_key("wordmall: saknas.dotx").run(&["build", "--format", "markdown"]);
    assert_eq!((run.code, run.codes()), (0, vec![]), "{}", run.stderr);
}

#[test]
fn a_style_that_the_template_does_not_have_is_told_at_its_line() {
    let key = "wordmall: region.docx\nwordformat: {Katalogtabell: Regiontabell}";
    let run = with_key(key).with("content/region.docx", template()).run(&["check"]);
    assert_eq!(run.codes(), ["K305", "K302"], "{}", run.stderr);
    assert!(run.stderr.contains("content/katalog.yaml:2:29: fel[K302]"), "{}", run.stderr);
    // One that the documents do not have, at its own name.
    let key = "wordmall: region.docx\nwordformat:\n  Katalogtabel:\n    Table Grid";
    let run = with_key(key).with("content/region.docx", template()).run(&["check"]);
    assert!(run.stderr.contains("content/katalog.yaml:3:3: fel[K302]"), "{}", run.stderr);
}

#[test]
fn a_style_that_the_documents_do_not_have_is_told_without_a_template_too() {
    for (line, told) in [
        ("wordformat: {Katalogtabel: Regiontabell, heading 1: Regionrubrik}", vec!["Katalogtabel"]),
        ("wordformat: {\"\": Regiontabell}", vec![""]),
    ] {
        let run = with_key(line).run(&["check"]);
        let told: Vec<_> =
            told.iter().map(|name| format!("fel[K302]: dokumenten har ingen formatmall ”{name}”")).collect();
        assert_eq!((run.code, run.codes()), (1, vec!["K302"; told.len()]), "{line}: {}", run.stderr);
        assert!(told.iter().all(|told| run.stderr.contains(told)), "{line}: {}", run.stderr);
    }
}

#[test]
fn what_is_wrong_with_the_template_is_told_once_and_of_the_template() {
    let broken =
        changed(template(), "word/styles.xml", "<w:basedOn w:val=\"Normal\"/>", "<w:basedOn w:val=\"Saknas\"/>");
    let workspace = Workspace::of("liten").with("region.docx", broken);
    let run = workspace.run(&["build", "--reference", "region.docx"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told: Vec<&str> = run.findings().into_iter().filter(|finding| finding.contains("”Saknas”")).collect();
    assert!(!told.is_empty() && told.iter().all(|finding| finding.starts_with("region.docx:")), "{told:?}");
    let once: std::collections::BTreeSet<&&str> = told.iter().collect();
    assert_eq!(once.len(), told.len());
    assert_eq!(workspace.run(&["build", "--reference", "region.docx", "--strict"]).code, 1);
}

/// Its headers come along, and its sample text does not. The fixture's template has no pages in landscape: they get a
/// header of their own, made of its header.
#[test]
fn what_a_template_gives_every_document_is_told_once_by_a_check_too() {
    let field = |name: &str| {
        format!("<w:p><w:fldSimple w:instr=\" REF {name} \"><w:r><w:t>Namn</w:t></w:r></w:fldSimple></w:p></w:hdr>")
    };
    let place = "<w:body><w:bookmarkStart w:id=\"901\" w:name=\"exempel\"/><w:bookmarkEnd w:id=\"901\"/>";
    let with_place = changed(template(), "word/document.xml", "<w:body>", place);
    let cases = [
        ("exempel", "content/katalog.yaml:1:11: varning[K301]: Wordmallen content/region.docx ger dokumenten ett fel"),
        ("borta", "content/region.docx:1:1: varning[K231]: fältet ”REF borta” hänvisar till bokmärket ”borta”"),
    ];
    for (name, told) in cases {
        let bytes = changed(&with_place, "word/header1.xml", "</w:hdr>", &field(name));
        let workspace = with_key("wordmall: region.docx").with("content/region.docx", bytes);
        for command in ["check", "build"] {
            let run = workspace.run(&[command]);
            assert_eq!((run.code, run.findings().len()), (0, 2), "{name}, {command}: {}", run.stderr);
            assert!(run.findings().iter().any(|finding| finding.starts_with(told)), "{command}: {}", run.stderr);
        }
        assert!(workspace.output().keys().any(|path| path.ends_with(".docx")), "{name}: it keeps nothing back");
    }
}

#[test]
fn a_template_that_swells_is_refused() {
    let comment = format!("<!--{}--></w:styles>", " ".repeat(9 << 20));
    let swollen = changed(template(), "word/styles.xml", "</w:styles>", &comment);
    assert!(swollen.len() < 1 << 20);
    let run = Workspace::of("liten").with("mall.docx", swollen).run(&["build", "--reference", "mall.docx"]);
    assert!(run.code == 1 && run.stderr.contains("mer än 8 MB uppackade"), "{}", run.stderr);
}

/// What Word would refuse in a document is refused in the template that it would come from, and found in any file.
#[test]
fn what_is_not_well_formed_is_refused_with_its_part_and_found_in_any_file() {
    let (types, styles, theme) = ("[Content_Types].xml", "word/styles.xml", "word/theme/theme1.xml");
    let cases = [
        (styles, "<w:styles", "<!--\u{1}--><w:styles", "K204"),
        (styles, "<w:styles", "<?a \u{1}?><w:styles", "K204"),
        (styles, "<w:docDefaults>", "<w:docDefaults w:a=\"\u{1}\">", "K204"),
        (theme, "name=\"", "name=\"\u{FFFE}", "K204"),
        (types, "<Types", "<!--\u{1}--><Types", "K204"),
        (types, "<Types", "<!-- a -- b --><Types", "K203"),
        (styles, "<w:styles", "<!-- a -- b --><w:styles", "K203"),
        (styles, "<w:docDefaults>", "<w:docDefaults w:a=\"<\">", "K203"),
        (styles, "<w:docDefaults>", "]]><w:docDefaults>", "K203"),
    ];
    for (part, words, by, code) in cases {
        let broken = changed(template(), part, words, by);
        let workspace = Workspace::of("liten").with("mall.docx", broken);
        let run = workspace.run(&["build", "--reference", "mall.docx"]);
        assert_eq!((run.code, run.codes()), (1, vec!["K301"]), "{by}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("delen {part} i filen går inte att läsa")), "{by}: {}", run.stderr);
        assert!(workspace.output().is_empty(), "{by}");
        let run = workspace.run(&["check", "--word", "mall.docx"]);
        assert!(run.code == 1 && run.codes().contains(&code), "{by}: {}", run.stderr);
    }
}

/// So is what is not what it is used as, is missing, or is said twice.
#[test]
fn what_is_not_what_it_is_used_as_is_refused_with_its_part_and_found_in_any_file() {
    let (types, relations, header) = ("[Content_Types].xml", "word/_rels/document.xml.rels", "word/header1.xml");
    let again = "<Relationship Id=\"rId1\" Type=\"a/b\" Target=\"a\" TargetMode=\"External\"/></Relationships>";
    let (known, unknown) = ("<Default Extension=\"xml\"", "<Default Extension=\"XML\" ContentType=\"a/b\"/>");
    let both = format!("{unknown}{known}");
    let twice = "<Override PartName=\"/word/styles.xml\" ContentType=\"a/b\"/></Types>";
    let kind = "wordprocessingml.header+xml";
    let cases = [
        (
            relations,
            "</Relationships>",
            again,
            "K205",
            "word/_rels/document.xml.rels i filen går inte att läsa: relationen rId1",
        ),
        (
            header,
            "<w:hdr ",
            "<w:hdr r:id=\"rId99\" ",
            "K205",
            "den är inte hel: word/header1.xml använder relationen rId99, som inte finns",
        ),
        (types, known, &both, "K206", "[Content_Types].xml i filen går inte att läsa: den säger två gånger vad filer"),
        (
            types,
            "</Types>",
            twice,
            "K206",
            "[Content_Types].xml i filen går inte att läsa: den säger två gånger vad delen",
        ),
        (types, kind, "annat+xml", "K207", "den är inte hel: word/header1.xml används som sidhuvud, men har typen"),
        (header, "hdr", "ftr", "K207", "den är inte hel: word/header1.xml används som sidhuvud, men börjar med"),
        (
            relations,
            "header1.xml",
            "borta.xml",
            "K202",
            "den är inte hel: word/document.xml hänvisar till word/borta.xml",
        ),
    ];
    for (part, words, by, code, told) in cases {
        let times = if part == header { usize::MAX } else { 1 };
        let workspace = Workspace::of("liten").with("mall.docx", changed_so_often(template(), part, words, by, times));
        let run = workspace.run(&["build", "--reference", "mall.docx"]);
        assert_eq!((run.code, run.codes()), (1, vec!["K301"]), "{by}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{by}: {}", run.stderr);
        let run = workspace.run(&["check", "--word", "mall.docx"]);
        assert!(run.code == 1 && run.codes().contains(&code), "{by}: {}", run.stderr);
    }
}

/// A package with the first of some words of a part replaced, which must be there.
fn changed(package: &[u8], part: &str, words: &str, by: &str) -> Vec<u8> {
    changed_so_often(package, part, words, by, 1)
}

fn changed_so_often(package: &[u8], part: &str, words: &str, by: &str, times: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in unzip(package) {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let bytes = if name == part {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(words), "{part} has no {words:?}");
            text.replacen(words, by, times).into_bytes()
        } else {
            bytes
        };
        std::io::Write::write_all(&mut zip, &bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
