//! The built-in look: every style that the writer uses, with Word's own English names so that other tools know them.

use super::numbering::{CHAPTERS, LIST_STEP};
use super::properties::{Border, Font, Indent, Numbering, ParagraphProperties, RunProperties, Spacing, Tab, TableLook};
use super::xml::{Attribute, Xml};
use super::{LANGUAGE, NAMESPACES};
use crate::document::Notice;
use Says::*;

/// The accent: a dark petrol that stands 9:1 against white.
pub const ACCENT: &str = "12455C";
/// Text: nearly black.
pub const INK: &str = "1D2830";
/// Text that steps back, 6:1 against white.
pub const MUTED: &str = "55636D";
/// What warns: a draft, a warning. 7:1 against white.
pub const ALERT: &str = "9B1C1C";
/// Lines, and the grounds of tables' headers, of code and of remarks.
pub const RULE: &str = "C9D3D9";
pub const HEADER_FILL: &str = "DDE8ED";
pub const CODE_FILL: &str = "F2F4F6";
pub const NOTICE_FILL: &str = "EAF2F6";
/// Links, 7:1 against white.
pub const LINK: &str = "0B5A82";

/// The style of each level of headings.
pub const HEADINGS: [&str; 6] = ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6"];
/// The style of each level in the contents table.
pub const CONTENTS: [&str; 2] = ["TOC1", "TOC2"];

/// The style of an entry in the lists of tables and figures.
pub const LISTED: &str = "TableofFigures";
/// The style of tables.
pub const TABLE: &str = "KatalogTabell";

/// Size in half points, space before and space after of each level of headings.
pub const HEADING_LOOK: [(u32, u32, u32); 6] =
    [(40, 0, 280), (30, 400, 140), (25, 320, 100), (21, 180, 40), (21, 240, 60), (21, 240, 60)];

/// Space above what follows a table.
pub const GAP: u32 = 200;
const QUOTE_INDENT: u32 = 454;
const NOTICE_INDENT: u32 = 227;
const FACT_INDENT: u32 = 2835;
/// Where the text of each level stands in the contents table, and how far its number stands before it.
const CONTENTS_INDENT: [(u32, u32); 2] = [(510, 510), (1134, 624)];
/// How far the second line of a long entry in the lists of tables and figures stands in.
const LISTED_INDENT: u32 = 1020;

/// The left indent that a style gives by itself.
pub fn indent(style: &str) -> u32 {
    match style {
        "Quote" => QUOTE_INDENT,
        "NoticeRemark" | "NoticeTip" | "NoticeImportant" | "NoticeWarning" => NOTICE_INDENT,
        "ListContinue" => LIST_STEP,
        _ => 0,
    }
}

/// The style of a notice of this kind.
pub fn notice(kind: Notice) -> &'static str {
    match kind {
        Notice::Remark => "NoticeRemark",
        Notice::Tip => "NoticeTip",
        Notice::Important => "NoticeImportant",
        Notice::Warning => "NoticeWarning",
    }
}

/// The colour of a notice's bar and label.
pub fn notice_color(kind: Notice) -> &'static str {
    match kind {
        Notice::Remark => ACCENT,
        Notice::Tip => "1B5E37",
        Notice::Important => "7A4A00",
        Notice::Warning => ALERT,
    }
}

fn notice_fill(kind: Notice) -> &'static str {
    match kind {
        Notice::Remark => NOTICE_FILL,
        Notice::Tip => "EAF4ED",
        Notice::Important => "FDF3E1",
        Notice::Warning => "FBECEC",
    }
}

/// The part with all styles, for text of this width.
pub fn part(width: u32) -> Vec<u8> {
    let mut xml = Xml::part("w:styles", &NAMESPACES);
    write_defaults(&mut xml);
    write_text_styles(&mut xml);
    write_heading_styles(&mut xml);
    write_cover_styles(&mut xml);
    write_contents_styles(&mut xml, width);
    write_list_styles(&mut xml);
    write_notice_styles(&mut xml);
    write_table_styles(&mut xml);
    write_page_styles(&mut xml, width);
    write_character_styles(&mut xml);
    xml.finish("w:styles")
}

fn write_defaults(xml: &mut Xml) {
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    let (latin, other) = ("minorHAnsi", "minorBidi");
    let fonts: [Attribute<'_>; 4] = [
        ("w:asciiTheme", &latin),
        ("w:eastAsiaTheme", &"minorEastAsia"),
        ("w:hAnsiTheme", &latin),
        ("w:cstheme", &other),
    ];
    xml.empty("w:rFonts", &fonts);
    xml.value("w:sz", &21);
    xml.value("w:szCs", &21);
    xml.empty("w:lang", &[("w:val", &LANGUAGE), ("w:eastAsia", &"en-US"), ("w:bidi", &"ar-SA")]);
    xml.close("w:rPr");
    xml.close("w:rPrDefault");
    xml.open("w:pPrDefault", &[]);
    ParagraphProperties { spacing: spacing(0, 0, 264), ..Default::default() }.write(xml);
    xml.close("w:pPrDefault");
    xml.close("w:docDefaults");
}

fn write_text_styles(xml: &mut Xml) {
    // The colour is not among the defaults, where LibreOffice lets it win over that of links in tables.
    paragraph(xml, "Normal", "Normal", &[Shown(0), Color(INK)]);
    paragraph(xml, "BodyText", "Body Text", &[On("Normal"), Shown(1), Space(0, 140, 278)]);
    let bar = [line("left", 12, 10, RULE)];
    let sides = Sides(QUOTE_INDENT, QUOTE_INDENT);
    paragraph(xml, "Quote", "Quote", &[On("BodyText"), Shown(29), Borders(&bar), sides, Color(MUTED)]);
    let frame = ["top", "left", "bottom", "right"].map(|side| line(side, 4, 6, CODE_FILL));
    let frame = All(&[Borders(&frame), Ground(CODE_FILL), Space(140, 220, 252), Sides(142, 142)]);
    let code = [On("Normal"), Next("BodyText"), Shown(40), frame, NoHyphens, CodeFont, Size(18)];
    paragraph(xml, "Code", "Kod", &code);
}

const HEADING: Says<'_> = All(&[On("Normal"), Next("BodyText"), KeepNext, NoHyphens, HeadingFont, Color(ACCENT)]);

fn write_heading_styles(xml: &mut Xml) {
    for (level, (id, (size, before, after))) in HEADINGS.into_iter().zip(HEADING_LOOK).enumerate() {
        let weight: &[Says<'_>] = match level {
            0 => &[NewPage, Bold],
            1..=3 => &[Bold],
            4 => &[Italic],
            _ => &[Bold, Italic],
        };
        let space = Space(before, after, 250);
        let says = [HEADING, Shown(9), KeepLines, Counted(level), space, All(weight), Size(size)];
        paragraph(xml, id, &format!("heading {}", level + 1), &says);
    }
    // Headings that are no part of the text's structure: of the front matter, and within boxes and notes.
    let apart = All(&[HEADING, Shown(10), Bold]);
    paragraph(xml, "FrontHeading", "Rubrik utanför innehåll", &[apart, Space(0, 160, 250), Size(32)]);
    paragraph(xml, "MinorHeading", "Mellanrubrik", &[apart, Space(120, 110, 250), Size(22)]);
}

fn write_cover_styles(xml: &mut Xml) {
    let muted = |size| [On("Normal"), NoHyphens, Size(size), Color(MUTED)];
    paragraph(xml, "CoverPublisher", "Omslag avsändare", &[All(&muted(26)), Next("Title")]);
    let bar = [line("top", 36, 22, ACCENT)];
    let large = All(&[HeadingFont, Bold, Color(ACCENT), Size(68)]);
    let title = [On("Normal"), Next("Subtitle"), Shown(10), Borders(&bar), NoHyphens, Space(2600, 200, 228), large];
    paragraph(xml, "Title", "Title", &title);
    paragraph(xml, "Subtitle", "Subtitle", &[All(&muted(28)), Shown(11), Space(0, 320, 276)]);
    let edition = [On("Normal"), Space(0, 560, 276), Size(28), Bold, Color(ACCENT)];
    paragraph(xml, "CoverEdition", "Omslag utgåva", &edition);
    let lines = Borders(&[line("bottom", 4, 3, RULE), line("between", 4, 3, RULE)]);
    let tabs = [Tab { kind: "left", dotted: false, position: FACT_INDENT }];
    let columns = All(&[Tabs(&tabs), Hanging(FACT_INDENT, FACT_INDENT)]);
    paragraph(xml, "CoverFact", "Omslag uppgift", &[On("Normal"), lines, columns, NoHyphens, Space(0, 0, 264)]);
    let remark = [On("Normal"), Space(280, 0, 264), Size(18), Color(MUTED)];
    paragraph(xml, "CoverRemark", "Omslag anmärkning", &remark);
}

fn write_contents_styles(xml: &mut Xml, width: u32) {
    let page = Tab { kind: "right", dotted: true, position: width };
    let entry = All(&[On("Normal"), Next("Normal"), NoHyphens]);
    paragraph(xml, "TOCHeading", "TOC Heading", &[On("FrontHeading"), Next("BodyText"), Shown(39)]);
    for (level, (id, (left, number))) in CONTENTS.into_iter().zip(CONTENTS_INDENT).enumerate() {
        let tabs = [Tab { kind: "left", dotted: false, position: left }, page];
        let weight: &[Says<'_>] = match level {
            0 => &[Space(140, 20, 264), Bold, Color(ACCENT)],
            _ => &[Space(0, 20, 264)],
        };
        let says = [entry, Shown(39), Tabs(&tabs), Hanging(left, number), All(weight)];
        paragraph(xml, id, &format!("toc {}", level + 1), &says);
    }
    // A catalogue has many tables: their list steps back behind the contents.
    let small = All(&[Space(0, 0, 264), Hanging(LISTED_INDENT, LISTED_INDENT), Size(18)]);
    paragraph(xml, LISTED, "table of figures", &[entry, Shown(99), Tabs(&[page]), small]);
}

fn write_list_styles(xml: &mut Xml) {
    let item = All(&[On("BodyText"), Shown(2)]);
    paragraph(xml, "ListBullet", "List Bullet", &[item, NoSpaceWithin]);
    paragraph(xml, "ListNumber", "List Number", &[item, NoSpaceWithin]);
    paragraph(xml, "ListContinue", "List Continue", &[item, Left(LIST_STEP)]);
}

fn write_notice_styles(xml: &mut Xml) {
    for kind in [Notice::Remark, Notice::Tip, Notice::Important, Notice::Warning] {
        let (fill, bar) = (notice_fill(kind), notice_color(kind));
        // Lines in the colour of the ground make room within the box; the bar is its mark.
        let borders =
            [line("top", 4, 5, fill), line("left", 36, 8, bar), line("bottom", 4, 5, fill), line("right", 4, 6, fill)];
        let frame = All(&[Borders(&borders), Ground(fill), Space(160, 260, 270), Sides(NOTICE_INDENT, 142)]);
        let name = format!("Ruta {}", kind.label().to_lowercase());
        paragraph(xml, notice(kind), &name, &[On("Normal"), Shown(30), KeepLines, frame, NoSpaceWithin]);
    }
}

fn write_table_styles(xml: &mut Xml) {
    xml.open("w:style", &[("w:type", &"table"), ("w:default", &1), ("w:styleId", &"TableNormal")]);
    xml.value("w:name", &"Normal Table");
    xml.value("w:uiPriority", &99);
    xml.empty("w:semiHidden", &[]);
    xml.empty("w:unhideWhenUsed", &[]);
    xml.close("w:style");
    xml.open("w:style", &[("w:type", &"table"), ("w:customStyle", &1), ("w:styleId", &TABLE)]);
    xml.value("w:name", &"Katalogtabell");
    xml.value("w:basedOn", &"TableNormal");
    xml.value("w:uiPriority", &41);
    xml.empty("w:qFormat", &[]);
    TableLook {
        borders: &[line("top", 8, 0, ACCENT), line("bottom", 8, 0, ACCENT), line("insideH", 4, 0, RULE)],
        header_fill: HEADER_FILL,
        header_borders: &[line("bottom", 8, 0, ACCENT)],
        margins: (45, 90),
    }
    .write(xml);
    xml.close("w:style");
    let text = All(&[On("Normal"), Shown(42), Space(0, 0, 245)]);
    // Bold here and not in the table's style: Word adds the two up to text that is not bold.
    let heading = All(&[text, KeepNext, Bold, Color(ACCENT)]);
    paragraph(xml, "TableText", "Tabelltext", &[text, Size(19)]);
    paragraph(xml, "TableTextSmall", "Tabelltext liten", &[text, Size(17)]);
    paragraph(xml, "TableHeading", "Tabellrubrik", &[heading, Size(19)]);
    paragraph(xml, "TableHeadingSmall", "Tabellrubrik liten", &[heading, Size(17)]);
    let bold = All(&[Bold, Color(ACCENT), Size(19)]);
    let caption = [On("Normal"), Next("BodyText"), Shown(35), KeepLines, Space(220, 90, 252), bold];
    paragraph(xml, "Caption", "caption", &caption);
    paragraph(xml, "Figure", "Figur", &[On("Normal"), Next("Caption"), Space(160, 120, 240)]);
    paragraph(xml, "Gap", "Mellanrum", &[On("Normal"), Exactly(GAP), Size(4)]);
}

fn write_page_styles(xml: &mut Xml, width: u32) {
    let tabs = [Tab { kind: "right", dotted: false, position: width }];
    let mark = All(&[On("Normal"), Shown(99), Tabs(&tabs), NoHyphens, Space(0, 0, 245), Size(17), Color(MUTED)]);
    paragraph(xml, "Header", "header", &[mark, Borders(&[line("bottom", 4, 5, RULE)])]);
    paragraph(xml, "Footer", "footer", &[mark, Borders(&[line("top", 4, 5, RULE)])]);
    paragraph(xml, "FootnoteText", "footnote text", &[On("Normal"), Shown(99), Space(0, 40, 245), Size(18)]);
}

fn write_character_styles(xml: &mut Xml) {
    let own = All(&[On("DefaultParagraphFont"), Shown(99)]);
    character(xml, "DefaultParagraphFont", "Default Paragraph Font", &[]);
    character(xml, "Hyperlink", "Hyperlink", &[own, Color(LINK), Underlined]);
    character(xml, "FootnoteReference", "footnote reference", &[own, Raised]);
    character(xml, "CodeText", "Kodtext", &[own, CodeFont, Size(19)]);
    character(xml, "Draft", "Utkastmärke", &[own, Bold, Color(ALERT)]);
}

/// Something that a style says; what it does not say is as in the one that it is based on.
#[derive(Clone, Copy)]
enum Says<'a> {
    /// Which style it is based on, and which one follows it in Word.
    On(&'a str),
    Next(&'a str),
    /// Where Word's list of styles shows it; styles without are left out of that list.
    Shown(u32),
    All(&'a [Says<'a>]),
    // Of paragraphs.
    KeepNext,
    KeepLines,
    NewPage,
    Counted(usize),
    Borders(&'a [Border<'a>]),
    Ground(&'a str),
    Tabs(&'a [Tab]),
    NoHyphens,
    /// Before, after, and the height of a line: 240 is one of the font.
    Space(u32, u32, u32),
    /// Lines of this height in twentieths of a point, and no room between them.
    Exactly(u32),
    /// Indents from the left and the right.
    Sides(u32, u32),
    /// Left indent of all lines, and how far the first one stands before it.
    Hanging(u32, u32),
    Left(u32),
    NoSpaceWithin,
    // Of text.
    HeadingFont,
    CodeFont,
    Bold,
    Italic,
    Color(&'a str),
    /// In half points.
    Size(u32),
    Underlined,
    Raised,
}

/// One style: who it is, and what it changes against the one it is based on.
#[derive(Default)]
struct Style<'a> {
    id: &'a str,
    name: &'a str,
    based_on: Option<&'a str>,
    next: Option<&'a str>,
    shown: Option<u32>,
    paragraph: ParagraphProperties<'a>,
    run: RunProperties<'a>,
}

impl<'a> Style<'a> {
    fn of(id: &'a str, name: &'a str, says: &[Says<'a>]) -> Style<'a> {
        let mut style = Style { id, name, ..Style::default() };
        says.iter().for_each(|says| style.add(says));
        style
    }

    fn add(&mut self, says: &Says<'a>) {
        let Style { paragraph, run, .. } = self;
        match *says {
            On(id) => self.based_on = Some(id),
            Next(id) => self.next = Some(id),
            Shown(place) => self.shown = Some(place),
            All(several) => several.iter().for_each(|says| self.add(says)),
            KeepNext => paragraph.keep_next = true,
            KeepLines => paragraph.keep_lines = true,
            NewPage => paragraph.page_break_before = true,
            Counted(level) => {
                paragraph.numbering = Some(Numbering { list: CHAPTERS, level });
                paragraph.outline = Some(level as u8);
            }
            Borders(borders) => paragraph.borders = borders,
            Ground(fill) => paragraph.fill = Some(fill),
            Tabs(tabs) => paragraph.tabs = tabs,
            NoHyphens => paragraph.no_hyphens = true,
            Space(before, after, line) => paragraph.spacing = spacing(before, after, line),
            Exactly(line) => paragraph.spacing = Spacing { exact: true, ..spacing(0, 0, line) },
            Sides(left, right) => paragraph.indent = Indent { left: Some(left), right: Some(right), hanging: None },
            Hanging(left, by) => paragraph.indent = Indent { left: Some(left), right: None, hanging: Some(by) },
            Left(left) => paragraph.indent.left = Some(left),
            NoSpaceWithin => paragraph.contextual = Some(true),
            HeadingFont => run.font = Some(Font::Heading),
            CodeFont => (run.font, run.no_proof) = (Some(Font::Code), true),
            Bold => run.bold = true,
            Italic => run.italic = true,
            Color(color) => run.color = Some(color),
            Size(size) => run.size = Some(size),
            Underlined => run.underline = true,
            Raised => run.superscript = true,
        }
    }

    /// Writes `w:style`, in the format's order.
    fn write(&self, xml: &mut Xml, kind: &str) {
        let mut attributes: Vec<Attribute<'_>> = vec![("w:type", &kind)];
        if matches!(self.id, "Normal" | "DefaultParagraphFont") {
            attributes.push(("w:default", &1));
        }
        // Word's own styles are called by their names in English, ours by names in Swedish.
        if !self.id.eq_ignore_ascii_case(&self.name.replace(' ', "")) {
            attributes.push(("w:customStyle", &1));
        }
        attributes.push(("w:styleId", &self.id));
        xml.open("w:style", &attributes);
        xml.value("w:name", &self.name);
        xml.optional("w:basedOn", self.based_on);
        xml.optional("w:next", self.next);
        xml.value("w:uiPriority", &self.shown.unwrap_or(99));
        if self.shown.is_some_and(|place| place < 99) {
            xml.empty("w:qFormat", &[]);
        }
        if kind == "paragraph" {
            self.paragraph.write(xml);
        }
        self.run.write(xml);
        xml.close("w:style");
    }
}

fn paragraph(xml: &mut Xml, id: &str, name: &str, says: &[Says<'_>]) {
    Style::of(id, name, says).write(xml, "paragraph");
}

fn character(xml: &mut Xml, id: &str, name: &str, says: &[Says<'_>]) {
    Style::of(id, name, says).write(xml, "character");
}

fn line<'a>(side: &'a str, size: u32, space: u32, color: &'a str) -> Border<'a> {
    Border { side, size, space, color }
}

fn spacing(before: u32, after: u32, line: u32) -> Spacing {
    Spacing { before: Some(before), after: Some(after), line: Some(line), exact: false }
}
