//! From wall-clock times to instants, for stretches of time that start and end on the clock.
//!
//! A time that the clocks skip stands for the first instant after the gap. Of a time that comes twice, a stretch starts
//! at the first and ends at the second, so that a pause is never shorter than written.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// The instant at which `local` first comes; none outside the range of timestamps.
pub(super) fn first_instant(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            // Read with the later offset, a time in the gap lies before the change.
            let before_change = after.to_timestamp(local).ok()?;
            let change = zone.following(before_change).next()?;
            Some(change.timestamp())
        }
    }
}

/// The instant at which `local` comes for the last time; none outside the range of timestamps.
pub(super) fn last_instant(local: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Fold { after, .. } => after.to_timestamp(local).ok(),
        _ => first_instant(local, zone),
    }
}

/// The midnight that ends `date`; none on the calendar's last day.
pub(super) fn end_of(date: Date) -> Option<DateTime> {
    Some(date.tomorrow().ok()?.to_datetime(Time::midnight()))
}
