//! The narrow XML writer: elements are pushed at the end of a text, and every value passes one filter.

use std::fmt::{self, Display, Write};

/// An attribute: its name and its value.
pub type Attribute<'a> = (&'a str, &'a dyn Display);

/// XML that grows at its end.
#[derive(Debug, Default)]
pub struct Xml(String);

impl Xml {
    /// The start of a part: the declaration, and its root element opened.
    pub fn part(root: &str, namespaces: &[Attribute<'_>]) -> Xml {
        let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"));
        xml.open(root, namespaces);
        xml
    }

    /// The finished part, with its root element closed.
    pub fn finish(mut self, root: &str) -> Vec<u8> {
        self.close(root);
        self.0.into_bytes()
    }

    /// What has been written before, to be gone on with.
    pub fn started(text: String) -> Xml {
        Xml(text)
    }

    /// What is written so far.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts something else in the place of all that was written from a position on.
    pub fn rewrite(&mut self, position: usize, change: impl FnOnce(&str) -> String) {
        let changed = change(&self.0[position..]);
        self.0.truncate(position);
        self.0.push_str(&changed);
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.start(name, attributes);
        self.0.push('>');
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.start(name, attributes);
        self.0.push_str("/>");
    }

    /// An element whose one attribute is `w:val`, as most properties are.
    pub fn value(&mut self, name: &str, value: &dyn Display) {
        self.empty(name, &[("w:val", value)]);
    }

    /// The same, where there is a value.
    pub fn optional(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.value(name, &value);
        }
    }

    /// An element that holds text.
    pub fn text(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        push_filtered(&mut self.0, text);
        self.close(name);
    }

    /// XML that is known to be well formed, such as a part of the same package.
    pub fn raw(&mut self, xml: &str) {
        self.0.push_str(xml);
    }

    /// Where the next element will stand; a place to insert at later.
    pub fn position(&self) -> usize {
        self.0.len()
    }

    /// Puts `xml` in at a position that was asked for before.
    pub fn insert(&mut self, position: usize, xml: &Xml) {
        self.0.insert_str(position, &xml.0);
    }

    fn start(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            // Writing to a text does not fail.
            let _ = write!(Filter(&mut self.0), "{value}");
            self.0.push('"');
        }
    }
}

/// Lets any value be written through the filter.
struct Filter<'a>(&'a mut String);

impl Write for Filter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        push_filtered(self.0, text);
        Ok(())
    }
}

/// The one way for text into XML: markup is escaped, white space is one space, and what XML or Word cannot hold is dropped.
fn push_filtered(out: &mut String, text: &str) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
}
