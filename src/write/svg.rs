//! Drawings as SVG: within a page, where the style sheet gives the colours, and as files of their own.

use std::fmt::Write as _;

use super::html::escape::escaped;
use crate::document::{Drawing, Frame, Line, Look, Point, Shape, Style, Words};

/// Typefaces of the same widths, then one that is a little wider.
const FONTS: &str = "Calibri, Carlito, Arial, sans-serif";

/// The colour of words and lines on paper.
pub const INK: u32 = 0x17_26_2b;
/// The colour of lines between boxes on paper.
pub const LINE: u32 = 0x4a_5d_64;

/// The colours of a box on paper, its surface and its edge; words on it have a contrast of 12:1 or more.
pub fn colors(look: Look) -> (u32, u32) {
    match look {
        Look::Business => (0xf2_ee_f9, 0x5a_3d_94),
        Look::Service => (0xe3_f1_f4, 0x00_5a_6e),
        Look::Agreement => (0xff_f6_dc, 0x7a_5a_00),
        Look::Supporting => (0xe6_f3_ea, 0x1c_6b_3a),
        Look::Product => (0xe8_ee_fa, 0x2a_4f_8f),
        Look::Contract => (0xfb_ec_e5, 0xa8_32_08),
        Look::Record => (0xf1_f4_f5, 0x4a_5d_64),
    }
}

/// Width of the edge of a box, and of a line.
pub const EDGE: i32 = 18;
pub const STROKE: i32 = 15;
/// How round a box's corners are.
pub const CORNER: i32 = 60;

/// A drawing as a file: it brings its colours, and says what it shows.
pub fn file(drawing: &Drawing) -> String {
    let mut svg = Svg { out: String::new(), paint: Paint::Own, href: &|_| None };
    let (width, height) = (points(drawing.width), points(drawing.height));
    svg.start(drawing, &format!(" width=\"{width}pt\" height=\"{height}pt\" role=\"img\""));
    svg.wrapped("desc", "", &drawing.description);
    svg.raw(&format!("<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"></rect>\n", drawing.width, drawing.height));
    svg.shapes(drawing);
    svg.out
}

/// A drawing as an element of a page; `number` tells it from the page's others, and `href` is where an id is found.
pub fn element(drawing: &Drawing, number: usize, title: &str, href: &dyn Fn(&str) -> Option<String>) -> String {
    let mut svg = Svg { out: String::new(), paint: Paint::Page, href };
    let (name, text) = (format!("_figur-{number}-namn"), format!("_figur-{number}-text"));
    // No `role="img"`: the boxes are links, and an image has none.
    svg.start(drawing, &format!(" role=\"group\" aria-labelledby=\"{name}\" aria-describedby=\"{text}\""));
    svg.wrapped("title", &format!(" id=\"{name}\""), title);
    svg.wrapped("desc", &format!(" id=\"{text}\""), &drawing.description);
    svg.shapes(drawing);
    svg.out
}

/// Who gives the colours.
#[derive(Clone, Copy, PartialEq)]
enum Paint {
    Own,
    Page,
}

struct Svg<'a> {
    out: String,
    paint: Paint,
    href: &'a dyn Fn(&str) -> Option<String>,
}

impl Svg<'_> {
    fn start(&mut self, drawing: &Drawing, attributes: &str) {
        let Drawing { width, height, .. } = drawing;
        self.raw(&format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"{attributes} \
             font-family=\"{FONTS}\">\n"
        ));
    }

    fn shapes(&mut self, drawing: &Drawing) {
        for shape in &drawing.shapes {
            match shape {
                Shape::Frame(frame) => self.frame(frame),
                Shape::Line(line) => self.line(line),
                Shape::Words(words) => self.words(words),
            }
        }
        self.raw("</svg>\n");
    }

    fn frame(&mut self, frame: &Frame) {
        let href = frame.target.as_deref().and_then(self.href);
        let (element, href) = match href {
            Some(href) => ("a", format!(" href=\"{}\"", escaped(&href))),
            None => ("g", String::new()),
        };
        let paint = match self.paint {
            Paint::Page => format!(" class=\"{}\"", class(frame.look)),
            Paint::Own => String::new(),
        };
        let edge = match self.paint {
            Paint::Page => String::new(),
            Paint::Own => {
                let (surface, edge) = colors(frame.look);
                format!(" fill=\"#{surface:06x}\" stroke=\"#{edge:06x}\" stroke-width=\"{EDGE}\"")
            }
        };
        let area = frame.area;
        self.raw(&format!(
            "<{element}{href}{paint}><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{CORNER}\"{edge}></rect>\n",
            area.left, area.top, area.width, area.height
        ));
        frame.words.iter().for_each(|words| self.words(words));
        self.raw(&format!("</{element}>\n"));
    }

    fn line(&mut self, line: &Line) {
        let paint = match self.paint {
            Paint::Page => " class=\"linje\"".to_string(),
            Paint::Own => format!(" fill=\"none\" stroke=\"#{LINE:06x}\" stroke-width=\"{STROKE}\""),
        };
        self.raw(&format!("<polyline points=\"{}\"{paint}></polyline>\n", list(&line.points)));
        if let Some(head) = line.head() {
            let paint = match self.paint {
                Paint::Page => " class=\"spets\"".to_string(),
                Paint::Own => format!(" fill=\"#{LINE:06x}\""),
            };
            self.raw(&format!("<polygon points=\"{}\"{paint}></polygon>\n", list(&head)));
        }
    }

    fn words(&mut self, words: &Words) {
        let mut attributes = format!(" x=\"{}\" y=\"{}\" font-size=\"{}\"", words.at.x, words.at.y, words.style.size());
        if words.centered {
            attributes.push_str(" text-anchor=\"middle\"");
        }
        if words.style.is_bold() {
            attributes.push_str(" font-weight=\"bold\"");
        }
        match (self.paint, words.style) {
            (Paint::Own, _) => {
                let _ = write!(attributes, " fill=\"#{INK:06x}\"");
            }
            (Paint::Page, Style::Plain | Style::Name | Style::Heading) => {}
        }
        self.wrapped("text", &attributes, &words.text);
    }

    fn wrapped(&mut self, element: &str, attributes: &str, text: &str) {
        self.raw(&format!("<{element}{attributes}>{}</{element}>\n", escaped(text)));
    }

    fn raw(&mut self, svg: &str) {
        self.out.push_str(svg);
    }
}

/// The class by which the style sheet knows a look.
fn class(look: Look) -> &'static str {
    match look {
        Look::Business => "verksamhet",
        Look::Service => "tjanst",
        Look::Agreement => "avtal",
        Look::Supporting => "stodjande",
        Look::Product => "produkt",
        Look::Contract => "kontrakt",
        Look::Record => "register",
    }
}

fn list(points: &[Point]) -> String {
    points.iter().map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" ")
}

/// Twentieths of a point as points, exactly.
fn points(length: i32) -> String {
    format!("{}.{:02}", length / 20, length % 20 * 5)
}
