//! `attuned journal show`: one entry in full.

use std::io::{self, Write};

use clap::Args;

use super::entry::{energy, heading, in_a_word, pleasant, time};
use super::{entry, find};
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::journal::{Channel, CheckIn, Content, Entry, Origin, Outcome};

/// One entry in full
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned journal show 3fa2c1
  attuned journal show 3fa2      the beginning is enough where no other has it")]
pub struct ShowArgs {
    /// Its id, or the beginning of it; attuned journal list shows them
    #[arg(value_name = "ID")]
    id: String,

    /// As JSON: the entry, as in attuned export
    #[arg(long)]
    json: bool,
}

pub fn run(args: &ShowArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let found = find::entry(&args.id, &setup.paths()?, setup)?;
    if args.json {
        return Ok(out.json(&found)?);
    }
    Ok(show(&found, setup, out)?)
}

fn show(entry: &Entry, setup: &Setup, out: &mut Terminal) -> io::Result<()> {
    let kind = entry.content.kind().word();
    let when = format!("{}, {}", heading(entry::day(entry)), time(entry, setup));
    writeln!(out, "{}", out.style.strong(&format!("{kind}, {when}")))?;
    if let Some(asked) = &entry.asked {
        writeln!(out)?;
        out.paragraph(2, asked)?;
    }
    if let Content::CheckIn(said) = &entry.content {
        writeln!(out)?;
        show_check_in(said, out)?;
    }
    if let Some(note) = entry.content.note() {
        writeln!(out)?;
        out.paragraph(0, note)?;
    }
    writeln!(out)?;
    out.row("Id", entry.id.as_str())?;
    out.row("Given", &given(entry))?;
    if let Some(prompt) = &entry.prompt {
        out.row("Prompt", prompt)?;
    }
    out.footer()
}

fn show_check_in(said: &CheckIn, out: &mut Terminal) -> io::Result<()> {
    let list = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
    let how = match said.outcome {
        Outcome::RatherNot => Some("rather not".to_owned()),
        Outcome::Answered => said.quick.map(|quick| in_a_word(quick).to_owned()),
    };
    let facts = [
        ("How", how),
        (
            "Pleasant",
            said.pleasant.map(|scale| pleasant(scale).to_owned()),
        ),
        ("Energy", said.energy.map(|scale| energy(scale).to_owned())),
        ("Words", list(&said.words)),
        ("Body", list(&said.body)),
        ("About", list(&said.context)),
        ("Needed", list(&said.need)),
        (
            "After",
            said.felt_after.map(|quick| in_a_word(quick).to_owned()),
        ),
    ];
    for (name, fact) in facts {
        fact.map_or(Ok(()), |fact| out.row(name, &fact))?;
    }
    Ok(())
}

/// "in a notification, when a reminder asked"
fn given(entry: &Entry) -> String {
    let place = match entry.channel {
        Channel::Notification => "in a notification",
        Channel::Terminal => "in the terminal",
        Channel::Script => "by a script",
    };
    let origin = match entry.origin {
        Origin::Reminder => "after a prompt",
        Origin::Own => "by yourself",
        Origin::FollowUp => "after an answer",
    };
    format!("{place}, {origin}")
}
