//! `attuned preview`: the days ahead, by the very engine that will run them.

use std::io::{self, Write};

use clap::{Args, value_parser};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use serde::Serialize;

use super::failure::Failure;
use super::pacing;
use super::pauses::end;
use super::setup::Setup;
use super::style::wrap;
use super::terminal::Terminal;
use super::when::rfc_3339;
use crate::engine::{self, Engine, Outcome, Trigger};

/// The days ahead: what will come when, and what will be held back
///
/// It is how things go if nobody answers, you are never busy, and nothing changes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned preview
  attuned preview --days 1
  attuned preview --days 30 --json")]
pub struct PreviewArgs {
    /// How many days, 1 to 366
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = value_parser!(u16).range(1..=366))]
    days: u16,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Something due, and what will become of it.
#[derive(Debug, Serialize)]
pub(super) struct Planned {
    /// When, in the zone in force.
    #[serde(serialize_with = "as_rfc_3339")]
    pub at: Zoned,
    /// What makes it due: a reminder's name, or an answer or wish of before.
    pub from: String,
    /// The prompt's title; none where it will not be shown.
    pub title: Option<String>,
    /// The prompt's full id.
    pub prompt: Option<String>,
    /// Why it will not be shown.
    pub held_back: Option<String>,
    /// How many occurrences this stands for.
    pub count: u32,
}

fn as_rfc_3339<S: serde::Serializer>(time: &Zoned, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&rfc_3339(time))
}

/// Tells what the days ahead bring.
pub fn run(args: &PreviewArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let (engine, is_new) = setup.engine_for_a_look(&setup.paths()?)?;
    let now = setup.now.to_zoned(setup.zone.clone());
    let until = now.saturating_add(i64::from(args.days).days());
    let (planned, complete) = planned(&engine, &now, &until);
    if args.json {
        return Ok(out.json(&planned)?);
    }
    let days = match args.days {
        1 => "day".to_owned(),
        days => format!("{days} days"),
    };
    out.paragraph(
        0,
        &format!("The next {days}, if you are free, nobody answers and nothing changes:"),
    )?;
    if is_new {
        out.paragraph(
            0,
            "(attuned has not run here yet, so random times and the prompts are but an example.)",
        )?;
    }
    let (stage, rate) = (engine.overwhelm(setup.now), engine.rate());
    let say = |at| end(at, setup.now, &setup.zone);
    for holds in pacing::in_words(stage, rate, say) {
        hanging("In force: ", &holds, out)?;
    }
    if planned.is_empty() {
        writeln!(out)?;
        out.paragraph(2, "Nothing is planned.")?;
    }
    for day in planned.chunk_by(|one, next| one.at.date() == next.at.date()) {
        let date = day[0].at.strftime("%A, %-d %B %Y").to_string();
        writeln!(out, "\n{}", out.style.strong(&date))?;
        table(day.iter().map(Planned::row), out)?;
    }
    if !complete {
        out.paragraph(0, "\nAnd so on: there is more than can be followed here.")?;
    }
    Ok(())
}

/// Everything planned between the two, in order, and whether that is all of it.
pub(super) fn planned(engine: &Engine, now: &Zoned, until: &Zoned) -> (Vec<Planned>, bool) {
    let preview = engine.preview(now.timestamp(), until.timestamp());
    let planned = preview.planned.into_iter();
    let planned = planned.map(|one| Planned::new(one, engine.zone().clone()));
    (planned.collect(), preview.complete)
}

impl Planned {
    /// Told in `zone`.
    pub fn new(planned: engine::Planned, zone: TimeZone) -> Self {
        let engine::Planned { at, record } = planned;
        let card = record.card.filter(|_| record.outcome.is_none());
        Self {
            at: at.to_zoned(zone),
            from: source(&record.trigger),
            prompt: card.as_ref().and_then(|card| card.prompt.clone()),
            title: card.map(|card| card.title),
            held_back: record.outcome.as_ref().map(why_not),
            count: record.count,
        }
    }

    /// The line that tells of it.
    pub fn row(&self) -> Row {
        let what = match &self.held_back {
            Some(why) => What::NotShown {
                why: why.clone(),
                count: self.count,
            },
            None => What::Shown(self.title.clone().unwrap_or_default()),
        };
        Row {
            at: self.at.clone(),
            last: self.at.clone(),
            from: self.from.clone(),
            what,
        }
    }
}

/// Where a delivery comes from, in a word or two.
pub(super) fn source(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Reminder { name, .. } => name.clone(),
        Trigger::Request { .. } => "asked for".to_owned(),
        Trigger::HowOften => "attuned".to_owned(),
        Trigger::FollowUp { .. } => "after an answer".to_owned(),
    }
}

/// Why it is not shown, for a text that says already that it is not.
pub(super) fn why_not(outcome: &Outcome) -> String {
    match outcome {
        Outcome::LetGo(why) => why.to_string(),
        Outcome::Failed(why) => why.to_string(),
        other => other.to_string(),
    }
}

/// One line of a day.
pub(super) struct Row {
    pub at: Zoned,
    /// The last time it stands for.
    pub last: Zoned,
    pub from: String,
    pub what: What,
}

/// What became of it, or will.
pub(super) enum What {
    /// Its title, and perhaps its end.
    Shown(String),
    /// It was held back.
    NotShown { why: String, count: u32 },
}

impl Row {
    fn time(&self) -> String {
        let clock = |time: &Zoned| time.strftime("%H:%M").to_string();
        match (clock(&self.at), clock(&self.last)) {
            (first, last) if first == last => first,
            (first, last) => format!("{first}–{last}"),
        }
    }

    fn text(&self) -> String {
        match &self.what {
            What::Shown(text) => text.clone(),
            What::NotShown { why, count: 1 } => format!("not shown: {why}"),
            What::NotShown { why, count } => format!("{count} times not shown: {why}"),
        }
    }

    /// Takes the next one of the same reminder in, where it is held back for the same reason; else hands it back.
    fn take_in(&mut self, next: Row) -> Option<Row> {
        match (&mut self.what, &next.what) {
            (
                What::NotShown { why, count },
                What::NotShown {
                    why: same,
                    count: more,
                },
            ) if why == same => {
                *count = count.saturating_add(*more);
                self.last = next.last;
                None
            }
            _ => Some(next),
        }
    }
}

/// A day's rows, where one stands for all that a reminder had held back in a row for the same reason.
fn in_runs(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut runs: Vec<Row> = Vec::new();
    for row in rows {
        let before = runs.iter_mut().rev().find(|one| one.from == row.from);
        let rest = match before {
            Some(before) => before.take_in(row),
            None => Some(row),
        };
        runs.extend(rest);
    }
    runs
}

/// No column of names is wider.
const WIDEST_NAME: usize = 24;

/// A day's rows in columns, the last of which is wrapped.
pub(super) fn table(rows: impl Iterator<Item = Row>, out: &mut Terminal) -> io::Result<()> {
    let rows = in_runs(rows);
    let widest = |text: fn(&Row) -> usize| rows.iter().map(text).max().unwrap_or_default();
    let time_width = widest(|row| row.time().chars().count());
    let width = widest(|row| row.from.chars().count()).min(WIDEST_NAME);
    for row in &rows {
        let (time, from) = (row.time(), &row.from);
        hanging(
            &format!("  {time:<time_width$}  {from:<width$}  "),
            &row.text(),
            out,
        )?;
    }
    Ok(())
}

/// A text beside its heading, and further lines of it below where it starts.
pub(super) fn hanging(heading: &str, text: &str, out: &mut Terminal) -> io::Result<()> {
    let indent = heading.chars().count().min(out.width / 2);
    let mut lines = wrap(text, out.width.saturating_sub(indent)).into_iter();
    writeln!(out, "{heading}{}", lines.next().unwrap_or_default())?;
    for line in lines {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}
