//! `attuned journal show`: one entry in full.

use std::io::{self, Write};

use clap::Args;

use super::entry::{check_in_facts, heading, time};
use super::{entry, find};
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::journal::{Channel, Content, Entry, Origin};

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
    let when = format!(
        "{}, {}",
        heading(entry::day(entry)),
        time(&entry.moment, setup)
    );
    writeln!(out, "{}", out.style.strong(&format!("{kind}, {when}")))?;
    if let Some(asked) = &entry.asked {
        writeln!(out)?;
        out.paragraph(2, asked)?;
    }
    if let Content::CheckIn(said) = &entry.content {
        writeln!(out)?;
        for (name, fact) in check_in_facts(said) {
            out.row(name, &fact)?;
        }
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
