//! Markdown to Word, HTML and Markdown: what the tree holds is written so that every part is well-formed XML.
#![no_main]

use std::borrow::Cow;
use std::io::{Cursor, Read};

use katalog::document::{Block, Document, Publication};
use katalog::markdown::{Lookup, parse};
use katalog::write::word::{self, Look};
use libfuzzer_sys::fuzz_target;
use quick_xml::Reader;
use quick_xml::events::Event;

struct Names;

impl Lookup for Names {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        Ok(Cow::Owned(id.to_string()))
    }

    fn text(&self, _: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        None
    }

    fn check_picture(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }

    fn check_figure(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }
}

fuzz_target!(|text: &str| {
    // What has problems is never published, but a writer must not trust that.
    let blocks = parse(text, &Names).blocks;
    let mut document = Document { name: "a".into(), stem: "a".into(), blocks, contents: true, ..Document::default() };
    document.metadata.title = text.chars().take(100).collect();
    let mut publication = Publication::default();
    publication.documents.push(document);
    let document = &publication.documents[0];
    let bytes = word::document(&Look::default(), &publication, document, None).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for at in 0..archive.len() {
        let mut part = String::new();
        archive.by_index(at).unwrap().read_to_string(&mut part).unwrap();
        assert_well_formed(&part);
    }
    katalog::write::markdown::document(&publication, document, true);
});

fn assert_well_formed(part: &str) {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && c != '\u{FFFE}' && c != '\u{FFFF}');
    assert!(part.chars().all(is_allowed), "a character that XML cannot hold");
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
            }
            Event::Empty(empty) => empty.attributes().for_each(|attribute| drop(attribute.unwrap())),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}
