//! Inlines: words, what they are marked as, where they lead, and what is put in among them.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::flat::flatten;
use super::{MOST_DEPTH, Problem, Reader, Within, is_line_break, most_repeated, slips, starts_block};
use crate::document::{Inline, Link, Reference, Target};
use crate::text::{self, figures_kept_together};

impl<'e, 's> Reader<'e, 's> {
    /// Inlines up to the next block's start or the end of what encloses them, which is left to be passed.
    pub(super) fn inlines(&mut self, within: Within) -> Vec<Inline> {
        let before = std::mem::replace(&mut self.first, self.open.len());
        while let Some(event) = self.peek() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if starts_block(tag) || matches!(tag, Tag::FootnoteDefinition(_)) => break,
                _ => {}
            }
            let Some((event, span)) = self.events.take() else { break };
            match event {
                Event::Text(text) => {
                    self.check_text(&text, &span);
                    self.letters.push_str(&text);
                }
                Event::SoftBreak => self.letters.push(' '),
                other => {
                    self.end_letters();
                    self.inline(other, span, within);
                }
            }
        }
        self.close(before)
    }

    /// Takes the inlines of the innermost, which ends; those of what encloses it begin there.
    pub(super) fn close(&mut self, before: usize) -> Vec<Inline> {
        self.end_letters();
        self.trim_end();
        let first = std::mem::replace(&mut self.first, before);
        self.open.split_off(first)
    }

    /// Puts the letters that have been read after what is open.
    pub(super) fn end_letters(&mut self) {
        if self.letters.is_empty() {
            return;
        }
        let together = figures_kept_together(&self.letters);
        match self.open[self.first..].last_mut() {
            Some(Inline::Text(last)) => last.push_str(together.as_ref().unwrap_or(&self.letters)),
            _ => self.open.push(Inline::Text(together.unwrap_or_else(|| self.letters.clone()))),
        }
        self.letters.clear();
    }

    /// Takes away the spaces and breaks that end what is innermost.
    pub(super) fn trim_end(&mut self) {
        while let Some(last) = self.open[self.first..].last_mut() {
            match last {
                Inline::Text(text) => {
                    text.truncate(text.trim_end_matches(' ').len());
                    if !text.is_empty() {
                        return;
                    }
                }
                Inline::Break => {}
                _ => return,
            }
            self.open.pop();
        }
    }

    /// Anything but letters.
    pub(super) fn inline(&mut self, event: Event<'s>, span: Range<usize>, within: Within) {
        match event {
            Event::Code(code) => self.open.push(Inline::Code(code.to_string())),
            Event::HardBreak => self.open.push(Inline::Break),
            Event::InlineHtml(html) if is_line_break(&html) => self.open.push(Inline::Break),
            Event::InlineHtml(html) | Event::Html(html) => {
                let message = format!("HTML kan inte visas i dokumenten: {html}");
                self.problem(span, message, slips::cure_of_html(&html));
            }
            Event::FootnoteReference(label) => self.note(&label, &span),
            Event::Start(tag) => self.span(tag, span, within),
            // The options above ask for none of these.
            Event::Text(_)
            | Event::SoftBreak
            | Event::Rule
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::End(_) => {
                self.problem(span, "detta kan inte visas i dokumenten", "skriv det på ett annat sätt");
            }
        }
    }

    pub(super) fn note(&mut self, label: &str, span: &Range<usize>) {
        let most = most_repeated(self.source.len());
        match self.notes.get_mut(label) {
            Some(note) => {
                let was_too_much = self.repeated > most;
                self.repeated += if note.used { note.length } else { 0 };
                note.used = true;
                if self.repeated <= most {
                    self.open.push(Inline::Note(note.blocks.clone()));
                } else if !was_too_much {
                    let message = format!("fotnoten ”{label}” visas så många gånger att texten blir för lång");
                    self.problem(span.clone(), message, "hänvisa till den en gång, eller korta den");
                }
            }
            None => {
                let message = format!("fotnoten ”{label}” finns inte, eller står i en annan fotnot");
                self.problem(span.clone(), message, "skriv den på en egen rad: ”[^1]: …”");
            }
        }
    }

    pub(super) fn span(&mut self, tag: Tag<'s>, span: Range<usize>, within: Within) {
        if self.depth >= MOST_DEPTH {
            self.problem(span, "texten är nästlad för djupt", "gör den plattare");
            self.skip_rest();
            return;
        }
        if matches!(tag, Tag::Emphasis | Tag::Strong) {
            self.check_stars(matches!(tag, Tag::Strong), &span);
        }
        self.depth += 1;
        let inner = self.inlines(within);
        self.pass();
        match tag {
            Tag::Emphasis => self.open.push(Inline::Emphasis(inner)),
            Tag::Strong => self.open.push(Inline::Strong(inner)),
            Tag::Strikethrough => self.open.push(Inline::Strikeout(inner)),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                let mut inner = inner;
                if let Some(Inline::Text(first)) = inner.first_mut() {
                    // Of a sign right after the bar the parser leaves the backslash.
                    let written = self.source.get(span.clone()).and_then(|written| written.split_once('|'));
                    let is_left = written.is_some_and(|(_, text)| text.starts_with('\\'));
                    let rest =
                        first.strip_prefix('\\').filter(|rest| rest.starts_with(|c: char| c.is_ascii_punctuation()));
                    if let Some(rest) = rest.filter(|_| is_left) {
                        *first = rest.to_string();
                    }
                    *first = first.trim_start().to_string();
                }
                let before = self.parsed.problems.len();
                let reference = self.reference(&dest_url, has_pothole.then_some(inner), &span);
                if self.parsed.problems.len() == before {
                    self.check_after(&span);
                }
                self.open.push(reference);
            }
            Tag::Link { link_type, dest_url, title, id } => {
                self.is_led_by(&id);
                if !title.is_empty() {
                    let message = format!("länkens titel ”{title}” visas inte i dokumenten");
                    self.problem(span.clone(), message, "skriv det i texten, och ta bort titeln");
                }
                // `<a@b.se>` is an address of mail without saying so.
                let address = match link_type {
                    LinkType::Email => Cow::Owned(format!("mailto:{dest_url}")),
                    _ => Cow::Borrowed(&*dest_url),
                };
                let link = self.link(&address, inner, &span);
                self.open.push(link);
            }
            Tag::Image { link_type: link_type @ LinkType::WikiLink { .. }, dest_url, .. } => {
                if self.check_after(&span) {
                    // What is put in there is none of what was meant.
                } else if let Some(anchor) = dest_url.strip_prefix('#') {
                    self.check_anchor(link_type, &span);
                    self.open.push(Inline::Anchor(anchor.trim_end_matches('\\').to_string()));
                } else {
                    let embedded = self.embedded(&dest_url, &inner, &span);
                    flatten(&embedded, &mut self.open);
                }
            }
            Tag::Image { .. } => {
                let help = "sätt den på en egen rad med tomma rader omkring";
                self.problem(span, "en bild kan inte stå mitt i en text", help);
            }
            other => {
                let message = format!("detta kan inte visas i dokumenten ({other:?})");
                self.problem(span, message, "skriv det på ett annat sätt");
            }
        }
        self.depth -= 1;
    }

    pub(super) fn reference(&mut self, id: &str, text: Option<Vec<Inline>>, span: &Range<usize>) -> Inline {
        // In a table the bar is written `\|`, and the backslash is left at the id's end.
        let id = id.trim_end_matches('\\').trim();
        let (id, by_number) = id.strip_prefix('§').map_or((id, false), |id| (id.trim(), true));
        if by_number && text.is_some() {
            let message = "en hänvisning med § visar numret, och ingen annan text";
            self.problem(span.clone(), message, "skriv [[§…]] utan streck, eller utan § för att visa texten");
        }
        match self.lookup.name(id) {
            Ok(name) if by_number => {
                Inline::Reference(Box::new(Reference { id: id.to_string(), name: name.into_owned(), number: None }))
            }
            Ok(name) => {
                let named = || figures_kept_together(&name).unwrap_or_else(|| name.to_string());
                let text = text.filter(|text| !text.is_empty()).unwrap_or_else(|| vec![Inline::Text(named())]);
                Inline::Link(Box::new(Link { target: Target::Id(id.to_string()), text }))
            }
            Err(near) => {
                let message = format!("det finns inget med id ”{id}”");
                let help = near.map(|near| format!("menade du [[{near}]]?"));
                self.push_problem(Problem { span: span.clone(), is_reference: true, message, help });
                Inline::Text(id.to_string())
            }
        }
    }

    pub(super) fn link(&mut self, address: &str, text: Vec<Inline>, span: &Range<usize>) -> Inline {
        let Some(leads_to) = text::address(address) else {
            if text::names_user(address) {
                let (message, help) = text::NAMES_USER;
                self.problem(span.clone(), message, help);
                return Inline::Emphasis(text);
            }
            let message = format!("länken ”{address}” leder inte till en webbadress eller e-postadress");
            self.problem(span.clone(), message, "skriv https://… för webben, eller [[id]] för något i katalogen");
            return Inline::Emphasis(text);
        };
        self.check_characters(address, span);
        if text.is_empty() {
            self.problem(span.clone(), "länken har ingen text", "skriv vart den leder inom hakparenteserna");
        }
        Inline::Link(Box::new(Link { target: Target::Address(leads_to), text }))
    }

    /// Passes what starts here, to its end.
    pub(super) fn skip(&mut self) {
        self.pass();
        self.skip_rest();
    }

    /// Passes what has begun, to its end.
    pub(super) fn skip_rest(&mut self) {
        let mut open = 1usize;
        while let Some((event, _)) = self.events.take() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }
}
