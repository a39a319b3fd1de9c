//! Word files as they are read, whoever wrote them: a region's template, and any file that is inspected.

pub mod kinds;
pub mod package;
#[cfg(test)]
pub mod parts;
pub mod xml;

/// The namespaces that we write ourselves, as every Word writes them.
pub mod namespaces {
    /// Text, styles, lists, settings.
    pub const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    /// Numbers of relationships; the beginning of their types, too.
    pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    /// Where a drawing stands in the text.
    pub const PLACE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
    /// Drawings.
    pub const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    /// Pictures in drawings.
    pub const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    /// The parts with relationships.
    pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    /// The list of what the parts are.
    pub const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
}
