//! The one place where text becomes HTML, and where an author's addresses become those of links.
use std::borrow::Cow;
use std::fmt::Write as _;

/// Text for an element or a quoted attribute. Letters that HTML forbids are left out.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| entity(letter).is_none() && is_allowed(letter)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for letter in text.chars().filter(|letter| is_allowed(*letter)) {
        match entity(letter) {
            Some(entity) => out.push_str(entity),
            None => out.push(letter),
        }
    }
    Cow::Owned(out)
}

fn entity(letter: char) -> Option<&'static str> {
    Some(match letter {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    })
}

/// Controls and code points that are no characters make a page invalid, even as references.
fn is_allowed(letter: char) -> bool {
    let code = u32::from(letter);
    let is_noncharacter = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
    matches!(letter, '\t' | '\n') || !(letter.is_control() || is_noncharacter)
}

/// JSON for a `script` element, which no text in it can end. Its texts are the same to whoever reads them as JSON.
pub fn script_data(data: &serde_json::Value) -> String {
    let mut out = String::new();
    for letter in data.to_string().chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ if is_allowed(letter) => out.push(letter),
            _ => {}
        }
    }
    out
}

/// An outside address that a page may link to, without letters that an address cannot hold; `None` for other schemes.
pub fn address(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    if !["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for (at, letter) in address.char_indices() {
        let is_bare_percent = letter == '%' && !is_percent_encoded(&address.as_bytes()[at..]);
        if is_bare_percent || letter.is_ascii_control() || " \"<>\\^`{|}[]".contains(letter) {
            percent(letter as u8, &mut out);
        } else {
            out.push(letter);
        }
    }
    Some(out)
}

fn is_percent_encoded(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn percent(byte: u8, out: &mut String) {
    let _ = write!(out, "%{byte:02X}");
}
