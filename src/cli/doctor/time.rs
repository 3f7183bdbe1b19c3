//! The time zone, and whether the clock can be right.

use jiff::SignedDuration;

use super::look::Look;
use super::row::Row;
use crate::clock;
use crate::daemon::store::{Store, StoreError};
use crate::engine;

/// What is this far ahead of the clock was noted by another one: more than any two zones differ.
const AHEAD: SignedDuration = SignedDuration::from_hours(27);

pub fn check(look: &Look) -> Vec<Row> {
    vec![zone(), clock(look)]
}

fn zone() -> Row {
    let name = "time zone";
    match clock::try_system_zone() {
        Err(error) => Row::warn(
            name,
            format!("could not be told, so that all times are UTC: {error}"),
            "timedatectl set-timezone Europe/Berlin sets it, or TZ=Europe/Berlin",
        )
        .anonymously("could not be told, so that all times are UTC"),
        Ok(zone) => {
            let from = match std::env::var_os("TZ") {
                Some(_) => "by TZ",
                None => "the system's",
            };
            match zone.iana_name() {
                Some(iana) => Row::ok(name, format!("{iana}, {from}"))
                    .anonymously(format!("has a name, {from}")),
                None => Row::ok(name, format!("one without a name, {from}")),
            }
        }
    }
}

fn clock(look: &Look) -> Row {
    let name = "clock";
    let next = "set it: timedatectl set-ntp true keeps it right by itself";
    let now = look.now.to_zoned(look.zone.clone());
    let day = now.strftime("%A %-d %B %Y").to_string();
    let fact = now.strftime("%A %-d %B %Y, %H:%M").to_string();
    if !engine::is_plausible(look.now) {
        let fact = format!("says {day}, so it has not been set; attuned waits until it is");
        return Row::fail(name, fact, next);
    }
    match newest(look) {
        Some(newest) if newest.duration_since(look.now) > AHEAD => {
            Row::warn(name, format!("{fact}; the record knows later days"), next)
                .anonymously(format!("{day}; the record knows later days"))
        }
        _ => Row::ok(name, fact).anonymously(day),
    }
}

/// When the last thing on record was due; none where that cannot be told.
fn newest(look: &Look) -> Option<jiff::Timestamp> {
    let paths = look.paths.as_ref().ok()?;
    let store = Store::open_read_only(&paths.database).ok().flatten()?;
    let extent: Result<_, StoreError> = store.extent();
    extent.ok()?.to
}
