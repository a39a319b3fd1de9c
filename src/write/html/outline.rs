//! What a page holds, found before it is written: its headings and its anchors.
use rustc_hash::FxHashSet;

use crate::document::{Block, Caption, Heading, Inline, plain_text};
use crate::text::push_path_encoded;

use super::escape::push_escaped;

/// The headings of a page in order, and every id that it has an element for.
#[derive(Default)]
pub struct Outline<'a> {
    pub headings: Vec<&'a Heading>,
    pub ids: FxHashSet<&'a str>,
}

impl<'a> Outline<'a> {
    /// Walks through all blocks of a page or document.
    pub fn of(blocks: &'a [Block]) -> Outline<'a> {
        let mut outline = Outline::default();
        outline.blocks(blocks);
        outline
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => {
                self.headings.push(heading);
                self.ids.insert(&heading.id);
                self.inlines(&heading.text);
            }
            Block::Paragraph(text) => self.inlines(text),
            Block::List(list) => list.items.iter().for_each(|item| self.blocks(item)),
            Block::Table(table) => {
                self.caption(&table.caption);
                for cell in table.header.iter().chain(table.rows.iter().flatten()) {
                    self.inlines(cell);
                }
            }
            Block::Figure(figure) => self.caption(&figure.caption),
            Block::Notice(_, blocks) | Block::Quote(blocks) | Block::Landscape(blocks) => self.blocks(blocks),
            Block::Code(_) => {}
        }
    }

    fn caption(&mut self, caption: &'a Option<Caption>) {
        if let Some(caption) = caption {
            self.ids.insert(&caption.id);
            self.inlines(&caption.text);
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikeout(inner) => self.inlines(inner),
                Inline::Link(link) => self.inlines(&link.text),
                Inline::Anchor(id) => {
                    self.ids.insert(id);
                }
                Inline::Note(blocks) => self.blocks(blocks),
                Inline::Text(_) | Inline::Code(_) | Inline::Reference(_) | Inline::Break => {}
            }
        }
    }
}

/// Nested lists of links to the headings.
pub fn contents(headings: &[&Heading]) -> String {
    let mut out = String::new();
    push_contents(headings, &mut out);
    out
}

fn push_contents(mut headings: &[&Heading], out: &mut String) {
    out.push_str("<ul>\n");
    while let Some((heading, rest)) = headings.split_first() {
        let below = rest.iter().take_while(|other| other.level > heading.level).count();
        out.push_str("<li>");
        push_entry(heading, out);
        if below > 0 {
            out.push('\n');
            push_contents(&rest[..below], out);
        }
        out.push_str("</li>\n");
        headings = &rest[below..];
    }
    out.push_str("</ul>\n");
}

fn push_entry(heading: &Heading, out: &mut String) {
    out.push_str("<a href=\"#");
    push_path_encoded(&heading.id, out);
    out.push_str("\">");
    if let Some(number) = &heading.number {
        out.push_str("<span class=\"nummer\">");
        push_escaped(number, out);
        out.push_str("</span> ");
    }
    push_escaped(&plain_text(&heading.text), out);
    out.push_str("</a>");
}
