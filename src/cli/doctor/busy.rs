//! What tells whether the person is busy: a row for each source, as the running daemon sees it.

use super::look::{Daemon, Look};
use super::row::Row;
use crate::cli::busy::{name, reading_in_words};
use crate::cli::pauses::end;
use crate::cli::style::roughly;
use crate::engine::{Reading, Sensed, Source};

pub fn check(look: &Look) -> Vec<Row> {
    let Daemon::Runs { status, .. } = &look.daemon else {
        return Vec::new();
    };
    let senses = status.overview.senses.iter();
    senses
        .map(|(source, sensed)| row(*source, sensed, look))
        .collect()
}

fn row(source: Source, sensed: &Sensed, look: &Look) -> Row {
    let says = reading_in_words(&sensed.reading, |at| end(at, look.now, &look.zone));
    if sensed.is_stuck(source, look.now) {
        let length = roughly(look.now.duration_since(sensed.since));
        let fact = |says: &str| format!("{says} for {length}, so not believed until that changes");
        let next = "end the program that uses it, if it was forgotten";
        return Row::warn(name(source), fact(&says), next).anonymously(fact("busy"));
    }
    match &sensed.reading {
        Reading::Unknown { .. } => {
            let fact = format!("counts as free: {}", look.shortened(&says));
            Row::unknown(name(source), fact).anonymously("counts as free, as it cannot tell")
        }
        Reading::Busy { .. } => Row::ok(name(source), says).anonymously("busy"),
        Reading::Looking | Reading::Free | Reading::OnRequest => Row::ok(name(source), says),
    }
}
