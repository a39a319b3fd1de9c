//! Values of one word or figure that entities hold.

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Date(pub jiff::civil::Date);
