//! Dates and times as a file writes them.

use calcard::common::PartialDateTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::zones::Zone;

/// A written date, with or without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// A whole day.
    Day(Date),
    /// A time on the wall clock of a zone told elsewhere.
    Local(DateTime),
    /// An instant: its UTC offset is written with it.
    Instant(Timestamp),
}

impl Written {
    /// None where it is no date, or one that never was.
    pub fn of(partial: &PartialDateTime) -> Option<Self> {
        let year = i16::try_from(partial.year?).ok()?;
        let month = i8::try_from(partial.month?).ok()?;
        let date = Date::new(year, month, i8::try_from(partial.day?).ok()?).ok()?;
        let Some(hour) = partial.hour else {
            return Some(Self::Day(date));
        };
        let number = |part: Option<u8>| i8::try_from(part.unwrap_or(0)).ok();
        // A leap second is the one before it.
        let second = number(partial.second)?.min(59);
        let time = Time::new(number(Some(hour))?, number(partial.minute)?, second, 0).ok()?;
        let local = date.to_datetime(time);
        match offset(partial) {
            Some(offset) => offset.to_timestamp(local).ok().map(Self::Instant),
            None => Some(Self::Local(local)),
        }
    }

    /// The wall clock in `zone`; a day begins at midnight.
    pub fn on_the_clock_of(self, zone: &Zone) -> DateTime {
        match self {
            Self::Day(date) => date.to_datetime(Time::midnight()),
            Self::Local(local) => local,
            Self::Instant(instant) => zone.wall_clock(instant),
        }
    }

    /// The instant, for what is read on the wall clock of `zone`. None outside the years that can be told.
    pub fn instant(self, zone: &Zone) -> Option<Timestamp> {
        match self {
            Self::Instant(instant) => Some(instant),
            _ => zone.instant(self.on_the_clock_of(zone)),
        }
    }
}

/// The UTC offset that is written, if one is.
pub(super) fn offset(partial: &PartialDateTime) -> Option<Offset> {
    let seconds = i32::from(partial.tz_hour?) * 3600 + i32::from(partial.tz_minute?) * 60;
    Offset::from_seconds(if partial.tz_minus { -seconds } else { seconds }).ok()
}

/// `local` moved by `by` on the wall clock, as far as years go.
pub(super) fn moved(local: DateTime, by: SignedDuration) -> DateTime {
    local.saturating_add(by)
}

/// How far apart two times on one wall clock are.
pub(super) fn between(from: DateTime, to: DateTime) -> SignedDuration {
    from.duration_until(to)
}
