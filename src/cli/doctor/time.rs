//! The time zone, and whether the clock can be right.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::look::Look;
use super::row::Row;
use crate::clock;
use crate::daemon::store::{Store, StoreError};
use crate::engine;

/// What is this far ahead of the clock was noted by another one: more than any two zones differ.
const AHEAD: SignedDuration = SignedDuration::from_hours(27);

pub fn check(look: &Look) -> Vec<Row> {
    vec![zone(), clock(look.now, &look.zone, newest(look))]
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

/// `newest`: when the last thing on record was due.
fn clock(now: Timestamp, zone: &TimeZone, newest: Option<Timestamp>) -> Row {
    let name = "clock";
    let next = "set it: timedatectl set-ntp true keeps it right by itself";
    let local = now.to_zoned(zone.clone());
    let day = local.strftime("%A %-d %B %Y").to_string();
    let fact = local.strftime("%A %-d %B %Y, %H:%M").to_string();
    if !engine::is_plausible(now) {
        let fact = format!("says {day}, so it has not been set; attuned waits until it is");
        return Row::fail(name, fact, next);
    }
    match newest {
        Some(newest) if newest.duration_since(now) > AHEAD => {
            Row::warn(name, format!("{fact}; the record knows later days"), next)
                .anonymously(format!("{day}; the record knows later days"))
        }
        _ => Row::ok(name, fact).anonymously(day),
    }
}

/// When the last thing on record was due; none where that cannot be told.
fn newest(look: &Look) -> Option<Timestamp> {
    let paths = look.paths.as_ref().ok()?;
    let store = Store::open_read_only(&paths.database).ok().flatten()?;
    let extent: Result<_, StoreError> = store.extent();
    extent.ok()?.to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_told() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let told = |now, newest: Option<&str>| {
            let row = clock(at(now), &TimeZone::UTC, newest.map(at));
            (row.verdict.word(), row.fact)
        };
        let (word, fact) = told("1970-01-02T10:00:00Z", None);
        assert_eq!(word, "fail");
        assert!(fact.starts_with("says Friday 2 January 1970,"), "{fact}");

        let now = "2026-11-24T10:00:00Z";
        let well = ("ok", "Tuesday 24 November 2026, 10:00".to_owned());
        assert_eq!(told(now, None), well);
        assert_eq!(told(now, Some("2026-11-25T12:00:00Z")), well, "26 h ahead");
        assert_eq!(
            told(now, Some("2026-11-25T14:00:00Z")).0,
            "warn",
            "28 h ahead"
        );
    }
}
