//! `attuned reminder`: the rules that plan prompts, listed and changed.

mod change;
mod given;
mod list;
mod words;

use clap::{Args, Subcommand};

use super::changed::{self, About};
use super::complete;
use super::failure::Failure;
use super::pauses::listed;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::config::{Config, Reminder};
use crate::settings::edit::{self, Edit, Saved, Written, reminders};
use crate::source::did_you_mean;

/// Your reminders: list, add, change and remove them
///
/// They stand in your settings file, which keeps its comments. attuned follows a change at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned reminder list
  attuned reminder add rest --when \"weekdays at 11:00\" --kind practice
  attuned reminder add tea --when \"daily at 14:00\" --message
  attuned reminder edit tea --when \"weekdays at 15:00\"
  attuned reminder off check-in
  attuned reminder remove tea

To try a schedule out first: attuned when \"weekdays at 10:30\"")]
pub struct ReminderArgs {
    #[command(subcommand)]
    command: ReminderCommand,
}

#[derive(Debug, Subcommand)]
enum ReminderCommand {
    List(list::ListArgs),
    Add(change::AddArgs),
    Edit(change::EditArgs),
    Remove(RemoveArgs),
    On(OnArgs),
    Off(OffArgs),
}

/// Take a reminder out of your settings
///
/// To keep it for later, switch it off instead.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned reminder remove tea
  attuned reminder off tea      keeps it for later")]
struct RemoveArgs {
    /// The reminder's name
    #[arg(add = complete::names(complete::reminders))]
    name: String,
}

/// Switch reminders on again
#[derive(Debug, Args)]
struct OnArgs {
    /// Their names
    #[arg(value_name = "NAME", required = true, add = complete::names(complete::reminders))]
    names: Vec<String>,
}

/// Switch reminders off, and keep them for later
///
/// For a while only, a pause is better: attuned pause 3d --only NAME
#[derive(Debug, Args)]
struct OffArgs {
    /// Their names
    #[arg(value_name = "NAME", required = true, add = complete::names(complete::reminders))]
    names: Vec<String>,
}

/// Does what was asked.
pub fn run(args: &ReminderArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    match &args.command {
        ReminderCommand::List(args) => list::run(args, setup, out),
        ReminderCommand::Add(args) => change::add(args, setup, out),
        ReminderCommand::Edit(args) => change::edit(args, setup, out),
        ReminderCommand::Remove(args) => remove(&args.name, setup, out),
        ReminderCommand::On(args) => switch(&args.names, true, setup, out),
        ReminderCommand::Off(args) => switch(&args.names, false, setup, out),
    }
}

fn remove(name: &str, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let mut edit = Edit::open(&setup.paths()?)?;
    known(name, &edit.before().config)?;
    let adopted = edit.adopt_reminders();
    reminders::remove(edit.document(), name);
    let saved = edit.save()?;
    out.paragraph(0, &format!("Removed \"{name}\"."))?;
    if all(&saved.after.config).next().is_none() {
        out.paragraph(0, "There are no reminders now.")?;
    }
    tell_adopted(adopted, &saved, out)?;
    changed::tell(&saved, About::Everything, setup, out)
}

fn switch(names: &[String], on: bool, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let mut edit = Edit::open(&setup.paths()?)?;
    for name in names {
        known(name, &edit.before().config)?;
    }
    let config = &edit.before().config;
    let is_on = |name: &String| config.reminders.iter().any(|one| one.name == *name);
    let (same, others): (Vec<_>, Vec<_>) = names.iter().partition(|name| is_on(name) == on);
    let adopted = !others.is_empty() && edit.adopt_reminders();
    for name in &others {
        if let Some(table) = reminders::find(edit.document(), name) {
            edit::put(table, "enabled", on);
        }
    }
    let saved = edit.save()?;
    let word = if on { "on" } else { "off" };
    if !others.is_empty() {
        out.paragraph(0, &format!("Switched {word}: {}.", listed(&others)))?;
    }
    if !same.is_empty() {
        out.paragraph(0, &format!("Already {word}: {}.", listed(&same)))?;
    }
    tell_adopted(adopted, &saved, out)?;
    let about = match names {
        [name] if on => About::Reminder(name),
        _ => About::Everything,
    };
    changed::tell(&saved, about, setup, out)
}

/// Says that the list was taken over, so that nobody wonders where it comes from.
fn tell_adopted(adopted: bool, saved: &Saved, out: &mut Terminal) -> Result<(), Failure> {
    if !adopted || saved.written == Written::Unchanged {
        return Ok(());
    }
    let names: Vec<&str> = all(&saved.before.config)
        .map(|one| one.name.as_str())
        .collect();
    out.paragraph(
        0,
        &format!(
            "Your settings had no reminders of their own, which replace all others. So those in force were written there first: {}.",
            listed(&names)
        ),
    )?;
    Ok(())
}

/// All reminders, switched on or not.
fn all(config: &Config) -> impl Iterator<Item = &Reminder> {
    config.reminders.iter().chain(&config.reminders_off)
}

/// The reminder of this name.
fn known<'a>(name: &str, config: &'a Config) -> Result<&'a Reminder, Failure> {
    let found = all(config).find(|one| one.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = all(config).map(|one| one.name.as_str()).collect();
        let near = did_you_mean(name, names.iter().copied());
        let hint = match (near, names.as_slice()) {
            (Some(near), _) => format!("did you mean \"{near}\"?"),
            (None, []) => "there are none; attuned reminder add makes one".to_owned(),
            (None, names) => format!("there are: {}", names.join(", ")),
        };
        Failure::usage(format!("there is no reminder \"{name}\""), Some(hint))
    })
}
