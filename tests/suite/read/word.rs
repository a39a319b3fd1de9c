//! Word files: the parts of the package, and what the main part says.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Collector, Text};
use crate::door::Files;

/// The parts of a package by name.
pub fn unzip(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Files::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(parts.insert(name.clone(), bytes).is_none(), "{name} stands twice in the package");
    }
    parts
}

/// A piece of a part.
#[derive(Debug)]
pub enum Node {
    Start(String, BTreeMap<String, String>),
    End(String),
    Text(String),
}

/// The nodes of a part; panics when it is not well formed.
pub fn nodes(name: &str, bytes: &[u8]) -> Vec<Node> {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    reader.config_mut().expand_empty_elements = true;
    let mut nodes = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(start) => {
                depth += 1;
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                    (attribute.key.as_ref().to_string(), value)
                });
                nodes.push(Node::Start(start.name().as_ref().to_string(), attributes.collect()));
            }
            Event::End(end) => {
                depth -= 1;
                nodes.push(Node::End(end.name().as_ref().to_string()));
            }
            Event::Text(text) => nodes.push(Node::Text(text.to_string())),
            Event::GeneralRef(reference) => {
                let numbered = reference.resolve_char_ref().ok().flatten().map(String::from);
                let letters = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_string);
                nodes.push(Node::Text(numbered.or_else(letters).unwrap_or_else(|| panic!("{name}: &{reference:?};"))));
            }
            Event::Eof => {
                assert_eq!(depth, 0, "{name} ends too early");
                return nodes;
            }
            _ => {}
        }
    }
}

/// An attribute of every element of a name.
pub fn all(nodes: &[Node], element: &str, attribute: &str) -> Vec<String> {
    let value = |node: &Node| match node {
        Node::Start(name, attributes) if name == element => attributes.get(attribute).cloned(),
        _ => None,
    };
    nodes.iter().filter_map(value).collect()
}

/// The text of the fields' instructions.
pub fn instructions(nodes: &[Node]) -> Vec<String> {
    let mut instructions = Vec::new();
    let mut inside = false;
    for node in nodes {
        match node {
            Node::Start(name, _) if name == "w:instrText" => {
                inside = true;
                instructions.push(String::new());
            }
            Node::End(name) if name == "w:instrText" => inside = false,
            Node::Text(text) if inside => instructions.last_mut().unwrap().push_str(text),
            _ => {}
        }
    }
    instructions
}

/// The letters that are seen of a part, runs of white space as one space.
pub fn visible(name: &str, bytes: &[u8]) -> String {
    let mut collector = Collector::default();
    let nodes = nodes(name, bytes);
    read(&nodes, &mut collector);
    collector.finish().words.join(" ")
}

/// The text of a document below its cover and contents.
pub fn text(docx: &[u8]) -> Text {
    text_of(&unzip(docx))
}

/// The same of a package's parts.
pub fn text_of(parts: &Files) -> Text {
    let body = nodes("word/document.xml", &parts["word/document.xml"]);
    let is_contents_end = |node: &Node| matches!(node, Node::End(name) if name == "w:sdt");
    let start = body.iter().position(is_contents_end).expect("the document has contents");
    let mut collector = Collector::default();
    read(&body[start..], &mut collector);
    let notes = nodes("word/footnotes.xml", &parts["word/footnotes.xml"]);
    for node in notes.split(|node| matches!(node, Node::Start(name, _) if name == "w:footnote")).skip(1) {
        // The first two are the lines that set notes off from the text.
        let is_mark = |node: &Node| matches!(node, Node::Start(name, _) if name.ends_with("eparator"));
        if !node.iter().any(is_mark) {
            collector.start_note();
            read(node, &mut collector);
            collector.end_note();
        }
    }
    collector.finish()
}

/// Only Word has pages: the lists of tables and figures, and the pages of references, are left out.
fn read(nodes: &[Node], collector: &mut Collector) {
    let (mut in_text, mut in_instruction, mut in_page) = (false, false, false);
    let (mut is_heading, mut is_listed) = (false, false);
    let mut paragraph = String::new();
    for node in nodes {
        match node {
            Node::Start(name, attributes) => match name.as_str() {
                "w:p" => (is_heading, is_listed) = (false, false),
                "w:pStyle" => {
                    is_heading = attributes["w:val"].starts_with("Heading");
                    is_listed = matches!(attributes["w:val"].as_str(), "TOCHeading" | "TableofFigures");
                }
                "w:t" => in_text = !in_page,
                "w:instrText" => in_instruction = true,
                "w:fldChar" if attributes["w:fldCharType"] == "end" => in_page = false,
                "w:tab" | "w:br" => paragraph.push(' '),
                _ => {}
            },
            Node::End(name) => match name.as_str() {
                "w:t" => in_text = false,
                "w:instrText" => in_instruction = false,
                "w:p" if is_listed => paragraph.clear(),
                "w:p" => {
                    // Where Word does not count a heading itself, its number is written, with an en space after it.
                    let written = paragraph.split_once('\u{2002}').filter(|_| is_heading);
                    collector.push(written.map_or(paragraph.as_str(), |(_, text)| text));
                    collector.part();
                    paragraph.clear();
                }
                _ => {}
            },
            Node::Text(text) if in_text => paragraph.push_str(text),
            Node::Text(text) if in_instruction && text.trim_start().starts_with("PAGEREF") => {
                in_page = true;
                paragraph.truncate(paragraph.strip_suffix(",\u{a0}s.\u{a0}").map_or(paragraph.len(), str::len));
            }
            Node::Text(_) => {}
        }
    }
}

/// How the text is put together: headings and tables, without their words.
pub fn outline(docx: &[u8]) -> Vec<String> {
    let parts = unzip(docx);
    let body = nodes("word/document.xml", &parts["word/document.xml"]);
    let start = body.iter().position(|node| matches!(node, Node::End(name) if name == "w:sdt")).unwrap();
    let mut outline = Vec::new();
    let (mut rows, mut columns, mut is_header, mut in_drawing) = (0, 0, false, false);
    for node in &body[start..] {
        match node {
            Node::Start(name, attributes) => match name.as_str() {
                "w:pStyle" => {
                    let level = attributes["w:val"].strip_prefix("Heading").and_then(|level| level.parse::<u8>().ok());
                    outline.extend(level.map(|level| format!("h{}", (level + 1).min(6))));
                }
                "w:tbl" => (rows, columns) = (0, 0),
                "w:gridCol" => columns += 1,
                "w:tr" => is_header = false,
                "w:tblHeader" => is_header = true,
                "w:drawing" => in_drawing = true,
                _ => {}
            },
            Node::End(name) => match name.as_str() {
                "w:tr" if !is_header => rows += 1,
                "w:tbl" => outline.push(format!("tabell {rows}×{columns}")),
                "w:drawing" if std::mem::take(&mut in_drawing) => outline.push("bild".into()),
                _ => {}
            },
            Node::Text(_) => {}
        }
    }
    outline
}

/// The cells of every table's rows.
pub fn rows(docx: &[u8]) -> Vec<Vec<String>> {
    let parts = unzip(docx);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let (mut in_cell, mut in_text) = (false, false);
    for node in nodes("word/document.xml", &parts["word/document.xml"]) {
        match node {
            Node::Start(name, _) => match name.as_str() {
                "w:tr" => rows.push(Vec::new()),
                "w:tc" => {
                    in_cell = true;
                    rows.last_mut().unwrap().push(String::new());
                }
                "w:t" => in_text = in_cell,
                "w:br" if in_cell => rows.last_mut().unwrap().last_mut().unwrap().push(' '),
                _ => {}
            },
            Node::End(name) => match name.as_str() {
                "w:tc" => in_cell = false,
                "w:t" => in_text = false,
                _ => {}
            },
            Node::Text(text) if in_text => rows.last_mut().unwrap().last_mut().unwrap().push_str(&text),
            Node::Text(_) => {}
        }
    }
    rows
}
