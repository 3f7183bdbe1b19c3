//! The one door to the system's clock, zone and random source.
//!
//! Everything else takes time and randomness as arguments; `clippy.toml` refuses these calls anywhere but here.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The wall clock. It may step, in either direction.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A clock that only runs forward, for measuring how long something took.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn monotonic() -> Instant {
    Instant::now()
}

/// The system's time zone: `TZ` where it is set, else the machine's; UTC where neither can be read.
///
/// jiff remembers the answer; [`forget_system_zone`] makes the next call look again.
#[must_use]
pub fn system_zone() -> TimeZone {
    try_system_zone().unwrap_or(TimeZone::UTC)
}

/// The system's time zone.
///
/// # Errors
/// Where it cannot be told.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn try_system_zone() -> Result<TimeZone, jiff::Error> {
    TimeZone::try_system()
}

/// Forgets what [`system_zone`] remembers, after the machine's zone changed.
pub fn forget_system_zone() {
    jiff::tz::db().reset();
    jiff::tz::reset_system_time_zone_cache();
}

/// Sixty-four random bits from the operating system, by way of the standard library's hash keys.
///
/// Good for a seed, too few for a secret.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn entropy() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn entropy_does_not_repeat() {
        let drawn: BTreeSet<u64> = (0..100).map(|_| entropy()).collect();
        assert_eq!(drawn.len(), 100);
    }

    #[test]
    fn the_zone_survives_being_forgotten() {
        let before = system_zone();
        forget_system_zone();
        assert_eq!(system_zone(), before);
    }
}
