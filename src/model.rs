//! The entities of a catalogue.
mod values;
pub use values::Date;
