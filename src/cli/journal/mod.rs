//! `attuned journal`: what a person recorded, to read, to find, and to delete.

mod delete;
mod entry;
mod find;
mod keep;
mod list;
mod search;
mod show;

pub use entry::{check_in_facts, day, energy, heading, pleasant, time, warn_of_unread};
pub use keep::Keeper;
pub use list::Which;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;

/// Your check-ins, notes and wins
///
/// They are on this computer only, and nobody else reads them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned journal                        the newest ones
  attuned journal list --since monday    this week's
  attuned journal search                 asks for words, and shows what has them
  attuned journal show 3fa2              one in full, by the beginning of its id
  attuned journal delete 3fa2

To add to it: attuned write, attuned win, attuned check-in. To take it with you:
attuned export. To be rid of it: attuned erase.")]
pub struct JournalArgs {
    #[command(subcommand)]
    command: Option<JournalCommand>,
}

#[derive(Debug, Subcommand)]
enum JournalCommand {
    List(list::ListArgs),
    Show(show::ShowArgs),
    Search(search::SearchArgs),
    Delete(delete::DeleteArgs),
}

pub fn run(args: &JournalArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    match &args.command {
        None => list::run(&list::ListArgs::default(), setup, out),
        Some(JournalCommand::List(args)) => list::run(args, setup, out),
        Some(JournalCommand::Show(args)) => show::run(args, setup, out),
        Some(JournalCommand::Search(args)) => search::run(args, setup, out),
        Some(JournalCommand::Delete(args)) => delete::run(args, setup, out),
    }
}
