//! `attuned library new`: a file for prompts of one's own.

use std::io::Write;

use clap::Args;

use super::own;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::library::{starter, title_flaw};
use crate::settings::read_library;

/// Begin a collection of your own, with every line explained
///
/// It writes a file that works as it is. A file that is there stays as it is.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library new morning
  attuned library new morning --title \"A slow start\"

Lines that you have already: attuned library import quotes.txt")]
pub struct NewArgs {
    /// What it is called: a to z, 0 to 9 and hyphens
    name: String,

    /// What its notifications are titled; strangers may read it
    #[arg(long)]
    title: Option<String>,
}

pub fn run(args: &NewArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let name = args.name.as_str();
    own::check_name(name)?;
    let title = args.title.as_deref();
    if let Some(flaw) = title.and_then(title_flaw) {
        return Err(Failure::usage(format!("the title {flaw}"), None));
    }
    let paths = setup.paths()?;
    if let Some(collection) = read_library(&paths).0.collection(name) {
        let hint = "it stays as it is; open it in an editor";
        return Err(own::taken(collection, hint));
    }
    let file = own::file_of(name, &paths);
    own::write_new(&file, &starter(name, title))?;
    writeln!(out, "Wrote {}", file.display())?;
    out.paragraph(
        0,
        "Its three examples can come from now on: put your own words in their place, then run attuned check.",
    )?;
    writeln!(out, "One of it now: attuned now --from {name}")?;
    Ok(())
}
