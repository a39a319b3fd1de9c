//! A template's settings and properties, with what a document needs of its own.

use super::Remark;
use super::controls::Facts;
use super::tree::{Element, Node, Tree};
use crate::diagnostic::{Severity, codes};
use crate::write::word::{LANGUAGE, sender};

/// The order of Word's settings, from the first that we may add on.
const ORDER: &[&str] = &[
    "w:writeProtection",
    "w:view",
    "w:zoom",
    "w:removePersonalInformation",
    "w:removeDateAndTime",
    "w:doNotDisplayPageBoundaries",
    "w:displayBackgroundShape",
    "w:printPostScriptOverText",
    "w:printFractionalCharacterWidth",
    "w:printFormsData",
    "w:embedTrueTypeFonts",
    "w:embedSystemFonts",
    "w:saveSubsetFonts",
    "w:saveFormsData",
    "w:mirrorMargins",
    "w:alignBordersAndEdges",
    "w:bordersDoNotSurroundHeader",
    "w:bordersDoNotSurroundFooter",
    "w:gutterAtTop",
    "w:hideSpellingErrors",
    "w:hideGrammaticalErrors",
    "w:activeWritingStyle",
    "w:proofState",
    "w:formsDesign",
    "w:attachedTemplate",
    "w:linkStyles",
    "w:stylePaneFormatFilter",
    "w:stylePaneSortMethod",
    "w:documentType",
    "w:mailMerge",
    "w:revisionView",
    "w:trackRevisions",
    "w:doNotTrackMoves",
    "w:doNotTrackFormatting",
    "w:documentProtection",
    "w:autoFormatOverride",
    "w:styleLockTheme",
    "w:styleLockQFSet",
    "w:defaultTabStop",
    "w:autoHyphenation",
    "w:consecutiveHyphenLimit",
    "w:hyphenationZone",
    "w:doNotHyphenateCaps",
    "w:showEnvelope",
    "w:summaryLength",
    "w:clickAndTypeStyle",
    "w:defaultTableStyle",
    "w:evenAndOddHeaders",
    "w:bookFoldRevPrinting",
    "w:bookFoldPrinting",
    "w:bookFoldPrintingSheets",
    "w:drawingGridHorizontalSpacing",
    "w:drawingGridVerticalSpacing",
    "w:displayHorizontalDrawingGridEvery",
    "w:displayVerticalDrawingGridEvery",
    "w:doNotUseMarginsForDrawingGridOrigin",
    "w:drawingGridHorizontalOrigin",
    "w:drawingGridVerticalOrigin",
    "w:doNotShadeFormData",
    "w:noPunctuationKerning",
    "w:characterSpacingControl",
    "w:printTwoOnOne",
    "w:strictFirstAndLastChars",
    "w:noLineBreaksAfter",
    "w:noLineBreaksBefore",
    "w:savePreviewPicture",
    "w:doNotValidateAgainstSchema",
    "w:saveInvalidXml",
    "w:ignoreMixedContent",
    "w:alwaysShowPlaceholderText",
    "w:doNotDemarcateInvalidXml",
    "w:saveXmlDataOnly",
    "w:useXSLTWhenSaving",
    "w:saveThroughXslt",
    "w:showXMLTags",
    "w:alwaysMergeEmptyNamespace",
    "w:updateFields",
    "w:hdrShapeDefaults",
    "w:footnotePr",
    "w:endnotePr",
    "w:compat",
    "w:docVars",
    "w:rsids",
    "m:mathPr",
    "w:attachedSchema",
    "w:themeFontLang",
    "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats",
    "w:doNotAutoCompressPictures",
    "w:forceUpgrade",
    "w:captions",
    "w:readModeInkLockDown",
    "w:smartTagType",
    "sl:schemaLibrary",
    "w:shapeDefaults",
    "w:doNotEmbedSmartTags",
    "w:decimalSymbol",
    "w:listSeparator",
];

/// What makes Word ask when it opens the document, or look for a file that its reader does not have. A template on a
/// server is an address that has no business in a published document, and no reader has the sources of a mail merge. What is
/// there for some versions of Word only may be any of these.
pub const NEVER: [&str; 8] = [
    "mc:AlternateContent",
    "w:updateFields",
    "w:attachedTemplate",
    "w:linkStyles",
    "w:mailMerge",
    "w:useXSLTWhenSaving",
    "w:saveThroughXslt",
    "sl:schemaLibrary",
];
/// What keeps readers from using the document: its contents table could not be renewed, nor comments be made.
const PROTECTION: [&str; 2] = ["w:documentProtection", "w:writeProtection"];

/// Settings for a document; `own_notes` where the notes' part is ours.
pub fn amended(tree: &mut Tree, own_notes: bool, remarks: &mut Vec<Remark>) {
    let root = &mut tree.root;
    root.remove(&NEVER);
    if root.remove(&PROTECTION) {
        remarks.push(Remark::new(
            codes::WORD_TEMPLATE,
            Severity::Info,
            "Wordmallen är skyddad mot ändringar; skyddet följer inte med till dokumenten",
            "skydda de färdiga dokumenten i stället, om de behöver det",
        ));
    }
    if own_notes {
        root.remove(&["w:footnotePr"]);
        root.add_in_order(
            element("<w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>"),
            ORDER,
        );
    }
    let current = "<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
        w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>";
    root.add_in_order(element(current), ORDER);
    root.add_in_order(Element::new(&format!("w:themeFontLang w:val=\"{LANGUAGE}\"")), ORDER);
    root.add_in_order(Element::new("w:decimalSymbol w:val=\",\""), ORDER);
    root.add_in_order(Element::new("w:listSeparator w:val=\";\""), ORDER);
}

fn element(xml: &str) -> Element {
    Element::all_of(xml).into_iter().next().unwrap_or_default()
}

const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";

/// The file's title, sender, language, status and version; the other properties stay the template's.
pub fn core_properties(tree: &Tree, facts: Facts<'_>) -> Vec<u8> {
    let Facts { publisher, metadata } = facts;
    let mut tree = tree.clone();
    let mut set = |namespace: &str, prefix: &str, name: &str, value: &str| {
        let found = tree.root.elements_mut().find(|element| element.local_name() == name);
        match found {
            Some(element) => element.set_text(value),
            None if value.is_empty() => {}
            None => {
                let mut element = Element::new(&format!("{prefix}:{name} xmlns:{prefix}=\"{namespace}\""));
                element.set_text(value);
                tree.root.children.push(Node::Element(element));
            }
        }
    };
    set(DUBLIN_CORE, "dc", "title", &metadata.title);
    set(DUBLIN_CORE, "dc", "creator", &sender(publisher, " – "));
    if let Some(summary) = &metadata.summary {
        set(DUBLIN_CORE, "dc", "description", summary);
    }
    set(DUBLIN_CORE, "dc", "language", LANGUAGE);
    set(CORE, "cp", "contentStatus", &metadata.status);
    set(CORE, "cp", "version", &metadata.version);
    tree.to_bytes()
}

/// The template's own properties, those of them filled in that the document knows; `None` where that is none.
pub fn custom_properties(tree: &Tree, facts: Facts<'_>) -> Option<Vec<u8>> {
    let mut tree = tree.clone();
    let mut filled = false;
    for property in tree.root.elements_mut() {
        let value = property.attribute("name").and_then(|name| facts.value(&name)).filter(|value| !value.is_empty());
        let text = property.elements_mut().find(|element| matches!(element.local_name(), "lpwstr" | "lpstr" | "bstr"));
        if let (Some(value), Some(text)) = (value, text) {
            text.set_text(&value);
            filled = true;
        }
    }
    filled.then(|| tree.to_bytes())
}
