//! Pictures and drawings: that they are there in words too.

use std::collections::HashSet;

use super::story::{Collect, Context, Spot, Story, Wants};
use super::{At, File, Findings, Rule, shortened};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{Tag, is_off};

pub static WORDLESS: Rule = Rule {
    code: Code(251),
    name: "word-picture-wordless",
    severity: Severity::Error,
    clause: "EN 301 549, 10.1.1.1",
    docs: "Varje bild, diagram och teckning ska ha en alternativtext, eller vara märkt som dekorativ. En textruta har sin \
           egen text.",
    cure: "högerklicka på bilden i Word och välj Visa alternativtext; i katalogen är det texten mellan hakparenteserna",
    check: wordless,
};

pub static WORDLESS_IN_MARGIN: Rule = Rule {
    code: Code(252),
    name: "word-logo-wordless",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.1.1",
    docs: "En bild i sidhuvud eller sidfot, som en logotyp, läses inte upp på varje sida men ska ändå ha en alternativtext. \
           Den kommer oftast från en mall som är någon annans, och hindrar därför inte att katalogen ges ut.",
    cure: "skriv en alternativtext för bilden i mallen, eller märk den som dekorativ",
    check: wordless_in_margin,
};

pub static NUMBER: Rule = Rule {
    code: Code(253),
    name: "word-drawing-number-repeated",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 20.4.2.5",
    docs: "Varje teckning ska ha ett eget nummer i sin del. Vissa versioner av Word vill annars reparera filen.",
    cure: "ge den ena teckningen ett annat nummer",
    check: number,
};

/// The drawings of a story.
#[derive(Default)]
pub struct Pictures {
    drawings: Vec<Drawing>,
    /// Drawings that are open; one may stand in a text box of another.
    open: Vec<usize>,
    /// For each open shape of the older kind, whether it has words or needs none.
    shapes: Vec<bool>,
}

#[derive(Default)]
struct Drawing {
    /// Shapes of the older kind have none.
    id: Option<String>,
    name: String,
    needs_words: bool,
    spot: Spot,
}

impl Pictures {
    fn current(&mut self) -> Option<&mut Drawing> {
        self.open.last().map(|index| &mut self.drawings[*index])
    }

    fn describe(&mut self, tag: &Tag<'_>) {
        if let Some(drawing) = self.current() {
            let has_words = tag.get("descr").is_some_and(|words| !words.trim().is_empty());
            let is_hidden = tag.get("hidden").is_some_and(|value| !is_off(value));
            drawing.id = tag.get("id").map(String::from);
            drawing.name = tag.get("name").unwrap_or_default().to_owned();
            drawing.needs_words &= !has_words && !is_hidden;
        }
    }

    fn shape(&mut self, tag: &Tag<'_>) {
        let has_words = tag.get("alt").is_some_and(|words| !words.trim().is_empty());
        let is_rule = tag.get("o:hr").is_some_and(|value| !is_off(value) && value != "f");
        let is_inherited = self.shapes.last().copied().unwrap_or(false);
        self.shapes.push(has_words || is_rule || is_inherited);
    }
}

/// Elements of the older drawing language that can have words.
const SHAPES: [&str; 6] = ["v:shape", "v:rect", "v:group", "v:roundrect", "v:oval", "v:image"];

impl Collect for Pictures {
    fn wants(&self) -> Wants {
        Wants {
            starts: &[&["w:drawing", "wp:docPr", "adec:decorative", "w:txbxContent", "v:imagedata"], &SHAPES],
            ends: &[&["w:drawing"], &SHAPES],
            ..Wants::default()
        }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.name.as_ref() {
            "w:drawing" => {
                self.open.push(self.drawings.len());
                self.drawings.push(Drawing { needs_words: true, spot: context.spot, ..Drawing::default() });
            }
            "wp:docPr" => self.describe(tag),
            "adec:decorative" if tag.get("val").is_some_and(|value| !is_off(value)) => {
                self.current().into_iter().for_each(|drawing| drawing.needs_words = false);
            }
            // Its text is read.
            "w:txbxContent" => self.current().into_iter().for_each(|drawing| drawing.needs_words = false),
            "v:imagedata" if self.shapes.last() == Some(&false) => {
                let name = tag.get("o:title").unwrap_or_default().to_owned();
                self.drawings.push(Drawing { id: None, name, needs_words: true, spot: context.spot });
            }
            name if SHAPES.contains(&name) => self.shape(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, _: &Context<'_>) {
        match name {
            "w:drawing" => _ = self.open.pop(),
            name if SHAPES.contains(&name) => _ = self.shapes.pop(),
            _ => {}
        }
    }
}

fn drawings(file: &File) -> impl Iterator<Item = (&Story, &Drawing)> {
    file.stories.iter().flat_map(|story| story.pictures.drawings.iter().map(move |drawing| (story, drawing)))
}

fn wordless(file: &File, findings: &mut Findings<'_>) {
    without_words(file, false, findings);
}

fn wordless_in_margin(file: &File, findings: &mut Findings<'_>) {
    without_words(file, true, findings);
}

fn without_words(file: &File, in_margin: bool, findings: &mut Findings<'_>) {
    let of_place = drawings(file).filter(|(story, _)| story.kind.is_margin() == in_margin);
    for (story, drawing) in of_place.filter(|(_, drawing)| drawing.needs_words) {
        let name = match drawing.name.as_str() {
            "" => String::from("en bild"),
            name => format!("bilden ”{}”", shortened(name)),
        };
        findings.add(At::Spot(story, drawing.spot), format!("{name} har ingen alternativtext"));
    }
}

fn number(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        let mut seen = HashSet::new();
        for drawing in &story.pictures.drawings {
            if let Some(id) = drawing.id.as_deref().filter(|id| !seen.insert(*id)) {
                let message = format!("bilden ”{}” delar nummer {id} med en annan", shortened(&drawing.name));
                findings.add(At::Spot(story, drawing.spot), message);
            }
        }
    }
}
