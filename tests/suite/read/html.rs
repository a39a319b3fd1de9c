//! HTML as tokens. The pages close every element that they open, and escape every `<` and `>` of a text.

use std::collections::BTreeMap;

use super::{Collector, Text};

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub enum Token {
    Start(String, BTreeMap<String, String>),
    End(String),
    Text(String),
}

const VOID: [&str; 6] = ["meta", "link", "br", "img", "hr", "input"];

/// The tokens of a page, after its elements are found to be closed in order.
pub fn tokens(html: &str) -> Vec<Token> {
    let html = html.trim_start().strip_prefix("<!DOCTYPE html>").unwrap_or(html);
    let mut tokens = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for (at, piece) in html.split('<').enumerate() {
        let (tag, text) = if at == 0 { ("", piece) } else { piece.split_once('>').expect("a tag is closed") };
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "elements are closed in order");
            tokens.push(Token::End(name.to_string()));
        } else if !tag.is_empty() {
            let (name, attributes) = element(tag);
            if !VOID.contains(&name.as_str()) {
                open.push(name.clone());
            }
            tokens.push(Token::Start(name, attributes));
        }
        // What a script holds is no text, and has no references.
        if !text.is_empty() && open.last().is_none_or(|name| name != "script") {
            tokens.push(Token::Text(unescaped(text)));
        }
    }
    assert!(open.is_empty(), "elements are left open: {open:?}");
    tokens
}

fn element(tag: &str) -> (String, BTreeMap<String, String>) {
    let (name, mut rest) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while let Some((key, value)) = rest.split_once("=\"") {
        let (value, after) = value.split_once('"').expect("an attribute is closed");
        let key = key.trim().to_string();
        assert!(attributes.insert(key, unescaped(value)).is_none(), "an attribute stands twice: {tag}");
        rest = after;
    }
    (name.to_string(), attributes)
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut pieces = text.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once(';').expect("a reference is closed");
        out.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => panic!("&{other}; is not used"),
        });
        out.push_str(rest);
    }
    out
}

/// What a page says of itself to a machine.
pub fn linked_data(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").expect("the page has linked data");
    let (data, rest) = rest.split_once("</script>").expect("it ends");
    assert!(!rest.contains("application/ld+json"), "there is one such block");
    serde_json::from_str(data).expect("it is JSON")
}

/// The visible letters of the whole page, runs of white space as one space.
pub fn visible(html: &str) -> String {
    let mut out = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(text) => out.push_str(&text),
            Token::Start(name, _) | Token::End(name) if !is_inline(&name) => out.push(' '),
            Token::Start(..) | Token::End(_) => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_inline(name: &str) -> bool {
    matches!(name, "a" | "em" | "strong" | "s" | "code" | "span" | "sup" | "time")
}

/// Whether an element has a class.
fn has_class(attributes: &BTreeMap<String, String>, class: &str) -> bool {
    attributes.get("class").is_some_and(|classes| classes.split(' ').any(|name| name == class))
}

/// The text of a document's page below its cover and contents.
pub fn text(html: &str) -> Text {
    let mut collector = Collector::default();
    let mut open: Vec<Role> = Vec::new();
    for token in main_text(tokens(html)) {
        match token {
            Token::Start(name, attributes) => {
                if !is_inline(&name) {
                    collector.part();
                }
                if VOID.contains(&name.as_str()) {
                    continue;
                }
                let role = role(&name, &attributes, &open);
                if role == Role::Note {
                    collector.start_note();
                }
                open.push(role);
            }
            Token::End(name) => {
                if !is_inline(&name) {
                    collector.part();
                }
                if open.pop() == Some(Role::Note) {
                    collector.end_note();
                }
            }
            Token::Text(text) if !open.contains(&Role::Hidden) => collector.push(&text),
            Token::Text(_) => {}
        }
    }
    collector.finish()
}

#[derive(PartialEq, Clone, Copy)]
enum Role {
    Plain,
    Heading,
    Note,
    /// A mark, a number or a way back, which the other formats do not have as text.
    Hidden,
}

fn role(name: &str, attributes: &BTreeMap<String, String>, open: &[Role]) -> Role {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "span" if has_class(attributes, "nummer") && open.contains(&Role::Heading) => Role::Hidden,
        "svg" => Role::Hidden,
        "sup" if has_class(attributes, "fotnot") => Role::Hidden,
        "a" if has_class(attributes, "tillbaka") => Role::Hidden,
        "li" if attributes.get("id").is_some_and(|id| id.starts_with("_fot-")) => Role::Note,
        _ => Role::Plain,
    }
}

/// What stands in `<div class="text">`.
fn main_text(tokens: Vec<Token>) -> impl Iterator<Item = Token> {
    let mut depth = 0usize;
    let starts = |token: &Token| matches!(token, Token::Start(name, attributes) if name == "div" && has_class(attributes, "text"));
    tokens.into_iter().skip_while(move |token| !starts(token)).take_while(move |token| {
        match token {
            Token::Start(name, _) if name == "div" => depth += 1,
            Token::End(name) if name == "div" => depth -= 1,
            _ => {}
        }
        depth > 0
    })
}

/// How the text is put together: headings, lists, tables, quotes, notices and verbatim text, without their words.
pub fn outline(html: &str) -> Vec<String> {
    let mut outline = Vec::new();
    let mut table = (0, 0);
    let mut in_head = false;
    for token in main_text(tokens(html)) {
        match token {
            Token::Start(name, attributes) => match name.as_str() {
                "h2" | "h3" | "h4" | "h5" | "h6" => outline.push(name),
                "section" if has_class(&attributes, "fotnoter") => return outline,
                "ul" => outline.push("(ul".into()),
                "ol" => outline.push(format!("(ol {}", attributes.get("start").map_or("1", String::as_str))),
                "li" => outline.push("li".into()),
                "blockquote" => outline.push("(citat".into()),
                "aside" => outline.push(format!("({}", attributes["class"].trim_start_matches("notis "))),
                "pre" => outline.push("kod".into()),
                "img" | "svg" => outline.push("bild".into()),
                "thead" => in_head = true,
                "table" => table = (0, 0),
                "tr" if !in_head => table = (table.0 + 1, 0),
                "td" | "th" => table.1 += 1,
                _ => {}
            },
            Token::End(name) => match name.as_str() {
                "ul" | "ol" | "blockquote" | "aside" => outline.push(")".into()),
                "thead" => in_head = false,
                "table" => outline.push(format!("tabell {}×{}", table.0, table.1)),
                _ => {}
            },
            Token::Text(_) => {}
        }
    }
    outline
}

/// The cells of every table's rows.
pub fn rows(html: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut in_cell = false;
    for token in tokens(html) {
        match token {
            Token::Start(name, _) => match name.as_str() {
                "tr" => rows.push(Vec::new()),
                "td" | "th" => {
                    in_cell = true;
                    rows.last_mut().unwrap().push(String::new());
                }
                "br" if in_cell => rows.last_mut().unwrap().last_mut().unwrap().push(' '),
                _ => {}
            },
            Token::End(name) if matches!(name.as_str(), "td" | "th") => in_cell = false,
            Token::Text(text) if in_cell => rows.last_mut().unwrap().last_mut().unwrap().push_str(&text),
            _ => {}
        }
    }
    rows
}
