//! The command line: reads arguments, calls the library, prints findings, and ends with the contract's codes.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
