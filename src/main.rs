//! The command line: reads arguments, calls the library, prints findings, and ends with the contract's codes.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A catalogue is many small texts, read by all cores at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
