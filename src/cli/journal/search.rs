//! `attuned journal search`: entries by a person's own words.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Args;

use super::list::{HowMany, Which, list};
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::daemon::store::Filter;

/// Entries with these words in them, the newest first
///
/// It looks through what you wrote and the words you chose, in any case; each of the words has to be there.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned journal search                       asks what to look for
  attuned journal search walk noon             both words, anywhere
  attuned journal search \"walk at noon\"        next to one another
  attuned journal search walk --since \"3 weeks\"

Words on the command line stay in your shell's history. Without any, they are
asked for, or read from standard input, and stay nowhere.
JSON: as attuned journal list.")]
pub struct SearchArgs {
    /// What to look for
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    how_many: HowMany,

    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &SearchArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let words = if args.words.is_empty() {
        ask()?
    } else {
        args.words.clone()
    };
    let words: Vec<String> = words
        .into_iter()
        .filter(|word| !word.trim().is_empty())
        .collect();
    if words.is_empty() {
        return Err(Failure::usage("there is nothing to look for", None));
    }
    let filter = Filter {
        words,
        ..args.which.filter(setup)?
    };
    let found = list(&filter, &args.how_many, args.json, setup, out)?;
    if found == 0 && !args.json {
        out.paragraph(0, "Nothing with these words.")?;
    }
    Ok(())
}

/// The words of one line.
fn ask() -> Result<Vec<String>, Failure> {
    if io::stdin().is_terminal() {
        let mut err = io::stderr();
        err.write_all(b"Look for: ")?;
        err.flush()?;
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.split_whitespace().map(str::to_owned).collect())
}
