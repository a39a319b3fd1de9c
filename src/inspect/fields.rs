//! Fields: contents tables, references, page numbers and counters.

use std::collections::HashSet;

use super::story::{Collect, Context, Spot, Story, Wants};
use super::{At, File, Findings, Rule, links, shortened};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{Tag, is_off};

pub static DEAD: Rule = Rule {
    code: Code(231),
    name: "word-reference-dead",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.16.5",
    docs: "Ett fält som visar text, nummer eller sida från ett bokmärke ska nämna ett som finns. När fältet uppdateras \
           står där annars ”Fel! Hittar inte referenskälla”.",
    cure: "rätta bokmärkets namn i fältet, eller lägg till bokmärket",
    check: dead,
};

pub static UNBALANCED: Rule = Rule {
    code: Code(232),
    name: "word-field-unbalanced",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.16.18",
    docs: "Ett fält ska ha en början, högst en skiljare och ett slut, i den ordningen och i samma del. Annars visar Word \
           fältets kod, eller låter det sluka texten efter.",
    cure: "lägg till det märke som saknas, eller ta bort det som är över",
    check: unbalanced,
};

pub static EMPTY: Rule = Rule {
    code: Code(233),
    name: "word-field-empty",
    severity: Severity::Warning,
    clause: "ECMA-376, del 1, 17.16.18",
    docs: "En innehållsförteckning, en hänvisning eller ett nummer ska ha sitt resultat i filen. Den som öppnar den, skriver \
           ut den eller läser den i ett annat program ser annars ett tomrum tills alla fält är uppdaterade.",
    cure: "uppdatera alla fält i Word (Ctrl+A, F9) och spara",
    check: empty,
};

pub static DIRTY: Rule = Rule {
    code: Code(234),
    name: "word-field-dirty",
    severity: Severity::Warning,
    clause: "ECMA-376, del 1, 17.15.1",
    docs: "Om fälten ska uppdateras när filen öppnas frågar Word varje läsare om lov, som om filen vore farlig.",
    cure: "uppdatera alla fält i Word (Ctrl+A, F9) och spara; ta bort w:updateFields och w:dirty",
    check: dirty,
};

/// The fields of a story.
#[derive(Default)]
pub struct Fields {
    fields: Vec<Field>,
    open: Vec<(usize, State)>,
    /// Marks at wrong places: what they are, and where.
    misplaced: Vec<(&'static str, Spot)>,
    /// Bookmarks that form fields make.
    named: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Instruction,
    Result,
}

struct Field {
    instruction: String,
    has_result: bool,
    is_dirty: bool,
    spot: Spot,
}

impl Fields {
    /// More of the innermost field's instruction.
    pub fn instruct(&mut self, text: &str) {
        if let Some((index, State::Instruction)) = self.open.last() {
            self.fields[*index].instruction.push_str(text);
        }
    }

    /// The names in lower case of bookmarks that fields make.
    pub fn bookmarks(&self) -> impl Iterator<Item = String> {
        let set = self.fields.iter().filter_map(|field| {
            let words = words(&field.instruction);
            let is_set = words.first().is_some_and(|kind| matches!(kind.to_uppercase().as_str(), "SET" | "ASK"));
            words.get(1).filter(|_| is_set).map(|name| name.to_lowercase())
        });
        set.chain(self.named.iter().map(|name| name.to_lowercase()))
    }

    /// The fields that need a bookmark which is none of these, those that are `links` or the others: what each says, the
    /// bookmark's name, and where it stands.
    pub fn dead<'a>(
        &'a self,
        targets: &'a HashSet<String>,
        links: bool,
    ) -> impl Iterator<Item = (String, String, Spot)> + 'a {
        let fields = self.fields.iter().filter(move |field| is_link(&field.instruction) == links);
        let named = fields.filter_map(|field| Some((field, needed(&field.instruction)?)));
        let dead = named.filter(|(_, name)| !targets.contains(&name.to_lowercase()));
        dead.map(|(field, name)| (shortened(&field.instruction), name, field.spot))
    }

    fn begin(&mut self, instruction: String, tag: &Tag<'_>, context: &Context<'_>) {
        let is_dirty = tag.get("w:dirty").is_some_and(|value| !is_off(value));
        self.fields.push(Field { instruction, has_result: false, is_dirty, spot: context.spot });
    }

    fn mark(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.get("w:fldCharType") {
            Some("begin") => {
                self.open.push((self.fields.len(), State::Instruction));
                self.begin(String::new(), tag, context);
            }
            Some("separate") => match self.open.last_mut() {
                Some((_, state @ State::Instruction)) => *state = State::Result,
                _ => self.misplaced.push(("en skiljare", context.spot)),
            },
            _ => {
                if self.open.pop().is_none() {
                    self.misplaced.push(("ett slut", context.spot));
                }
            }
        }
    }

    /// Something is seen; it is the result of every field whose result stands here.
    fn show(&mut self) {
        for (index, state) in self.open.iter().rev() {
            // Within an instruction nothing is seen; where an inner field has shown something, so have those around it.
            if *state == State::Instruction || std::mem::replace(&mut self.fields[*index].has_result, true) {
                return;
            }
        }
    }
}

impl Collect for Fields {
    fn wants(&self) -> Wants {
        Wants {
            starts: &[&["w:fldChar", "w:fldSimple", "w:name", "w:drawing", "w:pict", "w:object", "w:sym"]],
            ends: &[&["w:fldSimple"]],
            text: true,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.name.as_ref() {
            "w:fldChar" => self.mark(tag, context),
            "w:fldSimple" => {
                self.open.push((self.fields.len(), State::Result));
                self.begin(tag.get("w:instr").unwrap_or_default().to_owned(), tag, context);
            }
            "w:name" if context.path.up(0) == "w:ffData" => self.named.extend(tag.value().map(String::from)),
            "w:drawing" | "w:pict" | "w:object" | "w:sym" => self.show(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, _: &Context<'_>) {
        if name == "w:fldSimple" {
            self.open.pop();
        }
    }

    fn text(&mut self, text: &str, _: &Context<'_>) {
        if !self.open.is_empty() && !text.trim().is_empty() {
            self.show();
        }
    }
}

/// The words of an instruction; what stands in quotation marks is one.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = instruction.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, tail) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        if !word.is_empty() || first == '"' {
            words.push(word.to_owned());
        }
        rest = tail.trim_start();
    }
    words
}

/// The bookmark that a field needs.
fn needed(instruction: &str) -> Option<String> {
    let words = words(instruction);
    let after = |switch: &str| words.iter().position(|word| word == switch).and_then(|at| words.get(at + 1));
    let name = match words.first()?.to_uppercase().as_str() {
        "REF" | "PAGEREF" | "NOTEREF" => words.get(1),
        // With an address before it, the bookmark is another file's.
        "HYPERLINK" if words.get(1).is_some_and(|word| word.starts_with('\\')) => after("\\l"),
        "TOC" => after("\\b"),
        _ => None,
    };
    name.filter(|name| !name.starts_with('\\')).cloned()
}

/// Whether a field is a link, which is the business of other rules.
fn is_link(instruction: &str) -> bool {
    const LINK: &str = "HYPERLINK";
    instruction.trim_start().get(..LINK.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(LINK))
}

fn fields(file: &File) -> impl Iterator<Item = (&Story, &Field)> {
    file.stories.iter().flat_map(|story| story.fields.fields.iter().map(move |field| (story, field)))
}

fn dead(file: &File, findings: &mut Findings<'_>) {
    let targets = links::targets(file);
    for story in &file.stories {
        for (instruction, name, spot) in story.fields.dead(targets, false) {
            let message = format!("fältet ”{instruction}” hänvisar till bokmärket ”{name}”, som inte finns");
            findings.add(At::Spot(story, spot), message);
        }
    }
}

fn unbalanced(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        let Fields { fields, open, misplaced, .. } = &story.fields;
        for (mark, spot) in misplaced {
            findings.add(At::Spot(story, *spot), format!("{mark} står utan det fält som det hör till"));
        }
        for field in open.iter().filter_map(|(index, _)| fields.get(*index)) {
            let message = format!("fältet ”{}” har inget slut", shortened(&field.instruction));
            findings.add(At::Spot(story, field.spot), message);
        }
    }
}

fn empty(file: &File, findings: &mut Findings<'_>) {
    for (story, field) in fields(file).filter(|(_, field)| !field.has_result) {
        if shows(&words(&field.instruction)) {
            let message = format!("fältet ”{}” visar ingenting", shortened(&field.instruction));
            findings.add(At::Spot(story, field.spot), message);
        }
    }
}

/// Whether a field of these words has something to show; a counter may be hidden.
fn shows(words: &[String]) -> bool {
    match words.first().map(|kind| kind.to_uppercase()).as_deref() {
        Some("TOC" | "REF" | "PAGEREF" | "NOTEREF") => true,
        Some("SEQ") => !words.iter().any(|word| word == "\\h"),
        _ => false,
    }
}

fn dirty(file: &File, findings: &mut Findings<'_>) {
    if file.properties.updates_fields {
        findings.add(At::File, "filens inställningar säger att alla fält ska uppdateras när den öppnas");
    }
    for (story, field) in fields(file).filter(|(_, field)| field.is_dirty) {
        let message = format!("fältet ”{}” ska uppdateras när filen öppnas", shortened(&field.instruction));
        findings.add(At::Spot(story, field.spot), message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bookmark_that_a_field_needs_is_found() {
        let cases = [
            (" REF tabell_1 \\h ", Some("tabell_1")),
            ("pageref _Toc1 \\h", Some("_Toc1")),
            (" HYPERLINK \\l \"ett namn\" ", Some("ett namn")),
            (" HYPERLINK \"x.docx\" \\l \"annan\" ", None),
            (" TOC \\o \"1-2\" \\h ", None),
            (" TOC \\b bilaga \\o \"1-2\"", Some("bilaga")),
            (" SEQ Tabell \\* ARABIC", None),
            (" PAGE ", None),
            ("", None),
            (" REF", None),
        ];
        for (instruction, name) in cases {
            assert_eq!(needed(instruction).as_deref(), name, "{instruction}");
        }
    }
}
