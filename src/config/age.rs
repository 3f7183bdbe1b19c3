//! How long something is kept, by the calendar: "2 years", "18 months".

use std::fmt;

use jiff::Span;
use jiff::civil::Date;

use crate::schedule::Error;

/// The shortest age, in days.
const LEAST_DAYS: i64 = 30;

/// The longest age, in years.
const MOST_YEARS: i64 = 100;

/// An age of days, weeks, months or years, counted by the calendar; 30 days to 100 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    count: i64,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// Each with the word for one, for several, and about how many days it has.
    const ALL: [(Self, &'static str, &'static str, i64); 4] = [
        (Self::Day, "day", "days", 1),
        (Self::Week, "week", "weeks", 7),
        (Self::Month, "month", "months", 30),
        (Self::Year, "year", "years", 365),
    ];
}

impl Age {
    /// The bounds, in words.
    pub const BOUNDS: [&'static str; 2] = ["30 days", "100 years"];

    /// Reads "2 years", "18 months", "26 weeks" or "90 days".
    ///
    /// # Errors
    /// Where the text is anything else, or out of bounds.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let error = |message: &str, hint: &str| Error {
            span: 0..text.len(),
            message: message.into(),
            hint: Some(hint.into()),
        };
        let trimmed = text.trim();
        let digits = trimmed.find(|c: char| !c.is_ascii_digit());
        let (digits, word) = trimmed.split_at(digits.unwrap_or(trimmed.len()));
        let word = word.trim_start();
        let unit = Unit::ALL
            .into_iter()
            .find(|(_, one, many, _)| word == *one || word == *many);
        let (Ok(count), Some((unit, .., days))) = (digits.parse::<u16>(), unit) else {
            return Err(error(
                "this is not how long something is kept",
                "for example \"2 years\", \"18 months\" or \"90 days\"",
            ));
        };
        let count = i64::from(count);
        if (LEAST_DAYS..=MOST_YEARS * 365).contains(&(count * days)) {
            return Ok(Self { count, unit });
        }
        let [least, most] = Self::BOUNDS;
        Err(error(
            "this is too short or too long",
            &format!("from {least} to {most}"),
        ))
    }

    /// The first day that is not older, seen from `today`.
    #[must_use]
    pub fn before(self, today: Date) -> Date {
        let span = match self.unit {
            Unit::Day => Span::new().try_days(self.count),
            Unit::Week => Span::new().try_weeks(self.count),
            Unit::Month => Span::new().try_months(self.count),
            Unit::Year => Span::new().try_years(self.count),
        };
        // Within its bounds it is always a span.
        span.map_or(Date::MIN, |span| today.saturating_sub(span))
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut units = Unit::ALL.into_iter();
        let unit = units.find(|(unit, ..)| *unit == self.unit);
        let word = unit.map_or(
            "",
            |(_, one, many, _)| if self.count == 1 { one } else { many },
        );
        write!(f, "{} {word}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_counted_by_the_calendar() {
        let today = "2028-02-29".parse().unwrap();
        for (text, day) in [
            ("1 year", "2027-02-28"),
            ("2years", "2026-02-28"),
            ("18 months", "2026-08-29"),
            ("5 weeks", "2028-01-25"),
            (" 90 days ", "2027-12-01"),
            ("100 years", "1928-02-29"),
        ] {
            let age = Age::parse(text).unwrap();
            assert_eq!(age.before(today).to_string(), day, "{text}");
            assert_eq!(Age::parse(&age.to_string()), Ok(age));
        }
        for text in [
            "",
            "2",
            "years",
            "29 days",
            "101 years",
            "2 h",
            "-1 year",
            "1 Year",
            "999999 days",
        ] {
            assert!(Age::parse(text).is_err(), "{text}");
        }
    }
}
