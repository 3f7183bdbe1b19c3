//! `attuned library translate`: a file to write a collection's prompts into in another language.

use std::io::Write;

use clap::Args;

use super::not_found;
use crate::cli::complete;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::library::{Found, is_language, template};
use crate::settings::read_library;

/// A file to translate a collection in
///
/// It is printed, with the prompts that are not translated in comments. One that was begun goes on where it stood: what
/// has changed in the original since stands beside its translation.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library translate kind-words de
  attuned library translate kind-words de > kind-words.de.toml

It counts once it is in your affirmations folder and your settings say so:
attuned config set library.language de. What has no translation comes in its
original words. To look it over: attuned check kind-words.de.toml")]
pub struct TranslateArgs {
    /// A collection
    #[arg(value_name = "COLLECTION", add = complete::names(complete::collections))]
    collection: String,

    /// The language's tag, such as de or pt-BR
    #[arg(value_name = "LANGUAGE")]
    language: String,
}

pub fn run(args: &TranslateArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let (library, _) = read_library(&setup.paths()?);
    let Found::Collection(collection) = library
        .find(&args.collection)
        .map_err(|error| not_found(&error))?
    else {
        let hint = "name the collection; its prompts come along";
        let message = format!("\"{}\" is a prompt", args.collection);
        return Err(Failure::refused(message, Some(hint.to_owned())));
    };
    if !is_language(&args.language) {
        let hint = "use a tag such as de or pt-BR";
        let message = format!("\"{}\" is not a language's tag", args.language);
        return Err(Failure::refused(message, Some(hint.to_owned())));
    }
    Ok(out.write_all(template(collection, &args.language).as_bytes())?)
}
