//! Colours as Word gives them, by number or from the theme.

use std::collections::BTreeMap;

use super::package::Contents;
use crate::color::{Rgb, parse};
use crate::office::xml::{self, Node, Tag};

/// A colour as a file gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Text that Word makes black or white after what is behind it; a ground that what is behind shows through.
    Auto,
    /// So much of each.
    Rgb(Rgb),
    /// A pattern, or a colour that the theme does not have.
    Unknown,
}

/// The theme's colours, and the names that the text has for them.
#[derive(Debug, Default)]
pub struct Palette {
    theme: BTreeMap<String, Rgb>,
    mapping: BTreeMap<String, String>,
}

impl Palette {
    pub fn of(contents: &Contents<'_>, main: &str) -> Palette {
        let mut palette = Palette::default();
        if let Some(theme) = contents.package.related(main, "theme").next() {
            palette.read_theme(contents.bytes(theme));
        }
        if let Some(settings) = contents.package.related(main, "settings").next() {
            xml::read(contents.bytes(settings), |node| {
                if let Node::Start(tag) = node
                    && tag.name == "w:clrSchemeMapping"
                {
                    let names = tag.attributes().filter_map(|(name, value)| Some((name.strip_prefix("w:")?, value)));
                    palette.mapping = names.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                }
            });
        }
        palette
    }

    fn read_theme(&mut self, bytes: &[u8]) {
        let (mut in_scheme, mut name) = (false, None);
        xml::read(bytes, |node| match node {
            Node::Start(tag) if tag.name == "a:clrScheme" => in_scheme = true,
            Node::End("a:clrScheme", _) => in_scheme = false,
            Node::Start(tag) if in_scheme => match tag.name.as_ref() {
                "a:srgbClr" => self.theme.extend(name.clone().zip(tag.get("val").and_then(parse))),
                "a:sysClr" => self.theme.extend(name.clone().zip(tag.get("lastClr").and_then(parse))),
                other => name = other.strip_prefix("a:").map(String::from),
            },
            _ => {}
        });
    }

    /// The colour that an element such as `w:color` names in these attributes.
    pub fn color(&self, tag: &Tag<'_>, plain: &str, theme: &str) -> Option<Color> {
        let named = tag.get(theme).and_then(|name| self.named(name));
        let plain = match tag.get(plain) {
            Some("auto") => Some(Color::Auto),
            Some(value) => Some(parse(value).map_or(Color::Unknown, Color::Rgb)),
            None => None,
        };
        // `w:themeShade` goes with `w:themeColor`, and `w:themeFillShade` with `w:themeFill`.
        let start = theme.trim_end_matches("Color");
        let share = |end: &str| tag.get(&format!("{start}{end}")).and_then(|value| u8::from_str_radix(value, 16).ok());
        match (named, tag.get(theme)) {
            (Some(rgb), _) => Some(Color::Rgb(tinted(rgb, share("Tint"), share("Shade")))),
            (None, Some(_)) => plain.or(Some(Color::Unknown)),
            (None, None) => plain,
        }
    }

    /// What `w:shd` puts behind.
    pub fn ground(&self, tag: &Tag<'_>) -> Option<Color> {
        match tag.value() {
            Some("clear") | None => self.color(tag, "w:fill", "w:themeFill"),
            Some("nil") => Some(Color::Auto),
            Some("solid") => self.color(tag, "w:color", "w:themeColor"),
            Some(_) => Some(Color::Unknown),
        }
    }

    fn named(&self, name: &str) -> Option<Rgb> {
        let short = match name {
            "text1" => "t1",
            "text2" => "t2",
            "background1" => "bg1",
            "background2" => "bg2",
            other => other,
        };
        let usual = match short {
            "t1" => "dark1",
            "t2" => "dark2",
            "bg1" => "light1",
            "bg2" => "light2",
            other => other,
        };
        let mapped = self.mapping.get(short).map_or(usual, String::as_str);
        let slot = match mapped {
            "dark1" => "dk1",
            "dark2" => "dk2",
            "light1" => "lt1",
            "light2" => "lt2",
            "hyperlink" => "hlink",
            "followedHyperlink" => "folHlink",
            other => other,
        };
        self.theme.get(slot).copied()
    }
}

/// The colours of the marker pen.
pub fn highlight(name: &str) -> Option<Color> {
    let number = match name {
        "none" => return None,
        "black" => "000000",
        "blue" => "0000FF",
        "cyan" => "00FFFF",
        "green" => "00FF00",
        "magenta" => "FF00FF",
        "red" => "FF0000",
        "yellow" => "FFFF00",
        "white" => "FFFFFF",
        "darkBlue" => "000080",
        "darkCyan" => "008080",
        "darkGreen" => "008000",
        "darkMagenta" => "800080",
        "darkRed" => "800000",
        "darkYellow" => "808000",
        "darkGray" => "808080",
        "lightGray" => "C0C0C0",
        _ => return Some(Color::Unknown),
    };
    parse(number).map(Color::Rgb)
}

/// A theme's colour made lighter or darker, by how much of its lightness is kept in 255 parts.
fn tinted(rgb: Rgb, tint: Option<u8>, shade: Option<u8>) -> Rgb {
    let share = |part: u8| f64::from(part) / 255.0;
    match (tint, shade) {
        (Some(tint), _) => with_lightness(rgb, |lightness| lightness * share(tint) + (1.0 - share(tint))),
        (None, Some(shade)) => with_lightness(rgb, |lightness| lightness * share(shade)),
        (None, None) => rgb,
    }
}

/// The colour of the same hue and saturation with another lightness, as HSL has them.
fn with_lightness(rgb: Rgb, change: impl Fn(f64) -> f64) -> Rgb {
    let channels = rgb.map(|channel| f64::from(channel) / 255.0);
    let (most, least) = (channels.into_iter().fold(0.0, f64::max), channels.into_iter().fold(1.0, f64::min));
    let old = (most + least) / 2.0;
    let new = change(old).clamp(0.0, 1.0);
    let saturation = |lightness: f64| 1.0 - (2.0 * lightness - 1.0).abs();
    let scale = if saturation(old) == 0.0 { 0.0 } else { saturation(new) / saturation(old) };
    channels.map(|channel| ((new + (channel - old) * scale) * 255.0).round().clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tints_and_shades_are_those_that_word_writes_beside_them() {
        // Word gives the result too: accent1 of Office 2013, darker 25 % and lighter 60 %.
        let accent = parse("5B9BD5").unwrap();
        let near = |one: Rgb, other: &str| one.iter().zip(parse(other).unwrap()).all(|(a, b)| a.abs_diff(b) <= 1);
        assert!(near(tinted(accent, None, Some(0xBF)), "2E74B5"), "{:?}", tinted(accent, None, Some(0xBF)));
        assert!(near(tinted(accent, Some(0x66), None), "BDD6EE"), "{:?}", tinted(accent, Some(0x66), None));
        assert_eq!(tinted([0; 3], Some(0x80), None), [127; 3]);
    }
}
