//! `attuned library stats`: how fresh the prompts stay.

use std::io::{self, Write};

use clap::Args;
use jiff::{ToSpan, Zoned};
use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::setup::{Setup, look_into};
use crate::cli::style::roughly;
use crate::cli::terminal::Terminal;
use crate::engine::{Engine, Record};
use crate::library::{ChoiceReasons, Freshness, Repeat, Showing};

/// How far back, and how far ahead.
const DAYS: i64 = 365;

/// How fresh the prompts stay: the year behind you, and the year ahead
///
/// The year ahead is run by the very engine, with your settings, and as if nobody answered.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned library stats
  attuned library stats --json | jq .ahead.shares

JSON: behind and ahead, each with shown, different, nearest_repeat {id, after},
nearest_check_in, nearest_of_collection, shares {collection: count},
longest_run {kind, length}, relaxed. Times are in seconds.")]
pub struct StatsArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Years {
    behind: Freshness,
    ahead: Freshness,
}

pub fn run(args: &StatsArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let now = setup.now.to_zoned(setup.zone.clone());
    let since = now.saturating_sub(DAYS.days());
    let records = look_into(&paths, |store| {
        store.between(since.timestamp(), now.timestamp())
    })?;
    let (engine, _) = setup.engine_for_a_look(&paths)?;
    let years = Years {
        behind: behind(&records.unwrap_or_default()),
        ahead: ahead(&engine, &now),
    };
    if args.json {
        return Ok(out.json(&years)?);
    }
    show("The year behind you", &years.behind, out)?;
    writeln!(out)?;
    show("The year ahead", &years.ahead, out)?;
    Ok(())
}

fn behind(records: &[Record]) -> Freshness {
    let mut shown: Vec<&Record> = records.iter().filter(|one| one.was_shown()).collect();
    shown.sort_by_key(|record| record.shown_at);
    let showings = shown
        .into_iter()
        .filter_map(|record| showing(record, record.shown_at?));
    Freshness::of(&showings.collect::<Vec<_>>())
}

/// As the engine will go on if nobody answers.
fn ahead(engine: &Engine, now: &Zoned) -> Freshness {
    let until = now.saturating_add(DAYS.days());
    let preview = engine.preview(now.timestamp(), until.timestamp());
    let planned = preview.planned.iter();
    let showings = planned
        .filter(|one| one.record.outcome.is_none())
        .filter_map(|one| showing(&one.record, one.at));
    Freshness::of(&showings.collect::<Vec<_>>())
}

/// None for a person's own message.
fn showing(record: &Record, at: jiff::Timestamp) -> Option<Showing> {
    let card = record.card.as_ref()?;
    Some(Showing {
        at,
        prompt: card.prompt.clone()?,
        kind: card.kind,
        relaxed: record
            .choice
            .as_ref()
            .is_some_and(ChoiceReasons::is_relaxed),
    })
}

fn show(heading: &str, year: &Freshness, out: &mut Terminal) -> io::Result<()> {
    let heading = out.style.strong(heading);
    writeln!(out, "{heading}")?;
    if year.shown == 0 {
        return out.paragraph(2, "No prompt.");
    }
    out.paragraph(
        2,
        &format!("{} prompts, {} different ones", year.shown, year.different),
    )?;
    out.paragraph(
        2,
        &again("the same prompt again", year.nearest_repeat.as_ref()),
    )?;
    out.paragraph(
        2,
        &again("the same check-in again", year.nearest_check_in.as_ref()),
    )?;
    out.paragraph(
        2,
        &again(
            "the same collection again",
            year.nearest_of_collection.as_ref(),
        ),
    )?;
    if let Some(run) = &year.longest_run {
        out.paragraph(
            2,
            &format!("most of one kind running: {} ({})", run.length, run.kind),
        )?;
    }
    out.paragraph(
        2,
        &format!("choices that set a rule aside: {}", year.relaxed),
    )?;
    let mut shares: Vec<_> = year.shares.iter().collect();
    shares.sort_by_key(|(id, count)| (std::cmp::Reverse(**count), *id));
    let all: usize = year.shares.values().sum();
    let shares = shares
        .iter()
        .map(|(id, count)| format!("{id} {} %", (*count * 100 + all / 2) / all));
    out.paragraph(
        2,
        &format!("from: {}", shares.collect::<Vec<_>>().join(", ")),
    )
}

fn again(what: &str, repeat: Option<&Repeat>) -> String {
    match repeat {
        Some(repeat) => format!(
            "{what}: after {} at the soonest ({})",
            roughly(repeat.after),
            repeat.id
        ),
        None => format!("{what}: not once"),
    }
}
