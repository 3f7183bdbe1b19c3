//! Time, walked through minute by minute.

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A minute on a wall clock.
pub struct Wall {
    pub local: DateTime,
    pub day: i8,
    pub hour: i8,
    pub minute: i8,
    /// After midnight.
    pub minutes: i32,
    pub weekday: Weekday,
}

impl Wall {
    pub fn new(local: DateTime) -> Wall {
        Wall {
            local,
            day: local.day(),
            hour: local.hour(),
            minute: local.minute(),
            minutes: i32::from(local.hour()) * 60 + i32::from(local.minute()),
            weekday: local.weekday(),
        }
    }

    pub fn is(&self, hour: i8, minute: i8) -> bool {
        (self.hour, self.minute) == (hour, minute)
    }

    pub fn weekend(&self) -> bool {
        matches!(self.weekday, Weekday::Saturday | Weekday::Sunday)
    }
}

/// Where the offset changes; the database also lists instants at which only a name does, or nothing.
pub fn changes(zone: &TimeZone) -> Vec<Timestamp> {
    let start: Timestamp = "2000-01-01T00:00:00Z".parse().unwrap();
    let end: Timestamp = "2041-01-01T00:00:00Z".parse().unwrap();
    let before = |at: Timestamp| zone.to_offset(at - SignedDuration::from_secs(1));
    zone.following(start)
        .map(|change| change.timestamp())
        .take_while(|at| *at < end)
        .filter(|at| before(*at) != zone.to_offset(*at))
        .collect()
}

/// Real time around an instant, a minute at a time.
pub struct Walk {
    pub first: Timestamp,
    pub last: Timestamp,
    /// What the wall clock reads.
    pub reads: Vec<(Timestamp, Wall)>,
    /// What it has reached or passed for the first time: nothing in a repeat, many at once over a gap.
    pub reaches: Vec<(Timestamp, Wall)>,
}

impl Walk {
    pub fn around(middle: Timestamp, hours: i64, zone: &TimeZone) -> Walk {
        let minute = SignedDuration::from_mins(1);
        let first = middle - SignedDuration::from_hours(hours);
        let last = middle + SignedDuration::from_hours(hours);
        let mut latest = zone.to_datetime(first);
        let (mut reads, mut reaches) = (Vec::new(), Vec::new());
        let mut at = first + minute;
        while at <= last {
            let local = zone.to_datetime(at);
            while latest < local {
                latest += minute;
                reaches.push((at, Wall::new(latest)));
            }
            reads.push((at, Wall::new(local)));
            at += minute;
        }
        Walk {
            first,
            last,
            reads,
            reaches,
        }
    }
}

/// The first instant at which the wall clock reads `local` or later.
pub fn reached(local: DateTime, walk: &Walk) -> Timestamp {
    // No offset is larger than 15 hours.
    let early = TimeZone::UTC.to_timestamp(local).unwrap() - SignedDuration::from_hours(15);
    let start = walk.reads.partition_point(|(at, _)| *at < early);
    assert!(
        walk.reads[start].1.local < local,
        "the walk starts too late"
    );
    let (at, _) = walk.reads[start..]
        .iter()
        .find(|(_, wall)| wall.local >= local)
        .unwrap();
    *at
}
