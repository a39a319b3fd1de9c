//! The last hand on composed blocks: numbers, anchors and captions.

use std::collections::HashMap;

use crate::document::{Block, Caption, Figure, Heading, Inline, Target, anchors, each_inline, plain_text};
use crate::text;

/// Numbers a document's headings, tables and figures, and gives every heading an anchor. `is_entity` tells which anchors
/// belong to something of the catalogue, and so to the heading that describes it alone.
pub fn document(blocks: &mut [Block], is_entity: &dyn Fn(&str) -> bool) {
    let numbering = Some(Numbering::default());
    let mut finisher = Finisher { anchors: explicit_anchors(blocks), is_entity, numbering };
    finisher.blocks(blocks);
}

/// Gives a page's headings anchors and lets the first be the page's own; nothing is numbered.
pub fn page(blocks: &mut [Block], is_entity: &dyn Fn(&str) -> bool) {
    let first = blocks.iter().find_map(|block| match block {
        Block::Heading(heading) => Some(heading.level),
        _ => None,
    });
    let shift = first.unwrap_or(1).saturating_sub(1);
    let mut finisher = Finisher { anchors: explicit_anchors(blocks), is_entity, numbering: None };
    each_block(blocks, &mut |block| {
        if let Block::Heading(heading) = block {
            heading.level = heading.level.saturating_sub(shift).max(1);
            heading.number = None;
            heading.appendix = false;
        }
    });
    finisher.blocks(blocks);
}

struct Finisher<'a> {
    /// Anchors that are taken, and how often a slug was asked for.
    anchors: HashMap<String, u32>,
    is_entity: &'a dyn Fn(&str) -> bool,
    numbering: Option<Numbering>,
}

#[derive(Default)]
struct Numbering {
    /// The counts of the open levels; the first is a letter's place in an appendix.
    counts: Vec<u32>,
    appendices: u32,
    chapters: u32,
    in_appendix: bool,
    /// The level of the heading without number that the text is under.
    unnumbered: Option<u8>,
    tables: u32,
    figures: u32,
}

impl Finisher<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        each_block(blocks, &mut |block| match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Table(table) => {
                if let Some(caption) = &mut table.caption {
                    let count = self.numbering.as_mut().map(|numbering| {
                        numbering.tables += 1;
                        numbering.tables
                    });
                    self.caption(caption, "tabell", count);
                }
            }
            Block::Figure(figure) => {
                if let Some(caption) = &mut figure.caption {
                    let count = self.numbering.as_mut().map(|numbering| {
                        numbering.figures += 1;
                        numbering.figures
                    });
                    self.caption(caption, "figur", count);
                }
            }
            _ => {}
        });
    }

    fn heading(&mut self, heading: &mut Heading) {
        if heading.id.is_empty() {
            heading.id = self.anchor(&text::slug(&plain_text(&heading.text)), "avsnitt");
        }
        if let Some(numbering) = &mut self.numbering {
            numbering.number(heading);
        }
    }

    fn caption(&mut self, caption: &mut Caption, word: &str, count: Option<u32>) {
        caption.number = count.unwrap_or(0);
        if caption.id.is_empty() {
            let wanted = count.map_or_else(|| word.to_string(), |count| format!("{word}-{count}"));
            caption.id = self.anchor(&wanted, word);
        }
    }

    /// An anchor that no other has: the slug, or the slug and a number.
    fn anchor(&mut self, slug: &str, otherwise: &str) -> String {
        let slug = if slug.is_empty() { otherwise.to_string() } else { slug.to_string() };
        let slug = if (self.is_entity)(&slug) { format!("{otherwise}-{slug}") } else { slug };
        loop {
            let count = self.anchors.entry(slug.clone()).or_default();
            *count += 1;
            let wanted = if *count == 1 { slug.clone() } else { format!("{slug}-{count}") };
            if *count == 1 || !self.anchors.contains_key(&wanted) {
                self.anchors.entry(wanted.clone()).or_insert(1);
                return wanted;
            }
        }
    }
}

impl Numbering {
    fn number(&mut self, heading: &mut Heading) {
        let level = usize::from(heading.level);
        if self.unnumbered.is_some_and(|open| heading.level > open) {
            heading.number = None;
            return;
        }
        self.unnumbered = None;
        if heading.number.is_none() {
            self.unnumbered = Some(heading.level);
            return;
        }
        if level == 1 {
            self.in_appendix = heading.appendix;
            let count = if heading.appendix { &mut self.appendices } else { &mut self.chapters };
            *count += 1;
            self.counts = vec![*count];
        } else {
            self.counts.resize(level, 0);
            if let Some(count) = self.counts.last_mut() {
                *count += 1;
            }
        }
        heading.appendix = self.in_appendix;
        let first = match self.counts[0] {
            count if self.in_appendix => letter(count),
            count => count.to_string(),
        };
        let rest = self.counts[1..].iter().map(|count| format!(".{count}")).collect::<String>();
        let number = if self.in_appendix && level == 1 { format!("Bilaga {first}") } else { format!("{first}{rest}") };
        heading.number = Some(number);
    }
}

fn letter(count: u32) -> String {
    let letters: Vec<char> = ('A'..='Z').collect();
    let at = (count.max(1) - 1) as usize;
    let last = letters[at % letters.len()];
    if at < letters.len() { last.to_string() } else { format!("{}{last}", letter((at / letters.len()) as u32)) }
}

fn explicit_anchors(blocks: &mut [Block]) -> HashMap<String, u32> {
    anchors(blocks).into_iter().filter(|id| !id.is_empty()).map(|id| (id, 1)).collect()
}

/// Whether the blocks describe or name something of which `is` holds.
pub fn shows(blocks: &[Block], is: &dyn Fn(&str) -> bool) -> bool {
    let mut found = anchors(blocks).iter().any(|id| is(id));
    each_inline(blocks, &mut |inline| {
        if let Inline::Link(link) = inline
            && let Target::Id(id) = &link.target
        {
            found |= is(id);
        }
    });
    found
}

fn each_block(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::List(list) => list.items.iter_mut().for_each(|item| each_block(item, visit)),
            Block::Notice(_, inner) | Block::Quote(inner) | Block::Landscape(inner) => each_block(inner, visit),
            Block::Heading(_) | Block::Paragraph(_) | Block::Table(_) | Block::Figure(_) | Block::Code(_) => {}
        }
    }
}

/// Lets `change` at every figure of the blocks.
pub fn each_figure(blocks: &mut [Block], change: &mut dyn FnMut(&mut Figure)) {
    each_block(blocks, &mut |block| {
        if let Block::Figure(figure) = block {
            change(figure);
        }
    });
}

/// Lets `change` at every text of the blocks.
pub fn each_text(blocks: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    each_block(blocks, &mut |block| match block {
        Block::Heading(heading) => texts(&mut heading.text, change),
        Block::Paragraph(text) => texts(text, change),
        Block::Table(table) => {
            if let Some(caption) = &mut table.caption {
                texts(&mut caption.text, change);
            }
            table.header.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| texts(cell, change));
        }
        Block::Figure(_)
        | Block::List(_)
        | Block::Notice(..)
        | Block::Quote(_)
        | Block::Landscape(_)
        | Block::Code(_) => {}
    });
}

fn texts(text: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    for inline in text {
        match inline {
            Inline::Text(text) => change(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => texts(inner, change),
            Inline::Link(link) => texts(&mut link.text, change),
            Inline::Note(blocks) => each_text(blocks, change),
            Inline::Code(_) | Inline::Anchor(_) | Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, text: &str, number: Option<&str>, appendix: bool) -> Block {
        Block::Heading(Heading {
            level,
            id: String::new(),
            number: number.map(str::to_string),
            appendix,
            text: vec![Inline::Text(text.to_string())],
        })
    }

    #[test]
    fn headings_are_numbered_and_appendices_lettered() {
        let mut blocks = vec![
            heading(1, "Ett", Some(""), false),
            heading(2, "Under", Some(""), false),
            heading(2, "Under", Some(""), false),
            heading(1, "Utan", None, false),
            heading(2, "Under utan", Some(""), false),
            heading(1, "Två", Some(""), false),
            heading(3, "Djupt", Some(""), false),
            heading(1, "Först", Some(""), true),
            heading(2, "Del", Some(""), false),
            heading(1, "Sedan", Some(""), true),
        ];
        document(&mut blocks, &|id| id == "djupt");
        let shown: Vec<String> = blocks
            .iter()
            .map(|block| match block {
                Block::Heading(h) => format!("{} {}", h.number.as_deref().unwrap_or("-"), h.id),
                _ => String::new(),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "1 ett",
                "1.1 under",
                "1.2 under-2",
                "- utan",
                "- under-utan",
                "2 tva",
                "2.0.1 avsnitt-djupt",
                "Bilaga A forst",
                "A.1 del",
                "Bilaga B sedan"
            ]
        );
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 52, 53].map(letter), ["A", "Z", "AA", "AZ", "BA"]);
    }
}
