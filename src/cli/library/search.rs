//! `attuned library search`.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::library::Kind;

/// Prompts that contain all of these words
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// What to look for, in titles, texts, tags and ids
    #[arg(required = true)]
    words: Vec<String>,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// A prompt among those found.
#[derive(Debug, Serialize)]
struct Match<'a> {
    id: &'a str,
    kind: Kind,
    title: &'a str,
    text: &'a str,
}

pub fn run(args: &SearchArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let library = setup.settings()?.library;
    let words = args.words.join(" ");
    let found = library.search(&words);
    if args.json {
        let matches = found.iter().map(|prompt| Match {
            id: &prompt.id,
            kind: prompt.kind,
            title: &prompt.title,
            text: &prompt.text,
        });
        return Ok(out.json(&matches.collect::<Vec<_>>())?);
    }
    if found.is_empty() {
        return Ok(out.paragraph(0, &format!("No prompt contains \"{words}\"."))?);
    }
    for prompt in &found {
        let id = out.style.strong(&prompt.id);
        writeln!(out, "{id}  {}", prompt.title)?;
        out.paragraph(2, &prompt.text)?;
    }
    Ok(())
}
