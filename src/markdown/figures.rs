//! Texts and figures that are put in.

use std::borrow::Cow;
use std::ops::Range;

use super::{Lookup, Parsed, Problem, Reader, read_carefully};
use crate::document::{Block, Caption, Figure, Inline};

/// What stands before a figure's caption while it is read.
const FIGURE: &str = "Figur: ";

impl<'e, 's> Reader<'e, 's> {
    /// The text that `handle` stands for, about what the text after the bar names.
    pub(super) fn embedded(&mut self, handle: &str, about: &[Inline], span: &Range<usize>) -> Cow<'e, [Block]> {
        let handle = handle.trim_end_matches('\\');
        let about = crate::document::plain_text(about);
        // Without a bar the parser gives the handle itself as the text.
        self.text_of(handle, (about != handle).then_some(about.as_str()), span)
    }

    /// The text that `handle` stands for, about that product.
    pub(super) fn text_of(&mut self, handle: &str, about: Option<&str>, span: &Range<usize>) -> Cow<'e, [Block]> {
        let lookup: &'e dyn Lookup = self.lookup;
        if let Some(blocks) = lookup.text(handle, about) {
            return blocks;
        }
        let (message, help) = match lookup.name(handle.split('#').next().unwrap_or(handle)) {
            // A text that is there may be one that cannot be put in here.
            Ok(_) => (
                format!("texten ”{handle}” går inte att lägga in här"),
                "ett kapitel kan lägga in texten i en nyckel, som ![[id#beskrivning]], men inget annat kapitel; hänvisa \
                 med [[id]] till annat",
            ),
            Err(_) => (format!("det finns ingen text ”{handle}” att lägga in"), "ange en text under texter/"),
        };
        self.problem(span.clone(), message, help);
        Cow::Borrowed(&[])
    }

    pub(super) fn figure(
        &mut self,
        picture: &str,
        title: &str,
        description: &[Inline],
        span: &Range<usize>,
    ) -> Option<Figure> {
        let description = crate::document::plain_text(description);
        self.check_characters(title, span);
        let caption = (!title.is_empty()).then(|| self.figure_caption(title, span));
        if self.in_note && caption.is_some() {
            let message = "en bild i en fotnot kan inte ha en bildtext, eftersom den inte numreras";
            self.problem(span.clone(), message, "sätt bilden i texten, eller ta bort bildtexten");
        }
        if !self.has_figure(picture, &description, span) {
            return None;
        }
        Some(Figure { picture: picture.to_string(), description, caption })
    }

    /// What stands between a figure's quotes, read as the caption of a table is.
    pub(super) fn figure_caption(&mut self, title: &str, span: &Range<usize>) -> Caption {
        let (written, is_there) = match self.source.get(span.clone()).and_then(title_as_written) {
            Some(within) => (&self.source[span.start + within.start..span.start + within.end], Some(within)),
            // One that stands by itself, for pictures that are named alike.
            None => (title, None),
        };
        // It is no list or heading, whatever it begins with, and one line.
        let line = format!("{FIGURE}{}{}", written.replace(['\r', '\n'], " "), self.definitions_for(written));
        let Parsed { mut blocks, problems, .. } = read_carefully(&line, self.lookup);
        for problem in problems {
            let own = |at: usize| at.saturating_sub(FIGURE.len());
            let within = is_there.as_ref().map(|within| {
                let start = span.start + within.start;
                start + own(problem.span.start)..start + own(problem.span.end)
            });
            self.push_problem(Problem { span: within.unwrap_or(span.clone()), ..problem });
        }
        let mut text = match blocks.first_mut() {
            Some(Block::Paragraph(inlines)) => std::mem::take(inlines),
            _ => Vec::new(),
        };
        if let Some(Inline::Text(first)) = text.first_mut() {
            *first = first.strip_prefix(FIGURE.trim_end()).unwrap_or(first).trim_start().to_string();
        }
        Caption { id: String::new(), number: 0, text }
    }

    /// The definitions of addresses that a caption may be led by, to be read with it.
    pub(super) fn definitions_for(&mut self, caption: &str) -> String {
        let Some(parser) = self.events.parser.as_ref().filter(|_| caption.contains('[')) else { return String::new() };
        let caption = caption.to_lowercase();
        let is_named = |label: &str| caption.contains(&format!("[{}]", label.to_lowercase()));
        let mut lines = String::new();
        for (label, definition) in parser.reference_definitions().iter().filter(|(label, _)| is_named(label)) {
            self.led_by.insert(definition.span.start);
            lines.push_str(&format!("\n\n[{label}]: <{}>", definition.dest.replace(['<', '>', '\n'], "")));
        }
        lines
    }

    /// Whether there is something to show; reports what is missing.
    pub(super) fn has_figure(&mut self, picture: &str, description: &str, span: &Range<usize>) -> bool {
        if let Some(name) = picture.strip_prefix(crate::draw::SCHEME) {
            let Err(near) = self.lookup.check_figure(name) else { return true };
            let help = match near {
                Some(near) => format!("menade du {}{near}?", crate::draw::SCHEME),
                None => crate::draw::known(),
            };
            self.problem(span.clone(), format!("det finns ingen figur ”{name}”"), &help);
            return false;
        }
        if description.is_empty() {
            self.problem(span.clone(), "bilden saknar beskrivning", "skriv vad bilden visar inom hakparenteserna");
        }
        let Err(near) = self.lookup.check_picture(picture) else { return true };
        let help = match near {
            Some(near) => format!("menade du {near}?"),
            None => "lägg den i mappen bilder/ som PNG eller JPEG".into(),
        };
        self.problem(span.clone(), format!("bilden ”{picture}” finns inte"), &help);
        false
    }
}

/// Where a picture's title stands in what it is written with, where it does.
fn title_as_written(picture: &str) -> Option<Range<usize>> {
    let before = picture.strip_suffix(')')?.trim_end();
    let (opens, end) = match before.as_bytes().last()? {
        b')' => ('(', before.len() - 1),
        sign @ (b'"' | b'\'') => (char::from(*sign), before.len() - 1),
        _ => return None,
    };
    // A sign of its own kind has a backslash before it.
    let is_escaped = |at: usize| (before[..at].len() - before[..at].trim_end_matches('\\').len()) % 2 == 1;
    let start = before[..end].rmatch_indices(opens).map(|(at, _)| at).find(|at| !is_escaped(*at))?;
    // Lines in a quote or a list have marks of their own before them.
    Some(start + 1..end).filter(|title| !before[title.clone()].contains(['\r', '\n']))
}
