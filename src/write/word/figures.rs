//! Figures: pictures within the text, with what they show in words.

use std::collections::BTreeMap;

use super::blocks::Frame;
use super::package::Part;
use super::properties::{ParagraphProperties, RunProperties, Spacing};
use super::xml::Xml;
use super::{Writer, emf};
use crate::document::{Drawing, Figure, Picture, PictureKind};
use crate::office::namespaces;
use crate::write::svg;

/// The format's measure for drawings: 635 to a twentieth of a point, 9525 to a pixel on a screen.
const PER_TWIP: u64 = 635;
const PER_PIXEL: u64 = 9525;
/// Letters of an alternative text: longer ones are more than anyone listens to.
const LONGEST_DESCRIPTION: usize = 1500;

/// The pictures that the document shows, by their place in its package.
#[derive(Default)]
pub struct Figures<'a> {
    pictures: Numbered<'a, Picture>,
    drawings: Numbered<'a, Drawing>,
    /// How many figures there are; each has a number of its own.
    count: u32,
}

/// Things in the order that the document first shows them, each once.
struct Numbered<'a, T> {
    things: Vec<&'a T>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<T> Default for Numbered<'_, T> {
    fn default() -> Self {
        Numbered { things: Vec::new(), numbers: BTreeMap::new() }
    }
}

impl<'a, T> Numbered<'a, T> {
    /// The number of the thing with this name, counted from 1.
    fn number(&mut self, name: &'a str, thing: &'a T) -> usize {
        *self.numbers.entry(name).or_insert_with(|| {
            self.things.push(thing);
            self.things.len()
        })
    }

    fn into_numbered(self) -> impl Iterator<Item = (usize, &'a T)> {
        (1..).zip(self.things)
    }
}

impl Figures<'_> {
    /// The parts with the pictures' bytes.
    pub fn into_parts(self) -> impl Iterator<Item = Part> {
        let pictures = self.pictures.into_numbered();
        let pictures = pictures.map(|(number, picture)| (picture_media(number, picture), picture.bytes.clone()));
        let drawings = self.drawings.into_numbered().flat_map(|(number, drawing)| {
            let [metafile, svg] = drawing_media(number);
            [(metafile, emf::file(drawing)), (svg, svg::file(drawing).into_bytes())]
        });
        pictures.chain(drawings).map(|(name, bytes)| Part { name: format!("word/{name}"), bytes })
    }
}

/// Where a picture stands in the package, seen from the text.
fn picture_media(number: usize, picture: &Picture) -> String {
    let ending = match picture.kind {
        PictureKind::Png => "png",
        PictureKind::Jpeg => "jpeg",
    };
    format!("media/picture{number}.{ending}")
}

/// Where the two forms of a drawing stand in the package: what every Word shows, and what newer ones show instead.
fn drawing_media(number: usize) -> [String; 2] {
    ["emf", "svg"].map(|ending| format!("media/drawing{number}.{ending}"))
}

/// What a figure shows, and where that stands in the package.
struct Shown {
    /// Relationship to the picture.
    picture: String,
    /// Relationship to the same as SVG.
    svg: Option<String>,
    description: String,
    /// Width and height on paper, in the format's measure.
    size: (u64, u64),
}

impl Writer<'_> {
    /// A picture above its caption.
    pub fn figure(&mut self, figure: &Figure, frame: Frame) {
        let indent =
            super::properties::Indent { left: (frame.indent > 0).then_some(frame.indent), ..Default::default() };
        let keep_next = figure.caption.is_some();
        let properties = ParagraphProperties { style: Some("Figure"), keep_next, indent, ..Default::default() };
        match self.shown(figure, frame) {
            Some(shown) => {
                self.figures.count += 1;
                let number = self.figures.count;
                self.paragraph(properties, |writer| write_drawing(&mut writer.story.xml, number, &shown));
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
    fn shown(&mut self, figure: &Figure, frame: Frame) -> Option<Shown> {
        let publication = self.publication;
        if let Some((name, picture)) = publication.pictures.get_key_value(&figure.picture) {
            let media = picture_media(self.figures.pictures.number(name, picture), picture);
            return Some(Shown {
                picture: self.story.relationships.part("image", &media),
                svg: None,
                description: figure.description.clone(),
                size: self.size(u64::from(picture.width) * PER_PIXEL, u64::from(picture.height) * PER_PIXEL, frame),
            });
        }
        let (name, drawing) = publication.drawings.get(&figure.picture)?;
        let [metafile, svg] = drawing_media(self.figures.drawings.number(name, drawing));
        let length = |twips: i32| u64::from(twips.unsigned_abs()) * PER_TWIP;
        Some(Shown {
            picture: self.story.relationships.part("image", &metafile),
            svg: Some(self.story.relationships.part("image", &svg)),
            description: shortened(&figure.description),
            size: self.size(length(drawing.width), length(drawing.height), frame),
        })
    }

    /// Width and height on paper: as they are, but no wider than the text and no higher than most of a page.
    fn size(&self, width: u64, height: u64, frame: Frame) -> (u64, u64) {
        let (width, height) = (width.max(1), height.max(1));
        let page = self.look.page(self.sections.orientation());
        let widest = u64::from(frame.width) * PER_TWIP;
        let highest = u64::from(page.text_height()) * PER_TWIP * 4 / 5;
        let (width, height) = if width > widest { (widest, scaled(height, widest, width)) } else { (width, height) };
        if height > highest { (scaled(width, highest, height), highest) } else { (width, height) }
    }
}

/// The sentences of a description that an alternative text has room for; the text around says the rest.
fn shortened(description: &str) -> String {
    const ENDING: &str = " Resten framgår av texten.";
    if description.chars().count() <= LONGEST_DESCRIPTION {
        return description.to_string();
    }
    let room =
        description.char_indices().nth(LONGEST_DESCRIPTION - ENDING.len()).map_or(description.len(), |(at, _)| at);
    let whole = description[..room].rfind(". ").map_or(room, |at| at + 1);
    format!("{}{ENDING}", &description[..whole])
}

/// `length · to / from`, never nothing; pictures' sizes are far from what 128 bits hold.
fn scaled(length: u64, to: u64, from: u64) -> u64 {
    let scaled = u128::from(length) * u128::from(to) / u128::from(from);
    u64::try_from(scaled).unwrap_or(to).max(1)
}

fn write_drawing(xml: &mut Xml, number: u32, shown: &Shown) {
    let Shown { description, size: (width, height), .. } = shown;
    let name = format!("Figur {number}");
    xml.open("w:r", &[]);
    xml.open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", &0), ("distB", &0), ("distL", &0), ("distR", &0)]);
    xml.empty("wp:extent", &[("cx", width), ("cy", height)]);
    xml.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", description)]);
    xml.open("wp:cNvGraphicFramePr", &[]);
    xml.empty("a:graphicFrameLocks", &[("noChangeAspect", &1)]);
    xml.close("wp:cNvGraphicFramePr");
    xml.open("a:graphic", &[]);
    xml.open("a:graphicData", &[("uri", &namespaces::PICTURE)]);
    write_picture(xml, number, &name, shown);
    for name in ["a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r"] {
        xml.close(name);
    }
}

fn write_picture(xml: &mut Xml, number: u32, name: &str, shown: &Shown) {
    let Shown { picture, svg, description, size: (width, height) } = shown;
    xml.open("pic:pic", &[]);
    xml.open("pic:nvPicPr", &[]);
    xml.empty("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", description)]);
    xml.empty("pic:cNvPicPr", &[]);
    xml.close("pic:nvPicPr");
    xml.open("pic:blipFill", &[]);
    write_blip(xml, picture, svg.as_deref());
    xml.open("a:stretch", &[]);
    xml.empty("a:fillRect", &[]);
    xml.close("a:stretch");
    xml.close("pic:blipFill");
    xml.open("pic:spPr", &[]);
    xml.open("a:xfrm", &[]);
    xml.empty("a:off", &[("x", &0), ("y", &0)]);
    xml.empty("a:ext", &[("cx", width), ("cy", height)]);
    xml.close("a:xfrm");
    xml.open("a:prstGeom", &[("prst", &"rect")]);
    xml.empty("a:avLst", &[]);
    xml.close("a:prstGeom");
    xml.close("pic:spPr");
    xml.close("pic:pic");
}

/// The picture, and beside it the SVG that newer programs show in its place.
fn write_blip(xml: &mut Xml, picture: &str, svg: Option<&str>) {
    let Some(svg) = svg else { return xml.empty("a:blip", &[("r:embed", &picture)]) };
    let namespace = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
    xml.open("a:blip", &[("r:embed", &picture)]);
    xml.open("a:extLst", &[]);
    xml.open("a:ext", &[("uri", &"{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
    xml.empty("asvg:svgBlip", &[("xmlns:asvg", &namespace), ("r:embed", &svg)]);
    for name in ["a:ext", "a:extLst", "a:blip"] {
        xml.close(name);
    }
}
