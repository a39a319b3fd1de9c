//! Swedish text: how figures and dates are written, names are sorted, and words are folded to ids.

mod addresses;
mod characters;
mod figures;
mod meant;
mod order;

pub use addresses::{
    NAMES_USER, address, address_encoded, is_for_readers, named_user, names_user, path_encoded, percent_encoded,
    push_path_encoded, without_users,
};
pub use characters::{
    composed, forbidden, is_all_plain, is_bidi_control, is_forbidden, is_plain, is_private, is_stand_in,
    kind_of_forbidden, shown, shown_in_line,
};
pub use figures::{
    MONTHS, NO_BREAK_SPACE, date, date_of, duration, figures_kept_together, kronor, number, percent, period,
};
pub use meant::{Words, did_you_mean, did_you_mean_among, nearest, slips};
pub use order::{compare, index_letter, index_name, sort_key, with_long_figures};

/// A heading or name as an anchor: lower-case ASCII letters and digits, hyphens between words.
pub fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::new();
    for c in text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let trimmed = out.trim_end_matches('-').len();
    out.truncate(trimmed);
    out
}

/// Whether a text can be an anchor that an author sets. What a page calls its own parts begins with `_`.
pub fn is_anchor(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Whether a text can be an offering's suffix.
pub fn is_suffix(text: &str) -> bool {
    let is_in_slug = |text: &str| text.bytes().any(|b| b.is_ascii_alphanumeric()) || !slug(text).is_empty();
    text.chars().all(|c| c.is_alphanumeric() || c == '-') && is_in_slug(text)
}

/// The longest that is quoted, in characters.
const LONGEST_QUOTED: usize = 200;

/// A message in which nothing that stands between quotation marks is longer than anyone reads.
pub fn with_short_quotes(message: String) -> String {
    if message.len() <= LONGEST_QUOTED {
        return message;
    }
    let shortened = |(at, piece): (usize, &str)| match piece.char_indices().nth(LONGEST_QUOTED) {
        Some((end, _)) if at % 2 == 1 => format!("{}…", &piece[..end]),
        _ => piece.to_string(),
    };
    message.split('”').enumerate().map(shortened).collect::<Vec<_>>().join("”")
}

/// Names in a sentence: `a, b och c`.
pub fn listed(names: &[impl AsRef<str>]) -> String {
    joined(names, "och")
}

/// Names in a sentence, of which one is meant: `a, b eller c`.
pub fn one_of(names: &[impl AsRef<str>]) -> String {
    joined(names, "eller")
}

fn joined(names: &[impl AsRef<str>], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", first.join(", "), last.as_ref())
        }
    }
}

/// A text whose first letter is a capital.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text as it is compared with what another says: the same however it is broken into lines, with or without capitals
/// and a full stop at its end.
pub fn wording(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_in_swedish() {
        assert_eq!(listed(&["a"; 0]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b", "c"]), "a, b och c");
        assert_eq!(one_of(&["a", "b", "c"]), "a, b eller c");
    }

    #[test]
    fn a_wording_is_the_same_however_it_is_typed() {
        assert_eq!(wording(" Nytt  arbetssätt\n i\u{a0}vården.\n"), "nytt arbetssätt i vården");
        assert_ne!(wording("RS 2025-1"), wording("RS 2025-11"));
        assert_eq!(wording("…"), "…");
    }

    #[test]
    fn slugs_fold_letters() {
        assert_eq!(slug("Priser & villkor – år 2027"), "priser-villkor-ar-2027");
        assert_eq!(slug("A\u{30A}se"), "ase");
        assert_eq!(slug("…"), "");
    }
}
