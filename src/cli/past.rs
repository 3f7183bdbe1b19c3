//! A day that has been, as people name it: "2026-11-24", "24 November", "yesterday", "mon", "2 weeks".

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, ToSpan};

use crate::schedule::Error;
use crate::schedule::words::{CalendarDay, parse_date, parse_days, parse_duration};

/// The newest such day that is not after `today`; for a length, the day that long ago.
///
/// # Errors
/// Where the text names no day.
pub fn past_day(text: &str, today: Date) -> Result<Date, Error> {
    match text.trim() {
        "today" => return Ok(today),
        "yesterday" => return Ok(today.saturating_sub(1.day())),
        _ => {}
    }
    if let Some(date) = months_ago(text, today) {
        return Ok(date);
    }
    if let Ok(length) = parse_duration(text) {
        return Ok(days_ago(length, today));
    }
    let days: Vec<Weekday> =
        parse_days(text).map_or_else(|_| Vec::new(), |days| days.iter().collect());
    if let [day] = days[..] {
        return Ok(newest(today, |date| date.weekday() == day).unwrap_or(today));
    }
    match parse_date(text) {
        Ok(CalendarDay::Once(date)) => Ok(date),
        Ok(yearly) => Ok(newest(today, |date| yearly.matches(date)).unwrap_or(today)),
        Err(error) => Err(Error {
            message: "this is not a day".into(),
            hint: Some(
                "for example 2026-11-24, \"24 November\", yesterday, mon, or \"2 weeks\" for that long ago"
                    .into(),
            ),
            ..error
        }),
    }
}

/// "3 months" or "1 year" ago; a day that its month does not have is that month's last.
fn months_ago(text: &str, today: Date) -> Option<Date> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: i32 = number.parse().ok().filter(|number| *number > 0)?;
    let back = match unit.trim() {
        "month" | "months" => jiff::Span::new().try_months(number),
        "year" | "years" => jiff::Span::new().try_years(number),
        _ => return None,
    };
    today.checked_sub(back.ok()?).ok()
}

/// Part of a day counts as one.
fn days_ago(length: SignedDuration, today: Date) -> Date {
    let days = (length.as_hours() + 23) / 24;
    today.saturating_sub(days.days())
}

/// The newest day of the last eight years that is as wanted: 29 February is among them.
fn newest(today: Date, is_wanted: impl Fn(Date) -> bool) -> Option<Date> {
    let back = today.series(-1.day());
    back.take(8 * 366 + 1).find(|date| is_wanted(*date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_has_been() {
        // A Tuesday.
        let today = "2026-11-24".parse().unwrap();
        for (text, expected) in [
            ("today", "2026-11-24"),
            ("yesterday", "2026-11-23"),
            ("tue", "2026-11-24"),
            ("Wednesday", "2026-11-18"),
            ("2020-02-29", "2020-02-29"),
            ("24 November", "2026-11-24"),
            ("25 November", "2025-11-25"),
            ("29 February", "2024-02-29"),
            ("2 weeks", "2026-11-10"),
            ("36 h", "2026-11-22"),
            ("3 months", "2026-08-24"),
            ("1 year", "2025-11-24"),
            ("2027-01-01", "2027-01-01"),
        ] {
            assert_eq!(
                past_day(text, today).unwrap().to_string(),
                expected,
                "{text}"
            );
        }
        let end_of_march = "2026-03-31".parse().unwrap();
        let a_month_ago = past_day("1 month", end_of_march).unwrap();
        assert_eq!(a_month_ago.to_string(), "2026-02-28");
        for text in [
            "",
            "0 months",
            "99999999 years",
            "soon",
            "weekdays",
            "2026-13-01",
        ] {
            assert!(past_day(text, today).is_err(), "{text}");
        }
    }
}
