//! `attuned library schema`: what editors need to know of collection files.

use std::io::Write;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use crate::library;

/// The keys of files with prompts as a JSON Schema, for editors that know TOML
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library schema > ~/.config/attuned/collection.schema.json

With that file there, and this as the first line of a file with prompts of your
own, editors that know TOML (VS Code with Even Better TOML, Helix and others
with Taplo) use it:

  #:schema ../collection.schema.json

Write it again after an update of attuned.")]
pub struct SchemaArgs {}

pub fn run(out: &mut Terminal) -> Result<(), Failure> {
    Ok(out.write_all(library::schema().as_bytes())?)
}
