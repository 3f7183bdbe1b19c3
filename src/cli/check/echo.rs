//! The active hours and the planned pauses of settings, in plain words.

use std::io::{self, Write};

use crate::cli::pauses::what;
use crate::cli::setup::Setup;
use crate::cli::style::friendly;
use crate::cli::terminal::Terminal;
use crate::config::{Config, Level, PlannedPause, Scope};

/// The active hours, a line for each group of days.
pub(super) fn hours(config: &Config, out: &mut Terminal) -> io::Result<()> {
    let heading = if config.hours_are_own {
        "active hours"
    } else {
        "active hours (built in)"
    };
    writeln!(out, "{}", out.style.strong(heading))?;
    for line in config.hours.describe() {
        out.paragraph(2, &line)?;
    }
    Ok(())
}

/// How long the journal is kept, where it is not for ever.
pub(super) fn journal(config: &Config, out: &mut Terminal) -> io::Result<()> {
    let Some(keep) = config.journal.keep else {
        return Ok(());
    };
    writeln!(out, "{}", out.style.strong("journal"))?;
    let fact = format!(
        "what you recorded, and the record of prompts, is deleted once it is older than {keep}"
    );
    out.paragraph(2, &fact)
}

/// A planned pause, with the stretch that holds now or comes next.
pub(super) fn pause(pause: &PlannedPause, setup: &Setup, out: &mut Terminal) -> io::Result<()> {
    let heading = match &pause.reason {
        Some(reason) => format!("pause: {reason}"),
        None => "pause".to_owned(),
    };
    writeln!(out, "{}", out.style.strong(&heading))?;
    for times in pause.describe() {
        out.paragraph(2, &times)?;
    }
    if (&pause.scope, pause.level) != (&Scope::All, Level::Full) {
        out.paragraph(2, &format!("for {}", what(&pause.scope, pause.level)))?;
    }
    out.paragraph(2, &next_stretch(pause, setup))
}

fn next_stretch(pause: &PlannedPause, setup: &Setup) -> String {
    let (now, zone) = (setup.now, &setup.zone);
    let say = |at| friendly(at, now, zone);
    if let Some(end) = pause.in_force(now, zone) {
        return format!("holds now, until {}", say(end));
    }
    let next = pause.next_start(now, zone);
    match next.and_then(|start| Some((start, pause.in_force(start, zone)?))) {
        Some((start, end)) => format!("next: {} to {}", say(start), say(end)),
        None => "never comes again".to_owned(),
    }
}
