//! Rules on the package: that its parts are there, can be read, and are what they are said to be.

use std::collections::BTreeSet;

use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::package::{TYPES, key};
use crate::office::xml::{self, Tag};

/// The rules that can be asked of a file some of whose parts cannot be read.
pub static RULES: &[&Rule] = &[&UNREADABLE, &MISSING, &MALFORMED, &CHARACTER, &DANGLING, &UNTYPED];

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
           delens relationer; Word vill annars reparera filen.",
    cure: "lägg till relationen, eller ta bort det som använder den",
    check: dangling,
};

pub static UNTYPED: Rule = Rule {
    code: Code(206),
    name: "word-part-untyped",
    severity: Severity::Error,
    clause: "ECMA-376, del 2",
    docs: "[Content_Types].xml ska säga vad varje del är, efter dess namn eller dess filändelse. Word vägrar att öppna en \
           fil med en okänd del.",
    cure: "ange delens typ i [Content_Types].xml",
    check: untyped,
};

/// What the reading of a part brought to light.
pub struct Reading {
    part: String,
    pub fault: Option<String>,
    illegal: BTreeSet<char>,
    ids: BTreeSet<String>,
}

impl Reading {
    pub fn new(part: &str, reading: xml::Reading, ids: Ids) -> Reading {
        Reading { part: part.to_owned(), fault: reading.fault, illegal: reading.illegal, ids: ids.0 }
    }
}

/// The relationships that a part uses.
#[derive(Default)]
pub struct Ids(BTreeSet<String>);

impl Ids {
    /// Notes what an element refers to; an empty reference is Word's way to say that there is none.
    pub fn take(&mut self, tag: &Tag<'_>) {
        for (name, value) in tag.attributes() {
            if name.starts_with("r:") && !value.is_empty() && !self.0.contains(value) {
                self.0.insert(value.to_owned());
            }
        }
    }
}

fn missing(file: &File, findings: &mut Findings<'_>) {
    let package = &file.package;
    if !package.has(TYPES) {
        findings.add(At::File, format!("delen {TYPES} saknas"));
    }
    for (source, relationships) in package.relationships() {
        // The settings of a file that is no longer there are left behind by some programs, and by Word ignored.
        if !source.is_empty() && !package.has(source) {
            continue;
        }
        for (id, relationship) in relationships {
            if !relationship.external && !relationship.target.is_empty() && !package.has(&relationship.target) {
                let source = if source.is_empty() { "paketet" } else { source };
                findings.add(At::File, format!("{source} hänvisar med {id} till {}, som saknas", relationship.target));
            }
        }
    }
    for name in package.typed.keys().filter(|name| !package.has(name)) {
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
}

fn untyped(file: &File, findings: &mut Findings<'_>) {
    let package = &file.package;
    let typed: BTreeSet<String> = package.typed.keys().map(|name| key(name)).collect();
    let types = key(TYPES);
    for name in package.names().filter(|name| *name != types && !typed.contains(*name)) {
        let ending = name.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, ending)| ending);
        if ending.is_none_or(|ending| !package.endings.contains(ending)) {
            findings.add(At::File, format!("{TYPES} säger inte vad delen {name} är"));
        }
    }
}
