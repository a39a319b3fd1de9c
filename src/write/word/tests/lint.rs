//! What has to hold in a package and what no validator sees.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Parts;

/// Everything that is wrong with a package.
pub fn lint(parts: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    for (name, bytes) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        found.extend(illegal_characters(bytes).map(|char| format!("{name}: {char:?}")));
        if let Err(error) = elements(bytes) {
            found.push(format!("{name}: {error}"));
        }
    }
    if found.is_empty() {
        links(parts, &mut found);
        parts_that_are_named(parts, &mut found);
        styles_and_lists(parts, &mut found);
        for name in ["word/document.xml", "word/footnotes.xml"] {
            tables(name, &parts[name], &mut found);
            fields(name, &parts[name], &mut found);
        }
    }
    found
}

/// The text that a reader sees of a part; paragraphs and tabs end with a line break.
pub fn text(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut in_text = false;
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => in_text = start.name().as_ref() == "w:t",
            Event::End(end) => {
                in_text = false;
                if end.name().as_ref() == "w:p" {
                    out.push('\n');
                }
            }
            Event::Text(text) if in_text => out.push_str(&text),
            Event::GeneralRef(reference) if in_text => {
                out.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap());
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// A text as it stands in a file: without what XML cannot hold.
pub fn shown(text: &str) -> String {
    let kept = |char: char| match char {
        '\t' | '\n' => Some(' '),
        char if char.is_control() || "\u{FFFE}\u{FFFF}".contains(char) => None,
        char => Some(char),
    };
    text.chars().filter_map(kept).collect()
}

fn illegal_characters(bytes: &[u8]) -> impl Iterator<Item = char> {
    let illegal = |char: &char| (char.is_control() && *char != '\n') || "\u{FFFE}\u{FFFF}".contains(*char);
    std::str::from_utf8(bytes).unwrap().chars().filter(illegal)
}

/// An element of a part, with its depth and attributes; an end is an element too, named with a slash.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
}

fn elements(bytes: &[u8]) -> Result<Vec<Element>, String> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = true;
    reader.config_mut().expand_empty_elements = true;
    let mut elements = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => {
                depth += 1;
                elements.push(element(&start)?);
            }
            Event::End(end) => {
                depth -= 1;
                let name = format!("/{}", end.name().as_ref());
                elements.push(Element { name, attributes: BTreeMap::new() });
            }
            Event::Eof if depth == 0 => return Ok(elements),
            Event::Eof => return Err(String::from("elements are left open")),
            _ => {}
        }
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?.into_owned();
        attributes.insert(attribute.key.as_ref().to_owned(), value);
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes })
}

fn all<'a>(elements: &'a [Element], name: &str, attribute: &str) -> Vec<&'a str> {
    let named = elements.iter().filter(|element| element.name == name);
    named.filter_map(|element| element.attributes.get(attribute)).map(String::as_str).collect()
}

/// Bookmarks are unique, paired and well named; every link and every reference to a page finds one or an address.
fn links(parts: &Parts, found: &mut Vec<String>) {
    let texts: Vec<(&str, Vec<Element>)> = ["word/document.xml", "word/footnotes.xml"]
        .map(|name| (name, elements(&parts[name]).unwrap()))
        .into_iter()
        .collect();
    let mut names = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for (part, elements) in &texts {
        for name in all(elements, "w:bookmarkStart", "w:name") {
            if !names.insert(name.to_lowercase()) {
                found.push(format!("{part}: bookmark {name} stands twice"));
            }
            if name.len() > 40 {
                found.push(format!("{part}: bookmark {name} is too long"));
            }
        }
        let started = all(elements, "w:bookmarkStart", "w:id");
        let ended = all(elements, "w:bookmarkEnd", "w:id");
        if started.iter().collect::<BTreeSet<_>>() != ended.iter().collect() || started.len() != ended.len() {
            found.push(format!("{part}: bookmarks are not paired: {started:?} {ended:?}"));
        }
        found.extend(
            started.into_iter().filter(|id| !ids.insert(*id)).map(|id| format!("{part}: bookmark id {id} twice")),
        );
    }
    for (part, elements) in &texts {
        let relationships = relationships(parts, part);
        for link in elements.iter().filter(|element| element.name == "w:hyperlink") {
            let anchor = link.attributes.get("w:anchor");
            match link.attributes.get("r:id") {
                Some(id) if relationships.get(id).is_none_or(|(_, external)| !external) => {
                    found.push(format!("{part}: link with unknown address {id}"));
                }
                Some(_) => {}
                None if anchor.is_none_or(|anchor| !names.contains(&anchor.to_lowercase())) => {
                    found.push(format!("{part}: link to missing bookmark {anchor:?}"));
                }
                None => {}
            }
        }
        for id in all(elements, "a:blip", "r:embed").into_iter().chain(all(elements, "w:headerReference", "r:id")) {
            if !relationships.contains_key(id) {
                found.push(format!("{part}: nothing is known of {id}"));
            }
        }
        let drawings = all(elements, "wp:docPr", "id");
        if drawings.iter().collect::<BTreeSet<_>>().len() != drawings.len() {
            found.push(format!("{part}: drawings share a number"));
        }
        if all(elements, "wp:docPr", "descr").iter().any(|words| words.is_empty()) {
            found.push(format!("{part}: a picture without words"));
        }
        for instruction in instructions(&parts[*part]) {
            if let Some(name) = instruction.trim().strip_prefix("PAGEREF ").and_then(|rest| rest.split(' ').next())
                && !names.contains(&name.to_lowercase())
            {
                found.push(format!("{part}: page of missing bookmark {name}"));
            }
        }
    }
    let notes = all(&texts[0].1, "w:footnoteReference", "w:id");
    let written = all(&texts[1].1, "w:footnote", "w:id");
    if notes != written[2..] {
        found.push(format!("notes {notes:?} are not those of the text {written:?}"));
    }
}

fn instructions(bytes: &[u8]) -> Vec<String> {
    let xml = std::str::from_utf8(bytes).unwrap();
    let mut instructions: Vec<String> = xml.split("<w:instrText xml:space=\"preserve\">").map(String::from).collect();
    instructions.remove(0);
    instructions.into_iter().map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// Target of each relationship of a part, and whether it is outside.
fn relationships(parts: &Parts, of: &str) -> BTreeMap<String, (String, bool)> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let Some(bytes) = parts.get(&format!("{folder}/_rels/{name}.rels")) else {
        return BTreeMap::new();
    };
    let elements = elements(bytes).unwrap();
    let of_element = |element: &Element| {
        let external = element.attributes.contains_key("TargetMode");
        (element.attributes["Id"].clone(), (element.attributes["Target"].clone(), external))
    };
    elements.iter().filter(|element| element.name == "Relationship").map(of_element).collect()
}

fn parts_that_are_named(parts: &Parts, found: &mut Vec<String>) {
    for part in ["word/document.xml", "word/footnotes.xml"] {
        for (target, external) in relationships(parts, part).into_values() {
            if !external && !parts.contains_key(&format!("word/{target}")) {
                found.push(format!("{part}: {target} is missing"));
            }
        }
    }
    for name in all(&elements(&parts["[Content_Types].xml"]).unwrap(), "Override", "PartName") {
        if !parts.contains_key(&name[1..]) {
            found.push(format!("{name} is listed and missing"));
        }
    }
}

/// Every style and list that a paragraph names is defined.
fn styles_and_lists(parts: &Parts, found: &mut Vec<String>) {
    let styles = elements(&parts["word/styles.xml"]).unwrap();
    let lists = elements(&parts["word/numbering.xml"]).unwrap();
    let defined: BTreeSet<&str> = all(&styles, "w:style", "w:styleId").into_iter().collect();
    let counted: BTreeSet<&str> = all(&lists, "w:num", "w:numId").into_iter().chain(["0"]).collect();
    for (name, bytes) in parts.iter().filter(|(name, _)| name.starts_with("word/") && name.ends_with(".xml")) {
        let elements = elements(bytes).unwrap();
        let named = ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"];
        let missing = named.iter().flat_map(|kind| all(&elements, kind, "w:val")).filter(|id| !defined.contains(id));
        found.extend(missing.map(|id| format!("{name}: no style {id}")));
        if name == "word/document.xml" || name == "word/footnotes.xml" {
            let missing = all(&elements, "w:numId", "w:val").into_iter().filter(|id| !counted.contains(id));
            found.extend(missing.map(|id| format!("{name}: no list {id}")));
        }
    }
}

/// Rows have a cell for each column of the grid, cells end in a paragraph, and two tables never touch.
fn tables(part: &str, bytes: &[u8], found: &mut Vec<String>) {
    let elements = elements(bytes).unwrap();
    let (mut columns, mut cells) = (0, 0);
    let mut before = "";
    for element in &elements {
        match element.name.as_str() {
            "w:tbl" if before == "/w:tbl" => found.push(format!("{part}: two tables touch")),
            "w:tbl" => columns = 0,
            "w:gridCol" => columns += 1,
            "w:tr" => cells = 0,
            "w:tc" => cells += 1,
            "/w:tr" if cells != columns => found.push(format!("{part}: {cells} cells in a grid of {columns}")),
            "/w:tc" if before != "/w:p" => found.push(format!("{part}: a cell does not end in a paragraph")),
            "w:sectPr" | "/w:footnote" if before == "/w:tbl" => found.push(format!("{part}: ends with a table")),
            _ => {}
        }
        before = &element.name;
    }
    let described = all(&elements, "w:tblCaption", "w:val").len();
    if described != elements.iter().filter(|element| element.name == "w:tbl").count() {
        found.push(format!("{part}: a table without words"));
    }
}

/// Each field has its start, its separator and its end, in this order.
fn fields(part: &str, bytes: &[u8], found: &mut Vec<String>) {
    let mut open: Vec<&str> = Vec::new();
    let elements = elements(bytes).unwrap();
    for mark in all(&elements, "w:fldChar", "w:fldCharType") {
        let right = match mark {
            "begin" => true,
            "separate" => open.pop() == Some("begin"),
            _ => open.pop() == Some("separate"),
        };
        if !right {
            found.push(format!("{part}: {mark} of a field at a wrong place"));
        }
        if mark != "end" {
            open.push(mark);
        }
    }
    if !open.is_empty() {
        found.push(format!("{part}: a field is left open"));
    }
}
