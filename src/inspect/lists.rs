//! Lists: that those that paragraphs and styles name exist.

use std::collections::{BTreeMap, BTreeSet};

use super::package::Contents;
use super::story::{Collect, Context, Spot, Wants};
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::{self, Node, Tag};

pub static UNDEFINED: Rule = Rule {
    code: Code(273),
    name: "word-list-undefined",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.9",
    docs: "En lista som ett stycke eller en formatmall hör till ska finnas i filen. Annars saknar punkter sina tecken \
           och rubriker sina nummer.",
    cure: "lägg till listan i filens numrering, eller ta bort numreringen från stycket",
    check: undefined,
};

/// The lists of a file.
#[derive(Debug, Default)]
pub struct Lists {
    /// The kind of list that each is, by number.
    lists: BTreeMap<String, String>,
    kinds: BTreeSet<String>,
    /// Styles that they name.
    pub styles: BTreeSet<String>,
    /// Lists that the file's styles name.
    in_styles: BTreeSet<String>,
}

impl Lists {
    pub fn of(contents: &Contents<'_>, main: &str) -> Lists {
        let mut lists = Lists::default();
        if let Some(part) = contents.package.related(main, "numbering").next() {
            let mut list = String::new();
            xml::read(contents.bytes(part), |node| {
                if let Node::Start(tag) = node {
                    lists.take(tag, &mut list);
                }
            });
        }
        if let Some(part) = contents.package.related(main, "styles").next() {
            xml::read(contents.bytes(part), |node| {
                if let Node::Start(tag) = node
                    && tag.name == "w:numId"
                {
                    lists.in_styles.extend(tag.value().map(String::from));
                }
            });
        }
        lists
    }

    fn take(&mut self, tag: &Tag<'_>, list: &mut String) {
        match tag.name.as_ref() {
            "w:abstractNum" => self.kinds.extend(tag.get("w:abstractNumId").map(String::from)),
            "w:num" => *list = tag.get("w:numId").unwrap_or_default().to_owned(),
            "w:abstractNumId" => _ = self.lists.insert(list.clone(), tag.value().unwrap_or_default().to_owned()),
            "w:pStyle" | "w:numStyleLink" | "w:styleLink" => self.styles.extend(tag.value().map(String::from)),
            _ => {}
        }
    }

    /// Whether there is such a list; 0 means that there is none.
    fn has(&self, id: &str) -> bool {
        id == "0" || self.lists.contains_key(id)
    }
}

/// The lists that a story uses: where each is used first.
#[derive(Default)]
pub struct ListUses(BTreeMap<String, Spot>);

impl Collect for ListUses {
    fn wants(&self) -> Wants {
        Wants { starts: &[&["w:numId"]], ..Wants::default() }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        if tag.name == "w:numId"
            && let Some(id) = tag.value()
            && !self.0.contains_key(id)
        {
            self.0.insert(id.to_owned(), context.spot);
        }
    }
}

fn undefined(file: &File, findings: &mut Findings<'_>) {
    let lists = &file.lists;
    for story in &file.stories {
        for (id, spot) in story.lists.0.iter().filter(|(id, _)| !lists.has(id)) {
            findings.add(At::Spot(story, *spot), format!("lista {id} används men finns inte"));
        }
    }
    for id in lists.in_styles.iter().filter(|id| !lists.has(id)) {
        findings.add(At::File, format!("en formatmall använder lista {id}, som inte finns"));
    }
    for (id, kind) in lists.lists.iter().filter(|(_, kind)| !lists.kinds.contains(*kind)) {
        findings.add(At::File, format!("lista {id} är av typ {kind}, som inte finns"));
    }
}
