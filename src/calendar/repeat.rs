//! Repeating events: the days and times that a rule (`RRULE`) gives.
//!
//! rrule expands the rule on the wall clock, as if that were UTC, so that no clock change is in its way; the zone turns
//! the times into instants afterwards.

use std::ops::Range;

use calcard::common::CalendarScale;
use calcard::icalendar::{ICalendarFrequency, ICalendarRecurrenceRule};
use chrono::{Datelike, Month, NaiveDate, TimeZone as _, Timelike};
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use rrule::{Frequency, NWeekday, RRule, Tz, Unvalidated};

use super::moment::{Written, between, moved};

/// More numbers in one rule, or more times on one day, are no meeting, and would take long to go through.
const MOST_NUMBERS: usize = 150;
const MOST_TIMES_A_DAY: usize = 48;

/// The Gregorian calendar repeats every so many years, to the day of the week.
const CYCLE: i32 = 400;

/// rrule gives up on a rule that never comes in this year.
const LAST_YEAR: i32 = 9_999;

/// How much may be expanded for one file, in times. A rule that gives none may have taken long, so it costs more.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
}

const NOTHING_FOUND: usize = 5_000;

impl Default for Budget {
    fn default() -> Self {
        Self { left: 500_000 }
    }
}

/// Why a rule gives no times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// RFC 5545 does not allow it.
    Invalid,
    /// It gives too many times to go through.
    TooOften,
}

/// A rule, and until when it holds.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    written: RRule<Unvalidated>,
    /// The length of its unit times its interval, where that is always the same and nothing is counted.
    step: Option<SignedDuration>,
    /// The last time it can give, on the wall clock.
    until: Option<DateTime>,
    is_too_long: bool,
}

impl Rule {
    /// `on_the_clock` tells when on the event's wall clock the written end is. None where the rule is not of the
    /// Gregorian calendar.
    pub fn read(
        written: &ICalendarRecurrenceRule,
        on_the_clock: impl Fn(Written) -> DateTime,
    ) -> Option<Self> {
        if !matches!(written.rscale, None | Some(CalendarScale::Gregorian)) {
            return None;
        }
        let until = match &written.until {
            Some(until) => Some(on_the_clock(Written::of(until)?)),
            None => None,
        };
        let month = |month: &calcard::icalendar::ICalendarMonth| {
            let number = (!month.is_leap()).then(|| month.month())?;
            Month::try_from(number).ok()
        };
        let months: Vec<Month> = written.bymonth.iter().map(month).collect::<Option<_>>()?;
        let days = written.byday.iter();
        let days = days.map(|day| NWeekday::new(day.ordwk, day.weekday.into()));
        let interval = written.interval.unwrap_or(1).max(1);
        let (frequency, unit) = unit(written.freq);
        let mut rule = RRule::new(frequency)
            .interval(interval)
            .by_set_pos(written.bysetpos.clone())
            .by_month(&months)
            .by_month_day(written.bymonthday.clone())
            .by_year_day(written.byyearday.clone())
            .by_week_no(written.byweekno.clone())
            .by_weekday(days.collect())
            .by_hour(written.byhour.clone())
            .by_minute(written.byminute.clone())
            .by_second(written.bysecond.clone());
        if let Some(first) = written.wkst {
            rule = rule.week_start(first.into());
        }
        if let Some(count) = written.count {
            rule = rule.count(count);
        }
        let step = unit.filter(|_| written.count.is_none());
        Some(Self {
            written: rule,
            step: step.map(|unit| unit * i32::from(interval)),
            until,
            is_too_long: is_too_long(written),
        })
    }

    /// The times in `range` of an event that begins at `start`, in order, all on its wall clock.
    ///
    /// # Errors
    /// Where the rule is not allowed, or gives too many times.
    pub fn starts(
        &self,
        start: DateTime,
        range: Range<DateTime>,
        budget: &mut Budget,
    ) -> Result<Vec<DateTime>, Refused> {
        let ended = self
            .until
            .is_some_and(|until| until < range.start.max(start));
        if ended || start >= range.end {
            return Ok(Vec::new());
        }
        if self.is_too_long {
            return Err(Refused::TooOften);
        }
        let limit = u16::try_from(budget.left).unwrap_or(u16::MAX);
        // Moved by whole cycles, so that a rule that never comes ends soon: a few hundred years on.
        let years = (LAST_YEAR - i32::from(range.end.year())) / CYCLE * CYCLE;
        let mut rule = self.written.clone();
        if let Some(until) = self.until {
            rule = rule.until(to_chrono(until, years).ok_or(Refused::Invalid)?);
        }
        let first = to_chrono(self.forwarded(start, range.start), years).ok_or(Refused::Invalid)?;
        let end = to_chrono(range.end, years).ok_or(Refused::Invalid)?;
        let times = rule.build(first).map_err(|_| Refused::Invalid)?;
        let times = times.before(end).all(limit);
        let cost = match times.dates.len() {
            0 => NOTHING_FOUND,
            count => count,
        };
        budget.left = budget.left.saturating_sub(cost);
        if times.limited {
            return Err(Refused::TooOften);
        }
        let starts = times.dates.iter().filter_map(|at| from_chrono(at, years));
        Ok(starts.filter(|start| range.contains(start)).collect())
    }

    /// A later start that gives the same times from `from` on.
    fn forwarded(&self, start: DateTime, from: DateTime) -> DateTime {
        let Some(step) = self.step else {
            return start;
        };
        // One step is left over, as a week may begin before the event does.
        let steps = between(start, from).as_secs() / step.as_secs() - 1;
        moved(
            start,
            SignedDuration::from_secs(step.as_secs() * steps.max(0)),
        )
    }
}

/// The frequency, and how long its unit is where all are equally long.
fn unit(frequency: ICalendarFrequency) -> (Frequency, Option<SignedDuration>) {
    let hours = |hours| Some(SignedDuration::from_hours(hours));
    match frequency {
        ICalendarFrequency::Yearly => (Frequency::Yearly, None),
        ICalendarFrequency::Monthly => (Frequency::Monthly, None),
        ICalendarFrequency::Weekly => (Frequency::Weekly, hours(7 * 24)),
        ICalendarFrequency::Daily => (Frequency::Daily, hours(24)),
        ICalendarFrequency::Hourly => (Frequency::Hourly, hours(1)),
        ICalendarFrequency::Minutely => (Frequency::Minutely, Some(SignedDuration::from_mins(1))),
        ICalendarFrequency::Secondly => (Frequency::Secondly, Some(SignedDuration::from_secs(1))),
    }
}

fn is_too_long(rule: &ICalendarRecurrenceRule) -> bool {
    let clock = [&rule.byhour, &rule.byminute, &rule.bysecond].map(Vec::len);
    let others = [
        rule.byday.len(),
        rule.bymonthday.len(),
        rule.byyearday.len(),
        rule.byweekno.len(),
        rule.bymonth.len(),
        rule.bysetpos.len(),
    ];
    let numbers: usize = clock.iter().chain(&others).sum();
    let times = clock.iter().map(|count| count.max(&1));
    numbers > MOST_NUMBERS || times.product::<usize>() > MOST_TIMES_A_DAY
}

fn to_chrono(at: DateTime, years: i32) -> Option<chrono::DateTime<Tz>> {
    let number = |part: i8| u32::try_from(part).ok();
    let year = i32::from(at.year()) + years;
    let date = NaiveDate::from_ymd_opt(year, number(at.month())?, number(at.day())?)?;
    let (hour, minute) = (number(at.hour())?, number(at.minute())?);
    let local = date.and_hms_opt(hour, minute, number(at.second())?)?;
    Some(Tz::UTC.from_utc_datetime(&local))
}

fn from_chrono(at: &chrono::DateTime<Tz>, years: i32) -> Option<DateTime> {
    let number = |part: u32| i8::try_from(part).ok();
    let year = i16::try_from(at.year() - years).ok()?;
    let date = Date::new(year, number(at.month())?, number(at.day())?).ok()?;
    let (hour, minute) = (number(at.hour())?, number(at.minute())?);
    Some(date.at(hour, minute, number(at.second())?, 0))
}
