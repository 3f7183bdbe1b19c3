//! From planned wall-clock times to instants, where clocks change.
//!
//! Clocks put forward leave a gap of wall-clock times that never come; clocks put back repeat some, in two passes.
//! The two rules are cron's, as in crontab(5) of Debian and the BSDs.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::Occurrence;

/// How a schedule meets a change of the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// What falls in a gap comes at the first instant after it; what is repeated comes in the first pass only.
    Fixed,
    /// What falls in a gap is skipped; what is repeated comes in both passes.
    Wildcard,
}

impl Change {
    /// The first occurrence strictly after `after`, of the wall-clock times that `first_from` finds:
    /// the first planned time at or after a given one. Both are whole seconds.
    pub fn next_after(
        self,
        after: Timestamp,
        zone: &TimeZone,
        first_from: impl Fn(DateTime) -> Option<DateTime>,
    ) -> Option<Occurrence> {
        match self {
            Change::Fixed => next_fixed(after, zone, first_from),
            Change::Wildcard => next_wildcard(after, zone, first_from),
        }
    }
}

fn next_fixed(
    after: Timestamp,
    zone: &TimeZone,
    first_from: impl Fn(DateTime) -> Option<DateTime>,
) -> Option<Occurrence> {
    let mut from = next_second(zone.to_datetime(after))?;
    loop {
        let local = first_from(from)?;
        let instant = first_instant(local, zone)?;
        if instant.at > after {
            return Some(Occurrence {
                at: instant.at,
                local,
            });
        }
        // Within a second pass, everything up to its end has been.
        from = instant.repeated_until.unwrap_or(next_second(local)?);
    }
}

fn next_wildcard(
    after: Timestamp,
    zone: &TimeZone,
    first_from: impl Fn(DateTime) -> Option<DateTime>,
) -> Option<Occurrence> {
    let mut offset = zone.to_offset(after);
    let mut from = next_second(offset.to_datetime(after))?;
    let mut local = first_from(from)?;
    for change in zone.following(after) {
        match offset.to_timestamp(local) {
            Ok(at) if at < change.timestamp() => break,
            _ => {}
        }
        offset = change.offset();
        let resumed = offset.to_datetime(change.timestamp());
        // Only clocks put back before `from`, or forward past `local`, change what comes next.
        if resumed < from || resumed > local {
            local = first_from(resumed)?;
        }
        from = resumed;
    }
    let at = offset.to_timestamp(local).ok()?;
    Some(Occurrence { at, local })
}

pub(super) struct Instant {
    pub at: Timestamp,
    /// For a repeated time: the wall-clock time at which the repeated stretch ends.
    pub repeated_until: Option<DateTime>,
}

/// The instant of a wall-clock time by the fixed rule; none outside the range of timestamps.
pub(super) fn first_instant(local: DateTime, zone: &TimeZone) -> Option<Instant> {
    let instant = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => Instant {
            at: offset.to_timestamp(local).ok()?,
            repeated_until: None,
        },
        AmbiguousOffset::Gap { after, .. } => {
            // Read with the later offset, a time in the gap lies before the change.
            let before_change = after.to_timestamp(local).ok()?;
            Instant {
                at: change_to(after, before_change, zone)?,
                repeated_until: None,
            }
        }
        AmbiguousOffset::Fold { before, after } => {
            let at = before.to_timestamp(local).ok()?;
            Instant {
                at,
                repeated_until: Some(before.to_datetime(change_to(after, at, zone)?)),
            }
        }
    };
    Some(instant)
}

/// The first change after `instant` that leads to `offset`.
fn change_to(offset: Offset, instant: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    zone.following(instant)
        .find(|change| change.offset() == offset)
        .map(|change| change.timestamp())
}

/// The whole second after the one `local` is in.
fn next_second(local: DateTime) -> Option<DateTime> {
    let second = local.with().subsec_nanosecond(0).build().ok()?;
    second.checked_add(SignedDuration::from_secs(1)).ok()
}
