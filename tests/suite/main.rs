//! The acceptance tests: what the program promises, asked for at its door and read from what it publishes.
//!
//! Every test gives content to the command line, or looks at what came of a fixture, of the repository's own
//! `content/` or of a small change to either. Nothing here calls the library. What is published is read by readers
//! of the tests' own ([`read`]), so that a writer and its test cannot share a mistake.
//!
//! Goldens are renewed with `KATALOG_UPDATE=1 cargo test`, inline snapshots with `cargo insta`; read the difference
//! before it is committed.

mod agreements;
mod cmdb;
mod commands;
mod data;
mod diagnostics;
mod door;
mod editions;
mod facts;
mod findings;
mod generated;
mod goldens;
mod growth;
mod hostile;
mod inside;
mod linked;
mod links;
mod names;
mod own_content;
mod pages;
mod paths;
mod publishing;
mod read;
mod reference;
mod reproducible;
mod rules;
mod same_text;
mod seeds;
mod serve;
#[cfg(target_os = "linux")]
mod size;
mod word;
