//! The times of a planned pause: "mon 09:00-11:00", "fri 14:00 - mon 08:00", "24 December to 2 January".

use std::ops::Range;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::hours::ends_on;
use super::moment::{
    Day, Moment, after_day, before_time, day_error, parse_moment, starts_with_time, within,
    word_starts, words,
};
use super::wall_clock::end_of;
use crate::schedule::Error;
use crate::schedule::words::{
    CalendarDay, Days, MonthDay, TimeRange, parse_date, parse_days, parse_time_range,
};

/// The longest text read, in bytes.
const LONGEST: usize = 200;

/// After "every", what asks for some of the weeks.
const CYCLES: [&str; 8] = [
    "other",
    "alternate",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "2nd",
];

const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// When a planned pause holds, on the wall clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PauseTimes {
    /// A stretch that starts on these days of every week.
    Weekly {
        /// The days it starts on.
        days: Days,
        /// The time it starts.
        start: Time,
        /// From the start to the end on the wall clock, at most seven days.
        length: SignedDuration,
    },
    /// A stretch of every year, in whole days.
    Yearly {
        /// Its first day.
        first: MonthDay,
        /// Its last day, in the next year where it is before the first.
        last: MonthDay,
    },
    /// One stretch.
    Once {
        /// The first moment.
        start: DateTime,
        /// The first moment after it.
        end: DateTime,
    },
}

impl PauseTimes {
    /// Reads days of the week, dates or ranges of either, with or without times.
    ///
    /// # Errors
    /// Where the text is not wholly understood, or a stretch ends before it starts.
    pub fn parse(text: &str) -> Result<PauseTimes, Error> {
        if text.len() > LONGEST {
            return Err(whole_text(
                text,
                "this is too long",
                "several times can be written as a list",
            ));
        }
        if let Some(start) = word_starts(text).find(|at| parse_time_range(&text[*at..]).is_ok()) {
            let range = within(text, start..text.len(), parse_time_range)?;
            return on_days(&text[..start], range);
        }
        if let Ok(days) = parse_days(text) {
            return Ok(weekly(days, TimeRange::WHOLE_DAY));
        }
        if let Ok(day) = parse_date(text) {
            return whole_days(text, day, day);
        }
        if let Some(error) = what_pauses_cannot_say(text) {
            return Err(error);
        }
        match separator(text) {
            Some(to) => from_to(text, to),
            None => Err(times_error(text)),
        }
    }

    /// The stretches that may hold on `date`, and at least the next one to come, in no order.
    pub(super) fn near(&self, date: Date) -> Vec<(DateTime, DateTime)> {
        match self {
            PauseTimes::Weekly {
                days,
                start,
                length,
            } => {
                let range = TimeRange {
                    start: *start,
                    length: *length,
                };
                // Seven days back for the longest stretch; two weeks ahead, as one may fall into a gap of the clocks.
                let around = (-8..=15).filter_map(|days| date.checked_add(days * A_DAY).ok());
                around
                    .filter(|date| days.contains(date.weekday()))
                    .filter_map(|date| ends_on(date, range))
                    .collect()
            }
            // Eight years ahead hold every date that comes at all, even 29 February.
            PauseTimes::Yearly { first, last } => (date.year() - 1..=date.year().saturating_add(8))
                .filter_map(|year| in_year(*first, *last, year))
                .collect(),
            PauseTimes::Once { start, end } => vec![(*start, *end)],
        }
    }
}

fn whole_text(text: &str, message: &str, hint: &str) -> Error {
    Error {
        span: 0..text.len(),
        message: message.into(),
        hint: Some(hint.into()),
    }
}

fn weekly(days: Days, range: TimeRange) -> PauseTimes {
    PauseTimes::Weekly {
        days,
        start: range.start,
        length: range.length,
    }
}

/// A range of times on the days, or the one date, that `head` names; every day where it names none.
fn on_days(head: &str, range: TimeRange) -> Result<PauseTimes, Error> {
    let head = before_time(head);
    if head.trim().is_empty() || head.trim() == "from" {
        return Ok(weekly(Days::EVERY_DAY, range));
    }
    if let Ok(days) = parse_days(head) {
        return Ok(weekly(days, range));
    }
    match parse_date(head) {
        Ok(CalendarDay::Once(date)) => match ends_on(date, range) {
            Some((start, end)) => Ok(PauseTimes::Once { start, end }),
            None => Err(beyond_the_calendar(head)),
        },
        Ok(CalendarDay::Yearly(_)) => Err(year_needed(head)),
        Err(_) => Err(day_error(head)),
    }
}

fn beyond_the_calendar(text: &str) -> Error {
    whole_text(text, "this is too far ahead", "the last year is 9999")
}

fn year_needed(text: &str) -> Error {
    whole_text(
        text,
        "a date with a time needs its year",
        "for example 2026-12-24 14:00; without a time it comes every year",
    )
}

/// Where "to" or a dash stands between two moments.
fn separator(text: &str) -> Option<Range<usize>> {
    let word = words(text).skip(1).find(|word| {
        let word = text[word.clone()].to_lowercase();
        matches!(word.as_str(), "to" | "until" | "till" | "through")
    });
    let dash = text.char_indices().find(|(at, c)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        match (c, before, after) {
            ('–' | '—', Some(_), _) => true,
            ('-', Some(before), Some(after)) => {
                before.is_whitespace() || after.is_whitespace() || after.is_alphabetic()
            }
            _ => false,
        }
    });
    let dash = dash.map(|(at, c)| at..at + c.len_utf8());
    [word, dash]
        .into_iter()
        .flatten()
        .min_by_key(|found| found.start)
}

/// A stretch from one moment to another; without a time, through the whole day.
fn from_to(text: &str, to: Range<usize>) -> Result<PauseTimes, Error> {
    let first = start_of_text(text);
    let start = within(text, first..to.start, parse_moment)?;
    let end = within(text, to.end..text.len(), parse_end)?;
    match (start.day, end.day) {
        (Day::OfWeek(first), Day::OfWeek(last)) => {
            in_week(text, (first, start.time), (last, end.time))
        }
        (Day::OfYear(first), Day::OfYear(last)) if start.time.or(end.time).is_none() => {
            whole_days(text, first, last)
        }
        (Day::OfYear(CalendarDay::Once(first)), Day::OfYear(CalendarDay::Once(last))) => {
            once(text, start_on(first, start.time), end_on(last, end.time))
        }
        (Day::OfYear(_), Day::OfYear(_)) => Err(year_needed(text)),
        (Day::OfWeek(_), Day::OfYear(_)) | (Day::OfYear(_), Day::OfWeek(_)) => Err(whole_text(
            text,
            "one end is a day of the week, the other a date",
            "for example fri 14:00 - mon 08:00, or 2026-12-24 to 2027-01-02",
        )),
    }
}

/// After a "from" at its start.
fn start_of_text(text: &str) -> usize {
    let mut starts = words(text);
    match (starts.next(), starts.next()) {
        (Some(from), Some(next)) if text[from.clone()].eq_ignore_ascii_case("from") => next.start,
        _ => 0,
    }
}

/// A moment that ends something: "24:00" is the day's end, as is no time at all.
fn parse_end(text: &str) -> Result<Moment, Error> {
    let text = text.trim_end();
    parse_moment(text.strip_suffix(" 24:00").unwrap_or(text))
}

fn start_on(date: Date, time: Option<Time>) -> DateTime {
    date.to_datetime(time.unwrap_or(Time::midnight()))
}

fn end_on(date: Date, time: Option<Time>) -> Option<DateTime> {
    match time {
        Some(time) => Some(date.to_datetime(time)),
        None => end_of(date),
    }
}

fn in_week(
    text: &str,
    (first, start): (Weekday, Option<Time>),
    (last, end): (Weekday, Option<Time>),
) -> Result<PauseTimes, Error> {
    let start = start.unwrap_or(Time::midnight());
    let since_midnight = |time: Time| time.duration_since(Time::midnight());
    let days = SignedDuration::from_hours(24 * i64::from(last.since(first)));
    let length = days + end.map_or(A_DAY, since_midnight) - since_midnight(start);
    if length.is_zero() {
        return Err(whole_text(
            text,
            "this ends when it starts",
            "for example fri 14:00 - mon 08:00",
        ));
    }
    let around_the_week = if length.is_negative() {
        7 * A_DAY
    } else {
        SignedDuration::ZERO
    };
    Ok(PauseTimes::Weekly {
        days: first.into(),
        start,
        length: length + around_the_week,
    })
}

fn whole_days(text: &str, first: CalendarDay, last: CalendarDay) -> Result<PauseTimes, Error> {
    match (first, last) {
        (CalendarDay::Once(first), CalendarDay::Once(last)) => {
            once(text, start_on(first, None), end_on(last, None))
        }
        (CalendarDay::Yearly(first), CalendarDay::Yearly(last)) => {
            Ok(PauseTimes::Yearly { first, last })
        }
        _ => Err(whole_text(
            text,
            "one date has a year and the other has none",
            "write the year of both, or of neither for every year",
        )),
    }
}

fn once(text: &str, start: DateTime, end: Option<DateTime>) -> Result<PauseTimes, Error> {
    match end {
        Some(end) if start < end => Ok(PauseTimes::Once { start, end }),
        Some(_) => Err(whole_text(
            text,
            "this ends before it starts",
            "swap the two",
        )),
        _ => Err(beyond_the_calendar(text)),
    }
}

/// Points at the days, the date or the times, whichever is wrong first.
fn times_error(text: &str) -> Error {
    let times_at = if starts_with_time(text) {
        Some(0)
    } else {
        after_day(text)
    };
    let times = times_at.and_then(|at| within(text, at..text.len(), parse_time_range).err());
    times.unwrap_or_else(|| day_error(text))
}

/// "every other monday", "24-26 December", and what to write in their place.
fn what_pauses_cannot_say(text: &str) -> Option<Error> {
    let mut starts = words(text);
    let (first, second) = (starts.next()?, starts.next()?);
    let is_every = text[first.clone()].eq_ignore_ascii_case("every");
    let cycle = text[second.clone()].to_lowercase();
    if is_every && CYCLES.contains(&cycle.as_str()) {
        return Some(Error {
            span: first.start..second.end,
            message: format!("a pause has no \"every {cycle} …\""),
            hint: Some("weeks are all alike here; name days of the week, or dates".into()),
        });
    }
    let (first, last) = text.split_once(['-', '–'])?;
    let (first, last) = (first.trim(), last.trim());
    let (first, last) = match (first.rsplit_once(' '), last.split_once(' ')) {
        (Some((month, _)), None) => (first.to_owned(), format!("{month} {last}")),
        (None, Some((_, month))) => (format!("{first} {month}"), last.to_owned()),
        _ => return None,
    };
    let are_dates = parse_date(&first).is_ok() && parse_date(&last).is_ok();
    are_dates.then(|| {
        let hint = format!("write \"{first} to {last}\"");
        whole_text(text, "both days need their month", &hint)
    })
}

/// The stretch that starts in `year`. Where a year has no 29 February, it stands for the moment between 28 February
/// and 1 March.
fn in_year(first: MonthDay, last: MonthDay, year: i16) -> Option<(DateTime, DateTime)> {
    let on = |day: MonthDay, year: i16| Date::new(year, day.month?, day.day).ok();
    let leap_day = |year: i16| Date::new(year, 3, 1).ok();
    let start = on(first, year).or_else(|| leap_day(year))?;
    let last_year = if (last.month, last.day) < (first.month, first.day) {
        year.checked_add(1)?
    } else {
        year
    };
    let end = match on(last, last_year) {
        Some(last) => end_of(last)?,
        None => leap_day(last_year)?.to_datetime(Time::midnight()),
    };
    Some((start.to_datetime(Time::midnight()), end))
}

#[cfg(test)]
mod tests;
