//! What a template leaves to be filled in: content controls, and fields that show a property of the document.

use super::tree::{Element, Node};
use crate::document::{APPROVED, Metadata, Publisher, TO_BE_APPROVED};
use crate::text;
use crate::write::word::sender;

/// What the documents know, by what templates call it: small letters, and neither spaces nor signs.
const NAMES: [(&str, Fact); 46] = [
    ("titel", Fact::Title),
    ("title", Fact::Title),
    ("rubrik", Fact::Title),
    ("dokumenttitel", Fact::Title),
    ("undertitel", Fact::Summary),
    ("underrubrik", Fact::Summary),
    ("subtitle", Fact::Summary),
    ("sammanfattning", Fact::Summary),
    ("summary", Fact::Summary),
    ("abstract", Fact::Summary),
    ("utgåva", Fact::Year),
    ("edition", Fact::Year),
    ("version", Fact::Version),
    ("status", Fact::Status),
    ("giltigfrån", Fact::Labelled("Giltig från")),
    ("gällerfrån", Fact::Labelled("Giltig från")),
    ("validfrom", Fact::Labelled("Giltig från")),
    ("giltigtill", Fact::Labelled("Giltig till")),
    ("gällertill", Fact::Labelled("Giltig till")),
    ("validto", Fact::Labelled("Giltig till")),
    ("datum", Fact::Date),
    ("date", Fact::Date),
    ("publishdate", Fact::Date),
    ("publiceringsdatum", Fact::Date),
    ("handlingstyp", Fact::Labelled("Handlingstyp")),
    ("dokumenttyp", Fact::Labelled("Handlingstyp")),
    ("gällerför", Fact::Labelled("Gäller för")),
    ("avsändare", Fact::Sender),
    ("författare", Fact::Sender),
    ("author", Fact::Sender),
    ("creator", Fact::Sender),
    ("organisation", Fact::Organisation),
    ("organization", Fact::Organisation),
    ("företag", Fact::Organisation),
    ("company", Fact::Organisation),
    ("enhet", Fact::Unit),
    ("department", Fact::Unit),
    ("kontakt", Fact::Contact),
    ("contact", Fact::Contact),
    ("dokumentid", Fact::Labelled("Dokument-ID")),
    ("documentid", Fact::Labelled("Dokument-ID")),
    ("innehållsansvar", Fact::Labelled("Innehållsansvar")),
    ("innehållsansvarig", Fact::Labelled("Innehållsansvar")),
    ("godkändav", Fact::Approver),
    ("approvedby", Fact::Approver),
    ("beslut", Fact::Labelled("Beslut")),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fact {
    Title,
    Summary,
    Year,
    Version,
    Status,
    Date,
    Sender,
    Organisation,
    Unit,
    Contact,
    /// Who has approved it, or will.
    Approver,
    /// What the cover shows under this label.
    Labelled(&'static str),
}

fn fact(name: &str) -> Option<Fact> {
    let plain: String = name.to_lowercase().chars().filter(|char| char.is_alphanumeric()).collect();
    NAMES.iter().find(|(known, _)| *known == plain).map(|(_, fact)| *fact)
}

/// What a document can tell a template.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub publisher: &'a Publisher,
    pub metadata: &'a Metadata,
}

impl Facts<'_> {
    /// The value of what a template calls so; `None` for a name that says nothing to us, and an empty text where the
    /// document has no such value.
    pub fn value(&self, name: &str) -> Option<String> {
        let Facts { publisher, metadata } = self;
        let labelled = |label: &str| {
            let found = metadata.facts.iter().find(|(known, _)| known.eq_ignore_ascii_case(label));
            found.map(|(_, value)| value.clone())
        };
        let day = || metadata.history.last().and_then(|revision| revision.date).or(metadata.valid_from);
        Some(match fact(name)? {
            Fact::Title => metadata.title.clone(),
            Fact::Summary => metadata.summary.clone().unwrap_or_default(),
            Fact::Year => metadata.year.to_string(),
            Fact::Version => metadata.version.clone(),
            Fact::Status => metadata.status.clone(),
            Fact::Date => day().map(text::date).unwrap_or_default(),
            Fact::Sender => sender(publisher, ", "),
            Fact::Organisation => publisher.organisation.clone(),
            Fact::Unit => publisher.unit.clone(),
            Fact::Contact => publisher.contact.clone().unwrap_or_default(),
            Fact::Approver => labelled(APPROVED).or_else(|| labelled(TO_BE_APPROVED)).unwrap_or_default(),
            Fact::Labelled(label) => labelled(label).unwrap_or_default(),
        })
    }
}

/// The properties of a file that Word shows in a control, and that are written there too: what a control is bound to,
/// and what its value is called here.
const BOUND: [(&str, &str); 4] = [
    (":title[", "titel"),
    (":creator[", "avsändare"),
    (":contentStatus[", "status"),
    (":description[", "sammanfattning"),
];
/// Bound to other properties of the file, which are the template's own.
const FILE_PROPERTIES: &str = "coreProperties[";

/// What a content control is filled with, and whether it stays bound to what it is bound to.
struct Filling {
    text: String,
    bound: bool,
}

impl Filling {
    fn of(control: &Element, facts: Facts<'_>) -> Option<Filling> {
        let properties = control.child("w:sdtPr")?;
        if properties.child("w:docPartObj").is_some() {
            return None;
        }
        let path =
            properties.child("w:dataBinding").and_then(|binding| binding.attribute("w:xpath")).unwrap_or_default();
        if let Some((_, name)) =
            BOUND.iter().find(|(property, _)| path.contains(FILE_PROPERTIES) && path.contains(property))
        {
            return Some(Filling { text: facts.value(name)?, bound: true });
        }
        names(control).iter().find_map(|name| facts.value(name)).map(|text| Filling { text, bound: false })
    }
}

/// The names that a content control goes by.
fn names(control: &Element) -> Vec<String> {
    let Some(properties) = control.child("w:sdtPr") else { return Vec::new() };
    ["w:tag", "w:alias"].iter().filter_map(|name| properties.child(name)?.value()).collect()
}

/// Whether this is a control that a cover has: one to fill in, or a cover page of Word's gallery.
pub fn is_of_cover(element: &Element) -> bool {
    if element.name() != "w:sdt" {
        return false;
    }
    let gallery = element.path(&["w:sdtPr", "w:docPartObj", "w:docPartGallery"]).and_then(Element::value);
    let binding = element.path(&["w:sdtPr", "w:dataBinding"]).and_then(|binding| binding.attribute("w:xpath"));
    gallery.as_deref() == Some("Cover Pages")
        || names(element).iter().any(|name| fact(name).is_some())
        || binding.is_some_and(|path| path.contains(FILE_PROPERTIES))
}

/// Whether this is a control for what is called so.
pub fn shows(element: &Element, name: &str) -> bool {
    let wanted = fact(name);
    let path = element
        .path(&["w:sdtPr", "w:dataBinding"])
        .and_then(|binding| binding.attribute("w:xpath"))
        .unwrap_or_default();
    let bound = BOUND.iter().find(|(property, _)| path.contains(FILE_PROPERTIES) && path.contains(property));
    let mut names = names(element);
    names.extend(bound.map(|(_, name)| (*name).to_owned()));
    element.name() == "w:sdt" && wanted.is_some() && names.iter().any(|name| fact(name) == wanted)
}

/// Whether this is the control that marks where the text goes.
pub fn is_place_of_text(element: &Element) -> bool {
    element.name() == "w:sdt"
        && names(element).iter().any(|name| matches!(name.to_lowercase().as_str(), "innehåll" | "katalogens innehåll"))
}

/// Fills in every control and field that is known, and tells whether there was one.
pub fn fill(element: &mut Element, facts: Facts<'_>) -> bool {
    let mut filled = false;
    element.walk_mut(&mut |element| match element.name() {
        "w:sdt" => {
            if let Some(filling) = Filling::of(element, facts) {
                filled = true;
                fill_control(element, &filling);
            }
        }
        "w:fldSimple" => {
            let instruction = element.attribute("w:instr").unwrap_or_default();
            if let Some(text) = shown_by_field(&instruction, facts) {
                filled |= replace_runs(element, &text, false);
            }
        }
        "w:p" => filled |= fill_fields(element, facts),
        _ => {}
    });
    filled
}

fn fill_control(control: &mut Element, filling: &Filling) {
    let mut placeholder = false;
    let mut own = None;
    if let Some(properties) = control.child_mut("w:sdtPr") {
        placeholder = properties.remove(&["w:showingPlcHdr"]);
        if !filling.bound {
            // Word would take the text from there again.
            properties.remove(&["w:dataBinding", "w15:dataBinding"]);
        }
        own = properties.child("w:rPr").cloned();
    }
    let Some(content) = control.child_mut("w:sdtContent") else { return };
    let target = if content.child("w:r").is_some() { Some(content) } else { first_paragraph(content) };
    let Some(target) = target else { return };
    if target.child("w:r").is_none() {
        target.children.push(Node::Element(Element::new("w:r")));
    }
    if let Some(own) = own.filter(|_| placeholder)
        && let Some(run) = target.child_mut("w:r")
    {
        run.remove(&["w:rPr"]);
        run.children.insert(0, Node::Element(own));
    }
    replace_runs(target, &filling.text, placeholder);
}

/// The first paragraph in a control, which is all that is left of its paragraphs.
fn first_paragraph(content: &mut Element) -> Option<&mut Element> {
    let first =
        content.children.iter().position(|node| matches!(node, Node::Element(element) if element.name() == "w:p"));
    match first {
        Some(first) => {
            let mut index = 0;
            content.children.retain(|node| {
                index += 1;
                index - 1 <= first || !matches!(node, Node::Element(element) if element.name() == "w:p")
            });
            content.elements_mut().find(|element| element.name() == "w:p")
        }
        None => content.elements_mut().find_map(first_paragraph),
    }
}

/// One run with this text in the place of all of them; it looks as the first did.
fn replace_runs(parent: &mut Element, text: &str, placeholder: bool) -> bool {
    let Some(first) =
        parent.children.iter().position(|node| matches!(node, Node::Element(element) if element.name() == "w:r"))
    else {
        return false;
    };
    let mut properties = parent.child("w:r").and_then(|run| run.child("w:rPr")).cloned();
    if let Some(properties) = properties.as_mut().filter(|_| placeholder) {
        properties.remove(&["w:rStyle"]);
    }
    let run = run(properties.filter(|properties| properties.elements().next().is_some()), text);
    parent.children[first] = Node::Element(run);
    let mut index = 0;
    parent.children.retain(|node| {
        index += 1;
        index - 1 <= first || !matches!(node, Node::Element(element) if element.name() == "w:r")
    });
    true
}

fn run(properties: Option<Element>, text: &str) -> Element {
    let mut words = Element::new("w:t xml:space=\"preserve\"");
    words.children.push(Node::text(text));
    let mut run = Element::new("w:r");
    run.children.extend(properties.map(Node::Element));
    run.children.push(Node::Element(words));
    run
}

/// What a field shows, if it shows a property that we set.
fn shown_by_field(instruction: &str, facts: Facts<'_>) -> Option<String> {
    let mut words = instruction.split_whitespace();
    match words.next()?.to_uppercase().as_str() {
        "TITLE" => facts.value("titel"),
        "AUTHOR" => facts.value("avsändare"),
        "COMMENTS" => facts.value("sammanfattning"),
        "DOCPROPERTY" => {
            let rest = instruction.trim_start().get("DOCPROPERTY".len()..)?.trim_start();
            let name = match rest.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next()?,
                None => rest.split_whitespace().next()?,
            };
            facts.value(name).filter(|text| !text.is_empty())
        }
        _ => None,
    }
}

/// Fields that are written as runs of their own, from begin over separate to end.
fn fill_fields(paragraph: &mut Element, facts: Facts<'_>) -> bool {
    let mut filled = false;
    let (mut instruction, mut wanted) = (String::new(), None::<String>);
    for run in paragraph.elements_mut().filter(|element| element.name() == "w:r") {
        let mark = run.child("w:fldChar").and_then(|mark| mark.attribute("w:fldCharType"));
        match mark.as_deref() {
            Some("begin") => (instruction, wanted) = (String::new(), None),
            Some("separate") => wanted = shown_by_field(&instruction, facts),
            Some(_) => wanted = None,
            None => {
                run.elements()
                    .filter(|element| element.name() == "w:instrText")
                    .for_each(|part| instruction.push_str(&part.text()));
                let texts = run.elements_mut().filter(|element| element.name() == "w:t");
                if let Some(text) = &mut wanted {
                    for element in texts {
                        // All of it stands in the first run.
                        element.set_text(&std::mem::take(text));
                        filled = true;
                    }
                }
            }
        }
    }
    filled
}
