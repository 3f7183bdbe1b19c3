//! Ways to write a time of day that schedules do not read, and what to write in their place.

use super::Error;
use super::lexer::Cursor;

/// The error for "10h30" and "10h".
pub(super) fn hour_letter(cursor: &Cursor) -> Option<Error> {
    let hour = cursor.number().filter(|hour| *hour < 24)?;
    let letter = cursor.peek_at(1)?;
    if !letter.glued || letter.word() != Some("h") {
        return None;
    }
    let mut after = *cursor;
    after.advance(2);
    let minute = match after.peek() {
        Some(token) if token.glued => token.number(),
        _ => None,
    };
    if minute.is_some() {
        after.advance(1);
    }
    let span = after.span_from(cursor);
    let minute = minute.filter(|minute| *minute < 60).unwrap_or(0);
    Some(
        Error::new(
            span.clone(),
            format!("\"{}\" is not a time", cursor.text(span)),
        )
        .hint(format!("write {hour}:{minute:02}")),
    )
}

/// The error for "8 in the morning"; `cursor` is behind the time, which is `minutes` after midnight.
pub(super) fn part_of_day(cursor: &Cursor, start: &Cursor, minutes: u16) -> Option<Error> {
    let mut after = *cursor;
    if !(after.eat_word(&["in"]) && after.eat_word(&["the"])) {
        return None;
    }
    let hour = match (after.word()?, minutes / 60) {
        ("afternoon" | "evening", hour @ 1..12) => hour + 12,
        ("morning", 12) => return None,
        ("morning" | "afternoon" | "evening", hour) => hour,
        _ => return None,
    };
    after.advance(1);
    Some(
        Error::new(after.span_from(start), "a time is in hours and minutes")
            .hint(format!("write {hour}:{:02}", minutes % 60)),
    )
}

/// A time that fits a word for a part of the day.
pub(super) fn usual_time(word: &str) -> Option<&'static str> {
    match word {
        "morning" | "mornings" => Some("8:00"),
        "lunch" | "lunchtime" => Some("12:30"),
        "afternoon" | "afternoons" => Some("15:00"),
        "evening" | "evenings" => Some("19:00"),
        "night" | "nights" | "nightly" | "bedtime" => Some("22:00"),
        _ => None,
    }
}

/// The hint for such a word.
pub(super) fn usual_time_hint(time: &str) -> String {
    format!("write the time, as in \"every day at {time}\"")
}
