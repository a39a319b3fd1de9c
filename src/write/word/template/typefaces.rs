//! How wide the usual typefaces are, so that columns are made for a template's and not for ours.

/// The widths of Swedish prose against its width in Calibri, measured with the typefaces themselves or with those that
/// are made to have the same widths.
const WIDTHS: [(&str, f32); 15] = [
    ("calibri", 1.0),
    ("carlito", 1.0),
    ("arial", 1.1),
    ("helvetica", 1.1),
    ("liberation sans", 1.1),
    ("times new roman", 1.0),
    ("times", 1.0),
    ("liberation serif", 1.0),
    ("arial narrow", 0.9),
    ("liberation sans narrow", 0.9),
    ("courier new", 1.5),
    ("liberation mono", 1.5),
    ("verdana", 1.25),
    ("dejavu sans", 1.25),
    ("dejavu serif", 1.27),
];

/// The width of text in a typeface, against that of the built-in look's; one that is not known counts as wide.
pub fn width(typeface: &str) -> f32 {
    let name = typeface.to_lowercase();
    let known = WIDTHS.iter().find(|(known, _)| name == *known);
    known.map_or(UNKNOWN, |(_, width)| *width)
}

/// As wide as Arial: a column that is a little too wide is better than broken words.
const UNKNOWN: f32 = 1.12;
