//! Whether attuned runs, since when, in which version, and what troubles it.

use super::look::{Daemon, Look};
use super::row::Row;
use crate::cli::style::friendly;
use crate::protocol::{RESTART_HINT, StatusReport};

const THIS: &str = env!("CARGO_PKG_VERSION");

pub fn check(look: &Look) -> Vec<Row> {
    let (status, other) = match &look.daemon {
        Daemon::Runs { status, other } => (status, other),
        Daemon::Absent => {
            let next = "attuned run starts it; attuned enable starts it at every login";
            return vec![Row::warn(
                "attuned",
                format!("{THIS}; it is not running"),
                next,
            )];
        }
        Daemon::Foreign(other) => {
            let fact = format!(
                "this is {THIS}, and {other} is running; they do not understand each other"
            );
            return vec![Row::fail("attuned", fact, RESTART_HINT)];
        }
        Daemon::Odd(problem) => {
            let anonymous = format!("{THIS}; it is running, and does not answer as it should");
            let fact = format!("{THIS}; {problem}");
            return vec![Row::fail("attuned", fact, RESTART_HINT).anonymously(anonymous)];
        }
    };
    let since = friendly(status.since, look.now, &look.zone);
    let pid = status.pid;
    let row = match other {
        None => Row::ok(
            "attuned",
            format!("{THIS}, running since {since} (process {pid})"),
        )
        .anonymously(format!("{THIS}, running")),
        Some(other) => {
            let fact =
                format!("this is {THIS}, and {other} is running since {since} (process {pid})");
            Row::warn("attuned", fact, RESTART_HINT)
                .anonymously(format!("this is {THIS}, and {other} is running"))
        }
    };
    std::iter::once(row).chain(troubles(status, look)).collect()
}

/// What the running daemon tells of itself.
fn troubles(status: &StatusReport, look: &Look) -> Vec<Row> {
    let settings = status.settings_problem.as_ref().map(|problem| {
        let effect = if status.is_silent {
            "nothing is planned, as the settings have an error"
        } else {
            "earlier settings stay in force, as those on disk have an error"
        };
        Row::fail(
            "in force",
            format!("{effect}: {}", look.shortened(problem)),
            "attuned check shows every error",
        )
        .anonymously(effect)
    });
    let store = status.store_problem.as_ref().map(|problem| {
        let fact = "the record cannot be written, and attuned keeps trying";
        Row::fail(
            "writing",
            format!("{fact}: {}", look.shortened(problem)),
            "make room on the disk, or mend what keeps the folder from being written",
        )
        .anonymously(fact)
    });
    let note = status.store_note.as_ref().map(|note| {
        let next =
            "the old file is kept; attuned restore goes back to a backup, where there is one";
        Row::warn("since start", look.shortened(note), next)
            .anonymously("a record that could not be read was kept, and a new one begun")
    });
    [settings, store, note].into_iter().flatten().collect()
}
