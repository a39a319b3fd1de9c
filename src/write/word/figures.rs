//! Figures: pictures within the text, with what they show in words.

use std::collections::BTreeMap;

use super::Writer;
use super::blocks::Frame;
use super::package::Part;
use super::properties::{ParagraphProperties, RunProperties, Spacing};
use super::xml::Xml;
use crate::document::{Figure, Picture, PictureKind};

/// The format's measure for drawings: 635 to a twentieth of a point, 9525 to a pixel on a screen.
const PER_TWIP: u64 = 635;
const PER_PIXEL: u64 = 9525;

/// The pictures that the document shows, by their place in its package.
#[derive(Default)]
pub struct Figures<'a> {
    media: BTreeMap<String, &'a Picture>,
    /// How many drawings there are; each has a number of its own.
    count: u32,
}

impl Figures<'_> {
    /// The parts with the pictures' bytes.
    pub fn into_parts(self) -> impl Iterator<Item = Part> {
        self.media
            .into_iter()
            .map(|(name, picture)| Part { name: format!("word/{name}"), bytes: picture.bytes.clone() })
    }
}

impl Writer<'_> {
    /// A picture above its caption.
    pub fn figure(&mut self, figure: &Figure, frame: Frame) {
        let indent =
            super::properties::Indent { left: (frame.indent > 0).then_some(frame.indent), ..Default::default() };
        let keep_next = figure.caption.is_some();
        let properties = ParagraphProperties { style: Some("Figure"), keep_next, indent, ..Default::default() };
        match self.publication.pictures.get_key_value(&figure.picture) {
            Some((name, picture)) => {
                let media = self.media(name, picture);
                let relationship = self.story.relationships.part("image", &media);
                self.figures.count += 1;
                let (number, size) = (self.figures.count, self.size(picture, frame));
                self.paragraph(properties, |writer| {
                    write_drawing(&mut writer.story.xml, number, &relationship, &figure.description, size);
                });
            }
            // Composing finds missing pictures; should one slip by, the reader has at least its words.
            None => self.paragraph(properties, |writer| {
                let run = RunProperties { italic: true, ..RunProperties::PLAIN };
                writer.text(&figure.description, run);
            }),
        }
        if let Some(caption) = &figure.caption {
            let spacing = Spacing { before: Some(0), after: Some(260), ..Spacing::default() };
            self.caption("Figur", caption, ParagraphProperties { spacing, ..Default::default() });
        }
    }
}

impl<'a> Writer<'a> {
    /// Where a picture stands in the package, seen from the text.
    fn media(&mut self, name: &str, picture: &'a Picture) -> String {
        let number = self.publication.pictures.keys().position(|key| key == name).unwrap_or_default() + 1;
        let ending = match picture.kind {
            PictureKind::Png => "png",
            PictureKind::Jpeg => "jpeg",
        };
        let media = format!("media/picture{number}.{ending}");
        self.figures.media.insert(media.clone(), picture);
        media
    }

    /// Width and height on paper: as on a screen, but no wider than the text and no higher than most of a page.
    fn size(&self, picture: &Picture, frame: Frame) -> (u64, u64) {
        let width = u64::from(picture.width.max(1)) * PER_PIXEL;
        let height = u64::from(picture.height.max(1)) * PER_PIXEL;
        let page = self.look.page(self.sections.orientation());
        let widest = u64::from(frame.width) * PER_TWIP;
        let highest = u64::from(page.text_height()) * PER_TWIP * 4 / 5;
        let (width, height) = if width > widest { (widest, scaled(height, widest, width)) } else { (width, height) };
        if height > highest { (scaled(width, highest, height), highest) } else { (width, height) }
    }
}

/// `length · to / from`, never nothing; pictures' sizes are far from what 128 bits hold.
fn scaled(length: u64, to: u64, from: u64) -> u64 {
    let scaled = u128::from(length) * u128::from(to) / u128::from(from);
    u64::try_from(scaled).unwrap_or(to).max(1)
}

fn write_drawing(xml: &mut Xml, number: u32, relationship: &str, description: &str, (width, height): (u64, u64)) {
    let name = format!("Figur {number}");
    xml.open("w:r", &[]);
    xml.open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)]);
    xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    xml.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", &description)]);
    xml.open("wp:cNvGraphicFramePr", &[]);
    xml.empty("a:graphicFrameLocks", &[("noChangeAspect", &1)]);
    xml.close("wp:cNvGraphicFramePr");
    xml.open("a:graphic", &[]);
    xml.open("a:graphicData", &[("uri", &"http://schemas.openxmlformats.org/drawingml/2006/picture")]);
    xml.open("pic:pic", &[]);
    xml.open("pic:nvPicPr", &[]);
    xml.empty("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", &description)]);
    xml.empty("pic:cNvPicPr", &[]);
    xml.close("pic:nvPicPr");
    xml.open("pic:blipFill", &[]);
    xml.empty("a:blip", &[("r:embed", &relationship)]);
    xml.open("a:stretch", &[]);
    xml.empty("a:fillRect", &[]);
    xml.close("a:stretch");
    xml.close("pic:blipFill");
    xml.open("pic:spPr", &[]);
    xml.open("a:xfrm", &[]);
    xml.empty("a:off", &[("x", &0), ("y", &0)]);
    xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
    xml.close("a:xfrm");
    xml.open("a:prstGeom", &[("prst", &"rect")]);
    xml.empty("a:avLst", &[]);
    xml.close("a:prstGeom");
    for name in ["pic:spPr", "pic:pic", "a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r"] {
        xml.close(name);
    }
}
