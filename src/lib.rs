//! katalog: a service catalogue as Word, HTML and Markdown from structured source files.
pub mod diagnostic;
pub mod document;
pub mod load;
pub mod markdown;
pub mod model;
pub mod resolve;
pub mod text;
pub mod write;
