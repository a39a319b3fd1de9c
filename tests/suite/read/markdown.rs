//! Markdown as a Git host reads it.

use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser, Tag, TagEnd};

use super::{Collector, Text};

fn events(markdown: &str) -> Vec<Event<'_>> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    Parser::new_ext(markdown, options).collect()
}

/// The events after the cover and the contents: from the second heading on that stands below the title.
fn main_events(markdown: &str) -> Vec<Event<'_>> {
    let events = events(markdown);
    let is_heading = |event: &Event| matches!(event, Event::Start(Tag::Heading { .. }));
    let headings = events.iter().enumerate().filter(|(_, event)| is_heading(event)).map(|(at, _)| at);
    let first = headings.clone().nth(2).unwrap_or(events.len());
    events.into_iter().skip(first).collect()
}

/// Events without those of a picture's description, which is not seen where there is the picture.
fn without_descriptions(events: Vec<Event<'_>>) -> impl Iterator<Item = Event<'_>> {
    let mut in_picture = false;
    events.into_iter().filter(move |event| {
        match event {
            Event::Start(Tag::Image { .. }) => in_picture = true,
            Event::End(TagEnd::Image) => in_picture = false,
            _ => {}
        }
        !in_picture
    })
}

/// The visible letters of the whole file, runs of white space as one space.
pub fn visible(markdown: &str) -> String {
    let mut collector = Collector::default();
    for event in without_descriptions(events(markdown)) {
        push(&event, &mut collector);
    }
    collector.finish().words.join(" ")
}

/// The text of a document below its cover and contents.
pub fn text(markdown: &str) -> Text {
    let mut collector = Collector::default();
    let mut heading: Option<String> = None;
    for event in without_descriptions(main_events(markdown)) {
        match &event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let heading = heading.take().unwrap_or_default();
                collector.part();
                collector.push(without_number(&heading));
                collector.part();
            }
            Event::Start(Tag::FootnoteDefinition(_)) => collector.start_note(),
            Event::End(TagEnd::FootnoteDefinition) => collector.end_note(),
            Event::Text(text) | Event::Code(text) if heading.is_some() => heading.as_mut().unwrap().push_str(text),
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                collector.part();
                collector.push(label(*kind));
                collector.part();
            }
            _ => push(&event, &mut collector),
        }
    }
    collector.finish()
}

fn push(event: &Event, collector: &mut Collector) {
    match event {
        Event::Text(text) | Event::Code(text) => collector.push(text),
        Event::SoftBreak | Event::HardBreak => collector.part(),
        Event::InlineHtml(html) if &**html == "<br>" => collector.part(),
        // Anchors are the only other HTML that the writer makes; any other would be seen as a word too many.
        Event::InlineHtml(html) | Event::Html(html) if is_anchor(html) => {}
        Event::InlineHtml(html) | Event::Html(html) => collector.push(html),
        Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
        Event::End(_) => collector.part(),
        // Text does not run on into a block that begins, such as a list within an item.
        Event::Start(Tag::List(_) | Tag::Item | Tag::Paragraph) => collector.part(),
        _ => {}
    }
}

fn is_anchor(html: &str) -> bool {
    html == "</a>" || html.starts_with("<a id=\"") && html.ends_with("\">") && html.matches('"').count() == 2
}

/// What the other formats print above the text of a notice.
fn label(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Observera",
        BlockQuoteKind::Tip => "Tips",
        BlockQuoteKind::Important => "Viktigt",
        BlockQuoteKind::Warning | BlockQuoteKind::Caution => "Varning",
    }
}

/// A heading without `2.3`, `A.1` or `Bilaga A` before it.
fn without_number(heading: &str) -> &str {
    let Some((first, rest)) = heading.split_once(' ') else { return heading };
    let is_letter = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase());
    let is_count = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let mut parts = first.split('.');
    let opens = parts.next().is_some_and(|part| is_count(part) || is_letter(part) && first.contains('.'));
    if opens && parts.all(is_count) {
        return rest;
    }
    match rest.split_once(' ') {
        Some((letter, rest)) if first == "Bilaga" && is_letter(letter) => rest,
        _ => heading,
    }
}

/// How the text is put together; see [`super::html::outline`].
pub fn outline(markdown: &str) -> Vec<String> {
    let mut outline = Vec::new();
    let mut table = (0, 0);
    let mut in_note = false;
    for event in main_events(markdown) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => in_note = true,
            Event::End(TagEnd::FootnoteDefinition) => in_note = false,
            _ if in_note => {}
            Event::Start(Tag::Heading { level, .. }) => outline.push(level.to_string()),
            Event::Start(Tag::List(None)) => outline.push("(ul".into()),
            Event::Start(Tag::List(Some(start))) => outline.push(format!("(ol {start}")),
            Event::Start(Tag::Item) => outline.push("li".into()),
            Event::Start(Tag::BlockQuote(None)) => outline.push("(citat".into()),
            Event::Start(Tag::BlockQuote(Some(kind))) => outline.push(format!("({}", label(kind).to_lowercase())),
            Event::Start(Tag::CodeBlock(_)) => outline.push("kod".into()),
            Event::Start(Tag::Image { .. }) => outline.push("bild".into()),
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => outline.push(")".into()),
            Event::Start(Tag::Table(columns)) => table = (0, columns.len()),
            Event::Start(Tag::TableRow) => table.0 += 1,
            Event::End(TagEnd::Table) => outline.push(format!("tabell {}×{}", table.0, table.1)),
            _ => {}
        }
    }
    outline
}

/// Where links and pictures lead, in order.
pub fn destinations(markdown: &str) -> Vec<String> {
    let destination = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    events(markdown).into_iter().filter_map(destination).collect()
}

/// The ids of the file's anchors, in order.
pub fn anchors(markdown: &str) -> Vec<String> {
    let anchor = |event| match event {
        Event::InlineHtml(html) | Event::Html(html) => {
            Some(html.strip_prefix("<a id=\"")?.strip_suffix("\">")?.to_string())
        }
        _ => None,
    };
    events(markdown).into_iter().filter_map(anchor).collect()
}

/// The cells of every table's rows.
pub fn rows(markdown: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut in_cell = false;
    for event in events(markdown) {
        let mut push = |letters: &str| rows.last_mut().unwrap().last_mut().unwrap().push_str(letters);
        match event {
            Event::Text(text) | Event::Code(text) if in_cell => push(&text),
            Event::InlineHtml(html) if in_cell && &*html == "<br>" => push(" "),
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                in_cell = true;
                rows.last_mut().unwrap().push(String::new());
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            _ => {}
        }
    }
    rows
}
