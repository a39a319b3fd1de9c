//! Drawings as enhanced metafiles: what every Word shows, sharp at any size, and a few kilobytes.
//!
//! One unit is a twentieth of a point all through, so no mapping is needed: the file says that its device has 1 440 units
//! an inch. [MS-EMF] names the records.

use crate::document::{Drawing, Frame, Layer, Line, Point, Shape, Style, Words};
use crate::letters;
use crate::write::svg::{CORNER, EDGE, INK, LINE, STROKE, colors};

use super::theme::TYPEFACE;

/// The numbers of the records.
mod record {
    pub const HEADER: u32 = 1;
    pub const POLYGON: u32 = 3;
    pub const POLYLINE: u32 = 4;
    pub const SET_WINDOW_EXTENT: u32 = 9;
    pub const SET_WINDOW_ORIGIN: u32 = 10;
    pub const SET_VIEWPORT_EXTENT: u32 = 11;
    pub const SET_VIEWPORT_ORIGIN: u32 = 12;
    pub const END: u32 = 14;
    pub const SET_MAP_MODE: u32 = 17;
    pub const SET_BACKGROUND_MODE: u32 = 18;
    pub const SET_TEXT_ALIGN: u32 = 22;
    pub const SET_TEXT_COLOR: u32 = 24;
    pub const SELECT_OBJECT: u32 = 37;
    pub const CREATE_PEN: u32 = 38;
    pub const CREATE_BRUSH: u32 = 39;
    pub const ROUND_RECTANGLE: u32 = 44;
    pub const CREATE_FONT: u32 = 82;
    pub const TEXT: u32 = 84;
}

/// Units of the device an inch, and the size of a device that is large enough, in units and in millimetres.
const DEVICE: (i32, i32) = (28_800, 508);
/// Length of the header with both of its extensions.
const HEADER_LENGTH: u32 = 108;
/// A brush that paints nothing, which always exists.
const NO_BRUSH: u32 = 0x8000_0005;
/// A pen that draws nothing, which always exists.
const NO_PEN: u32 = 0x8000_0008;
/// Both axes as the extents say.
const ANISOTROPIC: u32 = 8;
/// Only the letters are painted, not the rectangle behind them.
const TRANSPARENT: u32 = 1;
/// Text begins at its point, on its base line.
const BASELINE: u32 = 24;

/// The metafile of a drawing; the same drawing gives the same bytes.
pub fn file(drawing: &Drawing) -> Vec<u8> {
    let mut emf = Emf::of(drawing);
    emf.header(drawing);
    emf.space(drawing);
    emf.objects();
    for shape in &drawing.shapes {
        match shape {
            Shape::Frame(frame) => emf.frame(frame),
            Shape::Line(line) => emf.line(line),
            Shape::Words(words) => emf.words(words),
        }
    }
    emf.finish()
}

#[derive(Default)]
struct Emf {
    bytes: Vec<u8>,
    records: u32,
    /// Pens, brushes and fonts; the first is number 1.
    objects: u32,
    /// What the drawing has, each with a pen and a brush or with a font.
    layers: Vec<Layer>,
    styles: Vec<Style>,
}

/// All styles.
const STYLES: [Style; 5] = [Style::Heading, Style::Name, Style::Plain, Style::FineName, Style::Fine];

impl Emf {
    fn of(drawing: &Drawing) -> Emf {
        let has_layer = |layer: &Layer| drawing.frames().any(|frame| frame.layer == *layer);
        let has_style = |style: &Style| drawing.words().any(|words| words.style == *style);
        Emf {
            layers: Layer::ALL.into_iter().filter(has_layer).collect(),
            styles: STYLES.into_iter().filter(has_style).collect(),
            ..Emf::default()
        }
    }

    /// The number of a layer's pen; that of its brush is the next.
    fn pen(&self, layer: Layer) -> u32 {
        1 + 2 * self.layers.iter().take_while(|known| **known != layer).count() as u32
    }

    fn line_pen(&self) -> u32 {
        1 + 2 * self.layers.len() as u32
    }

    fn head_brush(&self) -> u32 {
        self.line_pen() + 1
    }

    fn font(&self, style: Style) -> u32 {
        self.head_brush() + 1 + self.styles.iter().take_while(|known| **known != style).count() as u32
    }

    /// A record of 32-bit fields, some of them followed by bytes.
    fn record(&mut self, kind: u32, fields: &[u32], rest: &[u8]) {
        let length = 8 + 4 * fields.len() + rest.len();
        let padding = length.next_multiple_of(4) - length;
        self.u32(kind);
        self.u32((length + padding) as u32);
        fields.iter().for_each(|field| self.u32(*field));
        self.bytes.extend(rest);
        self.bytes.extend(std::iter::repeat_n(0, padding));
        self.records += 1;
    }

    fn u32(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// Sizes and counts that are not known yet are put in by `finish`.
    fn header(&mut self, drawing: &Drawing) {
        let hundredths = |length: i32| (length * 127 / 72) as u32;
        let (pixels, millimetres) = (DEVICE.0 as u32, DEVICE.1 as u32);
        let fields = [
            // Bounds in units, frame in hundredths of a millimetre.
            [0, 0, drawing.width as u32, drawing.height as u32],
            [0, 0, hundredths(drawing.width), hundredths(drawing.height)],
            // Signature, version, length, records.
            [0x464d_4520, 0x0001_0000, 0, 0],
            // Objects, no description, no palette.
            [0, 0, 0, 0],
            [pixels, pixels, millimetres, millimetres],
            // No pixel format, no OpenGL; the device's width in thousandths of a millimetre.
            [0, 0, 0, millimetres * 1000],
        ];
        let fields: Vec<u32> = fields.into_iter().flatten().chain([millimetres * 1000]).collect();
        self.record(record::HEADER, &fields, &[]);
        debug_assert_eq!(self.bytes.len(), HEADER_LENGTH as usize);
    }

    fn space(&mut self, drawing: &Drawing) {
        let size = [drawing.width as u32, drawing.height as u32];
        self.record(record::SET_MAP_MODE, &[ANISOTROPIC], &[]);
        self.record(record::SET_WINDOW_ORIGIN, &[0, 0], &[]);
        self.record(record::SET_WINDOW_EXTENT, &size, &[]);
        self.record(record::SET_VIEWPORT_ORIGIN, &[0, 0], &[]);
        self.record(record::SET_VIEWPORT_EXTENT, &size, &[]);
        self.record(record::SET_BACKGROUND_MODE, &[TRANSPARENT], &[]);
        self.record(record::SET_TEXT_ALIGN, &[BASELINE], &[]);
        self.record(record::SET_TEXT_COLOR, &[color(INK)], &[]);
    }

    fn objects(&mut self) {
        for layer in self.layers.clone() {
            let (surface, edge) = colors(layer);
            self.create_pen(self.pen(layer), EDGE, edge);
            self.create_brush(self.pen(layer) + 1, surface);
        }
        self.create_pen(self.line_pen(), STROKE, LINE);
        self.create_brush(self.head_brush(), LINE);
        self.styles.clone().into_iter().for_each(|style| self.create_font(style));
    }

    fn create_pen(&mut self, number: u32, width: i32, line: u32) {
        self.objects += 1;
        self.record(record::CREATE_PEN, &[number, 0, width as u32, 0, color(line)], &[]);
    }

    fn create_brush(&mut self, number: u32, surface: u32) {
        self.objects += 1;
        self.record(record::CREATE_BRUSH, &[number, 0, color(surface), 0], &[]);
    }

    fn create_font(&mut self, style: Style) {
        self.objects += 1;
        let weight = if style.is_bold() { 700 } else { 400 };
        // A negative height is that of the letters without the space above them.
        let size = (-style.size()) as u32;
        // LOGFONT: height, width, two angles, weight; then italic, underline, strikeout, character set, precision, …
        let mut rest: Vec<u8> = vec![0, 0, 0, 1, 0, 0, 0, 0];
        let mut name: Vec<u16> = TYPEFACE.encode_utf16().collect();
        name.resize(32, 0);
        rest.extend(name.iter().flat_map(|unit| unit.to_le_bytes()));
        // The font's full name, style and design, which need not be given.
        rest.resize(8 + 64 + 228, 0);
        self.record(record::CREATE_FONT, &[self.font(style), size, 0, 0, 0, weight], &rest);
    }

    fn select(&mut self, object: u32) {
        self.record(record::SELECT_OBJECT, &[object], &[]);
    }

    fn frame(&mut self, frame: &Frame) {
        self.select(self.pen(frame.layer));
        self.select(self.pen(frame.layer) + 1);
        let area = frame.area;
        let fields = [area.left, area.top, area.right(), area.bottom(), 2 * CORNER, 2 * CORNER];
        self.record(record::ROUND_RECTANGLE, &fields.map(|field| field as u32), &[]);
        frame.words.iter().for_each(|words| self.words(words));
    }

    fn line(&mut self, line: &Line) {
        self.select(self.line_pen());
        self.select(NO_BRUSH);
        self.points(record::POLYLINE, &line.points);
        if let Some(head) = line.head() {
            self.select(NO_PEN);
            self.select(self.head_brush());
            self.points(record::POLYGON, &head);
        }
    }

    fn points(&mut self, kind: u32, points: &[Point]) {
        let [left, top] =
            [points.iter().map(|p| p.x).min(), points.iter().map(|p| p.y).min()].map(Option::unwrap_or_default);
        let [right, bottom] =
            [points.iter().map(|p| p.x).max(), points.iter().map(|p| p.y).max()].map(Option::unwrap_or_default);
        let mut fields = vec![left as u32, top as u32, right as u32, bottom as u32, points.len() as u32];
        fields.extend(points.iter().flat_map(|point| [point.x as u32, point.y as u32]));
        self.record(kind, &fields, &[]);
    }

    /// A line of text, with the width of each letter, so that it is as wide in any typeface.
    fn words(&mut self, words: &Words) {
        self.select(self.font(words.style));
        let units: Vec<u16> = words.text.encode_utf16().collect();
        let count = units.len() as u32;
        let string = units.len().next_multiple_of(2) * 2;
        // Bounds, mode, scale to hundredths of a millimetre; point, count, offset of the letters; options, rectangle,
        // offset of the widths.
        let scale = (127.0_f32 / 72.0).to_bits();
        let letters_at = 76;
        let fields = [
            [0, 0, u32::MAX, u32::MAX],
            [1, scale, scale, words.left() as u32],
            [words.at.y as u32, count, letters_at, 0],
            [0, 0, u32::MAX, u32::MAX],
        ];
        let mut fields: Vec<u32> = fields.into_iter().flatten().collect();
        fields.push(letters_at + string as u32);
        let mut rest: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        rest.resize(string, 0);
        rest.extend(advances(words).iter().flat_map(|advance| advance.to_le_bytes()));
        self.record(record::TEXT, &fields, &rest);
    }

    fn finish(mut self) -> Vec<u8> {
        self.record(record::END, &[0, 16, 20], &[]);
        let length = self.bytes.len() as u32;
        let mut put = |at: usize, value: u32| self.bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        put(48, length);
        put(52, self.records);
        // The objects and the number 0, which none of them has.
        put(56, self.objects + 1);
        self.bytes
    }
}

/// The width of each unit of a text; together they are the width of the whole, whatever is rounded.
fn advances(words: &Words) -> Vec<i32> {
    let mut sum = 0.0;
    let mut before = 0;
    let mut advances = Vec::new();
    for letter in words.text.chars() {
        sum += letters::width(letter.encode_utf8(&mut [0; 4])) * words.style.scale();
        let now = sum.round() as i32;
        advances.push(now - before);
        before = now;
        // The second half of a letter outside the first plane.
        advances.extend(std::iter::repeat_n(0, letter.len_utf16() - 1));
    }
    advances
}

/// Red, green and blue in the order of the format.
fn color(rgb: u32) -> u32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    u32::from_le_bytes([red, green, blue, 0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Anchor, Area};

    fn drawing() -> Drawing {
        let words = Words {
            text: "Räckvidd – å".to_string(),
            at: Point { x: 900, y: 300 },
            anchor: Anchor::Middle,
            style: Style::Name,
        };
        let frame = Frame {
            area: Area { left: 20, top: 20, width: 1800, height: 500 },
            layer: Layer::Contract,
            words: vec![words],
            target: None,
            title: None,
        };
        let line = Line { points: vec![Point { x: 900, y: 520 }, Point { x: 900, y: 900 }], arrow: true };
        let shapes = vec![Shape::Line(line), Shape::Frame(frame)];
        Drawing { width: 1840, height: 920, description: String::new(), shapes }
    }

    fn number(bytes: &[u8], at: usize) -> u32 {
        u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
    }

    /// The records, as kind and bytes, after they are found to fill the file.
    fn records(bytes: &[u8]) -> Vec<(u32, &[u8])> {
        let mut records = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let length = number(bytes, at + 4) as usize;
            assert!(
                length >= 8 && length.is_multiple_of(4) && at + length <= bytes.len(),
                "a record of {length} bytes at {at}"
            );
            records.push((number(bytes, at), &bytes[at..at + length]));
            at += length;
        }
        records
    }

    #[test]
    fn the_header_counts_what_follows() {
        let bytes = file(&drawing());
        let records = records(&bytes);
        let (kind, header) = records[0];
        assert_eq!((kind, header.len()), (record::HEADER, HEADER_LENGTH as usize));
        assert_eq!(&header[40..44], b" EMF");
        assert_eq!(number(header, 48) as usize, bytes.len());
        assert_eq!(number(header, 52) as usize, records.len());
        let (kind, end) = records[records.len() - 1];
        assert_eq!((kind, number(end, 16) as usize), (record::END, end.len()));
        // 1 840 twentieths of a point are 32.45 mm.
        assert_eq!((number(header, 32), number(header, 36)), (3245, 1622));
    }

    #[test]
    fn every_object_is_made_once_before_it_is_used() {
        let bytes = file(&drawing());
        let mut made = Vec::new();
        for (kind, record) in records(&bytes) {
            let object = || number(record, 8);
            match kind {
                record::CREATE_PEN | record::CREATE_BRUSH | record::CREATE_FONT => {
                    assert!(!made.contains(&object()), "{} is made twice", object());
                    made.push(object());
                }
                record::SELECT_OBJECT => assert!(object() >= 0x8000_0000 || made.contains(&object())),
                _ => {}
            }
        }
        assert!(made.len() < 6, "only what is used is made: {made:?}");
        made.sort();
        let all: Vec<u32> = (1..=made.len() as u32).collect();
        assert_eq!(made, all);
        assert_eq!(number(&bytes, 56) as usize, made.len() + 1);
    }

    #[test]
    fn letters_are_told_as_they_are_with_their_widths() {
        let bytes = file(&drawing());
        let texts: Vec<&[u8]> =
            records(&bytes).into_iter().filter(|(kind, _)| *kind == record::TEXT).map(|(_, bytes)| bytes).collect();
        let [text] = texts.as_slice() else { panic!("there is one text") };
        let (count, letters, widths) = (number(text, 44), number(text, 48) as usize, number(text, 72) as usize);
        let unit = |at: usize| u16::from_le_bytes([text[letters + 2 * at], text[letters + 2 * at + 1]]);
        let units: Vec<u16> = (0..count as usize).map(unit).collect();
        assert_eq!(String::from_utf16_lossy(&units), "Räckvidd – å");
        assert_eq!(text.len(), widths + 4 * count as usize);
        let sum: u32 = (0..count as usize).map(|at| number(text, widths + 4 * at)).sum();
        let width = Style::Name.width("Räckvidd – å") as u32;
        assert!(width.abs_diff(sum) <= 1, "{sum} of {width}");
        assert_eq!(number(text, 36), 900 - width / 2);
    }

    #[test]
    fn letters_of_two_units_have_a_width_each() {
        let words = Words {
            text: "a\u{1f600}b".to_string(),
            at: Point { x: 0, y: 0 },
            anchor: Anchor::Start,
            style: Style::Plain,
        };
        let advances = advances(&words);
        assert_eq!((advances.len(), advances[2]), (4, 0));
    }

    #[test]
    fn the_same_drawing_gives_the_same_bytes() {
        assert_eq!(file(&drawing()), file(&drawing()));
    }

    #[test]
    fn colours_are_blue_green_red() {
        assert_eq!(color(0x112233), 0x0033_2211);
    }
}
