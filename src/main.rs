//! The command line: reads arguments, calls the library, prints findings, and ends with the contract's codes.

mod cli;

use std::process::ExitCode;

/// Both threads that read files ask for memory all the time, and the system's allocator has each wait for the other: this
/// one takes a seventh of the time off a check.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
