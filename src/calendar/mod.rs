//! When a person is in a meeting: from the text of an iCalendar file (RFC 5545) to the busy times of the coming days.
//!
//! [`read`] takes a file's bytes and a [`View`]: the stretch of time that matters, the zone in force and the person's
//! addresses. Titles, places and people are never kept, nor is anything outside that stretch. calcard takes the text
//! apart, rrule finds the days of repeating events on the wall clock, and jiff turns wall clocks into instants.
//!
//! # What makes a person busy
//!
//! An event with a beginning and an end, unless it
//! - takes whole days, or 24 hours and more: a birthday, a holiday, a trip. Such a note says little about the hours in
//!   it, and must not silence a week; `[[pause]]` is there for that;
//! - is shown as free (`TRANSP:TRANSPARENT`, or Outlook's status "free" or "working elsewhere");
//! - is cancelled;
//! - was declined by the person, or handed on to somebody else.
//!
//! What is tentative, or not answered yet, counts: a prompt in a meeting costs more than one that does not come.
//!
//! # What can be wrong with a file
//!
//! Files come from elsewhere, so nothing in them is trusted. Reading takes bounded time and memory whatever is in them,
//! and what cannot be understood counts as free and becomes a [`Finding`].

mod agenda;
mod component;
mod event;
mod finding;
mod moment;
mod repeat;
mod series;
mod vtimezone;
mod zones;

#[cfg(test)]
mod tests;

pub use agenda::{Agenda, Reading};
pub use finding::Finding;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use component::{Kind, Parts};
use event::Event;
use finding::Notes;
use repeat::Budget;
use series::Series;
use zones::Zones;

/// A larger file is not read: 20 MiB hold more than fifty thousand events.
pub const MAX_BYTES: u64 = 20 << 20;

/// More meetings than this in the stretch of time looked at are left out.
const MOST_MEETINGS: usize = 10_000;

/// A stretch of time in which the person is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it; later than `start`.
    pub end: Timestamp,
}

/// What is looked for in a calendar.
#[derive(Debug, Clone)]
pub struct View {
    /// Meetings that end at or before this instant are left out.
    pub from: Timestamp,
    /// Meetings that start at or after this instant are left out.
    pub to: Timestamp,
    /// The zone of times that name none.
    pub zone: TimeZone,
    /// The person's mail addresses, by which an answer to an invitation is known to be theirs.
    pub addresses: Vec<String>,
}

/// How many days are looked at, today among them.
const DAYS: i64 = 8;

impl View {
    /// Today and the days after it, a week in all and a day.
    #[must_use]
    pub fn of_coming_days(now: Timestamp, zone: TimeZone, addresses: Vec<String>) -> Self {
        let today = zone.to_datetime(now).date();
        let start = |day: Date| day.to_zoned(zone.clone()).map(|start| start.timestamp());
        let last = today.saturating_add(Span::new().days(DAYS));
        Self {
            from: start(today).unwrap_or(now),
            to: start(last).unwrap_or(Timestamp::MAX),
            zone,
            addresses,
        }
    }

    /// When the first day is over, and there is another one to look at.
    #[must_use]
    pub fn end_of_first_day(&self) -> Option<Timestamp> {
        let tomorrow = self.zone.to_datetime(self.from).date().tomorrow().ok()?;
        Some(tomorrow.to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    /// Whether that day is today.
    #[must_use]
    pub fn begins_on_the_day_of(&self, now: Timestamp) -> bool {
        let day = |instant| self.zone.to_datetime(instant).date();
        day(now) == day(self.from)
    }
}

/// What a file tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// In order, each once.
    pub meetings: Vec<Meeting>,
    /// What could not be understood; the rest works.
    pub findings: Vec<Finding>,
}

/// Reads one iCalendar file.
#[must_use]
pub fn read(bytes: &[u8], view: &View) -> Calendar {
    let text = String::from_utf8_lossy(bytes);
    let mut notes = Notes::default();
    let Some(parts) = Parts::of(&text) else {
        notes.add(Finding::NotACalendar);
        return notes.into_calendar(Vec::new());
    };
    if parts.is_cut {
        notes.add(Finding::Cut);
    }
    if parts.is_cancellation {
        return notes.into_calendar(Vec::new());
    }
    let mut zones = Zones::new(&parts, view);
    let mut budget = Budget::default();
    let mut meetings = Vec::new();
    for series in all_series(&parts, view, &mut zones, &mut notes) {
        series.meetings(view, &mut budget, &mut notes, &mut meetings);
        if meetings.len() > MOST_MEETINGS {
            meetings.truncate(MOST_MEETINGS);
            notes.add(Finding::TooManyMeetings);
            break;
        }
    }
    meetings.sort_unstable();
    meetings.dedup();
    notes.into_calendar(meetings)
}

/// The file's events, those of one repeating event together.
fn all_series(
    parts: &Parts<'_>,
    view: &View,
    zones: &mut Zones<'_>,
    notes: &mut Notes,
) -> Vec<Series> {
    let mut named: BTreeMap<String, Series> = BTreeMap::new();
    let mut nameless: Vec<Series> = Vec::new();
    for text in parts.of_kind(Kind::Event) {
        let Some(event) = Event::read(text, view, zones, notes) else {
            continue;
        };
        match event.uid.clone() {
            Some(uid) => named.entry(uid).or_default().add(event),
            None => nameless.push(Series::from(event)),
        }
    }
    named.into_values().chain(nameless).collect()
}
