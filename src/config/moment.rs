//! A day and perhaps a time on it, as people write them: "mon", "fri 14:00", "2026-12-24 at 9:00", "24 December".

use std::ops::Range;

use jiff::civil::{Time, Weekday};

use crate::schedule::Error;
use crate::schedule::words::{CalendarDay, Days, parse_date, parse_days, parse_time};

/// A day, and perhaps a time on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Which day.
    pub day: Day,
    /// Which time; none for the day as a whole.
    pub time: Option<Time>,
}

/// A day as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The day of the week that comes next.
    OfWeek(Weekday),
    /// A date, of one year or of each.
    OfYear(CalendarDay),
}

/// Reads a day with or without a time.
pub(super) fn parse_moment(text: &str) -> Result<Moment, Error> {
    if let Ok(day) = parse_day(text) {
        return Ok(Moment { day, time: None });
    }
    let timed = word_starts(text)
        .skip(1)
        .find_map(|start| Some((start, parse_time(&text[start..]).ok()?)));
    match timed {
        Some((start, time)) => Ok(Moment {
            day: parse_day(before_time(&text[..start]))?,
            time: Some(time),
        }),
        None => Err(moment_error(text)),
    }
}

/// Points at the day or at the time, whichever is wrong first.
fn moment_error(text: &str) -> Error {
    let time = after_day(text).and_then(|start| within(text, start..text.len(), parse_time).err());
    time.unwrap_or_else(|| day_error(text))
}

/// Where the first word stands that no longer belongs to the day or the days at the text's start.
pub(super) fn after_day(text: &str) -> Option<usize> {
    let is_day = |head: &str| parse_days(head).is_ok() || parse_date(head).is_ok();
    let ends_a_day = |start: &usize| is_day(before_time(&text[..*start]));
    word_starts(text).skip(1).filter(ends_a_day).last()
}

fn parse_day(text: &str) -> Result<Day, Error> {
    match (parse_days(text), parse_date(text)) {
        (Ok(days), _) => single(days, text).map(Day::OfWeek),
        (_, Ok(date)) => Ok(Day::OfYear(date)),
        (Err(_), Err(_)) => Err(day_error(text)),
    }
}

fn single(days: Days, text: &str) -> Result<Weekday, Error> {
    let mut days = days.iter();
    match (days.next(), days.next()) {
        (Some(day), None) => Ok(day),
        _ => Err(Error {
            span: 0..text.trim_end().len(),
            message: "one day is needed here".into(),
            hint: Some("for example fri 14:00".into()),
        }),
    }
}

/// Why a text is neither a day of the week nor a date; one that starts with a digit or a month was meant as a date.
pub(super) fn day_error(text: &str) -> Error {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = text.trim_start().to_lowercase();
    let is_date = lower.starts_with(|c: char| c.is_ascii_digit())
        || MONTHS.iter().any(|month| lower.starts_with(month));
    let error = if is_date {
        parse_date(text).err()
    } else {
        parse_days(text).err()
    };
    error.unwrap_or_else(|| Error {
        span: 0..text.trim_end().len(),
        message: "this is not a day".into(),
        hint: Some("for example mon, or 2026-12-24".into()),
    })
}

/// What stands before a time, without the word that leads to it: "mon at", "2026-12-24, from".
pub(super) fn before_time(text: &str) -> &str {
    let text = text.trim_end();
    let text = match text.rsplit_once(char::is_whitespace) {
        Some((before, "at" | "from")) => before.trim_end(),
        _ => text,
    };
    text.strip_suffix(',').unwrap_or(text)
}

/// Whether the first word looks like a time: "9:00", "5pm", "25:00-26:00".
pub(super) fn starts_with_time(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let digit = word.starts_with(|c: char| c.is_ascii_digit());
    digit && (word.contains(':') || word.ends_with("am") || word.ends_with("pm"))
}

/// Where each word starts.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    words(text).map(|word| word.start)
}

/// The bytes of each word; words are what space parts.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        start..start + word.len()
    })
}

/// Reads a part of a text; an error points into the whole.
pub(super) fn within<T>(
    text: &str,
    part: Range<usize>,
    read: impl FnOnce(&str) -> Result<T, Error>,
) -> Result<T, Error> {
    let start = part.start;
    read(&text[part]).map_err(|error| Error {
        span: error.span.start + start..error.span.end + start,
        ..error
    })
}
