mod cron;
mod phrases;
mod properties;
mod tables;
mod times;
mod words;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Error, Schedule, Seed};

const SEED: Seed<'static> = Seed {
    salt: 1,
    name: "a test",
};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// The next instants after `after`, as "2026-03-05 10:30" (and seconds, where there are some), in UTC.
fn next(text: &str, after: &str, count: usize) -> Vec<String> {
    let next = next_in(text, after, "UTC", count);
    next.iter()
        .map(|at| at.trim_end_matches('Z').replace('T', " "))
        .map(|at| at.strip_suffix(":00").unwrap_or(&at).to_owned())
        .collect()
}

/// The next instants after `after`, in a zone, as "2026-03-05T09:30:00Z".
fn next_in(text: &str, after: &str, zone_name: &str, count: usize) -> Vec<String> {
    let schedule = Schedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let zone = zone(zone_name);
    let mut at: Timestamp = after.parse().unwrap();
    let mut found = Vec::new();
    while let Some(next) = schedule.next_after(at, &zone, SEED) {
        if found.len() == count {
            break;
        }
        at = next.at;
        found.push(at.to_string());
    }
    found
}

/// The error of a text that must be refused, with the part it points at.
fn refused(text: &str) -> (&str, Error) {
    match Schedule::parse(text) {
        Ok(schedule) => panic!("\"{text}\" was read as \"{}\"", schedule.describe()),
        Err(error) => (&text[error.span.clone()], error),
    }
}

/// Checks what an error points at, and that message and hint together hold `words`.
fn assert_refused(text: &str, at: &str, words: &str) {
    let (found, error) = refused(text);
    let said = format!("{} {}", error.message, error.hint.as_deref().unwrap_or(""));
    assert_eq!(found, at, "{text}: {said}");
    assert!(said.contains(words), "{text}: {said}");
}

fn describe(text: &str) -> String {
    Schedule::parse(text)
        .unwrap_or_else(|error| panic!("{text}: {error:?}"))
        .describe()
}
