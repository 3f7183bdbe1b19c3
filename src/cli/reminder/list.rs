//! `attuned reminder list`.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::all;
use super::words::what;
use crate::cli::changed::{Upcoming, upcoming};
use crate::cli::check::meaning;
use crate::cli::failure::Failure;
use crate::cli::setup::Setup;
use crate::cli::style::friendly_in;
use crate::cli::terminal::Terminal;
use crate::cli::when::rfc_3339;
use crate::config::{Content, Reminder};
use crate::library::Kind;
use crate::paths::Paths;

/// All reminders: what each means and shows, and when it comes next
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Which file a reminder stands in.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum From {
    Yours,
    System,
    BuiltIn,
}

impl From {
    fn of(reminder: &Reminder, paths: &Paths) -> Self {
        let file = reminder.place.source.name.as_str();
        if file == paths.config_file.display().to_string() {
            Self::Yours
        } else if file == "built in" {
            Self::BuiltIn
        } else {
            Self::System
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Yours => "from your settings",
            Self::System => "from this computer's settings",
            Self::BuiltIn => "built in",
        }
    }
}

/// A reminder in the list.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    name: &'a str,
    on: bool,
    from: From,
    /// The `when` as written.
    when: &'a str,
    meaning: String,
    /// Empty: any but a check-in.
    kinds: &'a [Kind],
    collections: &'a [String],
    tags: &'a [String],
    message: Option<&'a str>,
    /// The next time it will be shown, RFC 3339.
    next: Option<String>,
}

/// Lists them.
pub(super) fn run(args: &ListArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let settings = setup.settings()?;
    let config = &settings.config;
    let (engine, is_new) = setup.look_with(settings.clone(), &paths);
    let next = upcoming(&engine, setup);
    if args.json {
        let entries = all(config).map(|reminder| entry(reminder, &next, setup, &paths));
        return Ok(out.json(&entries.collect::<Vec<_>>())?);
    }
    for reminder in all(config) {
        show(reminder, &next, setup, &paths, out)?;
    }
    if all(config).next().is_none() {
        out.paragraph(0, "There are no reminders.")?;
    }
    if is_new && config.reminders.iter().any(|one| one.schedule.is_random()) {
        out.paragraph(
            0,
            "(attuned has not run here yet, so random times are but an example.)",
        )?;
    }
    writeln!(out)?;
    out.paragraph(
        0,
        "To add one: attuned reminder add tea --when \"daily at 14:00\" --message",
    )?;
    Ok(())
}

fn entry<'a>(reminder: &'a Reminder, next: &Upcoming, setup: &Setup, paths: &Paths) -> Entry<'a> {
    let (kinds, collections, tags, message) = match &reminder.content {
        Content::Message { text, kind } => (
            std::slice::from_ref(kind),
            [].as_slice(),
            [].as_slice(),
            Some(text.as_str()),
        ),
        Content::Choice(one) => (
            one.kinds.as_slice(),
            one.collections.as_slice(),
            one.tags.as_slice(),
            None,
        ),
    };
    let shown = next.shown(&reminder.name);
    Entry {
        name: &reminder.name,
        on: next.is_on(&reminder.name),
        from: From::of(reminder, paths),
        when: &reminder.written,
        meaning: meaning(reminder),
        kinds,
        collections,
        tags,
        message,
        next: shown.map(|at| rfc_3339(&at.to_zoned(setup.zone.clone()))),
    }
}

fn show(
    reminder: &Reminder,
    next: &Upcoming,
    setup: &Setup,
    paths: &Paths,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let on = next.is_on(&reminder.name);
    let state = if on { "on" } else { "off" };
    let name = out.style.strong(&reminder.name);
    let from = From::of(reminder, paths).in_words();
    writeln!(out, "{name}  {state}, {from}")?;
    out.paragraph(2, &meaning(reminder))?;
    let shows = match &reminder.content {
        Content::Message { text, .. } => format!("shows {}: \"{text}\"", what(&reminder.content)),
        Content::Choice(_) => format!("shows {}", what(&reminder.content)),
    };
    out.paragraph(2, &shows)?;
    let next = match next.shown(&reminder.name) {
        Some(at) => format!("next: {}", friendly_in(at, setup.now, &setup.zone)),
        None if on => "no next time is in sight".to_owned(),
        None => return Ok(()),
    };
    out.paragraph(2, &next)?;
    Ok(())
}
