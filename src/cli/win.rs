//! `attuned win`: something that went a bit better than it might have.

use clap::Args;

use super::failure::Failure;
use super::own_words::{self, Kept, Occasion};
use super::setup::Setup;
use super::terminal::Terminal;
use super::write::way;
use crate::journal::Content;

/// What it asks.
const QUESTION: &str = "What went a bit better than it might have?";

/// Keep a small win
///
/// One line is enough, and tiny counts. It is kept in your journal, on this computer only.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned win
  attuned win < win.txt                all of standard input, for scripts
  attuned journal list --kind win      the ones so far

JSON: id, or null.")]
pub struct WinArgs {
    /// Write it in your editor
    #[arg(long)]
    editor: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &WinArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let way = way(args.editor, setup);
    let content = |note| Content::Win { note };
    let command = "attuned win --editor";
    let none = Occasion::default();
    let id = own_words::keep(command, QUESTION, way, none, content, setup, out)?;
    if args.json {
        return Ok(out.json(&Kept { id })?);
    }
    if id.is_none() {
        return Ok(out.paragraph(0, "Nothing was kept.")?);
    }
    out.paragraph(0, "Kept. It counts, however small it looks.")?;
    Ok(out.footer()?)
}
