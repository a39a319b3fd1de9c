//! From the tree to files: one module a format.
pub mod html;
pub mod markdown;
pub mod word;

/// A file to publish: its path under the output folder and its bytes.
#[derive(Debug)]
pub struct File {
    pub path: String,
    pub bytes: Vec<u8>,
}
