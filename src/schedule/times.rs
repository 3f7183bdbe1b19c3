//! Times of day and ranges of them: "9:00", "5:30 pm", "noon", "22:00-01:00".

use std::ops::Range;

use jiff::SignedDuration;
use jiff::civil::Time;

use super::Error;
use super::lexer::{Cursor, Kind};
use super::refuse_clock;
use super::words::whole;

/// A stretch of the day on a wall clock, past midnight where it ends before it starts. Belongs to the day it starts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// The first moment.
    pub start: Time,
    /// From the start to the end; above zero, at most 24 hours.
    pub length: SignedDuration,
}

impl TimeRange {
    /// The whole day.
    pub const WHOLE_DAY: TimeRange = TimeRange {
        start: Time::midnight(),
        length: SignedDuration::from_hours(24),
    };

    /// The time it ends; 00:00 for the day's end.
    #[must_use]
    pub fn end(self) -> Time {
        self.start.wrapping_add(self.length)
    }
}

impl std::fmt::Display for TimeRange {
    /// "09:00-17:30", which [`parse_time_range`] reads again; the day's end is 24:00.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", describe_time(self.start), describe_end(*self))
    }
}

/// A time of day, in hours and minutes: "9:00", "09:00", "9am", "9:30 pm", "17", "noon", "midnight".
///
/// # Errors
/// Where the text is anything else, or an hour that may be meant for the morning or the evening ("9").
pub fn parse_time(text: &str) -> Result<Time, Error> {
    let clock = whole(text, required_clock)?;
    check_bare(&[&clock])?;
    check_moment(&clock)?;
    Ok(time_of(clock.minutes))
}

/// A range of times: "09:00-17:30", "9 am to 5 pm", "22:00-01:00" (past midnight), "00:00-24:00".
///
/// # Errors
/// Where the text is anything else, or start and end are the same.
pub fn parse_time_range(text: &str) -> Result<TimeRange, Error> {
    whole(text, |cursor| {
        let start = required_clock(cursor)?;
        if !eat_to(cursor) {
            return Err(cursor
                .error("the range's end is missing")
                .hint("for example 09:00-17:30"));
        }
        let end = required_clock(cursor)?;
        range(&start, &end)
    })
}

/// "09:30".
pub(super) fn describe_time(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The end of a range; the day's end is "24:00".
pub(super) fn describe_end(range: TimeRange) -> String {
    match range.end() {
        end if end == Time::midnight() => "24:00".to_owned(),
        end => describe_time(end),
    }
}

/// Eats "-", "to", "until" or "till".
pub(super) fn eat_to(cursor: &mut Cursor) -> bool {
    cursor.eat(&Kind::Dash) || cursor.eat_word(&["to", "until", "till"])
}

/// From `start` to `end`, on the next day where that is earlier.
pub(super) fn range(start: &Clock, end: &Clock) -> Result<TimeRange, Error> {
    check_bare(&[start, end])?;
    check_moment(start)?;
    let minutes = match i64::from(end.minutes) - i64::from(start.minutes) {
        0 => {
            return Err(
                Error::new(end.span.clone(), "the range ends when it starts")
                    .hint("for the whole day, write between 00:00 and 24:00"),
            );
        }
        ahead if ahead > 0 => ahead,
        past_midnight => past_midnight + 24 * 60,
    };
    Ok(TimeRange {
        start: time_of(start.minutes),
        length: SignedDuration::from_mins(minutes),
    })
}

/// A time as written, which may depend on its neighbours.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// After midnight, up to 1440 (the day's end).
    pub minutes: u16,
    form: ClockForm,
    pub span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ClockForm {
    /// 1 to 12 alone: morning or evening.
    Bare,
    /// 1 to 9 with a leading zero: the 24-hour form, so a bare 10 to 12 beside it is in that form too.
    Padded,
    /// 13 or later, so its neighbours are in 24-hour form too.
    TwentyFour,
    Clear,
}

fn time_of(minutes: u16) -> Time {
    let hour = i8::try_from(minutes / 60 % 24).unwrap_or_default();
    let minute = i8::try_from(minutes % 60).unwrap_or_default();
    jiff::civil::time(hour, minute, 0, 0)
}

/// The times of a list, in the order written.
pub(super) fn times(clocks: &[Clock]) -> Result<Vec<Time>, Error> {
    check_bare(&clocks.iter().collect::<Vec<_>>())?;
    clocks
        .iter()
        .map(|clock| check_moment(clock).map(|()| time_of(clock.minutes)))
        .collect()
}

fn check_moment(clock: &Clock) -> Result<(), Error> {
    match clock.minutes {
        1_440 => Err(
            Error::new(clock.span.clone(), "24:00 is only the end of a range")
                .hint("write 00:00 or midnight"),
        ),
        _ => Ok(()),
    }
}

/// A bare 1 to 12 is a time only beside one that is surely in 24-hour form; a bare 1 to 9 is not in the form of "08".
fn check_bare(clocks: &[&Clock]) -> Result<(), Error> {
    let has = |form| clocks.iter().any(|clock| clock.form == form);
    let (sure, padded) = (has(ClockForm::TwentyFour), has(ClockForm::Padded));
    let unclear = |clock: &&&Clock| {
        clock.form == ClockForm::Bare && !sure && !(padded && clock.minutes >= 600)
    };
    match clocks.iter().find(unclear) {
        Some(bare) => {
            let hour = bare.minutes / 60;
            Err(Error::new(
                bare.span.clone(),
                format!("{hour} may be in the morning or in the evening"),
            )
            .hint(format!(
                "write {hour}:00 (24-hour clock), {hour} am or {hour} pm"
            )))
        }
        None => Ok(()),
    }
}

pub(super) fn required_clock(cursor: &mut Cursor) -> Result<Clock, Error> {
    match clock(cursor)? {
        Some(clock) => Ok(clock),
        None if cursor.is_end() => Err(cursor
            .error("a time is missing")
            .hint("for example 9:00, 5:30 pm or noon")),
        None => Err(cursor
            .error(format!("\"{}\" is not a time", cursor.next_text()))
            .hint("for example 9:00, 5:30 pm or noon")),
    }
}

/// The time that starts here, if one does. A bare number counts as one.
pub(super) fn clock(cursor: &mut Cursor) -> Result<Option<Clock>, Error> {
    let start = *cursor;
    let named = match cursor.word() {
        Some("noon" | "midday") => Some(720),
        Some("midnight") => Some(0),
        _ => None,
    };
    if let Some(minutes) = named {
        cursor.advance(1);
        return Ok(Some(Clock {
            minutes,
            form: ClockForm::Clear,
            span: cursor.span_from(&start),
        }));
    }
    let Some(Kind::Number {
        value: hour,
        digits,
    }) = cursor.peek().map(|token| token.kind.clone())
    else {
        return Ok(None);
    };
    if let Some(error) = refuse_clock::hour_letter(cursor) {
        return Err(error);
    }
    cursor.advance(1);
    let minute = clock_minute(cursor)?;
    cursor.eat_word(&["o'clock", "o’clock", "oclock"]);
    let half = half_day(cursor);
    let span = cursor.span_from(&start);
    let (minutes, form) = on_the_clock(hour, minute, half).ok_or_else(|| {
        let text = cursor.text(span.clone());
        let error = Error::new(span.clone(), format!("{text} is not a time"));
        match half {
            None if minute.is_none()
                && matches!(digits, 3 | 4)
                && hour % 100 < 60
                && hour < 2_400 =>
            {
                error.hint(format!("write {}:{:02}", hour / 100, hour % 100))
            }
            Some(_) if (13..24).contains(&hour) => error.hint(format!(
                "leave out am and pm: {hour}:{:02}",
                minute.unwrap_or(0)
            )),
            Some(Half::Am) if hour == 0 => error.hint("midnight is 0:00 or 12 am"),
            _ => error.hint("times go from 0:00 to 23:59"),
        }
    })?;
    if let Some(error) = refuse_clock::part_of_day(cursor, &start, minutes) {
        return Err(error);
    }
    let form = match form {
        ClockForm::Bare if digits == 2 && hour < 10 => ClockForm::Padded,
        form => form,
    };
    Ok(Some(Clock {
        minutes,
        form,
        span,
    }))
}

fn clock_minute(cursor: &mut Cursor) -> Result<Option<u64>, Error> {
    match cursor.peek().map(|token| (&token.kind, token.glued)) {
        Some((Kind::Colon, true)) => cursor.advance(1),
        Some((Kind::Other('.'), true)) => {
            return Err(cursor
                .error("hours and minutes are separated by a colon")
                .hint("for example 9:30"));
        }
        _ => return Ok(None),
    }
    let Some(Kind::Number { value, digits: 2 }) = cursor.peek().map(|token| &token.kind) else {
        return Err(cursor
            .error("minutes have two digits")
            .hint("for example 9:05"));
    };
    cursor.advance(1);
    match cursor.peek() {
        Some(token) if token.kind == Kind::Colon && token.glued => Err(cursor
            .error("times are hours and minutes")
            .hint("seconds can be given in a cron line of six fields")),
        _ => Ok(Some(*value)),
    }
}

#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

fn half_day(cursor: &mut Cursor) -> Option<Half> {
    let half = match cursor.word() {
        Some("am") => Half::Am,
        Some("pm") => Half::Pm,
        _ => return None,
    };
    cursor.advance(1);
    Some(half)
}

fn on_the_clock(hour: u64, minute: Option<u64>, half: Option<Half>) -> Option<(u16, ClockForm)> {
    let hour = u16::try_from(hour).ok()?;
    let minutes = u16::try_from(minute.unwrap_or(0))
        .ok()
        .filter(|m| *m < 60)?;
    let (hour, form) = match (half, hour) {
        (Some(Half::Am), 1..=12) => (hour % 12, ClockForm::Clear),
        (Some(Half::Pm), 1..=12) => (hour % 12 + 12, ClockForm::Clear),
        (None, 13..=23) => (hour, ClockForm::TwentyFour),
        (None, 24) if minutes == 0 => (hour, ClockForm::TwentyFour),
        (None, 1..=12) if minute.is_none() => (hour, ClockForm::Bare),
        (None, 0..=12) => (hour, ClockForm::Clear),
        _ => return None,
    };
    Some((hour * 60 + minutes, form))
}
