//! `attuned erase`: what a person wants gone, for good.

use std::io;

use clap::Args;
use jiff::civil::Date;

use super::ask::{self, Heard};
use super::confirm::{self, Answer};
use super::editor::Left;
use super::failure::Failure;
use super::own_words::left_drafts;
use super::past::past_day;
use super::setup::Setup;
use super::style::counted;
use super::terminal::Terminal;
use crate::clock;
use crate::daemon::store::left_beside;
use crate::journal::{Erase, Erased};
use crate::paths::Paths;
use crate::protocol::{RequestBody, ResponseBody};

/// Erase what you recorded, for good
///
/// It is overwritten in the record and in its log. Copies that attuned keeps beside the record (from before a restore or an
/// update, or because they could not be read) go, too, and drafts that an editor left: they hold the same words.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned erase --notes                what you wrote; check-ins stay
  attuned erase --before 2026-01-01    entries and records from before that day
  attuned erase --all                  all of it
  attuned erase --yes --all            without a question, for scripts

Ids of what --notes and --before erase are kept, so that an import brings
nothing back and takes the deletion to your other computer; --all drops those
as well, and what your answers led attuned to remember. Your settings, pauses,
and what you chose about prompts stay.

It cannot reach backups and exports you made, other computers, or what a disk
keeps of what was once on it; solid-state disks do. JSON: entries, notes,
records, files, unfinished.")]
pub struct EraseArgs {
    #[command(flatten)]
    what: What,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// All you wrote in your own words
    #[arg(long)]
    notes: bool,

    /// Everything from before this day, such as 2026-01-01, or "1 week" for that long ago
    #[arg(long, value_name = "DAY")]
    before: Option<String>,

    /// Everything you recorded, and what was shown and answered
    #[arg(long)]
    all: bool,
}

impl What {
    fn read(&self, setup: &Setup) -> Result<Erase, Failure> {
        let today = setup.now.to_zoned(setup.zone.clone()).date();
        match &self.before {
            Some(day) => past_day(day, today)
                .map(Erase::Before)
                .map_err(|error| Failure::misread("--before", day, error)),
            None if self.all => Ok(Erase::All),
            None => Ok(Erase::Notes),
        }
    }
}

pub fn run(args: &EraseArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let what = args.what.read(setup)?;
    if !args.yes {
        confirm::is_possible("what is erased does not come back")?;
        tell_what(what, &paths, out)?;
        if confirm::ask("Erase it for good?")? == Answer::No {
            return Ok(out.paragraph(0, "Nothing was erased.")?);
        }
    }
    let mut erased = match ask::answer_or_lock(&RequestBody::Erase(what), &paths)? {
        Heard::Daemon(ResponseBody::Erased(erased)) => erased,
        Heard::Daemon(ResponseBody::Error { message, hint }) => {
            return Err(Failure::refused(message, hint));
        }
        Heard::Daemon(_) => return Err(ask::odd()),
        Heard::Nobody(_lock) => alone(what, &paths, setup)?,
    };
    remove_drafts(what, &paths, &mut erased);
    if args.json {
        out.json(&erased)?;
    } else {
        tell(&erased, out)?;
    }
    finished(&erased)
}

/// Under the lock, which the caller holds.
fn alone(what: Erase, paths: &Paths, setup: &Setup) -> Result<Erased, Failure> {
    let mut store = ask::open_alone(paths, setup)?;
    let state = match what {
        Erase::All => Some(store.state_or_new(clock::entropy)?.without_answers()),
        Erase::Notes | Erase::Before(_) => None,
    };
    let erased = store.erase(what, state.as_ref(), &paths.database);
    erased.map_err(|error| {
        anyhow::Error::from(error)
            .context("nothing was erased")
            .into()
    })
}

/// Words that never came into the journal are among what is erased, unless that goes by days.
fn drafts(what: Erase, paths: &Paths) -> Vec<Left> {
    match what {
        Erase::Notes | Erase::All => left_drafts(paths),
        Erase::Before(_) => Vec::new(),
    }
}

fn remove_drafts(what: Erase, paths: &Paths, erased: &mut Erased) {
    for left in drafts(what, paths) {
        let file = left.file.display().to_string();
        match left.remove() {
            Ok(()) => erased.files.push(file),
            Err(error) => {
                let fact = format!("{file} could not be removed: {error}");
                erased.unfinished.push(fact);
            }
        }
    }
}

fn tell_what(what: Erase, paths: &Paths, out: &mut Terminal) -> io::Result<()> {
    let day = |day: Date| day.strftime("%-d %B %Y").to_string();
    let gone = match what {
        Erase::Notes => {
            "Gone for good: your notes and wins, and what you wrote with check-ins. The check-ins themselves stay."
                .to_owned()
        }
        Erase::Before(date) => format!(
            "Gone for good: what you recorded before {0}, and the record of what was shown and answered before {0}.",
            day(date)
        ),
        Erase::All => "Gone for good: everything you recorded, the record of what was shown and answered, and what \
                       your answers led attuned to remember. Your settings stay."
            .to_owned(),
    };
    out.paragraph(0, &gone)?;
    let beside = left_beside(&paths.database);
    if !beside.is_empty() {
        let names = beside.iter().filter_map(|(_, file)| file.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let names = names.join(", ");
        out.paragraph(
            0,
            &format!("And the copies kept beside the record, whole: {names}."),
        )?;
    }
    for left in drafts(what, paths) {
        let file = left.file.display();
        out.paragraph(0, &format!("And what an editor left in {file}."))?;
    }
    out.paragraph(0, "Backups and exports you made are not reached.")
}

fn tell(erased: &Erased, out: &mut Terminal) -> io::Result<()> {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let facts = [
        (count(erased.entries), "entry", "entries"),
        (
            count(erased.notes),
            "note of a check-in",
            "notes of check-ins",
        ),
        (
            count(erased.records),
            "record of a prompt",
            "records of prompts",
        ),
        (erased.files.len(), "copy", "copies"),
    ];
    let facts = facts.into_iter().filter(|(count, ..)| *count > 0);
    let facts: Vec<String> = facts
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
    match facts.join(", ") {
        none if none.is_empty() => out.paragraph(0, "There was nothing to erase."),
        facts => out.paragraph(0, &format!("Erased: {facts}.")),
    }
}

/// That all of it was done.
fn finished(erased: &Erased) -> Result<(), Failure> {
    match &erased.unfinished[..] {
        [] => Ok(()),
        facts => Err(Failure::refused(
            format!("not all of it could be done: {}", facts.join("; ")),
            Some("run the same again".into()),
        )),
    }
}
