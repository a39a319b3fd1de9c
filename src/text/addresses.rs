//! Addresses: which lead somewhere for a reader, and how they are written.

use std::ops::Range;

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

/// What comes after `https://` of an address on the web, to where its path begins: the machine, with who logs in there
/// and the port.
fn authority(address: &str) -> Option<&str> {
    // No other scheme begins so; nor do most texts, of which this is asked.
    let rest = address.starts_with(['h', 'H']).then(|| after_scheme(address)).flatten()?;
    Some(&rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())])
}

/// Whether an address on the web says who logs in there, as `https://user:secret@host`: whoever reads it could, too.
pub fn names_user(address: &str) -> bool {
    authority(address).is_some_and(|authority| authority.contains('@'))
}

/// The first address of a text that does, up to its machine's name. Few texts have the sign.
pub fn named_user(text: &str) -> Option<Range<usize>> {
    let schemes = text.contains('@').then(|| text.match_indices("://")).into_iter().flatten();
    schemes.map(|(at, _)| at).find_map(|at| {
        let letters = text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let start = at + "://".len();
        let end = text[start..].find(ends_authority).map_or(text.len(), |length| start + length);
        names_user(&text[at - letters..end]).then_some(at - letters..end)
    })
}

/// What an author is told of an address that does: what is wrong, without what nobody is to see, and the cure.
pub const NAMES_USER: (&str, &str) = (
    "före @ i adressen står ett användarnamn, kanske med ett lösenord eller en nyckel, och det skulle publiceras",
    "ta bort allt mellan // och @, med @, och byt lösenordet eller nyckeln om fler än du har kunnat läsa filen",
);

/// A text without those who log in where an address in it says so: each letter of them is a star.
pub fn without_users(text: &str) -> String {
    let (mut out, mut written) = (String::with_capacity(text.len()), 0);
    for (at, scheme) in text.match_indices("://") {
        let start = at + scheme.len();
        let authority = &text[start..][..text[start..].find(ends_authority).unwrap_or(text.len() - start)];
        if let Some(user) = authority.rfind('@') {
            out.push_str(&text[written..start]);
            out.extend(authority[..user].chars().map(|_| '*'));
            written = start + user;
        }
    }
    out.push_str(&text[written..]);
    out
}

/// What no machine's name goes on after, in a text that has one.
fn ends_authority(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '”' | '<' | '>' | '(' | ')')
}

/// An address outside as every format has it: what may not stand in it is given by its number. `None` where a reader
/// cannot be led to it, where it names nobody and nothing, as `https://` alone, or where it says who logs in.
pub fn address(written: &str) -> Option<String> {
    let rest = after_scheme(written)?;
    if authority(written).is_some_and(|authority| authority.contains(['@', '\\']) || !has_port(authority)) {
        return None;
    }
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

/// Whether what comes after the colon of a machine's name, if it has one, can be a port there.
fn has_port(authority: &str) -> bool {
    let name = authority.rfind(']').map_or(authority, |end| &authority[end..]);
    let port = name.split_once(':').map_or("", |(_, port)| port);
    port.is_empty() || port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
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

#[cfg(test)]
mod tests {
    use super::*;

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
            "https://x.example:65536/",
            "https://[::1]:99999",
            "https://x.example:1:2",
            "https://x.example:+1",
            "https://x.example\\evil",
            "https://user@x.example",
            "HTTP://user:secret@x.example/å",
        ] {
            assert_eq!(address(nowhere), None, "{nowhere:?}");
        }
    }

    #[test]
    fn who_logs_in_stands_before_the_machine_and_is_not_shown() {
        for (written, shown, named) in [
            ("https://user@x.example", "https://****@x.example", "https://user@x.example"),
            (
                "a: \"HTTP://å:s@t@[::1]:1/{fil}\" https://b:@c b",
                "a: \"HTTP://*****@[::1]:1/{fil}\" https://**@c b",
                "HTTP://å:s@t@[::1]:1",
            ),
            ("[x](https://x.se:s@y.se)", "[x](https://******@y.se)", "https://x.se:s@y.se"),
        ] {
            assert_eq!(without_users(written), shown);
            assert_eq!(&written[named_user(written).unwrap()], named);
        }
        for none in [
            "https://medium.com/@name",
            "https://x.se?a@b",
            "https://x.se#a@b",
            "mailto:a@b.se",
            "se https://x.se (a@b.se)",
            "[x](https://x.se)@b",
        ] {
            assert_eq!(named_user(none), None);
            assert_eq!(without_users(none), none);
            assert!(!names_user(none), "{none}");
        }
        assert!(names_user("HTTP://user:secret@x.example/å"));
        // Everyone logs in so there, and none by that alone.
        assert_eq!(named_user("ssh://git@x.example"), None);
        assert!(address("https://medium.com:443/@name").is_some());
    }

    #[test]
    fn what_an_address_cannot_hold_is_given_by_its_number() {
        assert_eq!(path_encoded("tjänster/a b_c-1.html"), "tj%C3%A4nster/a%20b_c-1.html");
        assert_eq!(path_encoded("å"), "%C3%A5");
        assert_eq!(percent_encoded("a/b?", "?"), "a%2Fb?");
        assert_eq!(path_encoded(""), "");
    }
}
