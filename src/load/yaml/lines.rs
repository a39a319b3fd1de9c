//! Texts in several lines that YAML reads as others than they look, for a `|` that is missing or a line too far in.
//!
//! Nothing is wrong with such a file as YAML, and what comes of it is published. So it is told by how the lines begin.

use std::ops::Range;

use super::tree::{Node, Tree};
use super::{Problem, ProblemKind, problem};

/// A problem for each text of which a list or a table becomes one line, since nothing says that its lines are to stay.
pub fn joined(source: &str, tree: &Tree) -> Vec<Problem> {
    let nodes = (0..tree.len()).filter_map(|step| tree.node(source, step));
    nodes.filter(|node| node.is_put_together()).filter_map(|node| joined_in(source, node)).collect()
}

/// The first line of a text that begins as an item does, as the line above it, and becomes a part of that.
fn joined_in(source: &str, node: Node<'_>) -> Option<Problem> {
    let Range { start, end } = node.span();
    let sign = block_sign(source, start);
    if sign == Some('|') || !source.get(start..end)?.contains('\n') {
        return None;
    }
    let from = if sign.is_some() { line_start(source, start) } else { start };
    let (mut at, mut least, mut above) = (from, None, None);
    for line in source[from..end].split_inclusive('\n') {
        let (text, indent) = (line.trim(), line.len() - line.trim_start().len());
        let start = at + indent;
        at += line.len();
        // After a > what is further in than the first line stays as it is.
        let is_apart = sign.is_some() && !text.is_empty() && indent > *least.get_or_insert(indent);
        let begins = item(text).filter(|_| !is_apart);
        if begins.is_none() || begins != above {
            // A line break that is escaped stays, too.
            above = begins.filter(|_| !text.ends_with('\\'));
            continue;
        }
        let after = if node.key().is_empty() { String::new() } else { format!(" efter ”{}:”", node.key()) };
        let (why, help) = match source.as_bytes()[from] {
            _ if sign.is_some() => {
                (format!("eftersom ett >{after} gör en enda rad av flera"), "skriv | i stället för >")
            }
            b'"' | b'\'' => (
                format!("eftersom en text inom citattecken{after} blir en enda rad"),
                "ta bort citattecknen, och skriv | där, med texten på raderna under",
            ),
            _ => (format!("eftersom det inte står |{after}"), "skriv | där, med texten på raderna under"),
        };
        let message = format!("raden läggs ihop med den ovanför, {why}");
        let help = format!("{help}; då behåller listor och tabeller sina rader");
        return Some(problem(start..start + text.len(), ProblemKind::Otherwise, message, Some(help)));
    }
    None
}

/// With what a line begins that is an item of a list or a row of a table.
fn item(line: &str) -> Option<char> {
    let after_figures = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match line.chars().next()? {
        '|' => Some('|'),
        bullet @ ('-' | '*') if line[1..].starts_with(' ') => Some(bullet),
        '0'..='9' if after_figures.starts_with(". ") => Some('.'),
        _ => None,
    }
}

/// A problem for each line of a text in a block that looks like a key which is missing beside it; `is_missing` tells
/// whether a word is one. What may be a sentence that goes on from the line above, or stands in code, is none.
pub fn swallowed(node: Node<'_>, is_missing: impl Fn(&str) -> bool) -> Vec<Problem> {
    let (source, Range { start, end }) = (node.source(), node.span());
    if block_sign(source, start).is_none() {
        return Vec::new();
    }
    let from = line_start(source, start);
    let (mut problems, mut at, mut least) = (Vec::new(), from, None);
    let (mut is_code, mut is_new) = (false, true);
    for line in source.get(from..end).unwrap_or_default().split_inclusive('\n') {
        let (text, indent) = (line.trim(), line.len() - line.trim_start().len());
        let start = at + indent;
        at += line.len();
        if text.is_empty() {
            is_new = true;
            continue;
        }
        is_code ^= text.starts_with("```") || text.starts_with("~~~");
        let may_be = is_new && !is_code && indent == *least.get_or_insert(indent);
        let key = text.split_once(": ").map(|(key, _)| key).filter(|key| may_be && is_missing(key));
        if let Some(key) = key {
            let message = format!("raden hör till texten i ”{}”, men börjar som nyckeln ”{key}”", node.key());
            let help = format!(
                "flytta ut raden till samma indrag som ”{}”; är det text, låt den börja på ett annat sätt",
                node.key()
            );
            problems.push(problem(start..start + text.len(), ProblemKind::Otherwise, message, Some(help)));
        }
        is_new = key.is_some() || text.ends_with(['.', ':', '!', '?']) || item(text).is_some();
    }
    problems
}

/// What a text that is no Markdown has of it, and shows otherwise: a reference, what is marked, or paragraphs and
/// items.
pub fn markup_in(node: Node<'_>, text: &str) -> Vec<Problem> {
    if !may_have_markup(text) {
        return Vec::new();
    }
    let (source, Range { start, end }) = (node.source(), node.span());
    let Some(written) = source.get(start..end) else { return Vec::new() };
    let reference = reference_in(text).map(|found| (found, "hänvisningar", "skriv vad det heter, utan hakparenteser"));
    let shown = reference.into_iter().chain(marked_in(text)).map(|(found, what, help)| {
        let from = written.find(found).map_or(start, |at| start + at);
        let message = format!("”{found}” visas som det står: detta värde är ren text, utan {what}");
        problem(from..from + found.len(), ProblemKind::Otherwise, message, Some(help.to_string()))
    });
    let mut problems: Vec<Problem> = shown.collect();
    let lines = || text.lines().map(|line| item(line.trim()));
    let is_list = || lines().zip(lines().skip(1)).any(|(above, line)| line.is_some() && line == above);
    if problems.is_empty() && text.contains('\n') && (text.contains("\n\n") || is_list()) {
        let line = written.lines().next().unwrap_or_default();
        let message = "stycken och punkter läggs ihop till en enda rad: detta värde är ren text".to_string();
        let help = Some("skriv det som löpande text, eller där Markdown läses, som i en beskrivning".to_string());
        problems.push(problem(start..start + line.len(), ProblemKind::Otherwise, message, help));
    }
    problems
}

/// Whether a text has a sign of what [`markup_in`] tells; hardly any has. No byte is left out, so that many are looked
/// at at once.
fn may_have_markup(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | matches!(byte, b'[' | b'\n' | b'*' | b'`' | b'<'))
}

/// The first in a text of each thing that is marked as Markdown has it, what a plain text has none of, and what to do.
/// Single stars and the like are none, which honest texts have.
fn marked_in(text: &str) -> impl Iterator<Item = (&str, &'static str, &'static str)> {
    let strong = between(text, "**", char::is_alphanumeric).map(|found| {
        (found, "fetstil", "ta bort stjärnorna, eller skriv det där Markdown läses, som i en beskrivning")
    });
    let code = between(text, "`", |c| !c.is_whitespace() && c != '`')
        .map(|found| (found, "kod", "ta bort tecknen `, eller skriv det där Markdown läses, som i en beskrivning"));
    let link = link_in(text).map(|found| match found.starts_with('!') {
        true => (found, "bilder", "visa bilden där Markdown läses, som i en beskrivning"),
        false => {
            (found, "länkar", "skriv vad sidan heter, och länka till den där Markdown läses, som i en beskrivning")
        }
    });
    let address = address_in(text).map(|found| (found, "länkar", "skriv adressen utan < och >"));
    [strong, code, link, address].into_iter().flatten()
}

/// The first part of a text that a sign stands around, which begins as it may.
fn between<'t>(text: &'t str, sign: &str, begins: impl Fn(char) -> bool) -> Option<&'t str> {
    let is_before = |c: char| c.is_alphanumeric() || c == '\\' || sign.starts_with(c);
    let opens = |at: usize| !text[..at].ends_with(is_before) && text[at + sign.len()..].starts_with(&begins);
    let at = text.match_indices(sign).map(|(at, _)| at).find(|at| opens(*at))?;
    // What closes none that opens first closes none that opens later.
    let mut ends = text[at + sign.len()..].match_indices(sign).map(|(length, _)| at + sign.len() + length);
    let end = ends.find(|end| !text[..*end].ends_with(char::is_whitespace))?;
    Some(&text[at..end + sign.len()])
}

/// The first link or picture of a text.
fn link_in(text: &str) -> Option<&str> {
    let first = text.find('[')?;
    text[first..].match_indices("](").find_map(|(length, opening)| {
        let (at, start) = (first + length, first + length + opening.len());
        let end = start + text[start..].find(|c: char| matches!(c, ')' | ']') || c.is_whitespace())?;
        let is_address = text[end..].starts_with(')') && text[start..end].contains([':', '/', '.', '#', '@']);
        let opened = text[..at].rfind('[').filter(|_| is_address)?;
        Some(&text[opened - usize::from(text[..opened].ends_with('!'))..=end])
    })
}

/// The first address of a text within `<` and `>`.
fn address_in(text: &str) -> Option<&str> {
    let at = ["<https://", "<http://", "<mailto:"].iter().filter_map(|begins| text.find(begins)).min()?;
    let end = at + text[at..].find(|c: char| c == '>' || c.is_whitespace())?;
    text[end..].starts_with('>').then(|| &text[at..=end])
}

/// The first reference of a text, up to the bar where it has one.
fn reference_in(text: &str) -> Option<&str> {
    let last = text.rfind("]]")?;
    text.match_indices("[[").take_while(|(at, _)| *at < last).find_map(|(at, _)| {
        let id = text[at + 2..].trim_start_matches(['§', ' ']);
        let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        let after = id.trim_start_matches(is_of_id);
        let has_letter = id[..id.len() - after.len()].contains(|c: char| c.is_ascii_lowercase());
        let end = text.len() - after.len();
        match after.trim_start_matches(' ') {
            rest if has_letter && rest.starts_with("]]") => Some(&text[at..text.len() - rest.len() + 2]),
            rest if has_letter && rest.starts_with('|') => Some(&text[at..end]),
            _ => None,
        }
    })
}

/// The `|` or `>` after which a text begins in a block, if it does, on the lines below.
fn block_sign(source: &str, start: usize) -> Option<char> {
    let above = source.get(..line_start(source, start))?.trim_end();
    let header = above[line_start(above, above.len())..].split(" #").next()?.trim_end().rsplit(' ').next()?;
    let sign = header.chars().next().filter(|sign| matches!(sign, '|' | '>'))?;
    let is_begun = source[line_start(source, start)..start].trim().is_empty();
    (is_begun && header[1..].chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))).then_some(sign)
}

/// Where the line begins that a byte stands in.
pub fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |end| end + 1)
}
