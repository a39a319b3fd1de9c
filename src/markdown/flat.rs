//! A text within a line or a cell, where it has no blocks.

use crate::document::{Block, Figure, Heading, Inline, Reference, Table};

/// Puts the blocks of the text with that handle where it is embedded. Its highest heading comes right below the heading that
/// it stands under. Only a text that is no key's, and begins with a chapter's heading, is a chapter, and keeps its levels.
pub fn embed(handle: &str, embedded: Vec<Block>, blocks: &mut Vec<Block>) {
    let level = |block: &Block| match block {
        Block::Heading(heading) => Some(heading.level),
        _ => None,
    };
    let chapter = !handle.contains('#') && embedded.first().and_then(level) == Some(1);
    let Some(highest) = embedded.iter().filter_map(level).min() else { return blocks.extend(embedded) };
    let below = match blocks.iter().rev().find_map(level) {
        Some(host) if !chapter => host + 1,
        _ => highest,
    };
    blocks.extend(embedded.into_iter().map(|block| match block {
        Block::Heading(heading) => {
            Block::Heading(Heading { level: (heading.level - highest + below).min(6), ..heading })
        }
        other => other,
    }));
}

/// Puts a text's blocks in where no heading can stand, and in a note no caption: they are lines in bold.
pub fn embed_below(embedded: Vec<Block>, in_note: bool, blocks: &mut Vec<Block>) {
    for mut block in embedded {
        let caption = match &mut block {
            Block::Table(Table { caption, .. }) | Block::Figure(Figure { caption, .. }) if in_note => caption.take(),
            _ => None,
        };
        blocks.extend(caption.map(|caption| Block::Paragraph(bold(caption.text))));
        match block {
            Block::Heading(heading) => blocks.push(Block::Paragraph(bold(heading.text))),
            Block::Landscape(inner) => embed_below(inner, in_note, blocks),
            other => blocks.push(other),
        }
    }
}

pub fn bold(text: Vec<Inline>) -> Vec<Inline> {
    vec![Inline::Strong(text)]
}

/// The letters of a text in one line, as a spreadsheet's cell holds them: its blocks and items are parted by signs, and
/// notes stand in parentheses where their marks do. What is struck out is left out, as no sign there would show that it is.
pub fn letters(blocks: &[Block]) -> String {
    let mut inlines = Vec::new();
    flatten(blocks, &mut inlines);
    let note = |note: &[Block]| format!(" ({})", letters(note));
    let mut out = String::new();
    for line in inlines.split(|inline| *inline == Inline::Break) {
        if !out.is_empty() {
            out.push_str(if out.ends_with(['.', ':', ';', '!', '?', ')']) { " " } else { "; " });
        }
        let line = crate::document::plain_text_with(&without_struck(line), &Reference::text, &note);
        out.push_str(line.trim_start().trim_start_matches("– "));
    }
    out
}

/// The inlines but for those that are struck out, and the space that stood before them.
fn without_struck(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Strikeout(_) => {
                if let Some(Inline::Text(before)) = kept.last_mut() {
                    before.truncate(before.trim_end_matches(' ').len());
                }
            }
            Inline::Emphasis(inner) => kept.push(Inline::Emphasis(without_struck(inner))),
            Inline::Strong(inner) => kept.push(Inline::Strong(without_struck(inner))),
            other => kept.push(other.clone()),
        }
    }
    kept
}

/// A text within a line or a cell: its blocks one after another, parted by line breaks.
pub fn flatten(blocks: &[Block], inlines: &mut Vec<Inline>) {
    let mut lines: Vec<Vec<Inline>> = Vec::new();
    push_lines(blocks, &mut lines);
    for (at, line) in lines.into_iter().enumerate() {
        if at > 0 {
            inlines.push(Inline::Break);
        }
        inlines.extend(line);
    }
}

/// Stands before what belongs to a point above, which a blank would not be kept for.
const BELOW: &str = "\u{2003}";

pub fn push_lines(blocks: &[Block], lines: &mut Vec<Vec<Inline>>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => lines.push(inlines.clone()),
            Block::Heading(heading) => lines.push(bold(heading.text.clone())),
            Block::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    let first = lines.len();
                    push_lines(item, lines);
                    let mark = match list.start {
                        Some(start) => format!("{}. ", start + at as u64),
                        None => "– ".to_string(),
                    };
                    for (below, line) in lines[first..].iter_mut().enumerate() {
                        let before = if below == 0 { mark.clone() } else { BELOW.to_string() };
                        line.insert(0, Inline::Text(before));
                    }
                }
            }
            Block::Notice(notice, inner) => {
                let first = lines.len();
                push_lines(inner, lines);
                if lines.len() == first {
                    lines.push(Vec::new());
                }
                let mut label = bold(vec![Inline::Text(format!("{}:", notice.label()))]);
                label.push(Inline::Text(" ".to_string()));
                lines[first].splice(0..0, label);
            }
            Block::Quote(inner) => {
                let first = lines.len();
                push_lines(inner, lines);
                lines[first..].iter_mut().for_each(|line| *line = vec![Inline::Emphasis(std::mem::take(line))]);
            }
            Block::Landscape(inner) => push_lines(inner, lines),
            Block::Code(text) => lines.extend(text.lines().map(|line| vec![Inline::Code(line.to_string())])),
            Block::Table(table) => {
                lines.extend(table.caption.iter().map(|caption| bold(caption.text.clone())));
                push_rows(table, lines);
            }
            Block::Figure(figure) => {
                lines.extend(figure.caption.iter().map(|caption| bold(caption.text.clone())));
                lines.push(vec![Inline::Text(figure.description.clone())]);
            }
        }
    }
}

/// A column's heading that is longer than this stands once, above the rows: what is said again at each is short.
const LONGEST_LABEL: usize = 40;

/// The rows of a table, each a line in which the columns' headings name the values.
pub fn push_rows(table: &Table, lines: &mut Vec<Vec<Inline>>) {
    let labels: Vec<String> = table.header.iter().map(|cell| crate::document::plain_text(cell)).collect();
    let stand_above = table.rows.is_empty() || labels.iter().any(|label| label.chars().count() > LONGEST_LABEL);
    if stand_above && labels.iter().any(|label| !label.is_empty()) {
        lines.push(joined(table.header.iter().filter(|cell| !cell.is_empty()).cloned()));
    }
    for (at, row) in table.rows.iter().enumerate() {
        let cells = row.iter().zip(&table.header).zip(&labels).filter(|((cell, _), _)| !cell.is_empty());
        let values = cells.map(|((cell, heading), label)| {
            let mut value = match (stand_above || label.is_empty(), at) {
                (true, _) => Vec::new(),
                // Notes and anchors of a heading stand once.
                (false, 0) => heading.clone(),
                (false, _) => vec![Inline::Text(label.clone())],
            };
            if !value.is_empty() {
                value.push(Inline::Text(": ".to_string()));
            }
            value.extend(cell.iter().cloned());
            value
        });
        lines.push(joined(values));
    }
}

pub fn joined(values: impl Iterator<Item = Vec<Inline>>) -> Vec<Inline> {
    let mut line = Vec::new();
    for value in values {
        if !line.is_empty() {
            line.push(Inline::Text(", ".to_string()));
        }
        line.extend(value);
    }
    line
}
