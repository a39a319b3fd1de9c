//! Headers and footers on turned pages: what stands at the right margin by a tab stands at the right margin there too.

use super::styles::Styles;
use super::tree::{Element, Node, Tree};

/// A stop within so much of the middle or the margin is meant to be there.
const NEAR: u32 = 300;

/// The part for text of another width; `None` where it need not be another.
pub fn widened(tree: &Tree, styles: &Styles, from: u32, to: u32) -> Option<Tree> {
    let mut wide = tree.clone();
    let mut changed = false;
    wide.root.walk_mut(&mut |element| {
        if element.name() == "w:p" && element.any(|inner| inner.name() == "w:tab" && inner.value().is_none()) {
            changed |= move_stops(element, styles, from, to);
        }
    });
    changed.then_some(wide)
}

/// Gives a paragraph stops of its own in the place of those, its own and its style's, that have to move.
fn move_stops(paragraph: &mut Element, styles: &Styles, from: u32, to: u32) -> bool {
    let own = paragraph.path(&["w:pPr", "w:tabs"]).map(stops).unwrap_or_default();
    let style = paragraph.path(&["w:pPr", "w:pStyle"]).and_then(Element::value);
    let of_style = style.map(|style| styles.stops(&style)).unwrap_or_default();
    let mut written: Vec<(u32, String)> = own.iter().map(|stop| (stop.position, stop.tag(stop.position))).collect();
    let mut changed = false;
    for stop in own.iter().chain(&of_style) {
        let Some(position) = stop.moved(from, to).filter(|_| !stop.is_cleared_by(&own)) else { continue };
        changed = true;
        written.retain(|(known, _)| *known != stop.position);
        written.push((stop.position, format!("w:tab w:val=\"clear\" w:pos=\"{}\"", stop.position)));
        written.push((position, stop.tag(position)));
    }
    if changed {
        written.sort();
        written.dedup();
        let mut tabs = Element::new("w:tabs");
        tabs.children = written.iter().map(|(_, tag)| Node::Element(Element::new(tag))).collect();
        set_stops(paragraph, tabs);
    }
    changed
}

fn set_stops(paragraph: &mut Element, tabs: Element) {
    if paragraph.child("w:pPr").is_none() {
        paragraph.children.insert(0, Node::Element(Element::new("w:pPr")));
    }
    if let Some(properties) = paragraph.child_mut("w:pPr") {
        properties.remove(&["w:tabs"]);
        properties.add_in_order(tabs, PARAGRAPH);
    }
}

/// The order of what is in `w:pPr`.
const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
];

/// A tab stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub kind: String,
    leader: Option<String>,
    pub position: u32,
}

/// The stops in a `w:tabs`.
pub fn stops(tabs: &Element) -> Vec<Stop> {
    let read = |tab: &Element| {
        let position = tab.attribute("w:pos")?.parse().ok()?;
        Some(Stop { kind: tab.value()?, leader: tab.attribute("w:leader"), position })
    };
    tabs.elements().filter_map(read).collect()
}

impl Stop {
    /// Where it stands in text of another width, if it stands at the margin or in the middle.
    fn moved(&self, from: u32, to: u32) -> Option<u32> {
        match self.kind.as_str() {
            "right" | "end" if self.position.abs_diff(from) < NEAR => Some(to),
            "center" if self.position.abs_diff(from / 2) < NEAR => Some(to / 2),
            _ => None,
        }
    }

    fn is_cleared_by(&self, own: &[Stop]) -> bool {
        own.iter().any(|stop| stop.kind == "clear" && stop.position == self.position)
    }

    fn tag(&self, position: u32) -> String {
        let leader = self.leader.as_ref().map(|leader| format!(" w:leader=\"{leader}\"")).unwrap_or_default();
        format!("w:tab w:val=\"{}\"{leader} w:pos=\"{position}\"", self.kind)
    }
}
