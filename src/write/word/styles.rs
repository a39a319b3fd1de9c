//! The built-in look: every style that the writer uses, with Word's own English names so that other tools know them.

use super::numbering::CHAPTERS;
use super::properties::{Border, Font, Indent, Numbering, ParagraphProperties, RunProperties, Spacing, Tab, TableLook};
use super::xml::Xml;
use super::{LANGUAGE, NAMESPACES};
use crate::document::Notice;

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

/// Space above what follows a table.
pub const GAP: u32 = 200;
const QUOTE_INDENT: u32 = 454;
const NOTICE_INDENT: u32 = 227;
const FACT_INDENT: u32 = 2835;

/// The left indent that a style gives by itself.
pub fn indent(style: &str) -> u32 {
    match style {
        "Quote" => QUOTE_INDENT,
        "NoticeRemark" | "NoticeTip" | "NoticeImportant" | "NoticeWarning" => NOTICE_INDENT,
        "ListContinue" => super::numbering::LIST_STEP,
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

/// One style: who it is, and what it changes against the one it is based on.
#[derive(Default)]
struct Style<'a> {
    id: &'a str,
    name: &'a str,
    based_on: Option<&'a str>,
    next: Option<&'a str>,
    /// Where Word's list of styles shows it; styles without are left out of that list.
    shown: Option<u32>,
    paragraph: ParagraphProperties<'a>,
    run: RunProperties<'a>,
}

/// The part with all styles, for text of this width.
pub fn part(width: u32) -> Vec<u8> {
    let mut xml = Xml::part("w:styles", &NAMESPACES);
    write_defaults(&mut xml);
    write_text_styles(&mut xml);
    write_heading_styles(&mut xml);
    write_cover_styles(&mut xml);
    write_contents_styles(&mut xml, width);
    write_listed_style(&mut xml, width);
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
    let fonts: [super::xml::Attribute<'_>; 4] = [
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
    ParagraphProperties { spacing: space(0, 0, 264), ..Default::default() }.write(xml);
    xml.close("w:pPrDefault");
    xml.close("w:docDefaults");
}

fn write_text_styles(xml: &mut Xml) {
    // The colour is not among the defaults, where LibreOffice lets it win over that of links in tables.
    let run = RunProperties { color: Some(INK), ..RunProperties::PLAIN };
    paragraph(xml, Style { id: "Normal", name: "Normal", shown: Some(0), run, ..Default::default() });
    paragraph(
        xml,
        Style {
            id: "BodyText",
            name: "Body Text",
            based_on: Some("Normal"),
            shown: Some(1),
            paragraph: ParagraphProperties { spacing: space(0, 140, 278), ..Default::default() },
            ..Default::default()
        },
    );
    paragraph(
        xml,
        Style {
            id: "Quote",
            name: "Quote",
            based_on: Some("BodyText"),
            shown: Some(29),
            paragraph: ParagraphProperties {
                borders: &[Border { side: "left", size: 12, space: 10, color: RULE }],
                indent: sides(QUOTE_INDENT, QUOTE_INDENT),
                ..Default::default()
            },
            run: RunProperties { color: Some(MUTED), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
    let code_borders =
        ["top", "left", "bottom", "right"].map(|side| Border { side, size: 4, space: 6, color: CODE_FILL });
    paragraph(
        xml,
        Style {
            id: "Code",
            name: "Kod",
            based_on: Some("Normal"),
            next: Some("BodyText"),
            shown: Some(40),
            paragraph: ParagraphProperties {
                borders: &code_borders,
                fill: Some(CODE_FILL),
                no_hyphens: true,
                spacing: space(140, 220, 252),
                indent: sides(142, 142),
                ..Default::default()
            },
            run: RunProperties { font: Some(Font::Code), no_proof: true, size: Some(18), ..RunProperties::PLAIN },
        },
    );
}

/// Size in half points, space before and space after of each level of headings.
pub const HEADING_LOOK: [(u32, u32, u32); 6] =
    [(40, 0, 280), (30, 400, 140), (25, 320, 100), (21, 180, 40), (21, 240, 60), (21, 240, 60)];

fn write_heading_styles(xml: &mut Xml) {
    for (level, (id, (size, before, after))) in HEADINGS.into_iter().zip(HEADING_LOOK).enumerate() {
        let name = format!("heading {}", level + 1);
        paragraph(
            xml,
            Style {
                id,
                name: &name,
                based_on: Some("Normal"),
                next: Some("BodyText"),
                shown: Some(9),
                paragraph: ParagraphProperties {
                    keep_next: true,
                    keep_lines: true,
                    page_break_before: level == 0,
                    numbering: Some(Numbering { list: CHAPTERS, level }),
                    no_hyphens: true,
                    spacing: space(before, after, 250),
                    outline: Some(level as u8),
                    ..Default::default()
                },
                run: RunProperties {
                    font: Some(Font::Heading),
                    bold: level != 4,
                    italic: level >= 4,
                    color: Some(ACCENT),
                    size: Some(size),
                    ..Default::default()
                },
            },
        );
    }
    // Headings that are no part of the text's structure: of the front matter, and within boxes and notes.
    for (id, name, size, before) in
        [("FrontHeading", "Rubrik utanför innehåll", 32, 0), ("MinorHeading", "Mellanrubrik", 22, 120)]
    {
        paragraph(
            xml,
            Style {
                id,
                name,
                based_on: Some("Normal"),
                next: Some("BodyText"),
                shown: Some(10),
                paragraph: ParagraphProperties {
                    keep_next: true,
                    no_hyphens: true,
                    spacing: space(before, size * 5, 250),
                    ..Default::default()
                },
                run: heading_run(size),
            },
        );
    }
}

fn heading_run(size: u32) -> RunProperties<'static> {
    RunProperties {
        font: Some(Font::Heading),
        bold: true,
        color: Some(ACCENT),
        size: Some(size),
        ..RunProperties::PLAIN
    }
}

fn write_cover_styles(xml: &mut Xml) {
    paragraph(
        xml,
        Style {
            id: "CoverPublisher",
            name: "Omslag avsändare",
            based_on: Some("Normal"),
            next: Some("Title"),
            paragraph: ParagraphProperties { no_hyphens: true, ..Default::default() },
            run: RunProperties { size: Some(26), color: Some(MUTED), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
    paragraph(
        xml,
        Style {
            id: "Title",
            name: "Title",
            based_on: Some("Normal"),
            next: Some("Subtitle"),
            shown: Some(10),
            paragraph: ParagraphProperties {
                borders: &[Border { side: "top", size: 36, space: 22, color: ACCENT }],
                no_hyphens: true,
                spacing: space(2600, 200, 228),
                ..Default::default()
            },
            run: RunProperties { size: Some(68), ..heading_run(0) },
        },
    );
    paragraph(
        xml,
        Style {
            id: "Subtitle",
            name: "Subtitle",
            based_on: Some("Normal"),
            shown: Some(11),
            paragraph: ParagraphProperties { no_hyphens: true, spacing: space(0, 320, 276), ..Default::default() },
            run: RunProperties { size: Some(28), color: Some(MUTED), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
    paragraph(
        xml,
        Style {
            id: "CoverEdition",
            name: "Omslag utgåva",
            based_on: Some("Normal"),
            paragraph: ParagraphProperties { spacing: space(0, 560, 276), ..Default::default() },
            run: RunProperties { size: Some(28), bold: true, color: Some(ACCENT), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
    paragraph(
        xml,
        Style {
            id: "CoverFact",
            name: "Omslag uppgift",
            based_on: Some("Normal"),
            paragraph: ParagraphProperties {
                borders: &[
                    Border { side: "bottom", size: 4, space: 3, color: RULE },
                    Border { side: "between", size: 4, space: 3, color: RULE },
                ],
                tabs: &[Tab { kind: "left", dotted: false, position: FACT_INDENT }],
                no_hyphens: true,
                spacing: space(0, 0, 264),
                indent: Indent { left: Some(FACT_INDENT), right: None, hanging: Some(FACT_INDENT) },
                ..Default::default()
            },
            ..Default::default()
        },
    );
    paragraph(
        xml,
        Style {
            id: "CoverRemark",
            name: "Omslag anmärkning",
            based_on: Some("Normal"),
            paragraph: ParagraphProperties { spacing: space(280, 0, 264), ..Default::default() },
            run: RunProperties { size: Some(18), color: Some(MUTED), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
}

fn write_contents_styles(xml: &mut Xml, width: u32) {
    paragraph(
        xml,
        Style {
            id: "TOCHeading",
            name: "TOC Heading",
            based_on: Some("FrontHeading"),
            next: Some("BodyText"),
            shown: Some(39),
            ..Default::default()
        },
    );
    for (level, id) in CONTENTS.into_iter().enumerate() {
        let name = format!("toc {}", level + 1);
        let (left, hanging) = CONTENTS_INDENT[level];
        paragraph(
            xml,
            Style {
                id,
                name: &name,
                based_on: Some("Normal"),
                next: Some("Normal"),
                shown: Some(39),
                paragraph: ParagraphProperties {
                    tabs: &[
                        Tab { kind: "left", dotted: false, position: left },
                        Tab { kind: "right", dotted: true, position: width },
                    ],
                    no_hyphens: true,
                    spacing: if level == 0 { space(140, 20, 264) } else { space(0, 20, 264) },
                    indent: Indent { left: Some(left), right: None, hanging: Some(hanging) },
                    ..Default::default()
                },
                run: RunProperties { bold: level == 0, color: (level == 0).then_some(ACCENT), ..Default::default() },
            },
        );
    }
}

/// How far the second line of a long entry in the lists of tables and figures stands in.
const LISTED_INDENT: u32 = 1020;

fn write_listed_style(xml: &mut Xml, width: u32) {
    paragraph(
        xml,
        Style {
            id: LISTED,
            name: "table of figures",
            based_on: Some("Normal"),
            next: Some("Normal"),
            shown: Some(99),
            paragraph: ParagraphProperties {
                tabs: &[Tab { kind: "right", dotted: true, position: width }],
                no_hyphens: true,
                spacing: space(0, 0, 264),
                indent: Indent { left: Some(LISTED_INDENT), right: None, hanging: Some(LISTED_INDENT) },
                ..Default::default()
            },
            // A catalogue has many tables: their list steps back behind the contents.
            run: RunProperties { size: Some(18), ..RunProperties::PLAIN },
        },
    );
}

/// Where the text of each level stands in the contents table, and how far its number stands before it.
const CONTENTS_INDENT: [(u32, u32); 2] = [(510, 510), (1134, 624)];

fn write_list_styles(xml: &mut Xml) {
    for (id, name) in [("ListBullet", "List Bullet"), ("ListNumber", "List Number")] {
        paragraph(
            xml,
            Style {
                id,
                name,
                based_on: Some("BodyText"),
                shown: Some(2),
                paragraph: ParagraphProperties { contextual: Some(true), ..Default::default() },
                ..Default::default()
            },
        );
    }
    paragraph(
        xml,
        Style {
            id: "ListContinue",
            name: "List Continue",
            based_on: Some("BodyText"),
            shown: Some(2),
            paragraph: ParagraphProperties {
                indent: Indent { left: Some(super::numbering::LIST_STEP), ..Default::default() },
                ..Default::default()
            },
            ..Default::default()
        },
    );
}

fn write_notice_styles(xml: &mut Xml) {
    for kind in [Notice::Remark, Notice::Tip, Notice::Important, Notice::Warning] {
        let (fill, bar) = (notice_fill(kind), notice_color(kind));
        let name = format!("Ruta {}", kind.label().to_lowercase());
        paragraph(
            xml,
            Style {
                id: notice(kind),
                name: &name,
                based_on: Some("Normal"),
                shown: Some(30),
                paragraph: ParagraphProperties {
                    keep_lines: true,
                    // Lines in the colour of the ground make room within the box; the bar is its mark.
                    borders: &[
                        Border { side: "top", size: 4, space: 5, color: fill },
                        Border { side: "left", size: 36, space: 8, color: bar },
                        Border { side: "bottom", size: 4, space: 5, color: fill },
                        Border { side: "right", size: 4, space: 6, color: fill },
                    ],
                    fill: Some(fill),
                    spacing: space(160, 260, 270),
                    indent: sides(NOTICE_INDENT, 142),
                    contextual: Some(true),
                    ..Default::default()
                },
                ..Default::default()
            },
        );
    }
}

/// The style of tables.
pub const TABLE: &str = "KatalogTabell";

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
        borders: &[
            Border { side: "top", size: 8, space: 0, color: ACCENT },
            Border { side: "bottom", size: 8, space: 0, color: ACCENT },
            Border { side: "insideH", size: 4, space: 0, color: RULE },
        ],
        header_fill: HEADER_FILL,
        header_borders: &[Border { side: "bottom", size: 8, space: 0, color: ACCENT }],
        margins: (45, 90),
    }
    .write(xml);
    xml.close("w:style");
    table_text(xml, "TableText", "Tabelltext", 19, false);
    table_text(xml, "TableTextSmall", "Tabelltext liten", 17, false);
    table_text(xml, "TableHeading", "Tabellrubrik", 19, true);
    table_text(xml, "TableHeadingSmall", "Tabellrubrik liten", 17, true);
    paragraph(
        xml,
        Style {
            id: "Caption",
            name: "caption",
            based_on: Some("Normal"),
            next: Some("BodyText"),
            shown: Some(35),
            paragraph: ParagraphProperties { keep_lines: true, spacing: space(220, 90, 252), ..Default::default() },
            run: RunProperties { bold: true, color: Some(ACCENT), size: Some(19), ..RunProperties::PLAIN },
        },
    );
    paragraph(
        xml,
        Style {
            id: "Figure",
            name: "Figur",
            based_on: Some("Normal"),
            next: Some("Caption"),
            paragraph: ParagraphProperties { spacing: space(160, 120, 240), ..Default::default() },
            ..Default::default()
        },
    );
    paragraph(
        xml,
        Style {
            id: "Gap",
            name: "Mellanrum",
            based_on: Some("Normal"),
            paragraph: ParagraphProperties {
                spacing: Spacing { line: Some(GAP), exact: true, ..space(0, 0, 0) },
                ..Default::default()
            },
            run: RunProperties { size: Some(4), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
}

fn table_text(xml: &mut Xml, id: &str, name: &str, size: u32, heading: bool) {
    paragraph(
        xml,
        Style {
            id,
            name,
            based_on: Some("Normal"),
            shown: Some(42),
            paragraph: ParagraphProperties { keep_next: heading, spacing: space(0, 0, 245), ..Default::default() },
            // Bold here and not in the table's style: Word adds the two up to text that is not bold.
            run: RunProperties {
                bold: heading,
                color: heading.then_some(ACCENT),
                size: Some(size),
                ..Default::default()
            },
            ..Default::default()
        },
    );
}

fn write_page_styles(xml: &mut Xml, width: u32) {
    let line = |side| Border { side, size: 4, space: 5, color: RULE };
    for (id, name, border) in [("Header", "header", line("bottom")), ("Footer", "footer", line("top"))] {
        paragraph(
            xml,
            Style {
                id,
                name,
                based_on: Some("Normal"),
                shown: Some(99),
                paragraph: ParagraphProperties {
                    borders: &[border],
                    tabs: &[Tab { kind: "right", dotted: false, position: width }],
                    no_hyphens: true,
                    spacing: space(0, 0, 245),
                    ..Default::default()
                },
                run: RunProperties { size: Some(17), color: Some(MUTED), ..RunProperties::PLAIN },
                ..Default::default()
            },
        );
    }
    paragraph(
        xml,
        Style {
            id: "FootnoteText",
            name: "footnote text",
            based_on: Some("Normal"),
            shown: Some(99),
            paragraph: ParagraphProperties { spacing: space(0, 40, 245), ..Default::default() },
            run: RunProperties { size: Some(18), ..RunProperties::PLAIN },
            ..Default::default()
        },
    );
}

fn write_character_styles(xml: &mut Xml) {
    let default = Style { id: "DefaultParagraphFont", name: "Default Paragraph Font", ..Default::default() };
    write(xml, "character", default);
    let characters = [
        ("Hyperlink", "Hyperlink", RunProperties { color: Some(LINK), underline: true, ..RunProperties::PLAIN }),
        ("FootnoteReference", "footnote reference", RunProperties { superscript: true, ..RunProperties::PLAIN }),
        (
            "CodeText",
            "Kodtext",
            RunProperties { font: Some(Font::Code), no_proof: true, size: Some(19), ..RunProperties::PLAIN },
        ),
        ("Draft", "Utkastmärke", RunProperties { bold: true, color: Some(ALERT), ..RunProperties::PLAIN }),
    ];
    for (id, name, run) in characters {
        let style =
            Style { id, name, based_on: Some("DefaultParagraphFont"), shown: Some(99), run, ..Default::default() };
        write(xml, "character", style);
    }
}

fn paragraph(xml: &mut Xml, style: Style<'_>) {
    write(xml, "paragraph", style);
}

/// Styles that Word knows by their names; the others are marked as ours.
const BUILT_IN: [&str; 25] = [
    "Normal",
    "BodyText",
    "Quote",
    "Heading1",
    "Heading2",
    "Heading3",
    "Heading4",
    "Heading5",
    "Heading6",
    "Title",
    "Subtitle",
    "TOCHeading",
    "TOC1",
    "TOC2",
    "TableofFigures",
    "ListBullet",
    "ListNumber",
    "ListContinue",
    "Caption",
    "Header",
    "Footer",
    "FootnoteText",
    "DefaultParagraphFont",
    "Hyperlink",
    "FootnoteReference",
];

/// Writes `w:style`, in the format's order.
fn write(xml: &mut Xml, kind: &str, style: Style<'_>) {
    let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("w:type", &kind)];
    if matches!(style.id, "Normal" | "DefaultParagraphFont") {
        attributes.push(("w:default", &1));
    }
    if !BUILT_IN.contains(&style.id) {
        attributes.push(("w:customStyle", &1));
    }
    attributes.push(("w:styleId", &style.id));
    xml.open("w:style", &attributes);
    xml.value("w:name", &style.name);
    if let Some(based_on) = style.based_on {
        xml.value("w:basedOn", &based_on);
    }
    if let Some(next) = style.next {
        xml.value("w:next", &next);
    }
    xml.value("w:uiPriority", &style.shown.unwrap_or(99));
    if style.shown.is_some_and(|place| place < 99) {
        xml.empty("w:qFormat", &[]);
    }
    if kind == "paragraph" {
        style.paragraph.write(xml);
    }
    style.run.write(xml);
    xml.close("w:style");
}

fn space(before: u32, after: u32, line: u32) -> Spacing {
    Spacing { before: Some(before), after: Some(after), line: Some(line), exact: false }
}

fn sides(left: u32, right: u32) -> Indent {
    Indent { left: Some(left), right: Some(right), hanging: None }
}
