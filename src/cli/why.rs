//! `attuned why`: why it spoke, why it was silent, and what comes next.

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use jiff::Zoned;
use serde::Serialize;

use super::busy::held_in_words;
use super::failure::Failure;
use super::pacing;
use super::pauses::end;
use super::preview::{self, Planned, Row, What, hanging, why_not};
use super::setup::{Setup, look_into};
use super::style::{friendly, friendly_in};
use super::terminal::Terminal;
use crate::daemon::store::Store;
use crate::engine::{self, Engine, Outcome, Record, Trigger};
use crate::schedule::words::describe_duration;

/// Why a prompt came, or did not
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned why            the last prompt: where it came from and why this one
  attuned why next       the next one, and what could still change it
  attuned why today      everything that was due today, shown or not")]
pub struct WhyArgs {
    /// Which
    #[arg(value_enum, default_value_t = Which::Last)]
    which: Which,

    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// The last prompt that was shown
    Last,
    /// The next prompt that is planned
    Next,
    /// Everything due today
    Today,
}

/// Tells why.
pub fn run(args: &WhyArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    match args.which {
        Which::Last => last(args.json, setup, out),
        Which::Next => next(args.json, setup, out),
        Which::Today => today(args.json, setup, out),
    }
}

/// A record, with its reasons in words.
#[derive(Debug, Serialize)]
struct Explained {
    /// Where it came from.
    from: String,
    /// Why this prompt; none where none was chosen.
    chosen: Option<String>,
    /// How it ended; none while it is under way.
    outcome: Option<String>,
    record: Record,
}

impl Explained {
    fn new(record: Record) -> Self {
        Self {
            from: origin(&record.trigger),
            chosen: record.choice.as_ref().map(ToString::to_string),
            outcome: record.outcome.as_ref().map(ToString::to_string),
            record,
        }
    }
}

fn origin(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Reminder { name, when } => format!("the reminder \"{name}\" ({when})"),
        Trigger::Request { collection: None } => "you asked for one".to_owned(),
        Trigger::Request {
            collection: Some(id),
        } => format!("you asked for one of {id}"),
        Trigger::HowOften => {
            "the last ones went without an answer, so attuned asks how often".to_owned()
        }
        Trigger::FollowUp { .. } => "it followed your answer to the one before".to_owned(),
    }
}

fn last(json: bool, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let last = look_into(&setup.paths()?, Store::last_shown)?;
    let last = last.flatten().map(Explained::new);
    if json {
        return Ok(out.json(&last)?);
    }
    // Settings that cannot be read are no reason to keep the last one from anybody.
    let engine = setup.engine_for_a_look(&setup.paths()?).ok();
    let waiting = engine.and_then(|(engine, _)| waiting_in_words(&engine, setup));
    let Some(last) = last else {
        tell([("Waiting", waiting)], out)?;
        return Ok(out.paragraph(0, "No prompt has come yet. The next one: attuned why next")?);
    };
    let record = &last.record;
    if let Some(card) = &record.card {
        writeln!(out, "{}", out.style.strong(&card.title))?;
        out.paragraph(2, &card.text)?;
        writeln!(out)?;
    }
    let say = |at| friendly(at, setup.now, &setup.zone);
    let due = say(record.due);
    let when = match record.shown_at.map(say) {
        Some(shown) if shown != due => format!("{shown}; due {due}"),
        _ => due,
    };
    let ended = last.outcome.as_deref().unwrap_or("not yet; it is open");
    let facts = [
        ("When", Some(when)),
        ("From", Some(last.from)),
        ("Prompt", prompt_id(record)),
        ("Chosen", last.chosen),
        ("Waited", record.held.map(|source| source.to_string())),
        ("Ended", Some(ended.to_owned())),
        ("Waiting", waiting),
    ];
    Ok(tell(facts, out)?)
}

fn prompt_id(record: &Record) -> Option<String> {
    record.card.as_ref()?.prompt.clone()
}

/// Those facts that there are, each beside its heading.
fn tell<const N: usize>(facts: [(&str, Option<String>); N], out: &mut Terminal) -> io::Result<()> {
    for (heading, fact) in facts {
        if let Some(fact) = fact {
            hanging(&format!("{heading:<8}"), &fact, out)?;
        }
    }
    Ok(())
}

/// The next prompt, and what it rests on.
#[derive(Debug, Serialize)]
struct Next {
    planned: Option<Planned>,
    chosen: Option<String>,
    could_change: Vec<String>,
}

fn next(json: bool, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let (engine, is_new) = setup.engine_for_a_look(&setup.paths()?)?;
    let Some(upcoming) = engine.next_shown(setup.now) else {
        return nothing_next(json, &engine, setup, out);
    };
    let mut ahead = engine.preview(setup.now, upcoming.at).planned;
    let is_shown = |one: &engine::Planned| one.record.outcome.is_none();
    let Some(held_back) = ahead.iter().position(is_shown) else {
        return nothing_next(json, &engine, setup, out);
    };
    let planned = ahead.swap_remove(held_back);
    let (at, record) = (planned.at, planned.record.clone());
    let chosen = record.choice.as_ref().map(ToString::to_string);
    let could_change = could_change(&engine, setup);
    if json {
        return Ok(out.json(&Next {
            planned: Some(Planned::new(planned, setup.zone.clone())),
            chosen,
            could_change,
        })?);
    }
    if let Some(card) = &record.card {
        writeln!(out, "{}\n", out.style.strong(&card.title))?;
    }
    let before =
        (held_back > 0).then(|| format!("{held_back} held back: attuned preview tells why"));
    let note = is_new.then(|| "attuned has not run here yet, so this is but an example".to_owned());
    let facts = [
        ("When", Some(friendly_in(at, setup.now, &setup.zone))),
        ("From", Some(origin(&record.trigger))),
        ("Prompt", prompt_id(&record)),
        ("Chosen", chosen),
        ("Before", before),
        ("Pace", pacing_in_words(&engine, setup)),
        ("Waiting", waiting_in_words(&engine, setup)),
        ("Note", note),
    ];
    tell(facts, out)?;
    writeln!(out, "\nWhat can still change it:")?;
    for one in could_change {
        hanging("  - ", &one, out)?;
    }
    Ok(())
}

fn nothing_next(
    json: bool,
    engine: &Engine,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    if json {
        let next = Next {
            planned: None,
            chosen: None,
            could_change: Vec::new(),
        };
        return Ok(out.json(&next)?);
    }
    if let Some(holds) = pacing_in_words(engine, setup) {
        hanging("Pace    ", &holds, out)?;
    }
    Ok(out.paragraph(
        0,
        "No prompt will come by itself. What is held back, and why: attuned preview --days 30",
    )?)
}

/// What is in force beside the settings; none where nothing is.
fn pacing_in_words(engine: &Engine, setup: &Setup) -> Option<String> {
    let (stage, rate) = (engine.overwhelm(setup.now), engine.rate());
    let holds = pacing::in_words(stage, rate, |at| end(at, setup.now, &setup.zone));
    (!holds.is_empty()).then(|| holds.join(". "))
}

/// What is due already, and waits until the person is free; none where nothing does.
fn waiting_in_words(engine: &Engine, setup: &Setup) -> Option<String> {
    let held = engine.held()?;
    let words = held_in_words(held, |at| end(at, setup.now, &setup.zone));
    Some(format!("{words} ({})", held.source))
}

/// What the plan rests on.
fn could_change(engine: &Engine, setup: &Setup) -> Vec<String> {
    let pace = &engine.config().pace;
    let (cap, gap) = (pace.cap.value, describe_duration(pace.gap.value));
    let pauses = engine.pauses_in_force(setup.now).into_iter();
    let programs: BTreeSet<String> = pauses.filter_map(|one| one.program).collect();
    let ends = programs.into_iter();
    let ends = ends.map(|name| format!("the end of {name}, as you are paused while it runs"));
    let others = [
        "a pause, and an end to one".to_owned(),
        format!(
            "prompts before it: at most {cap} in a day, at least {gap} apart (random times, unless you set these)"
        ),
        format!(
            "you being busy then: it waits for up to {} (attuned doctor tells what counts)",
            describe_duration(engine.config().busy.wait)
        ),
        "your answer to a check-in, which steers what fits".to_owned(),
        "a computer that sleeps then".to_owned(),
        "a change of your settings, your prompts or the time zone".to_owned(),
    ];
    ends.chain(others).collect()
}

/// A day so far, and the rest of it.
#[derive(Debug, Serialize)]
struct Today {
    so_far: Vec<Explained>,
    to_come: Vec<Planned>,
}

fn today(json: bool, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let now = setup.now.to_zoned(setup.zone.clone());
    let (start, end) = day_around(&now)?;
    let (engine, _) = setup.engine_for_a_look(&setup.paths()?)?;
    let of_today = |store: &Store| store.between(start.timestamp(), end.timestamp());
    let so_far = look_into(&setup.paths()?, of_today)?.unwrap_or_default();
    let today = Today {
        so_far: so_far.into_iter().map(Explained::new).collect(),
        to_come: preview::planned(&engine, &now, &end).0,
    };
    if json {
        return Ok(out.json(&today)?);
    }
    section(
        "So far",
        "Nothing was due yet.",
        rows_so_far(&today.so_far, &now),
        out,
    )?;
    writeln!(out)?;
    let to_come = today.to_come.iter().map(Planned::row).collect();
    section("To come", "Nothing more is planned.", to_come, out)?;
    if let Some(holds) = pacing_in_words(&engine, setup) {
        writeln!(out)?;
        hanging("Pace    ", &holds, out)?;
    }
    Ok(())
}

/// The day's first and last moment.
fn day_around(now: &Zoned) -> Result<(Zoned, Zoned), Failure> {
    let start = now.start_of_day().map_err(anyhow::Error::from)?;
    let end = now.end_of_day().map_err(anyhow::Error::from)?;
    Ok((start, end))
}

fn rows_so_far(records: &[Explained], now: &Zoned) -> Vec<Row> {
    let rows = records.iter().map(|one| {
        let outcome = one.outcome.as_deref().unwrap_or("open");
        let at = one.record.due.to_zoned(now.time_zone().clone());
        Row {
            last: at.clone(),
            at,
            from: preview::source(&one.record.trigger),
            what: match (&one.record.card, &one.record.outcome) {
                (Some(card), _) => What::Shown(format!("{}: {outcome}", card.title)),
                (None, None) => What::Shown(outcome.to_owned()),
                (None, Some(Outcome::Held { .. })) => What::Shown(match one.record.held {
                    Some(source) => format!("{outcome} ({source})"),
                    None => outcome.to_owned(),
                }),
                (None, Some(outcome)) => What::NotShown {
                    why: why_not(outcome),
                    count: one.record.count,
                },
            },
        }
    });
    rows.collect()
}

fn section(heading: &str, nothing: &str, rows: Vec<Row>, out: &mut Terminal) -> io::Result<()> {
    writeln!(out, "{}", out.style.strong(heading))?;
    if rows.is_empty() {
        return out.paragraph(2, nothing);
    }
    preview::table(rows.into_iter(), out)
}
