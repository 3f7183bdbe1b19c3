//! How long a person's own pause lasts: `2h`, `until 17:00`, `today`, `until mon`, `workday`.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::ActiveHours;
use super::hours::days_after;
use super::moment::{Day, Moment, parse_moment, starts_with_time, within, words};
use super::wall_clock::{end_of, first_instant, last_instant};
use crate::schedule::Error;
use crate::schedule::words::{CalendarDay, parse_duration, parse_time};
use crate::source::did_you_mean;

/// The longest pause: 366 days.
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// The longest text read, in bytes.
const LONGEST_TEXT: usize = 200;

/// How long a pause lasts, as a person said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PauseUntil {
    /// Nothing was said: until the next active range that starts on a later day, or midnight where there is none.
    NextActiveDay,
    /// "2h": so long from now.
    Passed(SignedDuration),
    /// "until 17:00": today, or tomorrow where that is over.
    Time(Time),
    /// "until mon", "until 2026-12-24 14:00"; without a time, until the day's active hours start, or its midnight.
    Moment(Moment),
    /// "today": to midnight, or to the end of the active range that runs past it.
    Today,
    /// "until tomorrow", "until tomorrow 9:00"; without a time, until tomorrow's active hours start, or midnight.
    Tomorrow(Option<Time>),
    /// "workday": to the end of today's active hours; through the next day that has some where they are over.
    Workday,
    /// `--while zoom`: to the end of the last process of that program, 24 hours at most.
    ProgramEnds(String),
}

/// So long at most a pause waits for a program: one that was forgotten silences nothing for good.
const LONGEST_PROGRAM: SignedDuration = SignedDuration::from_hours(24);

impl PauseUntil {
    /// The program that it waits for.
    #[must_use]
    pub fn program(&self) -> Option<&str> {
        match self {
            PauseUntil::ProgramEnds(program) => Some(program),
            _ => None,
        }
    }

    /// Reads what follows `attuned pause`; nothing is fine too.
    ///
    /// # Errors
    /// Where the text is not wholly understood.
    pub fn parse(text: &str) -> Result<PauseUntil, Error> {
        if text.len() > LONGEST_TEXT {
            return Err(not_understood(text));
        }
        let lower = text.trim().to_lowercase();
        match lower.as_str() {
            "" => return Ok(PauseUntil::NextActiveDay),
            "today" | "for today" => return Ok(PauseUntil::Today),
            "workday" | "the workday" => return Ok(PauseUntil::Workday),
            _ => {}
        }
        let mut starts = words(text);
        let first = starts.next().map(|word| text[word].to_lowercase());
        let rest = starts.next().map_or(text.len(), |word| word.start)..text.len();
        match first.as_deref() {
            Some("until" | "till") => within(text, rest, parse_end),
            Some("for") => within(text, rest, parse_duration).map(PauseUntil::Passed),
            _ => match parse_duration(text) {
                Ok(length) => Ok(PauseUntil::Passed(length)),
                Err(error) => Err(length_error(text, error)),
            },
        }
    }

    /// The instant a pause that starts at `now` ends.
    ///
    /// # Errors
    /// Where that is past, or more than 366 days ahead. The error points at no text.
    pub fn resolve(
        &self,
        now: Timestamp,
        zone: &TimeZone,
        hours: &ActiveHours,
    ) -> Result<Timestamp, Error> {
        let local = zone.to_datetime(now);
        let today = hours.day_of(local);
        let end = match *self {
            PauseUntil::ProgramEnds(_) => now.checked_add(LONGEST_PROGRAM).ok(),
            PauseUntil::Passed(length) => now.checked_add(length).ok(),
            PauseUntil::Time(time) => next_time(time, now, zone),
            PauseUntil::Moment(moment) => {
                Some(next_moment(moment, now, zone, hours).ok_or_else(past)?)
            }
            PauseUntil::Today => last_of(end_of(today).max(hours.end_of_day(today)), zone),
            PauseUntil::Tomorrow(time) => days_after(today)
                .filter_map(|date| start_at(time, date, zone, hours))
                .find(|start| *start > now),
            PauseUntil::Workday => last_of(end_of_workday(local, hours), zone),
            PauseUntil::NextActiveDay => match hours.next_start_on_later_date(local) {
                Some(start) => first_instant(start, zone),
                None => end_of(today).and_then(|midnight| first_instant(midnight, zone)),
            },
        };
        match end {
            Some(end) if end.duration_since(now) <= LONGEST => Ok(end),
            _ => Err(too_long()),
        }
    }
}

/// What follows "until".
fn parse_end(text: &str) -> Result<PauseUntil, Error> {
    if let Some(time) = after_first_word(text, "tomorrow") {
        return within(text, time, parse_time_of_tomorrow).map(PauseUntil::Tomorrow);
    }
    if let Some(what) = after_first_word(text, "next") {
        return Err(next_is_vague(text, what));
    }
    match (parse_time(text), parse_moment(text)) {
        (Ok(time), _) => Ok(PauseUntil::Time(time)),
        (_, Ok(moment)) => Ok(PauseUntil::Moment(moment)),
        (Err(time), Err(_)) if is_like_a_time(text) => Err(time),
        (_, Err(moment)) => Err(moment),
    }
}

/// What follows `word` where the text starts with it.
fn after_first_word(text: &str, word: &str) -> Option<Range<usize>> {
    let mut words = words(text);
    let first = words.next()?;
    let rest = words.next().map_or(text.len(), |word| word.start)..text.len();
    text[first].eq_ignore_ascii_case(word).then_some(rest)
}

fn parse_time_of_tomorrow(text: &str) -> Result<Option<Time>, Error> {
    let at = after_first_word(text, "at").unwrap_or(0..text.len());
    if text.trim().is_empty() {
        return Ok(None);
    }
    within(text, at, parse_time).map(Some)
}

/// "next week", "next fri": which day that is, people do not agree on.
fn next_is_vague(text: &str, what: Range<usize>) -> Error {
    let what = text[what].trim();
    let hint = match parse_moment(what) {
        Ok(_) => format!("write until {what}, which is the one that comes next"),
        Err(_) => "name a day, as in until mon or until 1 March".to_owned(),
    };
    Error {
        span: 0..text.trim_end().len(),
        message: format!("\"{}\" may mean several days", text.trim()),
        hint: Some(hint),
    }
}

fn is_like_a_time(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text.chars().all(|c| c.is_ascii_digit()) || starts_with_time(text)
}

/// Why a text is no length of time, with the way to say what was perhaps meant.
fn length_error(text: &str, error: Error) -> Error {
    let trimmed = text.trim();
    if parse_end(trimmed).is_ok() {
        return Error {
            span: 0..text.len(),
            message: format!("\"{trimmed}\" alone may mean until then, or all of it"),
            hint: Some(format!("write until {trimmed}")),
        };
    }
    if trimmed.starts_with(|c: char| c.is_ascii_digit()) {
        return error;
    }
    not_understood(text)
}

fn not_understood(text: &str) -> Error {
    Error {
        span: 0..text.len(),
        message: "this is not a time to pause for".into(),
        hint: Some(match mended(text) {
            _ if after_first_word(text, "while").is_some() => {
                "while a program runs: attuned pause --while PROGRAM".into()
            }
            Some(meant) => format!("did you mean {meant}?"),
            None => "for example 2h, until 17:00, today, workday or until mon".into(),
        }),
    }
}

/// The text with its first word as it was perhaps meant, where that is a time to pause for.
fn mended(text: &str) -> Option<String> {
    let first = words(text).next()?;
    let typed = &text[first.clone()];
    let known = ["today", "workday", "until", "for", "tomorrow"];
    let meant = match did_you_mean(typed, known)? {
        meant if meant == typed.to_lowercase() => return None,
        "tomorrow" => "until tomorrow",
        meant => meant,
    };
    let meant = format!("{meant}{}", text[first.end..].trim_end());
    PauseUntil::parse(&meant).is_ok().then_some(meant)
}

fn too_long() -> Error {
    Error {
        span: 0..0,
        message: "a pause lasts at most a year".into(),
        hint: Some("to be without attuned for longer: attuned disable".into()),
    }
}

fn past() -> Error {
    Error {
        span: 0..0,
        message: "that moment has passed".into(),
        hint: Some("name one that is still to come".into()),
    }
}

/// The last instant of a wall-clock time.
fn last_of(local: Option<DateTime>, zone: &TimeZone) -> Option<Timestamp> {
    last_instant(local?, zone)
}

/// The next instant at which clocks show `time`.
fn next_time(time: Time, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = zone.to_datetime(now).date();
    let to_come = |at: &Timestamp| *at > now;
    let today_at = today.to_datetime(time);
    first_instant(today_at, zone)
        .filter(to_come)
        .or_else(|| last_instant(today_at, zone).filter(to_come))
        .or_else(|| first_instant(today.tomorrow().ok()?.to_datetime(time), zone))
}

/// The next instant of a moment; none where it is past.
fn next_moment(
    moment: Moment,
    now: Timestamp,
    zone: &TimeZone,
    hours: &ActiveHours,
) -> Option<Timestamp> {
    let instant = |date: Date| start_at(moment.time, date, zone, hours);
    let today = zone.to_datetime(now).date();
    dates(moment, today, hours.day_of(zone.to_datetime(now)))
        .into_iter()
        .filter_map(instant)
        .find(|at| *at > now)
}

/// The dates a moment may mean, in order.
fn dates(moment: Moment, today: Date, active_day: Date) -> Vec<Date> {
    match moment.day {
        // "until mon", on a Monday, is the next one; "until mon 14:00" may be today's.
        Day::OfWeek(day) => moment
            .time
            .map(|_| today)
            .into_iter()
            .chain(days_after(active_day))
            .filter(|date| date.weekday() == day)
            .collect(),
        Day::OfYear(CalendarDay::Once(date)) => vec![date],
        Day::OfYear(CalendarDay::Yearly(yearly)) => (today.year()..=today.year().saturating_add(8))
            .filter_map(|year| Date::new(year, yearly.month?, yearly.day).ok())
            .collect(),
    }
}

/// That time of the day; without one, when the day's active hours start, or its midnight where it is silent.
fn start_at(
    time: Option<Time>,
    date: Date,
    zone: &TimeZone,
    hours: &ActiveHours,
) -> Option<Timestamp> {
    let start = match time {
        Some(time) => Some(date.to_datetime(time)),
        None => hours.start_of_day(date),
    };
    first_instant(start.unwrap_or(date.to_datetime(Time::midnight())), zone)
}

/// The end of today's active hours, or of the next day's that has some; midnight where none has.
fn end_of_workday(local: DateTime, hours: &ActiveHours) -> Option<DateTime> {
    let today = hours.day_of(local);
    let to_come = |end: &DateTime| *end > local;
    hours
        .end_of_day(today)
        .filter(to_come)
        .or_else(|| days_after(today).find_map(|date| hours.end_of_day(date)))
        .or_else(|| end_of(today))
}

#[cfg(test)]
mod tests;
