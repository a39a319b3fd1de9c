//! The only stage that reads the disk: files under `content/` become entities that are not yet checked
//! against each other.
//!
//! [`yaml`] reads a file into a tree in which every node knows its place, and which is kept; [`typed`] lets serde fill an
//! entity from such a tree, collects every mistake of the file instead of stopping at the first, and writes down by which
//! step of the tree it passed an id, a reference or a text, so that no entity has to list its own.

mod advice;
mod files;
mod folder;
mod limits;
mod names;
mod photo;
mod sources;
pub(crate) mod typed;
pub(crate) mod yaml;

pub(crate) use files::load_file;
pub use files::{EDITIONS, load};
pub(crate) use folder::{Folder, open, read_all};
pub use folder::{named, word_file};
pub(crate) use names::no_id;
pub use sources::Sources;
pub(crate) use sources::{Announcer, Declared, Finder, Marked, Unread};
