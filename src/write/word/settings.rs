//! The parts that say how the document is to be handled: settings, typefaces, and the file's properties.

use super::properties::CODE_FONT;
use super::theme::TYPEFACE;
use super::xml::Xml;
use super::{LANGUAGE, NAMESPACES};
use crate::document::{Metadata, Publisher};

/// The part with Word's settings, in the format's order.
pub fn part() -> Vec<u8> {
    let mut xml = Xml::part("w:settings", &NAMESPACES);
    xml.empty("w:zoom", &[("w:percent", &100)]);
    xml.value("w:defaultTabStop", &720);
    // Long Swedish compounds need it in narrow columns; headings are exempt by their styles.
    xml.empty("w:autoHyphenation", &[]);
    xml.value("w:consecutiveHyphenLimit", &2);
    xml.value("w:hyphenationZone", &567);
    xml.empty("w:doNotHyphenateCaps", &[]);
    xml.value("w:characterSpacingControl", &"doNotCompress");
    xml.open("w:footnotePr", &[]);
    xml.empty("w:footnote", &[("w:id", &-1)]);
    xml.empty("w:footnote", &[("w:id", &0)]);
    xml.close("w:footnotePr");
    write_compatibility(&mut xml);
    xml.empty("w:themeFontLang", &[("w:val", &LANGUAGE)]);
    write_color_mapping(&mut xml);
    xml.value("w:decimalSymbol", &",");
    xml.value("w:listSeparator", &";");
    xml.finish("w:settings")
}

fn write_compatibility(xml: &mut Xml) {
    let uri = "http://schemas.microsoft.com/office/word";
    let settings = [
        // Word 2013 and later: without it, Word opens the file in compatibility mode.
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ];
    xml.open("w:compat", &[]);
    for (name, value) in settings {
        xml.empty("w:compatSetting", &[("w:name", &name), ("w:uri", &uri), ("w:val", &value)]);
    }
    xml.close("w:compat");
}

fn write_color_mapping(xml: &mut Xml) {
    xml.empty(
        "w:clrSchemeMapping",
        &[
            ("w:bg1", &"light1"),
            ("w:t1", &"dark1"),
            ("w:bg2", &"light2"),
            ("w:t2", &"dark2"),
            ("w:accent1", &"accent1"),
            ("w:accent2", &"accent2"),
            ("w:accent3", &"accent3"),
            ("w:accent4", &"accent4"),
            ("w:accent5", &"accent5"),
            ("w:accent6", &"accent6"),
            ("w:hyperlink", &"hyperlink"),
            ("w:followedHyperlink", &"followedHyperlink"),
        ],
    );
}

/// The part that tells what typefaces may stand in for those which are missing.
pub fn fonts() -> Vec<u8> {
    let mut xml = Xml::part("w:fonts", &NAMESPACES);
    for (name, stand_in, pitch) in [(TYPEFACE, "Carlito", "variable"), (CODE_FONT, "Liberation Mono", "fixed")] {
        let family = if pitch == "fixed" { "modern" } else { "swiss" };
        xml.open("w:font", &[("w:name", &name)]);
        xml.value("w:altName", &stand_in);
        xml.value("w:family", &family);
        xml.value("w:pitch", &pitch);
        xml.close("w:font");
    }
    xml.finish("w:fonts")
}

/// The part with the file's title, sender and language.
pub fn core_properties(publisher: &Publisher, metadata: &Metadata) -> Vec<u8> {
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut xml = Xml::part("cp:coreProperties", &namespaces);
    xml.text("dc:title", &[], &metadata.title);
    xml.text("dc:creator", &[], &super::sender(publisher, " – "));
    if let Some(summary) = &metadata.summary {
        xml.text("dc:description", &[], summary);
    }
    xml.text("dc:language", &[], LANGUAGE);
    if !metadata.status.is_empty() {
        xml.text("cp:contentStatus", &[], &metadata.status);
    }
    if !metadata.version.is_empty() {
        xml.text("cp:version", &[], &metadata.version);
    }
    xml.finish("cp:coreProperties")
}

/// The part with the properties that only office programs have.
pub fn extended_properties(publisher: &Publisher) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    let mut xml = Xml::part("Properties", &[("xmlns", namespace)]);
    xml.text("Application", &[], "katalog");
    xml.text("Company", &[], &publisher.organisation);
    xml.finish("Properties")
}
