//! Pauses in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::style::{friendly, roughly};
use crate::config::{Level, Scope};
use crate::engine::PauseInForce;

/// One pause: "everything, until today at 17:00 (2 h 10 min left): you asked for it".
#[must_use]
pub fn in_words(pause: &PauseInForce, now: Timestamp, zone: &TimeZone) -> String {
    let what = what(&pause.scope, pause.level);
    let until = lasts(pause.program.as_deref(), pause.until, now, zone);
    format!("{what}, {until}: {}", pause.reason)
}

/// "until today at 17:00 (2 h 10 min left)", "while zoom runs, until tomorrow at 14:50 at most"
#[must_use]
pub fn lasts(program: Option<&str>, end_at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    match program {
        Some(_) => extent(program, end_at, |at| end(at, now, zone)),
        None => until(end_at, now, zone),
    }
}

/// "until today at 17:00", "while zoom runs, until tomorrow at 14:50 at most"; times as `say` says them.
#[must_use]
pub fn extent(
    program: Option<&str>,
    until: Timestamp,
    say: impl FnOnce(Timestamp) -> String,
) -> String {
    let until = format!("until {}", say(until));
    match program {
        Some(program) => format!("while {program} runs, {until} at most"),
        None => until,
    }
}

/// "until today at 17:00 (2 h 10 min left)", "until midnight (6 h left)"
#[must_use]
pub fn until(until: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let left = roughly(until.duration_since(now));
    format!("until {} ({left} left)", end(until, now, zone))
}

/// "today at 17:00", "midnight"
#[must_use]
pub fn end(until: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    match friendly(until, now, zone) {
        midnight if midnight == "tomorrow at 00:00" => "midnight".to_owned(),
        end => end,
    }
}

/// What a pause silences, with the rule where it is a light one.
#[must_use]
pub fn what(scope: &Scope, level: Level) -> String {
    let names = names(scope);
    match level {
        Level::Full => names,
        Level::Light => format!("{names} (light: at most one silent prompt a day)"),
    }
}

/// "everything", "check-in and work"
#[must_use]
pub fn names(scope: &Scope) -> String {
    match scope {
        Scope::All => "everything".to_owned(),
        Scope::Only(names) => listed(names),
    }
}

/// "check-in, tea and work"
#[must_use]
pub fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}
