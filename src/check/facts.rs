//! What several rules ask for, worked out once for all of them.

use super::texts::Suspects;
use crate::resolve::Catalog;

/// What rules have in common.
pub struct Facts<'a> {
    /// The texts that the rules about words look into.
    pub suspects: Suspects<'a>,
}

impl<'a> Facts<'a> {
    /// Those of a catalogue. They are there before any rule is asked: a thread that waits for another's would have to
    /// wait for itself, should it be given the other's work.
    pub fn of(catalog: &'a Catalog) -> Facts<'a> {
        Facts { suspects: Suspects::of(catalog) }
    }
}
