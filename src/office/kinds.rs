//! What a part has to be, by how another refers to it.

use super::package::Relationship;

/// What is referred to as the text of a file.
const MAIN: [&str; 4] = [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
];

/// What parts are referred to as, the same in Swedish, the end of their type and the element that they begin with; that of a
/// namespace to which no prefix is given stands without one.
const KINDS: [(&str, &str, &str, &str); 15] = [
    ("styles", "formatmallar", "wordprocessingml.styles+xml", "w:styles"),
    ("stylesWithEffects", "formatmallar", "ms-word.stylesWithEffects+xml", "w:styles"),
    ("numbering", "listor", "wordprocessingml.numbering+xml", "w:numbering"),
    ("settings", "inställningar", "wordprocessingml.settings+xml", "w:settings"),
    ("webSettings", "inställningar för webben", "wordprocessingml.webSettings+xml", "w:webSettings"),
    ("fontTable", "lista över teckensnitt", "wordprocessingml.fontTable+xml", "w:fonts"),
    ("theme", "tema", "officedocument.theme+xml", "a:theme"),
    ("header", "sidhuvud", "wordprocessingml.header+xml", "w:hdr"),
    ("footer", "sidfot", "wordprocessingml.footer+xml", "w:ftr"),
    ("footnotes", "fotnoter", "wordprocessingml.footnotes+xml", "w:footnotes"),
    ("endnotes", "slutnoter", "wordprocessingml.endnotes+xml", "w:endnotes"),
    ("comments", "kommentarer", "wordprocessingml.comments+xml", "w:comments"),
    ("core-properties", "egenskaper", "package.core-properties+xml", "cp:coreProperties"),
    ("extended-properties", "egenskaper", "officedocument.extended-properties+xml", "Properties"),
    ("custom-properties", "egenskaper", "officedocument.custom-properties+xml", "Properties"),
];

/// Why what a relationship leads to is not what it is referred to as: by its type, and by the element that it begins with,
/// where that is known.
pub fn fault(relationship: &Relationship, kind: Option<&str>, root: Option<&str>) -> Option<String> {
    if relationship.is("officeDocument") {
        let is_main = kind.is_none_or(|kind| MAIN.iter().any(|main| kind.eq_ignore_ascii_case(main)));
        return fault_of("filens text", kind.filter(|_| !is_main), root, "w:document");
    }
    let (_, word, ending, wanted) = KINDS.iter().find(|(word, ..)| relationship.is(word))?;
    let kind = kind.filter(|kind| {
        let end = kind.len().checked_sub(ending.len()).and_then(|at| kind.get(at..));
        !end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
    });
    fault_of(word, kind, root, wanted)
}

/// The same, where the type is given if it is another than it should be.
fn fault_of(word: &str, other: Option<&str>, root: Option<&str>, wanted: &str) -> Option<String> {
    if let Some(other) = other {
        return Some(format!("används som {word}, men har typen {other}"));
    }
    let is_wanted = |root: &str| root == wanted || root.rsplit(':').next() == Some(wanted);
    let root = root.filter(|root| !is_wanted(root))?;
    Some(format!("används som {word}, men börjar med elementet {root} i stället för {wanted}"))
}

/// How pictures begin that Word can show, but for drawings as SVG and the oldest of the Macintosh, which has no beginning.
const PICTURES: [&[u8]; 16] = [
    b"\x89PNG\r\n\x1a\n",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"II\xBC",
    b"RIFF",
    b"\x01\0\0\0",
    b"\xD7\xCD\xC6\x9A",
    b"\x01\0\x09\0",
    b"\x02\0\x09\0",
    b"\x1F\x8B",
    b"\0\0\x01\0",
    b"\0\0\0\x0CjP",
    b"\x0A",
];

/// Whether a part may be a picture, by how it begins.
pub fn may_be_picture(kind: &str, bytes: &[u8]) -> bool {
    let is_without_beginning = kind.contains("pict");
    let is_of_boxes = bytes.get(4..8) == Some(b"ftyp");
    is_without_beginning || is_of_boxes || PICTURES.iter().any(|start| bytes.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::namespaces;

    #[test]
    fn a_part_is_what_it_is_referred_to_as() {
        let of = |word: &str| {
            let kind = format!("{}/{word}", namespaces::OFFICE);
            Relationship { id: String::from("rId1"), kind, target: String::from("a.xml"), external: false }
        };
        let header = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
        assert_eq!(fault(&of("header"), Some(header), Some("w:hdr")), None);
        assert_eq!(fault(&of("header"), Some(&header.to_uppercase()), None), None);
        assert_eq!(fault(&of("officeDocument"), Some(MAIN[1]), Some("w:document")), None);
        assert_eq!(fault(&of("custom-properties"), None, Some("op:Properties")), None);
        assert_eq!(fault(&of("hyperlink"), Some("a"), Some("a")), None, "it may be anything");
        assert!(fault(&of("footer"), Some(header), Some("w:hdr")).unwrap().ends_with(&format!("typen {header}")));
        assert!(fault(&of("officeDocument"), Some(header), None).is_some());
        let told = "används som sidhuvud, men börjar med elementet w:ftr i stället för w:hdr";
        assert_eq!(fault(&of("header"), Some(header), Some("w:ftr")).as_deref(), Some(told));
    }
}
