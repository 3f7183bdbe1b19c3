//! An entry in words.

use std::io::{self, Write};

use jiff::civil::Date;

use crate::cli::ask;
use crate::cli::setup::Setup;
use crate::cli::style::wrap;
use crate::cli::terminal::Terminal;
use crate::journal::{CheckIn, Content, Entry, Moment, Outcome, Quick, Scale};

/// The most lines of one entry in a list.
const MOST_LINES: usize = 4;

/// The day on the calendar where it was, under which an entry is listed.
pub fn day(entry: &Entry) -> Date {
    entry.moment.local().date()
}

/// "Tuesday, 24 November 2026"
pub fn heading(day: Date) -> String {
    day.strftime("%A, %-d %B %Y").to_string()
}

/// "14:02", with the zone where the clock there said something else than the one here.
pub fn time(moment: &Moment, setup: &Setup) -> String {
    let time = moment.local().strftime("%H:%M").to_string();
    if setup.zone.to_offset(moment.at) == moment.offset {
        time
    } else {
        format!("{time} ({})", moment.zone)
    }
}

/// "24 November 2026 at 14:02"
pub fn day_and_time(entry: &Entry, setup: &Setup) -> String {
    let day = day(entry).strftime("%-d %B %Y");
    format!("{day} at {}", time(&entry.moment, setup))
}

/// What was said, in as few lines as it takes: how it was, then the note.
pub fn brief(entry: &Entry) -> String {
    let said = match &entry.content {
        Content::CheckIn(said) => how_it_was(said),
        Content::Note { .. } | Content::Win { .. } => None,
    };
    let note = entry.content.note().map(str::to_owned);
    let lines: Vec<String> = said.into_iter().chain(note).collect();
    lines.join("\n")
}

/// "hard; tired, tense"; none where there is but a note.
fn how_it_was(said: &CheckIn) -> Option<String> {
    if said.outcome == Outcome::RatherNot {
        return Some("rather not".to_owned());
    }
    let quick = said.quick.map(|quick| in_a_word(quick).to_owned());
    let words = (!said.words.is_empty()).then(|| said.words.join(", "));
    let parts: Vec<String> = quick.into_iter().chain(words).collect();
    let grid = || [said.pleasant.map(pleasant), said.energy.map(energy)];
    let parts = if parts.is_empty() {
        grid().into_iter().flatten().map(str::to_owned).collect()
    } else {
        parts
    };
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// How somebody is.
fn in_a_word(quick: Quick) -> &'static str {
    match quick {
        Quick::Okay => "okay",
        Quick::Hard => "hard",
        Quick::TooMuch => "too much",
    }
}

/// A place between unpleasant and pleasant.
pub fn pleasant(scale: Scale) -> &'static str {
    match scale.value() {
        ..=-2 => "very unpleasant",
        -1 => "unpleasant",
        0 => "neither pleasant nor unpleasant",
        1 => "pleasant",
        2.. => "very pleasant",
    }
}

/// A place between little energy and a lot.
pub fn energy(scale: Scale) -> &'static str {
    match scale.value() {
        ..=-2 => "very little energy",
        -1 => "little energy",
        0 => "some energy",
        1 => "a good deal of energy",
        2.. => "a lot of energy",
    }
}

/// All that was said but the note, each part with its name.
pub fn check_in_facts(said: &CheckIn) -> Vec<(&'static str, String)> {
    let list = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
    let how = match said.outcome {
        Outcome::RatherNot => Some("rather not"),
        Outcome::Answered => said.quick.map(in_a_word),
    };
    let word = |word: Option<&str>| word.map(str::to_owned);
    let facts = [
        ("How", word(how)),
        ("Pleasant", word(said.pleasant.map(pleasant))),
        ("Energy", word(said.energy.map(energy))),
        ("Words", list(&said.words)),
        ("Body", list(&said.body)),
        ("About", list(&said.context)),
        ("Needed", list(&said.need)),
        ("After", word(said.felt_after.map(in_a_word))),
    ];
    let told = facts.into_iter();
    told.filter_map(|(name, fact)| Some((name, fact?)))
        .collect()
}

/// Says how many entries cannot be read, where there are any.
pub fn warn_of_unread(count: u64) {
    let fact = match count {
        0 => return,
        1 => "one entry cannot be read and is left out".to_owned(),
        count => format!("{count} entries cannot be read and are left out"),
    };
    ask::warn(&fact, Some("attuned doctor looks at the record"));
}

/// One of a list: when, what, its id, and what was said; cut short where it is long.
///
/// # Errors
/// As the output's.
pub fn list_one(entry: &Entry, setup: &Setup, out: &mut Terminal) -> io::Result<()> {
    let time = time(&entry.moment, setup);
    let kind = entry.content.kind().word();
    let id = out.style.dim(entry.id.short());
    writeln!(out, "  {time} {kind}  {id}")?;
    let indent = 4;
    let lines = wrap(&brief(entry), out.width.saturating_sub(indent));
    for line in lines.iter().take(MOST_LINES) {
        writeln!(out, "{:indent$}{line}", "")?;
    }
    if lines.len() > MOST_LINES {
        writeln!(out, "{:indent$}{}", "", out.style.dim("…"))?;
    }
    Ok(())
}
