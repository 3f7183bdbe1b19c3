//! What phrases cannot say, and what to write in its place.

use jiff::SignedDuration;

use super::Error;
use super::dates::{month, month_name, ordinal};
use super::days::{day_words, is_day_word, similar};
use super::durations::{describe_duration, duration, unit};
use super::lexer::{Cursor, Kind};
use super::refuse_clock::{usual_time, usual_time_hint};
use super::times::eat_to;
use super::words::number_word;

/// Words with a meaning that schedules do not have, and a hint for each.
fn known_hint(word: &str) -> Option<&'static str> {
    let hint = match word {
        "except" | "but" | "not" | "unless" | "excluding" | "without" | "skip" | "skipping"
        | "no" | "holiday" | "holidays" | "vacation" => {
            "name the days it should come; for days off there is [[pause]]"
        }
        "other" | "alternate" | "alternating" | "biweekly" | "bi" | "fortnightly" | "fortnight"
        | "fortnights" => {
            "weeks are all alike here; name days of the week, or dates such as the 1st and 15th"
        }
        "week" | "weeks" | "weekly" => "name the day, as in \"mondays at 9:00\"",
        "month" | "months" | "monthly" => "name the date, as in \"on the 1st at 9:00\"",
        "year" | "years" | "yearly" | "annually" => {
            "name the date, as in \"on 24 December at 18:00\""
        }
        "today" | "tonight" | "tomorrow" | "now" => {
            "a schedule repeats; write \"every day at 9:00\""
        }
        "until" | "till" | "before" | "after" | "since" | "during" | "for" | "starting" | "to"
        | "through" => "a range of times is written \"between 9:00 and 18:00\"",
        "or" => "lists are written with \"and\"",
        "am" | "pm" => "it follows a time, as in 9:30 pm",
        "day" | "days" => "for all days, write \"every day\" or \"daily\"",
        _ => return None,
    };
    Some(hint)
}

pub(super) fn is_known(word: &str) -> bool {
    known_hint(word).is_some() || usual_time(word).is_some()
}

/// The error for a place where no clause starts.
pub(super) fn unknown(cursor: &Cursor) -> Error {
    if cursor.is_end() {
        return cursor.error("something is missing here");
    }
    let error = cursor.error(format!("\"{}\" is not understood here", cursor.next_text()));
    let Some(word) = cursor.word() else {
        return match cursor.peek().map(|token| &token.kind) {
            Some(Kind::Other('[' | '{')) => {
                error.hint("lists and tables go in the settings file; attuned check reads them")
            }
            _ => error.hint("for example \"weekdays at 10:30\""),
        };
    };
    if is_ordinal_word(word) {
        return ordinal_word(cursor);
    }
    if let Some(hint) = known_hint(word) {
        return error.hint(hint);
    }
    if let Some(time) = usual_time(word) {
        return error.hint(usual_time_hint(time));
    }
    if word == "in" {
        return error.hint(after_in(cursor));
    }
    if let Some(zone) = zone(cursor) {
        return error.hint(zone_hint(zone));
    }
    if unit(word).is_some() {
        return error.hint("an interval is written \"every 90 minutes\"");
    }
    match similar(word, words()) {
        Some(known) => error.hint(format!("did you mean \"{known}\"?")),
        None => error
            .hint("for example \"weekdays at 10:30\" or \"3 times a day between 9:00 and 18:00\""),
    }
}

fn words() -> impl Iterator<Item = &'static str> {
    day_words().chain([
        "at",
        "every",
        "each",
        "between",
        "from",
        "and",
        "times",
        "once",
        "twice",
        "thrice",
        "hourly",
        "noon",
        "midnight",
        "minutes",
        "minute",
        "hours",
        "hour",
        "seconds",
        "apart",
        "least",
        "half",
        "random",
        "randomly",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ])
}

/// The error for a cycle of days or longer after "every", where one is written.
pub(super) fn cycle(cursor: &Cursor) -> Option<Error> {
    let word = cursor.word()?;
    if matches!(word, "first" | "last") {
        return Some(ordinal_word(cursor));
    }
    let second = word == "second"
        && cursor.word_at(1).is_some_and(|next| {
            matches!(next, "day" | "week" | "month" | "year" | "hour" | "minute")
                || is_day_word(next)
        });
    if second || matches!(word, "other" | "alternate" | "third" | "fourth" | "fifth") {
        let error = cursor.error(format!("a schedule has no \"every {word} …\""));
        let hour = cursor
            .word_at(1)
            .and_then(unit)
            .is_some_and(|seconds| seconds < 86_400);
        return Some(error.hint(if hour {
            "write the interval, as in \"every 2 hours\""
        } else {
            "name the days of the week or the dates, such as mon, wed and fri, or the 1st and 15th"
        }));
    }
    let refused = unit(word).is_none() && is_known(word) || word.starts_with("week");
    refused.then(|| {
        let error = cursor.error(format!(
            "\"every {}\" is not something a schedule can say",
            cursor.next_text()
        ));
        match (known_hint(word), usual_time(word)) {
            (Some(hint), _) => error.hint(hint),
            (None, Some(time)) => error.hint(usual_time_hint(time)),
            (None, None) => error,
        }
    })
}

const ORDINAL_WORDS: [(&str, i8); 5] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
];

pub(super) fn is_ordinal_word(word: &str) -> bool {
    word == "last" || ORDINAL_WORDS.iter().any(|(name, _)| *name == word)
}

/// The error for "first", "last" and the like.
pub(super) fn ordinal_word(cursor: &Cursor) -> Error {
    let word = cursor.word().unwrap_or_default();
    if let Some(day) = cursor.word_at(1).filter(|next| is_day_word(next)) {
        return cursor
            .error(format!("a schedule has no \"{word} {day}\" of a month"))
            .hint("name the day of the week alone, or a date such as the 1st");
    }
    let error = cursor.error(format!("\"{word}\" is not understood here"));
    match ORDINAL_WORDS.iter().find(|(name, _)| *name == word) {
        Some((_, number)) => error.hint(format!("write the {}", ordinal(*number))),
        None => error.hint("name a date; the 28th is in every month"),
    }
}

/// What to write in place of "in …".
fn after_in(cursor: &Cursor) -> String {
    let mut after = *cursor;
    after.advance(1);
    let mut length = after;
    if let Ok(Some(length)) = duration(&mut length) {
        if length >= SignedDuration::from_hours(24) {
            return "a schedule repeats; write \"every day at 9:00\"".to_owned();
        }
        return format!(
            "a schedule repeats; write \"every {}\"",
            describe_duration(length)
        );
    }
    after.eat_word(&["the"]);
    if let Some(time) = after.word().and_then(usual_time) {
        return usual_time_hint(time);
    }
    match after.word() {
        Some("spring" | "summer" | "autumn" | "fall" | "winter" | "month" | "months" | "year")
        | None => "for months of the year, name dates or use a cron line".to_owned(),
        Some(word) if month(word).is_some() => {
            "for months of the year, name dates or use a cron line".to_owned()
        }
        Some(_) => zone_hint(zone(&after).unwrap_or("Europe/Berlin")),
    }
}

/// The name of a time zone such as "Europe/Berlin" or "UTC", if one is next.
fn zone<'a>(cursor: &Cursor<'a>) -> Option<&'a str> {
    let mut after = *cursor;
    if after.eat_word(&["utc", "gmt"]) {
        return Some(cursor.next_text());
    }
    after.advance(1);
    let named = cursor.word().is_some() && after.eat(&Kind::Other('/')) && after.word().is_some();
    after.advance(1);
    named.then(|| cursor.text(after.span_from(cursor)))
}

fn zone_hint(zone: &str) -> String {
    format!("the time zone is a setting of the reminder: timezone = \"{zone}\"")
}

/// The error for "24/12".
pub(super) fn slash_date(cursor: &Cursor) -> Option<Error> {
    let first = cursor.number()?;
    let mut after = *cursor;
    after.advance(1);
    if !after.eat(&Kind::Other('/')) {
        return None;
    }
    let second = after.number()?;
    after.advance(1);
    let (day, month) = match (first, second) {
        (day @ 13..=31, month @ 1..=12) | (month @ 1..=12, day @ 13..=31) => (day, month),
        _ => (24, 12),
    };
    let month = month_name(i8::try_from(month).unwrap_or(12));
    Some(
        Error::new(after.span_from(cursor), "a date has the month's name")
            .hint(format!("for example on {day} {month}")),
    )
}

/// The error for "3-5 times".
pub(super) fn count_range(cursor: &Cursor) -> Option<Error> {
    let mut after = *cursor;
    let least = eat_count(&mut after)?;
    if !(eat_to(&mut after) || after.eat_word(&["or"])) {
        return None;
    }
    eat_count(&mut after)?;
    let span = after.span_from(cursor);
    after.eat_word(&["times", "time", "x"]).then(|| {
        Error::new(span, "the number of times is one number")
            .hint(format!("for example {least} times a day"))
    })
}

fn eat_count(cursor: &mut Cursor) -> Option<u64> {
    let count = cursor.number().or_else(|| number_word(cursor.word()?))?;
    cursor.advance(1);
    Some(count)
}

/// The error for "at least 3 times" and "at most once".
pub(super) fn least_count(cursor: &Cursor) -> Option<Error> {
    let mut after = *cursor;
    after.eat_word(&["with"]);
    let bound = after.eat_word(&["minimum"])
        || after.eat_word(&["at"]) && after.eat_word(&["least", "most"]);
    if !bound {
        return None;
    }
    let span = after.span_from(cursor);
    let count = after;
    let is_count = after.eat_word(&["once", "twice", "thrice"])
        || eat_count(&mut after).is_some() && after.eat_word(&["times", "time", "x"]);
    is_count.then(|| {
        Error::new(span, "the number of times is exact").hint(format!(
            "write \"{} a day\"",
            count.text(after.span_from(&count))
        ))
    })
}

/// The error for "every 3rd …".
pub(super) fn nth(cursor: &Cursor) -> Error {
    let mut after = *cursor;
    after.advance(2);
    let written = cursor.text(after.span_from(cursor));
    Error::new(
        after.span_from(cursor),
        format!("\"every {written}\" is not something a schedule can say"),
    )
    .hint(format!(
        "for the day of the month, write \"on the {written}\""
    ))
}

/// The error for "2 fridays".
pub(super) fn counted_days(cursor: &Cursor) -> Error {
    let mut after = *cursor;
    after.advance(2);
    let span = after.span_from(cursor);
    let mut day = *cursor;
    day.advance(1);
    Error::new(
        span.clone(),
        format!(
            "\"{}\" is not something a schedule can say",
            cursor.text(span)
        ),
    )
    .hint(format!(
        "write \"on {}\"; it comes each week",
        day.next_text()
    ))
}

/// Whether a date such as "2026-12-24" starts here.
pub(super) fn is_year(cursor: &Cursor) -> bool {
    let dash = |n| {
        cursor
            .peek_at(n)
            .is_some_and(|token| token.kind == Kind::Dash)
    };
    cursor.number().is_some_and(|number| number > 31) && dash(1) && dash(3)
}

/// The error for such a date.
pub(super) fn year(cursor: &Cursor) -> Error {
    let mut after = *cursor;
    after.advance(5);
    Error::new(after.span_from(cursor), "a schedule comes back every year")
        .hint("leave out the year, as in 24 December")
}

/// The error for "3 times a week".
pub(super) fn per_other(cursor: &Cursor) -> Error {
    let hint = match cursor.word() {
        Some("hour" | "hourly" | "minute") => "write an interval, as in \"every 20 minutes\"",
        Some("week" | "weekly" | "fortnight") => {
            "name the days, as in \"once on mon, wed and fri between 9:00 and 18:00\""
        }
        _ => "name the dates, as in \"once on the 1st and 15th between 9:00 and 18:00\"",
    };
    cursor.error("times are counted by the day").hint(hint)
}

/// The error for "on 15".
pub(super) fn bare_day(cursor: &Cursor, number: u64) -> Error {
    if let Some(error) = slash_date(cursor) {
        return error;
    }
    let error = cursor.error(format!("{number} is not a day"));
    match i8::try_from(number)
        .ok()
        .filter(|day| (1..=31).contains(day))
    {
        _ if is_year(cursor) => year(cursor),
        Some(day) => {
            let ordinal = ordinal(day);
            error.hint(format!("write \"the {ordinal}\", or add a month"))
        }
        None => error.hint("for example weekdays, the 15th, or 24 December"),
    }
}
