//! Our styles among a template's: which of the template's each of them is, and what has to be added.

use std::collections::{BTreeMap, BTreeSet};

use super::colors::Palette;
use super::names::{is_called, kind_in_words, name, shown};
use super::tree::{Element, Node, Tree};
use super::wide::{Stop, stops};
use super::{Remark, StyleName, Unusable};
use crate::diagnostic::{Severity, codes};
use crate::office::xml::is_off;
use crate::text;
use crate::write::word::sections::{Orientation, Page};
use crate::write::word::styles as own_styles;

/// Without these in a template, a document does not look like its others.
const CARRYING: [&str; 10] =
    ["heading 1", "heading 2", "heading 3", "heading 4", "body text", "caption", "toc 1", "toc 2", "title", "normal"];

/// What is wrong with the names that `formats` has for styles of ours: that can be told without a template.
pub fn unknown(formats: &BTreeMap<String, String>) -> Vec<Remark> {
    if formats.is_empty() {
        return Vec::new();
    }
    let ours = own_styles::part(Page::built_in(Orientation::Portrait).text_width());
    let ours = Tree::parse(&ours).map(|tree| tree.root).unwrap_or_default();
    formats.keys().filter_map(|key| called(&ours, key).err()).collect()
}

/// The style of ours that is called so.
fn called<'a>(ours: &'a Element, key: &str) -> Result<&'a Element, Remark> {
    let styles = || ours.elements().filter(|element| element.name() == "w:style");
    styles().find(|style| is_called(style, key)).ok_or_else(|| {
        let names: Vec<String> = styles().map(shown).collect();
        let help = meant(key, &names).unwrap_or_else(|| format!("format som finns: {}", names.join(", ")));
        let message = format!("dokumenten har ingen formatmall ”{key}”");
        Remark::on_format(StyleName::Ours(key.to_owned()), message, help)
    })
}

/// The template's styles with ours among them.
#[derive(Debug)]
pub struct Styles {
    tree: Tree,
    /// The template's id for each id of ours.
    pub ids: BTreeMap<String, String>,
    /// The ids of ours that the template had no style for.
    pub added: BTreeSet<String>,
    pub palette: Palette,
}

/// The typeface and colour of the template's headings, as added styles take them over.
struct HeadingLook<'a> {
    title_align: Option<String>,
    fonts: Option<Element>,
    palette: &'a Palette,
}

impl Styles {
    /// Puts those of `ours`, a part with styles, into `tree` that are missing there. `formats` names the template's
    /// style for a style of ours.
    pub fn merge(
        tree: Tree,
        ours: &[u8],
        formats: &BTreeMap<String, String>,
        theme: Option<&Tree>,
        remarks: &mut Vec<Remark>,
    ) -> Result<Styles, Unusable> {
        let ours = Tree::parse(ours).map_err(|error| Unusable::new(&error, ""))?.root;
        let mut styles = Styles { tree, ids: BTreeMap::new(), added: BTreeSet::new(), palette: Palette::default() };
        let given = styles.given(&ours, formats, remarks);
        for style in ours.elements().filter(|element| element.name() == "w:style") {
            let id = style.attribute("w:styleId").unwrap_or_default();
            match given.get(&id).cloned().or_else(|| styles.find(style)) {
                Some(known) => drop(styles.ids.insert(id, known)),
                None => drop(styles.added.insert(id)),
            }
        }
        styles.body_text_is_normal();
        styles.front_heading_is_that_of_contents();
        let color = styles.ids.get("Heading1").and_then(|id| styles.property(id, &["w:rPr", "w:color"], "w:val"));
        styles.palette = Palette::of(theme, color.as_deref());
        styles.add(&ours);
        styles.report(&ours, remarks);
        styles.set_language();
        Ok(styles)
    }

    /// What `wordformat` says, by our ids.
    fn given(
        &self,
        ours: &Element,
        formats: &BTreeMap<String, String>,
        remarks: &mut Vec<Remark>,
    ) -> BTreeMap<String, String> {
        let mut given = BTreeMap::new();
        for (key, wanted) in formats {
            match self.given_one(ours, key, wanted) {
                Ok((id, known)) => drop(given.insert(id, known)),
                Err(remark) => remarks.push(remark),
            }
        }
        given
    }

    /// Our id of the style called `key`, and the template's of the one called `wanted`.
    fn given_one(&self, ours: &Element, key: &str, wanted: &str) -> Result<(String, String), Remark> {
        let style = called(ours, key)?;
        let kind = style.attribute("w:type");
        let same_kind = || self.all().filter(|known| known.attribute("w:type") == kind);
        let known = same_kind().find(|known| is_called(known, wanted));
        let known = known.and_then(|known| known.attribute("w:styleId")).ok_or_else(|| {
            let names: Vec<String> = same_kind().map(name).collect();
            let as_in_word = || String::from("skriv formatmallens namn som det står i Words lista över formatmallar");
            let kind = kind_in_words(kind.as_deref());
            let message = match wanted.trim() {
                "" => format!("”{key}” har ingen av Wordmallens formatmallar efter sig"),
                wanted => format!("Wordmallen har ingen formatmall ”{wanted}” för {kind}"),
            };
            let key = StyleName::Theirs(key.to_owned());
            Remark::on_format(key, message, meant(wanted, &names).unwrap_or_else(as_in_word))
        })?;
        Ok((style.attribute("w:styleId").unwrap_or_default(), known))
    }

    /// The template's id of a style of ours: by its name, or for what everything is based on, by its being the default.
    fn find(&self, style: &Element) -> Option<String> {
        let kind = style.attribute("w:type");
        let same_kind = self.all().filter(|known| known.attribute("w:type") == kind);
        let is_default = |known: &Element| matches!(known.attribute("w:default").as_deref(), Some("1" | "true" | "on"));
        let wanted = name(style);
        let of_name = || {
            let same_name = same_kind.clone().find(|known| name(known).eq_ignore_ascii_case(&wanted));
            same_name.or_else(|| same_kind.clone().find(|known| is_called(known, &wanted)))
        };
        let found = same_kind.clone().find(|known| is_default(style) && is_default(known)).or_else(of_name);
        found.and_then(|known| known.attribute("w:styleId"))
    }

    /// Where the template has no style for body text and its default text has room between paragraphs, that is it.
    fn body_text_is_normal(&mut self) {
        let Some(normal) = self.ids.get("Normal").cloned() else { return };
        let after = self.property(&normal, &["w:pPr", "w:spacing"], "w:after").or_else(|| {
            let defaults = self.tree.root.path(&["w:docDefaults", "w:pPrDefault", "w:pPr", "w:spacing"])?;
            defaults.attribute("w:after")
        });
        if after.and_then(|after| after.parse::<u32>().ok()).is_some_and(|after| after > 0)
            && self.added.remove("BodyText")
        {
            self.ids.insert(String::from("BodyText"), normal);
        }
    }

    /// The front matter has one kind of headings: that which the template gives the contents.
    fn front_heading_is_that_of_contents(&mut self) {
        if let Some(contents) = self.ids.get("TOCHeading").cloned()
            && self.added.remove("FrontHeading")
        {
            self.ids.insert(String::from("FrontHeading"), contents);
        }
    }

    fn add(&mut self, ours: &Element) {
        let mut taken: BTreeSet<String> =
            self.all().filter_map(|style| style.attribute("w:styleId")).map(|id| id.to_lowercase()).collect();
        for id in self.added.clone() {
            let tries = std::iter::once(id.clone()).chain((0..).map(|number| format!("{id}Katalog{number}")));
            let free = tries.into_iter().find(|id| taken.insert(id.to_lowercase())).unwrap_or_default();
            self.ids.insert(id, free);
        }
        let look = HeadingLook { title_align: self.title_align(), fonts: self.heading_fonts(), palette: &self.palette };
        let missing =
            ours.elements().filter(|style| self.added.contains(&style.attribute("w:styleId").unwrap_or_default()));
        let new: Vec<Element> = missing.map(|style| adapted(style, &self.ids, &look)).collect();
        self.tree.root.children.extend(new.into_iter().map(Node::Element));
    }

    /// The typeface of the template's headings, unless it is the theme's.
    fn heading_fonts(&self) -> Option<Element> {
        let heading = self.ids.get("Heading1").filter(|_| !self.added.contains("Heading1"))?;
        self.chain(heading).into_iter().find_map(|style| style.path(&["w:rPr", "w:rFonts"])).cloned()
    }

    fn title_align(&self) -> Option<String> {
        self.property(self.ids.get("Title")?, &["w:pPr", "w:jc"], "w:val")
    }

    fn report(&self, ours: &Element, remarks: &mut Vec<Remark>) {
        let missing =
            ours.elements().filter(|style| self.added.contains(&style.attribute("w:styleId").unwrap_or_default()));
        let (carrying, others): (Vec<&Element>, Vec<&Element>) =
            missing.partition(|style| CARRYING.contains(&name(style).to_lowercase().as_str()));
        // No author has ever seen these.
        let others: Vec<&Element> = others.into_iter().filter(|style| style.attribute("w:default").is_none()).collect();
        let list = |styles: Vec<&Element>| styles.into_iter().map(shown).collect::<Vec<_>>().join(", ");
        if !carrying.is_empty() {
            remarks.push(Remark::new(
                codes::WORD_STYLE_MISSING,
                Severity::Warning,
                format!(
                    "Wordmallen saknar formatmallar som bär upp dokumenten; de inbyggda används: {}",
                    list(carrying)
                ),
                "lägg till dem i mallen, eller peka ut mallens egna med wordformat i katalog.yaml",
            ));
        }
        if !others.is_empty() {
            remarks.push(Remark::new(
                codes::WORD_STYLE_ADDED,
                Severity::Info,
                format!("Wordmallen kompletteras med katalogens egna formatmallar: {}", list(others)),
                "vill ni styra hur de ser ut: lägg till formatmallar med samma namn i mallen, eller använd wordformat",
            ));
        }
    }

    /// Says that text is Swedish unless a style of the template's says otherwise: what is written is.
    fn set_language(&mut self) {
        let language = super::super::LANGUAGE;
        let mut element = &mut self.tree.root;
        for (name, order) in [
            ("w:docDefaults", &["w:docDefaults", "w:latentStyles", "w:style"][..]),
            ("w:rPrDefault", &["w:rPrDefault", "w:pPrDefault"][..]),
            ("w:rPr", &["w:rPr"][..]),
            ("w:lang", RUN_END),
        ] {
            element.add_in_order(Element::new(name), order);
            let Some(child) = element.child_mut(name) else { return };
            element = child;
        }
        element.set("w:val", language);
        let normal = self.ids.get("Normal").cloned();
        for style in self.tree.root.elements_mut().filter(|style| style.attribute("w:styleId") == normal) {
            let language_of = style.child_mut("w:rPr").and_then(|run| run.child_mut("w:lang"));
            if let Some(element) = language_of {
                element.set("w:val", language);
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &Element> + Clone {
        self.tree.root.children.iter().filter_map(|node| match node {
            Node::Element(element) if element.name() == "w:style" => Some(element),
            _ => None,
        })
    }

    /// A style and what it is based on, nearest first.
    fn chain(&self, id: &str) -> Vec<&Element> {
        let mut chain: Vec<&Element> = Vec::new();
        let mut next = Some(id.to_owned());
        while let Some(id) = next {
            let Some(style) = self.all().find(|style| style.attribute("w:styleId").as_deref() == Some(&id)) else {
                break;
            };
            if chain.len() > 20 {
                break;
            }
            chain.push(style);
            next = style.child("w:basedOn").and_then(Element::value);
        }
        chain
    }

    /// What a style says of a property, itself or by what it is based on.
    pub fn property(&self, id: &str, path: &[&str], attribute: &str) -> Option<String> {
        self.chain(id).into_iter().find_map(|style| style.path(path)?.attribute(attribute))
    }

    /// Whether the template says it of a style of ours, which is then written to paragraphs only if it does not.
    pub fn says(&self, ours: &str, property: &str) -> bool {
        let Some(id) = self.ids.get(ours) else { return false };
        let found = self.chain(id).into_iter().find_map(|style| style.path(&["w:pPr", property]));
        found.is_some_and(|element| !element.value().is_some_and(|value| is_off(&value)))
    }

    /// The tab stops of a style of ours.
    pub fn tabs(&self, ours: &str) -> Vec<Stop> {
        self.ids.get(ours).map(|id| self.stops(id)).unwrap_or_default()
    }

    /// The tab stops of a style of the template's.
    pub fn stops(&self, id: &str) -> Vec<Stop> {
        let tabs = self.chain(id).into_iter().filter_map(|style| style.path(&["w:pPr", "w:tabs"]));
        tabs.flat_map(stops).collect()
    }

    /// The size of the type of a style of ours, in half points.
    pub fn size(&self, ours: &str) -> Option<u32> {
        let id = self.ids.get(ours)?;
        let own = self.property(id, &["w:rPr", "w:sz"], "w:val");
        let size = own.or_else(|| self.default_run("w:sz")?.value())?;
        size.parse().ok()
    }

    /// The typeface of the template's text.
    pub fn typeface(&self, theme: Option<&Tree>) -> String {
        let of_theme =
            || theme?.root.path(&["a:themeElements", "a:fontScheme", "a:minorFont", "a:latin"])?.attribute("typeface");
        let text = self.ids.get("BodyText").map(|id| self.chain(id)).unwrap_or_default();
        let fonts = text.into_iter().find_map(|style| style.path(&["w:rPr", "w:rFonts"]));
        let fonts = fonts.or_else(|| self.default_run("w:rFonts"));
        let named = |fonts: &Element| {
            let theme = fonts.attribute("w:asciiTheme").and_then(|_| of_theme());
            theme.or_else(|| fonts.attribute("w:ascii"))
        };
        fonts.and_then(named).unwrap_or_default()
    }

    fn default_run(&self, name: &str) -> Option<&Element> {
        self.tree.root.path(&["w:docDefaults", "w:rPrDefault", "w:rPr", name])
    }

    /// The list and the level that the template counts a style of ours in.
    pub fn list(&self, ours: &str) -> Option<(String, Option<String>)> {
        let id = self.ids.get(ours).filter(|_| !self.added.contains(ours))?;
        let numbering = self.chain(id).into_iter().find_map(|style| style.path(&["w:pPr", "w:numPr"]))?;
        let list = numbering.child("w:numId").and_then(Element::value)?;
        Some((list, numbering.child("w:ilvl").and_then(Element::value)))
    }

    /// Whether Word knows the template's style for one of ours as a heading of that level.
    pub fn is_heading(&self, ours: &str) -> bool {
        let Some(id) = self.ids.get(ours) else { return false };
        self.chain(id).into_iter().any(|style| is_called(style, &ours.replace("Heading", "heading ")))
            || self.says(ours, "w:outlineLvl")
    }

    /// The part.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.tree.to_bytes()
    }
}

/// The end of `w:rPr`, from the language on.
const RUN_END: &[&str] = &["w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath"];

/// A style of ours as it stands in the template: its own colours and typefaces, and references to the template's ids.
fn adapted(style: &Element, ids: &BTreeMap<String, String>, look: &HeadingLook<'_>) -> Element {
    let mut style = style.clone();
    let id = style.attribute("w:styleId").and_then(|id| ids.get(&id)).cloned().unwrap_or_default();
    style.set("w:styleId", &id);
    if ["CoverPublisher", "CoverEdition"].contains(&id.as_str()) {
        align(&mut style, look.title_align.as_deref());
    }
    style.walk_mut(&mut |element| {
        match element.name() {
            "w:basedOn" | "w:next" | "w:link" => {
                let mapped = element.value().and_then(|id| ids.get(&id).cloned());
                mapped.into_iter().for_each(|id| element.set("w:val", &id));
            }
            // Which list counts a heading is said in its paragraph.
            "w:pPr" => drop(element.remove(&["w:numPr"])),
            "w:rFonts" if element.attribute("w:asciiTheme").is_some() => {
                look.fonts.iter().for_each(|fonts| *element = fonts.clone());
            }
            _ => {}
        }
        look.palette.color(element);
    });
    style
}

/// Sets the cover's lines as the template sets the title between them.
fn align(style: &mut Element, align: Option<&str>) {
    if let (Some(align), Some(properties)) = (align, style.child_mut("w:pPr")) {
        // Nothing that these styles say stands after it.
        properties.children.push(Node::Element(Element::new(&format!("w:jc w:val=\"{align}\""))));
    }
}

/// A guess at which of these names was meant.
fn meant(name: &str, names: &[String]) -> Option<String> {
    text::did_you_mean(name, names.iter().map(String::as_str)).map(|near| format!("menade du ”{near}”?"))
}
