//! `attuned write`: a note in one's own words.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::complete;
use super::failure::Failure;
use super::own_words::{self, Kept, Occasion, Way};
use super::setup::{Setup, look_into};
use super::terminal::Terminal;
use crate::daemon::store::Store;
use crate::engine::{Record, Trigger};
use crate::journal::{Content, Origin};
use crate::library::Found;

/// What `--prompt` takes for the prompt that came last.
const LAST: &str = "last";

/// Write a note, in your own words
///
/// It is kept in your journal, on this computer only. Nothing written keeps nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned write
  attuned write --prompt last      an answer to the prompt that came last
  attuned write --prompt small-wins/a-bit-better
  attuned write --editor           in $VISUAL or $EDITOR
  attuned write < note.txt         all of standard input, for scripts

A note belongs to a prompt only with --prompt. To open your editor each time:
attuned config set journal.editor true. JSON: id, or null.")]
pub struct WriteArgs {
    /// The prompt it answers: "last", or an id such as small-wins/a-bit-better
    #[arg(long, value_name = "ID", add = prompts())]
    prompt: Option<String>,

    /// Write it in your editor
    #[arg(long)]
    editor: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

fn prompts() -> ArgValueCandidates {
    complete::names(complete::prompts)
}

pub fn run(args: &WriteArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let occasion = match args.prompt.as_deref() {
        None => Occasion::default(),
        Some(LAST) => last_prompt(setup)?,
        Some(name) => prompt(name, setup)?,
    };
    let question = occasion.asked.clone();
    let question = question
        .as_deref()
        .unwrap_or("What would you like to keep?");
    let way = way(args.editor, setup);
    let content = |note| Content::Note { note };
    let command = "attuned write --editor";
    let id = own_words::keep(command, question, way, occasion, content, setup, out)?;
    if args.json {
        return Ok(out.json(&Kept { id })?);
    }
    match id {
        None => out.paragraph(0, "Nothing was kept.")?,
        Some(id) => {
            let id = id.short();
            out.paragraph(0, &format!("Kept. To read it: attuned journal show {id}"))?;
            out.footer()?;
        }
    }
    Ok(())
}

/// As asked for, else as the settings say; errors in them keep nobody from writing.
pub fn way(in_editor: bool, setup: &Setup) -> Way {
    let is_set = || {
        let settings = setup.settings();
        settings.is_ok_and(|settings| settings.config.journal.editor)
    };
    if in_editor || is_set() {
        Way::InEditor
    } else {
        Way::Here
    }
}

fn last_prompt(setup: &Setup) -> Result<Occasion, Failure> {
    let last = look_into(&setup.paths()?, Store::last_shown)?.flatten();
    let Some(Record {
        card: Some(card),
        trigger,
        ..
    }) = last
    else {
        return Err(Failure::refused(
            "no prompt has come yet",
            Some("without --prompt the note stands for itself".into()),
        ));
    };
    Ok(Occasion {
        prompt: card.prompt,
        asked: Some(card.text),
        origin: Some(match trigger {
            Trigger::Reminder { .. } | Trigger::HowOften => Origin::Reminder,
            Trigger::Request { .. } => Origin::Own,
            Trigger::FollowUp { .. } => Origin::FollowUp,
        }),
    })
}

fn prompt(name: &str, setup: &Setup) -> Result<Occasion, Failure> {
    let library = setup.settings()?.library;
    let found = library
        .find(name)
        .map_err(|missing| Failure::refused(&missing, Some(missing.hint.clone())))?;
    match found {
        Found::Prompt(prompt) => Ok(Occasion {
            prompt: Some(prompt.id.clone()),
            asked: Some(prompt.text.clone().into_owned()),
            origin: None,
        }),
        Found::Collection(collection) => Err(Failure::usage(
            format!("\"{}\" is a collection, not a prompt", collection.id),
            Some(format!(
                "attuned library show {} names its prompts",
                collection.id
            )),
        )),
    }
}
