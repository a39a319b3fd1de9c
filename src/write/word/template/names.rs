//! What styles are called: by Word, by Swedish programs, and by authors.

use super::tree::Element;

/// Word's built-in styles that we use, and what Swedish programs call them.
const SWEDISH: [(&str, &str); 24] = [
    ("normal", "normal"),
    ("body text", "brödtext"),
    ("quote", "citat"),
    ("heading 1", "rubrik 1"),
    ("heading 2", "rubrik 2"),
    ("heading 3", "rubrik 3"),
    ("heading 4", "rubrik 4"),
    ("heading 5", "rubrik 5"),
    ("heading 6", "rubrik 6"),
    ("title", "rubrik"),
    ("subtitle", "underrubrik"),
    ("toc heading", "innehållsförteckningsrubrik"),
    ("toc 1", "innehåll 1"),
    ("toc 2", "innehåll 2"),
    ("table of figures", "figurförteckning"),
    ("list bullet", "punktlista"),
    ("list number", "numrerad lista"),
    ("list continue", "listfortsättning"),
    ("caption", "beskrivning"),
    ("header", "sidhuvud"),
    ("footer", "sidfot"),
    ("footnote text", "fotnotstext"),
    ("footnote reference", "fotnotsreferens"),
    ("hyperlink", "hyperlänk"),
];

/// Whether a style has this name: as Word stores it, as Swedish programs show it, as an alias, or as its id. None has an
/// empty one.
pub fn is_called(style: &Element, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() {
        return false;
    }
    let name = name(style).to_lowercase();
    let aliases = style.child("w:aliases").and_then(Element::value).unwrap_or_default().to_lowercase();
    name == wanted
        || SWEDISH.iter().any(|(english, swedish)| {
            (*english == name && *swedish == wanted) || (*swedish == name && *english == wanted)
        })
        || aliases.split(',').any(|alias| alias.trim() == wanted)
        || style.attribute("w:styleId").is_some_and(|id| id.to_lowercase() == wanted)
}

/// A style's name as it stands in the file.
pub fn name(style: &Element) -> String {
    style.child("w:name").and_then(Element::value).unwrap_or_default()
}

/// A style's name as a Swedish Word shows it.
pub fn shown(style: &Element) -> String {
    let name = name(style);
    let lower = name.to_lowercase();
    let swedish = SWEDISH.iter().find(|(english, _)| *english == lower).map(|(_, swedish)| *swedish);
    match swedish {
        Some(swedish) => {
            let mut letters = swedish.chars();
            letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str())
        }
        None => name,
    }
}

/// What styles of a kind are for.
pub fn kind_in_words(kind: Option<&str>) -> &'static str {
    match kind {
        Some("character") => "tecken",
        Some("table") => "tabeller",
        _ => "stycken",
    }
}
