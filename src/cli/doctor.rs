//! `attuned doctor`: is everything well that attuned stands on? A line per check, each with its next step.
//!
//! A check looks, returns [`Row`]s and prints nothing. Each runs in a thread of its own, within a bounded time: a hanging
//! server or a locked database costs its own line alone.

mod bundle;
mod busy;
mod calendars;
mod folders;
mod helplines;
mod login;
mod look;
mod notifications;
mod outline;
mod press;
mod record;
mod row;
mod running;
mod scrub;
mod settings;
mod table;
mod time;

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use clap::Args;

use super::failure::Failure;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::clock;
use look::Look;
use row::{Row, Verdict};

/// Look after everything attuned stands on
///
/// Notifications, what tells that you are busy, the start at login, settings, prompts, the record, folders, clock, time zone and help lines: what is well, what is
/// not, and the next step for each.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned doctor                       a line for each check
  attuned doctor --test                and a notification to press
  attuned doctor --bundle report.txt   a text for a bug report, nothing personal
                                       in it

ok: all is well. warn: worth a look. fail: does not work, and the line below it
says what helps. unknown: it could not be told here.
JSON: a list of {check, verdict, fact, next}.
Exit codes: 0 nothing failed, 1 something did.")]
pub struct DoctorArgs {
    /// Show a notification with a button to press, and wait for it up to a minute
    #[arg(long)]
    test: bool,

    /// As JSON
    #[arg(long)]
    json: bool,

    /// Write a text for a bug report, without names, words, times of day and paths of yours
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "test"])]
    bundle: Option<PathBuf>,
}

/// How long a check may take.
const LIMIT: Duration = Duration::from_secs(8);

/// Looks at one matter.
type Check = fn(&Look) -> Vec<Row>;

/// What is looked at, in this order.
const CHECKS: [(&str, Check); 11] = [
    ("attuned", running::check),
    ("notifications", notifications::check),
    ("busy", busy::check),
    ("calendar files", calendars::check),
    ("at login", login::check),
    ("settings", settings::check),
    ("prompts", settings::check_prompts),
    ("record", record::check),
    ("folders", folders::check),
    ("time", time::check),
    ("help lines", helplines::check),
];

pub fn run(args: &DoctorArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    if let Some(file) = &args.bundle {
        return bundle::run(file, setup, out);
    }
    let mut rows = examine(setup);
    rows.push(if args.test {
        press::check()?
    } else {
        press::not_tried()
    });
    if args.json {
        out.json(&rows)?;
    } else {
        table::show(&rows, out)?;
    }
    let has_failed = |row: &Row| matches!(row.verdict, Verdict::Fail { .. });
    if rows.iter().any(has_failed) {
        return Err(Failure::Told);
    }
    Ok(())
}

/// All checks at once, their rows in order.
fn examine(setup: &Setup) -> Vec<Row> {
    let look = Arc::new(Look::new(setup));
    let started = CHECKS.map(|(name, check)| {
        let (tell, told) = mpsc::channel();
        let look = Arc::clone(&look);
        std::thread::spawn(move || {
            // Nobody waits any more for one that took too long.
            let _ = tell.send(check(&look));
        });
        (name, told)
    });
    let end = clock::monotonic() + LIMIT;
    let rows = started.into_iter().flat_map(|(name, told)| {
        let left = end.saturating_duration_since(clock::monotonic());
        told.recv_timeout(left)
            .unwrap_or_else(|error| vec![not_told(name, error)])
    });
    rows.collect()
}

fn not_told(name: &'static str, error: mpsc::RecvTimeoutError) -> Row {
    match error {
        mpsc::RecvTimeoutError::Timeout => Row::fail(
            name,
            format!("no answer within {} seconds", LIMIT.as_secs()),
            "a disk, a network folder or a service hangs; try again once it is back",
        ),
        mpsc::RecvTimeoutError::Disconnected => Row::unknown(name, "could not be looked at"),
    }
}
