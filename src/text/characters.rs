//! Characters that no text may hold, and those that are shown in another way.

use std::borrow::Cow;

/// Marks that change the direction of the text after them, by which a line can be made to read as another.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// A character that no text may hold: it cannot be seen, or no document can carry it. [`forbidden`] finds more of them in a
/// text.
pub fn is_forbidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    control || is_invisible(c) || is_bidi_control(c) || is_private(c) || is_no_character(c) || is_stand_in(c)
}

/// What a character is that no text may hold, as its author is told.
pub fn kind_of_forbidden(c: char) -> &'static str {
    match c {
        _ if is_bidi_control(c) => "ett tecken som vänder skrivriktningen",
        _ if c.is_control() => "ett styrtecken",
        _ if is_private(c) => "ett tecken som bara finns i vissa typsnitt",
        _ if is_stand_in(c) => "ett tecken som står i stället för något som har gått förlorat",
        _ => "ett osynligt tecken",
    }
}

/// A character that is another in each typeface, as those with which Word marks the points of lists: in ours it is none.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// A character that other programs leave where they could not read a letter, or where a picture was.
pub fn is_stand_in(c: char) -> bool {
    matches!(c, '\u{FFFC}' | '\u{FFFD}')
}

/// A character that takes no room, or looks like a space and is none: a word with one in it is another word.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}' | '\u{2028}' | '\u{2029}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{115F}' | '\u{1160}'
        | '\u{3164}' | '\u{FFA0}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The characters of a text that it may not hold, and where they begin: also those that no text may hold but as part of a
/// sign that they belong to.
pub fn forbidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    let text = if is_all_plain(text) { "" } else { text };
    text.char_indices().filter(|(at, c)| is_forbidden_at(text, *at, *c))
}

fn is_forbidden_at(text: &str, at: usize, c: char) -> bool {
    is_forbidden(c) || is_of_sign(c) && !is_in_sign(&text[..at], c, &text[at + c.len_utf8()..])
}

/// Marks that make one sign of two, or another form of one, and else cannot be seen: joiners and selectors of a variation.
fn is_of_sign(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether such a mark is part of a sign where it stands: among emoji and other symbols, and in scripts whose letters take
/// form after each other. To a Latin letter it does nothing.
fn is_in_sign(before: &str, mark: char, after: &str) -> bool {
    let symbol = |c: char| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}');
    let joined = |c: char| {
        matches!(c,
            '\u{590}'..='\u{109F}' | '\u{1700}'..='\u{1C7F}' | '\u{1CD0}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}'
            | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}')
    };
    let varied = |c: char| {
        let sign = matches!(c, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ');
        sign || symbol(c)
            || joined(c)
            || matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    };
    let (last, next) = (before.chars().next_back(), after.chars().next());
    match mark {
        '\u{200C}' | '\u{200D}' => {
            let bare = before.trim_end_matches(['\u{FE0E}', '\u{FE0F}']).chars().next_back();
            let between_symbols = bare.is_some_and(symbol) && next.is_some_and(symbol);
            last.is_some_and(joined) || next.is_some_and(joined) || mark == '\u{200D}' && between_symbols
        }
        '\u{180B}'..='\u{180F}' => last.is_some_and(|c| matches!(c, '\u{1800}'..='\u{18AF}') && !is_of_sign(c)),
        // A figure within a key, as on a telephone, is one of three.
        _ => {
            last.is_some_and(varied)
                || next == Some('\u{20E3}') && last.is_some_and(|c| matches!(c, '0'..='9' | '#' | '*'))
        }
    }
}

/// A code point that Unicode says will never be a character.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (u32::from(c) & 0xFFFE) == 0xFFFE
}

/// A character that stands by itself and can be seen, as nearly all in Swedish text: there is nothing to look up of it.
pub fn is_plain(c: char) -> bool {
    match c {
        ' '..='~' | '\n' | '\t' | '\r' => true,
        // Before the first accent that joins a letter, and the dashes, quotes and dots of typography.
        '\u{A0}'..'\u{300}' | '\u{2010}'..='\u{2027}' | '\u{202F}'..='\u{205E}' => c != '\u{AD}',
        _ => false,
    }
}

/// Whether all characters are plain, which is told of most texts without looking at each.
pub fn is_all_plain(text: &str) -> bool {
    // Of ASCII, or of U+00C0 to U+02FF. No byte of a part is left out, so that many are looked at at once.
    let is_clear = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r' | 0x80..=0xBF | 0xC3..=0xCB);
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.floor_char_boundary(PART));
        if !part.bytes().fold(true, |all, byte| all & is_clear(byte)) && !part.chars().all(is_plain) {
            return false;
        }
        rest = after;
    }
    true
}

/// Bytes that are looked at at once.
const PART: usize = 128;

/// The same text with every letter and its accents as one character: what looks alike is alike.
pub fn composed<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    use unicode_normalization::{UnicodeNormalization, is_nfc};
    let text = text.into();
    if is_all_plain(&text) || is_nfc(&text) { text } else { text.nfc().collect() }
}

/// A text as a terminal or a log can show it: what it would obey or not show at all is marked as a character that is
/// there.
pub fn shown(text: &str) -> String {
    text.char_indices().map(|(at, c)| if is_forbidden_at(text, at, c) || c == '\r' { '\u{FFFD}' } else { c }).collect()
}

/// The same in one line.
pub fn shown_in_line(text: &str) -> String {
    shown(&text.replace(['\n', '\t'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wherever a part ends.
    #[test]
    fn a_text_is_plain_where_each_of_its_characters_is() {
        let all = (0..0x3100).chain([0xFEFF, 0xFFFC, 0x1F691]).filter_map(char::from_u32);
        for (at, c) in all.enumerate() {
            let text = format!("{}{c}å", "a".repeat(PART - 3 + at % 4));
            assert_eq!(is_all_plain(&text), is_plain(c), "U+{:04X}", u32::from(c));
        }
        assert!(is_all_plain(""));
    }

    /// What does nothing where it stands makes of a word another word; what makes a sign is part of it.
    #[test]
    fn a_mark_that_cannot_be_seen_is_part_of_a_sign_or_forbidden() {
        let found = |text: &str| forbidden(text).map(|(at, _)| at).collect::<Vec<_>>();
        for mark in
            "\u{200C}\u{200D}\u{FE00}\u{FE0E}\u{FE0F}\u{180B}\u{180D}\u{180F}\u{17B4}\u{2065}\u{2800}\u{FFF0}".chars()
        {
            for text in ["Plan#ering", "Plan# ering", "#Plan", "Plan#", "7#", "Б#Б", "ω#", ".#", "é#é", "🚑 #e"]
            {
                assert_eq!(found(&text.replace('#', &mark.to_string())), [text.find('#').unwrap()], "{mark:?} {text}");
            }
        }
        for sign in ['\u{E000}', '\u{F0B7}', '\u{F8FF}', '\u{10FFFD}'] {
            assert_eq!(found(&format!("{sign}\tEtt")), [0]);
            assert_eq!(kind_of_forbidden(sign), "ett tecken som bara finns i vissa typsnitt");
        }
        for sign in ['\u{FFFC}', '\u{FFFD}'] {
            assert_eq!(found(&format!("N{sign}rh")), [1]);
            assert!(kind_of_forbidden(sign).ends_with("har gått förlorat"));
        }
        for mark in "\u{1BCA0}\u{1BCA3}\u{1D173}\u{1D17A}\u{17B5}\u{FFF8}\u{206F}".chars() {
            assert_eq!(found(&format!("🚑{mark}🚑")), [4], "{mark:?}");
        }
        for honest in [
            "👩\u{200D}⚕\u{FE0F}",
            "👩🏽\u{200D}💻",
            "🏳\u{FE0F}\u{200D}🌈",
            "👨\u{200D}👩\u{200D}👧",
            "klart ✔\u{FE0F}, ring ☎\u{FE0F}",
            "1\u{FE0F}\u{20E3} och #\u{FE0F}\u{20E3}",
            "VGR™\u{FE0F} ©\u{FE0E}",
            "می\u{200C}خواهم",
            "ه\u{200D}",
            "क्\u{200D}ष",
            "ᠠ\u{180B}",
            "㊙\u{FE0F}",
        ] {
            assert_eq!((found(honest), shown(honest).as_str()), (vec![], honest));
        }
        assert_eq!(shown("Plan\u{200D}ering\u{FE0F}"), "Plan\u{FFFD}ering\u{FFFD}");
        // Twice is once too many.
        assert_eq!(found("✔\u{FE0F}\u{FE0F}"), [6]);
    }

    #[test]
    fn a_text_is_plain_when_all_its_characters_are() {
        for text in
            ["", "abc", "åäö – ”é”\n\t", "a\u{AD}", "\u{1}", "aåa\u{7F}", "日本", "e\u{301}", "å\u{FFFE}å", "slut å"]
        {
            assert_eq!(is_all_plain(text), text.chars().all(is_plain), "{text:?}");
        }
    }
}
