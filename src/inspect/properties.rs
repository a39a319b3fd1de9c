//! Properties of the file: its title, its language, who wrote it.

use super::package::Contents;
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{self, Node, is_off};

pub static TITLE: Rule = Rule {
    code: Code(291),
    name: "word-title-missing",
    severity: Severity::Error,
    clause: "EN 301 549, 10.2.4.2",
    docs: "Ett dokument ska ha en titel bland sina egenskaper: den läses upp först, och blir fönstrets namn när dokumentet \
           sparas som PDF. En mall behöver ingen.",
    cure: "skriv titeln under Arkiv, Info, Egenskaper",
    check: title,
};

pub static LANGUAGE: Rule = Rule {
    code: Code(292),
    name: "word-language-missing",
    severity: Severity::Error,
    clause: "EN 301 549, 10.3.1.1",
    docs: "Filens språk ska stå i dess formatmallar eller inställningar, så att en skärmläsare läser med rätt uttal.",
    cure: "välj språk för all text under Granska, Språk, och välj Använd som standard",
    check: language,
};

pub static AUTHOR: Rule = Rule {
    code: Code(293),
    name: "word-author-missing",
    severity: Severity::Warning,
    clause: "ECMA-376, del 2, Core Properties",
    docs: "Av dokumentets egenskaper ska framgå vem som står bakom det. En mall behöver det inte.",
    cure: "skriv författaren under Arkiv, Info, Egenskaper",
    check: author,
};

/// What the file says of itself.
#[derive(Debug, Default)]
pub struct Properties {
    title: String,
    author: String,
    /// The language that the settings name.
    language: Option<String>,
    /// Whether Word is to ask for leave to update all fields.
    pub updates_fields: bool,
}

impl Properties {
    pub fn of(contents: &Contents<'_>, main: &str) -> Properties {
        let mut properties = Properties::default();
        if let Some(part) = contents.package.related("", "core-properties").next() {
            properties.read_core(contents.bytes(part));
        }
        if let Some(part) = contents.package.related(main, "settings").next() {
            xml::read(contents.bytes(part), |node| {
                let Node::Start(tag) = node else { return };
                match tag.name.as_ref() {
                    "w:themeFontLang" => properties.language = tag.value().map(String::from),
                    "w:updateFields" => properties.updates_fields = !tag.value().is_some_and(is_off),
                    _ => {}
                }
            });
        }
        properties
    }

    fn read_core(&mut self, bytes: &[u8]) {
        let mut name = String::new();
        xml::read(bytes, |node| match node {
            Node::Start(tag) => tag.name.as_ref().clone_into(&mut name),
            Node::End(..) => name.clear(),
            Node::Text(text) => match name.as_str() {
                "dc:title" => self.title.push_str(text),
                "dc:creator" => self.author.push_str(text),
                _ => {}
            },
        });
    }
}

fn title(file: &File, findings: &mut Findings<'_>) {
    if !file.is_template() && file.properties.title.trim().is_empty() {
        findings.add(At::File, "dokumentet har ingen titel bland sina egenskaper");
    }
}

fn author(file: &File, findings: &mut Findings<'_>) {
    if !file.is_template() && file.properties.author.trim().is_empty() {
        findings.add(At::File, "dokumentet har ingen författare bland sina egenskaper");
    }
}

fn language(file: &File, findings: &mut Findings<'_>) {
    let languages = [&file.styles.language, &file.properties.language];
    let is_language =
        |language: &str| language.starts_with(|first: char| first.is_ascii_alphabetic()) && language != "x-none";
    if !languages.into_iter().flatten().any(|language| is_language(language)) {
        findings.add(At::File, "filen säger inte vilket språk den är på");
    }
}
