//! The last hand on composed blocks: numbers, anchors and captions.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::document::{
    Block, Caption, Figure, Heading, Inline, Number, Table, Target, each_anchor, each_inline, each_own_inline,
    plain_text, walk,
};
use crate::{draw, text, waiting};

/// Numbers a document's headings, tables and figures, and gives every heading an anchor. `is_entity` tells which anchors
/// belong to something of the catalogue, and so to the heading that describes it alone.
pub fn document(blocks: &mut [Block], is_entity: &dyn Fn(&str) -> bool) {
    let numbering = Some(Numbering::default());
    let mut finisher = Finisher { anchors: explicit_anchors(blocks), is_entity, numbering };
    waiting::parts_mut(blocks).for_each(|part| finisher.blocks(part));
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
    anchors: FxHashMap<String, u32>,
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
                say_that_nothing_is_listed(table);
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

/// A table without rows says so in one, whatever it is that the catalogue has none of: headings over nothing look like a
/// fault, and its caption may be referred to.
fn say_that_nothing_is_listed(table: &mut Table) {
    if table.rows.is_empty() && !table.columns.is_empty() {
        let mut row = vec![vec![Inline::Text("–".to_string())]; table.columns.len()];
        row[0] = vec![Inline::Text("Inget är angivet".to_string())];
        table.rows.push(row);
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

fn explicit_anchors(blocks: &[Block]) -> FxHashMap<String, u32> {
    let mut anchors = FxHashMap::default();
    for part in waiting::parts(blocks) {
        each_anchor(part, &mut |id| {
            if !id.is_empty() {
                anchors.insert(id.to_string(), 1);
            }
        });
    }
    anchors
}

/// Whether the blocks describe or name something of which `is` holds.
pub fn shows(blocks: &[Block], is: &dyn Fn(&str) -> bool) -> bool {
    waiting::parts(blocks).any(|part| {
        let mut found = false;
        each_anchor(part, &mut |id| found = found || is(id));
        each_inline(part, &mut |inline| match inline {
            Inline::Link(link) => found = found || matches!(&link.target, Target::Id(id) if is(id)),
            Inline::Reference(reference) => found = found || is(&reference.id),
            _ => {}
        });
        found
    })
}

/// The names of the figures in the blocks that are drawn.
pub fn drawings(blocks: &[Block]) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    walk(blocks, &mut |block| {
        if let Block::Figure(figure) = block {
            names.extend(figure.picture.starts_with(draw::SCHEME).then_some(figure.picture.as_str()));
        }
    });
    names
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

/// The numbers by which readers of one document find places in another.
#[derive(Default)]
pub struct Numbers {
    /// By the id of the place, in the first document that has it.
    elsewhere: FxHashMap<String, Number>,
}

impl Numbers {
    /// Adds the places of one more document.
    pub fn add(&mut self, title: &str, numbers: &FxHashMap<String, Number>) {
        for (id, number) in numbers {
            if !self.elsewhere.contains_key(id) {
                self.elsewhere.insert(id.clone(), Number::Elsewhere(format!("{title}, {}", number.text())));
            }
        }
    }

    /// Gives the references by number their numbers: in the document that the blocks are, else in the first that has what
    /// they lead to.
    pub fn refer(&self, blocks: &mut [Block]) {
        let own = numbers(blocks);
        each_inline_mut(blocks, &mut |inline| {
            if let Inline::Reference(reference) = inline {
                let number = own.get(&reference.id).or_else(|| self.elsewhere.get(&reference.id));
                reference.number = number.cloned();
            }
        });
    }
}

/// The number by which a reader finds each anchor: its own, or that of the heading it stands under.
pub fn numbers(blocks: &[Block]) -> FxHashMap<String, Number> {
    let mut numbers = FxHashMap::default();
    let mut section = None;
    let mut number = |block: &Block| {
        match block {
            Block::Heading(Heading { id, number: Some(number), .. }) => {
                section = Some(Number::Section { heading: id.clone(), number: number.clone() });
                numbers.extend(section.clone().map(|number| (id.clone(), number)));
            }
            Block::Table(Table { caption: Some(caption), .. }) => own(&mut numbers, caption, "Tabell"),
            Block::Figure(Figure { caption: Some(caption), .. }) => own(&mut numbers, caption, "Figur"),
            _ => {}
        }
        each_own_inline(block, &mut |inline| {
            if let (Inline::Anchor(id), Some(section)) = (inline, &section) {
                numbers.insert(id.clone(), section.clone());
            }
        });
    };
    waiting::parts(blocks).for_each(|part| walk(part, &mut number));
    numbers
}

fn own(numbers: &mut FxHashMap<String, Number>, caption: &Caption, kind: &str) {
    numbers.extend(caption.label(kind).map(|label| (caption.id.clone(), Number::Caption(label))));
}

/// Lets `change` at every text of the blocks.
pub fn each_text(blocks: &mut [Block], change: &mut dyn FnMut(&mut String)) {
    each_inline_mut(blocks, &mut |inline| {
        if let Inline::Text(text) = inline {
            change(text);
        }
    });
}

/// Lets `change` at every inline of the blocks, those in notes and links too.
fn each_inline_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Inline)) {
    each_block(blocks, &mut |block| match block {
        Block::Heading(heading) => inlines(&mut heading.text, change),
        Block::Paragraph(text) => inlines(text, change),
        Block::Table(table) => {
            if let Some(caption) = &mut table.caption {
                inlines(&mut caption.text, change);
            }
            table.header.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| inlines(cell, change));
        }
        Block::Figure(figure) => {
            if let Some(caption) = &mut figure.caption {
                inlines(&mut caption.text, change);
            }
        }
        Block::List(_) | Block::Notice(..) | Block::Quote(_) | Block::Landscape(_) | Block::Code(_) => {}
    });
}

fn inlines(text: &mut [Inline], change: &mut dyn FnMut(&mut Inline)) {
    for inline in text {
        change(inline);
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => inlines(inner, change),
            Inline::Link(link) => inlines(&mut link.text, change),
            Inline::Note(blocks) => each_inline_mut(blocks, change),
            Inline::Text(_) | Inline::Code(_) | Inline::Reference(_) | Inline::Anchor(_) | Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Align, Document, Metadata, Reference};

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
    fn a_table_of_nothing_says_so() {
        let table = |rows| {
            let header = vec![vec![Inline::Text("Pris".to_string())]; 2];
            Block::Table(Table { caption: None, columns: vec![Align::Left; 2], header, rows })
        };
        let texts = |block: &Block| match block {
            Block::Table(table) => table.rows.iter().flatten().map(|cell| plain_text(cell)).collect(),
            _ => Vec::new(),
        };
        let given = vec![vec![vec![Inline::Text("12 kr".to_string())], Vec::new()]];
        let mut blocks = vec![table(Vec::new()), table(given)];
        page(&mut blocks, &|_| false);
        assert_eq!(texts(&blocks[0]), ["Inget är angivet", "–"]);
        assert_eq!(texts(&blocks[1]), ["12 kr", ""]);
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
    fn a_reference_by_number_finds_its_own_document_first() {
        let reference = |id: &str| {
            Inline::Reference(Box::new(Reference { id: id.to_string(), name: format!("Om {id}"), number: None }))
        };
        let named = |id: &str, block: Block| match block {
            Block::Heading(heading) => Block::Heading(Heading { id: id.to_string(), ..heading }),
            other => other,
        };
        let document = |title: &str, mut blocks: Vec<Block>| {
            super::document(&mut blocks, &|_| true);
            let metadata = Metadata { title: title.to_string(), ..Metadata::default() };
            Document {
                name: title.to_lowercase(),
                stem: title.to_lowercase(),
                metadata,
                contents: true,
                about: None,
                blocks,
            }
        };
        let references = ["a", "rad", "b", "c", "okand"].map(reference).to_vec();
        let table = Table {
            caption: Some(Caption { id: "t".to_string(), number: 0, text: Vec::new() }),
            columns: vec![Align::Left],
            header: Vec::new(),
            rows: vec![vec![vec![Inline::Anchor("rad".to_string())]]],
        };
        let mut documents = [
            document("Ett", vec![named("a", heading(1, "A", Some(""), false)), Block::Paragraph(references)]),
            document(
                "Två",
                vec![
                    named("a", heading(1, "A", Some(""), false)),
                    named("b", heading(2, "B", Some(""), false)),
                    Block::Table(table),
                    named("c", heading(1, "C", Some(""), true)),
                    Block::Paragraph(vec![reference("a"), reference("rad"), reference("t")]),
                ],
            ),
        ];
        let mut places = Numbers::default();
        documents.iter().for_each(|document| places.add(&document.metadata.title, &numbers(&document.blocks)));
        documents.iter_mut().for_each(|document| places.refer(&mut document.blocks));
        let told = |document: &Document| match document.blocks.last() {
            Some(Block::Paragraph(text)) => {
                let shown = text.iter().map(|inline| plain_text(std::slice::from_ref(inline)).replace('\u{a0}', " "));
                shown.collect::<Vec<_>>()
            }
            _ => Vec::new(),
        };
        assert_eq!(
            told(&documents[0]),
            ["kapitel 1", "Två, avsnitt 1.1", "Två, avsnitt 1.1", "Två, Bilaga A", "Om okand"]
        );
        assert_eq!(told(&documents[1]), ["kapitel 1", "avsnitt 1.1", "Tabell 1"]);
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([1, 26, 27, 52, 53].map(letter), ["A", "Z", "AA", "AZ", "BA"]);
    }
}
