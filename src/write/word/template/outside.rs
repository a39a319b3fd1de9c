//! What of a template would have its readers' programs fetch, run or open something that is not in the file: it never
//! comes along to a document.
//!
//! What nothing that is kept refers to is left behind in silence, and so is what only helps whoever writes with the
//! template. What the documents would show or run is refused with its part, since they would lack it otherwise.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Unusable;
use super::package::{Package, SAVE_AGAIN, unreadable};
use super::tree::{Element, Node, Tree};
use crate::office::kinds;
use crate::office::package::{Part, Relationship, resolved, source_of};
use crate::office::xml::{self, Node as Piece, Tag};
use crate::text;

/// So many faults are told at most.
const MOST_TOLD: usize = 8;

/// Relationships of the template's own workshop: its own template, mail merge, a transformation when it is saved, and
/// what adds buttons, keys, panes and programs to Word; and where its signatures are, which hold for no other file.
const WORKSHOP: [&str; 14] = [
    "attachedTemplate",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "mailMergeRecipientData",
    "recipientData",
    "transform",
    "attachedToolbars",
    "keyMapCustomizations",
    "extensibility",
    "userCustomization",
    "customUI",
    "webextensiontaskpanes",
    "webextension",
    "origin",
];

/// Relationships to what another program opens or Word reads as a document of its own, and what it is called.
const OBJECTS: [(&str, &str); 8] = [
    ("oleObject", "ett objekt ur ett annat program"),
    ("package", "ett objekt ur ett annat program"),
    ("control", "en ActiveX-kontroll"),
    ("activeXControlBinary", "en ActiveX-kontroll"),
    ("aFChunk", "ett dokument som infogas när filen öppnas"),
    ("subDocument", "ett underdokument"),
    ("frame", "en ram med en annan fil"),
    ("video", "en video"),
];

/// Fields that fetch something or have another program do so, and the one that sends its text to a printer as commands.
const FETCHING: [&str; 10] =
    ["DDE", "DDEAUTO", "LINK", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DATABASE", "RD", "PRINT"];

/// The elements that are a link for the reader to follow.
const LINKS: [&str; 4] = ["hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"];

/// A template's text with only that in it which is kept, and its package without what only the rest referred to.
pub fn forget_sample_text(package: &mut Package, document: &Tree, kept: &[Node]) {
    let main = package.main.clone();
    let mut left = document.clone();
    if let Some(body) = left.root.child_mut("w:body") {
        body.children = kept.to_vec();
    }
    let still = references(&left.root);
    let gone: Vec<String> = references(&document.root).into_iter().filter(|id| !still.contains(id)).collect();
    let relations: Vec<Relationship> =
        package.relations(&main).into_iter().filter(|relation| !gone.contains(&relation.id)).collect();
    package.put_relations(&main, &relations);
    package.put(&main, left.to_bytes(), None);
}

/// The relationships that elements refer to.
fn references(root: &Element) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    root.walk(&mut |element| {
        let is_reference = |key: &str| key.starts_with("r:") || key == "o:relid";
        ids.extend(element.attributes().into_iter().filter(|(key, _)| is_reference(key)).map(|(_, value)| value));
    });
    ids
}

/// Leaves behind what the documents' links would be taken to begin with: they lead to each other, wherever those lie.
pub fn forget_link_base(package: &mut Package) -> Result<(), Unusable> {
    let is_base = |element: &Element| {
        let of_own =
            || element.attribute("name").is_some_and(|name| BASES.iter().any(|base| name.eq_ignore_ascii_case(base)));
        ["HyperlinkBase", "HLinks"].contains(&element.local_name()) || of_own()
    };
    for kind in ["extended-properties", "custom-properties"] {
        let Some(name) = package.related("", kind) else { continue };
        let Some(mut tree) = package.tree(&name)? else { continue };
        let before = tree.root.children.len();
        tree.root.children.retain(|node| !matches!(node, Node::Element(element) if is_base(element)));
        if tree.root.children.len() < before {
            package.put(&name, tree.to_bytes(), None);
        }
    }
    Ok(())
}

/// What a template's own properties are called that say the same.
const BASES: [&str; 2] = ["_PID_LINKBASE", "_PID_HLINKS"];

/// Leaves behind what leads out of a template, and every part that nothing refers to then. The error names what has to be
/// taken out by whoever knows what it is for, or what keeps Word from opening a document with it.
pub fn leave_behind(package: &mut Package) -> Result<(), Unusable> {
    let (mut faults, mut reached) = (Vec::new(), BTreeSet::from([String::new()]));
    let (mut pictures, mut typefaces) = (BTreeSet::new(), BTreeSet::new());
    let (mut broken, mut roots, mut used) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut next = vec![String::new()];
    while let Some(name) = next.pop() {
        let relations = package.relations(&name);
        let reading = match package.named(&name).filter(|part| package.is_xml(&part.name)) {
            Some(part) => Reading::of(part, &relations)?,
            None => Reading::default(),
        };
        faults.extend(reading.faults.iter().map(|what| told(what, &name)));
        let lower = name.to_lowercase();
        let (is_picture, is_typeface) = (pictures.contains(&lower), typefaces.contains(&lower));
        let fault = package.named(&name).and_then(|part| {
            let kind = || package.type_of(&part.name).unwrap_or_default().to_lowercase();
            match begins_as_markup(&part.bytes) {
                true => fault_of_drawing(part, is_picture),
                false if is_picture => fault_of_picture(part, &kind()),
                false => fault_of_bytes(&kind(), is_typeface),
            }
        });
        faults.extend(fault.map(|what| told(&what, &name)));
        let unrelated = |id: &String| format!("{name} använder relationen {id}, som inte finns");
        broken.extend(reading.unrelated.iter().map(unrelated));
        roots.extend(reading.root.map(|root| (name.to_lowercase(), root)));
        let mut followed = Vec::new();
        for relation in &relations {
            // What is said to be in the file, and is not there, is looked for elsewhere.
            let is_there = || package.named(&resolved(&name, &relation.target)).is_some();
            let is_inside = !relation.external && (relation.target.starts_with('#') || is_there());
            let is_missing = !relation.external && !is_inside && !is_address(&relation.target);
            let relation = &Relationship { external: !is_inside, ..relation.clone() };
            match fate(relation, reading.users.get(&relation.id)) {
                Fate::LeftBehind => continue,
                Fate::Refused(_) if is_missing => {
                    broken.push(format!("{name} hänvisar till {}, som saknas", resolved(&name, &relation.target)));
                }
                Fate::Refused(what) => faults.push(told(&what, &name)),
                Fate::Followed => followed.push(relation.clone()),
            }
            let part = if relation.external { None } else { package.named(&resolved(&name, &relation.target)) };
            pictures.extend(part.filter(|_| relation.is("image")).map(|part| part.name.to_lowercase()));
            typefaces.extend(part.filter(|_| relation.is("font")).map(|part| part.name.to_lowercase()));
            used.extend(part.map(|part| (relation.clone(), part.name.clone())));
            next.extend(part.map(|part| part.name.clone()).filter(|part| reached.insert(part.to_lowercase())));
        }
        if followed.len() < relations.len() {
            package.put_relations(&name, &followed);
        }
    }
    if !faults.is_empty() {
        let (why, help) = ("den skulle få läsarnas datorer att hämta eller köra något annat än filen", TAKE_OUT);
        return Err(refused(why, faults, help));
    }
    broken.extend(used.iter().filter_map(|(relation, part)| {
        let root = roots.get(&part.to_lowercase()).map(String::as_str);
        let fault = kinds::fault(relation, package.type_of(part).as_deref(), root)?;
        Some(format!("{part} {fault}"))
    }));
    if !broken.is_empty() {
        return Err(refused("den är inte hel", broken, SAVE_AGAIN));
    }
    package.retain(|name| reached.contains(&source_of(name).as_deref().unwrap_or(name).to_lowercase()));
    Ok(())
}

/// What becomes of a relationship.
enum Fate {
    Followed,
    LeftBehind,
    /// What it leads to.
    Refused(String),
}

/// What becomes of a relationship that elements of these names use.
fn fate(relation: &Relationship, users: Option<&BTreeSet<String>>) -> Fate {
    // Nothing refers to macros, and they are run.
    if relation.is("vbaProject") {
        return Fate::Refused(String::from("makron"));
    }
    if WORKSHOP.iter().any(|kind| relation.is(kind)) {
        return Fate::LeftBehind;
    }
    let object = OBJECTS.iter().find(|(kind, _)| relation.is(kind)).map(|(_, what)| *what);
    if !relation.external && object.is_none() {
        return Fate::Followed;
    }
    let Some(users) = users else { return Fate::LeftBehind };
    let is_link = relation.is("hyperlink") && users.iter().all(|user| LINKS.contains(&user.as_str()));
    if is_link && text::is_for_readers(&relation.target) {
        return Fate::Followed;
    }
    let what = object.unwrap_or(match relation.kind.rsplit('/').next() {
        Some("image") => "en bild som inte ligger i filen",
        Some("hyperlink") => LINK,
        _ => "något som inte ligger i filen",
    });
    let address = if relation.external { format!(", {}", quoted(&relation.target)) } else { String::new() };
    Fate::Refused(format!("{what}{address}"))
}

/// Whether what is said to be a part is an address, or a path on some computer.
fn is_address(target: &str) -> bool {
    target.contains([':', '\\']) || target.starts_with("//")
}

/// What is wrong with a part that is no markup, by its type: nothing but pictures, typefaces and a printer's settings are
/// parts of a text. Some programs do not say more of a typeface than that it is bytes.
fn fault_of_bytes(kind: &str, is_typeface: bool) -> Option<String> {
    let is_known = kind.starts_with("image/")
        || ["xml", "printersettings"].iter().any(|end| kind.ends_with(end))
        || ["font", "opentype", "truetype"].iter().any(|word| kind.contains(word))
        || is_typeface && kind == "application/octet-stream";
    (!is_known).then(|| format!("något som varken är text, bild eller typsnitt ({kind})"))
}

/// What is wrong with a part that is no markup and shown as a picture.
fn fault_of_picture(part: &Part, kind: &str) -> Option<String> {
    if EPS.iter().any(|start| part.bytes.starts_with(start)) {
        return Some(String::from("en bild i EPS, som är ett program (PostScript) och som Word inte längre visar"));
    }
    (!kinds::may_be_picture(kind, &part.bytes)).then(|| String::from(NO_PICTURE))
}

/// How a picture in PostScript begins, with another beside it for the screen or without.
const EPS: [&[u8]; 2] = [b"%!PS", b"\xC5\xD0\xD3\xC6"];

/// What is wrong with what is shown as a picture and is none.
const NO_PICTURE: &str = "en bild som inte går att läsa som en bild";

const LINK: &str = "en länk som inte leder till webben eller en e-postadress";

/// What is wrong with a part that is a drawing as SVG, whatever its name says: it can have programs, and fetch pictures.
/// So can anything else that is markup and shown as a picture.
fn fault_of_drawing(part: &Part, is_picture: bool) -> Option<String> {
    let mut drawing = Drawing::default();
    let read = xml::read(&without_doctype(&part.bytes), |piece| drawing.see(piece));
    if !drawing.is_drawing && !is_picture {
        return None;
    }
    // Its style is all there first at its end.
    let styles = std::mem::take(&mut drawing.styles);
    drawing.style(&styles);
    if drawing.fault.is_none() && (read.unsound().is_some() || !drawing.is_drawing) {
        return Some(String::from(NO_PICTURE));
    }
    // The same in whatever way it is written: the zeros of UTF-16 are left out.
    let bytes: Vec<u8> = part.bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let has_sheet = bytes.windows(STYLE_SHEET.len()).any(|window| window == STYLE_SHEET);
    drawing.fault.or_else(|| has_sheet.then(|| String::from("en bild med en stilmall som inte ligger i filen")))
}

/// Namespaces of what a drawing may have in it: the drawing itself, and what programs note for themselves, which nobody shows.
/// Any other may be of something that is shown and fetches, as HTML is.
const NAMESPACES: [&str; 22] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://sodipodi.sourceforge.net/",
    "http://inkscape.sourceforge.net/",
    "http://www.inkscape.org/",
    "http://ns.adobe.com/",
    "adobe:ns:meta/",
    "http://iptc.org/",
    "http://schemas.microsoft.com/",
    "http://xml.openoffice.org/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.serif.com/",
    "http://www.corel.com/",
    "http://www.figma.com/",
    "http://vectornator.io/",
    "https://boxy-svg.com/",
    "http://krita.org/",
];

/// Attributes that are words or addresses, and no styles; so are those with a prefix or for programs.
const WORDS: [&str; 6] = ["id", "class", "href", "src", "content", "xmlns"];

/// What fetches by a text within its brackets, beside `url(`, or runs.
const FUNCTIONS: [&str; 6] = ["image(", "image-set(", "src(", "progid:", "expression(", "@import"];

/// The instruction that fetches a style.
const STYLE_SHEET: &[u8] = b"<?xml-stylesheet";

fn begins_as_markup(bytes: &[u8]) -> bool {
    let is_marked = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"];
    bytes.trim_ascii_start().starts_with(b"<") || is_marked.iter().any(|mark| bytes.starts_with(mark))
}

/// What has been seen in a drawing.
#[derive(Default)]
struct Drawing {
    has_root: bool,
    is_drawing: bool,
    /// The elements that are open, and whether each is a style.
    open: Vec<bool>,
    /// The prefixes of namespaces that are not known, wherever they are declared.
    unknown: Vec<(String, String)>,
    styles: String,
    fault: Option<String>,
}

impl Drawing {
    fn see(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Start(tag) => {
                let (prefix, local) = tag.name.split_once(':').unwrap_or(("", &tag.name));
                self.is_drawing |= !std::mem::replace(&mut self.has_root, true) && local == "svg";
                self.open.push(local == "style");
                self.declare(tag);
                if self.is_drawing && self.fault.is_none() {
                    self.element(prefix, local, tag);
                }
            }
            Piece::End(..) => _ = self.open.pop(),
            Piece::Text(text) if self.open.last() == Some(&true) => self.styles.push_str(text),
            Piece::Text(_) => {}
        }
    }

    /// Notes the namespaces that an element declares and are not known.
    fn declare(&mut self, tag: &Tag<'_>) {
        for (name, address) in tag.attributes() {
            let Some(prefix) = name.strip_prefix("xmlns") else { continue };
            let is_known = address.is_empty() || NAMESPACES.iter().any(|known| address.starts_with(known));
            if !is_known {
                self.unknown.push((prefix.trim_start_matches(':').to_owned(), address.to_owned()));
            }
        }
    }

    fn element(&mut self, prefix: &str, local: &str, tag: &Tag<'_>) {
        let leads_out = |(name, value): &(&str, &str)| {
            let is_source = *name == "href" || name.ends_with(":href") || *name == "src";
            // What `#a` is part of is said elsewhere then.
            is_source && !value.starts_with('#') && !value.starts_with("data:image/") || *name == "xml:base"
        };
        // An address may be put in later.
        let is_moved = |(name, value): &(&str, &str)| {
            *name == "attributeName" && ["href", "src", "base"].iter().any(|end| value.trim_end().ends_with(end))
        };
        // What a prefix of Word's own means otherwise is not told.
        let of_unknown = self.unknown.iter().find(|(known, _)| known == prefix || prefix == "?");
        if ["script", "foreignObject", "handler", "iframe"].contains(&local)
            || tag.attributes().any(|(name, _)| name.starts_with("on"))
        {
            self.fault = Some(String::from("en bild med ett program i sig"));
        } else if let Some((_, address)) =
            tag.attributes().find(|attribute| leads_out(attribute) || is_moved(attribute))
        {
            self.fault = Some(fetching(address));
        } else if let Some((_, address)) = of_unknown {
            self.fault = Some(format!("en bild med något annat än en teckning i sig ({local} ur {})", quoted(address)));
        }
        let is_style = |(name, _): &(&str, &str)| {
            let is_of_programs = name.contains(':') || name.starts_with("aria-") || name.starts_with("data-");
            !is_of_programs && !WORDS.contains(name)
        };
        tag.attributes().filter(is_style).for_each(|(_, value)| self.style(value));
    }

    /// Looks for what a style fetches, whatever way its letters are written.
    fn style(&mut self, style: &str) {
        let style = unescaped(style).to_ascii_lowercase();
        let is_fetching = |statement: &str| {
            let leads_out = |rest: &str| {
                let address = rest.trim_start_matches(|char: char| char.is_whitespace() || "'\"".contains(char));
                !address.starts_with('#') && !address.starts_with("data:")
            };
            // A namespace is a name, which nobody fetches.
            !statement.trim_start().starts_with("@namespace")
                && (FUNCTIONS.iter().any(|function| statement.contains(function))
                    || statement.split("url(").skip(1).any(leads_out))
        };
        let fault = style.split([';', '{', '}']).find(|statement| is_fetching(statement));
        self.fault = self.fault.take().or(fault.map(|statement| fetching(statement.trim())));
    }
}

/// A style in which no letter is given by its number, as `\\72` for `r`.
fn unescaped(style: &str) -> String {
    let mut pieces = style.split('\\');
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let digits = piece.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let number = u32::from_str_radix(&piece[..digits], 16).ok().and_then(char::from_u32);
        out.extend(number);
        let rest = &piece[digits..];
        out.push_str(if digits > 0 { rest.strip_prefix([' ', '\n', '\t']).unwrap_or(rest) } else { rest });
    }
    out
}

/// A drawing without the line that only says which SVG it is, as many programs write it; one with more in it stays.
fn without_doctype(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_start = |window: &[u8]| window == b"<!DOCTYPE";
    let Some(start) = bytes.windows(9).position(is_start) else { return Cow::Borrowed(bytes) };
    let end = bytes[start..].iter().position(|byte| matches!(byte, b'>' | b'[')).map(|end| start + end);
    match end.filter(|end| bytes[*end] == b'>') {
        Some(end) => Cow::Owned([&bytes[..start], &bytes[end + 1..]].concat()),
        None => Cow::Borrowed(bytes),
    }
}

fn fetching(what: &str) -> String {
    format!("en bild med något som inte ligger i filen, {}", quoted(what))
}

/// What has been seen in a part.
#[derive(Default)]
struct Reading {
    /// The names of the elements that use a relationship, without prefix, by its id.
    users: BTreeMap<String, BTreeSet<String>>,
    /// Relationships that are used and not there.
    unrelated: BTreeSet<String>,
    /// The element that it begins with.
    root: Option<String>,
    faults: Vec<String>,
    fields: Fields,
}

impl Reading {
    fn of(part: &Part, relations: &[Relationship]) -> Result<Reading, Unusable> {
        let ids: BTreeSet<&str> = relations.iter().map(|relation| relation.id.as_str()).collect();
        let mut reading = Reading::default();
        let (mut is_code, mut is_result) = (false, false);
        let read = xml::read(&part.bytes, |piece| match piece {
            Piece::Start(tag) => {
                is_code = tag.name == "w:instrText" || tag.name == "w:delInstrText";
                is_result = tag.name == "w:t";
                reading.see(tag, &ids);
            }
            Piece::End(..) => (is_code, is_result) = (false, false),
            Piece::Text(text) if is_code || is_result => reading.fields.text(text),
            Piece::Text(_) => {}
        });
        if let Some(fault) = read.unsound() {
            return Err(unreadable(part, &fault));
        }
        let unfinished = std::mem::take(&mut reading.fields.0);
        reading.faults.extend(unfinished.into_iter().flatten().filter_map(|instruction| fault_of_field(&instruction)));
        Ok(reading)
    }

    fn see(&mut self, tag: &Tag<'_>, ids: &BTreeSet<&str>) {
        let (prefix, local) = tag.name.split_once(':').unwrap_or(("", &tag.name));
        if self.root.is_none() {
            self.root = Some(tag.name.to_string());
        }
        for (name, value) in tag.attributes() {
            // Whatever the attribute is called: an id that is there by chance is taken for a use.
            if ids.contains(value) {
                self.users.entry(value.to_owned()).or_default().insert(local.to_owned());
            } else if name.starts_with("r:") && !value.is_empty() {
                self.unrelated.insert(value.to_owned());
            }
            // The older drawings can name a file themselves.
            let is_source = matches!(name, "src" | "o:href" | "o:althref") && matches!(prefix, "v" | "o");
            if is_source && !value.is_empty() {
                self.faults.push(format!("en bild som inte ligger i filen, {}", quoted(value)));
            }
            let is_link = prefix == "v" && name == "href" && !value.starts_with('#');
            if is_link && !text::is_for_readers(value) {
                self.faults.push(format!("{LINK}, {}", quoted(value)));
            }
        }
        match tag.name.as_ref() {
            "w:fldChar" => self.faults.extend(self.fields.mark(tag.get("w:fldCharType").unwrap_or_default())),
            "w:fldSimple" => self.faults.extend(fault_of_field(tag.get("w:instr").unwrap_or_default())),
            _ if local == "webVideoPr" => self.faults.push(String::from("en video")),
            _ => {}
        }
    }
}

/// The fields that have begun and not ended: their instructions, each as long as it is not all there.
#[derive(Default)]
struct Fields(Vec<Option<String>>);

impl Fields {
    /// What is wrong with the field whose instruction ends with this mark.
    fn mark(&mut self, kind: &str) -> Option<String> {
        match kind {
            "begin" => {
                // What the inner field gives is unknown; it is no address on the web.
                self.text(INNER);
                self.0.push(Some(String::new()));
                None
            }
            "separate" => fault_of_field(&self.0.last_mut()?.take()?),
            _ => fault_of_field(&self.0.pop()??),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Some(instruction)) = self.0.last_mut() {
            instruction.push_str(text);
        }
    }
}

/// Stands for what an inner field gives.
const INNER: &str = "\u{FFFC}";

/// What is wrong with a field, if it fetches something or leads elsewhere than to the web.
fn fault_of_field(instruction: &str) -> Option<String> {
    let instruction = instruction.trim_start();
    let end = instruction.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(instruction.len());
    let (name, rest) = instruction.split_at(end);
    // It is what the inner field gives, which is unknown.
    if rest.starts_with(INNER) {
        return Some(String::from("ett fält vars namn kommer ur ett annat fält"));
    }
    let name = name.to_uppercase();
    if FETCHING.contains(&name.as_str()) {
        return Some(format!("fältet {name}"));
    }
    if name != "HYPERLINK" {
        return None;
    }
    let address = addresses(rest).into_iter().find(|address| !text::is_for_readers(address))?;
    Some(format!("{LINK}, {}", quoted(&address)))
}

/// The addresses of a link that is a field, without its switches and what those are followed by.
fn addresses(arguments: &str) -> Vec<String> {
    let (mut addresses, mut rest, mut is_of_switch) = (Vec::new(), arguments.trim_start(), false);
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_at(rest.find(|char: char| char.is_whitespace() || char == '"').unwrap_or(rest.len())),
        };
        let is_switch = !rest.starts_with('"') && word.len() == 2 && word.starts_with('\\');
        if !is_switch && !is_of_switch {
            addresses.push(word.to_owned());
        }
        is_of_switch = is_switch && ["\\l", "\\o", "\\t", "\\s"].contains(&word.to_lowercase().as_str());
        rest = after.trim_start();
    }
    addresses
}

/// An address that is short enough to be quoted.
fn quoted(address: &str) -> String {
    const LONGEST: usize = 80;
    match address.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("”{}…”", &address[..end]),
        None => format!("”{address}”"),
    }
}

fn told(what: &str, part: &str) -> String {
    let part = if part.is_empty() { "paketet" } else { part };
    format!("{part} har {what}")
}

fn refused(why: &str, mut faults: Vec<String>, help: &str) -> Unusable {
    faults.sort();
    faults.dedup();
    let more = faults.len().saturating_sub(MOST_TOLD);
    faults.truncate(MOST_TOLD);
    let more = if more > 0 { format!("; och {more} till") } else { String::new() };
    Unusable::new(&format!("{why}: {}{more}", faults.join("; ")), help)
}

/// What to do about what leads out of the file, or runs.
const TAKE_OUT: &str =
    "ta bort det ur mallen i Word, eller sätt in det som en vanlig bild (Infoga > Bilder, utan länk till filen)";
