//! Texts for other programs: Markdown as any reader knows it, without what only this catalogue can follow.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

/// What only this catalogue can follow.
#[derive(Debug, PartialEq, Eq)]
pub enum Own<'a> {
    /// A reference to something, and the Markdown that it is shown by where the author has written it.
    Reference { id: &'a str, shown: Option<&'a str> },
    /// A picture of the content folder, and its caption.
    Picture { name: &'a str, description: &'a str, caption: &'a str },
    /// What is drawn from the data, what its author says of it, and its caption.
    Drawing { description: &'a str, caption: &'a str },
    /// An anchor, which nobody sees.
    Anchor,
}

/// The text, where `write` tells how each thing of ours is written; every other byte is as it was.
pub fn portable(source: &str, write: &dyn Fn(Own<'_>) -> String) -> String {
    // Most texts have nothing of ours.
    if !source.contains("[[") && !source.contains("![") {
        return source.to_string();
    }
    let mut out = String::with_capacity(source.len());
    let mut copied = 0;
    let mut events = Parser::new_ext(source, super::options()).into_offset_iter();
    while let Some((event, span)) = events.next() {
        let Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) = event else { continue };
        let Some(written) = own(source, &tag, &mut events, write) else { continue };
        // A footnote is shown after the text that it stands in the middle of.
        if span.start >= copied {
            out.push_str(&source[copied..span.start]);
            out.push_str(&written);
            copied = span.end;
        }
    }
    out.push_str(&source[copied..]);
    out
}

/// How a link or a picture is written, past its end; nothing for those that anyone can follow.
fn own<'s>(
    source: &str,
    tag: &Tag<'s>,
    events: &mut impl Iterator<Item = (Event<'s>, Range<usize>)>,
    write: &dyn Fn(Own<'_>) -> String,
) -> Option<String> {
    match tag {
        Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
            let inner = to_end(events);
            // In a table the bar is written `\|`, and the backslash is left at the id's end.
            let id = dest_url.trim_end_matches('\\').trim();
            let id = id.strip_prefix('§').unwrap_or(id).trim();
            let shown = source[inner].trim();
            Some(write(Own::Reference { id, shown: (*has_pothole && !shown.is_empty()).then_some(shown) }))
        }
        Tag::Image { link_type: LinkType::WikiLink { .. }, .. } => {
            to_end(events);
            Some(write(Own::Anchor))
        }
        Tag::Image { dest_url, title, .. } => {
            let description = &source[to_end(events)];
            Some(match dest_url.starts_with(crate::draw::SCHEME) {
                true => write(Own::Drawing { description, caption: title }),
                false => write(Own::Picture { name: dest_url, description, caption: title }),
            })
        }
        _ => None,
    }
}

/// The bytes up to the end of what has begun, which is passed.
fn to_end<'s>(events: &mut impl Iterator<Item = (Event<'s>, Range<usize>)>) -> Range<usize> {
    let mut inner: Option<Range<usize>> = None;
    let mut open = 1usize;
    for (event, span) in events {
        match event {
            Event::Start(_) => open += 1,
            Event::End(TagEnd::Link | TagEnd::Image) if open == 1 => break,
            Event::End(_) => open = open.saturating_sub(1),
            _ => {}
        }
        let from = inner.as_ref().map_or(span.start, |inner| inner.start.min(span.start));
        let to = inner.as_ref().map_or(span.end, |inner| inner.end.max(span.end));
        inner = Some(from..to);
    }
    inner.unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str) -> String {
        portable(source, &|own| match own {
            Own::Reference { id, shown } => format!("({id}: {})", shown.unwrap_or("-")),
            Own::Picture { name, description, caption } => format!("(bild {name}: {description}, {caption})"),
            Own::Drawing { description, caption } => format!("(figur {description}: {caption})"),
            Own::Anchor => "()".into(),
        })
    }

    #[test]
    fn what_is_ours_is_written_anew_and_all_else_is_as_it_was() {
        for (source, wanted) in [
            ("Se [[orbit]] och [[orbit|*hela* Orbit]].", "Se (orbit: -) och (orbit: *hela* Orbit)."),
            ("**Se [[§orbit]]**, \\[[x]] och `[[y]]`", "**Se (orbit: -)**, \\[[x]] och `[[y]]`"),
            ("| a | b |\n|---|---|\n| [[x\\|y]] | [[x]] |\n", "| a | b |\n|---|---|\n| (x: y) | (x: -) |\n"),
            ("a[^1] [[x]]\n\n[^1]: not [[y|z]]\n", "a[^1] (x: -)\n\n[^1]: not (y: z)\n"),
            ("![En *bild*](a.png \"Text\")", "(bild a.png: En *bild*, Text)"),
            ("![](figur:kedja/orbit \"Kedjan\")", "(figur : Kedjan)"),
            ("![En bild](figur:kedja/orbit)", "(figur En bild: )"),
            ("![[#här]]Här [https](https://x.example/[[) *slut", "()Här [https](https://x.example/[[) *slut"),
            ("> - [[x]]\n>   [[y|å ä]]\n", "> - (x: -)\n>   (y: å ä)\n"),
        ] {
            assert_eq!(written(source), wanted);
        }
    }
}
