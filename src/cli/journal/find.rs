//! The entry that a person means by the beginning of an id.

use super::entry::day_and_time;
use crate::cli::failure::Failure;
use crate::cli::setup::{Setup, look_into};
use crate::journal::Entry;
use crate::paths::Paths;

/// Of many entries that are meant no more are named.
const MOST_NAMED: usize = 5;

/// How much of an id tells it from others in a message, in digits.
const DIGITS: usize = 10;

/// The one entry with this name.
///
/// # Errors
/// That there is none, or more than one; that the record cannot be read.
pub fn entry(name: &str, paths: &Paths, setup: &Setup) -> Result<Entry, Failure> {
    let typed = name.trim().to_ascii_lowercase();
    let found = look_into(paths, |store| store.entries_named(&typed, MOST_NAMED + 1))?;
    let mut found = found.unwrap_or_default();
    if found.len() > 1 {
        return Err(ambiguous(&typed, &found, setup));
    }
    found.pop().ok_or_else(|| {
        let fact = format!("there is no entry {}", name.escape_debug());
        let hint = "attuned journal list shows what there is, each with its id";
        Failure::refused(fact, Some(hint.into()))
    })
}

fn ambiguous(name: &str, found: &[Entry], setup: &Setup) -> Failure {
    let of = |entry: &Entry| {
        let id = entry.id.drawn();
        let id = &id[..DIGITS.max(name.len() + 1).min(id.len())];
        format!("{id} ({})", day_and_time(entry, setup))
    };
    let mut named: Vec<String> = found.iter().take(MOST_NAMED).map(of).collect();
    if found.len() > MOST_NAMED {
        named.push("and more".to_owned());
    }
    let hint = format!("type more of it: {}", named.join(", "));
    Failure::refused(format!("several ids begin with {name}"), Some(hint))
}
