//! What authors write in a value that YAML reads as something else, told by what stands in the file around it.

use std::ops::Range;

use super::{Problem, ProblemKind, problem};
use crate::model::Amount;

/// Quotation marks as text editors put them, which are letters to YAML.
const CURLY: [char; 5] = ['”', '“', '„', '»', '«'];
/// So many bytes before and after a place are looked at: what is between such quotes and longer is a text, and not a value.
const FAR: usize = 200;
/// The same of a number.
const NEAR: usize = 40;

/// Why there is a key that nobody has written as one: a comma in the value before it, within braces.
pub fn in_key(source: &str, key: Range<usize>) -> Option<Problem> {
    decimal_comma(source, &key).or_else(|| cut_quotes(source, &key))
}

/// What is wrong with a value that makes no sense by itself: within braces, a comma has cut off its decimals.
pub fn in_value(source: &str, value: Range<usize>) -> Option<Problem> {
    let key = value.end + 1;
    let length = source.get(value.end..)?.strip_prefix(',')?.find([',', '}', '\n'])?;
    decimal_comma(source, &(key..key + length))
}

/// The blank with which a line or a key begins, if it is none of YAML's: an unbreakable one, as web pages have.
pub fn strange_blank(source: &str, start: usize) -> Option<Problem> {
    let text = source.get(start..)?.trim_start_matches(' ');
    let blank = text.chars().next().filter(|c| c.is_whitespace() && !matches!(c, '\n' | '\r' | '\t'))?;
    let start = source.len() - text.len();
    let number = u32::from(blank);
    let message =
        format!("här står ett annat blanksteg än det vanliga (U+{number:04X}), som läses som en del av texten");
    let help = "byt det, och de som följer, mot vanliga blanksteg";
    Some(problem(start..start + blank.len_utf8(), ProblemKind::Value, message, Some(help.to_string())))
}

/// The key with its value in one, since no blank follows the colon between them: `{pris:125}`.
pub fn without_blank(source: &str, key: Range<usize>) -> Option<(&str, Problem)> {
    let written = source.get(key.clone())?;
    let (name, value) = written.split_once(':')?;
    let is_value = !value.is_empty() && !value.starts_with("//");
    if !is_value || name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
        return None;
    }
    let (message, help) = match value.chars().next().filter(|c| c.is_whitespace()) {
        Some(blank) => {
            let number = u32::from(blank);
            let which = format!("kolonet efter ”{name}” följs av ett annat blanksteg än det vanliga (U+{number:04X})");
            (which, format!("skriv ”{name}: {}”, med ett vanligt blanksteg", value.trim()))
        }
        None => (format!("kolonet efter ”{name}” följs inte av ett blanksteg"), format!("skriv ”{name}: {value}”")),
    };
    Some((name, problem(key, ProblemKind::Value, message, Some(help))))
}

/// The field with its value in one, since no colon stands between them: `{antal 520}`, `{samband=serie}`.
pub fn without_colon(
    source: &str,
    key: Range<usize>,
    fields: &'static [&'static str],
) -> Option<(&'static str, Problem)> {
    let written = source.get(key.clone())?;
    let (field, value) = field_and_value(written, fields)?;
    let is_one = !written.contains('\n') && source[key.end..].trim_start().starts_with([',', '}']);
    let message = format!("kolon saknas efter ”{field}”");
    let help = format!("skriv ”{field}: {value}”");
    is_one.then(|| (field, problem(key, ProblemKind::Value, message, Some(help))))
}

/// The field with which a text begins, and what follows it after a blank, or a sign that is no colon of YAML's.
fn field_and_value<'t>(text: &'t str, fields: &'static [&'static str]) -> Option<(&'static str, &'t str)> {
    let (field, rest) = fields.iter().find_map(|field| {
        let rest = text.strip_prefix(field)?;
        rest.starts_with([' ', '=']).then_some((*field, rest))
    })?;
    let value = rest.trim_start_matches([' ', '=', ':']);
    // More than one word goes on with what was said before.
    (value.split_whitespace().count() == 1).then_some((field, value))
}

/// The text of which a comma within braces has made a value and keys, as in `{benämning: Användare, läkare}`. What may be an id,
/// a figure or a date is none, nor is what a key says that is not known.
pub fn cut_text(source: &str, key: Range<usize>, fields: &'static [&'static str]) -> Option<Problem> {
    let before = source.get(..key.start)?.trim_end_matches(' ').strip_suffix(',')?;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(FAR))..];
    let (names, first) = near.rsplit_once(": ")?;
    let is_sign = |c: char| matches!(c, '"' | '\'' | '[' | ']' | '{' | '}' | '\n' | '#' | '\\');
    let mut end = key.end;
    // What follows has no colon either, as far as it is of the same text.
    let after = &source[..source.floor_char_boundary(source.len().min(key.end + FAR))];
    while let Some(part) = after[end..].strip_prefix(',') {
        let Some(length) = part.find([',', '}', '\n']).filter(|length| !part[..*length].contains(':')) else { break };
        let part = part[..length].trim();
        if part.is_empty() || field_and_value(part, fields).is_some() {
            break;
        }
        end += 1 + length;
    }
    let start = before.len() - first.len();
    let written = source[start..end].trim_end();
    let name = names.rsplit([',', '{', '[', '\n']).next().unwrap_or_default().trim();
    let is_over = source[end..].trim_start().starts_with([',', '}']);
    let first = first.trim();
    let is_text =
        first.starts_with(char::is_uppercase) || first.starts_with(char::is_alphabetic) && first.contains(' ');
    if !is_over || !fields.contains(&name) || !is_text || written.contains(is_sign) {
        return None;
    }
    let message = format!("”{written}” blir flera värden, eftersom ett komma inom klamrar skiljer värden åt");
    let help = format!("sätt hela värdet inom citattecken: {name}: \"{written}\"");
    Some(problem(start..start + written.len(), ProblemKind::Value, message, Some(help)))
}

/// The number of which a decimal comma has made a value and a key, as in `{pris: 125,50}`.
fn decimal_comma(source: &str, key: &Range<usize>) -> Option<Problem> {
    let is_figure = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let before = source.get(..key.start)?.strip_suffix(',')?;
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(NEAR))..];
    let (names, first) = near.rsplit_once(": ")?;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let number = first.trim_start_matches(['-', '−', '+', ' ']);
    if !is_figure(number) || !number.chars().all(is_number) || !is_figure(&source[key.start..]) {
        return None;
    }
    // A number with several commas is one number, whichever of them is met.
    let after = &source[key.end..source.floor_char_boundary(key.end + NEAR)];
    let mut end = 0;
    while after[end..].starts_with(',') && is_figure(&after[end + 1..]) {
        end += 1 + after[end + 1..].find([',', '}', '\n'])?;
    }
    let rest = &source[key.end..key.end + end];
    if rest.contains(':') || !after[end..].trim_start().starts_with([',', '}']) {
        return None;
    }
    let start = before.len() - first.len();
    let written = &source[start..key.end + end];
    let name = names.rsplit([',', '{', '[', '\n']).next().unwrap_or_default().trim();
    let message = format!("”{written}” blir två värden, eftersom ett komma inom klamrar skiljer värden åt");
    let help = match Amount::meant_both_ways(written) {
        Some((decimals, thousands)) => {
            format!("skriv {name}: {thousands} om det är tusental, annars {name}: \"{decimals}\" (inom citattecken)")
        }
        None => {
            let figure = Amount::meant(written).unwrap_or_else(|| written.to_string());
            format!("sätt ett tal med decimalkomma inom citattecken: {name}: \"{figure}\"")
        }
    };
    Some(problem(start..start + written.len(), ProblemKind::Value, message, Some(help)))
}

/// The value between quotes that are none of YAML's, of whose end a comma has made a key: `{pris: ”125,50”}`.
fn cut_quotes(source: &str, key: &Range<usize>) -> Option<Problem> {
    let before = source.get(..key.start)?;
    let near = before.floor_char_boundary(before.len().saturating_sub(FAR));
    let open = near + before[near..].rfind(CURLY)?;
    let comma = open + source[open..].find(',')?;
    let is_value = before[..open].trim_end().ends_with([':', '[', ',', '{']);
    in_quotes(source, open..comma).filter(|problem| is_value && problem.span.end >= key.end)
}

/// A value without quotes of YAML's that one pair of others encloses from end to end, or as far as a comma that ends it.
pub fn in_quotes(source: &str, value: Range<usize>) -> Option<Problem> {
    let from = source.get(value.start..)?;
    let open = from.chars().next().filter(|c| CURLY.contains(c))?;
    let near = from[..from.floor_char_boundary(FAR)].lines().next()?;
    let inside = &near[open.len_utf8()..];
    let (length, close) = inside.char_indices().find(|(_, c)| CURLY.contains(c))?;
    let inside = &inside[..length];
    let end = value.start + open.len_utf8() + length + close.len_utf8();
    let is_cut = || {
        let is_over = source[end..].trim_start_matches(' ').starts_with([',', '}', ']']);
        end > value.end && source[value.end..].starts_with(',') && is_over
    };
    if end != value.end && !is_cut() {
        return None;
    }
    let message = format!("citattecknet {open} är inte YAML:s, och blir en del av värdet");
    let help =
        format!("skriv raka citattecken: \"{inside}\"; ska de synas, sätt raka utanför: '{open}{inside}{close}'");
    Some(problem(value.start..end, ProblemKind::Value, message, Some(help)))
}
