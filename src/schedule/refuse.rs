//! What phrases cannot say, and what to write in its place.

use super::Error;
use super::days::{day_words, similar};
use super::durations::unit;
use super::lexer::{Cursor, Kind};

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
        "first" | "second" | "third" | "fourth" | "fifth" | "last" => {
            "name a day of the week, or a date such as the 1st; the 28th is in every month"
        }
        "week" | "weeks" | "weekly" => "name the day, as in \"mondays at 9:00\"",
        "month" | "months" | "monthly" => "name the date, as in \"on the 1st at 9:00\"",
        "year" | "years" | "yearly" | "annually" => {
            "name the date, as in \"on 24 December at 18:00\""
        }
        "morning" | "mornings" | "afternoon" | "afternoons" | "evening" | "evenings" | "night"
        | "nights" | "nightly" | "lunch" | "lunchtime" | "bedtime" => {
            "write the time, as in \"every day at 21:00\""
        }
        "today" | "tonight" | "tomorrow" | "now" => {
            "a schedule repeats; write \"every day at 9:00\""
        }
        "until" | "till" | "before" | "after" | "since" | "during" | "for" | "starting" | "to"
        | "through" => "a range of times is written \"between 9:00 and 18:00\"",
        "or" => "lists are written with \"and\"",
        "in" => "for months of the year, name dates or use a cron line",
        "am" | "pm" => "it follows a time, as in 9:30 pm",
        "day" | "days" => "for all days, write \"every day\" or \"daily\"",
        _ => return None,
    };
    Some(hint)
}

pub(super) fn is_known(word: &str) -> bool {
    known_hint(word).is_some()
}

/// The error for a place where no clause starts.
pub(super) fn unknown(cursor: &Cursor) -> Error {
    if cursor.is_end() {
        return cursor.error("something is missing here");
    }
    let error = cursor.error(format!("\"{}\" is not understood here", cursor.next_text()));
    let Some(word) = cursor.word() else {
        return error.hint("for example \"weekdays at 10:30\"");
    };
    if let Some(hint) = known_hint(word) {
        return error.hint(hint);
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
    let second = word == "second" && cursor.word_at(1).is_some();
    let refused = second || unit(word).is_none() && is_known(word) || word.starts_with("week");
    refused.then(|| {
        let shown = match word {
            "second" => "\"every second …\"".to_owned(),
            _ => format!("\"every {}\"", cursor.next_text()),
        };
        let error = cursor.error(format!("{shown} is not something a schedule can say"));
        match known_hint(word) {
            Some(hint) => error.hint(hint),
            None => error,
        }
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
    let error = cursor.error(format!("{number} is not a day"));
    match i8::try_from(number)
        .ok()
        .filter(|day| (1..=31).contains(day))
    {
        _ if is_year(cursor) => year(cursor),
        Some(day) => {
            let ordinal = super::dates::ordinal(day);
            error.hint(format!("write \"the {ordinal}\", or add a month"))
        }
        None => error.hint("for example weekdays, the 15th, or 24 December"),
    }
}
