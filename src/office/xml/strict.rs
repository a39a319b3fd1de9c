//! What makes a part well-formed beside its tags: names, attributes, comments, instructions and what stands outside the
//! root. The parser for the whole of XML reads past most of it, and Word does not.

/// Whether it is white space to XML.
pub fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// Whether an element or an attribute can be called so: one name, or a prefix and a name.
pub fn is_name(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => is_simple(prefix) && is_simple(local),
        None => is_simple(name),
    }
}

/// A name without a colon: XML 1.0, section 2.3.
fn is_simple(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(is_first) && chars.all(|char| is_first(char) || is_further(char))
}

fn is_first(char: char) -> bool {
    char.is_ascii_alphabetic()
        || char == '_'
        || matches!(char, '\u{C0}'..='\u{2FF}' | '\u{370}'..='\u{1FFF}' | '\u{200C}' | '\u{200D}' | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
            && !matches!(char, '\u{D7}' | '\u{F7}' | '\u{37E}')
}

fn is_further(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}')
}

/// The attributes of a tag, of which this stands after its name, with their values as they are written.
pub fn attributes(mut rest: &str) -> Result<Vec<(&str, &str)>, String> {
    let faulty = || String::from("felaktiga attribut");
    let mut attributes = Vec::new();
    while !is_blank(rest) {
        let from = without_blanks(rest);
        let (key, after) = from.split_once('=').filter(|_| from.len() < rest.len()).ok_or_else(faulty)?;
        let after = without_blanks(after);
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')).ok_or_else(faulty)?;
        let (value, after) = after[1..].split_once(quote).ok_or_else(faulty)?;
        let key = key.trim_end_matches([' ', '\t', '\r', '\n']);
        if value.contains('<') {
            return Err(format!("ett <-tecken står i attributet {key}"));
        }
        attributes.push((key, value));
        rest = after;
    }
    Ok(attributes)
}

fn without_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\r', '\n'])
}

/// What is wrong with a comment, of which this stands between its marks.
pub fn comment(content: &str) -> Result<(), String> {
    match content.contains("--") || content.ends_with('-') {
        true => Err(String::from("två bindestreck i rad står i en kommentar")),
        false => Ok(()),
    }
}

/// What is wrong with an instruction, of which this stands between its marks; the one that a part begins with says how
/// it is written.
pub fn instruction(content: &str, is_first: bool) -> Result<(), String> {
    let (target, rest) = content.split_at(content.find([' ', '\t', '\r', '\n']).unwrap_or(content.len()));
    if target.eq_ignore_ascii_case("xml") {
        let is_declaration = is_first && target == "xml" && attributes(rest).is_ok_and(|said| declares(&said));
        return is_declaration.then_some(()).ok_or_else(|| String::from("en felaktig XML-deklaration"));
    }
    match is_simple(target) {
        true => Ok(()),
        false => Err(String::from("en felaktig instruktion (<?)")),
    }
}

/// Whether this is what an XML declaration says.
fn declares(said: &[(&str, &str)]) -> bool {
    let is_version = |value: &str| value.strip_prefix("1.").is_some_and(|minor| !minor.is_empty() && is_digits(minor));
    let [("version", version), rest @ ..] = said else { return false };
    let standalone = match rest {
        [("encoding", _), rest @ ..] => rest,
        rest => rest,
    };
    is_version(version) && matches!(standalone, [] | [("standalone", "yes" | "no")])
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The encoding that a part says that it is written in.
pub fn encoding(text: &str) -> Option<&str> {
    let declaration = text.strip_prefix("<?xml")?.split_once("?>")?.0;
    attributes(declaration).ok()?.into_iter().find(|(key, _)| *key == "encoding").map(|(_, value)| value)
}
