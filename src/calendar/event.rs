//! One event as a file tells it: when it is, and whether it makes the person busy.

use std::collections::BTreeSet;

use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarParameterValue,
    ICalendarParticipationStatus, ICalendarPeriod, ICalendarProperty, ICalendarStatus,
    ICalendarTransparency, ICalendarValue,
};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::View;
use super::component::parse;
use super::finding::Notes;
use super::moment::Written;
use super::repeat::Rule;
use super::zones::{Zone, Zones};

/// No more rules, nor extra dates, are looked at in one event.
const MOST_RULES: usize = 10;
const MOST_DATES: usize = 10_000;

/// One event, or one changed occurrence of a repeating one.
#[derive(Debug)]
pub(super) struct Event {
    /// The same for all of a repeating event.
    pub uid: Option<String>,
    /// The higher of two versions is the newer one.
    pub sequence: i64,
    /// Which occurrence it stands for, where it changes one.
    pub changes: Option<Changed>,
    /// On the wall clock of `zone`.
    pub start: DateTime,
    pub zone: Zone,
    pub length: SignedDuration,
    pub is_busy: bool,
    pub rules: Vec<Rule>,
    /// More occurrences (`RDATE`), some with a length of their own.
    pub more: Vec<(Timestamp, Option<SignedDuration>)>,
    /// Occurrences that are left out (`EXDATE`).
    pub except: Occurrences,
}

/// Which occurrence of a repeating event is another than the rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Changed {
    pub occurrence: Occurrence,
    /// Whether those after it are, too (`RANGE=THISANDFUTURE`).
    pub with_later: bool,
}

/// An occurrence by when it would begin; some programs tell no more than its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Occurrence {
    At(Timestamp),
    On(Date),
}

/// Some occurrences.
#[derive(Debug, Clone, Default)]
pub(super) struct Occurrences(BTreeSet<Occurrence>);

impl Occurrences {
    pub fn insert(&mut self, occurrence: Occurrence) {
        self.0.insert(occurrence);
    }

    /// Whether the occurrence that begins then, on that day on the event's wall clock, is among them.
    pub fn contains(&self, at: Timestamp, on: Date) -> bool {
        self.0.contains(&Occurrence::At(at)) || self.0.contains(&Occurrence::On(on))
    }
}

impl Event {
    /// None where it has no time that can be understood, which is noted.
    pub fn read(text: &str, view: &View, zones: &mut Zones<'_>, notes: &mut Notes) -> Option<Self> {
        let part = parse(text);
        let component = part.as_ref().and_then(|part| part.components.first());
        let event = component.and_then(|event| Self::of(event, view, zones, notes));
        if event.is_none() {
            notes.unreadable();
        }
        event
    }

    fn of(
        component: &ICalendarComponent,
        view: &View,
        zones: &mut Zones<'_>,
        notes: &mut Notes,
    ) -> Option<Self> {
        let first = |wanted| component.entries.iter().find(|entry| entry.name == wanted);
        let dtstart = first(ICalendarProperty::Dtstart)?;
        let written = date(dtstart.values.first()?)?;
        let zone = match (written, dtstart.tz_id()) {
            (Written::Instant(_), _) => Zone::Known(TimeZone::UTC),
            (_, Some(name)) => zones.named(name, notes),
            (_, None) => zones.in_force(),
        };
        let mut times = Times::new(zone, zones, notes);
        let mut length = None;
        for entry in &component.entries {
            match (&entry.name, entry.values.first()) {
                (ICalendarProperty::Dtend, Some(end)) => {
                    length = Some(times.until(written, date(end)?, entry)?);
                }
                (ICalendarProperty::Duration, Some(ICalendarValue::Duration(duration))) => {
                    length = Some(SignedDuration::from_secs(duration.as_seconds()));
                }
                (ICalendarProperty::RecurrenceId, Some(_)) => times.read_changed(entry),
                (ICalendarProperty::Rrule, _) => times.read_rules(entry),
                (ICalendarProperty::Rdate, _) => times.read_more(entry),
                (ICalendarProperty::Exdate, _) => times.read_except(entry),
                _ => {}
            }
        }
        let takes_hours = !matches!(written, Written::Day(_));
        let sequence = first(ICalendarProperty::Sequence).and_then(|entry| entry.values.first());
        Some(Self {
            uid: component.uid().map(str::to_owned),
            sequence: sequence.and_then(ICalendarValue::as_integer).unwrap_or(0),
            changes: times.changes,
            start: written.on_the_clock_of(&times.zone),
            // Without an end it ends as it begins.
            length: length.unwrap_or(SignedDuration::ZERO),
            is_busy: takes_hours && takes_time(component, view),
            rules: times.rules,
            more: times.more,
            except: times.except,
            zone: times.zone,
        })
    }
}

/// What is read of an event's other times, once it is known when it begins.
struct Times<'e, 'z> {
    zone: Zone,
    zones: &'e mut Zones<'z>,
    notes: &'e mut Notes,
    changes: Option<Changed>,
    rules: Vec<Rule>,
    more: Vec<(Timestamp, Option<SignedDuration>)>,
    except: Occurrences,
}

impl<'e, 'z> Times<'e, 'z> {
    fn new(zone: Zone, zones: &'e mut Zones<'z>, notes: &'e mut Notes) -> Self {
        Self {
            zone,
            zones,
            notes,
            changes: None,
            rules: Vec::new(),
            more: Vec::new(),
            except: Occurrences::default(),
        }
    }

    /// The zone of an entry's times: that of the beginning, unless it tells.
    fn zone_of(&mut self, entry: &ICalendarEntry) -> Zone {
        match entry.tz_id() {
            Some(name) => self.zones.named(name, self.notes),
            None => self.zone.clone(),
        }
    }

    fn until(
        &mut self,
        start: Written,
        end: Written,
        entry: &ICalendarEntry,
    ) -> Option<SignedDuration> {
        let zone = self.zone_of(entry);
        let start = start.instant(&self.zone)?;
        Some(end.instant(&zone)?.duration_since(start))
    }

    fn read_changed(&mut self, entry: &ICalendarEntry) {
        let zone = self.zone_of(entry);
        let Some(occurrence) = entry.values.first().and_then(|id| occurrence(id, &zone)) else {
            return self.notes.unreadable();
        };
        self.changes = Some(Changed {
            occurrence,
            with_later: matches!(
                entry.parameter(&ICalendarParameterName::Range),
                Some(ICalendarParameterValue::Bool(true))
            ),
        });
    }

    fn read_rules(&mut self, entry: &ICalendarEntry) {
        for value in &entry.values {
            let zone = &self.zone;
            let end = |until| match until {
                // The whole day is in it.
                Written::Day(day) => day.at(23, 59, 59, 0),
                other => other.on_the_clock_of(zone),
            };
            let rule = match value {
                ICalendarValue::RecurrenceRule(rule) => Rule::read(rule, end),
                _ => None,
            };
            match rule {
                Some(rule) if self.rules.len() < MOST_RULES => self.rules.push(rule),
                _ => self.notes.unreadable(),
            }
        }
    }

    fn read_more(&mut self, entry: &ICalendarEntry) {
        let zone = self.zone_of(entry);
        for value in &entry.values {
            if self.more.len() == MOST_DATES {
                return;
            }
            self.more.extend(extra(value, &zone));
        }
    }

    fn read_except(&mut self, entry: &ICalendarEntry) {
        let zone = self.zone_of(entry);
        for value in &entry.values {
            if let Some(occurrence) = occurrence(value, &zone) {
                self.except.insert(occurrence);
            }
        }
    }
}

fn date(value: &ICalendarValue) -> Option<Written> {
    Written::of(value.as_partial_date_time()?)
}

fn occurrence(value: &ICalendarValue, zone: &Zone) -> Option<Occurrence> {
    match date(value)? {
        Written::Day(day) => Some(Occurrence::On(day)),
        time => time.instant(zone).map(Occurrence::At),
    }
}

/// One more occurrence: a time, or a time with a length. A whole day is none that matters.
fn extra(value: &ICalendarValue, zone: &Zone) -> Option<(Timestamp, Option<SignedDuration>)> {
    match value {
        ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
            let start = Written::of(start)?.instant(zone)?;
            let end = Written::of(end)?.instant(zone)?;
            Some((start, Some(end.duration_since(start))))
        }
        ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
            let length = SignedDuration::from_secs(duration.as_seconds());
            Some((Written::of(start)?.instant(zone)?, Some(length)))
        }
        _ => match date(value)? {
            Written::Day(_) => None,
            time => Some((time.instant(zone)?, None)),
        },
    }
}

/// Whether the event takes the person's time, as far as it says.
fn takes_time(event: &ICalendarComponent, view: &View) -> bool {
    event.entries.iter().all(|entry| {
        let value = entry.values.first();
        match &entry.name {
            ICalendarProperty::Transp => !matches!(
                value,
                Some(ICalendarValue::Transparency(
                    ICalendarTransparency::Transparent
                ))
            ),
            ICalendarProperty::Status => !matches!(
                value,
                Some(ICalendarValue::Status(ICalendarStatus::Cancelled))
            ),
            ICalendarProperty::Attendee => !is_refusal(entry, &view.addresses),
            ICalendarProperty::Other(name) => {
                let text = value.and_then(ICalendarValue::as_text);
                !says_free(name, text.unwrap_or_default())
            }
            _ => true,
        }
    })
}

/// Whether the person has declined, or handed the invitation on.
fn is_refusal(attendee: &ICalendarEntry, addresses: &[String]) -> bool {
    let email = attendee.parameter(&ICalendarParameterName::Email);
    let email = email.and_then(ICalendarParameterValue::as_text);
    let told = [attendee.calendar_address(), email];
    let is_own = |told: &str| {
        addresses
            .iter()
            .any(|own| own.eq_ignore_ascii_case(told.trim()))
    };
    let answer = attendee.parameter(&ICalendarParameterName::Partstat);
    let refused = matches!(
        answer,
        Some(ICalendarParameterValue::Partstat(
            ICalendarParticipationStatus::Declined | ICalendarParticipationStatus::Delegated
        ))
    );
    refused && told.into_iter().flatten().any(is_own)
}

/// Outlook's own words for what is free, and for whole days that it writes from midnight to midnight.
fn says_free(name: &str, value: &str) -> bool {
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
    let says = |wanted: &str| value.trim().eq_ignore_ascii_case(wanted);
    if is("X-MICROSOFT-CDO-BUSYSTATUS") {
        says("FREE") || says("WORKINGELSEWHERE")
    } else {
        is("X-MICROSOFT-CDO-ALLDAYEVENT") && says("TRUE")
    }
}
