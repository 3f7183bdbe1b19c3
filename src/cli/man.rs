//! `attuned man`: the manual's pages, made from the same words as `--help`.

mod page;

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Command, CommandFactory};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use super::Cli;
use super::complete;
use super::failure::Failure;
use super::terminal::Terminal;
use crate::source::did_you_mean;

/// A page of the manual, for man
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned man | man -l -               attuned(1)
  attuned man pause | man -l -         attuned-pause(1)
  attuned man library show             the page's source, as man reads it
  attuned man --all ~/.local/share/man/man1

After the last one, man attuned and man attuned-pause find them.")]
pub struct ManArgs {
    /// The command; attuned itself without one
    #[arg(value_name = "COMMAND", add = command_names())]
    command: Vec<String>,

    /// Write every page into this folder, which is made where it is not there
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    all: Option<PathBuf>,
}

/// Prints one page, or writes all.
pub fn run(args: &ManArgs, out: &mut Terminal) -> Result<(), Failure> {
    let whole = manual();
    if let Some(folder) = &args.all {
        return write_all(&whole, folder, out);
    }
    let mut command = &whole;
    for name in &args.command {
        command = below(command, name)?;
    }
    out.write_all(&page::of(command)?)?;
    Ok(())
}

/// The command line, with every command's full name.
fn manual() -> Command {
    let mut whole = Cli::command();
    whole.build();
    whole
}

/// Those that people are told of.
fn commands(of: &Command) -> impl Iterator<Item = &Command> {
    of.get_subcommands().filter(|one| !one.is_hide_set())
}

fn below<'a>(command: &'a Command, name: &str) -> Result<&'a Command, Failure> {
    let found = commands(command).find(|one| one.get_name() == name);
    found.ok_or_else(|| {
        let full = command.get_bin_name().unwrap_or("attuned");
        let names: Vec<&str> = commands(command).map(Command::get_name).collect();
        let hint = match did_you_mean(name, names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if names.is_empty() => format!("{full} has no commands of its own"),
            None => format!("there are {}", names.join(", ")),
        };
        Failure::usage(format!("{full} has no command \"{name}\""), Some(hint))
    })
}

fn write_all(whole: &Command, folder: &PathBuf, out: &mut Terminal) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .with_context(|| format!("could not make the folder {}", folder.display()))?;
    let pages = with_all_below(whole);
    for command in &pages {
        let file = folder.join(format!("{}.1", page::name(command)));
        fs::write(&file, page::of(command)?)
            .with_context(|| format!("could not write {}", file.display()))?;
    }
    writeln!(out, "Wrote {} pages to {}", pages.len(), folder.display())?;
    Ok(())
}

fn with_all_below(command: &Command) -> Vec<&Command> {
    let below = commands(command).flat_map(with_all_below);
    std::iter::once(command).chain(below).collect()
}

/// Completes with the commands below those that were typed.
fn command_names() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let typed = complete::typed();
        let names = typed.iter().skip_while(|word| *word != "man").skip(1);
        let whole = manual();
        let mut command = Some(&whole);
        for name in names {
            command = command.and_then(|one| one.find_subcommand(name));
        }
        let candidate =
            |one: &Command| CompletionCandidate::new(one.get_name()).help(one.get_about().cloned());
        command
            .map(|one| commands(one).map(candidate).collect())
            .unwrap_or_default()
    })
}
