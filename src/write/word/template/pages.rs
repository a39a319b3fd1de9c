//! The pages of a template: their size, margins, headers and footers, upright and in landscape.

use super::tree::{Element, Node};
use crate::write::word::sections::{Orientation, Page};

/// The order of what is in `w:sectPr`.
const ORDER: &[&str] = &[
    "w:headerReference",
    "w:footerReference",
    "w:footnotePr",
    "w:endnotePr",
    "w:type",
    "w:pgSz",
    "w:pgMar",
    "w:paperSrc",
    "w:pgBorders",
    "w:lnNumType",
    "w:pgNumType",
    "w:cols",
    "w:formProt",
    "w:vAlign",
    "w:noEndnote",
    "w:titlePg",
    "w:textDirection",
    "w:bidi",
    "w:rtlGutter",
    "w:docGrid",
    "w:printerSettings",
];

/// The longest side that Word knows, in twentieths of a point.
const LONGEST_SIDE: u32 = 31_680;
/// The least that margins leave for a text, in twips: four centimetres.
const LEAST_ROOM: u32 = 2_268;

/// The sections that documents are made of, as the template has them.
#[derive(Debug)]
pub struct Sections {
    portrait: Element,
    landscape: Element,
    pages: [Page; 2],
    /// Whether the template has no pages in landscape itself.
    turned: bool,
    /// Whether the template's pages have sizes that Word knows.
    pub is_sized: bool,
    /// Whether their margins leave room for a text.
    pub is_roomy: bool,
}

impl Sections {
    /// Of the template's body, whose last section is the pattern.
    pub fn of(body: &Element) -> Sections {
        let all = with_inherited(body);
        let last = all.last().cloned().unwrap_or_else(|| Element::new("w:sectPr"));
        let lying = |wanted: bool| all.iter().rev().find(move |section| is_landscape(section) == wanted).cloned();
        let mut portrait = lying(false).unwrap_or_else(|| turned(&last));
        let mut landscape = lying(true).unwrap_or_else(|| turned(&last));
        // Where margins leave no room for a text, paper and margins are our own.
        let mut is_roomy = true;
        for section in [&mut portrait, &mut landscape].into_iter().filter(|section| !has_room(section)) {
            is_roomy = false;
            section.remove(&["w:pgSz", "w:pgMar"]);
        }
        let pages = [page(&portrait, Orientation::Portrait), page(&landscape, Orientation::Landscape)];
        let turned = lying(true).is_none();
        // What has no size that Word knows gets the one that is reckoned with.
        let mut is_sized = true;
        for section in [&mut portrait, &mut landscape].into_iter().filter(|section| !has_size(section)) {
            is_sized = false;
            section.remove(&["w:pgSz"]);
        }
        Sections { portrait, landscape, pages, turned, is_sized, is_roomy }
    }

    /// The sections themselves.
    pub fn all(&self) -> [&Element; 2] {
        [&self.portrait, &self.landscape]
    }

    /// The page of a section that lies in this way.
    pub fn page(&self, orientation: Orientation) -> Page {
        match orientation {
            Orientation::Portrait => self.pages[0],
            Orientation::Landscape => self.pages[1],
        }
    }

    /// The references to headers and footers on pages in landscape that the template has only upright.
    pub fn turned_references(&mut self) -> impl Iterator<Item = &mut Element> {
        let turned = self.turned;
        self.landscape.elements_mut().filter(move |element| turned && element.name().ends_with("Reference"))
    }

    fn section(&self, orientation: Orientation) -> &Element {
        match orientation {
            Orientation::Portrait => &self.portrait,
            Orientation::Landscape => &self.landscape,
        }
    }

    /// Whether the template has a header, and a footer, for such pages.
    pub fn has(&self, reference: &str) -> bool {
        self.portrait.child(reference).is_some() || self.landscape.child(reference).is_some()
    }

    /// `w:sectPr`; only the first section has the template's first page.
    pub fn properties(&self, orientation: Orientation, first: bool, references: &[Element]) -> String {
        let mut section = self.section(orientation).clone();
        section.remove(&["w:type", "w:sectPrChange", "w:formProt"]);
        if !first {
            section.remove(&["w:titlePg"]);
        }
        section.elements_mut().for_each(count_on);
        for reference in references.iter().rev() {
            section.children.insert(0, Node::Element(reference.clone()));
        }
        section.add_in_order(Element::new("w:type w:val=\"nextPage\""), ORDER);
        let page = self.page(orientation);
        section.add_in_order(page.size_element(orientation), ORDER);
        section.add_in_order(page.margin_element(), ORDER);
        let mut out = String::new();
        section.write(&mut out);
        out
    }
}

/// Lets a section count its pages on from those before it: the contents, and "sida 3 av 40", count all pages.
pub fn count_on(element: &mut Element) {
    if element.name() == "w:pgNumType" {
        let kept: Vec<_> = element.attributes().into_iter().filter(|(key, _)| key != "w:start").collect();
        *element = Element::new("w:pgNumType");
        kept.iter().for_each(|(key, value)| element.set(key, value));
    }
}

/// Every section of the body, with the headers and footers that it takes over from the one before.
fn with_inherited(body: &Element) -> Vec<Element> {
    let mut sections: Vec<Element> = Vec::new();
    let mut found: Vec<&Element> = Vec::new();
    body.walk(&mut |element| {
        if element.name() == "w:sectPr" {
            found.push(element);
        }
    });
    for section in found {
        let own = section.children.iter().filter(|node| matches!(node, Node::Element(_)));
        let mut section = Element::new("w:sectPr");
        section.children = own.cloned().collect();
        if let Some(before) = sections.last() {
            let kind = |reference: &Element| (reference.name().to_owned(), reference.attribute("w:type"));
            let is_reference = |element: &&Element| element.name().ends_with("Reference");
            let own: Vec<_> = section.elements().filter(is_reference).map(kind).collect();
            let inherited = before.elements().filter(is_reference).filter(|reference| !own.contains(&kind(reference)));
            let inherited: Vec<Node> = inherited.cloned().map(Node::Element).collect();
            section.children.splice(0..0, inherited);
        }
        sections.push(section);
    }
    sections
}

fn is_landscape(section: &Element) -> bool {
    let size = section.child("w:pgSz");
    let side = |key| size.and_then(|size| size.attribute(key)?.parse::<u32>().ok()).unwrap_or(0);
    side("w:w") > side("w:h")
}

/// Whether the margins of a section leave room for some words a line, and some lines.
fn has_room(section: &Element) -> bool {
    let orientation = if is_landscape(section) { Orientation::Landscape } else { Orientation::Portrait };
    let page = page(section, orientation);
    page.width >= page.left + page.right + LEAST_ROOM && page.height >= page.top + page.bottom + LEAST_ROOM
}

/// Whether a section says no size, or one that Word knows.
fn has_size(section: &Element) -> bool {
    let Some(size) = section.child("w:pgSz") else { return true };
    let is_side = |side: f64| (1.0..=f64::from(LONGEST_SIDE)).contains(&side);
    let is_known = |key| size.attribute(key).is_none_or(|side| side.parse().is_ok_and(is_side));
    is_known("w:w") && is_known("w:h")
}

/// The same section with its paper turned; the margins stay at their sides, where header and footer need them.
fn turned(section: &Element) -> Element {
    let mut section = section.clone();
    section.remove(&["w:titlePg"]);
    let landscape = !is_landscape(&section);
    let page = page(&section, if landscape { Orientation::Portrait } else { Orientation::Landscape });
    section.remove(&["w:pgSz"]);
    let page = Page { width: page.height, height: page.width, ..page };
    let orientation = if landscape { Orientation::Landscape } else { Orientation::Portrait };
    section.add_in_order(page.size_element(orientation), ORDER);
    section
}

fn page(section: &Element, orientation: Orientation) -> Page {
    let given = |name: &str, key: &str| {
        let value = section.child(name)?.attribute(key)?;
        // Word writes whole twentieths of a point; a margin may be negative, for a header that does not push.
        value.parse::<f64>().ok().map(|value| value.abs().round().min(f64::from(LONGEST_SIDE)) as u32)
    };
    let usual = Page::built_in(orientation);
    Page {
        width: given("w:pgSz", "w:w").filter(|side| *side > 0).unwrap_or(usual.width),
        height: given("w:pgSz", "w:h").filter(|side| *side > 0).unwrap_or(usual.height),
        top: given("w:pgMar", "w:top").unwrap_or(usual.top),
        right: given("w:pgMar", "w:right").unwrap_or(usual.right),
        bottom: given("w:pgMar", "w:bottom").unwrap_or(usual.bottom),
        left: given("w:pgMar", "w:left").unwrap_or(usual.left) + given("w:pgMar", "w:gutter").unwrap_or(0),
        header: given("w:pgMar", "w:header").unwrap_or(usual.header),
        footer: given("w:pgMar", "w:footer").unwrap_or(usual.footer),
    }
}

impl Page {
    fn size_element(&self, orientation: Orientation) -> Element {
        let name = if orientation == Orientation::Landscape { "landscape" } else { "portrait" };
        Element::new(&format!("w:pgSz w:w=\"{}\" w:h=\"{}\" w:orient=\"{name}\"", self.width, self.height))
    }

    fn margin_element(&self) -> Element {
        let Page { top, right, bottom, left, header, footer, .. } = self;
        Element::new(&format!(
            "w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
             w:header=\"{header}\" w:footer=\"{footer}\" w:gutter=\"0\""
        ))
    }
}
