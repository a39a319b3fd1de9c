//! What of a template's own text lives on: its cover, and what it puts around the place of ours.

use super::controls::{is_of_cover, is_place_of_text};
use super::pages;
use super::tree::{Element, Node};

/// What of the template's text stays.
pub struct Kept {
    pub before: Vec<Node>,
    pub after: Vec<Node>,
    pub has_cover: bool,
    pub ends_page: bool,
}

/// Numbers in what is kept of the template's text are raised by this, so that they are none of ours.
const RAISED: u64 = 1_000_000;

impl Kept {
    /// Of the template's body.
    pub fn of(body: &Element) -> Kept {
        let is_text = |node: &&Node| !matches!(node, Node::Element(e) if e.name() == "w:sectPr") && !is_comment(node);
        let nodes: Vec<&Node> = body.children.iter().filter(is_text).collect();
        let has = |node: &Node, test: fn(&Element) -> bool| matches!(node, Node::Element(element) if element.any(test));
        let place = nodes.iter().position(|node| has(node, is_place_of_text));
        let end = place.unwrap_or_else(|| cover_end(&nodes));
        let keep = |nodes: &[&Node]| -> Vec<Node> { nodes.iter().map(|node| raised(node)).collect() };
        let before = keep(&nodes[..end]);
        let has_text = before.iter().any(|node| matches!(node, Node::Element(_)));
        Kept {
            ends_page: has_text
                && before.iter().rev().find(|node| matches!(node, Node::Element(_))).is_some_and(ends_page),
            has_cover: has_text,
            after: place.map_or_else(Vec::new, |place| keep(&nodes[place + 1..])),
            before,
        }
    }
}

impl Kept {
    /// All of it, and these sections.
    pub fn with(&self, sections: [&Element; 2]) -> Vec<Node> {
        let sections = sections.map(|section| Node::Element(section.clone()));
        self.before.iter().chain(&self.after).cloned().chain(sections).collect()
    }

    /// Whether it refers to a note.
    pub fn refers_to_note(&self, id: Option<String>) -> bool {
        let refers = |element: &Element| element.name() == "w:footnoteReference" && element.attribute("w:id") == id;
        let mut nodes = self.before.iter().chain(&self.after);
        nodes.any(|node| matches!(node, Node::Element(element) if element.any(refers)))
    }
}

/// Where the cover ends: with the first page or section break after its first control, before the first paragraph that
/// starts a page or a contents table; or else with its last control.
fn cover_end(nodes: &[&Node]) -> usize {
    let is_cover = |node: &&Node| matches!(node, Node::Element(element) if element.any(is_of_cover));
    let Some(first) = nodes.iter().position(is_cover) else { return 0 };
    let last = nodes.iter().rposition(is_cover).unwrap_or(first);
    let ends = nodes[first..].iter().position(|node| ends_page(node)).map(|at| first + at + 1);
    let starts = nodes[first + 1..].iter().position(|node| starts_page(node)).map(|at| first + 1 + at);
    ends.into_iter().chain(starts).min().unwrap_or(last + 1)
}

/// Whether a block starts a page by itself, or is a contents table.
fn starts_page(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    let gallery = element.path(&["w:sdtPr", "w:docPartObj", "w:docPartGallery"]).and_then(Element::value);
    element.path(&["w:pPr", "w:pageBreakBefore"]).is_some() || gallery.as_deref() == Some("Table of Contents")
}

/// Whether what follows a block starts a page: a section ends in it, or it ends with a page break.
fn ends_page(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    let is_break = |element: &Element| {
        element.name() == "w:br" && element.attribute("w:type").as_deref() == Some("page")
            || element.name() == "w:sectPr"
    };
    element.any(is_break)
}

/// Whether it is the mark of a comment: those do not come along.
fn is_comment(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    match element.name() {
        "w:commentRangeStart" | "w:commentRangeEnd" | "w:commentReference" => true,
        "w:r" => element.child("w:commentReference").is_some(),
        _ => false,
    }
}

fn raised(node: &Node) -> Node {
    let mut node = node.clone();
    if let Node::Element(element) = &mut node {
        element.walk_mut(&mut |element| {
            element.children.retain(|node| !is_comment(node));
            let key = match element.name() {
                "w:bookmarkStart" | "w:bookmarkEnd" => "w:id",
                "wp:docPr" => "id",
                "w:pgNumType" => return pages::count_on(element),
                _ => return,
            };
            if let Some(number) = element.attribute(key).and_then(|number| number.parse::<u64>().ok()) {
                element.set(key, &(number % RAISED + RAISED).to_string());
            }
        });
    }
    node
}
