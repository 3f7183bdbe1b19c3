//! Small things people write: durations, times of day, days and dates. Shared by schedules, active hours, pauses and
//! the command line.

use super::Error;
use super::lexer::{Cursor, tokens};

pub use super::calendar_day::{CalendarDay, parse_date};
pub use super::dates::MonthDay;
pub use super::days::{Days, day_name, describe_days, parse_days};
pub use super::durations::{describe_duration, parse_duration};
pub use super::times::{TimeRange, parse_time, parse_time_range};

/// Reads the whole of `text` with `read`.
pub(super) fn whole<T>(
    text: &str,
    read: impl FnOnce(&mut Cursor) -> Result<T, Error>,
) -> Result<T, Error> {
    let tokens = tokens(text)?;
    let mut cursor = Cursor::new(text, &tokens);
    let value = read(&mut cursor)?;
    if cursor.is_end() {
        Ok(value)
    } else {
        Err(cursor.error(format!("\"{}\" is not understood here", cursor.next_text())))
    }
}

/// A small number in words.
pub(super) fn number_word(word: &str) -> Option<u64> {
    const WORDS: [(&str, u64); 18] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("sixty", 60),
        ("ninety", 90),
    ];
    WORDS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, number)| *number)
}
