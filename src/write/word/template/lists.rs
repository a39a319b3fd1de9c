//! A template's lists: where ours are put among them, and whether they count headings as the tree does.

use super::styles::Styles;
use super::tree::{Element, Node, Tree};

/// The part with the template's lists, open at the two places where ours are put in.
#[derive(Debug)]
pub struct Numbering {
    /// Up to where our definitions stand, from there to where our lists stand, and the rest.
    pieces: [String; 3],
    /// What is added to our numbers of definitions and of lists.
    pub first_definition: u32,
    pub first_list: u32,
}

/// So many levels have to be counted by the template for its own list to be used.
const LEVELS_NEEDED: usize = 3;

impl Numbering {
    /// Of the template's part.
    pub fn of(tree: &Tree) -> Numbering {
        let root = &tree.root;
        let number = |name: &str, key: &str| {
            let numbers = root.elements().filter(|element| element.name() == name);
            let numbers = numbers.filter_map(|element| element.attribute(key)?.parse::<u32>().ok());
            numbers.filter(|number| *number < super::MOST_NUMBER).max()
        };
        let after = |names: &[&str]| {
            let is_one = |node: &Node| matches!(node, Node::Element(element) if names.contains(&element.name()));
            root.children.iter().rposition(is_one).map_or(0, |index| index + 1)
        };
        let definitions = after(&["w:numPicBullet", "w:abstractNum"]);
        let lists = after(&["w:num"]).max(definitions);
        let write = |nodes: &[Node]| {
            let mut element = Element::new("w:numbering");
            element.children = nodes.to_vec();
            let mut out = String::new();
            element.write_content(&mut out);
            out
        };
        Numbering {
            pieces: [
                tree.opening() + &write(&root.children[..definitions]),
                write(&root.children[definitions..lists]),
                write(&root.children[lists..]) + &format!("</{}>", root.name()),
            ],
            first_definition: number("w:abstractNum", "w:abstractNumId").map_or(0, |number| number + 1),
            first_list: number("w:num", "w:numId").unwrap_or(0),
        }
    }

    /// The part with our definitions and our lists in it.
    pub fn part(&self, definitions: &str, lists: &str) -> Vec<u8> {
        let [start, between, end] = &self.pieces;
        [start, definitions, between, lists, end].concat().into_bytes()
    }
}

/// How many levels of headings the template's own list counts as the tree does: 1, 1.1, 1.1.1. None, unless all those
/// that matter.
pub fn counted_levels(tree: &Tree, styles: &Styles, headings: &[&str]) -> usize {
    let Some((list, _)) = headings.first().and_then(|first| styles.list(first)) else { return 0 };
    let Some(definition) = definition(tree, &list) else { return 0 };
    let counts = |(level, style): (usize, &&str)| {
        let own = styles.list(style);
        let by_style = own.is_some_and(|(own, at)| {
            own == list
                && at.map_or_else(
                    || linked_level(definition, styles, style) == Some(level),
                    |at| at == level.to_string(),
                )
        });
        by_style && is_decimal(definition, level)
    };
    let counted = headings.iter().enumerate().take_while(|&heading| counts(heading)).count();
    if counted >= LEVELS_NEEDED { counted } else { 0 }
}

/// The definition of a list that changes nothing in it.
fn definition<'t>(tree: &'t Tree, list: &str) -> Option<&'t Element> {
    let with = |name: &'static str, key: &'static str, value: String| {
        tree.root
            .elements()
            .find(move |element| element.name() == name && element.attribute(key).as_deref() == Some(&value))
    };
    let list = with("w:num", "w:numId", list.to_owned()).filter(|list| list.child("w:lvlOverride").is_none())?;
    with("w:abstractNum", "w:abstractNumId", list.child("w:abstractNumId")?.value()?)
}

/// The level that a definition links to a style, which need not say it itself.
fn linked_level(definition: &Element, styles: &Styles, style: &str) -> Option<usize> {
    let id = styles.ids.get(style)?;
    let level = levels(definition).find(|level| level.child("w:pStyle").and_then(Element::value).as_ref() == Some(id));
    // A level that is linked to no style is the first.
    level.map_or(Some(0), |level| level.attribute("w:ilvl")?.parse().ok())
}

fn levels(definition: &Element) -> impl Iterator<Item = &Element> {
    definition.elements().filter(|element| element.name() == "w:lvl")
}

fn is_decimal(definition: &Element, index: usize) -> bool {
    let wanted = (1..=index + 1).map(|level| format!("%{level}")).collect::<Vec<_>>().join(".");
    let Some(level) = levels(definition).find(|level| level.attribute("w:ilvl").as_deref() == Some(&index.to_string()))
    else {
        return false;
    };
    let says = |name: &str| level.child(name).and_then(Element::value);
    says("w:numFmt").as_deref() == Some("decimal")
        && says("w:lvlText").as_deref().map(str::trim) == Some(&wanted)
        && says("w:start").as_deref() == Some("1")
        && level.child("w:lvlRestart").is_none()
}
