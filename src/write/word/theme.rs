//! The theme: typefaces and colours that the styles, and those who go on with the document in Word, take from.

use super::styles::{ACCENT, INK};
use super::xml::Xml;
use crate::office::namespaces;

/// Typeface of text and headings. Every Word has it; where it is missing, Carlito has the same widths.
pub const TYPEFACE: &str = "Calibri";

/// The theme's colours by their names in the format.
const COLORS: [(&str, &str); 12] = [
    ("dk1", INK),
    ("lt1", "FFFFFF"),
    ("dk2", ACCENT),
    ("lt2", "EAF2F6"),
    ("accent1", ACCENT),
    ("accent2", "2F7F8F"),
    ("accent3", "1B5E37"),
    ("accent4", "7A4A00"),
    ("accent5", "9B1C1C"),
    ("accent6", "55636D"),
    ("hlink", "0B5A82"),
    ("folHlink", "5B3F7A"),
];

/// The part with the theme.
pub fn part() -> Vec<u8> {
    let mut xml = Xml::part("a:theme", &[("xmlns:a", namespaces::DRAWING), ("name", "Katalog")]);
    xml.open("a:themeElements", &[]);
    write_colors(&mut xml);
    xml.open("a:fontScheme", &[("name", &"Katalog")]);
    write_fonts(&mut xml, "a:majorFont");
    write_fonts(&mut xml, "a:minorFont");
    xml.close("a:fontScheme");
    xml.raw(FORMATS);
    xml.close("a:themeElements");
    xml.finish("a:theme")
}

fn write_colors(xml: &mut Xml) {
    xml.open("a:clrScheme", &[("name", &"Katalog")]);
    for (name, color) in COLORS {
        let name = format!("a:{name}");
        xml.open(&name, &[]);
        xml.empty("a:srgbClr", &[("val", &color)]);
        xml.close(&name);
    }
    xml.close("a:clrScheme");
}

fn write_fonts(xml: &mut Xml, name: &str) {
    xml.open(name, &[]);
    xml.empty("a:latin", &[("typeface", &TYPEFACE)]);
    xml.empty("a:ea", &[("typeface", &"")]);
    xml.empty("a:cs", &[("typeface", &"")]);
    xml.close(name);
}

/// Fills and lines of drawn shapes. A theme must have three of each; the documents use none.
const FORMATS: &str = concat!(
    r#"<a:fmtScheme name="Katalog"><a:fillStyleLst>"#,
    r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#,
    r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#,
    r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#,
    r#"</a:fillStyleLst><a:lnStyleLst>"#,
    r#"<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>"#,
    r#"<a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>"#,
    r#"<a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>"#,
    r#"</a:lnStyleLst><a:effectStyleLst>"#,
    r#"<a:effectStyle><a:effectLst/></a:effectStyle>"#,
    r#"<a:effectStyle><a:effectLst/></a:effectStyle>"#,
    r#"<a:effectStyle><a:effectLst/></a:effectStyle>"#,
    r#"</a:effectStyleLst><a:bgFillStyleLst>"#,
    r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#,
    r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#,
    r#"<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>"#,
    r#"</a:bgFillStyleLst></a:fmtScheme>"#,
);
