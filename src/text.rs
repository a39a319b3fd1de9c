//! Swedish text: how figures and dates are written, names are sorted, and words are folded to ids.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use rust_decimal::Decimal;

use crate::model::Date;

/// The space that a line is never broken at: in figures and before units.
pub const NO_BREAK_SPACE: char = '\u{A0}';

const MINUS: char = '\u{2212}';
const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// What a figure is told in, as authors write it.
#[rustfmt::skip]
const UNITS: [&str; 38] = [
    "%", "‰", "procent", "kr", "kronor", "krona", "öre", "tkr", "mnkr", "mdkr", "SEK", "kB", "MB", "GB", "TB", "PB",
    "kbit/s", "Mbit/s", "Gbit/s", "ms", "s", "min", "tim", "h", "sekunder", "minuter", "timmar", "dygn", "dagar", "veckor",
    "månader", "år", "st", "W", "kW", "kWh", "°C", "m",
];

/// A figure with grouped thousands and a decimal comma, as many decimals as it has: `−12 345,5`.
pub fn number(value: Decimal) -> String {
    let digits = value.abs().to_string();
    let (whole, decimals) = digits.split_once('.').map_or((digits.as_str(), None), |(w, d)| (w, Some(d)));
    let mut out = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        out.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(NO_BREAK_SPACE);
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push(',');
        out.push_str(decimals);
    }
    out
}

/// An amount of kronor: `4 300 kr`, `12 345,50 kr`. Öre are shown where there are any, and then always two.
pub fn kronor(value: Decimal) -> String {
    let value = value.normalize();
    let shown = if value.scale() == 0 { number(value) } else { number(with_scale(value, 2)) };
    format!("{shown}{NO_BREAK_SPACE}kr")
}

/// A percentage of that many decimals: `99,91 %`.
pub fn percent(value: Decimal, decimals: u32) -> String {
    format!("{}{NO_BREAK_SPACE}%", number(with_scale(value, decimals)))
}

/// At least that many decimals; more where the value has them.
fn with_scale(mut value: Decimal, decimals: u32) -> Decimal {
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    value
}

/// A length of time in hours and minutes: `4 timmar och 20 minuter`, `10 minuter`.
pub fn duration(minutes: u64) -> String {
    let of = |count: u64, one: &str, many: &str| {
        format!("{}{NO_BREAK_SPACE}{}", number(count.into()), if count == 1 { one } else { many })
    };
    match (minutes / 60, minutes % 60) {
        (hours @ 1.., 0) => of(hours, "timme", "timmar"),
        (0, minutes) => of(minutes, "minut", "minuter"),
        (hours, minutes) => format!("{} och {}", of(hours, "timme", "timmar"), of(minutes, "minut", "minuter")),
    }
}

/// `4 april 2026`.
pub fn date(date: Date) -> String {
    format!("{} {}", day_and_month(date), date.0.year())
}

/// From one day to another, with the year once where it is the same: `1 januari–31 december 2027`.
pub fn period(from: Date, to: Date) -> String {
    let from = if from.0.year() == to.0.year() { day_and_month(from) } else { date(from) };
    format!("{from}–{}", date(to))
}

fn day_and_month(Date(day): Date) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    format!("{}{NO_BREAK_SPACE}{month}", day.day())
}

/// Swedish dictionary order: å, ä and ö last, w a letter of its own, é beside e.
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.compare(a, b)
}

/// A text whose figures are as long as each other, for it to be put in order by what they come to: 8 before 1 000.
pub fn with_long_figures(text: &str) -> String {
    const LONG: usize = 20;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        let first = digits(&rest[start..]);
        let mut figure = rest[start..start + first].to_string();
        rest = &rest[start + first..];
        // A blank parts thousands.
        while let Some(group) =
            rest.strip_prefix([' ', NO_BREAK_SPACE]).filter(|group| first <= 3 && digits(group) == 3)
        {
            figure.push_str(&group[..3]);
            rest = &group[3..];
        }
        out.push_str(&format!("{figure:0>LONG$}"));
    }
    out + rest
}

/// Whether an address is one that a reader may be led to: on the web, for mail or of a telephone.
pub fn is_for_readers(address: &str) -> bool {
    after_scheme(address).is_some()
}

/// What comes after `https://` and the like of an address that a reader may be led to.
fn after_scheme(address: &str) -> Option<&str> {
    ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| {
        let (start, rest) = address.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// An address outside as every format has it: what may not stand in it is given by its number. `None` where a reader
/// cannot be led to it, or where it names nobody and nothing, as `https://` alone.
pub fn address(written: &str) -> Option<String> {
    let rest = after_scheme(written)?;
    let scheme = &written[..written.len() - rest.len()];
    // The number of a machine may be in brackets, which stand nowhere else.
    let (host, rest) = match rest.strip_prefix('[') {
        Some(number) => {
            let (number, _) = number.split_once(']').filter(|(number, _)| is_machine(number))?;
            rest.split_at(number.len() + 2)
        }
        None => ("", rest),
    };
    let is_named =
        !host.is_empty() || rest.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '_' | '+'));
    is_named.then(|| format!("{scheme}{host}{}", address_encoded(rest)))
}

/// Whether it is the number of a machine by the sixth version of the internet's addresses.
fn is_machine(number: &str) -> bool {
    number.contains(':') && number.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
}

/// An address in which every letter may stand: the others are given by their numbers. What is given so already is kept, and
/// the first `#` parts the address of a page from a place on it.
pub fn address_encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address.chars();
    let mut has_fragment = false;
    while let Some(letter) = rest.next() {
        let is_kept = match letter {
            '%' => rest.as_str().get(..2).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())),
            '#' => !std::mem::replace(&mut has_fragment, true),
            other => other.is_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(other),
        };
        if is_kept {
            out.push(letter);
        } else {
            push_percent_encoded(letter.encode_utf8(&mut [0; 4]), |_| false, &mut out);
        }
    }
    out
}

/// What a text's place in that order can be told by, for sorting many: the bytes of it are in the order of the texts.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * text.len());
    let Ok(()) = COLLATOR.write_sort_key_to(text, &mut key);
    key
}

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let swedish = icu_collator::CollatorPreferences::from(&icu_locale_core::locale!("sv"));
    Collator::try_new(swedish, CollatorOptions::default()).expect("the collation data of Swedish is compiled in")
});

/// A name as an index puts it in order: from its first letter or figure, as a quotation mark or a bracket is none.
pub fn index_name(name: &str) -> &str {
    name.find(char::is_alphanumeric).map_or(name, |at| &name[at..])
}

/// The heading in an index of names that begin with a letter of another alphabet: it comes after Ö.
const OTHER_LETTERS: &str = "Övriga";

/// The letter under which an index lists a name; figures and signs share `#`, and other alphabets one heading.
pub fn index_letter(name: &str) -> String {
    let Some(first) = index_name(name).chars().next().filter(|c| c.is_alphanumeric()) else { return "#".into() };
    if first.is_numeric() {
        return "#".into();
    }
    let upper: String = first.to_uppercase().collect();
    let mut letters = ('A'..='Z').chain(['Å', 'Ä', 'Ö']).map(String::from);
    if letters.clone().any(|letter| letter == upper) {
        return upper;
    }
    // Ø is an Ö to the order of names; what comes after that is no Latin letter.
    if primary(&upper, "Ö") == Ordering::Greater {
        return OTHER_LETTERS.into();
    }
    // The last letter that does not come after the name: É falls under E, Ü under Y.
    letters.rfind(|letter| primary(letter, &upper) != Ordering::Greater).unwrap_or(upper)
}

fn primary(a: &str, b: &str) -> Ordering {
    static BASE: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
        let swedish = icu_collator::CollatorPreferences::from(&icu_locale_core::locale!("sv"));
        let mut options = CollatorOptions::default();
        options.strength = Some(icu_collator::options::Strength::Primary);
        Collator::try_new(swedish, options).expect("the collation data of Swedish is compiled in")
    });
    BASE.compare(a, b)
}

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

/// Marks that change the direction of the text after them, by which a line can be made to read as another.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// A character that no text may hold: it cannot be seen, or no document can carry it. [`forbidden`] finds more of them in a
/// text.
pub fn is_forbidden(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    control || is_invisible(c) || is_bidi_control(c) || is_private(c) || is_no_character(c)
}

/// What a character is that no text may hold, as its author is told.
pub fn kind_of_forbidden(c: char) -> &'static str {
    match c {
        _ if is_bidi_control(c) => "ett tecken som vänder skrivriktningen",
        _ if c.is_control() => "ett styrtecken",
        _ if is_private(c) => "ett tecken som bara finns i vissa typsnitt",
        _ => "ett osynligt tecken",
    }
}

/// A character that is another in each typeface, as those with which Word marks the points of lists: in ours it is none.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
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

/// A text as a terminal or a log can show it: what it would obey or not show at all is marked as a character that is
/// there.
pub fn shown(text: &str) -> String {
    text.char_indices().map(|(at, c)| if is_forbidden_at(text, at, c) || c == '\r' { '\u{FFFD}' } else { c }).collect()
}

/// The same in one line.
pub fn shown_in_line(text: &str) -> String {
    shown(&text.replace(['\n', '\t'], " "))
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

/// A text in an address: every byte but letters, digits and the signs of `plain` is given by its number.
pub fn percent_encoded(text: &str, plain: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_percent_encoded(text, |byte| byte.is_ascii_alphanumeric() || plain.as_bytes().contains(&byte), &mut out);
    out
}

fn push_percent_encoded(text: &str, is_plain: impl Fn(u8) -> bool, out: &mut String) {
    const FIGURES: &[u8; 16] = b"0123456789ABCDEF";
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if is_plain(byte) {
            continue;
        }
        // Within a letter of several bytes nothing is left to write.
        if written < at {
            out.push_str(&text[written..at]);
        }
        out.push('%');
        out.push(char::from(FIGURES[usize::from(byte >> 4)]));
        out.push(char::from(FIGURES[usize::from(byte & 15)]));
        written = at + 1;
    }
    if written < text.len() {
        out.push_str(&text[written..]);
    }
}

/// A path as an address: every byte but letters, digits and `-._~/` is given by its number.
pub fn path_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    push_path_encoded(path, &mut out);
    out
}

/// The same after what is written.
pub fn push_path_encoded(path: &str, out: &mut String) {
    push_percent_encoded(path, |byte| PLAIN_IN_PATHS[usize::from(byte)], out);
}

/// What each byte is, looked up: an address stands in every link.
const PLAIN_IN_PATHS: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.' | b'_' | b'~' | b'/');
        byte += 1;
    }
    plain
};

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
    let is_ascii = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | b'\r');
    let mut rest = text;
    loop {
        let ascii = rest.as_bytes().iter().position(|byte| !is_ascii(byte)).unwrap_or(rest.len());
        let Some(c) = rest[ascii..].chars().next() else { return true };
        if !is_plain(c) {
            return false;
        }
        rest = &rest[ascii + c.len_utf8()..];
    }
}

/// The same text with every letter and its accents as one character: what looks alike is alike.
pub fn composed<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    use unicode_normalization::{UnicodeNormalization, is_nfc};
    let text = text.into();
    if is_all_plain(&text) || is_nfc(&text) { text } else { text.nfc().collect() }
}

/// Lets no line end within a figure, or between it and its unit: `5 000 kronor`, `230 GB`, `4 april`. `None` where the text
/// has none of these.
pub fn figures_kept_together(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut together = String::new();
    let mut copied = 0;
    let is_of_figure = |at: usize| bytes[at].is_ascii_digit() & (bytes[at + 1] == b' ');
    let mut start = 0;
    while start + 1 < bytes.len() {
        let end = (start + SPAN).min(bytes.len() - 1);
        // All of a span, without a branch for each: so the processor takes many at once.
        let (digits, spaces) = (&bytes[start..end], &bytes[start + 1..=end]);
        let has_any = digits
            .iter()
            .zip(spaces)
            .fold(false, |any, (digit, space)| any | (digit.is_ascii_digit() & (*space == b' ')));
        for at in (start..end).filter(|at| has_any && is_of_figure(*at)) {
            if is_one_figure(&text[..=at], &text[at + 2..]) {
                together.push_str(&text[copied..=at]);
                together.push(NO_BREAK_SPACE);
                copied = at + 2;
            }
        }
        start = end;
    }
    (copied > 0).then(|| together + &text[copied..])
}

/// So many bytes are looked at together.
const SPAN: usize = 32;

/// Whether what stands before a space and what comes after it are parts of one figure, or a figure and its unit. A dash
/// begins no line either.
fn is_one_figure(before: &str, after: &str) -> bool {
    if after.starts_with("– ") {
        return true;
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(after) == 3 {
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit());
        return before.len() - start.len() <= 3 && !start.ends_with(|c: char| c.is_alphanumeric());
    }
    let word =
        after.split(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '‰' | '°' | '/')).next().unwrap_or_default();
    UNITS.contains(&word) || MONTHS.contains(&word)
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

/// The cure of a word that is none of the candidates: the one that it was meant to be, or all of them after `otherwise`.
pub fn did_you_mean_among(word: &str, candidates: &[&str], otherwise: &str) -> String {
    match did_you_mean(word, candidates.iter().copied()) {
        Some(near) => format!("menade du ”{near}”?"),
        None => format!("{otherwise}: {}", candidates.join(", ")),
    }
}

/// The candidate that a mistyped word was meant to be, if one is near enough: the one in other letters, or else the nearest.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let lower = word.to_lowercase();
    let same = candidates.iter().find(|candidate| candidate.to_lowercase() == lower).copied();
    let near = |word: &str| nearest(word, candidates.iter().copied().map(Candidate::new));
    same.or_else(|| near(word)).or_else(|| near(&lower).filter(|_| lower != word))
}

/// What a mistyped word may have been meant to be, with what is asked of it for every such word.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    text: &'a str,
    letters: u64,
}

impl<'a> Candidate<'a> {
    pub fn new(text: &'a str) -> Candidate<'a> {
        Candidate { text, letters: letters(text.chars()) }
    }

    /// The candidate as it is written.
    pub fn text(self) -> &'a str {
        self.text
    }
}

/// The same as [`did_you_mean`] where many words are looked for among the same candidates.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = Candidate<'a>>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().collect();
    let limit = match word.len() {
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let letters = letters(word.iter().copied());
    let mut written = Vec::new();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            // Every slip changes at most two letters of those that a word has: most candidates are turned away here.
            if (letters ^ candidate.letters).count_ones() > 2 * limit {
                return None;
            }
            written.clear();
            written.extend(candidate.text.chars());
            Some((slips(&word, &written, limit as usize)?, candidate.text))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Which letters there are, as bits; letters that share one are taken for the same.
fn letters(of: impl Iterator<Item = char>) -> u64 {
    of.fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// How many slips of the keyboard part two words, if no more than `limit`: a letter too many, too few, another, or two
/// that have changed places. Rows are counted within the limit only, so that far words cost little.
pub fn slips(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let same = |(a, b): &(&char, &char)| a == b;
    let ahead = one.iter().zip(other).take_while(same).count();
    let (one, other) = (&one[ahead..], &other[ahead..]);
    let behind = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    let (one, other) = (&one[..one.len() - behind], &other[..other.len() - behind]);
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let first: Vec<usize> = (0..=other.len()).map(|at| at.min(far)).collect();
    let (mut before, mut above, mut row) = (first.clone(), first.clone(), first);
    for a in 1..=one.len() {
        row.fill(far);
        row[0] = a.min(far);
        for b in a.saturating_sub(limit).max(1)..=(a + limit).min(other.len()) {
            let changed = above[b - 1] + usize::from(one[a - 1] != other[b - 1]);
            let mut least = changed.min(above[b] + 1).min(row[b - 1] + 1);
            if a > 1 && b > 1 && one[a - 1] == other[b - 2] && one[a - 2] == other[b - 1] {
                least = least.min(before[b - 2] + 1);
            }
            row[b] = least.min(far);
        }
        if row.iter().all(|slips| *slips == far) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[other.len()]).filter(|slips| *slips <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FromText;

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

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_has_its_year_once() {
        let day = |text| Date::from_text(text).unwrap();
        for (from, to, told) in [
            ("2027-01-01", "2027-12-31", "1\u{a0}januari–31\u{a0}december 2027"),
            ("2026-10-01", "2027-09-30", "1\u{a0}oktober 2026–30\u{a0}september 2027"),
        ] {
            assert_eq!(period(day(from), day(to)), told);
        }
    }

    #[test]
    fn a_text_is_plain_when_all_its_characters_are() {
        for text in
            ["", "abc", "åäö – ”é”\n\t", "a\u{AD}", "\u{1}", "aåa\u{7F}", "日本", "e\u{301}", "å\u{FFFE}å", "slut å"]
        {
            assert_eq!(is_all_plain(text), text.chars().all(is_plain), "{text:?}");
        }
    }

    #[test]
    fn a_figure_and_its_unit_stay_on_one_line() {
        let together = |text: &str| figures_kept_together(text).map(|text| text.replace(NO_BREAK_SPACE, "_"));
        for (text, wanted) in [
            ("högst 5 000 kronor och 1 234 567,50 kr.", "högst 5_000_kronor och 1_234_567,50_kr."),
            ("230 GB, 95 % (4 april 2026)", "230_GB, 95_% (4_april 2026)"),
            ("10–20 st; 1 Gbit/s", "10–20_st; 1_Gbit/s"),
            ("24/7/365 – 2 timmar", "24/7/365_– 2_timmar"),
        ] {
            assert_eq!(together(text).as_deref(), Some(wanted));
        }
        for text in
            ["", "5 ", "ISO 9001 2015", "år 2026 100 personer", "B12 345", "2 0000", "5 krusbär", "nivå 3 gäller"]
        {
            assert_eq!(together(text), None, "{text:?}");
        }
        // Wherever in a long text it stands.
        for before in (0..3 * SPAN).map(|letters| "å".repeat(letters / 2) + &"x".repeat(letters % 2)) {
            assert_eq!(together(&format!("{before} 5 000 kr, 3")), Some(format!("{before} 5_000_kr, 3")));
        }
    }

    #[test]
    fn an_address_outside_names_someone_and_holds_only_what_may_stand_in_it() {
        for (written, wanted) in [
            ("https://exempel.se/å b|\"<c>%zz%20#d#e", "https://exempel.se/å%20b%7C%22%3Cc%3E%25zz%20#d%23e"),
            (
                "https://x.example/\n\n<script/src=a>\\`[b]^{c}\u{A0}–",
                "https://x.example/%0A%0A%3Cscript/src=a%3E%5C%60%5Bb%5D%5E%7Bc%7D%C2%A0%E2%80%93",
            ),
            ("HTTP://[2001:db8::1]:80/[x]", "HTTP://[2001:db8::1]:80/%5Bx%5D"),
            ("mailto:a+b@exempel.se?subject=a'b", "mailto:a+b@exempel.se?subject=a'b"),
            ("tel:+46-10(0)", "tel:+46-10(0)"),
        ] {
            assert_eq!(address(written).as_deref(), Some(wanted), "{written:?}");
            assert_eq!(address(wanted).as_deref(), Some(wanted), "what is an address stays as it is");
        }
        for nowhere in [
            "",
            "https://",
            "https:///x",
            "mailto:",
            "tel:",
            "//exempel.se",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://[]/",
            "https://[evil.example]/",
            "https://[::1",
            "https://?x",
            "exempel.se",
        ] {
            assert_eq!(address(nowhere), None, "{nowhere:?}");
        }
    }

    #[test]
    fn what_an_address_cannot_hold_is_given_by_its_number() {
        assert_eq!(path_encoded("tjänster/a b_c-1.html"), "tj%C3%A4nster/a%20b_c-1.html");
        assert_eq!(path_encoded("å"), "%C3%A5");
        assert_eq!(percent_encoded("a/b?", "?"), "a%2Fb?");
        assert_eq!(path_encoded(""), "");
    }

    #[test]
    fn a_length_of_time_is_told_in_hours_and_minutes() {
        let told = [0, 1, 10, 60, 61, 480, 260, 72_000].map(|minutes| duration(minutes).replace(NO_BREAK_SPACE, " "));
        let wanted = [
            "0 minuter",
            "1 minut",
            "10 minuter",
            "1 timme",
            "1 timme och 1 minut",
            "8 timmar",
            "4 timmar och 20 minuter",
            "1 200 timmar",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn figures_are_swedish() {
        assert_eq!(number(decimal("12345.5")), "12\u{A0}345,5");
        assert_eq!(number(decimal("-1234567")), "\u{2212}1\u{A0}234\u{A0}567");
        assert_eq!(number(decimal("-0")), "0");
        assert_eq!(kronor(decimal("12345.50")), "12\u{A0}345,50\u{A0}kr");
        assert_eq!(kronor(decimal("4300.00")), "4\u{A0}300\u{A0}kr");
        assert_eq!(kronor(decimal("0.125")), "0,125\u{A0}kr");
        assert_eq!(percent(decimal("99.3"), 2), "99,30\u{A0}%");
    }

    #[test]
    fn names_sort_as_in_a_swedish_dictionary() {
        let mut names = ["Öron", "Zebra", "Ärende", "Ådra", "Wifi", "Vård", "Vax", "Idé", "Ide", "Idel", "Über", "Yta"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(
            names,
            ["Ide", "Idé", "Idel", "Vax", "Vård", "Wifi", "Über", "Yta", "Zebra", "Ådra", "Ärende", "Öron"]
        );
        let mut any = crate::testing::chance();
        let mut name =
            || -> String { (0..any(6)).map(|_| ['a', 'A', 'å', 'é', 'e', ' ', '-', '1', 'w'][any(9)]).collect() };
        for _ in 0..2_000 {
            let (a, b) = (name(), name());
            assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b), "{a} {b}");
        }
    }

    #[test]
    fn an_index_has_swedish_letters() {
        let letters = ["Ekg", "École", "ärende", "Åre", "webb", "Über", "3D", "örat", "”Öl”", "…"].map(index_letter);
        assert_eq!(letters, ["E", "E", "Ä", "Å", "W", "Y", "#", "Ö", "Ö", "#"]);
        let letters = ["Øre", "Ægir", "Þór", "ß", "日本 X", "Ядро", "Ωmega", "قلب"].map(index_letter);
        assert_eq!(letters, ["Ö", "Ä", "T", "S", "Övriga", "Övriga", "Övriga", "Övriga"]);
        assert_eq!(["”Citat” (a)", "-streck", "Ekg", "…"].map(index_name), ["Citat” (a)", "streck", "Ekg", "…"]);
    }

    #[test]
    fn names_are_listed_in_swedish() {
        assert_eq!(listed(&["a"; 0]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b", "c"]), "a, b och c");
        assert_eq!(one_of(&["a", "b", "c"]), "a, b eller c");
    }

    #[test]
    fn slugs_fold_letters() {
        assert_eq!(slug("Priser & villkor – år 2027"), "priser-villkor-ar-2027");
        assert_eq!(slug("A\u{30A}se"), "ase");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        let slips = |one: &str, other: &str, limit| {
            slips(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), limit)
        };
        for (one, other) in [
            ("", ""),
            ("pris", "priser"),
            ("orbti", "orbit"),
            ("kostnad", "kosntad"),
            ("servrar", "sevrar"),
            ("åäö", "aao"),
            ("tjänst", "tjänster-x"),
            ("drift", "stöd"),
            ("abcdef", "badcfe"),
            ("x", "beskrivning"),
        ] {
            let exact = strsim::osa_distance(one, other);
            for limit in 0..5 {
                assert_eq!(
                    slips(one, other, limit),
                    Some(exact).filter(|slips| *slips <= limit),
                    "{one} {other} {limit}"
                );
                assert_eq!(slips(other, one, limit), slips(one, other, limit), "{one} {other} {limit}");
            }
        }
    }

    #[test]
    fn a_near_word_is_suggested() {
        // Of two that are as near, the first in the alphabet, whatever their order.
        assert_eq!(did_you_mean("person-1", ["person-3", "person-2"]), Some("person-2"));
        assert_eq!(did_you_mean("beskrivnig", ["namn", "beskrivning"]), Some("beskrivning"));
        assert_eq!(did_you_mean("pris", ["beskrivning"]), None);
        // Capitals are no slips.
        assert_eq!(did_you_mean("INGÅR", ["ingår_ej", "ingår"]), Some("ingår"));
        assert_eq!(did_you_mean("BESKRIVNIG", ["namn", "beskrivning"]), Some("beskrivning"));
        assert_eq!(did_you_mean("Su", ["nu", "SU"]), Some("SU"));
    }
}
