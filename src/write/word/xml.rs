//! The narrow XML writer: elements are pushed at the end of a text, and every value passes one filter.

/// An attribute: its name and its value.
pub type Attribute<'a> = (&'a str, &'a dyn Value);

/// What an attribute can hold.
pub trait Value {
    /// Writes it, with markup escaped.
    fn write(&self, out: &mut String);
}

/// XML that grows at its end.
#[derive(Debug, Default)]
pub struct Xml(String);

impl Xml {
    /// The start of a part: the declaration, and its root element opened.
    pub fn part(root: &str, namespaces: &[(&str, &str)]) -> Xml {
        let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"));
        let attributes: Vec<Attribute<'_>> = namespaces.iter().map(|(name, uri)| (*name, uri as &dyn Value)).collect();
        xml.open(root, &attributes);
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

    /// Sets room aside for so many bytes more.
    pub fn reserve(&mut self, bytes: usize) {
        self.0.reserve(bytes);
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
    pub fn value(&mut self, name: &str, value: &dyn Value) {
        self.empty(name, &[("w:val", value)]);
    }

    /// The same, where there is a value.
    pub fn optional(&mut self, name: &str, value: Option<impl Value>) {
        if let Some(value) = value {
            self.value(name, &value);
        }
    }

    /// An element that holds text.
    pub fn text(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.content(text);
        self.close(name);
    }

    /// Text in an element that is open.
    pub fn content(&mut self, text: &str) {
        push_filtered(&mut self.0, text);
    }

    /// What is written, to be put into other XML.
    pub fn into_text(self) -> String {
        self.0
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
            value.write(&mut self.0);
            self.0.push('"');
        }
    }
}

impl Value for str {
    fn write(&self, out: &mut String) {
        push_filtered(out, self);
    }
}

impl Value for String {
    fn write(&self, out: &mut String) {
        push_filtered(out, self);
    }
}

impl<V: Value + ?Sized> Value for &V {
    fn write(&self, out: &mut String) {
        (**self).write(out);
    }
}

impl Value for u64 {
    fn write(&self, out: &mut String) {
        push_number(out, *self);
    }
}

impl Value for u32 {
    fn write(&self, out: &mut String) {
        push_number(out, u64::from(*self));
    }
}

impl Value for u8 {
    fn write(&self, out: &mut String) {
        push_number(out, u64::from(*self));
    }
}

impl Value for usize {
    fn write(&self, out: &mut String) {
        push_number(out, *self as u64);
    }
}

impl Value for i32 {
    fn write(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        push_number(out, u64::from(self.unsigned_abs()));
    }
}

/// A whole number: a document has hundreds of thousands of them, and formatting takes several times as long.
fn push_number(out: &mut String, number: u64) {
    let mut digits = [0; 20];
    let (mut first, mut rest) = (digits.len(), number);
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[first..].iter().copied().map(char::from));
}

/// The one way for text into XML: markup is escaped, white space is one space, and what XML or Word cannot hold is dropped.
fn push_filtered(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| LOOKED_AT[usize::from(byte)]) {
        let (clean, from) = rest.split_at(at);
        out.push_str(clean);
        let mut chars = from.chars();
        match chars.next().unwrap_or_default() {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{FFFE}' | '\u{FFFF}' => {}
            control if control.is_control() => {}
            other => out.push(other),
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// The bytes that begin a character which may not stand as it is; all others are copied unseen.
const LOOKED_AT: [bool; 256] = {
    let mut looked_at = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        looked_at[control] = true;
        control += 1;
    }
    let others = [b'&', b'<', b'>', b'"', 0x7F, 0xC2, 0xE2, 0xEF];
    let mut index = 0;
    while index < others.len() {
        looked_at[others[index] as usize] = true;
        index += 1;
    }
    looked_at
};

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(text: &str) -> String {
        let mut out = String::new();
        text.write(&mut out);
        out
    }

    #[test]
    fn every_character_comes_through_as_it_may() {
        for char in '\0'..=char::MAX {
            let expected = match char {
                '&' => String::from("&amp;"),
                '<' => String::from("&lt;"),
                '>' => String::from("&gt;"),
                '"' => String::from("&quot;"),
                '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => String::from(" "),
                '\u{FFFE}' | '\u{FFFF}' => String::new(),
                control if control.is_control() => String::new(),
                other => String::from(other),
            };
            assert_eq!(filtered(&format!("å{char}b")), format!("å{expected}b"), "{char:?}");
        }
    }

    #[test]
    fn numbers_are_written_out() {
        let mut out = String::new();
        let numbers: [&dyn Value; 6] = [&0, &-1, &i32::MIN, &10_u8, &907_u32, &u64::MAX];
        numbers.iter().for_each(|number| number.write(&mut out));
        assert_eq!(out, "0-1-21474836481090718446744073709551615");
    }
}
