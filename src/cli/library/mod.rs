//! `attuned library`: what attuned may say, a file per group of commands.

mod change;
mod import;
mod list;
mod new;
mod own;
mod schema;
mod search;
mod show;
mod stats;
mod tell;
mod translate;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::setup::Setup;
use super::style::counted;
use super::terminal::Terminal;
use crate::library::{Change, NotFound};

/// What attuned may say: its collections and prompts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library list
  attuned library show kind-words
  attuned library search tired evening
  attuned library hide                    the prompt that was shown last
  attuned library favour late-reviews
  attuned library weight small-wins 2     twice as often as the others
  attuned library disable noticing
  attuned library new morning             a file for prompts of your own
  attuned library import quotes.txt       a prompt a line
  attuned library translate kind-words de

What you set under [library] in your settings comes first.")]
pub struct LibraryArgs {
    #[command(subcommand)]
    command: LibraryCommand,
}

#[derive(Debug, Subcommand)]
enum LibraryCommand {
    List(list::ListArgs),
    Show(show::ShowArgs),
    Search(search::SearchArgs),
    Stats(stats::StatsArgs),
    Hide(change::HideArgs),
    Unhide(change::UnhideArgs),
    #[command(alias = "favor")]
    Favour(change::FavourArgs),
    #[command(alias = "unfavor")]
    Unfavour(change::UnfavourArgs),
    Weight(change::WeightArgs),
    Enable(change::EnableArgs),
    Disable(change::DisableArgs),
    New(new::NewArgs),
    Import(import::ImportArgs),
    Translate(translate::TranslateArgs),
    Schema(schema::SchemaArgs),
}

/// Does what was asked.
pub fn run(args: &LibraryArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    match &args.command {
        LibraryCommand::List(args) => list::run(args, setup, out),
        LibraryCommand::Show(args) => show::run(args, setup, out),
        LibraryCommand::Search(args) => search::run(args, setup, out),
        LibraryCommand::Stats(args) => stats::run(args, setup, out),
        LibraryCommand::Hide(args) => change::of_last(Change::Hide, &args.prompts, setup, out),
        LibraryCommand::Favour(args) => change::of_last(Change::Favour, &args.prompts, setup, out),
        LibraryCommand::Unhide(args) => change::of(Change::Unhide, &args.prompts, setup, out),
        LibraryCommand::Unfavour(args) => change::of(Change::Unfavour, &args.prompts, setup, out),
        LibraryCommand::Disable(args) => change::of(Change::Disable, &args.collections, setup, out),
        LibraryCommand::Weight(args) => change::weight(args, setup, out),
        LibraryCommand::Enable(args) => change::enable(args, setup, out),
        LibraryCommand::New(args) => new::run(args, setup, out),
        LibraryCommand::Import(args) => import::run(args, setup, out),
        LibraryCommand::Translate(args) => translate::run(args, setup, out),
        LibraryCommand::Schema(schema::SchemaArgs {}) => schema::run(out),
    }
}

fn not_found(error: &NotFound) -> Failure {
    Failure::refused(error, Some(error.hint.clone()))
}

fn count_of_prompts(count: usize) -> String {
    counted(count, "prompt", "prompts")
}
