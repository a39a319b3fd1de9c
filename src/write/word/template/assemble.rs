//! A document's package: the template's parts, with what the document adds to them.

use super::controls::{Facts, fill};
use super::package::Package;
use super::tree::{Element, Node};
use super::{Template, settings};
use crate::document::{Metadata, Publisher};
use crate::write::word::inlines::write_text;
use crate::write::word::package::{self as out, Part, Relationships};
use crate::write::word::properties::{ParagraphProperties, RunProperties};
use crate::write::word::settings as own_settings;
use crate::write::word::xml::Xml;

/// What a document adds to a template's parts.
pub struct Written<'a> {
    pub publisher: &'a Publisher,
    pub metadata: &'a Metadata,
    /// What the document is called in its header, if it is not decided.
    pub draft: Option<String>,
    pub text: Vec<u8>,
    pub relationships: Relationships,
    pub notes: Vec<u8>,
    pub note_relationships: Relationships,
    pub numbering: Vec<u8>,
    /// Pictures, and headers and footers of ours.
    pub parts: Vec<Part>,
}

impl Template {
    /// A document's parts: the template's, with what the document adds to them.
    pub fn package(&self, mut written: Written<'_>) -> Vec<Part> {
        let mut package = self.package.clone();
        let facts = Facts { publisher: written.publisher, metadata: written.metadata };
        let main = package.main.clone();
        self.put_parts(&mut package, &mut written);
        let own = |kind: &str| Some(format!("{}.{kind}+xml", out::WORD));
        let mut relationships = written.relationships;
        let mut changed = vec![("numbering", written.numbering), ("footnotes", written.notes)];
        if package.related(&main, "settings").is_none() && self.notes.is_none() {
            changed.push(("settings", own_settings::part()));
        }
        for (kind, bytes) in changed {
            let name = package.related(&main, kind).unwrap_or_else(|| {
                let file = format!("{kind}.xml");
                relationships.part(kind, &file);
                self.beside(&file)
            });
            package.put(&name, bytes, own(kind).as_deref());
        }
        package.put(&main, written.text, None);
        package.add_relationships(&main, relationships);
        let notes = self.notes_name();
        package.add_relationships(&notes, written.note_relationships);
        self.put_marks(&mut package, facts, written.draft.as_deref());
        self.put_properties(&mut package, facts);
        package.into_parts()
    }

    /// Parts of ours, under names that the template has not used.
    fn put_parts(&self, package: &mut Package, written: &mut Written<'_>) {
        for part in std::mem::take(&mut written.parts) {
            let file = part.name.trim_start_matches("word/");
            let name = package.free_name(&self.beside(file));
            let folder = self.beside("");
            written.relationships.rename(file, name.strip_prefix(&folder).unwrap_or(&name));
            let kind = out::content_type(&part.name);
            if kind.is_none() {
                package.set_ending(name.rsplit('.').next().unwrap_or_default());
            }
            package.put(&name, part.bytes, kind.as_deref());
        }
    }

    /// The name of a part in the folder of the text's part.
    pub(super) fn beside(&self, file: &str) -> String {
        let folder = self.package.main.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
        folder.unwrap_or_default() + file
    }

    /// Headers and footers: fields and controls are filled in, and a draft is called so in every header.
    fn put_marks(&self, package: &mut Package, facts: Facts<'_>, draft: Option<&str>) {
        for (name, tree, is_header) in &self.marks {
            let mut tree = tree.clone();
            let mut changed = fill(&mut tree.root, facts);
            if let Some(draft) = draft.filter(|_| *is_header) {
                tree.root.children.extend(self.draft_mark(draft).into_iter().map(Node::Element));
                changed = true;
            }
            if changed {
                package.put(name, tree.to_bytes(), None);
            }
        }
    }

    fn draft_mark(&self, draft: &str) -> Vec<Element> {
        let mut xml = Xml::default();
        xml.open("w:p", &[]);
        ParagraphProperties { style: Some("Header"), align: Some("right"), ..Default::default() }.write(&mut xml);
        write_text(&mut xml, draft, RunProperties { style: Some("Draft"), ..RunProperties::PLAIN });
        xml.close("w:p");
        Element::all_of(&self.translate(xml.as_str()))
    }

    fn put_properties(&self, package: &mut Package, facts: Facts<'_>) {
        match &self.core {
            Some((name, tree)) => package.put(name, settings::core_properties(tree, facts), None),
            None => {
                let bytes = own_settings::core_properties(facts.publisher, facts.metadata);
                let name = package.free_name("docProps/core.xml");
                package.put(&name, bytes, out::content_type("docProps/core.xml").as_deref());
                let mut relationships = Relationships::after(package.relations("").len() + 100);
                relationships.part("core-properties", &name);
                package.add_relationships("", relationships);
            }
        }
        let custom = self.custom.as_ref();
        if let Some((name, bytes)) =
            custom.and_then(|(name, tree)| Some((name, settings::custom_properties(tree, facts)?)))
        {
            package.put(name, bytes, None);
        }
    }
}
