//! A region's own Word template: everything of it lives on in the documents, and only what a document needs of its own
//! is put in.
//!
//! What is not changed stays as it is in the file, byte for byte. What is changed is read as a [`tree`] that writes
//! again what it has read. Our styles are found among the template's by name ([`styles`]), our lists stand after its
//! ([`lists`]), pages are its pages ([`pages`]), and what it leaves to be filled in is filled in ([`controls`]).

mod colors;
mod controls;
mod lists;
mod package;
mod pages;
mod settings;
mod styles;
mod tree;
mod typefaces;
mod wide;

use std::collections::BTreeMap;

use self::controls::{Facts, fill, is_of_cover, is_place_of_text};
use self::lists::Numbering;
use self::package::{Package, Relation, relations_of};
use self::styles::Styles;
use self::tree::{Element, Node, Tree};
use super::inlines::write_text;
use super::package::{self as out, Part, Relationships};
use super::properties::{Indent, ParagraphProperties, RunProperties, Tab};
use super::sections::{Orientation, Page};
use super::xml::Xml;
use super::{NAMESPACES, settings as own_settings, styles as own_styles};
use crate::diagnostic::{Code, Severity, codes};
use crate::document::{Metadata, Publisher};

/// Why a template cannot be used, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    pub message: String,
    pub help: String,
}

impl Unusable {
    fn new(message: &str, help: &str) -> Unusable {
        Unusable { message: message.to_owned(), help: help.to_owned() }
    }
}

/// Something to be told about a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    pub help: String,
    /// The key under `wordformat` that it is about.
    pub format: Option<String>,
}

impl Remark {
    fn new(code: Code, severity: Severity, message: String) -> Remark {
        Remark { code, severity, message, help: String::new(), format: None }
    }
}

/// A template that has been read and made ready for any number of documents.
#[derive(Debug)]
pub struct Template {
    /// Its parts, those already changed that are the same in every document.
    package: Package,
    styles: Styles,
    numbering: Option<Numbering>,
    sections: pages::Sections,
    /// What a heading's paragraph says beside its style, and whether it starts a page, by level.
    headings: Vec<(ParagraphProperties<'static>, bool)>,
    /// Of the template's styles for entries of the contents: where their text starts, and whether they have a tab for
    /// the page.
    entries: BTreeMap<String, (u32, bool)>,
    /// How wide its text is, and how high a line of it, against those of the built-in look.
    width: f32,
    line: f32,
    /// So many levels of headings are counted by the template's own list.
    counted: usize,
    /// The text's part up to its body.
    opening: String,
    /// What stands before and after our text.
    before: Vec<Node>,
    after: Vec<Node>,
    /// What stands before is a cover, to which ours would be a second.
    has_cover: bool,
    /// What follows the cover starts a page without being told.
    cover_ends_page: bool,
    /// The notes' part up to its end, and the greatest number of a note in it.
    notes: Option<(String, u32)>,
    /// Headers and footers, and whether it is a header.
    marks: Vec<(String, Tree, bool)>,
    core: Option<(String, Tree)>,
    custom: Option<(String, Tree)>,
}

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
    /// Reads a template. `formats` names the template's style for a style of ours. The remarks tell what is added to
    /// it; the error says why it cannot be used.
    pub fn read(bytes: &[u8], formats: &BTreeMap<String, String>) -> Result<(Template, Vec<Remark>), Unusable> {
        let mut package = Package::read(bytes)?;
        let mut remarks = Vec::new();
        let main = package.main.clone();
        let mut document =
            package.tree(&main)?.ok_or_else(|| Unusable::new("filen saknar sin text", "ange en annan fil"))?;
        bind_namespaces(&mut document.root, &main)?;
        let body = document.root.child("w:body").cloned().unwrap_or_else(|| Element::new("w:body"));
        let styles = merged_styles(&mut package, formats, &mut remarks)?;
        let theme = theme_of(&package)?;
        let (width, line) = typefaces::size(&styles.typeface(theme.as_ref()));
        let (numbering, counted) = lists_of(&package, &styles)?;
        let kept = Kept::of(&body);
        let notes = notes_of(&package, &kept)?;
        amend_settings(&mut package, notes.is_none(), &mut remarks)?;
        if !kept.has_cover {
            remarks.push(Remark {
                help: String::from(
                    "vill ni ha mallens försättssida: ge dess innehållskontroller taggar som titel, utgåva och status",
                ),
                ..Remark::new(
                    codes::WORD_COVER,
                    Severity::Info,
                    String::from(
                        "Wordmallen har ingen försättssida att fylla i; katalogens egen sätts i mallens format",
                    ),
                )
            });
        }
        let mut sections = pages::Sections::of(&body);
        widen_marks(&mut package, &mut sections, &styles)?;
        let marks = marks_of(&package)?;
        let part_of = |kind: &str| -> Result<Option<(String, Tree)>, Unusable> {
            let Some(name) = package.related("", kind) else { return Ok(None) };
            Ok(package.tree(&name)?.map(|tree| (name, tree)))
        };
        let (core, custom) = (part_of("core-properties")?, part_of("custom-properties")?);
        let template = Template {
            sections,
            headings: own_styles::HEADINGS.iter().enumerate().map(|(level, id)| heading(&styles, level, id)).collect(),
            entries: own_styles::CONTENTS.iter().filter_map(|id| entry(&styles, id)).collect(),
            opening: opening(&document),
            before: kept.before,
            after: kept.after,
            has_cover: kept.has_cover,
            cover_ends_page: kept.ends_page,
            package,
            styles,
            width,
            line,
            numbering,
            counted,
            notes,
            marks,
            core,
            custom,
        };
        Ok((template, remarks))
    }

    /// The page that text stands on which lies in this way.
    pub fn page(&self, orientation: Orientation) -> Page {
        self.sections.page(orientation)
    }

    /// The text's part up to where our text goes.
    pub fn start(&self, publisher: &Publisher, metadata: &Metadata) -> Xml {
        let mut before = Element::new("w:body");
        before.children = self.before.clone();
        fill(&mut before, Facts { publisher, metadata });
        let mut text = self.opening.clone();
        text.push_str("<w:body>");
        before.write_content(&mut text);
        Xml::started(text)
    }

    /// What follows our text, and whether that ends in a table.
    pub fn end(&self, publisher: &Publisher, metadata: &Metadata) -> (String, bool) {
        let mut after = Element::new("w:body");
        after.children = self.after.clone();
        fill(&mut after, Facts { publisher, metadata });
        let mut text = String::new();
        after.write_content(&mut text);
        (text, after.elements().last().is_some_and(|last| last.name() == "w:tbl"))
    }

    /// Whether the template's cover shows what is called so.
    pub fn shows(&self, name: &str) -> bool {
        let shows = |element: &Element| controls::shows(element, name);
        self.before.iter().any(|node| matches!(node, Node::Element(element) if element.any(shows)))
    }

    /// Whether the template has a cover of its own.
    pub fn has_cover(&self) -> bool {
        self.has_cover
    }

    /// Whether what follows the cover has to be told to start a page.
    pub fn needs_page_break(&self) -> bool {
        !self.cover_ends_page
    }

    /// Relationships of the text's part, or of the notes', with numbers that the template has not used.
    pub fn relationships(&self, notes: bool) -> Relationships {
        let of = if notes { self.notes_name() } else { self.package.main.clone() };
        let relations = self.package.relations(&of).unwrap_or_default();
        Relationships::after(greatest_number(&relations))
    }

    /// The notes' part up to its end, and the greatest number of a note in it; `None` where it is ours.
    pub fn notes(&self) -> Option<(Xml, u32)> {
        self.notes.as_ref().map(|(opening, last)| (Xml::started(opening.clone()), *last))
    }

    fn notes_name(&self) -> String {
        let main = &self.package.main;
        self.package.related(main, "footnotes").unwrap_or_else(|| self.beside("footnotes.xml"))
    }

    /// `w:sectPr` of a section. A header or footer that the template lacks is made by `own`, which gives its number.
    pub fn section(
        &self,
        orientation: Orientation,
        first: bool,
        draft: bool,
        mut own: impl FnMut(&'static str) -> String,
    ) -> String {
        let mut references = Vec::new();
        let (header, footer) = (self.sections.has("w:headerReference"), self.sections.has("w:footerReference"));
        for (kind, missing) in [("header", !header && (!footer || draft)), ("footer", !header && !footer)] {
            if missing {
                let tag = format!("w:{kind}Reference w:type=\"default\" r:id=\"{}\"", own(kind));
                references.push(Element::new(&tag));
            }
        }
        self.sections.properties(orientation, first, &references)
    }

    /// Puts the template's names of styles, numbers of lists and colours in the place of ours.
    pub fn translate(&self, xml: &str) -> String {
        let first_list = self.numbering.as_ref().map_or(0, |numbering| numbering.first_list);
        let known = ["pStyle", "rStyle", "tblStyle", "numId", "color"].map(|name| format!("<w:{name} w:val=\""));
        let mut out = String::with_capacity(xml.len() + xml.len() / 16);
        let mut rest = xml;
        while let Some(at) = rest.find("<w:") {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let start = known.iter().find(|start| from.starts_with(start.as_str()));
            let value = start.and_then(|start| Some((start.as_str(), from[start.len()..].split_once('"')?)));
            let Some((start, (value, after))) = value else {
                out.push_str(&from[..3]);
                rest = &from[3..];
                continue;
            };
            out.push_str(start);
            match start {
                "<w:numId w:val=\"" => out.push_str(&moved(value, first_list)),
                "<w:color w:val=\"" => out.push_str(self.styles.palette.of_template(value)),
                _ => out.push_str(self.styles.ids.get(value).map_or(value, String::as_str)),
            }
            out.push('"');
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The lists' part, and what is added to our numbers of definitions and of lists; `None` where the part is ours.
    pub fn numbering(&self) -> Option<&Numbering> {
        self.numbering.as_ref()
    }

    /// How many levels of headings the template counts itself as the tree does.
    pub fn counted_levels(&self) -> usize {
        self.counted
    }

    /// Whether headings of the front matter would be counted, as styles are that rest on those of chapters.
    pub fn counts_front_headings(&self) -> bool {
        self.styles.list("FrontHeading").is_some() || self.styles.list("TOCHeading").is_some()
    }

    /// Where the tab stops of a style of ours stand.
    pub fn tabs(&self, style: &str) -> Vec<u32> {
        self.styles.tabs(style).into_iter().map(|stop| stop.position).collect()
    }

    /// How wide the template's text is, against that of the built-in look.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// How high a line of the template's text is, against that of the built-in look.
    pub fn line(&self) -> f32 {
        self.line
    }

    /// The room for the number of a heading on this level, where the built-in look has so much.
    pub fn number_width(&self, level: usize, built_in: u32) -> u32 {
        let Some((own, _, _)) = own_styles::HEADING_LOOK.get(level) else { return built_in };
        let size = self.styles.size(own_styles::HEADINGS[level]).unwrap_or(*own);
        let scale = (size as f32 / *own as f32 * self.width).max(1.0);
        (built_in as f32 * scale) as u32
    }

    /// What a heading's paragraph has to say that its style in the template does not, and whether it has to start a page.
    pub fn heading(&self, level: usize) -> (ParagraphProperties<'static>, bool) {
        self.headings.get(level).copied().unwrap_or_default()
    }

    /// Tabs and indent of an entry of the contents whose number is so wide, as Word itself writes them to each entry.
    pub fn contents_entry(&self, style: &str, number: u32) -> Option<(Vec<Tab>, Indent)> {
        let (text, has_page_tab) = *self.entries.get(style)?;
        let mut tabs = vec![Tab { kind: "left", dotted: false, position: text + number }];
        if !has_page_tab {
            tabs.push(Tab { kind: "right", dotted: true, position: self.page(Orientation::Portrait).text_width() });
        }
        Some((tabs, Indent { left: Some(text + number), right: None, hanging: Some(number) }))
    }

    /// A document's parts: the template's, with what the document adds to them.
    pub fn package(&self, mut written: Written<'_>) -> Vec<Part> {
        let mut package = self.package.clone();
        let facts = Facts { publisher: written.publisher, metadata: written.metadata };
        let main = package.main.clone();
        self.put_parts(&mut package, &mut written);
        let own = |kind: &str| Some(format!("{}.{kind}+xml", out::WORD));
        let mut relationships = written.relationships;
        for (kind, bytes) in [("numbering", written.numbering), ("footnotes", written.notes)] {
            let name = package.related(&main, kind).unwrap_or_else(|| {
                let file = format!("{kind}.xml");
                relationships.part(kind, &file);
                self.beside(&file)
            });
            package.put(&name, bytes, own(kind).as_deref());
        }
        package.put(&main, written.text, None);
        put_relations(&mut package, &main, relationships);
        let notes = self.notes_name();
        put_relations(&mut package, &notes, written.note_relationships);
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
            if let Some(kind) = out::content_type(&part.name) {
                package.put(&name, part.bytes, Some(&kind));
            } else {
                let ending = name.rsplit('.').next().unwrap_or_default();
                package.set_ending(ending, if ending == "png" { "image/png" } else { "image/jpeg" });
                package.put(&name, part.bytes, None);
            }
        }
    }

    /// The name of a part in the folder of the text's part.
    fn beside(&self, file: &str) -> String {
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
                let mut relationships =
                    package.relations("").map(|known| Relationships::after(known.len() + 100)).unwrap_or_default();
                relationships.part("core-properties", &name);
                put_relations(package, "", relationships);
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

/// The number of a list of ours among the template's; list 0 is none, also there.
fn moved(list: &str, first: u32) -> String {
    let number: u32 = list.parse().unwrap_or(0);
    if number == 0 { String::from("0") } else { (number + first).to_string() }
}

/// What a heading's paragraph has to say that the template's style for it does not, and whether it has to start a page.
fn heading(styles: &Styles, level: usize, id: &str) -> (ParagraphProperties<'static>, bool) {
    let properties = ParagraphProperties {
        keep_next: !styles.says(id, "w:keepNext"),
        keep_lines: !styles.says(id, "w:keepLines"),
        outline: (!styles.is_heading(id)).then_some(level as u8),
        ..Default::default()
    };
    (properties, level == 0 && !styles.says(id, "w:pageBreakBefore"))
}

/// Where the text of an entry of the contents starts in the template's style, and whether that has a tab for the page.
/// A style that was added has both as we want them.
fn entry(styles: &Styles, ours: &str) -> Option<(String, (u32, bool))> {
    let id = styles.ids.get(ours).filter(|_| !styles.added.contains(ours))?;
    let indent = |key: &str| styles.property(id, &["w:pPr", "w:ind"], key)?.parse::<u32>().ok();
    let left = indent("w:left").or_else(|| indent("w:start")).unwrap_or(0);
    let text = left.saturating_sub(indent("w:hanging").unwrap_or(0));
    let has_page_tab = styles.tabs(ours).iter().any(|stop| stop.kind == "right" || stop.kind == "end");
    Some((ours.to_owned(), (text, has_page_tab)))
}

/// The text's part up to its body.
fn opening(document: &Tree) -> String {
    let mut opening = document.opening();
    let before =
        document.root.children.iter().take_while(|node| !matches!(node, Node::Element(e) if e.name() == "w:body"));
    before.for_each(|node| node.write(&mut opening));
    opening
}

/// Adds relationships to those that a part has.
fn put_relations(package: &mut Package, of: &str, new: Relationships) {
    let mut known = package.relations(of).unwrap_or_default();
    let before = known.len();
    known.extend(new.relations().map(|(id, kind, target, external)| Relation { id, kind, target, external }));
    if known.len() == before {
        return;
    }
    let mut xml = Xml::part("Relationships", &[("xmlns", &out::RELATIONSHIPS)]);
    for Relation { id, kind, target, external } in &known {
        let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("Id", id), ("Type", kind), ("Target", target)];
        if *external {
            attributes.push(("TargetMode", &"External"));
        }
        xml.empty("Relationship", &attributes);
    }
    let kind = "application/vnd.openxmlformats-package.relationships+xml";
    package.set_ending("rels", kind);
    package.put(&relations_of(of), xml.finish("Relationships"), None);
}

/// Sees to it that the prefixes that we write are those of the part. Programs other than Word may use others.
fn bind_namespaces(root: &mut Element, part: &str) -> Result<(), Unusable> {
    for (name, uri) in NAMESPACES {
        let uri = uri.to_string();
        match root.attribute(name) {
            Some(known) if known == uri && root.name().starts_with("w:") => {}
            None if name != "xmlns:w" => root.set(name, &uri),
            _ => {
                return Err(Unusable::new(
                    &format!("delen {part} i filen är skriven med andra namnrymder än Words vanliga"),
                    "öppna filen i Word, spara om den som .docx eller .dotx och försök igen",
                ));
            }
        }
    }
    Ok(())
}

/// The same for a part that gets nothing but paragraphs and properties.
fn bind_if_needed(root: &mut Element, part: &str) -> Result<(), Unusable> {
    let words = NAMESPACES[0].1.to_string();
    if root.name().starts_with("w:") && root.attribute("xmlns:w") == Some(words) {
        return Ok(());
    }
    bind_namespaces(root, part)
}

/// A part of the template that is to be added to.
fn part_to_change(package: &Package, kind: &str) -> Result<Option<(String, Tree)>, Unusable> {
    let Some(name) = package.related(&package.main, kind) else { return Ok(None) };
    let Some(mut tree) = package.tree(&name)? else { return Ok(None) };
    bind_if_needed(&mut tree.root, &name)?;
    Ok(Some((name, tree)))
}

fn merged_styles(
    package: &mut Package,
    formats: &BTreeMap<String, String>,
    remarks: &mut Vec<Remark>,
) -> Result<Styles, Unusable> {
    let (name, tree) = match part_to_change(package, "styles")? {
        Some(known) => known,
        None => without_styles(package)?,
    };
    let theme = theme_of(package)?;
    // Where tabs stand is settled again where they are written, by the template's pages.
    let ours = own_styles::part(Page::built_in(Orientation::Portrait).text_width());
    let styles = Styles::merge(tree, &ours, formats, theme.as_ref(), remarks)?;
    package.put(&name, styles.to_bytes(), None);
    Ok(styles)
}

/// A part for styles where the template has none.
fn without_styles(package: &mut Package) -> Result<(String, Tree), Unusable> {
    let main = package.main.clone();
    let mut new = Relationships::after(greatest_number(&package.relations(&main)?));
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = package.free_name(format!("{folder}/styles.xml").trim_start_matches('/'));
    new.part("styles", name.rsplit('/').next().unwrap_or(&name));
    put_relations(package, &main, new);
    let part = Xml::part("w:styles", &NAMESPACES).finish("w:styles");
    let tree = Tree::parse(&part).map_err(|error| Unusable::new(&error, ""))?;
    package.put(&name, part, Some(&format!("{}.styles+xml", out::WORD)));
    Ok((name, tree))
}

fn theme_of(package: &Package) -> Result<Option<Tree>, Unusable> {
    package.related(&package.main, "theme").map_or(Ok(None), |name| package.tree(&name))
}

fn lists_of(package: &Package, styles: &Styles) -> Result<(Option<Numbering>, usize), Unusable> {
    let Some((_, tree)) = part_to_change(package, "numbering")? else { return Ok((None, 0)) };
    Ok((Some(Numbering::of(&tree)), lists::counted_levels(&tree, styles, &own_styles::HEADINGS)))
}

/// The notes' part up to its end, and the greatest number of a note in it. Notes to text that is not kept go with it:
/// LibreOffice would show them in the place of ours.
fn notes_of(package: &Package, kept: &Kept) -> Result<Option<(String, u32)>, Unusable> {
    let Some((name, mut tree)) = part_to_change(package, "footnotes")? else { return Ok(None) };
    bind_namespaces(&mut tree.root, &name)?;
    tree.root.children.retain(|node| match node {
        Node::Element(note) => note.attribute("w:type").is_some() || kept.refers_to_note(note.attribute("w:id")),
        Node::Raw(_) => true,
    });
    let numbers = tree.root.elements().filter_map(|note| note.attribute("w:id")?.parse::<i64>().ok());
    let last = numbers.max().and_then(|last| u32::try_from(last).ok()).unwrap_or(0);
    let mut opening = tree.opening();
    tree.root.write_content(&mut opening);
    Ok(Some((opening, last)))
}

fn amend_settings(package: &mut Package, own_notes: bool, remarks: &mut Vec<Remark>) -> Result<(), Unusable> {
    let Some((name, mut tree)) = part_to_change(package, "settings")? else { return Ok(()) };
    settings::amended(&mut tree, own_notes, remarks);
    package.put(&name, tree.to_bytes(), None);
    let relations = relations_of(&name);
    if let Some(part) = package.part(&relations) {
        let bytes = settings::relations(&part.bytes)?;
        package.put(&relations, bytes, None);
    }
    Ok(())
}

/// Gives turned pages headers and footers of their own where the template's would end in the middle of them.
fn widen_marks(package: &mut Package, sections: &mut pages::Sections, styles: &Styles) -> Result<(), Unusable> {
    let main = package.main.clone();
    let relations = package.relations(&main)?;
    let (from, to) = (sections.page(Orientation::Portrait), sections.page(Orientation::Landscape));
    let mut new = Relationships::after(greatest_number(&relations));
    for reference in sections.turned_references() {
        let id = reference.attribute("r:id");
        let Some(relation) = relations.iter().find(|relation| id.as_ref() == Some(&relation.id)) else { continue };
        let name = package::resolve(&main, &relation.target);
        let Some(mut tree) = package.tree(&name)? else { continue };
        bind_if_needed(&mut tree.root, &name)?;
        let Some(wide) = wide::widened(&tree, styles, from.text_width(), to.text_width()) else { continue };
        let copy = package.copy(&name, wide.to_bytes());
        let kind = if reference.name() == "w:headerReference" { "header" } else { "footer" };
        let folder = main.rsplit_once('/').map_or(0, |(folder, _)| folder.len() + 1);
        let target = copy.get(folder..).unwrap_or_default();
        reference.set("r:id", &new.part(kind, target));
    }
    put_relations(package, &main, new);
    Ok(())
}

fn greatest_number(relations: &[Relation]) -> usize {
    let number = |relation: &Relation| relation.id.trim_start_matches(|char: char| !char.is_ascii_digit()).parse().ok();
    relations.iter().filter_map(number).max().unwrap_or(0)
}

/// Headers and footers of the template.
fn marks_of(package: &Package) -> Result<Vec<(String, Tree, bool)>, Unusable> {
    let mut marks = Vec::new();
    for relation in package.relations(&package.main)? {
        let is_header = relation.kind.ends_with("/header");
        if is_header || relation.kind.ends_with("/footer") {
            let name = package::resolve(&package.main, &relation.target);
            if let Some(mut tree) = package.tree(&name)? {
                bind_if_needed(&mut tree.root, &name)?;
                marks.push((name, tree, is_header));
            }
        }
    }
    Ok(marks)
}

/// What of the template's text stays.
struct Kept {
    before: Vec<Node>,
    after: Vec<Node>,
    has_cover: bool,
    ends_page: bool,
}

/// Numbers in what is kept of the template's text are raised by this, so that they are none of ours.
const RAISED: u64 = 1_000_000;

impl Kept {
    fn of(body: &Element) -> Kept {
        let nodes: Vec<&Node> =
            body.children.iter().filter(|node| !matches!(node, Node::Element(e) if e.name() == "w:sectPr")).collect();
        let has = |node: &Node, test: fn(&Element) -> bool| matches!(node, Node::Element(element) if element.any(test));
        let place = nodes.iter().position(|node| has(node, is_place_of_text));
        let end = place.unwrap_or_else(|| cover_end(&nodes));
        let keep = |nodes: &[&Node]| -> Vec<Node> { nodes.iter().map(|node| raised(node)).collect() };
        let before = keep(&nodes[..end]);
        let has_text = before.iter().any(|node| matches!(node, Node::Element(_)));
        Kept {
            ends_page: has_text
                && before.iter().rev().find(|node| matches!(node, Node::Element(_))).is_some_and(ends_page),
            has_cover: has_text,
            after: place.map_or_else(Vec::new, |place| keep(&nodes[place + 1..])),
            before,
        }
    }
}

impl Kept {
    fn refers_to_note(&self, id: Option<String>) -> bool {
        let refers = |element: &Element| element.name() == "w:footnoteReference" && element.attribute("w:id") == id;
        let mut nodes = self.before.iter().chain(&self.after);
        nodes.any(|node| matches!(node, Node::Element(element) if element.any(refers)))
    }
}

/// Where the cover ends: with the first page or section break after its first control, before the first paragraph that
/// starts a page or a contents table; or else with its last control.
fn cover_end(nodes: &[&Node]) -> usize {
    let is_cover = |node: &&Node| matches!(node, Node::Element(element) if element.any(is_of_cover));
    let Some(first) = nodes.iter().position(is_cover) else { return 0 };
    let last = nodes.iter().rposition(is_cover).unwrap_or(first);
    let ends = nodes[first..].iter().position(|node| ends_page(node)).map(|at| first + at + 1);
    let starts = nodes[first + 1..].iter().position(|node| starts_page(node)).map(|at| first + 1 + at);
    ends.into_iter().chain(starts).min().unwrap_or(last + 1)
}

/// Whether a block starts a page by itself, or is a contents table.
fn starts_page(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    let gallery = element.path(&["w:sdtPr", "w:docPartObj", "w:docPartGallery"]).and_then(Element::value);
    element.path(&["w:pPr", "w:pageBreakBefore"]).is_some() || gallery.as_deref() == Some("Table of Contents")
}

/// Whether what follows a block starts a page: a section ends in it, or it ends with a page break.
fn ends_page(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    let is_break = |element: &Element| {
        element.name() == "w:br" && element.attribute("w:type").as_deref() == Some("page")
            || element.name() == "w:sectPr"
    };
    element.any(is_break)
}

fn raised(node: &Node) -> Node {
    let mut node = node.clone();
    if let Node::Element(element) = &mut node {
        element.walk_mut(&mut |element| {
            let key = match element.name() {
                "w:bookmarkStart" | "w:bookmarkEnd" => "w:id",
                "wp:docPr" => "id",
                "w:pgNumType" => return pages::count_on(element),
                _ => return,
            };
            if let Some(number) = element.attribute(key).and_then(|number| number.parse::<u64>().ok()) {
                element.set(key, &(number % RAISED + RAISED).to_string());
            }
        });
    }
    node
}
