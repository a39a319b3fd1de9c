//! Rules on the package: that its parts are there, can be read, and are what they are said to be.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::kinds;
use crate::office::package::{TYPES, key};
use crate::office::xml::{self, Tag};

/// The rules that can be asked of a file some of whose parts cannot be read.
pub static RULES: &[&Rule] = &[&UNREADABLE, &MISSING, &MALFORMED, &CHARACTER, &DANGLING, &UNTYPED, &MISTAKEN];

pub static UNREADABLE: Rule = Rule {
    code: Code(201),
    name: "word-file-unreadable",
    severity: Severity::Error,
    clause: "ECMA-376, del 2",
    docs: "En Word-fil är ett zip-arkiv med ett dokument i. Det som inte går att packa upp kan ingen öppna.",
    cure: "öppna filen i Word och spara den som .docx eller .dotx utan lösenord",
    // Found while the file is opened: there is nothing to ask about.
    check: |_, _| {},
};

pub static MISSING: Rule = Rule {
    code: Code(202),
    name: "word-part-missing",
    severity: Severity::Error,
    clause: "ECMA-376, del 2",
    docs: "Varje del som filen hänvisar till, och varje del som dess innehållsförteckning nämner, ska finnas i den. Word \
           vägrar annars att öppna filen eller vill reparera den.",
    cure: "lägg tillbaka delen, eller ta bort hänvisningen till den",
    check: missing,
};

pub static MALFORMED: Rule = Rule {
    code: Code(203),
    name: "word-xml-malformed",
    severity: Severity::Error,
    clause: "XML 1.0",
    docs: "Varje XML-del ska vara välformad, i UTF-8 eller UTF-16, utan DTD och med alla prefix deklarerade. Word vägrar \
           annars att öppna filen. Medan en del inte går att läsa prövas bara paketet.",
    cure: "öppna filen i Word och spara den på nytt, eller rätta programmet som skrev den",
    check: malformed,
};

pub static CHARACTER: Rule = Rule {
    code: Code(204),
    name: "word-character-illegal",
    severity: Severity::Error,
    clause: "XML 1.0, 2.2",
    docs: "Styrtecken och några andra tecken får inte stå i XML. Word vägrar att öppna en fil med sådana.",
    cure: "ta bort tecknet ur texten",
    check: illegal_characters,
};

pub static DANGLING: Rule = Rule {
    code: Code(205),
    name: "word-relationship-missing",
    severity: Severity::Error,
    clause: "ECMA-376, del 2",
    docs: "En del pekar ut bilder, länkar, sidhuvuden och sidfötter med nummer. Varje sådant nummer ska finnas bland \
           delens relationer, och bara en gång; Word vill annars reparera filen.",
    cure: "lägg till relationen, ta bort det som använder den, eller ge två med samma nummer var sitt",
    check: dangling,
};

pub static UNTYPED: Rule = Rule {
    code: Code(206),
    name: "word-part-untyped",
    severity: Severity::Error,
    clause: "ECMA-376, del 2",
    docs: "[Content_Types].xml ska säga vad varje del är, efter dess namn eller dess filändelse, och säga det en gång. Word \
           vägrar att öppna en fil med en okänd del.",
    cure: "ange delens typ i [Content_Types].xml, en gång",
    check: untyped,
};

pub static MISTAKEN: Rule = Rule {
    code: Code(207),
    name: "word-part-mistaken",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 11.3",
    docs: "Det som filen använder som text, formatmallar, sidhuvud eller sidfot ska vara det: [Content_Types].xml ska ge delen \
           den typen, och delen ska börja med dess element. En fil med makron ska heta .docm eller .dotm och vara av den \
           typen. Word vägrar annars att öppna filen eller vill reparera den.",
    cure: "öppna filen i Word och spara den på nytt, eller rätta programmet som skrev den",
    check: mistaken,
};

/// What the reading of a part brought to light.
pub struct Reading {
    part: String,
    pub fault: Option<String>,
    illegal: BTreeSet<char>,
    ids: BTreeSet<String>,
    /// The element that it begins with.
    root: Option<String>,
}

impl Reading {
    pub fn new(part: &str, reading: xml::Reading, noted: Noted) -> Reading {
        let Noted { ids, root } = noted;
        Reading { part: part.to_owned(), fault: reading.fault, illegal: reading.illegal, ids, root }
    }
}

/// What is noted of a part while it is read: the relationships that it uses, and the element that it begins with.
#[derive(Default)]
pub struct Noted {
    ids: BTreeSet<String>,
    root: Option<String>,
}

impl Noted {
    /// Notes what an element refers to; an empty reference is Word's way to say that there is none.
    pub fn take(&mut self, tag: &Tag<'_>) {
        for (name, value) in tag.attributes() {
            if name.starts_with("r:") && !value.is_empty() && !self.ids.contains(value) {
                self.ids.insert(value.to_owned());
            }
        }
    }

    /// Notes the element if it is the first.
    pub fn begin(&mut self, tag: &Tag<'_>) {
        if self.root.is_none() {
            self.root = Some(tag.name.to_string());
        }
    }
}

fn missing(file: &File, findings: &mut Findings<'_>) {
    let package = &file.package;
    if !package.has(TYPES) {
        findings.add(At::File, format!("delen {TYPES} saknas"));
    }
    let mut told = BTreeSet::new();
    for (source, relationships) in package.relationships() {
        // The settings of a file that is no longer there are left behind by some programs, and by Word ignored.
        if !source.is_empty() && !package.has(source) {
            continue;
        }
        for (id, relationship) in relationships {
            if !relationship.external && !relationship.target.is_empty() && !package.has(&relationship.target) {
                told.insert(key(&relationship.target));
                let source = if source.is_empty() { "paketet" } else { source };
                findings.add(At::File, format!("{source} hänvisar med {id} till {}, som saknas", relationship.target));
            }
        }
    }
    let is_told = |name: &str| told.contains(&key(name));
    for (name, _) in package.types.parts.values().filter(|(name, _)| !package.has(name) && !is_told(name)) {
        findings.add(At::File, format!("{TYPES} nämner {name}, som saknas"));
    }
}

fn malformed(file: &File, findings: &mut Findings<'_>) {
    for reading in &file.readings {
        if let Some(fault) = &reading.fault {
            findings.add(At::Part(&reading.part), format!("XML som inte går att läsa: {fault}"));
        }
    }
}

fn illegal_characters(file: &File, findings: &mut Findings<'_>) {
    for reading in &file.readings {
        for char in &reading.illegal {
            findings.add(At::Part(&reading.part), xml::illegal_character(*char));
        }
    }
}

fn dangling(file: &File, findings: &mut Findings<'_>) {
    for reading in &file.readings {
        let known = file.package.relationships_of(&reading.part);
        for id in reading.ids.iter().filter(|id| known.is_none_or(|known| !known.contains_key(*id))) {
            findings.add(At::Part(&reading.part), format!("relationen {id} används men finns inte"));
        }
    }
    for (part, id) in &file.package.repeated {
        findings.add(At::Part(part), format!("relationen {id} står två gånger"));
    }
}

fn untyped(file: &File, findings: &mut Findings<'_>) {
    let package = &file.package;
    let types = key(TYPES);
    for name in package.names().filter(|name| *name != types && package.types.kind(name).is_none()) {
        findings.add(At::File, format!("{TYPES} säger inte vad delen {name} är"));
    }
    for what in &package.types.repeated {
        findings.add(At::File, format!("{TYPES} säger två gånger vad {what} är"));
    }
}

fn mistaken(file: &File, findings: &mut Findings<'_>) {
    let package = &file.package;
    let read = file.readings.iter().filter(|reading| reading.fault.is_none());
    let roots: BTreeMap<String, &str> =
        read.filter_map(|reading| Some((key(&reading.part), reading.root.as_deref()?))).collect();
    let mut met = BTreeSet::new();
    for relationship in package.relationships().flat_map(|(_, relationships)| relationships.values()) {
        let part = relationship.target.as_str();
        if relationship.external || !package.has(part) || !met.insert((key(part), &relationship.kind)) {
            continue;
        }
        let fault = kinds::fault(relationship, package.types.kind(part), roots.get(&key(part)).copied());
        if let Some(fault) = fault {
            findings.add(At::File, format!("delen {part} {fault}"));
        }
    }
    let has_macros = package.types.kind(&file.main).is_some_and(|kind| kind.contains("macroEnabled"));
    let name = findings.name.to_lowercase();
    if has_macros && (name.ends_with(".docx") || name.ends_with(".dotx")) {
        findings.add(At::File, "filen är sparad med makron, men slutar på .docx eller .dotx");
    }
    if let Some(macros) = package.names().find(|name| name.ends_with("vbaproject.bin")).filter(|_| !has_macros) {
        findings.add(At::File, format!("filen har makron ({macros}), men är inte sparad som en fil med makron"));
    }
}
