//! `attuned when`: a schedule in plain words, with its next times.

use std::io::Write;
use std::str::FromStr;

use clap::value_parser;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Serialize;

use super::failure::{Failure, say};
use super::setup::Setup;
use super::style::wrap;
use super::terminal::Terminal;
use crate::config;
use crate::daemon::store::Store;
use crate::schedule::{Schedule, Seed};
use crate::source::{Diagnostic, Place, Severity, Source};

const AFTER_HELP: &str = "\
Examples:
  attuned when \"weekdays at 10:30\"
  attuned when \"30 21 * * 1-5\" --count 10
  attuned when \"3 times a day between 9:00 and 18:00, at least 90 min apart\"
  attuned when \"daily at 2:30\" --timezone Europe/Berlin --after 2026-03-28";

/// The seed of the example times where nothing has been installed yet.
pub(super) const EXAMPLE_SALT: u64 = 0;

/// What a schedule means, and its next times
///
/// Takes any text that can stand for `when` in the settings: a phrase, or a line as in crontab.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct WhenArgs {
    /// The schedule, in quotes or without
    #[arg(required = true)]
    schedule: Vec<String>,

    /// Only times after this instant: RFC 3339, or a local date and time [default: now]
    #[arg(long, value_name = "INSTANT")]
    after: Option<Instant>,

    /// In this time zone, such as Europe/Berlin [default: this computer's]
    #[arg(long, value_name = "ZONE", value_parser = find_zone)]
    timezone: Option<TimeZone>,

    /// How many times to tell
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = value_parser!(u16).range(1..=1000))]
    count: u16,

    /// As JSON: { "meaning": text, "next": [RFC 3339, …] }
    #[arg(long)]
    json: bool,
}

/// An instant as a person types it.
#[derive(Debug, Clone, Copy)]
enum Instant {
    /// With its offset.
    Exact(Timestamp),
    /// On the wall clock of the zone asked for.
    Local(DateTime),
}

impl FromStr for Instant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let exact = text.parse().map(Self::Exact);
        exact
            .or_else(|_| text.parse().map(Self::Local))
            .map_err(|_| {
                "write it like 2026-03-28T18:00:00+01:00, 2026-03-28T18:00 or 2026-03-28".to_owned()
            })
    }
}

impl Instant {
    fn in_zone(self, zone: &TimeZone) -> Result<Timestamp, Failure> {
        match self {
            Self::Exact(instant) => Ok(instant),
            Self::Local(local) => zone
                .to_timestamp(local)
                .map_err(|_| Failure::usage("this instant is too far away", None)),
        }
    }
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Answer {
    meaning: String,
    next: Vec<String>,
}

/// Tells what the schedule means.
pub fn run(args: &WhenArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let text = args.schedule.join(" ");
    let zone = args.timezone.as_ref().unwrap_or(&setup.zone);
    let after = args
        .after
        .map_or(Ok(setup.now), |instant| instant.in_zone(zone))?;
    let schedule =
        Schedule::parse(&text).map_err(|error| Failure::misread("when", &text, error))?;
    warnings(&schedule, &text).iter().for_each(say);
    let salt = if schedule.is_random() {
        installed_salt(setup)
    } else {
        None
    };
    let seed = Seed {
        salt: salt.unwrap_or(EXAMPLE_SALT),
        name: "when",
    };
    let next = next_times(&schedule, after, zone, seed, args.count.into());
    if args.json {
        return Ok(out.json(&Answer {
            meaning: schedule.describe(),
            next: next.iter().map(rfc_3339).collect(),
        })?);
    }
    for line in wrap(&schedule.describe(), out.width) {
        writeln!(out, "{}", out.style.strong(&line))?;
    }
    writeln!(out)?;
    if next.is_empty() {
        out.paragraph(2, "This never comes.")?;
    }
    let format = format_for(&schedule, &next, args.timezone.is_some());
    for time in &next {
        writeln!(out, "  {}", time.strftime(format))?;
    }
    if schedule.is_random() && !next.is_empty() {
        let from = match salt {
            Some(_) => "this computer's own seed",
            None => "a fixed seed",
        };
        let note = format!("Random times, an example from {from}: each reminder draws its own.");
        writeln!(out)?;
        out.paragraph(2, &note)?;
    }
    Ok(())
}

/// The first `count` times strictly after `after`; fewer where it comes no more.
pub(super) fn next_times(
    schedule: &Schedule,
    after: Timestamp,
    zone: &TimeZone,
    seed: Seed<'_>,
    count: usize,
) -> Vec<Zoned> {
    let next = |after: &Timestamp| Some(schedule.next_after(*after, zone, seed)?.at);
    let first = next(&after);
    std::iter::successors(first, next)
        .take(count)
        .map(|at| at.to_zoned(zone.clone()))
        .collect()
}

/// Date, time and numeric offset.
pub(super) fn rfc_3339(time: &Zoned) -> String {
    time.timestamp()
        .display_with_offset(time.offset())
        .to_string()
}

/// Seconds only where a person chose them; the zone's short name where the times differ in it, or it was asked for.
fn format_for(schedule: &Schedule, times: &[Zoned], name_zone: bool) -> &'static str {
    let seconds = !schedule.is_random() && times.iter().any(|time| time.second() != 0);
    let offsets_differ = times.iter().any(|time| time.offset() != times[0].offset());
    match (seconds, name_zone || offsets_differ) {
        (false, false) => "%a %e %b %Y  %H:%M",
        (false, true) => "%a %e %b %Y  %H:%M %Z",
        (true, false) => "%a %e %b %Y  %H:%M:%S",
        (true, true) => "%a %e %b %Y  %H:%M:%S %Z",
    }
}

/// What this installation draws its random times from; none before its first run.
pub(super) fn installed_salt(setup: &Setup) -> Option<u64> {
    let paths = setup.paths().ok()?;
    let store = Store::open_read_only(&paths.database).ok()??;
    Some(store.state().ok()??.salt)
}

fn find_zone(name: &str) -> Result<TimeZone, String> {
    config::parse_zone(name).map_err(|error| match error.hint {
        Some(hint) => format!("{}; {hint}", error.message),
        None => error.message,
    })
}

fn warnings(schedule: &Schedule, text: &str) -> Vec<Diagnostic> {
    let source = Source::new("when", text.to_owned());
    let warnings = schedule.warnings().into_iter();
    warnings
        .map(|message| Diagnostic {
            severity: Severity::Warning,
            message,
            place: Some(Place {
                source: source.clone(),
                span: 0..text.len(),
            }),
            hint: None,
        })
        .collect()
}
