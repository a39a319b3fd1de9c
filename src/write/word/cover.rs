//! The cover, with what there is to know of the document, and the history of its versions on the page after it.

use super::blocks::Frame;
use super::inlines::{write_tab, write_text};
use super::page_marks::PRINTED;
use super::properties::{ParagraphProperties, RunProperties, Spacing};
use super::sections::Orientation;
use super::template::Template;
use super::{Writer, sender, styles};
use crate::document::{Align, Block, Inline, Metadata, Notice, Revision, Table};
use crate::text;
use crate::write::EXAMPLE_NOTICE;

/// Room above a title in a template's style, and between what a cover leaves out and the history of versions.
const ABOVE_TITLE: u32 = 2600;
const AFTER_FACTS: u32 = 480;
/// Room above the title of a document without a cover page.
const ABOVE_SHORT_TITLE: u32 = 240;

impl Writer<'_> {
    /// The first page, unless a template has it.
    pub fn cover(&mut self) {
        let document = self.document;
        let metadata = &document.metadata;
        if let Some(template) = self.look.template.as_ref().filter(|template| template.has_cover()) {
            self.story.page_break = template.needs_page_break();
            return self.beside_cover(template);
        }
        let publisher = &self.publication.publisher;
        self.line("CoverPublisher", &sender(publisher, " · "));
        // A template's title is not made for a cover that has nothing above it, and ours not for a page that goes on.
        let before = match document.contents {
            true => self.look.template.as_ref().map(|_| ABOVE_TITLE),
            false => Some(ABOVE_SHORT_TITLE),
        };
        let spacing = Spacing { before, ..Spacing::default() };
        let properties = ParagraphProperties { style: Some("Title"), spacing, ..Default::default() };
        self.paragraph(properties, |writer| writer.text(&metadata.title, RunProperties::PLAIN));
        if let Some(summary) = &metadata.summary {
            self.line("Subtitle", summary);
        }
        self.edition(metadata);
        for (label, value) in facts(metadata, publisher.contact.as_deref()) {
            self.fact(label, value);
        }
        if metadata.example {
            self.example();
        }
        // A page that goes on has it in its footer.
        if document.contents {
            self.line("CoverRemark", PRINTED);
        }
    }

    /// What a template's cover does not tell, on the page after it.
    fn beside_cover(&mut self, template: &Template) {
        let metadata = &self.document.metadata;
        let contact = self.publication.publisher.contact.as_deref();
        let summary = metadata.summary.as_deref().filter(|_| !template.shows("sammanfattning"));
        let facts: Vec<_> = facts(metadata, contact).filter(|(label, _)| !template.shows(label)).collect();
        if !template.shows("titel") {
            self.line("Title", &metadata.title);
        }
        if metadata.example {
            self.example();
        }
        if summary.is_some() || !facts.is_empty() {
            self.front_heading("Om dokumentet", Spacing::default());
        }
        self.line("BodyText", summary.unwrap_or_default());
        facts.into_iter().for_each(|(label, value)| self.fact(label, value));
        self.line("CoverRemark", PRINTED);
    }

    /// The versions that the document has had, on the page of the contents.
    pub fn history(&mut self) {
        let document = self.document;
        let follows_cover = self.look.template.as_ref().is_some_and(Template::has_cover);
        self.story.page_break |= !follows_cover && document.contents;
        if document.metadata.history.is_empty() {
            return;
        }
        let spacing = Spacing { before: follows_cover.then_some(AFTER_FACTS), ..Spacing::default() };
        self.front_heading("Versionshistorik", spacing);
        self.table(&history(&document.metadata.history), Frame::page(self.look.page(Orientation::Portrait)));
    }

    fn front_heading(&mut self, text: &str, spacing: Spacing) {
        let numbering = self.look.front_heading();
        let properties = ParagraphProperties { style: Some("FrontHeading"), numbering, spacing, ..Default::default() };
        self.paragraph(properties, |writer| writer.text(text, RunProperties::PLAIN));
    }

    fn line(&mut self, style: &str, text: &str) {
        if !text.is_empty() {
            let properties = ParagraphProperties { style: Some(style), ..Default::default() };
            self.paragraph(properties, |writer| writer.text(text, RunProperties::PLAIN));
        }
    }

    /// `UTKAST · Utgåva 2027, version 1.0`.
    fn edition(&mut self, metadata: &Metadata) {
        let draft = draft(metadata);
        let edition = edition(metadata);
        let properties = ParagraphProperties { style: Some("CoverEdition"), ..Default::default() };
        self.paragraph(properties, |writer| {
            if let Some(draft) = draft {
                writer.text(&draft, RunProperties { style: Some("Draft"), ..RunProperties::PLAIN });
                writer.text(" · ", RunProperties::PLAIN);
            }
            writer.text(&edition, RunProperties::PLAIN);
        });
    }

    fn fact(&mut self, label: &str, value: &str) {
        let properties = ParagraphProperties { style: Some("CoverFact"), ..Default::default() };
        self.paragraph(properties, |writer| {
            let label_run = RunProperties { color: Some(styles::MUTED), ..RunProperties::PLAIN };
            write_text(&mut writer.story.xml, label, label_run);
            write_tab(&mut writer.story.xml, label_run);
            writer.text(value, RunProperties::PLAIN);
        });
    }

    fn example(&mut self) {
        let blocks = [Block::Paragraph(vec![Inline::Text(String::from(EXAMPLE_NOTICE))])];
        self.notice(Notice::Important, "Exempeluppgifter", &blocks, Frame::page(self.look.page(Orientation::Portrait)));
    }
}

/// What a document that is not decided is called, loudly; `None` for one that is.
pub fn draft(metadata: &Metadata) -> Option<String> {
    let status = if metadata.status.is_empty() { "Utkast" } else { &metadata.status };
    (!metadata.decided).then(|| status.to_uppercase())
}

/// `Utgåva 2027, version 1.0`.
pub fn edition(metadata: &Metadata) -> String {
    let mut edition = format!("Utgåva {}", metadata.year);
    if !metadata.version.is_empty() {
        edition.push_str(", version ");
        edition.push_str(&metadata.version);
    }
    edition
}

/// Label and value of what the cover tells: the status, what the document says of itself, and whom to ask.
fn facts<'a>(metadata: &'a Metadata, contact: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let status = Some(("Status", metadata.status.as_str())).filter(|(_, status)| !status.is_empty());
    let given = metadata.facts.iter().map(|(label, value)| (label.as_str(), value.as_str()));
    status.into_iter().chain(given).chain(contact.map(|contact| ("Kontakt", contact)))
}

fn history(revisions: &[Revision]) -> Table {
    let cell = |text: String| vec![Inline::Text(text)];
    let date = |revision: &Revision| revision.date.map(text::date).unwrap_or_default();
    let row = |revision: &Revision| {
        [revision.version.clone(), date(revision), revision.issuer.clone(), revision.reason.clone()].map(cell).to_vec()
    };
    Table {
        caption: None,
        columns: vec![Align::Left; 4],
        header: Revision::LABELS.map(|text| cell(String::from(text))).to_vec(),
        rows: revisions.iter().map(row).collect(),
    }
}
