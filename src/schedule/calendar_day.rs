//! One date, with its year or every year: "2026-12-24", "24 December".

use jiff::civil::Date;

use super::Error;
use super::dates::{MonthDay, dates, describe_dates};
use super::lexer::{Cursor, Kind};
use super::words::whole;

/// A date as a person writes it: one day, or one that comes back every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarDay {
    /// "2026-12-24" or "24 December 2026".
    Once(Date),
    /// "24 December": `month` is given, and the day comes in at least some years.
    Yearly(MonthDay),
}

impl CalendarDay {
    /// Whether `date` is such a day.
    #[must_use]
    pub fn matches(self, date: Date) -> bool {
        match self {
            CalendarDay::Once(once) => date == once,
            CalendarDay::Yearly(yearly) => yearly.matches(date),
        }
    }
}

/// A date: "2026-12-24", "24 December 2026", "24 December", "Dec 24th", "the 24th of December".
///
/// # Errors
/// Where the text is anything else, or a date that never comes.
pub fn parse_date(text: &str) -> Result<CalendarDay, Error> {
    whole(text, |cursor| {
        let start = *cursor;
        let (year, day) = match cursor.number() {
            Some(year) if is_year_first(cursor) => {
                cursor.advance(2);
                (Some(year), year_first(cursor)?)
            }
            _ => {
                let day = day_and_month(cursor)?;
                cursor.eat(&Kind::Comma);
                let year = cursor.number();
                cursor.advance(usize::from(year.is_some()));
                (year, day)
            }
        };
        let span = cursor.span_from(&start);
        let never = || {
            Error::new(
                span.clone(),
                format!("{} never comes", describe_dates(&[day])),
            )
        };
        match year {
            None if day.never_comes() => Err(never()),
            None => Ok(CalendarDay::Yearly(day)),
            Some(year) => i16::try_from(year)
                .ok()
                .and_then(|year| Date::new(year, day.month?, day.day).ok())
                .map(CalendarDay::Once)
                .ok_or_else(never),
        }
    })
}

fn is_year_first(cursor: &Cursor) -> bool {
    cursor
        .peek_at(1)
        .is_some_and(|token| token.kind == Kind::Dash)
        && cursor
            .peek_at(2)
            .is_some_and(|token| token.number().is_some())
}

/// The rest of "2026-12-24" after its first dash.
fn year_first(cursor: &mut Cursor) -> Result<MonthDay, Error> {
    let month = small(cursor, 12);
    let dash = month.is_some() && cursor.eat(&Kind::Dash);
    match (month, small(cursor, 31).filter(|_| dash)) {
        (Some(month), Some(day)) => Ok(MonthDay {
            month: Some(month),
            day,
        }),
        _ => Err(cursor
            .error("a date is written as year-month-day")
            .hint("for example 2026-12-24, or 24 December")),
    }
}

/// A number from 1 to `most`, eaten.
fn small(cursor: &mut Cursor, most: i8) -> Option<i8> {
    let number = cursor
        .number()
        .and_then(|number| i8::try_from(number).ok())?;
    (1..=most).contains(&number).then(|| {
        cursor.advance(1);
        number
    })
}

fn day_and_month(cursor: &mut Cursor) -> Result<MonthDay, Error> {
    match dates(cursor)?.as_deref() {
        Some([day]) if day.month.is_some() => Ok(*day),
        Some(_) => Err(cursor
            .error("one day and its month are needed here")
            .hint("for example 24 December, or 2026-12-24")),
        None => Err(not_a_date(cursor)),
    }
}

fn not_a_date(cursor: &Cursor) -> Error {
    let error = if cursor.is_end() {
        cursor.error("a date is missing")
    } else {
        cursor.error(format!("\"{}\" is not a date", cursor.next_text()))
    };
    error.hint("for example 24 December, or 2026-12-24")
}
