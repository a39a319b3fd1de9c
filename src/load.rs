//! The only stage that reads the disk: files under `content/` become entities that are not yet checked
//! against each other.
//!
//! [`yaml`] reads a file into a tree in which every node knows its place; [`typed`] lets serde fill an entity from
//! such a tree, collects every mistake of the file instead of stopping at the first, and writes down each id,
//! reference and Markdown text that it passes, so that no entity has to list its own.

mod advice;
mod files;
mod limits;
mod outline;
pub(crate) mod typed;
pub(crate) mod yaml;

pub(crate) use files::{Declared, Finder, Folder, Marked};
pub use files::{EDITIONS, Sources, load};
