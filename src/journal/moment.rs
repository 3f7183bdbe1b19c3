//! When something was: the instant, and what the clock on the wall said.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};
use serde::{Deserialize, Serialize};

use crate::schedule::zone_name;

/// An instant, with the offset and the zone there: a week of travel reads as it was lived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The instant, to the millisecond.
    pub at: Timestamp,
    /// What local time was ahead of UTC, in seconds.
    #[serde(with = "as_seconds")]
    pub offset: Offset,
    /// The zone: an IANA name, or an offset.
    pub zone: String,
}

impl Moment {
    /// `at`, in a zone.
    #[must_use]
    pub fn new(at: Timestamp, zone: &TimeZone) -> Self {
        // Only the very end of time cannot be rounded, and it is whole.
        let at = at.round(Unit::Millisecond).unwrap_or(at);
        Self {
            at,
            offset: zone.to_offset(at),
            zone: zone_name(zone, at),
        }
    }

    /// What the clock on the wall said.
    #[must_use]
    pub fn local(&self) -> DateTime {
        self.offset.to_datetime(self.at)
    }
}

mod as_seconds {
    use jiff::tz::Offset;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub fn serialize<S: Serializer>(offset: &Offset, serializer: S) -> Result<S::Ok, S::Error> {
        offset.seconds().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Offset, D::Error> {
        let seconds = i32::deserialize(deserializer)?;
        Offset::from_seconds(seconds).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_the_wall_clock_it_was_made_by() {
        let at: Timestamp = "2026-07-01T22:30:00.123456Z".parse().unwrap();
        let zone = TimeZone::get("Asia/Kathmandu").unwrap();
        let moment = Moment::new(at, &zone);
        // Kathmandu is 5 h 45 min ahead.
        assert_eq!(moment.local(), "2026-07-02T04:15:00.123".parse().unwrap());
        let json = serde_json::to_value(&moment).unwrap();
        assert_eq!(
            json,
            serde_json::json!({ "at": "2026-07-01T22:30:00.123Z", "offset": 20_700, "zone": "Asia/Kathmandu" })
        );
        assert_eq!(serde_json::from_value::<Moment>(json).unwrap(), moment);
    }

    #[test]
    fn an_offset_beyond_a_day_is_refused() {
        let odd =
            serde_json::json!({ "at": "2026-07-01T22:30:00Z", "offset": 100_000, "zone": "UTC" });
        assert!(serde_json::from_value::<Moment>(odd).is_err());
    }
}
