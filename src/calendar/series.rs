//! An event with all its occurrences.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::event::{Event, Occurrence};
use super::finding::Notes;
use super::moment::{between, moved};
use super::repeat::{Budget, Refused};
use super::{Meeting, View};

/// What lasts this long or longer is a note about the day, not a meeting.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Occurrences may be moved by so much together; a year is more than anybody does.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 366);

/// What a wall clock may differ by, with the longest meeting.
const MARGIN: SignedDuration = SignedDuration::from_hours(48);

/// One event, repeating or not, and its changed occurrences.
#[derive(Debug, Default)]
pub(super) struct Series {
    /// Missing where the person is invited to single occurrences only.
    event: Option<Event>,
    changed: BTreeMap<Occurrence, Event>,
}

impl From<Event> for Series {
    fn from(event: Event) -> Self {
        let mut series = Self::default();
        series.add(event);
        series
    }
}

impl Series {
    /// Adds a part of it; of two that stand for the same, the newer one counts.
    pub fn add(&mut self, event: Event) {
        let is_newer = |other: &Event| event.sequence >= other.sequence;
        match event.changes {
            None if self.event.as_ref().is_none_or(is_newer) => self.event = Some(event),
            Some(changed) if self.changed.get(&changed.occurrence).is_none_or(is_newer) => {
                self.changed.insert(changed.occurrence, event);
            }
            _ => {}
        }
    }

    /// Adds the meetings in view, in no order.
    pub fn meetings(
        &self,
        view: &View,
        budget: &mut Budget,
        notes: &mut Notes,
        meetings: &mut Vec<Meeting>,
    ) {
        for changed in self.changed.values() {
            let start = changed.zone.instant(changed.start);
            meetings.extend(start.and_then(|start| changed.meeting(start, changed.length, view)));
        }
        let Some(event) = &self.event else {
            return;
        };
        let phases = self.phases(event, notes);
        if phases.iter().any(|phase| phase.shape.is_busy) {
            let farthest = phases.iter().map(|phase| phase.by.abs()).max();
            let range = seen(event, view, farthest.unwrap_or_default());
            let starts = starts(event, &range, budget, notes);
            meetings.extend(self.repeated(event, starts, &phases, view));
        }
        for (start, length) in &event.more {
            let day = event.zone.wall_clock(*start).date();
            if !self.is_replaced(event, *start, day) {
                meetings.extend(event.meeting(*start, length.unwrap_or(event.length), view));
            }
        }
    }

    /// What the event is like from when on, in order: as it was made, and after each change of all that follow.
    fn phases<'s>(&'s self, event: &'s Event, notes: &mut Notes) -> Vec<Phase<'s>> {
        let mut phases = vec![Phase {
            from: DateTime::MIN,
            by: SignedDuration::ZERO,
            shape: event,
        }];
        for (occurrence, changed) in &self.changed {
            if !changed.changes.is_some_and(|changed| changed.with_later) {
                continue;
            }
            let from = match occurrence {
                Occurrence::At(instant) => event.zone.wall_clock(*instant),
                Occurrence::On(day) => day.to_datetime(event.start.time()),
            };
            let start = changed.zone.instant(changed.start);
            let start = start.map(|start| event.zone.wall_clock(start));
            match start.map(|start| between(from, start)) {
                Some(by) if by.abs() <= FARTHEST => phases.push(Phase {
                    from,
                    by,
                    shape: changed,
                }),
                _ => notes.unreadable(),
            }
        }
        phases.sort_by_key(|phase| phase.from);
        phases
    }

    fn repeated(
        &self,
        event: &Event,
        starts: Vec<DateTime>,
        phases: &[Phase<'_>],
        view: &View,
    ) -> impl Iterator<Item = Meeting> {
        starts.into_iter().filter_map(move |start| {
            let original = event.zone.instant(start)?;
            if self.is_replaced(event, original, start.date()) {
                return None;
            }
            let phase = phases.iter().rfind(|phase| phase.from <= start)?;
            let start = event.zone.instant(moved(start, phase.by))?;
            phase.shape.meeting(start, phase.shape.length, view)
        })
    }

    /// Whether an occurrence is left out, or told apart.
    fn is_replaced(&self, event: &Event, at: Timestamp, on: jiff::civil::Date) -> bool {
        event.except.contains(at, on)
            || self.changed.contains_key(&Occurrence::At(at))
            || self.changed.contains_key(&Occurrence::On(on))
    }
}

/// A stretch of occurrences that are alike.
struct Phase<'s> {
    /// The first one's original time, on the event's wall clock.
    from: DateTime,
    /// How far they are moved.
    by: SignedDuration,
    shape: &'s Event,
}

/// The times on the event's wall clock at which an occurrence that is seen can begin.
fn seen(event: &Event, view: &View, farthest: SignedDuration) -> Range<DateTime> {
    let around = farthest + MARGIN;
    let [from, to] = [view.from, view.to].map(|instant| event.zone.wall_clock(instant));
    moved(from, -around)..moved(to, around)
}

/// When the occurrences begin, in order: the first one, and those that the rules give.
fn starts(
    event: &Event,
    range: &Range<DateTime>,
    budget: &mut Budget,
    notes: &mut Notes,
) -> Vec<DateTime> {
    let mut starts = Vec::from_iter(range.contains(&event.start).then_some(event.start));
    for rule in &event.rules {
        match rule.starts(event.start, range.clone(), budget) {
            Ok(repeated) => starts.extend(repeated),
            Err(Refused::Invalid) => notes.unreadable(),
            Err(Refused::TooOften) => notes.too_often(),
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

impl Event {
    /// The meeting that it is from `start` on, where it is one, and in view.
    fn meeting(&self, start: Timestamp, length: SignedDuration, view: &View) -> Option<Meeting> {
        let end = start.checked_add(length).ok()?;
        let is_meeting = self.is_busy && start < end && length < DAY;
        (is_meeting && end > view.from && start < view.to).then_some(Meeting { start, end })
    }
}
