//! Durations: "90 min", "1 hour 30 minutes", "half an hour".

use jiff::SignedDuration;

use super::Error;
use super::lexer::{Cursor, Kind};
use super::words::{number_word, whole};

/// No duration is longer: ten years.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 3_660);

/// A positive duration: "90 min", "90m", "2h", "1 hour 30 minutes", "1h30", "half an hour", "15 s", "2 days", "1 week".
///
/// A day is 24 hours and a week seven days.
///
/// # Errors
/// Where the text is anything else, is zero or above ten years, or is a bare number.
pub fn parse_duration(text: &str) -> Result<SignedDuration, Error> {
    whole(text, |cursor| match duration(cursor)? {
        Some(duration) => Ok(duration),
        None => Err(not_a_duration(cursor)),
    })
}

/// In plain, short words that [`parse_duration`] reads again: "1 h 30 min", "45 min", "2 days".
///
/// Whole seconds; what is below one, or negative, reads as "0 s".
#[must_use]
pub fn describe_duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let day = match seconds / 86_400 {
        1 => "day",
        _ => "days",
    };
    let parts: Vec<String> = [
        (seconds / 86_400, day),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, unit)| format!("{count} {unit}"))
    .collect();
    if parts.is_empty() {
        "0 s".to_owned()
    } else {
        parts.join(" ")
    }
}

/// The duration that starts here, if one does.
pub(super) fn duration(cursor: &mut Cursor) -> Result<Option<SignedDuration>, Error> {
    let start = *cursor;
    match duration_part(cursor)? {
        Some(first) => sum(cursor, &start, first).map(Some),
        None => Ok(None),
    }
}

/// The same after "every", where a unit alone stands for one of it.
pub(super) fn duration_or_unit(cursor: &mut Cursor) -> Result<Option<SignedDuration>, Error> {
    let Some(unit) = cursor.word().and_then(unit) else {
        return duration(cursor);
    };
    let start = *cursor;
    cursor.advance(1);
    let first = DurationPart {
        length: SignedDuration::from_secs(unit.cast_signed()),
        unit,
    };
    sum(cursor, &start, first).map(Some)
}

/// All parts from `start` on; `first` is eaten.
fn sum(cursor: &mut Cursor, start: &Cursor, first: DurationPart) -> Result<SignedDuration, Error> {
    let mut total = first.length;
    let mut last = first;
    while let Some(part) = next_duration_part(cursor, &last)? {
        total += part.length;
        last = part;
    }
    let span = cursor.span_from(start);
    match total {
        SignedDuration::ZERO => Err(Error::new(span, "a duration has to be longer than nothing")),
        _ if total > LONGEST => Err(Error::new(span, "this is longer than ten years")),
        _ => Ok(total),
    }
}

/// Each unit's length in seconds and its names.
const UNITS: [(u64, &[&str]); 5] = [
    (1, &["s", "sec", "secs", "second", "seconds"]),
    (60, &["m", "min", "mins", "minute", "minutes"]),
    (3_600, &["h", "hr", "hrs", "hour", "hours"]),
    (86_400, &["d", "day", "days"]),
    (604_800, &["w", "wk", "week", "weeks"]),
];

#[derive(Clone, Copy)]
struct DurationPart {
    length: SignedDuration,
    /// Seconds in its unit.
    unit: u64,
}

/// A unit's length in seconds.
pub(super) fn unit(word: &str) -> Option<u64> {
    UNITS
        .iter()
        .find(|(_, names)| names.contains(&word))
        .map(|(seconds, _)| *seconds)
}

fn duration_part(cursor: &mut Cursor) -> Result<Option<DurationPart>, Error> {
    if let Some((part, words)) = fraction(cursor) {
        cursor.advance(words);
        return Ok(Some(part));
    }
    let start = *cursor;
    let Some((count, words)) = count(cursor) else {
        return Ok(None);
    };
    cursor.advance(words);
    cursor.eat(&Kind::Dash);
    let Some(unit) = cursor.word().and_then(unit) else {
        *cursor = start;
        return Ok(None);
    };
    cursor.advance(1);
    let seconds = count
        .checked_mul(unit)
        .filter(|seconds| *seconds <= LONGEST.as_secs().unsigned_abs())
        .map(u64::cast_signed);
    match seconds {
        Some(seconds) => Ok(Some(DurationPart {
            length: SignedDuration::from_secs(seconds),
            unit,
        })),
        None => Err(Error::new(
            cursor.span_from(&start),
            "this is longer than ten years",
        )),
    }
}

/// What a smaller unit adds: "1 hour 30 minutes", "1h30", "an hour and a half".
fn next_duration_part(
    cursor: &mut Cursor,
    last: &DurationPart,
) -> Result<Option<DurationPart>, Error> {
    let mut ahead = *cursor;
    let and = ahead.eat_separator();
    if and && last.unit > 1 && ahead.eat_word(&["a"]) && ahead.eat_word(&["half"]) {
        *cursor = ahead;
        return Ok(Some(fraction_of(last.unit, 2)));
    }
    if let (false, 3_600, Some(token)) = (and, last.unit, ahead.peek())
        && let (true, Kind::Number { value, digits: 2 }) = (token.glued, &token.kind)
        && *value < 60
        && ahead.word_at(1).and_then(unit).is_none()
    {
        cursor.advance(1);
        let minutes = value.cast_signed();
        return Ok(Some(DurationPart {
            length: SignedDuration::from_mins(minutes),
            unit: 60,
        }));
    }
    let start = ahead;
    match duration_part(&mut ahead)? {
        Some(part) if part.unit < last.unit => {
            *cursor = ahead;
            Ok(Some(part))
        }
        Some(_) if !and => Err(Error::new(
            ahead.span_from(&start),
            "the units of a duration go from large to small, each once",
        )
        .hint("for example 1 hour 30 minutes")),
        _ => Ok(None),
    }
}

fn fraction_of(unit: u64, parts: i64) -> DurationPart {
    DurationPart {
        length: SignedDuration::from_secs(unit.cast_signed() / parts),
        unit,
    }
}

/// "half an hour", "half-hour", "quarter of an hour": the duration and how many tokens it takes.
fn fraction(cursor: &Cursor) -> Option<(DurationPart, usize)> {
    let article = usize::from(matches!(cursor.word(), Some("a")));
    let parts = match cursor.word_at(article)? {
        "half" => 2,
        "quarter" => 4,
        _ => return None,
    };
    let of = usize::from(cursor.word_at(article + 1) == Some("of"));
    let between = match cursor.peek_at(article + 1 + of)?.kind {
        Kind::Dash => 1,
        Kind::Word(ref word) if word == "a" || word == "an" => 1,
        _ => 0,
    };
    let at = article + 1 + of + between;
    let unit = unit(cursor.word_at(at)?).filter(|unit| *unit > 1)?;
    Some((fraction_of(unit, parts), at + 1))
}

/// A count in digits or words, or "a" and "an": the number and how many tokens it takes.
fn count(cursor: &Cursor) -> Option<(u64, usize)> {
    match &cursor.peek()?.kind {
        Kind::Number { value, .. } => Some((*value, 1)),
        Kind::Word(word) if word == "a" || word == "an" => Some((1, 1)),
        Kind::Word(word) => number_word(word).map(|value| (value, 1)),
        _ => None,
    }
}

/// The error for a place where a duration is needed.
pub(super) fn not_a_duration(cursor: &Cursor) -> Error {
    let number = cursor.number();
    match (number, cursor.peek_at(1).map(|token| &token.kind)) {
        (Some(n), None) => cursor
            .error(format!("{n} of what?"))
            .hint(format!("write a unit: {n} min, or {n} hours")),
        (Some(_), Some(Kind::Other('.' | '/' | '½'))) => cursor
            .error("durations are written in whole numbers")
            .hint("for example 1 h 30 min"),
        (Some(_), Some(_)) => {
            let mut unit = *cursor;
            unit.advance(1);
            unit.error(format!("\"{}\" is not a unit of time", unit.next_text()))
                .hint("the units are s, min, h, days and weeks")
        }
        (None, _) if cursor.is_end() => cursor
            .error("a duration is missing")
            .hint("for example 90 min, or 1 h 30 min"),
        (None, _) => cursor
            .error(format!("\"{}\" is not a duration", cursor.next_text()))
            .hint("for example 90 min, or 1 h 30 min"),
    }
}
