//! `attuned last`: the last prompt once more.

use std::io::Write;

use clap::Args;

use super::card;
use super::failure::Failure;
use super::setup::{Setup, look_into};
use super::style::friendly;
use super::terminal::Terminal;
use crate::daemon::store::Store;
use crate::engine::{Record, Trigger};
use crate::library::Library;

/// The last prompt once more, with its steps
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned last
  attuned why last    why it came")]
pub struct LastArgs {
    /// As JSON: the record of its delivery, or null
    #[arg(long)]
    json: bool,
}

pub fn run(args: &LastArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    match look_into(&paths, Store::last_shown)?.flatten() {
        last if args.json => out.json(&last)?,
        None => out.paragraph(0, "No prompt has come yet. attuned now shows one.")?,
        Some(last) => show(&last, &setup.library_for_showing(), setup, out)?,
    }
    Ok(())
}

fn show(
    last: &Record,
    library: &Library,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    if let Some(card) = &last.card {
        card::show(card, library, out)?;
    }
    let from = match &last.trigger {
        Trigger::Reminder { name, .. } => format!("from {name}"),
        Trigger::Request { .. } => "because you asked".to_owned(),
        Trigger::HowOften => "as the ones before had no answer".to_owned(),
        Trigger::FollowUp { .. } => "after your answer".to_owned(),
    };
    if let Some(at) = last.shown_at {
        let when = friendly(at, setup.now, &setup.zone);
        writeln!(out, "\nIt came {when}, {from}.")?;
    }
    out.footer()?;
    Ok(())
}
