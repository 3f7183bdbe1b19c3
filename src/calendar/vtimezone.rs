//! Zones that a file defines itself, in a `VTIMEZONE`: from when on which UTC offset holds.

use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue,
};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::component::parse;
use super::moment::{self, Written, between};
use super::repeat::{Budget, Rule};

/// A zone has a handful of rules; a file with more is up to something.
const MOST_OBSERVANCES: usize = 200;

/// A zone as a file defines it.
#[derive(Debug)]
pub(super) struct Defined {
    /// Where it is, as an IANA name, where that is told (`X-LIC-LOCATION`).
    pub location: Option<String>,
    observances: Vec<Observance>,
}

/// When one offset takes over from another, once or again and again.
#[derive(Debug)]
struct Observance {
    /// On the wall clock that shows `from`.
    start: DateTime,
    from: Offset,
    to: Offset,
    rules: Vec<Rule>,
    more: Vec<DateTime>,
}

/// One offset taking over from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    /// On the wall clock that shows `from`.
    at: DateTime,
    from: Offset,
    to: Offset,
}

/// All changes of a zone until some time, in order; at least one.
#[derive(Debug)]
pub(super) struct Changes {
    first: Change,
    rest: Vec<Change>,
}

impl Defined {
    /// With the name that times in the file have it by.
    pub fn read(text: &str) -> Option<(String, Self)> {
        let part = parse(text)?;
        let mut name = None;
        let mut location = None;
        for entry in &part.components.first()?.entries {
            let value = entry.values.first().and_then(ICalendarValue::as_text);
            match (&entry.name, value) {
                (ICalendarProperty::Tzid, Some(id)) => name = Some(id.to_owned()),
                (ICalendarProperty::Other(other), Some(place))
                    if other.eq_ignore_ascii_case("X-LIC-LOCATION") =>
                {
                    location = Some(place.to_owned());
                }
                _ => {}
            }
        }
        let is_observance = |component: &&ICalendarComponent| {
            matches!(
                component.component_type,
                ICalendarComponentType::Standard | ICalendarComponentType::Daylight
            )
        };
        let observances = part.components.iter().filter(is_observance);
        let defined = Self {
            location,
            observances: observances
                .take(MOST_OBSERVANCES)
                .filter_map(Observance::read)
                .collect(),
        };
        Some((name?, defined))
    }

    /// The changes until `to`. None where none is told.
    pub fn changes(&self, to: Timestamp) -> Option<Changes> {
        let mut budget = Budget::default();
        // Wall clocks are less than a day and a half apart.
        let until = Offset::UTC
            .to_datetime(to)
            .saturating_add(jiff::Span::new().days(2));
        let mut changes: Vec<Change> = Vec::new();
        for one in &self.observances {
            let repeated = one.rules.iter().flat_map(|rule| {
                let starts = rule.starts(one.start, DateTime::MIN..until, &mut budget);
                starts.unwrap_or_default()
            });
            let times = repeated.chain([one.start]).chain(one.more.iter().copied());
            changes.extend(times.map(|at| Change {
                at,
                from: one.from,
                to: one.to,
            }));
        }
        changes.sort_unstable();
        changes.dedup();
        let mut changes = changes.into_iter();
        Some(Changes {
            first: changes.next()?,
            rest: changes.collect(),
        })
    }
}

impl Observance {
    fn read(component: &ICalendarComponent) -> Option<Self> {
        let (mut start, mut from, mut to) = (None, None, None);
        let (mut recurrences, mut more) = (Vec::new(), Vec::new());
        for entry in &component.entries {
            for value in &entry.values {
                match (&entry.name, value) {
                    (ICalendarProperty::Dtstart, ICalendarValue::PartialDateTime(at)) => {
                        start = local(Written::of(at));
                    }
                    (ICalendarProperty::Tzoffsetfrom, ICalendarValue::PartialDateTime(at)) => {
                        from = moment::offset(at);
                    }
                    (ICalendarProperty::Tzoffsetto, ICalendarValue::PartialDateTime(at)) => {
                        to = moment::offset(at);
                    }
                    (ICalendarProperty::Rdate, ICalendarValue::PartialDateTime(at)) => {
                        more.extend(local(Written::of(at)));
                    }
                    (ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(rule)) => {
                        recurrences.push(rule);
                    }
                    _ => {}
                }
            }
        }
        let (from, to) = (from?, to?);
        let rules = recurrences.into_iter().filter_map(|rule| {
            Rule::read(rule, |until| match until {
                Written::Instant(instant) => from.to_datetime(instant),
                Written::Local(local) => local,
                Written::Day(day) => day.at(23, 59, 59, 0),
            })
        });
        Some(Self {
            start: start?,
            from,
            to,
            rules: rules.collect(),
            more,
        })
    }
}

/// A time on the wall clock, as changes are written.
fn local(written: Option<Written>) -> Option<DateTime> {
    match written? {
        Written::Local(local) => Some(local),
        Written::Day(_) | Written::Instant(_) => None,
    }
}

impl Changes {
    /// See [`super::zones::Zone::instant`].
    pub fn instant(&self, local: DateTime) -> Option<Timestamp> {
        let offset = match self.last(|change| change.at <= local) {
            None => self.first.from,
            // Skipped: the clocks went from `at` right to that much later.
            Some(change) if between(change.at, local) < change.skipped() => change.from,
            Some(change) => change.to,
        };
        offset.to_timestamp(local).ok()
    }

    /// The wall clock at an instant.
    pub fn wall_clock(&self, instant: Timestamp) -> DateTime {
        let is_past = |change: &Change| change.at <= change.from.to_datetime(instant);
        let offset = self
            .last(is_past)
            .map_or(self.first.from, |change| change.to);
        offset.to_datetime(instant)
    }

    fn last(&self, is_past: impl Fn(&Change) -> bool) -> Option<Change> {
        let later = self.rest.partition_point(&is_past);
        match later.checked_sub(1) {
            Some(last) => Some(self.rest[last]),
            None => Some(self.first).filter(is_past),
        }
    }
}

impl Change {
    /// How much of the wall clock is skipped; less than nothing where it is shown twice.
    fn skipped(self) -> jiff::SignedDuration {
        self.from.duration_until(self.to)
    }
}
