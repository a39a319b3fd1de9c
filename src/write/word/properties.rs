//! The properties of paragraphs, runs, tables and sections. The format fixes the order of the elements in each of
//! these containers, and a wrong order makes a file that Word repairs or refuses: so each is written at one place, here.

use super::sections::Page;
use super::xml::Xml;

/// `w:pPr`, in a paragraph, a style or a list level.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParagraphProperties<'a> {
    pub style: Option<&'a str>,
    pub keep_next: bool,
    pub keep_lines: bool,
    pub page_break_before: bool,
    /// Starts no page although its style says so.
    pub no_page_break: bool,
    pub numbering: Option<Numbering>,
    pub borders: &'a [Border<'a>],
    pub fill: Option<&'a str>,
    pub tabs: &'a [Tab],
    pub no_hyphens: bool,
    pub spacing: Spacing,
    pub indent: Indent,
    /// No space between paragraphs of the same style. `Some(false)` takes back what the style says.
    pub contextual: Option<bool>,
    pub align: Option<&'a str>,
    pub outline: Option<u8>,
}

/// Which list a paragraph is counted in; list 0 is none.
#[derive(Debug, Clone, Copy)]
pub struct Numbering {
    pub list: u32,
    pub level: usize,
}

/// A line along one side of a paragraph or a table.
#[derive(Debug, Clone, Copy)]
pub struct Border<'a> {
    pub side: &'a str,
    /// In eighths of a point.
    pub size: u32,
    /// Distance to the text, in points.
    pub space: u32,
    pub color: &'a str,
}

/// A tab stop; positions are twentieths of a point.
#[derive(Debug, Clone, Copy)]
pub struct Tab {
    pub kind: &'static str,
    pub dotted: bool,
    pub position: u32,
}

/// Space around and within a paragraph, in twentieths of a point.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spacing {
    pub before: Option<u32>,
    pub after: Option<u32>,
    /// Line height: 240 is one line of the font.
    pub line: Option<u32>,
    /// The line height is in twentieths of a point instead, whatever the font.
    pub exact: bool,
}

/// Indents from the margins, in twentieths of a point.
#[derive(Debug, Clone, Copy, Default)]
pub struct Indent {
    pub left: Option<u32>,
    pub right: Option<u32>,
    pub hanging: Option<u32>,
}

impl ParagraphProperties<'_> {
    /// Writes `w:pPr`, and tells where a `w:sectPr` can be put into it.
    pub fn write(&self, xml: &mut Xml) -> usize {
        xml.open("w:pPr", &[]);
        self.write_content(xml);
        let end = xml.position();
        xml.close("w:pPr");
        end
    }

    fn write_content(&self, xml: &mut Xml) {
        xml.optional("w:pStyle", self.style);
        flag(xml, "w:keepNext", self.keep_next);
        flag(xml, "w:keepLines", self.keep_lines);
        flag(xml, "w:pageBreakBefore", self.page_break_before);
        if self.no_page_break && !self.page_break_before {
            xml.value("w:pageBreakBefore", &0);
        }
        if let Some(Numbering { list, level }) = self.numbering {
            xml.open("w:numPr", &[]);
            xml.value("w:ilvl", &level);
            xml.value("w:numId", &list);
            xml.close("w:numPr");
        }
        write_borders(xml, "w:pBdr", self.borders);
        write_fill(xml, self.fill);
        self.write_tabs(xml);
        flag(xml, "w:suppressAutoHyphens", self.no_hyphens);
        self.spacing.write(xml);
        self.indent.write(xml);
        match self.contextual {
            Some(true) => xml.empty("w:contextualSpacing", &[]),
            Some(false) => xml.value("w:contextualSpacing", &0),
            None => {}
        }
        xml.optional("w:jc", self.align);
        xml.optional("w:outlineLvl", self.outline);
    }

    fn write_tabs(&self, xml: &mut Xml) {
        if self.tabs.is_empty() {
            return;
        }
        xml.open("w:tabs", &[]);
        for tab in self.tabs {
            let leader = if tab.dotted { "dot" } else { "none" };
            xml.empty("w:tab", &[("w:val", &tab.kind), ("w:leader", &leader), ("w:pos", &tab.position)]);
        }
        xml.close("w:tabs");
    }
}

impl Spacing {
    fn write(&self, xml: &mut Xml) {
        let rule = if self.exact { "exact" } else { "auto" };
        let rule = self.line.map(|_| rule);
        write_given(
            xml,
            "w:spacing",
            &[("w:before", self.before), ("w:after", self.after), ("w:line", self.line)],
            rule.map(|rule| ("w:lineRule", rule)),
        );
    }
}

impl Indent {
    fn write(&self, xml: &mut Xml) {
        write_given(xml, "w:ind", &[("w:left", self.left), ("w:right", self.right), ("w:hanging", self.hanging)], None);
    }
}

/// An element with those attributes that have a value, or nothing.
fn write_given(xml: &mut Xml, name: &str, numbers: &[(&str, Option<u32>)], last: Option<(&str, &str)>) {
    let mut attributes: Vec<super::xml::Attribute<'_>> = Vec::new();
    for (name, number) in numbers {
        if let Some(number) = number {
            attributes.push((name, number));
        }
    }
    if let Some((name, value)) = &last {
        attributes.push((name, value));
    }
    if !attributes.is_empty() {
        xml.empty(name, &attributes);
    }
}

/// `w:rPr`, in a run or a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunProperties<'a> {
    pub style: Option<&'a str>,
    pub font: Option<Font>,
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    /// Not to be spell-checked: code.
    pub no_proof: bool,
    pub color: Option<&'a str>,
    /// In half points.
    pub size: Option<u32>,
    pub underline: bool,
    pub superscript: bool,
}

impl Default for RunProperties<'_> {
    fn default() -> Self {
        Self::PLAIN
    }
}

/// The typefaces beside that of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// The theme's typeface for headings.
    Heading,
    /// One with letters of the same width.
    Code,
}

/// Typeface of code; the others are the theme's.
pub const CODE_FONT: &str = "Consolas";

impl RunProperties<'_> {
    /// Text as its paragraph's style has it.
    pub const PLAIN: RunProperties<'static> = RunProperties {
        style: None,
        font: None,
        bold: false,
        italic: false,
        strike: false,
        no_proof: false,
        color: None,
        size: None,
        underline: false,
        superscript: false,
    };

    /// Writes `w:rPr`, unless it would be empty.
    pub fn write(&self, xml: &mut Xml) {
        if *self != RunProperties::PLAIN {
            xml.open("w:rPr", &[]);
            self.write_content(xml);
            xml.close("w:rPr");
        }
    }

    fn write_content(&self, xml: &mut Xml) {
        xml.optional("w:rStyle", self.style);
        if let Some(font) = self.font {
            write_font(xml, font);
        }
        flag(xml, "w:b", self.bold);
        flag(xml, "w:bCs", self.bold);
        flag(xml, "w:i", self.italic);
        flag(xml, "w:iCs", self.italic);
        flag(xml, "w:strike", self.strike);
        flag(xml, "w:noProof", self.no_proof);
        xml.optional("w:color", self.color);
        xml.optional("w:sz", self.size);
        xml.optional("w:szCs", self.size);
        xml.optional("w:u", self.underline.then_some("single"));
        xml.optional("w:vertAlign", self.superscript.then_some("superscript"));
    }
}

fn write_font(xml: &mut Xml, font: Font) {
    match font {
        Font::Heading => {
            let (latin, other) = ("majorHAnsi", "majorBidi");
            xml.empty("w:rFonts", &[("w:asciiTheme", &latin), ("w:hAnsiTheme", &latin), ("w:cstheme", &other)]);
        }
        Font::Code => {
            let font = CODE_FONT;
            xml.empty("w:rFonts", &[("w:ascii", &font), ("w:hAnsi", &font), ("w:cs", &font)]);
        }
    }
}

/// `w:tblPr` of a table in the text.
#[derive(Debug)]
pub struct TableProperties<'a> {
    pub style: &'a str,
    pub width: u32,
    pub indent: u32,
    pub has_header: bool,
    pub caption: &'a str,
    pub description: &'a str,
}

impl TableProperties<'_> {
    /// Writes `w:tblPr`.
    pub fn write(&self, xml: &mut Xml) {
        xml.open("w:tblPr", &[]);
        xml.value("w:tblStyle", &self.style);
        write_measure(xml, "w:tblW", self.width);
        if self.indent > 0 {
            write_measure(xml, "w:tblInd", self.indent);
        }
        xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
        write_table_look(xml, self.has_header);
        if !self.caption.is_empty() {
            xml.value("w:tblCaption", &self.caption);
        }
        if !self.description.is_empty() {
            xml.value("w:tblDescription", &self.description);
        }
        xml.close("w:tblPr");
    }
}

fn write_table_look(xml: &mut Xml, has_header: bool) {
    let (sum, first_row) = if has_header { ("0620", "1") } else { ("0600", "0") };
    xml.empty(
        "w:tblLook",
        &[
            ("w:val", &sum),
            ("w:firstRow", &first_row),
            ("w:lastRow", &"0"),
            ("w:firstColumn", &"0"),
            ("w:lastColumn", &"0"),
            ("w:noHBand", &"1"),
            ("w:noVBand", &"1"),
        ],
    );
}

/// Writes `w:trPr`: no row is split over two pages, and a header row is repeated on each.
pub fn write_row_properties(xml: &mut Xml, is_header: bool) {
    xml.open("w:trPr", &[]);
    xml.empty("w:cantSplit", &[]);
    // Without `w:val`: the validator refuses `w:val="true"` here.
    flag(xml, "w:tblHeader", is_header);
    xml.close("w:trPr");
}

/// Writes `w:tcPr`.
pub fn write_cell_properties(xml: &mut Xml, width: u32, is_header: bool) {
    xml.open("w:tcPr", &[]);
    write_measure(xml, "w:tcW", width);
    if is_header {
        xml.value("w:vAlign", &"bottom");
    }
    xml.close("w:tcPr");
}

/// `w:tblPr` and what follows it in a table style.
#[derive(Debug)]
pub struct TableLook<'a> {
    pub borders: &'a [Border<'a>],
    pub header_fill: &'a str,
    pub header_borders: &'a [Border<'a>],
    /// Room between a cell's text and its edge: above and below, left and right.
    pub margins: (u32, u32),
}

impl TableLook<'_> {
    /// Writes the end of a table style.
    pub fn write(&self, xml: &mut Xml) {
        xml.open("w:tblPr", &[]);
        write_borders(xml, "w:tblBorders", self.borders);
        xml.open("w:tblCellMar", &[]);
        let (upright, sideways) = self.margins;
        for (side, margin) in [("w:top", upright), ("w:left", sideways), ("w:bottom", upright), ("w:right", sideways)] {
            write_measure(xml, side, margin);
        }
        xml.close("w:tblCellMar");
        xml.close("w:tblPr");
        xml.open("w:tblStylePr", &[("w:type", &"firstRow")]);
        xml.open("w:tcPr", &[]);
        write_borders(xml, "w:tcBorders", self.header_borders);
        write_fill(xml, Some(self.header_fill));
        xml.close("w:tcPr");
        xml.close("w:tblStylePr");
    }
}

/// `w:sectPr`: the page that a section is set on.
#[derive(Debug)]
pub struct SectionProperties<'a> {
    /// Relationship ids of the header and the footer.
    pub header: &'a str,
    pub footer: &'a str,
    pub page: Page,
    pub landscape: bool,
    /// The first page has neither header nor footer.
    pub cover: bool,
}

impl SectionProperties<'_> {
    /// Writes `w:sectPr`.
    pub fn write(&self, xml: &mut Xml) {
        xml.open("w:sectPr", &[]);
        xml.empty("w:headerReference", &[("w:type", &"default"), ("r:id", &self.header)]);
        xml.empty("w:footerReference", &[("w:type", &"default"), ("r:id", &self.footer)]);
        xml.value("w:type", &"nextPage");
        let orientation = if self.landscape { "landscape" } else { "portrait" };
        let page = self.page;
        xml.empty("w:pgSz", &[("w:w", &page.width), ("w:h", &page.height), ("w:orient", &orientation)]);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &page.top),
                ("w:right", &page.right),
                ("w:bottom", &page.bottom),
                ("w:left", &page.left),
                ("w:header", &page.header),
                ("w:footer", &page.footer),
                ("w:gutter", &0),
            ],
        );
        xml.empty("w:cols", &[("w:space", &708)]);
        flag(xml, "w:titlePg", self.cover);
        xml.close("w:sectPr");
    }
}

fn flag(xml: &mut Xml, name: &str, set: bool) {
    if set {
        xml.empty(name, &[]);
    }
}

fn write_measure(xml: &mut Xml, name: &str, width: u32) {
    xml.empty(name, &[("w:w", &width), ("w:type", &"dxa")]);
}

fn write_fill(xml: &mut Xml, fill: Option<&str>) {
    if let Some(fill) = fill {
        xml.empty("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &fill)]);
    }
}

/// Borders; the caller gives them in the order top, left, bottom, right, inside or between.
fn write_borders(xml: &mut Xml, container: &str, borders: &[Border<'_>]) {
    if borders.is_empty() {
        return;
    }
    xml.open(container, &[]);
    for border in borders {
        xml.empty(
            &format!("w:{}", border.side),
            &[("w:val", &"single"), ("w:sz", &border.size), ("w:space", &border.space), ("w:color", &border.color)],
        );
    }
    xml.close(container);
}
