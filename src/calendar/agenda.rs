//! A person's meetings, of all their calendars together.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Meeting;

/// The meetings of some days, and what follows from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// By their beginning, each once.
    meetings: Vec<Meeting>,
}

/// Whether the person is in a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Busy until then; meetings that overlap or follow at once are one.
    Busy {
        /// When it ends.
        until: Timestamp,
    },
    /// Free, until the next meeting if one is known.
    Free {
        /// When it begins.
        until: Option<Timestamp>,
    },
}

impl Agenda {
    /// The meetings of several calendars; what is in two of them at the same time counts once.
    #[must_use]
    pub fn new(mut meetings: Vec<Meeting>) -> Self {
        meetings.sort_unstable();
        meetings.dedup();
        Self { meetings }
    }

    /// How it is at `now`, and until when.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Reading {
        let block = self.blocks().find(|block| block.end > now);
        match block {
            Some(block) if block.start <= now => Reading::Busy { until: block.end },
            Some(block) => Reading::Free {
                until: Some(block.start),
            },
            None => Reading::Free { until: None },
        }
    }

    /// When [`Agenda::at`] next tells something else; none where nothing more is known.
    #[must_use]
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        match self.at(now) {
            Reading::Busy { until } => Some(until),
            Reading::Free { until } => until,
        }
    }

    /// How many meetings a day has, in a zone; one past midnight belongs to both days.
    #[must_use]
    pub fn count_on(&self, day: Date, zone: &TimeZone) -> usize {
        let Some((start, end)) = bounds(day, zone) else {
            return 0;
        };
        let is_on = |meeting: &&Meeting| meeting.start < end && meeting.end > start;
        self.meetings.iter().filter(is_on).count()
    }

    /// How long a day's meetings take together, in a zone: those at the same time once, those past midnight in part.
    #[must_use]
    pub fn time_on(&self, day: Date, zone: &TimeZone) -> SignedDuration {
        let Some((start, end)) = bounds(day, zone) else {
            return SignedDuration::ZERO;
        };
        self.blocks()
            .map(|block| block.end.min(end).duration_since(block.start.max(start)))
            .filter(SignedDuration::is_positive)
            .sum()
    }

    /// Whether a day has more meetings than `limit`, and is to be light. Without a limit no day is.
    #[must_use]
    pub fn is_light(&self, day: Date, zone: &TimeZone, limit: Option<SignedDuration>) -> bool {
        limit.is_some_and(|limit| self.time_on(day, zone) > limit)
    }

    /// The meetings, with those that overlap or touch made one; in order.
    fn blocks(&self) -> impl Iterator<Item = Meeting> {
        let mut meetings = self.meetings.iter().copied().peekable();
        std::iter::from_fn(move || {
            let mut block = meetings.next()?;
            while let Some(next) = meetings.next_if(|next| next.start <= block.end) {
                block.end = block.end.max(next.end);
            }
            Some(block)
        })
    }
}

/// A day's first instant, and the next day's. None at the end of time.
fn bounds(day: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let start = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp());
    Some((start(day)?, start(day.tomorrow().ok()?)?))
}
