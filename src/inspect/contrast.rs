//! Contrast: that letters can be told from what is behind them.
//!
//! Letters take their colour from the text itself, its styles, its table's style, and what holds for the file, in this
//! order; so does the ground. Where either cannot be known (a pattern, a text box's fill, the last row of a table whose
//! style marks it) nothing is said.

use std::collections::{BTreeMap, HashMap};

use super::color::Color;
use super::story::{Collect, Context, Spot, Wants};
use super::styles::{CellFormat, Format, Named, Styles, WHOLE};
use super::{At, File, Findings, Rule, shortened};
use crate::color::{Rgb, WHITE, contrast, hex};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{Tag, is_off};

pub static POOR: Rule = Rule {
    code: Code(295),
    name: "word-contrast-poor",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.4.3",
    docs: "Textens färg ska ha kontrasten 4,5:1 mot det som är bakom den, och stor text (18 punkter, eller 14 i fetstil) \
           3:1. Färger med namnet automatisk klarar det alltid.",
    cure: "välj en mörkare färg på ljus botten, eller en ljusare på mörk, i textens formatmall",
    check: poor,
};

/// What contrast is asked of text, and of large text.
const ENOUGH: f64 = 4.5;
const ENOUGH_IF_LARGE: f64 = 3.0;

/// The size of text of which nothing is said, in half points.
const USUAL_SIZE: u32 = 20;

/// So many tables are looked through for a ground; more stand in each other in no file that is meant to be read.
const DEEPEST: usize = 16;

/// Texts that are hard to read: the style that the colour comes from, if it is one, the colour, its ground, and whether
/// the letters are large; with the first of them.
#[derive(Default)]
pub struct Contrasts {
    poor: BTreeMap<(Option<String>, Rgb, Rgb, bool), Poor>,
    /// Contrasts that have been worked out.
    known: HashMap<(Rgb, Rgb), f64>,
    latest: Option<((Rgb, Rgb), f64)>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// How many text boxes are open: what they are filled with is not known.
    boxes: usize,
    page: Option<Rgb>,
}

struct Poor {
    text: String,
    spot: Spot,
    count: usize,
}

#[derive(Default)]
struct Paragraph {
    style: Named,
    own: Format,
    run_style: Named,
    run: Format,
}

#[derive(Default)]
struct Table {
    style: Option<String>,
    look: Look,
    rows: usize,
    columns: usize,
    /// What the cell itself, and the table itself, is filled with.
    cell: Option<Color>,
    ground: Option<Color>,
    /// What the style says of cells, once it has been asked; by whether they stand in the first column, in the first
    /// row, and in an odd band.
    formats: [Option<Option<CellFormat>>; 8],
}

/// Which of a table style's parts a table shows.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    first_row: bool,
    last_row: bool,
    first_column: bool,
    last_column: bool,
    rows: bool,
    columns: bool,
}

impl Look {
    fn of(tag: &Tag<'_>) -> Look {
        let bits = tag.value().and_then(|value| u32::from_str_radix(value, 16).ok()).unwrap_or(0);
        let is_on = |name: &str, bit: u32| tag.get(name).map_or(bits & bit != 0, |value| !is_off(value));
        Look {
            first_row: is_on("w:firstRow", 0x20),
            last_row: is_on("w:lastRow", 0x40),
            first_column: is_on("w:firstColumn", 0x80),
            last_column: is_on("w:lastColumn", 0x100),
            rows: !is_on("w:noHBand", 0x200),
            columns: !is_on("w:noVBand", 0x400),
        }
    }
}

impl Table {
    fn set_style(&mut self, style: Option<&str>) {
        (self.style, self.formats) = (style.map(String::from), Default::default());
    }

    fn set_look(&mut self, look: Look) {
        (self.look, self.formats) = (look, Default::default());
    }

    /// What the style says of the current cell; `None` where that depends on what is still to come.
    fn format(&mut self, styles: &Styles) -> Option<CellFormat> {
        let is_first_column = self.look.first_column && self.columns == 1;
        let is_first_row = self.look.first_row && self.rows == 1;
        // Bands are counted from below the first row.
        let is_odd = self.rows.saturating_sub(usize::from(self.look.first_row)) % 2 == 1;
        let known = usize::from(is_first_column) << 2 | usize::from(is_first_row) << 1 | usize::from(is_odd);
        let (style, look) = (self.style.as_deref(), self.look);
        *self.formats[known].get_or_insert_with(|| look.format(styles, style, is_first_column, is_first_row, is_odd))
    }
}

impl Look {
    fn format(
        self,
        styles: &Styles,
        style: Option<&str>,
        is_first_column: bool,
        is_first_row: bool,
        is_odd: bool,
    ) -> Option<CellFormat> {
        let style = styles.named(style);
        let part = |name: &str| styles.cell(style, name);
        let later = [
            (self.last_row, "lastRow"),
            (self.last_column, "lastCol"),
            (self.columns, "band1Vert"),
            (self.columns, "band2Vert"),
        ];
        if later.into_iter().any(|(is_shown, name)| is_shown && part(name).is_some()) {
            return None;
        }
        let parts = [
            // The format's order: a column is stronger than a row.
            (is_first_column, "firstCol"),
            (is_first_row, "firstRow"),
            (self.rows && !is_first_row && is_odd, "band1Horz"),
            (self.rows && !is_first_row && !is_odd, "band2Horz"),
            (true, WHOLE),
        ];
        let shown = parts.into_iter().filter(|(is_shown, _)| *is_shown).filter_map(|(_, name)| part(name));
        Some(shown.fold(CellFormat::default(), CellFormat::or))
    }
}

impl Contrasts {
    fn property(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        let (parent, palette) = (context.path.up(0), &context.styles.palette);
        match (parent, tag.name.as_ref()) {
            ("w:pPr", "w:pStyle") => self.paragraph(|paragraph| paragraph.style = context.style),
            ("w:pPr", _) => self.paragraph(|paragraph| paragraph.own.take(tag, parent, palette)),
            // What is said of the paragraph's own mark shows nowhere.
            ("w:rPr", _) if context.path.up(1) != "w:r" => {}
            ("w:rPr", "w:rStyle") => self.paragraph(|paragraph| paragraph.run_style = context.style),
            ("w:rPr", _) => self.paragraph(|paragraph| paragraph.run.take(tag, parent, palette)),
            ("w:tblPr", "w:tblStyle") => self.table(|table| table.set_style(tag.value())),
            ("w:tblPr", "w:tblLook") => self.table(|table| table.set_look(Look::of(tag))),
            ("w:tblPr", "w:shd") => self.table(|table| table.ground = palette.ground(tag)),
            ("w:tcPr", "w:shd") => self.table(|table| table.cell = palette.ground(tag)),
            _ => {}
        }
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    /// The colour of the current letters, what is behind them, and whether they are large; `None` where all is well or
    /// cannot be known.
    fn colors(&mut self, styles: &Styles) -> Option<(Rgb, Rgb, bool)> {
        let paragraph = self.paragraphs.last()?;
        let cell = match self.tables.last_mut() {
            Some(table) => table.format(styles)?,
            None => CellFormat::default(),
        };
        let (of_style, of_run_style) = (styles.paragraph(paragraph.style), styles.character(paragraph.run_style));
        let formats = [&paragraph.run, of_run_style, &paragraph.own, of_style, &cell.text, &styles.defaults];
        let Some(Color::Rgb(letters)) = said(&formats, |format| format.color) else { return None };
        if said(&formats, |format| format.hidden) == Some(true) {
            return None;
        }
        // Below the letters' own ground comes the paragraph's.
        let of_letters = paragraph.run.ground.or(of_run_style.ground).or(of_style.ground);
        let ground = match of_letters.filter(|ground| *ground != Color::Auto) {
            Some(ground) => Some(ground),
            None => said(&formats, |format| format.paragraph_ground).filter(|ground| *ground != Color::Auto),
        };
        let (size, bold) = (said(&formats, |format| format.size), said(&formats, |format| format.bold));
        let ground = match ground {
            Some(Color::Rgb(ground)) => ground,
            Some(_) => return None,
            None => self.below(cell.ground)?,
        };
        let size = size.unwrap_or(USUAL_SIZE);
        let is_large = size >= 36 || (size >= 28 && bold == Some(true));
        Some((letters, ground, is_large))
    }

    /// The name of the style that gives the current letters their colour; none where the text does so itself.
    fn colored_by(&self, styles: &Styles) -> Option<String> {
        let paragraph = self.paragraphs.last().filter(|paragraph| paragraph.run.color.is_none())?;
        let of_table = || self.tables.last().and_then(|table| table.style.as_deref()).map(|id| styles.name(id));
        let by_style = styles.coloring(paragraph.run_style).or_else(|| styles.coloring(paragraph.style));
        by_style.or_else(of_table).map(String::from)
    }

    /// What is behind a paragraph without ground: its cell, the table, a table around it, the page.
    fn below(&self, of_style: Option<Color>) -> Option<Rgb> {
        let of_style = [self.tables.last().and_then(|table| table.cell.or(of_style).or(table.ground))];
        let around = self.tables.iter().rev().skip(1).take(DEEPEST).map(|table| table.cell.or(table.ground));
        let mut grounds = of_style.into_iter().chain(around).flatten().filter(|ground| *ground != Color::Auto);
        match grounds.next() {
            Some(Color::Rgb(ground)) => Some(ground),
            Some(_) => None,
            None => Some(self.page.unwrap_or(WHITE)),
        }
    }
}

/// What the first of these formats says that says something, the strongest first.
fn said<T>(formats: &[&Format], what: impl Fn(&Format) -> Option<T>) -> Option<T> {
    formats.iter().find_map(|format| what(format))
}

impl Collect for Contrasts {
    fn wants(&self) -> Wants {
        Wants {
            starts: &[
                &[
                    "w:p",
                    "w:r",
                    "w:tbl",
                    "w:tr",
                    "w:tc",
                    "w:txbxContent",
                    "w:background",
                    "w:pStyle",
                    "w:rStyle",
                    "w:tblStyle",
                    "w:tblLook",
                ],
                &Format::ELEMENTS,
            ],
            ends: &[&["w:p", "w:tbl", "w:txbxContent"]],
            text: true,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.name.as_ref() {
            "w:p" => self.paragraphs.push(Paragraph::default()),
            "w:r" => self.paragraph(|paragraph| (paragraph.run_style, paragraph.run) = (Named::Not, Format::default())),
            "w:tbl" => self.tables.push(Table::default()),
            "w:tr" => self.table(|table| (table.rows, table.columns) = (table.rows + 1, 0)),
            "w:tc" => self.table(|table| (table.columns, table.cell) = (table.columns + 1, None)),
            "w:txbxContent" => self.boxes += 1,
            "w:background" => {
                let color = context.styles.palette.color(tag, "w:color", "w:themeColor");
                self.page = color.and_then(|color| if let Color::Rgb(rgb) = color { Some(rgb) } else { None });
            }
            _ => self.property(tag, context),
        }
    }

    fn end(&mut self, name: &str, _: &Context<'_>) {
        match name {
            "w:p" => _ = self.paragraphs.pop(),
            "w:tbl" => _ = self.tables.pop(),
            "w:txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, context: &Context<'_>) {
        if self.boxes > 0 || text.trim().is_empty() {
            return;
        }
        let Some((letters, ground, is_large)) = self.colors(context.styles) else { return };
        let contrast = match self.latest {
            Some((of, contrast)) if of == (letters, ground) => contrast,
            _ => *self.known.entry((letters, ground)).or_insert_with(|| contrast(letters, ground)),
        };
        self.latest = Some(((letters, ground), contrast));
        if contrast < if is_large { ENOUGH_IF_LARGE } else { ENOUGH } {
            let first = || Poor { text: text.to_owned(), spot: context.spot, count: 0 };
            self.poor
                .entry((self.colored_by(context.styles), letters, ground, is_large))
                .or_insert_with(first)
                .count += 1;
        }
    }
}

fn poor(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        for ((style, letters, ground, is_large), poor) in &story.contrasts.poor {
            let tenths = (contrast(*letters, *ground) * 10.0).floor() as u32;
            let needed = if *is_large { "3:1" } else { "4,5:1" };
            let also = match poor.count {
                1 => String::new(),
                2 => String::from(" (och en till)"),
                count => format!(" (och {} till)", count - 1),
            };
            let style = style.as_ref().map(|style| format!(" genom formatmallen ”{style}”")).unwrap_or_default();
            let message = format!(
                "texten ”{}”{also} har{style} färgen {} på {}: kontrasten är {},{}:1 men ska vara minst {needed}",
                shortened(&poor.text),
                hex(*letters),
                hex(*ground),
                tenths / 10,
                tenths % 10
            );
            findings.add(At::Spot(story, poor.spot), message);
        }
    }
}
