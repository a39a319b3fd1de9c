//! The one place where text becomes HTML.
use std::borrow::Cow;
use std::fmt::Write as _;

/// Text for an element or a quoted attribute. Letters that HTML forbids are left out.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_escaped(text, &mut out);
    Cow::Owned(out)
}

/// The same after what is written.
pub fn push_escaped(text: &str, out: &mut String) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if is_plain(byte) {
            continue;
        }
        let letter = text[at..].chars().next().unwrap_or_default();
        let entity = entity(letter);
        if entity.is_some() || !is_allowed(letter) {
            out.push_str(&text[written..at]);
            out.push_str(entity.unwrap_or_default());
            written = at + letter.len_utf8();
        }
    }
    out.push_str(&text[written..]);
}

/// Whether no letter that begins with this byte, or goes on with it, has to be looked at: nearly all text is so.
fn is_plain(byte: u8) -> bool {
    PLAIN[usize::from(byte)]
}

const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        // Controls are below the space, the last of ASCII and those that begin with C2; what is no character begins with
        // EF or with what four bytes begin with.
        plain[byte] = matches!(byte as u8, b' '..=b'~' | b'\t' | b'\n' | 0x80..=0xC1 | 0xC3..=0xEE)
            && !matches!(byte as u8, b'&' | b'<' | b'>' | b'"' | b'\'');
        byte += 1;
    }
    plain
};

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
    // A value whose keys are texts can always be written.
    let json = serde_json::to_string(data).unwrap_or_default();
    let is_plain = |byte: u8| is_plain(byte) || matches!(byte, b'\'' | b'"');
    let mut out = String::with_capacity(json.len());
    let mut written = 0;
    for (at, byte) in json.bytes().enumerate() {
        // The separators of lines begin with the byte of dashes and quotes, too.
        if is_plain(byte) && byte != 0xE2 {
            continue;
        }
        let letter = json[at..].chars().next().unwrap_or_default();
        let is_escaped = matches!(letter, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        if is_escaped || !is_allowed(letter) {
            out.push_str(&json[written..at]);
            if is_escaped {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            written = at + letter.len_utf8();
        }
    }
    out.push_str(&json[written..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_of_its_data() {
        let text = "</script><!-- & \u{2028}\u{2029} – ”å” '\"\\ \u{1}\u{7F}\u{85}\u{FFFE} 🚑";
        let data = serde_json::json!({ text: [text, 1.5, null] });
        let written = script_data(&data);
        assert!(
            !written.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{7F}', '\u{85}', '\u{FFFE}']),
            "{written}"
        );
        let read: serde_json::Value = serde_json::from_str(&written).unwrap();
        let kept = text.replace(['\u{7F}', '\u{85}', '\u{FFFE}'], "");
        assert_eq!(read, serde_json::json!({ kept.as_str(): [kept.as_str(), 1.5, null] }));
    }

    #[test]
    fn what_html_forbids_falls_away_and_its_signs_are_named() {
        let by_letter = |text: &str| -> String {
            let letter = |letter: char| match entity(letter) {
                Some(entity) => entity.to_string(),
                None => Some(letter).filter(|letter| is_allowed(*letter)).map(String::from).unwrap_or_default(),
            };
            text.chars().map(letter).collect()
        };
        let letters = ('\0'..'\u{800}').chain('\u{FD00}'..='\u{1003F}').chain('\u{1FFC0}'..='\u{2003F}');
        for letter in letters.chain(['\u{10FFFD}', '\u{10FFFE}', '\u{10FFFF}', '🚑', '日', '€']) {
            for text in [format!("{letter}"), format!("a{letter}{letter}<å{letter}")] {
                assert_eq!(escaped(&text), by_letter(&text), "{letter:?}");
            }
        }
        assert_eq!(escaped("a & \"b\" <c>'"), "a &amp; &quot;b&quot; &lt;c&gt;&#39;");
    }
}
