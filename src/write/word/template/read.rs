//! Reading a template: what of it is the same in every document is made ready here, once.

use std::collections::BTreeMap;

use super::kept::Kept;
use super::lists::{self, Numbering};
use super::package::Package;
use super::styles::Styles;
use super::tree::{Element, Node, Tree};
use super::{Remark, Template, Unusable, outside, pages, settings, typefaces, wide};
use crate::diagnostic::{Severity, codes};
use crate::office::namespaces;
use crate::office::package::resolved;
use crate::write::word::package as out;
use crate::write::word::properties::ParagraphProperties;
use crate::write::word::sections::Orientation;
use crate::write::word::xml::Xml;
use crate::write::word::{NAMESPACES, styles as own_styles};

impl Template {
    /// Reads a template. `formats` names the template's style for a style of ours. The remarks tell what is added to
    /// it; the error says why it cannot be used.
    pub fn read(bytes: &[u8], formats: &BTreeMap<String, String>) -> Result<(Template, Vec<Remark>), Unusable> {
        let mut package = Package::read(bytes)?;
        let mut remarks = Vec::new();
        remarks.extend(package.forget_comments().then(no_comments));
        let main = package.main.clone();
        let mut document =
            package.tree(&main)?.ok_or_else(|| Unusable::new("filen saknar sin text", "ange en annan fil"))?;
        bind_namespaces(&mut document.root, &main)?;
        let body = document.root.child("w:body").cloned().unwrap_or_else(|| Element::new("w:body"));
        let opening = opening(&document);
        let mut sections = pages::Sections::of(&body);
        remarks.extend((!sections.is_sized).then(no_page_size));
        remarks.extend((!sections.is_roomy).then(no_room));
        let kept = Kept::of(&body);
        outside::forget_sample_text(&mut package, &document, &kept.with(sections.all()));
        let notes = notes_of(&mut package, &kept)?;
        amend_settings(&mut package, notes.is_none(), &mut remarks)?;
        outside::forget_link_base(&mut package)?;
        outside::leave_behind(&mut package)?;
        let text_width = sections.page(Orientation::Portrait).text_width();
        let styles = merged_styles(&mut package, text_width, formats, &mut remarks)?;
        let theme = theme_of(&package)?;
        let (width, line) = typefaces::size(&styles.typeface(theme.as_ref()));
        let (numbering, counted) = lists_of(&package, &styles)?;
        remarks.extend((!kept.has_cover).then(no_cover));
        let turned = widen_marks(&mut package, &mut sections, &styles)?;
        let marks = marks_of(&package)?;
        let (core, custom) = (part_of(&package, "core-properties")?, part_of(&package, "custom-properties")?);
        let (headings, entries) = (headings(&styles), entries(&styles));
        let template = Template {
            sections,
            headings,
            entries,
            opening,
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
            turned,
            core,
            custom,
        };
        Ok((template, remarks))
    }
}

fn no_comments() -> Remark {
    Remark::new(
        codes::WORD_TEMPLATE,
        Severity::Info,
        "Wordmallen har kommentarer; de följer inte med till dokumenten",
        "ta bort dem ur mallen när de är omhändertagna",
    )
}

fn no_page_size() -> Remark {
    Remark::new(
        codes::WORD_TEMPLATE,
        Severity::Warning,
        "Wordmallens sidor har ett mått som Word inte känner till; i stället används det närmaste, eller A4",
        "ställ in pappersstorleken i mallen (Layout > Storlek) och spara om den",
    )
}

fn no_room() -> Remark {
    Remark::new(
        codes::WORD_TEMPLATE,
        Severity::Warning,
        "Wordmallens marginaler lämnar ingen plats för text; i stället används A4 med katalogens egna marginaler",
        "ställ in marginalerna i mallen (Layout > Marginaler) och spara om den",
    )
}

fn no_cover() -> Remark {
    Remark::new(
        codes::WORD_COVER,
        Severity::Info,
        "Wordmallen har ingen försättssida att fylla i; katalogens egen får mallens formatmallar",
        "vill ni ha mallens försättssida: ge dess innehållskontroller taggar som titel, utgåva och status",
    )
}

/// A part that the package itself refers to.
fn part_of(package: &Package, kind: &str) -> Result<Option<(String, Tree)>, Unusable> {
    let Some(name) = package.related("", kind) else { return Ok(None) };
    Ok(package.tree(&name)?.map(|tree| (name, tree)))
}

fn headings(styles: &Styles) -> Vec<(ParagraphProperties<'static>, bool)> {
    own_styles::HEADINGS.iter().enumerate().map(|(level, id)| heading(styles, level, id)).collect()
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

fn entries(styles: &Styles) -> BTreeMap<String, (u32, bool)> {
    own_styles::CONTENTS.iter().chain([&own_styles::LISTED]).filter_map(|id| entry(styles, id)).collect()
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

/// Sees to it that the prefixes that we write are those of the part. Programs other than Word may use others.
fn bind_namespaces(root: &mut Element, part: &str) -> Result<(), Unusable> {
    for (name, uri) in NAMESPACES {
        match root.attribute(name) {
            Some(known) if known == uri && root.name().starts_with("w:") => {}
            None if name != "xmlns:w" => root.set(name, uri),
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
    if root.name().starts_with("w:") && root.attribute("xmlns:w").is_some_and(|words| words == namespaces::MAIN) {
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
    width: u32,
    formats: &BTreeMap<String, String>,
    remarks: &mut Vec<Remark>,
) -> Result<Styles, Unusable> {
    let (name, tree) = match part_to_change(package, "styles")? {
        Some(known) => known,
        None => without_styles(package)?,
    };
    let theme = theme_of(package)?;
    let ours = own_styles::part(width);
    let styles = Styles::merge(tree, &ours, formats, theme.as_ref(), remarks)?;
    package.put(&name, styles.to_bytes(), None);
    Ok(styles)
}

/// A part for styles where the template has none.
fn without_styles(package: &mut Package) -> Result<(String, Tree), Unusable> {
    let main = package.main.clone();
    let mut new = package.more_relationships(&main);
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = package.free_name(format!("{folder}/styles.xml").trim_start_matches('/'));
    new.part("styles", name.rsplit('/').next().unwrap_or(&name));
    package.add_relationships(&main, new);
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
fn notes_of(package: &mut Package, kept: &Kept) -> Result<Option<(String, u32)>, Unusable> {
    let Some((name, mut tree)) = part_to_change(package, "footnotes")? else { return Ok(None) };
    bind_namespaces(&mut tree.root, &name)?;
    tree.root.children.retain(|node| match node {
        Node::Element(note) => note.attribute("w:type").is_some() || kept.refers_to_note(note.attribute("w:id")),
        Node::Raw(_) => true,
    });
    let numbers = tree.root.elements().filter_map(|note| note.attribute("w:id")?.parse::<u32>().ok());
    let last = numbers.filter(|number| *number < super::MOST_NUMBER).max().unwrap_or(0);
    let mut opening = tree.opening();
    tree.root.write_content(&mut opening);
    package.put(&name, tree.to_bytes(), None);
    Ok(Some((opening, last)))
}

fn amend_settings(package: &mut Package, own_notes: bool, remarks: &mut Vec<Remark>) -> Result<(), Unusable> {
    let Some((name, mut tree)) = part_to_change(package, "settings")? else { return Ok(()) };
    settings::amended(&mut tree, own_notes, remarks);
    package.put(&name, tree.to_bytes(), None);
    // Those of the building blocks, of which only what leads elsewhere is taken.
    let blocks = package.related(&package.main, "glossaryDocument");
    if let Some(name) = blocks.and_then(|blocks| package.related(&blocks, "settings"))
        && let Some(mut tree) = package.tree(&name)?
        && tree.root.remove(&settings::NEVER)
    {
        package.put(&name, tree.to_bytes(), None);
    }
    Ok(())
}

/// Gives turned pages headers and footers of their own where the template's would end in the middle of them. Returns their
/// names, and those of the template's that they are made of.
fn widen_marks(
    package: &mut Package,
    sections: &mut pages::Sections,
    styles: &Styles,
) -> Result<Vec<(String, String)>, Unusable> {
    let main = package.main.clone();
    let relations = package.relations(&main);
    let (from, to) = (sections.page(Orientation::Portrait), sections.page(Orientation::Landscape));
    let mut new = package.more_relationships(&main);
    let mut turned = Vec::new();
    for reference in sections.turned_references() {
        let id = reference.attribute("r:id");
        let Some(relation) = relations.iter().find(|relation| id.as_ref() == Some(&relation.id)) else { continue };
        let name = resolved(&main, &relation.target);
        let Some(mut tree) = package.tree(&name)? else { continue };
        bind_if_needed(&mut tree.root, &name)?;
        let Some(wide) = wide::widened(&tree, styles, from.text_width(), to.text_width()) else { continue };
        let copy = package.copy(&name, wide.to_bytes());
        let kind = if reference.name() == "w:headerReference" { "header" } else { "footer" };
        let folder = main.rsplit_once('/').map_or(0, |(folder, _)| folder.len() + 1);
        let target = copy.get(folder..).unwrap_or_default();
        reference.set("r:id", &new.part(kind, target));
        turned.push((copy, name));
    }
    package.add_relationships(&main, new);
    Ok(turned)
}

/// Headers and footers of the template.
fn marks_of(package: &Package) -> Result<Vec<(String, Tree, bool)>, Unusable> {
    let mut marks = Vec::new();
    for relation in package.relations(&package.main) {
        let is_header = relation.is("header");
        if is_header || relation.is("footer") {
            let name = resolved(&package.main, &relation.target);
            if let Some(mut tree) = package.tree(&name)? {
                bind_if_needed(&mut tree.root, &name)?;
                marks.push((name, tree, is_header));
            }
        }
    }
    Ok(marks)
}
