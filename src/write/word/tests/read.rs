//! What a reader sees of a part.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The text of a part; paragraphs end with a line break.
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
