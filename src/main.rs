//! The `attuned` program; everything it does is in the library.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    attuned::cli::Cli::parse().run()
}
