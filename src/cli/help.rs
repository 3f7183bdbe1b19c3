//! `attuned help`: the same as `--help`, for those who type it first.

use std::io::Write;

use clap::error::ErrorKind;
use clap::{Args, Command};

use super::failure::Failure;
use super::overview;
use super::terminal::Terminal;
use crate::source::did_you_mean;

/// What attuned, or one of its commands, does
#[derive(Debug, Args)]
#[command(hide = true)]
pub struct HelpArgs {
    /// The command; attuned itself without one
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Prints what `--help` would.
pub fn run(args: &HelpArgs, whole: Command, out: &mut Terminal) -> Result<(), Failure> {
    let names: Vec<String> = whole
        .get_subcommands()
        .map(|one| one.get_name().to_owned())
        .collect();
    let words = ["attuned"].into_iter().map(str::to_owned);
    let words = words.chain(args.command.iter().cloned());
    let typed = words.chain(["--help".to_owned()]);
    match overview::in_groups(whole).try_get_matches_from(typed) {
        Err(help) if help.kind() == ErrorKind::DisplayHelp => {
            let help = help.render();
            if out.style.colour {
                write!(out, "{}", help.ansi())?;
            } else {
                write!(out, "{help}")?;
            }
            Ok(())
        }
        Ok(_) | Err(_) => {
            let name = args.command.join(" ");
            let near = did_you_mean(&name, names.iter().map(String::as_str));
            let hint = near.map(|near| format!("did you mean \"{near}\"?"));
            Err(Failure::usage(
                format!("there is no command \"{name}\""),
                hint,
            ))
        }
    }
}
