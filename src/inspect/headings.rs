//! Headings, and the paragraphs between them: that the document's order can be heard.

use super::story::{Collect, Context, Kind, Spot, Wants};
use super::styles::Named;
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::Tag;

/// From so many paragraphs on, a text without headings is hard to find one's way in: some three pages.
const LONG: usize = 40;

pub static SKIPPED: Rule = Rule {
    code: Code(261),
    name: "word-heading-skipped",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.3.1",
    docs: "Rubrikernas nivåer ska börja med 1 och inte hoppa över någon på vägen ner. Den som går mellan rubriker med \
           en skärmläsare tror annars att ett avsnitt saknas. Nivån är den som rubrikens formatmall har, vad det än \
           heter.",
    cure: "ge rubriken nivån närmast under den som står ovanför, eller nivå 1 om den är den första",
    check: skipped,
};

pub static NONE: Rule = Rule {
    code: Code(262),
    name: "word-heading-none",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.2.4.6",
    docs: "Ett dokument som är längre än några sidor ska ha rubriker med Words formatmallar för rubriker.",
    cure: "ge rubrikerna formatmallarna Rubrik 1, Rubrik 2 och så vidare",
    check: none,
};

pub static EMPTY: Rule = Rule {
    code: Code(263),
    name: "word-heading-empty",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.2.4.6",
    docs: "En rubrik utan text blir en tom rad i navigeringsfönstret, i innehållsförteckningen och i en skärmläsares lista.",
    cure: "skriv rubriken, eller ge stycket en annan formatmall",
    check: empty,
};

pub static SPACING: Rule = Rule {
    code: Code(264),
    name: "word-paragraphs-empty",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.3.2",
    docs: "Tomma stycken efter varandra läses upp som tomma rader, och flyttar sig när texten ändras. Luft ger styckets \
           formatmall, och en ny sida en sidbrytning.",
    cure: "ta bort de tomma styckena, och sätt avstånd före eller efter i formatmallen",
    check: spacing,
};

/// The headings of a story, and its empty paragraphs.
#[derive(Default)]
pub struct Headings {
    headings: Vec<Heading>,
    /// Headings without text.
    empty: Vec<(u8, Spot)>,
    /// Rows of empty paragraphs in the text: where they start, and how many there are.
    gaps: Vec<(Spot, usize)>,
    /// Paragraphs in the text that have some.
    filled: usize,
    /// The row of empty paragraphs that the last one belongs to.
    row: Option<(Spot, usize)>,
    /// The paragraphs that are open; one may stand in a text box of another.
    open: Vec<Paragraph>,
    /// Their text, one after the other.
    text: String,
    /// How many cells and text boxes are open: what is empty there is no spacing of the text.
    containers: usize,
}

struct Heading {
    level: u8,
    text: String,
    spot: Spot,
}

struct Paragraph {
    style: Named,
    level: Option<u8>,
    /// Where its text begins.
    start: usize,
    has_content: bool,
    spot: Spot,
}

impl Headings {
    /// How many there are so far.
    pub fn count(&self) -> usize {
        self.headings.len()
    }

    /// The heading that a place stands under.
    pub fn above(&self, spot: Spot) -> Option<&str> {
        spot.headings.checked_sub(1).and_then(|last| self.headings.get(last)).map(|heading| heading.text.as_str())
    }

    fn end_paragraph(&mut self, context: &Context<'_>) {
        let Some(paragraph) = self.open.pop() else { return };
        let style = || context.styles.level(paragraph.style);
        let level = paragraph.level.map_or_else(style, |level| (level < 9).then_some(level + 1));
        let text = &self.text[paragraph.start..];
        let is_empty = text.trim().is_empty() && !paragraph.has_content;
        let heading = level.filter(|_| !is_empty).map(|level| {
            // A heading that is a picture says what the picture's words say.
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Heading { level, text, spot: paragraph.spot }
        });
        self.text.truncate(paragraph.start);
        if self.containers == 0 {
            self.filled += usize::from(!is_empty);
            self.count_gap(is_empty, paragraph.spot);
        }
        self.empty.extend(level.filter(|_| is_empty).map(|level| (level, paragraph.spot)));
        self.headings.extend(heading);
    }

    fn count_gap(&mut self, is_empty: bool, spot: Spot) {
        if !is_empty {
            self.end_gap();
        } else {
            let (_, count) = self.row.get_or_insert((spot, 0));
            *count += 1;
        }
    }

    fn end_gap(&mut self) {
        self.gaps.extend(self.row.take().filter(|(_, count)| *count > 1));
    }
}

/// Elements in a paragraph that are something to see, or do something that an empty paragraph may be there for.
const CONTENT: [&str; 17] = [
    "w:drawing",
    "w:pict",
    "w:object",
    "w:br",
    "w:sym",
    "w:fldChar",
    "w:fldSimple",
    "w:sectPr",
    "w:pageBreakBefore",
    "w:pBdr",
    "w:framePr",
    "w:footnoteReference",
    "w:endnoteReference",
    "w:commentReference",
    "m:oMath",
    "m:oMathPara",
    "w:numPr",
];

impl Collect for Headings {
    fn wants(&self) -> Wants {
        Wants {
            starts: &[&["w:p", "w:tc", "w:txbxContent", "w:tbl", "w:pStyle", "w:outlineLvl", "w:tab"], &CONTENT],
            ends: &[&["w:p", "w:tc", "w:txbxContent", "w:body"]],
            text: true,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.name.as_ref() {
            "w:p" => self.open.push(Paragraph {
                style: Named::Not,
                level: None,
                start: self.text.len(),
                has_content: false,
                spot: context.spot,
            }),
            "w:tc" | "w:txbxContent" => self.containers += 1,
            "w:tbl" => self.end_gap(),
            name => {
                let Some(paragraph) = self.open.last_mut() else { return };
                match name {
                    "w:pStyle" => paragraph.style = context.style,
                    "w:outlineLvl" => paragraph.level = tag.value().and_then(|value| value.parse().ok()),
                    "w:tab" => self.text.push(' '),
                    name => paragraph.has_content |= CONTENT.contains(&name),
                }
            }
        }
    }

    fn end(&mut self, name: &str, context: &Context<'_>) {
        match name {
            "w:p" => self.end_paragraph(context),
            "w:tc" | "w:txbxContent" => self.containers = self.containers.saturating_sub(1),
            "w:body" => self.end_gap(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, _: &Context<'_>) {
        if !self.open.is_empty() {
            self.text.push_str(text);
        }
    }
}

fn skipped(file: &File, findings: &mut Findings<'_>) {
    let Some(story) = file.document() else { return };
    let mut above = 0;
    for heading in &story.headings.headings {
        if heading.level > above + 1 {
            let text = super::shortened(&heading.text);
            let before = match above {
                0 => String::from("är dokumentets första rubrik"),
                above => format!("kommer efter en rubrik på nivå {above}"),
            };
            let message = format!("rubriken ”{text}” har nivå {} men {before}", heading.level);
            findings.add(At::Spot(story, heading.spot), message);
        }
        above = heading.level;
    }
}

fn none(file: &File, findings: &mut Findings<'_>) {
    let Some(story) = file.document() else { return };
    if story.headings.filled > LONG && story.headings.headings.is_empty() {
        findings.add(At::File, format!("dokumentet har {} stycken men ingen rubrik", story.headings.filled));
    }
}

fn empty(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        for (level, spot) in &story.headings.empty {
            findings.add(At::Spot(story, *spot), format!("en rubrik på nivå {level} har ingen text"));
        }
    }
}

fn spacing(file: &File, findings: &mut Findings<'_>) {
    for story in file.stories.iter().filter(|story| story.kind == Kind::Document) {
        for (spot, count) in &story.headings.gaps {
            findings.add(At::Spot(story, *spot), format!("{count} tomma stycken står efter varandra"));
        }
    }
}
