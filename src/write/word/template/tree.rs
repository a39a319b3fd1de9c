//! XML of someone else's that is changed in places: what is not changed is written again as it was read.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::office::namespaces;
use crate::office::xml::{DTD, EMPTY, UNFINISHED, explained};

/// The namespace of Word's elements in the format's strict form.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// Nested deeper than this, a part is made to break its reader.
const DEEPEST: usize = 200;

/// A part: what stands before its root element, and the root.
#[derive(Debug, Clone)]
pub struct Tree {
    head: String,
    pub root: Element,
}

/// An element, or anything else just as it stood: text, a comment, an instruction.
#[derive(Debug, Clone)]
pub enum Node {
    Element(Element),
    Raw(String),
}

/// An element with its name and attributes as they stood.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Between `<` and `>`, without the slash of an empty element.
    tag: String,
    name_length: usize,
    /// Whether it was closed by an end tag although there was nothing in it.
    spelled_out: bool,
    pub children: Vec<Node>,
}

impl Tree {
    /// Reads a part; the error says what is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Tree, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| String::from("den är inte skriven i UTF-8"))?;
        let mut nodes = parse(text.strip_prefix('\u{FEFF}').unwrap_or(text))?.into_iter();
        let mut head = String::new();
        for node in nodes.by_ref() {
            match node {
                Node::Raw(raw) => head.push_str(&raw),
                Node::Element(root) if root.any(Element::renames_words_own) => {
                    return Err(String::from("den kallar Words element något annat än w:, som Word alltid gör"));
                }
                Node::Element(root) => return Ok(Tree { head, root }),
            }
        }
        Err(String::from(EMPTY))
    }

    /// The part again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.head.clone();
        self.root.write(&mut out);
        out.into_bytes()
    }

    /// The part up to the content of its root element.
    pub fn opening(&self) -> String {
        format!("{}<{}>", self.head, self.root.tag)
    }
}

/// The nodes of a piece of XML.
fn parse(text: &str) -> Result<Vec<Node>, String> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut nodes = Vec::new();
    let mut position = 0;
    loop {
        let event = reader.read_event().map_err(|error| explained(&error, reader.error_position()))?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
        let raw = &text[position..end];
        position = end;
        let node = match event {
            Event::Start(start) => {
                if open.len() == DEEPEST {
                    return Err(String::from("element står i fler nivåer än något riktigt Word-dokument har"));
                }
                open.push(Element { spelled_out: true, ..Element::of(&start) });
                continue;
            }
            Event::End(_) => match open.pop() {
                Some(element) => Node::Element(element),
                None => return Err(String::from(UNFINISHED)),
            },
            Event::Empty(start) => Node::Element(Element::of(&start)),
            Event::DocType(_) => return Err(String::from(DTD)),
            Event::Eof if open.is_empty() => return Ok(nodes),
            Event::Eof => return Err(String::from(UNFINISHED)),
            _ => Node::Raw(raw.to_owned()),
        };
        open.last_mut().map_or(&mut nodes, |element| &mut element.children).push(node);
    }
}

impl Node {
    /// Text, in which control characters are spaces.
    pub fn text(text: &str) -> Node {
        let clean: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        Node::Raw(escaped(&clean))
    }

    /// Writes it at the end of a text.
    pub fn write(&self, out: &mut String) {
        match self {
            Node::Element(element) => element.write(out),
            Node::Raw(raw) => out.push_str(raw),
        }
    }
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Element {
        let tag: &str = start;
        Element { tag: tag.to_owned(), name_length: start.name().as_ref().len(), ..Element::default() }
    }

    /// The elements of a piece of XML that we have written ourselves.
    pub fn all_of(xml: &str) -> Vec<Element> {
        let nodes = parse(xml).unwrap_or_default().into_iter();
        nodes.filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None }).collect()
    }

    /// An element without content; `tag` is its name and attributes.
    pub fn new(tag: &str) -> Element {
        let name_length = tag.find(char::is_whitespace).unwrap_or(tag.len());
        Element { tag: tag.to_owned(), name_length, ..Element::default() }
    }

    /// The name, with its prefix.
    pub fn name(&self) -> &str {
        &self.tag[..self.name_length]
    }

    /// The name without its prefix.
    pub fn local_name(&self) -> &str {
        local(self.name())
    }

    /// The attributes; one that cannot be read is left out.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let start = BytesStart::from_content(self.tag.as_str(), self.name_length);
        let read = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let value = quick_xml::escape::unescape(&attribute.value).ok()?.into_owned();
            Some((attribute.key.as_ref().to_owned(), value))
        };
        start.attributes().filter_map(|attribute| attribute.ok().and_then(read)).collect()
    }

    /// Whether Word's elements are called otherwise than by Word below here, or something else as they are: elements are
    /// looked for, and taken out, by the names that Word gives them.
    fn renames_words_own(&self) -> bool {
        let is_words = |address: &str| [namespaces::MAIN, STRICT].contains(&address);
        let of_prefix = |key: &str| key.strip_prefix("xmlns").map(|prefix| prefix == ":w");
        self.attributes().iter().any(|(key, address)| of_prefix(key).is_some_and(|is_w| is_w != is_words(address)))
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// `w:val`, as most properties have it.
    pub fn value(&self) -> Option<String> {
        self.attribute("w:val")
    }

    /// Gives an attribute a value, at the place of the one that it had.
    pub fn set(&mut self, name: &str, value: &str) {
        let mut attributes = self.attributes();
        match attributes.iter_mut().find(|(key, _)| key == name) {
            Some(attribute) => attribute.1 = value.to_owned(),
            None => attributes.push((name.to_owned(), value.to_owned())),
        }
        let mut tag = self.name().to_owned();
        for (key, value) in attributes {
            tag.push_str(&format!(" {key}=\"{}\"", escaped(&value)));
        }
        self.tag = tag;
    }

    /// The elements among the children.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Raw(_) => None,
        })
    }

    /// The same, to change them.
    pub fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Raw(_) => None,
        })
    }

    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name() == name)
    }

    /// The same, to change it.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.elements_mut().find(|element| element.name() == name)
    }

    /// What is found by going down these names.
    pub fn path(&self, names: &[&str]) -> Option<&Element> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Calls `visit` with this element and everything below it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        self.elements().for_each(|element| element.walk(visit));
    }

    /// The same, to change them.
    pub fn walk_mut(&mut self, visit: &mut impl FnMut(&mut Element)) {
        visit(self);
        self.elements_mut().for_each(|element| element.walk_mut(visit));
    }

    /// Whether this element or one below it has the property.
    pub fn any(&self, mut test: impl FnMut(&Element) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |element| found |= test(element));
        found
    }

    /// The text in it, of whatever elements.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.children {
            match node {
                Node::Element(element) => text.push_str(&element.text()),
                Node::Raw(raw) => text.push_str(raw),
            }
        }
        text
    }

    /// Puts text in the place of everything in it.
    pub fn set_text(&mut self, text: &str) {
        self.children = vec![Node::text(text)];
    }

    /// Takes out the children of these names.
    pub fn remove(&mut self, names: &[&str]) -> bool {
        let before = self.children.len();
        self.children.retain(|node| !matches!(node, Node::Element(element) if names.contains(&element.name())));
        self.children.len() < before
    }

    /// Puts an element in where the format's order wants it, unless there is one of its name.
    pub fn add_in_order(&mut self, new: Element, order: &[&str]) {
        if self.child(new.name()).is_some() {
            return;
        }
        let place = |name: &str| order.iter().position(|known| *known == name).unwrap_or(order.len());
        let own = place(new.name());
        let after = |node: &Node| matches!(node, Node::Element(element) if place(element.name()) > own);
        let at = self.children.iter().position(after).unwrap_or(self.children.len());
        self.children.insert(at, Node::Element(new));
    }

    /// Writes it at the end of a text.
    pub fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.tag);
        if self.children.is_empty() && !self.spelled_out {
            out.push_str("/>");
            return;
        }
        out.push('>');
        self.write_content(out);
        out.push_str("</");
        out.push_str(self.name());
        out.push('>');
    }

    /// Writes what is in it.
    pub fn write_content(&self, out: &mut String) {
        self.children.iter().for_each(|node| node.write(out));
    }
}

/// A name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A text as it stands in XML.
fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_is_written_as_it_was_read() {
        let part = "<?xml version=\"1.0\"?>\r\n<!-- a --><w:a  x='1'\ty=\"&amp;2\" ><w:b/><w:c></w:c><w:d />å &lt; <![CDATA[<]]>\n</w:a>";
        let mut tree = Tree::parse(part.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(tree.to_bytes()).unwrap(), part);
        assert_eq!(tree.root.attribute("y").as_deref(), Some("&2"));
        tree.root.child_mut("w:b").unwrap().set("w:val", "\"3\"");
        let changed = String::from_utf8(tree.to_bytes()).unwrap();
        assert_eq!(changed, part.replace("<w:b/>", "<w:b w:val=\"&quot;3&quot;\"/>"));
    }

    #[test]
    fn an_element_is_put_in_where_the_order_wants_it_and_only_once() {
        let mut root = Tree::parse(b"<r><a/><c/><z/></r>").unwrap().root;
        for _ in 0..2 {
            root.add_in_order(Element::new("b"), &["a", "b", "c"]);
        }
        let mut out = String::new();
        root.write(&mut out);
        assert_eq!(out, "<r><a/><b/><c/><z/></r>");
    }
}
