//! Drawings as SVG: within a page, where the style sheet gives the colours, and as files of their own.

use std::fmt::{Arguments, Write as _};

use super::html::escape::push_escaped;
use crate::document::{Anchor, Area, Drawing, Frame, Layer, Point, Shape, Style, Words};

/// Typefaces of the same widths, then one that is a little wider.
const FONTS: &str = "Calibri, Carlito, Arial, sans-serif";

/// The colour of words and lines on paper.
pub const INK: u32 = 0x17262b;
/// The colour of lines between boxes on paper.
pub const LINE: u32 = 0x4a5d64;

/// The colours of a box on paper, its surface and its edge; words on it have a contrast of 12:1 or more, on what counts
/// 5:1 or more.
pub fn colors(layer: Layer) -> (u32, u32) {
    match layer {
        Layer::Business => (0xf2eef9, 0x5a3d94),
        Layer::Service => (0xe3f1f4, 0x005a6e),
        Layer::Agreement => (0xfff6dc, 0x7a5a00),
        Layer::Supporting => (0xe6f3ea, 0x1c6b3a),
        Layer::Product => (0xe8eefa, 0x2a4f8f),
        Layer::Contract => (0xfbece5, 0xa83208),
        Layer::Record => (0xf1f4f5, 0x4a5d64),
        Layer::Heat0 => (0xffffff, 0x4a5d64),
        Layer::Heat1 => (0xe3f1f4, 0x005a6e),
        Layer::Heat2 => (0xc0e1e7, 0x005a6e),
        Layer::Heat3 => (0x97cdd7, 0x00505f),
        Layer::Heat4 => (0x68b4c2, 0x004350),
    }
}

/// Width of the edge of a box, and of a line.
pub const EDGE: i32 = 18;
pub const STROKE: i32 = 15;
/// How round a box's corners are.
pub const CORNER: i32 = 60;

/// A drawing as a file: it brings its colours, and says what it shows.
pub fn file(drawing: &Drawing) -> String {
    // Each word says all of itself, for whoever reads no more than that.
    let mut svg = Svg { out: String::new(), paint: Paint::Own, usual: None, href: &|_| None };
    let (width, height) = (points(drawing.width), points(drawing.height));
    svg.start(drawing, format_args!(" width=\"{width}pt\" height=\"{height}pt\" role=\"img\""));
    svg.wrapped("desc", format_args!(""), &drawing.description);
    let (width, height) = (drawing.width, drawing.height);
    svg.put(format_args!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"></rect>\n"));
    svg.shapes(drawing);
    svg.out
}

/// A drawing as an element of a page; `number` tells it from the page's others, and `href` is where an id is found.
pub fn element(
    drawing: &Drawing,
    number: usize,
    (title, description): (&str, &str),
    href: &dyn Fn(&str) -> Option<String>,
) -> String {
    let usual = Some((most(drawing.words().map(|words| words.style.size())), most(drawing.words().map(|w| w.anchor))));
    let mut svg = Svg { out: String::new(), paint: Paint::Page, usual, href };
    let (name, text) = (format!("_figur-{number}-namn"), format!("_figur-{number}-text"));
    let is_fine = drawing.words().any(|words| words.style.size() < Style::Plain.size());
    let fine = if is_fine { " class=\"fin\"" } else { "" };
    // No `role="img"`: the boxes are links, and an image has none.
    svg.start(drawing, format_args!("{fine} role=\"group\" aria-labelledby=\"{name}\" aria-describedby=\"{text}\""));
    svg.wrapped("title", format_args!(" id=\"{name}\""), title);
    svg.wrapped("desc", format_args!(" id=\"{text}\""), description);
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
    /// The size and the anchor that most words have, which are said once.
    usual: Option<(i32, Anchor)>,
    href: &'a dyn Fn(&str) -> Option<String>,
}

impl Svg<'_> {
    fn start(&mut self, drawing: &Drawing, attributes: Arguments) {
        let Drawing { width, height, .. } = drawing;
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"{attributes} \
             font-family=\"{FONTS}\""
        ));
        if let Some((size, anchor)) = self.usual {
            self.put(format_args!(" font-size=\"{size}\" text-anchor=\"{}\"", name(anchor)));
        }
        self.raw(">\n");
    }

    fn shapes(&mut self, drawing: &Drawing) {
        let is_line = |shape: &Shape| matches!(shape, Shape::Line(_));
        for run in drawing.shapes.chunk_by(|one, next| is_line(one) && is_line(next)) {
            match &run[0] {
                Shape::Frame(frame) => self.frame(frame),
                Shape::Line(_) => self.lines(run),
                Shape::Words(words) => self.words(words),
            }
        }
        self.raw("</svg>\n");
    }

    fn frame(&mut self, frame: &Frame) {
        let href = frame.target.as_deref().and_then(self.href);
        self.raw(if href.is_some() { "<a" } else { "<g" });
        if let Some(href) = &href {
            self.raw(" href=\"");
            push_escaped(href, &mut self.out);
            self.raw("\"");
            // The head of its row leads to the same place: one step with the keyboard is enough.
            if Layer::HEAT.contains(&frame.layer) {
                self.raw(" tabindex=\"-1\"");
            }
        }
        if self.paint == Paint::Page {
            self.put(format_args!(" class=\"{}\"", class(frame.layer)));
        }
        self.raw(">");
        if let Some(title) = &frame.title {
            self.wrapped("title", format_args!(""), title);
        }
        let Area { left, top, width, height } = frame.area;
        self.put(format_args!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"{CORNER}\""));
        if self.paint == Paint::Own {
            let (surface, edge) = colors(frame.layer);
            self.put(format_args!(" fill=\"#{surface:06x}\" stroke=\"#{edge:06x}\" stroke-width=\"{EDGE}\""));
        }
        self.raw("></rect>\n");
        frame.words.iter().for_each(|words| self.words(words));
        self.raw(if href.is_some() { "</a>\n" } else { "</g>\n" });
    }

    /// Lines that follow each other are one path, and their heads another: half as long as an element each.
    fn lines(&mut self, run: &[Shape]) {
        let each = || run.iter().filter_map(|shape| if let Shape::Line(line) = shape { Some(line) } else { None });
        self.raw("<path d=\"");
        each().for_each(|line| push_path(&line.points, &mut self.out));
        match self.paint {
            Paint::Page => self.raw("\" class=\"linje\"></path>\n"),
            Paint::Own => {
                self.put(format_args!("\" fill=\"none\" stroke=\"#{LINE:06x}\" stroke-width=\"{STROKE}\"></path>\n"))
            }
        }
        let mut heads = each().filter_map(|line| line.head()).peekable();
        if heads.peek().is_none() {
            return;
        }
        self.raw("<path d=\"");
        for head in heads {
            push_path(&head, &mut self.out);
            self.raw("z");
        }
        match self.paint {
            Paint::Page => self.raw("\" class=\"spets\"></path>\n"),
            Paint::Own => self.put(format_args!("\" fill=\"#{LINE:06x}\"></path>\n")),
        }
    }

    fn words(&mut self, words: &Words) {
        self.put(format_args!("<text x=\"{}\" y=\"{}\"", words.at.x, words.at.y));
        let (size, anchor) = self.usual.unwrap_or((0, Anchor::Start));
        if words.style.size() != size {
            self.put(format_args!(" font-size=\"{}\"", words.style.size()));
        }
        if words.anchor != anchor {
            self.put(format_args!(" text-anchor=\"{}\"", name(words.anchor)));
        }
        if words.style.is_bold() {
            self.raw(" font-weight=\"bold\"");
        }
        if self.paint == Paint::Own {
            self.put(format_args!(" fill=\"#{INK:06x}\""));
        }
        self.raw(">");
        push_escaped(&words.text, &mut self.out);
        self.raw("</text>\n");
    }

    fn wrapped(&mut self, element: &str, attributes: Arguments, text: &str) {
        self.put(format_args!("<{element}{attributes}>"));
        push_escaped(text, &mut self.out);
        self.put(format_args!("</{element}>\n"));
    }

    fn raw(&mut self, svg: &str) {
        self.out.push_str(svg);
    }

    fn put(&mut self, svg: Arguments) {
        let _ = self.out.write_fmt(svg);
    }
}

/// The class by which the style sheet knows a layer.
fn class(layer: Layer) -> &'static str {
    match layer {
        Layer::Business => "verksamhet",
        Layer::Service => "tjanst",
        Layer::Agreement => "avtal",
        Layer::Supporting => "stodjande",
        Layer::Product => "produkt",
        Layer::Contract => "kontrakt",
        Layer::Record => "register",
        Layer::Heat0 => "varme-0",
        Layer::Heat1 => "varme-1",
        Layer::Heat2 => "varme-2",
        Layer::Heat3 => "varme-3",
        Layer::Heat4 => "varme-4",
    }
}

/// What there is most of, and of those the first.
fn most<T: PartialEq + Copy + Default>(all: impl Iterator<Item = T>) -> T {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for one in all {
        match counts.iter_mut().find(|(known, _)| *known == one) {
            Some((_, count)) => *count += 1,
            None => counts.push((one, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(one, _)| one).unwrap_or_default()
}

fn name(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    }
}

/// The first point by its place, each other by its distance from the one before.
fn push_path(points: &[Point], out: &mut String) {
    let Some(first) = points.first() else { return };
    let _ = write!(out, "M{} {}", first.x, first.y);
    for step in points.windows(2) {
        let (x, y) = (step[1].x - step[0].x, step[1].y - step[0].y);
        let _ = match (x, y) {
            (x, 0) => write!(out, "h{x}"),
            (0, y) => write!(out, "v{y}"),
            (x, y) => write!(out, "l{x} {y}"),
        };
    }
}

/// Twentieths of a point as points, exactly.
fn points(length: i32) -> String {
    format!("{}.{:02}", length / 20, length % 20 * 5)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::color;
    use crate::document::Line;

    fn drawing() -> Drawing {
        let words = |text: &str, x: i32| Words {
            text: text.to_string(),
            at: Point { x, y: 250 },
            anchor: Anchor::Middle,
            style: Style::Name,
        };
        let frame = Frame {
            area: Area { left: 20, top: 20, width: 400, height: 400 },
            layer: Layer::Product,
            words: vec![words("A & <b> å", 220)],
            target: Some("orbit-drift".to_string()),
            title: Some("Allt < det".to_string()),
        };
        let line = Line { points: vec![Point { x: 420, y: 220 }, Point { x: 900, y: 220 }], arrow: true };
        let shapes = vec![Shape::Frame(frame), Shape::Line(line), Shape::Words(words("utanför", 700))];
        Drawing { width: 1010, height: 445, description: "A \"leder\" till <b>.".to_string(), shapes }
    }

    /// The elements of an SVG, after a strict reader has found it well formed.
    fn elements(svg: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(svg);
        reader.config_mut().check_end_names = true;
        let mut names = Vec::new();
        let mut depth = 0;
        loop {
            match reader.read_event().expect("it is well formed") {
                quick_xml::events::Event::Start(start) => {
                    start.attributes().for_each(|attribute| assert!(attribute.is_ok()));
                    names.push(start.name().as_ref().to_string());
                    depth += 1;
                }
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        names
    }

    #[test]
    fn a_file_is_well_formed_and_stands_alone() {
        let svg = file(&drawing());
        let names = ["svg", "desc", "rect", "g", "title", "rect", "text", "path", "path", "text"];
        assert_eq!(elements(&svg), names);
        assert!(svg.contains("width=\"50.50pt\" height=\"22.25pt\""), "{svg}");
        assert!(svg.contains("A &amp; &lt;b&gt; å") && svg.contains("fill=\"#e8eefa\"") && !svg.contains("class="));
    }

    #[test]
    fn an_element_has_links_and_leaves_the_colours_to_the_page() {
        let svg = element(&drawing(), 3, ("Kedjan", &drawing().description), &|id| {
            (id == "orbit-drift").then(|| "../p.html?a&b".to_string())
        });
        let names = ["svg", "title", "desc", "a", "title", "rect", "text", "path", "path", "text"];
        assert_eq!(elements(&svg), names);
        assert!(svg.contains("<a href=\"../p.html?a&amp;b\" class=\"produkt\">"), "{svg}");
        assert!(svg.contains("id=\"_figur-3-namn\"") && !svg.contains("fill=") && !svg.contains("role=\"img\""));
        let nowhere = element(&drawing(), 1, ("Kedjan", "Så."), &|_| None);
        assert_eq!(elements(&nowhere)[3], "g");
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let rgb = |color: u32| color.to_be_bytes()[1..].try_into().unwrap();
        color::contrast(rgb(one), rgb(other))
    }

    #[test]
    fn colours_on_paper_have_contrast() {
        for layer in Layer::ALL {
            let (surface, edge) = colors(layer);
            let least = if Layer::HEAT.contains(&layer) { 5.0 } else { 12.0 };
            assert!(contrast(INK, surface) >= least, "words on {layer:?}");
            assert!(contrast(edge, 0xffffff) >= 4.5 && contrast(edge, surface) >= 3.0, "the edge of {layer:?}");
        }
        // Each counts visibly more than the one before, also in shades of grey.
        let steps = Layer::HEAT.map(|layer| contrast(colors(layer).0, 0xffffff));
        assert!(steps.windows(2).all(|pair| pair[1] > pair[0] * 1.12), "{steps:?}");
        assert!(contrast(LINE, 0xffffff) >= 4.5);
    }

    /// The colour of each variable of the style sheet, on light pages or on dark ones.
    fn variables(is_dark: bool) -> BTreeMap<&'static str, u32> {
        let css = include_str!("../../templates/html/katalog.css");
        let (light, rest) = css
            .split_once("@media screen and (prefers-color-scheme: dark)")
            .expect("it has dark colours of the screen");
        let dark = rest.split("/* Ground */").next().unwrap_or_default();
        let read = |css: &'static str| {
            let lines = css.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": #"));
            lines.filter_map(|(name, value)| Some((name, u32::from_str_radix(value.get(..6)?, 16).ok()?)))
        };
        read(light).chain(read(dark).filter(|_| is_dark)).collect()
    }

    #[test]
    fn colours_on_the_screen_have_contrast() {
        let css = include_str!("../../templates/html/katalog.css");
        for is_dark in [false, true] {
            let color = variables(is_dark);
            let page = color["yta"];
            for layer in Layer::ALL.into_iter().filter(|layer| *layer != Layer::Record) {
                let rule = css.lines().find(|line| line.starts_with(&format!(".figur .{} rect", class(layer))));
                let names: Vec<&str> = rule.expect("it has a rule").split("var(--").skip(1).collect();
                let value = |at: usize| color[names[at].split(')').next().unwrap_or_default()];
                let (surface, edge) = (value(0), value(1));
                assert!(contrast(color["text"], surface) >= 4.5, "words on {layer:?}, dark: {is_dark}");
                assert!(contrast(edge, page) >= 3.0, "the edge of {layer:?}, dark: {is_dark}");
            }
            let steps: Vec<f64> = (0..5).map(|at| contrast(color[&*format!("varme-{at}")], page)).collect();
            assert!(steps.windows(2).all(|pair| pair[1] > pair[0] * 1.12), "dark: {is_dark}: {steps:?}");
            assert!(contrast(color["text"], color["yta-dov"]) >= 4.5 && contrast(color["linje-stark"], page) >= 3.0);
            assert!(contrast(color["text-dov"], page) >= 4.5, "lines and arrows");
        }
    }
}
