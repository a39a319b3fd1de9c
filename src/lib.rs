//! katalog: a service catalogue as Word, HTML and Markdown from structured source files.
pub mod document;
pub mod model;
pub mod write;
