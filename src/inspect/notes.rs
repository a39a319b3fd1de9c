//! Footnotes, endnotes and comments: that the text and they agree.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::story::{Collect, Context, Kind, Spot, Story, Wants};
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::Tag;

pub static MISSING: Rule = Rule {
    code: Code(281),
    name: "word-note-missing",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.11",
    docs: "En fotnot, slutnot eller kommentar som texten hänvisar till ska finnas. Word vill annars reparera filen.",
    cure: "lägg till noten, eller ta bort hänvisningen",
    check: missing,
};

pub static UNUSED: Rule = Rule {
    code: Code(282),
    name: "word-note-unused",
    severity: Severity::Warning,
    clause: "ECMA-376, del 1, 17.11",
    docs: "En fot- eller slutnot som ingen text hänvisar till syns inte, och försvinner när filen sparas.",
    cure: "hänvisa till noten där den hör hemma, eller ta bort den",
    check: unused,
};

/// The notes of a story, and what refers to notes.
#[derive(Default)]
pub struct Notes {
    /// What refers to a note: the part that the note stands in, its number, and where the reference is.
    references: Vec<(Kind, String, Spot)>,
    /// The notes themselves, without the lines that set them off from the text.
    notes: BTreeMap<String, Spot>,
    /// Lines that set notes off: they have numbers too.
    lines: HashSet<String>,
}

/// What refers to a note, and what is one.
const REFERENCES: [&str; 3] = ["w:footnoteReference", "w:endnoteReference", "w:commentReference"];
const NOTES: [&str; 3] = ["w:footnote", "w:endnote", "w:comment"];

impl Collect for Notes {
    fn wants(&self) -> Wants {
        Wants { starts: &[&REFERENCES, &NOTES], ..Wants::default() }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        let id = || tag.get("w:id").unwrap_or_default().to_owned();
        match tag.name.as_ref() {
            "w:footnoteReference" => self.references.push((Kind::Footnotes, id(), context.spot)),
            "w:endnoteReference" => self.references.push((Kind::Endnotes, id(), context.spot)),
            "w:commentReference" => self.references.push((Kind::Comments, id(), context.spot)),
            "w:footnote" | "w:endnote" | "w:comment" => match tag.get("w:type") {
                None | Some("normal") => _ = self.notes.insert(id(), context.spot),
                Some(_) => _ = self.lines.insert(id()),
            },
            _ => {}
        }
    }
}

fn references(file: &File) -> impl Iterator<Item = (&Story, &(Kind, String, Spot))> {
    file.stories.iter().flat_map(|story| story.notes.references.iter().map(move |reference| (story, reference)))
}

fn missing(file: &File, findings: &mut Findings<'_>) {
    let notes: HashMap<Kind, &Notes> = file.stories.iter().map(|story| (story.kind, &story.notes)).collect();
    for (story, (kind, id, spot)) in references(file) {
        if !notes.get(kind).is_some_and(|notes| notes.notes.contains_key(id) || notes.lines.contains(id)) {
            let message = format!("texten hänvisar till nummer {id} i {}, som inte finns där", kind.label());
            findings.add(At::Spot(story, *spot), message);
        }
    }
}

fn unused(file: &File, findings: &mut Findings<'_>) {
    let used: HashSet<(Kind, &str)> = references(file).map(|(_, (kind, id, _))| (*kind, id.as_str())).collect();
    let with_notes = file.stories.iter().filter(|story| matches!(story.kind, Kind::Footnotes | Kind::Endnotes));
    for story in with_notes {
        for (id, spot) in story.notes.notes.iter().filter(|(id, _)| !used.contains(&(story.kind, id.as_str()))) {
            findings.add(At::Spot(story, *spot), format!("ingenting hänvisar till not nummer {id}"));
        }
    }
}
