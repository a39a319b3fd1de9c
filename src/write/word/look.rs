//! How documents look: the built-in look, or that of a template. Made once for a build.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::numbering::NO_LIST;
use super::package::{Packer, Part};
use super::properties::{Indent, Numbering, ParagraphProperties, Tab};
use super::sections::{Orientation, Page};
use super::template::{Remark, Template, Unusable};
use super::{settings, styles, theme};

/// What every document of a build is set in.
#[derive(Debug, Default)]
pub struct Look {
    /// The region's own template; without one, the built-in look serves.
    pub(super) template: Option<Template>,
    /// The parts of the built-in look that are the same in every file.
    own_parts: OnceLock<[Part; 4]>,
    /// Packs the files.
    pub(super) packer: Packer,
}

impl Look {
    /// The look of a template, given by the bytes of a .docx or .dotx file. `formats` names the template's style for a
    /// style of ours. The remarks tell what is added to the template; the error says why it cannot be used.
    pub fn of(template: &[u8], formats: &BTreeMap<String, String>) -> Result<(Look, Vec<Remark>), Unusable> {
        let (template, remarks) = Template::read(template, formats)?;
        Ok((Look { template: Some(template), ..Look::default() }, remarks))
    }

    /// The styles, settings, typefaces and theme of the built-in look.
    pub fn own_parts(&self) -> &[Part; 4] {
        self.own_parts.get_or_init(|| {
            let width = self.page(Orientation::Portrait).text_width();
            [
                Part::new("word/styles.xml", styles::part(width)),
                Part::new("word/settings.xml", settings::part()),
                Part::new("word/fontTable.xml", settings::fonts()),
                Part::new("word/theme/theme1.xml", theme::part()),
            ]
        })
    }

    /// What a heading's paragraph has to say because its style does not, and whether it has to start a page.
    pub fn heading(&self, level: usize) -> (ParagraphProperties<'static>, bool) {
        self.template.as_ref().map(|template| template.heading(level)).unwrap_or_default()
    }

    /// The list of a heading of the front matter: none, where its style would have it counted.
    pub fn front_heading(&self) -> Option<Numbering> {
        let counts = self.template.as_ref().is_some_and(Template::counts_front_headings);
        counts.then_some(Numbering { list: NO_LIST, level: 0 })
    }

    /// Tabs and indent of an entry of the contents whose number is so wide, where its style has none that fit; 0 where
    /// there is no number before a tab.
    pub fn contents_entry(&self, style: &str, number: u32) -> Option<(Vec<Tab>, Indent)> {
        self.template.as_ref()?.contents_entry(style, number)
    }

    /// Tab stops of a header or footer of ours, beside those of its style: the last one stands at the right margin.
    pub fn line_tabs(&self, style: &str, orientation: Orientation) -> Vec<Tab> {
        let edge = self.page(orientation).text_width();
        let given = match &self.template {
            Some(template) => template.tabs(style),
            None => vec![Page::built_in(Orientation::Portrait).text_width()],
        };
        if given == [edge] {
            return Vec::new();
        }
        let mut tabs: Vec<Tab> = given
            .into_iter()
            .filter(|position| *position != edge)
            .map(|position| Tab { kind: "clear", dotted: false, position })
            .collect();
        tabs.push(Tab { kind: "right", dotted: false, position: edge });
        // The format wants them in their order on the line.
        tabs.sort_by_key(|tab| tab.position);
        tabs
    }

    /// What is said of a document's parts, with those of the template that it has once more, for turned pages, by the name
    /// that the template has them by.
    pub fn as_in_template(&self, message: String) -> String {
        let turned = self.template.as_ref().map(Template::turned).unwrap_or_default();
        turned.iter().fold(message, |message, (copy, of)| message.replace(copy, of))
    }

    /// How wide text is, against that of the built-in look.
    pub fn width(&self) -> f32 {
        self.template.as_ref().map_or(1.0, Template::width)
    }

    /// How high a line of text is, against that of the built-in look.
    pub fn line(&self) -> f32 {
        self.template.as_ref().map_or(1.0, Template::line)
    }

    /// The page that text stands on which lies in this way.
    pub fn page(&self, orientation: Orientation) -> Page {
        self.template.as_ref().map_or_else(|| Page::built_in(orientation), |template| template.page(orientation))
    }
}
