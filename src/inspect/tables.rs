//! Tables: that their rows fit their grid, and that someone who hears them can follow.

use super::story::{Collect, Context, Spot, Story, Wants};
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{Tag, is_off};

pub static GRID: Rule = Rule {
    code: Code(241),
    name: "word-table-grid",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.4",
    docs: "Cellerna på en rad ska tillsammans ta upp lika många kolumner som tabellens rutnät har. Annars hamnar celler \
           under fel rubrik, och olika program visar tabellen olika.",
    cure: "ge raden lika många celler som rutnätet har kolumner",
    check: grid,
};

pub static ENDING: Rule = Rule {
    code: Code(242),
    name: "word-paragraph-missing",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.4",
    docs: "En cell, en not, en kommentar, en textruta, ett sidhuvud och en sidfot ska sluta med ett stycke. Word vill annars \
           reparera filen.",
    cure: "lägg till ett stycke sist",
    check: ending,
};

pub static TOUCHING: Rule = Rule {
    code: Code(243),
    name: "word-tables-touching",
    severity: Severity::Warning,
    clause: "ECMA-376, del 1, 17.4",
    docs: "Mellan två tabeller ska det stå ett stycke. Word visar dem annars som en enda tabell, om ingen av dem är \
           fritt placerad.",
    cure: "lägg till ett stycke mellan tabellerna",
    check: touching,
};

pub static HEADER: Rule = Rule {
    code: Code(244),
    name: "word-table-header-missing",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.3.1",
    docs: "En tabells första rad ska vara märkt som rubrikrad. En skärmläsare kan då säga vilken kolumn en cell hör \
           till, och raden upprepas på varje sida. Det gäller tabeller med data: en tabell med en rad eller en kolumn, \
           en med rubriker i första kolumnen i stället, och en utan linjer, formatmall och beskrivning, som bara \
           ordnar sidan, prövas inte.",
    cure: "markera första raden och välj Upprepa rubrikrader under Tabellayout",
    check: header,
};

pub static MERGED: Rule = Rule {
    code: Code(245),
    name: "word-table-merged",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.3.1",
    docs: "En sammanslagen cell gör att en skärmläsare tappar räkningen på kolumner och rader.",
    cure: "dela cellen, och upprepa dess text där den gäller",
    check: merged,
};

pub static WORDLESS: Rule = Rule {
    code: Code(246),
    name: "word-table-wordless",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.1.1.1",
    docs: "En tabell med data ska ha en alternativtext, rubrik eller beskrivning, som säger vad den visar. Den som lyssnar \
           kan då välja att hoppa över den.",
    cure: "skriv den under Tabellegenskaper, fliken Alternativtext",
    check: wordless,
};

pub static WIDE: Rule = Rule {
    code: Code(247),
    name: "word-table-wide",
    severity: Severity::Error,
    clause: "Word",
    docs: "En tabell får ha högst 63 kolumner. Word vill annars reparera filen.",
    cure: "dela tabellen i flera, eller låt rader och kolumner byta plats",
    check: wide,
};

/// Word's limit for columns.
const WIDEST: usize = 63;

/// The tables of a story.
#[derive(Default)]
pub struct Tables {
    tables: Vec<Table>,
    open: Vec<usize>,
    /// What a paragraph, or a container, is preceded by: whether the last thing that ended was a paragraph or a table.
    last: Last,
    /// Containers that do not end in a paragraph.
    unfinished: Vec<(&'static str, Spot)>,
    /// Tables that follow each other.
    touching: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Last {
    #[default]
    Other,
    Paragraph,
    Table(usize),
}

#[derive(Default)]
struct Table {
    spot: Spot,
    columns: usize,
    rows: usize,
    /// Columns that the current row has taken, and the most that any has.
    taken: usize,
    widest: usize,
    has_header: bool,
    is_described: bool,
    has_look: bool,
    has_row_headings: bool,
    has_tables: bool,
    /// Whether it has a place of its own on the page.
    floats: bool,
    /// The first row that does not fit, and how wide it is.
    misfit: Option<(usize, usize, Spot)>,
    merged: Option<Spot>,
}

impl Table {
    /// Whether it holds data, and does not only arrange a page.
    fn is_data(&self, story: &Story) -> bool {
        self.rows > 1 && self.widest > 1 && !self.has_tables && !story.kind.is_margin() && self.is_dressed()
    }

    fn is_dressed(&self) -> bool {
        self.has_look || self.has_header || self.is_described
    }

    fn end_row(&mut self, spot: Spot) {
        if self.taken != self.columns && self.columns > 0 && self.misfit.is_none() {
            self.misfit = Some((self.rows, self.taken, spot));
        }
        self.widest = self.widest.max(self.taken);
    }
}

/// Elements that have to end in a paragraph, as a message names them.
const CONTAINERS: [&str; 7] = ["w:tc", "w:footnote", "w:endnote", "w:comment", "w:txbxContent", "w:hdr", "w:ftr"];

/// The same as a message names them.
const CONTAINER_LABELS: [&str; 7] =
    ["en cell", "en fotnot", "en slutnot", "en kommentar", "en textruta", "ett sidhuvud", "en sidfot"];

/// Properties of tables, rows and cells that are looked at.
const PROPERTIES: [&str; 14] = [
    "w:tblStyle",
    "w:tblBorders",
    "w:tcBorders",
    "w:tblCaption",
    "w:tblDescription",
    "w:tblpPr",
    "w:tblLook",
    "w:gridCol",
    "w:tblHeader",
    "w:gridBefore",
    "w:gridAfter",
    "w:gridSpan",
    "w:vMerge",
    "w:hMerge",
];

impl Tables {
    fn current(&mut self) -> Option<&mut Table> {
        self.open.last().map(|index| &mut self.tables[*index])
    }

    fn begin(&mut self, context: &Context<'_>) {
        if let Last::Table(before) = self.last {
            self.touching.push((before, self.tables.len()));
        }
        if let Some(outer) = self.current() {
            outer.has_tables = true;
        }
        self.open.push(self.tables.len());
        self.tables.push(Table { spot: context.spot, ..Table::default() });
        self.last = Last::Other;
    }

    /// What stands in the properties of a table, a row or a cell.
    fn property(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        let Some(table) = self.open.last().map(|index| &mut self.tables[*index]) else { return };
        let number = || tag.value().and_then(|value| value.parse::<usize>().ok()).unwrap_or(0).min(1000);
        match (context.path.up(0), tag.name.as_ref()) {
            ("w:tblPr", "w:tblStyle") => {
                table.has_look |= tag.value().is_some_and(|id| context.styles.draws_tables(id));
            }
            ("w:tblPr", "w:tblBorders") | ("w:tcPr", "w:tcBorders") => table.has_look = true,
            ("w:tblPr", "w:tblCaption" | "w:tblDescription") => {
                table.is_described |= tag.value().is_some_and(|words| !words.trim().is_empty());
            }
            ("w:tblPr", "w:tblpPr") => table.floats = true,
            ("w:tblPr", "w:tblLook") => table.has_row_headings = has_row_headings(tag),
            ("w:tblGrid", "w:gridCol") => table.columns += 1,
            ("w:trPr", "w:tblHeader") => table.has_header |= table.rows == 1 && tag.is_on(),
            ("w:trPr", "w:gridBefore" | "w:gridAfter") => table.taken += number(),
            ("w:tcPr", "w:gridSpan") => {
                table.taken += number().saturating_sub(1);
                if number() > 1 {
                    table.merged.get_or_insert(context.spot);
                }
            }
            ("w:tcPr", "w:vMerge" | "w:hMerge") => _ = table.merged.get_or_insert(context.spot),
            _ => {}
        }
    }
}

/// Whether the first column and not the first row has the headings.
fn has_row_headings(look: &Tag<'_>) -> bool {
    let bits = look.value().and_then(|value| u32::from_str_radix(value, 16).ok()).unwrap_or(0);
    let is_on = |name: &str, bit: u32| look.get(name).map_or(bits & bit != 0, |value| !is_off(value));
    is_on("w:firstColumn", 0x80) && !is_on("w:firstRow", 0x20)
}

impl Collect for Tables {
    fn wants(&self) -> Wants {
        Wants {
            starts: &[&["w:tbl", "w:tr", "w:p"], &CONTAINERS, &PROPERTIES],
            ends: &[&["w:tbl", "w:tr", "w:p"], &CONTAINERS],
            ..Wants::default()
        }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.name.as_ref() {
            "w:tbl" => self.begin(context),
            "w:tr" => {
                if let Some(table) = self.current() {
                    table.rows += 1;
                    table.taken = 0;
                }
            }
            "w:tc" => {
                if let Some(table) = self.current() {
                    table.taken += 1;
                }
                self.last = Last::Other;
            }
            "w:p" => self.last = Last::Other,
            name if CONTAINERS.contains(&name) => self.last = Last::Other,
            _ if self.open.is_empty() => {}
            _ => self.property(tag, context),
        }
    }

    fn end(&mut self, name: &str, context: &Context<'_>) {
        match name {
            "w:p" => self.last = Last::Paragraph,
            "w:tbl" => {
                self.last = self.open.pop().map_or(Last::Other, Last::Table);
            }
            "w:tr" => {
                let spot = Spot { paragraph: context.spot.paragraph.saturating_sub(1), ..context.spot };
                if let Some(table) = self.current() {
                    table.end_row(spot);
                }
            }
            _ => {
                let container = CONTAINERS.iter().zip(CONTAINER_LABELS).find(|(container, _)| **container == name);
                if let Some((_, words)) = container.filter(|_| self.last != Last::Paragraph) {
                    self.unfinished.push((words, context.spot));
                }
            }
        }
    }
}

fn tables(file: &File) -> impl Iterator<Item = (&Story, &Table)> {
    file.stories.iter().flat_map(|story| story.tables.tables.iter().map(move |table| (story, table)))
}

fn grid(file: &File, findings: &mut Findings<'_>) {
    for (story, table) in tables(file) {
        if let Some((row, cells, spot)) = table.misfit {
            let columns = table.columns;
            let word = if cells == 1 { "kolumn" } else { "kolumner" };
            let message = format!("tabellens rad {row} tar upp {cells} {word}, men rutnätet har {columns}");
            findings.add(At::Spot(story, spot), message);
        }
    }
}

fn ending(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        for (container, spot) in &story.tables.unfinished {
            findings.add(At::Spot(story, *spot), format!("{container} slutar inte med ett stycke"));
        }
    }
}

fn touching(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        let Tables { tables, touching, .. } = &story.tables;
        let merged = touching.iter().filter(|(before, after)| !tables[*before].floats && !tables[*after].floats);
        for (_, after) in merged {
            findings.add(At::Spot(story, tables[*after].spot), "två tabeller står utan ett stycke emellan");
        }
    }
}

fn header(file: &File, findings: &mut Findings<'_>) {
    for (story, table) in tables(file) {
        if table.is_data(story) && !table.has_header && !table.has_row_headings {
            findings.add(At::Spot(story, table.spot), "tabellen har ingen rad som är märkt som rubrikrad");
        }
    }
}

fn merged(file: &File, findings: &mut Findings<'_>) {
    for (story, table) in tables(file).filter(|(story, table)| table.is_data(story)) {
        if let Some(spot) = table.merged {
            findings.add(At::Spot(story, spot), "tabellen har sammanslagna celler");
        }
    }
}

fn wordless(file: &File, findings: &mut Findings<'_>) {
    for (story, table) in tables(file) {
        if table.is_data(story) && !table.is_described {
            findings.add(At::Spot(story, table.spot), "tabellen har ingen alternativtext");
        }
    }
}

fn wide(file: &File, findings: &mut Findings<'_>) {
    for (story, table) in tables(file) {
        let columns = table.columns.max(table.widest);
        if columns > WIDEST {
            findings.add(At::Spot(story, table.spot), format!("tabellen har {columns} kolumner"));
        }
    }
}
