//! The colours of a template's theme, for the styles that it is given: legible ones, and tints of them.

use std::collections::BTreeMap;

use super::super::styles::{ACCENT, CODE_FILL, HEADER_FILL, INK, LINK, NOTICE_FILL, RULE};
use super::tree::{Element, Tree};
use crate::color::{Rgb, WHITE, contrast, hex, parse};

/// How much text has to stand out against white (EN 301 549, 9.1.4.3).
const CONTRAST: f64 = 4.5;

/// A colour of the template's for each of ours that carries the built-in look's character.
#[derive(Debug, Default)]
pub struct Palette(BTreeMap<&'static str, String>);

impl Palette {
    /// Of a theme and of the template's headings, whose colour is `heading`; that of the built-in look where neither can be
    /// read on white.
    pub fn of(theme: Option<&Tree>, heading: Option<&str>) -> Palette {
        let color = |name: &str| {
            let slot = theme?.root.path(&["a:themeElements", "a:clrScheme", name])?.elements().next()?;
            parse(&slot.attribute("lastClr").or_else(|| slot.attribute("val"))?)
        };
        let legible = |color: &Rgb| contrast(*color, WHITE) >= CONTRAST;
        let candidates =
            heading.and_then(parse).into_iter().chain(["a:accent1", "a:dk2", "a:dk1"].into_iter().filter_map(color));
        let Some(accent) = candidates.into_iter().find(legible) else { return Palette::default() };
        let ink = color("a:dk1").filter(legible).unwrap_or([0; 3]);
        let link = color("a:hlink").filter(legible).unwrap_or(accent);
        let pale = |share: f64| hex(accent.map(|part| (255.0 - (255.0 - f64::from(part)) * share).round() as u8));
        Palette(BTreeMap::from([
            (ACCENT, hex(accent)),
            (INK, hex(ink)),
            (LINK, hex(link)),
            (HEADER_FILL, pale(0.14)),
            (NOTICE_FILL, pale(0.09)),
            (RULE, pale(0.3)),
            (CODE_FILL, String::from("F3F3F3")),
        ]))
    }

    /// The template's colour for one of ours; any other is itself.
    pub fn of_template<'c>(&'c self, color: &'c str) -> &'c str {
        self.0.get(color).map_or(color, String::as_str)
    }

    /// Gives an element the template's colours.
    pub fn color(&self, element: &mut Element) {
        for name in ["w:color", "w:fill", "w:val"] {
            let wanted = element.attribute(name).and_then(|color| self.0.get(color.as_str()).cloned());
            if let Some(wanted) = wanted.filter(|_| name != "w:val" || element.name() == "w:color") {
                element.set(name, &wanted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_cannot_be_read_on_white_is_not_taken() {
        let theme = |accent: &str| {
            let colors = format!(
                "<a:theme><a:themeElements><a:clrScheme><a:dk1><a:sysClr val=\"windowText\" lastClr=\"000000\"/></a:dk1>\
                 <a:dk2><a:srgbClr val=\"44546A\"/></a:dk2><a:accent1><a:srgbClr val=\"{accent}\"/></a:accent1>\
                 </a:clrScheme></a:themeElements></a:theme>"
            );
            Tree::parse(colors.as_bytes()).unwrap()
        };
        let accent = |palette: &Palette| palette.0[ACCENT].clone();
        assert_eq!(accent(&Palette::of(Some(&theme("003366")), None)), "003366");
        assert_eq!(accent(&Palette::of(Some(&theme("FFCC00")), None)), "44546A");
        assert_eq!(accent(&Palette::of(Some(&theme("FFCC00")), Some("006298"))), "006298");
        assert_eq!(accent(&Palette::of(None, Some("7A1F3D"))), "7A1F3D");
    }
}
